/* dra-text-date.c: dates as people write them, as ISO 8601.
 *
 * A text is cut into numbers, words and marks; each number and word must find its place
 * (day, month, year, weekday, clock, time zone, or a word like "Published"), or the text
 * is no date.  Two numbers that could each be the month are not guessed at.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-text-date.h"

#include <string.h>

#define MAX_LENGTH 120 /* bytes: a longer line says more than a date */

/* By their first letters, in small letters: English, German, French, Spanish, Italian,
 * Portuguese, Dutch. */
static const struct
{
  const char *name;
  guint8      month;
} months[] = {
  { "january", 1 }, { "jan", 1 }, { "januar", 1 }, { "jänner", 1 }, { "janvier", 1 },
  { "enero", 1 }, { "gennaio", 1 }, { "janeiro", 1 }, { "januari", 1 },
  { "february", 2 }, { "feb", 2 }, { "februar", 2 }, { "février", 2 }, { "febrero", 2 },
  { "febbraio", 2 }, { "fevereiro", 2 }, { "februari", 2 },
  { "march", 3 }, { "mar", 3 }, { "märz", 3 }, { "mars", 3 }, { "marzo", 3 }, { "março", 3 },
  { "maart", 3 },
  { "april", 4 }, { "apr", 4 }, { "avril", 4 }, { "abril", 4 }, { "aprile", 4 },
  { "may", 5 }, { "mai", 5 }, { "mayo", 5 }, { "maggio", 5 }, { "maio", 5 }, { "mei", 5 },
  { "june", 6 }, { "jun", 6 }, { "juni", 6 }, { "juin", 6 }, { "junio", 6 }, { "giugno", 6 },
  { "junho", 6 },
  { "july", 7 }, { "jul", 7 }, { "juli", 7 }, { "juillet", 7 }, { "julio", 7 }, { "luglio", 7 },
  { "julho", 7 },
  { "august", 8 }, { "aug", 8 }, { "août", 8 }, { "agosto", 8 }, { "augustus", 8 },
  { "september", 9 }, { "sep", 9 }, { "sept", 9 }, { "septembre", 9 }, { "septiembre", 9 },
  { "settembre", 9 }, { "setembro", 9 },
  { "october", 10 }, { "oct", 10 }, { "oktober", 10 }, { "okt", 10 }, { "octobre", 10 },
  { "octubre", 10 }, { "ottobre", 10 }, { "outubro", 10 },
  { "november", 11 }, { "nov", 11 }, { "novembre", 11 }, { "noviembre", 11 },
  { "novembro", 11 },
  { "december", 12 }, { "dec", 12 }, { "dezember", 12 }, { "dez", 12 }, { "décembre", 12 },
  { "diciembre", 12 }, { "dicembre", 12 }, { "dezembro", 12 },
};

/* Words that stand in a line that is only a date. */
static const char *const fillers[] = {
  "published", "updated", "posted", "first", "last", "modified", "issued", "created", "date",
  "dated", "on", "at", "of", "the", "and", "de", "del", "le", "den", "der", "am", "um", "uhr",
  "el", "il", "di", "à", "publié", "publicado", "pubblicato", "veröffentlicht", "st", "nd",
  "rd", "th", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun", "montag",
  "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag", "lundi", "mardi",
  "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "lunes", "martes", "miércoles",
  "jueves", "viernes", "sábado", "domingo", "lunedì", "martedì", "mercoledì", "giovedì",
  "venerdì", "sabato", "domenica", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag",
  "zaterdag", "zondag", "local", "time",
};

static const struct
{
  const char *name;
  const char *offset; /* "" when the name stands for several */
} zones[] = {
  { "gmt", "Z" }, { "utc", "Z" }, { "z", "Z" }, { "est", "-05:00" }, { "edt", "-04:00" },
  { "cst", "-06:00" }, { "cdt", "-05:00" }, { "mst", "-07:00" }, { "mdt", "-06:00" },
  { "pst", "-08:00" }, { "pdt", "-07:00" }, { "cet", "+01:00" }, { "cest", "+02:00" },
  { "bst", "" }, { "et", "" }, { "ct", "" }, { "mt", "" }, { "pt", "" }, { "ist", "" },
};

typedef struct
{
  int         year, month, day;
  int         hour, minute, second; /* hour -1: no clock */
  int         numbers[3];           /* not placed yet, in order */
  guint       n_numbers;
  guint       n_digits[3];
  char        separator;            /* between them: '/', '.', '-' or 0 */
  gboolean    ambiguous;            /* either number may be the month */
  gboolean    afternoon, forenoon;
  const char *zone;
  char        zone_buffer[8];
} Date;

