/* dra-html-blocks-private.h: the parts of the walk from a tree to blocks.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "readers/dra-html-blocks.h"
#include "readers/dra-html-dom.h"

G_BEGIN_DECLS

#define DRA_HTML_MAX_COLUMNS 256 /* of a table; a row's cells beyond are joined to the last */

/* dra-html-tables.c */
typedef struct _DraHtmlTable DraHtmlTable;

gboolean      dra_html_table_is_data   (const xmlNode     *table,
                                        DraHtmlFilterFunc  filter,
                                        gpointer           user_data);
DraHtmlTable *dra_html_table_new       (void);
void          dra_html_table_free      (DraHtmlTable      *self);
gboolean      dra_html_table_is_head   (const xmlNode     *row);
void          dra_html_table_begin_row (DraHtmlTable      *self);
guint         dra_html_table_begin_cell (DraHtmlTable     *self,
                                        const xmlNode     *cell);

/* dra-html-footnotes.c */
typedef struct _DraHtmlFootnotes DraHtmlFootnotes;

DraHtmlFootnotes *dra_html_footnotes_find       (const xmlNode    *root,
                                                 const char       *prefix);
void              dra_html_footnotes_free       (DraHtmlFootnotes *self);
const char       *dra_html_footnotes_get_label  (DraHtmlFootnotes *self,
                                                 const xmlNode    *element);
const char       *dra_html_footnotes_get_target (DraHtmlFootnotes *self,
                                                 const xmlNode    *link);
gboolean          dra_html_footnotes_is_return  (DraHtmlFootnotes *self,
                                                 const xmlNode    *link);

G_END_DECLS
