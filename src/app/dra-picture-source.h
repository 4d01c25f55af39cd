/* dra-picture-source.h: where the pictures of an article come from, for the article view.
 *
 * The view knows no files and decodes nothing: it asks for a picture in the size it shows it
 * in.  Sources are the addresses that image blocks have.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/**
 * DraPictureSize:
 * @DRA_PICTURE_SIZE_NONE: there is no such picture
 * @DRA_PICTURE_SIZE_LATER: not known yet; DraPictureSource::size-found will tell
 * @DRA_PICTURE_SIZE_KNOWN: known
 */
typedef enum
{
  DRA_PICTURE_SIZE_NONE,
  DRA_PICTURE_SIZE_LATER,
  DRA_PICTURE_SIZE_KNOWN,
} DraPictureSize;

#define DRA_TYPE_PICTURE_SOURCE (dra_picture_source_get_type ())
G_DECLARE_DERIVABLE_TYPE (DraPictureSource, dra_picture_source, DRA, PICTURE_SOURCE, GObject)

/* Signals: size-found (const char *source): ask dra_picture_source_get_size() again */
struct _DraPictureSourceClass
{
  GObjectClass parent_class;

  DraPictureSize (*get_size)    (DraPictureSource     *self,
                                 const char           *source,
                                 guint                *width,
                                 guint                *height);
  void           (*load_async)  (DraPictureSource     *self,
                                 const char           *source,
                                 guint                 max_width,
                                 guint                 max_height,
                                 GCancellable         *cancellable,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
  GdkTexture    *(*load_finish) (DraPictureSource     *self,
                                 GAsyncResult         *result,
                                 GError              **error);
};

DraPictureSize dra_picture_source_get_size    (DraPictureSource     *self,
                                               const char           *source,
                                               guint                *width,
                                               guint                *height);
void           dra_picture_source_load_async  (DraPictureSource     *self,
                                               const char           *source,
                                               guint                 max_width,
                                               guint                 max_height,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
GdkTexture    *dra_picture_source_load_finish (DraPictureSource     *self,
                                               GAsyncResult         *result,
                                               GError              **error);
void           dra_picture_source_mark_transparent (GdkTexture *texture);
gboolean       dra_picture_source_is_transparent   (GdkTexture *texture);
void           dra_picture_source_size_found  (DraPictureSource     *self,
                                               const char           *source);

G_END_DECLS
