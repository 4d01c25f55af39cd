/* dra-window-save.c: Save Annotated Copy.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-window-private.h"

#include <glib/gi18n.h>

static void
retry_response_cb (DraWindow  *self,
                   const char *response)
{
  if (g_str_equal (response, "again"))
    dra_window_save_dialog (self);
}

static void
alert_not_saved (DraWindow  *self,
                 const char *sentence)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _("The Copy Was Not Saved"),
                                              sentence);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"), "again",
                                    _("Choose _Another Place…"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "again",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "again");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  g_signal_connect_object (dialog, "response", G_CALLBACK (retry_response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
show_folder_cb (AdwToast *toast,
                GFile    *target)
{
  g_autoptr (GFile) folder = g_file_get_parent (target);
  g_autofree char *uri = folder != NULL ? g_file_get_uri (folder) : NULL;

  if (uri != NULL)
    gtk_show_uri (NULL, uri, GDK_CURRENT_TIME);
}

typedef struct
{
  DraWindow *window;
  GFile     *target;
} Save;

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Save *save = user_data;
  g_autoptr (DraWindow) self = save->window;
  g_autoptr (GFile) target = save->target;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *title = NULL;
  AdwToast *toast;
  gboolean ok = dra_document_save_copy_finish (DRA_DOCUMENT (source), result, &error);

  g_free (save);
  /* The window may have been closed meanwhile; the copy is written all the same. */
  if (self->toasts == NULL)
    return;
  if (!ok)
    {
      alert_not_saved (self, error->message);
      return;
    }

  name = g_file_get_basename (target);
  /* Translators: %s is a file name */
  title = g_markup_printf_escaped (_("Saved “%s”"), name);
  toast = adw_toast_new (title);
  adw_toast_set_button_label (toast, _("Open _Folder"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (show_folder_cb),
                         g_object_ref (target),
                         (GClosureNotify) (void (*) (void)) g_object_unref, 0);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/**
 * dra_window_save_copy:
 * @self: a window with an article
 * @target: where to write; the suffix of its name chooses the format, HTML when there is
 *   none
 *
 * Writes an annotated copy and says how it went.
 */
void
dra_window_save_copy (DraWindow *self,
                      GFile     *target)
{
  g_autofree char *name = NULL;
  g_autoptr (GFile) file = NULL;
  const DraWriter *writer;
  Save *save;

  g_return_if_fail (DRA_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (target));
  g_return_if_fail (self->document != NULL);

  name = g_file_get_basename (target);
  file = g_object_ref (target);
  writer = dra_writer_find_for_name (name);
  if (writer == NULL)
    {
      g_autoptr (GFile) folder = g_file_get_parent (target);
      g_autofree char *full = NULL;

      writer = dra_writer_find ("html");
      full = g_strconcat (name, writer->suffix, NULL);
      g_object_unref (file);
      file = g_file_get_child (folder, full);

      /* The dialog asked about the other name only. */
      if (g_file_query_exists (file, NULL))
        {
          g_autofree char *sentence =
            g_strdup_printf (_("“%s” exists already; choose another name."), full);

          alert_not_saved (self, sentence);
          return;
        }
    }

  save = g_new0 (Save, 1);
  save->window = g_object_ref (self);
  save->target = g_object_ref (file);
  dra_document_save_copy_async (self->document, writer, file, saved_cb, save);
}

static void
response_cb (GtkNativeDialog *dialog,
             int              response,
             DraWindow       *self)
{
  if (response == GTK_RESPONSE_ACCEPT && self->document != NULL)
    {
      g_autoptr (GFile) target = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      if (target != NULL)
        dra_window_save_copy (self, target);
    }
  g_object_unref (dialog);
}

static void
add_filters (GtkFileChooser *chooser)
{
  guint n_writers;
  const DraWriter *const *writers = dra_writer_list (&n_writers);

  for (guint i = 0; i < n_writers; i++)
    {
      g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
      g_autofree char *description = g_content_type_get_description (writers[i]->type);
      g_autofree char *pattern = g_strconcat ("*", writers[i]->suffix, NULL);
      g_autofree char *label = NULL;

      if (g_str_equal (writers[i]->id, "html"))
        label = g_strdup (_("Web page, to read anywhere (.html)"));
      else if (g_str_equal (writers[i]->id, "jsonld"))
        label = g_strdup (_("Notes only, for other programs (.jsonld)"));
      else
        label = g_strdup_printf ("%s (%s)", description, writers[i]->suffix);
      gtk_file_filter_set_name (filter, label);
      gtk_file_filter_add_pattern (filter, pattern);
      gtk_file_chooser_add_filter (chooser, filter);
    }
}

/**
 * dra_window_save_dialog:
 * @self: a window with an article
 *
 * Asks where to save an annotated copy, proposing a name beside the article.
 */
void
dra_window_save_dialog (DraWindow *self)
{
  GtkFileChooserNative *dialog;
  g_autofree char *name = NULL;
  g_autoptr (GFile) folder = NULL;

  if (self->document == NULL || dra_document_get_article (self->document) == NULL)
    return;

  /* What is being typed into a note is told when the focus leaves it. */
  gtk_widget_grab_focus (GTK_WIDGET (dra_article_view_get_text_view (self->view)));

  dialog = gtk_file_chooser_native_new (_("Save Annotated Copy"), GTK_WINDOW (self),
                                        GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  add_filters (GTK_FILE_CHOOSER (dialog));

  folder = g_file_get_parent (dra_document_get_file (self->document));
  if (folder != NULL)
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (dialog), folder, NULL);
  name = dra_writer_propose_name (dra_writer_find ("html"),
                                  dra_document_get_article (self->document));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);

  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
