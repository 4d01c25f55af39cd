/* dra-article-view.h: the article as it is read: text, marks, margin notes.
 *
 * A scrolling widget round one GtkTextView.  Knows ranges of the article's text and
 * nothing of files, libraries or the recognizer; the window hands it an article, a cast and
 * a list of notes and listens to its signals.  Buffer offsets are not article offsets: this
 * widget converts, everyone else speaks bytes of the article's text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/dra-mark-palette.h"
#include "app/dra-picture-source.h"
#include "app/dra-typography.h"
#include "article/dra-article.h"
#include "notes/dra-note.h"
#include "recognizer/dra-cast.h"

G_BEGIN_DECLS

#define DRA_TYPE_ARTICLE_VIEW (dra_article_view_get_type ())
G_DECLARE_FINAL_TYPE (DraArticleView, dra_article_view, DRA, ARTICLE_VIEW, GtkWidget)

/* Properties (all notify exactly once a change):
 *   article         DraArticle   setting it shows the text at once (large ones in chunks)
 *   cast            DraCast      marks people and organizations; NULL removes all marks
 *   notes           GListModel of DraNote   followed live: items-changed, notify of items
 *   selected-entity int          index in the cast, -1 none: its mentions stand out, others recede
 *   current-mention int          index of the mention the walk stands on, -1 none
 *   zoom            double       0.5 to 3.0, 1.0 normal
 *   margin-notes    boolean      read-only: TRUE while the view is wide enough for note cards
 *   has-text-selection boolean   read-only
 *   people-marks, organizations-marks, places-marks  uint   DraMarkLevel
 *   search-text     string       (nullable) all hits marked; n-hits and current-hit follow
 *   search-flags    uint         DraFindFlags
 *   n-hits          uint         read-only
 *   current-hit     int          0-based, -1 none
 * Signals:
 *   scrolled        ()                  other text may be in view; at most once a frame
 *   text-shown      ()                  the whole text is in
 *   found           ()                  a search has ended: other hits
 *   peeked (uint entity, GtkLabel *elsewhere)  a card about someone is shown; the label is for
 *                                       what is known of them from elsewhere, now or later
 *   mention-clicked (uint mention)      index in dra_cast_get_mentions
 *   note-clicked    (DraNote)           highlight in the text or marker was clicked
 *   note-edited     (DraNote)           its body, colour or tags were changed in a card: save it
 *   note-deleted    (DraNote)           the card's delete was pressed
 *   add-note        ()                  from the selection popover: note on the selection
 *   add-highlight   (int color)         DraNoteColor
 *   link-activated  (string)
 *   picture-activated (uint block)      index of the block of an image
 */
GtkWidget  *dra_article_view_new              (void);
DraArticle *dra_article_view_get_article      (DraArticleView *self);
void        dra_article_view_set_article      (DraArticleView *self,
                                               DraArticle     *article);
/* Where the pictures of the next article come from; NULL: there are none. */
void        dra_article_view_set_picture_source (DraArticleView   *self,
                                               DraPictureSource *source);
DraCast    *dra_article_view_get_cast         (DraArticleView *self);
void        dra_article_view_set_cast         (DraArticleView *self,
                                               DraCast        *cast);
void        dra_article_view_set_notes        (DraArticleView *self,
                                               GListModel     *notes);
int         dra_article_view_get_selected_entity (DraArticleView *self);
void        dra_article_view_set_selected_entity (DraArticleView *self,
                                               int             entity);
void        dra_article_view_set_current_mention (DraArticleView *self,
                                               int             mention);
/* The selected passage in bytes of the article's text; FALSE when there is none. */
gboolean    dra_article_view_get_selection    (DraArticleView *self,
                                               DraRange       *range);
void        dra_article_view_select_range     (DraArticleView *self,
                                               DraRange        range);
void        dra_article_view_clear_selection  (DraArticleView *self);
/* Scrolls so that range is comfortably in view. */
void        dra_article_view_scroll_to        (DraArticleView *self,
                                               DraRange        range);
/* Byte offset of the first visible text, for "the next mention from here". */
gsize       dra_article_view_get_visible_offset (DraArticleView *self);
/* Puts the keyboard into the body of this note's card (opens the popover when narrow). */
void        dra_article_view_edit_note        (DraArticleView *self,
                                               DraNote        *note);
/* What Enter does: opens the link, footnote, picture, note or name at the caret. */
gboolean    dra_article_view_activate_caret   (DraArticleView *self);
/* "Who is this?" at the caret, or where the walk stands; FALSE: nobody is named there. */
gboolean    dra_article_view_peek             (DraArticleView *self);
void        dra_article_view_next_hit         (DraArticleView *self,
                                               int             direction);
void        dra_article_view_go_to_hit        (DraArticleView *self,
                                               guint           hit);
GArray     *dra_article_view_get_hits         (DraArticleView *self);
void        dra_article_view_set_typography   (DraArticleView *self,
                                               const DraTypography *typography);
/* Share of the text that is above the lower edge of the window, 0 to 1. */
double      dra_article_view_get_progress     (DraArticleView *self);
/* Minutes it takes to read what is below the upper edge; 0 while words are being counted. */
guint       dra_article_view_get_minutes_left (DraArticleView *self);
/* Puts this text at the top of the window. */
void        dra_article_view_restore          (DraArticleView *self,
                                               gsize           offset);
/* Marks the sentence that is read aloud and keeps it in view; NULL: none is. */
void        dra_article_view_set_spoken       (DraArticleView *self,
                                               const DraRange *sentence);
double      dra_article_view_get_zoom         (DraArticleView *self);
void        dra_article_view_set_zoom         (DraArticleView *self,
                                               double          zoom);
GtkTextView *dra_article_view_get_text_view   (DraArticleView *self);

G_END_DECLS
