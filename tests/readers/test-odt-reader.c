/* test-odt-reader.c: OpenDocument texts, packed and flat, a rule at a time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "document-fixture.h"
#include "readers/dra-odt-reader.h"

#define O "urn:oasis:names:tc:opendocument:xmlns:"
#define NS "xmlns:office=\"" O "office:1.0\" xmlns:text=\"" O "text:1.0\" xmlns:style=\"" O "style:1.0\" " \
  "xmlns:fo=\"" O "xsl-fo-compatible:1.0\" xmlns:table=\"" O "table:1.0\" xmlns:draw=\"" O "drawing:1.0\" " \
  "xmlns:svg=\"" O "svg-compatible:1.0\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" " \
  "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:meta=\"" O "meta:1.0\""
#define STYLES "<office:automatic-styles>" \
  "<style:style style:name=\"B\" style:family=\"text\"><style:text-properties fo:font-weight=\"bold\"/></style:style>" \
  "<style:style style:name=\"I\" style:family=\"text\" style:parent-style-name=\"B\"><style:text-properties fo:font-style=\"italic\" fo:font-weight=\"normal\"/></style:style>" \
  "<style:style style:name=\"X\" style:family=\"text\"><style:text-properties text:display=\"none\"/></style:style>" \
  "<style:style style:name=\"Up\" style:family=\"text\"><style:text-properties style:text-position=\"super 58%%\"/></style:style>" \
  "<style:style style:name=\"Q\" style:family=\"paragraph\" style:parent-style-name=\"Quotations\"/>" \
  "<style:style style:name=\"Quotations\" style:family=\"paragraph\"/>" \
  "<text:list-style style:name=\"N\"><text:list-level-style-number text:level=\"1\" style:num-format=\"1\" style:num-suffix=\".\"/>" \
  "<text:list-level-style-number text:level=\"2\" style:num-format=\"a\" style:num-suffix=\")\" text:display-levels=\"2\"/></text:list-style>" \
  "<text:list-style style:name=\"D\"><text:list-level-style-bullet text:level=\"1\" text:bullet-char=\"–\"/></text:list-style>" \
  "</office:automatic-styles>"
#define META "<office:document-meta " NS "><office:meta><dc:title>Untitled</dc:title>" \
  "<meta:initial-creator>Ada Berg</meta:initial-creator><dc:creator>Other</dc:creator>" \
  "<meta:creation-date>2023-04-05T06:07:08</meta:creation-date><dc:language>en-GB</dc:language></office:meta></office:document-meta>"
#define HEAD "@byline Ada Berg\n@published 2023-04-05\n@language en-GB\n"

#define P(text) "<text:p>" text "</text:p>"
#define ITEM(text) "<text:list-item>" text "</text:list-item>"

static GBytes *
make (const char *body)
{
  g_autofree char *content = g_strdup_printf ("<office:document-content " NS ">" STYLES "<office:body><office:text>%s"
                                              "</office:text></office:body></office:document-content>", body);

  return document_zip ("mimetype", "application/vnd.oasis.opendocument.text", "meta.xml", META,
                       "Pictures/boat.png", "boat", "content.xml", content, NULL);
}

static void
check (const char *body,
       const char *expected)
{
  g_autoptr (GBytes) bytes = make (body);
  g_autofree char *all = g_strconcat (HEAD, expected, NULL);

  document_check (dra_odt_read, bytes, all);
}

static void
test_blocks (void)
{
  g_autoptr (GBytes) bytes = make ("<text:p text:style-name=\"Q\">Said.</text:p><text:h text:outline-level=\"2\">Head</text:h>"
                                   "<text:tracked-changes>" P ("deleted") "</text:tracked-changes>"
                                   "<text:section text:display=\"none\">" P ("hidden") "</text:section>"
                                   P ("a<text:s text:c=\"2000000000\"/>b<text:tab/>c<text:line-break/>d") P (""));

  document_check (dra_odt_read, bytes,
                  "@title Head\n" HEAD "quotation 1: Said.\nheading 2: Head\nparagraph: a b c¶d\n");
}

static void
test_lists (void)
{
  check ("<text:list text:style-name=\"N\">" ITEM (P ("a") P ("more") "<text:list>" ITEM (P ("b")) ITEM (P ("c")) "</text:list>")
         ITEM (P ("d")) "</text:list>" P ("x")
         "<text:list text:style-name=\"N\" text:continue-numbering=\"true\">" ITEM (P ("e"))
         "<text:list-item text:start-value=\"9\">" P ("f") "</text:list-item></text:list>"
         "<text:list text:style-name=\"N\">" ITEM (P ("g")) "</text:list>"
         "<text:list text:style-name=\"D\">" ITEM (P ("h")) "</text:list>",
         "list-item 1 [1.]: a\nparagraph: more\nlist-item 2 [1.a)]: b\nlist-item 2 [1.b)]: c\nlist-item 1 [2.]: d\n"
         "paragraph: x\nlist-item 1 [3.]: e\nlist-item 1 [9.]: f\nlist-item 1 [1.]: g\nlist-item 1 [–]: h\n");
}

static void
test_tables (void)
{
  check ("<table:table><table:table-column table:number-columns-repeated=\"2\"/><table:table-header-rows><table:table-row>"
         "<table:table-cell>" P ("A") "</table:table-cell><table:table-cell>" P ("B") "</table:table-cell></table:table-row></table:table-header-rows>"
         "<table:table-row><table:table-cell>" P ("1") P ("2") "</table:table-cell><table:table-cell>" P ("3") "</table:table-cell></table:table-row>"
         "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row></table:table>",
         "table-row 1 [first]: A\tB\ntable-row: 1 2\t3\n");
}

static void
test_spans (void)
{
  g_autoptr (GBytes) bytes = make (P ("<text:span text:style-name=\"B\">bold <text:span text:style-name=\"I\">it</text:span></text:span>"
                                      "<text:span text:style-name=\"X\">gone</text:span> m<text:span text:style-name=\"Up\">2</text:span> "
                                      "<text:a xlink:href=\"http://example.invalid/\">link</text:a> <text:a xlink:href=\"#x\">place</text:a>"));
  g_autoptr (DraReading) reading = dra_test_read_with (dra_odt_read, bytes);
  g_autofree char *dump = document_dump_styles (reading->article);

  g_assert_cmpstr (dump, ==, "strong(bold)\nemphasis(it)\nsuperscript(2)\nlink(link)->http://example.invalid/\n");
}

static void
test_notes (void)
{
  check (P ("Berg<text:note text:note-class=\"footnote\"><text:note-citation>i</text:note-citation><text:note-body>"
            P ("Foot.") P ("Two.") "</text:note-body></text:note> said.")
         P ("End<text:note text:note-class=\"endnote\"><text:note-citation>ii</text:note-citation><text:note-body>" P ("Last.")
            "</text:note-body></text:note>"),
         "paragraph: Berg[1] said.\nparagraph: End[2]\nfootnote [1]: Foot.¶Two.\nfootnote [2]: Last.\n");
}

static void
test_comments (void)
{
  g_autoptr (GBytes) bytes = make (P ("The <office:annotation office:name=\"1\"><dc:creator>Ada Berg</dc:creator>"
                                      "<dc:date>2024-03-05T10:20:30</dc:date>" P ("Is this") P ("right?") "</office:annotation>"
                                      "old ferry<office:annotation-end office:name=\"1\"/> sailed<office:annotation>"
                                      P ("Point.") "</office:annotation>."));
  g_autoptr (DraReading) reading = dra_test_read_with (dra_odt_read, bytes);
  g_autofree char *dump = document_dump_notes (reading);
  g_autofree char *text = dra_test_dump (reading->article);

  g_assert_cmpstr (text, ==, HEAD "paragraph: The old ferry sailed.\n");
  g_assert_cmpstr (dump, ==, "old ferry @1709634030 = **Ada Berg:** Is this\n\nright?\nsailed @1 = Point.\n");
}

static void
test_images (void)
{
  g_autoptr (GBytes) bytes = make (P ("Before <draw:frame><draw:image xlink:href=\"Pictures/boat.png\"/><draw:image xlink:href=\"Pictures/boat.png\"/>"
                                      "<svg:title>Boat</svg:title><svg:desc>A boat</svg:desc></draw:frame>after")
                                   P ("<draw:frame><draw:text-box>" P ("In a box") "</draw:text-box></draw:frame>Around")
                                   P ("<draw:frame><draw:image xlink:href=\"../../boat.png\"/></draw:frame>x"));
  g_autoptr (DraReading) reading = dra_test_read_with (dra_odt_read, bytes);
  g_autofree char *dump = dra_test_dump (reading->article);

  g_assert_cmpstr (dump, ==, HEAD "paragraph: Before after\nimage [A boat]: \357\277\274\nparagraph: In a box\nparagraph: Around\nparagraph: x\n");
  g_assert_nonnull (dra_reading_find_image (reading, "Pictures/boat.png"));
}

/* A flat document; entities are text, or shown as they are written. */
static void
test_flat (void)
{
  static const char flat[] = "<?xml version=\"1.0\"?><!DOCTYPE d [<!ENTITY who \"Ada Berg\"><!ENTITY x SYSTEM \"file:///etc/hostname\">]>"
    "<office:document " NS "><office:meta><dc:title>The Ferry</dc:title></office:meta>" STYLES
    "<office:body><office:text>" P ("By &who; [&x;]") "<text:list text:style-name=\"D\">" ITEM (P ("a")) "</text:list>"
    P ("<draw:frame><draw:image><office:binary-data>aGVs\nbG8=</office:binary-data></draw:image></draw:frame>")
    "</office:text></office:body></office:document>";
  g_autoptr (GBytes) bytes = g_bytes_new_static (flat, strlen (flat));
  g_autoptr (DraReading) reading = dra_test_read_with (dra_odt_read, bytes);
  g_autofree char *dump = dra_test_dump (reading->article);
  const DraImage *image = dra_reading_find_image (reading, "image1");

  g_assert_cmpstr (dump, ==, "@title The Ferry\nparagraph: By Ada Berg [&x;]\nlist-item 1 [–]: a\nimage: \357\277\274\n");
  g_assert_nonnull (image);
  g_assert_cmpmem (g_bytes_get_data (image->bytes, NULL), g_bytes_get_size (image->bytes), "hello", 5);
}

