/* dra-text-head.c: what stands above an article: title, byline, dates.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-text-private.h"

#include <string.h>

#include "readers/dra-text-date.h"

#define MAX_HEAD_LINES 40   /* lines that are looked at for the head */
#define MAX_TITLE 200       /* columns, over all its lines */
#define MAX_TITLE_LINES 3
#define MAX_STACK 6         /* lines of a head without blank ones between them */

static void
set_byline (DraTextOutput     *self,
            const DraTextLine *line)
{
  g_autofree char *byline = NULL;
  g_autofree char *published = NULL;

  dra_text_byline_split (line, &byline, &published);
  if (published != NULL)
    dra_text_output_set_metadata (self, DRA_METADATA_PUBLISHED, published, published + strlen (published));
  if (byline != NULL)
    dra_text_output_set_metadata (self, DRA_METADATA_BYLINE, byline, byline + strlen (byline));
}

/**
 * dra_text_head_find_kind:
 * @text: a line below a title, in UTF-8
 * @byline: (out) (nullable): who wrote it, without "By"; free with g_free()
 * @published: (out) (nullable): the date in the line as ISO 8601; free with g_free()
 *
 * For other formats whose articles begin as plain text does.
 *
 * Returns: %DRA_BLOCK_BYLINE or %DRA_BLOCK_DATE when the line is only that, else
 *   %DRA_BLOCK_PARAGRAPH
 */
DraBlockKind
dra_text_head_find_kind (const char  *text,
                         char       **byline,
                         char       **published)
{
  const char *p = text;
  DraTextLine line;

  *byline = *published = NULL;
  if (!dra_text_line_next (&p, text + strlen (text), &line) || *p != '\0')
    return DRA_BLOCK_PARAGRAPH;
  if (dra_text_line_is_byline (&line))
    {
      g_autofree char *date = NULL;

      dra_text_byline_split (&line, byline, &date);
      if (*byline != NULL)
        g_strstrip (*byline);
      if (date != NULL)
        *published = dra_text_date_parse (date, strlen (date));
      return DRA_BLOCK_BYLINE;
    }
  *published = dra_text_date_parse (line.start, line.end - line.start);

  return *published != NULL ? DRA_BLOCK_DATE : DRA_BLOCK_PARAGRAPH;
}

/* A line of the head that can be told by itself: byline or date.  Writes it. */
gboolean
dra_text_head_take_line (DraTextOutput     *self,
                         const DraTextLine *line)
{
  g_autofree char *date = NULL;

  if (dra_text_line_is_byline (line))
    {
      set_byline (self, line);
      dra_text_output_block (self, DRA_BLOCK_BYLINE, 0, NULL, line, 1);
      return TRUE;
    }
  date = dra_text_date_parse (line->start, line->end - line->start);
  if (date != NULL)
    {
      dra_text_output_set_metadata (self, DRA_METADATA_PUBLISHED, line->start, line->end);
      dra_text_output_block (self, DRA_BLOCK_DATE, 0, NULL, line, 1);
      return TRUE;
    }

  return FALSE;
}

/* Lines of the head, with blank ones, and where each ends in the text. */
typedef struct
{
  DraTextLine lines[MAX_HEAD_LINES];
  const char *ends[MAX_HEAD_LINES];
  guint       n;
} Head;

static guint
skip_blank (const Head *head,
            guint       i)
{
  while (i < head->n && dra_text_line_is_blank (&head->lines[i]))
    i++;

  return i;
}

static gboolean
is_date (const DraTextLine *line)
{
  g_autofree char *date = dra_text_date_parse (line->start, line->end - line->start);

  return date != NULL;
}

static guint
group_end (const Head *head,
           guint       i)
{
  while (i < head->n && !dra_text_line_is_blank (&head->lines[i]))
    i++;

  return i;
}

/* Whether a line may be part of a title, judged alone. */
static gboolean
may_be_in_title (const DraTextLine *line)
{
  const char *content;
  DraTextMarker marker;

  return line->width <= MAX_TITLE && line->end - line->start <= DRA_TEXT_MAX_LOOK
         && !dra_text_line_is_rule (line) && !dra_text_line_is_table (line)
         && dra_text_line_get_quotes (line, &content) == 0
         && !(dra_text_line_get_marker (line, &marker) && marker.number == 0);
}

/* Whether a line may be a whole title, judged alone. */
static gboolean
may_be_title (const DraTextLine *line)
{
  guint n_letters = 0, n_digits = 0;

  if (!may_be_in_title (line) || line->width < 2 || dra_text_line_ends_in_stop (line))
    return FALSE;
  for (const char *p = line->start; p < line->end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      n_letters += g_unichar_isalpha (c);
      n_digits += g_unichar_isdigit (c);
    }

  return n_letters > n_digits && n_letters >= 2;
}

/* Whether what follows line i reads as the body of an article: something longer than a
 * title, or a sentence, or several lines together. */
