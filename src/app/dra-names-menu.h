/* dra-names-menu.h: what can be done with a name, as a menu of the window's actions.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What the reader can say of the selected name. */
GMenuModel *dra_names_menu_new_correct (void);
/* That the selected passage is a name. */
GMenuModel *dra_names_menu_new_mark    (void);
/* "Correct “…”", fit to be the label of an item. */
char       *dra_names_menu_dup_label   (const char *name);

G_END_DECLS
