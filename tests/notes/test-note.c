/* test-note.c: a note's properties, what its setters take, and the selectors it is made with.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "article/dra-article-builder.h"
#include "notes/dra-note.h"

static DraArticle *
make_article (const char *text)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();

  dra_article_builder_take_lines (builder, g_strdup (text), strlen (text));
  return dra_article_builder_build (builder);
}

static DraRange
find (DraArticle *article,
      const char *words)
{
  const char *text = dra_article_get_text (article, NULL);
  const char *found = strstr (text, words);

  g_assert_nonnull (found);
  return (DraRange) { found - text, found - text + strlen (words) };
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_passage (void)
{
  g_autoptr (DraArticle) article = make_article ("The café in Orléans closed.\nThe café in Tours did not.\n");
  g_autoptr (DraNote) note = dra_note_new_for_passage (article, find (article, "Orléans"));
  const DraQuote *quote = dra_note_get_quote (note);
  DraRange range;
  gsize start, end;
  guint before, after;

  g_assert_true (g_uuid_string_is_valid (dra_note_get_uuid (note)));
  g_assert_cmpint (dra_note_get_target (note), ==, DRA_NOTE_TARGET_PASSAGE);
  g_assert_cmpint (ABS (g_get_real_time () - dra_note_get_created (note)), <, 60 * G_USEC_PER_SEC);
  g_assert_cmpint (dra_note_get_created (note), ==, dra_note_get_modified (note));
  g_assert_cmpstr (quote->exact, ==, "Orléans");
  g_assert_true (g_str_has_suffix (quote->prefix, "The café in "));
  g_assert_true (g_str_has_prefix (quote->suffix, " closed.\nThe café"));
  g_assert_true (dra_note_get_position (note, &start, &end));
  g_assert_cmpuint (start, ==, 12);
  g_assert_cmpuint (end, ==, 19);
  g_assert_cmpstr (dra_note_get_text_hash (note), ==, dra_article_get_hash (article));
  g_assert_cmpuint (dra_note_get_text_version (note), ==, DRA_ARTICLE_TEXT_VERSION);
  g_assert_cmpint (dra_note_get_anchor (note, &range, NULL), ==, DRA_ANCHOR_EXACT);
  g_assert_cmpuint (range.start, ==, 13);

  /* "The café in " stands twice and begins the text, so no part of it is distinct;
   * " clos" is the first that " closed." does not share. */
  dra_note_get_distinct (note, &before, &after);
  g_assert_cmpuint (before, ==, 0);
  g_assert_cmpuint (after, ==, 5);
  g_assert_finalize_object (g_steal_pointer (&note));
}

static void
test_other_targets (void)
{
  g_autoptr (DraArticle) article = make_article ("Ada Lovelace wrote.\n");
  g_autoptr (DraNote) whole = dra_note_new_for_article (article);
  g_autoptr (DraNote) person = dra_note_new_for_entity (article, "person", "Ada Lovelace");

  g_assert_cmpint (dra_note_get_target (whole), ==, DRA_NOTE_TARGET_ARTICLE);
  g_assert_null (dra_note_get_quote (whole));
  g_assert_false (dra_note_get_position (whole, NULL, NULL));
  g_assert_cmpint (dra_note_get_anchor (whole, NULL, NULL), ==, DRA_ANCHOR_EXACT);
  g_assert_cmpint (dra_note_get_target (person), ==, DRA_NOTE_TARGET_ENTITY);
  g_assert_cmpstr (dra_note_get_entity_kind (person), ==, "person");
  g_assert_cmpstr (dra_note_get_entity_name (person), ==, "Ada Lovelace");
}

static void
test_parts (void)
{
  g_autoptr (DraNote) a = dra_note_new_from_parts ("6BA7B810-9DAD-11D1-80B4-00C04FD430C8",
                                                   DRA_NOTE_TARGET_PASSAGE, 5, 7);
  g_autoptr (DraNote) b = dra_note_new_from_parts ("not a uuid", DRA_NOTE_TARGET_ARTICLE, 0, 7);
  g_autoptr (DraNote) c = dra_note_new_from_parts (NULL, DRA_NOTE_TARGET_ARTICLE, 5, 0);
  g_autoptr (DraNote) d = dra_note_new_from_parts (NULL, DRA_NOTE_TARGET_ARTICLE, G_MININT64, G_MAXINT64);
  g_autoptr (GDateTime) last = NULL;

  g_assert_cmpstr (dra_note_get_uuid (a), ==, "6ba7b810-9dad-11d1-80b4-00c04fd430c8");
  g_assert_cmpint (dra_note_get_created (a), ==, 5);
  g_assert_cmpint (dra_note_get_modified (a), ==, 7);
  g_assert_true (g_uuid_string_is_valid (dra_note_get_uuid (b)));
  g_assert_cmpint (dra_note_get_created (b), ==, 7);
  g_assert_cmpint (dra_note_get_modified (c), ==, 5);
  g_assert_cmpint (dra_note_get_anchor (a, NULL, NULL), ==, DRA_ANCHOR_LOST);

  last = g_date_time_new_from_unix_utc (dra_note_get_modified (d) / G_USEC_PER_SEC);
  g_assert_cmpint (g_date_time_get_year (last), ==, 9999);
}

