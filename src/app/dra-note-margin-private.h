/* dra-note-margin-private.h: a margin and what stands in it, for its files alone.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/dra-note-margin.h"

G_BEGIN_DECLS

typedef struct
{
  DraNote   *note;   /* owned */
  DraRange   range;  /* bytes of the article */
  GtkWidget *widget; /* (nullable): card or marker, a child */
  gboolean   wanted; /* has text, tags, or is being written */
  gboolean   placed; /* has stood somewhere */
  double     offset; /* pixels from where it would stand alone, on its way to target */
  double     target;
  int        want;   /* pixels: where it would stand alone */
  int        y;      /* pixels */
  int        height; /* pixels */
} DraNoteMarginItem;

struct _DraNoteMargin
{
  GtkWidget parent_instance;

  DraArticleText *text;  /* unowned: a sibling that lives as long */
  GPtrArray      *items; /* DraNoteMarginItem by start */
  DraNote        *active;      /* (nullable) owned: stands at its passage exactly */
  DraNote        *hovered;     /* (nullable) owned: the pointer is on its card */
  DraNote        *edit_wanted; /* (nullable) owned: to be written in once it is there */
  gboolean        compact;
  guint           update_id;
  guint           glide_id;
  gint64          glide_time; /* microseconds, of the frame clock */
};

enum
{
  DRA_NOTE_MARGIN_NOTE_EDITED,
  DRA_NOTE_MARGIN_NOTE_DELETED,
  DRA_NOTE_MARGIN_MARKER_CLICKED,
  DRA_NOTE_MARGIN_CARD_FINISHED,
  DRA_NOTE_MARGIN_N_SIGNALS
};

extern guint dra_note_margin_signals[DRA_NOTE_MARGIN_N_SIGNALS];

/* dra-note-margin.c */
void       dra_note_margin_queue_update   (DraNoteMargin     *self);

/* dra-note-margin-cards.c */
GtkWidget *dra_note_margin_new_child      (DraNoteMargin     *self,
                                           DraNote           *note);

/* dra-note-margin-places.c */
void       dra_note_margin_place          (DraNoteMargin     *self,
                                           GPtrArray         *shown,
                                           int                width);
void       dra_note_margin_draw_connector (DraNoteMargin     *self,
                                           GtkSnapshot       *snapshot,
                                           DraNoteMarginItem *item);

G_END_DECLS
