/* dra-json-output.h: JSON straight into a string, without a tree.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DraJsonOutput:
 * @DRA_JSON_PLAIN: for a program that reads JSON
 * @DRA_JSON_IN_HTML: for a script element: also escapes what could end the element or
 *   hide how the text reads (<, >, &, bidirectional controls)
 */
typedef enum
{
  DRA_JSON_PLAIN,
  DRA_JSON_IN_HTML,
} DraJsonOutput;

void dra_json_append_string (GString       *out,
                             const char    *string,
                             gssize         length,
                             DraJsonOutput  output);
void dra_json_append_member (GString       *out,
                             const char    *name,
                             const char    *string,
                             DraJsonOutput  output);
void dra_json_append_number (GString       *out,
                             float          number);
void dra_json_append_escaped (GString      *out,
                             const char    *json);

G_END_DECLS
