/* dra-crf.c: stochastic gradient training of a linear-chain CRF.
 *
 * The objective is the likelihood of the labels that are known, with those that are not
 * summed over (a CRF with partially observed labels: Tsuboi et al. 2008): its gradient is
 * the difference of the expected counts under all paths and under the paths that keep to
 * the allowed tags.  AdaGrad (Duchi et al. 2011) sets the step of each weight; dropping
 * features at random (as in Hinton et al. 2012) keeps any from being relied on alone.
 *
 * One thread, own random numbers, a fixed order: the same data gives the same weights.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/train/dra-crf.h"

#include <math.h>
#include <string.h>

#define K DRA_MODEL_N_TAGS
#define LANES 12 /* K, rounded up to whole vectors */
#define FORBIDDEN (-1e4f)

typedef struct
{
  guint first; /* token */
  guint n;
  float weight;
} Sentence;

typedef float Lattice[LANES];

/* A weight and the sum of its squared gradients, for each tag. */
typedef struct
{
  float w[LANES];
  float g[LANES];
} Row;

struct _DraCrf
{
  guint32 *ids; /* hashes of all features of all tokens, then their rows */
  gsize    n_ids;
  gsize    ids_capacity;
  GArray  *ends;    /* of guint32: end of each token's features in ids */
  GArray  *allowed; /* of guint16 */
  GArray  *sentences;

  guint32 *hashes;  /* of each row */
  Row     *rows;
  guint    n_rows;
  float    transitions[K][LANES]; /* from, to */
  float    transition_squares[K][LANES];
  Lattice *sums;    /* of the weights of each row, over the ends of the later epochs */
  Lattice  transition_sums[K];
  guint    n_sums;
  float    scale; /* to make up for dropout */
};

/* Tables of one sentence. */
typedef struct
{
  guint    capacity;
  Lattice *psi;
  Lattice *kept;  /* psi of allowed tags only */
  Lattice *forward;
  Lattice *backward;
  Lattice *free;  /* marginals */
  Lattice *bound;
  float   *totals;
} Tables;

static guint64
next_random (guint64 *state)
{
  guint64 z = (*state += G_GUINT64_CONSTANT (0x9E3779B97F4A7C15)); /* SplitMix64 */

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xBF58476D1CE4E5B9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94D049BB133111EB);
  return z ^ (z >> 31);
}

static gboolean
may_follow (guint from,
            guint to)
{
  return to == 0 || to % 2 == 1 || from == to || from == to - 1;
}

DraCrf *
dra_crf_new (void)
{
  DraCrf *self = g_new0 (DraCrf, 1);

  self->ends = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->allowed = g_array_new (FALSE, FALSE, sizeof (guint16));
  self->sentences = g_array_new (FALSE, FALSE, sizeof (Sentence));
  self->scale = 1;
  return self;
}

void
dra_crf_free (DraCrf *self)
{
  if (self == NULL)
    return;
  g_free (self->ids);
  g_array_unref (self->ends);
  g_array_unref (self->allowed);
  g_array_unref (self->sentences);
  g_free (self->hashes);
  g_free (self->rows);
  g_free (self->sums);
  g_free (self);
}

/* dra_crf_add_token: adds the next token of a sentence; allowed has bit 1 << tag for each
 * tag that it may have. */
void
dra_crf_add_token (DraCrf        *self,
                   const guint32 *features,
                   guint          n_features,
                   guint16        allowed)
{
  guint32 end;

  if (self->n_ids + n_features > self->ids_capacity)
    {
      self->ids_capacity = MAX (1 << 20, self->ids_capacity * 2);
      self->ids = g_renew (guint32, self->ids, self->ids_capacity);
    }
  memcpy (self->ids + self->n_ids, features, n_features * sizeof *features);
  self->n_ids += n_features;
  g_assert (self->n_ids < G_MAXUINT32);
  end = self->n_ids;
  g_array_append_val (self->ends, end);
  g_array_append_val (self->allowed, allowed);
}

void
dra_crf_end_sentence (DraCrf *self,
                      float   weight)
{
  Sentence sentence = { 0, 0, weight };

  if (self->sentences->len > 0)
    {
      const Sentence *last = &g_array_index (self->sentences, Sentence, self->sentences->len - 1);

      sentence.first = last->first + last->n;
    }
  sentence.n = self->ends->len - sentence.first;
  if (sentence.n > 0)
    g_array_append_val (self->sentences, sentence);
}

