/* dra-pixels.h: a decoded image.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Rows of four bytes a pixel: red, green, blue, alpha, the colours not multiplied by alpha
 * (GDK_MEMORY_R8G8B8A8). */
typedef struct
{
  guint   width;  /* pixels */
  guint   height; /* pixels */
  gsize   stride; /* bytes from one row to the next, at least 4 * width */
  GBytes *bytes;  /* height * stride bytes */
} DraPixels;

DraPixels *dra_pixels_new  (guint      width,
                            guint      height,
                            gsize      stride,
                            GBytes    *bytes);
void       dra_pixels_free (DraPixels *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraPixels, dra_pixels_free)

G_END_DECLS
