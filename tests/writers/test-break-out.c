/* test-break-out.c: nothing an article, a name or a note says becomes part of the format.
 *
 * Articles are made twice from one seed: once of pieces that mean something in some format,
 * once of plain words in the same places.  What a parser that is not ours makes of the two
 * copies must have the same structure.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <json-glib/json-glib.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#ifdef HAVE_POPPLER
#include <poppler.h>
#endif
#include <string.h>

#include "article/dra-article-builder.h"
#include "dra-test.h"
#include "writer-fixtures.h"
#include "writers/dra-writer.h"

#define N_SEEDS 150

/* Of a note's body the marks of Markdown are its own: they come behind N_PLAIN. */
#define N_PLAIN 35
static const char *const pieces[] = {
  "</p>", "</script>", "<script>alert(1)</script>", "-->", "--!>", "<!--", "]]>", "<![CDATA[", "\"", "'",
  "\\", "&amp;", "&#60;", "&", "=1+1", "@SUM(A1)", "+1", "-1", "\",\"", "<b>", "{}", "\",\"x\":\"", "%s",
  "</TEI>", "</note>", "?>", "<?x", "\\u003c", "\360\235\224\270", "e\314\201", "(endobj", ">>",
  "\033[2J", "\302\233", "\342\200\253x",
  "/*", "*/", "|", "`", "```", "[a](javascript:x)", "![x](y)", "[^1]", "[^1]:", "#", ">", "*", "**b**", "_i_", "~~s~~",
  "---", "1.", "-", "+", "\342\200\256x", "\342\201\246y", "===", "https://x.example/<", "$x$", ":x:", "~~~",
};
G_STATIC_ASSERT (G_N_ELEMENTS (pieces) > N_PLAIN);

typedef struct
{
  GRand     *rand;
  gboolean   hostile;
  guint      n_words;
} Source;

/* One word; the same dice are thrown for both twins. */
static char *
make_word (Source *self,
           guint   n_pieces)
{
  guint first = (guint) g_rand_int_range (self->rand, 0, (gint32) n_pieces);
  guint second = (guint) g_rand_int_range (self->rand, 0, (gint32) n_pieces);
  gboolean two = g_rand_int_range (self->rand, 0, 3) == 0;

  self->n_words++;
  if (!self->hostile)
    return g_strdup_printf ("word%u", self->n_words);
  /* With its number, so that names differ. */
  return g_strdup_printf ("%s%s%u", pieces[first], two ? pieces[second] : "", self->n_words);
}

static char *
make_line (Source *self,
           guint   n_words,
           guint   n_pieces)
{
  GString *line = g_string_new (NULL);

  for (guint i = 0; i < n_words; i++)
    {
      g_autofree char *word = make_word (self, n_pieces);

      g_string_append_printf (line, "%s%s", i > 0 ? " " : "", word);
    }

  return g_string_free (line, FALSE);
}

static void
add_block (Source            *self,
           DraArticleBuilder *builder,
           DraBlockKind       kind,
           guint              level)
{
  static const DraStyleKind styles[] = { DRA_STYLE_STRONG, DRA_STYLE_EMPHASIS, DRA_STYLE_CODE, DRA_STYLE_LINK };
  g_autofree char *label = make_word (self, N_PLAIN);
  g_autofree char *before = make_line (self, 3, G_N_ELEMENTS (pieces));
  g_autofree char *styled = make_line (self, 2, G_N_ELEMENTS (pieces));
  g_autofree char *after = make_line (self, 4, G_N_ELEMENTS (pieces));
  g_autofree char *target = g_strconcat ("https://x.example/", label, NULL);
  DraStyleKind style = styles[g_rand_int_range (self->rand, 0, G_N_ELEMENTS (styles))];

  dra_article_builder_begin_block (builder, kind, level,
                                   kind == DRA_BLOCK_LIST_ITEM ? "•" : kind == DRA_BLOCK_FOOTNOTE ? "7" : NULL);
  dra_article_builder_add_text (builder, before, -1);
  dra_article_builder_add_text (builder, " ", 1);
  if (kind != DRA_BLOCK_PREFORMATTED)
    dra_article_builder_begin_style (builder, style, style == DRA_STYLE_LINK ? target : NULL);
  dra_article_builder_add_text (builder, styled, -1);
  if (kind != DRA_BLOCK_PREFORMATTED)
    dra_article_builder_end_style (builder, style);
  dra_article_builder_add_text (builder, " ", 1);
  dra_article_builder_add_text (builder, after, -1);
  dra_article_builder_end_block (builder);
}

