/* dra-cast-pane.h: the list of people and organizations beside the text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "recognizer/dra-cast.h"

G_BEGIN_DECLS

#define DRA_TYPE_CAST_PANE (dra_cast_pane_get_type ())
G_DECLARE_FINAL_TYPE (DraCastPane, dra_cast_pane, DRA, CAST_PANE, GtkWidget)

/* Property: selected-entity (int): index in the cast, -1 none.
 * Signal: walk () : the selected name was clicked or activated again: its next mention. */
void     dra_cast_pane_set_cast            (DraCastPane *self,
                                            DraCast     *cast);
/* More of the same article: selection, filter and place stay; selected: index in the cast. */
void     dra_cast_pane_update_cast         (DraCastPane *self,
                                            DraCast     *cast,
                                            int          selected);
/* Below the list: 0 to 1 while more names are being looked for, else below 0. */
void     dra_cast_pane_set_progress        (DraCastPane *self,
                                            double       done);
/* Below the list: something to know about it, or NULL. */
void     dra_cast_pane_set_notice          (DraCastPane *self,
                                            const char  *sentence);
/* Instead of a list: names are being looked for, or why there are none. */
void     dra_cast_pane_set_searching       (DraCastPane *self);
void     dra_cast_pane_set_failed          (DraCastPane *self,
                                            const char  *sentence);
int      dra_cast_pane_get_selected_entity (DraCastPane *self);
void     dra_cast_pane_set_selected_entity (DraCastPane *self,
                                            int          entity);
guint    dra_cast_pane_get_n_shown         (DraCastPane *self);
/* "list", "searching", "nobody", "no-match" or "failed" */
const char *dra_cast_pane_get_page         (DraCastPane *self);
void     dra_cast_pane_focus_list          (DraCastPane *self);
void     dra_cast_pane_focus_filter        (DraCastPane *self);

G_END_DECLS
