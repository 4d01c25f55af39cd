/* test-library-damage.c: damaged, newer, foreign and older library files.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "article/dra-error.h"
#include "dra-test.h"
#include "library-fixture.h"
#include "library/dra-carve.h"
#include "library/dra-library-private.h"
#include "library/dra-schema.h"

#define N_NOTES 80

typedef struct
{
  char *folder;
  char *path;
  DraArticle *article;
  const char *good; /* the bytes of a closed library with N_NOTES notes */
  gsize length;
} Fixture;

static void
add_notes (DraLibrary *library,
           DraArticle *article,
           guint       from,
           guint       to)
{
  for (guint i = from; i < to; i++)
    {
      g_autofree char *words = g_strdup_printf ("Paragraph %u ends", i % 100);
      g_autofree char *tag = g_strdup_printf ("tag %u", i);
      g_autofree char *body = i % 20 == 7 ? g_strnfill (9000 + i, 'b') : g_strdup_printf ("Body of note %u.", i);
      const char *tags[] = { tag, "all", NULL };
      g_autoptr (DraNote) note = fixture_note (article, words, body);
      g_autoptr (GError) error = NULL;

      dra_note_set_tags (note, tags);
      g_assert_true (dra_library_save_note (library, article, note, &error));
      g_assert_no_error (error);
    }
}

