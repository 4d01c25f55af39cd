/* dra-web-annotation.c: notes written as W3C Web Annotation JSON-LD.
 *
 * The order of members is fixed, so that the same notes give the same bytes.  Reading is in
 * dra-web-annotation-read.c.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "notes/dra-web-annotation.h"

#include <string.h>

#include "notes/dra-iso-time.h"

#define CONTEXT_W3C DRA_WEB_ANNOTATION_W3C
#define CONTEXT_OWN DRA_WEB_ANNOTATION_OWN

static void
add_string (JsonBuilder *builder,
            const char  *name,
            const char  *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_int (JsonBuilder *builder,
         const char  *name,
         gint64       value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_time (JsonBuilder *builder,
          const char  *name,
          gint64       time)
{
  g_autofree char *string = dra_iso_time_format (time);

  add_string (builder, name, string);
}

static void
add_body (JsonBuilder *builder,
          const char  *value,
          const char  *format,
          const char  *purpose)
{
  json_builder_begin_object (builder);
  add_string (builder, "type", "TextualBody");
  add_string (builder, "value", value);
  if (format != NULL)
    add_string (builder, "format", format);
  add_string (builder, "purpose", purpose);
  json_builder_end_object (builder);
}

static void
add_bodies (JsonBuilder *builder,
            DraNote     *note)
{
  const char *body = dra_note_get_body (note);
  const char *const *tags = dra_note_get_tags (note);

  if (*body == '\0' && tags[0] == NULL)
    return;

  json_builder_set_member_name (builder, "body");
  json_builder_begin_array (builder);
  if (*body != '\0')
    add_body (builder, body, "text/markdown", "commenting");
  for (guint i = 0; tags[i] != NULL; i++)
    add_body (builder, tags[i], NULL, "tagging");
  json_builder_end_array (builder);
}

static void
add_selectors (JsonBuilder *builder,
               DraNote     *note)
{
  const DraQuote *quote = dra_note_get_quote (note);
  gsize start, end;
  gboolean has_position = dra_note_get_position (note, &start, &end);

  if (quote == NULL && !has_position)
    return;

  json_builder_set_member_name (builder, "selector");
  json_builder_begin_array (builder);
  if (quote != NULL)
    {
      json_builder_begin_object (builder);
      add_string (builder, "type", "TextQuoteSelector");
      add_string (builder, "exact", quote->exact);
      add_string (builder, "prefix", quote->prefix);
      add_string (builder, "suffix", quote->suffix);
      json_builder_end_object (builder);
    }
  if (has_position)
    {
      json_builder_begin_object (builder);
      add_string (builder, "type", "TextPositionSelector");
      add_int (builder, "start", (gint64) start);
      add_int (builder, "end", (gint64) end);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_state (JsonBuilder *builder,
           DraNote     *note)
{
  const char *hash = dra_note_get_text_hash (note);
  guint version = dra_note_get_text_version (note);
  guint before, after;

  dra_note_get_distinct (note, &before, &after);
  if (hash == NULL && version == 0 && before == 0 && after == 0)
    return;

  json_builder_set_member_name (builder, "state");
  json_builder_begin_object (builder);
  add_string (builder, "type", "dramatis:TextState");
  if (hash != NULL)
    add_string (builder, "dramatis:sha256", hash);
  if (version != 0)
    add_int (builder, "dramatis:textVersion", version);
  if (before != 0)
    add_int (builder, "dramatis:distinctPrefix", before);
  if (after != 0)
    add_int (builder, "dramatis:distinctSuffix", after);
  json_builder_end_object (builder);
}

static const char *
about (DraNote *note)
{
  switch (dra_note_get_target (note))
    {
    case DRA_NOTE_TARGET_ENTITY:
      return "entity";
    case DRA_NOTE_TARGET_ARTICLE:
      return "article";
    case DRA_NOTE_TARGET_PASSAGE:
    default:
      return "passage";
    }
}

static void
add_target (JsonBuilder *builder,
            DraNote     *note,
            const char  *source)
{
  json_builder_set_member_name (builder, "target");
  json_builder_begin_object (builder);
  add_string (builder, "type", "SpecificResource");
  add_string (builder, "source", source);
  add_string (builder, "dramatis:about", about (note));
  if (dra_note_get_entity_kind (note) != NULL)
    add_string (builder, "dramatis:entityKind", dra_note_get_entity_kind (note));
  if (dra_note_get_entity_name (note) != NULL)
    add_string (builder, "dramatis:entityName", dra_note_get_entity_name (note));
  add_selectors (builder, note);
  add_state (builder, note);
  if (dra_note_get_origin (note) != NULL)
    {
      json_builder_set_member_name (builder, "dramatis:origin");
      json_builder_begin_object (builder);
      add_selectors (builder, dra_note_get_origin (note));
      add_state (builder, dra_note_get_origin (note));
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
}

static const char *
motivation (DraNote *note)
{
  if (*dra_note_get_body (note) != '\0')
    return "commenting";

  return dra_note_get_tags (note)[0] != NULL ? "tagging" : "highlighting";
}

static void
add_annotation (JsonBuilder *builder,
                DraNote     *note,
                const char  *source)
{
  g_autofree char *id = g_strconcat ("urn:uuid:", dra_note_get_uuid (note), NULL);

  json_builder_begin_object (builder);
  add_string (builder, "id", id);
  add_string (builder, "type", "Annotation");
  add_string (builder, "motivation", motivation (note));
  add_time (builder, "created", dra_note_get_created (note));
  add_time (builder, "modified", dra_note_get_modified (note));
  add_string (builder, "dramatis:color", dra_note_color_to_string (dra_note_get_color (note)));
  add_bodies (builder, note);
  add_target (builder, note, source);
  json_builder_end_object (builder);
}

/* The IRI the annotations are about.  A local file is named by its name alone: a copy that
 * is handed on must not tell in which folder its reader keeps things. */
