/* bench-tagger.c: what it costs to open the model and to tag.
 *
 * Prints, for made-up articles: time to map and check the model, time to the tags of the
 * first article of a process, tokens a second of one core with tokenizer and features, and
 * the memory that is used over the model file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gio/gio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "recognizer/dra-tagger.h"

/* Names and words in the proportions of a news article, some 1,000 words a piece. */
static char *
make_article (GRand *random,
              guint  n_sentences)
{
  static const char *const names[] = {
    "Maria Delgado", "Peter O'Connor", "Tomasz Kowalski", "Ibrahim Salisu", "Delgado", "O'Connor",
    "the Ministry of Finance", "Acme Industries", "the BBC", "Nairobi", "Spain", "New Zealand",
    "the National Farmers' Union (NFU)", "President Kowalski", "Mr. Salisu", "Lake Victoria",
  };
  static const char *const verbs[] = {
    "said on Tuesday that", "told reporters", "declined to say whether", "had earlier agreed that",
    "was among those who argued", "will ask next week if", "reported that in 2019",
  };
  static const char *const rests[] = {
    "the price of maize would rise by 12.5 percent before the harvest",
    "nobody in the village had been asked about the new road across the marsh",
    "“we are doing all that can be done,” although little had changed since then",
    "a review of the contracts, which are worth $3 million, was not yet complete",
  };
  GString *text = g_string_new ("Farmers Ask Ministry For Help As Prices Rise\n");

  for (guint i = 0; i < n_sentences; i++)
    {
      g_string_append_printf (text, "%s %s %s, %s and %s.%s",
                              names[g_rand_int_range (random, 0, G_N_ELEMENTS (names))],
                              verbs[g_rand_int_range (random, 0, G_N_ELEMENTS (verbs))],
                              rests[g_rand_int_range (random, 0, G_N_ELEMENTS (rests))],
                              names[g_rand_int_range (random, 0, G_N_ELEMENTS (names))],
                              rests[g_rand_int_range (random, 0, G_N_ELEMENTS (rests))],
                              i % 3 == 2 ? "\n" : " ");
      if (i % 4 == 0) /* words not seen before */
        g_string_append_printf (text, "Xo%xer Ma%xin left. ", g_rand_int (random) % 65536,
                                g_rand_int (random) % 65536);
    }
  return g_string_free (text, FALSE);
}

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
  const char *path = argc > 1 ? argv[1] : g_getenv ("DRAMATIS_MODEL");
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  g_autofree char *article = make_article (random, 28);
  g_autofree char *book = make_article (random, 60000);
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
  printf ("open and check the model: %.1f ms; first article (%u tokens): %.1f ms more\n",
          (opened - start) / 1e3, (guint) n, (tagged - opened) / 1e3);

  start = now ();
  n = 0;
  for (guint i = 0; i < 500; i++)
    n += tag (model, article);
  printf ("articles: %.0f tokens a second\n", n / ((now () - start) / 1e6));

  anonymous = status_value ("RssAnon:");
  start = now ();
  n = tag (model, book);
  tagged = now ();
  peak = status_value ("VmHWM:") - status_value ("RssFile:");
  printf ("book of %.1f MB: %.0f tokens a second\n", strlen (book) / 1e6,
          n / ((tagged - start) / 1e6));
  printf ("memory but for mapped files: %.1f MB with one article, at most %.1f MB with the book "
          "(of which %.1f MB are its text)\n",
          anonymous / 1e3 - strlen (book) / 1e6, peak / 1e3, strlen (book) / 1e6);
  return 0;
}
