/* dra-load.h: the bytes of a file, or one sentence why not.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char   *dra_load_display_name (GFile         *file);
GBytes *dra_load_file         (GFile         *file,
                               GCancellable  *cancellable,
                               GError       **error);
GBytes *dra_load_stream       (GInputStream  *stream,
                               const char    *name,
                               GCancellable  *cancellable,
                               GError       **error);
gboolean dra_load_is_packed   (GBytes        *bytes);
GBytes *dra_load_unpack       (GBytes        *bytes,
                               const char    *name,
                               GCancellable  *cancellable,
                               GError       **error);

G_END_DECLS
