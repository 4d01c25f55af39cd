/* dra-xml-tree.c: an XML file as a tree, safely.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-xml-tree.h"

#include <glib/gi18n-lib.h>
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <string.h>

#include "article/dra-error.h"
#include "readers/dra-encoding.h"

#define MAX_ENTITIES 1000    /* that a file declares */
#define MAX_ENTITY 1000      /* bytes of one; it holds no other, so that they cannot multiply */
#define MAX_GROWTH (1 << 20) /* bytes that entities may add to a file in all */

/* Notes <!ENTITY name "plain text"> of a document type. */
static void
note_entity (GHashTable *entities,
             const char *p,
             const char *end)
{
  const char *name, *value;
  gsize name_length;
  char quote;

  p += strlen ("<!ENTITY");
  while (p < end && g_ascii_isspace (*p))
    p++;
  name = p;
  while (p < end && !g_ascii_isspace (*p) && *p != '>')
    p++;
  name_length = p - name;
  while (p < end && g_ascii_isspace (*p))
    p++;
  if (p >= end || (*p != '"' && *p != '\'') || name_length == 0 || name_length > 60)
    return;
  quote = *p++;
  value = p;
  while (p < end && *p != quote)
    if (strchr ("&<%", *p++) != NULL)
      return;
  if (p < end && p - value <= MAX_ENTITY && g_hash_table_size (entities) < MAX_ENTITIES)
    g_hash_table_insert (entities, g_strndup (name, name_length), g_strndup (value, p - value));
}

/* Behind the ">" of a document type. */
static const char *
skip_doctype (GHashTable *entities,
              const char *p,
              const char *end)
{
  gboolean inside = FALSE;
  char quote = 0;

  for (; p < end; p++)
    {
      if (quote != 0)
        {
          if (*p == quote)
            quote = 0;
        }
      else if (end - p > 4 && memcmp (p, "<!--", 4) == 0)
        {
          const char *close = g_strstr_len (p + 4, end - p - 4, "-->");

          if (close == NULL)
            return end;
          p = close + 2;
        }
      else if (inside && end - p > 8 && memcmp (p, "<!ENTITY", 8) == 0)
        note_entity (entities, p, end);
      else if (*p == '"' || *p == '\'')
        quote = *p;
      else if (*p == '[')
        inside = TRUE;
      else if (*p == ']')
        inside = FALSE;
      else if (*p == '>' && !inside)
        return p + 1;
    }

  return end;
}

static const char *
copy_reference (GString    *out,
                GHashTable *entities,
                gsize      *growth,
                const char *p,
                const char *end)
{
  static const char *const own[] = { "lt", "gt", "amp", "quot", "apos", NULL };
  const char *q = p + 1;
  g_autofree char *name = NULL;
  const htmlEntityDesc *html;
  const char *value;

  while (q < end && q - p < 64 && (g_ascii_isalnum (*q) || strchr ("#._:-", *q) != NULL))
    q++;
  if (q >= end || *q != ';' || q == p + 1)
    {
      g_string_append (out, "&amp;");
      return p + 1;
    }
  name = g_strndup (p + 1, q - p - 1);
  q++;
  if (name[0] == '#' || g_strv_contains (own, name))
    g_string_append_len (out, p, q - p);
  else if ((value = g_hash_table_lookup (entities, name)) != NULL)
    {
      *growth += strlen (value);
      if (*growth <= MAX_GROWTH)
        g_string_append (out, value);
    }
  else if ((html = htmlEntityLookup ((const xmlChar *) name)) != NULL)
    g_string_append_unichar (out, html->value);
  else
    g_string_append_printf (out, "&amp;%s;", name);

  return q;
}

