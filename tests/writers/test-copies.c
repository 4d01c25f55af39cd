/* test-copies.c: copies in Markdown and TEI read back: as they were, edited, and hostile.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <libxml/relaxng.h>
#include <string.h>

#ifdef DRA_HAVE_MARKDOWN
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#endif

#include "article/dra-error.h"
#include "article/dra-article-builder.h"
#include "dra-test.h"
#include "notes/dra-anchor.h"
#include "readers/dra-formats.h"
#include "readers/dra-reader-registry.h"
#include "writer-fixtures.h"
#include "writers/dra-writer.h"

/* The formats that come back, apart from HTML. */
static const char *const ids[] = { "markdown", "tei" };

static char *
write_copy (const char *id,
            DraArticle *article,
            DraCast    *cast,
            GPtrArray  *notes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = dra_writer_find (id)->write (article, cast, notes, NULL, &error);
  gsize size;
  const char *data;

  g_assert_no_error (error);
  data = g_bytes_get_data (bytes, &size);
  g_assert_true (g_utf8_validate (data, (gssize) size, NULL));

  return g_strndup (data, size);
}

static DraReading *
read_copy (const char *copy)
{
  g_autoptr (GBytes) bytes = g_bytes_new (copy, strlen (copy));
  g_autoptr (GError) error = NULL;
  DraReading *reading = dra_reader_registry_read_bytes (bytes, "copy", NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (reading->copy);

  return reading;
}

/* Everything that the format promises comes back, and the copy of the copy is the copy. */
static void
check_round_trip (const char *id,
                  DraArticle *article,
                  DraCast    *cast,
                  GPtrArray  *notes)
{
  const DraWriter *writer = dra_writer_find (id);
  g_autofree char *first = write_copy (id, article, cast, notes);
  g_autoptr (DraReading) reading = read_copy (first);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autofree char *second = NULL;

  assert_same_article (article, reading->article);
  assert_same_notes (notes != NULL ? notes : none, reading->notes);
  if (writer->returns & DRA_WRITER_CAST)
    assert_same_cast (cast, reading->cast);
  else
    g_assert_null (reading->cast);

  second = write_copy (id, reading->article, cast, reading->notes);
  g_assert_cmpstr (first, ==, second);
}

static void
check_all (DraArticle *article,
           DraCast    *cast,
           GPtrArray  *notes)
{
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    check_round_trip (ids[i], article, cast, notes);
}

static void
test_news (void)
{
  g_autoptr (DraArticle) article = fixture_news ();
  g_autoptr (DraCast) cast = fixture_news_cast (article);
  g_autoptr (GPtrArray) notes = fixture_news_notes (article);

  check_all (article, cast, notes);
  check_all (article, NULL, NULL);
}

static void
test_random (void)
{
  for (guint seed = 1; seed <= 80; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr (DraArticle) article = seed % 4 == 0   ? fixture_news ()
                                       : seed % 4 == 1 ? fixture_hostile ()
                                       : seed % 4 == 2 ? fixture_tables ()
                                                       : fixture_arabic ();
      g_autoptr (DraCast) cast = fixture_random_cast (article, rand);
      g_autoptr (GPtrArray) notes = fixture_random_notes (article, cast, rand, seed * 2);

      check_all (article, cast, notes);
    }
}

/* Lines that Markdown would make something of, and white space that it would drop. */
static const char *const markdown_texts[] = {
  "One", "One\n", "\n\nOne\n\n\nTwo\n\n", " ", "\t\n \n", "a\n\342\200\250\nb",
  "  leading\ttabs and trailing  \n\302\240\n", "<p>&amp;</p>\n]]>\n-->\n\n\n\n\n\n\n\n",
  "\357\273\277mark\n\302\255soft\302\255hyphen\nimage \357\277\274 here\n",
  "# no heading\n## nor this #\n> nor a quotation\n- no item\n+ x\n1. x\n12) y\n1931\n",
  "***\n---\n* * *\n===\n```\n~~~\n    indented\n| no | table |\n| --- | --- |\n: x\n",
  "[^1]: no note\n[^1]\n[link](http://x.example)\n![image](x.png)\n<!-- dramatis:text -->\n",
  "<!-- /dramatis:text -->\n<!-- dramatis-notes\n{}\n-->\n---\ntitle: x\n---\n</body></TEI>\n",
  "*a* **b** _c_ __d__ `e` ~~f~~ a_b_c 2*3*4 \\* \\\\ \\ \n&lt; &#60; &x; & a&b\n$x$ ^y^ ==z==",
  "line\342\200\250\342\200\250 two \342\200\250- three\342\200\250# four\342\200\250\n",
  "ends in backslash \\\n\\\nhttp://x.example/?a=1&lt=2 {{x}} {% y %}\n#\n#a\n# \n ## \n",
  NULL,
};

static void
test_lines (void)
{
  for (guint i = 0; markdown_texts[i] != NULL; i++)
    {
      g_autoptr (DraArticle) article = fixture_lines (markdown_texts[i]);
      g_autoptr (GRand) rand = g_rand_new_with_seed (i);
      g_autoptr (DraCast) cast = fixture_random_cast (article, rand);
      g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_object_unref);

      check_all (article, cast, notes);
    }
}