static DraArticle *
make_article (Source *self)
{
  static const DraBlockKind kinds[] = {
    DRA_BLOCK_PARAGRAPH, DRA_BLOCK_HEADING, DRA_BLOCK_QUOTATION, DRA_BLOCK_LIST_ITEM, DRA_BLOCK_PREFORMATTED,
    DRA_BLOCK_PARAGRAPH, DRA_BLOCK_FOOTNOTE,
  };
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  g_autofree char *title = make_line (self, 4, G_N_ELEMENTS (pieces));
  g_autofree char *byline = make_line (self, 2, G_N_ELEMENTS (pieces));
  g_autofree char *site = make_line (self, 2, G_N_ELEMENTS (pieces));

  dra_article_builder_set_metadata (builder, DRA_METADATA_TITLE, title);
  dra_article_builder_set_metadata (builder, DRA_METADATA_BYLINE, byline);
  dra_article_builder_set_metadata (builder, DRA_METADATA_SITE, site);
  add_block (self, builder, DRA_BLOCK_TITLE, 0);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    add_block (self, builder, kinds[i], kinds[i] == DRA_BLOCK_PARAGRAPH || kinds[i] == DRA_BLOCK_PREFORMATTED ? 0 : 1);

  return dra_article_builder_build (builder);
}

/* The range of words of a block, which are parted by one blank. */
static DraRange
find_words (DraArticle *article,
            guint       block,
            guint       first,
            guint       n)
{
  const char *text = dra_article_get_text (article, NULL);
  guint n_blocks;
  DraRange range = dra_article_get_blocks (article, &n_blocks)[block].range;
  gsize start = range.start, end;

  for (; first > 0; first--)
    start += strcspn (text + start, " ") + 1;
  for (end = start; n > 0; n--)
    {
      end += end > start;
      end += strcspn (text + end, " ");
    }
  g_assert_cmpuint (end, <=, range.end);

  return (DraRange){ start, end };
}

static DraCast *
make_cast (DraArticle *article)
{
  g_autoptr (DraCastBuilder) builder = dra_cast_builder_new (article);
  const char *text = dra_article_get_text (article, NULL);

  for (guint i = 0; i < 4; i++)
    {
      DraRange range = find_words (article, i + 1, 1, 1);
      g_autofree char *name = g_strndup (text + range.start, dra_range_length (range));
      guint entity = dra_cast_builder_add_entity (builder, i % 2 == 0 ? DRA_ENTITY_PERSON : DRA_ENTITY_ORGANIZATION,
                                                  name, 0.9f);

      dra_cast_builder_set_role (builder, entity, find_words (article, i + 1, 6, 2));
      dra_cast_builder_add_mention (builder, entity, range, 0.9f);
    }

  return dra_cast_builder_build (builder);
}

static GPtrArray *
make_notes (Source     *self,
            DraArticle *article,
            DraCast    *cast)
{
  GPtrArray *notes = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *uuid = g_strdup_printf ("00000000-0000-4000-8000-00000000000%u", i);
      g_autofree char *body = make_line (self, 3, N_PLAIN);
      g_autofree char *line = make_line (self, 3, N_PLAIN);
      g_autofree char *tag = make_word (self, N_PLAIN);
      g_autofree char *both = g_strconcat ("x", body, "\n\nx", line, NULL);
      const char *tags[] = { tag, NULL };
      DraNote *note = i == 0 ? dra_note_new_for_article (article)
                      : i == 1 ? dra_note_new_for_entity (article, "person", dra_cast_get_entity (cast, 0)->name)
                               : dra_note_new_for_passage (article, find_words (article, i, 5, 2));

      dra_note_set_body (note, i == 2 ? "" : both);
      dra_note_set_tags (note, tags);
      dra_note_set_modified (note, 1000000);
      g_ptr_array_add (notes, note);
    }

  return notes;
}

