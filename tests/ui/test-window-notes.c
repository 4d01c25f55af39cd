/* test-window-notes.c: notes in the real window: on the whole article and on people, put
 * elsewhere by hand, sought, filtered, quoted, and after the file has changed.
 *
 * With SCREENSHOTS set to a folder, pictures of the states are written there to be looked at.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-note-colors.h"
#include "app/dra-note-filter.h"
#include "app/dra-note-row.h"
#include "app/dra-quotation.h"
#include "app/dra-restore-dialog.h"
#include "app/dra-screenshot.h"
#include "app/dra-settings.h"
#include "app/dra-document-private.h"
#include "app/dra-window-private.h"
#include "dra-ui-test.h"

#include <glib/gstdio.h>

static const char article_text[] =
  "Harbour Chief Steps Down\n"
  "\n"
  "By Nora Whitlock\n"
  "\n"
  "The director of the Ellery Harbour Authority resigned on Monday. Tobias Renwick, who has "
  "led the Ellery Harbour Authority since 2017, said that he was leaving at once.\n"
  "\n"
  "President Delphine Okonjo said that Renwick had served the port well. \"I thank Tobias "
  "Renwick,\" Okonjo told the council. The harbour did not answer questions.\n";

static const char other_text[] =
  "Council Meets\n"
  "\n"
  "The council met on Friday. Tobias Renwick did not come; Renwick was ill, a clerk said.\n";

/* {{{ Helpers */

static DraDocument *
document_of (DraWindow *window)
{
  return dra_window_get_document (window);
}

static guint
n_notes (DraWindow *window)
{
  return g_list_model_get_n_items (dra_document_get_notes (document_of (window)));
}

static DraNote *
nth_note (DraWindow *window,
          guint      position)
{
  DraNote *note = g_list_model_get_item (dra_document_get_notes (document_of (window)), position);

  g_assert_nonnull (note);
  g_object_unref (note); /* the list holds it */
  return note;
}

static DraNote *
add_note (DraWindow   *window,
          const char  *passage,
          DraNoteColor color,
          const char  *body)
{
  DraNote *note = dra_document_add_note (document_of (window), dra_ui_test_find_text (window, passage), color);

  if (*body != '\0')
    {
      dra_note_set_body (note, body);
      dra_document_note_edited (document_of (window), note);
    }
  return note;
}

static void
settle (DraWindow *window)
{
  WAIT_FOR (!dra_document_get_busy (document_of (window)));
  g_assert_cmpuint (dra_document_get_n_unsaved (document_of (window)), ==, 0);
}

static gboolean
keyboard_is_in_note (DraWindow *window)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));

  return GTK_IS_TEXT_VIEW (focus) && gtk_text_view_get_editable (GTK_TEXT_VIEW (focus)) &&
         gtk_widget_get_ancestor (focus, DRA_TYPE_NOTE_CARD) != NULL;
}

static void
type_note (DraWindow  *window,
           const char *text)
{
  WAIT_FOR (keyboard_is_in_note (window));
  gtk_text_buffer_insert_at_cursor (
    gtk_text_view_get_buffer (GTK_TEXT_VIEW (gtk_window_get_focus (GTK_WINDOW (window)))), text, -1);
  dra_ui_test_act (window, "focus-text");
}

static void
shoot (DraWindow  *window,
       const char *state)
{
  const char *folder = g_getenv ("SCREENSHOTS");
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  if (folder == NULL)
    return;
  dra_ui_test_run (300);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  name = g_strdup_printf ("notes-%s.png", state);
  path = g_build_filename (folder, name, NULL);
  dra_screenshot_save (GTK_WIDGET (window), path, &error);
  g_assert_no_error (error);
}

static gboolean
has_names (DraWindow *window)
{
  if (dra_document_get_names_state (document_of (window)) == DRA_NAMES_READY)
    return TRUE;
  g_test_skip ("the recognizer's model is not in this tree");
  return FALSE;
}

static int
find_entity (DraWindow  *window,
             const char *name)
{
  DraCast *cast = dra_document_get_cast (document_of (window));

  for (guint i = 0; i < dra_cast_get_n_entities (cast); i++)
    if (g_str_equal (dra_cast_get_entity (cast, i)->name, name))
      return (int) i;

  g_assert_not_reached ();
}

/* }}} */

