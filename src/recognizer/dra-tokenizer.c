/* dra-tokenizer.c: sentences and tokens as ranges over an article's text.
 *
 * One pass over the code points of each block, without a model, a locale or a copy of the
 * text.  A token is a word (letters, digits and marks with inner ' ’ - . & as in O'Neill,
 * Jean-Claude, U.S., AT&T), a number, a whole address (link, e-mail, @handle, #tag) or any
 * other single character.  Where scripts do without spaces each letter is a token.  The
 * sentence splitter then looks at the tokens only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/dra-tokenizer.h"

#include <string.h>

#include "recognizer/dra-tokenizer-words.h"

/* A run of letters as long as a file would make every later stage hash the whole of it. */
#define MAX_TOKEN_BYTES 200
/* A list of a million numbers is no sentence; the tagger's tables are per sentence. */
#define MAX_SENTENCE_TOKENS 400

typedef enum
{
  CLASS_SPACE,
  CLASS_LETTER,
  CLASS_DIGIT,
  CLASS_MARK,   /* combining: belongs to what stands before */
  CLASS_FORMAT, /* invisible joiners: belong to the word they are in */
  CLASS_ALONE,  /* a letter of a script written without spaces */
  CLASS_OTHER,
} CharClass;

typedef struct
{
  const char *text;
  const char *end; /* of the block */
  DraTokens  *out;
} Scanner;

/* Decodes one character and never reads beyond end; a broken byte is a character. */
static inline gsize
decode (const char *p,
        const char *end,
        gunichar   *c)
{
  gunichar value;

  if ((guchar) *p < 0x80)
    {
      *c = (guchar) *p;
      return 1;
    }
  value = g_utf8_get_char_validated (p, end - p);
  if (value == (gunichar) -1 || value == (gunichar) -2)
    {
      *c = 0xFFFD;
      return 1;
    }
  *c = value;
  return g_utf8_skip[(guchar) *p];
}

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

static CharClass
classify (gunichar c)
{
  if (c < 0x80)
    {
      if (g_ascii_isalpha (c))
        return CLASS_LETTER;
      if (g_ascii_isdigit (c))
        return CLASS_DIGIT;
      return c <= ' ' || c == 0x7F ? CLASS_SPACE : CLASS_OTHER;
    }
  switch (g_unichar_type (c))
    {
    case G_UNICODE_UPPERCASE_LETTER:
    case G_UNICODE_LOWERCASE_LETTER:
    case G_UNICODE_TITLECASE_LETTER:
    case G_UNICODE_MODIFIER_LETTER:
    case G_UNICODE_OTHER_LETTER:
      return is_spaceless_script (c) ? CLASS_ALONE : CLASS_LETTER;
    case G_UNICODE_DECIMAL_NUMBER:
    case G_UNICODE_LETTER_NUMBER:
    case G_UNICODE_OTHER_NUMBER:
      return CLASS_DIGIT;
    case G_UNICODE_NON_SPACING_MARK:
    case G_UNICODE_SPACING_MARK:
    case G_UNICODE_ENCLOSING_MARK:
      return CLASS_MARK;
    case G_UNICODE_SPACE_SEPARATOR:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
    case G_UNICODE_CONTROL:
      return CLASS_SPACE;
    case G_UNICODE_FORMAT:
      /* soft hyphen, zero width (non-)joiner; others (BOM, direction marks) part words */
      return c == 0xAD || c == 0x200C || c == 0x200D ? CLASS_FORMAT : CLASS_SPACE;
    default:
      return CLASS_OTHER;
    }
}

