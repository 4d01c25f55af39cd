/* dra-copy-cast.h: the people and organizations an annotated copy names.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "recognizer/dra-cast.h"

G_BEGIN_DECLS

DraCast *dra_copy_cast_read (DraArticle *article,
                             JsonObject *json,
                             gboolean    exact);

G_END_DECLS
