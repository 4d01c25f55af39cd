/* test-article-view.c: the article view, driven in its own process.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-find.h"
#include "app/dra-note-card.h"
#include "app/dra-note-margin.h"
#include "app/dra-selection-popover.h"
#include "app/dra-snippet.h"
#include "app/dra-text-layout.h"
#include "app/dra-tick-strip.h"
#include "dra-test.h"
#include "view-fixture.h"

#include <string.h>

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
keep_note_cb (GObject  *object,
              DraNote  *note,
              DraNote **kept)
{
  *kept = note;
}

static DraArticleText *
get_text (Fixture *f)
{
  return DRA_ARTICLE_TEXT (dra_article_view_get_text_view (f->view));
}

/* What the buffer should show for a part of the article: its text, with '\n' for the
 * line breaks of blocks kept as they are. */
static char *
expected_text (DraArticle *article,
               DraRange    range)
{
  g_autofree char *text = dra_article_dup_range (article, range);
  g_auto (GStrv) parts = g_strsplit (text, "\xe2\x80\xa8", -1);

  return g_strjoinv ("\n", parts);
}

/* --- offsets ---------------------------------------------------------------------- */

static void
check_every_offset (Fixture    *f,
                    DraArticle *article)
{
  DraArticleText *view = get_text (f);
  gsize length;
  const char *text = dra_article_get_text (article, &length);

  for (const char *p = text; p < text + length; p = g_utf8_next_char (p))
    {
      gsize offset = p - text;
      gunichar wanted = g_utf8_get_char (p);
      GtkTextIter iter;
      gunichar shown;

      g_assert_true (dra_article_text_get_iter (view, offset, &iter));
      shown = gtk_text_iter_get_char (&iter);
      if (shown != wanted)
        {
          g_assert_cmpint (shown, ==, '\n');
          g_assert_true (wanted == 0x2028 || wanted == ' ');
        }
      g_assert_cmpuint (dra_article_text_get_offset (view, &iter), ==, offset);
    }
}

static void
test_offsets (void)
{
  g_autoptr (DraArticle) article = fixture_new_article ();
  const DraBlock *blocks;
  guint n_blocks;
  Fixture f;

  fixture_open (&f, 900, 600);
  dra_article_view_set_article (f.view, article);
  check_every_offset (&f, article);
  blocks = dra_article_get_blocks (article, &n_blocks);
  g_assert_cmpuint (n_blocks, >, 15);
  for (guint i = 0; i < n_blocks; i++)
    {
      g_autofree char *shown = fixture_buffer_text (&f, blocks[i].range);
      g_autofree char *wanted = expected_text (article, blocks[i].range);

      g_assert_cmpstr (shown, ==, wanted);
    }
  fixture_close (&f);
}

/* Long paragraphs with spaces, without any, and with joined characters at the cuts. */
static void
test_offsets_long (void)
{
  g_autoptr (GString) text = g_string_new ("Short.\n");
  g_autoptr (DraArticle) article = NULL;
  g_autoptr (DraTextLayout) layout = NULL;
  const DraTextBreak *breaks;
  guint n_breaks;
  guint n_inserted = 0;
  Fixture f;

  for (guint i = 0; i < 3000; i++)
    g_string_append_printf (text, "word%u é ", i);
  g_string_append (text, "\n");
  for (guint i = 0; i < 9000; i++)
    g_string_append (text, i % 7 == 0 ? "e\xcc\x81" : "漢");
  g_string_append (text, "\nEnd.");
  article = fixture_new_plain (text->str);
  layout = dra_text_layout_new (article, NULL);
  breaks = dra_text_layout_get_breaks (layout, &n_breaks);
  for (guint i = 0; i < n_breaks; i++)
    {
      gunichar c = g_utf8_get_char (dra_article_get_text (article, NULL) + breaks[i].offset);

      g_assert_false (g_unichar_ismark (c));
      n_inserted += breaks[i].inserted ? 1 : 0;
    }
  g_assert_cmpuint (n_breaks - n_inserted, >, 3);
  g_assert_cmpuint (n_inserted, >, 3);

  fixture_open (&f, 900, 600);
  dra_article_view_set_article (f.view, article);
  WAIT_FOR (dra_article_text_is_filled (get_text (&f)));
  g_assert_cmpuint (gtk_text_buffer_get_char_count (
                      gtk_text_view_get_buffer (GTK_TEXT_VIEW (get_text (&f)))),
                    ==, dra_article_get_n_code_points (article) + n_inserted);
  g_assert_cmpuint (dra_text_layout_get_length (layout), ==,
                    dra_article_get_n_code_points (article) + n_inserted);
  check_every_offset (&f, article);
  fixture_close (&f);
}

/* Chunks in any size give together what one gives. */
static void
test_chunks (void)
{
  g_autoptr (DraArticle) article = fixture_new_article ();
  g_autoptr (DraTextLayout) layout = dra_text_layout_new (article, NULL);
  g_autoptr (GString) whole = g_string_new (NULL);
  gsize length;

  dra_article_get_text (article, &length);
  dra_text_layout_append (layout, (DraRange) { 0, length }, whole);
  for (gsize wanted = 1; wanted < 400; wanted += 7)
    {
      g_autoptr (GString) parts = g_string_new (NULL);
      gsize start = 0;

      while (start < length)
        {
          gsize end = dra_text_layout_next_chunk (layout, start, wanted);

          g_assert_cmpuint (end, >, start);
          dra_text_layout_append (layout, (DraRange) { start, end }, parts);
          start = end;
        }
      g_assert_cmpstr (parts->str, ==, whole->str);
    }
}

/* --- filling ---------------------------------------------------------------------- */

static DraArticle *
new_big (guint n_paragraphs)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n_paragraphs; i++)
    g_string_append_printf (text, "Paragraph %u tells of Lena Ortiz and of the Board, in words "
                                  "enough to fill a line or two of the page it is on.\n", i);
  return fixture_new_plain (text->str);
}

