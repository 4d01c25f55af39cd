/* dra-text-body.c: the body of a plain text, group by group.
 *
 * A group is the lines between two blank ones.  What a line alone can tell (rule, heading,
 * quotation, list, table) is taken first; what is left is prose or verse, and the layout
 * of the file says which lines of it belong together.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-text-private.h"

#include <string.h>

/* Lines of one group that are held at a time: bounds memory for a text of millions of
 * lines without a blank one.  What is cut is taken up again at a paragraph's start. */
#define MAX_GROUP 16384
#define MAX_HEADING 90      /* columns */
#define MAX_VERSE 64        /* columns of a line of verse */
#define N_HEAD_BLOCKS 12    /* blocks among which a byline or a date may still stand */
#define CODE_INDENT 4       /* columns more than the rest: code, or a block quotation */

typedef struct
{
  DraTextOutput *out;
  DraTextLine   *lines;
  guint          n;
  gboolean       more; /* the group goes on behind these lines */
} Group;

static gboolean
is_fence (const DraTextLine *line)
{
  return line->end - line->start >= 3
         && (memcmp (line->start, "```", 3) == 0 || memcmp (line->start, "~~~", 3) == 0);
}

/* A number is a list's only if it goes on counting, or begins to. */
static gboolean
get_marker (const DraTextOutput *out,
            const DraTextLine   *line,
            DraTextMarker       *marker)
{
  if (!dra_text_line_get_marker (line, marker))
    return FALSE;

  return marker->number <= 1 || marker->number == out->list_number + 1;
}

static gboolean
is_mostly_letters (const DraTextLine *line)
{
  guint n_letters = 0, n_others = 0;

  for (const char *p = line->start; p < line->end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalpha (c))
        n_letters++;
      else if (!g_unichar_isspace (c))
        n_others++;
    }

  return n_letters > 2 * n_others;
}

static gboolean
is_heading (const DraTextOutput *out,
            const DraTextLine   *line)
{
  gunichar last = dra_text_line_last_char (line);

  return line->width <= MAX_HEADING && !out->layout.caps && dra_text_line_is_caps (line)
         && last != '.' && last != ',' && last != ';' && last != '-' && last != 0x2013
         && last != 0x2014 && last != '_' && is_mostly_letters (line);
}

/* One paragraph, or what a single line of its own may be. */
static void
write_paragraph (DraTextOutput     *out,
                 const DraTextLine *lines,
                 guint              n)
{
  const char *content;

  if (n == 1)
    {
      guint hashes = dra_text_line_get_hashes (&lines[0], &content);

      if (hashes > 0)
        {
          DraTextLine heading = lines[0];

          heading.start = content;
          dra_text_output_block (out, DRA_BLOCK_HEADING, hashes, NULL, &heading, 1);
          return;
        }
      if (out->n_blocks < N_HEAD_BLOCKS && dra_text_head_take_line (out, &lines[0]))
        return;
      if (is_heading (out, &lines[0]))
        {
          dra_text_output_block (out, DRA_BLOCK_HEADING, 2, NULL, lines, 1);
          return;
        }
    }
  dra_text_output_block (out, DRA_BLOCK_PARAGRAPH, 0, NULL, lines, n);
}

/* Whether line i goes on the paragraph of the line before it; start: its first line. */
static gboolean
continues (const DraTextLayout *layout,
           const DraTextLine   *lines,
           guint                n,
           guint                start,
           guint                i)
{
  const DraTextLine *last = &lines[i - 1];
  const DraTextLine *line = &lines[i];
  gboolean full = dra_text_layout_is_full (layout, last, line);

  if (layout->width == 0 || (layout->first > 0 && line->indent == layout->first))
    return FALSE;
  if (line->indent >= last->indent + 2)
    {
      /* A paragraph's indented first line, or what hangs under a first line that is not. */
      if (!full || dra_text_line_is_final (last))
        return FALSE;
      return i == start + 1 && i + 1 < n && lines[i + 1].indent == line->indent;
    }
  if (full || (last->end[-1] == '-' && dra_text_line_first_case (line) < 0))
    return TRUE;

  return dra_text_line_first_case (line) < 0 && !dra_text_line_is_final (last)
         && last->width * 2 >= layout->width;
}

/* Lines that stay lines: verse, addresses, lists without marks; short, unlike each other in
 * length, and not sentences. */
