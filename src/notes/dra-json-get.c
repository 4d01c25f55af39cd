/* dra-json-get.c: members of JSON that came from anywhere, of which nothing is believed unseen.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "notes/dra-json-get.h"

static JsonNode *
get_value (JsonObject *object,
           const char *name,
           GType       type)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type ? node : NULL;
}

/**
 * dra_json_get_string:
 * @object: (nullable): an object
 * @name: of a member
 *
 * Returns: (nullable): the member, when it is a string in UTF-8
 */
const char *
dra_json_get_string (JsonObject *object,
                     const char *name)
{
  JsonNode *node = get_value (object, name, G_TYPE_STRING);
  const char *string = node != NULL ? json_node_get_string (node) : NULL;

  /* A lone surrogate escape gives bytes that are no UTF-8. */
  return string != NULL && g_utf8_validate (string, -1, NULL) ? string : NULL;
}

/**
 * dra_json_get_int:
 * @object: (nullable): an object
 * @name: of a member
 * @otherwise: a number
 *
 * Returns: the member, when it is a whole number, else @otherwise
 */
gint64
dra_json_get_int (JsonObject *object,
                  const char *name,
                  gint64      otherwise)
{
  JsonNode *node = get_value (object, name, G_TYPE_INT64);

  return node != NULL ? json_node_get_int (node) : otherwise;
}

/**
 * dra_json_get_boolean:
 * @object: (nullable): an object
 * @name: of a member
 *
 * Returns: whether the member is true
 */
gboolean
dra_json_get_boolean (JsonObject *object,
                      const char *name)
{
  JsonNode *node = get_value (object, name, G_TYPE_BOOLEAN);

  return node != NULL && json_node_get_boolean (node);
}

/**
 * dra_json_get_array:
 * @object: (nullable): an object
 * @name: of a member
 *
 * Returns: (nullable): the member, when it is an array
 */
JsonArray *
dra_json_get_array (JsonObject *object,
                    const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}
