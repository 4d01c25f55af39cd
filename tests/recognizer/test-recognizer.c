/* test-recognizer.c: text in, cast out, with the model that is shipped.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <json-glib/json-glib.h>
#include <string.h>

#include "article/dra-article-builder.h"
#include "dra-test.h"
#include "recognizer/dra-code.h"
#include "recognizer/dra-recognizer.h"
#include "score-cast.h"

static DraRecognizer *
open_recognizer (void)
{
  g_autoptr (GError) error = NULL;
  DraRecognizer *recognizer = dra_recognizer_new (NULL, &error);

  g_assert_no_error (error);
  g_assert_true (DRA_IS_RECOGNIZER (recognizer));

  return recognizer;
}

static DraArticle *
article_of_lines (const char *text)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();

  dra_article_builder_take_lines (builder, g_strdup (text), strlen (text));

  return dra_article_builder_build (builder);
}

static DraCast *
recognize (const char *text)
{
  g_autoptr (DraRecognizer) recognizer = open_recognizer ();
  g_autoptr (DraArticle) article = article_of_lines (text);
  g_autoptr (GError) error = NULL;
  DraCast *cast = dra_recognizer_recognize (recognizer, article, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (DRA_IS_CAST (cast));

  return cast;
}

static char *
describe (DraCast *cast)
{
  GString *out = g_string_new (NULL);

  for (guint e = 0; e < dra_cast_get_n_entities (cast); e++)
    {
      const DraEntity *entity = dra_cast_get_entity (cast, e);

      g_string_append_printf (out, "%s %s %u %s %.6f\n", entity->id, entity->name, entity->n_mentions,
                              entity->role != NULL ? entity->role : "-", (double) entity->confidence);
    }

  return g_string_free (out, FALSE);
}

/* --- the article the project began with --- */

static const DraEntity *
find_named (DraCast      *cast,
            DraEntityKind kind,
            const char   *name)
{
  for (guint e = 0; e < dra_cast_get_n_entities (cast); e++)
    {
      const DraEntity *entity = dra_cast_get_entity (cast, e);

      if (entity->kind == kind && g_str_equal (entity->name, name))
        return entity;
    }

  return NULL;
}

static void
check_forms (const DraEntity *entity,
             JsonArray       *forms)
{
  for (guint i = 0; i < json_array_get_length (forms); i++)
    g_assert_true (g_strv_contains (entity->forms, json_array_get_string_element (forms, i)));
  for (guint i = 0; entity->forms[i] != NULL; i++)
    {
      gboolean expected = FALSE;

      for (guint k = 0; k < json_array_get_length (forms); k++)
        expected |= g_str_equal (json_array_get_string_element (forms, k), entity->forms[i]);
      if (!expected)
        g_test_message ("%s is not a form of %s", entity->forms[i], entity->name);
      g_assert_true (expected);
    }
}

static void
check_expected (DraCast      *cast,
                DraEntityKind kind,
                JsonArray    *array)
{
  guint n_found = 0;

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *expected = json_array_get_object_element (array, i);
      const char *name = json_object_get_string_member (expected, "name");
      JsonArray *bounds = json_object_get_array_member (expected, "mentions");
      const DraEntity *entity = find_named (cast, kind, name);

      g_test_message ("%s", name);
      g_assert_nonnull (entity);
      g_assert_cmpuint (entity->n_mentions, >=, json_array_get_int_element (bounds, 0));
      g_assert_cmpuint (entity->n_mentions, <=, json_array_get_int_element (bounds, 1));
      check_forms (entity, json_object_get_array_member (expected, "forms"));
      if (kind == DRA_ENTITY_PERSON)
        g_assert_cmpstr (entity->role, ==,
                         json_object_get_string_member_with_default (expected, "role", NULL));
    }
  for (guint e = 0; e < dra_cast_get_n_entities (cast); e++)
    n_found += dra_cast_get_entity (cast, e)->kind == kind;
  g_assert_cmpuint (n_found, ==, json_array_get_length (array));
}

