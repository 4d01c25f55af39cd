/* score-cast-main.c: the command line of score-cast.c.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <locale.h>

#include "score-cast.h"

int
main (int    argc,
      char **argv)
{
  gboolean gold_mentions = FALSE, held_out = FALSE, not_held_out = FALSE, verbose = FALSE, reliability = FALSE;
  int every = SCORE_HOLD_OUT, fold = 0, but_every = 0;
  g_autofree char *model_path = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DraRecognizer) recognizer = NULL;
  g_autoptr (DraModel) model = NULL;
  Score score;
  ScoreFlags flags;
  GOptionEntry entries[] = {
    { "gold-mentions", 'g', 0, G_OPTION_ARG_NONE, &gold_mentions, "Resolve the marked mentions", NULL },
    { "held-out", 'o', 0, G_OPTION_ARG_NONE, &held_out, "Only the articles that training with --hold-out keeps back", NULL },
    { "every", 'e', 0, G_OPTION_ARG_INT, &every, "The N of --hold-out N (default 10)", "N" },
    { "fold", 'f', 0, G_OPTION_ARG_INT, &fold, "The K of --fold K (default 0)", "K" },
    { "but-every", 'b', 0, G_OPTION_ARG_INT, &but_every, "Leave every Nth out of those", "N" },
    { "not-held-out", 'n', 0, G_OPTION_ARG_NONE, &not_held_out, "Only the others", NULL },
    { "reliability", 'r', 0, G_OPTION_ARG_NONE, &reliability, "Print how sure and how often right mentions are", NULL },
    { "verbose", 'v', 0, G_OPTION_ARG_NONE, &verbose, "Print every difference", NULL },
    { "model", 'm', 0, G_OPTION_ARG_FILENAME, &model_path, "Model file", "FILE" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("FOLDER");

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 2 || every < 1 || fold < 0 ||
      but_every < 0)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "Name one folder of marked articles");
      return 2;
    }

  flags = (gold_mentions ? SCORE_GOLD_MENTIONS : 0) | (held_out ? SCORE_HELD_OUT : 0) |
          (not_held_out ? SCORE_NOT_HELD_OUT : 0) | (verbose ? SCORE_VERBOSE : 0);
  if (!gold_mentions)
    recognizer = dra_recognizer_new (model_path, &error);
  else if (model_path != NULL)
    model = dra_model_open (model_path, &error);
  if (error != NULL || !score_folder (argv[1], flags, (guint) every, (guint) fold, (guint) but_every, recognizer, model,
                                       &score, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  score_print (&score);
  if (reliability)
    score_print_reliability (&score);

  return 0;
}
