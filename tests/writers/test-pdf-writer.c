/* test-pdf-writer.c: copies as PDF, read by another program.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <poppler.h>
#include <string.h>

#include "dra-test.h"
#include "readers/dra-reader-registry.h"
#include "writer-fixtures.h"
#include "writers/dra-pages.h"
#include "writers/dra-writer.h"

/* Not every version of poppler-glib has these. */
typedef PopplerDocument Document;
typedef PopplerPage Page;
typedef PopplerIndexIter Outline;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Document, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Page, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Outline, poppler_index_iter_free)

static PopplerDocument *
open_copy (DraArticle *article,
           DraCast    *cast,
           GPtrArray  *notes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = dra_writer_find ("pdf")->write (article, cast, notes, NULL, &error);
  PopplerDocument *document;

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (g_bytes_get_data (bytes, NULL), "%PDF-"));
  document = poppler_document_new_from_bytes (bytes, NULL, &error);
  g_assert_no_error (error);

  return document;
}

/* All words of all pages, one blank between two. */
static char *
get_words (PopplerDocument *document)
{
  g_autoptr (GString) all = g_string_new (NULL);
  g_auto (GStrv) words = NULL;
  g_autoptr (GString) out = g_string_new (NULL);

  for (int i = 0; i < poppler_document_get_n_pages (document); i++)
    {
      g_autoptr (Page) page = poppler_document_get_page (document, i);
      g_autofree char *text = poppler_page_get_text (page);

      g_string_append_printf (all, "%s\n", text);
    }
  words = g_strsplit_set (all->str, " \n\f", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_string_append_printf (out, "%s ", words[i]);

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
test_news (void)
{
  g_autoptr (DraArticle) article = fixture_news ();
  g_autoptr (DraCast) cast = fixture_news_cast (article);
  g_autoptr (GPtrArray) notes = fixture_news_notes (article);
  g_autoptr (Document) document = open_copy (article, cast, notes);
  g_autofree char *words = get_words (document);
  g_autofree char *title = poppler_document_get_title (document);
  g_autofree char *author = poppler_document_get_author (document);
  g_autofree char *creator = poppler_document_get_creator (document);
  static const char *const expected[] = {
    "The Lamp on Skerry Point ", "Maud Ferrant · 3 November 2025 · The Coast Gazette ",
    "For ninety years somebody has lit the lamp.", "“We were never asked,” said Pascal Dure.",
    "[Image: The lighthouse at dusk, \"unlit\"] ", "thy lamp is low, ", "Over the start of another.",
    "People and Organizations People ", "Oona Halloran, Keeper · page 1 ",
    "Board of Lights · page 1 ", "About the whole article Written before the election. ",
    "“lamp --on” page 1 · money, to check", NULL,
  };

  g_assert_cmpstr (title, ==, "The Lamp on Skerry Point");
  g_assert_cmpstr (author, ==, "Maud Ferrant");
  g_assert_true (g_str_has_prefix (creator, "Dramatis "));
  for (guint i = 0; expected[i] != NULL; i++)
    if (strstr (words, expected[i]) == NULL)
      g_error ("“%s” is not in “%s”", expected[i], words);
}

static guint
count_outline (PopplerIndexIter *iter)
{
  guint n = 0;

  do
    {
      g_autoptr (Outline) child = poppler_index_iter_get_child (iter);

      n += 1 + (child != NULL ? count_outline (child) : 0);
    }
  while (poppler_index_iter_next (iter));

  return n;
}

/* An outline, links to the web and between notes and passages, fonts inside, tags. */
static void
test_structure (void)
{
  g_autoptr (DraArticle) article = fixture_news ();
  g_autoptr (DraCast) cast = fixture_news_cast (article);
  g_autoptr (GPtrArray) notes = fixture_news_notes (article);
  g_autoptr (Document) document = open_copy (article, cast, notes);
  g_autoptr (Outline) outline = poppler_index_iter_new (document);
  PopplerStructureElementIter *structure = poppler_structure_element_iter_new (document);
  PopplerFontInfo *fonts = poppler_font_info_new (document);
  PopplerFontsIter *font = NULL;
  guint n_web = 0, n_inside = 0;

  g_assert_nonnull (outline);
  g_assert_cmpuint (count_outline (outline), ==, 5);
  g_assert_nonnull (structure);
  poppler_structure_element_iter_free (structure);

  for (int i = 0; i < poppler_document_get_n_pages (document); i++)
    {
      g_autoptr (Page) page = poppler_document_get_page (document, i);
      GList *links = poppler_page_get_link_mapping (page);

      for (GList *l = links; l != NULL; l = l->next)
        {
          PopplerAction *action = ((PopplerLinkMapping *) l->data)->action;

          if (action->type == POPPLER_ACTION_URI)
            {
              n_web++;
              g_assert_true (g_str_equal (action->uri.uri, "https://lights.example/board")
                             || g_str_equal (action->uri.uri, "mailto:keeper@lights.example"));
            }
          else
            n_inside++;
        }
      poppler_page_free_link_mapping (links);
    }
  g_assert_cmpuint (n_web, >=, 2);
  g_assert_cmpuint (n_inside, >=, 8);

  g_assert_true (poppler_font_info_scan (fonts, 100, &font));
  do
    g_assert_true (poppler_fonts_iter_is_embedded (font));
  while (poppler_fonts_iter_next (font));
  poppler_fonts_iter_free (font);
  poppler_font_info_free (fonts);
}

/* Anything at all gives pages. */
static void
test_random (void)
{
  for (guint seed = 1; seed <= 12; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr (DraArticle) article = seed % 4 == 0   ? fixture_news ()
                                       : seed % 4 == 1 ? fixture_hostile ()
                                       : seed % 4 == 2 ? fixture_tables ()
                                                       : fixture_arabic ();
      g_autoptr (DraCast) cast = fixture_random_cast (article, rand);
      g_autoptr (GPtrArray) notes = fixture_random_notes (article, cast, rand, seed * 6);
      g_autoptr (Document) document = open_copy (article, cast, notes);

      g_assert_cmpint (poppler_document_get_n_pages (document), >=, 1);
    }
}

static void
test_options (void)
{
  g_autoptr (DraArticle) article = fixture_news ();
  g_autoptr (DraCast) cast = fixture_news_cast (article);
  g_autoptr (GPtrArray) notes = fixture_news_notes (article);

  for (guint i = 0; i < 8; i++)
    {
      DraPagesOptions options;
      g_autoptr (DraPages) pages = NULL;
      g_autoptr (GError) error = NULL;
      guint n_headings, n = 3;

      dra_pages_options_init (&options);
      options.marks = (i & 1) != 0;
      options.notes = (i & 2) != 0;
      options.cast = (i & 4) != 0;
      pages = dra_pages_new (article, cast, notes, &options, NULL, &error);
      g_assert_no_error (error);
      dra_pages_get_headings (pages, &n_headings);
      n += options.notes ? 1 : 0;
      n += options.cast ? 1 : 0;
      g_assert_cmpuint (n_headings, ==, n);
    }
}

/* Lines stay on their pages: nothing below the bottom, no page but the last half empty. */
static void
test_long (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (DraArticle) article = NULL;
  g_autoptr (Document) document = NULL;
  g_autofree char *words = NULL;
  int n_pages;

  for (guint i = 0; i < 50; i++)
    {
      for (guint j = 0; j < 12; j++)
        g_string_append_printf (text, "Paragraph %u has a sentence %u of some length in it. ", i, j);
      g_string_append_c (text, '\n');
    }
  /* One that is longer than what is laid out at once. */
  for (guint i = 0; i < 1200; i++)
    g_string_append_printf (text, "word%u ", i);
  article = fixture_lines (text->str);
  document = open_copy (article, NULL, NULL);
  n_pages = poppler_document_get_n_pages (document);
  g_assert_cmpint (n_pages, >, 8);
  g_assert_cmpint (n_pages, <, 30);
  words = get_words (document);
  g_assert_nonnull (strstr (words, "word598 word599 word600 "));
  g_assert_nonnull (strstr (words, "Paragraph 49 has a sentence 11 of some length in it. "));
  for (int i = 0; i < n_pages; i++)
    {
      g_autoptr (Page) page = poppler_document_get_page (document, i);
      PopplerRectangle *rectangles = NULL;
      guint n = 0;
      double width, height, lowest = 0;

      poppler_page_get_size (page, &width, &height);
      g_assert_true (poppler_page_get_text_layout (page, &rectangles, &n));
      for (guint j = 0; j < n; j++)
        {
          g_assert_cmpfloat (rectangles[j].x1, >=, 0);
          g_assert_cmpfloat (rectangles[j].x2, <=, width);
          g_assert_cmpfloat (rectangles[j].y2, <=, height);
          if (rectangles[j].y2 < height - 60)
            lowest = MAX (lowest, rectangles[j].y2);
        }
      if (i + 1 < n_pages)
        g_assert_cmpfloat (lowest, >, height * 0.8);
      g_free (rectangles);
    }
}

/* A note longer than a page, and more notes on one line than a margin holds. */
static void
test_many_notes (void)
{
  g_autoptr (DraArticle) article = fixture_news ();
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *long_body = g_strnfill (20000, 'x');
  g_autoptr (Document) document = NULL;
  g_autofree char *words = NULL;

  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *body = g_strdup_printf ("Thought%u about it.", i);

      g_ptr_array_add (notes, fixture_note (article, "lit the lamp", DRA_NOTE_BLUE, body));
    }
  g_ptr_array_add (notes, fixture_note (article, "on Sunday", DRA_NOTE_PINK, long_body));
  document = open_copy (article, NULL, notes);
  words = get_words (document);
  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *body = g_strdup_printf ("Thought%u about it.", i);

      g_assert_nonnull (strstr (words, body));
    }
}

