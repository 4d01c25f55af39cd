/* dra-window.c: one article and all that is done with it: the class, and what it shows when.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-window-private.h"

#include <glib/gi18n.h>

#include "app/dra-picture-viewer.h"
#include "app/dra-settings.h"

G_DEFINE_FINAL_TYPE (DraWindow, dra_window, ADW_TYPE_APPLICATION_WINDOW)

/* {{{ Banners */

static void
notes_banner_cb (DraWindow *self)
{
  if (self->document != NULL && dra_document_get_article (self->document) != NULL)
    dra_document_retry_notes (self->document);
}

/**
 * dra_window_toast:
 * @self: the window
 * @sentence: what to say
 *
 * Says something that has just happened.
 */
void
dra_window_toast (DraWindow  *self,
                  const char *sentence)
{
  g_autofree char *escaped = g_markup_escape_text (sentence, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}

/**
 * dra_window_alert:
 * @self: the window
 * @heading: in a few words
 * @sentence: what and why
 *
 * Says something that must not be missed.
 */
void
dra_window_alert (DraWindow  *self,
                  const char *heading,
                  const char *sentence)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, sentence);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* }}} */
/* {{{ Signals of the parts */

static void
pane_selected_cb (DraWindow *self)
{
  int entity = dra_cast_pane_get_selected_entity (self->cast_pane);

  if (!self->selecting)
    dra_window_select_entity (self, entity, -1);
}

static void
pane_walk_cb (DraWindow *self)
{
  dra_window_walk (self, 1);
}

static void
mention_clicked_cb (DraWindow *self,
                    guint      mention)
{
  DraCast *cast = dra_article_view_get_cast (self->view);
  const DraMention *mentions;
  guint n_mentions;

  if (cast == NULL)
    return;
  mentions = dra_cast_get_mentions (cast, &n_mentions);
  if (mention < n_mentions)
    dra_window_select_entity (self, mentions[mention].entity, mention);
}

static void
link_activated_cb (DraWindow  *self,
                   const char *uri)
{
  g_autofree char *scheme = g_uri_parse_scheme (uri);

  /* An article must not start anything but the browser or the mail program. */
  if (g_strcmp0 (scheme, "http") == 0 || g_strcmp0 (scheme, "https") == 0 ||
      g_strcmp0 (scheme, "mailto") == 0)
    gtk_show_uri (GTK_WINDOW (self), uri, GDK_CURRENT_TIME);
}

static void
picture_activated_cb (DraWindow *self,
                      guint      index)
{
  DraArticle *article = dra_article_view_get_article (self->view);
  DraPictureSource *pictures
    = self->document != NULL ? dra_document_get_pictures (self->document) : NULL;
  const DraBlock *blocks;
  g_autofree char *caption = NULL;
  guint n_blocks;

  if (article == NULL || pictures == NULL)
    return;
  blocks = dra_article_get_blocks (article, &n_blocks);
  if (index >= n_blocks || blocks[index].source == NULL)
    return;
  if (index + 1 < n_blocks && blocks[index + 1].kind == DRA_BLOCK_CAPTION)
    caption = dra_article_dup_range (article, blocks[index + 1].range);
  gtk_window_present (dra_picture_viewer_new (
    GTK_WINDOW (self), pictures, blocks[index].source,
    caption != NULL                   ? caption
    : blocks[index].label != NULL     ? blocks[index].label
                                      : gtk_window_get_title (GTK_WINDOW (self)),
    blocks[index].label));
}

static void
zoom_changed_cb (DraWindow *self)
{
  double zoom = dra_article_view_get_zoom (self->view);
  g_autofree char *label = g_strdup_printf ("%d%%", (int) (zoom * 100 + 0.5));

  gtk_button_set_label (self->zoom_button, label);
  dra_window_update_actions (self);
}

