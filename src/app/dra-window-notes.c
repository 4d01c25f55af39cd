/* dra-window-notes.c: notes in the window: from the text and the pane to the document.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-window-private.h"

#include <glib/gi18n.h>

#include "app/dra-quotation.h"
#include "notes/dra-fold.h"

static DraNoteColor
last_color (DraWindow *self)
{
  DraNoteColor color = DRA_NOTE_YELLOW;
  g_autofree char *name = NULL;

  if (self->settings == NULL)
    return color;
  name = g_settings_get_string (self->settings, "note-color");
  dra_note_color_from_string (name, &color);
  return color;
}

static DraNote *
note_on_selection (DraWindow   *self,
                   DraNoteColor color)
{
  DraRange range;

  if (self->document == NULL || dra_document_get_article (self->document) == NULL ||
      !dra_article_view_get_selection (self->view, &range))
    return NULL;

  return dra_document_add_note (self->document, range, color);
}

/**
 * dra_window_add_note:
 * @self: the window
 *
 * Puts a note on the selected passage and the keyboard into it.
 */
void
dra_window_add_note (DraWindow *self)
{
  DraNote *note = note_on_selection (self, last_color (self));

  if (note == NULL)
    return;
  dra_article_view_clear_selection (self->view);
  dra_article_view_edit_note (self->view, note);
  dra_notes_pane_show_note (self->notes_pane, note);
}

/**
 * dra_window_add_highlight:
 * @self: the window
 * @color: a DraNoteColor, or -1 for the last one used
 *
 * Highlights the selected passage.
 */
void
dra_window_add_highlight (DraWindow *self,
                          int        color)
{
  DraNote *note;

  if (color < 0 || color >= DRA_N_NOTE_COLORS)
    color = last_color (self);
  else if (self->settings != NULL)
    g_settings_set_string (self->settings, "note-color", dra_note_color_to_string (color));

  note = note_on_selection (self, color);
  if (note == NULL)
    return;
  dra_article_view_clear_selection (self->view);
  dra_notes_pane_show_note (self->notes_pane, note);
}

/* A note that has no place in the text is written in the pane. */
static void
edit_in_pane (DraWindow *self,
              DraNote   *note)
{
  dra_window_show_sidebar (self, "notes");
  dra_notes_pane_edit_note (self->notes_pane, note);
}

/**
 * dra_window_add_article_note:
 * @self: the window
 *
 * Makes a note on the whole article and puts the keyboard into it.
 */
void
dra_window_add_article_note (DraWindow *self)
{
  if (self->document == NULL || dra_document_get_article (self->document) == NULL)
    return;
  edit_in_pane (self, dra_document_add_article_note (self->document, last_color (self)));
}

/**
 * dra_window_add_entity_note:
 * @self: the window
 *
 * Makes a note about the selected person or organization and puts the keyboard into it.
 */
void
dra_window_add_entity_note (DraWindow *self)
{
  DraCast *cast = dra_article_view_get_cast (self->view);
  int entity = dra_article_view_get_selected_entity (self->view);

  if (self->document == NULL || cast == NULL || entity < 0)
    return;
  edit_in_pane (self, dra_document_add_entity_note (self->document,
                                                    dra_cast_get_entity (cast, entity),
                                                    last_color (self)));
}

/**
 * dra_window_attach_note:
 * @self: the window
 * @uuid: of a note on a passage
 * @selection: whether it goes to the selected passage; else where it is thought to be
 *
 * Puts a note where the reader says it belongs.
 */
void
dra_window_attach_note (DraWindow  *self,
                        const char *uuid,
                        gboolean    selection)
{
  DraNote *note = self->document != NULL ? dra_document_find_note (self->document, uuid) : NULL;
  DraRange range;

  if (note == NULL)
    return;
  if (selection)
    {
      if (!dra_article_view_get_selection (self->view, &range))
        return;
    }
  else if (dra_note_get_anchor (note, &range, NULL) == DRA_ANCHOR_LOST)
    return;
  if (range.end <= range.start)
    return;

  dra_document_attach_note (self->document, note, range);
  dra_article_view_clear_selection (self->view);
  dra_article_view_scroll_to (self->view, range);
  dra_notes_pane_show_note (self->notes_pane, note);
}

/**
 * dra_window_copy_note:
 * @self: the window
 * @uuid: of a note
 *
 * Puts a note's passage with its source on the clipboard, and what was written on it.
 */
void
dra_window_copy_note (DraWindow  *self,
                      const char *uuid)
{
  DraNote *note = self->document != NULL ? dra_document_find_note (self->document, uuid) : NULL;
  const char *passage;
  g_autofree char *text = NULL;

  if (note == NULL)
    return;

  passage = dra_note_get_quote (note) != NULL ? dra_note_get_quote (note)->exact
                                              : dra_note_get_entity_name (note);
  text = dra_quotation_new (dra_document_get_article (self->document), passage,
                            dra_note_get_body (note));
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  dra_window_toast (self, _("Quotation copied"));
}

/* {{{ After reading the file again */

