/* dra-selection-popover.c: Note, six colours, Copy.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-selection-popover.h"

#include <glib/gi18n.h>

#include "app/dra-note-colors.h"

struct _DraSelectionPopover
{
  GtkPopover parent_instance;
};

enum
{
  ADD_NOTE,
  ADD_HIGHLIGHT,
  COPY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DraSelectionPopover, dra_selection_popover, GTK_TYPE_POPOVER)

static void
note_cb (DraSelectionPopover *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[ADD_NOTE], 0);
}

static void
copy_cb (DraSelectionPopover *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[COPY], 0);
}

static void
color_cb (GtkToggleButton     *button,
          DraSelectionPopover *self)
{
  int color = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "color"));

  if (!gtk_toggle_button_get_active (button))
    return;
  gtk_toggle_button_set_active (button, FALSE);
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[ADD_HIGHLIGHT], 0, color);
}

static GtkWidget *
add_button (DraSelectionPopover *self,
            GtkWidget           *box,
            const char          *icon,
            const char          *label,
            GCallback            callback)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (content), gtk_label_new (label));
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
dra_selection_popover_class_init (DraSelectionPopoverClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  signals[ADD_NOTE] = g_signal_new ("add-note", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 0);
  signals[ADD_HIGHLIGHT] = g_signal_new ("add-highlight", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[COPY] = g_signal_new ("copy", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
}

static void
dra_selection_popover_init (DraSelectionPopover *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);

  dra_note_colors_load_css ();
  gtk_widget_add_css_class (GTK_WIDGET (self), "selection-popover");
  gtk_popover_set_autohide (GTK_POPOVER (self), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self), GTK_POS_TOP);
  gtk_popover_set_child (GTK_POPOVER (self), box);

  add_button (self, box, "document-edit-symbolic", _("Note"), G_CALLBACK (note_cb));
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  for (guint i = 0; i < DRA_N_NOTE_COLORS; i++)
    {
      /* Translators: %s is the name of a colour */
      GtkWidget *button = dra_note_colors_new_button (i, _("Highlight in %s"));

      gtk_widget_set_focus_on_click (button, FALSE);
      g_object_set_data (G_OBJECT (button), "color", GINT_TO_POINTER ((int) i));
      g_signal_connect_object (button, "toggled", G_CALLBACK (color_cb), self, 0);
      gtk_box_append (GTK_BOX (box), button);
    }
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  add_button (self, box, "edit-copy-symbolic", _("Copy"), G_CALLBACK (copy_cb));
}

/**
 * dra_selection_popover_new:
 *
 * Returns: (transfer full): a popover, to be given a parent
 */
GtkWidget *
dra_selection_popover_new (void)
{
  return g_object_new (DRA_TYPE_SELECTION_POPOVER, NULL);
}
