/* dra-reading-pictures.c: finds the pictures of a reading and has them decoded.
 *
 * Sizes of pictures in the file are read from their headers at once; files beside the
 * article are looked at in a thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-reading-pictures.h"

#include "readers/dra-image-size.h"
#include "worker/dra-worker-client.h"

#define MAX_BESIDE 10000                    /* files whose headers are read ahead */
#define MAX_BESIDE_BYTES (256 * 1024 * 1024) /* of them together */

typedef struct
{
  guint width, height; /* 0: not an image whose size we can tell */
} Size;

struct _DraReadingPictures
{
  DraPictureSource parent_instance;

  GFile        *file;
  GPtrArray    *images; /* DraImage: keeps the ones of the reading alive */
  GHashTable   *by_source; /* unowned source to DraImage */
  GHashTable   *beside; /* owned source to Size, or to NULL while unknown */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (DraReadingPictures, dra_reading_pictures, DRA_TYPE_PICTURE_SOURCE)

/* --- sizes ------------------------------------------------------------------------ */

static DraPictureSize
dra_reading_pictures_get_size (DraPictureSource *source,
                               const char       *address,
                               guint            *width,
                               guint            *height)
{
  DraReadingPictures *self = DRA_READING_PICTURES (source);
  const DraImage *image = g_hash_table_lookup (self->by_source, address);
  gpointer value;

  if (image != NULL)
    {
      gsize length;
      const guint8 *data = g_bytes_get_data (image->bytes, &length);

      return dra_image_size (data, length, width, height) ? DRA_PICTURE_SIZE_KNOWN
                                                          : DRA_PICTURE_SIZE_NONE;
    }
  if (!g_hash_table_lookup_extended (self->beside, address, NULL, &value))
    return DRA_PICTURE_SIZE_NONE;
  if (value == NULL)
    return DRA_PICTURE_SIZE_LATER;
  *width = ((Size *) value)->width;
  *height = ((Size *) value)->height;
  return *width > 0 ? DRA_PICTURE_SIZE_KNOWN : DRA_PICTURE_SIZE_NONE;
}

typedef struct
{
  GWeakRef      self;
  GFile        *file;
  GPtrArray    *sources; /* char * */
  GCancellable *cancellable;
} Look;

typedef struct
{
  DraReadingPictures *self; /* owned */
  char               *source;
  Size                size;
} Found;

static void
found_free (gpointer data)
{
  Found *found = data;

  g_object_unref (found->self);
  g_free (found->source);
  g_free (found);
}

static gboolean
found_cb (gpointer data)
{
  Found *found = data;

  if (g_hash_table_contains (found->self->beside, found->source))
    {
      g_hash_table_replace (found->self->beside, g_strdup (found->source),
                            g_memdup2 (&found->size, sizeof found->size));
      dra_picture_source_size_found (DRA_PICTURE_SOURCE (found->self), found->source);
    }
  return G_SOURCE_REMOVE;
}

static void
look_free (gpointer data)
{
  Look *look = data;

  g_weak_ref_clear (&look->self);
  g_object_unref (look->file);
  g_ptr_array_unref (look->sources);
  g_object_unref (look->cancellable);
  g_free (look);
}

static void
look_in_thread (GTask        *task,
                gpointer      object,
                gpointer      data,
                GCancellable *cancellable)
{
  Look *look = data;
  gsize seen = 0;

  for (guint i = 0; i < look->sources->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      const char *source = g_ptr_array_index (look->sources, i);
      g_autoptr (GBytes) bytes = NULL;
      DraReadingPictures *self;
      Size size = { 0, 0 };
      Found *found;

      if (seen < MAX_BESIDE_BYTES)
        bytes = dra_worker_load_beside (look->file, source, cancellable, NULL);
      if (bytes != NULL)
        {
          gsize length;
          const guint8 *start = g_bytes_get_data (bytes, &length);

          dra_image_size (start, length, &size.width, &size.height);
          seen += length;
        }
      self = g_weak_ref_get (&look->self);
      if (self == NULL)
        break;
      found = g_new0 (Found, 1);
      found->self = self;
      found->source = g_strdup (source);
      found->size = size;
      g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, found_cb, found, found_free);
    }
  g_task_return_boolean (task, TRUE);
}

/* Everything an article says that is no address may be a file beside it. */
static void
look_beside (DraReadingPictures *self,
             DraArticle         *article)
{
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GTask) task = NULL;
  guint n_blocks;
  const DraBlock *blocks = dra_article_get_blocks (article, &n_blocks);
  Look *look;

  for (guint i = 0; i < n_blocks && sources->len < MAX_BESIDE; i++)
    {
      const char *source = blocks[i].source;

      if (blocks[i].kind != DRA_BLOCK_IMAGE || source == NULL || *source == '/'
          || g_uri_peek_scheme (source) != NULL
          || g_hash_table_contains (self->by_source, source)
          || g_hash_table_contains (self->beside, source))
        continue;
      g_hash_table_insert (self->beside, g_strdup (source), NULL);
      g_ptr_array_add (sources, g_strdup (source));
    }
  if (sources->len == 0)
    return;

  look = g_new0 (Look, 1);
  g_weak_ref_init (&look->self, self);
  look->file = g_object_ref (self->file);
  look->sources = g_steal_pointer (&sources);
  look->cancellable = g_object_ref (self->cancellable);
  /* Not the source object of the task: that would live as long as the thread. */
  task = g_task_new (NULL, self->cancellable, NULL, NULL);
  g_task_set_source_tag (task, look_beside);
  g_task_set_task_data (task, look, look_free);
  g_task_run_in_thread (task, look_in_thread);
}

