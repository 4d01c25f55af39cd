/* test-tokenizer.c: tokens and sentences of tricky texts, one table row each.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "dra-test.h"

#include <string.h>

#include "article/dra-article-builder.h"
#include "recognizer/dra-tokenizer.h"

/* Tokens between spaces, sentences between " | ". */
static char *
show (DraTokens  *tokens,
      const char *text)
{
  GString *shown = g_string_new (NULL);

  for (guint s = 0; s < tokens->sentences->len; s++)
    {
      DraSentence *sentence = &g_array_index (tokens->sentences, DraSentence, s);

      if (s > 0)
        g_string_append (shown, " |");
      for (guint i = sentence->first; i < sentence->first + sentence->n_tokens; i++)
        {
          DraRange range = g_array_index (tokens->tokens, DraToken, i).range;

          if (shown->len > 0)
            g_string_append_c (shown, ' ');
          g_string_append_len (shown, text + range.start, range.end - range.start);
        }
    }
  return g_string_free (shown, FALSE);
}

/* What holds of any text: order, bounds, character edges, each token in one sentence. */
static void
check_invariants (DraTokens  *tokens,
                  const char *text,
                  gsize       length)
{
  gboolean valid = g_utf8_validate (text, length, NULL);
  gsize at = 0;
  guint next = 0;

  for (guint i = 0; i < tokens->tokens->len; i++)
    {
      DraRange range = g_array_index (tokens->tokens, DraToken, i).range;

      g_assert_cmpuint (range.start, >=, at);
      g_assert_cmpuint (range.end, >, range.start);
      g_assert_cmpuint (range.end, <=, length);
      g_assert_cmpuint (range.end - range.start, <=, 2100);
      if (valid) /* no character is cut in two */
        g_assert_true (g_utf8_validate (text + range.start, range.end - range.start, NULL));
      at = range.end;
    }
  for (guint s = 0; s < tokens->sentences->len; s++)
    {
      DraSentence *sentence = &g_array_index (tokens->sentences, DraSentence, s);

      g_assert_cmpuint (sentence->first, ==, next);
      g_assert_cmpuint (sentence->n_tokens, >, 0);
      g_assert_cmpuint (sentence->n_tokens, <=, 400);
      next += sentence->n_tokens;
    }
  g_assert_cmpuint (next, ==, tokens->tokens->len);
}

typedef struct
{
  const char *text;
  const char *shown;
} Case;

