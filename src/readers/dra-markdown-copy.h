/* dra-markdown-copy.h: an annotated copy in Markdown, our own, taken apart.
 *
 * Only the Markdown that writers/dra-markdown-writer.h describes; where somebody edited it,
 * what comes nearest.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "readers/dra-copy-parts.h"

G_BEGIN_DECLS

DraCopyParts *dra_markdown_copy_parse    (GBytes        *utf8,
                                          GCancellable  *cancellable,
                                          GError       **error);
char         *dra_markdown_copy_dup_body (const char    *footnote,
                                          guint          n_more);

G_END_DECLS
