/* dra-html-metadata-date.c: when a page was published.
 *
 * Finds dates inside other text, in the words of some twenty languages, and lets the places
 * that give one vote: each counts by how often such a place is right, and places that give
 * the same day add up.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-html-metadata-private.h"

#include <string.h>

#define MAX_TEXT 400 /* bytes looked at for a date */

/* Beginnings of month names in small letters; the longest that fits counts.  Those of three
 * letters and less only count as whole words. */
static const struct
{
  const char *name;
  guint8      month;
} months[] = {
  { "jan", 1 }, { "january", 1 }, { "januar", 1 }, { "jänner", 1 }, { "janv", 1 }, { "enero", 1 }, { "ene", 1 },
  { "gennaio", 1 }, { "gen", 1 }, { "janeiro", 1 }, { "stycz", 1 }, { "январ", 1 }, { "янв", 1 }, { "січ", 1 },
  { "led", 1 }, { "ledna", 1 }, { "tammi", 1 }, { "ocak", 1 }, { "ianuarie", 1 }, { "ιαν", 1 }, { "siječ", 1 },
  { "sausio", 1 }, { "يناير", 1 }, { "जनवरी", 1 },
  { "feb", 2 }, { "febru", 2 }, { "févr", 2 }, { "fév", 2 }, { "fevr", 2 }, { "fevereiro", 2 }, { "fev", 2 },
  { "febbraio", 2 }, { "lut", 2 }, { "lutego", 2 }, { "феврал", 2 }, { "фев", 2 }, { "лют", 2 }, { "únor", 2 },
  { "helmi", 2 }, { "şubat", 2 }, { "φεβ", 2 }, { "velj", 2 }, { "vasario", 2 }, { "فبراير", 2 }, { "फरवरी", 2 },
  { "फ़रवरी", 2 },
  { "mar", 3 }, { "march", 3 }, { "märz", 3 }, { "mrz", 3 }, { "mars", 3 }, { "marzo", 3 }, { "março", 3 },
  { "maart", 3 }, { "mrt", 3 }, { "marca", 3 }, { "marts", 3 }, { "март", 3 }, { "мар", 3 }, { "берез", 3 },
  { "březn", 3 }, { "maalis", 3 }, { "mart", 3 }, { "marti", 3 }, { "március", 3 }, { "márc", 3 }, { "μαρ", 3 },
  { "martie", 3 }, { "ožuj", 3 }, { "kovo", 3 }, { "maret", 3 }, { "مارس", 3 }, { "मार्च", 3 },
  { "apr", 4 }, { "april", 4 }, { "avril", 4 }, { "avr", 4 }, { "abril", 4 }, { "abr", 4 }, { "aprile", 4 },
  { "kwie", 4 }, { "апрел", 4 }, { "апр", 4 }, { "квіт", 4 }, { "dubn", 4 }, { "huhti", 4 }, { "nisan", 4 },
  { "aprilie", 4 }, { "április", 4 }, { "ápr", 4 }, { "απρ", 4 }, { "travanj", 4 }, { "balandžio", 4 },
  { "أبريل", 4 }, { "ابريل", 4 }, { "अप्रैल", 4 },
  { "may", 5 }, { "mai", 5 }, { "mayo", 5 }, { "maggio", 5 }, { "mag", 5 }, { "maio", 5 }, { "mei", 5 },
  { "maj", 5 }, { "maja", 5 }, { "мая", 5 }, { "май", 5 }, { "трав", 5 }, { "květ", 5 }, { "touko", 5 },
  { "mayıs", 5 }, { "május", 5 }, { "máj", 5 }, { "μαΐ", 5 }, { "μάι", 5 }, { "svib", 5 }, { "gegužės", 5 },
  { "مايو", 5 }, { "मई", 5 },
  { "jun", 6 }, { "june", 6 }, { "juni", 6 }, { "juin", 6 }, { "junio", 6 }, { "giugno", 6 }, { "giu", 6 },
  { "junho", 6 }, { "czerw", 6 }, { "июн", 6 }, { "черв", 6 }, { "červn", 6 }, { "kesä", 6 }, { "haziran", 6 },
  { "iunie", 6 }, { "június", 6 }, { "jún", 6 }, { "ιουν", 6 }, { "lip", 7 }, { "lipanj", 6 }, { "lipnja", 6 },
  { "birželio", 6 }, { "يونيو", 6 }, { "जून", 6 },
  { "jul", 7 }, { "july", 7 }, { "juli", 7 }, { "juil", 7 }, { "julio", 7 }, { "luglio", 7 }, { "lug", 7 },
  { "julho", 7 }, { "lipca", 7 }, { "июл", 7 }, { "лип", 7 }, { "červenc", 7 }, { "heinä", 7 }, { "temmuz", 7 },
  { "iulie", 7 }, { "július", 7 }, { "júl", 7 }, { "ιουλ", 7 }, { "srp", 8 }, { "srpanj", 7 }, { "srpnja", 7 },
  { "liepos", 7 }, { "يوليو", 7 }, { "जुलाई", 7 },
  { "aug", 8 }, { "august", 8 }, { "août", 8 }, { "aout", 8 }, { "agosto", 8 }, { "ago", 8 }, { "augustus", 8 },
  { "sierp", 8 }, { "август", 8 }, { "авг", 8 }, { "серп", 8 }, { "srpna", 8 }, { "elo", 8 }, { "elokuu", 8 },
  { "ağustos", 8 }, { "augusztus", 8 }, { "αυγ", 8 }, { "kolovoz", 8 }, { "rugpjūčio", 8 }, { "agustus", 8 },
  { "أغسطس", 8 }, { "अगस्त", 8 },
  { "sep", 9 }, { "sept", 9 }, { "septem", 9 }, { "septiembre", 9 }, { "set", 9 }, { "settembre", 9 },
  { "setembro", 9 }, { "wrze", 9 }, { "сентяб", 9 }, { "сен", 9 }, { "верес", 9 }, { "září", 9 }, { "syys", 9 },
  { "eylül", 9 }, { "szeptem", 9 }, { "szept", 9 }, { "σεπ", 9 }, { "rujan", 9 }, { "rujna", 9 },
  { "rugsėjo", 9 }, { "سبتمبر", 9 }, { "सितंबर", 9 }, { "सितम्बर", 9 },
  { "oct", 10 }, { "octo", 10 }, { "oktober", 10 }, { "okt", 10 }, { "octubre", 10 }, { "ott", 10 },
  { "ottobre", 10 }, { "out", 10 }, { "outubro", 10 }, { "paźdz", 10 }, { "paź", 10 }, { "октяб", 10 },
  { "окт", 10 }, { "жовт", 10 }, { "říjn", 10 }, { "loka", 10 }, { "ekim", 10 }, { "október", 10 }, { "οκτ", 10 },
  { "listopada", 11 }, { "spalio", 10 }, { "أكتوبر", 10 }, { "अक्टूबर", 10 }, { "अक्तूबर", 10 },
  { "nov", 11 }, { "novem", 11 }, { "noviembre", 11 }, { "листопад", 11 }, { "нояб", 11 }, { "ноя", 11 },
  { "listopad", 11 }, { "marras", 11 }, { "kasım", 11 }, { "noiembrie", 11 }, { "νοε", 11 }, { "studen", 11 },
  { "lapkričio", 11 }, { "نوفمبر", 11 }, { "नवंबर", 11 }, { "नवम्बर", 11 },
  { "dec", 12 }, { "decem", 12 }, { "dez", 12 }, { "dezem", 12 }, { "déc", 12 }, { "décem", 12 },
  { "dic", 12 }, { "diciembre", 12 }, { "dicembre", 12 }, { "grud", 12 }, { "декаб", 12 }, { "дек", 12 },
  { "груд", 12 }, { "prosin", 12 }, { "joulu", 12 }, { "aralık", 12 }, { "δεκ", 12 }, { "gruodžio", 12 },
  { "desem", 12 }, { "des", 12 }, { "ديسمبر", 12 }, { "दिसंबर", 12 }, { "दिसम्बर", 12 },
};

