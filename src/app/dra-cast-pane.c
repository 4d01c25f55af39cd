/* dra-cast-pane.c: the list of people and organizations beside the text.
 *
 * One list view over [heading, people that match, heading, organizations that match], so
 * that thousands of names cost no more widgets than are on the screen.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-cast-pane.h"

#include <glib/gi18n.h>

#include "app/dra-cast-row.h"
#include "app/dra-names-menu.h"
#include "app/dra-settings.h"

#define N_SECTIONS 3 /* people, organizations, places */

typedef struct
{
  DraCastItem        *heading;
  GListStore         *headings; /* the heading, or nothing while the section is empty */
  GListStore         *names;
  GtkFilterListModel *matches;
} Section;

struct _DraCastPane
{
  GtkWidget           parent_instance;

  Section             sections[N_SECTIONS];
  GtkSingleSelection *selection;
  GtkCustomFilter    *custom_filter;
  char               *needle;
  int                 selected_entity;
  gboolean            updating; /* selection moves because the model or the program does */
  gboolean            was_selected; /* the pressed row had been selected before */
  gboolean            double_pressed;
  GtkWidget          *menu; /* (nullable) what can be said of a name */

  GtkWidget          *box;
  GtkSearchEntry     *filter;
  GtkStack           *stack;
  GtkSpinner         *spinner;
  GtkListView        *list;
  AdwStatusPage      *failed;
  GtkWidget          *progress_box;
  GtkProgressBar     *progress;
  GtkLabel           *notice;
};

enum
{
  PROP_0,
  PROP_SELECTED_ENTITY,
  N_PROPS,
};

enum
{
  WALK,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DraCastPane, dra_cast_pane, GTK_TYPE_WIDGET)

/* {{{ Rows */

static void
row_pressed_cb (GtkGestureClick *gesture,
                int              n_press,
                double           x,
                double           y,
                DraCastPane     *self)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  DraCastItem *item = dra_cast_row_get_item (DRA_CAST_ROW (row));

  self->was_selected = item != NULL && !dra_cast_item_is_heading (item) &&
                       dra_cast_item_get_index (item) == self->selected_entity;
  self->double_pressed = n_press > 1;
}

static void
row_released_cb (GtkGestureClick *gesture,
                 int              n_press,
                 double           x,
                 double           y,
                 DraCastPane     *self)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));

  if (self->was_selected && gtk_widget_contains (row, x, y))
    g_signal_emit (self, signals[WALK], 0);
  self->was_selected = FALSE;
}

/* What the menu says of a name it says of the selected one. */
static void
menu_pressed_cb (GtkGestureClick *gesture,
                 int              n_press,
                 double           x,
                 double           y,
                 DraCastPane     *self)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  DraCastItem *item = dra_cast_row_get_item (DRA_CAST_ROW (row));
  GdkRectangle place = { 0, 0, 1, 1 };
  double left, top;

  if (item == NULL || dra_cast_item_is_heading (item)
      || !gtk_widget_translate_coordinates (row, GTK_WIDGET (self), x, y, &left, &top))
    return;
  dra_cast_pane_set_selected_entity (self, dra_cast_item_get_index (item));
  if (self->menu == NULL)
    {
      g_autoptr (GMenuModel) model = dra_names_menu_new_correct ();

      self->menu = gtk_popover_menu_new_from_model (model);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
    }
  place.x = (int) left;
  place.y = (int) top;
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &place);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
setup_cb (DraCastPane *self,
          GtkListItem *list_item)
{
  GtkWidget *row = dra_cast_row_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *menu;

  g_signal_connect_object (click, "pressed", G_CALLBACK (row_pressed_cb), self, 0);
  g_signal_connect_object (click, "released", G_CALLBACK (row_released_cb), self, 0);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
  menu = gtk_gesture_click_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (menu), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (menu, "pressed", G_CALLBACK (menu_pressed_cb), self, 0);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (menu));
  gtk_list_item_set_child (list_item, row);
}