/* Gives each feature that is seen often enough a row, in the order of first sight, and
 * puts rows in the place of hashes; rarer ones go. */
static void
number_features (DraCrf *self,
                 guint   cut)
{
  gsize size = 1 << 20, n = 0, out = 0;
  guint32 *keys = g_new (guint32, size), *counts = g_new0 (guint32, size);
  g_autoptr (GArray) hashes = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint token = 0;
  gsize *slots;

  for (gsize i = 0; i < self->n_ids; i++)
    {
      guint32 key = self->ids[i];
      gsize slot = (key * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15)) >> 20 & (size - 1);

      while (counts[slot] != 0 && keys[slot] != key)
        slot = (slot + 1) & (size - 1);
      if (counts[slot]++ == 0)
        {
          keys[slot] = key;
          n++;
        }
      if (2 * n > size)
        {
          guint32 *old_keys = keys, *old_counts = counts;

          size *= 2;
          keys = g_new (guint32, size);
          counts = g_new0 (guint32, size);
          for (gsize k = 0; k < size / 2; k++)
            if (old_counts[k] != 0)
              {
                slot = (old_keys[k] * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15)) >> 20 & (size - 1);
                while (counts[slot] != 0)
                  slot = (slot + 1) & (size - 1);
                keys[slot] = old_keys[k];
                counts[slot] = old_counts[k];
              }
          g_free (old_keys);
          g_free (old_counts);
        }
    }

  slots = g_new0 (gsize, size); /* row + 1 */
  for (gsize i = 0; i < self->n_ids; i++)
    {
      guint32 key = self->ids[i];
      gsize slot = (key * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15)) >> 20 & (size - 1);

      while (i >= g_array_index (self->ends, guint32, token))
        g_array_index (self->ends, guint32, token++) = out;
      while (counts[slot] == 0 || keys[slot] != key)
        slot = (slot + 1) & (size - 1);
      if (counts[slot] < cut)
        continue;
      if (slots[slot] == 0)
        {
          g_array_append_val (hashes, key);
          slots[slot] = hashes->len;
        }
      self->ids[out++] = slots[slot] - 1;
    }
  while (token < self->ends->len)
    g_array_index (self->ends, guint32, token++) = out;
  self->n_ids = out;
  self->n_rows = hashes->len;
  self->hashes = g_memdup2 (hashes->data, hashes->len * sizeof (guint32));
  g_free (keys);
  g_free (counts);
  g_free (slots);
  g_printerr ("%u features of %" G_GSIZE_FORMAT "\n", self->n_rows, n);
}

static void
reserve (Tables *t,
         guint   n)
{
  if (n <= t->capacity)
    return;
  t->capacity = 2 * n;
  t->psi = g_renew (Lattice, t->psi, t->capacity);
  t->kept = g_renew (Lattice, t->kept, t->capacity);
  t->forward = g_renew (Lattice, t->forward, t->capacity);
  t->backward = g_renew (Lattice, t->backward, t->capacity);
  t->free = g_renew (Lattice, t->free, t->capacity);
  t->bound = g_renew (Lattice, t->bound, t->capacity);
  t->totals = g_renew (float, t->totals, t->capacity);
}

/* Scaled forward-backward.  Fills marginals, adds sign times the expected transitions to
 * counts, and returns the logarithm of the sum over all paths. */
