/* dra-features-private.h: the document and the sentence that features are taken from.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "recognizer/dra-features.h"

G_BEGIN_DECLS

/* What the document says of a word in lower case. */
enum
{
  DOC_LOWER = 1 << 0,       /* seen in lower case */
  DOC_INSIDE = 1 << 1,      /* seen capitalised inside a sentence */
  DOC_SURNAME = 1 << 2,     /* last word of a longer run that begins with a first name */
  DOC_FIRST_NAME = 1 << 3,  /* a first name that begins a longer run */
  DOC_ORGANIZATION = 1 << 4, /* in a run with an organization word */
  DOC_BEFORE = 1 << 5,      /* in a longer run, not last */
  DOC_LAST = 1 << 6,        /* last of a longer run */
  DOC_TITLED = 1 << 7,      /* in a run after a title */
  DOC_ACRONYM = 1 << 8,     /* (ABC) */
  DOC_PLACE = 1 << 9,       /* after in, from, near */
  DOC_SAID = 1 << 10,       /* before said and the like */
  DOC_THE = 1 << 11,        /* after the */
  DOC_N_BITS = 12,
};

/* A map of 64-bit hashes to consecutive numbers; open addressing, never more than half
 * full. */
typedef struct
{
  guint64 *keys;
  guint32 *values; /* number + 1; 0 is a free slot */
  guint32  size;   /* a power of two */
  guint32  n;
} DraFeatureNumbers;

struct _DraFeatures
{
  DraModel *lexicon;

  DraFeatureNumbers  word_numbers;
  DraFeatureNumbers  lower_numbers;
  GArray   *words;     /* of DraFeatureWord; 0 is the padding around a sentence */
  GArray   *documents; /* of guint16: DOC_ bits by known_as */
  GArray   *ids;       /* of guint32: all tokens of the document */
  GArray   *starts;    /* of guint32: first token of each sentence, and one behind the last */

  /* the sentence begun */
  guint     n;
  const guint32 *sentence; /* n word ids */
  const DraFeatureWord **at; /* n + 2 * window words; at[window] is the first */
  guint    *loose_start;  /* run of capitalised words with the links between them */
  guint    *loose_end;
  guint    *strict_start; /* run of nothing but capitalised words */
  guint    *strict_end;
  guint8   *listed;       /* phrase lists: begin and inside bits */
  guint8   *quoted;
  guint     capacity;
  guint     first_letter; /* first token that is a word */
  gboolean  title_case;
};

/* at[i] for i from -DRA_FEATURES_WINDOW to n - 1 + DRA_FEATURES_WINDOW. */
static inline const DraFeatureWord *
dra_features_at (const DraFeatures *self,
                 int                i)
{
  return self->at[i + DRA_FEATURES_WINDOW];
}

static inline gboolean
dra_feature_word_is_capital (const DraFeatureWord *word)
{
  return (word->bits & DRA_FEATURE_CAPITAL) != 0;
}

G_END_DECLS
