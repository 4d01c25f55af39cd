/* dra-jats-reader.c: JATS and NLM journal articles.
 *
 * Title, authors and abstract from the front matter, then body and back matter; footnotes
 * and the list of references are notes that the links in the text lead to.  Formulas are
 * shown by their text.
 *
 * Follows ANSI/NISO Z39.96-2021 (JATS 1.3).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-jats-reader.h"

#include <string.h>

#include "readers/dra-xml-tree.h"

static const DraXmlRule rules[] = {
  { "sec", DRA_XML_SECTION }, { "app", DRA_XML_SECTION }, { "ack", DRA_XML_SECTION }, { "notes", DRA_XML_SECTION },
  { "ref-list", DRA_XML_SECTION }, { "fn-group", DRA_XML_SECTION }, { "glossary", DRA_XML_SECTION },
  { "abstract", DRA_XML_SECTION }, { "trans-abstract", DRA_XML_SECTION }, { "bio", DRA_XML_SECTION },
  { "boxed-text", DRA_XML_SECTION }, { "sub-article", DRA_XML_SECTION }, { "response", DRA_XML_SECTION },
  { "title", DRA_XML_HEADING }, { "article-title", DRA_XML_THROUGH },
  { "p", DRA_XML_PARAGRAPH }, { "disp-quote", DRA_XML_QUOTATION }, { "attrib", DRA_XML_PARAGRAPH },
  { "list", DRA_XML_LIST }, { "list-item", DRA_XML_ITEM }, { "def-list", DRA_XML_LIST }, { "def-item", DRA_XML_ITEM },
  { "def", DRA_XML_PARAGRAPH }, { "speech", DRA_XML_PARAGRAPH }, { "statement", DRA_XML_GROUP },
  { "verse-group", DRA_XML_LINES }, { "verse-line", DRA_XML_LINE }, { "preformat", DRA_XML_LINES }, { "code", DRA_XML_LINES },
  { "fig", DRA_XML_GROUP }, { "table-wrap", DRA_XML_GROUP }, { "caption", DRA_XML_CAPTION }, { "table-wrap-foot", DRA_XML_CAPTION },
  { "media", DRA_XML_GROUP }, { "supplementary-material", DRA_XML_GROUP }, { "disp-formula", DRA_XML_GROUP },
  { "table", DRA_XML_TABLE }, { "tr", DRA_XML_ROW }, { "td", DRA_XML_CELL }, { "th", DRA_XML_CELL, 1 },
  { "fn", DRA_XML_NOTE }, { "ref", DRA_XML_NOTE }, { "corresp", DRA_XML_NOTE },
  { "graphic", DRA_XML_IMAGE }, { "inline-graphic", DRA_XML_IMAGE }, { "alt-text", DRA_XML_SKIP }, { "long-desc", DRA_XML_SKIP },
  { "break", DRA_XML_BREAK }, { "hr", DRA_XML_RULE },
  { "italic", DRA_XML_STYLE, DRA_STYLE_EMPHASIS }, { "bold", DRA_XML_STYLE, DRA_STYLE_STRONG },
  { "sup", DRA_XML_STYLE, DRA_STYLE_SUPERSCRIPT }, { "sub", DRA_XML_STYLE, DRA_STYLE_SUBSCRIPT },
  { "underline", DRA_XML_STYLE, DRA_STYLE_UNDERLINE }, { "strike", DRA_XML_STYLE, DRA_STYLE_STRIKETHROUGH },
  { "monospace", DRA_XML_STYLE, DRA_STYLE_CODE },
  { "xref", DRA_XML_LINK }, { "ext-link", DRA_XML_LINK }, { "uri", DRA_XML_LINK }, { "email", DRA_XML_THROUGH },
  { "tex-math", DRA_XML_SKIP }, { "annotation", DRA_XML_SKIP }, { "object-id", DRA_XML_SKIP }, { "pub-id", DRA_XML_SKIP },
  { "front-stub", DRA_XML_SKIP }, { "processing-meta", DRA_XML_SKIP }, { "label", DRA_XML_SKIP },
  { NULL },
};

typedef struct
{
  GHashTable *labels;
} Jats;

static DraXmlAction
choose (const xmlNode *node,
        guint         *value,
        gpointer       user_data G_GNUC_UNUSED)
{
  if (dra_xml_is (node, "list") && g_strcmp0 (dra_xml_attribute (node, "list-type"), "order") == 0)
    {
      *value = 1;
      return DRA_XML_LIST;
    }
  /* The titles of figures and tables are no headings. */
  if (dra_xml_is (node, "title") && dra_xml_is (node->parent, "caption"))
    return DRA_XML_PARAGRAPH;
  if (dra_xml_is (node, "label") && (dra_xml_is (node->parent, "fig") || dra_xml_is (node->parent, "table-wrap")))
    return DRA_XML_CAPTION;
  if (dra_xml_is (node, "fn") && dra_xml_attribute (node, "id") == NULL)
    return DRA_XML_GROUP;

  return 0;
}

