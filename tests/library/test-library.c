/* test-library.c: articles and notes kept in a real database file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <string.h>

#include "dra-test.h"
#include "library-fixture.h"
#include "library/dra-library-names.h"
#include "library/dra-library.h"
#include "notes/dra-web-annotation.h"

#define TEXT "The harbour opened.\nAda Lovelace spoke in Zürich.\nNobody else did.\n"

typedef struct
{
  char *folder;
  char *path;
  DraLibrary *library;
  DraArticle *article;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data G_GNUC_UNUSED)
{
  f->folder = dra_test_mkdtemp ();
  f->path = g_build_filename (f->folder, "sub", "library.sqlite", NULL);
  f->library = fixture_open (f->path);
  f->article = fixture_article (TEXT, "file:///home/a/one.txt");
}

static void
tear_down (Fixture       *f,
           gconstpointer  data G_GNUC_UNUSED)
{
  gpointer library = f->library;

  /* A thread may hold a finished task, and with it the library, for a moment longer. */
  g_object_add_weak_pointer (library, &library);
  g_object_unref (library);
  for (guint i = 0; i < 1000 && g_atomic_pointer_get (&library) != NULL; i++)
    g_usleep (10000);
  g_assert_null (library);
  g_object_unref (f->article);
  g_free (f->path);
  dra_test_rmtree (f->folder);
}

static void
reopen (Fixture *f)
{
  dra_test_finalize (f->library);
  f->library = fixture_open (f->path);
}

static void
save (Fixture    *f,
      DraArticle *article,
      DraNote    *note)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (dra_library_save_note (f->library, article, note, &error));
  g_assert_no_error (error);
}

