/* dra-name-chooser.c: asks which name another one is the same as.
 *
 * Lists the other people and organizations, those that share a word first; what is typed
 * filters them, and may itself be the name of someone the article does not name.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-name-chooser.h"

#include <glib/gi18n.h>

#include "app/dra-cast-row.h"
#include "notes/dra-fold.h"

struct _DraNameChooser
{
  AdwWindow           parent_instance;

  DraCast            *cast;
  DraEntityKind       kind;
  GtkFilterListModel *matches;
  GtkCustomFilter    *filter;
  char               *needle;
  GtkSingleSelection *selection;
  GtkSearchEntry     *entry;
  GtkListView        *list;
  GtkStack           *stack;
  GtkButton          *typed; /* takes what is typed for a name */
};

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DraNameChooser, dra_name_chooser, ADW_TYPE_WINDOW)

static void
choose (DraNameChooser *self,
        DraEntityKind   kind,
        const char     *name)
{
  g_autoptr (DraNameChooser) held = g_object_ref (self);

  g_signal_emit (self, signals[CHOSEN], 0, dra_entity_kind_to_string (kind), name);
  gtk_window_close (GTK_WINDOW (self));
}

static void
activate_cb (DraNameChooser *self,
             guint           position)
{
  g_autoptr (DraCastItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  const DraEntity *entity = item != NULL ? dra_cast_item_get_entity (item) : NULL;

  if (entity != NULL)
    choose (self, entity->kind, entity->name);
}

static void
typed_cb (DraNameChooser *self)
{
  g_autofree char *name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));

  if (*g_strstrip (name) != '\0')
    choose (self, self->kind, name);
}

/* Enter takes the first that is left, or what was typed when none is. */
static void
enter_cb (DraNameChooser *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->matches)) > 0)
    activate_cb (self, 0);
  else
    typed_cb (self);
}

static gboolean
matches_cb (gpointer item,
            gpointer user_data)
{
  return dra_cast_item_matches (item, DRA_NAME_CHOOSER (user_data)->needle);
}

static void
changed_cb (DraNameChooser *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autofree char *label = NULL;
  g_autofree char *name = g_strstrip (g_strdup (text));

  g_free (self->needle);
  self->needle = g_strstrip (dra_cast_item_fold (text));
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  gtk_stack_set_visible_child_name (
    self->stack,
    g_list_model_get_n_items (G_LIST_MODEL (self->matches)) > 0 ? "list" : "none");
  /* Translators: %s is a name that was typed in */
  label = g_strdup_printf (_("Call It “%s”"), name);
  gtk_button_set_label (self->typed, label);
  gtk_widget_set_visible (GTK_WIDGET (self->typed), *name != '\0');
}

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *list_item)
{
  gtk_list_item_set_child (list_item, dra_cast_row_new ());
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *list_item)
{
  GtkWidget *row = gtk_list_item_get_child (list_item);
  DraCastItem *item = gtk_list_item_get_item (list_item);
  g_autofree char *description = dra_cast_item_describe (item);

  dra_cast_row_set_item (DRA_CAST_ROW (row), item);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (row)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, description, -1);
}

static void
unbind_cb (GtkListItemFactory *factory,
           GtkListItem        *list_item)
{
  dra_cast_row_set_item (DRA_CAST_ROW (gtk_list_item_get_child (list_item)), NULL);
}

static void
dra_name_chooser_dispose (GObject *object)
{
  DraNameChooser *self = DRA_NAME_CHOOSER (object);

  g_clear_object (&self->matches);
  g_clear_object (&self->filter);
  g_clear_object (&self->cast);
  g_clear_pointer (&self->needle, g_free);

  G_OBJECT_CLASS (dra_name_chooser_parent_class)->dispose (object);
}

static void
dra_name_chooser_class_init (DraNameChooserClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dra_name_chooser_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0,
                                       "window.close", NULL);
}

static GtkWidget *
create_list (DraNameChooser *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *list;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  list = gtk_list_view_new (NULL, factory);
  self->list = GTK_LIST_VIEW (list);
  gtk_widget_add_css_class (list, "navigation-sidebar");
  gtk_widget_add_css_class (list, "cast-list");
  gtk_list_view_set_single_click_activate (self->list, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("People and organizations"), -1);
  g_signal_connect_object (list, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), list);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

