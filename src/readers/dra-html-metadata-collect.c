/* dra-html-metadata-collect.c: lists the places of a page that may say what it is.
 *
 * One walk in document order, without recursion.  What a class is called is asked in
 * several languages, by whole words: "byline-name", "c-byline__author", "entryAuthor".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-html-metadata-private.h"

#include <string.h>

#define MAX_PLACES 6000      /* of one page: a list of ten thousand dates is no article */
#define MAX_PLACE_TEXT 600   /* bytes: a title or byline is shorter */
#define MAX_PLACE_NODES 120  /* visited for the text of one place, so that nested places stay linear */
#define MAX_SCRIPT (4 << 20) /* bytes of one JSON-LD script */

static const char *const aside_words[] = {
  "related", "sidebar", "recommended", "recommendation", "recommendations", "promo", "teaser",
  "teasers", "footer", "nav", "navbar", "navigation", "menu", "newsletter", "popular", "trending",
  "mostread", "read-more", "readmore", "more-from", "outbrain", "taboola", "widget", "carousel",
  "slider", "breadcrumb", "breadcrumbs", "modal", "popup", "cookie", "advert", "ads", "sponsored",
  "latest", "upnext", "next-post", "prev-post", "masthead", "rail", "card", "cards", NULL
};
static const char *const comment_words[] = {
  "comment", "comments", "commentlist", "comment-list", "disqus", "respond", "replies", "reply",
  "kommentare", "comentarios", "commentaires", NULL
};
static const char *const byline_words[] = {
  "byline", "bylines", "byl", "byauthor", "by-author", "writtenby", "written-by", "postedby",
  "posted-by", "signature", "firma", "autoren", NULL
};
static const char *const author_words[] = {
  "author", "authors", "autor", "autore", "autori", "auteur", "authorname", "author-name",
  "writer", "writers", "contributor", "contributors", "reporter", "journalist", "creator",
  "redacteur", "verfasser", "forfatter", "skribent", "columnist", "vcard", "fn", "authored", NULL
};
static const char *const date_words[] = {
  "date", "dates", "published", "publish", "pubdate", "pub-date", "publishdate", "timestamp",
  "datetime", "dateline", "time", "posted", "posted-on", "postdate", "datum", "fecha", "data",
  "updated", "entry-date", "meta", "metadata", NULL
};
static const char *const headline_words[] = {
  "headline", "entry-title", "post-title", "article-title", "articletitle", "page-title",
  "story-title", "posttitle", "title", NULL
};

/* Tells words in a class: letters between other characters, or from one capital to the next. */
gboolean
dra_html_class_has (const char *class,
                   const char *word)
{
  gsize length = strlen (word);

  for (const char *p = strstr (class, word); p != NULL; p = strstr (p + 1, word))
    if ((p == class || !g_ascii_isalpha (p[-1])) && !g_ascii_isalpha (p[length]))
      return TRUE;

  return FALSE;
}

static gboolean
has_any (const char        *class,
         const char *const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (dra_html_class_has (class, words[i]))
      return TRUE;

  return FALSE;
}

static char *
get_attribute (xmlNode    *node,
               const char *name)
{
  xmlChar *value = xmlGetNoNsProp (node, (const xmlChar *) name);
  char *copy = NULL;

  if (value != NULL && g_utf8_validate ((const char *) value, -1, NULL))
    copy = g_strdup ((const char *) value);
  xmlFree (value);

  return copy;
}

static gboolean
is_named (xmlNode    *node,
          const char *name)
{
  return node->type == XML_ELEMENT_NODE && g_ascii_strcasecmp ((const char *) node->name, name) == 0;
}

/* Small letters; words of camel case are parted: "entryAuthor" is "entry-author". */
static void
append_class (GString    *class,
              const char *value)
{
  for (const char *p = value; *p != '\0' && class->len < 400; p++)
    {
      if (g_ascii_isupper (*p) && p > value && g_ascii_islower (p[-1]))
        g_string_append_c (class, '-');
      g_string_append_c (class, g_ascii_tolower (*p));
    }
  g_string_append_c (class, ' ');
}