static const Case token_cases[] = {
  { "", "" },
  { "   ", "" },
  { "One two", "One two" },
  { "Anna's dog, Anna’s cat", "Anna 's dog , Anna ’s cat" },
  { "the Browns' and O'Neill's", "the Browns ' and O'Neill 's" },
  { "don't can't we're I've she'll I'd I'm", "do n't ca n't we 're I 've she 'll I 'd I 'm" },
  { "don’t", "do n’t" },
  { "“Go,” he said", "“ Go , ” he said" },
  { "J. R. R. Tolkien", "J. R. R. Tolkien" },
  { "George W. Bush", "George W. Bush" },
  { "Mr. Smith, Dr. Lee and St. Mary", "Mr. Smith , Dr. Lee and St. Mary" },
  { "St. John's", "St. John 's" },
  { "AT&T and R&D at M&S", "AT&T and R&D at M&S" },
  { "Lamps&amp;#47;Bells and Lamps&amp;Bells", "Lamps &amp; # 47 ; Bells and Lamps &amp; Bells" },
  { "AT&T; R&D; Q&As; and y&#39;all", "AT&T ; R&D ; Q&As ; and y &#39; all" },
  { "Jane Roe1,2, John Doe3 and Amy Lund2*", "Jane Roe 1,2 , John Doe 3 and Amy Lund 2 *" },
  { "Amy Łukaszć1\nBob K. Lee12", "Amy Łukaszć 1 | Bob K. Lee 12" },
  { "a Falcon9, the Big Falcon9 rocket, Area51 and G20", "a Falcon9 , the Big Falcon9 rocket , Area51 and G20" },
  { "Jane Roe123, Bob AB1, Bob al1", "Jane Roe123 , Bob AB1 , Bob al1" },
  { "U.S. and U.S.A. forces", "U.S. and U.S.A. forces" },
  { "the U.S.-Mexico border", "the U.S. - Mexico border" },
  { "al-Assad, Al-Hariri, Jean-Claude", "al-Assad , Al-Hariri , Jean-Claude" },
  { "Kim Jong-un and Tsai Ing-wen", "Kim Jong-un and Tsai Ing-wen" },
  { "London-based Trump-appointed", "London - based Trump - appointed" },
  { "anti-Trump pro-Russian", "anti - Trump pro - Russian" },
  { "US-China, Rolls-Royce", "US - China , Rolls-Royce" },
  { "(D-N.Y.), R-Ohio", "( D - N.Y. ) , R - Ohio" },
  { "Kaine (D-Va.) and McConnell, R-Ky., spoke",
    "Kaine ( D - Va. ) and McConnell , R - Ky. , spoke" },
  { "Ex-Labour and Pro-Russian, Ukraine-driven", "Ex - Labour and Pro - Russian , Ukraine - driven" },
  { "Anna Lloyd-Webber, Ana-María Núñez, Lech Wałęsa", "Anna Lloyd-Webber , Ana-María Núñez , Lech Wałęsa" },
  { "Ole Gunnar Solskjær’s, Łódź’s", "Ole Gunnar Solskjær ’s , Łódź ’s" },
  { "D’Angelo, O’Neill’s and d’Estaing", "D’Angelo , O’Neill ’s and d’Estaing" },
  { "‘Yes,’ she said", "‘ Yes , ’ she said" },
  { "St Paul's vs. St. Paul’s", "St Paul 's vs. St. Paul ’s" },
  { "Harry S. Truman and J.K. Rowling", "Harry S. Truman and J.K. Rowling" },
  { "LONDON, May 5 (Reuters) - The", "LONDON , May 5 ( Reuters ) - The" },
  { "THE MAYOR of Acton has", "THE MAYOR of Acton has" },
  { "Photo: Jane Doe/Getty Images", "Photo : Jane Doe / Getty Images" },
  { "• Anna Smith, chair", "• Anna Smith , chair" },
  { "1. Anna Smith", "1 . Anna Smith" },
  { "@anna_smith's, #news: http://a.example/b.", "@anna_smith 's , #news : http://a.example/b ." },
  { "for 7.Anna went", "for 7 . | Anna went" },
  { "Procter & Gamble's M&M's", "Procter & Gamble 's M&M 's" },
  { "Stratford-upon-Avon X-ray e-mail Covid-19 F-16",
    "Stratford-upon-Avon X-ray e-mail Covid-19 F-16" },
  { "well-known twenty-five", "well-known twenty-five" },
  { "1,234.5 and 10:30 or 3.5%", "1,234.5 and 10:30 or 3.5 %" },
  { "$5m £1.2bn", "$ 5m £ 1.2bn" },
  { "see https://example.org/a-b?c=d#e, now", "see https://example.org/a-b?c=d#e , now" },
  { "(www.example.com)", "( www.example.com )" },
  { "mail jane.Doe+x@mail.example.co.uk.", "mail jane.Doe+x@mail.example.co.uk ." },
  { "@some_one said #BigNews", "@some_one said #BigNews" },
  { "a@b c", "a @ b c" },
  { "Amazon.com and Booking.com", "Amazon.com and Booking.com" },
  { "he left.Then she came", "he left . | Then she came" },
  { "wait... what… now", "wait ... what … now" },
  { "one—two – three--four", "one — two – three - - four" },
  { "Ph.D. in", "Ph.D. in" },
  { "MEXICO CITY (AP) — The", "MEXICO CITY ( AP ) — The" },
  { "Müller, Ångström, Łukasz, Čapek", "Müller , Ångström , Łukasz , Čapek" },
  { "Zoe\xCC\x88 Smith", "Zoe\xCC\x88 Smith" },
  { "co\xC2\xADoperate", "co\xC2\xADoperate" },
  { "\xEF\xBB\xBFHello", "Hello" },
  { "习近平说", "习 近 平 说" },
  { "สวัสดี", "ส วั ส ดี" },
  { "قال محمد علي", "قال محمد علي" },
  { "Владимир Путин", "Владимир Путин" },
  { "👩‍👩‍👧 ok", "👩 👩 👧 ok" },
  { "a\xC2\xA0" "b", "a b" },
  { "\xEF\xBF\xBC", "\xEF\xBF\xBC" },
};

