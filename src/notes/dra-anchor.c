/* dra-anchor.c: finding a note's passage in a text, changed or not.
 *
 * dra-search.c finds and weighs the places; here is decided what to make of them.  The rule
 * that comes before all others: a note is never put on a passage silently unless it is
 * certain to be the one.
 *
 * With the old text at hand a diff could predict the place better than the quote can; the
 * library keeps the texts that notes were made in for that, and the prediction would be the
 * expected position of dra-search.c.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "notes/dra-anchor.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "notes/dra-search.h"

/* Context is measured no further than this, and given up as not distinct when its last few
 * letters have more rivals than this: both keep making a note linear in "aaaa...". */
#define MAX_CONTEXT 512 /* bytes */
#define MAX_RIVALS 10000
#define SEED 4 /* bytes: anything shorter is not called distinct */

#define MARGIN 0.08 /* of the score, by which a place must beat the next */

static gboolean
starts_character (char byte)
{
  return ((guchar) byte & 0xC0) != 0x80;
}

static guint
count_code_points (const char *text,
                   gsize       length)
{
  guint n = 0;

  for (gsize i = 0; i < length; i++)
    n += starts_character (text[i]);
  return n;
}

/* Length in code points of the shortest context before start that occurs once. */
static guint
measure_before (const char *text,
                gsize       length,
                gsize       start)
{
  const gsize limit = MIN (start, MAX_CONTEXT);
  const char *p = text;
  gsize longest = SEED;
  guint n_rivals = 0;

  if (start < SEED)
    return 0;

  while ((p = memmem (p, text + length - p, text + start - SEED, SEED)) != NULL)
    {
      gsize rival = (p - text) + SEED;
      gsize same = SEED;

      p++;
      if (rival == start)
        continue;
      if (++n_rivals > MAX_RIVALS)
        return 0;
      while (same < limit && same < rival && text[start - same - 1] == text[rival - same - 1])
        same++;
      longest = MAX (longest, same);
    }

  if (longest >= limit)
    return 0;
  for (longest++; longest < start && !starts_character (text[start - longest]); longest++)
    ;
  return count_code_points (text + start - longest, longest);
}

/* The same after end. */
static guint
measure_after (const char *text,
               gsize       length,
               gsize       end)
{
  const gsize limit = MIN (length - end, MAX_CONTEXT);
  const char *p = text;
  gsize longest = SEED;
  guint n_rivals = 0;

  if (length - end < SEED)
    return 0;

  while ((p = memmem (p, text + length - p, text + end, SEED)) != NULL)
    {
      gsize rival = p - text;
      gsize same = SEED;

      p++;
      if (rival == end)
        continue;
      if (++n_rivals > MAX_RIVALS)
        return 0;
      while (same < limit && rival + same < length && text[end + same] == text[rival + same])
        same++;
      longest = MAX (longest, same);
    }

  if (longest >= limit)
    return 0;
  return count_code_points (text + end, longest + 1);
}

/**
 * dra_anchor_measure_context:
 * @text: valid UTF-8
 * @length: length of @text in bytes
 * @range: a passage, bytes of @text on character boundaries
 * @before: (out): code points before @range that occur only once in @text; 0 for none
 * @after: (out): code points after @range that occur only once in @text; 0 for none
 *
 * Measures how much of a passage's surroundings is distinct, on either side alone.
 *
 * The W3C quote is unique as a whole (prefix, passage and suffix).  When an edit has
 * destroyed one side this tells whether the other still identifies the place, or whether
 * a lookalike with the same words on that side existed all along.
 */
void
dra_anchor_measure_context (const char *text,
                            gsize       length,
                            DraRange    range,
                            guint      *before,
                            guint      *after)
{
  g_return_if_fail (text != NULL);
  g_return_if_fail (range.start <= range.end && range.end <= length);

  *before = measure_before (text, length, range.start);
  *after = measure_after (text, length, range.end);
}

