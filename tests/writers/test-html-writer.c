/* test-html-writer.c: what an annotated copy is as a page, whatever was put into it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <json-glib/json-glib.h>
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <math.h>
#include <string.h>

#include "dra-test.h"
#include "writer-fixtures.h"
#include "writers/dra-json-output.h"
#include "writers/dra-writer.h"

#define POLICY \
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; " \
  "form-action 'none'"

static char *
write_page (DraArticle *article,
            DraCast    *cast,
            GPtrArray  *notes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize size;
  const char *data;

  bytes = dra_writer_find ("html")->write (article, cast, notes, NULL, &error);
  g_assert_no_error (error);
  data = g_bytes_get_data (bytes, &size);
  g_assert_true (g_utf8_validate_len (data, size, NULL));

  return g_strndup (data, size);
}

static const char *
attribute (xmlNode    *node,
           const char *name)
{
  for (xmlAttr *attr = node->properties; attr != NULL; attr = attr->next)
    if (strcmp ((const char *) attr->name, name) == 0)
      return attr->children != NULL ? (const char *) attr->children->content : "";

  return NULL;
}

typedef struct
{
  GHashTable *ids;
  GPtrArray  *references;
  GString    *text;
  guint       n_scripts;
  guint       n_h1;
  guint       n_anchors; /* open */
} Check;

static void
check_attributes (Check   *check,
                  xmlNode *node)
{
  const char *element = (const char *) node->name;

  for (xmlAttr *attr = node->properties; attr != NULL; attr = attr->next)
    {
      const char *name = (const char *) attr->name;
      const char *value = attr->children != NULL ? (const char *) attr->children->content : "";

      g_assert_false (g_str_has_prefix (name, "on"));
      g_assert_cmpstr (name, !=, "src");
      g_assert_cmpstr (name, !=, "srcset");
      g_assert_cmpstr (name, !=, "style");
      g_assert_cmpstr (name, !=, "action");
      if (strcmp (name, "id") == 0)
        g_assert_true (g_hash_table_add (check->ids, g_strdup (value)));
      if (strcmp (name, "href") != 0)
        continue;
      g_assert_cmpstr (element, ==, "a");
      if (*value == '#')
        g_ptr_array_add (check->references, g_strdup (value + 1));
      else
        {
          g_assert_true (g_str_has_prefix (value, "https://") || g_str_has_prefix (value, "http://")
                         || g_str_has_prefix (value, "mailto:"));
          g_assert_cmpstr (attribute (node, "rel"), ==, "noreferrer");
        }
    }
}

static void
check_json (xmlNode *script)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  xmlChar *content = xmlNodeGetContent (script);

  g_assert_cmpstr (attribute (script, "type"), ==, "application/ld+json");
  g_assert_null (strpbrk ((const char *) content, "<>&"));
  json_parser_load_from_data (parser, (const char *) content, -1, &error);
  g_assert_no_error (error);
  xmlFree (content);
}

static gboolean
is_cell (xmlNode *node)
{
  return strcmp ((const char *) node->name, "td") == 0 || strcmp ((const char *) node->name, "th") == 0;
}

/* Text of a block by an independent walk of the tree. */
static void
append_content (GString *text,
                xmlNode *node)
{
  for (xmlNode *child = node->children; child != NULL; child = child->next)
    {
      if (child->type == XML_TEXT_NODE)
        g_string_append (text, (const char *) child->content);
      else if (child->type == XML_ELEMENT_NODE && strcmp ((const char *) child->name, "br") == 0)
        g_string_append (text, "\342\200\250");
      else if (child->type == XML_ELEMENT_NODE && attribute (child, "data-aside") == NULL)
        {
          if (child->prev != NULL && is_cell (child))
            g_string_append_c (text, '\t');
          append_content (text, child);
        }
    }
}

