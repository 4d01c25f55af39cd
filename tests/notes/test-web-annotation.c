/* test-web-annotation.c: notes to W3C JSON-LD and back, and what others write.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "article/dra-article-builder.h"
#include "article/dra-error.h"
#include "notes/dra-iso-time.h"
#include "notes/dra-web-annotation.h"

static DraArticle *
make_article (const char *text,
              const char *uri)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();

  dra_article_builder_set_metadata (builder, DRA_METADATA_SOURCE_URI, uri);
  dra_article_builder_take_lines (builder, g_strdup (text), strlen (text));
  return dra_article_builder_build (builder);
}

static GPtrArray *
make_notes (DraArticle *article)
{
  GPtrArray *notes = g_ptr_array_new_with_free_func (g_object_unref);
  const char *text = dra_article_get_text (article, NULL);
  const char *found = strstr (text, "Zoë");
  const DraRange range = { found - text, found - text + strlen ("Zoë") };
  const char *tags[] = { "claim", "to check \"twice\"", "Ünïcode", NULL };
  DraQuote odd = { (char *) "</script><!-- \x01\x7f\t\\ \xe2\x80\xa8 😀", (char *) "", (char *) "" };
  DraNote *note;

  g_ptr_array_add (notes, dra_note_new_for_passage (article, range));
  note = dra_note_new_for_passage (article, range);
  dra_note_set_body (note, "Says *who*?\n\n- a\n- b \\ \"quoted\" </script> 😀");
  dra_note_set_tags (note, tags);
  dra_note_set_color (note, DRA_NOTE_ORANGE);
  dra_note_set_modified (note, dra_note_get_created (note) + 1);
  g_ptr_array_add (notes, note);
  note = dra_note_new_for_entity (article, "person", "Zoë O'Brien");
  dra_note_set_body (note, "Met her.");
  g_ptr_array_add (notes, note);
  note = dra_note_new_for_article (article);
  dra_note_set_tags (note, tags);
  g_ptr_array_add (notes, note);
  note = dra_note_new_from_parts (NULL, DRA_NOTE_TARGET_PASSAGE, -1, 253402300799999999);
  dra_note_set_quote (note, &odd);
  dra_note_set_distinct (note, 7, G_MAXUINT);
  g_ptr_array_add (notes, note);
  g_ptr_array_add (notes, dra_note_new_from_parts (NULL, DRA_NOTE_TARGET_PASSAGE, G_MININT64, 1));
  note = dra_note_new_from_parts (NULL, DRA_NOTE_TARGET_ARTICLE, 1, 1);
  dra_note_set_position (note, 0, (gsize) 1 << 53);
  g_ptr_array_add (notes, note);

  return notes;
}

/* Lossless, and byte for byte when written again. */
static void
test_round_trip (void)
{
  g_autoptr (DraArticle) article = make_article ("Then 😀 Zoë spoke.\nNobody else did.\n",
                                                 "file:///home/someone/secret%20folder/a%20b.txt");
  g_autoptr (GPtrArray) notes = make_notes (article);
  g_autofree char *json = dra_web_annotation_write_string (article, notes);
  g_autoptr (GError) error = NULL;
  guint n_skipped = 9;
  g_autoptr (GPtrArray) back = dra_web_annotation_read_string (json, -1, &n_skipped, &error);
  g_autofree char *again = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (n_skipped, ==, 0);
  g_assert_cmpuint (back->len, ==, notes->len);
  for (guint i = 0; i < notes->len; i++)
    g_assert_true (dra_note_equal (notes->pdata[i], back->pdata[i]));
  again = dra_web_annotation_write_string (article, back);
  g_assert_cmpstr (again, ==, json);

  g_assert_null (strstr (json, "secret"));
  g_assert_nonnull (strstr (json, "\"a%20b.txt\""));
}

