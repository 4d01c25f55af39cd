/* dra-markdown-text.c: the article's blocks as Markdown; see dra-markdown-writer.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "writers/dra-markdown-private.h"

#include <string.h>

#define LINE_BREAK "\342\200\250" /* U+2028 */
#define RULE "* * *"
#define MAX_HEADING 5 /* level, below the title */

/* Inline styles, outermost first: a delimiter where CommonMark takes it for one, else the
 * element. */
static const struct
{
  DraStyleKind kind;
  const char  *delimiter; /* (nullable) */
  const char  *element;
} styles[] = {
  { DRA_STYLE_STRONG, "**", "strong" },
  { DRA_STYLE_EMPHASIS, "*", "em" },
  { DRA_STYLE_UNDERLINE, NULL, "u" },
  { DRA_STYLE_STRIKETHROUGH, "~~", "s" },
  { DRA_STYLE_CODE, "`", "code" },
  { DRA_STYLE_SUPERSCRIPT, NULL, "sup" },
  { DRA_STYLE_SUBSCRIPT, NULL, "sub" },
};

enum
{
  LEVEL_MARK,
  LEVEL_LINK,
  LEVEL_STYLES,
  LEVEL_CODE = LEVEL_STYLES + 4,
  N_LEVELS = LEVEL_STYLES + G_N_ELEMENTS (styles),
};

typedef struct
{
  GString        *out;
  DraCopyWalk    *walk;
  const DraBlock *block;
  const char     *indent;        /* of lines after the first of a block */
  guint           open[N_LEVELS];
  gboolean        delimited[N_LEVELS]; /* opened by a delimiter, not an element */
  gsize           start;         /* in out: of the block's or cell's own text */
  gboolean        line_start;    /* nothing of the line is written but indents and markers */
} Markdown;

static gboolean
is_entity (const char *p,
           const char *end)
{
  return p + 1 == end || p[1] == '#' || g_ascii_isalpha (p[1]);
}

/* Whether a character at the start of a line makes the line something else: a heading,
 * quotation, item of a list, rule, underline of a heading, table or directive. */
static gboolean
begins_block (char c)
{
  return strchr ("#>+-=:|", c) != NULL;
}

/* The full stop or parenthesis that would make a number at the start of a line an item;
 * @end for a number that what comes next may make one. */
static const char *
find_item_mark (const char *p,
                const char *end)
{
  const char *start = p;

  while (p < end && g_ascii_isdigit (*p))
    p++;

  return p > start && (p == end || *p == '.' || *p == ')') ? p : NULL;
}

/**
 * dra_markdown_append_escaped:
 * @out: where to
 * @text: UTF-8 of one line, without U+2028
 * @length: its length in bytes
 * @line_start: whether a line of the file begins with it
 * @in_cell: whether it stands in a table
 *
 * Appends text that any reader of Markdown shows as it is.
 */
void
dra_markdown_append_escaped (GString    *out,
                             const char *text,
                             gsize       length,
                             gboolean    line_start,
                             gboolean    in_cell)
{
  const char *end = text + length;
  const char *mark = line_start && !in_cell ? find_item_mark (text, end) : NULL;

  for (const char *p = text; p < end; p++)
    {
      if (p == text && mark == end)
        g_string_append_printf (out, "&#%d;", *p);
      else if (*p == '<')
        g_string_append (out, "&lt;");
      else if (*p == '\t')
        g_string_append (out, "&#9;");
      else if (*p == ' ' && p == text && line_start)
        g_string_append (out, "&#32;");
      else if (*p == '&')
        g_string_append (out, is_entity (p, end) ? "&amp;" : "&");
      else
        {
          if (strchr ("\\`*_[]{}$^~", *p) != NULL || (*p == '|' && in_cell)
              || (*p == '=' && p + 1 < end && p[1] == '=') || p == mark
              || (p == text && line_start && begins_block (*p)))
            g_string_append_c (out, '\\');
          g_string_append_c (out, *p);
        }
    }
}

