/* dra-store.c: one connection to the library's file.
 *
 * What keeps notes safe, in one place: WAL with synchronous=FULL, so that a commit is on
 * disk when it returns; BEGIN IMMEDIATE, so that of two processes one waits instead of
 * failing half way; a look, inside the transaction, at whether the file is still the one
 * that was opened, so that nothing is written to a file that another process has set aside.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "library/dra-store.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "article/dra-error.h"
#include "library/dra-carve.h"
#include "library/dra-recover.h"
#include "library/dra-schema.h"

#define BUSY_TIMEOUT 10000 /* milliseconds */
#define MAX_ATTEMPTS 4     /* of one transaction, the file being replaced in between */
#define MAX_LOOKS 5        /* at a file that seems damaged before anything is done to it */
#define LOOK_AGAIN 20000   /* microseconds between two looks */
/* Files up to this size are checked whole when opened (some milliseconds); in larger ones
 * damage is noticed when it is met. */
#define MAX_CHECKED (16 * 1024 * 1024)

struct _DraStore
{
  char *path;
  const char *const *steps;
  char *notice;
  sqlite3 *db;
  GHashTable *statements; /* literal SQL -> sqlite3_stmt */
  guint busy_timeout;
  gboolean read_only;
  gboolean damaged;       /* SQLite has said so of this connection */
};

/**
 * dra_store_new:
 * @path: the library's file, absolute
 * @steps: (array zero-terminated=1): the steps of its schema
 *
 * Makes a store that is not connected yet.
 *
 * Returns: (transfer full): a new store
 */
DraStore *
dra_store_new (const char        *path,
               const char *const *steps)
{
  DraStore *self = g_new0 (DraStore, 1);
  char *real = realpath (path, NULL);

  /* The files beside it (-wal, set aside, backups) are beside the file, not its link. */
  self->path = g_strdup (real != NULL ? real : path);
  free (real);
  self->steps = steps;
  self->busy_timeout = BUSY_TIMEOUT;
  return self;
}

static void
disconnect (DraStore *self)
{
  g_clear_pointer (&self->statements, g_hash_table_unref);
  sqlite3_close (self->db);
  self->db = NULL;
}

/**
 * dra_store_free:
 * @self: (nullable): a store
 *
 * Closes the file.
 */
void
dra_store_free (DraStore *self)
{
  if (self == NULL)
    return;

  disconnect (self);
  g_free (self->path);
  g_free (self->notice);
  g_free (self);
}

const char *
dra_store_get_path (DraStore *self)
{
  return self->path;
}

/* (nullable) What happened to a damaged file, one sentence. */
const char *
dra_store_get_notice (DraStore *self)
{
  return self->notice;
}

gboolean
dra_store_is_read_only (DraStore *self)
{
  return self->read_only;
}

sqlite3 *
dra_store_get_db (DraStore *self)
{
  return self->db;
}

/* How long to wait for another process before giving up. */
void
dra_store_set_busy_timeout (DraStore *self,
                            guint     milliseconds)
{
  self->busy_timeout = milliseconds;
  if (self->db != NULL)
    sqlite3_busy_timeout (self->db, (int) milliseconds);
}

