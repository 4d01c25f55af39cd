/* test-window.c: the real window, driven in its own process: the whole path of an article,
 * every state, and every kind of file that is not an article.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-badge.h"
#include "app/dra-note-row.h"
#include "app/dra-window-private.h"
#include "dra-ui-test.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char article_text[] =
  "Harbour Chief Steps Down\n"
  "\n"
  "By Nora Whitlock\n"
  "\n"
  "The director of the Ellery Harbour Authority resigned on Monday. Tobias Renwick, who has "
  "led the Ellery Harbour Authority (EHA) since 2017, said that he was leaving at once.\n"
  "\n"
  "President Delphine Okonjo said that Renwick had served the port well. \"I thank Tobias "
  "Renwick,\" Okonjo told the council. The EHA did not answer questions.\n";

static const char nobody_text[] =
  "how to boil an egg\n"
  "\n"
  "put the egg into cold water, bring it to the boil and wait for five minutes.\n";

/* {{{ Helpers */

static DraNote *
only_note (DraWindow *window)
{
  GListModel *notes = dra_document_get_notes (dra_window_get_document (window));
  DraNote *note;

  g_assert_cmpuint (g_list_model_get_n_items (notes), ==, 1);
  note = g_list_model_get_item (notes, 0);
  g_object_unref (note); /* the list holds it */
  return note;
}

static guint
n_notes (DraWindow *window)
{
  return g_list_model_get_n_items (dra_document_get_notes (dra_window_get_document (window)));
}

static void
select_text (DraWindow  *window,
             const char *passage)
{
  dra_article_view_select_range (dra_window_get_view (window),
                                 dra_ui_test_find_text (window, passage));
}

/* Writes into whatever text the keyboard is in, as typing does. */
static void
type_text (DraWindow  *window,
           const char *text)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));

  if (GTK_IS_TEXT_VIEW (focus))
    {
      g_assert_true (gtk_text_view_get_editable (GTK_TEXT_VIEW (focus)));
      gtk_text_buffer_insert_at_cursor (gtk_text_view_get_buffer (GTK_TEXT_VIEW (focus)), text,
                                        -1);
    }
  else
    {
      int position;

      g_assert_true (GTK_IS_EDITABLE (focus));
      position = gtk_editable_get_position (GTK_EDITABLE (focus));
      gtk_editable_insert_text (GTK_EDITABLE (focus), text, -1, &position);
    }
}

static void
focus_text (DraWindow *window)
{
  gtk_widget_grab_focus (
    GTK_WIDGET (dra_article_view_get_text_view (dra_window_get_view (window))));
}

static DraNote *
write_note (DraWindow  *window,
            const char *passage,
            const char *body)
{
  DraNote *note;

  select_text (window, passage);
  dra_ui_test_act (window, "add-note");
  note = only_note (window);
  WAIT_FOR (gtk_window_get_focus (GTK_WINDOW (window)) != NULL &&
            GTK_IS_TEXT_VIEW (gtk_window_get_focus (GTK_WINDOW (window))) &&
            gtk_text_view_get_editable (GTK_TEXT_VIEW (gtk_window_get_focus (GTK_WINDOW (window)))));
  type_text (window, body);
  focus_text (window);
  WAIT_FOR (g_str_equal (dra_note_get_body (note), body));
  WAIT_FOR (!dra_document_get_busy (dra_window_get_document (window)));
  g_assert_cmpuint (dra_document_get_n_unsaved (dra_window_get_document (window)), ==, 0);
  return note;
}

static gboolean
has_names (DraWindow *window)
{
  if (dra_document_get_names_state (dra_window_get_document (window)) == DRA_NAMES_READY)
    return TRUE;
  g_test_skip ("the recognizer's model is not in this tree");
  return FALSE;
}

static GtkWindow *
find_dialog (void)
{
  g_autoptr (GListModel) all = NULL;
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (toplevels, i);

      if (ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_mapped (GTK_WIDGET (window)))
        return window;
    }

  return NULL;
}

/* }}} */
/* {{{ The whole path */

static void
check_walk (DraWindow *window)
{
  DraDocument *document = dra_window_get_document (window);
  DraCast *cast = dra_document_get_cast (document);
  g_autofree char *expected = NULL;
  int entity = -1;

  for (guint i = 0; i < dra_cast_get_n_entities (cast); i++)
    if (g_str_equal (dra_cast_get_entity (cast, i)->name, "Tobias Renwick"))
      entity = i;
  g_assert_cmpint (entity, >=, 0);
  g_assert_cmpuint (dra_cast_get_entity (cast, entity)->n_mentions, ==, 3);

  /* As a click on the row does. */
  g_object_set (window->cast_pane, "selected-entity", entity, NULL);
  g_assert_cmpint (dra_article_view_get_selected_entity (window->view), ==, entity);
  g_assert_cmpstr (dra_walk_bar_get_text (window->walk_bar), ==, "1 of 3");
  dra_ui_test_act (window, "next-mention");
  g_assert_cmpstr (dra_walk_bar_get_text (window->walk_bar), ==, "2 of 3");
  dra_ui_test_act (window, "next-mention");
  dra_ui_test_act (window, "next-mention");
  g_assert_cmpstr (dra_walk_bar_get_text (window->walk_bar), ==, "1 of 3");
  dra_ui_test_act (window, "previous-mention");
  g_assert_cmpstr (dra_walk_bar_get_text (window->walk_bar), ==, "3 of 3");

  /* A click on a mention in the text selects its row. */
  dra_ui_test_act (window, "select-nobody");
  g_assert_cmpint (dra_cast_pane_get_selected_entity (window->cast_pane), ==, -1);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (window->walk_bar)));
  g_signal_emit_by_name (window->view, "mention-clicked",
                         dra_cast_get_entity (cast, entity)->mentions[1]);
  g_assert_cmpint (dra_cast_pane_get_selected_entity (window->cast_pane), ==, entity);
  g_assert_cmpstr (dra_walk_bar_get_text (window->walk_bar), ==, "2 of 3");
  dra_ui_test_act (window, "escape");
  g_assert_cmpint (dra_article_view_get_selected_entity (window->view), ==, -1);
}

