/* dra-application.c: the one process that owns all windows.
 *
 * Files come by command line, by D-Bus (a double click) or from a window; a file that is
 * open already is presented, not opened again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-application.h"

#include <glib/gi18n.h>

#include "app/dra-corrections-window.h"
#include "app/dra-preferences.h"
#include "app/dra-restore-dialog.h"
#include "app/dra-screenshot.h"
#include "app/dra-color-names.h"
#include "app/dra-help.h"
#include "app/dra-search-provider.h"
#include "app/dra-settings.h"
#include "library/dra-library-names.h"
#include "worker/dra-worker-client.h"

#define SCREENSHOT_POLL_MS 50
#define SCREENSHOT_LIMIT_MS 60000

struct _DraApplication
{
  AdwApplication parent_instance;

  DraServices       *services;
  DraSearchProvider *search; /* (nullable) while it is on the bus */
  GSettings         *settings;

  /* --screenshot */
  char          *screenshot_path;
  guint          screenshot_id;
  guint          screenshot_waited; /* milliseconds */
  guint          screenshot_calm;   /* polls since all was shown */
  int            exit_status;
};

G_DEFINE_FINAL_TYPE (DraApplication, dra_application, ADW_TYPE_APPLICATION)

static const GOptionEntry options[] = {
  { "new-window", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Open a new window"), NULL },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Show the version and exit"), NULL },
  { "screenshot", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME, NULL,
    N_("Open the file, save a picture of the window and exit"), N_("PNG") },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL, N_("[FILE…]") },
  { NULL },
};

static const struct
{
  const char *action;
  const char *keys[5];
} accelerators[] = {
  { "app.new-window", { "<Control>n" } },
  { "app.quit", { "<Control>q" } },
  { "app.help", { "F1" } },
  { "app.all-notes", { "<Control><Shift>f" } },
  { "win.open", { "<Control>o" } },
  { "win.close", { "<Control>w" } },
  { "win.reload", { "F5", "<Control>r" } },
  { "win.save-copy", { "<Control>s", "<Control><Shift>s" } },
  { "win.print", { "<Control>p" } },
  { "win.find", { "<Control>f" } },
  { "win.find-next", { "<Control>g" } },
  { "win.find-previous", { "<Control><Shift>g" } },
  { "win.zoom-in", { "<Control>plus", "<Control>equal", "<Control>KP_Add" } },
  { "win.zoom-out", { "<Control>minus", "<Control>KP_Subtract" } },
  { "win.zoom-normal", { "<Control>0", "<Control>KP_0" } },
  { "win.add-note", { "<Control>m" } },
  { "win.add-article-note", { "<Control><Shift>m" } },
  { "win.add-entity-note", { "<Control><Alt>m" } },
  { "win.highlight", { "<Control>h" } },
  { "win.next-mention", { "F4" } },
  { "win.previous-mention", { "<Shift>F4" } },
  { "win.read-aloud", { "F8" } },
  { "win.stop-reading", { "<Shift>F8" } },
  { "win.next-sentence", { "<Alt>Down" } },
  { "win.previous-sentence", { "<Alt>Up" } },
  { "win.toggle-sidebar", { "F9" } },
  { "win.switch-pane", { "F6" } },
  { "win.show-cast", { "<Alt>1" } },
  { "win.show-notes", { "<Alt>2" } },
  { "win.show-outline", { "<Alt>3" } },
  { "win.filter-cast", { "<Control>l" } },
  { "win.list-together", { "<Control>t" } },
  { "win.list-quotations", { "<Control>d" } },
  { "win.whole-page", { "<Control><Shift>p" } },
  { "win.copy-quotation", { "<Control><Shift>c" } },
  { "app.preferences", { "<Control>comma" } },
  { "win.show-help-overlay", { "<Control>question" } },
};

/* {{{ Actions */

static void
new_window_action (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  gtk_window_present (GTK_WINDOW (dra_application_new_window (user_data)));
}

