/* test-article-builder.c: whatever a reader does, the text rules hold.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "article/dra-article-builder.h"

#define BREAK "\342\200\250"
#define IMAGE "\357\277\274"

typedef DraArticleBuilder Builder;

static void
begin (Builder     *builder,
       DraBlockKind kind)
{
  dra_article_builder_begin_block (builder, kind, 0, NULL);
}

static void
add (Builder    *builder,
     const char *text)
{
  dra_article_builder_add_text (builder, text, -1);
}

static void
check_text (Builder    *builder,
            const char *expected)
{
  g_autoptr (DraArticle) article = dra_article_builder_build (builder);

  g_assert_cmpstr (dra_article_get_text (article, NULL), ==, expected);
}

static void
test_empty (void)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  g_autoptr (DraArticle) article = NULL;
  guint n;

  dra_article_builder_free (dra_article_builder_new ());
  dra_article_builder_free (NULL);
  begin (builder, DRA_BLOCK_PARAGRAPH);
  add (builder, " \n\t ");
  g_assert_false (dra_article_builder_end_block (builder));
  g_assert_false (dra_article_builder_end_block (builder));
  begin (builder, DRA_BLOCK_PREFORMATTED);
  add (builder, "  \n \n");
  article = dra_article_builder_build (builder);
  g_assert_cmpstr (dra_article_get_text (article, NULL), ==, "");
  dra_article_get_blocks (article, &n);
  g_assert_cmpuint (n, ==, 0);
  dra_article_get_styles (article, &n);
  g_assert_cmpuint (n, ==, 0);
  g_assert_cmpint (dra_article_find_block (article, 0), ==, -1);
  g_assert_cmpuint (dra_article_count_words (article), ==, 0);
}

static void
test_white_space (void)
{
  static const struct { const char *pieces[5]; const char *text; } cases[] = {
    { { "  a  b\t\nc ", NULL }, "a b c" },
    { { "a ", " b", NULL }, "a b" },
    { { "a", " ", " ", "b", NULL }, "a b" },
    { { "a\r\nb\rc\vd\fe", NULL }, "a b c d e" },
    { { "a\302\205b\342\200\250c\342\200\251d", NULL }, "a b c d" },
    { { "a\302\240 b", NULL }, "a\302\240 b" },
    { { "\302\240a", NULL }, "\302\240a" },
    { { "a  ", NULL }, "a" },
    { { "one two  three", " four", NULL }, "one two three four" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();

      begin (builder, DRA_BLOCK_PARAGRAPH);
      for (guint k = 0; cases[i].pieces[k] != NULL; k++)
        add (builder, cases[i].pieces[k]);
      check_text (builder, cases[i].text);
    }
}

static void
test_forbidden (void)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  g_autoptr (GString) all = g_string_new ("x");
  static const char zeros[] = "a\0b\0\0c";

  for (gunichar c = 1; c < 0xA0; c++)
    if ((c < 0x09 || c > 0x0D) && (c < 0x20 || c >= 0x7F) && c != 0x85)
      g_string_append_unichar (all, c);
  g_string_append_unichar (all, 0xFFFE);
  g_string_append_unichar (all, 0x1FFFF);
  g_string_append_unichar (all, 0xFDD0);
  g_string_append_unichar (all, 0xFFFC);
  g_string_append (all, "y");
  begin (builder, DRA_BLOCK_PARAGRAPH);
  add (builder, all->str);
  dra_article_builder_add_text (builder, zeros, sizeof zeros - 1);
  add (builder, "\377 caf\351 \355\240\200.");
  check_text (builder, "xyabc\357\277\275 caf\357\277\275 \357\277\275\357\277\275\357\277\275.");
}

static void
test_preformatted (void)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();

  begin (builder, DRA_BLOCK_PREFORMATTED);
  add (builder, "  a\tb\r\n\r\nc  d\n");
  dra_article_builder_add_break (builder);
  add (builder, "\te  ");
  begin (builder, DRA_BLOCK_PARAGRAPH);
  add (builder, "f");
  dra_article_builder_add_break (builder);
  add (builder, "  g");
  dra_article_builder_add_break (builder);
  check_text (builder, "  a     b" BREAK BREAK "c  d" BREAK BREAK "        e\nf" BREAK "g");
}

static void
test_blocks (void)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  g_autoptr (DraArticle) article = NULL;
  const DraBlock *blocks;
  guint n;

  add (builder, "No block begun");
  begin (builder, DRA_BLOCK_HEADING);
  dra_article_builder_begin_block (builder, DRA_BLOCK_LIST_ITEM, 2, " 3.\n ");
  add (builder, "item");
  dra_article_builder_add_image (builder, "A ferry\non a river");
  dra_article_builder_add_image (builder, NULL);
  dra_article_builder_begin_block (builder, DRA_BLOCK_CAPTION, 0, NULL);
  add (builder, "caption " IMAGE);
  article = dra_article_builder_build (builder);

  g_assert_cmpstr (dra_article_get_text (article, NULL), ==,
                   "No block begun\nitem\n" IMAGE "\n" IMAGE "\ncaption");
  blocks = dra_article_get_blocks (article, &n);
  g_assert_cmpuint (n, ==, 5);
  g_assert_cmpint (blocks[0].kind, ==, DRA_BLOCK_PARAGRAPH);
  g_assert_cmpint (blocks[1].kind, ==, DRA_BLOCK_LIST_ITEM);
  g_assert_cmpuint (blocks[1].level, ==, 2);
  g_assert_cmpstr (blocks[1].label, ==, "3.");
  g_assert_cmpstr (blocks[2].label, ==, "A ferry on a river");
  g_assert_cmpstr (blocks[3].label, ==, NULL);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpint (dra_article_find_block (article, blocks[i].range.start), ==, (int) i);
      g_assert_cmpint (dra_article_find_block (article, blocks[i].range.end), ==, (int) i);
    }
}

static void
check_style (DraArticle  *article,
             guint        i,
             DraStyleKind kind,
             const char  *text,
             const char  *target)
{
  guint n;
  const DraStyle *styles = dra_article_get_styles (article, &n);
  g_autofree char *found = NULL;

  g_assert_cmpuint (i, <, n);
  found = dra_article_dup_range (article, styles[i].range);
  g_assert_cmpint (styles[i].kind, ==, kind);
  g_assert_cmpstr (found, ==, text);
  g_assert_cmpstr (styles[i].target, ==, target);
}

static void
test_table (void)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  g_autoptr (DraArticle) article = NULL;
  const DraBlock *blocks;
  guint n;

  dra_article_builder_begin_block (builder, DRA_BLOCK_TABLE_ROW, 1, "first");
  add (builder, " Town\tname ");
  dra_article_builder_next_cell (builder);
  add (builder, " Mayor");
  dra_article_builder_add_break (builder);
  add (builder, "since ");
  dra_article_builder_next_cell (builder);
  begin (builder, DRA_BLOCK_TABLE_ROW);
  dra_article_builder_next_cell (builder);
  add (builder, "Ilse Brandt");
  begin (builder, DRA_BLOCK_TABLE_ROW);
  dra_article_builder_next_cell (builder);
  dra_article_builder_next_cell (builder);
  g_assert_false (dra_article_builder_end_block (builder));
  dra_article_builder_add_image (builder, "The quay");
  dra_article_builder_set_source (builder, "quay.png");
  begin (builder, DRA_BLOCK_FOOTNOTE);
  add (builder, "See the map.");

  article = dra_article_builder_build (builder);
  g_assert_cmpstr (dra_article_get_text (article, NULL), ==,
                   "Town name\tMayor since\n\tIlse Brandt\n" IMAGE "\nSee the map.");
  blocks = dra_article_get_blocks (article, &n);
  g_assert_cmpuint (n, ==, 4);
  g_assert_cmpstr (blocks[0].label, ==, "first");
  g_assert_cmpstr (blocks[2].source, ==, "quay.png");
  g_assert_null (blocks[3].source);
}

static void
test_styles (void)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  g_autoptr (DraArticle) article = NULL;
  guint n;

  begin (builder, DRA_BLOCK_PARAGRAPH);
  add (builder, "plain ");
  dra_article_builder_begin_style (builder, DRA_STYLE_STRONG, NULL);
  add (builder, " strong ");
  dra_article_builder_begin_style (builder, DRA_STYLE_LINK, "https://news.example/");
  add (builder, "link");
  dra_article_builder_end_style (builder, DRA_STYLE_LINK);
  add (builder, " on ");
  begin (builder, DRA_BLOCK_PARAGRAPH);
  add (builder, "and on ");
  dra_article_builder_end_style (builder, DRA_STYLE_STRONG);
  dra_article_builder_end_style (builder, DRA_STYLE_STRONG);
  dra_article_builder_begin_style (builder, DRA_STYLE_CODE, NULL);
  add (builder, "  ");
  dra_article_builder_end_style (builder, DRA_STYLE_CODE);
  add (builder, "end");
  dra_article_builder_begin_style (builder, DRA_STYLE_EMPHASIS, NULL);
  article = dra_article_builder_build (builder);

  g_assert_cmpstr (dra_article_get_text (article, NULL), ==, "plain strong link on\nand on end");
  dra_article_get_styles (article, &n);
  g_assert_cmpuint (n, ==, 3);
  check_style (article, 0, DRA_STYLE_STRONG, "strong link on", NULL);
  check_style (article, 1, DRA_STYLE_LINK, "link", "https://news.example/");
  check_style (article, 2, DRA_STYLE_STRONG, "and on", NULL);
}

static void
test_metadata (void)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  g_autoptr (DraArticle) article = NULL;

  dra_article_builder_set_metadata (builder, DRA_METADATA_BYLINE, "first");
  dra_article_builder_set_metadata (builder, DRA_METADATA_BYLINE, " Jane \r\n Doe\001 ");
  dra_article_builder_set_metadata (builder, DRA_METADATA_SITE, "x");
  dra_article_builder_set_metadata (builder, DRA_METADATA_SITE, " \t");
  dra_article_builder_set_metadata (builder, DRA_METADATA_LANGUAGE, "x");
  dra_article_builder_set_metadata (builder, DRA_METADATA_LANGUAGE, NULL);
  dra_article_builder_set_metadata (builder, DRA_METADATA_TITLE, "bad \377");
  article = dra_article_builder_build (builder);
  g_assert_cmpstr (dra_article_get_metadata (article, DRA_METADATA_BYLINE), ==, "Jane Doe");
  g_assert_cmpstr (dra_article_get_metadata (article, DRA_METADATA_SITE), ==, NULL);
  g_assert_cmpstr (dra_article_get_metadata (article, DRA_METADATA_LANGUAGE), ==, NULL);
  g_assert_cmpstr (dra_article_get_title (article), ==, "bad \357\277\275");
}

static void
test_exact (void)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  g_autoptr (DraArticle) article = NULL;
  const DraBlock *blocks;
  guint n;

  dra_article_builder_add_exact (builder, DRA_BLOCK_PARAGRAPH, 0, NULL, NULL, 0, 2);
  dra_article_builder_add_exact (builder, DRA_BLOCK_TITLE, 0, NULL, " a  b\t", 6, 0);
  dra_article_builder_add_exact (builder, DRA_BLOCK_LIST_ITEM, 1, "1.", "c\nd\001\377", 5, 3);
  dra_article_builder_add_exact (builder, DRA_BLOCK_PARAGRAPH, 0, NULL, "e", 1, 0);
  dra_article_builder_add_style (builder, DRA_STYLE_STRONG, (DraRange){ 3, 4 }, NULL);
  dra_article_builder_add_style (builder, DRA_STYLE_STRONG, (DraRange){ 4, 3 }, NULL);
  dra_article_builder_add_style (builder, DRA_STYLE_STRONG, (DraRange){ 0, 99 }, NULL);
  dra_article_builder_add_style (builder, DRA_STYLE_STRONG, (DraRange){ 3, 12 }, NULL);
  dra_article_builder_add_exact (builder, DRA_BLOCK_PARAGRAPH, 0, NULL, "", 0, 4);
  article = dra_article_builder_build (builder);

  g_assert_cmpstr (dra_article_get_text (article, NULL), ==, "\n\n a  b\t\n\n\nc d ?\ne\n\n\n\n");
  blocks = dra_article_get_blocks (article, &n);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpuint (blocks[0].range.start, ==, 2);
  g_assert_cmpuint (blocks[1].range.start, ==, 11);
  g_assert_cmpstr (blocks[1].label, ==, "1.");
  g_assert_cmpint (dra_article_find_block (article, 0), ==, -1);
  g_assert_cmpint (dra_article_find_block (article, 9), ==, -1);
  dra_article_get_styles (article, &n);
  g_assert_cmpuint (n, ==, 1);
}

static void
test_lines (void)
{
  static const char input[] = "\357\273\277a \n\n\tb\r\nc\0d\302\205e\342\200\250f\377\n\n";
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  g_autoptr (DraArticle) article = NULL;
  const DraBlock *blocks;
  gsize length;
  guint n;

  dra_article_builder_take_lines (builder, g_memdup2 (input, sizeof input - 1), sizeof input - 1);
  article = dra_article_builder_build (builder);
  g_assert_cmpstr (dra_article_get_text (article, &length), ==,
                   "\357\273\277a \n\n\tb \nc d  e\342\200\250f?\n\n");
  g_assert_cmpuint (length, ==, sizeof input - 1);
  blocks = dra_article_get_blocks (article, &n);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpuint (blocks[0].range.start, ==, 0);
  g_assert_cmpuint (blocks[2].range.end, ==, sizeof input - 3);
}

static void
test_source (void)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  g_autoptr (DraArticleBuilder) other = dra_article_builder_new ();
  g_autoptr (DraArticle) article = NULL;
  g_autoptr (DraArticle) same = NULL;

  add (builder, "a");
  add (other, "a");
  dra_article_builder_set_metadata (other, DRA_METADATA_TITLE, "A title");
  article = dra_article_builder_build (builder);
  same = dra_article_builder_build (other);
  /* An article is known by its text alone. */
  g_assert_cmpstr (dra_article_get_hash (article), ==, dra_article_get_hash (same));
}

