/* dra-walk-bar.h: below the text, while someone is selected: who, "2 of 3", previous, next.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "recognizer/dra-cast.h"

G_BEGIN_DECLS

#define DRA_TYPE_WALK_BAR (dra_walk_bar_get_type ())
G_DECLARE_FINAL_TYPE (DraWalkBar, dra_walk_bar, DRA, WALK_BAR, GtkWidget)

/* entity NULL hides the bar; position counts from 0, -1 when the walk is on none.
 * The buttons are the actions win.previous-mention, win.next-mention, win.select-nobody. */
void        dra_walk_bar_show     (DraWalkBar      *self,
                                   const DraEntity *entity,
                                   int              position);
const char *dra_walk_bar_get_text (DraWalkBar      *self);

G_END_DECLS