static void
test_whole_path (void)
{
  g_autofree char *path = dra_ui_test_write ("harbour.txt", article_text, -1);
  g_autofree char *copy_path = dra_ui_test_path ("harbour-copy.html");
  g_autoptr (GFile) copy = g_file_new_for_path (copy_path);
  DraWindow *window = dra_ui_test_open (path);
  g_autofree char *text = NULL;
  g_autofree char *uuid = NULL;
  guint n_entities = 0;

  g_assert_cmpstr (dra_window_get_page (window), ==, "article");
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "Harbour Chief Steps Down");
  g_assert_cmpuint (n_notes (window), ==, 0);
  text = g_strdup (
    dra_article_get_text (dra_document_get_article (dra_window_get_document (window)), NULL));

  if (dra_document_get_names_state (dra_window_get_document (window)) == DRA_NAMES_READY)
    {
      n_entities =
        dra_cast_get_n_entities (dra_document_get_cast (dra_window_get_document (window)));
      g_assert_cmpuint (dra_cast_pane_get_n_shown (window->cast_pane), >=, 3);
      check_walk (window);
    }

  uuid = g_strdup (dra_note_get_uuid (write_note (window, "resigned on Monday", "Ask why.")));

  dra_window_save_copy (window, copy);
  WAIT_FOR (g_file_query_exists (copy, NULL));
  WAIT_FOR (dra_ui_test_says (GTK_WIDGET (window), "Saved “harbour-copy.html”"));
  dra_ui_test_close (window);

  window = dra_ui_test_open (path);
  g_assert_cmpstr (dra_note_get_body (only_note (window)), ==, "Ask why.");
  g_assert_cmpstr (dra_note_get_uuid (only_note (window)), ==, uuid);
  g_assert_cmpuint (dra_notes_pane_get_n_rows (window->notes_pane), ==, 1);
  dra_ui_test_close (window);

  window = dra_ui_test_open (copy_path);
  g_assert_cmpstr (dra_window_get_page (window), ==, "article");
  g_assert_true (dra_document_get_is_copy (dra_window_get_document (window)));
  g_assert_cmpstr (
    dra_article_get_text (dra_document_get_article (dra_window_get_document (window)), NULL), ==,
    text);
  g_assert_cmpstr (dra_note_get_body (only_note (window)), ==, "Ask why.");
  g_assert_cmpstr (dra_note_get_uuid (only_note (window)), ==, uuid);
  if (n_entities > 0)
    g_assert_cmpuint (
      dra_cast_get_n_entities (dra_document_get_cast (dra_window_get_document (window))), ==,
      n_entities);
  dra_ui_test_close (window);
}

/* }}} */
/* {{{ Notes */

static void
test_undo (void)
{
  g_autofree char *text = g_strconcat ("Undo\n\n", article_text, NULL);
  g_autofree char *path = dra_ui_test_write ("undo.txt", text, -1);
  DraWindow *window = dra_ui_test_open (path);
  g_autoptr (DraNote) first = NULL;
  g_autofree char *uuid = NULL;

  /* One note: added, written, both undone one after the other, and done again. */
  first = g_object_ref (write_note (window, "leaving at once", "First."));
  uuid = g_strdup (dra_note_get_uuid (first));
  dra_ui_test_act (window, "undo");
  g_assert_cmpuint (n_notes (window), ==, 1);
  g_assert_cmpstr (dra_note_get_body (only_note (window)), ==, "");
  dra_ui_test_act (window, "undo");
  g_assert_cmpuint (n_notes (window), ==, 0);
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "undo"));
  dra_ui_test_act (window, "redo");
  dra_ui_test_act (window, "redo");
  g_assert_cmpstr (dra_note_get_body (only_note (window)), ==, "First.");
  g_assert_cmpstr (dra_note_get_uuid (only_note (window)), ==, uuid);

  /* Deleted, and brought back by the toast's button. */
  g_signal_emit_by_name (window->view, "note-deleted", only_note (window));
  g_assert_cmpuint (n_notes (window), ==, 0);
  WAIT_FOR (dra_ui_test_says (GTK_WIDGET (window), "Note deleted"));
  {
    GtkWidget *toast = dra_ui_test_find (GTK_WIDGET (window), g_type_from_name ("AdwToastWidget"));
    GtkWidget *button = dra_ui_test_find (toast, GTK_TYPE_BUTTON);

    g_signal_emit_by_name (button, "clicked");
  }
  g_assert_cmpstr (dra_note_get_body (only_note (window)), ==, "First.");
  g_assert_cmpstr (dra_note_get_uuid (only_note (window)), ==, uuid);
  dra_ui_test_close (window);

  /* And it is that note that is on disk. */
  window = dra_ui_test_open (path);
  g_assert_cmpstr (dra_note_get_body (only_note (window)), ==, "First.");
  g_assert_cmpstr (dra_note_get_uuid (only_note (window)), ==, uuid);
  dra_document_delete_note (dra_window_get_document (window), only_note (window));
  dra_ui_test_close (window);

  window = dra_ui_test_open (path);
  g_assert_cmpuint (n_notes (window), ==, 0);
  dra_ui_test_close (window);
}