/* GTK 4.8 names a button with a mnemonic "_Open Open": the label with and without. */
static void
name_button (GtkWidget  *button,
             const char *name)
{
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
name_buttons (DraWindow *self)
{
  name_button (self->empty_open, _("Open an article"));
  name_button (self->retry_button, _("Try again"));
  name_button (self->another_button, _("Open another article"));
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->open_button));
       child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_MENU_BUTTON (child))
        name_button (child, _("Recent articles"));
      else if (GTK_IS_BUTTON (child))
        name_button (child, _("Open an article"));
    }
}

static gboolean
update_folded_cb (GtkWidget     *widget,
                  GdkFrameClock *clock,
                  gpointer       user_data)
{
  DraWindow *self = DRA_WINDOW (widget);
  gboolean folded = adw_flap_get_folded (self->flap);

  self->folded_tick_id = 0;
  /* When there is no room the label goes, and finding is left to the menu. */
  gtk_widget_set_visible (GTK_WIDGET (self->search_button),
                          !folded && g_str_equal (dra_window_get_page (self), "article"));
  if (folded)
    {
      adw_split_button_set_icon_name (self->open_button, "document-open-symbolic");
    }
  else
    {
      adw_split_button_set_label (self->open_button, _("_Open"));
      adw_split_button_set_use_underline (self->open_button, TRUE);
      if (self->settings != NULL)
        adw_flap_set_reveal_flap (self->flap,
                                  g_settings_get_boolean (self->settings, "sidebar-visible"));
    }
  name_buttons (self);
  return G_SOURCE_REMOVE;
}

static void
folded_cb (DraWindow *self)
{
  /* The flap tells it while it is being allocated, when no size may change. */
  if (self->folded_tick_id == 0)
    self->folded_tick_id =
      gtk_widget_add_tick_callback (GTK_WIDGET (self), update_folded_cb, NULL, NULL);
}

/* Only what the reader did is a habit to keep: the flap also opens and closes by itself. */
void
dra_window_remember_sidebar (DraWindow *self)
{
  if (!adw_flap_get_folded (self->flap) && self->settings != NULL)
    g_settings_set_boolean (self->settings, "sidebar-visible",
                            adw_flap_get_reveal_flap (self->flap));
}

static void
recent_opened_cb (DraWindow *self)
{
  gtk_popover_popdown (self->recent_popover);
}

/* }}} */
/* {{{ Class */

static gboolean
dra_window_close_request (GtkWindow *window)
{
  DraWindow *self = DRA_WINDOW (window);
  int width, height;

  /* What is being typed into a note is told when the focus leaves it. */
  gtk_window_set_focus (window, NULL);

  if (!dra_window_confirm_close (self))
    return TRUE;

  if (self->settings != NULL)
    {
      gtk_window_get_default_size (window, &width, &height);
      g_settings_set_boolean (self->settings, "window-maximized", gtk_window_is_maximized (window));
      if (width >= 360 && height >= 294)
        {
          g_settings_set_int (self->settings, "window-width", width);
          g_settings_set_int (self->settings, "window-height", height);
        }
    }

  return GTK_WINDOW_CLASS (dra_window_parent_class)->close_request (window);
}

static void
dra_window_dispose (GObject *object)
{
  DraWindow *self = DRA_WINDOW (object);

  dra_window_remove_settings_actions (self);
  g_clear_pointer (&self->wanted_note, g_free);
  dra_window_drop_document (self);
  if (self->finding_quotations != NULL)
    g_cancellable_cancel (self->finding_quotations);
  g_clear_object (&self->finding_quotations);
  g_clear_object (&self->positions);
  gtk_widget_dispose_template (GTK_WIDGET (self), DRA_TYPE_WINDOW);
  g_clear_object (&self->services);

  G_OBJECT_CLASS (dra_window_parent_class)->dispose (object);
}

