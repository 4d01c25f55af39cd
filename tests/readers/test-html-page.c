/* test-html-page.c: the article in a page, and pages that are none.
 *
 * The pages are made here as sites make them: navigation, sharing, related links, comments
 * and consent dialogs around an article.  Whatever trees are shipped must get these right.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "article/dra-error.h"
#include "dra-test-page.h"
#include "dra-test-readers.h"
#include "dra-test.h"
#include "readers/dra-formats.h"
#include "readers/dra-html-page.h"

typedef DraReading *(*ReadFunc) (GBytes        *bytes,
                                 const char    *name,
                                 GCancellable  *cancellable,
                                 GError       **error);

static DraReading *
read_string (const char *markup,
             ReadFunc    read)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (markup, strlen (markup));
  g_autoptr (GError) error = NULL;
  DraReading *reading = read (bytes, "x.html", NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (reading);
  dra_test_check_article (reading->article);

  return reading;
}

static void
assert_article (const char *markup)
{
  g_autoptr (DraReading) reading = read_string (markup, dra_html_read);

  g_assert_cmpstr (dra_article_get_text (reading->article, NULL), ==, TITLE "\n" ARTICLE_TEXT);
  g_assert_cmpint (reading->extent, ==, DRA_READING_MAIN);
}

static void
test_article (void)
{
  g_autoptr (DraReading) reading = read_string (PAGE, dra_html_read);
  guint n_blocks;
  const DraBlock *blocks = dra_article_get_blocks (reading->article, &n_blocks);

  assert_article (PAGE);
  g_assert_cmpstr (dra_article_get_metadata (reading->article, DRA_METADATA_TITLE), ==, "Old mill may get a new life");
  g_assert_cmpstr (dra_article_get_metadata (reading->article, DRA_METADATA_BYLINE), ==, "Tom Reed");
  g_assert_cmpstr (dra_article_get_metadata (reading->article, DRA_METADATA_SITE), ==, "The Valley Post");
  g_assert_cmpstr (dra_article_get_metadata (reading->article, DRA_METADATA_LANGUAGE), ==, "en");
  g_assert_cmpuint (n_blocks, ==, 7);
  g_assert_cmpint (blocks[0].kind, ==, DRA_BLOCK_TITLE);
  g_assert_cmpint (blocks[3].kind, ==, DRA_BLOCK_HEADING);
}

/* A title that the page gives in other words, and once more in the text. */
static void
test_title (void)
{
  assert_article (HEAD TOP "<main class=content><article class=post><div class=headline><b>" TITLE "</b></div>"
                  "<div class='article-body'>" ARTICLE "</div></article>" RELATED COMMENTS "</main>" BOTTOM);
  assert_article (HEAD TOP "<main class=content><article class=post><h1>" TITLE "</h1><div class='article-body'><h3>"
                  "OLD MILL may get a new life!</h3>" ARTICLE "</div></article>" RELATED COMMENTS "</main>" BOTTOM);
}

static void
test_whole_page (void)
{
  g_autoptr (DraReading) reading = read_string (PAGE, dra_page_read);
  const char *text = dra_article_get_text (reading->article, NULL);

  g_assert_cmpint (reading->extent, ==, DRA_READING_PAGE);
  g_assert_nonnull (strstr (text, PARAGRAPH_3));
  g_assert_nonnull (strstr (text, "Related stories"));
  g_assert_nonnull (strstr (text, "river_rat"));
  g_assert_nonnull (strstr (text, "All rights reserved"));
}

/* The body in two containers side by side, with an advertisement between. */
static void
test_split_body (void)
{
  assert_article (HEAD TOP "<main class=content><article class=post><h1>Old mill may get a new life</h1><div class='article-body text'><p>" PARAGRAPH_1
                  "</p><p>" PARAGRAPH_2 "</p></div><div class='ad advertisement'>Advertisement</div><div class='article-body text'><h2>What the builders found</h2><p>"
                  PARAGRAPH_3 "</p><p>" PARAGRAPH_4 "</p><p>" PARAGRAPH_5 "</p></div></article>" RELATED COMMENTS "</main>" BOTTOM);
}

/* Parts of the page arrive in hidden elements that a script puts into place. */
static void
test_streamed (void)
{
  assert_article (HEAD TOP "<div id=app><!--$?--><template id='B:0'></template><!--/$--></div><div hidden id='S:0'><main class=content><article class=post>"
                  "<h1>Old mill may get a new life</h1><div class='article-body'>" ARTICLE "</div></article></main></div>" BOTTOM);
}

/* A page that shows nothing before its script has run. */
static void
test_hidden_page (void)
{
  assert_article (HEAD "<div style='display:none' class=page-wrap>" TOP "<main class=content><article class=post><h1>Old mill may get a new life</h1><div class='article-body'>"
                  ARTICLE "</div></article>" RELATED "</main></div>" BOTTOM);
}