static void
set_error (DraStore  *self,
           GError   **error)
{
  int code = sqlite3_extended_errcode (self->db);

  if ((code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB)
    self->damaged = TRUE;
  dra_schema_set_error (error, self->path, code, sqlite3_system_errno (self->db),
                        sqlite3_errmsg (self->db));
}

static gboolean
execute (DraStore    *self,
         const char  *sql,
         GError     **error)
{
  if (sqlite3_exec (self->db, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;

  set_error (self, error);
  return FALSE;
}

/* First column of the first row. */
static gboolean
query (DraStore    *self,
       const char  *sql,
       char       **value,
       GError     **error)
{
  sqlite3_stmt *statement = NULL;
  gboolean ok = sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL) == SQLITE_OK;

  if (ok)
    {
      int code = sqlite3_step (statement);

      ok = code == SQLITE_ROW || code == SQLITE_DONE;
      if (code == SQLITE_ROW)
        *value = g_strdup ((const char *) sqlite3_column_text (statement, 0));
    }
  if (!ok)
    set_error (self, error);
  sqlite3_finalize (statement);
  return ok;
}

/* Makes folder and file, readable by nobody else: notes are private. */
static gboolean
make_file (DraStore  *self,
           GError   **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  int fd;

  if (g_file_test (self->path, G_FILE_TEST_EXISTS))
    {
      if (g_file_test (self->path, G_FILE_TEST_IS_REGULAR))
        return TRUE;

      g_set_error (error, DRA_ERROR, DRA_ERROR_FAILED,
                   g_file_test (self->path, G_FILE_TEST_IS_DIR)
                     ? _("The library “%s” cannot be used: it is a folder.")
                     : _("The library “%s” cannot be used: it is not a regular file."),
                   self->path);
      return FALSE;
    }

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      dra_schema_set_error (error, self->path, SQLITE_CANTOPEN, errno, NULL);
      return FALSE;
    }
  fd = open (self->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      dra_schema_set_error (error, self->path, SQLITE_CANTOPEN, errno, NULL);
      return FALSE;
    }
  close (fd);
  return TRUE;
}

/* Looks at the header before SQLite does, so that a newer file is not touched at all. */
static gboolean
check_header_once (DraStore  *self,
                   GError   **error)
{
  g_autoptr (DraCarve) carve = dra_carve_open (self->path, DRA_SCHEMA_PAGE_SIZE, NULL);
  const guint32 ours = g_strv_length ((char **) self->steps);
  guint32 version, id;
  GStatBuf info;

  if (carve == NULL) /* not readable: SQLite finds the words for it */
    return TRUE;

  if (!dra_carve_get_header (carve, &version, &id))
    {
      /* An empty file is a new library, unless its log says that it was not empty. */
      if (g_stat (self->path, &info) == 0 && info.st_size == 0 && dra_carve_get_n_pages (carve) == 0)
        return TRUE;

      self->damaged = TRUE;
      dra_schema_set_error (error, self->path, SQLITE_NOTADB, 0, NULL);
      return FALSE;
    }

  if (version > ours && id == (DRA_SCHEMA_ID | (version & 0xff)))
    {
      g_set_error (error, DRA_ERROR, DRA_ERROR_NEWER,
                   _("The library “%s” was written by a newer version of Dramatis."), self->path);
      return FALSE;
    }
  if (version > ours || (version > 0 && id != (DRA_SCHEMA_ID | version)))
    {
      self->damaged = TRUE;
      dra_schema_set_error (error, self->path, SQLITE_CORRUPT, 0, NULL);
      return FALSE;
    }

  return TRUE;
}

/* Another process may be making the file at this moment: what is half there is looked at
 * again before it is called damaged. */
static gboolean
check_header (DraStore  *self,
              GError   **error)
{
  for (guint attempt = 1;; attempt++)
    {
      g_autoptr (GError) local = NULL;

      self->damaged = FALSE;
      if (check_header_once (self, &local))
        return TRUE;
      if (!self->damaged || attempt == MAX_LOOKS)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      g_usleep (LOOK_AGAIN);
    }
}

static gboolean
open_db (DraStore  *self,
         GError   **error)
{
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX |
                    SQLITE_OPEN_EXRESCODE;
  g_autofree char *uri = g_filename_to_uri (self->path, NULL, NULL);
  g_autofree char *wal = g_strconcat (self->path, "-wal", NULL);
  g_autofree char *version = NULL;
  int code = sqlite3_open_v2 (uri, &self->db, flags, NULL);

  if (code != SQLITE_OK)
    {
      set_error (self, error);
      return FALSE;
    }
  sqlite3_busy_timeout (self->db, (int) self->busy_timeout);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);

  if (sqlite3_db_readonly (self->db, "main") != 1)
    return query (self, "PRAGMA user_version", &version, error);

  self->read_only = TRUE;
  if (query (self, "PRAGMA user_version", &version, NULL))
    return TRUE;

  /* Where the log's index cannot be made either, a file without a log can still be read. */
  if (g_file_test (wal, G_FILE_TEST_EXISTS))
    {
      set_error (self, error);
      return FALSE;
    }
  sqlite3_close (self->db);
  self->db = NULL;
  g_free (uri);
  uri = g_filename_to_uri (self->path, NULL, NULL);
  {
    g_autofree char *immutable = g_strconcat (uri, "?immutable=1", NULL);

    code = sqlite3_open_v2 (immutable, &self->db,
                            SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX |
                              SQLITE_OPEN_EXRESCODE, NULL);
  }
  if (code != SQLITE_OK)
    {
      set_error (self, error);
      return FALSE;
    }
  return query (self, "PRAGMA user_version", &version, error);
}

