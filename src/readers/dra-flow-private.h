/* dra-flow-private.h: what the parts of a flow share.
 *
 * A lane is a builder and the styles open in it.  The text of the document is one lane, all
 * footnotes together are another; a text box is a lane that lives until it is poured out
 * behind the paragraph it hangs in.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "readers/dra-flow.h"

G_BEGIN_DECLS

#define DRA_FLOW_MAX_LANES 32 /* text boxes and footnotes in one another; deeper ones join the last */

typedef struct _DraFlowLane DraFlowLane;

/* What waits for the end of the block it was met in: an image, or a lane. */
typedef struct
{
  char *alternative;
  char *source;
  DraFlowLane *lane; /* (nullable) */
} DraFlowWaiting;

struct _DraFlowLane
{
  DraArticleBuilder *builder;
  GArray            *waiting;  /* of DraFlowWaiting */
  guint              styles;   /* bits that are open */
  char              *link;     /* (nullable): open */
  gboolean           in_block;
  gboolean           has_text; /* in the block */
  guint              tables;   /* how many tables are open */
  guint              shown;    /* which of them makes rows, from 1; 0: none */
  gboolean           first_row;
  gboolean           in_row;
  gboolean           heading_row;
  guint              n_cells;
  GPtrArray         *comments; /* (nullable): of DraFlowComment, those that begin in it */
};

/* A comment, and where it begins and ends in the lane it is in. */
typedef struct
{
  char    *author;
  char    *body;
  gint64   created;
  DraFlowLane    *lane; /* (nullable) */
  gsize    start, end;
  gboolean ended;
} DraFlowComment;

struct _DraFlow
{
  DraFlowLane       *text;
  DraFlowLane       *notes;
  GPtrArray  *lanes;        /* the stack: the last one takes what comes */
  guint       overflow;     /* lanes begun beyond DRA_FLOW_MAX_LANES */
  GHashTable *comments;     /* id -> DraFlowComment */
  GPtrArray  *comment_ids;  /* in the order they were met */
  char       *metadata[DRA_N_METADATA];

  GString    *heading;   /* text of the block that is open, when it may be the title */
  gboolean    collecting;
  gboolean    has_title; /* heading is from a block that is the title for sure */
  guint       n_blocks;  /* begun in the document's own lane */
};

/* dra-flow.c */
DraFlowLane *dra_flow_lane_new      (void);
DraFlowLane *dra_flow_get_lane      (DraFlow     *self);
void         dra_flow_set_styles    (DraFlowLane *lane,
                                     guint        styles,
                                     const char  *link);
void         dra_flow_pour          (DraFlow     *self,
                                     DraFlowLane *to,
                                     DraFlowLane *lane);
void         dra_flow_flush_waiting (DraFlow     *self,
                                     DraFlowLane *lane);

/* dra-flow-notes.c */
void         dra_flow_move_comments (DraFlowLane *from,
                                     DraFlowLane *to,
                                     gsize        offset);
void         dra_flow_add_notes     (DraFlow     *self,
                                     DraReading  *reading);

G_END_DECLS
