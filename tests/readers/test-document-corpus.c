/* test-document-corpus.c: files that others made, of every format, against other tools.
 *
 * Every file has to open or to be refused in one sentence; the text is compared with what
 * another converter made of it, by token F1: bags of words in lower case, each character of
 * Chinese, Japanese and Korean a word.  Prints one table, a line a format, and asserts a
 * floor of each.  The other converter is no truth: that of RTF mistakes code pages and
 * leaves tables out, that of books leaves out what the table of contents calls a chapter.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <json-glib/json-glib.h>
#include <string.h>

#include "dra-test-readers.h"
#include "dra-test.h"
#include "readers/dra-formats.h"

typedef struct
{
  const char *folder;
  const char *as;         /* id of the reader */
  double      floor;      /* of the mean token F1 */
  double      titles;     /* floor of titles that are right, of those that are known */
  guint       max_failed; /* files that may be refused: encrypted, cut, scanned, no such file */
  gsize       least;      /* bytes of a text that is compared */
  gboolean    body;       /* compared without title and byline */
} Format;

static const Format formats[] = {
#ifdef DRA_HAVE_ARCHIVE
  { "docx", "docx", .98, 0, 7, 1 },
  { "epub", "epub", .92, 0, 1, 1 },
  { "odt", "odt", .94, 0, 5, 1 },
#endif
  { "fb2", "fb2", .91, 0, 0, 1 },
  { "rtf", "rtf", .79, 0, 1, 1 },
#ifdef DRA_HAVE_MAIL
  { "eml", "mail", .91, .9, 2, 20, TRUE },
  { "mhtml", "mhtml-page", .95, 0, 2, 20 },
#endif
#ifdef DRA_HAVE_PDF
  { "pdf", "pdf", .97, 0, 12, 200 },
#endif
#ifdef DRA_HAVE_MARKDOWN
  { "md", "markdown", 0, 0, 0, 1 },
#endif
};

/* What all files of a format come to. */
typedef struct
{
  guint  n_files;
  guint  n_failed;
  guint  n_scored;
  double sum;
  guint  n_known;   /* titles */
  guint  n_right;
  guint  n_titled;  /* files that got a title */
  guint  n_kinds[DRA_N_BLOCK_KINDS];
  guint  n_links;
  guint  n_notes;
  guint  n_images;
} Sums;

/* What a reader sees: list markers, numbers of footnotes and alternative texts as well. */
static char *
visible_text (DraArticle *article,
              gboolean    body)
{
  GString *all = g_string_new (NULL);
  const char *text = dra_article_get_text (article, NULL);
  guint n_blocks;
  const DraBlock *blocks = dra_article_get_blocks (article, &n_blocks);

  for (guint i = 0; i < n_blocks; i++)
    {
      if (body && i < 2 && (blocks[i].kind == DRA_BLOCK_TITLE || blocks[i].kind == DRA_BLOCK_BYLINE))
        continue;
      if (blocks[i].label != NULL && blocks[i].kind != DRA_BLOCK_TABLE_ROW)
        g_string_append_printf (all, "%s ", blocks[i].label);
      g_string_append_len (all, text + blocks[i].range.start, (gssize) dra_range_length (blocks[i].range));
      g_string_append_c (all, '\n');
    }

  return g_string_free (all, FALSE);
}

static void
count_structure (DraReading *reading,
                 Sums       *sums)
{
  guint n;
  const DraBlock *blocks = dra_article_get_blocks (reading->article, &n);
  const DraStyle *styles;

  for (guint i = 0; i < n; i++)
    sums->n_kinds[blocks[i].kind]++;
  styles = dra_article_get_styles (reading->article, &n);
  for (guint i = 0; i < n; i++)
    sums->n_links += styles[i].kind == DRA_STYLE_LINK;
  sums->n_titled += dra_article_get_metadata (reading->article, DRA_METADATA_TITLE) != NULL;
  sums->n_notes += reading->notes->len;
  sums->n_images += reading->images->len;
}

/* The subject of a mail, where the corpus has it in plain words. */
static char *
find_title (const char *path)
{
  g_autofree char *meta_path = g_strconcat (path, ".meta.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *object, *headers;
  const char *subject = NULL;

  if (!json_parser_load_from_file (parser, meta_path, NULL))
    return NULL;
  object = json_node_get_object (json_parser_get_root (parser));
  headers = json_object_has_member (object, "headers") ? json_object_get_object_member (object, "headers") : NULL;
  if (headers != NULL && json_object_has_member (headers, "Subject")
      && !json_object_get_null_member (headers, "Subject"))
    subject = json_object_get_string_member (headers, "Subject");

  return subject != NULL && *subject != '\0' && strstr (subject, "=?") == NULL && strchr (subject, '\n') == NULL
           ? g_strstrip (g_strdup (subject)) : NULL;
}

static void
read_one (const Format *format,
          const char   *folder,
          const char   *name,
          Sums         *sums)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *gold_path = g_strconcat (path, ".gold.txt", NULL);
  g_autofree char *title = find_title (path);
  g_autofree char *data = NULL;
  g_autofree char *gold = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DraReading) reading = NULL;
  gsize length;
  double f1;

  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  bytes = g_bytes_new_take (g_steal_pointer (&data), length);
  reading = dra_reader_registry_read_bytes (bytes, name, format->as, NULL, &error);
  sums->n_files++;
  if (reading == NULL)
    {
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, name));
      g_test_message ("%s: %s", format->folder, error->message);
      sums->n_failed++;
      return;
    }
  dra_test_check_article (reading->article);
  count_structure (reading, sums);
  if (title != NULL)
    {
      const char *found = dra_article_get_metadata (reading->article, DRA_METADATA_TITLE);

      sums->n_known++;
      sums->n_right += g_strcmp0 (found, title) == 0;
      if (g_strcmp0 (found, title) != 0)
        g_test_message ("%s: title \"%s\", not \"%s\"", name, found, title);
    }
  if (!g_file_get_contents (gold_path, &gold, &length, NULL) || length < format->least)
    return;
  text = visible_text (reading->article, format->body);
  f1 = dra_test_word_f1 (text, gold);
  sums->n_scored++;
  sums->sum += f1;
  if (f1 < .9)
    g_test_message ("%.3f %s", f1, name);
}

