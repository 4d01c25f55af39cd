/* dra-recognizer.h: an article in, its cast out.
 *
 * Pure and thread-safe: the same article and the same model give the same cast, on any
 * thread.  The model is mapped once and shared.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "recognizer/dra-cast.h"

G_BEGIN_DECLS

#define DRA_TYPE_RECOGNIZER (dra_recognizer_get_type ())
G_DECLARE_FINAL_TYPE (DraRecognizer, dra_recognizer, DRA, RECOGNIZER, GObject)

/**
 * DraRecognizerProgress:
 * @so_far: (nullable): the cast of the first part of the article; %NULL: no news of it
 * @done: how much of the article has been looked at, 0 to 1
 * @user_data: what was given with the function
 *
 * Told while a long article is being looked at.
 */
typedef void (*DraRecognizerProgress) (DraCast *so_far,
                                       double   done,
                                       gpointer user_data);

/* model_path NULL: $DRAMATIS_MODEL if set, else the installed model. */
DraRecognizer *dra_recognizer_new              (const char           *model_path,
                                                GError              **error);
const char    *dra_recognizer_get_attribution  (DraRecognizer        *self);
DraCast       *dra_recognizer_recognize        (DraRecognizer        *self,
                                                DraArticle           *article,
                                                GCancellable         *cancellable,
                                                GError              **error);
DraCast       *dra_recognizer_recognize_in_slices
                                               (DraRecognizer        *self,
                                                DraArticle           *article,
                                                DraRecognizerProgress progress,
                                                gpointer              user_data,
                                                GCancellable         *cancellable,
                                                GError              **error);
void           dra_recognizer_recognize_in_slices_async
                                               (DraRecognizer        *self,
                                                DraArticle           *article,
                                                DraRecognizerProgress progress,
                                                gpointer              progress_data,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
void           dra_recognizer_recognize_async  (DraRecognizer        *self,
                                                DraArticle           *article,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
DraCast       *dra_recognizer_recognize_finish (DraRecognizer        *self,
                                                GAsyncResult         *result,
                                                GError              **error);

G_END_DECLS
