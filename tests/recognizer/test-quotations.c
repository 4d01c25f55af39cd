/* test-quotations.c: where quotations are and who said them, by tables of marked texts.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "article/dra-article-builder.h"
#include "marked-text.h"
#include "recognizer/dra-quotations.h"

typedef struct
{
  const char *text;
  const char *expected; /* quotations separated by " | ", those inside another one after ">" */
} MarkCase;

/* "¶" stands for a new paragraph. */
static const MarkCase mark_cases[] = {
  { "He said \"no\" and \"yes.\"", "\"no\" | \"yes.\"" },
  { "He said “no” and “yes.”", "“no” | “yes.”" },
  { "He said ‘no’ and left.", "‘no’" },
  { "He said 'never again' and left.", "'never again'" },
  { "Er sagte: „Nein, danke.“ Dann ging er.", "„Nein, danke.“" },
  { "Er sagte: »Nein, danke.« Dann ging er.", "»Nein, danke.«" },
  { "Er sagte: ‚Nein, danke.‘ Dann ging er.", "‚Nein, danke.‘" },
  { "Powiedział: „Nie.” Wyszedł.", "„Nie.”" },
  { "Il dit : «\302\240Non, merci.\302\240» Puis il partit.", "«\302\240Non, merci.\302\240»" },
  { "Il dit : « Non, merci. » Puis il partit.", "« Non, merci. »" },
  { "Han sa: ”Nej, tack.” Sedan gick han.", "”Nej, tack.”" },
  { "彼は「いいえ」と言った。", "「いいえ」" },
  /* inside one another */
  { "“He told me ‘go away’ and left,” she said.", "“He told me ‘go away’ and left,” | > ‘go away’" },
  { "\"He told me 'go away' and left,\" she said.", "\"He told me 'go away' and left,\" | > 'go away'" },
  { "‘He called it “a mess” then,’ she said.", "‘He called it “a mess” then,’ | > “a mess”" },
  { "Er sagte: „Sie rief ‚Halt!‘ und lief.“", "„Sie rief ‚Halt!‘ und lief.“ | > ‚Halt!‘" },
  /* apostrophes and inches are no marks */
  { "The dogs’ tails and the cats' paws weren’t 'til the ’90s.", "" },
  { "It was rock 'n' roll.", "" },
  { "‘The dogs’ tails wagged,’ he said.", "‘The dogs’ tails wagged,’" },
  { "‘It wasn’t me,’ he said.", "‘It wasn’t me,’" },
  { "A 6' 2\" man and a 24\"x36\" frame.", "" },
  { "He used a 7\" knife, \"the big one\", and left.", "\"the big one\"" },
  /* over paragraphs */
  { "“One.¶“Two.¶“Three,” he said.", "“One.¶“Two.¶“Three,”" },
  { "\"One.¶\"Two,\" he said.", "\"One.¶\"Two,\"" },
  { "« Un.¶« Deux. » Fin.", "« Un.¶« Deux. »" },
  { "« Un.¶» Deux. » Fin.", "« Un.¶» Deux. »" },
  /* never closed: no quotation, and the ones after it are still found */
  { "“One is lost.¶Then “two” came.", "“two”" },
  { "\"One is lost.¶Then \"two\" came.", "\"two\"" },
  { "He said \"this and \"that\" then.", "\"that\"" },
  /* American and British order of marks */
  { "\"A,\" he said; \"b\", she said.", "\"A,\" | \"b\"" },
  { "(\"A\") and [“b”] and —“c”— ended.", "\"A\" | “b” | “c”" },
  { "\"\" and “” and ''", "“”" },
  { "", "" },
};

static DraArticle *
make_article (const char *text)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  g_auto (GStrv) lines = g_strsplit (text, "¶", -1);
  char *joined = g_strjoinv ("\n", lines);
  gsize length = strlen (joined);

  dra_article_builder_take_lines (builder, joined, length);

  return dra_article_builder_build (builder);
}

static char *
dup_shown (DraArticle *article,
           DraRange    range)
{
  g_autofree char *text = dra_article_dup_range (article, range);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  return g_strjoinv ("¶", lines);
}

