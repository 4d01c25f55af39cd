/* bench-prose.c: the marked news articles of the shared data, one after the other.
 *
 * Where there is more to fill than there are articles they come again with the letters of
 * their family names moved on, so that the number of different names grows with the text,
 * as it does in a real one.  Without the shared data the text is made up.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bench-prose.h"

#include <string.h>

#include "dra-test.h"

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char *
read_articles (void)
{
  g_autofree char *folder = dra_test_shared ("recognizer/news");
  g_autoptr (GDir) dir = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  GString *all;
  const char *name;

  if (dir == NULL)
    return NULL;
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".txt"))
      g_ptr_array_add (names, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (names, compare_names);
  all = g_string_new (NULL);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *text = NULL;

      if (g_file_get_contents (g_ptr_array_index (names, i), &text, NULL, NULL))
        g_string_append_printf (all, "%s\n\n", text);
    }
  if (all->len == 0)
    return g_string_free (all, TRUE), NULL;
  return g_string_free (all, FALSE);
}

/* Names and words in the proportions of a news article. */
static char *
make_articles (void)
{
  static const char *const names[] = {
    "Maria Delgado", "Peter O'Connor", "Tomasz Kowalski", "Ibrahim Salisu", "Delgado", "O'Connor",
    "the Ministry of Finance", "Acme Industries", "the BBC", "Nairobi", "Spain", "New Zealand",
    "the National Farmers' Union (NFU)", "President Kowalski", "Mr. Salisu", "Lake Victoria",
  };
  static const char *const verbs[] = {
    "said on Tuesday that", "told reporters", "declined to say whether", "had earlier agreed that",
    "was among those who argued", "will ask next week if", "reported that in 2019",
  };
  static const char *const rests[] = {
    "the price of maize would rise by 12.5 percent before the harvest",
    "nobody in the village had been asked about the new road across the marsh",
    "“we are doing all that can be done,” although little had changed since then",
    "a review of the contracts, which are worth $3 million, was not yet complete",
  };
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  GString *text = g_string_new ("Farmers Ask Ministry For Help As Prices Rise\n");

  for (guint i = 0; text->len < 2000000; i++)
    g_string_append_printf (text, "%s %s %s, %s and %s.%s",
                            names[g_rand_int_range (random, 0, G_N_ELEMENTS (names))],
                            verbs[g_rand_int_range (random, 0, G_N_ELEMENTS (verbs))],
                            rests[g_rand_int_range (random, 0, G_N_ELEMENTS (rests))],
                            names[g_rand_int_range (random, 0, G_N_ELEMENTS (names))],
                            rests[g_rand_int_range (random, 0, G_N_ELEMENTS (rests))],
                            i % 3 == 2 ? "\n" : " ");
  return g_string_free (text, FALSE);
}

/* Moves on the vowels of each capitalised word of five letters and more that follows another
 * capitalised word. */
static void
append_renamed (GString    *text,
                const char *all,
                gsize       size,
                guint       round)
{
  static const char vowels[] = "aeiou";
  gboolean after_capital = FALSE;

  for (const char *p = all; *p != '\0' && text->len < size;)
    {
      gsize n = strcspn (p, " \n") + 1, start = text->len;
      gboolean capital = g_ascii_isupper (*p);

      n = MIN (n, strlen (p));
      g_string_append_len (text, p, n);
      if (after_capital && capital && n > 5)
        for (gsize i = start + 1; i < text->len; i++)
          {
            const char *vowel = strchr (vowels, text->str[i]);

            if (vowel != NULL && text->str[i] != '\0')
              text->str[i] = vowels[(vowel - vowels + round) % 5];
          }
      after_capital = capital;
      p += n;
    }
}

/* bench_prose: a text of size bytes or a little less, cut where a line ends when that is
 * near; real says whether it is real prose. */
char *
bench_prose (gsize     size,
             gboolean *real)
{
  static char *all;
  static gboolean is_real;
  GString *text;
  const char *end;

  if (all == NULL)
    {
      all = read_articles ();
      is_real = all != NULL;
      if (!is_real)
        all = make_articles ();
    }
  *real = is_real;
  text = g_string_new_len (all, MIN (size, strlen (all)));
  for (guint round = 1; text->len < size && round < 1000; round++)
    append_renamed (text, all, size, round);
  if (text->len > size)
    g_string_truncate (text, size);
  end = strrchr (text->str, '\n');
  if (end != NULL && (gsize) (end - text->str) > size / 2)
    g_string_truncate (text, end - text->str);
  while (text->len > 0 && !g_utf8_validate_len (text->str, text->len, NULL))
    g_string_truncate (text, text->len - 1);
  return g_string_free (text, FALSE);
}
