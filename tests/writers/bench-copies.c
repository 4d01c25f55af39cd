/* bench-copies.c: time and memory of writing and reading annotated copies, by size.
 *
 * Prints a line a size; the ratio of the last two shows whether growth is linear.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "article/dra-article-builder.h"
#include "readers/dra-formats.h"
#include "readers/dra-reader-registry.h"
#include "writer-fixtures.h"
#include "writers/dra-writer.h"

#define PARAGRAPH \
  "Keeper Oona Halloran of the Board of Lights said on Monday that the lamp would go out. " \
  "Halloran, who is 61, has kept it since 1990, when Pascal Dure was the mayor of Skerry. " \
  "The Ministry of Ports did not answer a letter, nor did the Board, and so it ends. "

static double
cpu_seconds (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);

  return (double) usage.ru_utime.tv_sec + (double) usage.ru_utime.tv_usec / 1e6
         + (double) usage.ru_stime.tv_sec + (double) usage.ru_stime.tv_usec / 1e6;
}

/* Of this program alone: getrusage() would count what was before exec(). */
static double
peak_megabytes (void)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL)
      || (line = strstr (status, "VmHWM:")) == NULL)
    return 0;

  return g_ascii_strtod (line + strlen ("VmHWM:"), NULL) / 1024.0;
}

static DraArticle *
make_article (gsize size)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();

  while (dra_article_builder_get_length (builder) < size)
    {
      dra_article_builder_begin_block (builder, DRA_BLOCK_PARAGRAPH, 0, NULL);
      dra_article_builder_add_text (builder, PARAGRAPH, -1);
      dra_article_builder_end_block (builder);
    }

  return dra_article_builder_build (builder);
}

static GBytes *
write_copy (gsize size)
{
  static const char *const names[] = {
    "p:Oona Halloran|Halloran|role=Keeper", "o:Board of Lights|Board", "p:Pascal Dure",
    "o:Ministry of Ports", "l:Skerry", NULL,
  };
  g_autoptr (DraArticle) article = make_article (size);
  g_autoptr (DraCast) cast = fixture_cast (article, names);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (GPtrArray) notes = fixture_random_notes (article, cast, rand, 200);
  double start = cpu_seconds ();
  GBytes *bytes = dra_writer_find ("html")->write (article, cast, notes, NULL, NULL);

  g_print ("# %5.1f MB of text: written in %.3f s of CPU, a copy of %.1f MB\n",
           (double) size / 1e6, cpu_seconds () - start, (double) g_bytes_get_size (bytes) / 1e6);

  return bytes;
}

/* Every other format, at ten times the size from one line to the next. */
static void
measure_writing (const DraWriter *writer)
{
  static const gsize sizes[] = { 10000, 100000, 1000000 };
  static const char *const names[] = {
    "p:Oona Halloran|Halloran|role=Keeper", "o:Board of Lights|Board", "p:Pascal Dure", NULL,
  };
  double last = 0;

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (DraArticle) article = make_article (sizes[i]);
      g_autoptr (DraCast) cast = fixture_cast (article, names);
      g_autoptr (GRand) rand = g_rand_new_with_seed (1);
      g_autoptr (GPtrArray) notes = fixture_random_notes (article, cast, rand, 50);
      double start = cpu_seconds ();
      g_autoptr (GBytes) bytes = writer->write (article, cast, notes, NULL, NULL);
      double spent = cpu_seconds () - start;

      g_assert_nonnull (bytes);
      g_print ("# %-8s %4.2f MB of text: %7.1f ms of CPU", writer->id, (double) sizes[i] / 1e6,
               spent * 1e3);
      if (last > 0)
        g_print (", %4.1f times as long", spent / last);
      g_print ("\n");
      last = spent;
    }
}

/* In a process of its own, so that the peak of memory is that of reading alone. */
static void
read_copy (const char *path)
{
  pid_t child = fork ();

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      execl ("/proc/self/exe", "bench-copies", path, NULL);
      _exit (127);
    }
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
}

static int
measure_reading (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (DraReading) reading = NULL;
  double before = peak_megabytes ();
  double start = cpu_seconds ();

  reading = dra_reader_registry_read (file, NULL, NULL, &error);
  g_assert_no_error (error);
  g_print ("#                   read in %.3f s of CPU, %.0f MB of memory at most\n",
           cpu_seconds () - start, peak_megabytes () - before);

  return 0;
}

int
main (int    argc,
      char **argv)
{
  static const gsize sizes[] = { 10000, 1000000, 10000000, 20000000 };
  guint n_writers;
  const DraWriter *const *writers = dra_writer_list (&n_writers);

  dra_formats_provide ();
  if (argc > 1)
    return measure_reading (argv[1]);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GBytes) bytes = write_copy (sizes[i]);
      g_autoptr (GError) error = NULL;
      g_autofree char *path = NULL;
      int fd = g_file_open_tmp ("bench-XXXXXX.html", &path, &error);

      g_assert_no_error (error);
      close (fd);
      g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                           (gssize) g_bytes_get_size (bytes), &error);
      g_assert_no_error (error);
      read_copy (path);
      unlink (path);
    }
  for (guint i = 1; i < n_writers; i++)
    measure_writing (writers[i]);

  return 0;
}
