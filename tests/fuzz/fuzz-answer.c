/* fuzz-answer.c: any bytes at all as the answer of a worker.
 *
 * A libFuzzer target where the compiler has one, and always a program that makes answers of
 * the annotated copies it is given and reads them; with a folder as its first argument it
 * writes these there, as seeds.  Beside what a sanitizer sees, there must be a reading that
 * keeps the text rules, or one sentence.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "readers/dra-copy-reader.h"
#include "worker-fixture.h"
#include "worker/dra-answer.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr (GBytes) answer = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (DraReading) reading = dra_answer_read_reading (answer, "x.html", &error);
  g_autoptr (DraPixels) pixels = dra_answer_read_pixels (answer, "x.png", NULL);

  if (reading != NULL)
    {
      g_autoptr (GBytes) again = worker_serialise (reading);

      worker_check_article (reading->article);
      g_assert_cmpuint (g_bytes_get_size (again), >, 0);
    }
  else
    {
      g_assert_nonnull (error);
      g_assert_null (strpbrk (error->message, "\n\r"));
    }
  if (pixels != NULL)
    g_assert_cmpuint (g_bytes_get_size (pixels->bytes), ==, (gsize) pixels->width * pixels->height * 4);

  return 0;
}

#ifndef DRA_WITH_LIBFUZZER
int
main (int    argc,
      char **argv)
{
  const char *folder = argc > 1 && g_file_test (argv[1], G_FILE_TEST_IS_DIR) ? argv[1] : NULL;

  for (int i = folder != NULL ? 2 : 1; i < argc; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *content = NULL;
      g_autofree char *path = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GBytes) answer = NULL;
      g_autoptr (DraReading) reading = NULL;
      const guint8 *data;
      gsize length;

      g_assert_true (g_file_get_contents (argv[i], &content, &length, NULL));
      bytes = g_bytes_new_take (g_steal_pointer (&content), length);
      reading = dra_copy_read (bytes, argv[i], NULL, &error);
      g_assert_no_error (error);
      answer = worker_serialise (reading);
      data = g_bytes_get_data (answer, &length);
      LLVMFuzzerTestOneInput (data, length);
      for (gsize cut = 0; cut < length; cut += 1 + length / 200)
        LLVMFuzzerTestOneInput (data, cut);
      if (folder != NULL)
        {
          path = g_strdup_printf ("%s/answer-%d", folder, i);
          g_assert_true (g_file_set_contents (path, (const char *) data, (gssize) length, NULL));
        }
    }

  return 0;
}
#endif
