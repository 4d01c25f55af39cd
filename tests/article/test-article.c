/* test-article.c: positions, quotes and what an article promises.
 *
 * The builder has tests of its own (test-article-builder.c).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "article/dra-article-builder.h"
#include "article/dra-date.h"
#include "article/dra-quote.h"
#include "article/dra-text-index.h"

static const char *const mixed = "a\303\251\342\202\254\360\237\230\200z"; /* aé€😀z */

static void
test_index (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (DraTextIndex) index = NULL;
  gsize n = 0;

  for (guint i = 0; i < 20000; i++)
    g_string_append_unichar (text, (gunichar[]){ 'x', 0xE9, 0x20AC, 0x1F600 }[g_rand_int_range (rand, 0, 4)]);
  index = dra_text_index_new (text->str, text->len);

  for (const char *p = text->str; *p != '\0'; p = g_utf8_next_char (p), n++)
    {
      g_assert_cmpuint (dra_text_index_to_code_points (index, p - text->str), ==, n);
      g_assert_cmpuint (dra_text_index_to_bytes (index, n), ==, p - text->str);
    }
  g_assert_cmpuint (dra_text_index_get_n_code_points (index), ==, n);
  g_assert_cmpuint (dra_text_index_to_bytes (index, n), ==, text->len);
  g_assert_cmpuint (dra_text_index_to_bytes (index, G_MAXSIZE), ==, text->len);
  g_assert_cmpuint (dra_text_index_to_code_points (index, G_MAXSIZE), ==, n);
}

static void
test_index_edges (void)
{
  g_autoptr (DraTextIndex) none = dra_text_index_new ("", 0);
  g_autofree char *full = g_strnfill (DRA_TEXT_INDEX_STEP, 'x');
  g_autoptr (DraTextIndex) one_step = dra_text_index_new (full, DRA_TEXT_INDEX_STEP);

  g_assert_cmpuint (dra_text_index_to_bytes (none, 0), ==, 0);
  g_assert_cmpuint (dra_text_index_to_code_points (none, 0), ==, 0);
  g_assert_cmpuint (dra_text_index_to_code_points (one_step, DRA_TEXT_INDEX_STEP), ==,
                    DRA_TEXT_INDEX_STEP);
}

static guint
count (const char *text,
       const char *part)
{
  guint n = 0;

  for (const char *p = text; (p = strstr (p, part)) != NULL; p++)
    n++;

  return n;
}

static void
assert_quote_is_unique (const char *text,
                        DraRange    range)
{
  g_autoptr (DraQuote) quote = dra_quote_new_for_range (text, strlen (text), range);
  g_autofree char *whole = g_strconcat (quote->prefix, quote->exact, quote->suffix, NULL);

  g_assert_true (g_utf8_validate (quote->prefix, -1, NULL));
  g_assert_true (g_utf8_validate (quote->suffix, -1, NULL));
  g_assert_cmpuint (strlen (quote->exact), ==, dra_range_length (range));
  g_assert_cmpuint (count (text, whole), ==, 1);
  g_assert_true (g_utf8_strlen (quote->prefix, -1) >= DRA_QUOTE_CONTEXT
                 || strlen (quote->prefix) == range.start);
  g_assert_true (g_utf8_strlen (quote->suffix, -1) >= DRA_QUOTE_CONTEXT
                 || strlen (quote->suffix) == strlen (text) - range.end);
}

static void
test_quote_unique (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *sentence = "The minister said so. \303\211t\303\251 comes. ";

  for (guint i = 0; i < 40; i++)
    g_string_append (text, sentence);
  g_string_append (text, "Only here the end differs.");

  for (gsize at = 4; at + 8 < 40 * strlen (sentence); at += strlen (sentence))
    assert_quote_is_unique (text->str, (DraRange){ at, at + 8 });
}

static void
test_quote_words (void)
{
  const char *text = "Anna Karenina and the unforgettable Stepan Arkadyevich met in Peterhof "
                     "yesterday evening before the performance began.";
  const char *met = strstr (text, "met");
  DraRange range = { met - text, met - text + 3 };
  g_autoptr (DraQuote) quote = dra_quote_new_for_range (text, strlen (text), range);

  g_assert_cmpstr (quote->exact, ==, "met");
  g_assert_true (g_str_has_prefix (quote->prefix, "unforgettable "));
  g_assert_true (g_str_has_suffix (quote->suffix, " before"));
}

/* A text of one letter has no unique passage: what counts is that it ends. */
static void
test_quote_pathological (void)
{
  g_autofree char *text = g_strnfill (2 * 1024 * 1024, 'a');
  g_autoptr (DraQuote) quote
    = dra_quote_new_for_range (text, strlen (text), (DraRange){ 1000000, 1000001 });

  g_assert_cmpstr (quote->exact, ==, "a");
}

