/* dra-cli-run.c: one job for each of many files, on all cores, results in order.
 *
 * A worker may be only so many files ahead of the one printed next, so that memory is
 * bounded by the number of cores and not by the number of files.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/dra-cli.h"

#include <string.h>

#define AHEAD 4 /* files per core */

typedef struct
{
  GString *result;
  GError  *error;
  gboolean done;
} Slot;

typedef struct
{
  const char *const *files;
  DraCliJob          job;
  gpointer           data;
  GMutex             mutex;
  GCond              done;
  Slot              *slots;
} Run;

static void
work (gpointer task,
      gpointer data)
{
  Run *run = data;
  guint index = GPOINTER_TO_UINT (task) - 1;
  GError *error = NULL;
  GString *result = run->job (run->data, index, run->files[index], &error);

  g_mutex_lock (&run->mutex);
  run->slots[index] = (Slot){ result, error, TRUE };
  g_cond_signal (&run->done);
  g_mutex_unlock (&run->mutex);
}

static Slot
wait_for (Run   *run,
          guint  index)
{
  Slot slot;

  g_mutex_lock (&run->mutex);
  while (!run->slots[index].done)
    g_cond_wait (&run->done, &run->mutex);
  slot = run->slots[index];
  g_mutex_unlock (&run->mutex);

  return slot;
}

/**
 * dra_cli_run:
 * @files: (array zero-terminated=1): the files
 * @job: makes the result for one of them
 * @data: for @job
 * @separator: goes between two results
 *
 * Prints the result of each file in the order given.  An error is one line on standard
 * error, and the others are still done.
 *
 * Returns: %DRA_CLI_DONE, or %DRA_CLI_FAILED when a file failed
 */
int
dra_cli_run (const char *const *files,
             DraCliJob          job,
             gpointer           data,
             const char        *separator)
{
  guint n_files = g_strv_length ((char **) files);
  guint n_threads = MIN (g_get_num_processors (), n_files);
  Run run = { .files = files, .job = job, .data = data };
  GThreadPool *pool;
  guint n_pushed = 0;
  gboolean any = FALSE;
  int code = DRA_CLI_DONE;

  run.slots = g_new0 (Slot, n_files);
  g_mutex_init (&run.mutex);
  g_cond_init (&run.done);
  pool = g_thread_pool_new (work, &run, (int) n_threads, FALSE, NULL);

  for (guint i = 0; i < n_files; i++)
    {
      Slot slot;

      for (; n_pushed < n_files && n_pushed < i + n_threads * AHEAD; n_pushed++)
        g_thread_pool_push (pool, GUINT_TO_POINTER (n_pushed + 1), NULL);

      slot = wait_for (&run, i);
      if (slot.error != NULL)
        {
          dra_cli_say ("%s", slot.error->message);
          g_error_free (slot.error);
          code = DRA_CLI_FAILED;
        }
      else
        {
          if ((any && !dra_cli_print (separator, strlen (separator)))
              || !dra_cli_print (slot.result->str, slot.result->len))
            code = DRA_CLI_FAILED;
          any = TRUE;
          g_string_free (slot.result, TRUE);
        }
      dra_cli_show_progress (i + 1, n_files);
    }

  dra_cli_clear_progress ();
  g_thread_pool_free (pool, FALSE, TRUE);
  g_mutex_clear (&run.mutex);
  g_cond_clear (&run.done);
  g_free (run.slots);

  return code;
}
