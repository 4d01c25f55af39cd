/* dra-model-private.h: the tables of an open model, for the features, the tagger and the
 * program that writes models.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "recognizer/dra-model.h"

G_BEGIN_DECLS

#define DRA_MODEL_MAGIC "DRAMODEL"
#define DRA_MODEL_HEADER_SIZE 40
#define DRA_MODEL_N_TAGS 9 /* BIO2: O, then B and I of each DraLabel */
#define DRA_MODEL_N_BUCKETS 65536
#define DRA_MODEL_N_PARAMETERS (1 + DRA_MODEL_N_TAGS + DRA_MODEL_N_TAGS * DRA_MODEL_N_TAGS)
#define DRA_MODEL_MAX_PHRASE 8 /* tokens */

typedef enum
{
  DRA_MODEL_ATTRIBUTION,
  DRA_MODEL_PARAMETERS,
  DRA_MODEL_FEATURE_INDEX,
  DRA_MODEL_FEATURE_KEYS,
  DRA_MODEL_FEATURE_WEIGHTS,
  DRA_MODEL_WORD_INDEX,
  DRA_MODEL_WORD_KEYS,
  DRA_MODEL_WORD_VALUES,
  DRA_MODEL_PHRASE_INDEX,
  DRA_MODEL_PHRASE_KEYS,
  DRA_MODEL_PHRASE_VALUES,
  DRA_MODEL_N_SECTIONS,
} DraModelSection;

/* Name of each section and the bytes of one of its items. */
typedef struct
{
  char    name[5];
  guint32 item;
} DraModelSectionType;

extern const DraModelSectionType dra_model_sections[DRA_MODEL_N_SECTIONS];

typedef enum
{
  DRA_PHRASE_PLACE        = 1 << 0,
  DRA_PHRASE_ORGANIZATION = 1 << 1,
  DRA_PHRASE_LISTED       = 1 << 2, /* in one of the longer, less sure lists of organizations */
  DRA_PHRASE_PREFIX       = 1 << 3, /* a longer phrase begins so */
} DraPhraseFlags;

struct _DraModel
{
  gatomicrefcount ref_count;
  GBytes         *bytes;

  const char     *attribution;
  float           scale;
  float           biases[DRA_MODEL_N_TAGS];
  float           transitions[DRA_MODEL_N_TAGS][DRA_MODEL_N_TAGS]; /* from, to */

  const guint32  *feature_index; /* DRA_MODEL_N_BUCKETS + 1 */
  const guint16  *feature_keys;
  const gint8    *feature_weights; /* DRA_MODEL_N_TAGS each */
  const guint32  *word_index;
  const guint16  *word_keys;
  const guint16  *word_values; /* cluster, flags */
  const guint32  *phrase_index;
  const guint32  *phrase_keys;
  const guint8   *phrase_values;
};

guint64 dra_model_checksum (const guint8 *data,
                            gsize         size);

/* Spreads the bits of a hash (the finalizer of MurmurHash3). */
static inline guint64
dra_model_mix (guint64 h)
{
  h ^= h >> 33;
  h *= G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
  h ^= h >> 33;
  h *= G_GUINT64_CONSTANT (0xc4ceb9fe1a85ec53);
  return h ^ (h >> 33);
}

/* FNV-1a; short strings are all it is for. */
static inline guint64
dra_model_hash (const char *text,
                gsize       length)
{
  guint64 h = G_GUINT64_CONSTANT (14695981039346656037);

  for (gsize i = 0; i < length; i++)
    h = (h ^ (guchar) text[i]) * G_GUINT64_CONSTANT (1099511628211);
  return dra_model_mix (h);
}

/* The hash of a phrase from that of the phrase before its last word. */
static inline guint64
dra_model_extend_phrase (guint64 phrase,
                         guint64 word)
{
  return dra_model_mix (phrase * 31 + word);
}

/* The nine weights of a feature, or NULL. */
static inline const gint8 *
dra_model_find_feature (const DraModel *self,
                        guint32         hash)
{
  guint32 i = GUINT32_FROM_LE (self->feature_index[hash >> 16]);
  guint32 end = GUINT32_FROM_LE (self->feature_index[(hash >> 16) + 1]);
  guint16 key = hash & 0xFFFF;

  for (; i < end; i++)
    if (GUINT16_FROM_LE (self->feature_keys[i]) == key)
      return self->feature_weights + (gsize) i * DRA_MODEL_N_TAGS;
  return NULL;
}

/* The two values of a word in lower case, or NULL; hash is dra_model_hash() of it. */
static inline const guint16 *
dra_model_find_word (const DraModel *self,
                     guint64         hash)
{
  guint32 bucket = (hash >> 16) & 0xFFFF;
  guint32 i = GUINT32_FROM_LE (self->word_index[bucket]);
  guint32 end = GUINT32_FROM_LE (self->word_index[bucket + 1]);
  guint16 key = hash & 0xFFFF;

  for (; i < end; i++)
    if (GUINT16_FROM_LE (self->word_keys[i]) == key)
      return self->word_values + (gsize) i * 2;
  return NULL;
}

/* The DraPhraseFlags of a phrase. */
static inline guint
dra_model_find_phrase (const DraModel *self,
                       guint64         hash)
{
  guint32 bucket = (hash >> 32) & 0xFFFF;
  guint32 i = GUINT32_FROM_LE (self->phrase_index[bucket]);
  guint32 end = GUINT32_FROM_LE (self->phrase_index[bucket + 1]);
  guint32 key = (guint32) hash;

  for (; i < end; i++)
    if (GUINT32_FROM_LE (self->phrase_keys[i]) == key)
      return self->phrase_values[i];
  return 0;
}

G_END_DECLS
