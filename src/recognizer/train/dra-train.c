/* dra-train.c: makes the model file from marked texts and lists.
 *
 *   dra-train --data DIR --output english.model [--hold-out 10]
 *
 * DIR holds train/ (two-column files), news/ (marked articles), lexicon/ and lists/.  With
 * --hold-out N each Nth document of news/ is kept out of the training and, with the .dev
 * files, scored at the end.  The same data gives the same file, byte for byte.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gio/gio.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "recognizer/dra-tagger-private.h"
#include "recognizer/train/dra-augment.h"
#include "recognizer/train/dra-corpus.h"
#include "recognizer/train/dra-crf.h"
#include "recognizer/train/dra-lexicon.h"
#include "recognizer/train/dra-model-writer.h"

/* A source whose number is not 0 marks by conventions of its own: its tokens get features of
 * that number as well, which take those up and are not written. */
static const struct
{
  const char *name;
  guint source;
  float weight;
  DraCorpusFlags flags;
} sources[] = {
  { "gum.conll", 0, 1, DRA_CORPUS_WHOLE },
  { "docred.conll", 0, 1, DRA_CORPUS_WHOLE },
  { "docred-test.conll", 0, 1, DRA_CORPUS_WHOLE },
  { "uner-ewt-dev.conll", 0, 1, DRA_CORPUS_NO_OTHER },
  { "crossner.conll", 2, 0.7, DRA_CORPUS_WHOLE },
  { "wnut17.conll", 3, 0.5, DRA_CORPUS_WHOLE },
  { "btc.conll", 4, 0.2, DRA_CORPUS_NO_OTHER },
};

#define NEWS_WEIGHT 3
#define SOURCE_DROPPED 4 /* one document in so many is read as if of no source */

static const char *const development[] = {
  "gum.dev.conll", "docred.dev.conll", "crossner.dev.conll", "wnut17.dev.conll",
  "news-fair.dev.conll",
};

static char *option_data;
static char *option_output;
static char *option_attribution;
static int option_hold_out;
static int option_fold;
static int option_epochs = 7;
static double option_dropout = 0.4;
static double option_prune = 0.11;
static double option_news = NEWS_WEIGHT;
static int option_seed = 1;
static int option_average = 4;
static double option_copies = 0.35;
static double option_organization = 0.15;
static char *option_without;
static double option_net_rate = 0.02;
static double option_net_dropout = 0.25;
static double option_cased = 0.04;
static char *option_errors;
static char *option_score;

static const GOptionEntry entries[] = {
  { "data", 0, 0, G_OPTION_ARG_FILENAME, &option_data, "Folder of the data", "DIR" },
  { "output", 0, 0, G_OPTION_ARG_FILENAME, &option_output, "Model file to write", "FILE" },
  { "attribution", 0, 0, G_OPTION_ARG_FILENAME, &option_attribution,
    "Text that says what the model was made from", "FILE" },
  { "hold-out", 0, 0, G_OPTION_ARG_INT, &option_hold_out,
    "Keep each Nth article for development", "N" },
  { "fold", 0, 0, G_OPTION_ARG_INT, &option_fold,
    "Which of every N of --hold-out N, from 0", "K" },
  { "epochs", 0, 0, G_OPTION_ARG_INT, &option_epochs, "Passes over the data", "N" },
  { "dropout", 0, 0, G_OPTION_ARG_DOUBLE, &option_dropout, "Share of features dropped", "P" },
  { "prune", 0, 0, G_OPTION_ARG_DOUBLE, &option_prune, "Least weight of a feature kept", "W" },
  { "news", 0, 0, G_OPTION_ARG_DOUBLE, &option_news, "Weight of the marked articles", "W" },
  { "average", 0, 0, G_OPTION_ARG_INT, &option_average,
    "First pass whose weights are averaged", "N" },
  { "copies", 0, 0, G_OPTION_ARG_DOUBLE, &option_copies,
    "Weight of copies with other names, 0 for none", "W" },
  { "organization-bias", 0, 0, G_OPTION_ARG_DOUBLE, &option_organization,
    "Added to the score of organizations", "B" },
  { "cased", 0, 0, G_OPTION_ARG_DOUBLE, &option_cased,
    "Share of the sentences of copies in other case", "P" },
  { "net-rate", 0, 0, G_OPTION_ARG_DOUBLE, &option_net_rate, "Steps of the network", "R" },
  { "net-dropout", 0, 0, G_OPTION_ARG_DOUBLE, &option_net_dropout,
    "Share of hidden units dropped", "P" },
  { "without", 0, 0, G_OPTION_ARG_STRING, &option_without, "Leave a source out", "NAME" },
  { "score", 0, 0, G_OPTION_ARG_FILENAME, &option_score,
    "Train nothing: score this model on the held out articles", "FILE" },
  { "errors", 0, 0, G_OPTION_ARG_FILENAME, &option_errors,
    "Write what is wrong in the held out articles", "FILE" },
  { "seed", 0, 0, G_OPTION_ARG_INT, &option_seed, "Seed of the random numbers", "N" },
  { NULL },
};