static DraWindow *
free_window (DraApplication *self)
{
  GtkWindow *active = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (DRA_IS_WINDOW (active) && dra_window_is_free (DRA_WINDOW (active)))
    return DRA_WINDOW (active);
  return NULL;
}

/* What comes with Dramatis is read like any other article. */
static void
open_own (DraApplication *self,
          char         *(*dup_path) (const char *folder))
{
  g_autofree char *folder = dra_help_dup_folder ();
  g_autofree char *path = dup_path (folder);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  dra_application_open_file (self, file, free_window (self));
}

static void
help_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  open_own (user_data, dra_help_dup_path);
}

static void
sample_action (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  open_own (user_data, dra_help_dup_sample);
}

static void
open_note_cb (DraApplication *self,
              const char     *uri,
              const char     *uuid)
{
  g_autoptr (GFile) file = g_file_new_for_uri (uri);

  dra_window_show_note (dra_application_open_file (self, file, NULL), uuid);
}

/* Every article that is open has other notes now. */
static void
restored_cb (DraApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (DRA_IS_WINDOW (l->data) && g_action_group_get_action_enabled (l->data, "reload"))
      g_action_group_activate_action (l->data, "reload", NULL);
}

/**
 * dra_application_show_all_notes:
 * @self: the application
 *
 * Presents the window that lists the notes of all articles, of which there is one.
 *
 * Returns: (transfer none): the window
 */
DraLibraryWindow *
dra_application_show_all_notes (DraApplication *self)
{
  DraLibraryWindow *window = NULL;

  g_return_val_if_fail (DRA_IS_APPLICATION (self), NULL);

  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (DRA_IS_LIBRARY_WINDOW (l->data))
      window = l->data;
  if (window == NULL)
    {
      window = dra_library_window_new (self->services);
      gtk_window_set_application (GTK_WINDOW (window), GTK_APPLICATION (self));
      g_signal_connect_object (window, "open-note", G_CALLBACK (open_note_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (window, "restored", G_CALLBACK (restored_cb), self,
                               G_CONNECT_SWAPPED);
    }
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
all_notes_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  dra_application_show_all_notes (user_data);
}

static void
quit_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  GtkApplication *application = GTK_APPLICATION (user_data);
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (application));

  /* Each may have notes to write first; the last one closed ends the program. */
  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);
}

/* Lines that were broken to fit a file are joined again; paragraphs and items stay. */
static char *
dup_unwrapped (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *joined = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      gboolean goes_on = i > 0 && *lines[i] != '\0' && *lines[i] != '-' && *lines[i - 1] != '\0';

      if (i > 0)
        g_string_append_c (joined, goes_on ? ' ' : '\n');
      g_string_append (joined, g_strchug (lines[i]));
    }

  return g_string_free (joined, FALSE);
}

static void
show_about (DraApplication *self,
            const char     *attribution)
{
  GtkWidget *window = adw_about_window_new ();
  AdwAboutWindow *about = ADW_ABOUT_WINDOW (window);

  adw_about_window_set_application_name (about, _("Dramatis"));
  adw_about_window_set_application_icon (about, DRA_APP_ID);
  adw_about_window_set_version (about, DRA_VERSION);
  adw_about_window_set_developer_name (about, _("The Dramatis developers"));
  adw_about_window_set_license_type (about, GTK_LICENSE_GPL_3_0);
  adw_about_window_set_comments (
    about, _("Opens an article and shows the people and organizations in it, with your notes "
             "beside the text. Nothing leaves this computer."));
  if (attribution != NULL)
    {
      g_autofree char *unwrapped = dup_unwrapped (attribution);
      g_autofree char *escaped = g_markup_escape_text (unwrapped, -1);

      adw_about_window_add_legal_section (about, _("How Names Are Found"), NULL, GTK_LICENSE_CUSTOM,
                                          escaped);
    }
  gtk_window_set_transient_for (GTK_WINDOW (window),
                                gtk_application_get_active_window (GTK_APPLICATION (self)));
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_present (GTK_WINDOW (window));
}

