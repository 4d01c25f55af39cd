/* dra-badge.h: the initials of a person in a circle, of an organization in a square.
 *
 * The same two tints mark them in the text; the shape tells them apart without colour.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "recognizer/dra-cast.h"

G_BEGIN_DECLS

#define DRA_TYPE_BADGE (dra_badge_get_type ())
G_DECLARE_FINAL_TYPE (DraBadge, dra_badge, DRA, BADGE, GtkWidget)

GtkWidget *dra_badge_new        (void);
void       dra_badge_set_entity (DraBadge      *self,
                                 DraEntityKind  kind,
                                 const char    *name);
char      *dra_badge_initials   (DraEntityKind  kind,
                                 const char    *name);

G_END_DECLS
