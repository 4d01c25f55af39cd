/* dra-decoder.c: the best labels of a sentence under a linear-chain CRF, and how sure.
 *
 * Lafferty, McCallum and Pereira (2001).  The score of a sequence y of BIO2 tags over a
 * sentence x is  sum_t e(t, y_t) + T(y_t-1, y_t),  where e sums the weights of the features
 * of token t and what the network of dra-net-private.h makes of it.  Viterbi finds the best sequence; the forward-backward algorithm the
 * marginals.  Transitions to I-X from anything but B-X and I-X are forbidden.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/dra-tagger-private.h"

#include "recognizer/dra-net-private.h"

#include <math.h>
#include <string.h>

#define K DRA_MODEL_N_TAGS
#define LANES 16 /* K, rounded up to what vector units like */
#define FORBIDDEN (-1e9f)
#define MAX_HIDDEN 16384 /* sums of hidden units that are kept: 3 MB */

struct _DraDecoder
{
  DraModel    *model;
  DraFeatures *features;
  float        transitions[K][LANES]; /* to, from; FORBIDDEN where BIO2 says so */
  float        potentials[K][LANES];  /* exp of them: from, to */

  /* sums of weights of the unary features, by word and offset, filled when first needed */
  gint16     (*sums)[DRA_FEATURES_N_OFFSETS][LANES];
  guint8      *summed;

  /* what a word is to the hidden units in a slot, likewise */
  guint32    (*hidden_of)[DRA_NET_SLOTS]; /* 1 + where in hidden, by word */
  GArray      *hidden;                    /* of DRA_NET_HIDDEN floats each */

  guint        capacity;
  float      (*emissions)[LANES];
  float      (*forward)[LANES];
  float      (*backward)[LANES];
  guint8     (*back)[LANES]; /* best tag before */
  guint8      *tags;
};

static inline gboolean
is_inside (guint tag)
{
  return tag > 0 && tag % 2 == 0;
}

static inline gboolean
may_follow (guint from,
            guint to)
{
  return !is_inside (to) || from == to || from == to - 1;
}

DraDecoder *
dra_decoder_new (DraModel    *model,
                 DraFeatures *features)
{
  DraDecoder *self = g_new0 (DraDecoder, 1);
  guint n_words = dra_features_get_n_words (features);

  self->model = model;
  self->features = features;
  self->sums = g_malloc_n (n_words, sizeof *self->sums);
  self->summed = g_new0 (guint8, n_words);
  self->hidden_of = g_malloc0_n (n_words, sizeof *self->hidden_of);
  self->hidden = g_array_new (FALSE, FALSE, sizeof (float) * DRA_NET_HIDDEN);
  for (guint i = 0; i < K; i++)
    for (guint j = 0; j < K; j++)
      {
        gboolean allowed = may_follow (i, j);

        self->transitions[j][i] = allowed ? model->transitions[i][j] : FORBIDDEN;
        self->potentials[i][j] = allowed ? expf (model->transitions[i][j]) : 0;
      }
  return self;
}

void
dra_decoder_free (DraDecoder *self)
{
  if (self == NULL)
    return;
  g_free (self->sums);
  g_free (self->summed);
  g_free (self->hidden_of);
  g_array_unref (self->hidden);
  g_free (self->emissions);
  g_free (self->forward);
  g_free (self->backward);
  g_free (self->back);
  g_free (self->tags);
  g_free (self);
}

/* All weights but the last at once: K is 9. */
static inline void
add_weights (const gint8 *weights,
             gint16      *sum)
{
  typedef gint8 Bytes __attribute__ ((vector_size (8)));
  typedef gint16 Shorts __attribute__ ((vector_size (16)));
  Bytes bytes;
  Shorts shorts;

  G_STATIC_ASSERT (K == 9);
  memcpy (&bytes, weights, sizeof bytes);
  memcpy (&shorts, sum, sizeof shorts);
  shorts += __builtin_convertvector (bytes, Shorts);
  memcpy (sum, &shorts, sizeof shorts);
  sum[8] += weights[8];
}

static inline void
add_features (const DraModel *model,
              const guint32  *features,
              guint           n,
              gint16         *sum)
{
  for (guint i = 0; i < n; i++)
    dra_model_fetch_bucket (model, features[i]);
  for (guint i = 0; i < n; i++)
    dra_model_fetch_feature (model, features[i]);
  for (guint i = 0; i < n; i++)
    {
      const gint8 *weights = dra_model_find_feature (model, features[i]);

      if (weights != NULL)
        add_weights (weights, sum);
    }
}

