/* dra-web-annotation-read.c: notes read from W3C Web Annotation JSON-LD, anyone's.
 *
 * Nothing in such a file is trusted: each member is looked at only after its type, what is
 * wrong is left out, and nesting is bounded before a parser that recurses sees it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "notes/dra-web-annotation.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "article/dra-error.h"
#include "notes/dra-iso-time.h"

/* json-glib 1.6 parses and frees by recursion: "[[[[..." would end the stack. */
#define MAX_DEPTH 128
/* Collections of pages of items: deeper than this is nobody's annotations. */
#define MAX_CONTAINERS 8
/* Largest integer that JSON tools agree on. */
#define MAX_INTEGER (G_GINT64_CONSTANT (1) << 53)

typedef struct
{
  GPtrArray *notes;
  GHashTable *by_uuid; /* uuid (of the note) -> index + 1 */
  guint n_skipped;
  gboolean found;      /* something that is, or holds, annotations */
} Reader;

typedef struct
{
  DraQuote *quote;
  gboolean has_position;
  gsize start; /* code points */
  gsize end;
} Selection;

static JsonNode *
get_member (JsonObject *object,
            const char *name)
{
  g_autofree char *at = NULL;
  JsonNode *node = json_object_get_member (object, name);

  if (node != NULL)
    return node;

  at = g_strconcat ("@", name, NULL);
  return json_object_get_member (object, at);
}

static const char *
node_string (JsonNode *node)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}

static const char *
get_string (JsonObject *object,
            const char *name)
{
  return node_string (get_member (object, name));
}

static gboolean
get_integer (JsonObject *object,
             const char *name,
             gint64     *value)
{
  JsonNode *node = get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return FALSE;

  if (json_node_get_value_type (node) == G_TYPE_INT64)
    *value = json_node_get_int (node);
  else if (json_node_get_value_type (node) == G_TYPE_DOUBLE)
    {
      double number = json_node_get_double (node);

      /* Written so that a NaN fails it too. */
      if (!(number >= 0 && number <= (double) MAX_INTEGER))
        return FALSE;
      *value = (gint64) number;
      if ((double) *value != number)
        return FALSE;
    }
  else
    return FALSE;

  return *value >= 0 && *value <= MAX_INTEGER;
}

static guint
get_uint (JsonObject *object,
          const char *name)
{
  gint64 value;

  return get_integer (object, name, &value) && value <= G_MAXUINT ? (guint) value : 0;
}

/* Whether "type" is, or is an array with, this type, with or without a prefix like "oa:". */
static gboolean
has_type (JsonObject *object,
          const char *type)
{
  JsonNode *node = get_member (object, "type");
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n = array != NULL ? json_array_get_length (array) : 1;

  for (guint i = 0; i < n; i++)
    {
      const char *name = node_string (array != NULL ? json_array_get_element (array, i) : node);
      const char *colon = name != NULL ? strrchr (name, ':') : NULL;

      if (name != NULL && (strcmp (name, type) == 0 ||
                           (colon != NULL && strcmp (colon + 1, type) == 0)))
        return TRUE;
    }

  return FALSE;
}

/* The part of an outer quote that an inner position (code points within it) picks. */
static void
refine_by_position (Selection       *selection,
                    const Selection *inner)
{
  DraQuote *quote = selection->quote;
  const char *from, *to;
  g_autofree char *prefix = NULL;
  g_autofree char *suffix = NULL;
  g_autofree char *exact = NULL;

  if (inner->end > (gsize) g_utf8_strlen (quote->exact, -1))
    return;

  from = g_utf8_offset_to_pointer (quote->exact, (glong) inner->start);
  to = g_utf8_offset_to_pointer (from, (glong) (inner->end - inner->start));
  exact = g_strndup (from, to - from);
  prefix = g_strdup_printf ("%s%.*s", quote->prefix, (int) (from - quote->exact), quote->exact);
  suffix = g_strconcat (to, quote->suffix, NULL);
  selection->quote = dra_quote_new (exact, prefix, suffix);
  selection->has_position = FALSE;
  dra_quote_free (quote);
}

