/* dra-text-line.c: one line of a plain text, and what can be said of it alone.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-text-line.h"

#include <string.h>

#define TAB_WIDTH 8
#define MAX_WORD 64     /* columns: longer first words are no words */
#define MAX_QUOTES 64   /* depth of ">": more is an attack, and kept as text */
#define MAX_LOOK 4096   /* bytes of a line that are looked at to say what it is */

/* Bytes that end a line, or begin a character that does. */
static inline gboolean
may_end_line (guchar c)
{
  return (c >= '\n' && c <= '\r') || c == 0xC2 || c == 0xE2;
}

/* First byte from p on that is not printable ASCII, eight at a time. */
static const char *
skip_printable (const char *p,
                const char *end)
{
  while (end - p >= 8)
    {
      guint64 word;

      memcpy (&word, p, 8);
      /* A high bit, or a byte below 0x20 (which borrows into it). */
      if (((word | (word - G_GUINT64_CONSTANT (0x2020202020202020)))
           & G_GUINT64_CONSTANT (0x8080808080808080)) != 0)
        break;
      p += 8;
    }
  while (p < end && (guchar) *p >= 0x20 && (guchar) *p < 0x80)
    p++;

  return p;
}

/* Length of the line end at p: LF, VT, FF, CR, CR LF, NEL, U+2028, U+2029. */
static guint
line_end_length (const char *p,
                 const char *end)
{
  switch ((guchar) *p)
    {
    case '\r':
      return end - p >= 2 && p[1] == '\n' ? 2 : 1;
    case 0xC2:
      return end - p >= 2 && (guchar) p[1] == 0x85 ? 2 : 0;
    case 0xE2:
      return end - p >= 3 && (guchar) p[1] == 0x80
             && ((guchar) p[2] == 0xA8 || (guchar) p[2] == 0xA9) ? 3 : 0;
    default:
      return 1;
    }
}

static gboolean
is_space (gunichar c)
{
  return c == ' ' || c == '\t' || (c >= 0x80 && (g_unichar_isspace (c) || c == 0xFEFF || c == 0x200B));
}

static guint
columns_of (gunichar c)
{
  if (c < 0x300)
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD ? 0 : 1;
  if (g_unichar_iszerowidth (c))
    return 0;

  return c >= 0x1100 && g_unichar_iswide (c) ? 2 : 1;
}

/* Indent, and where the text begins. */
static void
measure_indent (DraTextLine *line)
{
  const char *p = line->start;
  guint indent = 0;

  while (p < line->end)
    {
      gunichar c = (guchar) *p < 0x80 ? (gunichar) *p : g_utf8_get_char (p);

      if (!is_space (c))
        break;
      if (c == '\t')
        indent = (indent / TAB_WIDTH + 1) * TAB_WIDTH;
      else
        indent += columns_of (c);
      p = g_utf8_next_char (p);
    }
  line->start = p;
  line->indent = indent;
}

/**
 * dra_text_line_measure:
 * @line: a line whose start and end are set, start behind its indent
 *
 * Sets the widths; white space at the end goes.
 */
void
dra_text_line_measure (DraTextLine *line)
{
  const char *p = line->start;
  const char *end = line->end;
  guint columns = 0, first = 0;

  while (end > p)
    {
      const char *last = g_utf8_prev_char (end);

      if (!is_space (g_utf8_get_char (last)))
        break;
      end = last;
    }
  line->end = end;

  while (p < end)
    {
      const char *run = p;

      p = skip_printable (p, end);
      if (p > run)
        {
          const char *space = first == 0 ? memchr (run, ' ', p - run) : NULL;

          if (space != NULL)
            first = columns + (guint) (space - run);
          columns += (guint) (p - run);
        }
      else
        {
          gunichar c = g_utf8_get_char (p);

          /* A line may be broken before or behind any wide character. */
          if (first == 0 && columns > 0 && (is_space (c) || columns_of (c) == 2))
            first = columns;
          columns += columns_of (c);
          p = g_utf8_next_char (p);
        }
    }
  line->width = columns;
  line->first = MIN (first > 0 ? first : columns, MAX_WORD);
}

/**
 * dra_text_line_next:
 * @p: (inout): where the line begins; moved behind its end
 * @end: end of the text
 * @line: (out): the line
 *
 * Takes the next line of a text.
 *
 * Returns: %FALSE at the end of the text
 */
gboolean
dra_text_line_next (const char **p,
                    const char  *end,
                    DraTextLine *line)
{
  const char *q = *p;
  guint n = 0;

  if (q >= end)
    return FALSE;

  line->start = q;
  while ((q = skip_printable (q, end)) < end)
    {
      if (may_end_line ((guchar) *q) && (n = line_end_length (q, end)) > 0)
        break;
      q++;
    }
  line->end = q;
  *p = q + n;
  measure_indent (line);
  dra_text_line_measure (line);

  return TRUE;
}

/**
 * dra_text_line_is_blank:
 * @line: a line
 *
 * Returns: whether there is nothing but white space in it
 */
gboolean
dra_text_line_is_blank (const DraTextLine *line)
{
  return line->start == line->end;
}