static void
ignore_error (void        *data G_GNUC_UNUSED,
              xmlErrorPtr  error)
{
  g_test_message ("%d: %s", error->line, error->message);
}

/* A copy in TEI is valid by the schema of what we write. */
static void
check_schema (DraArticle *article,
              DraCast    *cast,
              GPtrArray  *notes)
{
  g_autofree char *path = dra_test_source ("tests/writers/tei-copy.rng");
  g_autofree char *copy = write_copy ("tei", article, cast, notes);
  xmlRelaxNGParserCtxtPtr parser = xmlRelaxNGNewParserCtxt (path);
  xmlRelaxNGPtr schema = xmlRelaxNGParse (parser);
  xmlRelaxNGValidCtxtPtr context;
  xmlDocPtr doc = xmlReadMemory (copy, (int) strlen (copy), NULL, NULL, XML_PARSE_NONET | XML_PARSE_HUGE);

  g_assert_nonnull (schema);
  g_assert_nonnull (doc);
  context = xmlRelaxNGNewValidCtxt (schema);
  xmlRelaxNGSetValidStructuredErrors (context, ignore_error, NULL);
  g_assert_cmpint (xmlRelaxNGValidateDoc (context, doc), ==, 0);
  xmlRelaxNGFreeValidCtxt (context);
  xmlRelaxNGFree (schema);
  xmlRelaxNGFreeParserCtxt (parser);
  xmlFreeDoc (doc);
}

static void
test_schema (void)
{
  g_autoptr (DraArticle) empty = fixture_lines ("x");

  check_schema (empty, NULL, NULL);
  for (guint seed = 1; seed <= 24; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr (DraArticle) article = seed % 4 == 0   ? fixture_news ()
                                       : seed % 4 == 1 ? fixture_hostile ()
                                       : seed % 4 == 2 ? fixture_tables ()
                                                       : fixture_arabic ();
      g_autoptr (DraCast) cast = fixture_random_cast (article, rand);
      g_autoptr (GPtrArray) notes = fixture_random_notes (article, cast, rand, seed * 2);

      check_schema (article, cast, notes);
    }
}

#ifdef DRA_HAVE_MARKDOWN
/* What GitHub's own implementation shows of a text. */
static char *
render (const char *markdown)
{
  static const char *const names[] = { "table", "strikethrough", NULL };
  cmark_parser *parser = cmark_parser_new (CMARK_OPT_UNSAFE | CMARK_OPT_FOOTNOTES);
  cmark_node *document;
  char *html;

  cmark_gfm_core_extensions_ensure_registered ();
  for (guint i = 0; names[i] != NULL; i++)
    cmark_parser_attach_syntax_extension (parser, cmark_find_syntax_extension (names[i]));
  cmark_parser_feed (parser, markdown, strlen (markdown));
  document = cmark_parser_finish (parser);
  html = cmark_render_html (document, CMARK_OPT_UNSAFE | CMARK_OPT_FOOTNOTES,
                            cmark_parser_get_syntax_extensions (parser));
  cmark_node_free (document);
  cmark_parser_free (parser);

  return html;
}

static void
append_squeezed (GString    *out,
                 const char *text,
                 gsize       length)
{
  for (const char *p = text; p < text + length; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      /* White space is not compared, for tags may or may not stand for some. */
      if (!g_unichar_isspace (c) && c != 0xFFFC)
        g_string_append_unichar (out, c);
    }
}