static void
test_whole_article (void)
{
  g_autofree char *path = dra_ui_test_write ("whole.txt", article_text, -1);
  DraWindow *window = dra_ui_test_open (path);

  g_assert_cmpuint (n_notes (window), ==, 0);
  dra_window_show_sidebar (window, "notes");
  shoot (window, "empty");
  dra_ui_test_act (window, "add-article-note");
  type_note (window, "Too few voices.");
  WAIT_FOR (g_str_equal (dra_note_get_body (nth_note (window, 0)), "Too few voices."));
  settle (window);
  shoot (window, "whole-article");
  dra_ui_test_close (window);

  window = dra_ui_test_open (path);
  g_assert_cmpuint (n_notes (window), ==, 1);
  g_assert_cmpint (dra_note_get_target (nth_note (window, 0)), ==, DRA_NOTE_TARGET_ARTICLE);
  g_assert_cmpstr (dra_note_get_body (nth_note (window, 0)), ==, "Too few voices.");
  dra_ui_test_act (window, "toggle-sidebar");
  dra_ui_test_close (window);
}

/* A note about someone is shown in every article that names them, and in no other. */
static void
test_entity (void)
{
  g_autofree char *text = g_strconcat ("Named\n\n", article_text, NULL);
  g_autofree char *path = dra_ui_test_write ("named.txt", text, -1);
  g_autofree char *other = dra_ui_test_write ("council.txt", other_text, -1);
  g_autofree char *nobody = dra_ui_test_write ("nobody.txt", "An egg\n\nboil it.\n", -1);
  DraWindow *window = dra_ui_test_open (path);
  DraNote *note;

  if (!has_names (window))
    {
      dra_ui_test_close (window);
      return;
    }
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "add-entity-note"));
  dra_window_select_entity (window, find_entity (window, "Tobias Renwick"), -1);
  dra_ui_test_act (window, "add-entity-note");
  type_note (window, "Was mayor before.");
  WAIT_FOR (g_str_equal (dra_note_get_body (nth_note (window, 0)), "Was mayor before."));
  settle (window);
  shoot (window, "person");
  dra_ui_test_close (window);

  window = dra_ui_test_open (other);
  WAIT_FOR (n_notes (window) == 1);
  note = nth_note (window, 0);
  g_assert_cmpstr (dra_note_get_entity_name (note), ==, "Tobias Renwick");
  g_assert_cmpstr (dra_note_get_body (note), ==, "Was mayor before.");
  /* From the note to whom it is about. */
  g_signal_emit_by_name (window->notes_pane, "note-activated", note);
  g_assert_cmpint (dra_article_view_get_selected_entity (window->view), ==,
                   find_entity (window, "Tobias Renwick"));
  dra_note_set_body (note, "Was mayor until 2016.");
  dra_document_note_edited (document_of (window), note);
  settle (window);
  dra_ui_test_close (window);

  window = dra_ui_test_open (nobody);
  dra_ui_test_run (200);
  g_assert_cmpuint (n_notes (window), ==, 0);
  dra_ui_test_close (window);

  window = dra_ui_test_open (path);
  WAIT_FOR (n_notes (window) == 1);
  g_assert_cmpstr (dra_note_get_body (nth_note (window, 0)), ==, "Was mayor until 2016.");
  dra_document_delete_note (document_of (window), nth_note (window, 0));
  dra_ui_test_close (window);
}

static void
test_undo_everything (void)
{
  g_autofree char *text = g_strconcat ("Much Undone\n\n", article_text, NULL);
  g_autofree char *path = dra_ui_test_write ("undone.txt", text, -1);
  DraWindow *window = dra_ui_test_open (path);
  const guint n = 520; /* there was a limit of 500 */

  for (guint i = 0; i < n; i++)
    dra_document_add_note (document_of (window), (DraRange) { i % 200, i % 200 + 5 }, i % 6);
  for (guint i = 0; i < n; i++)
    dra_ui_test_act (window, "undo");
  g_assert_cmpuint (n_notes (window), ==, 0);
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "undo"));
  for (guint i = 0; i < n; i++)
    dra_ui_test_act (window, "redo");
  g_assert_cmpuint (n_notes (window), ==, n);
  for (guint i = 0; i < n; i++)
    dra_ui_test_act (window, "undo");
  settle (window);
  dra_ui_test_close (window);
}