/* Not our tables: somebody else's database, which is left as it is. */
static gboolean
check_tables (DraStore  *self,
              GError   **error)
{
  g_autofree char *version = NULL;
  g_autofree char *n_tables = NULL;
  g_autofree char *n_ours = NULL;

  if (!query (self, "PRAGMA user_version", &version, error) ||
      !query (self, "SELECT count(*) FROM sqlite_schema", &n_tables, error) ||
      !query (self, "SELECT count(*) FROM sqlite_schema WHERE name IN ('articles', 'notes', 'places')",
              &n_ours, error))
    return FALSE;

  if (g_strcmp0 (version, "0") != 0 || g_strcmp0 (n_tables, "0") == 0)
    {
      if (g_strcmp0 (version, "0") == 0 || dra_schema_check (self->db, self->steps))
        return TRUE;
      self->damaged = TRUE;
      dra_schema_set_error (error, self->path, SQLITE_CORRUPT, 0, NULL);
      return FALSE;
    }

  if (g_strcmp0 (n_ours, "0") == 0)
    {
      g_set_error (error, DRA_ERROR, DRA_ERROR_FAILED,
                   _("The file “%s” is a database of another program, not a library."), self->path);
      return FALSE;
    }
  self->damaged = TRUE;
  dra_schema_set_error (error, self->path, SQLITE_CORRUPT, 0, NULL);
  return FALSE;
}

/* Of one moment: another process may be making the tables. */
static gboolean
check_owner (DraStore  *self,
             GError   **error)
{
  gboolean ok;

  if (!execute (self, "BEGIN", error))
    return FALSE;
  ok = check_tables (self, error);
  if (!sqlite3_get_autocommit (self->db))
    sqlite3_exec (self->db, "COMMIT", NULL, NULL, NULL);
  return ok;
}

/* The log is switched on by one at a time, and SQLite does not wait for that by itself. */
static gboolean
use_log (DraStore  *self,
         GError   **error)
{
  const gint64 until = g_get_monotonic_time () + (gint64) self->busy_timeout * 1000;
  int code;

  while ((code = sqlite3_exec (self->db, "PRAGMA page_size = " G_STRINGIFY (4096) "; PRAGMA journal_mode = WAL",
                               NULL, NULL, NULL)) != SQLITE_OK
         && (code & 0xff) == SQLITE_BUSY && g_get_monotonic_time () < until)
    g_usleep (LOOK_AGAIN);
  if (code != SQLITE_OK)
    set_error (self, error);
  return code == SQLITE_OK;
}

static gboolean
check_pages (DraStore  *self,
             GError   **error)
{
  g_autofree char *answer = NULL;
  GStatBuf info;

  if (g_stat (self->path, &info) != 0 || info.st_size > MAX_CHECKED)
    return TRUE;
  if (!query (self, dra_schema_get_page_check (self->db), &answer, error))
    return FALSE;
  if (g_strcmp0 (answer, "ok") == 0)
    return TRUE;

  self->damaged = TRUE;
  dra_schema_set_error (error, self->path, SQLITE_CORRUPT, 0, NULL);
  return FALSE;
}

static void
finalize_statement (gpointer statement)
{
  sqlite3_finalize (statement);
}

static gboolean
connect_once (DraStore  *self,
              GError   **error)
{
  self->damaged = FALSE;
  self->read_only = FALSE;
  if (!dra_recover_finish (self->path, error) || !make_file (self, error) ||
      !check_header (self, error) || !open_db (self, error) || !check_owner (self, error))
    return FALSE;

  self->statements = g_hash_table_new_full (NULL, NULL, NULL, finalize_statement);
  dra_schema_add_functions (self->db);
  if (!execute (self, "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;"
                      "PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY", error))
    return FALSE;
  if (self->read_only)
    return TRUE;

  return use_log (self, error) &&
         execute (self, "PRAGMA synchronous = FULL;"
                        "PRAGMA secure_delete = ON; PRAGMA journal_size_limit = 4194304", error) &&
         check_pages (self, error) &&
         dra_schema_apply (self->db, self->path, self->steps, error);
}

/* Replaces a damaged file; FALSE when that cannot be done either. */
static gboolean
replace (DraStore  *self,
         GError   **error)
{
  g_autofree char *notice = NULL;

  disconnect (self);
  if (!dra_recover_run (self->path, self->steps, &notice, error))
    return FALSE;

  if (notice != NULL)
    {
      g_free (self->notice);
      self->notice = g_steal_pointer (&notice);
    }
  return TRUE;
}

/**
 * dra_store_connect:
 * @self: a store
 * @error: return location
 *
 * Opens the file, making it when it is not there and replacing it when it is damaged.
 *
 * Returns: %FALSE with %DRA_ERROR_NEWER when a newer version wrote it, or with what keeps
 *   it from being used
 */