/* The text of a page; every element in it must be one that Markdown copies have. */
static char *
strip (const char *html)
{
  static const char *const elements[] = {
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "em",
    "strong", "del", "a", "img", "br", "hr", "table", "thead", "tbody", "tr", "th", "td", "mark",
    "u", "s", "sup", "sub", "section", "small", NULL,
  };
  static const struct { const char *entity; const char *text; } entities[] = {
    { "&lt;", "<" }, { "&gt;", ">" }, { "&quot;", "\"" }, { "&amp;", "&" },
  };
  GString *out = g_string_new (NULL);

  for (const char *p = html; *p != '\0';)
    {
      guint i;

      if (g_str_has_prefix (p, "<!-- "))
        p = strstr (p, "-->") + 3;
      else if (*p == '<')
        {
          const char *name = p[1] == '/' ? p + 2 : p + 1;
          g_autofree char *element = g_strndup (name, strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789"));

          g_assert_true (g_strv_contains (elements, element));
          p = strchr (p, '>') + 1;
        }
      else if (*p == '&')
        {
          for (i = 0; !g_str_has_prefix (p, entities[i].entity); i++)
            g_assert_cmpuint (i, <, G_N_ELEMENTS (entities) - 1);
          g_string_append (out, entities[i].text);
          p += strlen (entities[i].entity);
        }
      else
        {
          append_squeezed (out, p, (gsize) (g_utf8_next_char (p) - p));
          p = g_utf8_next_char (p);
        }
    }

  return g_string_free (out, FALSE);
}

/* Another program shows the article's text and nothing else of it. */
static void
check_shown (DraArticle *article)
{
  g_autofree char *copy = write_copy ("markdown", article, NULL, NULL);
  const char *start = strstr (copy, "\n<!-- dramatis:text -->\n");
  const char *end = g_strrstr (copy, "\n<!-- /dramatis:text -->\n");
  g_autofree char *markdown = g_strndup (start, (gsize) (end - start));
  char *html = render (markdown);
  g_autofree char *shown = strip (html);
  g_autoptr (GString) expected = g_string_new (NULL);
  guint n_blocks;
  const DraBlock *blocks = dra_article_get_blocks (article, &n_blocks);
  const char *text = dra_article_get_text (article, NULL);

  for (guint i = 0; i < n_blocks; i++)
    {
      const char *block = text + blocks[i].range.start;

      /* A rule is drawn. */
      if (blocks[i].kind != DRA_BLOCK_RULE || dra_range_length (blocks[i].range) != 5
          || !g_str_has_prefix (block, "* * *"))
        append_squeezed (expected, block, dra_range_length (blocks[i].range));
    }
  for (gsize i = 0; shown[i] != '\0' || expected->str[i] != '\0'; i++)
    if (shown[i] != expected->str[i])
      g_error ("shown is “%.60s”, not “%.60s”", shown + i - MIN (i, 20),
               expected->str + i - MIN (i, 20));
  free (html);
}
#endif

static void
test_shown (void)
{
#ifdef DRA_HAVE_MARKDOWN
  g_autoptr (DraArticle) news = fixture_news ();
  g_autoptr (DraArticle) hostile = fixture_hostile ();
  g_autoptr (DraArticle) tables = fixture_tables ();

  check_shown (news);
  check_shown (hostile);
  check_shown (tables);
  for (guint i = 0; markdown_texts[i] != NULL; i++)
    {
      g_autoptr (DraArticle) article = fixture_lines (markdown_texts[i]);

      check_shown (article);
    }
#else
  g_test_skip ("built without cmark-gfm");
#endif
}

static char *
replace (const char *copy,
         const char *find,
         const char *replacement)
{
  g_autoptr (GString) string = g_string_new (copy);

  g_assert_cmpuint (g_string_replace (string, find, replacement, 0), >, 0);

  return g_string_free (g_steal_pointer (&string), FALSE);
}

static DraNote *
find_note (GPtrArray  *notes,
           const char *exact)
{
  for (guint i = 0; i < notes->len; i++)
    {
      const DraQuote *quote = dra_note_get_quote (notes->pdata[i]);

      if (quote != NULL && g_str_equal (quote->exact, exact))
        return notes->pdata[i];
    }

  return NULL;
}

/* Somebody put a paragraph in front and cut a sentence: the text is what is seen, and notes
 * go with their passages. */
static void
test_edited (void)
{
  static const struct { const char *id; const char *find; const char *replacement; } edits[] = {
    { "markdown", "\nFor ninety years ", "\nA *new* paragraph & more.\n\nFor almost ninety-one years " },
    { "tei", "<p>For ninety years ",
      "<p>A <hi rend=\"italic\">new</hi> paragraph &amp; more.</p>\n<p>For almost ninety-one years " },
  };
  g_autoptr (DraArticle) article = fixture_news ();
  g_autoptr (DraCast) cast = fixture_news_cast (article);
  g_autoptr (GPtrArray) notes = fixture_news_notes (article);

  for (guint i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      g_autofree char *copy = write_copy (edits[i].id, article, cast, notes);
      g_autofree char *edited = replace (copy, edits[i].find, edits[i].replacement);
      g_autoptr (DraReading) reading = read_copy (edited);
      const char *text = dra_article_get_text (reading->article, NULL);
      const DraStyle *styles;
      guint n_styles;

      g_assert_nonnull (strstr (text, "\nA new paragraph & more.\nFor almost ninety-one years somebody has"));
      g_assert_nonnull (strstr (text, "\nWhat the Board says\nThe Board of Lights pays for oil.\n"));
      g_assert_nonnull (strstr (text, "Skerry, oh Skerry,\342\200\250    thy lamp  is low,"));
      g_assert_cmpstr (dra_article_get_title (reading->article), ==, "The Lamp on Skerry Point");
      g_assert_cmpuint (reading->notes->len, ==, notes->len);
      for (guint j = 0; j < reading->notes->len; j++)
        {
          DraNote *note = reading->notes->pdata[j];
          DraRange range;
          DraAnchorState state = dra_note_get_anchor (note, &range, NULL);
          g_autofree char *passage = NULL;

          if (dra_note_get_target (note) != DRA_NOTE_TARGET_PASSAGE)
            continue;
          g_assert_cmpint (state, <=, DRA_ANCHOR_MOVED);
          passage = dra_article_dup_range (reading->article, range);
          g_assert_cmpstr (passage, ==, dra_note_get_quote (note)->exact);
        }
      styles = dra_article_get_styles (reading->article, &n_styles);
      g_assert_cmpuint (n_styles, >, 5);
      g_assert_cmpint (styles[0].kind, ==, DRA_STYLE_EMPHASIS);
    }
}

/* A footnote that was edited in the file is the newer version of its note. */
static void
test_edited_footnote (void)
{
  g_autoptr (DraArticle) article = fixture_news ();
  g_autoptr (GPtrArray) notes = fixture_news_notes (article);
  g_autofree char *copy = NULL;
  g_autofree char *edited = NULL;
  g_autofree char *again = NULL;
  g_autoptr (DraReading) reading = NULL;
  DraNote *note, *other, *tagged, *old;

  dra_note_set_body (find_note (notes, "lamp --on"), "Old & <b>bold</b> [^1]");
  copy = write_copy ("markdown", article, NULL, notes);
  edited = replace (copy, "    And who pays?\n", "    And who pays & <how>?\n\n    Soon.\n");
  again = replace (edited, "Old & &lt;b>bold&lt;/b> \\[^1]", "New &lt;b>bold&lt;/b> \\[^1]");
  reading = read_copy (again);

  assert_same_article (article, reading->article);
  note = find_note (reading->notes, "Halloran of the Board");
  old = find_note (notes, "Halloran of the Board");
  g_assert_cmpstr (dra_note_get_body (note), ==,
                   "Ask her <i>why</i> now.\n\nAnd who pays & <how>?\n\nSoon.");
  g_assert_cmpint (dra_note_get_modified (note), >, dra_note_get_modified (old));
  /* Tags stand below the body and are no part of it. */
  tagged = find_note (reading->notes, "lamp --on");
  g_assert_cmpstr (dra_note_get_body (tagged), ==, "New <b>bold</b> [^1]");
  g_assert_cmpstr (dra_note_get_tags (tagged)[0], ==, "money");
  other = find_note (reading->notes, "lamp. Keeper Oona");
  g_assert_true (dra_note_equal (other, find_note (notes, "lamp. Keeper Oona")));
}

/* Line ends of another system, and UTF-16. */
static void
test_other_bytes (void)
{
  g_autoptr (DraArticle) article = fixture_news ();
  g_autoptr (DraCast) cast = fixture_news_cast (article);
  g_autoptr (GPtrArray) notes = fixture_news_notes (article);

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *copy = write_copy (ids[i], article, cast, notes);
      g_autofree char *crlf = replace (copy, "\n", "\r\n");
      g_autoptr (DraReading) reading = read_copy (crlf);

      assert_same_article (article, reading->article);
      assert_same_notes (notes, reading->notes);
    }
}