static GPtrArray *
read_documents (GError **error)
{
  g_autoptr (GPtrArray) documents =
    g_ptr_array_new_with_free_func ((GDestroyNotify) dra_corpus_document_free);
  g_autofree char *news = g_build_filename (option_data, "news", NULL);
  guint before;

  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      g_autofree char *path = g_build_filename (option_data, "train", sources[i].name, NULL);

      if (g_strcmp0 (option_without, sources[i].name) == 0)
        continue;
      before = documents->len;
      if (!dra_corpus_read_conll (documents, path, sources[i].flags, error))
        return NULL;
      for (guint k = before; k < documents->len; k++)
        {
          DraCorpusDocument *document = g_ptr_array_index (documents, k);

          document->source = sources[i].source;
          document->weight = sources[i].weight;
        }
    }

  before = documents->len;
  if (!dra_corpus_read_news (documents, news, error))
    return NULL;
  for (guint k = before; k < documents->len; k++)
    {
      DraCorpusDocument *document = g_ptr_array_index (documents, k);

      document->weight = option_news;
      document->held_out = option_hold_out > 0 && (int) ((k - before) % option_hold_out) == option_fold;
    }
  if (option_copies > 0 &&
      !dra_augment (documents, option_data, option_copies, option_cased, option_seed, error))
    return NULL;
  return g_steal_pointer (&documents);
}

static void
add_document_sentences (DraFeatures       *features,
                        DraCorpusDocument *document)
{
  for (guint s = 0; s + 1 < document->starts->len; s++)
    {
      guint first = g_array_index (document->starts, guint, s);

      dra_features_add_sentence (features, document->text,
                                 (const DraToken *) document->tokens->data + first,
                                 g_array_index (document->starts, guint, s + 1) - first);
    }
}

/* Features that only a source's own tokens have; numbered apart from all others. */
static guint
source_features (const DraFeatureWord *word,
                 guint                 source,
                 guint32              *features)
{
  guint64 base = G_GUINT64_CONSTANT (0xD6E8FEB86659FD93) * (source + 1);

  features[0] = dra_model_mix (base);
  features[1] = dra_model_mix (base + 1000 + word->case_class);
  features[2] = dra_model_mix (base ^ word->lower);
  features[3] = dra_model_mix (base + 2000 + word->cluster / 16);
  features[4] = dra_model_mix (base + 9000 + word->bits);
  return 5;
}

static void
add_to_crf (DraCrf            *crf,
            DraNetTrainer     *net,
            DraModel          *lexicon,
            DraCorpusDocument *document,
            guint              source,
            GHashTable        *unwritten)
{
  g_autoptr (DraFeatures) features = dra_features_new (lexicon);
  guint32 hashes[DRA_FEATURES_MAX_UNARY * DRA_FEATURES_N_OFFSETS + DRA_FEATURES_MAX_CONTEXT + 8];

  add_document_sentences (features, document);
  for (guint s = 0; s < dra_features_get_n_sentences (features); s++)
    {
      guint first = g_array_index (document->starts, guint, s);
      guint length = dra_features_begin_sentence (features, s);

      for (guint i = 0; i < length; i++)
        {
          guint n = 0;

          for (int d = -DRA_FEATURES_WINDOW; d <= DRA_FEATURES_WINDOW; d++)
            {
              guint id = dra_features_get_word_id (features, (int) i + d);

              n += dra_features_unary (dra_features_get_word (features, id), d, hashes + n);
            }
          n += dra_features_context (features, i, hashes + n);
          if (source > 0)
            {
              guint id = dra_features_get_word_id (features, i);
              guint own = source_features (dra_features_get_word (features, id), source,
                                           hashes + n);

              for (guint k = 0; k < own; k++)
                g_hash_table_add (unwritten, GUINT_TO_POINTER (hashes[n + k]));
              n += own;
            }
          dra_crf_add_token (crf, hashes, n, g_array_index (document->allowed, guint16, first + i));
          dra_net_trainer_add_token (net, lexicon, features, i);
        }
      dra_crf_end_sentence (crf, document->weight);
    }
}

