/* dra-notes-pane.c: all notes of the article in text order, to read, edit and jump to.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-notes-pane.h"

#include <glib/gi18n.h>

#include "app/dra-note-colors.h"
#include "app/dra-note-filter.h"
#include "app/dra-note-row.h"

struct _DraNotesPane
{
  GtkWidget   parent_instance;

  GListModel         *notes; /* (nullable) all of them */
  DraNoteFilter      *filter;
  GtkFilterListModel *shown;

  GtkWidget      *content;
  GtkWidget      *tools;
  GtkEditable    *search;
  GtkMenuButton  *filter_button;
  GtkPopover     *filter_popover;
  GtkBox         *filter_box;
  GtkWidget      *shown_bar;
  GtkLabel       *shown_label;
  GtkStack       *stack;
  GtkListBox     *list;
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
  guint n_shown = g_list_model_get_n_items (G_LIST_MODEL (self->shown));
  gboolean open = dra_note_filter_is_open (self->filter);
  g_autofree char *label = NULL;

  gtk_stack_set_visible_child_name (self->stack,
                                    n == 0 ? "empty" : n_shown == 0 ? "no-match" : "list");
  gtk_widget_set_visible (self->tools, n > 0);
  gtk_widget_set_visible (self->shown_bar, n > 0 && !open);
  /* Translators: how many of the notes are listed: "3 of 12 notes" */
  label = g_strdup_printf (ngettext ("%u of %u note", "%u of %u notes", n), n_shown, n);
  gtk_label_set_label (self->shown_label, label);
  if (open)
    gtk_widget_remove_css_class (GTK_WIDGET (self->filter_button), "accent");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->filter_button), "accent");
}

/* {{{ Groups: what a note is on */

static int
get_group (GtkListBoxRow *row)
{
  DraNote *note = dra_note_row_get_note (DRA_NOTE_ROW (row));

  if (dra_note_get_target (note) == DRA_NOTE_TARGET_ARTICLE)
    return 0;
  if (dra_note_get_target (note) == DRA_NOTE_TARGET_ENTITY)
    return 1;
  return dra_note_get_anchor (note, NULL, NULL) == DRA_ANCHOR_LOST ? 3 : 2;
}

static void
update_header (GtkListBoxRow *row,
               GtkListBoxRow *before,
               gpointer       user_data)
{
  int group = get_group (row);
  GtkWidget *header = NULL;

  /* Notes in the text need no heading unless others stand above them. */
  if (before == NULL ? group != 2 : get_group (before) != group)
    {
      const char *const labels[] = { _("On the Whole Article"), _("On People and Organizations"),
                                     _("In the Text"), _("Without a Place in the Text") };

      header = gtk_label_new (labels[group]);
      gtk_label_set_xalign (GTK_LABEL (header), 0);
      gtk_label_set_wrap (GTK_LABEL (header), TRUE);
      gtk_widget_add_css_class (header, "heading");
      gtk_widget_add_css_class (header, "notes-heading");
    }
  gtk_list_box_row_set_header (row, header);
}

/* }}} */
/* {{{ What is listed */

static void
search_changed_cb (DraNotesPane *self)
{
  dra_note_filter_set_text (self->filter, gtk_editable_get_text (self->search));
}

static void
stop_search_cb (DraNotesPane *self)
{
  gtk_editable_set_text (self->search, "");
  gtk_widget_activate_action (GTK_WIDGET (self), "win.focus-text", NULL);
}

static guint
get_bits (DraNotesPane *self,
          const char   *group)
{
  guint bits = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->filter_box));
       child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *part = GTK_IS_BOX (child) ? gtk_widget_get_first_child (child) : child;

      for (; part != NULL; part = part == child ? NULL : gtk_widget_get_next_sibling (part))
        {
          const char *of = g_object_get_data (G_OBJECT (part), "group");
          guint bit = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (part), "bit"));

          if (g_strcmp0 (of, group) == 0 &&
              (GTK_IS_CHECK_BUTTON (part) ? gtk_check_button_get_active (GTK_CHECK_BUTTON (part))
                                          : gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (part))))
            bits |= bit;
        }
    }

  return bits;
}

static void
choice_toggled_cb (DraNotesPane *self,
                   GtkWidget    *button)
{
  const char *group = g_object_get_data (G_OBJECT (button), "group");
  const char *tag = g_object_get_data (G_OBJECT (button), "tag");

  if (tag != NULL)
    dra_note_filter_set_tag (self->filter, tag,
                             gtk_check_button_get_active (GTK_CHECK_BUTTON (button)));
  else if (g_str_equal (group, "color"))
    dra_note_filter_set_colors (self->filter, get_bits (self, group));
  else if (g_str_equal (group, "kind"))
    dra_note_filter_set_kinds (self->filter, get_bits (self, group));
  else
    dra_note_filter_set_states (self->filter, get_bits (self, group));
}

