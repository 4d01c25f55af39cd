/* dra-pages-article.c: an article as items of pages: paragraphs, rows of tables and pictures.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "writers/dra-pages-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "writers/dra-plain-output.h"

/* Bytes of a paragraph that are laid out at once: beyond, Pango's cost is not linear. */
#define MAX_CHUNK 8192

#define MAX_COLUMNS 12
#define COLUMN_GAP 10.0
#define INDENT 16.0
#define MAX_LABEL 8 /* characters of a footnote's label */

static DraPagesStyle
choose_style (const DraBlock *block)
{
  switch (block->kind)
    {
    case DRA_BLOCK_TITLE:
      return DRA_PAGES_TITLE;
    case DRA_BLOCK_BYLINE:
    case DRA_BLOCK_DATE:
      return DRA_PAGES_LEAD;
    case DRA_BLOCK_HEADING:
      return block->level <= 2 ? DRA_PAGES_HEADING_1 : DRA_PAGES_HEADING_2;
    case DRA_BLOCK_LIST_ITEM:
      return DRA_PAGES_ITEM;
    case DRA_BLOCK_QUOTATION:
      return DRA_PAGES_QUOTATION;
    case DRA_BLOCK_PREFORMATTED:
      return DRA_PAGES_CODE;
    case DRA_BLOCK_RULE:
      return DRA_PAGES_RULE;
    case DRA_BLOCK_CAPTION:
    case DRA_BLOCK_IMAGE:
      return DRA_PAGES_CAPTION;
    case DRA_BLOCK_FOOTNOTE:
      return DRA_PAGES_FOOTNOTE;
    case DRA_BLOCK_TABLE_ROW:
      return DRA_PAGES_CELL;
    case DRA_BLOCK_PARAGRAPH:
    default:
      return DRA_PAGES_BODY;
    }
}

static void
append_references (GString     *text,
                   GArray      *spans,
                   DraCopyWalk *walk,
                   gsize        pos,
                   gboolean     show)
{
  const DraCopyNote *note;

  while ((note = dra_copy_walk_reference (walk, pos)) != NULL)
    {
      gsize start = text->len;

      if (!show)
        continue;
      g_string_append_printf (text, "%u", note->number);
      dra_pages_add_span (spans, DRA_PAGES_SPAN_REFERENCE, note->number, start, text->len);
    }
}

/* The text of a range with what it is, and the numbers of notes in it. */
static void
fill_item (DraPages     *self,
           DraPagesItem *item,
           DraCopyWalk  *walk,
           DraRange      range,
           gsize         last)
{
  GString *text = g_string_sized_new (dra_range_length (range) + 16);
  gsize pos = range.start;

  while (pos < range.end)
    {
      DraCopySegment segment;
      gsize start;

      append_references (text, item->spans, walk, pos, self->options.notes);
      dra_copy_walk_segment (walk, pos, range.end, &segment);
      start = text->len;
      g_string_append_len (text, walk->text + pos, (gssize) (segment.end - pos));
      for (guint i = 0; i < DRA_COPY_N_STYLES; i++)
        if ((segment.styles >> i) & 1)
          dra_pages_add_span (item->spans, DRA_PAGES_SPAN_STYLE, i, start, text->len);
      if (segment.link != 0)
        dra_pages_add_span (item->spans, DRA_PAGES_SPAN_LINK, segment.link - 1, start, text->len);
      if (segment.mention != 0)
        dra_pages_add_span (item->spans, DRA_PAGES_SPAN_MENTION, segment.mention - 1, start, text->len);
      if (segment.mark != 0 && self->options.notes)
        dra_pages_add_span (item->spans, DRA_PAGES_SPAN_HIGHLIGHT, segment.mark - 1, start, text->len);
      pos = segment.end;
    }
  append_references (text, item->spans, walk, last, self->options.notes);
  g_free (item->text);
  item->text = g_string_free (text, FALSE);
}

/* Where a part of a long paragraph ends: at a space where there is one. */
static gsize
find_chunk_end (const char *text,
                gsize       start,
                gsize       end)
{
  gsize cut = start + MAX_CHUNK;

  if (end - start <= MAX_CHUNK + MAX_CHUNK / 4)
    return end;
  for (gsize i = cut; i > start + MAX_CHUNK / 2; i--)
    if (text[i] == ' ')
      return i + 1;
  while (((guchar) text[cut] & 0xC0) == 0x80)
    cut--;

  return cut;
}