/* "Look!" before a link is no image. */
static void
protect_exclamation (GString *out)
{
  if (out->len > 0 && out->str[out->len - 1] == '!'
      && (out->len < 2 || out->str[out->len - 2] != '\\'))
    g_string_insert_c (out, (gssize) out->len - 1, '\\');
}

/* Spaces at the end of a line, which Markdown does not take for text, as references. */
static void
protect_end (Markdown *self)
{
  gsize n = 0;

  while (self->out->len > self->start && self->out->str[self->out->len - 1] == ' ')
    {
      g_string_truncate (self->out, self->out->len - 1);
      n++;
    }
  for (gsize i = 0; i < n; i++)
    g_string_append (self->out, "&#32;");
}

static void
close_levels (Markdown *self,
              guint     first)
{
  for (guint level = N_LEVELS; level > first; level--)
    {
      guint i = level - 1;
      guint id = self->open[i];

      if (id == 0)
        continue;
      self->open[i] = 0;
      if (i == LEVEL_MARK)
        g_string_append (self->out, "</mark>");
      else if (i == LEVEL_LINK)
        {
          /* Nothing that ends the address: what is allowed in one is known. */
          g_autofree char *target
            = g_uri_escape_string (self->walk->styles[id - 1].target, ":/?#[]@!$&'()*+,;=%", FALSE);

          g_string_append_printf (self->out, "](<%s>)", target);
        }
      else if (self->delimited[i])
        g_string_append (self->out, styles[i - LEVEL_STYLES].delimiter);
      else
        g_string_append_printf (self->out, "</%s>", styles[i - LEVEL_STYLES].element);
    }
}

/* Whether what stands around the range of a style makes a delimiter safe: a blank or the
 * line's edge before it, letters or digits at its own edges, and no letter after it.  Code
 * has nothing in it that would end it. */
static gboolean
takes_delimiter (Markdown *self,
                 guint     level,
                 gsize     pos,
                 gsize     end,
                 guint     wanted[N_LEVELS])
{
  const char *text = self->walk->text;
  const char *before = g_utf8_find_prev_char (text + self->block->range.start, text + pos);
  const char *last = g_utf8_find_prev_char (text + pos, text + end);
  const char *code;

  if (styles[level - LEVEL_STYLES].delimiter == NULL
      || (self->out->len > 0 && self->out->str[self->out->len - 1] != '\n'
          && self->out->str[self->out->len - 1] != ' ' && !self->line_start))
    return FALSE;
  /* The only level that begins here, and none before it is open. */
  for (guint i = LEVEL_STYLES; i < N_LEVELS; i++)
    if (i != level && wanted[i] != 0)
      return FALSE;
  if (before != NULL && *before != ' ' && *before != '\t'
      && memcmp (before, LINE_BREAK, strlen (LINE_BREAK)) != 0)
    return FALSE;
  if (last == NULL || !g_unichar_isalnum (g_utf8_get_char (text + pos))
      || !g_unichar_isalnum (g_utf8_get_char (last)))
    return FALSE;
  if (end < self->block->range.end && g_unichar_isalnum (g_utf8_get_char (text + end)))
    return FALSE;
  if (styles[level - LEVEL_STYLES].kind != DRA_STYLE_CODE)
    return TRUE;
  for (code = text + pos; code < text + end; code++)
    if (*code == '`' || *code == '|' || *code == '\t' || *code == '\\')
      return FALSE;

  return memmem (text + pos, end - pos, LINE_BREAK, strlen (LINE_BREAK)) == NULL;
}

static void
open_level (Markdown *self,
            guint     level,
            gsize     pos,
            gsize     end,
            guint     wanted[N_LEVELS])
{
  self->open[level] = wanted[level];
  self->delimited[level] = FALSE;
  if (level == LEVEL_MARK)
    g_string_append (self->out, "<mark>");
  else if (level == LEVEL_LINK)
    {
      protect_exclamation (self->out);
      g_string_append_c (self->out, '[');
    }
  else if (takes_delimiter (self, level, pos, end, wanted))
    {
      self->delimited[level] = TRUE;
      g_string_append (self->out, styles[level - LEVEL_STYLES].delimiter);
    }
  else
    g_string_append_printf (self->out, "<%s>", styles[level - LEVEL_STYLES].element);
}

