/* dra-anchor.c: finding a note's passage in a text, changed or not.
 *
 * dra-search.c finds and weighs the places; here is decided what to make of them.  The rule
 * that comes before all others: a note is never put on a passage silently unless it is
 * certain to be the one.
 *
 * The library keeps the texts that notes were made in.  Where one is at hand, what became of
 * the stretches around a passage (dra-text-diff.c) tells more than its quote can: an edit
 * right beside it does not unsettle a note then.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "notes/dra-anchor.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "article/dra-text-index.h"
#include "notes/dra-search.h"
#include "notes/dra-text-diff.h"

/* Context is measured no further than this, and given up as not distinct when its last few
 * letters have more rivals than this: both keep making a note linear in "aaaa...". */
#define MAX_CONTEXT 512 /* bytes */
#define MAX_RIVALS 10000
#define SEED 4 /* bytes: anything shorter is not called distinct */

/* What comparing texts may cost: of larger ones and of more the quotes alone must do. */
#define MAX_DIFF (4 * 1024 * 1024) /* bytes of either text */
#define MAX_OLD_TEXTS 16

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

/* A text that notes were made in, compared with the one at hand. */
typedef struct
{
  char         *text;  /* (nullable): not known */
  gsize         length;
  DraTextIndex *index;
  DraTextDiff  *diff;
} OldText;

/* The work on one article. */
typedef struct
{
  DraSearch          search;
  DraAnchorTextFunc  get_text;  /* (nullable) */
  gpointer           user_data;
  GHashTable        *old_texts; /* (nullable): hash -> OldText */
} Work;

static void
old_text_free (gpointer data)
{
  OldText *old = data;

  dra_text_diff_free (old->diff);
  dra_text_index_free (old->index);
  g_free (old->text);
  g_free (old);
}

static OldText *
get_old_text (Work       *work,
              const char *hash)
{
  OldText *old;

  if (work->old_texts == NULL)
    work->old_texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, old_text_free);
  old = g_hash_table_lookup (work->old_texts, hash);
  if (old != NULL)
    return old;

  if (g_hash_table_size (work->old_texts) >= MAX_OLD_TEXTS || work->search.length > MAX_DIFF)
    return NULL;
  old = g_new0 (OldText, 1);
  old->text = work->get_text (hash, &old->length, work->user_data);
  g_hash_table_insert (work->old_texts, g_strdup (hash), old);
  if (old->text != NULL && old->length <= MAX_DIFF && g_utf8_validate (old->text, (gssize) old->length, NULL))
    {
      old->index = dra_text_index_new (old->text, old->length);
      old->diff = dra_text_diff_new (old->text, old->length, work->search.text, work->search.length);
    }
  return old;
}

/* What became of the passage since the note was made, as far as the old text tells. */
static DraTextFate
find_by_diff (Work     *work,
              DraNote  *note,
              DraRange *found,
              DraRange *window)
{
  const char *hash = dra_note_get_text_hash (note);
  const DraQuote *quote = dra_note_get_quote (note);
  OldText *old;
  gsize start, end;
  DraRange passage;

  *window = (DraRange) { 0, work->search.length };
  if (work->get_text == NULL || hash == NULL || !dra_note_get_position (note, &start, &end) || start >= end)
    return DRA_TEXT_FATE_UNKNOWN;
  old = get_old_text (work, hash);
  if (old == NULL || old->diff == NULL || end > dra_text_index_get_n_code_points (old->index))
    return DRA_TEXT_FATE_UNKNOWN;

  passage.start = dra_text_index_to_bytes (old->index, start);
  passage.end = dra_text_index_to_bytes (old->index, end);
  if (dra_range_length (passage) != strlen (quote->exact) ||
      !stands_at (old->text, old->length, passage.start, quote->exact))
    return DRA_TEXT_FATE_UNKNOWN;
  return dra_text_diff_find (old->diff, passage, found, window);
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

static gboolean
cuts_word (const char *text,
           gsize       length,
           gsize       at)
{
  return at > 0 && at < length && g_unichar_isalnum (g_utf8_get_char (text + at)) &&
         g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (text + at)));
}

/* A few words may be offered where they stand, letters inside of others may not. */
static gboolean
is_whole_words (const DraSearch *search,
                DraRange         range)
{
  return !cuts_word (search->text, search->length, range.start) &&
         !cuts_word (search->text, search->length, range.end);
}

/* The passage is the note's own and so is all around it, wherever it stands now. */
static gboolean
is_whole (const DraPlace *place,
          const DraQuote *quote)
{
  return place->same && place->whole_before && place->whole_after &&
         (*quote->prefix != '\0' || *quote->suffix != '\0');
}

