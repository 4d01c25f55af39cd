/* test-library-names.c: corrections of names in the library, and who is in which article.
 *
 * A child that is killed while it writes both leaves what had been reported done.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "dra-test.h"
#include "library-fixture.h"
#include "library/dra-library-names.h"
#include "library/dra-schema.h"

#define N_KILLS 40

static const char *self_path;

typedef struct
{
  char *folder;
  char *path;
  DraLibrary *library;
  DraArticle *article;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  unused G_GNUC_UNUSED)
{
  f->folder = dra_test_mkdtemp ();
  f->path = g_build_filename (f->folder, "library.sqlite", NULL);
  f->library = fixture_open (f->path);
  f->article = fixture_article ("Anna Weiss met René Ruiz of Harbour Trust.", "file:///one.txt");
}

static void
tear_down (Fixture       *f,
           gconstpointer  unused G_GNUC_UNUSED)
{
  dra_test_finalize (f->article);
  dra_test_finalize (f->library);
  g_free (f->path);
  dra_test_rmtree (f->folder);
}

static DraCorrection *
new_correction (const char *name,
                DraArticle *article,
                gboolean    everywhere)
{
  DraCorrectionParts parts = {
    .action = DRA_CORRECTION_MERGE, .kind = DRA_ENTITY_PERSON, .name = name,
    .to_kind = DRA_ENTITY_ORGANIZATION, .to_name = "Weiss & Söhne",
    .hash = dra_article_get_hash (article), .start = 7, .split_at = -1,
    .everywhere = everywhere,
  };

  return dra_correction_new (&parts);
}

static char *
names_of (DraLibrary *library,
          DraArticle *article)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) corrections
    = dra_library_load_corrections (library, article, NULL, &error);
  GString *names = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < corrections->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? "," : "",
                            dra_correction_get_parts (corrections->pdata[i])->name);
  return g_string_free (names, FALSE);
}

static void
assert_names (DraLibrary *library,
              DraArticle *article,
              const char *wanted)
{
  g_autofree char *names = names_of (library, article);

  g_assert_cmpstr (names, ==, wanted);
}

static void
test_corrections (Fixture       *f,
                  gconstpointer  unused G_GNUC_UNUSED)
{
  g_autoptr (DraCorrection) here = new_correction ("Here", f->article, FALSE);
  g_autoptr (DraCorrection) everywhere = new_correction ("Everywhere", f->article, TRUE);
  g_autoptr (DraArticle) other = fixture_article ("Another text.", "file:///other.txt");
  g_autoptr (DraArticle) changed = fixture_article ("Anna Weiss met nobody.", "file:///one.txt");
  g_autoptr (GPtrArray) loaded = NULL;
  const DraCorrectionParts *parts, *saved;

  g_assert_true (dra_library_add_article (f->library, f->article, NULL));
  g_assert_true (dra_library_save_correction (f->library, here, NULL));
  g_assert_true (dra_library_save_correction (f->library, everywhere, NULL));
  g_assert_true (dra_library_save_correction (f->library, here, NULL)); /* the same again */

  assert_names (f->library, NULL, "Here,Everywhere");
  assert_names (f->library, f->article, "Here,Everywhere");
  assert_names (f->library, other, "Everywhere");
  /* The file has changed: what was said of it still counts. */
  assert_names (f->library, changed, "Here,Everywhere");

  loaded = dra_library_load_corrections (f->library, f->article, NULL, NULL);
  parts = dra_correction_get_parts (here);
  saved = dra_correction_get_parts (loaded->pdata[0]);
  g_assert_cmpstr (saved->uuid, ==, parts->uuid);
  g_assert_cmpint (saved->created, ==, parts->created);
  g_assert_cmpint (saved->action, ==, parts->action);
  g_assert_cmpint (saved->kind, ==, parts->kind);
  g_assert_cmpint (saved->to_kind, ==, parts->to_kind);
  g_assert_cmpstr (saved->to_name, ==, parts->to_name);
  g_assert_cmpstr (saved->hash, ==, parts->hash);
  g_assert_cmpint (saved->start, ==, 7);
  g_assert_cmpint (saved->split_at, ==, -1);
  g_assert_false (saved->everywhere);

  g_assert_true (dra_library_delete_correction (f->library, parts->uuid, NULL));
  g_assert_true (dra_library_delete_correction (f->library, parts->uuid, NULL));
  assert_names (f->library, NULL, "Everywhere");

  /* In another process, and after a restart. */
  g_clear_object (&f->library);
  f->library = fixture_open (f->path);
  assert_names (f->library, NULL, "Everywhere");
}

