/* dra-schema.c: the tables of the library and the steps that lead to them.
 *
 * A later version adds one string to dra_schema_steps and nothing else.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "library/dra-schema.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <gio/gio.h>
#include <string.h>
#include <unistd.h>

#include "article/dra-error.h"
#include "notes/dra-fold.h"

const char *const dra_schema_steps[] = {
  /* 1 */
  "CREATE TABLE articles ("
  "  id INTEGER PRIMARY KEY,"
  "  hash TEXT NOT NULL UNIQUE,"
  "  text_version INTEGER NOT NULL,"
  "  title TEXT NOT NULL,"
  "  first_opened INTEGER NOT NULL,"
  "  last_opened INTEGER NOT NULL) STRICT;"
  "CREATE TABLE uris ("
  "  uri TEXT NOT NULL,"
  "  article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,"
  "  last_opened INTEGER NOT NULL,"
  "  UNIQUE (uri, article_id)) STRICT;"
  "CREATE INDEX uris_article ON uris (article_id);"
  "CREATE TABLE texts ("
  "  article_id INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,"
  "  length INTEGER NOT NULL,"
  "  data BLOB NOT NULL) STRICT;"
  "CREATE TABLE notes ("
  "  id INTEGER PRIMARY KEY,"
  "  uuid TEXT NOT NULL UNIQUE,"
  "  target TEXT NOT NULL CHECK (target IN ('passage', 'entity', 'article')),"
  "  created INTEGER NOT NULL,"
  "  modified INTEGER NOT NULL,"
  "  color TEXT NOT NULL,"
  "  body TEXT NOT NULL,"
  "  start_at INTEGER,"
  "  end_at INTEGER,"
  "  exact TEXT,"
  "  prefix TEXT,"
  "  suffix TEXT,"
  "  hash TEXT,"
  "  text_version INTEGER NOT NULL,"
  "  distinct_before INTEGER NOT NULL,"
  "  distinct_after INTEGER NOT NULL,"
  "  entity_kind TEXT,"
  "  entity_name TEXT) STRICT;"
  "CREATE INDEX notes_entity ON notes (entity_name) WHERE entity_name IS NOT NULL;"
  "CREATE TABLE tags ("
  "  note_id INTEGER NOT NULL REFERENCES notes (id) ON DELETE CASCADE,"
  "  ordinal INTEGER NOT NULL,"
  "  tag TEXT NOT NULL,"
  "  UNIQUE (note_id, ordinal)) STRICT;"
  "CREATE TABLE places ("
  "  note_id INTEGER NOT NULL REFERENCES notes (id) ON DELETE CASCADE,"
  "  article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,"
  "  UNIQUE (article_id, note_id)) STRICT;"
  "CREATE INDEX places_note ON places (note_id);",
  /* 2 */
  "CREATE TABLE tombstones ("
  "  uuid TEXT NOT NULL UNIQUE,"
  "  deleted INTEGER NOT NULL) STRICT;"
  "CREATE TABLE subjects ("
  "  note_id INTEGER NOT NULL UNIQUE REFERENCES notes (id) ON DELETE CASCADE,"
  "  kind TEXT NOT NULL,"
  "  name TEXT NOT NULL) STRICT;"
  "CREATE INDEX subjects_name ON subjects (name, kind);"
  "INSERT INTO subjects (note_id, kind, name)"
  "  SELECT id, entity_kind, dra_fold (entity_name) FROM notes"
  "  WHERE target = 'entity' AND entity_kind IS NOT NULL AND entity_name IS NOT NULL;"
  "CREATE TABLE origins ("
  "  note_id INTEGER NOT NULL UNIQUE REFERENCES notes (id) ON DELETE CASCADE,"
  "  from_start INTEGER,"
  "  from_end INTEGER,"
  "  from_exact TEXT,"
  "  from_prefix TEXT,"
  "  from_suffix TEXT,"
  "  from_hash TEXT,"
  "  from_text_version INTEGER NOT NULL,"
  "  from_distinct_before INTEGER NOT NULL,"
  "  from_distinct_after INTEGER NOT NULL) STRICT;"
  "CREATE INDEX tags_tag ON tags (tag);"
  "CREATE VIRTUAL TABLE search USING fts5 (body, quote, about, tags,"
  "  tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3');"
  DRA_SCHEMA_FILL_SEARCH,
  /* 3 */
  "CREATE TABLE corrections ("
  "  uuid TEXT NOT NULL UNIQUE,"
  "  created INTEGER NOT NULL,"
  "  action TEXT NOT NULL,"
  "  kind TEXT NOT NULL,"
  "  name TEXT NOT NULL,"
  "  to_kind TEXT NOT NULL,"
  "  to_name TEXT,"
  "  hash TEXT NOT NULL,"
  "  start_at INTEGER NOT NULL,"
  "  split_at INTEGER NOT NULL,"
  "  everywhere INTEGER NOT NULL) STRICT;"
  "CREATE INDEX corrections_hash ON corrections (hash);"
  "CREATE TABLE appearances ("
  "  article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,"
  "  kind TEXT NOT NULL,"
  "  name TEXT NOT NULL,"
  "  folded TEXT NOT NULL,"
  "  mentions INTEGER NOT NULL,"
  "  UNIQUE (article_id, kind, folded)) STRICT;"
  "CREATE INDEX appearances_folded ON appearances (folded, kind);",
  NULL
};