/* Whether a paragraph is written from right to left: its first letter decides (UAX 9). */
static gboolean
find_direction (const char *text,
                gboolean    otherwise)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalpha (g_utf8_get_char (p)))
      return dra_pages_is_right_to_left (g_utf8_get_char (p));

  return otherwise;
}

static void
set_place (DraPages       *self,
           DraPagesItem   *item,
           const DraBlock *block)
{
  item->rtl = find_direction (item->text, self->rtl);
  if (block->kind == DRA_BLOCK_LIST_ITEM)
    item->indent = CLAMP (block->level, 1, 6) * INDENT;
  else if (block->kind == DRA_BLOCK_QUOTATION)
    item->indent = CLAMP (block->level, 1, 6) * INDENT;
  else if (block->kind == DRA_BLOCK_FOOTNOTE)
    item->indent = MAX (INDENT, block->label != NULL
                                  ? 6 + 4.6 * MIN (g_utf8_strlen (block->label, -1), MAX_LABEL) : 0);
  item->width = self->text_width - item->indent;
}

static void
add_paragraph (DraPages       *self,
               DraCopyWalk    *walk,
               const DraBlock *block,
               gsize           last)
{
  gsize pos = block->range.start;

  do
    {
      DraPagesItem *item = dra_pages_item_new (choose_style (block));
      gsize end = find_chunk_end (walk->text, pos, block->range.end);

      fill_item (self, item, walk, (DraRange){ pos, end }, end == block->range.end ? last : end);
      item->continued = pos > block->range.start;
      if (!item->continued && block->kind == DRA_BLOCK_LIST_ITEM)
        item->label = dra_plain_clean (block->label != NULL ? block->label : "•", FALSE);
      else if (!item->continued && block->kind == DRA_BLOCK_FOOTNOTE && block->label != NULL)
        {
          item->label = dra_plain_clean (block->label, FALSE);
          if (g_utf8_strlen (item->label, -1) > MAX_LABEL)
            *g_utf8_offset_to_pointer (item->label, MAX_LABEL) = '\0';
        }
      if (block->kind == DRA_BLOCK_HEADING || block->kind == DRA_BLOCK_TITLE)
        item->level = block->kind == DRA_BLOCK_TITLE ? 1 : CLAMP (block->level, 1, 6) + 1;
      set_place (self, item, block);
      g_ptr_array_add (self->items, item);
      pos = end;
    }
  while (pos < block->range.end);
}

/* A picture, no larger than it is at 96 pixels an inch and than half a page is high. */
static void
add_picture (DraPages           *self,
             const DraCopyImage *image)
{
  DraPagesItem *item = dra_pages_item_new (DRA_PAGES_BODY);
  double width = cairo_image_surface_get_width (image->surface) * .75;
  double height = cairo_image_surface_get_height (image->surface) * .75;
  double scale = MIN (1, MIN (self->text_width / width, (self->bottom - self->top) / 2 / height));

  item->image = cairo_surface_reference (image->surface);
  item->width = width * scale;
  item->height = height * scale;
  item->rtl = self->rtl;
  g_ptr_array_add (self->items, item);
}

/* The description stands for an image that is not there, and below one bears its notes. */
static void
add_image (DraPages       *self,
           DraCopyWalk    *walk,
           const DraBlock *block,
           gsize           last)
{
  const DraCopyImage *image = dra_copy_images_find (self->options.images, block->source);
  DraPagesItem *item = dra_pages_item_new (DRA_PAGES_CAPTION);
  g_autoptr (GString) numbers = g_string_new (NULL);
  g_autofree char *text = NULL;
  gsize start;

  if (image != NULL && image->surface != NULL)
    {
      add_picture (self, image);
      append_references (numbers, item->spans, walk, last, self->options.notes);
      if (numbers->len > 0)
        {
          g_free (item->text);
          item->text = g_strdup (numbers->str);
          set_place (self, item, block);
          g_ptr_array_add (self->items, item);
        }
      else
        dra_pages_item_free (item);
      return;
    }
  if (block->label != NULL && *block->label != '\0')
    text = g_strdup_printf (_("[Image: %s]"), block->label);
  else
    text = g_strdup (_("[Image]"));
  dra_pages_item_append (item, DRA_PAGES_SPAN_ITALIC, text);
  start = strlen (item->text);
  g_string_append (numbers, item->text);
  append_references (numbers, item->spans, walk, last, self->options.notes);
  if (numbers->len > start)
    {
      g_free (item->text);
      item->text = g_strdup (numbers->str);
    }
  set_place (self, item, block);
  g_ptr_array_add (self->items, item);
}

