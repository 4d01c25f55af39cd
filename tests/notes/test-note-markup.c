/* test-note-markup.c: the Markdown subset of notes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>
#include <time.h>

#include "notes/dra-note-markup.h"

static const char *const kinds[] = { "strong", "em", "code", "link", "item", "quote", "mark" };

/* What is marked, one span in brackets after the other, marks left out. */
static char *
describe (const char *body)
{
  g_autoptr (GArray) spans = dra_note_markup_parse (body, strlen (body));
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < spans->len; i++)
    {
      const DraNoteMarkup *span = &g_array_index (spans, DraNoteMarkup, i);

      g_assert_cmpuint (span->start, <, span->end);
      g_assert_cmpuint (span->end, <=, strlen (body));
      if (i > 0)
        g_assert_cmpuint (g_array_index (spans, DraNoteMarkup, i - 1).start, <=, span->start);
      if (span->kind == DRA_NOTE_MARKUP_MARKER)
        continue;
      g_string_append_printf (out, "[%s", kinds[span->kind]);
      if (span->level > 0)
        g_string_append_printf (out, "%u", span->level);
      g_string_append_printf (out, " %.*s", (int) (span->end - span->start), body + span->start);
      if (span->kind == DRA_NOTE_MARKUP_LINK)
        g_string_append_printf (out, " -> %.*s", (int) (span->target_end - span->target_start), body + span->target_start);
      g_string_append_c (out, ']');
    }
  return g_string_free (out, FALSE);
}

static const struct
{
  const char *body, *marked, *plain;
} cases[] = {
  { "nothing here", "", "nothing here" },
  { "a **strong** word", "[strong strong]", "a strong word" },
  { "a __strong__ word", "[strong strong]", "a strong word" },
  { "an *old* and _new_ one", "[em old][em new]", "an old and new one" },
  { "***both***", "[strong *both*][em both]", "both" },
  { "*a **b** c*", "[em a **b** c][strong b]", "a b c" },
  { "2 * 3 * 4 and snake_case_name", "", "2 * 3 * 4 and snake_case_name" },
  { "**not closed", "", "**not closed" },
  { "**not\nclosed**", "", "**not\nclosed**" },
  { "****", "", "****" },
  { "so `x * y * z` it is", "[code x * y * z]", "so x * y * z it is" },
  { "``a ` b``", "[code a ` b]", "a ` b" },
  { "a ` alone", "", "a ` alone" },
  { "see [the *report*](https://example.org/a_b_c)", "[link the *report* -> https://example.org/a_b_c][em report]",
    "see the report" },
  { "see https://example.org/a_b, then", "[link https://example.org/a_b -> https://example.org/a_b]",
    "see https://example.org/a_b, then" },
  { "[no](with space) [] ](", "", "[no](with space) [] ](" },
  { "- one\n- two **b**", "[item - one][item - two **b**][strong b]", "one\ntwo b" },
  { "1. one\n  2) two", "[item 1. one][item1   2) two]", "1. one\n  2) two" },
  { "-not\n1.not", "", "-not\n1.not" },
  { "> quoted *so*\nnot", "[quote > quoted *so*][em so]", "quoted so\nnot" },
  { "> - item", "[quote > - item][item - item]", "item" },
  { "\\*not em\\* but \\ stays", "", "*not em* but \\ stays" },
  { "*é* **日本**。", "[em é][strong 日本]", "é 日本。" },
};

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *marked = describe (cases[i].body);
      g_autofree char *plain = dra_note_markup_to_plain (cases[i].body);

      g_test_message ("%s", cases[i].body);
      g_assert_cmpstr (marked, ==, cases[i].marked);
      g_assert_cmpstr (plain, ==, cases[i].plain);
    }
}

static void
test_safe (void)
{
  g_assert_true (dra_note_markup_is_safe ("https://example.org", 19));
  g_assert_true (dra_note_markup_is_safe ("MAILTO:a@example.org", 20));
  g_assert_false (dra_note_markup_is_safe ("https://", 8));
  g_assert_false (dra_note_markup_is_safe ("javascript:alert(1)", 19));
  g_assert_false (dra_note_markup_is_safe ("file:///etc/passwd", 18));
}

