/* test-writer.c: the table of writers, names for copies, and saving whole or not at all.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "article/dra-article-builder.h"
#include "article/dra-error.h"
#include "dra-test.h"
#include "readers/dra-formats.h"
#include "readers/dra-reader-registry.h"
#include "writer-fixtures.h"
#include "worker/dra-copy-save.h"
#include "writers/dra-atomic-save.h"

#define OLD "An older copy.\n"

typedef struct
{
  char       *dir;
  char       *source_path;
  char       *path; /* of the copy */
  GFile      *target;
  DraArticle *article;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (DraReading) reading = NULL;
  g_autoptr (GError) error = NULL;

  fixture->dir = dra_test_mkdtemp ();
  fixture->source_path = g_build_filename (fixture->dir, "article.txt", NULL);
  g_file_set_contents (fixture->source_path, "A title line\n\nA paragraph of text.\n", -1, &error);
  g_assert_no_error (error);
  file = g_file_new_for_path (fixture->source_path);
  reading = dra_reader_registry_read (file, NULL, NULL, &error);
  g_assert_no_error (error);
  fixture->article = g_object_ref (reading->article);
  fixture->path = g_build_filename (fixture->dir, "copy.html", NULL);
  fixture->target = g_file_new_for_path (fixture->path);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data G_GNUC_UNUSED)
{
  g_object_unref (fixture->article);
  g_object_unref (fixture->target);
  g_free (fixture->source_path);
  g_free (fixture->path);
  dra_test_rmtree (fixture->dir);
}

static gboolean
save (Fixture *fixture,
      GError **error)
{
  return dra_writer_save (dra_writer_find ("html"), fixture->article, NULL, NULL,
                          fixture->target, NULL, error);
}

static void
write_old (Fixture *fixture)
{
  g_assert_true (g_file_set_contents (fixture->path, OLD, -1, NULL));
}

static void
assert_content (const char *path,
                const char *expected)
{
  g_autofree char *content = NULL;

  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, expected);
}

static void
assert_is_copy (const char *path)
{
  g_autofree char *content = NULL;

  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_true (g_str_has_prefix (content, "<!DOCTYPE html>"));
  g_assert_true (g_str_has_suffix (content, "</html>\n"));
}

static guint
count_files (const char *path,
             const char *prefix)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_prefix (name, prefix);

  return n;
}

/* One sentence that names the file, and nothing left behind. */
static void
assert_sentence (Fixture      *fixture,
                 const GError *error)
{
  g_assert_nonnull (strstr (error->message, "copy.html"));
  g_assert_true (g_str_has_suffix (error->message, "."));
  g_assert_null (strchr (error->message, '\n'));
  g_assert_null (strstr (error->message, DRA_ATOMIC_SAVE_PREFIX));
  g_assert_cmpuint (count_files (fixture->dir, DRA_ATOMIC_SAVE_PREFIX), ==, 0);
}

static void
test_table (void)
{
  guint n;
  const DraWriter *const *writers = dra_writer_list (&n);

  g_assert_cmpuint (n, >=, 2);
  g_assert_cmpstr (writers[0]->id, ==, "html");
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strconcat ("x", writers[i]->suffix, NULL);

      g_assert_true (dra_writer_find (writers[i]->id) == writers[i]);
      g_assert_true (dra_writer_find_for_name (name) == writers[i]);
    }
  g_assert_true (dra_writer_find_for_name ("A.HTML") == dra_writer_find ("html"));
  g_assert_true (dra_writer_find_for_name ("a.htm") == dra_writer_find ("html"));
  g_assert_null (dra_writer_find_for_name (".html"));
  g_assert_null (dra_writer_find_for_name ("a.doc"));
  g_assert_null (dra_writer_find_for_name ("html"));
  g_assert_null (dra_writer_find ("doc"));
}

