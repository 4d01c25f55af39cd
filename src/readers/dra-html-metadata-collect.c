/* dra-html-metadata-collect.c: lists the places of a page that may say what it is.
 *
 * One walk in document order, without recursion.  What a class is called is asked in
 * several languages, by whole words: "byline-name", "c-byline__author", "entryAuthor".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-html-metadata-private.h"

#include <string.h>

#include "readers/dra-html-dom.h"

#define MAX_PLACES 6000      /* of one page: a list of ten thousand dates is no article */
#define MAX_PLACE_TEXT 600   /* bytes: a title or byline is shorter */
#define MAX_SHORT 160        /* bytes of an element's text that may be a byline or a date */
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

static const char **
find_field (Attributes *self,
            const char *name)
{
  switch (name[0])
    {
    case 'c':
      return strcmp (name, "class") == 0 ? &self->class : strcmp (name, "content") == 0 ? &self->content : NULL;
    case 'd':
      return strcmp (name, "datetime") == 0 ? &self->datetime
             : strcmp (name, "data-testid") == 0 ? &self->testid
             : strcmp (name, "data-component") == 0 ? &self->component : NULL;
    case 'h':
      return strcmp (name, "href") == 0 ? &self->href : NULL;
    case 'i':
      return strcmp (name, "id") == 0 ? &self->id : strcmp (name, "itemprop") == 0 ? &self->itemprop : NULL;
    case 'r':
      return strcmp (name, "role") == 0 ? &self->role : strcmp (name, "rel") == 0 ? &self->rel : NULL;
    case 't':
      return strcmp (name, "title") == 0 ? &self->title : NULL;
    default:
      return NULL;
    }
}

static void
read_attributes (xmlNode    *node,
                 Attributes *out)
{
  *out = (Attributes){ 0 };
  for (const xmlAttr *attribute = node->properties; attribute != NULL; attribute = attribute->next)
    {
      const char **field;

      if (attribute->children == NULL || attribute->children->content == NULL)
        continue;
      field = find_field (out, (const char *) attribute->name);
      if (field != NULL)
        *field = (const char *) attribute->children->content;
    }
}

/* Of each first letter the lengths of the known words, as bits: most words are not known, and
 * that shows without a look into the table. */
static guint32 lengths[26];

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
          {
            const char *word = lists[i].list[k];

            g_assert (strlen (word) < 32);
            lengths[word[0] - 'a'] |= 1u << strlen (word);
            g_hash_table_insert (table, (gpointer) word,
                                 GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (table, word)) | lists[i].bit));
          }
      g_once_init_leave (&words, table);
    }

  return words;
}

