/* dra-nitf-reader.c: NITF news articles, and what NewsML and feeds share with them.
 *
 * Headline, byline and dateline from the head of the body, then its content; what only
 * machines read (document data, names' identifiers, media without a file) is metadata or
 * left out.
 *
 * Follows NITF 3.6; elements of older versions that mean the same are taken as well.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-nitf-reader.h"

#include <string.h>

#include "article/dra-error.h"
#include "readers/dra-html-blocks.h"
#include "readers/dra-html-metadata.h"
#include "readers/dra-html-parse.h"
#include "readers/dra-text-date.h"
#include "readers/dra-xml-news.h"

static const DraXmlRule rules[] = {
  { "block", DRA_XML_GROUP }, { "p", DRA_XML_PARAGRAPH }, { "hedline", DRA_XML_SKIP }, { "byline", DRA_XML_BYLINE },
  { "byttl", DRA_XML_LINE }, { "dateline", DRA_XML_PARAGRAPH }, { "story.date", DRA_XML_THROUGH }, { "distributor", DRA_XML_SKIP },
  { "rights", DRA_XML_SKIP }, { "note", DRA_XML_PARAGRAPH }, { "abstract", DRA_XML_GROUP }, { "series", DRA_XML_SKIP },
  { "hl1", DRA_XML_HEADING, 1 }, { "hl2", DRA_XML_HEADING }, { "h1", DRA_XML_HEADING, 1 }, { "h2", DRA_XML_HEADING, 2 },
  { "h3", DRA_XML_HEADING, 3 }, { "bq", DRA_XML_QUOTATION }, { "blockquote", DRA_XML_QUOTATION }, { "credit", DRA_XML_PARAGRAPH },
  { "ul", DRA_XML_LIST }, { "ol", DRA_XML_LIST, 1 }, { "li", DRA_XML_ITEM }, { "dl", DRA_XML_LIST }, { "dt", DRA_XML_ITEM },
  { "dd", DRA_XML_PARAGRAPH }, { "pre", DRA_XML_LINES }, { "nitf-table", DRA_XML_GROUP }, { "nitf-table-metadata", DRA_XML_SKIP },
  { "table", DRA_XML_TABLE }, { "tr", DRA_XML_ROW }, { "td", DRA_XML_CELL }, { "th", DRA_XML_CELL, 1 }, { "caption", DRA_XML_CAPTION },
  { "custom-table", DRA_XML_SKIP }, { "media", DRA_XML_GROUP }, { "media-reference", DRA_XML_IMAGE }, { "media-metadata", DRA_XML_SKIP },
  { "media-object", DRA_XML_SKIP }, { "media-caption", DRA_XML_CAPTION }, { "media-producer", DRA_XML_CAPTION },
  { "fn", DRA_XML_NOTE }, { "tagline", DRA_XML_PARAGRAPH }, { "bibliography", DRA_XML_PARAGRAPH }, { "hr", DRA_XML_RULE },
  { "br", DRA_XML_BREAK }, { "a", DRA_XML_LINK }, { "em", DRA_XML_STYLE, DRA_STYLE_EMPHASIS },
  { "i", DRA_XML_STYLE, DRA_STYLE_EMPHASIS }, { "strong", DRA_XML_STYLE, DRA_STYLE_STRONG }, { "b", DRA_XML_STYLE, DRA_STYLE_STRONG },
  { "sub", DRA_XML_STYLE, DRA_STYLE_SUBSCRIPT }, { "sup", DRA_XML_STYLE, DRA_STYLE_SUPERSCRIPT },
  { "alt-code", DRA_XML_SKIP }, { "script", DRA_XML_SKIP }, { "style", DRA_XML_SKIP },
  { NULL },
};

static char *
find_link (const xmlNode *node,
           gpointer       user_data G_GNUC_UNUSED)
{
  const char *href = dra_xml_attribute (node, "href");

  if (href != NULL && (g_str_has_prefix (href, "http://") || g_str_has_prefix (href, "https://") || g_str_has_prefix (href, "mailto:")))
    return g_strdup (href);

  return NULL;
}

static gboolean
find_image (const xmlNode  *node,
            char          **source,
            char          **alternative,
            gpointer        user_data G_GNUC_UNUSED)
{
  const char *address = dra_xml_attribute (node, "source");
  const char *type = dra_xml_attribute (node, "mime-type");

  if (type != NULL && !g_str_has_prefix (type, "image/"))
    return FALSE;
  *source = address != NULL && strstr (address, "://") == NULL ? g_strdup (address) : NULL;
  *alternative = g_strdup (dra_xml_attribute (node, "alternate-text"));

  return *source != NULL && **source != '\0';
}

/**
 * dra_xml_news_write_block:
 * @builder: where to
 * @kind: kind of the block
 * @level: its level
 * @text: (nullable): its text
 *
 * Writes one block, when there is text for it.
 */
void
dra_xml_news_write_block (DraArticleBuilder *builder,
                          DraBlockKind       kind,
                          guint              level,
                          const char        *text)
{
  if (text == NULL)
    return;
  dra_article_builder_begin_block (builder, kind, level, NULL);
  dra_article_builder_add_text (builder, text, -1);
  dra_article_builder_end_block (builder);
}

