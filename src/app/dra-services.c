/* dra-services.c: what all windows share: one recognizer and one library.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-services.h"

#include "app/dra-tag-completion.h"

#define BACKUP_SECONDS (20 * 60 * 60) /* about daily, whatever the hour */

/* One thing that is opened once and handed to everyone. */
typedef struct
{
  GObject   *object;
  GPtrArray *waiting; /* of GTask; not NULL while it is being opened */
} Slot;

struct _DraServices
{
  GObject parent_instance;

  Slot     recognizer;
  Slot     library;
  gboolean notice_taken;
};

enum
{
  CORRECTIONS_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DraServices, dra_services, G_TYPE_OBJECT)

static void
slot_answer (Slot         *slot,
             GObject      *object,
             const GError *error)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&slot->waiting);

  g_set_object (&slot->object, object);

  for (guint i = 0; waiting != NULL && i < waiting->len; i++)
    {
      GTask *task = g_ptr_array_index (waiting, i);

      if (object != NULL)
        g_task_return_pointer (task, g_object_ref (object), g_object_unref);
      else
        g_task_return_error (task, g_error_copy (error));
    }
}

static void
slot_request (DraServices        *self,
              Slot               *slot,
              GTask              *task,
              GTaskThreadFunc     open,
              GAsyncReadyCallback opened_cb)
{
  g_autoptr (GTask) opening = NULL;

  if (slot->object != NULL)
    {
      g_task_return_pointer (task, g_object_ref (slot->object), g_object_unref);
      return;
    }

  if (slot->waiting != NULL)
    {
      g_ptr_array_add (slot->waiting, g_object_ref (task));
      return;
    }

  slot->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (slot->waiting, g_object_ref (task));

  opening = g_task_new (self, NULL, opened_cb, slot);
  g_task_set_source_tag (opening, slot_request);
  g_task_run_in_thread (opening, open);
}

static void
tags_listed_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GPtrArray) tags = dra_library_list_tags_finish (DRA_LIBRARY (source), result, NULL);

  if (tags == NULL)
    return; /* what cannot be completed can be typed */
  g_ptr_array_add (tags, NULL);
  dra_tag_completion_learn ((const char *const *) tags->pdata);
}

static void
slot_opened_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GObject) object = g_task_propagate_pointer (G_TASK (result), &error);

  if (DRA_IS_LIBRARY (object))
    {
      dra_library_list_tags_async (DRA_LIBRARY (object), NULL, tags_listed_cb, NULL);
      dra_library_back_up_async (DRA_LIBRARY (object), BACKUP_SECONDS);
    }
  slot_answer (user_data, object, error);
}

static void
open_recognizer (GTask        *task,
                 gpointer      source,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  DraRecognizer *recognizer = dra_recognizer_new (NULL, &error);

  if (recognizer != NULL)
    g_task_return_pointer (task, recognizer, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
open_library (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  DraLibrary *library = dra_library_open (NULL, &error);

  if (library != NULL)
    g_task_return_pointer (task, library, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
dra_services_dispose (GObject *object)
{
  DraServices *self = DRA_SERVICES (object);

  g_clear_object (&self->recognizer.object);
  g_clear_object (&self->library.object);

  G_OBJECT_CLASS (dra_services_parent_class)->dispose (object);
}

static void
dra_services_class_init (DraServicesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dra_services_dispose;

  signals[CORRECTIONS_CHANGED]
    = g_signal_new ("corrections-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_OBJECT);
}

static void
dra_services_init (DraServices *self)
{
}

/**
 * dra_services_new:
 *
 * Makes the services; nothing is opened yet.
 *
 * Returns: (transfer full): the services
 */
DraServices *
dra_services_new (void)
{
  return g_object_new (DRA_TYPE_SERVICES, NULL);
}

/**
 * dra_services_get_recognizer_async:
 * @self: the services
 * @cancellable: (nullable): cancels this request, not the opening
 * @callback: called with the recognizer
 * @user_data: for @callback
 *
 * Asks for the shared recognizer and opens it in a thread when it is not open yet.
 */
void
dra_services_get_recognizer_async (DraServices        *self,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DRA_IS_SERVICES (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dra_services_get_recognizer_async);
  slot_request (self, &self->recognizer, task, open_recognizer, slot_opened_cb);
}

/**
 * dra_services_get_recognizer_finish:
 * @self: the services
 * @result: what the callback was given
 * @error: set when the model is missing or damaged
 *
 * Returns: (transfer full) (nullable): the recognizer
 */
DraRecognizer *
dra_services_get_recognizer_finish (DraServices  *self,
                                    GAsyncResult *result,
                                    GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * dra_services_get_library_async:
 * @self: the services
 * @cancellable: (nullable): cancels this request, not the opening
 * @callback: called with the library
 * @user_data: for @callback
 *
 * Asks for the shared library and opens it in a thread when it is not open yet.
 */
void
dra_services_get_library_async (DraServices        *self,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DRA_IS_SERVICES (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dra_services_get_library_async);
  slot_request (self, &self->library, task, open_library, slot_opened_cb);
}

/**
 * dra_services_get_library_finish:
 * @self: the services
 * @result: what the callback was given
 * @error: set when the library cannot be opened
 *
 * Returns: (transfer full) (nullable): the library
 */
DraLibrary *
dra_services_get_library_finish (DraServices  *self,
                                 GAsyncResult *result,
                                 GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * dra_services_take_notice:
 * @self: the services
 *
 * Takes the sentence that tells of a damaged library, so that only one window shows it.
 *
 * Returns: (transfer full) (nullable): the sentence, once
 */
char *
dra_services_take_notice (DraServices *self)
{
  g_return_val_if_fail (DRA_IS_SERVICES (self), NULL);

  if (self->library.object == NULL || self->notice_taken)
    return NULL;

  self->notice_taken = TRUE;
  return g_strdup (dra_library_get_notice (DRA_LIBRARY (self->library.object)));
}

/**
 * dra_services_tell_corrections:
 * @self: the services
 * @who: (nullable): the object that has changed them and knows
 *
 * Says that what the reader says of names has changed in the library.
 */
void
dra_services_tell_corrections (DraServices *self,
                               GObject     *who)
{
  g_return_if_fail (DRA_IS_SERVICES (self));

  g_signal_emit (self, signals[CORRECTIONS_CHANGED], 0, who);
}