static void
describe_row (GtkListItem *list_item)
{
  GtkWidget *row = gtk_list_item_get_child (list_item);
  DraCastItem *item = gtk_list_item_get_item (list_item);
  g_autofree char *description = NULL;

  if (item == NULL || gtk_widget_get_parent (row) == NULL)
    return;
  description = dra_cast_item_describe (item);
  /* The focus is on the list view's own row widget, so that is what needs the name. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (row)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, description, -1);
}

static void
bind_cb (DraCastPane *self,
         GtkListItem *list_item)
{
  GtkWidget *row = gtk_list_item_get_child (list_item);
  DraCastItem *item = gtk_list_item_get_item (list_item);
  gboolean heading = dra_cast_item_is_heading (item);
  GtkWidget *parent = gtk_widget_get_parent (row);

  dra_cast_row_set_item (DRA_CAST_ROW (row), item);
  /* A heading stays selectable, else the arrow keys could not cross it (GTK 4.8); that
   * selection is taken back in selected_cb. */
  gtk_list_item_set_activatable (list_item, !heading);
  if (heading)
    gtk_widget_add_css_class (parent, "section");
  else
    gtk_widget_remove_css_class (parent, "section");
  if (heading)
    g_signal_connect_object (item, "notify::count", G_CALLBACK (describe_row), list_item,
                             G_CONNECT_SWAPPED);
  else
    g_signal_connect_object (item, "changed", G_CALLBACK (describe_row), list_item,
                             G_CONNECT_SWAPPED);
  describe_row (list_item);
}

static void
unbind_cb (DraCastPane *self,
           GtkListItem *list_item)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (list_item), describe_row,
                                        list_item);
  dra_cast_row_set_item (DRA_CAST_ROW (gtk_list_item_get_child (list_item)), NULL);
}

/* }}} */
/* {{{ Selection */

static int
find_position (DraCastPane *self,
               int          entity)
{
  GListModel *model = G_LIST_MODEL (self->selection);
  guint n = g_list_model_get_n_items (model);

  for (guint i = 0; entity >= 0 && i < n; i++)
    {
      g_autoptr (DraCastItem) item = g_list_model_get_item (model, i);

      if (dra_cast_item_get_index (item) == entity)
        return i;
    }

  return -1;
}

static void
set_selected (DraCastPane *self,
              int          entity)
{
  if (entity == self->selected_entity)
    return;
  self->selected_entity = entity;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED_ENTITY]);
}

/* Shows the selection in the list without taking it for a choice of the reader. */
static void
show_selected (DraCastPane *self,
               gboolean     scroll)
{
  int position = find_position (self, self->selected_entity);

  self->updating = TRUE;
  gtk_single_selection_set_selected (self->selection,
                                     position >= 0 ? (guint) position
                                                   : GTK_INVALID_LIST_POSITION);
  self->updating = FALSE;

  if (scroll && position >= 0)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u",
                                (guint) position);
}

static void
selected_cb (DraCastPane *self)
{
  DraCastItem *item = gtk_single_selection_get_selected_item (self->selection);

  if (self->updating || item == NULL)
    return;
  if (dra_cast_item_is_heading (item))
    {
      show_selected (self, FALSE);
      return;
    }
  set_selected (self, dra_cast_item_get_index (item));
}

