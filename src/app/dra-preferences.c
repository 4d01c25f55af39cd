/* dra-preferences.c: binds the rows of the preferences to the settings.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-preferences.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/dra-hyphenator.h"
#include "app/dra-settings.h"

struct _DraPreferences
{
  AdwPreferencesWindow parent_instance;

  AdwComboRow         *font;
  AdwActionRow        *family_row;
  GtkWidget           *family;
  GtkSpinButton       *size;
  GtkSpinButton       *measure;
  GtkSpinButton       *line_height;
  GtkSwitch           *justify;
  AdwActionRow        *hyphenate_row;
  GtkSwitch           *hyphenate;
  GtkSwitch           *indent;
  GtkSwitch           *old_figures;
  AdwComboRow         *style;
  AdwComboRow         *people;
  AdwComboRow         *organizations;
  GtkSwitch           *show_places;
  AdwComboRow         *places;
  GtkSwitch           *reload;
  GtkSwitch           *index_articles;
};

G_DEFINE_FINAL_TYPE (DraPreferences, dra_preferences, ADW_TYPE_PREFERENCES_WINDOW)

/* The rows of a combo are in the order of the values of the enumeration. */
static gboolean
nick_to_index (GValue   *value,
               GVariant *variant,
               gpointer  nicks)
{
  const char *const *all = nicks;

  for (guint i = 0; all[i] != NULL; i++)
    if (g_str_equal (all[i], g_variant_get_string (variant, NULL)))
      g_value_set_uint (value, i);
  return TRUE;
}

static GVariant *
index_to_nick (const GValue       *value,
               const GVariantType *type,
               gpointer            nicks)
{
  const char *const *all = nicks;
  guint index = g_value_get_uint (value);

  return index < g_strv_length ((char **) nicks) ? g_variant_new_string (all[index]) : NULL;
}

static void
bind_enum (GSettings         *settings,
           const char        *key,
           AdwComboRow       *row,
           const char *const *nicks)
{
  g_settings_bind_with_mapping (settings, key, row, "selected", G_SETTINGS_BIND_DEFAULT,
                                nick_to_index, index_to_nick, (gpointer) nicks, NULL);
}

static gboolean
zoom_to_percent (GValue   *value,
                 GVariant *variant,
                 gpointer  unused)
{
  g_value_set_double (value, round (g_variant_get_double (variant) * 100));
  return TRUE;
}

static GVariant *
percent_to_zoom (const GValue       *value,
                 const GVariantType *type,
                 gpointer            unused)
{
  return g_variant_new_double (g_value_get_double (value) / 100);
}

static gboolean
family_to_font (GValue   *value,
                GVariant *variant,
                gpointer  unused)
{
  const char *family = g_variant_get_string (variant, NULL);

  g_value_set_string (value, *family != '\0' ? family : "serif");
  return TRUE;
}

static GVariant *
font_to_family (const GValue       *value,
                const GVariantType *type,
                gpointer            unused)
{
  PangoFontDescription *font = pango_font_description_from_string (g_value_get_string (value));
  const char *family = pango_font_description_get_family (font);
  GVariant *variant = g_variant_new_string (family != NULL ? family : "");

  pango_font_description_free (font);
  return variant;
}

static void
font_changed_cb (DraPreferences *self)
{
  /* The last of the list is a font of the reader's own choice. */
  gtk_widget_set_visible (GTK_WIDGET (self->family_row),
                          adw_combo_row_get_selected (self->font) == 2);
}

static void
dra_preferences_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), DRA_TYPE_PREFERENCES);
  G_OBJECT_CLASS (dra_preferences_parent_class)->dispose (object);
}