/* Pieces missing, doubled or cut: an article or one sentence. */
static void
test_damaged (void)
{
  g_autoptr (DraArticle) article = fixture_news ();
  g_autoptr (DraCast) cast = fixture_news_cast (article);
  g_autoptr (GPtrArray) notes = fixture_news_notes (article);

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *copy = write_copy (ids[i], article, cast, notes);
      g_autoptr (GRand) rand = g_rand_new_with_seed (i);
      gsize length = strlen (copy);

      for (guint j = 0; j < 300; j++)
        {
          GByteArray *damaged = g_byte_array_new ();
          guint32 from = (guint32) g_rand_int_range (rand, 0, (gint) length);
          guint32 to = (guint32) g_rand_int_range (rand, 0, (gint) length);
          g_autoptr (GBytes) bytes = NULL;
          g_autoptr (GError) error = NULL;
          g_autoptr (DraReading) reading = NULL;

          g_byte_array_append (damaged, (const guint8 *) copy, from);
          g_byte_array_append (damaged, (const guint8 *) copy + to,
                               MIN ((guint) (length - to), j % 3 == 0 ? 40u : G_MAXUINT));
          bytes = g_byte_array_free_to_bytes (damaged);
          reading = dra_reader_registry_read_bytes (bytes, "copy", j % 2 == 0 ? NULL
                                                    : i == 0 ? "markdown-copy" : "tei-copy",
                                                    NULL, &error);
          if (reading == NULL)
            {
              g_assert_nonnull (error);
              g_assert_true (g_str_has_suffix (error->message, "."));
              continue;
            }
          for (guint k = 0; k < reading->notes->len; k++)
            {
              DraRange range;
              gsize size;

              dra_article_get_text (reading->article, &size);
              dra_note_get_anchor (reading->notes->pdata[k], &range, NULL);
              g_assert_cmpuint (range.end, <=, size);
            }
        }
    }
}

