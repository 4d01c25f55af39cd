/* test-document-corpus.c: office documents and books that others made, against other tools.
 *
 * Every file has to open or to be refused in one sentence; the text is compared with what
 * another converter made of it, by token F1: bags of words in lower case, each character of
 * Chinese, Japanese and Korean a word.  Prints the mean of each format and asserts a floor.
 * The floor of RTF is low because that converter mistakes code pages and leaves tables out.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "dra-test-readers.h"
#include "dra-test.h"
#include "readers/dra-docx-reader.h"
#include "readers/dra-epub-reader.h"
#include "readers/dra-fb2-reader.h"
#include "readers/dra-odt-reader.h"
#include "readers/dra-rtf-reader.h"

typedef struct
{
  const char *folder;
  const char *suffix;
  DraReadFunc read;
  double      floor;      /* of the mean token F1 */
  guint       max_failed; /* files that may be refused: they are encrypted, cut or no such file */
} Format;

static const Format formats[] = {
#ifdef DRA_HAVE_ARCHIVE
  { "docx", ".docx", dra_docx_read, .98, 7 },
  { "epub", ".epub", dra_epub_read, .92, 1 },
  { "odt", ".odt", dra_odt_read, .94, 5 },
#endif
  { "fb2", ".fb2", dra_fb2_read, .91, 0 },
  { "rtf", ".rtf", dra_rtf_read, .79, 1 },
};

static gboolean
is_cjk (gunichar c)
{
  return (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7AF)
         || (c >= 0xF900 && c <= 0xFAFF);
}

static void
add_word (GHashTable *bag,
          const char *start,
          const char *end)
{
  char *word = g_strndup (start, (gsize) (end - start));
  gint n = GPOINTER_TO_INT (g_hash_table_lookup (bag, word));

  g_hash_table_insert (bag, word, GINT_TO_POINTER (n + 1));
}

static GHashTable *
make_bag (const char *text)
{
  GHashTable *bag = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *folded = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL_COMPOSE);
  g_autofree char *lower = g_utf8_strdown (folded, -1);
  const char *start = NULL;
  const char *p;

  for (p = lower; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean word = g_unichar_isalnum (c) && !is_cjk (c);

      if (start != NULL && !word)
        add_word (bag, start, p);
      start = word ? (start != NULL ? start : p) : NULL;
      if (is_cjk (c))
        add_word (bag, p, g_utf8_next_char (p));
    }
  if (start != NULL)
    add_word (bag, start, p);

  return bag;
}

static double
score (const char *text,
       const char *gold)
{
  g_autoptr (GHashTable) a = make_bag (text);
  g_autoptr (GHashTable) b = make_bag (gold);
  GHashTableIter iter;
  gpointer word, n;
  double common = 0, n_a = 0, n_b = 0;

  g_hash_table_iter_init (&iter, a);
  while (g_hash_table_iter_next (&iter, &word, &n))
    {
      n_a += GPOINTER_TO_INT (n);
      common += MIN (GPOINTER_TO_INT (n), GPOINTER_TO_INT (g_hash_table_lookup (b, word)));
    }
  g_hash_table_iter_init (&iter, b);
  while (g_hash_table_iter_next (&iter, NULL, &n))
    n_b += GPOINTER_TO_INT (n);
  if (n_a == 0 && n_b == 0)
    return 1;

  return common == 0 ? 0 : 2 * common / (n_a + n_b);
}

/* What a reader sees: list markers, numbers of footnotes and alternative texts as well. */
static char *
visible_text (DraArticle *article)
{
  GString *all = g_string_new (NULL);
  const char *text = dra_article_get_text (article, NULL);
  guint n_blocks;
  const DraBlock *blocks = dra_article_get_blocks (article, &n_blocks);

  for (guint i = 0; i < n_blocks; i++)
    {
      if (blocks[i].label != NULL && blocks[i].kind != DRA_BLOCK_TABLE_ROW)
        g_string_append_printf (all, "%s ", blocks[i].label);
      g_string_append_len (all, text + blocks[i].range.start, (gssize) dra_range_length (blocks[i].range));
      g_string_append_c (all, '\n');
    }

  return g_string_free (all, FALSE);
}

/* The F1, or -1 without a text to compare with, -2 when the file was refused. */
static double
read_one (const Format *format,
          const char   *folder,
          const char   *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *gold_path = g_strconcat (path, ".gold.txt", NULL);
  g_autofree char *data = NULL;
  g_autofree char *gold = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DraReading) reading = NULL;
  gsize length;
  double f1 = -1;

  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  bytes = g_bytes_new_take (g_steal_pointer (&data), length);
  reading = format->read (bytes, name, NULL, &error);
  if (reading == NULL)
    {
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, name));
      g_test_message ("%s: %s", format->folder, error->message);
      return -2;
    }
  dra_test_check_article (reading->article);
  text = visible_text (reading->article);
  if (g_file_get_contents (gold_path, &gold, NULL, NULL))
    f1 = score (text, gold);
  if (f1 >= 0 && f1 < .9)
    g_test_message ("%.3f %s", f1, name);

  return f1;
}

static void
test_format (gconstpointer data)
{
  const Format *format = data;
  g_autofree char *relative = g_build_filename ("corpus", "open", format->folder, NULL);
  g_autofree char *folder = dra_test_shared (relative);
  g_autoptr (GDir) dir = NULL;
  const char *name;
  double sum = 0;
  guint n = 0, n_scored = 0, n_failed = 0;

  if (folder == NULL)
    return;
  dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      double f1;

      if (!g_str_has_suffix (name, format->suffix))
        continue;
      f1 = read_one (format, folder, name);
      n++;
      n_failed += f1 == -2;
      n_scored += f1 >= 0;
      sum += MAX (f1, 0);
    }
  g_assert_cmpuint (n_scored, >, 0);
  g_test_message ("%s: %u files, %u refused, mean token F1 of %u: %.4f", format->folder, n, n_failed,
                  n_scored, sum / n_scored);
  g_assert_cmpuint (n_failed, <=, format->max_failed);
  g_assert_cmpfloat (sum / n_scored, >=, format->floor);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *path = g_strconcat ("/documents/corpus/", formats[i].folder, NULL);

      g_test_add_data_func (path, &formats[i], test_format);
    }

  return g_test_run ();
}
