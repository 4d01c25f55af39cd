/* dra-note-placement.h: where cards stand beside the text so that none covers another.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  double want;   /* pixels: where it would stand alone */
  double height; /* pixels */
  double y;      /* (out): pixels: where it stands */
} DraNotePlacement;

void     dra_note_placement_place (DraNotePlacement *places,
                                   guint             n,
                                   guint             active,
                                   double            gap);
gboolean dra_note_placement_ease  (double           *offset,
                                   double            target,
                                   gint64            elapsed);

G_END_DECLS