static void
clear_selection (Selection *selection)
{
  g_clear_pointer (&selection->quote, dra_quote_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Selection, clear_selection)

static DraQuote *
read_quote (JsonObject *object)
{
  const char *exact = get_string (object, "exact");
  g_autofree char *valid_exact = NULL;
  g_autofree char *valid_prefix = NULL;
  g_autofree char *valid_suffix = NULL;
  const char *prefix = get_string (object, "prefix");
  const char *suffix = get_string (object, "suffix");

  if (exact == NULL)
    return NULL;

  /* A lone surrogate escape gives json-glib strings that are no UTF-8. */
  valid_exact = g_utf8_make_valid (exact, -1);
  valid_prefix = g_utf8_make_valid (prefix != NULL ? prefix : "", -1);
  valid_suffix = g_utf8_make_valid (suffix != NULL ? suffix : "", -1);
  return dra_quote_new (valid_exact, valid_prefix, valid_suffix);
}

/* Several selectors are alternatives: the first of each kind is taken.  One refined by
 * another (4.2.9) selects within itself, so an inner position counts from there. */
static void
read_selector (JsonNode  *node,
               Selection *selection,
               guint      depth)
{
  JsonObject *object;
  JsonNode *refined;
  gint64 start, end;

  if (node == NULL || depth > MAX_CONTAINERS)
    return;

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        read_selector (json_array_get_element (array, i), selection, depth + 1);
      return;
    }
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return;

  object = json_node_get_object (node);
  refined = get_member (object, "refinedBy");
  if (refined != NULL)
    {
      g_auto (Selection) outer = { 0 };
      g_auto (Selection) inner = { 0 };

      outer.quote = read_quote (object);
      read_selector (refined, &inner, depth + 1);
      if (inner.quote != NULL)
        {
          clear_selection (&outer);
          outer.quote = g_steal_pointer (&inner.quote);
        }
      else if (inner.has_position && outer.quote != NULL)
        refine_by_position (&outer, &inner);
      if (selection->quote == NULL)
        selection->quote = g_steal_pointer (&outer.quote);
      return;
    }

  if (selection->quote == NULL)
    selection->quote = read_quote (object);
  if (!selection->has_position && has_type (object, "TextPositionSelector") &&
      get_integer (object, "start", &start) && get_integer (object, "end", &end) && start <= end)
    {
      selection->has_position = TRUE;
      selection->start = (gsize) start;
      selection->end = (gsize) end;
    }
}

/* One note has one target: of several the first that selects something. */
static JsonNode *
choose_target (JsonObject *annotation)
{
  JsonNode *node = get_member (annotation, "target");
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return node;

  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_OBJECT (element) &&
          get_member (json_node_get_object (element), "selector") != NULL)
        return element;
    }

  return json_array_get_length (array) > 0 ? json_array_get_element (array, 0) : NULL;
}

static DraNoteTarget
read_about (JsonObject *target)
{
  const char *name;

  if (target == NULL)
    return DRA_NOTE_TARGET_ARTICLE;

  name = get_string (target, "dramatis:about");
  if (g_strcmp0 (name, "entity") == 0)
    return DRA_NOTE_TARGET_ENTITY;
  if (g_strcmp0 (name, "article") == 0)
    return DRA_NOTE_TARGET_ARTICLE;
  if (g_strcmp0 (name, "passage") == 0 || get_member (target, "selector") != NULL)
    return DRA_NOTE_TARGET_PASSAGE;

  return DRA_NOTE_TARGET_ARTICLE;
}

/* The selectors and the state of the text they were made in. */
static void
read_selectors (DraNote    *note,
                JsonObject *target)
{
  g_auto (Selection) selection = { 0 };
  JsonNode *state = get_member (target, "state");

  read_selector (get_member (target, "selector"), &selection, 0);
  if (selection.quote != NULL)
    dra_note_set_quote (note, selection.quote);
  if (selection.has_position)
    dra_note_set_position (note, selection.start, selection.end);

  if (state != NULL && JSON_NODE_HOLDS_OBJECT (state))
    {
      JsonObject *object = json_node_get_object (state);

      dra_note_set_text_hash (note, get_string (object, "dramatis:sha256"));
      dra_note_set_text_version (note, get_uint (object, "dramatis:textVersion"));
      dra_note_set_distinct (note,
                             get_uint (object, "dramatis:distinctPrefix"),
                             get_uint (object, "dramatis:distinctSuffix"));
    }
}

