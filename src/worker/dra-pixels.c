/* dra-pixels.c: a decoded image.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "worker/dra-pixels.h"

/**
 * dra_pixels_new:
 * @width: pixels
 * @height: pixels
 * @stride: bytes from one row to the next
 * @bytes: at least @height * @stride bytes
 *
 * Returns: (transfer full): an image
 */
DraPixels *
dra_pixels_new (guint   width,
                guint   height,
                gsize   stride,
                GBytes *bytes)
{
  DraPixels *self;

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (stride / 4 >= width, NULL);
  g_return_val_if_fail (height == 0 || g_bytes_get_size (bytes) / height >= stride, NULL);

  self = g_new0 (DraPixels, 1);
  self->width = width;
  self->height = height;
  self->stride = stride;
  self->bytes = g_bytes_ref (bytes);

  return self;
}

/**
 * dra_pixels_free:
 * @self: (nullable): an image
 */
void
dra_pixels_free (DraPixels *self)
{
  if (self == NULL)
    return;

  g_bytes_unref (self->bytes);
  g_free (self);
}
