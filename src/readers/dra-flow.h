/* dra-flow.h: the text of an office document, as its reader meets it.
 *
 * What the readers of DOCX, ODT, RTF and FB2 have in common, on top of DraArticleBuilder:
 * runs that say their whole style each time; footnotes that stand in the middle of a
 * sentence and go to the end; text boxes and images that hang in a paragraph and come after
 * it; tables in tables; comments on a passage.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "article/dra-article-builder.h"
#include "readers/dra-reading.h"

G_BEGIN_DECLS

#define DRA_FLOW_STYLE(kind) (1u << (kind)) /* bit of a DraStyleKind; a link is said apart */

#define DRA_FLOW_MAX_CELLS 256 /* columns of a table row, of which more are not shown */

typedef struct _DraFlow DraFlow;

DraFlow    *dra_flow_new               (void);
void        dra_flow_free              (DraFlow      *self);

void        dra_flow_begin_block       (DraFlow      *self,
                                        DraBlockKind  kind,
                                        guint         level,
                                        const char   *label);
void        dra_flow_add_text          (DraFlow      *self,
                                        const char   *text,
                                        gssize        length,
                                        guint         styles,
                                        const char   *link);
void        dra_flow_add_break         (DraFlow      *self);
void        dra_flow_add_image         (DraFlow      *self,
                                        const char   *alternative,
                                        const char   *source);
void        dra_flow_end_block         (DraFlow      *self);
gboolean    dra_flow_has_text          (DraFlow      *self);

void        dra_flow_begin_table       (DraFlow      *self,
                                        guint         n_columns);
void        dra_flow_begin_row         (DraFlow      *self,
                                        gboolean      heading);
void        dra_flow_begin_cell        (DraFlow      *self);
void        dra_flow_end_row           (DraFlow      *self);
void        dra_flow_end_table         (DraFlow      *self);

void        dra_flow_add_reference     (DraFlow      *self,
                                        const char   *label);
void        dra_flow_begin_footnote    (DraFlow      *self,
                                        const char   *label);
void        dra_flow_end_footnote      (DraFlow      *self);
void        dra_flow_begin_aside       (DraFlow      *self);
void        dra_flow_end_aside         (DraFlow      *self);
void        dra_flow_end_asides        (DraFlow      *self);

void        dra_flow_begin_comment     (DraFlow      *self,
                                        const char   *id);
void        dra_flow_end_comment       (DraFlow      *self,
                                        const char   *id);
void        dra_flow_set_comment       (DraFlow      *self,
                                        const char   *id,
                                        const char   *author,
                                        gint64        created,
                                        const char   *body);

void        dra_flow_set_metadata      (DraFlow      *self,
                                        DraMetadata   which,
                                        const char   *value);
gsize       dra_flow_get_length        (DraFlow      *self);
DraReading *dra_flow_finish            (DraFlow      *self,
                                        const char   *name,
                                        GError      **error);

/* Tables of documents that say how they are only inside of them. */
typedef struct _DraFlowGrids DraFlowGrids;

DraFlowGrids *dra_flow_grids_new         (DraFlow      *flow);
void          dra_flow_grids_free        (DraFlowGrids *self);
void          dra_flow_grids_begin_table (DraFlowGrids *self);
void          dra_flow_grids_add_columns (DraFlowGrids *self,
                                          guint         n);
void          dra_flow_grids_begin_row   (DraFlowGrids *self);
void          dra_flow_grids_set_heading (DraFlowGrids *self,
                                          gboolean      heading);
void          dra_flow_grids_begin_cells (DraFlowGrids *self,
                                          guint         n);
void          dra_flow_grids_set_span    (DraFlowGrids *self,
                                          guint         n);
void          dra_flow_grids_end_cell    (DraFlowGrids *self);
void          dra_flow_grids_end_row     (DraFlowGrids *self);
void          dra_flow_grids_end_table   (DraFlowGrids *self);
guint         dra_flow_grids_enter       (DraFlowGrids *self);
void          dra_flow_grids_leave       (DraFlowGrids *self,
                                          guint         floor);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraFlow, dra_flow_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraFlowGrids, dra_flow_grids_free)

G_END_DECLS