static void
append_run (Markdown   *self,
            const char *text,
            gsize       length)
{
  gboolean in_cell = self->block->kind == DRA_BLOCK_TABLE_ROW;
  const char *end = text + length;

  while (text < end)
    {
      const char *line = memmem (text, end - text, LINE_BREAK, strlen (LINE_BREAK));
      const char *stop = line != NULL ? line : end;

      if (stop > text)
        {
          if (self->open[LEVEL_CODE] != 0 && self->delimited[LEVEL_CODE])
            g_string_append_len (self->out, text, stop - text);
          else
            dra_markdown_append_escaped (self->out, text, stop - text, self->line_start, in_cell);
          self->line_start = FALSE;
        }
      if (line == NULL)
        break;
      /* A backslash that ends a block breaks nothing. */
      if (in_cell || line + strlen (LINE_BREAK) == self->walk->text + self->block->range.end)
        g_string_append (self->out, "<br>");
      else
        {
          protect_end (self);
          g_string_append_printf (self->out, "\\\n%s", self->indent);
          self->start = self->out->len;
          self->line_start = TRUE;
        }
      text = line + strlen (LINE_BREAK);
    }
}

static void
append_references (Markdown *self,
                   gsize     pos,
                   gboolean  close)
{
  const DraCopyNote *note;

  while ((note = dra_copy_walk_reference (self->walk, pos)) != NULL)
    {
      if (close)
        close_levels (self, 0);
      protect_exclamation (self->out);
      g_string_append_printf (self->out, "[^%u]", note->number);
      self->line_start = FALSE;
    }
}

static void
append_inlines (Markdown *self,
                DraRange  range,
                gsize     next_start)
{
  gsize pos = range.start;

  self->start = self->out->len;

  while (pos < range.end)
    {
      DraCopySegment segment;
      guint wanted[N_LEVELS] = { 0 };
      guint level = 0;

      append_references (self, pos, TRUE);
      dra_copy_walk_segment (self->walk, pos, range.end, &segment);
      wanted[LEVEL_MARK] = segment.mark;
      wanted[LEVEL_LINK] = segment.link;
      for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
        wanted[LEVEL_STYLES + i] = (segment.styles >> styles[i].kind) & 1;

      /* A delimiter is only for the segment it was meant for. */
      while (level < N_LEVELS && self->open[level] == wanted[level]
             && !(self->open[level] != 0 && self->delimited[level]))
        level++;
      close_levels (self, level);
      for (; level < N_LEVELS; level++)
        if (wanted[level] != 0)
          open_level (self, level, pos, segment.end, wanted);
      append_run (self, self->walk->text + pos, segment.end - pos);
      pos = segment.end;
    }
  close_levels (self, 0);
  append_references (self, next_start, FALSE);
  protect_end (self);
}

/* References to notes on a block that has no place for them, on a line behind it. */
static void
append_references_apart (Markdown *self,
                         gsize     next_start)
{
  gsize before = self->out->len;

  g_string_append_c (self->out, '\n');
  append_references (self, next_start, FALSE);
  if (self->out->len == before + 1)
    g_string_truncate (self->out, before);
  else
    g_string_append_c (self->out, '\n');
}