static void
test_fill (void)
{
  g_autoptr (DraArticle) big = new_big (20000);
  g_autoptr (DraArticle) small = fixture_new_article ();
  g_autofree char *shown = NULL;
  const char *text;
  gsize length;
  DraRange last;
  guint n_shown = 0;
  Fixture f;

  fixture_open (&f, 900, 600);
  g_signal_connect_swapped (f.view, "text-shown", G_CALLBACK (count_cb), &n_shown);
  dra_article_view_set_article (f.view, small);
  g_assert_cmpuint (n_shown, ==, 1);

  /* A newer article ends the filling of the one before. */
  dra_article_view_set_article (f.view, big);
  g_assert_false (dra_article_text_is_filled (get_text (&f)));
  dra_article_view_set_article (f.view, small);
  g_assert_cmpuint (n_shown, ==, 2);
  fixture_settle (&f);
  g_assert_cmpuint (n_shown, ==, 2);

  /* What is asked for beyond the first slice happens when its text is there. */
  dra_article_view_set_article (f.view, big);
  text = dra_article_get_text (big, &length);
  last = fixture_find (big, "Paragraph 19990 ");
  dra_article_view_scroll_to (f.view, last);
  dra_article_view_select_range (f.view, last);
  WAIT_FOR (n_shown == 3);
  g_assert_true (dra_article_view_get_selection (f.view, &last));
  g_assert_true (g_str_has_prefix (text + last.start, "Paragraph 19990 "));
  WAIT_FOR (dra_article_view_get_visible_offset (f.view) > length / 2);
  shown = fixture_buffer_text (&f, (DraRange) { 0, length });
  g_assert_cmpstr (shown, ==, text);

  dra_article_view_set_article (f.view, NULL);
  g_assert_null (dra_article_view_get_article (f.view));
  g_assert_false (dra_article_view_get_selection (f.view, &last));
  fixture_close (&f);
}

/* --- marks ------------------------------------------------------------------------ */

static gboolean
pick_middle (Fixture     *f,
             DraRange     range,
             DraTextSpot *spot)
{
  DraArticleText *text = get_text (f);
  g_autoptr (GArray) lines = dra_article_text_get_rectangles (text, range);
  GdkRectangle *place;
  int x, y;

  g_assert_cmpuint (lines->len, >, 0);
  place = &g_array_index (lines, GdkRectangle, 0);
  gtk_text_view_buffer_to_window_coords (GTK_TEXT_VIEW (text), GTK_TEXT_WINDOW_WIDGET,
                                         place->x + place->width / 2,
                                         place->y + place->height / 2, &x, &y);
  return dra_article_text_pick (text, x, y, spot);
}

static void
test_marks (void)
{
  g_autoptr (DraArticle) article = fixture_new_article ();
  g_autoptr (DraCast) cast = fixture_new_cast (article);
  const DraMention *mentions;
  guint n_mentions;
  DraTextSpot spot;
  Fixture f;

  fixture_open (&f, 1000, 1560);
  dra_article_view_set_article (f.view, article);
  dra_article_view_set_cast (f.view, cast);
  fixture_settle (&f);
  mentions = dra_cast_get_mentions (cast, &n_mentions);
  g_assert_cmpuint (n_mentions, >, 8);
  for (guint i = 0; i < n_mentions; i++)
    {
      g_autoptr (GArray) lines = dra_article_text_get_rectangles (get_text (&f),
                                                                  mentions[i].range);

      for (guint j = 0; j < lines->len; j++)
        g_assert_cmpint (g_array_index (lines, GdkRectangle, j).width, >, 10);
      if (!pick_middle (&f, mentions[i].range, &spot))
        continue; /* between two letters of different fonts */
      g_assert_cmpint (spot.mention, ==, i);
    }
  g_assert_true (pick_middle (&f, fixture_find (article, "the port log"), &spot));
  g_assert_cmpstr (spot.link, ==, "https://example.org/log");
  g_assert_cmpint (spot.mention, ==, -1);
  g_assert_true (pick_middle (&f, fixture_find (article, "kettle"), &spot));
  g_assert_cmpint (spot.mention, ==, -1);
  g_assert_null (spot.link);

  /* Hidden kinds are not there for the pointer either. */
  g_object_set (f.view, "people-marks", DRA_MARKS_SELECTED, NULL);
  dra_article_text_find_spot (get_text (&f), fixture_find (article, "Lena Ortiz").start, &spot);
  g_assert_cmpint (spot.mention, ==, -1);
  dra_article_text_find_spot (get_text (&f), fixture_find (article, "Board").start, &spot);
  g_assert_cmpint (spot.mention, >=, 0);
  dra_article_view_set_cast (f.view, NULL);
  dra_article_text_find_spot (get_text (&f), fixture_find (article, "Board").start, &spot);
  g_assert_cmpint (spot.mention, ==, -1);
  fixture_close (&f);
}

static void
test_rectangles (void)
{
  g_autoptr (DraArticle) article = fixture_new_article ();
  g_autoptr (GArray) one = NULL;
  g_autoptr (GArray) wrapped = NULL;
  g_autoptr (GArray) arabic = NULL;
  DraRange range;
  Fixture f;

  fixture_open (&f, 700, 1560);
  dra_article_view_set_article (f.view, article);
  fixture_settle (&f);
  one = dra_article_text_get_rectangles (get_text (&f), fixture_find (article, "Kestrel"));
  g_assert_cmpuint (one->len, ==, 1);
  range = fixture_find (article, "Harbour master");
  range.end = fixture_find (article, "found a lamp").end;
  wrapped = dra_article_text_get_rectangles (get_text (&f), range);
  g_assert_cmpuint (wrapped->len, >=, 3);
  for (guint i = 1; i < wrapped->len; i++)
    g_assert_cmpint (g_array_index (wrapped, GdkRectangle, i).y, >,
                     g_array_index (wrapped, GdkRectangle, i - 1).y);
  arabic = dra_article_text_get_rectangles (get_text (&f),
                                            fixture_find (article, "لينا أورتيز"));
  g_assert_cmpuint (arabic->len, ==, 1);
  g_assert_cmpint (g_array_index (arabic, GdkRectangle, 0).width, >, 30);
  fixture_close (&f);
}

static void
notified_cb (GObject    *object,
             GParamSpec *pspec,
             GString    *names)
{
  g_string_append_printf (names, "%s ", pspec->name);
}