static void
test_pane (void)
{
  static const char *const tags[] = { "money", "check", NULL };
  g_autofree char *text = g_strconcat ("Much to Say\n\n", article_text, NULL);
  g_autofree char *path = dra_ui_test_write ("much.txt", text, -1);
  DraWindow *window = dra_ui_test_open (path);
  DraNotesPane *pane = window->notes_pane;
  GtkWidget *search;
  DraNote *note;

  add_note (window, "resigned on Monday", DRA_NOTE_YELLOW, "Why on that day?");
  add_note (window, "since 2017", DRA_NOTE_GREEN, "");
  note = add_note (window, "served the port well", DRA_NOTE_BLUE, "Übertrieben.");
  dra_note_set_tags (note, tags);
  dra_document_note_edited (document_of (window), note);
  note = dra_document_add_article_note (document_of (window), DRA_NOTE_PINK);
  dra_note_set_body (note, "A whole article.");
  dra_document_note_edited (document_of (window), note);
  dra_window_show_sidebar (window, "notes");
  g_assert_cmpuint (dra_notes_pane_get_n_rows (pane), ==, 4);
  shoot (window, "pane");

  search = dra_ui_test_find (GTK_WIDGET (pane), GTK_TYPE_SEARCH_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (search), "ubertrieb");
  WAIT_FOR (dra_notes_pane_get_n_rows (pane) == 1);
  g_assert_true (dra_ui_test_says (GTK_WIDGET (pane), "1 of 4 notes"));
  gtk_editable_set_text (GTK_EDITABLE (search), "port MONEY");
  WAIT_FOR (dra_notes_pane_get_n_rows (pane) == 1);
  gtk_editable_set_text (GTK_EDITABLE (search), "no such words");
  WAIT_FOR (dra_notes_pane_get_n_rows (pane) == 0);
  g_assert_true (dra_ui_test_says (GTK_WIDGET (pane), "No Such Notes"));
  shoot (window, "no-match");
  dra_notes_pane_show_all (pane);
  g_assert_cmpuint (dra_notes_pane_get_n_rows (pane), ==, 4);

  dra_notes_pane_show_states (pane, 1u << DRA_ANCHOR_LOST);
  g_assert_cmpuint (dra_notes_pane_get_n_rows (pane), ==, 0);
  dra_notes_pane_show_states (pane, 1u << DRA_ANCHOR_EXACT);
  g_assert_cmpuint (dra_notes_pane_get_n_rows (pane), ==, 3);
  /* A note that is to be shown is shown whatever was sought. */
  dra_notes_pane_show_note (pane, note);
  g_assert_cmpuint (dra_notes_pane_get_n_rows (pane), ==, 4);
  g_assert_true (dra_notes_pane_get_selected (pane) == note);

  /* The popover offers what there is. */
  {
    GtkWidget *button = dra_ui_test_find (GTK_WIDGET (pane), GTK_TYPE_MENU_BUTTON);
    GtkWidget *popover = GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)));

    gtk_menu_button_popup (GTK_MENU_BUTTON (button));
    WAIT_FOR (gtk_widget_get_mapped (popover));
    g_assert_true (dra_ui_test_says (popover, "money"));
    g_assert_true (dra_ui_test_says (popover, "Highlights"));
    if (g_getenv ("SCREENSHOTS") != NULL)
      {
        g_autofree char *picture = g_build_filename (g_getenv ("SCREENSHOTS"), "notes-filter.png", NULL);

        dra_ui_test_run (200);
        dra_screenshot_save (popover, picture, NULL);
      }
    gtk_toggle_button_set_active (
      GTK_TOGGLE_BUTTON (dra_ui_test_find (popover, GTK_TYPE_TOGGLE_BUTTON)), TRUE);
    g_assert_cmpuint (dra_notes_pane_get_n_rows (pane), ==, 1); /* the yellow one */
    gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
    dra_notes_pane_show_all (pane);
  }

  gtk_window_set_default_size (GTK_WINDOW (window), 400, 720);
  dra_ui_test_run (300);
  if (!adw_flap_get_reveal_flap (window->flap))
    dra_ui_test_act (window, "show-notes");
  shoot (window, "narrow");
  dra_ui_test_close (window);
  g_settings_reset (dra_settings_get_default (), "window-width");
  g_settings_reset (dra_settings_get_default (), "window-height");
}

