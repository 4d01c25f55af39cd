/* dra-window-document.c: from the opened file to what the window shows of it, and reading
 * it again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-window-private.h"

#include <glib/gi18n.h>

#include "app/dra-help.h"
#define SPINNER_MS 300 /* a file read sooner shows no spinner at all */

/* {{{ What became of the file */

/* By preference, but never under the hands of somebody who is writing, and not when that
 * would lose a note. */
static gboolean
may_reload_unasked (DraWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  return self->settings != NULL && g_settings_get_boolean (self->settings, "reload-changed") &&
         dra_document_get_n_unsaved (self->document) == 0 &&
         !(GTK_IS_TEXT_VIEW (focus) && gtk_text_view_get_editable (GTK_TEXT_VIEW (focus)));
}

static void
update_disk_banner (DraWindow *self)
{
  g_autofree char *name = NULL;
  g_autofree char *sentence = NULL;

  if (self->document == NULL || dra_document_get_state (self->document) != DRA_DOCUMENT_READY)
    {
      dra_banner_hide (self->disk_banner);
      return;
    }

  name = dra_document_dup_file_name (self->document);
  switch (dra_document_get_disk_state (self->document))
    {
    case DRA_FILE_CHANGED:
      if (may_reload_unasked (self))
        {
          dra_window_reload (self);
          return;
        }
      sentence = g_strdup_printf (_("“%s” has changed on disk."), name);
      dra_banner_show (self->disk_banner, sentence, _("_Reload"));
      break;
    case DRA_FILE_GONE:
      sentence = g_strdup_printf (_("“%s” is no longer there. You can go on reading."), name);
      dra_banner_show (self->disk_banner, sentence, NULL);
      break;
    case DRA_FILE_SAME:
    default:
      dra_banner_hide (self->disk_banner);
    }
}

/* }}} */
/* {{{ From the file to the screen */

static void
show_spinner (DraWindow *self,
              gboolean   shown)
{
  g_clear_handle_id (&self->spinner_id, g_source_remove);
  gtk_widget_set_visible (self->loading_box, shown);
  if (shown)
    gtk_spinner_start (self->spinner);
  else
    gtk_spinner_stop (self->spinner);
}

static gboolean
spinner_cb (gpointer user_data)
{
  DraWindow *self = user_data;

  self->spinner_id = 0;
  show_spinner (self, TRUE);
  return G_SOURCE_REMOVE;
}

/**
 * dra_window_set_page:
 * @self: the window
 * @page: "empty", "loading", "failed" or "article"
 *
 * Shows one of the window's pages, and the buttons that are of use there.
 */
void
dra_window_set_page (DraWindow  *self,
                     const char *page)
{
  gboolean article = g_str_equal (page, "article");

  gtk_stack_set_visible_child_name (self->pages, page);
  if (!article)
    dra_banner_hide (self->page_banner);
  gtk_stack_set_visible_child_name (self->title_stack, "title");
  gtk_widget_set_visible (GTK_WIDGET (self->sidebar_button), article);
  gtk_widget_set_visible (GTK_WIDGET (self->search_button),
                          article && !adw_flap_get_folded (self->flap));
  dra_window_update_actions (self);
}

/* Where a mention of one cast is in another cast of the same article, or -1. */
static int
find_mention_again (DraCast *from,
                    DraCast *to,
                    int      mention)
{
  const DraMention *mentions;
  guint n_mentions;

  if (from == NULL || mention < 0)
    return -1;
  mentions = dra_cast_get_mentions (from, &n_mentions);

  return dra_cast_find_mention (to, mentions[mention].range.start);
}