static GBytes *
write_twin (const char *id,
            guint       seed,
            gboolean    hostile)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  Source source = { rand, hostile, 0 };
  g_autoptr (DraArticle) article = make_article (&source);
  g_autoptr (DraCast) cast = make_cast (article);
  g_autoptr (GPtrArray) notes = make_notes (&source, article, cast);
  g_autoptr (GError) error = NULL;
  GBytes *bytes = dra_writer_find (id)->write (article, cast, notes, NULL, &error);

  g_assert_no_error (error);

  return bytes;
}

/* --- Structures ------------------------------------------------------------------------------ */

static void
describe_json (JsonNode *node,
               GString  *out)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      g_autoptr (GList) members = json_object_get_members (json_node_get_object (node));

      for (GList *member = members; member != NULL; member = member->next)
        {
          g_string_append_printf (out, "%s: ", (char *) member->data);
          describe_json (json_object_get_member (json_node_get_object (node), member->data), out);
        }
      g_string_append (out, "}\n");
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
        describe_json (json_array_get_element (json_node_get_array (node), i), out);
      g_string_append (out, "]\n");
    }
  else
    {
      g_string_append_printf (out, "%s\n", g_type_name (json_node_get_value_type (node)));
    }
}

static char *
describe_jsonld (const char *data,
                 gsize       size)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  GString *out = g_string_new (NULL);

  json_parser_load_from_data (parser, data, (gssize) size, &error);
  g_assert_no_error (error);
  describe_json (json_parser_get_root (parser), out);

  return g_string_free (out, FALSE);
}

/* What an element carries for programs is JSON, and as a browser sees it, not a script. */
static void
describe_data (xmlNode *node,
               GString *out)
{
  xmlChar *type = xmlGetProp (node, BAD_CAST "type");
  gboolean script = xmlStrEqual (node->name, BAD_CAST "script");

  if (script || xmlStrEqual (node->name, BAD_CAST "xenoData"))
    {
      xmlChar *content = xmlNodeGetContent (node);
      g_autofree char *json = NULL;

      g_assert_true (!script || xmlStrEqual (type, BAD_CAST "application/ld+json")
                     || xmlStrEqual (type, BAD_CAST "application/json"));
      json = describe_jsonld ((const char *) content, strlen ((const char *) content));
      g_string_append (out, json);
      xmlFree (content);
    }
  xmlFree (type);
}

static void
describe_element (xmlNode *node,
                  GString *out)
{
  g_string_append_printf (out, "<%s", node->name);
  for (xmlAttr *attribute = node->properties; attribute != NULL; attribute = attribute->next)
    g_string_append_printf (out, " %s", attribute->name);
  g_string_append (out, ">\n");
  describe_data (node, out);
  for (xmlNode *child = node->children; child != NULL; child = child->next)
    {
      if (child->type == XML_ELEMENT_NODE)
        describe_element (child, out);
      else if (child->type != XML_TEXT_NODE && child->type != XML_CDATA_SECTION_NODE)
        g_string_append_printf (out, "node %d\n", child->type);
    }
  g_string_append_printf (out, "</%s>\n", node->name);
}

static char *
describe_xml (const char *data,
              gsize       size)
{
  GString *out = g_string_new (NULL);
  xmlDoc *doc = xmlReadMemory (data, (int) size, NULL, NULL, XML_PARSE_NONET);

  g_assert_nonnull (doc);
  describe_element (xmlDocGetRootElement (doc), out);
  xmlFreeDoc (doc);

  return g_string_free (out, FALSE);
}

/* Elements that our Markdown may have where its own marks would not do. */
static void
check_inline_html (const char *html)
{
  static const char *const elements[] = { "strong", "em", "code", "u", "s", "sup", "sub", "mark", "br", "small" };

  for (guint i = 0; i < G_N_ELEMENTS (elements); i++)
    {
      g_autofree char *start = g_strdup_printf ("<%s>", elements[i]);
      g_autofree char *end = g_strdup_printf ("</%s>", elements[i]);

      if (g_str_equal (html, start) || g_str_equal (html, end))
        return;
    }
  if (!g_str_has_prefix (html, "<a id=\"") && !g_str_equal (html, "</a>"))
    g_error ("%s in the Markdown", html);
}

