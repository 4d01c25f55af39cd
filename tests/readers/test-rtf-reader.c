/* test-rtf-reader.c: Rich Text Format, a rule at a time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "document-fixture.h"
#include "readers/dra-rtf-reader.h"

#define RTF "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Serif;}{\\f1\\fcharset204 Cyr;}{\\f2\\fcharset2 Symbol;}}" \
  "{\\stylesheet{\\s1\\outlinelevel0 heading 1;}{\\s2\\sbasedon1 Mine;}{\\s3 Titre 2;}{\\s4 Title;}{\\s5 Quote;}}"

static DraReading *
read_rtf (const char *data)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, strlen (data));

  return dra_test_read_with (dra_rtf_read, bytes);
}

static void
check (const char *data,
       const char *expected)
{
  g_autoptr (DraReading) reading = read_rtf (data);
  g_autofree char *dump = dra_test_dump (reading->article);

  g_assert_cmpstr (dump, ==, expected);
}

static void
test_characters (void)
{
  check (RTF "caf\\'e9 \\u8364\\'80 \\u-10179?\\u-8704? {\\uc0\\u960}{\\uc2\\u945 ab}c\\~d\\_e\\-f \\emdash  \\ldblquote x\\rdblquote"
         "  {\\f1\\'cf\\'f0} {\\f2\\'b7} \\{\\}\\\\\\line g\\'zz\r\nh}",
         "paragraph: café € 😀 πα" "c\302\240d\342\200\221ef — “x” Пр • {}\\¶gzzh\n");
  /* A character of two bytes that a group parts. */
  check ("{\\rtf1\\ansi\\ansicpg932 \\'93\\'fa\\'96{\\b \\'7b}}", "paragraph: 日本\n");
  check ("{\\rtf1\\ansi\\ansicpg99999 caf\\'e9}", "paragraph: café\n");
  check ("{\\rtf1\\mac caf\\'8e}", "paragraph: café\n");
}

static void
test_blocks (void)
{
  check (RTF "{\\info{\\title Untitled}{\\author Ada Berg}{\\creatim\\yr2024\\mo2\\dy3}}\\deflang1031"
         "\\pard\\s4 The Ferry\\par\\pard\\s1 One\\par\\pard\\s2 Two\\par\\pard\\s3 Three\\par\\pard\\s5 Said.\\par"
         "\\pard\\outlinelevel3 Four\\par\\pard Text {\\v hidden}{\\deleted gone}{\\*\\unknown no}{\\known yes}\\par\\par}",
         "@title The Ferry\n@byline Ada Berg\n@published 2024-02-03\n@language de-DE\n"
         "title: The Ferry\nheading 1: One\nheading 1: Two\nheading 2: Three\nquotation 1: Said.\nheading 4: Four\nparagraph: Text yes\n");
}

static void
test_lists (void)
{
  check (RTF "\\pard{\\listtext 1.\\tab}\\ls1 a\\par\\pard\\ls1\\ilvl1{\\listtext\\f2\\'b7\\tab}b\\par\\pard{\\pntext 2.\\tab}c\\par\\pard d\\par}",
         "list-item 1 [1.]: a\nlist-item 2 [•]: b\nlist-item 1 [2.]: c\nparagraph: d\n");
}

static void
test_tables (void)
{
  check (RTF "before\\par\\trowd\\trhdr\\cellx1\\cellx2\\pard\\intbl A\\cell B\\cell\\row"
         "\\trowd\\cellx1\\cellx2\\pard\\intbl 1\\par 2\\cell\\cell\\row\\pard after\\par"
         "\\trowd\\cellx1\\pard\\intbl framed\\par text\\cell\\row\\pard end}",
         "paragraph: before\ntable-row 1 [first]: A\tB\ntable-row: 1 2\nparagraph: after\nparagraph: framed\nparagraph: text\nparagraph: end\n");
}

static void
test_styles (void)
{
  g_autoptr (DraReading) reading = read_rtf (
    RTF "{\\b bold\\b0  not} {\\i it\\plain  no} m{\\super 2} {\\field{\\*\\fldinst{HYPERLINK \"http://example.invalid/\"}}"
    "{\\fldrslt{\\ul link}}} {\\field{\\*\\fldinst INCLUDETEXT \"/etc/hostname\"}{\\fldrslt r}}}");
  g_autofree char *dump = document_dump_styles (reading->article);

  g_assert_cmpstr (dump, ==, "strong(bold)\nemphasis(it)\nsuperscript(2)\nlink(link)->http://example.invalid/\n");
}

static void
test_footnotes (void)
{
  check (RTF "Berg{\\super\\chftn}{\\footnote\\pard\\plain {\\super\\chftn} Foot.\\par Two.} said{\\footnote\\ftnalt Last.}.\\par"
         "{\\header no}Next}",
         "paragraph: Berg[1] said[2].\nparagraph: Next\nfootnote [1]: Foot.¶Two.\nfootnote [2]: Last.\n");
}