/* Shows a cast; what is selected stays so, whatever number it has now. */
static void
show_cast (DraWindow *self,
           DraCast   *cast)
{
  g_autoptr (DraCast) old = NULL;
  int selected, current, again;
  guint n_mentions;

  if (dra_article_view_get_cast (self->view) == cast)
    return;

  g_object_get (self->view, "cast", &old, "selected-entity", &selected, "current-mention", &current,
                NULL);
  again = current = find_mention_again (old, cast, current);
  if (selected >= 0 && again < 0)
    again = find_mention_again (old, cast, (int) dra_cast_get_entity (old, selected)->mentions[0]);
  selected = again >= 0 ? (int) dra_cast_get_mentions (cast, &n_mentions)[again].entity : -1;
  if (selected >= 0 && dra_cast_get_entity (cast, selected)->kind == DRA_ENTITY_PLACE
      && (self->settings == NULL || !g_settings_get_boolean (self->settings, "show-places")))
    selected = -1;

  self->selecting = TRUE;
  dra_article_view_set_cast (self->view, cast);
  dra_article_view_set_selected_entity (self->view, selected);
  dra_article_view_set_current_mention (self->view, selected >= 0 ? current : -1);
  if (old == NULL)
    dra_cast_pane_set_cast (self->cast_pane, cast);
  else
    dra_cast_pane_update_cast (self->cast_pane, cast, selected);
  self->selecting = FALSE;
  dra_window_update_walk_bar (self);
  if (old != NULL)
    dra_window_names_corrected (self);
}

static void
names_changed_cb (DraWindow *self)
{
  DraCast *cast;

  /* Marks are put on a text that is all there. */
  if (!self->text_shown)
    return;

  cast = dra_document_get_cast (self->document);
  switch (dra_document_get_names_state (self->document))
    {
    case DRA_NAMES_READY:
      show_cast (self, cast);
      dra_cast_pane_set_progress (self->cast_pane, -1);
      break;
    case DRA_NAMES_FAILED:
      dra_cast_pane_set_failed (self->cast_pane,
                                dra_document_get_names_message (self->document));
      break;
    case DRA_NAMES_SEARCHING:
      if (cast == NULL)
        {
          dra_cast_pane_set_searching (self->cast_pane);
          break;
        }
      show_cast (self, cast);
      dra_cast_pane_set_progress (self->cast_pane,
                                  dra_document_get_names_progress (self->document));
      break;
    case DRA_NAMES_WAITING:
    default:
      break;
    }
  dra_window_update_actions (self);
}

/**
 * dra_window_text_shown:
 * @self: the window
 *
 * The whole text is in the view: marks and notes can be put on it.
 */
void
dra_window_text_shown (DraWindow *self)
{
  g_autofree char *notice = NULL;

  if (self->text_shown || self->document == NULL)
    return;
  self->text_shown = TRUE;
  notice = dra_document_dup_names_notice (self->document);
  dra_cast_pane_set_notice (self->cast_pane, notice);
  names_changed_cb (self);
  dra_window_set_notes (self, dra_document_get_notes (self->document));
  dra_window_try_wanted_note (self);
}

static void
forget_frame (DraWindow *self)
{
  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick_id);
  self->tick_id = 0;
  if (self->frame_clock != NULL)
    g_signal_handler_disconnect (self->frame_clock, self->after_paint_id);
  g_clear_object (&self->frame_clock);
}

/* The first frame with the text is out: now the rest may begin. */
static void
after_paint_cb (GdkFrameClock *clock,
                DraWindow     *self)
{
  forget_frame (self);
  if (self->document != NULL && dra_document_get_state (self->document) == DRA_DOCUMENT_READY)
    dra_document_continue (self->document);
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  DraWindow *self = DRA_WINDOW (widget);

  self->tick_id = 0;
  self->frame_clock = g_object_ref (clock);
  self->after_paint_id = g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), self);
  return G_SOURCE_REMOVE;
}

static void
show_article (DraWindow *self)
{
  DraArticle *article = dra_document_get_article (self->document);

  show_spinner (self, FALSE);
  self->text_shown = FALSE;
  dra_window_set_notes (self, NULL);
  dra_cast_pane_set_cast (self->cast_pane, NULL);
  dra_cast_pane_set_notice (self->cast_pane, NULL);
  dra_article_view_set_cast (self->view, NULL);
  dra_window_clear_passages (self);
  dra_window_update_walk_bar (self);
  dra_window_set_page (self, "article");
  dra_article_view_set_picture_source (self->view, dra_document_get_pictures (self->document));
  dra_article_view_set_article (self->view, article);
  dra_window_update_title (self);
  dra_window_show_reading (self);
  gtk_widget_grab_focus (GTK_WIDGET (dra_article_view_get_text_view (self->view)));

  forget_frame (self);
  self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));

  if (!dra_help_is_part (dra_document_get_file (self->document)))
    dra_recent_list_add (dra_document_get_file (self->document),
                         gtk_window_get_title (GTK_WINDOW (self)),
                         dra_article_get_metadata (article, DRA_METADATA_SOURCE_TYPE));
}

