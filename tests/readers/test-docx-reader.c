/* test-docx-reader.c: documents of Word, a rule at a time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "document-fixture.h"
#include "readers/dra-docx-reader.h"

#define REL "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define RELS "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
#define ROOT RELS "<Relationship Id=\"r1\" Type=\"" REL "/officeDocument\" Target=\"word/document.xml\"/>" \
  "<Relationship Id=\"r2\" Type=\"x/core-properties\" Target=\"docProps/core.xml\"/></Relationships>"
#define PART(id, type) "<Relationship Id=\"" id "\" Type=\"" REL "/" type "\" Target=\"" type ".xml\"/>"
#define MAIN RELS PART ("r1", "styles") PART ("r2", "numbering") PART ("r3", "footnotes") \
  PART ("r4", "endnotes") PART ("r5", "comments") \
  "<Relationship Id=\"r6\" Type=\"" REL "/hyperlink\" TargetMode=\"External\" Target=\"http://example.invalid/a\"/>" \
  "<Relationship Id=\"r7\" Type=\"" REL "/image\" Target=\"media/boat.png\"/></Relationships>"
#define NS "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"" REL "\" " \
  "xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" " \
  "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" " \
  "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\""
#define STYLES "<w:styles " NS "><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val=\"fr-FR\"/></w:rPr></w:rPrDefault></w:docDefaults>" \
  "<w:style w:type=\"paragraph\" w:styleId=\"T\"><w:name w:val=\"Title\"/></w:style>" \
  "<w:style w:type=\"paragraph\" w:styleId=\"berschrift1\"><w:name w:val=\"heading 1\"/><w:rPr><w:b/></w:rPr></w:style>" \
  "<w:style w:type=\"paragraph\" w:styleId=\"Mine\"><w:name w:val=\"Mine\"/><w:basedOn w:val=\"berschrift1\"/></w:style>" \
  "<w:style w:type=\"paragraph\" w:styleId=\"Z\"><w:name w:val=\"Titre 3\"/></w:style>" \
  "<w:style w:type=\"paragraph\" w:styleId=\"Loop\"><w:name w:val=\"L\"/><w:basedOn w:val=\"Loop\"/></w:style>" \
  "<w:style w:type=\"paragraph\" w:styleId=\"Q\"><w:name w:val=\"Quote\"/></w:style>" \
  "<w:style w:type=\"character\" w:styleId=\"S\"><w:name w:val=\"Strong\"/><w:rPr><w:b/></w:rPr></w:style></w:styles>"
#define NUMBERING "<w:numbering " NS "><w:abstractNum w:abstractNumId=\"4\">" \
  "<w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/></w:lvl>" \
  "<w:lvl w:ilvl=\"1\"><w:start w:val=\"3\"/><w:numFmt w:val=\"lowerLetter\"/><w:lvlText w:val=\"%1.%2)\"/></w:lvl>" \
  "</w:abstractNum><w:abstractNum w:abstractNumId=\"5\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"bullet\"/>" \
  "<w:lvlText w:val=\"\357\202\267\"/></w:lvl></w:abstractNum>" \
  "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"4\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId w:val=\"5\"/></w:num>" \
  "<w:num w:numId=\"3\"><w:abstractNumId w:val=\"4\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"7\"/></w:lvlOverride></w:num></w:numbering>"
#define FOOTNOTES "<w:footnotes " NS "><w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:t>no</w:t></w:r></w:p></w:footnote>" \
  "<w:footnote w:id=\"9\"><w:p><w:r><w:t>Fo</w:t></w:r><w:r><w:t>ot.</w:t></w:r></w:p><w:p><w:r><w:t>Two.</w:t></w:r></w:p></w:footnote></w:footnotes>"
#define ENDNOTES "<w:endnotes " NS "><w:endnote w:id=\"9\"><w:p><w:r><w:t>End.</w:t></w:r></w:p></w:endnote></w:endnotes>"
#define COMMENTS "<w:comments " NS "><w:comment w:id=\"0\" w:author=\"Ada Berg\" w:date=\"2024-03-05T10:20:30Z\">" \
  "<w:p><w:r><w:t>Is this</w:t></w:r></w:p><w:p><w:r><w:t>right?</w:t></w:r></w:p></w:comment>" \
  "<w:comment w:id=\"1\" w:initials=\"QX\"><w:p><w:r><w:t>Point.</w:t></w:r></w:p></w:comment></w:comments>"
#define CORE "<cp:coreProperties xmlns:cp=\"c\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:t=\"http://purl.org/dc/terms/\">" \
  "<dc:title>Microsoft Word - draft.doc</dc:title><dc:creator>Ada Berg</dc:creator>" \
  "<t:created>2024-02-03T04:05:06Z</t:created></cp:coreProperties>"

#define P(text) "<w:p><w:r><w:t>" text "</w:t></w:r></w:p>"
#define S(style, text) "<w:p><w:pPr><w:pStyle w:val=\"" style "\"/></w:pPr><w:r><w:t>" text "</w:t></w:r></w:p>"
#define L(num, level, text) "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"" level "\"/><w:numId w:val=\"" num "\"/></w:numPr></w:pPr>" \
  "<w:r><w:t>" text "</w:t></w:r></w:p>"
#define R(properties, text) "<w:r><w:rPr>" properties "</w:rPr><w:t xml:space=\"preserve\">" text "</w:t></w:r>"
#define HEAD "@byline Ada Berg\n@published 2024-02-03\n@language fr-FR\n"

static GBytes *
make (const char *body)
{
  g_autofree char *document = g_strdup_printf ("<w:document " NS "><w:body>%s</w:body></w:document>", body);

  return document_zip ("[Content_Types].xml", "<Types/>", "_rels/.rels", ROOT, "docProps/core.xml", CORE,
                       "word/_rels/document.xml.rels", MAIN, "word/styles.xml", STYLES,
                       "word/numbering.xml", NUMBERING, "word/footnotes.xml", FOOTNOTES,
                       "word/endnotes.xml", ENDNOTES, "word/comments.xml", COMMENTS,
                       "word/media/boat.png", "boat", "word/document.xml", document, NULL);
}

static void
check (const char *body,
       const char *expected)
{
  g_autoptr (GBytes) bytes = make (body);
  g_autofree char *all = g_strconcat (HEAD, expected, NULL);

  document_check (dra_docx_read, bytes, all);
}

static void
check_styles (const char *body,
              const char *expected)
{
  g_autoptr (GBytes) bytes = make (body);
  g_autoptr (DraReading) reading = dra_test_read_with (dra_docx_read, bytes);
  g_autofree char *dump = document_dump_styles (reading->article);

  g_assert_cmpstr (dump, ==, expected);
}

static void
test_blocks (void)
{
  g_autoptr (GBytes) bytes = make (S ("T", "The Ferry") S ("berschrift1", "One") S ("Mine", "Two") S ("Z", "Three")
                                   "<w:p><w:pPr><w:outlineLvl w:val=\"3\"/></w:pPr><w:r><w:t>Four</w:t></w:r></w:p>"
                                   S ("Q", "Said.") S ("Loop", "Text<!-- c -->") "<w:p/>");

  document_check (dra_docx_read, bytes,
                  "@title The Ferry\n" HEAD "title: The Ferry\nheading 1: One\nheading 1: Two\nheading 3: Three\n"
                  "heading 4: Four\nquotation 1: Said.\nparagraph: Text\n");
}

static void
test_lists (void)
{
  check (L ("1", "0", "a") L ("1", "1", "b") L ("1", "1", "c") P ("x") L ("1", "0", "d") L ("1", "1", "e")
         L ("2", "0", "f") L ("3", "0", "g") L ("3", "0", "h") L ("0", "0", "i"),
         "list-item 1 [1.]: a\nlist-item 2 [1.c)]: b\nlist-item 2 [1.d)]: c\nparagraph: x\nlist-item 1 [2.]: d\n"
         "list-item 2 [2.c)]: e\nlist-item 1 [•]: f\nlist-item 1 [7.]: g\nlist-item 1 [8.]: h\nparagraph: i\n");
}

static void
test_tables (void)
{
  check ("<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid><w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc>" P ("A")
         "</w:tc><w:tc>" P ("B") "</w:tc></w:tr><w:tr><w:tc>" P ("1") P ("2") "</w:tc><w:tc><w:tbl><w:tblGrid>"
         "<w:gridCol/><w:gridCol/></w:tblGrid><w:tr><w:tc>" P ("3") "</w:tc><w:tc>" P ("4") "</w:tc></w:tr></w:tbl></w:tc></w:tr>"
         "<w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr>" P ("wide") "</w:tc></w:tr></w:tbl>" P ("after")
         "<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc>" P ("framed") P ("text") "</w:tc></w:tr></w:tbl>",
         "table-row 1 [first]: A\tB\ntable-row: 1 2\t3 4\ntable-row: wide\nparagraph: after\nparagraph: framed\nparagraph: text\n");
}

static void
test_runs (void)
{
  check_styles ("<w:p>" R ("<w:b/>", "bo") R ("<w:b/><w:i w:val=\"0\"/>", "ld") R ("<w:rStyle w:val=\"S\"/>", " strong")
                R ("<w:i/>", " it") R ("<w:vertAlign w:val=\"superscript\"/>", "2") R ("<w:vanish/>", "hidden")
                "<w:hyperlink r:id=\"r6\">" R ("<w:u/>", "link") "</w:hyperlink><w:hyperlink r:id=\"r7\">" R ("", "no") "</w:hyperlink></w:p>",
                "strong(bold strong)\nemphasis(it)\nsuperscript(2)\nlink(link)->http://example.invalid/a\n");
  check ("<w:p>" R ("<w:vanish/>", "gone") R ("", "a") "<w:r><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:br w:type=\"page\"/>"
         "<w:noBreakHyphen/><w:sym w:char=\"F0B7\"/><w:sym w:char=\"F04A\"/></w:r></w:p>",
         "paragraph: a b\302\266c\342\200\221•\n");
}

static void
test_changes (void)
{
  check ("<w:p><w:ins w:id=\"1\">" R ("", "new") "</w:ins><w:del w:id=\"2\"><w:r><w:delText>old</w:delText></w:r></w:del>"
         "<w:moveFrom>" R ("", "away") "</w:moveFrom><w:moveTo>" R ("", " here") "</w:moveTo></w:p>",
         "paragraph: new here\n");
}

static void
test_fields (void)
{
  check_styles ("<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> HYPER</w:instrText></w:r>"
                "<w:r><w:instrText>LINK \"http://example.invalid/b\" \\o \"x\"</w:instrText></w:r>"
                "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>" R ("", "shown")
                "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>" R ("", " after") "</w:p>",
                "link(shown)->http://example.invalid/b\n");
  /* A field that is never ended does not swallow the text after its paragraph. */
  check ("<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>" R ("", "lost") "</w:p>" P ("kept"), "paragraph: kept\n");
}

