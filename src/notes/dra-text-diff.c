/* dra-text-diff.c: which stretches of an old text stand unchanged in a new one.
 *
 * A patience diff (B. Cohen) over shingles of four words: those that occur once in either
 * text are seeds, the longest run of seeds in the same order in both is kept, and each is
 * extended to either side as far as the texts agree byte for byte.  There is no search in
 * between: what no seed reaches is not claimed, and a note falls back on its quote.
 *
 * Work is O(n log n) in the texts, a few logarithms for each passage.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "notes/dra-text-diff.h"

#include <stdlib.h>
#include <string.h>

#define SHINGLE 4          /* words: fewer are too common to be a place, more break too easily */
#define MAX_WINDOW 4000    /* bytes between two stretches in which a passage is looked for */
#define MIN_JOINED 8       /* bytes beside a passage that were beside it before */
#define MIN_ALONE 20       /* code points: fewer are put there by chance now and then */

/* Bytes that stand in both texts. */
typedef struct
{
  gsize old_start;
  gsize new_start;
  gsize length;
} Run;

struct _DraTextDiff
{
  const char *old_text;
  const char *new_text;
  gsize old_length;
  gsize new_length;
  GArray *runs; /* Run, rising in both texts; neighbours may overlap by what they agree on */
};

typedef struct
{
  guint64 hash;
  gsize start;
  gsize end;
} Shingle;

static gboolean
is_word (gunichar c)
{
  return g_unichar_isalnum (c) || g_unichar_ismark (c);
}

static gsize
run_end (const Run *run)
{
  return run->old_start + run->length;
}

/* Whether a passage may begin or end there without cutting a word. */
static gboolean
at_boundary (const char *text,
             gsize       length,
             gsize       at)
{
  return at == 0 || at >= length || !is_word (g_utf8_get_char (text + at)) ||
         !is_word (g_utf8_get_char (g_utf8_prev_char (text + at)));
}

/* Where the next word begins and ends; every letter of a script without spaces is one. */
static gboolean
next_word (const char *text,
           gsize       length,
           gsize       from,
           gsize      *start,
           gsize      *end)
{
  gsize i = from;

  while (i < length && !is_word (g_utf8_get_char (text + i)))
    i = g_utf8_next_char (text + i) - text;
  *start = i;
  while (i < length)
    {
      gunichar c = g_utf8_get_char (text + i);

      if (!is_word (c) || (i > *start && g_unichar_iswide (c)))
        break;
      i = g_utf8_next_char (text + i) - text;
      if (g_unichar_iswide (c))
        break;
    }
  *end = i;
  return *end > *start;
}

static int
compare_hashes (gconstpointer a,
                gconstpointer b)
{
  const Shingle *left = a, *right = b;

  if (left->hash != right->hash)
    return left->hash < right->hash ? -1 : 1;
  return left->start < right->start ? -1 : left->start > right->start;
}

/* Every four words in a row, by hash (FNV-1a). */
static GArray *
make_shingles (const char *text,
               gsize       length)
{
  GArray *shingles = g_array_new (FALSE, FALSE, sizeof (Shingle));
  gsize starts[SHINGLE], start, end = 0;

  for (guint n = 0; next_word (text, length, end, &start, &end); n++)
    {
      starts[n % SHINGLE] = start;
      if (n + 1 >= SHINGLE)
        {
          Shingle shingle = { G_GUINT64_CONSTANT (14695981039346656037), starts[(n + 1) % SHINGLE], end };

          for (gsize i = shingle.start; i < end; i++)
            shingle.hash = (shingle.hash ^ (guchar) text[i]) * G_GUINT64_CONSTANT (1099511628211);
          g_array_append_val (shingles, shingle);
        }
    }
  g_array_sort (shingles, compare_hashes);
  return shingles;
}

static gboolean
is_single (GArray *shingles,
           guint   i)
{
  const Shingle *all = (const Shingle *) (void *) shingles->data;

  return (i == 0 || all[i - 1].hash != all[i].hash) &&
         (i + 1 == shingles->len || all[i + 1].hash != all[i].hash);
}

