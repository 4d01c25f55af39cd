/* dra-document-copy.c: an annotated copy of the opened article.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-document-private.h"

#include <glib/gi18n.h>

#include "article/dra-error.h"
#include "worker/dra-copy-save.h"

static void
copy_saved_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  char *remark = NULL;

  if (dra_copy_save_finish (g_task_get_task_data (task), result, &remark, &error))
    g_task_return_pointer (task, remark != NULL ? remark : g_strdup (""), g_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * dra_document_save_copy_async:
 * @self: a ready document
 * @writer: the format
 * @target: where to write
 * @callback: called when it is on disk or has failed
 * @user_data: for @callback
 *
 * Writes an annotated copy of the article with its cast and notes as they are now.
 */
void
dra_document_save_copy_async (DraDocument        *self,
                              const DraWriter    *writer,
                              GFile              *target,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  guint n;

  g_return_if_fail (DRA_IS_DOCUMENT (self));
  g_return_if_fail (self->article != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, dra_document_save_copy_async);
  g_task_set_task_data (task, g_object_ref (target), g_object_unref);

  if (g_file_equal (target, self->file))
    {
      g_autofree char *name = dra_document_dup_file_name (self);

      g_task_return_new_error (task, DRA_ERROR, DRA_ERROR_REFUSED,
                               _("“%s” is the opened article itself, which Dramatis never "
                                 "overwrites; choose another name."), name);
      return;
    }

  /* Copies, because the writer works in a thread while notes are edited here. */
  notes = g_ptr_array_new_with_free_func (g_object_unref);
  n = g_list_model_get_n_items (G_LIST_MODEL (self->notes));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (DraNote) note = g_list_model_get_item (G_LIST_MODEL (self->notes), i);

      g_ptr_array_add (notes, dra_document_copy_note (note));
    }

  dra_copy_save_async (writer, self->article, self->cast, notes, target, NULL, copy_saved_cb,
                       g_steal_pointer (&task));
}

/**
 * dra_document_save_copy_finish:
 * @self: the document
 * @result: what the callback was given
 * @remark: (out) (nullable) (transfer full): a sentence for the reader, when the copy is not
 *   what it could have been
 * @error: set with one sentence when nothing was written
 *
 * Returns: whether the copy is on disk
 */
gboolean
dra_document_save_copy_finish (DraDocument  *self,
                               GAsyncResult *result,
                               char        **remark,
                               GError      **error)
{
  char *said;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (remark != NULL, FALSE);

  *remark = NULL;
  said = g_task_propagate_pointer (G_TASK (result), error);
  if (said == NULL)
    return FALSE;
  if (*said != '\0')
    *remark = said;
  else
    g_free (said);

  return TRUE;
}
