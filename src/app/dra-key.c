/* dra-key.c: keys of a part of the window.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-key.h"

/**
 * dra_add_key:
 * @keys: a shortcut controller
 * @key: a key
 * @modifiers: what is held with it
 * @action: the action with its group: "win.undo"
 *
 * Lets a key do an action.  Unlike an application's accelerator it comes after what has the
 * keyboard, a text field say.
 */
void
dra_add_key (GtkEventController *keys,
             guint               key,
             GdkModifierType     modifiers,
             const char         *action)
{
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_keyval_trigger_new (key, modifiers), gtk_named_action_new (action)));
}