/* How many notes stand so now that did not before. */
static guint
count_become (DraWindow  *self,
              GHashTable *before,
              guint       states)
{
  GListModel *notes = dra_document_get_notes (self->document);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (notes); i++)
    {
      g_autoptr (DraNote) note = g_list_model_get_item (notes, i);
      gpointer old;

      if (dra_note_get_target (note) == DRA_NOTE_TARGET_PASSAGE &&
          (states & 1u << dra_note_get_anchor (note, NULL, NULL)) != 0 &&
          g_hash_table_lookup_extended (before, dra_note_get_uuid (note), NULL, &old) &&
          (states & 1u << GPOINTER_TO_UINT (old)) == 0)
        n++;
    }

  return n;
}

static void
show_uncertain_cb (AdwToast  *toast,
                   DraWindow *self)
{
  dra_window_show_sidebar (self, "notes");
  dra_notes_pane_show_states (self->notes_pane, 1u << DRA_ANCHOR_UNSURE | 1u << DRA_ANCHOR_LOST);
  dra_notes_pane_focus_list (self->notes_pane);
}

/**
 * dra_window_remember_anchors:
 * @self: the window
 *
 * Returns: (transfer full): how each note stands now, for dra_window_tell_anchors()
 */
GHashTable *
dra_window_remember_anchors (DraWindow *self)
{
  GHashTable *anchors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GListModel *notes = self->document != NULL ? dra_document_get_notes (self->document) : NULL;

  for (guint i = 0; notes != NULL && i < g_list_model_get_n_items (notes); i++)
    {
      g_autoptr (DraNote) note = g_list_model_get_item (notes, i);

      g_hash_table_insert (anchors, g_strdup (dra_note_get_uuid (note)),
                           GUINT_TO_POINTER (dra_note_get_anchor (note, NULL, NULL)));
    }

  return anchors;
}

/**
 * dra_window_tell_anchors:
 * @self: the window, with the notes of the text that was read again
 * @before: from dra_window_remember_anchors()
 *
 * Says which notes have moved with their passages and which need a look.
 */
void
dra_window_tell_anchors (DraWindow  *self,
                         GHashTable *before)
{
  guint n_moved = count_become (self, before, 1u << DRA_ANCHOR_MOVED);
  guint n_look = count_become (self, before, 1u << DRA_ANCHOR_UNSURE | 1u << DRA_ANCHOR_LOST);
  g_autofree char *moved = NULL;
  g_autofree char *look = NULL;
  g_autofree char *sentence = NULL;
  AdwToast *toast;

  if (n_moved == 0 && n_look == 0)
    return;

  moved = g_strdup_printf (ngettext ("%u note has moved with its passage.",
                                     "%u notes have moved with their passages.", n_moved), n_moved);
  look = g_strdup_printf (ngettext ("%u note needs a look.", "%u notes need a look.", n_look), n_look);
  sentence = n_look == 0 ? g_strdup (moved) : n_moved == 0 ? g_strdup (look)
                                                           : g_strconcat (moved, " ", look, NULL);
  toast = adw_toast_new (sentence);
  if (n_look > 0)
    {
      adw_toast_set_button_label (toast, _("_Show"));
      adw_toast_set_timeout (toast, 0);
      g_signal_connect_object (toast, "button-clicked", G_CALLBACK (show_uncertain_cb), self, 0);
    }
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* }}} */

static void
edited_cb (DraWindow *self,
           DraNote   *note)
{
  if (self->document != NULL)
    dra_document_note_edited (self->document, note);
}

static void
undo_delete_cb (AdwToast *toast,
                DraNote  *note)
{
  DraWindow *self = g_object_get_data (G_OBJECT (toast), "window");
  DraDocument *document = g_object_get_data (G_OBJECT (toast), "document");

  /* The window may have another text by now, where the note has no place. */
  if (self->document == document)
    dra_document_restore_note (document, note);
}

static void
deleted_cb (DraWindow *self,
            DraNote   *note)
{
  AdwToast *toast;

  if (self->document == NULL)
    return;

  dra_document_delete_note (self->document, note);

  toast = adw_toast_new (*dra_note_get_body (note) != '\0' ? _("Note deleted")
                                                           : _("Highlight removed"));
  adw_toast_set_button_label (toast, _("_Undo"));
  g_object_set_data (G_OBJECT (toast), "window", self);
  g_object_set_data_full (G_OBJECT (toast), "document", g_object_ref (self->document),
                          g_object_unref);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_delete_cb),
                         g_object_ref (note), (GClosureNotify) (void (*) (void)) g_object_unref,
                         0);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
clicked_cb (DraWindow *self,
            DraNote   *note)
{
  dra_notes_pane_show_note (self->notes_pane, note);
}

/* Whom a note is about, when the article names them. */
static void
select_subject (DraWindow *self,
                DraNote   *note)
{
  DraCast *cast = dra_article_view_get_cast (self->view);
  const char *name = dra_note_get_entity_name (note);
  g_autofree char *wanted = name != NULL ? dra_fold_string (name) : NULL;

  for (guint i = 0; cast != NULL && wanted != NULL && i < dra_cast_get_n_entities (cast); i++)
    {
      const DraEntity *entity = dra_cast_get_entity (cast, i);
      g_autofree char *folded = dra_fold_string (entity->name);

      if (g_str_equal (folded, wanted) &&
          g_strcmp0 (dra_entity_kind_to_string (entity->kind), dra_note_get_entity_kind (note)) == 0)
        {
          dra_window_select_entity (self, (int) i, (int) entity->mentions[0]);
          return;
        }
    }
}

