/* dra-model-private.h: the tables of an open model, for the features, the tagger and the
 * program that writes models.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "recognizer/dra-model.h"

G_BEGIN_DECLS

#define DRA_MODEL_MAGIC "DRAMODEL"
#define DRA_MODEL_HEADER_SIZE 40
#define DRA_MODEL_N_TAGS 9 /* BIO2: O, then B and I of each DraLabel */
#define DRA_MODEL_N_BUCKETS 65536
#define DRA_MODEL_N_PARAMETERS (1 + DRA_MODEL_N_TAGS + DRA_MODEL_N_TAGS * DRA_MODEL_N_TAGS)
#define DRA_MODEL_MAX_PHRASE 8 /* tokens */
#define DRA_MODEL_N_CLUSTERS 4096 /* the finest */
#define DRA_MODEL_DIMENSIONS 32 /* of a word's vector */
#define DRA_MODEL_UNIT 32 /* what stands for 1 in the 8 bits of a vector */

/* In the flags of a word in the file, beside DraWordFlags: it has a vector of its own. */
#define DRA_MODEL_HAS_VECTOR (1 << 7)

/* Sizes of the network of dra-net-private.h. */
#define DRA_NET_SLOTS 9
#define DRA_NET_CLASSES 14 /* of case */
#define DRA_NET_INPUTS (DRA_MODEL_DIMENSIONS + DRA_NET_CLASSES + 8)
#define DRA_NET_CONTEXT 32
#define DRA_NET_HIDDEN 48
#define DRA_NET_OUTPUTS 12 /* DRA_MODEL_N_TAGS, filled up to whole vectors with zeros */

/* Nothing but floats, in the order of the file. */
typedef struct
{
  float inputs[DRA_NET_SLOTS][DRA_NET_INPUTS][DRA_NET_HIDDEN];
  float context[DRA_NET_CONTEXT][DRA_NET_HIDDEN];
  float bias[DRA_NET_HIDDEN];
  float output[DRA_NET_HIDDEN][DRA_NET_OUTPUTS];
} DraNet;

#define DRA_NET_N_WEIGHTS (sizeof (DraNet) / sizeof (float))

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
  DRA_MODEL_VECTOR_INDEX,
  DRA_MODEL_VECTORS,
  DRA_MODEL_NET,
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
  gboolean        is_mapped; /* the bytes are those of a file */

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
  const guint32  *vector_index;
  const gint8    *vectors; /* DRA_MODEL_DIMENSIONS each: of words, then of clusters */
  DraNet          net;
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

/* Asks for the memory that dra_model_find_feature() will read, in two steps that depend on one
 * another: most of the time of a look-up is spent waiting for it. */
static inline void
dra_model_fetch_bucket (const DraModel *self,
                        guint32         hash)
{
  __builtin_prefetch (self->feature_index + (hash >> 16));
}

static inline void
dra_model_fetch_feature (const DraModel *self,
                         guint32         hash)
{
  guint32 i = GUINT32_FROM_LE (self->feature_index[hash >> 16]);

  __builtin_prefetch (self->feature_keys + i);
  __builtin_prefetch (self->feature_weights + (gsize) i * DRA_MODEL_N_TAGS);
}

/* The nine weights of a feature, or NULL. */
static inline const gint8 *
dra_model_find_feature (const DraModel *self,
                        guint32         hash)
{
  guint32 i = GUINT32_FROM_LE (self->feature_index[hash >> 16]);
  guint32 end = GUINT32_FROM_LE (self->feature_index[(hash >> 16) + 1]);
  guint16 key = hash & 0xFFFF;

#ifdef __SSE2__
  /* Eight keys at once: where in its bucket a key stands, nothing can foresee. */
  for (; i < end && i + 8 <= self->feature_index[DRA_MODEL_N_BUCKETS]; i += 8)
    {
      __m128i keys = _mm_loadu_si128 ((const __m128i *) (gconstpointer) (self->feature_keys + i));
      guint equal = (guint) _mm_movemask_epi8 (_mm_cmpeq_epi16 (keys, _mm_set1_epi16 ((gint16) key)));

      if (end - i < 8)
        equal &= (1u << 2 * (end - i)) - 1;
      if (equal != 0)
        return self->feature_weights + (gsize) (i + (guint) __builtin_ctz (equal) / 2) * DRA_MODEL_N_TAGS;
    }
#endif
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

/* The number of the vector of a word that dra_model_find_word() found under this hash: its
 * own, or that of its cluster, or -1. */
static inline int
dra_model_find_vector (const DraModel *self,
                       guint64         hash,
                       const guint16  *values)
{
  guint32 bucket = (hash >> 16) & 0xFFFF;
  guint cluster = GUINT16_FROM_LE (values[0]);
  guint32 row = GUINT32_FROM_LE (self->vector_index[bucket]);

  if ((GUINT16_FROM_LE (values[1]) & DRA_MODEL_HAS_VECTOR) == 0)
    return cluster == 0 || cluster > DRA_MODEL_N_CLUSTERS
             ? -1
             : (int) (GUINT32_FROM_LE (self->vector_index[DRA_MODEL_N_BUCKETS]) + cluster - 1);
  for (const guint16 *other =
         self->word_values + (gsize) GUINT32_FROM_LE (self->word_index[bucket]) * 2;
       other < values; other += 2)
    row += (GUINT16_FROM_LE (other[1]) & DRA_MODEL_HAS_VECTOR) != 0;
  return row;
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
