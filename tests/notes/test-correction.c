/* test-correction.c: what the reader's corrections make of a cast.
 *
 * The cast of a test is written as "kind:name=form,form" lines; every occurrence of a form
 * is a mention, the longest first.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "article/dra-article-builder.h"
#include "notes/dra-correction.h"

#include <string.h>

#define TEXT                                                                                      \
  "Anna Weiss of Harbour Trust met Weiss Brothers on Monday.\n"                                   \
  "Weiss said that Karl Weiss was late. Monday was busy, said HT.\n"                              \
  "Ola spoke to Weiss; Olaf did not. May may come."

static DraArticle *
new_article (const char *text)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      dra_article_builder_begin_block (builder, DRA_BLOCK_PARAGRAPH, 0, NULL);
      dra_article_builder_add_text (builder, lines[i], -1);
      dra_article_builder_end_block (builder);
    }
  return dra_article_builder_build (builder);
}

static void
add (DraCastBuilder *builder,
     DraArticle     *article,
     guint           entity,
     const char     *form,
     float           confidence)
{
  gsize length;
  const char *text = dra_article_get_text (article, &length);

  for (const char *p = strstr (text, form); p != NULL; p = strstr (p + strlen (form), form))
    dra_cast_builder_add_mention (
      builder, entity,
      (DraRange) { (gsize) (p - text), (gsize) (p - text) + strlen (form) }, confidence);
}

static DraCast *
new_cast (DraArticle *article)
{
  g_autoptr (DraCastBuilder) builder = dra_cast_builder_new (article);
  guint anna = dra_cast_builder_add_entity (builder, DRA_ENTITY_PERSON, "Anna Weiss", -1);
  guint karl = dra_cast_builder_add_entity (builder, DRA_ENTITY_PERSON, "Karl Weiss", -1);
  guint trust = dra_cast_builder_add_entity (builder, DRA_ENTITY_ORGANIZATION, "Harbour Trust", -1);
  guint brothers
    = dra_cast_builder_add_entity (builder, DRA_ENTITY_ORGANIZATION, "Weiss Brothers", -1);
  guint monday = dra_cast_builder_add_entity (builder, DRA_ENTITY_PERSON, "Monday", -1);
  guint short_name = dra_cast_builder_add_entity (builder, DRA_ENTITY_ORGANIZATION, "HT", -1);

  add (builder, article, anna, "Anna Weiss", .9f);
  add (builder, article, karl, "Karl Weiss", .9f);
  add (builder, article, trust, "Harbour Trust", .9f);
  add (builder, article, brothers, "Weiss Brothers", .9f);
  add (builder, article, anna, "Weiss", .7f);
  add (builder, article, monday, "Monday", .4f);
  add (builder, article, short_name, "HT", .5f);
  return dra_cast_builder_build (builder);
}

/* "person Anna Weiss 3; ..." in the order of the cast. */
static char *
tell (DraCast *cast)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < dra_cast_get_n_entities (cast); i++)
    {
      const DraEntity *entity = dra_cast_get_entity (cast, i);

      g_string_append_printf (all, "%s%s %s %u", i > 0 ? "; " : "",
                              dra_entity_kind_to_string (entity->kind), entity->name,
                              entity->n_mentions);
    }
  return g_string_free (all, FALSE);
}

typedef struct
{
  DraArticle *article;
  DraCast *cast;
  GPtrArray *rules;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  unused G_GNUC_UNUSED)
{
  f->article = new_article (TEXT);
  f->cast = new_cast (f->article);
  f->rules = g_ptr_array_new_with_free_func (g_object_unref);
}

static void
tear_down (Fixture       *f,
           gconstpointer  unused G_GNUC_UNUSED)
{
  g_ptr_array_unref (f->rules);
  g_assert_finalize_object (f->cast);
  g_assert_finalize_object (f->article);
}

static void
rule (Fixture            *f,
      DraCorrectionAction action,
      DraEntityKind       kind,
      const char         *name,
      DraEntityKind       to_kind,
      const char         *to_name)
{
  DraCorrectionParts parts = {
    .action = action, .kind = kind, .name = name, .to_kind = to_kind, .to_name = to_name,
    .hash = dra_article_get_hash (f->article), .start = -1, .split_at = -1, .everywhere = TRUE,
  };
  DraCorrection *correction = dra_correction_new (&parts);

  g_assert_nonnull (correction);
  g_ptr_array_add (f->rules, correction);
}

static void
check (Fixture    *f,
       const char *wanted)
{
  g_autoptr (DraCast) corrected = dra_correction_apply (f->article, f->cast, f->rules);
  g_autofree char *told = tell (corrected);

  g_assert_cmpstr (told, ==, wanted);
}

