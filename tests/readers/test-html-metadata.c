/* test-html-metadata.c: what a web page says of itself: title, byline, date, site.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <libxml/HTMLparser.h>
#include <string.h>

#include "readers/dra-html-metadata-private.h"

static DraHtmlMetadata *
find (const char *page,
      xmlDoc    **doc)
{
  *doc = htmlReadMemory (page, (int) strlen (page), NULL, "UTF-8",
                         HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
  g_assert_nonnull (*doc);

  return dra_html_metadata_find (*doc, NULL);
}

/* Each: a page, and what is found in it; NULL where nothing may be. */
typedef struct
{
  const char *name;
  const char *page;
  const char *title;
  const char *byline;
  const char *published;
} Case;

static const Case cases[] = {
  { "heading-and-site",
    "<title>Harbour council votes for the ferry | The Quay</title><meta property='og:site_name' content='The Quay'>"
    "<body><h1>Harbour council votes for the ferry</h1>",
    "Harbour council votes for the ferry", NULL, NULL },
  { "site-in-front",
    "<title>The Quay: Ferry vote postponed again</title><meta property='og:site_name' content='The Quay'><body><p>x",
    "Ferry vote postponed again", NULL, NULL },
  { "logo-is-no-title",
    "<title>Ferry vote postponed - Quay News</title><meta property='og:site_name' content='Quay News'>"
    "<body><header><h1>Quay News</h1></header><article><h2>Ferry vote postponed</h2></article>",
    "Ferry vote postponed", NULL, NULL },
  { "json-graph",
    "<script type='application/ld+json'>{\"@context\":\"https://schema.org\",\"@graph\":["
    "{\"@type\":\"Person\",\"@id\":\"#p\",\"name\":\"Anna Berg\"},"
    "{\"@type\":\"NewsArticle\",\"headline\":\"Ferry vote\",\"author\":{\"@id\":\"#p\"},"
    "\"datePublished\":\"2024-03-01T10:00:00+01:00\"}]}</script><body><h1>Ferry vote</h1>",
    "Ferry vote", "Anna Berg", "2024-03-01T10:00:00+01:00" },
  { "json-raw-newlines-comments-commas",
    "<script type='application/ld+json'>\n// made by hand\n/* two */ [{\"@type\":[\"Article\"],\"headline\":\"Ferry\n vote\","
    "\"author\":[\"Anna Berg\",{\"name\":\"Omar Haddad\"},],},]</script><body><h1>Ferry vote</h1>",
    "Ferry vote", "Anna Berg, Omar Haddad", NULL },
  { "json-several-blocks",
    "<script type='application/ld+json'>{\"@type\":\"Organization\",\"name\":\"Quay\"}</script>"
    "<script type='application/ld+json'>{broken</script>"
    "<script type='application/ld+json'>{\"@type\":\"BlogPosting\",\"headline\":\"Tides &amp; times\","
    "\"author\":{\"@type\":\"Person\",\"name\":\"By Anna Berg\"}}</script><body><p>x",
    "Tides & times", "Anna Berg", NULL },
  { "microdata",
    "<body><article itemscope itemtype='https://schema.org/Article'><h1 itemprop=headline>Ferry vote</h1>"
    "<span itemprop=author>Anna Berg</span><meta itemprop=datePublished content='2024-03-01'></article>",
    "Ferry vote", "Anna Berg", "2024-03-01" },
  { "byline-class",
    "<body><h1>Ferry vote</h1><p class=byline>By Anna Berg and Omar Haddad, Senior Reporters | March 1, 2024</p>",
    "Ferry vote", "Anna Berg, Omar Haddad", "2024-03-01" },
  { "byline-text",
    "<body><h1>Ferry vote</h1><p>Von Anna Berg</p><p>Der Rat tagte.", "Ferry vote", "Anna Berg", NULL },
  { "byline-behind-date",
    "<body><h1>Ferry vote</h1><div class=meta-author>Posted on March 1, 2024  by Anna Berg</div>", "Ferry vote", "Anna Berg", "2024-03-01" },
  { "pen-name",
    "<body><h1>Ferry vote</h1><p class=byline><span class='author vcard'><a class='url fn' href='/author/ab'>quaywall</a></span></p>",
    "Ferry vote", "quaywall", NULL },
  { "handle",
    "<head><meta name=author content='Anna Berg @annaberg'></head><body><h1>Ferry vote</h1>", "Ferry vote", "Anna Berg", NULL },
  { "card-below-title",
    "<body><div class=news-card><h1>Ferry vote</h1><p class=author>Anna Berg</p></div><p>The council met.", "Ferry vote", "Anna Berg", NULL },
  { "no-name",
    "<body><h1>Ferry vote</h1><p class=byline>Artikel von</p><p>The council met.", "Ferry vote", NULL, NULL },
  { "label-beside-name",
    "<body><h1>Ferry vote</h1><div><p>Written by</p><p>Anna Berg</p></div><p>The council met.", "Ferry vote", "Anna Berg", NULL },
  { "two-author-links",
    "<body><h1>Ferry vote</h1><p><a rel=author href='/a'>Anna Berg</a> <a rel=author href='/b'>Omar Haddad</a></p>",
    "Ferry vote", "Anna Berg, Omar Haddad", NULL },
  { "twitter-label",
    "<meta name='twitter:label1' content='Written by'><meta name='twitter:data1' content='Anna Berg'><body><h1>Ferry vote</h1>",
    "Ferry vote", "Anna Berg", NULL },
  { "section-is-no-name",
    "<body><h1>Ferry vote</h1><span class=author>News</span><p>x", "Ferry vote", NULL, NULL },
  { "sections-behind-title",
    "<title>Ferry vote is postponed again | Politics | Some Site</title><meta property='og:title' "
    "content='Ferry vote is postponed again | Politics | Some Site'><body><h1>Ferry vote is postponed again</h1>",
    "Ferry vote is postponed again", NULL, NULL },
  { "anchor-behind-title",
    "<body><h1>Ferry vote<a class=headerlink href='#ferry'>#</a></h1><p>x", "Ferry vote", NULL, NULL },
  { "sign-of-title",
    "<body><h1>Ferries in C#</h1><p>x", "Ferries in C#", NULL, NULL },
  { "made-up-meta-name",
    "<meta name='w-published-date' content='2025-05-27T06:03:43.274Z'><body><h1>Ferry vote</h1>",
    "Ferry vote", NULL, "2025-05-27T06:03:43Z" },
  { "year-of-title-is-no-date",
    "<body><div class=date><h1>Costs in 2026</h1><p>Dec 26, 2025</p></div>", "Costs in 2026", NULL, "2025-12-26" },
  { "comment-is-no-author",
    "<body><h1>Ferry vote</h1><p>The council met.</p><div class=comments><span class=author>harbourfan</span>"
    "<time datetime='2020-01-01'>1 Jan</time></div>",
    "Ferry vote", NULL, NULL },
  { "time-near-title",
    "<html lang=en><body><h1>Ferry vote</h1><time datetime='2024-03-01T09:00:00Z'>1 March</time><p>x</p>"
    "<aside><time datetime='2024-03-09'>9 March</time></aside>",
    "Ferry vote", NULL, "2024-03-01T09:00:00Z" },
  { "date-of-address",
    "<link rel=canonical href='https://quay.example/2024/03/01/ferry'><body><h1>Ferry vote</h1>",
    "Ferry vote", NULL, "2024-03-01" },
  { "unreadable-date",
    "<meta property='article:published_time' content='the first of spring'><body><h1>Ferry vote</h1>",
    "Ferry vote", NULL, "the first of spring" },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  xmlDoc *doc;
  g_autoptr (DraHtmlMetadata) metadata = find (c->page, &doc);

  g_assert_cmpstr (metadata->title, ==, c->title);
  g_assert_cmpstr (metadata->byline, ==, c->byline);
  g_assert_cmpstr (metadata->published, ==, c->published);
  xmlFreeDoc (doc);
}

