/* dra-boost.c: gradient boosted trees for two classes, over small integers.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/train/dra-boost.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MAX_BINS 64
#define MAX_LEAVES 64

typedef struct
{
  double gradient;
  double hessian;
} Sum;

typedef struct
{
  guint   first; /* rows [first, end) of the permutation */
  guint   end;
  Sum     sum;
  guint   node;  /* its index in the tree */
  double  gain;  /* of its best cut */
  guint   feature;
  guint   bin;
  Sum     left;
  Sum    *histogram;
} Leaf;

typedef struct
{
  const DraBoostData    *data;
  const DraBoostOptions *options;
  guint8                *bins;       /* n_features columns of n_rows */
  gint16               (*cuts)[MAX_BINS];
  guint                 *n_cuts;
  float                 *scores;
  float                 *gradients;
  float                 *hessians;
  guint                 *rows;
  guint                  n_used;
  guint                 *spare;
  guint8                *columns;    /* whether this tree may look at a feature */
  double                *gains;
  GRand                 *rand;
} Boost;

static int
compare_values (gconstpointer a,
                gconstpointer b)
{
  return *(const gint16 *) a - *(const gint16 *) b;
}

/* Cuts between values so that each bin has about as many rows. */
static void
find_cuts (Boost *self,
           guint  feature)
{
  guint step = MAX (self->data->n_rows / 50000, 1);
  guint n = self->data->n_rows / step;
  g_autofree gint16 *values = g_new (gint16, n);
  guint n_cuts = 0;

  for (guint i = 0; i < n; i++)
    values[i] = self->data->values[(gsize) i * step * DRA_HTML_N_FEATURES + feature];
  qsort (values, n, sizeof (gint16), compare_values);
  for (guint k = 1; k < MAX_BINS; k++)
    {
      gint16 cut = values[(gsize) n * k / MAX_BINS];

      if (cut < values[n - 1] && (n_cuts == 0 || cut > self->cuts[feature][n_cuts - 1]))
        self->cuts[feature][n_cuts++] = cut;
    }
  if (n > 0 && n_cuts == 0 && values[0] < values[n - 1])
    self->cuts[feature][n_cuts++] = values[0];
  self->n_cuts[feature] = n_cuts;
  for (guint i = 0; i < self->data->n_rows; i++)
    {
      gint16 value = self->data->values[(gsize) i * DRA_HTML_N_FEATURES + feature];
      guint low = 0, high = n_cuts;

      while (low < high)
        {
          guint middle = (low + high) / 2;

          if (value <= self->cuts[feature][middle])
            high = middle;
          else
            low = middle + 1;
        }
      self->bins[(gsize) feature * self->data->n_rows + i] = (guint8) low;
    }
}

static void
fill_histogram (Boost      *self,
                const Leaf *leaf)
{
  memset (leaf->histogram, 0, sizeof (Sum) * MAX_BINS * self->data->n_features);
  for (guint f = 0; f < self->data->n_features; f++)
    {
      const guint8 *bins = self->bins + (gsize) f * self->data->n_rows;
      Sum *sums = leaf->histogram + (gsize) f * MAX_BINS;

      if (!self->columns[f])
        continue;
      for (guint i = leaf->first; i < leaf->end; i++)
        {
          guint row = self->rows[i];
          Sum *sum = &sums[bins[row]];

          sum->gradient += self->gradients[row];
          sum->hessian += self->hessians[row];
        }
    }
}

static double
value_of (Boost *self,
          Sum    sum)
{
  return sum.gradient * sum.gradient / (sum.hessian + self->options->ridge);
}

static void
find_best (Boost *self,
           Leaf  *leaf)
{
  leaf->gain = 0;
  for (guint f = 0; f < self->data->n_features; f++)
    {
      const Sum *sums = leaf->histogram + (gsize) f * MAX_BINS;
      Sum left = { 0, 0 };

      if (!self->columns[f])
        continue;
      for (guint bin = 0; bin < self->n_cuts[f]; bin++)
        {
          Sum right;
          double gain;

          left.gradient += sums[bin].gradient;
          left.hessian += sums[bin].hessian;
          right.gradient = leaf->sum.gradient - left.gradient;
          right.hessian = leaf->sum.hessian - left.hessian;
          if (left.hessian < self->options->least_weight || right.hessian < self->options->least_weight)
            continue;
          gain = value_of (self, left) + value_of (self, right) - value_of (self, leaf->sum);
          if (gain > leaf->gain)
            {
              leaf->gain = gain;
              leaf->feature = f;
              leaf->bin = bin;
              leaf->left = left;
            }
        }
    }
}

