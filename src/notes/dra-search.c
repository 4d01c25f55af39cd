/* dra-search.c: the places in a text where a quoted passage may be, each weighed.
 *
 * All occurrences of the quote are found through the rarest of its trigrams.  When none of
 * them is certain, similar passages are found by counting common trigrams along diagonals
 * (P. Jokinen and E. Ukkonen, "Two algorithms for approximate string matching in static
 * texts", MFCS 1991: a passage with k errors keeps at least m - 2 - 3k of the m - 2 trigrams)
 * and measured by Myers' algorithm (dra-myers.c).
 *
 * What makes a place certain is not how well it scores.  An article may say the same thing
 * twice, and when the annotated one is deleted the other scores well; so a place is certain
 * only when it agrees with the quote and with enough of the context to have been the only
 * such place in the text the note was made in (dra_anchor_measure_context()).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "notes/dra-search.h"

#include <string.h>

#include "notes/dra-myers.h"

/* Steps of comparison for one note: "aaaa..." has as many occurrences as letters. */
#define MAX_STEPS 4000000
#define MAX_TRIGRAMS 1000000 /* counted for one note, the rarest first */
/* Words of Myers' matrix for one note: bounds what long quotes in long texts cost. */
#define MAX_WORDS 30000000
#define MAX_REGIONS 16
#define MAX_PATTERN 20000   /* folded characters; longer quotes are found by their context */
#define CONTEXT 64          /* folded characters of context that are compared */
#define MIN_AGREEMENT 8     /* less of the context does not make a place certain */
#define MIN_FOREIGN 16      /* the same where nobody measured what was distinct */
#define SIMILAR 0.5         /* unrelated English reaches 0.3 */

typedef struct
{
  DraNote *note;
  const DraQuote *strings;
  DraFold *exact;
  DraFold *prefix;
  DraFold *suffix;
  DraMyers *exact_matcher;
  DraMyers *prefix_matcher; /* of the last CONTEXT characters, reversed */
  DraMyers *suffix_matcher;
  guint distinct_before;
  guint distinct_after;
  gboolean own;             /* made by us: what is distinct was measured */
  gboolean has_expected;
  guint32 expected;         /* folded characters */
  gint64 steps;             /* left */
} Wanted;

/**
 * dra_search_init:
 * @self: a search
 * @article: the article to look in, which must outlive it
 *
 * Prepares for looking for passages; nothing is computed yet.
 */
void
dra_search_init (DraSearch  *self,
                 DraArticle *article)
{
  *self = (DraSearch) { .article = article };
  self->text = dra_article_get_text (article, &self->length);
}

/**
 * dra_search_clear:
 * @self: a search
 *
 * Frees what the search holds.
 */
void
dra_search_clear (DraSearch *self)
{
  g_clear_pointer (&self->fold, dra_fold_free);
  g_clear_pointer (&self->bins, g_free);
}

static DraFold *
fold_string (const char *string)
{
  return dra_fold_new (string, strlen (string));
}

static DraMyers *
make_prefix_matcher (const DraFold *prefix)
{
  gunichar reversed[CONTEXT];
  guint n = MIN (prefix->n, CONTEXT);

  for (guint i = 0; i < n; i++)
    reversed[i] = prefix->chars[prefix->n - 1 - i];
  return n > 0 ? dra_myers_new (reversed, n) : NULL;
}

static void
wanted_init (Wanted    *wanted,
             DraSearch *search,
             DraNote   *note)
{
  gsize start;

  *wanted = (Wanted) { .note = note, .steps = MAX_STEPS };
  wanted->strings = dra_note_get_quote (note);
  wanted->exact = fold_string (wanted->strings->exact);
  wanted->prefix = fold_string (wanted->strings->prefix);
  wanted->suffix = fold_string (wanted->strings->suffix);
  wanted->prefix_matcher = make_prefix_matcher (wanted->prefix);
  if (wanted->suffix->n > 0)
    wanted->suffix_matcher = dra_myers_new (wanted->suffix->chars, MIN (wanted->suffix->n, CONTEXT));
  dra_note_get_distinct (note, &wanted->distinct_before, &wanted->distinct_after);
  wanted->own = dra_note_get_text_version (note) != 0;
  if (dra_note_get_position (note, &start, NULL) &&
      start <= dra_article_get_n_code_points (search->article))
    {
      wanted->has_expected = TRUE;
      wanted->expected = dra_fold_find_byte (search->fold, dra_article_to_bytes (search->article, start));
    }
}

