/* dra-recover.c: a damaged library set aside and a new one made of what can be read.
 *
 * Rows are told apart by their shape (number and types of their values), since in a
 * damaged file nothing else says which table a page is of.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "library/dra-recover.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "library/dra-carve.h"
#include "library/dra-schema.h"

typedef struct
{
  sqlite3 *db;
  sqlite3_stmt *insert;
  const char *shape; /* a letter a value: n(ull) i(nteger) t(ext) b(lob), lower case: exactly;
                        T, I: that or null */
  gboolean failed;
} Pass;

static const struct
{
  const char *shape;
  const char *sql;
} passes[] = {
  { "ntitii", "INSERT OR IGNORE INTO articles VALUES (?1, ?2, ?3, ?4, ?5, ?6)" },
  { "nttiittIITTTTiiiTT",
    "INSERT INTO notes (id, " DRA_SCHEMA_NOTE_COLUMNS ") VALUES (?1, ?2,"
    " CASE WHEN ?3 IN ('entity', 'article') THEN ?3 ELSE 'passage' END, ?4, ?5, ?6, ?7, ?8, ?9,"
    " ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)"
    " ON CONFLICT (uuid) DO UPDATE SET target = excluded.target, created = excluded.created,"
    " modified = excluded.modified, color = excluded.color, body = excluded.body,"
    " start_at = excluded.start_at, end_at = excluded.end_at, exact = excluded.exact,"
    " prefix = excluded.prefix, suffix = excluded.suffix, hash = excluded.hash,"
    " text_version = excluded.text_version, distinct_before = excluded.distinct_before,"
    " distinct_after = excluded.distinct_after, entity_kind = excluded.entity_kind,"
    " entity_name = excluded.entity_name WHERE excluded.modified > notes.modified" },
  { "tii", "INSERT OR IGNORE INTO uris VALUES (?1, ?2, ?3)" },
  { "nib", "INSERT OR IGNORE INTO texts VALUES (?1, ?2, ?3)" },
  { "iit", "INSERT OR IGNORE INTO tags VALUES (?1, ?2, ?3)" },
  { "ii", "INSERT OR IGNORE INTO places VALUES (?1, ?2)" },
  { "ti", "INSERT OR IGNORE INTO tombstones VALUES (?1, ?2)" },
  { "tittttTtiii", "INSERT OR IGNORE INTO corrections VALUES"
    " (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)" },
  { "ittti", "INSERT OR IGNORE INTO appearances VALUES (?1, ?2, ?3, ?4, ?5)" },
  { "iIITTTTiii", "INSERT OR IGNORE INTO origins VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)" },
};

/* Rows whose other half is gone: a note finds its article by its hash, the rest means
 * nothing alone. */
static const char *const mend =
  "INSERT OR IGNORE INTO articles (hash, text_version, title, first_opened, last_opened)"
  "  SELECT hash, max (text_version), '', min (created), max (modified) FROM notes"
  "  WHERE hash IS NOT NULL GROUP BY hash;"
  "DELETE FROM places WHERE note_id NOT IN (SELECT id FROM notes)"
  "  OR article_id NOT IN (SELECT id FROM articles);"
  "INSERT OR IGNORE INTO places (note_id, article_id)"
  "  SELECT notes.id, articles.id FROM notes JOIN articles ON articles.hash = notes.hash;"
  "DELETE FROM tags WHERE note_id NOT IN (SELECT id FROM notes);"
  "DELETE FROM uris WHERE article_id NOT IN (SELECT id FROM articles);"
  "DELETE FROM texts WHERE article_id NOT IN (SELECT id FROM articles);"
  "DELETE FROM appearances WHERE article_id NOT IN (SELECT id FROM articles);"
  "DELETE FROM origins WHERE note_id NOT IN (SELECT id FROM notes);"
  "DELETE FROM tombstones WHERE uuid IN (SELECT uuid FROM notes);"
  "DELETE FROM subjects;"
  "INSERT INTO subjects (note_id, kind, name)"
  "  SELECT id, entity_kind, dra_fold (entity_name) FROM notes"
  "  WHERE target = 'entity' AND entity_kind IS NOT NULL AND entity_name IS NOT NULL;"
  DRA_SCHEMA_FILL_SEARCH;

