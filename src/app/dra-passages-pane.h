/* dra-passages-pane.h: a list of passages that walks the text: what was found, where some
 * are named together, what somebody said.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "article/dra-article.h"

G_BEGIN_DECLS

#define DRA_TYPE_PASSAGES_PANE (dra_passages_pane_get_type ())
G_DECLARE_FINAL_TYPE (DraPassagesPane, dra_passages_pane, DRA, PASSAGES_PANE, GtkWidget)

/* Signals: passage-activated (guint index), choice-toggled (guint id, gboolean chosen),
 *          closed () */
void  dra_passages_pane_show        (DraPassagesPane *self,
                                     const char      *title,
                                     DraArticle      *article,
                                     GArray          *ranges,
                                     guint            context,
                                     const char      *nothing);
void  dra_passages_pane_clear       (DraPassagesPane *self);
void  dra_passages_pane_set_current (DraPassagesPane *self,
                                     int              index);
/* Toggles above the list. */
void  dra_passages_pane_clear_choices (DraPassagesPane *self);
void  dra_passages_pane_add_choice  (DraPassagesPane *self,
                                     guint            id,
                                     const char      *label,
                                     gboolean         chosen);
void  dra_passages_pane_focus_list  (DraPassagesPane *self);
guint dra_passages_pane_get_n       (DraPassagesPane *self);
gboolean dra_passages_pane_get_range (DraPassagesPane *self,
                                     guint            index,
                                     DraRange        *range);

G_END_DECLS
