/* test-tagger.c: spans of made-up sentences, threads, cancelling, odd input, and the F1 on
 * the sets kept for evaluation.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "dra-test.h"

#include <string.h>

#include "conll.h"
#include "recognizer/dra-tagger.h"

static DraModel *model;

static char *
tag (const char *text)
{
  static const char kinds[] = "POLX";
  g_autoptr (DraTokens) tokens = dra_tokens_new_for_text (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) spans = dra_tagger_tag (model, text, tokens, NULL, &error);
  GString *shown = g_string_new (NULL);
  guint next = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < spans->len; i++)
    {
      const DraSpan *span = &g_array_index (spans, DraSpan, i);
      const DraSentence *sentence = &g_array_index (tokens->sentences, DraSentence, span->sentence);
      gsize start, end;
      float sum = 0;

      g_assert_cmpuint (span->first, >=, next);
      g_assert_cmpuint (span->n_tokens, >, 0);
      g_assert_cmpuint (span->first, >=, sentence->first);
      next = span->first + span->n_tokens;
      g_assert_cmpuint (next, <=, sentence->first + sentence->n_tokens);
      g_assert_cmpfloat (span->confidence, >, 0);
      g_assert_cmpfloat (span->confidence, <=, 1);
      for (guint l = 0; l < DRA_N_LABELS; l++)
        sum += span->scores[l];
      g_assert_cmpfloat (sum, <=, 1.001);
      /* a span can be no surer than its least sure token is of its label */
      g_assert_cmpfloat (span->confidence, <=, span->scores[span->label] + 0.001);

      start = g_array_index (tokens->tokens, DraToken, span->first).range.start;
      end = g_array_index (tokens->tokens, DraToken, next - 1).range.end;
      if (span->label != DRA_LABEL_OTHER)
        g_string_append_printf (shown, "%s%c:%.*s", shown->len > 0 ? " | " : "",
                                kinds[span->label], (int) (end - start), text + start);
    }
  return g_string_free (shown, FALSE);
}

static void
test_sentences (void)
{
  static const struct
  {
    const char *text;
    const char *shown;
  } rows[] = {
    { "", "" },
    { "The weather was fine and nobody came.", "" },
    { "President Maria Delgado said on Tuesday that she would resign.", "P:Maria Delgado" },
    { "She works for the Ministry of Finance in Nairobi.", "O:Ministry of Finance | L:Nairobi" },
    { "“We are not afraid,” Peter O’Connor told the BBC.", "P:Peter O’Connor | O:BBC" },
    { "Anna Kowalska's brother, Tomasz, moved to Spain.", "P:Anna Kowalska | P:Tomasz | L:Spain" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *shown = tag (rows[i].text);

      g_assert_cmpstr (shown, ==, rows[i].shown);
    }
}

/* What other sentences say of a word counts. */
static void
test_document (void)
{
  g_autofree char *shown = tag ("Ibrahim Salisu, a farmer, lives in a village.\n"
                                "Salisu said he was tired.");

  g_assert_cmpstr (shown, ==, "P:Ibrahim Salisu | P:Salisu");
}

static void
test_odd_input (void)
{
  static const char *const units[] = {
    "a ", "A ", "A", "John Smith ", "习", "( ", "\xFF ", "of A of B ", "\" ", "1 ", "Mr. ", "\n",
    "\xE2\x80\xA8", "A1 b2 C3 d4 ",
  };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *shown = NULL;
      gint64 start = g_get_monotonic_time ();

      while (text->len < 100000)
        g_string_append (text, units[i]);
      shown = tag (text->str);
      g_assert_cmpint (g_get_monotonic_time () - start, <, 20 * G_USEC_PER_SEC);
    }
}

static gpointer
tag_in_thread (gpointer data)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *shown = tag (data);

      g_string_append (all, shown);
    }
  return g_string_free (all, FALSE);
}

