/* dra-feature-templates.c: the features themselves.
 *
 * The features are those found useful in the literature on named entities with linear
 * models (Ratinov and Roth 2009; Turian et al. 2010): words, shapes and affixes in a
 * window, name lists, word clusters, the run of capitalised words a token stands in, and
 * what the rest of the document tells of the word.  Each is a template number and one or
 * two values, hashed to 32 bits.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/dra-features-private.h"

#include "recognizer/dra-model-private.h"

static inline guint32
hash (guint   template,
      guint64 a,
      guint64 b)
{
  guint64 h = (a + template * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15)) *
              G_GUINT64_CONSTANT (0xff51afd7ed558ccd);

  h ^= h >> 32;
  h = (h + b) * G_GUINT64_CONSTANT (0xc4ceb9fe1a85ec53);
  h ^= h >> 29;
  h *= G_GUINT64_CONSTANT (0x9E3779B185EBCA87);
  return h >> 32;
}

/* Clusters of 64, 256, 1024 and 4096; 0 for a word in none. */
static inline guint
cluster (const DraFeatureWord *word,
         guint                 level)
{
  return word->cluster == 0 ? 0 : 1 + ((word->cluster - 1) >> (2 * (3 - level)));
}

/* dra_features_unary: the features that a word is to a token offset words before (negative)
 * or after it; features has room for DRA_FEATURES_MAX_UNARY.  Returns their number. */
guint
dra_features_unary (const DraFeatureWord *word,
                    int                   offset,
                    guint32              *features)
{
  guint t = 1 + 32 * (offset + DRA_FEATURES_WINDOW), n = 0;

  features[n++] = hash (t++, word->lower, 0);
  features[n++] = hash (t++, cluster (word, 2), 0);
  features[n++] = hash (t++, cluster (word, 0), 0);
  features[n++] = hash (t++, word->bits, 0);
  if (ABS (offset) > 1)
    return n;

  features[n++] = hash (t++, word->shape, 0);
  features[n++] = hash (t++, cluster (word, 1), 0);
  features[n++] = hash (t++, cluster (word, 3), 0);
  if (offset != 0)
    {
      features[n++] = hash (t++, word->suffix[2] != 0 ? word->suffix[2] : word->lower, 0);
      return n;
    }

  features[n++] = hash (t++, 0, 0);
  features[n++] = hash (t++, word->word, 0);
  features[n++] = hash (t++, word->case_class, 0);
  features[n++] = hash (t++, cluster (word, 2), word->case_class);
  for (guint k = 0; k < 4; k++)
    {
      if (word->prefix[k] != 0)
        features[n++] = hash (t + k, word->prefix[k], 0);
      if (word->suffix[k] != 0)
        features[n++] = hash (t + 4 + k, word->suffix[k], 0);
    }
  return n;
}

/* The first template number that unary features do not use. */
#define CONTEXT_TEMPLATES (1 + 32 * DRA_FEATURES_N_OFFSETS)

static guint
run_features (DraFeatures *self,
              int          i,
              guint        t,
              guint32     *features)
{
  int a = self->loose_start[i], b = self->loose_end[i];
  int sa = self->strict_start[i], sb = self->strict_end[i];
  const DraFeatureWord *first = dra_features_at (self, a), *last = dra_features_at (self, b - 1);
  const DraFeatureWord *before = dra_features_at (self, a - 1), *after = dra_features_at (self, b);
  guint length = MIN (b - a, 5), where = MIN (i - a, 5), left = MIN (b - 1 - i, 5);
  guint position = i == b - 1 ? 2 : i == a ? 1 : 0;
  guint64 whole = 0;
  guint any = 0, n = 0;

  for (int k = a; k < b; k++)
    any |= dra_features_at (self, k)->bits &
           (DRA_WORD_FIRST_NAME | DRA_WORD_DEMONYM | DRA_WORD_ORGANIZATION);

  features[n++] = hash (t++, last->lower, position);
  features[n++] = hash (t++, first->lower, position);
  features[n++] = hash (t++, where, left);
  features[n++] = hash (t++, cluster (last, 2), i == b - 1);
  features[n++] = hash (t++, cluster (first, 2), i == a);
  features[n++] = hash (t++, before->lower, 0);
  features[n++] = hash (t++, after->lower, 0);
  features[n++] = hash (t++, cluster (before, 1), length);
  features[n++] = hash (t++, cluster (after, 1), length);
  features[n++] = hash (t++, any * 64 + length * 8 +
                               ((first->bits & DRA_WORD_FIRST_NAME) != 0 ? 4 : 0) +
                               ((last->bits & DRA_WORD_SURNAME) != 0 ? 2 : 0), 0);
  features[n++] = hash (t++,
                        (first->bits & DRA_FEATURE_NAME_BITS) * 256 +
                          (last->bits & DRA_FEATURE_NAME_BITS),
                        length * 16 + where);
  features[n++] = hash (t++, before->lower, after->lower);

  if (sb > 0)
    {
      for (int k = sa; k < sb && k < sa + 6; k++)
        whole = dra_model_mix (whole + dra_features_at (self, k)->lower);
      features[n++] = hash (t, whole, MIN (i - sa, 3) * 4 + MIN (sb - 1 - i, 3));
      features[n++] = hash (t + 1, dra_features_at (self, sb - 1)->lower,
                            MIN (i - sa, 2) * 4 + MIN (sb - 1 - i, 2));
      features[n++] = hash (t + 2, cluster (dra_features_at (self, sb - 1), 1) * 512 +
                                     cluster (dra_features_at (self, sa), 1),
                            MIN (i - sa, 2) * 4 + MIN (sb - 1 - i, 2));
    }
  return n;
}