static char *
get_class (xmlNode *node)
{
  static const char *const attributes[] = { "class", "id", "data-testid", "data-component", NULL };
  GString *class = NULL;

  for (xmlAttr *attribute = node->properties; attribute != NULL; attribute = attribute->next)
    {
      g_autofree char *value = NULL;

      if (!g_strv_contains (attributes, (const char *) attribute->name))
        continue;
      value = get_attribute (node, (const char *) attribute->name);
      if (value == NULL)
        continue;
      if (class == NULL)
        class = g_string_new (NULL);
      append_class (class, value);
    }

  return class != NULL ? g_string_free (class, FALSE) : NULL;
}

static gboolean
is_line_element (const char *name)
{
  static const char *const inlines[] = {
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "em", "font", "i", "ins",
    "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr", "address", NULL
  };

  return !g_strv_contains (inlines, name);
}

static gboolean
is_silent (const char *name)
{
  static const char *const silent[] = {
    "script", "style", "noscript", "template", "svg", "button", "select", "textarea", "iframe", NULL
  };

  return g_strv_contains (silent, name);
}

static void
append_line_end (GString *text)
{
  while (text->len > 0 && text->str[text->len - 1] == ' ')
    g_string_truncate (text, text->len - 1);
  if (text->len > 0 && text->str[text->len - 1] != '\n')
    g_string_append_c (text, '\n');
}

static void
append_collapsed (GString    *text,
                  const char *content,
                  gsize       max)
{
  for (const char *p = content; *p != '\0' && text->len < max; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c) || c == 0xA0)
        {
          if (text->len > 0 && text->str[text->len - 1] != ' ' && text->str[text->len - 1] != '\n')
            g_string_append_c (text, ' ');
        }
      else if (c != 0xAD && c != 0x200B && c != 0xFEFF && c >= 0x20)
        g_string_append_unichar (text, c);
    }
}

/**
 * dra_html_get_lines:
 * @node: an element
 * @max: bytes after which it is cut
 *
 * The text of an element: white space collapsed, a line for each block or broken line.
 *
 * Returns: (transfer full): the text, perhaps empty
 */
char *
dra_html_get_lines (xmlNode *node,
                   gsize    max)
{
  GString *text = g_string_new (NULL);
  xmlNode *at = node;
  guint n = 0;

  while (at != NULL && text->len < max && n++ < MAX_PLACE_NODES)
    {
      gboolean enter = FALSE;

      if (at->type == XML_TEXT_NODE || at->type == XML_CDATA_SECTION_NODE)
        {
          if (at->content != NULL && g_utf8_validate ((const char *) at->content, -1, NULL))
            append_collapsed (text, (const char *) at->content, max);
        }
      else if (at->type == XML_ELEMENT_NODE && !is_silent ((const char *) at->name))
        {
          if (at != node && is_line_element ((const char *) at->name))
            append_line_end (text);
          enter = at->children != NULL;
        }
      if (enter)
        {
          at = at->children;
          continue;
        }
      while (at != node && at->next == NULL)
        {
          at = at->parent;
          if (at != node && is_line_element ((const char *) at->name))
            append_line_end (text);
        }
      at = at == node ? NULL : at->next;
    }
  g_strchomp (text->str);

  return g_string_free (text, FALSE);
}

static void
add_place (DraHtmlFacts     *self,
           DraHtmlPlaceKind  kind,
           xmlNode          *node,
           guint             around,
           guint             article,
           const char       *class,
           char             *value)
{
  DraHtmlPlace *place;

  if (self->places->len >= MAX_PLACES)
    {
      g_free (value);
      return;
    }
  place = g_new0 (DraHtmlPlace, 1);
  place->kind = kind;
  place->around = around;
  place->order = self->n_elements;
  place->article = article;
  place->node = node;
  place->text = dra_html_get_lines (node, MAX_PLACE_TEXT);
  place->value = value;
  place->class = g_strdup (class);
  g_ptr_array_add (self->places, place);
}

