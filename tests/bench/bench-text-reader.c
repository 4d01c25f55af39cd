/* bench-text-reader.c: how fast plain text is read, and in how much memory.
 *
 * Each case runs in a process of its own, so that its peak memory is its own.  Prints one
 * line a case: the text, its size, MB/s of CPU time over the whole way from bytes to an
 * article, and the peak of resident memory over that of a process that has the bytes only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "readers/dra-reader-registry.h"

static const char *const words[] = {
  "the", "harbour", "council", "said", "on", "Monday", "that", "Anna", "Berg", "of", "Acme", "Holdings",
  "would", "keep", "a", "ferry", "for", "ten", "years", "in", "Port", "Ellery", "and", "nobody", "won",
};

typedef enum
{
  PARAGRAPHS, /* a line each, with blank lines between */
  WRAPPED,    /* at 72 columns */
  ONE_LINE,
  SHORT_LINES,
  LEGACY,     /* Windows-1252 */
  N_SHAPES,
} Shape;

static const char *const names[] = { "paragraphs", "wrapped", "one line", "short lines", "windows-1252" };

static GBytes *
make_text (Shape shape,
           gsize size)
{
  GString *text = g_string_sized_new (size + 1024);
  guint32 state = 1;
  gsize column = 0, n = 0;

  while (text->len < size)
    {
      const char *word;
      gboolean stop;

      if (shape == SHORT_LINES)
        {
          g_string_append (text, "a\n");
          continue;
        }
      state = state * 1664525 + 1013904223;
      word = words[(state >> 16) % G_N_ELEMENTS (words)];
      stop = (state >> 8) % 16 == 0;
      n++;
      if (shape == WRAPPED && column + strlen (word) + 2 > 72)
        {
          text->str[text->len - 1] = '\n';
          column = 0;
        }
      g_string_append (text, word);
      if (shape == LEGACY && n % 40 == 0)
        g_string_append (text, "\xe9t\xe9\x97");
      g_string_append (text, stop ? ". " : " ");
      column += strlen (word) + (stop ? 2 : 1);
      if (stop && n % 5 == 0 && shape != ONE_LINE)
        {
          g_string_append (text, "\n\n");
          column = 0;
        }
    }

  return g_string_free_to_bytes (text);
}

static double
cpu_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec + now.tv_nsec / 1e9;
}

static long
peak_kib (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

static void
run (Shape shape,
     gsize size)
{
  g_autoptr (GBytes) bytes = make_text (shape, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (DraReading) reading = NULL;
  long before = peak_kib ();
  double start = cpu_seconds (), seconds;
  guint n_blocks;

  reading = dra_reader_registry_read_bytes (bytes, "bench.txt", NULL, NULL, &error);
  if (reading == NULL)
    g_error ("%s", error->message);
  seconds = cpu_seconds () - start;
  dra_article_get_blocks (reading->article, &n_blocks);
  printf ("%-13s %4.0f MB: %7.1f MB/s, %7.3f s, %6.1f MB more at the peak (%.1f times the text), %u blocks\n",
          names[shape], size / 1e6, size / 1e6 / seconds, seconds, (peak_kib () - before) / 1024.0,
          (peak_kib () - before) * 1024.0 / size, n_blocks);
}

int
main (void)
{
  static const gsize sizes[] = { 1000000, 10000000, 50000000 };

  for (guint shape = 0; shape < N_SHAPES; shape++)
    for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
      {
        pid_t child;
        int status;

        fflush (stdout);
        child = fork ();
        if (child == 0)
          {
            run ((Shape) shape, sizes[i]);
            fflush (stdout);
            _exit (0);
          }
        if (child < 0 || waitpid (child, &status, 0) != child || status != 0)
          return 1;
      }

  return 0;
}
