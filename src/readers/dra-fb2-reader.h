/* dra-fb2-reader.h: FictionBook 2, plain or in a ZIP archive.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "readers/dra-reader-registry.h"

G_BEGIN_DECLS

DraReading *dra_fb2_read (GBytes        *bytes,
                          const char    *name,
                          GCancellable  *cancellable,
                          GError       **error);

G_END_DECLS
