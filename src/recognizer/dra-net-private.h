/* dra-net-private.h: a small feed-forward network that adds to the scores of the tags.
 *
 * After Collobert et al. (2011): the words around a token, as vectors, go through one hidden
 * layer of rectified linear units.  The linear features see each word by itself or in a few
 * pairs; the hidden layer sees that words of like meaning are followed by words of like
 * meaning.  Its scores are added to those of the features, and both are trained together.
 *
 *   h = max (0, bias + sum_s inputs[s]' x(word in slot s) + sum of context[b] of the bits set)
 *   score of tag k = sum_j h_j output[j][k]
 *
 * The slots are the words from two before to two after the token, and, when the token stands
 * in a run of capitalised words, the first and last word of the run and those around it.
 * x(word) is its vector, its class of case and its DraFeatureWord bits.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "recognizer/dra-features.h"
#include "recognizer/dra-model-private.h"

G_BEGIN_DECLS

guint dra_net_describe_word (const DraModel       *model,
                             const DraFeatureWord *word,
                             float                *vector);
void  dra_net_add_word      (const DraNet         *net,
                             guint                 slot,
                             const float          *vector,
                             guint                 class_number,
                             guint                 bits,
                             float                *hidden);
void  dra_net_add_hidden    (const float          *sum,
                             float                *hidden);
void  dra_net_add_context   (const DraNet         *net,
                             guint32               bits,
                             float                *hidden);
void  dra_net_add_output    (const DraNet         *net,
                             const float          *hidden,
                             float                *scores);

G_END_DECLS
