/* test-reading.c: what helps reading in the real window: title, outline, place, results,
 * passages, typography.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-article-text.h"
#include "app/dra-find.h"
#include "app/dra-hyphenator.h"
#include "app/dra-picture-viewer.h"
#include "app/dra-preferences.h"
#include "app/dra-settings.h"
#include "app/dra-window-private.h"
#include "article/dra-article-builder.h"
#include "dra-ui-test.h"

#include <math.h>
#include <string.h>

#define HEAD "Harbour Chief Steps Down\n\nBy Nora Whitlock\n\n"
#define RENWICK                                                                              \
  "Tobias Renwick, who has led the Ellery Harbour Authority (EHA) since 2017, said that he " \
  "was leaving at once.\n\n"
#define OKONJO                                                                               \
  "President Delphine Okonjo said that Renwick had served the port well. \"I thank Tobias "  \
  "Renwick for every one of those years,\" Okonjo told the council. The EHA did not answer " \
  "questions.\n\n"

static char *
write_long (const char *name,
            const char *first)
{
  g_autoptr (GString) text = g_string_new (HEAD);

  g_string_append (text, first);
  g_string_append (text, RENWICK);
  for (guint i = 0; i < 150; i++)
    g_string_append_printf (text, "Paragraph %u is about ropes, cranes and the price of ice, and "
                                  "it is as long as such a paragraph has to be.\n\n", i);
  g_string_append (text, OKONJO);
  return dra_ui_test_write (name, text->str, -1);
}

static gboolean
has_names (DraWindow *window)
{
  if (dra_document_get_names_state (dra_window_get_document (window)) == DRA_NAMES_READY)
    return TRUE;
  g_test_skip ("the recognizer's model is not in this tree");
  return FALSE;
}

static gboolean
top_is (DraWindow  *window,
        const char *passage)
{
  return dra_article_view_get_visible_offset (dra_window_get_view (window))
         == dra_ui_test_find_text (window, passage).start;
}

static guint
find_entity (DraWindow  *window,
             const char *name)
{
  DraCast *cast = dra_article_view_get_cast (dra_window_get_view (window));

  for (guint i = 0; i < dra_cast_get_n_entities (cast); i++)
    if (g_str_equal (dra_cast_get_entity (cast, i)->name, name))
      return i;
  g_assert_not_reached ();
}

/* The title stands in the header once it does not in the text, with what is left to read. */
static void
test_title (void)
{
  g_autofree char *path = write_long ("title.txt", "Of title.\n\n");
  DraWindow *window = dra_ui_test_open (path);

  WAIT_FOR (g_strcmp0 (gtk_stack_get_visible_child_name (window->title_stack), "nothing") == 0);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "Harbour Chief Steps Down");
  dra_article_view_restore (window->view, dra_ui_test_find_text (window, "Paragraph 40 ").start);
  WAIT_FOR (g_strcmp0 (gtk_stack_get_visible_child_name (window->title_stack), "title") == 0);
  g_assert_cmpstr (adw_window_title_get_title (window->title), ==, "Harbour Chief Steps Down");
  WAIT_FOR (strstr (adw_window_title_get_subtitle (window->title), " min left") != NULL);
  g_assert_true (g_str_has_prefix (adw_window_title_get_subtitle (window->title),
                                   "Nora Whitlock"));
  dra_article_view_scroll_to (window->view, dra_ui_test_find_text (window, "answer questions"));
  WAIT_FOR (dra_article_view_get_progress (window->view) >= 1);
  WAIT_FOR (strstr (adw_window_title_get_subtitle (window->title), " min left") == NULL);
  dra_ui_test_close (window);
}

/* Where the reader was, in the same file, in a copy elsewhere, and after a change. */
static void
test_position (void)
{
  g_autofree char *path = write_long ("position.txt", "Of positions.\n\n");
  g_autofree char *moved = write_long ("moved.txt", "Of positions.\n\n");
  g_autofree char *changed = NULL;
  DraWindow *window = dra_ui_test_open (path);

  g_assert_cmpuint (dra_article_view_get_visible_offset (window->view), ==, 0);
  dra_article_view_restore (window->view, dra_ui_test_find_text (window, "Paragraph 70 ").start);
  WAIT_FOR (top_is (window, "Paragraph 70 "));
  dra_ui_test_close (window);

  window = dra_ui_test_open (path);
  WAIT_FOR (top_is (window, "Paragraph 70 "));
  dra_ui_test_close (window);
  window = dra_ui_test_open (moved);
  WAIT_FOR (top_is (window, "Paragraph 70 "));
  dra_ui_test_close (window);

  changed = write_long ("position.txt", "Of positions.\n\nA paragraph that was put in later.\n\n");
  window = dra_ui_test_open (changed);
  WAIT_FOR (top_is (window, "Paragraph 70 "));
  dra_ui_test_close (window);
}

