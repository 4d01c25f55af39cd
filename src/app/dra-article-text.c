/* dra-article-text.c: the text view of an article: column, positions and state.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-article-text-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/dra-snippet.h"

#define EDGE 48        /* pixels beside the column at least, when there is room */
#define NARROW_EDGE 20 /* the same in a narrow window */
#define NARROW 560     /* pixels: below this the window is narrow */
#define LEAST_MEASURE .90 /* of the best measure: below it the column has no room to give */

enum
{
  TEXT_SHOWN,
  GEOMETRY_CHANGED,
  PICTURE_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DraArticleText, dra_article_text, GTK_TYPE_TEXT_VIEW)

static void
note_span_clear (gpointer data)
{
  g_clear_object (&((DraNoteSpan *) data)->note);
}

/* --- geometry --------------------------------------------------------------------- */

static gboolean
geometry_tick_cb (GtkWidget     *widget,
                  GdkFrameClock *clock,
                  gpointer       data)
{
  DraArticleText *self = DRA_ARTICLE_TEXT (widget);

  self->geometry_tick = 0;
  dra_article_text_realign (self);
  dra_article_text_queue_pictures (self);
  g_signal_emit (self, signals[GEOMETRY_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

/* The adjustments also change inside GtkTextView's size_allocate, when a widget may not
 * ask for an allocation: then it has to wait for the next frame. */
static void
geometry_changed (DraArticleText *self)
{
  dra_article_text_queue_pictures (self);
  if (!self->allocating)
    g_signal_emit (self, signals[GEOMETRY_CHANGED], 0);
  else if (self->geometry_tick == 0)
    self->geometry_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), geometry_tick_cb,
                                                        NULL, NULL);
}

static void
height_changed (DraArticleText *self)
{
  if (!self->allocating)
    dra_article_text_realign (self);
  geometry_changed (self);
}

static void
disconnect_adjustment (DraArticleText *self)
{
  if (self->vadjustment == NULL)
    return;
  g_signal_handlers_disconnect_by_func (self->vadjustment, geometry_changed, self);
  g_signal_handlers_disconnect_by_func (self->vadjustment, height_changed, self);
}

static void
vadjustment_cb (DraArticleText *self)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self));

  if (adjustment == self->vadjustment)
    return;
  disconnect_adjustment (self);
  g_set_object (&self->vadjustment, adjustment);
  if (adjustment == NULL)
    return;
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (geometry_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (height_changed), self,
                           G_CONNECT_SWAPPED);
}

/* Centres the column; moves it to the left only as far as the gutter needs. */
static void
update_column (DraArticleText *self,
               int             width)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  int edge = width < NARROW ? NARROW_EDGE : EDGE;
  int gutter = self->gutter > 0 ? self->gutter : edge;
  int column = CLAMP (width - edge - gutter, 1, dra_article_text_get_metrics (self)->measure);
  int left = MAX (edge, (width - column) / 2);
  int old_column = self->column_width;

  left = MAX (MIN (left, width - column - gutter), MIN (edge, width / 8));
  self->column_x = left;
  self->column_width = column;
  dra_text_style_set_title (self->style, view, self->title, column);
  if (column != old_column)
    {
      dra_article_text_update_tables (self);
      dra_article_text_update_pictures (self);
    }
  if (gtk_text_view_get_left_margin (view) != left)
    gtk_text_view_set_left_margin (view, left);
  if (gtk_text_view_get_right_margin (view) != MAX (0, width - left - column))
    gtk_text_view_set_right_margin (view, MAX (0, width - left - column));
}

static void
dra_article_text_size_allocate (GtkWidget *widget,
                                int        width,
                                int        height,
                                int        baseline)
{
  DraArticleText *self = DRA_ARTICLE_TEXT (widget);

  if (width != gtk_widget_get_width (widget))
    dra_article_text_pin_top (self);
  self->allocating = TRUE;
  update_column (self, width);
  GTK_WIDGET_CLASS (dra_article_text_parent_class)
    ->size_allocate (widget, width, height, baseline);
  dra_article_text_allocate_pictures (self);
  geometry_changed (self);
  self->allocating = FALSE;
}

