/* dra-anchor.c: finding a note's passage in a text, changed or not.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "notes/dra-anchor.h"

#include <string.h>

/* Context is measured no further than this, and given up as not distinct when its last few
 * letters have more rivals than this: both keep making a note linear in "aaaa...". */
#define MAX_CONTEXT 512 /* bytes */
#define MAX_RIVALS 10000
#define SEED 4 /* bytes: anything shorter is not called distinct */

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

static void
set_lost (DraNote    *note,
          const char *reason)
{
  dra_note_set_anchor (note, DRA_ANCHOR_LOST, (DraRange) { 0, 0 }, reason);
}

/* The passage is where it was: TRUE when the text there says so. */
static gboolean
anchor_by_position (DraArticle *article,
                    DraNote    *note,
                    gboolean    same_text)
{
  const DraQuote *quote = dra_note_get_quote (note);
  gsize n_code_points = dra_article_get_n_code_points (article);
  const char *text = dra_article_get_text (article, NULL);
  gsize start, end;
  DraRange range;

  if (!dra_note_get_position (note, &start, &end) || start > end || end > n_code_points)
    return FALSE;

  range.start = dra_article_to_bytes (article, start);
  range.end = dra_article_to_bytes (article, end);
  if (quote == NULL ? !same_text
                    : (strlen (quote->exact) != dra_range_length (range) ||
                       memcmp (text + range.start, quote->exact, dra_range_length (range)) != 0))
    return FALSE;
  if (!same_text)
    return FALSE;

  dra_note_set_anchor (note, DRA_ANCHOR_EXACT, range, NULL);
  return TRUE;
}

DraAnchorState
dra_anchor_note (DraArticle *article,
                 DraNote    *note)
{
  gboolean same_text = g_strcmp0 (dra_note_get_text_hash (note), dra_article_get_hash (article)) == 0;

  if (dra_note_get_target (note) != DRA_NOTE_TARGET_PASSAGE)
    dra_note_set_anchor (note, DRA_ANCHOR_EXACT, (DraRange) { 0, 0 }, NULL);
  else if (!anchor_by_position (article, note, same_text))
    set_lost (note, NULL);

  return dra_note_get_anchor (note, NULL, NULL);
}

void
dra_anchor_notes (DraArticle *article,
                  GPtrArray  *notes)
{
  for (guint i = 0; i < notes->len; i++)
    dra_anchor_note (article, notes->pdata[i]);
}
