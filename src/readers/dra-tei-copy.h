/* dra-tei-copy.h: an annotated copy in TEI, our own, taken apart.
 *
 * The format is described in writers/dra-tei-writer.h; other TEI is read by
 * dra-tei-reader.c.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "readers/dra-copy-parts.h"

G_BEGIN_DECLS

DraCopyParts *dra_tei_copy_parse (GBytes        *utf8,
                                  GCancellable  *cancellable,
                                  GError       **error);

G_END_DECLS
