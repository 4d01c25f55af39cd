/* dra-note-margin.c: the column of notes beside the text, and which of them have widgets.
 *
 * Only notes near what is in view have widgets.  What these are is said in
 * dra-note-margin-cards.c, where each stands in dra-note-margin-places.c.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-note-margin.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/dra-note-card.h"
#include "app/dra-note-margin-private.h"

guint dra_note_margin_signals[DRA_NOTE_MARGIN_N_SIGNALS];

G_DEFINE_FINAL_TYPE (DraNoteMargin, dra_note_margin, GTK_TYPE_WIDGET)

static void update_children (DraNoteMargin *self);

static void
item_free (gpointer data)
{
  DraNoteMarginItem *item = data;

  g_clear_pointer (&item->widget, gtk_widget_unparent);
  g_object_unref (item->note);
  g_free (item);
}

static DraNoteMarginItem *
find_item (DraNoteMargin *self,
           DraNote       *note)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      DraNoteMarginItem *item = g_ptr_array_index (self->items, i);

      if (item->note == note)
        return item;
    }
  return NULL;
}

static gboolean
has_content (DraNote *note)
{
  return *dra_note_get_body (note) != '\0' || *dra_note_get_tags (note) != NULL;
}

/* --- children --------------------------------------------------------------------- */

static gboolean
update_cb (gpointer data)
{
  DraNoteMargin *self = data;

  self->update_id = 0;
  update_children (self);
  return G_SOURCE_REMOVE;
}

/* Children come and go outside of signal handlers of those children. */
void
dra_note_margin_queue_update (DraNoteMargin *self)
{
  if (self->update_id == 0)
    self->update_id = g_idle_add_full (GDK_PRIORITY_REDRAW - 10, update_cb, self, NULL);
}

/* The notes a screen and a half around what is in view, as indices [first, last). */
static void
find_near (DraNoteMargin *self,
           guint         *first,
           guint         *last)
{
  GtkTextView *view = GTK_TEXT_VIEW (self->text);
  GdkRectangle visible;
  GtkTextIter iter;
  gsize start, end;

  gtk_text_view_get_visible_rect (view, &visible);
  gtk_text_view_get_line_at_y (view, &iter, visible.y - visible.height, NULL);
  start = dra_article_text_get_offset (self->text, &iter);
  gtk_text_view_get_line_at_y (view, &iter, visible.y + 2 * visible.height, NULL);
  gtk_text_iter_forward_to_line_end (&iter);
  end = dra_article_text_get_offset (self->text, &iter);

  *first = 0;
  while (*first < self->items->len
         && ((DraNoteMarginItem *) g_ptr_array_index (self->items, *first))->range.start < start)
    (*first)++;
  *last = *first;
  while (*last < self->items->len && *last - *first < 200
         && ((DraNoteMarginItem *) g_ptr_array_index (self->items, *last))->range.start <= end)
    (*last)++;
}

static gboolean
is_busy (DraNoteMarginItem *item)
{
  return item->widget != NULL
         && (gtk_widget_is_focus (item->widget)
             || gtk_widget_get_focus_child (item->widget) != NULL);
}

static void
set_wanted (DraNoteMargin     *self,
            DraNoteMarginItem *item,
            gboolean           near)
{
  gboolean busy = is_busy (item) || item->note == self->edit_wanted
                  || (DRA_IS_NOTE_CARD (item->widget)
                      && dra_note_card_get_editing (DRA_NOTE_CARD (item->widget)));

  item->wanted = busy || (near && has_content (item->note));
  if (item->wanted && item->widget == NULL)
    {
      item->widget = dra_note_margin_new_child (self, item->note);
      gtk_widget_set_parent (item->widget, GTK_WIDGET (self));
    }
  else if (!item->wanted)
    g_clear_pointer (&item->widget, gtk_widget_unparent);
}

