/* fuzz-html-copy.c: any bytes at all as an annotated copy.
 *
 * A libFuzzer target where the compiler has one, and always a program that runs the files
 * it is given, each whole, cut short and with bytes changed.  Beside what a sanitizer sees,
 * whatever was read must come back the same when it is written and read again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "dra-test-readers.h"
#include "readers/dra-copy-reader.h"
#include "writers/dra-writer.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

static GBytes *
write_copy (DraReading *reading)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = dra_writer_find ("html")->write (reading->article, reading->cast,
                                                   reading->notes, NULL, &error);

  g_assert_no_error (error);

  return bytes;
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) second = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DraReading) reading = NULL;
  g_autoptr (DraReading) again = NULL;

  dra_reader_registry_provide ("copy", dra_copy_read);
  reading = dra_reader_registry_read_bytes (bytes, "x.html", "copy", NULL, &error);
  if (reading == NULL)
    {
      g_assert_nonnull (strstr (error->message, "x.html"));
      return 0;
    }

  first = write_copy (reading);
  again = dra_reader_registry_read_bytes (first, "y.html", NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (again->copy);
  g_assert_cmpstr (dra_article_get_hash (again->article), ==,
                   dra_article_get_hash (reading->article));
  g_assert_cmpuint (again->notes->len, ==, reading->notes->len);
  g_assert_cmpint (again->cast == NULL, ==, reading->cast == NULL);

  second = write_copy (again);
  g_assert_true (g_bytes_equal (first, second));

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
      g_autoptr (GRand) rand = g_rand_new_with_seed (1);
      gsize length;

      if (!g_file_get_contents (argv[i], &data, &length, NULL))
        return 1;
      LLVMFuzzerTestOneInput ((const guint8 *) data, length);
      for (guint j = 0; j < 40 && length > 0; j++)
        {
          g_autofree char *changed = g_memdup2 (data, length);

          LLVMFuzzerTestOneInput ((const guint8 *) data,
                                  (gsize) g_rand_int_range (rand, 0, (gint) length));
          for (guint k = 0; k <= j; k++)
            changed[g_rand_int_range (rand, 0, (gint) length)]
              = (char) g_rand_int_range (rand, 0, 256);
          LLVMFuzzerTestOneInput ((const guint8 *) changed, length);
        }
    }

  return 0;
}
#endif