static void
test_rest (void)
{
  xmlDoc *doc;
  g_autoptr (DraHtmlMetadata) metadata
    = find ("<html lang=pt_BR><head><meta property='og:site_name' content='O Cais'>"
            "<link rel=canonical href='https://www.cais.example/a?x=1'></head><body><h1>Voto</h1>", &doc);

  g_assert_cmpstr (metadata->site, ==, "O Cais");
  g_assert_cmpstr (metadata->language, ==, "pt-BR");
  g_assert_cmpstr (metadata->origin, ==, "https://www.cais.example/a?x=1");
  g_assert_nonnull (metadata->title_node);
  g_assert_cmpstr ((const char *) metadata->title_node->name, ==, "h1");
  xmlFreeDoc (doc);
}

static void
test_dates (void)
{
  static const struct { const char *text; gboolean month_first; const char *date; } dates[] = {
    { "Published 1 March 2024 at 10:05", FALSE, "2024-03-01" },
    { "March 1, 2024", TRUE, "2024-03-01" },
    { "Mar. 1st, 2024", TRUE, "2024-03-01" },
    { "Sat, 02 Mar 2024 10:00:00 +0100", TRUE, "2024-03-02T10:00:00+01:00" },
    { "2024-03-01T10:00:00.123Z", TRUE, "2024-03-01T10:00:00Z" },
    { "3/4/2024", TRUE, "2024-03-04" },
    { "3/4/2024", FALSE, "2024-04-03" },
    { "13/4/2024", TRUE, "2024-04-13" },
    { "Stand: 01.03.2024, 18:30 Uhr", FALSE, "2024-03-01T18:30:00" },
    { "1. März 2024", FALSE, "2024-03-01" },
    { "le 1er mars 2024", FALSE, "2024-03-01" },
    { "1 de marzo de 2024", FALSE, "2024-03-01" },
    { "1 марта 2024", FALSE, "2024-03-01" },
    { "2024年3月1日 10:00", FALSE, "2024-03-01T10:00:00" },
    { "2024년 3월 1일", FALSE, "2024-03-01" },
    { "20240301", FALSE, "2024-03-01" },
    { "31 February 2024", FALSE, NULL },
    { "Room 12, 2024 seats", FALSE, NULL },
    { "marketing 3, 2024", TRUE, NULL },
    { "", FALSE, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      g_autofree char *date = dra_html_date_find (dates[i].text, dates[i].month_first);

      g_assert_cmpstr (date, ==, dates[i].date);
    }
}

/* Titles are folded without normalization where they can be: the result is that of it. */
static void
test_fold (void)
{
  for (gunichar c = 0x80; c < 0x10000; c++)
    {
      g_autoptr (GString) text = NULL;
      g_autofree char *folded = NULL;
      g_autofree char *slow = NULL;

      if (c >= 0xD800 && c < 0xE000)
        continue;
      text = g_string_new ("A'");
      g_string_append_unichar (text, c);
      g_string_append (text, "B-");
      folded = dra_html_fold (text->str);
      /* A fullwidth digit makes it take the long way. */
      g_string_append (text, " \357\274\221");
      slow = dra_html_fold (text->str);
      g_assert_true (g_str_has_suffix (slow, " 1"));
      slow[strlen (slow) - 2] = '\0';
      g_assert_cmpstr (folded, ==, slow);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/html-metadata/page/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/html-metadata/rest", test_rest);
  g_test_add_func ("/html-metadata/dates", test_dates);
  g_test_add_func ("/html-metadata/fold", test_fold);

  return g_test_run ();
}