static gboolean
is_verse (const DraTextLayout *layout,
          const DraTextLine   *lines,
          guint                n)
{
  guint n_final = 0, widest = 0;

  if (n < 3)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      gunichar last = dra_text_line_last_char (&lines[i]);

      widest = MAX (widest, lines[i].width);
      n_final += last == '.' || last == '!' || last == '?';
    }

  return widest <= MAX_VERSE && n_final * 3 < n * 2
         && (layout->width == 0 || widest * 8 <= layout->width * 7);
}

/* Indented alike and more than the rest, several lines. */
static gboolean
is_indented (const DraTextOutput *out,
             const DraTextLine   *lines,
             guint                n)
{
  guint least = G_MAXUINT;

  for (guint i = 0; i < n; i++)
    least = MIN (least, lines[i].indent);

  return n >= 2 && least >= out->layout.indent + CODE_INDENT;
}

static guint
count_continued (const DraTextLayout *layout,
                 const DraTextLine   *lines,
                 guint                n)
{
  guint count = 0, start = 0;

  for (guint i = 1; i < n; i++)
    {
      if (continues (layout, lines, n, start, i))
        count++;
      else
        start = i;
    }

  return count;
}

/* Writes prose or verse.  Returns how many lines it took: all, or, when the group goes on,
 * those before the last paragraph. */
static guint
write_prose (Group       *group,
             DraTextLine *lines,
             guint        n,
             gboolean     more)
{
  DraTextOutput *out = group->out;
  DraTextLayout layout = out->layout;
  guint start = 0;

  if (n >= 2)
    {
      DraTextLayout own;
      guint joined = count_continued (&layout, lines, n);

      /* A part that was wrapped narrower than the rest, or in a file that is not. */
      if (n >= 3 && joined * 2 < n - 1)
        {
          dra_text_layout_of_lines (&own, lines, n);
          if (own.width > 0 && (layout.width == 0 || own.width >= 40))
            {
              layout = own;
              joined = count_continued (&layout, lines, n);
            }
        }
      if (is_indented (out, lines, n) && joined == n - 1)
        {
          dra_text_output_block (out, DRA_BLOCK_QUOTATION, 1, NULL, lines, n);
          return n;
        }
      if (joined * 3 <= n - 1
          && (is_verse (&out->layout, lines, n)
              || (is_indented (out, lines, n) && joined == 0 && out->layout.width > 0)))
        {
          dra_text_output_preformatted (out, lines, n);
          return n;
        }
    }

  for (guint i = 1; i <= n; i++)
    {
      gboolean byline = i < n && out->n_blocks < N_HEAD_BLOCKS && dra_text_line_is_byline (&lines[i]);

      if (i < n && !byline && continues (&layout, lines, n, start, i))
        continue;
      if (i == n && more && start > 0)
        return start;
      if (byline && i == start + 1 && dra_text_head_take_title (out, &lines[start]))
        {
          start = i;
          continue;
        }
      write_paragraph (out, &lines[start], i - start);
      start = i;
    }

  return n;
}

static void
write_list_item (DraTextOutput       *out,
                 const DraTextLine   *lines,
                 guint                n,
                 const DraTextMarker *marker)
{
  g_autofree DraTextLine *content = g_memdup2 (lines, n * sizeof *lines);
  guint indent = lines[0].indent;

  while (out->list_depth > 0 && out->list_indents[out->list_depth - 1] > indent)
    out->list_depth--;
  if (out->list_depth == 0
      || (out->list_indents[out->list_depth - 1] + 2 <= indent && out->list_depth < DRA_TEXT_MAX_DEPTH))
    out->list_indents[out->list_depth++] = indent;

  content[0].start += marker->length;
  dra_text_output_block (out, DRA_BLOCK_LIST_ITEM, out->list_depth, marker->label, content, n);
}

/* The lines of a list item from i: those that hang under its text, or would not have
 * fitted on the line above. */
