/* dra-ui-test.c: what tests that drive the real window share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "dra-ui-test.h"

#include <string.h>

static DraApplication *application;

gboolean
dra_ui_test_tick (gpointer unused)
{
  return G_SOURCE_CONTINUE;
}

void
dra_ui_test_run (guint milliseconds)
{
  gint64 until = g_get_monotonic_time () + milliseconds * 1000;
  guint id = g_timeout_add (10, dra_ui_test_tick, NULL);

  while (g_get_monotonic_time () < until)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (id);
}

DraApplication *
dra_ui_test_application (void)
{
  return application;
}

DraWindow *
dra_ui_test_open (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  DraWindow *window = dra_application_open_file (application, file, NULL);

  WAIT_FOR (dra_window_is_settled (window));
  WAIT_FOR (gtk_widget_get_mapped (GTK_WIDGET (window)));
  return window;
}

void
dra_ui_test_close (DraWindow *window)
{
  gpointer weak = window;

  g_object_add_weak_pointer (G_OBJECT (window), &weak);
  gtk_window_close (GTK_WINDOW (window));
  WAIT_FOR (weak == NULL);
}

GtkWidget *
dra_ui_test_find (GtkWidget *root,
                  GType      type)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type) && gtk_widget_get_mapped (root))
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = dra_ui_test_find (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

gboolean
dra_ui_test_says (GtkWidget  *root,
                  const char *text)
{
  if (!gtk_widget_get_mapped (root))
    return FALSE;
  if (GTK_IS_LABEL (root) && strstr (gtk_label_get_text (GTK_LABEL (root)), text) != NULL)
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (dra_ui_test_says (child, text))
      return TRUE;

  return FALSE;
}

void
dra_ui_test_act (DraWindow  *window,
                 const char *action)
{
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (window), action));
  g_action_group_activate_action (G_ACTION_GROUP (window), action, NULL);
}

DraRange
dra_ui_test_find_text (DraWindow  *window,
                       const char *passage)
{
  DraArticle *article = dra_article_view_get_article (dra_window_get_view (window));
  const char *text = dra_article_get_text (article, NULL);
  const char *found = strstr (text, passage);

  g_assert_nonnull (found);
  return (DraRange) { found - text, found - text + strlen (passage) };
}

char *
dra_ui_test_path (const char *name)
{
  const char *dir = g_getenv ("DRA_TEST_DIR");

  g_assert_nonnull (dir); /* run me under run-ui */
  return g_build_filename (dir, name, NULL);
}

char *
dra_ui_test_write (const char *name,
                   const char *content,
                   gssize      length)
{
  g_autoptr (GError) error = NULL;
  char *path = dra_ui_test_path (name);

  g_file_set_contents (path, content, length, &error);
  g_assert_no_error (error);
  return path;
}

/* The label that a warning of these words is about. */
static GtkWidget *
find_label (GLogLevelFlags   level,
            const GLogField *fields,
            gsize            n_fields,
            const char      *before,
            const char      *after)
{
  gpointer label = NULL;

  if ((level & G_LOG_LEVEL_MASK) != G_LOG_LEVEL_WARNING)
    return NULL;

  for (gsize i = 0; i < n_fields && label == NULL; i++)
    if (g_str_equal (fields[i].key, "MESSAGE") && fields[i].length < 0
        && g_str_has_prefix (fields[i].value, before) && strstr (fields[i].value, after) != NULL)
      sscanf ((const char *) fields[i].value + strlen (before), "%p", &label);

  return label != NULL && GTK_IS_LABEL (label) ? label : NULL;
}

/* GTK 4.8 measures the keys of its own window of shortcuts as narrower than nothing. */
static gboolean
is_about_key_cap (GLogLevelFlags   level,
                  const GLogField *fields,
                  gsize            n_fields)
{
  GtkWidget *label = find_label (level, fields, n_fields, "GtkLabel ", " (label) reported min width");

  return label != NULL && gtk_widget_get_ancestor (label, GTK_TYPE_SHORTCUTS_WINDOW) != NULL;
}

/* libadwaita 1.7 measures the heading of its own message dialog narrower than the heading is
 * and is warned about it by GTK.  Nothing of ours has a say in that, so exactly this warning
 * does not end the test. */
static gboolean
is_about_heading_of_dialog (GLogLevelFlags   level,
                            const GLogField *fields,
                            gsize            n_fields)
{
  GtkWidget *label = find_label (level, fields, n_fields, "Trying to measure GtkLabel ", " for width of");

  return label != NULL && gtk_widget_get_ancestor (label, ADW_TYPE_MESSAGE_DIALOG) != NULL
         && gtk_widget_has_css_class (gtk_widget_get_parent (label), "heading-bin");
}

static GLogWriterOutput
log_writer (GLogLevelFlags   level,
            const GLogField *fields,
            gsize            n_fields,
            gpointer         data)
{
  if (is_about_key_cap (level, fields, n_fields) ||
      is_about_heading_of_dialog (level, fields, n_fields))
    return g_log_writer_standard_streams (level, fields, n_fields, data);
  return g_log_writer_default (level, fields, n_fields, data);
}

int
dra_ui_test_main (int    argc,
                  char  *argv[],
                  void (*add_tests) (void))
{
  g_autoptr (GError) error = NULL;
  int status;

  dra_ui_test_spare_quarks ();
  g_setenv ("GTK_A11Y", "test", FALSE);
  gtk_test_init (&argc, &argv, NULL);
  g_log_set_writer_func (log_writer, NULL, NULL);
  g_set_application_name ("Dramatis");

  /* GTK writes and reads its list some time later, in the middle of other tests. */
  g_object_set (gtk_settings_get_default (), "gtk-recent-files-enabled", FALSE, NULL);
  application = dra_application_new ();
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);

  add_tests ();
  status = g_test_run ();
  g_clear_object (&application);
  return status;
}