static double
natural_width (DraPages     *self,
               DraPagesItem *cell)
{
  g_autoptr (PangoLayout) layout = NULL;
  PangoRectangle extents;

  cell->width = 10000;
  layout = dra_pages_make_layout (self, cell);
  pango_layout_set_width (layout, -1);
  pango_layout_get_extents (layout, NULL, &extents);

  return extents.width / (double) PANGO_SCALE + 1;
}

/* Columns as wide as they need, the widest sharing what there is when it is too little. */
static void
share_width (double *widths,
             guint   n_columns,
             double  total)
{
  gboolean fixed[MAX_COLUMNS] = { FALSE };
  double sum = 0;

  total -= COLUMN_GAP * (n_columns - 1);
  for (guint i = 0; i < n_columns; i++)
    sum += widths[i];
  if (sum <= total)
    return;
  for (guint left = n_columns; left > 0;)
    {
      double share = total / left;
      gboolean any = FALSE;

      for (guint i = 0; i < n_columns; i++)
        if (!fixed[i] && widths[i] <= share)
          {
            fixed[i] = any = TRUE;
            total -= widths[i];
            left--;
          }
      if (any)
        continue;
      for (guint i = 0; i < n_columns; i++)
        if (!fixed[i])
          widths[i] = share;
      break;
    }
}

static GPtrArray *
split_row (DraPages       *self,
           DraCopyWalk    *walk,
           const DraBlock *row,
           gsize           last)
{
  GPtrArray *cells = g_ptr_array_new_with_free_func ((GDestroyNotify) dra_pages_item_free);
  gsize pos = row->range.start;

  for (;;)
    {
      const char *tab = memchr (walk->text + pos, '\t', row->range.end - pos);
      gsize end = tab != NULL ? (gsize) (tab - walk->text) : row->range.end;
      DraPagesItem *cell = dra_pages_item_new (DRA_PAGES_CELL);

      fill_item (self, cell, walk, (DraRange){ pos, end }, tab != NULL ? end : last);
      if (row->level > 0)
        dra_pages_add_span (cell->spans, DRA_PAGES_SPAN_STRONG, 0, 0, strlen (cell->text));
      g_ptr_array_add (cells, cell);
      if (tab == NULL)
        return cells;
      pos = end + 1;
    }
}

/**
 * dra_pages_row_height:
 * @self: pages
 * @item: a row of a table
 *
 * Returns: points that its highest cell needs
 */
double
dra_pages_row_height (DraPages           *self,
                      const DraPagesItem *item)
{
  double height = 0;

  for (guint i = 0; i < item->cells->len; i++)
    {
      g_autoptr (PangoLayout) layout = dra_pages_make_layout (self, item->cells->pdata[i]);

      height = MAX (height, dra_pages_measure (layout, NULL));
    }

  return height + 4;
}

/* A row no page has room for, or with more cells than a page is wide: below one another. */
static void
add_loose_cells (DraPages     *self,
                 DraPagesItem *row)
{
  for (guint i = 0; i < row->cells->len; i++)
    {
      DraPagesItem *cell = row->cells->pdata[i];

      cell->width = self->text_width - INDENT;
      cell->indent = i > 0 ? INDENT : 0;
      cell->x = 0;
      g_ptr_array_add (self->items, cell);
    }
  g_ptr_array_set_free_func (row->cells, NULL);
  dra_pages_item_free (row);
}