/* Every stored part of every kind of note comes back after the file was closed. */
static void
test_save_load (Fixture       *f,
                gconstpointer  data G_GNUC_UNUSED)
{
  const char *tags[] = { "claim", "to check", "Ünïcode", NULL };
  g_autoptr (DraNote) passage = fixture_note (f->article, "Ada Lovelace", "Who *is* she? '); DROP TABLE notes; --");
  g_autoptr (DraNote) highlight = fixture_note (f->article, "Zürich", "");
  g_autoptr (DraNote) whole = dra_note_new_for_article (f->article);
  g_autoptr (DraNote) person = dra_note_new_for_entity (f->article, "person", "Ada Lovelace");
  DraNote *all[4] = { passage, highlight, whole, person };
  g_autoptr (GPtrArray) notes = NULL;
  DraRange range;
  GStatBuf info;

  dra_note_set_tags (passage, tags);
  dra_note_set_tags (whole, tags);
  dra_note_set_color (highlight, DRA_NOTE_PURPLE);
  dra_note_set_modified (highlight, dra_note_get_created (highlight) + 12345);
  for (guint i = 0; i < 4; i++)
    save (f, f->article, all[i]);

  reopen (f);
  notes = fixture_load (f->library, f->article);
  g_assert_cmpuint (notes->len, ==, 4);
  for (guint i = 0; i < 4; i++)
    {
      DraNote *note = fixture_find (notes, dra_note_get_uuid (all[i]));

      g_assert_nonnull (note);
      g_assert_true (dra_note_equal (note, all[i]));
      g_assert_cmpint (dra_note_get_anchor (note, NULL, NULL), ==, DRA_ANCHOR_EXACT);
    }

  /* The whole and the people first, then text order. */
  g_assert_cmpint (dra_note_get_target (notes->pdata[0]), !=, DRA_NOTE_TARGET_PASSAGE);
  g_assert_cmpint (dra_note_get_target (notes->pdata[1]), !=, DRA_NOTE_TARGET_PASSAGE);
  g_assert_cmpstr (dra_note_get_uuid (notes->pdata[2]), ==, dra_note_get_uuid (passage));
  dra_note_get_anchor (notes->pdata[2], &range, NULL);
  g_assert_cmpuint (range.start, ==, strlen ("The harbour opened.\n"));

  /* Notes are nobody else's business. */
  g_assert_cmpint (g_stat (f->path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 077, ==, 0);
}

static void
test_update_delete (Fixture       *f,
                    gconstpointer  data G_GNUC_UNUSED)
{
  const char *tags[] = { "a", "b", NULL };
  g_autoptr (DraNote) note = fixture_note (f->article, "Ada", "First");
  g_autoptr (GError) error = NULL;
  GPtrArray *notes;

  dra_note_set_tags (note, tags);
  save (f, f->article, note);
  dra_note_set_body (note, "Second");
  dra_note_set_tags (note, tags + 1);
  save (f, f->article, note);
  notes = fixture_load (f->library, f->article);
  g_assert_cmpuint (notes->len, ==, 1);
  g_assert_true (dra_note_equal (notes->pdata[0], note));
  g_ptr_array_unref (notes);

  g_assert_true (dra_library_delete_note (f->library, dra_note_get_uuid (note), &error));
  g_assert_true (dra_library_delete_note (f->library, dra_note_get_uuid (note), &error));
  g_assert_no_error (error);
  notes = fixture_load (f->library, f->article);
  g_assert_cmpuint (notes->len, ==, 0);
  g_ptr_array_unref (notes);

  /* Undo saves the same note again. */
  save (f, f->article, note);
  reopen (f);
  notes = fixture_load (f->library, f->article);
  g_assert_cmpuint (notes->len, ==, 1);
  g_assert_true (dra_note_equal (notes->pdata[0], note));
  g_ptr_array_unref (notes);
}

/* What is deleted is gone from the file, not only from its tables. */
static void
test_deleted_bytes (Fixture       *f,
                    gconstpointer  data G_GNUC_UNUSED)
{
  g_autoptr (DraNote) note = fixture_note (f->article, "Ada", "confidential-remark-4711 Rumpelstilzchen");
  g_autofree char *bytes = NULL;
  gsize length;

  save (f, f->article, note);
  g_assert_true (dra_library_delete_note (f->library, dra_note_get_uuid (note), NULL));
  reopen (f);
  g_assert_true (g_file_get_contents (f->path, &bytes, &length, NULL));
  g_assert_null (memmem (bytes, length, "confidential-remark", 19));
  g_assert_null (memmem (bytes, length, "umpelstilzchen", 14)); /* nor is it left in the index */
}

static guint
count (Fixture    *f,
       DraArticle *article)
{
  g_autoptr (GPtrArray) notes = fixture_load (f->library, article);

  return notes->len;
}

static void
test_identity (Fixture       *f,
               gconstpointer  data G_GNUC_UNUSED)
{
  const char *edited_text = "A new first line stands here.\n" TEXT "And one more at the end.\n";
  g_autoptr (DraArticle) moved = fixture_article (TEXT, "file:///home/b/renamed.txt");
  g_autoptr (DraArticle) piped = fixture_article (TEXT, NULL);
  g_autoptr (DraArticle) edited = fixture_article (edited_text, "file:///home/a/one.txt");
  g_autoptr (DraArticle) edited_and_moved = fixture_article (edited_text, "file:///home/c/three.txt");
  g_autoptr (DraArticle) other = fixture_article ("Quite another text.\n", "file:///home/d/four.txt");
  g_autoptr (DraNote) note = fixture_note (f->article, "Ada Lovelace", "Kept");
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (dra_library_add_article (f->library, f->article, &error));
  save (f, f->article, note);

  g_assert_cmpuint (count (f, moved), ==, 1);
  g_assert_cmpuint (count (f, piped), ==, 1);
  g_assert_cmpuint (count (f, other), ==, 0);

  /* Never opened before it was both edited and moved: nothing leads there. */
  g_assert_cmpuint (count (f, edited_and_moved), ==, 0);

  g_assert_true (dra_library_add_article (f->library, edited, &error));
  notes = fixture_load (f->library, edited);
  g_assert_cmpuint (notes->len, ==, 1);
  g_assert_true (dra_note_equal (notes->pdata[0], note)); /* the selectors as they were made */

  /* Saved in the changed text, it is still one note, found from either text. */
  dra_note_set_body (notes->pdata[0], "Edited");
  save (f, edited, notes->pdata[0]);
  g_assert_cmpuint (count (f, edited_and_moved), ==, 1);
  g_assert_cmpuint (count (f, moved), ==, 1);
  reopen (f);
  g_assert_cmpuint (count (f, edited), ==, 1);
}

/* A file whose text was replaced by quite another keeps its notes, shown as lost. */
static void
test_replaced (Fixture       *f,
               gconstpointer  data G_GNUC_UNUSED)
{
  g_autoptr (DraArticle) replaced = fixture_article ("Nothing in common.\n", "file:///home/a/one.txt");
  g_autoptr (DraNote) note = fixture_note (f->article, "Ada Lovelace", "Kept");
  g_autoptr (GPtrArray) notes = NULL;

  g_assert_true (dra_library_add_article (f->library, f->article, NULL));
  save (f, f->article, note);
  g_assert_true (dra_library_add_article (f->library, replaced, NULL));
  notes = fixture_load (f->library, replaced);
  g_assert_cmpuint (notes->len, ==, 1);
  g_assert_cmpint (dra_note_get_anchor (notes->pdata[0], NULL, NULL), ==, DRA_ANCHOR_LOST);
  g_assert_true (dra_note_equal (notes->pdata[0], note));
}

static void
test_merge (Fixture       *f,
            gconstpointer  data G_GNUC_UNUSED)
{
  g_autoptr (DraNote) ours = fixture_note (f->article, "Ada", "ours, newer");
  g_autoptr (DraNote) theirs = fixture_note (f->article, "Zürich", "ours, older");
  g_autoptr (DraNote) fresh = fixture_note (f->article, "Nobody", "only in the copy");
  g_autoptr (GPtrArray) copy = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (GError) error = NULL;

  save (f, f->article, ours);
  save (f, f->article, theirs);
  g_ptr_array_add (copy, dra_note_copy (ours));
  dra_note_set_body (copy->pdata[0], "stale");
  dra_note_set_modified (copy->pdata[0], dra_note_get_modified (ours) - 1);
  g_ptr_array_add (copy, dra_note_copy (theirs));
  dra_note_set_body (copy->pdata[1], "theirs, newer");
  dra_note_set_modified (copy->pdata[1], dra_note_get_modified (theirs) + 1);
  g_ptr_array_add (copy, g_object_ref (fresh));

  g_assert_true (dra_library_merge_notes (f->library, f->article, copy, &error));
  g_assert_no_error (error);
  notes = fixture_load (f->library, f->article);
  g_assert_cmpuint (notes->len, ==, 3);
  g_assert_cmpstr (dra_note_get_body (fixture_find (notes, dra_note_get_uuid (ours))), ==, "ours, newer");
  g_assert_cmpstr (dra_note_get_body (fixture_find (notes, dra_note_get_uuid (theirs))), ==, "theirs, newer");
  g_assert_nonnull (fixture_find (notes, dra_note_get_uuid (fresh)));
}

/* An older copy does not bring back what was deleted; one changed after that does, and so
 * does undo, which saves the very same note.  The mark that a note was deleted is written in
 * the transaction that deletes it: a crash leaves both or neither. */
static void
test_deleted_stays (Fixture       *f,
                    gconstpointer  data G_GNUC_UNUSED)
{
  g_autoptr (DraNote) note = fixture_note (f->article, "Ada Lovelace", "Not any more");
  g_autoptr (DraNote) copied = dra_note_copy (note);
  g_autoptr (GPtrArray) copy = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (copy, copied);
  save (f, f->article, note);
  g_assert_true (dra_library_delete_note (f->library, dra_note_get_uuid (note), &error));
  g_assert_true (dra_library_merge_notes (f->library, f->article, copy, &error));
  g_assert_cmpuint (count (f, f->article), ==, 0);
  reopen (f);
  g_assert_true (dra_library_merge_notes (f->library, f->article, copy, &error));
  g_assert_cmpuint (count (f, f->article), ==, 0);

  save (f, f->article, note);
  g_assert_cmpuint (count (f, f->article), ==, 1);
  g_assert_true (dra_library_merge_notes (f->library, f->article, copy, &error));
  g_assert_cmpuint (count (f, f->article), ==, 1);

  g_assert_true (dra_library_delete_note (f->library, dra_note_get_uuid (note), &error));
  dra_note_set_modified (copied, g_get_real_time () + G_USEC_PER_SEC);
  g_assert_true (dra_library_merge_notes (f->library, f->article, copy, &error));
  g_assert_cmpuint (count (f, f->article), ==, 1);
  g_assert_no_error (error);
}

/* A note put elsewhere by hand keeps what it was made with, in the library too. */
static void
test_origin (Fixture       *f,
             gconstpointer  data G_GNUC_UNUSED)
{
  g_autoptr (DraNote) note = fixture_note (f->article, "Ada Lovelace", "Elsewhere");
  g_autoptr (DraNote) made = dra_note_copy (note);
  g_autoptr (GPtrArray) notes = NULL;
  const char *text = dra_article_get_text (f->article, NULL);
  gsize start = strstr (text, "Nobody") - text;
  DraRange range;

  dra_note_reattach (note, f->article, (DraRange) { start, start + 6 });
  save (f, f->article, note);
  reopen (f);
  notes = fixture_load (f->library, f->article);
  g_assert_cmpuint (notes->len, ==, 1);
  g_assert_true (dra_note_equal (notes->pdata[0], note));
  g_assert_cmpint (dra_note_get_anchor (notes->pdata[0], &range, NULL), ==, DRA_ANCHOR_EXACT);
  g_assert_cmpuint (range.start, ==, start);
  g_assert_true (dra_note_same_selectors (dra_note_get_origin (notes->pdata[0]), made));

  /* Put back by undo it has no origin any more. */
  dra_note_take_selectors (note, made);
  save (f, f->article, note);
  g_clear_pointer (&notes, g_ptr_array_unref);
  notes = fixture_load (f->library, f->article);
  g_assert_true (dra_note_equal (notes->pdata[0], made));
}

typedef struct
{
  GPtrArray *answer;
  gboolean done;
} Answer;

static void
entity_notes_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Answer *answer = user_data;

  answer->answer = dra_library_load_entity_notes_finish (DRA_LIBRARY (object), result, NULL);
  answer->done = TRUE;
}

