/* test-library-crash.c: the process is killed while it writes; two processes write at once.
 *
 * What a crash leaves, and what is tested here: a child adds, edits and deletes notes and
 * tells over a pipe what it is about to do and, once the call has returned, that it is done.
 * The parent kills it with SIGKILL at a random moment.  Then the library must open without a
 * notice, every operation that was reported done must be there, and the one under way must
 * be there whole or not at all.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "dra-test.h"
#include "library-fixture.h"

#define N_KILLS 500

static const char *self;

static void
say (const char *format,
     ...)
{
  va_list args;
  g_autofree char *line = NULL;
  gsize length;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);
  length = strlen (line);
  if (write (STDOUT_FILENO, line, length) != (gssize) length)
    _exit (3);
}

/* A note whose body says how new it is, so that a torn one would be seen. */
static void
fill_body (DraNote *note,
           gint64   stamp,
           GRand   *random)
{
  g_autoptr (GString) body = g_string_new (NULL);
  guint n = g_rand_int_range (random, 0, 400);

  for (guint i = 0; i <= n; i++)
    g_string_append_printf (body, "%" G_GINT64_FORMAT " ", stamp);
  dra_note_set_body (note, body->str);
  dra_note_set_modified (note, stamp);
}

static void
assert_whole_body (DraNote *note)
{
  g_autofree char *word = g_strdup_printf ("%" G_GINT64_FORMAT " ", dra_note_get_modified (note));
  const char *p = dra_note_get_body (note);

  for (; *p != '\0'; p += strlen (word))
    g_assert_true (g_str_has_prefix (p, word));
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  if (!dra_library_save_note_finish (DRA_LIBRARY (object), result, NULL))
    _exit (4);
  *(gboolean *) user_data = TRUE;
}

static int
write_until_killed (const char *path,
                    guint32     seed)
{
  g_autoptr (DraLibrary) library = dra_library_open (path, NULL);
  g_autoptr (DraArticle) article = fixture_long_article (30, "file:///crash.txt");
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autoptr (GPtrArray) notes = NULL;
  const char *tags[] = { "a", "b", NULL };
  gint64 stamp = 1 + (gint64) seed * 1000000;

  if (library == NULL)
    return 2;
  notes = dra_library_load_notes (library, article, NULL, NULL);
  say ("ready\n");

  for (;; stamp++)
    {
      guint what = notes->len < 5 ? 0 : g_rand_int_range (random, 0, 5);
      guint which = notes->len > 0 ? g_rand_int_range (random, 0, notes->len) : 0;
      DraNote *note;
      gboolean ok;

      if (what == 4 || notes->len > 40)
        {
          note = notes->pdata[which];
          say ("delete %s 0\n", dra_note_get_uuid (note));
          ok = dra_library_delete_note (library, dra_note_get_uuid (note), NULL);
          if (ok)
            g_ptr_array_remove_index_fast (notes, which);
        }
      else
        {
          if (what < 2)
            {
              note = dra_note_new_for_passage (article, (DraRange) { 10 * notes->len, 10 * notes->len + 30 });
              g_ptr_array_add (notes, note);
            }
          else
            note = notes->pdata[which];
          fill_body (note, stamp, random);
          dra_note_set_tags (note, tags);
          say ("save %s %" G_GINT64_FORMAT "\n", dra_note_get_uuid (note), stamp);
          if (what == 1)
            {
              ok = FALSE;
              dra_library_save_note_async (library, article, note, NULL, saved_cb, &ok);
              while (!ok)
                g_main_context_iteration (NULL, TRUE);
            }
          else
            ok = dra_library_save_note (library, article, note, NULL);
        }
      if (!ok)
        _exit (5);
      say ("done\n");
    }
}

typedef struct
{
  GHashTable *state;      /* uuid -> gint64 stamp: what was reported done */
  char *uuid;             /* of the operation under way, if there is one */
  gint64 stamp;           /* 0: a deletion */
  guint n_done;
  guint n_under_way;
  guint n_landed;         /* under way and there all the same */
} Expected;

static void
apply (Expected   *expected,
       const char *uuid,
       gint64      stamp)
{
  if (stamp == 0)
    g_hash_table_remove (expected->state, uuid);
  else
    g_hash_table_insert (expected->state, g_strdup (uuid), g_memdup2 (&stamp, sizeof stamp));
}