static void
got_text_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  *(char **) user_data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static void
test_quotation (void)
{
  g_autofree char *text = g_strconcat (article_text, "\nQuoted here.\n", NULL);
  g_autofree char *path = dra_ui_test_write ("quoted.txt", text, -1);
  DraWindow *window = dra_ui_test_open (path);
  DraNote *note = add_note (window, "resigned on Monday", DRA_NOTE_YELLOW, "Why?");
  g_autofree char *copied = NULL;
  g_autofree char *expected = NULL;
  DraArticle *article = dra_document_get_article (document_of (window));

  expected = dra_quotation_new (article, "resigned on Monday", "Why?");
  g_assert_true (g_str_has_prefix (expected, "“resigned on Monday”\n— "));
  g_assert_nonnull (strstr (expected, "“Harbour Chief Steps Down”"));
  g_assert_nonnull (strstr (expected, "Nora Whitlock"));
  g_assert_null (strstr (expected, "file:"));
  g_assert_true (g_str_has_suffix (expected, "\n\nWhy?"));

  g_action_group_activate_action (G_ACTION_GROUP (window), "copy-note",
                                  g_variant_new_string (dra_note_get_uuid (note)));
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (window)), NULL, got_text_cb,
                                 &copied);
  WAIT_FOR (copied != NULL);
  g_assert_cmpstr (copied, ==, expected);

  dra_ui_test_close (window);
}

static void
test_color_names (void)
{
  g_autofree char *text = g_strconcat ("Colors\n\n", article_text, NULL);
  g_autofree char *path = dra_ui_test_write ("colors.txt", text, -1);
  DraWindow *window = dra_ui_test_open (path);
  GListModel *toplevels = gtk_window_get_toplevels ();
  GtkWindow *dialog = NULL;
  GtkWidget *row;

  add_note (window, "resigned on Monday", DRA_NOTE_YELLOW, "Why?");
  dra_window_show_sidebar (window, "notes");
  dra_ui_test_act (window, "name-colors");
  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) one = g_list_model_get_item (toplevels, i);

      if (ADW_IS_PREFERENCES_WINDOW (one))
        dialog = one;
    }
  g_assert_nonnull (dialog);
  WAIT_FOR (gtk_widget_get_mapped (GTK_WIDGET (dialog)));
  row = dra_ui_test_find (GTK_WIDGET (dialog), ADW_TYPE_ENTRY_ROW);
  gtk_editable_set_text (GTK_EDITABLE (row), "claim");
  g_assert_cmpstr (dra_note_colors_get_meaning (DRA_NOTE_YELLOW), ==, "claim");
  if (g_getenv ("SCREENSHOTS") != NULL)
    {
      g_autofree char *picture = g_build_filename (g_getenv ("SCREENSHOTS"), "notes-colors.png", NULL);

      dra_ui_test_run (300);
      dra_screenshot_save (GTK_WIDGET (dialog), picture, NULL);
    }
  gtk_window_destroy (dialog);
  dra_ui_test_run (100);
  dra_ui_test_close (window);

  window = dra_ui_test_open (path);
  WAIT_FOR (dra_ui_test_says (GTK_WIDGET (window->notes_pane), "claim") ||
            dra_ui_test_says (GTK_WIDGET (window->view), "claim"));
  dra_ui_test_close (window);
  g_settings_reset (dra_settings_get_default (), "color-meanings");
  g_assert_null (dra_note_colors_get_meaning (DRA_NOTE_YELLOW));
}

static void
reload (DraWindow *window)
{
  WAIT_FOR (dra_banner_get_revealed (window->disk_banner));
  g_signal_emit_by_name (window->disk_banner, "button-clicked");
  WAIT_FOR (dra_window_is_settled (window) && !dra_banner_get_revealed (window->disk_banner) &&
            window->replacement == NULL);
}

/* The file changes: one note moves, one is lost and put elsewhere by hand; undo and the next
 * change of the file keep to that. */
