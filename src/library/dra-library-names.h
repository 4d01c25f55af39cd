/* dra-library-names.h: what the library knows of names: corrections, and who is in which
 * article.
 *
 * The list of who is in which article is filled only by dra_library_index_names(): whether
 * to call that is the reader's choice.  Names are compared without regard to case and
 * accents (dra-fold.h).  The promises of dra-library.h hold here too.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "library/dra-library.h"
#include "notes/dra-correction.h"
#include "recognizer/dra-cast.h"

G_BEGIN_DECLS

/* Adds or replaces by UUID. */
gboolean   dra_library_save_correction        (DraLibrary          *self,
                                               DraCorrection       *correction,
                                               GError             **error);
gboolean   dra_library_delete_correction      (DraLibrary          *self,
                                               const char          *uuid,
                                               GError             **error);
/* (transfer full) GPtrArray of DraCorrection, the oldest first: those that count in article
 * (made in its text, or in another that was opened from the same place, or everywhere), or
 * all there are when it is NULL. */
GPtrArray *dra_library_load_corrections       (DraLibrary          *self,
                                               DraArticle          *article,
                                               GCancellable        *cancellable,
                                               GError             **error);
/* Notes who is named in an article, instead of what was noted of it before. */
gboolean   dra_library_index_names            (DraLibrary          *self,
                                               DraArticle          *article,
                                               DraCast             *cast,
                                               GError             **error);
/* Forgets who is in which article: all of it. */
gboolean   dra_library_wipe_names             (DraLibrary          *self,
                                               GError             **error);

/* The same, in turn with all that is written, in the library's thread. */
void       dra_library_save_correction_async   (DraLibrary          *self,
                                                DraCorrection       *correction,
                                                GAsyncReadyCallback  callback,
                                                gpointer             user_data);
void       dra_library_delete_correction_async (DraLibrary          *self,
                                                const char          *uuid,
                                                GAsyncReadyCallback  callback,
                                                gpointer             user_data);
void       dra_library_index_names_async       (DraLibrary          *self,
                                                DraArticle          *article,
                                                DraCast             *cast,
                                                GAsyncReadyCallback  callback,
                                                gpointer             user_data);
void       dra_library_wipe_names_async        (DraLibrary          *self,
                                                GAsyncReadyCallback  callback,
                                                gpointer             user_data);
/* Of any of the four. */
gboolean   dra_library_write_names_finish      (DraLibrary          *self,
                                                GAsyncResult        *result,
                                                GError             **error);
void       dra_library_load_corrections_async  (DraLibrary          *self,
                                                DraArticle          *article,
                                                GCancellable        *cancellable,
                                                GAsyncReadyCallback  callback,
                                                gpointer             user_data);
GPtrArray *dra_library_load_corrections_finish (DraLibrary          *self,
                                                GAsyncResult        *result,
                                                GError             **error);

/* What is asked of the list. */
typedef enum
{
  DRA_NAMES_PEOPLE,      /* who has these words in their name; most articles first */
  DRA_NAMES_ARTICLES,    /* which articles have these words in their title; last opened first */
  DRA_NAMES_APPEARANCES, /* which articles name this one; last opened first */
  DRA_NAMES_INDEXED,     /* all articles of the list; last opened first */
} DraNamesQuestion;

typedef struct
{
  DraEntityKind kind;        /* of a person or organization */
  char         *name;        /* (nullable) an article found by its title has none */
  guint         n_articles;  /* that name it */
  guint         n_mentions;  /* in all of them; in this article */
  char         *title;       /* (nullable) of an article, as those below */
  char         *uri;         /* (nullable) where it was last opened from */
  char         *hash;        /* of its text */
  gint64        last_opened; /* microseconds since 1970 */
} DraFoundName;

void       dra_found_name_free                (DraFoundName        *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraFoundName, dra_found_name_free)

/* (transfer full) GPtrArray of DraFoundName; kind and a name that is wanted whole only for
 * DRA_NAMES_APPEARANCES. */
GPtrArray *dra_library_ask_names              (DraLibrary          *self,
                                               DraNamesQuestion     question,
                                               DraEntityKind        kind,
                                               const char          *text,
                                               guint                limit,
                                               GCancellable        *cancellable,
                                               GError             **error);
void       dra_library_ask_names_async        (DraLibrary          *self,
                                               DraNamesQuestion     question,
                                               DraEntityKind        kind,
                                               const char          *text,
                                               guint                limit,
                                               GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
GPtrArray *dra_library_ask_names_finish       (DraLibrary          *self,
                                               GAsyncResult        *result,
                                               GError             **error);

G_END_DECLS
