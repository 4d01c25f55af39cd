/* dra-epub-reader.h: books in EPUB 2 and 3.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "readers/dra-reader-registry.h"

G_BEGIN_DECLS

DraReading *dra_epub_read (GBytes        *bytes,
                           const char    *name,
                           GCancellable  *cancellable,
                           GError       **error);

G_END_DECLS
