/* fuzz-reader.c: any bytes at all as a file of one format.
 *
 * Compiled once a format, with the function that reads it.  A libFuzzer target where the
 * compiler has one, and always a program that runs the files it is given.  Beside what a
 * sanitizer sees, there must be an article that keeps the text rules, or one sentence
 * that names the file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "dra-test-readers.h"

DraReading *DRA_FUZZ_READ (GBytes        *bytes,
                           const char    *name,
                           GCancellable  *cancellable,
                           GError       **error);

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (DraReading) reading = DRA_FUZZ_READ (bytes, "x.file", NULL, &error);

  if (reading != NULL)
    dra_test_check_article (reading->article);
  else
    {
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, "x.file"));
      g_assert_null (strchr (error->message, '\n'));
    }

  return 0;
}

#ifndef DRA_WITH_LIBFUZZER
int
main (int    argc,
      char **argv)
{
  for (int i = 1; i < argc; i++)
    {
      g_autofree char *data = NULL;
      gsize length;

      if (!g_file_get_contents (argv[i], &data, &length, NULL))
        return 1;
      LLVMFuzzerTestOneInput ((const guint8 *) data, length);
    }

  return 0;
}
#endif
