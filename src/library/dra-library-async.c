/* dra-library-async.c: writing and loading notes in turn, in the library's thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "library/dra-library.h"

#include "library/dra-library-core.h"
#include "library/dra-shelf.h"

/* Takes task and work. */
void
dra_library_push_job (DraLibrary *self,
      GTask      *task,
      DraLibraryWork       *work,
      void (*run) (DraLibraryCore *core, GTask *task, gpointer data))
{
  DraLibraryJob *job = g_new0 (DraLibraryJob, 1);

  g_task_set_task_data (task, work, (GDestroyNotify) dra_library_work_free);
  job->task = task;
  job->run = run;
  g_async_queue_push (dra_library_get_core (self)->queue, job);
}

static void
save_job (DraLibraryCore *core,
          GTask          *task,
          gpointer        data)
{
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (dra_library_transact (core, dra_store_write, dra_library_save_func, data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
delete_job (DraLibraryCore *core,
            GTask          *task,
            gpointer        data)
{
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (dra_library_transact (core, dra_store_write, dra_library_delete_func, data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* The notes of a copy that could not be merged are still shown: the copy has them. */
static void
merge_in_memory (DraLibraryWork *work,
                 GPtrArray      *merge)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  const gboolean placed = TRUE;

  for (guint i = 0; i < work->notes->len; i++)
    g_hash_table_insert (known, (gpointer) dra_note_get_uuid (work->notes->pdata[i]),
                         GUINT_TO_POINTER (i + 1));
  for (guint i = 0; i < merge->len; i++)
    {
      DraNote *note = merge->pdata[i];
      guint index = GPOINTER_TO_UINT (g_hash_table_lookup (known, dra_note_get_uuid (note)));

      if (index == 0)
        {
          g_ptr_array_add (work->notes, g_object_ref (note));
          g_array_append_val (work->placed, placed);
        }
      else if (dra_note_get_modified (note) > dra_note_get_modified (work->notes->pdata[index - 1]))
        {
          g_hash_table_remove (known, dra_note_get_uuid (note));
          g_object_unref (work->notes->pdata[index - 1]);
          work->notes->pdata[index - 1] = g_object_ref (note);
        }
    }
}

static gboolean
drop_deleted_func (DraStore  *store,
                   gpointer   data,
                   GError   **error)
{
  return dra_shelf_drop_deleted (store, data, error);
}

/* Finding passages in a large, changed text takes a while, which saving should not wait for. */
static void
place_thread (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable G_GNUC_UNUSED)
{
  DraLibraryWork *work = task_data;

  if (g_task_return_error_if_cancelled (task))
    return;
  dra_library_anchor_loaded (dra_library_get_core (source_object), work);
  g_task_return_pointer (task, g_steal_pointer (&work->notes), (GDestroyNotify) g_ptr_array_unref);
}

static void
load_job (DraLibraryCore *core,
          GTask          *task,
          gpointer        data)
{
  DraLibraryWork *work = data;
  g_autoptr (GPtrArray) merge = work->notes;
  GError *error = NULL;
  gboolean merged;

  merged = dra_library_transact (core, dra_store_write, dra_library_open_article_func, work, NULL);
  work->notes = g_ptr_array_new_with_free_func (g_object_unref);
  work->placed = g_array_new (FALSE, FALSE, sizeof (gboolean));
  if (g_task_return_error_if_cancelled (task))
    return;
  if (!dra_library_transact (core, dra_store_read, dra_library_load_func, work, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  if (!merged && merge != NULL)
    {
      dra_library_transact (core, dra_store_read, drop_deleted_func, merge, NULL);
      merge_in_memory (work, merge);
    }
  g_task_run_in_thread (task, place_thread);
}

/**
 * dra_library_load_notes_async:
 * @self: a library
 * @article: an article that was opened
 * @merge: (nullable) (element-type DraNote): the notes of the copy it was read from, copied
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Adds the article, merges the notes of a copy and loads the notes, anchored.
 *
 * When the library cannot be written the notes are loaded all the same, those of the copy
 * among them.
 */
void
dra_library_load_notes_async (DraLibrary          *self,
                              DraArticle          *article,
                              GPtrArray           *merge,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *task;
  DraLibraryWork *work;

  g_return_if_fail (DRA_IS_LIBRARY (self));
  g_return_if_fail (DRA_IS_ARTICLE (article));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dra_library_load_notes_async);
  work = dra_library_work_new (article);
  if (merge != NULL)
    {
      work->notes = g_ptr_array_new_with_free_func (g_object_unref);
      for (guint i = 0; i < merge->len; i++)
        g_ptr_array_add (work->notes, dra_note_copy (merge->pdata[i]));
    }
  dra_library_push_job (self, task, work, load_job);
}

/**
 * dra_library_load_notes_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full) (element-type DraNote): the notes, or %NULL on error
 */
GPtrArray *
dra_library_load_notes_finish (DraLibrary    *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * dra_library_save_note_async:
 * @self: a library
 * @article: the article the note is in
 * @note: the note, copied: what it is changed to afterwards is another save
 * @cancellable: (nullable): a cancellable
 * @callback: called when the note is on disk
 * @user_data: for @callback
 *
 * Saves a note after all writes that were queued before.
 */
void
dra_library_save_note_async (DraLibrary          *self,
                             DraArticle          *article,
                             DraNote             *note,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task;
  DraLibraryWork *work;

  g_return_if_fail (DRA_IS_LIBRARY (self));
  g_return_if_fail (DRA_IS_ARTICLE (article));
  g_return_if_fail (DRA_IS_NOTE (note));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dra_library_save_note_async);
  work = dra_library_work_new (article);
  work->note = dra_note_copy (note);
  dra_library_push_job (self, task, work, save_job);
}

/**
 * dra_library_save_note_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: whether the note is on disk
 */
gboolean
dra_library_save_note_finish (DraLibrary    *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * dra_library_delete_note_async:
 * @self: a library
 * @uuid: of the note
 * @cancellable: (nullable): a cancellable
 * @callback: called when the note is gone from the disk
 * @user_data: for @callback
 *
 * Deletes a note after all writes that were queued before.
 */
void
dra_library_delete_note_async (DraLibrary          *self,
                               const char          *uuid,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  GTask *task;
  DraLibraryWork *work;

  g_return_if_fail (DRA_IS_LIBRARY (self));
  g_return_if_fail (uuid != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dra_library_delete_note_async);
  work = dra_library_work_new (NULL);
  work->uuid = g_strdup (uuid);
  dra_library_push_job (self, task, work, delete_job);
}

/**
 * dra_library_delete_note_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: whether the note is gone
 */
gboolean
dra_library_delete_note_finish (DraLibrary    *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
