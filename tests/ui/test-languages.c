/* test-languages.c: what shows in a language: all of it translated, none of it cut.
 *
 * Run by languages.py, once with messages in brackets that nobody wrote by hand (what shows
 * without brackets was never translated), once in each language of po/.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gi18n.h>
#include <locale.h>

#include "window-states.h"

typedef struct
{
  gboolean    pseudo;
  GHashTable *messages; /* what the program itself says in this language */
  GHashTable *words;    /* what it says of articles, notes and files */
  GHashTable *told;     /* problems, each once */
  guint       n_labels;
  const char *state;
} Check;

/* {{{ Words */

static void
tell (Check      *check,
      const char *problem,
      const char *text)
{
  g_autofree char *line = g_strdup_printf ("%s: “%s”", problem, text);

  if (!g_hash_table_add (check->told, g_strdup (line)))
    return;
  g_test_message ("%s (%s)", line, check->state);
  g_test_fail ();
}

static void
add_words (GHashTable *words,
           const char *text)
{
  g_auto (GStrv) split = g_regex_split_simple ("[^\\p{L}]+", text, G_REGEX_OPTIMIZE, 0);

  for (guint i = 0; split[i] != NULL; i++)
    g_hash_table_add (words, g_utf8_strdown (split[i], -1));
}

/* What is outside of all brackets. */
static char *
dup_outside (const char *text)
{
  GString *outside = g_string_new (NULL);
  guint depth = 0;

  for (; *text != '\0'; text++)
    {
      if (*text == '[')
        depth++;
      if (depth == 0)
        g_string_append_c (outside, *text);
      if (*text == ']' && depth > 0 && --depth == 0)
        g_string_append_c (outside, ' ');
    }
  return g_string_free (outside, FALSE);
}

static void
check_words (Check      *check,
             const char *text)
{
  g_autofree char *outside = NULL;
  g_auto (GStrv) words = NULL;

  if (!check->pseudo || text == NULL)
    return;

  outside = dup_outside (text);
  words = g_regex_split_simple ("[^\\p{L}]+", outside, G_REGEX_OPTIMIZE, 0);
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *word = g_utf8_strdown (words[i], -1);

      /* Up to three capitals are somebody's initials. */
      if (g_regex_match_simple ("^\\p{Lu}{1,3}$", words[i], 0, 0))
        continue;
      if (g_utf8_strlen (word, -1) > 1 && !g_hash_table_contains (check->words, word))
        {
          tell (check, "not translated", text);
          return;
        }
    }
}

static void
check_menu (Check      *check,
            GMenuModel *model)
{
  for (int i = 0; i < g_menu_model_get_n_items (model); i++)
    {
      g_autofree char *label = NULL;
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (model, i, G_MENU_LINK_SECTION);
      g_autoptr (GMenuModel) submenu = g_menu_model_get_item_link (model, i, G_MENU_LINK_SUBMENU);

      if (g_menu_model_get_item_attribute (model, i, G_MENU_ATTRIBUTE_LABEL, "s", &label))
        check_words (check, label);
      if (section != NULL)
        check_menu (check, section);
      if (submenu != NULL)
        check_menu (check, submenu);
    }
}

/* }}} */
/* {{{ Room */

/* Whether more of the widget would be seen if a row of an ancestor were longer: something
 * that scrolls sideways is as wide as it likes. */
static gboolean
scrolls_sideways (GtkWidget *widget)
{
  GtkPolicyType policy;

  if (!GTK_IS_SCROLLED_WINDOW (widget))
    return FALSE;
  gtk_scrolled_window_get_policy (GTK_SCROLLED_WINDOW (widget), &policy, NULL);
  return policy != GTK_POLICY_NEVER && policy != GTK_POLICY_EXTERNAL;
}

static gboolean
is_cut (GtkWidget *widget)
{
  for (GtkWidget *parent = gtk_widget_get_parent (widget); parent != NULL;
       parent = gtk_widget_get_parent (parent))
    {
      graphene_rect_t bounds;

      if (scrolls_sideways (parent))
        return FALSE;
      if (!GTK_IS_NATIVE (parent) && gtk_widget_get_overflow (parent) != GTK_OVERFLOW_HIDDEN)
        continue;
      if (!gtk_widget_compute_bounds (widget, parent, &bounds))
        return FALSE;
      if (bounds.origin.x < -1 ||
          bounds.origin.x + bounds.size.width > gtk_widget_get_width (parent) + 1)
        return TRUE;
      if (GTK_IS_NATIVE (parent))
        return FALSE;
    }
  return FALSE;
}