static void
check_article (DraArticle *article)
{
  gsize length, end = 0;
  const char *text = dra_article_get_text (article, &length);
  guint n_blocks, n_styles;
  const DraBlock *blocks = dra_article_get_blocks (article, &n_blocks);
  const DraStyle *styles = dra_article_get_styles (article, &n_styles);

  g_assert_true (g_utf8_validate_len (text, length, NULL));
  for (guint i = 0; i < n_blocks; i++)
    {
      g_assert_cmpuint (blocks[i].range.start, ==, i > 0 ? end + 1 : 0);
      g_assert_cmpuint (blocks[i].range.end, >, blocks[i].range.start);
      g_assert_null (memchr (text + blocks[i].range.start, '\n', dra_range_length (blocks[i].range)));
      if (blocks[i].kind != DRA_BLOCK_PREFORMATTED)
        {
          g_assert_cmpint (text[blocks[i].range.start], !=, ' ');
          g_assert_null (g_strstr_len (text + blocks[i].range.start, dra_range_length (blocks[i].range), "  "));
        }
      end = blocks[i].range.end;
      g_assert_cmpint (text[end - 1], !=, ' ');
    }
  g_assert_cmpuint (end, ==, length);
  for (guint i = 0; i < n_styles; i++)
    {
      int block = dra_article_find_block (article, styles[i].range.start);

      g_assert_cmpint (block, >=, 0);
      g_assert_cmpuint (styles[i].range.start, <, styles[i].range.end);
      g_assert_cmpuint (styles[i].range.end, <=, blocks[block].range.end);
      if (i > 0)
        g_assert_cmpuint (styles[i].range.start, >=, styles[i - 1].range.start);
    }
}

