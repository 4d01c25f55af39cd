/* dra-markdown-copy.c: an annotated copy in Markdown, our own, taken apart.
 *
 * Line by line: blocks, the footnotes behind them and the data in comments.  What is inside
 * a block is dra-markdown-inlines.c's.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-markdown-copy.h"

#include <string.h>

#include "readers/dra-markdown-inlines.h"

#define TEXT_START "<!-- dramatis:text -->"
#define TEXT_END "<!-- /dramatis:text -->"
#define RULE "* * *"
#define ANCHOR "<a id=\"fn:"

/* Lines between two looks at the cancellable. */
#define CANCEL_STEP 4096

typedef struct
{
  const char *start;
  gsize       length; /* without the line end */
} Line;

typedef struct
{
  DraCopyParts *copy;
  GArray       *lines; /* of Line */
  guint         next;
  gboolean      in_table;
  gboolean      had_rows; /* of this table */
} Parse;

static GArray *
split_lines (const char *data,
             gsize       size)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (Line));
  const char *end = data + size;

  for (const char *p = data; p < end;)
    {
      const char *newline = memchr (p, '\n', end - p);
      const char *stop = newline != NULL ? newline : end;
      Line line = { p, (gsize) (stop - p) };

      if (line.length > 0 && p[line.length - 1] == '\r')
        line.length--;
      g_array_append_val (lines, line);
      p = newline != NULL ? newline + 1 : end;
    }

  return lines;
}

static Line
get_line (Parse *parse,
          guint  index)
{
  return g_array_index (parse->lines, Line, index);
}

static gboolean
is_line (Line        line,
         const char *text)
{
  return line.length == strlen (text) && memcmp (line.start, text, line.length) == 0;
}

static gboolean
has_prefix (Line        line,
            const char *prefix)
{
  return line.length >= strlen (prefix) && memcmp (line.start, prefix, strlen (prefix)) == 0;
}

static gboolean
is_blank (Line line)
{
  for (gsize i = 0; i < line.length; i++)
    if (line.start[i] != ' ' && line.start[i] != '\t')
      return FALSE;

  return TRUE;
}

static Line
skip (Line  line,
      gsize n)
{
  return (Line){ line.start + n, line.length - n };
}

static Line
trim (Line line)
{
  while (line.length > 0 && (*line.start == ' ' || *line.start == '\t'))
    line = skip (line, 1);
  while (line.length > 0 && (line.start[line.length - 1] == ' '
                             || line.start[line.length - 1] == '\t'))
    line.length--;

  return line;
}

/* Whether the line ends in a backslash that is none of a pair: it goes on. */
static gboolean
is_broken (Line line)
{
  gsize n = 0;

  while (n < line.length && line.start[line.length - 1 - n] == '\\')
    n++;

  return n % 2 == 1;
}

/* What a block of several lines says, the lines after the first without their indents. */
static GString *
join_lines (Parse *parse,
            Line   first,
            gsize  quote_depth)
{
  GString *joined = g_string_new_len (first.start, (gssize) first.length);

  for (gboolean broken = is_broken (first); parse->next < parse->lines->len; parse->next++)
    {
      Line line = get_line (parse, parse->next);

      for (gsize i = 0; i < quote_depth && has_prefix (line, ">"); i++)
        line = skip (line, has_prefix (line, "> ") ? 2 : 1);
      if (!broken)
        break;
      while (has_prefix (line, " "))
        line = skip (line, 1);
      g_string_append_c (joined, '\n');
      g_string_append_len (joined, line.start, (gssize) line.length);
      broken = is_broken (line);
    }

  return joined;
}

static gsize
newlines_before (Parse *parse)
{
  return parse->copy->blocks->len > 0 ? 1 : 0;
}

static void
append_block (Parse        *parse,
              DraBlockKind  kind,
              guint         level,
              const char   *label,
              Line          first,
              gsize         quote_depth)
{
  g_autoptr (GString) joined = join_lines (parse, first, quote_depth);

  dra_copy_parts_begin_block (parse->copy, kind, level, label, newlines_before (parse));
  dra_markdown_inlines_append (parse->copy, joined->str, joined->len);
  dra_copy_parts_end_block (parse->copy);
}

