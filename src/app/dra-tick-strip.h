/* dra-tick-strip.h: where in the whole text things are, beside the scroll bar.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/dra-article-text.h"

G_BEGIN_DECLS

#define DRA_TICK_STRIP_WIDTH 8 /* pixels */

#define DRA_TYPE_TICK_STRIP (dra_tick_strip_get_type ())
G_DECLARE_FINAL_TYPE (DraTickStrip, dra_tick_strip, DRA, TICK_STRIP, GtkWidget)

GtkWidget *dra_tick_strip_new       (DraArticleText *text);
void       dra_tick_strip_set_ticks (DraTickStrip   *self,
                                     GArray         *offsets,
                                     int             current,
                                     const GdkRGBA  *color);

G_END_DECLS
