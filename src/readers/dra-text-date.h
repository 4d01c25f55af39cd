/* dra-text-date.h: dates as people write them, as ISO 8601.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *dra_text_date_parse (const char *text,
                           gsize       length);

G_END_DECLS
