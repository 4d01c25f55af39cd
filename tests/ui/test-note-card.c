/* test-note-card.c: the card of a note: its Markdown at rest and while it is typed, its tags.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>
#include <string.h>

#include "app/dra-note-body.h"
#include "app/dra-note-card.h"
#include "app/dra-note-placement.h"
#include "app/dra-tag-completion.h"
#include "dra-test.h"

#define BODY "A **bold** claim, see [the report](https://example.org/r).\n- one\n> said *so*"

typedef struct
{
  GtkWidget *window;
  DraNote *note;
  DraNoteCard *card;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->note = dra_note_new_from_parts (NULL, DRA_NOTE_TARGET_ARTICLE, 1, 1);
  dra_note_set_body (f->note, BODY);
  f->card = DRA_NOTE_CARD (dra_note_card_new (f->note, FALSE));
  f->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (f->window), GTK_WIDGET (f->card));
  gtk_window_present (GTK_WINDOW (f->window));
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  g_object_unref (f->note);
}

static GtkWidget *
find_child (GtkWidget  *root,
            GType       type,
            const char *css_class)
{
  GtkWidget *found = NULL;

  if (g_type_is_a (G_OBJECT_TYPE (root), type) && (css_class == NULL || gtk_widget_has_css_class (root, css_class)))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_child (child, type, css_class);
  return found;
}

static GtkTextBuffer *
get_buffer (Fixture *f)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (find_child (GTK_WIDGET (f->card), GTK_TYPE_TEXT_VIEW, NULL)));
}

static char *
get_text (GtkTextBuffer *buffer)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

/* Whether the first letter of words in the buffer has a tag. */
static gboolean
has_tag (GtkTextBuffer *buffer,
         const char    *words,
         const char    *name)
{
  g_autofree char *text = get_text (buffer);
  const char *found = strstr (text, words);
  GtkTextIter iter;

  g_assert_nonnull (found);
  gtk_text_buffer_get_iter_at_offset (buffer, &iter, (int) g_utf8_pointer_to_offset (text, found));
  return gtk_text_iter_has_tag (&iter, gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (buffer), name));
}

