/* dra-file-watch.c: notices that an open file changed on disk or is gone.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-file-watch.h"

#define SETTLE_MS 300 /* without an event before the file is looked at */

struct _DraFileWatch
{
  GObject parent_instance;

  GFile        *file;
  GFileMonitor *monitor;
  GCancellable *cancellable;
  char         *etag; /* of the file as it was read */
  guint         settle_id;
  DraFileState  state;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DraFileWatch, dra_file_watch, G_TYPE_OBJECT)

static void
set_state (DraFileWatch *self,
           DraFileState  state)
{
  if (state == self->state && state != DRA_FILE_CHANGED)
    return;

  self->state = state;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
queried_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (DraFileWatch) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);
  const char *etag;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (info == NULL)
    {
      /* Only what is certain is told: a folder that cannot be read is not a lost file. */
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) && self->etag != NULL)
        set_state (self, DRA_FILE_GONE);
      return;
    }

  etag = g_file_info_get_etag (info);
  if (self->etag == NULL)
    {
      self->etag = g_strdup (etag);
      return;
    }

  if (g_strcmp0 (etag, self->etag) == 0)
    set_state (self, DRA_FILE_SAME);
  else
    set_state (self, DRA_FILE_CHANGED);
}

static void
query (DraFileWatch *self)
{
  g_file_query_info_async (self->file, G_FILE_ATTRIBUTE_ETAG_VALUE, G_FILE_QUERY_INFO_NONE,
                           G_PRIORITY_LOW, self->cancellable, queried_cb,
                           g_object_ref (self));
}

static gboolean
settled_cb (gpointer user_data)
{
  DraFileWatch *self = user_data;

  self->settle_id = 0;
  query (self);
  return G_SOURCE_REMOVE;
}

static void
monitor_changed_cb (DraFileWatch *self)
{
  g_clear_handle_id (&self->settle_id, g_source_remove);
  self->settle_id = g_timeout_add (SETTLE_MS, settled_cb, self);
}

static void
dra_file_watch_dispose (GObject *object)
{
  DraFileWatch *self = DRA_FILE_WATCH (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->settle_id, g_source_remove);
  if (self->monitor != NULL)
    g_file_monitor_cancel (self->monitor);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (dra_file_watch_parent_class)->dispose (object);
}

static void
dra_file_watch_finalize (GObject *object)
{
  DraFileWatch *self = DRA_FILE_WATCH (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->file);
  g_free (self->etag);

  G_OBJECT_CLASS (dra_file_watch_parent_class)->finalize (object);
}

static void
dra_file_watch_class_init (DraFileWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dra_file_watch_dispose;
  object_class->finalize = dra_file_watch_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dra_file_watch_init (DraFileWatch *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * dra_file_watch_new:
 * @file: the file, about to be read
 *
 * Watches @file from now on.  Make the watch before reading, so that a change while
 * reading is not missed.  Where the file system cannot be watched nothing is ever told.
 *
 * Returns: (transfer full): the watch
 */
DraFileWatch *
dra_file_watch_new (GFile *file)
{
  DraFileWatch *self;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  self = g_object_new (DRA_TYPE_FILE_WATCH, NULL);
  self->file = g_object_ref (file);
  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect_object (self->monitor, "changed", G_CALLBACK (monitor_changed_cb), self,
                             G_CONNECT_SWAPPED);
  query (self);
  return self;
}

DraFileState
dra_file_watch_get_state (DraFileWatch *self)
{
  g_return_val_if_fail (DRA_IS_FILE_WATCH (self), DRA_FILE_SAME);

  return self->state;
}