static void
test_properties (void)
{
  g_autoptr (DraArticle) article = fixture_new_article ();
  g_autoptr (DraCast) cast = fixture_new_cast (article);
  g_autoptr (GString) names = g_string_new (NULL);
  Fixture f;

  fixture_open (&f, 900, 600);
  g_signal_connect (f.view, "notify", G_CALLBACK (notified_cb), names);
  dra_article_view_set_article (f.view, article);
  g_assert_cmpstr (names->str, ==, "article ");
  g_string_truncate (names, 0);
  dra_article_view_set_article (f.view, article);
  g_assert_cmpstr (names->str, ==, "");
  dra_article_view_set_cast (f.view, cast);
  g_assert_cmpstr (names->str, ==, "cast ");
  g_string_truncate (names, 0);
  dra_article_view_set_selected_entity (f.view, 1);
  dra_article_view_set_selected_entity (f.view, 1);
  g_assert_cmpstr (names->str, ==, "selected-entity ");
  g_string_truncate (names, 0);
  dra_article_view_set_current_mention (f.view, 2);
  g_assert_cmpstr (names->str, ==, "current-mention ");
  g_string_truncate (names, 0);
  dra_article_view_set_cast (f.view, NULL);
  g_assert_nonnull (strstr (names->str, "selected-entity "));
  g_assert_nonnull (strstr (names->str, "current-mention "));
  g_assert_cmpint (dra_article_view_get_selected_entity (f.view), ==, -1);
  g_string_truncate (names, 0);
  g_object_set (f.view, "people-marks", DRA_MARKS_SELECTED, "people-marks", DRA_MARKS_SELECTED, NULL);
  g_assert_cmpstr (names->str, ==, "people-marks ");
  fixture_close (&f);
}

/* --- selection -------------------------------------------------------------------- */

static void
test_selection (void)
{
  g_autoptr (DraArticle) article = fixture_new_article ();
  DraRange wanted = fixture_find (article, "found a lamp");
  GtkTextBuffer *buffer;
  gboolean has;
  DraRange range;
  GtkTextIter start, end;
  guint n_notified = 0;
  Fixture f;

  fixture_open (&f, 900, 600);
  dra_article_view_set_article (f.view, article);
  g_signal_connect_swapped (f.view, "notify::has-text-selection", G_CALLBACK (count_cb),
                            &n_notified);
  g_assert_false (dra_article_view_get_selection (f.view, &range));
  dra_article_view_select_range (f.view, wanted);
  g_assert_true (dra_article_view_get_selection (f.view, &range));
  g_assert_cmpuint (range.start, ==, wanted.start);
  g_assert_cmpuint (range.end, ==, wanted.end);
  g_assert_cmpuint (n_notified, ==, 1);
  g_object_get (f.view, "has-text-selection", &has, NULL);
  g_assert_true (has);

  /* As a reader does, across the lines of a poem. */
  wanted = fixture_find (article, "Low is the tide");
  wanted.end = fixture_find (article, "light it now?").end;
  buffer = gtk_text_view_get_buffer (dra_article_view_get_text_view (f.view));
  dra_article_text_get_iter (get_text (&f), wanted.start, &start);
  dra_article_text_get_iter (get_text (&f), wanted.end, &end);
  gtk_text_buffer_select_range (buffer, &end, &start);
  g_assert_true (dra_article_view_get_selection (f.view, &range));
  g_assert_cmpuint (range.start, ==, wanted.start);
  g_assert_cmpuint (range.end, ==, wanted.end);

  dra_article_view_clear_selection (f.view);
  g_assert_false (dra_article_view_get_selection (f.view, &range));
  g_assert_cmpuint (n_notified, ==, 2);
  fixture_close (&f);
}

static void
got_text_cb (GObject      *clipboard,
             GAsyncResult *result,
             gpointer      text)
{
  *(char **) text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, NULL);
}

static void
test_copy (void)
{
  g_autoptr (GString) long_text = g_string_new (NULL);
  g_autoptr (DraArticle) article = NULL;
  g_autofree char *copied = NULL;
  gsize length;
  Fixture f;

  for (guint i = 0; i < 2000; i++)
    g_string_append_printf (long_text, "n%u ", i);
  article = fixture_new_plain (long_text->str);
  dra_article_get_text (article, &length);
  fixture_open (&f, 900, 600);
  dra_article_view_set_article (f.view, article);
  WAIT_FOR (dra_article_text_is_filled (get_text (&f)));
  dra_article_view_select_range (f.view, (DraRange) { 0, length });
  g_signal_emit_by_name (get_text (&f), "copy-clipboard");
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (f.view)), NULL,
                                 got_text_cb, &copied);
  WAIT_FOR (copied != NULL);
  g_assert_cmpstr (copied, ==, dra_article_get_text (article, NULL));
  fixture_close (&f);
}

/* --- notes ------------------------------------------------------------------------ */

static DraNoteMargin *
get_margin (Fixture *f)
{
  return DRA_NOTE_MARGIN (fixture_find_widget (GTK_WIDGET (f->view), DRA_TYPE_NOTE_MARGIN));
}

static void
test_notes (void)
{
  g_autoptr (DraArticle) article = fixture_new_article ();
  g_autoptr (GListStore) store = g_list_store_new (DRA_TYPE_NOTE);
  g_autoptr (DraNote) one = fixture_new_note (article, "overdue", DRA_NOTE_PINK, "Why?");
  g_autoptr (DraNote) two = fixture_new_note (article, "all night", DRA_NOTE_BLUE, "Long.");
  g_autoptr (DraNote) bare = fixture_new_note (article, "a lamp", DRA_NOTE_GREEN, "");
  GtkWidget *card_one, *card_two;
  graphene_rect_t a, b;
  DraTextSpot spot;
  gboolean wide;
  Fixture f;

  fixture_open (&f, 1100, 700);
  dra_article_view_set_article (f.view, article);
  g_list_store_append (store, one);
  dra_article_view_set_notes (f.view, G_LIST_MODEL (store));
  g_list_store_append (store, two);
  g_list_store_append (store, bare);
  fixture_settle (&f);
  g_object_get (f.view, "margin-notes", &wide, NULL);
  g_assert_true (wide);

  /* Notes have a card, one does not cover the other; a bare highlight has none. */
  card_one = dra_note_margin_get_widget (get_margin (&f), one);
  card_two = dra_note_margin_get_widget (get_margin (&f), two);
  g_assert_true (DRA_IS_NOTE_CARD (card_one) && DRA_IS_NOTE_CARD (card_two));
  g_assert_null (dra_note_margin_get_widget (get_margin (&f), bare));
  g_assert_true (gtk_widget_compute_bounds (card_one, GTK_WIDGET (f.view), &a));
  g_assert_true (gtk_widget_compute_bounds (card_two, GTK_WIDGET (f.view), &b));
  g_assert_cmpfloat (a.origin.y + a.size.height, <, b.origin.y);

  /* Passages are found under the pointer. */
  g_assert_true (pick_middle (&f, fixture_find (article, "overdue"), &spot));
  g_assert_true (spot.note == one);
  g_assert_true (pick_middle (&f, fixture_find (article, "a lamp"), &spot));
  g_assert_true (spot.note == bare);

  /* A highlight that gets a body gets a card, a note that is removed loses its. */
  dra_note_set_body (bare, "Now a note");
  fixture_settle (&f);
  g_assert_nonnull (dra_note_margin_get_widget (get_margin (&f), bare));
  g_list_store_remove (store, 0);
  fixture_settle (&f);
  g_assert_null (dra_note_margin_get_widget (get_margin (&f), one));
  dra_article_text_find_spot (get_text (&f), fixture_find (article, "overdue").start, &spot);
  g_assert_null (spot.note);

  /* One whose passage is lost is nowhere in the text. */
  dra_note_set_anchor (two, DRA_ANCHOR_LOST, (DraRange) { 0, 0 }, "Not in the text.");
  fixture_settle (&f);
  g_assert_null (dra_note_margin_get_widget (get_margin (&f), two));
  g_list_store_remove_all (store);
  fixture_settle (&f);
  g_assert_null (fixture_find_widget (GTK_WIDGET (get_margin (&f)), DRA_TYPE_NOTE_CARD));
  fixture_close (&f);
  g_assert_cmpuint (G_OBJECT (two)->ref_count, ==, 1);
}

