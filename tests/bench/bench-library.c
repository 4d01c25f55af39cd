/* bench-library.c: what keeping and finding notes costs, on this disk.
 *
 * Prints one figure a line; times are wall clock, the median of several runs.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "article/dra-article-builder.h"
#include "dra-test.h"
#include "library/dra-library.h"
#include "notes/dra-anchor.h"

#define RUNS 9

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

static void
print_median (const char *what,
              gint64     *times,
              guint       n)
{
  qsort (times, n, sizeof *times, compare);
  g_print ("%-60s %9.3f ms\n", what, (double) times[n / 2] / 1000);
}

static char *
make_text (gsize size)
{
  static const char *const words[] = {
    "minister", "court", "harbour", "report", "bridge", "rejected", "welcomed", "delayed", "the", "of",
    "and", "in", "on Tuesday", "spokeswoman", "children", "according to", "hospital", "election",
  };
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  GString *text = g_string_sized_new (size + 100);

  while (text->len < size)
    {
      g_string_append (text, words[g_rand_int_range (random, 0, G_N_ELEMENTS (words))]);
      if (g_rand_int_range (random, 0, 9) == 0)
        g_string_append_printf (text, " %u", g_rand_int_range (random, 0, 100000));
      g_string_append (text, g_rand_int_range (random, 0, 80) == 0 ? ".\n" : " ");
    }
  return g_string_free (text, FALSE);
}

static DraArticle *
make_article (const char *text)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  DraArticle *article;

  dra_article_builder_set_metadata (builder, DRA_METADATA_SOURCE_URI, "file:///bench.txt");
  dra_article_builder_take_lines (builder, g_strdup (text), strlen (text));
  article = dra_article_builder_build (builder);
  dra_article_get_hash (article);
  return article;
}

static void
time_load (const char *what,
           DraLibrary *library,
           DraArticle *article)
{
  gint64 times[RUNS];
  guint states[4] = { 0 };

  for (guint i = 0; i < RUNS; i++)
    {
      gint64 begin = g_get_monotonic_time ();
      g_autoptr (GPtrArray) notes = dra_library_load_notes (library, article, NULL, NULL);

      times[i] = g_get_monotonic_time () - begin;
      for (guint k = 0; k < notes->len && i == 0; k++)
        states[dra_note_get_anchor (notes->pdata[k], NULL, NULL)]++;
    }
  print_median (what, times, RUNS);
  g_print ("    %u exact, %u moved, %u unsure, %u lost\n", states[0], states[1], states[2], states[3]);
}

int
main (void)
{
  char *folder = dra_test_mkdtemp ();
  g_autofree char *path = g_build_filename (folder, "library.sqlite", NULL);
  g_autofree char *text = make_text (1024 * 1024);
  g_autofree char *shifted = g_strconcat ("A first line that is new.\n", text, NULL);
  g_autoptr (DraArticle) article = make_article (text);
  g_autoptr (DraArticle) changed = make_article (shifted);
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (DraLibrary) library = NULL;
  gint64 times[50];
  gint64 begin = g_get_monotonic_time ();

  library = dra_library_open (path, NULL);
  times[0] = g_get_monotonic_time () - begin;
  print_median ("make a new library", times, 1);

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autoptr (DraNote) note = NULL;

      begin = g_get_monotonic_time ();
      note = dra_note_new_for_passage (article, (DraRange) { 1000 * i, 1000 * i + 40 });
      times[i] = g_get_monotonic_time () - begin;
      dra_note_set_body (note, "A note of usual length, say.");
      g_ptr_array_add (notes, g_steal_pointer (&note));
    }
  print_median ("make a note in a 1 MB article", times, G_N_ELEMENTS (times));

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      begin = g_get_monotonic_time ();
      if (!dra_library_save_note (library, article, notes->pdata[i], NULL))
        return 1;
      times[i] = g_get_monotonic_time () - begin;
      if (i == 0)
        print_median ("save the first note of a 1 MB article, text and fsync", times, 1);
    }
  print_median ("save one note, fsync included", times, G_N_ELEMENTS (times));

  for (guint i = G_N_ELEMENTS (times); i < 1000; i++)
    g_ptr_array_add (notes, dra_note_new_for_passage (article, (DraRange) { 1000 * i, 1000 * i + 40 }));
  begin = g_get_monotonic_time ();
  if (!dra_library_merge_notes (library, article, notes, NULL))
    return 1;
  times[0] = g_get_monotonic_time () - begin;
  print_median ("merge 1000 notes", times, 1);
  if (!dra_library_add_article (library, article, NULL) || !dra_library_add_article (library, changed, NULL))
    return 1;

  time_load ("load 1000 notes of a 1 MB article", library, article);
  time_load ("load 1000 notes of a 1 MB article, its text changed", library, changed);

  for (guint i = 0; i < RUNS; i++)
    {
      g_clear_object (&library);
      begin = g_get_monotonic_time ();
      library = dra_library_open (path, NULL);
      times[i] = g_get_monotonic_time () - begin;
    }
  print_median ("open a library of 1000 notes", times, RUNS);

  g_clear_object (&library);
  dra_test_rmtree (folder);
  return 0;
}
