/* dra-article-text-places.c: where a passage stands, and what is at a place.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-article-text-private.h"

#include <math.h>

/* --- keeping a place in view ------------------------------------------------------ */

/* Puts a place at this share of the window's height, once lines have their heights. */
static void
scroll_to (DraArticleText    *self,
           const GtkTextIter *iter,
           double             share)
{
  GtkTextBuffer *buffer = gtk_text_iter_get_buffer (iter);
  GtkTextMark *mark = gtk_text_buffer_get_mark (buffer, "pin");

  if (mark == NULL)
    mark = gtk_text_buffer_create_mark (buffer, "pin", iter, TRUE);
  gtk_text_buffer_move_mark (buffer, mark, iter);
  self->pinned = TRUE;
  self->pin_share = share;
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self), mark, 0, TRUE, 0, share);
}

/**
 * dra_article_text_realign:
 *
 * GtkTextView finds out the heights of lines when idle and loses its place on the way when
 * those above it change.  The place last asked for is kept until the reader moves.
 */
void
dra_article_text_realign (DraArticleText *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextMark *mark = gtk_text_buffer_get_mark (buffer, "pin");
  GdkRectangle visible, place;
  GtkTextIter iter;
  double by;

  if (!self->pinned || mark == NULL)
    return;
  gtk_text_buffer_get_iter_at_mark (buffer, &iter, mark);
  gtk_text_view_get_visible_rect (view, &visible);
  gtk_text_view_get_iter_location (view, &iter, &place);
  by = place.y - self->pin_share * (visible.height - place.height) - visible.y;
  if (fabs (by) >= 1)
    gtk_adjustment_set_value (self->vadjustment,
                              gtk_adjustment_get_value (self->vadjustment) + by);
}

/**
 * dra_article_text_pin_top:
 *
 * Has the text that is at the top of the window stay there while lines above it get other
 * heights, until the reader moves.
 */
void
dra_article_text_pin_top (DraArticleText *self)
{
  GtkTextIter top;

  if (self->pinned || self->vadjustment == NULL
      || gtk_adjustment_get_value (self->vadjustment) <= 0)
    return;
  if (dra_article_text_get_iter (self, dra_article_text_get_visible_offset (self), &top))
    scroll_to (self, &top, 0);
}

/* --- positions -------------------------------------------------------------------- */

/**
 * dra_article_text_get_iter:
 * @offset: bytes of the article
 * @iter: (out): the place in the buffer
 *
 * Returns: FALSE when that part of the text is not in the buffer yet; @iter is then its end
 */
gboolean
dra_article_text_get_iter (DraArticleText *self,
                           gsize           offset,
                           GtkTextIter    *iter)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  gboolean there = self->layout != NULL && offset <= self->filled;

  gtk_text_buffer_get_iter_at_offset (buffer, iter,
                                      there ? (int) dra_text_layout_to_buffer (self->layout,
                                                                               offset)
                                            : -1);
  return there;
}

/**
 * dra_article_text_get_offset:
 * @iter: a place in the buffer
 *
 * Returns: bytes of the article
 */
gsize
dra_article_text_get_offset (DraArticleText    *self,
                             const GtkTextIter *iter)
{
  if (self->layout == NULL)
    return 0;
  return dra_text_layout_to_article (self->layout, gtk_text_iter_get_offset (iter));
}

/**
 * dra_article_text_reveal:
 * @range: bytes of the article
 *
 * Scrolls so that the passage stands in the upper half, unless it is comfortably in view
 * already.  Waits for the text when it is still being filled in.
 */
void
dra_article_text_reveal (DraArticleText *self,
                         DraRange        range)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GdkRectangle visible, place, end_place;
  GtkTextIter start, end;

  self->reveal_pending = self->reveal_on_top = FALSE;
  if (!dra_article_text_get_iter (self, range.end, &end)
      || !dra_article_text_get_iter (self, range.start, &start))
    {
      self->reveal_pending = TRUE;
      self->reveal_range = range;
      return;
    }
  gtk_text_view_get_visible_rect (view, &visible);
  if (visible.height > 1)
    {
      gtk_text_view_get_iter_location (view, &start, &place);
      gtk_text_view_get_iter_location (view, &end, &end_place);
      if (place.y >= visible.y + visible.height / 12
          && end_place.y + end_place.height <= visible.y + visible.height * 7 / 8)
        return;
    }
  scroll_to (self, &start, .3);
}

/**
 * dra_article_text_unpin:
 *
 * The reader moves by hand: from now on the text may stand anywhere.
 */
void
dra_article_text_unpin (DraArticleText *self)
{
  self->pinned = FALSE;
}

/**
 * dra_article_text_select:
 * @range: bytes of the article
 *
 * Selects the passage, as soon as it is in the buffer.
 */
void
dra_article_text_select (DraArticleText *self,
                         DraRange        range)
{
  GtkTextIter start, end;

  self->select_pending = !dra_article_text_get_iter (self, range.end, &end)
                         || !dra_article_text_get_iter (self, range.start, &start);
  self->select_range = range;
  if (!self->select_pending)
    gtk_text_buffer_select_range (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self)), &end,
                                  &start);
}

/**
 * dra_article_text_get_selection:
 * @range: (out): bytes of the article
 *
 * Returns: FALSE when nothing is selected
 */
gboolean
dra_article_text_get_selection (DraArticleText *self,
                                DraRange       *range)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  GtkTextIter start, end;

  *range = (DraRange) { 0, 0 };
  if (self->layout == NULL || !gtk_text_buffer_get_selection_bounds (buffer, &start, &end))
    return FALSE;
  range->start = dra_article_text_get_offset (self, &start);
  range->end = dra_article_text_get_offset (self, &end);
  return range->start < range->end;
}