static guint
look_up_word (GHashTable *table,
              const char *word,
              gsize       length)
{
  if (length >= 32 || (lengths[word[0] - 'a'] & 1u << length) == 0)
    return 0;

  return GPOINTER_TO_UINT (g_hash_table_lookup (table, word));
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
              words |= look_up_word (table, pair + start, n - start);
              if (start > 0)
                words |= look_up_word (table, pair, n);
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
is_line_element (const xmlNode *node)
{
  static const char *const others[] = { "acronym", "bdi", "bdo", "data", NULL };

  switch (dra_html_get_tag (node))
    {
    case DRA_HTML_A:
    case DRA_HTML_ABBR:
    case DRA_HTML_ADDRESS:
    case DRA_HTML_B:
    case DRA_HTML_BIG:
    case DRA_HTML_CITE:
    case DRA_HTML_CODE:
    case DRA_HTML_EM:
    case DRA_HTML_FONT:
    case DRA_HTML_I:
    case DRA_HTML_INS:
    case DRA_HTML_MARK:
    case DRA_HTML_Q:
    case DRA_HTML_S:
    case DRA_HTML_SMALL:
    case DRA_HTML_SPAN:
    case DRA_HTML_STRONG:
    case DRA_HTML_SUB:
    case DRA_HTML_SUP:
    case DRA_HTML_TIME:
    case DRA_HTML_U:
    case DRA_HTML_VAR:
    case DRA_HTML_WBR:
      return FALSE;
    case DRA_HTML_OTHER:
      return !g_strv_contains (others, (const char *) node->name);
    default:
      return TRUE;
    }
}

static gboolean
is_silent (DraHtmlTag tag)
{
  switch (tag)
    {
    case DRA_HTML_BUTTON:
    case DRA_HTML_IFRAME:
    case DRA_HTML_NOSCRIPT:
    case DRA_HTML_SCRIPT:
    case DRA_HTML_SELECT:
    case DRA_HTML_STYLE:
    case DRA_HTML_SVG:
    case DRA_HTML_TEMPLATE:
    case DRA_HTML_TEXTAREA:
      return TRUE;
    default:
      return FALSE;
    }
}

static inline void
append_byte (GString *text,
             char     c)
{
  if (G_UNLIKELY (text->len + 1 >= text->allocated_len))
    {
      g_string_append_c (text, c);
      return;
    }
  text->str[text->len++] = c;
  text->str[text->len] = '\0';
}

static void
append_line_end (GString *text)
{
  while (text->len > 0 && text->str[text->len - 1] == ' ')
    text->len--;
  text->str[text->len] = '\0';
  if (text->len > 0 && text->str[text->len - 1] != '\n')
    append_byte (text, '\n');
}

static void
append_collapsed (GString    *text,
                  const char *content,
                  gsize       max)
{
  const char *p = content;

  while (*p != '\0' && text->len < max)
    {
      gunichar c;

      if (*p > ' ' && *p < 0x7F)
        {
          append_byte (text, *p++);
          continue;
        }
      if (*p == ' ' || (*p >= '\t' && *p <= '\r'))
        {
          if (*p != '\v' && text->len > 0 && text->str[text->len - 1] != ' ' && text->str[text->len - 1] != '\n')
            append_byte (text, ' ');
          p++;
          continue;
        }
      c = g_utf8_get_char (p);
      p = g_utf8_next_char (p);
      if (g_unichar_isspace (c) || c == 0xA0)
        {
          if (text->len > 0 && text->str[text->len - 1] != ' ' && text->str[text->len - 1] != '\n')
            append_byte (text, ' ');
        }
      else if (c != 0xAD && c != 0x200B && c != 0xFEFF && c >= 0x20)
        g_string_append_unichar (text, c);
    }
}

/* Into text, in place of what was in it. */
static void
read_lines (GString *text,
            xmlNode *node,
            gsize    max)
{
  xmlNode *at = node;
  guint n = 0;

  g_string_truncate (text, 0);
  while (at != NULL && text->len < max && n++ < MAX_PLACE_NODES)
    {
      gboolean enter = FALSE;

      if (at->type == XML_TEXT_NODE || at->type == XML_CDATA_SECTION_NODE)
        {
          if (at->content != NULL)
            append_collapsed (text, (const char *) at->content, max);
        }
      else if (at->type == XML_ELEMENT_NODE && !is_silent (dra_html_get_tag (at)))
        {
          if (at != node && is_line_element (at))
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
          if (at != node && is_line_element (at))
            append_line_end (text);
        }
      at = at == node ? NULL : at->next;
    }
  while (text->len > 0 && g_ascii_isspace (text->str[text->len - 1]))
    text->len--;
  text->str[text->len] = '\0';
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

  read_lines (text, node, max);

  return g_string_free (text, FALSE);
}

/* An element and what is around it. */
typedef struct
{
  xmlNode   *node;
  DraHtmlTag tag;
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
  read_lines (self->line, spot->node, MAX_PLACE_TEXT);
  place->text = g_strndup (self->line->str, self->line->len);
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
              const Spot   *spot)
{
  xmlNode *node = spot->node;

  switch (spot->tag)
    {
    case DRA_HTML_META:
      add_meta (self, node);
      break;
    case DRA_HTML_SCRIPT:
      add_script (self, node);
      break;
    case DRA_HTML_TITLE:
      if (self->head_title == NULL && !(spot->around & DRA_HTML_IN_ASIDE) && dra_html_get_tag (node->parent) != DRA_HTML_SVG)
        {
          g_autofree char *text = dra_html_get_lines (node, 2000);

          if (*text != '\0')
            self->head_title = dra_html_decode (text);
        }
      break;
    case DRA_HTML_HTML:
      if (self->language == NULL)
        self->language = get_attribute (node, "lang");
      if (self->language == NULL)
        self->language = get_attribute (node, "xml:lang");
      break;
    case DRA_HTML_LINK:
      if (self->canonical == NULL && spot->attributes.rel != NULL
          && g_ascii_strcasecmp (spot->attributes.rel, "canonical") == 0)
        self->canonical = get_attribute (node, "href");
      break;
    default:
      break;
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
    "reviewed by ", "by\n", "author\n", "authors\n", "written by\n", NULL
  };
  g_autofree char *lower = NULL;

  if (text[0] == '\320')
    {
      lower = g_utf8_strdown (text, MIN (strlen (text), 40));
      return g_str_has_prefix (lower, "автор: ") || g_str_has_prefix (lower, "автор:\n");
    }
  if (strchr ("bBvVpPwWtTaAdDsSrR", text[0]) == NULL)
    return FALSE;
  for (guint i = 0; starts[i] != NULL; i++)
    if (g_ascii_strncasecmp (text, starts[i], strlen (starts[i])) == 0)
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

  if (strlen (text) >= 20 || strchr ("bBvVpPwWaArR", text[0]) == NULL)
    return FALSE;
  for (guint i = 0; words[i] != NULL; i++)
    if (g_ascii_strcasecmp (text, words[i]) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
is_author_address (const char *href)
{
  static const char *const parts[] = {
    "/author", "/autor", "/by/", "/profile/", "/contributor", "/people/", "/staff/", "/reporter",
    "/journalist", "/auteur", "/person/", "/writer", "/bio/", "/team/",
  };

  for (const char *p = href; (p = strchr (p, '/')) != NULL; p++)
    if (p[1] != '\0' && strchr ("abpcsrjwt", p[1]) != NULL)
      for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
        if (parts[i][1] == p[1] && g_str_has_prefix (p, parts[i]))
          return TRUE;

  return FALSE;
}

static gboolean
is_whole_page (DraHtmlTag tag)
{
  return tag == DRA_HTML_BODY || tag == DRA_HTML_HTML;
}

static void
look_for_author (DraHtmlFacts *self,
                 const Spot   *spot)
{
  const Attributes *attributes = &spot->attributes;

  if (has_token (attributes->itemprop, "author") || has_token (attributes->itemprop, "creator"))
    add_place (self, DRA_HTML_PLACE_AUTHOR_PROP, spot, attributes->content);
  else if (has_token (attributes->rel, "author"))
    add_place (self, DRA_HTML_PLACE_AUTHOR_REL, spot, attributes->href);
  else if (attributes->href != NULL && spot->tag == DRA_HTML_A && is_author_address (attributes->href))
    add_place (self, DRA_HTML_PLACE_AUTHOR_LINK, spot, attributes->href);
  if ((attributes->words & (WORD_BYLINE | WORD_AUTHOR)) && !is_whole_page (spot->tag) && spot->tag != DRA_HTML_IMG)
    add_place (self, attributes->words & WORD_BYLINE ? DRA_HTML_PLACE_BYLINE_CLASS : DRA_HTML_PLACE_AUTHOR_CLASS, spot, NULL);
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
    add_place (self, DRA_HTML_PLACE_DATE_PROP, spot, datetime);
  else if (spot->tag == DRA_HTML_TIME
           || (attributes->datetime != NULL && attributes->itemprop == NULL && spot->tag != DRA_HTML_DEL
               && spot->tag != DRA_HTML_INS))
    add_place (self, DRA_HTML_PLACE_TIME, spot, datetime);
  else if ((attributes->words & WORD_DATE) && !is_whole_page (spot->tag))
    add_place (self, DRA_HTML_PLACE_DATE_CLASS, spot, attributes->title);
}

/* Elements whose own text is short and says "By NAME", or is a date. */
static void
look_at_text (DraHtmlFacts *self,
              const Spot   *spot,
              gboolean      is_byline)
{
  const xmlNode *first = spot->node->children;
  const char *text;
  gboolean is_date = FALSE;

  if (first == NULL || first->type != XML_TEXT_NODE || first->content == NULL
      || strnlen ((const char *) first->content, 301) > 300)
    return;
  read_lines (self->line, spot->node, MAX_SHORT + 8);
  text = self->line->str;
  if (self->line->len == 0 || self->line->len > MAX_SHORT)
    return;
  if (self->line->len < 120)
    {
      g_autofree char *date = dra_html_date_find (text, TRUE);

      is_date = date != NULL;
    }
  if (!is_byline && is_label (text) && spot->node->parent != NULL)
    {
      /* The name is in an element beside it. */
      Spot parent = *spot;

      parent.node = spot->node->parent;
      add_place (self, DRA_HTML_PLACE_BYLINE_TEXT, &parent, NULL);
    }
  else if (!is_byline && begins_with_by (text))
    add_place (self, DRA_HTML_PLACE_BYLINE_TEXT, spot, NULL);
  if (is_date)
    add_place (self, DRA_HTML_PLACE_DATE_TEXT, spot, NULL);
}

static void
look_at_body (DraHtmlFacts *self,
              const Spot   *spot)
{
  const Attributes *attributes = &spot->attributes;
  guint n = self->places->len, n_bylines;

  if (spot->tag == DRA_HTML_H1)
    add_place (self, DRA_HTML_PLACE_H1, spot, NULL);
  else if (has_token (attributes->itemprop, "headline"))
    add_place (self, DRA_HTML_PLACE_HEADLINE, spot, attributes->content);
  else if (spot->tag == DRA_HTML_H2)
    add_place (self, DRA_HTML_PLACE_H2, spot, NULL);
  else if ((attributes->words & WORD_HEADLINE) && spot->tag != DRA_HTML_A)
    add_place (self, DRA_HTML_PLACE_HEADLINE, spot, NULL);

  if (self->places->len > n || is_silent (spot->tag))
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
  DraHtmlTag tag = spot->tag;
  const char *role = spot->attributes.role;
  guint words = spot->attributes.words;
  guint more = 0;

  if (tag == DRA_HTML_MAIN || g_strcmp0 (role, "main") == 0)
    more |= DRA_HTML_IN_MAIN;
  if (tag == DRA_HTML_NAV || tag == DRA_HTML_ASIDE || tag == DRA_HTML_FOOTER || tag == DRA_HTML_DIALOG
      || g_strcmp0 (role, "navigation") == 0 || g_strcmp0 (role, "complementary") == 0 || g_strcmp0 (role, "dialog") == 0)
    more |= DRA_HTML_IN_ASIDE;
  if (tag == DRA_HTML_HEADER && !(spot->around & (DRA_HTML_IN_ARTICLE | DRA_HTML_IN_MAIN)))
    more |= DRA_HTML_IN_HEADER;
  if (tag == DRA_HTML_A)
    more |= DRA_HTML_IN_LINK;
  if (words != 0 && !is_whole_page (tag) && tag != DRA_HTML_ARTICLE && tag != DRA_HTML_MAIN)
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

  self->line = g_string_sized_new (MAX_PLACE_TEXT + 64);
  while (node != NULL)
    {
      if (node->type == XML_ELEMENT_NODE)
        {
          Spot spot = { .node = node, .tag = dra_html_get_tag (node), .around = level.around, .article = level.article };
          Level inner = level;

          self->n_elements++;
          read_attributes (node, &spot.attributes);
          spot.attributes.words = look_up_words (self, spot.attributes.class) | look_up_words (self, spot.attributes.id)
                                  | look_up_words (self, spot.attributes.testid) | look_up_words (self, spot.attributes.component);
          look_at_head (self, &spot);
          look_at_body (self, &spot);
          inner.around |= surroundings_of (&spot);
          if (spot.tag == DRA_HTML_ARTICLE)
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