static void
test_marks (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (mark_cases); i++)
    {
      g_autoptr (DraArticle) article = make_article (mark_cases[i].text);
      g_autoptr (DraCastBuilder) builder = dra_cast_builder_new (article);
      g_autoptr (DraCast) cast = dra_cast_builder_build (builder);
      g_autoptr (DraQuotations) quotations = dra_quotations_find (article, cast, NULL, NULL);
      g_autoptr (GString) found = g_string_new (NULL);

      for (guint q = 0; q < dra_quotations_get_n (quotations); q++)
        {
          const DraQuotation *quotation = dra_quotations_get (quotations, q);
          g_autofree char *text = dup_shown (article, quotation->range);

          g_string_append_printf (found, "%s%s%s", q > 0 ? " | " : "",
                                  quotation->level > 0 ? "> " : "", text);
          g_assert_cmpint (quotation->speaker, ==, -1);
        }
      if (!g_str_equal (found->str, mark_cases[i].expected))
        g_test_message ("%s", mark_cases[i].text);
      g_assert_cmpstr (found->str, ==, mark_cases[i].expected);
    }
}

typedef struct
{
  const char *marked;   /* see marked-text.h */
  const char *expected; /* of each outermost quotation: speaker, or "-"; its cue in brackets
                           where there is one, "+" before it when it is an earlier one's */
} SpeakerCase;

static const SpeakerCase behind[] = {
  { "“It is done,” said {P Amy Lund}.", "Amy Lund [said Amy Lund]" },
  { "\"It is done,\" said {P Amy Lund}.", "Amy Lund [said Amy Lund]" },
  { "“It is done,” {P Amy Lund} said.", "Amy Lund [Amy Lund said]" },
  { "“It is done”, {P Amy Lund} said.", "Amy Lund [Amy Lund said]" },
  { "“Is it done?” asked {P Amy Lund}.", "Amy Lund [asked Amy Lund]" },
  { "“It is done,” {P Amy Lund}, the minister, told reporters.",
    "Amy Lund [Amy Lund, the minister, told]" },
  { "“It is done,” {P Amy Lund}, 45, who heads {O Acme}, told {P Bo Vane}.",
    "Amy Lund [Amy Lund, 45, who heads Acme, told]" },
  { "“It is done,” said the Ruritanian opposition leader {P Amy Lund}, who won.",
    "Amy Lund [said the Ruritanian opposition leader Amy Lund]" },
  { "“It is done,” said {O Acme} chief executive {P Amy Lund}.",
    "Amy Lund [said Acme chief executive Amy Lund]" },
  { "“It is done,” said the group's president, {P Amy Lund}.",
    "Amy Lund [said the group's president, Amy Lund]" },
  { "“It is done,” {O Acme} said in a statement.", "Acme [Acme said]" },
  { "“It is done,” said a spokesman for {O Acme}.", "Acme [said a spokesman for Acme]" },
  { "“It is done,” an {O Acme} spokeswoman said.", "Acme [Acme spokeswoman said]" },
  { "“It is done,” according to {P Amy Lund}.", "Amy Lund [according to Amy Lund]" },
  { "“It is done,” {P Amy Lund} of {O Acme} said.", "Amy Lund [Amy Lund of Acme said]" },
  { NULL, NULL },
};

static const SpeakerCase before[] = {
  { "{P Amy Lund} said: “It is done.”", "Amy Lund [Amy Lund said]" },
  { "{P Amy Lund} said, “It is done.”", "Amy Lund [Amy Lund said]" },
  { "{P Amy Lund}, the minister, told {P Bo Vane}: “It is done.”",
    "Amy Lund [Amy Lund, the minister, told]" },
  { "{P Amy Lund} said the plan was “a disaster” for all.", "Amy Lund [Amy Lund said]" },
  { "{P Amy Lund} called the plan “a disaster”.", "Amy Lund [Amy Lund called]" },
  { "{P Amy Lund} called it “a disaster” and said it was “unworkable”.",
    "Amy Lund [Amy Lund called] | Amy Lund [Amy Lund called it “a disaster” and said]" },
  { "According to {P Amy Lund}, the plan is “a disaster”.", "Amy Lund [According to Amy Lund]" },
  { "{P Amy Lund}: “It is done.”", "Amy Lund [Amy Lund]" },
  { "{P Amy Lund} said so:¶“It is done.”", "Amy Lund [Amy Lund said]" },
  { "“It is done,” said {P Amy Lund}, adding: “All is well.”",
    "Amy Lund [said Amy Lund] | Amy Lund [Amy Lund, adding]" },
  { "{P Amy Lund} in a statement said it was “a disaster”.", "Amy Lund [Amy Lund in a statement said]" },
  { "“A disaster” was what they got, {P Amy Lund} said.", "Amy Lund [Amy Lund said]" },
  { NULL, NULL },
};