/* Each setter notifies once, and not at all when nothing changes. */
static void
test_notify (void)
{
  g_autoptr (DraNote) note = dra_note_new_from_parts (NULL, DRA_NOTE_TARGET_PASSAGE, 1, 1);
  const char *tags[] = { "claim", "", "check", "claim", NULL };
  const char *same[] = { "claim", "check", NULL };
  const DraRange range = { 3, 9 };
  guint body = 0, color = 0, tag = 0, modified = 0, state = 0, start = 0, reason = 0, any = 0;

  g_signal_connect_swapped (note, "notify::body", G_CALLBACK (count_cb), &body);
  g_signal_connect_swapped (note, "notify::color", G_CALLBACK (count_cb), &color);
  g_signal_connect_swapped (note, "notify::tags", G_CALLBACK (count_cb), &tag);
  g_signal_connect_swapped (note, "notify::modified", G_CALLBACK (count_cb), &modified);
  g_signal_connect_swapped (note, "notify::anchor-state", G_CALLBACK (count_cb), &state);
  g_signal_connect_swapped (note, "notify::anchor-start", G_CALLBACK (count_cb), &start);
  g_signal_connect_swapped (note, "notify::anchor-reason", G_CALLBACK (count_cb), &reason);
  g_signal_connect_swapped (note, "notify", G_CALLBACK (count_cb), &any);

  for (guint i = 0; i < 2; i++)
    {
      dra_note_set_body (note, "Says who?");
      dra_note_set_color (note, DRA_NOTE_PINK);
      dra_note_set_tags (note, i == 0 ? tags : same);
      dra_note_set_anchor (note, DRA_ANCHOR_MOVED, range, "Found elsewhere.");
    }
  g_assert_cmpuint (modified, ==, 0);
  g_assert_cmpint (dra_note_get_modified (note), ==, 1);
  dra_note_set_modified (note, 99);
  dra_note_set_modified (note, 99);
  g_object_set (note, "body", "Says who?", "color", DRA_NOTE_PINK, "modified", (gint64) 99, NULL);

  g_assert_cmpuint (body, ==, 1);
  g_assert_cmpuint (color, ==, 1);
  g_assert_cmpuint (tag, ==, 1);
  g_assert_cmpuint (modified, ==, 1);
  g_assert_cmpuint (state, ==, 1);
  g_assert_cmpuint (start, ==, 1);
  g_assert_cmpuint (reason, ==, 1);
  g_assert_cmpuint (any, ==, 8); /* and anchor-end */
  g_assert_cmpuint (g_strv_length ((char **) dra_note_get_tags (note)), ==, 2);

  g_object_set (note, "body", "Edited", NULL);
  g_assert_cmpuint (body, ==, 2);
  g_assert_cmpstr (dra_note_get_body (note), ==, "Edited");
}

static void
test_copy_equal (void)
{
  g_autoptr (DraArticle) article = make_article ("One two three four five six seven.\n");
  g_autoptr (DraNote) note = dra_note_new_for_passage (article, find (article, "three"));
  g_autoptr (DraNote) copy = NULL;
  const char *tags[] = { "a", NULL };
  const DraRange elsewhere = { 0, 3 };

  dra_note_set_body (note, "Body");
  dra_note_set_tags (note, tags);
  dra_note_set_color (note, DRA_NOTE_BLUE);
  copy = dra_note_copy (note);
  g_assert_true (dra_note_equal (note, copy));
  g_assert_cmpint (dra_note_get_anchor (copy, NULL, NULL), ==, DRA_ANCHOR_EXACT);

  dra_note_set_anchor (copy, DRA_ANCHOR_MOVED, elsewhere, NULL);
  g_assert_true (dra_note_equal (note, copy)); /* anchors are not stored parts */
  dra_note_set_body (copy, "Other");
  g_assert_false (dra_note_equal (note, copy));
  dra_note_set_body (copy, "Body");
  dra_note_set_tags (copy, NULL);
  g_assert_false (dra_note_equal (note, copy));
  dra_note_set_tags (copy, tags);
  dra_note_set_position (copy, 8, 14);
  g_assert_false (dra_note_equal (note, copy));
}

static void
test_bad_text (void)
{
  g_autoptr (DraNote) note = dra_note_new_from_parts (NULL, DRA_NOTE_TARGET_PASSAGE, 1, 1);
  const char *tags[] = { "t\xff", NULL };

  dra_note_set_body (note, "caf\xe9");
  dra_note_set_tags (note, tags);
  g_assert_true (g_utf8_validate (dra_note_get_body (note), -1, NULL));
  g_assert_true (g_utf8_validate (dra_note_get_tags (note)[0], -1, NULL));
  dra_note_set_body (note, NULL);
  g_assert_cmpstr (dra_note_get_body (note), ==, "");
}

static void
test_colors (void)
{
  DraNoteColor color;

  for (guint i = 0; i < DRA_N_NOTE_COLORS; i++)
    {
      g_assert_true (dra_note_color_from_string (dra_note_color_to_string (i), &color));
      g_assert_cmpint (color, ==, i);
    }
  g_assert_true (dra_note_color_from_string ("Yellow", &color));
  g_assert_false (dra_note_color_from_string ("beige", &color));
  g_assert_false (dra_note_color_from_string (NULL, &color));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/note/passage", test_passage);
  g_test_add_func ("/note/other-targets", test_other_targets);
  g_test_add_func ("/note/parts", test_parts);
  g_test_add_func ("/note/notify", test_notify);
  g_test_add_func ("/note/copy-equal", test_copy_equal);
  g_test_add_func ("/note/bad-text", test_bad_text);
  g_test_add_func ("/note/colors", test_colors);
  return g_test_run ();
}
