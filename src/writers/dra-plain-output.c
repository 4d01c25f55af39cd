/* dra-plain-output.c: pieces of text for formats that are read as they are.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "writers/dra-plain-output.h"

#include <string.h>

#define PDF "\342\200\254" /* U+202C POP DIRECTIONAL FORMATTING */
#define PDI "\342\201\251" /* U+2069 POP DIRECTIONAL ISOLATE */

/* More than this nest nowhere: UAX 9 stops at 125. */
#define MAX_DEPTH 125

/* Ends what bidirectional controls opened and nothing closed, innermost first. */
static void
close_controls (GString *out,
                char    *open,
                guint   *n_open)
{
  while (*n_open > 0)
    g_string_append (out, open[--*n_open] == 'e' ? PDF : PDI);
}

/* Keeps count of an embedding or isolate; FALSE for one that closes nothing. */
static gboolean
follow_control (gunichar  c,
                char     *open,
                guint    *n_open)
{
  if ((c >= 0x202A && c <= 0x202E && c != 0x202C) || (c >= 0x2066 && c <= 0x2068))
    {
      if (*n_open == MAX_DEPTH)
        return FALSE;
      open[(*n_open)++] = c < 0x2066 ? 'e' : 'i';
      return TRUE;
    }
  if (c == 0x202C || c == 0x2069)
    {
      if (*n_open == 0 || open[*n_open - 1] != (c == 0x202C ? 'e' : 'i'))
        return FALSE;
      (*n_open)--;
    }

  return TRUE;
}

/**
 * dra_plain_clean:
 * @text: any text
 * @keep_lines: whether newlines and tabs stay; else they become spaces
 *
 * Text that stays where it is put: no control characters a terminal would obey, and on
 * each line no bidirectional control (UAX 9) that reaches beyond the line's text.
 *
 * Returns: (transfer full): the text, valid UTF-8
 */
char *
dra_plain_clean (const char *text,
                 gboolean    keep_lines)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *out = g_string_sized_new (strlen (valid));
  char open[MAX_DEPTH];
  guint n_open = 0;

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\r')
        {
          if (p[1] == '\n')
            continue;
          c = '\n';
        }
      if (c == 0x2028 || c == 0x2029)
        c = '\n';
      if (c == '\n')
        close_controls (out, open, &n_open);
      if (c == '\n' || c == '\t')
        g_string_append_c (out, keep_lines ? (char) c : ' ');
      else if (c < 0x20 || (c >= 0x7F && c < 0xA0) || (c & 0xFFFE) == 0xFFFE
               || (c >= 0xFDD0 && c <= 0xFDEF))
        g_string_append_c (out, ' ');
      else if (follow_control (c, open, &n_open))
        g_string_append_unichar (out, c);
    }
  close_controls (out, open, &n_open);

  return g_string_free (out, FALSE);
}

/**
 * dra_plain_width:
 * @text: UTF-8 of one line
 *
 * Returns: how many columns it takes in a fixed-width font (UAX 11)
 */
guint
dra_plain_width (const char *text)
{
  guint width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_iszerowidth (c))
        width += g_unichar_iswide (c) ? 2 : 1;
    }

  return width;
}

/**
 * dra_plain_append_csv:
 * @out: where to
 * @field: (nullable): a field
 *
 * Appends a field as RFC 4180 has it, quoted where needed.  One that a spreadsheet would
 * take for a formula gets an apostrophe before it, as spreadsheets themselves write it.
 */
void
dra_plain_append_csv (GString    *out,
                      const char *field)
{
  g_autofree char *clean = dra_plain_clean (field != NULL ? field : "", TRUE);
  gboolean formula = *clean != '\0' && strchr ("=+-@\t", *clean) != NULL;

  if (!formula && strpbrk (clean, ",\"\n\t") == NULL)
    {
      g_string_append (out, clean);
      return;
    }

  g_string_append (out, formula ? "\"'" : "\"");
  for (const char *p = clean; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (out, '"');
      if (*p == '\n')
        g_string_append_c (out, '\r');
      g_string_append_c (out, *p);
    }
  g_string_append_c (out, '"');
}
