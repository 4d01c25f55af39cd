/* dra-markdown-inlines.h: what stands inside a block of our own Markdown copies.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "readers/dra-copy-parts.h"

G_BEGIN_DECLS

#define DRA_MARKDOWN_LINE_BREAK "\342\200\250" /* U+2028 */

void  dra_markdown_inlines_append            (DraCopyParts  *copy,
                                              const char    *p,
                                              gsize          length);
gsize dra_markdown_inlines_measure_reference (const char    *p,
                                              const char    *end);
gsize dra_markdown_inlines_read_link_end     (const char    *p,
                                              const char    *end,
                                              char         **target);

G_END_DECLS
