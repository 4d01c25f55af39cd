/* dra-article-view-notes.c: notes in the article view: the list, cards and the popover.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-article-view-private.h"

#include "app/dra-note-card.h"

static DraNoteCard *get_card (DraArticleView *self);

/* --- the list --------------------------------------------------------------------- */

static gboolean
refresh_cb (gpointer data)
{
  DraArticleView *self = data;

  self->notes_id = 0;
  dra_article_view_notes_refresh (self);
  return G_SOURCE_REMOVE;
}

static void
note_changed_cb (DraArticleView *self)
{
  if (self->notes_id == 0)
    self->notes_id = g_idle_add_full (GDK_PRIORITY_REDRAW - 15, refresh_cb, self, NULL);
}

static void
unwatch (DraArticleView *self)
{
  for (guint i = 0; i < self->all_notes->len; i++)
    g_signal_handlers_disconnect_by_func (g_ptr_array_index (self->all_notes, i),
                                          note_changed_cb, self);
  g_ptr_array_set_size (self->all_notes, 0);
}

static void
items_changed_cb (DraArticleView *self,
                  guint           position,
                  guint           removed,
                  guint           added)
{
  for (guint i = 0; i < removed; i++)
    g_signal_handlers_disconnect_by_func (g_ptr_array_index (self->all_notes, position + i),
                                          note_changed_cb, self);
  if (removed > 0)
    g_ptr_array_remove_range (self->all_notes, position, removed);
  for (guint i = 0; i < added; i++)
    {
      DraNote *note = g_list_model_get_item (self->notes, position + i);

      g_signal_connect_swapped (note, "notify", G_CALLBACK (note_changed_cb), self);
      g_ptr_array_insert (self->all_notes, (int) (position + i), note);
    }
  dra_article_view_notes_refresh (self);
}

/**
 * dra_article_view_notes_take_model:
 * @notes: (nullable): the list of notes, followed from now on
 *
 * Replaces the list of notes.
 */
void
dra_article_view_notes_take_model (DraArticleView *self,
                                   GListModel     *notes)
{
  dra_article_view_close_note (self);
  g_clear_object (&self->edit_early);
  if (self->notes != NULL)
    g_signal_handlers_disconnect_by_func (self->notes, items_changed_cb, self);
  unwatch (self);
  g_set_object (&self->notes, notes);
  if (notes != NULL)
    {
      g_signal_connect_swapped (notes, "items-changed", G_CALLBACK (items_changed_cb), self);
      items_changed_cb (self, 0, 0, g_list_model_get_n_items (notes));
    }
  else
    dra_article_view_notes_refresh (self);
}

/**
 * dra_article_view_notes_refresh:
 *
 * Gives the present notes to the text and the margin.
 */
void
dra_article_view_notes_refresh (DraArticleView *self)
{
  GPtrArray *notes = self->all_notes;
  DraNote *open = NULL;

  g_clear_handle_id (&self->notes_id, g_source_remove);
  if (get_card (self) != NULL)
    open = dra_note_card_get_note (get_card (self));
  if (open != NULL && !g_ptr_array_find (notes, open, NULL))
    dra_article_view_close_note (self);
  g_clear_object (&self->tooltip_card);
  dra_article_text_set_notes (self->text, notes);
  dra_note_margin_set_notes (self->margin, notes);
  dra_article_view_layout_changed (self);
}

/**
 * dra_article_view_notes_dispose:
 *
 * Lets go of the list and of every note.
 */
void
dra_article_view_notes_dispose (DraArticleView *self)
{
  g_clear_handle_id (&self->notes_id, g_source_remove);
  g_clear_handle_id (&self->card_id, g_source_remove);
  g_clear_pointer (&self->note_popover, gtk_widget_unparent);
  if (self->notes != NULL)
    g_signal_handlers_disconnect_by_func (self->notes, items_changed_cb, self);
  unwatch (self);
  g_clear_object (&self->notes);
  g_clear_object (&self->edit_early);
}

/* --- cards ------------------------------------------------------------------------ */

static void
edited_cb (DraArticleView *self,
           DraNote        *note)
{
  g_signal_emit (self, dra_article_view_signals[DRA_VIEW_NOTE_EDITED], 0, note);
}

static void
deleted_cb (DraArticleView *self,
            DraNote        *note)
{
  g_signal_emit (self, dra_article_view_signals[DRA_VIEW_NOTE_DELETED], 0, note);
}

static void
marker_cb (DraArticleView *self,
           DraNote        *note,
           GtkWidget      *marker)
{
  g_signal_emit (self, dra_article_view_signals[DRA_VIEW_NOTE_CLICKED], 0, note);
  dra_article_view_open_note (self, note, marker, TRUE);
}

static void
finished_cb (DraArticleView *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

/* --- popover ---------------------------------------------------------------------- */

static DraNoteCard *
get_card (DraArticleView *self)
{
  GtkWidget *child = gtk_popover_get_child (GTK_POPOVER (self->note_popover));

  return child != NULL ? DRA_NOTE_CARD (child) : NULL;
}

static gboolean
drop_card_cb (gpointer data)
{
  DraArticleView *self = data;

  self->card_id = 0;
  if (!gtk_widget_get_visible (self->note_popover))
    gtk_popover_set_child (GTK_POPOVER (self->note_popover), NULL);
  return G_SOURCE_REMOVE;
}

/* The card may be what closes the popover: it goes when that is over. */
static void
popover_closed_cb (DraArticleView *self)
{
  if (get_card (self) != NULL)
    dra_note_card_commit (get_card (self));
  if (self->card_id == 0)
    self->card_id = g_idle_add_full (G_PRIORITY_DEFAULT, drop_card_cb, self, NULL);
}

/**
 * dra_article_view_close_note:
 *
 * Closes the popover of a note; what was typed in it is kept.
 */
void
dra_article_view_close_note (DraArticleView *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->note_popover));
}