/* Whoever is listed, as "person Anna Weiss" lines; every one is mentioned once or more. */
static DraCast *
new_cast (DraArticle        *article,
          const char *const *names)
{
  g_autoptr (DraCastBuilder) builder = dra_cast_builder_new (article);
  const char *text = dra_article_get_text (article, NULL);

  for (guint i = 0; names[i] != NULL; i++)
    {
      const gboolean organization = strstr (names[i], "Trust") != NULL;
      guint entity = dra_cast_builder_add_entity (
        builder, organization ? DRA_ENTITY_ORGANIZATION : DRA_ENTITY_PERSON, names[i], 1);
      const char *found = strstr (text, names[i]);

      g_assert_nonnull (found);
      for (; found != NULL; found = strstr (found + 1, names[i]))
        dra_cast_builder_add_mention (
          builder, entity,
          (DraRange) { (gsize) (found - text), (gsize) (found - text) + strlen (names[i]) }, 1);
    }
  return dra_cast_builder_build (builder);
}

static void
index_article (DraLibrary *library,
               DraArticle *article,
               const char *names)
{
  g_auto (GStrv) all = g_strsplit (names, ",", -1);
  g_autoptr (DraCast) cast = new_cast (article, (const char *const *) all);
  g_autoptr (GError) error = NULL;

  g_assert_true (dra_library_index_names (library, article, cast, &error));
  g_assert_no_error (error);
}

static char *
ask (DraLibrary       *library,
     DraNamesQuestion  question,
     DraEntityKind     kind,
     const char       *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found
    = dra_library_ask_names (library, question, kind, text, 20, NULL, &error);
  GString *told = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < found->len; i++)
    {
      DraFoundName *one = found->pdata[i];

      g_string_append_printf (told, "%s%s %u/%u", i > 0 ? "; " : "",
                              one->uri != NULL ? one->uri : one->name, one->n_articles,
                              one->n_mentions);
    }
  return g_string_free (told, FALSE);
}

static void
assert_answer (DraLibrary       *library,
               DraNamesQuestion  question,
               DraEntityKind     kind,
               const char       *text,
               const char       *wanted)
{
  g_autofree char *answer = ask (library, question, kind, text);

  g_assert_cmpstr (answer, ==, wanted);
}