static void
test_outline (void)
{
  g_autofree char *path = write_long ("outline.txt", "Of outline.\n\n");
  DraWindow *window = dra_ui_test_open (path);
  DraArticleBuilder *builder = dra_article_builder_new ();
  g_autoptr (DraArticle) article = NULL;
  g_autoptr (GString) words = g_string_new (NULL);

  /* This one has none but its title. */
  dra_ui_test_act (window, "show-outline");
  g_assert_cmpuint (dra_outline_pane_get_n_headings (window->outline_pane), ==, 0);
  g_assert_true (dra_ui_test_says (GTK_WIDGET (window->outline_pane), "No Headings"));

  for (guint i = 0; i < 400; i++)
    g_string_append (words, "A rope is as strong as its weakest yarn. ");
  for (guint i = 0; i < 3; i++)
    {
      const char *const titles[] = { "Hemp", "Old hemp", "Nylon" };

      dra_article_builder_begin_block (builder, DRA_BLOCK_HEADING, i == 1 ? 2 : 1, NULL);
      dra_article_builder_add_text (builder, titles[i], -1);
      dra_article_builder_end_block (builder);
      dra_article_builder_begin_block (builder, DRA_BLOCK_PARAGRAPH, 0, NULL);
      dra_article_builder_add_text (builder, words->str, -1);
      dra_article_builder_end_block (builder);
    }
  article = dra_article_builder_build (builder);
  dra_article_builder_free (builder);
  dra_article_view_set_article (window->view, article);
  dra_outline_pane_set_article (window->outline_pane, article);
  g_assert_cmpuint (dra_outline_pane_get_n_headings (window->outline_pane), ==, 3);
  WAIT_FOR (dra_outline_pane_get_current (window->outline_pane) == 0);
  dra_ui_test_run (100);
  g_signal_emit_by_name (window->outline_pane, "heading-activated",
                         (guint64) dra_ui_test_find_text (window, "Old hemp").start);
  WAIT_FOR (top_is (window, "Old hemp"));
  WAIT_FOR (dra_outline_pane_get_current (window->outline_pane) == 1);
  dra_article_view_scroll_to (window->view, dra_ui_test_find_text (window, "Nylon"));
  dra_article_view_restore (window->view, dra_ui_test_find_text (window, "Nylon").start + 200);
  WAIT_FOR (dra_outline_pane_get_current (window->outline_pane) == 2);
  dra_ui_test_close (window);
}

static void
type_search (DraWindow  *window,
             const char *text)
{
  dra_search_bar_start (window->search_bar, text);
  dra_search_bar_step (window->search_bar, 1);
}

static void
test_results (void)
{
  g_autofree char *path = write_long ("results.txt", "Of results.\n\n");
  DraWindow *window = dra_ui_test_open (path);
  DraRange range;
  guint n_hits;
  int current;

  type_search (window, "paragraph");
  WAIT_FOR ((g_object_get (window->view, "n-hits", &n_hits, NULL), n_hits == 300));
  gtk_widget_activate_action (GTK_WIDGET (window->search_bar), "find.list", NULL);
  WAIT_FOR (dra_passages_pane_get_n (window->passages_pane) == 300);
  g_assert_cmpstr (adw_view_stack_get_visible_child_name (window->panes), ==, "passages");
  g_assert_true (dra_ui_test_says (GTK_WIDGET (window->passages_pane), "“paragraph”"));
  g_assert_true (dra_ui_test_says (GTK_WIDGET (window->passages_pane), "300 passages"));

  g_signal_emit_by_name (window->passages_pane, "passage-activated", 250);
  g_object_get (window->view, "current-hit", &current, NULL);
  g_assert_cmpint (current, ==, 250);

  /* Whole words and case at once, and the list follows. */
  gtk_widget_activate_action (GTK_WIDGET (window->search_bar), "find.match-case", NULL);
  WAIT_FOR (dra_passages_pane_get_n (window->passages_pane) == 150);
  gtk_widget_activate_action (GTK_WIDGET (window->search_bar), "find.match-case", NULL);
  type_search (window, "par");
  WAIT_FOR (dra_passages_pane_get_n (window->passages_pane) == 300);
  gtk_widget_activate_action (GTK_WIDGET (window->search_bar), "find.whole-words", NULL);
  WAIT_FOR (dra_passages_pane_get_n (window->passages_pane) == 0);
  g_assert_true (dra_ui_test_says (GTK_WIDGET (window->passages_pane), "Nothing was found."));
  gtk_widget_activate_action (GTK_WIDGET (window->search_bar), "find.whole-words", NULL);
  WAIT_FOR (dra_passages_pane_get_n (window->passages_pane) == 300);
  g_assert_true (dra_passages_pane_get_range (window->passages_pane, 0, &range));
  g_assert_cmpuint (dra_range_length (range), ==, 3);

  g_signal_emit_by_name (window->passages_pane, "closed");
  g_assert_cmpstr (adw_view_stack_get_visible_child_name (window->panes), ==, "cast");

  /* The list ends with the search. */
  gtk_widget_activate_action (GTK_WIDGET (window->search_bar), "find.list", NULL);
  g_assert_cmpstr (adw_view_stack_get_visible_child_name (window->panes), ==, "passages");
  dra_search_bar_set_search_mode (window->search_bar, FALSE);
  WAIT_FOR (g_strcmp0 (adw_view_stack_get_visible_child_name (window->panes), "cast") == 0);
  dra_ui_test_close (window);
}

