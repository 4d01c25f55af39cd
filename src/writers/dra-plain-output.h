/* dra-plain-output.h: pieces of text for formats that are read as they are.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *dra_plain_clean       (const char *text,
                             gboolean    keep_lines);
guint dra_plain_width       (const char *text);
void  dra_plain_append_csv  (GString    *out,
                             const char *field);

G_END_DECLS