/* Nobody rather than somebody wrong. */
static const SpeakerCase nobody[] = {
  { "{P Amy Lund} left. “It is done,” a neighbour said.", "- [neighbour said]" },
  { "{P Amy Lund} left. “It is done,” they said.", "- [they said]" },
  { "{P Amy Lund}'s lawyer said: “It is done.”", "- [lawyer said]" },
  { "“It is done,” said {P Amy Lund}'s lawyer.", "- [said Amy]" },
  { "“It is done,” said a friend of {P Amy Lund}.", "- [said a friend]" },
  { "{P Amy Lund} was called “a disaster” by many.", "-" },
  { "{P Amy Lund} wrote “The Long Road Home” in May.", "-" },
  { "{P Amy Lund} said she left, but the “disaster” went on.", "-" },
  { "The word “disaster” is old. {P Amy Lund} knows.", "-" },
  { "There in the old town were {P Amy Lund} and {P Ann Vane}. “It is done,” she said.",
    "- [she said]" },
  { "“It is done,” {L Paris} said.", "- [Paris said]" },
  { NULL, NULL },
};

static const SpeakerCase pronouns[] = {
  /* Who says what the sentence says is meant, and not whose claim it is. */
  { "Asked if {P Roe} might come, {P Vane} said there was no way to know.¶“There might be two,” he said.",
    "Vane [he said]" },
  { "{P Amy Lund} and {P Bob Vane} came. {P Bob Vane} echoed {P Roe}'s claim.¶“It is done,” he said.",
    "Bob Vane [he said]" },
  { "{P Amy Lund} rose.¶{P Joseph Vane} asked her if she could “say so now.”¶She said: “Well, it is done.”",
    "Joseph Vane [Joseph Vane asked] | Amy Lund [She said]" },
  { "{O Habo}, which owns {O Lamps}, told the {O Courier}: “It is done.”", "Habo [Habo, which owns Lamps, told]" },
  { "{P Mary Lund} left. “It is done,” she said.", "Mary Lund [she said]" },
  { "{P Mary Lund} left with {P John Vane}. “It is done,” he said.", "John Vane [he said]" },
  { "{P Mary Lund} left with {P John Vane}. “It is done,” she said.", "Mary Lund [she said]" },
  { "{P Roe} rose. He had come alone. Then {P Mary Lund} came. “It is done,” he said.",
    "Roe [he said]" },
  { "{P Amy Lund} met {P Ann Vane}. “It is done,” she said.", "Amy Lund [she said]" },
  { "Mr. {P Roe} saw Ms. {P Lund} there. “It is done,” he said.", "Roe [he said]" },
  { "“It is done,” said {P John Vane}. He left.¶“All is well,” he said.",
    "John Vane [said John Vane] | John Vane [he said]" },
  { "{O Acme} rose. “All is well,” it said.", "Acme [it said]" },
  { "{O Acme} rose. “All is well,” the company said.", "Acme [company said]" },
  { NULL, NULL },
};

