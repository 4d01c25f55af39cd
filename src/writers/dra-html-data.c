/* dra-html-data.c: the JSON-LD blocks of an annotated copy.
 *
 * The first describes the article for anyone (schema.org) and holds what Dramatis needs to
 * have the cast and the styles back; the second is the notes (W3C Web Annotation).  The
 * text is not among them: what is read back is what is seen.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "writers/dra-html-private.h"

#include <string.h>

#include "notes/dra-web-annotation.h"
#include "writers/dra-json-output.h"

/* Positions are lists of numbers, which JSON-LD 1.1 takes as they are (JSON literals). */
#define CONTEXT                                                                     \
  "\"@context\": [\"https://schema.org\", {\"dramatis\": \"https://dramatis.github.io/ns#\"," \
  " \"dramatis:metadata\": {\"@type\": \"@json\"},"                                 \
  " \"dramatis:styles\": {\"@type\": \"@json\"},"                                   \
  " \"dramatis:role\": {\"@type\": \"@json\"},"                                     \
  " \"dramatis:mentions\": {\"@type\": \"@json\"}}]"

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
append_pair (DraHtmlPage *page,
             const char  *name,
             const char  *value)
{
  if (value == NULL)
    return;
  g_string_append (page->out, ",\n");
  dra_json_append_member (page->out, name, value, DRA_JSON_IN_HTML);
}

static void
append_named (DraHtmlPage *page,
              const char  *name,
              const char  *type,
              const char  *value)
{
  if (value == NULL)
    return;
  g_string_append_printf (page->out, ",\n\"%s\": {\"@type\": \"%s\", ", name, type);
  dra_json_append_member (page->out, "name", value, DRA_JSON_IN_HTML);
  g_string_append_c (page->out, '}');
}

static void
append_range (DraHtmlPage *page,
              DraRange     range)
{
  g_string_append_printf (page->out, "%" G_GSIZE_FORMAT ", %" G_GSIZE_FORMAT,
                          dra_article_to_code_points (page->article, range.start),
                          dra_article_to_code_points (page->article, range.end));
}

static void
append_entity (DraHtmlPage      *page,
               const DraEntity  *entity,
               const DraMention *mentions)
{
  static const char *const types[] = {
    [DRA_ENTITY_PERSON] = "Person",
    [DRA_ENTITY_ORGANIZATION] = "Organization",
    [DRA_ENTITY_PLACE] = "Place",
  };
  GString *out = page->out;
  gboolean other_forms = FALSE;

  g_string_append_printf (out, "{\"@type\": \"%s\", \"@id\": \"#%s\", ",
                          types[entity->kind], entity->id);
  dra_json_append_member (out, "name", entity->name, DRA_JSON_IN_HTML);
  for (guint i = 0; entity->forms[i] != NULL; i++)
    {
      if (strcmp (entity->forms[i], entity->name) == 0)
        continue;
      g_string_append (out, other_forms ? ", " : ", \"alternateName\": [");
      dra_json_append_string (out, entity->forms[i], -1, DRA_JSON_IN_HTML);
      other_forms = TRUE;
    }
  if (other_forms)
    g_string_append_c (out, ']');
  if (entity->role != NULL)
    {
      g_string_append (out, ", ");
      dra_json_append_member (out, "description", entity->role, DRA_JSON_IN_HTML);
      g_string_append (out, ", \"dramatis:role\": [");
      append_range (page, entity->role_range);
      g_string_append_c (out, ']');
    }
  g_string_append (out, ", \"dramatis:confidence\": ");
  dra_json_append_number (out, entity->confidence);
  g_string_append (out, ", \"dramatis:mentions\": [");
  for (guint i = 0; i < entity->n_mentions; i++)
    {
      const DraMention *mention = &mentions[entity->mentions[i]];

      g_string_append (out, i > 0 ? ", [" : "[");
      append_range (page, mention->range);
      g_string_append (out, ", ");
      dra_json_append_number (out, mention->confidence);
      g_string_append_c (out, ']');
    }
  g_string_append (out, "]}");
}