static char *
make_source (DraArticle *article)
{
  const char *origin = dra_article_get_metadata (article, DRA_METADATA_ORIGIN_URI);
  const char *uri = origin != NULL ? origin
                                   : dra_article_get_metadata (article, DRA_METADATA_SOURCE_URI);
  const char *name;

  if (uri != NULL && !g_str_has_prefix (uri, "file:") && g_uri_is_valid (uri, G_URI_FLAGS_NONE, NULL))
    return g_strdup (uri);

  name = uri != NULL ? strrchr (uri, '/') : NULL;
  if (name != NULL && name[1] != '\0')
    {
      g_autofree char *plain = g_uri_unescape_string (name + 1, NULL);

      return g_uri_escape_string (plain != NULL ? plain : name + 1, NULL, TRUE);
    }

  return g_strconcat ("urn:sha256:", dra_article_get_hash (article), NULL);
}

/**
 * dra_web_annotation_write:
 * @article: the article the notes are in; names their source
 * @notes: (element-type DraNote): the notes, kept in this order
 *
 * Writes notes as W3C Web Annotation JSON-LD; dra-web-annotation.h describes the format.
 *
 * Positions are code points of the text the note was made in, as they are kept.
 *
 * Returns: (transfer full): the root node
 */
JsonNode *
dra_web_annotation_write (DraArticle *article,
                          GPtrArray  *notes)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autofree char *source = NULL;

  g_return_val_if_fail (DRA_IS_ARTICLE (article), NULL);
  g_return_val_if_fail (notes != NULL, NULL);

  source = make_source (article);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "@context");
  json_builder_begin_array (builder);
  json_builder_add_string_value (builder, CONTEXT_W3C);
  json_builder_begin_object (builder);
  add_string (builder, "dramatis", CONTEXT_OWN);
  json_builder_end_object (builder);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "@graph");
  json_builder_begin_array (builder);
  for (guint i = 0; i < notes->len; i++)
    add_annotation (builder, g_ptr_array_index (notes, i), source);
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

/**
 * dra_web_annotation_write_one:
 * @note: a note
 * @source: IRI of what it is about
 *
 * Writes one annotation without a context, for files with many.
 *
 * Returns: (transfer full): JSON on one line
 */
char *
dra_web_annotation_write_one (DraNote    *note,
                              const char *source)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonNode) root = NULL;

  g_return_val_if_fail (DRA_IS_NOTE (note), NULL);
  g_return_val_if_fail (source != NULL, NULL);

  add_annotation (builder, note, source);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

/**
 * dra_web_annotation_write_string:
 * @article: the article the notes are in; names their source
 * @notes: (element-type DraNote): the notes, kept in this order
 *
 * Writes notes as [func@Dra.web_annotation_write] does, indented and ending in a newline.
 *
 * Returns: (transfer full): the JSON text, UTF-8
 */
char *
dra_web_annotation_write_string (DraArticle *article,
                                 GPtrArray  *notes)
{
  g_autoptr (JsonNode) root = dra_web_annotation_write (article, notes);
  g_autoptr (JsonGenerator) generator = NULL;
  g_autofree char *json = NULL;

  g_return_val_if_fail (root != NULL, NULL);

  generator = json_generator_new ();
  json_generator_set_pretty (generator, TRUE);
  json_generator_set_root (generator, root);
  json = json_generator_to_data (generator, NULL);
  return g_strconcat (json, "\n", NULL);
}