static void
check_tree (Check   *check,
            xmlNode *node)
{
  static const char *const allowed[] = {
    "html", "head", "meta", "title", "style", "script", "body", "main", "article", "section",
    "footer", "div", "h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "blockquote",
    "pre", "a", "span", "mark", "strong", "em", "u", "s", "code", "sup", "sub", "br", "bdi",
    "small", "time", "table", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", NULL,
  };

  for (; node != NULL; node = node->next)
    {
      const char *name = (const char *) node->name;
      gboolean anchor;

      if (node->type == XML_TEXT_NODE)
        continue;
      g_assert_cmpint (node->type, ==, XML_ELEMENT_NODE);
      if (!g_strv_contains (allowed, name))
        g_error ("element %s in a copy", name);

      anchor = strcmp (name, "a") == 0;
      check_attributes (check, node);
      if (strcmp (name, "script") == 0)
        {
          check->n_scripts++;
          check_json (node);
        }
      if (strcmp (name, "h1") == 0)
        check->n_h1++;
      if (attribute (node, "data-block") != NULL)
        {
          const char *before = attribute (node, "data-before");
          guint n = before != NULL ? (guint) g_ascii_strtoull (before, NULL, 10)
                                   : check->text->len > 0;

          for (guint i = 0; i < n; i++)
            g_string_append_c (check->text, '\n');
          append_content (check->text, node);
        }
      g_assert_cmpuint (check->n_anchors + anchor, <=, 1);
      check->n_anchors += anchor;
      check_tree (check, node->children);
      check->n_anchors -= anchor;
    }
}

static void
check_page (const char *page,
            DraArticle *article,
            gboolean    notes)
{
  Check check = {
    .ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .references = g_ptr_array_new_with_free_func (g_free),
    .text = g_string_new (NULL),
  };
  g_autofree char *policy = g_strdup_printf ("content=\"%s\"", POLICY);
  gsize length;
  const char *text = dra_article_get_text (article, &length);
  const char *style, *style_end;
  g_autofree char *css = NULL;
  xmlDoc *doc = xmlReadMemory (page, (int) strlen (page), NULL, NULL,
                               XML_PARSE_NONET | XML_PARSE_HUGE);

  g_assert_nonnull (doc);
  g_assert_true (g_str_has_prefix (page, "<!DOCTYPE html>\n<html xmlns="));
  check_tree (&check, xmlDocGetRootElement (doc));
  g_assert_cmpuint (check.n_scripts, ==, notes ? 2 : 1);
  g_assert_cmpuint (check.n_h1, ==, 1);
  for (guint i = 0; i < check.references->len; i++)
    if (!g_hash_table_contains (check.ids, check.references->pdata[i]))
      g_error ("nothing has the id %s", (char *) check.references->pdata[i]);
  g_assert_cmpmem (check.text->str, check.text->len, text, length);

  /* The character encoding is said in the first 1024 bytes, the policy before any style. */
  g_assert_true (strstr (page, "<meta charset=\"utf-8\"/>") < page + 1024);
  g_assert_nonnull (strstr (page, policy));
  style = strstr (page, "<style>");
  g_assert_true (strstr (page, policy) < style);
  style_end = strstr (style, "</style>");
  css = g_strndup (style, style_end - style);
  g_assert_null (strstr (css, "url("));
  g_assert_null (strstr (css, "@import"));
  g_assert_null (strchr (css + strlen ("<style>"), '<'));

  xmlFreeDoc (doc);
  g_hash_table_unref (check.ids);
  g_ptr_array_unref (check.references);
  g_string_free (check.text, TRUE);
}

static void
test_news (void)
{
  g_autoptr (DraArticle) article = fixture_news ();
  g_autoptr (DraCast) cast = fixture_news_cast (article);
  g_autoptr (GPtrArray) notes = fixture_news_notes (article);
  g_autofree char *page = write_page (article, cast, notes);
  g_autofree char *bare = write_page (article, NULL, NULL);

  check_page (page, article, TRUE);
  check_page (bare, article, FALSE);

  g_assert_nonnull (strstr (page, "<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\""));
  g_assert_nonnull (strstr (page, "<title>The Lamp on Skerry Point</title>"));
  g_assert_nonnull (strstr (page, "<meta name=\"generator\" content=\"Dramatis "));
  g_assert_nonnull (strstr (page, "Maud Ferrant"));
  g_assert_nonnull (strstr (page, "3 November 2025</time>"));
  g_assert_nonnull (strstr (page, ">3 people</a>"));
  g_assert_nonnull (strstr (page, ">2 organizations</a>"));
  /* A place is data, neither marked nor listed. */
  g_assert_null (strstr (page, "class=\"place\""));
  g_assert_nonnull (strstr (page, "{\"@type\": \"Place\""));
  /* A mention leads to its row, the row to each mention. */
  g_assert_nonnull (strstr (page, "<tr id=\"p1\""));
  g_assert_nonnull (strstr (page, "href=\"#p1\" id=\"p1-1\""));
  g_assert_nonnull (strstr (page, "href=\"#p1-1\">1</a>"));
  /* What a link may not do stands in the data and in no href. */
  g_assert_null (strstr (page, "href=\"javascript:"));
  g_assert_nonnull (strstr (page, "\"javascript:alert(1)\"]"));
  /* The note in the margin, and in the list. */
  g_assert_nonnull (strstr (page, "id=\"margin-1\""));
  g_assert_nonnull (strstr (page, "<li id=\"note-1\" value=\"1\""));
  g_assert_nonnull (strstr (page, "About the whole article"));
  g_assert_nonnull (strstr (page, "About Oona Halloran"));
  g_assert_nonnull (strstr (page, "&lt;i&gt;why&lt;/i&gt;"));
}

