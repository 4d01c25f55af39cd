/* test-people.c: what the reader says of names in the window, and what comes of it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-article-view-private.h"
#include "app/dra-cast-row.h"
#include "app/dra-corrections-window.h"
#include "app/dra-name-chooser.h"
#include "app/dra-place-strip.h"
#include "app/dra-settings.h"
#include "app/dra-window-private.h"
#include "dra-ui-test.h"

#include <glib/gstdio.h>

static const char article_text[] =
  "Harbour Chief Steps Down\n"
  "\n"
  "By Nora Whitlock\n"
  "\n"
  "The director of the Ellery Harbour Authority resigned on Monday. Tobias Renwick, who has "
  "led the Ellery Harbour Authority (EHA) since 2017, said that he was leaving at once.\n"
  "\n"
  "President Delphine Okonjo said that Renwick had served the port well. \"I thank Tobias "
  "Renwick,\" Okonjo told the council. The EHA did not answer questions.\n"
  "\n"
  "The kestrel was sold. Nobody knew who had bought the kestrel.\n";

static const char other_text[] =
  "Mayor Looks Back\n"
  "\n"
  "Tobias Renwick said on Friday that President Delphine Okonjo had been right. \"It was time,\" "
  "Renwick told the council.\n";

/* {{{ Helpers */

static DraCast *
get_cast (DraWindow *window)
{
  return dra_article_view_get_cast (window->view);
}

static int
find (DraWindow  *window,
      const char *name)
{
  DraCast *cast = get_cast (window);

  for (guint i = 0; i < dra_cast_get_n_entities (cast); i++)
    if (g_str_equal (dra_cast_get_entity (cast, i)->name, name))
      return (int) i;
  return -1;
}

static gboolean
is (DraWindow     *window,
    const char    *name,
    DraEntityKind  kind)
{
  int entity = find (window, name);

  return entity >= 0 && dra_cast_get_entity (get_cast (window), (guint) entity)->kind == kind;
}

static guint
count (DraWindow  *window,
       const char *name)
{
  int entity = find (window, name);

  return entity >= 0 ? dra_cast_get_entity (get_cast (window), (guint) entity)->n_mentions : 0;
}

static void
select_name (DraWindow  *window,
             const char *name)
{
  g_assert_cmpint (find (window, name), >=, 0);
  dra_window_select_entity (window, find (window, name), -1);
}

static void
act_on (DraWindow  *window,
        const char *action,
        const char *target)
{
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (window), action));
  g_action_group_activate_action (G_ACTION_GROUP (window), action, g_variant_new_string (target));
}

static GtkWindow *
find_window (GType type)
{
  g_autoptr (GListModel) windows = g_object_ref (gtk_window_get_toplevels ());

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (window, type) && gtk_widget_get_mapped (GTK_WIDGET (window)))
        return window;
    }
  return NULL;
}