static void
test_index (Fixture       *f,
            gconstpointer  unused G_GNUC_UNUSED)
{
  g_autoptr (DraArticle) two
    = fixture_article ("Rene Ruiz and RENE RUIZ. Ola Dahl.", "file:///two.txt");
  g_autoptr (DraArticle) later = fixture_article ("Now Ola Dahl alone.", "file:///two.txt");

  /* Nothing is noted by itself. */
  g_assert_true (dra_library_add_article (f->library, f->article, NULL));
  assert_answer (f->library, DRA_NAMES_PEOPLE, 0, "", "");
  assert_answer (f->library, DRA_NAMES_ARTICLES, 0, "title", "");

  index_article (f->library, f->article, "Anna Weiss,René Ruiz,Harbour Trust");
  index_article (f->library, two, "Rene Ruiz,Ola Dahl");
  /* Accents and case do not matter; every word begins a word. */
  assert_answer (f->library, DRA_NAMES_PEOPLE, 0, "ruiz REN", "René Ruiz 2/2");
  assert_answer (f->library, DRA_NAMES_PEOPLE, 0, "uiz", "");
  assert_answer (f->library, DRA_NAMES_PEOPLE, 0, "trust", "Harbour Trust 1/1");
  assert_answer (f->library, DRA_NAMES_APPEARANCES, DRA_ENTITY_PERSON, "RENÉ ruiz",
                 "file:///two.txt 1/1; file:///one.txt 1/1");
  assert_answer (f->library, DRA_NAMES_APPEARANCES, DRA_ENTITY_ORGANIZATION, "RENÉ ruiz", "");
  assert_answer (f->library, DRA_NAMES_ARTICLES, 0, "titl",
                 "file:///two.txt 0/0; file:///one.txt 0/0");

  /* The same again, and another text in the place of the second. */
  index_article (f->library, f->article, "Anna Weiss,René Ruiz,Harbour Trust");
  g_assert_true (dra_library_add_article (f->library, later, NULL));
  index_article (f->library, later, "Ola Dahl");
  assert_answer (f->library, DRA_NAMES_PEOPLE, 0, "ruiz", "René Ruiz 1/1");
  assert_answer (f->library, DRA_NAMES_PEOPLE, 0, "ola", "Ola Dahl 1/1");
  assert_answer (f->library, DRA_NAMES_INDEXED, 0, "",
                 "file:///two.txt 0/0; file:///one.txt 0/0");
}

static gboolean
file_has (const char *path,
          const char *words)
{
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  return memmem (bytes, length, words, strlen (words)) != NULL;
}

/* Nothing of the names is left in any of the library's files, not even before it is closed. */
static void
test_wipe (Fixture       *f,
           gconstpointer  unused G_GNUC_UNUSED)
{
  g_autoptr (DraCorrection) correction = new_correction ("Kept", f->article, TRUE);
  g_autofree char *log = g_strconcat (f->path, "-wal", NULL);

  g_autoptr (GPtrArray) backups = NULL;
  g_autoptr (GError) error = NULL;

  index_article (f->library, f->article, "Anna Weiss,René Ruiz,Harbour Trust");
  g_assert_true (dra_library_save_correction (f->library, correction, NULL));
  g_assert_true (file_has (log, "anna weiss"));
  /* A backup never has them. */
  g_assert_true (dra_library_back_up (f->library, 0, &error));
  g_assert_no_error (error);
  backups = dra_library_list_backups (f->library);
  g_assert_cmpuint (backups->len, ==, 1);
  g_assert_true (file_has (((DraLibraryBackup *) backups->pdata[0])->path, "Kept"));
  g_assert_false (file_has (((DraLibraryBackup *) backups->pdata[0])->path, "anna weiss"));
  g_assert_true (dra_library_wipe_names (f->library, NULL));
  g_assert_false (file_has (log, "anna weiss"));
  g_assert_false (file_has (f->path, "anna weiss"));
  assert_answer (f->library, DRA_NAMES_PEOPLE, 0, "", "");
  assert_names (f->library, NULL, "Kept");
  g_clear_object (&f->library); /* the log goes into the file */
  g_assert_false (file_has (f->path, "anna weiss"));
  f->library = fixture_open (f->path);
}

static void
done_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (dra_library_write_names_finish (DRA_LIBRARY (object), result, &error));
  g_assert_no_error (error);
  (*(guint *) user_data)++;
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  *(GPtrArray **) user_data
    = dra_library_load_corrections_finish (DRA_LIBRARY (object), result, NULL);
}

static void
asked_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  *(GPtrArray **) user_data = dra_library_ask_names_finish (DRA_LIBRARY (object), result, NULL);
}

