/* dra-note-import.c: notes that other programs made, for an article of ours.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "notes/dra-note-import.h"

#include <string.h>

#include "notes/dra-anchor.h"
#include "notes/dra-web-annotation.h"

/* The code points beyond the first 65,536, which UTF-16 writes as two units: where each
 * stands, in code points. */
static GArray *
find_pairs (DraArticle *article)
{
  GArray *pairs = g_array_new (FALSE, FALSE, sizeof (gsize));
  gsize length, index = 0;
  const char *text = dra_article_get_text (article, &length);

  for (const char *p = text; p < text + length; p++)
    {
      if (((guchar) *p & 0xC0) == 0x80)
        continue;
      if ((guchar) *p >= 0xF0)
        g_array_append_val (pairs, index);
      index++;
    }

  return pairs;
}

/* Code points for an offset in units of UTF-16. */
static gsize
from_utf16 (GArray *pairs,
            gsize   units)
{
  guint low = 0, high = pairs->len;

  /* The k-th pair, from 0, begins k units later than it has code points before it. */
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (pairs, gsize, middle) + middle < units)
        low = middle + 1;
      else
        high = middle;
    }

  return units - low;
}

static gboolean
quotes (DraArticle     *article,
        const DraQuote *quote,
        gsize           start,
        gsize           end)
{
  gsize first, last;

  if (start > end || end > dra_article_get_n_code_points (article))
    return FALSE;
  first = dra_article_to_bytes (article, start);
  last = dra_article_to_bytes (article, end);

  return last - first == strlen (quote->exact)
         && memcmp (dra_article_get_text (article, NULL) + first, quote->exact, last - first) == 0;
}

/* W3C counts code points, browsers count units of UTF-16, and few say which: where only
 * the second reading is at the words that the note quotes, that is what was meant. */
static void
settle_position (DraArticle *article,
                 DraNote    *note,
                 GArray     *pairs)
{
  const DraQuote *quote = dra_note_get_quote (note);
  gsize start, end;

  if (quote == NULL || quote->exact == NULL || dra_note_get_text_hash (note) != NULL
      || !dra_note_get_position (note, &start, &end) || quotes (article, quote, start, end))
    return;
  start = from_utf16 (pairs, start);
  end = from_utf16 (pairs, end);
  if (quotes (article, quote, start, end))
    dra_note_set_position (note, start, end);
}

/**
 * dra_note_import:
 * @article: the article the notes are for
 * @json: what the other program wrote
 * @length: its length in bytes, or -1 when it ends in a NUL
 * @n_skipped: (out) (optional): how many annotations could not be used at all
 * @error: return location for %DRA_ERROR_DAMAGED
 *
 * Reads notes and finds their passages.  Positions are taken as code points or as units of
 * UTF-16, whichever fits what the note quotes.
 *
 * Returns: (transfer full) (element-type DraNote): the notes, anchored in @article
 */
GPtrArray *
dra_note_import (DraArticle  *article,
                 const char  *json,
                 gssize       length,
                 guint       *n_skipped,
                 GError     **error)
{
  g_autoptr (GArray) pairs = NULL;
  GPtrArray *notes = dra_web_annotation_read_string (json, length, n_skipped, error);

  if (notes == NULL)
    return NULL;
  pairs = find_pairs (article);
  for (guint i = 0; pairs->len > 0 && i < notes->len; i++)
    settle_position (article, notes->pdata[i], pairs);
  dra_anchor_notes (article, notes);

  return notes;
}
