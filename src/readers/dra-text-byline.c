/* dra-text-byline.c: the line of a plain text that says by whom it is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-text-private.h"

#include <string.h>

#include "recognizer/dra-tokenizer-words.h"
#include "readers/dra-text-date.h"

#define MAX_BYLINE 140 /* columns */

/* The word at *p, without the marks around it; moves *p behind it. */
static gboolean
next_word (const char **p,
           const char  *end,
           const char **start,
           const char **stop)
{
  while (*p < end && g_ascii_isspace (**p))
    (*p)++;
  *start = *p;
  while (*p < end && !g_ascii_isspace (**p))
    (*p)++;
  *stop = *p;

  return *stop > *start;
}

static gboolean
is_connector (const char *start,
              const char *stop)
{
  static const char *const words[] = {
    "and", "&", "of", "de", "da", "do", "del", "della", "di", "van", "von", "der", "den", "la",
    "le", "bin", "ibn", "al", "el", "y", "e", "und", "et", "en", "the", "for", "with", "in",
    "dos", "du", "des", "zu", "ter", "ten", "af", "av",
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strlen (words[i]) == (gsize) (stop - start) && memcmp (words[i], start, stop - start) == 0)
      return TRUE;

  return FALSE;
}

/* Names from start to the first comma or bar: each word a capital, or a small word that
 * names have; at most max words that are not such. */
static gboolean
are_names (const char *start,
           const char *end,
           guint       least,
           guint       most)
{
  const char *p = start;
  const char *word, *stop;
  guint n = 0, n_small = 0;

  while (next_word (&p, end, &word, &stop))
    {
      gunichar c = g_utf8_get_char (word);

      if (*word == '|' || c == 0x2022 || c == 0xB7 || c == 0x2013 || c == 0x2014
          || (*word == '-' && stop - word == 1))
        break;
      if (is_connector (word, stop))
        {
          if (n == 0 || ++n_small > 6)
            return FALSE;
          continue;
        }
      if (!g_unichar_isupper (c) && !g_unichar_istitle (c) && !(n > 0 && *word == '(')
          && g_unichar_islower (c))
        return FALSE;
      if (!g_unichar_isalpha (c) && c != '(' && c != '"' && c != 0x201C)
        return FALSE;
      n++;
      if (stop[-1] == ',')
        break;
    }

  return n >= least && n <= most;
}

