/* dra-worker-images.c: images of an article as pixels, decoded in a worker.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "worker/dra-worker-client.h"

#include <glib/gi18n-lib.h>

#include "article/dra-error.h"
#include "worker/dra-answer.h"
#include "worker/dra-worker-process.h"

#define MAX_AT_ONCE 3 /* images that are decoded at a time */

static DraPixels *
decode (GBytes        *bytes,
        const char    *name,
        guint          max_width,
        guint          max_height,
        GCancellable  *cancellable,
        GError       **error)
{
  DraRequest request = {
    .kind = DRA_REQUEST_DECODE, .name = (char *) (name != NULL ? name : _("image")),
    .max_width = max_width, .max_height = max_height, .content = bytes,
  };
  g_autoptr (GBytes) answer = dra_worker_run (&request, NULL, cancellable, error);

  return answer != NULL ? dra_answer_read_pixels (answer, request.name, error) : NULL;
}

/**
 * dra_worker_decode_image:
 * @bytes: an image as it is in a file
 * @type: (nullable): content type it is said to have; the image itself decides
 * @max_width: pixels, at least 1
 * @max_height: pixels, at least 1
 * @cancellable: (nullable): a cancellable, which ends a worker at once
 * @error: return location
 *
 * Decodes an image in a worker, the right way up, scaled down to fit.  Blocks; see
 * dra_worker_decode_image_async().  Sets %DRA_ERROR and %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): its pixels, or %NULL with @error set
 */
DraPixels *
dra_worker_decode_image (GBytes        *bytes,
                         const char    *type,
                         guint          max_width,
                         guint          max_height,
                         GCancellable  *cancellable,
                         GError       **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (max_width > 0 && max_height > 0, NULL);

  return decode (bytes, type, max_width, max_height, cancellable, error);
}

/* Its bytes, when the file carries them; else the article's file and a reference. */
typedef struct
{
  GBytes *bytes;
  GFile  *article;
  char   *source;
  char   *type;
  guint   max_width;
  guint   max_height;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->bytes, g_bytes_unref);
  g_clear_object (&job->article);
  g_free (job->source);
  g_free (job->type);
  g_free (job);
}

static GBytes *
get_bytes (const Job     *job,
           GCancellable  *cancellable,
           GError       **error)
{
  if (job->bytes != NULL)
    return g_bytes_ref (job->bytes);
  if (job->article != NULL)
    return dra_worker_load_beside (job->article, job->source, cancellable, error);
  g_set_error (error, DRA_ERROR, DRA_ERROR_REFUSED, _("“%s” is not a file beside the article."),
               job->source);

  return NULL;
}

/* Takes the task. */
static void
run_job (gpointer data,
         gpointer user_data G_GNUC_UNUSED)
{
  g_autoptr (GTask) task = data;
  const Job *job = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  DraPixels *pixels = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  bytes = get_bytes (job, cancellable, &error);
  if (bytes != NULL)
    pixels = decode (bytes, job->source != NULL ? job->source : job->type, job->max_width,
                     job->max_height, cancellable, &error);
  if (pixels != NULL)
    g_task_return_pointer (task, pixels, (GDestroyNotify) dra_pixels_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* Takes the job.  A pool of our own: a hundred images must not be a hundred processes. */
static void
start_job (Job                 *job,
           GCancellable        *cancellable,
           GAsyncReadyCallback  callback,
           gpointer             user_data)
{
  static gsize once = 0;
  static GThreadPool *pool;
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  if (g_once_init_enter (&once))
    {
      pool = g_thread_pool_new (run_job, NULL, MAX_AT_ONCE, FALSE, NULL);
      g_once_init_leave (&once, 1);
    }
  g_task_set_source_tag (task, start_job);
  g_task_set_task_data (task, job, job_free);
  g_thread_pool_push (pool, task, NULL);
}

/**
 * dra_worker_decode_image_async:
 * @bytes: an image as it is in a file
 * @type: (nullable): content type it is said to have
 * @max_width: pixels, at least 1
 * @max_height: pixels, at least 1
 * @cancellable: (nullable): a cancellable, which ends a worker at once
 * @callback: called on the caller's main context
 * @user_data: for @callback
 *
 * Decodes an image without blocking, see dra_worker_decode_image().
 */
void
dra_worker_decode_image_async (GBytes              *bytes,
                               const char          *type,
                               guint                max_width,
                               guint                max_height,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  Job *job;

  g_return_if_fail (bytes != NULL);
  g_return_if_fail (max_width > 0 && max_height > 0);

  job = g_new0 (Job, 1);
  job->bytes = g_bytes_ref (bytes);
  job->type = g_strdup (type);
  job->max_width = max_width;
  job->max_height = max_height;
  start_job (job, cancellable, callback, user_data);
}

/**
 * dra_worker_load_image_async:
 * @article: (nullable): the article's file, for an image beside it
 * @image: (nullable): the image, when dra_reading_find_image() has it
 * @source: source of the image's block
 * @max_width: pixels, at least 1
 * @max_height: pixels, at least 1
 * @cancellable: (nullable): a cancellable, which ends a worker at once
 * @callback: called on the caller's main context; calls dra_worker_decode_image_finish()
 * @user_data: for @callback
 *
 * Decodes an image of an article without blocking: one that the file carries, or one in a
 * file beside the article, see dra_worker_load_beside().  Nothing else is ever loaded, and
 * nothing from the network.  It comes the right way up, scaled down to fit.  A worker is
 * started for each image, so ask for what is to be seen.
 */
void
dra_worker_load_image_async (GFile               *article,
                             const DraImage      *image,
                             const char          *source,
                             guint                max_width,
                             guint                max_height,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  Job *job;

  g_return_if_fail (article == NULL || G_IS_FILE (article));
  g_return_if_fail (source != NULL);
  g_return_if_fail (max_width > 0 && max_height > 0);

  job = g_new0 (Job, 1);
  if (image != NULL)
    job->bytes = g_bytes_ref (image->bytes);
  else
    g_set_object (&job->article, article);
  job->source = g_strdup (source);
  job->max_width = max_width;
  job->max_height = max_height;
  start_job (job, cancellable, callback, user_data);
}

/**
 * dra_worker_decode_image_finish:
 * @result: what the callback was given
 * @error: return location, see dra_worker_decode_image() and dra_worker_load_beside()
 *
 * Returns: (transfer full): the pixels, or %NULL with @error set
 */
DraPixels *
dra_worker_decode_image_finish (GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
