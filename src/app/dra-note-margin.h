/* dra-note-margin.h: the notes beside the text, each at its passage.
 *
 * A column of cards where there is room for one, of small markers where there is not.  Only
 * notes near what is in view have a widget.  Lies over the text view and lets through
 * whatever does not hit a card.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/dra-article-text.h"

G_BEGIN_DECLS

#define DRA_NOTE_MARGIN_WIDTH 248 /* pixels of a card */

#define DRA_TYPE_NOTE_MARGIN (dra_note_margin_get_type ())
G_DECLARE_FINAL_TYPE (DraNoteMargin, dra_note_margin, DRA, NOTE_MARGIN, GtkWidget)

/* Signals:
 *   note-edited    (DraNote)
 *   note-deleted   (DraNote)
 *   marker-clicked (DraNote, GtkWidget)  a marker, to put a popover at
 *   card-finished  ()                    Escape in a card: the keyboard may go to the text
 */
GtkWidget *dra_note_margin_new         (DraArticleText *text);
void       dra_note_margin_set_notes   (DraNoteMargin  *self,
                                        GPtrArray      *notes);
void       dra_note_margin_set_compact (DraNoteMargin  *self,
                                        gboolean        compact);
gboolean   dra_note_margin_get_compact (DraNoteMargin *self);
gboolean   dra_note_margin_has_notes   (DraNoteMargin  *self);
void       dra_note_margin_edit        (DraNoteMargin  *self,
                                        DraNote        *note);
void       dra_note_margin_activate    (DraNoteMargin  *self,
                                        DraNote        *note);
GtkWidget *dra_note_margin_get_widget  (DraNoteMargin  *self,
                                        DraNote        *note);
void       dra_note_margin_commit      (DraNoteMargin  *self);

G_END_DECLS