static void
update_title (DraArticleText *self)
{
  guint n_blocks = 0;
  const DraBlock *blocks = NULL;

  g_clear_pointer (&self->title, g_free);
  if (self->article != NULL)
    blocks = dra_article_get_blocks (self->article, &n_blocks);
  for (guint i = 0; i < self->n_header && self->title == NULL; i++)
    if (blocks[i].kind == DRA_BLOCK_TITLE)
      self->title = dra_article_dup_range (self->article, blocks[i].range);
  if (self->column_width > 0)
    dra_text_style_set_title (self->style, GTK_TEXT_VIEW (self), self->title,
                              self->column_width);
}

static void
update_margins (DraArticleText *self)
{
  const DraTextMetrics *metrics = dra_text_style_get_metrics (self->style);
  gboolean meta_on_top = self->article != NULL && self->n_header == 0;

  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (self),
                                metrics->top + (meta_on_top ? metrics->meta : 0));
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (self), metrics->bottom);
}

static void
update_style (DraArticleText *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  dra_mark_palette_init_theme (&self->palette, self->theme, adw_style_manager_get_dark (manager),
                               adw_style_manager_get_high_contrast (manager));
  dra_text_style_update (self->style, GTK_TEXT_VIEW (self), self->zoom, &self->palette);
  dra_article_text_update_tables (self);
  dra_article_text_update_pictures (self);
  update_margins (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* --- class ------------------------------------------------------------------------ */

static void
dra_article_text_snapshot_layer (GtkTextView      *view,
                                 GtkTextViewLayer  layer,
                                 GtkSnapshot      *snapshot)
{
  DraArticleText *self = DRA_ARTICLE_TEXT (view);

  if (self->article == NULL)
    return;
  if (layer == GTK_TEXT_VIEW_LAYER_BELOW_TEXT)
    dra_article_text_snapshot_marks (self, snapshot);
  else
    dra_article_text_snapshot_pictures (self, snapshot,
                                        dra_article_text_get_visible_range (self));
}

/* What is copied is the article's text, not the buffer's with its cut paragraphs. */
static void
dra_article_text_copy_clipboard (GtkTextView *view)
{
  DraArticleText *self = DRA_ARTICLE_TEXT (view);
  g_autofree char *plain = NULL;
  DraRange range;

  if (!dra_article_text_get_selection (self, &range))
    return;
  plain = dra_snippet_dup_plain (self->article, range);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), plain);
}

/* A soft hyphen is no place of its own. */
static void
dra_article_text_move_cursor (GtkTextView     *view,
                              GtkMovementStep  step,
                              int              count,
                              gboolean         extend)
{
  DraArticleText *self = DRA_ARTICLE_TEXT (view);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextIter before, after;

  gtk_text_buffer_get_iter_at_mark (buffer, &before, gtk_text_buffer_get_insert (buffer));
  GTK_TEXT_VIEW_CLASS (dra_article_text_parent_class)->move_cursor (view, step, count, extend);
  if (step != GTK_MOVEMENT_LOGICAL_POSITIONS && step != GTK_MOVEMENT_VISUAL_POSITIONS)
    return;
  gtk_text_buffer_get_iter_at_mark (buffer, &after, gtk_text_buffer_get_insert (buffer));
  if (!gtk_text_iter_equal (&before, &after)
      && dra_article_text_get_offset (self, &before) == dra_article_text_get_offset (self, &after))
    GTK_TEXT_VIEW_CLASS (dra_article_text_parent_class)->move_cursor (view, step, count, extend);
}

static void
dra_article_text_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (dra_article_text_parent_class)->realize (widget);
  dra_article_text_take_selection (DRA_ARTICLE_TEXT (widget));
}

