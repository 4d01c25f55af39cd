/* test-markdown-reader.c: Markdown to blocks, front matter, and what is meant to hurt.
 *
 * tests/fixtures/markdown/ferry.md has a bit of everything beside what it must become.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "article/dra-error.h"
#include "document-fixture.h"
#include "dra-test-readers.h"
#include "dra-test.h"
#include "readers/dra-markdown-reader.h"

static void
test_fixture (void)
{
  g_autofree char *path = dra_test_source ("tests/fixtures/markdown/ferry.md");
  g_autofree char *expected_path = g_strconcat (path, ".expected", NULL);
  g_autofree char *text = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *dump = NULL;
  g_autofree char *styles = NULL;
  g_autofree char *all = NULL;
  g_autoptr (DraReading) reading = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_file_get_contents (expected_path, &expected, NULL, NULL));
  reading = dra_test_read_text (dra_markdown_read, text);
  dump = dra_test_dump (reading->article);
  styles = document_dump_styles (reading->article);
  all = g_strconcat (dump, "\n", styles, NULL);
  g_assert_cmpstr (all, ==, expected);
}

#define TYPE "@type text/markdown\n"

static const DraTestCase block_rows[] = {
  { "title", dra_markdown_read, "# *One* two\n\nText.", "@title One two\n" TYPE "title: One two\nparagraph: Text.\n" },
  { "title-below-badges", dra_markdown_read, "[![build](b.svg)](https://ci.example)\n\nOne\n===\nText.",
    "@title One\n" TYPE "image [build]: \357\277\274\ntitle: One\nparagraph: Text.\n" },
  { "no-title", dra_markdown_read, "Text.\n\n## Part\n", TYPE "paragraph: Text.\nheading 2: Part\n" },
  { "second-level-title", dra_markdown_read, "## Part\n\nText.", "@title Part\n" TYPE "title: Part\nparagraph: Text.\n" },
  { "html-title", dra_markdown_read, "<h1 align=center>One</h1>\n\n# Two\n", "@title One\n" TYPE "title: One\nheading 1: Two\n" },
  { "byline", dra_markdown_read, "# One\n\n*By Anna Berg*\n\n1 March 2024\n\nText.",
    "@title One\n@byline Anna Berg\n@published 2024-03-01\n" TYPE
    "title: One\nbyline: By Anna Berg\ndate: 1 March 2024\nparagraph: Text.\n" },
  { "byline-below-a-motto", dra_markdown_read, "# One\n\nThe motto.\n\nBy Anna Berg | March 1, 2024\n\nText.",
    "@title One\n@byline Anna Berg\n@published 2024-03-01\n" TYPE
    "title: One\nparagraph: The motto.\nbyline: By Anna Berg | March 1, 2024\nparagraph: Text.\n" },
  { "lines", dra_markdown_read, "one\ntwo  \nthree\\\nfour", TYPE "paragraph: one two¶three¶four\n" },
  { "wide-lines", dra_markdown_read, "港口\n渡輪\nabc\n항구\n", TYPE "paragraph: 港口渡輪 abc 항구\n" },
  { "tasks", dra_markdown_read, "- [x] one\n- [ ] two\n- [X] three\n\n  more",
    TYPE "list-item 1 [•]: ☑ one\nlist-item 1 [•]: ☐ two\nlist-item 1 [•]: ☑ three\nlist-item 1: more\n" },
  { "not-a-footnote", dra_markdown_read, "a[^1] b", TYPE "paragraph: a[^1] b\n" },
  { "html", dra_markdown_read, "a <b>b</b> <span hidden>c</span>\n\n<style>p {}</style>\n<!-- d -->\n<table><tr><td>e</td></tr></table>\n",
    TYPE "paragraph: a b\nparagraph: e\n" },
  { "html-around", dra_markdown_read, "<details>\n<summary>More</summary>\n\n- a\n- b\n\n</details>\n",
    TYPE "paragraph: More\nlist-item 1 [•]: a\nlist-item 1 [•]: b\n" },
  { "entities", dra_markdown_read, "AT&amp;T &copy; &#x41; 1 < 2 & 3", TYPE "paragraph: AT&T © A 1 < 2 & 3\n" },
  { "code", dra_markdown_read, "`<b>` and\n\n    <i>a</i>\n\n```\n<script>b</script>\n```\n",
    TYPE "paragraph: <b> and\npreformatted: <i>a</i>\npreformatted: <script>b</script>\n" },
  { "image-of-the-web", dra_markdown_read, "![A ferry](https://quay.example/a.png) ![](b.png \"t\") ![c](../c.png) ![](/d.png)",
    TYPE "image [A ferry]: \357\277\274\nimage []: \357\277\274\nimage [c]: \357\277\274\n" },
  { "carriage-returns", dra_markdown_read, "# One\r\rTwo\rthree\r\n\r\n- a\r\n", "@title One\n" TYPE "title: One\nparagraph: Two three\nlist-item 1 [•]: a\n" },
  { "not-utf-8", dra_markdown_read, "caf\351 au lait, d\351j\340 vu, \340 la carte", TYPE "paragraph: café au lait, déjà vu, à la carte\n" },
};

static const DraTestCase matter_rows[] = {
  { "only-a-rule", dra_markdown_read, "---\n\nText.\n\n---\n\nMore.", TYPE "paragraph: Text.\nrule: * * *\nparagraph: More.\n" },
  { "not-closed", dra_markdown_read, "---\ntitle: One\n\nText.", TYPE "paragraph: title: One\nparagraph: Text.\n" },
  { "dots", dra_markdown_read, "---\ntitle: One\n...\nText.", "@title One\n" TYPE "title: One\nparagraph: Text.\n" },
  { "same-title", dra_markdown_read, "---\ntitle: \"One: two!\"\n---\n# One – Two\nText.", "@title One: two!\n" TYPE "title: One – Two\nparagraph: Text.\n" },
  { "other-title", dra_markdown_read, "---\ntitle: One\n---\n# Two\n", "@title One\n" TYPE "title: One\nheading 1: Two\n" },
  { "quotes", dra_markdown_read, "---\ntitle: 'It''s \"here\"'\nauthor: \"J\\u00fcrgen \\\"Jo\\\" Berg\" # him\n---\nText.",
    "@title It's \"here\"\n@byline Jürgen \"Jo\" Berg\n" TYPE "title: It's \"here\"\nparagraph: Text.\n" },
  { "folded", dra_markdown_read, "---\ntitle: >-\n  One\n  two\nauthor: |\n  Anna\n  Berg\ndescription: >\n  author: nobody\n---\nText.",
    "@title One two\n@byline Anna Berg\n" TYPE "title: One two\nparagraph: Text.\n" },
  { "two-lines", dra_markdown_read, "---\ntitle: 'One\n  two'\n---\nText.", "@title One two\n" TYPE "title: One two\nparagraph: Text.\n" },
  { "list", dra_markdown_read, "---\nauthor: [Anna Berg, \"Omar, the mate\"]\n---\nText.", "@byline Anna Berg, Omar, the mate\n" TYPE "paragraph: Text.\n" },
  { "lines-of-a-list", dra_markdown_read, "---\nauthors:\n- Anna Berg\n-  'Omar'\n---\nText.", "@byline Anna Berg, Omar\n" TYPE "paragraph: Text.\n" },
  { "named", dra_markdown_read, "---\nauthors:\n- affiliation: 1\n  name: Anna Berg\n- name: Omar\n  orcid: 0000\naffiliations:\n - name: Quay\n---\nText.",
    "@byline Anna Berg, Omar\n" TYPE "paragraph: Text.\n" },
  { "mapping", dra_markdown_read, "---\nauthor:\n  name: Anna Berg\n  email: a@b.example\nauthors: [{name: No, x: y}]\n---\nText.",
    "@byline Anna Berg\n" TYPE "paragraph: Text.\n" },
  { "dates", dra_markdown_read, "---\nupdated: 2025-01-01\ndate: 29 July 2020\n---\nText.", "@published 2020-07-29\n" TYPE "paragraph: Text.\n" },
  { "site", dra_markdown_read, "---\nsource: The Quay\nlang: not a language\nurl: /news/1\n---\nText.", "@site The Quay\n" TYPE "paragraph: Text.\n" },
  { "empty-values", dra_markdown_read, "---\ntitle:\nauthor: \"\"\ndate: ~\nsite: null\n---\nText.", TYPE "paragraph: Text.\n" },
  { "toml", dra_markdown_read, "+++\ntitle = \"One\"\nauthors = [\n  \"Anna Berg\",\n  \"Omar\",\n]\ndate = 2024-03-01\n[extra]\ntitle = \"No\"\n+++\nText.",
    "@title One\n@byline Anna Berg, Omar\n@published 2024-03-01\n" TYPE "title: One\nparagraph: Text.\n" },
  { "toml-lines", dra_markdown_read, "+++\ntitle = \"\"\"\nOne\ntwo\"\"\"\n+++\nText.", "@title One two\n" TYPE "title: One two\nparagraph: Text.\n" },
  { "pandoc", dra_markdown_read, "% One\n  two\n% Anna Berg; Omar\n% 1 March 2024\n\nText.",
    "@title One two\n@byline Anna Berg, Omar\n@published 2024-03-01\n" TYPE "title: One two\nparagraph: Text.\n" },
  { "only-matter", dra_markdown_read, "---\ntitle: One\n---\n", "@title One\n" TYPE "title: One\n" },
};

/* Titles and notes lead from and to where they should. */
static void
test_links (void)
{
  g_autoptr (DraReading) reading = dra_test_read_text (dra_markdown_read, "[a](https://q.example \"t\") [b](/b) [c](#c) [d] [e](javascript:1) www.f.example [^x]\n\n"
                                            "[d]: <https://q.example/d e>\n[^x]: Note.\n");
  g_autofree char *styles = document_dump_styles (reading->article);

  g_assert_cmpstr (styles, ==, "link(a)->https://q.example\nlink(d)->https://q.example/d%20e\n"
                               "link(www.f.example)->http://www.f.example\nlink(1)->#fn:1\nsuperscript(1)\n");
}