/**
 * dra_schema_set_error:
 * @error: return location
 * @path: the library
 * @code: an extended SQLite result code
 * @system_errno: errno of the failed system call, 0 when there was none
 * @message: (nullable): SQLite's own words, used when nothing better is known
 *
 * Says in one sentence what went wrong and that nothing was changed.
 */
void
dra_schema_set_error (GError     **error,
                      const char  *path,
                      int          code,
                      int          system_errno,
                      const char  *message)
{
  const int primary = code & 0xff;

  if (primary == SQLITE_FULL || system_errno == ENOSPC || system_errno == EDQUOT ||
      system_errno == EFBIG)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                 _("There is no space left on the disk for the library “%s”."), path);
  else if (primary == SQLITE_READONLY || primary == SQLITE_PERM || system_errno == EROFS ||
           system_errno == EACCES || system_errno == EPERM)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                 _("The library “%s” may not be written."), path);
  else if (primary == SQLITE_BUSY || primary == SQLITE_LOCKED)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY,
                 _("The library “%s” is being used by another program; try again."), path);
  else if (primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB)
    g_set_error (error, DRA_ERROR, DRA_ERROR_DAMAGED, _("The library “%s” is damaged."), path);
  else if (code == SQLITE_IOERR_WRITE || code == SQLITE_IOERR_FSYNC ||
           code == SQLITE_IOERR_TRUNCATE || code == SQLITE_IOERR_SHMSIZE)
    g_set_error (error, DRA_ERROR, DRA_ERROR_FAILED,
                 _("The library “%s” could not be written; the disk may be full or failing."), path);
  else if (primary == SQLITE_TOOBIG)
    g_set_error (error, DRA_ERROR, DRA_ERROR_TOO_LARGE,
                 _("The note is too long to be kept in the library “%s”."), path);
  else if (system_errno != 0)
    g_set_error (error, DRA_ERROR, DRA_ERROR_FAILED, _("The library “%s” cannot be used: %s."),
                 path, g_strerror (system_errno));
  else
    g_set_error (error, DRA_ERROR, DRA_ERROR_FAILED, _("The library “%s” cannot be used: %s."),
                 path, message != NULL ? message : sqlite3_errstr (code));
}

static void
set_error (GError     **error,
           const char  *path,
           sqlite3     *db)
{
  dra_schema_set_error (error, path, sqlite3_extended_errcode (db), sqlite3_system_errno (db),
                        sqlite3_errmsg (db));
}

/**
 * dra_schema_dated:
 * @path: the library
 * @what: (nullable): "damaged" or "backup-1"
 *
 * Names a file beside the library after the present time, one that is not there yet.
 *
 * Returns: (transfer full): "…/library-damaged-2026-11-24T10-20-30.sqlite"
 */
char *
dra_schema_dated (const char *path,
                  const char *what)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%dT%H-%M-%S");
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  char *dot = strrchr (name, '.');
  g_autofree char *ending = g_strdup (dot != NULL && dot != name ? dot : "");

  if (*ending != '\0')
    *dot = '\0';

  for (guint i = 1;; i++)
    {
      g_autofree char *number = i > 1 ? g_strdup_printf ("-%u", i) : g_strdup ("");
      g_autofree char *file = g_strdup_printf ("%s%s%s-%s%s%s", name, what != NULL ? "-" : "",
                                               what != NULL ? what : "", time, number, ending);
      g_autofree char *dated = g_build_filename (folder, file, NULL);

      if (!g_file_test (dated, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&dated);
    }
}

/* dra_fold (text): what two names are compared by. */
static void
fold_func (sqlite3_context  *context,
           int               n_values G_GNUC_UNUSED,
           sqlite3_value   **values)
{
  const char *text = (const char *) sqlite3_value_text (values[0]);
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;

  if (valid != NULL)
    sqlite3_result_text (context, dra_fold_string (valid), -1, g_free);
}

