/* dra-selection-popover.h: what may be done with the selected passage, right beside it.
 *
 * Does not take the keyboard: it may be ignored, and goes away by itself.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "notes/dra-note.h"

G_BEGIN_DECLS

#define DRA_TYPE_SELECTION_POPOVER (dra_selection_popover_get_type ())
G_DECLARE_FINAL_TYPE (DraSelectionPopover, dra_selection_popover, DRA, SELECTION_POPOVER,
                      GtkPopover)

/* Signals: add-note (), add-highlight (int DraNoteColor), copy () */
GtkWidget *dra_selection_popover_new (void);

G_END_DECLS