typedef enum { NUMBER, WORD, MARK } TokenKind;

typedef struct
{
  TokenKind   kind;
  int         number;
  guint       n_digits;
  guint       month;   /* of a word; 0 for other words */
  gunichar    mark;
  const char *end;     /* behind it */
} Token;

/* Of each first byte the months whose names begin with it: the first of them, and for each
 * the next; index and one. */
static guint16 first_month[256];
static guint16 next_month[G_N_ELEMENTS (months)];

static void
index_months (void)
{
  static gsize once = 0;

  if (!g_once_init_enter (&once))
    return;
  for (guint i = G_N_ELEMENTS (months); i > 0; i--)
    {
      guchar first = (guchar) months[i - 1].name[0];

      next_month[i - 1] = first_month[first];
      first_month[first] = (guint16) i;
    }
  g_once_init_leave (&once, 1);
}

static guint
find_month (const char *word)
{
  gsize best = 0;
  guint month = 0;

  index_months ();
  for (guint i = first_month[(guchar) word[0]]; i > 0; i = next_month[i - 1])
    {
      const char *name = months[i - 1].name;
      gsize length;
      gboolean whole;

      if (name[1] != word[1])
        continue;
      length = strlen (name);
      whole = strcmp (word, name) == 0;
      if (length > best && g_str_has_prefix (word, name)
          && (whole || (g_utf8_strlen (name, -1) > 3 && g_utf8_strlen (word, -1) <= 12)))
        {
          best = length;
          month = months[i - 1].month;
        }
    }

  return month;
}

