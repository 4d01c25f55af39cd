/* dra-window-private.h: what the files of DraWindow share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/dra-banner.h"
#include "app/dra-cast-pane.h"
#include "app/dra-notes-pane.h"
#include "app/dra-outline-pane.h"
#include "app/dra-passages-pane.h"
#include "app/dra-recent-list.h"
#include "app/dra-search-bar.h"
#include "app/dra-walk-bar.h"
#include "app/dra-window.h"
#include "library/dra-positions.h"

G_BEGIN_DECLS

/* What the list of passages has. */
typedef enum
{
  DRA_LISTED_NOTHING,
  DRA_LISTED_RESULTS,
  DRA_LISTED_TOGETHER,
  DRA_LISTED_QUOTATIONS,
} DraListed;

typedef enum
{
  DRA_SPEECH_OFF,
  DRA_SPEECH_READING,
  DRA_SPEECH_PAUSED,
} DraSpeechState;

struct _DraWindow
{
  AdwApplicationWindow parent_instance;

  DraServices         *services;
  DraDocument         *document;    /* NULL while nothing was opened */
  DraDocument         *replacement; /* the same file, being read again */
  char                *wanted_note; /* (nullable) UUID: to be gone to once it is there */
  GHashTable          *anchors;     /* (nullable) how its notes stood before that */
  GSettings           *settings;
  DraPositions        *positions;
  char                *source;      /* (nullable): below the title: where the article is from */
  DraListed            listed;
  GArray              *together;    /* guint: entities that are looked for together */
  GCancellable        *finding_quotations;
  guint                spinner_id;
  guint                tick_id;
  guint                folded_tick_id;
  gulong               after_paint_id;
  GdkFrameClock       *frame_clock;
  gboolean             text_shown;
  gboolean             closing;     /* waits for notes to be written */
  gboolean             discard;     /* the reader said that unsaved notes may go */
  gboolean             reviewing;   /* unsure names are being walked */
  gsize                review_from; /* byte of the text: where the one last settled is */
  gint64               wanted_mention; /* byte of the text: to be selected once it is a name */
  DraSpeechState       speech;
  guint                speech_serial; /* what the speaker calls the sentence being said; 0: none */
  const char          *speech_language; /* (nullable), static */
  DraRange             spoken;      /* the sentence that is read aloud */
  gboolean             selecting;   /* guards the loop between pane and view */

  /* Template */
  AdwToastOverlay     *toasts;
  GtkStack            *title_stack;
  AdwWindowTitle      *title;
  GtkToggleButton     *sidebar_button;
  AdwSplitButton      *open_button;
  GtkPopover          *recent_popover;
  GtkToggleButton     *search_button;
  GtkMenuButton       *menu_button;
  GtkButton           *zoom_button;
  DraBanner           *disk_banner;
  DraBanner           *notes_banner;
  DraBanner           *page_banner;
  GtkStack            *pages;
  AdwStatusPage       *empty_page;
  GtkSpinner          *spinner;
  GtkWidget           *loading_box;
  AdwStatusPage       *failed_page;
  GtkWidget           *empty_open;
  GtkWidget           *retry_button;
  GtkWidget           *another_button;
  AdwFlap             *flap;
  AdwViewStack        *panes;
  DraCastPane         *cast_pane;
  DraNotesPane        *notes_pane;
  DraOutlinePane      *outline_pane;
  DraPassagesPane     *passages_pane;
  DraSearchBar        *search_bar;
  DraArticleView      *view;
  DraWalkBar          *walk_bar;
  GtkWidget           *speech_bar;
  GtkLabel            *speech_label;
  GtkButton           *speech_button;
};

/* dra-window.c */
void     dra_window_toast               (DraWindow  *self,
                                         const char *sentence);
void     dra_window_alert               (DraWindow  *self,
                                         const char *heading,
                                         const char *sentence);
void     dra_window_show_sidebar        (DraWindow  *self,
                                         const char *pane);
void     dra_window_remember_sidebar    (DraWindow  *self);

/* dra-window-actions.c */
void     dra_window_install_actions     (DraWindow  *self);
void     dra_window_update_actions      (DraWindow  *self);

/* dra-window-document.c */
void     dra_window_set_page            (DraWindow  *self,
                                         const char *page);
