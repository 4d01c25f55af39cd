/* dra-recover.h: a damaged library set aside and a new one made of what can be read.
 *
 * The damaged file keeps all its bytes under a dated name beside the library
 * ("library-damaged-2026-11-24T10-20-30.sqlite", its -wal and -shm with it).  The new one is
 * built whole as "library.sqlite-recovering", renamed "library.sqlite-recovered" when it is
 * on disk, and only then put in place, so that a crash at any moment leaves either the
 * damaged library or a finished one to put in place at the next start.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean dra_recover_run    (const char         *path,
                             const char *const  *steps,
                             char              **notice,
                             GError            **error);
gboolean dra_recover_finish (const char         *path,
                             GError            **error);

G_END_DECLS
