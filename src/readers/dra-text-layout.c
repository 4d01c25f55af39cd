/* dra-text-layout.c: how the lines of a plain text make its paragraphs.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-text-layout.h"

#include <string.h>

#define MIN_WIDTH 30  /* columns: nobody wraps narrower ... */
#define MAX_WIDTH 160 /* ... or wider; longer lines are paragraphs */
#define MAX_FIRST 32  /* columns of a first word that are told apart */
#define MAX_INDENT 64
#define MIN_BROKEN 36 /* columns: a shorter line was hardly broken for want of room */

/* Adjacent lines whose first ends in column w and whose second begins with a word of f
 * columns: pairs[w][f]. */
typedef guint32 PairTable[MAX_WIDTH + 2][MAX_FIRST + 1];

/* What one pass over the lines counts. */
typedef struct
{
  PairTable *table; /* (nullable) */
  gsize    indents[MAX_INDENT + 1];
  gsize    firsts[MAX_INDENT + 1]; /* lines indented more than the one below */
  gsize    n_lines, n_pairs;
  gsize    n_lower, n_upper; /* second lines that begin with a small letter, a capital */
  gsize    n_open;           /* first lines that do not end a sentence */
  gsize    n_full;           /* pairs whose second line would nearly not have fitted */
  gsize    n_strict;         /* pairs whose second line would not have fitted */
  gsize    n_caps;
  DraTextLine last;
  gboolean    has_last;
} Counts;

static guint
right_edge (const DraTextLine *line)
{
  return MIN (line->indent, G_MAXUINT / 4) + MIN (line->width, G_MAXUINT / 4);
}

/* "Subject: ..." */
static gboolean
is_field (const DraTextLine *line)
{
  const char *p = line->start;

  while (p < line->end && p - line->start < 20 && (g_ascii_isalpha (*p) || *p == '-'))
    p++;

  return p - line->start >= 2 && p + 1 < line->end && *p == ':' && p[1] == ' '
         && g_ascii_isupper (*line->start);
}

static gboolean
is_special (const DraTextLine *line)
{
  const char *content;

  return dra_text_line_is_rule (line) || dra_text_line_is_table (line) || is_field (line)
         || dra_text_line_get_quotes (line, &content) > 0;
}

static void
count_line (Counts            *counts,
            const DraTextLine *line)
{
  DraTextMarker marker;

  if (dra_text_line_is_blank (line))
    {
      counts->has_last = FALSE;
      return;
    }
  if (is_special (line))
    {
      counts->has_last = FALSE;
      return;
    }

  counts->n_lines++;
  counts->indents[MIN (line->indent, MAX_INDENT)]++;
  counts->n_caps += dra_text_line_is_caps (line);
  if (counts->has_last && counts->last.indent >= line->indent + 2 && counts->last.indent <= MAX_INDENT
      && right_edge (&counts->last) >= MIN_BROKEN)
    counts->firsts[counts->last.indent]++;
  /* A line that is indented more than the one above begins a paragraph, or hangs. */
  if (counts->has_last && right_edge (&counts->last) >= MIN_BROKEN
      && line->indent < counts->last.indent + 2
      && !dra_text_line_get_marker (line, &marker))
    {
      int first_case = dra_text_line_first_case (line);

      counts->n_pairs++;
      if (counts->table != NULL)
        (*counts->table)[MIN (right_edge (&counts->last), MAX_WIDTH + 1)]
                        [MIN (line->first, MAX_FIRST)]++;
      counts->n_lower += first_case < 0;
      counts->n_upper += first_case > 0;
      counts->n_open += !dra_text_line_is_final (&counts->last);
    }
  counts->last = *line;
  counts->has_last = TRUE;
}

static void
count_fit (Counts *counts,
           guint   width,
           guint   edge,
           guint   first,
           guint32 n)
{
  if (edge > width || edge + 1 + first > width)
    counts->n_strict += n;
  if (edge + 1 + first >= width - width / 8)
    counts->n_full += n;
}