static void
tags_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Answer *answer = user_data;

  answer->answer = dra_library_list_tags_finish (DRA_LIBRARY (object), result, NULL);
  answer->done = TRUE;
}

static guint
n_entity_notes (Fixture    *f,
                DraArticle *article,
                const char *kind,
                const char *name)
{
  const char *kinds[] = { "place", kind, NULL };
  const char *names[] = { "Zürich", name, NULL };
  Answer answer = { NULL, FALSE };
  guint n;

  dra_library_load_entity_notes_async (f->library, article, kinds, names, NULL, entity_notes_cb, &answer);
  while (!answer.done)
    g_main_context_iteration (NULL, TRUE);
  n = answer.answer->len;
  if (n > 0)
    g_assert_cmpint (dra_note_get_anchor (answer.answer->pdata[0], NULL, NULL), ==, DRA_ANCHOR_EXACT);
  g_ptr_array_unref (answer.answer);
  return n;
}

/* A note about someone is found from every article that names them, however it writes them. */
static void
test_entity_notes (Fixture       *f,
                   gconstpointer  data G_GNUC_UNUSED)
{
  g_autoptr (DraArticle) other = fixture_article ("Quite another text.\n", "file:///home/d/four.txt");
  g_autoptr (DraNote) note = dra_note_new_for_entity (f->article, "person", "José Núñez");

  g_assert_cmpuint (n_entity_notes (f, other, "person", "José Núñez"), ==, 0);
  save (f, f->article, note);
  reopen (f);
  g_assert_cmpuint (n_entity_notes (f, other, "person", "José Núñez"), ==, 1);
  g_assert_cmpuint (n_entity_notes (f, other, "person", "JOSE NUNEZ"), ==, 1);
  g_assert_cmpuint (n_entity_notes (f, other, "organization", "José Núñez"), ==, 0);
  g_assert_cmpuint (n_entity_notes (f, other, "person", "José"), ==, 0);
  g_assert_true (dra_library_delete_note (f->library, dra_note_get_uuid (note), NULL));
  g_assert_cmpuint (n_entity_notes (f, other, "person", "José Núñez"), ==, 0);
}