#define REST                                                                                      \
  "organization Harbour Trust 1; organization Weiss Brothers 1; person Monday 2; "                \
  "person Karl Weiss 1; organization HT 1"

static void
test_nothing (Fixture       *f,
              gconstpointer  unused G_GNUC_UNUSED)
{
  g_autoptr (DraCast) same = dra_correction_apply (f->article, f->cast, f->rules);

  g_assert_true (same == f->cast);
  check (f, "person Anna Weiss 3; " REST);
  rule (f, DRA_CORRECTION_REJECT, DRA_ENTITY_PERSON, "Nobody", 0, NULL);
  check (f, "person Anna Weiss 3; " REST);
}

static void
test_reject (Fixture       *f,
             gconstpointer  unused G_GNUC_UNUSED)
{
  /* Case does not matter, nor, when nobody has both, the kind. */
  rule (f, DRA_CORRECTION_REJECT, DRA_ENTITY_ORGANIZATION, "MONDAY", 0, NULL);
  check (f, "person Anna Weiss 3; organization Harbour Trust 1; organization Weiss Brothers 1; "
            "person Karl Weiss 1; organization HT 1");
}

static void
test_kind (Fixture       *f,
           gconstpointer  unused G_GNUC_UNUSED)
{
  g_autoptr (DraCast) corrected = NULL;
  guint n;

  rule (f, DRA_CORRECTION_KIND, DRA_ENTITY_PERSON, "Monday", DRA_ENTITY_PLACE, NULL);
  check (f, "person Anna Weiss 3; organization Harbour Trust 1; organization Weiss Brothers 1; "
            "place Monday 2; person Karl Weiss 1; organization HT 1");

  /* What the reader has decided is certain. */
  corrected = dra_correction_apply (f->article, f->cast, f->rules);
  g_assert_cmpfloat (dra_cast_get_entity (corrected, 3)->confidence, ==, 1);
  g_assert_cmpfloat (
    dra_cast_get_mentions (corrected, &n)[dra_cast_get_entity (corrected, 3)->mentions[0]].confidence,
    ==, 1);
}

static void
test_rename (Fixture       *f,
             gconstpointer  unused G_GNUC_UNUSED)
{
  rule (f, DRA_CORRECTION_RENAME, DRA_ENTITY_PERSON, "Anna Weiss", 0, "Anna Maria Weiss");
  check (f, "person Anna Maria Weiss 3; " REST);
  /* Each rule is put on what those before it left. */
  rule (f, DRA_CORRECTION_RENAME, DRA_ENTITY_PERSON, "Anna Maria Weiss", 0, "A. Weiss");
  check (f, "person A. Weiss 3; " REST);
  /* To the name of another: they are one. */
  rule (f, DRA_CORRECTION_RENAME, DRA_ENTITY_PERSON, "Karl Weiss", 0, "A. Weiss");
  check (f, "person A. Weiss 4; organization Harbour Trust 1; organization Weiss Brothers 1; "
            "person Monday 2; organization HT 1");
}

static void
test_merge (Fixture       *f,
            gconstpointer  unused G_GNUC_UNUSED)
{
  rule (f, DRA_CORRECTION_MERGE, DRA_ENTITY_ORGANIZATION, "HT", DRA_ENTITY_ORGANIZATION,
        "Harbour Trust");
  check (f, "person Anna Weiss 3; organization Harbour Trust 2; organization Weiss Brothers 1; "
            "person Monday 2; person Karl Weiss 1");
  /* With one the article does not name: it is called so. */
  rule (f, DRA_CORRECTION_MERGE, DRA_ENTITY_PERSON, "Karl Weiss", DRA_ENTITY_PERSON,
        "Karl Friedrich Weiss");
  check (f, "person Anna Weiss 3; organization Harbour Trust 2; organization Weiss Brothers 1; "
            "person Monday 2; person Karl Friedrich Weiss 1");
}

