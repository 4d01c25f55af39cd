/* dra-picture-source.c: the abstract source of an article's pictures.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-picture-source.h"

enum
{
  SIZE_FOUND,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE (DraPictureSource, dra_picture_source, G_TYPE_OBJECT)

static void
dra_picture_source_class_init (DraPictureSourceClass *klass)
{
  /**
   * DraPictureSource::size-found:
   * @source: address of a picture
   *
   * The size of a picture is known now, or that there is none.
   */
  signals[SIZE_FOUND] = g_signal_new ("size-found", G_TYPE_FROM_CLASS (klass),
                                      G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                      G_TYPE_STRING);
}

static void
dra_picture_source_init (DraPictureSource *self)
{
}

/**
 * dra_picture_source_get_size:
 * @source: address of a picture
 * @width: (out): pixels of the picture as it is, 0 while unknown
 * @height: (out): pixels
 *
 * Tells how large a picture is, without decoding it and at once.
 *
 * Returns: whether it is known
 */
DraPictureSize
dra_picture_source_get_size (DraPictureSource *self,
                             const char       *source,
                             guint            *width,
                             guint            *height)
{
  g_return_val_if_fail (DRA_IS_PICTURE_SOURCE (self), DRA_PICTURE_SIZE_NONE);

  *width = *height = 0;
  return DRA_PICTURE_SOURCE_GET_CLASS (self)->get_size (self, source, width, height);
}

/**
 * dra_picture_source_load_async:
 * @source: address of a picture
 * @max_width: pixels, at least 1
 * @max_height: pixels, at least 1
 * @cancellable: (nullable): a cancellable
 * @callback: always called once, never before this returns
 * @user_data: for @callback
 *
 * Decodes a picture, scaled down to fit where it is larger, without blocking.
 */
void
dra_picture_source_load_async (DraPictureSource    *self,
                               const char          *source,
                               guint                max_width,
                               guint                max_height,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_return_if_fail (DRA_IS_PICTURE_SOURCE (self));
  g_return_if_fail (max_width > 0 && max_height > 0);

  DRA_PICTURE_SOURCE_GET_CLASS (self)->load_async (self, source, max_width, max_height,
                                                   cancellable, callback, user_data);
}

/**
 * dra_picture_source_load_finish:
 * @result: what the callback got
 * @error: why there is no picture
 *
 * Returns: (transfer full) (nullable): the picture
 */
GdkTexture *
dra_picture_source_load_finish (DraPictureSource  *self,
                                GAsyncResult      *result,
                                GError           **error)
{
  g_return_val_if_fail (DRA_IS_PICTURE_SOURCE (self), NULL);

  return DRA_PICTURE_SOURCE_GET_CLASS (self)->load_finish (self, result, error);
}

/**
 * dra_picture_source_size_found:
 * @source: address of a picture
 *
 * For subclasses: tells that a size which was to come later is there.
 */
void
dra_picture_source_size_found (DraPictureSource *self,
                               const char       *source)
{
  g_return_if_fail (DRA_IS_PICTURE_SOURCE (self));

  g_signal_emit (self, signals[SIZE_FOUND], 0, source);
}

/**
 * dra_picture_source_mark_transparent:
 * @texture: a picture
 *
 * For subclasses: the picture lets through what is behind it.
 */
void
dra_picture_source_mark_transparent (GdkTexture *texture)
{
  g_object_set_data (G_OBJECT (texture), "dra-transparent", GINT_TO_POINTER (TRUE));
}

/**
 * dra_picture_source_is_transparent:
 * @texture: a picture that a source gave
 *
 * Returns: whether it lets through what is behind it
 */
gboolean
dra_picture_source_is_transparent (GdkTexture *texture)
{
  return g_object_get_data (G_OBJECT (texture), "dra-transparent") != NULL;
}