static void
test_paywall_class (void)
{
  assert_article (HEAD TOP "<main class=content><article class=post><h1>Old mill may get a new life</h1><div class='article-body paywall'>"
                  ARTICLE "</div></article>" RELATED COMMENTS "</main>" BOTTOM);
}

/* Text that is only in what the page says of itself. */
static void
test_described (void)
{
  g_autoptr (DraReading) reading = read_string (HEAD TOP "<script type='application/ld+json'>{\"@context\": \"https://schema.org\", \"@type\": \"NewsArticle\", "
    "\"headline\": \"Old mill may get a new life\", \"articleBody\": \"" PARAGRAPH_1 "\\n" PARAGRAPH_2 "\\n" PARAGRAPH_3 "\\n" PARAGRAPH_4 "\\n" PARAGRAPH_5
    "\"}</script><div id=app></div>" BOTTOM, dra_html_read);

  g_assert_cmpstr (dra_article_get_text (reading->article, NULL), ==,
                   TITLE "\n" PARAGRAPH_1 "\n" PARAGRAPH_2 "\n" PARAGRAPH_3 "\n" PARAGRAPH_4 "\n" PARAGRAPH_5);
}

/* Text that is only in a page's scripts, as several frameworks send it. */
static void
test_in_scripts (void)
{
  static const char *const scripts[] = {
    "<script id=__NEXT_DATA__ type='application/json'>{\"props\":{\"title\":\"Old mill\",\"css\":\"a{color:red;margin:0;padding:0} b{color:blue;margin:0;padding:0} c{color:green;margin:0}\",\"body\":\""
    "\\u003cp\\u003e" PARAGRAPH_1 "\\u003c/p\\u003e\\n\\u003cp class=\\\"x\\\">" PARAGRAPH_2 "</p><p>" PARAGRAPH_3 " " PARAGRAPH_4 "</p>\"}}</script>",
    "<script>self.__next_f.push([1,\"1a:[\\\"$\\\",\\\"p\\\",null,{\\\"children\\\":\\\"" PARAGRAPH_1 "\\\"}]\\n\"])</script>"
    "<script>self.__next_f.push([1,\"1b:[\\\"$\\\",\\\"p\\\",null,{\\\"children\\\":\\\"" PARAGRAPH_2 "\\\"}]\\n1c:{\\\"text\\\":\\\"" PARAGRAPH_3 " " PARAGRAPH_4 "\\\"}\"])</script>"
    "<script>self.__next_f.push([1,\"1d:{\\\"again\\\":\\\"" PARAGRAPH_1 "\\\"}\"])</script>",
    "<script>window.state = { say: 'it\\'s', path: \"/a/b\", text: \"" PARAGRAPH_1 "\\n" PARAGRAPH_2 "\\r\\n" PARAGRAPH_3 " " PARAGRAPH_4 "\" };</SCRIPT>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      g_autofree char *page = g_strconcat (HEAD TOP "<div id=app></div>", scripts[i], BOTTOM, NULL);
      g_autofree char *empty = g_strconcat ("<!DOCTYPE html><title>Old mill</title><div id=app></div>", scripts[i], NULL);
      g_autoptr (DraReading) article = read_string (page, dra_html_read);
      g_autoptr (DraReading) alone = read_string (empty, dra_html_read);
      g_autoptr (DraReading) whole = read_string (empty, dra_page_read);

      g_assert_cmpstr (dra_article_get_text (article->article, NULL), ==, TITLE "\n" PARAGRAPH_1 "\n" PARAGRAPH_2 "\n" PARAGRAPH_3 " " PARAGRAPH_4);
      g_assert_cmpstr (dra_article_get_text (alone->article, NULL), ==, "Old mill\n" PARAGRAPH_1 "\n" PARAGRAPH_2 "\n" PARAGRAPH_3 " " PARAGRAPH_4);
      g_assert_cmpstr (dra_article_get_text (whole->article, NULL), ==, "Old mill\n" PARAGRAPH_1 "\n" PARAGRAPH_2 "\n" PARAGRAPH_3 " " PARAGRAPH_4);
      g_assert_cmpint (article->extent, ==, DRA_READING_MAIN);
      g_assert_cmpint (alone->extent, ==, DRA_READING_ALL);
    }
}