static void
sort_focus_chain (DraNoteMargin *self)
{
  GtkWidget *before = NULL;

  for (guint i = 0; i < self->items->len; i++)
    {
      DraNoteMarginItem *item = g_ptr_array_index (self->items, i);

      if (item->widget == NULL)
        continue;
      if (gtk_widget_get_prev_sibling (item->widget) != before)
        gtk_widget_insert_after (item->widget, GTK_WIDGET (self), before);
      before = item->widget;
    }
}

static gboolean
grab_cb (gpointer data)
{
  DraNoteMargin *self = data;
  g_autoptr (DraNote) note = g_steal_pointer (&self->edit_wanted);
  DraNoteMarginItem *item = note != NULL ? find_item (self, note) : NULL;

  if (item != NULL && DRA_IS_NOTE_CARD (item->widget))
    dra_note_card_edit (DRA_NOTE_CARD (item->widget));
  return G_SOURCE_REMOVE;
}

/* Gives the notes near what is in view their widgets and takes the others' away. */
static void
update_children (DraNoteMargin *self)
{
  guint first, last;

  if (dra_article_text_get_article (self->text) == NULL)
    return;
  find_near (self, &first, &last);
  for (guint i = 0; i < self->items->len; i++)
    set_wanted (self, g_ptr_array_index (self->items, i), i >= first && i < last);
  sort_focus_chain (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* --- the widget ------------------------------------------------------------------- */

static void
dra_note_margin_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  DraNoteMargin *self = DRA_NOTE_MARGIN (widget);
  g_autoptr (GPtrArray) shown = g_ptr_array_new ();

  for (guint i = 0; i < self->items->len; i++)
    {
      DraNoteMarginItem *item = g_ptr_array_index (self->items, i);

      if (item->widget != NULL)
        g_ptr_array_add (shown, item);
      else
        item->placed = FALSE;
    }
  dra_note_margin_place (self, shown, width);
  for (guint i = 0; i < shown->len; i++)
    {
      DraNoteMarginItem *item = g_ptr_array_index (shown, i);
      gboolean visible = item->y + item->height > 0 && item->y < height;

      /* A child that has the keyboard must stay mapped to keep it. */
      gtk_widget_set_child_visible (item->widget, visible || is_busy (item));
      gtk_widget_size_allocate (item->widget,
                                &(GtkAllocation) { 0, item->y, width, item->height }, -1);
    }
  if (self->edit_wanted != NULL)
    g_idle_add_full (G_PRIORITY_DEFAULT, grab_cb, g_object_ref (self), g_object_unref);
}

/* Cards are cut off at the edges of the view; the connector alone leaves the column. */
static void
dra_note_margin_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  DraNoteMargin *self = DRA_NOTE_MARGIN (widget);
  const float width = (float) gtk_widget_get_width (widget);
  DraNoteMarginItem *hovered = self->hovered != NULL ? find_item (self, self->hovered) : NULL;

  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (-4, 0, width + 4, (float) gtk_widget_get_height (widget)));
  GTK_WIDGET_CLASS (dra_note_margin_parent_class)->snapshot (widget, snapshot);
  gtk_snapshot_pop (snapshot);
  if (hovered != NULL && DRA_IS_NOTE_CARD (hovered->widget) && gtk_widget_get_child_visible (hovered->widget))
    dra_note_margin_draw_connector (self, snapshot, hovered);
}

static void
dra_note_margin_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  DraNoteMargin *self = DRA_NOTE_MARGIN (widget);
  int least = 0;

  for (guint i = 0; i < self->items->len; i++)
    {
      DraNoteMarginItem *item = g_ptr_array_index (self->items, i);
      int child = 0;

      if (item->widget != NULL && orientation == GTK_ORIENTATION_HORIZONTAL)
        gtk_widget_measure (item->widget, orientation, -1, &child, NULL, NULL, NULL);
      least = MAX (least, child);
    }
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? least : 0;
}

/* The column is not there where no card is. */
static gboolean
dra_note_margin_contains (GtkWidget *widget,
                          double     x,
                          double     y)
{
  return FALSE;
}