/* The text without document type, with entities as text; CDATA and comments as they are. */
static GString *
clean (const char *text,
       gsize       length)
{
  g_autoptr (GHashTable) entities = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GString *out = g_string_sized_new (length + 64);
  const char *p = text, *end = text + length;
  gsize growth = 0;

  /* The text ends without a NUL: what asks for a prefix may look for one. */
  while (p < end
         && (g_ascii_isspace (*p) || (end - p >= 3 && memcmp (p, "\357\273\277", 3) == 0)))
    p += g_ascii_isspace (*p) ? 1 : 3;
  while (p < end)
    {
      const char *close = NULL;

      if (*p == '&')
        {
          p = copy_reference (out, entities, &growth, p, end);
          continue;
        }
      if (*p != '<')
        {
          if ((guchar) *p >= 0x20 || *p == '\n' || *p == '\t' || *p == '\r')
            g_string_append_c (out, *p);
          p++;
          continue;
        }
      if (end - p > 9 && g_ascii_strncasecmp (p, "<!DOCTYPE", 9) == 0)
        {
          p = skip_doctype (entities, p + 9, end);
          continue;
        }
      if (end - p > 9 && memcmp (p, "<![CDATA[", 9) == 0)
        close = g_strstr_len (p, end - p, "]]>");
      else if (end - p > 4 && memcmp (p, "<!--", 4) == 0)
        close = g_strstr_len (p + 4, end - p - 4, "-->");
      if (close == NULL && (end - p > 4 && (memcmp (p, "<!--", 4) == 0 || memcmp (p, "<![C", 4) == 0)))
        break;
      if (close != NULL && p[2] == '-')
        {
          p = close + 3;
          continue;
        }
      if (close != NULL)
        {
          for (; p < close + 3; p++)
            if ((guchar) *p >= 0x20 || *p == '\n' || *p == '\t' || *p == '\r')
              g_string_append_c (out, *p);
          continue;
        }
      g_string_append_c (out, *p++);
    }

  return out;
}

/**
 * dra_xml_tree_parse:
 * @bytes: an XML file in any encoding
 * @name: display name of the file, for messages
 * @cancellable: (nullable): a cancellable
 * @error: return location for %DRA_ERROR_DAMAGED, %DRA_ERROR_TOO_LARGE and %G_IO_ERROR_CANCELLED
 *
 * Parses XML; of a file that is not well formed, what can be read.  Elements may be 256 deep.
 *
 * Returns: (transfer full): the tree; it has a root element
 */
xmlDoc *
dra_xml_tree_parse (GBytes        *bytes,
               const char    *name,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr (GBytes) utf8 = NULL;
  GString *text;
  xmlParserCtxt *parser;
  xmlDoc *doc = NULL;
  gsize length;
  const char *data;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  utf8 = dra_encoding_to_utf8 (bytes, NULL, NULL);
  data = g_bytes_get_data (utf8, &length);
  text = clean (data != NULL ? data : "", length);
  if (text->len > G_MAXINT / 2)
    {
      g_string_free (text, TRUE);
      g_set_error (error, DRA_ERROR, DRA_ERROR_TOO_LARGE, _("“%s” is too large for an XML article."), name);
      return NULL;
    }
  parser = xmlNewParserCtxt ();
  if (parser != NULL)
    {
      doc = xmlCtxtReadMemory (parser, text->str, (int) text->len, NULL, "UTF-8",
                               XML_PARSE_RECOVER | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NONET
                                 | XML_PARSE_NOCDATA | XML_PARSE_COMPACT);
      xmlFreeParserCtxt (parser);
    }
  g_string_free (text, TRUE);
  if (doc == NULL || xmlDocGetRootElement (doc) == NULL)
    {
      xmlFreeDoc (doc);
      g_set_error (error, DRA_ERROR, DRA_ERROR_DAMAGED, _("“%s” is damaged: its XML cannot be read."), name);
      return NULL;
    }

  return doc;
}

/**
 * dra_xml_is:
 * @node: a node
 * @name: local name of an element
 *
 * Returns: whether the node is an element of that name, in any namespace
 */
gboolean
dra_xml_is (const xmlNode *node,
            const char    *name)
{
  return node != NULL && node->type == XML_ELEMENT_NODE && strcmp ((const char *) node->name, name) == 0;
}

/**
 * dra_xml_child:
 * @node: (nullable): an element
 * @name: a local name
 *
 * Returns: (nullable): its first child of that name
 */
xmlNode *
dra_xml_child (const xmlNode *node,
               const char    *name)
{
  for (xmlNode *child = node != NULL ? node->children : NULL; child != NULL; child = child->next)
    if (dra_xml_is (child, name))
      return child;

  return NULL;
}

/**
 * dra_xml_path:
 * @node: (nullable): an element
 * @path: local names with "/" between
 *
 * Returns: (nullable): what the first children of these names lead to
 */
xmlNode *
dra_xml_path (const xmlNode *node,
              const char    *path)
{
  g_auto (GStrv) names = g_strsplit (path, "/", -1);
  xmlNode *at = (xmlNode *) node;

  for (guint i = 0; names[i] != NULL && at != NULL; i++)
    at = dra_xml_child (at, names[i]);

  return at;
}

/**
 * dra_xml_next:
 * @node: a node inside @root, or @root
 * @root: where the walk ends
 * @inside: whether to go into @node
 *
 * Returns: (nullable): the node after it in document order
 */
