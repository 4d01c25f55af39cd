/* dra-net-trainer.h: backpropagation through the network of dra-net-private.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "recognizer/dra-net-private.h"

G_BEGIN_DECLS

typedef struct _DraNetTrainer DraNetTrainer;

DraNetTrainer *dra_net_trainer_new       (guint64        seed,
                                          float          rate,
                                          float          dropout);
void           dra_net_trainer_free      (DraNetTrainer *self);
void           dra_net_trainer_add_token (DraNetTrainer *self,
                                          const DraModel *model,
                                          DraFeatures   *features,
                                          guint          position);
void           dra_net_trainer_forward   (DraNetTrainer *self,
                                          guint          first,
                                          guint          n);
const float   *dra_net_trainer_get_scores (DraNetTrainer *self,
                                          guint          token);
void           dra_net_trainer_backward  (DraNetTrainer *self,
                                          guint          token,
                                          const float   *gradient);
void           dra_net_trainer_step      (DraNetTrainer *self);
void           dra_net_trainer_average   (DraNetTrainer *self);
void           dra_net_trainer_get_net   (DraNetTrainer *self,
                                          DraNet        *net);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraNetTrainer, dra_net_trainer_free)

G_END_DECLS
