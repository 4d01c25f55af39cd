/* dra-sentences.c: where the sentences of a block end.
 *
 * A stop ends one, with the quotes and brackets that close behind it, unless what follows
 * goes on in lower case; an abbreviation only when it is not of the kind that stands before
 * names and the next word is one that begins sentences.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "recognizer/dra-tokenizer-private.h"
#include "recognizer/dra-tokenizer-words.h"

/* A list of a million numbers is no sentence; the tagger's tables are per sentence. */
#define MAX_SENTENCE_TOKENS 400

/* What the sentence splitter wants to know of a token. */
typedef enum
{
  TOKEN_WORD_LOWER,
  TOKEN_WORD_UPPER,
  TOKEN_NUMBER,
  TOKEN_STOP,         /* . ? ! and their like */
  TOKEN_ELLIPSIS,
  TOKEN_ABBREVIATION, /* ends in a dot of its own */
  TOKEN_CLOSER,
  TOKEN_OPENER,
  TOKEN_OTHER,
} TokenKind;

static TokenKind
token_kind (const char *text,
            DraRange    range)
{
  const char *p = text + range.start, *end = text + range.end;
  gsize length = range.end - range.start;
  gunichar c;
  DraCharClass class;

  dra_char_decode (p, end, &c);
  class = dra_char_classify (c);
  if (class == DRA_CHAR_LETTER || class == DRA_CHAR_ALONE)
    {
      if (length > 1 && end[-1] == '.')
        return TOKEN_ABBREVIATION;
      return g_unichar_islower (c) ? TOKEN_WORD_LOWER : TOKEN_WORD_UPPER;
    }
  if (class == DRA_CHAR_DIGIT)
    return TOKEN_NUMBER;
  switch (c)
    {
    case '.':
      return length > 1 ? TOKEN_ELLIPSIS : TOKEN_STOP;
    case '?': case '!': case 0x3002: case 0xFF01: case 0xFF1F: case 0xFF61: case 0x203C:
    case 0x061F: case 0x06D4: case 0x0964: case 0x0965: case 0x1362: case 0x0589:
      return TOKEN_STOP;
    case 0x2026:
      return TOKEN_ELLIPSIS;
    case ')': case ']': case '}': case 0x201D: case 0x2019: case 0xBB: case 0x300D: case 0x300F:
      return TOKEN_CLOSER;
    case '(': case '[': case '{': case 0x201C: case 0x2018: case 0xAB: case 0x300C: case 0x300E:
      return TOKEN_OPENER;
    case '"': case '\'':
      return TOKEN_CLOSER; /* by where the spaces are, see below */
    default:
      return TOKEN_OTHER;
    }
}

static const DraToken *
token_at (DraTokens *self,
          guint      i)
{
  return &g_array_index (self->tokens, DraToken, i);
}

/* Whether a sentence ends behind token i, i itself being its last stop or abbreviation;
 * next is the first token behind i and the closing quotes and brackets that follow it. */
static gboolean
ends_sentence (DraTokens  *self,
               const char *text,
               guint       i,
               guint       next,
               guint       n)
{
  TokenKind kind = token_kind (text, token_at (self, i)->range), follows = TOKEN_OTHER;
  DraRange range = token_at (self, i)->range;
  DraRange word = { 0, 0 };
  gboolean spaced;

  if (next >= n)
    return TRUE;
  spaced = token_at (self, next)->range.start > token_at (self, next - 1)->range.end;
  for (guint k = next; k < n && k < next + 4; k++)
    {
      word = token_at (self, k)->range;
      follows = token_kind (text, word);
      if (follows != TOKEN_OPENER && follows != TOKEN_CLOSER)
        break;
    }

  if (kind == TOKEN_STOP)
    {
      /* "Yahoo! said", "“Who?” he asked", "et al. 2010", and 3 . 5 of odd spacing */
      if (follows == TOKEN_WORD_LOWER)
        return FALSE;
      return spaced || follows == TOKEN_WORD_UPPER || range.end - range.start > 1;
    }
  if (kind == TOKEN_ELLIPSIS)
    return follows == TOKEN_WORD_UPPER || follows == TOKEN_ABBREVIATION;

  g_assert (kind == TOKEN_ABBREVIATION);
  if (next > i + 1 && follows == TOKEN_WORD_UPPER &&
      token_kind (text, token_at (self, i + 1)->range) == TOKEN_CLOSER &&
      text[token_at (self, i + 1)->range.start] != ')')
    return TRUE; /* a closing quote behind the dot: «in the U.S.” The» */
  if (dra_tokenizer_never_ends_sentence (text + range.start, range.end - range.start))
    return FALSE;
  return follows == TOKEN_WORD_UPPER &&
         dra_tokenizer_begins_sentence (text + word.start, word.end - word.start);
}

