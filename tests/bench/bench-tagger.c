/* bench-tagger.c: what it costs to open the model and to tag.
 *
 * Prints, for real prose where the shared data is there: time to map and check the model,
 * time to the tags of the first article of a process, tokens a second of one core with
 * tokenizer and features as the text grows from 1 KB to 10 MB, and the memory that is used
 * over the model file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gio/gio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench-prose.h"

#include "recognizer/dra-tagger.h"

/* A value of /proc/self/status in KB. */
static long
status_value (const char *name)
{
  g_autofree char *content = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &content, NULL, NULL))
    return 0;
  line = strstr (content, name);
  return line != NULL ? atol (line + strlen (name) + 1) : 0;
}

/* Processor time in microseconds, so that a busy machine does not count. */
static gint64
now (void)
{
  return (gint64) clock () * G_USEC_PER_SEC / CLOCKS_PER_SEC;
}

static guint
tag (DraModel   *model,
     const char *text)
{
  g_autoptr (DraTokens) tokens = dra_tokens_new_for_text (text, strlen (text));
  g_autoptr (GArray) spans = dra_tagger_tag (model, text, tokens, NULL, NULL);

  return tokens->tokens->len;
}

int
main (int   argc,
      char *argv[])
{
  static const gsize sizes[] = { 1000, 10000, 100000, 1000000, 10000000 };
  const char *path = argc > 1 ? argv[1] : g_getenv ("DRAMATIS_MODEL");
  gboolean real;
  g_autofree char *article = bench_prose (6000, &real);
  g_autofree char *book = bench_prose (10000000, &real);
  g_autoptr (GError) error = NULL;
  g_autoptr (DraModel) model = NULL;
  gint64 start = now (), opened, tagged;
  long anonymous, peak;
  guint64 n = 0;

  model = path != NULL ? dra_model_open (path, &error) : NULL;
  if (model == NULL)
    {
      fprintf (stderr, "%s\n", error != NULL ? error->message : "$DRAMATIS_MODEL is not set");
      return 1;
    }
  opened = now ();
  n = tag (model, article);
  tagged = now ();
  printf ("%s\n", real ? "news articles" : "made-up prose: the shared data is not here");
  printf ("open and check the model: %.1f ms; first article (%u tokens): %.1f ms more\n",
          (opened - start) / 1e3, (guint) n, (tagged - opened) / 1e3);

  printf ("%10s %12s %14s\n", "bytes", "ms", "tokens/s");
  anonymous = status_value ("RssAnon:");
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *text = bench_prose (sizes[i], &real);
      guint repeats = MAX (1, 2000000 / sizes[i]);

      start = now ();
      n = 0;
      for (guint k = 0; k < repeats; k++)
        n += tag (model, text);
      tagged = now () - start;
      printf ("%10zu %12.3f %14.0f\n", strlen (text), tagged / 1e3 / repeats, n / (tagged / 1e6));
    }
  /* the texts themselves: the articles, the book, and what was tagged last */
  peak = status_value ("VmHWM:") - status_value ("RssFile:");
  printf ("memory but for mapped files: %.1f MB with one article, at most %.1f MB with %.1f MB of "
          "text, texts included\n",
          anonymous / 1e3, peak / 1e3, strlen (book) / 1e6);
  return 0;
}
