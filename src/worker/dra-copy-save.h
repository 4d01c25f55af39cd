/* dra-copy-save.h: an annotated copy, with a worker where one is needed.
 *
 * For programs, what dra-writer.h is for the formats: the same functions with the same
 * results and errors.  A copy as PDF of an article that is a PDF document is that document
 * with annotations, made in a worker; any other copy is what its writer writes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "writers/dra-writer.h"

G_BEGIN_DECLS

GBytes  *dra_copy_make        (const DraWriter     *writer,
                               DraArticle          *article,
                               DraCast             *cast,
                               GPtrArray           *notes,
                               char               **remark,
                               GCancellable        *cancellable,
                               GError             **error);
gboolean dra_copy_save        (const DraWriter     *writer,
                               DraArticle          *article,
                               DraCast             *cast,
                               GPtrArray           *notes,
                               GFile               *target,
                               char               **remark,
                               GCancellable        *cancellable,
                               GError             **error);
void     dra_copy_save_async  (const DraWriter     *writer,
                               DraArticle          *article,
                               DraCast             *cast,
                               GPtrArray           *notes,
                               GFile               *target,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data);
gboolean dra_copy_save_finish (GFile               *target,
                               GAsyncResult        *result,
                               char               **remark,
                               GError             **error);

G_END_DECLS
