/* score-cast.h: scoring of whole articles, for the tool and for the test of its figures.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "recognizer/dra-model.h"
#include "recognizer/dra-recognizer.h"

G_BEGIN_DECLS

/* What is wrong with a mention, or with an entity. */
typedef enum
{
  CAUSE_BOUNDARY,  /* part of the name, or more than it */
  CAUSE_KIND,      /* a person for an organization, or the other way round */
  CAUSE_PLACE,     /* a place for either, or either for a place */
  CAUSE_ELSEWHERE, /* missed, but the same one is found elsewhere in the article */
  CAUSE_MISSED,    /* missed, and found nowhere */
  CAUSE_EXTRA,     /* found where nothing is marked */
  CAUSE_SPLIT,     /* an entity more: one of the marked is found as two */
  CAUSE_JOINED,    /* an entity less: two of the marked are found as one */
  N_CAUSES
} Cause;

typedef struct
{
  guint n[N_CAUSES][2]; /* by DraEntityKind */
} Causes;

typedef struct
{
  guint right;
  guint found;
  guint gold;
} Count;

/* Mentions by how sure the program is of them: tenths, the last one parted once more. */
#define RELIABILITY_BINS 11

typedef struct
{
  guint  n[RELIABILITY_BINS];
  guint  right[RELIABILITY_BINS];
  double sum[RELIABILITY_BINS]; /* of the confidences */
} Reliability;

typedef struct
{
  guint  n_articles;
  Count  mentions[2]; /* by DraEntityKind */
  Count  entities[2];
  guint  exact[2];    /* articles whose set is exactly right */
  Count  roles;
  double b_cubed_precision; /* sums over mentions */
  double b_cubed_recall;
  guint  b_cubed_found;
  guint  b_cubed_gold;
  Causes causes;
  Reliability reliability[2]; /* by DraEntityKind */
} Score;

#define SCORE_HOLD_OUT 10 /* one article of so many is kept back, unless said otherwise */

typedef enum
{
  SCORE_DEFAULT       = 0,
  SCORE_GOLD_MENTIONS = 1 << 0, /* the resolver alone, given the marked mentions */
  SCORE_HELD_OUT      = 1 << 1, /* every tenth, say: what training with --hold-out 10 keeps back */
  SCORE_NOT_HELD_OUT  = 1 << 2,
  SCORE_VERBOSE       = 1 << 3, /* prints every difference */
} ScoreFlags;

/* recognizer is not needed, and model may be NULL, with SCORE_GOLD_MENTIONS. */
gboolean score_folder  (const char    *folder,
                        ScoreFlags     flags,
                        guint          hold_out,
                        guint          fold,
                        guint          but_for,
                        DraRecognizer *recognizer,
                        DraModel      *model,
                        Score         *score,
                        GError       **error);
void     score_print   (const Score   *score);
void     score_print_reliability (const Score *score);
double   score_f1      (const Count   *count);
double   score_b_cubed (const Score   *score);

G_END_DECLS