static void
dra_window_finalize (GObject *object)
{
  DraWindow *self = DRA_WINDOW (object);

  g_array_unref (self->together);
  g_free (self->source);
  G_OBJECT_CLASS (dra_window_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, DraWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, DraWindow, title_stack);
  gtk_widget_class_bind_template_child (widget_class, DraWindow, title);
  gtk_widget_class_bind_template_child (widget_class, DraWindow, sidebar_button);
  gtk_widget_class_bind_template_child (widget_class, DraWindow, open_button);
  gtk_widget_class_bind_template_child (widget_class, DraWindow, recent_popover);
  gtk_widget_class_bind_template_child (widget_class, DraWindow, search_button);
  gtk_widget_class_bind_template_child (widget_class, DraWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, DraWindow, zoom_button);
  gtk_widget_class_bind_template_child (widget_class, DraWindow, disk_banner);
  gtk_widget_class_bind_template_child (widget_class, DraWindow, notes_banner);
  gtk_widget_class_bind_template_child (widget_class, DraWindow, page_banner);
  gtk_widget_class_bind_template_child (widget_class, DraWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, DraWindow, empty_page);
  gtk_widget_class_bind_template_child (widget_class, DraWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, DraWindow, loading_box);
  gtk_widget_class_bind_template_child (widget_class, DraWindow, failed_page);
  gtk_widget_class_bind_template_child (widget_class, DraWindow, empty_open);
  gtk_widget_class_bind_template_child (widget_class, DraWindow, retry_button);
  gtk_widget_class_bind_template_child (widget_class, DraWindow, another_button);
  gtk_widget_class_bind_template_child (widget_class, DraWindow, flap);
  gtk_widget_class_bind_template_child (widget_class, DraWindow, panes);
  gtk_widget_class_bind_template_child (widget_class, DraWindow, cast_pane);
  gtk_widget_class_bind_template_child (widget_class, DraWindow, notes_pane);
  gtk_widget_class_bind_template_child (widget_class, DraWindow, outline_pane);
  gtk_widget_class_bind_template_child (widget_class, DraWindow, passages_pane);
  gtk_widget_class_bind_template_child (widget_class, DraWindow, search_bar);
  gtk_widget_class_bind_template_child (widget_class, DraWindow, view);
  gtk_widget_class_bind_template_child (widget_class, DraWindow, walk_bar);
  gtk_widget_class_bind_template_child (widget_class, DraWindow, speech_bar);
  gtk_widget_class_bind_template_child (widget_class, DraWindow, speech_label);
  gtk_widget_class_bind_template_child (widget_class, DraWindow, speech_button);
  gtk_widget_class_bind_template_callback (widget_class, dra_window_reload);
  gtk_widget_class_bind_template_callback (widget_class, notes_banner_cb);
  gtk_widget_class_bind_template_callback (widget_class, recent_opened_cb);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
  gtk_widget_class_bind_template_callback (widget_class, pane_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, pane_walk_cb);
  gtk_widget_class_bind_template_callback (widget_class, dra_window_text_shown);
  gtk_widget_class_bind_template_callback (widget_class, mention_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, dra_window_tell_elsewhere);
  gtk_widget_class_bind_template_callback (widget_class, link_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, picture_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, dra_window_switch_extent);
  gtk_widget_class_bind_template_callback (widget_class, zoom_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, dra_window_update_actions);
  gtk_widget_class_bind_template_callback (widget_class, dra_window_update_walk_bar);
}

static void
dra_window_class_init (DraWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dra_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = dra_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = dra_window_close_request;

  g_type_ensure (DRA_TYPE_BANNER);
  g_type_ensure (DRA_TYPE_RECENT_LIST);
  g_type_ensure (DRA_TYPE_CAST_PANE);
  g_type_ensure (DRA_TYPE_NOTES_PANE);
  g_type_ensure (DRA_TYPE_OUTLINE_PANE);
  g_type_ensure (DRA_TYPE_PASSAGES_PANE);
  g_type_ensure (DRA_TYPE_SEARCH_BAR);
  g_type_ensure (DRA_TYPE_ARTICLE_VIEW);
  g_type_ensure (DRA_TYPE_WALK_BAR);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/dramatis/Dramatis/dra-window.ui");
  bind_template (widget_class);
}