static void
dra_article_text_unrealize (GtkWidget *widget)
{
  dra_article_text_release_selection (DRA_ARTICLE_TEXT (widget));
  GTK_WIDGET_CLASS (dra_article_text_parent_class)->unrealize (widget);
}

/* Whoever comes with the Tab key sees where they are. */
static gboolean
dra_article_text_focus (GtkWidget        *widget,
                        GtkDirectionType  direction)
{
  gboolean moved = GTK_WIDGET_CLASS (dra_article_text_parent_class)->focus (widget, direction);

  if (gtk_widget_is_focus (widget))
    gtk_widget_add_css_class (widget, "caret");
  return moved;
}

static void
dra_article_text_system_setting_changed (GtkWidget        *widget,
                                         GtkSystemSetting  setting)
{
  GTK_WIDGET_CLASS (dra_article_text_parent_class)->system_setting_changed (widget, setting);
  if (setting == GTK_SYSTEM_SETTING_DPI || setting == GTK_SYSTEM_SETTING_FONT_CONFIG)
    update_style (DRA_ARTICLE_TEXT (widget));
}

static void
dra_article_text_dispose (GObject *object)
{
  DraArticleText *self = DRA_ARTICLE_TEXT (object);

  dra_article_text_fill_stop (self);
  g_cancellable_cancel (self->loading_hyphens);
  g_clear_object (&self->loading_hyphens);
  dra_article_text_clear_pictures (self);
  dra_article_text_set_picture_source (self, NULL);
  if (self->geometry_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->geometry_tick);
  self->geometry_tick = 0;
  disconnect_adjustment (self);
  g_clear_object (&self->vadjustment);
  g_clear_object (&self->article);
  g_clear_object (&self->cast);
  g_clear_pointer (&self->hits, g_array_unref);
  g_array_set_size (self->notes, 0);
  G_OBJECT_CLASS (dra_article_text_parent_class)->dispose (object);
}

static void
dra_article_text_finalize (GObject *object)
{
  DraArticleText *self = DRA_ARTICLE_TEXT (object);

  g_clear_pointer (&self->layout, dra_text_layout_free);
  g_array_unref (self->notes);
  g_array_unref (self->open_styles);
  g_hash_table_unref (self->footnotes);
  dra_text_tables_free (self->tables);
  dra_text_pictures_free (self->pictures);
  g_string_free (self->chunk, TRUE);
  g_free (self->meta);
  g_free (self->title);
  G_OBJECT_CLASS (dra_article_text_parent_class)->finalize (object);
  dra_text_style_free (self->style);
}

/* There is nothing to paste into here: what was copied is an article of its own. */
static void
dra_article_text_paste_clipboard (GtkTextView *view)
{
  gtk_widget_activate_action (GTK_WIDGET (view), "win.paste-article", NULL);
}

