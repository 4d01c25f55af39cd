/* test-hyphenator.c: where words may be divided, by dictionaries made here.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-hyphenator.h"
#include "app/dra-text-layout.h"
#include "article/dra-article-builder.h"
#include "dra-test.h"

#include <glib/gstdio.h>
#include <string.h>

#define SHY "\xc2\xad"

/* Divides before each "ba" and "go", and never so that one letter is left. */
static const char patterns[] = "LEFTHYPHENMIN 2\nRIGHTHYPHENMIN 2\n1ba\n1go\n";

static char *
write_dictionary (const char *folder,
                  const char *name,
                  const char *charset,
                  const char *more)
{
  char *path = g_build_filename (folder, name, NULL);
  g_autofree char *content = g_strconcat (charset, "\n", patterns, more, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, content, -1, &error);
  g_assert_no_error (error);
  return path;
}

static gboolean
is_supported (void)
{
  if (dra_hyphenator_is_supported ())
    return TRUE;
  g_test_skip ("built without libhyphen");
  return FALSE;
}

static void
assert_found (const char *const *folders,
              const char        *language,
              const char        *name)
{
  g_autofree char *path = dra_hyphenator_find (language, folders);
  g_autofree char *found = path != NULL ? g_path_get_basename (path) : NULL;

  g_assert_cmpstr (found, ==, name);
}

