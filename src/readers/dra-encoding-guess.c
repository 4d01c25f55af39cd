/* dra-encoding-guess.c: which legacy encoding unlabelled bytes are in.
 *
 * uchardet knows the scripts and languages well and the rest badly: it needs a page of
 * text, takes a few curly quotes for anything, and names the standard where people have
 * the superset that Windows made of it.  So its answer is mapped to the superset, and
 * checked against how the outcome reads.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-encoding-private.h"

#include <string.h>
#include <uchardet/uchardet.h>

#define SAMPLE (256 * 1024) /* bytes for the guess: whole lines that are not ASCII */
#define MAX_LINE 65536

/* The names that converters know, each as the superset in real use. */
static const struct
{
  const char *said;
  const char *meant;
} supersets[] = {
  { "ASCII", "WINDOWS-1252" },
  { "ISO-8859-1", "WINDOWS-1252" },
  { "WINDOWS-1252", "WINDOWS-1252" },
  { "ISO-8859-9", "WINDOWS-1254" },
  { "ISO-8859-8", "WINDOWS-1255" },
  { "ISO-8859-11", "CP874" },
  { "TIS-620", "CP874" },
  { "WINDOWS-874", "CP874" },
  { "SHIFT_JIS", "CP932" },
  { "EUC-KR", "UHC" },
  { "GB2312", "GB18030" },
  { "GBK", "GB18030" },
  { "X-MAC-CYRILLIC", "MAC-CYRILLIC" },
};

/* What uchardet cannot tell or never names, in the order of how common they are. */
static const char *const others[] = { "WINDOWS-1252", "MACINTOSH", "CP850", "CP437" };

static const char *
superset_of (const char *said)
{
  for (guint i = 0; i < G_N_ELEMENTS (supersets); i++)
    if (g_ascii_strcasecmp (supersets[i].said, said) == 0)
      return supersets[i].meant;

  return g_intern_string (said);
}

/* Whole lines (a line end is never part of a character) that are not plain ASCII. */
static GByteArray *
take_sample (const guint8 *data,
             gsize         length)
{
  GByteArray *sample = g_byte_array_new ();
  const guint8 *p = data;
  const guint8 *end = data + length;

  while (p < end && sample->len < SAMPLE)
    {
      const guint8 *line = p;
      gboolean ascii = TRUE;

      while (p < end && *p != '\n' && *p != '\r' && p - line < MAX_LINE)
        ascii &= *p++ < 0x80;
      while (p < end && (*p == '\n' || *p == '\r'))
        p++;
      if (!ascii)
        g_byte_array_append (sample, line, MIN (p - line, SAMPLE + 2 - (gssize) sample->len));
    }

  return sample;
}

static const char *
ask_uchardet (const GByteArray *sample)
{
  uchardet_t detector = uchardet_new ();
  const char *name = NULL;

  if (uchardet_handle_data (detector, (const char *) sample->data, sample->len) == 0)
    {
      uchardet_data_end (detector);
      if (*uchardet_get_charset (detector) != '\0')
        name = superset_of (uchardet_get_charset (detector));
    }
  uchardet_delete (detector);

  return name;
}

/* How one character that is not ASCII reads between its neighbours. */
static int
score_character (gunichar before,
                 gunichar c,
                 gunichar after)
{
  gboolean letter_before = g_unichar_isalpha (before);
  gboolean letter_after = g_unichar_isalpha (after);

  if (c == 0xFFFD || (c >= 0x80 && c < 0xA0) || !g_unichar_isdefined (c)
      || (c >= 0xE000 && c < 0xF900))
    return -6;
  if (c == 0x2019)
    return letter_before || g_unichar_ispunct (before) ? 2 : -1;
  if (c == 0x2018 || c == 0x201C || c == 0x201E || c == 0xAB)
    return !letter_before && !g_unichar_isspace (after) ? 2 : -1;
  if (c == 0x201D || c == 0xBB)
    return !letter_after && !g_unichar_isspace (before) ? 2 : -1;
  if (c == 0x2013 || c == 0x2014 || c == 0x2026 || c == 0x2022 || c == 0x20AC || c == 0xA3
      || c == 0xA0 || c == 0xB0 || c == 0xA7 || c == 0xA9 || c == 0xAE || c == 0x2122)
    return letter_before && letter_after && c != 0x2014 && c != 0x2013 ? -2 : 1;
  if (c >= 0x2500 && c < 0x2600) /* boxes: good among themselves, bad in a word */
    return letter_before || letter_after ? -4 : 0;
  if (g_unichar_ismark (c))
    return letter_before ? 2 : -3;
  if (!g_unichar_isalpha (c))
    return letter_before && letter_after ? -3 : -1;
  if (g_unichar_isupper (c))
    return g_unichar_islower (before) ? -3 : g_unichar_islower (after) || letter_before ? 1 : 0;
  if (g_unichar_islower (c))
    return letter_before || letter_after ? 2 : 0;

  return 1;
}

