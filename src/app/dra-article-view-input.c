/* dra-article-view-input.c: pointer and keyboard over the article's text.
 *
 * GtkTextView claims the pointer for selecting, so a click is told from its raw events: a
 * press and a release at one place that leave nothing selected.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-article-view-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/dra-names-menu.h"
#include "app/dra-note-colors.h"
#include "app/dra-selection-popover.h"

#define CLICK_SLACK 4 /* pixels between press and release */
#define ZOOM_STEP 1.1

/* --- spots ------------------------------------------------------------------------ */

static DraNote *
ref_note (const DraTextSpot *spot)
{
  return spot->note != NULL ? g_object_ref (spot->note) : NULL;
}

/* A click, or Enter with the caret there: a link, a name or a note, in that order. */
static gboolean
activate_spot (DraArticleView    *self,
               const DraTextSpot *spot)
{
  g_autoptr (DraNote) note = ref_note (spot);

  if (spot->link != NULL && g_str_has_prefix (spot->link, "#fn:"))
    {
      dra_article_view_show_footnote (self, spot->link + strlen ("#fn:"), spot->offset);
      return TRUE;
    }
  if (spot->link != NULL)
    {
      g_signal_emit (self, dra_article_view_signals[DRA_VIEW_LINK_ACTIVATED], 0, spot->link);
      return TRUE;
    }
  if (spot->picture >= 0 && note == NULL)
    {
      g_signal_emit (self, dra_article_view_signals[DRA_VIEW_PICTURE_ACTIVATED], 0,
                     (guint) spot->picture);
      return TRUE;
    }
  if (note != NULL)
    {
      g_signal_emit (self, dra_article_view_signals[DRA_VIEW_NOTE_CLICKED], 0, note);
      if (DRA_IS_ARTICLE_VIEW (self))
        {
          if (self->wide && *dra_note_get_body (note) != '\0')
            dra_note_margin_activate (self->margin, note);
          else
            dra_article_view_open_note (self, note,
                                        dra_note_margin_get_widget (self->margin, note),
                                        FALSE);
        }
    }
  if (spot->mention >= 0)
    g_signal_emit (self, dra_article_view_signals[DRA_VIEW_MENTION_CLICKED], 0,
                   (guint) spot->mention);
  return note != NULL || spot->mention >= 0;
}

static gboolean
query_tooltip_cb (DraArticleView *self,
                  int             x,
                  int             y,
                  gboolean        keyboard,
                  GtkTooltip     *tooltip)
{
  DraTextSpot spot;

  if (keyboard || !dra_article_text_pick (self->text, x, y, &spot))
    return FALSE;

  if (spot.link != NULL && g_str_has_prefix (spot.link, "#fn:"))
    return FALSE;
  if (spot.link != NULL)
    {
      gtk_tooltip_set_text (tooltip, spot.link);
      return TRUE;
    }
  if (spot.mention < 0)
    return FALSE;
  /* Made anew only for another mention: this is asked at each step of the pointer. */
  if (self->tooltip_mention != spot.mention || self->tooltip_card == NULL)
    {
      g_clear_object (&self->tooltip_card);
      self->tooltip_card
        = g_object_ref_sink (dra_article_view_create_peek (self, (guint) spot.mention));
      self->tooltip_mention = spot.mention;
    }
  gtk_tooltip_set_custom (tooltip, self->tooltip_card);
  return TRUE;
}

static void
motion_cb (DraArticleView *self,
           double          x,
           double          y)
{
  DraTextSpot spot;
  gboolean over = dra_article_text_pick (self->text, x, y, &spot)
                  && (spot.mention >= 0 || spot.note != NULL || spot.link != NULL);

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self->text), over ? "pointer" : "text");
}

/* --- selection popover ------------------------------------------------------------ */

static void
show_selection_popover (DraArticleView *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self->text);
  g_autoptr (GArray) lines = NULL;
  GdkRectangle place;
  DraRange range;
  int x, y;

  if (!dra_article_text_get_selection (self->text, &range))
    return;
  /* Of a long selection the first lines say where it is. */
  range.end = MIN (range.end, range.start + 512);
  range.end = dra_article_to_bytes (self->article,
                                    dra_article_to_code_points (self->article, range.end));
  lines = dra_article_text_get_rectangles (self->text, range);
  if (lines->len == 0)
    return;
  place = g_array_index (lines, GdkRectangle, 0);
  gtk_text_view_buffer_to_window_coords (view, GTK_TEXT_WINDOW_WIDGET, place.x, place.y, &x,
                                         &y);
  place.x = x;
  place.y = CLAMP (y, 0, gtk_widget_get_height (GTK_WIDGET (self)));
  gtk_popover_set_pointing_to (GTK_POPOVER (self->selection_popover), &place);
  gtk_popover_popup (GTK_POPOVER (self->selection_popover));
}

