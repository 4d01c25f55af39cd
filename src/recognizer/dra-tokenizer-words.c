/* dra-tokenizer-words.c: abbreviations, sentence openers and hyphen rules of English.
 *
 * Each list is a string of lower-case words between spaces: short enough that a search in
 * it is cheaper than a hash, and readable.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/dra-tokenizer-words.h"

#include <string.h>

/* Abbreviations that stand before a name or a number, and so end no sentence. */
static const char before_names[] =
  " mr mrs ms mx messrs dr prof sen sens rep reps gov gen col lt sgt cpl pvt capt cmdr maj adm"
  " brig det insp supt st ste mt ft rev hon pres sec pte amb atty fr sr sra mlle mme mgr msgr"
  " no nos vs v fig figs vol vols pp ed eds cf al e.g i.e viz approx ";

/* Abbreviations that a sentence may well end in. */
static const char others[] =
  " inc ltd co cos corp bros jr esq plc llc dept univ assn assoc ave blvd rd etc hwy"
  " jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri"
  " ala ariz ark calif colo conn del fla ill ind kan ky mass mich minn miss mo mont neb nev okla"
  " ore pa tenn tex va vt wash wis wyo md ph.d est intl natl ";

/* Words that, capitalised behind an abbreviation, begin a new sentence. */
static const char openers[] =
  " the a an this that these those he she it they we you his her its their our my there here"
  " in on at as but and or if when while after before since because although though however"
  " for from with by to what who why how where many most some several all both one no not"
  " so then now yet still also according meanwhile last next i ";

/* Words that stay joined to a capitalised part: name particles and connectors. */
static const char particles[] =
  " al el ul ur as ad at an ar ash az es en abd abu ibn bin bint ben ould van von der den de da"
  " do dos das del della di du des la le les lo los sur sous upon on in and und et y e o i the of"
  " d l t ter ten st saint san santa mac mc nic wa ";

/* Words that make an adjective of a name in front: US-wide, Trump-era. */
static const char suffixes[] =
  " led run born wide area era style made friendly specific bound built hit held free like only"
  " type watchers sympathetic related backed based owned inspired native only heavy critical"
  " hosted dominated controlled administered occupied approved bred driven ";

/* Capitalised where a sentence or a title begins, and parted from a name all the same. */
static const char prefixes[] = " anti ex mid non post pre pro ";

/* Countries and blocs that are joined to another name as often as not: US-China. */
static const char countries[] =
  " us u.s u.s. usa uk u.k. eu un israel iran iraq russia ukraine china japan india pakistan"
  " turkey syria mexico canada germany france britain korea taiwan australia africa europe asia"
  " saudi cuba venezuela palestine egypt washington beijing moscow london ";

/* Endings of host names, so that a lost space behind a full stop is not taken for one. */
static const char domains[] =
  " com org net edu gov uk co io tv info biz eu de fr ca au nz in ie us int mil me ai fm ";

static gboolean
is_in (const char *list,
       const char *word,
       gsize       length)
{
  char needle[16];

  if (length == 0 || length > sizeof needle - 3)
    return FALSE;
  needle[0] = ' ';
  for (gsize i = 0; i < length; i++)
    needle[i + 1] = g_ascii_tolower (word[i]);
  needle[length + 1] = ' ';
  needle[length + 2] = '\0';
  return strstr (list, needle) != NULL;
}

/* Whether word, without its dot, is an abbreviation that owns the dot; end is where the
 * block ends. */
gboolean
dra_tokenizer_is_abbreviation (const char *word,
                               gsize       length,
                               const char *end)
{
  /* "No. 5", but not "No." */
  if (length == 2 && g_ascii_strncasecmp (word, "no", 2) == 0 &&
      !(end - word > 4 && word[3] == ' ' && g_ascii_isdigit (word[4])))
    return FALSE;
  /* "sun." or "mass." is a word: those that are words count only when capitalised */
  if (g_ascii_islower (word[0]) &&
      is_in (" fig ed mar jun mon wed miss mass wash ore ill del pa mo ind "
             "kan ark tex col gen rep hon fri al v mt ft st est co ", word, length))
    return (length == 1 && word[0] == 'v') || is_in (" al col gen st ft mt ed co ", word, length);
  return is_in (before_names, word, length) || is_in (others, word, length);
}

/* Whether word, its dot included, stands before a name or a number. */
gboolean
dra_tokenizer_never_ends_sentence (const char *word,
                                   gsize       length)
{
  return length > 1 && is_in (before_names, word, length - 1);
}

gboolean
dra_tokenizer_begins_sentence (const char *word,
                               gsize       length)
{
  return is_in (openers, word, length);
}