static gboolean
take_word (Date       *date,
           const char *word)
{
  g_autofree char *lower = g_utf8_strdown (word, -1);

  for (guint i = 0; i < G_N_ELEMENTS (months); i++)
    if (strcmp (lower, months[i].name) == 0)
      {
        if (date->month != 0)
          return FALSE;
        date->month = months[i].month;
        return TRUE;
      }
  if (date->hour >= 0)
    for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
      if (strcmp (lower, zones[i].name) == 0)
        {
          date->zone = *zones[i].offset != '\0' ? zones[i].offset : NULL;
          return TRUE;
        }
  for (guint i = 0; i < G_N_ELEMENTS (fillers); i++)
    if (strcmp (lower, fillers[i]) == 0)
      return TRUE;

  return FALSE;
}

/* "a.m.", "PM", "p.m": behind a number. */
static gboolean
take_meridiem (Date        *date,
               const char **p,
               const char  *end)
{
  const char *q = *p;
  char letter;

  if (q >= end || (g_ascii_tolower (*q) != 'a' && g_ascii_tolower (*q) != 'p'))
    return FALSE;
  letter = g_ascii_tolower (*q++);
  if (q < end && *q == '.')
    q++;
  if (q < end && *q == ' ')
    q++;
  if (q >= end || g_ascii_tolower (*q) != 'm')
    return FALSE;
  q++;
  if (q < end && *q == '.')
    q++;
  if (q < end && g_ascii_isalpha (*q))
    return FALSE;
  if (date->hour < 0)
    {
      /* "at 5 pm": the last number was the hour. */
      if (date->n_numbers == 0)
        return FALSE;
      date->hour = date->numbers[--date->n_numbers];
    }
  if (date->hour > 12)
    return FALSE;
  date->afternoon = letter == 'p';
  date->forenoon = letter == 'a';
  *p = q;

  return TRUE;
}

static guint
read_digits (const char **p,
             const char  *end,
             int         *number)
{
  guint n = 0;

  *number = 0;
  while (*p < end && g_ascii_isdigit (**p) && n < 5)
    {
      *number = *number * 10 + (**p - '0');
      (*p)++;
      n++;
    }

  return n;
}

/* ":mm", ":mm:ss" and fractions, behind an hour. */
static gboolean
take_clock (Date        *date,
            int          hour,
            const char **p,
            const char  *end)
{
  int fraction;

  (*p)++;
  if (date->hour >= 0 || hour > 24 || read_digits (p, end, &date->minute) != 2
      || date->minute > 59)
    return FALSE;
  date->hour = hour;
  if (*p + 1 < end && **p == ':' && g_ascii_isdigit ((*p)[1]))
    {
      (*p)++;
      if (read_digits (p, end, &date->second) != 2 || date->second > 60)
        return FALSE;
      if (*p + 1 < end && **p == '.' && g_ascii_isdigit ((*p)[1]))
        {
          (*p)++;
          while (read_digits (p, end, &fraction) == 5)
            ;
        }
    }

  return TRUE;
}

/* "+02:00", "-0500", "+0200", behind a clock. */
static gboolean
take_offset (Date        *date,
             const char **p,
             const char  *end)
{
  char sign = **p;
  int hours, minutes = 0;
  guint n;

  (*p)++;
  n = read_digits (p, end, &hours);
  if (n == 4)
    {
      minutes = hours % 100;
      hours /= 100;
    }
  else if (n > 2 || n == 0)
    return FALSE;
  else if (*p + 2 < end && **p == ':')
    {
      (*p)++;
      if (read_digits (p, end, &minutes) != 2)
        return FALSE;
    }
  if (hours > 14 || minutes > 59)
    return FALSE;
  if (hours == 0 && minutes == 0)
    date->zone = "Z";
  else
    {
      g_snprintf (date->zone_buffer, sizeof date->zone_buffer, "%c%02d:%02d", sign, hours, minutes);
      date->zone = date->zone_buffer;
    }

  return TRUE;
}

static gboolean
take_number (Date        *date,
             const char **p,
             const char  *end)
{
  int number;
  guint n = read_digits (p, end, &number);

  if (n > 4)
    return FALSE;
  if (*p + 2 < end && **p == ':' && g_ascii_isdigit ((*p)[1]))
    return take_clock (date, number, p, end);
  if (date->n_numbers == 3)
    return FALSE;
  date->n_digits[date->n_numbers] = n;
  date->numbers[date->n_numbers++] = number;
  if (*p + 1 < end && (**p == '/' || **p == '-' || **p == '.') && g_ascii_isdigit ((*p)[1])
      && date->n_numbers < 3)
    {
      if (date->separator != 0 && date->separator != **p)
        return FALSE;
      date->separator = **p;
      (*p)++;
    }
  /* The T of "2024-03-01T10:00". */
  if (*p + 1 < end && **p == 'T' && g_ascii_isdigit ((*p)[1]))
    (*p)++;

  return TRUE;
}

