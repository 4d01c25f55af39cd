/* dra-color-names.c: what the reader calls each colour of notes: kept, and asked for.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-color-names.h"

#include <glib/gi18n.h>

#include "app/dra-note-colors.h"

#define KEY "color-meanings"

static void
load (GSettings *settings)
{
  g_autoptr (GVariant) names = g_settings_get_value (settings, KEY);

  for (guint i = 0; i < DRA_N_NOTE_COLORS; i++)
    {
      const char *meaning = NULL;

      g_variant_lookup (names, dra_note_color_to_string (i), "&s", &meaning);
      dra_note_colors_set_meaning (i, meaning);
    }
}

/**
 * dra_color_names_load:
 * @settings: the program's settings
 *
 * Takes the meanings from the settings, now and whenever they change.
 */
void
dra_color_names_load (GSettings *settings)
{
  g_return_if_fail (G_IS_SETTINGS (settings));

  g_signal_connect (settings, "changed::" KEY, G_CALLBACK (load), NULL);
  load (settings);
}

static void
entry_changed_cb (GtkEditable *row,
                  GSettings   *settings)
{
  DraNoteColor changed = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "color"));
  g_auto (GVariantBuilder) names = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));

  for (guint i = 0; i < DRA_N_NOTE_COLORS; i++)
    {
      const char *meaning = i == changed ? gtk_editable_get_text (row) : dra_note_colors_get_meaning (i);

      if (meaning != NULL && *meaning != '\0')
        g_variant_builder_add (&names, "{ss}", dra_note_color_to_string (i), meaning);
    }
  g_settings_set_value (settings, KEY, g_variant_builder_end (&names));
}

/**
 * dra_color_names_present:
 * @parent: the window to ask in
 * @settings: the program's settings
 *
 * Asks what each colour stands for; what is typed is kept at once.
 */
void
dra_color_names_present (GtkWindow *parent,
                         GSettings *settings)
{
  GtkWidget *window, *page, *group;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (G_IS_SETTINGS (settings));

  window = adw_preferences_window_new ();
  page = adw_preferences_page_new ();
  group = adw_preferences_group_new ();
  gtk_window_set_title (GTK_WINDOW (window), _("Names of Colors"));
  gtk_window_set_default_size (GTK_WINDOW (window), 420, 520);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  adw_preferences_window_set_search_enabled (ADW_PREFERENCES_WINDOW (window), FALSE);
  adw_preferences_group_set_description (
    ADW_PREFERENCES_GROUP (group),
    _("Say what you use each color for, such as “claim” or “check”. Notes and highlights then show it."));
  for (guint i = 0; i < DRA_N_NOTE_COLORS; i++)
    {
      GtkWidget *row = adw_entry_row_new ();
      GtkWidget *swatch = gtk_image_new ();
      const char *meaning = dra_note_colors_get_meaning (i);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), dra_note_colors_get_label (i));
      gtk_editable_set_text (GTK_EDITABLE (row), meaning != NULL ? meaning : "");
      gtk_widget_add_css_class (swatch, "color-name-swatch");
      dra_note_colors_set_class (swatch, i);
      gtk_widget_set_valign (swatch, GTK_ALIGN_CENTER);
      adw_entry_row_add_prefix (ADW_ENTRY_ROW (row), swatch);
      g_object_set_data (G_OBJECT (row), "color", GUINT_TO_POINTER (i));
      g_signal_connect_object (row, "changed", G_CALLBACK (entry_changed_cb), settings, 0);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (window), ADW_PREFERENCES_PAGE (page));
  gtk_window_present (GTK_WINDOW (window));
}
