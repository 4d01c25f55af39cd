/* dra-document.c: one opened file: its article, cast and notes, and how far they are.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-document.h"

#include <glib/gi18n.h>

#include "app/dra-note-saver.h"
#include "article/dra-error.h"
#include "recognizer/dra-language.h"
#include "app/dra-reading-pictures.h"
#include "worker/dra-worker-client.h"

#define MERGE_EDITS_US (3 * G_USEC_PER_SEC) /* edits of one note this close are one step */

struct _DraDocument
{
  GObject parent_instance;

  DraServices     *services;
  GFile           *file;
  DraFileWatch    *watch;
  GCancellable    *cancellable;

  DraDocumentState state;
  char            *message; /* why it failed */
  DraPictureSource *pictures; /* (nullable): until it is ready */
  DraReadingExtent  extent;   /* what to read, then what was read */
  DraArticle      *article;
  gboolean         copy;
  gboolean         continued;

  DraCast         *cast;
  DraNamesState    names_state;
  char            *names_message;
  double           names_progress;

  GListStore      *notes;     /* of DraNote, in text order */
  GHashTable      *known;     /* uuid -> DraNote: each note as it last was, for undo */
  GPtrArray       *carried;   /* notes the file itself carried */
  DraNoteSaver    *saver;
  DraUndoStack    *undo_stack;
  gboolean         notes_loaded;
  gboolean         library_read; /* the notes shown include the library's */
  char            *notes_problem;
};

enum
{
  PROP_0,
  PROP_STATE,
  PROP_NAMES_STATE,
  PROP_NAMES_PROGRESS,
  PROP_CAST,
  PROP_NOTES_LOADED,
  PROP_NOTES_PROBLEM,
  PROP_BUSY,
  PROP_DISK_STATE,
  N_PROPS,
};

enum
{
  NOTICE,
  NOTE_SHOWN,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DraDocument, dra_document, G_TYPE_OBJECT)

/* {{{ Notes in their order */

/* Notes on the whole article first, then by place, then those whose place is lost. */
static int
compare_notes (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  DraNote *notes[2] = { (DraNote *) a, (DraNote *) b };
  int group[2];
  DraRange range[2];

  for (int i = 0; i < 2; i++)
    {
      DraAnchorState anchor = dra_note_get_anchor (notes[i], &range[i], NULL);

      if (dra_note_get_target (notes[i]) != DRA_NOTE_TARGET_PASSAGE)
        group[i] = 0;
      else
        group[i] = anchor == DRA_ANCHOR_LOST ? 2 : 1;
    }

  if (group[0] != group[1])
    return group[0] - group[1];
  if (group[0] == 1 && range[0].start != range[1].start)
    return range[0].start < range[1].start ? -1 : 1;
  if (dra_note_get_created (notes[0]) != dra_note_get_created (notes[1]))
    return dra_note_get_created (notes[0]) < dra_note_get_created (notes[1]) ? -1 : 1;
  return g_strcmp0 (dra_note_get_uuid (notes[0]), dra_note_get_uuid (notes[1]));
}

/* A copy that stands where the original does; dra_note_copy need not keep the anchor. */
static DraNote *
copy_note (DraNote *note)
{
  DraNote *copy = dra_note_copy (note);
  DraRange range;
  const char *reason;
  DraAnchorState state = dra_note_get_anchor (note, &range, &reason);

  dra_note_set_anchor (copy, state, range, reason);
  return copy;
}

static DraNote *
find_note (DraDocument *self,
           const char  *uuid)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->notes));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (DraNote) note = g_list_model_get_item (G_LIST_MODEL (self->notes), i);

      if (g_strcmp0 (dra_note_get_uuid (note), uuid) == 0)
        return note; /* the store holds it */
    }

  return NULL;
}

static void
remember (DraDocument *self,
          DraNote     *note)
{
  g_hash_table_replace (self->known, g_strdup (dra_note_get_uuid (note)), copy_note (note));
}

