/* score-conll.c: prints how well the model tags two-column files.
 *
 *   score-conll [--resolve] FILE...        ($DRAMATIS_MODEL names the model)
 *
 * With --resolve the document pass follows the tagger, as in use.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "conll.h"

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    DraLabel label;
    const char *name;
  } rows[] = {
    { DRA_LABEL_PERSON, "person" },
    { DRA_LABEL_ORGANIZATION, "organization" },
    { DRA_LABEL_PLACE, "place" },
  };
  const char *path = g_getenv ("DRAMATIS_MODEL");
  g_autoptr (DraModel) model = NULL;
  g_autoptr (GError) error = NULL;
  gboolean resolve = argc > 1 && g_str_equal (argv[1], "--resolve");

  if (path == NULL || argc < 2 + resolve)
    {
      g_printerr ("usage: DRAMATIS_MODEL=english.model score-conll [--resolve] FILE...\n");
      return 2;
    }
  model = dra_model_open (path, &error);
  if (model == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  for (int i = 1 + resolve; i < argc; i++)
    {
      g_autofree char *name = g_path_get_basename (argv[i]);
      ConllScore score = { .resolve = resolve };

      if (!conll_score (model, argv[i], &score, &error))
        {
          g_printerr ("%s\n", error->message);
          return 1;
        }
      g_print ("%s, %u tokens\n", name, score.n_tokens);
      for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
        g_print ("  %-12s precision %5.1f  recall %5.1f  F1 %5.1f   right %u found %u gold %u\n",
                 rows[k].name, conll_precision (&score, rows[k].label),
                 conll_recall (&score, rows[k].label), conll_f1 (&score, rows[k].label),
                 score.right[rows[k].label], score.found[rows[k].label],
                 score.gold[rows[k].label]);
    }
  return 0;
}