static const Case sentence_cases[] = {
  { "He came. She left.", "He came . | She left ." },
  { "Mr. Smith met Dr. Lee. They spoke.", "Mr. Smith met Dr. Lee . | They spoke ." },
  { "In the U.S. Senate, yes.", "In the U.S. Senate , yes ." },
  { "He moved to the U.S. The plan failed.", "He moved to the U.S. | The plan failed ." },
  { "J. K. Rowling wrote.", "J. K. Rowling wrote ." },
  { "He said: “Go.” She went.", "He said : “ Go . ” | She went ." },
  { "“Who?” he asked.", "“ Who ? ” he asked ." },
  { "\"Stop!\" \"No.\" Then", "\" Stop ! \" | \" No . \" | Then" },
  { "(He left.) She stayed.", "( He left . ) | She stayed ." },
  { "Yahoo! said so. Right?", "Yahoo ! said so . | Right ?" },
  { "Acme Inc. said. Acme Inc. The end.", "Acme Inc. said . | Acme Inc. | The end ." },
  { "On Jan. 5 he left.", "On Jan. 5 he left ." },
  { "He waited... and left. He waited... Then",
    "He waited ... and left . | He waited ... | Then" },
  { "It cost 3.5. Next", "It cost 3.5 . | Next" },
  { "first line\nsecond line", "first line | second line" },
  { "end.Then more", "end . | Then more" },
  { "他来了。她走了。", "他 来 了 。 | 她 走 了 。" },
  { "\n\n\n", "" },
  { "“I did,” said Anna Smith. “So did Bob.” He left.",
    "“ I did , ” said Anna Smith . | “ So did Bob . ” | He left ." },
  { "‘No.’ ‘Why?’ Anna asked.", "‘ No . ’ | ‘ Why ? ’ | Anna asked ." },
  { "Anna met John F. Smith Jr. She left.", "Anna met John F. Smith Jr. | She left ." },
  { "The U.S. and U.K. agreed. So did St. John's.",
    "The U.S. and U.K. agreed . | So did St. John 's ." },
  { "LONDON — Anna left. (Reuters) Bob stayed.", "LONDON — Anna left . | ( Reuters ) Bob stayed ." },
  { "1. Anna Smith\n2. Bob Jones", "1 . Anna Smith | 2 . Bob Jones" },
  { "See https://example.org/a.b. Then go.", "See https://example.org/a.b . | Then go ." },
  { "Rep. Jane Doe, R-Ky., left. Sen. Doe stayed.",
    "Rep. Jane Doe , R - Ky. , left . | Sen. Doe stayed ." },
  { "She works for E.ON. He does not.", "She works for E.ON . | He does not ." },
  { "At 5 p.m. He slept", "At 5 p.m. | He slept" },
  { "No. 10 is it. Say no. Now.", "No. 10 is it . | Say no . | Now ." },
};

static void
test_table (gconstpointer data)
{
  const Case *row = data;
  gsize length = strlen (row->text);
  /* exactly as long as the text, so that a read beyond it is seen */
  g_autofree char *copy = g_memdup2 (row->text, MAX (length, 1));
  g_autoptr (DraTokens) tokens = dra_tokens_new_for_text (copy, length);
  g_autofree char *shown = show (tokens, copy);

  check_invariants (tokens, copy, length);
  g_assert_cmpstr (shown, ==, row->shown);
}

