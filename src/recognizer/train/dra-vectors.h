/* dra-vectors.h: word vectors of fewer dimensions than they were made with.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "recognizer/train/dra-model-writer.h"

G_BEGIN_DECLS

typedef struct
{
  char  **words;
  float (*vectors)[DRA_MODEL_DIMENSIONS];
  guint   n;
} DraVectors;

DraVectors *dra_vectors_read     (const char  *data,
                                  GError     **error);
void        dra_vectors_free     (DraVectors  *self);
void        dra_vectors_quantize (const float *vector,
                                  gint8       *bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraVectors, dra_vectors_free)

G_END_DECLS
