/* dra-confine-private.h: the parts of a worker's confinement.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "worker/dra-confine.h"

G_BEGIN_DECLS

gboolean dra_confine_filter (GError **error);

/* A descriptor of its own for a held file, or -1; made of system calls only, for a handler
 * of a signal. */
int      dra_confine_open_held    (const char *path);
/* The greatest descriptor held, or 0. */
int      dra_confine_get_last_held (void);

G_END_DECLS