static void
dra_article_text_class_init (DraArticleTextClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GtkTextViewClass *view_class = GTK_TEXT_VIEW_CLASS (klass);

  object_class->dispose = dra_article_text_dispose;
  object_class->finalize = dra_article_text_finalize;
  widget_class->size_allocate = dra_article_text_size_allocate;
  widget_class->realize = dra_article_text_realize;
  widget_class->unrealize = dra_article_text_unrealize;
  widget_class->focus = dra_article_text_focus;
  widget_class->system_setting_changed = dra_article_text_system_setting_changed;
  view_class->snapshot_layer = dra_article_text_snapshot_layer;
  view_class->copy_clipboard = dra_article_text_copy_clipboard;
  view_class->paste_clipboard = dra_article_text_paste_clipboard;
  view_class->move_cursor = dra_article_text_move_cursor;

  /**
   * DraArticleText::text-shown:
   *
   * The whole text of the article is in the buffer.
   */
  signals[TEXT_SHOWN] = g_signal_new ("text-shown", G_TYPE_FROM_CLASS (klass),
                                      G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * DraArticleText::picture-activated:
   * @block: index of the image's block
   *
   * The reader wants to see a picture larger.
   */
  signals[PICTURE_ACTIVATED] = g_signal_new ("picture-activated", G_TYPE_FROM_CLASS (klass),
                                             G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                             G_TYPE_NONE, 1, G_TYPE_UINT);
  /**
   * DraArticleText::geometry-changed:
   *
   * The text was scrolled or laid out anew.  Emitted only when an allocation may be asked
   * for.
   */
  signals[GEOMETRY_CHANGED] = g_signal_new ("geometry-changed", G_TYPE_FROM_CLASS (klass),
                                            G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                            G_TYPE_NONE, 0);
}

static void
dra_article_text_init (DraArticleText *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  AdwStyleManager *manager = adw_style_manager_get_default ();

  self->style = dra_text_style_new ();
  self->tables = dra_text_tables_new ();
  self->pictures = dra_text_pictures_new ();
  self->footnotes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->notes = g_array_new (FALSE, TRUE, sizeof (DraNoteSpan));
  g_array_set_clear_func (self->notes, note_span_clear);
  self->open_styles = g_array_new (FALSE, FALSE, sizeof (guint));
  self->chunk = g_string_new (NULL);
  self->zoom = 1;
  self->selected_entity = self->current_mention = self->current_hit = -1;
  self->levels[DRA_ENTITY_PERSON] = self->levels[DRA_ENTITY_ORGANIZATION] = DRA_MARKS_TINT;

  gtk_widget_add_css_class (GTK_WIDGET (self), "article-text");
  gtk_text_view_set_editable (view, FALSE);
  gtk_text_view_set_cursor_visible (view, TRUE);
  gtk_text_view_set_accepts_tab (view, FALSE);
  gtk_text_view_set_wrap_mode (view, GTK_WRAP_WORD_CHAR);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Article text"), GTK_ACCESSIBLE_PROPERTY_READ_ONLY, TRUE,
                                  -1);
  g_signal_connect (self, "notify::vadjustment", G_CALLBACK (vadjustment_cb), NULL);
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (update_style), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (update_style), self,
                           G_CONNECT_SWAPPED);
  dra_article_text_add_drag (self);
  update_style (self);
  dra_article_text_fill_start (self);
}

/* --- state ------------------------------------------------------------------------ */

/**
 * dra_article_text_new:
 *
 * Returns: (transfer full): a text view without an article
 */
GtkWidget *
dra_article_text_new (void)
{
  return g_object_new (DRA_TYPE_ARTICLE_TEXT, NULL);
}

/**
 * dra_article_text_get_article:
 *
 * Returns: (transfer none) (nullable): the article shown
 */
DraArticle *
dra_article_text_get_article (DraArticleText *self)
{
  return self->article;
}

static void
create_layout (DraArticleText *self)
{
  DraHyphenator *hyphenator = dra_article_text_find_hyphenator (self);

  g_clear_pointer (&self->layout, dra_text_layout_free);
  if (self->article != NULL)
    self->layout = dra_text_layout_new (self->article, hyphenator);
}

/**
 * dra_article_text_refill:
 *
 * Puts the same article into a new buffer, as its words are to be divided otherwise.  What
 * is marked in it, the place in view and the selection stay.
 */
void
dra_article_text_refill (DraArticleText *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  gsize top = dra_article_text_get_visible_offset (self);
  GtkTextIter caret, bound;
  DraRange selection;

  gtk_text_buffer_get_iter_at_mark (buffer, &caret, gtk_text_buffer_get_insert (buffer));
  gtk_text_buffer_get_iter_at_mark (buffer, &bound, gtk_text_buffer_get_selection_bound (buffer));
  selection.start = dra_article_text_get_offset (self, gtk_text_iter_compare (&caret, &bound) < 0
                                                         ? &caret : &bound);
  selection.end = dra_article_text_get_offset (self, gtk_text_iter_compare (&caret, &bound) < 0
                                                       ? &bound : &caret);

  dra_article_text_fill_stop (self);
  dra_article_text_clear_pictures (self);
  create_layout (self);
  dra_article_text_fill_start (self);
  if (!self->select_pending)
    dra_article_text_select (self, selection);
  /* At the very top there is room above the first line. */
  if (!self->reveal_pending && top > 0)
    dra_article_text_put_on_top (self, top);
  dra_article_text_update_meta (self);
  if (self->fill_id == 0)
    dra_article_text_fill_done (self);
}