static void
card_edited_cb (DraArticleView *self,
                DraNoteCard    *card)
{
  g_autoptr (DraNote) note = g_object_ref (dra_note_card_get_note (card));

  edited_cb (self, note);
}

static void
card_deleted_cb (DraArticleView *self,
                 DraNoteCard    *card)
{
  g_autoptr (DraNote) note = g_object_ref (dra_note_card_get_note (card));

  dra_article_view_close_note (self);
  deleted_cb (self, note);
}

static void
card_finished_cb (DraArticleView *self)
{
  dra_article_view_close_note (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

/* Where to point: at the marker, or at the first line of the passage. */
static GdkRectangle
note_place (DraArticleView *self,
            DraNote        *note,
            GtkWidget      *marker)
{
  GdkRectangle place = { 0, 0, 1, 1 };
  g_autoptr (GArray) lines = NULL;
  graphene_rect_t bounds;
  DraRange range;
  int x, y;

  if (marker != NULL && gtk_widget_compute_bounds (marker, GTK_WIDGET (self), &bounds))
    return (GdkRectangle) { (int) bounds.origin.x, (int) bounds.origin.y,
                            (int) bounds.size.width, (int) bounds.size.height };
  dra_note_get_anchor (note, &range, NULL);
  lines = dra_article_text_get_rectangles (self->text, range);
  if (lines->len > 0)
    place = g_array_index (lines, GdkRectangle, 0);
  gtk_text_view_buffer_to_window_coords (GTK_TEXT_VIEW (self->text), GTK_TEXT_WINDOW_WIDGET,
                                         place.x, place.y, &x, &y);
  place.x = x;
  place.y = CLAMP (y, 0, MAX (0, gtk_widget_get_height (GTK_WIDGET (self)) - place.height));
  return place;
}

/**
 * dra_article_view_open_note:
 * @note: a note with a passage
 * @marker: (nullable): what to point at instead of the passage
 * @edit: whether to put the keyboard into its text
 *
 * Shows the note's card in a popover.
 */
void
dra_article_view_open_note (DraArticleView *self,
                            DraNote        *note,
                            GtkWidget      *marker,
                            gboolean        edit)
{
  GdkRectangle place;
  GtkWidget *card;

  dra_article_view_hide_popovers (self);
  place = note_place (self, note, marker);
  card = dra_note_card_new (note, TRUE);
  g_signal_connect_object (card, "edited", G_CALLBACK (card_edited_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (card, "deleted", G_CALLBACK (card_deleted_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (card, "finished", G_CALLBACK (card_finished_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_size_request (card, 280, -1);

  g_clear_handle_id (&self->card_id, g_source_remove);
  gtk_popover_set_child (GTK_POPOVER (self->note_popover), card);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->note_popover), &place);
  gtk_popover_popup (GTK_POPOVER (self->note_popover));
  if (edit)
    dra_note_card_edit (DRA_NOTE_CARD (card));
}

/**
 * dra_article_view_edit_note:
 * @self: an article view
 * @note: one of its notes
 *
 * Puts the keyboard into the note's card: in the margin where there is room, else in a
 * popover.
 */
void
dra_article_view_edit_note (DraArticleView *self,
                            DraNote        *note)
{
  DraRange range;

  g_return_if_fail (DRA_IS_ARTICLE_VIEW (self));
  g_return_if_fail (DRA_IS_NOTE (note));

  dra_article_view_hide_popovers (self);
  if (self->notes_id != 0)
    dra_article_view_notes_refresh (self);
  dra_note_get_anchor (note, &range, NULL);
  dra_article_text_reveal (self->text, range);
  /* Whether cards have room, and where they point, is not known before the first frame. */
  if (gtk_widget_get_width (GTK_WIDGET (self)) == 0 ||
      !dra_article_text_is_filled (self->text))
    {
      g_set_object (&self->edit_early, note);
      return;
    }
  if (!self->wide)
    {
      dra_article_view_open_note (self, note, dra_note_margin_get_widget (self->margin, note),
                                  TRUE);
      return;
    }
  dra_note_margin_edit (self->margin, note);
  dra_article_view_layout_changed (self);
}

/**
 * dra_article_view_notes_init:
 *
 * Listens to the margin.
 */
void
dra_article_view_notes_init (DraArticleView *self)
{
  self->all_notes = g_ptr_array_new_with_free_func (g_object_unref);
  self->note_popover = gtk_popover_new ();
  gtk_widget_add_css_class (self->note_popover, "note-popover");
  gtk_popover_set_position (GTK_POPOVER (self->note_popover), GTK_POS_BOTTOM);
  gtk_widget_set_parent (self->note_popover, GTK_WIDGET (self));
  g_signal_connect_object (self->note_popover, "closed", G_CALLBACK (popover_closed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->margin, "note-edited", G_CALLBACK (edited_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->margin, "note-deleted", G_CALLBACK (deleted_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->margin, "marker-clicked", G_CALLBACK (marker_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->margin, "card-finished", G_CALLBACK (finished_cb), self,
                           G_CONNECT_SWAPPED);
}