static void
show_failure (DraWindow *self)
{
  g_autofree char *escaped = g_markup_escape_text (dra_document_get_message (self->document), -1);

  show_spinner (self, FALSE);
  adw_status_page_set_description (self->failed_page, escaped);
  dra_window_update_title (self);
  dra_window_set_page (self, "failed");
}

static void
state_changed_cb (DraWindow *self)
{
  switch (dra_document_get_state (self->document))
    {
    case DRA_DOCUMENT_READY:
      show_article (self);
      break;
    case DRA_DOCUMENT_FAILED:
      show_failure (self);
      break;
    case DRA_DOCUMENT_LOADING:
    default:
      break;
    }
}

static void
notice_cb (DraWindow  *self,
           const char *sentence)
{
  dra_window_alert (self, _("Your Notes"), sentence);
}

static void replacement_state_cb (DraWindow *self);

static void
busy_cb (DraWindow *self)
{
  if (dra_document_get_busy (self->document))
    return;
  if (self->closing)
    gtk_window_close (GTK_WINDOW (self));
  else if (self->replacement != NULL)
    replacement_state_cb (self);
}

static void
note_shown_cb (DraWindow *self,
               DraNote   *note)
{
  DraRange range;

  if (dra_note_get_anchor (note, &range, NULL) != DRA_ANCHOR_LOST && range.end > range.start)
    dra_article_view_scroll_to (self->view, range);
  dra_notes_pane_show_note (self->notes_pane, note);
}

static void
notes_loaded_cb (DraWindow *self)
{
  g_autoptr (GHashTable) before = g_steal_pointer (&self->anchors);

  if (before != NULL && dra_document_get_notes_loaded (self->document))
    dra_window_tell_anchors (self, before);
  dra_window_update_actions (self);
}

static void
drop_document (DraWindow *self)
{
  if (self->document == NULL)
    return;
  dra_window_stop_reading (self);
  dra_window_keep_position (self);
  g_signal_handlers_disconnect_by_data (self->document, self);
  g_signal_handlers_disconnect_by_data (dra_document_get_undo_stack (self->document), self);
  g_signal_handlers_disconnect_by_data (dra_document_get_notes (self->document), self);
  dra_document_close (self->document);
  g_clear_object (&self->document);
}

