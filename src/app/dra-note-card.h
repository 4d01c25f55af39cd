/* dra-note-card.h: one note as a card: read, write, colour, tag, delete.
 *
 * At rest it shows what was written and its tags.  While the keyboard is in it, or when
 * "expanded", it is a form.  It changes the DraNote it shows and says so; storing the
 * change is for others.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "notes/dra-note.h"

G_BEGIN_DECLS

#define DRA_TYPE_NOTE_CARD (dra_note_card_get_type ())
G_DECLARE_FINAL_TYPE (DraNoteCard, dra_note_card, DRA, NOTE_CARD, GtkWidget)

/* Properties:
 *   note      DraNote   (construct only)
 *   editing   boolean   read-only: the form is shown
 *   expanded  boolean   the form is always shown (in a popover)
 * Signals:
 *   edited    ()  body, colour or tags of the note were changed
 *   deleted   ()  the delete button was pressed
 *   finished  ()  Escape, or Ctrl+Enter, ended the writing; the form is already closed
 */
GtkWidget *dra_note_card_new         (DraNote     *note,
                                      gboolean     expanded);
DraNote   *dra_note_card_get_note    (DraNoteCard *self);
gboolean   dra_note_card_get_editing (DraNoteCard *self);
void       dra_note_card_edit        (DraNoteCard *self);
void       dra_note_card_commit      (DraNoteCard *self);

G_END_DECLS
