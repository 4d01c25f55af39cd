/* dra-feature-words.c: case, shape, affixes, and what the lexicons say of a word.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/dra-feature-words.h"

#include <string.h>

#include "recognizer/dra-model-private.h"

/* The plain form of a quote or apostrophe, in features only. */
static inline gunichar
plain_character (gunichar c)
{
  if (c < 0x80)
    return c;
  switch (c)
    {
    case 0x2018: case 0x2019: case 0x201B: case 0x2032:
      return '\'';
    case 0x201C: case 0x201D: case 0x201E: case 0xAB: case 0xBB:
      return '"';
    case 0x2010: case 0x2011:
      return '-';
    default:
      return c;
    }
}

/* Writes word with plain quotes, and in lower case when asked to, into folded, which has
 * room for DRA_FEATURES_MAX_WORD bytes; what does not fit is left out.  Returns the bytes
 * written. */
gsize
dra_features_fold (const char *word,
                   gsize       length,
                   gboolean    lower,
                   char       *folded)
{
  const char *p = word, *end = word + length;
  gsize n = 0;

  /* the quotes of the Penn Treebank */
  if (length == 2 && (memcmp (word, "``", 2) == 0 || memcmp (word, "''", 2) == 0))
    {
      folded[0] = '"';
      return 1;
    }
  while (p < end && n + 6 < DRA_FEATURES_MAX_WORD)
    {
      if ((guchar) *p < 0x80)
        {
          folded[n++] = lower ? g_ascii_tolower (*p) : *p;
          p++;
        }
      else
        {
          gunichar c = g_utf8_get_char_validated (p, end - p);

          if (c == (gunichar) -1 || c == (gunichar) -2)
            {
              p++;
              continue;
            }
          p = g_utf8_next_char (p);
          if (c == 0xAD) /* a soft hyphen is no part of the word */
            continue;
          c = plain_character (c);
          n += g_unichar_to_utf8 (lower ? g_unichar_tolower (c) : c, folded + n);
        }
    }
  return n;
}

typedef struct
{
  guint letters, uppers, lowers, digits, characters;
  gboolean first_upper, later_upper, after_hyphen, dotted;
} Counts;

static char
kind_of (gunichar c)
{
  if (c < 0x80)
    return g_ascii_isupper ((char) c)   ? 'X'
           : g_ascii_islower ((char) c) ? 'x'
           : g_ascii_isdigit ((char) c) ? 'd'
                                        : (char) c;
  if (g_unichar_isupper (c) || g_unichar_istitle (c))
    return 'X';
  if (g_unichar_islower (c))
    return 'x';
  if (g_unichar_isdigit (c))
    return 'd';

  return g_unichar_isalpha (c) ? 'u' : '?';
}

/* Shape (Xxx, XX, dd-d; a run of one kind is at most two long) and what it is made of. */
static gsize
describe (const char *word,
          gsize       length,
          char       *shape,
          Counts     *counts)
{
  const char *p = word;
  gunichar before = 0;
  char last = 0;
  guint run = 0;
  gsize n = 0;

  memset (counts, 0, sizeof *counts);
  for (; p < word + length; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      char kind = kind_of (c);

      switch (kind)
        {
        case 'X':
          counts->uppers++;
          if (counts->characters == 0)
            counts->first_upper = TRUE;
          else if (!counts->later_upper)
            {
              counts->later_upper = TRUE;
              counts->after_hyphen = before == '-';
            }
          break;
        case 'x':
          counts->lowers++;
          break;
        case 'd':
          counts->digits++;
          break;
        case 'u':
          counts->letters++;
          break;
        default:
          counts->dotted |= c == '.';
        }
      counts->characters++;
      before = c;
      run = kind == last ? run + 1 : 1;
      last = kind;
      if (run <= 2 && n < 32)
        shape[n++] = kind;
    }
  counts->letters += counts->uppers + counts->lowers;
  return n;
}

static char
case_class (const Counts *c)
{
  if (c->letters == 0)
    return c->digits > 0 ? '9' : '.';
  if (c->uppers > 0 && c->uppers == c->letters)
    {
      if (c->characters == 1)
        return 'S';
      if (c->characters == 2 && c->dotted)
        return 'I';
      return c->dotted ? 'D' : 'A';
    }
  if (c->first_upper)
    return !c->later_upper ? 'C' : c->after_hyphen ? 'H' : 'M';
  if (c->uppers > 0)
    return 'm';
  if (c->lowers == 0)
    return 'u'; /* a script without case */
  return c->digits > 0 ? 'e' : 'a';
}