gboolean
dra_store_connect (DraStore  *self,
                   GError   **error)
{
  for (guint attempt = 1;; attempt++)
    {
      g_autoptr (GError) local = NULL;

      if (self->db != NULL || connect_once (self, &local))
        return TRUE;

      disconnect (self);
      if (!self->damaged || attempt == MAX_ATTEMPTS)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (!replace (self, error))
        return FALSE;
    }
}

/* Whether a file is a library that this version can use, sound to its last page. */
static gboolean
check_backup (DraStore    *self,
              sqlite3     *db,
              const char  *path,
              GError     **error)
{
  const int ours = (int) g_strv_length ((char **) self->steps);
  sqlite3_stmt *statement = NULL;
  int version = 0, id = 0;
  gboolean sound;

  sound = sqlite3_prepare_v2 (db, "SELECT user_version, application_id FROM pragma_user_version,"
                                  " pragma_application_id",
                              -1, &statement, NULL) == SQLITE_OK &&
          sqlite3_step (statement) == SQLITE_ROW;
  if (sound)
    {
      version = sqlite3_column_int (statement, 0);
      id = sqlite3_column_int (statement, 1);
      sound = version > 0 && id == (DRA_SCHEMA_ID | (version & 0xff));
    }
  sqlite3_finalize (statement);
  statement = NULL;
  sound = sound &&
          sqlite3_prepare_v2 (db, dra_schema_get_page_check (db), -1, &statement, NULL) == SQLITE_OK &&
          sqlite3_step (statement) == SQLITE_ROW &&
          g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), "ok") == 0;
  sqlite3_finalize (statement);

  if (sound && version > ours)
    g_set_error (error, DRA_ERROR, DRA_ERROR_NEWER,
                 _("The library “%s” was written by a newer version of Dramatis."), path);
  else if (!sound || !dra_schema_check (db, self->steps))
    dra_schema_set_error (error, path, SQLITE_CORRUPT, 0, NULL);
  else
    return TRUE;
  return FALSE;
}

/**
 * dra_store_load:
 * @self: a store
 * @backup: path of another library, of this version or an earlier one
 * @error: return location
 *
 * Replaces all that is in the file by what is in @backup, in one transaction, also for other
 * processes that have it open.
 *
 * Returns: %FALSE when it failed; then nothing was changed
 */
gboolean
dra_store_load (DraStore    *self,
                const char  *backup,
                GError     **error)
{
  const gint64 until = g_get_monotonic_time () + (gint64) self->busy_timeout * 1000;
  sqlite3_backup *copying;
  sqlite3 *source = NULL;
  gboolean ok = FALSE;
  int code;

  if (!dra_store_connect (self, error))
    return FALSE;
  if (self->read_only)
    {
      dra_schema_set_error (error, self->path, SQLITE_READONLY, 0, NULL);
      return FALSE;
    }

  code = sqlite3_open_v2 (backup, &source, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);
  if (code != SQLITE_OK)
    dra_schema_set_error (error, backup, code, sqlite3_system_errno (source), sqlite3_errmsg (source));
  else if (check_backup (self, source, backup, error))
    {
      /* Statements would be of tables that are gone. */
      g_hash_table_remove_all (self->statements);
      copying = sqlite3_backup_init (self->db, "main", source, "main");
      code = copying != NULL ? SQLITE_OK : sqlite3_extended_errcode (self->db);
      while (copying != NULL &&
             ((code = sqlite3_backup_step (copying, -1)) == SQLITE_BUSY || code == SQLITE_LOCKED) &&
             g_get_monotonic_time () < until)
        g_usleep (20000);
      if (copying != NULL && sqlite3_backup_finish (copying) != SQLITE_OK && code == SQLITE_DONE)
        code = sqlite3_extended_errcode (self->db);
      ok = code == SQLITE_DONE;
      if (!ok)
        dra_schema_set_error (error, self->path, code, sqlite3_system_errno (self->db),
                              sqlite3_errmsg (self->db));
    }
  sqlite3_close (source);

  /* Opened anew it is brought up to this version. */
  disconnect (self);
  return ok && dra_store_connect (self, error);
}

