/* dra-myers.c: approximate string matching by bit vectors.
 *
 * G. Myers, "A fast bit-vector algorithm for approximate string matching based on dynamic
 * programming", Journal of the ACM 46 (3), 1999, in the blocked form; the words of one
 * column are computed from top to bottom, each handing its horizontal difference on.  A
 * column of the edit distance matrix of a pattern of m characters costs m / 64 steps.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "notes/dra-myers.h"

#include <string.h>

#define WORD 64

typedef struct
{
  guint64 *equal; /* row 0 is of characters that are not in the pattern */
  guint ascii[128];
  GHashTable *others;
} Rows;

struct _DraMyers
{
  guint length;
  guint n_words;
  Rows forward;
  Rows backward; /* of the pattern reversed, to find where a match begins */
  guint64 *positive;
  guint64 *negative;
};

static guint
row_of (const Rows *rows,
        gunichar    c)
{
  return c < 128 ? rows->ascii[c] : GPOINTER_TO_UINT (g_hash_table_lookup (rows->others, GUINT_TO_POINTER (c)));
}

static void
rows_init (Rows           *rows,
           const gunichar *pattern,
           guint           length,
           guint           n_words,
           gboolean        reversed)
{
  guint n_rows = 1;

  memset (rows->ascii, 0, sizeof rows->ascii);
  rows->others = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < length; i++)
    if (row_of (rows, pattern[i]) == 0)
      {
        if (pattern[i] < 128)
          rows->ascii[pattern[i]] = n_rows++;
        else
          g_hash_table_insert (rows->others, GUINT_TO_POINTER (pattern[i]), GUINT_TO_POINTER (n_rows++));
      }

  rows->equal = g_new0 (guint64, (gsize) n_rows * n_words);
  for (guint i = 0; i < length; i++)
    {
      guint at = reversed ? length - 1 - i : i;

      rows->equal[(gsize) row_of (rows, pattern[i]) * n_words + at / WORD] |= G_GUINT64_CONSTANT (1) << at % WORD;
    }
}

static void
rows_clear (Rows *rows)
{
  g_free (rows->equal);
  g_hash_table_unref (rows->others);
}

/**
 * dra_myers_new:
 * @pattern: what to look for
 * @length: its characters, at least 1
 *
 * Prepares a pattern.  Memory is its length in bits for each of its different characters.
 *
 * Returns: (transfer full): a matcher
 */
DraMyers *
dra_myers_new (const gunichar *pattern,
               guint           length)
{
  DraMyers *self = g_new0 (DraMyers, 1);

  g_assert (length > 0);

  self->length = length;
  self->n_words = (length + WORD - 1) / WORD;
  rows_init (&self->forward, pattern, length, self->n_words, FALSE);
  rows_init (&self->backward, pattern, length, self->n_words, TRUE);
  self->positive = g_new (guint64, self->n_words);
  self->negative = g_new (guint64, self->n_words);
  return self;
}

/**
 * dra_myers_free:
 * @self: (nullable): a matcher
 */
void
dra_myers_free (DraMyers *self)
{
  if (self == NULL)
    return;

  rows_clear (&self->forward);
  rows_clear (&self->backward);
  g_free (self->positive);
  g_free (self->negative);
  g_free (self);
}

static void
reset (DraMyers *self)
{
  memset (self->positive, 0xff, self->n_words * sizeof (guint64));
  memset (self->negative, 0, self->n_words * sizeof (guint64));
}

/* One more character of the text.  in is the horizontal difference of the row above the
 * pattern: 0 when a match may begin anywhere, 1 when it begins where the text does.
 * Returns the difference of the last row. */
static int
add_column (DraMyers   *self,
            const Rows *rows,
            gunichar    c,
            int         in)
{
  const guint64 *equal = rows->equal + (gsize) row_of (rows, c) * self->n_words;

  for (guint w = 0; w < self->n_words; w++)
    {
      guint last = w + 1 < self->n_words ? WORD - 1 : (self->length - 1) % WORD;
      guint64 pv = self->positive[w];
      guint64 mv = self->negative[w];
      guint64 eq = equal[w];
      guint64 xv = eq | mv;
      guint64 xh, ph, mh;
      int out;

      if (in < 0)
        eq |= 1;
      xh = (((eq & pv) + pv) ^ pv) | eq;
      ph = mv | ~(xh | pv);
      mh = pv & xh;
      out = (int) (ph >> last & 1) - (int) (mh >> last & 1);
      ph = ph << 1 | (in > 0);
      mh = mh << 1 | (in < 0);
      self->positive[w] = mh | ~(xv | ph);
      self->negative[w] = ph & xv;
      in = out;
    }

  return in;
}

/**
 * dra_myers_search:
 * @self: a matcher
 * @text: where to look
 * @length: its characters
 * @start: (out): where the best match begins
 * @end: (out): where it ends, exclusive
 *
 * Finds the part of a text that differs least from the pattern; of several the first to end,
 * and of its beginnings the one that makes it most nearly as long as the pattern.
 *
 * Returns: the edit distance: insertions, deletions and replacements of characters
 */
guint
dra_myers_search (DraMyers       *self,
                  const gunichar *text,
                  guint           length,
                  guint          *start,
                  guint          *end)
{
  guint distance = self->length;
  guint best = distance;
  guint best_length = 0;

  *end = 0;
  reset (self);
  for (guint i = 0; i < length; i++)
    {
      distance += (guint) add_column (self, &self->forward, text[i], 0);
      if (distance < best)
        {
          best = distance;
          *end = i + 1;
        }
    }

  reset (self);
  distance = self->length;
  for (guint i = 0; i < *end && i < 2 * self->length; i++)
    {
      guint so_far = i + 1;

      distance += (guint) add_column (self, &self->backward, text[*end - 1 - i], 1);
      if (distance == best &&
          (best_length == 0 ||
           ABS ((int) so_far - (int) self->length) < ABS ((int) best_length - (int) self->length)))
        best_length = so_far;
    }

  *start = *end - best_length;
  return best;
}

/**
 * dra_myers_reach:
 * @self: a matcher
 * @text: a text
 * @length: its characters
 *
 * Returns: the least edit distance between the pattern and a part of @text that begins where
 *   @text does
 */
guint
dra_myers_reach (DraMyers       *self,
                 const gunichar *text,
                 guint           length)
{
  guint distance = self->length;
  guint best = distance;

  reset (self);
  for (guint i = 0; i < length; i++)
    {
      distance += (guint) add_column (self, &self->forward, text[i], 1);
      best = MIN (best, distance);
    }
  return best;
}

/**
 * dra_myers_distance:
 * @self: a matcher
 * @text: a text
 * @length: its characters
 *
 * Returns: the edit distance between the pattern and the whole of @text
 */
guint
dra_myers_distance (DraMyers       *self,
                    const gunichar *text,
                    guint           length)
{
  guint distance = self->length;

  reset (self);
  for (guint i = 0; i < length; i++)
    distance += (guint) add_column (self, &self->forward, text[i], 1);
  return distance;
}
