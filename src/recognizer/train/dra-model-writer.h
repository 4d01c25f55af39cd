/* dra-model-writer.h: makes the bytes of a model file; the layout is in dra-model.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "recognizer/dra-model-private.h"

G_BEGIN_DECLS

typedef struct
{
  guint32 hash;
  gint8   weights[DRA_MODEL_N_TAGS];
} DraModelFeature;

typedef gint8 DraModelVector[DRA_MODEL_DIMENSIONS];

typedef struct
{
  guint32 hash;
  guint16 cluster; /* 0, or 1 + its number */
  guint16 flags;   /* DraWordFlags and DRA_MODEL_HAS_VECTOR */
  DraModelVector vector;
} DraModelWord;

typedef struct
{
  guint64 hash; /* 48 bits */
  guint8  flags;
} DraModelPhrase;

typedef struct
{
  const char *attribution;
  float       parameters[DRA_MODEL_N_PARAMETERS];
  GArray     *features; /* of DraModelFeature */
  GArray     *words;    /* of DraModelWord */
  GArray     *phrases;  /* of DraModelPhrase */
  GArray     *cluster_vectors; /* of DraModelVector, DRA_MODEL_N_CLUSTERS */
  DraNet      net;
} DraModelContent;

GBytes *dra_model_write (DraModelContent *content);

G_END_DECLS