static void
test_highlight (void)
{
  g_autofree char *text = g_strconcat ("Highlight\n\n", article_text, NULL);
  g_autofree char *path = dra_ui_test_write ("highlight.txt", text, -1);
  DraWindow *window = dra_ui_test_open (path);

  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "highlight"));
  select_text (window, "served the port well");
  g_signal_emit_by_name (window->view, "add-highlight", DRA_NOTE_GREEN);
  g_assert_cmpint (dra_note_get_color (only_note (window)), ==, DRA_NOTE_GREEN);
  g_assert_cmpstr (dra_note_get_body (only_note (window)), ==, "");
  dra_ui_test_close (window);

  /* The next one has the same colour, also from the key. */
  window = dra_ui_test_open (path);
  dra_document_delete_note (dra_window_get_document (window), only_note (window));
  select_text (window, "served the port well");
  dra_ui_test_act (window, "highlight");
  g_assert_cmpint (dra_note_get_color (only_note (window)), ==, DRA_NOTE_GREEN);
  dra_ui_test_close (window);
}

static void
test_type_and_close (void)
{
  g_autofree char *text = g_strconcat ("Hurry\n\n", article_text, NULL);
  g_autofree char *path = dra_ui_test_write ("hurry.txt", text, -1);
  DraWindow *window = dra_ui_test_open (path);

  /* The window is closed while the note is still being typed. */
  select_text (window, "resigned on Monday");
  dra_ui_test_act (window, "add-note");
  WAIT_FOR (GTK_IS_TEXT_VIEW (gtk_window_get_focus (GTK_WINDOW (window))) &&
            gtk_text_view_get_editable (GTK_TEXT_VIEW (gtk_window_get_focus (GTK_WINDOW (window)))));
  type_text (window, "In a hurry.");
  dra_ui_test_close (window);

  window = dra_ui_test_open (path);
  g_assert_cmpstr (dra_note_get_body (only_note (window)), ==, "In a hurry.");
  dra_ui_test_close (window);
}

/* Services of their own open the library anew. */
static DraWindow *
open_with_new_services (const char *path)
{
  g_autoptr (DraServices) services = dra_services_new ();
  g_autoptr (GFile) file = g_file_new_for_path (path);
  DraWindow *window = dra_window_new (GTK_APPLICATION (dra_ui_test_application ()), services);

  dra_window_open (window, file);
  gtk_window_present (GTK_WINDOW (window));
  WAIT_FOR (dra_window_is_settled (window));
  return window;
}

static void
test_library_problem (void)
{
  g_autofree char *text = g_strconcat ("Trouble\n\n", article_text, NULL);
  g_autofree char *path = dra_ui_test_write ("trouble.txt", text, -1);
  g_autofree char *data = g_build_filename (g_get_user_data_dir (), "dramatis", NULL);
  g_autofree char *aside = g_strconcat (data, ".aside", NULL);
  gboolean existed = g_file_test (data, G_FILE_TEST_EXISTS);
  DraWindow *window;
  GtkWindow *dialog;

  /* Where the library's folder should be there is a file. */
  if (existed)
    g_assert_cmpint (g_rename (data, aside), ==, 0);
  g_assert_true (g_file_set_contents (data, "not a folder", -1, NULL));

  window = open_with_new_services (path);
  g_assert_cmpstr (dra_window_get_page (window), ==, "article");
  g_assert_true (dra_banner_get_revealed (window->notes_banner));
  g_test_message ("%s", dra_banner_get_sentence (window->notes_banner));

  /* A note can be written, and is not thrown away without asking. */
  select_text (window, "resigned on Monday");
  dra_ui_test_act (window, "highlight");
  g_assert_cmpuint (n_notes (window), ==, 1);
  gtk_window_close (GTK_WINDOW (window));
  WAIT_FOR (find_dialog () != NULL);
  dialog = find_dialog ();
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  gtk_window_destroy (dialog);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (window)));

  /* The trouble is mended; trying again writes it. */
  g_assert_cmpint (g_remove (data), ==, 0);
  if (existed)
    g_assert_cmpint (g_rename (aside, data), ==, 0);
  g_signal_emit_by_name (window->notes_banner, "button-clicked");
  WAIT_FOR (!dra_banner_get_revealed (window->notes_banner));
  WAIT_FOR (dra_document_get_n_unsaved (dra_window_get_document (window)) == 0 &&
            !dra_document_get_busy (dra_window_get_document (window)));
  dra_ui_test_close (window);

  window = dra_ui_test_open (path);
  g_assert_cmpuint (n_notes (window), ==, 1);
  dra_ui_test_close (window);
}

/* }}} */
/* {{{ States */

static void
test_empty (void)
{
  DraWindow *window = dra_application_new_window (dra_ui_test_application ());

  gtk_window_present (GTK_WINDOW (window));
  WAIT_FOR (gtk_widget_get_mapped (GTK_WIDGET (window)));
  g_assert_cmpstr (dra_window_get_page (window), ==, "empty");
  g_assert_true (dra_window_is_free (window));
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "save-copy"));
  dra_ui_test_close (window);
}