static gboolean
has_shape (const char          *shape,
           const DraCarveValue *values,
           guint                n_values)
{
  static const char letters[] = { 'n', 'i', 'f', 't', 'b' };

  if (strlen (shape) != n_values)
    return FALSE;

  for (guint i = 0; i < n_values; i++)
    {
      char letter = letters[values[i].type];

      if (letter != shape[i] &&
          !(g_ascii_isupper (shape[i]) && (letter == 'n' || letter == g_ascii_tolower (shape[i]))))
        return FALSE;
    }

  return TRUE;
}

static void
bind_value (sqlite3_stmt        *statement,
            int                  index,
            const DraCarveValue *value)
{
  switch (value->type)
    {
    case DRA_CARVE_INTEGER:
      sqlite3_bind_int64 (statement, index, value->integer);
      break;
    case DRA_CARVE_TEXT:
      {
        char *valid = g_utf8_make_valid (value->data, (gssize) value->length);

        sqlite3_bind_text64 (statement, index, valid, strlen (valid), g_free, SQLITE_UTF8);
        break;
      }
    case DRA_CARVE_BLOB:
      sqlite3_bind_blob64 (statement, index, value->data, value->length, SQLITE_TRANSIENT);
      break;
    case DRA_CARVE_NULL:
    case DRA_CARVE_FLOAT:
    default:
      sqlite3_bind_null (statement, index);
      break;
    }
}

/* Carries one row over, when it is of the table of this pass. */
static void
carry_over_cb (gint64               rowid,
               const DraCarveValue *values,
               guint                n_values,
               gpointer             user_data)
{
  Pass *pass = user_data;
  int code;

  if (pass->failed || !has_shape (pass->shape, values, n_values))
    return;
  if (pass->shape[0] == 'n' && values[1].type == DRA_CARVE_TEXT)
    {
      /* A hash or a UUID: the one thing that a note or an article cannot do without. */
      g_autofree char *key = g_utf8_make_valid (values[1].data, (gssize) values[1].length);

      if (n_values == DRA_SCHEMA_N_NOTE_COLUMNS ? !g_uuid_string_is_valid (key) : strlen (key) != 64)
        return;
    }
  if (g_str_has_prefix (pass->shape, "ti") && g_str_has_suffix (pass->shape, "i") && n_values != 3)
    {
      g_autofree char *uuid = g_utf8_make_valid (values[0].data, (gssize) values[0].length);

      if (!g_uuid_string_is_valid (uuid))
        return;
    }

  for (guint i = 0; i < n_values; i++)
    bind_value (pass->insert, (int) i + 1, &values[i]);
  if (pass->shape[0] == 'n')
    sqlite3_bind_int64 (pass->insert, 1, rowid);

  code = sqlite3_step (pass->insert);
  if ((code & 0xff) == SQLITE_CONSTRAINT && n_values == DRA_SCHEMA_N_NOTE_COLUMNS)
    {
      /* Two notes cannot have had one number: this row's is damaged, the note is not. */
      sqlite3_reset (pass->insert);
      sqlite3_bind_null (pass->insert, 1);
      code = sqlite3_step (pass->insert);
    }
  pass->failed = code != SQLITE_DONE && (code & 0xff) != SQLITE_CONSTRAINT;
  sqlite3_reset (pass->insert);
  sqlite3_clear_bindings (pass->insert);
}

