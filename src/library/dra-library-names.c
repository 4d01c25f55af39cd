/* dra-library-names.c: corrections, and who is in which article, asked and kept.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "library/dra-library-names.h"

#include "library/dra-library-core.h"
#include "library/dra-shelf-names.h"

/* What is to be written, or asked. */
typedef struct
{
  DraStoreFunc      write;      /* NULL: it is a question */
  DraCorrection    *correction;
  char             *text;       /* a UUID, or what is asked for */
  DraArticle       *article;
  DraCast          *cast;
  gboolean          corrections; /* are asked for */
  DraNamesQuestion  question;
  DraEntityKind     kind;
  guint             limit;
  GPtrArray        *answer;
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_clear_object (&order->correction);
  g_clear_object (&order->article);
  g_clear_object (&order->cast);
  g_clear_pointer (&order->answer, g_ptr_array_unref);
  g_free (order->text);
  g_free (order);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Order, order_free)

/**
 * dra_found_name_free:
 * @self: (nullable): something that was found
 */
void
dra_found_name_free (DraFoundName *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->title);
  g_free (self->uri);
  g_free (self->hash);
  g_free (self);
}

/* {{{ Inside a transaction */

static gboolean
save_func (DraStore  *store,
           gpointer   data,
           GError   **error)
{
  return dra_shelf_save_correction (store, ((Order *) data)->correction, error);
}

static gboolean
delete_func (DraStore  *store,
             gpointer   data,
             GError   **error)
{
  return dra_shelf_delete_correction (store, ((Order *) data)->text, error);
}

static gboolean
index_func (DraStore  *store,
            gpointer   data,
            GError   **error)
{
  Order *order = data;

  return dra_shelf_index_names (store, order->article, order->cast, error);
}

static gboolean
wipe_func (DraStore  *store,
           gpointer   data G_GNUC_UNUSED,
           GError   **error)
{
  return dra_shelf_wipe_names (store, error);
}

static gboolean
ask_func (DraStore  *store,
          gpointer   data,
          GError   **error)
{
  Order *order = data;

  g_ptr_array_set_size (order->answer, 0); /* it may be asked twice */
  if (order->corrections)
    return dra_shelf_load_corrections (store, order->article, order->answer, error);
  return dra_shelf_ask_names (store, order->question, order->kind, order->text, order->limit,
                              order->answer, error);
}

/* }}} */
/* {{{ Orders */

static Order *
order_new (DraStoreFunc  write,
           DraArticle   *article,
           const char   *text)
{
  Order *order = g_new0 (Order, 1);

  order->write = write;
  order->text = text != NULL ? g_utf8_make_valid (text, -1) : NULL;
  g_set_object (&order->article, article);
  return order;
}

static Order *
new_correction (DraCorrection *correction)
{
  Order *order = order_new (save_func, NULL, NULL);

  order->correction = g_object_ref (correction);
  return order;
}

static Order *
new_index (DraArticle *article,
           DraCast    *cast)
{
  Order *order = order_new (index_func, article, NULL);

  order->cast = g_object_ref (cast);
  return order;
}

static Order *
new_corrections_question (DraArticle *article)
{
  Order *order = order_new (NULL, article, NULL);

  order->corrections = TRUE;
  order->answer = g_ptr_array_new_with_free_func (g_object_unref);
  return order;
}

static Order *
new_question (DraNamesQuestion  question,
              DraEntityKind     kind,
              const char       *text,
              guint             limit)
{
  Order *order = order_new (NULL, NULL, text);

  order->question = question;
  order->kind = kind;
  order->limit = limit;
  order->answer = g_ptr_array_new_with_free_func ((GDestroyNotify) dra_found_name_free);
  return order;
}

static gboolean
write_now (DraLibrary  *self,
           Order       *order,
           GError     **error)
{
  g_autoptr (Order) owned = order;

  return dra_library_transact (dra_library_get_core (self),
                               order->write == wipe_func ? dra_store_wipe : dra_store_write,
                               order->write, order, error);
}

static GPtrArray *
ask_now (DraLibrary    *self,
         Order         *order,
         GCancellable  *cancellable,
         GError       **error)
{
  g_autoptr (Order) owned = order;

  if (g_cancellable_set_error_if_cancelled (cancellable, error)
      || !dra_library_transact (dra_library_get_core (self), dra_store_read, ask_func, order,
                                error))
    return NULL;
  return g_steal_pointer (&order->answer);
}

