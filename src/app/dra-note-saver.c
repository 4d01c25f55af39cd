/* dra-note-saver.c: writes the changes of one article's notes through to the library.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-note-saver.h"

/* The last wish for one note. */
typedef struct
{
  char    *uuid;
  DraNote *note;      /* NULL: delete it */
  gboolean wanted;    /* there is a change that no write has taken yet */
  gboolean in_flight;
  gboolean failed;    /* the last write did not succeed */
} Entry;

struct _DraNoteSaver
{
  GObject parent_instance;

  DraArticle *article;
  DraLibrary *library;
  GError     *library_error;
  GHashTable *entries; /* uuid -> Entry: only what is not on disk */
  gboolean    busy;
  guint       n_failed;
};

enum
{
  PROP_0,
  PROP_BUSY,
  PROP_N_FAILED,
  N_PROPS,
};

enum
{
  FAILED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DraNoteSaver, dra_note_saver, G_TYPE_OBJECT)

typedef struct
{
  DraNoteSaver *self;
  char         *uuid;
  gboolean      deleting;
} Write;

static void start (DraNoteSaver *self, Entry *entry);

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_clear_object (&entry->note);
  g_free (entry->uuid);
  g_free (entry);
}

static void
update (DraNoteSaver *self)
{
  GHashTableIter iter;
  gpointer value;
  gboolean busy = FALSE;
  guint n_failed = 0;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Entry *entry = value;

      if (entry->in_flight || entry->wanted)
        busy = TRUE;
      else if (entry->failed)
        n_failed++;
    }

  if (n_failed != self->n_failed)
    {
      self->n_failed = n_failed;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_FAILED]);
    }
  if (busy != self->busy)
    {
      self->busy = busy;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
    }
}

static void
retry_failed (DraNoteSaver *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Entry *entry = value;

      if (entry->failed && !entry->in_flight)
        start (self, entry);
    }
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Write *write = user_data;
  g_autoptr (DraNoteSaver) self = write->self;
  g_autofree char *uuid = write->uuid;
  g_autoptr (GError) error = NULL;
  Entry *entry = g_hash_table_lookup (self->entries, uuid);
  gboolean ok;

  g_assert (entry != NULL);

  if (write->deleting)
    ok = dra_library_delete_note_finish (self->library, result, &error);
  else
    ok = dra_library_save_note_finish (self->library, result, &error);
  g_free (write);

  entry->in_flight = FALSE;
  entry->failed = !ok;

  if (entry->wanted)
    start (self, entry);
  else if (ok)
    g_hash_table_remove (self->entries, uuid);

  if (ok)
    retry_failed (self);
  update (self);
  if (!ok)
    g_signal_emit (self, signals[FAILED], 0, error->message);
}

static void
start (DraNoteSaver *self,
       Entry        *entry)
{
  Write *write;

  g_assert (!entry->in_flight);
  g_assert (self->library != NULL);

  write = g_new0 (Write, 1);
  write->self = g_object_ref (self);
  write->uuid = g_strdup (entry->uuid);
  write->deleting = entry->note == NULL;

  entry->in_flight = TRUE;
  entry->wanted = FALSE;
  entry->failed = FALSE;

  if (entry->note != NULL)
    dra_library_save_note_async (self->library, self->article, entry->note, NULL, written_cb,
                                 write);
  else
    dra_library_delete_note_async (self->library, entry->uuid, NULL, written_cb, write);
}

static void
want (DraNoteSaver *self,
      const char   *uuid,
      DraNote      *note)
{
  Entry *entry = g_hash_table_lookup (self->entries, uuid);

  if (entry == NULL)
    {
      entry = g_new0 (Entry, 1);
      entry->uuid = g_strdup (uuid);
      g_hash_table_insert (self->entries, entry->uuid, entry);
    }

  g_set_object (&entry->note, note);
  entry->wanted = TRUE;

  if (self->library_error != NULL)
    {
      entry->wanted = FALSE;
      entry->failed = TRUE;
    }
  else if (self->library != NULL && !entry->in_flight)
    {
      start (self, entry);
    }

  update (self);
  if (self->library_error != NULL)
    g_signal_emit (self, signals[FAILED], 0, self->library_error->message);
}

