/* score-cast.h: scoring of whole articles, for the tool and for the test of its figures.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "recognizer/dra-model.h"
#include "recognizer/dra-recognizer.h"

G_BEGIN_DECLS

typedef struct
{
  guint right;
  guint found;
  guint gold;
} Count;

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
} Score;

typedef enum
{
  SCORE_DEFAULT       = 0,
  SCORE_GOLD_MENTIONS = 1 << 0, /* the resolver alone, given the marked mentions */
  SCORE_HELD_OUT      = 1 << 1, /* every tenth: what training with --hold-out 10 keeps back */
  SCORE_NOT_HELD_OUT  = 1 << 2,
  SCORE_VERBOSE       = 1 << 3, /* prints every difference */
} ScoreFlags;

/* recognizer is not needed, and model may be NULL, with SCORE_GOLD_MENTIONS. */
gboolean score_folder  (const char    *folder,
                        ScoreFlags     flags,
                        DraRecognizer *recognizer,
                        DraModel      *model,
                        Score         *score,
                        GError       **error);
void     score_print   (const Score   *score);
double   score_f1      (const Count   *count);
double   score_b_cubed (const Score   *score);

G_END_DECLS