static void
test_reattach (void)
{
  g_autofree char *text = g_strconcat ("Once Again\n\n", article_text, NULL);
  g_autofree char *path = dra_ui_test_write ("again.txt", text, -1);
  g_autoptr (GString) changed = g_string_new (text);
  DraWindow *window = dra_ui_test_open (path);
  g_autofree char *uuid = NULL;
  g_autofree char *again = NULL;
  DraNote *note, *moved;
  const char *reason;
  DraRange range;

  moved = add_note (window, "served the port well", DRA_NOTE_GREEN, "Did he?");
  note = add_note (window, "The director of the Ellery Harbour Authority resigned on Monday.",
                   DRA_NOTE_YELLOW, "When exactly?");
  uuid = g_strdup (dra_note_get_uuid (note));
  settle (window);
  dra_ui_test_run (100);

  g_string_replace (changed, "The director of the Ellery Harbour Authority resigned on Monday.",
                    "Nobody knows what will become of fishing along this coast.", 0);
  g_string_replace (changed, "President Delphine", "A new paragraph stands here now.\n\nPresident Delphine", 0);
  again = dra_ui_test_write ("again.txt", changed->str, -1);
  reload (window);
  WAIT_FOR (dra_ui_test_says (GTK_WIDGET (window), "needs a look."));
  note = dra_document_find_note (document_of (window), uuid);
  g_assert_cmpint (dra_note_get_anchor (note, NULL, &reason), >=, DRA_ANCHOR_UNSURE);
  g_assert_nonnull (reason);
  dra_window_show_sidebar (window, "notes");
  g_assert_true (dra_ui_test_says (GTK_WIDGET (window->notes_pane), reason));
  g_assert_true (dra_ui_test_says (GTK_WIDGET (window->notes_pane), "The director of the Ellery"));
  shoot (window, "lost");

  /* The reader selects where it belongs now. */
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "attach-note"));
  dra_article_view_select_range (window->view, dra_ui_test_find_text (window, "what will become of fishing"));
  g_action_group_activate_action (G_ACTION_GROUP (window), "attach-note", g_variant_new_string (uuid));
  g_assert_cmpint (dra_note_get_anchor (note, &range, NULL), ==, DRA_ANCHOR_EXACT);
  g_assert_cmpuint (range.start, ==, dra_ui_test_find_text (window, "what will become of fishing").start);
  g_assert_nonnull (dra_note_get_origin (note));
  g_assert_true (g_str_has_prefix (dra_note_get_quote (dra_note_get_origin (note))->exact, "The director"));
  settle (window);

  dra_ui_test_act (window, "undo");
  g_assert_cmpint (dra_note_get_anchor (note, NULL, NULL), >=, DRA_ANCHOR_UNSURE);
  g_assert_null (dra_note_get_origin (note));
  dra_ui_test_act (window, "redo");
  g_assert_cmpint (dra_note_get_anchor (note, &range, NULL), ==, DRA_ANCHOR_EXACT);
  settle (window);
  dra_ui_test_close (window);

  window = dra_ui_test_open (path);
  note = dra_document_find_note (document_of (window), uuid);
  g_assert_cmpint (dra_note_get_anchor (note, &range, NULL), ==, DRA_ANCHOR_EXACT);
  g_assert_cmpuint (range.start, ==, dra_ui_test_find_text (window, "what will become of fishing").start);
  g_assert_nonnull (dra_note_get_origin (note));
  g_assert_cmpuint (n_notes (window), ==, 2);
  (void) moved;
  dra_ui_test_close (window);
}

/* What was at the top of the view is there again, however much came before it. */
static void
test_reload_place (void)
{
  g_autoptr (GString) text = g_string_new ("A Long Article\n\n");
  g_autofree char *path = NULL;
  g_autofree char *again = NULL;
  DraWindow *window;
  DraRange range;
  gsize before;

  for (guint i = 0; i < 120; i++)
    g_string_append_printf (text, "Paragraph number %u tells of ward %u and its %u bridges over the river, "
                                  "which nobody had counted in years.\n\n", i, i * 37 % 101, i * 13 % 29);
  path = dra_ui_test_write ("long.txt", text->str, -1);
  window = dra_ui_test_open (path);
  dra_ui_test_run (100);
  range = dra_ui_test_find_text (window, "Paragraph number 60 ");
  dra_article_view_scroll_to (window->view, range);
  dra_ui_test_run (300);
  before = dra_article_view_get_visible_offset (window->view);
  g_assert_cmpuint (before, >, 1000);

  g_string_insert (text, strlen ("A Long Article\n\n"),
                   "Something new was put in front of all that, and it is so long that a place kept by "
                   "pixels or by bytes would be another one afterwards. It goes on for a while, and it "
                   "says nothing in particular about anything, least of all about wards and bridges.\n\n"
                   "And then there is a second new paragraph, which does the same once more, at length.\n\n");
  again = dra_ui_test_write ("long.txt", text->str, -1);
  reload (window);
  dra_ui_test_run (400);
  {
    DraRange place = dra_ui_test_find_text (window, "Paragraph number 60 ");
    gsize visible = dra_article_view_get_visible_offset (window->view);

    /* Within a few paragraphs, which are some 110 bytes each. */
    g_assert_cmpuint (visible, <=, place.start);
    g_assert_cmpuint (place.start - visible, <, 1500);
  }
  dra_ui_test_close (window);
}

