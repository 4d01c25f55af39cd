/* dra-html-walk-private.h: where the walk from a tree to blocks is, and what it writes there.
 *
 * dra-html-blocks.c goes over the nodes and keeps account of lists, tables and headings;
 * dra-html-walk.c writes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "readers/dra-html-blocks-private.h"
#include "readers/dra-html-blocks.h"

G_BEGIN_DECLS

/* What the next block is, unless an element inside says otherwise. */
typedef struct
{
  DraBlockKind kind;        /* paragraph, heading, preformatted, caption, table row */
  guint        level;       /* of a heading */
  guint        quote_depth;
  guint        list_depth;
  gboolean     in_item;
  const char  *footnote;    /* (nullable): its label */
} DraHtmlContext;

typedef struct
{
  gboolean ordered;
  gboolean reversed;
  char     style; /* '1', 'a', 'A', 'i', 'I' */
  gint64   number;
} DraHtmlList;

/* An element whose end undoes something. */
typedef struct
{
  const xmlNode *node;
  DraHtmlContext context; /* as it was before */
  guint          styles;  /* bits of the DraStyleKinds it began */
  gboolean       block;
  gboolean       list;    /* began a list */
  gboolean       in_heading;
  const char    *after;   /* (nullable): text to write at its end */
} DraHtmlFrame;

typedef struct
{
  char *alternative;
  char *source;
} DraHtmlPendingImage;

typedef struct
{
  DraArticleBuilder          *builder;
  const DraHtmlBlocksOptions *options;
  gpointer                    filter_data;
  const xmlNode              *root;
  GUri                       *base;
  DraHtmlFootnotes           *footnotes;
  GArray                     *frames;  /* of DraHtmlFrame */
  GArray                     *lists;   /* of DraHtmlList */
  GArray                     *images;  /* of DraHtmlPendingImage: behind the present block */
  DraHtmlContext              context;
  char                       *label;   /* (nullable): of the list item that begins */
  gboolean                    in_block;
  guint                       n_breaks; /* line breaks since the last character */
  gboolean                    line_break; /* in a preformatted block, before more text */
  gboolean                    rule;     /* a rule, when more follows */
  gboolean                    written;  /* anything at all */
  DraHtmlTable               *table;    /* (nullable): of data */
  const xmlNode              *table_node;
  gboolean                    first_row;
  gboolean                    in_row;
  guint                       n_cells;  /* cells to end before the next text */
  gboolean                    in_heading;
} DraHtmlWalk;

void dra_html_pending_image_clear (gpointer       data);

void dra_html_walk_end_block    (DraHtmlWalk   *self);
void dra_html_walk_flush_rule   (DraHtmlWalk   *self);
void dra_html_walk_write_text   (DraHtmlWalk   *self,
                                 const char    *text);
void dra_html_walk_write_image  (DraHtmlWalk   *self,
                                 const xmlNode *image);
/* Styles go to frame, whose end ends them. */
void dra_html_walk_begin_styles (DraHtmlWalk   *self,
                                 DraHtmlFrame  *frame,
                                 DraHtmlTag     tag);

G_END_DECLS
