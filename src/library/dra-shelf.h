/* dra-shelf.h: articles and notes as rows, for dra-library.c.
 *
 * Each function runs inside a transaction of the store.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "article/dra-article.h"
#include "library/dra-store.h"
#include "notes/dra-note.h"

G_BEGIN_DECLS

gboolean dra_shelf_add_article (DraStore    *store,
                                DraArticle  *article,
                                gint64      *article_id,
                                GError     **error);
gboolean dra_shelf_save_note   (DraStore    *store,
                                DraArticle  *article,
                                DraNote     *note,
                                GError     **error);
gboolean dra_shelf_delete_note (DraStore    *store,
                                const char  *uuid,
                                GError     **error);
gboolean dra_shelf_merge_notes (DraStore    *store,
                                DraArticle  *article,
                                GPtrArray   *notes,
                                GError     **error);
/* placed (nullable): for each note whether it is known to be in this very text. */
gboolean dra_shelf_load_notes  (DraStore    *store,
                                DraArticle  *article,
                                GPtrArray   *notes,
                                GArray      *placed,
                                GError     **error);
/* Remembers that these notes (their UUIDs) were found in this text. */
gboolean dra_shelf_place_notes (DraStore          *store,
                                DraArticle        *article,
                                const char *const *uuids,
                                GError           **error);

G_END_DECLS
