/* dra-html-dom.c: what is asked of the nodes of a parsed page all the time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-html-dom.h"

#include <string.h>

#define N_SLOTS 512 /* a power of two, several times the number of tags */

#define DRA_HTML_TAG_NAME(ID, NAME) NAME,

static const char *const names[] = { "", "", DRA_HTML_TAGS (DRA_HTML_TAG_NAME) };

static guint8 slots[N_SLOTS]; /* DraHtmlTag, open addressing */

static inline guint
hash_name (const char *name,
           gsize       length)
{
  guint hash = (guint) length;

  for (gsize i = 0; i < length; i++)
    hash = hash * 31 + (guchar) name[i];

  return hash ^ hash >> 9;
}

static void
fill_slots (void)
{
  static gsize once = 0;

  if (!g_once_init_enter (&once))
    return;
  G_STATIC_ASSERT (DRA_HTML_N_TAGS < N_SLOTS / 2 && DRA_HTML_N_TAGS < 256);
  for (guint tag = DRA_HTML_OTHER + 1; tag < DRA_HTML_N_TAGS; tag++)
    {
      guint i = hash_name (names[tag], strlen (names[tag])) % N_SLOTS;

      while (slots[i] != 0)
        i = (i + 1) % N_SLOTS;
      slots[i] = (guint8) tag;
    }
  g_once_init_leave (&once, 1);
}

/**
 * dra_html_tag_of_name:
 * @name: name of an element, in lower case
 * @length: its length in bytes
 *
 * Returns: which element that is
 */
DraHtmlTag
dra_html_tag_of_name (const char *name,
                      gsize       length)
{
  guint i;

  fill_slots ();
  for (i = hash_name (name, length) % N_SLOTS; slots[i] != 0; i = (i + 1) % N_SLOTS)
    if (strncmp (names[slots[i]], name, length) == 0 && names[slots[i]][length] == '\0')
      return slots[i];

  return DRA_HTML_OTHER;
}

/**
 * dra_html_get_tag:
 * @node: a node
 *
 * Returns: which element that is; %DRA_HTML_NONE for text and the like
 */
DraHtmlTag
dra_html_get_tag (const xmlNode *node)
{
  if (node == NULL || node->type != XML_ELEMENT_NODE)
    return DRA_HTML_NONE;

  /* dra-html-tree.c leaves it here. */
  if (node->extra > DRA_HTML_NONE && node->extra < DRA_HTML_N_TAGS)
    return node->extra;

  return dra_html_tag_of_name ((const char *) node->name, strlen ((const char *) node->name));
}

/**
 * dra_html_tag_is_block:
 * @tag: an element
 *
 * Returns: whether text before and behind it is not in the same line.  Elements without
 *   meaning are like a span, as they are in a browser.
 */
gboolean
dra_html_tag_is_block (DraHtmlTag tag)
{
  switch (tag)
    {
    case DRA_HTML_ADDRESS:
    case DRA_HTML_ARTICLE:
    case DRA_HTML_ASIDE:
    case DRA_HTML_BLOCKQUOTE:
    case DRA_HTML_BODY:
    case DRA_HTML_CAPTION:
    case DRA_HTML_CENTER:
    case DRA_HTML_DD:
    case DRA_HTML_DETAILS:
    case DRA_HTML_DIALOG:
    case DRA_HTML_DIR:
    case DRA_HTML_DIV:
    case DRA_HTML_DL:
    case DRA_HTML_DT:
    case DRA_HTML_FIELDSET:
    case DRA_HTML_FIGCAPTION:
    case DRA_HTML_FIGURE:
    case DRA_HTML_FOOTER:
    case DRA_HTML_FORM:
    case DRA_HTML_H1:
    case DRA_HTML_H2:
    case DRA_HTML_H3:
    case DRA_HTML_H4:
    case DRA_HTML_H5:
    case DRA_HTML_H6:
    case DRA_HTML_HEADER:
    case DRA_HTML_HGROUP:
    case DRA_HTML_HR:
    case DRA_HTML_HTML:
    case DRA_HTML_LEGEND:
    case DRA_HTML_LI:
    case DRA_HTML_LISTING:
    case DRA_HTML_MAIN:
    case DRA_HTML_MENU:
    case DRA_HTML_NAV:
    case DRA_HTML_OL:
    case DRA_HTML_OPTION:
    case DRA_HTML_P:
    case DRA_HTML_PRE:
    case DRA_HTML_SEARCH:
    case DRA_HTML_SECTION:
    case DRA_HTML_SUMMARY:
    case DRA_HTML_TABLE:
    case DRA_HTML_TBODY:
    case DRA_HTML_TD:
    case DRA_HTML_TFOOT:
    case DRA_HTML_TH:
    case DRA_HTML_THEAD:
    case DRA_HTML_TR:
    case DRA_HTML_UL:
    case DRA_HTML_XMP:
      return TRUE;
    default:
      return FALSE;
    }
}