static void
test_notes_narrow (void)
{
  g_autoptr (DraArticle) article = fixture_new_article ();
  g_autoptr (GListStore) store = g_list_store_new (DRA_TYPE_NOTE);
  g_autoptr (DraNote) note = fixture_new_note (article, "overdue", DRA_NOTE_PINK, "Why?");
  DraNote *clicked = NULL, *edited = NULL;
  GtkTextBuffer *buffer;
  GtkWidget *marker, *card;
  gboolean wide;
  Fixture f;

  fixture_open (&f, 460, 700);
  dra_article_view_set_article (f.view, article);
  g_list_store_append (store, note);
  dra_article_view_set_notes (f.view, G_LIST_MODEL (store));
  g_signal_connect (f.view, "note-clicked", G_CALLBACK (keep_note_cb), &clicked);
  g_signal_connect (f.view, "note-edited", G_CALLBACK (keep_note_cb), &edited);
  fixture_settle (&f);
  g_object_get (f.view, "margin-notes", &wide, NULL);
  g_assert_false (wide);
  marker = dra_note_margin_get_widget (get_margin (&f), note);
  g_assert_true (GTK_IS_BUTTON (marker));

  g_signal_emit_by_name (marker, "clicked");
  g_assert_true (clicked == note);
  card = fixture_find_widget (GTK_WIDGET (f.view), DRA_TYPE_NOTE_CARD);
  g_assert_nonnull (card);
  g_assert_true (gtk_widget_get_mapped (gtk_widget_get_ancestor (card, GTK_TYPE_POPOVER)));
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (fixture_find_widget (card, GTK_TYPE_TEXT_VIEW)));
  gtk_text_buffer_set_text (buffer, "Why, and who says so?", -1);
  gtk_popover_popdown (GTK_POPOVER (gtk_widget_get_ancestor (card, GTK_TYPE_POPOVER)));
  g_assert_true (edited == note);
  g_assert_cmpstr (dra_note_get_body (note), ==, "Why, and who says so?");
  WAIT_FOR (fixture_find_widget (GTK_WIDGET (f.view), DRA_TYPE_NOTE_CARD) == NULL);
  fixture_let_tooltips_end ();
  fixture_close (&f);
}

static void
test_edit (void)
{
  g_autoptr (DraArticle) article = fixture_new_article ();
  g_autoptr (GListStore) store = g_list_store_new (DRA_TYPE_NOTE);
  g_autoptr (DraNote) note = fixture_new_note (article, "Letters to", DRA_NOTE_PINK, "");
  DraNote *edited = NULL, *deleted = NULL;
  GtkTextBuffer *buffer;
  GtkWidget *card, *entry;
  gint64 before = dra_note_get_modified (note);
  Fixture f;

  fixture_open (&f, 1100, 500);
  dra_article_view_set_article (f.view, article);
  dra_article_view_set_notes (f.view, G_LIST_MODEL (store));
  fixture_settle (&f);
  g_signal_connect (f.view, "note-edited", G_CALLBACK (keep_note_cb), &edited);
  g_signal_connect (f.view, "note-deleted", G_CALLBACK (keep_note_cb), &deleted);
  g_list_store_append (store, note);
  dra_article_view_edit_note (f.view, note);
  WAIT_FOR ((card = dra_note_margin_get_widget (get_margin (&f), note)) != NULL
            && dra_note_card_get_editing (DRA_NOTE_CARD (card)));
  WAIT_FOR (gtk_widget_is_focus (fixture_find_widget (card, GTK_TYPE_TEXT_VIEW)));

  /* What is typed is kept after a pause, without anything being pressed. */
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (fixture_find_widget (card, GTK_TYPE_TEXT_VIEW)));
  gtk_text_buffer_set_text (buffer, "From whom?", -1);
  g_assert_cmpstr (dra_note_get_body (note), ==, "");
  WAIT_FOR (edited == note);
  g_assert_cmpstr (dra_note_get_body (note), ==, "From whom?");
  g_assert_cmpint (dra_note_get_modified (note), >=, before);

  /* Or at once when the keyboard goes elsewhere. */
  edited = NULL;
  gtk_text_buffer_set_text (buffer, "From whom, and when?", -1);
  entry = fixture_find_widget (card, GTK_TYPE_TEXT);
  gtk_editable_set_text (GTK_EDITABLE (entry), " letters, , #love ,letters");
  gtk_widget_grab_focus (GTK_WIDGET (get_text (&f)));
  g_assert_true (edited == note);
  g_assert_cmpstr (dra_note_get_body (note), ==, "From whom, and when?");
  g_assert_cmpuint (g_strv_length ((char **) dra_note_get_tags (note)), ==, 2);
  g_assert_cmpstr (dra_note_get_tags (note)[1], ==, "love");
  g_assert_false (dra_note_card_get_editing (DRA_NOTE_CARD (card)));

  /* Letters typed just before it is deleted are in the note that undo brings back. */
  edited = NULL;
  dra_note_card_edit (DRA_NOTE_CARD (card));
  gtk_text_buffer_set_text (buffer, "From whom, when and why?", -1);
  {
    GtkWidget *form = gtk_widget_get_parent (gtk_widget_get_ancestor (entry, GTK_TYPE_ENTRY));
    GtkWidget *row = gtk_widget_get_last_child (form);

    g_signal_emit_by_name (gtk_widget_get_last_child (row), "clicked");
  }
  g_assert_true (deleted == note);
  g_assert_true (edited == note);
  g_assert_cmpstr (dra_note_get_body (note), ==, "From whom, when and why?");
  fixture_close (&f);
}

