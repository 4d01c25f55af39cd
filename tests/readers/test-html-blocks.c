/* test-html-blocks.c: markup to blocks, rule by rule.
 *
 * Each row is a fragment of a page and the blocks it must give; links and styles are shown
 * in the text by dump_styles() where the row asks for them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "article/dra-error.h"
#include "dra-test-readers.h"
#include "readers/dra-html-blocks.h"
#include "readers/dra-html-dom.h"
#include "readers/dra-html-parse.h"

#define PIXELS "iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAGElEQVR4nGP4////fwY84P///4yjKvABAEVNFvVQcXVcAAAAAElFTkSuQmCCAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

typedef struct
{
  const char *name;
  const char *markup;
  const char *blocks;
} Row;

static const Row block_rows[] = {
  { "paragraphs", "<p>One\n two</p>loose<p>three", "paragraph: One two\nparagraph: loose\nparagraph: three\n" },
  { "headings", "<h1>A</h1><h2><b>B</b></h2><h6>C</h6>", "heading 1: A\nheading 2: B\nheading 6: C\n" },
  { "break", "<p>a<br>b<br/></p>", "paragraph: a¶b\n" },
  { "breaks", "<div>a<br><br>b<br>\n<br>&nbsp;<br>c</div>", "paragraph: a\nparagraph: b\nparagraph: c\n" },
  { "break before", "<p><br><br>a</p>", "paragraph: a\n" },
  { "heading break", "<h2>a<br><br>b</h2>", "heading 2: a¶b\n" },
  { "list", "<ul><li>a<li>b<ul><li>c</ul><li>d</ul>e",
    "list-item 1 [•]: a\nlist-item 1 [•]: b\nlist-item 2 [•]: c\nlist-item 1 [•]: d\nparagraph: e\n" },
  { "numbers", "<ol start=3><li>a<li value=7>b<li>c</ol>",
    "list-item 1 [3.]: a\nlist-item 1 [7.]: b\nlist-item 1 [8.]: c\n" },
  { "letters", "<ol type=A start=26><li>a<li>b</ol><ol type=i><li>c<li>d</ol>",
    "list-item 1 [Z.]: a\nlist-item 1 [AA.]: b\nlist-item 1 [i.]: c\nlist-item 1 [ii.]: d\n" },
  { "reversed", "<ol reversed><li>a<li>b</ol>", "list-item 1 [2.]: a\nlist-item 1 [1.]: b\n" },
  { "paragraphs in an item", "<ul><li><p>a</p><p>b</p></li></ul>", "list-item 1 [•]: a\nlist-item 1: b\n" },
  { "lost item", "<div><li>a</li></div>", "list-item 1 [•]: a\n" },
  { "number after nested", "<ol><li>a<ul><li>b</ul><li>c</ol>",
    "list-item 1 [1.]: a\nlist-item 2 [•]: b\nlist-item 1 [2.]: c\n" },
  { "definitions", "<dl><dt>a<dd>b</dl>", "paragraph: a\nparagraph: b\n" },
  { "quotation", "<blockquote>a<p>b</p><blockquote>c</blockquote></blockquote>d",
    "quotation 1: a\nquotation 1: b\nquotation 2: c\nparagraph: d\n" },
  { "code", "<pre>\na  b\n\tc\n</pre>", "preformatted: a  b¶        c\n" },
  { "lines of code", "<pre><code><div>a</div><div>b</div></code></pre>", "preformatted: a¶b\n" },
  { "rule", "<hr>a<hr><hr>b<hr>", "paragraph: a\nrule: * * *\nparagraph: b\n" },
  { "table", "<table><caption>T</caption><tr><th>a<th>b<tr><td>c<td>d<br>e</table>f",
    "caption: T\ntable-row 1 [first]: a\tb\ntable-row: c\td e\nparagraph: f\n" },
  { "empty cells", "<table><tr><th>a<th>b<tr><td><td>c<tr><td>d<td></table>",
    "table-row 1 [first]: a\tb\ntable-row: \tc\ntable-row: d\n" },
  { "spans", "<table><tr><th colspan=2>a<th>b<tr><td rowspan=2>c<td>d<td>e<tr><td>f<td>g<tr><td>h<td>i<td>j</table>",
    "table-row 1 [first]: a\t\tb\ntable-row: c\td\te\ntable-row: \tf\tg\ntable-row: h\ti\tj\n" },
  { "layout table", "<table><tr><td><p>a</p><p>b</p></td></tr></table>", "paragraph: a\nparagraph: b\n" },
  { "table in table", "<table><tr><td>a<td><table><tr><td>b<td>c<tr><td>d<td>e</table></table>",
    "paragraph: a\ntable-row [first]: b\tc\ntable-row: d\te\n" },
  { "presentation", "<table role=presentation><tr><td>a<td>b<tr><td>c<td>d</table>",
    "paragraph: a\nparagraph: b\nparagraph: c\nparagraph: d\n" },
  { "table in a quotation", "<blockquote><table><tr><th>a<th>b</table>c</blockquote>",
    "table-row 1 [first]: a\tb\nquotation 1: c\n" },
  { "figure", "<figure><img src=a.png alt='A cat'><figcaption>Cap</figcaption></figure>",
    "image [A cat]: \357\277\274\ncaption: Cap\n" },
  { "image in text", "<p>a <img src=a.png alt='A cat'> b</p>", "paragraph: a b\nimage [A cat]: \357\277\274\n" },
  { "image of the web", "<img src='https://example.org/a.png' alt='A cat'><img src='//example.org/b.png'>",
    "image [A cat]: \357\277\274\n" },
  { "pixel", "<p>a<img width=1 height=1 src=p.gif alt=x></p>", "paragraph: a\n" },
  { "smiley", "<p>a <img src=x.png alt='😀'> b</p>", "paragraph: a 😀 b\n" },
  { "hidden", "<p hidden>a</p><p style='color:red; display : none'>b</p><p aria-hidden=true>c</p>"
              "<template>d</template><noscript>e</noscript><p>f</p>", "paragraph: f\n" },
  { "streamed", "<div hidden id='S:1a'>a</div>", "paragraph: a\n" },
  { "scripts", "a<script>if (a < b) document.write('<p>x</p>')</script><style>p { }</style>"
               "<svg><title>t</title></svg><textarea>t</textarea><select><option>o</select>b",
    "paragraph: ab\n" },
  { "comments", "a<!-- <p>x --->b<!-->c<!--x--!>y-->d", "paragraph: abcd\n" },
  { "comment without end", "<p>a<!-- b <p>c", "paragraph: a b\nparagraph: c\n" },
  { "less than", "<p>1 < 2 <3 a<b <ann@example.org></p>", "paragraph: 1 < 2 <3 a\n" },
  { "entities", "<p>a&amp;b &lt;c&gt; &eacute;&#8217;&#x2014;&nbsp;x &unknown;</p>",
    "paragraph: a&b <c> é’—\302\240x &unknown;\n" },
  { "no-break space", "<p>&nbsp;</p><p>10&nbsp;km, a&nbsp;&nbsp;b&nbsp;</p>", "paragraph: 10\302\240km, a b\n" },
  { "zero width", "<p>a\342\200\213b\342\201\240c\302\255d\357\273\277e</p>", "paragraph: abcde\n" },
  { "ruby", "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>字", "paragraph: 漢(kan)字\n" },
  { "quote element", "<p>a <q>b</q> c</p>", "paragraph: a “b” c\n" },
  { "custom elements", "<my-page><my-text>a</my-text> <my-text>b</my-text><p>c</p></my-page>",
    "paragraph: a b\nparagraph: c\n" },
  { "section in paragraph", "<p>a<section>b<p>c</section>d", "paragraph: a\nparagraph: b\nparagraph: c\nparagraph: d\n" },
  { "button", "<button>Share</button><h2><button>Question</button></h2><p>a</p>", "heading 2: Question\nparagraph: a\n" },
  { "no markup", "just text", "paragraph: just text\n" },
  { "old page", "<CENTER><FONT SIZE=5>A</FONT></CENTER><P ALIGN=left>b<P>c", "paragraph: A\nparagraph: b\nparagraph: c\n" },
  { "xhtml", "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><head><title/><script src='x'/></head>"
             "<body><p>a<a id='x'/>b</p><div/><p><![CDATA[1 < 2 & 3]]></p></body></html>",
    "paragraph: ab\nparagraph: 1 < 2 & 3\n" },
  { "footnote", "<p>a<sup><a href='#f1' id=r1>1</a></sup></p><p>b</p><ol><li id=f1>note <a href='#r1'>↩</a></li></ol>",
    "paragraph: a1\nparagraph: b\nfootnote [1]: note\n" },
  { "textarea without end", "<p>a</p><textarea><p>b</p>", "paragraph: a\nparagraph: b\n" },
  { "xmp", "<xmp><b>a</b></xmp>", "preformatted: <b>a</b>\n" },
  { "shadow root", "<my-text><template shadowrootmode=open><p>a</p></template></my-text>", "paragraph: a\n" },
};

static DraReading *
read_with (const char                 *markup,
           const DraHtmlBlocksOptions *options)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (markup, strlen (markup));
  g_autoptr (GError) error = NULL;
  g_autoptr (xmlDoc) document = dra_html_parse (bytes, "x.html", NULL, &error);
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();

  g_assert_no_error (error);
  g_assert_true (dra_html_blocks_write (builder, (xmlNode *) document, options, NULL, &error));
  g_assert_no_error (error);

  return dra_reading_new (dra_article_builder_build (builder), NULL, NULL);
}

static void
test_blocks (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (DraHtmlImages) images = dra_html_images_new ();
  DraHtmlBlocksOptions options = { .image = dra_html_images_take, .user_data = images };
  g_autoptr (DraReading) reading = read_with (row->markup, &options);
  g_autofree char *dump = dra_test_dump (reading->article);

  g_assert_cmpstr (dump, ==, row->blocks);
  dra_test_check_article (reading->article);
}

static const Row style_rows[] = {
  { "styles", "<p><em>a</em> <b>b</b> <code>c</code> <u>d</u> <s>e</s> <sup>f</sup> <sub>g</sub></p>",
    "emphasis a\nstrong b\ncode c\nunderline d\nstrikethrough e\nsuperscript f\nsubscript g\n" },
  { "bold heading", "<h1>a <strong>b</strong></h1>", "" },
  { "span", "<p><span style='font-weight: 700'>a</span><b style='font-weight:normal'>b</b></p>", "strong a\n" },
  { "over blocks", "<i><div>a</div><div>b</div></i>", "emphasis a\nemphasis b\n" },
  { "links", "<p><a href='https://example.org/x'>a</a> <a href=' HTTP://example.org'>b</a> <a href='mailto:a@b'>c</a></p>",
    "link a https://example.org/x\nlink b HTTP://example.org\nlink c mailto:a@b\n" },
  { "bad links", "<p><a href='javascript:alert(1)'>a</a><a href='#x'>b</a><a href='file:///etc/passwd'>c</a>"
                 "<a href='data:text/html,x'>d</a><a href='jAvascript&#58;1'>e</a><a>f</a></p>", "" },
  { "relative links", "<base href='https://example.org/a/b.html'><p><a href='c.html?x=1'>a</a><a href='/d'>b</a>"
                      "<a href='//e.org/f'>c</a><a href='java\nscript:1'>d</a></p>",
    "link a https://example.org/a/c.html?x=1\nlink b https://example.org/d\nlink c https://e.org/f\n" },
  { "footnote", "<p>a<sup><a href='#f1' id=r1>[2]</a></sup></p><p id=f1>note</p>", "link [2] #fn:2\nsuperscript [2]\n" },
};

static void
test_styles (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (GBytes) bytes = g_bytes_new_static (row->markup, strlen (row->markup));
  g_autoptr (xmlDoc) document = dra_html_parse (bytes, "x.html", NULL, NULL);
  g_autofree char *base = dra_html_blocks_find_base (document, NULL);
  DraHtmlBlocksOptions options = { .base = base };
  g_autoptr (DraReading) reading = read_with (row->markup, &options);
  g_autoptr (GString) dump = g_string_new (NULL);
  guint n_styles;
  const DraStyle *styles = dra_article_get_styles (reading->article, &n_styles);

  for (guint i = 0; i < n_styles; i++)
    {
      g_autofree char *text = dra_article_dup_range (reading->article, styles[i].range);

      g_string_append_printf (dump, "%s %s%s%s\n", dra_style_kind_to_string (styles[i].kind), text,
                              styles[i].target != NULL ? " " : "",
                              styles[i].target != NULL ? styles[i].target : "");
    }
  g_assert_cmpstr (dump->str, ==, row->blocks);
}

static void
test_images (void)
{
  static const char markup[] =
    "<img alt=a src='data:image/png;base64," PIXELS "'>"
    "<img alt=b src='data:image/gif;base64,R0lGODlhAQABAAAAACw=' data-src='sub/b%20c.jpg?x=1'>"
    "<img alt=c srcset='x.jpg 320w, y.jpg 640w'>"
    "<img alt=d src='data:image/png;base64," PIXELS "'>"
    "<img alt=e src='../e.png'><img alt=f src='/f.png'><img alt=g src='https://example.org/g.png'>"
    "<img alt=h src='file:///h.png'><img alt=i src='a/../../i.png'><img alt=j src='a%2f..%2f..%2fj.png'>"
    "<picture><source srcset='p.webp'><img alt=k></picture>";
  static const char *const sources[] = { "data:1", "sub/b c.jpg", "y.jpg", "data:1", NULL, NULL, NULL,
                                         NULL, NULL, NULL, "p.webp" };
  g_autoptr (DraHtmlImages) images = dra_html_images_new ();
  DraHtmlBlocksOptions options = { .image = dra_html_images_take, .user_data = images };
  g_autoptr (DraReading) reading = read_with (markup, &options);
  guint n_blocks;
  const DraBlock *blocks = dra_article_get_blocks (reading->article, &n_blocks);

  g_assert_cmpuint (n_blocks, ==, G_N_ELEMENTS (sources));
  for (guint i = 0; i < n_blocks; i++)
    g_assert_cmpstr (blocks[i].source, ==, sources[i]);
  dra_html_images_give (images, reading);
  g_assert_cmpuint (reading->images->len, ==, 1);
  g_assert_nonnull (dra_reading_find_image (reading, "data:1"));
  g_assert_cmpstr (dra_reading_find_image (reading, "data:1")->type, ==, "image/png");
}

/* What encodings a page may declare, late and wrongly, too. */
static void
test_encodings (void)
{
  g_autofree char *late = g_strnfill (3000, ' ');
  g_autofree char *page = g_strconcat ("<html><head>", late, "<meta charset=windows-1251></head><p>\317\360\350\342\345\362, \354\350\360</p>", NULL);
  g_autoptr (DraReading) cyrillic = read_with (page, NULL);
  g_autoptr (DraReading) wrong = read_with ("<meta charset=iso-8859-1><p>na\303\257ve</p>", NULL);
  g_autoptr (DraReading) equiv = read_with ("<meta http-equiv=Content-Type content='text/html; charset=iso-8859-2'><p>\263\363d\274 i \266nieg</p>", NULL);

  g_assert_cmpstr (dra_article_get_text (cyrillic->article, NULL), ==, "Привет, мир");
  g_assert_cmpstr (dra_article_get_text (wrong->article, NULL), ==, "naïve");
  g_assert_cmpstr (dra_article_get_text (equiv->article, NULL), ==, "łódź i śnieg");
}