/* Of a word in any case. */
static guint
find_month_of (const char *word,
               gsize       length)
{
  g_autofree char *lower = NULL;
  char small[16];
  gsize i;

  for (i = 0; i < length && i < sizeof small - 1 && (guchar) word[i] < 0x80; i++)
    small[i] = g_ascii_tolower (word[i]);
  if (i == length)
    {
      small[i] = '\0';
      return find_month (small);
    }
  lower = g_utf8_strdown (word, (gssize) length);

  return find_month (lower);
}

static gboolean
next_token (const char **p,
            Token       *token)
{
  gunichar c;

  /* A new line is a mark: what it parts seldom is one date. */
  while (**p == ' ' || **p == '\t')
    (*p)++;
  if (**p == '\0')
    return FALSE;
  *token = (Token){ .kind = MARK };
  c = g_utf8_get_char (*p);
  if (g_unichar_isdigit (c))
    {
      token->kind = NUMBER;
      while (g_unichar_isdigit (c = g_utf8_get_char (*p)))
        {
          if (token->n_digits < 9)
            token->number = token->number * 10 + g_unichar_digit_value (c);
          token->n_digits++;
          *p = g_utf8_next_char (*p);
        }
    }
  else if (c == 0x5E74 || c == 0x6708 || c == 0x65E5 || c == 0xB144 || c == 0xC6D4 || c == 0xC77C)
    {
      /* Year, month and day in Chinese, Japanese and Korean: no words. */
      token->mark = c;
      *p = g_utf8_next_char (*p);
    }
  else if (g_unichar_isalpha (c))
    {
      const char *start = *p;
      gsize length;

      while (g_ascii_isalpha (**p)
             || ((guchar) **p >= 0x80 && (g_unichar_isalpha (c = g_utf8_get_char (*p)) || g_unichar_ismark (c))))
        *p = g_utf8_next_char (*p);
      length = *p - start;
      token->kind = WORD;
      token->month = find_month_of (start, length);
    }
  else
    {
      token->mark = c;
      *p = g_utf8_next_char (*p);
    }
  token->end = *p;

  return TRUE;
}