/* Puts the rows of the left side first; returns where the right side begins. */
static guint
part (Boost      *self,
      const Leaf *leaf)
{
  const guint8 *bins = self->bins + (gsize) leaf->feature * self->data->n_rows;
  guint n_left = leaf->first, n_right = 0;

  for (guint i = leaf->first; i < leaf->end; i++)
    {
      guint row = self->rows[i];

      if (bins[row] <= leaf->bin)
        self->rows[n_left++] = row;
      else
        self->spare[n_right++] = row;
    }
  memcpy (self->rows + n_left, self->spare, n_right * sizeof (guint));

  return n_left;
}

static void
choose_rows (Boost *self)
{
  guint group = G_MAXUINT;
  gboolean taken = FALSE;

  self->n_used = 0;
  for (guint i = 0; i < self->data->n_rows; i++)
    {
      if (self->data->groups[i] != group)
        {
          group = self->data->groups[i];
          taken = g_rand_double (self->rand) < self->options->rows;
        }
      if (taken)
        self->rows[self->n_used++] = i;
    }
  for (guint f = 0; f < self->data->n_features; f++)
    self->columns[f] = g_rand_double (self->rand) < self->options->columns;
}

static void
split (Boost         *self,
       DraBoostModel *model,
       guint          root,
       Leaf          *leaf,
       Leaf          *right)
{
  DraHtmlTreeNode *node;
  guint middle = part (self, leaf);
  guint n_nodes = model->nodes->len - root;
  gsize size = (gsize) MAX_BINS * self->data->n_features;

  g_array_set_size (model->nodes, model->nodes->len + 2);
  node = &g_array_index (model->nodes, DraHtmlTreeNode, root + leaf->node);
  node->feature = (gint16) leaf->feature;
  node->threshold = self->cuts[leaf->feature][leaf->bin];
  node->left = (gint16) n_nodes;
  node->right = (gint16) (n_nodes + 1);
  if (self->gains != NULL)
    self->gains[leaf->feature] += leaf->gain;

  right->first = middle;
  right->end = leaf->end;
  right->node = n_nodes + 1;
  right->sum.gradient = leaf->sum.gradient - leaf->left.gradient;
  right->sum.hessian = leaf->sum.hessian - leaf->left.hessian;
  leaf->end = middle;
  leaf->node = n_nodes;
  leaf->sum = leaf->left;

  /* The bigger side's histogram is the difference. */
  if (leaf->end - leaf->first < right->end - right->first)
    {
      Sum *whole = leaf->histogram;

      leaf->histogram = right->histogram;
      right->histogram = whole;
      fill_histogram (self, leaf);
      for (gsize i = 0; i < size; i++)
        {
          right->histogram[i].gradient -= leaf->histogram[i].gradient;
          right->histogram[i].hessian -= leaf->histogram[i].hessian;
        }
    }
  else
    {
      fill_histogram (self, right);
      for (gsize i = 0; i < size; i++)
        {
          leaf->histogram[i].gradient -= right->histogram[i].gradient;
          leaf->histogram[i].hessian -= right->histogram[i].hessian;
        }
    }
  find_best (self, leaf);
  find_best (self, right);
}

static void
grow (Boost         *self,
      DraBoostModel *model,
      Leaf          *leaves)
{
  guint root = model->nodes->len;
  guint n_leaves = 1;

  g_array_append_val (model->roots, root);
  g_array_set_size (model->nodes, root + 1);
  leaves[0].first = 0;
  leaves[0].end = self->n_used;
  leaves[0].node = 0;
  leaves[0].sum = (Sum) { 0, 0 };
  for (guint i = 0; i < self->n_used; i++)
    {
      leaves[0].sum.gradient += self->gradients[self->rows[i]];
      leaves[0].sum.hessian += self->hessians[self->rows[i]];
    }
  fill_histogram (self, &leaves[0]);
  find_best (self, &leaves[0]);
  while (n_leaves < self->options->n_leaves)
    {
      guint best = 0;

      for (guint i = 1; i < n_leaves; i++)
        if (leaves[i].gain > leaves[best].gain)
          best = i;
      if (leaves[best].gain <= 0)
        break;
      split (self, model, root, &leaves[best], &leaves[n_leaves]);
      n_leaves++;
    }
  for (guint i = 0; i < n_leaves; i++)
    {
      DraHtmlTreeNode *node = &g_array_index (model->nodes, DraHtmlTreeNode, root + leaves[i].node);
      double value = self->options->rate * leaves[i].sum.gradient
                     / (leaves[i].sum.hessian + self->options->ridge);

      *node = (DraHtmlTreeNode) { .feature = -1, .left = (gint16) CLAMP (lround (value * 4096), -32000, 32000) };
    }
}

