/* dra-library-find.c: notes found otherwise than by their article.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "library/dra-library.h"

#include "library/dra-library-core.h"
#include "library/dra-shelf.h"
#include "notes/dra-anchor.h"

/* One question; thread-safe as long as nobody else has it. */
typedef struct
{
  DraArticle *article;
  char *text;
  guint limit;
  GPtrArray *kinds;   /* parallel: "person"..., and names */
  GPtrArray *names;
  GPtrArray *answer;
} Question;

static void
question_free (Question *question)
{
  g_clear_object (&question->article);
  g_free (question->text);
  g_clear_pointer (&question->kinds, g_ptr_array_unref);
  g_clear_pointer (&question->names, g_ptr_array_unref);
  g_clear_pointer (&question->answer, g_ptr_array_unref);
  g_free (question);
}

/**
 * dra_found_note_free:
 * @self: (nullable): a note that was found
 */
void
dra_found_note_free (DraFoundNote *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->note);
  g_free (self->title);
  g_free (self->uri);
  g_free (self->hash);
  g_free (self);
}

static gboolean
find_func (DraStore  *store,
           gpointer   data,
           GError   **error)
{
  Question *question = data;

  g_ptr_array_set_size (question->answer, 0); /* it may be asked twice */
  return dra_shelf_find_notes (store, question->text, question->limit, question->answer, error);
}

static gboolean
tags_func (DraStore  *store,
           gpointer   data,
           GError   **error)
{
  Question *question = data;

  g_ptr_array_set_size (question->answer, 0);
  return dra_shelf_list_tags (store, question->answer, error);
}

static gboolean
entities_func (DraStore  *store,
               gpointer   data,
               GError   **error)
{
  Question *question = data;
  gboolean any;

  g_ptr_array_set_size (question->answer, 0);
  /* A book names thousands, and most libraries have no note on any. */
  if (!dra_shelf_has_subjects (store, &any, error))
    return FALSE;
  for (guint i = 0; any && i < question->names->len; i++)
    if (!dra_shelf_load_entity_notes (store, question->kinds->pdata[i], question->names->pdata[i],
                                      question->answer, error))
      return FALSE;

  return TRUE;
}

static GPtrArray *
ask (DraLibrary    *self,
     DraStoreFunc   func,
     Question      *question,
     GCancellable  *cancellable,
     GError       **error)
{
  if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
      !dra_library_transact (dra_library_get_core (self), dra_store_read, func, question, error))
    return NULL;

  return g_steal_pointer (&question->answer);
}

static void
find_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *found = ask (source_object, find_func, task_data, cancellable, &error);

  if (found != NULL)
    g_task_return_pointer (task, found, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
tags_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *tags = ask (source_object, tags_func, task_data, cancellable, &error);

  if (tags != NULL)
    g_task_return_pointer (task, tags, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
entities_thread (GTask        *task,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  Question *question = task_data;
  GError *error = NULL;
  GPtrArray *notes = ask (source_object, entities_func, question, cancellable, &error);

  if (notes != NULL)
    {
      dra_anchor_notes (question->article, notes);
      g_task_return_pointer (task, notes, (GDestroyNotify) g_ptr_array_unref);
    }
  else
    g_task_return_error (task, error);
}

static Question *
new_question (const char *text,
              guint       limit)
{
  Question *question = g_new0 (Question, 1);

  question->text = g_utf8_make_valid (text, -1);
  question->limit = limit;
  question->answer = g_ptr_array_new_with_free_func ((GDestroyNotify) dra_found_note_free);
  return question;
}

/**
 * dra_library_find_notes:
 * @self: a library
 * @text: what is sought; empty for all notes
 * @limit: the most to return
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Finds notes of all articles by the words of their text, of the passage they are on, of the
 * name they are about and of their tags.
 *
 * Every word of @text must be there, as the beginning of a word; case and accents do not
 * matter (FTS5 with the tokenizer unicode61).  The notes are not anchored.
 *
 * Returns: (transfer full) (element-type DraFoundNote): the notes, newest first, or %NULL
 */
GPtrArray *
dra_library_find_notes (DraLibrary    *self,
                        const char    *text,
                        guint          limit,
                        GCancellable  *cancellable,
                        GError       **error)
{
  Question *question;
  GPtrArray *found;

  g_return_val_if_fail (DRA_IS_LIBRARY (self), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  question = new_question (text, limit);
  found = ask (self, find_func, question, cancellable, error);
  question_free (question);
  return found;
}

/**
 * dra_library_find_notes_async:
 * @self: a library
 * @text: what is sought; empty for all notes
 * @limit: the most to return
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * As dra_library_find_notes(), in a thread.
 */
void
dra_library_find_notes_async (DraLibrary          *self,
                              const char          *text,
                              guint                limit,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DRA_IS_LIBRARY (self));
  g_return_if_fail (text != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dra_library_find_notes_async);
  g_task_set_task_data (task, new_question (text, limit), (GDestroyNotify) question_free);
  g_task_run_in_thread (task, find_thread);
}

/**
 * dra_library_find_notes_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full) (element-type DraFoundNote): the notes, or %NULL
 */
GPtrArray *
dra_library_find_notes_finish (DraLibrary    *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * dra_library_list_tags_async:
 * @self: a library
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Lists the tags of all notes, the most used first.
 */
void
dra_library_list_tags_async (DraLibrary          *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Question *question;

  g_return_if_fail (DRA_IS_LIBRARY (self));

  question = g_new0 (Question, 1);
  question->answer = g_ptr_array_new_with_free_func (g_free);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dra_library_list_tags_async);
  g_task_set_task_data (task, question, (GDestroyNotify) question_free);
  g_task_run_in_thread (task, tags_thread);
}

/**
 * dra_library_list_tags_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full) (element-type utf8): the tags, or %NULL
 */
GPtrArray *
dra_library_list_tags_finish (DraLibrary    *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * dra_library_load_entity_notes_async:
 * @self: a library
 * @article: the article at hand
 * @kinds: (array zero-terminated=1): "person" or "organization" for each of @names
 * @names: (array zero-terminated=1): whom the article names
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Loads the notes about people and organizations, whatever article they were made in.  Names
 * are compared without regard to case and accents.
 */
void
dra_library_load_entity_notes_async (DraLibrary          *self,
                                     DraArticle          *article,
                                     const char *const   *kinds,
                                     const char *const   *names,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Question *question;

  g_return_if_fail (DRA_IS_LIBRARY (self));
  g_return_if_fail (DRA_IS_ARTICLE (article));
  g_return_if_fail (kinds != NULL && names != NULL);

  question = g_new0 (Question, 1);
  question->article = g_object_ref (article);
  question->answer = g_ptr_array_new_with_free_func (g_object_unref);
  question->kinds = g_ptr_array_new_with_free_func (g_free);
  question->names = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; kinds[i] != NULL && names[i] != NULL; i++)
    {
      g_ptr_array_add (question->kinds, g_strdup (kinds[i]));
      g_ptr_array_add (question->names, g_strdup (names[i]));
    }
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dra_library_load_entity_notes_async);
  g_task_set_task_data (task, question, (GDestroyNotify) question_free);
  g_task_run_in_thread (task, entities_thread);
}

/**
 * dra_library_load_entity_notes_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full) (element-type DraNote): the notes, or %NULL
 */
GPtrArray *
dra_library_load_entity_notes_finish (DraLibrary    *self,
                                      GAsyncResult  *result,
                                      GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