static void
wanted_clear (Wanted *wanted)
{
  dra_fold_free (wanted->exact);
  dra_fold_free (wanted->prefix);
  dra_fold_free (wanted->suffix);
  g_clear_pointer (&wanted->exact_matcher, dra_myers_free);
  g_clear_pointer (&wanted->prefix_matcher, dra_myers_free);
  g_clear_pointer (&wanted->suffix_matcher, dra_myers_free);
}

static guint32
count_before (const DraFold *fold,
              const DraFold *prefix,
              guint32        start)
{
  guint32 limit = MIN (prefix->n, start);
  guint32 n = 0;

  while (n < limit && fold->chars[start - 1 - n] == prefix->chars[prefix->n - 1 - n])
    n++;
  return n;
}

static guint32
count_after (const DraFold *fold,
             const DraFold *suffix,
             guint32        end)
{
  guint32 limit = MIN (suffix->n, fold->n - end);
  guint32 n = 0;

  while (n < limit && fold->chars[end + n] == suffix->chars[n])
    n++;
  return n;
}

static double
measure_prefix (DraSearch *search,
                Wanted    *wanted,
                DraPlace  *place)
{
  gunichar reversed[2 * CONTEXT];
  guint n = MIN (wanted->prefix->n, CONTEXT);
  guint available = MIN (place->start, 2 * n);

  if (n == 0) /* the text began there, or nobody said what stood there */
    return !wanted->own ? 0.5 : place->start == 0 ? 1.0 : 0.0;

  for (guint i = 0; i < available; i++)
    reversed[i] = search->fold->chars[place->start - 1 - i];
  return 1.0 - (double) dra_myers_reach (wanted->prefix_matcher, reversed, available) / n;
}

static double
measure_suffix (DraSearch *search,
                Wanted    *wanted,
                DraPlace  *place)
{
  guint n = MIN (wanted->suffix->n, CONTEXT);

  if (n == 0)
    return !wanted->own ? 0.5 : place->end == search->fold->n ? 1.0 : 0.0;

  return 1.0 - (double) dra_myers_reach (wanted->suffix_matcher, search->fold->chars + place->end,
                                         MIN (search->fold->n - place->end, 2 * n)) / n;
}

/* See the head of this file. */
static gboolean
is_sure (const Wanted   *wanted,
         const DraPlace *place,
         guint           n_occurrences)
{
  const gboolean exact = place->quote > 0.98;
  const gboolean before = wanted->distinct_before > 0 &&
                          place->before >= MAX (wanted->distinct_before, MIN_AGREEMENT);
  const gboolean after = wanted->distinct_after > 0 &&
                         place->after >= MAX (wanted->distinct_after, MIN_AGREEMENT);

  if (!exact)
    return (before && place->suffix >= SIMILAR) || (after && place->prefix >= SIMILAR);
  if (before || after)
    return TRUE;
  if (wanted->own)
    return place->whole_before && place->whole_after;

  if (wanted->prefix->n == 0 && wanted->suffix->n == 0)
    return n_occurrences == 1 && wanted->exact->n >= DRA_SEARCH_MIN_APPROXIMATE;
  return (place->whole_before && place->whole_after) ||
         (place->whole_before && wanted->prefix->n >= MIN_FOREIGN && place->suffix >= SIMILAR) ||
         (place->whole_after && wanted->suffix->n >= MIN_FOREIGN && place->prefix >= SIMILAR);
}

static gboolean
is_white (const char *text,
          gsize       from,
          gsize       to)
{
  while (from < to && g_ascii_isspace (text[from]))
    from++;
  return from == to;
}