static void
test_markup (void)
{
  static const struct
  {
    const char *body, *markup;
  } cases[] = {
    { "a **b** *c* `d & e`", "a <b>b</b> <i>c</i> <tt>d &amp; e</tt>" },
    { "**b *c***", "<b>b <i>c</i></b>" },
    { "[x <y>](https://e.org/?a&b)", "<a href=\"https://e.org/?a&amp;b\" title=\"https://e.org/?a&amp;b\">x &lt;y&gt;</a>" },
    { "[x](javascript:alert)", "<u>x</u>" },
    { "- a\n  - *b*\n2. c", "•\u00A0a\n\u2003•\u00A0<i>b</i>\n2. c" },
    { "> a **b**\n> - c", "<span alpha=\"75%\"><i>a <b>b</b></i></span>\n<span alpha=\"75%\"><i>•\u00A0c</i></span>" },
    { "**open <", "**open &lt;" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *markup = dra_note_body_to_markup (cases[i].body);

      g_assert_cmpstr (markup, ==, cases[i].markup);
      g_assert_true (pango_parse_markup (markup, -1, 0, NULL, NULL, NULL, NULL) || strstr (markup, "<a ") != NULL);
    }
}

/* Whatever is typed, the label gets markup that is well formed. */
static void
test_markup_random (void)
{
  static const char *const pieces[] = { "*", "**", "_", "`", "[", "](https://x.org)", "\n", "> ", "- ", "1. ", " ",
                                        "a", "<b>", "&", "\\", "日" };
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  g_autoptr (GRegex) link = g_regex_new ("<a href=\"[^\"]*\" title=\"[^\"]*\">", 0, 0, NULL);
  g_autoptr (GRegex) end = g_regex_new ("</a>", 0, 0, NULL);

  for (guint i = 0; i < 3000; i++)
    {
      g_autoptr (GString) body = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      g_autofree char *made = NULL;
      g_autofree char *opened = NULL;
      g_autofree char *markup = NULL;

      for (gint n = g_rand_int_range (random, 0, 30); n > 0; n--)
        g_string_append (body, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
      made = dra_note_body_to_markup (body->str);
      /* Links are the label's own, Pango does not know them. */
      opened = g_regex_replace (link, made, -1, 0, "<u>", 0, &error);
      markup = g_regex_replace_literal (end, opened, -1, 0, "</u>", 0, &error);
      g_assert_no_error (error);
      if (!pango_parse_markup (markup, -1, 0, NULL, NULL, NULL, &error))
        g_error ("%s: %s", body->str, error->message);
    }
}

/* No card covers another, whatever they want, and the active one stands where it wants to;
 * so it is at every moment on the way from one arrangement to the next. */
static void
test_placement (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);

  for (guint round = 0; round < 200; round++)
    {
      DraNotePlacement places[20] = { 0 };
      double offsets[20] = { 0 };
      const guint n = (guint) g_rand_int_range (random, 1, 20);

      for (guint i = 0; i < n; i++)
        {
          places[i].want = (i > 0 ? places[i - 1].want : 0) + g_rand_int_range (random, 0, 90);
          places[i].height = g_rand_int_range (random, 20, 200);
        }
      for (guint step = 0; step < 12; step++)
        {
          const guint active = step < 6 ? G_MAXUINT : n / 2;
          DraNotePlacement shown[20];

          dra_note_placement_place (places, n, active, 8);
          memcpy (shown, places, sizeof shown);
          for (guint i = 0; i < n; i++)
            {
              dra_note_placement_ease (&offsets[i], places[i].y - places[i].want, 16000);
              shown[i].want += offsets[i];
            }
          dra_note_placement_place (shown, n, active, 8);
          for (guint i = 1; i < n; i++)
            {
              g_assert_cmpfloat (places[i - 1].y + places[i - 1].height + 8, <=, places[i].y + .001);
              g_assert_cmpfloat (shown[i - 1].y + shown[i - 1].height + 8, <=, shown[i].y + .001);
            }
          if (active < n)
            g_assert_cmpfloat (places[active].y, ==, places[active].want);
        }
    }
}

static void
test_ease (void)
{
  double offset = 0, halfway = 0;
  guint steps = 0;

  while (dra_note_placement_ease (&offset, 200, 16000))
    steps++;
  g_assert_cmpfloat (offset, ==, 200);
  g_assert_cmpuint (steps, <, 30); /* under half a second */
  dra_note_placement_ease (&halfway, 200, 40000);
  g_assert_cmpfloat (halfway, >, 60);
  g_assert_cmpfloat (halfway, <, 140);
}

static void
test_rest (Fixture       *f,
           gconstpointer  data)
{
  GtkLabel *label = GTK_LABEL (find_child (GTK_WIDGET (f->card), GTK_TYPE_LABEL, "note-body"));

  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (label)));
  g_assert_cmpstr (gtk_label_get_text (label), ==, "A bold claim, see the report.\n•\u00A0one\nsaid so");
  g_assert_cmpstr (dra_note_get_body (f->note), ==, BODY);
}

/* The marks stay where they are, dimmed, and what is kept is what was typed. */
static void
test_typing (Fixture       *f,
             gconstpointer  data)
{
  g_autofree char *text = NULL;
  GtkTextBuffer *buffer;
  GtkTextIter end;

  dra_note_card_edit (f->card);
  buffer = get_buffer (f);
  text = get_text (buffer);
  g_assert_cmpstr (text, ==, BODY);
  g_assert_true (has_tag (buffer, "bold", "note-strong"));
  g_assert_true (has_tag (buffer, "**bold", "note-marker"));
  g_assert_false (has_tag (buffer, "bold", "note-marker"));
  g_assert_false (has_tag (buffer, " claim", "note-strong"));
  g_assert_true (has_tag (buffer, "the report", "note-link"));
  g_assert_true (has_tag (buffer, "](https", "note-marker"));
  g_assert_true (has_tag (buffer, "one", "note-item-0"));
  g_assert_true (has_tag (buffer, "so*", "note-emphasis"));
  g_assert_true (has_tag (buffer, "said", "note-quote"));

  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_insert (buffer, &end, "\nand `code", -1);
  g_assert_false (has_tag (buffer, "code", "note-code"));
  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_insert (buffer, &end, "`", -1);
  g_assert_true (has_tag (buffer, "code", "note-code"));
  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_backspace (buffer, &end, TRUE, TRUE);
  g_assert_false (has_tag (buffer, "code", "note-code"));

  dra_note_card_commit (f->card);
  g_assert_cmpstr (dra_note_get_body (f->note), ==, BODY "\nand `code");
}

