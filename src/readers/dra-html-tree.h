/* dra-html-tree.h: the tree of a page, made of its tags.
 *
 * Which tags end which elements, and which elements are there without a tag, is as in the
 * HTML 4 parser of libxml2 2.9, whose trees the extraction was learned on; so a page gives
 * the same article whichever release of libxml2 there is.  The nodes are libxml2's.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <libxml/tree.h>

#include "readers/dra-html-dom.h"

G_BEGIN_DECLS

typedef struct _DraHtmlTree DraHtmlTree;

/* The value is markup: it may hold character references. */
typedef struct
{
  const char *name;
  const char *value;
  gsize       length;
} DraHtmlTreeAttribute;

DraHtmlTree *dra_html_tree_new      (void);
xmlDoc      *dra_html_tree_finish   (DraHtmlTree                *self);
void         dra_html_tree_start    (DraHtmlTree                *self,
                                     DraHtmlTag                  tag,
                                     const char                 *name,
                                     gsize                       length,
                                     const DraHtmlTreeAttribute *attributes,
                                     guint                       n_attributes);
void         dra_html_tree_end      (DraHtmlTree                *self,
                                     DraHtmlTag                  tag,
                                     const char                 *name,
                                     gsize                       length);
void         dra_html_tree_add_text (DraHtmlTree                *self,
                                     const char                 *text,
                                     gsize                       length);
void         dra_html_tree_add_data (DraHtmlTree                *self,
                                     const char                 *data,
                                     gsize                       length);

G_END_DECLS