static void
check_find (const char  *text,
            const char  *needle,
            DraFindFlags flags,
            guint        wanted)
{
  g_autoptr (GArray) hits = dra_find_full (text, strlen (text), needle, flags, NULL);

  g_assert_cmpuint (hits->len, ==, wanted);
}

static void
test_find_options (void)
{
  const char *text = "Reading is not reading; he read Ärzte, ärzte and ARZTE. O'Neill's re-read.";

  check_find (text, "reading", DRA_FIND_DEFAULT, 2);
  check_find (text, "reading", DRA_FIND_CASE, 1);
  check_find (text, "read", DRA_FIND_DEFAULT, 4);
  check_find (text, "read", DRA_FIND_WORDS, 2);
  check_find (text, "Read", DRA_FIND_WORDS | DRA_FIND_CASE, 0);
  /* Accents never count, case does when asked. */
  check_find (text, "arzte", DRA_FIND_DEFAULT, 3);
  check_find (text, "arzte", DRA_FIND_CASE, 1);
  check_find (text, "Arzte", DRA_FIND_CASE | DRA_FIND_WORDS, 1);
  check_find (text, "O\xe2\x80\x99Neill", DRA_FIND_WORDS, 1);
  check_find (text, "is not", DRA_FIND_WORDS, 1);
  check_find (text, "s not", DRA_FIND_WORDS, 0);
  check_find (text, ";", DRA_FIND_WORDS, 1);
  /* A hit that is not whole must not hide one that overlaps it. */
  check_find ("aab ab ab", "ab ab", DRA_FIND_WORDS, 1);
  check_find ("xaa aa aa", "aa aa", DRA_FIND_WORDS, 1);
}

static void
test_together (void)
{
  g_autofree char *path = write_long ("together.txt", "Of together.\n\n");
  DraWindow *window = dra_ui_test_open (path);
  guint renwick, okonjo;
  DraRange range;

  if (has_names (window))
    {
      renwick = find_entity (window, "Tobias Renwick");
      okonjo = find_entity (window, "Delphine Okonjo");
      dra_window_select_entity (window, (int) okonjo, -1);
      dra_ui_test_act (window, "list-together");
      g_assert_cmpstr (adw_view_stack_get_visible_child_name (window->panes), ==, "passages");
      /* Renwick and the EHA are named with her once each; the first named is chosen. */
      g_assert_cmpuint (window->together->len, ==, 2);
      g_assert_cmpuint (dra_passages_pane_get_n (window->passages_pane), ==, 1);
      g_assert_true (dra_passages_pane_get_range (window->passages_pane, 0, &range));
      g_assert_cmpuint (range.start, >=, dra_ui_test_find_text (window, "President Delphine").start);
      for (guint i = 1; i < window->together->len; i++)
        g_signal_emit_by_name (window->passages_pane, "choice-toggled",
                               g_array_index (window->together, guint, i), FALSE);
      g_assert_cmpuint (dra_passages_pane_get_n (window->passages_pane), ==, 0);
      g_signal_emit_by_name (window->passages_pane, "choice-toggled", renwick, TRUE);
      g_assert_cmpuint (dra_passages_pane_get_n (window->passages_pane), ==, 1);
      g_assert_true (dra_ui_test_says (GTK_WIDGET (window->passages_pane),
                                       "Delphine Okonjo with Tobias Renwick"));
      g_signal_emit_by_name (window->passages_pane, "passage-activated", 0);
      WAIT_FOR (dra_article_view_get_progress (window->view) > .9);
    }
  dra_ui_test_close (window);
}

