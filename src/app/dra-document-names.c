/* dra-document-names.c: the people and organizations of an article: found, corrected, noted.
 *
 * What was found is kept as it is; the reader's corrections are put on it, in a thread, each
 * time one is made or taken back.  Nothing is shown before they are known, so that no name is
 * seen that the reader has rejected.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-document-private.h"

#include <glib/gi18n.h>

#include "app/dra-settings.h"
#include "library/dra-library-names.h"
#include "recognizer/dra-language.h"

/* {{{ Who is shown */

static void
set_names_state (DraDocument  *self,
                 DraNamesState state)
{
  if (state == self->names_state)
    return;

  self->names_state = state;
  g_object_notify_by_pspec (G_OBJECT (self), dra_document_properties[DRA_DOCUMENT_PROP_NAMES_STATE]);
}

static void
set_cast (DraDocument *self,
          DraCast     *cast)
{
  if (g_set_object (&self->cast, cast))
    g_object_notify_by_pspec (G_OBJECT (self), dra_document_properties[DRA_DOCUMENT_PROP_CAST]);
}

static void
names_failed (DraDocument  *self,
              const GError *error)
{
  g_free (self->names_message);
  self->names_message = g_strdup (error->message);
  set_names_state (self, DRA_NAMES_FAILED);
}

/* Who is in which article is noted only when the reader has switched that on. */
static void
index_names (DraDocument *self)
{
  GSettings *settings = dra_settings_get_default ();
  DraLibrary *library = dra_note_saver_get_library (self->saver);

  if (library != NULL && self->names_state == DRA_NAMES_READY && settings != NULL
      && g_settings_get_boolean (settings, "index-articles"))
    dra_library_index_names_async (library, self->article, self->cast, NULL, NULL);
}

static void
show_names (DraDocument *self,
            DraCast     *cast)
{
  set_cast (self, cast);
  if (!self->found_all)
    return;
  set_names_state (self, DRA_NAMES_READY);
  self->entities_read = FALSE;
  dra_document_load_entity_notes (self);
  index_names (self);
}

/* }}} */
/* {{{ Corrections */

typedef struct
{
  DraArticle *article;
  DraCast    *found;
  GPtrArray  *corrections;
  guint       number;
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_object_unref (order->article);
  g_object_unref (order->found);
  g_ptr_array_unref (order->corrections);
  g_free (order);
}

static void
correct_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Order *order = task_data;

  g_task_return_pointer (task,
                         dra_correction_apply (order->article, order->found, order->corrections),
                         g_object_unref);
}

static void
corrected_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  DraDocument *self = DRA_DOCUMENT (source);
  Order *order = g_task_get_task_data (G_TASK (result));
  g_autoptr (DraCast) cast = g_task_propagate_pointer (G_TASK (result), NULL);

  /* A later order is on its way. */
  if (cast != NULL && order->number == self->correcting)
    show_names (self, cast);
}

static void
correct (DraDocument *self)
{
  g_autoptr (GTask) task = NULL;
  Order *order;

  self->correcting++;
  if (self->found == NULL || !self->corrections_loaded)
    return;
  if (self->corrections->len == 0)
    {
      show_names (self, self->found);
      return;
    }

  order = g_new0 (Order, 1);
  order->article = g_object_ref (self->article);
  order->found = g_object_ref (self->found);
  order->corrections = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < self->corrections->len; i++)
    g_ptr_array_add (order->corrections, g_object_ref (self->corrections->pdata[i]));
  order->number = self->correcting;
  task = g_task_new (self, self->cancellable, corrected_cb, NULL);
  g_task_set_source_tag (task, correct);
  g_task_set_task_data (task, order, order_free);
  g_task_run_in_thread (task, correct_thread);
}