static float
score_tree (const DraHtmlTreeNode *nodes,
            const gint16          *values)
{
  const DraHtmlTreeNode *node = nodes;

  while (node->feature >= 0)
    node = nodes + (values[node->feature] <= node->threshold ? node->left : node->right);

  return (float) node->left / 4096.0f;
}

static void
update (Boost               *self,
        const DraBoostModel *model)
{
  const DraHtmlTreeNode *tree = NULL;

  if (model->roots->len > 0)
    tree = &g_array_index (model->nodes, DraHtmlTreeNode,
                           g_array_index (model->roots, guint32, model->roots->len - 1));
  for (guint i = 0; i < self->data->n_rows; i++)
    {
      double p;

      if (tree != NULL)
        self->scores[i] += score_tree (tree, self->data->values + (gsize) i * DRA_HTML_N_FEATURES);
      p = 1 / (1 + exp (-self->scores[i]));
      self->gradients[i] = (float) (self->data->weights[i] * (self->data->labels[i] - p));
      self->hessians[i] = (float) (self->data->weights[i] * p * (1 - p));
    }
}

/**
 * dra_boost_train:
 * @data: rows
 * @options: how
 * @gains: (nullable): one number for each feature; what it brought is added
 *
 * Returns: (transfer full): the trees
 */
DraBoostModel *
dra_boost_train (const DraBoostData    *data,
                 const DraBoostOptions *options,
                 double                *gains)
{
  DraBoostModel *model = g_new0 (DraBoostModel, 1);
  Leaf leaves[MAX_LEAVES] = { 0 };
  double positive = 0, all = 0;
  Boost self = {
    .data = data,
    .options = options,
    .bins = g_malloc ((gsize) data->n_features * data->n_rows),
    .cuts = g_malloc0 (sizeof *self.cuts * data->n_features),
    .n_cuts = g_new0 (guint, data->n_features),
    .scores = g_new (float, data->n_rows),
    .gradients = g_new (float, data->n_rows),
    .hessians = g_new (float, data->n_rows),
    .rows = g_new (guint, data->n_rows),
    .spare = g_new (guint, data->n_rows),
    .columns = g_new (guint8, data->n_features),
    .gains = gains,
    .rand = g_rand_new_with_seed (options->seed),
  };

  g_assert (options->n_leaves <= MAX_LEAVES);
  model->nodes = g_array_new (FALSE, TRUE, sizeof (DraHtmlTreeNode));
  model->roots = g_array_new (FALSE, TRUE, sizeof (guint32));
  for (guint i = 0; i < options->n_leaves; i++)
    leaves[i].histogram = g_new (Sum, (gsize) MAX_BINS * data->n_features);
  for (guint f = 0; f < data->n_features; f++)
    find_cuts (&self, f);
  for (guint i = 0; i < data->n_rows; i++)
    {
      positive += data->weights[i] * data->labels[i];
      all += data->weights[i];
    }
  model->bias = (float) log ((positive + 1e-9) / (all - positive + 1e-9));
  for (guint i = 0; i < data->n_rows; i++)
    self.scores[i] = model->bias;
  update (&self, model);
  for (guint t = 0; t < options->n_trees; t++)
    {
      choose_rows (&self);
      grow (&self, model, leaves);
      update (&self, model);
    }

  for (guint i = 0; i < options->n_leaves; i++)
    g_free (leaves[i].histogram);
  g_free (self.bins);
  g_free (self.cuts);
  g_free (self.n_cuts);
  g_free (self.scores);
  g_free (self.gradients);
  g_free (self.hessians);
  g_free (self.rows);
  g_free (self.spare);
  g_free (self.columns);
  g_rand_free (self.rand);

  return model;
}

/**
 * dra_boost_score:
 * @model: trees
 * @values: a row
 *
 * Returns: the logarithm of the odds of class 1
 */
float
dra_boost_score (const DraBoostModel *model,
                 const gint16        *values)
{
  DraHtmlForest forest = {
    (const DraHtmlTreeNode *) (gpointer) model->nodes->data,
    (const guint32 *) (gpointer) model->roots->data,
    model->roots->len,
    model->bias,
  };

  return dra_html_forest_score (&forest, values);
}

/**
 * dra_boost_free:
 * @model: (nullable): trees
 */
void
dra_boost_free (DraBoostModel *model)
{
  if (model == NULL)
    return;
  g_array_unref (model->nodes);
  g_array_unref (model->roots);
  g_free (model);
}
