/* dra-markdown-writer.h: a copy as Markdown: notes as footnotes, the people at the end.
 *
 * CommonMark 0.30 with the tables, strikethrough and footnotes of GitHub's dialect.  What
 * Dramatis reads back of it (readers/dra-markdown-copy.c):
 *
 * - Front matter in YAML (each value a JSON string) with `generator: "Dramatis VERSION"`.
 * - The text stands between lines of `<!-- dramatis:text -->` and `<!-- /dramatis:text -->`,
 *   a block to a paragraph, heading, quotation, fence, row of a table, or item of a list
 *   (four spaces deeper each level).  U+2028 is a backslash at the end of a line, in cells
 *   `<br>`; a footnote of the article begins with `<a id="fn:LABEL"></a>`.  What could be
 *   markup is written with a backslash, or as a character reference, so that all markup
 *   there is is ours.  `<mark>` and `[^N]`, alone on a line behind a fence, are no part of
 *   the text.
 * - Note N is the footnote `[^N]`.
 * - In the comments `<!-- dramatis-article` and `<!-- dramatis-notes` at the end stands what
 *   writers/dra-copy-data.h describes, without the people, and in the first also
 *   "dramatis:footnotes": for each N the note's UUID, the SHA-256 of the footnote as it was
 *   written, so that one edited in the file is known, and how many of its last lines say
 *   something else than the note's body.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "writers/dra-writer.h"

G_BEGIN_DECLS

extern const DraWriter dra_markdown_writer;

G_END_DECLS