static gboolean
scan (Date       *date,
      const char *text,
      const char *end)
{
  const char *p = text;

  while (p < end)
    {
      gunichar c = g_utf8_get_char (p);

      if (g_ascii_isdigit (*p))
        {
          if (!take_number (date, &p, end))
            return FALSE;
        }
      else if ((*p == '+' || (*p == '-' && date->hour >= 0)) && p + 2 < end
               && g_ascii_isdigit (p[1]) && date->zone == NULL && date->hour >= 0)
        {
          if (!take_offset (date, &p, end))
            return FALSE;
        }
      else if (g_unichar_isalpha (c))
        {
          const char *start = p;
          g_autofree char *word = NULL;

          if (take_meridiem (date, &p, end))
            continue;
          while (p < end && g_unichar_isalpha (g_utf8_get_char (p)))
            p = g_utf8_next_char (p);
          word = g_strndup (start, p - start);
          if (!take_word (date, word))
            return FALSE;
        }
      else if (g_unichar_isspace (c) || (c < 0x80 && strchr (",.:;|()-/", (int) c) != NULL)
               || c == 0xB7
               || c == 0x2022 || c == 0x2013 || c == 0x2014)
        p = g_utf8_next_char (p);
      else
        return FALSE;
    }

  return TRUE;
}

/* Day, month and year from the numbers in their order. */
static gboolean
place_numbers (Date *date)
{
  const int *n = date->numbers;

  if (date->month != 0 && date->n_numbers == 1 && date->n_digits[0] == 4)
    {
      date->year = n[0];
      return TRUE;
    }
  if (date->month != 0 && date->n_numbers == 2)
    {
      gboolean year_first = date->n_digits[0] == 4;

      date->day = n[year_first ? 1 : 0];
      date->year = n[year_first ? 0 : 1];
      return date->n_digits[year_first ? 0 : 1] == 4;
    }
  if (date->month != 0 || date->n_numbers != 3 || date->separator == 0)
    return FALSE;
  if (date->n_digits[0] == 4)
    {
      date->year = n[0];
      date->month = n[1];
      date->day = n[2];
      return TRUE;
    }
  if (date->n_digits[2] != 4)
    return FALSE;
  date->year = n[2];
  /* 3.4.2024 is always the third of April; 3/4/2024 may be either. */
  if (date->separator == '.' || n[0] > 12)
    {
      date->day = n[0];
      date->month = n[1];
    }
  else if (n[1] > 12 || n[0] == n[1])
    {
      date->month = n[0];
      date->day = n[1];
    }

  else
    date->ambiguous = n[0] >= 1 && n[1] >= 1;

  return date->month != 0 || date->ambiguous;
}

/**
 * dra_text_date_parse:
 * @text: a line that may be a date
 * @length: its length in bytes
 *
 * Reads a date, perhaps with a time, that is all there is in a text but words such as
 * "Published".  Month names are read in seven languages.
 *
 * Returns: (transfer full) (nullable): "2024-03-01", "2024-03" or
 *   "2024-03-01T10:00:00+02:00" (without the offset when none is known); @text itself when
 *   it is a date but month and day may be either way round; or %NULL when it is no date
 */
char *
dra_text_date_parse (const char *text,
                     gsize       length)
{
  Date date = { .hour = -1 };

  g_return_val_if_fail (text != NULL, NULL);

  if (length == 0 || length > MAX_LENGTH || !scan (&date, text, text + length)
      || !place_numbers (&date))
    return NULL;
  if (date.year < 1400 || date.year > 2999)
    return NULL;
  if (date.ambiguous)
    return g_strndup (text, length);
  if (date.day == 0 && date.n_numbers == 1 && date.hour < 0)
    return g_strdup_printf ("%04d-%02d", date.year, date.month);
  if (date.month < 1 || date.month > 12 || date.day < 1 || date.day > 31
      || !g_date_valid_dmy ((GDateDay) date.day, (GDateMonth) date.month, (GDateYear) date.year))
    return NULL;
  if (date.hour < 0)
    return g_strdup_printf ("%04d-%02d-%02d", date.year, date.month, date.day);

  if (date.afternoon && date.hour < 12)
    date.hour += 12;
  else if (date.forenoon && date.hour == 12)
    date.hour = 0;
  if (date.hour > 23)
    return NULL;

  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d%s", date.year, date.month, date.day,
                          date.hour, date.minute, date.second,
                          date.zone != NULL ? date.zone : "");
}