/* The shape the W3C model asks for, looked at with a parser. */
static void
test_shape (void)
{
  g_autoptr (DraArticle) article = make_article ("Then 😀 Zoë spoke.\n", "https://example.org/a?b=c");
  g_autoptr (GPtrArray) notes = make_notes (article);
  g_autoptr (JsonNode) root = dra_web_annotation_write (article, notes);
  JsonObject *object = json_node_get_object (root);
  JsonArray *graph = json_object_get_array_member (object, "@graph");
  JsonObject *highlight = json_array_get_object_element (graph, 0);
  JsonObject *comment = json_array_get_object_element (graph, 1);
  JsonObject *target = json_object_get_object_member (comment, "target");
  JsonArray *selectors = json_object_get_array_member (target, "selector");
  JsonObject *position = json_array_get_object_element (selectors, 1);
  JsonObject *body = json_array_get_object_element (json_object_get_array_member (comment, "body"), 0);

  g_assert_cmpstr (json_array_get_string_element (json_object_get_array_member (object, "@context"), 0),
                   ==, "http://www.w3.org/ns/anno.jsonld");
  g_assert_cmpstr (json_object_get_string_member (highlight, "motivation"), ==, "highlighting");
  g_assert_false (json_object_has_member (highlight, "body"));
  g_assert_cmpstr (json_object_get_string_member (comment, "motivation"), ==, "commenting");
  g_assert_cmpstr (json_object_get_string_member (body, "format"), ==, "text/markdown");
  g_assert_true (g_str_has_prefix (json_object_get_string_member (comment, "id"), "urn:uuid:"));
  g_assert_cmpstr (json_object_get_string_member (target, "source"), ==, "https://example.org/a?b=c");
  g_assert_cmpstr (json_object_get_string_member (position, "type"), ==, "TextPositionSelector");
  /* Code points: the emoji is one, not two (UTF-16) and not four (bytes). */
  g_assert_cmpint (json_object_get_int_member (position, "start"), ==, 7);
  g_assert_cmpint (json_object_get_int_member (position, "end"), ==, 10);
}

static DraNote *
read_one (const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) notes = dra_web_annotation_read_string (json, -1, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (notes->len, ==, 1);
  return g_object_ref (notes->pdata[0]);
}

#define QUOTE "{\"type\":\"TextQuoteSelector\",\"exact\":\"x\"}"

static void
test_foreign_shapes (void)
{
  static const char *const files[] = {
    "{\"type\":\"Annotation\",\"id\":\"http://e.org/1\",\"target\":{\"source\":\"u\",\"selector\":" QUOTE "}}",
    "[{\"type\":[\"Annotation\"],\"target\":[\"u\",{\"source\":{\"id\":\"u\"},\"selector\":[" QUOTE "]}]}]",
    "{\"@graph\":[{\"@type\":\"oa:Annotation\",\"target\":{\"selector\":" QUOTE "}}]}",
    "{\"type\":\"AnnotationPage\",\"items\":[{\"target\":{\"selector\":" QUOTE "}}]}",
    "{\"type\":\"AnnotationCollection\",\"total\":1,\"first\":{\"type\":\"AnnotationPage\",\"items\":"
    "[{\"type\":\"Annotation\",\"target\":{\"selector\":" QUOTE "}}]}}",
    "\xef\xbb\xbf[{\"type\":\"Annotation\",\"target\":{\"selector\":{\"type\":\"FragmentSelector\","
    "\"value\":\"p3\",\"refinedBy\":" QUOTE "}}}]",
    "[{\"type\":\"Annotation\",\"target\":{\"selector\":[{\"type\":\"CssSelector\",\"value\":\"p\"},"
    "{\"type\":\"RangeSelector\",\"refinedBy\":[{\"type\":\"TextPositionSelector\",\"start\":1,\"end\":2},"
    QUOTE "]}]}}]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (DraNote) note = read_one (files[i]);
      g_autoptr (DraNote) again = read_one (files[i]);

      g_assert_cmpint (dra_note_get_target (note), ==, DRA_NOTE_TARGET_PASSAGE);
      g_assert_cmpstr (dra_note_get_quote (note)->exact, ==, "x");
      /* A position inside another selection is not one in the text. */
      g_assert_false (dra_note_get_position (note, NULL, NULL));
      g_assert_cmpstr (dra_note_get_uuid (note), ==, dra_note_get_uuid (again));
    }
}