static GtkWidget *
create_nothing (void)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_title (ADW_STATUS_PAGE (page), _("No Results"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page),
                                   _("The article names nobody else like that."));
  gtk_widget_add_css_class (page, "compact");
  gtk_widget_set_vexpand (page, TRUE);
  return page;
}

static void
dra_name_chooser_init (DraNameChooser *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();

  gtk_window_set_default_size (GTK_WINDOW (self), 360, 480);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
  self->entry = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  gtk_widget_set_margin_start (GTK_WIDGET (self->entry), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->entry), 12);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->entry), 6);
  g_object_set (self->entry, "placeholder-text", _("Name"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Whose name it is"), -1);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (enter_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "stop-search", G_CALLBACK (gtk_window_close), self,
                           G_CONNECT_SWAPPED);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, create_list (self), "list");
  gtk_stack_add_named (self->stack, create_nothing (), "none");
  self->typed = GTK_BUTTON (gtk_button_new ());
  gtk_widget_set_margin_start (GTK_WIDGET (self->typed), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->typed), 12);
  gtk_widget_set_margin_top (GTK_WIDGET (self->typed), 6);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->typed), 12);
  gtk_widget_set_visible (GTK_WIDGET (self->typed), FALSE);
  g_signal_connect_object (self->typed, "clicked", G_CALLBACK (typed_cb), self,
                           G_CONNECT_SWAPPED);

  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->entry));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->typed));
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->entry));
}

/* Whether two names have a word in common. */
static gboolean
share_word (GHashTable *words,
            const char *name)
{
  g_autofree char *folded = dra_fold_string (name);
  g_auto (GStrv) split = g_strsplit (folded, " ", -1);

  for (guint i = 0; split[i] != NULL; i++)
    if (strlen (split[i]) > 2 && g_hash_table_contains (words, split[i]))
      return TRUE;
  return FALSE;
}

static void
fill (DraNameChooser *self,
      guint           chosen)
{
  g_autoptr (GListStore) names = g_list_store_new (DRA_TYPE_CAST_ITEM);
  g_autoptr (GPtrArray) near = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) far = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *folded = dra_fold_string (dra_cast_get_entity (self->cast, chosen)->name);
  g_auto (GStrv) split = g_strsplit (folded, " ", -1);

  for (guint i = 0; split[i] != NULL; i++)
    g_hash_table_add (words, g_strdup (split[i]));
  for (guint i = 0; i < dra_cast_get_n_entities (self->cast); i++)
    {
      const DraEntity *entity = dra_cast_get_entity (self->cast, i);

      if (i != chosen && entity->kind != DRA_ENTITY_PLACE)
        g_ptr_array_add (share_word (words, entity->name) ? near : far,
                         dra_cast_item_new (self->cast, i));
    }
  g_list_store_splice (names, 0, 0, near->pdata, near->len);
  g_list_store_splice (names, near->len, 0, far->pdata, far->len);

  self->filter = gtk_custom_filter_new (matches_cb, self, NULL);
  self->matches = gtk_filter_list_model_new (G_LIST_MODEL (g_steal_pointer (&names)),
                                             GTK_FILTER (g_object_ref (self->filter)));
  self->selection
    = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->matches)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_object_unref (self->selection); /* the list view has it */
  changed_cb (self);
}

/**
 * dra_name_chooser_new:
 * @parent: the window to ask in
 * @cast: the names
 * @entity: index in it of the one that is the same as another
 *
 * Returns: (transfer none): a window that asks, owned by GTK
 */
GtkWindow *
dra_name_chooser_new (GtkWindow *parent,
                      DraCast   *cast,
                      guint      entity)
{
  DraNameChooser *self;
  g_autofree char *title = NULL;

  g_return_val_if_fail (DRA_IS_CAST (cast), NULL);

  self = g_object_new (DRA_TYPE_NAME_CHOOSER, "transient-for", parent, NULL);
  self->cast = g_object_ref (cast);
  self->kind = dra_cast_get_entity (cast, entity)->kind;
  /* Translators: the title of a window that lists names */
  title = g_strdup_printf (_("“%s” Is the Same As"), dra_cast_get_entity (cast, entity)->name);
  gtk_window_set_title (GTK_WINDOW (self), title);
  fill (self, entity);
  return GTK_WINDOW (self);
}
