/* dra-notes-pane.h: all notes of the article in text order, to read, edit and jump to.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "notes/dra-note.h"

G_BEGIN_DECLS

#define DRA_TYPE_NOTES_PANE (dra_notes_pane_get_type ())
G_DECLARE_FINAL_TYPE (DraNotesPane, dra_notes_pane, DRA, NOTES_PANE, GtkWidget)

/* Signals: note-activated (DraNote), note-edited (DraNote), note-deleted (DraNote). */
void  dra_notes_pane_set_notes  (DraNotesPane *self,
                                 GListModel   *notes);
/* Selects the row of note and scrolls it into view. */
void  dra_notes_pane_show_note  (DraNotesPane *self,
                                 DraNote      *note);
void  dra_notes_pane_edit_note  (DraNotesPane *self,
                                 DraNote      *note);
guint dra_notes_pane_get_n_rows (DraNotesPane *self);
DraNote *dra_notes_pane_get_selected (DraNotesPane *self); /* (nullable) */
/* Lists all notes, or only those that stand so: bits, 1 << DraAnchorState. */
void  dra_notes_pane_show_all   (DraNotesPane *self);
void  dra_notes_pane_show_states (DraNotesPane *self,
                                 guint         states);
void  dra_notes_pane_focus_list (DraNotesPane *self);

G_END_DECLS
