/* dra-picture-viewer.h: a window with one picture of the article, as large as it goes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/dra-picture-source.h"

G_BEGIN_DECLS

#define DRA_TYPE_PICTURE_VIEWER (dra_picture_viewer_get_type ())
G_DECLARE_FINAL_TYPE (DraPictureViewer, dra_picture_viewer, DRA, PICTURE_VIEWER, AdwWindow)

GtkWindow *dra_picture_viewer_new (GtkWindow        *parent,
                                   DraPictureSource *source,
                                   const char       *address,
                                   const char       *title,
                                   const char       *description);

G_END_DECLS