/* }}} */
/* {{{ Undo */

typedef struct
{
  DraDocument *document; /* not owned: the document owns the stack */
  char        *uuid;
  DraNote     *before;   /* NULL: there was none */
  DraNote     *after;    /* NULL: it was deleted */
  gint64       time;     /* monotonic, microseconds */
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_clear_object (&change->before);
  g_clear_object (&change->after);
  g_free (change->uuid);
  g_free (change);
}

/* Makes the note what it was; the change is written through like any other. */
static void
restore (DraDocument *self,
         const char  *uuid,
         DraNote     *wanted)
{
  DraNote *note = find_note (self, uuid);

  if (wanted == NULL)
    {
      guint position;

      if (note != NULL && g_list_store_find (self->notes, note, &position))
        g_list_store_remove (self->notes, position);
      g_hash_table_remove (self->known, uuid);
      dra_note_saver_delete (self->saver, uuid);
      return;
    }

  if (note == NULL)
    {
      g_autoptr (DraNote) again = copy_note (wanted);

      remember (self, again);
      g_list_store_insert_sorted (self->notes, again, compare_notes, NULL);
      dra_note_saver_save (self->saver, again);
      g_signal_emit (self, signals[NOTE_SHOWN], 0, again);
      return;
    }

  dra_note_set_body (note, dra_note_get_body (wanted));
  dra_note_set_color (note, dra_note_get_color (wanted));
  dra_note_set_tags (note, dra_note_get_tags (wanted));
  /* Newer than the undone state, which a saved copy may hold. */
  dra_note_set_modified (note, g_get_real_time ());
  remember (self, note);
  dra_note_saver_save (self->saver, note);
  g_signal_emit (self, signals[NOTE_SHOWN], 0, note);
}

static void
change_undo (gpointer data)
{
  Change *change = data;

  restore (change->document, change->uuid, change->before);
}

static void
change_redo (gpointer data)
{
  Change *change = data;

  restore (change->document, change->uuid, change->after);
}

static gboolean
change_merge (gpointer data,
              gpointer next)
{
  Change *change = data;
  Change *later = next;

  if (g_strcmp0 (change->uuid, later->uuid) != 0 || change->after == NULL ||
      change->before == NULL || later->before == NULL || later->after == NULL ||
      later->time - change->time > MERGE_EDITS_US)
    return FALSE;

  g_set_object (&change->after, later->after);
  change->time = later->time;
  return TRUE;
}

static const DraUndoClass change_class = { change_undo, change_redo, change_merge, change_free };

static void
push_change (DraDocument *self,
             const char  *uuid,
             DraNote     *before,
             DraNote     *after)
{
  Change *change = g_new0 (Change, 1);

  change->document = self;
  change->uuid = g_strdup (uuid);
  change->before = before != NULL ? copy_note (before) : NULL;
  change->after = after != NULL ? copy_note (after) : NULL;
  change->time = g_get_monotonic_time ();
  dra_undo_stack_push (self->undo_stack, &change_class, change);
}

/* }}} */
/* {{{ Notes from the library */

static void
set_notes_problem (DraDocument *self,
                   const char  *problem)
{
  if (g_strcmp0 (problem, self->notes_problem) == 0)
    return;

  g_free (self->notes_problem);
  self->notes_problem = g_strdup (problem);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOTES_PROBLEM]);
}

static void
take_notes (DraDocument *self,
            GPtrArray   *notes)
{
  for (guint i = 0; notes != NULL && i < notes->len; i++)
    {
      DraNote *note = g_ptr_array_index (notes, i);

      /* One that was made while the library was being read is the newer. */
      if (find_note (self, dra_note_get_uuid (note)) != NULL)
        continue;
      remember (self, note);
      g_list_store_insert_sorted (self->notes, note, compare_notes, NULL);
    }

  self->notes_loaded = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOTES_LOADED]);
}