typedef struct
{
  int   score;
  gsize n_bad;      /* nothing in this encoding */
  gsize n_high;     /* characters that are not ASCII */
  gsize n_hangul;
  gsize n_letters;  /* letters that are not ASCII */
  gsize n_latin;    /* of them: Latin */
  gsize n_mixed;    /* of them: beside an ASCII letter and of another script than Latin */
} Reading;

static gboolean
read_as (const GByteArray *sample,
         const char       *name,
         Reading          *reading)
{
  gunichar before = ' ';
  GString *text;
  const char *p;

  memset (reading, 0, sizeof *reading);
  text = dra_encoding_decode (sample->data, sample->len, name, &reading->n_bad);
  if (text == NULL)
    return FALSE;
  p = text->str;
  while (p < text->str + text->len)
    {
      gunichar c = g_utf8_get_char (p);
      gunichar after;

      p = g_utf8_next_char (p);
      if (c >= 0x80)
        {
          after = p < text->str + text->len ? g_utf8_get_char (p) : ' ';
          reading->n_high++;
          reading->n_hangul += c >= 0xAC00 && c < 0xD7A4;
          reading->score += score_character (before, c, after);
          if (g_unichar_isalpha (c))
            {
              reading->n_letters++;
              if (g_unichar_get_script (c) == G_UNICODE_SCRIPT_LATIN)
                reading->n_latin++;
              else if ((before < 0x80 && g_ascii_isalpha (before))
                       || (after < 0x80 && g_ascii_isalpha (after)))
                reading->n_mixed++;
            }
        }
      before = c;
    }
  g_string_free (text, TRUE);

  return TRUE;
}

/* Latin encodings of DOS and the Macintosh: another world in the upper half. */
static gboolean
is_foreign_latin (const char *name)
{
  static const char *const names[] = {
    "IBM850", "IBM852", "IBM858", "IBM437", "IBM857", "IBM860", "IBM863", "IBM865",
    "MACINTOSH", "MAC-CENTRALEUROPE", "CP850", "CP437", NULL
  };

  return g_strv_contains (names, name);
}

/* Old Macintosh files end their lines with CR alone. */
static gboolean
has_mac_lines (const guint8 *data,
               gsize         length)
{
  return memchr (data, '\r', length) != NULL && memchr (data, '\n', length) == NULL;
}

/* The best Latin reading.  What uchardet said (when it is of Windows or Unix) or else
 * Windows-1252 stays unless another reads better by a margin: a handful of characters
 * proves nothing. */
static const char *
best_latin (const GByteArray *sample,
            const guint8     *data,
            gsize             length,
            const char       *said)
{
  const char *best = said != NULL && !is_foreign_latin (said) ? said : "WINDOWS-1252";
  Reading reading;
  int to_beat;

  read_as (sample, best, &reading);
  to_beat = reading.score + 2 + (int) (reading.n_high / 16);
  for (guint i = 0; i <= G_N_ELEMENTS (others); i++)
    {
      const char *name = i < G_N_ELEMENTS (others) ? others[i] : said;
      int score;

      if (name == NULL || !read_as (sample, name, &reading))
        continue;
      score = reading.score;
      if (strcmp (name, "MACINTOSH") == 0 && has_mac_lines (data, length))
        score += 4;
      if (score > to_beat)
        {
          best = name;
          to_beat = score;
        }
    }

  return best;
}

/* Johab, of Korean DOS, is the one encoding of its sort that uchardet does not know. */
static gboolean
is_johab (const GByteArray *sample)
{
  Reading reading;

  return read_as (sample, "JOHAB", &reading)
         && reading.n_hangul * 2 > reading.n_high
         && reading.n_bad * 50 < reading.n_high;
}

/* Windows' and the standard's encoding of one script share most letters; the rest tells. */
static const char *
better_sibling (const GByteArray *sample,
                const char       *said,
                int               score)
{
  static const char *const siblings[][2] = {
    { "WINDOWS-1250", "ISO-8859-2" },
    { "WINDOWS-1253", "ISO-8859-7" },
    { "WINDOWS-1257", "ISO-8859-13" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (siblings); i++)
    for (guint k = 0; k < 2; k++)
      if (strcmp (siblings[i][k], said) == 0)
        {
          Reading other;

          if (read_as (sample, siblings[i][1 - k], &other) && other.score > score)
            return siblings[i][1 - k];
        }

  return said;
}

const char *
dra_encoding_guess (const guint8 *data,
                    gsize         length)
{
  g_autoptr (GByteArray) sample = take_sample (data, length);
  const char *name = ask_uchardet (sample);
  Reading reading;

  if (name == NULL || !read_as (sample, name, &reading))
    return is_johab (sample) ? "JOHAB" : best_latin (sample, data, length, NULL);
  if (is_foreign_latin (name) || reading.n_latin * 10 >= reading.n_letters * 9)
    {
      name = best_latin (sample, data, length, name);
      read_as (sample, name, &reading);
    }
  else if (reading.n_mixed * 3 > reading.n_letters * 2)
    return best_latin (sample, data, length, NULL); /* another script inside of Latin words */

  return better_sibling (sample, name, reading.score);
}
