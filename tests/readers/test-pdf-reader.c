/* test-pdf-reader.c: PDF documents, drawn here.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <cairo-pdf.h>
#include <string.h>

#include "article/dra-error.h"
#include "dra-test-readers.h"
#include "readers/dra-pdf-reader.h"

#define WIDTH 595
#define HEIGHT 842
#define BODY 11
#define LEADING 14

/* A document being drawn. */
typedef struct
{
  cairo_surface_t *surface;
  cairo_t         *cr;
  GByteArray      *bytes;
} Drawing;

static cairo_status_t
write_bytes (void                *closure,
             const unsigned char *data,
             unsigned int         length)
{
  g_byte_array_append (closure, data, length);

  return CAIRO_STATUS_SUCCESS;
}

static void
begin (Drawing *drawing)
{
  drawing->bytes = g_byte_array_new ();
  drawing->surface = cairo_pdf_surface_create_for_stream (write_bytes, drawing->bytes,
                                                          WIDTH, HEIGHT);
  drawing->cr = cairo_create (drawing->surface);
}

static void
draw (Drawing    *drawing,
      double      x,
      double      y,
      double      size,
      gboolean    bold,
      const char *text)
{
  cairo_select_font_face (drawing->cr, "Serif", CAIRO_FONT_SLANT_NORMAL,
                          bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size (drawing->cr, size);
  cairo_move_to (drawing->cr, x, y);
  cairo_show_text (drawing->cr, text);
}

static double
draw_lines (Drawing           *drawing,
            double             x,
            double             y,
            const char *const *lines)
{
  for (guint i = 0; lines[i] != NULL; i++)
    draw (drawing, x, y + i * LEADING, BODY, FALSE, lines[i]);

  return y + g_strv_length ((char **) lines) * LEADING;
}

static DraReading *
finish (Drawing  *drawing,
        GError  **error)
{
  g_autoptr (GBytes) bytes = NULL;

  cairo_destroy (drawing->cr);
  cairo_surface_finish (drawing->surface);
  cairo_surface_destroy (drawing->surface);
  bytes = g_byte_array_free_to_bytes (drawing->bytes);

  return dra_pdf_read (bytes, "drawn.pdf", NULL, error);
}

static char *
outline (DraReading *reading)
{
  GString *out = g_string_new (NULL);
  guint n;
  const DraBlock *blocks = dra_article_get_blocks (reading->article, &n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = dra_article_dup_range (reading->article, blocks[i].range);

      g_string_append_printf (out, "%s%s%s: %s\n", dra_block_kind_to_string (blocks[i].kind),
                              blocks[i].label != NULL ? " " : "",
                              blocks[i].label != NULL ? blocks[i].label : "", text);
    }

  return g_string_free (out, FALSE);
}

static const char *const left[] = {
  "The council met on Monday to hear",
  "what the harbour master had found",
  "below the old quay. The inspec-",
  "tion took two weeks, and its well-",
  "known engineers were of one mind.",
  "    Nobody had expected that. Those",
  "who came for the well-known story",
  "of the lamp left before the end of", NULL,
};

static const char *const right[] = {
  "the evening, and missed the vote.",
  "    Ilse Brandt spoke last. She had",
  "waited for three hours.", NULL,
};

static void
test_columns (void)
{
  Drawing drawing;
  g_autoptr (GError) error = NULL;
  g_autoptr (DraReading) reading = NULL;
  g_autofree char *text = NULL;

  begin (&drawing);
  draw (&drawing, 60, 90, 24, TRUE, "A quay that would not hold");
  draw_lines (&drawing, 60, 160, left);
  draw_lines (&drawing, 320, 160, right);
  reading = finish (&drawing, &error);
  g_assert_no_error (error);
  text = outline (reading);
  g_assert_cmpstr (text, ==,
                   "title: A quay that would not hold\n"
                   "paragraph: The council met on Monday to hear what the harbour master had found "
                   "below the old quay. The inspection took two weeks, and its well-known engineers "
                   "were of one mind.\n"
                   "paragraph: Nobody had expected that. Those who came for the well-known story "
                   "of the lamp left before the end of the evening, and missed the vote.\n"
                   "paragraph: Ilse Brandt spoke last. She had waited for three hours.\n");
  g_assert_cmpstr (dra_article_get_title (reading->article), ==, "A quay that would not hold");
}

static const char *const words[] = {
  "lamps", "ropes", "tides", "boats", "piers",
};

static void
test_running (void)
{
  Drawing drawing;
  g_autoptr (GError) error = NULL;
  g_autoptr (DraReading) reading = NULL;
  g_autofree char *text = NULL;

  begin (&drawing);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *number = g_strdup_printf ("- %u -", i + 7);
      g_autofree char *first = g_strdup_printf ("The chapter on %s says a good deal that is of use", words[i]);
      g_autofree char *last = g_strdup_printf ("and so the keeper of the %s went on to write about", words[i]);

      draw (&drawing, 60, 40, 9, FALSE, "The Harbour Handbook");
      draw (&drawing, 60, 120, BODY, FALSE, first);
      draw (&drawing, 60, 134, BODY, FALSE, last);
      draw (&drawing, 290, 810, 9, FALSE, number);
      cairo_show_page (drawing.cr);
    }
  reading = finish (&drawing, &error);
  g_assert_no_error (error);
  text = outline (reading);
  g_assert_null (strstr (text, "Handbook"));
  g_assert_null (strstr (text, "- 7 -"));
  g_assert_null (strstr (text, "11"));
  /* What the sentence went on with overleaf is in the same paragraph only where it can be. */
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *joined
        = g_strdup_printf ("a good deal that is of use and so the keeper of the %s", words[i]);

      g_assert_nonnull (strstr (text, joined));
    }
}

