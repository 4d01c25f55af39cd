/* dra-place-strip.h: where in an article somebody is mentioned, as marks on a short line.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "recognizer/dra-cast.h"

G_BEGIN_DECLS

#define DRA_TYPE_PLACE_STRIP (dra_place_strip_get_type ())
G_DECLARE_FINAL_TYPE (DraPlaceStrip, dra_place_strip, DRA, PLACE_STRIP, GtkWidget)

void dra_place_strip_set_entity  (DraPlaceStrip *self,
                                  DraCast       *cast,
                                  guint          entity);
/* x: pixels of the widget.  The mention whose mark is nearest, -1 for none. */
int  dra_place_strip_get_mention (DraPlaceStrip *self,
                                  double         x);

G_END_DECLS