/* Title Case or ALL CAPS by its letters alone: more than four words, over 70 % of them
 * capitalised. */
static gboolean
is_title_case (DraTokens  *self,
               const char *text,
               guint       first,
               guint       n_tokens)
{
  guint words = 0, capitals = 0;

  for (guint i = first; i < first + n_tokens; i++)
    {
      DraRange range = token_at (self, i)->range;
      gunichar c;

      dra_char_decode (text + range.start, text + range.end, &c);
      if (dra_char_classify (c) != DRA_CHAR_LETTER)
        continue;
      words++;
      if (c < 0x80 ? g_ascii_isupper ((char) c) : g_unichar_isupper (c) || g_unichar_istitle (c))
        capitals++;
    }
  return words > 4 && capitals * 10 > words * 7;
}

static void
push_sentence (DraTokens  *self,
               const char *text,
               guint       first,
               guint       end,
               guint       block,
               gboolean    heading)
{
  while (first < end)
    {
      guint n = MIN (end - first, MAX_SENTENCE_TOKENS);
      DraSentence sentence = { first, n, block, heading, FALSE };

      sentence.title_case = is_title_case (self, text, first, n);
      sentence.headline |= sentence.title_case;
      g_array_append_val (self->sentences, sentence);
      first += n;
    }
}

/* Whether token i is the stop of the number of a list item, "1. Anna Smith". */
static gboolean
is_item_number (DraTokens  *self,
                const char *text,
                guint       first, /* of the block */
                guint       i)
{
  return i == first + 1 && dra_range_length (token_at (self, first)->range) <= 3 &&
         token_kind (text, token_at (self, first)->range) == TOKEN_NUMBER;
}

static gboolean
has_break (const char     *text,
           gsize           from,
           gsize           to,
           DraSentenceEnds breaks)
{
  for (gsize i = from; i < to; i++)
    if ((i + 3 <= to && memcmp (text + i, "\xE2\x80\xA8", 3) == 0) ||
        (text[i] == '\t' && breaks == DRA_ENDS_CELLS))
      return TRUE;
  return FALSE;
}

/* dra_tokens_split_sentences: makes sentences of the tokens from first on, which are those of
 * one block; breaks: whether each line or cell of the block is a sentence of its own. */
void
dra_tokens_split_sentences (DraTokens      *self,
                            const char     *text,
                            guint           first,
                            guint           block,
                            gboolean        heading,
                            DraSentenceEnds breaks)
{
  guint n = self->tokens->len, begin = first;

  for (guint i = first; i < n; i++)
    {
      TokenKind kind = token_kind (text, token_at (self, i)->range);
      guint next = i + 1;
      gboolean ends = FALSE;

      if (kind == TOKEN_STOP || kind == TOKEN_ELLIPSIS || kind == TOKEN_ABBREVIATION)
        {
          /* closers belong to the sentence when no space parts them from its end */
          while (next < n && token_at (self, next)->range.start ==
                               token_at (self, next - 1)->range.end &&
                 token_kind (text, token_at (self, next)->range) == TOKEN_CLOSER)
            next++;
          ends = !is_item_number (self, text, first, i) &&
                 ends_sentence (self, text, i, next, n);
        }
      if (!ends && breaks != DRA_ENDS_NONE && i + 1 < n)
        {
          next = i + 1;
          ends = has_break (text, token_at (self, i)->range.end,
                            token_at (self, next)->range.start, breaks);
        }
      if (ends)
        {
          push_sentence (self, text, begin, next, block, heading);
          begin = next;
          i = next - 1;
        }
    }
  push_sentence (self, text, begin, n, block, heading);
}
