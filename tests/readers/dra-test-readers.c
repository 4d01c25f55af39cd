/* dra-test-readers.c: what the tests of the readers share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "dra-test-readers.h"

#include <string.h>
#include <time.h>

#include "readers/dra-encoding.h"

DraReading *
dra_test_read (const char *data,
               gssize      length,
               const char *as)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length >= 0 ? (gsize) length : strlen (data));
  g_autoptr (GError) error = NULL;
  DraReading *reading = dra_reader_registry_read_bytes (bytes, "test.txt", as, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (reading);
  dra_test_check_article (reading->article);

  return reading;
}

DraReading *
dra_test_read_with (DraReadFunc  read,
                    GBytes      *bytes)
{
  g_autoptr (GError) error = NULL;
  DraReading *reading = read (bytes, "test.file", NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (reading);
  dra_test_check_article (reading->article);

  return reading;
}

DraReading *
dra_test_read_text (DraReadFunc  read,
                    const char  *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));

  return dra_test_read_with (read, bytes);
}

static void
test_case (gconstpointer data)
{
  const DraTestCase *row = data;
  g_autoptr (DraReading) reading = dra_test_read_text (row->read, row->text);
  g_autofree char *dump = dra_test_dump (reading->article);

  g_assert_cmpstr (dump, ==, row->dump);
}

void
dra_test_add_cases (const char        *prefix,
                    const DraTestCase *cases,
                    guint              n_cases)
{
  for (guint i = 0; i < n_cases; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%s", prefix, cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
}

double
dra_test_cpu_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);

  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

void
dra_test_check_linear (DraReadFunc  read,
                       const char  *head,
                       const char  *part,
                       const char  *tail,
                       guint        n)
{
  double seconds[2];

  for (guint i = 0; i < 2; i++)
    {
      GString *file = g_string_new (head);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (DraReading) reading = NULL;
      double start;

      for (guint k = 0; k < (i == 0 ? n : 10 * n); k++)
        g_string_append (file, part);
      g_string_append (file, tail);
      bytes = g_string_free_to_bytes (file);
      start = dra_test_cpu_seconds ();
      reading = read (bytes, "big.file", NULL, NULL);
      seconds[i] = dra_test_cpu_seconds () - start;
      g_assert_nonnull (reading);
    }
  g_test_message ("%.3f s, ten times as much %.3f s", seconds[0], seconds[1]);
  g_assert_cmpfloat (seconds[1], <, 12 * seconds[0] + 0.5);
}

char *
dra_test_dump (DraArticle *article)
{
  static const struct { const char *name; DraMetadata which; } names[] = {
    { "title", DRA_METADATA_TITLE }, { "byline", DRA_METADATA_BYLINE },
    { "published", DRA_METADATA_PUBLISHED }, { "site", DRA_METADATA_SITE },
    { "language", DRA_METADATA_LANGUAGE }, { "origin", DRA_METADATA_ORIGIN_URI },
    { "type", DRA_METADATA_SOURCE_TYPE },
  };
  GString *dump = g_string_new (NULL);
  const char *text = dra_article_get_text (article, NULL);
  guint n_blocks;
  const DraBlock *blocks = dra_article_get_blocks (article, &n_blocks);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *value = dra_article_get_metadata (article, names[i].which);

      if (value != NULL)
        g_string_append_printf (dump, "@%s %s\n", names[i].name, value);
    }
  for (guint i = 0; i < n_blocks; i++)
    {
      g_autofree char *block = g_strndup (text + blocks[i].range.start, dra_range_length (blocks[i].range));
      g_auto (GStrv) lines = g_strsplit (block, "\342\200\250", -1);
      g_autofree char *shown = g_strjoinv ("¶", lines);

      g_string_append (dump, dra_block_kind_to_string (blocks[i].kind));
      if (blocks[i].level > 0)
        g_string_append_printf (dump, " %u", blocks[i].level);
      if (blocks[i].label != NULL)
        g_string_append_printf (dump, " [%s]", blocks[i].label);
      g_string_append_printf (dump, ": %s\n", shown);
    }

  return g_string_free (dump, FALSE);
}

/* Rules that hold for one block's text. */
static void
check_block (const char     *text,
             const DraBlock *block)
{
  const char *start = text + block->range.start;
  const char *end = text + block->range.end;
  gboolean space = TRUE;

  for (const char *p = start; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\t' && block->kind == DRA_BLOCK_TABLE_ROW)
        {
          space = TRUE;
          continue;
        }
      g_assert_false (c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2029);
      g_assert_false ((c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF));
      if (block->kind != DRA_BLOCK_PREFORMATTED)
        g_assert_false (space && c == ' ');
      space = c == ' ';
    }
  g_assert_cmpint (end[-1], !=, ' ');
}

