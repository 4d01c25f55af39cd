/* dra-note-colors.h: the six colours of notes as buttons and style classes.
 *
 * Cards, markers and swatches take their colours from the same palette as the marks in the
 * text, through named CSS colours that follow the light and dark style.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "notes/dra-note.h"

G_BEGIN_DECLS

void        dra_note_colors_load_css  (void);
const char *dra_note_colors_get_label (DraNoteColor color);
/* What the reader calls each colour, for all cards and windows. */
void        dra_note_colors_set_meaning (DraNoteColor color,
                                       const char  *meaning);
const char *dra_note_colors_get_meaning (DraNoteColor color); /* (nullable) */
char       *dra_note_colors_dup_name  (DraNoteColor color);
void        dra_note_colors_set_class (GtkWidget   *widget,
                                       DraNoteColor color);
GtkWidget  *dra_note_colors_new_button (DraNoteColor color,
                                       const char  *format);

G_END_DECLS
