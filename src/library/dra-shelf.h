/* dra-shelf.h: articles and notes as rows, for dra-library.c.
 *
 * Each function runs inside a transaction of the store.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "library/dra-library.h"
#include "library/dra-store.h"

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
/* The notes of another text with this title that is the same article in another form. */
gboolean dra_shelf_load_alike  (DraStore    *store,
                                DraArticle  *article,
                                GPtrArray   *notes,
                                GError     **error);
/* The text with that hash that notes were made in; NULL when it was not kept or is damaged. */
gboolean dra_shelf_load_text   (DraStore    *store,
                                const char  *hash,
                                char       **text,
                                gsize       *length,
                                GError     **error);
/* Takes out those that the reader has deleted since they were last changed. */
gboolean dra_shelf_drop_deleted (DraStore   *store,
                                GPtrArray   *notes,
                                GError     **error);
gboolean dra_shelf_load_entity_notes (DraStore    *store,
                                      const char  *kind,
                                      const char  *name,
                                      GPtrArray   *notes,
                                      GError     **error);
gboolean dra_shelf_has_subjects (DraStore   *store,
                                gboolean    *any,
                                GError     **error);
gboolean dra_shelf_find_notes  (DraStore    *store,
                                const char  *text,
                                guint        limit,
                                GPtrArray   *found,
                                GError     **error);
gboolean dra_shelf_list_tags   (DraStore    *store,
                                GPtrArray   *tags,
                                GError     **error);
/* An article as it is exported. */
typedef struct
{
  char      *hash;
  gint64     text_version;
  char      *title;
  GPtrArray *uris;
  GPtrArray *notes;  /* their UUIDs */
  gint64     length; /* bytes of the text, uncompressed */
  GBytes    *text;   /* (nullable) compressed with zlib */
} DraShelfArticle;

typedef gboolean (*DraShelfArticleFunc) (const DraShelfArticle *article,
                                         gboolean               first,
                                         gpointer               data,
                                         GError               **error);
typedef gboolean (*DraShelfNoteFunc)    (DraNote               *note,
                                         const char            *source,
                                         gboolean               first,
                                         gpointer               data,
                                         GError               **error);

DraShelfArticle *dra_shelf_article_new  (void);
void     dra_shelf_article_free (DraShelfArticle *self);
gboolean dra_shelf_each_article (DraStore            *store,
                                 DraShelfArticleFunc  func,
                                 gpointer             data,
                                 GError             **error);
gboolean dra_shelf_each_note    (DraStore            *store,
                                 DraShelfNoteFunc     func,
                                 gpointer             data,
                                 GError             **error);
gboolean dra_shelf_import       (DraStore            *store,
                                 GPtrArray           *articles,
                                 GPtrArray           *notes,
                                 GError             **error);
/* Remembers that these notes (their UUIDs) were found in this text. */
gboolean dra_shelf_place_notes (DraStore          *store,
                                DraArticle        *article,
                                const char *const *uuids,
                                GError           **error);

G_END_DECLS
