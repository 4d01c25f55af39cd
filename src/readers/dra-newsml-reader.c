/* dra-newsml-reader.c: NewsML-G2 and NewsML 1 news.
 *
 * A news item's text is HTML, NITF or plain text in its content set; an item without (a
 * picture, a package) shows its headline, slug and captions.  Several items in one message
 * are each a heading and their content.
 *
 * Follows NewsML-G2 2.x and NewsML 1.2.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-newsml-reader.h"

#include <string.h>

#include "readers/dra-html-blocks.h"
#include "readers/dra-xml-news.h"

#define MAX_ITEMS 2000

/* What NewsML 1 has in its DataContent, and NewsML-G2 in elements of its own. */
static const DraXmlRule rules[] = {
  { "p", DRA_XML_PARAGRAPH }, { "P", DRA_XML_PARAGRAPH }, { "block", DRA_XML_GROUP }, { "media", DRA_XML_GROUP },
  { "media-caption", DRA_XML_CAPTION }, { "media-reference", DRA_XML_SKIP }, { "media-metadata", DRA_XML_SKIP },
  { "hl1", DRA_XML_HEADING, 1 }, { "hl2", DRA_XML_HEADING, 2 }, { "hedline", DRA_XML_GROUP },
  { "byline", DRA_XML_BYLINE }, { "dateline", DRA_XML_PARAGRAPH },
  { "br", DRA_XML_BREAK }, { "pre", DRA_XML_LINES }, { "table", DRA_XML_TABLE }, { "tr", DRA_XML_ROW }, { "td", DRA_XML_CELL },
  { "th", DRA_XML_CELL, 1 }, { "ul", DRA_XML_LIST }, { "ol", DRA_XML_LIST, 1 }, { "li", DRA_XML_ITEM },
  { "headline", DRA_XML_HEADING, 2 }, { "description", DRA_XML_PARAGRAPH }, { "title", DRA_XML_PARAGRAPH }, { "name", DRA_XML_PARAGRAPH },
  { "definition", DRA_XML_PARAGRAPH }, { "note", DRA_XML_PARAGRAPH }, { "edNote", DRA_XML_PARAGRAPH },
  { "hash", DRA_XML_SKIP }, { "catalog", DRA_XML_SKIP }, { "rightsInfo", DRA_XML_SKIP },
  { NULL },
};

static char *
find_text (const xmlNode *root,
           const char    *name)
{
  return dra_xml_text (dra_xml_find (root, name));
}

static char *
find_headline (const xmlNode *item)
{
  static const char *const paths[] = { "contentMeta/headline", "itemMeta/title", "contentMeta/slugline", "conceptSet/concept/name" };
  char *headline = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (paths) && headline == NULL; i++)
    headline = dra_xml_text (dra_xml_path (item, paths[i]));
  if (headline == NULL)
    headline = find_text (item, "HeadLine");
  if (headline == NULL)
    headline = find_text (item, "hl1");

  return headline;
}

static char *
find_byline (const xmlNode *item)
{
  const xmlNode *meta = dra_xml_child (item, "contentMeta");
  g_autofree char *byline = dra_xml_text (dra_xml_child (meta, "by"));
  g_autoptr (GPtrArray) names = NULL;

  if (byline == NULL)
    byline = find_text (item, "ByLine");
  if (byline == NULL)
    byline = find_text (dra_xml_child (item, "contentSet"), "byline");
  if (byline != NULL)
    return dra_xml_news_byline (byline);
  names = g_ptr_array_new_with_free_func (g_free);
  for (const xmlNode *child = meta != NULL ? meta->children : NULL; child != NULL; child = child->next)
    if (dra_xml_is (child, "creator"))
      {
        char *name = dra_xml_text (dra_xml_child (child, "name"));

        if (name != NULL)
          g_ptr_array_add (names, name);
      }
  if (names->len == 0)
    return NULL;
  g_ptr_array_add (names, NULL);

  return g_strjoinv (", ", (char **) names->pdata);
}

