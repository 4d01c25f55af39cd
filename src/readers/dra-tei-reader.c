/* dra-tei-reader.c: TEI documents.
 *
 * The header gives the metadata, the text its blocks; of what editors put in (apparatus,
 * stand-off markup, page numbers) nothing is shown.  Notes in the text become footnotes.
 *
 * Follows TEI P5, with the old names of P4.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-tei-reader.h"

#include <string.h>

#include "readers/dra-xml-tree.h"

static const DraXmlRule rules[] = {
  { "div", DRA_XML_SECTION }, { "div1", DRA_XML_SECTION }, { "div2", DRA_XML_SECTION }, { "div3", DRA_XML_SECTION },
  { "div4", DRA_XML_SECTION }, { "div5", DRA_XML_SECTION }, { "div6", DRA_XML_SECTION }, { "div7", DRA_XML_SECTION },
  { "head", DRA_XML_HEADING }, { "docTitle", DRA_XML_HEADING, 1 }, { "byline", DRA_XML_BYLINE }, { "docAuthor", DRA_XML_THROUGH },
  { "docDate", DRA_XML_PARAGRAPH }, { "docImprint", DRA_XML_PARAGRAPH }, { "opener", DRA_XML_GROUP }, { "closer", DRA_XML_GROUP },
  { "dateline", DRA_XML_PARAGRAPH }, { "salute", DRA_XML_PARAGRAPH }, { "signed", DRA_XML_PARAGRAPH }, { "trailer", DRA_XML_PARAGRAPH },
  { "argument", DRA_XML_GROUP }, { "epigraph", DRA_XML_QUOTATION }, { "p", DRA_XML_PARAGRAPH }, { "ab", DRA_XML_PARAGRAPH },
  { "sp", DRA_XML_GROUP }, { "speaker", DRA_XML_PARAGRAPH }, { "stage", DRA_XML_PARAGRAPH },
  { "lg", DRA_XML_LINES }, { "l", DRA_XML_LINE }, { "eg", DRA_XML_LINES }, { "egXML", DRA_XML_LINES },
  { "address", DRA_XML_PARAGRAPH }, { "addrLine", DRA_XML_LINE },
  { "list", DRA_XML_LIST }, { "item", DRA_XML_ITEM }, { "listBibl", DRA_XML_LIST }, { "biblStruct", DRA_XML_ITEM },
  { "floatingText", DRA_XML_GROUP }, { "figure", DRA_XML_GROUP }, { "figDesc", DRA_XML_SKIP }, { "graphic", DRA_XML_IMAGE },
  { "table", DRA_XML_TABLE }, { "row", DRA_XML_ROW }, { "cell", DRA_XML_CELL },
  { "lb", DRA_XML_BREAK }, { "milestone", DRA_XML_SKIP }, { "pb", DRA_XML_SKIP }, { "cb", DRA_XML_SKIP }, { "fw", DRA_XML_SKIP },
  { "note", DRA_XML_NOTE }, { "ref", DRA_XML_LINK }, { "ptr", DRA_XML_LINK },
  { "emph", DRA_XML_STYLE, DRA_STYLE_EMPHASIS }, { "foreign", DRA_XML_STYLE, DRA_STYLE_EMPHASIS },
  { "code", DRA_XML_STYLE, DRA_STYLE_CODE }, { "del", DRA_XML_SKIP }, { "sic", DRA_XML_THROUGH }, { "corr", DRA_XML_SKIP },
  { "orig", DRA_XML_THROUGH }, { "reg", DRA_XML_SKIP }, { "expan", DRA_XML_SKIP }, { "app", DRA_XML_THROUGH }, { "rdg", DRA_XML_SKIP },
  { "teiHeader", DRA_XML_SKIP }, { "standOff", DRA_XML_SKIP }, { "facsimile", DRA_XML_SKIP }, { "index", DRA_XML_SKIP },
  { "interp", DRA_XML_SKIP }, { "interpGrp", DRA_XML_SKIP }, { "spanGrp", DRA_XML_SKIP },
  { NULL },
};

typedef struct
{
  GHashTable *labels;
  GPtrArray  *notes;  /* taken out of the text, written behind it; of xmlNode */
} Tei;

