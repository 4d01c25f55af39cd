/* dra-tick-strip.c: draws a tick for each place, at its share of the text's height.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-tick-strip.h"

#include <math.h>

struct _DraTickStrip
{
  GtkWidget parent_instance;

  DraArticleText *text;    /* unowned: a sibling that lives as long */
  GArray         *offsets; /* (nullable): gsize, bytes of the article, ascending */
  int             current;
  GdkRGBA         color;
};

G_DEFINE_FINAL_TYPE (DraTickStrip, dra_tick_strip, GTK_TYPE_WIDGET)

static double
tick_y (DraTickStrip *self,
        guint         index,
        int           height)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->text));
  double upper = adjustment != NULL ? gtk_adjustment_get_upper (adjustment) : 0;
  GtkTextIter iter;
  int y, line_height;
  double within;

  if (upper <= 0
      || !dra_article_text_get_iter (self->text, g_array_index (self->offsets, gsize, index),
                                     &iter))
    return -1;
  gtk_text_view_get_line_yrange (GTK_TEXT_VIEW (self->text), &iter, &y, &line_height);
  /* Near enough, without having the paragraph laid out. */
  within = (double) gtk_text_iter_get_line_offset (&iter)
           / MAX (1, gtk_text_iter_get_chars_in_line (&iter));
  return (y + within * line_height + dra_article_text_get_metrics (self->text)->top) / upper * height;
}

static void
dra_tick_strip_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  DraTickStrip *self = DRA_TICK_STRIP (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  float last = -10;

  for (guint i = 0; self->offsets != NULL && i < self->offsets->len; i++)
    {
      gboolean current = (int) i == self->current;
      float y = roundf ((float) tick_y (self, i, height));

      /* Ticks that would touch are one: a long text has more places than pixels. */
      if (y < 0 || (y < last + 3 && !current))
        continue;
      last = y;
      if (current)
        gtk_snapshot_append_color (snapshot, &self->color,
                                   &GRAPHENE_RECT_INIT (0, y - 1, width, 4));
      else
        gtk_snapshot_append_color (snapshot, &self->color,
                                   &GRAPHENE_RECT_INIT (2, y, width - 2, 2));
    }
}

static void
dra_tick_strip_finalize (GObject *object)
{
  g_clear_pointer (&DRA_TICK_STRIP (object)->offsets, g_array_unref);
  G_OBJECT_CLASS (dra_tick_strip_parent_class)->finalize (object);
}

static void
dra_tick_strip_class_init (DraTickStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = dra_tick_strip_finalize;
  widget_class->snapshot = dra_tick_strip_snapshot;
  gtk_widget_class_set_css_name (widget_class, "tickstrip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
dra_tick_strip_init (DraTickStrip *self)
{
  self->current = -1;
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

/**
 * dra_tick_strip_new:
 * @text: the text; must live as long as the strip
 *
 * Returns: (transfer full): a strip without ticks
 */
GtkWidget *
dra_tick_strip_new (DraArticleText *text)
{
  DraTickStrip *self = g_object_new (DRA_TYPE_TICK_STRIP, NULL);

  self->text = text;
  g_signal_connect_object (text, "geometry-changed", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/**
 * dra_tick_strip_set_ticks:
 * @offsets: (nullable) (element-type gsize): bytes of the article, ascending
 * @current: index of the one that stands out, or -1
 * @color: their colour
 *
 * Shows these places.
 */
void
dra_tick_strip_set_ticks (DraTickStrip  *self,
                          GArray        *offsets,
                          int            current,
                          const GdkRGBA *color)
{
  if (offsets != NULL)
    g_array_ref (offsets);
  g_clear_pointer (&self->offsets, g_array_unref);
  self->offsets = offsets;
  self->current = current;
  self->color = *color;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
