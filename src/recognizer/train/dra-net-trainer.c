/* dra-net-trainer.c: gradients of the network's weights, and steps along them.
 *
 * Each hidden unit is left out at random (Hinton et al. 2012) in a visit to a token; those
 * that stay are made larger, so that nothing need be scaled in use.  One step a sentence,
 * by AdaGrad.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/train/dra-net-trainer.h"

#include <math.h>
#include <string.h>

#define H DRA_NET_HIDDEN
#define K DRA_MODEL_N_TAGS

/* A word as the network sees it; the same one for many words. */
typedef struct
{
  float vector[DRA_MODEL_DIMENSIONS];
  guint class_number;
  guint bits;
} Word;

typedef struct
{
  guint32 words[DRA_NET_SLOTS]; /* G_MAXUINT32: none */
  guint32 bits;
} Token;

/* What a token came to in the forward pass. */
typedef struct
{
  float hidden[H]; /* after dropout, before the unit's threshold */
  float kept[H];   /* 0, or the factor of a unit that was kept */
  float scores[K];
} Result;

struct _DraNetTrainer
{
  DraNet      net;
  DraNet      gradient;
  DraNet      squares;
  DraNet      sum;
  guint       n_sums;
  gboolean    moved;   /* whether gradient is not 0 */
  GArray     *words;
  GHashTable *numbers; /* of words by what they are */
  GArray     *tokens;
  GArray     *results;
  guint       first;   /* token of the first result */
  guint64     state;
  float       rate;
  float       dropout;
};

static guint64
next_random (DraNetTrainer *self)
{
  self->state += G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);
  return dra_model_mix (self->state);
}

static void
fill (DraNetTrainer *self,
      float         *weights,
      gsize          n,
      float          range)
{
  for (gsize i = 0; i < n; i++)
    weights[i] = range * ((next_random (self) >> 40) / 8388608.0f - 1);
}

DraNetTrainer *
dra_net_trainer_new (guint64 seed,
                     float   rate,
                     float   dropout)
{
  DraNetTrainer *self = g_new0 (DraNetTrainer, 1);

  self->state = seed;
  self->rate = rate;
  self->dropout = dropout;
  self->words = g_array_new (FALSE, FALSE, sizeof (Word));
  self->tokens = g_array_new (FALSE, FALSE, sizeof (Token));
  self->results = g_array_new (FALSE, FALSE, sizeof (Result));
  self->numbers = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  fill (self, (float *) self->net.inputs, sizeof self->net.inputs / sizeof (float), 0.08f);
  for (guint j = 0; j < H; j++)
    fill (self, self->net.output[j], K, 0.1f);
  for (gsize i = 0; i < DRA_NET_N_WEIGHTS; i++)
    ((float *) &self->squares)[i] = 1e-2f;
  return self;
}

void
dra_net_trainer_free (DraNetTrainer *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->words);
  g_array_unref (self->tokens);
  g_array_unref (self->results);
  g_hash_table_unref (self->numbers);
  g_free (self);
}

static guint32
intern (DraNetTrainer        *self,
        const DraModel       *model,
        const DraFeatureWord *word)
{
  gint64 key = (gint64) word->vector * 0x10000 | (gint64) (guchar) word->case_class << 8 | word->bits;
  gpointer number = g_hash_table_lookup (self->numbers, &key);
  Word new;

  if (number == NULL)
    {
      new.class_number = dra_net_describe_word (model, word, new.vector);
      new.bits = word->bits;
      g_array_append_val (self->words, new);
      number = GUINT_TO_POINTER (self->words->len);
      g_hash_table_insert (self->numbers, g_memdup2 (&key, sizeof key), number);
    }
  return GPOINTER_TO_UINT (number) - 1;
}

/* dra_net_trainer_add_token: adds a token of the sentence that features has begun. */
void
dra_net_trainer_add_token (DraNetTrainer  *self,
                           const DraModel *model,
                           DraFeatures    *features,
                           guint           position)
{
  guint ids[DRA_NET_SLOTS];
  Token token;

  dra_features_slots (features, position, ids);
  for (guint s = 0; s < DRA_NET_SLOTS; s++)
    token.words[s] = ids[s] == G_MAXUINT
                       ? G_MAXUINT32
                       : intern (self, model, dra_features_get_word (features, ids[s]));
  token.bits = dra_features_bits (features, position);
  g_array_append_val (self->tokens, token);
}

