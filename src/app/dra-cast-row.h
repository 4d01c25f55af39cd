/* dra-cast-row.h: what the cast pane shows for one DraCastItem.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "app/dra-cast-item.h"

G_BEGIN_DECLS

#define DRA_TYPE_CAST_ROW (dra_cast_row_get_type ())
G_DECLARE_FINAL_TYPE (DraCastRow, dra_cast_row, DRA, CAST_ROW, GtkWidget)

GtkWidget   *dra_cast_row_new      (void);
DraCastItem *dra_cast_row_get_item (DraCastRow  *self);
void         dra_cast_row_set_item (DraCastRow  *self,
                                    DraCastItem *item);

G_END_DECLS
