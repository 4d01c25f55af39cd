/* dra-note-margin-places.c: where cards and markers stand beside their passages.
 *
 * Each wants the height of its passage's first line; dra-note-placement.c says where it
 * stands, and it glides there unless the desktop wants no motion.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-note-margin-private.h"

#include <math.h>

#include "app/dra-note-colors.h"
#include "app/dra-note-placement.h"

#define ELBOW 10           /* pixels left of the cards, where a connector bends */
#define GAP 8              /* pixels between cards */
#define CARD_FIRST_LINE 19 /* pixels from a card's top to the middle of its first line */

static int
wanted_y (DraNoteMargin     *self,
          DraNoteMarginItem *item)
{
  GtkTextView *view = GTK_TEXT_VIEW (self->text);
  GdkRectangle place;
  GtkTextIter iter;
  int y;

  dra_article_text_get_iter (self->text, item->range.start, &iter);
  gtk_text_view_get_iter_location (view, &iter, &place);
  gtk_text_view_buffer_to_window_coords (view, GTK_TEXT_WINDOW_WIDGET, 0, place.y, NULL, &y);
  /* The first line of the card's text beside the first of the passage. */
  return self->compact ? y + (place.height - item->height) / 2
                       : y + place.height / 2 - CARD_FIRST_LINE;
}

/* Cards glide to where they are pushed; what scrolls with the text does so at once. */
static gboolean
glide_cb (GtkWidget     *widget,
          GdkFrameClock *clock,
          gpointer       unused)
{
  DraNoteMargin *self = DRA_NOTE_MARGIN (widget);
  gint64 now = gdk_frame_clock_get_frame_time (clock);
  gboolean more = FALSE;

  for (guint i = 0; i < self->items->len; i++)
    {
      DraNoteMarginItem *item = g_ptr_array_index (self->items, i);

      if (item->placed)
        more |= dra_note_placement_ease (&item->offset, item->target, now - self->glide_time);
    }
  self->glide_time = now;
  gtk_widget_queue_allocate (widget);
  if (!more)
    self->glide_id = 0;
  return more ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
start_gliding (DraNoteMargin *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  if (self->glide_id != 0 || clock == NULL)
    return;
  self->glide_time = gdk_frame_clock_get_frame_time (clock);
  self->glide_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), glide_cb, NULL, NULL);
}

/**
 * dra_note_margin_place: (skip)
 * @self: a margin
 * @shown: (element-type DraNoteMarginItem): those with a widget, by place in the text
 * @width: pixels
 *
 * Says where each goes, and where it stands on its way there: the same rule for both, so that
 * no card covers another at any moment.
 */
void
dra_note_margin_place (DraNoteMargin *self,
                       GPtrArray     *shown,
                       int            width)
{
  g_autofree DraNotePlacement *places = g_new0 (DraNotePlacement, MAX (shown->len, 1));
  const gboolean glides = !self->compact && adw_get_enable_animations (GTK_WIDGET (self));
  const double gap = self->compact ? 2 : GAP;
  guint active = G_MAXUINT;
  gboolean away = FALSE;

  for (guint i = 0; i < shown->len; i++)
    {
      DraNoteMarginItem *item = g_ptr_array_index (shown, i);

      gtk_widget_measure (item->widget, GTK_ORIENTATION_VERTICAL, width, NULL, &item->height,
                          NULL, NULL);
      item->want = wanted_y (self, item);
      places[i] = (DraNotePlacement) { item->want, item->height, 0 };
      if (item->note == self->active)
        active = i;
    }
  dra_note_placement_place (places, shown->len, active, gap);
  for (guint i = 0; i < shown->len; i++)
    {
      DraNoteMarginItem *item = g_ptr_array_index (shown, i);

      item->target = places[i].y - item->want;
      if (!item->placed || !glides)
        item->offset = item->target;
      item->placed = TRUE;
      away |= item->offset != item->target;
      places[i].want = item->want + item->offset;
    }
  dra_note_placement_place (places, shown->len, active, gap);
  for (guint i = 0; i < shown->len; i++)
    ((DraNoteMarginItem *) g_ptr_array_index (shown, i))->y = (int) round (places[i].y);
  if (away)
    start_gliding (self);
}

/* Where the last line of a passage ends, in pixels of the margin. */
static gboolean
find_passage_end (DraNoteMargin     *self,
                  DraNoteMarginItem *item,
                  double            *x,
                  double            *y)
{
  GtkTextView *view = GTK_TEXT_VIEW (self->text);
  GdkRectangle place;
  GtkTextIter iter;
  int left, bottom;

  dra_article_text_get_iter (self->text, item->range.end, &iter);
  gtk_text_iter_backward_char (&iter);
  gtk_text_view_get_iter_location (view, &iter, &place);
  gtk_text_view_buffer_to_window_coords (view, GTK_TEXT_WINDOW_WIDGET, place.x + place.width,
                                         place.y + place.height, &left, &bottom);
  return gtk_widget_translate_coordinates (GTK_WIDGET (view), GTK_WIDGET (self), left, bottom, x, y);
}

/**
 * dra_note_margin_draw_connector: (skip)
 * @self: a margin
 * @snapshot: what is drawn on
 * @item: one whose card is there
 *
 * Draws a line from the passage to its card.
 */
void
dra_note_margin_draw_connector (DraNoteMargin     *self,
                                GtkSnapshot       *snapshot,
                                DraNoteMarginItem *item)
{
  g_autofree char *name = g_strdup_printf ("dra_note_%s_line",
                                           dra_note_color_to_string (dra_note_get_color (item->note)));
  const int height = gtk_widget_get_height (GTK_WIDGET (self));
  double x, y;
  GdkRGBA color;
  cairo_t *cr;

  if (!find_passage_end (self, item, &x, &y) || x > -2 * ELBOW ||
      !gtk_style_context_lookup_color (gtk_widget_get_style_context (GTK_WIDGET (self)), name, &color))
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT ((float) x, 0, (float) -x + 2, (float) height));
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_set_line_width (cr, 1.5);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_move_to (cr, x, y - 0.75);
  cairo_line_to (cr, -ELBOW, y - 0.75);
  cairo_line_to (cr, 1, item->y + CARD_FIRST_LINE);
  cairo_stroke (cr);
  cairo_destroy (cr);
}
