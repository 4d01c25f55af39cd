/* test-screenshots.c: pictures of the main states, for people to look at.
 *
 * Written into the folder named by SCREENSHOTS.  The test itself holds each picture to what
 * a program can tell: its size, that something is drawn on it, that light is light and dark
 * is dark, and that no two states look the same.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-preferences.h"
#include "app/dra-screenshot.h"
#include "app/dra-settings.h"
#include "app/dra-window-private.h"
#include "dra-ui-test.h"

#include <glib/gstdio.h>

static const char *folder;
static gboolean dark;

/* {{{ Pictures */

typedef struct
{
  int    width;
  int    height;
  double lightness; /* mean over all pixels, 0 to 1 */
  guint  n_colors;  /* counted up to 1000 */
  char  *hash;
} Facts;

static void
measure (const char *path,
         Facts      *facts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GdkTexture) texture = gdk_texture_new_from_file (file, &error);
  g_autoptr (GHashTable) colors = g_hash_table_new (NULL, NULL);
  g_autofree guint32 *pixels = NULL;
  gsize n;
  double sum = 0;

  g_assert_no_error (error);
  facts->width = gdk_texture_get_width (texture);
  facts->height = gdk_texture_get_height (texture);
  n = (gsize) facts->width * facts->height;
  pixels = g_new (guint32, n);
  gdk_texture_download (texture, (guchar *) pixels, facts->width * 4);
  for (gsize i = 0; i < n; i++)
    {
      sum += ((pixels[i] >> 16 & 0xff) + (pixels[i] >> 8 & 0xff) + (pixels[i] & 0xff)) / 765.0;
      if (g_hash_table_size (colors) < 1000)
        g_hash_table_add (colors, GUINT_TO_POINTER (pixels[i]));
    }
  facts->lightness = sum / n;
  facts->n_colors = g_hash_table_size (colors);
  facts->hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) pixels, n * 4);
}

static void
shoot (gpointer    window,
       const char *state)
{
  static GHashTable *seen;
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (window));
  g_autofree char *name = g_strdup_printf ("%s-%s%s.png", state, dark ? "dark" : "light",
                                           scale == 2 ? "@2x" : "");
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  Facts facts = { 0 };

  /* Let everything find its place: frames are cheap here. */
  dra_ui_test_run (250);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  dra_screenshot_save (GTK_WIDGET (window), path, &error);
  g_assert_no_error (error);

  measure (path, &facts);
  g_test_message ("%s: %dx%d, lightness %.2f, %u colours", name, facts.width, facts.height,
                  facts.lightness, facts.n_colors);
  /* The frame of a window without a window manager is on it too. */
  g_assert_cmpint (facts.width, >=, gtk_widget_get_width (GTK_WIDGET (window)) * scale);
  g_assert_cmpuint (facts.n_colors, >, 20);
  if (dark)
    g_assert_cmpfloat (facts.lightness, <, 0.4);
  else
    g_assert_cmpfloat (facts.lightness, >, 0.6);

  if (seen == NULL)
    seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (g_hash_table_contains (seen, facts.hash))
    g_error ("%s looks exactly like %s", name,
             (const char *) g_hash_table_lookup (seen, facts.hash));
  g_hash_table_insert (seen, facts.hash, g_steal_pointer (&name));
}

/* }}} */

static DraWindow *
open_sample (const char *sample,
             int         width,
             int         height)
{
  g_autofree char *relative = g_build_filename ("data", "samples", sample, NULL);
  g_autofree char *path = dra_test_source (relative);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  DraWindow *window = dra_application_new_window (dra_ui_test_application ());

  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  dra_window_open (window, file);
  gtk_window_present (GTK_WINDOW (window));
  WAIT_FOR (dra_window_is_settled (window));
  return window;
}

static void
add_note (DraWindow   *window,
          const char  *passage,
          DraNoteColor color,
          const char  *body)
{
  DraDocument *document = dra_window_get_document (window);
  DraNote *note = dra_document_add_note (document, dra_ui_test_find_text (window, passage), color);

  dra_note_set_body (note, body);
  dra_document_note_edited (document, note);
}

static void
usual_size (void)
{
  /* Each closed window left its size for the next one. */
  g_settings_reset (dra_settings_get_default (), "window-width");
  g_settings_reset (dra_settings_get_default (), "window-height");
}

