/* dra-undo-stack.h: what was done in a window and can be undone.
 *
 * A feature pushes an action after doing it; the stack calls back to undo or redo.  An
 * action may take in the next one (typing into one note is one step, not forty).  Nothing
 * is forgotten as long as the article is open.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* How a kind of action is undone; data is what was given to dra_undo_stack_push. */
typedef struct
{
  void     (*undo)  (gpointer data);
  void     (*redo)  (gpointer data);
  /* (nullable) Takes what next did into data; FALSE leaves them two steps. */
  gboolean (*merge) (gpointer data,
                     gpointer next);
  void     (*free)  (gpointer data);
} DraUndoClass;

#define DRA_TYPE_UNDO_STACK (dra_undo_stack_get_type ())
G_DECLARE_FINAL_TYPE (DraUndoStack, dra_undo_stack, DRA, UNDO_STACK, GObject)

DraUndoStack *dra_undo_stack_new      (void);
void          dra_undo_stack_push     (DraUndoStack       *self,
                                       const DraUndoClass *klass,
                                       gpointer            data);
gboolean      dra_undo_stack_undo     (DraUndoStack       *self);
gboolean      dra_undo_stack_redo     (DraUndoStack       *self);
gboolean      dra_undo_stack_can_undo (DraUndoStack       *self);
gboolean      dra_undo_stack_can_redo (DraUndoStack       *self);
/* (nullable) The data of the action that would be undone, when it is of klass. */
gpointer      dra_undo_stack_peek     (DraUndoStack       *self,
                                       const DraUndoClass *klass);
/* No later action is merged into the last one. */
void          dra_undo_stack_seal     (DraUndoStack       *self);
void          dra_undo_stack_clear    (DraUndoStack       *self);

G_END_DECLS
