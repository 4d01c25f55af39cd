/* dra-library-backup.c: dated copies of the library, and the way back to one.
 *
 * They are whole SQLite files, "backups/library-2026-11-24T10-20-30.sqlite" beside the
 * library, made by SQLite itself while others may write.  Each is written under another name
 * and renamed when it is on disk, so that none is ever half a backup.  Who is in which article
 * is left out (dra_schema_copy()).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "library/dra-library.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "library/dra-library-core.h"
#include "library/dra-schema.h"

/* What two libraries are compared by; both may be of an earlier version. */
#define SUMMARY                                                                                  \
  "SELECT (SELECT count (*) || ' ' || ifnull (max (modified), 0) FROM notes)"                    \
  " || ' ' || (SELECT count (*) FROM articles) || ' ' || (SELECT count (*) FROM tags)"           \
  " || ' ' || (SELECT count (*) FROM places)"

/**
 * dra_library_backup_free:
 * @self: (nullable): a backup
 *
 * Frees what is known of it, not the file.
 */
void
dra_library_backup_free (DraLibraryBackup *self)
{
  if (self == NULL)
    return;

  g_free (self->path);
  g_free (self);
}

static char *
get_folder (DraLibrary *self)
{
  g_autofree char *folder = g_path_get_dirname (dra_library_get_path (self));

  return g_build_filename (folder, "backups", NULL);
}

static char *
query (sqlite3    *db,
       const char *sql)
{
  sqlite3_stmt *statement = NULL;
  char *answer = NULL;

  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) == SQLITE_OK &&
      sqlite3_step (statement) == SQLITE_ROW)
    answer = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  return answer;
}

static sqlite3 *
open_backup (const char *path)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autofree char *immutable = uri != NULL ? g_strconcat (uri, "?immutable=1", NULL) : NULL;
  sqlite3 *db = NULL;

  if (immutable != NULL &&
      sqlite3_open_v2 (immutable, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX,
                       NULL) == SQLITE_OK)
    return db;

  sqlite3_close (db);
  return NULL;
}

static int
compare_backups (gconstpointer a,
                 gconstpointer b)
{
  const DraLibraryBackup *x = *(DraLibraryBackup *const *) a, *y = *(DraLibraryBackup *const *) b;

  return -strcmp (x->path, y->path); /* the date is in the name */
}

/* Without looking into them. */
static GPtrArray *
list_files (DraLibrary *self)
{
  g_autofree char *folder = get_folder (self);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray *backups = g_ptr_array_new_with_free_func ((GDestroyNotify) dra_library_backup_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      DraLibraryBackup *backup;
      GStatBuf info;

      if (!g_str_has_suffix (name, ".sqlite") || g_stat (path, &info) != 0 || !S_ISREG (info.st_mode))
        continue;
      backup = g_new0 (DraLibraryBackup, 1);
      backup->path = g_steal_pointer (&path);
      backup->time = info.st_mtime;
      g_ptr_array_add (backups, backup);
    }
  g_ptr_array_sort (backups, compare_backups);
  return backups;
}

/**
 * dra_library_list_backups:
 * @self: a library
 *
 * Returns: (transfer full) (element-type DraLibraryBackup): its backups that can be read, the
 *   newest first
 */
GPtrArray *
dra_library_list_backups (DraLibrary *self)
{
  GPtrArray *backups;

  g_return_val_if_fail (DRA_IS_LIBRARY (self), NULL);

  backups = list_files (self);
  for (guint i = backups->len; i > 0; i--)
    {
      DraLibraryBackup *backup = backups->pdata[i - 1];
      sqlite3 *db = open_backup (backup->path);
      g_autofree char *n_notes = db != NULL ? query (db, "SELECT count (*) FROM notes") : NULL;

      sqlite3_close (db);
      if (n_notes == NULL)
        g_ptr_array_remove_index (backups, i - 1);
      else
        backup->n_notes = (guint) g_ascii_strtoull (n_notes, NULL, 10);
    }
  return backups;
}

static void
prune (DraLibrary *self,
       const char *keep)
{
  g_autoptr (GPtrArray) backups = list_files (self);

  for (guint i = DRA_LIBRARY_MAX_BACKUPS; i < backups->len; i++)
    {
      DraLibraryBackup *backup = backups->pdata[i];

      if (g_strcmp0 (backup->path, keep) != 0)
        g_unlink (backup->path);
    }
}

typedef struct
{
  const char *newest; /* (nullable) the backup to compare with */
  const char *path;   /* of the new one */
} Copy;

static gboolean
copy_func (DraStore  *store,
           gpointer   data,
           GError   **error)
{
  Copy *copy = data;
  sqlite3 *db = dra_store_get_db (store);
  sqlite3 *other = copy->newest != NULL ? open_backup (copy->newest) : NULL;
  g_autofree char *now = query (db, SUMMARY);
  g_autofree char *then = other != NULL ? query (other, SUMMARY) : NULL;

  sqlite3_close (other);
  /* Nothing to lose, or nothing new. */
  if (g_strcmp0 (now, "0 0 0 0 0") == 0 || (now != NULL && g_strcmp0 (now, then) == 0))
    return TRUE;

  return dra_schema_copy (db, copy->path, error);
}