/* The button of the toast that is up. */
static GtkWidget *
find_toast_button (GtkWidget *root)
{
  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), "_Undo") == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_toast_button (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Takes everything back, so that the next test begins with the names as they are found. */
static void
undo_all (DraWindow *window)
{
  DraUndoStack *stack = dra_document_get_undo_stack (dra_window_get_document (window));

  while (dra_undo_stack_can_undo (stack))
    dra_undo_stack_undo (stack);
  WAIT_FOR (dra_document_get_corrections (dra_window_get_document (window))->len == 0);
  WAIT_FOR (dra_document_get_cast (dra_window_get_document (window)) == get_cast (window));
}

static void
set_everywhere (gboolean everywhere)
{
  g_settings_set_boolean (dra_settings_get_default (), "correct-everywhere", everywhere);
}

/* }}} */

/* At once, in all windows; undone, redone; kept. */
static void
test_reject (void)
{
  g_autofree char *path = dra_ui_test_write ("people.txt", article_text, -1);
  g_autofree char *other_path = dra_ui_test_write ("other.txt", other_text, -1);
  DraWindow *window = dra_ui_test_open (path);
  DraWindow *other = dra_ui_test_open (other_path);

  g_assert_cmpint (find (window, "Delphine Okonjo"), >=, 0);
  g_assert_cmpint (find (other, "Delphine Okonjo"), >=, 0);
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "correct-reject"));
  select_name (window, "Delphine Okonjo");
  dra_ui_test_act (window, "correct-reject");
  WAIT_FOR (find (window, "Delphine Okonjo") < 0);
  g_assert_cmpint (dra_article_view_get_selected_entity (window->view), ==, -1);
  WAIT_FOR (dra_ui_test_says (GTK_WIDGET (window),
                              "“Delphine Okonjo” is not a name, in all articles."));
  WAIT_FOR (find (other, "Delphine Okonjo") < 0);

  dra_ui_test_act (window, "undo");
  WAIT_FOR (find (window, "Delphine Okonjo") >= 0);
  WAIT_FOR (find (other, "Delphine Okonjo") >= 0);
  dra_ui_test_act (window, "redo");
  WAIT_FOR (find (window, "Delphine Okonjo") < 0);

  /* Kept: the next time they are not seen at all. */
  dra_ui_test_close (window);
  window = dra_ui_test_open (path);
  g_assert_cmpint (find (window, "Delphine Okonjo"), <, 0);
  {
    g_autoptr (GPtrArray) made
      = g_ptr_array_ref (dra_document_get_corrections (dra_window_get_document (window)));

    g_assert_cmpuint (made->len, ==, 1);
  }
  dra_ui_test_close (window);

  /* The window that is still open can be corrected too; what was said before stays. */
  select_name (other, "Tobias Renwick");
  set_everywhere (FALSE);
  act_on (other, "correct-kind", "organization");
  WAIT_FOR (is (other, "Tobias Renwick", DRA_ENTITY_ORGANIZATION));
  g_assert_cmpint (find (other, "Delphine Okonjo"), <, 0);
  window = dra_ui_test_open (path);
  g_assert_true (is (window, "Tobias Renwick", DRA_ENTITY_PERSON)); /* only there */
  set_everywhere (TRUE);
  dra_ui_test_close (window);
  dra_ui_test_close (other);
}

static void
test_kinds (void)
{
  g_autofree char *path = dra_ui_test_write ("kinds.txt", article_text, -1);
  DraWindow *window = dra_ui_test_open (path);
  g_autoptr (GVariant) state = NULL;

  select_name (window, "Tobias Renwick");
  state = g_action_group_get_action_state (G_ACTION_GROUP (window), "correct-kind");
  g_assert_cmpstr (g_variant_get_string (state, NULL), ==, "person");
  act_on (window, "correct-kind", "organization");
  WAIT_FOR (is (window, "Tobias Renwick", DRA_ENTITY_ORGANIZATION));
  /* Still selected, under its new number. */
  g_assert_cmpint (dra_article_view_get_selected_entity (window->view), ==,
                   find (window, "Tobias Renwick"));
  g_assert_cmpint (dra_cast_pane_get_selected_entity (window->cast_pane), ==,
                   find (window, "Tobias Renwick"));
  act_on (window, "correct-kind", "place");
  WAIT_FOR (is (window, "Tobias Renwick", DRA_ENTITY_PLACE));
  undo_all (window);
  g_assert_true (is (window, "Tobias Renwick", DRA_ENTITY_PERSON));
  dra_ui_test_close (window);
}

static void
test_rename (void)
{
  g_autofree char *path = dra_ui_test_write ("rename.txt", article_text, -1);
  DraWindow *window = dra_ui_test_open (path);
  GtkWindow *dialog;
  GtkWidget *entry;

  select_name (window, "Tobias Renwick");
  dra_ui_test_act (window, "correct-rename");
  WAIT_FOR ((dialog = find_window (ADW_TYPE_MESSAGE_DIALOG)) != NULL);
  entry = adw_message_dialog_get_extra_child (ADW_MESSAGE_DIALOG (dialog));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "Tobias Renwick");
  gtk_editable_set_text (GTK_EDITABLE (entry), "  ");
  g_assert_false (
    adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "rename"));
  gtk_editable_set_text (GTK_EDITABLE (entry), " Captain Renwick ");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "rename");
  gtk_window_close (dialog);
  WAIT_FOR (find (window, "Captain Renwick") >= 0);
  g_assert_cmpint (find (window, "Tobias Renwick"), <, 0);
  g_assert_cmpuint (count (window, "Captain Renwick"), ==, 3);
  WAIT_FOR (find_window (ADW_TYPE_MESSAGE_DIALOG) == NULL);
  undo_all (window);
  dra_ui_test_close (window);
}