static gboolean
has_body (const Head *head,
          guint       i,
          guint       title_width)
{
  guint n_run = 0;

  for (; i < head->n; i++)
    {
      const DraTextLine *line = &head->lines[i];

      if (dra_text_line_is_blank (line))
        {
          n_run = 0;
          continue;
        }
      n_run++;
      if (line->width > MAX (title_width, 60) || n_run >= 3
          || (dra_text_line_is_final (line) && line->width >= 12))
        return TRUE;
    }

  return FALSE;
}

/* Whether a title goes on in the next line for want of room. */
static gboolean
is_broken_title (const DraTextLine *line,
                 const DraTextLine *next)
{
  return line->width >= 36 && line->width + 1 + next->first > next->width
         && (dra_text_line_first_case (next) < 0 || !dra_text_line_is_final (line));
}

/* Whether the text from line i on begins with running text: one long line, or wrapped. */
static gboolean
has_prose (const Head *head,
           guint       i)
{
  for (; i < head->n; i++)
    if (head->lines[i].width > 100
        || (i + 1 < head->n && head->lines[i].width >= 55
            && dra_text_line_first_case (&head->lines[i + 1]) < 0))
      return TRUE;

  return FALSE;
}

/* Whether the line below a title, with no blank one between them, is the body's first:
 * much longer, or indented, or a sentence, or one that would have gone on in the title's
 * line had it been the same paragraph. */
static gboolean
is_body_below (const DraTextLayout *layout,
               const Head          *head,
               guint                i)
{
  const DraTextLine *title = &head->lines[i];
  const DraTextLine *next = &head->lines[i + 1];

  if (next->width > MAX_TITLE || next->width > 2 * title->width + 20)
    return TRUE;
  if (layout->width == 0)
    return next->width > 100 || (next->width >= 40 && dra_text_line_is_final (next))
           || (group_end (head, i) - i > MAX_TITLE_LINES && has_prose (head, i));

  return (next->indent >= title->indent + 2 && next->indent <= title->indent + 8)
         || (!dra_text_layout_is_full (layout, title, next) && next->width >= layout->width * 3 / 4);
}

/* A title that is broken over some lines, up to a blank one.  Returns how many, 0 when it
 * is none, 1 when the second line is a subtitle. */
static guint
count_title_lines (const Head *head,
                   guint       i)
{
  guint end = group_end (head, i), n = end - i, width = 0;

  if (end == head->n || n > MAX_TITLE_LINES || dra_text_line_ends_in_stop (&head->lines[end - 1]))
    return 0;
  for (guint k = i; k < end; k++)
    {
      if (!may_be_in_title (&head->lines[k]))
        return 0;
      if (k > i && ((head->lines[k].end - head->lines[k].start > 3
                     && memcmp (head->lines[k].start, "By ", 3) == 0)
                    || is_date (&head->lines[k])))
        return 0;
      width += head->lines[k].width;
    }
  if (width > MAX_TITLE)
    return 0;
  if (is_broken_title (&head->lines[i], &head->lines[i + 1]))
    return n;

  return n == 2 && may_be_title (&head->lines[i]) ? 1 : 0;
}

/* How many lines from i are the title; 0 when there is none there. */
static guint
find_title (const DraTextOutput *self,
            const Head          *head,
            guint                i)
{
  const DraTextLine *line = &head->lines[i];
  const DraTextLine *next;
  const char *content;
  gboolean alone = may_be_title (line);
  guint n = 1;

  if (alone && i + 1 < head->n && dra_text_line_is_underline (&head->lines[i + 1], line))
    return 1;
  if (alone && dra_text_line_get_hashes (line, &content) == 1)
    return 1;
  if (!may_be_in_title (line) || i + 1 >= head->n
      || (dra_text_line_first_case (line) < 0
          && !(line->end - line->start > 1 && g_ascii_isupper (line->start[1]))))
    return 0;

  next = &head->lines[i + 1];
  if (!dra_text_line_is_blank (next))
    {
      if (alone && (dra_text_line_is_byline (next) || is_date (next)
                    || is_body_below (&self->layout, head, i)))
        return 1;
      n = count_title_lines (head, i);
    }
  else if (!alone)
    return 0;

  return n > 0 && has_body (head, i + n, line->width) ? n : 0;
}

static gboolean
is_same_title (const DraTextOutput *self,
               const DraTextLine   *line)
{
  DraTextLine text = *line;
  g_autofree char *title = NULL;

  dra_text_line_get_hashes (line, &text.start);
  title = g_strndup (text.start, text.end - text.start);

  return self->title != NULL && strcmp (title, self->title) == 0;
}

static guint
write_title (DraTextOutput *self,
             const Head    *head,
             guint          i,
             guint          n)
{
  DraTextLine lines[MAX_TITLE_LINES + 1];
  g_autoptr (GString) title = g_string_new (NULL);
  const char *content;

  memcpy (lines, &head->lines[i], n * sizeof lines[0]);
  if (dra_text_line_get_hashes (&lines[0], &content) > 0)
    lines[0].start = content;
  for (guint k = 0; k < n; k++)
    {
      if (k > 0)
        g_string_append_c (title, ' ');
      g_string_append_len (title, lines[k].start, lines[k].end - lines[k].start);
    }
  dra_text_output_set_metadata (self, DRA_METADATA_TITLE, title->str, title->str + title->len);
  self->has_title_block = TRUE;
  dra_text_output_block (self, DRA_BLOCK_TITLE, 0, NULL, lines, n);
  i += n;
  if (i < head->n && dra_text_line_is_underline (&head->lines[i], &lines[n - 1]))
    i++;

  return i;
}