static void
test_hostile (void)
{
  g_autoptr (DraArticle) article = fixture_hostile ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (DraCast) cast = fixture_random_cast (article, rand);
  g_autoptr (GPtrArray) notes = fixture_random_notes (article, cast, rand, 40);
  g_autofree char *page = write_page (article, cast, notes);

  check_page (page, article, TRUE);
  g_assert_null (strstr (page, "<script>"));
  g_assert_null (strstr (page, "xml:lang"));
}

static void
test_overlaps (void)
{
  static const guint seeds[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 };

  for (guint i = 0; i < G_N_ELEMENTS (seeds); i++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seeds[i]);
      g_autoptr (DraArticle) article = i % 2 == 0 ? fixture_news () : fixture_hostile ();
      g_autoptr (DraCast) cast = fixture_random_cast (article, rand);
      g_autoptr (GPtrArray) notes = fixture_random_notes (article, cast, rand, 120);
      g_autofree char *page = write_page (article, cast, notes);

      check_page (page, article, TRUE);
    }
}

static void
test_arabic (void)
{
  static const char *const names[] = { "p:سلمى الحداد|الحداد", "p:Oona Halloran",
                                       "o:مجلس الأنوار", NULL };
  g_autoptr (DraArticle) article = fixture_arabic ();
  g_autoptr (DraCast) cast = fixture_cast (article, names);
  g_autofree char *page = write_page (article, cast, NULL);

  check_page (page, article, FALSE);
  g_assert_nonnull (strstr (page, "lang=\"ar\" xml:lang=\"ar\" dir=\"rtl\">"));
  g_assert_nonnull (strstr (page, "<section id=\"cast\" aria-labelledby=\"cast-heading\" "
                                  "lang=\"en\" dir=\"ltr\">"));
}

/* A mark that reaches over two cells is two elements, and a link leads to the footnote. */
static void
test_tables (void)
{
  static const char *const names[] = { "p:Oona Halloran", "p:Pascal Dure", "o:Board of Lights",
                                       NULL };
  g_autoptr (DraArticle) article = fixture_tables ();
  g_autoptr (DraCast) cast = fixture_cast (article, names);
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *page = NULL;

  g_ptr_array_add (notes, fixture_note (article, "1931\tPascal", DRA_NOTE_PINK, "Was it?"));
  page = write_page (article, cast, notes);
  check_page (page, article, TRUE);
  g_assert_nonnull (strstr (page, "<table class=\"rows\">\n<tr data-block=\"table-row\" "
                                  "data-level=\"1\" data-label=\"first\"><th>Year</th><th>"));
  g_assert_nonnull (strstr (page, ">1931</mark></td><td><mark "));
  g_assert_nonnull (strstr (page, "</tr>\n</table>\n<table class=\"rows\">\n<tr "));
  g_assert_nonnull (strstr (page, "href=\"#fn:oil-1\">1</a>"));
  g_assert_nonnull (strstr (page, "id=\"fn:oil-1\">By "));
}

static void
test_lines (void)
{
  g_autoptr (DraArticle) article
    = fixture_lines ("\n\n  First \t line  \n\n\n\nSecond\342\200\250line & <b>\n");
  g_autofree char *page = write_page (article, NULL, NULL);
  g_autoptr (DraArticle) inner = NULL;

  g_assert_nonnull (strstr (page, "data-after=\"1\""));
  g_assert_nonnull (strstr (page, "data-before=\"2\">  First \t line  </p>"));
  g_assert_nonnull (strstr (page, "data-before=\"4\">Second<br/>line &amp; &lt;b&gt;</p>"));
}

