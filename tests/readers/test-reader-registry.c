/* test-reader-registry.c: any file gives an article or one sentence that names it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "dra-test.h"
#include "dra-test-readers.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "article/dra-error.h"
#include "readers/dra-load.h"

static const char text[] = "A Title of Five Words\n\nAnna Berg of Acme Holdings spoke in Oslo on Monday.\n";

typedef struct
{
  char  *folder;
  char  *path;
  GFile *file;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  const char *name = data != NULL ? data : "article.txt";

  fixture->folder = dra_test_mkdtemp ();
  fixture->path = g_build_filename (fixture->folder, name, NULL);
  fixture->file = g_file_new_for_path (fixture->path);
}

static void
tear_down (Fixture                     *fixture,
           gconstpointer data G_GNUC_UNUSED)
{
  g_object_unref (fixture->file);
  g_free (fixture->path);
  dra_test_rmtree (fixture->folder);
}

static void
put (Fixture    *fixture,
     const char *data,
     gssize      length)
{
  g_assert_true (g_file_set_contents (fixture->path, data, length, NULL));
}

/* One sentence: names the file, ends once, and stands on one line. */
static void
check_sentence (const GError *error,
                const char   *name)
{
  const char *message = error->message;

  g_test_message ("%s", message);
  g_assert_nonnull (strstr (message, name));
  g_assert_true (g_str_has_suffix (message, "."));
  g_assert_false (g_str_has_suffix (message, ".."));
  g_assert_null (strchr (message, '\n'));
  g_assert_true (g_utf8_validate (message, -1, NULL));
}

static void
check_refused (Fixture *fixture,
               GQuark   domain,
               int      code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = dra_load_display_name (fixture->file);
  DraReading *reading = dra_reader_registry_read (fixture->file, NULL, NULL, &error);

  g_assert_null (reading);
  g_assert_error (error, domain, code);
  check_sentence (error, name);
}

static void
test_good (Fixture                     *fixture,
           gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DraReading) reading = NULL;
  g_autofree char *uri = g_file_get_uri (fixture->file);

  put (fixture, text, -1);
  reading = dra_reader_registry_read (fixture->file, NULL, NULL, &error);
  g_assert_no_error (error);
  dra_test_check_article (reading->article);
  g_assert_cmpstr (dra_article_get_title (reading->article), ==, "A Title of Five Words");
  g_assert_cmpstr (dra_article_get_metadata (reading->article, DRA_METADATA_SOURCE_URI), ==, uri);
  g_assert_cmpstr (dra_article_get_metadata (reading->article, DRA_METADATA_SOURCE_TYPE), ==, "text/plain");
  g_assert_cmpuint (reading->notes->len, ==, 0);
  g_assert_null (reading->cast);
  g_assert_false (reading->copy);
}