static void
read_target (DraNote    *note,
             JsonObject *target)
{
  JsonNode *origin = get_member (target, "dramatis:origin");

  dra_note_set_entity (note,
                       get_string (target, "dramatis:entityKind"),
                       get_string (target, "dramatis:entityName"));
  read_selectors (note, target);
  if (origin != NULL && JSON_NODE_HOLDS_OBJECT (origin))
    {
      g_autoptr (DraNote) made = dra_note_new_from_parts (NULL, DRA_NOTE_TARGET_PASSAGE, 0, 0);

      read_selectors (made, json_node_get_object (origin));
      dra_note_set_origin (note, made);
    }
}

static void
append_paragraph (GString    *body,
                  const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  if (body->len > 0)
    g_string_append (body, "\n\n");
  g_string_append (body, text);
}

static void
read_body (JsonNode     *node,
           GString      *body,
           GStrvBuilder *tags,
           DraNote      *note,
           guint         depth)
{
  JsonObject *object;
  const char *value;
  DraNoteColor color;

  if (node == NULL || depth > MAX_CONTAINERS)
    return;

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        read_body (json_array_get_element (array, i), body, tags, note, depth + 1);
      return;
    }
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      append_paragraph (body, node_string (node));
      return;
    }

  object = json_node_get_object (node);
  if (get_member (object, "items") != NULL) /* Choice, List, Composite, Independents */
    {
      read_body (get_member (object, "items"), body, tags, note, depth + 1);
      return;
    }
  if (dra_note_color_from_string (get_string (object, "color"), &color))
    dra_note_set_color (note, color);

  /* Readium's. */
  value = get_string (object, "tag");
  if (value != NULL && *value != '\0')
    g_strv_builder_add (tags, value);
  value = get_string (object, "value");
  if (value == NULL)
    value = get_string (object, "source");
  if (value == NULL)
    value = get_string (object, "id");
  if (value != NULL && g_strcmp0 (get_string (object, "purpose"), "tagging") == 0)
    g_strv_builder_add (tags, value);
  else
    append_paragraph (body, value);
}

/* What Hypothesis writes beside the target: "text" and "tags". */
static void
read_plain_body (JsonObject   *annotation,
                 GString      *body,
                 GStrvBuilder *tags)
{
  JsonNode *list = get_member (annotation, "tags");
  JsonArray *array = list != NULL && JSON_NODE_HOLDS_ARRAY (list) ? json_node_get_array (list) : NULL;

  append_paragraph (body, get_string (annotation, "text"));
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      const char *tag = node_string (json_array_get_element (array, i));

      if (tag != NULL && *tag != '\0')
        g_strv_builder_add (tags, tag);
    }
}

/**
 * dra_web_annotation_make_uuid:
 * @name: what tells a note from all others
 *
 * Makes a name-based UUID (RFC 4122, version 5), so that reading a file twice gives the same
 * notes.
 *
 * Returns: (transfer full): a UUID in lower case
 */
char *
dra_web_annotation_make_uuid (const char *name)
{
  static const guint8 url_namespace[16] = {
    0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8,
  };
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  guint8 digest[20];
  gsize length = sizeof digest;

  g_checksum_update (checksum, url_namespace, sizeof url_namespace);
  g_checksum_update (checksum, (const guchar *) name, -1);
  g_checksum_get_digest (checksum, digest, &length);
  digest[6] = (digest[6] & 0x0f) | 0x50;
  digest[8] = (digest[8] & 0x3f) | 0x80;

  return g_strdup_printf ("%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
                          digest[0], digest[1], digest[2], digest[3], digest[4], digest[5],
                          digest[6], digest[7], digest[8], digest[9], digest[10], digest[11],
                          digest[12], digest[13], digest[14], digest[15]);
}

