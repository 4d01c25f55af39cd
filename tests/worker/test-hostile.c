/* test-hostile.c: files made to break their readers, read as the programs read them.
 *
 * Of the shared data: the broken files of the test suites of parsers, and those that its
 * script makes.  Each must end, in time and within its memory, as an article or as one
 * sentence that names it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "article/dra-error.h"
#include "dra-test-readers.h"
#include "dra-test.h"
#include "worker-fixture.h"
#include "worker/dra-answer.h"
#include "worker/dra-worker-process.h"

/* Seconds of the processor.  Five is what is asked for; sanitizers take their time. */
#define MAX_SECONDS (SANITIZED ? 30 : 5)
#define MAX_MEMORY(size) (20 * (guint64) (size) + 64 * 1024 * 1024) /* bytes */

typedef struct
{
  guint  n_files;
  guint  n_articles;
  guint  n_refused;
  double most_seconds;
  double most_memory; /* as a part of what is allowed */
  char  *slowest;
  char  *largest;
} Sum;

static double
get_seconds (const struct rusage *usage)
{
  return (double) (usage->ru_utime.tv_sec + usage->ru_stime.tv_sec)
         + (double) (usage->ru_utime.tv_usec + usage->ru_stime.tv_usec) / 1e6;
}

static void
note_most (double      *most,
           char       **which,
           double       value,
           const char  *name)
{
  if (value <= *most)
    return;
  *most = value;
  g_free (*which);
  *which = g_strdup (name);
}

static void
check_file (const char *path,
            Sum        *sum)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *content = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (DraReading) reading = NULL;
  g_autoptr (GError) error = NULL;
  const DraReader *reader;
  DraWorkerReport report = { 0 };
  DraRequest request = { .kind = DRA_REQUEST_READ, .name = name };
  gsize size;
  double seconds, memory;

  g_assert_true (g_file_get_contents (path, &content, &size, NULL));
  bytes = g_bytes_new_take (g_steal_pointer (&content), size);
  reader = size > 0 ? dra_reader_registry_choose (bytes, name, NULL, &error) : NULL;
  if (size == 0 || reader == NULL)
    {
      sum->n_refused++;
      return;
    }

  request.as = (char *) reader->id;
  request.content = bytes;
  answer = dra_worker_run (&request, &report, NULL, &error);
  if (answer != NULL)
    reading = dra_answer_read_reading (answer, name, &error);
  if (reading != NULL)
    {
      dra_test_check_article (reading->article);
      sum->n_articles++;
    }
  else
    {
      worker_check_sentence (error, name);
      g_test_message ("%s", error->message);
      sum->n_refused++;
    }

  seconds = get_seconds (&report.usage);
  memory = (double) report.usage.ru_maxrss * 1024 / (double) MAX_MEMORY (size);
  note_most (&sum->most_seconds, &sum->slowest, seconds, name);
  note_most (&sum->most_memory, &sum->largest, memory, name);
  if (seconds > MAX_SECONDS || (memory > 1 && !SANITIZED))
    {
      g_test_message ("%s: %.1f s, %.2f of the memory allowed", name, seconds, memory);
      g_test_fail ();
    }
  /* Out of memory, C++ aborts; a sanitized worker may be ended for its time.  Any other end
   * would need a second look. */
  if (WIFSIGNALED (report.status) && WTERMSIG (report.status) != SIGABRT &&
      !(SANITIZED && (WTERMSIG (report.status) == SIGXCPU || WTERMSIG (report.status) == SIGKILL)))
    {
      g_test_message ("%s: the worker was ended by signal %d", name, WTERMSIG (report.status));
      g_test_fail ();
    }
}

static void
check_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  Sum sum = { 0 };
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_str_has_suffix (name, ".meta.json") || !g_file_test (path, G_FILE_TEST_IS_REGULAR))
        continue;
      sum.n_files++;
      check_file (path, &sum);
    }
  g_test_message ("%u files: %u articles, %u refused; at most %.2f s (%s) and %.2f of the memory "
                  "allowed (%s)", sum.n_files, sum.n_articles, sum.n_refused, sum.most_seconds,
                  sum.slowest, sum.most_memory, sum.largest);
  g_assert_cmpuint (sum.n_articles, >, 0);
  g_assert_cmpuint (sum.n_refused, >, 0);
  g_free (sum.slowest);
  g_free (sum.largest);
}

static void
test_suites (void)
{
  g_autofree char *folder = dra_test_shared ("corpus/open/hostile");

  if (folder != NULL)
    check_folder (folder);
}

static void
test_made (void)
{
  g_autofree char *script = dra_test_shared ("corpus/scripts/gen_hostile.py");
  char *folder;
  const char *argv[] = { "python3", "-B", script, NULL, NULL };
  g_autoptr (GError) error = NULL;
  int status;

  if (script == NULL)
    return;
  folder = dra_test_mkdtemp ();
  argv[3] = folder;
  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL,
                     NULL, NULL, NULL, NULL, &status, &error)
      || status != 0)
    g_test_skip ("the script does not run here");
  else
    check_folder (folder);
  dra_test_rmtree (folder);
}

int
main (int    argc,
      char **argv)
{
  /* Filling what is freed is not what is measured here. */
  g_unsetenv ("MALLOC_PERTURB_");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/hostile/suites", test_suites);
  g_test_add_func ("/hostile/made", test_made);

  return g_test_run ();
}
