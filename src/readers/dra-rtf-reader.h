/* dra-rtf-reader.h: Rich Text Format.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "readers/dra-reader-registry.h"

G_BEGIN_DECLS

DraReading *dra_rtf_read (GBytes        *bytes,
                          const char    *name,
                          GCancellable  *cancellable,
                          GError       **error);

G_END_DECLS
