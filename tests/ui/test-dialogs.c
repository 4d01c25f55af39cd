/* test-dialogs.c: what the dialogs to save, export, print and import propose and do.
 *
 * With SCREENSHOTS, a picture of each is written into that folder, to be looked at.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-screenshot.h"
#include "app/dra-window-private.h"
#include "dra-ui-test.h"

static const char article_text[] =
  "Council Meets: What \"Next\"?\n\nThe council meets on Monday, said Tobias Renwick. Nobody knows why.\n\n"
  "Mr. Renwick left early.\n";

/* A dialog of GTK, which has no accessible type for some of them. */
static GtkWidget *
find_window (const char *type)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (toplevels, i);

      if (g_type_is_a (G_OBJECT_TYPE (window), g_type_from_name (type)) && gtk_widget_get_mapped (window))
        return window;
    }

  return NULL;
}

/* The dialog that an action opens, once it can. */
static GtkWidget *
open_dialog (DraWindow  *window,
             const char *action,
             const char *type)
{
  WAIT_FOR (g_action_group_get_action_enabled (G_ACTION_GROUP (window), action));
  dra_ui_test_act (window, action);
  /* The type is registered with the first dialog. */
  WAIT_FOR (g_type_from_name (type) != 0 && find_window (type) != NULL);
  dra_ui_test_run (100);

  return find_window (type);
}

static void
shoot (GtkWidget  *window,
       const char *name)
{
  const char *folder = g_getenv ("SCREENSHOTS");
  g_autofree char *file = g_strconcat ("dialog-", name, ".png", NULL);
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  if (folder == NULL)
    return;
  path = g_build_filename (folder, file, NULL);
  dra_ui_test_run (500);
  dra_screenshot_save (window, path, &error);
  g_assert_no_error (error);
}

static void
answer (GtkWidget  *dialog,
        int         response,
        const char *type)
{
  gtk_dialog_response (GTK_DIALOG (dialog), response);
  WAIT_FOR (find_window (type) == NULL);
}

/* The dialog comes to its folder when it has looked into it. */
static gboolean
shows_folder (GtkWidget  *dialog,
              const char *folder)
{
  g_autoptr (GFile) current = gtk_file_chooser_get_current_folder (GTK_FILE_CHOOSER (dialog));
  g_autofree char *path = current != NULL ? g_file_get_path (current) : NULL;

  return g_strcmp0 (path, folder) == 0;
}

static void
assert_proposed (GtkWidget  *dialog,
                 const char *name,
                 const char *folder,
                 const char *filter)
{
  g_autofree char *proposed = gtk_file_chooser_get_current_name (GTK_FILE_CHOOSER (dialog));

  g_assert_cmpstr (proposed, ==, name);
  WAIT_FOR (shows_folder (dialog, folder));
  g_assert_cmpstr (gtk_file_filter_get_name (gtk_file_chooser_get_filter (GTK_FILE_CHOOSER (dialog))), ==, filter);
}

