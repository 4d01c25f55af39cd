/* bench-recognizer.c: what the whole way from text to cast costs, and how it grows.
 *
 * Prints processor time for 1 KB to 10 MB of real prose, where the shared data is there, of
 * the whole way and of the document pass with the roles alone; the name finder of the npm
 * package compromise, where npm can get it, reads the same text in the same run.  Then the
 * same for made-up texts in which every fourth paragraph brings a person not named before.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "bench-prose.h"
#include "dra-test.h"

#include "article/dra-article-builder.h"
#include "recognizer/dra-recognizer.h"
#include "recognizer/dra-resolver.h"

#define PEER "compromise@14.17.0"
/* A peer that took so many seconds for a text is not given a longer one; one that takes so
 * many is ended. */
#define PEER_PATIENCE 20
#define PEER_LIMIT "120"

static char *
make_names (gsize size)
{
  static const char *const given[] = { "Anna", "Boris", "Clara", "David", "Elena", "Felix", "Grace", "Hugo" };
  static const char *const family[] = { "Whit", "Kow", "Del", "Ark", "Bren", "Cald", "Dor", "Fen" };
  static const char *const ends[] = { "combe", "alski", "gado", "wright", "nan", "well", "man", "ton" };
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

  return g_string_free (text, FALSE);
}

static double
seconds (clock_t since)
{
  return (double) (clock () - since) / CLOCKS_PER_SEC;
}

/* The folder that compromise was put in, or NULL, having said why. */
static char *
install_peer (void)
{
  g_autofree char *npm = g_find_program_in_path ("npm");
  g_autofree char *node = g_find_program_in_path ("node");
  g_autofree char *folder = NULL;
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;
  char *argv[] = { npm, (char *) "install", (char *) "--silent", (char *) "--no-audit",
                   (char *) "--no-fund", (char *) "--prefix", NULL, (char *) PEER, NULL };
  int status;

  if (npm == NULL || node == NULL)
    {
      printf ("npm is not here: no figures of compromise\n");
      return NULL;
    }
  folder = dra_test_mkdtemp ();
  argv[6] = folder;
  if (!g_spawn_sync (NULL, argv, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &output, NULL,
                     &status, &error) ||
      !g_spawn_check_wait_status (status, &error))
    {
      printf ("npm cannot install %s (%s): no figures of it\n", PEER, error->message);
      dra_test_rmtree (g_steal_pointer (&folder));
      return NULL;
    }

  return g_steal_pointer (&folder);
}

/* Milliseconds of the peer for a text, or -1: it failed, or took too long. */
static double
run_peer (const char *folder,
          const char *text,
          guint       repeats,
          guint      *n_mentions)
{
  g_autofree char *file = g_build_filename (folder, "text.txt", NULL);
  g_autofree char *script = dra_test_source ("tests/recognizer/bench-peer.mjs");
  g_autofree char *count = g_strdup_printf ("%u", repeats);
  g_autofree char *output = NULL;
  char *argv[] = { (char *) "timeout", (char *) PEER_LIMIT, (char *) "node", (char *) "--max-old-space-size=4096", script, (char *) folder,
                   file, count, NULL };
  char *end;
  double ms;
  int status;

  if (!g_file_set_contents (file, text, -1, NULL) ||
      !g_spawn_sync (NULL, argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                     &output, NULL, &status, NULL) ||
      !g_spawn_check_wait_status (status, NULL))
    return -1;
  ms = g_ascii_strtod (output, &end);
  *n_mentions = (guint) g_ascii_strtoull (end, NULL, 10);

  return ms;
}

static void
measure (DraRecognizer *recognizer,
         DraModel      *model,
         const char    *text,
         const char    *peer_folder,
         double        *peer_ms)
{
  gsize size = strlen (text);
  guint repeats = (guint) MAX (1, 1000000 / MAX (size, 1));
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  g_autoptr (DraArticle) article = NULL;
  g_autoptr (DraTokens) tokens = NULL;
  g_autoptr (GArray) spans = NULL;
  guint n_entities = 0, n_mentions = 0;
  double whole, resolver;
  clock_t start;

  dra_article_builder_take_lines (builder, g_strdup (text), size);
  article = dra_article_builder_build (builder);
  tokens = dra_tokens_new_for_article (article);
  spans = dra_tagger_tag (model, dra_article_get_text (article, NULL), tokens, NULL, NULL);
  start = clock ();
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

      g_assert_nonnull (cast);
    }
  resolver = seconds (start) / repeats;
  printf ("%10zu %12.2f %10.2f %12.0f %14.2f %10u", size, whole * 1e3, size / whole / 1e6,
          tokens->tokens->len / whole, resolver * 1e3, n_entities);

  if (peer_folder != NULL && *peer_ms >= 0 && *peer_ms < PEER_PATIENCE * 1000)
    {
      fflush (stdout);
      *peer_ms = run_peer (peer_folder, text, MIN (repeats, 100), &n_mentions);
      if (*peer_ms >= 0)
        printf (" %14.2f %8.0fx", *peer_ms, *peer_ms / (whole * 1e3));
      else
        printf (" %14s", "over " PEER_LIMIT " s");
    }
  printf ("\n");
}

static void
print_head (const char *what,
            gboolean    peer)
{
  printf ("\n%s\n%10s %12s %10s %12s %14s %10s%s\n", what, "bytes", "ms", "MB/s", "tokens/s",
          "resolver ms", "entities", peer ? "  compromise ms    times" : "");
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
  g_autofree char *folder = NULL;
  gboolean real = FALSE;
  double peer_ms = 0;

  if (model == NULL)
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  folder = install_peer ();
  g_free (bench_prose (1, &real));
  print_head (real ? "news articles" : "made-up prose: the shared data is not here", folder != NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *text = bench_prose (sizes[i], &real);

      measure (recognizer, model, text, folder, &peer_ms);
    }
  print_head ("made-up text, a new person every fourth paragraph", FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *text = make_names (sizes[i]);

      measure (recognizer, model, text, NULL, &peer_ms);
    }
  if (folder != NULL)
    dra_test_rmtree (g_steal_pointer (&folder));

  return 0;
}
