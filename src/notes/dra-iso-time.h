/* dra-iso-time.h: microseconds since 1970 as ISO 8601 text and back, without loss.
 *
 * Written as "2026-11-24T10:20:30.123456Z".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char     *dra_iso_time_format (gint64      microseconds);
gboolean  dra_iso_time_parse  (const char *string,
                               gint64     *microseconds);

G_END_DECLS