static int
fill (sqlite3  *db,
      DraCarve *carve)
{
  int code = sqlite3_exec (db, "PRAGMA foreign_keys = OFF; BEGIN", NULL, NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (passes) && code == SQLITE_OK; i++)
    {
      Pass pass = { db, NULL, passes[i].shape, FALSE };

      code = sqlite3_prepare_v2 (db, passes[i].sql, -1, &pass.insert, NULL);
      if (code != SQLITE_OK)
        break;
      dra_carve_rows (carve, carry_over_cb, &pass);
      if (pass.failed)
        code = sqlite3_extended_errcode (db);
      sqlite3_finalize (pass.insert);
      if (pass.failed)
        return code != SQLITE_OK ? code : SQLITE_ERROR;
    }

  if (code == SQLITE_OK)
    code = sqlite3_exec (db, mend, NULL, NULL, NULL);
  if (code == SQLITE_OK)
    code = sqlite3_exec (db, "COMMIT", NULL, NULL, NULL);
  return code;
}

static guint
count_notes (sqlite3 *db)
{
  sqlite3_stmt *statement = NULL;
  guint n = 0;

  if (sqlite3_prepare_v2 (db, "SELECT count(*) FROM notes", -1, &statement, NULL) == SQLITE_OK &&
      sqlite3_step (statement) == SQLITE_ROW)
    n = (guint) sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  return n;
}

/* Builds the new library at building; what is there from a crashed attempt is removed. */
static gboolean
build (const char         *path,
       const char         *building,
       const char *const  *steps,
       guint              *n_notes,
       GError            **error)
{
  g_autoptr (DraCarve) carve = NULL;
  g_autofree char *journal = g_strconcat (building, "-journal", NULL);
  sqlite3 *db = NULL;
  int fd, code;
  gboolean ok;

  g_unlink (building);
  g_unlink (journal);
  fd = open (building, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      dra_schema_set_error (error, path, SQLITE_CANTOPEN, errno, NULL);
      return FALSE;
    }
  close (fd);

  carve = dra_carve_open (path, DRA_SCHEMA_PAGE_SIZE, error);
  if (carve == NULL)
    return FALSE;

  code = sqlite3_open_v2 (building, &db,
                          SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
  if (code == SQLITE_OK)
    code = sqlite3_exec (db, "PRAGMA page_size = " G_STRINGIFY (4096) "; PRAGMA synchronous = FULL;"
                             "PRAGMA secure_delete = ON", NULL, NULL, NULL);
  if (code != SQLITE_OK)
    {
      dra_schema_set_error (error, path, code, sqlite3_system_errno (db), sqlite3_errmsg (db));
      ok = FALSE;
    }
  else
    ok = dra_schema_apply (db, path, steps, error);

  if (ok && (code = fill (db, carve)) != SQLITE_OK)
    {
      dra_schema_set_error (error, path, code, sqlite3_system_errno (db), sqlite3_errmsg (db));
      ok = FALSE;
    }
  if (ok)
    *n_notes = count_notes (db);
  sqlite3_close (db);
  return ok;
}

/* The lock that keeps two processes from replacing one library at the same time. */
static int
lock_folder (const char  *path,
             GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0 || flock (fd, LOCK_EX) != 0)
    {
      dra_schema_set_error (error, path, SQLITE_CANTOPEN, errno, NULL);
      if (fd >= 0)
        close (fd);
      return -1;
    }

  return fd;
}

static void
move_companion (const char *path,
                const char *aside,
                const char *ending)
{
  g_autofree char *from = g_strconcat (path, ending, NULL);
  g_autofree char *to = g_strconcat (aside, ending, NULL);

  g_rename (from, to);
}

/* Puts the finished library in place; the folder is locked.  The log goes first: beside the
 * new file SQLite would take it for that one's. */
static gboolean
swap (const char  *path,
      const char  *recovered,
      int          folder,
      char       **aside,
      GError     **error)
{
  *aside = dra_schema_dated (path, "damaged");

  if (link (path, *aside) != 0 && errno != ENOENT && g_rename (path, *aside) != 0)
    {
      dra_schema_set_error (error, path, SQLITE_CANTOPEN, errno, NULL);
      return FALSE;
    }
  move_companion (path, *aside, "-wal");
  move_companion (path, *aside, "-shm");
  if (g_rename (recovered, path) != 0)
    {
      dra_schema_set_error (error, path, SQLITE_CANTOPEN, errno, NULL);
      return FALSE;
    }
  fsync (folder);
  return TRUE;
}

