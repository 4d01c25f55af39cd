/* dra-align.c: which blocks of a page are in its gold text.
 *
 * A block belongs to the gold text when most of its runs of four words do.  Which of several
 * places a block has there, and which of several copies of a block is meant, is settled by
 * order: the heaviest chain of blocks and places that both go forward.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/train/dra-align.h"

#include <string.h>

#define RUN 4        /* words */
#define MAX_PLACES 6 /* of one block in the gold text */
#define MIN_SHARE 0.5
#define LOOSE 12     /* words: a block this long counts also out of order, when it is no copy */

typedef struct
{
  guint  block;
  guint  place;   /* index of a word of the gold text */
  guint  weight;  /* words of the block that are there */
  double best;
  int    before;  /* in the chain, or -1 */
} Match;

static guint32
hash_run (const guint32 *tokens,
          guint          n)
{
  guint32 hash = n;

  for (guint i = 0; i < n; i++)
    hash = hash * 16777619u ^ tokens[i];

  return hash;
}

/* Gold text as words, and whether each begins or ends a line. */
typedef struct
{
  GArray     *tokens;
  GByteArray *begins;
  GHashTable *runs; /* hash of four words -> GArray of their places */
} Gold;

static void
add_run (Gold    *gold,
         guint32  hash,
         guint    place)
{
  GArray *places = g_hash_table_lookup (gold->runs, GUINT_TO_POINTER (hash));

  if (places == NULL)
    {
      places = g_array_new (FALSE, FALSE, sizeof (guint));
      g_hash_table_insert (gold->runs, GUINT_TO_POINTER (hash), places);
    }
  if (places->len < MAX_PLACES)
    g_array_append_val (places, place);
}

static void
gold_init (Gold       *gold,
           const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  const guint32 *tokens;

  gold->tokens = g_array_new (FALSE, FALSE, sizeof (guint32));
  gold->begins = g_byte_array_new ();
  gold->runs = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      guint start = gold->tokens->len;

      dra_html_tokenize (lines[i], gold->tokens);
      for (guint k = start; k < gold->tokens->len; k++)
        {
          guint8 begins = k == start;

          g_byte_array_append (gold->begins, &begins, 1);
        }
    }
  tokens = (const guint32 *) (gpointer) gold->tokens->data;
  for (guint n = 1; n <= RUN; n++)
    for (guint i = 0; i + n <= gold->tokens->len; i++)
      {
        guint end = i + n;

        /* Short blocks must be whole lines. */
        if (n == RUN || (gold->begins->data[i] && (end == gold->tokens->len || gold->begins->data[end])))
          add_run (gold, hash_run (tokens + i, n), i);
      }
}

static void
gold_clear (Gold *gold)
{
  g_array_unref (gold->tokens);
  g_byte_array_unref (gold->begins);
  g_hash_table_unref (gold->runs);
}

/* How many words of the block stand in runs that are somewhere in the gold text. */
static guint
count_covered (Gold          *gold,
               const guint32 *tokens,
               guint          n)
{
  guint covered = 0, until = 0;

  if (n < RUN)
    return g_hash_table_contains (gold->runs, GUINT_TO_POINTER (hash_run (tokens, n))) ? n : 0;
  for (guint i = 0; i + RUN <= n; i++)
    if (g_hash_table_contains (gold->runs, GUINT_TO_POINTER (hash_run (tokens + i, RUN))))
      {
        covered += i + RUN - MAX (until, i);
        until = i + RUN;
      }

  return covered;
}

static void
add_matches (Gold          *gold,
             GArray        *matches,
             guint          block,
             const guint32 *tokens,
             guint          n,
             guint          covered)
{
  guint run = MIN (n, RUN);

  for (guint i = 0; i + run <= n && i < 40; i++)
    {
      GArray *places = g_hash_table_lookup (gold->runs, GUINT_TO_POINTER (hash_run (tokens + i, run)));

      if (places == NULL)
        continue;
      for (guint k = places->len; k > 0; k--) /* last first, so that a chain takes one */
        {
          Match match = { block, g_array_index (places, guint, k - 1), covered, 0, -1 };

          match.place = match.place > i ? match.place - i : 0;
          g_array_append_val (matches, match);
        }
      return;
    }
}

