/* dra-markdown-inlines.c: text, styles and links inside a block of our own Markdown copies.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-markdown-inlines.h"

#include <string.h>

/* Bytes in which the address of a link must end. */
#define MAX_TARGET 8192

typedef struct
{
  DraCopyParts *copy;
  guint         open[DRA_STYLE_SUBSCRIPT + 1]; /* event + 1 of an open style */
} Inlines;

static const struct
{
  const char  *name;
  DraStyleKind kind;
} elements[] = {
  { "strong", DRA_STYLE_STRONG },   { "em", DRA_STYLE_EMPHASIS },
  { "u", DRA_STYLE_UNDERLINE },     { "s", DRA_STYLE_STRIKETHROUGH },
  { "code", DRA_STYLE_CODE },       { "sup", DRA_STYLE_SUPERSCRIPT },
  { "sub", DRA_STYLE_SUBSCRIPT },
};

/**
 * dra_markdown_inlines_measure_reference:
 * @p: text
 * @end: its end
 *
 * Returns: the length in bytes of a reference "[^12]" at @p, 0 when it is something else
 */
gsize
dra_markdown_inlines_measure_reference (const char *p,
                                        const char *end)
{
  const char *q = p + 2;

  if (end - p < 4 || p[0] != '[' || p[1] != '^' || !g_ascii_isdigit (*q))
    return 0;
  while (q < end && g_ascii_isdigit (*q))
    q++;

  return q < end && *q == ']' ? (gsize) (q + 1 - p) : 0;
}

static void
toggle_style (Inlines      *self,
              DraStyleKind  kind,
              gboolean      begins)
{
  if (begins && self->open[kind] == 0)
    self->open[kind] = dra_copy_parts_begin_style (self->copy, kind, NULL) + 1;
  else if (!begins && self->open[kind] != 0)
    {
      dra_copy_parts_end_style (self->copy, self->open[kind] - 1);
      self->open[kind] = 0;
    }
}

static void
end_styles (Inlines *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->open); i++)
    toggle_style (self, (DraStyleKind) i, FALSE);
}

/* An element of ours at p; how long its tag is, 0 when it is none. */
static gsize
read_tag (Inlines    *self,
          const char *p,
          const char *end)
{
  const char *close = memchr (p, '>', MIN (end - p, 16));
  gboolean begins = p + 1 < end && p[1] != '/';
  const char *name = begins ? p + 1 : p + 2;
  gsize length;

  if (close == NULL || close <= name)
    return 0;
  length = (gsize) (close - name);
  if (length == 2 && memcmp (name, "br", 2) == 0)
    g_string_append (self->copy->text, DRA_MARKDOWN_LINE_BREAK);
  else if (!(length == 4 && memcmp (name, "mark", 4) == 0))
    {
      guint i;

      for (i = 0; i < G_N_ELEMENTS (elements); i++)
        if (strlen (elements[i].name) == length && memcmp (elements[i].name, name, length) == 0)
          break;
      if (i == G_N_ELEMENTS (elements))
        return 0;
      toggle_style (self, elements[i].kind, begins);
    }

  return (gsize) (close + 1 - p);
}

/* A character reference at p; its length, 0 when it is none. */
static gsize
read_reference (Inlines    *self,
                const char *p,
                const char *end)
{
  static const struct { const char *name; const char *text; } names[] = {
    { "&lt;", "<" }, { "&gt;", ">" }, { "&amp;", "&" }, { "&quot;", "\"" }, { "&nbsp;", "\302\240" },
  };
  const char *close = memchr (p, ';', MIN (end - p, 12));
  g_autofree char *digits = NULL;
  guint64 number;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if ((gsize) (end - p) >= strlen (names[i].name)
        && memcmp (p, names[i].name, strlen (names[i].name)) == 0)
      {
        g_string_append (self->copy->text, names[i].text);
        return strlen (names[i].name);
      }
  if (close == NULL || p[1] != '#' || close <= p + 2)
    return 0;
  digits = g_strndup (p + 2, (gsize) (close - p - 2));
  if (!g_ascii_string_to_unsigned (digits, 10, 1, 0x10FFFF, &number, NULL)
      || !g_unichar_validate ((gunichar) number) || number == '\n')
    return 0;
  g_string_append_unichar (self->copy->text, (gunichar) number);

  return (gsize) (close + 1 - p);
}

/**
 * dra_markdown_inlines_read_link_end:
 * @p: a "]"
 * @end: the end of its text
 * @target: (out) (transfer full): the address
 *
 * Reads the end of a link, "](address)" or "](<address>)".
 *
 * Returns: its length in bytes, 0 with @target untouched for a mere bracket
 */
