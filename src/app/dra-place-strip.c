/* dra-place-strip.c: where in an article somebody is mentioned, as marks on a short line.
 *
 * The line is the article from its beginning to its end, in the direction of reading; a mark
 * is a pixel of it in which there is a mention.  A click goes to the mention it is nearest to.
 * For who cannot see or point, the row says how often, and keys walk the mentions.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-place-strip.h"

#define WIDTH 36  /* pixels */
#define HEIGHT 9  /* pixels: of a mark */
#define MARK 2    /* pixels across */

struct _DraPlaceStrip
{
  GtkWidget parent_instance;

  DraCast  *cast; /* (nullable) */
  guint     entity;
};

G_DEFINE_FINAL_TYPE (DraPlaceStrip, dra_place_strip, GTK_TYPE_WIDGET)

/* Where a mention is, in pixels from the beginning of the line. */
static int
find_x (DraPlaceStrip *self,
        guint          mention,
        int            width)
{
  const gsize length = MAX (dra_cast_get_text_length (self->cast), 1);
  guint n_mentions;
  const DraMention *mentions = dra_cast_get_mentions (self->cast, &n_mentions);
  const int room = MAX (width - MARK, 0);
  int x = (int) ((double) mentions[mention].range.start / (double) length * room);

  x = CLAMP (x, 0, room);
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? room - x : x;
}

/**
 * dra_place_strip_get_mention:
 * @self: the strip
 * @x: pixels of the widget
 *
 * Returns: index in the cast of the mention whose mark is nearest, -1 while there is nobody
 */
int
dra_place_strip_get_mention (DraPlaceStrip *self,
                             double         x)
{
  const int width = gtk_widget_get_width (GTK_WIDGET (self));
  const DraEntity *entity;
  double nearest = G_MAXDOUBLE;
  int found = -1;

  g_return_val_if_fail (DRA_IS_PLACE_STRIP (self), -1);

  if (self->cast == NULL)
    return -1;
  entity = dra_cast_get_entity (self->cast, self->entity);
  for (guint i = 0; i < entity->n_mentions; i++)
    {
      double distance = ABS (find_x (self, entity->mentions[i], width) + MARK / 2.0 - x);

      if (distance < nearest)
        {
          nearest = distance;
          found = (int) entity->mentions[i];
        }
    }
  return found;
}

static void
pressed_cb (GtkGestureClick *click,
            int              n_press,
            double           x,
            double           y,
            DraPlaceStrip   *self)
{
  int mention = dra_place_strip_get_mention (self, x);

  if (mention < 0)
    return;
  /* Not also a click on the row, which goes to the first mention from here. */
  gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.go-to-mention", "i", mention);
}

static void
dra_place_strip_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  DraPlaceStrip *self = DRA_PLACE_STRIP (widget);
  const int width = gtk_widget_get_width (widget);
  const float top = (float) (gtk_widget_get_height (widget) - HEIGHT) / 2;
  const DraEntity *entity;
  GdkRGBA color, line;
  int drawn = -1;

  if (self->cast == NULL || width <= MARK)
    return;
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  line = color;
  line.alpha *= 0.25f;
  gtk_snapshot_append_color (snapshot, &line,
                             &GRAPHENE_RECT_INIT (0, top + HEIGHT / 2, (float) width, 1));
  entity = dra_cast_get_entity (self->cast, self->entity);
  for (guint i = 0; i < entity->n_mentions; i++)
    {
      int x = find_x (self, entity->mentions[i], width);

      if (x == drawn)
        continue;
      gtk_snapshot_append_color (snapshot, &color, &GRAPHENE_RECT_INIT ((float) x, top, MARK, HEIGHT));
      drawn = x;
    }
}

static void
dra_place_strip_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

static void
dra_place_strip_dispose (GObject *object)
{
  g_clear_object (&DRA_PLACE_STRIP (object)->cast);

  G_OBJECT_CLASS (dra_place_strip_parent_class)->dispose (object);
}

static void
dra_place_strip_class_init (DraPlaceStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dra_place_strip_dispose;
  widget_class->snapshot = dra_place_strip_snapshot;
  widget_class->measure = dra_place_strip_measure;
  gtk_widget_class_set_css_name (widget_class, "placestrip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
dra_place_strip_init (DraPlaceStrip *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

/**
 * dra_place_strip_set_entity:
 * @self: the strip
 * @cast: the cast of an article
 * @entity: index in it
 *
 * Shows where @entity is mentioned.
 */
void
dra_place_strip_set_entity (DraPlaceStrip *self,
                            DraCast       *cast,
                            guint          entity)
{
  static const char *const kinds[] = { "person", "organization", "place" };
  DraEntityKind kind;

  g_return_if_fail (DRA_IS_PLACE_STRIP (self));
  g_return_if_fail (DRA_IS_CAST (cast));

  g_set_object (&self->cast, cast);
  self->entity = entity;
  kind = dra_cast_get_entity (cast, entity)->kind;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (i == kind)
        gtk_widget_add_css_class (GTK_WIDGET (self), kinds[i]);
      else
        gtk_widget_remove_css_class (GTK_WIDGET (self), kinds[i]);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