static int
compare_runs (gconstpointer a,
              gconstpointer b)
{
  const Run *left = a, *right = b;

  return left->old_start < right->old_start ? -1 : left->old_start > right->old_start;
}

/* The shingles that occur once in either text, in the order of the old one. */
static GArray *
find_seeds (DraTextDiff *self)
{
  g_autoptr (GArray) old_shingles = make_shingles (self->old_text, self->old_length);
  g_autoptr (GArray) new_shingles = make_shingles (self->new_text, self->new_length);
  GArray *seeds = g_array_new (FALSE, FALSE, sizeof (Run));
  guint i = 0, k = 0;

  while (i < old_shingles->len && k < new_shingles->len)
    {
      const Shingle *old = &g_array_index (old_shingles, Shingle, i);
      const Shingle *new = &g_array_index (new_shingles, Shingle, k);

      if (old->hash == new->hash)
        {
          Run seed = { old->start, new->start, old->end - old->start };

          if (is_single (old_shingles, i) && is_single (new_shingles, k) &&
              new->end - new->start == seed.length &&
              memcmp (self->old_text + old->start, self->new_text + new->start, seed.length) == 0)
            g_array_append_val (seeds, seed);
        }
      if (old->hash <= new->hash)
        i++;
      else
        k++;
    }
  g_array_sort (seeds, compare_runs);
  return seeds;
}

/* The most seeds that rise in the new text, too (patience sorting). */
static GArray *
keep_rising (GArray *seeds)
{
  g_autofree guint *tops = g_new (guint, MAX (seeds->len, 1)); /* of the piles */
  g_autofree gint64 *before = g_new (gint64, MAX (seeds->len, 1));
  guint n_piles = 0;
  GArray *kept;

  for (guint i = 0; i < seeds->len; i++)
    {
      guint low = 0, high = n_piles;

      while (low < high)
        {
          guint middle = low + (high - low) / 2;

          if (g_array_index (seeds, Run, tops[middle]).new_start < g_array_index (seeds, Run, i).new_start)
            low = middle + 1;
          else
            high = middle;
        }
      before[i] = low > 0 ? (gint64) tops[low - 1] : -1;
      tops[low] = i;
      n_piles = MAX (n_piles, low + 1);
    }

  kept = g_array_sized_new (FALSE, FALSE, sizeof (Run), n_piles);
  g_array_set_size (kept, n_piles);
  for (gint64 i = n_piles > 0 ? (gint64) tops[n_piles - 1] : -1; i >= 0; i = before[i])
    g_array_index (kept, Run, --n_piles) = g_array_index (seeds, Run, i);
  return kept;
}

static gboolean
is_start (const char *text,
          gsize       length,
          gsize       at)
{
  return at >= length || ((guchar) text[at] & 0xC0) != 0x80;
}

/* As far as the texts agree, to whole characters. */
static void
extend (DraTextDiff *self,
        Run         *run)
{
  gsize before = 0, after = run->length;

  while (before < run->old_start && before < run->new_start &&
         self->old_text[run->old_start - before - 1] == self->new_text[run->new_start - before - 1])
    before++;
  while (!is_start (self->old_text, self->old_length, run->old_start - before))
    before--;
  while (run->old_start + after < self->old_length && run->new_start + after < self->new_length &&
         self->old_text[run->old_start + after] == self->new_text[run->new_start + after])
    after++;
  while (!is_start (self->old_text, self->old_length, run->old_start + after) ||
         !is_start (self->new_text, self->new_length, run->new_start + after))
    after--;
  run->old_start -= before;
  run->new_start -= before;
  run->length = before + after;
}

