/* bench-worker.c: what it costs to read in a process of its own.
 *
 * Small articles, each read in this process, in a worker that is started for it, and in one
 * that stood ready, by turns in one run; medians in milliseconds, and the least difference,
 * which is what is left of them when other programs need the processors too.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "dra-test.h"
#include "readers/dra-formats.h"
#include "readers/dra-reader-registry.h"
#include "worker-fixture.h"
#include "worker/dra-worker-client.h"
#include "worker/dra-worker-process.h"

#define RUNS 15
#define TARGET_MS 15.0

typedef DraReading *(*ReadFunc) (GBytes       *bytes,
                                 const char   *name,
                                 const char   *as,
                                 GCancellable *cancellable,
                                 GError      **error);

static double
measure (ReadFunc    read,
         GBytes     *bytes,
         const char *name)
{
  g_autoptr (GError) error = NULL;
  gint64 begin = g_get_monotonic_time ();
  g_autoptr (DraReading) reading = read (bytes, name, NULL, NULL, &error);
  double ms = (double) (g_get_monotonic_time () - begin) / 1000;

  g_assert_no_error (error);
  g_assert_nonnull (reading);

  return ms;
}

static int
compare (const void *a,
         const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
median (double *values)
{
  qsort (values, RUNS, sizeof *values, compare);

  return values[RUNS / 2];
}

static void
run (GBytes     *bytes,
     const char *name)
{
  double here[RUNS], started[RUNS], ready[RUNS];
  double in_process, in_started, in_ready, least;

  for (guint i = 0; i < RUNS; i++)
    {
      here[i] = measure (dra_reader_registry_read_bytes, bytes, name);
      started[i] = measure (dra_worker_read_bytes, bytes, name);
      dra_worker_start_spare ();
      g_usleep (150 * 1000);
      ready[i] = measure (dra_worker_read_bytes, bytes, name);
    }
  in_process = median (here);
  in_started = median (started);
  in_ready = median (ready);
  least = ready[0] - here[0]; /* both are sorted now */
  g_print ("%-14s %7.2f %9.2f %7.2f %7.2f %7.2f  %s\n", name, in_process, in_started, in_ready,
           in_ready - in_process, least, in_ready - in_process <= TARGET_MS ? "ok" : "MISSED");
}

int
main (void)
{
  static const char *const fixtures[][2] = {
    { "tests/fixtures/copies/version-1.html", "copy.html" },
    { "tests/fixtures/documents/ferry.fb2", "ferry.fb2" },
    { "tests/fixtures/documents/ferry.fodt", "ferry.fodt" },
    { "tests/fixtures/documents/ferry.rtf", "ferry.rtf" },
    { "tests/fixtures/markdown/ferry.md", "ferry.md" },
  };

  dra_formats_provide ();
  g_print ("ms, median of %d; the target is %.0f more than in the process\n", RUNS, TARGET_MS);
  g_print ("%-14s %7s %9s %7s %7s %7s\n", "article", "in here", "started", "ready", "more", "least");
  for (guint i = 0; i < G_N_ELEMENTS (fixtures); i++)
    {
      g_autoptr (GBytes) bytes = worker_load (fixtures[i][0]);

      run (bytes, fixtures[i][1]);
    }
#ifdef DRA_HAVE_PDF
  {
    g_autoptr (GBytes) bytes = worker_make_pdf (
      "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>",
      "BT /F 24 Tf 72 700 Td (The ferry is late) Tj ET BT /F 12 Tf 72 660 Td (It was late on Monday.) Tj ET");

    run (bytes, "paper.pdf");
  }
#endif

  return 0;
}
