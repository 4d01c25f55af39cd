/* dra-note-colors.c: style classes, names and buttons of the colours of notes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-note-colors.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "app/dra-mark-palette.h"

#define CSS_PATH "/io/github/dramatis/Dramatis/article-view.css"

static void
define_color (GString       *css,
              const char    *name,
              const char    *part,
              const GdkRGBA *color)
{
  g_autofree char *value = gdk_rgba_to_string (color);

  g_string_append_printf (css, "@define-color %s_%s %s;\n", name, part, value);
}

static void
update_colors (GtkCssProvider *provider)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  g_autoptr (GString) css = g_string_new (NULL);
  DraMarkPalette palette;

  dra_mark_palette_init (&palette, adw_style_manager_get_dark (manager),
                         adw_style_manager_get_high_contrast (manager));
  for (guint i = 0; i < DRA_N_NOTE_COLORS; i++)
    {
      g_autofree char *name = g_strconcat ("dra_note_", dra_note_color_to_string (i), NULL);

      define_color (css, name, "tint", &palette.notes[i].tint);
      define_color (css, name, "line", &palette.notes[i].line);
      define_color (css, name, "solid", &palette.solid[i]);
    }
  define_color (css, "dra_person", "line", &palette.person.line);
  define_color (css, "dra_organization", "line", &palette.organization.line);
  define_color (css, "dra_hit", "line", &palette.hit.line);
  define_color (css, "dra_article", "secondary", &palette.secondary);
  define_color (css, "dra_article", "text", &palette.text);
  gtk_css_provider_load_from_data (provider, css->str, (gssize) css->len);
}

/**
 * dra_note_colors_load_css:
 *
 * Loads the style sheet of the article view and its colours for the default display, once.
 */
void
dra_note_colors_load_css (void)
{
  static gboolean loaded;
  AdwStyleManager *manager;
  GdkDisplay *display = gdk_display_get_default ();
  g_autoptr (GtkCssProvider) colors = NULL;
  g_autoptr (GtkCssProvider) rules = NULL;

  if (loaded || display == NULL)
    return;
  loaded = TRUE;

  colors = gtk_css_provider_new ();
  rules = gtk_css_provider_new ();
  update_colors (colors);
  gtk_css_provider_load_from_resource (rules, CSS_PATH);
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (colors),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION - 1);
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (rules),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION - 1);
  manager = adw_style_manager_get_default ();
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (update_colors), colors,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (update_colors),
                           colors, G_CONNECT_SWAPPED);
}

/**
 * dra_note_colors_get_label:
 *
 * Returns: the translated name of the colour
 */
const char *
dra_note_colors_get_label (DraNoteColor color)
{
  switch (color)
    {
    case DRA_NOTE_GREEN:
      return _("Green");
    case DRA_NOTE_BLUE:
      return _("Blue");
    case DRA_NOTE_PURPLE:
      return _("Purple");
    case DRA_NOTE_PINK:
      return _("Pink");
    case DRA_NOTE_ORANGE:
      return _("Orange");
    case DRA_NOTE_YELLOW:
    case DRA_N_NOTE_COLORS:
    default:
      return _("Yellow");
    }
}

/* What the reader calls each colour; empty or NULL: nothing. */
static char *meanings[DRA_N_NOTE_COLORS];

/**
 * dra_note_colors_set_meaning:
 * @color: a colour
 * @meaning: (nullable): what the reader uses it for, "claim" or "check", say
 *
 * Gives a colour a meaning, which is shown wherever the colour is chosen or seen.
 */
void
dra_note_colors_set_meaning (DraNoteColor  color,
                             const char   *meaning)
{
  g_return_if_fail ((guint) color < DRA_N_NOTE_COLORS);

  g_free (meanings[color]);
  meanings[color] = meaning != NULL ? g_strstrip (g_strdup (meaning)) : NULL;
}

/**
 * dra_note_colors_get_meaning:
 * @color: a colour
 *
 * Returns: (nullable): what the reader uses it for
 */
const char *
dra_note_colors_get_meaning (DraNoteColor color)
{
  g_return_val_if_fail ((guint) color < DRA_N_NOTE_COLORS, NULL);

  return meanings[color] != NULL && *meanings[color] != '\0' ? meanings[color] : NULL;
}

/**
 * dra_note_colors_dup_name:
 * @color: a colour
 *
 * Returns: (transfer full): its meaning with the colour behind it, or the colour alone
 */
char *
dra_note_colors_dup_name (DraNoteColor color)
{
  const char *meaning = dra_note_colors_get_meaning (color);

  if (meaning == NULL)
    return g_strdup (dra_note_colors_get_label (color));
  /* Translators: what the reader uses a colour for, then the colour: "claim (Yellow)" */
  return g_strdup_printf (_("%s (%s)"), meaning, dra_note_colors_get_label (color));
}

/**
 * dra_note_colors_set_class:
 * @widget: a card, marker or swatch
 * @color: its colour
 *
 * Gives the widget the style class of one colour, "note-yellow" and so on, and takes the
 * others away.
 */
void
dra_note_colors_set_class (GtkWidget    *widget,
                           DraNoteColor  color)
{
  for (guint i = 0; i < DRA_N_NOTE_COLORS; i++)
    {
      g_autofree char *name = g_strconcat ("note-", dra_note_color_to_string (i), NULL);

      if (i == color)
        gtk_widget_add_css_class (widget, name);
      else
        gtk_widget_remove_css_class (widget, name);
    }
}

/* The meanings may have been changed since the button was made. */
static void
button_map_cb (GtkWidget  *button,
               const char *format)
{
  DraNoteColor color = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "note-color"));
  g_autofree char *name = dra_note_colors_dup_name (color);
  g_autoptr (GString) label = g_string_new (format);

  g_string_replace (label, "%s", name, 1);
  gtk_widget_set_tooltip_text (button, label->str);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label->str, -1);
}

/**
 * dra_note_colors_new_button:
 * @color: the colour
 * @format: translated, with one %s for the colour's name: what the button does
 *
 * Returns: (transfer full): a round toggle button in that colour
 */
GtkWidget *
dra_note_colors_new_button (DraNoteColor  color,
                            const char   *format)
{
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *check = gtk_image_new_from_icon_name ("object-select-symbolic");

  gtk_image_set_pixel_size (GTK_IMAGE (check), 12);
  gtk_button_set_child (GTK_BUTTON (button), check);
  gtk_widget_add_css_class (button, "note-swatch");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_add_css_class (button, "flat");
  dra_note_colors_set_class (button, color);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (button), "note-color", GUINT_TO_POINTER (color));
  g_signal_connect_data (button, "map", G_CALLBACK (button_map_cb), g_strdup (format),
                         (GClosureNotify) (void (*) (void)) g_free, 0);
  button_map_cb (button, format);
  return button;
}
