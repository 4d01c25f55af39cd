/* test-library-identity.c: articles change, and their notes are found and placed again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "article/dra-article-builder.h"
#include "dra-test.h"
#include "library-fixture.h"
#include "library/dra-library.h"

#define URI "file:///home/a/ferry.txt"
#define TITLE "Ferry company says it was never asked\n"
#define BEFORE "The island council met on Monday to discuss the new timetable. Its chair opened the meeting late. "
#define PASSAGE "The company would rather lose the licence than sail in winter"
#define AFTER ", said its director. Fishermen from three villages had come to listen, and most of them stayed until the end."
#define ELSE "\nNobody from the ministry of transport answered any of the questions that were sent to it.\n"

typedef struct
{
  char *folder;
  DraLibrary *library;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data G_GNUC_UNUSED)
{
  g_autofree char *path = NULL;

  f->folder = dra_test_mkdtemp ();
  path = g_build_filename (f->folder, "library.sqlite", NULL);
  f->library = fixture_open (path);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data G_GNUC_UNUSED)
{
  dra_test_finalize (f->library);
  dra_test_rmtree (f->folder);
}

static DraArticle *
titled_article (const char *text,
                const char *uri,
                const char *title)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();

  dra_article_builder_set_metadata (builder, DRA_METADATA_SOURCE_URI, uri);
  dra_article_builder_set_metadata (builder, DRA_METADATA_TITLE, title);
  dra_article_builder_take_lines (builder, g_strdup (text), strlen (text));
  return dra_article_builder_build (builder);
}

/* Opens a form of the article and returns the state of its only note. */
static DraAnchorState
open_form (Fixture     *f,
           const char  *text,
           char       **covered)
{
  g_autoptr (DraArticle) article = fixture_article (text, URI);
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (GError) error = NULL;
  const char *reason;
  DraRange range;
  DraAnchorState state;

  g_assert_true (dra_library_add_article (f->library, article, &error));
  notes = fixture_load (f->library, article);
  g_assert_cmpuint (notes->len, ==, 1);
  state = dra_note_get_anchor (notes->pdata[0], &range, &reason);
  g_test_message ("%s", reason);
  *covered = dra_article_dup_range (article, range);
  return state;
}

static void
keep_note (Fixture    *f,
           const char *text,
           const char *words)
{
  g_autoptr (DraArticle) article = fixture_article (text, URI);
  g_autoptr (DraNote) note = fixture_note (article, words, "Kept");
  g_autoptr (GError) error = NULL;

  g_assert_true (dra_library_add_article (f->library, article, &error));
  g_assert_true (dra_library_save_note (f->library, article, note, &error));
  g_assert_no_error (error);
}

/* The text it was made in is in the library: what is new right beside a passage does not
 * unsettle its note, and what is new on both sides does not hide it. */
static void
test_beside (Fixture       *f,
             gconstpointer  data G_GNUC_UNUSED)
{
  g_autofree char *one = NULL;
  g_autofree char *both = NULL;
  g_autofree char *removed = NULL;

  keep_note (f, TITLE BEFORE PASSAGE AFTER ELSE, PASSAGE);
  g_assert_cmpint (open_form (f, TITLE BEFORE "Then he read a letter out. " PASSAGE AFTER ELSE, &one), ==,
                   DRA_ANCHOR_EXACT);
  g_assert_cmpstr (one, ==, PASSAGE);
  g_assert_cmpint (open_form (f, TITLE BEFORE "He read: \"" PASSAGE ", and that is that\"" AFTER ELSE, &both), ==,
                   DRA_ANCHOR_MOVED);
  g_assert_cmpstr (both, ==, PASSAGE);
  g_assert_cmpint (open_form (f, TITLE BEFORE AFTER ELSE, &removed), ==, DRA_ANCHOR_LOST);
}

/* A short passage whose surroundings are gone is offered where its words stand alone. */
static void
test_short (Fixture       *f,
            gconstpointer  data G_GNUC_UNUSED)
{
  g_autofree char *covered = NULL;

  keep_note (f, TITLE BEFORE PASSAGE AFTER ELSE, "licence");
  g_assert_cmpint (open_form (f, TITLE "Whether the licence is worth it nobody can tell." ELSE, &covered), ==,
                   DRA_ANCHOR_UNSURE);
  g_assert_cmpstr (covered, ==, "licence");
}