/* What "rend" or "rendition" asks for. */
static DraXmlAction
choose_rendition (const xmlNode *node,
                  guint         *value)
{
  static const struct { const char *word; DraStyleKind kind; } words[] = {
    { "bold", DRA_STYLE_STRONG }, { "italic", DRA_STYLE_EMPHASIS }, { "underline", DRA_STYLE_UNDERLINE },
    { "superscript", DRA_STYLE_SUPERSCRIPT }, { "subscript", DRA_STYLE_SUBSCRIPT }, { "sup", DRA_STYLE_SUPERSCRIPT },
    { "sub", DRA_STYLE_SUBSCRIPT }, { "strike", DRA_STYLE_STRIKETHROUGH }, { "i", DRA_STYLE_EMPHASIS }, { "b", DRA_STYLE_STRONG },
  };
  const char *rend = dra_xml_attribute (node, "rend");

  if (rend == NULL)
    rend = dra_xml_attribute (node, "rendition");
  *value = DRA_STYLE_EMPHASIS;
  for (guint i = 0; rend != NULL && i < G_N_ELEMENTS (words); i++)
    if (strcmp (rend, words[i].word) == 0 || (strlen (words[i].word) > 2 && strstr (rend, words[i].word) != NULL))
      {
        *value = words[i].kind;
        break;
      }

  return DRA_XML_STYLE;
}

static gboolean
holds_blocks (const xmlNode *node)
{
  static const char *const blocks[] = { "p", "lg", "list", "ab", "l", "quote", "table", NULL };

  for (const xmlNode *child = node->children; child != NULL; child = child->next)
    if (child->type == XML_ELEMENT_NODE && g_strv_contains (blocks, (const char *) child->name))
      return TRUE;

  return FALSE;
}

static DraXmlAction
choose (const xmlNode *node,
        guint         *value,
        gpointer       user_data G_GNUC_UNUSED)
{
  if (dra_xml_is (node, "hi"))
    return choose_rendition (node, value);
  if (dra_xml_is (node, "list"))
    {
      const char *type = dra_xml_attribute (node, "type");
      const char *rend = dra_xml_attribute (node, "rend");

      *value = g_strcmp0 (type, "ordered") == 0 || (rend != NULL && strstr (rend, "number") != NULL);
      return DRA_XML_LIST;
    }
  if (dra_xml_is (node, "quote") || dra_xml_is (node, "cit"))
    return holds_blocks (node) || (node->parent != NULL && holds_blocks (node->parent)) || dra_xml_is (node->parent, "div")
             ? DRA_XML_QUOTATION : DRA_XML_THROUGH;
  if (dra_xml_is (node, "cell") && g_strcmp0 (dra_xml_attribute (node, "role"), "label") == 0)
    {
      *value = 1;
      return DRA_XML_CELL;
    }
  if (dra_xml_is (node, "cell") && g_strcmp0 (dra_xml_attribute (node->parent, "role"), "label") == 0)
    {
      *value = 1;
      return DRA_XML_CELL;
    }
  if (dra_xml_is (node, "head") && (dra_xml_is (node->parent, "figure") || dra_xml_is (node->parent, "table")))
    return DRA_XML_CAPTION;
  if (dra_xml_is (node, "bibl") && dra_xml_is (node->parent, "listBibl"))
    return DRA_XML_ITEM;
  if (dra_xml_is (node, "formula") && g_strcmp0 (dra_xml_attribute (node, "notation"), "TeX") == 0)
    {
      *value = DRA_STYLE_CODE;
      return DRA_XML_STYLE;
    }

  return 0;
}

