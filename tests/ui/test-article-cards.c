/* test-article-cards.c: "Who is this?" and footnotes in place.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-peek.h"
#include "dra-test.h"
#include "view-fixture.h"

#include <string.h>

static DraArticleText *
get_text (Fixture *f)
{
  return DRA_ARTICLE_TEXT (dra_article_view_get_text_view (f->view));
}

static guint
find_entity (DraCast    *cast,
             const char *name)
{
  for (guint i = 0; i < dra_cast_get_n_entities (cast); i++)
    if (g_str_equal (dra_cast_get_entity (cast, i)->name, name))
      return i;
  g_assert_not_reached ();
}

static void
test_facts (void)
{
  g_autoptr (DraArticle) article = fixture_new_article ();
  g_autoptr (DraCast) cast = fixture_new_cast (article);
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (DraPeek) peek = NULL;
  g_autoptr (DraPeek) company = NULL;

  g_ptr_array_add (notes, fixture_new_note (article, "Ortiz asked", DRA_NOTE_PINK,
                                            "Who is she?\nAsk the port."));
  g_ptr_array_add (notes, fixture_new_note (article, "the last of its kind", DRA_NOTE_BLUE,
                                            "Not about her."));
  g_ptr_array_add (notes, fixture_new_note (article, "Letters to Lena", DRA_NOTE_BLUE, ""));
  peek = dra_peek_new (article, cast, notes, find_entity (cast, "Lena Ortiz"));
  g_assert_cmpint (peek->kind, ==, DRA_ENTITY_PERSON);
  g_assert_cmpstr (peek->name, ==, "Lena Ortiz");
  g_assert_true (g_str_has_prefix (peek->introduced,
                                   "Harbour master <b>Lena Ortiz</b> said the Kestrel had been"));
  g_assert_cmpstr (peek->forms, ==, "“Ortiz”, “لينا أورتيز”");
  g_assert_cmpstr (peek->count, ==, "4 mentions");
  g_assert_cmpstr (peek->with, ==, "Northern Lights Board");
  g_assert_cmpstr (peek->notes, ==, "Who is she?");

  /* A note about her, from whatever article, is among them. */
  {
    g_autoptr (DraNote) about = dra_note_new_for_entity (article, "person", "LENA ORTIZ");
    g_autoptr (DraPeek) again = NULL;

    dra_note_set_body (about, "Knows the harbour.");
    g_ptr_array_add (notes, g_object_ref (about));
    again = dra_peek_new (article, cast, notes, find_entity (cast, "Lena Ortiz"));
    g_assert_cmpstr (again->notes, ==, "Who is she?\nKnows the harbour.");
  }

  company = dra_peek_new (article, cast, NULL, find_entity (cast, "Halvorsen & Sons"));
  g_assert_null (company->role);
  g_assert_null (company->forms);
  g_assert_null (company->notes);
}

static GtkWidget *
find_popover (Fixture *f)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (f->view)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER (child) && gtk_widget_get_mapped (child))
      return child;
  return NULL;
}

