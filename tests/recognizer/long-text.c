/* long-text.c: made-up articles and books of any length, for tests and benchmarks.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "long-text.h"

#include <string.h>

#include "article/dra-article-builder.h"

#define CHAPTER_PARAGRAPHS 60
#define PARAGRAPH_WORDS 75 /* about */

static const char *const given[] = {
  "Anna", "Boris", "Clara", "David", "Elena", "Felix", "Grace", "Hugo", "Irene", "James", "Karen",
  "Louis", "Martha", "Nathan", "Olivia", "Peter", "Ruth", "Samuel", "Teresa", "Victor",
};
static const char *const begins[] = {
  "Whit", "Kow", "Del", "Ark", "Bren", "Cald", "Dor", "Fen", "Gar", "Hol", "Kel", "Lang", "Mor",
  "Nor", "Pem", "Rad", "Stan", "Thorn", "Var", "Win",
};
static const char *const ends[] = {
  "combe", "alski", "gado", "wright", "nan", "well", "man", "ton", "berg", "ley", "mond", "sen",
  "worth", "ster", "field", "brook", "dale", "ford", "ham", "by",
};

static void
append_name (GString *out,
             guint    person,
             gboolean full)
{
  if (full)
    g_string_append_printf (out, "%s ", given[person % G_N_ELEMENTS (given)]);
  g_string_append_printf (out, "%s%s", begins[person / 7 % G_N_ELEMENTS (begins)],
                          ends[person / 140 % G_N_ELEMENTS (ends)]);
}

static void
append_paragraph (GString *out,
                  guint    i)
{
  guint person = i * 3 / 2, friend = i > 40 ? (i * 7 + 11) % (i - 20) : i + 1;

  g_string_append (out, "Late in the autumn the engineer ");
  append_name (out, person, TRUE);
  g_string_append (out, " came back to the valley with the papers of the Northern Survey Office. "
                        "The roads were wet, and nobody had lit the lamps along the river. ");
  append_name (out, person, FALSE);
  g_string_append (out, " told ");
  append_name (out, friend, TRUE);
  g_string_append (out, " that the bridge would not be ready before the spring, and that the money "
                        "was gone. “We shall have to ask the bank once more,” said ");
  append_name (out, friend, FALSE);
  g_string_append (out, ", who had expected nothing else.\n");
}

DraArticle *
long_text_new_book (guint n_words)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  g_autoptr (GString) text = g_string_new ("The Bridge In The Valley\n");
  guint n = n_words / PARAGRAPH_WORDS + 1;
  gsize length;

  for (guint i = 0; i < n; i++)
    {
      if (i % CHAPTER_PARAGRAPHS == 0)
        g_string_append_printf (text, "Chapter %u\n", i / CHAPTER_PARAGRAPHS + 1);
      append_paragraph (text, i);
    }
  length = text->len;
  dra_article_builder_take_lines (builder, g_string_free (g_steal_pointer (&text), FALSE), length);

  return dra_article_builder_build (builder);
}
