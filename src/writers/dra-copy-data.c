/* dra-copy-data.c: what a copy carries for Dramatis and other programs, as JSON-LD.
 *
 * The text is not in it: what is read back is what is seen.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "writers/dra-copy-data.h"

#include <string.h>

#include "notes/dra-web-annotation.h"

/* Positions are lists of numbers, which JSON-LD 1.1 takes as they are (JSON literals). */
#define CONTEXT_START                                                               \
  "\"@context\": [\"https://schema.org\", {\"dramatis\": \"https://dramatis.github.io/ns#\"," \
  " \"dramatis:metadata\": {\"@type\": \"@json\"},"                                 \
  " \"dramatis:styles\": {\"@type\": \"@json\"},"
#define CONTEXT_BLOCKS " \"dramatis:blocks\": {\"@type\": \"@json\"},"
#define CONTEXT_END                                                                 \
  " \"dramatis:role\": {\"@type\": \"@json\"},"                                   \
  " \"dramatis:mentions\": {\"@type\": \"@json\"}}]"

typedef struct
{
  GString       *out;
  DraArticle    *article;
  DraCast       *cast; /* (nullable) */
  DraJsonOutput  output;
} Data;

static const struct
{
  DraMetadata which;
  const char *name;
} metadata_names[] = {
  { DRA_METADATA_TITLE, "title" },
  { DRA_METADATA_BYLINE, "byline" },
  { DRA_METADATA_PUBLISHED, "published" },
  { DRA_METADATA_SITE, "site" },
  { DRA_METADATA_LANGUAGE, "language" },
};

static void
append_pair (Data *data,
             const char  *name,
             const char  *value)
{
  if (value == NULL)
    return;
  g_string_append (data->out, ",\n");
  dra_json_append_member (data->out, name, value, data->output);
}

static void
append_named (Data *data,
              const char  *name,
              const char  *type,
              const char  *value)
{
  if (value == NULL)
    return;
  g_string_append_printf (data->out, ",\n\"%s\": {\"@type\": \"%s\", ", name, type);
  dra_json_append_member (data->out, "name", value, data->output);
  g_string_append_c (data->out, '}');
}

static void
append_range (Data *data,
              DraRange     range)
{
  g_string_append_printf (data->out, "%" G_GSIZE_FORMAT ", %" G_GSIZE_FORMAT,
                          dra_article_to_code_points (data->article, range.start),
                          dra_article_to_code_points (data->article, range.end));
}

static void
append_entity (Data             *data,
               const DraEntity  *entity,
               const DraMention *mentions)
{
  static const char *const types[] = {
    [DRA_ENTITY_PERSON] = "Person",
    [DRA_ENTITY_ORGANIZATION] = "Organization",
    [DRA_ENTITY_PLACE] = "Place",
  };
  GString *out = data->out;
  gboolean other_forms = FALSE;

  g_string_append_printf (out, "{\"@type\": \"%s\", \"@id\": \"#%s\", ",
                          types[entity->kind], entity->id);
  dra_json_append_member (out, "name", entity->name, data->output);
  for (guint i = 0; entity->forms[i] != NULL; i++)
    {
      if (strcmp (entity->forms[i], entity->name) == 0)
        continue;
      g_string_append (out, other_forms ? ", " : ", \"alternateName\": [");
      dra_json_append_string (out, entity->forms[i], -1, data->output);
      other_forms = TRUE;
    }
  if (other_forms)
    g_string_append_c (out, ']');
  if (entity->role != NULL)
    {
      g_string_append (out, ", ");
      dra_json_append_member (out, "description", entity->role, data->output);
      g_string_append (out, ", \"dramatis:role\": [");
      append_range (data, entity->role_range);
      g_string_append_c (out, ']');
    }
  g_string_append (out, ", \"dramatis:confidence\": ");
  dra_json_append_number (out, entity->confidence);
  g_string_append (out, ", \"dramatis:mentions\": [");
  for (guint i = 0; i < entity->n_mentions; i++)
    {
      const DraMention *mention = &mentions[entity->mentions[i]];

      g_string_append (out, i > 0 ? ", [" : "[");
      append_range (data, mention->range);
      g_string_append (out, ", ");
      dra_json_append_number (out, mention->confidence);
      g_string_append_c (out, ']');
    }
  g_string_append (out, "]}");
}

static void
append_entities (Data *data)
{
  guint n_mentions;
  const DraMention *mentions = dra_cast_get_mentions (data->cast, &n_mentions);
  guint n_entities = dra_cast_get_n_entities (data->cast);

  g_string_append (data->out, ",\n\"mentions\": [");
  for (guint i = 0; i < n_entities; i++)
    {
      g_string_append (data->out, i > 0 ? ",\n" : "\n");
      append_entity (data, dra_cast_get_entity (data->cast, i), mentions);
    }
  g_string_append_c (data->out, ']');
}

static void
append_styles (Data *data)
{
  guint n_styles;
  const DraStyle *styles = dra_article_get_styles (data->article, &n_styles);

  if (n_styles == 0)
    return;

  g_string_append (data->out, ",\n\"dramatis:styles\": [");
  for (guint i = 0; i < n_styles; i++)
    {
      g_string_append_printf (data->out, "%s[\"%s\", ", i > 0 ? ", " : "",
                              dra_style_kind_to_string (styles[i].kind));
      append_range (data, styles[i].range);
      if (styles[i].target != NULL)
        {
          g_string_append (data->out, ", ");
          dra_json_append_string (data->out, styles[i].target, -1, data->output);
        }
      g_string_append_c (data->out, ']');
    }
  g_string_append_c (data->out, ']');
}

