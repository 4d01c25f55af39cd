/* dra-correction-json.h: a correction as JSON, in the file that holds everything of a library.
 *
 *   { "uuid", "created" (microseconds since 1970), "action", "kind", "name", "toKind", "toName",
 *     "hash", "start", "splitAt", "everywhere" }
 *
 * with the values of DraCorrectionParts; "toName" is left out where there is none, "start" and
 * "splitAt" (code points) where they are not known.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "notes/dra-correction.h"

G_BEGIN_DECLS

char          *dra_correction_to_json   (DraCorrection *self);
DraCorrection *dra_correction_from_json (JsonNode      *node);

G_END_DECLS
