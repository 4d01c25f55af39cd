/* dra-html-state.c: text that only a page's scripts hold.
 *
 * No application's format is known here: every string literal that reads as prose is taken,
 * also those in JSON that is itself in a string, as frameworks send it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-html-state.h"

#include <string.h>

#define MIN_TEXT 80         /* bytes of a string that may be a paragraph */
#define MAX_NESTING 3       /* strings in strings */
#define MAX_TEXTS 4000      /* that are kept */
#define MIN_PARAGRAPHS 3    /* of markup that is surely an article's body */

typedef struct
{
  char    *text;
  gsize    seen;   /* bytes of it that are no tags */
  gboolean markup;
} Text;

typedef struct
{
  GArray     *texts; /* of Text */
  GHashTable *known; /* the same strings, which belong to texts */
  gsize       seen;  /* bytes of all */
} State;

static void
clear_text (Text *text)
{
  g_free (text->text);
}

static guint
read_hex (const char *p,
          guint       n)
{
  guint value = 0;

  for (guint i = 0; i < n; i++)
    {
      int digit = g_ascii_xdigit_value (p[i]);

      if (digit < 0)
        return 0;
      value = value * 16 + (guint) digit;
    }

  return value;
}

/* What a string of JSON or JavaScript means; escapes that mean nothing are left out. */
static char *
decode (const char *p,
        const char *end)
{
  GString *out = g_string_sized_new (end - p);

  while (p < end)
    {
      const char *escape = memchr (p, '\\', end - p);
      gunichar c = 0;

      g_string_append_len (out, p, (escape != NULL ? escape : end) - p);
      if (escape == NULL || end - escape < 2)
        break;
      p = escape + 2;
      switch (escape[1])
        {
        case 'n':
        case 'r':
          c = '\n';
          break;
        case 't':
          c = ' ';
          break;
        case 'x':
          if (end - p >= 2)
            c = read_hex (p, 2);
          p = MIN (p + 2, end);
          break;
        case 'u':
          if (end - p >= 4)
            c = read_hex (p, 4);
          p = MIN (p + 4, end);
          if (c >= 0xD800 && c < 0xDC00 && end - p >= 6 && p[0] == '\\' && p[1] == 'u')
            {
              guint low = read_hex (p + 2, 4);

              c = low >= 0xDC00 && low < 0xE000 ? 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00) : 0;
              p += 6;
            }
          break;
        default:
          c = (guchar) escape[1] < 0x80 ? (guchar) escape[1] : 0;
          p -= c == 0;
          break;
        }
      if (c != 0 && g_unichar_validate (c))
        g_string_append_unichar (out, c);
    }

  return g_string_free (out, FALSE);
}

static gboolean
is_markup (const char *text)
{
  return strstr (text, "</") != NULL || strstr (text, "<p") != NULL || strstr (text, "<br") != NULL;
}

/* Sentences, not code, styles or addresses.  seen: (out): bytes that are no tags. */
static gboolean
is_prose (const char *text,
          gsize      *seen)
{
  guint n_spaces = 0, n_wide = 0, n_code = 0, n_stops = 0;

  *seen = 0;
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '<' && (g_ascii_isalpha (p[1]) || p[1] == '/'))
        {
          const char *close = strchr (p, '>');

          if (close == NULL)
            break;
          p = close;
          continue;
        }
      (*seen)++;
      n_spaces += *p == ' ';
      n_wide += (guchar) *p >= 0xE3;
      n_code += strchr ("{}[]=_|\\", *p) != NULL;
      n_stops += *p == '.' || *p == ',' || *p == '!' || *p == '?' || (guchar) *p == 0xE3;
    }

  return *seen >= MIN_TEXT && n_code * 50 < *seen && n_stops > 0 && (n_spaces * 12 > *seen || n_wide * 6 > *seen);
}

/* JSON, or a row of it that was streamed ("1a:{...}"). */
static gboolean
is_data (const char *text)
{
  while (*text == ' ' || *text == '\n')
    text++;
  if (*text == '{' || *text == '[')
    return TRUE;
  while (g_ascii_isxdigit (*text))
    text++;

  return *text == ':';
}

