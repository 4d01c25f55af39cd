/* test-fb2-reader.c: FictionBook, well-formed and not.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "dra-test-readers.h"
#include "readers/dra-fb2-reader.h"

#define HEAD "<?xml version=\"1.0\" encoding=\"utf-8\"?>" \
  "<FictionBook xmlns=\"http://www.gribuser.ru/xml/fictionbook/2.0\" xmlns:l=\"http://www.w3.org/1999/xlink\">"

static DraReading *
read_fb2 (const char *data)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, strlen (data));
  g_autoptr (GError) error = NULL;
  DraReading *reading = dra_fb2_read (bytes, "test.fb2", NULL, &error);

  g_assert_no_error (error);
  dra_test_check_article (reading->article);

  return reading;
}

static void
check (const char *data,
       const char *expected)
{
  g_autoptr (DraReading) reading = read_fb2 (data);
  g_autofree char *dump = dra_test_dump (reading->article);

  g_assert_cmpstr (dump, ==, expected);
}

static void
test_structure (void)
{
  check (HEAD "<description><title-info><genre>prose</genre>"
         "<author><first-name>Ada</first-name><last-name>Berg</last-name></author>"
         "<author><nickname>Quill</nickname></author>"
         "<book-title>The Ferry</book-title><annotation><p>Not the text.</p></annotation>"
         "<date value=\"2019-05-02\">May</date><lang>en</lang>"
         "<translator><first-name>No</first-name></translator></title-info>"
         "<publish-info><publisher>Harbour Books</publisher><year>2020</year></publish-info></description>"
         "<body><title><p>The</p><p>Ferry</p></title>"
         "<epigraph><p>Row.</p><text-author>Anon</text-author></epigraph>"
         "<section><title><p>One</p></title><p>It <emphasis>was</emphasis> late.</p>"
         "<section><title><p>Inner</p></title><subtitle>Sub</subtitle><p>More.</p></section></section>"
         "<section><poem><title><p>Song</p></title><stanza><v>a</v><v>b</v></stanza><stanza><v>c</v></stanza></poem>"
         "<cite><p>Said.</p></cite><empty-line/>"
         "<table><tr><th>x</th><th>y</th></tr><tr><td>1</td><td>2</td></tr></table></section></body></FictionBook>",
         "@title The Ferry\n@byline Ada Berg, Quill\n@published 2019-05-02\n@site Harbour Books\n@language en\n"
         "title: The¶Ferry\nquotation 1: Row.\nquotation 1: Anon\nheading 1: One\nparagraph: It was late.\n"
         "heading 2: Inner\nheading 3: Sub\nparagraph: More.\nheading 1: Song\nparagraph: a¶b\nparagraph: c\n"
         "quotation 1: Said.\ntable-row [first]: x\ty\ntable-row: 1\t2\n");
}

static void
test_notes (void)
{
  g_autoptr (DraReading) reading = read_fb2 (
    HEAD "<body><section><p>One<a l:href=\"#n2\" type=\"note\">[x]</a> and <a l:href=\"#n1\" type=\"note\">[y]</a> "
    "see <a l:href=\"http://example.invalid/\">there</a>.</p></section></body>"
    "<body name=\"notes\"><section id=\"n1\"><title><p>1</p></title><p>First.</p><p>Again.</p></section>"
    "<section id=\"n2\"><p>Second.</p></section></body></FictionBook>");
  g_autofree char *dump = dra_test_dump (reading->article);
  guint n;
  const DraStyle *styles = dra_article_get_styles (reading->article, &n);

  g_assert_cmpstr (dump, ==, "paragraph: One[x] and [y] see there.\nfootnote [2]: First.¶Again.\nfootnote [1]: Second.\n");
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpstr (styles[0].target, ==, "#fn:1");
  g_assert_cmpstr (styles[1].target, ==, "#fn:2");
  g_assert_cmpstr (styles[2].target, ==, "http://example.invalid/");
}

static void
test_images (void)
{
  g_autoptr (DraReading) reading = read_fb2 (
    HEAD "<body><section><image l:href=\"#i\" alt=\"A boat\"/><p>Text <image l:href=\"#j\"/> goes on.</p>"
    "</section></body><binary id=\"i\" content-type=\"image/png\">aGVs\nbG8=</binary>"
    "<binary id=\"unused\">aGVsbG8=</binary><binary id=\"j\">%%%</binary></FictionBook>");
  g_autofree char *dump = dra_test_dump (reading->article);
  const DraImage *image = dra_reading_find_image (reading, "i");
  guint n;
  const DraBlock *blocks = dra_article_get_blocks (reading->article, &n);

  g_assert_cmpstr (dump, ==, "image [A boat]: \357\277\274\nparagraph: Text goes on.\nimage: \357\277\274\n");
  g_assert_cmpstr (blocks[0].source, ==, "i");
  g_assert_nonnull (image);
  g_assert_cmpstr (image->type, ==, "image/png");
  g_assert_cmpmem (g_bytes_get_data (image->bytes, NULL), g_bytes_get_size (image->bytes), "hello", 5);
  g_assert_null (dra_reading_find_image (reading, "unused"));
}

static void
test_ill_formed (void)
{
  check (HEAD "<body><section><p>A & B < C &copy; &nothing; 5 &#60; 6</p><p>Left <strong>open</p><p a=1 b='x>after</p>"
         "<p>end</section></body>",
         "paragraph: A & B < C \302\251 &nothing; 5 < 6\nparagraph: Left open\nparagraph: after\nparagraph: end\n");
  check ("<FictionBook><body><section><p>No namespace</p></section></body></FictionBook>",
         "paragraph: No namespace\n");
  check ("<?xml version=\"1.0\" encoding=\"windows-1251\"?><FictionBook><body><p>\317\360\350\342\345\362</p></body></FictionBook>",
         "paragraph: \320\237\321\200\320\270\320\262\320\265\321\202\n");
}

/* Entities: a file's own when they are text; none that bring in files or grow. */
static void
test_entities (void)
{
  check ("<!DOCTYPE f [<!ENTITY who \"Ada Berg\"><!ENTITY x SYSTEM \"file:///etc/passwd\">"
         "<!ENTITY b \"&who;&who;\"><!ENTITY m \"<p>y</p>\">]><FictionBook><body><p>&who; [&x;] &b; &m;</p></body></FictionBook>",
         "paragraph: Ada Berg [&x;] &b; &m;\n");
}

