/* test-help.c: the articles that come with Dramatis open in it, in the reader's language.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-help.h"
#include "app/dra-window-private.h"
#include "dra-ui-test.h"

static char *folder;

static void
test_language (void)
{
  static const struct
  {
    const char *languages;
    const char *name;
  } rows[] = {
    { "de", "de.md" },          { "de_AT", "de.md" },    { "xx:fr:de", "fr.md" },
    { "pt_BR", "pt_BR.md" },    { "es_MX", "es.md" },    { "xx", "en.md" },
    { "en_GB", "en.md" },       { "/etc/passwd", "en.md" }, { "../samples/help", "en.md" },
  };
  g_autofree char *before = g_strdup (g_getenv ("LANGUAGE"));

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = NULL;
      g_autofree char *name = NULL;

      g_setenv ("LANGUAGE", rows[i].languages, TRUE);
      path = dra_help_dup_path (folder);
      name = g_path_get_basename (path);
      g_assert_cmpstr (name, ==, rows[i].name);
      g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
    }
  if (before != NULL)
    g_setenv ("LANGUAGE", before, TRUE);
  else
    g_unsetenv ("LANGUAGE");
}

static DraWindow *
open_by (const char *action)
{
  DraWindow *window;

  g_action_group_activate_action (G_ACTION_GROUP (dra_ui_test_application ()), action, NULL);
  window = DRA_WINDOW (gtk_application_get_active_window (GTK_APPLICATION (dra_ui_test_application ())));
  WAIT_FOR (dra_window_is_settled (window));
  g_assert_cmpstr (dra_window_get_page (window), ==, "article");
  return window;
}

static guint
count_named (DraWindow  *window,
             const char *end)
{
  DraCast *cast = dra_document_get_cast (dra_window_get_document (window));
  guint n = 0;

  for (guint i = 0; cast != NULL && i < dra_cast_get_n_entities (cast); i++)
    n += g_str_has_suffix (dra_cast_get_entity (cast, i)->name, end);
  return n;
}

/* It is none of the articles somebody chose to read, and does not come up as a recent one. */
static void
test_part (void)
{
  g_autofree char *help = dra_help_dup_path (folder);
  g_autofree char *sample = dra_help_dup_sample (folder);
  g_autofree char *other = dra_ui_test_path ("en.md");
  g_autoptr (GFile) help_file = g_file_new_for_path (help);
  g_autoptr (GFile) sample_file = g_file_new_for_path (sample);
  g_autoptr (GFile) other_file = g_file_new_for_path (other);

  g_assert_true (dra_help_is_part (help_file));
  g_assert_true (dra_help_is_part (sample_file));
  g_assert_false (dra_help_is_part (other_file));
}

/* F1 opens it, once. */
static void
test_opens (void)
{
  char **keys = gtk_application_get_accels_for_action (GTK_APPLICATION (dra_ui_test_application ()),
                                                       "app.help");
  DraWindow *window = open_by ("help");

  g_assert_cmpstr (keys[0], ==, "F1");
  g_strfreev (keys);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "Help for Dramatis");
  g_assert_true (open_by ("help") == window);
  if (dra_document_get_cast (dra_window_get_document (window)) != NULL)
    {
      g_assert_cmpuint (count_named (window, "Olsen"), ==, 1);
      g_assert_cmpuint (count_named (window, "Northgate Town Council"), ==, 1);
    }
  dra_ui_test_close (window);
}

/* A window that has nothing to show offers the sample, which shows what can be done. */
static void
test_sample (void)
{
  DraWindow *window = dra_application_new_window (dra_ui_test_application ());
  DraWindow *sample;

  gtk_window_present (GTK_WINDOW (window));
  WAIT_FOR (gtk_widget_get_mapped (GTK_WIDGET (window)));
  g_assert_true (dra_ui_test_says (GTK_WIDGET (window), "Read a Sample Article"));
  sample = open_by ("sample");
  g_assert_true (sample == window);
  if (dra_document_get_cast (dra_window_get_document (sample)) != NULL)
    {
      g_assert_cmpuint (count_named (sample, " Berg"), ==, 2);
      g_assert_cmpuint (count_named (sample, "National Audit Office"), ==, 1);
      g_assert_cmpuint (count_named (sample, "NAO"), ==, 0);
    }
  dra_ui_test_close (sample);
}

/* Not a dead end: one sentence says which file is missing. */
static void
test_missing (void)
{
  g_autofree char *nowhere = dra_ui_test_path ("nowhere");
  DraWindow *window;

  g_setenv ("DRAMATIS_HELP", nowhere, TRUE);
  g_action_group_activate_action (G_ACTION_GROUP (dra_ui_test_application ()), "help", NULL);
  window = DRA_WINDOW (gtk_application_get_active_window (GTK_APPLICATION (dra_ui_test_application ())));
  WAIT_FOR (dra_window_is_settled (window));
  g_assert_cmpstr (dra_window_get_page (window), ==, "failed");
  g_setenv ("DRAMATIS_HELP", folder, TRUE);
  dra_ui_test_close (window);
}

static void
add_tests (void)
{
  folder = dra_help_dup_folder ();
  g_test_add_func ("/help/language", test_language);
  g_test_add_func ("/help/part", test_part);
  g_test_add_func ("/help/opens", test_opens);
  g_test_add_func ("/help/sample", test_sample);
  g_test_add_func ("/help/missing", test_missing);
}

int
main (int   argc,
      char *argv[])
{
  int status = dra_ui_test_main (argc, argv, add_tests);

  g_free (folder);
  return status;
}