static void
test_quotations (void)
{
  g_autofree char *path = write_long ("said.txt", "Of said.\n\n");
  DraWindow *window = dra_ui_test_open (path);
  DraRange range;

  if (has_names (window))
    {
      dra_window_select_entity (window, (int) find_entity (window, "Delphine Okonjo"), -1);
      dra_ui_test_act (window, "list-quotations");
      WAIT_FOR (dra_passages_pane_get_n (window->passages_pane) == 1);
      g_assert_true (dra_ui_test_says (GTK_WIDGET (window->passages_pane),
                                       "What Delphine Okonjo said"));
      g_assert_true (dra_passages_pane_get_range (window->passages_pane, 0, &range));
      g_assert_cmpuint (range.start, ==, dra_ui_test_find_text (window, "\"I thank Tobias").start);

      dra_window_select_entity (window, (int) find_entity (window, "Tobias Renwick"), -1);
      dra_ui_test_act (window, "list-quotations");
      WAIT_FOR (dra_ui_test_says (GTK_WIDGET (window->passages_pane),
                                  "The article quotes nothing they said."));
    }
  dra_ui_test_close (window);
}

static void
got_text_cb (GObject      *clipboard,
             GAsyncResult *result,
             gpointer      text)
{
  *(char **) text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, NULL);
}

static void
test_copy_quotation (void)
{
  g_autofree char *path = write_long ("quotation.txt", "Of quotation.\n\n");
  DraWindow *window = dra_ui_test_open (path);
  g_autofree char *copied = NULL;

  dra_article_view_select_range (window->view, dra_ui_test_find_text (window, "ropes, cranes and the price of ice"));
  dra_ui_test_act (window, "copy-quotation");
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (window)), NULL,
                                 got_text_cb, &copied);
  WAIT_FOR (copied != NULL);
  g_assert_true (g_str_has_prefix (copied, "“ropes, cranes and the price of ice”\n— Nora "
                                           "Whitlock, “Harbour Chief Steps Down”, "));
  /* Of a file on this computer only the name. */
  g_assert_true (g_str_has_suffix (copied, "”, quotation.txt, paragraph 3"));
  dra_ui_test_close (window);
}

/* Where a passage begins, in pixels from the left of the text. */
static GdkRectangle
place_of (DraWindow  *window,
          const char *passage)
{
  DraArticleText *text = DRA_ARTICLE_TEXT (dra_article_view_get_text_view (window->view));
  GdkRectangle place;
  GtkTextIter iter;

  g_assert_true (dra_article_text_get_iter (text, dra_ui_test_find_text (window, passage).start, &iter));
  gtk_text_view_get_iter_location (GTK_TEXT_VIEW (text), &iter, &place);
  return place;
}

static gboolean
has_font (DraWindow  *window,
          const char *family)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (window));
  PangoFontFamily **families;
  gboolean has = FALSE;
  int n;

  pango_context_list_families (context, &families, &n);
  for (int i = 0; i < n; i++)
    has = has || g_str_equal (pango_font_family_get_name (families[i]), family);
  g_free (families);
  return has;
}

/* Paragraphs as books set them: the first flush, the others indented and without a space. */
static void
test_indent (void)
{
  g_autofree char *path = write_long ("indent.txt", "Of indents, 1771 to 1991.\n\n");
  DraWindow *window = dra_ui_test_open (path);
  GSettings *settings = dra_settings_get_default ();
  int space = place_of (window, "Paragraph 1 ").y - place_of (window, "Paragraph 0 ").y;
  int figures = place_of (window, "1991").x - place_of (window, "1771").x;

  g_assert_cmpint (place_of (window, "Of indents").x, ==, place_of (window, "Paragraph 1 ").x);
  g_settings_set_boolean (settings, "indent", TRUE);
  dra_ui_test_run (100); /* lines are measured when idle */
  g_assert_cmpint (place_of (window, "Paragraph 1 ").x, >, place_of (window, "Of indents").x + 10);
  g_assert_cmpint (place_of (window, "Paragraph 1 ").y - place_of (window, "Paragraph 0 ").y, <,
                   space - 5);
  g_settings_reset (settings, "indent");
  dra_ui_test_run (100);
  g_assert_cmpint (place_of (window, "Paragraph 1 ").y - place_of (window, "Paragraph 0 ").y, ==,
                   space);

  g_settings_set_boolean (settings, "old-style-figures", TRUE);
  dra_ui_test_run (50);
  if (has_font (window, "EB Garamond 12"))
    g_assert_cmpint (place_of (window, "1991").x - place_of (window, "1771").x, !=, figures);
  g_settings_reset (settings, "old-style-figures");
  dra_ui_test_run (50);
  g_assert_cmpint (place_of (window, "1991").x - place_of (window, "1771").x, ==, figures);
  dra_ui_test_close (window);
}