static void
test_nobody (void)
{
  g_autofree char *path = dra_ui_test_write ("egg.txt", nobody_text, -1);
  DraWindow *window = dra_ui_test_open (path);

  g_assert_cmpstr (dra_window_get_page (window), ==, "article");
  if (has_names (window))
    g_assert_cmpstr (dra_cast_pane_get_page (window->cast_pane), ==, "nobody");
  dra_ui_test_close (window);
}

static void
test_no_model (void)
{
  g_autofree char *path = dra_ui_test_write ("no-model.txt", article_text, -1);
  g_autofree char *model = g_strdup (g_getenv ("DRAMATIS_MODEL"));
  DraWindow *window;

  g_setenv ("DRAMATIS_MODEL", "/nonexistent/english.model", TRUE);
  window = open_with_new_services (path);
  if (model != NULL)
    g_setenv ("DRAMATIS_MODEL", model, TRUE);

  g_assert_cmpstr (dra_window_get_page (window), ==, "article");
  g_assert_cmpstr (dra_cast_pane_get_page (window->cast_pane), ==, "failed");
  g_assert_nonnull (dra_document_get_names_message (dra_window_get_document (window)));
  g_test_message ("%s", dra_document_get_names_message (dra_window_get_document (window)));

  /* Reading and saving go on. */
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "save-copy"));
  dra_ui_test_close (window);
}

static void
test_filter (void)
{
  g_autofree char *path = dra_ui_test_write ("filter.txt", article_text, -1);
  DraWindow *window = dra_ui_test_open (path);
  guint n;

  if (has_names (window))
    {
      n = dra_cast_pane_get_n_shown (window->cast_pane);
      dra_ui_test_act (window, "filter-cast");
      type_text (window, "OKÓnjo");
      WAIT_FOR (dra_cast_pane_get_n_shown (window->cast_pane) == 1);
      type_text (window, "zzz");
      WAIT_FOR (dra_cast_pane_get_n_shown (window->cast_pane) == 0);
      g_assert_cmpstr (dra_cast_pane_get_page (window->cast_pane), ==, "no-match");

      /* A mention clicked in the text is shown although the filter hides it. */
      g_signal_emit_by_name (window->view, "mention-clicked", 0);
      WAIT_FOR (dra_cast_pane_get_n_shown (window->cast_pane) == n);
      g_assert_cmpint (dra_cast_pane_get_selected_entity (window->cast_pane), >=, 0);
    }
  dra_ui_test_close (window);
}

static void
test_find (void)
{
  g_autofree char *path = dra_ui_test_write ("find.txt", article_text, -1);
  DraWindow *window = dra_ui_test_open (path);
  guint n_hits = 0;
  int hit = -1;

  dra_ui_test_act (window, "find");
  type_text (window, "harbour");
  WAIT_FOR ((g_object_get (window->view, "n-hits", &n_hits, NULL), n_hits == 3));
  WAIT_FOR (dra_ui_test_says (GTK_WIDGET (window->search_bar), "1 of 3"));
  dra_ui_test_act (window, "find-next");
  WAIT_FOR (dra_ui_test_says (GTK_WIDGET (window->search_bar), "2 of 3"));
  dra_ui_test_act (window, "find-previous");
  dra_ui_test_act (window, "find-previous");
  g_object_get (window->view, "current-hit", &hit, NULL);
  g_assert_cmpint (hit, ==, 2);
  dra_ui_test_act (window, "escape");
  g_assert_false (dra_search_bar_get_search_mode (window->search_bar));
  g_object_get (window->view, "n-hits", &n_hits, NULL);
  g_assert_cmpuint (n_hits, ==, 0);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) ==
                 GTK_WIDGET (dra_article_view_get_text_view (window->view)));
  dra_ui_test_close (window);
}

static void
test_zoom (void)
{
  g_autofree char *path = dra_ui_test_write ("zoom.txt", article_text, -1);
  DraWindow *window = dra_ui_test_open (path);

  dra_ui_test_act (window, "zoom-in");
  g_assert_cmpfloat_with_epsilon (dra_article_view_get_zoom (window->view), 1.1, 1e-6);
  dra_ui_test_close (window);
  window = dra_ui_test_open (path);
  g_assert_cmpfloat_with_epsilon (dra_article_view_get_zoom (window->view), 1.1, 1e-6);
  dra_ui_test_act (window, "zoom-normal");
  g_assert_cmpfloat_with_epsilon (dra_article_view_get_zoom (window->view), 1.0, 1e-6);
  for (int i = 0; i < 12 && g_action_group_get_action_enabled (G_ACTION_GROUP (window), "zoom-out");
       i++)
    dra_ui_test_act (window, "zoom-out");
  g_assert_cmpfloat_with_epsilon (dra_article_view_get_zoom (window->view), 0.5, 1e-6);
  dra_ui_test_act (window, "zoom-normal");
  dra_ui_test_close (window);
}

static void
test_same_file (void)
{
  g_autofree char *path = dra_ui_test_write ("same.txt", article_text, -1);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  DraWindow *window = dra_ui_test_open (path);
  DraWindow *empty = dra_application_new_window (dra_ui_test_application ());

  g_assert_true (dra_application_open_file (dra_ui_test_application (), file, empty) == window);
  g_assert_cmpstr (dra_window_get_page (empty), ==, "empty");
  gtk_window_destroy (GTK_WINDOW (empty)); /* it was never shown */
  dra_ui_test_close (window);
}

