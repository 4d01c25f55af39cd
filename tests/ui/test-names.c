/* test-names.c: names of long articles as they come in, what is said of other languages, and
 * what the names are found with.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-window-private.h"
#include "dra-ui-test.h"

#include <glib/gstdio.h>

#define BOOK_BYTES 1500000

/* A book whose first page names Tobias Renwick, and every page somebody new. */
static char *
write_book (void)
{
  static const char *const given[] = { "Anna", "Boris", "Clara", "David", "Elena", "Felix" };
  static const char *const begins[] = { "Whit", "Kow", "Del", "Ark", "Bren", "Cald", "Dor" };
  static const char *const ends[] = { "combe", "alski", "gado", "wright", "nan", "well", "man" };
  g_autoptr (GString) text = g_string_new (
    "The Harbour\n\nTobias Renwick led the Ellery Harbour Authority. The harbour was old, and "
    "Renwick knew every stone of it.\n\n");

  for (guint i = 0; text->len < BOOK_BYTES; i++)
    g_string_append_printf (
      text, "In the evening %s %s%s came down from the hills with the letters of the winter, and "
            "nobody on the quay asked where they had been.%s The lamps were lit, and the wind "
            "had gone round to the north.\n\n",
      given[i % 6], begins[i / 6 % 7], ends[i / 42 % 7], i % 50 == 49 ? " Renwick was there." : "");

  return dra_ui_test_write ("book.txt", text->str, (gssize) text->len);
}

static const char *
selected_name (DraWindow *window)
{
  int entity = dra_cast_pane_get_selected_entity (window->cast_pane);
  DraCast *cast = dra_article_view_get_cast (window->view);

  g_assert_cmpint (entity, ==, dra_article_view_get_selected_entity (window->view));

  return entity >= 0 ? dra_cast_get_entity (cast, (guint) entity)->name : NULL;
}

static gboolean
is_progress_shown (DraWindow *window)
{
  return dra_ui_test_find (GTK_WIDGET (window->cast_pane), GTK_TYPE_PROGRESS_BAR) != NULL;
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_growing (void)
{
  g_autofree char *path = write_book ();
  g_autoptr (GFile) file = g_file_new_for_path (path);
  DraWindow *window = dra_application_open_file (dra_ui_test_application (), file, NULL);
  DraDocument *document = dra_window_get_document (window);
  GtkWidget *filter;
  guint n_casts = 0, first, entity = 0;
  DraCast *cast;

  g_signal_connect_swapped (document, "notify::cast", G_CALLBACK (count_cb), &n_casts);
  WAIT_FOR (dra_article_view_get_cast (window->view) != NULL);
  g_assert_cmpint (dra_document_get_names_state (document), ==, DRA_NAMES_SEARCHING);
  cast = dra_article_view_get_cast (window->view);
  first = dra_cast_get_n_entities (cast);
  WAIT_FOR (is_progress_shown (window));
  g_assert_cmpstr (dra_cast_pane_get_page (window->cast_pane), ==, "list");

  /* Selected while the list grows, and filtered for: it stays so. */
  while (g_strcmp0 (dra_cast_get_entity (cast, entity)->name, "Tobias Renwick") != 0)
    g_assert_cmpuint (++entity, <, first);
  g_object_set (window->cast_pane, "selected-entity", (int) entity, NULL);
  g_assert_cmpstr (selected_name (window), ==, "Tobias Renwick");
  filter = dra_ui_test_find (GTK_WIDGET (window->cast_pane), GTK_TYPE_SEARCH_ENTRY);
  g_assert_nonnull (filter);
  gtk_editable_set_text (GTK_EDITABLE (filter), "renwick");

  WAIT_FOR (dra_window_is_settled (window));
  g_assert_cmpuint (n_casts, >=, 3);
  g_assert_cmpuint (dra_cast_get_n_entities (dra_article_view_get_cast (window->view)), >, first);
  g_assert_cmpstr (selected_name (window), ==, "Tobias Renwick");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (filter)), ==, "renwick");
  g_assert_cmpuint (dra_cast_pane_get_n_shown (window->cast_pane), ==, 1);
  g_assert_false (is_progress_shown (window));
  gtk_editable_set_text (GTK_EDITABLE (filter), "");
  g_assert_cmpuint (dra_cast_pane_get_n_shown (window->cast_pane), >, 200);

  dra_ui_test_close (window);
  g_assert_cmpint (g_unlink (path), ==, 0);
}

static const char german[] =
  "Die Brücke bleibt gesperrt\n\nDie Brücke über den Fluss bleibt bis zum Frühjahr gesperrt, "
  "wie die Stadt am Montag mitteilte. Der Ingenieur Peter Wagner sagte, dass das Geld nicht "
  "reicht und man noch warten muss.\n";

static const char arabic[] =
  "الجسر مغلق حتى الربيع\n\nسيبقى الجسر مغلقا حتى الربيع، كما قالت المدينة يوم الاثنين، ولا يوجد "
  "مال كاف لإصلاحه قبل ذلك.\n";

static const char english[] =
  "The bridge stays closed\n\nThe bridge over the river will stay closed until the spring, the "
  "town said on Monday. The engineer, Peter Wagner, said that there was not enough money.\n";

static void
test_language (void)
{
  static const struct
  {
    const char *text;
    const char *sentence; /* NULL: none */
  } cases[] = {
    { german, "This article is not in English (German). Dramatis finds only some of the people and "
              "organizations in it." },
    { arabic, "This article is not in English (Arabic). Dramatis finds only some of the people and "
              "organizations in it." },
    { english, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = dra_ui_test_write ("bridge.txt", cases[i].text, -1);
      DraWindow *window = dra_ui_test_open (path);
      g_autofree char *notice = dra_document_dup_names_notice (dra_window_get_document (window));

      g_assert_cmpstr (notice, ==, cases[i].sentence);
      if (notice != NULL)
        WAIT_FOR (dra_ui_test_says (GTK_WIDGET (window->cast_pane), notice));
      dra_ui_test_close (window);
    }
}

static gboolean
has_label (GtkWidget  *root,
           const char *part)
{
  if (GTK_IS_LABEL (root) && strstr (gtk_label_get_label (GTK_LABEL (root)), part) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_label (child, part))
      return TRUE;

  return FALSE;
}

static GtkWidget *
find_about (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (toplevels, i);

      if (ADW_IS_ABOUT_WINDOW (window) && gtk_widget_get_mapped (window))
        return window;
    }

  return NULL;
}

/* What the model was trained on is told where the licence is. */
static void
test_about (void)
{
  g_autofree char *path = dra_ui_test_write ("bridge.txt", english, -1);
  DraWindow *window = dra_ui_test_open (path);

  g_action_group_activate_action (G_ACTION_GROUP (dra_ui_test_application ()), "about", NULL);
  WAIT_FOR (find_about () != NULL);
  g_assert_true (has_label (find_about (), "How Names Are Found"));
  g_assert_true (has_label (find_about (), "GloVe"));
  g_assert_true (has_label (find_about (), "CC BY 4.0"));
  gtk_window_destroy (GTK_WINDOW (find_about ()));
  dra_ui_test_close (window);
}

static void
add_tests (void)
{
  g_test_add_func ("/names/growing", test_growing);
  g_test_add_func ("/names/language", test_language);
  g_test_add_func ("/names/about", test_about);
}

int
main (int   argc,
      char *argv[])
{
  return dra_ui_test_main (argc, argv, add_tests);
}
