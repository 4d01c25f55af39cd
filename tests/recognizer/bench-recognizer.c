/* bench-recognizer.c: what the whole way from text to cast costs, and how it grows.
 *
 * Prints processor time for made-up texts of 1 KB to 10 MB, of the whole way and of the
 * document pass with the roles alone.  Every fourth paragraph brings a person not named
 * before, as books do: the number of names grows with the text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "article/dra-article-builder.h"
#include "recognizer/dra-recognizer.h"
#include "recognizer/dra-resolver.h"

static DraArticle *
make_article (gsize size)
{
  static const char *const given[] = { "Anna", "Boris", "Clara", "David", "Elena", "Felix", "Grace", "Hugo" };
  static const char *const family[] = { "Whit", "Kow", "Del", "Ark", "Bren", "Cald", "Dor", "Fen" };
  static const char *const ends[] = { "combe", "alski", "gado", "wright", "nan", "well", "man", "ton" };
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  GString *text = g_string_new ("Council Approves The New Harbour Bridge\n");

  for (guint i = 0; text->len < size; i++)
    {
      guint k = i / 4;

      g_string_append_printf (text,
                              "Mayor %s %s%s%u told the Northern Engineering Association (NEA) on Monday that "
                              "the bridge was safe. \"It is,\" said %s%s%u, chairman of the NEA, to The Daily "
                              "Herald of Port Ellen. ",
                              given[k % 8], family[k / 8 % 8], ends[k / 64 % 8], k / 512,
                              family[k / 8 % 8], ends[k / 64 % 8], k / 512);
      if (i % 4 == 3)
        g_string_append_c (text, '\n');
    }
  size = text->len;
  dra_article_builder_take_lines (builder, g_string_free (text, FALSE), size);

  return dra_article_builder_build (builder);
}

static double
seconds (clock_t since)
{
  return (double) (clock () - since) / CLOCKS_PER_SEC;
}

int
main (int    argc,
      char **argv)
{
  static const gsize sizes[] = { 1000, 10000, 100000, 1000000, 10000000 };
  const char *path = argc > 1 ? argv[1] : g_getenv ("DRAMATIS_MODEL");
  g_autoptr (GError) error = NULL;
  g_autoptr (DraRecognizer) recognizer = dra_recognizer_new (path, &error);
  g_autoptr (DraModel) model = recognizer != NULL ? dra_model_open (path, &error) : NULL;

  if (model == NULL)
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  printf ("%10s %12s %12s %14s %10s\n", "bytes", "ms", "MB/s", "resolver ms", "entities");
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      guint repeats = (guint) MAX (1, 1000000 / sizes[i]);
      g_autoptr (DraArticle) article = make_article (sizes[i]);
      g_autoptr (DraTokens) tokens = dra_tokens_new_for_article (article);
      g_autoptr (GArray) spans = dra_tagger_tag (model, dra_article_get_text (article, NULL), tokens,
                                                 NULL, NULL);
      guint n_entities = 0;
      clock_t start = clock ();
      double whole, resolver;

      for (guint k = 0; k < repeats; k++)
        {
          g_autoptr (DraCast) cast = dra_recognizer_recognize (recognizer, article, NULL, NULL);

          n_entities = dra_cast_get_n_entities (cast);
        }
      whole = seconds (start) / repeats;
      start = clock ();
      for (guint k = 0; k < repeats; k++)
        {
          g_autoptr (DraCast) cast = dra_resolver_resolve (article, tokens, spans, model);

          g_assert (dra_cast_get_n_entities (cast) == n_entities);
        }
      resolver = seconds (start) / repeats;
      printf ("%10zu %12.2f %12.2f %14.2f %10u\n", sizes[i], whole * 1e3, sizes[i] / whole / 1e6,
              resolver * 1e3, n_entities);
    }

  return 0;
}
