/* dra-worker-client.c: reads a file, in a worker where a parser library is needed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "worker/dra-worker-client.h"

#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "article/dra-article-private.h"
#include "article/dra-error.h"
#include "readers/dra-load.h"
#include "readers/dra-reader-registry.h"
#include "worker/dra-answer.h"
#include "worker/dra-worker-process.h"

#define SPARE_SECONDS 60 /* what was not needed for so long gives its memory back */

static gint prepared; /* TRUE in a program that wants a worker to stand ready */

G_LOCK_DEFINE_STATIC (spare_timeout);
static guint spare_timeout;

static DraReading *
read_in_worker (GBytes            *bytes,
                const char        *name,
                const char        *as,
                DraReadingExtent   extent,
                GCancellable      *cancellable,
                GError           **error)
{
  DraRequest request = {
    .kind = DRA_REQUEST_READ, .extent = extent, .name = (char *) name, .as = (char *) as, .content = bytes,
  };
  g_autoptr (GBytes) answer = dra_worker_run (&request, NULL, cancellable, error);

  if (g_atomic_int_get (&prepared))
    dra_worker_prepare ();

  return answer != NULL ? dra_answer_read_reading (answer, name, error) : NULL;
}

/* Here what needs no parser library, in a worker what does. */
static DraReading *
read_bytes (GBytes            *bytes,
            const char        *name,
            const char        *as,
            DraReadingExtent   extent,
            GCancellable      *cancellable,
            GError           **error)
{
  const DraReader *reader;

  /* What is in a packed file is told where it is unpacked. */
  if (dra_load_is_packed (bytes))
    return read_in_worker (bytes, name, as, extent, cancellable, error);
  if (g_bytes_get_size (bytes) == 0)
    return dra_reader_registry_read_bytes (bytes, name, as, cancellable, error);

  reader = dra_reader_registry_choose (bytes, name, as, error);
  if (reader == NULL)
    return NULL;
  if (reader->read != NULL)
    {
      /* Who reads text needs no worker: the next to need one waits a few milliseconds. */
      if (g_atomic_int_get (&prepared))
        dra_worker_end_spare ();
      return dra_reader_registry_read_bytes (bytes, name, reader->id, cancellable, error);
    }

  return read_in_worker (bytes, name, reader->id, extent, cancellable, error);
}

/**
 * dra_worker_read_bytes:
 * @bytes: the content of a file
 * @name: its name, for messages and to choose the reader
 * @as: (nullable): id of the reader to use, or %NULL to choose
 * @cancellable: (nullable): a cancellable, which ends a worker at once
 * @error: return location
 *
 * Reads an article that is in memory already.  Sets what dra_reader_registry_read_bytes()
 * sets; whatever goes wrong in the worker is one sentence in %DRA_ERROR that names the file.
 *
 * Returns: (transfer full): the reading, or %NULL with @error set
 */
DraReading *
dra_worker_read_bytes (GBytes        *bytes,
                       const char    *name,
                       const char    *as,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return read_bytes (bytes, name, as, DRA_READING_ALL, cancellable, error);
}

static DraReading *
read_file (GFile             *file,
           const char        *as,
           DraReadingExtent   extent,
           GCancellable      *cancellable,
           GError           **error)
{
  g_autofree char *name = NULL;
  g_autofree char *uri = NULL;
  g_autoptr (GBytes) bytes = NULL;
  DraReading *reading;

  bytes = dra_load_file (file, cancellable, error);
  if (bytes == NULL)
    return NULL;
  name = dra_load_display_name (file);
  reading = read_bytes (bytes, name, as, extent, cancellable, error);
  if (reading != NULL)
    {
      uri = g_file_get_uri (file);
      dra_article_set_source (reading->article, uri, NULL);
    }

  return reading;
}

/**
 * dra_worker_read:
 * @file: a file
 * @as: (nullable): id of the reader to use, or %NULL to choose
 * @cancellable: (nullable): a cancellable, which ends a worker at once
 * @error: return location
 *
 * Reads the article in a file.  Blocks; see dra_worker_read_async().  Sets what
 * dra_reader_registry_read() and dra_worker_read_bytes() set.
 *
 * Returns: (transfer full): the reading, or %NULL with @error set
 */
DraReading *
dra_worker_read (GFile         *file,
                 const char    *as,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  return read_file (file, as, DRA_READING_ALL, cancellable, error);
}

