/* dra-markdown-private.h: what the files of the Markdown writer share.
 *
 * dra-markdown-writer.c makes the file, dra-markdown-text.c the article's blocks.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "writers/dra-copy-data.h"
#include "writers/dra-copy-walk.h"

G_BEGIN_DECLS

void     dra_markdown_append_escaped (GString       *out,
                                      const char    *text,
                                      gsize          length,
                                      gboolean       line_start,
                                      gboolean       in_cell);
/* shapes: one for each block, filled with what the Markdown says of it. */
gboolean dra_markdown_append_blocks  (GString       *out,
                                      DraCopyWalk   *walk,
                                      DraCopyShape  *shapes,
                                      GCancellable  *cancellable,
                                      GError       **error);

G_END_DECLS
