/* test-positions.c: where the reader was, in texts that stay, move and change.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "article/dra-article-builder.h"
#include "dra-test.h"
#include "library/dra-positions.h"

#include <glib/gstdio.h>
#include <string.h>

static char *folder;

static DraArticle *
new_article (const char *text,
             const char *uri)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  dra_article_builder_set_metadata (builder, DRA_METADATA_SOURCE_URI, uri);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      dra_article_builder_begin_block (builder, DRA_BLOCK_PARAGRAPH, 0, NULL);
      dra_article_builder_add_text (builder, lines[i], -1);
      dra_article_builder_end_block (builder);
    }
  return dra_article_builder_build (builder);
}

static gsize
find (DraArticle *article,
      const char *passage)
{
  const char *text = dra_article_get_text (article, NULL);
  const char *found = strstr (text, passage);

  g_assert_nonnull (found);
  return found - text;
}

static DraPositions *
open_fresh (void)
{
  g_autofree char *path = g_build_filename (folder, "state", "positions", NULL);

  return dra_positions_new (path);
}

#define TEXT "Überschrift\nThe lamp was found on Sunday.\nNobody knew whose it was.\n"             \
             "It was brought to the harbour master, who wrote to the board.\nThe end."

static void
test_same_text (void)
{
  g_autoptr (DraArticle) article = new_article (TEXT, "file:///a/lamp.txt");
  g_autoptr (DraArticle) moved = new_article (TEXT, "file:///b/other.txt");
  g_autoptr (DraArticle) other = new_article ("Another text.", "file:///b/third.txt");
  g_autoptr (DraPositions) first = open_fresh ();
  g_autoptr (DraPositions) second = NULL;
  gsize offset;

  g_assert_false (dra_positions_find (first, article, &offset));
  g_assert_cmpfloat (dra_positions_get_share (first, "file:///a/lamp.txt"), <, 0);
  dra_positions_keep (first, article, find (article, "It was brought"), .6);

  /* Another process, and the file under another name. */
  second = open_fresh ();
  g_assert_true (dra_positions_find (second, moved, &offset));
  g_assert_cmpuint (offset, ==, find (article, "It was brought"));
  dra_positions_keep (second, moved, find (article, "It was brought"), .6);
  g_assert_cmpfloat_with_epsilon (dra_positions_get_share (second, "file:///a/lamp.txt"), .6,
                                  1e-9);
  g_assert_false (dra_positions_find (second, other, &offset));

  /* Back at the beginning there is nothing to go to. */
  dra_positions_keep (second, article, 0, 0);
  g_assert_false (dra_positions_find (second, article, &offset));
}

static void
test_changed_text (void)
{
  g_autoptr (DraArticle) article = new_article (TEXT, "file:///a/changing.txt");
  g_autoptr (DraArticle) longer
    = new_article ("A first paragraph that is new.\n" TEXT, "file:///a/changing.txt");
  g_autoptr (DraArticle) rewritten
    = new_article ("Nothing of it is left, and there are words enough to have a middle of it "
                   "where the reader may go on.", "file:///a/changing.txt");
  g_autoptr (DraPositions) positions = open_fresh ();
  gsize offset, length;

  dra_positions_keep (positions, article, find (article, "It was brought"), .5);
  g_assert_true (dra_positions_find (positions, longer, &offset));
  g_assert_cmpuint (offset, ==, find (longer, "It was brought"));
  g_assert_true (dra_positions_find (positions, rewritten, &offset));
  dra_article_get_text (rewritten, &length);
  g_assert_cmpuint (offset, ==, length / 2);
}

static void
test_many (void)
{
  g_autoptr (DraPositions) positions = open_fresh ();
  g_autoptr (DraPositions) again = NULL;
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path = g_build_filename (folder, "state", "positions", NULL);
  g_autofree char *content = NULL;
  g_autoptr (DraArticle) article = new_article ("One more.", "file:///more");
  gsize n_groups, length;

  for (guint i = 0; i < DRA_POSITIONS_MAX + 20; i++)
    {
      g_autofree char *group = g_strdup_printf ("%064u", i);

      g_key_file_set_int64 (file, group, "time", i);
      g_key_file_set_string (file, group, "uris", group);
    }
  content = g_key_file_to_data (file, &length, NULL);
  g_assert_true (g_file_set_contents (path, content, (gssize) length, NULL));
  dra_positions_keep (positions, article, 4, .5);
  g_clear_pointer (&file, g_key_file_unref);
  file = g_key_file_new ();
  g_assert_true (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL));
  g_strfreev (g_key_file_get_groups (file, &n_groups));
  g_assert_cmpuint (n_groups, ==, DRA_POSITIONS_MAX);
  g_assert_true (g_key_file_has_group (file, dra_article_get_hash (article)));
  g_assert_false (g_key_file_has_group (
    file, "0000000000000000000000000000000000000000000000000000000000000000"));
}

/* A file that is not what it should be, and a folder that cannot be written. */
static void
test_damage (void)
{
  g_autoptr (DraArticle) article = new_article (TEXT, "file:///a/lamp.txt");
  g_autofree char *path = g_build_filename (folder, "state", "positions", NULL);
  g_autofree char *bad = NULL;
  g_autoptr (DraPositions) positions = NULL;
  g_autoptr (DraPositions) nowhere = NULL;
  gsize offset;

  bad = g_strdup_printf ("[%s]\nat=99999999999\nshare=nan\nquote=\\\n[x", dra_article_get_hash (article));
  g_assert_true (g_file_set_contents (path, bad, -1, NULL));
  positions = open_fresh ();
  g_assert_false (dra_positions_find (positions, article, &offset));
  dra_positions_keep (positions, article, find (article, "Nobody"), .3);
  g_assert_true (dra_positions_find (positions, article, &offset));
  g_assert_cmpuint (offset, ==, find (article, "Nobody"));

  nowhere = dra_positions_new ("/dev/null/positions");
  dra_positions_keep (nowhere, article, 2, .5);
  g_clear_object (&nowhere);
  nowhere = dra_positions_new ("/dev/null/positions");
  g_assert_false (dra_positions_find (nowhere, article, &offset));
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = dra_test_mkdtemp ();
  g_test_add_func ("/positions/same-text", test_same_text);
  g_test_add_func ("/positions/changed-text", test_changed_text);
  g_test_add_func ("/positions/many", test_many);
  g_test_add_func ("/positions/damage", test_damage);
  status = g_test_run ();
  dra_test_rmtree (folder);
  return status;
}