static void
test_same (void)
{
  g_autofree char *path = dra_ui_test_write ("same.txt", article_text, -1);
  DraWindow *window = dra_ui_test_open (path);
  GtkWindow *chooser;
  GtkWidget *entry;
  guint before = count (window, "Tobias Renwick") + count (window, "Nora Whitlock");

  g_assert_cmpint (find (window, "Nora Whitlock"), >=, 0);
  select_name (window, "Nora Whitlock");
  dra_ui_test_act (window, "correct-same");
  WAIT_FOR ((chooser = find_window (DRA_TYPE_NAME_CHOOSER)) != NULL);
  WAIT_FOR (dra_ui_test_says (GTK_WIDGET (chooser), "Delphine Okonjo"));
  {
    GtkWidget *list = dra_ui_test_find (GTK_WIDGET (chooser), GTK_TYPE_LIST_VIEW);
    GtkSelectionModel *model = gtk_list_view_get_model (GTK_LIST_VIEW (list));

    for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (model)); i++)
      {
        g_autoptr (DraCastItem) item = g_list_model_get_item (G_LIST_MODEL (model), i);

        g_assert_cmpstr (dra_cast_item_get_entity (item)->name, !=, "Nora Whitlock");
      }
  }
  entry = dra_ui_test_find (GTK_WIDGET (chooser), GTK_TYPE_SEARCH_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (entry), "renw");
  WAIT_FOR (!dra_ui_test_says (GTK_WIDGET (chooser), "Delphine Okonjo"));
  g_signal_emit_by_name (entry, "activate");
  WAIT_FOR (find (window, "Nora Whitlock") < 0);
  g_assert_cmpuint (count (window, "Tobias Renwick"), ==, before);
  WAIT_FOR (find_window (DRA_TYPE_NAME_CHOOSER) == NULL);
  undo_all (window);

  /* Someone the article does not name. */
  select_name (window, "Nora Whitlock");
  dra_ui_test_act (window, "correct-same");
  WAIT_FOR ((chooser = find_window (DRA_TYPE_NAME_CHOOSER)) != NULL);
  entry = dra_ui_test_find (GTK_WIDGET (chooser), GTK_TYPE_SEARCH_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (entry), "Eleonora Whitlock-Hale");
  g_signal_emit_by_name (entry, "activate");
  WAIT_FOR (find (window, "Eleonora Whitlock-Hale") >= 0);
  WAIT_FOR (find_window (DRA_TYPE_NAME_CHOOSER) == NULL);
  undo_all (window);
  dra_ui_test_close (window);
}

static void
test_split (void)
{
  g_autofree char *path = dra_ui_test_write ("split.txt", article_text, -1);
  DraWindow *window = dra_ui_test_open (path);
  DraRange range = dra_ui_test_find_text (window, "Renwick had served");

  g_assert_cmpuint (count (window, "Tobias Renwick"), ==, 3);
  dra_window_select_entity (window, find (window, "Tobias Renwick"),
                            dra_cast_find_mention (get_cast (window), range.start));
  dra_ui_test_act (window, "correct-split");
  WAIT_FOR (count (window, "Tobias Renwick") == 2);
  g_assert_cmpuint (count (window, "Renwick"), ==, 1);
  undo_all (window);

  select_name (window, "Tobias Renwick");
  dra_ui_test_act (window, "correct-split-one");
  WAIT_FOR (dra_cast_get_n_entities (get_cast (window)) > 0 && count (window, "Renwick") == 0
            && count (window, "Tobias Renwick") == 1);
  undo_all (window);
  g_assert_cmpuint (count (window, "Tobias Renwick"), ==, 3);
  dra_ui_test_close (window);
}