typedef struct
{
  char    *text;
  gboolean done;
} Pasted;

static void
pasted_cb (GObject      *clipboard,
           GAsyncResult *result,
           gpointer      data)
{
  Pasted *pasted = data;

  pasted->text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, NULL);
  pasted->done = TRUE;
}

/* What a selection gives to the clipboard.  Without a click or a key an X server may take the
 * offer for an old one and refuse it, so it is made again. */
static char *
read_clipboard (GdkClipboard *clipboard,
                DraWindow    *window,
                DraRange      range)
{
  GtkTextView *view = dra_article_view_get_text_view (window->view);
  Pasted pasted = { NULL, FALSE };

  for (guint i = 0; i < 20 && pasted.text == NULL; i++)
    {
      if (i > 0)
        {
          dra_ui_test_run (100);
          dra_article_view_select_range (window->view, (DraRange) { range.start, range.start });
          dra_article_view_select_range (window->view, range);
        }
      if (clipboard == gtk_widget_get_clipboard (GTK_WIDGET (view)))
        g_signal_emit_by_name (view, "copy-clipboard");
      pasted.done = FALSE;
      gdk_clipboard_read_text_async (clipboard, NULL, pasted_cb, &pasted);
      WAIT_FOR (pasted.done);
    }
  return pasted.text;
}

/* Patterns of our own: whatever the machine has, words are divided before these. */
static void
write_dictionary (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "hyphen", NULL);
  g_autofree char *path = g_build_filename (folder, "hyph_en_US.dic", NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "UTF-8\n1graph\n1tions\n1cil\n", -1, NULL));
}

static void
move (GtkTextView *view,
      int          by)
{
  g_signal_emit_by_name (view, "move-cursor", GTK_MOVEMENT_LOGICAL_POSITIONS, by, FALSE);
}

/* Words are divided for the eye only: places, copies and the caret know nothing of it. */
static void
test_hyphens (void)
{
  g_autofree char *path = write_long ("hyphens.txt", "Of hyphens.\n\n");
  DraWindow *window = dra_ui_test_open (path);
  DraArticle *article = dra_article_view_get_article (window->view);
  GtkTextView *view = dra_article_view_get_text_view (window->view);
  DraArticleText *text = DRA_ARTICLE_TEXT (view);
  GSettings *settings = dra_settings_get_default ();
  gsize n = dra_article_get_n_code_points (article);
  DraRange range = dra_ui_test_find_text (window, "Paragraph 50 is about ropes");
  g_autofree char *copied = NULL;
  g_autofree char *selected = NULL;
  GdkRectangle *place;
  g_autoptr (GArray) lines = NULL;
  DraRange selection;
  GtkTextIter iter;
  guint n_hits;

  if (!dra_hyphenator_is_supported ())
    {
      g_test_skip ("built without libhyphen");
      dra_ui_test_close (window);
      return;
    }
  write_dictionary ();
  dra_article_view_restore (window->view, range.start);
  WAIT_FOR (top_is (window, "Paragraph 50 "));
  dra_article_view_select_range (window->view, range);
  g_assert_cmpint (gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (view)), ==, n);

  g_settings_set_boolean (settings, "hyphenate", TRUE);
  WAIT_FOR ((gsize) gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (view)) > n + 150);
  WAIT_FOR (dra_article_text_is_filled (text));
  dra_ui_test_run (200);
  g_assert_true (top_is (window, "Paragraph 50 "));
  g_assert_true (dra_article_view_get_selection (window->view, &selection));
  g_assert_cmpuint (selection.start, ==, range.start);
  g_assert_cmpuint (selection.end, ==, range.end);

  /* "Para|graph" */
  copied = read_clipboard (gtk_widget_get_clipboard (GTK_WIDGET (view)), window, range);
  g_assert_cmpstr (copied, ==, "Paragraph 50 is about ropes");
  selected = read_clipboard (gtk_widget_get_primary_clipboard (GTK_WIDGET (view)), window, range);
  g_assert_cmpstr (selected, ==, "Paragraph 50 is about ropes");

  /* "coun|cil. The": letter by letter, there and back. */
  range = dra_ui_test_find_text (window, "council");
  dra_article_view_select_range (window->view, (DraRange) { range.start, range.start });
  for (gsize i = 1; i <= strlen ("council"); i++)
    {
      move (view, 1);
      gtk_text_buffer_get_iter_at_mark (gtk_text_view_get_buffer (view), &iter,
                                        gtk_text_buffer_get_insert (
                                          gtk_text_view_get_buffer (view)));
      g_assert_cmpuint (dra_article_text_get_offset (text, &iter), ==, range.start + i);
    }
  for (gsize i = strlen ("council"); i-- > 0;)
    {
      move (view, -1);
      gtk_text_buffer_get_iter_at_mark (gtk_text_view_get_buffer (view), &iter,
                                        gtk_text_buffer_get_insert (
                                          gtk_text_view_get_buffer (view)));
      g_assert_cmpuint (dra_article_text_get_offset (text, &iter), ==, range.start + i);
    }

  /* Marks stand where the letters are. */
  lines = dra_article_text_get_rectangles (text, dra_ui_test_find_text (window, "President"));
  g_assert_cmpuint (lines->len, ==, 1);
  place = &g_array_index (lines, GdkRectangle, 0);
  g_assert_cmpint (place->x, ==, place_of (window, "President").x);
  g_assert_cmpint (place->x + place->width, ==, place_of (window, " Delphine").x);

  dra_search_bar_start (window->search_bar, "questions");
  WAIT_FOR ((g_object_get (window->view, "n-hits", &n_hits, NULL), n_hits == 1));
  dra_ui_test_act (window, "escape");

  g_settings_reset (settings, "hyphenate");
  WAIT_FOR ((gsize) gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (view)) == n);
  dra_ui_test_close (window);
}