static void
test_first_article (void)
{
  g_autofree char *text_path = dra_test_shared ("corpus/seed/cartels.txt");
  g_autofree char *json_path = NULL;
  g_autofree char *text = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (DraCast) cast = NULL;
  JsonObject *root;
  JsonArray *never;

  if (text_path == NULL)
    return;
  json_path = dra_test_shared ("corpus/seed/cartels.cast.json");
  g_assert_nonnull (json_path);
  g_assert_true (g_file_get_contents (text_path, &text, NULL, NULL));
  json_parser_load_from_file (parser, json_path, &error);
  g_assert_no_error (error);
  root = json_node_get_object (json_parser_get_root (parser));

  cast = recognize (text);
  check_expected (cast, DRA_ENTITY_PERSON, json_object_get_array_member (root, "people"));
  check_expected (cast, DRA_ENTITY_ORGANIZATION, json_object_get_array_member (root, "organizations"));

  never = json_object_get_array_member (root, "never_listed");
  for (guint i = 0; i < json_array_get_length (never); i++)
    for (guint e = 0; e < dra_cast_get_n_entities (cast); e++)
      {
        const DraEntity *entity = dra_cast_get_entity (cast, e);

        if (entity->kind != DRA_ENTITY_PLACE)
          for (guint f = 0; entity->forms[f] != NULL; f++)
            g_assert_cmpstr (entity->forms[f], !=, json_array_get_string_element (never, i));
      }
}

/* --- figures --- */

static void
test_figures (void)
{
  g_autofree char *folder = dra_test_shared ("recognizer/cast");
  g_autoptr (DraRecognizer) recognizer = NULL;
  g_autoptr (GError) error = NULL;
  Score score;

  if (folder == NULL)
    return;
  recognizer = open_recognizer ();
  score_folder (folder, SCORE_DEFAULT, SCORE_HOLD_OUT, 0, 0, recognizer, NULL, &score, &error);
  g_assert_no_error (error);

  g_test_message ("mentions %.3f %.3f, whole %.3f %.3f, B-cubed %.3f, exact people %u of %u, roles %u of %u right",
                  score_f1 (&score.mentions[0]), score_f1 (&score.mentions[1]),
                  score_f1 (&score.entities[0]), score_f1 (&score.entities[1]), score_b_cubed (&score),
                  score.exact[0], score.n_articles, score.roles.right, score.roles.found);
  g_assert_cmpfloat (score_f1 (&score.mentions[DRA_ENTITY_PERSON]), >=, 0.93);
  g_assert_cmpfloat (score_f1 (&score.mentions[DRA_ENTITY_ORGANIZATION]), >=, 0.76);
  g_assert_cmpfloat (score_f1 (&score.entities[DRA_ENTITY_PERSON]), >=, 0.88);
  g_assert_cmpfloat (score_f1 (&score.entities[DRA_ENTITY_ORGANIZATION]), >=, 0.72);
  g_assert_cmpfloat (score_b_cubed (&score), >=, 0.75);
  g_assert_cmpfloat ((double) score.exact[DRA_ENTITY_PERSON], >=, 0.35 * score.n_articles);
}

/* --- the object --- */

static const char story[] =
  "Harbour Bridge Reopens After Two Years\n"
  "Mayor Helen Whitcombe reopened the harbour bridge on Monday. Whitcombe thanked the Northern "
  "Engineering Association (NEA) for its help.\n"
  "\"We are glad,\" said Thomas Arkwright, a spokesman for the NEA. Arkwright was born in Scotland.\n";

