/* dra-copy-json.c: the data in an annotated copy, of which nothing is believed unseen.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-copy-json.h"

#include <math.h>

#include "readers/dra-reader-registry.h"

/* The JSON parser recurses: deeper than this is none of ours. */
#define MAX_JSON_DEPTH 32

static gboolean
is_too_deep (const GString *json)
{
  gboolean in_string = FALSE;
  guint depth = 0;

  for (gsize i = 0; i < json->len; i++)
    {
      char c = json->str[i];

      if (in_string)
        {
          if (c == '\\')
            i++;
          else if (c == '"')
            in_string = FALSE;
        }
      else if (c == '"')
        in_string = TRUE;
      else if ((c == '[' || c == '{') && ++depth > MAX_JSON_DEPTH)
        return TRUE;
      else if ((c == ']' || c == '}') && depth > 0)
        depth--;
    }

  return FALSE;
}

/**
 * dra_copy_json_parse:
 * @json: what the first JSON-LD block of a copy says
 *
 * Returns: (transfer full) (nullable): it, when it is an object
 */
JsonNode *
dra_copy_json_parse (const GString *json)
{
  g_autoptr (JsonParser) parser = NULL;
  JsonNode *root;

  if (json->len == 0 || is_too_deep (json) || !g_utf8_validate_len (json->str, json->len, NULL))
    return NULL;
  parser = json_parser_new ();
  if (!json_parser_load_from_data (parser, json->str, json->len, NULL))
    return NULL;
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;

  return json_parser_steal_root (parser);
}

/**
 * dra_copy_json_get_row:
 * @array: an array
 * @index: in it
 *
 * Returns: (nullable): what is there, when it is an array itself
 */
JsonArray *
dra_copy_json_get_row (JsonArray *array,
                       guint      index)
{
  JsonNode *node = json_array_get_element (array, index);

  return JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/**
 * dra_copy_json_get_float:
 * @node: (nullable): a value
 * @value: (out): it, from 0 to 1
 *
 * Returns: whether it is such a number; @value is untouched when not
 */
gboolean
dra_copy_json_get_float (JsonNode *node,
                         float    *value)
{
  double number;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || (json_node_get_value_type (node) != G_TYPE_DOUBLE
          && json_node_get_value_type (node) != G_TYPE_INT64))
    return FALSE;
  number = json_node_get_double (node);
  if (!isfinite (number) || number < 0 || number > 1)
    return FALSE;
  *value = (float) number;

  return TRUE;
}

/**
 * dra_copy_json_get_range:
 * @row: (nullable): an array
 * @first: where two positions stand in it
 * @range: (out): they, in code points
 *
 * Returns: whether there are two of an article's length, the second behind the first
 */
gboolean
dra_copy_json_get_range (JsonArray *row,
                         guint      first,
                         DraRange  *range)
{
  gint64 ends[2];

  if (row == NULL || json_array_get_length (row) < first + 2)
    return FALSE;
  for (guint i = 0; i < 2; i++)
    {
      JsonNode *node = json_array_get_element (row, first + i);

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
        return FALSE;
      ends[i] = json_node_get_int (node);
    }
  if (ends[0] < 0 || ends[1] <= ends[0] || ends[1] > DRA_READER_MAX_SIZE)
    return FALSE;
  *range = (DraRange){ (gsize) ends[0], (gsize) ends[1] };

  return TRUE;
}

/**
 * dra_copy_json_to_bytes:
 * @article: an article
 * @code_points: a range of it
 * @bytes: (out): the same in bytes
 *
 * Returns: whether the article is that long
 */
gboolean
dra_copy_json_to_bytes (DraArticle *article,
                        DraRange    code_points,
                        DraRange   *bytes)
{
  if (code_points.end > dra_article_get_n_code_points (article))
    return FALSE;
  bytes->start = dra_article_to_bytes (article, code_points.start);
  bytes->end = dra_article_to_bytes (article, code_points.end);

  return TRUE;
}