static void
set_metadata (DraArticleBuilder *builder,
              const xmlNode     *item)
{
  static const char *const dates[] = { "firstCreated", "contentCreated", "versionCreated", "DateAndTime", "FirstCreated" };
  g_autofree char *title = find_headline (item);
  g_autofree char *byline = find_byline (item);
  g_autofree char *provider = dra_xml_text (dra_xml_path (item, "itemMeta/provider/name"));
  g_autofree char *date = NULL;
  const char *language = dra_xml_attribute (dra_xml_path (item, "contentMeta/language"), "tag");

  for (guint i = 0; i < G_N_ELEMENTS (dates) && date == NULL; i++)
    {
      g_autofree char *text = find_text (item, dates[i]);

      date = dra_xml_news_date (text);
    }
  if (language == NULL)
    language = dra_xml_attribute (item, "lang");
  dra_article_builder_set_metadata (builder, DRA_METADATA_TITLE, title);
  dra_article_builder_set_metadata (builder, DRA_METADATA_BYLINE, byline);
  dra_article_builder_set_metadata (builder, DRA_METADATA_PUBLISHED, date);
  dra_article_builder_set_metadata (builder, DRA_METADATA_SITE, provider);
  dra_article_builder_set_metadata (builder, DRA_METADATA_LANGUAGE, language);
}

/* Content that HTML's own walker writes. */
static gboolean
write_html_node (DraArticleBuilder  *builder,
                 const xmlNode      *html,
                 const char         *headline,
                 GCancellable       *cancellable,
                 GError            **error)
{
  DraHtmlBlocksOptions options = { .heading_shift = 1 };
  xmlNode *body = dra_xml_child (html, "body");
  xmlNode *h1 = dra_xml_find (html, "h1");
  g_autofree char *first = dra_xml_text (h1);

  /* The headline is written already. */
  if (h1 != NULL && g_strcmp0 (first, headline) == 0)
    {
      xmlUnlinkNode (h1);
      xmlFreeNode (h1);
    }

  return dra_html_blocks_write (builder, body != NULL ? body : html, &options, cancellable, error);
}

static gboolean
write_part (DraArticleBuilder  *builder,
            const xmlNode      *part,
            const char         *headline,
            GCancellable       *cancellable,
            GError            **error)
{
  DraXmlMap map = { .rules = rules, .level = 2 };
  const xmlNode *nitf = dra_xml_find (part, "nitf");
  const xmlNode *html = nitf == NULL ? dra_xml_find (part, "html") : NULL;
  gboolean done = TRUE;

  if (nitf != NULL)
    done = dra_xml_news_write_nitf (builder, nitf, FALSE, cancellable, error);
  else if (html != NULL)
    done = write_html_node (builder, html, headline, cancellable, error);
  else if (dra_xml_is (part, "inlineData") || (part->children != NULL && part->children->next == NULL
                                               && part->children->type == XML_TEXT_NODE))
    {
      xmlChar *text = xmlNodeGetContent (part);
      const char *type = dra_xml_attribute (part, "contenttype");

      if (type != NULL && strstr (type, "html") != NULL)
        done = dra_xml_news_write_html (builder, (const char *) text, NULL, 1, cancellable, error);
      else if (type == NULL || g_str_has_prefix (type, "text/"))
        dra_xml_news_write_plain (builder, (const char *) text);
      xmlFree (text);
    }
  else
    done = dra_xml_write (builder, part, &map, cancellable, error);
  dra_article_builder_end_block (builder);

  return done;
}

static gboolean
is_content (const xmlNode *node)
{
  return dra_xml_is (node, "inlineXML") || dra_xml_is (node, "inlineData") || dra_xml_is (node, "DataContent");
}

