/* dra-image-size.h: how large an image is, from its first bytes.
 *
 * For laying out a page before its images are decoded.  Reads nothing but the header, with
 * every offset checked, so that it may look at bytes that nobody trusts.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean dra_image_size (const guint8 *data,
                         gsize         length,
                         guint        *width,
                         guint        *height);
gboolean dra_image_is_svg (const guint8 *data,
                         gsize         length);

G_END_DECLS