/* The name says one thing, the content another: the content is right. */
static void
test_wrong_names (void)
{
  static const char *const names[] = {
    "article.pdf", "article.html", "article.docx", "article.png", "article", "article.txt.exe",
    "-dash.txt", " lead and trail .txt ", "%s%n.txt", "<b>&amp;.txt", "file:evil.txt", ".hidden.txt",
    "new\nline.txt", "\342\200\256txt.exe",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      Fixture fixture;
      g_autoptr (GError) error = NULL;
      g_autoptr (DraReading) reading = NULL;

      set_up (&fixture, names[i]);
      put (&fixture, text, -1);
      reading = dra_reader_registry_read (fixture.file, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (dra_article_get_title (reading->article), ==, "A Title of Five Words");
      g_unlink (fixture.path);
      check_refused (&fixture, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
      tear_down (&fixture, NULL);
    }
}

static void
test_missing (Fixture                     *fixture,
              gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GFile) below = NULL;
  g_autoptr (GError) error = NULL;

  check_refused (fixture, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  put (fixture, text, -1);
  below = g_file_get_child (fixture->file, "below.txt");
  g_assert_null (dra_reader_registry_read (below, NULL, NULL, &error));
  check_sentence (error, "below.txt");
}

static void
test_folder (Fixture                     *fixture,
             gconstpointer data G_GNUC_UNUSED)
{
  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  check_refused (fixture, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY);
}

static void
test_permission (Fixture                     *fixture,
                 gconstpointer data G_GNUC_UNUSED)
{
  put (fixture, text, -1);
  g_assert_cmpint (g_chmod (fixture->path, 0), ==, 0);
  if (geteuid () == 0)
    {
      /* The superuser may read everything: be nobody for a moment. */
      g_assert_cmpint (g_chmod (fixture->folder, 0755), ==, 0);
      if (seteuid (65534) != 0)
        {
          g_test_skip ("this user may read everything");
          return;
        }
      check_refused (fixture, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
      g_assert_cmpint (seteuid (0), ==, 0);
    }
  else
    check_refused (fixture, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
}

/* Nobody writes into the pipe: it must not be waited for. */
static void
test_pipe (Fixture                     *fixture,
           gconstpointer data G_GNUC_UNUSED)
{
  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  check_refused (fixture, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
}

static void
test_links (Fixture                     *fixture,
            gconstpointer data G_GNUC_UNUSED)
{
  g_assert_cmpint (symlink ("/dev/zero", fixture->path), ==, 0);
  check_refused (fixture, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
  g_unlink (fixture->path);
  g_assert_cmpint (symlink ("article.txt", fixture->path), ==, 0);
  check_refused (fixture, G_IO_ERROR, G_IO_ERROR_TOO_MANY_LINKS);
  g_unlink (fixture->path);
  g_assert_cmpint (symlink ("gone.txt", fixture->path), ==, 0);
  check_refused (fixture, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_unlink (fixture->path);
  g_assert_cmpint (symlink ("/proc/self/mem", fixture->path), ==, 0);
  {
    g_autoptr (GError) error = NULL;

    g_assert_null (dra_reader_registry_read (fixture->file, NULL, NULL, &error));
    check_sentence (error, "article.txt");
  }
}

/* A file that says it is empty and is not, and one of no size at all. */
static void
test_proc (void)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/proc/self/status");
  g_autoptr (GError) error = NULL;
  g_autoptr (DraReading) reading = dra_reader_registry_read (file, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (strstr (dra_article_get_text (reading->article, NULL), "test-reader"));
}

static void
test_empty (Fixture                     *fixture,
            gconstpointer data G_GNUC_UNUSED)
{
  static const char *const blanks[] = {
    "\n", " \n\t", "\357\273\277", "\357\273\277 \n", "\302\240\342\200\251\343\200\200\r\n", "\377\376 \0", "\342\200\213",
  };

  put (fixture, "", 0);
  check_refused (fixture, DRA_ERROR, DRA_ERROR_EMPTY);
  for (guint i = 0; i < G_N_ELEMENTS (blanks); i++)
    {
      put (fixture, blanks[i], i == 5 ? 4 : (gssize) strlen (blanks[i]));
      check_refused (fixture, DRA_ERROR, DRA_ERROR_EMPTY);
    }
}

static void
test_too_large (Fixture                     *fixture,
                gconstpointer data G_GNUC_UNUSED)
{
  put (fixture, text, -1);
  g_assert_cmpint (truncate (fixture->path, (off_t) DRA_READER_MAX_SIZE + 1), ==, 0);
  check_refused (fixture, DRA_ERROR, DRA_ERROR_TOO_LARGE);
}

/* What is not text is named, if we know what it is. */
static void
test_formats (void)
{
#define BYTES(s) s, sizeof s - 1
  static const struct { const char *data; gsize length; const char *says; int code; } cases[] = {
    { BYTES ("%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"), "PDF", DRA_ERROR_UNSUPPORTED },
    { BYTES ("PK\3\4\24\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\10\0\0\0mimetypeapplication/epub+zipPK"), "EPUB", DRA_ERROR_UNSUPPORTED },
    { BYTES ("PK\3\4\24\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\23\0\0\0[Content_Types].xmlxxxxPK\3\4word/document.xml"), "Word", DRA_ERROR_UNSUPPORTED },
    { BYTES ("PK\3\4\24\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\10\0\0\0mimetypeapplication/vnd.oasis.opendocument.textPK"), "ODT", DRA_ERROR_UNSUPPORTED },
    { BYTES ("PK\3\4\24\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\10\0\0\0readme.t"), "ZIP", DRA_ERROR_NOT_TEXT },
    { BYTES ("{\\rtf1\\ansi Hello}"), "RTF", DRA_ERROR_UNSUPPORTED },
    { BYTES ("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "PNG", DRA_ERROR_NOT_TEXT },
    { BYTES ("\xff\xd8\xff\xe0\0\20JFIF"), "JPEG", DRA_ERROR_NOT_TEXT },
    { BYTES ("\x7f" "ELF\2\1\1\0\0\0\0\0\0\0\0\0\3\0>\0"), "program", DRA_ERROR_NOT_TEXT },
    { BYTES ("SQLite format 3\0\20\0\1\1\0"), "SQLite", DRA_ERROR_NOT_TEXT },
    { BYTES ("\x1f\x8b\10\0\0\0\0\0\0\3KT"), "gzip", DRA_ERROR_NOT_TEXT },
    { BYTES ("<!DOCTYPE html>\n<html><head><title>x</title></head><body><p>Hello</p></body></html>"), "web page", DRA_ERROR_UNSUPPORTED },
    { BYTES ("<?xml version=\"1.0\"?>\n<!-- c -->\n<html xmlns=\"http://www.w3.org/1999/xhtml\"><body/></html>"), "web page", DRA_ERROR_UNSUPPORTED },
    { BYTES ("\xff\xfe<\0h\0t\0m\0l\0>\0x\0<\0/\0h\0t\0m\0l\0>\0"), "web page", DRA_ERROR_UNSUPPORTED },
    { BYTES ("<?xml version=\"1.0\"?><FictionBook xmlns=\"x\"><body/></FictionBook>"), "FB2", DRA_ERROR_UNSUPPORTED },
    { BYTES ("Return-Path: <a@b>\r\nFrom: a@b\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nbody\r\n"), "e-mail", DRA_ERROR_UNSUPPORTED },
    { BYTES ("From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"), "MHTML", DRA_ERROR_UNSUPPORTED },
    { BYTES ("\1\2\3\4\5\6\7\0\1\2\3\4\5\6\7\0\1\2\3"), "not text", DRA_ERROR_NOT_TEXT },
    { BYTES ("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), "not text", DRA_ERROR_NOT_TEXT },
  };
#undef BYTES

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (cases[i].data, cases[i].length);
      g_autoptr (GError) error = NULL;

      g_assert_null (dra_reader_registry_read_bytes (bytes, "thing.txt", NULL, NULL, &error));
      check_sentence (error, "thing.txt");
      g_assert_nonnull (strstr (error->message, cases[i].says));
      g_assert_error (error, DRA_ERROR, cases[i].code);
    }
}

/* Text about formats is text. */
static void
test_not_formats (void)
{
  static const char *const texts[] = {
    "<b>&amp;<span foreground=\"red\">x</span></b> %s %n\n", "< is less than\n", "BM is a postcode.\n",
    "PK and MZ were here\n", "<3 you all, said Anna Berg.\n", "The %PDF- mark begins a file.\n",
    "From: Jane\nSubject: The ferry\n\nIt is late again today.\n", "GIF is a format.\n",
    "<pre-trial hearing> began on Monday, the court said.\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (DraReading) reading = dra_test_read (texts[i], -1, NULL);

      g_assert_nonnull (reading);
    }
}

/* Markdown may begin with a tag. */
static void
test_markdown (void)
{
  static const char data[] = "<p align=\"center\">\n\n# A Title\n\nAnna Berg spoke in Oslo.\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, sizeof data - 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (DraReading) reading = dra_reader_registry_read_bytes (bytes, "README.MD", NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (dra_article_get_metadata (reading->article, DRA_METADATA_SOURCE_TYPE), ==, "text/markdown");
  g_assert_null (dra_reader_registry_read_bytes (bytes, "readme.txt", NULL, NULL, &error));
  g_assert_error (error, DRA_ERROR, DRA_ERROR_UNSUPPORTED);
}

static void
test_as (Fixture                     *fixture,
         gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DraReading) lines = NULL;
  g_autoptr (DraReading) markup = NULL;
  g_autoptr (GBytes) page = g_bytes_new_static ("<p>Hello, <b>Anna Berg</b>.</p>", 31);

  put (fixture, text, -1);
  lines = dra_reader_registry_read (fixture->file, "lines", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (dra_article_get_text (lines->article, NULL), ==, text);
  g_assert_null (dra_reader_registry_read (fixture->file, "klingon", NULL, &error));
  check_sentence (error, "klingon");
  g_assert_nonnull (strstr (error->message, "lines"));
  markup = dra_reader_registry_read_bytes (page, "page.html", "text", NULL, NULL);
  g_assert_cmpstr (dra_article_get_text (markup->article, NULL), ==, "<p>Hello, <b>Anna Berg</b>.</p>");
}

static void
test_list (void)
{
  guint n;
  const DraReader *const *readers = dra_reader_registry_list (&n);
  const char *const *types = dra_reader_registry_get_types ();

  g_assert_cmpuint (n, >=, 2);
  for (guint i = 0; i < n; i++)
    g_assert_true (dra_reader_registry_find (readers[i]->id) == readers[i]);
  g_assert_null (dra_reader_registry_find ("klingon"));
  g_assert_true (g_strv_contains (types, "text/plain"));
  g_assert_true (g_strv_contains (types, "text/markdown"));
}

static void
test_web_address (void)
{
  g_autoptr (GFile) file = g_file_new_for_uri ("http://127.0.0.1:9/article.txt");
  g_autoptr (GError) error = NULL;

  g_assert_null (dra_reader_registry_read (file, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  check_sentence (error, "article.txt");
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  GAsyncResult **slot = user_data;

  g_assert_true (G_IS_FILE (source));
  *slot = g_object_ref (result);
}

static void
test_async (Fixture                     *fixture,
            gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DraReading) reading = NULL;

  put (fixture, text, -1);
  dra_reader_registry_read_async (fixture->file, NULL, NULL, read_cb, &result);
  g_assert_null (result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  reading = dra_reader_registry_read_finish (fixture->file, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (dra_article_get_title (reading->article), ==, "A Title of Five Words");
}

static void
test_async_failure (Fixture                     *fixture,
                    gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  dra_reader_registry_read_async (fixture->file, NULL, NULL, read_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (dra_reader_registry_read_finish (fixture->file, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_cancel (Fixture                     *fixture,
             gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GString *big = g_string_new (NULL);

  while (big->len < 8 * 1024 * 1024)
    g_string_append (big, "A line of text that is a paragraph, and a blank one behind it.\n\n");
  put (fixture, big->str, big->len);
  g_string_free (big, TRUE);

  dra_reader_registry_read_async (fixture->file, NULL, cancellable, read_cb, &result);
  g_cancellable_cancel (cancellable);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (dra_reader_registry_read_finish (fixture->file, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (dra_reader_registry_read (fixture->file, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Written to, cut and replaced while it is read, again and again. */
static gpointer
change_thread (gpointer data)
{
  Fixture *fixture = data;
  g_autofree char *block = g_strnfill (200000, 'x');
  int fd = g_open (fixture->path, O_WRONLY, 0);

  for (guint i = 0; i < 400; i++)
    {
      g_assert_cmpint (ftruncate (fd, i % 3 == 0 ? 10 : 100000), ==, 0);
      g_assert_cmpint (pwrite (fd, block, 200000, 0), ==, 200000);
    }
  close (fd);

  return NULL;
}

static void
test_changing (Fixture                     *fixture,
               gconstpointer data G_GNUC_UNUSED)
{
  GThread *thread;

  put (fixture, text, -1);
  thread = g_thread_new ("change", change_thread, fixture);
  for (guint i = 0; i < 60; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (DraReading) reading = dra_reader_registry_read (fixture->file, NULL, NULL, &error);

      /* A hole of zeros may be no text; nothing else can go wrong. */
      if (reading == NULL)
        check_sentence (error, "article.txt");
      else
        dra_test_check_article (reading->article);
    }
  g_thread_join (thread);
}

static void
test_stdin (void)
{
  int ends[2], saved = dup (STDIN_FILENO);
  g_autoptr (GError) error = NULL;
  g_autoptr (DraReading) reading = NULL;

  g_assert_cmpint (pipe (ends), ==, 0);
  g_assert_cmpint (write (ends[1], text, strlen (text)), ==, (gssize) strlen (text));
  close (ends[1]);
  dup2 (ends[0], STDIN_FILENO);
  close (ends[0]);
  reading = dra_reader_registry_read_stdin (NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (dra_article_get_title (reading->article), ==, "A Title of Five Words");
  g_assert_null (dra_article_get_metadata (reading->article, DRA_METADATA_SOURCE_URI));
  /* Now it is at its end. */
  g_assert_null (dra_reader_registry_read_stdin (NULL, NULL, &error));
  g_assert_error (error, DRA_ERROR, DRA_ERROR_EMPTY);
  check_sentence (error, "standard input");
  if (saved >= 0)
    {
      dup2 (saved, STDIN_FILENO);
      close (saved);
    }
}

#define ADD(path, func) \
  g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/registry/good", test_good);
  g_test_add_func ("/registry/wrong-names", test_wrong_names);
  ADD ("/registry/missing", test_missing);
  ADD ("/registry/folder", test_folder);
  ADD ("/registry/permission", test_permission);
  ADD ("/registry/pipe", test_pipe);
  ADD ("/registry/links", test_links);
  g_test_add_func ("/registry/proc", test_proc);
  ADD ("/registry/empty", test_empty);
  ADD ("/registry/too-large", test_too_large);
  g_test_add_func ("/registry/formats", test_formats);
  g_test_add_func ("/registry/not-formats", test_not_formats);
  g_test_add_func ("/registry/markdown", test_markdown);
  ADD ("/registry/as", test_as);
  g_test_add_func ("/registry/list", test_list);
  g_test_add_func ("/registry/web-address", test_web_address);
  ADD ("/registry/async", test_async);
  ADD ("/registry/async-failure", test_async_failure);
  ADD ("/registry/cancel", test_cancel);
  ADD ("/registry/changing", test_changing);
  g_test_add_func ("/registry/stdin", test_stdin);

  return g_test_run ();
}