/* dra_has_words (folded, words): whether each of the words begins a word of the folded text. */
static void
has_words_func (sqlite3_context  *context,
                int               n_values G_GNUC_UNUSED,
                sqlite3_value   **values)
{
  const char *text = (const char *) sqlite3_value_text (values[0]);
  const char *p = (const char *) sqlite3_value_text (values[1]);
  gboolean all = text != NULL && p != NULL;

  while (all && *p != '\0')
    {
      const gsize length = strcspn (p, " ");
      gboolean found = length == 0;

      for (const char *at = text; !found && at != NULL && *at != '\0';)
        {
          found = strncmp (at, p, length) == 0;
          at = strpbrk (at, " -'(\"");
          at = at != NULL ? at + 1 : NULL;
        }
      all = found;
      p += length + (p[length] == ' ');
    }
  sqlite3_result_int (context, all);
}

/**
 * dra_schema_add_functions:
 * @db: a connection
 *
 * Adds the functions that the steps and the shelves call.
 */
void
dra_schema_add_functions (sqlite3 *db)
{
  sqlite3_create_function_v2 (db, "dra_fold", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL,
                              fold_func, NULL, NULL, NULL);
  sqlite3_create_function_v2 (db, "dra_has_words", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL,
                              has_words_func, NULL, NULL, NULL);
}

static int
get_version (sqlite3 *db)
{
  sqlite3_stmt *statement = NULL;
  int version = -1;

  if (sqlite3_prepare_v2 (db, "PRAGMA user_version", -1, &statement, NULL) == SQLITE_OK &&
      sqlite3_step (statement) == SQLITE_ROW)
    version = sqlite3_column_int (statement, 0);
  if (sqlite3_finalize (statement) != SQLITE_OK)
    version = -1;
  return version;
}

/**
 * dra_schema_get_page_check:
 * @db: a library
 *
 * The query whose only row is "ok" when the pages of a library hold together (SQLite's
 * quick_check).  Of a file that cannot be written the full-text tables are left out: since
 * 3.44 SQLite checks them too, and takes a file that it may not write for a damaged one.  The
 * tables that they are kept in are checked as all others.
 *
 * Returns: SQL
 */
const char *
dra_schema_get_page_check (sqlite3 *db)
{
  if (sqlite3_db_readonly (db, "main") != 1)
    return "PRAGMA quick_check (1)";
  return "SELECT q.quick_check FROM sqlite_schema AS s, pragma_quick_check (s.name) AS q"
         " WHERE s.type = 'table' AND s.rootpage > 0 AND q.quick_check <> 'ok'"
         " UNION ALL SELECT 'ok' LIMIT 1";
}

/**
 * dra_schema_check:
 * @db: a library
 * @steps: (array zero-terminated=1): the SQL of every step from an empty file on
 *
 * Compares the tables of a library with those that its version should have: a flipped bit in
 * the name of a column is no damage to SQLite.
 *
 * Returns: %FALSE when they are not there as they should be
 */
gboolean
dra_schema_check (sqlite3           *db,
                  const char *const *steps)
{
  const int version = get_version (db);
  sqlite3_stmt *expected = NULL;
  sqlite3_stmt *find = NULL;
  sqlite3 *model = NULL;
  gboolean ok = version >= 0 && version <= (int) g_strv_length ((char **) steps) &&
                sqlite3_open (":memory:", &model) == SQLITE_OK;

  if (model != NULL)
    dra_schema_add_functions (model);
  for (int i = 0; i < version && ok; i++)
    ok = sqlite3_exec (model, steps[i], NULL, NULL, NULL) == SQLITE_OK;
  ok = ok &&
       sqlite3_prepare_v2 (model, "SELECT type, name, tbl_name, sql FROM sqlite_schema", -1,
                           &expected, NULL) == SQLITE_OK &&
       sqlite3_prepare_v2 (db, "SELECT 1 FROM sqlite_schema WHERE type = ?1 AND name = ?2"
                               " AND tbl_name = ?3 AND sql IS ?4", -1, &find, NULL) == SQLITE_OK;

  while (ok && sqlite3_step (expected) == SQLITE_ROW)
    {
      for (int i = 0; i < 4; i++)
        sqlite3_bind_value (find, i + 1, sqlite3_column_value (expected, i));
      ok = sqlite3_step (find) == SQLITE_ROW;
      sqlite3_reset (find);
    }

  sqlite3_finalize (expected);
  sqlite3_finalize (find);
  sqlite3_close (model);
  return ok;
}

/**
 * dra_schema_copy:
 * @db: a library
 * @name: where to
 * @error: return location
 *
 * Makes a whole copy, by SQLite itself so that the log is in it: one file, readable by nobody
 * else, under its name only when it is on disk.  Only who is in which article is not in it:
 * that can be made anew, and what the reader has wiped must not come back from a copy.
 *
 * Returns: %FALSE when it could not be made
 */