/* What is lost is looked for again whenever the text changes. */
static void
test_retried (Fixture       *f,
              gconstpointer  data G_GNUC_UNUSED)
{
  g_autofree char *gone = NULL;
  g_autofree char *back = NULL;

  keep_note (f, TITLE BEFORE PASSAGE AFTER ELSE, PASSAGE);
  g_assert_cmpint (open_form (f, TITLE ELSE, &gone), ==, DRA_ANCHOR_LOST);
  g_assert_cmpint (open_form (f, TITLE ELSE BEFORE PASSAGE AFTER "\n", &back), ==, DRA_ANCHOR_EXACT);
  g_assert_cmpstr (back, ==, PASSAGE);
}

/* The selectors, with the version of the text rules, are those of the first text throughout. */
static void
test_text_version (Fixture       *f,
                   gconstpointer  data G_GNUC_UNUSED)
{
  g_autoptr (DraArticle) changed = fixture_article (TITLE ELSE BEFORE PASSAGE AFTER "\n", URI);
  g_autoptr (DraArticle) first = fixture_article (TITLE BEFORE PASSAGE AFTER ELSE, URI);
  g_autoptr (GPtrArray) notes = NULL;

  keep_note (f, TITLE BEFORE PASSAGE AFTER ELSE, PASSAGE);
  g_assert_true (dra_library_add_article (f->library, changed, NULL));
  notes = fixture_load (f->library, changed);
  g_assert_cmpuint (notes->len, ==, 1);
  g_assert_cmpuint (dra_note_get_text_version (notes->pdata[0]), ==, DRA_ARTICLE_TEXT_VERSION);
  g_assert_cmpstr (dra_note_get_text_hash (notes->pdata[0]), ==, dra_article_get_hash (first));
  g_assert_cmpstr (dra_note_get_quote (notes->pdata[0])->exact, ==, PASSAGE);
}

/* The same article from another place and in another form: lines broken, a paragraph less, and
 * other words around it.  Nothing but its title and its words leads to its notes. */
static void
test_alike (Fixture       *f,
            gconstpointer  data G_GNUC_UNUSED)
{
  g_autoptr (DraArticle) first = titled_article (BEFORE PASSAGE AFTER ELSE, "file:///home/a/ferry.html", "Ferry");
  g_autoptr (DraArticle) again = titled_article ("Ferry\n" BEFORE PASSAGE AFTER "\nShare this\n", "file:///home/b/ferry.txt", "Ferry");
  g_autoptr (DraArticle) other = titled_article ("Nothing of it was ever said by anyone, as far as the paper knows, "
                                                 "and what was written here before is not here any longer. The weather "
                                                 "will be fine on Tuesday, the paper adds, and it will rain on Wednesday.\n",
                                                 "file:///home/b/other.txt", "Ferry");
  g_autoptr (DraArticle) untitled = titled_article ("X\n" BEFORE PASSAGE AFTER "\nShare this\n", "file:///home/c/x.txt", "X");
  g_autoptr (DraNote) kept = fixture_note (first, PASSAGE, "Kept");
  g_autoptr (DraNote) gone = fixture_note (first, "Nobody from the ministry", "Its paragraph is not in the other");

  g_assert_true (dra_library_save_note (f->library, first, kept, NULL));
  g_assert_true (dra_library_save_note (f->library, first, gone, NULL));
  for (guint i = 0; i < 2; i++) /* the second time the library knows the text */
    {
      g_autoptr (GPtrArray) notes = fixture_load (f->library, again);
      DraRange range;

      g_assert_cmpuint (notes->len, ==, 2);
      g_assert_cmpint (dra_note_get_anchor (fixture_find (notes, dra_note_get_uuid (kept)), &range, NULL), <=,
                       DRA_ANCHOR_MOVED);
      g_assert_cmpuint (dra_range_length (range), ==, strlen (PASSAGE));
      g_assert_cmpint (dra_note_get_anchor (fixture_find (notes, dra_note_get_uuid (gone)), NULL, NULL), ==,
                       DRA_ANCHOR_LOST);
    }
  {
    g_autoptr (GPtrArray) none = fixture_load (f->library, other);
    g_autoptr (GPtrArray) nothing = fixture_load (f->library, untitled);

    g_assert_cmpuint (none->len, ==, 0);
    g_assert_cmpuint (nothing->len, ==, 0);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/library-identity/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("beside", test_beside);
  ADD ("short", test_short);
  ADD ("retried", test_retried);
  ADD ("text-version", test_text_version);
  ADD ("alike", test_alike);
  return g_test_run ();
}
