/* dra-notes-file.h: the notes of a file, for an article that is another one.
 *
 * Understood are what notes/dra-note-import.h says, and every document that a reader finds
 * notes in: our own annotated copies of any format that carries them, PDF documents with
 * notes, office documents with comments.  These are read in a worker.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "article/dra-article.h"

G_BEGIN_DECLS

GPtrArray *dra_notes_file_read (DraArticle    *article,
                                GFile         *file,
                                guint         *n_skipped,
                                GCancellable  *cancellable,
                                GError       **error);

G_END_DECLS