/**
 * dra_worker_read_stdin:
 * @as: (nullable): id of the reader to use, or %NULL to choose
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Reads the article that comes on standard input, to its end.  The article has no source
 * URI.  Errors are those of dra_worker_read().
 *
 * Returns: (transfer full): the reading, or %NULL with @error set
 */
DraReading *
dra_worker_read_stdin (const char    *as,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_autoptr (GInputStream) stream = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GBytes) bytes = NULL;
  const char *name = _("standard input");

  bytes = dra_load_stream (stream, name, cancellable, error);
  if (bytes == NULL)
    return NULL;

  return dra_worker_read_bytes (bytes, name, as, cancellable, error);
}

typedef struct
{
  char             *as;
  DraReadingExtent  extent;
} ReadJob;

static void
read_job_free (gpointer data)
{
  ReadJob *job = data;

  g_free (job->as);
  g_free (job);
}

static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  const ReadJob *job = task_data;
  g_autoptr (GError) error = NULL;
  DraReading *reading = read_file (G_FILE (source), job->as, job->extent, cancellable, &error);

  if (reading != NULL)
    g_task_return_pointer (task, reading, (GDestroyNotify) dra_reading_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * dra_worker_read_async:
 * @file: a file
 * @as: (nullable): id of the reader to use, or %NULL to choose
 * @cancellable: (nullable): a cancellable, which ends a worker at once
 * @callback: called on the caller's main context
 * @user_data: for @callback
 *
 * Reads the article in a file without blocking.
 */
void
dra_worker_read_async (GFile               *file,
                       const char          *as,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  dra_worker_read_extent_async (file, as, DRA_READING_ALL, cancellable, callback, user_data);
}

/**
 * dra_worker_read_extent_async:
 * @file: a file
 * @as: (nullable): id of the reader to use, or %NULL to choose
 * @extent: %DRA_READING_PAGE for the whole page of a file whose reading has the extent
 *   %DRA_READING_MAIN; all else is what dra_worker_read_async() gives
 * @cancellable: (nullable): a cancellable, which ends a worker at once
 * @callback: called on the caller's main context; calls dra_worker_read_finish()
 * @user_data: for @callback
 *
 * Reads the article in a file without blocking, or the page around it.
 */
void
dra_worker_read_extent_async (GFile               *file,
                              const char          *as,
                              DraReadingExtent     extent,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  ReadJob *job;

  g_return_if_fail (G_IS_FILE (file));

  job = g_new0 (ReadJob, 1);
  job->as = g_strdup (as);
  job->extent = extent;
  task = g_task_new (file, cancellable, callback, user_data);
  g_task_set_source_tag (task, dra_worker_read_extent_async);
  g_task_set_task_data (task, job, read_job_free);
  g_task_run_in_thread (task, read_thread);
}

/**
 * dra_worker_read_finish:
 * @file: the file
 * @result: what the callback was given
 * @error: return location, see dra_worker_read()
 *
 * Returns: (transfer full): the reading, or %NULL with @error set
 */
DraReading *
dra_worker_read_finish (GFile         *file,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, file), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gpointer
end_thread (gpointer data G_GNUC_UNUSED)
{
  dra_worker_end_spare ();

  return NULL;
}

static gboolean
spare_timeout_cb (gpointer data G_GNUC_UNUSED)
{
  G_LOCK (spare_timeout);
  spare_timeout = 0;
  G_UNLOCK (spare_timeout);
  g_thread_unref (g_thread_new ("worker", end_thread, NULL));

  return G_SOURCE_REMOVE;
}

static gpointer
prepare_thread (gpointer data G_GNUC_UNUSED)
{
  dra_worker_start_spare ();

  G_LOCK (spare_timeout);
  if (spare_timeout != 0)
    g_source_remove (spare_timeout);
  spare_timeout = g_timeout_add_seconds (SPARE_SECONDS, spare_timeout_cb, NULL);
  G_UNLOCK (spare_timeout);

  return NULL;
}

/**
 * dra_worker_prepare:
 *
 * Starts a worker before it is needed, without blocking, unless one stands ready.  When it has
 * read something, the next one is started.  While it waits it has a few megabytes of its own,
 * so it ends when text was read, which needs no worker, and after a minute.
 */
void
dra_worker_prepare (void)
{
  g_atomic_int_set (&prepared, TRUE);
  g_thread_unref (g_thread_new ("worker", prepare_thread, NULL));
}
