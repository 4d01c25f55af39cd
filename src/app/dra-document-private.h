/* dra-document-private.h: what the files of DraDocument share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/dra-document.h"
#include "app/dra-note-saver.h"

G_BEGIN_DECLS

struct _DraDocument
{
  GObject parent_instance;

  DraServices     *services;
  GFile           *file;
  DraFileWatch    *watch;
  GCancellable    *cancellable;

  DraDocumentState state;
  char            *message; /* why it failed */
  DraPictureSource *pictures; /* (nullable): until it is ready */
  DraReadingExtent  extent;   /* what to read, then what was read */
  DraArticle      *article;
  gboolean         copy;
  gboolean         continued;

  DraCast         *found;       /* (nullable) what the recognizer or a copy gave */
  DraCast         *cast;        /* (nullable) that with the reader's corrections */
  GPtrArray       *corrections; /* of DraCorrection, the oldest first */
  gboolean         corrections_loaded; /* or they cannot be */
  gboolean         found_all;   /* no more names will be found */
  guint            correcting;  /* number of the last order to put them on */
  DraNamesState    names_state;
  char            *names_message;
  double           names_progress;

  GListStore      *notes;     /* of DraNote, in text order */
  GHashTable      *known;     /* uuid -> DraNote: each note as it last was, for undo */
  GPtrArray       *carried;   /* notes the file itself carried */
  DraNoteSaver    *saver;
  DraUndoStack    *undo_stack;
  gboolean         notes_loaded;
  gboolean         library_read; /* the notes shown include the library's */
  gboolean         entities_read; /* and those about the people and organizations it names */
  char            *notes_problem;
};

enum
{
  DRA_DOCUMENT_PROP_0,
  DRA_DOCUMENT_PROP_STATE,
  DRA_DOCUMENT_PROP_NAMES_STATE,
  DRA_DOCUMENT_PROP_NAMES_PROGRESS,
  DRA_DOCUMENT_PROP_CAST,
  DRA_DOCUMENT_PROP_NOTES_LOADED,
  DRA_DOCUMENT_PROP_NOTES_PROBLEM,
  DRA_DOCUMENT_PROP_BUSY,
  DRA_DOCUMENT_PROP_DISK_STATE,
  DRA_DOCUMENT_N_PROPS,
};

enum
{
  DRA_DOCUMENT_NOTICE,
  DRA_DOCUMENT_NOTE_SHOWN,
  DRA_DOCUMENT_N_SIGNALS,
};

extern GParamSpec *dra_document_properties[];
extern guint dra_document_signals[];

/* dra-document-undo.c */
int      dra_document_compare_notes     (gconstpointer a,
                                         gconstpointer b,
                                         gpointer      user_data);
DraNote *dra_document_copy_note         (DraNote     *note);
DraNote *dra_document_lookup_note       (DraDocument *self,
                                         const char  *uuid);
void     dra_document_remember_note     (DraDocument *self,
                                         DraNote     *note);
void     dra_document_push_change       (DraDocument *self,
                                         const char  *uuid,
                                         DraNote     *before,
                                         DraNote     *after);

/* dra-document-names.c */
void     dra_document_start_names       (DraDocument *self,
                                         DraCast     *cast);
void     dra_document_load_names        (DraDocument *self);

/* dra-document-notes.c */
void     dra_document_start_notes       (DraDocument *self);
void     dra_document_load_notes        (DraDocument *self);
void     dra_document_load_entity_notes (DraDocument *self);

G_END_DECLS