gboolean
dra_schema_copy (sqlite3     *db,
                 const char  *name,
                 GError     **error)
{
  /* Another process may make the same at the same moment. */
  g_autofree char *part = g_strdup_printf ("%s.%d.part", name, (int) getpid ());
  sqlite3 *copy = NULL;
  sqlite3_backup *backup;
  int fd = open (part, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  int code;

  if (fd < 0)
    {
      dra_schema_set_error (error, part, SQLITE_CANTOPEN, errno, NULL);
      return FALSE;
    }
  close (fd);

  code = sqlite3_open_v2 (part, &copy, SQLITE_OPEN_READWRITE, NULL);
  if (code == SQLITE_OK && (backup = sqlite3_backup_init (copy, "main", db, "main")) != NULL)
    {
      sqlite3_backup_step (backup, -1);
      code = sqlite3_backup_finish (backup);
    }
  else
    code = sqlite3_extended_errcode (copy);
  /* One file, no log beside it. */
  if (code == SQLITE_OK)
    code = sqlite3_exec (copy, "PRAGMA journal_mode = DELETE; PRAGMA journal_mode = MEMORY; PRAGMA secure_delete = ON",
                         NULL, NULL, NULL);
  /* A library of an earlier version has no such table. */
  if (code == SQLITE_OK && sqlite3_table_column_metadata (copy, NULL, "appearances", NULL, NULL, NULL, NULL, NULL,
                                                          NULL) == SQLITE_OK)
    code = sqlite3_exec (copy, "DELETE FROM appearances", NULL, NULL, NULL);

  if (code != SQLITE_OK)
    dra_schema_set_error (error, part, code, sqlite3_system_errno (copy), sqlite3_errmsg (copy));
  sqlite3_close (copy);
  if (code == SQLITE_OK && g_rename (part, name) == 0)
    return TRUE;

  if (code == SQLITE_OK)
    dra_schema_set_error (error, part, SQLITE_ERROR, errno, NULL);
  g_unlink (part);
  return FALSE;
}

/* A copy under a dated name, before the library is changed for good. */
static gboolean
make_backup (sqlite3     *db,
             const char  *path,
             int          version,
             GError     **error)
{
  g_autofree char *what = g_strdup_printf ("backup-%d", version);
  g_autofree char *name = dra_schema_dated (path, what);

  return dra_schema_copy (db, name, error);
}

/* Some steps in one transaction; nothing when another process has done them meanwhile. */
static gboolean
apply_steps (sqlite3            *db,
             const char         *path,
             const char *const  *steps,
             int                 version,
             int                 last,
             GError            **error)
{
  g_autofree char *finish = g_strdup_printf ("PRAGMA user_version = %d; PRAGMA application_id = %d;"
                                             "COMMIT", last, DRA_SCHEMA_ID | last);
  gboolean ok = TRUE;

  if (sqlite3_exec (db, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK)
    {
      set_error (error, path, db);
      return FALSE;
    }

  if (get_version (db) != version)
    return sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL) == SQLITE_OK;

  for (int i = version; i < last && ok; i++)
    ok = sqlite3_exec (db, steps[i], NULL, NULL, NULL) == SQLITE_OK;
  if (!ok ||
      sqlite3_exec (db, finish, NULL, NULL, NULL) != SQLITE_OK)
    {
      set_error (error, path, db);
      sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
      return FALSE;
    }

  return TRUE;
}

/**
 * dra_schema_apply:
 * @db: the library, open for writing
 * @path: where it is
 * @steps: (array zero-terminated=1): the SQL of every step from an empty file on
 * @error: return location
 *
 * Brings a library up to the last of @steps: each in a transaction, after one backup copy
 * when there was anything to copy.  A new one is made in a single transaction, so that no
 * other process ever sees a part of it.
 *
 * Returns: %FALSE on error, with all steps before the failed one done
 */
gboolean
dra_schema_apply (sqlite3            *db,
                  const char         *path,
                  const char *const  *steps,
                  GError            **error)
{
  const int last = (int) g_strv_length ((char **) steps);
  int version = get_version (db);

  if (version < 0)
    {
      set_error (error, path, db);
      return FALSE;
    }
  if (version > 0 && version < last && !make_backup (db, path, version, error))
    return FALSE;
  dra_schema_add_functions (db);

  if (version == 0)
    return apply_steps (db, path, steps, 0, last, error);
  for (; version < last; version++)
    if (!apply_steps (db, path, steps, version, version + 1, error))
      return FALSE;

  return TRUE;
}
