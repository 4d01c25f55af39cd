/* bench-quotations.c: what finding the quotations of an article costs, and how it grows.
 *
 * Prints processor time for texts of 100 KB to 10 MB: news in which every paragraph quotes
 * somebody new, a story in dialogue, one paragraph that is all quotations, and marks that
 * open and never close.  The cast is given, so that nothing else is measured.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "article/dra-article-builder.h"
#include "recognizer/dra-quotations.h"

static const char *const kinds[] = { "news", "dialogue", "one paragraph", "never closed" };

/* Appends the i-th piece; the name in it stands between tabs. */
static void
append_piece (GString *text,
              guint    kind,
              guint    i)
{
  switch (kind)
    {
    case 0:
      g_string_append_printf (text,
                              "The bridge is safe, \tAnna Lund%c%c%c\t said on Monday. \"It was built in a hard winter,\" "
                              "she said, \"and nobody thought that it would stand.\" The mayor had asked for it.\n",
                              'a' + i % 26, 'a' + i / 26 % 26, 'a' + i / 676 % 26);
      break;
    case 1:
      g_string_append_printf (text, "“Where is the lamp?” %s\n",
                              i % 3 == 0 ? "asked \tVane\t." : i % 3 == 1 ? "he said." : "“Here.”");
      break;
    case 2:
      g_string_append (text, "“It is late,” said \tVane\t, and “nobody knows,” he said. ");
      break;
    default:
      g_string_append (text, "“It is late, said \tVane\t, and ");
    }
}

static void
measure (guint kind,
         gsize size,
         double *last)
{
  g_autoptr (GString) marked = g_string_new (NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  g_autoptr (DraCastBuilder) cast_builder = NULL;
  g_autoptr (DraArticle) article = NULL;
  g_autoptr (DraCast) cast = NULL;
  g_autoptr (DraQuotations) quotations = NULL;
  g_autoptr (GHashTable) entities = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (DraRange));
  clock_t start;
  double ms;

  for (guint i = 0; marked->len < size; i++)
    append_piece (marked, kind, i);
  for (const char *p = marked->str; *p != '\0';)
    {
      const char *tab = strchr (p, '\t'), *end;
      DraRange range;

      if (tab == NULL)
        {
          g_string_append (text, p);
          break;
        }
      end = strchr (tab + 1, '\t');
      g_string_append_len (text, p, tab - p);
      range.start = text->len;
      g_string_append_len (text, tab + 1, end - tab - 1);
      range.end = text->len;
      g_array_append_val (ranges, range);
      p = end + 1;
    }

  dra_article_builder_take_lines (builder, g_strdup (text->str), text->len);
  article = dra_article_builder_build (builder);
  cast_builder = dra_cast_builder_new (article);
  for (guint i = 0; i < ranges->len; i++)
    {
      DraRange range = g_array_index (ranges, DraRange, i);
      g_autofree char *name = dra_article_dup_range (article, range);
      guint entity = GPOINTER_TO_UINT (g_hash_table_lookup (entities, name));

      if (entity == 0)
        {
          entity = 1 + dra_cast_builder_add_entity (cast_builder, DRA_ENTITY_PERSON, name, 1);
          g_hash_table_insert (entities, g_steal_pointer (&name), GUINT_TO_POINTER (entity));
        }
      dra_cast_builder_add_mention (cast_builder, entity - 1, range, 1);
    }
  cast = dra_cast_builder_build (cast_builder);

  start = clock ();
  quotations = dra_quotations_find (article, cast, NULL, NULL);
  ms = (double) (clock () - start) * 1e3 / CLOCKS_PER_SEC;
  printf ("%-14s %10zu bytes %8u quotations %9.1f ms %8.2f MB/s", kinds[kind], text->len,
          dra_quotations_get_n (quotations), ms, text->len / ms / 1e3);
  if (*last > 0)
    printf ("  %5.1fx for 10x", ms / *last);
  printf ("\n");
  *last = ms;
}

int
main (void)
{
  static const gsize sizes[] = { 100000, 1000000, 10000000 };

  for (guint kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
    {
      double last = 0;

      for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
        measure (kind, sizes[i], &last);
    }

  return 0;
}
