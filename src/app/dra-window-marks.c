/* dra-window-marks.c: how much names are marked in the text, kind by kind, and the actions of
 * the settings.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-window-private.h"

static const char *const keys[DRA_N_MARKED_KINDS]
  = { "people-marks", "organizations-marks", "places-marks" };

static void
changed_cb (DraWindow *self)
{
  gboolean places = g_settings_get_boolean (self->settings, "show-places");

  for (guint kind = 0; kind < DRA_N_MARKED_KINDS; kind++)
    g_object_set (self->view, keys[kind],
                  kind == DRA_ENTITY_PLACE && !places
                    ? (guint) DRA_MARKS_OFF
                    : (guint) g_settings_get_enum (self->settings, keys[kind]),
                  NULL);
}

static void
list_again_cb (DraWindow *self)
{
  DraCast *cast = dra_article_view_get_cast (self->view);

  if (cast == NULL)
    return;
  self->selecting = TRUE;
  dra_cast_pane_update_cast (self->cast_pane, cast,
                             dra_article_view_get_selected_entity (self->view));
  self->selecting = FALSE;
}

/**
 * dra_window_bind_marks:
 * @self: a new window with settings
 *
 * Lets the text follow the settings.
 */
void
dra_window_bind_marks (DraWindow *self)
{
  for (guint kind = 0; kind < DRA_N_MARKED_KINDS; kind++)
    {
      g_autofree char *detail = g_strconcat ("changed::", keys[kind], NULL);

      g_signal_connect_object (self->settings, detail, G_CALLBACK (changed_cb), self,
                               G_CONNECT_SWAPPED);
    }
  g_signal_connect_object (self->settings, "changed::show-places", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::show-places", G_CALLBACK (list_again_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::cast-order", G_CALLBACK (list_again_cb), self,
                           G_CONNECT_SWAPPED);
  changed_cb (self);
}

static const char *const actions[]
  = { "people-marks", "organizations-marks", "places-marks", "show-places", "cast-order",
      "correct-everywhere" };

/**
 * dra_window_install_settings_actions:
 * @self: a new window
 *
 * Adds the actions whose states are settings.
 */
void
dra_window_install_settings_actions (DraWindow *self)
{
  for (gsize i = 0; self->settings != NULL && i < G_N_ELEMENTS (actions); i++)
    {
      g_autoptr (GAction) action = g_settings_create_action (self->settings, actions[i]);

      g_action_map_add_action (G_ACTION_MAP (self), action);
    }
}

/**
 * dra_window_remove_settings_actions:
 * @self: a window that is going
 *
 * Takes them away: GTK 4.8 tells a window that is gone of the changes of an action whose
 * group somebody still holds.
 */
void
dra_window_remove_settings_actions (DraWindow *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    g_action_map_remove_action (G_ACTION_MAP (self), actions[i]);
}
