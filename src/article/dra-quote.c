/* dra-quote.c: a passage with enough of its surroundings to find it again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "article/dra-quote.h"

#include <string.h>

/* A one-letter quote in a long text has as many rivals as the text has letters: these two
 * keep the search for a unique context linear. */
#define MAX_RIVALS 10000
#define MAX_CONTEXT 2048 /* bytes on one side */

#define MAX_WORD 50 /* code points that a context may grow by so as not to cut a word */

typedef struct
{
  const char *text;
  gsize       length;
  DraRange    range;
  gsize       before; /* bytes of context */
  gsize       after;
} Context;

static gsize
step_back (const char *text,
           gsize       offset)
{
  do
    offset--;
  while (offset > 0 && ((guchar) text[offset] & 0xC0) == 0x80);

  return offset;
}

static gsize
step_forward (const char *text,
              gsize       length,
              gsize       offset)
{
  do
    offset++;
  while (offset < length && ((guchar) text[offset] & 0xC0) == 0x80);

  return offset;
}

static gboolean
is_word_at (const char *text,
            gsize       offset)
{
  return g_unichar_isalnum (g_utf8_get_char (text + offset));
}

static gsize
common_before (const Context *c,
               gsize          rival)
{
  gsize n = 0;
  gsize limit = MIN (MIN (c->range.start, rival), MAX_CONTEXT);

  while (n < limit && c->text[c->range.start - n - 1] == c->text[rival - n - 1])
    n++;

  return n;
}

static gsize
common_after (const Context *c,
              gsize          rival_end)
{
  gsize n = 0;
  gsize limit = MIN (c->length - MAX (c->range.end, rival_end), MAX_CONTEXT);

  while (n < limit && c->text[c->range.end + n] == c->text[rival_end + n])
    n++;

  return n;
}

/* Grows the shorter way past what this rival has in common with the passage. */
static void
outgrow_rival (Context *c,
               gsize    rival)
{
  gsize same_before = common_before (c, rival);
  gsize same_after = common_after (c, rival + dra_range_length (c->range));
  gboolean can_before = same_before < c->range.start && same_before < MAX_CONTEXT;
  gboolean can_after = same_after < c->length - c->range.end && same_after < MAX_CONTEXT;

  if (same_before < c->before || same_after < c->after)
    return;

  if (can_before && (!can_after || same_before - c->before <= same_after - c->after))
    c->before = same_before + 1;
  else if (can_after)
    c->after = same_after + 1;
}

static void
make_unique (Context *c)
{
  const char *exact = c->text + c->range.start;
  gsize exact_length = dra_range_length (c->range);
  const char *p = c->text;
  const char *end = c->text + c->length;
  guint n_rivals = 0;

  if (exact_length == 0)
    return;

  while (n_rivals < MAX_RIVALS && (p = memmem (p, end - p, exact, exact_length)) != NULL)
    {
      gsize rival = p - c->text;

      if (rival != c->range.start)
        {
          outgrow_rival (c, rival);
          n_rivals++;
        }
      p++;
    }
}

/* Moves both ends outward to a character, then a word boundary. */
static void
snap_to_words (Context *c)
{
  gsize start = c->range.start - c->before;
  gsize end = c->range.end + c->after;

  while (start > 0 && ((guchar) c->text[start] & 0xC0) == 0x80)
    start--;
  while (end < c->length && ((guchar) c->text[end] & 0xC0) == 0x80)
    end++;

  for (guint i = 0; i < MAX_WORD && start > 0 && is_word_at (c->text, start); i++)
    {
      gsize previous = step_back (c->text, start);

      if (!is_word_at (c->text, previous))
        break;
      start = previous;
    }
  for (guint i = 0; i < MAX_WORD && end < c->length && is_word_at (c->text, end); i++)
    {
      if (end == 0 || !is_word_at (c->text, step_back (c->text, end)))
        break;
      end = step_forward (c->text, c->length, end);
    }

  c->before = c->range.start - start;
  c->after = end - c->range.end;
}

/**
 * dra_quote_new:
 * @exact: the passage
 * @prefix: (nullable): what stands before it
 * @suffix: (nullable): what stands after it
 *
 * Returns: (transfer full): a quote made of copies
 */
DraQuote *
dra_quote_new (const char *exact,
               const char *prefix,
               const char *suffix)
{
  DraQuote *quote;

  g_return_val_if_fail (exact != NULL, NULL);

  quote = g_new0 (DraQuote, 1);
  quote->exact = g_strdup (exact);
  quote->prefix = g_strdup (prefix != NULL ? prefix : "");
  quote->suffix = g_strdup (suffix != NULL ? suffix : "");

  return quote;
}

/**
 * dra_quote_new_for_range:
 * @text: valid UTF-8
 * @length: length of @text in bytes
 * @range: the passage, in bytes, on character boundaries
 *
 * Quotes @range with context as the W3C TextQuoteSelector asks: DRA_QUOTE_CONTEXT code
 * points on each side, more until prefix, passage and suffix together are unique in
 * @text (as Apache Annotator does, within bounds), ending at word boundaries.
 *
 * Returns: (transfer full): the quote
 */
DraQuote *
dra_quote_new_for_range (const char *text,
                         gsize       length,
                         DraRange    range)
{
  Context c = { text, length, range, 0, 0 };
  DraQuote *quote;
  gsize start, end;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (range.start <= range.end && range.end <= length, NULL);

  start = range.start;
  end = range.end;
  for (guint i = 0; i < DRA_QUOTE_CONTEXT && start > 0; i++)
    start = step_back (text, start);
  for (guint i = 0; i < DRA_QUOTE_CONTEXT && end < length; i++)
    end = step_forward (text, length, end);
  c.before = range.start - start;
  c.after = end - range.end;

  make_unique (&c);
  snap_to_words (&c);

  quote = g_new0 (DraQuote, 1);
  quote->exact = g_strndup (text + range.start, dra_range_length (range));
  quote->prefix = g_strndup (text + range.start - c.before, c.before);
  quote->suffix = g_strndup (text + range.end, c.after);

  return quote;
}

/**
 * dra_quote_copy:
 * @quote: (nullable): a quote
 *
 * Returns: (transfer full) (nullable): a copy
 */
DraQuote *
dra_quote_copy (const DraQuote *quote)
{
  return quote != NULL ? dra_quote_new (quote->exact, quote->prefix, quote->suffix) : NULL;
}

/**
 * dra_quote_free:
 * @quote: (nullable): a quote
 */
void
dra_quote_free (DraQuote *quote)
{
  if (quote == NULL)
    return;

  g_free (quote->exact);
  g_free (quote->prefix);
  g_free (quote->suffix);
  g_free (quote);
}

/**
 * dra_quote_equal:
 * @a: (nullable): a quote
 * @b: (nullable): a quote
 *
 * Returns: whether passage and context are the same
 */
gboolean
dra_quote_equal (const DraQuote *a,
                 const DraQuote *b)
{
  if (a == NULL || b == NULL)
    return a == b;

  return g_str_equal (a->exact, b->exact)
         && g_str_equal (a->prefix, b->prefix)
         && g_str_equal (a->suffix, b->suffix);
}
