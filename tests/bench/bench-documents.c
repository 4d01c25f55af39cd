/* bench-documents.c: what books and office documents cost, and how that grows.
 *
 * Documents of 0.5 and 5 MB of text are made here and read; each line has the seconds of
 * both, and how many times the larger takes longer: 10 is linear.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "document-fixture.h"
#include "readers/dra-fb2-reader.h"
#include "readers/dra-rtf-reader.h"
#ifdef DRA_HAVE_ARCHIVE
#include "readers/dra-docx-reader.h"
#include "readers/dra-epub-reader.h"
#include "readers/dra-odt-reader.h"
#endif

#define SMALL 500000 /* bytes of text */
#define ROUNDS 3

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

static double
measure (DraReadFunc  read,
         GBytes      *bytes)
{
  double best = G_MAXDOUBLE;

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GTimer) timer = g_timer_new ();
      g_autoptr (DraReading) reading = document_read (read, bytes);

      best = MIN (best, g_timer_elapsed (timer, NULL));
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
  g_autofree char *text = make ("<html><body><h1>One</h1>", "<p><b>Lead.</b> ", "</p>", "</body></html>", size);

  return document_zip ("book.opf", "<package><manifest><item id=\"a\" href=\"a.xhtml\" media-type=\"application/xhtml+xml\"/>"
                       "</manifest><spine><itemref idref=\"a\"/></spine></package>", "a.xhtml", text, NULL);
}
#endif

int
main (void)
{
  static const struct { const char *name; GBytes *(*make) (gsize size); DraReadFunc read; } formats[] = {
#ifdef DRA_HAVE_ARCHIVE
    { "epub", make_epub, dra_epub_read }, { "docx", make_docx, dra_docx_read }, { "odt", make_odt, dra_odt_read },
#endif
    { "fb2", make_fb2, dra_fb2_read }, { "rtf", make_rtf, dra_rtf_read },
  };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GBytes) small = formats[i].make (SMALL);
      g_autoptr (GBytes) large = formats[i].make (10 * SMALL);
      double a = measure (formats[i].read, small);
      double b = measure (formats[i].read, large);

      g_print ("%s: 0.5 MB %.4f s, 5 MB %.4f s, growth %.1f\n", formats[i].name, a, b, b / a);
      /* 10 times the input may take 12 times as long, and a busy machine some more. */
      if (b > 18 * a || b > 2)
        return 1;
    }

  return 0;
}
