/* dra-restore-dialog.c: asks which backup of all notes to restore, and restores it.
 *
 * Backups are looked into and restored in threads; until that is done the dialog is there and
 * says so.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-restore-dialog.h"

#include <glib/gi18n.h>

struct _DraRestoreDialog
{
  AdwMessageDialog parent_instance;

  DraServices  *services;
  DraLibrary   *library;   /* (nullable) */
  GCancellable *cancellable;
  GtkListBox   *list;
  GtkSpinner   *spinner;
  guint         n_rows;
};

enum
{
  RESTORED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DraRestoreDialog, dra_restore_dialog, ADW_TYPE_MESSAGE_DIALOG)

/* Says how it ended: in the window below when that can, or here. */
static void
say (DraRestoreDialog *self,
     const char       *heading,
     const char       *sentence)
{
  GtkWidget *dialog = adw_message_dialog_new (gtk_window_get_transient_for (GTK_WINDOW (self)), heading, sentence);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
restored_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (DraRestoreDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!dra_library_restore_finish (DRA_LIBRARY (source), result, &error))
    {
      say (self, _("The Backup Could Not Be Restored"), error->message);
      return;
    }
  say (self, _("Backup Restored"), _("What was there before is a backup now."));
  g_signal_emit (self, signals[RESTORED], 0);
}

static void
response_cb (DraRestoreDialog *self,
             const char       *response)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (!g_str_equal (response, "restore") || row == NULL || self->library == NULL)
    return;
  dra_library_restore_async (self->library, g_object_get_data (G_OBJECT (row), "path"), NULL,
                             restored_cb, g_object_ref (self));
}

static GtkWidget *
new_row (const DraLibraryBackup *backup)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (backup->time);
  /* Translators: a day and a time of day, see g_date_time_format() */
  g_autofree char *date = g_date_time_format (time, _("%-e %B %Y, %H:%M"));
  g_autofree char *notes = g_strdup_printf (ngettext ("%u note", "%u notes", backup->n_notes), backup->n_notes);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), date);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), notes);
  g_object_set_data_full (G_OBJECT (row), "path", g_strdup (backup->path), g_free);
  return row;
}

static void
show_nothing (DraRestoreDialog *self,
              const char       *sentence)
{
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), FALSE);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (self), sentence);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DraRestoreDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) backups = dra_library_list_backups_finish (DRA_LIBRARY (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (backups == NULL || backups->len == 0)
    {
      show_nothing (self, error != NULL ? error->message
                                        : _("There is no backup yet; one is made on each day you use Dramatis."));
      return;
    }

  for (guint i = 0; i < backups->len; i++)
    gtk_list_box_append (self->list, new_row (backups->pdata[i]));
  self->n_rows = backups->len;
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->list), TRUE);
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), "restore", TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0)));
}

static void
library_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (DraRestoreDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  DraLibrary *library = dra_services_get_library_finish (DRA_SERVICES (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (library == NULL)
    {
      show_nothing (self, error->message);
      return;
    }
  self->library = library;
  dra_library_list_backups_async (library, self->cancellable, listed_cb, g_object_ref (self));
}

static void
dra_restore_dialog_dispose (GObject *object)
{
  DraRestoreDialog *self = DRA_RESTORE_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  G_OBJECT_CLASS (dra_restore_dialog_parent_class)->dispose (object);
}

static void
dra_restore_dialog_finalize (GObject *object)
{
  DraRestoreDialog *self = DRA_RESTORE_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->library);
  g_clear_object (&self->services);
  G_OBJECT_CLASS (dra_restore_dialog_parent_class)->finalize (object);
}

static void
dra_restore_dialog_class_init (DraRestoreDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dra_restore_dialog_dispose;
  object_class->finalize = dra_restore_dialog_finalize;
  signals[RESTORED] = g_signal_new ("restored", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 0);
}

static void
dra_restore_dialog_init (DraRestoreDialog *self)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (self);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->cancellable = g_cancellable_new ();
  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  gtk_spinner_start (self->spinner);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_set_visible (GTK_WIDGET (self->list), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Backups"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 360);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->spinner));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);

  adw_message_dialog_set_heading (dialog, _("Restore a Backup"));
  adw_message_dialog_set_body (dialog, _("All notes become what they were then. What they are now is kept as a backup."));
  adw_message_dialog_set_extra_child (dialog, scroller);
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "restore", _("_Restore"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "restore", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_enabled (dialog, "restore", FALSE);
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect (self, "response", G_CALLBACK (response_cb), NULL);
}

/**
 * dra_restore_dialog_new:
 * @parent: (nullable): the window it is over
 * @services: where the library is from
 *
 * Makes a dialog that lists the backups of the library.
 *
 * Returns: (transfer none): the dialog, owned by GTK
 */
GtkWindow *
dra_restore_dialog_new (GtkWindow   *parent,
                        DraServices *services)
{
  DraRestoreDialog *self;

  g_return_val_if_fail (DRA_IS_SERVICES (services), NULL);

  self = g_object_new (DRA_TYPE_RESTORE_DIALOG, "transient-for", parent, NULL);
  self->services = g_object_ref (services);
  dra_services_get_library_async (services, self->cancellable, library_cb, g_object_ref (self));
  return GTK_WINDOW (self);
}

/**
 * dra_restore_dialog_get_n_rows:
 * @self: the dialog
 *
 * Returns: how many backups are listed so far
 */
guint
dra_restore_dialog_get_n_rows (DraRestoreDialog *self)
{
  g_return_val_if_fail (DRA_IS_RESTORE_DIALOG (self), 0);

  return self->n_rows;
}
