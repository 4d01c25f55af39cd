/* dra-note-row.c: one note in the notes pane: its passage, and its card below.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-note-row.h"

#include <glib/gi18n.h>

#include "app/dra-note-colors.h"
#include "notes/dra-note-markup.h"

struct _DraNoteRow
{
  GtkListBoxRow parent_instance;

  DraNote     *note;

  GtkLabel    *passage;
  DraNoteCard *card;
  GtkWidget   *stub; /* instead of a card with nothing on it */
  GtkBox      *box;
};

enum
{
  EDITED,
  DELETED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DraNoteRow, dra_note_row, GTK_TYPE_LIST_BOX_ROW)

static void
edited_cb (DraNoteRow *self)
{
  g_signal_emit (self, signals[EDITED], 0);
}

static void
deleted_cb (DraNoteRow *self)
{
  g_signal_emit (self, signals[DELETED], 0);
}

static void
finished_cb (DraNoteRow *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* What the note is on, as one line of text. */
static char *
dup_passage (DraNote *note)
{
  const DraQuote *quote = dra_note_get_quote (note);
  char *passage;

  if (quote != NULL && quote->exact != NULL && *quote->exact != '\0')
    /* Translators: a passage of the article, quoted */
    passage = g_strdup_printf (_("“%s”"), quote->exact);
  else if (dra_note_get_entity_name (note) != NULL)
    passage = g_strdup (dra_note_get_entity_name (note));
  else
    passage = g_strdup (_("The whole article"));
  return g_strdelimit (passage, "\n", ' ');
}

static void
update_shown (DraNoteRow *self)
{
  DraRange range;
  const char *reason;
  DraAnchorState anchor = dra_note_get_anchor (self->note, &range, &reason);
  gboolean bare = *dra_note_get_body (self->note) == '\0' &&
                  *dra_note_get_tags (self->note) == NULL && reason == NULL &&
                  anchor <= DRA_ANCHOR_MOVED && !dra_note_card_get_editing (self->card);

  gtk_widget_set_visible (self->stub, bare);
  gtk_widget_set_visible (GTK_WIDGET (self->card), !bare);
  /* An uncertain card shows its passage itself. */
  gtk_widget_set_visible (GTK_WIDGET (self->passage), anchor <= DRA_ANCHOR_MOVED);
}

static void
update (DraNoteRow *self)
{
  g_autofree char *body = dra_note_markup_to_plain (dra_note_get_body (self->note));
  g_autofree char *passage = dup_passage (self->note);
  g_autofree char *name = NULL;

  gtk_label_set_label (self->passage, passage);
  dra_note_colors_set_class (self->stub, dra_note_get_color (self->note));
  update_shown (self);
  if (*body != '\0')
    /* Translators: spoken by a screen reader: the passage, the text of the note on it */
    name = g_strdup_printf (_("Note on %s: %s"), passage, body);
  else
    /* Translators: spoken by a screen reader: the highlighted passage */
    name = g_strdup_printf (_("Highlight: %s"), passage);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
dra_note_row_dispose (GObject *object)
{
  DraNoteRow *self = DRA_NOTE_ROW (object);

  g_clear_object (&self->note);

  G_OBJECT_CLASS (dra_note_row_parent_class)->dispose (object);
}

static void
dra_note_row_class_init (DraNoteRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dra_note_row_dispose;

  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DELETED] = g_signal_new ("deleted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dra_note_row_init (DraNoteRow *self)
{
  GtkWidget *passage = gtk_label_new (NULL);

  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  self->passage = GTK_LABEL (passage);
  gtk_label_set_xalign (self->passage, 0);
  gtk_label_set_wrap (self->passage, TRUE);
  gtk_label_set_wrap_mode (self->passage, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_ellipsize (self->passage, PANGO_ELLIPSIZE_END);
  gtk_label_set_lines (self->passage, 2);
  gtk_widget_add_css_class (passage, "caption");
  gtk_widget_add_css_class (passage, "dim-label");
  gtk_box_append (self->box, passage);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), GTK_WIDGET (self->box));
  gtk_widget_add_css_class (GTK_WIDGET (self), "note-row");
}

/**
 * dra_note_row_new:
 * @note: the note to show
 *
 * Makes a row that follows @note.
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
dra_note_row_new (DraNote *note)
{
  DraNoteRow *self;

  g_return_val_if_fail (DRA_IS_NOTE (note), NULL);

  self = g_object_new (DRA_TYPE_NOTE_ROW, NULL);
  self->note = g_object_ref (note);
  self->card = DRA_NOTE_CARD (dra_note_card_new (note, FALSE));
  gtk_box_append (self->box, GTK_WIDGET (self->card));
  self->stub = gtk_button_new_with_label (_("Highlight"));
  gtk_widget_set_halign (gtk_button_get_child (GTK_BUTTON (self->stub)), GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (self->stub, _("Write a note on it"));
  gtk_widget_add_css_class (self->stub, "note-card");
  gtk_widget_add_css_class (self->stub, "note-stub");
  gtk_widget_add_css_class (self->stub, "flat");
  gtk_box_append (self->box, self->stub);
  g_signal_connect_object (self->stub, "clicked", G_CALLBACK (dra_note_row_edit), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->card, "notify::editing", G_CALLBACK (update_shown), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->card, "edited", G_CALLBACK (edited_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->card, "deleted", G_CALLBACK (deleted_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->card, "finished", G_CALLBACK (finished_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (note, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

DraNote *
dra_note_row_get_note (DraNoteRow *self)
{
  g_return_val_if_fail (DRA_IS_NOTE_ROW (self), NULL);

  return self->note;
}

/**
 * dra_note_row_edit:
 * @self: the row
 *
 * Opens the note's text for editing, with the keyboard in it.  Leaving it keeps the text.
 */
void
dra_note_row_edit (DraNoteRow *self)
{
  g_return_if_fail (DRA_IS_NOTE_ROW (self));

  gtk_widget_set_visible (GTK_WIDGET (self->card), TRUE);
  dra_note_card_edit (self->card);
}