static const gint16 (*
get_sums (DraDecoder *self,
          guint       id))[LANES]
{
  if (!self->summed[id])
    {
      const DraFeatureWord *word = dra_features_get_word (self->features, id);
      guint32 features[DRA_FEATURES_MAX_UNARY];

      memset (self->sums[id], 0, sizeof self->sums[id]);
      for (int d = -DRA_FEATURES_WINDOW; d <= DRA_FEATURES_WINDOW; d++)
        add_features (self->model, features, dra_features_unary (word, d, features),
                      self->sums[id][d + DRA_FEATURES_WINDOW]);
      self->summed[id] = TRUE;
    }
  return (const gint16 (*)[LANES]) self->sums[id];
}

static void
add_hidden (DraDecoder *self,
            guint       id,
            guint       slot,
            float      *hidden)
{
  const float *sum;

  if (self->hidden_of[id][slot] == 0)
    {
      const DraFeatureWord *word = dra_features_get_word (self->features, id);
      float vector[DRA_MODEL_DIMENSIONS], own[DRA_NET_HIDDEN] = { 0 };
      guint class_number = dra_net_describe_word (self->model, word, vector);

      dra_net_add_word (&self->model->net, slot, word->vector < 0 ? NULL : vector, class_number, word->bits,
                        own);
      g_array_append_vals (self->hidden, own, 1);
      self->hidden_of[id][slot] = self->hidden->len;
    }
  sum = (const float *) self->hidden->data +
        (gsize) (self->hidden_of[id][slot] - 1) * DRA_NET_HIDDEN;
  dra_net_add_hidden (sum, hidden);
}

/* Adds the scores of the network to the emissions of a token. */
static void
add_net (DraDecoder *self,
         guint       position,
         float      *emissions)
{
  guint ids[DRA_NET_SLOTS];
  float hidden[DRA_NET_HIDDEN];

  memcpy (hidden, self->model->net.bias, sizeof hidden);
  dra_features_slots (self->features, position, ids);
  for (guint s = 0; s < DRA_NET_SLOTS; s++)
    if (ids[s] != G_MAXUINT)
      add_hidden (self, ids[s], s, hidden);
  dra_net_add_context (&self->model->net, dra_features_bits (self->features, position), hidden);
  dra_net_add_output (&self->model->net, hidden, emissions);
}

static void
reserve (DraDecoder *self,
         guint       n)
{
  if (n <= self->capacity)
    return;
  self->capacity = MAX (n, 2 * self->capacity);
  self->emissions = g_realloc_n (self->emissions, self->capacity, sizeof *self->emissions);
  self->forward = g_realloc_n (self->forward, self->capacity, sizeof *self->forward);
  self->backward = g_realloc_n (self->backward, self->capacity, sizeof *self->backward);
  self->back = g_realloc_n (self->back, self->capacity, sizeof *self->back);
  self->tags = g_realloc_n (self->tags, self->capacity, sizeof *self->tags);
}

static void
compute_emissions (DraDecoder *self,
                   guint       n)
{
  guint32 features[DRA_FEATURES_MAX_CONTEXT];

  if (self->hidden->len > MAX_HIDDEN)
    {
      g_array_set_size (self->hidden, 0);
      memset (self->hidden_of, 0,
              dra_features_get_n_words (self->features) * sizeof *self->hidden_of);
    }
  for (guint t = 0; t < n; t++)
    {
      gint16 sum[LANES] = { 0 };

      for (int d = -DRA_FEATURES_WINDOW; d <= DRA_FEATURES_WINDOW; d++)
        {
          guint id = dra_features_get_word_id (self->features, (int) t + d);
          const gint16 *unary = get_sums (self, id)[d + DRA_FEATURES_WINDOW];

          for (guint k = 0; k < LANES; k++)
            sum[k] += unary[k];
        }
      add_features (self->model, features,
                    dra_features_context (self->features, t, features), sum);
      for (guint k = 0; k < K; k++)
        self->emissions[t][k] = sum[k] * self->model->scale + self->model->biases[k];
      add_net (self, t, self->emissions[t]);
    }
}

static void
find_best (DraDecoder *self,
           guint       n)
{
  float (*score)[LANES] = self->forward; /* used before the forward pass needs it */
  guint best = 0;

  for (guint k = 0; k < K; k++)
    score[0][k] = is_inside (k) ? FORBIDDEN : self->emissions[0][k];
  for (guint t = 1; t < n; t++)
    for (guint k = 0; k < K; k++)
      {
        float highest = score[t - 1][0] + self->transitions[k][0];
        guint from = 0;

        for (guint i = 1; i < K; i++)
          {
            float value = score[t - 1][i] + self->transitions[k][i];

            if (value > highest)
              {
                highest = value;
                from = i;
              }
          }
        score[t][k] = highest + self->emissions[t][k];
        self->back[t][k] = from;
      }
  for (guint k = 1; k < K; k++)
    if (score[n - 1][k] > score[n - 1][best])
      best = k;
  for (guint t = n; t-- > 0;)
    {
      self->tags[t] = best;
      if (t > 0)
        best = self->back[t][best];
    }
}

/* Turns emissions into their exponentials, and forward and backward into the scaled sums
 * of Rabiner (1989): forward * backward of a token is proportional to its marginals. */
