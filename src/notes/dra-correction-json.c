/* dra-correction-json.c: a correction as JSON, and back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "notes/dra-correction-json.h"

#include "notes/dra-json-get.h"

static void
add_string (JsonBuilder *builder,
            const char  *name,
            const char  *value)
{
  if (value == NULL)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_int (JsonBuilder *builder,
         const char  *name,
         gint64       value)
{
  if (value < 0)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

/**
 * dra_correction_to_json:
 * @self: a correction
 *
 * Returns: (transfer full): it as a JSON object on one line
 */
char *
dra_correction_to_json (DraCorrection *self)
{
  const DraCorrectionParts *parts = dra_correction_get_parts (self);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  add_string (builder, "uuid", parts->uuid);
  add_int (builder, "created", parts->created);
  add_string (builder, "action", dra_correction_action_to_string (parts->action));
  add_string (builder, "kind", dra_entity_kind_to_string (parts->kind));
  add_string (builder, "name", parts->name);
  add_string (builder, "toKind", dra_entity_kind_to_string (parts->to_kind));
  add_string (builder, "toName", parts->to_name);
  add_string (builder, "hash", parts->hash);
  add_int (builder, "start", parts->start);
  add_int (builder, "splitAt", parts->split_at);
  json_builder_set_member_name (builder, "everywhere");
  json_builder_add_boolean_value (builder, parts->everywhere);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}

/**
 * dra_correction_from_json:
 * @node: from anywhere
 *
 * Returns: (transfer full) (nullable): the correction that it is, if it is one
 */
DraCorrection *
dra_correction_from_json (JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  DraCorrectionParts parts = { 0 };

  if (object == NULL)
    return NULL;
  parts.uuid = dra_json_get_string (object, "uuid");
  parts.created = dra_json_get_int (object, "created", 0);
  parts.name = dra_json_get_string (object, "name");
  parts.to_name = dra_json_get_string (object, "toName");
  parts.hash = dra_json_get_string (object, "hash");
  parts.start = MAX (dra_json_get_int (object, "start", -1), -1);
  parts.split_at = MAX (dra_json_get_int (object, "splitAt", -1), -1);
  parts.everywhere = dra_json_get_boolean (object, "everywhere");
  if (parts.uuid == NULL || !g_uuid_string_is_valid (parts.uuid) || parts.created <= 0
      || !dra_correction_action_from_string (dra_json_get_string (object, "action"), &parts.action)
      || !dra_entity_kind_from_string (dra_json_get_string (object, "kind"), &parts.kind)
      || !dra_entity_kind_from_string (dra_json_get_string (object, "toKind"), &parts.to_kind))
    return NULL;

  return dra_correction_new (&parts);
}