/* --- pixels ----------------------------------------------------------------------- */

/* To the layout that is drawn without a conversion in every frame. */
static void
convert_in_thread (GTask        *task,
                   gpointer      source,
                   gpointer      data,
                   GCancellable *cancellable)
{
  const DraPixels *pixels = data;
  gsize stride = (gsize) pixels->width * 4;
  guint8 *out = g_try_malloc (stride * pixels->height);
  const guint8 *in = g_bytes_get_data (pixels->bytes, NULL);
  g_autoptr (GBytes) bytes = NULL;
  guint8 all = 255;
  GdkTexture *texture;

  if (out == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "out of memory");
      return;
    }
  for (guint y = 0; y < pixels->height; y++)
    {
      const guint8 *from = in + y * pixels->stride;
      guint32 *to = (guint32 *) (void *) (out + y * stride);

      for (guint x = 0; x < pixels->width; x++, from += 4)
        {
          guint32 alpha = from[3];

          all &= from[3];
          to[x] = alpha << 24 | (from[0] * alpha + 127) / 255 << 16
                  | (from[1] * alpha + 127) / 255 << 8 | (from[2] * alpha + 127) / 255;
        }
    }
  bytes = g_bytes_new_take (out, stride * pixels->height);
  texture = gdk_memory_texture_new ((int) pixels->width, (int) pixels->height,
                                    GDK_MEMORY_DEFAULT, bytes, stride);
  if (all != 255)
    dra_picture_source_mark_transparent (texture);
  g_task_return_pointer (task, texture, g_object_unref);
}

static void
decoded_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  DraPixels *pixels = dra_worker_decode_image_finish (result, &error);

  if (pixels == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_task_set_task_data (task, pixels, (GDestroyNotify) dra_pixels_free);
  g_task_run_in_thread (task, convert_in_thread);
}

static void
dra_reading_pictures_load_async (DraPictureSource    *source,
                                 const char          *address,
                                 guint                max_width,
                                 guint                max_height,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  DraReadingPictures *self = DRA_READING_PICTURES (source);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, dra_reading_pictures_load_async);
  dra_worker_load_image_async (self->file, g_hash_table_lookup (self->by_source, address),
                               address, max_width, max_height, cancellable, decoded_cb, task);
}

static GdkTexture *
dra_reading_pictures_load_finish (DraPictureSource  *source,
                                  GAsyncResult      *result,
                                  GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, source), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- class ------------------------------------------------------------------------ */

static void
dra_reading_pictures_dispose (GObject *object)
{
  g_cancellable_cancel (DRA_READING_PICTURES (object)->cancellable);
  G_OBJECT_CLASS (dra_reading_pictures_parent_class)->dispose (object);
}

static void
dra_reading_pictures_finalize (GObject *object)
{
  DraReadingPictures *self = DRA_READING_PICTURES (object);

  g_object_unref (self->file);
  g_ptr_array_unref (self->images);
  g_hash_table_unref (self->by_source);
  g_hash_table_unref (self->beside);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (dra_reading_pictures_parent_class)->finalize (object);
}

static void
dra_reading_pictures_class_init (DraReadingPicturesClass *klass)
{
  DraPictureSourceClass *source_class = DRA_PICTURE_SOURCE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dra_reading_pictures_dispose;
  G_OBJECT_CLASS (klass)->finalize = dra_reading_pictures_finalize;
  source_class->get_size = dra_reading_pictures_get_size;
  source_class->load_async = dra_reading_pictures_load_async;
  source_class->load_finish = dra_reading_pictures_load_finish;
}

static void
dra_reading_pictures_init (DraReadingPictures *self)
{
  self->by_source = g_hash_table_new (g_str_hash, g_str_equal);
  self->beside = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->cancellable = g_cancellable_new ();
}

/**
 * dra_reading_pictures_new:
 * @reading: what was read; may be freed afterwards
 * @file: the file it was read from
 *
 * Returns: (transfer full): the pictures of its article
 */
DraPictureSource *
dra_reading_pictures_new (DraReading *reading,
                          GFile      *file)
{
  DraReadingPictures *self;

  g_return_val_if_fail (reading != NULL, NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  self = g_object_new (DRA_TYPE_READING_PICTURES, NULL);
  self->file = g_object_ref (file);
  self->images = g_ptr_array_ref (reading->images);
  for (guint i = 0; i < self->images->len; i++)
    {
      DraImage *image = g_ptr_array_index (self->images, i);

      g_hash_table_insert (self->by_source, image->source, image);
    }
  look_beside (self, reading->article);
  return DRA_PICTURE_SOURCE (self);
}