static void
check_depth (const char *open,
             const char *close,
             guint       n)
{
  g_autoptr (GString) page = g_string_new (NULL);
  g_autoptr (DraReading) reading = NULL;

  for (guint i = 0; i < n; i++)
    g_string_append (page, open);
  g_string_append (page, "deep");
  for (guint i = 0; i < n; i++)
    g_string_append (page, close);
  g_string_append (page, "<p>after</p>");
  reading = read_with (page->str, NULL);
  g_assert_nonnull (strstr (dra_article_get_text (reading->article, NULL), "deep"));
  g_assert_nonnull (strstr (dra_article_get_text (reading->article, NULL), "after"));
}

static void
test_depth (void)
{
  check_depth ("<div>", "</div>", 100000);
  check_depth ("<div>", "", 100000);
  check_depth ("<b>", "</i>", 100000);
  check_depth ("<table><tr><td>", "</td></tr></table>", 30000);
  check_depth ("<ul><li>", "</ul>", 30000);
  check_depth ("<blockquote>", "</blockquote>", 30000);
  check_depth ("<a href='#x'><sup>", "", 30000);
}

/* What is inside of a deep page is not lost with the tags. */
static void
test_deep_document (void)
{
  g_autoptr (GString) page = g_string_new (NULL);
  g_autoptr (DraReading) reading = NULL;
  guint n_blocks;

  for (guint i = 0; i < 120; i++)
    g_string_append (page, "<div><span>");
  g_string_append (page, "<p>one</p><p>two</p>");
  for (guint i = 0; i < 120; i++)
    g_string_append (page, "</span></div>");
  reading = read_with (page->str, NULL);
  dra_article_get_blocks (reading->article, &n_blocks);
  g_assert_cmpuint (n_blocks, ==, 2);
}

