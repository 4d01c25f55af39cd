/* dra-html-extract-trees.c: what the learned trees say of a block.
 *
 * The tables are in dra-html-extract-model.c, made by dra-train-extract.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-html-extract-private.h"

#include <math.h>

#define N_TOGETHER 64 /* blocks whose numbers fit into the fastest memory */

int (*dra_html_word_hook) (guint32 hash) = NULL;
const DraHtmlForest *dra_html_forest_hook = NULL;

/**
 * dra_html_forest_score:
 * @forest: trees of one stage
 * @values: the numbers of a block
 *
 * Returns: the sum of the trees: the logarithm of the odds that it is of the article
 */
float
dra_html_forest_score (const DraHtmlForest *forest,
                       const gint16        *values)
{
  gint32 sum = 0;

  for (guint t = 0; t < forest->n_trees; t++)
    {
      const DraHtmlTreeNode *nodes = forest->nodes + forest->roots[t];
      const DraHtmlTreeNode *node = nodes;

      while (node->feature >= 0)
        node = nodes + (values[node->feature] <= node->threshold ? node->left : node->right);
      sum += node->left;
    }

  return forest->bias + (float) sum / 4096.0f;
}

/* Tree by tree: one tree stays in the fastest memory, as do the blocks that go down it. */
static void
score_together (const DraHtmlForest *forest,
                const gint16        *rows,
                guint                n,
                float               *scores)
{
  gint32 sums[N_TOGETHER] = { 0 };

  for (guint t = 0; t < forest->n_trees; t++)
    {
      const DraHtmlTreeNode *nodes = forest->nodes + forest->roots[t];

      for (guint i = 0; i < n; i++)
        {
          const gint16 *values = rows + (gsize) i * DRA_HTML_N_FEATURES;
          const DraHtmlTreeNode *node = nodes;

          while (node->feature >= 0)
            node = nodes + (values[node->feature] <= node->threshold ? node->left : node->right);
          sums[i] += node->left;
        }
    }
  for (guint i = 0; i < n; i++)
    scores[i] = forest->bias + (float) sums[i] / 4096.0f;
}

/**
 * dra_html_forest_score_rows:
 * @forest: trees of one stage
 * @rows: rows of %DRA_HTML_N_FEATURES numbers, one a block
 * @n: how many rows
 * @scores: (array length=n): set to what dra_html_forest_score() gives for each
 *
 * Scores all blocks of a page, in less time than one by one.
 */
void
dra_html_forest_score_rows (const DraHtmlForest *forest,
                            const gint16        *rows,
                            guint                n,
                            float               *scores)
{
  for (guint from = 0; from < n; from += N_TOGETHER)
    score_together (forest, rows + (gsize) from * DRA_HTML_N_FEATURES, MIN (n - from, N_TOGETHER), scores + from);
}

/**
 * dra_html_logistic:
 * @score: the logarithm of odds
 *
 * Returns: the probability
 */
float
dra_html_logistic (float score)
{
  return 1.0f / (1.0f + expf (-score));
}

#define N_SLOTS 4096 /* a power of two, above the number of words: hashes are spread already */

static guint16 slots[N_SLOTS]; /* index of a word and one, open addressing */

static void
fill_slots (void)
{
  static gsize once = 0;

  if (!g_once_init_enter (&once))
    return;
  g_assert (dra_html_n_words < N_SLOTS / 2);
  for (guint i = 0; i < dra_html_n_words; i++)
    {
      guint slot = dra_html_words[i].hash % N_SLOTS;

      while (slots[slot] != 0)
        slot = (slot + 1) % N_SLOTS;
      slots[slot] = (guint16) (i + 1);
    }
  g_once_init_leave (&once, 1);
}

/**
 * dra_html_word_weight:
 * @hash: hash of a word in the name of a class
 *
 * Returns: how much it speaks for the article: above 0 for, below against, 0 for words that
 *   were not seen often enough
 */
int
dra_html_word_weight (guint32 hash)
{
  if (dra_html_word_hook != NULL)
    return dra_html_word_hook (hash);
  fill_slots ();
  for (guint slot = hash % N_SLOTS; slots[slot] != 0; slot = (slot + 1) % N_SLOTS)
    if (dra_html_words[slots[slot] - 1].hash == hash)
      return dra_html_words[slots[slot] - 1].weight;

  return 0;
}