static void
test_settle_name (void)
{
  static const struct
  {
    const char *name;
    const char *proposed;
    const char *chosen;
    const char *writer;
    const char *settled;
  } cases[] = {
    { "a.html", "html", "html", "html", "a.html" },
    { "a.htm", "html", "html", "html", "a.htm" },
    { "a", "html", "html", "html", "a.html" },
    { "a.b", "html", "html", "html", "a.b.html" },
    { "a.md", "html", "html", "markdown", "a.md" },
    { "a.html", "html", "pdf", "pdf", "a.pdf" },
    { "a", "html", "tei", "tei", "a.tei.xml" },
    { "a.tei.xml", "tei", "html", "html", "a.html" },
    { "a.tei.xml", "tei", "tei", "tei", "a.tei.xml" },
    { "a.txt", "html", "pdf", "text", "a.txt" },
    { "a.htm", "html", "pdf", "pdf", "a.htm.pdf" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const DraWriter *writer = NULL;
      g_autofree char *settled
        = dra_writer_settle_name (cases[i].name, dra_writer_find (cases[i].proposed),
                                  dra_writer_find (cases[i].chosen), &writer);

      g_assert_cmpstr (settled, ==, cases[i].settled);
      g_assert_cmpstr (writer->id, ==, cases[i].writer);
    }
}

static DraArticle *
titled (const char *title)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();

  dra_article_builder_set_metadata (builder, DRA_METADATA_TITLE, title);

  return dra_article_builder_build (builder);
}

static void
test_names (void)
{
  static const struct
  {
    const char *title;
    const char *name;
  } cases[] = {
    { "A Title", "A Title (annotated).html" },
    { NULL, "Article (annotated).html" },
    { "", "Article (annotated).html" },
    { "...", "Article (annotated).html" },
    { "a/b\\c:d*e?f\"g<h>i|j", "a b c d e f g h i j (annotated).html" },
    { "../../etc/passwd", "etc passwd (annotated).html" },
    { "-rf ~", "rf ~ (annotated).html" },
    { " \t spaced \n out ", "spaced out (annotated).html" },
    { "\342\200\256gnp.exe", "gnp.exe (annotated).html" },
    { "المنارة على الرأس", "المنارة على الرأس (annotated).html" },
    { "می\342\200\214خواهم", "می\342\200\214خواهم (annotated).html" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DraArticle) article = titled (cases[i].title);
      g_autofree char *name = dra_writer_propose_name (dra_writer_find ("html"), article);

      g_assert_cmpstr (name, ==, cases[i].name);
    }
}

static void
test_long_names (void)
{
  static const char *const pieces[] = {
    "word ", "unbroken", "語", "\360\237\221\251\342\200\215\360\237\221\247", "e\314\201\314\202",
    "\360\237\221\215\360\237\217\275",
  };

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GString) title = g_string_new (NULL);
      g_autoptr (DraArticle) article = NULL;
      g_autofree char *name = NULL;
      gunichar next;

      for (guint j = 0; j < 200; j++)
        g_string_append (title, pieces[i]);
      article = titled (title->str);
      name = dra_writer_propose_name (dra_writer_find ("jsonld"), article);
      g_assert_cmpuint (strlen (name), <=, 140);
      g_assert_cmpuint (strlen (name), >, 100);
      g_assert_true (g_utf8_validate (name, -1, NULL));
      g_assert_true (g_str_has_suffix (name, " (annotated).jsonld"));
      /* Cut between graphemes: what was cut off begins none in the middle. */
      next = g_utf8_get_char (title->str + strlen (name) - strlen (" (annotated).jsonld"));
      g_assert_false (g_unichar_ismark (next));
      g_assert_cmpuint (next, !=, 0x200D);
      g_assert_cmpuint (next, !=, 0x1F3FD);
    }
}