static void
about_recognizer_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (DraApplication) self = user_data;
  g_autoptr (DraRecognizer) recognizer =
    dra_services_get_recognizer_finish (DRA_SERVICES (source), result, NULL);

  show_about (self, recognizer != NULL ? dra_recognizer_get_attribution (recognizer) : NULL);
  g_application_release (G_APPLICATION (self));
}

/* What the names are found with says itself what it was made from. */
static void
about_action (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  DraApplication *self = user_data;

  g_application_hold (G_APPLICATION (self));
  dra_services_get_recognizer_async (self->services, NULL, about_recognizer_cb,
                                     g_object_ref (self));
}

static void
preferences_action (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  GtkWindow *parent = gtk_application_get_active_window (GTK_APPLICATION (user_data));

  if (DRA_IS_PREFERENCES (parent))
    {
      gtk_window_present (parent);
      return;
    }
  gtk_window_present (dra_preferences_new (parent));
}

static void
restore_backup_action (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       user_data)
{
  DraApplication *self = user_data;
  GtkWindow *dialog = dra_restore_dialog_new (gtk_application_get_active_window (GTK_APPLICATION (self)),
                                              self->services);

  g_signal_connect_object (dialog, "restored", G_CALLBACK (restored_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (dialog);
}

static void
forget_library_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (DraLibrary) library
    = dra_services_get_library_finish (DRA_SERVICES (source), result, NULL);

  if (library != NULL)
    dra_library_wipe_names_async (library, NULL, NULL);
}

/* Who is in which article; what is open is noted again when it is opened again. */
static void
forget_names_action (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  DraApplication *self = user_data;

  dra_services_get_library_async (self->services, NULL, forget_library_cb, NULL);
}

static void
corrections_action (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  DraApplication *self = user_data;
  GtkWindow *parent = gtk_application_get_active_window (GTK_APPLICATION (self));

  gtk_window_present (dra_corrections_window_new (parent, self->services));
}

static const GActionEntry entries[] = {
  { "corrections", corrections_action },
  { "forget-names", forget_names_action },
  { "preferences", preferences_action },
  { "restore-backup", restore_backup_action },
  { "new-window", new_window_action },
  { "all-notes", all_notes_action },
  { "help", help_action },
  { "sample", sample_action },
  { "quit", quit_action },
  { "about", about_action },
};

/* }}} */
/* {{{ --screenshot */

static void
screenshot_done (DraApplication *self,
                 int             status)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  self->exit_status = status;
  self->screenshot_id = 0;
  if (window != NULL)
    gtk_window_destroy (window);
}

static gboolean
screenshot_cb (gpointer user_data)
{
  DraApplication *self = user_data;
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));
  g_autoptr (GError) error = NULL;

  self->screenshot_waited += SCREENSHOT_POLL_MS;
  if (window == NULL || self->screenshot_waited > SCREENSHOT_LIMIT_MS)
    {
      g_printerr ("%s\n", _("The window was not ready in time for a picture of it."));
      screenshot_done (self, 1);
      return G_SOURCE_REMOVE;
    }

  /* A few frames after the last change everything has its place. */
  if (!dra_window_is_settled (DRA_WINDOW (window)) || !gtk_widget_get_mapped (GTK_WIDGET (window)))
    self->screenshot_calm = 0;
  else
    self->screenshot_calm++;
  if (self->screenshot_calm < 10)
    return G_SOURCE_CONTINUE;

  if (!dra_screenshot_save (GTK_WIDGET (window), self->screenshot_path, &error))
    {
      g_printerr ("%s\n", error->message);
      screenshot_done (self, 1);
    }
  else if (g_str_equal (dra_window_get_page (DRA_WINDOW (window)), "failed"))
    {
      g_printerr ("%s\n",
                  dra_document_get_message (dra_window_get_document (DRA_WINDOW (window))));
      screenshot_done (self, 1);
    }
  else
    {
      screenshot_done (self, 0);
    }

  return G_SOURCE_REMOVE;
}

/* }}} */
/* {{{ Application */