static void
test_article (void)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  DraArticle *article;
  const DraBlock *blocks;
  guint n_blocks;
  g_autofree char *second = NULL;

  dra_article_builder_set_metadata (builder, DRA_METADATA_TITLE, "  A\n title ");
  dra_article_builder_begin_block (builder, DRA_BLOCK_TITLE, 0, NULL);
  dra_article_builder_add_text (builder, "A title", -1);
  dra_article_builder_begin_block (builder, DRA_BLOCK_PARAGRAPH, 0, NULL);
  dra_article_builder_add_text (builder, mixed, -1);
  article = dra_article_builder_build (builder);

  g_assert_cmpstr (dra_article_get_title (article), ==, "A title");
  g_assert_cmpstr (dra_article_get_metadata (article, DRA_METADATA_SITE), ==, NULL);
  blocks = dra_article_get_blocks (article, &n_blocks);
  g_assert_cmpuint (n_blocks, ==, 2);
  second = dra_article_dup_range (article, blocks[1].range);
  g_assert_cmpstr (second, ==, mixed);
  g_assert_cmpuint (dra_article_get_n_code_points (article), ==, 8 + 5);
  g_assert_cmpint (dra_article_find_block (article, 0), ==, 0);
  g_assert_cmpint (dra_article_find_block (article, 7), ==, 0);
  g_assert_cmpint (dra_article_find_block (article, 8), ==, 1);
  g_assert_cmpint (dra_article_find_block (article, 999), ==, -1);
  g_assert_cmpuint (dra_article_count_words (article), ==, 4);
  /* sha256 of "A title\n" and the mixed string, by sha256sum */
  {
    g_autofree char *sum = g_compute_checksum_for_string (
      G_CHECKSUM_SHA256, dra_article_get_text (article, NULL), -1);

    g_assert_cmpstr (dra_article_get_hash (article), ==, sum);
  }
  g_assert_finalize_object (article);
}

static void
test_words (void)
{
  static const struct
  {
    const char *text;
    guint       n;
  } rows[] = {
    { "", 0 },
    { "one", 1 },
    { "don\342\200\231t stop - now", 3 },
    { "well-known, U.S.", 3 },
    { "\346\227\245\346\234\254\350\252\236", 3 }, /* three ideographs */
    { "\330\247\331\204\330\271\330\261\330\250\331\212\330\251 \331\204\330\272\330\251", 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
      g_autoptr (DraArticle) article = NULL;

      dra_article_builder_add_text (builder, rows[i].text, -1);
      article = dra_article_builder_build (builder);
      g_assert_cmpuint (dra_article_count_words (article), ==, rows[i].n);
    }
}

static void
test_names (void)
{
  for (guint i = 0; i < DRA_N_BLOCK_KINDS; i++)
    {
      DraBlockKind kind;

      g_assert_true (dra_block_kind_from_string (dra_block_kind_to_string (i), &kind));
      g_assert_cmpuint (kind, ==, i);
    }
  for (guint i = DRA_STYLE_EMPHASIS; i <= DRA_STYLE_SUBSCRIPT; i++)
    {
      DraStyleKind kind;

      g_assert_true (dra_style_kind_from_string (dra_style_kind_to_string (i), &kind));
      g_assert_cmpuint (kind, ==, i);
    }
  g_assert_false (dra_block_kind_from_string ("nonsense", &(DraBlockKind){ 0 }));
  g_assert_false (dra_style_kind_from_string (NULL, &(DraStyleKind){ 0 }));
}

static void
test_date (void)
{
  static const struct
  {
    const char *written;
    const char *words;
  } dates[] = {
    { "2026-03-04", "4 March 2026" },
    { "2026-03-04T23:30:00Z", "4 March 2026" },
    { "2026-03-04T23:30:00", "4 March 2026" },
    { "2026-03-04T23:30:00-05:00", "4 March 2026" }, /* where it was written */
    { "2026-12-24T08:00:00.250+01:00", "24 December 2026" },
    { "2026-13-04", NULL },
    { "last Friday", NULL },
    { "", NULL },
    { NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      g_autofree char *words = dra_date_dup_words (dates[i].written);

      g_assert_cmpstr (words, ==, dates[i].words);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/article/index", test_index);
  g_test_add_func ("/article/index-edges", test_index_edges);
  g_test_add_func ("/article/quote-unique", test_quote_unique);
  g_test_add_func ("/article/quote-words", test_quote_words);
  g_test_add_func ("/article/quote-pathological", test_quote_pathological);
  g_test_add_func ("/article/article", test_article);
  g_test_add_func ("/article/words", test_words);
  g_test_add_func ("/article/names", test_names);
  g_test_add_func ("/article/date", test_date);

  return g_test_run ();
}