static DraAnchorState
decide (DraSearch       *search,
        DraNote         *note,
        const DraPlaces *places,
        gboolean         removed,
        DraRange         window)
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
  /* Outside of where the old text says it must be, only all of its context makes it certain. */
  if (is_clear (places) && (is_whole (best, dra_note_get_quote (note)) ||
                            (!removed && range.start >= window.start && range.end <= window.end)))
    {
      if (is_whole (best, dra_note_get_quote (note)))
        return set_anchor (note, DRA_ANCHOR_EXACT, range, _("The text has changed, but not here."));
      if (best->same && (!dra_note_get_position (note, NULL, NULL) ||
                         (get_position (search->article, note, &position) &&
                          position.start == range.start)))
        return set_anchor (note, DRA_ANCHOR_EXACT, range, _("The text has changed, but not here."));

      return set_anchor (note, DRA_ANCHOR_MOVED, range,
                         best->same ? _("The surroundings of the passage have changed; its words are the same.")
                                    : _("The passage has been edited; it was found by its surroundings."));
    }

  /* Another passage that reads alike is no stand-in for one that is known to be gone. */
  if (removed && (best->quote < 1.0 || places->n_occurrences > 1))
    return set_lost (note, _("The passage has been removed from the text."));
  if (places->n_places > 1 && best->score - next < MARGIN && best->score >= 0.8)
    return offer (note, range, _("Several places in the text fit this note equally well."));
  if (places->quote_length < DRA_SEARCH_MIN_APPROXIMATE && best->prefix + best->suffix <= 1.0 &&
      !(places->n_occurrences == 1 && best->quote >= 1.0 && is_whole_words (search, best->range)))
    return set_lost (note, _("The surroundings of the passage have changed, and its few words alone do not show where it is."));
  if (best->quote >= 1.0 && places->n_occurrences == 1 && *dra_note_get_quote (note)->prefix == '\0' &&
      *dra_note_get_quote (note)->suffix == '\0')
    return offer (note, range, _("These few words stand here and nowhere else, but the note does not say what was around them."));
  if (best->quote >= 1.0)
    return offer (note, range, _("The same words stand here, but their surroundings are different."));
  if (best->quote >= 0.8)
    return offer (note, range, _("A similar passage stands here, but it may be another one."));
  return offer (note, range, _("What stands here now is between the same surroundings, but reads differently."));
}

static DraAnchorState
anchor (Work    *work,
        DraNote *note)
{
  DraArticle *article = work->search.article;
  const DraQuote *quote = dra_note_get_quote (note);
  DraTextFate fate;
  DraRange found, window;
  DraPlaces places;

  if (dra_note_get_target (note) != DRA_NOTE_TARGET_PASSAGE)
    return set_anchor (note, DRA_ANCHOR_EXACT, (DraRange) { 0, 0 }, NULL);
  if (anchor_in_place (article, note))
    return DRA_ANCHOR_EXACT;
  if (quote == NULL)
    return set_lost (note, dra_note_get_position (note, NULL, NULL)
                             ? _("The note has a position in another text, but does not quote its passage.")
                             : _("The note does not say which passage it is about."));
  if (*quote->exact == '\0')
    return set_lost (note, _("The text has changed, and the note quotes no words to find its place by."));

  fate = find_by_diff (work, note, &found, &window);
  if (fate == DRA_TEXT_FATE_KEPT)
    return set_anchor (note, DRA_ANCHOR_EXACT, found, _("The text has changed, but not here."));
  if (fate == DRA_TEXT_FATE_ALONE)
    return set_anchor (note, DRA_ANCHOR_MOVED, found,
                       _("The surroundings of the passage have changed; its words are the same."));

  dra_search_find (&work->search, note, &places);
  return decide (&work->search, note, &places, fate == DRA_TEXT_FATE_REMOVED, window);
}

static void
work_init (Work              *work,
           DraArticle        *article,
           DraAnchorTextFunc  get_text,
           gpointer           user_data)
{
  *work = (Work) { .get_text = get_text, .user_data = user_data };
  dra_search_init (&work->search, article);
}

static void
work_clear (Work *work)
{
  dra_search_clear (&work->search);
  g_clear_pointer (&work->old_texts, g_hash_table_unref);
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
  Work work;
  DraAnchorState state;

  g_return_val_if_fail (DRA_IS_ARTICLE (article), DRA_ANCHOR_LOST);
  g_return_val_if_fail (DRA_IS_NOTE (note), DRA_ANCHOR_LOST);

  work_init (&work, article, NULL, NULL);
  state = anchor (&work, note);
  work_clear (&work);
  return state;
}

/**
 * dra_anchor_notes:
 * @article: an article
 * @notes: (element-type DraNote): notes made in it, in an earlier form of it, or elsewhere
 *
 * Sets the anchor of each note for @article, by what the notes themselves say.
 */
void
dra_anchor_notes (DraArticle *article,
                  GPtrArray  *notes)
{
  dra_anchor_notes_from (article, notes, NULL, NULL);
}

/**
 * dra_anchor_notes_from:
 * @article: an article
 * @notes: (element-type DraNote): notes made in it, in an earlier form of it, or elsewhere
 * @get_text: (nullable): knows texts that notes were made in, by their SHA-256
 * @user_data: for @get_text
 *
 * Sets the anchor of each note for @article.
 *
 * In order: same text or same place with same surroundings; where the stretch it was part of
 * stands now, when the old text is known; occurrences of the quote ranked by context;
 * passages that differ in at most a fifth of their characters.  A place is taken only when
 * it is certain (see dra-search.c) and beats the next by a margin; otherwise it is offered as
 * unsure.  The work is O(n log n) in the texts, once, and small for each note.
 */
void
dra_anchor_notes_from (DraArticle        *article,
                       GPtrArray         *notes,
                       DraAnchorTextFunc  get_text,
                       gpointer           user_data)
{
  Work work;

  g_return_if_fail (DRA_IS_ARTICLE (article));
  g_return_if_fail (notes != NULL);

  work_init (&work, article, get_text, user_data);
  for (guint i = 0; i < notes->len; i++)
    anchor (&work, g_ptr_array_index (notes, i));
  work_clear (&work);
}