static guint
n_found (Fixture    *f,
         const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = dra_library_find_notes (f->library, text, 100, NULL, &error);

  g_assert_no_error (error);
  return found->len;
}

static void
test_find (Fixture       *f,
           gconstpointer  data G_GNUC_UNUSED)
{
  const char *tags[] = { "Überprüfen", "claim", NULL };
  const char *other_tags[] = { "claim", NULL };
  g_autoptr (DraNote) passage = fixture_note (f->article, "Zürich", "Who paid for the journey?");
  g_autoptr (DraNote) person = dra_note_new_for_entity (f->article, "person", "José Núñez");
  g_autoptr (GPtrArray) found = NULL;
  Answer answer = { NULL, FALSE };

  dra_note_set_tags (passage, tags);
  dra_note_set_tags (person, other_tags);
  g_assert_true (dra_library_add_article (f->library, f->article, NULL));
  save (f, f->article, passage);
  save (f, f->article, person);

  g_assert_cmpuint (n_found (f, ""), ==, 2);
  g_assert_cmpuint (n_found (f, "journey"), ==, 1);
  g_assert_cmpuint (n_found (f, "JOUR paid"), ==, 1);
  g_assert_cmpuint (n_found (f, "journey missing"), ==, 0);
  g_assert_cmpuint (n_found (f, "zurich"), ==, 1);
  g_assert_cmpuint (n_found (f, "nunez jose"), ==, 1);
  g_assert_cmpuint (n_found (f, "uberpr"), ==, 1);
  g_assert_cmpuint (n_found (f, "claim"), ==, 2);
  /* What is typed is never a query language. */
  g_assert_cmpuint (n_found (f, "\"journey\" OR NOT ( * : ^ '"), ==, 0);
  g_assert_cmpuint (n_found (f, "\"journey"), ==, 1);
  g_assert_cmpuint (n_found (f, "***"), ==, 2);

  found = dra_library_find_notes (f->library, "journey", 10, NULL, NULL);
  g_assert_true (dra_note_equal (((DraFoundNote *) found->pdata[0])->note, passage));
  g_assert_cmpstr (((DraFoundNote *) found->pdata[0])->title, ==, "A title");
  g_assert_cmpstr (((DraFoundNote *) found->pdata[0])->uri, ==, "file:///home/a/one.txt");
  g_assert_cmpstr (((DraFoundNote *) found->pdata[0])->hash, ==, dra_article_get_hash (f->article));

  /* It follows what is edited and deleted. */
  dra_note_set_body (passage, "Nothing of that sort");
  save (f, f->article, passage);
  g_assert_cmpuint (n_found (f, "journey"), ==, 0);
  g_assert_cmpuint (n_found (f, "sort"), ==, 1);

  dra_library_list_tags_async (f->library, NULL, tags_cb, &answer);
  while (!answer.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (answer.answer->len, ==, 2);
  g_assert_cmpstr (answer.answer->pdata[0], ==, "claim");
  g_ptr_array_unref (answer.answer);

  g_assert_true (dra_library_delete_note (f->library, dra_note_get_uuid (passage), NULL));
  g_assert_cmpuint (n_found (f, "sort"), ==, 0);
  g_assert_cmpuint (n_found (f, ""), ==, 1);
}

/* Everything out to one file and into an empty library: the same notes, found from the same
 * articles by text and by place. */
static void
test_exchange (Fixture       *f,
               gconstpointer  data G_GNUC_UNUSED)
{
  const char *tags[] = { "claim", "Ünïcode \"quoted\"", NULL };
  g_autoptr (DraArticle) other = fixture_article ("Quite another text.\n", "file:///home/d/four.txt");
  g_autoptr (DraArticle) edited = fixture_article ("New.\n" TEXT, "file:///home/a/one.txt");
  g_autoptr (DraNote) passage = fixture_note (f->article, "Ada Lovelace", "Who *is* she?\n\n</script>");
  g_autoptr (DraNote) moved = fixture_note (f->article, "Zürich", "Put elsewhere");
  g_autoptr (DraNote) whole = dra_note_new_for_article (other);
  g_autoptr (DraNote) person = dra_note_new_for_entity (f->article, "person", "Ada Lovelace");
  g_autoptr (DraNote) gone = fixture_note (f->article, "Nobody", "Deleted");
  g_autofree char *path = g_build_filename (f->folder, "all.json", NULL);
  g_autofree char *second = g_build_filename (f->folder, "second.json", NULL);
  g_autofree char *path2 = g_build_filename (f->folder, "other", "library.sqlite", NULL);
  g_autofree char *first_bytes = NULL;
  g_autofree char *second_bytes = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) file2 = g_file_new_for_path (second);
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;
  const DraCorrectionParts rename = {
    .action = DRA_CORRECTION_RENAME, .kind = DRA_ENTITY_PERSON, .name = "Ada Lovelace", .to_name = "Countess \"A\"",
    .hash = dra_article_get_hash (f->article), .start = 0, .split_at = -1,
  };
  const DraCorrectionParts reject = {
    .action = DRA_CORRECTION_REJECT, .kind = DRA_ENTITY_ORGANIZATION, .name = "Zürich",
    .hash = dra_article_get_hash (f->article), .start = -1, .split_at = -1, .everywhere = TRUE,
  };
  g_autoptr (DraCorrection) renamed = dra_correction_new (&rename);
  g_autoptr (DraCorrection) rejected = dra_correction_new (&reject);
  g_autoptr (GPtrArray) corrections = NULL;
  DraNote *all[3] = { passage, moved, person };
  guint n = 0;

  g_assert_true (dra_library_save_correction (f->library, renamed, NULL));
  g_assert_true (dra_library_save_correction (f->library, rejected, NULL));
  dra_note_set_tags (passage, tags);
  dra_note_reattach (moved, f->article, (DraRange) { 0, 11 });
  g_assert_true (dra_library_add_article (f->library, f->article, NULL));
  for (guint i = 0; i < 3; i++)
    save (f, f->article, all[i]);
  save (f, f->article, gone);
  g_assert_true (dra_library_delete_note (f->library, dra_note_get_uuid (gone), NULL));
  g_assert_true (dra_library_add_article (f->library, other, NULL));
  save (f, other, whole);
  g_assert_true (dra_library_export (f->library, file, NULL, &error));
  g_assert_no_error (error);

  /* It is Web Annotations to anyone else. */
  g_assert_true (g_file_get_contents (path, &first_bytes, NULL, NULL));
  notes = dra_web_annotation_read_string (first_bytes, -1, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (notes->len, ==, 4);
  g_clear_pointer (&notes, g_ptr_array_unref);

  dra_test_finalize (f->library);
  f->library = fixture_open (path2);
  g_assert_true (dra_library_import (f->library, file, &n, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 4);
  notes = fixture_load (f->library, f->article);
  g_assert_cmpuint (notes->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_true (dra_note_equal (fixture_find (notes, dra_note_get_uuid (all[i])), all[i]));
  g_assert_cmpuint (count (f, other), ==, 1);
  found = dra_library_find_notes (f->library, "lovelace", 10, NULL, NULL);
  g_assert_cmpuint (found->len, ==, 2);

  corrections = dra_library_load_corrections (f->library, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (corrections->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const DraCorrectionParts *x = dra_correction_get_parts (corrections->pdata[i]);
      const DraCorrectionParts *y = dra_correction_get_parts (i == 0 ? renamed : rejected);

      g_assert_cmpstr (x->uuid, ==, y->uuid);
      g_assert_cmpint (x->created, ==, y->created);
      g_assert_cmpint (x->action, ==, y->action);
      g_assert_cmpint (x->kind, ==, y->kind);
      g_assert_cmpstr (x->name, ==, y->name);
      g_assert_cmpstr (x->to_name, ==, y->to_name);
      g_assert_cmpstr (x->hash, ==, y->hash);
      g_assert_cmpint (x->start, ==, y->start);
      g_assert_cmpint (x->split_at, ==, y->split_at);
      g_assert_cmpint (x->everywhere, ==, y->everywhere);
    }

  /* The same again, and out again: not a byte differs. */
  g_assert_true (dra_library_import (f->library, file, NULL, NULL, &error));
  g_assert_true (dra_library_export (f->library, file2, NULL, &error));
  g_assert_true (g_file_get_contents (second, &second_bytes, NULL, NULL));
  g_assert_true (g_str_equal (first_bytes, second_bytes));
  g_assert_cmpuint (count (f, edited), ==, 3); /* by place */

  /* What was deleted after the export is there again: the reader has asked for it. */
  g_assert_true (dra_library_delete_note (f->library, dra_note_get_uuid (passage), NULL));
  g_assert_true (dra_library_import (f->library, file, NULL, NULL, &error));
  g_assert_cmpuint (count (f, f->article), ==, 3);
}

/* Files that are none, or were made to deceive: one sentence or nothing taken in. */
static void
test_import_bad (Fixture       *f,
                 gconstpointer  data G_GNUC_UNUSED)
{
  static const char *const bad[] = {
    "", "{", "[]", "{\"@graph\": []}", "<html>", "{\"dramatis:library\": 1, \"@graph\": 7}",
  };
  static const char *const odd[] = {
    "{\"dramatis:library\": 1, \"dramatis:corrections\": 3, \"@graph\": []}",
    "{\"dramatis:library\": 1, \"dramatis:corrections\": [null, 1, [], {}, {\"uuid\": \"x\"}, {\"uuid\":"
    " \"00000000-0000-4000-8000-000000000000\", \"created\": -5, \"action\": \"reject\", \"kind\": \"person\","
    " \"toKind\": \"person\", \"name\": \"\", \"start\": 1.5}], \"@graph\": []}",
    "{\"dramatis:library\": 1, \"dramatis:articles\": {}, \"@graph\": []}",
    "{\"dramatis:library\": 1, \"dramatis:articles\": [null, 1, {}, {\"hash\": \"x\"}], \"@graph\": []}",
    "{\"dramatis:library\": 1, \"dramatis:articles\": [{\"hash\":"
    " \"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\", \"uris\": [1, null],"
    " \"notes\": [\"nobody\"], \"text\": {\"length\": 99999999999, \"zlib\": \"!!!\"}}], \"@graph\": []}",
    "{\"dramatis:library\": 1, \"dramatis:articles\": [{\"hash\":"
    " \"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\","
    " \"text\": {\"length\": 5, \"zlib\": \"eJzLSM3JyQcABiwCFQ==\"}}], \"@graph\": []}",
  };
  g_autoptr (GPtrArray) corrections = NULL;
  g_autofree char *path = g_build_filename (f->folder, "bad.json", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (path, bad[i], -1, NULL));
      g_assert_false (dra_library_import (f->library, file, NULL, NULL, &error));
      g_assert_nonnull (error);
      g_assert_null (strchr (error->message, '\n'));
    }
  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (path, odd[i], -1, NULL));
      g_assert_true (dra_library_import (f->library, file, NULL, NULL, &error));
      g_assert_no_error (error);
    }
  corrections = dra_library_load_corrections (f->library, NULL, NULL, NULL);
  g_assert_cmpuint (corrections->len, ==, 0);
  g_assert_cmpuint (n_found (f, ""), ==, 0);
}

/* Dated backups, no more than there should be, and the way back and forth. */
static void
test_backups (Fixture       *f,
              gconstpointer  data G_GNUC_UNUSED)
{
  g_autoptr (DraNote) first = fixture_note (f->article, "Ada", "First");
  g_autoptr (DraNote) second = fixture_note (f->article, "Zürich", "Second");
  g_autoptr (GPtrArray) backups = NULL;
  g_autofree char *oldest = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *wrong = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf info;

  /* An empty library needs none. */
  g_assert_true (dra_library_back_up (f->library, 0, &error));
  backups = dra_library_list_backups (f->library);
  g_assert_cmpuint (backups->len, ==, 0);
  g_clear_pointer (&backups, g_ptr_array_unref);

  save (f, f->article, first);
  g_assert_true (dra_library_back_up (f->library, 24 * 3600, &error));
  g_assert_no_error (error);
  /* Not again within a day, and not again without a change. */
  save (f, f->article, second);
  g_assert_true (dra_library_back_up (f->library, 24 * 3600, &error));
  backups = dra_library_list_backups (f->library);
  g_assert_cmpuint (backups->len, ==, 1);
  g_assert_cmpuint (((DraLibraryBackup *) backups->pdata[0])->n_notes, ==, 1);
  oldest = g_strdup (((DraLibraryBackup *) backups->pdata[0])->path);
  g_assert_cmpint (g_stat (oldest, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 077, ==, 0);
  g_clear_pointer (&backups, g_ptr_array_unref);

  g_usleep (1100000); /* backups are told apart by the second */
  dra_library_restore (f->library, oldest, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count (f, f->article), ==, 1);
  backups = dra_library_list_backups (f->library);
  g_assert_cmpuint (backups->len, ==, 2);
  g_assert_cmpuint (((DraLibraryBackup *) backups->pdata[0])->n_notes, ==, 2);

  /* And back: what it was before is there. */
  g_assert_true (dra_library_restore (f->library, ((DraLibraryBackup *) backups->pdata[0])->path, &error));
  g_assert_cmpuint (count (f, f->article), ==, 2);
  reopen (f);
  g_assert_cmpuint (count (f, f->article), ==, 2);
  g_clear_pointer (&backups, g_ptr_array_unref);

  /* What is no library is refused, and the library stays. */
  folder = g_path_get_dirname (oldest);
  wrong = g_build_filename (folder, "library-2099-01-01T00-00-00.sqlite", NULL);
  g_assert_true (g_file_set_contents (wrong, "not a library, but of some length", -1, NULL));
  g_assert_false (dra_library_restore (f->library, wrong, &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (count (f, f->article), ==, 2);
  backups = dra_library_list_backups (f->library);
  for (guint i = 0; i < backups->len; i++)
    g_assert_cmpstr (((DraLibraryBackup *) backups->pdata[i])->path, !=, wrong);
  g_assert_cmpint (g_unlink (wrong), ==, 0);

  /* A bounded number. */
  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *name = g_strdup_printf ("library-2020-01-%02uT00-00-00.sqlite", i + 1);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *bytes = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (oldest, &bytes, &length, NULL));
      g_assert_true (g_file_set_contents (path, bytes, length, NULL));
    }
  g_assert_true (dra_library_delete_note (f->library, dra_note_get_uuid (first), NULL));
  g_assert_true (dra_library_back_up (f->library, -10, NULL));
  g_clear_pointer (&backups, g_ptr_array_unref);
  backups = dra_library_list_backups (f->library);
  g_assert_cmpuint (backups->len, ==, DRA_LIBRARY_MAX_BACKUPS);
}

static void
test_long_body (Fixture       *f,
                gconstpointer  data G_GNUC_UNUSED)
{
  g_autofree char *body = g_strnfill (20 * 1024 * 1024, 'x');
  g_autoptr (DraNote) note = fixture_note (f->article, "Ada", body);
  g_autoptr (GPtrArray) notes = NULL;

  save (f, f->article, note);
  reopen (f);
  notes = fixture_load (f->library, f->article);
  g_assert_cmpuint (notes->len, ==, 1);
  g_assert_true (dra_note_equal (notes->pdata[0], note));
}

typedef struct
{
  GString *order;
  guint n_done;
  GPtrArray *notes;
} Results;

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Results *results = user_data;
  g_autoptr (GError) error = NULL;

  g_assert_true (dra_library_save_note_finish (DRA_LIBRARY (object), result, &error));
  g_assert_no_error (error);
  g_string_append_c (results->order, 's');
  results->n_done++;
}

static void
deleted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Results *results = user_data;

  g_assert_true (dra_library_delete_note_finish (DRA_LIBRARY (object), result, NULL));
  g_string_append_c (results->order, 'd');
  results->n_done++;
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Results *results = user_data;
  g_autoptr (GError) error = NULL;

  results->notes = dra_library_load_notes_finish (DRA_LIBRARY (object), result, &error);
  g_assert_no_error (error);
  g_string_append_c (results->order, 'l');
  results->n_done++;
}

