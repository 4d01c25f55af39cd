/* dra-html-writer.h: the self-contained annotated copy.
 *
 * One page of HTML that is well-formed XML too, readable in any browser without a script
 * or another file.  What Dramatis reads back of it (readers/dra-copy-reader.c):
 *
 * - `<meta name="generator" content="Dramatis VERSION"/>` in the head marks it.
 * - Each block of the article is one element with `data-block` (dra_block_kind_to_string),
 *   and where needed `data-level`, `data-label` and `data-before`: the number of '\n'
 *   before the block when it is not 1 (0 for the first).  Its text content is the block's
 *   text exactly, `<br/>` being U+2028, `<i data-char="HEX"/>` a character that XML
 *   forbids, and elements with `data-aside` not being part of it.  A table row is a `tr`;
 *   between two of its cells is one tab.
 * - A picture is an `img` with `data-aside` in the image's element, its bytes in a "data:" URI;
 *   the element and the caption after it are in a `figure`.
 * - `<script type="application/ld+json" id="dramatis-article">`: schema.org Article with,
 *   under "dramatis:", the text's SHA-256 and version, the metadata as they were, styles
 *   and mentions.  Positions are code points of the text.
 * - `<script type="application/ld+json" id="dramatis-notes">`: W3C Web Annotations.
 *
 * In both JSON blocks <, >, & and characters that XML or a line-oriented reader would
 * trip over are written as \u escapes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "writers/dra-writer.h"

G_BEGIN_DECLS

extern const DraWriter dra_html_writer;

G_END_DECLS