static void
select_name (DraWindow  *window,
             const char *name)
{
  DraCast *cast = dra_document_get_cast (dra_window_get_document (window));

  for (guint i = 0; i < dra_cast_get_n_entities (cast); i++)
    if (g_str_equal (dra_cast_get_entity (cast, i)->name, name))
      g_object_set (window->cast_pane, "selected-entity", i, NULL);
}

static void
test_empty (void)
{
  DraWindow *window;

  usual_size ();
  window = dra_application_new_window (dra_ui_test_application ());
  gtk_window_present (GTK_WINDOW (window));
  shoot (window, "empty");
  dra_ui_test_close (window);
}

static void
test_article (void)
{
  DraWindow *window = open_sample ("harbour.txt", 1180, 800);
  const char *text;
  const char *passage;

  shoot (window, "article");

  if (dra_document_get_cast (dra_window_get_document (window)) != NULL)
    {
      select_name (window, "Ellery Harbour Authority");
      dra_ui_test_act (window, "next-mention");
      shoot (window, "selected");
      dra_ui_test_act (window, "select-nobody");
      dra_ui_test_act (window, "filter-cast");
      g_object_set (gtk_window_get_focus (GTK_WINDOW (window)), "text", "ren", NULL);
      shoot (window, "filtered");
      g_object_set (gtk_window_get_focus (GTK_WINDOW (window)), "text", "", NULL);
    }

  add_note (window, "nine empty folders", DRA_NOTE_YELLOW,
            "Ask the **auditor** who handed them over:\n- before *March*\n- after, see [the minutes](https://example.org)");
  add_note (window, "two-sentence letter", DRA_NOTE_GREEN, "");
  add_note (window, "41 million crowns", DRA_NOTE_BLUE,
            "The council's own figure is 38 million. Which contracts make up the difference?");
  gtk_window_set_default_size (GTK_WINDOW (window), 1400, 800);
  shoot (window, "notes");
  dra_window_show_sidebar (window, "notes");
  shoot (window, "notes-pane");

  text = dra_article_get_text (dra_document_get_article (dra_window_get_document (window)), NULL);
  passage = strstr (text, "left by car with his lawyer");
  g_assert_nonnull (passage);
  dra_article_view_select_range (window->view, (DraRange) { passage - text, passage - text + 27 });
  dra_ui_test_act (window, "add-note");
  WAIT_FOR (GTK_IS_TEXT_VIEW (gtk_window_get_focus (GTK_WINDOW (window))) &&
            gtk_text_view_get_editable (GTK_TEXT_VIEW (gtk_window_get_focus (GTK_WINDOW (window)))));
  g_object_set (gtk_text_view_get_buffer (GTK_TEXT_VIEW (gtk_window_get_focus (GTK_WINDOW (window)))), "text",
                "**Who** drove? See `plate` and\n- [the log](https://example.org)\n- *the gate*\n> No comment.", NULL);
  shoot (window, "note-editing");
  if (!dark)
    {
      g_autofree char *style = g_settings_get_string (dra_settings_get_default (), "style");

      g_settings_set_string (dra_settings_get_default (), "style", "sepia");
      shoot (window, "note-editing-sepia");
      g_settings_set_string (dra_settings_get_default (), "style", style);
    }
  gtk_window_set_default_size (GTK_WINDOW (window), 400, 720);
  dra_ui_test_act (window, "focus-text");
  dra_ui_test_run (400);
  adw_flap_set_reveal_flap (window->flap, FALSE);
  shoot (window, "notes-narrow");
  gtk_window_set_default_size (GTK_WINDOW (window), 1400, 800);

  dra_window_show_sidebar (window, "cast");
  dra_ui_test_act (window, "focus-text");
  dra_search_bar_start (window->search_bar, "renwick");
  dra_ui_test_run (400);
  shoot (window, "find");
  dra_ui_test_act (window, "escape");
  dra_ui_test_close (window);
}

