/* dra-article-text-blocks.c: list markers, bars, rules, frames and the line under the title.
 *
 * They are drawn and never part of the text, so that a selection, a copy or a search sees
 * the article's own characters only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-article-text-private.h"

#include <math.h>

static void
draw_layout (GtkSnapshot   *snapshot,
             PangoLayout   *layout,
             double         x,
             double         y,
             const GdkRGBA *color)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

static gboolean
get_place (DraArticleText *self,
           gsize           offset,
           GdkRectangle   *place)
{
  GtkTextIter iter;

  if (!dra_article_text_get_iter (self, offset, &iter))
    return FALSE;
  gtk_text_view_get_iter_location (GTK_TEXT_VIEW (self), &iter, place);
  return TRUE;
}

static void
draw_marker (DraArticleText *self,
             GtkSnapshot    *snapshot,
             const DraBlock *block,
             const char     *label)
{
  const DraTextMetrics *metrics = dra_text_style_get_metrics (self->style);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), label);
  GdkRectangle place;
  int width, height;
  double gap = metrics->size * .42;
  double x;

  if (!get_place (self, block->range.start, &place))
    return;
  pango_layout_get_pixel_size (layout, &width, &height);
  /* The first letter of a paragraph from right to left has its box to the left of it. */
  x = place.width < 0 ? place.x + gap : place.x - gap - width;
  draw_layout (snapshot, layout, x, place.y + (place.height - height) / 2.,
               &self->palette.text);
}

static void
draw_bar (DraArticleText *self,
          GtkSnapshot    *snapshot,
          const DraBlock *block,
          gboolean        goes_on)
{
  const DraTextMetrics *metrics = dra_text_style_get_metrics (self->style);
  GdkRectangle first, last;
  float width = MAX (2.f, (float) metrics->size / 8);
  float below = goes_on ? metrics->paragraph : 0;
  guint depth = CLAMP (block->level, 1, 6);

  if (!get_place (self, block->range.start, &first)
      || !get_place (self, MIN (block->range.end, self->filled), &last))
    return;
  for (guint i = 0; i < depth; i++)
    {
      float inset = metrics->indent * (i + .35f);
      float x = first.width < 0 ? self->column_x + self->column_width - inset - width
                                : self->column_x + inset;

      gtk_snapshot_append_color (snapshot, &self->palette.faint,
                                 &GRAPHENE_RECT_INIT (x, first.y, width,
                                                      last.y + last.height + below - first.y));
    }
}

static void
draw_rule (DraArticleText *self,
           GtkSnapshot    *snapshot,
           const DraBlock *block)
{
  const DraTextMetrics *metrics = dra_text_style_get_metrics (self->style);
  float dot = MAX (2.f, roundf ((float) metrics->size / 5));
  float pitch = dot * 6;
  GdkRectangle place;
  float x, y;

  if (!get_place (self, block->range.start, &place))
    return;
  x = self->column_x + self->column_width / 2.f - pitch - dot / 2;
  y = place.y + place.height / 2.f - dot / 2;
  for (guint i = 0; i < 3; i++)
    {
      graphene_rect_t bounds = GRAPHENE_RECT_INIT (x + i * pitch, y, dot, dot);
      GskRoundedRect shape;

      gsk_rounded_rect_init_from_rect (&shape, &bounds, dot / 2);
      gtk_snapshot_push_rounded_clip (snapshot, &shape);
      gtk_snapshot_append_color (snapshot, &self->palette.secondary, &bounds);
      gtk_snapshot_pop (snapshot);
    }
}

/* Lines above the first row, below each row, a stronger one below the headings. */
static void
draw_row (DraArticleText *self,
          GtkSnapshot    *snapshot,
          const DraBlock *block)
{
  const DraTextMetrics *metrics = dra_text_style_get_metrics (self->style);
  float half = metrics->leading * .7f + (float) metrics->size * .05f;
  GdkRectangle first, end;

  if (!get_place (self, block->range.start, &first)
      || !get_place (self, MIN (block->range.end, self->filled), &end))
    return;
  if (g_strcmp0 (block->label, "first") == 0)
    gtk_snapshot_append_color (snapshot, &self->palette.faint,
                               &GRAPHENE_RECT_INIT (self->column_x, first.y - half,
                                                    self->column_width, 1));
  gtk_snapshot_append_color (snapshot,
                             block->level > 0 ? &self->palette.secondary : &self->palette.faint,
                             &GRAPHENE_RECT_INIT (self->column_x, end.y + end.height + half - 1,
                                                  self->column_width, 1));
}