static gboolean
is_day (int year,
        int month,
        int day)
{
  return year >= 1700 && year <= 2100 && month >= 1 && month <= 12 && day >= 1 && day <= 31
         && g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year);
}

static int
long_year (const Token *token)
{
  if (token->n_digits == 4)
    return token->number;
  if (token->n_digits == 2)
    return token->number + (token->number < 70 ? 2000 : 1900);

  return 0;
}

/* "T10:00:00.000+02:00" and the like, behind a date; "" when there is no clock. */
static char *
read_clock (const char *p)
{
  int hour, minute, second = 0;
  GString *clock;

  while (*p == ' ' || *p == ',')
    p++;
  if (*p == 'T' || *p == 't')
    p++;
  if (!g_ascii_isdigit (p[0]))
    return g_strdup ("");
  hour = p[0] - '0';
  p++;
  if (g_ascii_isdigit (*p))
    hour = hour * 10 + (*p++ - '0');
  if (p[0] != ':' || !g_ascii_isdigit (p[1]) || !g_ascii_isdigit (p[2]))
    return g_strdup ("");
  minute = (p[1] - '0') * 10 + p[2] - '0';
  p += 3;
  if (p[0] == ':' && g_ascii_isdigit (p[1]) && g_ascii_isdigit (p[2]))
    {
      second = (p[1] - '0') * 10 + p[2] - '0';
      p += 3;
      if (p[0] == '.' || p[0] == ',')
        for (p++; g_ascii_isdigit (*p); p++)
          ;
    }
  while (*p == ' ')
    p++;
  if ((g_ascii_tolower (p[0]) == 'p' || g_ascii_tolower (p[0]) == 'a')
      && (g_ascii_tolower (p[1]) == 'm' || (p[1] == '.' && g_ascii_tolower (p[2]) == 'm')))
    {
      if (hour > 12)
        return g_strdup ("");
      hour = hour % 12 + (g_ascii_tolower (p[0]) == 'p' ? 12 : 0);
      p += p[1] == '.' ? 4 : 2;
    }
  if (hour > 23 || minute > 59 || second > 60)
    return g_strdup ("");
  clock = g_string_new (NULL);
  g_string_printf (clock, "T%02d:%02d:%02d", hour, minute, second);
  while (*p == ' ')
    p++;
  if ((p[0] == 'Z' && !g_ascii_isalpha (p[1])) || g_str_has_prefix (p, "UTC") || g_str_has_prefix (p, "GMT"))
    g_string_append_c (clock, 'Z');
  else if ((p[0] == '+' || p[0] == '-') && g_ascii_isdigit (p[1]) && g_ascii_isdigit (p[2]))
    {
      g_string_append_len (clock, p, 3);
      p += p[3] == ':' ? 4 : 3;
      if (g_ascii_isdigit (p[0]) && g_ascii_isdigit (p[1]))
        g_string_append_printf (clock, ":%c%c", p[0], p[1]);
      else
        g_string_append (clock, ":00");
    }

  return g_string_free (clock, FALSE);
}

static char *
make_date (int         year,
           int         month,
           int         day,
           const char *behind)
{
  g_autofree char *clock = read_clock (behind);

  return g_strdup_printf ("%04d-%02d-%02d%s", year, month, day, clock);
}