static void
test_mark (void)
{
  g_autofree char *path = dra_ui_test_write ("mark.txt", article_text, -1);
  DraWindow *window = dra_ui_test_open (path);

  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "mark-as"));
  dra_article_view_select_range (window->view, dra_ui_test_find_text (window, " kestrel "));
  WAIT_FOR (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "mark-as"));
  act_on (window, "mark-as", "organization");
  WAIT_FOR (is (window, "kestrel", DRA_ENTITY_ORGANIZATION));
  g_assert_cmpuint (count (window, "kestrel"), ==, 2);
  g_assert_cmpint (dra_article_view_get_selected_entity (window->view), ==,
                   find (window, "kestrel"));
  undo_all (window);
  g_assert_cmpint (find (window, "kestrel"), <, 0);

  /* Over two paragraphs there is no name. */
  {
    DraRange from = dra_ui_test_find_text (window, "By Nora Whitlock");
    DraRange to = dra_ui_test_find_text (window, "The director");

    dra_article_view_select_range (window->view, (DraRange) { from.start, to.end });
    WAIT_FOR (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "mark-as"));
    act_on (window, "mark-as", "person");
    WAIT_FOR (dra_ui_test_says (GTK_WIDGET (window), "Select the name alone"));
  }
  dra_ui_test_close (window);
}

/* Unsure names are walked; settling one leads to the next. */
static void
test_unsure (void)
{
  g_autofree char *path = dra_test_source ("data/samples/bank.txt");
  DraWindow *window = dra_ui_test_open (path);
  guint n = dra_window_count_unsure (window);
  const DraEntity *entity;
  g_autofree char *name = NULL;
  int selected;

  if (n == 0)
    {
      g_test_skip ("the model is sure of all names of the sample");
      dra_ui_test_close (window);
      return;
    }
  dra_ui_test_act (window, "next-unsure");
  selected = dra_article_view_get_selected_entity (window->view);
  g_assert_cmpint (selected, >=, 0);
  entity = dra_cast_get_entity (get_cast (window), (guint) selected);
  g_assert_cmpfloat (entity->confidence, <, DRA_ENTITY_UNSURE);
  name = g_strdup (entity->name);
  dra_ui_test_act (window, "correct-confirm");
  WAIT_FOR (dra_window_count_unsure (window) == n - 1);
  if (n == 1)
    {
      WAIT_FOR (dra_ui_test_says (GTK_WIDGET (window), "There is no name left that is unsure."));
      g_assert_cmpint (dra_article_view_get_selected_entity (window->view), ==, -1);
    }
  else
    g_assert_cmpint (dra_article_view_get_selected_entity (window->view), !=,
                     find (window, name));
  g_assert_cmpfloat (
    dra_cast_get_entity (get_cast (window), (guint) find (window, name))->confidence, ==, 1);
  undo_all (window);
  g_assert_cmpuint (dra_window_count_unsure (window), ==, n);
  dra_ui_test_close (window);
}

/* Whether the card about someone says something, which may come after it. */
static gboolean
card_says (DraWindow  *window,
           const char *name,
           const char *words)
{
  DraCast *cast = get_cast (window);
  gboolean says;

  for (guint i = 0; i < dra_cast_get_n_entities (cast); i++)
    {
      const DraEntity *entity = dra_cast_get_entity (cast, i);
      g_autoptr (GtkWidget) card = NULL;

      if (!g_str_equal (entity->name, name))
        continue;
      card = g_object_ref_sink (dra_article_view_create_peek (window->view, entity->mentions[0]));
      dra_ui_test_run (300);
      says = FALSE;
      for (GtkWidget *child = gtk_widget_get_first_child (card); child != NULL;
           child = gtk_widget_get_next_sibling (child))
        if (GTK_IS_LABEL (child) && strstr (gtk_label_get_label (GTK_LABEL (child)), words) != NULL)
          says = gtk_widget_get_visible (child);
      return says;
    }
  g_error ("nobody is called %s", name);
}

