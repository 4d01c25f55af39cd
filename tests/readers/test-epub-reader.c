/* test-epub-reader.c: books in EPUB 2 and 3, and the archives they come in.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "document-fixture.h"
#include "readers/dra-epub-reader.h"
#include "readers/dra-zip.h"

#define CONTAINER "<container xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\"><rootfiles>" \
  "<rootfile full-path=\"OEBPS/book.opf\" media-type=\"application/oebps-package+xml\"/></" "rootfiles></container>"
#define OPF(manifest, spine) "<package xmlns=\"http://www.idpf.org/2007/opf\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" " \
  "xmlns:opf=\"http://www.idpf.org/2007/opf\"><metadata><dc:title>The Ferry</dc:title><dc:title>Another</dc:title>" \
  "<dc:creator opf:role=\"aut\">Ada Berg</dc:creator><dc:creator opf:role=\"ill\">No One</dc:creator><dc:creator>Bo Quill</dc:creator>" \
  "<dc:date opf:event=\"modification\">2020-01-01</dc:date><dc:date>2019-05-02T00:00:00Z</dc:date>" \
  "<dc:language>en-GB</dc:language><dc:publisher>Harbour Books</dc:publisher></metadata>" \
  "<manifest>" manifest "</manifest><spine toc=\"ncx\">" spine "</spine></package>"
#define ITEM(id, href) "<item id=\"" id "\" href=\"" href "\" media-type=\"application/xhtml+xml\"/>"
#define REF(id) "<itemref idref=\"" id "\"/>"
#define HTML(body) "<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\">" \
  "<head><title/></head><body>" body "</body></html>"
#define HEAD "@title The Ferry\n@byline Ada Berg, Bo Quill\n@published 2019-05-02\n@site Harbour Books\n@language en-GB\n"
#define NCX "<ncx xmlns=\"http://www.daisy.org/z3986/2005/ncx/\"><navMap><navPoint><navLabel><text>First</text></navLabel>" \
  "<content src=\"one.xhtml\"/><navPoint><navLabel><text>Second</text></navLabel><content src=\"../text/two%20b.xhtml#x\"/></navPoint>" \
  "</navPoint></navMap></ncx>"

static void
test_book (void)
{
  g_autoptr (GBytes) bytes = document_zip (
    "mimetype", "application/epub+zip", "META-INF/container.xml", CONTAINER,
    "OEBPS/book.opf", OPF (ITEM ("two", "../text/two%20b.xhtml") ITEM ("one", "one.xhtml") ITEM ("three", "THREE.xhtml")
                           "<item id=\"ncx\" href=\"toc.ncx\" media-type=\"application/x-dtbncx+xml\"/>",
                           REF ("one") REF ("two") REF ("one") REF ("gone") REF ("three")),
    "OEBPS/toc.ncx", NCX, "text/boat.png", "boat",
    "text/two b.xhtml", HTML ("<p>Two.</p><img src=\"boat.png\" alt=\"A boat\"/><img src=\"http://example.invalid/x.png\"/>"),
    "OEBPS/one.xhtml", HTML ("<p>One <a href=\"http://example.invalid/\">link</a> <a href=\"../text/two%20b.xhtml\">inside</a>.</p>"),
    "OEBPS/three.xhtml", HTML ("<h2>Three</h2><p>Last.</p>"), NULL);
  g_autoptr (DraReading) reading = dra_test_read_with (dra_epub_read, bytes);
  g_autofree char *dump = dra_test_dump (reading->article);
  g_autofree char *styles = document_dump_styles (reading->article);

  g_assert_cmpstr (dump, ==, HEAD "heading 1: First\nparagraph: One link inside.\nheading 2: Second\nparagraph: Two.\n"
                   "image [A boat]: \357\277\274\nheading 2: Three\nparagraph: Last.\n");
  g_assert_cmpstr (styles, ==, "link(link)->http://example.invalid/\n");
  g_assert_nonnull (dra_reading_find_image (reading, "text/boat.png"));
  g_assert_cmpuint (reading->images->len, ==, 1);
}

static void
test_navigation (void)
{
  g_autoptr (GBytes) bytes = document_zip (
    "META-INF/container.xml", CONTAINER,
    "OEBPS/book.opf", OPF ("<item id=\"nav\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/>"
                           ITEM ("one", "one.xhtml"), REF ("nav") REF ("one")),
    "OEBPS/nav.xhtml", HTML ("<nav epub:type=\"toc\"><h1>Contents</h1><ol><li><a href=\"one.xhtml\">The <b>start</b></a></li></ol></nav>"
                             "<nav epub:type=\"page-list\"><ol><li><a href=\"one.xhtml#p\">12</a></li></ol></nav>"),
    "OEBPS/one.xhtml", HTML ("<p>Berg<a epub:type=\"noteref\" href=\"#n\">1</a> said.</p><aside epub:type=\"footnote\" id=\"n\"><p>Note.</p></aside>"),
    NULL);
  g_autoptr (DraReading) reading = dra_test_read_with (dra_epub_read, bytes);
  guint n;
  const DraBlock *blocks = dra_article_get_blocks (reading->article, &n);
  g_autofree char *heading = dra_article_dup_range (reading->article, blocks[0].range);

  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpstr (heading, ==, "The start");
  g_assert_cmpint (blocks[1].kind, ==, DRA_BLOCK_PARAGRAPH);
  g_assert_cmpint (blocks[2].kind, ==, DRA_BLOCK_FOOTNOTE);
}

static void
test_refused (void)
{
#define ENCRYPTION(algorithm) "<encryption><EncryptedData><EncryptionMethod Algorithm=\"" algorithm "\"/><CipherData>" \
  "<CipherReference URI=\"OEBPS/one.xhtml\"/></CipherData></EncryptedData></encryption>"
  g_autoptr (GBytes) locked = document_zip (
    "META-INF/container.xml", CONTAINER, "META-INF/encryption.xml", ENCRYPTION ("http://www.w3.org/2001/04/xmlenc#aes256-cbc"),
    "OEBPS/book.opf", OPF (ITEM ("one", "one.xhtml"), REF ("one")), "OEBPS/one.xhtml", "\1\2", NULL);
  g_autoptr (GBytes) no_package = document_zip ("META-INF/container.xml", CONTAINER, NULL);
  g_autoptr (GBytes) outside = document_zip ("OEBPS/book.opf", OPF (ITEM ("a", "../../../../../../etc/hostname")
                                             ITEM ("b", "file:///etc/hostname") ITEM ("c", "http://127.0.0.1:9/"),
                                             REF ("a") REF ("b") REF ("c")), NULL);
  GString *flood = g_string_new (NULL);
  g_autofree char *flooded = NULL;
  g_autoptr (GBytes) tags = NULL;
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (locked, 0, g_bytes_get_size (locked) / 2);

  for (guint i = 0; i < 400000; i++)
    g_string_append (flood, "<i/>");
  flooded = g_string_free (flood, FALSE);
  tags = document_zip ("OEBPS/book.opf", OPF (ITEM ("one", "one.xhtml"), REF ("one")), "OEBPS/one.xhtml", flooded, NULL);
  document_check_refused (dra_epub_read, locked, "digital rights");
  document_check_refused (dra_epub_read, no_package, "chapters");
  document_check_refused (dra_epub_read, outside, "no text");
  document_check_refused (dra_epub_read, tags, "unpack");
  document_check_refused (dra_epub_read, cut, "damaged");
}

static void
test_zip (void)
{
  static const struct { const char *base, *reference, *path; } cases[] = {
    { "a/b.opf", "c.html", "a/c.html" }, { "a/b.opf", "../c%20d.html#x?y", "c d.html" }, { "a/b.opf", "../../../c", "c" },
    { "a/b.opf", "/c", "c" }, { "b.opf", "c/./d//e", "c/d/e" }, { "a/b.opf", "#x", "a/b.opf" },
    { "a/b.opf", "http://example.invalid/", NULL }, { "a/b.opf", "//example.invalid/", NULL }, { "a/b", "%zz", "a/%zz" },
  };
  GString *zeros = g_string_sized_new (40 * 1024 * 1024);
  g_autofree char *big = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) read = NULL;
  g_autoptr (GBytes) taken = NULL;
  g_autoptr (DraZip) zip = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = dra_zip_resolve (cases[i].base, cases[i].reference);

      g_assert_cmpstr (path, ==, cases[i].path);
    }

  g_string_set_size (zeros, 40 * 1024 * 1024);
  memset (zeros->str, 'A', zeros->len);
  big = g_string_free (zeros, FALSE);
  bytes = document_zip ("bomb", big, "a", "first", "a", "second", "../evil", "x", "/evil", "x", "b/../Ü", "y", NULL);
  zip = dra_zip_new (bytes, "test.zip", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dra_zip_get_n_entries (zip), ==, 3);
  g_assert_null (dra_zip_find (zip, "evil"));
  g_assert_cmpstr (dra_zip_find (zip, "./ü"), ==, "Ü");
  g_ptr_array_add (paths, (gpointer) "Ü");
  g_ptr_array_add (paths, (gpointer) "none");
  g_assert_true (dra_zip_prefetch (zip, paths, 100, &error));
  taken = dra_zip_take (zip, "Ü");
  g_assert_cmpmem (g_bytes_get_data (taken, NULL), g_bytes_get_size (taken), "y", 1);
  g_assert_null (dra_zip_take (zip, "Ü"));
  read = dra_zip_read (zip, "a", &error);
  g_assert_cmpmem (g_bytes_get_data (read, NULL), g_bytes_get_size (read), "first", 5);
  g_assert_null (dra_zip_read (zip, "bomb", &error));
  g_assert_nonnull (strstr (error->message, "unpack"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/epub/book", test_book);
  g_test_add_func ("/epub/navigation", test_navigation);
  g_test_add_func ("/epub/refused", test_refused);
  g_test_add_func ("/epub/zip", test_zip);

  return g_test_run ();
}
