/* dra-document.c: one opened file: its article, cast and notes, and how far they are.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-document-private.h"

#include <glib/gi18n.h>

#include "article/dra-error.h"
#include "app/dra-reading-pictures.h"
#include "worker/dra-worker-client.h"

GParamSpec *dra_document_properties[DRA_DOCUMENT_N_PROPS];
guint dra_document_signals[DRA_DOCUMENT_N_SIGNALS];

G_DEFINE_FINAL_TYPE (DraDocument, dra_document, G_TYPE_OBJECT)

/* {{{ Reading the file */

static void
set_state (DraDocument     *self,
           DraDocumentState state)
{
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), dra_document_properties[DRA_DOCUMENT_PROP_STATE]);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (DraDocument) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DraReading) reading = NULL;

  reading = dra_worker_read_finish (self->file, result, &error);
  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  if (reading == NULL)
    {
      self->message = g_strdup (error->message);
      set_state (self, DRA_DOCUMENT_FAILED);
      return;
    }

  self->article = g_object_ref (reading->article);
  self->pictures = dra_reading_pictures_new (reading, self->file);
  self->extent = reading->extent;
  self->copy = reading->copy;
  self->carried = g_ptr_array_ref (reading->notes);
  dra_document_start_notes (self);
  dra_document_start_names (self, reading->cast);
  set_state (self, DRA_DOCUMENT_READY);
}

static void
watch_changed_cb (DraDocument *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), dra_document_properties[DRA_DOCUMENT_PROP_DISK_STATE]);
}

/* }}} */

