/* dra-window-actions.c: the actions of menus and keys.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-window-private.h"

#include "app/dra-color-names.h"
#include "app/dra-key.h"

/* {{{ Actions */

static void
open_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  dra_window_open_dialog (user_data);
}

static void
paste_article_action (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       user_data)
{
  dra_window_paste_article (user_data);
}

static void
open_uri_action (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  dra_window_open_file (user_data, file);
}

static void
reload_action (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  dra_window_reload (user_data);
}

static void
close_action (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  gtk_window_close (GTK_WINDOW (user_data));
}

static void
save_copy_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  dra_window_save_dialog (user_data);
}

static void
export_action (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  dra_window_export_dialog (user_data, g_variant_get_string (parameter, NULL));
}

static void
import_notes_action (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  dra_window_import_dialog (user_data);
}

static void
print_action (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  dra_window_print (user_data, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, NULL);
}

static void
find_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  DraWindow *self = user_data;
  g_autofree char *text = NULL;
  DraRange range;

  /* A short selection is most likely what is sought. */
  if (dra_article_view_get_selection (self->view, &range) && dra_range_length (range) < 100)
    text = dra_article_dup_range (dra_article_view_get_article (self->view), range);
  if (text != NULL && strchr (text, '\n') != NULL)
    g_clear_pointer (&text, g_free);
  dra_search_bar_start (self->search_bar, text);
}

static void
find_next_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  dra_search_bar_step (DRA_WINDOW (user_data)->search_bar, 1);
}

static void
find_previous_action (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       user_data)
{
  dra_search_bar_step (DRA_WINDOW (user_data)->search_bar, -1);
}

static const double zoom_levels[] = { 0.5, 0.67, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0 };

static void
step_zoom (DraWindow *self,
           int        direction)
{
  double zoom = dra_article_view_get_zoom (self->view);
  int n = G_N_ELEMENTS (zoom_levels);

  for (int i = direction > 0 ? 0 : n - 1; i >= 0 && i < n; i += direction)
    if ((zoom_levels[i] - zoom) * direction > 0.005)
      {
        dra_article_view_set_zoom (self->view, zoom_levels[i]);
        return;
      }
}

static void
zoom_in_action (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  step_zoom (user_data, 1);
}

static void
zoom_out_action (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  step_zoom (user_data, -1);
}

static void
zoom_normal_action (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  dra_article_view_set_zoom (DRA_WINDOW (user_data)->view, 1.0);
}

static void
add_note_action (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  dra_window_add_note (user_data);
}

static void
add_article_note_action (GSimpleAction *action,
                         GVariant      *parameter,
                         gpointer       user_data)
{
  dra_window_add_article_note (user_data);
}

static void
add_entity_note_action (GSimpleAction *action,
                        GVariant      *parameter,
                        gpointer       user_data)
{
  dra_window_add_entity_note (user_data);
}

static void
attach_note_action (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  dra_window_attach_note (user_data, g_variant_get_string (parameter, NULL), TRUE);
}

static void
confirm_note_action (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  dra_window_attach_note (user_data, g_variant_get_string (parameter, NULL), FALSE);
}

static void
copy_note_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  dra_window_copy_note (user_data, g_variant_get_string (parameter, NULL));
}

static void
name_colors_action (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  dra_color_names_present (user_data, DRA_WINDOW (user_data)->settings);
}

static void
highlight_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  dra_window_add_highlight (user_data, -1);
}

static void
go_to_mention_action (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       user_data)
{
  DraWindow *self = user_data;
  DraCast *cast = dra_article_view_get_cast (self->view);
  const int mention = g_variant_get_int32 (parameter);
  guint n_mentions = 0;
  const DraMention *mentions = cast != NULL ? dra_cast_get_mentions (cast, &n_mentions) : NULL;

  if (mention >= 0 && mention < (int) n_mentions)
    dra_window_select_entity (self, (int) mentions[mention].entity, mention);
}

static void
next_mention_action (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  dra_window_walk (user_data, 1);
}

static void
previous_mention_action (GSimpleAction *action,
                         GVariant      *parameter,
                         gpointer       user_data)
{
  dra_window_walk (user_data, -1);
}

static void
focus_text_action (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  DraWindow *self = user_data;

  gtk_widget_grab_focus (GTK_WIDGET (dra_article_view_get_text_view (self->view)));
}

static void
select_nobody_action (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       user_data)
{
  DraWindow *self = user_data;

  dra_window_select_entity (self, -1, -1);
  focus_text_action (NULL, NULL, self);
}

static void
toggle_sidebar_action (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       user_data)
{
  DraWindow *self = user_data;
  gboolean reveal = !adw_flap_get_reveal_flap (self->flap);

  adw_flap_set_reveal_flap (self->flap, reveal);
  dra_window_remember_sidebar (self);
  if (!reveal)
    focus_text_action (NULL, NULL, self);
}