static void
style_changed_cb (DraApplication *self)
{
  static const AdwColorScheme schemes[] = { ADW_COLOR_SCHEME_DEFAULT,
                                            ADW_COLOR_SCHEME_FORCE_LIGHT,
                                            ADW_COLOR_SCHEME_FORCE_DARK,
                                            ADW_COLOR_SCHEME_FORCE_LIGHT, /* sepia */
                                            ADW_COLOR_SCHEME_DEFAULT /* high contrast */ };
  int style = g_settings_get_enum (self->settings, "style");

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      schemes[CLAMP (style, 0, 4)]);
}

static void
search_open_cb (DraApplication *self,
                const char     *uri,
                const char     *note)
{
  g_autoptr (GFile) file = g_file_new_for_uri (uri);
  DraWindow *window = dra_application_open_file (self, file, free_window (self));

  if (note != NULL)
    dra_window_show_note (window, note);
}

static void
search_cb (DraApplication *self,
           const char     *text)
{
  dra_library_window_search (dra_application_show_all_notes (self), text);
}

/* The desktop's search asks the process that has the name. */
static gboolean
dra_application_dbus_register (GApplication     *application,
                               GDBusConnection  *connection,
                               const char       *path,
                               GError          **error)
{
  DraApplication *self = DRA_APPLICATION (application);
  g_autoptr (GError) taken = NULL;

  if (!G_APPLICATION_CLASS (dra_application_parent_class)->dbus_register (application, connection, path, error))
    return FALSE;
  self->search = dra_search_provider_new (application, self->services);
  g_signal_connect_object (self->search, "open", G_CALLBACK (search_open_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "search", G_CALLBACK (search_cb), self, G_CONNECT_SWAPPED);
  if (!dra_search_provider_export (self->search, connection, &taken))
    g_warning ("%s", taken->message);
  return TRUE;
}

static void
dra_application_dbus_unregister (GApplication    *application,
                                 GDBusConnection *connection,
                                 const char      *path)
{
  g_clear_object (&DRA_APPLICATION (application)->search);
  G_APPLICATION_CLASS (dra_application_parent_class)->dbus_unregister (application, connection, path);
}

static void
dra_application_startup (GApplication *application)
{
  DraApplication *self = DRA_APPLICATION (application);

  /* Loads its libraries while GTK loads its own. */
  dra_worker_prepare ();
  G_APPLICATION_CLASS (dra_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (DRA_APP_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (gsize i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accelerators[i].action,
                                           accelerators[i].keys);

  self->settings = dra_settings_get_default ();
  if (self->settings != NULL)
    dra_color_names_load (self->settings);
  if (self->settings != NULL)
    {
      g_autoptr (GAction) style = g_settings_create_action (self->settings, "style");

      g_action_map_add_action (G_ACTION_MAP (self), style);
      g_signal_connect_object (self->settings, "changed::style", G_CALLBACK (style_changed_cb),
                               self, G_CONNECT_SWAPPED);
      style_changed_cb (self);
    }
}

static void
dra_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window == NULL)
    window = GTK_WINDOW (dra_application_new_window (DRA_APPLICATION (application)));
  gtk_window_present (window);
}

static void
dra_application_open (GApplication *application,
                      GFile       **files,
                      int           n_files,
                      const char   *hint)
{
  DraApplication *self = DRA_APPLICATION (application);

  for (int i = 0; i < n_files; i++)
    dra_application_open_file (self, files[i], free_window (self));
}

static int
dra_application_handle_local_options (GApplication *application,
                                      GVariantDict *values)
{
  DraApplication *self = DRA_APPLICATION (application);

  if (g_variant_dict_contains (values, "version"))
    {
      g_print ("dramatis %s\n", DRA_VERSION);
      return 0;
    }

  /* A picture is made by a process of its own, whatever else runs. */
  if (g_variant_dict_lookup (values, "screenshot", "^ay", &self->screenshot_path))
    g_application_set_flags (application,
                             g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);

  return -1;
}

static int
dra_application_command_line (GApplication            *application,
                              GApplicationCommandLine *command_line)
{
  DraApplication *self = DRA_APPLICATION (application);
  GVariantDict *values = g_application_command_line_get_options_dict (command_line);
  g_autofree const char **names = NULL;
  gboolean new_window = g_variant_dict_contains (values, "new-window");

  g_variant_dict_lookup (values, G_OPTION_REMAINING, "^a&ay", &names);
  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autoptr (GFile) file =
        g_application_command_line_create_file_for_arg (command_line, names[i]);

      dra_application_open_file (self, file, new_window ? NULL : free_window (self));
    }

  if (names == NULL || names[0] == NULL)
    {
      if (new_window)
        new_window_action (NULL, NULL, self);
      else
        g_application_activate (application);
    }

  if (self->screenshot_path != NULL && self->screenshot_id == 0)
    self->screenshot_id = g_timeout_add (SCREENSHOT_POLL_MS, screenshot_cb, self);
  return 0;
}