static void
print_sums (const Format *format,
            const Sums   *sums)
{
  g_test_message ("%-5s %3u files, %2u refused; F1 %.3f of %2u; titles %u, right %u of %u; headings %u, items %u, "
                  "rows %u, footnotes %u, links %u, images %u, notes %u",
                  format->folder, sums->n_files, sums->n_failed, sums->sum / MAX (sums->n_scored, 1), sums->n_scored,
                  sums->n_titled, sums->n_right, sums->n_known, sums->n_kinds[DRA_BLOCK_HEADING],
                  sums->n_kinds[DRA_BLOCK_LIST_ITEM], sums->n_kinds[DRA_BLOCK_TABLE_ROW],
                  sums->n_kinds[DRA_BLOCK_FOOTNOTE], sums->n_links, sums->n_images, sums->n_notes);
}

static void
test_format (gconstpointer data)
{
  const Format *format = data;
  g_autofree char *relative = g_build_filename ("corpus", "open", format->folder, NULL);
  g_autofree char *folder = dra_test_shared (relative);
  g_autoptr (GDir) dir = NULL;
  const char *name;
  Sums sums = { 0 };

  if (folder == NULL)
    return;
  dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (!g_str_has_suffix (name, ".gold.txt") && !g_str_has_suffix (name, ".meta.json"))
      read_one (format, folder, name, &sums);
  print_sums (format, &sums);
  g_assert_cmpuint (sums.n_files, >, 0);
  g_assert_cmpuint (sums.n_failed, <=, format->max_failed);
  g_assert_cmpfloat (sums.sum, >=, format->floor * sums.n_scored);
  g_assert_cmpfloat (sums.n_right, >=, format->titles * sums.n_known);
}

/* Any format, packed with gzip and under a name that says something else. */
static void
test_packed (void)
{
  static const struct { const char *file, *id; } rows[] = {
    { "documents/ferry.fb2", "fb2" }, { "documents/ferry.rtf", "rtf" },
#ifdef DRA_HAVE_ARCHIVE
    { "documents/ferry.fodt", "odt" },
#endif
#ifdef DRA_HAVE_MARKDOWN
    { "markdown/ferry.md", "markdown" },
#endif
  };
  static const char *const names[] = { "ferry.pdf.gz", "ferry.gz", "ferry", "ferry.doc", "ferry.html" };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *relative = g_build_filename ("tests", "fixtures", rows[i].file, NULL);
      g_autofree char *path = dra_test_source (relative);
      g_autoptr (GConverter) packer = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1));
      g_autofree char *data = NULL;
      g_autofree char *expected = NULL;
      g_autoptr (GBytes) plain = NULL;
      g_autoptr (GBytes) packed = NULL;
      g_autoptr (DraReading) reading = NULL;
      gsize length, n_read, n_written;

      g_assert_true (g_file_get_contents (path, &data, &length, NULL));
      plain = g_bytes_new (data, length);
      packed = g_bytes_new_take (g_malloc (length + 100), length + 100);
      g_assert_cmpint (g_converter_convert (packer, data, length, (gpointer) g_bytes_get_data (packed, NULL), length + 100,
                                            G_CONVERTER_INPUT_AT_END, &n_read, &n_written, NULL),
                       ==, G_CONVERTER_FINISHED);
      reading = dra_reader_registry_read_bytes (plain, path, rows[i].id, NULL, NULL);
      expected = dra_test_dump (reading->article);
      for (guint k = 0; k < G_N_ELEMENTS (names); k++)
        {
          g_autoptr (GBytes) part = g_bytes_new_from_bytes (packed, 0, n_written);
          g_autoptr (GError) error = NULL;
          g_autoptr (DraReading) one = dra_reader_registry_read_bytes (k < 2 ? part : plain, names[k], NULL, NULL, &error);
          g_autofree char *dump = NULL;

          g_assert_no_error (error);
          dump = dra_test_dump (one->article);
          g_assert_cmpstr (dump, ==, expected);
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dra_formats_provide ();

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *path = g_strconcat ("/documents/corpus/", formats[i].folder, NULL);

      g_test_add_data_func (path, &formats[i], test_format);
    }

  g_test_add_func ("/documents/packed", test_packed);

  return g_test_run ();
}