/* Any calls in any order. */
static void
test_random (void)
{
  static const char *const pieces[] = {
    "a", " ", "  b", "c d", "\n", "\t", "\r\n", "\303\251", "\342\200\250", "\302\240", "\357\273\277", "\001",
    "\377", "\342\202", "", "\357\277\274", "e ", "\302\255",
  };
  GRand *rand = g_rand_new_with_seed (99);

  for (guint round = 0; round < 3000; round++)
    {
      g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
      g_autoptr (DraArticle) article = NULL;
      guint n = g_rand_int_range (rand, 0, 60);

      while (n-- > 0)
        switch (g_rand_int_range (rand, 0, 12))
          {
          case 0:
            dra_article_builder_begin_block (builder, g_rand_int_range (rand, 0, DRA_BLOCK_RULE + 1),
                                             g_rand_int_range (rand, 0, 3), g_rand_boolean (rand) ? " x\n" : NULL);
            break;
          case 1:
            dra_article_builder_end_block (builder);
            break;
          case 2:
            dra_article_builder_begin_style (builder, g_rand_int_range (rand, 0, 3), "t");
            break;
          case 3:
            dra_article_builder_end_style (builder, g_rand_int_range (rand, 0, 3));
            break;
          case 4:
            dra_article_builder_add_break (builder);
            break;
          case 5:
            if (n % 5 == 0)
              dra_article_builder_add_image (builder, "i");
            break;
          default:
            add (builder, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
          }
      article = dra_article_builder_build (builder);
      check_article (article);
    }
  g_rand_free (rand);
}

/* Blocks, dropped blocks and styles by the hundred thousand. */
static void
test_many (void)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  g_autoptr (DraArticle) article = NULL;
  guint n;

  for (guint i = 0; i < 200000; i++)
    {
      begin (builder, DRA_BLOCK_PARAGRAPH);
      dra_article_builder_begin_style (builder, DRA_STYLE_EMPHASIS, NULL);
      if (i % 2 == 0)
        add (builder, "word");
      dra_article_builder_end_style (builder, DRA_STYLE_EMPHASIS);
    }
  article = dra_article_builder_build (builder);
  dra_article_get_blocks (article, &n);
  g_assert_cmpuint (n, ==, 100000);
  dra_article_get_styles (article, &n);
  g_assert_cmpuint (n, ==, 100000);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/builder/empty", test_empty);
  g_test_add_func ("/builder/white-space", test_white_space);
  g_test_add_func ("/builder/forbidden", test_forbidden);
  g_test_add_func ("/builder/preformatted", test_preformatted);
  g_test_add_func ("/builder/blocks", test_blocks);
  g_test_add_func ("/builder/table", test_table);
  g_test_add_func ("/builder/styles", test_styles);
  g_test_add_func ("/builder/metadata", test_metadata);
  g_test_add_func ("/builder/exact", test_exact);
  g_test_add_func ("/builder/lines", test_lines);
  g_test_add_func ("/builder/source", test_source);
  g_test_add_func ("/builder/random", test_random);
  g_test_add_func ("/builder/many", test_many);

  return g_test_run ();
}
