/* dra-copy-pictures.c: finds the pictures that go into a copy of an article.
 *
 * They are in the article's file or in files beside it, never on the network.  What is not
 * found, cannot be decoded or is too much is left out: its description stands for it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "worker/dra-copy-pictures.h"

#include <string.h>

#include "worker/dra-worker-client.h"

#define MAX_IMAGES 300
#define PAGE_SIDE 1200 /* pixels: fine enough on paper */
#define WEB_SIDE 1600  /* pixels: of a picture that is too large as it is */
#define MAX_PIXELS (64 * 1024 * 1024) /* of all pictures on pages */

typedef struct
{
  GFile         *file;
  DraReading    *reading; /* (nullable): the article's file, read for its pictures */
  gboolean       was_read;
  gboolean       pixels;
  DraCopyImages *images;
  gsize          size; /* bytes, or pixels */
  GCancellable  *cancellable;
} Load;

static GBytes *
find_bytes (Load       *load,
            const char *source)
{
  const DraImage *image;
  GBytes *beside = g_uri_peek_scheme (source) == NULL
    ? dra_worker_load_beside (load->file, source, load->cancellable, NULL) : NULL;

  if (beside != NULL)
    return beside;
  if (!load->was_read)
    load->reading = dra_worker_read (load->file, NULL, load->cancellable, NULL);
  load->was_read = TRUE;
  image = load->reading != NULL ? dra_reading_find_image (load->reading, source) : NULL;

  return image != NULL ? g_bytes_ref (image->bytes) : NULL;
}

/* What a browser shows by itself, told by how it begins. */
static const char *
get_web_type (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  if (size < 16)
    return NULL;
  if (memcmp (data, "\211PNG\r\n\032\n", 8) == 0)
    return "image/png";
  if (memcmp (data, "\377\330\377", 3) == 0)
    return "image/jpeg";
  if (memcmp (data, "GIF87a", 6) == 0 || memcmp (data, "GIF89a", 6) == 0)
    return "image/gif";
  if (memcmp (data, "RIFF", 4) == 0 && memcmp (data + 8, "WEBP", 4) == 0)
    return "image/webp";

  return NULL;
}

static cairo_status_t
append_cb (void         *data,
           const guchar *bytes,
           unsigned int  length)
{
  GByteArray *out = data;

  if (length > DRA_COPY_IMAGES_MAX_ONE || out->len > DRA_COPY_IMAGES_MAX_ONE)
    return CAIRO_STATUS_WRITE_ERROR;
  g_byte_array_append (out, bytes, length);

  return CAIRO_STATUS_SUCCESS;
}

/* A picture of another format, or one that is too large, as PNG. */
static GBytes *
convert (Load       *load,
         const char *source,
         GBytes     *bytes)
{
  g_autoptr (DraPixels) pixels = dra_worker_decode_image (bytes, NULL, WEB_SIDE, WEB_SIDE,
                                                          load->cancellable, NULL);
  g_autoptr (GHashTable) images = NULL;
  g_autoptr (GByteArray) out = NULL;
  const DraCopyImage *image;

  if (pixels == NULL)
    return NULL;
  images = dra_copy_images_new ();
  dra_copy_images_add_pixels (images, source, pixels->width, pixels->height, pixels->stride,
                              g_bytes_get_data (pixels->bytes, NULL));
  image = dra_copy_images_find (images, source);
  out = g_byte_array_new ();
  if (image == NULL
      || cairo_surface_write_to_png_stream (image->surface, append_cb, out) != CAIRO_STATUS_SUCCESS)
    return NULL;

  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

static void
add_for_web (Load       *load,
             const char *source,
             GBytes     *bytes)
{
  const char *type = get_web_type (bytes);
  g_autoptr (GBytes) small = NULL;

  if (type != NULL && g_bytes_get_size (bytes) <= DRA_COPY_IMAGES_MAX_ONE)
    small = g_bytes_ref (bytes);
  else
    {
      small = convert (load, source, bytes);
      type = "image/png";
    }
  if (small == NULL || g_bytes_get_size (small) > DRA_COPY_IMAGES_MAX_ALL - load->size)
    return;
  load->size += g_bytes_get_size (small);
  dra_copy_images_add (load->images, source, type, small);
}

static void
add_for_pages (Load       *load,
               const char *source,
               GBytes     *bytes)
{
  g_autoptr (DraPixels) pixels = dra_worker_decode_image (bytes, NULL, PAGE_SIDE, PAGE_SIDE,
                                                          load->cancellable, NULL);

  if (pixels == NULL || (gsize) pixels->width * pixels->height > MAX_PIXELS - load->size)
    return;
  load->size += (gsize) pixels->width * pixels->height;
  dra_copy_images_add_pixels (load->images, source, pixels->width, pixels->height, pixels->stride,
                              g_bytes_get_data (pixels->bytes, NULL));
}

/**
 * dra_copy_load_images:
 * @article: an article
 * @pixels: whether they are for pages, that is decoded
 * @cancellable: (nullable): a cancellable
 *
 * Finds the pictures of an article.  Blocks, for as long as it takes to read the article's
 * file and to decode them: call it in a thread.
 *
 * Returns: (transfer full) (nullable): the pictures; %NULL when there are none
 */
DraCopyImages *
dra_copy_load_images (DraArticle   *article,
                      gboolean      pixels,
                      GCancellable *cancellable)
{
  const char *uri = dra_article_get_metadata (article, DRA_METADATA_SOURCE_URI);
  guint n_blocks;
  const DraBlock *blocks = dra_article_get_blocks (article, &n_blocks);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  Load load = { .pixels = pixels, .cancellable = cancellable };

  if (uri == NULL)
    return NULL;
  load.file = g_file_new_for_uri (uri);
  load.images = dra_copy_images_new ();
  for (guint i = 0; i < n_blocks && g_hash_table_size (load.images) < MAX_IMAGES; i++)
    {
      g_autoptr (GBytes) bytes = NULL;

      if (blocks[i].kind != DRA_BLOCK_IMAGE || blocks[i].source == NULL
          || !g_hash_table_add (seen, (gpointer) blocks[i].source)
          || g_cancellable_is_cancelled (cancellable))
        continue;
      bytes = find_bytes (&load, blocks[i].source);
      if (bytes == NULL)
        continue;
      if (pixels)
        add_for_pages (&load, blocks[i].source, bytes);
      else
        add_for_web (&load, blocks[i].source, bytes);
    }
  g_clear_pointer (&load.reading, dra_reading_free);
  g_object_unref (load.file);
  if (g_hash_table_size (load.images) == 0)
    g_clear_pointer (&load.images, g_hash_table_unref);

  return load.images;
}
