/* dra-article-view.c: the article as it is read.
 *
 * Text view, margin of notes and tick strip side by side over one scrolled window; keeps
 * the properties and hands each part its share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-article-view-private.h"

#include "app/dra-note-colors.h"

#define CARD_GAP 36     /* pixels between the column and the cards */
#define CARD_EDGE 20    /* pixels right of the cards */
#define MARKER_WIDTH 24 /* pixels */
#define MARKER_GAP 4    /* pixels between the column and the markers */

G_DEFINE_FINAL_TYPE (DraArticleView, dra_article_view, GTK_TYPE_WIDGET)

/* --- layout ----------------------------------------------------------------------- */

static gboolean
is_wide (DraArticleView *self,
         int             width)
{
  return width >= dra_article_text_get_least_width (self->text) + CARD_GAP
                    + DRA_NOTE_MARGIN_WIDTH + CARD_EDGE;
}

static int
wanted_gutter (DraArticleView *self)
{
  if (!dra_note_margin_has_notes (self->margin))
    return 0;
  return self->wide ? CARD_GAP + DRA_NOTE_MARGIN_WIDTH + CARD_EDGE
                    : MARKER_GAP + MARKER_WIDTH + MARKER_GAP;
}

static gboolean
layout_cb (gpointer data)
{
  DraArticleView *self = data;

  self->layout_id = 0;
  dra_note_margin_set_compact (self->margin, !self->wide);
  dra_article_text_set_gutter (self->text, wanted_gutter (self));
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  if (self->notified_wide != self->wide)
    {
      self->notified_wide = self->wide;
      dra_article_view_close_note (self);
      dra_article_view_notify (self, DRA_VIEW_PROP_MARGIN_NOTES);
    }
  if (self->edit_early != NULL && gtk_widget_get_width (GTK_WIDGET (self)) > 0)
    {
      g_autoptr (DraNote) note = g_steal_pointer (&self->edit_early);

      dra_article_view_edit_note (self, note);
    }
  return G_SOURCE_REMOVE;
}

/**
 * dra_article_view_layout_changed:
 *
 * Has the room for notes looked at again before the next frame: not now, as this is also
 * called during an allocation, when widgets may not come and go.
 */
void
dra_article_view_layout_changed (DraArticleView *self)
{
  if (self->layout_id == 0)
    self->layout_id = g_idle_add_full (GDK_PRIORITY_REDRAW - 20, layout_cb, self, NULL);
}

static void
dra_article_view_size_allocate (GtkWidget *widget,
                                int        width,
                                int        height,
                                int        baseline)
{
  DraArticleView *self = DRA_ARTICLE_VIEW (widget);
  gboolean wide = is_wide (self, width);
  gboolean compact = dra_note_margin_get_compact (self->margin);
  int margin_width = compact ? MARKER_WIDTH : DRA_NOTE_MARGIN_WIDTH;
  int column_x, column_width, x;

  if (wide != self->wide || self->edit_early != NULL)
    {
      self->wide = wide;
      dra_article_view_layout_changed (self);
    }
  gtk_widget_size_allocate (self->scrolled, &(GtkAllocation) { 0, 0, width, height }, -1);

  dra_article_text_get_column (self->text, &column_x, &column_width);
  x = column_x + column_width + (compact ? MARKER_GAP : CARD_GAP);
  gtk_widget_size_allocate (GTK_WIDGET (self->margin),
                            &(GtkAllocation) { MIN (x, MAX (0, width - margin_width)), 0,
                                               margin_width, height }, -1);
  gtk_widget_size_allocate (GTK_WIDGET (self->strip),
                            &(GtkAllocation) { MAX (0, width - DRA_TICK_STRIP_WIDTH), 0,
                                               DRA_TICK_STRIP_WIDTH, height }, -1);

  if (self->selection_popover != NULL)
    gtk_popover_present (GTK_POPOVER (self->selection_popover));
  if (self->note_popover != NULL)
    gtk_popover_present (GTK_POPOVER (self->note_popover));
  if (self->menu != NULL)
    gtk_popover_present (GTK_POPOVER (self->menu));
  if (self->peek != NULL)
    gtk_popover_present (GTK_POPOVER (self->peek));
}

static void
dra_article_view_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  DraArticleView *self = DRA_ARTICLE_VIEW (widget);
  int ignored;

  gtk_widget_measure (self->scrolled, orientation, for_size, minimum, natural, NULL, NULL);
  /* Measured so that they may be allocated; they take room from the text's margins. */
  gtk_widget_measure (GTK_WIDGET (self->margin), orientation, -1, &ignored, NULL, NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (self->strip), orientation, -1, &ignored, NULL, NULL, NULL);
}

