/* dra-epub-reader.c: books in EPUB 2 and 3.
 *
 * The chapters, in the order of the spine, make one article.  A chapter without a heading
 * of its own gets the one it has in the table of contents.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-epub-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "article/dra-article-builder.h"
#include "article/dra-error.h"
#include "readers/dra-epub-private.h"
#include "readers/dra-html-blocks.h"
#include "readers/dra-html-dom.h"
#include "readers/dra-html-parse.h"
#include "readers/dra-package.h"

#define WINDOW 64          /* chapters unpacked in one pass, and in how many passes at most */
#define MAX_TAGS 200000    /* elements of one chapter, and one more for so many bytes of the file: */
#define BYTES_PER_TAG 16   /* a tree takes far more memory than its markup */

typedef struct
{
  DraZip            *zip;
  DraEpubPackage    *package;
  DraArticleBuilder *builder;
  DraHtmlImages     *data_images;
  GPtrArray         *images;  /* names of entries */
  const DraEpubItem *chapter; /* the one that is being read */
  gsize              size;    /* bytes of the file */
  gboolean           skip_nav;
} Epub;

static char *
image_cb (const char *source,
          gpointer    user_data)
{
  Epub *self = user_data;
  g_autofree char *path = NULL;
  const char *found;

  if (g_ascii_strncasecmp (source, "data:", 5) == 0)
    return dra_html_images_take (source, self->data_images);
  path = dra_zip_resolve (self->chapter->path, source);
  found = path != NULL ? dra_zip_find (self->zip, path) : NULL;
  if (found == NULL)
    return NULL;
  g_ptr_array_add (self->images, g_strdup (found));

  return g_strdup (found);
}

/* The lists of the navigation document are the outline, not text. */
static gboolean
filter_cb (const xmlNode *node,
           gpointer       user_data)
{
  Epub *self = user_data;

  return self->skip_nav && dra_html_get_tag (node) == DRA_HTML_NAV;
}

static gboolean
is_heading (DraHtmlTag tag)
{
  return tag >= DRA_HTML_H1 && tag <= DRA_HTML_H6;
}

/* Whether the chapter has text, and whether it has a heading. */
static void
look (const xmlNode *root,
      gboolean      *has_text,
      gboolean      *has_heading)
{
  *has_text = *has_heading = FALSE;
  for (const xmlNode *p = dra_html_next (root, root, TRUE); p != NULL && !*has_heading;
       p = dra_html_next (p, root, dra_html_get_tag (p) != DRA_HTML_HEAD))
    {
      const char *text = dra_html_get_text (p);

      *has_heading = is_heading (dra_html_get_tag (p));
      while (text != NULL && g_ascii_isspace (*text))
        text++;
      *has_text = *has_text || (text != NULL && *text != '\0');
    }
}

static gboolean
check_size (Epub    *self,
            GBytes  *bytes,
            GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  const char *end = data + length;
  gsize n = 0;

  while (data < end && (data = memchr (data, '<', (gsize) (end - data))) != NULL)
    {
      n++;
      data++;
    }
  if (n <= MAX_TAGS + self->size / BYTES_PER_TAG)
    return TRUE;
  g_set_error (error, DRA_ERROR, DRA_ERROR_TOO_LARGE, _("“%s” would unpack to far more than an article."),
               dra_zip_get_name (self->zip));

  return FALSE;
}

static gboolean
read_chapter (Epub          *self,
              guint          number,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr (GBytes) bytes = dra_zip_read (self->zip, self->chapter->path, error);
  g_autoptr (xmlDoc) document = NULL;
  g_autofree char *prefix = g_strdup_printf ("%u-", number);
  const DraEpubHeading *heading = g_hash_table_lookup (self->package->headings, self->chapter->path);
  DraHtmlBlocksOptions options = {
    .image = image_cb, .filter = filter_cb, .user_data = self, .footnote_prefix = prefix,
  };
  gboolean has_text, has_heading;
  const xmlNode *root;

  if (bytes == NULL || !check_size (self, bytes, error))
    return FALSE;
  if (g_bytes_get_size (bytes) == 0)
    return TRUE;
  document = dra_html_parse (bytes, dra_zip_get_name (self->zip), cancellable, error);
  if (document == NULL)
    return FALSE;
  root = xmlDocGetRootElement (document);
  if (root == NULL)
    return TRUE;
  look (root, &has_text, &has_heading);
  self->skip_nav = self->chapter->is_nav;
  if (heading != NULL && has_text && !has_heading && !self->skip_nav)
    {
      dra_article_builder_begin_block (self->builder, DRA_BLOCK_HEADING, heading->level, NULL);
      dra_article_builder_add_text (self->builder, heading->label, -1);
      dra_article_builder_end_block (self->builder);
    }
  if (!dra_html_blocks_write (self->builder, root, &options, cancellable, error))
    return FALSE;
  dra_article_builder_end_block (self->builder);

  return TRUE;
}

