/* dra-name-chooser.h: asks which name another one is the same as.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "recognizer/dra-cast.h"

G_BEGIN_DECLS

#define DRA_TYPE_NAME_CHOOSER (dra_name_chooser_get_type ())
G_DECLARE_FINAL_TYPE (DraNameChooser, dra_name_chooser, DRA, NAME_CHOOSER, AdwWindow)

/* Signal: chosen (const char *kind, const char *name). */
GtkWindow *dra_name_chooser_new (GtkWindow *parent,
                                 DraCast   *cast,
                                 guint      entity);

G_END_DECLS