static void
cancelled_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  Results *results = user_data;
  g_autoptr (GError) error = NULL;

  g_assert_false (dra_library_save_note_finish (DRA_LIBRARY (object), result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_string_append_c (results->order, 'c');
  results->n_done++;
}

/* Queued work is done in the order of the calls; a saved note is a copy. */
static void
test_async (Fixture       *f,
            gconstpointer  data G_GNUC_UNUSED)
{
  g_autoptr (DraNote) note = fixture_note (f->article, "Ada", "one");
  g_autoptr (DraNote) gone = fixture_note (f->article, "Zürich", "gone");
  g_autoptr (DraNote) merged = fixture_note (f->article, "Nobody", "merged");
  g_autoptr (DraNote) never = fixture_note (f->article, "else", "never");
  g_autoptr (GPtrArray) merge = g_ptr_array_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GString) order = g_string_new (NULL);
  Results results = { order, 0, NULL };

  g_ptr_array_add (merge, merged);
  g_cancellable_cancel (cancellable);
  dra_library_save_note_async (f->library, f->article, note, NULL, saved_cb, &results);
  dra_note_set_body (note, "changed after the call");
  dra_library_save_note_async (f->library, f->article, gone, NULL, saved_cb, &results);
  dra_library_save_note_async (f->library, f->article, never, cancellable, cancelled_cb, &results);
  dra_library_delete_note_async (f->library, dra_note_get_uuid (gone), NULL, deleted_cb, &results);
  dra_library_load_notes_async (f->library, f->article, merge, NULL, loaded_cb, &results);
  while (results.n_done < 5)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpstr (order->str, ==, "sscdl");
  g_assert_cmpuint (results.notes->len, ==, 2);
  g_assert_cmpstr (dra_note_get_body (fixture_find (results.notes, dra_note_get_uuid (note))), ==, "one");
  g_assert_nonnull (fixture_find (results.notes, dra_note_get_uuid (merged)));
  g_ptr_array_unref (results.notes);
}

