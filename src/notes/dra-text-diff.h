/* dra-text-diff.h: which stretches of an old text stand unchanged in a new one.
 *
 * For dra-anchor.c: where the text a note was made in is still at hand, what happened around
 * its passage says where it is, even when everything beside it was rewritten.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "article/dra-range.h"

G_BEGIN_DECLS

typedef struct _DraTextDiff DraTextDiff;

/**
 * DraTextFate:
 * @DRA_TEXT_FATE_UNKNOWN: the two texts do not tell
 * @DRA_TEXT_FATE_KEPT: it stands there with the text on at least one side of it
 * @DRA_TEXT_FATE_ALONE: it stands there, but the text on both sides of it is new
 * @DRA_TEXT_FATE_REMOVED: what was around it stands together now
 */
typedef enum
{
  DRA_TEXT_FATE_UNKNOWN,
  DRA_TEXT_FATE_KEPT,
  DRA_TEXT_FATE_ALONE,
  DRA_TEXT_FATE_REMOVED,
} DraTextFate;

/* Both texts must outlive it. */
DraTextDiff *dra_text_diff_new  (const char        *old_text,
                                 gsize              old_length,
                                 const char        *new_text,
                                 gsize              new_length);
void         dra_text_diff_free (DraTextDiff       *self);
double       dra_text_diff_get_share (const DraTextDiff *self);
DraTextFate  dra_text_diff_find (const DraTextDiff *self,
                                 DraRange           passage,
                                 DraRange          *found,
                                 DraRange          *window);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraTextDiff, dra_text_diff_free)

G_END_DECLS