/**
 * dra_html_tag_is_void:
 * @tag: an element
 *
 * Returns: whether it has neither content nor end tag
 */
gboolean
dra_html_tag_is_void (DraHtmlTag tag)
{
  switch (tag)
    {
    case DRA_HTML_BASE:
    case DRA_HTML_BR:
    case DRA_HTML_COL:
    case DRA_HTML_EMBED:
    case DRA_HTML_HR:
    case DRA_HTML_IMG:
    case DRA_HTML_INPUT:
    case DRA_HTML_LINK:
    case DRA_HTML_META:
    case DRA_HTML_SOURCE:
    case DRA_HTML_TRACK:
    case DRA_HTML_WBR:
      return TRUE;
    default:
      return FALSE;
    }
}

/**
 * dra_html_tag_is_unseen:
 * @tag: an element
 *
 * Returns: whether what is in it is never text of the page
 */
gboolean
dra_html_tag_is_unseen (DraHtmlTag tag)
{
  switch (tag)
    {
    case DRA_HTML_CANVAS:
    case DRA_HTML_DATALIST:
    case DRA_HTML_EMBED:
    case DRA_HTML_HEAD:
    case DRA_HTML_INPUT:
    case DRA_HTML_LINK:
    case DRA_HTML_META:
    case DRA_HTML_METER:
    case DRA_HTML_PROGRESS:
    case DRA_HTML_RP:
    case DRA_HTML_SCRIPT:
    case DRA_HTML_SELECT:
    case DRA_HTML_STYLE:
    case DRA_HTML_SVG:
    case DRA_HTML_TEXTAREA:
    case DRA_HTML_TITLE:
      return TRUE;
    default:
      return FALSE;
    }
}

/**
 * dra_html_get_attribute:
 * @node: a node
 * @name: name of the attribute, in lower case
 *
 * Returns: (nullable): its value, with entities replaced; it belongs to the tree
 */
const char *
dra_html_get_attribute (const xmlNode *node,
                        const char    *name)
{
  if (node == NULL || node->type != XML_ELEMENT_NODE)
    return NULL;
  for (const xmlAttr *attr = node->properties; attr != NULL; attr = attr->next)
    if (attr->name[0] == (xmlChar) name[0] && strcmp ((const char *) attr->name, name) == 0)
      return attr->children != NULL && attr->children->content != NULL
               ? (const char *) attr->children->content : "";

  return NULL;
}

/**
 * dra_html_has_word:
 * @node: a node
 * @name: name of an attribute that is a list of words (class, itemprop, rel)
 * @word: a word, in lower case
 *
 * Returns: whether the word is in the list; case does not count
 */
gboolean
dra_html_has_word (const xmlNode *node,
                   const char    *name,
                   const char    *word)
{
  const char *value = dra_html_get_attribute (node, name);
  gsize length = strlen (word);

  while (value != NULL && *value != '\0')
    {
      gsize n = strcspn (value, " \t\n\f\r");

      if (n == length && g_ascii_strncasecmp (value, word, n) == 0)
        return TRUE;
      value += n;
      value += strspn (value, " \t\n\f\r");
    }

  return FALSE;
}

