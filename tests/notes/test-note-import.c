/* test-note-import.c: notes that other programs made.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "article/dra-article-builder.h"
#include "article/dra-error.h"
#include "notes/dra-note-import.h"

/* Four characters that UTF-16 writes in two units stand before the second "lamp". */
static const char text[] =
  "The keeper lit the lamp \360\237\222\241\360\237\222\241 at dusk.\n"
  "Nobody \360\237\231\202\360\237\231\202 thanked her for the lamp, nor for the oil.\n";

static DraArticle *
make_article (void)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();

  dra_article_builder_take_lines (builder, g_strdup (text), strlen (text));

  return dra_article_builder_build (builder);
}

static GPtrArray *
import (DraArticle *article,
        const char *json,
        guint       n)
{
  g_autoptr (GError) error = NULL;
  guint n_skipped = 7;
  GPtrArray *notes = dra_note_import (article, json, -1, &n_skipped, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (notes->len, ==, n);
  g_assert_cmpuint (n_skipped, ==, 0);

  return notes;
}

static void
assert_at (DraArticle *article,
           DraNote    *note,
           const char *where,
           gsize       length)
{
  const char *all = dra_article_get_text (article, NULL);
  DraRange range;
  const char *reason = NULL;
  DraAnchorState state = dra_note_get_anchor (note, &range, &reason);

  if (state == DRA_ANCHOR_LOST)
    g_error ("“%s” is lost: %s", dra_note_get_quote (note)->exact, reason);
  g_assert_cmpuint (range.start, ==, (gsize) (strstr (all, where) - all));
  g_assert_cmpuint (dra_range_length (range), ==, length);
}

/* An export of Hypothesis: the file's own object, selectors of three kinds. */
static void
test_hypothesis (void)
{
  g_autoptr (DraArticle) article = make_article ();
  g_autoptr (GPtrArray) notes = import (article,
    "{\"export_date\": \"2026-01-02T03:04:05.000Z\", \"export_userid\": \"acct:a@hypothes.is\","
    " \"client_version\": \"1.1\", \"annotations\": ["
    "{\"id\": \"Xy-1_z\", \"created\": \"2026-01-01T10:00:00.123456+00:00\","
    " \"updated\": \"2026-01-02T10:00:00.654321+00:00\", \"text\": \"Why *her*?\","
    " \"tags\": [\"light\", \"to check\"], \"uri\": \"https://x.example/\","
    " \"document\": {\"title\": [\"The lamp\"]}, \"target\": [{\"source\": \"https://x.example/\","
    " \"selector\": [{\"type\": \"RangeSelector\", \"startContainer\": \"/p[1]\", \"endContainer\": \"/p[1]\","
    " \"startOffset\": 4, \"endOffset\": 10},"
    " {\"type\": \"TextPositionSelector\", \"start\": 900, \"end\": 906},"
    " {\"type\": \"TextQuoteSelector\", \"exact\": \"keeper\", \"prefix\": \"The \", \"suffix\": \" lit the lamp\"}]}]},"
    "{\"id\": \"gone\", \"created\": \"2026-01-01T10:00:00+00:00\", \"updated\": \"2026-01-01T10:00:00+00:00\","
    " \"text\": \"Kept\", \"tags\": [], \"target\": [{\"source\": \"https://x.example/\", \"selector\":"
    " [{\"type\": \"TextQuoteSelector\", \"exact\": \"an entirely different passage of words\"}]}]},"
    "{\"id\": \"page\", \"text\": \"On the page\", \"tags\": [], \"target\": [{\"source\": \"https://x.example/\"}]}"
    "]}", 3);

  g_assert_cmpstr (dra_note_get_body (notes->pdata[0]), ==, "Why *her*?");
  g_assert_cmpstr (dra_note_get_tags (notes->pdata[0])[1], ==, "to check");
  g_assert_cmpint (dra_note_get_modified (notes->pdata[0]) - dra_note_get_created (notes->pdata[0]), ==,
                   G_TIME_SPAN_DAY + 530865);
  assert_at (article, notes->pdata[0], "keeper", 6);

  /* Not placed, not dropped. */
  g_assert_cmpint (dra_note_get_anchor (notes->pdata[1], NULL, NULL), ==, DRA_ANCHOR_LOST);
  g_assert_cmpstr (dra_note_get_body (notes->pdata[1]), ==, "Kept");
  g_assert_cmpstr (dra_note_get_quote (notes->pdata[1])->exact, ==, "an entirely different passage of words");

  g_assert_cmpint (dra_note_get_target (notes->pdata[2]), ==, DRA_NOTE_TARGET_ARTICLE);
  g_assert_cmpstr (dra_note_get_body (notes->pdata[2]), ==, "On the page");
}

/* What the API of Hypothesis answers. */
static void
test_hypothesis_rows (void)
{
  g_autoptr (DraArticle) article = make_article ();
  g_autoptr (GPtrArray) notes = import (article,
    "{\"total\": 1, \"rows\": [{\"id\": \"a\", \"text\": \"T\", \"target\": [{\"selector\":"
    " [{\"type\": \"TextQuoteSelector\", \"exact\": \"thanked her for the lamp, nor for the oil\"}]}]}]}", 1);

  assert_at (article, notes->pdata[0], "thanked her", 41);
}

/* Readium's set: colours, tags, selectors that mean nothing here. */
static void
test_readium (void)
{
  g_autoptr (DraArticle) article = make_article ();
  g_autoptr (GPtrArray) notes = import (article,
    "{\"@context\": \"http://www.w3.org/ns/anno.jsonld\", \"id\": \"urn:uuid:123-123-123-123\","
    " \"type\": \"AnnotationSet\", \"generator\": {\"id\": \"x\", \"type\": \"Software\", \"name\": \"Reader\"},"
    " \"items\": [{\"@context\": \"http://www.w3.org/ns/anno.jsonld\","
    " \"id\": \"urn:uuid:53dc36ac-9d5f-45bd-b2c1-3a8a5ed4c2a1\", \"type\": \"Annotation\","
    " \"created\": \"2023-10-14T15:13:28Z\", \"modified\": \"2024-01-29T09:00:00Z\","
    " \"target\": {\"source\": \"OEBPS/text/1.html\", \"meta\": {\"page\": \"v\"}, \"selector\": ["
    " {\"type\": \"ProgressionSelector\", \"value\": 0.53},"
    " {\"type\": \"TextQuoteSelector\", \"exact\": \"the oil\", \"prefix\": \"nor for \", \"suffix\": \".\"}]},"
    " \"body\": {\"type\": \"TextualBody\", \"value\": \"How much?\", \"format\": \"text/plain\","
    " \"color\": \"pink\", \"highlight\": \"solid\", \"tag\": \"money\"}}]}", 1);

  g_assert_cmpstr (dra_note_get_uuid (notes->pdata[0]), ==, "53dc36ac-9d5f-45bd-b2c1-3a8a5ed4c2a1");
  g_assert_cmpint (dra_note_get_color (notes->pdata[0]), ==, DRA_NOTE_PINK);
  g_assert_cmpstr (dra_note_get_body (notes->pdata[0]), ==, "How much?");
  g_assert_cmpstr (dra_note_get_tags (notes->pdata[0])[0], ==, "money");
  assert_at (article, notes->pdata[0], "the oil", 7);
}

/* The same passage by code points and by units of UTF-16: "lamp" in the second line. */
static void
test_offsets (void)
{
  g_autoptr (DraArticle) article = make_article ();
  const char *all = dra_article_get_text (article, NULL);
  const char *second = strstr (all, "lamp, nor");
  gsize points = (gsize) g_utf8_pointer_to_offset (all, second);
  gsize units = points + 4;

  for (guint i = 0; i < 2; i++)
    {
      gsize start = i == 0 ? points : units;
      g_autofree char *json = g_strdup_printf (
        "{\"type\": \"Annotation\", \"id\": \"x\", \"target\": {\"selector\": ["
        "{\"type\": \"TextPositionSelector\", \"start\": %" G_GSIZE_FORMAT ", \"end\": %" G_GSIZE_FORMAT "},"
        "{\"type\": \"TextQuoteSelector\", \"exact\": \"lamp\"}]}}", start, start + 4);
      g_autoptr (GPtrArray) notes = import (article, json, 1);
      gsize settled_start, settled_end;

      g_assert_true (dra_note_get_position (notes->pdata[0], &settled_start, &settled_end));
      g_assert_cmpuint (settled_start, ==, points);
      g_assert_cmpuint (settled_end, ==, points + 4);
    }
}

/* A position in the middle of a pair, and beyond the end: the note stays as it is. */
static void
test_odd_offsets (void)
{
  static const gsize starts[] = { 0, 25, 26, 80, 1000000 };
  g_autoptr (DraArticle) article = make_article ();

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      g_autofree char *json = g_strdup_printf (
        "{\"type\": \"Annotation\", \"id\": \"x\", \"target\": {\"selector\": ["
        "{\"type\": \"TextPositionSelector\", \"start\": %" G_GSIZE_FORMAT ", \"end\": %" G_GSIZE_FORMAT "},"
        "{\"type\": \"TextQuoteSelector\", \"exact\": \"no such words are in it at all\"}]}}",
        starts[i], starts[i] + 4);
      g_autoptr (GPtrArray) notes = import (article, json, 1);
      gsize start, end;

      g_assert_true (dra_note_get_position (notes->pdata[0], &start, &end));
      g_assert_cmpuint (start, ==, starts[i]);
      g_assert_cmpint (dra_note_get_anchor (notes->pdata[0], NULL, NULL), ==, DRA_ANCHOR_LOST);
    }
}

static void
test_not_notes (void)
{
  static const char *const files[] = { "", "{}", "{\"annotations\": 7}", "7", "[[[[", "<html>" };
  g_autoptr (DraArticle) article = make_article ();

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (dra_note_import (article, files[i], -1, NULL, &error));
      g_assert_error (error, DRA_ERROR, DRA_ERROR_DAMAGED);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/note-import/hypothesis", test_hypothesis);
  g_test_add_func ("/note-import/hypothesis-rows", test_hypothesis_rows);
  g_test_add_func ("/note-import/readium", test_readium);
  g_test_add_func ("/note-import/offsets", test_offsets);
  g_test_add_func ("/note-import/odd-offsets", test_odd_offsets);
  g_test_add_func ("/note-import/not-notes", test_not_notes);

  return g_test_run ();
}