static guint
list_item_end (const Group *group,
               guint        i,
               guint        n_columns)
{
  const DraTextOutput *out = group->out;
  const DraTextLine *first = &group->lines[i];
  DraTextMarker marker;
  const char *content;
  guint k;

  for (k = i + 1; k < group->n; k++)
    {
      const DraTextLine *line = &group->lines[k];
      const DraTextLine *last = &group->lines[k - 1];

      if (dra_text_line_get_marker (line, &marker) || dra_text_line_is_rule (line)
          || dra_text_line_get_quotes (line, &content) > 0 || is_fence (line))
        break;
      if (line->indent > first->indent && line->indent <= first->indent + n_columns + 4)
        continue;
      if (out->layout.width > 0 && line->indent <= first->indent
          && dra_text_layout_is_full (&out->layout, last, line)
          && (!dra_text_line_is_final (last) || dra_text_line_first_case (line) <= 0
              || last->indent + last->width + line->first >= out->layout.width))
        continue;
      break;
    }

  return k;
}

/* ">" lines: paragraphs of one depth each, wrapped or not as they are among themselves. */
static guint
write_quotations (Group *group,
                  guint  i)
{
  DraTextOutput *out = group->out;
  g_autoptr (GArray) run = g_array_new (FALSE, FALSE, sizeof (DraTextLine));
  guint depth = 0;
  const char *content;

  for (;; i++)
    {
      guint quotes = i < group->n ? dra_text_line_get_quotes (&group->lines[i], &content) : 0;
      DraTextLine line = { 0 };
      gboolean blank = TRUE;

      if (quotes > 0)
        {
          const char *p = content;

          line = group->lines[i];
          dra_text_line_next (&p, line.end, &line);
          if (p != line.end || content == group->lines[i].end)
            line = (DraTextLine){ .start = content, .end = content };
          blank = dra_text_line_is_blank (&line);
        }
      if (run->len > 0 && (quotes != depth || blank))
        {
          DraTextLayout layout;
          const DraTextLine *lines = (const DraTextLine *) (void *) run->data;
          guint start = 0;

          dra_text_layout_of_lines (&layout, lines, run->len);
          if (layout.width == 0 && out->layout.width > 0)
            layout = out->layout;
          for (guint k = 1; k <= run->len; k++)
            if (k == run->len || !continues (&layout, lines, run->len, start, k))
              {
                dra_text_output_block (out, DRA_BLOCK_QUOTATION, depth, NULL, &lines[start], k - start);
                start = k;
              }
          g_array_set_size (run, 0);
        }
      if (quotes == 0)
        return i;
      depth = quotes;
      if (!blank)
        g_array_append_val (run, line);
    }
}

/* Lines with columns, two at least, with the rules drawn between them. */
static guint
table_end (const Group *group,
           guint        i)
{
  guint k = i, n_rows = 0, stop = i;

  for (; k < group->n; k++)
    {
      if (dra_text_line_is_table (&group->lines[k]))
        {
          n_rows++;
          stop = k + 1;
        }
      else if (n_rows == 0 || !dra_text_line_is_rule (&group->lines[k]))
        break;
    }

  return n_rows >= 2 ? stop : i;
}

/* Whether line i begins something that is not prose; last: prose above it, or NULL. */
static gboolean
is_special (const Group       *group,
            guint              i,
            const DraTextLine *last)
{
  const DraTextOutput *out = group->out;
  const DraTextLine *line = &group->lines[i];
  DraTextMarker marker;
  const char *content;

  if (dra_text_line_is_rule (line) || dra_text_line_get_quotes (line, &content) > 0)
    return TRUE;
  if (i + 1 < group->n && dra_text_line_is_underline (&group->lines[i + 1], line)
      && line->width <= MAX_HEADING && dra_text_line_last_char (line) != '.'
      && (last == NULL || !dra_text_layout_is_full (&out->layout, last, line)))
    return TRUE;
  if (dra_text_line_is_table (line) && table_end (group, i) > i)
    return TRUE;
  if (!get_marker (out, line, &marker))
    return FALSE;

  /* Inside wrapped prose a dash or a number may stand at a line's start by accident. */
  return last == NULL || out->layout.width == 0 || dra_text_line_is_final (last)
         || !dra_text_layout_is_full (&out->layout, last, line);
}

static void
write_heading (DraTextOutput     *out,
               const DraTextLine *line,
               char               mark)
{
  dra_text_output_block (out, DRA_BLOCK_HEADING, mark == '=' ? 1 : mark == '-' ? 2 : 3, NULL, line, 1);
}