/* Whether another process has replaced it while we waited for the lock. */
static gboolean
is_sound (const char        *path,
          const char *const *steps)
{
  const guint n_steps = g_strv_length ((char **) steps);

  g_autoptr (DraCarve) carve = dra_carve_open (path, DRA_SCHEMA_PAGE_SIZE, NULL);
  sqlite3_stmt *statement = NULL;
  guint32 version, id;
  sqlite3 *db = NULL;
  gboolean sound;

  if (carve == NULL || !dra_carve_get_header (carve, &version, &id) || version != n_steps ||
      id != (DRA_SCHEMA_ID | version))
    return FALSE;

  sound = sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK &&
          sqlite3_prepare_v2 (db, "PRAGMA integrity_check (1)", -1, &statement, NULL) == SQLITE_OK &&
          sqlite3_step (statement) == SQLITE_ROW &&
          g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), "ok") == 0 &&
          dra_schema_check (db, steps);
  sqlite3_finalize (statement);
  /* The index of the search has a look of its own at itself. */
  sound = sound &&
          (sqlite3_exec (db, "INSERT INTO search (search) VALUES ('integrity-check')", NULL, NULL, NULL)
           & 0xff) != SQLITE_CORRUPT;
  sqlite3_close (db);
  return sound;
}

static gboolean
replace (const char         *path,
         const char *const  *steps,
         int                 folder,
         char              **notice,
         GError            **error)
{
  g_autofree char *building = g_strconcat (path, "-recovering", NULL);
  g_autofree char *recovered = g_strconcat (path, "-recovered", NULL);
  g_autofree char *aside = NULL;
  g_autofree char *name = NULL;
  guint n_notes = 0;

  if (!build (path, building, steps, &n_notes, error))
    {
      g_unlink (building);
      return FALSE;
    }
  if (g_rename (building, recovered) != 0)
    {
      dra_schema_set_error (error, path, SQLITE_CANTOPEN, errno, NULL);
      return FALSE;
    }
  fsync (folder);
  if (!swap (path, recovered, folder, &aside, error))
    return FALSE;

  name = g_path_get_basename (aside);
  *notice = g_strdup_printf (
    ngettext ("The library was damaged: %u note was carried over into a new one, and the damaged file was kept as “%s”.",
              "The library was damaged: %u notes were carried over into a new one, and the damaged file was kept as “%s”.",
              n_notes),
    n_notes, name);
  return TRUE;
}

/**
 * dra_recover_run:
 * @path: a library that was found damaged and is not open in this process
 * @steps: (array zero-terminated=1): the steps of its schema
 * @notice: (out) (nullable): one sentence for the reader; %NULL when another process has
 *   replaced the library already
 * @error: return location
 *
 * Sets a damaged library aside and makes a new one of what can be read of it.
 *
 * Returns: %FALSE when that could not be done; the library is then as it was
 */
gboolean
dra_recover_run (const char         *path,
                 const char *const  *steps,
                 char              **notice,
                 GError            **error)
{
  int folder = lock_folder (path, error);
  gboolean ok;

  *notice = NULL;
  if (folder < 0)
    return FALSE;

  ok = is_sound (path, steps) ||
       replace (path, steps, folder, notice, error);
  close (folder);
  return ok;
}

/**
 * dra_recover_finish:
 * @path: a library
 * @error: return location
 *
 * Puts a recovered library in place that a crash has left beside it.
 *
 * Returns: %FALSE when there is one and it cannot be put in place
 */
gboolean
dra_recover_finish (const char  *path,
                    GError     **error)
{
  g_autofree char *recovered = g_strconcat (path, "-recovered", NULL);
  g_autofree char *aside = NULL;
  gboolean ok = TRUE;
  int folder;

  if (!g_file_test (recovered, G_FILE_TEST_EXISTS))
    return TRUE;

  folder = lock_folder (path, error);
  if (folder < 0)
    return FALSE;
  if (g_file_test (recovered, G_FILE_TEST_EXISTS))
    ok = swap (path, recovered, folder, &aside, error);
  close (folder);
  return ok;
}
