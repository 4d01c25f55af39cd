/* dra-find.h: searches an article's text as a reader means it.
 *
 * Case and diacritics do not count ("gomez" finds "Gómez"), nor do the forms of quotation
 * marks, dashes and spaces; ligatures and ß match their letters.  The needle is matched by
 * Knuth, Morris and Pratt (1977) on the folded characters of the text, which are made one
 * by one and never stored: linear in the text whatever the needle.
 *
 * Does not use GTK and may be tested without a display.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "article/dra-article.h"

G_BEGIN_DECLS

typedef enum
{
  DRA_FIND_DEFAULT = 0,
  DRA_FIND_CASE = 1 << 0,  /* "Reading" is not "reading"; accents still do not count */
  DRA_FIND_WORDS = 1 << 1, /* "read" is not in "reading" */
} DraFindFlags;

GArray *dra_find_full         (const char          *text,
                               gsize                length,
                               const char          *needle,
                               DraFindFlags         flags,
                               GCancellable        *cancellable);
GArray *dra_find              (const char          *text,
                               gsize                length,
                               const char          *needle,
                               GCancellable        *cancellable);
void    dra_find_async        (DraArticle          *article,
                               const char          *needle,
                               DraFindFlags         flags,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             data);
GArray *dra_find_finish       (DraArticle          *article,
                               GAsyncResult        *result,
                               GError             **error);

G_END_DECLS