static guint
document_features (DraFeatures *self,
                   int          i,
                   guint        t,
                   guint32     *features)
{
  const DraFeatureWord *word = dra_features_at (self, i);
  guint bits = g_array_index (self->documents, guint16, word->known_as);
  guint n = 0;

  features[n++] = hash (t++, bits, 0);
  for (guint k = 0; k < DOC_N_BITS; k++)
    if ((bits >> k & 1) != 0)
      features[n++] = hash (t, k, 0);
  t++;
  features[n++] = hash (t++, bits & 0xFD, word->case_class);
  features[n++] = hash (t++, bits & 0x7F, ((guint) i == self->first_letter ? 512 : 0) +
                                            (word->bits & 0x7F));
  if (self->strict_end[i] > 0)
    {
      guint a = self->strict_start[i], b = self->strict_end[i];
      guint last_id = dra_features_at (self, b - 1)->known_as;
      guint first_id = dra_features_at (self, a)->known_as;
      guint last = g_array_index (self->documents, guint16, last_id);
      guint first = g_array_index (self->documents, guint16, first_id);

      if (b - a > 1)
        {
          features[n++] = hash (t, last, i - a == 0);
          features[n++] = hash (t + 1, first, b - 1 - i == 0);
        }
    }
  return n;
}

/* dra_features_context: the features of a token of the sentence that are not unary;
 * features has room for DRA_FEATURES_MAX_CONTEXT.  Returns their number. */
guint
dra_features_context (DraFeatures *self,
                      guint        position,
                      guint32     *features)
{
  int i = position;
  const DraFeatureWord *w = dra_features_at (self, i);
  const DraFeatureWord *b1 = dra_features_at (self, i - 1), *b2 = dra_features_at (self, i - 2);
  const DraFeatureWord *a1 = dra_features_at (self, i + 1), *a2 = dra_features_at (self, i + 2);
  guint t = CONTEXT_TEMPLATES, n = 0;
  gboolean begins = position == self->first_letter;
  guint64 cases = (guint64) b1->case_class << 16 | (guint64) w->case_class << 8 | a1->case_class;
  guint64 outer = (guint64) b2->case_class << 8 | a2->case_class;
  guint listed = self->listed[i];

  features[n++] = hash (t++, b1->lower, w->lower);
  features[n++] = hash (t++, w->lower, a1->lower);
  features[n++] = hash (t++, b1->lower, a1->lower);
  features[n++] = hash (t++, b2->lower, b1->lower);
  features[n++] = hash (t++, a1->lower, a2->lower);

  features[n++] = hash (t++, cases, outer);
  features[n++] = hash (t++, cases, 0);
  features[n++] = hash (t++, cases, begins ? 1 : self->title_case ? 2 : 3);
  features[n++] = hash (t++, w->lower, cases);
  features[n++] = hash (t++, begins * 2 + self->title_case, 0);
  features[n++] = hash (t++, begins * 2 + self->title_case, w->case_class);
  features[n++] = hash (t++, MIN (self->n, 9) * 2 + self->quoted[i], w->case_class);

  features[n++] = hash (t++, cluster (b1, 1), cluster (w, 1));
  features[n++] = hash (t++, cluster (a1, 1), cluster (w, 1));
  features[n++] = hash (t++, cluster (b1, 1), cluster (a1, 1));
  features[n++] = hash (t++, cluster (b1, 2), w->case_class);
  features[n++] = hash (t++, cluster (a1, 2), w->case_class);
  features[n++] = hash (t++, cluster (b1, 0) * 128 + cluster (a1, 0), w->case_class);

  features[n++] = hash (t++, b1->bits & ~0x60, w->bits & ~0x60);
  features[n++] = hash (t++, a1->bits & ~0x60, w->bits & ~0x60);
  features[n++] = hash (t++, (b1->bits & ~0x60) * 256 + (a1->bits & ~0x60), w->bits & ~0x60);

  if (listed != 0)
    {
      features[n++] = hash (t, listed, 0);
      features[n++] = hash (t + 1, listed, w->bits);
      features[n++] = hash (t + 2, listed, w->lower);
    }
  features[n++] = hash (t + 3, listed, i > 0 ? self->listed[i - 1] : 0);
  features[n++] = hash (t + 4, listed, position + 1 < self->n ? self->listed[i + 1] : 0);
  t += 5;

  if (self->loose_end[i] > 0)
    n += run_features (self, i, t, features + n);
  t += 16;
  if (dra_feature_word_is_capital (w))
    n += document_features (self, i, t, features + n);

  g_assert (n <= DRA_FEATURES_MAX_CONTEXT);
  return n;
}