/* As a drag from a file manager ends. */
static void
test_drop (void)
{
  g_autofree char *first = dra_ui_test_write ("dropped-1.txt", article_text, -1);
  g_autofree char *second = dra_ui_test_write ("dropped-2.txt", nobody_text, -1);
  g_autoptr (GListModel) controllers = NULL;
  GtkDropTarget *target = NULL;
  g_auto (GValue) value = G_VALUE_INIT;
  DraWindow *window = dra_application_new_window (dra_ui_test_application ());
  DraWindow *other = NULL;
  GSList *files = NULL;
  gboolean taken = FALSE;

  gtk_window_present (GTK_WINDOW (window));
  WAIT_FOR (gtk_widget_get_mapped (GTK_WIDGET (window)));
  controllers = gtk_widget_observe_controllers (GTK_WIDGET (window));
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        target = GTK_DROP_TARGET (controller); /* the window holds it */
    }
  g_assert_nonnull (target);
  g_assert_cmpint (gtk_drop_target_get_gtypes (target, NULL)[0], ==, GDK_TYPE_FILE_LIST);

  files = g_slist_append (files, g_file_new_for_path (first));
  files = g_slist_append (files, g_file_new_for_path (second));
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, g_boxed_copy (GDK_TYPE_FILE_LIST, files));
  g_signal_emit_by_name (target, "drop", &value, 10.0, 10.0, &taken);
  g_assert_true (taken);

  /* The first in this window, which was free, the second in one of its own. */
  WAIT_FOR (dra_window_is_settled (window));
  g_assert_true (dra_window_shows (window, files->data));
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (dra_ui_test_application ()));
       l != NULL; l = l->next)
    if (l->data != window && DRA_IS_WINDOW (l->data))
      other = l->data;
  g_assert_nonnull (other);
  WAIT_FOR (dra_window_is_settled (other));
  g_assert_true (dra_window_shows (other, files->next->data));
  g_slist_free_full (files, g_object_unref);
  dra_ui_test_close (other);
  dra_ui_test_close (window);
}

static void
test_recent (void)
{
  g_autofree char *text = g_strconcat ("Read Lately\n\n", article_text, NULL);
  g_autofree char *path = dra_ui_test_write ("lately.txt", text, -1);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  DraWindow *window;
  GtkWidget *row;

#ifdef __SANITIZE_ADDRESS__
  g_test_skip ("GTK 4.8 leaks where it writes the list of recent files");
  return;
#endif

  g_object_set (gtk_settings_get_default (), "gtk-recent-files-enabled", TRUE, NULL);
  dra_ui_test_close (dra_ui_test_open (path));
  g_object_set (gtk_settings_get_default (), "gtk-recent-files-enabled", FALSE, NULL);
  window = dra_application_new_window (dra_ui_test_application ());
  gtk_window_present (GTK_WINDOW (window));
  WAIT_FOR (dra_ui_test_says (GTK_WIDGET (window), "Read Lately"));
  g_assert_true (dra_ui_test_says (GTK_WIDGET (window), "Read to the end"));
  row = dra_ui_test_find (GTK_WIDGET (window->pages), ADW_TYPE_ACTION_ROW);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, "Read Lately");
  g_signal_emit_by_name (gtk_widget_get_parent (row), "row-activated", row);
  WAIT_FOR (dra_window_is_settled (window));
  g_assert_true (dra_window_shows (window, file));
  g_assert_cmpstr (dra_window_get_page (window), ==, "article");
  dra_ui_test_close (window);
}

static void
test_narrow (void)
{
  g_autofree char *text = g_strconcat ("Narrow\n\n", article_text, NULL);
  g_autofree char *path = dra_ui_test_write ("narrow.txt", text, -1);
  DraWindow *window = dra_ui_test_open (path);
  int width;

  gtk_window_set_default_size (GTK_WINDOW (window), 360, 640);
  WAIT_FOR (adw_flap_get_folded (window->flap));
  WAIT_FOR (!adw_flap_get_reveal_flap (window->flap));
  WAIT_FOR ((gtk_widget_measure (GTK_WIDGET (window), GTK_ORIENTATION_HORIZONTAL, -1, &width,
                                 NULL, NULL, NULL), width <= 360));

  /* The pane slides over and goes when a name was chosen. */
  dra_ui_test_act (window, "show-cast");
  g_assert_true (adw_flap_get_reveal_flap (window->flap));
  if (dra_document_get_cast (dra_window_get_document (window)) != NULL)
    {
      g_object_set (window->cast_pane, "selected-entity", 0, NULL);
      g_assert_false (adw_flap_get_reveal_flap (window->flap));
      dra_ui_test_act (window, "escape");
    }

  /* A note is written where there is no margin. */
  write_note (window, "resigned on Monday", "In a small place.");

  /* Wide again, the sidebar is there as before. */
  gtk_window_set_default_size (GTK_WINDOW (window), 1180, 800);
  WAIT_FOR (!adw_flap_get_folded (window->flap));
  WAIT_FOR (adw_flap_get_reveal_flap (window->flap));
  dra_ui_test_close (window);
}

/* }}} */
/* {{{ The file on disk */

