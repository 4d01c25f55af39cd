/* conll.h: scores the tagger on two-column files.
 *
 * A span is right when class, start and end all match.  The tagger is given the tokens and
 * sentences of the file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "recognizer/dra-tagger.h"

G_BEGIN_DECLS

typedef struct
{
  guint right[DRA_N_LABELS];
  guint found[DRA_N_LABELS];
  guint gold[DRA_N_LABELS];
  guint n_tokens;
  gboolean resolve; /* set before: the document pass follows the tagger */
} ConllScore;

gboolean conll_score      (DraModel         *model,
                           const char       *path,
                           ConllScore       *score,
                           GError          **error);
double   conll_precision  (const ConllScore *score,
                           DraLabel          label);
double   conll_recall     (const ConllScore *score,
                           DraLabel          label);
double   conll_f1         (const ConllScore *score,
                           DraLabel          label);

G_END_DECLS