/* flush() and then no main loop at all, as when the program ends. */
static void
test_flush (Fixture       *f,
            gconstpointer  data G_GNUC_UNUSED)
{
  g_autoptr (GString) order = g_string_new (NULL);
  Results results = { order, 0, NULL };
  g_autoptr (DraLibrary) second = NULL;
  g_autoptr (GPtrArray) notes = NULL;

  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (DraNote) note = fixture_note (f->article, "Ada", "queued");

      dra_library_save_note_async (f->library, f->article, note, NULL, saved_cb, &results);
    }
  dra_library_flush (f->library);
  g_assert_cmpuint (results.n_done, ==, 0);
  second = fixture_open (f->path);
  notes = fixture_load (second, f->article);
  g_assert_cmpuint (notes->len, ==, 50);

  while (results.n_done < 50)
    g_main_context_iteration (NULL, TRUE);
}

static gpointer
save_many (gpointer user_data)
{
  Fixture *f = user_data;

  for (guint i = 0; i < 40; i++)
    {
      g_autoptr (DraNote) note = fixture_note (f->article, "Ada", "from a thread");
      g_autoptr (GPtrArray) notes = NULL;

      save (f, f->article, note);
      notes = fixture_load (f->library, f->article);
      g_assert_nonnull (fixture_find (notes, dra_note_get_uuid (note)));
    }
  return NULL;
}