static void
test_file_changes (void)
{
  g_autofree char *text = g_strconcat ("Changes\n\n", article_text, NULL);
  g_autofree char *path = dra_ui_test_write ("changes.txt", text, -1);
  g_autofree char *more = g_strconcat (text, "\nA last word.\n", NULL);
  g_autofree char *again = NULL;
  DraWindow *window = dra_ui_test_open (path);

  write_note (window, "resigned on Monday", "Still here.");
  dra_ui_test_run (100);

  again = dra_ui_test_write ("changes.txt", more, -1);
  WAIT_FOR (dra_banner_get_revealed (window->disk_banner));
  g_assert_cmpstr (dra_banner_get_sentence (window->disk_banner), ==,
                   "“changes.txt” has changed on disk.");
  g_signal_emit_by_name (window->disk_banner, "button-clicked");
  WAIT_FOR (dra_window_is_settled (window) && !dra_banner_get_revealed (window->disk_banner));
  g_assert_nonnull (strstr (
    dra_article_get_text (dra_document_get_article (dra_window_get_document (window)), NULL),
    "A last word."));
  g_assert_cmpstr (dra_note_get_body (only_note (window)), ==, "Still here.");

  g_assert_cmpint (g_unlink (path), ==, 0);
  WAIT_FOR (dra_banner_get_revealed (window->disk_banner));
  g_assert_true (g_str_has_prefix (dra_banner_get_sentence (window->disk_banner),
                                   "“changes.txt” is no longer there."));
  g_assert_cmpstr (dra_window_get_page (window), ==, "article");

  /* It comes back as it was. */
  g_free (dra_ui_test_write ("changes.txt", more, -1));
  WAIT_FOR (!dra_banner_get_revealed (window->disk_banner) ||
            strstr (dra_banner_get_sentence (window->disk_banner), "changed") != NULL);
  dra_ui_test_close (window);
}

/* }}} */
/* {{{ Bad input */

/* One sentence, which names the file, and a window that can open another. */
static void
check_fails (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  DraWindow *window = dra_ui_test_open (path);
  const char *message;

  g_assert_cmpstr (dra_window_get_page (window), ==, "failed");
  message = dra_document_get_message (dra_window_get_document (window));
  g_test_message ("%s", message);
  g_assert_nonnull (strstr (message, name));
  g_assert_null (strchr (message, '\n'));
  WAIT_FOR (dra_ui_test_says (GTK_WIDGET (window), message));
  g_assert_true (dra_window_is_free (window));
  dra_ui_test_close (window);
}

static void
test_bad_input (void)
{
  static const char binary[] = "\x7f"
                               "ELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0\x01\0\0\0\xf0\x10\0\0\0"
                               "\0\0\0@\0\0\0\0\0\0\0\x88\x99\xfe\xff\x00\x01\x02\x03\x04\x05";
  g_autofree char *empty = dra_ui_test_write ("empty.txt", "", 0);
  g_autofree char *elf = dra_ui_test_write ("program.txt", binary, sizeof binary);
  g_autofree char *folder = dra_ui_test_path ("folder");
  g_autofree char *gone = dra_ui_test_path ("gone.txt");

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  check_fails (empty);
  check_fails (elf);
  check_fails (folder);
  check_fails (gone);
}

static void
test_try_again (void)
{
  g_autofree char *path = dra_ui_test_path ("later.txt");
  DraWindow *window = dra_ui_test_open (path);

  g_assert_cmpstr (dra_window_get_page (window), ==, "failed");
  g_free (dra_ui_test_write ("later.txt", article_text, -1));
  dra_ui_test_act (window, "reload");
  WAIT_FOR (dra_window_is_settled (window));
  g_assert_cmpstr (dra_window_get_page (window), ==, "article");
  dra_ui_test_close (window);
}

static void
test_broken_utf8 (void)
{
  static const char broken[] = "A title\n\nBefore \xff\xfe\x80 after, and \xc3( too.\n";
  g_autofree char *path = dra_ui_test_write ("broken.txt", broken, sizeof broken - 1);
  DraWindow *window = dra_ui_test_open (path);
  const char *text;

  g_assert_cmpstr (dra_window_get_page (window), ==, "article");
  text = dra_article_get_text (dra_document_get_article (dra_window_get_document (window)), NULL);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_nonnull (strstr (text, "Before"));
  g_assert_nonnull (strstr (text, "after"));
  dra_ui_test_close (window);
}

/* root may do everything, so the attempt is made as someone else. */
static void
become (uid_t uid)
{
  if (getuid () == 0)
    g_assert_cmpint (seteuid (uid), ==, 0);
}

