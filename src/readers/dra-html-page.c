/* dra-html-page.c: web pages, saved or written by hand.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-html-page.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "article/dra-error.h"
#include "readers/dra-html-dom.h"
#include "readers/dra-html-extract.h"
#include "readers/dra-html-metadata.h"
#include "readers/dra-html-parse.h"
#include "readers/dra-html-state.h"

#define MIN_BODY 600    /* bytes of the text in the page's description that may stand for it */
#define MAX_STANDS 3    /* the article must be this many times shorter for that */
#define MAX_SHOWN 400   /* bytes of text: a page that shows more is not empty without its scripts */

/* What is cut out of a page has its title above it, wherever that was. */
static DraArticleBuilder *
begin_article (const DraHtmlMetadata *metadata)
{
  DraArticleBuilder *builder = dra_article_builder_new ();

  if (metadata->title != NULL && *metadata->title != '\0')
    {
      dra_article_builder_begin_block (builder, DRA_BLOCK_TITLE, 0, NULL);
      dra_article_builder_add_text (builder, metadata->title, -1);
      dra_article_builder_end_block (builder);
    }

  return builder;
}

/* The text of the description, which may be markup, as blocks. */
static gboolean
write_body (DraArticleBuilder *builder,
            const char        *body,
            GCancellable      *cancellable,
            GError           **error)
{
  g_autoptr (xmlDoc) document = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_auto (GStrv) lines = NULL;

  if (strchr (body, '<') != NULL && strchr (body, '>') != NULL)
    {
      g_autofree char *marked = g_strconcat ("\357\273\277", body, NULL);

      bytes = g_bytes_new (marked, strlen (marked));
      document = dra_html_parse (bytes, "", cancellable, NULL);
      if (document != NULL)
        return dra_html_blocks_write (builder, xmlDocGetRootElement (document), NULL, cancellable, error);
    }
  lines = g_strsplit (body, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      dra_article_builder_begin_block (builder, DRA_BLOCK_PARAGRAPH, 0, NULL);
      dra_article_builder_add_text (builder, lines[i], -1);
      dra_article_builder_end_block (builder);
    }

  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

/* Some pages have their text only in what they say of themselves or in their scripts.  The
 * article in place of a builder with next to nothing in it, shown bytes; FALSE after an error. */
static gboolean
take_unseen (DraArticleBuilder     **builder,
             const DraHtmlMetadata  *metadata,
             GBytes                 *source,
             gsize                  *shown,
             GCancellable           *cancellable,
             GError                **error)
{
  g_autoptr (DraArticleBuilder) other = NULL;
  g_autofree char *state = NULL;
  const char *body = metadata->body;
  gsize title, length;

  if ((body == NULL || strlen (body) < MIN_BODY) && source != NULL && *shown < MAX_SHOWN)
    {
      g_autoptr (GBytes) utf8 = dra_html_to_utf8 (source);
      gsize page_length;
      const char *page = g_bytes_get_data (utf8, &page_length);

      body = state = dra_html_state_find (page, page_length);
    }
  /* A page that is only made by its scripts still says what it is about. */
  if (body == NULL && *shown == 0)
    body = metadata->summary;
  if (body == NULL || (*shown > 0 && (strlen (body) < MIN_BODY || *shown * MAX_STANDS >= strlen (body))))
    return TRUE;
  other = begin_article (metadata);
  title = dra_article_builder_get_length (other);
  if (!write_body (other, body, cancellable, error))
    return FALSE;
  dra_article_builder_end_block (other);
  length = dra_article_builder_get_length (other) - title;
  if (length > *shown)
    {
      dra_article_builder_free (*builder);
      *builder = g_steal_pointer (&other);
      *shown = length;
    }

  return TRUE;
}

/* The article into a new builder; NULL after an error, and when there is no text. */
static DraArticleBuilder *
write_article (xmlNode                    *root,
               const DraHtmlMetadata      *metadata,
               const DraHtmlBlocksOptions *given,
               GBytes                     *source,
               gboolean                    whole,
               DraReadingExtent           *extent,
               GCancellable               *cancellable,
               GError                    **error)
{
  g_autoptr (DraArticleBuilder) builder = NULL;
  g_autoptr (DraHtmlExtract) extract = NULL;
  DraHtmlBlocksOptions options = *given;
  gsize title, seen, shown;

  *extent = DRA_READING_PAGE;
  if (!whole)
    {
      extract = dra_html_extract_new (root, metadata);
      *extent = dra_html_extract_is_whole (extract) ? DRA_READING_ALL : DRA_READING_MAIN;
      options.filter = dra_html_extract_filter;
      options.filter_data = extract;
      options.hidden = dra_html_extract_shows_hidden (extract);
    }
  builder = *extent == DRA_READING_MAIN ? begin_article (metadata) : dra_article_builder_new ();
  title = dra_article_builder_get_length (builder);
  if (!dra_html_blocks_write (builder, root, &options, cancellable, error))
    return NULL;
  dra_article_builder_end_block (builder);
  seen = shown = dra_article_builder_get_length (builder) - title;
  if ((!whole || seen == 0) && !take_unseen (&builder, metadata, source, &shown, cancellable, error))
    return NULL;
  if (shown == 0)
    return NULL;
  if (shown != seen)
    *extent = seen == 0 ? DRA_READING_ALL : DRA_READING_MAIN;

  return g_steal_pointer (&builder);
}

/* source: (nullable): the bytes of the document, where its scripts may be of use. */
static DraReading *
read_document (xmlDoc                      *document,
               const char                  *address,
               GBytes                      *source,
               const DraHtmlBlocksOptions  *options,
               gboolean                     whole,
               GCancellable                *cancellable,
               GError                     **error)
{
  xmlNode *root = xmlDocGetRootElement (document);
  g_autoptr (DraHtmlMetadata) metadata = dra_html_metadata_find (document, address);
  g_autoptr (DraArticleBuilder) builder = NULL;
  g_autofree char *base = NULL;
  DraHtmlBlocksOptions based = *options;
  DraReadingExtent extent;
  DraReading *reading;

  if (based.base == NULL)
    base = dra_html_blocks_find_base (document, address != NULL ? address : metadata->origin);
  if (base != NULL)
    based.base = base;
  builder = write_article (root, metadata, &based, source, whole, &extent, cancellable, error);
  if (builder == NULL)
    return NULL;
  dra_html_metadata_set (metadata, builder);
  reading = dra_reading_new (dra_article_builder_build (builder), NULL, NULL);
  reading->extent = extent;

  return reading;
}

/**
 * dra_html_read_document:
 * @document: a page
 * @address: (nullable): where it is from
 * @options: how images and links are found; the filter is not looked at
 * @whole: whether all of the page is wanted, not the article only
 * @cancellable: (nullable): a cancellable
 * @error: return location for %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the article; %NULL without an error when there is no
 *   text in the page
 */
DraReading *
dra_html_read_document (xmlDoc                      *document,
                        const char                  *address,
                        const DraHtmlBlocksOptions  *options,
                        gboolean                     whole,
                        GCancellable                *cancellable,
                        GError                     **error)
{
  return read_document (document, address, NULL, options, whole, cancellable, error);
}

static DraReading *
read_page (GBytes        *bytes,
           const char    *name,
           gboolean       whole,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (xmlDoc) document = dra_html_parse (bytes, name, cancellable, error);
  g_autoptr (DraHtmlImages) images = dra_html_images_new ();
  g_autoptr (GError) local = NULL;
  DraHtmlBlocksOptions options = { .image = dra_html_images_take, .user_data = images };
  DraReading *reading;

  if (document == NULL)
    return NULL;
  reading = read_document (document, NULL, bytes, &options, whole, cancellable, &local);
  if (reading == NULL)
    {
      if (local != NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      else
        g_set_error (error, DRA_ERROR, DRA_ERROR_EMPTY,
                     /* Translators: the name of a file */
                     _("“%s” has no text."), name);
      return NULL;
    }
  dra_html_images_give (images, reading);

  return reading;
}

/**
 * dra_html_read:
 * @bytes: a page, in any encoding
 * @name: display name of the file, for messages
 * @cancellable: (nullable): a cancellable
 * @error: return location for %DRA_ERROR_EMPTY, %DRA_ERROR_TOO_LARGE and
 *   %G_IO_ERROR_CANCELLED
 *
 * Reads the article in a page; a page that is none is read whole.
 *
 * Returns: (transfer full) (nullable): the article
 */
DraReading *
dra_html_read (GBytes        *bytes,
               const char    *name,
               GCancellable  *cancellable,
               GError       **error)
{
  return read_page (bytes, name, FALSE, cancellable, error);
}

/**
 * dra_page_read:
 * @bytes: a page, in any encoding
 * @name: display name of the file, for messages
 * @cancellable: (nullable): a cancellable
 * @error: return location as for dra_html_read()
 *
 * Reads everything that is seen of a page.
 *
 * Returns: (transfer full) (nullable): the page as an article
 */
DraReading *
dra_page_read (GBytes        *bytes,
               const char    *name,
               GCancellable  *cancellable,
               GError       **error)
{
  return read_page (bytes, name, TRUE, cancellable, error);
}