/* Notes stand there as they read, in the margin and in the list. */
static void
test_note_body (void)
{
  g_autoptr (DraArticle) article = fixture_news ();
  g_autoptr (GPtrArray) notes = fixture_news_notes (article);
  g_autoptr (Document) document = NULL;
  g_autofree char *words = NULL;
  const char *first;

  dra_note_set_body (notes->pdata[0], "**Bold** word and `code`\n- item");
  document = open_copy (article, NULL, notes);
  words = get_words (document);
  first = strstr (words, "Bold word and code");
  g_assert_nonnull (first);
  g_assert_nonnull (strstr (first + 1, "Bold word and code"));
  g_assert_nonnull (strstr (words, "• item") != NULL ? words : strstr (words, "•\u00A0item"));
  g_assert_null (strstr (words, "**Bold"));
}

static void
test_cancelled (void)
{
  g_autoptr (DraArticle) article = fixture_news ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (dra_writer_find ("pdf")->write (article, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Some texts of the open corpus, of many languages: the first words are on the first page. */
static void
test_corpus (void)
{
  g_autofree char *path = dra_test_shared ("corpus/open/txt");
  g_autoptr (GDir) dir = NULL;
  const char *name;
  guint n_seen = 0, n_read = 0;

  if (path == NULL)
    return;
  dir = g_dir_open (path, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file_path = g_build_filename (path, name, NULL);
      g_autoptr (GFile) file = g_file_new_for_path (file_path);
      g_autoptr (DraReading) reading = NULL;
      g_autoptr (GRand) rand = g_rand_new_with_seed (g_str_hash (name));
      g_autoptr (DraCast) cast = NULL;
      g_autoptr (GPtrArray) notes = NULL;
      g_autoptr (Document) document = NULL;

      if (g_str_has_suffix (name, ".json") || ++n_seen % 24 != 0)
        continue;
      reading = dra_reader_registry_read (file, "text", NULL, NULL);
      if (reading == NULL)
        continue;
      n_read++;
      cast = fixture_random_cast (reading->article, rand);
      notes = fixture_random_notes (reading->article, cast, rand, 8);
      document = open_copy (reading->article, cast, notes);
      g_assert_cmpint (poppler_document_get_n_pages (document), >=, 1);
    }
  g_test_message ("%u texts", n_read);
  g_assert_cmpuint (n_read, >, 4);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/pdf-writer/news", test_news);
  g_test_add_func ("/pdf-writer/structure", test_structure);
  g_test_add_func ("/pdf-writer/random", test_random);
  g_test_add_func ("/pdf-writer/options", test_options);
  g_test_add_func ("/pdf-writer/long", test_long);
  g_test_add_func ("/pdf-writer/many-notes", test_many_notes);
  g_test_add_func ("/pdf-writer/note-body", test_note_body);
  g_test_add_func ("/pdf-writer/cancelled", test_cancelled);
  g_test_add_func ("/pdf-writer/corpus", test_corpus);

  return g_test_run ();
}