/* Numbers that no copy of ours has, in every place that takes one. */
static void
test_hostile_numbers (void)
{
  static const char *const rows[] = {
    "[[0, \"paragraph\", 0, null, 999999999999, null]]", "[[-1, null, 0, null, 5, null]]",
    "[[0, null, 0, null, 16777216, null], [1, null, 0, null, 16777216, null]]",
    "[[1, null, 0, null, 16777216, null], [1, null, 0, null, 16777216, null]]",
    "[[0, \"nothing\", 1e9, 7, \"x\", {}]]", "[[], {}, 7, null, [0]]", "{}", "\"x\"",
    "[[0, \"image\", 4000000000, \"\\ud800\", null, null]]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *copy = g_strdup_printf (
        "---\ngenerator: \"Dramatis 0\"\n---\n<!-- dramatis:text -->\nOne\n"
        "<!-- /dramatis:text -->\n[^99999999999999999999]: x\n[^0]: y\n[^4000000000]: z\n"
        "<!-- dramatis-article\n{\"dramatis:blocks\": %s, \"dramatis:footnotes\": %s}\n-->\n",
        rows[i], rows[i]);
      g_autoptr (DraReading) reading = read_copy (copy);

      g_assert_true (g_str_has_suffix (dra_article_get_text (reading->article, NULL), "One")
                     || g_str_has_prefix (dra_article_get_text (reading->article, NULL), "One")
                     || i == G_N_ELEMENTS (rows) - 1);
    }
}