/* The bytes of a place.  Folding makes one space of several: when the quote begins or ends
 * inside such a run, its bytes are found next to the place. */
static void
set_range (DraSearch    *search,
           const Wanted *wanted,
           DraPlace     *place)
{
  const char *exact = wanted->strings->exact;
  const gsize length = strlen (exact);
  const gsize at = dra_fold_to_bytes (search->fold, place->start, place->end).start;

  place->range = dra_fold_to_bytes (search->fold, place->start, place->end);
  place->same = FALSE;
  if (place->quote < 0.98)
    return;

  for (gint i = 0; i <= 8 && !place->same; i++)
    {
      gint shift = i % 2 == 0 ? i / 2 : -(i + 1) / 2;
      gsize start = at + (gsize) shift;

      if ((shift < 0 && at < (gsize) -shift) || start + length > search->length ||
          !is_white (search->text, MIN (at, start), MAX (at, start)) ||
          memcmp (search->text + start, exact, length) != 0)
        continue;
      place->range = (DraRange) { start, start + length };
      place->same = TRUE;
    }
}

/* Agreement is counted in the text itself, as distinctness was: two lines that differ only
 * in what folding evens out are two lines. */
static void
agree_before (DraSearch  *search,
              const char *prefix,
              DraPlace   *place)
{
  const gsize length = strlen (prefix);
  const gsize limit = MIN (length, place->range.start);
  const char *text = search->text + place->range.start;
  gsize same = 0;

  while (same < limit && text[-1 - (gssize) same] == prefix[length - 1 - same])
    same++;
  place->whole_before = same == length;
  place->before = 0;
  for (gsize i = 1; i <= same; i++)
    place->before += ((guchar) text[-(gssize) i] & 0xC0) != 0x80;
}

static void
agree_after (DraSearch  *search,
             const char *suffix,
             DraPlace   *place)
{
  const gsize length = strlen (suffix);
  const gsize limit = MIN (length, search->length - place->range.end);
  const char *text = search->text + place->range.end;
  gsize same = 0;

  while (same < limit && text[same] == suffix[same])
    same++;
  place->whole_after = same == length;
  while (same > 0 && same < length && ((guchar) suffix[same] & 0xC0) == 0x80)
    same--; /* not the beginning of a character alone */
  place->after = (guint32) g_utf8_strlen (text, (gssize) same);
}

/* Weights of Hypothesis' match-quote.ts: quote 50, prefix 20, suffix 20, position 2. */
static void
weigh (DraSearch *search,
       Wanted    *wanted,
       DraPlace  *place,
       guint      n_occurrences)
{
  double position = 0;

  set_range (search, wanted, place);
  agree_before (search, wanted->strings->prefix, place);
  agree_after (search, wanted->strings->suffix, place);
  place->prefix = measure_prefix (search, wanted, place);
  place->suffix = measure_suffix (search, wanted, place);
  if (wanted->prefix->n == 0)
    place->whole_before = !wanted->own || place->start == 0;
  if (wanted->suffix->n == 0)
    place->whole_after = !wanted->own || place->end == search->fold->n;
  if (wanted->has_expected)
    position = 1.0 - (double) ABS ((gint64) place->start - wanted->expected) / (search->fold->n + 1);
  place->score = (50 * place->quote + 20 * place->prefix + 20 * place->suffix + 2 * position) / 92;
  place->sure = is_sure (wanted, place, n_occurrences);
}

/* Keeps the occurrences with most context in common, of equals the nearest. */
static void
add_occurrence (DraSearch *search,
                Wanted    *wanted,
                DraPlaces *places,
                guint32    start)
{
  DraPlace place = { .start = start, .end = start + wanted->exact->n, .quote = 1.0 };
  guint at = places->n_places;

  places->n_occurrences++;
  place.before = count_before (search->fold, wanted->prefix, place.start);
  place.after = count_after (search->fold, wanted->suffix, place.end);
  wanted->steps -= place.before + place.after + 1;

  for (; at > 0; at--)
    {
      DraPlace *other = &places->places[at - 1];
      gint64 more = (gint64) place.before + place.after - other->before - other->after;

      if (more < 0 || (more == 0 && ABS ((gint64) start - wanted->expected) >=
                                      ABS ((gint64) other->start - wanted->expected)))
        break;
    }
  if (at == DRA_SEARCH_MAX_PLACES)
    return;

  if (places->n_places < DRA_SEARCH_MAX_PLACES)
    places->n_places++;
  memmove (&places->places[at + 1], &places->places[at],
           (places->n_places - at - 1) * sizeof (DraPlace));
  places->places[at] = place;
}

