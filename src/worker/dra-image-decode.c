/* dra-image-decode.c: the bytes of an image as pixels, in the worker.
 *
 * By GdkPixbuf's loaders.  Those that are modules are loaded beforehand, for the one format
 * that the image's first bytes tell.
 *
 * SVG is drawn by librsvg, whose loader for GdkPixbuf comes with librsvg2-common.  It follows
 * no reference out of the drawing, having no place to start from, and could open nothing here.
 * What takes too long or too much ends with the limits of the worker.  Letters would need
 * fonts, which are files, and filters threads: a drawing with either is not shown.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "worker/dra-image-decode.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "article/dra-error.h"
#include "readers/dra-image-size.h"

#define MAX_PIXELS (64 * 1024 * 1024) /* of the image as it is stored */
#define CHUNK 65536                   /* bytes fed to the loader at a time */
#define MAX_SVG (16 * 1024 * 1024)    /* bytes of a drawing */

/* By the signatures of the formats' specifications; names as GdkPixbuf has them. */
static const struct
{
  gsize       offset;
  gsize       length;
  const char *bytes;
  const char *loader;
} signatures[] = {
  { 0, 8, "\x89PNG\r\n\x1a\n", "png" },
  { 0, 3, "\xff\xd8\xff", "jpeg" },
  { 0, 4, "GIF8", "gif" },
  { 8, 4, "WEBP", "webp" },
  { 0, 4, "II*\0", "tiff" },
  { 0, 4, "MM\0*", "tiff" },
  { 0, 2, "BM", "bmp" },
};

static const char *
find_loader (GBytes *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  for (guint i = 0; i < G_N_ELEMENTS (signatures); i++)
    if (length >= signatures[i].offset + signatures[i].length
        && memcmp (data + signatures[i].offset, signatures[i].bytes, signatures[i].length) == 0)
      return signatures[i].loader;

  return length <= MAX_SVG && dra_image_is_svg (data, length) ? "svg" : NULL;
}

/**
 * dra_image_decode_prepare:
 * @bytes: an image
 *
 * Loads the module that decodes such an image.
 */
void
dra_image_decode_prepare (GBytes *bytes)
{
  const char *name = find_loader (bytes);
  g_autoptr (GdkPixbufLoader) loader = NULL;

  if (name == NULL)
    return;
  loader = gdk_pixbuf_loader_new_with_type (name, NULL);
  if (loader != NULL)
    gdk_pixbuf_loader_close (loader, NULL);
}

typedef struct
{
  guint    max_width;
  guint    max_height;
  gboolean drawing;
  gboolean too_large;
} Limits;

/* Smaller images stay as they are; drawings have no pixels of their own and fill the room. */
static void
size_prepared_cb (GdkPixbufLoader *loader,
                  int              width,
                  int              height,
                  gpointer         user_data)
{
  Limits *limits = user_data;
  double scale;

  if (width < 1 || height < 1
      || (!limits->drawing && (guint64) width * (guint64) height > MAX_PIXELS))
    {
      limits->too_large = TRUE;
      gdk_pixbuf_loader_set_size (loader, 0, 0);
      return;
    }
  scale = MIN ((double) limits->max_width / width, (double) limits->max_height / height);
  if (scale < 1 || limits->drawing)
    gdk_pixbuf_loader_set_size (loader, MAX (1, (int) (width * scale + 0.5)),
                                MAX (1, (int) (height * scale + 0.5)));
}

static gboolean
feed (GdkPixbufLoader *loader,
      GBytes          *bytes,
      const Limits    *limits)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  for (gsize at = 0; at < length && !limits->too_large; at += CHUNK)
    if (!gdk_pixbuf_loader_write (loader, data + at, MIN (CHUNK, length - at), NULL))
      return FALSE;

  return !limits->too_large;
}

/**
 * dra_image_decode:
 * @bytes: an image
 * @name: what to call it in a message
 * @max_width: pixels
 * @max_height: pixels
 * @error: return location
 *
 * Decodes an image, the right way up, scaled down to fit, an SVG drawing as large as fits; of
 * an animated one the first picture.  What could be read of one that is cut short is shown.  Sets
 * %DRA_ERROR_UNSUPPORTED, %DRA_ERROR_TOO_LARGE, %DRA_ERROR_DAMAGED.
 *
 * Returns: (transfer full): its pixels, or %NULL with @error set
 */
DraPixels *
dra_image_decode (GBytes      *bytes,
                  const char  *name,
                  guint        max_width,
                  guint        max_height,
                  GError     **error)
{
  const char *type = find_loader (bytes);
  Limits limits = { max_width, max_height, g_strcmp0 (type, "svg") == 0, FALSE };
  g_autoptr (GdkPixbufLoader) loader = NULL;
  g_autoptr (GdkPixbuf) upright = NULL;
  g_autoptr (GdkPixbuf) colours = NULL;
  g_autoptr (GBytes) rows = NULL;
  GdkPixbuf *decoded;

  if (type != NULL)
    loader = gdk_pixbuf_loader_new_with_type (type, NULL);
  if (loader == NULL)
    {
      g_set_error (error, DRA_ERROR, DRA_ERROR_UNSUPPORTED,
                   _("“%s” is not an image that Dramatis can show."), name);
      return NULL;
    }
  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), &limits);
  feed (loader, bytes, &limits);
  gdk_pixbuf_loader_close (loader, NULL);
  decoded = limits.too_large ? NULL : gdk_pixbuf_loader_get_pixbuf (loader);
  if (decoded != NULL)
    upright = gdk_pixbuf_apply_embedded_orientation (decoded);
  if (upright != NULL)
    colours = gdk_pixbuf_get_has_alpha (upright) ? g_object_ref (upright)
                                                 : gdk_pixbuf_add_alpha (upright, FALSE, 0, 0, 0);
  if (colours == NULL)
    {
      g_set_error (error, DRA_ERROR, limits.too_large ? DRA_ERROR_TOO_LARGE : DRA_ERROR_DAMAGED,
                   limits.too_large ? _("“%s” is an image with more pixels than Dramatis shows.")
                                    : _("“%s” is a damaged image."),
                   name);
      return NULL;
    }
  rows = gdk_pixbuf_read_pixel_bytes (colours);
  /* The last row of a GdkPixbuf ends with its last pixel. */
  if (g_bytes_get_size (rows) < (gsize) gdk_pixbuf_get_rowstride (colours) * gdk_pixbuf_get_height (colours))
    {
      gsize size = (gsize) gdk_pixbuf_get_rowstride (colours) * gdk_pixbuf_get_height (colours);
      guint8 *whole = g_malloc0 (size);

      memcpy (whole, g_bytes_get_data (rows, NULL), g_bytes_get_size (rows));
      g_bytes_unref (rows);
      rows = g_bytes_new_take (whole, size);
    }

  return dra_pixels_new (gdk_pixbuf_get_width (colours), gdk_pixbuf_get_height (colours),
                         gdk_pixbuf_get_rowstride (colours), rows);
}