/* Heaviest chain, with a tree of prefix maxima over places. */
static void
find_chain (GArray *matches,
            guint   n_places,
            float  *labels)
{
  g_autofree int *best = g_new (int, n_places + 2);
  int last = -1;

  for (guint i = 0; i < n_places + 2; i++)
    best[i] = -1;
#define MATCH(i) g_array_index (matches, Match, (i))
  for (guint i = 0; i < matches->len; i++)
    {
      Match *match = &MATCH (i);
      int before = -1;

      for (guint p = match->place; p > 0; p -= p & -p) /* places before this one */
        if (best[p] >= 0 && (before < 0 || MATCH (best[p]).best > MATCH (before).best))
          before = best[p];
      match->best = match->weight + (before >= 0 ? MATCH (before).best : 0);
      match->before = before;
      for (guint p = match->place + 1; p <= n_places; p += p & -p)
        if (best[p] < 0 || MATCH (best[p]).best < match->best)
          best[p] = (int) i;
      if (last < 0 || MATCH (last).best < match->best)
        last = (int) i;
    }
  for (int i = last; i >= 0; i = MATCH (i).before)
    labels[MATCH (i).block] = 1;
#undef MATCH
}

/**
 * dra_align_blocks:
 * @segments: the blocks of a page
 * @gold: what its article is
 * @labels: (array): set to 1 for the blocks that are of the article, else 0
 */
void
dra_align_blocks (DraHtmlSegments *segments,
                  const char      *gold,
                  float           *labels)
{
  g_autoptr (GArray) matches = g_array_new (FALSE, FALSE, sizeof (Match));
  g_autoptr (GHashTable) taken = g_hash_table_new (NULL, NULL);
  const guint32 *all = (const guint32 *) (gpointer) segments->tokens->data;
  guint n_blocks = segments->blocks->len;
  g_autofree guint *covered = g_new0 (guint, n_blocks);
  Gold parts;

  memset (labels, 0, n_blocks * sizeof *labels);
  gold_init (&parts, gold);
  for (guint i = 0; i < n_blocks; i++)
    {
      const DraHtmlBlock *block = dra_html_segments_block (segments, i);
      guint n = block->end_token - block->first_token;

      if (n == 0)
        continue;
      covered[i] = count_covered (&parts, all + block->first_token, n);
      if (covered[i] >= MIN_SHARE * n)
        add_matches (&parts, matches, i, all + block->first_token, n, covered[i]);
      else
        covered[i] = 0;
    }
  find_chain (matches, parts.tokens->len, labels);
  for (guint i = 0; i < n_blocks; i++)
    if (labels[i] > 0)
      {
        const DraHtmlBlock *block = dra_html_segments_block (segments, i);

        g_hash_table_add (taken, GUINT_TO_POINTER (hash_run (all + block->first_token, MIN (block->end_token - block->first_token, 12))));
      }
  for (guint i = 0; i < n_blocks; i++)
    {
      const DraHtmlBlock *block = dra_html_segments_block (segments, i);
      guint n = block->end_token - block->first_token;

      if (labels[i] == 0 && n >= LOOSE && covered[i] * 10 >= n * 8
          && g_hash_table_add (taken, GUINT_TO_POINTER (hash_run (all + block->first_token, 12))))
        labels[i] = 1;
    }
  gold_clear (&parts);
}

/**
 * dra_align_score:
 * @first: words
 * @n_first: how many
 * @second: words
 * @n_second: how many
 *
 * Returns: F1 of the two bags of runs of four words
 */
double
dra_align_score (const guint32 *first,
                 guint          n_first,
                 const guint32 *second,
                 guint          n_second)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  guint n_runs[2] = { MAX (n_first, RUN) - RUN + 1, MAX (n_second, RUN) - RUN + 1 };
  guint common = 0;

  if (n_first == 0 || n_second == 0)
    return n_first == n_second;
  for (guint i = 0; i < n_runs[0]; i++)
    {
      gpointer hash = GUINT_TO_POINTER (hash_run (first + i, MIN (RUN, n_first)));

      g_hash_table_insert (counts, hash, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, hash)) + 1));
    }
  for (guint i = 0; i < n_runs[1]; i++)
    {
      gpointer hash = GUINT_TO_POINTER (hash_run (second + i, MIN (RUN, n_second)));
      guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, hash));

      if (count > 0)
        {
          g_hash_table_insert (counts, hash, GUINT_TO_POINTER (count - 1));
          common++;
        }
    }

  return 2.0 * common / (n_runs[0] + n_runs[1]);
}
