/* dra-search-similar.c: passages that differ from a quote in at most a fifth of its characters.
 *
 * Candidates are the diagonals of the matrix of quote and text that have enough trigrams in
 * common (P. Jokinen and E. Ukkonen, "Two algorithms for approximate string matching in
 * static texts", MFCS 1991: a passage with k errors keeps at least m - 2 - 3k of the m - 2
 * trigrams); they are measured by Myers' algorithm (dra-myers.c), and their ends put where
 * context and words say.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "notes/dra-search-private.h"

#include <stdlib.h>
#include <string.h>

#define MAX_TRIGRAMS 1000000 /* counted for one note, the rarest first */
/* Words of Myers' matrix for one note: bounds what long quotes in long texts cost. */
#define MAX_WORDS 30000000
#define MAX_REGIONS 16
#define MAX_PATTERN 20000   /* folded characters; longer quotes are found by their context */

static gboolean
is_word (gunichar c)
{
  return g_unichar_isalnum (c);
}

/* Whether a passage of the text may begin or end at i without cutting a word. */
static gboolean
is_boundary (const DraFold *fold,
             guint32        i)
{
  return i == 0 || i >= fold->n || !is_word (fold->chars[i - 1]) || !is_word (fold->chars[i]);
}

/* An alignment ends somewhere in what was edited.  The context knows better, if it is there;
 * otherwise a passage that was whole words is one again. */
static guint32
refine_start (DraSearch *search,
              DraWanted    *wanted,
              guint32    start,
              guint32    reach)
{
  const DraFold *fold = search->fold;
  guint32 low = start > reach ? start - reach : 0;
  guint32 high = MIN (start + reach, fold->n);
  guint32 best = start, most = 0;

  for (guint32 i = low; i <= high && wanted->prefix->n > 0; i++)
    {
      guint32 n = dra_search_count_before (fold, wanted->prefix, i);

      if (n > most || (n == most && ABS ((gint64) i - start) < ABS ((gint64) best - start)))
        {
          best = i;
          most = n;
        }
    }
  if (most >= DRA_SEARCH_MIN_AGREEMENT || (most > 0 && most == wanted->prefix->n))
    return best;

  if (is_boundary (wanted->exact, 0) &&
      (wanted->prefix->n == 0 || !is_word (wanted->prefix->chars[wanted->prefix->n - 1])))
    while (start > low && !is_boundary (fold, start))
      start--;
  return start;
}

static guint32
refine_end (DraSearch *search,
            DraWanted    *wanted,
            guint32    end,
            guint32    reach)
{
  const DraFold *fold = search->fold;
  guint32 low = end > reach ? end - reach : 0;
  guint32 high = MIN (end + reach, fold->n);
  guint32 best = end, most = 0;

  for (guint32 i = low; i <= high && wanted->suffix->n > 0; i++)
    {
      guint32 n = dra_search_count_after (fold, wanted->suffix, i);

      if (n > most || (n == most && ABS ((gint64) i - end) < ABS ((gint64) best - end)))
        {
          best = i;
          most = n;
        }
    }
  if (most >= DRA_SEARCH_MIN_AGREEMENT || (most > 0 && most == wanted->suffix->n))
    return best;

  if (wanted->suffix->n == 0 || !is_word (wanted->suffix->chars[0]))
    while (end < high && !is_boundary (fold, end))
      end++;
  return end;
}

/* Moves the ends of an alignment to where context and words say, if what is between them is
 * still the quote: a word of it more or less than the alignment found. */
static void
refine (DraSearch *search,
        DraWanted    *wanted,
        guint32   *start,
        guint32   *end,
        guint     *distance)
{
  const guint32 reach = wanted->exact->n / 5 + 1;
  const guint max_distance = reach + reach / 2 + 2;
  const guint32 starts[2] = { refine_start (search, wanted, *start, reach), *start };
  const guint32 ends[2] = { refine_end (search, wanted, *end, reach), *end };

  for (guint i = 0; i < 4; i++) /* both ends, the end alone, the start alone, neither */
    {
      guint32 from = starts[i % 2], to = ends[i / 2];
      guint refined;

      if (from >= to)
        continue;
      refined = dra_myers_distance (wanted->exact_matcher, search->fold->chars + from, to - from);
      if (refined <= max_distance)
        {
          *start = from;
          *end = to;
          *distance = refined;
          return;
        }
    }
}

/* Measures what is in a region of the text, and adds it when it is similar enough. */
static void
look_into (DraSearch *search,
           DraWanted    *wanted,
           DraPlaces *places,
           gint64     from,
           gint64     to)
{
  const DraFold *fold = search->fold;
  const guint32 m = wanted->exact->n;
  guint32 start, end;
  guint distance;
  DraPlace place = { 0 };

  from = CLAMP (from, 0, (gint64) fold->n);
  to = CLAMP (to, 0, (gint64) fold->n);
  if (to <= from)
    return;

  distance = dra_myers_search (wanted->exact_matcher, fold->chars + from, (guint) (to - from), &start, &end);
  start += (guint32) from;
  end += (guint32) from;
  if (distance > m / 5 || start >= end)
    return;
  refine (search, wanted, &start, &end, &distance);

  if (dra_search_is_known (places, start, end))
    return;
  if (places->n_places == DRA_SEARCH_MAX_PLACES)
    places->n_places--; /* the occurrence that agreed least */
  place.start = start;
  place.end = end;
  place.quote = 1.0 - (double) distance / m;
  dra_search_weigh (search, wanted, &place, places->n_occurrences);
  places->places[places->n_places++] = place;
}

