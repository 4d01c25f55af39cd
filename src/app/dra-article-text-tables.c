/* dra-article-text-tables.c: the columns of tables.
 *
 * Cells are separated by tabs in the text, so a table needs nothing but tab stops: one tag
 * a table.  Columns are as wide as their widest cell; where that is more than the text
 * column has, the wide ones give way.  Widths are sums of letters measured once, because
 * laying out each cell would take too long for a long table.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-article-text-private.h"

#include <string.h>

#define MAX_COLUMNS 64
#define MAX_ROWS 200 /* that are looked at */
#define GAP 1.1      /* between columns, times the size */

typedef struct
{
  guint       first, end; /* blocks */
  guint       n_columns;
  double      width[MAX_COLUMNS]; /* of the widest cell, times the size of the letters */
  GtkTextTag *tag;                /* unowned: the tag table has it */
} Table;

struct _DraTextTables
{
  GArray *tables; /* of Table, by first */
  float   letters[128]; /* times the size */
  float   wide;         /* any other letter */
};

/**
 * dra_text_tables_new:
 *
 * Returns: (transfer full): no tables; free with dra_text_tables_free()
 */
DraTextTables *
dra_text_tables_new (void)
{
  DraTextTables *self = g_new0 (DraTextTables, 1);

  self->tables = g_array_new (FALSE, TRUE, sizeof (Table));

  return self;
}

/**
 * dra_text_tables_free:
 * @self: what dra_text_tables_new() gave
 */
void
dra_text_tables_free (DraTextTables *self)
{
  g_array_unref (self->tables);
  g_free (self);
}

static void
measure_letters (DraArticleText *self)
{
  DraTextTables *tables = self->tables;
  const DraTextMetrics *metrics = dra_text_style_get_metrics (self->style);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  int width;

  for (char c = ' '; c < 127; c++)
    {
      pango_layout_set_text (layout, &c, 1);
      pango_layout_get_size (layout, &width, NULL);
      tables->letters[(int) c] = (float) (width / (double) PANGO_SCALE / metrics->size);
    }
  tables->wide = tables->letters['M'];
}

static double
text_width (const DraTextTables *tables,
            const char          *text,
            const char          *end)
{
  double width = 0;

  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c < 128)
        width += tables->letters[c];
      else if (g_unichar_iswide (c))
        width += 1.05;
      else if (!g_unichar_iszerowidth (c))
        width += tables->wide * .75;
    }

  return width;
}

static void
add_row (DraArticleText *self,
         Table          *table,
         const DraBlock *block)
{
  const char *text = dra_article_get_text (self->article, NULL);
  const char *p = text + block->range.start;
  const char *end = text + block->range.end;
  double bold = block->level > 0 ? 1.1 : 1;

  for (guint column = 0; column < MAX_COLUMNS; column++)
    {
      const char *tab = memchr (p, '\t', end - p);
      double width = text_width (self->tables, p, tab != NULL ? tab : end) * bold;

      table->width[column] = MAX (table->width[column], width);
      table->n_columns = MAX (table->n_columns, column + 1);
      if (tab == NULL)
        return;
      p = tab + 1;
    }
}

static void
set_stops (DraArticleText *self,
           Table          *table)
{
  const DraTextMetrics *metrics = dra_text_style_get_metrics (self->style);
  double scale = metrics->size * DRA_TEXT_TABLE_SCALE;
  double gap = GAP * scale;
  double free = self->column_width - gap * (table->n_columns - 1);
  double limit = free;
  guint n_wide = table->n_columns;
  PangoTabArray *stops;
  double x = 0;

  if (table->n_columns < 2)
    return;
  /* Columns narrower than an even share keep their width; the others share the rest. */
  for (guint pass = 0; pass < 8 && n_wide > 0; pass++)
    {
      double rest = free;
      guint n = 0;

      limit = free / n_wide;
      for (guint i = 0; i < table->n_columns; i++)
        if (table->width[i] * scale <= limit)
          rest -= table->width[i] * scale;
        else
          n++;
      if (n == 0)
        {
          limit = G_MAXDOUBLE;
          break;
        }
      if (rest / n <= limit + .5)
        break;
      n_wide = MAX (1, (guint) (free / (rest / n)));
      limit = rest / n;
    }

  stops = pango_tab_array_new ((int) table->n_columns - 1, TRUE);
  for (guint i = 0; i + 1 < table->n_columns; i++)
    {
      x += MAX (MIN (table->width[i] * scale, limit), scale) + gap;
      pango_tab_array_set_tab (stops, (int) i, PANGO_TAB_LEFT, (int) x);
    }
  g_object_set (table->tag, "tabs", stops, NULL);
  pango_tab_array_free (stops);
}

static Table *
make_table (DraArticleText *self,
            guint           index)
{
  GtkTextTagTable *tags = dra_text_style_get_table (self->style);
  guint n_blocks;
  const DraBlock *blocks = dra_article_get_blocks (self->article, &n_blocks);
  Table table = { .first = index, .end = index + 1 };

  if (self->tables->wide <= 0)
    measure_letters (self);
  while (table.first > 0 && g_strcmp0 (blocks[table.first].label, "first") != 0
         && blocks[table.first - 1].kind == DRA_BLOCK_TABLE_ROW)
    table.first--;
  while (table.end < n_blocks && blocks[table.end].kind == DRA_BLOCK_TABLE_ROW
         && g_strcmp0 (blocks[table.end].label, "first") != 0)
    table.end++;
  for (guint i = table.first; i < MIN (table.end, table.first + MAX_ROWS); i++)
    add_row (self, &table, &blocks[i]);
  table.tag = gtk_text_tag_new (NULL);
  gtk_text_tag_table_add (tags, table.tag);
  g_object_unref (table.tag);
  set_stops (self, &table);
  g_array_append_val (self->tables->tables, table);

  return &g_array_index (self->tables->tables, Table, self->tables->tables->len - 1);
}

/**
 * dra_article_text_get_table_tag:
 * @block: index of a block that is a row
 *
 * Rows are asked for in the order of the text.
 *
 * Returns: (transfer none): the tag with the stops of its table
 */
GtkTextTag *
dra_article_text_get_table_tag (DraArticleText *self,
                                guint           block)
{
  GArray *tables = self->tables->tables;
  Table *last = tables->len > 0 ? &g_array_index (tables, Table, tables->len - 1) : NULL;

  if (last == NULL || block >= last->end)
    last = make_table (self, block);

  return last->tag;
}

/**
 * dra_article_text_update_tables:
 *
 * Sets the stops anew for another column width or size of the letters.
 */
void
dra_article_text_update_tables (DraArticleText *self)
{
  if (self->tables->tables->len == 0)
    return;
  measure_letters (self);
  for (guint i = 0; i < self->tables->tables->len; i++)
    set_stops (self, &g_array_index (self->tables->tables, Table, i));
}

/**
 * dra_article_text_clear_tables:
 *
 * Forgets the tables of the article that was shown.
 */
void
dra_article_text_clear_tables (DraArticleText *self)
{
  GtkTextTagTable *tags = dra_text_style_get_table (self->style);

  for (guint i = 0; i < self->tables->tables->len; i++)
    gtk_text_tag_table_remove (tags, g_array_index (self->tables->tables, Table, i).tag);
  g_array_set_size (self->tables->tables, 0);
  self->tables->wide = 0;
}