/* A date that begins at token @t of @n. */
static char *
match_at (const Token *t,
          guint        n,
          gboolean     month_first)
{
  /* 20240301 and 20240301T1000 */
  if (t[0].kind == NUMBER && t[0].n_digits == 8
      && is_day (t[0].number / 10000, t[0].number / 100 % 100, t[0].number % 100))
    return make_date (t[0].number / 10000, t[0].number / 100 % 100, t[0].number % 100, t[0].end);

  /* 2024-03-01, 2024/3/1, 2024.03.01, 2024年3月1日 */
  if (n >= 5 && t[0].kind == NUMBER && t[0].n_digits == 4 && t[2].kind == NUMBER && t[4].kind == NUMBER
      && t[1].kind == MARK && t[3].kind == MARK && t[2].n_digits <= 2 && t[4].n_digits <= 2
      && is_day (t[0].number, t[2].number, t[4].number))
    {
      gunichar mark = t[1].mark;

      if ((mark == t[3].mark && (mark == '-' || mark == '/' || mark == '.' || mark == ':'))
          || mark == 0x5E74 || mark == 0xB144)
        {
          const char *behind = t[4].end;

          if (n >= 6 && (t[5].mark == 0x65E5 || t[5].mark == 0xC77C || t[5].mark == '.'))
            behind = t[5].end;
          return make_date (t[0].number, t[2].number, t[4].number, behind);
        }
    }

  /* 1.3.2024, 1/3/2024, 3/1/24 */
  if (n >= 5 && t[0].kind == NUMBER && t[2].kind == NUMBER && t[4].kind == NUMBER
      && t[0].n_digits <= 2 && t[2].n_digits <= 2 && (t[4].n_digits == 4 || t[4].n_digits == 2)
      && t[1].kind == MARK && t[1].mark == t[3].mark
      && (t[1].mark == '.' || t[1].mark == '/' || t[1].mark == '-'))
    {
      int day = t[0].number, month = t[2].number;

      if (t[1].mark != '.' && ((month_first && day <= 12) || month > 12))
        {
          day = t[2].number;
          month = t[0].number;
        }
      if (is_day (long_year (&t[4]), month, day))
        return make_date (long_year (&t[4]), month, day, t[4].end);
    }

  /* 1 March 2024, 1. März 2024, 1 de marzo de 2024, 1st of March, 2024 */
  if (t[0].kind == NUMBER && t[0].n_digits <= 2)
    for (guint i = 1; i < n && i <= 3; i++)
      {
        if (t[i].kind == NUMBER)
          break;
        if (t[i].month == 0)
          continue;
        for (guint k = i + 1; k < n && k <= i + 2; k++)
          if (t[k].kind == NUMBER)
            {
              if (t[k].n_digits == 4 && is_day (t[k].number, (int) t[i].month, t[0].number))
                return make_date (t[k].number, (int) t[i].month, t[0].number, t[k].end);
              if (t[k].n_digits == 2 && k == i + 1 && t[k].number > 0
                  && is_day (long_year (&t[k]), (int) t[i].month, t[0].number)
                  && *t[k].end != ':' && *t[k].end != '.')
                return make_date (long_year (&t[k]), (int) t[i].month, t[0].number, t[k].end);
              break;
            }
        break;
      }

  /* March 1, 2024; Mar. 1st 2024; 2024 March 1 */
  if (t[0].kind == WORD && t[0].month != 0)
    {
      guint i = 1;

      if (i < n && t[i].kind == MARK && t[i].mark == '.')
        i++;
      if (i < n && t[i].kind == NUMBER && t[i].n_digits <= 2)
        for (guint k = i + 1; k < n && k <= i + 3; k++)
          if (t[k].kind == NUMBER)
            {
              if (t[k].n_digits == 4 && is_day (t[k].number, (int) t[0].month, t[i].number))
                return make_date (t[k].number, (int) t[0].month, t[i].number, t[k].end);
              break;
            }
    }
  if (n >= 3 && t[0].kind == NUMBER && t[0].n_digits == 4 && t[1].month != 0)
    {
      guint i = t[2].kind == MARK ? 3 : 2;

      if (i < n && t[i].kind == NUMBER && is_day (t[0].number, (int) t[1].month, t[i].number))
        return make_date (t[0].number, (int) t[1].month, t[i].number, t[i].end);
    }

  return NULL;
}

/**
 * dra_html_date_find:
 * @text: any text; its first 400 bytes count
 * @month_first: whether 3/4/2024 is the fourth of March
 *
 * Finds the first date in a text, with the clock time and offset behind it.
 *
 * Returns: (transfer full) (nullable): "2024-03-01" or "2024-03-01T10:00:00+02:00"
 */