/* By preference the file is read again at once, and it is said which notes need a look; not
 * while somebody writes in a note. */
static void
test_reload_unasked (void)
{
  GSettings *settings = dra_settings_get_default ();
  g_autofree char *text = g_strconcat ("Unasked\n\n", article_text, NULL);
  g_autofree char *path = dra_ui_test_write ("unasked.txt", text, -1);
  g_autoptr (GString) changed = g_string_new (text);
  DraWindow *window = dra_ui_test_open (path);
  g_autofree char *again = NULL;
  g_autofree char *once_more = NULL;
  DraDocument *first = document_of (window);
  DraRange range;

  add_note (window, "resigned on Monday", DRA_NOTE_GREEN, "Stays.");
  add_note (window, "served the port well", DRA_NOTE_PINK, "Goes.");
  settle (window);
  g_settings_set_boolean (settings, "reload-changed", TRUE);
  g_string_replace (changed, "said that Renwick had served the port well", "was silent", 1);
  g_string_replace (changed, "\n\nBy Nora", "\n\nA line that was put in front of all that.\n\nBy Nora", 1);
  again = dra_ui_test_write ("unasked.txt", changed->str, -1);
  WAIT_FOR (document_of (window) != first && dra_window_is_settled (window));
  g_assert_false (dra_banner_get_revealed (window->disk_banner));
  WAIT_FOR (dra_ui_test_says (GTK_WIDGET (window), "1 note needs a look."));
  g_assert_cmpint (dra_note_get_anchor (nth_note (window, 0), &range, NULL), ==, DRA_ANCHOR_EXACT);
  g_assert_cmpuint (range.start, ==, dra_ui_test_find_text (window, "resigned on Monday").start);
  g_assert_cmpint (dra_note_get_anchor (nth_note (window, 1), NULL, NULL), ==, DRA_ANCHOR_LOST);

  dra_article_view_edit_note (window->view, nth_note (window, 0));
  WAIT_FOR (keyboard_is_in_note (window));
  g_string_append (changed, "One more line.\n");
  once_more = dra_ui_test_write ("unasked.txt", changed->str, -1);
  WAIT_FOR (dra_banner_get_revealed (window->disk_banner));
  g_assert_true (keyboard_is_in_note (window));
  g_settings_reset (settings, "reload-changed");
  dra_ui_test_act (window, "focus-text");
  settle (window);
  dra_ui_test_close (window);
}

static GtkWindow *
find_dialog (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (G_OBJECT_TYPE (window) == type && gtk_widget_get_visible (GTK_WIDGET (window)))
        return window;
    }

  g_assert_not_reached ();
}

/* A backup is restored from the preferences, and the window shows what it holds. */
static void
test_restore (void)
{
  g_autofree char *text = g_strconcat ("Taken Back\n\n", article_text, NULL);
  g_autofree char *path = dra_ui_test_write ("back.txt", text, -1);
  DraWindow *window = dra_ui_test_open (path);
  DraDocument *first = document_of (window);
  g_autoptr (GError) error = NULL;
  GtkWindow *dialog, *said;

  add_note (window, "resigned on Monday", DRA_NOTE_GREEN, "In the backup.");
  settle (window);
  g_assert_true (dra_library_back_up (dra_note_saver_get_library (first->saver), 0, &error));
  g_assert_no_error (error);
  dra_document_delete_note (first, nth_note (window, 0));
  settle (window);
  g_assert_cmpuint (n_notes (window), ==, 0);

  g_action_group_activate_action (G_ACTION_GROUP (dra_ui_test_application ()), "restore-backup", NULL);
  dialog = find_dialog (DRA_TYPE_RESTORE_DIALOG);
  WAIT_FOR (dra_restore_dialog_get_n_rows (DRA_RESTORE_DIALOG (dialog)) > 0);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "restore");
  WAIT_FOR (document_of (window) != first && dra_window_is_settled (window) && n_notes (window) == 1);
  g_assert_cmpstr (dra_note_get_body (nth_note (window, 0)), ==, "In the backup.");
  said = find_dialog (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_true (dra_ui_test_says (GTK_WIDGET (said), "Backup Restored"));
  gtk_window_destroy (said);
  dra_ui_test_close (window);
}

