/* dra-window-open.c: how articles come into a window: chosen in a dialog or dropped on it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-window-private.h"

#include <glib/gi18n.h>

#include "app/dra-application.h"
#include "readers/dra-reader-registry.h"
#include "worker/dra-worker-client.h"

/**
 * dra_window_open_file:
 * @self: a window
 * @file: what to open
 *
 * Opens @file in this window if it is free, else in another.
 */
void
dra_window_open_file (DraWindow *self,
                      GFile     *file)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  dra_application_open_file (DRA_APPLICATION (application), file, self);
}

static void
open_response_cb (GtkNativeDialog *dialog,
                  int              response,
                  DraWindow       *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GListModel) files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));

      for (guint i = 0; i < g_list_model_get_n_items (files); i++)
        {
          g_autoptr (GFile) file = g_list_model_get_item (files, i);

          dra_window_open_file (self, file);
        }
    }
  g_object_unref (dialog);
}

/**
 * dra_window_open_dialog:
 * @self: the window
 *
 * Asks which articles to open.
 */
void
dra_window_open_dialog (DraWindow *self)
{
  GtkFileChooserNative *dialog;
  g_autoptr (GtkFileFilter) articles = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();
  const char *const *types = dra_reader_registry_get_types ();

  dra_worker_prepare ();
  dialog = gtk_file_chooser_native_new (_("Open an Article"), GTK_WINDOW (self),
                                        GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);

  gtk_file_filter_set_name (articles, _("Articles"));
  for (gsize i = 0; types[i] != NULL; i++)
    gtk_file_filter_add_mime_type (articles, types[i]);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), articles);
  gtk_file_filter_set_name (all, _("All Files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), all);

  if (self->document != NULL)
    {
      g_autoptr (GFile) folder = g_file_get_parent (dra_document_get_file (self->document));

      if (folder != NULL)
        gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (dialog), folder, NULL);
    }

  g_signal_connect_object (dialog, "response", G_CALLBACK (open_response_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         DraWindow     *self)
{
  GSList *files = g_value_get_boxed (value);

  for (GSList *l = files; l != NULL; l = l->next)
    dra_window_open_file (self, l->data);

  return files != NULL;
}

/**
 * dra_window_accept_drops:
 * @self: a new window
 *
 * Has files that are dropped on the window opened.
 */
void
dra_window_accept_drops (DraWindow *self)
{
  GtkDropTarget *drop;

  /* Before the text view, which would take the names of dropped files for text. */
  drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drop), GTK_PHASE_CAPTURE);
  g_signal_connect_object (drop, "drop", G_CALLBACK (drop_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
}