/* An address of a whole image, used twice, and named where it is no address. */
static void
test_long_address (void)
{
  g_autoptr (GString) pixels = g_string_new ("data:image/png;base64,iVBORw0KGgo");
  g_autofree char *text = NULL;
  g_autofree char *code = NULL;
  g_autoptr (DraReading) reading = NULL;
  guint n;
  const DraBlock *blocks;

  for (guint i = 0; i < 200; i++)
    g_string_append (pixels, "AAAA");
  text = g_strdup_printf ("![one][i] and ![two][i], dra-address-0:7 dra-address-0:0x\n\n```\n[i]: <%s>\n```\n\n[i]: <%s>\n",
                          pixels->str, pixels->str);
  code = g_strdup_printf ("[i]: <%s>", pixels->str);
  reading = dra_test_read_text (dra_markdown_read, text);
  blocks = dra_article_get_blocks (reading->article, &n);

  g_assert_cmpuint (n, ==, 4);
  g_assert_cmpuint (reading->images->len, ==, 1);
  for (guint i = 0; i < 3; i += 2)
    {
      g_assert_cmpint (blocks[i].kind, ==, DRA_BLOCK_IMAGE);
      g_assert_nonnull (dra_reading_find_image (reading, blocks[i].source));
    }
  g_assert_nonnull (strstr (dra_article_get_text (reading->article, NULL), ", dra-address-0:7 dra-address-0:0x"));
  g_assert_true (g_str_has_suffix (dra_article_get_text (reading->article, NULL), code));
}