xmlNode *
dra_xml_next (const xmlNode *node,
              const xmlNode *root,
              gboolean       inside)
{
  if (inside && node->type == XML_ELEMENT_NODE && node->children != NULL)
    return node->children;
  while (node != root && node->next == NULL)
    node = node->parent;

  return node == root ? NULL : node->next;
}

/**
 * dra_xml_find:
 * @root: (nullable): an element
 * @name: a local name
 *
 * Returns: (nullable): the first element of that name in @root, or @root itself
 */
xmlNode *
dra_xml_find (const xmlNode *root,
              const char    *name)
{
  for (const xmlNode *node = root; node != NULL; node = dra_xml_next (node, root, TRUE))
    if (dra_xml_is (node, name))
      return (xmlNode *) node;

  return NULL;
}

/**
 * dra_xml_attribute:
 * @node: (nullable): an element
 * @name: local name of an attribute
 *
 * Returns: (transfer none) (nullable): its value, in any namespace
 */
const char *
dra_xml_attribute (const xmlNode *node,
                   const char    *name)
{
  if (node == NULL || node->type != XML_ELEMENT_NODE)
    return NULL;
  for (const xmlAttr *attribute = node->properties; attribute != NULL; attribute = attribute->next)
    if (strcmp ((const char *) attribute->name, name) == 0)
      return attribute->children != NULL && attribute->children->content != NULL
               ? (const char *) attribute->children->content : "";

  return NULL;
}

/**
 * dra_xml_text:
 * @node: (nullable): an element
 *
 * Returns: (transfer full) (nullable): its text on one line; %NULL when there is none
 */
char *
dra_xml_text (const xmlNode *node)
{
  GString *text;
  gboolean pending = FALSE;

  if (node == NULL)
    return NULL;
  text = g_string_new (NULL);
  for (const xmlNode *at = node; at != NULL; at = dra_xml_next (at, node, TRUE))
    if ((at->type == XML_TEXT_NODE || at->type == XML_CDATA_SECTION_NODE) && at->content != NULL)
      for (const char *p = (const char *) at->content; *p != '\0'; p++)
        {
          if (g_ascii_isspace (*p))
            {
              pending = text->len > 0;
              continue;
            }
          if (pending)
            g_string_append_c (text, ' ');
          pending = FALSE;
          g_string_append_c (text, *p);
        }

  return g_string_free (text, text->len == 0);
}

/**
 * dra_xml_number_notes:
 * @root: an element
 * @names: names of elements that are footnotes, ended by %NULL
 *
 * Gives each note with an id a label: what its "label" element says when no other note has
 * that, else its number.
 *
 * Returns: (transfer full): id -> label
 */
GHashTable *
dra_xml_number_notes (const xmlNode     *root,
                      const char *const *names)
{
  GHashTable *labels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n = 0;

  for (const xmlNode *node = root; node != NULL; node = dra_xml_next (node, root, TRUE))
    {
      const char *id;
      g_autofree char *label = NULL;

      if (node->type != XML_ELEMENT_NODE || !g_strv_contains (names, (const char *) node->name))
        continue;
      id = dra_xml_attribute (node, "id");
      if (id == NULL || g_hash_table_contains (labels, id))
        continue;
      label = dra_xml_text (dra_xml_child (node, "label"));
      if (label == NULL)
        label = g_strdup (dra_xml_attribute (node, "n"));
      if (label != NULL)
        for (gsize length = strlen (label); length > 0 && strchr (".)]", label[length - 1]) != NULL; length--)
          label[length - 1] = '\0';
      if (label != NULL && label[0] == '[')
        memmove (label, label + 1, strlen (label));
      if (label == NULL || *label == '\0' || strlen (label) > 20 || g_hash_table_contains (used, label))
        do
          {
            g_free (label);
            label = g_strdup_printf ("%u", ++n);
          }
        while (g_hash_table_contains (used, label));
      g_hash_table_add (used, g_strdup (label));
      g_hash_table_insert (labels, g_strdup (id), g_steal_pointer (&label));
    }

  return labels;
}

/**
 * dra_xml_finish:
 * @builder: all that was read
 * @name: display name of the file
 * @error: return location for %DRA_ERROR_EMPTY
 *
 * Returns: (transfer full) (nullable): the article, when there is any text
 */
DraArticle *
dra_xml_finish (DraArticleBuilder  *builder,
                const char         *name,
                GError            **error)
{
  dra_article_builder_end_block (builder);
  if (dra_article_builder_get_length (builder) == 0)
    {
      g_set_error (error, DRA_ERROR, DRA_ERROR_EMPTY, _("“%s” has no article text in it."), name);
      return NULL;
    }

  return dra_article_builder_build (builder);
}