static void
find_occurrences (DraSearch *search,
                  Wanted    *wanted,
                  DraPlaces *places)
{
  const DraFold *fold = search->fold;
  const DraFold *exact = wanted->exact;
  const guint32 *positions = NULL;
  guint32 n = 0, shift = 0;

  if (exact->n > fold->n)
    return;

  if (exact->n < 3)
    n = fold->n - exact->n + 1; /* every position */
  else
    for (guint32 i = 0; i + 3 <= exact->n && i < 256; i++)
      {
        guint32 n_here;
        const guint32 *here = dra_fold_trigram (fold, exact->chars + i, &n_here);

        if (i == 0 || n_here < n)
          {
            positions = here;
            n = n_here;
            shift = i;
          }
      }

  for (guint32 i = 0; i < n; i++)
    {
      guint32 at = positions != NULL ? positions[i] : i;
      guint32 same = 0;

      if (at < shift || at - shift > fold->n - exact->n)
        continue;
      at -= shift;
      while (same < exact->n && fold->chars[at + same] == exact->chars[same])
        same++;
      wanted->steps -= positions != NULL ? same : 0;
      if (same == exact->n)
        add_occurrence (search, wanted, places, at);
      if (wanted->steps < 0)
        {
          places->cut_short = TRUE;
          break;
        }
    }
}

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
              Wanted    *wanted,
              guint32    start,
              guint32    reach)
{
  const DraFold *fold = search->fold;
  guint32 low = start > reach ? start - reach : 0;
  guint32 high = MIN (start + reach, fold->n);
  guint32 best = start, most = 0;

  for (guint32 i = low; i <= high && wanted->prefix->n > 0; i++)
    {
      guint32 n = count_before (fold, wanted->prefix, i);

      if (n > most || (n == most && ABS ((gint64) i - start) < ABS ((gint64) best - start)))
        {
          best = i;
          most = n;
        }
    }
  if (most >= MIN_AGREEMENT || (most > 0 && most == wanted->prefix->n))
    return best;

  if (is_boundary (wanted->exact, 0) &&
      (wanted->prefix->n == 0 || !is_word (wanted->prefix->chars[wanted->prefix->n - 1])))
    while (start > low && !is_boundary (fold, start))
      start--;
  return start;
}

static guint32
refine_end (DraSearch *search,
            Wanted    *wanted,
            guint32    end,
            guint32    reach)
{
  const DraFold *fold = search->fold;
  guint32 low = end > reach ? end - reach : 0;
  guint32 high = MIN (end + reach, fold->n);
  guint32 best = end, most = 0;

  for (guint32 i = low; i <= high && wanted->suffix->n > 0; i++)
    {
      guint32 n = count_after (fold, wanted->suffix, i);

      if (n > most || (n == most && ABS ((gint64) i - end) < ABS ((gint64) best - end)))
        {
          best = i;
          most = n;
        }
    }
  if (most >= MIN_AGREEMENT || (most > 0 && most == wanted->suffix->n))
    return best;

  if (wanted->suffix->n == 0 || !is_word (wanted->suffix->chars[0]))
    while (end < high && !is_boundary (fold, end))
      end++;
  return end;
}

static gboolean
overlaps_known (const DraPlaces *places,
                guint32          start,
                guint32          end)
{
  for (guint i = 0; i < places->n_places; i++)
    if (places->places[i].start < end && start < places->places[i].end)
      return TRUE;

  return FALSE;
}

/* Moves the ends of an alignment to where context and words say, if what is between them is
 * still the quote: a word of it more or less than the alignment found. */
