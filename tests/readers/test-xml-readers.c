/* test-xml-readers.c: JATS, NITF, NewsML, TEI, RSS and Atom.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "article/dra-error.h"
#include "dra-test-readers.h"
#include "dra-test.h"
#include "readers/dra-feed-reader.h"
#include "readers/dra-jats-reader.h"
#include "readers/dra-newsml-reader.h"
#include "readers/dra-nitf-reader.h"
#include "readers/dra-tei-reader.h"

static const DraTestCase cases[] = {
  { "jats", dra_jats_read,
    "<!DOCTYPE article PUBLIC \"x\" \"y.dtd\" [<!ENTITY quay \"The Quay\">]>\n"
    "<article xml:lang='en'><front><journal-meta><journal-title-group><journal-title>Tides</journal-title></journal-title-group>"
    "</journal-meta><article-meta><article-id pub-id-type='doi'>10.1/x</article-id><title-group><article-title>Of &quay;"
    "</article-title></title-group><contrib-group><contrib contrib-type='author'><name><surname>Berg</surname>"
    "<given-names>Anna</given-names></name></contrib><contrib contrib-type='editor'><name><surname>No</surname></name></contrib>"
    "</contrib-group><pub-date pub-type='epub'><day>1</day><month>3</month><year>2024</year></pub-date>"
    "<abstract><p>Short &eacute;.</p></abstract></article-meta></front>"
    "<body><sec><title>Results</title><p>High <italic>water</italic><xref ref-type='fn' rid='f1'>a</xref> at "
    "<xref ref-type='bibr' rid='b1'>7</xref>.</p><list list-type='order'><list-item><p>one</p></list-item><list-item><p>two</p>"
    "<p>more</p></list-item></list><table-wrap><label>Table 1</label><caption><p>Levels</p></caption><table><thead><tr><th>Day</th>"
    "<th>m</th></tr></thead><tbody><tr><td>1</td><td>2.5</td></tr></tbody></table></table-wrap></sec></body>"
    "<back><fn-group><fn id='f1'><label>a</label><p>Spring tide.</p></fn></fn-group><ref-list><title>References</title>"
    "<ref id='b1'><label>7.</label><mixed-citation>Berg 2020</mixed-citation></ref></ref-list></back></article>",
    "@title Of The Quay\n@byline Anna Berg\n@published 2024-03-01\n@site Tides\n@language en\n@origin https://doi.org/10.1/x\n"
    "@type application/jats+xml\ntitle: Of The Quay\nbyline: Anna Berg\nheading 1: Abstract\nparagraph: Short é.\n"
    "heading 1: Results\nparagraph: High watera at 7.\nlist-item 1 [1.]: one\nlist-item 1 [2.]: two\nlist-item 1: more\n"
    "caption: Table 1\ncaption: Levels\ntable-row 1 [first]: Day\tm\ntable-row: 1\t2.5\nfootnote [a]: Spring tide.\n"
    "heading 1: References\nfootnote [7]: Berg 2020\n" },
  { "nitf", dra_nitf_read,
    "<nitf><head><title>Slug</title><docdata><date.issue norm='20240301T101500Z'/></docdata></head><body><body.head><hedline>"
    "<hl1>Ferry vote</hl1><hl2>Postponed again</hl2></hedline><byline>By ANNA BERG<byttl>Harbour reporter</byttl></byline>"
    "<distributor>Quay Wire</distributor><dateline><location>PORT ELLERY</location></dateline></body.head><body.content><block>"
    "<p>The council <em>met</em>.</p><media media-type='image'><media-reference mime-type='image/jpeg' source='ferry.jpg'/>"
    "<media-caption>A ferry</media-caption></media></block></body.content><body.end><tagline>More soon</tagline></body.end></body></nitf>",
    "@title Ferry vote\n@byline ANNA BERG\n@published 2024-03-01\n@site Quay Wire\n@type application/nitf+xml\n"
    "title: Ferry vote\nheading 2: Postponed again\nbyline: By ANNA BERG¶Harbour reporter\nparagraph: PORT ELLERY\n"
    "paragraph: The council met.\nimage: \357\277\274\ncaption: A ferry\nparagraph: More soon\n" },
  { "newsml-g2", dra_newsml_read,
    "<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/' xml:lang='en-GB'><itemMeta><provider><name>Quay Wire</name></provider>"
    "<versionCreated>2024-03-01T10:00:00+01:00</versionCreated></itemMeta><contentMeta><by>By Anna Berg</by><headline>Ferry vote</headline>"
    "</contentMeta><contentSet><inlineXML contenttype='application/xhtml+xml'><html xmlns='http://www.w3.org/1999/xhtml'><head><title>t</title>"
    "</head><body><h1>Ferry vote</h1><p>The council <b>met</b>.</p></body></html></inlineXML></contentSet></newsItem>",
    "@title Ferry vote\n@byline Anna Berg\n@published 2024-03-01T10:00:00+01:00\n@site Quay Wire\n@language en-GB\n"
    "@type application/vnd.iptc.g2.newsitem+xml\ntitle: Ferry vote\nbyline: Anna Berg\nparagraph: The council met.\n" },
  { "newsml-1-of-two", dra_newsml_read,
    "<NewsML><NewsItem><NewsComponent><NewsLines><HeadLine>One</HeadLine></NewsLines><ContentItem><DataContent><p>First text.</p>"
    "</DataContent></ContentItem></NewsComponent></NewsItem><NewsItem><NewsComponent><NewsLines><HeadLine>Two</HeadLine></NewsLines>"
    "<ContentItem><DataContent>Second\n\ntext.</DataContent></ContentItem></NewsComponent></NewsItem></NewsML>",
    "@title One\n@type application/vnd.iptc.g2.newsitem+xml\nheading 1: One\nparagraph: First text.\nheading 1: Two\n"
    "paragraph: Second\nparagraph: text.\n" },
  { "tei", dra_tei_read,
    "<TEI xmlns='http://www.tei-c.org/ns/1.0'><teiHeader><fileDesc><titleStmt><title>Ferry vote</title><author>Anna Berg</author></titleStmt>"
    "<publicationStmt><publisher>The Quay</publisher><date when='2024-03-01'>March</date></publicationStmt></fileDesc></teiHeader>"
    "<text xml:lang='en'><body><head>Ferry vote</head><div><head>Monday</head><p>The <persName ref='#p'>mayor</persName> spoke"
    "<note>To the <hi rend='bold'>press</hi>.</note> twice.</p><lg><l>Sea</l><l>and sky</l></lg><quote><p>Never.</p></quote>"
    "<list type='ordered'><item>one</item></list><table><row role='label'><cell>A</cell></row><row><cell>1</cell></row></table></div></body></text>"
    "<standOff><listPerson><person><persName>X</persName></person></listPerson></standOff></TEI>",
    "@title Ferry vote\n@byline Anna Berg\n@published 2024-03-01\n@site The Quay\n@language en\n@type application/tei+xml\n"
    "title: Ferry vote\nheading 1: Monday\nparagraph: The mayor spoke1 twice.\npreformatted: Sea¶and sky\nquotation 1: Never.\n"
    "list-item 1 [1.]: one\ntable-row 1 [first]: A\ntable-row: 1\nfootnote [1]: To the press.\n" },
  { "rss-one-item", dra_feed_read,
    "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>The Quay</title><language>en</language><item>"
    "<title>Ferry &amp;amp; vote</title><author>anna@quay.example (Anna Berg)</author><pubDate>Fri, 01 Mar 2024 10:00:00 +0100</pubDate>"
    "<link>https://quay.example/a</link><description>Short</description><content:encoded><![CDATA[<p>The <b>council</b> met.</p><p>It voted.]]>"
    "</content:encoded></item></channel></rss>",
    "@title Ferry & vote\n@byline Anna Berg\n@published 2024-03-01T10:00:00+01:00\n@site The Quay\n@language en\n@origin https://quay.example/a\n"
    "@type application/rss+xml\ntitle: Ferry & vote\nparagraph: The council met.\nparagraph: It voted.\n" },
  { "atom-two-entries", dra_feed_read,
    "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><title>The Quay</title><entry><title>One</title><author><name>Anna Berg</name></author>"
    "<published>2024-03-01T10:00:00Z</published><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><h1>Part</h1><p>First.</p></div></content></entry>"
    "<entry><title type='html'>&lt;i&gt;Two&lt;/i&gt;</title><summary>Second.</summary></entry></feed>",
    "@title The Quay\n@site The Quay\n@language en\n@type application/atom+xml\ntitle: The Quay\nheading 1: One\nbyline: Anna Berg\n"
    "date: 2024-03-01T10:00:00Z\nheading 2: Part\nparagraph: First.\nheading 1: Two\nparagraph: Second.\n" },
};

static void
test_links (void)
{
  g_autoptr (DraReading) reading
    = dra_test_read_text (dra_jats_read, "<article><front><article-meta/></front><body><p>See <xref rid='f1'>1</xref> and <ext-link "
                              "xlink:href='https://quay.example/' xmlns:xlink='http://www.w3.org/1999/xlink'>there</ext-link>, not "
                              "<ext-link href='javascript:alert(1)'>this</ext-link>.</p></body><back><fn-group><fn id='f1'><p>Note"
                              "</p></fn></fn-group></back></article>");
  guint n;
  const DraStyle *styles = dra_article_get_styles (reading->article, &n);

  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpstr (styles[0].target, ==, "#fn:1");
  g_assert_cmpstr (styles[1].target, ==, "https://quay.example/");
}

/* No file is looked at, no entity multiplies, nothing recurses; time stays small. */
static void
test_hostile (void)
{
  GString *xml = g_string_new ("<!DOCTYPE article [<!ENTITY a0 'ha'>");
  g_autoptr (DraReading) laughs = NULL;
  g_autoptr (DraReading) outside = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (DraReading) deep = NULL;

  for (guint i = 1; i < 40; i++)
    g_string_append_printf (xml, "<!ENTITY a%u '&a%u;&a%u;&a%u;'>", i, i - 1, i - 1, i - 1);
  g_string_append (xml, "]><article><body><p x='&a39;'>Text &a39; &a0;</p></body></article>");
  laughs = dra_test_read_text (dra_jats_read, xml->str);
  g_assert_cmpuint (strlen (dra_article_get_text (laughs->article, NULL)), <, 100);

  outside = dra_test_read_text (dra_tei_read, "<!DOCTYPE TEI [<!ENTITY x SYSTEM 'file:///etc/passwd'><!ENTITY % y SYSTEM 'http://localhost:1/'> %y;]>"
                                   "<TEI><text><body><p>Before &x; after</p></body></text></TEI>");
  g_assert_cmpstr (dra_article_get_text (outside->article, NULL), ==, "Before &x; after");

  g_string_assign (xml, "<article><body>");
  for (guint i = 0; i < 100000; i++)
    g_string_append (xml, "<sec>");
  bytes = g_bytes_new (xml->str, xml->len);
  deep = dra_jats_read (bytes, "deep.xml", NULL, &error);
  g_assert_null (deep);
  g_assert_nonnull (strstr (error->message, "deep.xml"));
  g_string_free (xml, TRUE);
}

