/* dra-together.h: where an article names several people or organizations together.
 *
 * Together means in one paragraph, heading, list item or row.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "recognizer/dra-cast.h"

G_BEGIN_DECLS

#define DRA_TOGETHER_MAX 16 /* entities that are looked for at once */

typedef struct
{
  guint entity;
  guint n_passages; /* in how many the others are named too */
} DraCompanion;

GArray *dra_together_find (DraArticle  *article,
                           DraCast     *cast,
                           const guint *entities,
                           guint        n_entities);
GArray *dra_together_rank (DraArticle  *article,
                           DraCast     *cast,
                           const guint *entities,
                           guint        n_entities);

G_END_DECLS
