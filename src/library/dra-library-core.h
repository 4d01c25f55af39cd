/* dra-library-core.h: what the files of DraLibrary share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "library/dra-library.h"
#include "library/dra-store.h"

G_BEGIN_DECLS

typedef struct
{
  gatomicrefcount ref_count;
  GMutex lock;         /* around store and notice */
  DraStore *store;
  const char *notice;  /* interned, so that it outlives the lock */
  GAsyncQueue *queue;  /* of Job */
  GWeakRef library;    /* to notify of a notice */
} DraLibraryCore;

typedef struct
{
  GTask *task;         /* NULL in a job that only marks a place in the queue */
  void (*run) (DraLibraryCore *core, GTask *task, gpointer data);
  GMutex *done_lock;   /* of a marker, with done */
  GCond *done_cond;
  gboolean *done;
  gboolean stop;
} DraLibraryJob;

typedef struct
{
  DraArticle *article;
  DraNote *note;
  char *uuid;
  GPtrArray *notes;
  GArray *placed;      /* gboolean, parallel to notes */
  gboolean alike;      /* the notes are those of another form of the article */
  gpointer data;       /* of other kinds of work, with its destroy function */
  GDestroyNotify free_data;
} DraLibraryWork;

/* dra-library.c */
DraLibraryWork *dra_library_work_new          (DraArticle      *article);
void            dra_library_work_free         (DraLibraryWork  *work);
DraLibraryCore *dra_library_get_core          (DraLibrary      *self);
gboolean        dra_library_transact          (DraLibraryCore  *core,
                                               gboolean (*how) (DraStore *, DraStoreFunc, gpointer, GError **),
                                               DraStoreFunc     func,
                                               gpointer         data,
                                               GError         **error);
gboolean        dra_library_save_func         (DraStore        *store,
                                               gpointer         data,
                                               GError         **error);
gboolean        dra_library_delete_func       (DraStore        *store,
                                               gpointer         data,
                                               GError         **error);
gboolean        dra_library_load_func         (DraStore        *store,
                                               gpointer         data,
                                               GError         **error);
gboolean        dra_library_open_article_func (DraStore        *store,
                                               gpointer         data,
                                               GError         **error);
void            dra_library_anchor_loaded     (DraLibraryCore  *core,
                                               DraLibraryWork  *work);

/* dra-library-async.c */
void            dra_library_push_job          (DraLibrary      *self,
                                               GTask           *task,
                                               DraLibraryWork  *work,
                                               void (*run) (DraLibraryCore *core, GTask *task, gpointer data));

G_END_DECLS
