/* test-reach.c: in every state of the windows each control is reached by keys, and left again.
 *
 * Tab is pressed until it comes round; what it passed by must be a control's neighbour in a
 * list, which arrows reach.  With --show it is no test: it shows the states one by one to
 * test_accessible.py, which asks for the next with a line.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>
#include <unistd.h>

#include "window-states.h"

/* {{{ Reach */

typedef struct
{
  GHashTable *told;
  guint       n_controls;
  guint       n_states;
} Reach;

static gboolean
is_control (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_TEXT (widget) || GTK_IS_SWITCH (widget) ||
         GTK_IS_CHECK_BUTTON (widget) || GTK_IS_SCALE (widget) ||
         (GTK_IS_LIST_BOX_ROW (widget) && gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (widget)));
}

/* Arrows go about in these once Tab has come to them. */
static gboolean
is_list (GtkWidget *widget)
{
  return GTK_IS_LIST_BOX (widget) || GTK_IS_LIST_VIEW (widget) || GTK_IS_FLOW_BOX (widget) ||
         GTK_IS_GRID_VIEW (widget) ||
         ADW_IS_VIEW_SWITCHER (widget); /* since libadwaita 1.7 */
}

static gboolean
was_reached (GtkWidget  *widget,
             GHashTable *visited)
{
  if (g_hash_table_contains (visited, widget))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (was_reached (child, visited))
      return TRUE;
  return FALSE;
}

static gboolean
is_in_reach (GtkWidget  *widget,
             GHashTable *visited)
{
  if (was_reached (widget, visited))
    return TRUE;
  for (GtkWidget *parent = gtk_widget_get_parent (widget); parent != NULL;
       parent = gtk_widget_get_parent (parent))
    {
      /* The row is what is activated; a list that was come to is gone through by arrows. */
      if (GTK_IS_LIST_BOX_ROW (parent) && g_hash_table_contains (visited, parent))
        return TRUE;
      if (is_list (parent) && was_reached (parent, visited))
        return TRUE;
      if (GTK_IS_NATIVE (parent))
        break;
    }
  return FALSE;
}

static void
check_controls (Reach      *reach,
                GtkWidget  *widget,
                GHashTable *visited,
                const char *state)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_is_sensitive (widget))
    return;

  /* The buttons of the frame have keys of the desktop. */
  if (GTK_IS_WINDOW_CONTROLS (widget))
    return;

  if (is_control (widget))
    {
      reach->n_controls++;
      if (!is_in_reach (widget, visited))
        {
          g_autofree char *line = NULL;
          const char *tooltip = gtk_widget_get_tooltip_text (widget);
          const char *label = GTK_IS_BUTTON (widget) ? gtk_button_get_label (GTK_BUTTON (widget)) : NULL;
          GtkWidget *parent = gtk_widget_get_parent (widget);

          line = g_strdup_printf ("no key leads to %s “%s” in %s", G_OBJECT_TYPE_NAME (widget),
                                  tooltip != NULL ? tooltip : label != NULL ? label : "",
                                  G_OBJECT_TYPE_NAME (parent));
          if (g_hash_table_add (reach->told, g_strdup (line)))
            {
              g_test_message ("%s (%s)", line, state);
              g_test_fail ();
            }
        }
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_POPOVER (child))
      check_controls (reach, child, visited, state);
}

/* The one popover that takes the keyboard, if one is up. */
static GtkWidget *
find_popover (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (GTK_IS_POPOVER (widget) && gtk_popover_get_autohide (GTK_POPOVER (widget)))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_popover (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
press_tab (GtkWindow  *window,
           GtkWidget  *root,
           GHashTable *visited)
{
  guint since = 0;

  while (since < g_hash_table_size (visited) + 10)
    {
      GtkWidget *focus;

      gtk_widget_child_focus (root, GTK_DIR_TAB_FORWARD);
      focus = gtk_window_get_focus (window);
      /* NULL: past the end, the next one begins again. */
      since = focus != NULL && g_hash_table_add (visited, focus) ? 0 : since + 1;
    }
}

static void
check_reach (GtkWindow  *window,
             const char *state,
             gpointer    data)
{
  Reach *reach = data;
  GtkWidget *popover = find_popover (GTK_WIDGET (window));
  GtkWidget *root = popover != NULL ? popover : GTK_WIDGET (window);
  g_autoptr (GHashTable) visited = g_hash_table_new (NULL, NULL);
  GtkWidget *before = gtk_window_get_focus (window);

  /* Until nothing new comes, and then once more: what Tab leads into and out of again. */
  press_tab (window, root, visited);
  g_hash_table_remove_all (visited);
  press_tab (window, root, visited);
  check_controls (reach, root, visited, state);
  reach->n_states++;
  if (before != NULL && gtk_widget_get_mapped (before))
    gtk_widget_grab_focus (before);
}

static void
test_reach (void)
{
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Reach reach = { told, 0, 0 };

  dra_window_states_visit (check_reach, &reach, FALSE);
  g_test_message ("%u controls in %u states", reach.n_controls, reach.n_states);
  g_assert_cmpuint (reach.n_controls, >, 200);
}

/* }}} */
/* {{{ Show */

static gboolean
line_cb (GIOChannel  *channel,
         GIOCondition condition,
         gpointer     data)
{
  char byte;

  /* The end of input ends the program, too. */
  if (read (STDIN_FILENO, &byte, 1) != 1)
    _exit (0);
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
show_cb (GtkWindow  *window,
         const char *state,
         gpointer    unused)
{
  g_autoptr (GIOChannel) channel = g_io_channel_unix_new (STDIN_FILENO);
  gboolean asked = FALSE;

  g_io_add_watch (channel, G_IO_IN | G_IO_HUP, line_cb, &asked);
  /* g_print() of newer GLib makes a remark of the test of it. */
  printf ("STATE %s\n", state);
  fflush (stdout);
  while (!asked)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_show (void)
{
  dra_window_states_visit (show_cb, NULL, FALSE);
}

/* }}} */

static gboolean showing;

static void
add_tests (void)
{
  if (showing)
    g_test_add_func ("/reach/show", test_show);
  else
    g_test_add_func ("/reach/keys", test_reach);
}

int
main (int   argc,
      char *argv[])
{
  showing = argc > 1 && g_str_equal (argv[1], "--show");
  if (showing)
    argc = 1;
  return dra_ui_test_main (argc, argv, add_tests);
}