static void
press (GtkTextBuffer   *buffer,
       guint            key,
       GdkModifierType  state,
       const char      *expected)
{
  g_autofree char *text = NULL;

  g_assert_true (dra_note_body_key (buffer, key, state));
  text = get_text (buffer);
  g_assert_cmpstr (text, ==, expected);
}

static void
select_words (GtkTextBuffer *buffer,
              const char    *words)
{
  g_autofree char *text = get_text (buffer);
  const char *found = strstr (text, words);
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_offset (buffer, &start, (int) g_utf8_pointer_to_offset (text, found));
  end = start;
  gtk_text_iter_forward_chars (&end, (int) g_utf8_strlen (words, -1));
  gtk_text_buffer_select_range (buffer, &end, &start);
}

static void
test_keys (void)
{
  g_autoptr (GtkTextBuffer) buffer = gtk_text_buffer_new (NULL);

  gtk_text_buffer_set_text (buffer, "a bé c", -1);
  select_words (buffer, "bé");
  press (buffer, GDK_KEY_b, GDK_CONTROL_MASK, "a **bé** c");
  press (buffer, GDK_KEY_i, GDK_CONTROL_MASK, "a ***bé*** c");
  press (buffer, GDK_KEY_i, GDK_CONTROL_MASK, "a **bé** c");
  press (buffer, GDK_KEY_b, GDK_CONTROL_MASK, "a bé c");
  press (buffer, GDK_KEY_e, GDK_CONTROL_MASK, "a `bé` c");
  g_assert_false (dra_note_body_key (buffer, GDK_KEY_b, 0));

  gtk_text_buffer_set_text (buffer, "- one", -1);
  press (buffer, GDK_KEY_Return, 0, "- one\n- ");
  press (buffer, GDK_KEY_Return, 0, "- one\n");
  gtk_text_buffer_set_text (buffer, "  9. nine", -1);
  press (buffer, GDK_KEY_Return, 0, "  9. nine\n  10. ");
  gtk_text_buffer_set_text (buffer, "> so", -1);
  press (buffer, GDK_KEY_Return, 0, "> so\n> ");
  gtk_text_buffer_set_text (buffer, "no list", -1);
  g_assert_false (dra_note_body_key (buffer, GDK_KEY_Return, 0));
}

/* Tags typed come back as tags, and the completion offers those known for what is begun. */
static void
test_tags (Fixture       *f,
           gconstpointer  data)
{
  static const char *const known[] = { "claim", "climate", "quote", NULL };
  static const char *const tags[] = { "claim", "to check", NULL };
  GtkWidget *entry;
  GtkEntryCompletion *completion;
  GtkTreeModel *model;
  gboolean taken = FALSE;
  GtkTreeIter iter;

  dra_tag_completion_learn (known);
  dra_note_card_edit (f->card);
  entry = find_child (GTK_WIDGET (f->card), GTK_TYPE_ENTRY, NULL);
  completion = gtk_entry_get_completion (GTK_ENTRY (entry));
  g_assert_nonnull (completion);
  gtk_editable_set_text (GTK_EDITABLE (entry), "old, cl");
  gtk_editable_set_position (GTK_EDITABLE (entry), -1);
  model = gtk_entry_completion_get_model (completion);
  for (gboolean more = gtk_tree_model_get_iter_first (model, &iter); more; more = gtk_tree_model_iter_next (model, &iter))
    {
      g_autofree char *tag = NULL;

      gtk_tree_model_get (model, &iter, 0, &tag, -1);
      if (g_str_equal (tag, "climate"))
        break;
    }
  g_signal_emit_by_name (completion, "match-selected", model, &iter, &taken);
  g_assert_true (taken);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "old, climate, ");

  gtk_editable_set_text (GTK_EDITABLE (entry), "#claim,  to check ,");
  dra_note_card_commit (f->card);
  g_assert_true (g_strv_equal (dra_note_get_tags (f->note), tags));
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/note-card/markup", test_markup);
  g_test_add_func ("/note-card/markup-random", test_markup_random);
  g_test_add_func ("/note-card/keys", test_keys);
  g_test_add_func ("/note-card/placement", test_placement);
  g_test_add_func ("/note-card/ease", test_ease);
#define ADD(name, func) g_test_add ("/note-card/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("rest", test_rest);
  ADD ("typing", test_typing);
  ADD ("tags", test_tags);
  return g_test_run ();
}
