/* dra-tagger.h: tokens in, labelled spans with confidence out.
 *
 * The first of the recognizer's two halves: a linear-chain CRF over the features of
 * dra-features.h.  What the spans mean as people and organizations is the resolver's
 * business.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "recognizer/dra-model.h"
#include "recognizer/dra-tokenizer.h"

G_BEGIN_DECLS

typedef enum
{
  DRA_LABEL_PERSON,
  DRA_LABEL_ORGANIZATION,
  DRA_LABEL_PLACE,
  DRA_LABEL_OTHER,
  DRA_N_LABELS,
} DraLabel;

/* One tagged span: tokens [first, first + n_tokens) of one sentence. */
typedef struct
{
  guint    first;
  guint    n_tokens;
  guint    sentence;
  DraLabel label;
  float    confidence;           /* marginal probability of the whole span, 0 to 1 */
  float    scores[DRA_N_LABELS]; /* mean marginal of each label over the span's tokens */
} DraSpan;

/* Returns (transfer full): a GArray of DraSpan in text order, or NULL when cancelled. */
GArray *dra_tagger_tag (DraModel     *model,
                        const char   *text,
                        DraTokens    *tokens,
                        GCancellable *cancellable,
                        GError      **error);

/* The same in steps: tokens that are looked at together, and the tagging of one such
 * segment of sentences [begin, end). */
#define DRA_TAGGER_SEGMENT_TOKENS 100000

gboolean dra_tagger_tag_segment (DraModel     *model,
                                 const char   *text,
                                 DraTokens    *tokens,
                                 guint         begin,
                                 guint         end,
                                 GArray       *spans,
                                 GCancellable *cancellable,
                                 GError      **error);

G_END_DECLS