static void
dra_note_saver_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  DraNoteSaver *self = DRA_NOTE_SAVER (object);

  switch (prop_id)
    {
    case PROP_BUSY:
      g_value_set_boolean (value, self->busy);
      break;
    case PROP_N_FAILED:
      g_value_set_uint (value, self->n_failed);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dra_note_saver_finalize (GObject *object)
{
  DraNoteSaver *self = DRA_NOTE_SAVER (object);

  g_hash_table_unref (self->entries);
  g_clear_object (&self->article);
  g_clear_object (&self->library);
  g_clear_error (&self->library_error);

  G_OBJECT_CLASS (dra_note_saver_parent_class)->finalize (object);
}

static void
dra_note_saver_class_init (DraNoteSaverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = dra_note_saver_get_property;
  object_class->finalize = dra_note_saver_finalize;

  properties[PROP_BUSY] =
    g_param_spec_boolean ("busy", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_FAILED] =
    g_param_spec_uint ("n-failed", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
dra_note_saver_init (DraNoteSaver *self)
{
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, entry_free);
}

/**
 * dra_note_saver_new:
 * @article: whose notes are written
 *
 * Makes a saver that keeps changes until it is given the library.
 *
 * Returns: (transfer full): the saver
 */
DraNoteSaver *
dra_note_saver_new (DraArticle *article)
{
  DraNoteSaver *self;

  g_return_val_if_fail (DRA_IS_ARTICLE (article), NULL);

  self = g_object_new (DRA_TYPE_NOTE_SAVER, NULL);
  self->article = g_object_ref (article);
  return self;
}

/**
 * dra_note_saver_set_library:
 * @self: the saver
 * @library: (nullable): where to write
 * @error: (nullable): why there is no @library
 *
 * Writes what has been waiting, or fails it.
 */
void
dra_note_saver_set_library (DraNoteSaver *self,
                            DraLibrary   *library,
                            const GError *error)
{
  GHashTableIter iter;
  gpointer value;
  gboolean failed = FALSE;

  g_return_if_fail (DRA_IS_NOTE_SAVER (self));
  g_return_if_fail ((library != NULL) != (error != NULL));

  g_set_object (&self->library, library);
  g_clear_error (&self->library_error);
  if (error != NULL)
    self->library_error = g_error_copy (error);

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Entry *entry = value;

      if (entry->in_flight)
        continue;
      if (library != NULL)
        {
          start (self, entry);
        }
      else
        {
          entry->wanted = FALSE;
          entry->failed = failed = TRUE;
        }
    }

  update (self);
  if (failed)
    g_signal_emit (self, signals[FAILED], 0, error->message);
}

/**
 * dra_note_saver_get_library:
 * @self: the saver
 *
 * Returns: (transfer none) (nullable): where it writes, once that is known
 */
DraLibrary *
dra_note_saver_get_library (DraNoteSaver *self)
{
  g_return_val_if_fail (DRA_IS_NOTE_SAVER (self), NULL);

  return self->library;
}

/**
 * dra_note_saver_save:
 * @self: the saver
 * @note: the note as it now is
 *
 * Writes @note; it is on disk when the saver is no longer busy and nothing has failed.
 */
void
dra_note_saver_save (DraNoteSaver *self,
                     DraNote      *note)
{
  g_return_if_fail (DRA_IS_NOTE_SAVER (self));
  g_return_if_fail (DRA_IS_NOTE (note));

  want (self, dra_note_get_uuid (note), note);
}

/**
 * dra_note_saver_delete:
 * @self: the saver
 * @uuid: of the note to delete
 *
 * Deletes a note from the library.
 */
void
dra_note_saver_delete (DraNoteSaver *self,
                       const char   *uuid)
{
  g_return_if_fail (DRA_IS_NOTE_SAVER (self));
  g_return_if_fail (uuid != NULL);

  want (self, uuid, NULL);
}

/**
 * dra_note_saver_retry:
 * @self: the saver
 *
 * Tries what has failed once more.
 */
void
dra_note_saver_retry (DraNoteSaver *self)
{
  g_return_if_fail (DRA_IS_NOTE_SAVER (self));

  if (self->library == NULL)
    return;

  retry_failed (self);
  update (self);
}

gboolean
dra_note_saver_get_busy (DraNoteSaver *self)
{
  g_return_val_if_fail (DRA_IS_NOTE_SAVER (self), FALSE);

  return self->busy;
}

guint
dra_note_saver_get_n_failed (DraNoteSaver *self)
{
  g_return_val_if_fail (DRA_IS_NOTE_SAVER (self), 0);

  return self->n_failed;
}
