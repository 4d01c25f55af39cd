/* test-text-big.c: large and hostile texts are read in linear time and bounded memory.
 *
 * Each reading is done in a process of its own, whose CPU time and peak memory are then
 * known.  Time is compared with that of a tenth of the text, generously: what the test
 * is to catch is a cost that grows with the square, which would be a hundredfold.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "dra-test-readers.h"

#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define MIB (1024.0 * 1024.0)

#ifdef __has_feature
#if __has_feature (address_sanitizer)
#define WITH_SANITIZER 1
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#define WITH_SANITIZER 1
#endif

typedef struct
{
  const char *name;
  const char *head;    /* once, at the start */
  const char *piece;   /* again and again */
  gsize       length;  /* of piece */
  gsize       size;    /* of the text, in bytes */
} Case;

#define PIECE(s) s, sizeof s - 1
#define PROSE \
  "Anna Berg of Acme Holdings spoke in Oslo on Monday, and the committee that met there\n" \
  "did not say when it would answer the letter that the mayor had sent in the spring of\n" \
  "the year.\n\n"

static const Case cases[] = {
  { "prose", "A Title\n\n", PIECE (PROSE), 50000000 },
  { "one-line", "", PIECE ("Anna Berg met Acme Holdings in Oslo. "), 50000000 },
  { "one-word", "", PIECE ("A"), 5000000 },
  { "short-lines", "", PIECE ("a\n"), 10000000 },
  { "short-paragraphs", "", PIECE ("a\n\n"), 5000000 },
  { "newlines", "a", PIECE ("\n"), 10000000 },
  { "spaces", "a", PIECE (" "), 10000000 },
  { "zeros", "Text.\n", PIECE ("\0"), 10000000 },
  { "quotes", "", PIECE (">"), 5000000 },
  { "quote-lines", "", PIECE ("> > a\n> b\n"), 5000000 },
  { "bullets", "", PIECE ("- a\n  - b\n"), 5000000 },
  { "deeper", "", PIECE ("- "), 5000000 },
  { "numbers", "", PIECE ("1. a\n"), 5000000 },
  { "rules", "", PIECE ("***\n"), 5000000 },
  { "underlines", "", PIECE ("aaaa\n====\n"), 5000000 },
  { "fences", "", PIECE ("```\n"), 5000000 },
  { "open-fences", "", PIECE ("```\na\n\nb\n"), 5000000 },
  { "tables", "", PIECE ("a\tb\tc\n"), 5000000 },
  { "hyphens", "", PIECE ("The committee that met in the hall of the town was a commit-\ntee of the town, and so it went.\n"), 5000000 },
  { "bars", "", PIECE ("|"), 5000000 },
  { "fields", "", PIECE ("Title: a\n"), 5000000 },
  { "titles", "", PIECE ("A Title\n\n"), 5000000 },
  { "bylines", "", PIECE ("By Jane Doe\n"), 5000000 },
  { "dates", "", PIECE ("March 3, 2024\n"), 5000000 },
  { "caps", "", PIECE ("ANNA BERG\n"), 5000000 },
  { "marks", "Z", PIECE ("\314\201"), 5000000 },
  { "separators", "", PIECE ("a\342\200\250\342\200\251"), 5000000 },
  { "broken", "caf\303\251 ", PIECE ("\303\251\303\251\377"), 5000000 },
  { "legacy", "", PIECE ("caf\351 au lait et th\351 \340 Orl\351ans\n"), 5000000 },
  { "escapes", "", PIECE ("\033$B\044\042"), 5000000 },
  { "tags", "", PIECE ("< "), 5000000 },
  { "comments", "", PIECE ("<!-- a "), 5000000 },
};

typedef struct
{
  double seconds;
  double peak; /* bytes over what the process had with the text alone */
  int    fine;
} Outcome;

static GBytes *
make_text (const Case *item,
           gsize       size)
{
  GString *text = g_string_sized_new (size + 256);

  g_string_append (text, item->head);
  while (text->len < size)
    g_string_append_len (text, item->piece, item->length);

  return g_string_free_to_bytes (text);
}

static void
read_in_child (const Case *item,
               gsize       size,
               int         report)
{
  g_autoptr (GBytes) bytes = make_text (item, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (DraReading) reading = NULL;
  struct rusage before, after;
  Outcome outcome;

  getrusage (RUSAGE_SELF, &before);
  reading = dra_reader_registry_read_bytes (bytes, "big.txt", NULL, NULL, &error);
  getrusage (RUSAGE_SELF, &after);
  outcome.seconds = (after.ru_utime.tv_sec - before.ru_utime.tv_sec)
                    + (after.ru_utime.tv_usec - before.ru_utime.tv_usec) / 1e6
                    + (after.ru_stime.tv_sec - before.ru_stime.tv_sec)
                    + (after.ru_stime.tv_usec - before.ru_stime.tv_usec) / 1e6;
  outcome.peak = (after.ru_maxrss - before.ru_maxrss) * 1024.0;
  if (reading != NULL)
    dra_test_check_article (reading->article);
  outcome.fine = reading != NULL || error != NULL;
  if (write (report, &outcome, sizeof outcome) != sizeof outcome)
    _exit (1);
}

static Outcome
measure (const Case *item,
         gsize       size)
{
  Outcome outcome = { 0 };
  int ends[2], status;
  pid_t child;

  g_assert_cmpint (pipe (ends), ==, 0);
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      read_in_child (item, size, ends[1]);
      _exit (0);
    }
  close (ends[1]);
  g_assert_cmpint (read (ends[0], &outcome, sizeof outcome), ==, sizeof outcome);
  close (ends[0]);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
  g_assert_true (outcome.fine);

  return outcome;
}

static void
test_case (gconstpointer data)
{
  const Case *item = data;
  gsize size = item->size;
  Outcome whole, tenth;

#ifdef WITH_SANITIZER
  size /= 10;
#endif
  whole = measure (item, size);
  tenth = measure (item, size / 10);
  g_test_message ("%s: %.0f MB in %.2f s and %.0f MiB, a tenth of it in %.3f s", item->name, size / 1e6,
                  whole.seconds, whole.peak / MIB, tenth.seconds);
  g_assert_cmpfloat (whole.seconds, <=, 25 * tenth.seconds + 0.5);
#ifndef WITH_SANITIZER /* which has a memory of its own */
  g_assert_cmpfloat (whole.peak, <=, 20.0 * size + 64 * MIB);
#endif
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/text-big/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }

  return g_test_run ();
}