static void
make_runs (DraTextDiff *self)
{
  g_autoptr (GArray) seeds = find_seeds (self);
  g_autoptr (GArray) rising = keep_rising (seeds);
  const Run *last = NULL;

  for (guint i = 0; i < rising->len; i++)
    {
      Run run = g_array_index (rising, Run, i);

      /* A seed inside the stretch before, at the same distance, is that stretch. */
      if (last != NULL && run_end (&run) <= run_end (last) &&
          run.old_start - last->old_start == run.new_start - last->new_start)
        continue;
      extend (self, &run);
      g_array_append_val (self->runs, run);
      last = &g_array_index (self->runs, Run, self->runs->len - 1);
    }
}

/**
 * dra_text_diff_new:
 * @old_text: valid UTF-8, which must outlive the diff
 * @old_length: its length in bytes
 * @new_text: valid UTF-8, which must outlive the diff
 * @new_length: its length in bytes
 *
 * Compares two forms of a text.
 *
 * Returns: (transfer full): what they have in common
 */
DraTextDiff *
dra_text_diff_new (const char *old_text,
                   gsize       old_length,
                   const char *new_text,
                   gsize       new_length)
{
  DraTextDiff *self;

  g_return_val_if_fail (old_text != NULL, NULL);
  g_return_val_if_fail (new_text != NULL, NULL);

  self = g_new0 (DraTextDiff, 1);
  self->old_text = old_text;
  self->old_length = old_length;
  self->new_text = new_text;
  self->new_length = new_length;
  self->runs = g_array_new (FALSE, FALSE, sizeof (Run));
  make_runs (self);
  return self;
}

/**
 * dra_text_diff_free:
 * @self: (nullable): a diff
 */
void
dra_text_diff_free (DraTextDiff *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->runs);
  g_free (self);
}

/**
 * dra_text_diff_get_share:
 * @self: a diff
 *
 * Returns: how much of the shorter text stands in the other one in the same order, 0 to 1
 */
double
dra_text_diff_get_share (const DraTextDiff *self)
{
  const gsize shorter = MIN (self->old_length, self->new_length);
  gsize covered = 0, end = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->runs->len; i++)
    {
      const Run *run = &g_array_index (self->runs, Run, i);

      if (run_end (run) > end)
        covered += run_end (run) - MAX (end, run->old_start);
      end = MAX (end, run_end (run));
    }
  return shorter > 0 ? MIN (1.0, (double) covered / (double) shorter) : 0;
}

/* How often needle begins in a stretch, two at most, and where first. */
static guint
count_in (const char *text,
          gsize       start,
          gsize       end,
          const char *needle,
          gsize       length,
          gsize      *first)
{
  const char *p = text + start;
  guint n = 0;

  while (n < 2 && (p = memmem (p, text + end - p, needle, length)) != NULL)
    {
      if (n++ == 0)
        *first = p - text;
      p++;
    }
  return n;
}

/* Index of the last stretch that begins before the byte; -1 for none. */
static gint64
last_before (const DraTextDiff *self,
             gsize              at)
{
  guint low = 0, high = self->runs->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->runs, Run, middle).old_start < at)
        low = middle + 1;
      else
        high = middle;
    }
  return (gint64) low - 1;
}

/* A passage that was whole words is whole words. */
static gboolean
cuts_no_word (const DraTextDiff *self,
              DraRange           old,
              DraRange           new)
{
  return (at_boundary (self->new_text, self->new_length, new.start) ||
          !at_boundary (self->old_text, self->old_length, old.start)) &&
         (at_boundary (self->new_text, self->new_length, new.end) ||
          !at_boundary (self->old_text, self->old_length, old.end));
}

/* Within a stretch.  At most two hold a passage, for none reaches past the next one's seed;
 * when they do at different distances, the words stand there twice now. */
static guint
find_inside (const DraTextDiff *self,
             DraRange           passage,
             gint64             last,
             DraRange          *found,
             gboolean          *joined)
{
  guint n = 0;

  for (gint64 i = last; i >= 0 && i + 2 > last; i--)
    {
      const Run *run = &g_array_index (self->runs, Run, i);
      DraRange here;

      if (run->old_start > passage.start || run_end (run) < passage.end)
        continue;
      here.start = run->new_start + (passage.start - run->old_start);
      here.end = here.start + dra_range_length (passage);
      if (n == 0 || here.start != found->start)
        n++;
      *found = here;
      *joined |= passage.start - run->old_start >= MIN_JOINED || run_end (run) - passage.end >= MIN_JOINED;
    }
  return n;
}