static gboolean
is_rule_mark (gunichar c)
{
  return c == '*' || c == '-' || c == '_' || c == '=' || c == '~' || c == '#' || c == '+'
         || c == 0xB7 || c == 0x2013 || c == 0x2014 || c == 0x2022 || c == 0x2015
         || (c >= 0x2500 && c <= 0x257F) || c == 0x25CF || c == 0x25C6 || c == 0x2605
         || c == 0x2606 || c == 0x2725 || c == 0x2726 || c == 0x2736 || c == 0x2766;
}

/**
 * dra_text_line_is_rule:
 * @line: a line
 *
 * Returns: whether it is a "* * *" or "-----": one mark three times or more, or an
 *   asterism, or two dashes (the separator before a signature)
 */
gboolean
dra_text_line_is_rule (const DraTextLine *line)
{
  gunichar mark = 0;
  guint n = 0;

  if (line->end - line->start > MAX_LOOK || line->start == line->end || g_ascii_isalnum (*line->start))
    return FALSE;
  for (const char *p = line->start; p < line->end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_space (c))
        continue;
      if (n == 0)
        mark = c;
      if (c != mark)
        return FALSE;
      n++;
    }

  return (n >= 3 && is_rule_mark (mark)) || (n > 0 && mark == 0x2042)
         || (n == 2 && mark == '-' && line->width == 2);
}

/**
 * dra_text_line_is_underline:
 * @line: a line
 * @heading: the line before it
 *
 * Returns: whether @line is drawn under @heading: one mark, without spaces, about as long
 */
gboolean
dra_text_line_is_underline (const DraTextLine *line,
                            const DraTextLine *heading)
{
  char mark;

  if (line->start == line->end || line->width < 3 || heading->width > 120)
    return FALSE;
  mark = *line->start;
  if (mark != '=' && mark != '-' && mark != '~' && mark != '^' && mark != '*' && mark != '_'
      && mark != '#' && mark != '+')
    return FALSE;
  if (line->width * 2 < heading->width && mark != '=' && !(mark == '-' && line->width == 3))
    return FALSE;
  if (line->width > heading->width * 2 + 8)
    return FALSE;
  for (const char *p = line->start; p < line->end; p++)
    if (*p != mark)
      return FALSE;

  return TRUE;
}

/**
 * dra_text_line_is_caps:
 * @line: a line
 *
 * Returns: whether its letters are capitals throughout: four at least, in a script that
 *   has both
 */
gboolean
dra_text_line_is_caps (const DraTextLine *line)
{
  guint n = 0;

  if (line->end - line->start > MAX_LOOK)
    return FALSE;
  for (const char *p = line->start; p < line->end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_islower (c))
        return FALSE;
      n += g_unichar_isupper (c);
    }

  return n >= 4;
}

/**
 * dra_text_line_is_table:
 * @line: a line
 *
 * Returns: whether it has columns: tabs, wide gaps, or vertical bars
 */
gboolean
dra_text_line_is_table (const DraTextLine *line)
{
  gsize length = line->end - line->start;
  const char *bar;

  if (length > MAX_LOOK || length < 3)
    return FALSE;
  if (memchr (line->start, '\t', length) != NULL || memmem (line->start, length, "   ", 3) != NULL)
    return TRUE;
  bar = memchr (line->start, '|', length);
  if (bar != NULL && memchr (bar + 1, '|', line->end - bar - 1) != NULL)
    return TRUE;

  return line->start[0] == '+' && line->start[1] == '-'
         && line->end[-1] == '+';
}

/**
 * dra_text_line_last_char:
 * @line: a line
 *
 * Returns: the last character that is no closing quote, bracket or note mark, or 0
 */
gunichar
dra_text_line_last_char (const DraTextLine *line)
{
  const char *p = line->end;

  for (guint i = 0; i < 8 && p > line->start; i++)
    {
      gunichar c;

      p = g_utf8_prev_char (p);
      c = g_utf8_get_char (p);
      if (c != '"' && c != '\'' && c != ')' && c != ']' && c != 0x2019 && c != 0x201D
          && c != 0xBB && c != 0x203A && c != '*' && c != '_' && c != '<' && c != '=')
        return c;
    }

  return 0;
}

/**
 * dra_text_line_is_final:
 * @line: a line
 *
 * Returns: whether it ends as a sentence does
 */
gboolean
dra_text_line_is_final (const DraTextLine *line)
{
  gunichar c = dra_text_line_last_char (line);

  return c == '.' || c == '!' || c == '?' || c == ':' || c == ';' || c == 0x2026
         || c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0xFF0E || c == 0x06D4
         || c == 0x061F || c == 0x0964 || c == 0x1362;
}

/**
 * dra_text_line_first_case:
 * @line: a line
 *
 * Returns: 1 when its first letter is a capital or it begins with a digit, -1 when it is a
 *   small letter, 0 when it is neither
 */