/**
 * dra_html_get_text:
 * @node: a node
 *
 * Returns: (nullable): its text when it is one of text; it belongs to the tree
 */
const char *
dra_html_get_text (const xmlNode *node)
{
  if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
    return (const char *) node->content;

  return NULL;
}

/* Whether the declarations of a style attribute give property that value.  Blanks may
 * stand anywhere between. */
static gboolean
style_has (const char *style,
           const char *property,
           const char *value)
{
  const char *p = style;

  while ((p = strstr (p, property)) != NULL)
    {
      gboolean first = p == style || p[-1] == ';' || g_ascii_isspace (p[-1]);

      p += strlen (property);
      if (!first)
        continue;
      p += strspn (p, " \t\n\r");
      if (*p != ':')
        continue;
      p++;
      p += strspn (p, " \t\n\r");
      if (g_ascii_strncasecmp (p, value, strlen (value)) == 0)
        return TRUE;
    }

  return FALSE;
}

/* Streaming servers send parts of the page in hidden elements, which a script then puts
 * into their places. */
static gboolean
is_streamed (const xmlNode *node)
{
  const char *id = dra_html_get_attribute (node, "id");

  return id != NULL && strncmp (id, "S:", 2) == 0 && g_ascii_isxdigit (id[2]);
}

/**
 * dra_html_is_hidden:
 * @node: a node
 *
 * Returns: whether the element itself says that it and all in it is not seen: it is no
 *   content at all (script, template ...), or is marked as hidden
 */
gboolean
dra_html_is_hidden (const xmlNode *node)
{
  DraHtmlTag tag;

  if (node->type != XML_ELEMENT_NODE)
    return node->type == XML_COMMENT_NODE || node->type == XML_PI_NODE;

  tag = dra_html_get_tag (node);
  if (dra_html_tag_is_unseen (tag))
    return TRUE;
  if (tag == DRA_HTML_TEMPLATE)
    return dra_html_get_attribute (node, "shadowrootmode") == NULL;

  for (const xmlAttr *attr = node->properties; attr != NULL; attr = attr->next)
    {
      const char *name = (const char *) attr->name;
      const char *value = attr->children != NULL && attr->children->content != NULL
                            ? (const char *) attr->children->content : "";

      if (name[0] != 'h' && name[0] != 'a' && name[0] != 's')
        continue;
      if (strcmp (name, "hidden") == 0
          && g_ascii_strcasecmp (value, "until-found") != 0 && !is_streamed (node))
        return TRUE;
      if (strcmp (name, "aria-hidden") == 0 && g_ascii_strcasecmp (value, "true") == 0)
        return TRUE;
      if (strcmp (name, "style") == 0
          && (style_has (value, "display", "none") || style_has (value, "visibility", "hidden")))
        return !is_streamed (node);
    }

  return FALSE;
}

/**
 * dra_html_value_hash:
 * @value: (type utf8): a string
 *
 * A #GHashFunc for values of attributes, which are long: eight bytes at a time.
 *
 * Returns: its hash
 */
guint
dra_html_value_hash (gconstpointer value)
{
  const char *text = value;
  gsize length = strlen (text);
  guint64 hash = length;
  guint64 word = 0;

  for (; length >= sizeof word; text += sizeof word, length -= sizeof word)
    {
      memcpy (&word, text, sizeof word);
      hash = (hash ^ word) * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);
      hash ^= hash >> 29;
    }
  word = 0;
  memcpy (&word, text, length);
  hash = (hash ^ word) * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);

  return (guint) (hash >> 32);
}

/**
 * dra_html_next:
 * @node: a node inside @root, or @root
 * @root: where the walk is to stay
 * @inside: whether to go into @node, too
 *
 * Returns: (nullable): the node after it, in the order of the page; %NULL at the end
 */
xmlNode *
dra_html_next (const xmlNode *node,
               const xmlNode *root,
               gboolean       inside)
{
  if (inside && node->type != XML_ENTITY_REF_NODE && node->children != NULL)
    return node->children;
  while (node != root && node->next == NULL)
    node = node->parent;

  return node == root ? NULL : node->next;
}
