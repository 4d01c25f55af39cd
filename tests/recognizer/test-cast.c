/* test-cast.c: what a cast promises, whatever its builder is given.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "article/dra-article-builder.h"
#include "recognizer/dra-cast.h"

static DraArticle *
article_of (const char *text)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();

  dra_article_builder_add_text (builder, text, -1);

  return dra_article_builder_build (builder);
}

static void
test_order (void)
{
  g_autoptr (DraArticle) article = article_of ("Acme and Jane Roe, engineer. Roe left Acme.");
  g_autoptr (DraCastBuilder) builder = dra_cast_builder_new (article);
  DraCast *cast;
  guint roe = dra_cast_builder_add_entity (builder, DRA_ENTITY_PERSON, "Jane Roe", -1);
  guint acme = dra_cast_builder_add_entity (builder, DRA_ENTITY_ORGANIZATION, NULL, 0.25f);
  const DraEntity *entity;
  const DraMention *mentions;
  guint n;

  dra_cast_builder_add_entity (builder, DRA_ENTITY_PLACE, "Nowhere", 1);
  g_assert_true (dra_cast_builder_add_mention (builder, roe, (DraRange){ 29, 32 }, 0.5f));
  g_assert_true (dra_cast_builder_add_mention (builder, acme, (DraRange){ 38, 42 }, 1));
  g_assert_true (dra_cast_builder_add_mention (builder, roe, (DraRange){ 9, 17 }, 0.75f));
  g_assert_true (dra_cast_builder_add_mention (builder, acme, (DraRange){ 0, 4 }, 1));
  dra_cast_builder_set_role (builder, roe, (DraRange){ 19, 27 });
  cast = dra_cast_builder_build (builder);

  g_assert_cmpuint (dra_cast_get_n_entities (cast), ==, 2);
  entity = dra_cast_get_entity (cast, 0);
  g_assert_cmpstr (entity->id, ==, "o1");
  g_assert_cmpstr (entity->name, ==, "Acme");
  g_assert_cmpfloat (entity->confidence, ==, 0.25f);
  g_assert_cmpuint (entity->n_mentions, ==, 2);
  g_assert_cmpuint (entity->mentions[1], ==, 3);
  entity = dra_cast_get_entity (cast, 1);
  g_assert_cmpstr (entity->id, ==, "p1");
  g_assert_cmpstr (entity->role, ==, "engineer");
  g_assert_cmpfloat (entity->confidence, ==, 0.75f);
  g_assert_cmpstr (entity->forms[0], ==, "Jane Roe");
  g_assert_cmpstr (entity->forms[1], ==, "Roe");
  g_assert_null (entity->forms[2]);
  mentions = dra_cast_get_mentions (cast, &n);
  g_assert_cmpuint (n, ==, 4);
  g_assert_cmpuint (mentions[2].entity, ==, 1);
  g_assert_cmpint (dra_cast_find_mention (cast, 30), ==, 2);
  g_assert_cmpint (dra_cast_find_mention (cast, 32), ==, -1);
  g_assert_cmpint (dra_cast_find_entity (cast, "p1"), ==, 1);
  g_assert_cmpint (dra_cast_find_entity (cast, "l1"), ==, -1);
  g_assert_finalize_object (cast);
}

static void
test_conflicts (void)
{
  g_autoptr (DraArticle) article = article_of ("Jos\303\251 Roe of Acme");
  g_autoptr (DraCastBuilder) builder = dra_cast_builder_new (article);
  g_autoptr (DraCast) cast = NULL;
  guint a = dra_cast_builder_add_entity (builder, DRA_ENTITY_PERSON, NULL, -1);
  guint b = dra_cast_builder_add_entity (builder, DRA_ENTITY_PERSON, NULL, -1);
  guint n;

  g_assert_false (dra_cast_builder_add_mention (builder, a, (DraRange){ 0, 4 }, 1));
  g_assert_false (dra_cast_builder_add_mention (builder, a, (DraRange){ 4, 9 }, 1));
  g_assert_false (dra_cast_builder_add_mention (builder, a, (DraRange){ 3, 3 }, 1));
  g_assert_false (dra_cast_builder_add_mention (builder, a, (DraRange){ 14, 99 }, 1));
  dra_cast_builder_set_role (builder, a, (DraRange){ 14, 99 });
  g_assert_true (dra_cast_builder_add_mention (builder, a, (DraRange){ 0, 5 }, 1));
  g_assert_true (dra_cast_builder_add_mention (builder, a, (DraRange){ 0, 9 }, 1));
  g_assert_true (dra_cast_builder_add_mention (builder, b, (DraRange){ 6, 9 }, 1));
  cast = dra_cast_builder_build (builder);

  dra_cast_get_mentions (cast, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (dra_cast_get_n_entities (cast), ==, 1);
  g_assert_cmpstr (dra_cast_get_entity (cast, 0)->name, ==, "Jos\303\251 Roe");
  g_assert_null (dra_cast_get_entity (cast, 0)->role);
}

static void
test_empty (void)
{
  g_autoptr (DraArticle) article = article_of ("");
  g_autoptr (DraCastBuilder) builder = dra_cast_builder_new (article);
  g_autoptr (DraCast) cast = dra_cast_builder_build (builder);

  g_assert_cmpuint (dra_cast_get_n_entities (cast), ==, 0);
  g_assert_cmpint (dra_cast_find_mention (cast, 0), ==, -1);
}

/* A hostile copy may name one person in hundreds of thousands of ways: comparing each with
 * all others would run into the time limit of the test. */
static void
test_many_forms (void)
{
  const guint n_forms = 400000;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (DraArticle) article = NULL;
  g_autoptr (DraCastBuilder) builder = NULL;
  g_autoptr (DraCast) cast = NULL;
  const DraEntity *entity;
  guint person;
  guint n = 0;

  for (guint i = 0; i < n_forms; i++)
    g_string_append_printf (text, "N%06u N%06u ", i, i);
  article = article_of (text->str);
  builder = dra_cast_builder_new (article);
  person = dra_cast_builder_add_entity (builder, DRA_ENTITY_PERSON, "N000007", -1);
  for (guint i = 0; i < 2 * n_forms; i++)
    g_assert_true (dra_cast_builder_add_mention (builder, person,
                                                 (DraRange){ i * 8, i * 8 + 7 }, 1));
  cast = dra_cast_builder_build (builder);
  entity = dra_cast_get_entity (cast, 0);
  while (entity->forms[n] != NULL)
    n++;
  g_assert_cmpuint (n, ==, n_forms);
  g_assert_cmpstr (entity->forms[0], ==, "N000007");
  g_assert_cmpstr (entity->forms[1], ==, "N000000");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cast/order", test_order);
  g_test_add_func ("/cast/conflicts", test_conflicts);
  g_test_add_func ("/cast/empty", test_empty);
  g_test_add_func ("/cast/many-forms", test_many_forms);

  return g_test_run ();
}