/* A page that its scripts alone make still says what it is about. */
static void
test_summary (void)
{
  g_autoptr (DraReading) reading = read_string ("<title>Old mill</title><meta name=description content='A short one.'>"
                                                "<meta property='og:description' content='" PARAGRAPH_1 "'>"
                                                "<body><div id=app></div><script src=x></script>", dra_html_read);

  g_assert_cmpstr (dra_article_get_text (reading->article, NULL), ==, "Old mill\n" PARAGRAPH_1);
  assert_article ("<meta name=description content='" PARAGRAPH_5 "'>" PAGE);
}

/* Where a page shows its article, what its scripts say is no part of it. */
static void
test_scripts_beside (void)
{
  assert_article (HEAD "<script>var teaser = { text: \"" PARAGRAPH_3 " " PARAGRAPH_4 " " PARAGRAPH_5 "\" };</script>" TOP
                  "<main class=content><article class=post><h1>Old mill may get a new life</h1><div class='article-body'>"
                  ARTICLE "</div></article></main>" BOTTOM);
}

typedef struct
{
  const char *name;
  const char *markup;
  const char *text;
} Whole;

static const Whole wholes[] = {
  { "fragment", "<p>One.</p><p>Two.</p>", "One.\nTwo." },
  { "no-body", "<title>Quay</title><article><h1>Quay</h1><p>Ice came.</p></article>", "Quay\nIce came." },
  { "plain", "<html><head><title>Notes</title></head><body><h1>Notes</h1><p>Buy <b>milk</b>.</p><ul><li>eggs<li>flour</ul></body></html>",
    "Notes\nBuy milk.\neggs\nflour" },
  { "links", "<html><body><h1>Links</h1><ul><li><a href='https://a.example/'>First</a><li><a href='https://b.example/'>Second</a></ul></body></html>",
    "Links\nFirst\nSecond" },
  { "old", "<HTML><BODY BGCOLOR=white><CENTER><FONT SIZE=6>My page</FONT></CENTER><TABLE BORDER=0><TR><TD>Welcome to my page.<BR><BR>It is about trains.</TD>"
           "</TR></TABLE><HR><FONT SIZE=2>Last changed in 1998</FONT></BODY></HTML>", "My page\nWelcome to my page.\nIt is about trains.\n* * *\nLast changed in 1998" },
  { "text", "nothing but text", "nothing but text" },
};

static void
test_whole (gconstpointer data)
{
  const Whole *row = data;
  g_autoptr (DraReading) reading = read_string (row->markup, dra_html_read);

  g_assert_cmpstr (dra_article_get_text (reading->article, NULL), ==, row->text);
  g_assert_cmpint (reading->extent, ==, DRA_READING_ALL);
}

static void
test_images (void)
{
  g_autoptr (DraReading) reading = read_string (HEAD TOP "<main class=content><article class=post><h1>Old mill may get a new life</h1><div class='article-body'>"
    "<figure><img src='mill_files/mill.jpg' alt='The mill'><figcaption class=caption>The mill in 1920, seen from the bridge.</figcaption></figure>"
    ARTICLE "</div></article><aside class='sidebar related-posts'><a href='/a'><img src='mill_files/ad.jpg' alt='Bridge closed'></a></aside></main>" BOTTOM, dra_html_read);
  guint n_blocks, n_images = 0;
  const DraBlock *blocks = dra_article_get_blocks (reading->article, &n_blocks);

  for (guint i = 0; i < n_blocks; i++)
    if (blocks[i].kind == DRA_BLOCK_IMAGE)
      {
        n_images++;
        g_assert_cmpstr (blocks[i].source, ==, "mill_files/mill.jpg");
      }
  g_assert_cmpuint (n_images, ==, 1);
}

static void
test_no_text (void)
{
  static const char *const pages[] = { "", "   ", "<html></html>", "<script>x</script>", "<!-- a -->", "<p>&nbsp;</p>" };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (pages[i], strlen (pages[i]));
      g_autoptr (GError) error = NULL;

      g_assert_null (dra_html_read (bytes, "x.html", NULL, &error));
      g_assert_error (error, DRA_ERROR, DRA_ERROR_EMPTY);
      g_assert_nonnull (strstr (error->message, "x.html"));
    }
}

typedef struct
{
  const char *name;   /* of the file */
  const char *as;
  const char *before; /* the page */
  const char *type;
  DraReadingExtent extent;
} Opened;

#define XML "<?xml version='1.0' encoding='utf-8'?>\n<!-- saved -->\n"

static const Opened opened[] = {
  { "mill.html", NULL, "", "text/html", DRA_READING_MAIN },
  { "mill", NULL, "", "text/html", DRA_READING_MAIN },
  { "mill.txt", NULL, "", "text/html", DRA_READING_MAIN },
  { "mill.md", NULL, "\n\n", "text/html", DRA_READING_MAIN },
  { "mill.xhtml", NULL, XML, "text/html", DRA_READING_MAIN },
  { "mill.pdf", NULL, "\357\273\277", "text/html", DRA_READING_MAIN },
  { "mill.html", "html", "", "text/html", DRA_READING_MAIN },
  { "mill.html", "page", "", "text/html", DRA_READING_PAGE },
};