/* The least width that all but one in thirty of the broken lines keep within. */
static guint
find_width (Counts *counts)
{
  gsize over = 0, allowed = counts->n_pairs / 30;
  guint width;

  for (width = MAX_WIDTH + 1; width > 0; width--)
    {
      for (guint f = 0; f <= MAX_FIRST; f++)
        over += (*counts->table)[width][f];
      if (over > allowed)
        break;
    }
  for (guint w = 0; w <= MAX_WIDTH + 1; w++)
    for (guint f = 0; f <= MAX_FIRST; f++)
      count_fit (counts, width, w, f, (*counts->table)[w][f]);

  return width;
}

static gboolean
is_wrapped (const Counts *counts,
            guint         width)
{
  gsize n_cased = counts->n_lower + counts->n_upper;
  double pairs = counts->n_pairs;
  double full = counts->n_full / pairs;
  double strict = counts->n_strict / pairs;
  double open = counts->n_open / pairs;
  double lower = n_cased > 0 ? (double) counts->n_lower / n_cased : 0;

  if (counts->n_pairs == 0 || width < MIN_WIDTH || width > MAX_WIDTH || open < 0.5)
    return FALSE;
  /* A script without capitals, or all in capitals. */
  if (n_cased * 2 < counts->n_pairs || counts->n_caps * 2 > counts->n_lines)
    return strict >= 0.8 && width >= 40;
  if (counts->n_pairs <= 3)
    return full >= 0.6 && (lower > 0 || (width >= 55 && counts->n_open == counts->n_pairs));

  return (lower >= 0.3 && full >= 0.6) || (lower >= 0.15 && strict >= 0.85 && width >= 50)
         || (counts->n_pairs >= 6 && strict >= 0.95 && open >= 0.8 && width >= 55);
}

static void
decide (const Counts  *counts,
        guint          width,
        DraTextLayout *layout)
{
  layout->width = is_wrapped (counts, width) ? width : 0;
  layout->caps = counts->n_caps * 2 > counts->n_lines;
  layout->indent = 0;
  layout->first = 0;
  for (guint i = 0; i < MAX_INDENT; i++)
    {
      gsize n = counts->indents[i];

      if (n * 4 >= counts->n_lines && n > 0)
        {
          layout->indent = i;
          break;
        }
    }
  for (guint i = layout->indent + 2; i < MAX_INDENT; i++)
    if (counts->firsts[i] >= 2 && counts->firsts[i] > counts->firsts[layout->first])
      layout->first = i;
}

/**
 * dra_text_layout_find:
 * @layout: (out): the layout
 * @text: a whole text
 * @length: its length in bytes
 *
 * Finds how a text is laid out, in one pass and constant memory.
 */
void
dra_text_layout_find (DraTextLayout *layout,
                      const char    *text,
                      gsize          length)
{
  g_autofree PairTable *table = g_malloc0 (sizeof (PairTable));
  Counts counts = { .table = table };
  const char *p = text;
  DraTextLine line;
  guint width;

  while (dra_text_line_next (&p, text + length, &line))
    count_line (&counts, &line);
  width = find_width (&counts);
  decide (&counts, width, layout);
}

/**
 * dra_text_layout_of_lines:
 * @layout: (out): the layout
 * @lines: (array length=n_lines): some lines of a text, a quotation say
 * @n_lines: how many
 *
 * As dra_text_layout_find(), for a part that may be laid out otherwise than the rest.
 */
void
dra_text_layout_of_lines (DraTextLayout     *layout,
                          const DraTextLine *lines,
                          guint              n_lines)
{
  Counts counts = { 0 };
  guint width = 0;

  for (guint i = 0; i < n_lines; i++)
    {
      count_line (&counts, &lines[i]);
      if (i + 1 < n_lines)
        width = MAX (width, MIN (right_edge (&lines[i]), MAX_WIDTH + 1));
    }
  for (guint i = 0; i + 1 < n_lines; i++)
    count_fit (&counts, width, right_edge (&lines[i]), lines[i + 1].first, 1);
  decide (&counts, width, layout);
}

/**
 * dra_text_layout_is_full:
 * @layout: a layout
 * @line: a line
 * @next: the line behind it
 *
 * Returns: whether the first word of @next would not have fitted on @line, give or take
 *   an eighth of the width
 */
gboolean
dra_text_layout_is_full (const DraTextLayout *layout,
                         const DraTextLine   *line,
                         const DraTextLine   *next)
{
  return layout->width > 0
         && right_edge (line) + 1 + next->first >= layout->width - layout->width / 8;
}
