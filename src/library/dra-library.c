/* dra-library.c: the SQLite file that holds articles known and the reader's notes.
 *
 * One connection under one lock, and one thread that does the queued writes in order.
 * Both live in a DraLibraryCore that the thread holds on to, so that the object may be
 * disposed of in any thread, the writer's included.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "library/dra-library.h"

#include <string.h>

#include "library/dra-library-core.h"
#include "library/dra-library-private.h"
#include "library/dra-schema.h"
#include "library/dra-shelf.h"
#include "notes/dra-anchor.h"

struct _DraLibrary
{
  GObject parent_instance;

  char *path;
  DraLibraryCore *core;
  GThread *writer;
};

enum
{
  PROP_0,
  PROP_PATH,
  PROP_NOTICE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DraLibrary, dra_library, G_TYPE_OBJECT)

static DraLibraryCore *
core_new (DraStore *store)
{
  DraLibraryCore *core = g_new0 (DraLibraryCore, 1);

  g_atomic_ref_count_init (&core->ref_count);
  g_mutex_init (&core->lock);
  core->store = store;
  core->notice = g_intern_string (dra_store_get_notice (store));
  core->queue = g_async_queue_new ();
  g_weak_ref_init (&core->library, NULL);
  return core;
}

static void
core_unref (DraLibraryCore *core)
{
  if (!g_atomic_ref_count_dec (&core->ref_count))
    return;

  dra_store_free (core->store);
  g_async_queue_unref (core->queue);
  g_weak_ref_clear (&core->library);
  g_mutex_clear (&core->lock);
  g_free (core);
}

void
dra_library_work_free (DraLibraryWork *work)
{
  g_clear_object (&work->article);
  g_clear_object (&work->note);
  g_free (work->uuid);
  g_clear_pointer (&work->notes, g_ptr_array_unref);
  g_clear_pointer (&work->placed, g_array_unref);
  if (work->data != NULL)
    work->free_data (work->data);
  g_free (work);
}

DraLibraryWork *
dra_library_work_new (DraArticle *article)
{
  DraLibraryWork *work = g_new0 (DraLibraryWork, 1);

  g_set_object (&work->article, article);
  return work;
}

static void
job_free (DraLibraryJob *job)
{
  g_clear_object (&job->task);
  g_free (job);
}

static gboolean
notify_notice_cb (gpointer user_data)
{
  g_object_notify_by_pspec (user_data, properties[PROP_NOTICE]);
  return G_SOURCE_REMOVE;
}

static void
update_notice (DraLibraryCore *core)
{
  const char *notice = g_intern_string (dra_store_get_notice (core->store));
  DraLibrary *library;

  if (notice == core->notice)
    return;

  core->notice = notice;
  library = g_weak_ref_get (&core->library);
  if (library != NULL)
    g_idle_add_full (G_PRIORITY_DEFAULT, notify_notice_cb, library, g_object_unref);
}

gboolean
dra_library_transact (DraLibraryCore          *core,
          gboolean (*how) (DraStore *, DraStoreFunc, gpointer, GError **),
          DraStoreFunc   func,
          gpointer       data,
          GError       **error)
{
  gboolean ok;

  g_mutex_lock (&core->lock);
  ok = how (core->store, func, data, error);
  update_notice (core);
  g_mutex_unlock (&core->lock);
  return ok;
}

static gpointer
writer_thread (gpointer user_data)
{
  DraLibraryCore *core = user_data;
  gboolean stop = FALSE;

  while (!stop)
    {
      DraLibraryJob *job = g_async_queue_pop (core->queue);

      if (job->task != NULL)
        job->run (core, job->task, g_task_get_task_data (job->task));
      if (job->done != NULL)
        {
          g_mutex_lock (job->done_lock);
          *job->done = TRUE;
          g_cond_signal (job->done_cond);
          g_mutex_unlock (job->done_lock);
        }
      stop = job->stop;
      job_free (job);
    }

  core_unref (core);
  return NULL;
}

static void
dra_library_dispose (GObject *object)
{
  DraLibrary *self = DRA_LIBRARY (object);

  if (self->writer != NULL)
    {
      DraLibraryJob *job = g_new0 (DraLibraryJob, 1);
      GThread *writer = g_steal_pointer (&self->writer);

      job->stop = TRUE;
      g_async_queue_push (self->core->queue, job);
      /* The last reference may have been a finished job's, dropped in the writer itself. */
      if (writer == g_thread_self ())
        g_thread_unref (writer);
      else
        g_thread_join (writer);
    }
  g_clear_pointer (&self->core, core_unref);

  G_OBJECT_CLASS (dra_library_parent_class)->dispose (object);
}