/**
 * dra_article_text_set_article:
 * @article: (nullable): the article
 *
 * Shows the beginning of the article at once and the rest in slices; a filling under way is
 * given up.  Cast, notes and hits belong to an article and are forgotten.
 */
void
dra_article_text_set_article (DraArticleText *self,
                              DraArticle     *article)
{
  g_return_if_fail (DRA_IS_ARTICLE_TEXT (self));

  dra_article_text_fill_stop (self);
  dra_article_text_clear_pictures (self);
  g_clear_object (&self->cast);
  g_array_set_size (self->notes, 0);
  g_clear_pointer (&self->hits, g_array_unref);
  self->selected_entity = self->current_mention = self->current_hit = -1;
  self->reveal_pending = self->select_pending = self->pinned = FALSE;

  g_set_object (&self->article, article);
  self->hyphens_language = NULL;
  create_layout (self);
  dra_article_text_fill_start (self);
  update_title (self);
  update_margins (self);
  dra_article_text_update_meta (self);
  if (article != NULL && self->fill_id == 0)
    dra_article_text_fill_done (self);
}

/**
 * dra_article_text_is_filled:
 *
 * Returns: whether the whole text is in the buffer
 */
gboolean
dra_article_text_is_filled (DraArticleText *self)
{
  return self->article != NULL && self->fill_id == 0;
}

/* The last slice is in: does what had to wait for it. */
void
dra_article_text_fill_done (DraArticleText *self)
{
  if (self->select_pending)
    dra_article_text_select (self, self->select_range);
  dra_article_text_reveal_pending (self);
  dra_article_text_queue_pictures (self);
  g_signal_emit (self, signals[TEXT_SHOWN], 0);
}

/**
 * dra_article_text_set_cast:
 * @cast: (nullable): the cast of the article shown
 *
 * Marks its people and organizations.
 */
