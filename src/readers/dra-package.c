/* dra-package.c: what DOCX, ODT and EPUB have in common as archives of XML and images.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-package.h"

#include <glib/gi18n-lib.h>

#include "article/dra-error.h"

#define IMAGES_FREE (16 * 1024 * 1024) /* bytes of images, unpacked, that any file may have */
#define IMAGES_RATIO 4                 /* and how many for each of its own: images are packed already */

static void
set_damaged (GError    **error,
             DraZip     *zip,
             const char *path)
{
  g_set_error (error, DRA_ERROR, DRA_ERROR_DAMAGED,
               /* Translators: a file name, the name of a file inside it */
               _("“%s” is damaged: “%s” in it cannot be made sense of."), dra_zip_get_name (zip), path);
}

typedef struct
{
  DraXmlStream *stream;
  DraZip       *zip;
  const char   *path;
} Feed;

static gboolean
feed_cb (const guint8 *data,
         gsize         length,
         gpointer      user_data,
         GError      **error)
{
  Feed *feed = user_data;

  if (dra_xml_stream_feed (feed->stream, data, length))
    return TRUE;
  set_damaged (error, feed->zip, feed->path);

  return FALSE;
}

/**
 * dra_package_parse:
 * @zip: a container
 * @path: the name of an entry
 * @vocabulary: what to look for and whom to tell
 * @user_data: for the functions of @vocabulary
 * @error: return location
 *
 * Parses an entry as it is unpacked.  Sets %DRA_ERROR_DAMAGED and what dra_zip_stream()
 * sets.
 *
 * Returns: %FALSE with @error set
 */
gboolean
dra_package_parse (DraZip                 *zip,
                   const char             *path,
                   const DraXmlVocabulary *vocabulary,
                   gpointer                user_data,
                   GError                **error)
{
  g_autoptr (DraXmlStream) stream = NULL;
  Feed feed = { NULL, zip, path };

  g_return_val_if_fail (zip != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  feed.stream = stream = dra_xml_stream_new (vocabulary, FALSE, user_data);
  if (!dra_zip_stream (zip, path, feed_cb, &feed, error))
    return FALSE;
  if (dra_xml_stream_finish (stream))
    return TRUE;
  set_damaged (error, zip, path);

  return FALSE;
}

static const char *
guess_type (const char *path)
{
  static const struct { const char *suffix, *type; } types[] = {
    { ".png", "image/png" }, { ".jpg", "image/jpeg" }, { ".jpeg", "image/jpeg" },
    { ".gif", "image/gif" }, { ".svg", "image/svg+xml" }, { ".webp", "image/webp" },
    { ".bmp", "image/bmp" }, { ".tif", "image/tiff" }, { ".tiff", "image/tiff" },
  };
  g_autofree char *lower = g_ascii_strdown (path, -1);

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_has_suffix (lower, types[i].suffix))
      return types[i].type;

  return NULL;
}

/**
 * dra_package_add_images:
 * @zip: a container
 * @paths: (element-type utf8): names of entries, sources of images
 * @reading: what they are added to
 * @input_size: bytes of the whole file
 * @error: return location
 *
 * Adds the images of an article.  One that is missing, damaged or encrypted is left out, and
 * so is what would be far more than the file itself.  Sets %G_IO_ERROR_CANCELLED.
 *
 * Returns: %FALSE with @error set
 */
gboolean
dra_package_add_images (DraZip     *zip,
                        GPtrArray  *paths,
                        DraReading *reading,
                        gsize       input_size,
                        GError    **error)
{
  gsize left = MIN (IMAGES_FREE + input_size * IMAGES_RATIO, DRA_READING_MAX_IMAGES);
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (zip != NULL, FALSE);
  g_return_val_if_fail (reading != NULL, FALSE);

  if (!dra_zip_prefetch (zip, paths, left, &local)
      && g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = g_ptr_array_index (paths, i);
      g_autoptr (GBytes) bytes = NULL;

      if (dra_reading_find_image (reading, path) != NULL)
        continue;
      bytes = dra_zip_take (zip, path);
      if (bytes != NULL && g_bytes_get_size (bytes) <= left
          && dra_reading_add_image (reading, path, guess_type (path), bytes))
        left -= g_bytes_get_size (bytes);
    }

  return TRUE;
}
