/* dra-together.c: finds the passages that name several entities.
 *
 * Looks at each block that names the rarest of them once, so the cost is at most linear in
 * the mentions of the article.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/dra-together.h"

typedef struct
{
  DraArticle       *article;
  const DraBlock   *blocks;
  const DraMention *mentions;
  guint             n_mentions;
  const guint      *entities;
  guint             n_entities;
} Search;

static guint
first_mention_from (const Search *search,
                    gsize         offset)
{
  guint low = 0;
  guint high = search->n_mentions;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (search->mentions[middle].range.start < offset)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* Whether a block names all of them; passage: from the first such mention to the last. */
static gboolean
names_all (const Search   *search,
           const DraBlock *block,
           DraRange       *passage)
{
  guint wanted = (1u << search->n_entities) - 1;
  guint seen = 0;

  *passage = (DraRange) { block->range.end, block->range.start };
  for (guint i = first_mention_from (search, block->range.start);
       i < search->n_mentions && search->mentions[i].range.start < block->range.end; i++)
    for (guint j = 0; j < search->n_entities; j++)
      if (search->mentions[i].entity == search->entities[j])
        {
          seen |= 1u << j;
          passage->start = MIN (passage->start, search->mentions[i].range.start);
          passage->end = MAX (passage->end, search->mentions[i].range.end);
        }
  passage->end = MIN (passage->end, block->range.end);
  return seen == wanted;
}

typedef void (*Visit) (const Search   *search,
                       const DraBlock *block,
                       DraRange        passage,
                       gpointer        data);

static void
visit_all (DraArticle  *article,
           DraCast     *cast,
           const guint *entities,
           guint        n_entities,
           Visit        visit,
           gpointer     data)
{
  Search search = { .article = article, .entities = entities, .n_entities = n_entities };
  const DraEntity *rarest = NULL;
  guint n_blocks;
  int last = -1;

  search.blocks = dra_article_get_blocks (article, &n_blocks);
  search.mentions = dra_cast_get_mentions (cast, &search.n_mentions);
  for (guint i = 0; i < n_entities; i++)
    {
      const DraEntity *entity = dra_cast_get_entity (cast, entities[i]);

      if (rarest == NULL || entity->n_mentions < rarest->n_mentions)
        rarest = entity;
    }
  for (guint i = 0; rarest != NULL && i < rarest->n_mentions; i++)
    {
      int block = dra_article_find_block (article,
                                          search.mentions[rarest->mentions[i]].range.start);
      DraRange passage;

      if (block >= 0 && block != last && names_all (&search, &search.blocks[block], &passage))
        visit (&search, &search.blocks[block], passage, data);
      last = block;
    }
}

static void
add_passage (const Search   *search G_GNUC_UNUSED,
             const DraBlock *block G_GNUC_UNUSED,
             DraRange        passage,
             gpointer        passages)
{
  g_array_append_val ((GArray *) passages, passage);
}

/**
 * dra_together_find:
 * @article: the article
 * @cast: its cast
 * @entities: (array length=n_entities): indices in the cast, all different
 * @n_entities: from 1 to %DRA_TOGETHER_MAX
 *
 * Finds the passages that name all of these together.
 *
 * Returns: (transfer full) (element-type DraRange): each from the first mention of any of
 *   them in a block to the last, in bytes of the text, ascending
 */
GArray *
dra_together_find (DraArticle  *article,
                   DraCast     *cast,
                   const guint *entities,
                   guint        n_entities)
{
  GArray *passages = g_array_new (FALSE, FALSE, sizeof (DraRange));

  g_return_val_if_fail (DRA_IS_ARTICLE (article), passages);
  g_return_val_if_fail (DRA_IS_CAST (cast), passages);
  g_return_val_if_fail (n_entities > 0 && n_entities <= DRA_TOGETHER_MAX, passages);

  visit_all (article, cast, entities, n_entities, add_passage, passages);
  return passages;
}

typedef struct
{
  guint *counts;    /* by entity */
  gsize *last_seen; /* by entity: end of the last block it was counted in */
} Count;

static void
count_companions (const Search   *search,
                  const DraBlock *block,
                  DraRange        passage G_GNUC_UNUSED,
                  gpointer        data)
{
  Count *count = data;

  for (guint i = first_mention_from (search, block->range.start);
       i < search->n_mentions && search->mentions[i].range.start < block->range.end; i++)
    {
      guint entity = search->mentions[i].entity;

      if (count->last_seen[entity] == block->range.end)
        continue;
      count->last_seen[entity] = block->range.end;
      count->counts[entity]++;
    }
}

static int
compare_companions (gconstpointer a,
                    gconstpointer b)
{
  const DraCompanion *x = a, *y = b;

  if (x->n_passages != y->n_passages)
    return x->n_passages > y->n_passages ? -1 : 1;
  return x->entity < y->entity ? -1 : x->entity > y->entity;
}

/**
 * dra_together_rank:
 * @article: the article
 * @cast: its cast
 * @entities: (array length=n_entities): indices in the cast, all different
 * @n_entities: from 1 to %DRA_TOGETHER_MAX
 *
 * Finds who else is named where all of these are.
 *
 * Returns: (transfer full) (element-type DraCompanion): the others, who is named in most of
 *   those passages first, then by first mention in the article
 */
GArray *
dra_together_rank (DraArticle  *article,
                   DraCast     *cast,
                   const guint *entities,
                   guint        n_entities)
{
  GArray *companions = g_array_new (FALSE, FALSE, sizeof (DraCompanion));
  g_autofree guint *counts = NULL;
  g_autofree gsize *last_seen = NULL;
  guint n_all;
  Count count;

  g_return_val_if_fail (DRA_IS_ARTICLE (article), companions);
  g_return_val_if_fail (DRA_IS_CAST (cast), companions);
  g_return_val_if_fail (n_entities > 0 && n_entities <= DRA_TOGETHER_MAX, companions);

  n_all = dra_cast_get_n_entities (cast);
  count.counts = counts = g_new0 (guint, n_all);
  count.last_seen = last_seen = g_new0 (gsize, n_all);
  visit_all (article, cast, entities, n_entities, count_companions, &count);
  for (guint i = 0; i < n_entities; i++)
    counts[entities[i]] = 0;
  for (guint i = 0; i < n_all; i++)
    {
      DraCompanion companion = { i, counts[i] };

      if (counts[i] > 0)
        g_array_append_val (companions, companion);
    }
  g_array_sort (companions, compare_companions);
  return companions;
}