static void
check_room (Check    *check,
            GtkLabel *label)
{
  const char *text = gtk_label_get_text (label);
  g_autofree char *line = g_strdelimit (g_strdup (text), "\n", ' ');

  /* A name or a title may be longer than any room there is; what we say ourselves may not. */
  if (!g_hash_table_contains (check->messages, line))
    return;
  /* A hint in an entry is said by the entry's name too, and these are longer than any. */
  if (check->pseudo && GTK_IS_TEXT (gtk_widget_get_parent (GTK_WIDGET (label))))
    return;
  check->n_labels++;
  if (pango_layout_is_ellipsized (gtk_label_get_layout (label)))
    tell (check, "cut short", text);
  else if (is_cut (GTK_WIDGET (label)))
    tell (check, "cut", text);
}

/* }}} */

static void
check_widget (Check     *check,
              GtkWidget *widget)
{
  g_autofree char *name = NULL;

  if (!gtk_widget_get_mapped (widget))
    return;

  if (GTK_IS_LABEL (widget))
    {
      check_words (check, gtk_label_get_text (GTK_LABEL (widget)));
      check_room (check, GTK_LABEL (widget));
    }
  else if (GTK_IS_TEXT (widget))
    {
      check_words (check, gtk_text_get_placeholder_text (GTK_TEXT (widget)));
    }
  else if (GTK_IS_POPOVER_MENU (widget))
    {
      check_menu (check, gtk_popover_menu_get_menu_model (GTK_POPOVER_MENU (widget)));
    }
  check_words (check, gtk_widget_get_tooltip_text (widget));
  if (gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL))
    name = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget),
                                               GTK_ACCESSIBLE_PROPERTY_LABEL, "\1");
  check_words (check, name);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_widget (check, child);
}

static void
check_state (GtkWindow  *window,
             const char *state,
             gpointer    data)
{
  Check *check = data;
  int width, height, minimum;

  check->state = state;
  check_words (check, gtk_window_get_title (window));
  check_widget (check, GTK_WIDGET (window));

  /* The real languages must do with the width of a telephone. */
  gtk_window_get_default_size (window, &width, &height);
  gtk_widget_measure (GTK_WIDGET (window), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                      NULL);
  if (width == 360 && minimum > 360)
    {
      g_autofree char *pixels = g_strdup_printf ("%d", minimum);

      tell (check, "not as narrow as 360 pixels", pixels);
    }
}

static void
test_states (void)
{
  g_autoptr (GHashTable) messages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *said = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  Check check = { g_strcmp0 (g_getenv ("LANGUAGE"), "pseudo") == 0, messages, words, told, 0, "" };

  g_file_get_contents (g_getenv ("DRA_MESSAGES"), &said, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (said, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) parts = NULL;

      g_hash_table_add (messages, g_strdup (lines[i]));
      /* As it shows: a "_" only says which letter is the key. */
      parts = g_strsplit (lines[i], "_", -1);
      g_hash_table_add (messages, g_strjoinv ("", parts));
    }
  add_words (words, dra_window_states_data ());

  dra_window_states_visit (check_state, &check, TRUE);
  g_test_message ("%u labels of our own were looked at", check.n_labels);
  g_assert_cmpuint (check.n_labels, >, 100);
}

static void
add_tests (void)
{
  static const char *const domains[] = { GETTEXT_PACKAGE, "gtk40", "libadwaita" };

  /* gtk_test_init() takes the language away, and GTK's words are where GTK put them. */
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("DRA_LOCALE_DIR"));
  if (g_strcmp0 (g_getenv ("LANGUAGE"), "pseudo") == 0)
    for (guint i = 0; i < G_N_ELEMENTS (domains); i++)
      bindtextdomain (domains[i], g_getenv ("DRA_LOCALE_DIR"));
  g_test_add_func ("/languages/states", test_states);
}

int
main (int   argc,
      char *argv[])
{
  if (g_getenv ("DRA_LOCALE_DIR") == NULL)
    {
      g_print ("1..0 # SKIP run me by languages.py\n");
      return 0;
    }
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("DRA_LOCALE_DIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  return dra_ui_test_main (argc, argv, add_tests);
}