static void
test_split (Fixture       *f,
            gconstpointer  unused G_GNUC_UNUSED)
{
  DraCorrectionParts parts = {
    .action = DRA_CORRECTION_SPLIT, .kind = DRA_ENTITY_PERSON, .name = "Anna Weiss",
    .to_name = "Weiss", .hash = dra_article_get_hash (f->article), .start = -1,
  };
  gsize length;
  const char *text = dra_article_get_text (f->article, &length);
  const char *last = strstr (text, "Weiss;");

  rule (f, DRA_CORRECTION_SPLIT, DRA_ENTITY_PERSON, "Anna Weiss", 0, "Weiss");
  check (f, "person Anna Weiss 1; organization Harbour Trust 1; organization Weiss Brothers 1; "
            "person Monday 2; person Weiss 2; person Karl Weiss 1; organization HT 1");
  /* All of what somebody is called by cannot be split off. */
  rule (f, DRA_CORRECTION_SPLIT, DRA_ENTITY_PERSON, "Monday", 0, "Monday");
  check (f, "person Anna Weiss 1; organization Harbour Trust 1; organization Weiss Brothers 1; "
            "person Monday 2; person Weiss 2; person Karl Weiss 1; organization HT 1");

  /* One mention alone, and then it is known by where it is. */
  g_ptr_array_set_size (f->rules, 0);
  parts.split_at = (gint64) g_utf8_strlen (text, last - text);
  g_ptr_array_add (f->rules, dra_correction_new (&parts));
  check (f, "person Anna Weiss 2; " REST "; person Weiss 1");
  parts = (DraCorrectionParts) {
    .action = DRA_CORRECTION_RENAME, .kind = DRA_ENTITY_PERSON, .name = "Weiss",
    .to_name = "Otto Weiss", .hash = dra_article_get_hash (f->article),
    .start = (gint64) g_utf8_strlen (text, last - text),
  };
  g_ptr_array_add (f->rules, dra_correction_new (&parts));
  check (f, "person Anna Weiss 2; " REST "; person Otto Weiss 1");

  /* In another text the nearest in these words. */
  parts = (DraCorrectionParts) {
    .action = DRA_CORRECTION_SPLIT, .kind = DRA_ENTITY_PERSON, .name = "Anna Weiss",
    .to_name = "Weiss", .hash = "another", .start = -1, .split_at = 50,
  };
  g_ptr_array_set_size (f->rules, 0);
  g_ptr_array_add (f->rules, dra_correction_new (&parts));
  check (f, "person Anna Weiss 2; organization Harbour Trust 1; organization Weiss Brothers 1; "
            "person Monday 2; person Weiss 1; person Karl Weiss 1; organization HT 1");
}

static void
test_mark (Fixture       *f,
           gconstpointer  unused G_GNUC_UNUSED)
{
  gsize length;
  const char *text = dra_article_get_text (f->article, &length);
  DraCorrectionParts parts = {
    .action = DRA_CORRECTION_MARK, .kind = DRA_ENTITY_PERSON, .name = "Weiss",
    .hash = dra_article_get_hash (f->article), .split_at = -1,
    .start = (gint64) (strstr (text, "Weiss Brothers") - text),
  };

  /* Whole words only, in this very case. */
  rule (f, DRA_CORRECTION_MARK, DRA_ENTITY_PERSON, "Ola", 0, NULL);
  check (f, "person Anna Weiss 3; " REST "; person Ola 1");
  rule (f, DRA_CORRECTION_MARK, DRA_ENTITY_PERSON, "May", 0, NULL);
  check (f, "person Anna Weiss 3; " REST "; person Ola 1; person May 1");
  /* A longer name takes in the shorter one. */
  rule (f, DRA_CORRECTION_MARK, DRA_ENTITY_ORGANIZATION, "Harbour Trust met Weiss Brothers", 0,
        NULL);
  check (f, "person Anna Weiss 3; organization Harbour Trust met Weiss Brothers 1; "
            "person Monday 2; person Karl Weiss 1; organization HT 1; person Ola 1; person May 1");

  /* Who is called so already is meant; a longer name stays, but where the words were marked. */
  g_ptr_array_set_size (f->rules, 0);
  g_ptr_array_add (f->rules, dra_correction_new (&parts));
  check (f, "person Anna Weiss 4; organization Harbour Trust 1; person Monday 2; "
            "person Karl Weiss 1; organization HT 1");
}

static void
test_confirm (Fixture       *f,
              gconstpointer  unused G_GNUC_UNUSED)
{
  g_autoptr (DraCast) corrected = NULL;

  rule (f, DRA_CORRECTION_CONFIRM, DRA_ENTITY_PERSON, "Monday", 0, NULL);
  rule (f, DRA_CORRECTION_CONFIRM, DRA_ENTITY_PLACE, "Anna Weiss", 0, NULL);
  check (f, "person Anna Weiss 3; " REST);
  corrected = dra_correction_apply (f->article, f->cast, f->rules);
  g_assert_cmpfloat (dra_cast_get_entity (corrected, 3)->confidence, ==, 1);
  g_assert_cmpfloat (dra_cast_get_entity (corrected, 0)->confidence, <, 1);
}

