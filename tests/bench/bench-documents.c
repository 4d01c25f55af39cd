/* bench-documents.c: what books and office documents cost, and how that grows.
 *
 * Documents of 0.5 and 5 MB of text are made here and read; each line has the seconds of
 * CPU of both, and how many times the larger takes longer: 10 is linear, 12 the limit.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "document-fixture.h"
#include "dra-test.h"
#include "readers/dra-fb2-reader.h"
#include "readers/dra-rtf-reader.h"
#ifdef DRA_HAVE_ARCHIVE
#include "readers/dra-docx-reader.h"
#include "readers/dra-epub-reader.h"
#include "readers/dra-odt-reader.h"
#endif
#ifdef DRA_HAVE_MAIL
#include "readers/dra-mail-reader.h"
#endif
#ifdef DRA_HAVE_MARKDOWN
#include "readers/dra-markdown-reader.h"
#endif

#define SMALL 500000 /* bytes of text */
#define ROUNDS 5

/* Paragraphs of made-up words, each between two pieces of markup. */
static char *
make (const char *head,
      const char *before,
      const char *after,
      const char *tail,
      gsize       size)
{
  static const char *const words[] = {
    "ferry", "harbour", "island", "mayor", "council", "storm", "bridge", "winter", "budget", "Berg", "the", "of",
  };
  GString *out = g_string_new (head);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  while (out->len < size)
    {
      g_string_append (out, before);
      for (guint i = 0; i < 80; i++)
        g_string_append_printf (out, "%s ", words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))]);
      g_string_append (out, after);
    }
  g_string_append (out, tail);

  return g_string_free (out, FALSE);
}

/* Of CPU, so that what else the machine does counts little. */
static double
measure (DraReadFunc  read,
         GBytes      *bytes)
{
  double best = G_MAXDOUBLE;

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GError) error = NULL;
      double start = dra_test_cpu_seconds ();
      g_autoptr (DraReading) reading = read (bytes, "bench.file", NULL, &error);

      best = MIN (best, dra_test_cpu_seconds () - start);
      g_assert_no_error (error);
    }

  return best;
}

static GBytes *
make_fb2 (gsize size)
{
  char *text = make ("<FictionBook><body><section>", "<p><strong>Lead.</strong> ", "</p>", "</section></body></FictionBook>", size);

  return g_bytes_new_take (text, strlen (text));
}

static GBytes *
make_rtf (gsize size)
{
  char *text = make ("{\\rtf1\\ansi ", "{\\b Lead.} ", "\\par ", "}", size);

  return g_bytes_new_take (text, strlen (text));
}

#ifdef DRA_HAVE_MARKDOWN
static GBytes *
make_markdown (gsize size)
{
  char *text = make ("# One\n\n", "**Lead.** ", "\n\n", "", size);

  return g_bytes_new_take (text, strlen (text));
}
#endif

#ifdef DRA_HAVE_MAIL
static GBytes *
make_mail (gsize size)
{
  char *text = make ("Subject: One\nContent-Type: text/plain; charset=utf-8\n\n", "Lead. ", "\n\n", "", size);

  return g_bytes_new_take (text, strlen (text));
}
#endif

#ifdef DRA_HAVE_ARCHIVE
static GBytes *
make_docx (gsize size)
{
  g_autofree char *text = make (
    "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>",
    "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Lead.</w:t></w:r><w:r><w:t>", "</w:t></w:r></w:p>", "</w:body></w:document>", size);

  return document_zip ("word/document.xml", text, NULL);
}

static GBytes *
make_odt (gsize size)
{
  g_autofree char *text = make (
    "<o:document-content xmlns:o=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
    "xmlns:t=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><o:body><o:text>",
    "<t:p><t:span>Lead.</t:span> ", "</t:p>", "</o:text></o:body></o:document-content>", size);

  return document_zip ("content.xml", text, NULL);
}

static GBytes *
make_epub (gsize size)
{
  g_autofree char *text = make ("<html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>One</title></head><body><h1>One</h1>", "<p><b>Lead.</b> ", "</p>", "</body></html>", size);

  return document_zip ("mimetype", "application/epub+zip",
                       "META-INF/container.xml", "<container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\">"
                       "<rootfiles><rootfile full-path=\"book.opf\" media-type=\"application/oebps-package+xml\"/></" "rootfiles></container>",
                       "book.opf", "<package version=\"2.0\" xmlns=\"http://www.idpf.org/2007/opf\"><metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
                       "<dc:title>One</dc:title><dc:language>en</dc:language></metadata>"
                       "<manifest><item id=\"a\" href=\"a.xhtml\" media-type=\"application/xhtml+xml\"/>"
                       "</manifest><spine toc=\"a\"><itemref idref=\"a\"/></spine></package>", "a.xhtml", text, NULL);
}
#endif

#ifdef DRA_HAVE_ARCHIVE
/* Other programs on the same book, where there are any: pandoc, calibre. */
static void
measure_peers (GBytes *book)
{
  static const char *const peers[] = { "pandoc", "ebook-convert" };
  char *folder = dra_test_mkdtemp ();
  g_autofree char *path = g_build_filename (folder, "book.epub", NULL);
  g_autofree char *out = g_build_filename (folder, "book.txt", NULL);

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (book, NULL), (gssize) g_bytes_get_size (book), NULL));
  for (guint i = 0; i < G_N_ELEMENTS (peers); i++)
    {
      g_autofree char *program = g_find_program_in_path (peers[i]);
      char *pandoc[] = { program, path, "-tplain", "-o", out, NULL };
      char *calibre[] = { program, path, out, NULL };
      g_autoptr (GTimer) timer = g_timer_new ();
      int status;

      if (program != NULL
          && g_spawn_sync (NULL, i == 0 ? pandoc : calibre, NULL,
                           G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, NULL, &status, NULL)
          && g_spawn_check_wait_status (status, NULL))
        g_print ("  %s: 5 MB %.2f s\n", peers[i], g_timer_elapsed (timer, NULL));
      else
        g_print ("  %s is not here, or cannot read it\n", peers[i]);
    }
  dra_test_rmtree (folder);
}
#endif

int
main (void)
{
  static const struct { const char *name; GBytes *(*make) (gsize size); DraReadFunc read; } formats[] = {
#ifdef DRA_HAVE_ARCHIVE
    { "epub", make_epub, dra_epub_read }, { "docx", make_docx, dra_docx_read }, { "odt", make_odt, dra_odt_read },
#endif
#ifdef DRA_HAVE_MARKDOWN
    { "markdown", make_markdown, dra_markdown_read },
#endif
#ifdef DRA_HAVE_MAIL
    { "mail", make_mail, dra_mail_read },
#endif
    { "fb2", make_fb2, dra_fb2_read }, { "rtf", make_rtf, dra_rtf_read },
  };

  gboolean failed = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GBytes) small = formats[i].make (SMALL);
      g_autoptr (GBytes) large = formats[i].make (10 * SMALL);
      double a = measure (formats[i].read, small);
      double b = measure (formats[i].read, large);

      g_print ("%s: 0.5 MB %.4f s, 5 MB %.4f s, growth %.1f\n", formats[i].name, a, b, b / a);
#ifdef DRA_HAVE_ARCHIVE
      if (formats[i].read == dra_epub_read)
        measure_peers (large);
#endif
      failed = failed || b > 12 * a || b > 2;
    }

  return failed;
}