static gboolean
same_shape (const DraCopyShape *shape,
            const DraBlock     *block)
{
  return shape->kind == block->kind && shape->level == block->level
         && g_strcmp0 (shape->label, block->label) == 0
         && g_strcmp0 (shape->source, block->source) == 0;
}

/* What a format does not say of its blocks. */
static void
append_blocks (Data               *data,
               const DraCopyShape *shapes)
{
  guint n_blocks;
  const DraBlock *blocks = dra_article_get_blocks (data->article, &n_blocks);
  gsize length, end = 0;
  gboolean any = FALSE;

  dra_article_get_text (data->article, &length);
  for (guint i = 0; i < n_blocks; end = blocks[i++].range.end)
    {
      gsize n_newlines = blocks[i].range.start - end;
      gboolean usual = n_newlines == (i > 0 ? 1 : 0);

      if (same_shape (&shapes[i], &blocks[i]) && usual)
        continue;
      g_string_append_printf (data->out, "%s[%u, \"%s\", %u, ", any ? ", "
                                                                    : ",\n\"dramatis:blocks\": [",
                              i, dra_block_kind_to_string (blocks[i].kind), blocks[i].level);
      dra_json_append_string (data->out, blocks[i].label, -1, data->output);
      if (usual)
        g_string_append (data->out, ", null, ");
      else
        g_string_append_printf (data->out, ", %" G_GSIZE_FORMAT ", ", n_newlines);
      dra_json_append_string (data->out, blocks[i].source, -1, data->output);
      g_string_append_c (data->out, ']');
      any = TRUE;
    }
  if (end < length)
    {
      g_string_append_printf (data->out, "%s[%u, null, 0, null, %" G_GSIZE_FORMAT ", null]",
                              any ? ", " : ",\n\"dramatis:blocks\": [", n_blocks, length - end);
      any = TRUE;
    }
  if (any)
    g_string_append_c (data->out, ']');
}

/**
 * dra_copy_data_append_article:
 * @out: where to
 * @article: the article
 * @cast: (nullable): its people and organizations, when the format carries them
 * @shapes: (nullable): what the format says of each block, when that may not be all
 * @output: where the JSON will stand
 *
 * Appends the object that describes the article.
 */
void
dra_copy_data_append_article (GString            *out,
                              DraArticle         *article,
                              DraCast            *cast,
                              const DraCopyShape *shapes,
                              DraJsonOutput       output)
{
  Data self = { out, article, cast, output };
  Data *data = &self;
  g_autofree char *origin = dra_copy_dup_origin (article);
  gboolean any = FALSE;

  g_string_append (out, "{");
  g_string_append (out, CONTEXT_START);
  g_string_append (out, shapes != NULL ? CONTEXT_BLOCKS : "");
  g_string_append (out, CONTEXT_END ",\n\"@type\": \"Article\"");
  append_pair (data, "headline", dra_article_get_title (article));
  append_named (data, "author", "Person",
                dra_article_get_metadata (article, DRA_METADATA_BYLINE));
  append_pair (data, "datePublished",
               dra_article_get_metadata (article, DRA_METADATA_PUBLISHED));
  append_named (data, "publisher", "Organization",
                dra_article_get_metadata (article, DRA_METADATA_SITE));
  append_pair (data, "inLanguage",
               dra_article_get_metadata (article, DRA_METADATA_LANGUAGE));
  append_pair (data, "isBasedOn", origin);
  g_string_append_printf (data->out, ",\n\"dramatis:textVersion\": %d",
                          DRA_ARTICLE_TEXT_VERSION);
  append_pair (data, "dramatis:textSha256", dra_article_get_hash (article));

  g_string_append (data->out, ",\n\"dramatis:metadata\": {");
  for (guint i = 0; i < G_N_ELEMENTS (metadata_names); i++)
    {
      const char *value = dra_article_get_metadata (article, metadata_names[i].which);

      if (value == NULL)
        continue;
      if (any)
        g_string_append (data->out, ", ");
      dra_json_append_member (data->out, metadata_names[i].name, value, data->output);
      any = TRUE;
    }
  g_string_append_c (data->out, '}');

  append_styles (data);
  if (shapes != NULL)
    append_blocks (data, shapes);
  if (cast != NULL)
    append_entities (data);
  g_string_append_c (out, '}');
}

/**
 * dra_copy_data_append_notes:
 * @out: where to
 * @article: the article
 * @notes: its notes
 *
 * Appends the notes as Web Annotations, ended by a newline, with everything escaped that
 * could end an element, a comment or a line.
 */
void
dra_copy_data_append_notes (GString            *out,
                            DraArticle         *article,
                            const DraCopyNotes *notes)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  g_autofree char *annotations = NULL;

  for (guint i = 0; i < notes->all->len; i++)
    g_ptr_array_add (list, dra_copy_notes_get (notes, i)->note);
  annotations = dra_web_annotation_write_string (article, list);
  dra_json_append_escaped (out, annotations);
}
