/* dra-features.h: what the tagger sees of a token, as 32-bit hashes.
 *
 * One extractor for training and for use, so that the two cannot differ.  A document is
 * added sentence by sentence, which gathers what the document as a whole says of each word
 * (seen in lower case, after a title, before "said" ...); then the features of any of its
 * tokens can be asked for:
 *
 *  - unary features depend on one word and its distance from the token, so that the tagger
 *    sums their weights once a word and distance;
 *  - context features depend on several words, or on the document.
 *
 * Only references into the text are kept for the time of a call: the text may go away.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "recognizer/dra-feature-words.h"
#include "recognizer/dra-tokenizer.h"

G_BEGIN_DECLS

/* In the model file: to be raised with each change to what is hashed. */
#define DRA_FEATURES_VERSION 2

#define DRA_FEATURES_MAX_UNARY 32 /* features a word and distance */
#define DRA_FEATURES_MAX_CONTEXT 96
#define DRA_FEATURES_WINDOW 2 /* words to either side */
#define DRA_FEATURES_N_OFFSETS (2 * DRA_FEATURES_WINDOW + 1)

typedef struct _DraFeatures DraFeatures;

DraFeatures          *dra_features_new            (DraModel         *lexicon);
void                  dra_features_free           (DraFeatures      *self);
void                  dra_features_add_sentence   (DraFeatures      *self,
                                                   const char       *text,
                                                   const DraToken   *tokens,
                                                   guint             n_tokens);
guint                 dra_features_get_n_sentences (DraFeatures     *self);
guint                 dra_features_get_n_words    (DraFeatures      *self);
const DraFeatureWord *dra_features_get_word       (DraFeatures      *self,
                                                   guint             id);

guint                 dra_features_begin_sentence (DraFeatures      *self,
                                                   guint             sentence);
guint                 dra_features_get_word_id    (DraFeatures      *self,
                                                   int               position);
guint                 dra_features_unary          (const DraFeatureWord *word,
                                                   int               offset,
                                                   guint32          *features);
guint                 dra_features_context        (DraFeatures      *self,
                                                   guint             position,
                                                   guint32          *features);
void                  dra_features_slots          (DraFeatures      *self,
                                                   guint             position,
                                                   guint            *ids);
guint32               dra_features_bits           (DraFeatures      *self,
                                                   guint             position);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraFeatures, dra_features_free)

G_END_DECLS