static void
activate_cb (DraCastPane *self,
             guint        position)
{
  g_autoptr (DraCastItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  /* A double click is told by its releases, which walk already. */
  if (self->double_pressed)
    {
      self->double_pressed = FALSE;
      return;
    }
  if (item == NULL || dra_cast_item_is_heading (item))
    return;
  if (dra_cast_item_get_index (item) == self->selected_entity)
    g_signal_emit (self, signals[WALK], 0);
  else
    gtk_single_selection_set_selected (self->selection, position);
}

/* }}} */
/* {{{ Filter */

static gboolean
matches_cb (gpointer item,
            gpointer user_data)
{
  return dra_cast_item_matches (item, DRA_CAST_PANE (user_data)->needle);
}

static void
update_page (DraCastPane *self)
{
  const char *page = gtk_stack_get_visible_child_name (self->stack);
  guint n_names = 0;

  for (guint i = 0; i < N_SECTIONS; i++)
    n_names += g_list_model_get_n_items (G_LIST_MODEL (self->sections[i].names));

  if (g_strcmp0 (page, "list") == 0 || g_strcmp0 (page, "no-match") == 0)
    gtk_stack_set_visible_child_name (self->stack, dra_cast_pane_get_n_shown (self) > 0
                                                     ? "list"
                                                     : "no-match");
  gtk_widget_set_visible (GTK_WIDGET (self->filter), n_names > 0);
}

static void
update_headings (DraCastPane *self)
{
  for (guint i = 0; i < N_SECTIONS; i++)
    {
      Section *section = &self->sections[i];
      guint n = g_list_model_get_n_items (G_LIST_MODEL (section->matches));
      gboolean shown = g_list_model_get_n_items (G_LIST_MODEL (section->headings)) > 0;

      dra_cast_item_set_count (section->heading, n);
      if (n > 0 && !shown)
        g_list_store_append (section->headings, section->heading);
      else if (n == 0 && shown)
        g_list_store_remove_all (section->headings);
    }
}

static void
filter_changed_cb (DraCastPane *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->filter));
  g_autofree char *needle = dra_cast_item_fold (text);
  GtkFilterChange change = GTK_FILTER_CHANGE_DIFFERENT;

  g_strstrip (needle);
  if (self->needle != NULL && strstr (needle, self->needle) != NULL)
    change = GTK_FILTER_CHANGE_MORE_STRICT;
  else if (self->needle != NULL && strstr (self->needle, needle) != NULL)
    change = GTK_FILTER_CHANGE_LESS_STRICT;
  g_free (self->needle);
  self->needle = g_steal_pointer (&needle);

  self->updating = TRUE;
  gtk_filter_changed (GTK_FILTER (self->custom_filter), change);
  update_headings (self);
  self->updating = FALSE;
  show_selected (self, FALSE);
  update_page (self);
  if (dra_cast_pane_get_n_shown (self) > 0)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", 0);
}

/* Enter in the filter takes the first name it leaves. */
static void
filter_activate_cb (DraCastPane *self)
{
  GListModel *model = G_LIST_MODEL (self->selection);
  guint n = g_list_model_get_n_items (model);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (DraCastItem) item = g_list_model_get_item (model, i);

      if (dra_cast_item_is_heading (item))
        continue;
      if (dra_cast_item_get_index (item) == self->selected_entity)
        g_signal_emit (self, signals[WALK], 0);
      else
        set_selected (self, dra_cast_item_get_index (item));
      show_selected (self, TRUE);
      return;
    }
}

static void
filter_stop_cb (DraCastPane *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->filter)) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->filter), "");
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.focus-text", NULL);
}

/* }}} */