static void
test_story (void)
{
  g_autoptr (DraCast) cast = recognize (story);
  const DraEntity *mayor = find_named (cast, DRA_ENTITY_PERSON, "Helen Whitcombe");
  const DraEntity *spokesman = find_named (cast, DRA_ENTITY_PERSON, "Thomas Arkwright");
  const DraEntity *association = find_named (cast, DRA_ENTITY_ORGANIZATION, "Northern Engineering Association");

  g_assert_nonnull (mayor);
  g_assert_cmpuint (mayor->n_mentions, ==, 2);
  g_assert_cmpstr (mayor->role, ==, "Mayor");
  g_assert_nonnull (spokesman);
  g_assert_cmpuint (spokesman->n_mentions, ==, 2);
  g_assert_cmpstr (spokesman->role, ==, "spokesman");
  g_assert_nonnull (association);
  g_assert_cmpuint (association->n_mentions, ==, 3);
}

static void
test_no_model (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DraRecognizer) recognizer = dra_recognizer_new ("/nonexistent/english.model", &error);

  g_assert_null (recognizer);
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "english.model"));
}

static void
store_result_cb (G_GNUC_UNUSED GObject *source,
                 GAsyncResult          *result,
                 gpointer               user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static DraCast *
recognize_in_loop (DraRecognizer *recognizer,
                   DraArticle    *article,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  dra_recognizer_recognize_async (recognizer, article, cancellable, store_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return dra_recognizer_recognize_finish (recognizer, result, error);
}

static void
test_async (void)
{
  DraRecognizer *recognizer = open_recognizer ();
  g_autoptr (DraArticle) article = article_of_lines (story);
  g_autoptr (DraCast) expected = recognize (story);
  g_autofree char *expected_text = describe (expected);
  g_autoptr (GError) error = NULL;
  g_autoptr (DraCast) cast = recognize_in_loop (recognizer, article, NULL, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = describe (cast);
  g_assert_cmpstr (text, ==, expected_text);

  /* The worker thread lets go of it in its own time. */
  g_object_add_weak_pointer (G_OBJECT (recognizer), (gpointer *) &recognizer);
  g_object_unref (recognizer);
  while (g_atomic_pointer_get (&recognizer) != NULL)
    g_usleep (1000);
}

static void
test_cancelled (void)
{
  g_autoptr (DraRecognizer) recognizer = open_recognizer ();
  g_autoptr (DraArticle) article = article_of_lines (story);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (DraCast) cast = NULL;

  g_cancellable_cancel (cancellable);
  cast = recognize_in_loop (recognizer, article, cancellable, &error);
  g_assert_null (cast);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  cast = dra_recognizer_recognize (recognizer, article, cancellable, &error);
  g_assert_null (cast);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

typedef struct
{
  DraRecognizer *recognizer;
  DraArticle    *article;
} Work;

static gpointer
recognize_often (gpointer data)
{
  Work *work = data;
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (DraCast) cast = dra_recognizer_recognize (work->recognizer, work->article, NULL, NULL);
      g_autofree char *text = describe (cast);

      g_string_assign (all, text);
    }

  return g_string_free (all, FALSE);
}

/* One recognizer, several threads, one answer. */
static void
test_threads (void)
{
  g_autoptr (DraRecognizer) recognizer = open_recognizer ();
  g_autoptr (DraArticle) article = article_of_lines (story);
  Work work = { recognizer, article };
  g_autofree char *expected = recognize_often (&work);
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("recognize", recognize_often, &work);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autofree char *text = g_thread_join (threads[i]);

      g_assert_cmpstr (text, ==, expected);
    }
}

/* Whatever the language and script: an answer, and every range fits. */
static void
test_other_languages (void)
{
  static const char *const texts[] = {
    "",
    "\n\n\n",
    "محمد علي زار القاهرة يوم الاثنين والتقى وزير الخارجية.",
    "北京市长张三星期一在上海会见了李四。新华社报道。",
    "प्रधानमंत्री ने सोमवार को दिल्ली में कहा।",
    "นายกรัฐมนตรีกล่าวเมื่อวันจันทร์ที่กรุงเทพมหานคร",
    "Der Bundeskanzler traf am Montag in Berlin den Präsidenten. Die Bürger waren dafür.",
    "((((((((((((ABC)))))))))))) (DEF) X (Y) A (AB) (A B C) @x #y http://example.com/A_B",
    "\"'\"'\"'\"'\" — — — … ‘’“” () [] {} <> 's 's 's the The THE",
    "Mr. Mr. Mr. President President and and and Jr. Jr. of of of",
    "İSTANBUL ŞİŞLİ Ünal ǅ ﬁ \xcc\x81\xcc\x81 a\xcc\x81 \xf0\x9f\x98\x80",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (DraCast) cast = recognize (texts[i]);
      guint n;
      const DraMention *mentions = dra_cast_get_mentions (cast, &n);

      for (guint m = 0; m < n; m++)
        g_assert_true (g_utf8_validate (texts[i] + mentions[m].range.start,
                                        (gssize) dra_range_length (mentions[m].range), NULL));
    }
}

/* Metadata says it is not English: only what is sure is kept. */
static void
test_language_metadata (void)
{
  g_autoptr (DraRecognizer) recognizer = open_recognizer ();
  const char *const languages[] = { "en", "de", "en-GB", "eng-x" };
  guint n_entities[G_N_ELEMENTS (languages)];

  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
      g_autoptr (DraArticle) article = NULL;
      g_autoptr (DraCast) cast = NULL;

      dra_article_builder_set_metadata (builder, DRA_METADATA_LANGUAGE, languages[i]);
      dra_article_builder_take_lines (builder, g_strdup (story), strlen (story));
      article = dra_article_builder_build (builder);
      cast = dra_recognizer_recognize (recognizer, article, NULL, NULL);
      n_entities[i] = dra_cast_get_n_entities (cast);
    }
  g_assert_cmpuint (n_entities[0], ==, n_entities[2]);
  g_assert_cmpuint (n_entities[1], <=, n_entities[0]);
  g_assert_cmpuint (n_entities[3], ==, n_entities[1]);
}

static void
add_block (DraArticleBuilder *builder,
           DraBlockKind       kind,
           const char        *text)
{
  dra_article_builder_begin_block (builder, kind, 0, NULL);
  dra_article_builder_add_text (builder, text, -1);
  dra_article_builder_end_block (builder);
}

/* Names are looked for in verse and in tables, but not in code. */
static void
test_code (void)
{
  static const struct
  {
    const char *text;
    gboolean    is_code;
  } cases[] = {
    { "COFFEE_TRY() {\n  call_it();\n} COFFEE_END();", TRUE },
    { "java.lang.RuntimeException: An error occured\n"
      "\tat java.util.concurrent.FutureTask.run(FutureTask.java:239)\n\tat Runner.main(Runner.java)", TRUE },
    { "$ sudo apt install gedit", TRUE },
    { "let Count = Anna + 1", TRUE },
    { "<Person name=\"Anna\"/>", TRUE },
    { "Anna Lind went to sea;\nher brother (older) stayed, and so did we.", FALSE },
    { "Anna Lind        34   12/11/2026\nKarl Renwick     28   (injured)", FALSE },
    { "Kane(34), Renwick(56)\nOrtiz(71)", FALSE },
    { "Lena Ortiz    lena_ortiz@harbour.example\nTom Renwick   t.renwick@harbour.example", FALSE },
    { "", FALSE },
  };
  g_autoptr (DraRecognizer) recognizer = open_recognizer ();
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  g_autoptr (DraArticle) article = NULL;
  g_autoptr (DraCast) cast = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DraArticleBuilder) one = dra_article_builder_new ();
      g_autoptr (DraArticle) alone = NULL;
      const DraBlock *blocks;
      guint n;

      add_block (one, DRA_BLOCK_PREFORMATTED, cases[i].text);
      alone = dra_article_builder_build (one);
      g_test_message ("%s", cases[i].text);
      blocks = dra_article_get_blocks (alone, &n);
      for (guint b = 0; b < n; b++)
        g_assert_cmpint (dra_code_is_block (alone, &blocks[b]), ==, cases[i].is_code);
    }

  add_block (builder, DRA_BLOCK_PARAGRAPH, "Lena Ortiz told the Board that the harbour would open.");
  add_block (builder, DRA_BLOCK_PREFORMATTED, "say (\"Tobias Renwick\");\nTobiasRenwick::speak ();");
  dra_article_builder_begin_block (builder, DRA_BLOCK_PARAGRAPH, 0, NULL);
  dra_article_builder_add_text (builder, "Then ", -1);
  dra_article_builder_begin_style (builder, DRA_STYLE_CODE, NULL);
  dra_article_builder_add_text (builder, "Maria Delgado", -1);
  dra_article_builder_end_style (builder, DRA_STYLE_CODE);
  dra_article_builder_add_text (builder, " spoke, said Karl Nowak.", -1);
  dra_article_builder_end_block (builder);
  article = dra_article_builder_build (builder);
  cast = dra_recognizer_recognize (recognizer, article, NULL, NULL);
  g_assert_nonnull (find_named (cast, DRA_ENTITY_PERSON, "Lena Ortiz"));
  g_assert_nonnull (find_named (cast, DRA_ENTITY_PERSON, "Karl Nowak"));
  g_assert_null (find_named (cast, DRA_ENTITY_PERSON, "Tobias Renwick"));
  g_assert_null (find_named (cast, DRA_ENTITY_PERSON, "Maria Delgado"));
}