/* Length of "By " and the like at the start of a line, 0 when there is none. */
static gsize
byline_prefix (const DraTextLine *line,
               guint             *least,
               guint             *most)
{
  static const struct { const char *prefix; guint least, most; } prefixes[] = {
    { "by ", 1, 12 }, { "by: ", 1, 12 }, { "story by ", 1, 12 }, { "written by ", 1, 12 },
    { "text by ", 1, 12 }, { "words by ", 1, 12 }, { "reporting by ", 1, 12 },
    { "reported by ", 1, 12 }, { "posted by ", 1, 12 }, { "report by ", 1, 12 },
    { "^by ", 1, 12 }, { "von ", 2, 5 }, { "par ", 2, 5 }, { "por ", 2, 5 }, { "di ", 2, 5 },
    { "door ", 2, 5 }, { "av ", 2, 5 }, { "text: ", 2, 6 }, { "texto: ", 2, 6 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    {
      gsize n = strlen (prefixes[i].prefix);

      if ((gsize) (line->end - line->start) > n
          && g_ascii_strncasecmp (line->start, prefixes[i].prefix, n) == 0)
        {
          *least = prefixes[i].least;
          *most = prefixes[i].most;
          return n;
        }
    }

  return 0;
}

/* "Inc." "U.S." "Jr." "J.": a stop that ends no sentence. */
static gboolean
ends_in_abbreviation (const DraTextLine *line)
{
  const char *p = line->end - 1;
  guint n = 0;

  while (p > line->start && g_ascii_isalpha (p[-1]))
    {
      p--;
      n++;
    }
  if (n == 1)
    return TRUE;

  return n <= 4 && (g_ascii_strncasecmp (p, "inc", 3) == 0 || g_ascii_strncasecmp (p, "corp", 4) == 0
                    || g_ascii_strncasecmp (p, "jr", 2) == 0 || g_ascii_strncasecmp (p, "sr", 2) == 0
                    || g_ascii_strncasecmp (p, "ltd", 3) == 0 || g_ascii_strncasecmp (p, "co", 2) == 0);
}

/**
 * dra_text_line_ends_in_stop: (skip)
 * @line: a line
 *
 * Returns: whether it ends as a sentence or a part of one does, and no title or name
 */
gboolean
dra_text_line_ends_in_stop (const DraTextLine *line)
{
  gunichar c = dra_text_line_last_char (line);

  if (c == '.' && line->end[-1] == '.')
    return !ends_in_abbreviation (line) && !(line->end - line->start > 3 && memcmp (line->end - 3, "...", 3) == 0);

  return c == '.' || c == ',' || c == ';' || c == 0x3002 || c == 0x3001 || c == 0xFF0C;
}

/**
 * dra_text_line_is_byline: (skip)
 * @line: a line
 *
 * Returns: whether it says by whom an article is, and nothing else
 */
gboolean
dra_text_line_is_byline (const DraTextLine *line)
{
  guint least, most;
  gsize n;

  if (line->width > MAX_BYLINE || line->end - line->start > DRA_TEXT_MAX_LOOK)
    return FALSE;
  n = byline_prefix (line, &least, &most);

  if (n == 0 || dra_text_line_ends_in_stop (line))
    return FALSE;
  /* The name somebody has on a site: one word, whatever it looks like. */
  if (n == 3 && *line->start == 'B' && line->end - line->start >= 6
      && memchr (line->start + n, ' ', line->end - line->start - n) == NULL)
    return TRUE;

  return are_names (line->start + n, line->end, least, most);
}

/**
 * dra_text_byline_clean: (skip)
 * @text: names, in UTF-8
 * @length: in bytes
 *
 * Takes the digits off "Jane Roe1,2 and John Doe3", which say in papers where they work.
 *
 * Returns: (transfer full): the names
 */
char *
dra_text_byline_clean (const char *text,
                       gsize       length)
{
  GString *names = g_string_sized_new (length);
  const char *end = text + length;
  gboolean named = FALSE; /* a capitalised word stands before, so that this is no account's name */

  for (const char *p = text; p < end;)
    {
      const char *word = p, *digits, *digits_end, *stop = memchr (p, ' ', end - p);

      stop = stop != NULL ? stop + 1 : end;
      digits = named ? dra_tokenizer_find_note_digits (word, end, &digits_end) : NULL;
      if (digits != NULL && digits_end <= stop)
        {
          g_string_append_len (names, word, digits - word);
          g_string_append_len (names, digits_end, stop - digits_end);
        }
      else
        g_string_append_len (names, word, stop - word);
      named = g_unichar_isupper (g_utf8_get_char_validated (word, end - word));
      p = stop;
    }

  return g_string_free (names, FALSE);
}

/**
 * dra_text_byline_split: (skip)
 * @line: a byline
 * @byline: (out) (transfer full) (nullable): who wrote it
 * @published: (out) (transfer full) (nullable): its date, as it is written
 *
 * Takes "By Jane Doe | 3 March 2024" apart at the bars.
 */
void
dra_text_byline_split (const DraTextLine  *line,
                       char              **byline,
                       char              **published)
{
  guint least, most;
  const char *p = line->start + byline_prefix (line, &least, &most);
  gboolean first = TRUE;

  *byline = *published = NULL;
  while (p < line->end)
    {
      const char *bar = p;
      g_autofree char *date = NULL;

      while (bar < line->end && *bar != '|'
             && !((guchar) *bar == 0xE2 && line->end - bar >= 3 && (guchar) bar[1] == 0x80 && (guchar) bar[2] == 0xA2)
             && !((guchar) *bar == 0xC2 && line->end - bar >= 2 && (guchar) bar[1] == 0xB7))
        bar++;
      date = dra_text_date_parse (p, bar - p);
      if (date != NULL && *published == NULL)
        *published = g_strndup (p, (gsize) (bar - p));
      else if (date == NULL && first)
        *byline = dra_text_byline_clean (p, (gsize) (bar - p));
      first = FALSE;
      p = bar < line->end ? g_utf8_next_char (bar) : bar;
      while (p < line->end && *p == ' ')
        p++;
    }
}