static char *
find_link (const xmlNode *node,
           gpointer       user_data)
{
  Tei *self = user_data;
  const char *target = dra_xml_attribute (node, "target");

  if (target == NULL)
    return NULL;
  if (target[0] == '#')
    {
      const char *label = g_hash_table_lookup (self->labels, target + 1);

      return label != NULL ? g_strconcat ("#fn:", label, NULL) : NULL;
    }
  if (g_str_has_prefix (target, "http://") || g_str_has_prefix (target, "https://") || g_str_has_prefix (target, "mailto:"))
    return g_strdup (target);

  return NULL;
}

static gboolean
find_image (const xmlNode  *node,
            char          **source,
            char          **alternative,
            gpointer        user_data G_GNUC_UNUSED)
{
  const char *url = dra_xml_attribute (node, "url");

  *alternative = dra_xml_text (dra_xml_child (node->parent, "figDesc"));
  *source = url != NULL && strstr (url, "://") == NULL ? g_strdup (url) : NULL;

  return *source != NULL || *alternative != NULL;
}

/* Notes are taken out of the text: a reference to each is left in its place. */
static void
take_notes (Tei           *self,
            xmlDoc        *doc,
            const xmlNode *text)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  guint n = 0;

  for (const xmlNode *node = text; node != NULL; node = dra_xml_next (node, text, !dra_xml_is (node, "note")))
    if (dra_xml_is (node, "note"))
      g_ptr_array_add (found, (gpointer) node);
  for (guint i = 0; i < found->len; i++)
    {
      xmlNode *note = found->pdata[i];
      const char *id = dra_xml_attribute (note, "id");
      g_autofree char *made = NULL;
      g_autofree char *label = g_strdup_printf ("%u", ++n);
      xmlNode *reference;

      /* Where notes stand together they are only pointed to. */
      if (dra_xml_is (note->parent, "div") || dra_xml_is (note->parent, "back") || dra_xml_is (note->parent, "body")
          || dra_xml_is (note->parent, "noteGrp"))
        {
          if (id != NULL)
            g_hash_table_insert (self->labels, g_strdup (id), g_strdup (label));
          continue;
        }
      if (id == NULL)
        {
          made = g_strdup_printf ("dra-note-%u", n);
          xmlSetProp (note, (const xmlChar *) "id", (const xmlChar *) made);
          id = made;
        }
      g_hash_table_insert (self->labels, g_strdup (id), g_strdup (label));
      reference = xmlNewDocNode (doc, NULL, (const xmlChar *) "ref", NULL);
      if (reference != NULL)
        {
          g_autofree char *target = g_strconcat ("#", id, NULL);

          xmlSetProp (reference, (const xmlChar *) "target", (const xmlChar *) target);
          xmlNodeAddContent (reference, (const xmlChar *) label);
          xmlReplaceNode (note, reference);
        }
      else
        xmlUnlinkNode (note);
      g_ptr_array_add (self->notes, note);
    }
}

static char *
join_texts (const xmlNode *parent,
            const char    *name)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (const xmlNode *child = parent != NULL ? parent->children : NULL; child != NULL; child = child->next)
    if (dra_xml_is (child, name))
      {
        char *text = dra_xml_text (child);

        if (text != NULL)
          g_ptr_array_add (texts, text);
      }
  if (texts->len == 0)
    return NULL;
  g_ptr_array_add (texts, NULL);

  return g_strjoinv (", ", (char **) texts->pdata);
}

