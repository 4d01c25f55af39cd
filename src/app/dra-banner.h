/* dra-banner.h: a bar across the top for a state that lasts, with one button.
 *
 * What AdwBanner is in libadwaita 1.3, here for 1.2; the sentence wraps when narrow.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DRA_TYPE_BANNER (dra_banner_get_type ())
G_DECLARE_FINAL_TYPE (DraBanner, dra_banner, DRA, BANNER, GtkWidget)

/* Signal: button-clicked. */
void        dra_banner_show         (DraBanner  *self,
                                     const char *sentence,
                                     const char *button);
void        dra_banner_hide         (DraBanner  *self);
gboolean    dra_banner_get_revealed (DraBanner  *self);
const char *dra_banner_get_sentence (DraBanner  *self);

G_END_DECLS
