/* fuzz-text-reader.c: any bytes at all as plain text.
 *
 * A libFuzzer target where the compiler has one, and always a program that runs the files
 * it is given, or standard input.  The first byte chooses how the rest is read.  Beside
 * what a sanitizer sees, an article must keep the text rules and every letter.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "dra-test-readers.h"

#include <stdio.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  static const char *const as[] = { NULL, "text", "lines", NULL };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DraReading) reading = NULL;
  guint which;

  if (size < 1)
    return 0;
  which = data[0] % 4;
  bytes = g_bytes_new (data + 1, size - 1);
  reading = dra_reader_registry_read_bytes (bytes, which == 3 ? "x.md" : "x.txt", as[which], NULL, &error);
  if (reading == NULL)
    {
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, "x."));
    }
  else if (which == 2)
    {
      gsize length;
      const char *text = dra_article_get_text (reading->article, &length);

      g_assert_cmpuint (length, ==, size - 1);
      g_assert_true (g_utf8_validate_len (text, length, NULL));
    }
  else if (!reading->copy)
    {
      g_autofree char *difference = dra_test_find_lost_letters (bytes, reading->article);

      dra_test_check_article (reading->article);
      g_assert_cmpstr (difference, ==, NULL);
    }

  return 0;
}

#ifndef DRA_WITH_LIBFUZZER
static void
run (const char *data,
     gsize       length)
{
  for (char which = 0; which < 4; which++)
    {
      g_autofree guint8 *input = g_malloc (length + 1);

      input[0] = (guint8) which;
      memcpy (input + 1, data, length);
      LLVMFuzzerTestOneInput (input, length + 1);
    }
}

int
main (int    argc,
      char **argv)
{
  if (argc == 1)
    {
      g_autoptr (GString) input = g_string_new (NULL);
      char buffer[4096];
      gsize n;

      while ((n = fread (buffer, 1, sizeof buffer, stdin)) > 0)
        g_string_append_len (input, buffer, n);
      LLVMFuzzerTestOneInput ((const guint8 *) input->str, input->len);
    }
  for (int i = 1; i < argc; i++)
    {
      g_autofree char *data = NULL;
      gsize length;

      if (!g_file_get_contents (argv[i], &data, &length, NULL))
        return 1;
      run (data, length);
    }

  return 0;
}
#endif