static gboolean
released_cb (gpointer data)
{
  DraArticleView *self = data;

  self->release_id = 0;
  if (self->has_selection)
    show_selection_popover (self);
  return G_SOURCE_REMOVE;
}

/**
 * dra_article_view_hide_popovers:
 *
 * Closes whatever floats over the text.
 */
void
dra_article_view_hide_popovers (DraArticleView *self)
{
  if (self->selection_popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->selection_popover));
  if (self->menu != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->menu));
  if (self->peek != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->peek));
  dra_article_view_close_note (self);
}

static void
add_note_cb (DraArticleView *self)
{
  g_signal_emit (self, dra_article_view_signals[DRA_VIEW_ADD_NOTE], 0);
}

static void
add_highlight_cb (DraArticleView *self,
                  int             color)
{
  g_signal_emit (self, dra_article_view_signals[DRA_VIEW_ADD_HIGHLIGHT], 0, color);
}

static void
copy_cb (DraArticleView *self)
{
  g_signal_emit_by_name (self->text, "copy-clipboard");
}

/* --- context menu ----------------------------------------------------------------- */

static void
add_note_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  add_note_cb (DRA_ARTICLE_VIEW (widget));
}

static void
add_highlight_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  int color = g_variant_get_int32 (parameter);

  if (color >= 0 && color < DRA_N_NOTE_COLORS)
    add_highlight_cb (DRA_ARTICLE_VIEW (widget), color);
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  copy_cb (DRA_ARTICLE_VIEW (widget));
}

static void
select_all_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  g_signal_emit_by_name (DRA_ARTICLE_VIEW (widget)->text, "select-all", TRUE);
}

/* What can be said of the name there, or of the selected passage. */
static void
append_names (DraArticleView *self,
              GMenu          *menu,
              int             mention)
{
  g_autoptr (GMenu) names = g_menu_new ();

  if (self->has_selection)
    {
      g_autoptr (GMenuModel) mark = dra_names_menu_new_mark ();

      g_menu_append_submenu (names, _("_Mark As"), mark);
    }
  else if (mention >= 0)
    {
      g_autoptr (GMenuModel) correct = dra_names_menu_new_correct ();
      guint n_mentions;
      guint entity = dra_cast_get_mentions (self->cast, &n_mentions)[mention].entity;
      g_autofree char *label
        = dra_names_menu_dup_label (dra_cast_get_entity (self->cast, entity)->name);

      g_menu_append_submenu (names, label, correct);
    }
  if (g_menu_model_get_n_items (G_MENU_MODEL (names)) > 0)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (names));
}

static GMenuModel *
build_menu (DraArticleView *self,
            int             mention)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) marks = g_menu_new ();
  g_autoptr (GMenu) colors = g_menu_new ();
  g_autoptr (GMenu) text = g_menu_new ();

  for (int i = 0; i < DRA_N_NOTE_COLORS; i++)
    {
      g_autofree char *action = g_strdup_printf ("article.add-highlight(%d)", i);

      g_menu_append (colors, dra_note_colors_get_label (i), action);
    }
  g_menu_append (marks, _("_Note"), "article.add-note");
  g_menu_append_submenu (marks, _("_Highlight"), G_MENU_MODEL (colors));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (marks));
  append_names (self, menu, mention);
  g_menu_append (text, _("_Who Is This?"), "win.peek");
  g_menu_append (text, _("_Copy"), "article.copy");
  g_menu_append (text, _("Copy as _Quotation"), "win.copy-quotation");
  g_menu_append (text, _("Select _All"), "article.select-all");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (text));
  return G_MENU_MODEL (menu);
}

static void
menu_closed_cb (DraArticleView *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

static void
show_menu (DraArticleView     *self,
           const GdkRectangle *place,
           int                 mention)
{
  gboolean selection = self->has_selection;
  g_autoptr (GMenuModel) model = NULL;

  /* What the menu says of a name it says of the selected one. */
  if (mention >= 0 && !selection)
    g_signal_emit (self, dra_article_view_signals[DRA_VIEW_MENTION_CLICKED], 0, (guint) mention);

  gtk_popover_popdown (GTK_POPOVER (self->selection_popover));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "article.add-note", selection);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "article.add-highlight", selection);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "article.copy", selection);
  model = build_menu (self, mention);
  if (self->menu != NULL)
    gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->menu), model);
  else
    {
      self->menu = gtk_popover_menu_new_from_model (model);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
      g_signal_connect_object (self->menu, "closed", G_CALLBACK (menu_closed_cb), self,
                               G_CONNECT_SWAPPED);
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), place);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
show_menu_at_caret (DraArticleView *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self->text);
  GdkRectangle place;
  DraTextSpot spot;
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_mark (gtk_text_view_get_buffer (view), &iter,
                                    gtk_text_buffer_get_insert (gtk_text_view_get_buffer (view)));
  dra_article_text_find_spot (self->text, dra_article_text_get_offset (self->text, &iter), &spot);
  gtk_text_view_get_cursor_locations (view, NULL, &place, NULL);
  gtk_text_view_buffer_to_window_coords (view, GTK_TEXT_WINDOW_WIDGET, place.x, place.y,
                                         &place.x, &place.y);
  place.y = CLAMP (place.y, 0, gtk_widget_get_height (GTK_WIDGET (self)) - place.height);
  show_menu (self, &place, spot.mention);
}