static void
activated_cb (DraWindow *self,
              DraNote   *note)
{
  DraRange range;

  if (dra_note_get_target (note) == DRA_NOTE_TARGET_ENTITY)
    {
      select_subject (self, note);
      return;
    }
  if (dra_note_get_anchor (note, &range, NULL) == DRA_ANCHOR_LOST || range.end <= range.start)
    return;
  dra_article_view_scroll_to (self->view, range);
  dra_article_view_select_range (self->view, range);
  if (adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
}

/**
 * dra_window_try_wanted_note:
 * @self: the window
 *
 * Goes to the note that was asked for, when the text and it are there.
 */
void
dra_window_try_wanted_note (DraWindow *self)
{
  DraNote *note = NULL;

  if (self->wanted_note == NULL || self->document == NULL || !self->text_shown)
    return;
  note = dra_document_find_note (self->document, self->wanted_note);
  if (note == NULL)
    return;

  g_clear_pointer (&self->wanted_note, g_free);
  dra_window_show_sidebar (self, "notes");
  dra_notes_pane_show_note (self->notes_pane, note);
  activated_cb (self, note);
}

/**
 * dra_window_show_note:
 * @self: the window
 * @uuid: of a note
 *
 * Shows a note and its passage, as soon as both are there.
 */
void
dra_window_show_note (DraWindow  *self,
                      const char *uuid)
{
  g_return_if_fail (DRA_IS_WINDOW (self));
  g_return_if_fail (uuid != NULL);

  g_free (self->wanted_note);
  self->wanted_note = g_strdup (uuid);
  dra_window_try_wanted_note (self);
}

static void
highlight_cb (DraWindow *self,
              int        color)
{
  dra_window_add_highlight (self, color);
}

/**
 * dra_window_connect_notes:
 * @self: a new window
 *
 * Connects the view and the pane to the document's notes.
 */
void
dra_window_connect_notes (DraWindow *self)
{
  g_signal_connect_object (self->view, "note-clicked", G_CALLBACK (clicked_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "note-edited", G_CALLBACK (edited_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "note-deleted", G_CALLBACK (deleted_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "add-note", G_CALLBACK (dra_window_add_note), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "add-highlight", G_CALLBACK (highlight_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->notes_pane, "note-activated", G_CALLBACK (activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->notes_pane, "note-edited", G_CALLBACK (edited_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->notes_pane, "note-deleted", G_CALLBACK (deleted_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * dra_window_set_notes:
 * @self: the window
 * @notes: (nullable): the document's notes
 *
 * Shows @notes in the text and in the pane.
 */
void
dra_window_set_notes (DraWindow  *self,
                      GListModel *notes)
{
  dra_article_view_set_notes (self->view, notes);
  dra_notes_pane_set_notes (self->notes_pane, notes);
}

/**
 * dra_window_update_notes_banner:
 * @self: the window
 *
 * Says, for as long as it is so, that notes are not being kept.
 */
void
dra_window_update_notes_banner (DraWindow *self)
{
  const char *problem = NULL;

  if (self->document != NULL)
    problem = dra_document_get_notes_problem (self->document);
  if (problem != NULL)
    dra_banner_show (self->notes_banner, problem, _("_Try Again"));
  else
    dra_banner_hide (self->notes_banner);
}

static void
close_response_cb (DraWindow  *self,
                   const char *response)
{
  if (g_str_equal (response, "discard"))
    {
      self->discard = TRUE;
      gtk_window_close (GTK_WINDOW (self));
    }
  else if (g_str_equal (response, "save"))
    {
      dra_window_save_dialog (self);
    }
}

/**
 * dra_window_confirm_close:
 * @self: the window
 *
 * Lets no note be lost: waits, unseen, for notes that are being written, and asks when some
 * could not be.
 *
 * Returns: whether the window may close now
 */
gboolean
dra_window_confirm_close (DraWindow *self)
{
  GtkWidget *dialog;
  guint n;

  if (self->document == NULL || self->discard)
    return TRUE;

  if (dra_document_get_busy (self->document))
    {
      self->closing = TRUE;
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
      return FALSE;
    }

  n = dra_document_get_n_unsaved (self->document);
  if (n == 0)
    return TRUE;

  self->closing = FALSE;
  gtk_window_present (GTK_WINDOW (self));
  dialog = adw_message_dialog_new (
    GTK_WINDOW (self),
    ngettext ("A Note Could Not Be Saved", "Some Notes Could Not Be Saved", n),
    dra_document_get_notes_problem (self->document));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"),
                                    "discard", _("_Discard"), "save",
                                    _("_Save Annotated Copy…"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "save");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (close_response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
  return FALSE;
}
