/* dra-note-body.h: a note's text as it looks: at rest in a label, and while it is typed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* (transfer full): Pango markup for a label, without the marks of the text. */
char    *dra_note_body_to_markup (const char    *body);
/* Shows what is marked in a buffer whenever it changes: the marks stay, dimmed. */
void     dra_note_body_follow    (GtkTextBuffer *buffer);
/* Ctrl+B, Ctrl+I, Ctrl+E, and Enter in a list: whether the key was one of them. */
gboolean dra_note_body_key       (GtkTextBuffer *buffer,
                                  guint          key,
                                  GdkModifierType state);

G_END_DECLS