/* What lies between the stretches before and after a passage, in both texts. */
static gboolean
find_window (const DraTextDiff *self,
             DraRange           passage,
             gint64             last,
             DraRange          *old,
             DraRange          *new)
{
  guint next = (guint) (last + 1);
  gboolean both;

  while (last >= 0 && g_array_index (self->runs, Run, last).old_start >= passage.start)
    last--;
  while (next > 0 && run_end (&g_array_index (self->runs, Run, next - 1)) > passage.end)
    next--;
  while (next < self->runs->len && run_end (&g_array_index (self->runs, Run, next)) <= passage.end)
    next++;
  both = last >= 0 && next < self->runs->len;

  *old = (DraRange) { 0, self->old_length };
  *new = (DraRange) { 0, self->new_length };
  if (last >= 0)
    {
      const Run *run = &g_array_index (self->runs, Run, last);

      old->start = MIN (run_end (run), passage.start);
      new->start = run->new_start + (old->start - run->old_start);
    }
  if (next < self->runs->len)
    {
      const Run *run = &g_array_index (self->runs, Run, next);

      old->end = MAX (run->old_start, passage.end);
      new->end = run->new_start + (old->end - run->old_start);
    }
  return both;
}

/* Between two stretches, where nothing else can be it. */
static DraTextFate
find_between (const DraTextDiff *self,
              DraRange           passage,
              gint64             last,
              DraRange          *found,
              DraRange          *window)
{
  const gsize length = dra_range_length (passage);
  const char *words = self->old_text + passage.start;
  DraRange old, new;
  gsize first = 0;
  gboolean both = find_window (self, passage, last, &old, &new);

  if (both && new.end <= new.start)
    return DRA_TEXT_FATE_REMOVED;
  if (new.start <= new.end)
    *window = new;
  if (new.end <= new.start || dra_range_length (old) > MAX_WINDOW || dra_range_length (new) > MAX_WINDOW ||
      g_utf8_strlen (words, (gssize) length) < MIN_ALONE ||
      count_in (self->old_text, old.start, old.end, words, length, &first) != 1 ||
      count_in (self->new_text, new.start, new.end, words, length, &first) != 1)
    return DRA_TEXT_FATE_UNKNOWN;

  *found = (DraRange) { first, first + length };
  return cuts_no_word (self, passage, *found) ? DRA_TEXT_FATE_ALONE : DRA_TEXT_FATE_UNKNOWN;
}

/**
 * dra_text_diff_find:
 * @self: a diff
 * @passage: bytes of the old text, on character boundaries, not empty
 * @found: (out): the same words in bytes of the new text, when they are there
 * @window: (out): bytes of the new text between what stood before and after the passage:
 *   anything outside of it is another passage, or this one has been moved
 *
 * Says what became of a passage.
 *
 * Returns: its fate; @found is set when it was kept or stands alone
 */
DraTextFate
dra_text_diff_find (const DraTextDiff *self,
                    DraRange           passage,
                    DraRange          *found,
                    DraRange          *window)
{
  gboolean joined = FALSE;
  gint64 last;
  guint n;

  g_return_val_if_fail (self != NULL, DRA_TEXT_FATE_UNKNOWN);
  g_return_val_if_fail (passage.start < passage.end && passage.end <= self->old_length, DRA_TEXT_FATE_UNKNOWN);

  *window = (DraRange) { 0, self->new_length };
  last = last_before (self, passage.start + 1);
  n = find_inside (self, passage, last, found, &joined);
  if (n == 1 && cuts_no_word (self, passage, *found))
    return joined ? DRA_TEXT_FATE_KEPT : DRA_TEXT_FATE_ALONE;
  if (n > 0)
    return DRA_TEXT_FATE_UNKNOWN;
  return find_between (self, passage, last, found, window);
}
