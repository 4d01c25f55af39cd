/* dra-html-tables.c: tables of data, and tables that only lay a page out.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-html-blocks-private.h"

#include <string.h>

#define MAX_CELL 400       /* bytes: a longer cell is prose */
#define MAX_PROSE 4        /* one cell of so many may be longer than that */

struct _DraHtmlTable
{
  guint column;                       /* of the next cell */
  guint written;                      /* cells of this row that were ended */
  guint n_columns;                    /* columns of all rows so far */
  guint spans[DRA_HTML_MAX_COLUMNS];  /* rows that a cell from above still takes */
};

/* What is seen of a table while its cells are looked through. */
typedef struct
{
  guint    n_rows;
  guint    n_cells;      /* of this row */
  guint    n_wide;       /* rows of two cells and more */
  guint    n_all_cells;
  guint    n_prose;      /* cells too long for data */
  guint    n_blocks;     /* paragraphs in this cell */
  guint    n_bytes;      /* text of this cell */
  guint    n_images;
  gboolean marked;       /* has a caption, headings or a summary */
  gboolean filled;       /* some cell has text */
} Look;

static void
end_cell (Look *look)
{
  if (look->n_bytes > MAX_CELL || look->n_blocks > 3)
    look->n_prose++;
  look->filled = look->filled || look->n_bytes > 0;
  look->n_bytes = look->n_blocks = 0;
}

static void
end_row (Look *look)
{
  end_cell (look);
  if (look->n_cells > 1)
    look->n_wide++;
  look->n_cells = 0;
}

static guint
count_text (const char *text)
{
  guint n = 0;

  for (; *text != '\0'; text++)
    n += !g_ascii_isspace (*text);

  return n;
}

/* FALSE when the element cannot be in a table of data. */
static gboolean
look_at (Look       *look,
         DraHtmlTag  tag)
{
  switch (tag)
    {
    case DRA_HTML_TR:
      end_row (look);
      look->n_rows++;
      break;
    case DRA_HTML_TH:
      look->marked = TRUE;
      G_GNUC_FALLTHROUGH;
    case DRA_HTML_TD:
      end_cell (look);
      look->n_cells++;
      look->n_all_cells++;
      break;
    case DRA_HTML_CAPTION:
    case DRA_HTML_THEAD:
      look->marked = TRUE;
      break;
    case DRA_HTML_P:
    case DRA_HTML_DIV:
    case DRA_HTML_LI:
      look->n_blocks++;
      break;
    case DRA_HTML_IMG:
      look->n_images++;
      break;
    case DRA_HTML_TABLE:
    case DRA_HTML_ARTICLE:
    case DRA_HTML_MAIN:
    case DRA_HTML_SECTION:
    case DRA_HTML_FORM:
    case DRA_HTML_PRE:
    case DRA_HTML_BLOCKQUOTE:
    case DRA_HTML_H1:
    case DRA_HTML_H2:
    case DRA_HTML_FIGURE:
      return FALSE;
    default:
      break;
    }

  return TRUE;
}

/**
 * dra_html_table_is_data:
 * @table: a table
 * @filter: (nullable): says what of the page is left out
 * @user_data: for @filter
 *
 * Tells data from layout: data has rows and columns of short cells, and no tables in it.
 * Stops at the first table inside, so that all tables of a page together cost one walk.
 *
 * Returns: whether the table is one to read by rows
 */
gboolean
dra_html_table_is_data (const xmlNode     *table,
                        DraHtmlFilterFunc  filter,
                        gpointer           user_data)
{
  const char *role = dra_html_get_attribute (table, "role");
  gboolean inside = TRUE;
  Look look = { 0 };

  if (role != NULL && (g_ascii_strcasecmp (role, "presentation") == 0
                       || g_ascii_strcasecmp (role, "none") == 0))
    return FALSE;
  for (const xmlNode *node = dra_html_next (table, table, TRUE); node != NULL;
       node = dra_html_next (node, table, inside))
    {
      const char *text = dra_html_get_text (node);

      inside = !dra_html_is_hidden (node) && (filter == NULL || !filter (node, user_data));
      if (!inside)
        continue;
      if (text != NULL)
        look.n_bytes += count_text (text);
      else if (!look_at (&look, dra_html_get_tag (node)))
        return FALSE;
    }
  end_row (&look);

  if (!look.filled || look.n_all_cells < 2 || look.n_wide == 0)
    return FALSE;
  if (look.n_prose * MAX_PROSE > look.n_all_cells)
    return FALSE;

  return look.marked || (look.n_rows > 1 && look.n_wide * 2 >= look.n_rows
                         && look.n_images * 2 <= look.n_all_cells);
}

/**
 * dra_html_table_new:
 *
 * Returns: (transfer full): the state of writing one table
 */
DraHtmlTable *
dra_html_table_new (void)
{
  return g_new0 (DraHtmlTable, 1);
}

/**
 * dra_html_table_free:
 * @self: (nullable): a table
 */
void
dra_html_table_free (DraHtmlTable *self)
{
  g_free (self);
}

/**
 * dra_html_table_is_head:
 * @row: a row of a table
 *
 * Returns: whether it is a row of headings: in a thead, or all its cells are headings and
 *   there are at least two
 */
gboolean
dra_html_table_is_head (const xmlNode *row)
{
  guint n_heads = 0;

  if (dra_html_get_tag (row->parent) == DRA_HTML_THEAD)
    return TRUE;
  for (const xmlNode *cell = row->children; cell != NULL; cell = cell->next)
    switch (dra_html_get_tag (cell))
      {
      case DRA_HTML_TH:
        n_heads++;
        break;
      case DRA_HTML_TD:
        return FALSE;
      default:
        break;
      }

  return n_heads > 1;
}

/**
 * dra_html_table_begin_row:
 * @self: a table
 *
 * Goes to the beginning of the next row.
 */
void
dra_html_table_begin_row (DraHtmlTable *self)
{
  for (guint i = self->column; i < self->n_columns; i++)
    if (self->spans[i] > 0)
      self->spans[i]--;
  self->column = 0;
  self->written = 0;
}

static guint
get_span (const xmlNode *cell,
          const char    *name)
{
  const char *value = dra_html_get_attribute (cell, name);
  guint64 span = value != NULL ? g_ascii_strtoull (value, NULL, 10) : 1;

  return (guint) CLAMP (span, 1, 1000);
}

/**
 * dra_html_table_begin_cell:
 * @self: a table
 * @cell: the next cell of its row
 *
 * Finds the column of a cell, behind those that cells of rows above reach into.
 *
 * Returns: how many cells of the row end before it
 */
guint
dra_html_table_begin_cell (DraHtmlTable  *self,
                           const xmlNode *cell)
{
  guint columns = get_span (cell, "colspan");
  guint rows = get_span (cell, "rowspan");
  guint start, n;

  while (self->column < DRA_HTML_MAX_COLUMNS && self->spans[self->column] > 0)
    self->spans[self->column++]--;
  start = MIN (self->column, DRA_HTML_MAX_COLUMNS - 1);
  for (guint i = 0; i < columns && start + i < DRA_HTML_MAX_COLUMNS; i++)
    self->spans[start + i] = rows - 1;
  self->column = MIN (start + columns, DRA_HTML_MAX_COLUMNS);
  self->n_columns = MAX (self->n_columns, self->column);
  n = start - MIN (self->written, start);
  self->written = start;

  return n;
}