/* A note is deleted; the copy that was saved before does not bring it back. */
static void
test_deleted_and_copy (void)
{
  g_autofree char *text = g_strconcat ("Gone for Good\n\n", article_text, NULL);
  g_autofree char *path = dra_ui_test_write ("gone.txt", text, -1);
  g_autofree char *copy_path = dra_ui_test_path ("gone-copy.html");
  g_autoptr (GFile) copy = g_file_new_for_path (copy_path);
  DraWindow *window = dra_ui_test_open (path);

  add_note (window, "resigned on Monday", DRA_NOTE_YELLOW, "Forget this.");
  settle (window);
  dra_window_save_copy (window, copy);
  WAIT_FOR (dra_ui_test_says (GTK_WIDGET (window), "Saved “gone-copy.html”"));
  dra_document_delete_note (document_of (window), nth_note (window, 0));
  dra_ui_test_close (window);

  window = dra_ui_test_open (copy_path);
  g_assert_cmpuint (n_notes (window), ==, 0);
  dra_ui_test_close (window);
}

static void
shoot_library (DraLibraryWindow *window,
               const char       *state)
{
  g_autofree char *path = NULL;
  g_autofree char *name = NULL;

  if (g_getenv ("SCREENSHOTS") == NULL)
    return;
  dra_ui_test_run (300);
  name = g_strdup_printf ("library-%s.png", state);
  path = g_build_filename (g_getenv ("SCREENSHOTS"), name, NULL);
  dra_screenshot_save (GTK_WIDGET (window), path, NULL);
}

static void
close_library (DraLibraryWindow *window)
{
  gpointer weak = window;

  g_object_add_weak_pointer (G_OBJECT (window), &weak);
  gtk_window_close (GTK_WINDOW (window));
  WAIT_FOR (weak == NULL);
}