/**
 * dra_xml_news_write_plain:
 * @builder: where to
 * @text: (nullable): plain text
 *
 * Writes text whose paragraphs are parted by empty lines, or are a line each.
 *
 * Returns: whether there was any
 */
gboolean
dra_xml_news_write_plain (DraArticleBuilder *builder,
                          const char        *text)
{
  gsize before = dra_article_builder_get_length (builder);
  gboolean blank_lines;

  if (text == NULL)
    return FALSE;
  blank_lines = strstr (text, "\n\n") != NULL || strstr (text, "\n\r\n") != NULL;
  for (const char *p = text; *p != '\0';)
    {
      gsize length = strcspn (p, "\n");
      gboolean blank = strspn (p, " \t\r") >= length;

      if (blank || !blank_lines)
        dra_article_builder_end_block (builder);
      if (!blank)
        {
          dra_article_builder_add_text (builder, p, (gssize) length);
          dra_article_builder_add_text (builder, " ", 1);
        }
      p += length + (p[length] == '\n');
    }
  dra_article_builder_end_block (builder);

  return dra_article_builder_get_length (builder) > before;
}

/**
 * dra_xml_news_write_html:
 * @builder: where to
 * @html: (nullable): HTML, a fragment mostly
 * @base: (nullable): address that its links are relative to
 * @shift: how many levels its headings go down
 * @cancellable: (nullable): a cancellable
 * @error: return location for %G_IO_ERROR_CANCELLED
 *
 * Writes HTML that stands in another file as blocks.
 *
 * Returns: %FALSE when it was cancelled
 */
gboolean
dra_xml_news_write_html (DraArticleBuilder  *builder,
                         const char         *html,
                         const char         *base,
                         guint               shift,
                         GCancellable       *cancellable,
                         GError            **error)
{
  DraHtmlBlocksOptions options = { .base = base, .heading_shift = (int) shift };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) local = NULL;
  g_autoptr (GString) page = NULL;
  xmlDoc *doc;
  gboolean done = TRUE;

  if (html == NULL || html[strspn (html, " \t\r\n")] == '\0')
    return TRUE;
  /* Says that it is UTF-8, so that nothing is guessed. */
  page = g_string_new ("<meta charset=utf-8>");
  g_string_append (page, html);
  bytes = g_bytes_new (page->str, page->len);
  doc = dra_html_parse (bytes, "", cancellable, &local);
  if (doc == NULL)
    {
      if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      return TRUE;
    }
  done = dra_html_blocks_write (builder, xmlDocGetRootElement (doc), &options, cancellable, error);
  dra_article_builder_end_block (builder);
  dra_html_document_free (doc);

  return done;
}

/**
 * dra_xml_news_date:
 * @text: (nullable): a date as news formats and feeds write it
 *
 * Returns: (transfer full) (nullable): ISO 8601, or @text when it cannot be read
 */
char *
dra_xml_news_date (const char *text)
{
  char *date;

  if (text == NULL)
    return NULL;
  date = dra_text_date_parse (text, strlen (text));
  if (date == NULL)
    date = dra_html_date_find (text, FALSE);

  return date != NULL ? date : g_strdup (text);
}

/**
 * dra_xml_news_byline:
 * @text: (nullable): a byline
 *
 * Returns: (transfer full) (nullable): it without a "By" and without an address for mail
 */
char *
dra_xml_news_byline (const char *text)
{
  g_autofree char *byline = NULL;
  const char *open;

  if (text == NULL)
    return NULL;
  if (g_ascii_strncasecmp (text, "by ", 3) == 0)
    text += 3;
  byline = g_strstrip (g_strdup (text));
  /* RSS: "anna@quay.example (Anna Berg)", mail: "Anna Berg <anna@quay.example>" */
  open = strchr (byline, '(');
  if (strchr (byline, '@') != NULL && open != NULL && g_str_has_suffix (byline, ")"))
    return g_strndup (open + 1, strlen (open + 1) - 1);
  if (strchr (byline, '@') != NULL && (open = strchr (byline, '<')) != NULL && open > byline)
    return g_strchomp (g_strndup (byline, open - byline));

  return g_steal_pointer (&byline);
}

static char *
find_headline (const xmlNode *nitf)
{
  const xmlNode *head = dra_xml_path (nitf, "body/body.head");
  char *title = dra_xml_text (dra_xml_path (head, "hedline/hl1"));

  if (title == NULL)
    title = dra_xml_text (dra_xml_child (head, "hedline"));
  if (title == NULL)
    title = dra_xml_text (dra_xml_path (nitf, "head/title"));

  return title;
}

