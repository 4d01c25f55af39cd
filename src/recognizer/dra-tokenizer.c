/* dra-tokenizer.c: sentences and tokens as ranges over an article's text.
 *
 * One pass over the code points of each block, without a model, a locale or a copy of the
 * text.  A token is a word (letters, digits and marks with inner ' ’ - . & as in O'Neill,
 * Jean-Claude, U.S., AT&T), a number, a whole address (link, e-mail, @handle, #tag) or any
 * other single character.  Where scripts do without spaces each letter is a token.
 * Sentences are made of the tokens of a block afterwards, in dra-sentences.c.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/dra-tokenizer-private.h"

#include <string.h>

#include "recognizer/dra-tokenizer-words.h"

/* A run of letters as long as a file would make every later stage hash the whole of it. */
#define MAX_TOKEN_BYTES 200

typedef struct
{
  const char *text;
  const char *end; /* of the block */
  DraTokens  *out;
} Scanner;

static gboolean
is_spaceless_script (gunichar c)
{
  if (c < 0x0E00)
    return FALSE;
  switch (g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_THAI:
    case G_UNICODE_SCRIPT_LAO:
    case G_UNICODE_SCRIPT_KHMER:
    case G_UNICODE_SCRIPT_MYANMAR:
    case G_UNICODE_SCRIPT_TIBETAN:
      return TRUE;
    default:
      return FALSE;
    }
}

/* dra_char_classify: what a character is to the tokenizer. */
DraCharClass
dra_char_classify (gunichar c)
{
  if (c < 0x80)
    {
      if (g_ascii_isalpha (c))
        return DRA_CHAR_LETTER;
      if (g_ascii_isdigit (c))
        return DRA_CHAR_DIGIT;
      return c <= ' ' || c == 0x7F ? DRA_CHAR_SPACE : DRA_CHAR_OTHER;
    }
  switch (g_unichar_type (c))
    {
    case G_UNICODE_UPPERCASE_LETTER:
    case G_UNICODE_LOWERCASE_LETTER:
    case G_UNICODE_TITLECASE_LETTER:
    case G_UNICODE_MODIFIER_LETTER:
    case G_UNICODE_OTHER_LETTER:
      return is_spaceless_script (c) ? DRA_CHAR_ALONE : DRA_CHAR_LETTER;
    case G_UNICODE_DECIMAL_NUMBER:
    case G_UNICODE_LETTER_NUMBER:
    case G_UNICODE_OTHER_NUMBER:
      return DRA_CHAR_DIGIT;
    case G_UNICODE_NON_SPACING_MARK:
    case G_UNICODE_SPACING_MARK:
    case G_UNICODE_ENCLOSING_MARK:
      return DRA_CHAR_MARK;
    case G_UNICODE_SPACE_SEPARATOR:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
    case G_UNICODE_CONTROL:
      return DRA_CHAR_SPACE;
    case G_UNICODE_FORMAT:
      /* soft hyphen, zero width (non-)joiner; others (BOM, direction marks) part words */
      return c == 0xAD || c == 0x200C || c == 0x200D ? DRA_CHAR_FORMAT : DRA_CHAR_SPACE;
    default:
      return DRA_CHAR_OTHER;
    }
}

static inline gboolean
is_word_class (DraCharClass class)
{
  return class == DRA_CHAR_LETTER || class == DRA_CHAR_DIGIT;
}

static inline gboolean
is_apostrophe (gunichar c)
{
  return c == '\'' || c == 0x2019;
}

static inline gboolean
is_hyphen (gunichar c)
{
  return c == '-' || c == 0x2010 || c == 0x2011;
}

static void
push (Scanner    *self,
      const char *start,
      const char *end)
{
  DraToken token = { { start - self->text, end - self->text } };

  if (start < end)
    g_array_append_val (self->out->tokens, token);
}

