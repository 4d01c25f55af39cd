/* dra-json-get.h: members of JSON that came from anywhere, of which nothing is believed unseen.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

const char *dra_json_get_string  (JsonObject *object,
                                  const char *name);
gint64      dra_json_get_int     (JsonObject *object,
                                  const char *name,
                                  gint64      otherwise);
gboolean    dra_json_get_boolean (JsonObject *object,
                                  const char *name);
JsonArray  *dra_json_get_array   (JsonObject *object,
                                  const char *name);

G_END_DECLS