static void
test_foreign_content (void)
{
  g_autoptr (DraNote) note = read_one (
    "{\"type\":\"Annotation\",\"created\":\"2020-02-29T12:00:00.5+02:00\",\"modified\":\"2021-01-01\","
    "\"body\":[\"http://e.org/about\",{\"type\":\"TextualBody\",\"value\":\"One\",\"color\":\"green\"},"
    "{\"type\":\"TextualBody\",\"value\":\"tagged\",\"purpose\":\"tagging\"},"
    "{\"type\":\"Choice\",\"items\":[{\"value\":\"Two\"}]},17,null],\"bodyValue\":\"Three\","
    "\"target\":{\"source\":\"u\",\"selector\":[{\"type\":\"TextPositionSelector\",\"start\":3.0,\"end\":9}]}}");
  g_autoptr (DraNote) string_target = read_one (
    "{\"type\":\"Annotation\",\"body\":\"just text\",\"target\":\"http://e.org/page\"}");
  g_autoptr (DraNote) odd = read_one (
    "{\"type\":\"Annotation\",\"target\":{\"selector\":{\"type\":\"SvgSelector\",\"value\":\"<svg/>\"}}}");
  g_autoptr (DraNote) refined = read_one (
    "{\"type\":\"Annotation\",\"target\":{\"selector\":{\"type\":\"TextQuoteSelector\",\"exact\":\"äbcdef\","
    "\"prefix\":\"p\",\"suffix\":\"s\",\"refinedBy\":{\"type\":\"TextPositionSelector\",\"start\":1,\"end\":3}}}}");
  gsize start, end;

  g_assert_cmpstr (dra_note_get_body (note), ==, "http://e.org/about\n\nOne\n\nTwo\n\nThree");
  g_assert_cmpstr (dra_note_get_tags (note)[0], ==, "tagged");
  g_assert_cmpint (dra_note_get_color (note), ==, DRA_NOTE_GREEN);
  g_assert_cmpint (dra_note_get_created (note), ==, G_GINT64_CONSTANT (1582970400500000));
  g_assert_cmpint (dra_note_get_modified (note), ==, G_GINT64_CONSTANT (1609459200000000));
  g_assert_true (dra_note_get_position (note, &start, &end));
  g_assert_cmpuint (start, ==, 3);
  g_assert_cmpuint (end, ==, 9);

  g_assert_cmpint (dra_note_get_target (string_target), ==, DRA_NOTE_TARGET_ARTICLE);
  g_assert_cmpstr (dra_note_get_body (string_target), ==, "just text");

  /* Not placed, not dropped. */
  g_assert_cmpint (dra_note_get_target (odd), ==, DRA_NOTE_TARGET_PASSAGE);
  g_assert_null (dra_note_get_quote (odd));

  g_assert_cmpstr (dra_note_get_quote (refined)->exact, ==, "bc");
  g_assert_cmpstr (dra_note_get_quote (refined)->prefix, ==, "pä");
  g_assert_cmpstr (dra_note_get_quote (refined)->suffix, ==, "defs");
}

static void
test_wrong_values (void)
{
  static const char *const positions[] = {
    "\"start\":-1,\"end\":5", "\"start\":5,\"end\":2", "\"start\":1.5,\"end\":2",
    "\"start\":1e999,\"end\":2", "\"start\":99999999999999999999999,\"end\":1e40",
    "\"start\":\"1\",\"end\":\"2\"", "\"start\":null,\"end\":[]", "\"start\":{},\"end\":true", "\"end\":4",
    "\"start\":9007199254740993,\"end\":9223372036854775807",
  };
  static const char *const dates[] = {
    "\"\"", "\"yesterday\"", "\"2020-13-45T99:99:99Z\"", "17", "null", "[]", "\"2020-02-30T00:00:00Z\"",
    "\"99999999999999999999-01-01T00:00:00Z\"", "\"T\"", "\".\"", "\"2020-01-01T00:00:00.Zzz\"",
  };

  for (guint i = 0; i < G_N_ELEMENTS (positions); i++)
    {
      g_autofree char *json = g_strdup_printf (
        "{\"type\":\"Annotation\",\"target\":{\"selector\":{\"type\":\"TextPositionSelector\",%s}}}", positions[i]);
      g_autoptr (DraNote) note = read_one (json);

      g_assert_false (dra_note_get_position (note, NULL, NULL));
    }

  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      g_autofree char *json = g_strdup_printf (
        "{\"type\":\"Annotation\",\"created\":%s,\"modified\":%s,\"target\":\"u\"}", dates[i], dates[i]);
      g_autoptr (DraNote) note = read_one (json);

      g_assert_cmpint (ABS (dra_note_get_created (note) - g_get_real_time ()), <, 60 * G_USEC_PER_SEC);
    }
}

