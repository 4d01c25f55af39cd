/* test-plain-writers.c: copies as plain text, and tables of people and organizations.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "article/dra-article-builder.h"
#include "dra-test.h"
#include "readers/dra-formats.h"
#include "notes/dra-anchor.h"
#include "notes/dra-web-annotation.h"
#include "readers/dra-reader-registry.h"
#include "writer-fixtures.h"
#include "writers/dra-plain-output.h"
#include "writers/dra-writer.h"

static char *
write_copy (const char *id,
            DraArticle *article,
            DraCast    *cast,
            GPtrArray  *notes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = dra_writer_find (id)->write (article, cast, notes, NULL, &error);
  gsize size;
  const char *data;

  g_assert_no_error (error);
  data = g_bytes_get_data (bytes, &size);
  g_assert_true (g_utf8_validate (data, (gssize) size, NULL));
  g_assert_null (memchr (data, 0, size));

  return g_strndup (data, size);
}

static void
test_text (void)
{
  g_autoptr (DraArticle) article = fixture_news ();
  g_autoptr (DraCast) cast = fixture_news_cast (article);
  g_autoptr (GPtrArray) notes = fixture_news_notes (article);
  g_autofree char *text = write_copy ("text", article, cast, notes);

  g_assert_true (g_str_has_prefix (text, "The Lamp on Skerry Point\n"
                                         "========================\n\n[Image: The lighthouse"));
  g_assert_nonnull (strstr (text, "\n[Image: The lighthouse at dusk, \"unlit\"]\n"));
  g_assert_nonnull (strstr (text, "lit the lamp. Keeper Oona[1] Halloran of the Board[2] of Lights"));
  g_assert_nonnull (strstr (text, "\n  • The Board of Lights pays for oil.\n    – Since 1931[3], not a day"));
  g_assert_nonnull (strstr (text, "\n    “We were never asked,” said Pascal Dure.\n"));
  g_assert_nonnull (strstr (text, "\n    Skerry, oh Skerry,\n        thy lamp  is low,\n\n            and Dure"));
  g_assert_nonnull (strstr (text, "\nNotes\n-----\n\n[1] “lamp. Keeper Oona”\n"));
  g_assert_nonnull (strstr (text, "\n[2] “Halloran of the Board”\n    Ask her <i>why</i> now.\n\n    And"));
  g_assert_nonnull (strstr (text, "\n    (money, to check · "));
  g_assert_nonnull (strstr (text, "About Oona Halloran\n    Is she related"));
  g_assert_nonnull (strstr (text, "About the whole article\n    Written before"));
  g_assert_nonnull (strstr (text, "\nHighlights\n----------\n\n- “the Board of Lights”\n"));
  g_assert_nonnull (strstr (text, "\n- Oona Halloran, Keeper (4 mentions)\n"));
  g_assert_nonnull (strstr (text, "\n- Ministry of Ports (1 mention)\n"));
  g_assert_null (strstr (text, "- Skerry Point"));
  g_assert_true (g_str_has_suffix (text, "\nMaud Ferrant · 3 November 2025 · The Coast Gazette · "
                                         "https://coast-gazette.example/2025/lamp?a=1&b=2\n"));
}

static void
test_text_table (void)
{
  g_autoptr (DraArticle) article = fixture_tables ();
  g_autofree char *text = write_copy ("text", article, NULL, NULL);

  g_assert_nonnull (strstr (text, "Year  Keeper             Paid by\n"
                                  "1931  Pascal Dure & Son  Board of Lights\n"
                                  "      Oona Halloran\n\nAnother table\n\n"));
  g_assert_nonnull (strstr (text, "\n(oil-1) By Oona Halloran"));
}

/* A text that has numbers in brackets keeps them apart from ours. */
static void
test_text_own_numbers (void)
{
  g_autoptr (DraArticle) article = fixture_lines ("As shown before [1] and [2].");
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *text = NULL;

  g_ptr_array_add (notes, fixture_note (article, "shown", DRA_NOTE_BLUE, "Where?"));
  text = write_copy ("text", article, NULL, notes);
  g_assert_nonnull (strstr (text, "As shown [note 1] before [1] and [2].\n"));
  g_assert_nonnull (strstr (text, "\n[note 1] “shown”\n    Where?\n"));
}