/* dra_net_trainer_forward: computes the scores of n tokens. */
void
dra_net_trainer_forward (DraNetTrainer *self,
                         guint          first,
                         guint          n)
{
  guint threshold = self->dropout * 256;
  float factor = 256.0f / (256 - threshold);

  self->first = first;
  g_array_set_size (self->results, n);
  for (guint t = 0; t < n; t++)
    {
      const Token *token = &g_array_index (self->tokens, Token, first + t);
      Result *result = &g_array_index (self->results, Result, t);

      memcpy (result->hidden, self->net.bias, sizeof self->net.bias);
      for (guint s = 0; s < DRA_NET_SLOTS; s++)
        if (token->words[s] != G_MAXUINT32)
          {
            const Word *word = &g_array_index (self->words, Word, token->words[s]);

            dra_net_add_word (&self->net, s, word->vector, word->class_number, word->bits,
                              result->hidden);
          }
      dra_net_add_context (&self->net, token->bits, result->hidden);
      for (guint j = 0; j < H; j += 8)
        {
          guint64 random = next_random (self);

          for (guint k = 0; k < 8; k++, random >>= 8)
            result->kept[j + k] = (random & 255) < threshold ? 0 : factor;
        }
      for (guint j = 0; j < H; j++)
        result->hidden[j] *= result->kept[j];
      memset (result->scores, 0, sizeof result->scores);
      dra_net_add_output (&self->net, result->hidden, result->scores);
    }
}

const float *
dra_net_trainer_get_scores (DraNetTrainer *self,
                            guint          token)
{
  return g_array_index (self->results, Result, token - self->first).scores;
}

static void
add_word_gradient (DraNetTrainer *self,
                   guint          slot,
                   const Word    *word,
                   const float   *error)
{
  float (*inputs)[H] = self->gradient.inputs[slot];

  for (guint i = 0; i < DRA_MODEL_DIMENSIONS; i++)
    for (guint j = 0; j < H; j++)
      inputs[i][j] += word->vector[i] * error[j];
  inputs += DRA_MODEL_DIMENSIONS;
  for (guint j = 0; j < H; j++)
    inputs[word->class_number][j] += error[j];
  inputs += DRA_NET_CLASSES;
  for (guint b = 0; b < 8; b++)
    if ((word->bits >> b & 1) != 0)
      for (guint j = 0; j < H; j++)
        inputs[b][j] += error[j];
}

/* dra_net_trainer_backward: adds what a gradient of the scores of a token means for the
 * weights. */
void
dra_net_trainer_backward (DraNetTrainer *self,
                          guint          token_number,
                          const float   *gradient)
{
  const Token *token = &g_array_index (self->tokens, Token, token_number);
  const Result *result = &g_array_index (self->results, Result, token_number - self->first);
  float error[H] = { 0 };

  for (guint j = 0; j < H; j++)
    if (result->hidden[j] > 0)
      for (guint k = 0; k < K; k++)
        {
          self->gradient.output[j][k] += gradient[k] * result->hidden[j];
          error[j] += gradient[k] * self->net.output[j][k];
        }
  for (guint j = 0; j < H; j++)
    {
      error[j] = result->hidden[j] > 0 ? error[j] * result->kept[j] : 0;
      self->gradient.bias[j] += error[j];
    }
  for (guint s = 0; s < DRA_NET_SLOTS; s++)
    if (token->words[s] != G_MAXUINT32)
      add_word_gradient (self, s, &g_array_index (self->words, Word, token->words[s]), error);
  for (guint32 bits = token->bits; bits != 0; bits &= bits - 1)
    {
      float *context = self->gradient.context[g_bit_nth_lsf (bits, -1)];

      for (guint j = 0; j < H; j++)
        context[j] += error[j];
    }
  self->moved = TRUE;
}

/* dra_net_trainer_step: moves the weights along what was added, and forgets it. */
void
dra_net_trainer_step (DraNetTrainer *self)
{
  float *w = (float *) &self->net, *g = (float *) &self->gradient;
  float *squares = (float *) &self->squares;

  if (!self->moved)
    return;
  for (gsize i = 0; i < DRA_NET_N_WEIGHTS; i++)
    {
      float slope = g[i] + 1e-6f * w[i];

      squares[i] += slope * slope;
      w[i] -= self->rate * slope / sqrtf (squares[i]);
      g[i] = 0;
    }
  self->moved = FALSE;
}

/* dra_net_trainer_average: counts the weights as they are towards the average. */
void
dra_net_trainer_average (DraNetTrainer *self)
{
  for (gsize i = 0; i < DRA_NET_N_WEIGHTS; i++)
    ((float *) &self->sum)[i] += ((const float *) &self->net)[i];
  self->n_sums++;
}

void
dra_net_trainer_get_net (DraNetTrainer *self,
                         DraNet        *net)
{
  for (gsize i = 0; i < DRA_NET_N_WEIGHTS; i++)
    ((float *) net)[i] = ((const float *) &self->sum)[i] / MAX (self->n_sums, 1);
}
