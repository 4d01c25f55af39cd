/* fuzz-document.h: any bytes at all as a document.
 *
 * Each target defines DRA_FUZZ_READ and includes this once: a libFuzzer target where the
 * compiler has one, and always a program that runs the files it is given, each whole, cut
 * short and with bytes changed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "dra-test-readers.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (DraReading) reading = DRA_FUZZ_READ (bytes, "x.file", NULL, &error);

  if (reading == NULL)
    {
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, "x.file"));
      return 0;
    }
  g_assert_no_error (error);
  dra_test_check_article (reading->article);
  for (guint i = 0; i < reading->notes->len; i++)
    {
      DraRange range;
      gsize length;

      dra_article_get_text (reading->article, &length);
      dra_note_get_anchor (g_ptr_array_index (reading->notes, i), &range, NULL);
      g_assert_cmpuint (range.start, <=, range.end);
      g_assert_cmpuint (range.end, <=, length);
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
      g_autoptr (GRand) rand = g_rand_new_with_seed (1);
      gsize length;

      if (!g_file_get_contents (argv[i], &data, &length, NULL))
        return 1;
      LLVMFuzzerTestOneInput ((const guint8 *) data, length);
      for (guint j = 0; j < 40 && length > 0; j++)
        {
          g_autofree char *changed = g_memdup2 (data, length);

          LLVMFuzzerTestOneInput ((const guint8 *) data, (gsize) g_rand_int_range (rand, 0, (gint) length));
          for (guint k = 0; k <= j; k++)
            changed[g_rand_int_range (rand, 0, (gint) length)] = (char) g_rand_int_range (rand, 0, 256);
          LLVMFuzzerTestOneInput ((const guint8 *) changed, length);
        }
    }

  return 0;
}
#endif
