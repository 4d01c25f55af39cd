/* dra-markup-output.h: text and attributes of HTML and XML, out of which nothing breaks.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void dra_markup_append_text      (GString    *out,
                                  const char *text,
                                  gssize      length);
void dra_markup_append_attribute (GString    *out,
                                  const char *name,
                                  const char *value);

G_END_DECLS