static void
add_meta (DraHtmlFacts *self,
          xmlNode      *node)
{
  static const char *const keys[] = { "property", "name", "itemprop", "http-equiv", NULL };
  g_autofree char *content = get_attribute (node, "content");

  if (content == NULL)
    content = get_attribute (node, "value");
  if (content == NULL)
    return;
  g_strstrip (content);
  if (*content == '\0' || strlen (content) > 4000)
    return;
  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_autofree char *key = get_attribute (node, keys[i]);
      g_autofree char *lower = NULL;
      GPtrArray *values;

      if (key == NULL)
        continue;
      lower = g_ascii_strdown (g_strstrip (key), -1);
      values = g_hash_table_lookup (self->meta, lower);
      if (values == NULL)
        {
          values = g_ptr_array_new_with_free_func (g_free);
          g_hash_table_insert (self->meta, g_steal_pointer (&lower), values);
        }
      if (values->len < 64)
        g_ptr_array_add (values, dra_html_decode (content));
    }
}

/**
 * dra_html_facts_meta:
 * @self: facts
 * @name: name of a meta element, in small letters
 *
 * Returns: (transfer none) (nullable): the first content given for that name
 */
const char *
dra_html_facts_meta (DraHtmlFacts *self,
                     const char   *name)
{
  GPtrArray *values = g_hash_table_lookup (self->meta, name);

  return values != NULL ? values->pdata[0] : NULL;
}

static void
add_script (DraHtmlFacts *self,
            xmlNode      *node)
{
  g_autofree char *type = get_attribute (node, "type");
  GString *text;

  if (type == NULL || g_ascii_strncasecmp (g_strstrip (type), "application/ld+json", 19) != 0)
    return;
  text = g_string_new (NULL);
  for (xmlNode *child = node->children; child != NULL; child = child->next)
    if (child->content != NULL && text->len < MAX_SCRIPT)
      g_string_append (text, (const char *) child->content);
  if (text->len < MAX_SCRIPT && g_utf8_validate_len (text->str, text->len, NULL))
    g_ptr_array_add (self->scripts, g_string_free (text, FALSE));
  else
    g_string_free (text, TRUE);
}

static void
look_at_head (DraHtmlFacts *self,
              xmlNode      *node,
              guint         around)
{
  if (is_named (node, "meta"))
    add_meta (self, node);
  else if (is_named (node, "script"))
    add_script (self, node);
  else if (is_named (node, "title") && self->head_title == NULL && !(around & DRA_HTML_IN_ASIDE)
           && !(node->parent != NULL && is_named (node->parent, "svg")))
    {
      g_autofree char *text = dra_html_get_lines (node, 2000);

      if (*text != '\0')
        self->head_title = dra_html_decode (text);
    }
  else if (is_named (node, "html") && self->language == NULL)
    {
      self->language = get_attribute (node, "lang");
      if (self->language == NULL)
        self->language = get_attribute (node, "xml:lang");
    }
  else if (is_named (node, "link") && self->canonical == NULL)
    {
      g_autofree char *rel = get_attribute (node, "rel");

      if (rel != NULL && g_ascii_strcasecmp (rel, "canonical") == 0)
        self->canonical = get_attribute (node, "href");
    }
}

static gboolean
has_token (const char *list,
           const char *word)
{
  g_autofree char *lower = NULL;

  if (list == NULL)
    return FALSE;
  lower = g_ascii_strdown (list, -1);

  return dra_html_class_has (lower, word);
}

/* "By NAME" in a short element of its own. */
static gboolean
begins_with_by (const char *text)
{
  static const char *const starts[] = {
    "by ", "by: ", "von ", "par ", "por ", "written by ", "words by ", "text: ", "text by ", "posted by ",
    "author: ", "autor: ", "di ", "de ", "door ", "by:", "published by ", "av ", "af ", "story by ",
    "reviewed by ", "by\n", "author\n", "authors\n", "written by\n", "автор: ", "автор:\n", NULL
  };
  g_autofree char *lower = g_utf8_strdown (text, MIN (strlen (text), 40));

  for (guint i = 0; starts[i] != NULL; i++)
    if (g_str_has_prefix (lower, starts[i]))
      return TRUE;

  return FALSE;
}

