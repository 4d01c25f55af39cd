/* library-fixture.c: what the test programs of the library share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "library-fixture.h"

#include <string.h>

#include "article/dra-article-builder.h"

DraArticle *
fixture_article (const char *text,
                 const char *uri)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();

  dra_article_builder_set_metadata (builder, DRA_METADATA_SOURCE_URI, uri);
  dra_article_builder_set_metadata (builder, DRA_METADATA_TITLE, "A title");
  dra_article_builder_take_lines (builder, g_strdup (text), strlen (text));
  return dra_article_builder_build (builder);
}

DraArticle *
fixture_long_article (guint       n_paragraphs,
                      const char *uri)
{
  static const char *const nouns[] = { "minister", "court", "harbour", "report", "bridge", "union" };
  static const char *const verbs[] = { "rejected", "welcomed", "delayed", "praised", "inspected" };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint i = 0; i < n_paragraphs; i++)
    {
      for (guint k = 0; k < 5; k++)
        g_string_append_printf (text, "The %s of ward %u %s the %s in year %u. ",
                                nouns[g_rand_int_range (random, 0, G_N_ELEMENTS (nouns))],
                                g_rand_int_range (random, 0, 100000),
                                verbs[g_rand_int_range (random, 0, G_N_ELEMENTS (verbs))],
                                nouns[g_rand_int_range (random, 0, G_N_ELEMENTS (nouns))],
                                g_rand_int_range (random, 1900, 2026));
      g_string_append_printf (text, "Paragraph %u ends.\n", i);
    }
  return fixture_article (text->str, uri);
}

DraNote *
fixture_note (DraArticle *article,
              const char *words,
              const char *body)
{
  const char *text = dra_article_get_text (article, NULL);
  const char *found = strstr (text, words);
  DraNote *note;

  g_assert_nonnull (found);
  note = dra_note_new_for_passage (article, (DraRange) { found - text, found - text + strlen (words) });
  dra_note_set_body (note, body);
  return note;
}

DraLibrary *
fixture_open (const char *path)
{
  g_autoptr (GError) error = NULL;
  DraLibrary *library = dra_library_open (path, &error);

  g_assert_no_error (error);
  g_assert_nonnull (library);
  return library;
}

GPtrArray *
fixture_load (DraLibrary *library,
              DraArticle *article)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *notes = dra_library_load_notes (library, article, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (notes);
  return notes;
}

DraNote *
fixture_find (GPtrArray  *notes,
              const char *uuid)
{
  for (guint i = 0; i < notes->len; i++)
    if (strcmp (dra_note_get_uuid (notes->pdata[i]), uuid) == 0)
      return notes->pdata[i];

  return NULL;
}