static gboolean
dra_article_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (DRA_ARTICLE_VIEW (widget)->text));
}

/* --- text ------------------------------------------------------------------------- */

static void
text_shown_cb (DraArticleView *self)
{
  g_signal_emit (self, dra_article_view_signals[DRA_VIEW_TEXT_SHOWN], 0);
  if (self->edit_early != NULL)
    dra_article_view_layout_changed (self);
}

static void
picture_cb (DraArticleView *self,
            guint           block)
{
  g_signal_emit (self, dra_article_view_signals[DRA_VIEW_PICTURE_ACTIVATED], 0, block);
}

static gboolean
tell_scrolled_cb (gpointer data)
{
  DraArticleView *self = data;

  self->scrolled_id = 0;
  g_signal_emit (self, dra_article_view_signals[DRA_VIEW_SCROLLED], 0);
  return G_SOURCE_REMOVE;
}

static void
geometry_cb (DraArticleView *self)
{
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  if (self->scrolled_id == 0)
    self->scrolled_id = g_idle_add_full (GDK_PRIORITY_REDRAW + 2, tell_scrolled_cb, self, NULL);
}

static void
has_selection_cb (DraArticleView *self)
{
  DraRange range;
  gboolean has = dra_article_text_get_selection (self->text, &range);

  if (!has)
    gtk_popover_popdown (GTK_POPOVER (self->selection_popover));
  if (self->has_selection == has)
    return;
  self->has_selection = has;
  dra_article_view_notify (self, DRA_VIEW_PROP_HAS_TEXT_SELECTION);
}

/* Each article has a buffer of its own. */
static void
buffer_cb (DraArticleView *self)
{
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text)),
                           "notify::has-selection", G_CALLBACK (has_selection_cb), self,
                           G_CONNECT_SWAPPED);
  has_selection_cb (self);
}

/* --- class ------------------------------------------------------------------------ */

static void
dra_article_view_dispose (GObject *object)
{
  DraArticleView *self = DRA_ARTICLE_VIEW (object);

  g_clear_handle_id (&self->layout_id, g_source_remove);
  g_clear_handle_id (&self->scrolled_id, g_source_remove);
  g_cancellable_cancel (self->searching);
  g_clear_object (&self->searching);
  if (self->text != NULL)
    {
      dra_article_view_close_note (self);
      dra_article_view_notes_dispose (self);
      dra_article_view_input_dispose (self);
      dra_article_view_peek_dispose (self);
    }
  g_clear_pointer ((GtkWidget **) &self->strip, gtk_widget_unparent);
  g_clear_pointer ((GtkWidget **) &self->margin, gtk_widget_unparent);
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  self->text = NULL;
  g_clear_object (&self->tooltip_card);
  g_clear_object (&self->article);
  g_clear_object (&self->cast);
  g_clear_pointer (&self->hits, g_array_unref);
  G_OBJECT_CLASS (dra_article_view_parent_class)->dispose (object);
}

static void
dra_article_view_finalize (GObject *object)
{
  DraArticleView *self = DRA_ARTICLE_VIEW (object);

  g_ptr_array_unref (self->all_notes);
  g_free (self->search_text);
  G_OBJECT_CLASS (dra_article_view_parent_class)->finalize (object);
}