void     dra_window_text_shown          (DraWindow  *self);
void     dra_window_drop_document       (DraWindow  *self);
void     dra_window_reload              (DraWindow  *self);
void     dra_window_reload_extent       (DraWindow  *self,
                                         DraReadingExtent extent);

/* dra-window-open.c */
void     dra_window_open_file           (DraWindow  *self,
                                         GFile      *file);
void     dra_window_open_dialog         (DraWindow  *self);
void     dra_window_accept_drops        (DraWindow  *self);

/* dra-window-paste.c */
void     dra_window_paste_article       (DraWindow  *self);

/* dra-window-speech.c */
void     dra_window_connect_speech      (DraWindow  *self);
void     dra_window_read_aloud          (DraWindow  *self);
void     dra_window_stop_reading        (DraWindow  *self);
void     dra_window_step_reading        (DraWindow  *self,
                                         int         direction);

/* dra-window-walk.c */
void     dra_window_walk                (DraWindow  *self,
                                         int         direction);
void     dra_window_select_entity       (DraWindow  *self,
                                         int         entity,
                                         int         mention);
void     dra_window_update_walk_bar     (DraWindow  *self);

/* dra-window-notes.c */
void     dra_window_connect_notes       (DraWindow  *self);
void     dra_window_set_notes           (DraWindow  *self,
                                         GListModel *notes);
void     dra_window_add_note            (DraWindow  *self);
void     dra_window_add_highlight       (DraWindow  *self,
                                         int         color);
void     dra_window_add_article_note    (DraWindow  *self);
void     dra_window_add_entity_note     (DraWindow  *self);
void     dra_window_attach_note         (DraWindow  *self,
                                         const char *uuid,
                                         gboolean    selection);
void     dra_window_copy_note           (DraWindow  *self,
                                         const char *uuid);
void     dra_window_try_wanted_note     (DraWindow  *self);
GHashTable *dra_window_remember_anchors (DraWindow  *self);
void     dra_window_tell_anchors        (DraWindow  *self,
                                         GHashTable *before);
void     dra_window_update_notes_banner (DraWindow  *self);
gboolean dra_window_confirm_close       (DraWindow  *self);

/* dra-window-reading.c */
void     dra_window_connect_reading     (DraWindow  *self);
void     dra_window_update_title        (DraWindow  *self);
void     dra_window_show_reading        (DraWindow  *self);
void     dra_window_switch_extent       (DraWindow  *self);
void     dra_window_find_place_again    (DraWindow  *self,
                                         const char *words,
                                         double      share);
char    *dra_window_dup_words_in_view   (DraWindow  *self);
void     dra_window_keep_position       (DraWindow  *self);
void     dra_window_copy_quotation      (DraWindow  *self);

/* dra-window-passages.c */
void     dra_window_connect_passages    (DraWindow  *self);
void     dra_window_clear_passages      (DraWindow  *self);
void     dra_window_list_together       (DraWindow  *self);
void     dra_window_list_quotations     (DraWindow  *self);

/* dra-window-marks.c */
void     dra_window_bind_marks          (DraWindow  *self);
void     dra_window_install_settings_actions (DraWindow *self);
void     dra_window_remove_settings_actions  (DraWindow *self);

/* dra-window-across.c */
void     dra_window_list_other_articles (DraWindow  *self);
gboolean dra_window_is_known_elsewhere (const DraEntity *entity);
void     dra_window_tell_elsewhere    (DraWindow    *self,
                                       guint         entity,
                                       GtkLabel     *label);

/* dra-window-correct.c */
void     dra_window_install_correct_actions (DraWindow *self);
void     dra_window_update_correct_actions  (DraWindow *self);
void     dra_window_names_corrected     (DraWindow  *self);
void     dra_window_walk_unsure         (DraWindow  *self,
                                         int         direction);
guint    dra_window_count_unsure        (DraWindow  *self);

/* dra-window-save.c */
GFile   *dra_window_find_copy_folder    (DraWindow  *self);
void     dra_window_save_dialog         (DraWindow  *self);
void     dra_window_export_dialog       (DraWindow  *self,
                                         const char *format);

/* dra-window-import.c */
void     dra_window_import_notes        (DraWindow  *self,
                                         GFile      *file);
void     dra_window_import_dialog       (DraWindow  *self);

/* dra-window-print.c */
void     dra_window_print               (DraWindow  *self,
                                         GtkPrintOperationAction action,
                                         const char *path);

G_END_DECLS
