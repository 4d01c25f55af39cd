/* dra-tagger-private.h: the decoder on one sentence, for the tagger, the training program
 * and the scorer.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "recognizer/dra-features.h"
#include "recognizer/dra-model-private.h"
#include "recognizer/dra-tagger.h"

G_BEGIN_DECLS

/* Working memory of one document, reused from sentence to sentence. */
typedef struct _DraDecoder DraDecoder;

DraDecoder *dra_decoder_new    (DraModel    *model,
                                DraFeatures *features);
void        dra_decoder_free   (DraDecoder  *self);
void        dra_decoder_decode (DraDecoder  *self,
                                guint        sentence,
                                GArray      *spans);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraDecoder, dra_decoder_free)

G_END_DECLS
