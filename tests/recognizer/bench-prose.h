/* bench-prose.h: as much real prose as a benchmark wants.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *bench_prose (gsize       size,
                   gboolean   *real);

G_END_DECLS