static void
draw_meta (DraArticleText *self,
           GtkSnapshot    *snapshot)
{
  const DraTextMetrics *metrics = dra_text_style_get_metrics (self->style);
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autoptr (PangoLayout) layout = NULL;
  PangoFontDescription *font;
  const DraBlock *blocks;
  GdkRectangle place = { .y = metrics->top };
  guint n_blocks;
  double x, y;

  if (self->meta == NULL || *self->meta == '\0' || parent == NULL)
    return;
  /* In the letters of the interface: the program says this, not the article. */
  layout = gtk_widget_create_pango_layout (parent, self->meta);
  font = pango_font_description_copy (
    pango_context_get_font_description (pango_layout_get_context (layout)));
  pango_font_description_set_absolute_size (font, metrics->size * .66 * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_width (layout, self->column_width * PANGO_SCALE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);

  x = self->column_x;
  y = -metrics->meta; /* in the top margin: the text begins at 0 */
  blocks = dra_article_get_blocks (self->article, &n_blocks);
  if (self->n_header > 0)
    {
      gboolean title = blocks[self->n_header - 1].kind == DRA_BLOCK_TITLE;

      if (!get_place (self, blocks[self->n_header - 1].range.end, &place))
        return;
      y = place.y + place.height + metrics->size * (title ? .55 : .3);
    }
  draw_layout (snapshot, layout, x, y, &self->palette.secondary);
}

/**
 * dra_article_text_snapshot_blocks:
 * @visible: bytes of the article in view
 *
 * Draws what belongs to the blocks in view and is not text.
 */
void
dra_article_text_snapshot_blocks (DraArticleText *self,
                                  GtkSnapshot    *snapshot,
                                  DraRange        visible)
{
  const DraBlock *blocks;
  guint n_blocks;
  guint low = 0, high;

  blocks = dra_article_get_blocks (self->article, &n_blocks);
  for (high = n_blocks; low < high;)
    {
      guint middle = low + (high - low) / 2;

      if (blocks[middle].range.end < visible.start)
        low = middle + 1;
      else
        high = middle;
    }
  if (low <= self->n_header)
    draw_meta (self, snapshot);
  for (guint i = low; i < n_blocks && blocks[i].range.start <= visible.end; i++)
    switch (blocks[i].kind)
      {
      case DRA_BLOCK_LIST_ITEM:
        draw_marker (self, snapshot, &blocks[i],
                     blocks[i].label != NULL && *blocks[i].label != '\0' ? blocks[i].label : "•");
        break;
      case DRA_BLOCK_FOOTNOTE:
        if (blocks[i].label != NULL && g_hash_table_contains (self->footnotes, blocks[i].label))
          draw_marker (self, snapshot, &blocks[i],
                       g_hash_table_lookup (self->footnotes, blocks[i].label));
        break;
      case DRA_BLOCK_TABLE_ROW:
        draw_row (self, snapshot, &blocks[i]);
        break;
      case DRA_BLOCK_QUOTATION:
        draw_bar (self, snapshot, &blocks[i],
                  i + 1 < n_blocks && blocks[i + 1].kind == DRA_BLOCK_QUOTATION);
        break;
      case DRA_BLOCK_RULE:
        draw_rule (self, snapshot, &blocks[i]);
        break;
      case DRA_BLOCK_TITLE:
      case DRA_BLOCK_BYLINE:
      case DRA_BLOCK_DATE:
      case DRA_BLOCK_HEADING:
      case DRA_BLOCK_PARAGRAPH:
      case DRA_BLOCK_PREFORMATTED:
      case DRA_BLOCK_CAPTION:
      case DRA_BLOCK_IMAGE:
      default:
        break;
      }
}