static void
test_broken (void)
{
  static const DraReadFunc functions[] = { dra_jats_read, dra_nitf_read, dra_newsml_read, dra_tei_read, dra_feed_read };
  static const char *const broken[] = { "", "<", "<a", "plain", "<rss/>", "<!DOCTYPE a [", "<article><!-- ", "<x><![CDATA[ y", "\377\376" };

  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    for (guint k = 0; k < G_N_ELEMENTS (broken); k++)
      {
        g_autoptr (GBytes) bytes = g_bytes_new_static (broken[k], strlen (broken[k]));
        g_autoptr (GError) error = NULL;
        g_autoptr (DraReading) reading = functions[i](bytes, "broken.xml", NULL, &error);

        if (reading == NULL)
          {
            g_assert_cmpint (error->domain, ==, DRA_ERROR);
            g_assert_nonnull (strstr (error->message, "broken.xml"));
          }
      }
}

static void
test_linear (void)
{
  dra_test_check_linear (dra_jats_read, "<article><body>",
                         "<sec><title>Part</title><p>Some <italic>words</italic> &amp; more<xref rid='f'>1</xref></p>"
                         "<fn id='f'><p>Note</p></fn></sec>", "</body></article>", 2000);
}

static DraReadFunc
choose (const char *data)
{
  static const struct { const char *sign; DraReadFunc read; } signs[] = {
    { "<TEI", dra_tei_read }, { "<nitf", dra_nitf_read }, { "<NewsML", dra_newsml_read }, { "<newsItem", dra_newsml_read },
    { "<newsMessage", dra_newsml_read }, { "<packageItem", dra_newsml_read }, { "<planningItem", dra_newsml_read },
    { "<knowledgeItem", dra_newsml_read }, { "<groupSet", dra_newsml_read }, { "<inlineXML", dra_newsml_read },
    { "<rss", dra_feed_read }, { "<feed", dra_feed_read }, { "<rdf:RDF", dra_feed_read }, { "<CHANNEL", dra_feed_read },
    { "<article-meta", dra_jats_read }, { "<front", dra_jats_read },
  };
  const char *first = NULL;
  DraReadFunc read = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    {
      const char *at = strstr (data, signs[i].sign);

      if (at != NULL && (first == NULL || at < first))
        {
          first = at;
          read = signs[i].read;
        }
    }

  return read;
}

