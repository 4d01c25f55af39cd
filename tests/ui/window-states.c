/* window-states.c: the windows of Dramatis in each of their states, one after another.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "window-states.h"

#include <glib/gstdio.h>

#include "app/dra-color-names.h"
#include "app/dra-corrections-window.h"
#include "app/dra-preferences.h"
#include "app/dra-settings.h"
#include "app/dra-window-private.h"

#define ARTICLE                                                                               \
  "Ferry Line Loses Its Timetable\n\nBy Orla Kestrel\n\n3 March 2025\n\n"                    \
  "The Brightwater Ferry Company said on Monday that it had mislaid its timetable. \"We "     \
  "sail when the tide allows,\" said Marten Haverkamp, who runs the Brightwater Ferry "       \
  "Company with his sister, Lotte Haverkamp.\n\n"                                             \
  "President Imogen Castellane of the Pilots' Union answered that the Pilots' Union had "    \
  "kept a copy. \"It is on the wall,\" Castellane told the Brightwater Gazette. Marten "      \
  "Haverkamp thanked her.\n\n"                                                                \
  "Lotte Haverkamp did not answer questions. The Ministry of Transport looks into it.\n"
#define NOTE "Ask which wall it is on."

typedef struct
{
  DraStateFunc func;
  gpointer     data;
} Visit;

const char *
dra_window_states_data (void)
{
  static char *data;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *month = g_date_time_format (now, "%B"); /* notes are of today */

  if (data == NULL)
    data = g_strconcat (ARTICLE NOTE " how to boil an egg txt Harbour chief Dramatis ", month, NULL);
  return data;
}

static void
show (const Visit *visit,
      gpointer     window,
      const char  *state)
{
  g_test_message ("%s", state);
  dra_ui_test_run (60);
  /* One for what has changed, one for what that changed. */
  gtk_test_widget_wait_for_draw (window);
  gtk_test_widget_wait_for_draw (window);
  visit->func (window, state, visit->data);
}

static void
show_submenus (const Visit *visit,
               GtkWindow   *window,
               GtkPopover  *popover,
               GMenuModel  *model,
               const char  *state)
{
  for (int i = 0; i < g_menu_model_get_n_items (model); i++)
    {
      g_autofree char *label = NULL;
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (model, i, G_MENU_LINK_SECTION);
      g_autoptr (GMenuModel) submenu = g_menu_model_get_item_link (model, i, G_MENU_LINK_SUBMENU);

      if (section != NULL)
        show_submenus (visit, window, popover, section, state);
      if (submenu != NULL &&
          g_menu_model_get_item_attribute (model, i, G_MENU_ATTRIBUTE_LABEL, "s", &label))
        {
          g_object_set (popover, "visible-submenu", label, NULL);
          show (visit, window, state);
        }
    }
}

