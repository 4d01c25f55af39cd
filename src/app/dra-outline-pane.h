/* dra-outline-pane.h: the headings of the article, and where the reader is among them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "article/dra-article.h"

G_BEGIN_DECLS

#define DRA_TYPE_OUTLINE_PANE (dra_outline_pane_get_type ())
G_DECLARE_FINAL_TYPE (DraOutlinePane, dra_outline_pane, DRA, OUTLINE_PANE, GtkWidget)

/* Signals: heading-activated (guint64 offset): bytes of the article where it begins */
void  dra_outline_pane_set_article  (DraOutlinePane *self,
                                     DraArticle     *article);
void  dra_outline_pane_set_position (DraOutlinePane *self,
                                     gsize           offset);
void  dra_outline_pane_focus_list   (DraOutlinePane *self);
guint dra_outline_pane_get_n_headings (DraOutlinePane *self);
/* Index of the heading the reader is under, -1 for none. */
int   dra_outline_pane_get_current  (DraOutlinePane *self);

G_END_DECLS