static void
test_no_permission (void)
{
  g_autofree char *folder = dra_ui_test_path ("locked");
  g_autofree char *path = g_build_filename (folder, "secret.txt", NULL);
  g_autofree char *target_path = g_build_filename (folder, "copy.html", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) target = g_file_new_for_path (target_path);
  DraWindow *window;
  GtkWindow *dialog;

  g_assert_cmpint (g_mkdir (folder, 0755), ==, 0);
  g_assert_true (g_file_set_contents (path, article_text, -1, NULL));
  /* What GTK reads once, such as its list of recent files, is to be read as ourselves. */
  dra_ui_test_close (dra_ui_test_open (path));
  g_assert_cmpint (g_chmod (path, 0000), ==, 0);
  g_assert_cmpint (g_chmod (folder, 0555), ==, 0);

  become (65534);
  window = dra_application_open_file (dra_ui_test_application (), file, NULL);
  WAIT_FOR (dra_window_is_settled (window));
  become (0);
  g_assert_cmpstr (dra_window_get_page (window), ==, "failed");
  g_test_message ("%s", dra_document_get_message (dra_window_get_document (window)));
  g_assert_nonnull (strstr (dra_document_get_message (dra_window_get_document (window)),
                            "secret.txt"));
  dra_ui_test_close (window);

  /* The same folder as a place for a copy. */
  g_assert_cmpint (g_chmod (path, 0444), ==, 0);
  window = dra_ui_test_open (path);
  become (65534);
  dra_window_save_copy (window, target);
  WAIT_FOR (find_dialog () != NULL);
  become (0);
  dialog = find_dialog ();
  g_test_message ("%s", adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog)));
  g_assert_nonnull (strstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog)), "copy.html"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "close");
  gtk_window_destroy (dialog);
  g_assert_false (g_file_query_exists (target, NULL));
  dra_ui_test_close (window);
}

static void
test_never_overwrites (void)
{
  g_autofree char *path = dra_ui_test_write ("original.html.txt", article_text, -1);
  g_autofree char *html = dra_ui_test_path ("original.html");
  g_autofree char *content = NULL;
  g_autoptr (GFile) target = g_file_new_for_path (html);
  DraWindow *window;
  GtkWindow *dialog;

  /* The name of the copy is the article itself, by another way. */
  g_assert_cmpint (symlink (path, html), ==, 0);
  window = dra_ui_test_open (path);
  dra_window_save_copy (window, target);
  WAIT_FOR (find_dialog () != NULL);
  dialog = find_dialog ();
  g_test_message ("%s", adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog)));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "close");
  gtk_window_destroy (dialog);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, article_text);
  dra_ui_test_close (window);
}

static gboolean
is_pdf (const char *path)
{
  g_autofree char *content = NULL;

  return g_file_get_contents (path, &content, NULL, NULL) && g_str_has_prefix (content, "%PDF-");
}

/* The format and folder of a copy are those of the next; the pages are printed. */
static void
test_save_and_print (void)
{
  g_autofree char *path = dra_ui_test_write ("printed.txt", article_text, -1);
  g_autofree char *copy_path = dra_ui_test_path ("printed-copy.md");
  g_autofree char *printed_path = dra_ui_test_path ("printed.pdf");
  g_autoptr (GFile) copy = g_file_new_for_path (copy_path);
  g_autoptr (GFile) folder = g_file_get_parent (copy);
  g_autofree char *uri = g_file_get_uri (folder);
  g_autofree char *format = NULL;
  g_autofree char *remembered = NULL;
  DraWindow *window = dra_ui_test_open (path);

  dra_window_save_copy (window, copy);
  WAIT_FOR (dra_ui_test_says (GTK_WIDGET (window), "Saved “printed-copy.md”"));
  format = g_settings_get_string (window->settings, "copy-format");
  remembered = g_settings_get_string (window->settings, "copy-folder");
  g_assert_cmpstr (format, ==, "markdown");
  g_assert_cmpstr (remembered, ==, uri);

  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "print"));
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "export"));
  dra_window_print (window, GTK_PRINT_OPERATION_ACTION_EXPORT, printed_path);
  WAIT_FOR (is_pdf (printed_path));
  dra_ui_test_close (window);
}

/* Notes of another program: placed, or lost but there; a second time nothing is new. */
static void
test_import (void)
{
  /* A title of its own: notes follow an article from file to file, changed or not. */
  g_autofree char *text = g_strconcat ("Council Meets Again in June", strchr (article_text, '\n'), NULL);
  g_autofree char *path = dra_ui_test_write ("import.txt", text, -1);
  g_autofree char *json_path = dra_ui_test_write ("export.json",
    "{\"annotations\": [{\"id\": \"a1\", \"text\": \"Why?\", \"tags\": [\"check\"], \"target\": [{\"selector\": ["
    "{\"type\": \"TextQuoteSelector\", \"exact\": \"resigned on Monday\", \"prefix\":"
    " \"The director of the Ellery Harbour Authority \", \"suffix\": \". Tobias Renwick, who has led\"}]}]},"
    "{\"id\": \"a2\", \"text\": \"Kept\", \"target\": [{\"selector\": ["
    "{\"type\": \"TextQuoteSelector\", \"exact\": \"quite another passage than any here\"}]}]}]}", -1);
  g_autofree char *bad_path = dra_ui_test_write ("bad.json", "{", -1);
  g_autoptr (GFile) json = g_file_new_for_path (json_path);
  g_autoptr (GFile) bad = g_file_new_for_path (bad_path);
  g_autofree char *copy_path = dra_ui_test_path ("import-copy.md");
  g_autoptr (GFile) copy = g_file_new_for_path (copy_path);
  DraWindow *window = dra_ui_test_open (path);
  GtkWindow *dialog;

  dra_window_import_notes (window, json);
  WAIT_FOR (dra_ui_test_says (GTK_WIDGET (window),
                              "2 notes imported. 1 has no place in this article."));
  g_assert_cmpuint (n_notes (window), ==, 2);
  dra_window_import_notes (window, json);
  WAIT_FOR (dra_ui_test_says (GTK_WIDGET (window), "There are no new notes in the file."));
  g_assert_cmpuint (n_notes (window), ==, 2);
  dra_window_save_copy (window, copy);
  WAIT_FOR (dra_ui_test_says (GTK_WIDGET (window), "Saved “import-copy.md”"));
  dra_ui_test_act (window, "undo");
  dra_ui_test_act (window, "undo");
  g_assert_cmpuint (n_notes (window), ==, 0);

  /* A copy brings them back. */
  dra_window_import_notes (window, copy);
  WAIT_FOR (n_notes (window) == 2);
  dra_ui_test_act (window, "undo");
  dra_ui_test_act (window, "undo");
  g_assert_cmpuint (n_notes (window), ==, 0);

  dra_window_import_notes (window, bad);
  WAIT_FOR (find_dialog () != NULL);
  dialog = find_dialog ();
  g_assert_nonnull (strstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog)), "bad.json"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "close");
  gtk_window_destroy (dialog);
  dra_ui_test_close (window);
}

