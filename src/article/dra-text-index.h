/* dra-text-index.h: the one place where bytes become code points and back.
 *
 * Positions are byte offsets inside the program and code point offsets in files
 * that leave it.  The index keeps one checkpoint per DRA_TEXT_INDEX_STEP bytes, so
 * either direction is a lookup or binary search plus a bounded scan.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DRA_TEXT_INDEX_STEP 512 /* bytes between checkpoints */

typedef struct _DraTextIndex DraTextIndex;

DraTextIndex *dra_text_index_new                (const char         *text,
                                                 gsize               length);
void          dra_text_index_free               (DraTextIndex       *self);
gsize         dra_text_index_get_n_code_points  (const DraTextIndex *self);
gsize         dra_text_index_to_code_points     (const DraTextIndex *self,
                                                 gsize               bytes);
gsize         dra_text_index_to_bytes           (const DraTextIndex *self,
                                                 gsize               code_points);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraTextIndex, dra_text_index_free)

G_END_DECLS