static char *
read_uuid (JsonNode   *node,
           JsonObject *annotation)
{
  const char *id = get_string (annotation, "id");
  g_autofree char *json = NULL;

  if (id != NULL && g_ascii_strncasecmp (id, "urn:uuid:", 9) == 0 && g_uuid_string_is_valid (id + 9))
    return g_ascii_strdown (id + 9, -1);
  if (id != NULL && *id != '\0')
    return dra_web_annotation_make_uuid (id);

  json = json_to_string (node, FALSE);
  return dra_web_annotation_make_uuid (json);
}

/* Takes note.  Of two with one UUID the newer is kept. */
static void
add_note (Reader  *reader,
          DraNote *note)
{
  gpointer found = g_hash_table_lookup (reader->by_uuid, dra_note_get_uuid (note));

  if (found == NULL)
    {
      g_ptr_array_add (reader->notes, note);
      g_hash_table_insert (reader->by_uuid, g_strdup (dra_note_get_uuid (note)),
                           GUINT_TO_POINTER (reader->notes->len));
      return;
    }

  gpointer *slot = &reader->notes->pdata[GPOINTER_TO_UINT (found) - 1];

  reader->n_skipped++;
  if (dra_note_get_modified (note) > dra_note_get_modified (*slot))
    {
      g_object_unref (*slot);
      *slot = note;
    }
  else
    g_object_unref (note);
}

static void
read_annotation (Reader     *reader,
                 JsonNode   *node,
                 JsonObject *annotation)
{
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (GStrvBuilder) tags = g_strv_builder_new ();
  g_autofree char *uuid = read_uuid (node, annotation);
  JsonNode *target_node = choose_target (annotation);
  JsonObject *target = target_node != NULL && JSON_NODE_HOLDS_OBJECT (target_node)
                         ? json_node_get_object (target_node) : NULL;
  g_auto (GStrv) all_tags = NULL;
  gint64 created = 0, modified = 0;
  DraNoteColor color;
  DraNote *note;

  if (target == NULL && node_string (target_node) == NULL)
    {
      reader->n_skipped++;
      return;
    }

  dra_iso_time_parse (get_string (annotation, "created"), &created);
  if (!dra_iso_time_parse (get_string (annotation, "modified"), &modified))
    dra_iso_time_parse (get_string (annotation, "updated"), &modified);
  note = dra_note_new_from_parts (uuid, read_about (target), created, modified);
  read_body (get_member (annotation, "body"), body, tags, note, 0);
  append_paragraph (body, get_string (annotation, "bodyValue"));
  read_plain_body (annotation, body, tags);
  dra_note_set_body (note, body->str);
  all_tags = g_strv_builder_end (tags);
  dra_note_set_tags (note, (const char *const *) all_tags);
  if (dra_note_color_from_string (get_string (annotation, "dramatis:color"), &color))
    dra_note_set_color (note, color);
  if (target != NULL)
    read_target (note, target);

  add_note (reader, note);
}

static void
read_node (Reader   *reader,
           JsonNode *node,
           guint     depth)
{
  /* The last two are those of Hypothesis: its export, and what its API answers. */
  static const char *const containers[] = { "@graph", "items", "first", "annotations", "rows" };
  gboolean is_container = FALSE;
  JsonObject *object;

  if (depth > MAX_CONTAINERS)
    return;

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      reader->found = TRUE;
      for (guint i = 0; i < json_array_get_length (array); i++)
        read_node (reader, json_array_get_element (array, i), depth + 1);
      return;
    }
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      reader->n_skipped += depth > 0;
      return;
    }

  object = json_node_get_object (node);
  if (has_type (object, "Annotation") || get_member (object, "target") != NULL)
    {
      reader->found = TRUE;
      read_annotation (reader, node, object);
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (containers); i++)
    {
      JsonNode *member = json_object_get_member (object, containers[i]);

      if (member != NULL && !JSON_NODE_HOLDS_VALUE (member) && !JSON_NODE_HOLDS_NULL (member))
        {
          is_container = TRUE;
          reader->found = TRUE;
          read_node (reader, member, depth + 1);
        }
    }
  if (has_type (object, "AnnotationPage") || has_type (object, "AnnotationCollection"))
    reader->found = TRUE;
  else if (!is_container && depth > 0)
    reader->n_skipped++;
}

