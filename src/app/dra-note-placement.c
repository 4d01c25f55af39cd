/* dra-note-placement.c: where cards stand beside the text so that none covers another.
 *
 * From the top down, one that would cover the one before moves down; the active card stands
 * exactly where it wants to and pushes those above it up.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-note-placement.h"

#include <math.h>

#define EASE 60000.0 /* microseconds in which all but a third of the way is made */
#define NEAR 0.5     /* pixels that nobody sees */

/**
 * dra_note_placement_place:
 * @places: by what they want, from the top down
 * @n: their number
 * @active: index of the one that stands where it wants to; @n or more for none
 * @gap: pixels between two
 *
 * Places cards; the work is linear.
 */
void
dra_note_placement_place (DraNotePlacement *places,
                          guint             n,
                          guint             active,
                          double            gap)
{
  double bottom = -G_MAXDOUBLE / 2;

  g_return_if_fail (places != NULL || n == 0);

  for (guint i = 0; i < n; i++)
    {
      places[i].y = i == active ? places[i].want : MAX (places[i].want, bottom + gap);
      bottom = places[i].y + places[i].height;
    }
  for (guint i = active; i < n && i > 0; i--)
    {
      if (places[i - 1].y + places[i - 1].height + gap <= places[i].y)
        break;
      places[i - 1].y = places[i].y - gap - places[i - 1].height;
    }
}

/**
 * dra_note_placement_ease:
 * @offset: (inout): pixels from where a card wants to stand
 * @target: what @offset is to become
 * @elapsed: microseconds since the last step
 *
 * Goes a step of the way, fast at first: steps of any length make the same way.
 *
 * Returns: whether there is more of the way
 */
gboolean
dra_note_placement_ease (double *offset,
                         double  target,
                         gint64  elapsed)
{
  g_return_val_if_fail (offset != NULL, FALSE);

  *offset = target + (*offset - target) * exp (-(double) MAX (elapsed, 0) / EASE);
  if (fabs (*offset - target) >= NEAR)
    return TRUE;
  *offset = target;
  return FALSE;
}