/* By what is in it, whatever it is called. */
static void
test_opened (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (opened); i++)
    {
      const Opened *row = &opened[i];
      g_autofree char *markup = g_strconcat (row->before, PAGE, NULL);
      g_autoptr (GBytes) bytes = g_bytes_new (markup, strlen (markup));
      g_autoptr (GError) error = NULL;
      g_autoptr (DraReading) reading = dra_reader_registry_read_bytes (bytes, row->name, row->as, NULL, &error);

      g_assert_no_error (error);
      g_assert_false (reading->copy);
      g_assert_cmpint (reading->extent, ==, row->extent);
      g_assert_nonnull (strstr (dra_article_get_text (reading->article, NULL), ARTICLE_TEXT));
      g_assert_cmpstr (dra_article_get_metadata (reading->article, DRA_METADATA_SOURCE_TYPE), ==, row->type);
    }
}

/* XML's way to write elements that are empty, and text as it is. */
static void
test_xhtml (void)
{
  g_autoptr (DraReading) reading = read_string (
    "<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd\">"
    "<html xmlns=\"http://www.w3.org/1999/xhtml\" xml:lang=\"de\"><head><title>M\303\274hle</title><script src=\"a.js\"/><style type=\"text/css\"><![CDATA[ p { } ]]></style></head>"
    "<body><a id=\"top\"/><p>First &amp; <em>second</em><br/>line</p><div/><p>Third &#252;</p><hr/><ul><li>One</li></ul></body></html>", dra_html_read);

  g_assert_cmpstr (dra_article_get_text (reading->article, NULL), ==,
                   "First & second\342\200\250line\nThird ü\n* * *\nOne");
  g_assert_cmpstr (dra_article_get_metadata (reading->article, DRA_METADATA_LANGUAGE), ==, "de");
  g_assert_cmpstr (dra_article_get_metadata (reading->article, DRA_METADATA_TITLE), ==, "Mühle");
}

/* Real pages, both ways: an article that keeps the rules, or one sentence. */
static void
test_corpus (void)
{
  g_autofree char *path = dra_test_shared ("corpus/open/html");
  g_autoptr (GDir) dir = NULL;
  const char *name;
  guint n = 0, n_read = 0;

  if (path == NULL)
    return;
  dir = g_dir_open (path, 0, NULL);
  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file_path = g_build_filename (path, name, NULL);
      g_autoptr (GFile) file = g_file_new_for_path (file_path);

      if (!g_str_has_suffix (name, ".html.gz") || g_str_hash (name) % 12 != 0)
        continue;
      n++;
      for (guint i = 0; i < 2; i++)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (DraReading) reading = dra_reader_registry_read (file, i == 0 ? NULL : "page", NULL, &error);

          if (reading == NULL)
            {
              g_assert_error (error, DRA_ERROR, DRA_ERROR_EMPTY);
              g_assert_nonnull (strstr (error->message, name));
              continue;
            }
          dra_test_check_article (reading->article);
          n_read++;
        }
    }
  g_assert_cmpuint (n, >, 20);
  g_assert_cmpuint (n_read * 100, >=, n * 2 * 95);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dra_formats_provide ();
  g_test_add_func ("/html-page/article", test_article);
  g_test_add_func ("/html-page/title", test_title);
  g_test_add_func ("/html-page/whole-page", test_whole_page);
  g_test_add_func ("/html-page/summary", test_summary);
  g_test_add_func ("/html-page/split-body", test_split_body);
  g_test_add_func ("/html-page/streamed", test_streamed);
  g_test_add_func ("/html-page/hidden-page", test_hidden_page);
  g_test_add_func ("/html-page/paywall-class", test_paywall_class);
  g_test_add_func ("/html-page/described", test_described);
  g_test_add_func ("/html-page/in-scripts", test_in_scripts);
  g_test_add_func ("/html-page/scripts-beside", test_scripts_beside);
  g_test_add_func ("/html-page/images", test_images);
  g_test_add_func ("/html-page/no-text", test_no_text);
  g_test_add_func ("/html-page/opened", test_opened);
  g_test_add_func ("/html-page/xhtml", test_xhtml);
  g_test_add_func ("/html-page/corpus", test_corpus);
  for (guint i = 0; i < G_N_ELEMENTS (wholes); i++)
    {
      g_autofree char *path = g_strconcat ("/html-page/whole/", wholes[i].name, NULL);

      g_test_add_data_func (path, &wholes[i], test_whole);
    }

  return g_test_run ();
}