/* Uncertain and lost notes are listed with their quotes, whatever they are. */
static void
test_lost (void)
{
  g_autoptr (DraArticle) article = fixture_news ();
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_object_unref);
  DraNote *note = fixture_note (article, "somebody", DRA_NOTE_PINK, "");
  g_autofree char *page = NULL;

  dra_note_set_anchor (note, DRA_ANCHOR_LOST, (DraRange){ 0, 0 }, "Gone.");
  g_ptr_array_add (notes, note);
  note = fixture_note (article, "earlier version", DRA_NOTE_PINK, "Which one?");
  dra_note_set_anchor (note, DRA_ANCHOR_UNSURE, (DraRange){ 4, 9 }, "Two places.");
  g_ptr_array_add (notes, note);

  page = write_page (article, NULL, notes);
  check_page (page, article, TRUE);
  g_assert_null (strstr (page, "<mark"));
  g_assert_nonnull (strstr (page, "This passage is no longer in the text"));
  g_assert_nonnull (strstr (page, "somebody</blockquote>"));
  g_assert_nonnull (strstr (page, "Where this belongs in the text is uncertain"));
}

/* An anchor out of the text or within a character is no place. */
static void
test_bad_anchor (void)
{
  g_autoptr (DraArticle) article = fixture_arabic ();
  static const DraRange ranges[] = { { 1, 4 }, { 0, 1 }, { 0, G_MAXSIZE } };

  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    {
      g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_object_unref);
      g_autoptr (DraNote) note = dra_note_new_for_passage (article, (DraRange){ 0, 2 });
      g_autofree char *page = NULL;

      dra_note_set_anchor (note, DRA_ANCHOR_MOVED, ranges[i], NULL);
      g_ptr_array_add (notes, g_object_ref (note));
      page = write_page (article, NULL, notes);
      g_assert_null (strstr (page, "<mark"));
    }
}

static void
test_local_address (void)
{
  g_autoptr (DraArticle) article = fixture_lines ("One line.");
  g_autofree char *page = write_page (article, NULL, NULL);

  g_assert_nonnull (strstr (page, "\"isBasedOn\": \"urn:sha256:"));
}

/* Relative luminance and contrast, WCAG 2.1. */
static double
luminance (guint32 color)
{
  double parts[3];

  for (guint i = 0; i < 3; i++)
    {
      double c = (double) ((color >> (16 - 8 * i)) & 0xFF) / 255.0;

      parts[i] = c <= 0.03928 ? c / 12.92 : pow ((c + 0.055) / 1.055, 2.4);
    }

  return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
}

static guint32
find_color (const char *palette,
            const char *name)
{
  g_autofree char *key = g_strdup_printf ("--%s: #", name);
  const char *found = strstr (palette, key);

  g_assert_nonnull (found);
  g_assert_true (found[strlen (key) + 6] == ';');

  return (guint32) g_ascii_strtoull (found + strlen (key), NULL, 16);
}

static void
assert_contrast (const char *palette,
                 const char *fore,
                 const char *back,
                 double      least)
{
  double a = luminance (find_color (palette, fore));
  double b = luminance (find_color (palette, back));
  double contrast = (MAX (a, b) + 0.05) / (MIN (a, b) + 0.05);

  if (contrast < least)
    g_error ("%s on %s: contrast %.2f, not %.1f", fore, back, contrast, least);
}

static void
test_contrast (void)
{
  static const char *const washes[] = { "paper", "wash", "person-wash", "organization-wash",
                                        "yellow", "green", "blue", "purple", "pink", "orange" };
  static const char *const edges[] = { "yellow", "green", "blue", "purple", "pink", "orange" };
  g_autofree char *path = dra_test_source ("src/writers/annotated-copy.css");
  g_autofree char *css = NULL;
  const char *palettes[2];

  g_assert_true (g_file_get_contents (path, &css, NULL, NULL));
  palettes[0] = css;
  palettes[1] = strstr (css, "prefers-color-scheme: dark");
  g_assert_nonnull (palettes[1]);

  for (guint i = 0; i < 2; i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (washes); j++)
        assert_contrast (palettes[i], "ink", washes[j], 7.0);
      assert_contrast (palettes[i], "soft", "paper", 4.5);
      assert_contrast (palettes[i], "soft", "wash", 4.5);
      assert_contrast (palettes[i], "accent", "paper", 4.5);
      assert_contrast (palettes[i], "paper", "person", 4.5);
      assert_contrast (palettes[i], "paper", "organization", 4.5);
      for (guint j = 0; j < G_N_ELEMENTS (edges); j++)
        {
          g_autofree char *edge = g_strconcat (edges[j], "-edge", NULL);

          assert_contrast (palettes[i], edge, "paper", 3.0);
        }
    }
}

