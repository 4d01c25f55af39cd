/* dra-mhtml-reader.h: web pages saved as one MIME file (MHTML).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "readers/dra-reading.h"

G_BEGIN_DECLS

/* The article in the page, and all of the page. */
DraReading *dra_mhtml_read      (GBytes        *bytes,
                                 const char    *name,
                                 GCancellable  *cancellable,
                                 GError       **error);
DraReading *dra_mhtml_page_read (GBytes        *bytes,
                                 const char    *name,
                                 GCancellable  *cancellable,
                                 GError       **error);

G_END_DECLS
