/* test-paste.c: articles from the clipboard and dropped files, and two fingers on the text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-window-private.h"
#include "dra-ui-test.h"

#include <string.h>

/* The window that opens when this is on the clipboard and Ctrl+V is pressed over the text. */
static DraWindow *
paste (DraWindow  *window,
       const char *html,
       const char *text,
       const char *expected)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (window));
  GdkContentProvider *kinds[2];
  g_autoptr (GdkContentProvider) all = NULL;
  gsize n = 0;
  DraWindow *found = NULL;

  if (html != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (html, strlen (html));

      kinds[n++] = gdk_content_provider_new_for_bytes ("text/html", bytes);
    }
  kinds[n++] = gdk_content_provider_new_typed (G_TYPE_STRING, text);
  all = gdk_content_provider_new_union (kinds, n);
  gdk_clipboard_set_content (clipboard, all);
  g_signal_emit_by_name (dra_article_view_get_text_view (window->view), "paste-clipboard");

  for (guint i = 0; found == NULL && i < 500; i++)
    {
      GList *windows = gtk_application_get_windows (GTK_APPLICATION (dra_ui_test_application ()));

      for (; windows != NULL; windows = windows->next)
        if (DRA_IS_WINDOW (windows->data) && windows->data != window
            && dra_article_view_get_article (dra_window_get_view (windows->data)) != NULL
            && strstr (dra_article_get_text (dra_article_view_get_article (
                         dra_window_get_view (windows->data)), NULL), expected) != NULL)
          found = windows->data;
      dra_ui_test_run (20);
    }
  g_assert_nonnull (found);
  WAIT_FOR (dra_window_is_settled (found));
  return found;
}

#define PAGE "<h1>The Bell of Norvik</h1><p>The bell was cast in 1890 and rings at noon.</p>" \
             "<script>alert (1)</script><p>It was paid for by Ingrid Dahl, \xe2\x80\x9cin one " \
             "coin\xe2\x80\x9d.</p>"

/* A piece of a page keeps its form, and what is noted on it outlives the window. */
static void
test_html (void)
{
  g_autofree char *path = dra_ui_test_write ("first.txt", "A first article.\n", -1);
  DraWindow *window = dra_ui_test_open (path);
  DraWindow *pasted = paste (window, PAGE, "The Bell of Norvik", "rings at noon");
  DraArticle *article = dra_article_view_get_article (pasted->view);
  const char *text = dra_article_get_text (article, NULL);
  const DraBlock *blocks;
  guint n_blocks;
  DraRange range;
  g_autoptr (DraNote) note = NULL;

  blocks = dra_article_get_blocks (article, &n_blocks);
  g_assert_true (blocks[0].kind == DRA_BLOCK_TITLE || blocks[0].kind == DRA_BLOCK_HEADING);
  g_assert_null (strstr (text, "alert"));
  g_assert_nonnull (strstr (text, "\xe2\x80\x9cin one coin\xe2\x80\x9d"));
  range.start = strstr (text, "Ingrid Dahl") - text;
  range.end = range.start + strlen ("Ingrid Dahl");
  g_assert_nonnull (dra_document_add_note (dra_window_get_document (pasted), range,
                                           DRA_NOTE_GREEN));
  WAIT_FOR (!dra_document_get_busy (dra_window_get_document (pasted)));
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (pasted), "save-copy"));
  dra_ui_test_close (pasted);

  pasted = paste (window, PAGE, "The Bell of Norvik", "rings at noon");
  WAIT_FOR (g_list_model_get_n_items (
              dra_document_get_notes (dra_window_get_document (pasted))) == 1);
  note = g_list_model_get_item (dra_document_get_notes (dra_window_get_document (pasted)), 0);
  g_assert_cmpint (dra_note_get_anchor (note, &range, NULL), ==, DRA_ANCHOR_EXACT);
  g_clear_object (&note);
  dra_ui_test_close (pasted);
  dra_ui_test_close (window);
}

