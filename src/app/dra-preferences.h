/* dra-preferences.h: the preferences; everything set here is seen at once.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define DRA_TYPE_PREFERENCES (dra_preferences_get_type ())
G_DECLARE_FINAL_TYPE (DraPreferences, dra_preferences, DRA, PREFERENCES, AdwPreferencesWindow)

GtkWindow *dra_preferences_new (GtkWindow *parent);

G_END_DECLS
