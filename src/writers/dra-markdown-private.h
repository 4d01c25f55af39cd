/* dra-markdown-private.h: what the files of the Markdown writer share.
 *
 * dra-markdown-writer.c makes the file, dra-markdown-text.c the article's blocks,
 * dra-markdown-runs.c the text in them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "writers/dra-copy-data.h"
#include "writers/dra-copy-walk.h"

G_BEGIN_DECLS

/* What may be open in the text of a block, outermost first. */
enum
{
  DRA_MARKDOWN_LEVEL_MARK,
  DRA_MARKDOWN_LEVEL_LINK,
  DRA_MARKDOWN_LEVEL_STYLES,
  DRA_MARKDOWN_N_LEVELS = DRA_MARKDOWN_LEVEL_STYLES + 7,
};

typedef struct
{
  GString        *out;
  DraCopyWalk    *walk;
  const DraBlock *block;
  const char     *indent;        /* of lines after the first of a block */
  guint           open[DRA_MARKDOWN_N_LEVELS];
  gboolean        delimited[DRA_MARKDOWN_N_LEVELS]; /* opened by a delimiter, not an element */
  gsize           start;         /* in out: of the block's or cell's own text */
  gboolean        line_start;    /* nothing of the line is written but indents and markers */
} DraMarkdown;

/* dra-markdown-runs.c */
void     dra_markdown_append_escaped    (GString      *out,
                                         const char   *text,
                                         gsize         length,
                                         gboolean      line_start,
                                         gboolean      in_cell);
void     dra_markdown_append_inlines    (DraMarkdown  *self,
                                         DraRange      range,
                                         gsize         next_start);
void     dra_markdown_append_references (DraMarkdown  *self,
                                         gsize         pos,
                                         gboolean      close);
void     dra_markdown_protect_end       (DraMarkdown  *self);

/* dra-markdown-text.c; shapes: one for each block, filled with what the Markdown says of it. */
gboolean dra_markdown_append_blocks     (GString      *out,
                                         DraCopyWalk  *walk,
                                         DraCopyShape *shapes,
                                         GCancellable *cancellable,
                                         GError      **error);

G_END_DECLS
