/* dra-document-notes.c: the notes of an opened file: made, changed, loaded, kept.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-document-private.h"

#include "notes/dra-anchor.h"

/* {{{ Notes from the library */

static void
set_notes_problem (DraDocument *self,
                   const char  *problem)
{
  if (g_strcmp0 (problem, self->notes_problem) == 0)
    return;

  g_free (self->notes_problem);
  self->notes_problem = g_strdup (problem);
  g_object_notify_by_pspec (G_OBJECT (self), dra_document_properties[DRA_DOCUMENT_PROP_NOTES_PROBLEM]);
}

static void
add_notes (DraDocument *self,
           GPtrArray   *notes)
{
  for (guint i = 0; notes != NULL && i < notes->len; i++)
    {
      DraNote *note = g_ptr_array_index (notes, i);

      /* One that was made while the library was being read is the newer. */
      if (dra_document_lookup_note (self, dra_note_get_uuid (note)) != NULL)
        continue;
      dra_document_remember_note (self, note);
      g_list_store_insert_sorted (self->notes, note, dra_document_compare_notes, NULL);
    }
}

static void
take_notes (DraDocument *self,
            GPtrArray   *notes)
{
  add_notes (self, notes);
  self->notes_loaded = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), dra_document_properties[DRA_DOCUMENT_PROP_NOTES_LOADED]);
}

static void
notes_loaded_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (DraDocument) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) notes = NULL;

  notes = dra_library_load_notes_finish (DRA_LIBRARY (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (notes != NULL)
    {
      self->library_read = TRUE;
      take_notes (self, notes);
      dra_document_load_entity_notes (self);
    }
  else
    {
      set_notes_problem (self, error->message);
      take_notes (self, self->carried);
    }
}

static void
library_opened_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (DraDocument) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DraLibrary) library = NULL;
  g_autofree char *notice = NULL;

  library = dra_services_get_library_finish (DRA_SERVICES (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (library == NULL)
    {
      set_notes_problem (self, error->message);
      dra_note_saver_set_library (self->saver, NULL, error);
      if (!self->notes_loaded)
        take_notes (self, self->carried);
      return;
    }

  set_notes_problem (self, NULL);
  notice = dra_services_take_notice (self->services);
  if (notice != NULL)
    g_signal_emit (self, dra_document_signals[DRA_DOCUMENT_NOTICE], 0, notice);

  dra_note_saver_set_library (self->saver, library, NULL);
  if (!self->library_read)
    dra_library_load_notes_async (library, self->article,
                                  self->carried->len > 0 ? self->carried : NULL,
                                  self->cancellable, notes_loaded_cb, g_object_ref (self));
}

static void
entity_notes_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (DraDocument) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) notes = NULL;

  notes = dra_library_load_entity_notes_finish (DRA_LIBRARY (source), result, &error);
  if (notes != NULL)
    add_notes (self, notes);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    set_notes_problem (self, error->message);
}

static gboolean
names_one (DraCast    *cast,
           const char *name)
{
  for (guint i = 0; i < dra_cast_get_n_entities (cast); i++)
    if (g_strcmp0 (dra_cast_get_entity (cast, i)->name, name) == 0)
      return TRUE;
  return FALSE;
}

/**
 * dra_document_load_entity_notes:
 * @self: the document
 *
 * Loads the notes about the people and organizations this article names, whatever article
 * they were written in, when both the library and all names are there; again only after the
 * reader has corrected the names.  Who was renamed is known by the former name too.
 */
void
dra_document_load_entity_notes (DraDocument *self)
{
  g_autoptr (GPtrArray) kinds = NULL;
  g_autoptr (GPtrArray) names = NULL;
  DraLibrary *library = dra_note_saver_get_library (self->saver);
  guint n;

  if (self->entities_read || !self->library_read || library == NULL || self->cast == NULL ||
      self->names_state != DRA_NAMES_READY)
    return;
  self->entities_read = TRUE;

  kinds = g_ptr_array_new ();
  names = g_ptr_array_new ();
  n = dra_cast_get_n_entities (self->cast);
  for (guint i = 0; i < n; i++)
    {
      const DraEntity *entity = dra_cast_get_entity (self->cast, i);

      g_ptr_array_add (kinds, (gpointer) dra_entity_kind_to_string (entity->kind));
      g_ptr_array_add (names, (gpointer) entity->name);
    }
  for (guint i = 0; i < self->corrections->len; i++)
    {
      const DraCorrectionParts *parts = dra_correction_get_parts (self->corrections->pdata[i]);

      if (parts->action != DRA_CORRECTION_RENAME && parts->action != DRA_CORRECTION_MERGE
          && parts->action != DRA_CORRECTION_KIND)
        continue;
      if (!names_one (self->cast, parts->action == DRA_CORRECTION_KIND ? parts->name
                                                                          : parts->to_name))
        continue;
      g_ptr_array_add (kinds, (gpointer) dra_entity_kind_to_string (parts->kind));
      g_ptr_array_add (names, (gpointer) parts->name);
    }
  g_ptr_array_add (kinds, NULL);
  g_ptr_array_add (names, NULL);
  dra_library_load_entity_notes_async (library, self->article,
                                       (const char *const *) kinds->pdata,
                                       (const char *const *) names->pdata, self->cancellable,
                                       entity_notes_cb, g_object_ref (self));
}