/* A note of an article that has just been given to the view is written in as soon as there
 * is a place for its card. */
static void
test_edit_early (void)
{
  static const int widths[] = { 1100, 420 };

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      g_autoptr (DraArticle) article = new_big (300);
      g_autoptr (GListStore) store = g_list_store_new (DRA_TYPE_NOTE);
      g_autoptr (DraNote) note
        = fixture_new_note (article, "Paragraph 250 tells", DRA_NOTE_PINK, "Early.");
      GdkRectangle visible, place;
      GtkTextIter iter;
      GtkWidget *focus;
      DraRange range;
      Fixture f;

      g_list_store_append (store, note);
      f.window = gtk_window_new ();
      f.view = DRA_ARTICLE_VIEW (dra_article_view_new ());
      gtk_window_set_default_size (GTK_WINDOW (f.window), widths[i], 500);
      gtk_window_set_decorated (GTK_WINDOW (f.window), FALSE);
      gtk_window_set_child (GTK_WINDOW (f.window), GTK_WIDGET (f.view));
      dra_article_view_set_article (f.view, article);
      dra_article_view_set_notes (f.view, G_LIST_MODEL (store));
      dra_article_view_edit_note (f.view, note);
      gtk_window_present (GTK_WINDOW (f.window));
      WAIT_FOR ((focus = gtk_root_get_focus (GTK_ROOT (f.window))) != NULL
                && gtk_widget_get_ancestor (focus, DRA_TYPE_NOTE_CARD) != NULL);
      fixture_settle (&f);

      g_assert_true (dra_note_card_get_note (
        DRA_NOTE_CARD (gtk_widget_get_ancestor (focus, DRA_TYPE_NOTE_CARD))) == note);
      dra_note_get_anchor (note, &range, NULL);
      g_assert_true (dra_article_text_get_iter (get_text (&f), range.start, &iter));
      gtk_text_view_get_iter_location (GTK_TEXT_VIEW (get_text (&f)), &iter, &place);
      gtk_text_view_get_visible_rect (GTK_TEXT_VIEW (get_text (&f)), &visible);
      g_assert_cmpint (place.y, >=, visible.y);
      g_assert_cmpint (place.y, <, visible.y + visible.height);
      fixture_let_tooltips_end ();
      fixture_close (&f);
    }
}

/* Many notes: only those near what is in view have a widget, and typing outlives scrolling. */
static void
test_many_notes (void)
{
  g_autoptr (DraArticle) article = new_big (3000);
  g_autoptr (GListStore) store = g_list_store_new (DRA_TYPE_NOTE);
  g_autoptr (DraNote) first = NULL;
  guint n_widgets = 0;
  Fixture f;

  for (guint i = 0; i < 3000; i += 2)
    {
      g_autofree char *passage = g_strdup_printf ("Paragraph %u tells", i);
      g_autoptr (DraNote) note = fixture_new_note (article, passage, i % 6, "A note.");

      g_list_store_append (store, note);
    }
  first = g_list_model_get_item (G_LIST_MODEL (store), 0);
  fixture_open (&f, 1100, 700);
  dra_article_view_set_article (f.view, article);
  dra_article_view_set_notes (f.view, G_LIST_MODEL (store));
  WAIT_FOR (dra_article_text_is_filled (get_text (&f)));
  fixture_settle (&f);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (get_margin (&f)));
       child != NULL; child = gtk_widget_get_next_sibling (child))
    n_widgets++;
  g_assert_cmpuint (n_widgets, >, 3);
  g_assert_cmpuint (n_widgets, <=, 200);

  dra_article_view_edit_note (f.view, first);
  WAIT_FOR (dra_note_margin_get_widget (get_margin (&f), first) != NULL
            && dra_note_card_get_editing (
              DRA_NOTE_CARD (dra_note_margin_get_widget (get_margin (&f), first))));
  dra_article_view_scroll_to (f.view, fixture_find (article, "Paragraph 2900 "));
  fixture_settle (&f);
  g_assert_true (dra_note_card_get_editing (
    DRA_NOTE_CARD (dra_note_margin_get_widget (get_margin (&f), first))));
  fixture_close (&f);
}

/* --- ticks ------------------------------------------------------------------------ */

static void
keep_index_cb (GObject *object,
               guint    index,
               guint   *kept)
{
  *kept = index;
}

/* What lies under a point of the strip, as the pointer would find it. */
static gboolean
is_on_tick (Fixture   *f,
            GtkWidget *strip,
            double     y)
{
  double x, view_y;

  g_assert_true (gtk_widget_translate_coordinates (strip, GTK_WIDGET (f->view), 5, y, &x,
                                                   &view_y));
  return gtk_widget_pick (GTK_WIDGET (f->view), x, view_y, GTK_PICK_DEFAULT) == strip;
}