/* What bidirectional controls open on a line ends on it. */
static void
assert_controls_end (const char *text)
{
  int depth = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_assert_true (c == '\n' || c == '\t' || c == '\r' || (c >= 0x20 && !(c >= 0x7F && c < 0xA0)));
      if ((c >= 0x202A && c <= 0x202E && c != 0x202C) || (c >= 0x2066 && c <= 0x2068))
        depth++;
      else if (c == 0x202C || c == 0x2069)
        depth--;
      else if (c == '\n')
        g_assert_cmpint (depth, ==, 0);
      g_assert_cmpint (depth, >=, 0);
    }
  g_assert_cmpint (depth, ==, 0);
}

static void
test_hostile (void)
{
  static const char *const ids[] = { "text", "csv" };

  for (guint seed = 0; seed < 20; seed++)
    for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
      {
        g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
        g_autoptr (DraArticle) article = seed % 2 == 0 ? fixture_hostile () : fixture_arabic ();
        g_autoptr (DraCast) cast = fixture_random_cast (article, rand);
        g_autoptr (GPtrArray) notes = fixture_random_notes (article, cast, rand, 20);
        g_autofree char *copy = write_copy (ids[i], article, cast, notes);

        assert_controls_end (copy);
      }
}

static void
test_clean (void)
{
  static const struct
  {
    const char *text;
    const char *lines;
    const char *line;
  } cases[] = {
    { "a\r\nb\rc\n", "a\nb\nc\n", "a b c " },
    { "bell\a esc\033[31m", "bell  esc [31m", "bell  esc [31m" },
    { "\342\200\256rl", "\342\200\256rl\342\200\254", "\342\200\256rl\342\200\254" },
    { "\342\201\250a\n\342\201\251b", "\342\201\250a\342\201\251\nb", "\342\201\250a\342\201\251 b" },
    { "\342\200\252\342\201\246x\342\200\254", "\342\200\252\342\201\246x\342\201\251\342\200\254",
      "\342\200\252\342\201\246x\342\201\251\342\200\254" },
    { "x\342\200\254y", "xy", "xy" },
    { "bad \377 byte", "bad \357\277\275 byte", "bad \357\277\275 byte" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *lines = dra_plain_clean (cases[i].text, TRUE);
      g_autofree char *line = dra_plain_clean (cases[i].text, FALSE);

      g_assert_cmpstr (lines, ==, cases[i].lines);
      g_assert_cmpstr (line, ==, cases[i].line);
    }
}

/* A reader of RFC 4180 as strict as it gets: records of fields. */
static GPtrArray *
parse_csv (const char *csv)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  GPtrArray *record = g_ptr_array_new_with_free_func (g_free);
  const char *p = csv;

  while (*p != '\0')
    {
      GString *field = g_string_new (NULL);

      if (*p == '"')
        {
          for (p++; *p != '"' || p[1] == '"'; p++)
            {
              g_assert_cmpint (*p, !=, '\0');
              g_string_append_c (field, *p);
              p += *p == '"';
            }
          p++;
        }
      else
        for (; *p != ',' && *p != '\r' && *p != '\0'; p++)
          {
            g_assert_true (*p != '"' && *p != '\n');
            g_string_append_c (field, *p);
          }
      g_ptr_array_add (record, g_string_free (field, FALSE));
      if (*p == ',')
        {
          p++;
          continue;
        }
      g_assert_true (g_str_has_prefix (p, "\r\n"));
      p += 2;
      g_ptr_array_add (records, record);
      record = g_ptr_array_new_with_free_func (g_free);
    }
  g_assert_cmpuint (record->len, ==, 0);
  g_ptr_array_unref (record);

  return records;
}

static const char *
get_field (GPtrArray *records,
           guint      record,
           guint      field)
{
  return ((GPtrArray *) records->pdata[record])->pdata[field];
}