/* What is asked after writing has what was written. */
static void
test_async (Fixture       *f,
            gconstpointer  unused G_GNUC_UNUSED)
{
  const char *names[] = { "Anna Weiss", NULL };
  g_autoptr (DraCorrection) correction = new_correction ("Anna", f->article, FALSE);
  g_autoptr (DraCorrection) gone = new_correction ("Gone", f->article, FALSE);
  g_autoptr (DraCast) cast = new_cast (f->article, names);
  g_autoptr (GPtrArray) loaded = NULL;
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (GPtrArray) nobody = NULL;
  guint n = 0;

  dra_library_save_correction_async (f->library, gone, done_cb, &n);
  dra_library_save_correction_async (f->library, correction, done_cb, &n);
  dra_library_delete_correction_async (f->library, dra_correction_get_parts (gone)->uuid, done_cb,
                                       &n);
  dra_library_load_corrections_async (f->library, f->article, NULL, loaded_cb, &loaded);
  dra_library_index_names_async (f->library, f->article, cast, done_cb, &n);
  dra_library_ask_names_async (f->library, DRA_NAMES_PEOPLE, 0, "anna", 5, NULL, asked_cb,
                               &people);
  dra_library_wipe_names_async (f->library, done_cb, &n);
  dra_library_ask_names_async (f->library, DRA_NAMES_PEOPLE, 0, "anna", 5, NULL, asked_cb,
                               &nobody);
  while (nobody == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (n, ==, 5);
  g_assert_cmpuint (loaded->len, ==, 1);
  g_assert_cmpuint (people->len, ==, 1);
  g_assert_cmpuint (nobody->len, ==, 0);
}

/* A damaged library keeps corrections and names; rows that make no sense are left out. */
static void
test_recovered (Fixture       *f,
                gconstpointer  unused G_GNUC_UNUSED)
{
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (dra_library_add_article (f->library, f->article, NULL));
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *name = g_strdup_printf ("Name %u", i);
      g_autoptr (DraCorrection) correction = new_correction (name, f->article, i % 2);

      g_assert_true (dra_library_save_correction (f->library, correction, NULL));
    }
  index_article (f->library, f->article, "Anna Weiss,René Ruiz");
  g_clear_object (&f->library);

  g_assert_true (g_file_get_contents (f->path, &bytes, &length, NULL));
  memset (bytes + 100, 0xff, 200); /* the root of the schema */
  g_assert_true (g_file_set_contents (f->path, bytes, (gssize) length, NULL));
  f->library = fixture_open (f->path);
  g_assert_nonnull (dra_library_get_notice (f->library));
  assert_names (f->library, NULL, "Name 0,Name 1,Name 2,Name 3,Name 4");
  assert_answer (f->library, DRA_NAMES_PEOPLE, 0, "", "Anna Weiss 1/1; René Ruiz 1/1");
}