/* All notes of all articles: sought, grouped, and opened at the passage. */
static void
test_library_window (void)
{
  g_autofree char *text = g_strconcat ("In the Library\n\n", article_text, NULL);
  g_autofree char *path = dra_ui_test_write ("library.txt", text, -1);
  g_autofree char *other = dra_ui_test_write ("library-2.txt", other_text, -1);
  g_autofree char *export_path = dra_ui_test_path ("exported.json");
  g_autoptr (GFile) export_file = g_file_new_for_path (export_path);
  DraWindow *window = dra_ui_test_open (path);
  DraLibraryWindow *library;
  GtkWidget *search, *list;
  GtkListBoxRow *row;
  g_autofree char *uuid = NULL;
  DraNote *note;
  guint n_all;

  note = add_note (window, "served the port well", DRA_NOTE_BLUE, "Zanzibar says otherwise.");
  uuid = g_strdup (dra_note_get_uuid (note));
  add_note (window, "since 2017", DRA_NOTE_GREEN, "");
  settle (window);
  dra_ui_test_close (window);
  window = dra_ui_test_open (other);
  note = add_note (window, "a clerk said", DRA_NOTE_YELLOW, "Which clerk?");
  note = dra_document_add_entity_note (
    document_of (window),
    &(DraEntity) { .kind = DRA_ENTITY_PERSON, .name = "Ottilie Brandt" }, DRA_NOTE_PINK);
  dra_note_set_body (note, "The clerk?");
  dra_document_note_edited (document_of (window), note);
  settle (window);
  dra_ui_test_close (window);

  library = dra_application_show_all_notes (dra_ui_test_application ());
  g_assert_true (dra_application_show_all_notes (dra_ui_test_application ()) == library);
  WAIT_FOR (dra_library_window_is_settled (library));
  WAIT_FOR (gtk_widget_get_mapped (GTK_WIDGET (library)));
  n_all = dra_library_window_get_n_rows (library);
  g_assert_cmpuint (n_all, >=, 4);
  g_assert_true (dra_ui_test_says (GTK_WIDGET (library), "In the Library"));
  shoot_library (library, "all");
  gtk_drop_down_set_selected (
    GTK_DROP_DOWN (dra_ui_test_find (GTK_WIDGET (library), GTK_TYPE_DROP_DOWN)), 1);
  g_assert_cmpuint (dra_library_window_get_n_rows (library), ==, n_all);
  g_assert_true (dra_ui_test_says (GTK_WIDGET (library), "Ottilie Brandt"));
  shoot_library (library, "people");

  search = dra_ui_test_find (GTK_WIDGET (library), GTK_TYPE_SEARCH_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (search), "nothing like that");
  WAIT_FOR (dra_library_window_is_settled (library) && dra_library_window_get_n_rows (library) == 0);
  WAIT_FOR (dra_ui_test_says (GTK_WIDGET (library), "No Such Notes"));
  gtk_editable_set_text (GTK_EDITABLE (search), "zanzi");
  WAIT_FOR (dra_library_window_is_settled (library) && dra_library_window_get_n_rows (library) == 1);
  shoot_library (library, "found");

  /* Into the article, to the passage. */
  list = dra_ui_test_find (GTK_WIDGET (library), GTK_TYPE_LIST_BOX);
  row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0);
  g_signal_emit_by_name (list, "row-activated", row);
  window = NULL;
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (dra_ui_test_application ()));
       l != NULL; l = l->next)
    if (DRA_IS_WINDOW (l->data))
      window = l->data;
  g_assert_nonnull (window);
  WAIT_FOR (dra_window_is_settled (window) && window->wanted_note == NULL);
  {
    DraRange range;

    g_assert_cmpstr (dra_note_get_uuid (dra_notes_pane_get_selected (window->notes_pane)), ==, uuid);
    g_assert_true (dra_article_view_get_selection (window->view, &range));
    g_assert_cmpuint (range.start, ==, dra_ui_test_find_text (window, "served the port well").start);
  }
  dra_ui_test_close (window);

  /* Everything out, one note deleted, everything back. */
  dra_library_window_export (library, export_file);
  WAIT_FOR (dra_ui_test_says (GTK_WIDGET (library), "All notes exported"));
  window = dra_ui_test_open (path);
  dra_document_delete_note (document_of (window), dra_document_find_note (document_of (window), uuid));
  settle (window);
  g_assert_cmpuint (n_notes (window), ==, 1);
  dra_library_window_import (library, export_file);
  WAIT_FOR (n_notes (window) == 2); /* the open article is read again */
  WAIT_FOR (dra_window_is_settled (window) && window->replacement == NULL);
  dra_ui_test_close (window);

  /* An article that is gone is told of. */
  g_assert_cmpint (g_unlink (path), ==, 0);
  WAIT_FOR (dra_library_window_is_settled (library) && dra_library_window_get_n_rows (library) == 1);
  row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0);
  g_signal_emit_by_name (list, "row-activated", row);
  {
    GListModel *toplevels = gtk_window_get_toplevels ();
    GtkWindow *dialog = NULL;

    for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
      {
        g_autoptr (GtkWindow) one = g_list_model_get_item (toplevels, i);

        if (ADW_IS_MESSAGE_DIALOG (one))
          dialog = one;
      }
    g_assert_nonnull (dialog);
    g_assert_nonnull (strstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog)),
                              "is no longer there"));
    gtk_window_destroy (dialog);
  }
  gtk_window_set_default_size (GTK_WINDOW (library), 400, 640);
  shoot_library (library, "narrow");
  close_library (library);
}

static void
add_tests (void)
{
  const char *style = g_getenv ("STYLE");

  if (style != NULL)
    g_settings_set_string (dra_settings_get_default (), "style", style);
  g_test_add_func ("/window-notes/whole-article", test_whole_article);
  g_test_add_func ("/window-notes/entity", test_entity);
  g_test_add_func ("/window-notes/undo-everything", test_undo_everything);
  g_test_add_func ("/window-notes/pane", test_pane);
  g_test_add_func ("/window-notes/quotation", test_quotation);
  g_test_add_func ("/window-notes/color-names", test_color_names);
  g_test_add_func ("/window-notes/reattach", test_reattach);
  g_test_add_func ("/window-notes/reload-place", test_reload_place);
  g_test_add_func ("/window-notes/reload-unasked", test_reload_unasked);
  g_test_add_func ("/window-notes/restore", test_restore);
  g_test_add_func ("/window-notes/deleted-and-copy", test_deleted_and_copy);
  g_test_add_func ("/window-notes/library", test_library_window);
}

int
main (int   argc,
      char *argv[])
{
  return dra_ui_test_main (argc, argv, add_tests);
}