static void
test_threads (Fixture       *f,
              gconstpointer  data G_GNUC_UNUSED)
{
  GThread *threads[4];

  for (guint i = 0; i < 4; i++)
    threads[i] = g_thread_new ("test", save_many, f);
  for (guint i = 0; i < 4; i++)
    g_thread_join (threads[i]);
  g_assert_cmpuint (count (f, f->article), ==, 160);
}

/* The last reference is dropped by whoever finishes last, which may be the writer. */
static void
test_dispose (Fixture       *f,
              gconstpointer  data G_GNUC_UNUSED)
{
  for (guint round = 0; round < 30; round++)
    {
      DraLibrary *library = fixture_open (f->path);
      g_autoptr (DraNote) note = fixture_note (f->article, "Ada", "x");

      for (guint i = 0; i < 3; i++)
        dra_library_save_note_async (library, f->article, note, NULL, NULL, NULL);
      g_object_unref (library);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  /* Queued work keeps its library alive: nothing is dropped, it is only done later. */
  for (guint i = 0; i < 1000 && count (f, f->article) < 30; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (10000);
    }
  g_assert_cmpuint (count (f, f->article), ==, 30);
}

static void
test_default_path (void)
{
  g_autofree char *expected = g_build_filename (g_get_user_data_dir (), "dramatis", "library.sqlite", NULL);
  g_autoptr (DraLibrary) library = fixture_open (NULL);

  g_assert_cmpstr (dra_library_get_path (library), ==, expected);
  g_assert_true (g_file_test (expected, G_FILE_TEST_IS_REGULAR));
  g_assert_null (dra_library_get_notice (library));
  g_assert_false (dra_library_is_read_only (library));
}

int
main (int   argc,
      char *argv[])
{
  char *home = dra_test_mkdtemp ();
  int result;

  /* Not G_TEST_OPTION_ISOLATE_DIRS, which leaks; before anything has asked for it. */
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/library/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("save-load", test_save_load);
  ADD ("update-delete", test_update_delete);
  ADD ("deleted-bytes", test_deleted_bytes);
  ADD ("identity", test_identity);
  ADD ("replaced", test_replaced);
  ADD ("merge", test_merge);
  ADD ("deleted-stays", test_deleted_stays);
  ADD ("origin", test_origin);
  ADD ("entity-notes", test_entity_notes);
  ADD ("find", test_find);
  ADD ("exchange", test_exchange);
  ADD ("import-bad", test_import_bad);
  ADD ("backups", test_backups);
  ADD ("long-body", test_long_body);
  ADD ("async", test_async);
  ADD ("flush", test_flush);
  ADD ("threads", test_threads);
  ADD ("dispose", test_dispose);
  g_test_add_func ("/library/default-path", test_default_path);
  result = g_test_run ();
  dra_test_rmtree (home);
  return result;
}