static int
compare_floats (gconstpointer a,
                gconstpointer b)
{
  float x = *(const float *) a, y = *(const float *) b;

  return x < y ? -1 : x > y;
}

/* The scale of the 8-bit weights: all but the largest one in two thousand fit. */
static float
find_scale (DraCrf     *crf,
            GHashTable *unwritten)
{
  g_autoptr (GArray) sizes = g_array_new (FALSE, FALSE, sizeof (float));

  for (guint i = 0; i < dra_crf_get_n_features (crf); i++)
    {
      float weights[DRA_MODEL_N_TAGS];
      float largest = 0;

      if (g_hash_table_contains (unwritten,
                                 GUINT_TO_POINTER (dra_crf_get_feature (crf, i, weights))))
        continue;
      for (guint k = 0; k < DRA_MODEL_N_TAGS; k++)
        largest = MAX (largest, fabsf (weights[k]));
      if (largest >= option_prune)
        for (guint k = 0; k < DRA_MODEL_N_TAGS; k++)
          {
            float size = fabsf (weights[k]);

            g_array_append_val (sizes, size);
          }
    }
  if (sizes->len == 0)
    return 1;
  g_array_sort (sizes, compare_floats);
  return MAX (g_array_index (sizes, float, (guint) (sizes->len * 0.9995)), 1e-6f) / 127;
}

static void
fill_features (DraModelContent *content,
               DraCrf          *crf,
               GHashTable      *unwritten)
{
  float scale = find_scale (crf, unwritten);

  content->parameters[0] = scale;
  /* at the optimum of the likelihood more organizations are missed than invented */
  content->parameters[1 + 3] = content->parameters[1 + 4] = option_organization;
  for (guint i = 0; i < DRA_MODEL_N_TAGS; i++)
    for (guint k = 0; k < DRA_MODEL_N_TAGS; k++)
      content->parameters[1 + DRA_MODEL_N_TAGS + i * DRA_MODEL_N_TAGS + k] =
        dra_crf_get_transition (crf, i, k);

  for (guint i = 0; i < dra_crf_get_n_features (crf); i++)
    {
      float weights[DRA_MODEL_N_TAGS], largest = 0;
      DraModelFeature feature;

      feature.hash = dra_crf_get_feature (crf, i, weights);
      if (g_hash_table_contains (unwritten, GUINT_TO_POINTER (feature.hash)))
        continue;
      for (guint k = 0; k < DRA_MODEL_N_TAGS; k++)
        {
          largest = MAX (largest, fabsf (weights[k]));
          feature.weights[k] = CLAMP (roundf (weights[k] / scale), -127, 127);
        }
      if (largest >= option_prune)
        g_array_append_val (content->features, feature);
    }
  g_printerr ("%u features kept\n", content->features->len);
}

typedef struct
{
  guint right[DRA_N_LABELS];
  guint found[DRA_N_LABELS];
  guint gold[DRA_N_LABELS];
} Score;

static int
single_tag (guint16 allowed)
{
  if ((allowed & DRA_CORPUS_ANY) >= 1 << 7 && (allowed & 0x7E) != 0)
    return -1; /* masked */
  return (allowed & 1) != 0 ? 0 : g_bit_nth_lsf (allowed, -1);
}

static gboolean
is_right (DraCorpusDocument *document,
          guint              first,
          guint              n,
          guint              end,
          guint              label)
{
  for (guint i = 0; i < n; i++)
    if (single_tag (g_array_index (document->allowed, guint16, first + i)) !=
        (int) (1 + 2 * label + (i > 0 ? 1 : 0)))
      return FALSE;
  return first + n >= end ||
         single_tag (g_array_index (document->allowed, guint16, first + n)) != (int) (2 + 2 * label);
}

