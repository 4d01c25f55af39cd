/* dra-feed-reader.h: RSS and Atom feeds.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "readers/dra-reading.h"

G_BEGIN_DECLS

DraReading *dra_feed_read (GBytes        *bytes,
                           const char    *name,
                           GCancellable  *cancellable,
                           GError       **error);

G_END_DECLS