static void
set_metadata (DraArticleBuilder *builder,
              const xmlNode     *root)
{
  const xmlNode *file = dra_xml_path (root, "teiHeader/fileDesc");
  const xmlNode *statement = dra_xml_child (file, "titleStmt");
  const xmlNode *publication = dra_xml_child (file, "publicationStmt");
  const xmlNode *date = dra_xml_find (publication, "date");
  const xmlNode *text = dra_xml_child (root, "text");
  g_autofree char *title = dra_xml_text (dra_xml_child (statement, "title"));
  g_autofree char *byline = join_texts (statement, "author");
  g_autofree char *site = dra_xml_text (dra_xml_child (publication, "publisher"));
  g_autofree char *written = dra_xml_text (date);
  const char *when = dra_xml_attribute (date, "when");
  const char *language = dra_xml_attribute (text, "lang");

  if (language == NULL)
    language = dra_xml_attribute (root, "lang");
  if (language == NULL)
    language = dra_xml_attribute (dra_xml_find (dra_xml_child (root, "teiHeader"), "language"), "ident");
  dra_article_builder_set_metadata (builder, DRA_METADATA_TITLE, title);
  dra_article_builder_set_metadata (builder, DRA_METADATA_BYLINE, byline);
  dra_article_builder_set_metadata (builder, DRA_METADATA_SITE, site);
  dra_article_builder_set_metadata (builder, DRA_METADATA_PUBLISHED, when != NULL ? when : written);
  dra_article_builder_set_metadata (builder, DRA_METADATA_LANGUAGE, language);
  dra_article_builder_set_metadata (builder, DRA_METADATA_SOURCE_TYPE, "application/tei+xml");
  /* A title page or a first heading that says the same is the title in the text. */
  if (title != NULL && dra_xml_find (text, "titlePage") == NULL)
    {
      const xmlNode *head = dra_xml_find (dra_xml_child (text, "body"), "head");
      g_autofree char *first = dra_xml_text (head);

      if (g_strcmp0 (first, title) == 0)
        {
          xmlUnlinkNode ((xmlNode *) head);
          xmlFreeNode ((xmlNode *) head);
        }
      dra_article_builder_begin_block (builder, DRA_BLOCK_TITLE, 0, NULL);
      dra_article_builder_add_text (builder, title, -1);
      dra_article_builder_end_block (builder);
    }
}

static gboolean
write_notes (Tei                *self,
             DraArticleBuilder  *builder,
             DraXmlMap          *map,
             xmlDoc             *doc,
             GCancellable       *cancellable,
             GError            **error)
{
  g_autoptr (GPtrArray) notes = g_steal_pointer (&self->notes);
  xmlNode *holder = xmlNewDocNode (doc, NULL, (const xmlChar *) "div", NULL);
  gboolean done;

  for (guint i = 0; i < notes->len; i++)
    xmlAddChild (holder, notes->pdata[i]);
  done = dra_xml_write (builder, holder, map, cancellable, error);
  xmlFreeNode (holder);

  return done;
}

/**
 * dra_tei_read:
 * @bytes: a file
 * @name: its display name, for messages
 * @cancellable: (nullable): a cancellable
 * @error: return location for %DRA_ERROR and %G_IO_ERROR_CANCELLED
 *
 * Reads a TEI document; of a corpus its first.
 *
 * Returns: (transfer full) (nullable): the article
 */
DraReading *
dra_tei_read (GBytes        *bytes,
              const char    *name,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  xmlDoc *doc = dra_xml_tree_parse (bytes, name, cancellable, error);
  Tei self = { 0 };
  DraXmlMap map = { .rules = rules, .choose = choose, .link = find_link, .image = find_image, .user_data = &self };
  DraArticle *article = NULL;
  const xmlNode *root, *text;
  gboolean done;

  if (doc == NULL)
    return NULL;
  root = dra_xml_find (xmlDocGetRootElement (doc), "TEI");
  if (root == NULL)
    root = xmlDocGetRootElement (doc);
  text = dra_xml_child (root, "text");
  self.labels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self.notes = g_ptr_array_new ();
  map.labels = self.labels;
  set_metadata (builder, root);
  if (text == NULL)
    text = root;
  take_notes (&self, doc, text);
  done = dra_xml_write (builder, text, &map, cancellable, error);
  done = write_notes (&self, builder, &map, doc, done ? cancellable : NULL, done ? error : NULL) && done;
  if (done)
    article = dra_xml_finish (builder, name, error);
  g_hash_table_unref (self.labels);
  xmlFreeDoc (doc);

  return article != NULL ? dra_reading_new (article, NULL, NULL) : NULL;
}
