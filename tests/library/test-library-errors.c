/* test-library-errors.c: no space, no permission, locked, not a file: one sentence each,
 * nothing lost, and reading goes on where it can.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "article/dra-error.h"
#include "dra-test.h"
#include "library-fixture.h"
#include "library/dra-library-private.h"

#define TEXT "The harbour opened.\nAda Lovelace spoke in Zürich.\nNobody else did.\n"

typedef struct
{
  char *folder;
  char *path;
  DraArticle *article;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data G_GNUC_UNUSED)
{
  f->folder = dra_test_mkdtemp ();
  f->path = g_build_filename (f->folder, "library.sqlite", NULL);
  f->article = fixture_article (TEXT, "file:///a.txt");
}

static void
tear_down (Fixture       *f,
           gconstpointer  data G_GNUC_UNUSED)
{
  g_object_unref (f->article);
  g_free (f->path);
  dra_test_rmtree (f->folder);
}

static void
assert_sentence (Fixture *f,
                 GError  *error)
{
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, f->path));
  g_assert_true (g_str_has_suffix (error->message, "."));
  g_assert_null (strchr (error->message, '\n'));
}

static guint
count (Fixture    *f,
       DraLibrary *library)
{
  g_autoptr (GPtrArray) notes = fixture_load (library, f->article);

  return notes->len;
}

/* The file may not grow: what SQLite makes of a full disk. */
static void
test_full (Fixture       *f,
           gconstpointer  data G_GNUC_UNUSED)
{
  g_autoptr (DraLibrary) library = fixture_open (f->path);
  g_autofree char *large = g_strnfill (500000, 'x');
  g_autoptr (DraNote) small_note = fixture_note (f->article, "Ada", "fits");
  g_autoptr (DraNote) large_note = fixture_note (f->article, "Zürich", large);
  g_autoptr (DraNote) edited = NULL;
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3 *db = dra_library_get_store (library) != NULL ? dra_store_get_db (dra_library_get_store (library)) : NULL;

  g_assert_true (dra_library_save_note (library, f->article, small_note, NULL));
  g_assert_cmpint (sqlite3_exec (db, "PRAGMA max_page_count = 60", NULL, NULL, NULL), ==, SQLITE_OK);

  g_assert_false (dra_library_save_note (library, f->article, large_note, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  assert_sentence (f, error);
  g_clear_error (&error);

  /* An edit that does not fit leaves the note as it was. */
  edited = dra_note_copy (small_note);
  dra_note_set_body (edited, large);
  g_assert_false (dra_library_save_note (library, f->article, edited, &error));
  g_clear_error (&error);

  /* All or nothing: the first of the two would fit. */
  g_ptr_array_add (batch, fixture_note (f->article, "Nobody", "would fit"));
  g_ptr_array_add (batch, dra_note_copy (large_note));
  g_assert_false (dra_library_merge_notes (library, f->article, batch, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);

  notes = fixture_load (library, f->article);
  g_assert_cmpuint (notes->len, ==, 1);
  g_assert_true (dra_note_equal (notes->pdata[0], small_note));

  /* Once there is room it works again, the same connection. */
  g_assert_cmpint (sqlite3_exec (db, "PRAGMA max_page_count = 100000", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_true (dra_library_save_note (library, f->article, large_note, NULL));
  g_assert_cmpuint (count (f, library), ==, 2);
}

/* Runs func in a child process, since it gives up what cannot be had back. */
static void
in_child (Fixture *f,
          void   (*func) (Fixture *f))
{
  pid_t pid;
  int status;

  fflush (NULL);
  pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      func (f);
      _exit (0);
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

#define CHECK(condition)                                                                        \
  G_STMT_START                                                                                  \
  {                                                                                             \
    if (!(condition))                                                                           \
      {                                                                                         \
        g_printerr ("%s: %d: %s\n", __FILE__, __LINE__, #condition);                            \
        _exit (1);                                                                              \
      }                                                                                         \
  }                                                                                             \
  G_STMT_END

/* Newer versions of SQLite put it in other words. */
static gboolean
says_full (const char *message)
{
  return strstr (message, "full") != NULL || strstr (message, "no space") != NULL;
}

/* The write itself fails, half way through, as on a full disk or over a quota. */
static void
limited (Fixture *f)
{
  const struct rlimit limit = { 300000, 300000 };
  g_autoptr (DraLibrary) library = dra_library_open (f->path, NULL);
  g_autofree char *large = g_strnfill (500000, 'x');
  g_autoptr (DraNote) small_note = fixture_note (f->article, "Ada", "fits");
  g_autoptr (DraNote) large_note = fixture_note (f->article, "Zürich", large);
  g_autoptr (GError) error = NULL;

  signal (SIGXFSZ, SIG_IGN);
  CHECK (library != NULL);
  CHECK (dra_library_save_note (library, f->article, small_note, NULL));
  CHECK (setrlimit (RLIMIT_FSIZE, &limit) == 0);
  CHECK (!dra_library_save_note (library, f->article, large_note, &error));
  CHECK (strstr (error->message, f->path) != NULL && says_full (error->message));
  CHECK (count (f, library) == 1);
  CHECK (dra_library_delete_note (library, "6ba7b810-9dad-11d1-80b4-00c04fd430c8", NULL));
}

static void
test_limited (Fixture       *f,
              gconstpointer  data G_GNUC_UNUSED)
{
  g_autoptr (DraLibrary) library = NULL;

  in_child (f, limited);
  library = fixture_open (f->path);
  g_assert_null (dra_library_get_notice (library));
  g_assert_cmpuint (count (f, library), ==, 1);
}

/* No room even for a new, empty library. */
static void
no_room (Fixture *f)
{
  const struct rlimit limit = { 2000, 2000 };
  g_autoptr (GError) error = NULL;

  signal (SIGXFSZ, SIG_IGN);
  CHECK (setrlimit (RLIMIT_FSIZE, &limit) == 0);
  CHECK (dra_library_open (f->path, &error) == NULL);
  CHECK (strstr (error->message, f->path) != NULL && says_full (error->message));
}

static void
test_no_room (Fixture       *f,
              gconstpointer  data G_GNUC_UNUSED)
{
  g_autoptr (DraLibrary) library = NULL;

  in_child (f, no_room);
  library = fixture_open (f->path); /* what was begun does not stand in the way */
  g_assert_cmpuint (count (f, library), ==, 0);
}

/* Permissions do not hold for root: become nobody. */
static void
become_nobody (void)
{
  if (geteuid () == 0)
    CHECK (setgid (65534) == 0 && setuid (65534) == 0);
}

static void
read_only (Fixture *f)
{
  g_autoptr (DraLibrary) library = NULL;
  g_autoptr (DraNote) note = fixture_note (f->article, "Ada", "new");
  g_autoptr (GPtrArray) merge = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  become_nobody ();
  library = dra_library_open (f->path, &error);
  CHECK (library != NULL);
  CHECK (dra_library_is_read_only (library));
  CHECK (count (f, library) == 1);
  CHECK (!dra_library_save_note (library, f->article, note, &error));
  CHECK (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED));
  CHECK (strstr (error->message, f->path) != NULL);
  g_clear_error (&error);
  g_ptr_array_add (merge, note);
  CHECK (!dra_library_merge_notes (library, f->article, merge, NULL));
  CHECK (!dra_library_delete_note (library, dra_note_get_uuid (note), NULL));
  CHECK (!dra_library_add_article (library, f->article, NULL));
  CHECK (count (f, library) == 1);
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  *(GPtrArray **) user_data = dra_library_load_notes_finish (DRA_LIBRARY (object), result, NULL);
}

/* A copy's notes are shown though they cannot be added. */
static void
read_only_merge (Fixture *f)
{
  g_autoptr (DraLibrary) library = NULL;
  g_autoptr (DraNote) note = fixture_note (f->article, "Ada", "of the copy");
  g_autoptr (GPtrArray) merge = g_ptr_array_new ();
  GPtrArray *notes = NULL;

  become_nobody ();
  library = dra_library_open (f->path, NULL);
  CHECK (library != NULL);
  g_ptr_array_add (merge, note);
  dra_library_load_notes_async (library, f->article, merge, NULL, loaded_cb, &notes);
  while (notes == NULL)
    g_main_context_iteration (NULL, TRUE);
  CHECK (notes->len == 2);
  CHECK (fixture_find (notes, dra_note_get_uuid (note)) != NULL);
  CHECK (dra_note_get_anchor (fixture_find (notes, dra_note_get_uuid (note)), NULL, NULL) == DRA_ANCHOR_EXACT);
  g_ptr_array_unref (notes);
}

static void
test_read_only (Fixture       *f,
                gconstpointer  data)
{
  const mode_t folder_mode = GPOINTER_TO_UINT (data);
  DraLibrary *library = fixture_open (f->path);
  g_autoptr (DraNote) note = fixture_note (f->article, "Zürich", "kept");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize before_length, after_length;

  g_assert_true (dra_library_save_note (library, f->article, note, NULL));
  g_assert_finalize_object (library);
  g_assert_true (g_file_get_contents (f->path, &before, &before_length, NULL));
  g_assert_cmpint (g_chmod (f->path, 0444), ==, 0);
  g_assert_cmpint (g_chmod (f->folder, folder_mode), ==, 0);
  in_child (f, read_only);
  in_child (f, read_only_merge);
  g_assert_cmpint (g_chmod (f->folder, 0700), ==, 0);
  g_assert_true (g_file_get_contents (f->path, &after, &after_length, NULL));
  g_assert_cmpmem (before, before_length, after, after_length);
}

static void
unwritable_folder (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  become_nobody ();
  CHECK (dra_library_open (f->path, &error) == NULL);
  CHECK (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED));
  CHECK (strstr (error->message, f->path) != NULL);
}

static void
test_unwritable_folder (Fixture       *f,
                        gconstpointer  data G_GNUC_UNUSED)
{
  g_assert_cmpint (g_chmod (f->folder, 0555), ==, 0);
  in_child (f, unwritable_folder);
}

static void
test_locked (Fixture       *f,
             gconstpointer  data G_GNUC_UNUSED)
{
  g_autoptr (DraLibrary) library = fixture_open (f->path);
  g_autoptr (DraNote) first = fixture_note (f->article, "Ada", "before");
  g_autoptr (DraNote) second = fixture_note (f->article, "Zürich", "while locked");
  g_autoptr (GError) error = NULL;
  sqlite3 *other = NULL;

  g_assert_true (dra_library_save_note (library, f->article, first, NULL));
  dra_store_set_busy_timeout (dra_library_get_store (library), 50);
  g_assert_cmpint (sqlite3_open (f->path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);

  g_assert_false (dra_library_save_note (library, f->article, second, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  assert_sentence (f, error);
  g_assert_cmpuint (count (f, library), ==, 1); /* reading goes on */

  g_assert_cmpint (sqlite3_exec (other, "COMMIT", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (other);
  g_assert_true (dra_library_save_note (library, f->article, second, NULL));
  g_assert_cmpuint (count (f, library), ==, 2);
}

static void
assert_not_usable (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (dra_library_open (f->path, &error));
  g_assert_error (error, DRA_ERROR, DRA_ERROR_FAILED);
  assert_sentence (f, error);
}

static void
test_not_a_file (Fixture       *f,
                 gconstpointer  data G_GNUC_UNUSED)
{
  g_autofree char *blocked = g_build_filename (f->path, "below", "library.sqlite", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (f->path, 0700), ==, 0);
  assert_not_usable (f);
  g_assert_cmpint (g_rmdir (f->path), ==, 0);

  g_assert_cmpint (mkfifo (f->path, 0600), ==, 0);
  assert_not_usable (f);
  g_assert_cmpint (g_unlink (f->path), ==, 0);

  /* A file where its folder should be. */
  g_assert_true (g_file_set_contents (f->path, "x", 1, NULL));
  g_assert_null (dra_library_open (blocked, &error));
  g_assert_error (error, DRA_ERROR, DRA_ERROR_FAILED);
}

/* Reached through a link, its log and what is set aside are beside the file itself. */
static void
test_link (Fixture       *f,
           gconstpointer  data G_GNUC_UNUSED)
{
  g_autofree char *elsewhere = g_build_filename (f->folder, "elsewhere", NULL);
  g_autofree char *target = g_build_filename (elsewhere, "real.sqlite", NULL);
  g_autoptr (DraNote) note = fixture_note (f->article, "Ada", "kept");
  g_autoptr (DraLibrary) library = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;
  guint n_aside = 0;

  g_assert_cmpint (g_mkdir (elsewhere, 0700), ==, 0);
  g_assert_true (g_file_set_contents (target, "no database", -1, NULL));
  g_assert_cmpint (symlink (target, f->path), ==, 0);
  library = fixture_open (f->path);
  g_assert_nonnull (dra_library_get_notice (library));
  g_assert_true (dra_library_save_note (library, f->article, note, NULL));
  g_assert_true (g_file_test (f->path, G_FILE_TEST_IS_SYMLINK));
  g_clear_object (&library);
  library = fixture_open (target);
  g_assert_cmpuint (count (f, library), ==, 1);
  dir = g_dir_open (elsewhere, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    n_aside += g_str_has_prefix (name, "real-damaged-");
  g_assert_cmpuint (n_aside, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, data, func) g_test_add ("/library-errors/" name, Fixture, data, set_up, func, tear_down)
  /* Those that fork first, while there is no other thread. */
  ADD ("limited", NULL, test_limited);
  ADD ("no-room", NULL, test_no_room);
  ADD ("read-only-file", GUINT_TO_POINTER (0777), test_read_only);
  ADD ("read-only-folder", GUINT_TO_POINTER (0555), test_read_only);
  ADD ("unwritable-folder", NULL, test_unwritable_folder);
  ADD ("full", NULL, test_full);
  ADD ("locked", NULL, test_locked);
  ADD ("not-a-file", NULL, test_not_a_file);
  ADD ("link", NULL, test_link);
  return g_test_run ();
}