static void
test_senseless_row (Fixture       *f,
                    gconstpointer  unused G_GNUC_UNUSED)
{
  sqlite3 *db = NULL;

  g_clear_object (&f->library);
  g_assert_cmpint (sqlite3_open (f->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (
    sqlite3_exec (db,
                  "INSERT INTO corrections VALUES ('7a2c0b8e-5b1f-4a36-9d0e-0c1b2a3d4e5f', 1,"
                  " 'enlarge', 'person', 'A', 'person', NULL, '', -1, -1, 1),"
                  " ('8a2c0b8e-5b1f-4a36-9d0e-0c1b2a3d4e5f', 1,"
                  " 'reject', 'person', 'B', 'person', NULL, '', -1, -1, 1)",
                  NULL, NULL, NULL),
    ==, SQLITE_OK);
  sqlite3_close (db);
  f->library = fixture_open (f->path);
  assert_names (f->library, NULL, "B");
}

/* {{{ Killed while writing */

static int
write_until_killed (const char *path,
                    guint       seed)
{
  g_autoptr (DraLibrary) library = dra_library_open (path, NULL);
  g_autoptr (DraArticle) article
    = fixture_article ("Anna Weiss met René Ruiz of Harbour Trust.", "file:///one.txt");
  const char *names[] = { "Anna Weiss", "René Ruiz", "Harbour Trust", NULL };
  g_autoptr (DraCast) cast = new_cast (article, names);

  for (guint i = 0;; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u-%u", seed, i);
      g_autoptr (DraCorrection) correction = new_correction (name, article, TRUE);

      if (!dra_library_save_correction (library, correction, NULL)
          || !dra_library_index_names (library, article, cast, NULL))
        return 2;
      printf ("%s\n", name);
      fflush (stdout);
    }
}

static void
test_kills (Fixture       *f,
            gconstpointer  unused G_GNUC_UNUSED)
{
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_clear_object (&f->library);
  for (guint i = 0; i < N_KILLS; i++)
    {
      g_autofree char *seed = g_strdup_printf ("%u", i);
      const char *argv[] = { self_path, "--write", f->path, seed, NULL };
      g_autoptr (GPtrArray) corrections = NULL;
      g_autoptr (GHashTable) there = g_hash_table_new (g_str_hash, g_str_equal);
      GHashTableIter iter;
      gpointer name;
      char line[64];
      GPid pid;
      FILE *out;
      int fd;

      g_assert_true (g_spawn_async_with_pipes (NULL, (char **) argv, NULL,
                                               G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, NULL,
                                               &fd, NULL, NULL));
      out = fdopen (fd, "r");
      for (guint n = i % 4; n > 0; n--)
        if (fgets (line, sizeof line, out) != NULL)
          g_hash_table_add (told, g_strndup (line, strlen (line) - 1));
      g_usleep (137 * i);
      kill (pid, SIGKILL);
      while (fgets (line, sizeof line, out) != NULL)
        if (g_str_has_suffix (line, "\n"))
          g_hash_table_add (told, g_strndup (line, strlen (line) - 1));
      fclose (out);
      g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);

      f->library = fixture_open (f->path);
      g_assert_null (dra_library_get_notice (f->library));
      corrections = dra_library_load_corrections (f->library, NULL, NULL, NULL);
      for (guint j = 0; j < corrections->len; j++)
        g_hash_table_add (there,
                          (gpointer) dra_correction_get_parts (corrections->pdata[j])->name);
      g_hash_table_iter_init (&iter, told);
      while (g_hash_table_iter_next (&iter, &name, NULL))
        g_assert_true (g_hash_table_contains (there, name));
      /* All of an article's names or none. */
      {
        g_autofree char *answer = ask (f->library, DRA_NAMES_PEOPLE, 0, "");

        g_assert_true (*answer == '\0' || g_str_equal (answer, "Anna Weiss 1/1; Harbour Trust 1/1; "
                                                               "René Ruiz 1/1"));
        g_assert_true (*answer != '\0' || g_hash_table_size (told) == 0);
      }
      g_clear_object (&f->library);
    }
  g_assert_cmpuint (g_hash_table_size (told), >, N_KILLS);
  f->library = fixture_open (f->path);
}

/* }}} */

int
main (int   argc,
      char *argv[])
{
  self_path = argv[0];
  if (argc == 4 && g_str_equal (argv[1], "--write"))
    return write_until_killed (argv[2], (guint) g_ascii_strtoull (argv[3], NULL, 10));

  g_test_init (&argc, &argv, NULL);
  g_test_add ("/library-names/corrections", Fixture, NULL, set_up, test_corrections, tear_down);
  g_test_add ("/library-names/index", Fixture, NULL, set_up, test_index, tear_down);
  g_test_add ("/library-names/wipe", Fixture, NULL, set_up, test_wipe, tear_down);
  g_test_add ("/library-names/async", Fixture, NULL, set_up, test_async, tear_down);
  g_test_add ("/library-names/recovered", Fixture, NULL, set_up, test_recovered, tear_down);
  g_test_add ("/library-names/senseless-row", Fixture, NULL, set_up, test_senseless_row,
              tear_down);
  g_test_add ("/library-names/kills", Fixture, NULL, set_up, test_kills, tear_down);
  return g_test_run ();
}