static void
test_duplicates (void)
{
  const char *json =
    "[{\"id\":\"urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8\",\"type\":\"Annotation\",\"bodyValue\":\"old\","
    "\"modified\":\"2020-01-01T00:00:00Z\",\"target\":\"u\"},"
    "{\"id\":\"URN:UUID:6BA7B810-9DAD-11D1-80B4-00C04FD430C8\",\"type\":\"Annotation\",\"bodyValue\":\"new\","
    "\"modified\":\"2021-01-01T00:00:00Z\",\"target\":\"u\"},"
    "{\"type\":\"Annotation\"},7,\"s\",{\"type\":\"Thing\"},{\"type\":\"Annotation\",\"target\":7}]";
  g_autoptr (GError) error = NULL;
  guint n_skipped = 0;
  g_autoptr (GPtrArray) notes = dra_web_annotation_read_string (json, -1, &n_skipped, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (notes->len, ==, 1);
  g_assert_cmpstr (dra_note_get_body (notes->pdata[0]), ==, "new");
  g_assert_cmpuint (n_skipped, ==, 6);
}

static void
assert_refused (const char *json,
                gssize      length)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (dra_web_annotation_read_string (json, length, NULL, &error));
  g_assert_error (error, DRA_ERROR, DRA_ERROR_DAMAGED);
}

static void
test_refused (void)
{
  static const char *const files[] = {
    "", " ", "null", "17", "\"text\"", "{}", "{\"a\":[1]}", "{\"type\":\"Person\"}", "[", "{\"@graph\":17}",
    "{\"type\":\"Annotation\",\"target\":", "not json", "// \"\n[]", "/*\"*/[]", "['a']", "[\"unended]",
    "\xff\xfe[\"a\"]",
  };
  g_autofree char *deep = g_strnfill (200000, '[');
  g_autoptr (GString) hidden = g_string_new ("/*\"*/");

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    assert_refused (files[i], -1);

  assert_refused (deep, -1);
  for (guint i = 0; i < 200000; i++)
    g_string_append (hidden, "{\"a\":");
  assert_refused (hidden->str, -1);
  assert_refused (hidden->str + 5, -1);
  assert_refused ("[]\0[]", 5);
}

/* Cut anywhere, any byte replaced: an error or notes, never more. */
static void
test_mutations (void)
{
  g_autoptr (DraArticle) article = make_article ("Then 😀 Zoë spoke.\n", NULL);
  g_autoptr (GPtrArray) notes = make_notes (article);
  g_autofree char *json = dra_web_annotation_write_string (article, notes);
  g_autoptr (GRand) random = g_rand_new_with_seed (20261124);
  const char bytes[] = "{}[]\",:0-9e.\\u\x01\xff";
  gsize length = strlen (json);

  for (guint i = 0; i < 3000; i++)
    {
      g_autofree char *copy = g_strdup (json);
      g_autoptr (GPtrArray) back = NULL;
      gssize n = (i % 3 == 0) ? g_rand_int_range (random, 0, (gint32) length) : (gssize) length;

      for (guint k = 0; k < 1 + i % 4; k++)
        copy[g_rand_int_range (random, 0, (gint32) length)] = bytes[g_rand_int_range (random, 0, sizeof bytes - 1)];
      back = dra_web_annotation_read_string (copy, n, NULL, NULL);
      if (back != NULL)
        {
          g_autofree char *again = dra_web_annotation_write_string (article, back);

          g_assert_true (g_utf8_validate (again, -1, NULL));
        }
    }
}

static void
test_time (void)
{
  const gint64 times[] = { 0, 1, -1, 1764000000123456, 999999, -1000001, -62135596800000000, 253402300799999999 };
  gint64 back;

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autofree char *string = dra_iso_time_format (times[i]);

      g_assert_true (dra_iso_time_parse (string, &back));
      g_assert_cmpint (back, ==, times[i]);
    }
  for (gint64 i = 0; i < 1000000; i += 37)
    {
      g_autofree char *string = dra_iso_time_format (1764000000000000 + i);

      g_assert_true (dra_iso_time_parse (string, &back));
      g_assert_cmpint (back, ==, 1764000000000000 + i);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/web-annotation/round-trip", test_round_trip);
  g_test_add_func ("/web-annotation/shape", test_shape);
  g_test_add_func ("/web-annotation/foreign-shapes", test_foreign_shapes);
  g_test_add_func ("/web-annotation/foreign-content", test_foreign_content);
  g_test_add_func ("/web-annotation/wrong-values", test_wrong_values);
  g_test_add_func ("/web-annotation/duplicates", test_duplicates);
  g_test_add_func ("/web-annotation/refused", test_refused);
  g_test_add_func ("/web-annotation/mutations", test_mutations);
  g_test_add_func ("/web-annotation/time", test_time);
  return g_test_run ();
}
