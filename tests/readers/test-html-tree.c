/* test-html-tree.c: which tags give which tree, and what references stand for.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <libxml/tree.h>
#include <string.h>

#include "readers/dra-html-parse.h"
#include "readers/dra-html-references.h"

/* A tree as text: "html(body(p('one' b('two'))))". */
static void
print_tree (GString       *out,
            const xmlNode *first)
{
  for (const xmlNode *node = first; node != NULL; node = node->next)
    {
      if (node != first)
        g_string_append_c (out, ' ');
      if (node->type != XML_ELEMENT_NODE)
        {
          g_string_append_printf (out, "'%s'", node->content);
          continue;
        }
      g_string_append (out, (const char *) node->name);
      for (const xmlAttr *attribute = node->properties; attribute != NULL; attribute = attribute->next)
        g_string_append_printf (out, "[%s=%s]", attribute->name, attribute->children->content);
      if (node->children != NULL)
        {
          g_string_append_c (out, '(');
          print_tree (out, node->children);
          g_string_append_c (out, ')');
        }
    }
}

typedef struct
{
  const char *name;
  const char *markup;
  const char *tree;
} Case;

static const Case cases[] = {
  { "whole", "<html><head><title>A</title></head><body><p>x</p></body></html>", "html(head(title('A')) body(p('x')))" },
  { "implied", "<title>A</title><p>x", "html(head(title('A')) body(p('x')))" },
  { "text-only", "words", "html(body(p('words')))" },
  { "blank", "<html> <head> </head><body>x", "html(' ' head(' ') body('x'))" },
  { "paragraphs", "<p>a<p>b<div>c</div>d", "html(body(p('a') p('b') div('c') 'd'))" },
  { "cells", "<table><tr><td>a<td>b<tr><td>c</table>e", "html(body(table(tr(td('a') td('b')) tr(td('c'))) 'e'))" },
  { "rank", "<table><tr><td><div>a</p>b</td></tr></div></table>c", "html(body(table(tr(td(div('ab')))) 'c'))" },
  { "empty", "<p>a<br>b<img src=x alt=\"y\">c", "html(body(p('a' br 'b' img[src=x][alt=y] 'c')))" },
  { "twice", "<p class=a class=b>x", "html(body(p[class=a]('x')))" },
  { "second-body", "<body><p>a<body><p>b</body></body>c", "html(body(p('a') p('b')) p('c'))" },
  { "data", "<script type='application/ld+json'>{\"a\":\"<b>&amp;\"}</script>x",
    "html(head(script[type=application/ld+json]('{\"a\":\"<b>&amp;\"}')) body(p('x')))" },
  { "stray", "<p>1 < 2 <3 </>x</p>", "html(body(p('1 < 2 <3 x')))" },
  { "own", "<my-box>a</my-other>b</my-box>c", "html(body(my-box('ab') 'c'))" },
  { "references", "<p title='a&quot;&#39;&copy;'>&lt;b&gt; &#x41;&#66 &bogus; &amp &eacute;",
    "html(body(p[title=a\"'\302\251]('<b> AB &bogus; &amp \303\251')))" },
};

static void
test_case (gconstpointer data)
{
  const Case *expected = data;
  g_autoptr (xmlDoc) document = dra_html_parse_utf8 (expected->markup, strlen (expected->markup));
  g_autoptr (GString) printed = g_string_new (NULL);

  print_tree (printed, document->children);
  g_assert_cmpstr (printed->str, ==, expected->tree);
}

/* A text in many pieces is one node, and takes linear time. */
static void
test_pieces (void)
{
  g_autoptr (GString) markup = g_string_new ("<p>");
  g_autoptr (xmlDoc) document = NULL;
  const xmlNode *text;

  for (guint i = 0; i < 100000; i++)
    g_string_append (markup, "ab</x>");
  document = dra_html_parse_utf8 (markup->str, markup->len);
  text = document->children->children->children->children;
  g_assert_cmpint (text->type, ==, XML_TEXT_NODE);
  g_assert_cmpuint (strlen ((const char *) text->content), ==, 200000);
  g_assert_null (text->next);
}

static void
test_references (void)
{
  static const struct { const char *text; gboolean keep; const char *decoded; } texts[] = {
    { "&#0;a&#xD800;b&#x110000;c&#xFFFF;", FALSE, "abc" },
    { "&#99999999999999999999;x", FALSE, "x" },
    { "&#;&#x;y", FALSE, "y" },
    { "a\001b\357\277\277c\357\277\275", FALSE, "abc\357\277\275" },
    { "a\001b", TRUE, "a\001b" },
    { "&", FALSE, "&" },
    { "&;&thetasym;&averylongnamethatis;", FALSE, "&;\317\221&averylongnamethatis;" },
    { "&#128512;", FALSE, "\360\237\230\200" },
  };
  DraHtmlReferences *references = dra_html_references_new ();

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);

      dra_html_references_decode (references, texts[i].text, strlen (texts[i].text), texts[i].keep, out);
      g_assert_cmpstr (out->str, ==, texts[i].decoded);
    }
  dra_html_references_free (references);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/html-tree/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/html-tree/pieces", test_pieces);
  g_test_add_func ("/html-tree/decode", test_references);

  return g_test_run ();
}