static void
test_find (void)
{
  g_autofree char *folder = dra_test_mkdtemp ();
  const char *const folders[] = { "/nonexistent", folder, NULL };
  static const char *const names[] = { "hyph_en_US.dic", "hyph_en_GB.dic", "hyph_de_DE.dic",
                                       "hyph_pt_BR.dic", "hyph_nl.dic", "hyph_x.txt" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_free (write_dictionary (folder, names[i], "UTF-8", ""));
  assert_found (folders, "en", "hyph_en_US.dic");
  assert_found (folders, "en-GB", "hyph_en_GB.dic");
  assert_found (folders, "en-ZA", "hyph_en_US.dic");
  assert_found (folders, "de", "hyph_de_DE.dic");
  assert_found (folders, "pt", "hyph_pt_BR.dic");
  assert_found (folders, "nl-BE", "hyph_nl.dic");
  assert_found (folders, "fr", NULL);
  assert_found (folders, "und", NULL);
  assert_found (folders, "../x", NULL);
  assert_found (folders, "", NULL);
  assert_found (folders, NULL, NULL);
  dra_test_rmtree (g_steal_pointer (&folder));
}

static void
assert_divided (DraHyphenator *hyphenator,
                const char    *text,
                const char    *expected)
{
  g_autoptr (GString) divided = g_string_new (NULL);
  g_autoptr (GArray) positions = g_array_new (FALSE, FALSE, sizeof (gsize));
  g_autofree char *shown = NULL;
  g_auto (GStrv) parts = NULL;
  gsize at = 100;

  dra_hyphenator_append (hyphenator, text, strlen (text), divided, positions, at);
  parts = g_strsplit (divided->str, SHY, -1);
  shown = g_strjoinv ("|", parts);
  g_assert_cmpstr (shown, ==, expected);

  g_assert_cmpuint (positions->len, ==, MAX (1, g_strv_length (parts)) - 1);
  for (guint i = 0; i < positions->len; i++)
    {
      at += (gsize) g_utf8_strlen (parts[i], -1);
      g_assert_cmpuint (g_array_index (positions, gsize, i), ==, at);
    }
}

static void
test_words (void)
{
  g_autofree char *folder = dra_test_mkdtemp ();
  g_autofree char *english = write_dictionary (folder, "hyph_en_US.dic", "UTF-8", "");
  g_autofree char *german = write_dictionary (folder, "hyph_de_DE.dic", "UTF-8", "");
  /* In this one an e with an acute is one byte. */
  g_autofree char *french
    = write_dictionary (folder, "hyph_fr_FR.dic", "ISO8859-1", "\3511t\n");
  g_autoptr (DraHyphenator) hyphenator = NULL;

  if (!is_supported ())
    {
      dra_test_rmtree (g_steal_pointer (&folder));
      return;
    }

  hyphenator = dra_hyphenator_new (english);
  g_assert_nonnull (hyphenator);
  assert_divided (hyphenator, "rubarba gargoba", "ru|bar|ba gar|go|ba");
  assert_divided (hyphenator, "(rubarba), “gargoba”!", "(ru|bar|ba), “gar|go|ba”!");
  assert_divided (hyphenator, "the gargoba's end", "the gar|go|ba's end");
  assert_divided (hyphenator, "gargoba—rubarba", "gar|go|ba—ru|bar|ba");
  /* Short words, names, what is no word, and what is one already divided. */
  assert_divided (hyphenator, "bagob Rubarba RUBARBA rubArba", "bagob Rubarba RUBARBA rubArba");
  assert_divided (hyphenator, "www.rubarba.example/gargoba", "www.rubarba.example/gargoba");
  assert_divided (hyphenator, "rubarba2 rubarba-gargoba 3.5", "rubarba2 rubarba-gargoba 3.5");
  assert_divided (hyphenator, "", "");
  assert_divided (hyphenator, "  ... — 漢字漢字漢字漢字 ", "  ... — 漢字漢字漢字漢字 ");
  g_clear_object (&hyphenator);

  hyphenator = dra_hyphenator_new (german);
  assert_divided (hyphenator, "Rubarba RUBARBA", "Ru|bar|ba RUBARBA");
  g_clear_object (&hyphenator);

  hyphenator = dra_hyphenator_new (french);
  assert_divided (hyphenator, "l’évététine rébarba", "l’évé|té|tine ré|bar|ba");
  assert_divided (hyphenator, "漢rubarba", "漢rubarba"); /* not in its character set */
  g_clear_object (&hyphenator);

  g_assert_null (dra_hyphenator_new ("/nonexistent/hyph_en_US.dic"));
  dra_test_rmtree (g_steal_pointer (&folder));
}

/* Every offset of a divided text, there and back, however it is cut into chunks. */
static void
test_layout (void)
{
  g_autofree char *folder = dra_test_mkdtemp ();
  g_autofree char *path = write_dictionary (folder, "hyph_en_US.dic", "UTF-8", "");
  g_autoptr (DraHyphenator) hyphenator = dra_hyphenator_new (path);
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (DraArticle) article = NULL;
  gsize length;

  dra_test_rmtree (g_steal_pointer (&folder));
  if (!is_supported ())
    return;
  dra_article_builder_begin_block (builder, DRA_BLOCK_HEADING, 1, NULL);
  dra_article_builder_add_text (builder, "A rubarba of headings", -1);
  dra_article_builder_end_block (builder);
  for (guint i = 0; i < 900; i++)
    g_string_append (text, i % 5 == 0 ? "é rubarba " : "gargobagargoba “rubarba” ");
  for (guint i = 0; i < 3000; i++) /* a cut that needs a line break of its own */
    g_string_append (text, "漢");
  dra_article_builder_begin_block (builder, DRA_BLOCK_PARAGRAPH, 0, NULL);
  dra_article_builder_add_text (builder, text->str, -1);
  dra_article_builder_end_block (builder);
  article = dra_article_builder_build (builder);
  dra_article_get_text (article, &length);

  for (gsize wanted = 50; wanted < length * 2; wanted = wanted * 2 + 1)
    {
      g_autoptr (DraTextLayout) layout = dra_text_layout_new (article, hyphenator);
      g_autoptr (GString) buffer = g_string_new (NULL);
      gsize at = 0, n = 0;

      for (gsize start = 0, end; start < length; start = end)
        {
          end = dra_text_layout_next_chunk (layout, start, wanted);
          dra_text_layout_append (layout, (DraRange) { start, end }, buffer);
        }
      g_assert_true (g_str_has_prefix (buffer->str, "A rubarba of headings\n"));
      g_assert_cmpuint (dra_text_layout_get_length (layout), ==,
                        (gsize) g_utf8_strlen (buffer->str, -1));
      g_assert_cmpuint (dra_text_layout_get_length (layout), >,
                        dra_article_get_n_code_points (article) + 2000);
      for (const char *p = buffer->str; *p != '\0'; p = g_utf8_next_char (p), n++)
        {
          gsize offset = dra_text_layout_to_article (layout, n);

          g_assert_cmpuint (offset, ==, at);
          if (g_str_has_prefix (p, SHY))
            continue;
          if (*p == '\n' && dra_article_get_text (article, NULL)[at] != '\n'
              && dra_article_get_text (article, NULL)[at] != ' ')
            continue; /* of the buffer's own */
          g_assert_cmpuint (dra_text_layout_to_buffer (layout, at), ==, n);
          at = (gsize) (g_utf8_next_char (dra_article_get_text (article, NULL) + at)
                        - dra_article_get_text (article, NULL));
        }
      g_assert_cmpuint (at, ==, length);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hyphenator/find", test_find);
  g_test_add_func ("/hyphenator/words", test_words);
  g_test_add_func ("/hyphenator/layout", test_layout);
  return g_test_run ();
}
