/* dra-window-notes.c: notes in the window: from the text and the pane to the document.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-window-private.h"

#include <glib/gi18n.h>

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

static void
activated_cb (DraWindow *self,
              DraNote   *note)
{
  DraRange range;

  if (dra_note_get_anchor (note, &range, NULL) == DRA_ANCHOR_LOST || range.end <= range.start)
    return;
  dra_article_view_scroll_to (self->view, range);
  dra_article_view_select_range (self->view, range);
  if (adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
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
