/* dra-window-import.c: Import Notes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-window-private.h"

#include <glib/gi18n.h>

#include "worker/dra-notes-file.h"

typedef struct
{
  DraWindow  *window;
  DraArticle *article;
  guint       n_skipped;
} Import;

static void
import_free (gpointer data)
{
  Import *import = data;

  g_object_unref (import->window);
  g_object_unref (import->article);
  g_free (import);
}

static void
import_in_thread (GTask        *task,
                  gpointer      source,
                  gpointer      data,
                  GCancellable *cancellable)
{
  Import *import = data;
  GError *error = NULL;
  GPtrArray *notes = dra_notes_file_read (import->article, source, &import->n_skipped, cancellable, &error);

  if (notes != NULL)
    g_task_return_pointer (task, notes, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static gboolean
has_note (GListModel *notes,
          const char *uuid)
{
  for (guint i = 0; i < g_list_model_get_n_items (notes); i++)
    {
      g_autoptr (DraNote) note = g_list_model_get_item (notes, i);

      if (g_strcmp0 (dra_note_get_uuid (note), uuid) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
tell (DraWindow *self,
      guint      n_added,
      guint      n_lost)
{
  g_autofree char *added = NULL;
  g_autofree char *lost = NULL;
  g_autofree char *sentence = NULL;

  if (n_added == 0)
    {
      dra_window_toast (self, _("There are no new notes in the file."));
      return;
    }
  added = g_strdup_printf (ngettext ("%u note imported.", "%u notes imported.", n_added), n_added);
  if (n_lost > 0)
    lost = g_strdup_printf (ngettext ("%u has no place in this article.",
                                      "%u have no place in this article.", n_lost), n_lost);
  sentence = lost != NULL ? g_strconcat (added, " ", lost, NULL) : g_strdup (added);
  dra_window_toast (self, sentence);
}

static void
imported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Import *import = g_task_get_task_data (G_TASK (result));
  DraWindow *self = import->window;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) notes = g_task_propagate_pointer (G_TASK (result), &error);
  guint n_added = 0, n_lost = 0;
  GListModel *model;

  /* Another article may be shown by now, or none. */
  if (self->toasts == NULL || self->document == NULL
      || dra_document_get_article (self->document) != import->article)
    return;
  if (notes == NULL)
    {
      g_autofree char *name = g_file_get_basename (G_FILE (source));
      g_autofree char *sentence
        = g_strdup_printf (_("The notes in “%s” could not be read: %s"), name, error->message);

      dra_window_alert (self, _("No Notes Were Imported"), sentence);
      return;
    }

  model = dra_document_get_notes (self->document);
  for (guint i = 0; i < notes->len; i++)
    {
      if (has_note (model, dra_note_get_uuid (notes->pdata[i])))
        continue;
      dra_document_restore_note (self->document, notes->pdata[i]);
      n_added++;
      n_lost += dra_note_get_anchor (notes->pdata[i], NULL, NULL) == DRA_ANCHOR_LOST;
    }
  tell (self, n_added, n_lost);
}

/**
 * dra_window_import_notes:
 * @self: a window with an article
 * @file: notes that this or another program wrote
 *
 * Adds the notes that are not there yet; each can be undone.
 */
void
dra_window_import_notes (DraWindow *self,
                         GFile     *file)
{
  g_autoptr (GTask) task = NULL;
  Import *import;

  g_return_if_fail (DRA_IS_WINDOW (self));
  g_return_if_fail (self->document != NULL && dra_document_get_article (self->document) != NULL);

  import = g_new0 (Import, 1);
  import->window = g_object_ref (self);
  import->article = g_object_ref (dra_document_get_article (self->document));
  task = g_task_new (file, NULL, imported_cb, NULL);
  g_task_set_source_tag (task, dra_window_import_notes);
  g_task_set_task_data (task, import, import_free);
  g_task_run_in_thread (task, import_in_thread);
}

static void
response_cb (GtkNativeDialog *native,
             int              response,
             DraWindow       *self)
{
  if (response == GTK_RESPONSE_ACCEPT && self->document != NULL
      && dra_document_get_article (self->document) != NULL)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (native));

      if (file != NULL)
        dra_window_import_notes (self, file);
    }
  g_object_unref (native);
}

/**
 * dra_window_import_dialog:
 * @self: a window with an article
 *
 * Asks for a file of notes.
 */
void
dra_window_import_dialog (DraWindow *self)
{
  static const char *const patterns[] = {
    "*.jsonld", "*.json", "*.annotation", "*.html", "*.md", "*.tei.xml", "*.pdf",
  };
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();
  g_autoptr (GFile) folder = NULL;
  GtkFileChooserNative *native;

  if (self->document == NULL || dra_document_get_article (self->document) == NULL)
    return;
  native = gtk_file_chooser_native_new (_("Import Notes"), GTK_WINDOW (self),
                                        GTK_FILE_CHOOSER_ACTION_OPEN, _("_Import"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (native), TRUE);
  gtk_file_filter_set_name (filter, _("Notes and annotated copies"));
  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++)
    gtk_file_filter_add_pattern (filter, patterns[i]);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (native), filter);
  gtk_file_filter_set_name (all, _("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (native), all);
  folder = dra_window_find_copy_folder (self);
  if (folder != NULL)
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (native), folder, NULL);
  g_signal_connect_object (native, "response", G_CALLBACK (response_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (native));
}