static void
take_document (DraWindow   *self,
               DraDocument *document)
{
  static const struct
  {
    const char *signal;
    GCallback   callback;
  } handlers[] = {
    { "notify::state", G_CALLBACK (state_changed_cb) },
    { "notify::names-state", G_CALLBACK (names_changed_cb) },
    { "notify::names-progress", G_CALLBACK (names_changed_cb) },
    { "notify::cast", G_CALLBACK (names_changed_cb) },
    { "notify::disk-state", G_CALLBACK (update_disk_banner) },
    { "notify::notes-problem", G_CALLBACK (dra_window_update_notes_banner) },
    { "notify::notes-loaded", G_CALLBACK (notes_loaded_cb) },
    { "notify::busy", G_CALLBACK (busy_cb) },
    { "notice", G_CALLBACK (notice_cb) },
    { "note-shown", G_CALLBACK (note_shown_cb) },
  };
  DraUndoStack *undo_stack = dra_document_get_undo_stack (document);

  drop_document (self);
  self->document = g_object_ref (document);
  for (gsize i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_connect_object (document, handlers[i].signal, handlers[i].callback, self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (undo_stack, "notify", G_CALLBACK (dra_window_update_actions), self,
                           G_CONNECT_SWAPPED);

  g_signal_connect_object (dra_document_get_notes (document), "items-changed",
                           G_CALLBACK (dra_window_try_wanted_note), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);

  update_disk_banner (self);
  dra_window_update_notes_banner (self);
  state_changed_cb (self);
}

/* }}} */
/* {{{ Reading the same file again */

static void
replacement_state_cb (DraWindow *self)
{
  g_autoptr (DraDocument) replacement = NULL;
  g_autofree char *words = NULL;
  double share;

  /* The library must hold the last change of each note before the notes are read again. */
  if (dra_document_get_state (self->replacement) == DRA_DOCUMENT_LOADING ||
      dra_document_get_busy (self->document))
    return;

  replacement = g_steal_pointer (&self->replacement);
  g_signal_handlers_disconnect_by_func (replacement, replacement_state_cb, self);
  if (dra_document_get_state (replacement) == DRA_DOCUMENT_FAILED)
    {
      dra_document_close (replacement);
      dra_banner_show (self->disk_banner, dra_document_get_message (replacement), _("_Try Again"));
      return;
    }

  words = dra_window_dup_words_in_view (self);
  share = dra_article_view_get_progress (self->view);
  g_clear_pointer (&self->anchors, g_hash_table_unref);
  self->anchors = dra_window_remember_anchors (self);
  take_document (self, replacement);
  dra_window_find_place_again (self, words, share);
}

/**
 * dra_window_reload:
 * @self: a window that was told to open a file
 *
 * Reads the file again.  An article that is shown stays until the new one is there; a file
 * that cannot be read now leaves it.
 */
void
dra_window_reload (DraWindow *self)
{
  dra_window_reload_extent (self, self->document != NULL
                                      && dra_document_get_extent (self->document)
                                           == DRA_READING_PAGE
                                    ? DRA_READING_PAGE
                                    : DRA_READING_ALL);
}

/**
 * dra_window_reload_extent:
 * @self: a window that was told to open a file
 * @extent: %DRA_READING_PAGE for all of a web page
 *
 * As dra_window_reload().  Notes and the place in the text are kept by what stands there.
 */
void
dra_window_reload_extent (DraWindow        *self,
                          DraReadingExtent  extent)
{
  GFile *file;

  if (self->document == NULL || self->replacement != NULL)
    return;

  file = dra_document_get_file (self->document);
  if (dra_document_get_state (self->document) != DRA_DOCUMENT_READY)
    {
      g_autoptr (GFile) same = g_object_ref (file);

      dra_window_open (self, same);
      return;
    }

  if (dra_document_get_n_unsaved (self->document) > 0)
    {
      dra_window_toast (self, _("Some notes could not be saved; reloading would lose them."));
      return;
    }

  /* What is being typed into a note is told when the focus leaves it. */
  gtk_widget_grab_focus (GTK_WIDGET (dra_article_view_get_text_view (self->view)));
  self->replacement = dra_document_new (self->services, file);
  g_signal_connect_object (self->replacement, "notify::state", G_CALLBACK (replacement_state_cb),
                           self, G_CONNECT_SWAPPED);
  dra_document_set_extent (self->replacement, extent);
  dra_document_load (self->replacement);
}

/* }}} */
/**
 * dra_window_drop_document:
 * @self: a window that is going
 *
 * Lets go of the article, of the file being read again and of what waits for either.
 */
void
dra_window_drop_document (DraWindow *self)
{
  g_clear_handle_id (&self->spinner_id, g_source_remove);
  forget_frame (self);
  g_clear_pointer (&self->anchors, g_hash_table_unref);
  if (self->replacement != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->replacement, self);
      dra_document_close (self->replacement);
      g_clear_object (&self->replacement);
    }
  drop_document (self);
}

/**
 * dra_window_open:
 * @self: a window that is free
 * @file: what to open
 *
 * Opens @file in this window.
 */
void
dra_window_open (DraWindow *self,
                 GFile     *file)
{
  g_autoptr (DraDocument) document = NULL;

  g_return_if_fail (DRA_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  document = dra_document_new (self->services, file);
  take_document (self, document);
  dra_window_update_title (self);
  dra_window_set_page (self, "loading");
  show_spinner (self, FALSE);
  self->spinner_id = g_timeout_add (SPINNER_MS, spinner_cb, self);
  dra_document_load (document);
}