static void
dra_application_finalize (GObject *object)
{
  DraApplication *self = DRA_APPLICATION (object);

  g_clear_handle_id (&self->screenshot_id, g_source_remove);
  g_clear_object (&self->search);
  g_clear_object (&self->services);
  g_free (self->screenshot_path);

  G_OBJECT_CLASS (dra_application_parent_class)->finalize (object);
}

static void
dra_application_class_init (DraApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = dra_application_finalize;
  application_class->dbus_register = dra_application_dbus_register;
  application_class->dbus_unregister = dra_application_dbus_unregister;
  application_class->startup = dra_application_startup;
  application_class->activate = dra_application_activate;
  application_class->open = dra_application_open;
  application_class->handle_local_options = dra_application_handle_local_options;
  application_class->command_line = dra_application_command_line;
}

static void
dra_application_init (DraApplication *self)
{
  self->services = dra_services_new ();
  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_summary (
    G_APPLICATION (self), _("Opens articles and shows the people and organizations in them."));
}

/* }}} */

/**
 * dra_application_new:
 *
 * Returns: (transfer full): the application
 */
DraApplication *
dra_application_new (void)
{
  return g_object_new (DRA_TYPE_APPLICATION, "application-id", DRA_APP_ID, "flags",
                       G_APPLICATION_HANDLES_OPEN | G_APPLICATION_HANDLES_COMMAND_LINE,
                       "resource-base-path", "/io/github/dramatis/Dramatis", NULL);
}

DraServices *
dra_application_get_services (DraApplication *self)
{
  g_return_val_if_fail (DRA_IS_APPLICATION (self), NULL);

  return self->services;
}

/**
 * dra_application_get_exit_status:
 * @self: the application
 *
 * Returns: 1 when a picture was asked for and could not be made, else 0
 */
int
dra_application_get_exit_status (DraApplication *self)
{
  g_return_val_if_fail (DRA_IS_APPLICATION (self), 1);

  return self->exit_status;
}

/**
 * dra_application_new_window:
 * @self: the application
 *
 * Makes an empty window; it is not presented yet.
 *
 * Returns: (transfer none): the window
 */
DraWindow *
dra_application_new_window (DraApplication *self)
{
  g_return_val_if_fail (DRA_IS_APPLICATION (self), NULL);

  return dra_window_new (GTK_APPLICATION (self), self->services);
}

/**
 * dra_application_open_file:
 * @self: the application
 * @file: what to open
 * @from: (nullable): a window to use when it has no article
 *
 * Opens @file and presents its window.
 *
 * Returns: (transfer none): the window
 */
DraWindow *
dra_application_open_file (DraApplication *self,
                           GFile          *file,
                           DraWindow      *from)
{
  DraWindow *window = NULL;

  g_return_val_if_fail (DRA_IS_APPLICATION (self), NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (DRA_IS_WINDOW (l->data) && dra_window_shows (l->data, file) &&
        !dra_window_is_free (l->data))
      {
        gtk_window_present (l->data);
        return l->data;
      }

  if (from != NULL && dra_window_is_free (from))
    window = from;
  else
    window = dra_application_new_window (self);
  dra_window_open (window, file);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}