static gboolean
back_up (DraLibrary  *self,
         gint64       older_than,
         GError     **error)
{
  g_autoptr (GPtrArray) backups = list_files (self);
  DraLibraryBackup *newest = backups->len > 0 ? backups->pdata[0] : NULL;
  g_autofree char *folder = get_folder (self);
  g_autofree char *base = g_path_get_basename (dra_library_get_path (self));
  g_autofree char *as_if = g_build_filename (folder, base, NULL);
  g_autofree char *path = NULL;
  Copy copy = { newest != NULL ? newest->path : NULL, NULL };

  if (newest != NULL && newest->time > g_get_real_time () / G_USEC_PER_SEC - older_than)
    return TRUE;
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      dra_schema_set_error (error, dra_library_get_path (self), SQLITE_CANTOPEN, errno, NULL);
      return FALSE;
    }

  copy.path = path = dra_schema_dated (as_if, NULL);
  return dra_library_transact (dra_library_get_core (self), dra_store_read, copy_func, &copy, error);
}

/**
 * dra_library_back_up:
 * @self: a library
 * @older_than: seconds
 * @error: return location
 *
 * Makes a dated copy of the library when the newest is older than that and does not hold the
 * same notes, and removes the oldest of more than %DRA_LIBRARY_MAX_BACKUPS.
 *
 * Returns: %FALSE when it could not be written
 */
gboolean
dra_library_back_up (DraLibrary  *self,
                     gint64       older_than,
                     GError     **error)
{
  g_return_val_if_fail (DRA_IS_LIBRARY (self), FALSE);

  if (!back_up (self, older_than, error))
    return FALSE;

  prune (self, NULL);
  return TRUE;
}

static void
back_up_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  /* The next start tries again; nobody waits for this one. */
  if (!dra_library_back_up (source_object, *(gint64 *) task_data, &error))
    g_debug ("No backup was made: %s", error->message);
  g_task_return_boolean (task, TRUE);
}

/**
 * dra_library_back_up_async:
 * @self: a library
 * @older_than: seconds
 *
 * As dra_library_back_up(), in a thread.
 */
void
dra_library_back_up_async (DraLibrary *self,
                           gint64      older_than)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DRA_IS_LIBRARY (self));

  task = g_task_new (self, NULL, NULL, NULL);
  g_task_set_source_tag (task, dra_library_back_up_async);
  g_task_set_task_data (task, g_memdup2 (&older_than, sizeof older_than), g_free);
  g_task_run_in_thread (task, back_up_thread);
}

/**
 * dra_library_restore:
 * @self: a library
 * @backup: path of a backup
 * @error: return location
 *
 * Makes the library what the backup holds, in one transaction.  What it was until now is made
 * a backup first, so that this can be taken back the same way.
 *
 * Returns: %FALSE with %DRA_ERROR_DAMAGED when @backup is no sound library, %DRA_ERROR_NEWER
 *   when a newer version wrote it, or when the library could not be written; then it is as it
 *   was
 */
gboolean
dra_library_restore (DraLibrary  *self,
                     const char  *backup,
                     GError     **error)
{
  DraLibraryCore *core;
  gboolean ok;

  g_return_val_if_fail (DRA_IS_LIBRARY (self), FALSE);
  g_return_val_if_fail (backup != NULL, FALSE);

  if (!back_up (self, 0, error))
    return FALSE;

  core = dra_library_get_core (self);
  g_mutex_lock (&core->lock);
  ok = dra_store_load (core->store, backup, error);
  g_mutex_unlock (&core->lock);
  prune (self, backup);
  return ok;
}

static void
restore_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable G_GNUC_UNUSED)
{
  GError *error = NULL;

  if (dra_library_restore (source_object, task_data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * dra_library_restore_async:
 * @self: a library
 * @backup: path of a backup
 * @cancellable: (nullable): a cancellable; what has begun is not stopped by it
 * @callback: called in the main context of the caller
 * @user_data: for @callback
 *
 * As dra_library_restore(), in a thread of its own.
 */
void
dra_library_restore_async (DraLibrary          *self,
                           const char          *backup,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DRA_IS_LIBRARY (self));
  g_return_if_fail (backup != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dra_library_restore_async);
  g_task_set_task_data (task, g_strdup (backup), g_free);
  g_task_run_in_thread (task, restore_thread);
}

gboolean
dra_library_restore_finish (DraLibrary    *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
list_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data G_GNUC_UNUSED,
             GCancellable *cancellable G_GNUC_UNUSED)
{
  g_task_return_pointer (task, dra_library_list_backups (source_object), (GDestroyNotify) g_ptr_array_unref);
}

/**
 * dra_library_list_backups_async:
 * @self: a library
 * @cancellable: (nullable): a cancellable
 * @callback: called in the main context of the caller
 * @user_data: for @callback
 *
 * As dra_library_list_backups(), in a thread of its own: each is opened to count its notes.
 */
void
dra_library_list_backups_async (DraLibrary          *self,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DRA_IS_LIBRARY (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dra_library_list_backups_async);
  g_task_run_in_thread (task, list_thread);
}

GPtrArray *
dra_library_list_backups_finish (DraLibrary    *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
