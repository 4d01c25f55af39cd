/* dra-tick-strip.h: where in the whole text things are, beside the scroll bar.
 *
 * A tick can be clicked and says in a tooltip what it stands for.  What lies between the
 * ticks, and those of what is in view already, are left to the scroll bar below.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/dra-article-text.h"

G_BEGIN_DECLS

#define DRA_TICK_STRIP_WIDTH 10 /* pixels */

#define DRA_TYPE_TICK_STRIP (dra_tick_strip_get_type ())
G_DECLARE_FINAL_TYPE (DraTickStrip, dra_tick_strip, DRA, TICK_STRIP, GtkWidget)

/* Signals: tick-clicked (guint index): in the places last set */
GtkWidget *dra_tick_strip_new       (DraArticleText *text);
void       dra_tick_strip_set_ticks (DraTickStrip   *self,
                                     GArray         *ranges,
                                     int             current,
                                     const GdkRGBA  *color);
int        dra_tick_strip_find      (DraTickStrip   *self,
                                     double          y);
double     dra_tick_strip_get_place (DraTickStrip   *self,
                                     guint           index);

G_END_DECLS
