/* dra-align.h: which blocks of a page are in its gold text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "readers/dra-html-extract-private.h"

G_BEGIN_DECLS

void   dra_align_blocks (DraHtmlSegments *segments,
                         const char      *gold,
                         float           *labels);
double dra_align_score  (const guint32   *first,
                         guint            n_first,
                         const guint32   *second,
                         guint            n_second);

G_END_DECLS