static void
append_fence (Parse *parse,
              Line   fence)
{
  GString *text = parse->copy->text;
  gboolean any = FALSE;

  dra_copy_parts_begin_block (parse->copy, DRA_BLOCK_PREFORMATTED, 0, NULL,
                              newlines_before (parse));
  while (parse->next < parse->lines->len)
    {
      Line line = get_line (parse, parse->next++);

      if (line.length == fence.length && memcmp (line.start, fence.start, fence.length) == 0)
        break;
      if (any)
        g_string_append (text, DRA_MARKDOWN_LINE_BREAK);
      g_string_append_len (text, line.start, (gssize) line.length);
      any = TRUE;
    }
  dra_copy_parts_end_block (parse->copy);
}

static gboolean
is_fence (Line line)
{
  if (line.length < 3)
    return FALSE;
  for (gsize i = 0; i < line.length; i++)
    if (line.start[i] != '`')
      return FALSE;

  return TRUE;
}

static gboolean
is_only (Line        line,
         const char *characters)
{
  for (gsize i = 0; i < line.length; i++)
    if (strchr (characters, line.start[i]) == NULL)
      return FALSE;

  return line.length > 0;
}

static gboolean
is_only_references (Line line)
{
  const char *p = line.start;
  const char *end = line.start + line.length;
  gsize n;

  while (p < end && (n = dra_markdown_inlines_measure_reference (p, end)) > 0)
    p += n;

  return p == end && line.length > 0;
}

/* The end of the cell that begins at p: the next "|" without a backslash. */
static const char *
find_cell_end (const char *p,
               const char *end)
{
  for (; p < end; p++)
    {
      if (*p == '\\' && p + 1 < end)
        p++;
      else if (*p == '|')
        return p;
    }

  return end;
}

static void
append_row (Parse *parse,
            Line   line,
            guint  level)
{
  const char *p = line.start + 1;
  const char *end = line.start + line.length;
  gboolean first = TRUE;

  dra_copy_parts_begin_block (parse->copy, DRA_BLOCK_TABLE_ROW, level,
                              parse->had_rows ? NULL : "first", newlines_before (parse));
  while (p < end)
    {
      const char *stop = find_cell_end (p, end);
      Line cell = trim ((Line){ p, (gsize) (stop - p) });

      if (!first)
        g_string_append_c (parse->copy->text, '\t');
      first = FALSE;
      dra_markdown_inlines_append (parse->copy, cell.start, cell.length);
      p = stop + 1;
    }
  dra_copy_parts_end_block (parse->copy);
  parse->had_rows = TRUE;
}

static void
read_row (Parse *parse,
          Line   line)
{
  gboolean heading = parse->next < parse->lines->len
                     && is_only (get_line (parse, parse->next), "|- :")
                     && !parse->in_table;

  if (!parse->in_table)
    parse->had_rows = FALSE;
  parse->in_table = TRUE;
  /* A row of nothing stands before a table that has no headings. */
  if (!heading || !is_only (line, "| "))
    append_row (parse, line, heading);
  if (heading)
    parse->next++;
}

/* "![description](source)", notes behind it. */
static gboolean
read_image (Parse *parse,
            Line   line)
{
  const char *end = line.start + line.length;
  const char *p = line.start + 2;
  g_autofree char *target = NULL;
  g_autofree char *label = NULL;
  DraCopyBlock *block;
  gsize n, length;

  if (!has_prefix (line, "!["))
    return FALSE;
  while (p < end && *p != ']')
    p += *p == '\\' && p + 1 < end ? 2 : 1;
  n = p < end ? dra_markdown_inlines_read_link_end (p, end, &target) : 0;
  if (n == 0)
    return FALSE;

  /* The description is read as text, then taken out of it again. */
  dra_copy_parts_begin_block (parse->copy, DRA_BLOCK_IMAGE, 0, NULL, newlines_before (parse));
  length = parse->copy->text->len;
  dra_markdown_inlines_append (parse->copy, line.start + 2, (gsize) (p - line.start - 2));
  label = g_strndup (parse->copy->text->str + length, parse->copy->text->len - length);
  g_string_truncate (parse->copy->text, length);
  g_string_append (parse->copy->text, "\357\277\274");
  dra_copy_parts_end_block (parse->copy);
  block = &g_array_index (parse->copy->blocks, DraCopyBlock, parse->copy->blocks->len - 1);
  block->label = *label != '\0' ? g_steal_pointer (&label) : NULL;
  block->source = *target != '\0' ? g_steal_pointer (&target) : NULL;
  for (guint i = 0; i < parse->copy->events->len; i++)
    {
      DraCopyEvent *event = &g_array_index (parse->copy->events, DraCopyEvent,
                                            parse->copy->events->len - 1 - i);

      if (event->offset <= length)
        break;
      event->offset = length;
    }

  return TRUE;
}