static void
test_wide (void)
{
  g_autoptr (DraArticle) article = new_article ("昨日王小明到北京。王小明说。");
  g_autoptr (DraCastBuilder) builder = dra_cast_builder_new (article);
  g_autoptr (DraCast) empty = dra_cast_builder_build (builder);
  g_autoptr (GPtrArray) rules = g_ptr_array_new_with_free_func (g_object_unref);
  DraCorrectionParts parts = {
    .action = DRA_CORRECTION_MARK, .kind = DRA_ENTITY_PERSON, .name = "王小明",
    .hash = dra_article_get_hash (article), .start = 2, .split_at = -1,
  };
  g_autoptr (DraCast) corrected = NULL;
  g_autofree char *told = NULL;

  g_ptr_array_add (rules, dra_correction_new (&parts));
  corrected = dra_correction_apply (article, empty, rules);
  told = tell (corrected);
  g_assert_cmpstr (told, ==, "person 王小明 2");
}

static void
test_unsound (void)
{
  DraCorrectionParts parts = {
    .action = DRA_CORRECTION_RENAME, .kind = DRA_ENTITY_PERSON, .name = "A", .everywhere = TRUE,
  };

  g_assert_null (dra_correction_new (&parts)); /* to what? */
  parts.to_name = "B";
  {
    g_autoptr (DraCorrection) sound = dra_correction_new (&parts);
    g_autofree char *words = dra_correction_describe (sound);

    g_assert_cmpstr (words, ==, "“A” is called “B”");
    g_assert_true (g_uuid_string_is_valid (dra_correction_get_parts (sound)->uuid));
  }
  parts.everywhere = FALSE;
  g_assert_null (dra_correction_new (&parts)); /* in which article? */
  parts.everywhere = TRUE;
  parts.kind = 7;
  g_assert_null (dra_correction_new (&parts));
  parts.kind = DRA_ENTITY_PERSON;
  parts.name = "\xff";
  g_assert_null (dra_correction_new (&parts));
}

/* Twice the text and twice the rules take about four times as long at the very most. */
static void
test_linear (void)
{
  gint64 times[2] = { 0, 0 };

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GPtrArray) rules = g_ptr_array_new_with_free_func (g_object_unref);
      g_autoptr (DraArticle) article = NULL;
      g_autoptr (DraCastBuilder) builder = NULL;
      g_autoptr (DraCast) empty = NULL;
      g_autoptr (DraCast) corrected = NULL;
      const guint n = 20000 << i;
      gint64 begin;

      for (guint j = 0; j < n; j++)
        g_string_append_printf (text, "Then Name%u spoke again of it. ", j);
      article = new_article (text->str);
      builder = dra_cast_builder_new (article);
      empty = dra_cast_builder_build (builder);
      for (guint j = 0; j < 200; j++)
        {
          g_autofree char *name = g_strdup_printf ("Name%u", j * 50);
          DraCorrectionParts parts = {
            .action = DRA_CORRECTION_MARK, .kind = DRA_ENTITY_PERSON, .name = name, .start = -1,
            .hash = "", .split_at = -1, .everywhere = TRUE,
          };

          g_ptr_array_add (rules, dra_correction_new (&parts));
        }
      begin = g_get_monotonic_time ();
      corrected = dra_correction_apply (article, empty, rules);
      times[i] = g_get_monotonic_time () - begin;
      g_assert_cmpuint (dra_cast_get_n_entities (corrected), ==, 200);
    }
  g_test_message ("%.1f ms, twice the text %.1f ms", times[0] / 1e3, times[1] / 1e3);
  g_assert_cmpint (times[1], <, 5 * times[0] + 20000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/correction/nothing", Fixture, NULL, set_up, test_nothing, tear_down);
  g_test_add ("/correction/reject", Fixture, NULL, set_up, test_reject, tear_down);
  g_test_add ("/correction/kind", Fixture, NULL, set_up, test_kind, tear_down);
  g_test_add ("/correction/rename", Fixture, NULL, set_up, test_rename, tear_down);
  g_test_add ("/correction/merge", Fixture, NULL, set_up, test_merge, tear_down);
  g_test_add ("/correction/split", Fixture, NULL, set_up, test_split, tear_down);
  g_test_add ("/correction/mark", Fixture, NULL, set_up, test_mark, tear_down);
  g_test_add ("/correction/confirm", Fixture, NULL, set_up, test_confirm, tear_down);
  g_test_add_func ("/correction/wide", test_wide);
  g_test_add_func ("/correction/unsound", test_unsound);
  g_test_add_func ("/correction/linear", test_linear);
  return g_test_run ();
}