static void
note_failed_cb (DraDocument *self,
                const char  *sentence)
{
  set_notes_problem (self, sentence);
}

static void
saver_n_failed_cb (DraDocument *self)
{
  if (dra_note_saver_get_n_failed (self->saver) == 0 && self->notes_loaded)
    set_notes_problem (self, NULL);
}

static void
saver_busy_cb (DraDocument *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), dra_document_properties[DRA_DOCUMENT_PROP_BUSY]);
}

/* The article is there: from now on notes can be made. */
void
dra_document_start_notes (DraDocument *self)
{
  self->saver = dra_note_saver_new (self->article);
  g_signal_connect_object (self->saver, "failed", G_CALLBACK (note_failed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->saver, "notify::n-failed", G_CALLBACK (saver_n_failed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->saver, "notify::busy", G_CALLBACK (saver_busy_cb), self,
                           G_CONNECT_SWAPPED);
}

/* Opens the library and loads what is known of the article. */
void
dra_document_load_notes (DraDocument *self)
{
  dra_services_get_library_async (self->services, self->cancellable, library_opened_cb,
                                  g_object_ref (self));
}

/* }}} */

/**
 * dra_document_get_notes:
 * @self: the document
 *
 * Returns: (transfer none): the notes, in text order; empty until they are loaded
 */
GListModel *
dra_document_get_notes (DraDocument *self)
{
  g_return_val_if_fail (DRA_IS_DOCUMENT (self), NULL);

  return G_LIST_MODEL (self->notes);
}

gboolean
dra_document_get_notes_loaded (DraDocument *self)
{
  g_return_val_if_fail (DRA_IS_DOCUMENT (self), FALSE);

  return self->notes_loaded;
}

/**
 * dra_document_get_notes_problem:
 * @self: the document
 *
 * Returns: (nullable): the sentence that says why notes are not being kept
 */
const char *
dra_document_get_notes_problem (DraDocument *self)
{
  g_return_val_if_fail (DRA_IS_DOCUMENT (self), NULL);

  return self->notes_problem;
}

/**
 * dra_document_get_busy:
 * @self: the document
 *
 * Returns: whether a note is still being written
 */
gboolean
dra_document_get_busy (DraDocument *self)
{
  g_return_val_if_fail (DRA_IS_DOCUMENT (self), FALSE);

  return self->saver != NULL && dra_note_saver_get_busy (self->saver);
}

/**
 * dra_document_get_n_unsaved:
 * @self: the document
 *
 * Returns: how many notes have a change that could not be written
 */
guint
dra_document_get_n_unsaved (DraDocument *self)
{
  g_return_val_if_fail (DRA_IS_DOCUMENT (self), 0);

  return self->saver != NULL ? dra_note_saver_get_n_failed (self->saver) : 0;
}

/**
 * dra_document_retry_notes:
 * @self: a ready document
 *
 * Tries once more to open the library and to write what could not be written.
 */
void
dra_document_retry_notes (DraDocument *self)
{
  g_return_if_fail (DRA_IS_DOCUMENT (self));
  g_return_if_fail (self->saver != NULL);

  dra_document_load_notes (self);
}

static DraNote *
add_note (DraDocument *self,
          DraNote     *note,
          DraNoteColor color)
{
  dra_note_set_color (note, color);
  dra_document_push_change (self, dra_note_get_uuid (note), NULL, note);
  dra_document_remember_note (self, note);
  g_list_store_insert_sorted (self->notes, note, dra_document_compare_notes, NULL);
  dra_note_saver_save (self->saver, note);
  return note;
}

/**
 * dra_document_add_note:
 * @self: a ready document
 * @range: a passage, in bytes of the article's text
 * @color: its colour
 *
 * Adds an empty note (a highlight) and writes it through.
 *
 * Returns: (transfer none): the note
 */
DraNote *
dra_document_add_note (DraDocument *self,
                       DraRange     range,
                       DraNoteColor color)
{
  g_autoptr (DraNote) note = NULL;

  g_return_val_if_fail (DRA_IS_DOCUMENT (self), NULL);
  g_return_val_if_fail (self->article != NULL, NULL);
  g_return_val_if_fail (range.start < range.end, NULL);

  note = dra_note_new_for_passage (self->article, range);
  return add_note (self, note, color);
}

/**
 * dra_document_add_article_note:
 * @self: a ready document
 * @color: its colour
 *
 * Adds an empty note on the whole article and writes it through.
 *
 * Returns: (transfer none): the note
 */
DraNote *
dra_document_add_article_note (DraDocument *self,
                               DraNoteColor color)
{
  g_autoptr (DraNote) note = NULL;

  g_return_val_if_fail (DRA_IS_DOCUMENT (self), NULL);
  g_return_val_if_fail (self->article != NULL, NULL);

  note = dra_note_new_for_article (self->article);
  return add_note (self, note, color);
}

/**
 * dra_document_add_entity_note:
 * @self: a ready document
 * @entity: one of its cast
 * @color: its colour
 *
 * Adds an empty note about a person or organization, which every article shows that names
 * them, and writes it through.
 *
 * Returns: (transfer none): the note
 */
DraNote *
dra_document_add_entity_note (DraDocument     *self,
                              const DraEntity *entity,
                              DraNoteColor     color)
{
  g_autoptr (DraNote) note = NULL;

  g_return_val_if_fail (DRA_IS_DOCUMENT (self), NULL);
  g_return_val_if_fail (self->article != NULL, NULL);
  g_return_val_if_fail (entity != NULL, NULL);

  note = dra_note_new_for_entity (self->article, dra_entity_kind_to_string (entity->kind),
                                  entity->name);
  return add_note (self, note, color);
}

/**
 * dra_document_find_note:
 * @self: the document
 * @uuid: of a note
 *
 * Returns: (transfer none) (nullable): the note
 */
DraNote *
dra_document_find_note (DraDocument *self,
                        const char  *uuid)
{
  g_return_val_if_fail (DRA_IS_DOCUMENT (self), NULL);
  g_return_val_if_fail (uuid != NULL, NULL);

  return dra_document_lookup_note (self, uuid);
}

/**
 * dra_document_attach_note:
 * @self: a ready document
 * @note: one of its notes on a passage
 * @range: the passage it belongs to, in bytes of the article's text
 *
 * Puts a note that is unsure, moved or lost where the reader says, and writes it through.
 * It keeps what it was made with; undo puts it back.
 */
void
dra_document_attach_note (DraDocument *self,
                          DraNote     *note,
                          DraRange     range)
{
  DraNote *before;

  g_return_if_fail (DRA_IS_DOCUMENT (self));
  g_return_if_fail (DRA_IS_NOTE (note));
  g_return_if_fail (range.start < range.end);

  before = g_hash_table_lookup (self->known, dra_note_get_uuid (note));
  if (before == NULL || dra_note_get_target (note) != DRA_NOTE_TARGET_PASSAGE)
    return;

  dra_note_reattach (note, self->article, range);
  dra_note_set_modified (note, g_get_real_time ());
  dra_undo_stack_seal (self->undo_stack);
  dra_document_push_change (self, dra_note_get_uuid (note), before, note);
  dra_undo_stack_seal (self->undo_stack);
  dra_document_remember_note (self, note);
  g_list_store_sort (self->notes, dra_document_compare_notes, NULL);
  dra_note_saver_save (self->saver, note);
}

/**
 * dra_document_note_edited:
 * @self: a ready document
 * @note: one of its notes, with a new body, colour or tags
 *
 * Stamps the note with the present time and writes it through.
 */
void
dra_document_note_edited (DraDocument *self,
                          DraNote     *note)
{
  DraNote *before;

  g_return_if_fail (DRA_IS_DOCUMENT (self));
  g_return_if_fail (DRA_IS_NOTE (note));

  before = g_hash_table_lookup (self->known, dra_note_get_uuid (note));
  if (before == NULL) /* it has just been deleted; the editor told its last text late */
    return;
  if (dra_note_equal (before, note))
    return;

  dra_note_set_modified (note, g_get_real_time ());
  dra_document_push_change (self, dra_note_get_uuid (note), before, note);
  dra_document_remember_note (self, note);
  dra_note_saver_save (self->saver, note);
}

/**
 * dra_document_delete_note:
 * @self: a ready document
 * @note: one of its notes
 *
 * Deletes a note here and in the library; undo brings back the very same note.
 */
void
dra_document_delete_note (DraDocument *self,
                          DraNote     *note)
{
  g_autoptr (DraNote) held = NULL;
  guint position;

  g_return_if_fail (DRA_IS_DOCUMENT (self));
  g_return_if_fail (DRA_IS_NOTE (note));

  held = g_object_ref (note);
  if (!g_list_store_find (self->notes, note, &position))
    return;

  dra_document_push_change (self, dra_note_get_uuid (note), note, NULL);
  g_hash_table_remove (self->known, dra_note_get_uuid (note));
  g_list_store_remove (self->notes, position);
  dra_note_saver_delete (self->saver, dra_note_get_uuid (note));
}
