/* dra-window-save.c: Save Annotated Copy, and Export.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-window-private.h"

#include <glib/gi18n.h>

/* What the dialog was opened with. */
typedef struct
{
  DraWindow       *window;
  const DraWriter *proposed;
  gboolean         copy; /* and not an export, which has one format */
} Dialog;

typedef struct
{
  DraWindow       *window;
  GFile           *target;
  const DraWriter *writer;
} Save;

static void
dialog_free (gpointer  data,
             GClosure *closure)
{
  Dialog *dialog = data;

  g_object_unref (dialog->window);
  g_free (dialog);
}

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

/* Where the next copy is proposed to go, and as what. */
static void
remember (DraWindow       *self,
          GFile           *target,
          const DraWriter *writer)
{
  g_autoptr (GFile) folder = g_file_get_parent (target);
  g_autofree char *uri = folder != NULL ? g_file_get_uri (folder) : NULL;

  if (self->settings == NULL) /* not installed */
    return;
  if (uri != NULL)
    g_settings_set_string (self->settings, "copy-folder", uri);
  if (writer->shows & DRA_WRITER_TEXT)
    g_settings_set_string (self->settings, "copy-format", writer->id);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Save *save = user_data;
  g_autoptr (DraWindow) self = save->window;
  g_autoptr (GFile) target = save->target;
  const DraWriter *writer = save->writer;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *title = NULL;
  g_autofree char *remark = NULL;
  AdwToast *toast;
  gboolean ok = dra_document_save_copy_finish (DRA_DOCUMENT (source), result, &remark, &error);

  g_free (save);
  /* The window may have been closed meanwhile; the copy is written all the same. */
  if (self->toasts == NULL)
    return;
  if (!ok)
    {
      alert_not_saved (self, error->message);
      return;
    }

  remember (self, target, writer);
  name = g_file_get_basename (target);
  /* Translators: %s is a file name */
  title = remark != NULL ? g_markup_escape_text (remark, -1)
                         : g_markup_printf_escaped (_("Saved “%s”"), name);
  toast = adw_toast_new (title);
  adw_toast_set_button_label (toast, _("Open _Folder"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (show_folder_cb),
                         g_object_ref (target),
                         (GClosureNotify) (void (*) (void)) g_object_unref, 0);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* proposed, chosen: see dra_writer_settle_name(). */
static void
save_as (DraWindow       *self,
         GFile           *target,
         const DraWriter *proposed,
         const DraWriter *chosen)
{
  g_autofree char *name = g_file_get_basename (target);
  g_autofree char *settled = NULL;
  g_autoptr (GFile) file = NULL;
  const DraWriter *writer;
  Save *save;

  settled = dra_writer_settle_name (name, proposed, chosen, &writer);
  if (g_str_equal (settled, name))
    file = g_object_ref (target);
  else
    {
      g_autoptr (GFile) folder = g_file_get_parent (target);

      file = g_file_get_child (folder, settled);
      /* The dialog asked about the other name only. */
      if (g_file_query_exists (file, NULL))
        {
          g_autofree char *sentence
            = g_strdup_printf (_("“%s” exists already; choose another name."), settled);

          alert_not_saved (self, sentence);
          return;
        }
    }

  save = g_new0 (Save, 1);
  save->window = g_object_ref (self);
  save->target = g_object_ref (file);
  save->writer = writer;
  dra_document_save_copy_async (self->document, writer, file, saved_cb, save);
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
  const DraWriter *html = dra_writer_find ("html");

  g_return_if_fail (DRA_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (target));
  g_return_if_fail (self->document != NULL);

  save_as (self, target, html, html);
}

static void
response_cb (GtkNativeDialog *native,
             int              response,
             Dialog          *dialog)
{
  DraWindow *self = dialog->window;

  if (response == GTK_RESPONSE_ACCEPT && self->document != NULL)
    {
      g_autoptr (GFile) target = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (native));
      GtkFileFilter *filter = gtk_file_chooser_get_filter (GTK_FILE_CHOOSER (native));
      const DraWriter *chosen
        = filter != NULL ? g_object_get_data (G_OBJECT (filter), "dramatis-writer") : NULL;

      if (target != NULL)
        save_as (self, target, dialog->proposed, chosen != NULL ? chosen : dialog->proposed);
    }
  g_object_unref (native);
}

/* One filter a format: the list of types is where a format is chosen. */
static void
add_filters (GtkFileChooser *chooser,
             const Dialog   *dialog)
{
  guint n_writers;
  const DraWriter *const *writers = dra_writer_list (&n_writers);

  for (guint i = 0; i < n_writers; i++)
    {
      g_autoptr (GtkFileFilter) filter = NULL;
      g_autofree char *pattern = g_strconcat ("*", writers[i]->suffix, NULL);
      g_autofree char *label = g_strdup_printf ("%s (%s)", _(writers[i]->name), writers[i]->suffix);

      if (dialog->copy ? !(writers[i]->shows & DRA_WRITER_TEXT) : writers[i] != dialog->proposed)
        continue;
      filter = gtk_file_filter_new ();
      gtk_file_filter_set_name (filter, label);
      gtk_file_filter_add_pattern (filter, pattern);
      g_object_set_data (G_OBJECT (filter), "dramatis-writer", (gpointer) writers[i]);
      gtk_file_chooser_add_filter (chooser, filter);
      if (writers[i] == dialog->proposed)
        gtk_file_chooser_set_filter (chooser, filter);
    }
}

/* (transfer full): what was remembered, "" when nothing is. */
static char *
recall (DraWindow  *self,
        const char *key)
{
  return self->settings != NULL ? g_settings_get_string (self->settings, key) : g_strdup ("");
}

/**
 * dra_window_find_copy_folder:
 * @self: a window with an article
 *
 * Returns: (transfer full) (nullable): the folder of the last copy while it is there, else
 *   that of the article
 */
GFile *
dra_window_find_copy_folder (DraWindow *self)
{
  g_autofree char *uri = recall (self, "copy-folder");
  g_autoptr (GFile) folder = *uri != '\0' ? g_file_new_for_uri (uri) : NULL;

  if (folder != NULL && g_file_query_file_type (folder, G_FILE_QUERY_INFO_NONE, NULL)
                          == G_FILE_TYPE_DIRECTORY)
    return g_steal_pointer (&folder);

  return g_file_get_parent (dra_document_get_file (self->document));
}

/* A name that is not the article's own, which is never replaced. */
static char *
propose_name (DraWindow       *self,
              const DraWriter *writer,
              GFile           *folder)
{
  g_autofree char *name
    = dra_writer_propose_name (writer, dra_document_get_article (self->document));
  g_autoptr (GFile) file = folder != NULL ? g_file_get_child (folder, name) : NULL;
  g_autofree char *stem = NULL;

  if (file == NULL || !g_file_equal (file, dra_document_get_file (self->document)))
    return g_steal_pointer (&name);
  stem = g_strndup (name, strlen (name) - strlen (writer->suffix));

  return g_strconcat (stem, " 2", writer->suffix, NULL);
}

static void
show_dialog (DraWindow       *self,
             const char      *title,
             const DraWriter *writer,
             gboolean         copy)
{
  GtkFileChooserNative *native;
  Dialog *dialog;
  g_autofree char *name = NULL;
  g_autoptr (GFile) folder = NULL;

  /* What is being typed into a note is told when the focus leaves it. */
  gtk_widget_grab_focus (GTK_WIDGET (dra_article_view_get_text_view (self->view)));

  dialog = g_new0 (Dialog, 1);
  dialog->window = g_object_ref (self);
  dialog->proposed = writer;
  dialog->copy = copy;
  native = gtk_file_chooser_native_new (title, GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE,
                                        _("_Save"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (native), TRUE);
  add_filters (GTK_FILE_CHOOSER (native), dialog);

  folder = dra_window_find_copy_folder (self);
  if (folder != NULL)
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (native), folder, NULL);
  name = propose_name (self, writer, folder);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (native), name);

  g_signal_connect_data (native, "response", G_CALLBACK (response_cb), dialog, dialog_free, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (native));
}

/**
 * dra_window_save_dialog:
 * @self: a window with an article
 *
 * Asks where to save an annotated copy, and in what format: those of the last time are
 * proposed.
 */
void
dra_window_save_dialog (DraWindow *self)
{
  g_autofree char *format = NULL;
  const DraWriter *writer;

  if (self->document == NULL || dra_document_get_article (self->document) == NULL)
    return;
  format = recall (self, "copy-format");
  writer = dra_writer_find (format);
  if (writer == NULL || !(writer->shows & DRA_WRITER_TEXT))
    writer = dra_writer_find ("html");
  show_dialog (self, _("Save Annotated Copy"), writer, TRUE);
}

/**
 * dra_window_export_dialog:
 * @self: a window with an article
 * @format: id of a writer
 *
 * Asks where to save people and organizations, or notes, for other programs.
 */
void
dra_window_export_dialog (DraWindow  *self,
                          const char *format)
{
  const DraWriter *writer = dra_writer_find (format);

  if (writer == NULL || self->document == NULL || dra_document_get_article (self->document) == NULL)
    return;
  show_dialog (self, _("Export"), writer, FALSE);
}