static void
test_refused (void)
{
  static const struct { const char *text; gsize length; int code; } rows[] = {
    { "\0\0\1\2\3\4\0\0", 8, DRA_ERROR_NOT_TEXT }, { " \n\n", 3, DRA_ERROR_EMPTY },
    { "<!-- a -->\n", 11, DRA_ERROR_EMPTY }, { "[a]: https://q.example\n", 23, DRA_ERROR_EMPTY },
    { "---\n---\n", 8, DRA_ERROR_EMPTY },
  };
  g_autoptr (GBytes) bytes = g_bytes_new_static ("text", 4);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) cancelled = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) file = g_bytes_new_static (rows[i].text, rows[i].length);
      g_autoptr (GError) error = NULL;

      g_assert_null (dra_markdown_read (file, "test.file", NULL, &error));
      g_assert_error (error, DRA_ERROR, rows[i].code);
      g_assert_nonnull (strstr (error->message, "test.file"));
    }
  g_cancellable_cancel (cancellable);
  g_assert_null (dra_markdown_read (bytes, "test.file", cancellable, &cancelled));
  g_assert_error (cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
append_many (GString    *out,
             const char *what,
             gsize       size)
{
  gsize n = strlen (what);

  for (gsize i = 0; i < size / n; i++)
    g_string_append_len (out, what, (gssize) n);
}

/* What makes a parser of Markdown slow: head, then middle and tail over and over.  Each took
 * many times longer than ten times as long before it was guarded against. */
static const struct { const char *head, *middle, *tail; } bombs[] = {
  { "", "> ", "b\n" },         { "", "- ", "b\n" },         { "", "> ", "\n" },
  { "", "> - 1. ", "b\n" },    { "", "  - a\n", "b\n\n" },  { "", "![[]()", "" },
  { "", "a <!A ", "" },        { "", "a <?", "" },          { "", "a <![CDATA[", "" },
  { "|-|-|\n", "|x", "|-" },   { "", "|x|x\n|-|\n", "" },   { "", "a\n", "-|-\n" },
  { "", "a|\n|-|-|\n", "" },   { "a|b\n-|-\n", "|x", "\n|" }, { "", "a\n|-\n", "" },
  { "http://a.b/", ")", "" },  { "www.a.b/", "))&a;", "" }, { "[a]: b\n\n", "[a]", "" },
  { "", "[^a]", "\n[^a]: b" }, { "", "*a **a ", "" },       { "", "*a_ ", "_*" },
  { "", "[", "]" },            { "", "[a](", ")" },         { "", "`", "a" },
  { "", "<div>\n\n", "" },     { "", "~~a ~b ", "" },       { "", "a@", "b.c" },
  { "", "1. a\n   ", "" },     { "", "<a b=\"", "" },       { "", "&", ";" },
};

static double
measure (guint i,
         gsize size)
{
  g_autoptr (GString) text = g_string_new (bombs[i].head);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (DraReading) reading = NULL;
  double start;

  append_many (text, bombs[i].middle, size / 2);
  g_string_append (text, "x\n");
  append_many (text, *bombs[i].tail != '\0' ? bombs[i].tail : bombs[i].middle, size / 2);
  bytes = g_bytes_new (text->str, text->len);
  start = dra_test_cpu_seconds ();
  reading = dra_markdown_read (bytes, "test.file", NULL, NULL);
  if (reading != NULL)
    dra_test_check_article (reading->article);

  return dra_test_cpu_seconds () - start;
}

static void
test_bombs (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bombs); i++)
    {
      double small = measure (i, 20000);
      double large = measure (i, 200000);

      if (g_test_verbose ())
        g_test_message ("%u \"%.8s\": %.4f s, %.4f s, growth %.1f", i, bombs[i].middle, small, large, large / small);
      /* Much under a second even with a sanitizer; a square law takes a hundred times as long. */
      g_assert_cmpfloat (large, <, MAX (25 * small, 1.5));
    }
}