static char *
find_link (const xmlNode *node,
           gpointer       user_data)
{
  Jats *self = user_data;
  const char *href = dra_xml_attribute (node, "href");
  const char *rid = dra_xml_attribute (node, "rid");

  if (rid != NULL)
    {
      g_autofree char *first = g_strndup (rid, strcspn (rid, " "));
      const char *label = g_hash_table_lookup (self->labels, first);

      return label != NULL ? g_strconcat ("#fn:", label, NULL) : NULL;
    }
  if (href != NULL && (g_str_has_prefix (href, "http://") || g_str_has_prefix (href, "https://")))
    return g_strdup (href);

  return NULL;
}

static gboolean
find_image (const xmlNode  *node,
            char          **source,
            char          **alternative,
            gpointer        user_data G_GNUC_UNUSED)
{
  const char *href = dra_xml_attribute (node, "href");

  *alternative = dra_xml_text (dra_xml_child (node, "alt-text"));
  if (*alternative == NULL)
    *alternative = dra_xml_text (dra_xml_child (node->parent, "alt-text"));
  *source = href != NULL && strstr (href, "://") == NULL ? g_strdup (href) : NULL;

  return *source != NULL || *alternative != NULL;
}

static char *
dup_author (const xmlNode *contributor)
{
  xmlNode *name = dra_xml_child (contributor, "name");
  g_autofree char *given = NULL;
  g_autofree char *family = NULL;
  g_autofree char *suffix = NULL;

  if (name == NULL)
    name = dra_xml_path (contributor, "name-alternatives/name");
  if (name == NULL)
    name = dra_xml_child (contributor, "string-name");
  if (name == NULL)
    return dra_xml_text (dra_xml_child (contributor, "collab"));
  given = dra_xml_text (dra_xml_child (name, "given-names"));
  family = dra_xml_text (dra_xml_child (name, "surname"));
  suffix = dra_xml_text (dra_xml_child (name, "suffix"));
  if (family == NULL)
    return given != NULL ? g_steal_pointer (&given) : dra_xml_text (name);

  return g_strconcat (given != NULL ? given : "", given != NULL ? " " : "", family,
                      suffix != NULL ? " " : "", suffix != NULL ? suffix : "", NULL);
}

static char *
find_byline (const xmlNode *meta)
{
  g_autoptr (GPtrArray) authors = g_ptr_array_new_with_free_func (g_free);

  for (const xmlNode *group = meta->children; group != NULL; group = group->next)
    if (dra_xml_is (group, "contrib-group"))
      for (const xmlNode *one = group->children; one != NULL; one = one->next)
        {
          const char *type = dra_xml_attribute (one, "contrib-type");

          if (dra_xml_is (one, "contrib") && (type == NULL || strcmp (type, "author") == 0))
            {
              char *author = dup_author (one);

              if (author != NULL)
                g_ptr_array_add (authors, author);
            }
        }
  if (authors->len == 0)
    return NULL;
  g_ptr_array_add (authors, NULL);

  return g_strjoinv (", ", (char **) authors->pdata);
}

static int
get_number (const xmlNode *node,
            const char    *name)
{
  g_autofree char *text = dra_xml_text (dra_xml_child (node, name));

  return text != NULL ? (int) g_ascii_strtoll (text, NULL, 10) : 0;
}

/* The date of electronic publication, or else the first of publication. */
static char *
find_date (const xmlNode *meta)
{
  const xmlNode *best = NULL;
  int year, month, day;

  for (const xmlNode *date = meta->children; date != NULL; date = date->next)
    {
      const char *type;

      if (!dra_xml_is (date, "pub-date"))
        continue;
      type = dra_xml_attribute (date, "pub-type");
      if (type == NULL)
        type = dra_xml_attribute (date, "date-type");
      if (best == NULL || (type != NULL && (strcmp (type, "epub") == 0 || strcmp (type, "pub") == 0)
                           && dra_xml_child (date, "day") != NULL))
        best = date;
    }
  if (best == NULL)
    return NULL;
  year = get_number (best, "year");
  month = get_number (best, "month");
  day = get_number (best, "day");
  if (year < 1000 || year > 9999)
    return NULL;
  if (month < 1 || month > 12)
    return g_strdup_printf ("%04d", year);
  if (!g_date_valid_dmy ((GDateDay) CLAMP (day, 0, 31), (GDateMonth) month, (GDateYear) year))
    return g_strdup_printf ("%04d-%02d", year, month);

  return g_strdup_printf ("%04d-%02d-%02d", year, month, day);
}