static void
sum_paths (DraDecoder *self,
           guint       n)
{
  float (*psi)[LANES] = self->emissions;

  for (guint t = 0; t < n; t++)
    {
      float highest = psi[t][0], total = 0;

      for (guint k = 1; k < K; k++)
        highest = MAX (highest, psi[t][k]);
      for (guint k = 0; k < K; k++)
        psi[t][k] = expf (psi[t][k] - highest);
      for (guint k = 0; k < K; k++)
        {
          float sum = 0;

          if (t == 0)
            sum = is_inside (k) ? 0 : 1;
          else
            for (guint i = 0; i < K; i++)
              sum += self->forward[t - 1][i] * self->potentials[i][k];
          self->forward[t][k] = sum * psi[t][k];
          total += self->forward[t][k];
        }
      for (guint k = 0; k < K; k++)
        self->forward[t][k] /= MAX (total, 1e-30f);
    }
  for (guint k = 0; k < K; k++)
    self->backward[n - 1][k] = 1;
  for (guint t = n - 1; t-- > 0;)
    {
      float total = 0;

      for (guint i = 0; i < K; i++)
        {
          float sum = 0;

          for (guint k = 0; k < K; k++)
            sum += self->potentials[i][k] * psi[t + 1][k] * self->backward[t + 1][k];
          self->backward[t][i] = sum;
          total += sum;
        }
      for (guint i = 0; i < K; i++)
        self->backward[t][i] /= MAX (total, 1e-30f);
    }
}

/* The probability that exactly the tokens from first to before end are a name of the label:
 * the share of the paths B I ... I that no I follows.  Each step is divided by all that the
 * step could be, so that nothing vanishes. */
static float
span_probability (DraDecoder *self,
                  guint       first,
                  guint       end,
                  guint       n,
                  guint       label)
{
  float (*psi)[LANES] = self->emissions;
  guint b = 1 + 2 * label;
  double inside = self->forward[first][b], all[K];

  for (guint k = 0; k < K; k++)
    all[k] = self->forward[first][k];
  for (guint t = first; t < end && t + 1 < n; t++)
    {
      double next[K], total = 0;
      guint from = t == first ? b : b + 1;
      double kept = 0;

      for (guint k = 0; k < K; k++)
        {
          double step = psi[t + 1][k] * (t + 1 == end ? self->backward[t + 1][k] : 1);

          next[k] = 0;
          for (guint i = 0; i < K; i++)
            next[k] += all[i] * self->potentials[i][k] * step;
          total += next[k];
          if (t + 1 < end ? k == b + 1 : k != b + 1)
            kept += inside * self->potentials[from][k] * step;
        }
      if (total <= 0)
        return 0;
      inside = kept / total;
      for (guint k = 0; k < K; k++)
        all[k] = next[k] / total;
    }
  if (end == n)
    {
      double total = 0;

      for (guint k = 0; k < K; k++)
        total += all[k];
      inside /= total > 0 ? total : 1;
    }
  return CLAMP (inside, 0, 1);
}

static void
add_span (DraDecoder *self,
          guint       sentence,
          guint       first,
          guint       end,
          guint       n,
          GArray     *spans)
{
  DraSpan span = { first, end - first, sentence, (self->tags[first] - 1) / 2, 0, { 0 } };

  span.confidence = span_probability (self, first, end, n, span.label);
  for (guint t = first; t < end; t++)
    {
      float total = 0;

      for (guint k = 0; k < K; k++)
        total += self->forward[t][k] * self->backward[t][k];
      for (guint l = 0; l < DRA_N_LABELS && total > 0; l++)
        span.scores[l] += (self->forward[t][1 + 2 * l] * self->backward[t][1 + 2 * l] +
                           self->forward[t][2 + 2 * l] * self->backward[t][2 + 2 * l]) / total;
    }
  for (guint l = 0; l < DRA_N_LABELS; l++)
    span.scores[l] /= end - first;
  g_array_append_val (spans, span);
}

/* dra_decoder_decode: appends the spans of a sentence; their first is counted from the
 * start of the sentence. */
void
dra_decoder_decode (DraDecoder *self,
                    guint       sentence,
                    GArray     *spans)
{
  guint n = dra_features_begin_sentence (self->features, sentence);
  gboolean any = FALSE;

  if (n == 0)
    return;
  reserve (self, n);
  compute_emissions (self, n);
  find_best (self, n);
  for (guint t = 0; t < n && !any; t++)
    any = self->tags[t] != 0;
  if (!any)
    return;

  sum_paths (self, n);
  for (guint t = 0; t < n;)
    {
      guint tag = self->tags[t], end = t + 1;

      if (tag != 0)
        {
          while (end < n && self->tags[end] == tag + 1)
            end++;
          add_span (self, sentence, t, end, n, spans);
        }
      t = end;
    }
}
