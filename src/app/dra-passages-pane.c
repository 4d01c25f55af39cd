/* dra-passages-pane.c: shows passages of the article and says which was chosen.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-passages-pane.h"

#include <glib/gi18n.h>

#include "app/dra-passage-list.h"

struct _DraPassagesPane
{
  GtkWidget           parent_instance;

  GtkWidget          *box;
  GtkLabel           *title;
  GtkLabel           *count;
  GtkFlowBox         *choices;
  GtkStack           *stack;
  GtkListView        *list;
  GtkLabel           *nothing;

  DraPassageList     *passages;
  GtkSingleSelection *selection;
};

enum
{
  PASSAGE_ACTIVATED,
  CHOICE_TOGGLED,
  CLOSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DraPassagesPane, dra_passages_pane, GTK_TYPE_WIDGET)

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), 5);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_margin_top (label, 4);
  gtk_widget_set_margin_bottom (label, 4);
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *item)
{
  GtkWidget *label = gtk_list_item_get_child (item);

  gtk_label_set_markup (GTK_LABEL (label), dra_passage_get_markup (gtk_list_item_get_item (item)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (label)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_text (GTK_LABEL (label)), -1);
}

static void
activate_cb (DraPassagesPane *self,
             guint            position)
{
  g_signal_emit (self, signals[PASSAGE_ACTIVATED], 0, position);
}

static void
close_cb (DraPassagesPane *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static void
toggled_cb (DraPassagesPane *self,
            GtkToggleButton *button)
{
  guint id = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "id"));

  g_signal_emit (self, signals[CHOICE_TOGGLED], 0, id, gtk_toggle_button_get_active (button));
}

static void
dra_passages_pane_dispose (GObject *object)
{
  DraPassagesPane *self = DRA_PASSAGES_PANE (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), DRA_TYPE_PASSAGES_PANE);
  g_clear_object (&self->selection);
  g_clear_object (&self->passages);
  G_OBJECT_CLASS (dra_passages_pane_parent_class)->dispose (object);
}

static void
dra_passages_pane_class_init (DraPassagesPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dra_passages_pane_dispose;
  signals[PASSAGE_ACTIVATED] = g_signal_new ("passage-activated", type, G_SIGNAL_RUN_LAST, 0,
                                             NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[CHOICE_TOGGLED] = g_signal_new ("choice-toggled", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT,
                                          G_TYPE_BOOLEAN);
  signals[CLOSED] = g_signal_new ("closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/dramatis/Dramatis/dra-passages-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, DraPassagesPane, box);
  gtk_widget_class_bind_template_child (widget_class, DraPassagesPane, title);
  gtk_widget_class_bind_template_child (widget_class, DraPassagesPane, count);
  gtk_widget_class_bind_template_child (widget_class, DraPassagesPane, choices);
  gtk_widget_class_bind_template_child (widget_class, DraPassagesPane, stack);
  gtk_widget_class_bind_template_child (widget_class, DraPassagesPane, list);
  gtk_widget_class_bind_template_child (widget_class, DraPassagesPane, nothing);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
dra_passages_pane_init (DraPassagesPane *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->passages = dra_passage_list_new ();
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->passages)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
}

/**
 * dra_passages_pane_show:
 * @title: what they have in common
 * @article: the article
 * @ranges: (element-type DraRange): bytes of its text, ascending
 * @context: bytes of the text that stand on both sides of each
 * @nothing: what to say when there are none
 *
 * Lists passages.
 */
void
dra_passages_pane_show (DraPassagesPane *self,
                        const char      *title,
                        DraArticle      *article,
                        GArray          *ranges,
                        guint            context,
                        const char      *nothing)
{
  g_autofree char *count = NULL;

  g_return_if_fail (DRA_IS_PASSAGES_PANE (self));

  dra_passage_list_set (self->passages, article, ranges, context);
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->nothing, nothing);
  count = g_strdup_printf (ngettext ("%u passage", "%u passages", ranges->len), ranges->len);
  gtk_label_set_label (self->count, count);
  gtk_widget_set_visible (GTK_WIDGET (self->count), ranges->len > 0);
  gtk_stack_set_visible_child_name (self->stack, ranges->len > 0 ? "list" : "nothing");
}

/**
 * dra_passages_pane_clear:
 *
 * Forgets the passages, and the article.
 */
void
dra_passages_pane_clear (DraPassagesPane *self)
{
  dra_passages_pane_clear_choices (self);
  dra_passage_list_set (self->passages, NULL, NULL, 0);
  gtk_label_set_label (self->title, "");
  gtk_label_set_label (self->count, "");
}

/**
 * dra_passages_pane_set_current:
 * @index: of a passage, or -1
 *
 * Marks the passage that the walk stands on.
 */
void
dra_passages_pane_set_current (DraPassagesPane *self,
                               int              index)
{
  gtk_single_selection_set_selected (self->selection, index >= 0 ? (guint) index
                                                                 : GTK_INVALID_LIST_POSITION);
  if (index >= 0 && gtk_widget_get_mapped (GTK_WIDGET (self->list)))
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u",
                                (guint) index);
}

void
dra_passages_pane_clear_choices (DraPassagesPane *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->choices))) != NULL)
    gtk_flow_box_remove (self->choices, child);
  gtk_widget_set_visible (GTK_WIDGET (self->choices), FALSE);
}

/**
 * dra_passages_pane_add_choice:
 * @id: what DraPassagesPane::choice-toggled tells
 * @label: a name
 * @chosen: whether it is chosen now
 *
 * Adds a toggle above the list.
 */
void
dra_passages_pane_add_choice (DraPassagesPane *self,
                              guint            id,
                              const char      *label,
                              gboolean         chosen)
{
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *name = gtk_label_new (label);
  GtkWidget *child;

  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  /* The least that is enough for an ellipsis: GTK 4.8 mixes up the two without it. */
  gtk_label_set_width_chars (GTK_LABEL (name), 4);
  gtk_label_set_max_width_chars (GTK_LABEL (name), 18);
  gtk_button_set_child (GTK_BUTTON (button), name);
  gtk_widget_add_css_class (button, "passage-choice");
  gtk_widget_set_tooltip_text (button, label);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), chosen);
  g_object_set_data (G_OBJECT (button), "id", GUINT_TO_POINTER (id));
  g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  gtk_flow_box_insert (self->choices, button, -1);
  /* The keyboard goes from button to button, not to the boxes round them. */
  child = gtk_widget_get_parent (button);
  gtk_widget_set_focusable (child, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->choices), TRUE);
}

/**
 * dra_passages_pane_focus_list:
 *
 * Puts the keyboard into the list.
 */
void
dra_passages_pane_focus_list (DraPassagesPane *self)
{
  if (!gtk_widget_grab_focus (GTK_WIDGET (self->list)))
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

guint
dra_passages_pane_get_n (DraPassagesPane *self)
{
  g_return_val_if_fail (DRA_IS_PASSAGES_PANE (self), 0);

  return g_list_model_get_n_items (G_LIST_MODEL (self->passages));
}

gboolean
dra_passages_pane_get_range (DraPassagesPane *self,
                             guint            index,
                             DraRange        *range)
{
  g_autoptr (DraPassage) passage
    = g_list_model_get_item (G_LIST_MODEL (self->passages), index);

  if (passage == NULL)
    return FALSE;
  *range = dra_passage_get_range (passage);
  return TRUE;
}