/* What is set in the preferences is seen at once. */
static void
test_preferences (void)
{
  g_autofree char *path = write_long ("preferences.txt", "Of preferences.\n\n");
  DraWindow *window = dra_ui_test_open (path);
  DraArticleText *text = DRA_ARTICLE_TEXT (dra_article_view_get_text_view (window->view));
  GSettings *settings = dra_settings_get_default ();
  const DraTextMetrics *metrics = dra_article_text_get_metrics (text);
  GtkWindow *preferences = dra_preferences_new (GTK_WINDOW (window));
  int measure = metrics->measure, leading = metrics->leading;
  double size = metrics->size;
  GdkRGBA page = dra_article_text_get_palette (text)->page;

  gtk_window_present (preferences);
  WAIT_FOR (gtk_widget_get_mapped (GTK_WIDGET (preferences)));
  dra_article_view_restore (window->view, dra_ui_test_find_text (window, "Paragraph 50 ").start);
  WAIT_FOR (top_is (window, "Paragraph 50 "));

  g_settings_set_int (settings, "measure", 50);
  g_assert_cmpint (metrics->measure, <, measure * .8);
  g_settings_set_double (settings, "line-height", 2.);
  g_assert_cmpint (metrics->leading, >, leading);
  g_settings_set_boolean (settings, "justify", TRUE);
  g_assert_cmpint (gtk_text_view_get_justification (GTK_TEXT_VIEW (text)), ==, GTK_JUSTIFY_FILL);
  g_settings_set_string (settings, "font", "sans");
  g_assert_cmpfloat (fabs (metrics->size - size), >, .1);
  g_settings_set_string (settings, "font-family", "A \"strange\" \\ {name}, serif");
  g_settings_set_string (settings, "font", "other");
  g_settings_set_string (settings, "style", "sepia");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (window->view), "sepia"));
  g_assert_false (gdk_rgba_equal (&page, &dra_article_text_get_palette (text)->page));
  g_assert_false (adw_style_manager_get_dark (adw_style_manager_get_default ()));
  dra_ui_test_run (200);
  g_assert_true (top_is (window, "Paragraph 50 "));

  g_settings_reset (settings, "style");
  g_settings_reset (settings, "font");
  g_settings_reset (settings, "font-family");
  g_settings_reset (settings, "justify");
  g_settings_reset (settings, "line-height");
  g_settings_reset (settings, "measure");
  g_assert_cmpint (metrics->measure, ==, measure);
  g_assert_cmpint (metrics->leading, ==, leading);
  gtk_window_destroy (preferences);
  dra_ui_test_close (window);
}