static void
check_refused (const char *data,
               gsize       length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (DraReading) reading = dra_fb2_read (bytes, "test.fb2", NULL, &error);

  g_assert_null (reading);
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "test.fb2"));
}

static GString *
repeat (const char *head,
        const char *what,
        guint       n,
        const char *tail)
{
  GString *all = g_string_new (head);

  for (guint i = 0; i < n; i++)
    g_string_append (all, what);
  g_string_append (all, tail);

  return all;
}

/* Documents that are as deep or as wide as they are long: refused, and fast. */
static void
test_pathological (void)
{
  static const struct { const char *head, *what; guint n; const char *tail; } cases[] = {
    { "<FictionBook><body>", "<section>", 200000, "<p>x</p>" },
    { "<FictionBook><body>", "<section xmlns:a=\"b\">", 100000, "<p>x</p>" },
    { "<FictionBook><body><p>", "<!--", 200000, "x" },
    { "<FictionBook><body><p>", "<![CDATA[", 200000, "x" },
    { "<FictionBook><body><p>", "<!A[>", 200000, "x" },
    { "<FictionBook><body><p ", "a='", 200000, "x" },
    { "<FictionBook><body><p>", "</q>", 200000, "x" },
    { "<FictionBook><body><p>", "&", 500000, "x" },
    { "<FictionBook><body><p>", "<a ", 200000, "x" },
    { "<FictionBook><body>", "<cite><p>", 200000, "x" },
  };
  GString *wide = g_string_new ("<FictionBook><body><p ");
  g_autofree char *wide_data = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GString *data = repeat (cases[i].head, cases[i].what, cases[i].n, cases[i].tail);
      g_autoptr (GBytes) bytes = g_string_free_to_bytes (data);
      g_autoptr (GError) error = NULL;
      g_autoptr (DraReading) reading = NULL;
      g_autoptr (GTimer) timer = g_timer_new ();

      reading = dra_fb2_read (bytes, "test.fb2", NULL, &error);
      g_assert_true ((reading == NULL) == (error != NULL));
      g_test_message ("%s: %.2f s", cases[i].what, g_timer_elapsed (timer, NULL));
      g_assert_cmpfloat (g_timer_elapsed (timer, NULL), <, 20);
    }

  for (guint i = 0; i < 200000; i++)
    g_string_append_printf (wide, "a%u='' ", i);
  g_string_append (wide, ">x</p></body></FictionBook>");
  wide_data = g_string_free (wide, FALSE);
  check (wide_data, "paragraph: x\n");
}

static void
test_refused (void)
{
  check_refused ("<FictionBook><body></body></FictionBook>", 40);
  check_refused ("\0\1\2", 3);
  check_refused ("PK\3\4 and nothing", 16);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/fb2/structure", test_structure);
  g_test_add_func ("/fb2/notes", test_notes);
  g_test_add_func ("/fb2/images", test_images);
  g_test_add_func ("/fb2/ill-formed", test_ill_formed);
  g_test_add_func ("/fb2/entities", test_entities);
  g_test_add_func ("/fb2/pathological", test_pathological);
  g_test_add_func ("/fb2/refused", test_refused);

  return g_test_run ();
}