static void
append_entities (DraHtmlPage *page)
{
  guint n_mentions;
  const DraMention *mentions = dra_cast_get_mentions (page->cast, &n_mentions);
  guint n_entities = dra_cast_get_n_entities (page->cast);

  g_string_append (page->out, ",\n\"mentions\": [");
  for (guint i = 0; i < n_entities; i++)
    {
      g_string_append (page->out, i > 0 ? ",\n" : "\n");
      append_entity (page, dra_cast_get_entity (page->cast, i), mentions);
    }
  g_string_append_c (page->out, ']');
}

static void
append_styles (DraHtmlPage *page)
{
  guint n_styles;
  const DraStyle *styles = dra_article_get_styles (page->article, &n_styles);

  if (n_styles == 0)
    return;

  g_string_append (page->out, ",\n\"dramatis:styles\": [");
  for (guint i = 0; i < n_styles; i++)
    {
      g_string_append_printf (page->out, "%s[\"%s\", ", i > 0 ? ", " : "",
                              dra_style_kind_to_string (styles[i].kind));
      append_range (page, styles[i].range);
      if (styles[i].target != NULL)
        {
          g_string_append (page->out, ", ");
          dra_json_append_string (page->out, styles[i].target, -1, DRA_JSON_IN_HTML);
        }
      g_string_append_c (page->out, ']');
    }
  g_string_append_c (page->out, ']');
}

static void
append_article (DraHtmlPage *page)
{
  DraArticle *article = page->article;
  g_autofree char *origin = dra_html_dup_origin (article);
  gboolean any = FALSE;

  g_string_append (page->out,
                   "<script type=\"application/ld+json\" id=\"dramatis-article\">\n"
                   "{" CONTEXT ",\n\"@type\": \"Article\"");
  append_pair (page, "headline", dra_article_get_title (article));
  append_named (page, "author", "Person",
                dra_article_get_metadata (article, DRA_METADATA_BYLINE));
  append_pair (page, "datePublished",
               dra_article_get_metadata (article, DRA_METADATA_PUBLISHED));
  append_named (page, "publisher", "Organization",
                dra_article_get_metadata (article, DRA_METADATA_SITE));
  append_pair (page, "inLanguage",
               dra_article_get_metadata (article, DRA_METADATA_LANGUAGE));
  append_pair (page, "isBasedOn", origin);
  g_string_append_printf (page->out, ",\n\"dramatis:textVersion\": %d",
                          DRA_ARTICLE_TEXT_VERSION);
  append_pair (page, "dramatis:textSha256", dra_article_get_hash (article));

  g_string_append (page->out, ",\n\"dramatis:metadata\": {");
  for (guint i = 0; i < G_N_ELEMENTS (metadata_names); i++)
    {
      const char *value = dra_article_get_metadata (article, metadata_names[i].which);

      if (value == NULL)
        continue;
      if (any)
        g_string_append (page->out, ", ");
      dra_json_append_member (page->out, metadata_names[i].name, value, DRA_JSON_IN_HTML);
      any = TRUE;
    }
  g_string_append_c (page->out, '}');

  append_styles (page);
  if (page->cast != NULL)
    append_entities (page);
  g_string_append (page->out, "}\n</script>\n");
}

/**
 * dra_html_append_data:
 * @page: the page
 *
 * Appends both JSON-LD blocks; the second only when there are notes.
 */
void
dra_html_append_data (DraHtmlPage *page)
{
  g_autoptr (GPtrArray) notes = g_ptr_array_new ();
  g_autofree char *annotations = NULL;

  append_article (page);
  if (page->notes->len == 0)
    return;

  for (guint i = 0; i < page->notes->len; i++)
    g_ptr_array_add (notes, g_array_index (page->notes, DraHtmlNote, i).note);
  annotations = dra_web_annotation_write_string (page->article, notes);
  g_string_append (page->out,
                   "<script type=\"application/ld+json\" id=\"dramatis-notes\">\n");
  dra_json_append_escaped (page->out, annotations);
  g_string_append (page->out, "</script>\n");
}
