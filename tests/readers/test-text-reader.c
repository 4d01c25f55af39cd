/* test-text-reader.c: what the plain text reader makes of every kind of text.
 *
 * tests/fixtures/text holds texts (NAME) beside what they must become (NAME.expected, see
 * dra_test_dump()); set DRAMATIS_UPDATE_EXPECTED to write the latter anew, then read the
 * difference with care.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "dra-test.h"
#include "dra-test-readers.h"

#include <string.h>

#include "readers/dra-load.h"

static void
check_letters (GBytes     *bytes,
               DraArticle *article,
               const char *what)
{
  g_autofree char *difference = dra_test_find_lost_letters (bytes, article);

  if (difference != NULL)
    g_test_fail_printf ("%s: letters differ: %s", what, difference);
}

static void
check_fixture (const char *folder,
               const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *expected_path = g_strconcat (path, ".expected", NULL);
  g_autofree char *expected = NULL;
  g_autofree char *dump = NULL;
  g_autofree char *data = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (DraReading) reading = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize length;

  reading = dra_reader_registry_read (file, NULL, NULL, &error);
  g_assert_no_error (error);
  dra_test_check_article (reading->article);
  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  bytes = g_bytes_new (data, length);
  check_letters (bytes, reading->article, name);

  dump = dra_test_dump (reading->article);
  if (g_getenv ("DRAMATIS_UPDATE_EXPECTED") != NULL)
    g_file_set_contents (expected_path, dump, -1, NULL);
  g_file_get_contents (expected_path, &expected, NULL, &error);
  g_assert_no_error (error);
  if (strcmp (dump, expected) != 0)
    {
      g_test_message ("%s became\n%s", name, dump);
      g_test_fail_printf ("%s is not what it was expected to be", name);
    }
}

static void
test_fixtures (void)
{
  g_autofree char *folder = dra_test_source ("tests/fixtures/text");
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (!g_str_has_suffix (name, ".expected"))
      {
        check_fixture (folder, name);
        n++;
      }
  g_assert_cmpuint (n, >=, 20);
}

/* The same text with every kind of line end, with and without one at its end. */
static void
test_line_ends (void)
{
  static const char *const ends[] = {
    "\r\n", "\r", "\302\205", "\342\200\250", "\342\200\251", "\v", "\f", "\n\r",
  };
  const char *text = "A Title of Three Words\n\nThe first paragraph is a sentence that has no end.\n\n"
                     "The second paragraph is one too, and it is longer than the first one.\n";
  g_autoptr (DraReading) reference = dra_test_read (text, -1, NULL);
  g_autofree char *expected = dra_test_dump (reference->article);

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    for (guint final = 0; final < 2; final++)
      {
        g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
        g_autofree char *other = g_strjoinv (ends[i], lines);
        g_autofree char *dump = NULL;
        g_autoptr (DraReading) reading = NULL;

        if (final == 1)
          other[strlen (other) - strlen (ends[i])] = '\0';
        reading = dra_test_read (other, -1, NULL);
        dump = dra_test_dump (reading->article);
        g_assert_cmpstr (dump, ==, expected);
      }
}

static void
test_controls (void)
{
  static const char text[] = "A Title\n\nAnna Ber\0g of \001Acme\033 Hold\177ings\302\200 spoke in Os\0lo.\n\0\0\0tail";
  g_autoptr (DraReading) reading = dra_test_read (text, sizeof text - 1, NULL);

  g_assert_nonnull (strstr (dra_article_get_text (reading->article, NULL), "Anna Berg of Acme Holdings spoke in Oslo."));
  g_assert_nonnull (strstr (dra_article_get_text (reading->article, NULL), "tail"));
}