static GtkWidget *
find_viewer (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (toplevels, i);

      if (DRA_IS_PICTURE_VIEWER (window))
        return window;
    }
  return NULL;
}

/* --- of web pages ------------------------------------------------------------------ */

static char *
dup_png (guint side)
{
  g_autofree guint8 *pixels = g_malloc (side * side * 4);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) png = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  gsize length;
  const guint8 *data;

  for (guint i = 0; i < side * side * 4; i++)
    pixels[i] = (guint8) (i % 4 == 3 ? 255 : i * 7);
  bytes = g_bytes_new (pixels, side * side * 4);
  texture = gdk_memory_texture_new ((int) side, (int) side, GDK_MEMORY_R8G8B8A8, bytes, side * 4);
  png = gdk_texture_save_to_png_bytes (texture);
  data = g_bytes_get_data (png, &length);
  return g_base64_encode (data, length);
}

static GtkWidget *
find_picture (GtkWidget  *root,
              const char *tooltip)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found;

      /* It has its tooltip when its picture is there. */
      if (GTK_IS_PICTURE (child)
          && g_strcmp0 (gtk_widget_get_tooltip_text (child), tooltip) == 0)
        return child;
      found = find_picture (child, tooltip);
      if (found != NULL)
        return found;
    }
  return NULL;
}

/* From the file, from beside it, and never from anywhere else. */
static void
test_pictures (void)
{
  g_autofree char *inside = dup_png (120);
  g_autofree char *encoded = dup_png (90);
  g_autofree char *html = NULL;
  g_autofree char *path = NULL;
  g_autofree char *beside = NULL;
  g_autofree guint8 *png = NULL;
  GtkWidget *picture, *viewer = NULL;
  DraWindow *window;
  gsize length;

  png = g_base64_decode (encoded, &length);
  beside = dra_ui_test_write ("beside.png", (const char *) png, (gssize) length);
  html = g_strdup_printf (
    "<!DOCTYPE html><html><head><title>Pictures</title></head><body><h1>Pictures</h1>"
    "<p>The first is in the page itself, as some pages have them.</p>"
    "<img alt='From inside' src='data:image/png;base64,%s'>"
    "<p>The second lies beside the page, in a file of its own.</p>"
    "<img alt='From beside' src='beside.png'>"
    "<p>The third is far away and is not fetched.</p>"
    "<img alt='From far away' src='https://example.org/far.png'>"
    "<p>The fourth would be outside of the folder.</p>"
    "<img alt='From outside' src='../outside.png'></body></html>", inside);
  path = dra_ui_test_write ("pictures.html", html, -1);
  window = dra_ui_test_open (path);
  WAIT_FOR ((picture = find_picture (GTK_WIDGET (window->view), "From inside")) != NULL);
  WAIT_FOR (find_picture (GTK_WIDGET (window->view), "From beside") != NULL);
  WAIT_FOR (gtk_widget_get_height (picture) == 120);
  dra_ui_test_run (300);
  g_assert_null (find_picture (GTK_WIDGET (window->view), "From far away"));
  g_assert_null (find_picture (GTK_WIDGET (window->view), "From outside"));

  /* Larger, in a window of its own that Escape closes. */
  for (guint i = 0; i < 20 && viewer == NULL; i++)
    {
      DraArticle *article = dra_article_view_get_article (window->view);
      guint n_blocks;
      const DraBlock *blocks = dra_article_get_blocks (article, &n_blocks);

      if (i >= n_blocks || blocks[i].kind != DRA_BLOCK_IMAGE)
        continue;
      g_signal_emit_by_name (window->view, "picture-activated", i);
      viewer = find_viewer ();
    }
  g_assert_nonnull (viewer);
  WAIT_FOR ((picture = dra_ui_test_find (viewer, GTK_TYPE_PICTURE)) != NULL
            && gtk_picture_get_paintable (GTK_PICTURE (picture)) != NULL);
  gtk_window_close (GTK_WINDOW (viewer));
  dra_ui_test_run (100);
  dra_ui_test_close (window);
}

#define PAGE                                                                                 \
  "<!DOCTYPE html><html><head><title>Ferry Late Again | The Ellery Post</title></head><body>" \
  "<nav><ul><li><a href='/'>Home</a></li><li><a href='/sport'>Sport</a></li>"                \
  "<li><a href='/weather'>Weather</a></li><li><a href='/about'>About</a></li></ul></nav>"    \
  "<article><h1>Ferry Late Again</h1><p class='byline'>By Nora Whitlock</p>"                 \
  "%s<p>The ferry to Gannet Point was late for the ninth time, and the passengers sang.</p>" \
  "%s</article><aside><h2>Most read</h2><ul><li><a href='/1'>Ten walks</a></li>"             \
  "<li><a href='/2'>Nine soups</a></li><li><a href='/3'>Eight cats</a></li></ul></aside>"    \
  "<footer><p>All rights reserved by the Post.</p></footer></body></html>"

