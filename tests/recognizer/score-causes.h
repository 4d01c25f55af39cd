/* score-causes.h: what is wrong with a cast, by cause.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "marked-article.h"
#include "score-cast.h"

G_BEGIN_DECLS

/* found: of MarkedEntity, those of the cast that count; gold_of: the marked entity that each
 * of them is, or -1. */
void score_causes       (MarkedArticle *marked,
                         DraCast       *cast,
                         GPtrArray     *found,
                         const gint    *gold_of,
                         const char    *name,
                         gboolean       verbose,
                         Causes        *causes);
void score_causes_print (const Causes  *causes);

G_END_DECLS
