/* dra-copy-json.h: the data in an annotated copy, as writers/dra-html-writer.h describes it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "article/dra-article.h"
#include "notes/dra-json-get.h"

G_BEGIN_DECLS

JsonNode   *dra_copy_json_parse      (const GString *json);
JsonArray  *dra_copy_json_get_row    (JsonArray     *array,
                                      guint          index);
gboolean    dra_copy_json_get_float  (JsonNode      *node,
                                      float         *value);
gboolean    dra_copy_json_get_range  (JsonArray     *row,
                                      guint          first,
                                      DraRange      *range);
gboolean    dra_copy_json_to_bytes   (DraArticle    *article,
                                      DraRange       code_points,
                                      DraRange      *bytes);

G_END_DECLS
