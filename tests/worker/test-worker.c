/* test-worker.c: reading in a confined process.
 *
 * What goes wrong there ends as one sentence (bad-worker.c), and what goes right is what the
 * same reader gives in this process.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "article/dra-error.h"
#include "../readers/dra-test-page.h"
#include "dra-test.h"
#include "readers/dra-formats.h"
#include "readers/dra-reader-registry.h"
#include "worker-fixture.h"
#include "worker/dra-answer.h"
#include "worker/dra-worker-client.h"
#include "worker/dra-worker-process.h"

#define NAME "ferry tale.rtf"

static char *good_worker;

static void
use_good_worker (void)
{
  g_setenv ("DRAMATIS_WORKER", good_worker, TRUE);
}

static void
use_bad_worker (void)
{
  g_setenv ("DRAMATIS_WORKER", g_getenv ("BAD_WORKER"), TRUE);
}

/* No worker is left behind: a child that is not waited for stays. */
static void
check_no_children (void)
{
  g_assert_cmpint (waitpid (-1, NULL, WNOHANG), ==, -1);
  g_assert_cmpint (errno, ==, ECHILD);
}

typedef struct
{
  const char *deed;
  const char *said;    /* part of the sentence */
  guint       timeout; /* milliseconds, or 0 for the real one */
} Case;

#define STOPPED "stopped, so it may be damaged"
#define MORE "tried to do more than read"
#define LONG "takes too long"
#define MEMORY "too much memory"
#define UNSOUND "no sound answer"

static const Case cases[] = {
  { "crash", STOPPED, 0 },
  { "abort", STOPPED, 0 },
  { "wait", LONG, 300 },
  { "loop", LONG, 300 },
  { "eat", MEMORY, 0 },
  { "map", MEMORY, 0 },
  { "recurse", STOPPED, 0 },
  { "open", MORE, 0 },
  { "old-open", MORE, 0 },
  { "create", MORE, 0 },
  { "socket", MORE, 0 },
  { "local-socket", MORE, 0 },
  { "send", MORE, 0 },
  { "fork", MORE, 0 },
  { "execute", MORE, 0 },
  { "kill", MORE, 0 },
  { "trace", MORE, 0 },
  { "unlink", MORE, 0 },
  { "io-uring", MORE, 0 },
  { "run-code", STOPPED, 0 },
  { "raise-limits", STOPPED, 0 },
  { "flood", UNSOUND, 0 },
  { "nothing", UNSOUND, 0 },
  { "fail", STOPPED, 0 },
  { "rubbish", UNSOUND, 0 },
  { "short", UNSOUND, 0 },
  { "control", UNSOUND, 0 },
  { "pixels", UNSOUND, 0 },
};

static DraReading *
run_bad (const char  *deed,
         guint        timeout,
         GError     **error)
{
  g_autoptr (GBytes) content = g_bytes_new (deed, strlen (deed));
  DraRequest request = {
    .kind = DRA_REQUEST_READ, .name = (char *) NAME, .as = (char *) "rtf", .content = content,
  };
  DraWorkerReport report = { .timeout = timeout };
  g_autoptr (GBytes) answer = dra_worker_run (&request, &report, NULL, error);

  return answer != NULL ? dra_answer_read_reading (answer, NAME, error) : NULL;
}

static void
test_bad (gconstpointer data)
{
  const Case *one = data;
  g_autoptr (DraReading) reading = NULL;
  g_autoptr (GError) error = NULL;

  if (SANITIZED && (g_str_equal (one->said, MEMORY) || g_str_equal (one->deed, "recurse")))
    {
      g_test_skip ("a sanitized worker has no limit on its address space");
      return;
    }
  use_bad_worker ();
  reading = run_bad (one->deed, one->timeout, &error);
  use_good_worker ();

  g_assert_null (reading);
  worker_check_sentence (error, NAME);
  g_test_message ("%s", error->message);
  /* A sanitizer that reports a crash does what is not allowed. */
  if (!SANITIZED || !g_str_equal (one->said, STOPPED))
    g_assert_nonnull (strstr (error->message, one->said));
  g_assert_false (g_file_test ("/tmp/dramatis-bad-worker", G_FILE_TEST_EXISTS));
  check_no_children ();
}

