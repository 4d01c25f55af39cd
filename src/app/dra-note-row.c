/* dra-note-row.c: one note in the notes pane: its passage, its text, edit and delete.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-note-row.h"

#include <glib/gi18n.h>

#define SETTLE_MS 600 /* without a key before the text typed so far is told */

struct _DraNoteRow
{
  GtkListBoxRow  parent_instance;

  DraNote       *note;
  guint          settle_id;
  gboolean       showing; /* the editor's text is being set by the program */

  GtkWidget     *stripe;
  GtkLabel      *quote;
  GtkStack      *stack;
  GtkLabel      *body;
  GtkTextView   *editor;
  GtkLabel      *reason;
  GtkWidget     *edit;
};

enum
{
  EDITED,
  DELETED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DraNoteRow, dra_note_row, GTK_TYPE_LIST_BOX_ROW)

static char *
editor_text (DraNoteRow *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->editor);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static gboolean
editing (DraNoteRow *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "edit") == 0;
}

/* Takes the typed text into the note. */
static void
commit (DraNoteRow *self)
{
  g_autofree char *text = NULL;

  g_clear_handle_id (&self->settle_id, g_source_remove);
  if (self->note == NULL || !editing (self))
    return;

  text = editor_text (self);
  if (g_strcmp0 (text, dra_note_get_body (self->note)) == 0)
    return;
  dra_note_set_body (self->note, text);
  g_signal_emit (self, signals[EDITED], 0);
}

static gboolean
settled_cb (gpointer user_data)
{
  DraNoteRow *self = user_data;

  self->settle_id = 0;
  commit (self);
  return G_SOURCE_REMOVE;
}

static void
text_changed_cb (DraNoteRow *self)
{
  if (self->showing)
    return;
  g_clear_handle_id (&self->settle_id, g_source_remove);
  self->settle_id = g_timeout_add (SETTLE_MS, settled_cb, self);
}

static void
stop_editing (DraNoteRow *self)
{
  commit (self);
  gtk_stack_set_visible_child_name (self->stack, "read");
  gtk_widget_set_visible (self->edit, TRUE);
}

static void
focus_left_cb (DraNoteRow *self)
{
  if (editing (self))
    stop_editing (self);
}

static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *args,
           gpointer   user_data)
{
  DraNoteRow *self = user_data;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  return GDK_EVENT_STOP;
}

static void
delete_cb (DraNoteRow *self)
{
  commit (self);
  g_signal_emit (self, signals[DELETED], 0);
}

static void
update (DraNoteRow *self)
{
  const DraQuote *quote = dra_note_get_quote (self->note);
  const char *body = dra_note_get_body (self->note);
  const char *reason = NULL;
  g_autofree char *passage = NULL;
  g_autofree char *name = NULL;
  g_autofree char *typed = editor_text (self);

  if (quote != NULL && quote->exact != NULL && *quote->exact != '\0')
    /* Translators: a passage of the article, quoted */
    passage = g_strdup_printf (_("“%s”"), quote->exact);
  else if (dra_note_get_entity_name (self->note) != NULL)
    passage = g_strdup (dra_note_get_entity_name (self->note));
  else
    passage = g_strdup (_("Note on the whole article"));
  g_strdelimit (passage, "\n", ' ');
  gtk_label_set_label (self->quote, passage);

  gtk_label_set_label (self->body, body);
  gtk_widget_set_visible (GTK_WIDGET (self->body), *body != '\0');
  if (g_strcmp0 (typed, body) != 0 && self->settle_id == 0)
    {
      self->showing = TRUE;
      gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->editor), body, -1);
      self->showing = FALSE;
    }

  dra_note_get_anchor (self->note, NULL, &reason);
  gtk_label_set_label (self->reason, reason != NULL ? reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reason), reason != NULL);

  for (int color = 0; color < DRA_N_NOTE_COLORS; color++)
    gtk_widget_remove_css_class (self->stripe, dra_note_color_to_string (color));
  gtk_widget_add_css_class (self->stripe,
                            dra_note_color_to_string (dra_note_get_color (self->note)));

  if (*body != '\0')
    /* Translators: spoken by a screen reader: the passage, the text of the note on it */
    name = g_strdup_printf (_("Note on %s: %s"), passage, body);
  else
    name = g_strdup_printf (_("Highlight: %s"), passage);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
dra_note_row_dispose (GObject *object)
{
  DraNoteRow *self = DRA_NOTE_ROW (object);

  g_clear_handle_id (&self->settle_id, g_source_remove);
  g_clear_object (&self->note);
  gtk_widget_dispose_template (GTK_WIDGET (self), DRA_TYPE_NOTE_ROW);

  G_OBJECT_CLASS (dra_note_row_parent_class)->dispose (object);
}

static void
dra_note_row_class_init (DraNoteRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dra_note_row_dispose;

  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DELETED] = g_signal_new ("deleted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/dramatis/Dramatis/dra-note-row.ui");
  gtk_widget_class_bind_template_child (widget_class, DraNoteRow, stripe);
  gtk_widget_class_bind_template_child (widget_class, DraNoteRow, quote);
  gtk_widget_class_bind_template_child (widget_class, DraNoteRow, stack);
  gtk_widget_class_bind_template_child (widget_class, DraNoteRow, body);
  gtk_widget_class_bind_template_child (widget_class, DraNoteRow, editor);
  gtk_widget_class_bind_template_child (widget_class, DraNoteRow, reason);
  gtk_widget_class_bind_template_child (widget_class, DraNoteRow, edit);
  gtk_widget_class_bind_template_callback (widget_class, dra_note_row_edit);
  gtk_widget_class_bind_template_callback (widget_class, delete_cb);
}

static void
dra_note_row_init (DraNoteRow *self)
{
  GtkEventController *keys;
  GtkEventController *focus;

  gtk_widget_init_template (GTK_WIDGET (self));

  g_signal_connect_object (gtk_text_view_get_buffer (self->editor), "changed",
                           G_CALLBACK (text_changed_cb), self, G_CONNECT_SWAPPED);

  focus = gtk_event_controller_focus_new ();
  g_signal_connect_object (focus, "leave", G_CALLBACK (focus_left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->editor), focus);

  keys = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                      gtk_callback_action_new (escape_cb, self, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self->editor), keys);
}

GtkWidget *
dra_note_row_new (DraNote *note)
{
  DraNoteRow *self;

  g_return_val_if_fail (DRA_IS_NOTE (note), NULL);

  self = g_object_new (DRA_TYPE_NOTE_ROW, NULL);
  self->note = g_object_ref (note);
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
  GtkTextBuffer *buffer;
  GtkTextIter end;

  g_return_if_fail (DRA_IS_NOTE_ROW (self));

  gtk_stack_set_visible_child_name (self->stack, "edit");
  gtk_widget_set_visible (self->edit, FALSE);
  buffer = gtk_text_view_get_buffer (self->editor);
  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_place_cursor (buffer, &end);
  gtk_widget_grab_focus (GTK_WIDGET (self->editor));
}
