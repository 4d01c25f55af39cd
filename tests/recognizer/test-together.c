/* test-together.c: passages that name several people together.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "article/dra-article-builder.h"
#include "recognizer/dra-together.h"

#include <string.h>
#include <time.h>

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

/* Every single capital letter from A to D is a name. */
static DraCast *
new_cast (DraArticle *article)
{
  DraCastBuilder *builder = dra_cast_builder_new (article);
  gsize length;
  const char *text = dra_article_get_text (article, &length);
  DraCast *cast;

  for (char c = 'A'; c <= 'D'; c++)
    dra_cast_builder_add_entity (builder, DRA_ENTITY_PERSON, (char[]) { c, 0 }, 1);
  for (gsize i = 0; i < length; i++)
    if (text[i] >= 'A' && text[i] <= 'D')
      g_assert_true (dra_cast_builder_add_mention (builder, (guint) (text[i] - 'A'),
                                                   (DraRange) { i, i + 1 }, 1));
  cast = dra_cast_builder_build (builder);
  dra_cast_builder_free (builder);
  return cast;
}

static guint
find (DraCast    *cast,
      const char *name)
{
  for (guint i = 0; i < dra_cast_get_n_entities (cast); i++)
    if (g_str_equal (dra_cast_get_entity (cast, i)->name, name))
      return i;
  g_assert_not_reached ();
}

static void
check (const char *names,
       const char *wanted)
{
  g_autoptr (DraArticle) article
    = new_article ("the A met B and A\nthe B alone\nof C and D and B and A it is\nthen D, C");
  g_autoptr (DraCast) cast = new_cast (article);
  g_autoptr (GArray) passages = NULL;
  g_autoptr (GString) found = g_string_new (NULL);
  guint entities[DRA_TOGETHER_MAX];

  for (guint i = 0; names[i] != '\0'; i++)
    entities[i] = find (cast, (char[]) { names[i], 0 });
  passages = dra_together_find (article, cast, entities, (guint) strlen (names));
  for (guint i = 0; i < passages->len; i++)
    {
      g_autofree char *passage
        = dra_article_dup_range (article, g_array_index (passages, DraRange, i));

      g_string_append_printf (found, "[%s]", passage);
    }
  g_assert_cmpstr (found->str, ==, wanted);
}

static void
test_find (void)
{
  check ("A", "[A met B and A][A]");
  check ("AB", "[A met B and A][B and A]");
  check ("BA", "[A met B and A][B and A]");
  check ("CD", "[C and D][D, C]");
  check ("ABCD", "[C and D and B and A]");
}

static void
check_rank (const char *names,
            const char *wanted)
{
  g_autoptr (DraArticle) article
    = new_article ("the A met B and A and B\nB alone\nof C and D and B and A it is\nthen D, C, A");
  g_autoptr (DraCast) cast = new_cast (article);
  g_autoptr (GArray) companions = NULL;
  g_autoptr (GString) found = g_string_new (NULL);
  guint entities[DRA_TOGETHER_MAX];

  for (guint i = 0; names[i] != '\0'; i++)
    entities[i] = find (cast, (char[]) { names[i], 0 });
  companions = dra_together_rank (article, cast, entities, (guint) strlen (names));
  for (guint i = 0; i < companions->len; i++)
    {
      DraCompanion *companion = &g_array_index (companions, DraCompanion, i);

      g_string_append_printf (found, "%s%u", dra_cast_get_entity (cast, companion->entity)->name,
                              companion->n_passages);
    }
  g_assert_cmpstr (found->str, ==, wanted);
}

static void
test_rank (void)
{
  check_rank ("A", "B2C2D2");
  check_rank ("B", "A2C1D1");
  check_rank ("CD", "A2B1");
  check_rank ("ABCD", "");
}

/* Ten times the text takes about ten times as long, not a hundred times. */
static void
test_growth (void)
{
  double seconds[2];

  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (GString) text = g_string_new ("A and B");
      g_autoptr (DraArticle) article = NULL;
      g_autoptr (DraCast) cast = NULL;
      g_autoptr (GArray) passages = NULL;
      g_autoptr (GArray) companions = NULL;
      guint entities[2];
      clock_t start; /* of this process, however busy the machine is */

      for (guint i = 0; i < (round == 0 ? 3000u : 30000u); i++)
        g_string_append (text, i % 2 == 0 ? "\nthe A and the B of C" : "\nthe A and D A A A");
      article = new_article (text->str);
      cast = new_cast (article);
      entities[0] = find (cast, "A");
      entities[1] = find (cast, "B");
      start = clock ();
      passages = dra_together_find (article, cast, entities, 2);
      companions = dra_together_rank (article, cast, entities, 2);
      seconds[round] = (double) (clock () - start) / CLOCKS_PER_SEC;
      g_assert_cmpuint (passages->len, ==, (round == 0 ? 1501 : 15001));
      g_assert_cmpuint (companions->len, ==, 1);
    }
  g_test_message ("%.4f s, %.4f s", seconds[0], seconds[1]);
  g_assert_cmpfloat (seconds[1], <, MAX (seconds[0] * 40, .2));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/together/find", test_find);
  g_test_add_func ("/together/rank", test_rank);
  g_test_add_func ("/together/growth", test_growth);
  return g_test_run ();
}