/* The worker of these tests works at all: what it is not told to do is an article. */
static void
test_not_bad (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DraReading) reading = NULL;

  use_bad_worker ();
  reading = run_bad ("be good", 0, &error);
  use_good_worker ();
  g_assert_no_error (error);
  g_assert_cmpstr (dra_article_get_text (reading->article, NULL), ==, "it was done");
}

/* The limit of the processor's time, which a worker puts on itself. */
static void
test_time_limit (void)
{
  g_autoptr (GError) error = NULL;
  gint64 begin = g_get_monotonic_time ();

  use_bad_worker ();
  g_assert_null (run_bad ("loop", 0, &error));
  use_good_worker ();
  worker_check_sentence (error, NAME);
  g_assert_nonnull (strstr (error->message, LONG));
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 60 * G_USEC_PER_SEC);
  check_no_children ();
}

static void
test_no_worker (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("{\\rtf1 x}", 9);
  g_autoptr (GError) error = NULL;

  g_setenv ("DRAMATIS_WORKER", "/nonexistent/dramatis-worker", TRUE);
  g_assert_null (dra_worker_read_bytes (bytes, NAME, NULL, NULL, &error));
  use_good_worker ();
  g_assert_error (error, DRA_ERROR, DRA_ERROR_FAILED);
  worker_check_sentence (error, NAME);

  /* One that starts and is no worker. */
  g_clear_error (&error);
  g_setenv ("DRAMATIS_WORKER", "/bin/true", TRUE);
  g_assert_null (dra_worker_read_bytes (bytes, NAME, NULL, NULL, &error));
  use_good_worker ();
  worker_check_sentence (error, NAME);
  check_no_children ();
}

/* The worker says what the reader says: every field, or the same error. */
static void
check_same (GBytes     *bytes,
            const char *name)
{
  g_autoptr (GError) error_here = NULL;
  g_autoptr (GError) error_there = NULL;
  g_autoptr (DraReading) here = dra_reader_registry_read_bytes (bytes, name, NULL, NULL, &error_here);
  g_autoptr (DraReading) there = dra_worker_read_bytes (bytes, name, NULL, NULL, &error_there);
  g_autoptr (GBytes) one = NULL;
  g_autoptr (GBytes) two = NULL;

  if (here == NULL && there == NULL)
    {
      g_assert_error (error_there, error_here->domain, error_here->code);
      g_assert_cmpstr (error_there->message, ==, error_here->message);
      return;
    }
  if (here != NULL && there != NULL)
    {
      one = worker_serialise (here);
      two = worker_serialise (there);
      if (g_bytes_equal (one, two))
        return;
    }
  g_test_message ("%s here: %s", name, here != NULL ? "an article" : error_here->message);
  g_test_message ("%s in the worker: %s", name,
                  there != NULL ? "another article" : error_there->message);
  g_test_fail ();
}

static void
check_same_file (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *content = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  bytes = g_bytes_new_take (g_steal_pointer (&content), length);
  check_same (bytes, name);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Some of the files of a folder, evenly over its names. */
static void
check_folder (const char *folder,
              guint       most)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (!g_str_has_suffix (name, ".meta.json") && !g_str_has_suffix (name, ".gold.txt"))
      g_ptr_array_add (names, g_build_filename (folder, name, NULL));
  g_assert_cmpuint (names->len, >, 0);
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < MIN (most, names->len); i++)
    {
      const char *path = names->pdata[(guint64) i * names->len / MIN (most, names->len)];

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        check_same_file (path);
    }
}

static void
test_fixtures (void)
{
  static const char *const folders[] = { "tests/fixtures/copies", "tests/fixtures/documents" };

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *folder = dra_test_source (folders[i]);

      check_folder (folder, G_MAXUINT);
    }
}

static void
test_corpus (gconstpointer data)
{
  const char *format = data;
  g_autofree char *relative = g_strconcat ("corpus/open/", format, NULL);
  g_autofree char *folder = dra_test_shared (relative);

  if (folder != NULL)
    check_folder (folder, 8);
}

