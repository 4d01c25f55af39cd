/* dra-tick-strip.c: draws a tick for each place, at its share of the text's height.
 *
 * Only as many ticks as there is room for are looked up in the text: the next is sought by
 * bisection below the one before, so that a hundred thousand places cost what a few hundred
 * do, and scrolling costs nothing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-tick-strip.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/dra-snippet.h"

#define PITCH 3   /* pixels from one tick to the next at least */
#define REACH 4   /* pixels a click may be beside its tick */
#define CONTEXT 60 /* bytes of the text on each side in a tooltip */

typedef struct
{
  guint index; /* of the place */
  float y;
} Tick;

struct _DraTickStrip
{
  GtkWidget parent_instance;

  DraArticleText *text;   /* unowned: a sibling that lives as long */
  GArray         *ranges; /* (nullable): DraRange, bytes of the article, ascending */
  GArray         *ticks;  /* Tick: those that are drawn, for the heights below */
  gboolean        found;  /* ticks has them all */
  double          upper;  /* height of the text, pixels */
  int             height; /* of the strip, pixels */
  int             current;
  GdkRGBA         color;
};

enum
{
  TICK_CLICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DraTickStrip, dra_tick_strip, GTK_TYPE_WIDGET)

static GtkAdjustment *
get_adjustment (DraTickStrip *self)
{
  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->text));
}

/* Where a place stands in the strip, or -1 while its text is not there yet. */
static double
place_y (DraTickStrip *self,
         guint         index)
{
  GtkTextIter iter;
  int y, line_height;
  double within;

  if (!dra_article_text_get_iter (self->text,
                                  g_array_index (self->ranges, DraRange, index).start, &iter))
    return -1;
  gtk_text_view_get_line_yrange (GTK_TEXT_VIEW (self->text), &iter, &y, &line_height);
  /* Near enough, without having the paragraph laid out. */
  within = (double) gtk_text_iter_get_line_offset (&iter)
           / MAX (1, gtk_text_iter_get_chars_in_line (&iter));
  return (y + within * line_height + dra_article_text_get_metrics (self->text)->top)
         / self->upper * self->height;
}

/* The first place from index on that stands at least at y; the number of places for none. */
static guint
find_from (DraTickStrip *self,
           guint         index,
           double        y)
{
  guint high = self->ranges->len;

  while (index < high)
    {
      guint middle = index + (high - index) / 2;
      double found = place_y (self, middle);

      if (found >= 0 && found < y)
        index = middle + 1;
      else
        high = middle;
    }
  return index;
}

static void
forget_ticks (DraTickStrip *self)
{
  g_array_set_size (self->ticks, 0);
  self->found = FALSE;
}

/* Looks up the ticks where the heights of before are not those of now. */
static void
find_ticks (DraTickStrip *self)
{
  GtkAdjustment *adjustment = get_adjustment (self);
  double upper = adjustment != NULL ? gtk_adjustment_get_upper (adjustment) : 0;
  int height = gtk_widget_get_height (GTK_WIDGET (self));

  if (self->found && self->upper == upper && self->height == height)
    return;
  g_array_set_size (self->ticks, 0);
  self->upper = upper;
  self->height = height;
  self->found = upper > 0;
  if (upper <= 0 || self->ranges == NULL)
    return;
  for (guint i = 0; i < self->ranges->len;)
    {
      Tick tick = { i, roundf ((float) place_y (self, i)) };

      if (tick.y < 0)
        {
          /* It comes with the text; until then it is looked for again. */
          self->found = FALSE;
          return;
        }
      g_array_append_val (self->ticks, tick);
      i = find_from (self, i + 1, tick.y + PITCH - .5);
    }
}

static void
dra_tick_strip_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  DraTickStrip *self = DRA_TICK_STRIP (widget);
  int width = gtk_widget_get_width (widget);

  find_ticks (self);
  for (guint i = 0; i < self->ticks->len; i++)
    gtk_snapshot_append_color (snapshot, &self->color,
                               &GRAPHENE_RECT_INIT (3, g_array_index (self->ticks, Tick, i).y,
                                                    width - 3, 2));
  if (self->ranges != NULL && self->current >= 0 && self->upper > 0
      && (guint) self->current < self->ranges->len)
    {
      float y = roundf ((float) place_y (self, self->current));

      if (y >= 0)
        gtk_snapshot_append_color (snapshot, &self->color,
                                   &GRAPHENE_RECT_INIT (0, y - 1, width, 4));
    }
}

/* Whether the strip's y belongs to what is in view: there the scroll bar's slider is. */
static gboolean
is_in_view (DraTickStrip *self,
            double        y)
{
  GtkAdjustment *adjustment = get_adjustment (self);
  double at = y / MAX (1, gtk_widget_get_height (GTK_WIDGET (self)))
              * gtk_adjustment_get_upper (adjustment);

  return at >= gtk_adjustment_get_value (adjustment)
         && at < gtk_adjustment_get_value (adjustment)
                   + gtk_adjustment_get_page_size (adjustment);
}