static void
test_json (void)
{
  static const float numbers[] = { 0, 1, 0.1f, 0.5f, 1.0f / 3, 0.99999994f, 1e-20f, 16777216 };
  g_autoptr (GString) out = g_string_new (NULL);

  dra_json_append_string (out, "a\"\\\n\001\342\200\250<&>\342\200\256\xff", -1, DRA_JSON_IN_HTML);
  g_assert_cmpstr (out->str, ==, "\"a\\\"\\\\\\n\\u0001\\u2028\\u003c\\u0026\\u003e\\u202e"
                                 "\357\277\275\"");
  g_string_truncate (out, 0);
  dra_json_append_string (out, "<\364\217\277\277>", -1, DRA_JSON_PLAIN);
  g_assert_cmpstr (out->str, ==, "\"<\\udbff\\udfff>\"");

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_string_truncate (out, 0);
      dra_json_append_number (out, numbers[i]);
      g_assert_true ((float) g_ascii_strtod (out->str, NULL) == numbers[i]);
    }
  g_assert_cmpstr (out->str, ==, "16777216");
  g_string_truncate (out, 0);
  dra_json_append_number (out, 0.1f);
  g_assert_cmpstr (out->str, ==, "0.1");
  g_string_truncate (out, 0);
  dra_json_append_number (out, NAN);
  g_assert_cmpstr (out->str, ==, "0");
}

/* What a note says is shown as it reads, in the margin and in the list, and nothing in it but
 * its own marks becomes markup. */
static void
test_note_body (void)
{
  static const char body[] = "**Who** says *so*? `<b>` see [the page](https://example.org/?a=1&b=2)\n"
                             "[not this](javascript:alert(1))\n\n- one\n  - two\n> **q** </p>\nlast";
  static const char *const parts[] = {
    (" class=\"body\"><strong>Who</strong> says <em>so</em>? <code>&lt;b&gt;</code> see "
     "<a rel=\"noreferrer\" href=\"https://example.org/?a=1&amp;b=2\">the page</a><br/>"),
    " class=\"body item\">•\u00A0one</", " class=\"body item\">\u2003•\u00A0two</",
    " class=\"body quotation\"><strong>q</strong> &lt;/p&gt;</", " class=\"body\">last</",
  };
  g_autoptr (DraArticle) article = fixture_news ();
  g_autoptr (GPtrArray) notes = fixture_news_notes (article);
  g_autofree char *page = NULL;

  dra_note_set_body (notes->pdata[0], body);
  page = write_page (article, NULL, notes);
  check_page (page, article, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      const char *first = strstr (page, parts[i]);

      g_assert_nonnull (first);
      g_assert_nonnull (strstr (first + 1, parts[i]));
    }
  g_assert_nonnull (strstr (page, "not this"));
  g_assert_null (strstr (page, "href=\"javascript:"));
}

static void
test_cancelled (void)
{
  g_autoptr (DraArticle) article = fixture_news ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (dra_writer_find ("html")->write (article, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/html-writer/news", test_news);
  g_test_add_func ("/html-writer/hostile", test_hostile);
  g_test_add_func ("/html-writer/overlaps", test_overlaps);
  g_test_add_func ("/html-writer/arabic", test_arabic);
  g_test_add_func ("/html-writer/tables", test_tables);
  g_test_add_func ("/html-writer/lines", test_lines);
  g_test_add_func ("/html-writer/lost", test_lost);
  g_test_add_func ("/html-writer/bad-anchor", test_bad_anchor);
  g_test_add_func ("/html-writer/local-address", test_local_address);
  g_test_add_func ("/html-writer/contrast", test_contrast);
  g_test_add_func ("/html-writer/json", test_json);
  g_test_add_func ("/html-writer/note-body", test_note_body);
  g_test_add_func ("/html-writer/cancelled", test_cancelled);

  return g_test_run ();
}
