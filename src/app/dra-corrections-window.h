/* dra-corrections-window.h: all that the reader has said of names, to look through and change.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/dra-services.h"

G_BEGIN_DECLS

#define DRA_TYPE_CORRECTIONS_WINDOW (dra_corrections_window_get_type ())
G_DECLARE_FINAL_TYPE (DraCorrectionsWindow, dra_corrections_window, DRA, CORRECTIONS_WINDOW, AdwWindow)

GtkWindow *dra_corrections_window_new (GtkWindow   *parent,
                                       DraServices *services);

G_END_DECLS