static void
hear (Expected   *expected,
      const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 3);

  if (g_strv_length (words) == 3)
    {
      g_clear_pointer (&expected->uuid, g_free);
      expected->uuid = g_strdup (words[1]);
      expected->stamp = g_ascii_strtoll (words[2], NULL, 10);
    }
  else if (strcmp (line, "done") == 0)
    {
      apply (expected, expected->uuid, expected->stamp);
      g_clear_pointer (&expected->uuid, g_free);
      expected->n_done++;
    }
}

static GPid
start (const char *mode,
       const char *path,
       guint       seed,
       FILE      **out)
{
  g_autofree char *number = g_strdup_printf ("%u", seed);
  const char *argv[] = { self, mode, path, number, NULL };
  g_autoptr (GError) error = NULL;
  GPid pid;
  int fd;

  g_assert_true (g_spawn_async_with_pipes (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL,
                                           NULL, &pid, NULL, &fd, NULL, &error));
  g_assert_no_error (error);
  *out = fdopen (fd, "r");
  return pid;
}

static void
check (Expected   *expected,
       const char *path)
{
  g_autoptr (DraLibrary) library = fixture_open (path);
  g_autoptr (DraArticle) article = fixture_long_article (30, "file:///crash.txt");
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer key, value;

  g_assert_null (dra_library_get_notice (library));
  notes = fixture_load (library, article);
  for (guint i = 0; i < notes->len; i++)
    {
      gint64 stamp = dra_note_get_modified (notes->pdata[i]);

      assert_whole_body (notes->pdata[i]);
      g_assert_cmpuint (g_strv_length ((char **) dra_note_get_tags (notes->pdata[i])), ==, 2);
      g_hash_table_insert (found, g_strdup (dra_note_get_uuid (notes->pdata[i])), g_memdup2 (&stamp, sizeof stamp));
    }

  /* The one under way: whichever it is now is what we go on from. */
  if (expected->uuid != NULL)
    {
      gint64 *now = g_hash_table_lookup (found, expected->uuid);
      gint64 *before = g_hash_table_lookup (expected->state, expected->uuid);
      gboolean landed = expected->stamp == 0 ? now == NULL : now != NULL && *now == expected->stamp;
      gboolean not_landed = before == NULL ? now == NULL : now != NULL && *now == *before;

      g_assert_true (landed || not_landed);
      expected->n_under_way++;
      if (landed)
        {
          expected->n_landed++;
          apply (expected, expected->uuid, expected->stamp);
        }
      g_clear_pointer (&expected->uuid, g_free);
    }

  g_assert_cmpuint (g_hash_table_size (found), ==, g_hash_table_size (expected->state));
  g_hash_table_iter_init (&iter, expected->state);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      gint64 *now = g_hash_table_lookup (found, key);

      g_assert_nonnull (now);
      g_assert_cmpint (*now, ==, *(gint64 *) value);
    }
}

static void
test_kills (void)
{
  char *folder = dra_test_mkdtemp ();
  g_autofree char *path = g_build_filename (folder, "library.sqlite", NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (4711);
  Expected expected = { g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free), NULL, 0, 0, 0, 0 };

  for (guint i = 1; i <= N_KILLS; i++)
    {
      char line[256];
      FILE *out;
      GPid pid = start ("--write", path, i, &out);
      int status;

      /* Most after it has written a little, some while it opens the library of the last crash. */
      for (gint n = i % 5 != 0 ? g_rand_int_range (random, 1, 12) : 0; n > 0; n--)
        if (fgets (line, sizeof line, out) != NULL)
          {
            line[strlen (line) - 1] = '\0';
            hear (&expected, line);
          }
      g_usleep (g_rand_int_range (random, 0, 20000));
      kill (pid, SIGKILL);
      while (fgets (line, sizeof line, out) != NULL)
        if (g_str_has_suffix (line, "\n"))
          {
            line[strlen (line) - 1] = '\0';
            hear (&expected, line);
          }
      fclose (out);
      g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
      g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
      check (&expected, path);
    }

  g_test_message ("%d kills: %u operations done, all there; %u under way, of which %u were complete",
                  N_KILLS, expected.n_done, expected.n_under_way, expected.n_landed);
  g_assert_cmpuint (expected.n_done, >, N_KILLS);
  g_hash_table_unref (expected.state);
  dra_test_rmtree (folder);
}

