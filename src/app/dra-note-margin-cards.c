/* dra-note-margin-cards.c: a note's card or marker in the margin, and what is done there.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-note-margin-private.h"

#include <glib/gi18n.h>

#include "app/dra-note-card.h"
#include "app/dra-note-colors.h"
#include "notes/dra-note-markup.h"

static void
edited_cb (DraNoteMargin *self,
           DraNoteCard   *card)
{
  g_autoptr (DraNote) note = g_object_ref (dra_note_card_get_note (card));

  g_signal_emit (self, dra_note_margin_signals[DRA_NOTE_MARGIN_NOTE_EDITED], 0, note);
  dra_note_margin_queue_update (self);
}

static void
deleted_cb (DraNoteMargin *self,
            DraNoteCard   *card)
{
  g_autoptr (DraNote) note = g_object_ref (dra_note_card_get_note (card));

  g_signal_emit (self, dra_note_margin_signals[DRA_NOTE_MARGIN_NOTE_DELETED], 0, note);
}

static void
finished_cb (DraNoteMargin *self)
{
  g_signal_emit (self, dra_note_margin_signals[DRA_NOTE_MARGIN_CARD_FINISHED], 0);
}

static void
editing_cb (DraNoteMargin *self,
            GParamSpec    *pspec,
            DraNoteCard   *card)
{
  if (dra_note_card_get_editing (card))
    g_set_object (&self->active, dra_note_card_get_note (card));
  dra_note_margin_queue_update (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
card_focus_cb (DraNoteMargin           *self,
               GtkEventControllerFocus *controller)
{
  GtkWidget *card = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));

  g_set_object (&self->active, dra_note_card_get_note (DRA_NOTE_CARD (card)));
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
card_enter_cb (GtkEventController *motion,
               double              x,
               double              y,
               DraNoteMargin      *self)
{
  g_set_object (&self->hovered, dra_note_card_get_note (DRA_NOTE_CARD (gtk_event_controller_get_widget (motion))));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
card_leave_cb (GtkEventController *motion,
               DraNoteMargin      *self)
{
  g_clear_object (&self->hovered);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static GtkWidget *
new_card (DraNoteMargin *self,
          DraNote       *note)
{
  GtkWidget *card = dra_note_card_new (note, FALSE);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_object (card, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (card, "deleted", G_CALLBACK (deleted_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (card, "finished", G_CALLBACK (finished_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (card, "notify::editing", G_CALLBACK (editing_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "enter", G_CALLBACK (card_focus_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (card, focus);
  g_signal_connect_object (motion, "enter", G_CALLBACK (card_enter_cb), self, 0);
  g_signal_connect_object (motion, "leave", G_CALLBACK (card_leave_cb), self, 0);
  gtk_widget_add_controller (card, motion);
  return card;
}

static void
marker_cb (DraNoteMargin *self,
           GtkWidget     *button)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      DraNoteMarginItem *item = g_ptr_array_index (self->items, i);

      if (item->widget == button)
        {
          g_signal_emit (self, dra_note_margin_signals[DRA_NOTE_MARGIN_MARKER_CLICKED], 0, item->note, button);
          return;
        }
    }
}

static void
marker_update_cb (GtkWidget  *marker,
                  GParamSpec *pspec,
                  DraNote    *note)
{
  g_autofree char *body = dra_note_markup_to_plain (dra_note_get_body (note));

  dra_note_colors_set_class (marker, dra_note_get_color (note));
  gtk_widget_set_tooltip_text (marker, *body != '\0' ? body : _("Note"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (marker), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  *body != '\0' ? body : _("Note"), -1);
}

static GtkWidget *
new_marker (DraNoteMargin *self,
            DraNote       *note)
{
  GtkWidget *marker = gtk_button_new_from_icon_name ("document-edit-symbolic");

  gtk_widget_add_css_class (marker, "note-marker");
  gtk_widget_add_css_class (marker, "flat");
  g_signal_connect_object (marker, "clicked", G_CALLBACK (marker_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (note, "notify", G_CALLBACK (marker_update_cb), marker,
                           G_CONNECT_SWAPPED);
  marker_update_cb (marker, NULL, note);
  return marker;
}

/**
 * dra_note_margin_new_child: (skip)
 * @self: a margin
 * @note: one of its notes
 *
 * Returns: (transfer floating): the note's card, or its marker where there is no room for one
 */
GtkWidget *
dra_note_margin_new_child (DraNoteMargin *self,
                           DraNote       *note)
{
  return self->compact ? new_marker (self, note) : new_card (self, note);
}