static void
set_up (Fixture       *f,
        gconstpointer  data G_GNUC_UNUSED)
{
  static GBytes *made; /* once: eighty notes are eighty writes to the disk */

  f->folder = dra_test_mkdtemp ();
  f->path = g_build_filename (f->folder, "library.sqlite", NULL);
  f->article = fixture_long_article (100, "file:///a.txt");
  if (made == NULL)
    {
      DraLibrary *library = fixture_open (f->path);
      char *bytes;
      gsize length;

      add_notes (library, f->article, 0, N_NOTES);
      g_assert_finalize_object (library);
      g_assert_true (g_file_get_contents (f->path, &bytes, &length, NULL));
      made = g_bytes_new_take (bytes, length);
    }
  f->good = g_bytes_get_data (made, &f->length);
  g_assert_true (g_file_set_contents_full (f->path, f->good, f->length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

static void
tear_down (Fixture       *f,
           gconstpointer  data G_GNUC_UNUSED)
{
  g_object_unref (f->article);
  g_free (f->path);
  dra_test_rmtree (f->folder);
}

static guint
count_files (const char *folder,
             const char *part)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    n += part == NULL || strstr (name, part) != NULL;
  return n;
}

static void
empty_folder (Fixture *f)
{
  g_autoptr (GDir) dir = g_dir_open (f->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (f->folder, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
}

/* Writes bytes as the library, opens it, and says how many notes are there. */
static guint
open_bytes (Fixture    *f,
            const char *bytes,
            gsize       length,
            gboolean   *noticed)
{
  g_autoptr (DraLibrary) library = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (GError) error = NULL;
  const char *notice;

  empty_folder (f);
  g_assert_true (g_file_set_contents_full (f->path, bytes, length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  library = dra_library_open (f->path, &error);
  g_assert_no_error (error);

  notes = dra_library_load_notes (library, f->article, NULL, &error);
  g_assert_no_error (error);
  notice = dra_library_get_notice (library); /* after: damage may be met as late as that */
  *noticed = notice != NULL;
  if (notice != NULL)
    {
      /* Set aside with all its bytes, under the name the notice gives. */
      const char *name = strstr (notice, "library-damaged-");
      const char *end = name != NULL ? strstr (name, ".sqlite") : NULL;
      g_autofree char *kept = NULL;
      g_autofree char *there = NULL;
      gsize kept_length;

      g_assert_nonnull (end);
      kept = g_strndup (name, end + strlen (".sqlite") - name);
      there = g_build_filename (f->folder, kept, NULL);
      g_clear_pointer (&kept, g_free);
      g_assert_true (g_file_get_contents (there, &kept, &kept_length, NULL));
      g_assert_true (kept_length == length && memcmp (kept, bytes, length) == 0);
    }
  g_assert_cmpuint (count_files (f->folder, "-recover"), ==, 0);

  /* And it works as any other. */
  {
    g_autoptr (DraNote) note = fixture_note (f->article, "Paragraph 3 ends", "after");
    g_autoptr (GPtrArray) more = NULL;

    g_assert_true (dra_library_save_note (library, f->article, note, &error));
    g_assert_no_error (error);
    more = fixture_load (library, f->article);
    g_assert_nonnull (fixture_find (more, dra_note_get_uuid (note)));
  }
  return notes->len;
}

static void
test_byte_flips (Fixture       *f,
                 gconstpointer  data G_GNUC_UNUSED)
{
  const guint n_files = 250;
  g_autoptr (GRand) random = g_rand_new_with_seed (1848);
  guint n_noticed = 0, n_kept = 0, least = N_NOTES;

  for (guint i = 0; i < n_files; i++)
    {
      g_autofree char *bytes = g_memdup2 (f->good, f->length);
      gboolean noticed;
      guint n;

      /* One byte, or several; a third of them among the first two pages, where all else
       * hangs on what is hit. */
      for (guint k = 0; k < 1 + (i % 4) * 3; k++)
        bytes[g_rand_int_range (random, 0, i % 3 == 0 ? 8192 : (gint32) f->length)] ^=
          (char) g_rand_int_range (random, 1, 256);
      n = open_bytes (f, bytes, f->length, &noticed);
      n_noticed += noticed;
      n_kept += n;
      least = MIN (least, n);
      if (i % 4 == 0) /* one byte can cost one page of notes, no more */
        g_assert_cmpuint (n, >=, N_NOTES - 16);
    }

  g_test_message ("%u damaged files: %u noticed; %u of %u notes there, at least %u of %u in each", n_files,
                  n_noticed, n_kept, n_files * N_NOTES, least, N_NOTES);
  g_assert_cmpuint (n_noticed, >, 0);
  g_assert_cmpuint (n_kept, >=, n_files * N_NOTES * 9 / 10);
}

/* The worst single places: header, schema, the inner page that leads to all notes. */
static void
test_lost_pages (Fixture       *f,
                 gconstpointer  data G_GNUC_UNUSED)
{
  for (gsize page = 0; page < f->length / DRA_SCHEMA_PAGE_SIZE; page++)
    {
      g_autofree char *bytes = g_memdup2 (f->good, f->length);
      const guint8 type = (guint8) f->good[page * DRA_SCHEMA_PAGE_SIZE + (page == 0 ? 100 : 0)];
      gboolean noticed;
      guint n;

      memset (bytes + page * DRA_SCHEMA_PAGE_SIZE, 0x55, DRA_SCHEMA_PAGE_SIZE);
      n = open_bytes (f, bytes, f->length, &noticed);
      g_assert_cmpuint (n, >=, N_NOTES - 16);
      if (page == 0 || type == 2 || type == 5 || type == 10)
        {
          g_assert_true (noticed); /* no note is on such a page */
          g_assert_cmpuint (n, ==, N_NOTES);
        }
    }
}

static void
test_cut_short (Fixture       *f,
                gconstpointer  data G_GNUC_UNUSED)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  gboolean noticed;

  for (guint i = 0; i < 40; i++)
    open_bytes (f, f->good, g_rand_int_range (random, 1, (gint32) f->length), &noticed);

  /* Empty is a new library, anything else that is no database is set aside. */
  g_assert_cmpuint (open_bytes (f, "", 0, &noticed), ==, 0);
  g_assert_false (noticed);
  g_assert_cmpuint (open_bytes (f, "Dear diary", 10, &noticed), ==, 0);
  g_assert_true (noticed);
}

/* Damaged while it is open, and too late for the look at opening: noticed when met. */
static void
test_while_open (Fixture       *f,
                 gconstpointer  data G_GNUC_UNUSED)
{
  g_autoptr (DraLibrary) library = fixture_open (f->path);
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (DraNote) note = fixture_note (f->article, "Paragraph 3 ends", "after");
  g_autoptr (GError) error = NULL;
  FILE *file = fopen (f->path, "r+b");

  for (gsize page = 1; page < f->length / DRA_SCHEMA_PAGE_SIZE; page++)
    if ((guint8) f->good[page * DRA_SCHEMA_PAGE_SIZE] == 5)
      {
        fseek (file, (long) (page * DRA_SCHEMA_PAGE_SIZE), SEEK_SET);
        for (guint i = 0; i < 200; i++)
          fputc (0x77, file);
      }
  fclose (file);

  sqlite3_db_release_memory (dra_store_get_db (dra_library_get_store (library)));
  g_assert_true (dra_library_save_note (library, f->article, note, &error));
  g_assert_no_error (error);
  notes = fixture_load (library, f->article);
  g_assert_cmpuint (notes->len, ==, N_NOTES + 1);
  g_assert_nonnull (dra_library_get_notice (library));
}

/* Notes that were only in the write-ahead log when a crash and damage came together. */
static void
test_with_log (Fixture       *f,
               gconstpointer  data G_GNUC_UNUSED)
{
  g_autofree char *wal = g_strconcat (f->path, "-wal", NULL);
  g_autofree char *db_bytes = NULL;
  g_autofree char *wal_bytes = NULL;
  gsize db_length, wal_length;
  DraLibrary *library = fixture_open (f->path);
  g_autoptr (GPtrArray) notes = NULL;

  add_notes (library, f->article, N_NOTES, N_NOTES + 10);
  g_assert_true (g_file_get_contents (f->path, &db_bytes, &db_length, NULL));
  g_assert_true (g_file_get_contents (wal, &wal_bytes, &wal_length, NULL));
  g_assert_finalize_object (library);
  g_assert_cmpuint (wal_length, >, 0);

  /* As if killed here, with the first page gone and another frame of the log flipped. */
  empty_folder (f);
  memset (db_bytes, 0x55, 100);
  wal_bytes[32 + 24 + 100] ^= 1;
  g_assert_true (g_file_set_contents_full (f->path, db_bytes, db_length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  g_assert_true (g_file_set_contents_full (wal, wal_bytes, wal_length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  {
    /* The log has a whole first page in it, so the header is looked at there. */
    g_autoptr (DraCarve) carve = dra_carve_open (f->path, DRA_SCHEMA_PAGE_SIZE, NULL);

    g_assert_nonnull (carve);
    g_assert_cmpuint (dra_carve_get_n_pages (carve), >=, db_length / DRA_SCHEMA_PAGE_SIZE);
  }
  library = fixture_open (f->path);
  notes = fixture_load (library, f->article);
  g_assert_cmpuint (notes->len, >=, N_NOTES);
  g_object_unref (library);
}

/* A crash in the middle of replacing it: the finished one is put in place at the next start. */
static void
test_crash_in_recovery (Fixture       *f,
                        gconstpointer  data G_GNUC_UNUSED)
{
  g_autofree char *recovered = g_strconcat (f->path, "-recovered", NULL);
  g_autofree char *recovering = g_strconcat (f->path, "-recovering", NULL);
  g_autoptr (DraLibrary) library = NULL;
  g_autoptr (GPtrArray) notes = NULL;

  g_assert_true (g_file_set_contents_full (recovered, f->good, f->length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  g_assert_true (g_file_set_contents (recovering, "half", 4, NULL));
  g_assert_true (g_file_set_contents (f->path, "damaged and about to be replaced", -1, NULL));
  library = fixture_open (f->path);
  notes = fixture_load (library, f->article);
  g_assert_cmpuint (notes->len, ==, N_NOTES);
  g_assert_cmpuint (count_files (f->folder, "library-damaged-"), ==, 1);
  g_assert_false (g_file_test (recovered, G_FILE_TEST_EXISTS));
}

static void
execute (const char *path,
         const char *sql)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

static void
assert_refused_untouched (Fixture *f,
                          GQuark   domain,
                          int      code)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize before_length, after_length;
  g_autoptr (GError) error = NULL;
  guint n_files = count_files (f->folder, NULL);

  g_assert_true (g_file_get_contents (f->path, &before, &before_length, NULL));
  g_assert_null (dra_library_open (f->path, &error));
  g_assert_error (error, domain, code);
  g_assert_nonnull (strstr (error->message, f->path));
  g_assert_true (g_file_get_contents (f->path, &after, &after_length, NULL));
  g_assert_cmpmem (before, before_length, after, after_length);
  g_assert_cmpuint (count_files (f->folder, NULL), ==, n_files);
}

static void
test_newer (Fixture       *f,
            gconstpointer  data G_GNUC_UNUSED)
{
  g_autofree char *id = g_strdup_printf ("PRAGMA user_version = 7; PRAGMA application_id = %d;"
                                         "CREATE TABLE unheard_of (x)", DRA_SCHEMA_ID | 7);

  execute (f->path, id);
  assert_refused_untouched (f, DRA_ERROR, DRA_ERROR_NEWER);
}

/* The newer version has crashed and its number is only in the log. */
static void
test_newer_in_log (Fixture       *f,
                   gconstpointer  data G_GNUC_UNUSED)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA user_version = 7; PRAGMA application_id = %d", DRA_SCHEMA_ID | 7);
  g_autofree char *wal = g_strconcat (f->path, "-wal", NULL);
  g_autofree char *wal_bytes = NULL;
  gsize wal_length;
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (f->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_true (g_file_get_contents (wal, &wal_bytes, &wal_length, NULL));
  sqlite3_close (db);
  empty_folder (f);
  g_assert_true (g_file_set_contents (f->path, f->good, f->length, NULL));
  g_assert_true (g_file_set_contents (wal, wal_bytes, wal_length, NULL));
  assert_refused_untouched (f, DRA_ERROR, DRA_ERROR_NEWER);
}

static void
test_foreign (Fixture       *f,
              gconstpointer  data G_GNUC_UNUSED)
{
  g_assert_cmpint (g_unlink (f->path), ==, 0);
  execute (f->path, "CREATE TABLE bookmarks (url TEXT); INSERT INTO bookmarks VALUES ('x')");
  assert_refused_untouched (f, DRA_ERROR, DRA_ERROR_FAILED);
}

/* The file is deleted, or replaced by another one, while it is open. */
static void
test_replaced_while_open (Fixture       *f,
                          gconstpointer  data G_GNUC_UNUSED)
{
  g_autoptr (DraLibrary) library = fixture_open (f->path);
  g_autoptr (DraLibrary) other = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (DraNote) note = fixture_note (f->article, "Paragraph 3 ends", "after");

  notes = fixture_load (library, f->article);
  g_clear_pointer (&notes, g_ptr_array_unref);
  empty_folder (f);
  g_assert_true (dra_library_save_note (library, f->article, note, NULL));
  g_assert_true (g_file_test (f->path, G_FILE_TEST_IS_REGULAR));
  other = fixture_open (f->path);
  notes = fixture_load (other, f->article);
  g_assert_cmpuint (notes->len, ==, 1);
}

/* A later version: one more entry in the array, done once, after a backup. */
static void
test_upgrade (Fixture       *f,
              gconstpointer  data G_GNUC_UNUSED)
{
  const char *next[] = { dra_schema_steps[0], dra_schema_steps[1], dra_schema_steps[2],
                         "CREATE TABLE drawers (label TEXT NOT NULL) STRICT", NULL };
  const char *broken[] = { next[0], next[1], next[2], next[3], "CREATE TABLE half (x); INSERT INTO no_such_table VALUES (1)", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (DraLibrary) library = dra_library_open_with_steps (f->path, next, &error);
  g_autoptr (GPtrArray) notes = NULL;

  g_assert_no_error (error);
  notes = fixture_load (library, f->article);
  g_assert_cmpuint (notes->len, ==, N_NOTES);
  g_assert_cmpuint (count_files (f->folder, "library-backup-3-"), ==, 1);
  g_assert_cmpuint (count_files (f->folder, ".part"), ==, 0);
  g_clear_object (&library);

  /* The backup is a library, and the older version refuses the new one. */
  {
    g_autoptr (GDir) dir = g_dir_open (f->folder, 0, NULL);
    const char *name;

    while ((name = g_dir_read_name (dir)) != NULL)
      if (g_str_has_prefix (name, "library-backup-3-"))
        {
          g_autofree char *backup = g_build_filename (f->folder, name, NULL);
          g_autoptr (DraLibrary) old = fixture_open (backup);
          g_autoptr (GPtrArray) old_notes = fixture_load (old, f->article);

          g_assert_cmpuint (old_notes->len, ==, N_NOTES);
          break;
        }
  }
  g_assert_null (dra_library_open (f->path, &error));
  g_assert_error (error, DRA_ERROR, DRA_ERROR_NEWER);
  g_clear_error (&error);

  /* A step that fails leaves nothing behind, and the library usable. */
  g_assert_null (dra_library_open_with_steps (f->path, broken, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  library = dra_library_open_with_steps (f->path, next, &error);
  g_assert_no_error (error);
  g_clear_pointer (&notes, g_ptr_array_unref);
  notes = fixture_load (library, f->article);
  g_assert_cmpuint (notes->len, ==, N_NOTES);
}

/* A library of the first version: notes on people are listed by name, all can be found. */
static void
test_upgrade_first (Fixture       *f,
                    gconstpointer  data G_GNUC_UNUSED)
{
  static const char notes[] =
    "INSERT INTO articles VALUES (1, '%s', 1, 'Old', 5, 5);"
    "INSERT INTO notes VALUES (1, '7a2c0b8e-5b1f-4a36-9d0e-0c1b2a3d4e5f', 'entity', 5, 5, 'blue',"
    " 'Caf\xc3\xa9 owner', NULL, NULL, NULL, NULL, NULL, NULL, 1, 0, 0, 'person', 'Ren\xc3\xa9""e Doe');"
    "INSERT INTO tags VALUES (1, 0, 'claim');"
    "INSERT INTO places VALUES (1, 1);"
    "PRAGMA user_version = 1; PRAGMA application_id = %d";
  g_autofree char *sql = g_strdup_printf (notes, dra_article_get_hash (f->article), DRA_SCHEMA_ID | 1);
  g_autoptr (DraLibrary) library = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) loaded = NULL;

  empty_folder (f);
  execute (f->path, dra_schema_steps[0]);
  execute (f->path, sql);
  library = fixture_open (f->path);
  g_assert_null (dra_library_get_notice (library));
  g_assert_cmpuint (count_files (f->folder, "library-backup-1-"), ==, 1);
  loaded = fixture_load (library, f->article);
  g_assert_cmpuint (loaded->len, ==, 1);
  found = dra_library_find_notes (library, "cafe renee claim", 10, NULL, NULL);
  g_assert_cmpuint (found->len, ==, 1);
}

/* The index of the search is damaged: found out when it is used, made anew, no note lost. */
static void
test_damaged_index (Fixture       *f,
                    gconstpointer  data G_GNUC_UNUSED)
{
  g_autoptr (DraLibrary) library = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (GError) error = NULL;

  execute (f->path, "UPDATE search_data SET block = randomblob (length (block)) WHERE id > 10");
  library = fixture_open (f->path);
  found = dra_library_find_notes (library, "par", 1000, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (dra_library_get_notice (library));
  g_assert_cmpuint (found->len, ==, N_NOTES);
  notes = fixture_load (library, f->article);
  g_assert_cmpuint (notes->len, ==, N_NOTES);
}

static void
count_cb (gint64               rowid G_GNUC_UNUSED,
          const DraCarveValue *values G_GNUC_UNUSED,
          guint                n_values,
          gpointer             user_data)
{
  guint *counts = user_data;

  counts[MIN (n_values, 19)]++;
}

/* The carver finds every row of a sound file, and reads any bytes at all. */
static void
test_carve (Fixture       *f,
            gconstpointer  data G_GNUC_UNUSED)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (99);
  g_autoptr (DraCarve) carve = dra_carve_open (f->path, DRA_SCHEMA_PAGE_SIZE, NULL);
  guint counts[20] = { 0 };

  dra_carve_rows (carve, count_cb, counts);
  g_assert_cmpuint (counts[DRA_SCHEMA_N_NOTE_COLUMNS], ==, N_NOTES);
  g_assert_cmpuint (counts[6], ==, 1);                       /* articles */
  g_assert_cmpuint (counts[2], >=, N_NOTES);                 /* places, and the index's */
  g_assert_cmpuint (counts[3], >=, 2 * N_NOTES);             /* tags, and uris and texts */

  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *bytes = g_memdup2 (f->good, f->length);
      g_autoptr (DraCarve) wild = NULL;

      for (guint k = 0; k < 3000; k++)
        bytes[g_rand_int_range (random, 0, (gint32) f->length)] = (char) g_rand_int (random);
      g_assert_true (g_file_set_contents (f->path, bytes, f->length, NULL));
      wild = dra_carve_open (f->path, DRA_SCHEMA_PAGE_SIZE, NULL);
      dra_carve_rows (wild, count_cb, counts);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/library-damage/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("byte-flips", test_byte_flips);
  ADD ("lost-pages", test_lost_pages);
  ADD ("cut-short", test_cut_short);
  ADD ("while-open", test_while_open);
  ADD ("with-log", test_with_log);
  ADD ("crash-in-recovery", test_crash_in_recovery);
  ADD ("newer", test_newer);
  ADD ("newer-in-log", test_newer_in_log);
  ADD ("foreign", test_foreign);
  ADD ("replaced-while-open", test_replaced_while_open);
  ADD ("upgrade", test_upgrade);
  ADD ("upgrade-first", test_upgrade_first);
  ADD ("damaged-index", test_damaged_index);
  ADD ("carve", test_carve);
  return g_test_run ();
}