static void
test_titles (void)
{
  static const struct { const char *text; const char *title; } cases[] = {
    { "Storm Hits Coast\n\nThe storm hit the coast on Monday, officials said.\n", "Storm Hits Coast" },
    { "Storm Hits Coast, Kills 2 in U.S.\n\nThe storm hit the coast on Monday.\n", "Storm Hits Coast, Kills 2 in U.S." },
    { "Who Paid for the Bridge?\n\nThe storm hit the coast on Monday.\n", "Who Paid for the Bridge?" },
    { "Storm hit the coast.\n\nThe storm hit the coast on Monday.\n", NULL },
    { "Storm Hits Coast\n", NULL },
    { "Anna\n\nBob\n\nCarl\n", NULL },
    { "- a list\n\nThe storm hit the coast on Monday.\n", NULL },
    { "> a quotation\n\nThe storm hit the coast on Monday.\n", NULL },
    { "STORM\n=====\nx\n", "STORM" },
    { "storm in lower case\n===================\n\nThe storm hit the coast.\n", "storm in lower case" },
    { "iPhone Sales Fall\n\nThe company sold fewer telephones, it said.\n", "iPhone Sales Fall" },
    { "\n\n   Storm Hits Coast   \n\n\n\nThe storm hit the coast on Monday.\n", "Storm Hits Coast" },
    { "March 3, 2024\n\nStorm Hits Coast\n\nThe storm hit the coast on Monday.\n", "Storm Hits Coast" },
    { "12345 67890\n\nThe storm hit the coast on Monday.\n", NULL },
    { "\346\270\257\347\224\272\n\n\346\270\257\347\224\272\343\201\253\345\270\202\345\240\264\343\201\214\351\226\213\343\201\213\343\202\214\343\201\237\343\200\202\n", "\346\270\257\347\224\272" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DraReading) reading = dra_test_read (cases[i].text, -1, NULL);
      guint n_blocks;
      const DraBlock *blocks = dra_article_get_blocks (reading->article, &n_blocks);
      guint n_titles = 0;

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (dra_article_get_title (reading->article), ==, cases[i].title);
      for (guint k = 0; k < n_blocks; k++)
        n_titles += blocks[k].kind == DRA_BLOCK_TITLE;
      g_assert_cmpuint (n_titles, ==, cases[i].title != NULL);
    }
}

