/* test-train.c: the training program, on a handful of sentences: it learns them, and the same
 * data gives the same file.
 *
 *   test-train PATH-OF-DRA-TRAIN
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "dra-test.h"

#include <glib/gstdio.h>
#include <string.h>

#include "recognizer/dra-tagger.h"

static const char *trainer;

static const char conll[] =
  "-DOCSTART-\tO\n\n"
  "Maria\tB-PER\nDelgado\tI-PER\nleads\tO\nthe\tO\nMinistry\tB-ORG\nof\tI-ORG\nWater\tI-ORG\n"
  "in\tO\nNairobi\tB-LOC\n.\tO\n\n"
  "Delgado\tB-PER\nsaid\tO\nrain\tO\nwas\tO\nlate\tO\n.\tO\n\n";

static const char article[] = "Peter Salisu works for Acme Foods in Spain.\nSalisu said so.\n";
static const char marks[] =
  "{\"spans\": [[0, 12, \"P\", 0], [23, 32, \"O\", 0], [36, 41, \"L\", 0], [43, 49, \"P\", 0]],"
  " \"masked\": [[50, 54]]}";

static void
write_file (const char *folder,
            const char *name,
            const char *content)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, content, -1, NULL));
}

/* Vectors of 40 dimensions for three words. */
static void
write_vectors (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "lexicon", "glove-100d-150k.i8", NULL);
  const guint32 header[] = { GUINT32_TO_LE (3), GUINT32_TO_LE (40) };
  const float one = 1;
  guint32 scale;
  GString *bytes = g_string_new ("GLV1");

  memcpy (&scale, &one, sizeof scale);
  scale = GUINT32_TO_LE (scale);
  g_string_append_len (bytes, (const char *) header, sizeof header);
  for (guint i = 0; i < 40; i++)
    g_string_append_len (bytes, (const char *) &scale, sizeof scale);
  for (guint i = 0; i < 3 * 40; i++)
    g_string_append_c (bytes, (char) (i * i % 251));
  g_assert_true (g_file_set_contents (path, bytes->str, (gssize) bytes->len, NULL));
  g_string_free (bytes, TRUE);
}

static void
write_data (const char *folder)
{
  static const char *const files[] = {
    "train/gum.conll", "train/docred.conll", "train/docred-test.conll",
    "train/uner-ewt-dev.conll", "train/crossner.conll", "train/wnut17.conll", "train/btc.conll",
    "train/gum.dev.conll", "train/docred.dev.conll", "train/crossner.dev.conll",
    "train/wnut17.dev.conll", "train/news-fair.dev.conll",
  };
  static const char *const lists[] = {
    "armed-groups-corpora", "brands-companies-nsi", "companies-newspapers-corpora",
    "companies-ror", "football-clubs", "government-agencies-ror", "nasdaq-companies", "ngos-ror",
    "nyse-companies", "political-parties", "sp500-companies", "sports-teams-corpora",
    "us-federal-agencies", "us-local-media", "us-uk-government-corpora", "operators-nsi",
    "universities",
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    write_file (folder, files[i], conll);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autofree char *name = g_strdup_printf ("lists/%s.txt", lists[i]);

      write_file (folder, name, "University of Leeds\nGreen Party\n");
    }
  write_file (folder, "news/one.txt", article);
  write_file (folder, "news/one.cast.json", marks);
  write_file (folder, "lexicon/glove-clusters.tsv",
              "the\t0\t0\t0\t0\nsaid\t1\t4\t16\t64\nleads\t1\t4\t16\t65\n");
  write_file (folder, "lexicon/glove-100d-150k.words", "the\nsaid\nleads\n");
  write_vectors (folder);
  write_file (folder, "lexicon/firstnames.txt", "Maria\nPeter\n");
  write_file (folder, "lexicon/surnames.txt", "Delgado\nSmith\n");
  write_file (folder, "lexicon/demonyms.txt", "Mexican\n");
  write_file (folder, "lexicon/places.txt", "Nairobi\nNew Zealand\n");
  write_file (folder, "lexicon/orgs.txt", "Acme Foods\n");
}

static int
run_trainer (const char *data,
             const char *output)
{
  const char *const argv[] = {
    trainer, "--data", data, "--output", output, "--epochs", "20", NULL,
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *messages = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, &messages,
                &status, &error);
  g_assert_no_error (error);
  if (status != 0)
    g_test_message ("%s", messages);
  g_assert_null (strstr (messages, "runtime error")); /* a sanitizer's exit is no refusal */
  g_assert_null (strstr (messages, "Sanitizer"));
  return status;
}

static void
test_train (void)
{
  static const char text[] = "Maria Delgado leads the Ministry of Water in Nairobi .";
  static const DraLabel labels[] = { DRA_LABEL_PERSON, DRA_LABEL_ORGANIZATION, DRA_LABEL_PLACE };
  char *folder = dra_test_mkdtemp ();
  g_autofree char *first = g_build_filename (folder, "first.model", NULL);
  g_autofree char *second = g_build_filename (folder, "second.model", NULL);
  g_autofree char *a = NULL, *b = NULL;
  gsize n_a, n_b;
  g_autoptr (GError) error = NULL;
  g_autoptr (DraModel) model = NULL;
  g_autoptr (DraTokens) tokens = NULL;
  g_autoptr (GArray) spans = NULL;

  write_data (folder);
  g_assert_cmpint (run_trainer (folder, first), ==, 0);
  g_assert_cmpint (run_trainer (folder, second), ==, 0);
  g_assert_true (g_file_get_contents (first, &a, &n_a, NULL));
  g_assert_true (g_file_get_contents (second, &b, &n_b, NULL));
  g_assert_cmpmem (a, n_a, b, n_b);

  model = dra_model_open (first, &error);
  g_assert_no_error (error);
  g_assert_cmpint (dra_model_lookup_word (model, "Maria", 5), ==, DRA_WORD_FIRST_NAME);
  tokens = dra_tokens_new_for_text (text, strlen (text));
  spans = dra_tagger_tag (model, text, tokens, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (spans->len, ==, G_N_ELEMENTS (labels));
  for (guint i = 0; i < spans->len; i++)
    g_assert_cmpint (g_array_index (spans, DraSpan, i).label, ==, labels[i]);
  g_assert_cmpuint (g_array_index (spans, DraSpan, 1).n_tokens, ==, 3);
  dra_test_rmtree (folder);
}

static void
test_bad_data (void)
{
  char *folder = dra_test_mkdtemp ();
  g_autofree char *output = g_build_filename (folder, "out.model", NULL);

  g_assert_cmpint (run_trainer (folder, output), !=, 0);
  write_data (folder);
  write_file (folder, "train/gum.conll", "no tab here\n");
  g_assert_cmpint (run_trainer (folder, output), !=, 0);
  write_data (folder);
  write_file (folder, "news/one.cast.json", "{\"spans\": [[0, 1000, \"P\", 0]], \"masked\": []}");
  g_assert_cmpint (run_trainer (folder, output), !=, 0);
  write_data (folder);
  write_file (folder, "lexicon/glove-100d-150k.i8", "GLV1 but no vectors");
  g_assert_cmpint (run_trainer (folder, output), !=, 0);
  g_assert_false (g_file_test (output, G_FILE_TEST_EXISTS));
  dra_test_rmtree (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert (argc > 1);
  trainer = argv[1];
  g_test_add_func ("/train/same-data-same-model", test_train);
  g_test_add_func ("/train/bad-data", test_bad_data);
  return g_test_run ();
}
