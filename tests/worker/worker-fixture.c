/* worker-fixture.c: what the tests of the worker share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "worker-fixture.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "dra-test.h"
#include "worker/dra-answer.h"

void
worker_check_sentence (const GError *error,
                       const char   *name)
{
  g_assert_nonnull (error);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  if (strstr (error->message, name) == NULL || !g_str_has_suffix (error->message, ".")
      || strpbrk (error->message, "\n\r\t") != NULL || strlen (error->message) >= 400)
    g_error ("%s: not one sentence that names it: %s", name, error->message);
}

static void
check_text (const char *text,
            gsize       length)
{
  g_assert_true (g_utf8_validate_len (text, (gssize) length, NULL));
  g_assert_cmpint (text[length], ==, '\0');
  for (const char *p = text; p < text + length; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_assert_true (c == '\n' || c == '\t' || c >= 0x20);
      g_assert_false ((c >= 0x7F && c < 0xA0) || (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF));
    }
}

void
worker_check_article (DraArticle *article)
{
  gsize length, previous = 0;
  const char *text = dra_article_get_text (article, &length);
  guint n_blocks, n_styles, k = 0;
  const DraBlock *blocks = dra_article_get_blocks (article, &n_blocks);
  const DraStyle *styles = dra_article_get_styles (article, &n_styles);

  check_text (text, length);
  g_assert_cmpuint (n_blocks, >, 0);
  for (guint i = 0; i < n_blocks; i++)
    {
      g_assert_cmpuint (blocks[i].range.start, >=, previous);
      g_assert_cmpuint (blocks[i].range.end, >, blocks[i].range.start);
      g_assert_cmpuint (blocks[i].range.end, <=, length);
      g_assert_cmpint (blocks[i].kind, <, DRA_N_BLOCK_KINDS);
      for (gsize at = previous; at < blocks[i].range.start; at++)
        g_assert_cmpint (text[at], ==, '\n');
      g_assert_null (memchr (text + blocks[i].range.start, '\n', dra_range_length (blocks[i].range)));
      previous = blocks[i].range.end;
    }
  for (guint i = 0; i < n_styles; i++)
    {
      while (blocks[k].range.end <= styles[i].range.start)
        g_assert_cmpuint (++k, <, n_blocks);
      g_assert_cmpuint (styles[i].range.start, >=, blocks[k].range.start);
      g_assert_cmpuint (styles[i].range.end, <=, blocks[k].range.end);
      g_assert_cmpuint (styles[i].range.end, >, styles[i].range.start);
      g_assert_true (g_utf8_validate_len (text + styles[i].range.start,
                                          (gssize) dra_range_length (styles[i].range), NULL));
    }
}

GBytes *
worker_serialise (DraReading *reading)
{
  int fd = memfd_create ("reading", MFD_CLOEXEC);
  g_autoptr (GMappedFile) file = NULL;

  g_assert_cmpint (fd, >=, 0);
  g_assert_true (dra_answer_write_reading (fd, reading));
  file = g_mapped_file_new_from_fd (fd, FALSE, NULL);
  close (fd);
  g_assert_nonnull (file);

  return g_mapped_file_get_bytes (file);
}

GBytes *
worker_load (const char *relative)
{
  g_autofree char *path = dra_test_source (relative);
  char *content;
  gsize length;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));

  return g_bytes_new_take (content, length);
}

GBytes *
worker_make_pdf (const char *font,
                 const char *shown)
{
  char *document = g_strdup_printf (
    "%%PDF-1.4\n"
    "1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj\n"
    "2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj\n"
    "3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R\n"
    "  /Resources <</Font <</F 5 0 R>>>>>> endobj\n"
    "4 0 obj <</Length %" G_GSIZE_FORMAT ">> stream\n%s\nendstream endobj\n"
    "5 0 obj %s endobj\n"
    "trailer <</Root 1 0 R>>\n%%%%EOF\n", strlen (shown), shown, font);

  return g_bytes_new_take (document, strlen (document));
}