static GBytes *
get_ferry (void)
{
  return worker_load ("tests/fixtures/documents/ferry.rtf");
}

static void
test_packed (void)
{
  g_autoptr (GBytes) plain = get_ferry ();
  g_autoptr (GConverter) converter
    = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6));
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, converter);
  g_autoptr (GBytes) packed = NULL;

  g_assert_true (g_output_stream_write_all (stream, g_bytes_get_data (plain, NULL),
                                            g_bytes_get_size (plain), NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  packed = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
  check_same (packed, "ferry.rtf.gz");
}

/* What poppler reads from files of its own while it reads a document. */
static void
test_cjk (gconstpointer data)
{
  const char *const *one = data; /* encoding, collection, hexadecimal text, text */
  g_autofree char *font = g_strdup_printf (
    "<</Type /Font /Subtype /Type0 /BaseFont /Made /Encoding /%s /DescendantFonts [<</Type /Font "
    "/Subtype /CIDFontType0 /BaseFont /Made /CIDSystemInfo <</Registry (Adobe) /Ordering (%s) "
    "/Supplement 2>> /DW 1000 /FontDescriptor <</Type /FontDescriptor /FontName /Made /Flags 4 "
    "/FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /StemV 80>>>>]>>",
    one[0], one[1]);
  g_autofree char *shown = g_strdup_printf ("BT /F 16 Tf 72 700 Td <%s> Tj ET", one[2]);
  g_autoptr (GBytes) document = worker_make_pdf (font, shown);
  g_autoptr (GError) error = NULL;
  g_autoptr (DraReading) reading = NULL;

  if (!g_file_test ("/usr/share/poppler/cMap", G_FILE_TEST_IS_DIR))
    {
      g_test_skip ("poppler-data is not installed");
      return;
    }
  check_same (document, "cjk.pdf");
  reading = dra_worker_read_bytes (document, "cjk.pdf", NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (dra_article_get_text (reading->article, NULL), ==, one[3]);
}

/* Plain text is read here: a worker that is not there is not missed. */
static void
test_text_in_process (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("A plain text.\n", 14);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (DraReading) reading = NULL;

  g_setenv ("DRAMATIS_WORKER", "/nonexistent/dramatis-worker", TRUE);
  reading = dra_worker_read_bytes (bytes, "plain.txt", NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (dra_article_get_text (reading->article, NULL), ==, "A plain text.");
  g_assert_null (dra_worker_read_bytes (nothing, "nothing.txt", NULL, NULL, &error));
  g_assert_error (error, DRA_ERROR, DRA_ERROR_EMPTY);
  use_good_worker ();
}

static gpointer
several_thread (gpointer data)
{
  GBytes *bytes = data;

  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (DraReading) reading = dra_worker_read_bytes (bytes, "ferry.rtf", NULL, NULL, &error);

      g_assert_no_error (error);
      g_assert_nonnull (reading->article);
    }

  return NULL;
}

static void
test_several (void)
{
  g_autoptr (GBytes) bytes = get_ferry ();
  GThread *threads[6];

  dra_worker_start_spare ();
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("several", several_thread, bytes);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

/* A worker that stands ready answers as another does, and the one that somebody has ended
 * meanwhile is not missed. */
static void
test_spare (void)
{
  g_autoptr (GBytes) bytes = get_ferry ();
  char *folder = dra_test_mkdtemp ();
  g_autofree char *most = g_build_filename (folder, "ending", NULL);
  g_autofree char *all = g_strconcat (most, "-all", NULL);

  for (guint i = 0; i < 3; i++)
    {
      dra_worker_start_spare ();
      check_same (bytes, "ferry.rtf");
    }

  /* One that ends at once. */
  g_assert_cmpint (symlink ("/bin/true", all), ==, 0);
  g_setenv ("DRAMATIS_WORKER", most, TRUE);
  dra_worker_start_spare ();
  use_good_worker ();
  g_usleep (200 * 1000);
  check_same (bytes, "ferry.rtf");
  dra_test_rmtree (g_steal_pointer (&folder));
}

static void
assert_no_child (void)
{
  /* The one that is to end may be starting yet. */
  for (guint i = 0; i < 100 && waitpid (-1, NULL, WNOHANG) == 0; i++)
    g_usleep (50 * 1000);
  g_assert_cmpint (waitpid (-1, NULL, WNOHANG), ==, -1);
  g_assert_cmpint (errno, ==, ECHILD);
}

static void
check_spare_ends (void)
{
  g_autoptr (GBytes) text = g_bytes_new_static ("The ferry sails.\n", 17);
  g_autoptr (GError) error = NULL;
  DraReading *reading;

  dra_worker_start_spare ();
  g_assert_cmpint (waitpid (-1, NULL, WNOHANG), ==, 0);
  dra_worker_end_spare ();
  assert_no_child ();
  dra_worker_end_spare ();

  dra_worker_prepare ();
  for (guint i = 0; i < 100 && waitpid (-1, NULL, WNOHANG) < 0; i++)
    g_usleep (50 * 1000);
  g_assert_cmpint (waitpid (-1, NULL, WNOHANG), ==, 0);
  reading = dra_worker_read_bytes (text, "ferry.txt", NULL, NULL, &error);
  g_assert_no_error (error);
  dra_reading_free (reading);
  assert_no_child ();
}

/* A worker that is not needed does not stay: after text was read here, none is left. */
static void
test_spare_ends (void)
{
  if (g_test_subprocess ())
    check_spare_ends ();
  else
    {
      /* A program that wants a spare worker is one to its end. */
      g_test_trap_subprocess (NULL, 0, 0);
      g_test_trap_assert_passed ();
    }
}

static gpointer
cancel_thread (gpointer data)
{
  g_usleep (150 * 1000);
  g_cancellable_cancel (data);

  return NULL;
}

static void
test_cancel (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("loop", 4);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GThread *thread;
  gint64 begin;

  use_bad_worker ();
  begin = g_get_monotonic_time ();
  thread = g_thread_new ("cancel", cancel_thread, cancellable);
  g_assert_null (dra_worker_read_bytes (bytes, NAME, "rtf", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 5 * G_USEC_PER_SEC);

  /* Before it has begun. */
  g_clear_error (&error);
  g_assert_null (dra_worker_read_bytes (bytes, NAME, "rtf", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  use_good_worker ();
  check_no_children ();
}

typedef struct
{
  GMainLoop    *loop;
  GAsyncResult *result;
} Wait;

static void
done_cb (GObject      *source G_GNUC_UNUSED,
         GAsyncResult *result,
         gpointer      user_data)
{
  Wait *wait = user_data;

  wait->result = g_object_ref (result);
  g_main_loop_quit (wait->loop);
}

static void
test_async (void)
{
  g_autofree char *path = dra_test_source ("tests/fixtures/documents/ferry.fb2");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *uri = g_file_get_uri (file);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (DraReading) reading = NULL;
  Wait wait = { loop, NULL };

  dra_worker_read_async (file, NULL, NULL, done_cb, &wait);
  g_main_loop_run (loop);
  reading = dra_worker_read_finish (file, wait.result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (dra_article_get_metadata (reading->article, DRA_METADATA_SOURCE_URI), ==, uri);
  g_clear_object (&wait.result);

  dra_worker_read_async (file, NULL, cancellable, done_cb, &wait);
  g_cancellable_cancel (cancellable);
  g_main_loop_run (loop);
  g_assert_null (dra_worker_read_finish (file, wait.result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&wait.result);
}

static DraReading *
read_extent (const char       *path,
             const char       *as,
             DraReadingExtent  extent)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  Wait wait = { loop, NULL };
  DraReading *reading;

  dra_worker_read_extent_async (file, as, extent, NULL, done_cb, &wait);
  g_main_loop_run (loop);
  reading = dra_worker_read_finish (file, wait.result, &error);
  g_assert_no_error (error);
  g_clear_object (&wait.result);

  return reading;
}

/* Of a file with a page around its article the page can be had; of another it is the same. */
static void
test_extent (void)
{
  static const struct { const char *name, *before, *as; } files[] = {
    { "mill.html", "", NULL },
    { "mill.txt", "", NULL },
    { "mill.html", "", "html" },
    { "mill.mht", "From: <Saved by a browser>\nSnapshot-Content-Location: https://post.example/mill\nMIME-Version: 1.0\n"
                  "Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html; charset=utf-8\n\n", NULL },
  };
  g_autofree char *document = dra_test_source ("tests/fixtures/documents/ferry.fb2");
  g_autoptr (DraReading) one = read_extent (document, NULL, DRA_READING_ALL);
  g_autoptr (DraReading) other = read_extent (document, NULL, DRA_READING_PAGE);
  char *folder = dra_test_mkdtemp ();

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (folder, files[i].name, NULL);
      g_autofree char *content = g_strconcat (files[i].before, PAGE, NULL);
      g_autoptr (DraReading) article = NULL;
      g_autoptr (DraReading) page = NULL;

      g_assert_true (g_file_set_contents (path, content, -1, NULL));
      article = read_extent (path, files[i].as, DRA_READING_ALL);
      page = read_extent (path, files[i].as, DRA_READING_PAGE);
      g_assert_cmpint (article->extent, ==, DRA_READING_MAIN);
      g_assert_cmpint (page->extent, ==, DRA_READING_PAGE);
      g_assert_null (strstr (dra_article_get_text (article->article, NULL), "All rights reserved"));
      g_assert_nonnull (strstr (dra_article_get_text (page->article, NULL), "All rights reserved"));
      g_assert_nonnull (strstr (dra_article_get_text (page->article, NULL), PARAGRAPH_3));
    }
  g_assert_cmpint (other->extent, ==, DRA_READING_ALL);
  g_assert_cmpstr (dra_article_get_text (one->article, NULL), ==, dra_article_get_text (other->article, NULL));
  dra_test_rmtree (folder);
}

int
main (int    argc,
      char **argv)
{
  static const char *const formats[] = {
    "docx", "eml", "epub", "fb2", "mhtml", "odt", "pdf", "rtf", "xml",
  };

  /* "中文新闻", "港口新聞", "日本の港", "항구소식" in encodings that are named only. */
  static const char *const cjk[][4] = {
    { "UniGB-UCS2-H", "GB1", "4E2D658765B095FB", "中文新闻" },
    { "ETen-B5-H", "CNS1", "B4E4A466B773BB44", "港口新聞" },
    { "90ms-RKSJ-H", "Japan1", "93FA967B82CC8D60", "日本の港" },
    { "UniKS-UCS2-H", "Korea1", "D56DAD6CC18CC2DD", "항구소식" },
  };

  g_test_init (&argc, &argv, NULL);
  dra_formats_provide ();
  good_worker = g_strdup (g_getenv ("DRAMATIS_WORKER"));
  g_assert_nonnull (good_worker);
  g_assert_nonnull (g_getenv ("BAD_WORKER"));

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/confined/bad/", cases[i].deed, NULL);

      g_test_add_data_func (path, &cases[i], test_bad);
    }
  g_test_add_func ("/confined/bad/not", test_not_bad);
  g_test_add_func ("/confined/bad/time-limit", test_time_limit);
  g_test_add_func ("/confined/no-worker", test_no_worker);
  g_test_add_func ("/confined/same/fixtures", test_fixtures);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *path = g_strconcat ("/confined/same/", formats[i], NULL);

      g_test_add_data_func (path, formats[i], test_corpus);
    }
  for (guint i = 0; i < G_N_ELEMENTS (cjk); i++)
    {
      g_autofree char *path = g_strconcat ("/confined/cjk/", cjk[i][0], NULL);

      g_test_add_data_func (path, cjk[i], test_cjk);
    }
  g_test_add_func ("/confined/same/packed", test_packed);
  g_test_add_func ("/confined/text-in-process", test_text_in_process);
  g_test_add_func ("/confined/several", test_several);
  g_test_add_func ("/confined/spare", test_spare);
  g_test_add_func ("/confined/spare-ends", test_spare_ends);
  g_test_add_func ("/confined/cancel", test_cancel);
  g_test_add_func ("/confined/async", test_async);
  g_test_add_func ("/confined/extent", test_extent);

  return g_test_run ();
}