static void
test_notes (void)
{
  check ("<w:p>" R ("", "Berg") "<w:r><w:endnoteReference w:id=\"9\"/></w:r>" R ("", " said")
         "<w:r><w:footnoteReference w:id=\"9\"/></w:r></w:p>",
         "paragraph: Berg[1] said[2]\nfootnote [2]: Foot.¶Two.\nfootnote [1]: End.\n");
  check_styles ("<w:p>" R ("", "Berg") "<w:r><w:footnoteReference w:id=\"9\"/></w:r></w:p>",
                "link([1])->#fn:1\nsuperscript([1])\n");
}

static void
test_comments (void)
{
  g_autoptr (GBytes) bytes = make ("<w:p>" R ("", "The ") "<w:commentRangeStart w:id=\"0\"/>" R ("", "old ferry ")
                                   "<w:commentRangeEnd w:id=\"0\"/><w:r><w:commentReference w:id=\"0\"/></w:r>"
                                   R ("", "sailed") "<w:r><w:commentReference w:id=\"1\"/></w:r>" R ("", ".") "</w:p>");
  g_autoptr (DraReading) reading = dra_test_read_with (dra_docx_read, bytes);
  g_autoptr (DraReading) again = dra_test_read_with (dra_docx_read, bytes);
  g_autofree char *dump = document_dump_notes (reading);

  g_assert_cmpstr (dump, ==, "old ferry @1709634030 = **Ada Berg:** Is this\n\nright?\nsailed @1 = **QX:** Point.\n");
  for (guint i = 0; i < 2; i++)
    g_assert_true (dra_note_equal (g_ptr_array_index (reading->notes, i), g_ptr_array_index (again->notes, i)));
}