static void
dra_document_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  DraDocument *self = DRA_DOCUMENT (object);

  switch (prop_id)
    {
    case DRA_DOCUMENT_PROP_STATE:
      g_value_set_int (value, self->state);
      break;
    case DRA_DOCUMENT_PROP_NAMES_STATE:
      g_value_set_int (value, self->names_state);
      break;
    case DRA_DOCUMENT_PROP_NAMES_PROGRESS:
      g_value_set_double (value, self->names_progress);
      break;
    case DRA_DOCUMENT_PROP_CAST:
      g_value_set_object (value, self->cast);
      break;
    case DRA_DOCUMENT_PROP_NOTES_LOADED:
      g_value_set_boolean (value, self->notes_loaded);
      break;
    case DRA_DOCUMENT_PROP_NOTES_PROBLEM:
      g_value_set_string (value, self->notes_problem);
      break;
    case DRA_DOCUMENT_PROP_BUSY:
      g_value_set_boolean (value, dra_document_get_busy (self));
      break;
    case DRA_DOCUMENT_PROP_DISK_STATE:
      g_value_set_int (value, dra_document_get_disk_state (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dra_document_dispose (GObject *object)
{
  DraDocument *self = DRA_DOCUMENT (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->watch);

  G_OBJECT_CLASS (dra_document_parent_class)->dispose (object);
}

static void
dra_document_finalize (GObject *object)
{
  DraDocument *self = DRA_DOCUMENT (object);

  g_clear_object (&self->undo_stack);
  g_clear_object (&self->saver);
  g_clear_object (&self->notes);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_clear_pointer (&self->carried, g_ptr_array_unref);
  g_clear_object (&self->cast);
  g_clear_object (&self->found);
  g_clear_pointer (&self->corrections, g_ptr_array_unref);
  g_clear_object (&self->pictures);
  g_clear_object (&self->article);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->file);
  g_clear_object (&self->services);
  g_free (self->message);
  g_free (self->names_message);
  g_free (self->notes_problem);

  G_OBJECT_CLASS (dra_document_parent_class)->finalize (object);
}

static void
dra_document_class_init (DraDocumentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = dra_document_get_property;
  object_class->dispose = dra_document_dispose;
  object_class->finalize = dra_document_finalize;

  dra_document_properties[DRA_DOCUMENT_PROP_STATE] = g_param_spec_int ("state", NULL, NULL, 0, DRA_DOCUMENT_FAILED, 0, flags);
  dra_document_properties[DRA_DOCUMENT_PROP_NAMES_STATE] =
    g_param_spec_int ("names-state", NULL, NULL, 0, DRA_NAMES_FAILED, 0, flags);
  dra_document_properties[DRA_DOCUMENT_PROP_NAMES_PROGRESS] =
    g_param_spec_double ("names-progress", NULL, NULL, 0, 1, 0, flags);
  dra_document_properties[DRA_DOCUMENT_PROP_CAST] = g_param_spec_object ("cast", NULL, NULL, DRA_TYPE_CAST, flags);
  dra_document_properties[DRA_DOCUMENT_PROP_NOTES_LOADED] =
    g_param_spec_boolean ("notes-loaded", NULL, NULL, FALSE, flags);
  dra_document_properties[DRA_DOCUMENT_PROP_NOTES_PROBLEM] = g_param_spec_string ("notes-problem", NULL, NULL, NULL, flags);
  dra_document_properties[DRA_DOCUMENT_PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  dra_document_properties[DRA_DOCUMENT_PROP_DISK_STATE] =
    g_param_spec_int ("disk-state", NULL, NULL, 0, DRA_FILE_GONE, 0, flags);
  g_object_class_install_properties (object_class, DRA_DOCUMENT_N_PROPS,
                                     dra_document_properties);

  dra_document_signals[DRA_DOCUMENT_NOTICE] = g_signal_new ("notice", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  dra_document_signals[DRA_DOCUMENT_NOTE_SHOWN] = g_signal_new ("note-shown", G_TYPE_FROM_CLASS (klass),
                                      G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                      DRA_TYPE_NOTE);
}

static void
dra_document_init (DraDocument *self)
{
  self->cancellable = g_cancellable_new ();
  self->notes = g_list_store_new (DRA_TYPE_NOTE);
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->undo_stack = dra_undo_stack_new ();
  self->corrections = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * dra_document_new:
 * @services: the recognizer and the library
 * @file: the file to open
 *
 * Makes a document; nothing is read yet.
 *
 * Returns: (transfer full): the document, in state %DRA_DOCUMENT_LOADING
 */
DraDocument *
dra_document_new (DraServices *services,
                  GFile       *file)
{
  DraDocument *self;

  g_return_val_if_fail (DRA_IS_SERVICES (services), NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  self = g_object_new (DRA_TYPE_DOCUMENT, NULL);
  self->services = g_object_ref (services);
  self->file = g_object_ref (file);
  return self;
}

/**
 * dra_document_load:
 * @self: a new document
 *
 * Reads the file in a thread; the state becomes ready or failed.
 */
void
dra_document_load (DraDocument *self)
{
  g_return_if_fail (DRA_IS_DOCUMENT (self));
  g_return_if_fail (self->watch == NULL);

  self->watch = dra_file_watch_new (self->file);
  g_signal_connect_object (self->watch, "changed", G_CALLBACK (watch_changed_cb), self,
                           G_CONNECT_SWAPPED);
  dra_worker_read_extent_async (self->file, NULL, self->extent, self->cancellable, read_cb,
                                g_object_ref (self));
}

/**
 * dra_document_continue:
 * @self: a ready document whose text has been painted
 *
 * Finds the names and loads the notes, in threads.  The second call does nothing.
 */
void
dra_document_continue (DraDocument *self)
{
  g_return_if_fail (DRA_IS_DOCUMENT (self));
  g_return_if_fail (self->state == DRA_DOCUMENT_READY);

  if (self->continued)
    return;
  self->continued = TRUE;

  dra_document_load_names (self);
  dra_document_load_notes (self);
}

/**
 * dra_document_close:
 * @self: the document
 *
 * Stops reading and searching.  Notes being written are still written.
 */
void
dra_document_close (DraDocument *self)
{
  g_return_if_fail (DRA_IS_DOCUMENT (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->watch);
}

/**
 * dra_document_set_extent:
 * @self: a document that is not loaded yet
 * @extent: %DRA_READING_PAGE for all of a web page
 *
 * Says what is to be read.
 */
void
dra_document_set_extent (DraDocument      *self,
                         DraReadingExtent  extent)
{
  g_return_if_fail (DRA_IS_DOCUMENT (self));

  self->extent = extent;
}

/**
 * dra_document_get_extent:
 * @self: a ready document
 *
 * Returns: whether it is all that the file has
 */
DraReadingExtent
dra_document_get_extent (DraDocument *self)
{
  g_return_val_if_fail (DRA_IS_DOCUMENT (self), DRA_READING_ALL);

  return self->extent;
}

/**
 * dra_document_get_pictures:
 * @self: a document
 *
 * Returns: (transfer none) (nullable): the pictures of its article
 */
DraPictureSource *
dra_document_get_pictures (DraDocument *self)
{
  g_return_val_if_fail (DRA_IS_DOCUMENT (self), NULL);

  return self->pictures;
}

GFile *
dra_document_get_file (DraDocument *self)
{
  g_return_val_if_fail (DRA_IS_DOCUMENT (self), NULL);

  return self->file;
}

/**
 * dra_document_dup_file_name:
 * @self: the document
 *
 * Returns: (transfer full): the file's name without its folder, fit to be shown
 */
char *
dra_document_dup_file_name (DraDocument *self)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (DRA_IS_DOCUMENT (self), NULL);

  name = g_file_get_basename (self->file);
  return name != NULL ? g_filename_display_name (name) : g_file_get_parse_name (self->file);
}

DraDocumentState
dra_document_get_state (DraDocument *self)
{
  g_return_val_if_fail (DRA_IS_DOCUMENT (self), DRA_DOCUMENT_FAILED);

  return self->state;
}

/**
 * dra_document_get_message:
 * @self: the document
 *
 * Returns: (nullable): the sentence that says why it failed
 */
const char *
dra_document_get_message (DraDocument *self)
{
  g_return_val_if_fail (DRA_IS_DOCUMENT (self), NULL);

  return self->message;
}

DraArticle *
dra_document_get_article (DraDocument *self)
{
  g_return_val_if_fail (DRA_IS_DOCUMENT (self), NULL);

  return self->article;
}

/**
 * dra_document_get_is_copy:
 * @self: the document
 *
 * Returns: whether the file is an annotated copy made by Dramatis
 */
gboolean
dra_document_get_is_copy (DraDocument *self)
{
  g_return_val_if_fail (DRA_IS_DOCUMENT (self), FALSE);

  return self->copy;
}

DraCast *
dra_document_get_cast (DraDocument *self)
{
  g_return_val_if_fail (DRA_IS_DOCUMENT (self), NULL);

  return self->cast;
}

DraNamesState
dra_document_get_names_state (DraDocument *self)
{
  g_return_val_if_fail (DRA_IS_DOCUMENT (self), DRA_NAMES_FAILED);

  return self->names_state;
}

/**
 * dra_document_get_names_progress:
 * @self: the document
 *
 * Returns: how much of the article names have been looked for in, 0 to 1
 */
double
dra_document_get_names_progress (DraDocument *self)
{
  g_return_val_if_fail (DRA_IS_DOCUMENT (self), 0);

  return self->names_progress;
}

/**
 * dra_document_get_names_message:
 * @self: the document
 *
 * Returns: (nullable): the sentence that says why no names could be looked for
 */
const char *
dra_document_get_names_message (DraDocument *self)
{
  g_return_val_if_fail (DRA_IS_DOCUMENT (self), NULL);

  return self->names_message;
}

DraFileState
dra_document_get_disk_state (DraDocument *self)
{
  g_return_val_if_fail (DRA_IS_DOCUMENT (self), DRA_FILE_SAME);

  return self->watch != NULL ? dra_file_watch_get_state (self->watch) : DRA_FILE_SAME;
}