static void
add_choice (DraNotesPane *self,
            GtkWidget    *parent,
            GtkWidget    *button,
            const char   *group,
            guint         bit,
            gboolean      active)
{
  g_object_set_data (G_OBJECT (button), "group", (gpointer) group);
  g_object_set_data (G_OBJECT (button), "bit", GUINT_TO_POINTER (bit));
  g_object_set (button, "active", active, NULL);
  g_signal_connect_object (button, "toggled", G_CALLBACK (choice_toggled_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (parent), button);
}

static void
add_heading (DraNotesPane *self,
             const char   *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (label, "filter-heading");
  gtk_box_append (self->filter_box, label);
}

static void
add_tags (DraNotesPane *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  guint n = self->notes != NULL ? g_list_model_get_n_items (self->notes) : 0;
  GHashTableIter iter;
  gpointer key;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (DraNote) note = g_list_model_get_item (self->notes, i);
      const char *const *tags = dra_note_get_tags (note);

      for (guint k = 0; tags[k] != NULL; k++)
        g_hash_table_add (seen, g_strdup (tags[k]));
    }
  if (g_hash_table_size (seen) == 0)
    return;

  g_hash_table_iter_init (&iter, seen);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (sorted, key);
  g_ptr_array_sort_with_data (sorted, (GCompareDataFunc) (void (*) (void)) g_strcmp0, NULL);
  add_heading (self, _("Tags"));
  for (guint i = 0; i < sorted->len; i++)
    {
      GtkWidget *button = gtk_check_button_new_with_label (sorted->pdata[i]);

      g_object_set_data_full (G_OBJECT (button), "tag", g_strdup (sorted->pdata[i]), g_free);
      add_choice (self, GTK_WIDGET (self->filter_box), button, "tag", 0,
                  dra_note_filter_has_tag (self->filter, sorted->pdata[i]));
    }
}

/* Made anew each time: colours may have got meanings and notes tags since. */
static void
filter_shown_cb (DraNotesPane *self)
{
  const char *const kinds[] = { _("Highlights"), _("Notes on passages"),
                                _("Notes on people and organizations"),
                                _("Notes on the whole article") };
  const char *const states[] = { _("Where they were made"), _("Moved with their passage"),
                                 _("Unsure: need a look"), _("Lost: passage is gone") };
  guint colors = get_bits (self, "color");
  guint chosen_kinds = get_bits (self, "kind");
  guint chosen_states = dra_note_filter_get_states (self->filter);
  GtkWidget *swatches, *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->filter_box))) != NULL)
    gtk_box_remove (self->filter_box, child);

  add_heading (self, _("Colors"));
  swatches = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  for (guint i = 0; i < DRA_N_NOTE_COLORS; i++)
    /* Translators: %s is the name of a colour */
    add_choice (self, swatches, dra_note_colors_new_button (i, _("Notes in %s")), "color", 1u << i,
                (colors & 1u << i) != 0);
  gtk_box_append (self->filter_box, swatches);

  add_heading (self, _("Kinds"));
  for (guint i = 0; i < DRA_N_NOTE_KINDS; i++)
    add_choice (self, GTK_WIDGET (self->filter_box), gtk_check_button_new_with_label (kinds[i]),
                "kind", 1u << i, (chosen_kinds & 1u << i) != 0);

  add_heading (self, _("Places in the Text"));
  for (guint i = 0; i <= DRA_ANCHOR_LOST; i++)
    add_choice (self, GTK_WIDGET (self->filter_box), gtk_check_button_new_with_label (states[i]),
                "state", 1u << i, (chosen_states & 1u << i) != 0);

  add_tags (self);

  child = gtk_button_new_with_label (_("Name the Colors…"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (child), "win.name-colors");
  gtk_widget_add_css_class (child, "flat");
  gtk_widget_set_margin_top (child, 6);
  g_signal_connect_object (child, "clicked", G_CALLBACK (gtk_popover_popdown), self->filter_popover,
                           G_CONNECT_SWAPPED);
  gtk_box_append (self->filter_box, child);
}

/**
 * dra_notes_pane_show_all:
 * @self: the pane
 *
 * Lists all notes again.
 */