static void
test_comments (void)
{
  g_autoptr (DraReading) reading = read_rtf (
    RTF "The {\\*\\atrfstart 1}old ferry{\\*\\atrfend 1}{\\*\\atnid AB}{\\*\\atnauthor Ada Berg}\\chatn{\\*\\annotation{\\*\\atnref 1}"
    "{\\*\\atndate 1203972756}{\\chatn Is this}\\par right?} sailed{\\*\\atnid QX}\\chatn{\\*\\annotation Point.}.}");
  g_autofree char *dump = document_dump_notes (reading);
  g_autofree char *text = dra_test_dump (reading->article);

  g_assert_cmpstr (text, ==, "paragraph: The old ferry sailed.\n");
  g_assert_cmpstr (dump, ==, "old ferry @1709634000 = **Ada Berg:** Is this\n\nright?\nsailed @1 = **QX:** Point.\n");
}

static void
test_pictures (void)
{
  static const char binary[] = RTF "a {\\pict\\jpegblip\\bin5 }{\\}b}";
  g_autoptr (DraReading) reading = read_rtf (
    RTF "Before {\\*\\shppict{\\pict{\\*\\picprop x}\\pngblip 68656c\r\n6c6f}}{\\nonshppict{\\pict\\wmetafile8 00}}after\\par"
    "{\\shp{\\*\\shpinst{\\sp{\\sn no}{\\sv no}}{\\shptxt In a box\\par}}}Around\\par}");
  g_autofree char *dump = dra_test_dump (reading->article);
  const DraImage *image = dra_reading_find_image (reading, "image1");
  g_autoptr (DraReading) raw = read_rtf (binary);
  g_autofree char *raw_dump = dra_test_dump (raw->article);

  g_assert_cmpstr (dump, ==, "paragraph: Before after\nimage: \357\277\274\nparagraph: In a box\nparagraph: Around\n");
  g_assert_nonnull (image);
  g_assert_cmpmem (g_bytes_get_data (image->bytes, NULL), g_bytes_get_size (image->bytes), "hello", 5);
  g_assert_cmpstr (raw_dump, ==, "paragraph: a\nimage: \357\277\274\n");
}

/* Files that lie about sizes, or are all brackets. */
static void
test_hostile (void)
{
  static const struct { const char *head, *what; guint n; const char *tail; } cases[] = {
    { RTF, "{", 3000000, "x" }, { RTF "x", "}", 100000, "after" }, { RTF, "{\\b ", 300000, "x" },
    { RTF "x{\\footnote ", "{\\footnote a", 100000, "" }, { RTF, "{\\shptxt a", 100000, "" },
    { RTF, "\\intbl a\\cell ", 100000, "\\row" }, { RTF, "{\\field{\\*\\fldinst HYPERLINK x}", 100000, "x" },
    { RTF "x\\fs", "9", 50000, " x" }, { RTF "x\\", "a", 100000, " x" }, { RTF "x", "{\\*\\annotation a}", 20000, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GString *data = g_string_new (cases[i].head);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (DraReading) reading = NULL;
      g_autoptr (GTimer) timer = g_timer_new ();

      for (guint k = 0; k < cases[i].n; k++)
        g_string_append (data, cases[i].what);
      g_string_append (data, cases[i].tail);
      bytes = g_string_free_to_bytes (data);
      reading = dra_rtf_read (bytes, "test.rtf", NULL, &error);
      g_assert_true ((reading == NULL) == (error != NULL));
      g_test_message ("%s: %.2f s", cases[i].what, g_timer_elapsed (timer, NULL));
      g_assert_cmpfloat (g_timer_elapsed (timer, NULL), <, 20);
    }
  check ("{\\rtf1 a{\\bin2147483647 abc} text}", "paragraph: a\n");
  check ("{\\rtf1 {\\bin-5 abc} text}", "paragraph: abc text\n");
  check ("{\\rtf1 a{b", "paragraph: ab\n");
  check ("{\\rtf1 a}b", "paragraph: a\n");
}

static void
test_refused (void)
{
  g_autoptr (GBytes) other = g_bytes_new_static ("{\\rtx1 hello}", 13);
  g_autoptr (GBytes) empty = g_bytes_new_static ("{\\rtf1 }", 8);

  document_check_refused (dra_rtf_read, other, "RTF");
  document_check_refused (dra_rtf_read, empty, "no text");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/rtf/characters", test_characters);
  g_test_add_func ("/rtf/blocks", test_blocks);
  g_test_add_func ("/rtf/lists", test_lists);
  g_test_add_func ("/rtf/tables", test_tables);
  g_test_add_func ("/rtf/styles", test_styles);
  g_test_add_func ("/rtf/footnotes", test_footnotes);
  g_test_add_func ("/rtf/comments", test_comments);
  g_test_add_func ("/rtf/pictures", test_pictures);
  g_test_add_func ("/rtf/hostile", test_hostile);
  g_test_add_func ("/rtf/refused", test_refused);

  return g_test_run ();
}