void
dra_article_text_set_cast (DraArticleText *self,
                           DraCast        *cast)
{
  if (g_set_object (&self->cast, cast))
    {
      self->selected_entity = self->current_mention = -1;
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
}

/**
 * dra_article_text_set_selected:
 * @entity: index in the cast, or -1
 * @mention: index of the mention the walk stands on, or -1
 *
 * Brings one entity's mentions forward and puts the others back.
 */
void
dra_article_text_set_selected (DraArticleText *self,
                               int             entity,
                               int             mention)
{
  self->selected_entity = entity;
  self->current_mention = mention;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * dra_article_text_set_level:
 *
 * Says how much the names of a kind are marked.
 */
void
dra_article_text_set_level (DraArticleText *self,
                            DraEntityKind   kind,
                            DraMarkLevel    level)
{
  self->levels[kind] = level;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static int
compare_spans (gconstpointer a,
               gconstpointer b)
{
  const DraNoteSpan *x = a, *y = b;

  if (x->range.start != y->range.start)
    return x->range.start < y->range.start ? -1 : 1;
  return x->range.end > y->range.end ? -1 : x->range.end < y->range.end;
}

/**
 * dra_article_text_set_notes:
 * @notes: (element-type DraNote): every note of the article
 *
 * Highlights the passages of those that have one.  Call again when a note moved; a change
 * of colour or body only needs a redraw.
 */
void
dra_article_text_set_notes (DraArticleText *self,
                            GPtrArray      *notes)
{
  gsize reach = 0;
  gsize length = 0;

  if (self->article != NULL)
    dra_article_get_text (self->article, &length);
  g_array_set_size (self->notes, 0);
  for (guint i = 0; i < notes->len; i++)
    {
      DraNote *note = g_ptr_array_index (notes, i);
      DraNoteSpan span = { .note = note };

      if (dra_note_get_target (note) != DRA_NOTE_TARGET_PASSAGE
          || dra_note_get_anchor (note, &span.range, NULL) == DRA_ANCHOR_LOST
          || span.range.start >= span.range.end || span.range.end > length)
        continue;
      g_object_ref (note);
      g_array_append_val (self->notes, span);
    }
  g_array_sort (self->notes, compare_spans);
  for (guint i = 0; i < self->notes->len; i++)
    {
      DraNoteSpan *span = &g_array_index (self->notes, DraNoteSpan, i);

      reach = MAX (reach, span->range.end);
      span->reach = reach;
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * dra_article_text_set_hits:
 * @hits: (nullable) (element-type DraRange): ascending, not overlapping; a reference is taken
 * @current: index of the hit that stands out, or -1
 *
 * Marks what a search found.
 */
void
dra_article_text_set_hits (DraArticleText *self,
                           GArray         *hits,
                           int             current)
{
  if (hits != NULL)
    g_array_ref (hits);
  g_clear_pointer (&self->hits, g_array_unref);
  self->hits = hits;
  self->current_hit = current;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * dra_article_text_set_spoken:
 * @range: bytes of the article; empty for none
 *
 * Marks the sentence that is read aloud.
 */
void
dra_article_text_set_spoken (DraArticleText *self,
                             DraRange        range)
{
  self->spoken = range;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * dra_article_text_set_zoom:
 * @zoom: 1.0 is the normal size
 *
 * Scales text and spacing; the text at the top of the window stays there.
 */
void
dra_article_text_set_zoom (DraArticleText *self,
                           double          zoom)
{
  if (self->zoom == zoom)
    return;
  dra_article_text_pin_top (self);
  self->zoom = zoom;
  update_style (self);
}

/**
 * dra_article_text_set_typography:
 * @typography: what the reader chose
 *
 * Sets the text in it; what is at the top of the window stays there.
 */
void
dra_article_text_set_typography (DraArticleText      *self,
                                 const DraTypography *typography)
{
  dra_article_text_pin_top (self);
  self->theme = typography->theme;
  dra_text_style_set_typography (self->style, typography);
  update_style (self);
  dra_article_text_set_hyphenate (self, typography->hyphenate);
}

/**
 * dra_article_text_get_n_words:
 *
 * Returns: words of the article; 0 while they are being counted
 */
guint
dra_article_text_get_n_words (DraArticleText *self)
{
  return self->n_words;
}

/**
 * dra_article_text_set_gutter:
 * @width: pixels to keep free right of the column, 0 for the usual edge
 *
 * Moves the column to the left where it has to.
 */
void
dra_article_text_set_gutter (DraArticleText *self,
                             int             width)
{
  if (self->gutter == width)
    return;
  self->gutter = width;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * dra_article_text_get_column:
 * @x: (out) (optional): its left edge in the widget, in pixels
 * @width: (out) (optional): its width, in pixels
 *
 * Where the text column stood at the last allocation.
 */
void
dra_article_text_get_column (DraArticleText *self,
                             int            *x,
                             int            *width)
{
  if (x != NULL)
    *x = self->column_x;
  if (width != NULL)
    *width = self->column_width;
}

/**
 * dra_article_text_get_metrics:
 *
 * Returns: (transfer none): the sizes of the typography, in pixels
 */
const DraTextMetrics *
dra_article_text_get_metrics (DraArticleText *self)
{
  return dra_text_style_get_metrics (self->style);
}

/**
 * dra_article_text_get_palette:
 *
 * Returns: (transfer none): the colours in use
 */
const DraMarkPalette *
dra_article_text_get_palette (DraArticleText *self)
{
  return &self->palette;
}

/**
 * dra_article_text_get_least_width:
 *
 * Returns: pixels that column and left edge need before a gutter has room
 */
int
dra_article_text_get_least_width (DraArticleText *self)
{
  return EDGE + (int) ceil (dra_article_text_get_metrics (self)->measure * LEAST_MEASURE);
}