static double
sum_paths (Tables        *tables,
           guint          n,
           const Lattice *psi,
           Lattice        potentials[K],
           Lattice       *marginals,
           float          sign,
           Lattice        counts[K])
{
  Lattice *f = tables->forward, *b = tables->backward;
  float *totals = tables->totals;
  double log_sum = 0;

  for (guint t = 0; t < n; t++)
    {
      float total = 0;

      for (guint k = 0; k < LANES; k++)
        f[t][k] = t == 0 ? (k > 0 && k % 2 == 0 ? 0 : 1) : 0;
      if (t > 0)
        for (guint i = 0; i < K; i++)
          for (guint k = 0; k < LANES; k++)
            f[t][k] += f[t - 1][i] * potentials[i][k];
      for (guint k = 0; k < LANES; k++)
        f[t][k] *= psi[t][k];
      for (guint k = 0; k < K; k++)
        total += f[t][k];
      totals[t] = MAX (total, 1e-30f);
      for (guint k = 0; k < LANES; k++)
        f[t][k] /= totals[t];
      log_sum += log (totals[t]);
    }

  for (guint k = 0; k < LANES; k++)
    b[n - 1][k] = 1;
  for (guint t = n - 1; t-- > 0;)
    {
      Lattice ahead;

      for (guint k = 0; k < LANES; k++)
        ahead[k] = psi[t + 1][k] * b[t + 1][k] / totals[t + 1];
      for (guint i = 0; i < LANES; i++)
        b[t][i] = 0;
      for (guint i = 0; i < K; i++)
        {
          float sum = 0;

          for (guint k = 0; k < K; k++)
            {
              float flow = potentials[i][k] * ahead[k];

              sum += flow;
              counts[i][k] += sign * f[t][i] * flow;
            }
          b[t][i] = sum;
        }
    }
  for (guint t = 0; t < n; t++)
    for (guint k = 0; k < LANES; k++)
      marginals[t][k] = f[t][k] * b[t][k];
  return log_sum;
}

static void
compute_psi (DraCrf         *self,
             DraNetTrainer  *net,
             const Sentence *sentence,
             const guint32  *ids,
             const guint    *ends,
             Tables         *tables)
{
  guint at = 0;

  for (guint t = 0; t < sentence->n; t++)
    {
      guint16 allowed = g_array_index (self->allowed, guint16, sentence->first + t);
      Lattice sum = { 0 };
      const float *scores = dra_net_trainer_get_scores (net, sentence->first + t);
      float highest;

      memcpy (sum, scores, K * sizeof *scores);
      for (; at < ends[t]; at++)
        {
          const float *w = self->rows[ids[at]].w;

          for (guint k = 0; k < LANES; k++)
            sum[k] += w[k];
        }
      highest = sum[0];
      for (guint k = 1; k < K; k++)
        highest = MAX (highest, sum[k]);
      for (guint k = 0; k < LANES; k++)
        {
          tables->psi[t][k] = k < K ? expf (sum[k] - highest) : 0;
          tables->kept[t][k] = k < K && (allowed >> k & 1) != 0 ? tables->psi[t][k] : 0;
        }
    }
}

/* Takes one step on a sentence; returns its loss. */
static double
step (DraCrf              *self,
      const DraCrfOptions *options,
      const Sentence      *sentence,
      const guint32       *ids,
      const guint         *ends,
      Tables              *tables)
{
  Lattice potentials[K] = { { 0 } }, counts[K] = { { 0 } };
  double loss;
  guint at = 0;

  for (guint i = 0; i < K; i++)
    for (guint k = 0; k < K; k++)
      potentials[i][k] = may_follow (i, k) ? expf (self->transitions[i][k]) : 0;
  dra_net_trainer_forward (options->net, sentence->first, sentence->n);
  compute_psi (self, options->net, sentence, ids, ends, tables);
  loss = sum_paths (tables, sentence->n, tables->psi, potentials, tables->free, 1, counts);
  loss -= sum_paths (tables, sentence->n, tables->kept, potentials, tables->bound, -1, counts);

  for (guint t = 0; t < sentence->n; t++)
    {
      Lattice gradient;
      float largest = 0;

      for (guint k = 0; k < LANES; k++)
        {
          gradient[k] = (tables->free[t][k] - tables->bound[t][k]) * sentence->weight;
          largest = MAX (largest, fabsf (gradient[k]));
        }
      if (largest <= 1e-3f)
        {
          at = ends[t];
          continue;
        }
      dra_net_trainer_backward (options->net, sentence->first + t, gradient);
      for (; at < ends[t]; at++)
        {
          Row *row = &self->rows[ids[at]];

          for (guint k = 0; k < LANES; k++)
            {
              float g = gradient[k] + options->l2 * row->w[k];

              row->g[k] += g * g;
              row->w[k] -= options->rate * g / sqrtf (row->g[k]);
            }
        }
    }
  dra_net_trainer_step (options->net);
  for (guint i = 0; i < K; i++)
    for (guint k = 0; k < K; k++)
      if (may_follow (i, k))
        {
          float g = counts[i][k] * sentence->weight;

          self->transition_squares[i][k] += g * g;
          self->transitions[i][k] -= options->rate * g / sqrtf (self->transition_squares[i][k]);
        }
  return loss;
}