static void
test_bylines (void)
{
  static const struct { const char *line; const char *byline; } cases[] = {
    { "By Jane Doe", "Jane Doe" },
    { "By JANE DOE, Staff Writer", "JANE DOE, Staff Writer" },
    { "BY JANE DOE AND JOHN ROE", "JANE DOE AND JOHN ROE" },
    { "By Jane Doe and John Roe", "Jane Doe and John Roe" },
    { "By Jane Doe | March 3, 2024", "Jane Doe" },
    { "By Ludwig van Beethoven Jr.", "Ludwig van Beethoven Jr." },
    { "By The Associated Press", "The Associated Press" },
    { "By Reuters", "Reuters" },
    { "By Jane Roe1,2, John Doe3 and Amy Lund2*", "Jane Roe, John Doe and Amy Lund*" },
    { "By lampfan99", "lampfan99" },
    { "By Lampfan99", "Lampfan99" },
    { "By Jos\303\251 \303\201lvarez", "Jos\303\251 \303\201lvarez" },
    { "Written by Jane Doe", "Jane Doe" },
    { "Von Anna Schmidt", "Anna Schmidt" },
    { "Par Jean Dupont", "Jean Dupont" },
    { "By the time the storm had passed, two houses were gone.", NULL },
    { "By Monday it was over.", NULL },
    { "Von hier an ging es bergab", NULL },
    { "By and large", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat ("Storm Hits Coast\n\n", cases[i].line,
                                           "\n\nThe storm hit the coast on Monday.\n", NULL);
      g_autoptr (DraReading) reading = dra_test_read (text, -1, NULL);

      g_test_message ("%s", cases[i].line);
      g_assert_cmpstr (dra_article_get_metadata (reading->article, DRA_METADATA_BYLINE), ==, cases[i].byline);
    }
}

static void
test_long_paragraphs (void)
{
  GString *text = g_string_new ("A Title\n\n");
  g_autoptr (DraReading) reading = NULL;
  guint n_blocks;
  const DraBlock *blocks;

  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (text, "This is sentence number %u of one long line. ", i);
  g_string_append_c (text, '\n');
  for (guint i = 0; i < 100000; i++)
    g_string_append (text, "\303\251x");
  reading = dra_test_read (text->str, text->len, NULL);
  blocks = dra_article_get_blocks (reading->article, &n_blocks);
  g_assert_cmpuint (n_blocks, >=, 30);
  for (guint i = 0; i < n_blocks; i++)
    g_assert_cmpuint (dra_range_length (blocks[i].range), <=, 21 * 1024);
  /* Cut behind sentences, as long as there are some. */
  for (guint i = 1; i < 10; i++)
    g_assert_cmpint (dra_article_get_text (reading->article, NULL)[blocks[i].range.end - 1], ==, '.');
  {
    g_autoptr (GBytes) bytes = g_bytes_new (text->str, text->len);

    check_letters (bytes, reading->article, "long paragraphs");
  }
  g_string_free (text, TRUE);
}

/* One group of many more lines than are held at a time. */
static void
test_no_blank_lines (void)
{
  GString *text = g_string_new (NULL);
  g_autoptr (DraReading) reading = NULL;
  g_autoptr (GBytes) bytes = NULL;
  guint n_blocks;
  const DraBlock *blocks;

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (text,
                            "   Paragraph %05u begins with an indented line and goes on, for want\n"
                            "of room, in a second line that is as long as the first one is, and\n"
                            "it ends here.\n", i);
  reading = dra_test_read (text->str, text->len, NULL);
  blocks = dra_article_get_blocks (reading->article, &n_blocks);
  g_assert_cmpuint (n_blocks, ==, 20000);
  for (guint i = 0; i < n_blocks; i++)
    g_assert_true (g_str_has_prefix (dra_article_get_text (reading->article, NULL) + blocks[i].range.start, "Paragraph "));
  bytes = g_bytes_new (text->str, text->len);
  check_letters (bytes, reading->article, "no blank lines");
  g_string_free (text, TRUE);
}

static void
check_lines (const char *data,
             gsize       length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (DraReading) reading = dra_reader_registry_read_bytes (bytes, "x", "lines", NULL, &error);
  gsize n;
  const char *text;

  g_assert_no_error (error);
  text = dra_article_get_text (reading->article, &n);
  g_assert_cmpuint (n, ==, length);
  g_assert_true (g_utf8_validate_len (text, n, NULL));
  for (gsize i = 0; i < n; i++)
    if (text[i] != data[i])
      g_assert_true (text[i] == ' ' || text[i] == '?');
}

static void
test_lines (void)
{
  static const char data[] = "\357\273\277First  line \n\n\tSecond\r\nA\0B\001\377\302x\342\202 caf\303\251 \302\205\n\n\n";
  g_autoptr (DraReading) lines = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static ("One\nTwo  words\n\nThree\n", 22);
  guint n_blocks;
  const DraBlock *blocks;

  lines = dra_reader_registry_read_bytes (bytes, "x", "lines", NULL, NULL);
  g_assert_cmpstr (dra_article_get_text (lines->article, NULL), ==, "One\nTwo  words\n\nThree\n");
  blocks = dra_article_get_blocks (lines->article, &n_blocks);
  g_assert_cmpuint (n_blocks, ==, 3);
  g_assert_cmpuint (blocks[1].range.start, ==, 4);
  g_assert_cmpuint (blocks[1].range.end, ==, 14);
  g_assert_cmpint (blocks[2].kind, ==, DRA_BLOCK_PARAGRAPH);
  check_lines (data, sizeof data - 1);
}

static void
check_file (GFile    *file,
            gboolean  letters,
            guint    *n_articles,
            guint    *n_refused)
{
  g_autofree char *name = dra_load_display_name (file);
  g_autoptr (GError) error = NULL;
  g_autoptr (DraReading) reading = dra_reader_registry_read (file, NULL, NULL, &error);
  g_autoptr (GBytes) bytes = NULL;

  if (reading != NULL)
    {
      dra_test_check_article (reading->article);
      (*n_articles)++;
    }
  else
    {
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, name));
      g_assert_null (strchr (error->message, '\n'));
      g_assert_true (g_str_has_suffix (error->message, "."));
      (*n_refused)++;
    }

  bytes = dra_load_file (file, NULL, NULL);
  if (bytes == NULL || g_bytes_get_size (bytes) == 0)
    return;
  if (reading != NULL && letters && !dra_load_is_packed (bytes))
    check_letters (bytes, reading->article, name);
  {
    g_autoptr (DraReading) lines = dra_reader_registry_read_bytes (bytes, name, "lines", NULL, NULL);

    if (lines != NULL && !dra_load_is_packed (bytes))
      check_lines (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  }
}

/* Real files: an article that keeps the rules, or one sentence. */
static void
check_folder (const char *path,
              gboolean    letters,
              guint       least)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint n_articles = 0, n_refused = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file_path = g_build_filename (path, name, NULL);
      g_autoptr (GFile) file = g_file_new_for_path (file_path);

      check_file (file, letters, &n_articles, &n_refused);
    }
  g_test_message ("%u articles, %u refused", n_articles, n_refused);
  g_assert_cmpuint (n_articles, >=, least);
}

static void
check_shared_folder (const char *relative,
                     gboolean    letters,
                     guint       least)
{
  g_autofree char *path = dra_test_shared (relative);

  if (path != NULL)
    check_folder (path, letters, least);
}

/* The files that the shared script makes: hostile content of every format, and names,
 * links and pipes that are traps. */
static void
test_corpus_generated (void)
{
  g_autofree char *script = dra_test_shared ("corpus/scripts/gen_hostile.py");
  g_autofree char *traps = NULL;
  char *folder;
  int status;

  if (script == NULL)
    return;
  folder = dra_test_mkdtemp ();
  {
    const char *argv[] = { "python3", script, folder, "--fs", NULL };

    if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL,
                       NULL, NULL, NULL, NULL, &status, NULL) || status != 0)
      g_test_skip ("python3 did not make the files");
    else
      {
        traps = g_build_filename (folder, "fs", NULL);
        check_folder (folder, TRUE, 50);
        check_folder (traps, TRUE, 10);
      }
  }
  dra_test_rmtree (folder);
}