static void
look_for_author (DraHtmlFacts *self,
                 xmlNode      *node,
                 guint         around,
                 guint         article,
                 const char   *class,
                 const char   *itemprop)
{
  g_autofree char *rel = get_attribute (node, "rel");

  if (has_token (itemprop, "author") || has_token (itemprop, "creator"))
    add_place (self, DRA_HTML_AUTHOR_PROP, node, around, article, class, get_attribute (node, "content"));
  else if (has_token (rel, "author"))
    add_place (self, DRA_HTML_AUTHOR_REL, node, around, article, class, get_attribute (node, "href"));
  else if (is_named (node, "a"))
    {
      g_autofree char *href = get_attribute (node, "href");

      if (href != NULL
          && (strstr (href, "/author") != NULL || strstr (href, "/autor") != NULL
              || strstr (href, "/by/") != NULL || strstr (href, "/profile/") != NULL
              || strstr (href, "/contributor") != NULL || strstr (href, "/people/") != NULL
              || strstr (href, "/staff/") != NULL || strstr (href, "/reporter") != NULL
              || strstr (href, "/journalist") != NULL || strstr (href, "/auteur") != NULL
              || strstr (href, "/person/") != NULL || strstr (href, "/writer") != NULL
              || strstr (href, "/bio/") != NULL || strstr (href, "/team/") != NULL))
        add_place (self, DRA_HTML_AUTHOR_LINK, node, around, article, class, g_steal_pointer (&href));
    }
  if (class != NULL && !is_named (node, "body") && !is_named (node, "html") && !is_named (node, "img"))
    {
      if (has_any (class, byline_words))
        add_place (self, DRA_HTML_BYLINE_CLASS, node, around, article, class, NULL);
      else if (has_any (class, author_words))
        add_place (self, DRA_HTML_AUTHOR_CLASS, node, around, article, class, NULL);
    }
}

static void
look_for_date (DraHtmlFacts *self,
               xmlNode      *node,
               guint         around,
               guint         article,
               const char   *class,
               const char   *itemprop)
{
  char *datetime = get_attribute (node, "datetime");

  if (datetime == NULL && itemprop != NULL)
    datetime = get_attribute (node, "content");
  if (has_token (itemprop, "datepublished") || has_token (itemprop, "datecreated"))
    add_place (self, DRA_HTML_DATE_PROP, node, around, article, class, datetime);
  else if (is_named (node, "time") || (datetime != NULL && !is_named (node, "del") && !is_named (node, "ins")
                                       && itemprop == NULL))
    add_place (self, DRA_HTML_TIME, node, around, article, class, datetime);
  else
    {
      g_free (datetime);
      if (class != NULL && has_any (class, date_words) && !is_named (node, "body") && !is_named (node, "html"))
        add_place (self, DRA_HTML_DATE_CLASS, node, around, article, class, get_attribute (node, "title"));
    }
}

/* Elements whose own text is short and says "By NAME", or is a date. */
static void
look_at_text (DraHtmlFacts *self,
              xmlNode      *node,
              guint         around,
              guint         article,
              const char   *class,
              gboolean      is_byline)
{
  g_autofree char *text = NULL;

  if (node->children == NULL || node->children->type != XML_TEXT_NODE
      || node->children->content == NULL || strlen ((const char *) node->children->content) > 300)
    return;
  text = dra_html_get_lines (node, 200);
  if (*text == '\0' || strlen (text) > 160)
    return;
  if (!is_byline && begins_with_by (text))
    add_place (self, DRA_HTML_BYLINE_TEXT, node, around, article, class, NULL);
  if (strlen (text) < 120)
    {
      g_autofree char *date = dra_html_date_find (text, TRUE);

      if (date != NULL)
        add_place (self, DRA_HTML_DATE_TEXT, node, around, article, class, NULL);
    }
}

