/* dra-pdf-writer.c: a copy as PDF: set on pages, with notes in the margin.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "writers/dra-pdf-writer.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "article/dra-error.h"
#include "writers/dra-pages.h"
#include "writers/dra-plain-output.h"

static cairo_status_t
append_cb (void          *data,
           const guchar  *bytes,
           unsigned int   length)
{
  GByteArray *out = data;

  if (length > G_MAXUINT - out->len)
    return CAIRO_STATUS_WRITE_ERROR;
  g_byte_array_append (out, bytes, length);

  return CAIRO_STATUS_SUCCESS;
}

static void
set_text (cairo_surface_t      *surface,
          cairo_pdf_metadata_t  which,
          const char           *text)
{
  g_autofree char *clean = text != NULL ? dra_plain_clean (text, FALSE) : NULL;

  if (clean != NULL && *clean != '\0')
    cairo_pdf_surface_set_metadata (surface, which, clean);
}

static void
set_information (cairo_surface_t *surface,
                 DraArticle      *article)
{
  const char *epoch = g_getenv ("SOURCE_DATE_EPOCH");
  gint64 seconds = epoch != NULL ? g_ascii_strtoll (epoch, NULL, 10)
                                 : g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (seconds);
  g_autofree char *created = date != NULL ? g_date_time_format (date, "%Y-%m-%dT%H:%M:%SZ") : NULL;

  set_text (surface, CAIRO_PDF_METADATA_TITLE, dra_article_get_title (article));
  set_text (surface, CAIRO_PDF_METADATA_AUTHOR,
            dra_article_get_metadata (article, DRA_METADATA_BYLINE));
  set_text (surface, CAIRO_PDF_METADATA_SUBJECT,
            dra_article_get_metadata (article, DRA_METADATA_SITE));
  set_text (surface, CAIRO_PDF_METADATA_CREATOR, "Dramatis " DRA_VERSION);
  set_text (surface, CAIRO_PDF_METADATA_CREATE_DATE, created);
  set_text (surface, CAIRO_PDF_METADATA_MOD_DATE, created);
}

static void
add_outline (cairo_surface_t *surface,
             DraPages        *pages)
{
  guint n_headings;
  const DraPagesHeading *headings = dra_pages_get_headings (pages, &n_headings);
  int parents[8] = { CAIRO_PDF_OUTLINE_ROOT };

  for (guint i = 1; i < G_N_ELEMENTS (parents); i++)
    parents[i] = CAIRO_PDF_OUTLINE_ROOT;
  for (guint i = 0; i < n_headings; i++)
    {
      guint level = CLAMP (headings[i].level, 1, G_N_ELEMENTS (parents) - 1);
      g_autofree char *title = dra_plain_clean (headings[i].title, FALSE);
      char y[G_ASCII_DTOSTR_BUF_SIZE];
      g_autofree char *attributes = NULL;
      int id;

      if (*title == '\0')
        continue;
      g_ascii_formatd (y, sizeof y, "%.2f", MAX (headings[i].y - 12, 0));
      attributes = g_strdup_printf ("page=%u pos=[0 %s]", headings[i].page + 1, y);
      id = cairo_pdf_surface_add_outline (surface, parents[level - 1], title, attributes,
                                          level <= 2 ? CAIRO_PDF_OUTLINE_FLAG_OPEN : 0);
      for (guint j = level; j < G_N_ELEMENTS (parents); j++)
        parents[j] = id;
    }
}

static gboolean
draw_pages (cairo_surface_t  *surface,
            DraPages         *pages,
            GCancellable     *cancellable,
            GError          **error)
{
  cairo_t *cr = cairo_create (surface);
  gboolean ok = TRUE;

  for (guint i = 0; i < dra_pages_get_n_pages (pages) && ok; i++)
    {
      ok = !g_cancellable_set_error_if_cancelled (cancellable, error);
      if (ok)
        {
          dra_pages_draw (pages, i, cr, TRUE);
          cairo_show_page (cr);
        }
    }
  if (ok)
    add_outline (surface, pages);
  if (ok && cairo_status (cr) != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, DRA_ERROR, DRA_ERROR_FAILED, _("The pages could not be drawn: %s."),
                   cairo_status_to_string (cairo_status (cr)));
      ok = FALSE;
    }
  cairo_destroy (cr);

  return ok;
}

static GBytes *
write_illustrated (DraArticle     *article,
                   DraCast        *cast,
                   GPtrArray      *notes,
                   DraCopyImages  *images,
                   GCancellable   *cancellable,
                   GError        **error)
{
  DraPagesOptions options;
  g_autoptr (DraPages) pages = NULL;
  g_autoptr (GByteArray) out = g_byte_array_new ();
  cairo_surface_t *surface;
  cairo_status_t status;
  gboolean ok;

  dra_pages_options_init (&options);
  options.images = images;
  pages = dra_pages_new (article, cast, notes, &options, cancellable, error);
  if (pages == NULL)
    return NULL;

  surface = cairo_pdf_surface_create_for_stream (append_cb, out, options.width, options.height);
  set_information (surface, article);
  ok = draw_pages (surface, pages, cancellable, error);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (!ok)
    return NULL;
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, DRA_ERROR, DRA_ERROR_FAILED, _("The pages could not be written: %s."),
                   cairo_status_to_string (status));
      return NULL;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

static GBytes *
write_pdf (DraArticle    *article,
           DraCast       *cast,
           GPtrArray     *notes,
           GCancellable  *cancellable,
           GError       **error)
{
  return write_illustrated (article, cast, notes, NULL, cancellable, error);
}

const DraWriter dra_pdf_writer = {
  .id = "pdf",
  .name = N_("PDF, with notes in the margin"),
  .suffix = ".pdf",
  .type = "application/pdf",
  .shows = DRA_WRITER_TEXT | DRA_WRITER_NOTES | DRA_WRITER_CAST,
  .write = write_pdf,
  .write_illustrated = write_illustrated,
  .pixels = TRUE,
};