static void
show_cast_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  DraWindow *self = user_data;

  dra_window_show_sidebar (self, "cast");
  dra_cast_pane_focus_list (self->cast_pane);
}

static void
filter_cast_action (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  DraWindow *self = user_data;

  dra_window_show_sidebar (self, "cast");
  dra_cast_pane_focus_filter (self->cast_pane);
}

static void
show_notes_action (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  DraWindow *self = user_data;

  dra_window_show_sidebar (self, "notes");
  dra_notes_pane_focus_list (self->notes_pane);
}

static void
show_outline_action (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  DraWindow *self = user_data;

  dra_window_show_sidebar (self, "outline");
  dra_outline_pane_focus_list (self->outline_pane);
}

static void
together_action (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  dra_window_list_together (user_data);
}

static void
quotations_action (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  dra_window_list_quotations (user_data);
}

static void
copy_quotation_action (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       user_data)
{
  dra_window_copy_quotation (user_data);
}

static void
peek_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  dra_article_view_peek (DRA_WINDOW (user_data)->view);
}

static void
whole_page_action (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  dra_window_switch_extent (user_data);
}

/* From the text into the sidebar, from anywhere else back to the text. */
static void
switch_pane_action (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  DraWindow *self = user_data;
  GtkWidget *text = GTK_WIDGET (dra_article_view_get_text_view (self->view));

  if (gtk_window_get_focus (GTK_WINDOW (self)) != text)
    focus_text_action (NULL, NULL, self);
  else if (g_strcmp0 (adw_view_stack_get_visible_child_name (self->panes), "notes") == 0)
    show_notes_action (NULL, NULL, self);
  else if (g_strcmp0 (adw_view_stack_get_visible_child_name (self->panes), "outline") == 0)
    show_outline_action (NULL, NULL, self);
  else if (g_strcmp0 (adw_view_stack_get_visible_child_name (self->panes), "passages") == 0)
    {
      dra_window_show_sidebar (self, "passages");
      dra_passages_pane_focus_list (self->passages_pane);
    }
  else
    show_cast_action (NULL, NULL, self);
}

static void
undo_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  DraWindow *self = user_data;

  if (self->document != NULL)
    dra_undo_stack_undo (dra_document_get_undo_stack (self->document));
}

static void
redo_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  DraWindow *self = user_data;

  if (self->document != NULL)
    dra_undo_stack_redo (dra_document_get_undo_stack (self->document));
}

static void
read_aloud_action (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  dra_window_read_aloud (user_data);
}

static void
stop_reading_action (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  dra_window_stop_reading (user_data);
  focus_text_action (NULL, NULL, user_data);
}

static void
next_sentence_action (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       user_data)
{
  dra_window_step_reading (user_data, 1);
}

static void
previous_sentence_action (GSimpleAction *action,
                          GVariant      *parameter,
                          gpointer       user_data)
{
  dra_window_step_reading (user_data, -1);
}

/* What is open closes, one thing at a time. */
static void
escape_action (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  DraWindow *self = user_data;

  if (dra_search_bar_get_search_mode (self->search_bar))
    dra_search_bar_set_search_mode (self->search_bar, FALSE);
  else if (adw_flap_get_folded (self->flap) && adw_flap_get_reveal_flap (self->flap))
    toggle_sidebar_action (NULL, NULL, self);
  else if (self->speech != DRA_SPEECH_OFF)
    stop_reading_action (NULL, NULL, self);
  else if (dra_article_view_get_selected_entity (self->view) >= 0)
    select_nobody_action (NULL, NULL, self);
  else
    focus_text_action (NULL, NULL, self);
}

static const GActionEntry entries[] = {
  { "open", open_action },
  { "paste-article", paste_article_action },
  { "open-uri", open_uri_action, "s" },
  { "reload", reload_action },
  { "close", close_action },
  { "save-copy", save_copy_action },
  { "export", export_action, "s" },
  { "import-notes", import_notes_action },
  { "print", print_action },
  { "find", find_action },
  { "find-next", find_next_action },
  { "find-previous", find_previous_action },
  { "zoom-in", zoom_in_action },
  { "zoom-out", zoom_out_action },
  { "zoom-normal", zoom_normal_action },
  { "add-note", add_note_action },
  { "add-article-note", add_article_note_action },
  { "add-entity-note", add_entity_note_action },
  { "attach-note", attach_note_action, "s" },
  { "confirm-note", confirm_note_action, "s" },
  { "copy-note", copy_note_action, "s" },
  { "name-colors", name_colors_action },
  { "highlight", highlight_action },
  { "go-to-mention", go_to_mention_action, "i" },
  { "next-mention", next_mention_action },
  { "previous-mention", previous_mention_action },
  { "select-nobody", select_nobody_action },
  { "focus-text", focus_text_action },
  { "toggle-sidebar", toggle_sidebar_action },
  { "show-cast", show_cast_action },
  { "filter-cast", filter_cast_action },
  { "show-notes", show_notes_action },
  { "show-outline", show_outline_action },
  { "list-together", together_action },
  { "list-quotations", quotations_action },
  { "copy-quotation", copy_quotation_action },
  { "peek", peek_action },
  { "read-aloud", read_aloud_action },
  { "stop-reading", stop_reading_action },
  { "next-sentence", next_sentence_action },
  { "previous-sentence", previous_sentence_action },
  { "whole-page", whole_page_action, NULL, "false" },
  { "switch-pane", switch_pane_action },
  { "undo", undo_action },
  { "redo", redo_action },
  { "escape", escape_action },
};

