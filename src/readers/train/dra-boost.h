/* dra-boost.h: gradient boosted trees for two classes, over small integers.
 *
 * After J. Friedman, "Greedy function approximation" (2001), with second derivatives and
 * histograms as in Chen and Guestrin, "XGBoost" (2016); trees grow leaf by leaf.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "readers/dra-html-extract-private.h"

G_BEGIN_DECLS

typedef struct
{
  guint  n_trees;
  guint  n_leaves;
  double rate;         /* how much of each tree counts */
  double ridge;        /* keeps leaves of little weight small */
  double least_weight; /* of rows in a leaf */
  double columns;      /* share of features that a tree may look at */
  double rows;         /* share of groups that a tree is made from */
  guint  seed;
} DraBoostOptions;

/* rows of DRA_HTML_N_FEATURES values; labels 0 to 1; weights; groups: which rows are taken
 * or left together (those of one page) */
typedef struct
{
  const gint16 *values;
  const float  *labels;
  const float  *weights;
  const guint  *groups;
  guint         n_rows;
  guint         n_features; /* of them, from the first on, that may be looked at */
} DraBoostData;

typedef struct
{
  GArray *nodes; /* of DraHtmlTreeNode */
  GArray *roots; /* of guint32 */
  float   bias;
} DraBoostModel;

DraBoostModel *dra_boost_train (const DraBoostData    *data,
                                const DraBoostOptions *options,
                                double                *gains);
float          dra_boost_score (const DraBoostModel   *model,
                                const gint16          *values);
void           dra_boost_free  (DraBoostModel         *model);

G_END_DECLS
