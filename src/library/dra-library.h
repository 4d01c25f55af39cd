/* dra-library.h: the SQLite file that holds articles known and the reader's notes.
 *
 * Every write is on disk before its call returns (WAL, synchronous=FULL); the *_async
 * forms queue on one writer thread in order of call.  All functions are thread-safe.  Two
 * processes may use one library at once.  dra-schema.h describes the file.
 *
 * What a call that fails leaves: the library as it was, whole.  What a crash leaves: every
 * write whose call had returned, or whose callback had been called; the one under way is
 * there whole or not at all.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "article/dra-article.h"
#include "notes/dra-note.h"

G_BEGIN_DECLS

#define DRA_TYPE_LIBRARY (dra_library_get_type ())
G_DECLARE_FINAL_TYPE (DraLibrary, dra_library, DRA, LIBRARY, GObject)

/* Properties: path, notice (read-only; the latter is notified in the main context). */

/* path NULL: $XDG_DATA_HOME/dramatis/library.sqlite.  A damaged file is set aside and what
 * can be read of it carried over (see dra_library_get_notice); a newer one is DRA_ERROR_NEWER. */
DraLibrary *dra_library_open              (const char           *path,
                                           GError              **error);
const char *dra_library_get_path          (DraLibrary           *self);
/* (nullable) One sentence to show once: what happened to a damaged library. */
const char *dra_library_get_notice        (DraLibrary           *self);
/* TRUE when it can be read but not written: saving will fail, reading goes on. */
gboolean    dra_library_is_read_only      (DraLibrary           *self);
/* Waits until every write queued so far is done.  A program calls it before it exits: queued
 * work keeps the library alive, so unreferencing alone does not wait for it. */
void        dra_library_flush             (DraLibrary           *self);

/* An article is known by the SHA-256 of its text and by the URIs it was opened from. */
gboolean    dra_library_add_article       (DraLibrary           *self,
                                           DraArticle           *article,
                                           GError              **error);
/* (transfer full) GPtrArray of DraNote, anchored in article, in text order. */
GPtrArray  *dra_library_load_notes        (DraLibrary           *self,
                                           DraArticle           *article,
                                           GCancellable         *cancellable,
                                           GError              **error);
/* Adds or replaces by UUID, stamped as it is. */
gboolean    dra_library_save_note         (DraLibrary           *self,
                                           DraArticle           *article,
                                           DraNote              *note,
                                           GError              **error);
gboolean    dra_library_delete_note       (DraLibrary           *self,
                                           const char           *uuid,
                                           GError              **error);
/* Notes of an opened copy: matched by UUID, the newer wins, one deleted here since stays
 * deleted; all or nothing. */
gboolean    dra_library_merge_notes       (DraLibrary           *self,
                                           DraArticle           *article,
                                           GPtrArray            *notes,
                                           GError              **error);

void        dra_library_load_notes_async  (DraLibrary           *self,
                                           DraArticle           *article,
                                           GPtrArray            *merge, /* (nullable) notes of the copy */
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
GPtrArray  *dra_library_load_notes_finish (DraLibrary           *self,
                                           GAsyncResult         *result,
                                           GError              **error);
void        dra_library_save_note_async   (DraLibrary           *self,
                                           DraArticle           *article,
                                           DraNote              *note, /* copied */
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean    dra_library_save_note_finish  (DraLibrary           *self,
                                           GAsyncResult         *result,
                                           GError              **error);
void        dra_library_delete_note_async (DraLibrary           *self,
                                           const char           *uuid,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean    dra_library_delete_note_finish (DraLibrary          *self,
                                           GAsyncResult         *result,
                                           GError              **error);

/* A note found among all, and the article it is in. */
typedef struct
{
  DraNote *note;  /* not anchored */
  char    *title; /* of its article, may be empty; (nullable) like those below: no article */
  char    *uri;   /* (nullable) where the article was last opened from */
  char    *hash;  /* of the article's text */
} DraFoundNote;

void        dra_found_note_free           (DraFoundNote         *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraFoundNote, dra_found_note_free)

/* (transfer full) GPtrArray of DraFoundNote, newest first. */
GPtrArray  *dra_library_find_notes        (DraLibrary           *self,
                                           const char           *text,
                                           guint                 limit,
                                           GCancellable         *cancellable,
                                           GError              **error);
void        dra_library_find_notes_async  (DraLibrary           *self,
                                           const char           *text,
                                           guint                 limit,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
GPtrArray  *dra_library_find_notes_finish (DraLibrary           *self,
                                           GAsyncResult         *result,
                                           GError              **error);
/* All tags, the most used first. */
void        dra_library_list_tags_async   (DraLibrary           *self,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
GPtrArray  *dra_library_list_tags_finish  (DraLibrary           *self,
                                           GAsyncResult         *result,
                                           GError              **error);
/* Notes about the people and organizations an article names. */
void        dra_library_load_entity_notes_async (DraLibrary     *self,
                                           DraArticle           *article,
                                           const char *const    *kinds,
                                           const char *const    *names,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
GPtrArray  *dra_library_load_entity_notes_finish (DraLibrary    *self,
                                           GAsyncResult         *result,
                                           GError              **error);


/* Everything in one file, and what such a file holds into the library (all or nothing). */
gboolean    dra_library_export            (DraLibrary           *self,
                                           GFile                *file,
                                           GCancellable         *cancellable,
                                           GError              **error);
gboolean    dra_library_import            (DraLibrary           *self,
                                           GFile                *file,
                                           guint                *n_notes,
                                           GCancellable         *cancellable,
                                           GError              **error);
void        dra_library_export_async      (DraLibrary           *self,
                                           GFile                *file,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean    dra_library_export_finish     (DraLibrary           *self,
                                           GAsyncResult         *result,
                                           GError              **error);
void        dra_library_import_async      (DraLibrary           *self,
                                           GFile                *file,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
int         dra_library_import_finish     (DraLibrary           *self,
                                           GAsyncResult         *result,
                                           GError              **error);

/* Dated copies of the library beside it, in "backups"; the oldest go. */
#define DRA_LIBRARY_MAX_BACKUPS 10

/* A dated copy of the library. */
typedef struct
{
  char   *path;
  gint64  time;    /* seconds since 1970 */
  guint   n_notes; /* in it */
} DraLibraryBackup;

void        dra_library_backup_free       (DraLibraryBackup     *self);
/* Makes one when the newest is older than that, and there is something that is not in it. */
gboolean    dra_library_back_up           (DraLibrary           *self,
                                           gint64                older_than, /* seconds */
                                           GError              **error);
void        dra_library_back_up_async     (DraLibrary           *self,
                                           gint64                older_than);
/* (transfer full) GPtrArray of DraLibraryBackup, the newest first. */
GPtrArray  *dra_library_list_backups      (DraLibrary           *self);
void        dra_library_list_backups_async (DraLibrary          *self,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
GPtrArray  *dra_library_list_backups_finish (DraLibrary         *self,
                                           GAsyncResult         *result,
                                           GError              **error);
/* Makes the library what a backup holds; what it was is a backup then. */
gboolean    dra_library_restore           (DraLibrary           *self,
                                           const char           *backup,
                                           GError              **error);
void        dra_library_restore_async     (DraLibrary           *self,
                                           const char           *backup,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean    dra_library_restore_finish    (DraLibrary           *self,
                                           GAsyncResult         *result,
                                           GError              **error);

G_END_DECLS