/* Whether the opened file is no longer the one at its path. */
static gboolean
has_moved (DraStore *self)
{
  int moved = 0;

  return sqlite3_file_control (self->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK &&
         moved != 0;
}

typedef enum
{
  RUN_DONE,
  RUN_FAILED,
  RUN_AGAIN,
} RunResult;

static RunResult
run_once (DraStore      *self,
          const char    *begin,
          DraStoreFunc   func,
          gpointer       data,
          GError       **error)
{
  if (!execute (self, begin, error))
    return RUN_FAILED;

  if (has_moved (self))
    {
      execute (self, "ROLLBACK", NULL);
      disconnect (self);
      return RUN_AGAIN;
    }

  if (func (self, data, error) && execute (self, "COMMIT", error))
    return RUN_DONE;

  /* Some errors have rolled back already. */
  if (!sqlite3_get_autocommit (self->db))
    sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
  return RUN_FAILED;
}

static gboolean
run (DraStore      *self,
     const char    *begin,
     DraStoreFunc   func,
     gpointer       data,
     GError       **error)
{
  for (guint attempt = 1;; attempt++)
    {
      g_autoptr (GError) local = NULL;
      RunResult result;

      if (!dra_store_connect (self, error))
        return FALSE;

      self->damaged = FALSE;
      result = run_once (self, begin, func, data, &local);
      if (result == RUN_DONE)
        return TRUE;
      if (result == RUN_AGAIN && attempt < MAX_ATTEMPTS)
        continue;
      if (!self->damaged || attempt == MAX_ATTEMPTS)
        {
          if (local != NULL)
            g_propagate_error (error, g_steal_pointer (&local));
          else
            dra_schema_set_error (error, self->path, SQLITE_BUSY, 0, NULL);
          return FALSE;
        }
      if (!replace (self, error))
        return FALSE;
    }
}

/**
 * dra_store_read:
 * @self: a store
 * @func: what to do; must only read
 * @data: for @func
 * @error: return location
 *
 * Runs @func in a transaction, so that it sees one state of the library.
 *
 * Returns: %FALSE when it failed
 */
gboolean
dra_store_read (DraStore      *self,
                DraStoreFunc   func,
                gpointer       data,
                GError       **error)
{
  return run (self, "BEGIN", func, data, error);
}

/**
 * dra_store_write:
 * @self: a store
 * @func: what to do
 * @data: for @func
 * @error: return location
 *
 * Runs @func in a transaction that is on disk when this returns.
 *
 * Returns: %FALSE when it failed; then nothing was changed
 */
gboolean
dra_store_write (DraStore      *self,
                 DraStoreFunc   func,
                 gpointer       data,
                 GError       **error)
{
  return run (self, "BEGIN IMMEDIATE", func, data, error);
}

/**
 * dra_store_wipe:
 * @self: a store
 * @func: what to do; it deletes
 * @data: for @func
 * @error: return location
 *
 * As dra_store_write(), and empties the log beside the file, where old pages would still
 * hold what was deleted.
 *
 * Returns: %FALSE when it failed, also when another program reads on in the log; what @func
 *   did may have been done then
 */
gboolean
dra_store_wipe (DraStore      *self,
                DraStoreFunc   func,
                gpointer       data,
                GError       **error)
{
  if (!dra_store_write (self, func, data, error))
    return FALSE;
  if (sqlite3_wal_checkpoint_v2 (self->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL) == SQLITE_OK)
    return TRUE;

  set_error (self, error);
  return FALSE;
}

/* sql is a literal: its address is the key. */
DraStatement *
dra_store_prepare (DraStore    *self,
                   const char  *sql,
                   GError     **error)
{
  sqlite3_stmt *statement = g_hash_table_lookup (self->statements, sql);

  if (statement != NULL)
    return statement;

  if (sqlite3_prepare_v3 (self->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK)
    {
      set_error (self, error);
      return NULL;
    }
  g_hash_table_insert (self->statements, (gpointer) sql, statement);
  return statement;
}

/* Binds text as it is, NULL as null; text must stay until the statement is reset. */
void
dra_statement_bind_text (DraStatement *statement,
                         int           index,
                         const char   *text)
{
  if (text == NULL)
    sqlite3_bind_null (statement, index);
  else
    sqlite3_bind_text64 (statement, index, text, strlen (text), SQLITE_STATIC, SQLITE_UTF8);
}

int
dra_store_step (DraStore      *self,
                DraStatement  *statement,
                GError       **error)
{
  int code = sqlite3_step (statement);

  if (code == SQLITE_ROW || code == SQLITE_DONE)
    return code;

  set_error (self, error);
  return 0;
}

void
dra_statement_reset (DraStatement *statement)
{
  if (statement == NULL)
    return;

  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
}
