/* dra-copy-images.c: the pictures that go into a copy.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "writers/dra-copy-images.h"

static void
image_free (gpointer data)
{
  DraCopyImage *image = data;

  g_free (image->type);
  g_clear_pointer (&image->bytes, g_bytes_unref);
  g_clear_pointer (&image->surface, cairo_surface_destroy);
  g_free (image);
}

/**
 * dra_copy_images_new:
 *
 * Returns: (transfer full): no pictures
 */
DraCopyImages *
dra_copy_images_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, image_free);
}

/**
 * dra_copy_images_add:
 * @self: pictures
 * @source: source of an image's block
 * @type: content type
 * @bytes: the picture
 */
void
dra_copy_images_add (DraCopyImages *self,
                     const char    *source,
                     const char    *type,
                     GBytes        *bytes)
{
  DraCopyImage *image = g_new0 (DraCopyImage, 1);

  image->type = g_strdup (type);
  image->bytes = g_bytes_ref (bytes);
  g_hash_table_replace (self, g_strdup (source), image);
}

/* Cairo's pixels are multiplied by their alpha. */
static cairo_surface_t *
make_surface (guint         width,
              guint         height,
              gsize         stride,
              const guint8 *rgba)
{
  gboolean opaque = TRUE;
  cairo_surface_t *surface;
  guint8 *to;
  gsize to_stride;

  for (guint y = 0; y < height && opaque; y++)
    for (guint x = 0; x < width && opaque; x++)
      opaque = rgba[y * stride + x * 4 + 3] == 0xFF;
  surface = cairo_image_surface_create (opaque ? CAIRO_FORMAT_RGB24 : CAIRO_FORMAT_ARGB32,
                                        (int) width, (int) height);
  if (cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS)
    {
      cairo_surface_destroy (surface);
      return NULL;
    }
  cairo_surface_flush (surface);
  to = cairo_image_surface_get_data (surface);
  to_stride = (gsize) cairo_image_surface_get_stride (surface);
  for (guint y = 0; y < height; y++)
    {
      const guint8 *from = rgba + y * stride;
      guint32 *row = (guint32 *) (void *) (to + y * to_stride);

      for (guint x = 0; x < width; x++, from += 4)
        {
          guint32 alpha = from[3];

          row[x] = alpha << 24 | (from[0] * alpha + 127) / 255 << 16
                   | (from[1] * alpha + 127) / 255 << 8 | (from[2] * alpha + 127) / 255;
        }
    }
  cairo_surface_mark_dirty (surface);

  return surface;
}

/**
 * dra_copy_images_add_pixels:
 * @self: pictures
 * @source: source of an image's block
 * @width: pixels
 * @height: pixels
 * @stride: bytes from one row to the next
 * @rgba: rows of red, green, blue and alpha, not multiplied by alpha
 */
void
dra_copy_images_add_pixels (DraCopyImages *self,
                            const char    *source,
                            guint          width,
                            guint          height,
                            gsize          stride,
                            const guint8  *rgba)
{
  cairo_surface_t *surface = make_surface (width, height, stride, rgba);
  DraCopyImage *image;

  if (surface == NULL)
    return;
  image = g_new0 (DraCopyImage, 1);
  image->surface = surface;
  g_hash_table_replace (self, g_strdup (source), image);
}

/**
 * dra_copy_images_find:
 * @self: (nullable): pictures
 * @source: (nullable): source of an image's block
 *
 * Returns: (transfer none) (nullable): the picture
 */
const DraCopyImage *
dra_copy_images_find (DraCopyImages *self,
                      const char    *source)
{
  return self != NULL && source != NULL ? g_hash_table_lookup (self, source) : NULL;
}