/* Off until switched on; the others are listed and opened; wiped with one click. */
static void
test_across (void)
{
  g_autofree char *path = dra_ui_test_write ("across.txt", article_text, -1);
  g_autofree char *other_path = dra_ui_test_write ("across-other.txt", other_text, -1);
  GSettings *settings = dra_settings_get_default ();
  DraWindow *window = dra_ui_test_open (path);
  DraWindow *other = dra_ui_test_open (other_path);
  GtkWidget *list;
  DraEntity entity = { .kind = DRA_ENTITY_PERSON, .name = "Renwick" };

  /* A family name alone may be anybody's. */
  g_assert_false (dra_window_is_known_elsewhere (&entity));
  entity.name = "T. Renwick";
  g_assert_true (dra_window_is_known_elsewhere (&entity));
  entity.name = "Renwick";
  entity.kind = DRA_ENTITY_ORGANIZATION;
  g_assert_true (dra_window_is_known_elsewhere (&entity));

  select_name (window, "Tobias Renwick");
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "other-articles"));
  g_settings_set_boolean (settings, "index-articles", TRUE); /* both are open: noted now */
  WAIT_FOR (card_says (window, "Tobias Renwick", "In 1 other article"));
  g_assert_false (card_says (window, "Nora Whitlock", "other article"));
  dra_ui_test_act (window, "other-articles");
  WAIT_FOR (find_window (ADW_TYPE_WINDOW) != NULL);
  {
    GtkWindow *dialog = find_window (ADW_TYPE_WINDOW);

    g_assert_cmpstr (gtk_window_get_title (dialog), ==,
                     "“Tobias Renwick” Is in 1 Other Article");
    WAIT_FOR (dra_ui_test_says (GTK_WIDGET (dialog), "Mayor Looks Back"));
    list = dra_ui_test_find (GTK_WIDGET (dialog), GTK_TYPE_LIST_BOX);
    dra_ui_test_close (other);
    g_signal_emit_by_name (list, "row-activated",
                           gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0));
    WAIT_FOR (find_window (ADW_TYPE_WINDOW) == NULL);
  }
  other = DRA_WINDOW (
    gtk_application_get_active_window (GTK_APPLICATION (dra_ui_test_application ())));
  g_assert_true (other != window);
  WAIT_FOR (dra_window_is_settled (other));
  g_assert_cmpstr (dra_article_get_title (dra_document_get_article (dra_window_get_document (other))),
                   ==, "Mayor Looks Back");

  g_action_group_activate_action (G_ACTION_GROUP (dra_ui_test_application ()), "forget-names",
                                  NULL);
  dra_ui_test_act (window, "other-articles");
  WAIT_FOR (dra_ui_test_says (GTK_WIDGET (window), "No other article that was opened names"));
  g_settings_set_boolean (settings, "index-articles", FALSE);
  dra_ui_test_close (window);
  dra_ui_test_close (other);
}

/* The strip in a row: a mark goes to its mention, from either side, whichever way text runs. */
static void
test_strip (void)
{
  g_autofree char *path = dra_ui_test_write ("strip.txt", article_text, -1);
  DraWindow *window = dra_ui_test_open (path);
  DraCast *cast = get_cast (window);
  const int renwick = find (window, "Tobias Renwick");
  const DraEntity *entity = dra_cast_get_entity (cast, (guint) renwick);
  GtkWidget *strip = dra_ui_test_find (GTK_WIDGET (window->cast_pane), DRA_TYPE_PLACE_STRIP);
  int mention;

  g_assert_cmpuint (entity->n_mentions, >, 1);
  WAIT_FOR (gtk_widget_get_width (strip) > 0);
  dra_place_strip_set_entity (DRA_PLACE_STRIP (strip), cast, (guint) renwick);
  g_assert_cmpint (dra_place_strip_get_mention (DRA_PLACE_STRIP (strip), 0), ==, (int) entity->mentions[0]);
  mention = dra_place_strip_get_mention (DRA_PLACE_STRIP (strip), gtk_widget_get_width (strip));
  g_assert_cmpint (mention, ==, (int) entity->mentions[entity->n_mentions - 1]);
  gtk_widget_set_direction (strip, GTK_TEXT_DIR_RTL);
  g_assert_cmpint (dra_place_strip_get_mention (DRA_PLACE_STRIP (strip), 0), ==, mention);
  gtk_widget_set_direction (strip, GTK_TEXT_DIR_LTR);

  gtk_widget_activate_action (strip, "win.go-to-mention", "i", mention);
  g_assert_cmpint (dra_article_view_get_selected_entity (window->view), ==, renwick);
  WAIT_FOR (dra_ui_test_says (GTK_WIDGET (window->walk_bar), "3 of 3"));
  dra_ui_test_close (window);
}