/**
 * dra_web_annotation_read:
 * @root: parsed JSON
 * @n_skipped: (out) (optional): how many annotations could not be used at all
 * @error: return location
 *
 * Reads notes from Web Annotation JSON-LD, ours or anyone's; none is anchored yet.
 *
 * Annotations without a UUID of their own get one made from their id, else from their
 * content, so that reading a file twice gives the same notes.  Of several with the same
 * UUID the newest is kept and the others are counted in @n_skipped.
 *
 * Returns: (transfer full) (element-type DraNote): the notes in the order of the file, or
 *   %NULL with %DRA_ERROR_DAMAGED when @root neither is nor holds annotations
 */
GPtrArray *
dra_web_annotation_read (JsonNode  *root,
                         guint     *n_skipped,
                         GError   **error)
{
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) by_uuid = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Reader reader = { notes, by_uuid, 0, FALSE };

  g_return_val_if_fail (root != NULL, NULL);

  read_node (&reader, root, 0);
  if (n_skipped != NULL)
    *n_skipped = reader.n_skipped;
  if (!reader.found)
    {
      g_set_error_literal (error, DRA_ERROR, DRA_ERROR_DAMAGED,
                           _("There are no notes in the Web Annotation format in it."));
      return NULL;
    }

  return g_steal_pointer (&notes);
}

/* Whether the parser may see it: brackets nest no deeper than MAX_DEPTH.  Comments and
 * single quotes, which are not JSON but which json-glib skips, could hide some: refused. */
static gboolean
is_safe (const char *json,
             gsize       length)
{
  gboolean in_string = FALSE;
  guint depth = 0;

  for (gsize i = 0; i < length; i++)
    {
      char c = json[i];

      if (in_string)
        {
          if (c == '\\')
            i++;
          else if (c == '"')
            in_string = FALSE;
        }
      else if (c == '"')
        in_string = TRUE;
      else if (c == '[' || c == '{')
        {
          if (++depth > MAX_DEPTH)
            return FALSE;
        }
      else if ((c == ']' || c == '}') && depth > 0)
        depth--;
      else if (c == '/' || c == '#' || c == '\'')
        return FALSE;
    }

  return !in_string;
}

/**
 * dra_web_annotation_read_string:
 * @json: the JSON text
 * @length: its length in bytes, or -1 when it ends in a NUL
 * @n_skipped: (out) (optional): how many annotations could not be used at all
 * @error: return location
 *
 * Reads notes as [func@Dra.web_annotation_read] does.
 *
 * Returns: (transfer full) (element-type DraNote): the notes in the order of the file, or
 *   %NULL with %DRA_ERROR_DAMAGED when @json is not JSON or holds no annotations
 */
GPtrArray *
dra_web_annotation_read_string (const char  *json,
                                gssize       length,
                                guint       *n_skipped,
                                GError     **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonNode *root;

  g_return_val_if_fail (json != NULL, NULL);

  if (length < 0)
    length = (gssize) strlen (json);
  if (length >= 3 && memcmp (json, "\xef\xbb\xbf", 3) == 0)
    {
      json += 3;
      length -= 3;
    }

  if (!g_utf8_validate_len (json, (gsize) length, NULL) || !is_safe (json, (gsize) length) ||
      !json_parser_load_from_data (parser, json, length, NULL) ||
      (root = json_parser_get_root (parser)) == NULL)
    {
      g_set_error_literal (error, DRA_ERROR, DRA_ERROR_DAMAGED, _("It is not well-formed JSON."));
      return NULL;
    }

  return dra_web_annotation_read (root, n_skipped, error);
}