/* HTML beside the article at first; then the folder and format of the last copy. */
static void
test_save (void)
{
  g_autofree char *path = dra_ui_test_write ("Council.txt", article_text, -1);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *other = dra_ui_test_path ("copies");
  g_autofree char *copy = g_build_filename (other, "Council Meets What Next (annotated).md", NULL);
  g_autofree char *content = NULL;
  g_autoptr (GFile) other_file = g_file_new_for_path (other);
  g_autoptr (GFile) target = g_file_get_child (other_file, "first.md");
  DraWindow *window = dra_ui_test_open (path);
  GtkWidget *dialog;

  g_assert_cmpint (g_mkdir_with_parents (other, 0700), ==, 0);
  dialog = open_dialog (window, "save-copy", "GtkFileChooserDialog");
  shoot (dialog, "save");
  assert_proposed (dialog, "Council Meets What Next (annotated).html", folder, "Web page, to read anywhere (.html)");
  answer (dialog, GTK_RESPONSE_CANCEL, "GtkFileChooserDialog");

  dra_window_save_copy (window, target);
  WAIT_FOR (dra_ui_test_says (GTK_WIDGET (window), "Saved “first.md”"));
  dialog = open_dialog (window, "save-copy", "GtkFileChooserDialog");
  assert_proposed (dialog, "Council Meets What Next (annotated).md", other, "Markdown, with notes as footnotes (.md)");
  answer (dialog, GTK_RESPONSE_ACCEPT, "GtkFileChooserDialog");
  WAIT_FOR (g_file_test (copy, G_FILE_TEST_EXISTS));
  dra_ui_test_close (window);

  /* The article is now what would be proposed. */
  window = dra_ui_test_open (copy);
  dialog = open_dialog (window, "save-copy", "GtkFileChooserDialog");
  assert_proposed (dialog, "Council Meets What Next (annotated) 2.md", other, "Markdown, with notes as footnotes (.md)");
  answer (dialog, GTK_RESPONSE_CANCEL, "GtkFileChooserDialog");
  dra_ui_test_close (window);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, article_text);
}

static void
test_import (void)
{
  g_autofree char *path = dra_ui_test_write ("Imported.txt", article_text, -1);
  g_autofree char *expected = g_path_get_dirname (path);
  DraWindow *window = dra_ui_test_open (path);
  GtkWidget *dialog;

  g_settings_reset (window->settings, "copy-folder");
  dialog = open_dialog (window, "import-notes", "GtkFileChooserDialog");
  shoot (dialog, "import");
  WAIT_FOR (shows_folder (dialog, expected));
  answer (dialog, GTK_RESPONSE_CANCEL, "GtkFileChooserDialog");
  dra_ui_test_close (window);
}

/* The check button with this label, below a widget. */
static GtkCheckButton *
find_check (GtkWidget  *widget,
            const char *label)
{
  if (GTK_IS_CHECK_BUTTON (widget)
      && g_strcmp0 (gtk_check_button_get_label (GTK_CHECK_BUTTON (widget)), label) == 0)
    return GTK_CHECK_BUTTON (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkCheckButton *found = find_check (child, label);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
show_tab (GtkWidget *inside)
{
  GtkWidget *notebook = gtk_widget_get_ancestor (inside, GTK_TYPE_NOTEBOOK);

  for (int i = 0; i < gtk_notebook_get_n_pages (GTK_NOTEBOOK (notebook)); i++)
    if (gtk_widget_is_ancestor (inside, gtk_notebook_get_nth_page (GTK_NOTEBOOK (notebook), i))
        || inside == gtk_notebook_get_nth_page (GTK_NOTEBOOK (notebook), i))
      gtk_notebook_set_current_page (GTK_NOTEBOOK (notebook), i);
}

static void
test_print (void)
{
  static const char *const labels[] = {
    "_Mark people and organizations in the text", "_Highlights and notes", "_List of people and organizations",
  };
  g_autofree char *path = dra_ui_test_write ("Printed.txt", article_text, -1);
  DraWindow *window = dra_ui_test_open (path);
  GtkWidget *dialog;

  dialog = open_dialog (window, "print", "GtkPrintUnixDialog");
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      GtkCheckButton *check = find_check (dialog, labels[i]);

      g_assert_nonnull (check);
      g_assert_true (gtk_check_button_get_active (check));
    }
  shoot (dialog, "print");
  show_tab (GTK_WIDGET (find_check (dialog, labels[0])));
  shoot (dialog, "print-article");
  answer (dialog, GTK_RESPONSE_CANCEL, "GtkPrintUnixDialog");
  dra_ui_test_close (window);
}

static void
add_tests (void)
{
  g_test_add_func ("/dialogs/save", test_save);
  g_test_add_func ("/dialogs/import", test_import);
  g_test_add_func ("/dialogs/print", test_print);
}

int
main (int   argc,
      char *argv[])
{
  return dra_ui_test_main (argc, argv, add_tests);
}