/* Writes a span, with what stands around it. */
static void
write_error (GString           *errors,
             const char        *kind,
             DraCorpusDocument *document,
             guint              first,
             guint              n,
             int                label)
{
  const DraToken *tokens = (const DraToken *) document->tokens->data;
  guint from = first > 6 ? first - 6 : 0, to = MIN (first + n + 5, document->tokens->len);

  g_string_append_printf (errors, "%s %c\t", kind, "POLX"[label]);
  for (guint i = from; i < to; i++)
    g_string_append_printf (errors, "%s%.*s%s", i == first ? "[[" : "",
                            (int) dra_range_length (tokens[i].range),
                            document->text + tokens[i].range.start,
                            i == first + n - 1 ? "]] " : " ");
  g_string_append_c (errors, '\n');
}

/* The gold span that begins at a token, or 0. */
static guint
gold_length (DraCorpusDocument *document,
             guint              i,
             guint              end)
{
  int tag = single_tag (g_array_index (document->allowed, guint16, i));
  guint stop = i + 1;

  if (tag <= 0 || tag % 2 == 0)
    return 0;
  while (stop < end && single_tag (g_array_index (document->allowed, guint16, stop)) == tag + 1)
    stop++;
  return stop - i;
}

static void
score_document (DraModel          *model,
                DraCorpusDocument *document,
                Score             *score,
                GString           *errors)
{
  g_autoptr (DraFeatures) features = dra_features_new (model);
  g_autoptr (DraDecoder) decoder = NULL;
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (DraSpan));
  g_autofree guint8 *found = g_new0 (guint8, document->tokens->len);

  add_document_sentences (features, document);
  decoder = dra_decoder_new (model, features);
  for (guint s = 0; s < dra_features_get_n_sentences (features); s++)
    {
      guint first = g_array_index (document->starts, guint, s);
      guint end = g_array_index (document->starts, guint, s + 1);

      g_array_set_size (spans, 0);
      dra_decoder_decode (decoder, s, spans);
      for (guint i = 0; i < spans->len; i++)
        {
          const DraSpan *span = &g_array_index (spans, DraSpan, i);
          gboolean masked = FALSE, right;

          for (guint k = 0; k < span->n_tokens; k++)
            masked |= single_tag (g_array_index (document->allowed, guint16,
                                                 first + span->first + k)) < 0;
          if (masked)
            continue;
          score->found[span->label]++;
          right = is_right (document, first + span->first, span->n_tokens, end, span->label);
          score->right[span->label] += right;
          if (!right && errors != NULL)
            write_error (errors, "found", document, first + span->first, span->n_tokens,
                         span->label);
          if (right)
            found[first + span->first] = TRUE;
        }
      for (guint i = first; i < end; i++)
        {
          guint n = gold_length (document, i, end);
          int label = (single_tag (g_array_index (document->allowed, guint16, i)) - 1) / 2;

          if (n == 0)
            continue;
          score->gold[label]++;
          if (!found[i] && errors != NULL)
            write_error (errors, "missed", document, i, n, label);
        }
    }
}

static void
print_score (const char  *name,
             const Score *score)
{
  static const char *const labels[] = { "PER", "ORG", "LOC" };

  g_print ("%-22s", name);
  for (guint l = 0; l < G_N_ELEMENTS (labels); l++)
    {
      double p = 100.0 * score->right[l] / MAX (score->found[l], 1);
      double r = 100.0 * score->right[l] / MAX (score->gold[l], 1);

      g_print ("  %s %.1f (P %.1f R %.1f)", labels[l], p + r > 0 ? 2 * p * r / (p + r) : 0, p, r);
    }
  g_print ("\n");
}

