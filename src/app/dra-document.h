/* dra-document.h: one opened file: its article, cast and notes, and how far they are.
 *
 * What a window shows, without the window.  Loading goes in two steps so that the text is
 * painted first: dra_document_load reads the file; when the window has painted the text it
 * calls dra_document_continue, which finds the names and loads the notes.  All work is done
 * in threads and stops when the document is closed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/dra-file-watch.h"
#include "app/dra-picture-source.h"
#include "app/dra-services.h"
#include "app/dra-undo-stack.h"
#include "notes/dra-correction.h"
#include "readers/dra-reading.h"
#include "writers/dra-writer.h"

G_BEGIN_DECLS

typedef enum
{
  DRA_DOCUMENT_LOADING,
  DRA_DOCUMENT_READY,
  DRA_DOCUMENT_FAILED,
} DraDocumentState;

/* How far the people and organizations are. */
typedef enum
{
  DRA_NAMES_WAITING,
  DRA_NAMES_SEARCHING,
  DRA_NAMES_READY,
  DRA_NAMES_FAILED,
} DraNamesState;

#define DRA_TYPE_DOCUMENT (dra_document_get_type ())
G_DECLARE_FINAL_TYPE (DraDocument, dra_document, DRA, DOCUMENT, GObject)

/* Properties, all read-only: state, names-state (int), cast (DraCast; while names are looked
 *   for, that of the first part of a long article), names-progress (0 to 1), notes-loaded,
 *   busy (notes are being written), notes-problem (nullable sentence: why notes are not
 *   being kept), disk-state (int, DraFileState).
 * Signals: notice (const char *sentence)   something to tell once
 *          note-shown (DraNote)            undo or redo brought this note back or changed it */
DraDocument      *dra_document_new               (DraServices         *services,
                                                  GFile               *file);
/* Before loading: DRA_READING_PAGE for the whole of a page whose article is cut out. */
void              dra_document_set_extent        (DraDocument         *self,
                                                  DraReadingExtent     extent);
/* What was read; only in a ready document. */
DraReadingExtent  dra_document_get_extent        (DraDocument         *self);
DraPictureSource *dra_document_get_pictures      (DraDocument         *self);
void              dra_document_load              (DraDocument         *self);
void              dra_document_continue          (DraDocument         *self);
void              dra_document_close             (DraDocument         *self);

GFile            *dra_document_get_file          (DraDocument         *self);
char             *dra_document_dup_file_name     (DraDocument         *self);
DraDocumentState  dra_document_get_state         (DraDocument         *self);
const char       *dra_document_get_message       (DraDocument         *self);
DraArticle       *dra_document_get_article       (DraDocument         *self);
gboolean          dra_document_get_is_copy       (DraDocument         *self);
DraCast          *dra_document_get_cast          (DraDocument         *self);
DraNamesState     dra_document_get_names_state   (DraDocument         *self);
double            dra_document_get_names_progress (DraDocument        *self);
char             *dra_document_dup_names_notice  (DraDocument         *self);
const char       *dra_document_get_names_message (DraDocument         *self);
DraFileState      dra_document_get_disk_state    (DraDocument         *self);

/* What the reader says of a name, put on the cast at once, kept in the library, undoable.
 * hash is filled in.  FALSE: it makes no sense. */
gboolean          dra_document_correct           (DraDocument              *self,
                                                  const DraCorrectionParts *parts);
/* (transfer none) of DraCorrection: those that count here. */
GPtrArray        *dra_document_get_corrections   (DraDocument         *self);

GListModel       *dra_document_get_notes         (DraDocument         *self);
gboolean          dra_document_get_notes_loaded  (DraDocument         *self);
const char       *dra_document_get_notes_problem (DraDocument         *self);
gboolean          dra_document_get_busy          (DraDocument         *self);
guint             dra_document_get_n_unsaved     (DraDocument         *self);
void              dra_document_retry_notes       (DraDocument         *self);

DraNote          *dra_document_add_note          (DraDocument         *self,
                                                  DraRange             range,
                                                  DraNoteColor         color);
DraNote          *dra_document_add_article_note  (DraDocument         *self,
                                                  DraNoteColor         color);
DraNote          *dra_document_add_entity_note   (DraDocument         *self,
                                                  const DraEntity     *entity,
                                                  DraNoteColor         color);
DraNote          *dra_document_find_note         (DraDocument         *self,
                                                  const char          *uuid);
void              dra_document_attach_note       (DraDocument         *self,
                                                  DraNote             *note,
                                                  DraRange             range);
void              dra_document_note_edited       (DraDocument         *self,
                                                  DraNote             *note);
void              dra_document_delete_note       (DraDocument         *self,
                                                  DraNote             *note);
void              dra_document_restore_note      (DraDocument         *self,
                                                  DraNote             *note);
DraUndoStack     *dra_document_get_undo_stack    (DraDocument         *self);

void              dra_document_save_copy_async   (DraDocument         *self,
                                                  const DraWriter     *writer,
                                                  GFile               *target,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);
gboolean          dra_document_save_copy_finish  (DraDocument         *self,
                                                  GAsyncResult        *result,
                                                  char               **remark,
                                                  GError             **error);

G_END_DECLS