static void
test_save (Fixture      *fixture,
           gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  struct stat info;
  mode_t mask = umask (0027);

  g_assert_true (save (fixture, &error));
  g_assert_no_error (error);
  umask (mask);
  assert_is_copy (fixture->path);
  g_assert_cmpint (stat (fixture->path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0640);
  g_assert_cmpuint (count_files (fixture->dir, ""), ==, 2);
}

static void
test_replace (Fixture      *fixture,
              gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  struct stat info;

  write_old (fixture);
  g_assert_cmpint (g_chmod (fixture->path, 0604), ==, 0);
  g_assert_true (save (fixture, &error));
  g_assert_no_error (error);
  assert_is_copy (fixture->path);
  g_assert_cmpint (stat (fixture->path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0604);
}

static void
assert_refused (Fixture    *fixture,
                const char *path)
{
  g_autoptr (GFile) target = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_assert_true (g_file_get_contents (fixture->source_path, &before, NULL, NULL));
  g_assert_false (dra_writer_save (dra_writer_find ("html"), fixture->article, NULL, NULL, target,
                                   NULL, &error));
  g_assert_error (error, DRA_ERROR, DRA_ERROR_REFUSED);
  g_assert_true (g_file_get_contents (fixture->source_path, &after, NULL, NULL));
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpuint (count_files (fixture->dir, DRA_ATOMIC_SAVE_PREFIX), ==, 0);
}

static void
test_source (Fixture      *fixture,
             gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *link_path = g_build_filename (fixture->dir, "symbolic.html", NULL);
  g_autofree char *hard_path = g_build_filename (fixture->dir, "hard.html", NULL);
  g_autofree char *folder = g_build_filename (fixture->dir, "folder", NULL);
  g_autofree char *through = g_build_filename (folder, "article.txt", NULL);
  g_autofree char *dotted = g_build_filename (fixture->dir, ".", "..", NULL);
  g_autofree char *base = g_path_get_basename (fixture->dir);
  g_autofree char *around = g_build_filename (dotted, base, "article.txt", NULL);

  g_assert_cmpint (symlink ("article.txt", link_path), ==, 0);
  g_assert_cmpint (link (fixture->source_path, hard_path), ==, 0);
  g_assert_cmpint (symlink (fixture->dir, folder), ==, 0);

  assert_refused (fixture, fixture->source_path);
  assert_refused (fixture, link_path);
  assert_refused (fixture, hard_path);
  assert_refused (fixture, through);
  assert_refused (fixture, around);
}

/* An opened copy is a source too, and so is the original beside it. */
static void
test_copy_is_source (Fixture      *fixture,
                     gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DraReading) reading = NULL;
  g_autoptr (GFile) original = g_file_new_for_path (fixture->source_path);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_assert_true (save (fixture, &error));
  reading = dra_reader_registry_read (fixture->target, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (fixture->path, &before, NULL, NULL));

  g_assert_false (dra_writer_save (dra_writer_find ("html"), reading->article, NULL, NULL,
                                   fixture->target, NULL, &error));
  g_assert_error (error, DRA_ERROR, DRA_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (dra_writer_save (dra_writer_find ("html"), reading->article, NULL, NULL,
                                   original, NULL, &error));
  g_assert_error (error, DRA_ERROR, DRA_ERROR_REFUSED);
  g_assert_true (g_file_get_contents (fixture->path, &after, NULL, NULL));
  g_assert_cmpstr (before, ==, after);
}

/* A link is followed and stays one, also when it leads to nothing yet. */
static void
test_links (Fixture      *fixture,
            gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *real = g_build_filename (fixture->dir, "real.html", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (symlink ("real.html", fixture->path), ==, 0);
  g_assert_true (save (fixture, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_test (fixture->path, G_FILE_TEST_IS_SYMLINK));
  g_assert_false (g_file_test (real, G_FILE_TEST_IS_SYMLINK));
  assert_is_copy (real);

  g_assert_true (g_file_set_contents (real, OLD, -1, NULL));
  g_assert_true (save (fixture, &error));
  g_assert_true (g_file_test (fixture->path, G_FILE_TEST_IS_SYMLINK));
  assert_is_copy (real);
}

static void
test_circle (Fixture      *fixture,
             gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (symlink ("copy.html", fixture->path), ==, 0);
  g_assert_false (save (fixture, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TOO_MANY_LINKS);
  assert_sentence (fixture, error);
}

static void
test_folder (Fixture      *fixture,
             gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  g_assert_false (save (fixture, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY);
  assert_sentence (fixture, error);
  g_assert_true (g_file_test (fixture->path, G_FILE_TEST_IS_DIR));
}

static void
test_no_folder (Fixture      *fixture,
                gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = g_build_filename (fixture->dir, "nowhere", "copy.html", NULL);
  g_autofree char *below_file = g_build_filename (fixture->source_path, "copy.html", NULL);
  const char *const paths[] = { path, below_file };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GFile) target = g_file_new_for_path (paths[i]);
      g_autoptr (GError) error = NULL;

      g_assert_false (dra_writer_save (dra_writer_find ("html"), fixture->article, NULL, NULL,
                                       target, NULL, &error));
      g_assert_cmpuint (error->domain, ==, G_IO_ERROR);
      assert_sentence (fixture, error);
    }
}

static void
test_long_name (Fixture      *fixture,
                gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *filler = g_strnfill (300, 'x');
  g_autofree char *name = g_strconcat (filler, "-copy.html", NULL);
  g_autofree char *path = g_build_filename (fixture->dir, name, NULL);
  g_autoptr (GFile) target = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_assert_false (dra_writer_save (dra_writer_find ("html"), fixture->article, NULL, NULL, target,
                                   NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FILENAME_TOO_LONG);
  assert_sentence (fixture, error);
}

/* What a child process without rights or resources reports: 0 when all was as it must be. */
static void
assert_in_child (Fixture *fixture,
                 gboolean (*body) (Fixture *fixture))
{
  pid_t child = fork ();
  int status;

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    _exit (body (fixture) ? 0 : 1);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

static gboolean
fails_read_only (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  /* Permissions do not bind root. */
  if (geteuid () == 0 && (setgid (65534) != 0 || setuid (65534) != 0))
    return FALSE;

  return !save (fixture, &error)
         && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED)
         && strstr (error->message, "copy.html") != NULL
         && g_str_has_suffix (error->message, ".");
}

static void
test_read_only (Fixture      *fixture,
                gconstpointer data G_GNUC_UNUSED)
{
  write_old (fixture);
  g_assert_cmpint (g_chmod (fixture->dir, 0555), ==, 0);
  assert_in_child (fixture, fails_read_only);
  assert_content (fixture->path, OLD);
  g_assert_cmpuint (count_files (fixture->dir, ""), ==, 2);

  /* A copy that may not be written is not replaced, though its folder would allow it. */
  g_assert_cmpint (g_chmod (fixture->dir, 0777), ==, 0);
  g_assert_cmpint (g_chmod (fixture->path, 0444), ==, 0);
  assert_in_child (fixture, fails_read_only);
  assert_content (fixture->path, OLD);
  g_assert_cmpuint (count_files (fixture->dir, ""), ==, 2);
}

/* The disk takes 4096 bytes and no more. */
static gboolean
fails_full (Fixture *fixture)
{
  const struct rlimit limit = { 4096, 4096 };
  g_autoptr (GError) error = NULL;

  signal (SIGXFSZ, SIG_IGN);
  if (setrlimit (RLIMIT_FSIZE, &limit) != 0)
    return FALSE;

  return !save (fixture, &error) && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE)
         && strstr (error->message, "copy.html") != NULL;
}

static void
test_full (Fixture      *fixture,
           gconstpointer data G_GNUC_UNUSED)
{
  write_old (fixture);
  assert_in_child (fixture, fails_full);
  assert_content (fixture->path, OLD);
  g_assert_cmpuint (count_files (fixture->dir, ""), ==, 2);
}

/* A device or pipe is written to, not replaced. */
static void
test_device (Fixture      *fixture,
             gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GFile) null = g_file_new_for_path ("/dev/null");
  g_autoptr (GFile) full = g_file_new_for_path ("/dev/full");
  g_autoptr (GError) error = NULL;
  struct stat info;

  g_assert_true (dra_writer_save (dra_writer_find ("html"), fixture->article, NULL, NULL, null,
                                  NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (stat ("/dev/null", &info), ==, 0);
  g_assert_true (S_ISCHR (info.st_mode));

  g_assert_false (dra_writer_save (dra_writer_find ("html"), fixture->article, NULL, NULL, full,
                                   NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_assert_cmpstr (error->message, ==,
                   "“full” could not be saved: there is no space left in “/dev”.");
}

/* Text, names and notes enough that writing takes a while. */
static DraArticle *
large_article (DraCast   **cast,
               GPtrArray **notes)
{
  static const char *const names[] = { "p:Oona Halloran|Halloran", "o:Board of Lights", NULL };
  g_autoptr (GString) text = g_string_new (NULL);
  DraArticle *article;

  while (text->len < 24 * 1024)
    g_string_append (text, "Oona Halloran wrote to the Board of Lights.\n");
  article = fixture_lines (text->str);
  *cast = fixture_cast (article, names);
  *notes = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (*notes, fixture_note (article, "wrote to", DRA_NOTE_BLUE, "When?"));

  return article;
}

static void
kill_while_saving (Fixture         *fixture,
                   const DraWriter *writer,
                   DraArticle      *article,
                   DraCast         *cast,
                   GPtrArray       *notes)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  gint64 start = g_get_monotonic_time ();
  gint64 duration;
  guint n_old = 0, n_new = 0;

  bytes = writer->write (article, cast, notes, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (dra_writer_save (writer, article, cast, notes, fixture->target, NULL, &error));
  g_assert_no_error (error);
  duration = g_get_monotonic_time () - start;

  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *got = NULL;
      pid_t child;
      gsize size;

      write_old (fixture);
      child = fork ();
      g_assert_cmpint (child, >=, 0);
      if (child == 0)
        {
          dra_writer_save (writer, article, cast, notes, fixture->target, NULL, NULL);
          _exit (0);
        }
      g_usleep ((gulong) g_rand_int_range (rand, 0, (gint) MAX (duration, 2)));
      kill (child, SIGKILL);
      waitpid (child, NULL, 0);

      g_assert_true (g_file_get_contents (fixture->path, &got, &size, NULL));
      if (size == strlen (OLD))
        n_old++;
      else
        {
          g_assert_cmpmem (got, size, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
          n_new++;
        }
      g_assert_cmpuint (count_files (fixture->dir, ""), ==,
                        2 + count_files (fixture->dir, DRA_ATOMIC_SAVE_PREFIX));
    }
  g_test_message ("%s: %u times the old file, %u times the new, %u hidden files left",
                  writer->id, n_old, n_new, count_files (fixture->dir, DRA_ATOMIC_SAVE_PREFIX));
  g_assert_cmpuint (n_old, >, 0);
}

/* A process killed at any moment, in every format: the old file or the new one, whole, and
 * at most a hidden file beside it that nobody takes for a copy. */
static void
test_killed (Fixture      *fixture,
             gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (DraCast) cast = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (DraArticle) article = large_article (&cast, &notes);
  guint n_writers;
  const DraWriter *const *writers = dra_writer_list (&n_writers);

  for (guint i = 0; i < n_writers; i++)
    kill_while_saving (fixture, writers[i], article, cast, notes);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  GError **error = data;

  if (dra_copy_save_finish (G_FILE (source), result, NULL, error))
    *error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_EXISTS, "saved");
}

static void
test_async (Fixture      *fixture,
            gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *content = NULL;

  g_ptr_array_add (notes, fixture_note (fixture->article, "paragraph", DRA_NOTE_BLUE, "before"));
  dra_copy_save_async (dra_writer_find ("html"), fixture->article, NULL, notes,
                         fixture->target, NULL, saved_cb, &error);
  /* The notes are those of the moment of the call. */
  dra_note_set_body (notes->pdata[0], "after");
  while (error == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_true (g_file_get_contents (fixture->path, &content, NULL, NULL));
  g_assert_nonnull (strstr (content, "<mark class=\"blue noted\">paragraph</mark>"));
  g_assert_nonnull (strstr (content, "before"));
  g_assert_null (strstr (content, "after</"));

  g_cancellable_cancel (cancellable);
  write_old (fixture);
  dra_copy_save_async (dra_writer_find ("html"), fixture->article, NULL, notes,
                         fixture->target, cancellable, saved_cb, &error);
  while (error == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_content (fixture->path, OLD);
  g_assert_cmpuint (count_files (fixture->dir, DRA_ATOMIC_SAVE_PREFIX), ==, 0);
}

static void
test_jsonld (Fixture      *fixture,
             gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonArray *graph;

  g_ptr_array_add (notes, fixture_note (fixture->article, "paragraph", DRA_NOTE_BLUE, "body"));
  bytes = dra_writer_find ("jsonld")->write (fixture->article, NULL, notes, NULL, &error);
  g_assert_no_error (error);
  json_parser_load_from_data (parser, g_bytes_get_data (bytes, NULL),
                              (gssize) g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);
  graph = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)),
                                        "@graph");
  g_assert_cmpuint (json_array_get_length (graph), ==, 1);
}

#define ADD(name, function) \
  g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  /* Files of one moment, so that two can be compared. */
  g_setenv ("SOURCE_DATE_EPOCH", "1700000000", TRUE);
  g_test_init (&argc, &argv, NULL);
  dra_formats_provide ();

  g_test_add_func ("/writer/table", test_table);
  g_test_add_func ("/writer/names", test_names);
  g_test_add_func ("/writer/settle-name", test_settle_name);
  g_test_add_func ("/writer/long-names", test_long_names);
  ADD ("/writer/save", test_save);
  ADD ("/writer/replace", test_replace);
  ADD ("/writer/source", test_source);
  ADD ("/writer/copy-is-source", test_copy_is_source);
  ADD ("/writer/links", test_links);
  ADD ("/writer/circle", test_circle);
  ADD ("/writer/folder", test_folder);
  ADD ("/writer/no-folder", test_no_folder);
  ADD ("/writer/long-name", test_long_name);
  ADD ("/writer/read-only", test_read_only);
  ADD ("/writer/full", test_full);
  ADD ("/writer/device", test_device);
  ADD ("/writer/killed", test_killed);
  ADD ("/writer/async", test_async);
  ADD ("/writer/jsonld", test_jsonld);

  return g_test_run ();
}