/* Whether `.` or `'` or the like between two words keeps them one word. */
static gboolean
joins (gunichar    c,
       const char *segment, /* start of what stands before c, after the last '.' */
       const char *at,      /* where c is */
       DraCharClass   before,
       const char *after,   /* behind c */
       const char *end)
{
  gunichar next;
  gsize length;
  DraCharClass class;
  gboolean letters, digits;

  if (after >= end)
    return FALSE;
  length = dra_char_decode (after, end, &next);
  class = dra_char_classify (next);
  letters = before != DRA_CHAR_DIGIT && class == DRA_CHAR_LETTER;
  digits = before == DRA_CHAR_DIGIT && class == DRA_CHAR_DIGIT;

  if (is_apostrophe (c))
    return class == DRA_CHAR_LETTER;
  if (is_hyphen (c))
    return is_word_class (class);
  if (c == '&') /* a page that escaped its text twice says "Lamps&amp;#47;Bells" */
    return letters && !dra_tokenizer_is_reference (after, end);
  if (c == ',' || c == ':')
    return digits;
  if (c != '.')
    return FALSE;

  if (digits)
    return TRUE;
  if (class != DRA_CHAR_LETTER)
    return FALSE;
  if (before == DRA_CHAR_DIGIT && g_unichar_isupper (next)) /* "for 7.Then" */
    return FALSE;
  /* U.S, but not "end.Then", where a space was lost; Ph.D and Amazon.com, but not end.of */
  if (g_utf8_next_char (segment) >= at)
    return TRUE;
  if (g_unichar_isupper (next))
    return at - segment <= 3 && after + length < end && after[length] == '.';
  return dra_tokenizer_is_domain (after, end);
}

/* The end of the word at start, dots of abbreviations included. */
static const char *
scan_word (const char *start,
           const char *end)
{
  const char *p = start, *segment = start;
  DraCharClass before = DRA_CHAR_OTHER;
  gboolean dotted = FALSE;

  while (p < end && p - start < MAX_TOKEN_BYTES)
    {
      gunichar c;
      gsize length = dra_char_decode (p, end, &c);
      DraCharClass class = dra_char_classify (c);

      if (is_word_class (class))
        before = class;
      else if (class == DRA_CHAR_MARK || class == DRA_CHAR_FORMAT)
        ;
      else if (class == DRA_CHAR_OTHER && joins (c, segment, p, before, p + length, end))
        {
          if (c == '.')
            {
              segment = p + 1;
              dotted = TRUE;
            }
          else if (is_hyphen (c))
            segment = p + length;
        }
      else
        break;
      p += length;
    }

  /* the dot of U.S., J. and Inc., but not the first of an ellipsis */
  if (p < end && *p == '.' && !(p + 1 < end && p[1] == '.'))
    {
      gunichar c;
      gboolean one = segment + dra_char_decode (segment, end, &c) == p;

      if ((one && (dotted ? before == DRA_CHAR_LETTER : g_unichar_isupper (c))) ||
          dra_tokenizer_is_abbreviation (start, p - start, end) ||
          (segment == start + 2 && is_hyphen (start[1]) && /* R-Ky. */
           dra_tokenizer_is_abbreviation (segment, p - segment, end)))
        p++;
    }
  return p;
}

/* Where 's, n't, 're and the like begin in a word, or its end. */
static const char *
find_clitic (const char *start,
             const char *end)
{
  const char *p, *after;
  gsize n;

  for (p = end - 1; p > start && end - p <= 5; p--)
    {
      if (*p == '\'')
        after = p + 1;
      else if (end - p >= 3 && memcmp (p, "\xE2\x80\x99", 3) == 0)
        after = p + 3;
      else
        continue;
      n = end - after;
      if (n == 1 && (*after == 't' || *after == 'T') && (p[-1] == 'n' || p[-1] == 'N') &&
          p - 1 > start)
        return p - 1;
      if ((n == 1 && strchr ("sSdDmM", *after) != NULL) ||
          (n == 2 && (g_ascii_strncasecmp (after, "re", 2) == 0 ||
                      g_ascii_strncasecmp (after, "ve", 2) == 0 ||
                      g_ascii_strncasecmp (after, "ll", 2) == 0)))
        return p;
      return end;
    }
  return end;
}

/* Pushes a word, split at the hyphens that join a name to another word: London-based,
 * anti-Trump, US-China, R-Ohio; not Jean-Claude, al-Assad, Jong-un. */
static void
push_hyphened (Scanner    *self,
               const char *start,
               const char *end)
{
  const char *from = start, *part = start, *p = start;

  while (p < end)
    {
      gunichar c;
      gsize length = dra_char_decode (p, end, &c);

      if (is_hyphen (c) && p > part && p + length < end)
        {
          const char *next = p + length, *stop = next;

          while (stop < end)
            {
              gunichar d;
              gsize step = dra_char_decode (stop, end, &d);

              if (is_hyphen (d))
                break;
              stop += step;
            }
          if (dra_tokenizer_splits_hyphen (part, p - part, next, stop - next))
            {
              push (self, from, p);
              push (self, p, next);
              from = next;
            }
          part = next;
        }
      p += length;
    }
  push (self, from, end);
}

