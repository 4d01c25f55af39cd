/* dra-mhtml-reader.c: web pages saved as one MIME file (MHTML).
 *
 * The page is the part that "start" names, else the first HTML one; its pictures are the
 * other parts, by Content-ID or Content-Location (RFC 2557).  The article in it is found as in
 * any other saved page.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-mhtml-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "article/dra-error.h"
#include "readers/dra-html-page.h"
#include "readers/dra-html-parse.h"
#include "readers/dra-mime.h"

static gboolean
is_page (GMimeObject *part)
{
  return dra_mime_is_type (part, "text", "html") || dra_mime_is_type (part, "application", "xhtml+xml");
}

static GMimeObject *
find_page (GMimeMessage *message,
           GPtrArray    *parts)
{
  GMimeObject *root = g_mime_message_get_mime_part (message);
  const char *start = root != NULL ? g_mime_object_get_content_type_parameter (root, "start") : NULL;
  const char *location = g_mime_object_get_header (GMIME_OBJECT (message), "Snapshot-Content-Location");
  GMimeObject *page = NULL;

  for (guint i = 0; i < parts->len; i++)
    {
      GMimeObject *part = parts->pdata[i];
      const char *id = g_mime_object_get_content_id (part);
      const char *own = g_mime_object_get_header (part, "Content-Location");

      if (!is_page (part))
        continue;
      if ((start != NULL && id != NULL && strncmp (start[0] == '<' ? start + 1 : start, id, strlen (id)) == 0)
          || (start == NULL && location != NULL && g_strcmp0 (own, location) == 0))
        return part;
      if (page == NULL)
        page = part;
    }

  return page;
}

static DraReading *
read_page (GMimeMessage  *message,
           GMimeObject   *page,
           DraMimeImages *images,
           const char    *name,
           gboolean       whole,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (GBytes) utf8 = dra_mime_get_utf8 (page);
  g_autoptr (GString) text = g_string_new ("\357\273\277");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (xmlDoc) doc = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char *base = NULL;
  const char *location = g_mime_object_get_header (page, "Content-Location");
  DraHtmlBlocksOptions options = { .image = dra_mime_images_find, .user_data = images };
  DraReading *reading;

  if (location == NULL)
    location = g_mime_object_get_header (GMIME_OBJECT (message), "Snapshot-Content-Location");
  if (location == NULL)
    location = g_mime_object_get_header (GMIME_OBJECT (message), "Content-Location");
  g_string_append_len (text, g_bytes_get_data (utf8, NULL), (gssize) g_bytes_get_size (utf8));
  bytes = g_string_free_to_bytes (g_steal_pointer (&text));
  doc = dra_html_parse (bytes, name, cancellable, error);
  if (doc == NULL)
    return NULL;
  base = dra_html_blocks_find_base (doc, location);
  options.base = base;
  dra_mime_images_set_base (images, base);
  reading = dra_html_read_document (doc, location, &options, whole, cancellable, &local);
  if (reading == NULL && local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else if (reading == NULL)
    g_set_error (error, DRA_ERROR, DRA_ERROR_EMPTY, _("“%s” is a web archive whose page has no text."), name);

  return reading;
}

static DraReading *
read_archive (GBytes        *bytes,
              const char    *name,
              gboolean       whole,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr (GMimeParser) parser = NULL;
  g_autoptr (GMimeMessage) message = NULL;
  g_autoptr (GPtrArray) parts = NULL;
  g_autoptr (DraMimeImages) images = NULL;
  GMimeObject *page = NULL;
  DraReading *reading;
  gboolean mbox;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  parser = dra_mime_parser_new (bytes, &mbox);
  message = g_mime_parser_construct_message (parser, NULL);
  parts = dra_mime_list_parts (message != NULL ? g_mime_message_get_mime_part (message) : NULL);
  if (message != NULL)
    page = find_page (message, parts);
  if (page == NULL)
    {
      g_set_error (error, DRA_ERROR, DRA_ERROR_DAMAGED, _("“%s” is a web archive without a page in it."), name);
      return NULL;
    }
  images = dra_mime_images_new ();
  for (guint i = 0; i < parts->len; i++)
    dra_mime_images_add (images, parts->pdata[i]);
  reading = read_page (message, page, images, name, whole, cancellable, error);
  if (reading != NULL)
    dra_mime_images_give (images, reading);

  return reading;
}

/**
 * dra_mhtml_read:
 * @bytes: a file
 * @name: its display name, for messages
 * @cancellable: (nullable): a cancellable
 * @error: return location for %DRA_ERROR and %G_IO_ERROR_CANCELLED
 *
 * Reads the article in a web page that was saved with its pictures in one file; a page that
 * is none is read whole.
 *
 * Returns: (transfer full) (nullable): the article
 */
DraReading *
dra_mhtml_read (GBytes        *bytes,
                const char    *name,
                GCancellable  *cancellable,
                GError       **error)
{
  return read_archive (bytes, name, FALSE, cancellable, error);
}

/**
 * dra_mhtml_page_read:
 * @bytes: a file
 * @name: its display name, for messages
 * @cancellable: (nullable): a cancellable
 * @error: return location as for dra_mhtml_read()
 *
 * Reads everything that is seen of such a page.
 *
 * Returns: (transfer full) (nullable): the page as an article
 */
DraReading *
dra_mhtml_page_read (GBytes        *bytes,
                     const char    *name,
                     GCancellable  *cancellable,
                     GError       **error)
{
  return read_archive (bytes, name, TRUE, cancellable, error);
}