static void
test_attributes (void)
{
  g_autoptr (GString) page = g_string_new ("<p");
  g_autoptr (DraReading) reading = NULL;

  for (guint i = 0; i < 300000; i++)
    g_string_append_printf (page, " a%u=%u", i, i);
  g_string_append (page, ">text</p>");
  reading = read_with (page->str, NULL);
  g_assert_cmpstr (dra_article_get_text (reading->article, NULL), ==, "text");
}

/* 12 MB in one text, which libxml2 would cut off at 10. */
static void
test_long_text (void)
{
  g_autoptr (GString) page = g_string_new ("<p>");
  g_autoptr (DraReading) reading = NULL;
  gsize length;

  while (page->len < 12 * 1024 * 1024)
    g_string_append (page, "many words and ");
  g_string_append (page, "the end</p>");
  reading = read_with (page->str, NULL);
  dra_article_get_text (reading->article, &length);
  g_assert_cmpuint (length, ==, page->len - strlen ("<p></p>"));
}

static void
test_cancel (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("<p>a", 4);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (dra_html_parse (bytes, "x.html", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_tags (void)
{
  g_assert_cmpint (dra_html_tag_of_name ("a", 1), ==, DRA_HTML_A);
  g_assert_cmpint (dra_html_tag_of_name ("abbr", 4), ==, DRA_HTML_ABBR);
  g_assert_cmpint (dra_html_tag_of_name ("xmp", 3), ==, DRA_HTML_XMP);
  g_assert_cmpint (dra_html_tag_of_name ("xmpx", 4), ==, DRA_HTML_OTHER);
  g_assert_cmpint (dra_html_tag_of_name ("", 0), ==, DRA_HTML_OTHER);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (block_rows); i++)
    {
      g_autofree char *path = g_strconcat ("/html-blocks/blocks/", block_rows[i].name, NULL);

      g_test_add_data_func (path, &block_rows[i], test_blocks);
    }
  for (guint i = 0; i < G_N_ELEMENTS (style_rows); i++)
    {
      g_autofree char *path = g_strconcat ("/html-blocks/styles/", style_rows[i].name, NULL);

      g_test_add_data_func (path, &style_rows[i], test_styles);
    }
  g_test_add_func ("/html-blocks/images", test_images);
  g_test_add_func ("/html-blocks/encodings", test_encodings);
  g_test_add_func ("/html-blocks/depth", test_depth);
  g_test_add_func ("/html-blocks/deep-document", test_deep_document);
  g_test_add_func ("/html-blocks/attributes", test_attributes);
  g_test_add_func ("/html-blocks/long-text", test_long_text);
  g_test_add_func ("/html-blocks/cancel", test_cancel);
  g_test_add_func ("/html-blocks/tags", test_tags);

  return g_test_run ();
}