/* Of this thread alone, so that a busy machine does not count. */
static gint64
cpu_time_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static void
test_large (void)
{
  const gsize size = 50 * 1024 * 1024;
  GString *large = g_string_sized_new (size + 1000);
  g_autofree char *path = NULL;
  DraWindow *window;
  gint64 worst = 0, last = g_get_monotonic_time ();
  g_autoptr (GFile) file = NULL;

  g_string_append (large, "A very long article\n\n");
  while (large->len < size)
    g_string_append (large, "the quick brown fox jumps over the lazy dog again and again, and "
                            "nobody minds, for it is only here to fill the page.\n\n");
  path = dra_ui_test_write ("large.txt", large->str, large->len);
  g_string_free (large, TRUE);

  /* The text is read and shown; names may still be sought when the window is closed. */
  file = g_file_new_for_path (path);
  window = dra_application_open_file (dra_ui_test_application (), file, NULL);
  while (!window->text_shown && g_get_monotonic_time () - last < 60 * G_USEC_PER_SEC)
    {
      gint64 before = cpu_time_us ();

      g_main_context_iteration (NULL, TRUE);
      worst = MAX (worst, cpu_time_us () - before);
    }
  g_assert_true (window->text_shown);
  g_assert_cmpstr (dra_window_get_page (window), ==, "article");
  g_test_message ("50 MB: shown after %.1f s, longest turn of the main loop %.0f ms of CPU",
                  (g_get_monotonic_time () - last) / 1e6, worst / 1e3);
  dra_ui_test_close (window);
  g_assert_cmpint (g_unlink (path), ==, 0);
}

/* }}} */

static void
test_initials (void)
{
  static const struct
  {
    DraEntityKind kind;
    const char   *name;
    const char   *initials;
  } cases[] = {
    { DRA_ENTITY_PERSON, "Alejandro Moreno Cardenas", "AC" },
    { DRA_ENTITY_PERSON, "Trump", "T" },
    { DRA_ENTITY_PERSON, "Leonardo da Vinci", "LV" },
    { DRA_ENTITY_PERSON, "Émile Zola", "ÉZ" },
    { DRA_ENTITY_PERSON, "“Bo” O'Neill", "BO" },
    { DRA_ENTITY_ORGANIZATION, "New York Times", "NY" },
    { DRA_ENTITY_ORGANIZATION, "Bank of England", "BE" },
    { DRA_ENTITY_ORGANIZATION, "CIA", "CIA" },
    { DRA_ENTITY_ORGANIZATION, "NATO", "N" },
    { DRA_ENTITY_PERSON, "…", "?" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *initials = dra_badge_initials (cases[i].kind, cases[i].name);

      g_assert_cmpstr (initials, ==, cases[i].initials);
    }
}

static void
add_tests (void)
{
  g_test_add_func ("/window/initials", test_initials);
  g_test_add_func ("/window/empty", test_empty);
  g_test_add_func ("/window/whole-path", test_whole_path);
  g_test_add_func ("/window/notes/undo", test_undo);
  g_test_add_func ("/window/notes/highlight", test_highlight);
  g_test_add_func ("/window/notes/type-and-close", test_type_and_close);
  g_test_add_func ("/window/notes/library-problem", test_library_problem);
  g_test_add_func ("/window/nobody", test_nobody);
  g_test_add_func ("/window/no-model", test_no_model);
  g_test_add_func ("/window/filter", test_filter);
  g_test_add_func ("/window/find", test_find);
  g_test_add_func ("/window/zoom", test_zoom);
  g_test_add_func ("/window/same-file", test_same_file);
  g_test_add_func ("/window/drop", test_drop);
  g_test_add_func ("/window/narrow", test_narrow);
  g_test_add_func ("/window/file-changes", test_file_changes);
  g_test_add_func ("/window/bad-input", test_bad_input);
  g_test_add_func ("/window/try-again", test_try_again);
  g_test_add_func ("/window/broken-utf8", test_broken_utf8);
  g_test_add_func ("/window/no-permission", test_no_permission);
  g_test_add_func ("/window/never-overwrites", test_never_overwrites);
  g_test_add_func ("/window/save-and-print", test_save_and_print);
  g_test_add_func ("/window/import", test_import);
  g_test_add_func ("/window/large", test_large);
  g_test_add_func ("/window/recent/open", test_recent); /* last: see dra_ui_test_main */
}

int
main (int   argc,
      char *argv[])
{
  return dra_ui_test_main (argc, argv, add_tests);
}