static gboolean
is_image (const DraEpubItem *item)
{
  return item->type != NULL && g_str_has_prefix (item->type, "image/");
}

static gboolean
is_chapter (const DraEpubItem *item)
{
  return item->type == NULL || strstr (item->type, "html") != NULL || strstr (item->type, "xml") != NULL
         || strcmp (item->type, "text/plain") == 0;
}

/* Unpacks some chapters at a time: in one pass, whatever their order in the archive is. */
static gboolean
prefetch (Epub    *self,
          guint    from,
          guint    n,
          GError **error)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();

  for (guint i = from; i < from + n && i < self->package->spine->len; i++)
    {
      const DraEpubItem *item = g_ptr_array_index (self->package->spine, i);

      if (is_chapter (item) && !is_image (item))
        g_ptr_array_add (paths, item->path);
    }

  return dra_zip_prefetch (self->zip, paths, G_MAXSIZE, error);
}

static gboolean
read_chapters (Epub          *self,
               GCancellable  *cancellable,
               GError       **error)
{
  GPtrArray *spine = self->package->spine;
  guint window = MAX (WINDOW, spine->len / WINDOW);

  for (guint i = 0; i < spine->len; i++)
    {
      self->chapter = g_ptr_array_index (spine, i);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (i % window == 0 && !prefetch (self, i, window, error))
        return FALSE;
      if (g_hash_table_contains (self->package->locked, self->chapter->path))
        {
          g_set_error (error, DRA_ERROR, DRA_ERROR_UNSUPPORTED,
                       _("“%s” is protected by digital rights management and can be read only in the shop's own program."),
                       dra_zip_get_name (self->zip));
          return FALSE;
        }
      if (is_image (self->chapter))
        {
          g_ptr_array_add (self->images, g_strdup (self->chapter->path));
          dra_article_builder_add_image (self->builder, NULL);
          dra_article_builder_set_source (self->builder, self->chapter->path);
        }
      else if (is_chapter (self->chapter) && !read_chapter (self, i + 1, cancellable, error))
        return FALSE;
    }

  return TRUE;
}

static DraReading *
finish (Epub    *self,
        GError **error)
{
  g_autoptr (DraArticle) article = NULL;
  g_autoptr (DraReading) reading = NULL;
  gsize length;

  for (guint i = 0; i < DRA_N_METADATA; i++)
    dra_article_builder_set_metadata (self->builder, i, self->package->metadata[i]);
  article = dra_article_builder_build (self->builder);
  dra_article_get_text (article, &length);
  if (length == 0)
    {
      g_set_error (error, DRA_ERROR, DRA_ERROR_EMPTY, _("“%s” has no text."), dra_zip_get_name (self->zip));
      return NULL;
    }
  reading = dra_reading_new (g_steal_pointer (&article), NULL, NULL);
  dra_html_images_give (self->data_images, reading);
  if (!dra_package_add_images (self->zip, self->images, reading, self->size, error))
    return NULL;

  return g_steal_pointer (&reading);
}

/**
 * dra_epub_read:
 * @bytes: an EPUB file
 * @name: its name, for messages
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Reads a book as one article.  Sets %DRA_ERROR_UNSUPPORTED (encrypted), %DRA_ERROR_DAMAGED,
 * %DRA_ERROR_TOO_LARGE, %DRA_ERROR_EMPTY, %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): the reading, or %NULL with @error set
 */
DraReading *
dra_epub_read (GBytes        *bytes,
               const char    *name,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr (DraZip) zip = NULL;
  g_autoptr (DraEpubPackage) package = NULL;
  g_autoptr (DraArticleBuilder) builder = NULL;
  g_autoptr (DraHtmlImages) data_images = NULL;
  g_autoptr (GPtrArray) images = NULL;
  Epub self = { 0 };

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  zip = dra_zip_new (bytes, name, cancellable, error);
  if (zip == NULL)
    return NULL;
  package = dra_epub_package_read (zip, cancellable, error);
  if (package == NULL)
    return NULL;

  builder = dra_article_builder_new ();
  data_images = dra_html_images_new ();
  images = g_ptr_array_new_with_free_func (g_free);
  self = (Epub){ zip, package, builder, data_images, images, NULL, g_bytes_get_size (bytes), FALSE };

  return read_chapters (&self, cancellable, error) ? finish (&self, error) : NULL;
}