/* The digits behind the authors of a paper, and entities that were escaped twice, are in no
 * name. */
static void
test_no_letters (void)
{
  g_autoptr (DraRecognizer) recognizer = open_recognizer ();
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  g_autoptr (DraArticle) article = NULL;
  g_autoptr (DraCast) cast = NULL;

  add_block (builder, DRA_BLOCK_PARAGRAPH, "Maria Delgado1,2, Peter Humphrey3, Karl Nowak1 and John Renwick2*");
  add_block (builder, DRA_BLOCK_PARAGRAPH, "The work was done at the University of Ellery. John Renwick told Warner Movies&amp;#47;TV that Karl Nowak would speak.");
  article = dra_article_builder_build (builder);
  cast = dra_recognizer_recognize (recognizer, article, NULL, NULL);
  g_assert_nonnull (find_named (cast, DRA_ENTITY_PERSON, "Maria Delgado"));
  g_assert_nonnull (find_named (cast, DRA_ENTITY_PERSON, "Peter Humphrey"));
  g_assert_cmpuint (find_named (cast, DRA_ENTITY_PERSON, "Karl Nowak")->n_mentions, ==, 2);
  g_assert_cmpuint (find_named (cast, DRA_ENTITY_PERSON, "John Renwick")->n_mentions, ==, 2);
  for (guint e = 0; e < dra_cast_get_n_entities (cast); e++)
    g_assert_null (strpbrk (dra_cast_get_entity (cast, e)->name, "&;0123456789"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recognizer/first-article", test_first_article);
  g_test_add_func ("/recognizer/figures", test_figures);
  g_test_add_func ("/recognizer/story", test_story);
  g_test_add_func ("/recognizer/no-model", test_no_model);
  g_test_add_func ("/recognizer/async", test_async);
  g_test_add_func ("/recognizer/cancelled", test_cancelled);
  g_test_add_func ("/recognizer/threads", test_threads);
  g_test_add_func ("/recognizer/other-languages", test_other_languages);
  g_test_add_func ("/recognizer/language-metadata", test_language_metadata);
  g_test_add_func ("/recognizer/code", test_code);
  g_test_add_func ("/recognizer/no-letters", test_no_letters);

  return g_test_run ();
}