typedef struct
{
  guint32 bin;
  guint32 count;
} Region;

static void
keep_region (Region  *regions,
             guint   *n_regions,
             guint32  bin,
             guint32  count)
{
  guint at = *n_regions;

  while (at > 0 && regions[at - 1].count < count)
    at--;
  if (at == MAX_REGIONS)
    return;
  if (*n_regions < MAX_REGIONS)
    (*n_regions)++;
  memmove (&regions[at + 1], &regions[at], (*n_regions - at - 1) * sizeof (Region));
  regions[at] = (Region) { bin, count };
}

static int
compare_uint (gconstpointer a,
              gconstpointer b)
{
  return *(const guint32 *) a < *(const guint32 *) b ? -1 : *(const guint32 *) a > *(const guint32 *) b;
}

/* How common a trigram may be to be counted, so that counting stays within the steps. */
static guint32
choose_limit (DraSearch *search,
              DraWanted    *wanted,
              guint32   *n_counted)
{
  guint32 n = wanted->exact->n - 2;
  g_autofree guint32 *sizes = g_new (guint32, n);
  gint64 steps = MAX_TRIGRAMS;

  for (guint32 i = 0; i < n; i++)
    dra_fold_trigram (search->fold, wanted->exact->chars + i, &sizes[i]);
  qsort (sizes, n, sizeof *sizes, compare_uint);
  for (*n_counted = 0; *n_counted < n && steps >= sizes[*n_counted]; (*n_counted)++)
    steps -= sizes[*n_counted];
  if (*n_counted == n)
    return G_MAXUINT32;

  /* Only what is rarer than the first that is too much is counted, not its equals. */
  while (*n_counted > 0 && sizes[*n_counted - 1] == sizes[*n_counted])
    (*n_counted)--;
  return sizes[*n_counted];
}

/* The diagonals, in pairs of bins, that have enough trigrams of the quote. */
static guint
find_regions (DraSearch *search,
              DraWanted    *wanted,
              guint      shift,
              Region    *regions)
{
  const guint32 m = wanted->exact->n;
  const gsize n_bins = ((search->fold->n + m) >> shift) + 3;
  guint32 n_counted;
  guint32 limit = choose_limit (search, wanted, &n_counted);
  gint64 needed = (gint64) n_counted - 3 * (m / 5);
  g_autoptr (GArray) touched = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint n_regions = 0;

  if (search->n_bins < n_bins)
    {
      g_free (search->bins);
      search->bins = g_new0 (guint32, n_bins);
      search->n_bins = n_bins;
    }

  for (guint32 i = 0; i + 3 <= m; i++)
    {
      guint32 n;
      const guint32 *positions = dra_fold_trigram (search->fold, wanted->exact->chars + i, &n);

      if (n >= limit)
        continue;
      for (guint32 k = 0; k < n; k++)
        {
          guint32 bin = (positions[k] + m - i) >> shift; /* of the diagonal, made positive */

          if (search->bins[bin]++ == 0)
            g_array_append_val (touched, bin);
        }
    }

  for (guint i = 0; i < touched->len; i++)
    {
      guint32 bin = g_array_index (touched, guint32, i);
      guint32 count = search->bins[bin] + search->bins[bin + 1];

      if (count >= MAX (needed, 2))
        keep_region (regions, &n_regions, bin, count);
    }
  for (guint i = 0; i < touched->len; i++)
    search->bins[g_array_index (touched, guint32, i)] = 0;

  return n_regions;
}

void
dra_search_find_similar (DraSearch *search,
              DraWanted    *wanted,
              DraPlaces *places)
{
  const guint32 m = wanted->exact->n;
  const guint32 max_errors = m / 5;
  guint shift = g_bit_storage (max_errors); /* bins wider than the errors a match drifts by */
  gint64 words = MAX_WORDS;
  Region regions[MAX_REGIONS + 1];
  guint n_regions;

  if (m < DRA_SEARCH_MIN_APPROXIMATE || m > MAX_PATTERN || search->fold->n < m - max_errors)
    return;

  n_regions = find_regions (search, wanted, shift, regions);
  if (n_regions == 0)
    return;

  wanted->exact_matcher = dra_myers_new (wanted->exact->chars, m);
  for (guint i = 0; i < n_regions && words > 0; i++)
    {
      gint64 first = ((gint64) regions[i].bin << shift) - m;
      gint64 from = first - max_errors;
      gint64 to = first + (G_GINT64_CONSTANT (2) << shift) + m + max_errors;

      words -= (to - from) * (m / 64 + 1);
      look_into (search, wanted, places, from, to);
    }
}