static const SpeakerCase continued[] = {
  { "“It is done,” said {P Amy Lund}. “All is well now.”",
    "Amy Lund [said Amy Lund] | Amy Lund [+said Amy Lund]" },
  { "“It is done,” {P Amy Lund} said, “and all is well.”",
    "Amy Lund [Amy Lund said] | Amy Lund [Amy Lund said]" },
  { "“It is done,” said {P Amy Lund}.¶“All is well with us now.”",
    "Amy Lund [said Amy Lund] | Amy Lund [+said Amy Lund]" },
  { "{P Amy Lund} said the plan had failed. “It is all over now.”",
    "Amy Lund [+Amy Lund]" },
  { "{P Amy Lund} said the plan had failed.¶“It is all over now.”",
    "Amy Lund [+Amy Lund]" },
  { "“One.¶“Two,” said {P Amy Lund}.", "Amy Lund [said Amy Lund]" },
  { "“It is done,” a neighbour said. “All is well now.”",
    "- [neighbour said] | - [+neighbour said]" },
  { NULL, NULL },
};

static const struct
{
  const char        *name;
  const SpeakerCase *cases;
} tables[] = {
  { "behind", behind },
  { "before", before },
  { "nobody", nobody },
  { "pronouns", pronouns },
  { "continued", continued },
};

static void
test_speakers (gconstpointer data)
{
  for (const SpeakerCase *c = data; c->marked != NULL; c++)
    {
      g_auto (GStrv) lines = g_strsplit (c->marked, "¶", -1);
      g_autofree char *marked = g_strjoinv ("\n", lines);
      g_autoptr (DraArticle) article = NULL;
      g_autoptr (DraCast) cast = marked_text_resolve_article (marked, &article);
      g_autoptr (DraQuotations) quotations = dra_quotations_find (article, cast, NULL, NULL);
      g_autoptr (GString) found = g_string_new (NULL);

      for (guint q = 0; q < dra_quotations_get_n (quotations); q++)
        {
          const DraQuotation *quotation = dra_quotations_get (quotations, q);
          g_autofree char *cue = dra_article_dup_range (article, quotation->cue);

          if (quotation->level > 0)
            continue;
          g_string_append_printf (found, "%s%s", found->len > 0 ? " | " : "",
                                  quotation->speaker >= 0
                                    ? dra_cast_get_entity (cast, (guint) quotation->speaker)->name
                                    : "-");
          if (*cue != '\0')
            g_string_append_printf (found, " [%s%s]", quotation->continued ? "+" : "", cue);
        }
      if (!g_str_equal (found->str, c->expected))
        g_test_message ("%s", c->marked);
      g_assert_cmpstr (found->str, ==, c->expected);
    }
}

/* Marks without end, deep nesting, names without end: bounded work, no crash. */
static void
test_hostile (void)
{
  static const char *const units[] = {
    "“", "\"", "‘a", "“‘", "„“”", "«»", "\"a\" ", "“a” said ", "said ", ", ", "a\n“", "' '", "」「",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (DraArticle) article = NULL;
      g_autoptr (DraCastBuilder) builder = NULL;
      g_autoptr (DraCast) cast = NULL;
      g_autoptr (DraQuotations) quotations = NULL;
      gsize end = 0;

      for (guint n = 0; n < 20000; n++)
        g_string_append (text, units[i]);
      article = make_article (text->str);
      builder = dra_cast_builder_new (article);
      cast = dra_cast_builder_build (builder);
      quotations = dra_quotations_find (article, cast, NULL, NULL);
      for (guint q = 0; q < dra_quotations_get_n (quotations); q++)
        {
          const DraQuotation *quotation = dra_quotations_get (quotations, q);

          g_assert_cmpuint (quotation->range.start, <, quotation->range.end);
          g_assert_cmpuint (quotation->range.end, <=, text->len);
          if (quotation->level == 0)
            {
              g_assert_cmpuint (quotation->range.start, >=, end);
              end = quotation->range.end;
            }
        }
    }
}

static void
test_cancelled (void)
{
  g_autoptr (DraArticle) article = make_article ("He said “no”.");
  g_autoptr (DraCastBuilder) builder = dra_cast_builder_new (article);
  g_autoptr (DraCast) cast = dra_cast_builder_build (builder);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (dra_quotations_find (article, cast, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/quotations/marks", test_marks);
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *path = g_strconcat ("/quotations/speakers/", tables[i].name, NULL);

      g_test_add_data_func (path, tables[i].cases, test_speakers);
    }
  g_test_add_func ("/quotations/hostile", test_hostile);
  g_test_add_func ("/quotations/cancelled", test_cancelled);

  return g_test_run ();
}