static void
test_reading (void)
{
  GSettings *settings = dra_settings_get_default ();
  g_autofree char *style = g_settings_get_string (settings, "style");
  DraWindow *window;
  GtkWindow *preferences;

  usual_size ();
  window = open_sample ("harbour.txt", 1180, 800);
  dra_article_view_restore (window->view, 900);
  dra_ui_test_act (window, "show-outline");
  shoot (window, "scrolled");
  if (dra_document_get_cast (dra_window_get_document (window)) != NULL)
    {
      dra_window_show_sidebar (window, "cast");
      select_name (window, "Ines Falkenrath");
      dra_ui_test_act (window, "list-together");
      shoot (window, "together");
      dra_ui_test_act (window, "list-quotations");
      WAIT_FOR (dra_passages_pane_get_n (window->passages_pane) > 0);
      shoot (window, "said");
      dra_ui_test_act (window, "select-nobody");
    }
  dra_search_bar_start (window->search_bar, "harbour");
  dra_search_bar_step (window->search_bar, 1);
  dra_ui_test_run (300);
  gtk_widget_activate_action (GTK_WIDGET (window->search_bar), "find.list", NULL);
  shoot (window, "results");
  dra_ui_test_act (window, "escape");
  dra_window_show_sidebar (window, "cast");

  if (!dark)
    {
      g_settings_set_string (settings, "style", "sepia");
      shoot (window, "sepia");
      g_settings_set_string (settings, "style", "contrast");
      shoot (window, "contrast");
    }
  g_settings_set_string (settings, "style", style);
  g_settings_set_boolean (settings, "justify", TRUE);
  g_settings_set_string (settings, "font", "sans");
  g_settings_set_double (settings, "line-height", 1.7);
  shoot (window, "typography");
  g_settings_reset (settings, "font");
  g_settings_set_boolean (settings, "indent", TRUE);
  g_settings_set_boolean (settings, "old-style-figures", TRUE);
  g_settings_set_boolean (settings, "hyphenate", TRUE);
  dra_ui_test_run (400); /* a dictionary is read */
  shoot (window, "book");
  g_settings_reset (settings, "hyphenate");
  g_settings_reset (settings, "indent");
  g_settings_reset (settings, "old-style-figures");
  g_settings_reset (settings, "justify");
  g_settings_reset (settings, "line-height");

  preferences = dra_preferences_new (GTK_WINDOW (window));
  gtk_window_present (preferences);
  shoot (GTK_WIDGET (preferences), "preferences");
  gtk_window_destroy (preferences);
  dra_ui_test_close (window);
}

static void
test_narrow (void)
{
  DraWindow *window = open_sample ("harbour.txt", 360, 720);

  dra_ui_test_run (200);
  adw_flap_set_reveal_flap (window->flap, FALSE);
  shoot (window, "narrow");
  dra_ui_test_act (window, "toggle-sidebar");
  shoot (window, "narrow-sidebar");
  if (dra_document_get_cast (dra_window_get_document (window)) != NULL)
    {
      select_name (window, "Tobias Renwick");
      g_assert_false (adw_flap_get_reveal_flap (window->flap));
      shoot (window, "narrow-selected");
      dra_ui_test_act (window, "select-nobody");
    }
  dra_ui_test_act (window, "find");
  shoot (window, "narrow-find");
  dra_ui_test_act (window, "escape");
  dra_ui_test_close (window);
}

static void
test_failed (void)
{
  g_autofree char *path = dra_ui_test_path ("Harbour Chief.txt");
  DraWindow *window;

  usual_size ();
  window = dra_ui_test_open (path);
  shoot (window, "failed");
  dra_ui_test_close (window);
}

static void
test_states (void)
{
  g_autofree char *plain = dra_ui_test_write (
    "egg.txt", "how to boil an egg\n\nput it into cold water and wait for five minutes.\n", -1);
  DraWindow *window;

  usual_size ();
  window = dra_ui_test_open (plain);
  shoot (window, "nobody");
  g_assert_cmpint (g_unlink (plain), ==, 0);
  WAIT_FOR (dra_banner_get_revealed (window->disk_banner));
  shoot (window, "gone");
  dra_banner_show (window->disk_banner, "“egg.txt” has changed on disk.", "_Reload");
  dra_window_toast (window, "Note deleted");
  shoot (window, "changed");
  dra_ui_test_close (window);
}

static void
add_tests (void)
{
  folder = g_getenv ("SCREENSHOTS");
  dark = g_strcmp0 (g_getenv ("STYLE"), "dark") == 0;
  g_assert_nonnull (folder);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_settings_set_string (dra_settings_get_default (), "style", dark ? "dark" : "light");

  g_test_add_func ("/screenshots/empty", test_empty);
  g_test_add_func ("/screenshots/article", test_article);
  g_test_add_func ("/screenshots/reading", test_reading);
  g_test_add_func ("/screenshots/narrow", test_narrow);
  g_test_add_func ("/screenshots/failed", test_failed);
  g_test_add_func ("/screenshots/states", test_states);
}

int
main (int   argc,
      char *argv[])
{
  return dra_ui_test_main (argc, argv, add_tests);
}
