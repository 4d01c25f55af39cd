/* dra-correction-json.c: a correction as JSON, and back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "notes/dra-correction-json.h"

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

static JsonNode *
get_value (JsonObject *object,
           const char *name,
           GType       type)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type ? node : NULL;
}

/* A lone surrogate escape gives bytes that are no UTF-8. */
static const char *
get_string (JsonObject *object,
            const char *name)
{
  JsonNode *node = get_value (object, name, G_TYPE_STRING);
  const char *string = node != NULL ? json_node_get_string (node) : NULL;

  return string != NULL && g_utf8_validate (string, -1, NULL) ? string : NULL;
}

static gint64
get_int (JsonObject *object,
         const char *name)
{
  JsonNode *node = get_value (object, name, G_TYPE_INT64);

  return node != NULL ? MAX (json_node_get_int (node), -1) : -1;
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
  JsonNode *everywhere;

  if (object == NULL)
    return NULL;
  parts.uuid = get_string (object, "uuid");
  parts.created = get_int (object, "created");
  parts.name = get_string (object, "name");
  parts.to_name = get_string (object, "toName");
  parts.hash = get_string (object, "hash");
  parts.start = get_int (object, "start");
  parts.split_at = get_int (object, "splitAt");
  everywhere = get_value (object, "everywhere", G_TYPE_BOOLEAN);
  parts.everywhere = everywhere != NULL && json_node_get_boolean (everywhere);
  if (parts.uuid == NULL || !g_uuid_string_is_valid (parts.uuid) || parts.created <= 0
      || !dra_correction_action_from_string (get_string (object, "action"), &parts.action)
      || !dra_entity_kind_from_string (get_string (object, "kind"), &parts.kind)
      || !dra_entity_kind_from_string (get_string (object, "toKind"), &parts.to_kind))
    return NULL;

  return dra_correction_new (&parts);
}
