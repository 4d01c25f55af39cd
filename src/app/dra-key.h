/* dra-key.h: keys of a part of the window.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void dra_add_key (GtkEventController *keys,
                  guint               key,
                  GdkModifierType     modifiers,
                  const char         *action);

G_END_DECLS