static void
corrections_loaded_cb (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr (DraDocument) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) corrections
    = dra_library_load_corrections_finish (DRA_LIBRARY (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  /* What cannot be read, as in a library of an older version that may not be written, is
   * told where the notes are. */
  self->corrections_loaded = TRUE;
  if (corrections != NULL)
    {
      g_ptr_array_unref (self->corrections);
      self->corrections = g_steal_pointer (&corrections);
    }
  correct (self);
}

static void
library_opened_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (DraDocument) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DraLibrary) library
    = dra_services_get_library_finish (DRA_SERVICES (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (library != NULL)
    {
      dra_library_load_corrections_async (library, self->article, self->cancellable,
                                          corrections_loaded_cb, g_object_ref (self));
      return;
    }
  self->corrections_loaded = TRUE;
  correct (self);
}

static void
load_corrections (DraDocument *self)
{
  dra_services_get_library_async (self->services, self->cancellable, library_opened_cb,
                                  g_object_ref (self));
}

/* In another window, or in the preferences. */
static void
corrections_changed_cb (DraDocument *self,
                        GObject     *who)
{
  if (who != (GObject *) self && self->continued)
    load_corrections (self);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (DraDocument) self = user_data;
  g_autoptr (GError) error = NULL;

  if (dra_library_write_names_finish (DRA_LIBRARY (source), result, &error))
    dra_services_tell_corrections (self->services, G_OBJECT (self));
  else
    g_signal_emit (self, dra_document_signals[DRA_DOCUMENT_NOTICE], 0, error->message);
}

typedef struct
{
  DraDocument   *document; /* not owned: the document owns the stack */
  DraCorrection *correction;
} Change;

static void
change_free (gpointer data)
{
  g_object_unref (((Change *) data)->correction);
  g_free (data);
}

static void
change_redo (gpointer data)
{
  Change *change = data;
  DraDocument *self = change->document;
  DraLibrary *library = dra_note_saver_get_library (self->saver);

  g_ptr_array_add (self->corrections, g_object_ref (change->correction));
  if (library != NULL)
    dra_library_save_correction_async (library, change->correction, written_cb,
                                       g_object_ref (self));
  correct (self);
}

static void
change_undo (gpointer data)
{
  Change *change = data;
  DraDocument *self = change->document;
  DraLibrary *library = dra_note_saver_get_library (self->saver);
  const char *uuid = dra_correction_get_parts (change->correction)->uuid;

  for (guint i = self->corrections->len; i > 0; i--)
    if (g_strcmp0 (dra_correction_get_parts (self->corrections->pdata[i - 1])->uuid, uuid) == 0)
      g_ptr_array_remove_index (self->corrections, i - 1);
  if (library != NULL)
    dra_library_delete_correction_async (library, uuid, written_cb, g_object_ref (self));
  correct (self);
}

static const DraUndoClass change_class = { change_undo, change_redo, NULL, change_free };

/**
 * dra_document_correct:
 * @self: a ready document
 * @parts: what the reader says; the article's hash is filled in
 *
 * Corrects a name: at once here, kept in the library, and undoable.
 *
 * Returns: %FALSE when @parts makes no sense; then nothing was done
 */
gboolean
dra_document_correct (DraDocument              *self,
                      const DraCorrectionParts *parts)
{
  g_autoptr (DraCorrection) correction = NULL;
  DraCorrectionParts here = *parts;
  Change *change;

  g_return_val_if_fail (DRA_IS_DOCUMENT (self), FALSE);
  g_return_val_if_fail (self->article != NULL, FALSE);

  here.hash = dra_article_get_hash (self->article);
  correction = dra_correction_new (&here);
  if (correction == NULL)
    return FALSE;

  change = g_new0 (Change, 1);
  change->document = self;
  change->correction = g_steal_pointer (&correction);
  change_redo (change);
  dra_undo_stack_seal (self->undo_stack);
  dra_undo_stack_push (self->undo_stack, &change_class, change);
  return TRUE;
}

/**
 * dra_document_get_corrections:
 * @self: the document
 *
 * Returns: (transfer none) (element-type DraCorrection): those that count here, oldest first
 */
GPtrArray *
dra_document_get_corrections (DraDocument *self)
{
  g_return_val_if_fail (DRA_IS_DOCUMENT (self), NULL);

  return self->corrections;
}

/* }}} */
/* {{{ Finding */

/* What is known of a long article so far. */
static void
names_so_far_cb (DraCast *so_far,
                 double   done,
                 gpointer user_data)
{
  DraDocument *self = user_data; /* held by the call that is still on its way */

  self->names_progress = done;
  g_object_notify_by_pspec (G_OBJECT (self), dra_document_properties[DRA_DOCUMENT_PROP_NAMES_PROGRESS]);
  if (so_far != NULL && g_set_object (&self->found, so_far))
    correct (self);
}

static void
recognized_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (DraDocument) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DraCast) cast = NULL;

  cast = dra_recognizer_recognize_finish (DRA_RECOGNIZER (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (cast == NULL)
    {
      names_failed (self, error);
      return;
    }

  self->found_all = TRUE;
  g_set_object (&self->found, cast);
  correct (self);
}

static void
recognizer_opened_cb (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr (DraDocument) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DraRecognizer) recognizer = NULL;

  recognizer = dra_services_get_recognizer_finish (DRA_SERVICES (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (recognizer == NULL)
    {
      names_failed (self, error);
      return;
    }

  dra_recognizer_recognize_in_slices_async (recognizer, self->article, names_so_far_cb, self,
                                            self->cancellable, recognized_cb, g_object_ref (self));
}

/* The article is there, and with it, in an annotated copy, who it names. */
void
dra_document_start_names (DraDocument *self,
                          DraCast     *cast)
{
  g_set_object (&self->found, cast);
  self->found_all = cast != NULL;
  if (dra_settings_get_default () != NULL)
    g_signal_connect_object (dra_settings_get_default (), "changed::index-articles",
                             G_CALLBACK (index_names), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->services, "corrections-changed",
                           G_CALLBACK (corrections_changed_cb), self, G_CONNECT_SWAPPED);
}

/* The text has been painted. */
void
dra_document_load_names (DraDocument *self)
{
  load_corrections (self);
  set_names_state (self, DRA_NAMES_SEARCHING);
  if (!self->found_all)
    dra_services_get_recognizer_async (self->services, self->cancellable, recognizer_opened_cb,
                                       g_object_ref (self));
}

/* }}} */

/**
 * dra_document_dup_names_notice:
 * @self: a ready document
 *
 * Returns: (transfer full) (nullable): what is to be known about the names: that in this
 *   language they are found only partly
 */
char *
dra_document_dup_names_notice (DraDocument *self)
{
  const char *language, *name;

  g_return_val_if_fail (DRA_IS_DOCUMENT (self), NULL);
  g_return_val_if_fail (self->article != NULL, NULL);

  language = dra_language_detect (self->article);
  if (dra_language_is_english (language))
    return NULL;
  name = dra_language_get_name (language);
  if (name == NULL)
    return g_strdup (_("This article is not in English. Dramatis finds only some of the people "
                       "and organizations in it."));
  /* Translators: %s is the name of a language, as in "(German)" */
  return g_strdup_printf (_("This article is not in English (%s). Dramatis finds only some of the "
                            "people and organizations in it."), name);
}