static DraAnchorState
set_anchor (DraNote        *note,
            DraAnchorState  state,
            DraRange        range,
            const char     *reason)
{
  dra_note_set_anchor (note, state, range, reason);
  return state;
}

static DraAnchorState
set_lost (DraNote    *note,
          const char *reason)
{
  return set_anchor (note, DRA_ANCHOR_LOST, (DraRange) { 0, 0 }, reason);
}

/* Where the position selector says, when that is a place in this text. */
static gboolean
get_position (DraArticle *article,
              DraNote    *note,
              DraRange   *range)
{
  gsize start, end;

  if (!dra_note_get_position (note, &start, &end) || start > end ||
      end > dra_article_get_n_code_points (article))
    return FALSE;

  range->start = dra_article_to_bytes (article, start);
  range->end = dra_article_to_bytes (article, end);
  return TRUE;
}

static gboolean
stands_before (const char *text,
               gsize       end,
               const char *string)
{
  gsize length = strlen (string);

  return length <= end && memcmp (text + end - length, string, length) == 0;
}

static gboolean
stands_at (const char *text,
           gsize       length,
           gsize       start,
           const char *string)
{
  gsize n = strlen (string);

  return n <= length - start && memcmp (text + start, string, n) == 0;
}

/* The passage and all of its context are where they were. */
static gboolean
is_unchanged_at (DraArticle     *article,
                 const DraQuote *quote,
                 DraRange        range)
{
  gsize length;
  const char *text = dra_article_get_text (article, &length);

  return dra_range_length (range) == strlen (quote->exact) &&
         stands_at (text, length, range.start, quote->exact) &&
         stands_before (text, range.start, quote->prefix) &&
         stands_at (text, length, range.end, quote->suffix);
}

/* At its position, without looking anywhere else. */
static gboolean
anchor_in_place (DraArticle *article,
                 DraNote    *note)
{
  const gboolean same_text = g_strcmp0 (dra_note_get_text_hash (note), dra_article_get_hash (article)) == 0;
  const DraQuote *quote = dra_note_get_quote (note);
  DraRange range;

  if (!get_position (article, note, &range) ||
      (quote == NULL ? !same_text : !is_unchanged_at (article, quote, range)))
    return FALSE;

  /* An empty passage and one without context say too little about another text. */
  if (!same_text && (dra_range_length (range) == 0 || (*quote->prefix == '\0' && *quote->suffix == '\0' &&
                                                       dra_note_get_text_hash (note) != NULL)))
    return FALSE;

  set_anchor (note, DRA_ANCHOR_EXACT, range,
              same_text ? _("The text is the one the note was made in.")
                        : _("The text has changed, but not here."));
  return TRUE;
}

static DraAnchorState
offer (DraNote    *note,
       DraRange    range,
       const char *reason)
{
  return set_anchor (note, DRA_ANCHOR_UNSURE, range, reason);
}

/* Whether the first place is certain and stands out: from another certain one by a margin,
 * from the others by any.  Where quote and all context agree, which were unique when the note
 * was made, what only resembles them did so then, too, and does not count. */
static gboolean
is_clear (const DraPlaces *places)
{
  const DraPlace *best = &places->places[0];

  if (!best->sure || places->cut_short)
    return FALSE;

  for (guint i = 1; i < places->n_places; i++)
    {
      const DraPlace *other = &places->places[i];

      if (other->sure ? best->score - other->score < MARGIN
                      : best->score <= other->score && !(best->whole_before && best->whole_after))
        return FALSE;
    }
  return TRUE;
}