/* A document of nothing but what looks like running heads is not left empty. */
static void
test_only_running (void)
{
  Drawing drawing;
  g_autoptr (GError) error = NULL;
  g_autoptr (DraReading) reading = NULL;

  begin (&drawing);
  for (guint i = 1; i <= 5; i++)
    {
      g_autofree char *number = g_strdup_printf ("Page %u", i);

      draw (&drawing, 60, 40, BODY, FALSE, number);
      cairo_show_page (drawing.cr);
    }
  reading = finish (&drawing, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (dra_article_get_text (reading->article, NULL), "Page 5"));
}

static void
test_structure (void)
{
  static const char *const prose[] = {
    "Three things were on the table when the meeting began at seven, and",
    "the harbour master read them out in the order of their urgency, as",
    "has been the custom since the days of the old pilots of the port:", NULL,
  };
  Drawing drawing;
  g_autoptr (GError) error = NULL;
  g_autoptr (DraReading) reading = NULL;
  g_autofree char *text = NULL;
  double y;

  begin (&drawing);
  draw (&drawing, 60, 90, 24, TRUE, "Minutes of the meeting");
  draw (&drawing, 60, 130, 15, TRUE, "1 The quay");
  y = draw_lines (&drawing, 60, 160, prose);
  draw (&drawing, 60, y, BODY, FALSE, "• the lamp, which is to be mended before the winter comes");
  draw (&drawing, 60, y + LEADING, BODY, FALSE, "• the rail");
  draw (&drawing, 60, y + 2 * LEADING, BODY, FALSE, "• the steps");
  draw (&drawing, 60, y + 5 * LEADING, 15, TRUE, "2 The vote");
  y = draw_lines (&drawing, 60, y + 7 * LEADING, prose);
  draw (&drawing, 60, y + 2 * LEADING, BODY, FALSE, "Figure 1: The quay from the south.");
  draw (&drawing, 60, 780, 8, FALSE, "1 As counted by the clerk.");
  reading = finish (&drawing, &error);
  g_assert_no_error (error);
  text = outline (reading);
  g_test_message ("%s", text);
  g_assert_true (g_str_has_prefix (text, "title: Minutes of the meeting\n"
                                         "heading: 1 The quay\nparagraph: Three things"));
  g_assert_nonnull (strstr (text, "port:\nlist-item •: the lamp, which is to be mended before "
                                  "the winter comes\nlist-item •: the rail\nlist-item •: the steps\n"
                                  "heading: 2 The vote\n"));
  g_assert_nonnull (strstr (text, "caption: Figure 1: The quay from the south.\n"));
  g_assert_true (g_str_has_suffix (text, "footnote: 1 As counted by the clerk.\n"));
}