/* The whole page instead of the article, and back, with the notes where they were. */
static void
test_whole_page (void)
{
  g_autoptr (GString) before = g_string_new (NULL);
  g_autofree char *html = NULL;
  g_autofree char *path = NULL;
  DraWindow *window;
  DraDocument *document;
  g_autoptr (DraNote) note = NULL;
  DraRange range;
  const char *text;

  for (guint i = 0; i < 60; i++)
    g_string_append_printf (before, "<p>In week %u the company said that the engine would be "
                                    "mended before the summer, and that nobody had to worry "
                                    "about the timetable.</p>", i);
  html = g_strdup_printf (PAGE, before->str, before->str);
  path = dra_ui_test_write ("page.html", html, -1);
  window = dra_ui_test_open (path);
  document = dra_window_get_document (window);
  g_assert_cmpint (dra_document_get_extent (document), ==, DRA_READING_MAIN);
  g_assert_true (dra_banner_get_revealed (window->page_banner));
  text = dra_article_get_text (dra_document_get_article (document), NULL);
  g_assert_null (strstr (text, "Nine soups"));
  range = dra_ui_test_find_text (window, "the passengers sang");
  g_assert_nonnull (dra_document_add_note (document, range, DRA_NOTE_GREEN));
  WAIT_FOR (!dra_document_get_busy (document));
  dra_article_view_restore (window->view, dra_ui_test_find_text (window, "The ferry to Gannet").start);
  WAIT_FOR (top_is (window, "The ferry to Gannet"));
  /* The banner has been read by now. */
  WAIT_FOR (!dra_banner_get_revealed (window->page_banner));

  dra_ui_test_act (window, "whole-page");
  WAIT_FOR (dra_document_get_extent (dra_window_get_document (window)) == DRA_READING_PAGE);
  WAIT_FOR (dra_window_is_settled (window));
  document = dra_window_get_document (window);
  dra_ui_test_find_text (window, "Nine soups");
  WAIT_FOR (top_is (window, "The ferry to Gannet"));
  g_assert_cmpuint (g_list_model_get_n_items (dra_document_get_notes (document)), ==, 1);
  note = g_list_model_get_item (dra_document_get_notes (document), 0);
  g_assert_cmpint (dra_note_get_anchor (note, &range, NULL), !=, DRA_ANCHOR_LOST);
  g_assert_cmpuint (range.start, ==, dra_ui_test_find_text (window, "the passengers sang").start);
  g_assert_true (dra_ui_test_says (GTK_WIDGET (window), "The whole page is shown."));

  dra_ui_test_act (window, "whole-page");
  WAIT_FOR (dra_document_get_extent (dra_window_get_document (window)) == DRA_READING_MAIN);
  WAIT_FOR (dra_window_is_settled (window));
  WAIT_FOR (top_is (window, "The ferry to Gannet"));
  g_clear_object (&note);
  note = g_list_model_get_item (
    dra_document_get_notes (dra_window_get_document (window)), 0);
  g_assert_cmpint (dra_note_get_anchor (note, &range, NULL), ==, DRA_ANCHOR_EXACT);
  g_assert_cmpuint (range.start, ==, dra_ui_test_find_text (window, "the passengers sang").start);
  dra_ui_test_close (window);
}

static void
add_tests (void)
{
  g_test_add_func ("/reading/title", test_title);
  g_test_add_func ("/reading/position", test_position);
  g_test_add_func ("/reading/outline", test_outline);
  g_test_add_func ("/reading/find-options", test_find_options);
  g_test_add_func ("/reading/results", test_results);
  g_test_add_func ("/reading/together", test_together);
  g_test_add_func ("/reading/quotations", test_quotations);
  g_test_add_func ("/reading/copy-quotation", test_copy_quotation);
  g_test_add_func ("/reading/indent", test_indent);
  g_test_add_func ("/reading/hyphens", test_hyphens);
  g_test_add_func ("/reading/preferences", test_preferences);
  g_test_add_func ("/reading/pictures", test_pictures);
  g_test_add_func ("/reading/whole-page", test_whole_page);
}

int
main (int   argc,
      char *argv[])
{
  return dra_ui_test_main (argc, argv, add_tests);
}