/* Two processes that each save many notes, wait for each other and lose none. */
static int
write_many (const char *path,
            guint       n)
{
  g_autoptr (DraLibrary) library = fixture_open (path);
  g_autoptr (DraArticle) article = fixture_long_article (30, "file:///two.txt");

  say ("ready\n");
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (DraNote) note = dra_note_new_for_passage (article, (DraRange) { i, i + 20 });
      g_autoptr (GError) error = NULL;

      if (!dra_library_save_note (library, article, note, &error))
        {
          say ("%s\n", error->message);
          return 6;
        }
      say ("%s\n", dra_note_get_uuid (note));
    }
  return 0;
}

/* Four make one library at the same moment, again and again: each finds a sound one, whole or
 * not there yet, and what it was told is saved is in it. */
static void
test_made_at_once (void)
{
  char *folder = dra_test_mkdtemp ();
  g_autoptr (DraArticle) article = fixture_long_article (30, "file:///two.txt");

  for (guint round = 0; round < 25; round++)
    {
      g_autofree char *name = g_strdup_printf ("%u", round);
      g_autofree char *path = g_build_filename (folder, name, "library.sqlite", NULL);
      g_autoptr (DraLibrary) library = NULL;
      g_autoptr (GPtrArray) notes = NULL;
      FILE *out[3];
      GPid pids[3];

      for (guint i = 0; i < 3; i++)
        pids[i] = start ("--write-many", path, 2, &out[i]);
      library = fixture_open (path);
      for (guint i = 0; i < 3; i++)
        {
          int status;

          g_assert_cmpint (waitpid (pids[i], &status, 0), ==, pids[i]);
          g_assert_cmpint (status, ==, 0);
          fclose (out[i]);
        }
      notes = fixture_load (library, article);
      g_assert_cmpuint (notes->len, ==, 6);
    }
  dra_test_rmtree (folder);
}

static void
test_two_processes (void)
{
  char *folder = dra_test_mkdtemp ();
  g_autofree char *path = g_build_filename (folder, "library.sqlite", NULL);
  g_autoptr (DraArticle) article = fixture_long_article (30, "file:///two.txt");
  g_autoptr (DraLibrary) library = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  FILE *out[3];
  GPid pids[3];
  guint n = 0;

  /* All three open a library that is not there yet. */
  for (guint i = 0; i < 3; i++)
    pids[i] = start ("--write-many", path, 60, &out[i]);
  library = fixture_open (path);
  for (guint i = 0; i < 60; i++)
    {
      g_autoptr (DraNote) note = dra_note_new_for_passage (article, (DraRange) { i, i + 5 });

      g_assert_true (dra_library_save_note (library, article, note, NULL));
    }

  notes = NULL;
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GPtrArray) said = g_ptr_array_new_with_free_func (g_free);
      char line[512];
      int status;

      while (fgets (line, sizeof line, out[i]) != NULL)
        g_ptr_array_add (said, g_strndup (line, strlen (line) - 1));
      fclose (out[i]);
      g_assert_cmpint (waitpid (pids[i], &status, 0), ==, pids[i]);
      g_assert_true (WIFEXITED (status));
      if (WEXITSTATUS (status) != 0 && said->len > 0)
        g_test_message ("%s", (char *) said->pdata[said->len - 1]);
      g_assert_cmpint (WEXITSTATUS (status), ==, 0);

      g_clear_pointer (&notes, g_ptr_array_unref);
      notes = fixture_load (library, article);
      for (guint k = 1; k < said->len; k++, n++)
        g_assert_nonnull (fixture_find (notes, said->pdata[k]));
    }
  g_assert_cmpuint (n, ==, 180);
  g_assert_cmpuint (notes->len, ==, 240);
  dra_test_rmtree (folder);
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 4 && strcmp (argv[1], "--write") == 0)
    return write_until_killed (argv[2], (guint32) g_ascii_strtoull (argv[3], NULL, 10));
  if (argc == 4 && strcmp (argv[1], "--write-many") == 0)
    return write_many (argv[2], (guint) g_ascii_strtoull (argv[3], NULL, 10));

  self = argv[0];
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/library-crash/kills", test_kills);
  g_test_add_func ("/library-crash/made-at-once", test_made_at_once);
  g_test_add_func ("/library-crash/two-processes", test_two_processes);
  return g_test_run ();
}
