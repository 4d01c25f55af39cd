/* dra-feed-reader.c: RSS and Atom feeds.
 *
 * A feed of one item is that item as an article; of several, each is a heading with its
 * authors, date and content.  Content is HTML, as text or as elements, or plain text.
 *
 * Follows RSS 0.91 to 2.0 and 1.0 (RDF), its content and Dublin Core modules, and RFC 4287.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-feed-reader.h"

#include <string.h>

#include "readers/dra-html-blocks.h"
#include "readers/dra-xml-news.h"

#define MAX_ITEMS 5000

static gboolean
is_item (const xmlNode *node)
{
  return dra_xml_is (node, "item") || dra_xml_is (node, "entry") || dra_xml_is (node, "ITEM");
}

/* Text of an element that may hold HTML: as a title, without its markup. */
static char *
plain_title (const xmlNode *node)
{
  g_autofree char *text = dra_xml_text (node);
  g_autofree char *decoded = NULL;
  g_autoptr (DraArticleBuilder) builder = NULL;
  g_autoptr (DraArticle) article = NULL;
  g_auto (GStrv) lines = NULL;

  if (text == NULL || (strchr (text, '<') == NULL && strchr (text, '&') == NULL))
    return g_steal_pointer (&text);
  builder = dra_article_builder_new ();
  if (!dra_xml_news_write_html (builder, text, NULL, 0, NULL, NULL))
    return g_steal_pointer (&text);
  article = dra_article_builder_build (builder);
  lines = g_strsplit (dra_article_get_text (article, NULL), "\n", -1);
  decoded = g_strjoinv (" ", lines);

  return *decoded != '\0' ? g_steal_pointer (&decoded) : g_steal_pointer (&text);
}

static char *
find_date (const xmlNode *item)
{
  static const char *const names[] = { "pubDate", "published", "date", "issued", "created", "updated", "modified", "lastBuildDate" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *text = dra_xml_text (dra_xml_child (item, names[i]));

      if (text != NULL)
        return dra_xml_news_date (text);
    }

  return NULL;
}

static char *
find_byline (const xmlNode *item)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (const xmlNode *child = item->children; child != NULL; child = child->next)
    if (dra_xml_is (child, "author") || dra_xml_is (child, "creator"))
      {
        const xmlNode *name = dra_xml_child (child, "name");
        g_autofree char *text = dra_xml_text (name != NULL ? name : child);
        char *byline = dra_xml_news_byline (text);

        if (byline != NULL && !g_ptr_array_find_with_equal_func (names, byline, g_str_equal, NULL))
          g_ptr_array_add (names, byline);
        else
          g_free (byline);
      }
  if (names->len == 0)
    return NULL;
  g_ptr_array_add (names, NULL);

  return g_strjoinv (", ", (char **) names->pdata);
}

static char *
find_link (const xmlNode *item)
{
  for (const xmlNode *child = item->children; child != NULL; child = child->next)
    if (dra_xml_is (child, "link"))
      {
        const char *rel = dra_xml_attribute (child, "rel");
        const char *href = dra_xml_attribute (child, "href");
        g_autofree char *text = href != NULL ? g_strdup (href) : dra_xml_text (child);

        if ((rel == NULL || strcmp (rel, "alternate") == 0) && text != NULL
            && (g_str_has_prefix (text, "http://") || g_str_has_prefix (text, "https://")))
          return g_steal_pointer (&text);
      }

  return NULL;
}

