/* fuzz-recognizer.c: any text on its whole way: tokens, tags, cast, roles, quotations.
 *
 * A libFuzzer target where the compiler has one, and always a program that runs the files it
 * is given.  The first byte says what the blocks are and which language is stated; what is no
 * UTF-8 in the rest is replaced, as readers do.  The model is small and made here: its scores
 * scatter the labels over the words, which is what the document pass needs to be tried with.
 * The model that DRAMATIS_MODEL names has its turn, too.  Beside what a sanitizer sees, the
 * cast must be well formed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>
#include <string.h>

#include "article/dra-article-builder.h"
#include "recognizer/dra-quotations.h"
#include "recognizer/dra-recognizer.h"
#include "recognizer/dra-resolver.h"
#include "recognizer/dra-tagger.h"
#include "recognizer/train/dra-model-writer.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

/* Words that patterns of the recognizer look for, all in the lexicon. */
static const char words[] =
  "Maria Delgado Peter O'Neill Smith Bill Hillary Clinton Acme Inc University of Lund Ministry "
  "Bank Times Northern Union ABC NEA Victoria Lake Mr Dr President Mexican Brazil Berlin van de "
  "the and said told chief executive spokesman who Ltd FC United Monday";

static DraModel *
make_model (void)
{
  DraModelContent content = { .attribution = "Nobody", .parameters = { 0.05f } };
  g_auto (GStrv) list = g_strsplit (words, " ", -1);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  DraModel *model;

  content.features = g_array_new (FALSE, FALSE, sizeof (DraModelFeature));
  content.words = g_array_new (FALSE, FALSE, sizeof (DraModelWord));
  content.phrases = g_array_new (FALSE, FALSE, sizeof (DraModelPhrase));
  content.cluster_vectors = g_array_new (FALSE, TRUE, sizeof (DraModelVector));
  g_array_set_size (content.cluster_vectors, DRA_MODEL_N_CLUSTERS);
  for (guint i = 0; list[i] != NULL; i++)
    {
      g_autofree char *lower = g_utf8_strdown (list[i], -1);
      DraModelWord word = { (guint32) dra_model_hash (lower, strlen (lower)), 1 + i * 37 % 4096,
                            (guint8) (1u << i % 7), { 1, 2, 3 } };
      DraModelPhrase phrase = { dra_model_extend_phrase (0, dra_model_hash (list[i], strlen (list[i]))) &
                                  G_GUINT64_CONSTANT (0xFFFFFFFFFFFF), (guint8) (1 + i % 15) };

      g_array_append_val (content.words, word);
      if (i % 3 == 0)
        g_array_append_val (content.phrases, phrase);
    }
  for (gsize i = 0; i < DRA_NET_N_WEIGHTS; i++)
    ((float *) &content.net)[i] = (float) (dra_model_mix (i) % 2000) / 1000 - 1;
  bytes = dra_model_write (&content);
  g_array_unref (content.features);
  g_array_unref (content.words);
  g_array_unref (content.phrases);
  g_array_unref (content.cluster_vectors);
  model = dra_model_new_for_bytes (bytes, "fuzz.model", &error);
  g_assert_no_error (error);

  return model;
}

/* Bits of how: kind of the first block (2), language (2), kind of the others (2). */
static DraArticle *
make_article (guint8      how,
              const char *text,
              gsize       length)
{
  static const DraBlockKind kinds[] = { DRA_BLOCK_PARAGRAPH, DRA_BLOCK_TITLE, DRA_BLOCK_PREFORMATTED,
                                        DRA_BLOCK_TABLE_ROW };
  static const char *const languages[] = { NULL, "en", "es", "de" };
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) length);
  g_auto (GStrv) lines = g_strsplit (valid, "\n", -1);

  if (languages[how >> 2 & 3] != NULL)
    dra_article_builder_set_metadata (builder, DRA_METADATA_LANGUAGE, languages[how >> 2 & 3]);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      DraBlockKind kind = kinds[i == 0 ? how & 3 : how >> 4 & 3];
      g_auto (GStrv) cells = g_strsplit (lines[i], "\t", -1);

      dra_article_builder_begin_block (builder, kind, 0, NULL);
      for (guint k = 0; cells[k] != NULL; k++)
        {
          if (k > 0 && kind == DRA_BLOCK_TABLE_ROW)
            dra_article_builder_next_cell (builder);
          dra_article_builder_add_text (builder, cells[k], -1);
        }
      dra_article_builder_end_block (builder);
    }

  return dra_article_builder_build (builder);
}

static void
check_range (DraArticle *article,
             DraRange    range)
{
  gsize length;
  const char *text = dra_article_get_text (article, &length);

  g_assert_cmpuint (range.start, <, range.end);
  g_assert_cmpuint (range.end, <=, length);
  g_assert_true (g_utf8_validate (text + range.start, (gssize) dra_range_length (range), NULL));
}