void
dra_notes_pane_show_all (DraNotesPane *self)
{
  GtkWidget *child;

  g_return_if_fail (DRA_IS_NOTES_PANE (self));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->filter_box))) != NULL)
    gtk_box_remove (self->filter_box, child);
  gtk_editable_set_text (self->search, "");
  dra_note_filter_clear (self->filter);
}

/**
 * dra_notes_pane_show_states:
 * @self: the pane
 * @states: bits, 1 << DraAnchorState
 *
 * Lists only notes that stand so.
 */
void
dra_notes_pane_show_states (DraNotesPane *self,
                            guint         states)
{
  g_return_if_fail (DRA_IS_NOTES_PANE (self));

  dra_notes_pane_show_all (self);
  dra_note_filter_set_states (self->filter, states);
}

/* }}} */

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

/* A note that is to be seen is not hidden by what was sought before. */
static DraNoteRow *
find_or_reveal (DraNotesPane *self,
                DraNote      *note)
{
  DraNoteRow *row = find_row (self, note);

  if (row == NULL && !dra_note_filter_is_open (self->filter))
    {
      dra_notes_pane_show_all (self);
      row = find_row (self, note);
    }
  return row;
}

static void
dra_notes_pane_dispose (GObject *object)
{
  DraNotesPane *self = DRA_NOTES_PANE (object);

  if (self->shown != NULL)
    g_signal_handlers_disconnect_by_func (self->shown, items_changed_cb, self);
  g_clear_object (&self->notes);
  g_clear_object (&self->shown);
  g_clear_object (&self->filter);
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
  gtk_widget_class_bind_template_child (widget_class, DraNotesPane, content);
  gtk_widget_class_bind_template_child (widget_class, DraNotesPane, tools);
  gtk_widget_class_bind_template_child (widget_class, DraNotesPane, search);
  gtk_widget_class_bind_template_child (widget_class, DraNotesPane, filter_button);
  gtk_widget_class_bind_template_child (widget_class, DraNotesPane, filter_popover);
  gtk_widget_class_bind_template_child (widget_class, DraNotesPane, filter_box);
  gtk_widget_class_bind_template_child (widget_class, DraNotesPane, shown_bar);
  gtk_widget_class_bind_template_child (widget_class, DraNotesPane, shown_label);
  gtk_widget_class_bind_template_child (widget_class, DraNotesPane, stack);
  gtk_widget_class_bind_template_child (widget_class, DraNotesPane, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, dra_notes_pane_show_all);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
dra_notes_pane_init (DraNotesPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filter = dra_note_filter_new ();
  self->shown = gtk_filter_list_model_new (NULL, GTK_FILTER (g_object_ref (self->filter)));
  gtk_list_box_set_header_func (self->list, update_header, NULL, NULL);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->shown), create_row, self, NULL);
  g_signal_connect_object (self->shown, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->filter, "changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
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

  g_set_object (&self->notes, notes);
  dra_notes_pane_show_all (self);
  gtk_filter_list_model_set_model (self->shown, notes);
  items_changed_cb (self);
}

void
dra_notes_pane_show_note (DraNotesPane *self,
                          DraNote      *note)
{
  DraNoteRow *row;

  g_return_if_fail (DRA_IS_NOTES_PANE (self));

  row = find_or_reveal (self, note);
  if (row != NULL)
    gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
}

void
dra_notes_pane_edit_note (DraNotesPane *self,
                          DraNote      *note)
{
  DraNoteRow *row;

  g_return_if_fail (DRA_IS_NOTES_PANE (self));

  row = find_or_reveal (self, note);
  if (row == NULL)
    return;
  gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
  dra_note_row_edit (row);
}

guint
dra_notes_pane_get_n_rows (DraNotesPane *self)
{
  g_return_val_if_fail (DRA_IS_NOTES_PANE (self), 0);

  return g_list_model_get_n_items (G_LIST_MODEL (self->shown));
}

/**
 * dra_notes_pane_get_selected:
 * @self: the pane
 *
 * Returns: (transfer none) (nullable): the note whose row is selected
 */
DraNote *
dra_notes_pane_get_selected (DraNotesPane *self)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (DRA_IS_NOTES_PANE (self), NULL);

  row = gtk_list_box_get_selected_row (self->list);
  return row != NULL ? dra_note_row_get_note (DRA_NOTE_ROW (row)) : NULL;
}

void
dra_notes_pane_focus_list (DraNotesPane *self)
{
  g_return_if_fail (DRA_IS_NOTES_PANE (self));

  if (dra_notes_pane_get_n_rows (self) == 0 ||
      !gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD))
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}