static char *
describe_markdown (const char *data,
                   gsize       size)
{
  static const char *const extensions[] = { "table", "strikethrough" };
  GString *out = g_string_new (NULL);
  const char *body = data;
  cmark_parser *parser;
  cmark_node *document;
  cmark_iter *iter;
  cmark_event_type event;

  /* The front matter is YAML: as many lines, each of one key, whatever they say. */
  g_assert_true (g_str_has_prefix (data, "---\n"));
  for (body += 4; !g_str_has_prefix (body, "---\n"); body = strchr (body, '\n') + 1)
    g_string_append_printf (out, "%.*s\n", (int) strcspn (body, ":\n"), body);
  body += 4;
  size -= (gsize) (body - data);

  cmark_gfm_core_extensions_ensure_registered ();
  parser = cmark_parser_new (CMARK_OPT_FOOTNOTES);
  for (guint i = 0; i < G_N_ELEMENTS (extensions); i++)
    cmark_parser_attach_syntax_extension (parser, cmark_find_syntax_extension (extensions[i]));
  cmark_parser_feed (parser, body, size);
  document = cmark_parser_finish (parser);
  iter = cmark_iter_new (document);
  while ((event = cmark_iter_next (iter)) != CMARK_EVENT_DONE)
    {
      cmark_node *node = cmark_iter_get_node (iter);

      cmark_node_type type = cmark_node_get_type (node);

      if (type == CMARK_NODE_HTML_INLINE)
        check_inline_html (cmark_node_get_literal (node));
      else if (type != CMARK_NODE_TEXT && type != CMARK_NODE_EMPH && type != CMARK_NODE_STRONG
               && type != CMARK_NODE_CODE)
        g_string_append_printf (out, "%s%s\n", event == CMARK_EVENT_EXIT ? "/" : "", cmark_node_get_type_string (node));
    }
  cmark_iter_free (iter);
  cmark_node_free (document);
  cmark_parser_free (parser);

  return g_string_free (out, FALSE);
}

/* RFC 4180: how many fields each row has, and none that a table program would compute. */
static char *
describe_csv (const char *data,
              gsize       size)
{
  GString *out = g_string_new (NULL);
  gboolean quoted = FALSE, first = TRUE;
  guint n = 1;

  for (gsize i = 0; i < size; i++)
    {
      if (first && data[i] != '"' && data[i] != ',')
        g_assert_null (strchr ("=+-@\t\r", data[i] == '\r' && data[i + 1] == '\n' ? 'x' : data[i]));
      if (first && data[i] == '"' && i + 1 < size && data[i + 1] != '"')
        g_assert_null (strchr ("=+-@\t\r", data[i + 1]));
      first = FALSE;
      if (data[i] == '"')
        quoted = !quoted;
      else if (!quoted && data[i] == ',')
        {
          n++;
          first = TRUE;
        }
      else if (!quoted && data[i] == '\n')
        {
          g_string_append_printf (out, "%u fields\n", n);
          n = 1;
          first = TRUE;
        }
    }
  g_assert_false (quoted);

  return g_string_free (out, FALSE);
}

/* Lines: which are empty, indented or underlined, and of each no control that leaves it. */
static char *
describe_text (const char *data,
               gsize       size)
{
  GString *out = g_string_new (NULL);
  int depth = 0;

  g_assert_true (g_utf8_validate (data, (gssize) size, NULL));
  for (const char *p = data, *line = data; p < data + size; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_assert_true (c == '\n' || c == '\t' || (c >= 0x20 && !(c >= 0x7F && c < 0xA0)));
      depth += ((c >= 0x202A && c <= 0x202E && c != 0x202C) || (c >= 0x2066 && c <= 0x2068))
               - (c == 0x202C || c == 0x2069);
      g_assert_cmpint (depth, >=, 0);
      if (c != '\n')
        continue;
      g_assert_cmpint (depth, ==, 0);
      g_string_append (out, p == line ? "empty\n" : g_str_has_prefix (line, "    ") ? "indented\n" : "line\n");
      line = p + 1;
    }

  return g_string_free (out, FALSE);
}

