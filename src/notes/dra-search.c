/* dra-search.c: the places in a text where a quoted passage may be, each weighed.
 *
 * All occurrences of the quote are found through the rarest of its trigrams.  When none of
 * them is certain, similar passages are looked for (dra-search-similar.c), and what stands
 * between the same surroundings.
 *
 * What makes a place certain is not how well it scores.  An article may say the same thing
 * twice, and when the annotated one is deleted the other scores well; so a place is certain
 * only when it agrees with the quote and with enough of the context to have been the only
 * such place in the text the note was made in (dra_anchor_measure_context()).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "notes/dra-search-private.h"

#include <string.h>

/* Steps of comparison for one note: "aaaa..." has as many occurrences as letters. */
#define MAX_STEPS 4000000
#define CONTEXT 64          /* folded characters of context that are compared */
#define MIN_FOREIGN 16      /* the same where nobody measured what was distinct */
#define SIMILAR 0.5         /* unrelated English reaches 0.3 */

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
wanted_init (DraWanted    *wanted,
             DraSearch *search,
             DraNote   *note)
{
  gsize start;

  *wanted = (DraWanted) { .note = note, .steps = MAX_STEPS };
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
wanted_clear (DraWanted *wanted)
{
  dra_fold_free (wanted->exact);
  dra_fold_free (wanted->prefix);
  dra_fold_free (wanted->suffix);
  g_clear_pointer (&wanted->exact_matcher, dra_myers_free);
  g_clear_pointer (&wanted->prefix_matcher, dra_myers_free);
  g_clear_pointer (&wanted->suffix_matcher, dra_myers_free);
}

guint32
dra_search_count_before (const DraFold *fold,
              const DraFold *prefix,
              guint32        start)
{
  guint32 limit = MIN (prefix->n, start);
  guint32 n = 0;

  while (n < limit && fold->chars[start - 1 - n] == prefix->chars[prefix->n - 1 - n])
    n++;
  return n;
}

guint32
dra_search_count_after (const DraFold *fold,
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
                DraWanted    *wanted,
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
                DraWanted    *wanted,
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
is_sure (const DraWanted   *wanted,
         const DraPlace *place,
         guint           n_occurrences)
{
  const gboolean exact = place->quote >= 1.0;
  const gboolean before = wanted->distinct_before > 0 &&
                          place->before >= MAX (wanted->distinct_before, DRA_SEARCH_MIN_AGREEMENT);
  const gboolean after = wanted->distinct_after > 0 &&
                         place->after >= MAX (wanted->distinct_after, DRA_SEARCH_MIN_AGREEMENT);

  /* In lists and tables what is similar stands in lines: only both sides together tell. */
  if (!exact)
    return before && after;
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
           const DraWanted *wanted,
           DraPlace     *place)
{
  const char *exact = wanted->strings->exact;
  const gsize length = strlen (exact);
  const gsize at = dra_fold_to_bytes (search->fold, place->start, place->end).start;

  place->range = dra_fold_to_bytes (search->fold, place->start, place->end);
  place->same = FALSE;
  if (place->quote < 1.0)
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
void
dra_search_weigh (DraSearch *search,
       DraWanted    *wanted,
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
                DraWanted    *wanted,
                DraPlaces *places,
                guint32    start)
{
  DraPlace place = { .start = start, .end = start + wanted->exact->n, .quote = 1.0 };
  guint at = places->n_places;

  places->n_occurrences++;
  place.before = dra_search_count_before (search->fold, wanted->prefix, place.start);
  place.after = dra_search_count_after (search->fold, wanted->suffix, place.end);
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
                  DraWanted    *wanted,
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

/* Whether there is a place already that overlaps this one. */
gboolean
dra_search_is_known (const DraPlaces *places,
                guint32          start,
                guint32          end)
{
  for (guint i = 0; i < places->n_places; i++)
    if (places->places[i].start < end && start < places->places[i].end)
      return TRUE;

  return FALSE;
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
              DraWanted    *wanted,
              DraPlaces *places)
{
  const guint32 n_before = MIN (wanted->prefix->n, 24);
  const guint32 n_after = MIN (wanted->suffix->n, 24);
  guint32 start, end;
  DraPlace place = { 0 };

  if (n_before < DRA_SEARCH_MIN_AGREEMENT || n_after < DRA_SEARCH_MIN_AGREEMENT)
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
  if (end - start > 3 * (guint64) wanted->exact->n + 100 || dra_search_is_known (places, start, end) ||
      places->n_places == DRA_SEARCH_MAX_PLACES)
    return;

  place.start = start;
  place.end = end;
  place.quote = 0.5; /* not known, and not claimed: dra-anchor.c offers it, no more */
  dra_search_weigh (search, wanted, &place, places->n_occurrences);
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
  DraWanted wanted;
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
          dra_search_weigh (self, &wanted, &places->places[i], places->n_occurrences);
          any_sure |= places->places[i].sure;
        }
      if (!any_sure)
        {
          dra_search_find_similar (self, &wanted, places);
          find_between (self, &wanted, places);
        }
    }
  wanted_clear (&wanted);

  if (places->n_places > 0)
    qsort (places->places, places->n_places, sizeof (DraPlace), compare_places);
}