static gboolean
score_model (DraModel  *model,
             GPtrArray *documents,
             GError   **error)
{
  g_autoptr (GString) errors = g_string_new (NULL);
  Score score = { 0 };

  for (guint i = 0; i < documents->len; i++)
    {
      DraCorpusDocument *document = g_ptr_array_index (documents, i);

      if (document->held_out)
        score_document (model, document, &score, errors);
    }
  print_score ("news, held out", &score);
  if (option_errors != NULL &&
      !g_file_set_contents (option_errors, errors->str, errors->len, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (development); i++)
    {
      g_autofree char *path = g_build_filename (option_data, "train", development[i], NULL);
      g_autoptr (GPtrArray) dev =
        g_ptr_array_new_with_free_func ((GDestroyNotify) dra_corpus_document_free);
      Score other = { 0 };

      if (!dra_corpus_read_conll (dev, path, DRA_CORPUS_WHOLE, error))
        return FALSE;
      for (guint k = 0; k < dev->len; k++)
        score_document (model, g_ptr_array_index (dev, k), &other, NULL);
      print_score (development[i], &other);
    }
  return TRUE;
}

/* The documents' features go to the CRF in the order they were read; which documents are
 * read as of no source is a matter of their number. */
static DraCrf *
train (DraModel   *lexicon,
       DraNetTrainer *net,
       GPtrArray  *documents,
       GHashTable *unwritten)
{
  DraCrfOptions options = {
    .epochs = option_epochs,
    .average_from = MIN (option_average, option_epochs),
    .cut = 3,
    .dropout = option_dropout,
    .rate = 0.1f,
    .l2 = 1e-6f,
    .seed = option_seed,
    .net = net,
  };
  DraCrf *crf = dra_crf_new ();
  guint n_tokens = 0;

  for (guint i = 0; i < documents->len; i++)
    {
      DraCorpusDocument *document = g_ptr_array_index (documents, i);

      if (document->held_out)
        continue;
      n_tokens += document->tokens->len;
      add_to_crf (crf, net, lexicon, document,
                  dra_model_mix (i) % SOURCE_DROPPED == 0 ? 0 : document->source, unwritten);
    }
  g_printerr ("%u documents, %u tokens\n", documents->len, n_tokens);
  dra_crf_train (crf, &options);
  return crf;
}

static gboolean
run (GError **error)
{
  g_autoptr (GPtrArray) documents = NULL;
  g_autoptr (GHashTable) unwritten = g_hash_table_new (NULL, NULL);
  g_autoptr (DraModel) lexicon = NULL;
  g_autoptr (DraModel) model = NULL;
  g_autoptr (DraCrf) crf = NULL;
  g_autoptr (DraNetTrainer) net = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *attribution = NULL;
  g_autoptr (GArray) features = g_array_new (FALSE, FALSE, sizeof (DraModelFeature));
  g_autoptr (GArray) words = g_array_new (FALSE, FALSE, sizeof (DraModelWord));
  g_autoptr (GArray) phrases = g_array_new (FALSE, FALSE, sizeof (DraModelPhrase));
  g_autoptr (GArray) vectors = g_array_new (FALSE, TRUE, sizeof (DraModelVector));
  DraModelContent content = {
    .attribution = "",
    .parameters = { 1 },
    .features = features,
    .words = words,
    .phrases = phrases,
    .cluster_vectors = vectors,
  };

  if (option_score != NULL)
    {
      option_copies = 0;
      model = dra_model_open (option_score, error);
      documents = model != NULL ? read_documents (error) : NULL;
      return documents != NULL && score_model (model, documents, error);
    }
  if (option_attribution != NULL &&
      !g_file_get_contents (option_attribution, &attribution, NULL, error))
    return FALSE;
  if (attribution != NULL)
    content.attribution = attribution;

  if (!dra_lexicon_build (option_data, words, phrases, vectors, error))
    return FALSE;
  g_printerr ("%u words, %u phrases\n", words->len, phrases->len);
  /* a model without features is what the extractor asks while there is no other */
  bytes = dra_model_write (&content);
  lexicon = dra_model_new_for_bytes (bytes, "lexicon", error);
  documents = lexicon != NULL ? read_documents (error) : NULL;
  if (documents == NULL)
    return FALSE;

  net = dra_net_trainer_new (option_seed, option_net_rate, option_net_dropout);
  crf = train (lexicon, net, documents, unwritten);
  dra_net_trainer_get_net (net, &content.net);
  fill_features (&content, crf, unwritten);
  g_clear_pointer (&bytes, g_bytes_unref);
  bytes = dra_model_write (&content);

  if (!g_file_set_contents (option_output, g_bytes_get_data (bytes, NULL),
                            g_bytes_get_size (bytes), error))
    return FALSE;
  g_printerr ("%" G_GSIZE_FORMAT " bytes\n", g_bytes_get_size (bytes));
  model = dra_model_open (option_output, error);
  return model != NULL && score_model (model, documents, error);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new ("- train the model");
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || option_data == NULL ||
      (option_output == NULL && option_score == NULL))
    {
      g_printerr ("%s\n", error != NULL ? error->message : "--data and --output are needed");
      return 2;
    }
  if (!run (&error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  return 0;
}