static void
set_metadata (DraArticleBuilder *builder,
              const xmlNode     *article,
              const xmlNode     *meta)
{
  g_autofree char *title = dra_xml_text (dra_xml_path (meta, "title-group/article-title"));
  g_autofree char *subtitle = dra_xml_text (dra_xml_path (meta, "title-group/subtitle"));
  g_autofree char *byline = find_byline (meta);
  g_autofree char *date = find_date (meta);
  g_autofree char *site = dra_xml_text (dra_xml_find (dra_xml_path (article, "front/journal-meta"), "journal-title"));

  if (title != NULL && subtitle != NULL)
    {
      char *both = g_strconcat (title, g_str_has_suffix (title, ":") || g_str_has_suffix (title, "?") ? " " : ": ", subtitle, NULL);

      g_free (title);
      title = both;
    }
  dra_article_builder_set_metadata (builder, DRA_METADATA_TITLE, title);
  dra_article_builder_set_metadata (builder, DRA_METADATA_BYLINE, byline);
  dra_article_builder_set_metadata (builder, DRA_METADATA_PUBLISHED, date);
  dra_article_builder_set_metadata (builder, DRA_METADATA_SITE, site);
  dra_article_builder_set_metadata (builder, DRA_METADATA_LANGUAGE, dra_xml_attribute (article, "lang"));
  for (const xmlNode *id = meta->children; id != NULL; id = id->next)
    if (dra_xml_is (id, "article-id") && g_strcmp0 (dra_xml_attribute (id, "pub-id-type"), "doi") == 0)
      {
        g_autofree char *doi = dra_xml_text (id);
        g_autofree char *address = doi != NULL ? g_strconcat ("https://doi.org/", doi, NULL) : NULL;

        dra_article_builder_set_metadata (builder, DRA_METADATA_ORIGIN_URI, address);
      }
  if (title != NULL)
    {
      dra_article_builder_begin_block (builder, DRA_BLOCK_TITLE, 0, NULL);
      dra_article_builder_add_text (builder, title, -1);
    }
  if (byline != NULL)
    {
      dra_article_builder_begin_block (builder, DRA_BLOCK_BYLINE, 0, NULL);
      dra_article_builder_add_text (builder, byline, -1);
    }
  dra_article_builder_end_block (builder);
}

/**
 * dra_jats_read:
 * @bytes: a file
 * @name: its display name, for messages
 * @cancellable: (nullable): a cancellable
 * @error: return location for %DRA_ERROR and %G_IO_ERROR_CANCELLED
 *
 * Reads a JATS or NLM journal article.
 *
 * Returns: (transfer full) (nullable): the article
 */
DraReading *
dra_jats_read (GBytes        *bytes,
               const char    *name,
               GCancellable  *cancellable,
               GError       **error)
{
  static const char *const notes[] = { "fn", "ref", "corresp", NULL };
  static const char *const parts[] = { "body", "back", "floats-group", "sub-article", "response", NULL };
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  xmlDoc *doc = dra_xml_tree_parse (bytes, name, cancellable, error);
  Jats self = { 0 };
  DraXmlMap map = { .rules = rules, .choose = choose, .link = find_link, .image = find_image, .user_data = &self };
  DraArticle *article = NULL;
  const xmlNode *root, *meta;
  gboolean done = TRUE;

  if (doc == NULL)
    return NULL;
  root = dra_xml_find (xmlDocGetRootElement (doc), "article");
  if (root == NULL)
    root = xmlDocGetRootElement (doc);
  map.labels = self.labels = dra_xml_number_notes (root, notes);
  meta = dra_xml_path (root, "front/article-meta");
  dra_article_builder_set_metadata (builder, DRA_METADATA_SOURCE_TYPE, "application/jats+xml");
  if (meta != NULL)
    {
      set_metadata (builder, root, meta);
      for (const xmlNode *part = meta->children; part != NULL && done; part = part->next)
        if (dra_xml_is (part, "abstract"))
          {
            if (dra_xml_child (part, "title") == NULL)
              {
                dra_article_builder_begin_block (builder, DRA_BLOCK_HEADING, 1, NULL);
                dra_article_builder_add_text (builder, "Abstract", -1);
                dra_article_builder_end_block (builder);
              }
            map.level = 1;
            done = dra_xml_write (builder, part, &map, cancellable, error);
            map.level = 0;
          }
    }
  for (const xmlNode *part = root->children; part != NULL && done; part = part->next)
    if (part->type == XML_ELEMENT_NODE && (meta == NULL || g_strv_contains (parts, (const char *) part->name)))
      done = dra_xml_write (builder, part, &map, cancellable, error);
  if (done)
    article = dra_xml_finish (builder, name, error);
  g_hash_table_unref (self.labels);
  xmlFreeDoc (doc);

  return article != NULL ? dra_reading_new (article, NULL, NULL) : NULL;
}