static void
dra_library_finalize (GObject *object)
{
  DraLibrary *self = DRA_LIBRARY (object);

  g_free (self->path);

  G_OBJECT_CLASS (dra_library_parent_class)->finalize (object);
}

static void
dra_library_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  DraLibrary *self = DRA_LIBRARY (object);

  switch (prop_id)
    {
    case PROP_PATH:
      g_value_set_string (value, self->path);
      break;
    case PROP_NOTICE:
      g_value_set_string (value, dra_library_get_notice (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dra_library_class_init (DraLibraryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = dra_library_dispose;
  object_class->finalize = dra_library_finalize;
  object_class->get_property = dra_library_get_property;

  properties[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, NULL, flags);
  properties[PROP_NOTICE] = g_param_spec_string ("notice", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dra_library_init (DraLibrary *self G_GNUC_UNUSED)
{
}

DraLibrary *
dra_library_open_with_steps (const char         *path,
                             const char *const  *steps,
                             GError            **error)
{
  g_autofree char *absolute = path != NULL
    ? g_canonicalize_filename (path, NULL)
    : g_build_filename (g_get_user_data_dir (), "dramatis", "library.sqlite", NULL);
  g_autoptr (DraStore) store = dra_store_new (absolute, steps);
  DraLibrary *self;

  if (!dra_store_connect (store, error))
    return NULL;

  self = g_object_new (DRA_TYPE_LIBRARY, NULL);
  self->path = g_steal_pointer (&absolute);
  self->core = core_new (g_steal_pointer (&store));
  g_weak_ref_set (&self->core->library, self);
  g_atomic_ref_count_inc (&self->core->ref_count);
  self->writer = g_thread_new ("library", writer_thread, self->core);
  return self;
}

/**
 * dra_library_open:
 * @path: (nullable): the library's file; %NULL for the reader's own,
 *   $XDG_DATA_HOME/dramatis/library.sqlite
 * @error: return location
 *
 * Opens a library, making it when it is not there.
 *
 * A damaged one is set aside under a dated name and what can be read of it is carried over
 * into a new one: see dra_library_get_notice().  One that may not be written is opened for
 * reading.
 *
 * Returns: (transfer full): the library, or %NULL with %DRA_ERROR_NEWER when a newer version
 *   of Dramatis wrote it (it is not touched), %G_IO_ERROR_BUSY, %G_IO_ERROR_NO_SPACE,
 *   %G_IO_ERROR_PERMISSION_DENIED or %DRA_ERROR_FAILED
 */
DraLibrary *
dra_library_open (const char  *path,
                  GError     **error)
{
  return dra_library_open_with_steps (path, dra_schema_steps, error);
}

DraLibraryCore *
dra_library_get_core (DraLibrary *self)
{
  return self->core;
}

DraStore *
dra_library_get_store (DraLibrary *self)
{
  return self->core->store;
}

/**
 * dra_library_get_path:
 * @self: a library
 *
 * Returns: its file
 */
const char *
dra_library_get_path (DraLibrary *self)
{
  g_return_val_if_fail (DRA_IS_LIBRARY (self), NULL);

  return self->path;
}

/**
 * dra_library_get_notice:
 * @self: a library
 *
 * Returns: (nullable): one sentence to show once: what happened to a damaged library
 */
const char *
dra_library_get_notice (DraLibrary *self)
{
  const char *notice;

  g_return_val_if_fail (DRA_IS_LIBRARY (self), NULL);

  g_mutex_lock (&self->core->lock);
  notice = self->core->notice;
  g_mutex_unlock (&self->core->lock);
  return notice;
}

/**
 * dra_library_is_read_only:
 * @self: a library
 *
 * Returns: %TRUE when the library can be read but not written
 */
gboolean
dra_library_is_read_only (DraLibrary *self)
{
  gboolean read_only;

  g_return_val_if_fail (DRA_IS_LIBRARY (self), TRUE);

  g_mutex_lock (&self->core->lock);
  read_only = dra_store_is_read_only (self->core->store);
  g_mutex_unlock (&self->core->lock);
  return read_only;
}

/**
 * dra_library_flush:
 * @self: a library
 *
 * Waits until everything queued by the *_async functions so far is done.
 */
void
dra_library_flush (DraLibrary *self)
{
  GMutex lock;
  GCond cond;
  gboolean done = FALSE;
  DraLibraryJob *job;

  g_return_if_fail (DRA_IS_LIBRARY (self));

  g_mutex_init (&lock);
  g_cond_init (&cond);
  job = g_new0 (DraLibraryJob, 1);
  job->done_lock = &lock;
  job->done_cond = &cond;
  job->done = &done;
  g_async_queue_push (self->core->queue, job);

  g_mutex_lock (&lock);
  while (!done)
    g_cond_wait (&cond, &lock);
  g_mutex_unlock (&lock);
  g_cond_clear (&cond);
  g_mutex_clear (&lock);
}

static gboolean
add_article_func (DraStore  *store,
                  gpointer   data,
                  GError   **error)
{
  DraLibraryWork *work = data;

  return dra_shelf_add_article (store, work->article, NULL, error);
}

gboolean
dra_library_load_func (DraStore  *store,
                       gpointer   data,
                       GError   **error)
{
  DraLibraryWork *work = data;

  if (!dra_shelf_load_notes (store, work->article, work->notes, work->placed, error))
    return FALSE;

  work->alike = work->notes->len == 0;
  if (work->alike && !dra_shelf_load_alike (store, work->article, work->notes, error))
    return FALSE;
  for (guint i = work->placed->len; i < work->notes->len; i++)
    {
      const gboolean here = FALSE;

      g_array_append_val (work->placed, here);
    }
  return TRUE;
}

gboolean
dra_library_save_func (DraStore  *store,
                       gpointer   data,
                       GError   **error)
{
  DraLibraryWork *work = data;

  return dra_shelf_save_note (store, work->article, work->note, error);
}

gboolean
dra_library_delete_func (DraStore  *store,
                         gpointer   data,
                         GError   **error)
{
  DraLibraryWork *work = data;

  return dra_shelf_delete_note (store, work->uuid, error);
}

static gboolean
merge_func (DraStore  *store,
            gpointer   data,
            GError   **error)
{
  DraLibraryWork *work = data;

  return dra_shelf_merge_notes (store, work->article, work->notes, error);
}

gboolean
dra_library_open_article_func (DraStore  *store,
                               gpointer   data,
                               GError   **error)
{
  DraLibraryWork *work = data;

  return dra_shelf_add_article (store, work->article, NULL, error) &&
         (work->notes == NULL || dra_shelf_merge_notes (store, work->article, work->notes, error));
}

/* What was not found in another text of the same place stays with that text; of another form
 * of the article all notes come along, as nothing else leads from the one to the other. */
static gboolean
is_to_be_placed (DraLibraryWork *work,
                 guint           i)
{
  return !g_array_index (work->placed, gboolean, i) &&
         (work->alike || dra_note_get_anchor (work->notes->pdata[i], NULL, NULL) != DRA_ANCHOR_LOST);
}

static gboolean
place_func (DraStore  *store,
            gpointer   data,
            GError   **error)
{
  DraLibraryWork *work = data;
  g_autoptr (GPtrArray) uuids = g_ptr_array_new ();

  for (guint i = 0; i < work->notes->len; i++)
    if (is_to_be_placed (work, i))
      g_ptr_array_add (uuids, (gpointer) dra_note_get_uuid (work->notes->pdata[i]));
  g_ptr_array_add (uuids, NULL);

  return dra_shelf_place_notes (store, work->article, (const char *const *) uuids->pdata, error);
}

/**
 * dra_library_add_article:
 * @self: a library
 * @article: an article that was opened
 * @error: return location
 *
 * Remembers an article by the SHA-256 of its text and by where it was opened from.
 *
 * Returns: %FALSE when it could not be written
 */
gboolean
dra_library_add_article (DraLibrary  *self,
                         DraArticle  *article,
                         GError     **error)
{
  DraLibraryWork work = { .article = article };

  g_return_val_if_fail (DRA_IS_LIBRARY (self), FALSE);
  g_return_val_if_fail (DRA_IS_ARTICLE (article), FALSE);

  return dra_library_transact (self->core, dra_store_write, add_article_func, &work, error);
}

/* Notes on the whole first, then passages as they stand, then what is lost by where it stood. */
static int
compare_notes (gconstpointer a,
               gconstpointer b)
{
  DraNote *notes[2] = { *(DraNote *const *) a, *(DraNote *const *) b };
  guint group[2];
  gsize start[2], end[2];

  for (guint i = 0; i < 2; i++)
    {
      DraRange range;
      DraAnchorState state = dra_note_get_anchor (notes[i], &range, NULL);

      group[i] = dra_note_get_target (notes[i]) != DRA_NOTE_TARGET_PASSAGE ? 0
                 : state != DRA_ANCHOR_LOST ? 1 : 2;
      start[i] = range.start;
      end[i] = range.end;
      if (group[i] == 2 && !dra_note_get_position (notes[i], &start[i], &end[i]))
        start[i] = end[i] = G_MAXSIZE;
    }

  if (group[0] != group[1])
    return group[0] < group[1] ? -1 : 1;
  if (start[0] != start[1])
    return start[0] < start[1] ? -1 : 1;
  if (end[0] != end[1])
    return end[0] < end[1] ? -1 : 1;
  if (dra_note_get_created (notes[0]) != dra_note_get_created (notes[1]))
    return dra_note_get_created (notes[0]) < dra_note_get_created (notes[1]) ? -1 : 1;
  return strcmp (dra_note_get_uuid (notes[0]), dra_note_get_uuid (notes[1]));
}

typedef struct
{
  const char *hash;
  char *text;
  gsize length;
} OldText;

static gboolean
load_text_func (DraStore  *store,
                gpointer   data,
                GError   **error)
{
  OldText *old = data;

  return dra_shelf_load_text (store, old->hash, &old->text, &old->length, error);
}

/* A text that cannot be read is one that is not known: the notes have their quotes. */
static char *
get_old_text (const char *hash,
              gsize      *length,
              gpointer    core)
{
  OldText old = { .hash = hash };

  if (!dra_library_transact (core, dra_store_read, load_text_func, &old, NULL))
    g_clear_pointer (&old.text, g_free);
  *length = old.length;
  return old.text;
}

/* Anchors what was loaded and remembers, as well as may be, what was found in a new text:
 * that it could not be remembered is no reason not to show the notes. */
void
dra_library_anchor_loaded (DraLibraryCore *core,
                           DraLibraryWork *work)
{
  gboolean any = FALSE;

  dra_anchor_notes_from (work->article, work->notes, get_old_text, core);
  for (guint i = 0; i < work->notes->len; i++)
    any |= is_to_be_placed (work, i);
  if (any)
    dra_library_transact (core, dra_store_write, place_func, work, NULL);
  g_ptr_array_sort (work->notes, compare_notes);
}

/**
 * dra_library_load_notes:
 * @self: a library
 * @article: an article
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Loads the notes of an article and anchors them in it.
 *
 * These are the notes made, merged or once found in this text, and those of other texts
 * that were opened from the same place.  Notes on the whole article and on people come
 * first, then passages in text order, then those that are lost.
 *
 * Returns: (transfer full) (element-type DraNote): the notes, or %NULL on error
 */
GPtrArray *
dra_library_load_notes (DraLibrary    *self,
                        DraArticle    *article,
                        GCancellable  *cancellable,
                        GError       **error)
{
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) placed = g_array_new (FALSE, FALSE, sizeof (gboolean));
  DraLibraryWork work = { .article = article, .notes = notes, .placed = placed };

  g_return_val_if_fail (DRA_IS_LIBRARY (self), NULL);
  g_return_val_if_fail (DRA_IS_ARTICLE (article), NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
      !dra_library_transact (self->core, dra_store_read, dra_library_load_func, &work, error))
    return NULL;

  dra_library_anchor_loaded (self->core, &work);
  return g_steal_pointer (&notes);
}

/**
 * dra_library_save_note:
 * @self: a library
 * @article: the article the note is in
 * @note: the note
 * @error: return location
 *
 * Adds a note or replaces the one with its UUID, stamped as it is.  It is on disk when this
 * returns.
 *
 * Returns: %FALSE when it could not be written; then the library is as it was
 */
gboolean
dra_library_save_note (DraLibrary  *self,
                       DraArticle  *article,
                       DraNote     *note,
                       GError     **error)
{
  DraLibraryWork work = { .article = article, .note = note };

  g_return_val_if_fail (DRA_IS_LIBRARY (self), FALSE);
  g_return_val_if_fail (DRA_IS_ARTICLE (article), FALSE);
  g_return_val_if_fail (DRA_IS_NOTE (note), FALSE);

  return dra_library_transact (self->core, dra_store_write, dra_library_save_func, &work, error);
}

/**
 * dra_library_delete_note:
 * @self: a library
 * @uuid: of the note
 * @error: return location
 *
 * Deletes a note for good; undo saves the same note again.  One that is not there is no
 * error.
 *
 * Returns: %FALSE when it could not be written
 */
gboolean
dra_library_delete_note (DraLibrary  *self,
                         const char  *uuid,
                         GError     **error)
{
  DraLibraryWork work = { .uuid = (char *) uuid };

  g_return_val_if_fail (DRA_IS_LIBRARY (self), FALSE);
  g_return_val_if_fail (uuid != NULL, FALSE);

  return dra_library_transact (self->core, dra_store_write, dra_library_delete_func, &work, error);
}

/**
 * dra_library_merge_notes:
 * @self: a library
 * @article: the article the notes are in
 * @notes: (element-type DraNote): notes of an opened copy
 * @error: return location
 *
 * Adds the notes that are not in the library and replaces those that are older there, all
 * or none.
 *
 * Returns: %FALSE when it could not be written; then the library is as it was
 */
gboolean
dra_library_merge_notes (DraLibrary  *self,
                         DraArticle  *article,
                         GPtrArray   *notes,
                         GError     **error)
{
  DraLibraryWork work = { .article = article, .notes = notes };

  g_return_val_if_fail (DRA_IS_LIBRARY (self), FALSE);
  g_return_val_if_fail (DRA_IS_ARTICLE (article), FALSE);
  g_return_val_if_fail (notes != NULL, FALSE);

  return dra_library_transact (self->core, dra_store_write, merge_func, &work, error);
}
