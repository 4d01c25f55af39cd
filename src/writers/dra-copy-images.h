/* dra-copy-images.h: the pictures that go into a copy.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <cairo.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/* Bytes of one picture in a web page, and of all of them. */
#define DRA_COPY_IMAGES_MAX_ONE (4 * 1024 * 1024)
#define DRA_COPY_IMAGES_MAX_ALL (32 * 1024 * 1024)

typedef struct
{
  char            *type;    /* (nullable): content type of bytes */
  GBytes          *bytes;   /* (nullable): a picture that every browser shows */
  cairo_surface_t *surface; /* (nullable): its pixels */
} DraCopyImage;

/* Source of an image's block to DraCopyImage; counted. */
typedef GHashTable DraCopyImages;

DraCopyImages      *dra_copy_images_new        (void);
void                dra_copy_images_add        (DraCopyImages *self,
                                                const char    *source,
                                                const char    *type,
                                                GBytes        *bytes);
void                dra_copy_images_add_pixels (DraCopyImages *self,
                                                const char    *source,
                                                guint          width,
                                                guint          height,
                                                gsize          stride,
                                                const guint8  *rgba);
const DraCopyImage *dra_copy_images_find       (DraCopyImages *self,
                                                const char    *source);

G_END_DECLS