/* The fullest of what an item says: content before summary. */
static const xmlNode *
find_content (const xmlNode *item)
{
  static const char *const names[] = { "encoded", "content", "body", "fullitem", "div", "description", "summary", "abstract", "ABSTRACT" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (const xmlNode *child = item->children; child != NULL; child = child->next)
      if (dra_xml_is (child, names[i]) && child->children != NULL
          && !(child->ns != NULL && strstr ((const char *) child->ns->href, "search.yahoo.com") != NULL)
          && !(child->ns != NULL && strstr ((const char *) child->ns->href, "excerpt") != NULL))
        return child;

  return NULL;
}

static gboolean
has_elements (const xmlNode *node)
{
  for (const xmlNode *child = node->children; child != NULL; child = child->next)
    if (child->type == XML_ELEMENT_NODE)
      return TRUE;

  return FALSE;
}

static gboolean
write_content (DraArticleBuilder  *builder,
               const xmlNode      *content,
               const char         *base,
               guint               shift,
               GCancellable       *cancellable,
               GError            **error)
{
  const char *type = dra_xml_attribute (content, "type");
  xmlChar *text;
  gboolean done = TRUE;

  if (has_elements (content))
    {
      DraHtmlBlocksOptions options = { .base = base, .heading_shift = (int) shift };

      return dra_html_blocks_write (builder, content, &options, cancellable, error);
    }
  text = xmlNodeGetContent (content);
  if (text != NULL && strchr ((const char *) text, '<') == NULL && strchr ((const char *) text, '&') == NULL)
    dra_xml_news_write_plain (builder, (const char *) text);
  else if (type != NULL && (strcmp (type, "text") == 0 || strcmp (type, "text/plain") == 0))
    dra_xml_news_write_plain (builder, (const char *) text);
  else
    done = dra_xml_news_write_html (builder, (const char *) text, base, shift, cancellable, error);
  xmlFree (text);
  dra_article_builder_end_block (builder);

  return done;
}

static gboolean
write_item (DraArticleBuilder  *builder,
            const xmlNode      *item,
            gboolean            only,
            GCancellable       *cancellable,
            GError            **error)
{
  g_autofree char *title = plain_title (dra_xml_child (item, dra_xml_is (item, "ITEM") ? "TITLE" : "title"));
  g_autofree char *byline = find_byline (item);
  g_autofree char *date = find_date (item);
  g_autofree char *link = find_link (item);
  const xmlNode *content = find_content (item);

  if (only)
    {
      dra_article_builder_set_metadata (builder, DRA_METADATA_TITLE, title);
      dra_article_builder_set_metadata (builder, DRA_METADATA_BYLINE, byline);
      dra_article_builder_set_metadata (builder, DRA_METADATA_PUBLISHED, date);
      dra_article_builder_set_metadata (builder, DRA_METADATA_ORIGIN_URI, link);
      dra_xml_news_write_block (builder, DRA_BLOCK_TITLE, 0, title);
    }
  else
    {
      dra_xml_news_write_block (builder, DRA_BLOCK_HEADING, 1, title);
      dra_xml_news_write_block (builder, DRA_BLOCK_BYLINE, 0, byline);
      dra_xml_news_write_block (builder, DRA_BLOCK_DATE, 0, date);
    }

  return content == NULL || write_content (builder, content, link, 1, cancellable, error);
}

static void
set_feed (DraArticleBuilder *builder,
          const xmlNode     *channel,
          gboolean           title_of_article)
{
  g_autofree char *title = plain_title (dra_xml_child (channel, "title"));
  g_autofree char *language = dra_xml_text (dra_xml_child (channel, "language"));
  const char *lang = dra_xml_attribute (channel, "lang");

  dra_article_builder_set_metadata (builder, DRA_METADATA_SITE, title);
  dra_article_builder_set_metadata (builder, DRA_METADATA_LANGUAGE, language != NULL ? language : lang);
  if (title_of_article)
    {
      g_autofree char *date = find_date (channel);
      g_autofree char *link = find_link (channel);
      const xmlNode *about = dra_xml_child (channel, "description");
      g_autofree char *text = plain_title (about != NULL ? about : dra_xml_child (channel, "subtitle"));

      dra_article_builder_set_metadata (builder, DRA_METADATA_TITLE, title);
      dra_article_builder_set_metadata (builder, DRA_METADATA_PUBLISHED, date);
      dra_article_builder_set_metadata (builder, DRA_METADATA_ORIGIN_URI, link);
      dra_xml_news_write_block (builder, DRA_BLOCK_TITLE, 0, title);
      dra_xml_news_write_block (builder, DRA_BLOCK_PARAGRAPH, 0, text);
    }
}

/**
 * dra_feed_read:
 * @bytes: a file
 * @name: its display name, for messages
 * @cancellable: (nullable): a cancellable
 * @error: return location for %DRA_ERROR and %G_IO_ERROR_CANCELLED
 *
 * Reads an RSS or Atom feed, or an Atom entry alone.
 *
 * Returns: (transfer full) (nullable): the article
 */
DraReading *
dra_feed_read (GBytes        *bytes,
               const char    *name,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  xmlDoc *doc = dra_xml_tree_parse (bytes, name, cancellable, error);
  DraArticle *article = NULL;
  const xmlNode *root, *channel;
  gboolean done = TRUE;

  if (doc == NULL)
    return NULL;
  root = xmlDocGetRootElement (doc);
  channel = dra_xml_find (root, "channel");
  if (channel == NULL)
    channel = root;
  for (const xmlNode *node = root; node != NULL && items->len < MAX_ITEMS; node = dra_xml_next (node, root, !is_item (node)))
    if (is_item (node))
      g_ptr_array_add (items, (gpointer) node);
  dra_article_builder_set_metadata (builder, DRA_METADATA_SOURCE_TYPE,
                                    dra_xml_is (root, "feed") || dra_xml_is (root, "entry") ? "application/atom+xml" : "application/rss+xml");
  set_feed (builder, channel, items->len != 1);
  for (guint i = 0; i < items->len && done; i++)
    done = write_item (builder, items->pdata[i], items->len == 1, cancellable, error);
  if (done)
    article = dra_xml_finish (builder, name, error);
  xmlFreeDoc (doc);

  return article != NULL ? dra_reading_new (article, NULL, NULL) : NULL;
}
