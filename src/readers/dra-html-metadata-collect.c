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
static const char *const modified_words[] = {
  "updated", "modified", "update", "aktualisiert", "editdate", NULL
};
static const char *const published_words[] = { "published", "publish", NULL };
static const char *const headline_words[] = {
  "headline", "entry-title", "post-title", "article-title", "articletitle", "page-title",
  "story-title", "posttitle", "title", NULL
};

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

/* What is asked of an element, borrowed from it. */
typedef struct
{
  const char *class, *id, *testid, *component;
  const char *role, *itemprop, *rel, *href, *datetime, *content, *title;
  guint       words;  /* DraHtmlClassWords */
} Attributes;

typedef enum
{
  WORD_ASIDE = 1 << 0,
  WORD_COMMENTS = 1 << 1,
  WORD_BYLINE = 1 << 2,
  WORD_AUTHOR = 1 << 3,
  WORD_DATE = 1 << 4,
  WORD_HEADLINE = 1 << 5,
  WORD_MODIFIED = 1 << 6,
  WORD_PUBLISHED = 1 << 7,
} DraHtmlClassWords;

static void
read_attributes (xmlNode    *node,
                 Attributes *out)
{
  *out = (Attributes){ 0 };
  for (const xmlAttr *attribute = node->properties; attribute != NULL; attribute = attribute->next)
    {
      const char *name = (const char *) attribute->name;
      const struct { const char *name; const char **value; } wanted[] = {
        { "class", &out->class }, { "id", &out->id }, { "data-testid", &out->testid },
        { "data-component", &out->component }, { "role", &out->role }, { "itemprop", &out->itemprop },
        { "rel", &out->rel }, { "href", &out->href }, { "datetime", &out->datetime },
        { "content", &out->content }, { "title", &out->title },
      };

      if (attribute->children == NULL || attribute->children->content == NULL
          || strchr ("cidrht", *name) == NULL)
        continue;
      for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
        if (strcmp (name, wanted[i].name) == 0)
          {
            *wanted[i].value = (const char *) attribute->children->content;
            break;
          }
    }
}

static GHashTable *
get_words (void)
{
  static GHashTable *words = NULL;

  if (g_once_init_enter (&words))
    {
      const struct { const char *const *list; guint bit; } lists[] = {
        { aside_words, WORD_ASIDE }, { comment_words, WORD_COMMENTS }, { byline_words, WORD_BYLINE },
        { author_words, WORD_AUTHOR }, { date_words, WORD_DATE }, { headline_words, WORD_HEADLINE },
        { modified_words, WORD_MODIFIED }, { published_words, WORD_PUBLISHED },
      };
      GHashTable *table = g_hash_table_new (g_str_hash, g_str_equal);

      for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
        for (guint k = 0; lists[i].list[k] != NULL; k++)
          g_hash_table_insert (table, (gpointer) lists[i].list[k],
                               GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (table, lists[i].list[k])) | lists[i].bit));
      g_once_init_leave (&words, table);
    }

  return words;
}

/* Which words there are in a class: runs of letters, and two of them with "-" between;
 * camel case is parted, "entryAuthor" is "entry-author". */
static guint
find_words (const char *value)
{
  GHashTable *table = get_words ();
  char pair[64];
  gsize start = 0, n = 0; /* of the last word in pair, and where pair ends */
  guint words = 0;

  for (const char *p = value; p - value < 400; p++)
    {
      gboolean letter = g_ascii_isalpha (*p);
      gboolean hump = g_ascii_isupper (*p) && p > value && g_ascii_islower (p[-1]);

      if (hump || !letter)
        {
          if (n > start)
            {
              pair[n] = '\0';
              words |= GPOINTER_TO_UINT (g_hash_table_lookup (table, pair + start));
              if (start > 0)
                words |= GPOINTER_TO_UINT (g_hash_table_lookup (table, pair));
            }
          if ((hump || *p == '-') && n > start)
            {
              /* The word stays as the first of a pair. */
              memmove (pair, pair + start, n - start);
              n -= start;
              pair[n++] = '-';
              start = n;
            }
          else
            start = n = 0;
          if (*p == '\0')
            break;
        }
      if (letter)
        {
          if (n + 2 >= sizeof pair)
            start = n = 0;
          pair[n++] = g_ascii_tolower (*p);
        }
    }

  return words;
}