static void
dra_cast_pane_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SELECTED_ENTITY:
      g_value_set_int (value, DRA_CAST_PANE (object)->selected_entity);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dra_cast_pane_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_SELECTED_ENTITY:
      dra_cast_pane_set_selected_entity (DRA_CAST_PANE (object), g_value_get_int (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dra_cast_pane_dispose (GObject *object)
{
  DraCastPane *self = DRA_CAST_PANE (object);

  g_clear_pointer (&self->menu, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), DRA_TYPE_CAST_PANE);
  g_clear_object (&self->selection);
  for (guint i = 0; i < N_SECTIONS; i++)
    {
      g_clear_object (&self->sections[i].matches);
      g_clear_object (&self->sections[i].names);
      g_clear_object (&self->sections[i].headings);
      g_clear_object (&self->sections[i].heading);
    }
  g_clear_object (&self->custom_filter);
  g_clear_pointer (&self->needle, g_free);

  G_OBJECT_CLASS (dra_cast_pane_parent_class)->dispose (object);
}

static void
dra_cast_pane_class_init (DraCastPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dra_cast_pane_dispose;
  object_class->get_property = dra_cast_pane_get_property;
  object_class->set_property = dra_cast_pane_set_property;

  properties[PROP_SELECTED_ENTITY] =
    g_param_spec_int ("selected-entity", NULL, NULL, -1, G_MAXINT, -1,
                      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[WALK] = g_signal_new ("walk", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/dramatis/Dramatis/dra-cast-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, DraCastPane, box);
  gtk_widget_class_bind_template_child (widget_class, DraCastPane, filter);
  gtk_widget_class_bind_template_child (widget_class, DraCastPane, stack);
  gtk_widget_class_bind_template_child (widget_class, DraCastPane, spinner);
  gtk_widget_class_bind_template_child (widget_class, DraCastPane, list);
  gtk_widget_class_bind_template_child (widget_class, DraCastPane, failed);
  gtk_widget_class_bind_template_child (widget_class, DraCastPane, progress_box);
  gtk_widget_class_bind_template_child (widget_class, DraCastPane, progress);
  gtk_widget_class_bind_template_child (widget_class, DraCastPane, notice);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
dra_cast_pane_init (DraCastPane *self)
{
  static const DraEntityKind kinds[N_SECTIONS]
    = { DRA_ENTITY_PERSON, DRA_ENTITY_ORGANIZATION, DRA_ENTITY_PLACE };
  GListStore *parts = g_list_store_new (G_TYPE_LIST_MODEL);

  gtk_widget_init_template (GTK_WIDGET (self));

  self->selected_entity = -1;
  self->custom_filter = gtk_custom_filter_new (matches_cb, self, NULL);
  for (guint i = 0; i < N_SECTIONS; i++)
    {
      Section *section = &self->sections[i];

      section->heading = dra_cast_item_new_heading (kinds[i]);
      section->headings = g_list_store_new (DRA_TYPE_CAST_ITEM);
      section->names = g_list_store_new (DRA_TYPE_CAST_ITEM);
      section->matches = gtk_filter_list_model_new (
        G_LIST_MODEL (g_object_ref (section->names)),
        GTK_FILTER (g_object_ref (self->custom_filter)));
      g_list_store_append (parts, section->headings);
      g_list_store_append (parts, section->matches);
    }

  self->selection = gtk_single_selection_new (
    G_LIST_MODEL (gtk_flatten_list_model_new (G_LIST_MODEL (parts))));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  gtk_search_entry_set_key_capture_widget (self->filter, GTK_WIDGET (self->list));
}

/* The values are those of the settings. */
typedef enum
{
  BY_MENTION,
  BY_COUNT,
  BY_NAME,
} Order;

static Order
get_order (void)
{
  GSettings *settings = dra_settings_get_default ();

  return settings != NULL ? (Order) g_settings_get_enum (settings, "cast-order") : BY_MENTION;
}

static int
compare_entities (gconstpointer a,
                  gconstpointer b,
                  gpointer      data)
{
  const guint i = *(const guint *) a, j = *(const guint *) b;
  const DraEntity *x = dra_cast_get_entity (data, i);
  const DraEntity *y = dra_cast_get_entity (data, j);
  int difference = 0;

  switch (get_order ())
    {
    case BY_COUNT:
      difference = (x->n_mentions < y->n_mentions) - (x->n_mentions > y->n_mentions);
      break;
    case BY_NAME:
      difference = g_utf8_collate (x->name, y->name);
      break;
    case BY_MENTION:
    default:
      break;
    }
  return difference != 0 ? difference : (i > j) - (i < j);
}

/* Those who are of a kind, in the order the reader wants; places only when they are wanted. */
static GArray *
list_kind (DraCast       *cast,
           DraEntityKind  kind)
{
  GArray *listed = g_array_new (FALSE, FALSE, sizeof (guint));
  GSettings *settings = dra_settings_get_default ();
  guint n = cast != NULL ? dra_cast_get_n_entities (cast) : 0;

  if (kind == DRA_ENTITY_PLACE
      && (settings == NULL || !g_settings_get_boolean (settings, "show-places")))
    return listed;
  for (guint i = 0; i < n; i++)
    if (dra_cast_get_entity (cast, i)->kind == kind)
      g_array_append_val (listed, i);
  if (get_order () != BY_MENTION)
    g_array_sort_with_data (listed, compare_entities, cast);
  return listed;
}

/* Lines that are there already stand for the names in their new order, so that the list view
 * keeps its rows, its place and the focus. */
static void
fill_section (Section *section,
              DraCast *cast)
{
  GListModel *names = G_LIST_MODEL (section->names);
  g_autoptr (GPtrArray) more = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) listed = list_kind (cast, dra_cast_item_get_kind (section->heading));
  guint n_items = g_list_model_get_n_items (names);
  guint n_kept = 0;

  for (guint at = 0; at < listed->len; at++)
    {
      const guint i = g_array_index (listed, guint, at);

      if (n_kept < n_items)
        {
          g_autoptr (DraCastItem) item = g_list_model_get_item (names, n_kept++);

          dra_cast_item_set_entity (item, cast, i);
        }
      else
        {
          g_ptr_array_add (more, dra_cast_item_new (cast, i));
        }
    }
  /* The heading first: what the list view once shows at the top stays there. */
  if (n_kept + more->len > 0 && g_list_model_get_n_items (G_LIST_MODEL (section->headings)) == 0)
    g_list_store_append (section->headings, section->heading);
  if (more->len > 0 || n_kept < n_items)
    g_list_store_splice (section->names, n_kept, n_items - n_kept, more->pdata, more->len);
}

/**
 * dra_cast_pane_set_cast:
 * @self: the pane
 * @cast: (nullable): who to list, or %NULL for nothing at all
 *
 * Lists the people and organizations of @cast, and its places when they are wanted, in the
 * order that the settings say.
 */
void
dra_cast_pane_set_cast (DraCastPane *self,
                        DraCast     *cast)
{
  g_return_if_fail (DRA_IS_CAST_PANE (self));

  gtk_editable_set_text (GTK_EDITABLE (self->filter), "");
  gtk_spinner_stop (self->spinner);
  dra_cast_pane_set_progress (self, -1);

  self->updating = TRUE;
  for (guint i = 0; i < N_SECTIONS; i++)
    fill_section (&self->sections[i], cast);
  update_headings (self);
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  self->updating = FALSE;
  set_selected (self, -1);

  if (cast == NULL)
    gtk_stack_set_visible_child_name (self->stack, "blank");
  else if (dra_cast_pane_get_n_shown (self) == 0)
    gtk_stack_set_visible_child_name (self->stack, "nobody");
  else
    gtk_stack_set_visible_child_name (self->stack, "list");
  update_page (self);
}

/**
 * dra_cast_pane_update_cast:
 * @self: the pane
 * @cast: who to list: a later cast of the same article
 * @selected: index in it of who is selected, or -1
 *
 * Lists what has been found since; the filter stays, and so does the place in the list.
 */
void
dra_cast_pane_update_cast (DraCastPane *self,
                           DraCast     *cast,
                           int          selected)
{
  g_return_if_fail (DRA_IS_CAST_PANE (self));
  g_return_if_fail (DRA_IS_CAST (cast));

  gtk_spinner_stop (self->spinner);
  self->updating = TRUE;
  for (guint i = 0; i < N_SECTIONS; i++)
    fill_section (&self->sections[i], cast);
  if (self->needle != NULL && *self->needle != '\0')
    gtk_filter_changed (GTK_FILTER (self->custom_filter), GTK_FILTER_CHANGE_DIFFERENT);
  update_headings (self);
  self->updating = FALSE;
  set_selected (self, selected);
  show_selected (self, FALSE);

  if (g_strcmp0 (dra_cast_pane_get_page (self), "no-match") != 0)
    gtk_stack_set_visible_child_name (self->stack, dra_cast_pane_get_n_shown (self) > 0 ? "list"
                                                                                      : "nobody");
  update_page (self);
}

/**
 * dra_cast_pane_set_progress:
 * @self: the pane
 * @done: how much of the article has been looked at, 0 to 1; below 0 when that is over
 *
 * Says below the list that it will grow.
 */
void
dra_cast_pane_set_progress (DraCastPane *self,
                            double       done)
{
  g_return_if_fail (DRA_IS_CAST_PANE (self));

  gtk_widget_set_visible (self->progress_box, done >= 0);
  gtk_progress_bar_set_fraction (self->progress, CLAMP (done, 0, 1));
}

/**
 * dra_cast_pane_set_notice:
 * @self: the pane
 * @sentence: (nullable): something to know about the list
 *
 * Says something below the list.
 */
void
dra_cast_pane_set_notice (DraCastPane *self,
                          const char  *sentence)
{
  g_return_if_fail (DRA_IS_CAST_PANE (self));

  gtk_label_set_label (self->notice, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->notice), sentence != NULL);
}

/**
 * dra_cast_pane_set_searching:
 * @self: the pane
 *
 * Says that names are being looked for.
 */
void
dra_cast_pane_set_searching (DraCastPane *self)
{
  g_return_if_fail (DRA_IS_CAST_PANE (self));

  dra_cast_pane_set_cast (self, NULL);
  gtk_spinner_start (self->spinner);
  gtk_stack_set_visible_child_name (self->stack, "searching");
}

/**
 * dra_cast_pane_set_failed:
 * @self: the pane
 * @sentence: why
 *
 * Says why no names can be listed.
 */
void
dra_cast_pane_set_failed (DraCastPane *self,
                          const char  *sentence)
{
  g_autofree char *escaped = NULL;

  g_return_if_fail (DRA_IS_CAST_PANE (self));

  dra_cast_pane_set_cast (self, NULL);
  escaped = g_markup_escape_text (sentence, -1);
  adw_status_page_set_description (self->failed, escaped);
  gtk_stack_set_visible_child_name (self->stack, "failed");
}

int
dra_cast_pane_get_selected_entity (DraCastPane *self)
{
  g_return_val_if_fail (DRA_IS_CAST_PANE (self), -1);

  return self->selected_entity;
}

/**
 * dra_cast_pane_set_selected_entity:
 * @self: the pane
 * @entity: index in the cast, or -1
 *
 * Selects a name and scrolls its row into view; a filter that hides it is cleared.
 */
void
dra_cast_pane_set_selected_entity (DraCastPane *self,
                                   int          entity)
{
  g_return_if_fail (DRA_IS_CAST_PANE (self));

  if (entity == self->selected_entity)
    return;

  if (entity >= 0 && find_position (self, entity) < 0)
    gtk_editable_set_text (GTK_EDITABLE (self->filter), "");
  set_selected (self, entity);
  show_selected (self, TRUE);
}

guint
dra_cast_pane_get_n_shown (DraCastPane *self)
{
  guint n = 0;

  g_return_val_if_fail (DRA_IS_CAST_PANE (self), 0);

  for (guint i = 0; i < N_SECTIONS; i++)
    n += g_list_model_get_n_items (G_LIST_MODEL (self->sections[i].matches));
  return n;
}

const char *
dra_cast_pane_get_page (DraCastPane *self)
{
  g_return_val_if_fail (DRA_IS_CAST_PANE (self), NULL);

  return gtk_stack_get_visible_child_name (self->stack);
}

static gboolean
focus_position (DraCastPane *self,
                guint        position)
{
  g_autoptr (DraCastItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->list));
       item != NULL && child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *row = gtk_widget_get_first_child (child);

      if (DRA_IS_CAST_ROW (row) && dra_cast_row_get_item (DRA_CAST_ROW (row)) == item)
        return gtk_widget_grab_focus (child);
    }

  return FALSE;
}

/**
 * dra_cast_pane_focus_list:
 * @self: the pane
 *
 * Puts the keyboard on the selected name, else on the first one.
 */
void
dra_cast_pane_focus_list (DraCastPane *self)
{
  int position;

  g_return_if_fail (DRA_IS_CAST_PANE (self));

  if (g_strcmp0 (dra_cast_pane_get_page (self), "list") != 0)
    {
      gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
      return;
    }

  /* GTK 4.8 cannot put the focus on an item, and by itself would take the heading. */
  position = find_position (self, self->selected_entity);
  if (position >= 0 && focus_position (self, position))
    return;
  if (!focus_position (self, 1))
    gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
}

void
dra_cast_pane_focus_filter (DraCastPane *self)
{
  g_return_if_fail (DRA_IS_CAST_PANE (self));

  if (gtk_widget_get_visible (GTK_WIDGET (self->filter)))
    gtk_widget_grab_focus (GTK_WIDGET (self->filter));
  else
    dra_cast_pane_focus_list (self);
}