static DraAnchorState
decide (DraSearch       *search,
        DraNote         *note,
        const DraPlaces *places)
{
  const DraPlace *best = &places->places[0];
  double next = 0;
  DraRange range, position;

  if (places->n_places == 0)
    return set_lost (note, places->gone ? _("The passage has been removed from the text.")
                                        : _("The passage is no longer in the text."));

  range = best->range;
  for (guint i = 1; i < places->n_places; i++)
    next = MAX (next, places->places[i].score);
  if (is_clear (places))
    {
      if (best->same && (!dra_note_get_position (note, NULL, NULL) ||
                         (get_position (search->article, note, &position) &&
                          position.start == range.start)))
        return set_anchor (note, DRA_ANCHOR_EXACT, range, _("The text has changed, but not here."));

      return set_anchor (note, DRA_ANCHOR_MOVED, range,
                         best->same ? _("The text has changed; the passage was found in another place.")
                                    : _("The passage has been edited; it was found by its surroundings."));
    }

  if (places->n_places > 1 && best->score - next < MARGIN && best->score >= 0.8)
    return offer (note, range, _("Several places in the text fit this note equally well."));
  if (places->quote_length < DRA_SEARCH_MIN_APPROXIMATE && best->prefix + best->suffix <= 1.0)
    return set_lost (note, _("The surroundings of the passage have changed, and its few words alone do not show where it is."));
  if (best->quote >= 1.0)
    return offer (note, range, _("The same words stand here, but their surroundings are different."));
  if (best->quote >= 0.8)
    return offer (note, range, _("A similar passage stands here, but it may be another one."));
  return offer (note, range, _("What stands here now is between the same surroundings, but reads differently."));
}

static DraAnchorState
anchor (DraSearch *search,
        DraNote   *note)
{
  const DraQuote *quote = dra_note_get_quote (note);
  DraPlaces places;

  if (dra_note_get_target (note) != DRA_NOTE_TARGET_PASSAGE)
    return set_anchor (note, DRA_ANCHOR_EXACT, (DraRange) { 0, 0 }, NULL);
  if (anchor_in_place (search->article, note))
    return DRA_ANCHOR_EXACT;
  if (quote == NULL)
    return set_lost (note, dra_note_get_position (note, NULL, NULL)
                             ? _("The note has a position in another text, but does not quote its passage.")
                             : _("The note does not say which passage it is about."));
  if (*quote->exact == '\0')
    return set_lost (note, _("The text has changed, and the note quotes no words to find its place by."));

  dra_search_find (search, note, &places);
  return decide (search, note, &places);
}

/**
 * dra_anchor_note:
 * @article: an article
 * @note: a note
 *
 * Sets the anchor of one note for @article; for several, dra_anchor_notes() is faster.
 *
 * Returns: the state that was set
 */
DraAnchorState
dra_anchor_note (DraArticle *article,
                 DraNote    *note)
{
  DraSearch search;
  DraAnchorState state;

  g_return_val_if_fail (DRA_IS_ARTICLE (article), DRA_ANCHOR_LOST);
  g_return_val_if_fail (DRA_IS_NOTE (note), DRA_ANCHOR_LOST);

  dra_search_init (&search, article);
  state = anchor (&search, note);
  dra_search_clear (&search);
  return state;
}

/**
 * dra_anchor_notes:
 * @article: an article
 * @notes: (element-type DraNote): notes made in it, in an earlier form of it, or elsewhere
 *
 * Sets the anchor of each note for @article.
 *
 * In order: same text or same place with same surroundings; occurrences of the quote ranked
 * by context; passages that differ in at most a fifth of their characters.  A place is
 * taken only when it is certain (see dra-search.c) and beats the next by a margin; otherwise
 * it is offered as unsure.  The work is linear in the text, once, and small for each note.
 */
void
dra_anchor_notes (DraArticle *article,
                  GPtrArray  *notes)
{
  DraSearch search;

  g_return_if_fail (DRA_IS_ARTICLE (article));
  g_return_if_fail (notes != NULL);

  dra_search_init (&search, article);
  for (guint i = 0; i < notes->len; i++)
    anchor (&search, g_ptr_array_index (notes, i));
  dra_search_clear (&search);
}