/* Classes repeat all over a page: each is looked at once. */
static guint
look_up_words (DraHtmlFacts *self,
               const char   *value)
{
  gpointer known;

  if (value == NULL)
    return 0;
  if (g_hash_table_lookup_extended (self->words, value, NULL, &known))
    return GPOINTER_TO_UINT (known);
  known = GUINT_TO_POINTER (find_words (value));
  g_hash_table_insert (self->words, (gpointer) value, known);

  return GPOINTER_TO_UINT (known);
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

/* An element and what is around it. */
typedef struct
{
  xmlNode   *node;
  guint      around;
  guint      article;
  Attributes attributes;
} Spot;

static void
add_place (DraHtmlFacts     *self,
           DraHtmlPlaceKind  kind,
           const Spot       *spot,
           const char       *value)
{
  DraHtmlPlace *place;

  if (self->places->len >= MAX_PLACES)
    return;
  place = g_new0 (DraHtmlPlace, 1);
  place->kind = kind;
  place->around = spot->around;
  place->order = self->n_elements;
  place->article = spot->article;
  place->node = spot->node;
  place->text = dra_html_get_lines (spot->node, MAX_PLACE_TEXT);
  if (value != NULL && g_utf8_validate (value, -1, NULL))
    place->value = g_strdup (value);
  place->modified = (spot->attributes.words & WORD_MODIFIED) && !(spot->attributes.words & WORD_PUBLISHED);
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

/* Whether a list of words has one, in any case. */
static gboolean
has_token (const char *list,
           const char *word)
{
  gsize length = strlen (word);

  while (list != NULL && *list != '\0')
    {
      gsize n = strcspn (list, " \t\r\n");

      if (n == length && g_ascii_strncasecmp (list, word, n) == 0)
        return TRUE;
      list += n;
      list += strspn (list, " \t\r\n");
    }

  return FALSE;
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

/* All of a text: the label that a name stands beside. */
static gboolean
is_label (const char *text)
{
  static const char *const words[] = {
    "written by", "by", "by:", "author", "author:", "authors", "authors:", "words by", "posted by", "published by",
    "written by:", "von", "autor", "autor:", "par", "por", "reviewed by", "article by", NULL
  };
  g_autofree char *lower = strlen (text) < 20 ? g_utf8_strdown (text, -1) : NULL;

  return lower != NULL && g_strv_contains (words, lower);
}

static gboolean
is_author_address (const char *href)
{
  static const char *const parts[] = {
    "/author", "/autor", "/by/", "/profile/", "/contributor", "/people/", "/staff/", "/reporter",
    "/journalist", "/auteur", "/person/", "/writer", "/bio/", "/team/",
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (strstr (href, parts[i]) != NULL)
      return TRUE;

  return FALSE;
}

static gboolean
is_whole_page (xmlNode *node)
{
  return is_named (node, "body") || is_named (node, "html");
}

static void
look_for_author (DraHtmlFacts *self,
                 const Spot   *spot)
{
  const Attributes *attributes = &spot->attributes;

  if (has_token (attributes->itemprop, "author") || has_token (attributes->itemprop, "creator"))
    add_place (self, DRA_HTML_AUTHOR_PROP, spot, attributes->content);
  else if (has_token (attributes->rel, "author"))
    add_place (self, DRA_HTML_AUTHOR_REL, spot, attributes->href);
  else if (attributes->href != NULL && is_named (spot->node, "a") && is_author_address (attributes->href))
    add_place (self, DRA_HTML_AUTHOR_LINK, spot, attributes->href);
  if ((attributes->words & (WORD_BYLINE | WORD_AUTHOR)) && !is_whole_page (spot->node) && !is_named (spot->node, "img"))
    add_place (self, attributes->words & WORD_BYLINE ? DRA_HTML_BYLINE_CLASS : DRA_HTML_AUTHOR_CLASS, spot, NULL);
}

static void
look_for_date (DraHtmlFacts *self,
               const Spot   *spot)
{
  const Attributes *attributes = &spot->attributes;
  const char *datetime = attributes->datetime;

  if (datetime == NULL && attributes->itemprop != NULL)
    datetime = attributes->content;
  if (has_token (attributes->itemprop, "datepublished") || has_token (attributes->itemprop, "datecreated"))
    add_place (self, DRA_HTML_DATE_PROP, spot, datetime);
  else if (is_named (spot->node, "time")
           || (attributes->datetime != NULL && attributes->itemprop == NULL && !is_named (spot->node, "del")
               && !is_named (spot->node, "ins")))
    add_place (self, DRA_HTML_TIME, spot, datetime);
  else if ((attributes->words & WORD_DATE) && !is_whole_page (spot->node))
    add_place (self, DRA_HTML_DATE_CLASS, spot, attributes->title);
}

/* Elements whose own text is short and says "By NAME", or is a date. */
static void
look_at_text (DraHtmlFacts *self,
              const Spot   *spot,
              gboolean      is_byline)
{
  const xmlNode *first = spot->node->children;
  g_autofree char *text = NULL;

  if (first == NULL || first->type != XML_TEXT_NODE || first->content == NULL
      || strnlen ((const char *) first->content, 301) > 300)
    return;
  text = dra_html_get_lines (spot->node, 200);
  if (*text == '\0' || strlen (text) > 160)
    return;
  if (!is_byline && is_label (text) && spot->node->parent != NULL)
    {
      /* The name is in an element beside it. */
      Spot parent = *spot;

      parent.node = spot->node->parent;
      add_place (self, DRA_HTML_BYLINE_TEXT, &parent, NULL);
    }
  else if (!is_byline && begins_with_by (text))
    add_place (self, DRA_HTML_BYLINE_TEXT, spot, NULL);
  if (strlen (text) < 120)
    {
      g_autofree char *date = dra_html_date_find (text, TRUE);

      if (date != NULL)
        add_place (self, DRA_HTML_DATE_TEXT, spot, NULL);
    }
}

static void
look_at_body (DraHtmlFacts *self,
              const Spot   *spot)
{
  const Attributes *attributes = &spot->attributes;
  guint n = self->places->len, n_bylines;

  if (is_named (spot->node, "h1"))
    add_place (self, DRA_HTML_H1, spot, NULL);
  else if (has_token (attributes->itemprop, "headline"))
    add_place (self, DRA_HTML_HEADLINE, spot, attributes->content);
  else if (is_named (spot->node, "h2"))
    add_place (self, DRA_HTML_H2, spot, NULL);
  else if ((attributes->words & WORD_HEADLINE) && !is_named (spot->node, "a"))
    add_place (self, DRA_HTML_HEADLINE, spot, NULL);

  if (self->places->len > n || is_silent ((const char *) spot->node->name))
    return;
  look_for_author (self, spot);
  n_bylines = self->places->len - n;
  look_for_date (self, spot);
  if (self->places->len == n + n_bylines)
    look_at_text (self, spot, n_bylines > 0);
}

/* What an element adds to the surroundings of what is in it. */
static guint
surroundings_of (const Spot *spot)
{
  xmlNode *node = spot->node;
  const char *role = spot->attributes.role;
  guint words = spot->attributes.words;
  guint more = 0;

  if (is_named (node, "main") || g_strcmp0 (role, "main") == 0)
    more |= DRA_HTML_IN_MAIN;
  if (is_named (node, "nav") || is_named (node, "aside") || is_named (node, "footer") || is_named (node, "dialog")
      || g_strcmp0 (role, "navigation") == 0 || g_strcmp0 (role, "complementary") == 0 || g_strcmp0 (role, "dialog") == 0)
    more |= DRA_HTML_IN_ASIDE;
  if (is_named (node, "header") && !(spot->around & (DRA_HTML_IN_ARTICLE | DRA_HTML_IN_MAIN)))
    more |= DRA_HTML_IN_HEADER;
  if (is_named (node, "a"))
    more |= DRA_HTML_IN_LINK;
  if (words != 0 && !is_whole_page (node) && !is_named (node, "article") && !is_named (node, "main"))
    {
      if (words & WORD_ASIDE)
        more |= DRA_HTML_IN_ASIDE;
      if (words & WORD_COMMENTS)
        more |= DRA_HTML_IN_COMMENTS;
      if (words & (WORD_BYLINE | WORD_AUTHOR))
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
          Spot spot = { .node = node, .around = level.around, .article = level.article };
          Level inner = level;

          self->n_elements++;
          read_attributes (node, &spot.attributes);
          spot.attributes.words = look_up_words (self, spot.attributes.class) | look_up_words (self, spot.attributes.id)
                                  | look_up_words (self, spot.attributes.testid) | look_up_words (self, spot.attributes.component);
          look_at_head (self, node, level.around);
          look_at_body (self, &spot);
          inner.around |= surroundings_of (&spot);
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