static const char *
find_link (DraArticleText *self,
           gsize           offset)
{
  const DraStyle *styles;
  const DraBlock *blocks;
  guint n_styles, n_blocks;
  guint low = 0, high;
  int block = dra_article_find_block (self->article, offset);

  if (block < 0)
    return NULL;
  blocks = dra_article_get_blocks (self->article, &n_blocks);
  styles = dra_article_get_styles (self->article, &n_styles);
  for (high = n_styles; low < high;)
    {
      guint middle = low + (high - low) / 2;

      if (styles[middle].range.start < blocks[block].range.start)
        low = middle + 1;
      else
        high = middle;
    }
  for (; low < n_styles && styles[low].range.start <= offset; low++)
    if (styles[low].kind == DRA_STYLE_LINK && dra_range_contains (styles[low].range, offset))
      return styles[low].target;
  return NULL;
}

/**
 * dra_article_text_find_spot:
 * @offset: bytes of the article
 * @spot: (out): what is there
 *
 * Finds the mention, note and link that hold a character.
 */
void
dra_article_text_find_spot (DraArticleText *self,
                            gsize           offset,
                            DraTextSpot    *spot)
{
  const DraBlock *blocks;
  guint n_blocks;
  int block;

  *spot = (DraTextSpot) { .offset = offset, .mention = -1, .picture = -1 };
  if (self->article == NULL)
    return;
  blocks = dra_article_get_blocks (self->article, &n_blocks);
  block = dra_article_find_block (self->article, offset);
  if (self->cast != NULL)
    spot->mention = dra_cast_find_mention (self->cast, offset);
  if (spot->mention >= 0 && !dra_article_text_shows_mention (self, spot->mention))
    spot->mention = -1;
  for (guint i = dra_article_text_first_note (self, offset); i < self->notes->len; i++)
    {
      DraNoteSpan *span = &g_array_index (self->notes, DraNoteSpan, i);

      if (span->range.start > offset)
        break;
      if (dra_range_contains (span->range, offset))
        spot->note = span->note; /* starts later than the ones before: the inner */
    }
  spot->link = find_link (self, offset);
  if (block >= 0 && blocks[block].kind == DRA_BLOCK_IMAGE
      && dra_range_contains (blocks[block].range, offset))
    spot->picture = block;
}

/**
 * dra_article_text_pick:
 * @x: in the widget, pixels
 * @y: in the widget, pixels
 * @spot: (out): what is there
 *
 * Returns: FALSE when the point is not on a letter of the article
 */
gboolean
dra_article_text_pick (DraArticleText *self,
                       double          x,
                       double          y,
                       DraTextSpot    *spot)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GtkTextIter iter;
  int buffer_x, buffer_y;

  *spot = (DraTextSpot) { .mention = -1, .picture = -1 };
  gtk_text_view_window_to_buffer_coords (view, GTK_TEXT_WINDOW_WIDGET, (int) x, (int) y,
                                         &buffer_x, &buffer_y);
  if (self->article == NULL
      || !gtk_text_view_get_iter_at_location (view, &iter, buffer_x, buffer_y))
    return FALSE;
  dra_article_text_find_spot (self, dra_article_text_get_offset (self, &iter), spot);
  return TRUE;
}

/**
 * dra_article_text_get_visible_offset:
 *
 * Returns: bytes of the article: where the text in view begins
 */
gsize
dra_article_text_get_visible_offset (DraArticleText *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GdkRectangle visible;
  GtkTextIter iter;

  /* Before lines have a height, any of them is at the top. */
  if (self->vadjustment == NULL || gtk_adjustment_get_value (self->vadjustment) <= 0)
    return 0;
  gtk_text_view_get_visible_rect (view, &visible);
  gtk_text_view_get_iter_at_location (view, &iter, self->column_x + 1, visible.y + 2);
  return dra_article_text_get_offset (self, &iter);
}

/**
 * dra_article_text_get_visible_end:
 *
 * Returns: bytes of the article: where the text in view ends
 */
gsize
dra_article_text_get_visible_end (DraArticleText *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GdkRectangle visible;
  GtkTextIter iter;

  gtk_text_view_get_visible_rect (view, &visible);
  gtk_text_view_get_iter_at_location (view, &iter, self->column_x + self->column_width - 1,
                                      visible.y + visible.height - 1);
  return dra_article_text_get_offset (self, &iter);
}

/**
 * dra_article_text_put_on_top:
 * @offset: bytes of the article
 *
 * Scrolls so that this text is the first in view, as soon as it is in the buffer.
 */
void
dra_article_text_put_on_top (DraArticleText *self,
                             gsize           offset)
{
  GtkTextIter iter;

  self->reveal_pending = self->reveal_on_top = FALSE;
  if (!dra_article_text_get_iter (self, offset, &iter))
    {
      self->reveal_pending = self->reveal_on_top = TRUE;
      self->reveal_range = (DraRange) { offset, offset };
      return;
    }
  scroll_to (self, &iter, 0);
}

/**
 * dra_article_text_reveal_pending:
 *
 * Goes where the reader was to be taken, when its text has come into the buffer.
 */
void
dra_article_text_reveal_pending (DraArticleText *self)
{
  if (!self->reveal_pending || self->reveal_range.end > self->filled)
    return;
  if (self->reveal_on_top)
    dra_article_text_put_on_top (self, self->reveal_range.start);
  else
    dra_article_text_reveal (self, self->reveal_range);
}