static void
dra_preferences_class_init (DraPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dra_preferences_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/dramatis/Dramatis/dra-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, DraPreferences, font);
  gtk_widget_class_bind_template_child (widget_class, DraPreferences, family_row);
  gtk_widget_class_bind_template_child (widget_class, DraPreferences, family);
  gtk_widget_class_bind_template_child (widget_class, DraPreferences, size);
  gtk_widget_class_bind_template_child (widget_class, DraPreferences, measure);
  gtk_widget_class_bind_template_child (widget_class, DraPreferences, line_height);
  gtk_widget_class_bind_template_child (widget_class, DraPreferences, justify);
  gtk_widget_class_bind_template_child (widget_class, DraPreferences, hyphenate_row);
  gtk_widget_class_bind_template_child (widget_class, DraPreferences, hyphenate);
  gtk_widget_class_bind_template_child (widget_class, DraPreferences, indent);
  gtk_widget_class_bind_template_child (widget_class, DraPreferences, old_figures);
  gtk_widget_class_bind_template_child (widget_class, DraPreferences, style);
  gtk_widget_class_bind_template_child (widget_class, DraPreferences, people);
  gtk_widget_class_bind_template_child (widget_class, DraPreferences, organizations);
  gtk_widget_class_bind_template_child (widget_class, DraPreferences, show_places);
  gtk_widget_class_bind_template_child (widget_class, DraPreferences, places);
  gtk_widget_class_bind_template_child (widget_class, DraPreferences, reload);
  gtk_widget_class_bind_template_child (widget_class, DraPreferences, index_articles);
  gtk_widget_class_bind_template_callback (widget_class, font_changed_cb);
}

static void
dra_preferences_init (DraPreferences *self)
{
  static const char *const fonts[] = { "serif", "sans", "other", NULL };
  static const char *const marks[] = { "off", "selected", "underline", "tint", NULL };
  static const char *const styles[] = { "follow", "light", "sepia", "dark", "contrast", NULL };
  GSettings *settings = dra_settings_get_default ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_font_chooser_set_level (GTK_FONT_CHOOSER (self->family), GTK_FONT_CHOOSER_LEVEL_FAMILY);
  font_changed_cb (self);
  gtk_widget_set_visible (GTK_WIDGET (self->hyphenate_row), dra_hyphenator_is_supported ());
  if (settings == NULL)
    return;
  bind_enum (settings, "font", self->font, fonts);
  bind_enum (settings, "style", self->style, styles);
  g_settings_bind_with_mapping (settings, "font-family", self->family, "font",
                                G_SETTINGS_BIND_DEFAULT, family_to_font, font_to_family, NULL,
                                NULL);
  g_settings_bind_with_mapping (settings, "zoom", gtk_spin_button_get_adjustment (self->size),
                                "value", G_SETTINGS_BIND_DEFAULT, zoom_to_percent,
                                percent_to_zoom, NULL, NULL);
  g_settings_bind (settings, "measure", gtk_spin_button_get_adjustment (self->measure), "value",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "line-height", gtk_spin_button_get_adjustment (self->line_height),
                   "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "justify", self->justify, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "hyphenate", self->hyphenate, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "indent", self->indent, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "old-style-figures", self->old_figures, "active",
                   G_SETTINGS_BIND_DEFAULT);
  bind_enum (settings, "people-marks", self->people, marks);
  bind_enum (settings, "organizations-marks", self->organizations, marks);
  bind_enum (settings, "places-marks", self->places, marks);
  g_settings_bind (settings, "show-places", self->show_places, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "show-places", self->places, "visible", G_SETTINGS_BIND_GET);
  g_settings_bind (settings, "index-articles", self->index_articles, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "reload-changed", self->reload, "active", G_SETTINGS_BIND_DEFAULT);
}

/**
 * dra_preferences_new:
 * @parent: (nullable): the window it belongs to
 *
 * Returns: (transfer none): the preferences, owned by GTK
 */
GtkWindow *
dra_preferences_new (GtkWindow *parent)
{
  return g_object_new (DRA_TYPE_PREFERENCES, "transient-for", parent, "modal", FALSE,
                       "destroy-with-parent", TRUE, NULL);
}