static void
test_headlines (void)
{
  static const struct
  {
    const char *text;
    gboolean title_case;
  } rows[] = {
    { "Opposition Leader Urges Cooperation Against Cartels", TRUE },
    { "OPPOSITION LEADER URGES CLOSER COOPERATION", TRUE },
    { "Opposition leader urges cooperation against cartels", FALSE },
    { "MEXICO CITY — The president of Mexico said on Monday that she would come", FALSE },
    { "Two Words", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (DraTokens) tokens = dra_tokens_new_for_text (rows[i].text, strlen (rows[i].text));
      DraSentence *sentence = &g_array_index (tokens->sentences, DraSentence, 0);

      g_assert_cmpint (sentence->title_case, ==, rows[i].title_case);
      g_assert_cmpint (sentence->headline, ==, rows[i].title_case);
    }
}

static void
test_article (void)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  g_autoptr (DraArticle) article = NULL;
  g_autoptr (DraTokens) tokens = NULL;
  g_autofree char *shown = NULL;
  const char *text;
  gsize length;

  dra_article_builder_begin_block (builder, DRA_BLOCK_TITLE, 0, NULL);
  dra_article_builder_add_text (builder, "A small title", -1);
  dra_article_builder_end_block (builder);
  dra_article_builder_begin_block (builder, DRA_BLOCK_PARAGRAPH, 0, NULL);
  dra_article_builder_add_text (builder, "He met Mr.", -1);
  dra_article_builder_end_block (builder);
  dra_article_builder_begin_block (builder, DRA_BLOCK_PREFORMATTED, 0, NULL);
  dra_article_builder_add_text (builder, "Smith of\nthe sea", -1);
  dra_article_builder_end_block (builder);
  dra_article_builder_begin_block (builder, DRA_BLOCK_TABLE_ROW, 0, NULL);
  dra_article_builder_add_text (builder, "Anna Lund", -1);
  dra_article_builder_next_cell (builder);
  dra_article_builder_next_cell (builder);
  dra_article_builder_add_text (builder, "Acme Ltd. of", -1);
  dra_article_builder_next_cell (builder);
  dra_article_builder_add_text (builder, "Vane", -1);
  dra_article_builder_end_block (builder);
  article = dra_article_builder_build (builder);

  text = dra_article_get_text (article, &length);
  tokens = dra_tokens_new_for_article (article);
  check_invariants (tokens, text, length);
  shown = show (tokens, text);
  g_assert_cmpstr (shown, ==, "A small title | He met Mr. | Smith of | the sea | Anna Lund | "
                                "Acme Ltd. of | Vane");
  g_assert_true (g_array_index (tokens->sentences, DraSentence, 0).headline);
  g_assert_false (g_array_index (tokens->sentences, DraSentence, 0).title_case);
  g_assert_false (g_array_index (tokens->sentences, DraSentence, 1).headline);
  g_assert_cmpuint (g_array_index (tokens->sentences, DraSentence, 3).block, ==, 2);
}

/* Texts made to be slow or to break: any bytes at all, and long runs of one thing. */
static void
test_pathological (void)
{
  static const char *const units[] = {
    "a", "a.", "A.", "a-", "a'", "@", "@a", "#", ".", "...", "\"", "”", "U.S. ", "http://", "www.",
    "a@", "a@b.", "1,", "&a", "习", "ก", "\xCC\x81", "\xE2\x80\xA8", "\xFF", "\xE2\x80", "'s",
    "Mr. ", "(", "-", "\xC2\xAD", " ",
  };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (DraTokens) tokens = NULL;
      gint64 start = g_get_monotonic_time ();

      while (text->len < 400000)
        g_string_append (text, units[i]);
      tokens = dra_tokens_new_for_text (text->str, text->len);
      check_invariants (tokens, text->str, text->len);
      /* linear: some 40 ms; quadratic would be minutes */
      g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_USEC_PER_SEC);
    }
}

static void
test_random_bytes (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint round = 0; round < 2000; round++)
    {
      gsize length = g_rand_int_range (random, 1, 60);
      g_autofree char *text = g_malloc (length);
      g_autoptr (DraTokens) tokens = NULL;

      for (gsize i = 0; i < length; i++)
        text[i] = g_rand_boolean (random) ? (char) g_rand_int_range (random, 0, 256)
                                          : ".'-&@A a\xE2\x80\x99"[g_rand_int_range (random, 0, 11)];
      tokens = dra_tokens_new_for_text (text, length);
      check_invariants (tokens, text, length);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (token_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/tokenizer/tokens/%u", i);

      g_test_add_data_func (path, &token_cases[i], test_table);
    }
  for (guint i = 0; i < G_N_ELEMENTS (sentence_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/tokenizer/sentences/%u", i);

      g_test_add_data_func (path, &sentence_cases[i], test_table);
    }
  g_test_add_func ("/tokenizer/headlines", test_headlines);
  g_test_add_func ("/tokenizer/article", test_article);
  g_test_add_func ("/tokenizer/pathological", test_pathological);
  g_test_add_func ("/tokenizer/random-bytes", test_random_bytes);

  return g_test_run ();
}