static gboolean
read_item (Parse *parse,
           Line   line)
{
  gsize indent = 0, n;
  g_autofree char *label = NULL;

  while (indent < line.length && line.start[indent] == ' ')
    indent++;
  line = skip (line, indent);
  n = 0;
  while (n < line.length && n < 10 && g_ascii_isdigit (line.start[n]))
    n++;
  if (n > 0 && n + 1 < line.length && (line.start[n] == '.' || line.start[n] == ')')
      && line.start[n + 1] == ' ')
    label = g_strndup (line.start, n + 1);
  else if (has_prefix (line, "- "))
    label = g_strdup ("•");
  else
    return FALSE;
  line = skip (line, n > 0 ? n + 2 : 2);
  append_block (parse, DRA_BLOCK_LIST_ITEM, (guint) MIN (indent / 4, 100) + 1, label, line, 0);

  return TRUE;
}

static gboolean
read_footnote_block (Parse *parse,
                     Line   line)
{
  const char *start = line.start + strlen (ANCHOR);
  const char *close;
  g_autofree char *label = NULL;

  if (!has_prefix (line, ANCHOR))
    return FALSE;
  close = memmem (start, line.length - strlen (ANCHOR), "\"></a>", 6);
  if (close == NULL)
    return FALSE;
  label = g_strndup (start, (gsize) (close - start));
  append_block (parse, DRA_BLOCK_FOOTNOTE, 0, label,
                skip (line, (gsize) (close + 6 - line.start)), 0);

  return TRUE;
}

static void
read_block (Parse *parse,
            Line   line)
{
  gsize n = 0;

  if (has_prefix (line, "|"))
    {
      read_row (parse, line);
      return;
    }
  parse->in_table = FALSE;
  if (is_blank (line) || is_only_references (line))
    return;
  if (is_fence (line))
    {
      append_fence (parse, line);
      return;
    }
  while (has_prefix (line, ">"))
    {
      line = skip (line, has_prefix (line, "> ") ? 2 : 1);
      n++;
    }
  if (n > 0)
    {
      if (!is_blank (line))
        append_block (parse, DRA_BLOCK_QUOTATION, (guint) MIN (n, 100), NULL, line, n);
      return;
    }
  while (n < line.length && line.start[n] == '#')
    n++;
  if (n >= 1 && n <= 6 && n < line.length && line.start[n] == ' ')
    {
      append_block (parse, n == 1 ? DRA_BLOCK_TITLE : DRA_BLOCK_HEADING, (guint) n - 1, NULL,
                    skip (line, n + 1), 0);
      return;
    }
  if (is_line (line, RULE))
    {
      dra_copy_parts_begin_block (parse->copy, DRA_BLOCK_RULE, 0, NULL, newlines_before (parse));
      g_string_append (parse->copy->text, RULE);
      dra_copy_parts_end_block (parse->copy);
      return;
    }
  if (read_image (parse, line) || read_item (parse, line) || read_footnote_block (parse, line))
    return;
  append_block (parse, DRA_BLOCK_PARAGRAPH, 0, NULL, line, 0);
}

/* The lines of a comment as JSON. */
static void
read_comment (Parse   *parse,
              GString *json)
{
  g_string_truncate (json, 0);
  while (parse->next < parse->lines->len)
    {
      Line line = get_line (parse, parse->next++);

      if (is_line (line, "-->"))
        break;
      g_string_append_len (json, line.start, (gssize) line.length);
      g_string_append_c (json, '\n');
    }
}