/* Every menu of the window, opened in turn. */
static void
show_menus (const Visit *visit,
            GtkWindow   *window,
            GtkWidget   *widget,
            const char  *state)
{
  if (!gtk_widget_get_mapped (widget) || GTK_IS_POPOVER (widget))
    return;

  if (GTK_IS_MENU_BUTTON (widget) && gtk_widget_is_sensitive (widget))
    {
      GtkMenuButton *button = GTK_MENU_BUTTON (widget);
      GtkPopover *popover = gtk_menu_button_get_popover (button);

      gtk_menu_button_popup (button);
      show (visit, window, state);
      if (GTK_IS_POPOVER_MENU (popover))
        show_submenus (visit, window, popover,
                       gtk_popover_menu_get_menu_model (GTK_POPOVER_MENU (popover)), state);
      gtk_menu_button_popdown (button);
      dra_ui_test_run (50);
      return;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    show_menus (visit, window, child, state);
}

static DraWindow *
open_article (const char *name,
              const char *text,
              int         width)
{
  g_autofree char *path = dra_ui_test_write (name, text, -1);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  DraWindow *window = dra_application_new_window (dra_ui_test_application ());

  gtk_window_set_default_size (GTK_WINDOW (window), width, 700);
  dra_window_open (window, file);
  gtk_window_present (GTK_WINDOW (window));
  WAIT_FOR (dra_window_is_settled (window));
  return window;
}

static void
select_passage (DraWindow  *window,
                const char *passage)
{
  dra_article_view_select_range (window->view, dra_ui_test_find_text (window, passage));
}

/* A window beside ours, of a type that may be another library's. */
static GtkWindow *
other_window (GtkWindow *ours)
{
  g_autoptr (GList) all = gtk_window_list_toplevels ();

  for (GList *l = all; l != NULL; l = l->next)
    if (l->data != ours && gtk_widget_get_mapped (l->data))
      return l->data;
  return NULL;
}

static void
show_other (const Visit *visit,
            gpointer     ours,
            const char  *state)
{
  GtkWindow *window;

  WAIT_FOR (other_window (ours) != NULL);
  window = other_window (ours);
  show (visit, window, state);
  gtk_window_close (window);
  WAIT_FOR (other_window (ours) == NULL);
}

static void
show_empty (const Visit *visit,
            int          width)
{
  DraWindow *window = dra_application_new_window (dra_ui_test_application ());

  gtk_window_set_default_size (GTK_WINDOW (window), width, 700);
  gtk_window_present (GTK_WINDOW (window));
  show (visit, window, "empty");
  show_menus (visit, GTK_WINDOW (window), GTK_WIDGET (window), "empty, menus");
  dra_ui_test_close (window);
}

static void
show_cast (const Visit *visit,
           DraWindow   *window)
{
  dra_window_show_sidebar (window, "cast");
  show (visit, window, "cast");
  if (dra_document_get_cast (dra_window_get_document (window)) == NULL)
    return; /* built without the model */
  g_object_set (window->cast_pane, "selected-entity", 0, NULL);
  dra_ui_test_act (window, "next-mention");
  show (visit, window, "a name selected");
  dra_ui_test_act (window, "peek");
  show (visit, window, "who is this");
  dra_ui_test_act (window, "escape");
  g_object_set (window->cast_pane, "selected-entity", 0, NULL);
  dra_ui_test_act (window, "list-together");
  show (visit, window, "named together");
  dra_ui_test_act (window, "list-quotations");
  dra_ui_test_run (200);
  show (visit, window, "what they said");
  dra_ui_test_act (window, "select-nobody");
}

static void
show_notes (const Visit *visit,
            DraWindow   *window)
{
  dra_window_show_sidebar (window, "notes");
  show (visit, window, "no notes");
  select_passage (window, "mislaid its timetable");
  dra_ui_test_act (window, "highlight");
  select_passage (window, "on the wall");
  show (visit, window, "passage selected");
  dra_ui_test_act (window, "add-note");
  g_object_set (gtk_window_get_focus (GTK_WINDOW (window)), "has-tooltip", FALSE, NULL);
  show (visit, window, "writing a note");
  dra_ui_test_act (window, "add-article-note");
  dra_window_show_sidebar (window, "notes");
  show (visit, window, "notes");
  show_menus (visit, GTK_WINDOW (window), GTK_WIDGET (window->notes_pane), "filter of notes");
}

static void
show_finding (const Visit *visit,
              DraWindow   *window)
{
  dra_window_show_sidebar (window, "outline");
  show (visit, window, "outline");
  dra_search_bar_start (window->search_bar, "ferry");
  show (visit, window, "find");
  show_menus (visit, GTK_WINDOW (window), GTK_WIDGET (window->search_bar), "options of find");
  dra_search_bar_start (window->search_bar, "no such words");
  show (visit, window, "no results");
  dra_search_bar_start (window->search_bar, "ferry");
  dra_ui_test_run (100);
  gtk_widget_activate_action (GTK_WIDGET (window->search_bar), "find.list", NULL);
  show (visit, window, "results");
  dra_ui_test_act (window, "escape");
}

static void
show_dialogs (const Visit *visit,
              DraWindow   *window)
{
  GtkWindow *preferences = dra_preferences_new (GTK_WINDOW (window));

  gtk_window_present (preferences);
  show (visit, preferences, "preferences");
  gtk_window_set_default_size (preferences, 360, 500);
  show (visit, preferences, "preferences, narrow");
  gtk_window_destroy (preferences);
  dra_color_names_present (GTK_WINDOW (window), dra_settings_get_default ());
  show_other (visit, window, "names of colors");
  dra_ui_test_act (window, "show-help-overlay");
  show_other (visit, window, "shortcuts");
  g_action_group_activate_action (G_ACTION_GROUP (dra_ui_test_application ()), "about", NULL);
  show_other (visit, window, "about");
}

static void
show_all_notes (const Visit *visit,
                DraWindow   *window)
{
  DraLibraryWindow *library = dra_application_show_all_notes (dra_ui_test_application ());

  WAIT_FOR (dra_library_window_is_settled (library));
  show (visit, library, "all notes");
  gtk_window_set_default_size (GTK_WINDOW (library), 360, 600);
  show (visit, library, "all notes, narrow");
  show_menus (visit, GTK_WINDOW (library), GTK_WIDGET (library), "all notes, menus");
  gtk_window_destroy (GTK_WINDOW (library));
}

/* Empty, with two corrections in it, and narrow. */
static void
show_corrections (const Visit *visit,
                  DraWindow   *window)
{
  DraDocument *document = dra_window_get_document (window);
  const DraCorrectionParts rename = {
    .action = DRA_CORRECTION_RENAME, .kind = DRA_ENTITY_PERSON, .name = "Orla Kestrel", .to_name = "Imogen Castellane",
    .start = -1, .split_at = -1, .everywhere = TRUE,
  };
  GtkWindow *all = dra_corrections_window_new (GTK_WINDOW (window), window->services);

  gtk_window_present (all);
  WAIT_FOR (dra_ui_test_find (GTK_WIDGET (all), ADW_TYPE_STATUS_PAGE) != NULL);
  show (visit, all, "no corrections");
  /* Not by the menu, whose message has a button of libadwaita without a name. */
  g_assert_true (dra_document_correct (document, &rename));
  WAIT_FOR (dra_ui_test_find (GTK_WIDGET (all), GTK_TYPE_SWITCH) != NULL);
  show (visit, all, "corrections");
  gtk_window_set_default_size (all, 360, 500);
  show (visit, all, "corrections, narrow");
  gtk_window_destroy (all);
  dra_undo_stack_undo (dra_document_get_undo_stack (document));
  WAIT_FOR (dra_document_get_corrections (document)->len == 0);
}

static void
show_article (const Visit *visit,
              int          width)
{
  DraWindow *window = open_article ("ferry.txt", ARTICLE, width);

  show_menus (visit, GTK_WINDOW (window), GTK_WIDGET (window), "article, menus");
  show_cast (visit, window);
  show_notes (visit, window);
  show_finding (visit, window);
  if (width > 600)
    {
      show_dialogs (visit, window);
      show_all_notes (visit, window);
      show_corrections (visit, window);
    }
  dra_ui_test_close (window);
}

/* The article is another one by now. */
static void
show_changed (const Visit *visit,
              int          width)
{
  g_autofree char *path = dra_ui_test_path ("ferry.txt");
  DraWindow *window = open_article ("ferry.txt", "Ferry Line Loses Its Timetable\n\nBy Orla Kestrel\n\nThe "
                                    "Brightwater Ferry Company did not answer.\n", width);

  dra_window_show_sidebar (window, "notes");
  show (visit, window, "lost notes");
  g_assert_cmpint (g_unlink (path), ==, 0);
  WAIT_FOR (dra_banner_get_revealed (window->disk_banner));
  show (visit, window, "file gone");
  dra_ui_test_close (window);
}

static void
show_failures (const Visit *visit,
               int          width)
{
  g_autofree char *missing = dra_ui_test_path ("Harbour chief.txt");
  g_autoptr (GFile) file = g_file_new_for_path (missing);
  DraWindow *window = open_article ("egg.txt", "how to boil an egg\n", width);

  dra_window_show_sidebar (window, "cast");
  show (visit, window, "nobody");
  dra_window_show_sidebar (window, "notes");
  show (visit, window, "no notes");
  dra_ui_test_close (window);

  window = dra_application_new_window (dra_ui_test_application ());
  gtk_window_set_default_size (GTK_WINDOW (window), width, 700);
  dra_window_open (window, file);
  gtk_window_present (GTK_WINDOW (window));
  WAIT_FOR (dra_window_is_settled (window));
  show (visit, window, "failed");
  dra_ui_test_close (window);
}

/**
 * dra_window_states_visit:
 * @func: what to do in each state
 * @data: for @func
 * @narrow: whether as narrow as the windows go, too
 *
 * Shows every state of the windows and calls @func in each.
 */
void
dra_window_states_visit (DraStateFunc func,
                         gpointer     data,
                         gboolean     narrow)
{
  const Visit visit = { func, data };
  static const int widths[] = { 1200, 360 };

  for (guint i = 0; i < (narrow ? 2 : 1); i++)
    {
      show_empty (&visit, widths[i]);
      show_article (&visit, widths[i]);
      show_changed (&visit, widths[i]);
      show_failures (&visit, widths[i]);
    }
}