/* A fence that nothing in the text ends; notes stand behind it. */
static void
append_fence (Markdown *self,
              gsize     next_start)
{
  const char *text = self->walk->text + self->block->range.start;
  const char *end = self->walk->text + self->block->range.end;
  gsize longest = 2, run = 0;
  g_autofree char *fence = NULL;

  for (const char *p = text; p < end; p++)
    {
      run = *p == '`' ? run + 1 : 0;
      longest = MAX (longest, run);
    }
  fence = g_strnfill (longest + 1, '`');
  g_string_append_printf (self->out, "%s\n", fence);
  while (text < end)
    {
      const char *line = memmem (text, end - text, LINE_BREAK, strlen (LINE_BREAK));

      g_string_append_len (self->out, text, (line != NULL ? line : end) - text);
      g_string_append_c (self->out, '\n');
      if (line == NULL)
        break;
      text = line + strlen (LINE_BREAK);
      if (text == end)
        g_string_append_c (self->out, '\n');
    }
  g_string_append_printf (self->out, "%s\n", fence);

  append_references_apart (self, next_start);
}

static guint
count_cells (Markdown       *self,
             const DraBlock *row)
{
  guint n = 1;

  for (gsize i = row->range.start; i < row->range.end; i++)
    n += self->walk->text[i] == '\t';

  return n;
}

static void
append_row (Markdown       *self,
            const DraBlock *row,
            gsize           next_start)
{
  gsize pos = row->range.start;

  self->block = row;
  g_string_append (self->out, "|");
  for (;;)
    {
      const char *tab = memchr (self->walk->text + pos, '\t', row->range.end - pos);
      gsize end = tab != NULL ? (gsize) (tab - self->walk->text) : row->range.end;

      g_string_append_c (self->out, ' ');
      self->line_start = TRUE;
      append_inlines (self, (DraRange){ pos, end }, tab != NULL ? end : next_start);
      g_string_append (self->out, " |");
      if (tab == NULL)
        break;
      pos = end + 1;
    }
  g_string_append_c (self->out, '\n');
}

/* GitHub's tables have one row of headings as wide as any row; where the first row is not
 * such, an empty one goes before it. */
static guint
append_table (Markdown       *self,
              const DraBlock *rows,
              guint           n_blocks,
              DraCopyShape   *shapes,
              gsize           length)
{
  guint n_rows = 1, n_columns, first_cells;
  gboolean heading;

  while (n_rows < n_blocks && rows[n_rows].kind == DRA_BLOCK_TABLE_ROW
         && g_strcmp0 (rows[n_rows].label, "first") != 0)
    n_rows++;
  first_cells = n_columns = count_cells (self, &rows[0]);
  for (guint i = 1; i < n_rows; i++)
    n_columns = MAX (n_columns, count_cells (self, &rows[i]));
  heading = rows[0].level > 0 && first_cells == n_columns
            && dra_range_length (rows[0].range) >= n_columns;

  if (!heading)
    {
      for (guint i = 0; i < n_columns; i++)
        g_string_append (self->out, i > 0 ? "  |" : "|  |");
      g_string_append_c (self->out, '\n');
    }
  for (guint i = 0; i < n_rows; i++)
    {
      shapes[i] = (DraCopyShape){ .kind = DRA_BLOCK_TABLE_ROW, .level = i == 0 && heading,
                                  .label = i == 0 ? "first" : NULL };
      if (i == (heading ? 1 : 0))
        {
          for (guint j = 0; j < n_columns; j++)
            g_string_append (self->out, j > 0 ? " --- |" : "| --- |");
          g_string_append_c (self->out, '\n');
        }
      append_row (self, &rows[i],
                  i + 1 < n_blocks ? rows[i + 1].range.start : MAX (length, rows[i].range.end));
    }
  if (heading && n_rows == 1)
    {
      for (guint j = 0; j < n_columns; j++)
        g_string_append (self->out, j > 0 ? " --- |" : "| --- |");
      g_string_append_c (self->out, '\n');
    }

  return n_rows;
}

/* Whether a label is the number of an item in Markdown. */
static gboolean
is_item_number (const char *label)
{
  gsize n = label != NULL ? strspn (label, "0123456789") : 0;

  return n > 0 && n <= 9 && (label[n] == '.' || label[n] == ')') && label[n + 1] == '\0';
}

static void
append_prefixed (Markdown   *self,
                 const char *prefix,
                 const char *indent,
                 gsize       next_start)
{
  g_string_append (self->out, prefix);
  self->indent = indent;
  self->line_start = TRUE;
  append_inlines (self, self->block->range, next_start);
  g_string_append_c (self->out, '\n');
}

