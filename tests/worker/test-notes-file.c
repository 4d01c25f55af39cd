/* test-notes-file.c: the notes of a file, for an article that is another one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <string.h>

#include "../writers/writer-fixtures.h"
#include "article/dra-error.h"
#include "dra-test.h"
#include "worker/dra-notes-file.h"
#include "writers/dra-writer.h"

static GFile *
write_file (const char *name,
            const char *data,
            gssize      size)
{
  g_autofree char *folder = dra_test_mkdtemp ();
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, data, size, NULL));

  return g_file_new_for_path (path);
}

static void
delete_file (GFile *file)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);

  g_assert_true (g_file_delete (file, NULL, NULL));
  g_assert_true (g_file_delete (folder, NULL, NULL));
  g_object_unref (file);
}

/* Every copy that carries notes gives them to the article it was made of. */
static void
test_copies (gconstpointer data)
{
  const DraWriter *writer = dra_writer_find (data);
  g_autoptr (DraArticle) article = fixture_news ();
  g_autoptr (DraCast) cast = fixture_news_cast (article);
  g_autoptr (GPtrArray) notes = fixture_news_notes (article);
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strconcat ("copy", writer->suffix, NULL);
  guint n_skipped = 7;
  GFile *file;

  bytes = writer->write (article, cast, notes, NULL, &error);
  g_assert_no_error (error);
  file = write_file (name, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
  found = dra_notes_file_read (article, file, &n_skipped, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_skipped, ==, 0);
  assert_same_notes (notes, found);
  delete_file (file);
}

/* An article that lost a paragraph: its notes are lost, the others have their places. */
static void
test_other_article (void)
{
  static const char all[] = "The lamp was lit at six.\n\nNobody had asked the keeper.\n\nThe council meets in June.\n";
  static const char less[] = "The lamp was lit at six.\n\nThe council meets in June, it says.\n";
  g_autoptr (DraArticle) article = fixture_lines (all);
  g_autoptr (DraArticle) other = fixture_lines (less);
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  guint n_skipped, n_lost = 0;
  GFile *file;

  g_ptr_array_add (notes, fixture_note (article, "lit at six", DRA_NOTE_YELLOW, "When?"));
  g_ptr_array_add (notes, fixture_note (article, "had asked the keeper", DRA_NOTE_GREEN, "Who?"));
  g_ptr_array_add (notes, fixture_note (article, "meets in June", DRA_NOTE_BLUE, "Sure?"));
  bytes = dra_writer_find ("markdown")->write (article, NULL, notes, NULL, &error);
  g_assert_no_error (error);
  file = write_file ("copy.md", g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
  found = dra_notes_file_read (other, file, &n_skipped, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 3);
  for (guint i = 0; i < found->len; i++)
    {
      DraNote *note = found->pdata[i];
      DraRange range;
      gboolean lost = dra_note_get_anchor (note, &range, NULL) == DRA_ANCHOR_LOST;

      g_assert_cmpint (lost, ==, strcmp (dra_note_get_body (note), "Who?") == 0);
      n_lost += lost;
      if (!lost)
        g_assert_cmpint (strncmp (dra_article_get_text (other, NULL) + range.start, dra_note_get_quote (note)->exact,
                                  dra_range_length (range)), ==, 0);
    }
  g_assert_cmpuint (n_lost, ==, 1);
  delete_file (file);
}

static void
assert_refused (const char *name,
                const char *content,
                const char *says)
{
  g_autoptr (DraArticle) article = fixture_news ();
  g_autoptr (GError) error = NULL;
  GFile *file = write_file (name, content, -1);
  guint n_skipped;

  g_assert_null (dra_notes_file_read (article, file, &n_skipped, NULL, &error));
  g_assert_error (error, DRA_ERROR, DRA_ERROR_DAMAGED);
  if (says != NULL)
    g_assert_cmpstr (error->message, ==, says);
  g_assert_null (strchr (error->message, '\n'));
  delete_file (file);
}

static void
test_refused (void)
{
  g_autoptr (DraArticle) article = fixture_news ();
  g_autoptr (GFile) nowhere = g_file_new_for_path ("/nonexistent/notes.json");
  g_autoptr (GError) error = NULL;
  guint n_skipped;

  assert_refused ("article.txt", "Some article\n\nWithout notes.\n", "There are no notes in it.");
  assert_refused ("page.html", "<p>A page.</p>", "There are no notes in it.");
  assert_refused ("notes.json", "\357\273\277 \n[", NULL);
  g_assert_null (dra_notes_file_read (article, nowhere, &n_skipped, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/notes-file/html", "html", test_copies);
  g_test_add_data_func ("/notes-file/markdown", "markdown", test_copies);
  g_test_add_data_func ("/notes-file/tei", "tei", test_copies);
  g_test_add_data_func ("/notes-file/jsonld", "jsonld", test_copies);
  g_test_add_func ("/notes-file/other-article", test_other_article);
  g_test_add_func ("/notes-file/refused", test_refused);

  return g_test_run ();
}