static void
refine (DraSearch *search,
        Wanted    *wanted,
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
           Wanted    *wanted,
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

  if (overlaps_known (places, start, end))
    return;
  if (places->n_places == DRA_SEARCH_MAX_PLACES)
    places->n_places--; /* the occurrence that agreed least */
  place.start = start;
  place.end = end;
  place.quote = 1.0 - (double) distance / m;
  weigh (search, wanted, &place, places->n_occurrences);
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
              Wanted    *wanted,
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
              Wanted    *wanted,
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

static void
find_similar (DraSearch *search,
              Wanted    *wanted,
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

/* The only place where this many characters of context are, or G_MAXUINT32. */
static guint32
find_only (DraSearch      *search,
           const gunichar *chars,
           guint32         n)
{
  guint32 n_positions;
  const guint32 *positions = dra_fold_trigram (search->fold, chars, &n_positions);
  guint32 found = G_MAXUINT32;

  for (guint32 i = 0; i < n_positions; i++)
    {
      if (positions[i] + n > search->fold->n ||
          memcmp (search->fold->chars + positions[i], chars, n * sizeof (gunichar)) != 0)
        continue;
      if (found != G_MAXUINT32)
        return G_MAXUINT32;
      found = positions[i];
    }
  return found;
}

/* Between the same surroundings stands something else, or nothing: what was rewritten is
 * offered, what was removed is known to be. */
static void
find_between (DraSearch *search,
              Wanted    *wanted,
              DraPlaces *places)
{
  const guint32 n_before = MIN (wanted->prefix->n, 24);
  const guint32 n_after = MIN (wanted->suffix->n, 24);
  guint32 start, end;
  DraPlace place = { 0 };

  if (n_before < MIN_AGREEMENT || n_after < MIN_AGREEMENT)
    return;

  start = find_only (search, wanted->prefix->chars + wanted->prefix->n - n_before, n_before);
  end = find_only (search, wanted->suffix->chars, n_after);
  if (start == G_MAXUINT32 || end == G_MAXUINT32)
    return;
  start += n_before;
  if (end <= start + 1)
    {
      places->gone = end + 1 >= start;
      return;
    }
  if (end - start > 3 * (guint64) wanted->exact->n + 100 || overlaps_known (places, start, end) ||
      places->n_places == DRA_SEARCH_MAX_PLACES)
    return;

  place.start = start;
  place.end = end;
  place.quote = 0.5; /* not known, and not claimed: dra-anchor.c offers it, no more */
  weigh (search, wanted, &place, places->n_occurrences);
  place.sure = FALSE;
  places->places[places->n_places++] = place;
}

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const DraPlace *left = a, *right = b;

  if (left->sure != right->sure)
    return left->sure ? -1 : 1;
  if (left->score != right->score)
    return left->score > right->score ? -1 : 1;
  return left->start < right->start ? -1 : left->start > right->start;
}

/**
 * dra_search_find:
 * @self: a search
 * @note: a note with a quote that is not empty
 * @places: (out): where it may be, certain places first, then by score
 *
 * Looks for the passage of a note.
 */
void
dra_search_find (DraSearch *self,
                 DraNote   *note,
                 DraPlaces *places)
{
  Wanted wanted;
  gboolean any_sure = FALSE;

  *places = (DraPlaces) { 0 };
  if (self->fold == NULL)
    {
      self->fold = dra_fold_new (self->text, self->length);
      dra_fold_index (self->fold);
    }

  wanted_init (&wanted, self, note);
  places->quote_length = wanted.exact->n;
  if (wanted.exact->n > 0)
    {
      find_occurrences (self, &wanted, places);
      for (guint i = 0; i < places->n_places; i++)
        {
          weigh (self, &wanted, &places->places[i], places->n_occurrences);
          any_sure |= places->places[i].sure;
        }
      if (!any_sure)
        {
          find_similar (self, &wanted, places);
          find_between (self, &wanted, places);
        }
    }
  wanted_clear (&wanted);

  qsort (places->places, places->n_places, sizeof (DraPlace), compare_places);
}