/* The line below a byline that says what the writer is: "Staff Writer". */
static gboolean
is_byline_tail (const Head *head,
                guint       i)
{
  const DraTextLine *line = &head->lines[i];

  return !dra_text_line_is_blank (line) && line->width <= 50 && !dra_text_line_ends_in_stop (line)
         && !is_date (line)
         && dra_text_line_first_case (line) > 0
         && (i + 1 == head->n || dra_text_line_is_blank (&head->lines[i + 1])
             || head->lines[i + 1].indent >= 2 || head->lines[i + 1].width > 2 * line->width);
}

/* A title in the body, above a byline say. */
gboolean
dra_text_head_take_title (DraTextOutput     *self,
                          const DraTextLine *line)
{
  if (self->has_title_block || !may_be_title (line))
    return FALSE;
  dra_text_output_set_metadata (self, DRA_METADATA_TITLE, line->start, line->end);
  self->has_title_block = TRUE;
  dra_text_output_block (self, DRA_BLOCK_TITLE, 0, NULL, line, 1);

  return TRUE;
}

/* Some short lines, then an empty one, then prose: a slug, the title, which ends above the
 * byline or date or else is the first of all, a subtitle.  Returns the line behind them,
 * or i when they are nothing of that sort. */
static guint
take_stack (DraTextOutput *self,
            const Head    *head,
            guint          i)
{
  guint end = group_end (head, i), anchor = end, title = i, n = 1;

  if (end - i < 2 || end - i > MAX_STACK || end == head->n)
    return i;
  for (guint k = end; k > i; k--)
    {
      if (dra_text_line_is_byline (&head->lines[k - 1]) || is_date (&head->lines[k - 1]))
        anchor = k - 1;
      else if (!may_be_in_title (&head->lines[k - 1]))
        return i;
    }
  if (anchor == i || (anchor == end && !has_prose (head, end)))
    return i;
  for (guint k = i; anchor == end && k < end; k++)
    if (!may_be_title (&head->lines[k]))
      return i;

  if (anchor < end)
    {
      title = anchor - 1;
      while (title > i && n < MAX_TITLE_LINES
             && is_broken_title (&head->lines[title - 1], &head->lines[title]))
        {
          title--;
          n++;
        }
    }
  else if (dra_text_line_first_case (&head->lines[i]) < 0)
    return i;
  if (dra_text_line_ends_in_stop (&head->lines[title + n - 1]))
    return i;

  while (i < end)
    {
      if (i == title)
        i = write_title (self, head, i, n);
      else if (i > 0 && dra_text_line_is_byline (&head->lines[i - 1]) && is_byline_tail (head, i))
        dra_text_output_block (self, DRA_BLOCK_BYLINE, 0, NULL, &head->lines[i++], 1);
      else if (!dra_text_head_take_line (self, &head->lines[i++]))
        dra_text_output_block (self, DRA_BLOCK_PARAGRAPH, 0, NULL, &head->lines[i - 1], 1);
    }

  return end;
}

/* Takes what begins at line i of the head.  Returns the line behind it, or i when the
 * body begins there. */
static guint
take_one (DraTextOutput *self,
          const Head    *head,
          guint          i)
{
  const DraTextLine *line = &head->lines[i];
  guint n;

  if (is_date (line) || (dra_text_line_is_byline (line) && i + 1 < head->n))
    {
      gboolean byline = dra_text_line_is_byline (line);

      dra_text_head_take_line (self, line);
      i++;
      if (byline && i < head->n && is_byline_tail (head, i))
        {
          dra_text_output_block (self, DRA_BLOCK_BYLINE, 0, NULL, &head->lines[i], 1);
          i++;
        }
      return i;
    }
  /* A title that a field gave may stand here again, and nothing else is one then. */
  if (self->has_title_block || (self->has_title && !is_same_title (self, line)))
    return i;
  n = find_title (self, head, i);

  return n > 0 ? write_title (self, head, i, n) : take_stack (self, head, i);
}

/* Reads the head of a text and writes its blocks.  Returns where the body begins. */
const char *
dra_text_head_read (DraTextOutput *self,
                    const char    *text,
                    gsize          length)
{
  g_autofree Head *head = g_new0 (Head, 1);
  const char *p = text;
  guint i = 0, k, next;

  while (head->n < MAX_HEAD_LINES && dra_text_line_next (&p, text + length, &head->lines[head->n]))
    head->ends[head->n++] = p;

  i = dra_text_fields_read (self, head->lines, head->n, skip_blank (head, 0));
  while ((k = skip_blank (head, i)) < head->n && (next = take_one (self, head, k)) > k)
    i = next;

  return i > 0 ? head->ends[i - 1] : text;
}