static void
test_text (void)
{
  g_autofree char *path = dra_ui_test_write ("second.txt", "A second article.\n", -1);
  DraWindow *window = dra_ui_test_open (path);
  DraWindow *pasted = paste (window, NULL, "Notes on rope\n\nHemp <b>rots</b>.\n", "Hemp <b>rots</b>.");

  dra_ui_test_close (pasted);
  dra_ui_test_close (window);
}

/* Two fingers that move apart, as GTK tells of them. */
static void
test_pinch (void)
{
  g_autofree char *path = dra_ui_test_write ("third.txt", "A third article.\n", -1);
  DraWindow *window = dra_ui_test_open (path);
  g_autoptr (GListModel) controllers
    = gtk_widget_observe_controllers (GTK_WIDGET (window->view));
  g_autoptr (GtkGesture) pinch = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && pinch == NULL; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_GESTURE_ZOOM (controller))
        pinch = g_object_ref (GTK_GESTURE (controller));
    }
  g_assert_nonnull (pinch);
  dra_article_view_set_zoom (window->view, 1);
  g_signal_emit_by_name (pinch, "begin", NULL);
  g_signal_emit_by_name (pinch, "scale-changed", 1.26);
  g_assert_cmpfloat_with_epsilon (dra_article_view_get_zoom (window->view), 1.25, .001);
  g_signal_emit_by_name (pinch, "scale-changed", 1.5);
  g_assert_cmpfloat_with_epsilon (dra_article_view_get_zoom (window->view), 1.5, .001);
  g_signal_emit_by_name (pinch, "begin", NULL);
  g_signal_emit_by_name (pinch, "scale-changed", .1);
  g_assert_cmpfloat_with_epsilon (dra_article_view_get_zoom (window->view), .5, .001);
  dra_article_view_set_zoom (window->view, 1);
  /* A swipe opens and closes the sidebar. */
  g_assert_true (adw_flap_get_swipe_to_open (window->flap));
  g_assert_true (adw_flap_get_swipe_to_close (window->flap));
  dra_ui_test_close (window);
}

static DraWindow *
find_window (GFile *file)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (dra_ui_test_application ()));

  for (; windows != NULL; windows = windows->next)
    if (DRA_IS_WINDOW (windows->data) && dra_window_is_settled (windows->data)
        && dra_window_shows (windows->data, file))
      return windows->data;
  return NULL;
}

/* Two files dropped at once on a window that has an article: each gets a window. */
static void
test_drop (void)
{
  g_autofree char *path = dra_ui_test_write ("fourth.txt", "A fourth article.\n", -1);
  g_autofree char *hemp = dra_ui_test_write ("hemp.txt", "Of Hemp\n\nIt rots.\n", -1);
  g_autofree char *nylon = dra_ui_test_write ("nylon.txt", "Of Nylon\n\nIt does not.\n", -1);
  g_autoptr (GFile) first = g_file_new_for_path (hemp);
  g_autoptr (GFile) second = g_file_new_for_path (nylon);
  DraWindow *window = dra_ui_test_open (path);
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (window));
  g_autoptr (GtkEventController) drop = NULL;
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean taken = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && drop == NULL; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        drop = g_object_ref (controller);
    }
  g_assert_nonnull (drop);
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_array ((GFile *[2]) { first, second }, 2));
  g_signal_emit_by_name (drop, "drop", &value, 10., 10., &taken);
  g_assert_true (taken);
  WAIT_FOR (find_window (first) != NULL);
  WAIT_FOR (find_window (second) != NULL);
  dra_ui_test_close (find_window (first));
  dra_ui_test_close (find_window (second));
  dra_ui_test_close (window);
}

static void
add_tests (void)
{
  g_test_add_func ("/paste/drop", test_drop);
  g_test_add_func ("/paste/html", test_html);
  g_test_add_func ("/paste/text", test_text);
  g_test_add_func ("/paste/pinch", test_pinch);
}

int
main (int   argc,
      char *argv[])
{
  return dra_ui_test_main (argc, argv, add_tests);
}
