/* test-article-pictures.c: pictures of the article view, to be looked at by a person.
 *
 * Written to "pictures" in the build folder.  The test itself holds that the view draws in
 * all its states without a warning.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-note-card.h"
#include "app/dra-selection-popover.h"
#include "dra-test.h"
#include "readers/dra-reader-registry.h"
#include "view-fixture.h"

static void
set_dark (gboolean dark)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                           : ADW_COLOR_SCHEME_FORCE_LIGHT);
}

static void
test_blocks (void)
{
  g_autoptr (DraArticle) article = fixture_new_article ();
  g_autoptr (DraCast) cast = fixture_new_cast (article);
  g_autoptr (GListStore) notes = g_list_store_new (DRA_TYPE_NOTE);
  g_autoptr (DraNote) first = fixture_new_note (article, "overdue since Monday", DRA_NOTE_PINK,
                                                "Who decided to wait until Monday?");
  g_autoptr (DraNote) second = fixture_new_note (article, "the last of its kind",
                                                 DRA_NOTE_YELLOW, "");
  Fixture f;

  set_dark (FALSE);
  g_list_store_append (notes, first);
  g_list_store_append (notes, second);
  fixture_open (&f, 1000, 1500);
  dra_article_view_set_article (f.view, article);
  dra_article_view_set_cast (f.view, cast);
  dra_article_view_set_notes (f.view, G_LIST_MODEL (notes));
  fixture_picture (&f, "article-blocks", 1);
  set_dark (TRUE);
  fixture_picture (&f, "article-blocks-dark", 1);
  dra_article_view_select_range (f.view, (DraRange) {
    fixture_find (article, "said the").start, fixture_find (article, "three things").end });
  fixture_picture (&f, "article-blocks-selection-dark", 1);
  dra_article_view_clear_selection (f.view);
  dra_article_view_set_zoom (f.view, 1.5);
  fixture_picture (&f, "article-blocks-zoom", 1);
  set_dark (FALSE);
  fixture_close (&f);
}

static DraNote *
seed_note (DraArticle   *article,
           const char   *passage,
           DraNoteColor  color,
           const char   *body,
           const char   *tag)
{
  DraNote *note = fixture_new_note (article, passage, color, body);
  const char *tags[] = { tag, NULL };

  dra_note_set_tags (note, tags);
  return note;
}

static void
add_seed_notes (GListStore *notes,
                DraArticle *article)
{
  g_autoptr (DraNote) one = seed_note (article, "collaborative effort with the United States",
                                       DRA_NOTE_YELLOW,
                                       "Compare with what the party said in January. Is this "
                                       "a change of position or of words?", "position");
  g_autoptr (DraNote) two = seed_note (article, "Who has the technology?", DRA_NOTE_BLUE,
                                       "Good quote for the opening.", NULL);
  g_autoptr (DraNote) three = seed_note (article, "which she rejected", DRA_NOTE_GREEN, "",
                                         NULL);
  g_autoptr (DraNote) four = seed_note (article, "equating organized crime with terrorism",
                                        DRA_NOTE_PURPLE,
                                        "Legal difference: who may act, and under which law? "
                                        "Ask somebody who knows.", "law");

  g_list_store_append (notes, one);
  g_list_store_append (notes, two);
  g_list_store_append (notes, three);
  g_list_store_append (notes, four);
}

static DraArticle *
read_seed (void)
{
  g_autofree char *path = dra_test_shared ("corpus/seed/cartels.txt");
  g_autoptr (GFile) file = path != NULL ? g_file_new_for_path (path) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DraReading) reading = NULL;

  if (file == NULL)
    return NULL;
  reading = dra_reader_registry_read (file, NULL, NULL, &error);
  g_assert_no_error (error);
  return g_object_ref (reading->article);
}

static void
test_article (void)
{
  const char *const names[] = {
    "p:Alejandro Moreno Cardenas|Moreno Cardenas", "p:Ciro Gomez",
    "p:Claudia Sheinbaum|Sheinbaum", "p:Trump", "p:Nicolás Maduro",
    "o:Institutional Revolutionary Party|PRI", "o:New York Times", "o:CIA", NULL
  };
  g_autoptr (DraArticle) article = read_seed ();
  g_autoptr (DraCast) cast = NULL;
  g_autoptr (GListStore) notes = g_list_store_new (DRA_TYPE_NOTE);
  DraNote *note;
  Fixture f;

  if (article == NULL)
    return;
  cast = fixture_find_cast (article, names);
  add_seed_notes (notes, article);
  set_dark (FALSE);
  fixture_open (&f, 1080, 860);
  dra_article_view_set_article (f.view, article);
  fixture_picture (&f, "article-plain", 1);
  dra_article_view_set_cast (f.view, cast);
  dra_article_view_set_notes (f.view, G_LIST_MODEL (notes));
  fixture_picture (&f, "article-light", 1);
  fixture_picture (&f, "article-light-2x", 2);
  set_dark (TRUE);
  fixture_picture (&f, "article-dark", 1);
  gtk_popover_popup (GTK_POPOVER (fixture_find_widget (GTK_WIDGET (f.view),
                                                       DRA_TYPE_SELECTION_POPOVER)));
  fixture_popover_picture (&f, DRA_TYPE_SELECTION_POPOVER, "selection-popover-dark");
  dra_article_view_set_selected_entity (f.view, 2);
  dra_article_view_set_current_mention (f.view, dra_cast_get_entity (cast, 2)->mentions[1]);
  fixture_picture (&f, "article-selected-dark", 1);
  set_dark (FALSE);
  fixture_picture (&f, "article-selected", 1);
  dra_article_view_set_selected_entity (f.view, -1);
  g_object_set (f.view, "search-text", "mexic", NULL);
  fixture_picture (&f, "article-find", 1);
  g_object_set (f.view, "search-text", NULL, NULL);
  note = g_list_model_get_item (G_LIST_MODEL (notes), 1);
  dra_article_view_edit_note (f.view, note);
  fixture_settle (&f);
  fixture_picture (&f, "article-editing", 1);
  set_dark (TRUE);
  fixture_picture (&f, "article-editing-dark", 1);
  set_dark (FALSE);
  g_object_unref (note);
  fixture_close (&f);

  fixture_open (&f, 420, 760);
  dra_article_view_set_article (f.view, article);
  dra_article_view_set_cast (f.view, cast);
  dra_article_view_set_notes (f.view, G_LIST_MODEL (notes));
  fixture_picture (&f, "article-narrow", 1);
  note = g_list_model_get_item (G_LIST_MODEL (notes), 0);
  dra_article_view_edit_note (f.view, note);
  fixture_popover_picture (&f, DRA_TYPE_NOTE_CARD, "article-narrow-note");
  g_object_unref (note);
  fixture_let_tooltips_end ();
  fixture_close (&f);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/article-pictures/blocks", test_blocks);
  g_test_add_func ("/article-pictures/article", test_article);
  return g_test_run ();
}
