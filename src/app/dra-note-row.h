/* dra-note-row.h: one note in the notes pane: its passage, and its card below.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/dra-note-card.h"

G_BEGIN_DECLS

#define DRA_TYPE_NOTE_ROW (dra_note_row_get_type ())
G_DECLARE_FINAL_TYPE (DraNoteRow, dra_note_row, DRA, NOTE_ROW, GtkListBoxRow)

/* Signals: edited ()   the note was changed: save it
 *          deleted ()  the delete button was pressed */
GtkWidget *dra_note_row_new      (DraNote    *note);
DraNote   *dra_note_row_get_note (DraNoteRow *self);
/* Puts the keyboard into the note's text. */
void       dra_note_row_edit     (DraNoteRow *self);

G_END_DECLS
