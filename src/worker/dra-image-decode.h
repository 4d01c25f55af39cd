/* dra-image-decode.h: the bytes of an image as pixels, in the worker.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "worker/dra-pixels.h"

G_BEGIN_DECLS

/* Loads what decodes that image, from files, before the worker is confined. */
void       dra_image_decode_prepare (GBytes      *bytes);
DraPixels *dra_image_decode         (GBytes      *bytes,
                                     const char  *name,
                                     guint        max_width,
                                     guint        max_height,
                                     GError     **error);

G_END_DECLS