static void
test_images (void)
{
  g_autoptr (GBytes) bytes = make ("<w:p>" R ("", "Before ") "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:inline>"
                                   "<wp:docPr descr=\"A boat\"/><a:blip r:embed=\"r7\"/></wp:inline></w:drawing></mc:Choice>"
                                   "<mc:Fallback><w:t>twice</w:t></mc:Fallback></mc:AlternateContent></w:r>" R ("", "after") "</w:p>"
                                   "<w:p><w:r><w:txbxContent>" P ("In a box") "</w:txbxContent><w:t>Around</w:t></w:r></w:p>");
  g_autoptr (DraReading) reading = dra_test_read_with (dra_docx_read, bytes);
  g_autofree char *dump = dra_test_dump (reading->article);
  const DraImage *image = dra_reading_find_image (reading, "word/media/boat.png");

  g_assert_cmpstr (dump, ==, HEAD "paragraph: Before after\nimage [A boat]: \357\277\274\nparagraph: In a box\nparagraph: Around\n");
  g_assert_nonnull (image);
  g_assert_cmpuint (g_bytes_get_size (image->bytes), ==, 4);
  g_assert_cmpstr (image->type, ==, "image/png");
}

/* Strict namespaces, and prefixes that nobody expects; a part in capital letters. */
static void
test_namespaces (void)
{
  g_autoptr (GBytes) bytes = document_zip (
    "_RELS/.RELS", RELS "<Relationship Id=\"a\" Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument\""
    " Target=\"/doc/Main.xml\"/></Relationships>",
    "doc/main.xml", "<ns0:document xmlns:ns0=\"http://purl.oclc.org/ooxml/wordprocessingml/main\"><ns0:body><ns0:p>"
    "<ns0:pPr><ns0:outlineLvl ns0:val=\"0\"/></ns0:pPr><ns0:r><ns0:t>Strict</ns0:t></ns0:r></ns0:p></ns0:body></ns0:document>",
    NULL);

  document_check (dra_docx_read, bytes, "@title Strict\nheading 1: Strict\n");
}