/* Definitions and tables that multiply what is in the file. */
static void
test_multiplied (void)
{
  g_autoptr (GString) references = g_string_new ("[a]: ");
  g_autoptr (GString) titles = g_string_new ("[a]: b \"");
  g_autoptr (GString) columns = g_string_new ("a");
  GString *files[] = { references, titles, columns };

  append_many (references, "b", 240);
  g_string_append (references, "\n\n");
  append_many (references, "[a]", 2000000);
  append_many (titles, "b\n", 100000);
  g_string_append (titles, "\"\n\n");
  append_many (titles, "[a]", 300000);
  append_many (columns, "|a", 4000);
  g_string_append (columns, "\n-");
  append_many (columns, "|-", 4000);
  append_many (columns, "\na", 100000);

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (files[i]->str, files[i]->len);
      g_autoptr (DraReading) reading = dra_test_read_with (dra_markdown_read, bytes);
      gsize length;

      dra_article_get_text (reading->article, &length);
      g_assert_cmpuint (length, <, 4 * files[i]->len);
      g_assert_cmpuint (length, >, files[i]->len / 4);
    }
}

/* Every file opens with a title where it has one, and keeps its words. */
static void
test_corpus (void)
{
  g_autofree char *folder = dra_test_shared ("corpus/open/md");
  g_autoptr (GDir) dir = NULL;
  const char *name;
  guint n = 0, n_titles = 0;
  double sum = 0;

  if (folder == NULL)
    return;
  dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *data = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (DraReading) reading = NULL;
      gsize length;
      double f1;

      if (g_str_has_suffix (name, ".meta.json"))
        continue;
      g_assert_true (g_file_get_contents (path, &data, &length, NULL));
      bytes = g_bytes_new (data, length);
      reading = dra_test_read_with (dra_markdown_read, bytes);
      n++;
      n_titles += dra_article_get_metadata (reading->article, DRA_METADATA_TITLE) != NULL;
      f1 = dra_test_word_f1 (dra_article_get_text (reading->article, NULL), data);
      sum += f1;
      if (g_getenv ("DRA_TEST_DUMP") != NULL)
        {
          g_autofree char *dump = dra_test_dump (reading->article);

          g_printerr ("=== %s %.2f\n%s\n", name, f1, dump);
        }
    }
  g_test_message ("%u files, %u with a title, words kept: F1 %.3f against the files themselves", n, n_titles, sum / n);
  g_assert_cmpuint (n, >, 100);
  g_assert_cmpuint (n_titles * 10, >, n * 7);
  g_assert_cmpfloat (sum / n, >, .8);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/markdown/fixture", test_fixture);
  dra_test_add_cases ("/markdown/blocks", block_rows, G_N_ELEMENTS (block_rows));
  dra_test_add_cases ("/markdown/matter", matter_rows, G_N_ELEMENTS (matter_rows));
  g_test_add_func ("/markdown/links", test_links);
  g_test_add_func ("/markdown/long-address", test_long_address);
  g_test_add_func ("/markdown/refused", test_refused);
  g_test_add_func ("/markdown/bombs", test_bombs);
  g_test_add_func ("/markdown/multiplied", test_multiplied);
  g_test_add_func ("/markdown/corpus", test_corpus);

  return g_test_run ();
}
