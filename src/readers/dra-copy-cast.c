/* dra-copy-cast.c: the people and organizations an annotated copy names, found in its text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-copy-cast.h"

#include <string.h>

#include "readers/dra-copy-json.h"

/* How far from where it should be a mention is looked for in an edited text, in bytes, and
 * how many names of its entity are tried. */
#define MENTION_DRIFT 400
#define MAX_FORMS 8

/* One mention as the copy names it. */
typedef struct
{
  guint    entity; /* number in the cast builder */
  DraRange range;  /* code points of the text the copy was written with */
  float    confidence;
  guint    first_form; /* index in the reader's forms, which end in NULL */
} Claim;

static gboolean
stands_at (const char *text,
           gsize       length,
           gsize       offset,
           const char *form)
{
  gsize n = strlen (form);

  return n > 0 && offset <= length && n <= length - offset
         && memcmp (text + offset, form, n) == 0;
}

/* Looks for one of the forms nearest to offset, at most MENTION_DRIFT bytes away and not
 * before first: mentions keep their order. */
static gboolean
find_form (DraArticle        *article,
           gsize              offset,
           gsize              first,
           const char *const *forms,
           DraRange          *range)
{
  gsize length;
  const char *text = dra_article_get_text (article, &length);

  for (gsize distance = 0; distance <= MENTION_DRIFT; distance++)
    for (guint i = 0; i < MAX_FORMS && forms[i] != NULL; i++)
      {
        if (offset + distance >= first && stands_at (text, length, offset + distance, forms[i]))
          *range = (DraRange){ offset + distance, offset + distance + strlen (forms[i]) };
        else if (distance <= offset && offset - distance >= first
                 && stands_at (text, length, offset - distance, forms[i]))
          *range = (DraRange){ offset - distance, offset - distance + strlen (forms[i]) };
        else
          continue;
        return TRUE;
      }

  return FALSE;
}

static int
compare_claims (gconstpointer a,
                gconstpointer b)
{
  const Claim *x = a;
  const Claim *y = b;

  if (x->range.start != y->range.start)
    return x->range.start < y->range.start ? -1 : 1;

  return (x->range.end > y->range.end) - (x->range.end < y->range.end);
}

static void
add_claims (DraCastBuilder *builder,
            DraArticle     *article,
            GArray         *claims,
            GPtrArray      *forms,
            gboolean        exact)
{
  gssize drift = 0;
  gsize first = 0;

  g_array_sort (claims, compare_claims);
  for (guint i = 0; i < claims->len; i++)
    {
      const Claim *claim = &g_array_index (claims, Claim, i);
      DraRange range;
      gsize offset;

      if (exact)
        {
          if (dra_copy_json_to_bytes (article, claim->range, &range))
            dra_cast_builder_add_mention (builder, claim->entity, range, claim->confidence);
          continue;
        }

      offset = dra_article_to_bytes (article,
                                     MIN (claim->range.start,
                                          dra_article_get_n_code_points (article)));
      if (drift < 0 && (gsize) -drift > offset)
        continue;
      offset = (gsize) ((gssize) offset + drift);
      if (!find_form (article, offset, first,
                      (const char *const *) forms->pdata + claim->first_form, &range))
        continue;
      drift += (gssize) range.start - (gssize) offset;
      first = range.end;
      dra_cast_builder_add_mention (builder, claim->entity, range, claim->confidence);
    }
}

static gboolean
get_kind (JsonObject    *entity,
          DraEntityKind *kind)
{
  static const char *const types[] = { "Person", "Organization", "Place" };
  const char *type = dra_json_get_string (entity, "@type");

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_strcmp0 (type, types[i]) == 0)
      {
        *kind = (DraEntityKind) i;
        return TRUE;
      }

  return FALSE;
}

static void
add_entity (DraCastBuilder *builder,
            DraArticle     *article,
            JsonObject     *entity,
            gboolean        exact,
            GArray         *claims,
            GPtrArray      *forms)
{
  JsonArray *mentions = dra_json_get_array (entity, "dramatis:mentions");
  JsonArray *others = dra_json_get_array (entity, "alternateName");
  const char *name = dra_json_get_string (entity, "name");
  Claim claim = { .first_form = forms->len };
  DraEntityKind kind;
  DraRange role;
  float confidence = -1;

  if (mentions == NULL || name == NULL || !get_kind (entity, &kind))
    return;

  dra_copy_json_get_float (json_object_get_member (entity, "dramatis:confidence"), &confidence);
  claim.entity = dra_cast_builder_add_entity (builder, kind, name, confidence);
  if (exact && dra_copy_json_get_range (dra_json_get_array (entity, "dramatis:role"), 0, &role)
      && dra_copy_json_to_bytes (article, role, &role))
    dra_cast_builder_set_role (builder, claim.entity, role);

  g_ptr_array_add (forms, (gpointer) name);
  for (guint i = 0; others != NULL && i < json_array_get_length (others); i++)
    {
      JsonNode *node = json_array_get_element (others, i);

      if (json_node_get_value_type (node) == G_TYPE_STRING)
        g_ptr_array_add (forms, (gpointer) json_node_get_string (node));
    }
  g_ptr_array_add (forms, NULL);

  for (guint i = 0; i < json_array_get_length (mentions); i++)
    {
      JsonArray *row = dra_copy_json_get_row (mentions, i);

      if (!dra_copy_json_get_range (row, 0, &claim.range))
        continue;
      claim.confidence = 0;
      if (json_array_get_length (row) > 2)
        dra_copy_json_get_float (json_array_get_element (row, 2), &claim.confidence);
      g_array_append_val (claims, claim);
    }
}

/**
 * dra_copy_cast_read:
 * @article: the article of a copy
 * @json: (nullable): what the copy says of it
 * @exact: whether its text is that which the copy was written with
 *
 * Reads who the copy says is in the article.  In an edited text each mention is looked for
 * near its old place, with the drift of the mentions before it.
 *
 * Returns: (transfer full) (nullable): the cast, %NULL when the copy says nothing of one
 */
DraCast *
dra_copy_cast_read (DraArticle *article,
                    JsonObject *json,
                    gboolean    exact)
{
  JsonArray *entities = dra_json_get_array (json, "mentions");
  g_autoptr (DraCastBuilder) builder = NULL;
  g_autoptr (GArray) claims = NULL;
  g_autoptr (GPtrArray) forms = NULL;

  if (entities == NULL)
    return NULL;

  builder = dra_cast_builder_new (article);
  claims = g_array_new (FALSE, FALSE, sizeof (Claim));
  forms = g_ptr_array_new ();
  for (guint i = 0; i < json_array_get_length (entities); i++)
    {
      JsonNode *node = json_array_get_element (entities, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        add_entity (builder, article, json_node_get_object (node), exact, claims, forms);
    }
  add_claims (builder, article, claims, forms, exact);

  return dra_cast_builder_build (builder);
}