static guint
add_table (DraPages       *self,
           DraCopyWalk    *walk,
           const DraBlock *rows,
           guint           n_blocks)
{
  g_autoptr (GPtrArray) made = g_ptr_array_new ();
  double widths[MAX_COLUMNS] = { 0 };
  guint n_rows = 1, n_columns = 1;

  while (n_rows < n_blocks && rows[n_rows].kind == DRA_BLOCK_TABLE_ROW
         && g_strcmp0 (rows[n_rows].label, "first") != 0)
    n_rows++;
  for (guint i = 0; i < n_rows; i++)
    {
      DraPagesItem *row = dra_pages_item_new (DRA_PAGES_CELL);

      row->cells = split_row (self, walk, &rows[i],
                              i + 1 < n_blocks ? rows[i + 1].range.start : G_MAXSIZE);
      n_columns = MAX (n_columns, row->cells->len);
      for (guint j = 0; j < MIN (row->cells->len, MAX_COLUMNS); j++)
        widths[j] = MAX (widths[j], natural_width (self, row->cells->pdata[j]));
      g_ptr_array_add (made, row);
    }
  if (n_columns <= MAX_COLUMNS)
    share_width (widths, n_columns, self->text_width);

  for (guint i = 0; i < n_rows; i++)
    {
      DraPagesItem *row = made->pdata[i];
      double x = 0;

      for (guint j = 0; j < MIN (row->cells->len, MAX_COLUMNS); j++)
        {
          DraPagesItem *cell = row->cells->pdata[j];

          cell->x = x;
          cell->width = widths[j];
          x += widths[j] + COLUMN_GAP;
        }
      row->width = self->text_width;
      if (n_columns > MAX_COLUMNS
          || dra_pages_row_height (self, row) > self->bottom - self->top - 40)
        add_loose_cells (self, row);
      else
        g_ptr_array_add (self->items, row);
    }

  return n_rows;
}

/* Title, and who wrote it, when and where, as far as the text does not say so itself. */
static void
add_title (DraPages *self)
{
  const char *title = dra_article_get_title (self->article);
  DraPagesItem *item;

  if (title == NULL || dra_article_has_block (self->article, DRA_BLOCK_TITLE))
    return;
  item = dra_pages_item_new (DRA_PAGES_TITLE);
  dra_pages_item_append (item, DRA_PAGES_SPAN_PLAIN, title);
  item->width = self->text_width;
  item->level = 1;
  g_ptr_array_add (self->items, item);
}

static void
add_lead (DraPages *self)
{
  static const struct { DraMetadata which; DraBlockKind kind; } lines[] = {
    { DRA_METADATA_BYLINE, DRA_BLOCK_BYLINE },
    { DRA_METADATA_PUBLISHED, DRA_BLOCK_DATE },
    { DRA_METADATA_SITE, DRA_N_BLOCK_KINDS },
  };
  g_autoptr (GString) line = g_string_new (NULL);
  DraPagesItem *item;

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      const char *value = dra_article_get_metadata (self->article, lines[i].which);
      g_autofree char *date = NULL;

      if (value == NULL || (lines[i].kind < DRA_N_BLOCK_KINDS && dra_article_has_block (self->article, lines[i].kind)))
        continue;
      if (lines[i].which == DRA_METADATA_PUBLISHED)
        dra_copy_format_date (value, &date);
      g_string_append (line, line->len > 0 ? " · " : "");
      g_string_append (line, date != NULL ? date : value);
    }
  if (line->len == 0)
    return;
  item = dra_pages_item_new (DRA_PAGES_LEAD);
  dra_pages_item_append (item, DRA_PAGES_SPAN_SOFT, line->str);
  item->width = self->text_width;
  g_ptr_array_add (self->items, item);
}

/**
 * dra_pages_add_article:
 * @self: pages with no items
 * @cancellable: (nullable): a cancellable
 * @error: return location for %G_IO_ERROR_CANCELLED
 *
 * Makes items of the article.
 *
 * Returns: %FALSE when cancelled
 */
gboolean
dra_pages_add_article (DraPages      *self,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_auto (DraCopyWalk) walk = { 0 };
  guint n_blocks;
  const DraBlock *blocks = dra_article_get_blocks (self->article, &n_blocks);
  gboolean had_title = dra_article_has_block (self->article, DRA_BLOCK_TITLE);

  dra_copy_walk_init (&walk, self->article, self->options.marks ? self->cast : NULL, &self->notes);
  add_title (self);
  if (!had_title)
    add_lead (self);
  for (guint i = 0; i < n_blocks; i++)
    {
      gsize last = i + 1 < n_blocks ? blocks[i + 1].range.start : G_MAXSIZE;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (blocks[i].kind == DRA_BLOCK_TABLE_ROW)
        i += add_table (self, &walk, &blocks[i], n_blocks - i) - 1;
      else if (blocks[i].kind == DRA_BLOCK_IMAGE)
        add_image (self, &walk, &blocks[i], last);
      else
        add_paragraph (self, &walk, &blocks[i], last);
      if (had_title && blocks[i].kind == DRA_BLOCK_TITLE)
        {
          had_title = FALSE;
          add_lead (self);
        }
    }

  return TRUE;
}
