/* dra-library-private.h: what only the tests of the library reach for.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "library/dra-library.h"
#include "library/dra-store.h"

G_BEGIN_DECLS

/* As dra_library_open, with the schema of another version. */
DraLibrary *dra_library_open_with_steps (const char         *path,
                                         const char *const  *steps,
                                         GError            **error);
/* The connection, without its lock: only while nothing else uses the library. */
DraStore   *dra_library_get_store       (DraLibrary         *self);

G_END_DECLS
