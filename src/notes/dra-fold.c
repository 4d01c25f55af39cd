/* dra-fold.c: a text made ready for comparison, with an index of its trigrams.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "notes/dra-fold.h"

#include <string.h>

#define HASH_BITS 16

/* 0 for what is left out. */
static gunichar
fold_wide (gunichar c)
{
  gunichar base, mark;

  switch (c)
    {
    case 0x2018: case 0x2019: case 0x201A: case 0x201B: case 0x2032: case 0x2039: case 0x203A:
      return '\'';
    case 0x201C: case 0x201D: case 0x201E: case 0x201F: case 0x2033: case 0x00AB: case 0x00BB:
      return '"';
    case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2015: case 0x2212:
      return '-';
    case 0x2028: case 0x2029:
      return ' ';
    case 0x00AD:
      return 0;
    default:
      break;
    }

  switch (g_unichar_type (c))
    {
    case G_UNICODE_NON_SPACING_MARK:
    case G_UNICODE_ENCLOSING_MARK:
    case G_UNICODE_FORMAT:
      return 0;
    case G_UNICODE_SPACE_SEPARATOR:
      return ' ';
    default:
      break;
    }

  while (g_unichar_decompose (c, &base, &mark) && base != c)
    c = base;
  return g_unichar_tolower (c);
}

static inline gunichar
fold_char (gunichar c)
{
  if (c >= 0x80)
    return fold_wide (c);
  if (c <= ' ')
    return ' ';

  return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

/**
 * dra_fold_new:
 * @text: valid UTF-8
 * @length: its length in bytes, below 4 GiB
 *
 * Folds a text.  Runs of white space become one space.
 *
 * Returns: (transfer full): the folded text, without its index
 */
DraFold *
dra_fold_new (const char *text,
              gsize       length)
{
  DraFold *self = g_new0 (DraFold, 1);
  const char *end = text + length;

  self->chars = g_new (gunichar, length + 1);
  self->bytes = g_new (guint32, length + 1);
  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = fold_char (g_utf8_get_char (p));

      if (c == 0 || (c == ' ' && self->n > 0 && self->chars[self->n - 1] == ' '))
        continue;
      self->chars[self->n] = c;
      self->bytes[self->n++] = (guint32) (p - text);
    }
  self->bytes[self->n] = (guint32) length;
  return self;
}

/**
 * dra_fold_string:
 * @text: valid UTF-8
 *
 * Folds a name or another short text, without white space at its ends, so that two forms of
 * it that differ only in case, accents or kinds of marks become the same.
 *
 * Returns: (transfer full): the folded text, UTF-8
 */
char *
dra_fold_string (const char *text)
{
  g_autoptr (DraFold) fold = dra_fold_new (text, strlen (text));
  char *folded = g_ucs4_to_utf8 (fold->chars, fold->n, NULL, NULL, NULL);

  return folded != NULL ? g_strstrip (folded) : g_strdup ("");
}

/**
 * dra_fold_free:
 * @self: (nullable): a folded text
 */
void
dra_fold_free (DraFold *self)
{
  if (self == NULL)
    return;

  g_free (self->chars);
  g_free (self->bytes);
  g_free (self->starts);
  g_free (self->positions);
  g_free (self);
}

/**
 * dra_fold_find_byte:
 * @self: a folded text
 * @offset: bytes of the text
 *
 * Returns: index of the first folded character at or after @offset
 */
guint32
dra_fold_find_byte (const DraFold *self,
                    gsize          offset)
{
  guint32 low = 0, high = self->n;

  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;

      if (self->bytes[middle] < offset)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/**
 * dra_fold_to_bytes:
 * @self: a folded text
 * @start: first folded character
 * @end: the one after the last
 *
 * Returns: the range in bytes of the text, with what was left out behind its last character
 */
DraRange
dra_fold_to_bytes (const DraFold *self,
                   guint32        start,
                   guint32        end)
{
  return (DraRange) { self->bytes[start], self->bytes[end] };
}

static inline guint
hash_trigram (const gunichar *chars)
{
  guint32 hash = chars[0] * 0x9E3779B1u ^ chars[1] * 0x85EBCA6Bu ^ chars[2] * 0xC2B2AE35u;

  return (hash ^ hash >> 15) & ((1u << HASH_BITS) - 1);
}

/**
 * dra_fold_index:
 * @self: a folded text
 *
 * Indexes the trigrams of the text, once: a counting sort by hash, linear.
 */
void
dra_fold_index (DraFold *self)
{
  guint32 n = self->n >= 3 ? self->n - 2 : 0;
  guint32 *next;

  if (self->starts != NULL)
    return;

  self->starts = g_new0 (guint32, (1u << HASH_BITS) + 2);
  self->positions = g_new (guint32, n + 1);
  next = self->starts + 1;
  for (guint32 i = 0; i < n; i++)
    next[hash_trigram (self->chars + i) + 1]++;
  for (guint i = 1; i <= 1u << HASH_BITS; i++)
    next[i] += next[i - 1];
  /* next[h] is where the next position of hash h goes; in the end starts[h + 1] is where
   * those of h end, which is where those of h + 1 begin. */
  for (guint32 i = 0; i < n; i++)
    self->positions[next[hash_trigram (self->chars + i)]++] = i;
}

/**
 * dra_fold_trigram:
 * @self: an indexed text
 * @chars: three folded characters
 * @n_positions: (out): how many positions there are
 *
 * Returns: positions, ascending, of all trigrams with the hash of @chars: some may be others
 */
const guint32 *
dra_fold_trigram (const DraFold  *self,
                  const gunichar *chars,
                  guint32        *n_positions)
{
  guint hash = hash_trigram (chars);

  *n_positions = self->starts[hash + 1] - self->starts[hash];
  return self->positions + self->starts[hash];
}
