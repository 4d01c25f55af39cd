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
