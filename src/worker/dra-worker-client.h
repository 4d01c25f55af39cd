/* dra-worker-client.h: reads a file, in a worker where a parser library is needed.
 *
 * For programs, what dra-reader-registry.h is for the worker: the same functions with the
 * same results and errors.  Plain text is read in the process itself; everything else, what
 * is packed included, in a process that can do nothing but read it (dra-confine.h).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "readers/dra-reading.h"
#include "worker/dra-pixels.h"

G_BEGIN_DECLS

DraReading *dra_worker_read         (GFile               *file,
                                     const char          *as,
                                     GCancellable        *cancellable,
                                     GError             **error);
DraReading *dra_worker_read_bytes   (GBytes              *bytes,
                                     const char          *name,
                                     const char          *as,
                                     GCancellable        *cancellable,
                                     GError             **error);
DraReading *dra_worker_read_stdin   (const char          *as,
                                     GCancellable        *cancellable,
                                     GError             **error);
void        dra_worker_read_async   (GFile               *file,
                                     const char          *as,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
/* extent: DRA_READING_PAGE to see the whole page of which a reading was DRA_READING_MAIN. */
void        dra_worker_read_extent_async (GFile               *file,
                                          const char          *as,
                                          DraReadingExtent     extent,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);
DraReading *dra_worker_read_finish  (GFile               *file,
                                     GAsyncResult        *result,
                                     GError             **error);

/* Starts a worker before it is needed: the first reading after it then waits for none. */
void        dra_worker_prepare      (void);

/* An image of an article as pixels, for the window:
 *
 *   const DraImage *image = dra_reading_find_image (reading, block->source);
 *   dra_worker_load_image_async (file, image, block->source, 1360, 1360, cancellable, cb, self);
 *
 *   cb: g_autoptr (DraPixels) pixels = dra_worker_decode_image_finish (result, &error);
 *       gdk_memory_texture_new (pixels->width, pixels->height, GDK_MEMORY_R8G8B8A8,
 *                               pixels->bytes, pixels->stride);
 *
 * The reading may be freed as soon as the call has returned, and the callback is always
 * called once.  PNG, JPEG, GIF (the first picture), BMP, and WebP, TIFF and SVG where the
 * system has the loader.  What is larger than max_width x max_height comes scaled down,
 * smaller stays as it is, a drawing fills the room; more than 64 megapixels are refused (DRA_ERROR_TOO_LARGE).  Few
 * are decoded at a time, the others wait for their turn, and cost nothing when cancelled. */
void        dra_worker_load_image_async    (GFile               *article,
                                            const DraImage      *image,
                                            const char          *source,
                                            guint                max_width,
                                            guint                max_height,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);

/* The bytes of an image as pixels, scaled down to fit.  type: (nullable), only a hint. */
DraPixels  *dra_worker_decode_image        (GBytes              *bytes,
                                            const char          *type,
                                            guint                max_width,
                                            guint                max_height,
                                            GCancellable        *cancellable,
                                            GError             **error);
void        dra_worker_decode_image_async  (GBytes              *bytes,
                                            const char          *type,
                                            guint                max_width,
                                            guint                max_height,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
DraPixels  *dra_worker_decode_image_finish (GAsyncResult        *result,
                                            GError             **error);

/* The bytes of an image beside the article, below the article's folder and nowhere else. */
#define DRA_BESIDE_MAX_SIZE (64 * 1024 * 1024)
GBytes     *dra_worker_load_beside         (GFile               *article,
                                            const char          *source,
                                            GCancellable        *cancellable,
                                            GError             **error);

G_END_DECLS
