/* dra-html-extract-trees.c: what the learned trees say of a block.
 *
 * The tables are in dra-html-extract-model.c, made by dra-train-extract.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-html-extract-private.h"

#include <math.h>

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
  guint low = 0;
  guint high = dra_html_n_words;

  if (dra_html_word_hook != NULL)
    return dra_html_word_hook (hash);
  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (dra_html_words[middle].hash == hash)
        return dra_html_words[middle].weight;
      if (dra_html_words[middle].hash < hash)
        low = middle + 1;
      else
        high = middle;
    }

  return 0;
}