static void
push_word (Scanner    *self,
           const char *start,
           const char *end)
{
  const char *clitic = find_clitic (start, end);

  push_hyphened (self, start, clitic);
  push (self, clitic, end);
}

/* Pushes the word from start to stop, in papers "Roe1,2" without the digits that point to where
 * the author works.  They stand behind a name of several words only: "Falcon9" is one word. */
static void
push_author (Scanner    *self,
             const char *start,
             const char *stop)
{
  const GArray *tokens = self->out->tokens;
  const char *digits, *digits_end;

  if (g_ascii_isdigit (stop[-1]) && tokens->len > 0)
    {
      DraRange before = g_array_index (tokens, DraToken, tokens->len - 1).range;
      gunichar c;

      dra_char_decode (self->text + before.start, start, &c);
      digits = dra_tokenizer_find_note_digits (start, self->end, &digits_end);
      if (digits != NULL && digits_end == stop && self->text + before.end + 1 == start &&
          start[-1] == ' ' && g_unichar_isupper (c))
        {
          push_word (self, start, digits);
          push (self, digits, stop);
          return;
        }
    }
  push_word (self, start, stop);
}

/* The end of the link, e-mail address, @handle or #tag at p, or p itself.  Looked for only
 * where a token can begin, over ASCII and bounded, so that a block is still read once. */
static const char *
scan_address (const char *p,
              const char *end)
{
  const char *q = p, *at;

  if (*p == '@' || *p == '#')
    {
      for (q = p + 1; q < end && (g_ascii_isalnum (*q) || *q == '_'); q++)
        if (q - p > MAX_TOKEN_BYTES)
          break;
      return q - p > 1 && !g_ascii_isdigit (p[1]) ? q : p;
    }
  if (!g_ascii_isalnum (*p))
    return p;

  if (dra_tokenizer_is_link (p, end))
    {
      while (q < end && *q > ' ' && *q < 0x7F && strchr ("<>\"`{}|\\^", *q) == NULL &&
             q - p < 2000)
        q++;
      while (q > p && strchr (".,;:!?)'*]", q[-1]) != NULL)
        q--;
      return q;
    }

  while (q < end && q - p < 64 && (g_ascii_isalnum (*q) || strchr ("._%+-", *q) != NULL) && *q)
    q++;
  if (q >= end || *q != '@')
    return p;
  at = q++;
  while (q < end && q - at < MAX_TOKEN_BYTES && (g_ascii_isalnum (*q) || *q == '-' || *q == '.'))
    q++;
  while (q > at && (q[-1] == '.' || q[-1] == '-'))
    q--;
  return memchr (at, '.', q - at) != NULL ? q : p;
}

static void
scan_tokens (Scanner    *self,
             const char *p)
{
  const char *end = self->end;
  gboolean begins = TRUE; /* an address may begin here */

  while (p < end)
    {
      const char *q;
      gunichar c;
      gsize length = dra_char_decode (p, end, &c);
      DraCharClass class = dra_char_classify (c);

      if (class == DRA_CHAR_SPACE || class == DRA_CHAR_FORMAT)
        {
          p += length;
          begins = TRUE;
          continue;
        }
      if (begins && (q = scan_address (p, end)) > p)
        {
          push (self, p, q);
          p = q;
          begins = FALSE;
          continue;
        }
      if (is_word_class (class))
        {
          q = scan_word (p, end);
          push_author (self, p, q);
          begins = FALSE;
        }
      else
        {
          q = p + length;
          if (c == '&' && dra_tokenizer_is_reference (q, end))
            q = (const char *) memchr (q, ';', end - q) + 1;
          /* of an address; a word has its own along */
          if (is_apostrophe (c) && !begins && q < end && (*q == 's' || *q == 'S') &&
              (q + 1 == end || (guchar) q[1] <= ' ' || g_ascii_ispunct (q[1])))
            q++;
          if (c == '.' && q < end && *q == '.') /* an ellipsis is one token */
            while (q < end && *q == '.' && q - p < MAX_TOKEN_BYTES)
              q++;
          while (q < end && q - p < MAX_TOKEN_BYTES)
            {
              gunichar mark;
              gsize step = dra_char_decode (q, end, &mark);

              if (dra_char_classify (mark) != DRA_CHAR_MARK)
                break;
              q += step;
            }
          push (self, p, q);
          begins = TRUE;
        }
      p = q;
    }
}

