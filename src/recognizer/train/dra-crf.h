/* dra-crf.h: learns the weights of a linear-chain CRF.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "recognizer/dra-model-private.h"
#include "recognizer/train/dra-net-trainer.h"

G_BEGIN_DECLS

typedef struct _DraCrf DraCrf;

typedef struct
{
  guint   epochs;
  guint   average_from; /* first epoch, counted from 1, whose weights are averaged */
  guint   cut;      /* features seen less often are left out */
  float   dropout;  /* share of the features of a token left out at each visit */
  float   rate;     /* AdaGrad's */
  float   l2;
  guint64 seed;
  DraNetTrainer *net; /* whose scores are added; of the same tokens in the same order */
} DraCrfOptions;

DraCrf       *dra_crf_new          (void);
void          dra_crf_free         (DraCrf              *self);
void          dra_crf_add_token    (DraCrf              *self,
                                    const guint32       *features,
                                    guint                n_features,
                                    guint16              allowed);
void          dra_crf_end_sentence (DraCrf              *self,
                                    float                weight);
void          dra_crf_train        (DraCrf              *self,
                                    const DraCrfOptions *options);
guint         dra_crf_get_n_features (DraCrf            *self);
guint32       dra_crf_get_feature  (DraCrf              *self,
                                    guint                index,
                                    float               *weights);
float         dra_crf_get_transition (DraCrf            *self,
                                    guint                from,
                                    guint                to);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraCrf, dra_crf_free)

G_END_DECLS
