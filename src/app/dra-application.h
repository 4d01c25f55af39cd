/* dra-application.h: the one process that owns all windows.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/dra-services.h"
#include "app/dra-library-window.h"
#include "app/dra-window.h"

G_BEGIN_DECLS

#define DRA_TYPE_APPLICATION (dra_application_get_type ())
G_DECLARE_FINAL_TYPE (DraApplication, dra_application, DRA, APPLICATION, AdwApplication)

DraApplication *dra_application_new          (void);
DraServices    *dra_application_get_services (DraApplication *self);
/* Opens file, in from (nullable) when that is free, or presents the window that has it. */
DraWindow      *dra_application_open_file    (DraApplication *self,
                                              GFile          *file,
                                              DraWindow      *from);
/* The notes of all articles. */
DraLibraryWindow *dra_application_show_all_notes (DraApplication *self);
DraWindow      *dra_application_new_window   (DraApplication *self);
int             dra_application_get_exit_status (DraApplication *self);

G_END_DECLS
