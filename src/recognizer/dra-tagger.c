/* dra-tagger.c: runs the features and the decoder over an article.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/dra-tagger-private.h"

/* Sentences, of at most 400 tokens, between two looks at the cancellable: at most 5 ms. */
#define SENTENCES_A_CHECK 4

/**
 * dra_tagger_tag_segment:
 * @model: a model
 * @text: the text that the tokens are ranges of
 * @tokens: sentences and tokens
 * @begin: the first sentence
 * @end: behind the last sentence
 * @spans: (element-type DraSpan): to append the spans to, in text order
 * @cancellable: (nullable): stops the work when cancelled
 * @error: return location for an error
 *
 * Tags sentences that are looked at together: what the document tells of a word is gathered
 * over them, and memory is bounded by them.  A segment has about
 * %DRA_TAGGER_SEGMENT_TOKENS tokens, as a long book chapter; articles are far shorter.
 * Sets only %G_IO_ERROR_CANCELLED.
 *
 * Returns: whether it was done
 */
gboolean
dra_tagger_tag_segment (DraModel     *model,
                        const char   *text,
                        DraTokens    *tokens,
                        guint         begin,
                        guint         end,
                        GArray       *spans,
                        GCancellable *cancellable,
                        GError      **error)
{
  g_autoptr (DraFeatures) features = NULL;
  g_autoptr (DraDecoder) decoder = NULL;

  g_return_val_if_fail (model != NULL && tokens != NULL && spans != NULL, FALSE);
  g_return_val_if_fail (begin <= end && end <= tokens->sentences->len, FALSE);

  features = dra_features_new (model);
  for (guint s = begin; s < end; s++)
    {
      const DraSentence *sentence = &g_array_index (tokens->sentences, DraSentence, s);

      dra_features_add_sentence (features, text,
                                 &g_array_index (tokens->tokens, DraToken, sentence->first),
                                 sentence->n_tokens);
      if (s % SENTENCES_A_CHECK == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }

  decoder = dra_decoder_new (model, features);
  for (guint s = begin; s < end; s++)
    {
      guint first = g_array_index (tokens->sentences, DraSentence, s).first;
      guint before = spans->len;

      dra_decoder_decode (decoder, s - begin, spans);
      for (guint i = before; i < spans->len; i++)
        {
          g_array_index (spans, DraSpan, i).first += first;
          g_array_index (spans, DraSpan, i).sentence = s;
        }
      if (s % SENTENCES_A_CHECK == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * dra_tagger_tag:
 * @model: a model
 * @text: the text that the tokens are ranges of
 * @tokens: its sentences and tokens
 * @cancellable: (nullable): stops the work when cancelled
 * @error: return location for an error
 *
 * Finds the names in a text by a linear-chain conditional random field.
 *
 * Takes time linear in the number of tokens, and memory for at most 100,000 of them at
 * once.  Several threads may use one model.  Sets only %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full) (element-type DraSpan): the spans in text order, or %NULL
 */
GArray *
dra_tagger_tag (DraModel     *model,
                const char   *text,
                DraTokens    *tokens,
                GCancellable *cancellable,
                GError      **error)
{
  g_autoptr (GArray) spans = NULL;
  guint n;

  g_return_val_if_fail (model != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (tokens != NULL, NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);

  spans = g_array_new (FALSE, FALSE, sizeof (DraSpan));
  n = tokens->sentences->len;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  for (guint begin = 0, end = 0; begin < n; begin = end)
    {
      guint n_tokens = 0;

      while (end < n && n_tokens < DRA_TAGGER_SEGMENT_TOKENS)
        n_tokens += g_array_index (tokens->sentences, DraSentence, end++).n_tokens;
      if (!dra_tagger_tag_segment (model, text, tokens, begin, end, spans, cancellable, error))
        return NULL;
    }
  return g_steal_pointer (&spans);
}