char *
dra_html_date_find (const char *text,
                    gboolean    month_first)
{
  Token tokens[128];
  g_autofree char *start = NULL;
  const char *p;
  guint n = 0;

  g_return_val_if_fail (text != NULL, NULL);

  if (strpbrk (text, "0123456789") == NULL)
    return NULL;
  start = strlen (text) > MAX_TEXT ? g_utf8_make_valid (text, MAX_TEXT) : NULL;
  p = start != NULL ? start : text;
  while (n < G_N_ELEMENTS (tokens) && next_token (&p, &tokens[n]))
    n++;
  for (guint i = 0; i < n; i++)
    {
      char *date = match_at (tokens + i, MIN (n - i, 8), month_first);

      if (date != NULL)
        return date;
    }

  return NULL;
}

/* Seconds or milliseconds since 1970, as some pages have it. */
static char *
read_epoch (const char *value)
{
  g_autoptr (GDateTime) time = NULL;
  gint64 seconds;
  gsize length = strspn (value, "0123456789");

  if (value[length] != '\0' || (length != 10 && length != 13))
    return NULL;
  seconds = g_ascii_strtoll (value, NULL, 10);
  if (length == 13)
    seconds /= 1000;
  time = g_date_time_new_from_unix_utc (seconds);

  return time != NULL ? g_date_time_format_iso8601 (time) : NULL;
}

typedef struct
{
  char    *date;
  double   weight; /* of all that gave this day */
  double   best;   /* weight of the one whose writing is kept */
  xmlNode *node;
} Vote;

typedef struct
{
  GArray  *votes;
  gboolean month_first;
  char    *as_written; /* (nullable): what could not be read */
} Ballot;

static void
vote (Ballot     *ballot,
      const char *text,
      double      weight,
      xmlNode    *node)
{
  char *date;

  if (text == NULL || *text == '\0')
    return;
  date = read_epoch (text);
  if (date == NULL)
    date = dra_html_date_find (text, ballot->month_first);
  if (date == NULL)
    {
      if (ballot->as_written == NULL && weight >= 3 && strlen (text) < 60)
        ballot->as_written = dra_html_collapse (text);
      return;
    }
  for (guint i = 0; i < ballot->votes->len; i++)
    {
      Vote *other = &g_array_index (ballot->votes, Vote, i);

      if (strncmp (other->date, date, 10) == 0)
        {
          other->weight += weight * 0.6;
          if (other->node == NULL)
            other->node = node;
          /* Of two that are the same day the one with the clock says more. */
          if (strlen (date) > strlen (other->date) || (weight > other->best && strlen (date) == strlen (other->date)))
            {
              g_free (other->date);
              other->date = date;
              other->best = weight;
            }
          else
            g_free (date);
          return;
        }
    }
  if (ballot->votes->len < 64)
    g_array_append_val (ballot->votes, ((Vote){ date, weight, weight, node }));
  else
    g_free (date);
}

