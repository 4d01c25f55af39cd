/* dra-notes-pane.c: all notes of the article in text order, to read, edit and jump to.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-notes-pane.h"

#include "app/dra-note-row.h"

struct _DraNotesPane
{
  GtkWidget   parent_instance;

  GListModel *notes;

  GtkStack   *stack;
  GtkListBox *list;
};

enum
{
  NOTE_ACTIVATED,
  NOTE_EDITED,
  NOTE_DELETED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DraNotesPane, dra_notes_pane, GTK_TYPE_WIDGET)

static void
row_edited_cb (DraNotesPane *self,
               DraNoteRow   *row)
{
  g_signal_emit (self, signals[NOTE_EDITED], 0, dra_note_row_get_note (row));
}

static void
row_deleted_cb (DraNotesPane *self,
                DraNoteRow   *row)
{
  g_autoptr (DraNote) note = g_object_ref (dra_note_row_get_note (row));

  g_signal_emit (self, signals[NOTE_DELETED], 0, note);
}

static GtkWidget *
create_row (gpointer item,
            gpointer user_data)
{
  GtkWidget *row = dra_note_row_new (item);

  g_signal_connect_object (row, "edited", G_CALLBACK (row_edited_cb), user_data,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "deleted", G_CALLBACK (row_deleted_cb), user_data,
                           G_CONNECT_SWAPPED);
  return row;
}

static void
row_activated_cb (DraNotesPane *self,
                  DraNoteRow   *row)
{
  g_signal_emit (self, signals[NOTE_ACTIVATED], 0, dra_note_row_get_note (row));
}

static void
items_changed_cb (DraNotesPane *self)
{
  guint n = self->notes != NULL ? g_list_model_get_n_items (self->notes) : 0;

  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "empty");
}

static DraNoteRow *
find_row (DraNotesPane *self,
          DraNote      *note)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->list)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (DRA_IS_NOTE_ROW (child) && dra_note_row_get_note (DRA_NOTE_ROW (child)) == note)
      return DRA_NOTE_ROW (child);

  return NULL;
}

static void
dra_notes_pane_dispose (GObject *object)
{
  DraNotesPane *self = DRA_NOTES_PANE (object);

  if (self->notes != NULL)
    g_signal_handlers_disconnect_by_func (self->notes, items_changed_cb, self);
  g_clear_object (&self->notes);
  gtk_widget_dispose_template (GTK_WIDGET (self), DRA_TYPE_NOTES_PANE);

  G_OBJECT_CLASS (dra_notes_pane_parent_class)->dispose (object);
}

static void
dra_notes_pane_class_init (DraNotesPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const char *const names[N_SIGNALS] = { "note-activated", "note-edited",
                                                "note-deleted" };

  G_OBJECT_CLASS (klass)->dispose = dra_notes_pane_dispose;

  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                               NULL, NULL, G_TYPE_NONE, 1, DRA_TYPE_NOTE);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/dramatis/Dramatis/dra-notes-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, DraNotesPane, stack);
  gtk_widget_class_bind_template_child (widget_class, DraNotesPane, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
dra_notes_pane_init (DraNotesPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dra_notes_pane_set_notes:
 * @self: the pane
 * @notes: (nullable): a list of DraNote, followed live
 *
 * Lists @notes in their order.
 */
void
dra_notes_pane_set_notes (DraNotesPane *self,
                          GListModel   *notes)
{
  g_return_if_fail (DRA_IS_NOTES_PANE (self));

  if (self->notes != NULL)
    g_signal_handlers_disconnect_by_func (self->notes, items_changed_cb, self);
  g_set_object (&self->notes, notes);
  gtk_list_box_bind_model (self->list, notes, create_row, self, NULL);
  if (notes != NULL)
    g_signal_connect_object (notes, "items-changed", G_CALLBACK (items_changed_cb), self,
                             G_CONNECT_SWAPPED);
  items_changed_cb (self);
}

void
dra_notes_pane_show_note (DraNotesPane *self,
                          DraNote      *note)
{
  DraNoteRow *row;

  g_return_if_fail (DRA_IS_NOTES_PANE (self));

  row = find_row (self, note);
  if (row != NULL)
    gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
}

void
dra_notes_pane_edit_note (DraNotesPane *self,
                          DraNote      *note)
{
  DraNoteRow *row;

  g_return_if_fail (DRA_IS_NOTES_PANE (self));

  row = find_row (self, note);
  if (row == NULL)
    return;
  gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
  dra_note_row_edit (row);
}

guint
dra_notes_pane_get_n_rows (DraNotesPane *self)
{
  g_return_val_if_fail (DRA_IS_NOTES_PANE (self), 0);

  return self->notes != NULL ? g_list_model_get_n_items (self->notes) : 0;
}

void
dra_notes_pane_focus_list (DraNotesPane *self)
{
  g_return_if_fail (DRA_IS_NOTES_PANE (self));

  gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}