static char *
find_byline (const xmlNode *head)
{
  const xmlNode *byline = dra_xml_child (head, "byline");
  g_autofree char *person = dra_xml_text (dra_xml_child (byline, "person"));
  g_autofree char *own = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (person != NULL)
    return dra_xml_news_byline (person);
  /* Without the title ("Associated Press Writer") behind the name. */
  for (const xmlNode *child = byline != NULL ? byline->children : NULL; child != NULL; child = child->next)
    if (child->type == XML_TEXT_NODE && child->content != NULL)
      g_string_append (text, (const char *) child->content);
  g_strstrip (text->str);
  own = *text->str != '\0' ? g_strdup (text->str) : dra_xml_text (byline);

  return dra_xml_news_byline (own);
}

static void
set_metadata (DraArticleBuilder *builder,
              const xmlNode     *nitf)
{
  const xmlNode *data = dra_xml_path (nitf, "head/docdata");
  const xmlNode *issued = dra_xml_child (data, "date.issue");
  const xmlNode *head = dra_xml_path (nitf, "body/body.head");
  g_autofree char *title = find_headline (nitf);
  g_autofree char *byline = find_byline (head);
  g_autofree char *site = dra_xml_text (dra_xml_path (head, "distributor/org"));
  g_autofree char *date = NULL;
  const char *norm = dra_xml_attribute (issued, "norm");

  if (norm == NULL)
    norm = dra_xml_attribute (dra_xml_child (data, "date.release"), "norm");
  if (norm == NULL)
    norm = dra_xml_attribute (dra_xml_path (head, "dateline/story.date"), "norm");
  if (norm == NULL)
    norm = dra_xml_attribute (dra_xml_path (nitf, "head/pubdata"), "date.publication");
  date = dra_xml_news_date (norm);
  if (site == NULL)
    site = dra_xml_text (dra_xml_child (head, "distributor"));
  dra_article_builder_set_metadata (builder, DRA_METADATA_TITLE, title);
  dra_article_builder_set_metadata (builder, DRA_METADATA_BYLINE, byline);
  dra_article_builder_set_metadata (builder, DRA_METADATA_PUBLISHED, date);
  dra_article_builder_set_metadata (builder, DRA_METADATA_SITE, site);
  dra_article_builder_set_metadata (builder, DRA_METADATA_LANGUAGE, dra_xml_attribute (nitf, "lang"));
}

/**
 * dra_xml_news_write_nitf:
 * @builder: where to
 * @nitf: a "nitf" element
 * @title: whether to write its headline
 * @cancellable: (nullable): a cancellable
 * @error: return location for %G_IO_ERROR_CANCELLED
 *
 * Writes what there is to read in a NITF article.
 *
 * Returns: %FALSE when it was cancelled
 */
gboolean
dra_xml_news_write_nitf (DraArticleBuilder  *builder,
                         const xmlNode      *nitf,
                         gboolean            title,
                         GCancellable       *cancellable,
                         GError            **error)
{
  static const char *const notes[] = { "fn", NULL };
  static const char *const parts[] = { "body.head", "body.content", "body.end" };
  DraXmlMap map = { .rules = rules, .link = find_link, .image = find_image, .level = 2 };
  const xmlNode *body = dra_xml_child (nitf, "body");
  gboolean done = TRUE;

  map.labels = dra_xml_number_notes (nitf, notes);
  if (title)
    {
      g_autofree char *headline = find_headline (nitf);
      g_autofree char *second = dra_xml_text (dra_xml_path (body, "body.head/hedline/hl2"));

      dra_xml_news_write_block (builder, DRA_BLOCK_TITLE, 0, headline);
      if (g_strcmp0 (second, headline) != 0)
        dra_xml_news_write_block (builder, DRA_BLOCK_HEADING, 2, second);
    }
  for (guint i = 0; i < G_N_ELEMENTS (parts) && done; i++)
    {
      const xmlNode *part = dra_xml_child (body, parts[i]);

      if (part != NULL)
        done = dra_xml_write (builder, part, &map, cancellable, error);
    }
  g_hash_table_unref (map.labels);

  return done;
}

/**
 * dra_nitf_read:
 * @bytes: a file
 * @name: its display name, for messages
 * @cancellable: (nullable): a cancellable
 * @error: return location for %DRA_ERROR and %G_IO_ERROR_CANCELLED
 *
 * Reads a NITF article.
 *
 * Returns: (transfer full) (nullable): the article
 */
DraReading *
dra_nitf_read (GBytes        *bytes,
               const char    *name,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  xmlDoc *doc = dra_xml_tree_parse (bytes, name, cancellable, error);
  DraArticle *article = NULL;
  const xmlNode *nitf;

  if (doc == NULL)
    return NULL;
  nitf = dra_xml_find (xmlDocGetRootElement (doc), "nitf");
  if (nitf == NULL)
    nitf = xmlDocGetRootElement (doc);
  dra_article_builder_set_metadata (builder, DRA_METADATA_SOURCE_TYPE, "application/nitf+xml");
  set_metadata (builder, nitf);
  if (dra_xml_news_write_nitf (builder, nitf, TRUE, cancellable, error))
    article = dra_xml_finish (builder, name, error);
  xmlFreeDoc (doc);

  return article != NULL ? dra_reading_new (article, NULL, NULL) : NULL;
}
