/* dra-tei-private.h: what the files of the TEI writer share.
 *
 * dra-tei-writer.c makes the header and the lists, dra-tei-text.c the article's blocks.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "writers/dra-copy-data.h"
#include "writers/dra-copy-walk.h"
#include "writers/dra-markup-output.h"

G_BEGIN_DECLS

/* shapes: one for each block, filled with what the markup says of it. */
gboolean dra_tei_append_body (GString       *out,
                              DraCopyWalk   *walk,
                              DraCopyShape  *shapes,
                              GCancellable  *cancellable,
                              GError       **error);

G_END_DECLS
