/* dra-library-window.h: all notes of all articles: sought, grouped, opened, taken out and in.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/dra-services.h"

G_BEGIN_DECLS

#define DRA_TYPE_LIBRARY_WINDOW (dra_library_window_get_type ())
G_DECLARE_FINAL_TYPE (DraLibraryWindow, dra_library_window, DRA, LIBRARY_WINDOW, AdwWindow)

/* Signal: open-note (const char *uri, const char *uuid)   show this note in its article
 *         restored ()                                     the library is another one now */
DraLibraryWindow *dra_library_window_new        (DraServices      *services);
guint             dra_library_window_get_n_rows (DraLibraryWindow *self);
/* Looks for a text, as if it had been typed. */
void              dra_library_window_search     (DraLibraryWindow *self,
                                                 const char       *text);
/* TRUE when what is listed is what was last asked for. */
gboolean          dra_library_window_is_settled (DraLibraryWindow *self);
void              dra_library_window_export     (DraLibraryWindow *self,
                                                 GFile            *file);
void              dra_library_window_import     (DraLibraryWindow *self,
                                                 GFile            *file);

G_END_DECLS