/* A footnote from its first line on: number, and what it says without the indents. */
static void
read_footnote (Parse *parse,
               Line   line)
{
  gsize n = dra_markdown_inlines_measure_reference (line.start, line.start + line.length);
  guint64 number = g_ascii_strtoull (line.start + 2, NULL, 10);
  GString *text;

  line = skip (line, n + 1);
  if (has_prefix (line, " "))
    line = skip (line, 1);
  text = g_string_new_len (line.start, (gssize) line.length);
  while (parse->next < parse->lines->len)
    {
      line = get_line (parse, parse->next);
      if (!is_blank (line) && !has_prefix (line, "    "))
        break;
      g_string_append_c (text, '\n');
      if (!is_blank (line))
        g_string_append_len (text, line.start + 4, (gssize) line.length - 4);
      parse->next++;
    }
  g_strchomp (text->str);

  /* Notes are numbered without gaps: more than there are lines is nothing of ours. */
  if (number == 0 || number > parse->lines->len)
    {
      g_string_free (text, TRUE);
      return;
    }
  if (parse->copy->footnotes == NULL)
    parse->copy->footnotes = g_ptr_array_new_with_free_func (g_free);
  if (parse->copy->footnotes->len < number)
    g_ptr_array_set_size (parse->copy->footnotes, (gint) number);
  g_free (parse->copy->footnotes->pdata[number - 1]);
  parse->copy->footnotes->pdata[number - 1] = g_string_free (text, FALSE);
}

static void
read_rest (Parse *parse,
           Line   line)
{
  gsize n;

  if (is_line (line, "<!-- dramatis-article"))
    read_comment (parse, parse->copy->article_json);
  else if (is_line (line, "<!-- dramatis-notes"))
    read_comment (parse, parse->copy->notes_json);
  else if ((n = dra_markdown_inlines_measure_reference (line.start, line.start + line.length)) > 0
           && n < line.length && line.start[n] == ':')
    read_footnote (parse, line);
}

static gboolean
find_start (Parse *parse)
{
  for (guint i = 0; i < parse->lines->len; i++)
    if (is_line (get_line (parse, i), TEXT_START))
      {
        parse->next = i + 1;
        return TRUE;
      }

  return FALSE;
}

/**
 * dra_markdown_copy_parse:
 * @utf8: the file, in UTF-8
 * @cancellable: (nullable): a cancellable
 * @error: return location for %G_IO_ERROR_CANCELLED
 *
 * Takes a copy apart; without the marks of one there is nothing in the parts.
 *
 * Returns: (transfer full): the parts
 */
DraCopyParts *
dra_markdown_copy_parse (GBytes        *utf8,
                         GCancellable  *cancellable,
                         GError       **error)
{
  gsize size;
  const char *data = g_bytes_get_data (utf8, &size);
  g_autoptr (GArray) lines = split_lines (data, size);
  g_autoptr (DraCopyParts) copy = dra_copy_parts_new ();
  Parse parse = { .copy = copy, .lines = lines };
  gboolean in_text = find_start (&parse);

  copy->marked = in_text;
  for (guint n = 1; in_text && parse.next < lines->len; n++)
    {
      Line line = get_line (&parse, parse.next++);

      if (n % CANCEL_STEP == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (is_line (line, TEXT_END))
        break;
      read_block (&parse, line);
    }
  while (in_text && parse.next < lines->len)
    read_rest (&parse, get_line (&parse, parse.next++));

  return g_steal_pointer (&copy);
}

/**
 * dra_markdown_copy_dup_body:
 * @footnote: what a footnote says in the file
 * @n_more: how many of its last lines are not the note's body
 *
 * Returns: (transfer full): the body of a note whose footnote was edited
 */
char *
dra_markdown_copy_dup_body (const char *footnote,
                            guint       n_more)
{
  g_autofree char *text = g_strdup (footnote);
  GString *body;

  for (guint i = 0; i < n_more; i++)
    {
      char *newline = strrchr (text, '\n');

      *(newline != NULL ? newline : text) = '\0';
    }
  body = g_string_new (text);
  g_string_replace (body, "&lt;", "<", 0);
  g_string_replace (body, "&amp;", "&", 0);
  g_string_replace (body, "\\[^", "[^", 0);

  return g_string_free (body, FALSE);
}