gsize
dra_markdown_inlines_read_link_end (const char  *p,
                                    const char  *end,
                                    char       **target)
{
  const char *start = p + 2;
  const char *close;

  if (end - p < 3 || p[1] != '(')
    return 0;
  if (*start == '<')
    {
      close = memchr (start, '>', MIN (end - start, MAX_TARGET));
      if (close == NULL || close + 1 >= end || close[1] != ')')
        return 0;
      *target = g_strndup (start + 1, (gsize) (close - start - 1));
      return (gsize) (close + 2 - p);
    }
  close = memchr (start, ')', MIN (end - start, MAX_TARGET));
  if (close == NULL)
    return 0;
  *target = g_strndup (start, (gsize) (close - start));

  return (gsize) (close + 1 - p);
}

/* Text of code as it is; its length with the backticks, 0 when nothing ends it. */
static gsize
read_code (Inlines    *self,
           const char *p,
           const char *end)
{
  const char *close = memchr (p + 1, '`', end - p - 1);
  guint event;

  if (close == NULL)
    return 0;
  event = dra_copy_parts_begin_style (self->copy, DRA_STYLE_CODE, NULL);
  g_string_append_len (self->copy->text, p + 1, close - p - 1);
  dra_copy_parts_end_style (self->copy, event);

  return (gsize) (close + 1 - p);
}

/* Links do not nest: one that begins is kept until its address is known. */
typedef struct
{
  guint event; /* + 1; 0 for none */
} OpenLink;

static gsize
end_link (Inlines    *self,
          OpenLink   *link,
          const char *p,
          const char *end)
{
  char *target = NULL;
  gsize n;

  if (link->event == 0)
    return 0;
  n = dra_markdown_inlines_read_link_end (p, end, &target);
  if (n == 0)
    return 0;
  g_array_index (self->copy->events, DraCopyEvent, link->event - 1).target = target;
  dra_copy_parts_end_style (self->copy, link->event - 1);
  link->event = 0;

  return n;
}

/* Whether a link ends somewhere in p: asked once a block, since what asks is quadratic. */
static gboolean
has_link_end (const char *p,
              const char *end)
{
  return memmem (p, end - p, "](", 2) != NULL;
}

/**
 * dra_markdown_inlines_append:
 * @copy: where the text goes
 * @p: what a block says, its lines joined
 * @length: bytes of it
 *
 * Adds text with its styles and links to the open block.  Nothing is looked at twice but what
 * a bound covers.
 */
void
dra_markdown_inlines_append (DraCopyParts *copy,
                             const char   *p,
                             gsize         length)
{
  Inlines state = { .copy = copy }, *self = &state;
  const char *end = p + length;
  const char *last_link = end; /* no link begins from here on */
  const char *last_code = end;
  GString *text = self->copy->text;
  OpenLink link = { 0 };

  while (p < end)
    {
      gsize n = 0;

      if (*p == '\\' && p + 1 < end && p[1] == '\n')
        {
          g_string_append (text, DRA_MARKDOWN_LINE_BREAK);
          n = 2;
          while (p + n < end && p[n] == ' ')
            n++;
        }
      else if (*p == '\\' && p + 1 < end && g_ascii_ispunct (p[1]))
        {
          g_string_append_c (text, p[1]);
          n = 2;
        }
      else if (*p == '\n')
        {
          g_string_append_c (text, ' ');
          n = 1;
        }
      else if (*p == '<')
        n = read_tag (self, p, end);
      else if (*p == '&')
        n = read_reference (self, p, end);
      else if (*p == '`' && p < last_code)
        {
          n = read_code (self, p, end);
          if (n == 0)
            last_code = p;
        }
      else if (*p == '*' || (*p == '~' && p + 1 < end && p[1] == '~'))
        {
          DraStyleKind kind = *p == '~' ? DRA_STYLE_STRIKETHROUGH
                              : p + 1 < end && p[1] == '*' ? DRA_STYLE_STRONG : DRA_STYLE_EMPHASIS;

          toggle_style (self, kind, self->open[kind] == 0);
          n = kind == DRA_STYLE_EMPHASIS ? 1 : 2;
        }
      else if (*p == '[')
        {
          n = dra_markdown_inlines_measure_reference (p, end);
          if (n == 0 && link.event == 0 && p < last_link)
            {
              if (has_link_end (p, end))
                {
                  link.event = dra_copy_parts_begin_style (self->copy, DRA_STYLE_LINK, NULL) + 1;
                  n = 1;
                }
              else
                last_link = p;
            }
        }
      else if (*p == ']')
        n = end_link (self, &link, p, end);

      if (n == 0)
        {
          g_string_append_c (text, *p);
          n = 1;
        }
      p += n;
    }
  if (link.event != 0)
    dra_copy_parts_end_style (self->copy, link.event - 1);
  end_styles (self);
}