/* All corrections, seen from the preferences: changed, taken back, and brought back; what is
 * open follows. */
static void
test_corrections (void)
{
  g_autofree char *path = dra_ui_test_write ("corrected.txt", article_text, -1);
  DraWindow *window = dra_ui_test_open (path);
  GtkWidget *all, *list, *widget;

  g_action_group_activate_action (G_ACTION_GROUP (dra_ui_test_application ()), "corrections", NULL);
  WAIT_FOR ((all = GTK_WIDGET (find_window (DRA_TYPE_CORRECTIONS_WINDOW))) != NULL);
  WAIT_FOR (dra_ui_test_says (all, "No Corrections"));

  set_everywhere (FALSE);
  select_name (window, "Nora Whitlock");
  dra_ui_test_act (window, "correct-reject");
  WAIT_FOR (find (window, "Nora Whitlock") < 0);
  WAIT_FOR (dra_ui_test_says (all, "“Nora Whitlock” is not a name"));
  list = dra_ui_test_find (all, GTK_TYPE_LIST_BOX);
  g_assert_null (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 1));

  /* In all articles: it is kept so. */
  widget = dra_ui_test_find (list, GTK_TYPE_SWITCH);
  g_assert_false (gtk_switch_get_active (GTK_SWITCH (widget)));
  gtk_widget_activate (widget);
  WAIT_FOR ((widget = dra_ui_test_find (list, GTK_TYPE_SWITCH)) != NULL
            && gtk_switch_get_active (GTK_SWITCH (widget))
            && dra_correction_get_parts (g_object_get_data (G_OBJECT (widget), "correction"))->everywhere);
  g_assert_cmpint (find (window, "Nora Whitlock"), <, 0);

  /* Taken back, and back again. */
  gtk_widget_activate (dra_ui_test_find (list, GTK_TYPE_BUTTON));
  WAIT_FOR (find (window, "Nora Whitlock") >= 0);
  WAIT_FOR (dra_ui_test_says (all, "No Corrections"));
  WAIT_FOR (dra_ui_test_says (all, "Removed: “Nora Whitlock” is not a name"));
  g_signal_emit_by_name (find_toast_button (all), "clicked");
  WAIT_FOR (find (window, "Nora Whitlock") < 0);
  WAIT_FOR (dra_ui_test_says (all, "“Nora Whitlock” is not a name"));
  gtk_widget_activate (dra_ui_test_find (list, GTK_TYPE_BUTTON));
  WAIT_FOR (find (window, "Nora Whitlock") >= 0);
  g_settings_reset (dra_settings_get_default (), "correct-everywhere");
  gtk_window_destroy (GTK_WINDOW (all));
  dra_ui_test_close (window);
}