static void
test_ticks (void)
{
  g_autoptr (DraArticle) article = new_big (2000);
  g_autoptr (DraCast) cast = NULL;
  const char *const names[] = { "p:Paragraph 7 |Paragraph 1000 |Paragraph 1990 ", NULL };
  const DraMention *mentions;
  guint n_mentions, clicked = G_MAXUINT;
  gsize length;
  GtkWidget *strip;
  double y;
  int hit = -1;
  Fixture f;

  cast = fixture_find_cast (article, names);
  mentions = dra_cast_get_mentions (cast, &n_mentions);
  g_assert_cmpuint (n_mentions, ==, 3);
  dra_article_get_text (article, &length);
  fixture_open (&f, 900, 600);
  dra_article_view_set_article (f.view, article);
  dra_article_view_set_cast (f.view, cast);
  WAIT_FOR (dra_article_text_is_filled (get_text (&f)));
  fixture_settle (&f);
  strip = fixture_find_widget (GTK_WIDGET (f.view), DRA_TYPE_TICK_STRIP);
  g_signal_connect (f.view, "mention-clicked", G_CALLBACK (keep_index_cb), &clicked);

  /* Nothing selected: the scroll bar has the pointer everywhere. */
  for (int i = 0; i < 600; i += 3)
    g_assert_false (is_on_tick (&f, strip, i));

  dra_article_view_set_selected_entity (f.view, 0);
  fixture_settle (&f);
  y = dra_tick_strip_get_place (DRA_TICK_STRIP (strip), 1);
  g_assert_cmpfloat (fabs (y / 600 - (double) mentions[1].range.start / length), <, .05);
  g_assert_true (is_on_tick (&f, strip, y));
  g_assert_false (is_on_tick (&f, strip, y - 20));
  /* The first is in view, and the slider there. */
  g_assert_false (is_on_tick (&f, strip,
                              dra_tick_strip_get_place (DRA_TICK_STRIP (strip), 0)));
  g_signal_emit_by_name (strip, "tick-clicked",
                         (guint) dra_tick_strip_find (DRA_TICK_STRIP (strip), y));
  g_assert_cmpuint (clicked, ==, 1);

  /* Of what was found, the tick goes to the hit. */
  g_object_set (f.view, "search-text", "paragraph 1990 ", NULL);
  WAIT_FOR ((g_object_get (f.view, "current-hit", &hit, NULL), hit == 0));
  fixture_settle (&f);
  g_assert_cmpuint (dra_article_view_get_visible_offset (f.view), >, length / 2);
  g_object_set (f.view, "search-text", "paragraph", NULL);
  WAIT_FOR ((g_object_get (f.view, "current-hit", &hit, NULL), hit == 1990));
  fixture_settle (&f);
  y = dra_tick_strip_get_place (DRA_TICK_STRIP (strip), 200);
  hit = dra_tick_strip_find (DRA_TICK_STRIP (strip), y);
  g_assert_cmpint (ABS (hit - 200), <, 20);
  g_signal_emit_by_name (strip, "tick-clicked", (guint) hit);
  g_object_get (f.view, "current-hit", &hit, NULL);
  g_assert_cmpint (ABS (hit - 200), <, 20);
  WAIT_FOR (dra_article_view_get_visible_offset (f.view) < length / 4);
  fixture_close (&f);
}

static void
check_snippet (DraArticle *article,
               const char *passage,
               guint       context,
               const char *wanted)
{
  g_autofree char *markup
    = dra_snippet_dup_markup (article, fixture_find (article, passage), context, context);

  g_assert_cmpstr (markup, ==, wanted);
}

static void
test_snippet (void)
{
  g_autoptr (DraArticle) article = fixture_new_article ();
  g_autoptr (DraArticle) joined = fixture_new_plain ("漢漢漢漢漢漢漢漢漢漢 A 漢漢漢漢漢漢漢漢漢漢");
  g_autofree char *text = NULL;
  DraRange range;

  check_snippet (article, "lists three", 100, "The Board <b>lists three</b> things.");
  check_snippet (article, "the port log", 12, "…Monday, as <b>the port log</b> shows.…");
  check_snippet (article, "Halvorsen & Sons, with", 8, "…made by <b>Halvorsen &amp; Sons, with</b> a lens…");
  check_snippet (article, "our star", 300,
                 "Low is the tide and long the bar, the lamp went out that was <b>our star</b>,   "
                 "and who will light it now?");
  check_snippet (article, "3 July", 100, "<b>3 July</b> Tomás Iversen, with his brother on");
  check_snippet (joined, "A", 5, "…<b>A</b> 漢…");

  /* Nothing of the block after. */
  range = fixture_find (article, "three things.");
  range.end += 10;
  text = dra_snippet_dup_text (article, range, 3, 3);
  g_assert_cmpstr (text, ==, "…three things.");
}

/* --- find ------------------------------------------------------------------------- */

/* The slow and obvious way: fold both by other means and compare everywhere. */
static guint
count_naively (const char *text,
               const char *needle)
{
  g_autofree char *folded = g_str_to_ascii (text, "C");
  g_autofree char *lower = g_ascii_strdown (folded, -1);
  g_autofree char *folded_needle = g_str_to_ascii (needle, "C");
  g_autofree char *lower_needle = g_ascii_strdown (folded_needle, -1);
  guint count = 0;

  for (const char *p = lower; (p = strstr (p, lower_needle)) != NULL;
       p += strlen (lower_needle))
    count++;
  return count;
}

static void
test_find_counts (void)
{
  const char *text = "Gómez met GOMEZ and Gomez in Málaga; naïve Naive NAÏVE. aaaaab aaab. "
                     "Élan, elan; o'clock O\xe2\x80\x99" "CLOCK.";
  const char *needles[] = { "gomez", "GÓMEZ", "naive", "a", "aa", "aab", "aaab", "élan", "met g",
                            "o'clock", "xyz", ".", "e" };

  for (guint i = 0; i < G_N_ELEMENTS (needles); i++)
    {
      g_autoptr (GArray) hits = dra_find (text, strlen (text), needles[i], NULL);

      g_assert_cmpuint (hits->len, ==, count_naively (text, needles[i]));
      for (guint j = 1; j < hits->len; j++)
        g_assert_cmpuint (g_array_index (hits, DraRange, j).start, >=,
                          g_array_index (hits, DraRange, j - 1).end);
    }
}

static void
check_hit (const char *text,
           const char *needle,
           const char *wanted)
{
  g_autoptr (GArray) hits = dra_find (text, strlen (text), needle, NULL);
  g_autofree char *found = NULL;
  DraRange hit;

  if (wanted == NULL)
    {
      g_assert_cmpuint (hits->len, ==, 0);
      return;
    }
  g_assert_cmpuint (hits->len, ==, 1);
  hit = g_array_index (hits, DraRange, 0);
  found = g_strndup (text + hit.start, dra_range_length (hit));
  g_assert_cmpstr (found, ==, wanted);
}

static void
test_find_folding (void)
{
  check_hit ("der Straße nach", "strasse", "Straße");
  check_hit ("the eﬃcient one", "ffi", "ﬃ");
  check_hit ("the eﬃcient one", "efficient", "eﬃcient");
  check_hit ("cafe\xcc\x81s", "café", "cafe\xcc\x81");
  check_hit ("cafe\xcc\x81", "e", "e\xcc\x81");
  check_hit ("Łódź", "lodz", "Łódź");
  check_hit ("ΣΊΣΥΦΟΣ", "σίσυφος", "ΣΊΣΥΦΟΣ");
  check_hit ("МОСКВА", "москва", "МОСКВА");
  check_hit ("“so”", "\"so\"", "“so”");
  check_hit ("co\xc2\xadoperate", "cooperate", "co\xc2\xadoperate");
  check_hit ("1914–1918", "1914-1918", "1914–1918");
  check_hit ("abc", "", NULL);
  check_hit ("abc", "\xcc\x81", NULL);
  check_hit ("", "a", NULL);
  check_hit ("a", "ab", NULL);
}