static gboolean
dra_tick_strip_contains (GtkWidget *widget,
                         double     x,
                         double     y)
{
  return x >= 0 && x < gtk_widget_get_width (widget)
         && dra_tick_strip_find (DRA_TICK_STRIP (widget), y) >= 0;
}

static gboolean
dra_tick_strip_query_tooltip (GtkWidget  *widget,
                              int         x,
                              int         y,
                              gboolean    keyboard,
                              GtkTooltip *tooltip)
{
  DraTickStrip *self = DRA_TICK_STRIP (widget);
  DraArticle *article = dra_article_text_get_article (self->text);
  int index = keyboard ? -1 : dra_tick_strip_find (self, y);
  g_autofree char *passage = NULL;
  g_autofree char *count = NULL;
  g_autofree char *markup = NULL;

  if (index < 0 || article == NULL)
    return FALSE;
  passage = dra_snippet_dup_markup (article, g_array_index (self->ranges, DraRange, index),
                                    CONTEXT, CONTEXT);
  /* Translators: which of the found places, as in "3 of 17" */
  count = g_strdup_printf (_("%d of %u"), index + 1, self->ranges->len);
  markup = g_strdup_printf ("%s\n<small>%s</small>", passage, count);
  gtk_tooltip_set_markup (tooltip, markup);
  gtk_tooltip_set_tip_area (tooltip, &(GdkRectangle) { 0, y - REACH,
                                                       gtk_widget_get_width (widget),
                                                       2 * REACH });
  return TRUE;
}

static void
released_cb (DraTickStrip *self,
             int           n_press,
             double        x,
             double        y)
{
  int index = dra_tick_strip_find (self, y);

  if (index >= 0)
    g_signal_emit (self, signals[TICK_CLICKED], 0, (guint) index);
}

static void
dra_tick_strip_finalize (GObject *object)
{
  DraTickStrip *self = DRA_TICK_STRIP (object);

  g_clear_pointer (&self->ranges, g_array_unref);
  g_array_unref (self->ticks);
  G_OBJECT_CLASS (dra_tick_strip_parent_class)->finalize (object);
}

static void
dra_tick_strip_class_init (DraTickStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = dra_tick_strip_finalize;
  widget_class->snapshot = dra_tick_strip_snapshot;
  widget_class->contains = dra_tick_strip_contains;
  widget_class->query_tooltip = dra_tick_strip_query_tooltip;
  gtk_widget_class_set_css_name (widget_class, "tickstrip");
  /* The keys of the walk and of finding go to the same places and say where they are. */
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);

  /**
   * DraTickStrip::tick-clicked:
   * @index: of the place, in those last set
   *
   * The reader wants to go there.
   */
  signals[TICK_CLICKED] = g_signal_new ("tick-clicked", G_TYPE_FROM_CLASS (klass),
                                        G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                        G_TYPE_UINT);
}

static void
dra_tick_strip_init (DraTickStrip *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->current = -1;
  self->ticks = g_array_new (FALSE, FALSE, sizeof (Tick));
  g_signal_connect_object (click, "released", G_CALLBACK (released_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "pointer");
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
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
 * @ranges: (nullable) (element-type DraRange): bytes of the article, ascending; a reference
 *   is taken
 * @current: index of the one that stands out, or -1
 * @color: their colour
 *
 * Shows these places.
 */
void
dra_tick_strip_set_ticks (DraTickStrip  *self,
                          GArray        *ranges,
                          int            current,
                          const GdkRGBA *color)
{
  if (ranges != self->ranges)
    {
      if (ranges != NULL)
        g_array_ref (ranges);
      g_clear_pointer (&self->ranges, g_array_unref);
      self->ranges = ranges;
      forget_ticks (self);
    }
  self->current = current;
  self->color = *color;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * dra_tick_strip_find:
 * @y: in the strip, pixels
 *
 * Returns: index of the place whose tick is there, or -1.  The ticks of what is in view
 *   already are not to be found.
 */
int
dra_tick_strip_find (DraTickStrip *self,
                     double        y)
{
  const Tick *best = NULL;
  guint low = 0, high;

  if (self->ranges == NULL || get_adjustment (self) == NULL || is_in_view (self, y))
    return -1;
  find_ticks (self);
  for (high = self->ticks->len; low < high;)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->ticks, Tick, middle).y < y)
        low = middle + 1;
      else
        high = middle;
    }
  for (guint i = low > 0 ? low - 1 : 0; i < MIN (low + 1, self->ticks->len); i++)
    {
      const Tick *tick = &g_array_index (self->ticks, Tick, i);

      if (fabs (tick->y + 1 - y) <= REACH
          && (best == NULL || fabs (tick->y + 1 - y) < fabs (best->y + 1 - y)))
        best = tick;
    }
  return best != NULL ? (int) best->index : -1;
}

/**
 * dra_tick_strip_get_place:
 * @index: of a place, in those last set
 *
 * Returns: where its tick belongs, in pixels from the top of the strip; -1 for nowhere
 */
double
dra_tick_strip_get_place (DraTickStrip *self,
                          guint         index)
{
  find_ticks (self);
  if (self->ranges == NULL || index >= self->ranges->len || self->upper <= 0)
    return -1;
  return place_y (self, index);
}