static void
notes_loaded_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (DraDocument) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) notes = NULL;

  notes = dra_library_load_notes_finish (DRA_LIBRARY (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (notes != NULL)
    {
      self->library_read = TRUE;
      take_notes (self, notes);
    }
  else
    {
      set_notes_problem (self, error->message);
      take_notes (self, self->carried);
    }
}

static void
library_opened_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (DraDocument) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DraLibrary) library = NULL;
  g_autofree char *notice = NULL;

  library = dra_services_get_library_finish (DRA_SERVICES (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (library == NULL)
    {
      set_notes_problem (self, error->message);
      dra_note_saver_set_library (self->saver, NULL, error);
      if (!self->notes_loaded)
        take_notes (self, self->carried);
      return;
    }

  set_notes_problem (self, NULL);
  notice = dra_services_take_notice (self->services);
  if (notice != NULL)
    g_signal_emit (self, signals[NOTICE], 0, notice);

  dra_note_saver_set_library (self->saver, library, NULL);
  if (!self->library_read)
    dra_library_load_notes_async (library, self->article,
                                  self->carried->len > 0 ? self->carried : NULL,
                                  self->cancellable, notes_loaded_cb, g_object_ref (self));
}

static void
note_failed_cb (DraDocument *self,
                const char  *sentence)
{
  set_notes_problem (self, sentence);
}

static void
saver_n_failed_cb (DraDocument *self)
{
  if (dra_note_saver_get_n_failed (self->saver) == 0 && self->notes_loaded)
    set_notes_problem (self, NULL);
}

static void
saver_busy_cb (DraDocument *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

/* }}} */
/* {{{ People and organizations */

static void
set_names_state (DraDocument  *self,
                 DraNamesState state)
{
  if (state == self->names_state)
    return;

  self->names_state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAMES_STATE]);
}

static void
set_cast (DraDocument *self,
          DraCast     *cast)
{
  if (g_set_object (&self->cast, cast))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAST]);
}

static void
names_failed (DraDocument  *self,
              const GError *error)
{
  g_free (self->names_message);
  self->names_message = g_strdup (error->message);
  set_names_state (self, DRA_NAMES_FAILED);
}

/* What is known of a long article so far. */
static void
names_so_far_cb (DraCast *so_far,
                 double   done,
                 gpointer user_data)
{
  DraDocument *self = user_data; /* held by the call that is still on its way */

  self->names_progress = done;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAMES_PROGRESS]);
  if (so_far != NULL)
    set_cast (self, so_far);
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

  set_cast (self, cast);
  set_names_state (self, DRA_NAMES_READY);
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

/* }}} */
/* {{{ Reading the file */

