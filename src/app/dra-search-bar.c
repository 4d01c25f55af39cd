/* dra-search-bar.c: find in text: an entry, "3 of 17", previous and next.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-search-bar.h"

#include <glib/gi18n.h>

#include "app/dra-find.h"
#include "app/dra-key.h"

struct _DraSearchBar
{
  GtkWidget       parent_instance;

  DraArticleView *view;

  GtkSearchBar   *bar;
  GtkSearchEntry *entry;
  GtkLabel       *count;
  GtkWidget      *previous;
  GtkWidget      *next;

  gboolean        match_case;
  gboolean        whole_words;
};

enum
{
  PROP_0,
  PROP_SEARCH_MODE,
  PROP_MATCH_CASE,
  PROP_WHOLE_WORDS,
  N_PROPS,
};

enum
{
  LIST_RESULTS,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DraSearchBar, dra_search_bar, GTK_TYPE_WIDGET)

static void
update_count (DraSearchBar *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autofree char *label = NULL;
  guint n_hits = 0;
  int current = -1;

  if (self->view != NULL)
    g_object_get (self->view, "n-hits", &n_hits, "current-hit", &current, NULL);

  if (*text == '\0')
    label = g_strdup ("");
  else if (n_hits == 0)
    label = g_strdup (_("No results"));
  else if (current < 0)
    label = g_strdup_printf (ngettext ("%u result", "%u results", n_hits), n_hits);
  else
    /* Translators: which of the found places, as in "3 of 17" */
    label = g_strdup_printf (_("%d of %u"), current + 1, n_hits);

  gtk_label_set_label (self->count, label);
  gtk_widget_set_sensitive (self->previous, n_hits > 0);
  gtk_widget_set_sensitive (self->next, n_hits > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "find.list", n_hits > 0);
  if (*text != '\0' && n_hits == 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, label, -1);
}

static void
apply_text (DraSearchBar *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  gboolean open = gtk_search_bar_get_search_mode (self->bar);

  if (self->view != NULL)
    g_object_set (self->view, "search-text", open && *text != '\0' ? text : NULL, NULL);
  update_count (self);
}

static void
search_changed_cb (DraSearchBar *self)
{
  apply_text (self);
}

static void
next_cb (DraSearchBar *self)
{
  dra_search_bar_step (self, 1);
}

static void
previous_cb (DraSearchBar *self)
{
  dra_search_bar_step (self, -1);
}

static gboolean
previous_key_cb (GtkWidget *widget,
                 GVariant  *args,
                 gpointer   user_data)
{
  previous_cb (user_data);
  return GDK_EVENT_STOP;
}

static void
stop_search_cb (DraSearchBar *self)
{
  dra_search_bar_set_search_mode (self, FALSE);
}

static void
mode_changed_cb (DraSearchBar *self)
{
  apply_text (self);
  if (!gtk_search_bar_get_search_mode (self->bar) && self->view != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (dra_article_view_get_text_view (self->view)));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEARCH_MODE]);
}

