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

#define BYTES(s) s, sizeof s - 1
#define ZIP "PK\3\4\24\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"

/* What is no article is named, if we know what it is. */
static void
test_formats (void)
{
  static const struct { const char *data; gsize length; const char *says; int code; } cases[] = {
    { BYTES (ZIP "\10\0\0\0readme.t"), "ZIP", DRA_ERROR_NOT_TEXT },
    { BYTES (ZIP "\13\0\0\0xl/workbook.xml"), "Excel", DRA_ERROR_NOT_TEXT },
    { BYTES ("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "PNG", DRA_ERROR_NOT_TEXT },
    { BYTES ("\xff\xd8\xff\xe0\0\20JFIF"), "JPEG", DRA_ERROR_NOT_TEXT },
    { BYTES ("\x7f" "ELF\2\1\1\0\0\0\0\0\0\0\0\0\3\0>\0"), "program", DRA_ERROR_NOT_TEXT },
    { BYTES ("SQLite format 3\0\20\0\1\1\0"), "SQLite", DRA_ERROR_NOT_TEXT },
    { BYTES ("\x1f\x8b\10\0\0\0\0\0\0\3KT"), "gzip", DRA_ERROR_DAMAGED },
    { BYTES ("<svg xmlns=\"http://www.w3.org/2000/svg\"><text>Anna Berg</text></svg>"), "SVG", DRA_ERROR_UNSUPPORTED },
    { BYTES ("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"), "password", DRA_ERROR_UNSUPPORTED },
    { BYTES ("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 W\0o\0r\0d\0"), "old version", DRA_ERROR_UNSUPPORTED },
    { BYTES ("\1\2\3\4\5\6\7\0\1\2\3\4\5\6\7\0\1\2\3"), "not text", DRA_ERROR_NOT_TEXT },
    { BYTES ("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), "not text", DRA_ERROR_NOT_TEXT },
  };

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

/* The content tells the format, under the name of another as well. */
static void
test_choice (void)
{
  static const struct { const char *data; gsize length; const char *id; } cases[] = {
    { BYTES ("%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"), "pdf" },
    { BYTES ("\0\0junk\n%PDF-1.7\n1 0 obj\n"), "pdf" },
    { BYTES ("{\\rtf1\\ansi Hello}"), "rtf" },
    { BYTES (ZIP "\10\0\0\0mimetypeapplication/epub+zipPK"), "epub" },
    { BYTES (ZIP "\26\0\0\0META-INF/container.xml"), "epub" },
    { BYTES (ZIP "\23\0\0\0[Content_Types].xmlxxxxPK\3\4\24\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\21\0\0\0word/document.xml"), "docx" },
    { BYTES (ZIP "\10\0\0\0mimetypeapplication/vnd.oasis.opendocument.textPK"), "odt" },
    { BYTES (ZIP "\10\0\0\0book.fb2"), "fb2" },
    { BYTES ("<!DOCTYPE html>\n<html><head><title>x</title></head><body><p>Hello</p></body></html>"), "html" },
    { BYTES ("<?xml version=\"1.0\"?>\n<!-- c -->\n<html xmlns=\"http://www.w3.org/1999/xhtml\"><body/></html>"), "html" },
    { BYTES ("\xff\xfe<\0h\0t\0m\0l\0>\0x\0<\0/\0h\0t\0m\0l\0>\0"), "html" },
    { BYTES ("<p align=center>Hello</p>"), "html" },
    { BYTES ("<html><head><meta content=\"Dramatis 1.0\" name=\"generator\"></head></html>"), "copy" },
    { BYTES ("<?xml version=\"1.0\"?><FictionBook xmlns=\"x\"><body/></FictionBook>"), "fb2" },
    { BYTES ("<!DOCTYPE article PUBLIC \"-//NLM//DTD JATS (Z39.96) v1.0//EN\" \"a.dtd\"><article><front/></article>"), "jats" },
    { BYTES ("<article dtd-version=\"1.2\"><front/></article>"), "jats" },
    { BYTES ("<article><h1>Hello</h1></article>"), "html" },
    { BYTES ("<?xml version=\"1.0\"?><!DOCTYPE nitf [<!ENTITY a \"]>\">]><nitf><body/></nitf>"), "nitf" },
    { BYTES ("<newsItem xmlns=\"http://iptc.org/std/nar/2006-10-01/\"/>"), "newsml" },
    { BYTES ("<office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\"/>"), "odt" },
    { BYTES ("<t:TEI xmlns:t=\"http://www.tei-c.org/ns/1.0\"/>"), "tei" },
    { BYTES ("<rss version=\"2.0\"><channel/></rss>"), "feed" },
    { BYTES ("<feed xmlns=\"http://www.w3.org/2005/Atom\"/>"), "feed" },
    { BYTES ("<rdf:RDF xmlns:rdf=\"r\" xmlns=\"http://purl.org/rss/1.0/\"/>"), "feed" },
    { BYTES ("Return-Path: <a@b>\r\nFrom: a@b\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nbody\r\n"), "mail" },
    { BYTES ("From anna@example.org Mon Jan  1 10:00:00 2024\nFrom: a@b\nSubject: x\n\nbody\n"), "mail" },
    { BYTES ("From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n boundary=b\r\n\r\n"), "mhtml" },
    { BYTES ("To: b@a\r\nReceived: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"), "mail" },
    { BYTES ("---\ntitle: A\n---\n# A\n\nSee **this** and [that](http://example.org).\n"), "markdown" },
  };
  static const char *const names[] = { "a", "a.txt", "a.html", "a.pdf", "a.docx", "a.md", "a.eml", "a.xml" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint k = 0; k < G_N_ELEMENTS (names); k++)
      {
        g_autoptr (GBytes) bytes = g_bytes_new_static (cases[i].data, cases[i].length);
        g_autoptr (GError) error = NULL;
        const DraReader *reader = dra_reader_registry_choose (bytes, names[k], NULL, &error);

        g_assert_no_error (error);
        /* Where Markdown may hold such a tag. */
        if ((g_str_has_prefix (cases[i].data, "<p") && strcmp (names[k], "a.md") == 0)
            || (g_str_has_prefix (cases[i].data, "<article><h1") && strcmp (names[k], "a.md") == 0))
          continue;
        g_assert_cmpstr (reader->id, ==, cases[i].id);
      }
}

/* Where the content leaves a choice, the name decides. */
static void
test_ties (void)
{
  static const struct { const char *data, *name, *id; } cases[] = {
    { "From: Jane\nSubject: The ferry\n\nIt is late.\n", "a.eml", "mail" },
    { "From: Jane\nSubject: The ferry\n\nIt is late.\n", "a.txt", "text" },
    { "From: Jane\nSubject: The ferry\n\nIt is late.\n", "a", "text" },
    { "Hello <b>there</b>.\n", "a.htm", "html" },
    { "Hello <b>there</b>.\n", "a.htm.gz", "html" },
    { "Hello <b>there</b>.\n", "a", "text" },
    { "# A heading\n\nText.\n", "a.MD", "markdown" },
    { "# A heading\n\nText.\n", "a.txt", "text" },
    { "# A heading\n\n**Text** and [more](b.html).\n", "a.txt", "text" },
    { "# A heading\n\n**Text** and [more](b.html).\n", "a", "markdown" },
    { "# A heading\n\n**Text** and [more](b.html).\n\n```\ncode\n```\n", "a.txt", "markdown" },
    { "---\ntitle: A\n---\n# A\n\nSee <b>this</b></br> and [that](b.html).\n", "a.html", "markdown" },
    { "<div>\n\n# A heading\n", "a.md", "markdown" },
    { "<div>\n\n# A heading\n", "a.txt", "html" },
    { "{\\pard Hello}\n", "a.rtf", "rtf" },
    { "Hello there.\n", "a.pdf", "text" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (cases[i].data, strlen (cases[i].data));
      g_autoptr (GError) error = NULL;

      g_assert_cmpstr (dra_reader_registry_choose (bytes, cases[i].name, NULL, &error)->id, ==, cases[i].id);
      g_assert_no_error (error);
    }
}

static GBytes *
pack (const char *data,
      gsize       length)
{
  g_autoptr (GConverter) converter = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  g_autoptr (GInputStream) plain = g_memory_input_stream_new_from_data (data, length, NULL);
  g_autoptr (GInputStream) stream = g_converter_input_stream_new (plain, converter);
  g_autoptr (GOutputStream) packed = g_memory_output_stream_new_resizable ();

  g_output_stream_splice (packed, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, NULL);

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (packed));
}

static void
check_packed (GBytes     *bytes,
              const char *name,
              int         code,
              const char *says)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (dra_reader_registry_read_bytes (bytes, name, NULL, NULL, &error));
  g_assert_error (error, DRA_ERROR, code);
  check_sentence (error, name);
  g_assert_nonnull (strstr (error->message, says));
}

static void
test_packed (void)
{
  g_autoptr (GBytes) once = pack (text, strlen (text));
  g_autoptr (GBytes) twice = pack (g_bytes_get_data (once, NULL), g_bytes_get_size (once));
  g_autoptr (GBytes) nothing = pack ("", 0);
  g_autoptr (GBytes) half = g_bytes_new_from_bytes (once, 0, g_bytes_get_size (once) / 2);
  g_autofree char *zeros = g_malloc0 (64 * 1024 * 1024);
  g_autoptr (GBytes) bomb = pack (zeros, 64 * 1024 * 1024);
  g_autoptr (GByteArray) two = g_byte_array_new ();
  g_autoptr (GBytes) parts = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DraReading) reading = dra_reader_registry_read_bytes (once, "a.txt.gz", NULL, NULL, &error);
  g_autoptr (DraReading) both = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (dra_article_get_title (reading->article), ==, "A Title of Five Words");
  check_packed (twice, "a.gz.gz", DRA_ERROR_NOT_TEXT, "more than once");
  check_packed (nothing, "a.gz", DRA_ERROR_EMPTY, "empty");
  check_packed (half, "a.gz", DRA_ERROR_DAMAGED, "damaged");
  check_packed (bomb, "a.gz", DRA_ERROR_TOO_LARGE, "more than");

  /* Two packed files in one are one text. */
  for (guint i = 0; i < 2; i++)
    g_byte_array_append (two, g_bytes_get_data (once, NULL), g_bytes_get_size (once));
  parts = g_byte_array_free_to_bytes (g_steal_pointer (&two));
  both = dra_reader_registry_read_bytes (parts, "a.gz", "lines", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (dra_article_get_text (both->article, NULL)), ==, 2 * strlen (text));
}

/* A format that nothing here reads, and one that something else reads as well. */
static void
test_unprovided (void)
{
  guint n;
  const DraReader *const *readers = dra_reader_registry_list (&n);
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (DraReading) reading = NULL;

      if (readers[i]->read != NULL)
        continue;
      reading = dra_reader_registry_read_bytes (bytes, "thing.txt", readers[i]->id, NULL, &error);
      if (readers[i]->fallback != NULL)
        g_assert_nonnull (reading);
      else
        {
          g_assert_error (error, DRA_ERROR, DRA_ERROR_UNSUPPORTED);
          check_sentence (error, "thing.txt");
          g_assert_nonnull (strstr (error->message, readers[i]->what));
        }
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
  g_test_add_func ("/registry/choice", test_choice);
  g_test_add_func ("/registry/ties", test_ties);
  g_test_add_func ("/registry/packed", test_packed);
  g_test_add_func ("/registry/unprovided", test_unprovided);
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