static void
test_corpus (void)
{
  g_autofree char *path = dra_test_shared ("corpus/open/xml");
  g_autoptr (GDir) dir = NULL;
  const char *name;
  guint n = 0, n_empty = 0;

  if (path == NULL)
    return;
  dir = g_dir_open (path, 0, NULL);
  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      g_autofree char *data = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (DraReading) reading = NULL;
      DraReadFunc read;
      gsize length;

      if (g_str_has_suffix (name, ".meta.json") || !g_file_get_contents (file, &data, &length, NULL))
        continue;
      read = choose (data);
      if (read == NULL)
        continue;
      bytes = g_bytes_new (data, length);
      reading = read (bytes, name, NULL, &error);
      n++;
      if (reading == NULL)
        {
          /* Some hold not one word to read. */
          g_assert_true (g_error_matches (error, DRA_ERROR, DRA_ERROR_EMPTY)
                         || g_error_matches (error, DRA_ERROR, DRA_ERROR_DAMAGED));
          g_test_message ("%s: %s", name, error->message);
          n_empty++;
          continue;
        }
      dra_test_check_article (reading->article);
      if (g_getenv ("DRA_TEST_DUMP") != NULL)
        {
          g_autofree char *dump = dra_test_dump (reading->article);

          g_printerr ("=== %s\n%.1500s\n", name, dump);
        }
    }
  g_test_message ("%u files, %u of them without a word of text", n, n_empty);
  g_assert_cmpuint (n, >, 60);
  g_assert_cmpuint (n_empty, <=, 18);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dra_test_add_cases ("/xml/case", cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/xml/links", test_links);
  g_test_add_func ("/xml/hostile", test_hostile);
  g_test_add_func ("/xml/broken", test_broken);
  g_test_add_func ("/xml/linear", test_linear);
  g_test_add_func ("/xml/corpus", test_corpus);

  return g_test_run ();
}