static inline gboolean
is_word_class (CharClass class)
{
  return class == CLASS_LETTER || class == CLASS_DIGIT;
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
       CharClass   before,
       const char *after,   /* behind c */
       const char *end)
{
  gunichar next;
  gsize length;
  CharClass class;
  gboolean letters, digits;

  if (after >= end)
    return FALSE;
  length = decode (after, end, &next);
  class = classify (next);
  letters = before != CLASS_DIGIT && class == CLASS_LETTER;
  digits = before == CLASS_DIGIT && class == CLASS_DIGIT;

  if (is_apostrophe (c))
    return class == CLASS_LETTER;
  if (is_hyphen (c))
    return is_word_class (class);
  if (c == '&')
    return letters;
  if (c == ',' || c == ':')
    return digits;
  if (c != '.')
    return FALSE;

  if (digits)
    return TRUE;
  if (class != CLASS_LETTER)
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
  CharClass before = CLASS_OTHER;
  gboolean dotted = FALSE;

  while (p < end && p - start < MAX_TOKEN_BYTES)
    {
      gunichar c;
      gsize length = decode (p, end, &c);
      CharClass class = classify (c);

      if (is_word_class (class))
        before = class;
      else if (class == CLASS_MARK || class == CLASS_FORMAT)
        ;
      else if (class == CLASS_OTHER && joins (c, segment, p, before, p + length, end))
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
      gboolean one = segment + decode (segment, end, &c) == p;

      if ((one && (dotted ? before == CLASS_LETTER : g_unichar_isupper (c))) ||
          dra_tokenizer_is_abbreviation (start, p - start, end))
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
      gsize length = decode (p, end, &c);

      if (is_hyphen (c) && p > part && p + length < end)
        {
          const char *next = p + length, *stop = next;

          while (stop < end)
            {
              gunichar d;
              gsize step = decode (stop, end, &d);

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
      gsize length = decode (p, end, &c);
      CharClass class = classify (c);

      if (class == CLASS_SPACE || class == CLASS_FORMAT)
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
          push_word (self, p, q);
          begins = FALSE;
        }
      else
        {
          q = p + length;
          if (c == '.' && q < end && *q == '.') /* an ellipsis is one token */
            while (q < end && *q == '.' && q - p < MAX_TOKEN_BYTES)
              q++;
          while (q < end && q - p < MAX_TOKEN_BYTES)
            {
              gunichar mark;
              gsize step = decode (q, end, &mark);

              if (classify (mark) != CLASS_MARK)
                break;
              q += step;
            }
          push (self, p, q);
          begins = TRUE;
        }
      p = q;
    }
}

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
  CharClass class;

  decode (p, end, &c);
  class = classify (c);
  if (class == CLASS_LETTER || class == CLASS_ALONE)
    {
      if (length > 1 && end[-1] == '.')
        return TOKEN_ABBREVIATION;
      return g_unichar_islower (c) ? TOKEN_WORD_LOWER : TOKEN_WORD_UPPER;
    }
  if (class == CLASS_DIGIT)
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

      decode (text + range.start, text + range.end, &c);
      if (classify (c) != CLASS_LETTER)
        continue;
      words++;
      if (g_unichar_isupper (c) || g_unichar_istitle (c))
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

static gboolean
has_line_break (const char *text,
                gsize       from,
                gsize       to)
{
  for (gsize i = from; i + 3 <= to; i++)
    if (memcmp (text + i, "\xE2\x80\xA8", 3) == 0)
      return TRUE;
  return FALSE;
}

static void
split_sentences (DraTokens  *self,
                 const char *text,
                 guint       first,
                 guint       block,
                 gboolean    heading,
                 gboolean    lines)
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
          ends = ends_sentence (self, text, i, next, n);
        }
      if (!ends && lines && i + 1 < n)
        {
          next = i + 1;
          ends = has_line_break (text, token_at (self, i)->range.end,
                                 token_at (self, next)->range.start);
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

static DraTokens *
tokens_new (gsize length)
{
  DraTokens *self = g_new0 (DraTokens, 1);

  self->tokens = g_array_sized_new (FALSE, FALSE, sizeof (DraToken), MIN (length / 5, 4096) + 1);
  self->sentences = g_array_new (FALSE, FALSE, sizeof (DraSentence));
  return self;
}

static void
add_block (DraTokens  *self,
           const char *text,
           DraRange    range,
           guint       block,
           gboolean    heading,
           gboolean    lines)
{
  Scanner scanner = { text, text + range.end, self };
  guint first = self->tokens->len;

  scan_tokens (&scanner, text + range.start);
  split_sentences (self, text, first, block, heading, lines);
}

/**
 * dra_tokens_new_for_article:
 * @article: an article
 *
 * Splits an article into sentences and tokens, as ranges over its text.
 *
 * A block ends a sentence whatever it ends in, and so does a line of a preformatted block.
 * Runs in time linear in the length of the text.
 *
 * Returns: (transfer full): the tokens and sentences, in text order
 */
DraTokens *
dra_tokens_new_for_article (DraArticle *article)
{
  const DraBlock *blocks;
  const char *text;
  gsize length;
  guint n_blocks;
  DraTokens *self;

  g_return_val_if_fail (DRA_IS_ARTICLE (article), NULL);

  text = dra_article_get_text (article, &length);
  blocks = dra_article_get_blocks (article, &n_blocks);
  self = tokens_new (length);
  for (guint i = 0; i < n_blocks; i++)
    {
      DraBlockKind kind = blocks[i].kind;

      add_block (self, text, blocks[i].range, i,
                 kind == DRA_BLOCK_TITLE || kind == DRA_BLOCK_HEADING,
                 kind == DRA_BLOCK_PREFORMATTED);
    }
  return self;
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

      add_block (self, text, range, block++, FALSE, FALSE);
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
