/* dra-services.h: what all windows share: one recognizer and one library.
 *
 * Both are opened at the first request, in a thread, so that a window with its text is
 * never kept waiting for them.  A failure is told to all who asked; the next request
 * tries again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "library/dra-library.h"
#include "recognizer/dra-recognizer.h"

G_BEGIN_DECLS

#define DRA_TYPE_SERVICES (dra_services_get_type ())
G_DECLARE_FINAL_TYPE (DraServices, dra_services, DRA, SERVICES, GObject)

/* Signal: corrections-changed (GObject *who): the reader's corrections of names in the library
 *   are others now; who (nullable) has changed them. */
DraServices   *dra_services_new                   (void);
void           dra_services_get_recognizer_async  (DraServices          *self,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
DraRecognizer *dra_services_get_recognizer_finish (DraServices          *self,
                                                   GAsyncResult         *result,
                                                   GError              **error);
void           dra_services_get_library_async     (DraServices          *self,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
DraLibrary    *dra_services_get_library_finish    (DraServices          *self,
                                                   GAsyncResult         *result,
                                                   GError              **error);
char          *dra_services_take_notice           (DraServices          *self);
void           dra_services_tell_corrections      (DraServices          *self,
                                                   GObject              *who);

G_END_DECLS