static void
shuffle (guint   *order,
         guint    n,
         guint64 *state)
{
  for (guint i = n; i > 1; i--)
    {
      guint k = next_random (state) % i, other = order[k];

      order[k] = order[i - 1];
      order[i - 1] = other;
    }
}

/* Copies the features of a sentence, leaving out a share of them at random. */
static void
drop_features (DraCrf         *self,
               const Sentence *sentence,
               guint           threshold, /* of 1024 */
               guint64        *state,
               GArray         *ids,
               GArray         *ends)
{
  guint64 bits = 0;
  guint left = 0;

  g_array_set_size (ids, 0);
  g_array_set_size (ends, 0);
  for (guint t = sentence->first; t < sentence->first + sentence->n; t++)
    {
      guint32 at = t == 0 ? 0 : g_array_index (self->ends, guint32, t - 1);

      for (; at < g_array_index (self->ends, guint32, t); at++)
        {
          if (left == 0)
            {
              bits = next_random (state);
              left = 6;
            }
          if ((bits & 1023) >= threshold)
            g_array_append_val (ids, self->ids[at]);
          bits >>= 10;
          left--;
        }
      g_array_append_val (ends, ids->len);
    }
}

/* Averaging the weights of several epochs takes out the noise of the last steps (Polyak and
 * Juditsky 1992). */
static void
sum_weights (DraCrf        *self,
             DraNetTrainer *net)
{
  for (guint i = 0; i < self->n_rows; i++)
    for (guint k = 0; k < LANES; k++)
      self->sums[i][k] += self->rows[i].w[k];
  for (guint i = 0; i < K; i++)
    for (guint k = 0; k < K; k++)
      self->transition_sums[i][k] += self->transitions[i][k];
  dra_net_trainer_average (net);
  self->n_sums++;
}

/* dra_crf_train: learns from the sentences added; once. */
void
dra_crf_train (DraCrf              *self,
               const DraCrfOptions *options)
{
  guint n = self->sentences->len;
  g_autofree guint *order = g_new (guint, n);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (guint));
  guint64 state = options->seed;
  Tables tables = { 0 };

  number_features (self, options->cut);
  self->rows = g_new0 (Row, self->n_rows);
  self->sums = g_new0 (Lattice, self->n_rows);
  for (guint i = 0; i < self->n_rows; i++)
    for (guint k = 0; k < LANES; k++)
      self->rows[i].g[k] = 1e-2f;
  for (guint i = 0; i < K; i++)
    for (guint k = 0; k < K; k++)
      {
        self->transitions[i][k] = may_follow (i, k) ? 0 : FORBIDDEN;
        self->transition_squares[i][k] = 1e-2f;
      }
  for (guint i = 0; i < n; i++)
    order[i] = i;

  for (guint epoch = 0; epoch < options->epochs; epoch++)
    {
      gint64 start = g_get_monotonic_time ();
      double loss = 0;

      shuffle (order, n, &state);
      for (guint i = 0; i < n; i++)
        {
          const Sentence *sentence = &g_array_index (self->sentences, Sentence, order[i]);

          reserve (&tables, sentence->n);
          drop_features (self, sentence, options->dropout * 1024, &state, ids, ends);
          loss += step (self, options, sentence, (const guint32 *) ids->data,
                        (const guint *) ends->data, &tables);
        }
      if (epoch + 1 >= options->average_from)
        sum_weights (self, options->net);
      g_printerr ("epoch %u: loss %.4f a token, %.0f s\n", epoch + 1, loss / self->ends->len,
                  (g_get_monotonic_time () - start) / 1e6);
    }
  self->scale = 1 - options->dropout;

  g_free (tables.psi);
  g_free (tables.kept);
  g_free (tables.forward);
  g_free (tables.backward);
  g_free (tables.free);
  g_free (tables.bound);
  g_free (tables.totals);
}

guint
dra_crf_get_n_features (DraCrf *self)
{
  return self->n_rows;
}

/* dra_crf_get_feature: puts the weights of a feature in weights and returns its hash. */
guint32
dra_crf_get_feature (DraCrf *self,
                     guint   index,
                     float  *weights)
{
  for (guint k = 0; k < K; k++)
    weights[k] = self->sums[index][k] / self->n_sums * self->scale;
  return self->hashes[index];
}

float
dra_crf_get_transition (DraCrf *self,
                        guint   from,
                        guint   to)
{
  return self->transition_sums[from][to] / self->n_sums;
}
