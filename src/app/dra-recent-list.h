/* dra-recent-list.h: articles opened lately, to open again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define DRA_TYPE_RECENT_LIST (dra_recent_list_get_type ())
G_DECLARE_FINAL_TYPE (DraRecentList, dra_recent_list, DRA, RECENT_LIST, GtkWidget)

/* Properties: max-items (uint); empty (boolean, read-only).
 * Signal: opened ()   a row was activated; its file is opened by app.open-uri. */
void  dra_recent_list_add      (GFile         *file,
                                const char    *title,
                                const char    *type);
guint dra_recent_list_get_n    (DraRecentList *self);

G_END_DECLS
