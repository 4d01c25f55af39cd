/* dra-article-view-private.h: what the parts of DraArticleView share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/dra-article-text.h"
#include "app/dra-article-view.h"
#include "app/dra-note-margin.h"
#include "app/dra-tick-strip.h"

G_BEGIN_DECLS

struct _DraArticleView
{
  GtkWidget parent_instance;

  DraArticle *article;   /* (nullable) */
  DraCast    *cast;      /* (nullable) */
  GListModel *notes;     /* (nullable) */
  GPtrArray  *all_notes; /* DraNote: the items of notes, watched */
  DraNote    *edit_early; /* (nullable) owned: to be written in once there is a place for it */
  GArray     *hits;      /* (nullable): DraRange */
  char       *search_text;
  guint       search_flags; /* DraFindFlags */
  GCancellable *searching;

  double   zoom;
  double   pinched_zoom; /* when the fingers touched */
  int      selected_entity;
  int      current_mention;
  int      current_hit;
  DraMarkLevel levels[DRA_N_MARKED_KINDS];
  gboolean wide;
  gboolean notified_wide;
  gboolean has_selection;
  int        tooltip_mention; /* whom the card under the pointer is about */
  GtkWidget *tooltip_card;    /* (nullable) */
  double   press_x;
  double   press_y;
  guint    layout_id;
  guint    scrolled_id;
  guint    release_id;
  guint    notes_id;
  guint    card_id;

  GtkWidget      *scrolled;
  DraArticleText *text;
  DraNoteMargin  *margin;
  DraTickStrip   *strip;
  GtkWidget      *selection_popover;
  GtkWidget      *note_popover; /* its child is the card of a note, or none */
  GtkWidget      *menu;         /* (nullable) */
  GtkWidget      *peek;         /* (nullable): a popover: who is this, or a footnote */
};

typedef enum
{
  DRA_VIEW_TEXT_SHOWN,
  DRA_VIEW_SCROLLED,
  DRA_VIEW_FOUND,
  DRA_VIEW_MENTION_CLICKED,
  DRA_VIEW_PEEKED,
  DRA_VIEW_NOTE_CLICKED,
  DRA_VIEW_NOTE_EDITED,
  DRA_VIEW_NOTE_DELETED,
  DRA_VIEW_ADD_NOTE,
  DRA_VIEW_ADD_HIGHLIGHT,
  DRA_VIEW_LINK_ACTIVATED,
  DRA_VIEW_PICTURE_ACTIVATED,
  DRA_VIEW_N_SIGNALS
} DraViewSignal;

typedef enum
{
  DRA_VIEW_PROP_0,
  DRA_VIEW_PROP_ARTICLE,
  DRA_VIEW_PROP_CAST,
  DRA_VIEW_PROP_NOTES,
  DRA_VIEW_PROP_SELECTED_ENTITY,
  DRA_VIEW_PROP_CURRENT_MENTION,
  DRA_VIEW_PROP_ZOOM,
  DRA_VIEW_PROP_MARGIN_NOTES,
  DRA_VIEW_PROP_HAS_TEXT_SELECTION,
  DRA_VIEW_PROP_PEOPLE_MARKS,
  DRA_VIEW_PROP_ORGANIZATIONS_MARKS,
  DRA_VIEW_PROP_PLACES_MARKS,
  DRA_VIEW_PROP_SEARCH_TEXT,
  DRA_VIEW_PROP_SEARCH_FLAGS,
  DRA_VIEW_PROP_N_HITS,
  DRA_VIEW_PROP_CURRENT_HIT,
  DRA_VIEW_N_PROPS
} DraViewProperty;

extern guint dra_article_view_signals[DRA_VIEW_N_SIGNALS];
extern GParamSpec *dra_article_view_properties[DRA_VIEW_N_PROPS];

#define DRA_VIEW_MIN_ZOOM 0.5
#define DRA_VIEW_MAX_ZOOM 3.0

/* dra-article-view-properties.c */
void dra_article_view_install_properties (DraArticleViewClass *klass);
void dra_article_view_notify           (DraArticleView *self,
                                        DraViewProperty property);

/* dra-article-view-notes.c */
void dra_article_view_notes_init       (DraArticleView *self);
void dra_article_view_notes_take_model (DraArticleView *self,
                                        GListModel     *notes);
void dra_article_view_notes_refresh    (DraArticleView *self);
void dra_article_view_notes_dispose    (DraArticleView *self);
void dra_article_view_open_note        (DraArticleView *self,
                                        DraNote        *note,
                                        GtkWidget      *marker,
                                        gboolean        edit);
void dra_article_view_close_note       (DraArticleView *self);
void dra_article_view_layout_changed   (DraArticleView *self);

/* dra-article-view-input.c */
void dra_article_view_input_init       (DraArticleView *self);
void dra_article_view_input_install_actions (GtkWidgetClass *widget_class);
void dra_article_view_input_dispose    (DraArticleView *self);
void dra_article_view_hide_popovers    (DraArticleView *self);

/* dra-article-view-peek.c */
GtkWidget *dra_article_view_create_peek (DraArticleView *self,
                                        guint           mention);
gboolean dra_article_view_show_footnote (DraArticleView *self,
                                        const char     *label,
                                        gsize           offset);
void dra_article_view_peek_dispose     (DraArticleView *self);

/* dra-article-view-search.c */
void dra_article_view_search_start     (DraArticleView *self);
void dra_article_view_search_clear     (DraArticleView *self);
void dra_article_view_update_ticks     (DraArticleView *self);
void dra_article_view_tick_clicked     (DraArticleView *self,
                                        guint           index);

G_END_DECLS