int
dra_text_line_first_case (const DraTextLine *line)
{
  const char *p = line->start;

  for (guint i = 0; i < 4 && p < line->end; i++)
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_islower (c))
        return -1;
      if (g_unichar_isupper (c) || g_unichar_istitle (c) || g_unichar_isdigit (c))
        return 1;
      if (g_unichar_isalpha (c))
        return 0;
      p = g_utf8_next_char (p);
    }

  return 0;
}

/**
 * dra_text_line_get_quotes:
 * @line: a line
 * @content: (out): where the text behind the marks begins
 *
 * Returns: how many ">" it begins with, with or without spaces between them
 */
guint
dra_text_line_get_quotes (const DraTextLine *line,
                          const char       **content)
{
  const char *p = line->start;
  guint n = 0;

  *content = p;
  while (n < MAX_QUOTES && p < line->end && *p == '>')
    {
      n++;
      p++;
      *content = p;
      while (p < line->end && *p == ' ' && p - *content < 2)
        p++;
    }
  /* ">=" and ">:(" are no quotations. */
  if (n == 1 && *content < line->end && g_ascii_ispunct (**content) && **content != '"'
      && **content != '\'' && **content != '(' && **content != '[' && **content != '*'
      && **content != '-' && **content != '_')
    return 0;

  return n;
}

/* "12." "3)" "(4)" "b)" "(c)": at p, the digits or the letter; returns the number. */
static guint
read_number (const char **p,
             const char  *end,
             gboolean    *letter)
{
  guint number = 0;
  const char *q = *p;

  *letter = FALSE;
  while (q < end && q - *p < 3 && g_ascii_isdigit (*q))
    number = number * 10 + (*q++ - '0');
  if (q == *p && q < end && *q >= 'a' && *q <= 'z')
    {
      number = *q++ - 'a' + 1;
      *letter = TRUE;
    }
  else if (q > *p && (number == 0 || (q < end && g_ascii_isdigit (*q))))
    return 0;
  if (q == *p)
    return 0;
  *p = q;

  return number;
}

/**
 * dra_text_line_get_marker:
 * @line: a line
 * @marker: (out): the marker
 *
 * Finds a list marker: a bullet or a number (or single letter with a bracket), and text
 * behind it.  Whether a number really is one is for the caller to say: "3. of May".
 *
 * Returns: whether there is one
 */
gboolean
dra_text_line_get_marker (const DraTextLine *line,
                          DraTextMarker     *marker)
{
  static const gunichar bullets[] = {
    '-', '*', '+', 0x2022, 0xB7, 0x25AA, 0x25AB, 0x25A0, 0x25A1, 0x25E6, 0x2023, 0x25CF,
    0x25CB, 0x2043, 0x2219, 0x2013, 0x27A2, 0x25BA, 0x25B8, 0xF0B7, 0xF0A7,
  };
  const char *p = line->start;
  gunichar c;
  const char *behind;

  memset (marker, 0, sizeof *marker);
  if (p >= line->end || (g_ascii_isalpha (*p) && (p + 1 >= line->end || p[1] != ')')))
    return FALSE;
  c = g_utf8_get_char (p);

  if (g_ascii_isdigit (*p) || *p == '(' || (g_ascii_islower (*p) && p + 1 < line->end && p[1] == ')'))
    {
      gboolean bracket = *p == '(', letter;

      p += bracket;
      marker->number = read_number (&p, line->end, &letter);
      if (marker->number == 0 || p >= line->end
          || !(*p == ')' || (*p == '.' && !bracket && !letter)))
        return FALSE;
      p++;
      memcpy (marker->label, line->start, MIN ((gsize) (p - line->start), sizeof marker->label - 1));
    }
  else
    {
      guint i;

      for (i = 0; i < G_N_ELEMENTS (bullets) && bullets[i] != c; i++)
        ;
      if (i == G_N_ELEMENTS (bullets))
        return FALSE;
      p = g_utf8_next_char (p);
      /* Keyboards have no bullet, and old symbol fonts had it in the private area. */
      g_unichar_to_utf8 (c < 0x80 || c >= 0xF000 ? 0x2022 : c, marker->label);
    }

  behind = p;
  while (p < line->end && (*p == ' ' || *p == '\t' || (guchar) *p == 0xC2))
    {
      if ((guchar) *p == 0xC2)
        {
          if ((guchar) p[1] != 0xA0)
            break;
          p++;
        }
      p++;
    }
  if (p == line->end || (p == behind && c < 0x2022))
    return FALSE;
  marker->length = (guint) (p - line->start);
  marker->columns = (guint) g_utf8_strlen (line->start, p - line->start);

  return TRUE;
}

/**
 * dra_text_line_get_hashes:
 * @line: a line
 * @content: (out): where the text of the heading begins
 *
 * Returns: the level of a Markdown heading ("## ..."), or 0
 */
guint
dra_text_line_get_hashes (const DraTextLine *line,
                          const char       **content)
{
  const char *p = line->start;
  guint n = 0;

  while (p < line->end && *p == '#' && n < 7)
    {
      n++;
      p++;
    }
  if (n == 0 || n > 6 || p >= line->end || *p != ' ')
    return 0;
  while (p < line->end && *p == ' ')
    p++;
  *content = p;

  return p < line->end && line->width <= 160 ? n : 0;
}
