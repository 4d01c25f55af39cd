/* dra-color-names.h: what the reader calls each colour of notes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void dra_color_names_load    (GSettings *settings);
void dra_color_names_present (GtkWindow *parent,
                              GSettings *settings);

G_END_DECLS