/* A heading may be closed by signs like those that open it: these are text. */
static void
protect_hash (Markdown *self)
{
  gsize last = self->out->len - 2;

  if (self->out->len >= 3 && self->out->str[last] == '#' && self->out->str[last - 1] != '\\')
    g_string_insert_c (self->out, (gssize) last, '\\');
}

static void
append_item (Markdown     *self,
             guint        *depth,
             DraCopyShape *shape,
             gsize         next_start)
{
  const DraBlock *block = self->block;
  gboolean number = is_item_number (block->label);
  guint level = CLAMP (block->level, 1, *depth + 1);
  g_autofree char *prefix = g_strdup_printf ("%*s%s ", (int) (level - 1) * 4, "",
                                             number ? block->label : "-");
  g_autofree char *indent = g_strdup_printf ("%*s", (int) strlen (prefix), "");

  *shape = (DraCopyShape){ .kind = DRA_BLOCK_LIST_ITEM, .level = level,
                           .label = number ? block->label : "•" };
  append_prefixed (self, prefix, indent, next_start);
  *depth = level;
}

static void
append_quotation (Markdown     *self,
                  DraCopyShape *shape,
                  gsize         next_start)
{
  guint level = CLAMP (self->block->level, 1, 20);
  GString *prefix = g_string_new (NULL);

  for (guint i = 0; i < level; i++)
    g_string_append (prefix, "> ");
  *shape = (DraCopyShape){ .kind = DRA_BLOCK_QUOTATION, .level = level };
  append_prefixed (self, prefix->str, prefix->str, next_start);
  g_string_free (prefix, TRUE);
}

/* Whether a file beside the copy is meant, and by nothing but plain characters. */
static gboolean
is_relative (const char *source)
{
  return source != NULL && *source != '\0' && *source != '/' && strchr (source, ':') == NULL
         && strpbrk (source, "<>()\\\n\t ") == NULL && g_str_is_ascii (source);
}

static void
append_image (Markdown     *self,
              DraCopyShape *shape,
              gsize         next_start)
{
  const DraBlock *block = self->block;
  const char *label = block->label != NULL ? block->label : "";
  const char *source = is_relative (block->source) ? block->source : NULL;

  *shape = (DraCopyShape){ .kind = DRA_BLOCK_IMAGE, .label = block->label, .source = source };
  /* An empty description comes back as none. */
  if (*label == '\0' || strpbrk (label, "\n\t") != NULL || strstr (label, LINE_BREAK) != NULL)
    shape->label = NULL;
  g_string_append (self->out, "![");
  self->start = self->out->len;
  if (shape->label != NULL)
    dra_markdown_append_escaped (self->out, label, strlen (label), TRUE, FALSE);
  protect_end (self);
  g_string_append_printf (self->out, "](%s)", source != NULL ? source : "");
  append_references (self, next_start, FALSE);
  g_string_append_c (self->out, '\n');
}

