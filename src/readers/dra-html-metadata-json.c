/* dra-html-metadata-json.c: schema.org articles in a page's JSON-LD.
 *
 * Pages write JSON-LD by string templates: raw line ends in strings, comments, commas too
 * many, CDATA marks, HTML in it.  dra_html_json_clean() makes JSON of all that.  There may
 * be one object, a list, a "@graph", or several scripts; an author may be a name, an
 * object, a list of both, or the "@id" of an object elsewhere.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-html-metadata-private.h"

#include <string.h>

#define MAX_DEPTH 60      /* of JSON containers: json-glib recurses */
#define MAX_OBJECTS 20000 /* looked at on one page */

/**
 * dra_html_json_clean:
 * @text: JSON as pages write it
 *
 * Takes out comments, CDATA and HTML comment marks, commas before a closing bracket and
 * what stands before or behind the JSON; escapes control characters in strings.
 *
 * Returns: (transfer full) (nullable): JSON, or %NULL when it is nested too deeply
 */
GString *
dra_html_json_clean (const char *text)
{
  GString *json = g_string_sized_new (strlen (text));
  gboolean in_string = FALSE;
  guint depth = 0;

  for (const char *p = text; *p != '\0'; p++)
    {
      if (in_string)
        {
          const char *start = p;

          while (*p != '"' && *p != '\\' && (guchar) *p >= 0x20)
            p++;
          g_string_append_len (json, start, p - start);
          if (*p == '\0')
            break;
          if (*p == '\\' && p[1] != '\0')
            {
              if (strchr ("\"\\/bfnrtu", p[1]) != NULL)
                g_string_append_c (json, '\\');
              if ((guchar) p[1] < 0x20)
                g_string_append_c (json, ' ');
              else
                g_string_append_c (json, p[1]);
              p++;
            }
          else if ((guchar) *p < 0x20)
            g_string_append (json, *p == '\n' ? "\\n" : " ");
          else
            {
              in_string = *p != '"';
              g_string_append_c (json, *p);
            }
          continue;
        }
      if (p[0] == '/' && p[1] == '*')
        {
          const char *end = strstr (p + 2, "*/");

          if (end == NULL)
            break;
          p = end + 1;
        }
      else if ((p[0] == '/' && p[1] == '/') || (*p == '<' && g_str_has_prefix (p, "<!--")))
        {
          const char *q = p + 2;

          /* "//<![CDATA[" and "<!--" end there, other comments with their line. */
          if (g_str_has_prefix (p, "<!--"))
            p += 3;
          else
            {
              while (*q != '\0' && *q != '\n')
                q++;
              p = q - 1;
            }
        }
      else if (*p == '<' && g_str_has_prefix (p, "<![CDATA["))
        p += 8;
      else if ((*p == '-' || *p == ']') && (g_str_has_prefix (p, "-->") || g_str_has_prefix (p, "]]>")))
        p += 2;
      else if (*p == '{' || *p == '[')
        {
          if (++depth > MAX_DEPTH)
            {
              g_string_free (json, TRUE);
              return NULL;
            }
          g_string_append_c (json, *p);
        }
      else if (*p == '}' || *p == ']')
        {
          while (json->len > 0 && strchr (" ,\n\r\t", json->str[json->len - 1]) != NULL)
            g_string_truncate (json, json->len - 1);
          if (depth == 0)
            continue;
          depth--;
          g_string_append_c (json, *p);
        }
      else if (*p == ',' && json->len > 0 && strchr (",[{", json->str[json->len - 1]) != NULL)
        continue;
      else if (depth > 0 && (guchar) *p > ' ')
        {
          in_string = *p == '"';
          g_string_append_c (json, *p);
        }
      if (depth == 0 && json->len > 0 && strchr ("}]", json->str[json->len - 1]) != NULL)
        break;
    }

  return json;
}

static const char *
get_string (JsonObject *object,
            const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) > 0)
    node = json_array_get_element (json_node_get_array (node), 0);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    node = json_object_get_member (json_node_get_object (node), "@value");
  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_get_string (node);

  return NULL;
}

static gboolean
has_type (JsonObject *object,
          const char *name)
{
  JsonNode *node = json_object_get_member (object, "@type");
  const char *type;

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          JsonNode *item = json_array_get_element (array, i);

          if (JSON_NODE_HOLDS_VALUE (item) && json_node_get_value_type (item) == G_TYPE_STRING
              && strstr (json_node_get_string (item), name) != NULL)
            return TRUE;
        }
      return FALSE;
    }
  type = get_string (object, "@type");

  return type != NULL && strstr (type, name) != NULL;
}