/* Places are listed when they are wanted; the list is ordered as the reader says. */
static void
test_list (void)
{
  g_autofree char *path = dra_test_source ("data/samples/bank.txt");
  GSettings *settings = dra_settings_get_default ();
  DraWindow *window = dra_ui_test_open (path);
  GtkSelectionModel *model;
  guint n = dra_cast_pane_get_n_shown (window->cast_pane);
  g_autoptr (DraCastItem) first = NULL;
  g_autoptr (DraCastItem) second = NULL;

  g_settings_set_boolean (settings, "show-places", TRUE);
  g_assert_cmpuint (dra_cast_pane_get_n_shown (window->cast_pane), ==,
                    dra_cast_get_n_entities (get_cast (window)));
  g_assert_cmpuint (dra_cast_pane_get_n_shown (window->cast_pane), >, n);
  g_settings_set_boolean (settings, "show-places", FALSE);
  g_assert_cmpuint (dra_cast_pane_get_n_shown (window->cast_pane), ==, n);

  /* The menu of a row: the name is selected, and the menu is about it. */
  {
    GtkWidget *row = dra_ui_test_find (GTK_WIDGET (window->cast_pane), DRA_TYPE_CAST_ROW);
    GtkWidget *menu;
    g_autoptr (GListModel) controllers = NULL;

    while (dra_cast_item_is_heading (dra_cast_row_get_item (DRA_CAST_ROW (row))))
      row = gtk_widget_get_first_child (gtk_widget_get_next_sibling (gtk_widget_get_parent (row)));
    controllers = gtk_widget_observe_controllers (row);
    for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
      {
        g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

        if (GTK_IS_GESTURE_CLICK (controller)
            && gtk_gesture_single_get_button (GTK_GESTURE_SINGLE (controller))
                 == GDK_BUTTON_SECONDARY)
          g_signal_emit_by_name (controller, "pressed", 1, 5.0, 5.0);
      }
    WAIT_FOR ((menu = dra_ui_test_find (GTK_WIDGET (window->cast_pane), GTK_TYPE_POPOVER_MENU))
              != NULL);
    g_assert_true (dra_ui_test_says (menu, "Is Not a Name"));
    g_assert_cmpint (dra_article_view_get_selected_entity (window->view), ==,
                     dra_cast_item_get_index (dra_cast_row_get_item (DRA_CAST_ROW (row))));
    gtk_popover_popdown (GTK_POPOVER (menu));
    WAIT_FOR (!gtk_widget_get_mapped (menu));
  }

  model = gtk_list_view_get_model (
    GTK_LIST_VIEW (dra_ui_test_find (GTK_WIDGET (window->cast_pane), GTK_TYPE_LIST_VIEW)));
  select_name (window, "Priya Dunmore");
  g_settings_set_string (settings, "cast-order", "count");
  first = g_list_model_get_item (G_LIST_MODEL (model), 1);
  second = g_list_model_get_item (G_LIST_MODEL (model), 2);
  g_assert_cmpuint (dra_cast_item_get_entity (first)->n_mentions, >=,
                    dra_cast_item_get_entity (second)->n_mentions);
  g_assert_cmpuint (dra_cast_item_get_entity (first)->n_mentions, >, 1);
  g_settings_set_string (settings, "cast-order", "name");
  g_clear_object (&first);
  first = g_list_model_get_item (G_LIST_MODEL (model), 1);
  g_assert_cmpstr (dra_cast_item_get_entity (first)->name, ==, "Adaeze Brandt");
  g_assert_cmpint (dra_cast_pane_get_selected_entity (window->cast_pane), ==,
                   find (window, "Priya Dunmore"));
  g_settings_set_string (settings, "cast-order", "mention");
  dra_ui_test_close (window);
}

static void
add_tests (void)
{
  g_test_add_func ("/people/list", test_list);
  g_test_add_func ("/people/across", test_across);
  g_test_add_func ("/people/corrections", test_corrections);
  g_test_add_func ("/people/strip", test_strip);
  g_test_add_func ("/people/kinds", test_kinds);
  g_test_add_func ("/people/rename", test_rename);
  g_test_add_func ("/people/same", test_same);
  g_test_add_func ("/people/split", test_split);
  g_test_add_func ("/people/mark", test_mark);
  g_test_add_func ("/people/unsure", test_unsure);
  g_test_add_func ("/people/reject", test_reject);
}

int
main (int   argc,
      char *argv[])
{
  return dra_ui_test_main (argc, argv, add_tests);
}