/* }}} */

static void
enable (DraWindow  *self,
        const char *name,
        gboolean    enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

/**
 * dra_window_update_actions:
 * @self: the window
 *
 * Enables what can be done now.
 */
void
dra_window_update_actions (DraWindow *self)
{
  static const char *const for_article[] = {
    "find", "find-next", "find-previous", "zoom-in", "zoom-out", "zoom-normal",
    "focus-text", "toggle-sidebar", "show-cast", "filter-cast", "show-notes", "show-outline",
    "switch-pane",
    "read-aloud", "escape",
  };
  gboolean article, selection = FALSE, cast, complete, chosen;
  DraUndoStack *undo_stack;
  DraReadingExtent extent;
  double zoom;

  if (self->view == NULL || g_action_map_lookup_action (G_ACTION_MAP (self), "open") == NULL)
    return;

  article = self->document != NULL && g_str_equal (dra_window_get_page (self), "article");
  cast = article && dra_article_view_get_cast (self->view) != NULL;
  /* A copy saved earlier would lack names or notes. */
  complete = article && dra_window_is_settled (self);
  undo_stack = article ? dra_document_get_undo_stack (self->document) : NULL;
  zoom = dra_article_view_get_zoom (self->view);
  g_object_get (self->view, "has-text-selection", &selection, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (for_article); i++)
    enable (self, for_article[i], article);
  enable (self, "zoom-in", article && zoom < 2.995);
  enable (self, "zoom-out", article && zoom > 0.505);
  enable (self, "stop-reading", self->speech != DRA_SPEECH_OFF);
  enable (self, "next-sentence", self->speech != DRA_SPEECH_OFF);
  enable (self, "previous-sentence", self->speech != DRA_SPEECH_OFF);
  enable (self, "reload", self->document != NULL);
  enable (self, "save-copy", complete);
  enable (self, "export", complete);
  enable (self, "import-notes", complete);
  enable (self, "print", complete);
  enable (self, "add-note", article && selection);
  enable (self, "add-article-note", article);
  enable (self, "add-entity-note",
          cast && dra_article_view_get_selected_entity (self->view) >= 0);
  enable (self, "attach-note", article && selection);
  enable (self, "confirm-note", article);
  enable (self, "copy-note", article);
  enable (self, "name-colors", self->settings != NULL);
  enable (self, "highlight", article && selection);
  enable (self, "next-mention", cast);
  enable (self, "peek", cast);
  extent = article ? dra_document_get_extent (self->document) : DRA_READING_ALL;
  enable (self, "whole-page", extent != DRA_READING_ALL);
  g_simple_action_set_state (
    G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), "whole-page")),
    g_variant_new_boolean (extent == DRA_READING_PAGE));
  enable (self, "previous-mention", cast);
  enable (self, "copy-quotation", article && selection);
  chosen = cast && dra_article_view_get_selected_entity (self->view) >= 0;
  enable (self, "select-nobody", chosen);
  enable (self, "list-together", chosen);
  enable (self, "list-quotations", chosen);
  dra_window_update_correct_actions (self);
  enable (self, "undo", undo_stack != NULL && dra_undo_stack_can_undo (undo_stack));
  enable (self, "redo", undo_stack != NULL && dra_undo_stack_can_redo (undo_stack));
}

/**
 * dra_window_install_actions:
 * @self: a new window
 *
 * Adds the window's actions and the keys that are not accelerators.
 */
void
dra_window_install_actions (DraWindow *self)
{
  GtkEventController *keys;

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  dra_window_install_settings_actions (self);
  dra_window_install_correct_actions (self);
  keys = gtk_shortcut_controller_new ();
  dra_add_key (keys, GDK_KEY_z, GDK_CONTROL_MASK, "win.undo");
  dra_add_key (keys, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.redo");
  dra_add_key (keys, GDK_KEY_v, GDK_CONTROL_MASK, "win.paste-article");
  dra_add_key (keys, GDK_KEY_i, GDK_CONTROL_MASK, "win.peek");
  dra_add_key (keys, GDK_KEY_n, 0, "win.next-mention");
  dra_add_key (keys, GDK_KEY_n, GDK_SHIFT_MASK, "win.previous-mention");
  dra_add_key (keys, GDK_KEY_Escape, 0, "win.escape");
  gtk_widget_add_controller (GTK_WIDGET (self), keys);

  dra_window_update_actions (self);
}
