/* dra-recent-list.c: articles opened lately, to open again.
 *
 * The desktop's own list of recent files, those of them that Dramatis opened.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-recent-list.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "library/dra-positions.h"

struct _DraRecentList
{
  GtkWidget   parent_instance;

  guint       max_items;
  guint       n_items;
  GtkListBox *list;
};

enum
{
  PROP_0,
  PROP_MAX_ITEMS,
  PROP_EMPTY,
  N_PROPS,
};

enum
{
  OPENED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DraRecentList, dra_recent_list, GTK_TYPE_WIDGET)

/* NULL where the list cannot be kept: GTK calls that critical, here it is no matter. */
static GtkRecentManager *
get_manager (void)
{
  static GtkRecentManager *manager;
  const char *folder = g_get_user_data_dir ();

  if (manager == NULL && g_mkdir_with_parents (folder, 0700) == 0 && g_access (folder, W_OK) == 0)
    manager = gtk_recent_manager_get_default ();
  return manager;
}

static int
compare_visited (gconstpointer a,
                 gconstpointer b)
{
  return g_date_time_compare (gtk_recent_info_get_visited ((GtkRecentInfo *) b),
                              gtk_recent_info_get_visited ((GtkRecentInfo *) a));
}

/* "~/Articles" */
static char *
dup_folder (const char *uri)
{
  g_autoptr (GFile) file = g_file_new_for_uri (uri);
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *name = folder != NULL ? g_file_get_parse_name (folder) : g_strdup (uri);
  const char *home = g_get_home_dir ();

  if (g_str_has_prefix (name, home) && (name[strlen (home)] == '/' || name[strlen (home)] == '\0'))
    return g_strconcat ("~", name + strlen (home), NULL);
  return g_steal_pointer (&name);
}

static void
row_activated_cb (DraRecentList *self,
                  GtkListBoxRow *row)
{
  const char *uri = g_object_get_data (G_OBJECT (row), "uri");

  g_signal_emit (self, signals[OPENED], 0);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-uri", "s", uri);
}

/* Where the reader was in it. */
static void
add_share (GtkWidget    *row,
           DraPositions *positions,
           const char   *uri)
{
  double share = dra_positions_get_share (positions, uri);
  g_autofree char *text = NULL;
  GtkWidget *label;

  if (share < 0)
    return;
  /* Translators: how much of an article was read */
  text = share >= .99 ? g_strdup (_("Read to the end"))
                      : g_strdup_printf (_("%d %% read"), (int) (share * 100));
  label = gtk_label_new (text);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
}

static void
add_row (DraRecentList *self,
         DraPositions  *positions,
         GtkRecentInfo *info)
{
  const char *uri = gtk_recent_info_get_uri (info);
  g_autofree char *folder = dup_folder (uri);
  g_autofree char *title = g_markup_escape_text (gtk_recent_info_get_display_name (info), -1);
  g_autofree char *subtitle = g_markup_escape_text (folder, -1);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_set_tooltip_text (row, gtk_recent_info_get_display_name (info));
  g_object_set_data_full (G_OBJECT (row), "uri", g_strdup (uri), g_free);
  add_share (row, positions, uri);
  gtk_list_box_append (self->list, row);
}

static void
update (DraRecentList *self)
{
  GtkRecentManager *manager = get_manager ();
  g_autolist (GtkRecentInfo) all = NULL;
  g_autoptr (DraPositions) positions = dra_positions_new (NULL);
  guint n = 0;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);

  if (manager != NULL)
    all = gtk_recent_manager_get_items (manager);
  all = g_list_sort (all, compare_visited);
  for (GList *l = all; l != NULL && n < self->max_items; l = l->next)
    {
      GtkRecentInfo *info = l->data;

      if (!gtk_recent_info_has_application (info, g_get_application_name ()) ||
          (gtk_recent_info_is_local (info) && !gtk_recent_info_exists (info)))
        continue;
      add_row (self, positions, info);
      n++;
    }

  if (n == self->n_items)
    return;
  self->n_items = n;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EMPTY]);
}

static void
dra_recent_list_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  DraRecentList *self = DRA_RECENT_LIST (object);

  switch (prop_id)
    {
    case PROP_MAX_ITEMS:
      g_value_set_uint (value, self->max_items);
      break;
    case PROP_EMPTY:
      g_value_set_boolean (value, self->n_items == 0);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dra_recent_list_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  DraRecentList *self = DRA_RECENT_LIST (object);

  switch (prop_id)
    {
    case PROP_MAX_ITEMS:
      self->max_items = g_value_get_uint (value);
      update (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dra_recent_list_dispose (GObject *object)
{
  DraRecentList *self = DRA_RECENT_LIST (object);
  GtkWidget *list = GTK_WIDGET (self->list);

  self->list = NULL;
  g_clear_pointer (&list, gtk_widget_unparent);

  G_OBJECT_CLASS (dra_recent_list_parent_class)->dispose (object);
}

static void
dra_recent_list_class_init (DraRecentListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dra_recent_list_dispose;
  object_class->get_property = dra_recent_list_get_property;
  object_class->set_property = dra_recent_list_set_property;

  properties[PROP_MAX_ITEMS] =
    g_param_spec_uint ("max-items", NULL, NULL, 0, 100, 8,
                       G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_EMPTY] =
    g_param_spec_boolean ("empty", NULL, NULL, TRUE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[OPENED] = g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
dra_recent_list_init (DraRecentList *self)
{
  GtkWidget *list = gtk_list_box_new ();

  self->max_items = 8;
  self->list = GTK_LIST_BOX (list);
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Recent articles"), -1);
  gtk_widget_set_parent (list, GTK_WIDGET (self));
  g_signal_connect_object (list, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  if (get_manager () != NULL)
    g_signal_connect_object (get_manager (), "changed", G_CALLBACK (update), self,
                             G_CONNECT_SWAPPED);
  update (self);
}

/**
 * dra_recent_list_add:
 * @file: what was opened
 * @title: the article's title
 * @type: its content type
 *
 * Adds an article to the desktop's list of recent files.
 */
void
dra_recent_list_add (GFile      *file,
                     const char *title,
                     const char *type)
{
  g_autofree char *uri = g_file_get_uri (file);
  g_autofree char *exec = g_strjoin (" ", g_get_prgname (), "%u", NULL);
  GtkRecentManager *manager = get_manager ();
  GtkRecentData data = { 0 };
  gboolean enabled = TRUE;

  /* The reader may have told the desktop not to remember what is opened. */
  g_object_get (gtk_settings_get_default (), "gtk-recent-files-enabled", &enabled, NULL);
  if (manager == NULL || !enabled)
    return;

  data.display_name = (char *) title;
  data.mime_type = (char *) (type != NULL ? type : "text/plain");
  data.app_name = (char *) g_get_application_name ();
  data.app_exec = exec;
  gtk_recent_manager_add_full (manager, uri, &data);
}

guint
dra_recent_list_get_n (DraRecentList *self)
{
  g_return_val_if_fail (DRA_IS_RECENT_LIST (self), 0);

  return self->n_items;
}