/* Rank of an object's type as that of the page's article; 0 for other things. */
static guint
rank_type (JsonObject *object)
{
  static const struct { const char *name; guint rank; } types[] = {
    { "NewsArticle", 10 }, { "BlogPosting", 10 }, { "Article", 9 }, { "Report", 8 }, { "Posting", 8 },
    { "Review", 6 }, { "Recipe", 7 }, { "CreativeWork", 5 }, { "NewsMedia", 0 }, { "VideoObject", 3 },
    { "PodcastEpisode", 3 }, { "WebPage", 2 }, { "ItemPage", 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (has_type (object, types[i].name))
      return types[i].rank;

  return 0;
}

static void
add_author (GPtrArray  *authors,
            GHashTable *by_id,
            JsonNode   *node,
            guint       depth)
{
  if (node == NULL || depth > 4 || authors->len >= 40)
    return;
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array) && i < 40; i++)
        add_author (authors, by_id, json_array_get_element (array, i), depth + 1);
    }
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);
      JsonNode *name = json_object_get_member (object, "name");
      const char *id = get_string (object, "@id");
      JsonObject *other;

      if (name == NULL && json_object_has_member (object, "givenName"))
        {
          g_autofree char *full = g_strdup_printf ("%s %s", get_string (object, "givenName"),
                                                   get_string (object, "familyName"));

          g_ptr_array_add (authors, dra_html_decode (full));
        }
      else if (name != NULL)
        add_author (authors, by_id, name, depth + 1);
      else if (id != NULL && (other = g_hash_table_lookup (by_id, id)) != NULL && other != object)
        add_author (authors, by_id, json_object_get_member (other, "name"), depth + 1);
    }
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    {
      char *name = dra_html_decode (json_node_get_string (node));

      if (*g_strstrip (name) != '\0' && strlen (name) < 600)
        g_ptr_array_add (authors, name);
      else
        g_free (name);
    }
}

static char *
dup_decoded (const char *text)
{
  return text != NULL && *text != '\0' ? dra_html_decode (text) : NULL;
}

static char *
get_name_of (JsonObject *object,
             const char *member,
             GHashTable *by_id)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  add_author (names, by_id, json_object_get_member (object, member), 0);

  return names->len > 0 ? g_strdup (names->pdata[0]) : NULL;
}

static void
read_article (DraHtmlFacts *self,
              JsonObject   *object,
              guint         rank,
              GHashTable   *by_id)
{
  DraHtmlJsonArticle *article = g_new0 (DraHtmlJsonArticle, 1);
  const char *url;

  article->authors = g_ptr_array_new_with_free_func (g_free);
  article->rank = rank;
  article->headline = dup_decoded (get_string (object, "headline"));
  if (article->headline == NULL)
    article->headline = dup_decoded (get_string (object, "name"));
  add_author (article->authors, by_id, json_object_get_member (object, "author"), 0);
  if (article->authors->len == 0)
    add_author (article->authors, by_id, json_object_get_member (object, "creator"), 0);
  article->published = g_strdup (get_string (object, "datePublished"));
  if (article->published == NULL)
    article->published = g_strdup (get_string (object, "dateCreated"));
  if (article->published == NULL)
    article->published = g_strdup (get_string (object, "uploadDate"));
  article->modified = g_strdup (get_string (object, "dateModified"));
  article->publisher = get_name_of (object, "publisher", by_id);
  article->language = g_strdup (get_string (object, "inLanguage"));
  article->body = g_strdup (get_string (object, "articleBody"));
  url = get_string (object, "url");
  if (url == NULL)
    url = get_string (object, "mainEntityOfPage");
  if (url == NULL)
    {
      JsonNode *page = json_object_get_member (object, "mainEntityOfPage");

      if (page != NULL && JSON_NODE_HOLDS_OBJECT (page))
        url = get_string (json_node_get_object (page), "@id");
    }
  if (url == NULL)
    url = get_string (object, "@id");
  article->url = g_strdup (url);
  g_ptr_array_add (self->articles, article);
}