/* --- events ----------------------------------------------------------------------- */

static void
pressed (DraArticleView *self,
         GdkEvent       *event,
         double          x,
         double          y)
{
  self->press_x = x;
  self->press_y = y;
  gtk_widget_remove_css_class (GTK_WIDGET (self->text), "caret");
  gtk_popover_popdown (GTK_POPOVER (self->selection_popover));
}

static void
released (DraArticleView *self,
          double          x,
          double          y)
{
  DraTextSpot spot;

  if (self->has_selection)
    {
      /* The text view may be about to drop the selection: look again after it. */
      if (self->release_id == 0)
        self->release_id = g_idle_add_full (G_PRIORITY_DEFAULT, released_cb, self, NULL);
      if (hypot (x - self->press_x, y - self->press_y) > CLICK_SLACK)
        return;
    }
  if (hypot (x - self->press_x, y - self->press_y) <= CLICK_SLACK && !self->has_selection
      && dra_article_text_pick (self->text, x, y, &spot))
    activate_spot (self, &spot);
}

static gboolean
event_cb (DraArticleView *self,
          GdkEvent       *event)
{
  GdkEventType type = gdk_event_get_event_type (event);
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self->text));
  double x, y, dx, dy;

  if ((type != GDK_BUTTON_PRESS && type != GDK_BUTTON_RELEASE) || native == NULL
      || !gdk_event_get_position (event, &x, &y))
    return GDK_EVENT_PROPAGATE;
  gtk_native_get_surface_transform (native, &dx, &dy);
  if (!gtk_widget_translate_coordinates (GTK_WIDGET (native), GTK_WIDGET (self->text), x - dx,
                                         y - dy, &x, &y))
    return GDK_EVENT_PROPAGATE;

  if (type == GDK_BUTTON_PRESS && gdk_event_triggers_context_menu (event))
    {
      DraTextSpot spot;

      if (!dra_article_text_pick (self->text, x, y, &spot))
        spot.mention = -1;
      show_menu (self, &(GdkRectangle) { (int) x, (int) y, 1, 1 }, spot.mention);
      return GDK_EVENT_STOP;
    }
  if (gdk_button_event_get_button (event) == GDK_BUTTON_PRIMARY)
    {
      if (type == GDK_BUTTON_PRESS)
        pressed (self, event, x, y);
      else
        released (self, x, y);
    }
  return GDK_EVENT_PROPAGATE;
}

/**
 * dra_article_view_activate_caret:
 * @self: an article view
 *
 * Does what Enter does: opens the link, footnote, picture, note or name at the caret.
 *
 * Returns: FALSE when there is nothing
 */
gboolean
dra_article_view_activate_caret (DraArticleView *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text));
  DraTextSpot spot;
  GtkTextIter iter;

  g_return_val_if_fail (DRA_IS_ARTICLE_VIEW (self), FALSE);

  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  dra_article_text_find_spot (self->text, dra_article_text_get_offset (self->text, &iter),
                              &spot);
  return activate_spot (self, &spot);
}

static gboolean
key_cb (DraArticleView  *self,
        guint            key,
        guint            code,
        GdkModifierType  state)
{
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();

  gtk_widget_add_css_class (GTK_WIDGET (self->text), "caret");
  if (key == GDK_KEY_Escape && gtk_widget_get_visible (self->selection_popover))
    {
      gtk_popover_popdown (GTK_POPOVER (self->selection_popover));
      return GDK_EVENT_STOP;
    }
  if ((key == GDK_KEY_Menu && modifiers == 0)
      || (key == GDK_KEY_F10 && modifiers == GDK_SHIFT_MASK))
    {
      show_menu_at_caret (self);
      return GDK_EVENT_STOP;
    }
  if ((key == GDK_KEY_Return || key == GDK_KEY_KP_Enter) && modifiers == 0)
    {
      return dra_article_view_activate_caret (self);
    }
  if (key == GDK_KEY_space && (modifiers == 0 || modifiers == GDK_SHIFT_MASK))
    {
      g_signal_emit_by_name (self->text, "move-cursor", GTK_MOVEMENT_PAGES,
                             modifiers == 0 ? 1 : -1, FALSE);
      return GDK_EVENT_STOP;
    }
  return GDK_EVENT_PROPAGATE;
}