static void
check_cast (DraArticle *article,
            DraCast    *cast)
{
  guint n;
  const DraMention *mentions = dra_cast_get_mentions (cast, &n);
  gsize end = 0;

  for (guint i = 0; i < n; i++)
    {
      check_range (article, mentions[i].range);
      g_assert_cmpuint (mentions[i].range.start, >=, end);
      g_assert_true (mentions[i].confidence >= 0 && mentions[i].confidence <= 1);
      end = mentions[i].range.end;
    }
  for (guint e = 0; e < dra_cast_get_n_entities (cast); e++)
    {
      const DraEntity *entity = dra_cast_get_entity (cast, e);

      g_assert_cmpuint (entity->n_mentions, >, 0);
      g_assert_true (*entity->name != '\0' && g_utf8_validate (entity->name, -1, NULL));
      g_assert_true (entity->role == NULL || *entity->role != '\0');
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  static DraModel *model;
  static DraRecognizer *recognizer;
  const char *path = g_getenv ("DRAMATIS_MODEL");
  g_autoptr (DraArticle) article = NULL;
  g_autoptr (DraTokens) tokens = NULL;
  g_autoptr (GArray) spans = NULL;
  g_autoptr (DraCast) cast = NULL;
  g_autoptr (DraQuotations) quotations = NULL;

  if (size == 0)
    return 0;
  if (model == NULL)
    model = make_model ();
  if (recognizer == NULL && path != NULL)
    recognizer = dra_recognizer_new (path, NULL);

  article = make_article (data[0], (const char *) data + 1, size - 1);
  tokens = dra_tokens_new_for_article (article);
  spans = dra_tagger_tag (model, dra_article_get_text (article, NULL), tokens, NULL, NULL);
  cast = dra_resolver_resolve (article, tokens, spans, model);
  check_cast (article, cast);
  quotations = dra_quotations_find (article, cast, NULL, NULL);
  for (guint i = 0; i < dra_quotations_get_n (quotations); i++)
    {
      const DraQuotation *quotation = dra_quotations_get (quotations, i);

      check_range (article, quotation->range);
      g_assert_cmpint (quotation->speaker, <, (int) dra_cast_get_n_entities (cast));
    }
  if (recognizer != NULL)
    {
      g_autoptr (DraCast) real = dra_recognizer_recognize (recognizer, article, NULL, NULL);

      check_cast (article, real);
    }

  return 0;
}

#ifndef DRA_WITH_LIBFUZZER
/* Texts with what the steps look for; each is read as every kind of block. */
static const char *const inputs[] = {
  "Bill and Hillary Clinton met Mr. Smith (NEA).\nThe Northern Union (NU) said: \"No,\" and \"Yes.\"",
  "Smith Jr., Dr. van de Lund, chief executive of Acme Inc.\tPresident Maria Delgado\t\tABC",
  "“A ‘B’ C” said Smith. “D\n“E” the Clintons' told Acme's",
  "la Maria Delgado Peter \"Maria Delgado\" Northern Union Victoria (NUV)",
  "(((((\"\"\"\"'''' \xff\xfe \xe2\x80\xa8 U.S. A.B.C. @a #b http://x.y/z 1,000.5 e\xcc\x81",
};

int
main (int    argc,
      char **argv)
{
  static const char *const marks[] = { " ", " ", " ", ", ", ". ", " \"", "\" ", "\n", " (", ") ", "\t" };
  g_auto (GStrv) list = g_strsplit (words, " ", -1);

  for (gsize i = 0; i < G_N_ELEMENTS (inputs); i++)
    for (guint how = 0; how < 64; how++)
      {
        g_autofree char *input = g_strdup_printf ("%c%s", (char) (how | 64), inputs[i]);

        LLVMFuzzerTestOneInput ((const guint8 *) input, strlen (input));
      }
  for (guint64 i = 0; i < 300; i++) /* words put together at random, always the same */
    {
      g_autoptr (GString) input = g_string_new (NULL);

      g_string_append_c (input, (char) (64 + i % 64));
      for (guint k = 0; k < 40; k++)
        g_string_append_printf (input, "%s%s", list[dra_model_mix (i * 128 + k) % g_strv_length (list)],
                                marks[dra_model_mix (i * 128 + 64 + k) % G_N_ELEMENTS (marks)]);
      LLVMFuzzerTestOneInput ((const guint8 *) input->str, input->len);
    }
  for (int i = 1; i < argc; i++)
    {
      g_autofree char *data = NULL;
      gsize length;

      if (!g_file_get_contents (argv[i], &data, &length, NULL))
        return 1;
      LLVMFuzzerTestOneInput ((const guint8 *) data, length);
    }

  return 0;
}
#endif