static gboolean
scroll_cb (DraNoteMargin            *self,
           double                    dx,
           double                    dy,
           GtkEventControllerScroll *controller)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->text));
  double page = gtk_adjustment_get_page_size (adjustment);
  double step = 1;

  if (gtk_event_controller_scroll_get_unit (controller) == GDK_SCROLL_UNIT_WHEEL)
    step = pow (page, 2.0 / 3.0); /* as GtkScrolledWindow does */
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + dy * step);
  return GDK_EVENT_STOP;
}

/* --- class ------------------------------------------------------------------------ */

static void
dra_note_margin_dispose (GObject *object)
{
  DraNoteMargin *self = DRA_NOTE_MARGIN (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  g_ptr_array_set_size (self->items, 0);
  g_clear_object (&self->active);
  g_clear_object (&self->hovered);
  g_clear_object (&self->edit_wanted);
  if (self->glide_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->glide_id);
  self->glide_id = 0;
  G_OBJECT_CLASS (dra_note_margin_parent_class)->dispose (object);
}

static void
dra_note_margin_finalize (GObject *object)
{
  DraNoteMargin *self = DRA_NOTE_MARGIN (object);

  g_ptr_array_unref (self->items);
  G_OBJECT_CLASS (dra_note_margin_parent_class)->finalize (object);
}

static void
dra_note_margin_class_init (DraNoteMarginClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = dra_note_margin_dispose;
  object_class->finalize = dra_note_margin_finalize;
  widget_class->measure = dra_note_margin_measure;
  widget_class->size_allocate = dra_note_margin_size_allocate;
  widget_class->snapshot = dra_note_margin_snapshot;
  widget_class->contains = dra_note_margin_contains;

  dra_note_margin_signals[DRA_NOTE_MARGIN_NOTE_EDITED]
    = g_signal_new ("note-edited", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, DRA_TYPE_NOTE);
  dra_note_margin_signals[DRA_NOTE_MARGIN_NOTE_DELETED]
    = g_signal_new ("note-deleted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, DRA_TYPE_NOTE);
  dra_note_margin_signals[DRA_NOTE_MARGIN_MARKER_CLICKED]
    = g_signal_new ("marker-clicked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, DRA_TYPE_NOTE, GTK_TYPE_WIDGET);
  dra_note_margin_signals[DRA_NOTE_MARGIN_CARD_FINISHED]
    = g_signal_new ("card-finished", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "notemargin");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
dra_note_margin_init (DraNoteMargin *self)
{
  GtkEventController *scroll
    = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);

  self->items = g_ptr_array_new_with_free_func (item_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Notes beside the text"), -1);
  g_signal_connect_object (scroll, "scroll", G_CALLBACK (scroll_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
}

/**
 * dra_note_margin_new:
 * @text: the text the notes belong to; must live as long as the margin
 *
 * Returns: (transfer full): a margin without notes
 */
GtkWidget *
dra_note_margin_new (DraArticleText *text)
{
  DraNoteMargin *self = g_object_new (DRA_TYPE_NOTE_MARGIN, NULL);

  self->text = text;
  g_signal_connect_object (text, "geometry-changed", G_CALLBACK (update_children), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

static int
compare_items (gconstpointer a,
               gconstpointer b)
{
  const DraNoteMarginItem *x = *(DraNoteMarginItem *const *) a, *y = *(DraNoteMarginItem *const *) b;
  gint64 earlier;

  if (x->range.start != y->range.start)
    return x->range.start < y->range.start ? -1 : 1;
  earlier = dra_note_get_created (x->note) - dra_note_get_created (y->note);
  return earlier < 0 ? -1 : earlier > 0;
}

/**
 * dra_note_margin_set_notes:
 * @notes: (element-type DraNote): all notes of the article
 *
 * Shows the notes that have a passage.  Cards of notes that stay are kept, and what is
 * being typed in them.
 */
void
dra_note_margin_set_notes (DraNoteMargin *self,
                           GPtrArray     *notes)
{
  g_autoptr (GPtrArray) old = self->items;
  g_autoptr (GHashTable) kept = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < old->len; i++)
    {
      DraNoteMarginItem *item = g_ptr_array_index (old, i);

      g_hash_table_insert (kept, item->note, item);
    }
  self->items = g_ptr_array_new_with_free_func (item_free);
  for (guint i = 0; i < notes->len; i++)
    {
      DraNote *note = g_ptr_array_index (notes, i);
      DraNoteMarginItem *before = g_hash_table_lookup (kept, note);
      DraNoteMarginItem *item;
      DraRange range;

      if (dra_note_get_target (note) != DRA_NOTE_TARGET_PASSAGE
          || dra_note_get_anchor (note, &range, NULL) == DRA_ANCHOR_LOST)
        continue;
      item = g_new0 (DraNoteMarginItem, 1);
      item->note = g_object_ref (note);
      item->range = range;
      if (before != NULL)
        {
          item->widget = g_steal_pointer (&before->widget);
          item->placed = before->placed;
          item->offset = before->offset;
        }
      g_ptr_array_add (self->items, item);
    }
  g_ptr_array_sort (self->items, compare_items);
  if (self->active != NULL && find_item (self, self->active) == NULL)
    g_clear_object (&self->active);
  dra_note_margin_queue_update (self);
}

/**
 * dra_note_margin_set_compact:
 * @compact: whether there is room for markers only
 *
 * Changes between cards and markers; what was being typed is given to its note first.
 */
void
dra_note_margin_set_compact (DraNoteMargin *self,
                             gboolean       compact)
{
  if (self->compact == compact)
    return;
  dra_note_margin_commit (self);
  self->compact = compact;
  for (guint i = 0; i < self->items->len; i++)
    {
      DraNoteMarginItem *item = g_ptr_array_index (self->items, i);

      g_clear_pointer (&item->widget, gtk_widget_unparent);
    }
  dra_note_margin_queue_update (self);
}

/**
 * dra_note_margin_get_compact:
 *
 * Returns: whether markers are shown in place of cards
 */
gboolean
dra_note_margin_get_compact (DraNoteMargin *self)
{
  return self->compact;
}

/**
 * dra_note_margin_has_notes:
 *
 * Returns: whether any note wants a card or marker
 */
gboolean
dra_note_margin_has_notes (DraNoteMargin *self)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      DraNoteMarginItem *item = g_ptr_array_index (self->items, i);

      if (item->note == self->edit_wanted || item->note == self->active
          || has_content (item->note))
        return TRUE;
    }
  return FALSE;
}

/**
 * dra_note_margin_edit:
 * @note: one of the notes set
 *
 * Puts the keyboard into the card of the note as soon as the card is there.
 */
void
dra_note_margin_edit (DraNoteMargin *self,
                      DraNote       *note)
{
  g_set_object (&self->edit_wanted, note);
  g_set_object (&self->active, note);
  dra_note_margin_queue_update (self);
}

/**
 * dra_note_margin_activate:
 * @note: (nullable): one of the notes set
 *
 * Puts the note's card exactly beside its passage.
 */
void
dra_note_margin_activate (DraNoteMargin *self,
                          DraNote       *note)
{
  g_set_object (&self->active, note);
  for (guint i = 0; i < self->items->len; i++)
    {
      DraNoteMarginItem *item = g_ptr_array_index (self->items, i);

      if (item->widget == NULL)
        continue;
      if (item->note == note)
        gtk_widget_add_css_class (item->widget, "active");
      else
        gtk_widget_remove_css_class (item->widget, "active");
    }
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/**
 * dra_note_margin_get_widget:
 *
 * Returns: (transfer none) (nullable): the card or marker of a note near what is in view
 */
GtkWidget *
dra_note_margin_get_widget (DraNoteMargin *self,
                            DraNote       *note)
{
  DraNoteMarginItem *item = find_item (self, note);

  return item != NULL ? item->widget : NULL;
}

/**
 * dra_note_margin_commit:
 *
 * Gives every note what was typed in its card so far.
 */
void
dra_note_margin_commit (DraNoteMargin *self)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      DraNoteMarginItem *item = g_ptr_array_index (self->items, i);

      if (DRA_IS_NOTE_CARD (item->widget))
        dra_note_card_commit (DRA_NOTE_CARD (item->widget));
    }
}
