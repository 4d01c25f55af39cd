/* dra-markdown-text.c: the article's blocks as Markdown; see dra-markdown-writer.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "writers/dra-markdown-private.h"

#include <string.h>

#define LINE_BREAK "\342\200\250" /* U+2028 */
#define RULE "* * *"
#define MAX_HEADING 5 /* level, below the title */

/* References to notes on a block that has no place for them, on a line behind it. */
static void
append_references_apart (DraMarkdown *self,
                         gsize        next_start)
{
  gsize before = self->out->len;

  g_string_append_c (self->out, '\n');
  dra_markdown_append_references (self, next_start, FALSE);
  if (self->out->len == before + 1)
    g_string_truncate (self->out, before);
  else
    g_string_append_c (self->out, '\n');
}

/* A fence that nothing in the text ends; notes stand behind it. */
static void
append_fence (DraMarkdown *self,
              gsize        next_start)
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
count_cells (DraMarkdown    *self,
             const DraBlock *row)
{
  guint n = 1;

  for (gsize i = row->range.start; i < row->range.end; i++)
    n += self->walk->text[i] == '\t';

  return n;
}

static void
append_row (DraMarkdown    *self,
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
      dra_markdown_append_inlines (self, (DraRange){ pos, end }, tab != NULL ? end : next_start);
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
append_table (DraMarkdown    *self,
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
append_prefixed (DraMarkdown *self,
                 const char  *prefix,
                 const char  *indent,
                 gsize        next_start)
{
  g_string_append (self->out, prefix);
  self->indent = indent;
  self->line_start = TRUE;
  dra_markdown_append_inlines (self, self->block->range, next_start);
  g_string_append_c (self->out, '\n');
}

/* A heading may be closed by signs like those that open it: these are text. */
static void
protect_hash (DraMarkdown *self)
{
  gsize last = self->out->len - 2;

  if (self->out->len >= 3 && self->out->str[last] == '#' && self->out->str[last - 1] != '\\')
    g_string_insert_c (self->out, (gssize) last, '\\');
}

static void
append_item (DraMarkdown  *self,
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
append_quotation (DraMarkdown  *self,
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
append_image (DraMarkdown  *self,
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
  dra_markdown_protect_end (self);
  g_string_append_printf (self->out, "](%s)", source != NULL ? source : "");
  dra_markdown_append_references (self, next_start, FALSE);
  g_string_append_c (self->out, '\n');
}

static void
append_block (DraMarkdown  *self,
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
  DraMarkdown self = { .out = out, .walk = walk };
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