static void
test_csv (void)
{
  g_autoptr (DraArticle) article = fixture_news ();
  g_autoptr (DraCast) cast = fixture_news_cast (article);
  g_autoptr (GPtrArray) notes = fixture_news_notes (article);
  g_autofree char *csv = write_copy ("csv", article, cast, notes);
  g_autoptr (GPtrArray) records = parse_csv (csv);
  g_autofree char *empty = write_copy ("csv", article, NULL, NULL);

  /* All but the place, in the order of first mention. */
  g_assert_cmpuint (records->len, ==, 6);
  for (guint i = 0; i < records->len; i++)
    g_assert_cmpuint (((GPtrArray *) records->pdata[i])->len, ==, 7);
  g_assert_cmpstr (get_field (records, 0, 0), ==, "kind");
  g_assert_cmpstr (get_field (records, 1, 1), ==, "Ilse Brandt");
  g_assert_cmpstr (get_field (records, 2, 0), ==, "person");
  g_assert_cmpstr (get_field (records, 2, 1), ==, "Oona Halloran");
  g_assert_cmpstr (get_field (records, 2, 2), ==, "Keeper");
  g_assert_cmpstr (get_field (records, 2, 3), ==, "4");
  g_assert_cmpstr (get_field (records, 2, 4), ==, "Halloran");
  g_assert_nonnull (strstr (get_field (records, 2, 5), "has lit the lamp. Keeper Oona Halloran of"));
  g_assert_cmpstr (get_field (records, 2, 6), ==, "Is she related to Brid Halloran?");
  g_assert_cmpstr (empty, ==, "kind,name,role,mentions,other names,first mention,notes\r\n");
}

/* Names that a spreadsheet would calculate, and that would end a field or a record. */
static void
test_csv_formulas (void)
{
  static const char *const names[] = { "=1+1", "+1", "-1", "@SUM(A1)", "a,b", "a\"b", "a\r\nb", NULL };
  static const char *const fields[] = { "'=1+1", "'+1", "'-1", "'@SUM(A1)", "a,b", "a\"b", "a\r\nb" };
  g_autoptr (DraArticle) article = fixture_lines ("0123456789");
  g_autoptr (DraCastBuilder) builder = dra_cast_builder_new (article);
  g_autoptr (DraCast) cast = NULL;
  g_autofree char *csv = NULL;
  g_autoptr (GPtrArray) records = NULL;

  for (guint i = 0; names[i] != NULL; i++)
    {
      guint entity = dra_cast_builder_add_entity (builder, DRA_ENTITY_PERSON, names[i], 1);

      dra_cast_builder_add_mention (builder, entity, (DraRange){ i, i + 1 }, 1);
    }
  cast = dra_cast_builder_build (builder);
  csv = write_copy ("csv", article, cast, NULL);
  records = parse_csv (csv);
  g_assert_cmpuint (records->len, ==, G_N_ELEMENTS (fields) + 1);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    g_assert_cmpstr (get_field (records, i + 1, 1), ==, fields[i]);
}

/* The notes of an article as Web Annotations, and back. */
static void
test_jsonld (void)
{
  for (guint seed = 0; seed < 20; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr (DraArticle) article = seed % 2 == 0 ? fixture_hostile () : fixture_news ();
      g_autoptr (DraCast) cast = fixture_random_cast (article, rand);
      g_autoptr (GPtrArray) notes = fixture_random_notes (article, cast, rand, 20);
      g_autofree char *json = write_copy ("jsonld", article, cast, notes);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) back = dra_web_annotation_read_string (json, -1, NULL, &error);

      g_assert_no_error (error);
      dra_anchor_notes (article, back);
      assert_same_notes (notes, back);
    }
}

/* The open corpus in every one of these formats. */
static void
check_corpus (DraArticle *article,
              DraCast    *cast,
              GPtrArray  *notes)
{
  g_autofree char *text = write_copy ("text", article, cast, notes);
  g_autofree char *csv = write_copy ("csv", article, cast, notes);
  g_autofree char *json = write_copy ("jsonld", article, cast, notes);
  g_autoptr (GPtrArray) records = parse_csv (csv);
  g_autoptr (GPtrArray) back = dra_web_annotation_read_string (json, -1, NULL, NULL);

  assert_controls_end (text);
  g_assert_cmpuint (records->len, <=, dra_cast_get_n_entities (cast) + 1);
  g_assert_nonnull (back);
  dra_anchor_notes (article, back);
  assert_same_notes (notes, back);
}

static void
test_corpus (void)
{
  fixture_walk_corpus (check_corpus, FALSE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dra_formats_provide ();

  g_test_add_func ("/plain-writers/text", test_text);
  g_test_add_func ("/plain-writers/text/table", test_text_table);
  g_test_add_func ("/plain-writers/text/own-numbers", test_text_own_numbers);
  g_test_add_func ("/plain-writers/hostile", test_hostile);
  g_test_add_func ("/plain-writers/clean", test_clean);
  g_test_add_func ("/plain-writers/csv", test_csv);
  g_test_add_func ("/plain-writers/csv/formulas", test_csv_formulas);
  g_test_add_func ("/plain-writers/jsonld", test_jsonld);
  g_test_add_func ("/plain-writers/corpus", test_corpus);

  return g_test_run ();
}