static void
set_state (DraDocument     *self,
           DraDocumentState state)
{
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
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
  g_set_object (&self->cast, reading->cast);

  self->saver = dra_note_saver_new (self->article);
  g_signal_connect_object (self->saver, "failed", G_CALLBACK (note_failed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->saver, "notify::n-failed", G_CALLBACK (saver_n_failed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->saver, "notify::busy", G_CALLBACK (saver_busy_cb), self,
                           G_CONNECT_SWAPPED);

  if (self->cast != NULL)
    self->names_state = DRA_NAMES_READY;
  set_state (self, DRA_DOCUMENT_READY);
}

static void
watch_changed_cb (DraDocument *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DISK_STATE]);
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
    case PROP_STATE:
      g_value_set_int (value, self->state);
      break;
    case PROP_NAMES_STATE:
      g_value_set_int (value, self->names_state);
      break;
    case PROP_NAMES_PROGRESS:
      g_value_set_double (value, self->names_progress);
      break;
    case PROP_CAST:
      g_value_set_object (value, self->cast);
      break;
    case PROP_NOTES_LOADED:
      g_value_set_boolean (value, self->notes_loaded);
      break;
    case PROP_NOTES_PROBLEM:
      g_value_set_string (value, self->notes_problem);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, dra_document_get_busy (self));
      break;
    case PROP_DISK_STATE:
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

  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, 0, DRA_DOCUMENT_FAILED, 0, flags);
  properties[PROP_NAMES_STATE] =
    g_param_spec_int ("names-state", NULL, NULL, 0, DRA_NAMES_FAILED, 0, flags);
  properties[PROP_NAMES_PROGRESS] =
    g_param_spec_double ("names-progress", NULL, NULL, 0, 1, 0, flags);
  properties[PROP_CAST] = g_param_spec_object ("cast", NULL, NULL, DRA_TYPE_CAST, flags);
  properties[PROP_NOTES_LOADED] =
    g_param_spec_boolean ("notes-loaded", NULL, NULL, FALSE, flags);
  properties[PROP_NOTES_PROBLEM] = g_param_spec_string ("notes-problem", NULL, NULL, NULL, flags);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  properties[PROP_DISK_STATE] =
    g_param_spec_int ("disk-state", NULL, NULL, 0, DRA_FILE_GONE, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[NOTICE] = g_signal_new ("notice", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[NOTE_SHOWN] = g_signal_new ("note-shown", G_TYPE_FROM_CLASS (klass),
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

  dra_services_get_library_async (self->services, self->cancellable, library_opened_cb,
                                  g_object_ref (self));
  if (self->cast == NULL)
    {
      set_names_state (self, DRA_NAMES_SEARCHING);
      dra_services_get_recognizer_async (self->services, self->cancellable,
                                         recognizer_opened_cb, g_object_ref (self));
    }
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

/**
 * dra_document_get_notes:
 * @self: the document
 *
 * Returns: (transfer none): the notes, in text order; empty until they are loaded
 */
GListModel *
dra_document_get_notes (DraDocument *self)
{
  g_return_val_if_fail (DRA_IS_DOCUMENT (self), NULL);

  return G_LIST_MODEL (self->notes);
}

gboolean
dra_document_get_notes_loaded (DraDocument *self)
{
  g_return_val_if_fail (DRA_IS_DOCUMENT (self), FALSE);

  return self->notes_loaded;
}

/**
 * dra_document_get_notes_problem:
 * @self: the document
 *
 * Returns: (nullable): the sentence that says why notes are not being kept
 */
const char *
dra_document_get_notes_problem (DraDocument *self)
{
  g_return_val_if_fail (DRA_IS_DOCUMENT (self), NULL);

  return self->notes_problem;
}

/**
 * dra_document_get_busy:
 * @self: the document
 *
 * Returns: whether a note is still being written
 */
gboolean
dra_document_get_busy (DraDocument *self)
{
  g_return_val_if_fail (DRA_IS_DOCUMENT (self), FALSE);

  return self->saver != NULL && dra_note_saver_get_busy (self->saver);
}

/**
 * dra_document_get_n_unsaved:
 * @self: the document
 *
 * Returns: how many notes have a change that could not be written
 */
guint
dra_document_get_n_unsaved (DraDocument *self)
{
  g_return_val_if_fail (DRA_IS_DOCUMENT (self), 0);

  return self->saver != NULL ? dra_note_saver_get_n_failed (self->saver) : 0;
}

/**
 * dra_document_retry_notes:
 * @self: a ready document
 *
 * Tries once more to open the library and to write what could not be written.
 */
void
dra_document_retry_notes (DraDocument *self)
{
  g_return_if_fail (DRA_IS_DOCUMENT (self));
  g_return_if_fail (self->saver != NULL);

  dra_services_get_library_async (self->services, self->cancellable, library_opened_cb,
                                  g_object_ref (self));
}

/**
 * dra_document_add_note:
 * @self: a ready document
 * @range: a passage, in bytes of the article's text
 * @color: its colour
 *
 * Adds an empty note (a highlight) and writes it through.
 *
 * Returns: (transfer none): the note
 */
DraNote *
dra_document_add_note (DraDocument *self,
                       DraRange     range,
                       DraNoteColor color)
{
  g_autoptr (DraNote) note = NULL;

  g_return_val_if_fail (DRA_IS_DOCUMENT (self), NULL);
  g_return_val_if_fail (self->article != NULL, NULL);
  g_return_val_if_fail (range.start < range.end, NULL);

  note = dra_note_new_for_passage (self->article, range);
  dra_note_set_color (note, color);
  dra_note_set_anchor (note, DRA_ANCHOR_EXACT, range, NULL);

  push_change (self, dra_note_get_uuid (note), NULL, note);
  remember (self, note);
  g_list_store_insert_sorted (self->notes, note, compare_notes, NULL);
  dra_note_saver_save (self->saver, note);
  return note;
}

/**
 * dra_document_note_edited:
 * @self: a ready document
 * @note: one of its notes, with a new body, colour or tags
 *
 * Stamps the note with the present time and writes it through.
 */
void
dra_document_note_edited (DraDocument *self,
                          DraNote     *note)
{
  DraNote *before;

  g_return_if_fail (DRA_IS_DOCUMENT (self));
  g_return_if_fail (DRA_IS_NOTE (note));

  before = g_hash_table_lookup (self->known, dra_note_get_uuid (note));
  if (before == NULL) /* it has just been deleted; the editor told its last text late */
    return;
  if (dra_note_equal (before, note))
    return;

  dra_note_set_modified (note, g_get_real_time ());
  push_change (self, dra_note_get_uuid (note), before, note);
  remember (self, note);
  dra_note_saver_save (self->saver, note);
}

/**
 * dra_document_delete_note:
 * @self: a ready document
 * @note: one of its notes
 *
 * Deletes a note here and in the library; undo brings back the very same note.
 */
void
dra_document_delete_note (DraDocument *self,
                          DraNote     *note)
{
  g_autoptr (DraNote) held = NULL;
  guint position;

  g_return_if_fail (DRA_IS_DOCUMENT (self));
  g_return_if_fail (DRA_IS_NOTE (note));

  held = g_object_ref (note);
  if (!g_list_store_find (self->notes, note, &position))
    return;

  push_change (self, dra_note_get_uuid (note), note, NULL);
  g_hash_table_remove (self->known, dra_note_get_uuid (note));
  g_list_store_remove (self->notes, position);
  dra_note_saver_delete (self->saver, dra_note_get_uuid (note));
}

/**
 * dra_document_restore_note:
 * @self: a ready document
 * @note: a note that was deleted
 *
 * Takes back the deletion of @note, whatever was done since.
 */
void
dra_document_restore_note (DraDocument *self,
                           DraNote     *note)
{
  const char *uuid;
  Change *last;

  g_return_if_fail (DRA_IS_DOCUMENT (self));
  g_return_if_fail (DRA_IS_NOTE (note));

  uuid = dra_note_get_uuid (note);
  if (find_note (self, uuid) != NULL)
    return;

  last = dra_undo_stack_peek (self->undo_stack, &change_class);
  if (last != NULL && last->after == NULL && g_strcmp0 (last->uuid, uuid) == 0)
    {
      dra_undo_stack_undo (self->undo_stack);
      return;
    }

  push_change (self, uuid, NULL, note);
  restore (self, uuid, note);
}

DraUndoStack *
dra_document_get_undo_stack (DraDocument *self)
{
  g_return_val_if_fail (DRA_IS_DOCUMENT (self), NULL);

  return self->undo_stack;
}

static void
copy_saved_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (dra_writer_save_finish (g_task_get_task_data (task), result, &error))
    g_task_return_boolean (task, TRUE);
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

      g_ptr_array_add (notes, copy_note (note));
    }

  dra_writer_save_async (writer, self->article, self->cast, notes, target, NULL, copy_saved_cb,
                         g_steal_pointer (&task));
}

/**
 * dra_document_save_copy_finish:
 * @self: the document
 * @result: what the callback was given
 * @error: set with one sentence when nothing was written
 *
 * Returns: whether the copy is on disk
 */
gboolean
dra_document_save_copy_finish (DraDocument  *self,
                               GAsyncResult *result,
                               GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