/* All objects in the page's JSON-LD, without recursion. */
static void
list_objects (JsonNode  *root,
              GPtrArray *objects)
{
  g_autoptr (GPtrArray) stack = g_ptr_array_new ();

  g_ptr_array_add (stack, root);
  while (stack->len > 0 && objects->len < MAX_OBJECTS)
    {
      JsonNode *node = g_ptr_array_steal_index (stack, stack->len - 1);

      if (JSON_NODE_HOLDS_ARRAY (node))
        {
          JsonArray *array = json_node_get_array (node);

          for (guint i = json_array_get_length (array); i > 0; i--)
            g_ptr_array_add (stack, json_array_get_element (array, i - 1));
        }
      else if (JSON_NODE_HOLDS_OBJECT (node))
        {
          static const char *const outer[] = { "@graph", "mainEntity", "mainEntityOfPage", "hasPart",
                                               "author", "publisher", "liveBlogUpdate" };
          JsonObject *object = json_node_get_object (node);

          g_ptr_array_add (objects, object);
          for (guint i = G_N_ELEMENTS (outer); i > 0; i--)
            {
              JsonNode *member = json_object_get_member (object, outer[i - 1]);

              if (member != NULL && strcmp (outer[i - 1], "liveBlogUpdate") != 0)
                g_ptr_array_add (stack, member);
            }
        }
    }
}

static gboolean
same_address (const char *a,
              const char *b)
{
  g_autofree char *x = NULL;
  g_autofree char *y = NULL;
  char *p;

  if (a == NULL || b == NULL)
    return FALSE;
  if ((p = strstr (a, "://")) != NULL)
    a = p + 3;
  if ((p = strstr (b, "://")) != NULL)
    b = p + 3;
  x = g_strndup (a, strcspn (a, "?#"));
  y = g_strndup (b, strcspn (b, "?#"));
  g_strdelimit (x, "/", ' ');
  g_strdelimit (y, "/", ' ');

  return strcmp (g_strstrip (x), g_strstrip (y)) == 0;
}

static void
choose_article (DraHtmlFacts *self)
{
  g_autofree char *title = self->head_title != NULL ? dra_html_fold (self->head_title) : g_strdup ("");
  int best = -1;

  for (guint i = 0; i < self->articles->len; i++)
    {
      DraHtmlJsonArticle *article = self->articles->pdata[i];
      g_autofree char *headline = article->headline != NULL ? dra_html_fold (article->headline) : NULL;
      int score = (int) article->rank * 10;

      score += article->published != NULL ? 5 : 0;
      score += article->authors->len > 0 ? 5 : 0;
      score += article->headline != NULL ? 5 : 0;
      if (headline != NULL && *headline != '\0' && strstr (title, headline) != NULL)
        score += 30;
      if (same_address (article->url, self->canonical) || same_address (article->url, self->uri))
        score += 20;
      if (score > best)
        {
          best = score;
          self->article = article;
        }
    }
}

/**
 * dra_html_facts_read_json:
 * @self: collected facts
 *
 * Reads the JSON-LD scripts and chooses the object that is this page's article.
 */
void
dra_html_facts_read_json (DraHtmlFacts *self)
{
  g_autoptr (GPtrArray) parsers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) objects = g_ptr_array_new ();
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->scripts->len && i < 100; i++)
    {
      GString *json = dra_html_json_clean (self->scripts->pdata[i]);
      JsonParser *parser;

      if (json == NULL)
        continue;
      parser = json_parser_new_immutable ();
      g_ptr_array_add (parsers, parser);
      if (json_parser_load_from_data (parser, json->str, (gssize) json->len, NULL)
          && json_parser_get_root (parser) != NULL)
        list_objects (json_parser_get_root (parser), objects);
      g_string_free (json, TRUE);
    }
  for (guint i = 0; i < objects->len; i++)
    {
      const char *id = get_string (objects->pdata[i], "@id");

      if (id != NULL && json_object_has_member (objects->pdata[i], "name"))
        g_hash_table_insert (by_id, (gpointer) id, objects->pdata[i]);
    }
  for (guint i = 0; i < objects->len; i++)
    {
      guint rank = rank_type (objects->pdata[i]);

      if (rank > 0 && self->articles->len < 200)
        read_article (self, objects->pdata[i], rank, by_id);
    }
  choose_article (self);
}

/**
 * dra_html_json_article_free:
 * @self: an article
 *
 * Frees it.
 */
void
dra_html_json_article_free (DraHtmlJsonArticle *self)
{
  g_free (self->headline);
  g_ptr_array_unref (self->authors);
  g_free (self->published);
  g_free (self->modified);
  g_free (self->publisher);
  g_free (self->language);
  g_free (self->url);
  g_free (self->body);
  g_free (self);
}