/* A TEI document of ours with a document type is read as any other, entities and all. */
static void
test_tei_with_doctype (void)
{
  g_autoptr (DraArticle) article = fixture_news ();
  g_autofree char *copy = write_copy ("tei", article, NULL, NULL);
  g_autofree char *typed
    = replace (copy, "<TEI xmlns", "<!DOCTYPE TEI [<!ENTITY a SYSTEM \"file:///etc/hostname\">]><TEI xmlns");
  g_autofree char *used = replace (typed, "For ninety", "For &a; ninety");
  g_autoptr (GBytes) bytes = g_bytes_new (used, strlen (used));
  g_autoptr (GError) error = NULL;
  g_autoptr (DraReading) reading = dra_reader_registry_read_bytes (bytes, "x.xml", NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_false (reading->copy);
  g_assert_nonnull (strstr (dra_article_get_text (reading->article, NULL), "ninety years"));
}

/* Paragraphs beyond what libxml2 takes by default. */
static void
test_large (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (DraArticle) article = NULL;

  while (text->len < 11 * 1024 * 1024)
    g_string_append (text, "Words & <words> *without* end. ");
  article = fixture_lines (text->str);
  check_all (article, NULL, NULL);
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (DraArticle) article = fixture_news ();

  g_cancellable_cancel (cancellable);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (dra_writer_find (ids[i])->write (article, NULL, NULL, cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

#ifdef DRA_HAVE_MARKDOWN
/* What an exclamation mark stands before is a link still. */
static void
test_exclamation (void)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  g_autoptr (DraArticle) article = NULL;
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_object_unref);

  dra_article_builder_begin_block (builder, DRA_BLOCK_PARAGRAPH, 0, NULL);
  dra_article_builder_add_text (builder, "The lamp is out!", -1);
  dra_article_builder_begin_style (builder, DRA_STYLE_LINK, "https://coast.example/lamp");
  dra_article_builder_add_text (builder, "Read on", -1);
  dra_article_builder_end_style (builder, DRA_STYLE_LINK);
  dra_article_builder_add_text (builder, " at once! And then sleep.", -1);
  dra_article_builder_end_block (builder);
  article = dra_article_builder_build (builder);
  g_ptr_array_add (notes, fixture_note (article, "at once!", DRA_NOTE_YELLOW, "Why?"));
  check_all (article, NULL, notes);
  check_shown (article);
}

/* A list in an item that begins with 2 stays a list. */
static void
test_list_from_two (void)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  g_autoptr (DraArticle) article = NULL;
  static const struct { guint level; const char *label; const char *text; } items[] = {
    { 1, "1.", "The lamp is lit at dusk." }, { 2, "2.", "It is put out at dawn." },
    { 2, "3.", "Nobody may touch it." },     { 1, "2.", "The log is kept." },
    { 0, NULL, "Exceptions:" },              { 2, "1.", "The lamp is out in a storm." },
    { 2, "2.", "The log is lost." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      dra_article_builder_begin_block (builder, items[i].level > 0 ? DRA_BLOCK_LIST_ITEM
                                                                   : DRA_BLOCK_PARAGRAPH, items[i].level, items[i].label);
      dra_article_builder_add_text (builder, items[i].text, -1);
      dra_article_builder_end_block (builder);
    }
  article = dra_article_builder_build (builder);
  check_all (article, NULL, NULL);
  check_shown (article);
}
#endif

/* The open corpus in each of these formats. */
static void
check_corpus (DraArticle *article,
              DraCast    *cast,
              GPtrArray  *notes)
{
  static guint n_checked;

  check_all (article, cast, notes);
  if (cast == NULL)
    return;
  if (n_checked++ % 16 == 0)
    check_schema (article, cast, notes);
#ifdef DRA_HAVE_MARKDOWN
  check_shown (article);
#endif
}

static void
test_corpus (void)
{
  fixture_walk_corpus (check_corpus, TRUE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dra_formats_provide ();

  g_test_add_func ("/copies/news", test_news);
  g_test_add_func ("/copies/lines", test_lines);
  g_test_add_func ("/copies/random", test_random);
  g_test_add_func ("/copies/edited", test_edited);
  g_test_add_func ("/copies/edited-footnote", test_edited_footnote);
  g_test_add_func ("/copies/other-bytes", test_other_bytes);
  g_test_add_func ("/copies/damaged", test_damaged);
  g_test_add_func ("/copies/hostile-numbers", test_hostile_numbers);
  g_test_add_func ("/copies/tei-with-doctype", test_tei_with_doctype);
  g_test_add_func ("/copies/large", test_large);
  g_test_add_func ("/copies/cancelled", test_cancelled);
  g_test_add_func ("/copies/schema", test_schema);
  g_test_add_func ("/copies/shown", test_shown);
#ifdef DRA_HAVE_MARKDOWN
  g_test_add_func ("/copies/list-from-two", test_list_from_two);
  g_test_add_func ("/copies/exclamation", test_exclamation);
#endif
  g_test_add_func ("/copies/corpus", test_corpus);

  return g_test_run ();
}