static DraTokens *
tokens_new (gsize length)
{
  DraTokens *self = g_new0 (DraTokens, 1);

  self->tokens = g_array_sized_new (FALSE, FALSE, sizeof (DraToken), MIN (length / 5, 4096) + 1);
  self->sentences = g_array_new (FALSE, FALSE, sizeof (DraSentence));
  return self;
}

static void
add_block (DraTokens      *self,
           const char     *text,
           DraRange        range,
           guint           block,
           gboolean        heading,
           DraSentenceEnds breaks)
{
  Scanner scanner = { text, text + range.end, self };
  guint first = self->tokens->len;

  scan_tokens (&scanner, text + range.start);
  dra_tokens_split_sentences (self, text, first, block, heading, breaks);
}

/**
 * dra_tokens_new_for_article:
 * @article: an article
 *
 * Splits an article into sentences and tokens, as ranges over its text.
 *
 * A block ends a sentence whatever it ends in, and so do a line of a preformatted block and
 * a cell of a table.
 * Runs in time linear in the length of the text.
 *
 * Returns: (transfer full): the tokens and sentences, in text order
 */
DraTokens *
dra_tokens_new_for_article (DraArticle *article)
{
  gsize length;
  guint n_blocks;
  DraTokens *self;

  g_return_val_if_fail (DRA_IS_ARTICLE (article), NULL);

  dra_article_get_text (article, &length);
  dra_article_get_blocks (article, &n_blocks);
  self = tokens_new (length);
  for (guint i = 0; i < n_blocks; i++)
    dra_tokens_add_block (self, article, i);
  return self;
}

/**
 * dra_tokens_new_empty:
 *
 * Begins with no tokens, for dra_tokens_add_block().
 *
 * Returns: (transfer full): no tokens
 */
DraTokens *
dra_tokens_new_empty (void)
{
  return tokens_new (0);
}

/**
 * dra_tokens_add_block:
 * @self: tokens of the blocks before
 * @article: the article
 * @block: index of the next block
 *
 * Adds the tokens and sentences of one block.  All blocks in turn give what
 * dra_tokens_new_for_article() gives.
 */
void
dra_tokens_add_block (DraTokens  *self,
                      DraArticle *article,
                      guint       block)
{
  const DraBlock *blocks;
  guint n_blocks;

  g_return_if_fail (self != NULL);
  g_return_if_fail (DRA_IS_ARTICLE (article));

  blocks = dra_article_get_blocks (article, &n_blocks);
  g_return_if_fail (block < n_blocks);

  add_block (self, dra_article_get_text (article, NULL), blocks[block].range, block,
             blocks[block].kind == DRA_BLOCK_TITLE || blocks[block].kind == DRA_BLOCK_HEADING,
             blocks[block].kind == DRA_BLOCK_PREFORMATTED ? DRA_ENDS_LINES
             : blocks[block].kind == DRA_BLOCK_TABLE_ROW  ? DRA_ENDS_CELLS
                                                          : DRA_ENDS_NONE);
}

/**
 * dra_tokens_new_for_text:
 * @text: UTF-8; need not end in a NUL
 * @length: its length in bytes
 *
 * Splits a text that is no article; each line is a block.
 *
 * Returns: (transfer full): the tokens and sentences, in text order
 */
DraTokens *
dra_tokens_new_for_text (const char *text,
                         gsize       length)
{
  DraTokens *self;
  gsize start = 0;
  guint block = 0;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  self = tokens_new (length);
  while (start < length)
    {
      const char *newline = memchr (text + start, '\n', length - start);
      gsize end = newline != NULL ? (gsize) (newline - text) : length;
      DraRange range = { start, end };

      add_block (self, text, range, block++, FALSE, DRA_ENDS_NONE);
      start = end + 1;
    }
  return self;
}

/**
 * dra_tokens_free:
 * @self: (nullable) (transfer full): tokens
 *
 * Frees tokens and sentences.
 */
void
dra_tokens_free (DraTokens *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->tokens);
  g_array_unref (self->sentences);
  g_free (self);
}