static void
append_block (Markdown     *self,
              guint        *depth,
              DraCopyShape *shape,
              gsize         next_start)
{
  static const char *const headings[] = { "## ", "### ", "#### ", "##### ", "###### " };
  const DraBlock *block = self->block;
  guint level = CLAMP (block->level, 1, MAX_HEADING);

  *shape = (DraCopyShape){ .kind = DRA_BLOCK_PARAGRAPH };
  switch (block->kind)
    {
    case DRA_BLOCK_TITLE:
    case DRA_BLOCK_HEADING:
      /* A heading has no second line. */
      if (memmem (self->walk->text + block->range.start, dra_range_length (block->range),
                  LINE_BREAK, strlen (LINE_BREAK)) != NULL)
        {
          append_prefixed (self, "", "", next_start);
          break;
        }
      shape->kind = block->kind;
      shape->level = block->kind == DRA_BLOCK_TITLE ? 0 : level;
      append_prefixed (self, block->kind == DRA_BLOCK_TITLE ? "# " : headings[level - 1], "",
                       next_start);
      protect_hash (self);
      break;

    case DRA_BLOCK_LIST_ITEM:
      append_item (self, depth, shape, next_start);
      return;

    case DRA_BLOCK_QUOTATION:
      append_quotation (self, shape, next_start);
      break;

    case DRA_BLOCK_PREFORMATTED:
      shape->kind = block->kind;
      append_fence (self, next_start);
      break;

    case DRA_BLOCK_IMAGE:
      append_image (self, shape, next_start);
      break;

    case DRA_BLOCK_RULE:
      if (dra_range_length (block->range) == strlen (RULE)
          && memcmp (self->walk->text + block->range.start, RULE, strlen (RULE)) == 0)
        {
          shape->kind = block->kind;
          g_string_append (self->out, RULE "\n");
          append_references_apart (self, next_start);
          break;
        }
      append_prefixed (self, "", "", next_start);
      break;

    case DRA_BLOCK_FOOTNOTE:
      if (dra_copy_walk_is_target (self->walk, block))
        {
          g_autofree char *anchor = g_strdup_printf ("<a id=\"fn:%s\"></a>", block->label);

          shape->kind = block->kind;
          shape->label = block->label;
          append_prefixed (self, anchor, "", next_start);
          break;
        }
      append_prefixed (self, "", "", next_start);
      break;

    case DRA_BLOCK_BYLINE:
    case DRA_BLOCK_DATE:
    case DRA_BLOCK_PARAGRAPH:
    case DRA_BLOCK_CAPTION:
    case DRA_BLOCK_TABLE_ROW:
    default:
      append_prefixed (self, "", "", next_start);
      break;
    }
  *depth = 0;
}

/* What stands between two blocks: nothing between the items of a list, and a quotation
 * goes on over its empty line.  depth: the level that an item before was written at. */
static const char *
find_separator (const DraBlock *before,
                const DraBlock *after,
                guint           depth)
{
  /* A list that begins with another number than 1 does not interrupt a paragraph, not even
   * that of the item it is in. */
  if (before->kind == DRA_BLOCK_LIST_ITEM && after->kind == DRA_BLOCK_LIST_ITEM)
    return after->level > depth && is_item_number (after->label)
               && g_ascii_strtoull (after->label, NULL, 10) != 1
             ? "\n" : "";
  if (before->kind == DRA_BLOCK_QUOTATION && after->kind == DRA_BLOCK_QUOTATION)
    return ">\n";

  return "\n";
}

/**
 * dra_markdown_append_blocks:
 * @out: where to
 * @walk: a walk that has not begun
 * @shapes: (out caller-allocates): one for each block, filled with what is said of it
 * @cancellable: (nullable): a cancellable
 * @error: return location for %G_IO_ERROR_CANCELLED
 *
 * Appends the article's text.
 *
 * Returns: %FALSE when cancelled
 */
gboolean
dra_markdown_append_blocks (GString       *out,
                            DraCopyWalk   *walk,
                            DraCopyShape  *shapes,
                            GCancellable  *cancellable,
                            GError       **error)
{
  Markdown self = { .out = out, .walk = walk };
  guint n_blocks, depth = 0;
  const DraBlock *blocks = dra_article_get_blocks (walk->article, &n_blocks);
  gsize length;

  dra_article_get_text (walk->article, &length);
  for (guint i = 0; i < n_blocks; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (i > 0)
        g_string_append (out, find_separator (&blocks[i - 1], &blocks[i], depth));
      self.block = &blocks[i];
      if (blocks[i].kind == DRA_BLOCK_TABLE_ROW)
        {
          i += append_table (&self, &blocks[i], n_blocks - i, &shapes[i], length) - 1;
          depth = 0;
        }
      else
        append_block (&self, &depth, &shapes[i],
                      i + 1 < n_blocks ? blocks[i + 1].range.start : G_MAXSIZE);
    }

  return TRUE;
}