#ifdef HAVE_POPPLER
static void
describe_outline (PopplerIndexIter *iter,
                  GString          *out)
{
  do
    {
      PopplerIndexIter *child = poppler_index_iter_get_child (iter);
      PopplerAction *action = poppler_index_iter_get_action (iter);

      g_assert_cmpint (action->type, ==, POPPLER_ACTION_GOTO_DEST);
      g_string_append (out, "entry\n");
      if (child != NULL)
        {
          g_string_append (out, "(\n");
          describe_outline (child, out);
          g_string_append (out, ")\n");
        }
      poppler_action_free (action);
      poppler_index_iter_free (child);
    }
  while (poppler_index_iter_next (iter));
}

/* A link that goes over two lines is two, so only what links do is compared. */
static void
check_links (PopplerPage *page)
{
  GList *links = poppler_page_get_link_mapping (page);

  for (GList *link = links; link != NULL; link = link->next)
    {
      PopplerAction *action = ((PopplerLinkMapping *) link->data)->action;

      if (action->type == POPPLER_ACTION_URI)
        g_assert_true (g_str_has_prefix (action->uri.uri, "https://x.example/"));
      else
        g_assert_true (action->type == POPPLER_ACTION_GOTO_DEST || action->type == POPPLER_ACTION_NAMED);
    }
  poppler_page_free_link_mapping (links);
}

/* The outline, which kinds of annotations and fonts there are, and nothing that runs. */
static char *
describe_pdf (const char *data,
              gsize       size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  GString *out = g_string_new (NULL);
  PopplerDocument *document = poppler_document_new_from_bytes (bytes, NULL, &error);
  PopplerIndexIter *outline;

  g_assert_no_error (error);
  outline = poppler_index_iter_new (document);
  if (outline != NULL)
    describe_outline (outline, out);
  poppler_index_iter_free (outline);
  g_assert_false (poppler_document_has_attachments (document));
  g_assert_false (poppler_document_has_javascript (document));
  for (int i = 0; i < poppler_document_get_n_pages (document); i++)
    {
      PopplerPage *page = poppler_document_get_page (document, i);
      GList *annotations = poppler_page_get_annot_mapping (page);

      for (GList *annotation = annotations; annotation != NULL; annotation = annotation->next)
        g_assert_cmpint (poppler_annot_get_annot_type (((PopplerAnnotMapping *) annotation->data)->annot), ==,
                         POPPLER_ANNOT_LINK);
      poppler_page_free_annot_mapping (annotations);
      check_links (page);
      g_object_unref (page);
    }
  g_object_unref (document);

  return g_string_free (out, FALSE);
}
#endif

typedef struct
{
  const char *id;
  char       *(*describe) (const char *data,
                           gsize       size);
} Format;

static const Format formats[] = {
  { "html", describe_xml },       { "tei", describe_xml }, { "markdown", describe_markdown },
  { "jsonld", describe_jsonld }, { "csv", describe_csv },
  { "text", describe_text },
#ifdef HAVE_POPPLER
  { "pdf", describe_pdf },
#endif
};

static void
assert_same_structure (const char *x,
                       const char *y,
                       guint       seed,
                       GBytes     *copy)
{
  gsize at = 0;

  while (x[at] == y[at] && x[at] != '\0')
    at++;
  if (x[at] == y[at])
    return;
  at = at > 120 ? at - 120 : 0;
  g_test_message ("seed %u:\n%.240s\n--- but of plain words\n%.240s", seed, x + at, y + at);
  g_test_message ("%.*s", (int) g_bytes_get_size (copy), (const char *) g_bytes_get_data (copy, NULL));
  g_assert_not_reached ();
}

static void
test_format (gconstpointer data)
{
  const Format *format = data;

  /* Pages take long to set. */
  for (guint seed = 1; seed <= (g_str_equal (format->id, "pdf") ? N_SEEDS / 30 : N_SEEDS); seed++)
    {
      g_autoptr (GBytes) hostile = write_twin (format->id, seed, TRUE);
      g_autoptr (GBytes) plain = write_twin (format->id, seed, FALSE);
      g_autofree char *x = format->describe (g_bytes_get_data (hostile, NULL), g_bytes_get_size (hostile));
      g_autofree char *y = format->describe (g_bytes_get_data (plain, NULL), g_bytes_get_size (plain));

      assert_same_structure (x, y, seed, hostile);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *path = g_strdup_printf ("/break-out/%s", formats[i].id);

      g_test_add_data_func (path, &formats[i], test_format);
    }

  return g_test_run ();
}