static gboolean
scroll_cb (DraArticleView           *self,
           double                    dx,
           double                    dy,
           GtkEventControllerScroll *controller)
{
  GdkModifierType state
    = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));

  if ((state & GDK_CONTROL_MASK) == 0)
    return GDK_EVENT_PROPAGATE;
  dra_article_view_set_zoom (self, self->zoom * pow (ZOOM_STEP, -dy));
  return GDK_EVENT_STOP;
}

static gboolean
any_event_cb (DraArticleView *self,
              GdkEvent       *event)
{
  GdkEventType type = gdk_event_get_event_type (event);

  if (type == GDK_SCROLL || type == GDK_BUTTON_PRESS || type == GDK_KEY_PRESS
      || type == GDK_TOUCH_BEGIN)
    dra_article_text_unpin (self->text);
  return GDK_EVENT_PROPAGATE;
}

static void
scrolled_cb (DraArticleView *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->selection_popover));
}

static void
add_controllers (DraArticleView *self)
{
  GtkEventController *all = gtk_event_controller_legacy_new ();
  GtkEventController *events = gtk_event_controller_legacy_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll
    = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);

  gtk_event_controller_set_propagation_phase (all, GTK_PHASE_CAPTURE);
  g_signal_connect_object (all, "event", G_CALLBACK (any_event_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), all);

  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect_object (events, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->text), events);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->text), keys);

  g_signal_connect_object (motion, "motion", G_CALLBACK (motion_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->text), motion);

  gtk_event_controller_set_propagation_phase (scroll, GTK_PHASE_CAPTURE);
  g_signal_connect_object (scroll, "scroll", G_CALLBACK (scroll_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
}

/**
 * dra_article_view_input_install_actions:
 * @widget_class: the class of the article view
 *
 * Installs the actions of the context menu.
 */
void
dra_article_view_input_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "article.add-note", NULL, add_note_action);
  gtk_widget_class_install_action (widget_class, "article.add-highlight", "i",
                                   add_highlight_action);
  /* Keys that a card being written in gets first. */
  for (int i = 0; i < DRA_N_NOTE_COLORS; i++)
    {
      gtk_widget_class_add_binding_action (widget_class, (guint) (GDK_KEY_1 + i), 0, "article.add-highlight", "i", i);
      gtk_widget_class_add_binding_action (widget_class, (guint) (GDK_KEY_KP_1 + i), 0, "article.add-highlight", "i", i);
    }
  gtk_widget_class_install_action (widget_class, "article.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "article.select-all", NULL,
                                   select_all_action);
}

/* --- two fingers ------------------------------------------------------------------ */

static void
pinch_begin_cb (DraArticleView *self)
{
  self->pinched_zoom = self->zoom;
}

static void
pinch_cb (DraArticleView *self,
          double          scale)
{
  /* In steps that can be seen: the whole text is set anew for each. */
  double zoom = round (self->pinched_zoom * scale * 20) / 20;

  dra_article_view_set_zoom (self, zoom);
}

static void
add_pinch (DraArticleView *self)
{
  GtkGesture *pinch = gtk_gesture_zoom_new ();

  /* Before the text view, which selects with one finger. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (pinch), GTK_PHASE_CAPTURE);
  g_signal_connect_object (pinch, "begin", G_CALLBACK (pinch_begin_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (pinch, "scale-changed", G_CALLBACK (pinch_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pinch));
}

/**
 * dra_article_view_input_init:
 *
 * Makes the popovers and listens to the text view.
 */
void
dra_article_view_input_init (DraArticleView *self)
{
  GtkAdjustment *adjustment
    = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled));

  self->selection_popover = dra_selection_popover_new ();
  gtk_widget_set_parent (self->selection_popover, GTK_WIDGET (self));
  g_signal_connect_object (self->selection_popover, "add-note", G_CALLBACK (add_note_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection_popover, "add-highlight",
                           G_CALLBACK (add_highlight_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection_popover, "copy", G_CALLBACK (copy_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (scrolled_cb), self,
                           G_CONNECT_SWAPPED);

  gtk_widget_set_has_tooltip (GTK_WIDGET (self->text), TRUE);
  g_signal_connect_object (self->text, "query-tooltip", G_CALLBACK (query_tooltip_cb), self,
                           G_CONNECT_SWAPPED);
  add_controllers (self);
  add_pinch (self);
}

/**
 * dra_article_view_input_dispose:
 *
 * Takes the popovers away.
 */
void
dra_article_view_input_dispose (DraArticleView *self)
{
  g_clear_handle_id (&self->release_id, g_source_remove);
  g_clear_pointer (&self->selection_popover, gtk_widget_unparent);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
}