static void
test_refused (void)
{
  GString *ole = g_string_new_len ("\320\317\021\340\241\261\032\341", 8);
  static const char encrypted[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
  g_autoptr (GBytes) old = g_bytes_new (ole->str, ole->len);
  g_autoptr (GBytes) locked = NULL;
  g_autoptr (GBytes) empty = make ("<w:p/>");
  g_autoptr (GBytes) other = document_zip ("a.txt", "x", NULL);
  g_autoptr (GBytes) cut = NULL;
  g_autoptr (GBytes) damaged = document_zip ("word/document.xml", "<w:document " NS "><w:body>" P ("x"), NULL);

  g_string_append_len (ole, encrypted, sizeof encrypted);
  locked = g_string_free_to_bytes (ole);
  cut = g_bytes_new_from_bytes (empty, 0, g_bytes_get_size (empty) / 2);
  document_check_refused (dra_docx_read, old, "old version");
  document_check_refused (dra_docx_read, locked, "password");
  document_check_refused (dra_docx_read, empty, "no text");
  document_check_refused (dra_docx_read, other, "missing");
  document_check_refused (dra_docx_read, cut, "damaged");
  document_check_refused (dra_docx_read, damaged, "damaged");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/docx/blocks", test_blocks);
  g_test_add_func ("/docx/lists", test_lists);
  g_test_add_func ("/docx/tables", test_tables);
  g_test_add_func ("/docx/runs", test_runs);
  g_test_add_func ("/docx/changes", test_changes);
  g_test_add_func ("/docx/fields", test_fields);
  g_test_add_func ("/docx/notes", test_notes);
  g_test_add_func ("/docx/comments", test_comments);
  g_test_add_func ("/docx/images", test_images);
  g_test_add_func ("/docx/namespaces", test_namespaces);
  g_test_add_func ("/docx/refused", test_refused);

  return g_test_run ();
}