static void
order_job (DraLibraryCore *core,
           GTask          *task,
           gpointer        data)
{
  Order *order = ((DraLibraryWork *) data)->data;
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (!dra_library_transact (core, order->write == NULL ? dra_store_read :
                             order->write == wipe_func ? dra_store_wipe : dra_store_write,
                             order->write != NULL ? order->write : ask_func, order, &error))
    g_task_return_error (task, error);
  else if (order->write != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_pointer (task, g_steal_pointer (&order->answer),
                           (GDestroyNotify) g_ptr_array_unref);
}

/* In the library's thread, after what was ordered before. */
static void
push (DraLibrary          *self,
      Order               *order,
      gpointer             tag,
      GCancellable        *cancellable,
      GAsyncReadyCallback  callback,
      gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  DraLibraryWork *work = dra_library_work_new (NULL);

  g_task_set_source_tag (task, tag);
  work->data = order;
  work->free_data = order_free;
  dra_library_push_job (self, task, work, order_job);
}

/* }}} */
/* {{{ At once */

/**
 * dra_library_save_correction:
 * @self: a library
 * @correction: what the reader says of a name
 * @error: return location
 *
 * Adds or replaces a correction.
 *
 * Returns: whether it is on disk
 */
gboolean
dra_library_save_correction (DraLibrary     *self,
                             DraCorrection  *correction,
                             GError        **error)
{
  g_return_val_if_fail (DRA_IS_LIBRARY (self), FALSE);
  g_return_val_if_fail (DRA_IS_CORRECTION (correction), FALSE);

  return write_now (self, new_correction (correction), error);
}

/**
 * dra_library_delete_correction:
 * @self: a library
 * @uuid: of a correction; not being there is no error
 * @error: return location
 *
 * Takes a correction back.
 *
 * Returns: whether it is gone from the disk
 */
gboolean
dra_library_delete_correction (DraLibrary  *self,
                               const char  *uuid,
                               GError     **error)
{
  g_return_val_if_fail (DRA_IS_LIBRARY (self), FALSE);
  g_return_val_if_fail (uuid != NULL, FALSE);

  return write_now (self, order_new (delete_func, NULL, uuid), error);
}

/**
 * dra_library_load_corrections:
 * @self: a library
 * @article: (nullable): an article; %NULL for all corrections
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Loads the corrections that count in an article, the oldest first.
 *
 * Returns: (transfer full) (element-type DraCorrection): the corrections, or %NULL
 */
GPtrArray *
dra_library_load_corrections (DraLibrary    *self,
                              DraArticle    *article,
                              GCancellable  *cancellable,
                              GError       **error)
{
  g_return_val_if_fail (DRA_IS_LIBRARY (self), NULL);

  return ask_now (self, new_corrections_question (article), cancellable, error);
}

/**
 * dra_library_index_names:
 * @self: a library
 * @article: an article
 * @cast: who is named in it
 * @error: return location
 *
 * Notes who is named in an article, in the place of what was noted of its text before, and
 * of any other text that was in the same place.
 *
 * Returns: whether it is on disk
 */
gboolean
dra_library_index_names (DraLibrary  *self,
                         DraArticle  *article,
                         DraCast     *cast,
                         GError     **error)
{
  g_return_val_if_fail (DRA_IS_LIBRARY (self), FALSE);
  g_return_val_if_fail (DRA_IS_ARTICLE (article), FALSE);
  g_return_val_if_fail (DRA_IS_CAST (cast), FALSE);

  return write_now (self, new_index (article, cast), error);
}

/**
 * dra_library_wipe_names:
 * @self: a library
 * @error: return location
 *
 * Forgets who is named in which article; notes, corrections and articles stay.
 *
 * Returns: whether it is gone from the disk
 */
gboolean
dra_library_wipe_names (DraLibrary  *self,
                        GError     **error)
{
  g_return_val_if_fail (DRA_IS_LIBRARY (self), FALSE);

  return write_now (self, order_new (wipe_func, NULL, NULL), error);
}

/**
 * dra_library_ask_names:
 * @self: a library
 * @question: what to ask
 * @kind: for %DRA_NAMES_APPEARANCES: of the name
 * @text: words, each the beginning of a word of what is sought; for %DRA_NAMES_APPEARANCES
 *   the whole name
 * @limit: the most to return
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Asks the list of who is named in which article.  Takes time in proportion to the list.
 *
 * Returns: (transfer full) (element-type DraFoundName): the answer, or %NULL
 */
GPtrArray *
dra_library_ask_names (DraLibrary        *self,
                       DraNamesQuestion   question,
                       DraEntityKind      kind,
                       const char        *text,
                       guint              limit,
                       GCancellable      *cancellable,
                       GError           **error)
{
  g_return_val_if_fail (DRA_IS_LIBRARY (self), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  return ask_now (self, new_question (question, kind, text, limit), cancellable, error);
}

/* }}} */
/* {{{ In turn */

/**
 * dra_library_save_correction_async:
 * @self: a library
 * @correction: what the reader says of a name
 * @callback: (nullable): called when it is on disk
 * @user_data: for @callback
 *
 * As dra_library_save_correction(), after all that was queued before.
 */
void
dra_library_save_correction_async (DraLibrary          *self,
                                   DraCorrection       *correction,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_return_if_fail (DRA_IS_LIBRARY (self));
  g_return_if_fail (DRA_IS_CORRECTION (correction));

  push (self, new_correction (correction), dra_library_save_correction_async, NULL, callback,
        user_data);
}

/**
 * dra_library_delete_correction_async:
 * @self: a library
 * @uuid: of a correction
 * @callback: (nullable): called when it is gone from the disk
 * @user_data: for @callback
 *
 * As dra_library_delete_correction(), after all that was queued before.
 */
void
dra_library_delete_correction_async (DraLibrary          *self,
                                     const char          *uuid,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  g_return_if_fail (DRA_IS_LIBRARY (self));
  g_return_if_fail (uuid != NULL);

  push (self, order_new (delete_func, NULL, uuid), dra_library_delete_correction_async, NULL,
        callback, user_data);
}

/**
 * dra_library_index_names_async:
 * @self: a library
 * @article: an article
 * @cast: who is named in it
 * @callback: (nullable): called when it is on disk
 * @user_data: for @callback
 *
 * As dra_library_index_names(), after all that was queued before.
 */
void
dra_library_index_names_async (DraLibrary          *self,
                               DraArticle          *article,
                               DraCast             *cast,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_return_if_fail (DRA_IS_LIBRARY (self));
  g_return_if_fail (DRA_IS_ARTICLE (article));
  g_return_if_fail (DRA_IS_CAST (cast));

  push (self, new_index (article, cast), dra_library_index_names_async, NULL, callback,
        user_data);
}

/**
 * dra_library_wipe_names_async:
 * @self: a library
 * @callback: (nullable): called when it is gone from the disk
 * @user_data: for @callback
 *
 * As dra_library_wipe_names(), after all that was queued before.
 */
void
dra_library_wipe_names_async (DraLibrary          *self,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_return_if_fail (DRA_IS_LIBRARY (self));

  push (self, order_new (wipe_func, NULL, NULL), dra_library_wipe_names_async, NULL, callback,
        user_data);
}

/**
 * dra_library_write_names_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: whether it was written
 */
gboolean
dra_library_write_names_finish (DraLibrary    *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * dra_library_load_corrections_async:
 * @self: a library
 * @article: (nullable): an article; %NULL for all corrections
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * As dra_library_load_corrections(), after all that was queued before.
 */
void
dra_library_load_corrections_async (DraLibrary          *self,
                                    DraArticle          *article,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_return_if_fail (DRA_IS_LIBRARY (self));

  push (self, new_corrections_question (article), dra_library_load_corrections_async,
        cancellable, callback, user_data);
}

/**
 * dra_library_load_corrections_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full) (element-type DraCorrection): the corrections, or %NULL
 */
GPtrArray *
dra_library_load_corrections_finish (DraLibrary    *self,
                                     GAsyncResult  *result,
                                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * dra_library_ask_names_async:
 * @self: a library
 * @question: what to ask
 * @kind: for %DRA_NAMES_APPEARANCES: of the name
 * @text: words or a name
 * @limit: the most to return
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * As dra_library_ask_names(), after all that was queued before.
 */
void
dra_library_ask_names_async (DraLibrary          *self,
                             DraNamesQuestion     question,
                             DraEntityKind        kind,
                             const char          *text,
                             guint                limit,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_return_if_fail (DRA_IS_LIBRARY (self));
  g_return_if_fail (text != NULL);

  push (self, new_question (question, kind, text, limit), dra_library_ask_names_async,
        cancellable, callback, user_data);
}

/**
 * dra_library_ask_names_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full) (element-type DraFoundName): the answer, or %NULL
 */
GPtrArray *
dra_library_ask_names_finish (DraLibrary    *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* }}} */
