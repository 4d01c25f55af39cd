/* test-html-page.c: the article in a page, and pages that are none.
 *
 * The pages are made here as sites make them: navigation, sharing, related links, comments
 * and consent dialogs around an article.  Whatever trees are shipped must get these right.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "article/dra-error.h"
#include "dra-test-readers.h"
#include "readers/dra-html-page.h"

#define PARAGRAPH_1 "The town council met on Tuesday evening to decide what becomes of the old mill by the river, " \
                    "which has stood empty since the last weaver left in 1987."
#define PARAGRAPH_2 "“We cannot let it fall into the water,” said Mayor Anna Keller, who has asked for money from the " \
                    "state three times. She expects an answer before the end of the year, she said."
#define PARAGRAPH_3 "Builders who looked at the walls last spring found them sound, but the roof needs new beams, and " \
                    "the wheel, once the largest in the valley, is broken in two places."
#define PARAGRAPH_4 "Two firms have offered to turn the upper floors into flats. A third, from the next town, would " \
                    "like to bring a brewery, with a garden that reaches down to the weir."
#define PARAGRAPH_5 "The council will vote in March. Until then the doors stay shut, and the swallows, of which there " \
                    "are a good many, have the place to themselves."
#define ARTICLE "<p>" PARAGRAPH_1 "</p><p>" PARAGRAPH_2 "</p><h2>What the builders found</h2><p>" PARAGRAPH_3 \
                "</p><p>" PARAGRAPH_4 "</p><p>" PARAGRAPH_5 "</p>"
#define ARTICLE_TEXT PARAGRAPH_1 "\n" PARAGRAPH_2 "\nWhat the builders found\n" PARAGRAPH_3 "\n" PARAGRAPH_4 "\n" PARAGRAPH_5

#define HEAD "<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Old mill may get a new life - The Valley Post</title>" \
             "<meta property='og:site_name' content='The Valley Post'><meta name=author content='Tom Reed'>" \
             "<meta property='article:published_time' content='2024-03-05T08:00:00Z'></head><body class='home single-post'>"
#define TOP "<header class='site-header'><a class=logo href='/'>The Valley Post</a><nav class='main-nav menu'><ul class=menu>" \
            "<li class='menu-item'><a href='/news'>News</a></li><li class='menu-item'><a href='/sport'>Sport</a></li>" \
            "<li class='menu-item'><a href='/weather'>Weather</a></li><li class='menu-item'><a href='/jobs'>Jobs</a></li>" \
            "</ul></nav></header>"
#define SHARE "<div class='social-share share-bar'><ul><li><a href='#'>Share</a></li><li><a href='#'>Tweet</a></li><li><a href='#'>Email</a></li></ul></div>"
#define RELATED "<aside class='sidebar related-posts'><h3>Related stories</h3><ul>" \
                "<li><a href='/a'>Bridge closed for a week after flood</a></li><li><a href='/b'>New bus line to start in May</a></li>" \
                "<li><a href='/c'>School choir wins first prize</a></li></ul></aside>"
#define COMMENTS "<section id=comments class='comments-area'><h3 class='comments-title'>2 comments</h3><ol class='comment-list'>" \
                 "<li class=comment><div class='comment-author'>mike77</div><div class='comment-content'><p>About time somebody did something, it has been an eyesore for years and years.</p></div><a class=reply href='#'>Reply</a></li>" \
                 "<li class=comment><div class='comment-author'>river_rat</div><div class='comment-content'><p>A brewery would be nice, though I doubt the parking will ever be enough for it.</p></div><a class=reply href='#'>Reply</a></li>" \
                 "</ol></section>"
#define CONSENT "<div id=cookie-banner class='cookie-consent modal' role=dialog><p>We and our partners store and access information on a device, such as cookies, and process personal data. You can accept or refuse, and change your mind at any time.</p><button>Accept all</button><button>Refuse</button></div>"
#define BOTTOM "<footer class='site-footer footer'><ul><li><a href='/about'>About us</a></li><li><a href='/privacy'>Privacy</a></li></ul><p class=copyright>© 2024 The Valley Post. All rights reserved.</p></footer></body></html>"
#define PAGE HEAD TOP "<main class='content site-main'><article class='post article'><header class='entry-header'><h1 class='entry-title'>Old mill may get a new life</h1>" \
             "<div class='byline meta'>By <a rel=author href='/tom'>Tom Reed</a> <time datetime='2024-03-05'>5 March 2024</time></div></header>" SHARE \
             "<div class='entry-content article-body'>" ARTICLE "</div>" SHARE "</article>" RELATED COMMENTS "</main>" CONSENT BOTTOM

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

  g_assert_cmpstr (dra_article_get_text (reading->article, NULL), ==, ARTICLE_TEXT);
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
  g_assert_cmpuint (n_blocks, ==, 6);
  g_assert_cmpint (blocks[2].kind, ==, DRA_BLOCK_HEADING);
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
                   PARAGRAPH_1 "\n" PARAGRAPH_2 "\n" PARAGRAPH_3 "\n" PARAGRAPH_4 "\n" PARAGRAPH_5);
}

typedef struct
{
  const char *name;
  const char *markup;
  const char *text;
} Whole;

static const Whole wholes[] = {
  { "fragment", "<p>One.</p><p>Two.</p>", "One.\nTwo." },
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

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/html-page/article", test_article);
  g_test_add_func ("/html-page/whole-page", test_whole_page);
  g_test_add_func ("/html-page/split-body", test_split_body);
  g_test_add_func ("/html-page/streamed", test_streamed);
  g_test_add_func ("/html-page/hidden-page", test_hidden_page);
  g_test_add_func ("/html-page/paywall-class", test_paywall_class);
  g_test_add_func ("/html-page/described", test_described);
  g_test_add_func ("/html-page/images", test_images);
  g_test_add_func ("/html-page/no-text", test_no_text);
  for (guint i = 0; i < G_N_ELEMENTS (wholes); i++)
    {
      g_autofree char *path = g_strconcat ("/html-page/whole/", wholes[i].name, NULL);

      g_test_add_data_func (path, &wholes[i], test_whole);
    }

  return g_test_run ();
}