static void
vote_metas (DraHtmlFacts *self,
            Ballot       *ballot)
{
  GHashTableIter iter;
  gpointer key, value;
  const char *known;
  static const struct { const char *name; double weight; } names[] = {
    { "article:published_time", 5 }, { "og:article:published_time", 5 }, { "datepublished", 4 },
    { "article:published", 4 }, { "og:published_time", 4 }, { "publication_date", 4 }, { "parsely-pub-date", 4 },
    { "sailthru.date", 4 }, { "date", 3 }, { "pubdate", 4 }, { "publishdate", 4 }, { "publish-date", 4 },
    { "published_time_telegram", 4 }, { "dc.date", 3 }, { "dc.date.issued", 4 }, { "dcterms.date", 3 },
    { "dcterms.created", 3 }, { "dc.date.created", 3 }, { "citation_publication_date", 4 },
    { "citation_online_date", 4 }, { "citation_date", 3 }, { "ptime", 3 }, { "originalpublicationdate", 4 },
    { "article.published", 4 }, { "cxenseparse:recs:publishtime", 4 }, { "rnews:datepublished", 4 },
    { "displaydate", 3 }, { "pub_date", 4 }, { "published_date", 4 }, { "publisheddate", 4 },
    { "article_date_original", 4 }, { "shareaholic:article_published_time", 4 }, { "last-modified", 0.7 },
    { "article:modified_time", 1.2 }, { "og:updated_time", 1 }, { "datemodified", 1.2 }, { "lastmod", 0.8 },
    { "revised", 0.8 }, { "dcterms.modified", 0.8 }, { "iso-8601-publish-date", 4 }, { "eomportal-lastupdate", 1 },
    { "datecreated", 3 }, { "article:create_at", 3 }, { "published", 3 }, { "created", 2.5 }, { "video:release_date", 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      known = dra_html_facts_meta (self, names[i].name);
      vote (ballot, known, names[i].weight, NULL);
    }
  /* Names that sites made up. */
  g_hash_table_iter_init (&iter, self->meta);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (strstr (key, "publi") != NULL && (strstr (key, "date") != NULL || strstr (key, "time") != NULL)
        && strstr (key, "modified") == NULL && strstr (key, "update") == NULL && strstr (key, "article:published_time") == NULL)
      vote (ballot, ((GPtrArray *) value)->pdata[0], 2.5, NULL);
}

/* Where the title stands, to know which dates are near it; 0 when it is not known. */
static guint
find_title_order (DraHtmlFacts    *self,
                  DraHtmlMetadata *metadata)
{
  for (guint i = 0; i < self->places->len; i++)
    {
      DraHtmlPlace *place = self->places->pdata[i];

      if (metadata->title_node != NULL && place->node == metadata->title_node)
        return place->order;
    }

  return 0;
}

static gboolean
says_modified (DraHtmlPlace *place)
{
  g_autofree char *lower = NULL;

  if (place->modified)
    return TRUE;
  lower = g_utf8_strdown (place->text, -1);

  return g_str_has_prefix (lower, "updated") || g_str_has_prefix (lower, "last updated") || g_str_has_prefix (lower, "modified")
         || g_str_has_prefix (lower, "aktualisiert") || g_str_has_prefix (lower, "last modified")
         || g_str_has_prefix (lower, "actualizado") || g_str_has_prefix (lower, "mis à jour");
}

static double
weigh_place (DraHtmlPlace *place,
             guint         title_order)
{
  double weight;

  switch (place->kind)
    {
    case DRA_HTML_PLACE_DATE_PROP:
      weight = 3.5;
      break;
    case DRA_HTML_PLACE_TIME:
      weight = 2.5;
      break;
    case DRA_HTML_PLACE_DATE_CLASS:
      weight = 1.6;
      break;
    default:
      weight = 1.2;
      break;
    }
  if (place->kind != DRA_HTML_PLACE_DATE_PROP && strlen (place->text) > 150)
    return 0;
  if (place->around & DRA_HTML_IN_COMMENTS)
    return 0;
  if (place->around & DRA_HTML_IN_ASIDE)
    weight *= 0.3;
  if (place->around & DRA_HTML_IN_LINK)
    weight *= 0.5;
  if (place->article > 1)
    weight *= 0.3;
  if (says_modified (place))
    weight *= 0.4;
  if (title_order > 0)
    {
      guint distance = place->order > title_order ? place->order - title_order : 2 * (title_order - place->order);

      weight *= distance < 30 ? 1.3 : distance < 80 ? 1 : distance < 300 ? 0.6 : 0.3;
    }

  return weight;
}

static void
vote_places (DraHtmlFacts    *self,
             DraHtmlMetadata *metadata,
             Ballot          *ballot)
{
  guint title_order = find_title_order (self, metadata);
  guint n[DRA_HTML_PLACE_DATE_TEXT + 1] = { 0 };

  for (guint i = 0; i < self->places->len; i++)
    {
      DraHtmlPlace *place = self->places->pdata[i];
      double weight;
      guint ordinal;

      if (place->kind < DRA_HTML_PLACE_DATE_PROP)
        continue;
      weight = weigh_place (place, title_order);
      if (weight <= 0)
        continue;
      ordinal = n[place->kind]++;
      /* The first of a sort is more often the article's than the ones after it. */
      if (ordinal > 0)
        weight *= ordinal < 3 ? 0.5 : 0.15;
      if (ordinal > 20)
        continue;
      vote (ballot, place->value != NULL && *place->value != '\0' ? place->value : place->text, weight, place->node);
    }
}

static void
vote_address (Ballot     *ballot,
              const char *address)
{
  g_autoptr (GRegex) regex = NULL;
  g_autoptr (GMatchInfo) match = NULL;

  if (address == NULL || strlen (address) > 2000)
    return;
  regex = g_regex_new ("[/_.=-]((?:19|20)\\d\\d)[/_.-]?(0?[1-9]|1[0-2])[/_.-]?(0[1-9]|[12]\\d|3[01]|[1-9])(?=[^0-9]|$)",
                       G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, NULL);
  if (g_regex_match (regex, address, G_REGEX_MATCH_DEFAULT, &match))
    {
      g_autofree char *year = g_match_info_fetch (match, 1);
      g_autofree char *month = g_match_info_fetch (match, 2);
      g_autofree char *day = g_match_info_fetch (match, 3);
      g_autofree char *date = g_strdup_printf ("%s-%s-%s", year, month, day);

      vote (ballot, date, 3, NULL);
    }
}

static gboolean
is_month_first (DraHtmlFacts *self)
{
  const char *language = self->language;

  if (language == NULL)
    language = dra_html_facts_meta (self, "og:locale");
  if (language == NULL)
    return self->host == NULL || g_str_has_suffix (self->host, ".com");
  if (self->host != NULL && (g_str_has_suffix (self->host, ".uk") || g_str_has_suffix (self->host, ".au")
                             || g_str_has_suffix (self->host, ".nz") || g_str_has_suffix (self->host, ".ie")
                             || g_str_has_suffix (self->host, ".in")))
    return FALSE;

  return g_ascii_strcasecmp (language, "en") == 0 || g_ascii_strncasecmp (language, "en-us", 5) == 0
         || g_ascii_strncasecmp (language, "en_us", 5) == 0;
}

/**
 * dra_html_facts_choose_date:
 * @self: facts
 * @metadata: what is known; the title's place helps
 *
 * Sets the day (and time) of publication and where in the page it stands.
 */
void
dra_html_facts_choose_date (DraHtmlFacts    *self,
                            DraHtmlMetadata *metadata)
{
  Ballot ballot = { .votes = g_array_new (FALSE, FALSE, sizeof (Vote)), .month_first = is_month_first (self) };
  int best = -1;

  vote_metas (self, &ballot);
  if (self->article != NULL)
    {
      vote (&ballot, self->article->published, self->article->rank >= 5 ? 4 : 2, NULL);
      vote (&ballot, self->article->modified, 1, NULL);
    }
  vote_address (&ballot, self->canonical != NULL ? self->canonical : self->uri);
  vote_places (self, metadata, &ballot);

  for (guint i = 0; i < ballot.votes->len; i++)
    if (best < 0 || g_array_index (ballot.votes, Vote, i).weight > g_array_index (ballot.votes, Vote, best).weight)
      best = (int) i;
  if (best >= 0 && g_array_index (ballot.votes, Vote, best).weight >= 0.5)
    {
      metadata->published = g_strdup (g_array_index (ballot.votes, Vote, best).date);
      metadata->date_node = g_array_index (ballot.votes, Vote, best).node;
    }
  else
    metadata->published = g_steal_pointer (&ballot.as_written);
  for (guint i = 0; i < ballot.votes->len; i++)
    g_free (g_array_index (ballot.votes, Vote, i).date);
  g_array_unref (ballot.votes);
  g_free (ballot.as_written);
}