static void
test_find_view (void)
{
  g_autoptr (DraArticle) article = fixture_new_article ();
  guint n_hits;
  int current;
  guint n_notified = 0;
  Fixture f;

  fixture_open (&f, 900, 400);
  dra_article_view_set_article (f.view, article);
  fixture_settle (&f);
  g_signal_connect_swapped (f.view, "notify::n-hits", G_CALLBACK (count_cb), &n_notified);
  g_object_set (f.view, "search-text", "LAMP", NULL);
  g_object_get (f.view, "n-hits", &n_hits, "current-hit", &current, NULL);
  g_assert_cmpuint (n_hits, ==, count_naively (dra_article_get_text (article, NULL), "lamp"));
  g_assert_cmpuint (n_hits, >, 4);
  g_assert_cmpint (current, ==, 0);
  g_assert_cmpuint (n_notified, ==, 1);
  dra_article_view_next_hit (f.view, -1);
  g_object_get (f.view, "current-hit", &current, NULL);
  g_assert_cmpint (current, ==, n_hits - 1);
  WAIT_FOR (dra_article_view_get_visible_offset (f.view) > 100);
  dra_article_view_next_hit (f.view, 1);
  g_object_get (f.view, "current-hit", &current, NULL);
  g_assert_cmpint (current, ==, 0);
  g_object_set (f.view, "search-text", "nothing of the kind", NULL);
  g_object_get (f.view, "n-hits", &n_hits, "current-hit", &current, NULL);
  g_assert_cmpuint (n_hits, ==, 0);
  g_assert_cmpint (current, ==, -1);
  dra_article_view_next_hit (f.view, 1);
  g_object_set (f.view, "search-text", NULL, NULL);
  fixture_close (&f);
}

static void
test_find_big (void)
{
  g_autoptr (DraArticle) article = new_big (20000);
  guint n_hits = 0;
  Fixture f;

  fixture_open (&f, 900, 400);
  dra_article_view_set_article (f.view, article);
  g_object_set (f.view, "search-text", "first", NULL);
  g_object_set (f.view, "search-text", "lena ortiz", NULL);
  WAIT_FOR ((g_object_get (f.view, "n-hits", &n_hits, NULL), n_hits > 0));
  g_assert_cmpuint (n_hits, ==, 20000);
  dra_article_view_next_hit (f.view, -1);
  WAIT_FOR (dra_article_text_is_filled (get_text (&f)));
  fixture_settle (&f);
  /* Another article while a search runs. */
  g_object_set (f.view, "search-text", "board", NULL);
  dra_article_view_set_article (f.view, NULL);
  g_object_get (f.view, "n-hits", &n_hits, NULL);
  g_assert_cmpuint (n_hits, ==, 0);
  fixture_settle (&f);
  fixture_close (&f);
}

/* --- zoom and width --------------------------------------------------------------- */

static void
test_zoom (void)
{
  g_autoptr (DraArticle) article = new_big (400);
  DraRange place = fixture_find (article, "Paragraph 200 ");
  gsize before, after;
  double size;
  Fixture f;

  fixture_open (&f, 900, 500);
  dra_article_view_set_article (f.view, article);
  fixture_settle (&f);
  size = dra_article_text_get_metrics (get_text (&f))->size;
  dra_article_view_scroll_to (f.view, place);
  fixture_settle (&f);
  before = dra_article_view_get_visible_offset (f.view);
  g_assert_cmpuint (before, >, 1000);
  dra_article_view_set_zoom (f.view, 2);
  fixture_settle (&f);
  g_assert_cmpfloat_with_epsilon (dra_article_text_get_metrics (get_text (&f))->size, size * 2,
                                  .01);
  after = dra_article_view_get_visible_offset (f.view);
  g_assert_cmpuint (MAX (before, after) - MIN (before, after), <, 400);
  dra_article_view_set_zoom (f.view, 9);
  g_assert_cmpfloat (dra_article_view_get_zoom (f.view), ==, 3);
  dra_article_view_set_zoom (f.view, 0);
  g_assert_cmpfloat (dra_article_view_get_zoom (f.view), ==, .5);
  fixture_close (&f);
}

static void
test_measure (void)
{
  const int widths[] = { 360, 480, 700, 900, 1200, 1500 };
  g_autoptr (DraArticle) article = fixture_new_article ();
  g_autoptr (GListStore) store = g_list_store_new (DRA_TYPE_NOTE);
  g_autoptr (DraNote) note = fixture_new_note (article, "overdue", DRA_NOTE_PINK, "Why?");

  g_list_store_append (store, note);
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    for (guint notes = 0; notes < 2; notes++)
      {
        int x, width, measure;
        Fixture f;

        fixture_open (&f, widths[i], 500);
        dra_article_view_set_article (f.view, article);
        if (notes == 1)
          dra_article_view_set_notes (f.view, G_LIST_MODEL (store));
        fixture_settle (&f);
        measure = dra_article_text_get_metrics (get_text (&f))->measure;
        dra_article_text_get_column (get_text (&f), &x, &width);
        g_assert_cmpint (width, <=, measure);
        g_assert_cmpint (x, >=, 16);
        g_assert_cmpint (x + width, <=, widths[i] - 16);
        if (widths[i] >= 700)
          g_assert_cmpint (width, >=, measure * 60 / 67);
        if (notes == 0 && widths[i] > measure + 100)
          g_assert_cmpint (ABS (x - (widths[i] - x - width)), <=, 1);
        if (notes == 1)
          {
            GtkWidget *card = dra_note_margin_get_widget (get_margin (&f), note);
            graphene_rect_t bounds;

            g_assert_true (gtk_widget_compute_bounds (card, GTK_WIDGET (f.view), &bounds));
            g_assert_cmpfloat (bounds.origin.x, >=, x + width);
            g_assert_cmpfloat (bounds.origin.x + bounds.size.width, <=, widths[i]);
          }
        fixture_close (&f);
      }
}