static void
test_refused (void)
{
  g_autoptr (GBytes) locked = document_zip (
    "META-INF/manifest.xml", "<m:manifest xmlns:m=\"" O "manifest:1.0\"><m:file-entry m:full-path=\"content.xml\">"
    "<m:encryption-data/></m:file-entry></m:manifest>", "content.xml", "\1\2\3", NULL);
  g_autoptr (GBytes) missing = document_zip ("meta.xml", META, NULL);
  g_autoptr (GBytes) empty = make (P (""));
  g_autoptr (GBytes) nothing = g_bytes_new_static ("nothing of the sort", 19);

  document_check_refused (dra_odt_read, locked, "password");
  document_check_refused (dra_odt_read, missing, "content.xml");
  document_check_refused (dra_odt_read, empty, "no text");
  document_check_refused (dra_odt_read, nothing, "damaged");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/odt/blocks", test_blocks);
  g_test_add_func ("/odt/lists", test_lists);
  g_test_add_func ("/odt/tables", test_tables);
  g_test_add_func ("/odt/spans", test_spans);
  g_test_add_func ("/odt/notes", test_notes);
  g_test_add_func ("/odt/comments", test_comments);
  g_test_add_func ("/odt/images", test_images);
  g_test_add_func ("/odt/flat", test_flat);
  g_test_add_func ("/odt/refused", test_refused);

  return g_test_run ();
}