static gboolean
says (GtkWidget  *root,
      const char *text)
{
  if (GTK_IS_LABEL (root) && strstr (gtk_label_get_text (GTK_LABEL (root)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (says (child, text))
      return TRUE;
  return FALSE;
}

static GtkWidget *
find_button (GtkWidget  *root,
             const char *label)
{
  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), label) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
clicked_cb (GObject *object,
            guint    mention,
            int     *kept)
{
  *kept = (int) mention;
}

static void
put_caret (Fixture    *f,
           DraArticle *article,
           const char *passage)
{
  GtkTextIter iter;

  dra_article_text_get_iter (get_text (f), fixture_find (article, passage).start, &iter);
  gtk_text_buffer_place_cursor (gtk_text_view_get_buffer (GTK_TEXT_VIEW (get_text (f))), &iter);
}

static void
test_peek (void)
{
  g_autoptr (DraArticle) article = fixture_new_article ();
  g_autoptr (DraCast) cast = fixture_new_cast (article);
  GtkWidget *popover;
  int clicked = -1;
  Fixture f;

  fixture_open (&f, 900, 700);
  dra_article_view_set_article (f.view, article);
  fixture_settle (&f);
  g_assert_false (dra_article_view_peek (f.view));
  dra_article_view_set_cast (f.view, cast);
  fixture_settle (&f);
  g_signal_connect (f.view, "mention-clicked", G_CALLBACK (clicked_cb), &clicked);

  put_caret (&f, article, "kettle");
  g_assert_false (dra_article_view_peek (f.view));
  put_caret (&f, article, "Ortiz asked");
  g_assert_true (dra_article_view_peek (f.view));
  WAIT_FOR ((popover = find_popover (&f)) != NULL);
  g_assert_true (says (popover, "Lena Ortiz"));
  g_assert_true (says (popover, "4 mentions · beside Northern Lights Board"));
  fixture_widget_picture (&f, popover, "peek");
  g_signal_emit_by_name (find_button (popover, "Walk Through the Mentions"), "clicked");
  g_assert_cmpint (clicked, ==, 2);
  WAIT_FOR (find_popover (&f) == NULL);
  g_assert_true (gtk_widget_is_focus (GTK_WIDGET (get_text (&f))));

  /* Where the walk stands, when the caret is elsewhere. */
  put_caret (&f, article, "kettle");
  dra_article_view_set_selected_entity (f.view, (int) find_entity (cast, "Skerry Post"));
  dra_article_view_set_current_mention (
    f.view,
    (int) dra_cast_get_entity (cast, find_entity (cast, "Skerry Post"))->mentions[0]);
  g_assert_true (dra_article_view_peek (f.view));
  WAIT_FOR ((popover = find_popover (&f)) != NULL);
  g_assert_true (says (popover, "Skerry Post"));
  gtk_popover_popdown (GTK_POPOVER (popover));
  fixture_let_tooltips_end ();
  fixture_close (&f);
}

/* The reference opens the note where it stands; the note can be gone to. */
static void
test_footnote (void)
{
  g_autoptr (DraArticle) article = fixture_new_article ();
  GtkWidget *popover;
  DraTextSpot spot;
  gsize reference = fixture_find (article, "Skerry Post.").end;
  gboolean handled = FALSE;
  GtkTextIter iter;
  Fixture f;

  fixture_open (&f, 900, 700);
  dra_article_view_set_article (f.view, article);
  fixture_settle (&f);
  dra_article_text_find_spot (get_text (&f), reference, &spot);
  g_assert_cmpstr (spot.link, ==, "#fn:post");

  dra_article_view_scroll_to (f.view, (DraRange) { reference, reference });
  fixture_settle (&f);
  dra_article_text_get_iter (get_text (&f), reference, &iter);
  gtk_text_buffer_place_cursor (gtk_text_view_get_buffer (GTK_TEXT_VIEW (get_text (&f))), &iter);
  handled = dra_article_view_activate_caret (f.view);
  g_assert_true (handled);
  WAIT_FOR ((popover = find_popover (&f)) != NULL);
  g_assert_true (says (popover, "as he told the Board in a letter."));
  fixture_widget_picture (&f, popover, "footnote");
  g_signal_emit_by_name (find_button (popover, "Go to the Footnote"), "clicked");
  WAIT_FOR (find_popover (&f) == NULL);
  gtk_text_buffer_get_iter_at_mark (
    gtk_text_view_get_buffer (GTK_TEXT_VIEW (get_text (&f))), &iter,
    gtk_text_buffer_get_insert (gtk_text_view_get_buffer (GTK_TEXT_VIEW (get_text (&f)))));
  g_assert_cmpuint (dra_article_text_get_offset (get_text (&f), &iter), ==,
                    fixture_find (article, "He has done so").start);
  fixture_let_tooltips_end ();
  fixture_close (&f);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/article-cards/facts", test_facts);
  g_test_add_func ("/article-cards/peek", test_peek);
  g_test_add_func ("/article-cards/footnote", test_footnote);
  return g_test_run ();
}