static gboolean
write_item (DraArticleBuilder  *builder,
            const xmlNode      *item,
            gboolean            only,
            GCancellable       *cancellable,
            GError            **error)
{
  static const char *const instead[] = { "contentMeta", "groupSet", "conceptSet", "newsCoverageSet", "NewsComponent", "NewsLines" };
  g_autofree char *headline = find_headline (item);
  g_autofree char *byline = find_byline (item);
  g_autofree char *dateline = dra_xml_text (dra_xml_path (item, "contentMeta/dateline"));
  gsize before;
  gboolean done = TRUE;

  dra_xml_news_write_block (builder, only ? DRA_BLOCK_TITLE : DRA_BLOCK_HEADING, only ? 0 : 1, headline);
  before = dra_article_builder_get_length (builder);
  if (byline != NULL && dra_xml_find (item, "byline") == NULL)
    dra_xml_news_write_block (builder, DRA_BLOCK_BYLINE, 0, byline);
  if (dra_xml_find (item, "body.head") == NULL)
    dra_xml_news_write_block (builder, DRA_BLOCK_PARAGRAPH, 0, dateline);
  for (const xmlNode *node = item; node != NULL && done; node = dra_xml_next (node, item, !is_content (node)))
    if (is_content (node))
      done = write_part (builder, node, headline, cancellable, error);
  if (!done || dra_article_builder_get_length (builder) > before + 40)
    return done;
  /* Nothing to read in it: what is said about it. */
  for (guint i = 0; i < G_N_ELEMENTS (instead) && done; i++)
    {
      const xmlNode *part = dra_xml_find (item, instead[i]);
      DraXmlMap map = { .rules = rules, .level = 2 };

      for (const xmlNode *node = part; node != NULL && done; node = dra_xml_next (node, part, TRUE))
        if (dra_xml_is (node, "description") || dra_xml_is (node, "definition") || dra_xml_is (node, "slugline")
            || dra_xml_is (node, "name") || (dra_xml_is (node, "headline") && node->parent != dra_xml_child (item, "contentMeta")))
          {
            if (dra_xml_is (node, "name") && !dra_xml_is (node->parent, "concept"))
              continue;
            done = dra_xml_write (builder, node, &map, cancellable, error);
          }
    }

  return done;
}

static gboolean
is_item (const xmlNode *node)
{
  static const char *const names[] = { "newsItem", "packageItem", "conceptItem", "knowledgeItem", "planningItem", "NewsItem", NULL };

  return node->type == XML_ELEMENT_NODE && g_strv_contains (names, (const char *) node->name);
}

/**
 * dra_newsml_read:
 * @bytes: a file
 * @name: its display name, for messages
 * @cancellable: (nullable): a cancellable
 * @error: return location for %DRA_ERROR and %G_IO_ERROR_CANCELLED
 *
 * Reads NewsML: one item as an article, several as one with a heading for each.
 *
 * Returns: (transfer full) (nullable): the article
 */
DraReading *
dra_newsml_read (GBytes        *bytes,
                 const char    *name,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  xmlDoc *doc = dra_xml_tree_parse (bytes, name, cancellable, error);
  DraArticle *article = NULL;
  const xmlNode *root;
  gboolean done = TRUE;

  if (doc == NULL)
    return NULL;
  root = xmlDocGetRootElement (doc);
  for (const xmlNode *node = root; node != NULL && items->len < MAX_ITEMS; node = dra_xml_next (node, root, !is_item (node)))
    if (is_item (node))
      g_ptr_array_add (items, (gpointer) node);
  if (items->len == 0)
    g_ptr_array_add (items, (gpointer) root);
  dra_article_builder_set_metadata (builder, DRA_METADATA_SOURCE_TYPE, "application/vnd.iptc.g2.newsitem+xml");
  set_metadata (builder, items->pdata[0]);
  for (guint i = 0; i < items->len && done; i++)
    done = write_item (builder, items->pdata[i], items->len == 1, cancellable, error);
  if (done)
    article = dra_xml_finish (builder, name, error);
  xmlFreeDoc (doc);

  return article != NULL ? dra_reading_new (article, NULL, NULL) : NULL;
}