static void
test_link (void)
{
  Drawing drawing;
  g_autoptr (GError) error = NULL;
  g_autoptr (DraReading) reading = NULL;
  const DraStyle *styles;
  guint n;
  guint n_links = 0;

  begin (&drawing);
  draw (&drawing, 60, 100, BODY, FALSE, "The plan is ");
  cairo_tag_begin (drawing.cr, CAIRO_TAG_LINK, "uri='https://harbour.example/plan'");
  cairo_show_text (drawing.cr, "with the clerk");
  cairo_tag_end (drawing.cr, CAIRO_TAG_LINK);
  cairo_show_text (drawing.cr, " until May.");
  cairo_tag_begin (drawing.cr, CAIRO_TAG_LINK, "uri='javascript:alert(1)'");
  cairo_show_text (drawing.cr, " Not here.");
  cairo_tag_end (drawing.cr, CAIRO_TAG_LINK);
  reading = finish (&drawing, &error);
  g_assert_no_error (error);
  styles = dra_article_get_styles (reading->article, &n);
  for (guint i = 0; i < n; i++)
    if (styles[i].kind == DRA_STYLE_LINK)
      {
        g_autofree char *text = dra_article_dup_range (reading->article, styles[i].range);

        n_links++;
        g_assert_cmpstr (styles[i].target, ==, "https://harbour.example/plan");
        g_assert_cmpstr (g_strstrip (text), ==, "with the clerk");
      }
  g_assert_cmpuint (n_links, ==, 1);
}

static void
test_no_text (void)
{
  Drawing drawing;
  g_autoptr (GError) error = NULL;

  begin (&drawing);
  cairo_rectangle (drawing.cr, 50, 50, 300, 400);
  cairo_fill (drawing.cr);
  g_assert_null (finish (&drawing, &error));
  g_assert_error (error, DRA_ERROR, DRA_ERROR_EMPTY);
  g_assert_nonnull (strstr (error->message, "drawn.pdf"));
}

static void
test_damaged (void)
{
  Drawing drawing;
  g_autoptr (GBytes) whole = NULL;

  begin (&drawing);
  draw_lines (&drawing, 60, 160, left);
  cairo_destroy (drawing.cr);
  cairo_surface_finish (drawing.surface);
  cairo_surface_destroy (drawing.surface);
  whole = g_byte_array_free_to_bytes (drawing.bytes);

  for (gsize length = 0; length < g_bytes_get_size (whole); length += 97)
    {
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (whole, 0, length);
      g_autoptr (GError) error = NULL;
      g_autoptr (DraReading) reading = dra_pdf_read (part, "cut.pdf", NULL, &error);

      if (reading == NULL)
        {
          g_assert_nonnull (error);
          g_assert_nonnull (strstr (error->message, "cut.pdf"));
        }
    }
}

/* What stands after a raised number is a word of its own. */
static void
test_raised (void)
{
  g_autoptr (DraReading) reading = NULL;
  g_autoptr (GError) error = NULL;
  Drawing drawing;

  begin (&drawing);
  draw_lines (&drawing, 60, 160, left);
  draw (&drawing, 60, 300, BODY, FALSE, "The harbour");
  draw (&drawing, 118, 296, 7, FALSE, "12");
  draw (&drawing, 130, 300, BODY, FALSE, "was closed for");
  draw (&drawing, 206, 297, BODY, FALSE, "good.");
  reading = finish (&drawing, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (dra_article_get_text (reading->article, NULL), " was closed for good."));
}

static void
test_authors (void)
{
  g_autoptr (DraReading) reading = NULL;
  g_autoptr (GError) error = NULL;
  Drawing drawing;

  begin (&drawing);
  cairo_pdf_surface_set_metadata (drawing.surface, CAIRO_PDF_METADATA_AUTHOR, "Jane Roe1,2, John Doe3");
  draw_lines (&drawing, 60, 160, left);
  reading = finish (&drawing, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (dra_article_get_metadata (reading->article, DRA_METADATA_BYLINE), ==, "Jane Roe, John Doe");
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  Drawing drawing;

  begin (&drawing);
  draw_lines (&drawing, 60, 160, left);
  cairo_destroy (drawing.cr);
  cairo_surface_finish (drawing.surface);
  cairo_surface_destroy (drawing.surface);
  bytes = g_byte_array_free_to_bytes (drawing.bytes);
  g_cancellable_cancel (cancellable);
  g_assert_null (dra_pdf_read (bytes, "drawn.pdf", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/pdf/columns", test_columns);
  g_test_add_func ("/pdf/running", test_running);
  g_test_add_func ("/pdf/only-running", test_only_running);
  g_test_add_func ("/pdf/structure", test_structure);
  g_test_add_func ("/pdf/link", test_link);
  g_test_add_func ("/pdf/no-text", test_no_text);
  g_test_add_func ("/pdf/damaged", test_damaged);
  g_test_add_func ("/pdf/raised", test_raised);
  g_test_add_func ("/pdf/authors", test_authors);
  g_test_add_func ("/pdf/cancelled", test_cancelled);

  return g_test_run ();
}