/* Any bytes at all, spans that nest, and characters that stay whole. */
static void
test_random (void)
{
  static const char *const pieces[] = { "*", "**", "_", "`", "```", "[", "](", ")", "\n", "> ", "- ", "1. ", " ", "a",
                                        "é", "https://x.org/", "\\", "日" };
  g_autoptr (GRand) random = g_rand_new_with_seed (11);

  for (guint i = 0; i < 5000; i++)
    {
      g_autoptr (GString) body = g_string_new (NULL);
      g_autoptr (GArray) spans = NULL;
      g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (gsize));
      g_autofree char *plain = NULL;

      for (gint n = g_rand_int_range (random, 0, 40); n > 0; n--)
        g_string_append (body, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
      spans = dra_note_markup_parse (body->str, body->len);
      for (guint k = 0; k < spans->len; k++)
        {
          const DraNoteMarkup *span = &g_array_index (spans, DraNoteMarkup, k);

          g_assert_true (g_utf8_validate (body->str + span->start, (gssize) (span->end - span->start), NULL));
          while (open->len > 0 && g_array_index (open, gsize, open->len - 1) <= span->start)
            g_array_set_size (open, open->len - 1);
          if (open->len > 0)
            g_assert_cmpuint (span->end, <=, g_array_index (open, gsize, open->len - 1));
          g_array_append_val (open, span->end);
        }
      plain = dra_note_markup_to_plain (body->str);
      g_assert_true (g_utf8_validate (plain, -1, NULL));
    }
}

static void
visit_text_cb (const char *text,
               gsize       length,
               gpointer    data)
{
  g_string_append_len (data, text, (gssize) length);
}

static void
visit_begin_cb (const char          *body G_GNUC_UNUSED,
                const DraNoteMarkup *span,
                gpointer             data)
{
  static const char names[] = { 'S', 'E', 'C', 'L', 'I', 'Q', 'M' };

  g_string_append_printf (data, "<%c", names[span->kind]);
}

static void
visit_end_cb (const char          *body G_GNUC_UNUSED,
              const DraNoteMarkup *span G_GNUC_UNUSED,
              gpointer             data)
{
  g_string_append_c (data, '>');
}

/* In order, nested, and without the marks. */
static void
test_visit (void)
{
  static const DraNoteMarkupVisitor visitor = { visit_text_cb, visit_begin_cb, visit_end_cb };
  static const struct
  {
    const char *body;
    const char *seen;
  } rows[] = {
    { "", "" },
    { "plain", "plain" },
    { "a **b *c* d** e", "a <Sb <Ec> d> e" },
    { "[see *this*](https://example.org) `x`", "<Lsee <Ethis>> <Cx>" },
    { "- one **b**\n2. two\n> three", "<I•\u00A0one <Sb>>\n<I2. two>\n<Qthree>" },
    { "not ** closed", "not ** closed" },
    { "\\*plain\\*", "*plain*" },
  };
  g_autofree char *large = g_strnfill (300 * 1024, '*');
  g_autoptr (GString) seen = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_string_truncate (seen, 0);
      dra_note_markup_visit (rows[i].body, &visitor, seen);
      g_assert_cmpstr (seen->str, ==, rows[i].seen);
    }
  g_string_truncate (seen, 0);
  dra_note_markup_visit (large, &visitor, seen);
  g_assert_cmpstr (seen->str, ==, large);
}

/* A megabyte of one mark after the other. */
static void
test_time (void)
{
  static const char *const marks[] = { "*", "**a", "_a ", "`", "`a", "``a`", "[", "](", "[a](", "> ", "- ", "https://", "\\*" };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      g_autoptr (GString) body = g_string_new (NULL);
      g_autoptr (GArray) spans = NULL;
      clock_t begin;
      double seconds;

      while (body->len < 1024 * 1024)
        g_string_append (body, marks[i]);
      begin = clock ();
      spans = dra_note_markup_parse (body->str, body->len);
      seconds = (double) (clock () - begin) / CLOCKS_PER_SEC;
      g_test_message ("“%s”: %.3f s", marks[i], seconds);
      g_assert_cmpfloat (seconds, <, 5.0); /* under a sanitizer; otherwise far less than 1 */
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/note-markup/cases", test_cases);
  g_test_add_func ("/note-markup/safe", test_safe);
  g_test_add_func ("/note-markup/random", test_random);
  g_test_add_func ("/note-markup/visit", test_visit);
  g_test_add_func ("/note-markup/time", test_time);
  return g_test_run ();
}