/* --- colours ---------------------------------------------------------------------- */

static void
check_mark (const DraMarkPalette *palette,
            const DraMarkColor   *color)
{
  g_assert_cmpfloat (dra_mark_palette_contrast (&palette->text, &color->tint, &palette->page),
                     >=, 4.5);
  g_assert_cmpfloat (dra_mark_palette_contrast (&color->line, NULL, &palette->page), >=, 3);
}

static void
test_contrast (void)
{
  for (guint i = 0; i < 12; i++)
    {
      DraMarkPalette p;

      dra_mark_palette_init_theme (&p, i / 4, i & 1, i & 2);
      check_mark (&p, &p.person);
      check_mark (&p, &p.person_selected);
      check_mark (&p, &p.person_current);
      check_mark (&p, &p.organization);
      check_mark (&p, &p.organization_selected);
      check_mark (&p, &p.organization_current);
      check_mark (&p, &p.place);
      check_mark (&p, &p.place_selected);
      check_mark (&p, &p.place_current);
      check_mark (&p, &p.hit);
      check_mark (&p, &p.hit_current);
      for (guint j = 0; j < DRA_N_NOTE_COLORS; j++)
        {
          check_mark (&p, &p.notes[j]);
          g_assert_cmpfloat (dra_mark_palette_contrast (&p.link, &p.notes[j].tint, &p.page), >=,
                             3);
        }
      g_assert_cmpfloat (dra_mark_palette_contrast (&p.text, &p.selection, &p.page), >=, 4.5);
      g_assert_cmpfloat (dra_mark_palette_contrast (&p.text, &p.selection_backdrop, &p.page), >=,
                         4.5);
      g_assert_cmpfloat (dra_mark_palette_contrast (&p.secondary, NULL, &p.page), >=, 4.5);
      g_assert_cmpfloat (dra_mark_palette_contrast (&p.secondary, &p.person.tint, &p.page), >=,
                         4.5);
      g_assert_cmpfloat (dra_mark_palette_contrast (&p.link, NULL, &p.page), >=, 4.5);
    }
}

/* --- popover and end -------------------------------------------------------------- */

static void
color_cb (DraArticleView *view,
          int             color,
          int            *kept)
{
  *kept = color;
}

static void
test_popover (void)
{
  g_autoptr (DraArticle) article = fixture_new_article ();
  GtkWidget *popover;
  int color = -1;
  guint n_notes = 0;
  Fixture f;

  fixture_open (&f, 900, 500);
  dra_article_view_set_article (f.view, article);
  g_signal_connect (f.view, "add-highlight", G_CALLBACK (color_cb), &color);
  g_signal_connect_swapped (f.view, "add-note", G_CALLBACK (count_cb), &n_notes);
  popover = fixture_find_widget (GTK_WIDGET (f.view), DRA_TYPE_SELECTION_POPOVER);
  g_assert_false (gtk_popover_get_autohide (GTK_POPOVER (popover)));
  gtk_toggle_button_set_active (
    GTK_TOGGLE_BUTTON (fixture_find_widget (popover, GTK_TYPE_TOGGLE_BUTTON)), TRUE);
  g_assert_cmpint (color, ==, DRA_NOTE_YELLOW);
  g_signal_emit_by_name (popover, "add-note");
  g_assert_cmpuint (n_notes, ==, 1);
  gtk_widget_activate_action (GTK_WIDGET (f.view), "article.add-highlight", "i",
                              DRA_NOTE_PURPLE);
  g_assert_cmpint (color, ==, DRA_NOTE_PURPLE);
  fixture_close (&f);
}

static void
test_finalize (void)
{
  g_autoptr (DraArticle) article = fixture_new_article ();
  g_autoptr (DraCast) cast = fixture_new_cast (article);
  g_autoptr (GListStore) store = g_list_store_new (DRA_TYPE_NOTE);
  g_autoptr (DraNote) note = fixture_new_note (article, "overdue", DRA_NOTE_PINK, "Why?");
  GtkWidget *view = g_object_ref_sink (dra_article_view_new ());

  g_list_store_append (store, note);
  dra_article_view_set_article (DRA_ARTICLE_VIEW (view), article);
  dra_article_view_set_cast (DRA_ARTICLE_VIEW (view), cast);
  dra_article_view_set_notes (DRA_ARTICLE_VIEW (view), G_LIST_MODEL (store));
  dra_article_view_set_selected_entity (DRA_ARTICLE_VIEW (view), 0);
  g_object_set (view, "search-text", "lamp", NULL);
  g_assert_finalize_object (view);
  g_assert_cmpuint (G_OBJECT (store)->ref_count, ==, 1);
  g_assert_cmpuint (G_OBJECT (article)->ref_count, ==, 1);
  g_assert_cmpuint (G_OBJECT (cast)->ref_count, ==, 1);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/article-view/offsets", test_offsets);
  g_test_add_func ("/article-view/offsets-long", test_offsets_long);
  g_test_add_func ("/article-view/chunks", test_chunks);
  g_test_add_func ("/article-view/fill", test_fill);
  g_test_add_func ("/article-view/marks", test_marks);
  g_test_add_func ("/article-view/rectangles", test_rectangles);
  g_test_add_func ("/article-view/properties", test_properties);
  g_test_add_func ("/article-view/selection", test_selection);
  g_test_add_func ("/article-view/copy", test_copy);
  g_test_add_func ("/article-view/notes", test_notes);
  g_test_add_func ("/article-view/notes-narrow", test_notes_narrow);
  g_test_add_func ("/article-view/edit", test_edit);
  g_test_add_func ("/article-view/edit-early", test_edit_early);
  g_test_add_func ("/article-view/many-notes", test_many_notes);
  g_test_add_func ("/article-view/ticks", test_ticks);
  g_test_add_func ("/article-view/snippet", test_snippet);
  g_test_add_func ("/article-view/find/counts", test_find_counts);
  g_test_add_func ("/article-view/find/folding", test_find_folding);
  g_test_add_func ("/article-view/find/view", test_find_view);
  g_test_add_func ("/article-view/find/big", test_find_big);
  g_test_add_func ("/article-view/zoom", test_zoom);
  g_test_add_func ("/article-view/measure", test_measure);
  g_test_add_func ("/article-view/contrast", test_contrast);
  g_test_add_func ("/article-view/popover", test_popover);
  g_test_add_func ("/article-view/finalize", test_finalize);
  return g_test_run ();
}