static void
test_threads (void)
{
  static char text[] = "Maria Delgado met Peter O'Connor of Acme Industries in Nairobi.";
  GThread *threads[4];
  g_autofree char *expected = tag_in_thread (text);

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("tag", tag_in_thread, text);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autofree char *shown = g_thread_join (threads[i]);

      g_assert_cmpstr (shown, ==, expected);
    }
}

static void
test_cancelled (void)
{
  const char *text = "Maria Delgado left.";
  g_autoptr (DraTokens) tokens = dra_tokens_new_for_text (text, strlen (text));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (dra_tagger_tag (model, text, tokens, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

typedef struct
{
  const char *name;
  double person;
  double organization;
} Target;

static const Target targets[] = {
  { "crossner-politics", 91, 77 },
  { "wikigold", 86, 54 },
  { "uner-pud", 85, 52 },
  { "wnut17-test", 50, 29 },
};

static void
test_target (gconstpointer data)
{
  const Target *target = data;
  g_autofree char *relative = g_strdup_printf ("recognizer/eval/%s.conll", target->name);
  g_autofree char *path = dra_test_shared (relative);
  g_autoptr (GError) error = NULL;
  ConllScore score = { 0 };

  if (path == NULL)
    return;
  conll_score (model, path, &score, &error);
  g_assert_no_error (error);
  g_test_message ("%s: people %.1f, organizations %.1f", target->name,
                  conll_f1 (&score, DRA_LABEL_PERSON), conll_f1 (&score, DRA_LABEL_ORGANIZATION));
  g_assert_cmpfloat (conll_f1 (&score, DRA_LABEL_PERSON), >=, target->person);
  g_assert_cmpfloat (conll_f1 (&score, DRA_LABEL_ORGANIZATION), >=, target->organization);
}

/* The scorer itself, on a file whose scores can be counted by hand. */
static void
test_scorer (void)
{
  char *folder = dra_test_mkdtemp ();
  g_autofree char *path = g_build_filename (folder, "gold.conll", NULL);
  g_autoptr (GError) error = NULL;
  ConllScore score = { 0 };

  g_assert_true (g_file_set_contents (path,
                                      "Maria\tB-PER\nDelgado\tI-PER\nmet\tO\nPeter\tB-PER\n"
                                      "O'Connor\tO\nin\tO\nNairobi\tB-ORG\n.\tO\n\n",
                                      -1, NULL));
  conll_score (model, path, &score, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (score.n_tokens, ==, 8);
  g_assert_cmpuint (score.gold[DRA_LABEL_PERSON], ==, 2);
  g_assert_cmpuint (score.found[DRA_LABEL_PERSON], ==, 2);
  g_assert_cmpuint (score.right[DRA_LABEL_PERSON], ==, 1);
  g_assert_cmpuint (score.gold[DRA_LABEL_ORGANIZATION], ==, 1);
  g_assert_cmpuint (score.right[DRA_LABEL_ORGANIZATION], ==, 0);
  g_assert_cmpuint (score.found[DRA_LABEL_PLACE], ==, 1);
  g_assert_cmpfloat (conll_f1 (&score, DRA_LABEL_PERSON), ==, 50);
  dra_test_rmtree (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GError) error = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  model = dra_model_open (g_getenv ("DRAMATIS_MODEL"), &error);
  g_assert_no_error (error);

  g_test_add_func ("/tagger/sentences", test_sentences);
  g_test_add_func ("/tagger/document", test_document);
  g_test_add_func ("/tagger/odd-input", test_odd_input);
  g_test_add_func ("/tagger/threads", test_threads);
  g_test_add_func ("/tagger/cancelled", test_cancelled);
  g_test_add_func ("/tagger/scorer", test_scorer);
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autofree char *path = g_strdup_printf ("/tagger/target/%s", targets[i].name);

      g_test_add_data_func (path, &targets[i], test_target);
    }

  result = g_test_run ();
  dra_model_unref (model);
  return result;
}