static void
dra_article_view_class_init (DraArticleViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dra_article_view_dispose;
  object_class->finalize = dra_article_view_finalize;
  widget_class->measure = dra_article_view_measure;
  widget_class->size_allocate = dra_article_view_size_allocate;
  widget_class->grab_focus = dra_article_view_grab_focus;

  dra_article_view_install_properties (klass);
  dra_article_view_input_install_actions (widget_class);
  gtk_widget_class_set_css_name (widget_class, "articleview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
dra_article_view_init (DraArticleView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  dra_note_colors_load_css ();
  self->zoom = 1;
  self->selected_entity = self->current_mention = self->current_hit = -1;
  self->levels[DRA_ENTITY_PERSON] = self->levels[DRA_ENTITY_ORGANIZATION] = DRA_MARKS_TINT;

  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  self->text = DRA_ARTICLE_TEXT (dra_article_text_new ());
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled),
                                 GTK_WIDGET (self->text));
  gtk_widget_set_parent (self->scrolled, widget);
  self->margin = DRA_NOTE_MARGIN (dra_note_margin_new (self->text));
  gtk_widget_set_parent (GTK_WIDGET (self->margin), widget);
  self->strip = DRA_TICK_STRIP (dra_tick_strip_new (self->text));
  gtk_widget_set_parent (GTK_WIDGET (self->strip), widget);
  g_signal_connect_object (self->strip, "tick-clicked",
                           G_CALLBACK (dra_article_view_tick_clicked), self,
                           G_CONNECT_SWAPPED);
  dra_note_margin_set_compact (self->margin, TRUE);

  dra_article_view_notes_init (self);
  dra_article_view_input_init (self);
  g_signal_connect_object (self->text, "text-shown", G_CALLBACK (text_shown_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->text, "geometry-changed", G_CALLBACK (geometry_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->text, "picture-activated", G_CALLBACK (picture_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->text, "notify::buffer", G_CALLBACK (buffer_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (dra_article_view_update_ticks), self,
                           G_CONNECT_SWAPPED);
  buffer_cb (self);
}

/* --- public ----------------------------------------------------------------------- */

/**
 * dra_article_view_new:
 *
 * Returns: (transfer full): a view without an article
 */
GtkWidget *
dra_article_view_new (void)
{
  return g_object_new (DRA_TYPE_ARTICLE_VIEW, NULL);
}

/**
 * dra_article_view_get_article:
 *
 * Returns: (transfer none) (nullable): the article shown
 */
DraArticle *
dra_article_view_get_article (DraArticleView *self)
{
  g_return_val_if_fail (DRA_IS_ARTICLE_VIEW (self), NULL);

  return self->article;
}

/**
 * dra_article_view_set_article:
 * @article: (nullable): the article to show
 *
 * Shows the beginning of the text at once and the rest in slices while the view can already
 * be read; DraArticleView::text-shown tells the end, before this returns when the article
 * is short.  Cast, selection and hits of the article before are forgotten; the list of
 * notes stays and is expected to change by itself.
 */
void
dra_article_view_set_article (DraArticleView *self,
                              DraArticle     *article)
{
  g_return_if_fail (DRA_IS_ARTICLE_VIEW (self));
  g_return_if_fail (article == NULL || DRA_IS_ARTICLE (article));

  if (self->article == article)
    return;
  g_object_freeze_notify (G_OBJECT (self));
  dra_article_view_hide_popovers (self);
  dra_article_view_search_clear (self);
  dra_article_view_set_cast (self, NULL);
  g_set_object (&self->article, article);
  dra_article_view_notify (self, DRA_VIEW_PROP_ARTICLE);
  dra_article_text_set_article (self->text, article);
  dra_article_view_notes_refresh (self);
  if (self->search_text != NULL)
    dra_article_view_search_start (self);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * dra_article_view_set_picture_source:
 * @source: (nullable): where pictures come from
 *
 * To be set before the article whose pictures these are.
 */
void
dra_article_view_set_picture_source (DraArticleView   *self,
                                     DraPictureSource *source)
{
  g_return_if_fail (DRA_IS_ARTICLE_VIEW (self));
  g_return_if_fail (source == NULL || DRA_IS_PICTURE_SOURCE (source));

  dra_article_text_set_picture_source (self->text, source);
}

/**
 * dra_article_view_get_cast:
 *
 * Returns: (transfer none) (nullable): the cast whose mentions are marked
 */
DraCast *
dra_article_view_get_cast (DraArticleView *self)
{
  g_return_val_if_fail (DRA_IS_ARTICLE_VIEW (self), NULL);

  return self->cast;
}

/**
 * dra_article_view_set_cast:
 * @cast: (nullable): the cast of the article shown
 *
 * Marks people and organizations, or takes the marks away.  Nothing is selected after.
 */
void
dra_article_view_set_cast (DraArticleView *self,
                           DraCast        *cast)
{
  g_return_if_fail (DRA_IS_ARTICLE_VIEW (self));
  g_return_if_fail (cast == NULL || DRA_IS_CAST (cast));

  if (self->cast == cast)
    return;
  g_object_freeze_notify (G_OBJECT (self));
  dra_article_view_set_selected_entity (self, -1);
  g_set_object (&self->cast, cast);
  dra_article_text_set_cast (self->text, cast);
  g_clear_object (&self->tooltip_card);
  dra_article_view_notify (self, DRA_VIEW_PROP_CAST);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * dra_article_view_set_notes:
 * @notes: (nullable): a list of #DraNote
 *
 * Shows the notes and follows the list and each of its items from then on.
 */
void
dra_article_view_set_notes (DraArticleView *self,
                            GListModel     *notes)
{
  g_return_if_fail (DRA_IS_ARTICLE_VIEW (self));
  g_return_if_fail (notes == NULL || G_IS_LIST_MODEL (notes));

  if (self->notes == notes)
    return;
  dra_article_view_notes_take_model (self, notes);
  dra_article_view_notify (self, DRA_VIEW_PROP_NOTES);
}

/**
 * dra_article_view_get_selected_entity:
 *
 * Returns: index in the cast, or -1
 */
int
dra_article_view_get_selected_entity (DraArticleView *self)
{
  g_return_val_if_fail (DRA_IS_ARTICLE_VIEW (self), -1);

  return self->selected_entity;
}

/**
 * dra_article_view_set_selected_entity:
 * @entity: index in the cast, or -1
 *
 * Brings the mentions of one entity forward.  No mention is the current one after.
 */
void
dra_article_view_set_selected_entity (DraArticleView *self,
                                      int             entity)
{
  g_return_if_fail (DRA_IS_ARTICLE_VIEW (self));
  g_return_if_fail (entity == -1
                    || (self->cast != NULL && entity >= 0
                        && (guint) entity < dra_cast_get_n_entities (self->cast)));

  if (self->selected_entity == entity)
    return;
  g_object_freeze_notify (G_OBJECT (self));
  self->selected_entity = entity;
  if (self->current_mention != -1)
    {
      self->current_mention = -1;
      dra_article_view_notify (self, DRA_VIEW_PROP_CURRENT_MENTION);
    }
  dra_article_text_set_selected (self->text, entity, -1);
  dra_article_view_update_ticks (self);
  dra_article_view_notify (self, DRA_VIEW_PROP_SELECTED_ENTITY);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * dra_article_view_set_current_mention:
 * @mention: index in the mentions of the cast, or -1
 *
 * Marks one mention most strongly, and scrolls to it.
 */
void
dra_article_view_set_current_mention (DraArticleView *self,
                                      int             mention)
{
  const DraMention *mentions = NULL;
  guint n_mentions = 0;

  g_return_if_fail (DRA_IS_ARTICLE_VIEW (self));

  if (self->cast != NULL)
    mentions = dra_cast_get_mentions (self->cast, &n_mentions);
  g_return_if_fail (mention >= -1 && mention < (int) n_mentions);

  if (self->current_mention != mention)
    {
      self->current_mention = mention;
      dra_article_text_set_selected (self->text, self->selected_entity, mention);
      dra_article_view_update_ticks (self);
      dra_article_view_notify (self, DRA_VIEW_PROP_CURRENT_MENTION);
    }
  if (mention >= 0)
    dra_article_text_reveal (self->text, mentions[mention].range);
}

/**
 * dra_article_view_get_selection:
 * @range: (out): bytes of the article's text
 *
 * Returns: FALSE when nothing is selected
 */
gboolean
dra_article_view_get_selection (DraArticleView *self,
                                DraRange       *range)
{
  g_return_val_if_fail (DRA_IS_ARTICLE_VIEW (self), FALSE);

  return dra_article_text_get_selection (self->text, range);
}

/**
 * dra_article_view_select_range:
 * @range: bytes of the article's text
 *
 * Selects a passage, as soon as it is in the view.
 */
void
dra_article_view_select_range (DraArticleView *self,
                               DraRange        range)
{
  g_return_if_fail (DRA_IS_ARTICLE_VIEW (self));

  dra_article_text_select (self->text, range);
}

/**
 * dra_article_view_clear_selection:
 *
 * Selects nothing; the caret stays where it is.
 */
void
dra_article_view_clear_selection (DraArticleView *self)
{
  GtkTextBuffer *buffer;
  GtkTextIter iter;

  g_return_if_fail (DRA_IS_ARTICLE_VIEW (self));

  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text));
  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  gtk_text_buffer_place_cursor (buffer, &iter);
}

/**
 * dra_article_view_scroll_to:
 * @range: bytes of the article's text
 *
 * Scrolls until the passage is comfortably in view; does nothing when it is already.
 */
void
dra_article_view_scroll_to (DraArticleView *self,
                            DraRange        range)
{
  g_return_if_fail (DRA_IS_ARTICLE_VIEW (self));

  if (self->article != NULL)
    dra_article_text_reveal (self->text, range);
}

/**
 * dra_article_view_get_visible_offset:
 *
 * Returns: bytes of the article's text: the first in view
 */
gsize
dra_article_view_get_visible_offset (DraArticleView *self)
{
  g_return_val_if_fail (DRA_IS_ARTICLE_VIEW (self), 0);

  return dra_article_text_get_visible_offset (self->text);
}

/**
 * dra_article_view_get_text_view:
 *
 * Returns: (transfer none): the text view, to focus it and for tests; its buffer is another
 *   for each article
 */
GtkTextView *
dra_article_view_get_text_view (DraArticleView *self)
{
  g_return_val_if_fail (DRA_IS_ARTICLE_VIEW (self), NULL);

  return GTK_TEXT_VIEW (self->text);
}