static void
dra_search_bar_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  DraSearchBar *self = DRA_SEARCH_BAR (object);

  switch (prop_id)
    {
    case PROP_MATCH_CASE:
      g_value_set_boolean (value, self->match_case);
      break;
    case PROP_WHOLE_WORDS:
      g_value_set_boolean (value, self->whole_words);
      break;
    case PROP_SEARCH_MODE:
      g_value_set_boolean (value, dra_search_bar_get_search_mode (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
set_option (DraSearchBar *self,
            gboolean     *option,
            gboolean      value,
            GParamSpec   *pspec)
{
  if (*option == value)
    return;
  *option = value;
  if (self->view != NULL)
    g_object_set (self->view, "search-flags",
                  (self->match_case ? DRA_FIND_CASE : 0)
                    | (self->whole_words ? DRA_FIND_WORDS : 0),
                  NULL);
  update_count (self);
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
list_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  g_signal_emit (widget, signals[LIST_RESULTS], 0);
}

static void
dra_search_bar_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  DraSearchBar *self = DRA_SEARCH_BAR (object);

  switch (prop_id)
    {
    case PROP_MATCH_CASE:
      set_option (self, &self->match_case, g_value_get_boolean (value), pspec);
      break;
    case PROP_WHOLE_WORDS:
      set_option (self, &self->whole_words, g_value_get_boolean (value), pspec);
      break;
    case PROP_SEARCH_MODE:
      dra_search_bar_set_search_mode (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dra_search_bar_dispose (GObject *object)
{
  DraSearchBar *self = DRA_SEARCH_BAR (object);

  g_clear_object (&self->view);
  gtk_widget_dispose_template (GTK_WIDGET (object), DRA_TYPE_SEARCH_BAR);

  G_OBJECT_CLASS (dra_search_bar_parent_class)->dispose (object);
}

static void
dra_search_bar_class_init (DraSearchBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dra_search_bar_dispose;
  object_class->get_property = dra_search_bar_get_property;
  object_class->set_property = dra_search_bar_set_property;

  properties[PROP_SEARCH_MODE] =
    g_param_spec_boolean ("search-mode", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_MATCH_CASE] =
    g_param_spec_boolean ("match-case", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_WHOLE_WORDS] =
    g_param_spec_boolean ("whole-words", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * DraSearchBar::list-results:
   *
   * The reader wants to see everything that was found.
   */
  signals[LIST_RESULTS] = g_signal_new ("list-results", G_TYPE_FROM_CLASS (klass),
                                        G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_property_action (widget_class, "find.match-case", "match-case");
  gtk_widget_class_install_property_action (widget_class, "find.whole-words", "whole-words");
  gtk_widget_class_install_action (widget_class, "find.list", NULL, list_action);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/dramatis/Dramatis/dra-search-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, DraSearchBar, bar);
  gtk_widget_class_bind_template_child (widget_class, DraSearchBar, entry);
  gtk_widget_class_bind_template_child (widget_class, DraSearchBar, count);
  gtk_widget_class_bind_template_child (widget_class, DraSearchBar, previous);
  gtk_widget_class_bind_template_child (widget_class, DraSearchBar, next);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, mode_changed_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SEARCH);
}

static void
dra_search_bar_init (DraSearchBar *self)
{
  GtkEventController *keys;

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->bar, GTK_EDITABLE (self->entry));

  keys = gtk_shortcut_controller_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Return, GDK_SHIFT_MASK),
                      gtk_callback_action_new (previous_key_cb, self, NULL)));
  dra_add_key (keys, GDK_KEY_c, GDK_ALT_MASK, "find.match-case");
  dra_add_key (keys, GDK_KEY_w, GDK_ALT_MASK, "find.whole-words");
  dra_add_key (keys, GDK_KEY_l, GDK_ALT_MASK, "find.list");
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
}

/**
 * dra_search_bar_set_view:
 * @self: the bar
 * @view: where to search
 *
 * Connects the bar to the text.
 */
void
dra_search_bar_set_view (DraSearchBar   *self,
                         DraArticleView *view)
{
  g_return_if_fail (DRA_IS_SEARCH_BAR (self));
  g_return_if_fail (self->view == NULL);

  self->view = g_object_ref (view);
  g_signal_connect_object (view, "notify::n-hits", G_CALLBACK (update_count), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "notify::current-hit", G_CALLBACK (update_count), self,
                           G_CONNECT_SWAPPED);
  update_count (self);
}

gboolean
dra_search_bar_get_search_mode (DraSearchBar *self)
{
  g_return_val_if_fail (DRA_IS_SEARCH_BAR (self), FALSE);

  return gtk_search_bar_get_search_mode (self->bar);
}

void
dra_search_bar_set_search_mode (DraSearchBar *self,
                                gboolean      search_mode)
{
  g_return_if_fail (DRA_IS_SEARCH_BAR (self));

  if (search_mode == gtk_search_bar_get_search_mode (self->bar))
    return;

  gtk_search_bar_set_search_mode (self->bar, search_mode);
  if (search_mode)
    gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

/**
 * dra_search_bar_start:
 * @self: the bar
 * @text: (nullable): what to look for, or %NULL to offer the last one
 *
 * Opens the bar and puts the keyboard into the entry, its text selected.
 */
void
dra_search_bar_start (DraSearchBar *self,
                      const char   *text)
{
  g_return_if_fail (DRA_IS_SEARCH_BAR (self));

  gtk_search_bar_set_search_mode (self->bar, TRUE);
  if (text != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
}

/**
 * dra_search_bar_step:
 * @self: the bar
 * @direction: 1 to the next result, -1 to the previous
 *
 * Goes to another result; opens the bar when it is closed.
 */
void
dra_search_bar_step (DraSearchBar *self,
                     int           direction)
{
  const char *text;
  g_autofree char *sought = NULL;

  g_return_if_fail (DRA_IS_SEARCH_BAR (self));

  text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  if (*text == '\0' || self->view == NULL)
    {
      dra_search_bar_start (self, NULL);
      return;
    }

  if (!gtk_search_bar_get_search_mode (self->bar))
    gtk_search_bar_set_search_mode (self->bar, TRUE);

  /* Enter may come before the entry's delay has passed. */
  g_object_get (self->view, "search-text", &sought, NULL);
  if (g_strcmp0 (sought, text) != 0)
    apply_text (self);
  else
    dra_article_view_next_hit (self->view, direction);
}