static void
look_at_body (DraHtmlFacts *self,
              xmlNode      *node,
              guint         around,
              guint         article,
              const char   *class)
{
  g_autofree char *itemprop = get_attribute (node, "itemprop");
  guint n = self->places->len, n_bylines;

  if (is_named (node, "h1"))
    add_place (self, DRA_HTML_H1, node, around, article, class, NULL);
  else if (has_token (itemprop, "headline"))
    add_place (self, DRA_HTML_HEADLINE, node, around, article, class, get_attribute (node, "content"));
  else if (is_named (node, "h2"))
    add_place (self, DRA_HTML_H2, node, around, article, class, NULL);
  else if (class != NULL && has_any (class, headline_words) && !is_named (node, "a"))
    add_place (self, DRA_HTML_HEADLINE, node, around, article, class, NULL);

  if (is_silent ((const char *) node->name))
    return;
  if (self->places->len > n)
    return;
  look_for_author (self, node, around, article, class, itemprop);
  n_bylines = self->places->len - n;
  look_for_date (self, node, around, article, class, itemprop);
  if (self->places->len == n + n_bylines)
    look_at_text (self, node, around, article, class, n_bylines > 0);
}

/* What an element adds to the surroundings of what is in it. */
static guint
surroundings_of (xmlNode    *node,
                 const char *class,
                 guint       around)
{
  g_autofree char *role = get_attribute (node, "role");
  guint more = 0;

  if (is_named (node, "main") || g_strcmp0 (role, "main") == 0)
    more |= DRA_HTML_IN_MAIN;
  if (is_named (node, "nav") || is_named (node, "aside") || is_named (node, "footer") || is_named (node, "dialog")
      || g_strcmp0 (role, "navigation") == 0 || g_strcmp0 (role, "complementary") == 0
      || g_strcmp0 (role, "dialog") == 0)
    more |= DRA_HTML_IN_ASIDE;
  if (is_named (node, "header") && !(around & (DRA_HTML_IN_ARTICLE | DRA_HTML_IN_MAIN)))
    more |= DRA_HTML_IN_HEADER;
  if (is_named (node, "a"))
    more |= DRA_HTML_IN_LINK;
  if (class != NULL && !is_named (node, "body") && !is_named (node, "html") && !is_named (node, "article")
      && !is_named (node, "main"))
    {
      if (has_any (class, aside_words))
        more |= DRA_HTML_IN_ASIDE;
      if (has_any (class, comment_words))
        more |= DRA_HTML_IN_COMMENTS;
      if (has_any (class, byline_words) || has_any (class, author_words))
        more |= DRA_HTML_IN_BYLINE;
    }

  return more;
}

typedef struct
{
  guint around;
  guint article;
} Level;

/**
 * dra_html_facts_collect:
 * @self: facts with their document
 *
 * Fills in what the elements of the page say, in one walk.
 */
void
dra_html_facts_collect (DraHtmlFacts *self)
{
  g_autoptr (GArray) levels = g_array_new (FALSE, FALSE, sizeof (Level));
  Level level = { 0 };
  xmlNode *node = xmlDocGetRootElement (self->doc);

  while (node != NULL)
    {
      if (node->type == XML_ELEMENT_NODE)
        {
          g_autofree char *class = get_class (node);
          Level inner = level;

          self->n_elements++;
          look_at_head (self, node, level.around);
          look_at_body (self, node, level.around, level.article, class);
          inner.around |= surroundings_of (node, class, level.around);
          if (is_named (node, "article"))
            {
              inner.around |= DRA_HTML_IN_ARTICLE;
              if (level.article == 0)
                inner.article = ++self->n_articles;
            }
          if (node->children != NULL)
            {
              g_array_append_val (levels, level);
              level = inner;
              node = node->children;
              continue;
            }
        }
      while (node != NULL && node->next == NULL)
        {
          node = node->parent;
          if (node == NULL || node->type != XML_ELEMENT_NODE || levels->len == 0)
            return;
          level = g_array_index (levels, Level, levels->len - 1);
          g_array_set_size (levels, levels->len - 1);
        }
      node = node->next;
    }
}