static void
test_corpus_text (void)
{
  check_shared_folder ("corpus/open/txt", TRUE, 200);
}

static void
test_corpus_hostile (void)
{
  check_shared_folder ("corpus/open/hostile", FALSE, 50);
}

static void
test_corpus_markdown (void)
{
  check_shared_folder ("corpus/open/md", TRUE, 50);
}

static void
test_seed (void)
{
  g_autofree char *path = dra_test_shared ("corpus/seed/cartels.txt");
  g_autoptr (GFile) file = NULL;
  g_autoptr (DraReading) reading = NULL;
  guint n_blocks;
  const DraBlock *blocks;

  if (path == NULL)
    return;
  file = g_file_new_for_path (path);
  reading = dra_reader_registry_read (file, NULL, NULL, NULL);
  g_assert_nonnull (reading);
  g_assert_cmpstr (dra_article_get_title (reading->article), ==,
                   "Mexican Opposition Leader Urges U.S. Cooperation Against Cartels");
  blocks = dra_article_get_blocks (reading->article, &n_blocks);
  g_assert_cmpuint (n_blocks, ==, 8);
  g_assert_cmpint (blocks[0].kind, ==, DRA_BLOCK_TITLE);
  for (guint i = 1; i < n_blocks; i++)
    g_assert_cmpint (blocks[i].kind, ==, DRA_BLOCK_PARAGRAPH);
}

/* Damaged copies of the fixtures, the same ones each time. */
static void
test_mutations (void)
{
  static const guint8 nasty[] = { 0, '\n', '\r', '\t', ' ', '>', '-', '*', '=', '#', '|', '`', 0x0C, 0x1B, 0x80,
                                  0xC2, 0xE2, 0xEF, 0xFE, 0xFF, '1', '.', ')' };
  g_autofree char *folder = dra_test_source ("tests/fixtures/text");
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GRand *rand = g_rand_new_with_seed (20240303);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *data = NULL;
      gsize length;

      if (g_str_has_suffix (name, ".expected"))
        continue;
      g_assert_true (g_file_get_contents (path, &data, &length, NULL));
      for (guint round = 0; round < 80; round++)
        {
          g_autofree char *copy = g_memdup2 (data, length);
          guint n = 1 + g_rand_int_range (rand, 0, 12);
          gsize kept = round % 5 == 0 ? (gsize) g_rand_int_range (rand, 1, (gint32) length) : length;
          g_autoptr (GBytes) bytes = NULL;
          g_autoptr (DraReading) reading = NULL;
          g_autoptr (GError) error = NULL;

          while (n-- > 0)
            copy[g_rand_int_range (rand, 0, (gint32) length)] =
              (char) (g_rand_boolean (rand) ? nasty[g_rand_int_range (rand, 0, G_N_ELEMENTS (nasty))]
                                            : g_rand_int_range (rand, 0, 256));
          bytes = g_bytes_new (copy, kept);
          reading = dra_reader_registry_read_bytes (bytes, "x.txt", round % 3 == 0 ? "text" : NULL, NULL, &error);
          if (reading == NULL)
            g_assert_nonnull (error);
          else
            {
              dra_test_check_article (reading->article);
              check_letters (bytes, reading->article, name);
            }
        }
    }
  g_rand_free (rand);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text-reader/fixtures", test_fixtures);
  g_test_add_func ("/text-reader/line-ends", test_line_ends);
  g_test_add_func ("/text-reader/controls", test_controls);
  g_test_add_func ("/text-reader/titles", test_titles);
  g_test_add_func ("/text-reader/bylines", test_bylines);
  g_test_add_func ("/text-reader/long-paragraphs", test_long_paragraphs);
  g_test_add_func ("/text-reader/no-blank-lines", test_no_blank_lines);
  g_test_add_func ("/text-reader/lines", test_lines);
  g_test_add_func ("/text-reader/seed", test_seed);
  g_test_add_func ("/text-reader/corpus-text", test_corpus_text);
  g_test_add_func ("/text-reader/corpus-markdown", test_corpus_markdown);
  g_test_add_func ("/text-reader/corpus-hostile", test_corpus_hostile);
  g_test_add_func ("/text-reader/corpus-generated", test_corpus_generated);
  g_test_add_func ("/text-reader/mutations", test_mutations);

  return g_test_run ();
}
