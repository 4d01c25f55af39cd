/* dra-feature-words.h: what the tagger sees of a single word.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "recognizer/dra-model.h"

G_BEGIN_DECLS

#define DRA_FEATURES_MAX_WORD 256 /* bytes of a word that count */

/* Bits of a DraFeatureWord: DraWordFlags, but for these two. */
#define DRA_FEATURE_UNKNOWN DRA_WORD_KNOWN /* same place, turned round: rarer, so more telling */
#define DRA_FEATURE_CAPITAL (1 << 7)
#define DRA_FEATURE_NAME_BITS                                                                 \
  (DRA_WORD_FIRST_NAME | DRA_WORD_SURNAME | DRA_WORD_DEMONYM | DRA_WORD_TITLE |               \
   DRA_WORD_ORGANIZATION | DRA_FEATURE_CAPITAL)

/* Words that sentences are looked at for. */
typedef enum
{
  ROLE_NONE,
  ROLE_OF,    /* of, for, de: may be followed by an article inside a name */
  ROLE_LINK,  /* other words inside names: &, van, and ... */
  ROLE_THE,
  ROLE_PLACE, /* in, from, near */
  ROLE_SAID,
  ROLE_OPEN,  /* ( */
  ROLE_CLOSE, /* ) */
  ROLE_QUOTE,
} DraFeatureRole;

/* One distinct word of a document. */
typedef struct
{
  guint64 word;      /* hash of it, quotes made plain */
  guint64 lower;     /* hash of it in lower case */
  guint32 shape;     /* hash of Xxx-dd */
  guint32 prefix[4]; /* of 1 to 4 characters; 0 when shorter */
  guint32 suffix[4]; /* of the lower case */
  guint32 known_as;  /* index of its lower case among the document's */
  int     vector;    /* number of its vector in the model, or -1 */
  guint16 cluster;   /* 0 or 1 + number of the finest cluster */
  guint8  bits;      /* DraWordFlags of a capitalised word, and the like */
  char    case_class;
  guint8  role;      /* DraFeatureRole */
  guint8  letters;   /* whether it begins and ends in a letter or digit */
} DraFeatureWord;

void  dra_feature_word_describe (DraFeatureWord *word,
                                 DraModel       *lexicon,
                                 const char     *plain,
                                 gsize           length);
gsize dra_features_fold         (const char     *word,
                                 gsize           length,
                                 gboolean        lower,
                                 char           *folded);

G_END_DECLS