static guint8
role_of (const char *lower,
         gsize       length)
{
  static const struct
  {
    const char *words;
    DraFeatureRole role;
  } rows[] = {
    { " of for de ", ROLE_OF },
    { " & van von bin del - al- la and ", ROLE_LINK },
    { " the ", ROLE_THE },
    { " in from near ", ROLE_PLACE },
    { " said says told added ", ROLE_SAID },
    { " ( ", ROLE_OPEN },
    { " ) ", ROLE_CLOSE },
    { " \" ", ROLE_QUOTE },
  };
  char needle[8];

  if (length == 0 || length > sizeof needle - 3)
    return ROLE_NONE;
  needle[0] = ' ';
  memcpy (needle + 1, lower, length);
  needle[length + 1] = ' ';
  needle[length + 2] = '\0';
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (strstr (rows[i].words, needle) != NULL)
      return rows[i].role;
  return ROLE_NONE;
}

/* Puts the hash of what it finds into lower_hash: the lexicon's word, or without its dots, or what stands behind its last hyphen. */
static const guint16 *
find_word (DraModel   *lexicon,
           const char *lower,
           gsize       length,
           guint64    *lower_hash)
{
  const guint16 *values = dra_model_find_word (lexicon, *lower_hash);
  char undotted[DRA_FEATURES_MAX_WORD];
  const char *hyphen;
  gsize n = 0;

  if (values != NULL)
    return values;
  if (memchr (lower, '.', length) != NULL)
    {
      for (gsize i = 0; i < length; i++)
        if (lower[i] != '.')
          undotted[n++] = lower[i];
      *lower_hash = dra_model_hash (undotted, n);
      values = dra_model_find_word (lexicon, *lower_hash);
      if (values != NULL)
        return values;
    }
  hyphen = memrchr (lower, '-', length);
  if (hyphen != NULL && hyphen + 1 < lower + length)
    {
      *lower_hash = dra_model_hash (hyphen + 1, lower + length - hyphen - 1);
      values = dra_model_find_word (lexicon, *lower_hash);
    }
  return values;
}

static void
describe_affixes (DraFeatureWord *word,
                  const char     *plain,
                  gsize           plain_length,
                  const char     *lower,
                  gsize           lower_length)
{
  const char *p = plain, *q = lower + lower_length;

  for (guint k = 0; k < 4 && p < plain + plain_length; k++)
    {
      p = g_utf8_next_char (p);
      word->prefix[k] = dra_model_hash (plain, p - plain) | 1;
    }
  for (guint k = 0; k < 4 && q > lower; k++)
    {
      q = g_utf8_prev_char (q);
      word->suffix[k] = dra_model_hash (q, lower + lower_length - q) | 1;
    }
}

/* dra_feature_word_describe: fills in all of word, which is zero, but its known_as; plain is
 * the word as dra_features_fold() leaves it. */
void
dra_feature_word_describe (DraFeatureWord *word,
                           DraModel       *lexicon,
                           const char     *plain,
                           gsize           length)
{
  char lower[DRA_FEATURES_MAX_WORD], shape[32];
  gsize lower_length = dra_features_fold (plain, length, TRUE, lower);
  const guint16 *values;
  gunichar first, last;
  guint64 found;
  guint flags = 0;
  Counts counts;

  word->word = dra_model_hash (plain, length);
  word->lower = dra_model_hash (lower, lower_length);
  word->shape = dra_model_hash (shape, describe (plain, length, shape, &counts));
  word->case_class = case_class (&counts);
  describe_affixes (word, plain, length, lower, lower_length);

  found = word->lower;
  values = find_word (lexicon, lower, lower_length, &found);
  word->vector = -1;
  if (values != NULL)
    {
      word->vector = dra_model_find_vector (lexicon, found, values);
      word->cluster = MIN (GUINT16_FROM_LE (values[0]), 4096);
      flags = GUINT16_FROM_LE (values[1]);
    }
  if (!counts.first_upper)
    flags &= ~(DRA_WORD_FIRST_NAME | DRA_WORD_SURNAME | DRA_WORD_DEMONYM);
  word->bits = (flags ^ DRA_WORD_KNOWN) & 0x7F; /* now the bit says unknown */
  if (counts.first_upper)
    word->bits |= DRA_FEATURE_CAPITAL;
  word->role = role_of (lower, lower_length);

  if (lower_length > 0)
    {
      first = g_utf8_get_char (lower);
      last = g_utf8_get_char (g_utf8_prev_char (lower + lower_length));
      word->letters = (g_unichar_isalpha (first) ? 1 : 0) | (g_unichar_isalnum (first) ? 2 : 0) |
                      (g_unichar_isalnum (last) ? 4 : 0);
    }
}