void
dra_test_check_article (DraArticle *article)
{
  gsize length, previous = 0;
  const char *text = dra_article_get_text (article, &length);
  guint n_blocks;
  const DraBlock *blocks = dra_article_get_blocks (article, &n_blocks);

  g_assert_cmpuint (n_blocks, >, 0);
  g_assert_true (g_utf8_validate_len (text, length, NULL));
  g_assert_cmpint (text[length], ==, '\0');
  for (guint i = 0; i < n_blocks; i++)
    {
      if (i > 0)
        {
          g_assert_cmpuint (blocks[i].range.start, ==, previous + 1);
          g_assert_cmpint (text[previous], ==, '\n');
        }
      else
        g_assert_cmpuint (blocks[i].range.start, ==, 0);
      g_assert_cmpuint (blocks[i].range.end, >, blocks[i].range.start);
      g_assert_cmpuint (blocks[i].range.end, <=, length);
      check_block (text, &blocks[i]);
      previous = blocks[i].range.end;
    }
  g_assert_cmpuint (previous, ==, length);
}

static GString *
only_letters (const char *text,
              gsize       length)
{
  GString *letters = g_string_sized_new (length);

  for (const char *p = text; p < text + length; p = g_utf8_next_char (p))
    if (g_unichar_isalnum (g_utf8_get_char (p)))
      g_string_append_len (letters, p, g_utf8_next_char (p) - p);

  return letters;
}

static GString *
article_letters (DraArticle *article)
{
  GString *all = g_string_new (NULL);
  GString *letters;
  const char *text = dra_article_get_text (article, NULL);
  guint n_blocks;
  const DraBlock *blocks = dra_article_get_blocks (article, &n_blocks);

  for (guint i = 0; i < n_blocks; i++)
    {
      if (blocks[i].label != NULL)
        g_string_append (all, blocks[i].label);
      g_string_append_len (all, text + blocks[i].range.start, dra_range_length (blocks[i].range));
    }
  letters = only_letters (all->str, all->len);
  g_string_free (all, TRUE);

  return letters;
}

char *
dra_test_find_lost_letters (GBytes     *bytes,
                            DraArticle *article)
{
  g_autoptr (GBytes) utf8 = dra_encoding_to_utf8 (bytes, NULL, NULL);
  gsize length, i = 0;
  const char *text = g_bytes_get_data (utf8, &length);
  GString *before = only_letters (text, length);
  GString *after = article_letters (article);
  char *difference = NULL;

  if (before->len != after->len || memcmp (before->str, after->str, before->len) != 0)
    {
      while (before->str[i] == after->str[i] && before->str[i] != '\0')
        i++;
      i = i > 20 ? i - 20 : 0;
      difference = g_strdup_printf ("\"%.60s\" became \"%.60s\"", before->str + i, after->str + i);
    }
  g_string_free (before, TRUE);
  g_string_free (after, TRUE);

  return difference;
}

static gboolean
is_alone (gunichar c)
{
  return (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF)
         || (c >= 0xAC00 && c <= 0xD7AF) || (c >= 0xF900 && c <= 0xFAFF);
}

static void
count_word (GHashTable *words,
            GString    *word,
            gsize      *n)
{
  if (word->len == 0)
    return;
  g_hash_table_insert (words, g_strdup (word->str),
                       GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (words, word->str)) + 1));
  g_string_truncate (word, 0);
  (*n)++;
}

static GHashTable *
count_words (const char *text,
             gsize      *n)
{
  GHashTable *words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GString) word = g_string_new (NULL);
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
  g_autofree char *lower = g_utf8_strdown (normal != NULL ? normal : "", -1);

  *n = 0;
  for (const char *p = lower; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isalnum (c) || is_alone (c))
        count_word (words, word, n);
      if (g_unichar_isalnum (c))
        g_string_append_unichar (word, c);
      if (is_alone (c))
        count_word (words, word, n);
    }
  count_word (words, word, n);

  return words;
}

double
dra_test_word_f1 (const char *text,
                  const char *gold)
{
  gsize n_text, n_gold;
  gsize n_both = 0;
  g_autoptr (GHashTable) a = count_words (text, &n_text);
  g_autoptr (GHashTable) b = count_words (gold, &n_gold);
  GHashTableIter iter;
  gpointer key, value;

  if (n_text + n_gold == 0)
    return 1;
  g_hash_table_iter_init (&iter, a);
  while (g_hash_table_iter_next (&iter, &key, &value))
    n_both += MIN (GPOINTER_TO_UINT (value), GPOINTER_TO_UINT (g_hash_table_lookup (b, key)));

  return 2.0 * n_both / (n_text + n_gold);
}