/* Whether what begins at start is the end of a host name ("com", "co.uk"). */
gboolean
dra_tokenizer_is_domain (const char *start,
                         const char *end)
{
  gsize length = 0;

  while (start + length < end && g_ascii_isalpha (start[length]) && length < 8)
    length++;
  return is_in (domains, start, length);
}

gboolean
dra_tokenizer_is_link (const char *start,
                       const char *end)
{
  static const char *const schemes[] = { "http://", "https://", "ftp://", "www.", "mailto:" };

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      gsize length = strlen (schemes[i]);

      if ((gsize) (end - start) > length && g_ascii_strncasecmp (start, schemes[i], length) == 0)
        return g_ascii_isalnum (start[length]);
    }
  return FALSE;
}

static gboolean
is_upper (const char *word,
          gsize       length)
{
  gunichar c = g_utf8_get_char_validated (word, length);

  return c != (gunichar) -1 && c != (gunichar) -2 && g_unichar_isupper (c);
}

static gboolean
is_lower (const char *word,
          gsize       length)
{
  gunichar c = g_utf8_get_char_validated (word, length);

  return c != (gunichar) -1 && c != (gunichar) -2 && g_unichar_islower (c);
}

/* Whether the hyphen between two parts of a word joins a name to something else. */
gboolean
dra_tokenizer_splits_hyphen (const char *left,
                             gsize       left_length,
                             const char *right,
                             gsize       right_length)
{
  gboolean left_upper = is_upper (left, left_length);
  gboolean right_upper = is_upper (right, right_length);

  if (left_length == 0 || right_length == 0)
    return FALSE;
  if (left_upper && right_upper)
    {
      if (left_length == 1) /* R-Ohio, D-N.Y. */
        return strchr ("RDI", left[0]) != NULL && right_length >= 2;
      return is_in (prefixes, left, left_length) || is_in (countries, left, left_length) || is_in (countries, right, right_length);
    }
  if (left_upper && left_length > 1 && is_lower (right, right_length))
    return is_in (suffixes, right, right_length) ||
           (right_length > 4 && (memcmp (right + right_length - 2, "ed", 2) == 0 ||
                                 memcmp (right + right_length - 3, "ing", 3) == 0));
  if (right_upper && is_lower (left, left_length)) /* anti-Trump, but e-Bay, al-Assad, d'Al-X */
    return left_length > 1 && !is_in (particles, left, left_length) &&
           memchr (left, '\'', left_length) == NULL;
  return FALSE;
}

/* Whether "amp;", "#39;" or the like begins at start: what stands behind the & of an entity. */
gboolean
dra_tokenizer_is_reference (const char *start,
                            const char *end)
{
  gsize length = 0;

  while (start + length < end && length < 8 &&
         (g_ascii_islower (start[length]) || g_ascii_isdigit (start[length]) || (length == 0 && *start == '#')))
    length++;
  return length > 1 && start + length < end && start[length] == ';';
}

/* Whether a name in a list of authors may end before p: at its end, a comma, another mark. */
static gboolean
may_end_author (const char *p,
                const char *end)
{
  static const char *const after[] = {
    ",", ";", "*", "\n", " and ", " & ", "\342\200\240", "\342\200\241", "\302\247", "\342\210\227",
  };

  for (guint i = 0; i < G_N_ELEMENTS (after); i++)
    if ((gsize) (end - p) >= strlen (after[i]) && memcmp (p, after[i], strlen (after[i])) == 0)
      return TRUE;
  return p == end;
}

/* The digits of "Roe1,2" in a list of authors, which say where they work: start is a capitalised
 * word, digits_end is set to behind them.  NULL when there are none. */
const char *
dra_tokenizer_find_note_digits (const char  *start,
                                const char  *end,
                                const char **digits_end)
{
  const char *p = start, *digits;
  guint n_letters = 0, n_digits;
  gunichar c = 0;

  for (; p < end && n_letters < 40; p = g_utf8_next_char (p), n_letters++)
    {
      gunichar next = g_utf8_get_char_validated (p, end - p);

      if (!g_unichar_isalpha (next) && next != '-' && next != 0x2019 && next != '\'')
        break;
      if (n_letters == 0 && !g_unichar_isupper (next))
        return NULL;
      c = next;
    }
  if (n_letters < 3 || !g_unichar_islower (c))
    return NULL;

  digits = p;
  do
    {
      if (p > digits)
        p++; /* the comma */
      for (n_digits = 0; p < end && g_ascii_isdigit (*p); p++)
        n_digits++;
      if (n_digits < 1 || n_digits > 2)
        return NULL;
    }
  while (end - p >= 2 && *p == ',' && g_ascii_isdigit (p[1]));

  *digits_end = p;
  return may_end_author (p, end) ? digits : NULL;
}