static void
take (State *self,
      char  *string,
      gsize  seen)
{
  Text text = { string, seen, is_markup (string) };

  if (self->texts->len >= MAX_TEXTS || g_hash_table_contains (self->known, string))
    {
      g_free (string);
      return;
    }
  g_hash_table_add (self->known, string);
  g_array_append_val (self->texts, text);
  self->seen += seen;
}

/* Every string of a script.  One ends with its line at the latest, so that a quotation mark
 * that begins none does no harm; each character is looked at once at each level. */
static void
scan (State      *self,
      const char *text,
      gsize       length,
      guint       nesting)
{
  const char *end = text + length;
  const char *p = text;

  while (p < end && (p = memchr (p, '"', end - p)) != NULL)
    {
      const char *start = ++p;
      g_autofree char *string = NULL;
      gsize seen;

      while (p < end && *p != '"' && *p != '\n')
        p += *p == '\\' && p + 1 < end ? 2 : 1;
      if (p >= end)
        return;
      if (*p++ == '\n' || p - start < MIN_TEXT)
        continue;
      string = decode (start, p - 1);
      if (is_data (string))
        {
          if (nesting < MAX_NESTING)
            scan (self, string, strlen (string), nesting + 1);
        }
      else if (is_prose (string, &seen))
        take (self, g_steal_pointer (&string), seen);
    }
}

static void
scan_scripts (State      *self,
              const char *page,
              gsize       length)
{
  const char *end = page + length;
  const char *p = page;

  while (p < end && (p = memchr (p, '<', end - p)) != NULL)
    {
      const char *close;

      if (end - p < 8 || g_ascii_strncasecmp (p, "<script", 7) != 0)
        {
          p++;
          continue;
        }
      for (close = p; close < end; close++)
        {
          close = memchr (close, '<', end - close);
          if (close == NULL)
            close = end;
          if (end - close < 8 || g_ascii_strncasecmp (close, "</script", 8) == 0)
            break;
        }
      p = memchr (p, '>', close - p);
      if (p != NULL)
        scan (self, p + 1, close - p - 1, 0);
      p = close;
    }
}

static gboolean
is_body (const Text *text)
{
  guint n = 0;

  for (const char *p = text->text; n < MIN_PARAGRAPHS && (p = strstr (p, "<p")) != NULL; p++)
    n++;

  return n >= MIN_PARAGRAPHS;
}

static void
append (GString    *out,
        const Text *text)
{
  if (text->markup)
    g_string_append_printf (out, "<div>%s</div>\n", text->text);
  else
    {
      g_auto (GStrv) lines = g_strsplit (text->text, "\n", -1);

      for (guint i = 0; lines[i] != NULL; i++)
        {
          g_autofree char *escaped = g_markup_escape_text (lines[i], -1);

          g_string_append_printf (out, "<p>%s</p>\n", escaped);
        }
    }
}

/**
 * dra_html_state_find:
 * @page: a page, in UTF-8
 * @length: its length in bytes
 *
 * Finds the text that the page's scripts hold: one string that is a body or most of it, else
 * all that read as prose, in their order.  Takes time in proportion to @length.
 *
 * Returns: (transfer full) (nullable): markup, or %NULL when there is no such text
 */
char *
dra_html_state_find (const char *page,
                     gsize       length)
{
  State self = { g_array_new (FALSE, FALSE, sizeof (Text)), g_hash_table_new (g_str_hash, g_str_equal), 0 };
  GString *out = g_string_new (NULL);
  const Text *best = NULL;

  g_array_set_clear_func (self.texts, (GDestroyNotify) clear_text);
  scan_scripts (&self, page, length);
  for (guint i = 0; i < self.texts->len; i++)
    {
      const Text *text = &g_array_index (self.texts, Text, i);

      if (best == NULL || text->seen > best->seen)
        best = text;
    }
  if (best != NULL && (best->seen * 2 > self.seen || is_body (best)))
    append (out, best);
  else
    for (guint i = 0; i < self.texts->len; i++)
      append (out, &g_array_index (self.texts, Text, i));
  g_hash_table_unref (self.known);
  g_array_unref (self.texts);
  if (out->len > 0)
    return g_string_free (out, FALSE);
  g_string_free (out, TRUE);

  return NULL;
}
