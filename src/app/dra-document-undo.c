/* dra-document-undo.c: the order of an article's notes, and each change of one undone.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-document-private.h"

#define MERGE_EDITS_US (3 * G_USEC_PER_SEC) /* edits of one note this close are one step */

/* {{{ Notes in their order */

/* Notes on the whole article first, then by place, then those whose place is lost. */
int
dra_document_compare_notes (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  DraNote *notes[2] = { (DraNote *) a, (DraNote *) b };
  int group[2];
  DraRange range[2];

  for (int i = 0; i < 2; i++)
    {
      DraAnchorState anchor = dra_note_get_anchor (notes[i], &range[i], NULL);

      if (dra_note_get_target (notes[i]) != DRA_NOTE_TARGET_PASSAGE)
        group[i] = 0;
      else
        group[i] = anchor == DRA_ANCHOR_LOST ? 2 : 1;
    }

  if (group[0] != group[1])
    return group[0] - group[1];
  if (group[0] == 1 && range[0].start != range[1].start)
    return range[0].start < range[1].start ? -1 : 1;
  if (dra_note_get_created (notes[0]) != dra_note_get_created (notes[1]))
    return dra_note_get_created (notes[0]) < dra_note_get_created (notes[1]) ? -1 : 1;
  return g_strcmp0 (dra_note_get_uuid (notes[0]), dra_note_get_uuid (notes[1]));
}

/* A copy that stands where the original does; dra_note_copy need not keep the anchor. */
DraNote *
dra_document_copy_note (DraNote *note)
{
  DraNote *copy = dra_note_copy (note);
  DraRange range;
  const char *reason;
  DraAnchorState state = dra_note_get_anchor (note, &range, &reason);

  dra_note_set_anchor (copy, state, range, reason);
  return copy;
}

/* (nullable), not owned by the caller. */
DraNote *
dra_document_lookup_note (DraDocument *self,
                          const char  *uuid)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->notes));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (DraNote) note = g_list_model_get_item (G_LIST_MODEL (self->notes), i);

      if (g_strcmp0 (dra_note_get_uuid (note), uuid) == 0)
        return note; /* the store holds it */
    }

  return NULL;
}

/* Keeps the note as it is now: what a later change of it is undone to. */
void
dra_document_remember_note (DraDocument *self,
                            DraNote     *note)
{
  g_hash_table_replace (self->known, g_strdup (dra_note_get_uuid (note)),
                        dra_document_copy_note (note));
}

/* }}} */
/* {{{ Undo */

typedef struct
{
  DraDocument *document; /* not owned: the document owns the stack */
  char        *uuid;
  DraNote     *before;   /* NULL: there was none */
  DraNote     *after;    /* NULL: it was deleted */
  gint64       time;     /* monotonic, microseconds */
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_clear_object (&change->before);
  g_clear_object (&change->after);
  g_free (change->uuid);
  g_free (change);
}

/* Makes the note what it was; the change is written through like any other. */
static void
restore (DraDocument *self,
         const char  *uuid,
         DraNote     *wanted)
{
  DraNote *note = dra_document_lookup_note (self, uuid);

  if (wanted == NULL)
    {
      guint position;

      if (note != NULL && g_list_store_find (self->notes, note, &position))
        g_list_store_remove (self->notes, position);
      g_hash_table_remove (self->known, uuid);
      dra_note_saver_delete (self->saver, uuid);
      return;
    }

  if (note == NULL)
    {
      g_autoptr (DraNote) again = dra_document_copy_note (wanted);

      dra_document_remember_note (self, again);
      g_list_store_insert_sorted (self->notes, again, dra_document_compare_notes, NULL);
      dra_note_saver_save (self->saver, again);
      g_signal_emit (self, dra_document_signals[DRA_DOCUMENT_NOTE_SHOWN], 0, again);
      return;
    }

  if (!dra_note_same_selectors (note, wanted))
    {
      DraRange range;
      const char *reason;
      DraAnchorState state = dra_note_get_anchor (wanted, &range, &reason);

      dra_note_take_selectors (note, wanted);
      dra_note_set_anchor (note, state, range, reason); /* it stood so in this very text */
      g_list_store_sort (self->notes, dra_document_compare_notes, NULL);
    }
  dra_note_set_body (note, dra_note_get_body (wanted));
  dra_note_set_color (note, dra_note_get_color (wanted));
  dra_note_set_tags (note, dra_note_get_tags (wanted));
  /* Newer than the undone state, which a saved copy may hold. */
  dra_note_set_modified (note, g_get_real_time ());
  dra_document_remember_note (self, note);
  dra_note_saver_save (self->saver, note);
  g_signal_emit (self, dra_document_signals[DRA_DOCUMENT_NOTE_SHOWN], 0, note);
}

static void
change_undo (gpointer data)
{
  Change *change = data;

  restore (change->document, change->uuid, change->before);
}

static void
change_redo (gpointer data)
{
  Change *change = data;

  restore (change->document, change->uuid, change->after);
}

static gboolean
change_merge (gpointer data,
              gpointer next)
{
  Change *change = data;
  Change *later = next;

  if (g_strcmp0 (change->uuid, later->uuid) != 0 || change->after == NULL ||
      change->before == NULL || later->before == NULL || later->after == NULL ||
      later->time - change->time > MERGE_EDITS_US)
    return FALSE;

  g_set_object (&change->after, later->after);
  change->time = later->time;
  return TRUE;
}

static const DraUndoClass change_class = { change_undo, change_redo, change_merge, change_free };

/* before NULL: the note is new; after NULL: it was deleted. */
void
dra_document_push_change (DraDocument *self,
                          const char  *uuid,
                          DraNote     *before,
                          DraNote     *after)
{
  Change *change = g_new0 (Change, 1);

  change->document = self;
  change->uuid = g_strdup (uuid);
  change->before = before != NULL ? dra_document_copy_note (before) : NULL;
  change->after = after != NULL ? dra_document_copy_note (after) : NULL;
  change->time = g_get_monotonic_time ();
  dra_undo_stack_push (self->undo_stack, &change_class, change);
}

/* }}} */

/**
 * dra_document_restore_note:
 * @self: a ready document
 * @note: a note that was deleted
 *
 * Takes back the deletion of @note, whatever was done since.
 */
void
dra_document_restore_note (DraDocument *self,
                           DraNote     *note)
{
  const char *uuid;
  Change *last;

  g_return_if_fail (DRA_IS_DOCUMENT (self));
  g_return_if_fail (DRA_IS_NOTE (note));

  uuid = dra_note_get_uuid (note);
  if (dra_document_lookup_note (self, uuid) != NULL)
    return;

  last = dra_undo_stack_peek (self->undo_stack, &change_class);
  if (last != NULL && last->after == NULL && g_strcmp0 (last->uuid, uuid) == 0)
    {
      dra_undo_stack_undo (self->undo_stack);
      return;
    }

  dra_document_push_change (self, uuid, NULL, note);
  restore (self, uuid, note);
}

DraUndoStack *
dra_document_get_undo_stack (DraDocument *self)
{
  g_return_val_if_fail (DRA_IS_DOCUMENT (self), NULL);

  return self->undo_stack;
}