static void
bind_settings (DraWindow *self)
{
  self->settings = dra_settings_get_default ();
  if (self->settings == NULL)
    return;

  gtk_window_set_default_size (GTK_WINDOW (self),
                               g_settings_get_int (self->settings, "window-width"),
                               g_settings_get_int (self->settings, "window-height"));
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  adw_flap_set_reveal_flap (self->flap,
                            g_settings_get_boolean (self->settings, "sidebar-visible"));
  g_settings_bind (self->settings, "zoom", self->view, "zoom", G_SETTINGS_BIND_DEFAULT);
  dra_window_bind_marks (self);
}

static void
dra_window_init (DraWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  adw_status_page_set_icon_name (self->empty_page, DRA_APP_ID);
  gtk_window_set_icon_name (GTK_WINDOW (self), DRA_APP_ID);
  dra_search_bar_set_view (self->search_bar, self->view);
  bind_settings (self);
  g_signal_connect_object (self->sidebar_button, "clicked",
                           G_CALLBACK (dra_window_remember_sidebar), self, G_CONNECT_SWAPPED);
  dra_window_install_actions (self);
  dra_window_connect_notes (self);
  dra_window_connect_reading (self);
  dra_window_connect_passages (self);
  dra_window_accept_drops (self);
  dra_window_connect_speech (self);

  name_buttons (self);
  folded_cb (self);
  dra_window_update_title (self);
  dra_window_set_page (self, "empty");
}

/* }}} */

/**
 * dra_window_new:
 * @application: whose window it is
 * @services: the recognizer and the library
 *
 * Makes a window without an article.
 *
 * Returns: (transfer none): the window, owned by GTK
 */
DraWindow *
dra_window_new (GtkApplication *application,
                DraServices    *services)
{
  DraWindow *self;

  g_return_val_if_fail (DRA_IS_SERVICES (services), NULL);

  self = g_object_new (DRA_TYPE_WINDOW, "application", application, NULL);
  self->services = g_object_ref (services);
  return self;
}

gboolean
dra_window_is_free (DraWindow *self)
{
  g_return_val_if_fail (DRA_IS_WINDOW (self), FALSE);

  return self->document == NULL ||
         dra_document_get_state (self->document) == DRA_DOCUMENT_FAILED;
}

gboolean
dra_window_shows (DraWindow *self,
                  GFile     *file)
{
  g_return_val_if_fail (DRA_IS_WINDOW (self), FALSE);

  return self->document != NULL && g_file_equal (dra_document_get_file (self->document), file);
}

gboolean
dra_window_is_settled (DraWindow *self)
{
  DraNamesState names;

  g_return_val_if_fail (DRA_IS_WINDOW (self), FALSE);

  if (self->document == NULL)
    return TRUE;
  if (dra_document_get_state (self->document) != DRA_DOCUMENT_READY)
    return dra_document_get_state (self->document) == DRA_DOCUMENT_FAILED;

  names = dra_document_get_names_state (self->document);
  return self->text_shown && dra_document_get_notes_loaded (self->document) &&
         (names == DRA_NAMES_READY || names == DRA_NAMES_FAILED);
}

DraDocument *
dra_window_get_document (DraWindow *self)
{
  g_return_val_if_fail (DRA_IS_WINDOW (self), NULL);

  return self->document;
}

DraArticleView *
dra_window_get_view (DraWindow *self)
{
  g_return_val_if_fail (DRA_IS_WINDOW (self), NULL);

  return self->view;
}

const char *
dra_window_get_page (DraWindow *self)
{
  g_return_val_if_fail (DRA_IS_WINDOW (self), NULL);

  return gtk_stack_get_visible_child_name (self->pages);
}

/**
 * dra_window_show_sidebar:
 * @self: the window
 * @pane: "cast", "notes", "outline" or "passages"
 *
 * Shows a pane of the sidebar.
 */
void
dra_window_show_sidebar (DraWindow  *self,
                         const char *pane)
{
  adw_view_stack_set_visible_child_name (self->panes, pane);
  adw_flap_set_reveal_flap (self->flap, TRUE);
}