static guint
write_special (Group *group,
               guint  i)
{
  DraTextOutput *out = group->out;
  DraTextLine *line = &group->lines[i];
  DraTextMarker marker;
  const char *content;
  guint end;

  if (i + 1 < group->n && !dra_text_line_is_rule (line)
      && dra_text_line_get_quotes (line, &content) == 0
      && dra_text_line_is_underline (&group->lines[i + 1], line)
      && line->width <= MAX_HEADING && dra_text_line_last_char (line) != '.')
    {
      write_heading (out, line, *group->lines[i + 1].start);
      return i + 2;
    }
  end = table_end (group, i);
  if (end > i)
    {
      dra_text_output_preformatted (out, line, end - i);
      return end;
    }
  if (dra_text_line_is_rule (line))
    {
      dra_text_output_block (out, DRA_BLOCK_RULE, 0, NULL, line, 1);
      return i + 1;
    }
  if (dra_text_line_get_quotes (line, &content) > 0)
    return write_quotations (group, i);

  get_marker (out, line, &marker);
  end = list_item_end (group, i, marker.columns);
  write_list_item (out, line, end - i, &marker);
  if (marker.number > 0)
    out->list_number = marker.number;

  return end;
}

/* Writes the group.  Returns how many of its lines were taken. */
static guint
write_group (Group *group)
{
  DraTextOutput *out = group->out;
  DraTextMarker marker;
  guint i = 0;

  if (!get_marker (out, &group->lines[0], &marker) && group->lines[0].indent <= out->layout.indent + 1)
    out->list_depth = 0;
  while (i < group->n)
    {
      guint k = i;

      while (k < group->n && !is_special (group, k, k > i ? &group->lines[k - 1] : NULL))
        k++;
      if (k > i)
        {
          gboolean more = group->more && k == group->n;
          guint taken = write_prose (group, &group->lines[i], k - i, more);

          if (more)
            return i + taken;
          i = k;
        }
      if (i < group->n)
        i = write_special (group, i);
    }

  return group->n;
}

/* Code between fences, to its end, kept as it is with the fences; FALSE when there is no
 * end within reach. */
static gboolean
write_fenced (DraTextOutput  *out,
              const char    **p,
              const char     *end,
              const DraTextLine *opening,
              GArray         *lines)
{
  const char *q = *p;
  DraTextLine line;

  g_array_set_size (lines, 0);
  g_array_append_val (lines, *opening);
  while (lines->len < MAX_GROUP && dra_text_line_next (&q, end, &line))
    {
      g_array_append_val (lines, line);
      if (is_fence (&line) && *line.start == *opening->start)
        {
          dra_text_output_preformatted (out, (const DraTextLine *) (void *) lines->data, lines->len);
          *p = q;
          g_array_set_size (lines, 0);
          return TRUE;
        }
    }
  g_array_set_size (lines, 0);

  return FALSE;
}

static void
flush (DraTextOutput *out,
       GArray        *lines,
       gboolean       more)
{
  Group group = { out, (DraTextLine *) (void *) lines->data, lines->len, more };

  if (lines->len == 0)
    return;
  g_array_remove_range (lines, 0, write_group (&group));
}

/* Writes the blocks of a body.  FALSE when it was cancelled. */
gboolean
dra_text_body_read (DraTextOutput  *self,
                    const char     *text,
                    gsize           length,
                    GCancellable   *cancellable,
                    GError        **error)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (DraTextLine));
  const char *p = text;
  const char *end = text + length;
  guint n_fences = 0;
  DraTextLine line;

  while (dra_text_line_next (&p, end, &line))
    {
      if (dra_text_line_is_blank (&line))
        {
          flush (self, lines, FALSE);
          g_array_set_size (lines, 0);
          if (g_cancellable_set_error_if_cancelled (cancellable, error))
            return FALSE;
          continue;
        }
      /* An unclosed fence is looked for a few times only: each may cost MAX_GROUP lines. */
      if (n_fences < 64 && is_fence (&line) && !dra_text_line_is_rule (&line))
        {
          flush (self, lines, FALSE);
          g_array_set_size (lines, 0);
          if (write_fenced (self, &p, end, &line, lines))
            continue;
          n_fences++;
        }
      g_array_append_val (lines, line);
      if (lines->len == MAX_GROUP)
        {
          flush (self, lines, TRUE);
          if (lines->len == MAX_GROUP)
            flush (self, lines, FALSE);
          if (g_cancellable_set_error_if_cancelled (cancellable, error))
            return FALSE;
        }
    }
  flush (self, lines, FALSE);

  return TRUE;
}
