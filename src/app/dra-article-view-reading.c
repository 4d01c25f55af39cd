/* dra-article-view-reading.c: how the article is set, and where in it the reader is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-article-view-private.h"

#include <math.h>

/**
 * dra_article_view_get_zoom:
 *
 * Returns: 1.0 at the normal size
 */
double
dra_article_view_get_zoom (DraArticleView *self)
{
  g_return_val_if_fail (DRA_IS_ARTICLE_VIEW (self), 1);

  return self->zoom;
}

/**
 * dra_article_view_set_zoom:
 * @zoom: 1.0 is the normal size; values out of 0.5 to 3.0 are brought into it
 *
 * Scales the text; what was at the top of the window stays there.
 */
void
dra_article_view_set_zoom (DraArticleView *self,
                           double          zoom)
{
  g_return_if_fail (DRA_IS_ARTICLE_VIEW (self));
  g_return_if_fail (isfinite (zoom));

  zoom = CLAMP (zoom, DRA_VIEW_MIN_ZOOM, DRA_VIEW_MAX_ZOOM);
  if (fabs (zoom - 1) < .02)
    zoom = 1;
  if (self->zoom == zoom)
    return;
  self->zoom = zoom;
  dra_article_view_hide_popovers (self);
  dra_article_text_set_zoom (self->text, zoom);
  dra_article_view_layout_changed (self);
  dra_article_view_notify (self, DRA_VIEW_PROP_ZOOM);
}

/**
 * dra_article_view_set_typography:
 * @typography: what the reader chose
 *
 * Sets the text in it at once.
 */
void
dra_article_view_set_typography (DraArticleView      *self,
                                 const DraTypography *typography)
{
  g_return_if_fail (DRA_IS_ARTICLE_VIEW (self));

  dra_article_view_hide_popovers (self);
  if (typography->theme == DRA_THEME_SEPIA)
    gtk_widget_add_css_class (GTK_WIDGET (self), "sepia");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "sepia");
  dra_article_text_set_typography (self->text, typography);
  dra_article_view_update_ticks (self);
  dra_article_view_layout_changed (self);
}

/**
 * dra_article_view_get_progress:
 *
 * Returns: share of the text that is above the lower edge of the window, 0 to 1
 */
double
dra_article_view_get_progress (DraArticleView *self)
{
  gsize length = 0;

  g_return_val_if_fail (DRA_IS_ARTICLE_VIEW (self), 0);

  if (self->article != NULL)
    dra_article_get_text (self->article, &length);
  return length > 0 ? (double) dra_article_text_get_visible_end (self->text) / length : 0;
}

/**
 * dra_article_view_get_minutes_left:
 *
 * Returns: minutes it takes to read what is below the upper edge of the window, at least 1;
 *   0 while the words are being counted
 */
guint
dra_article_view_get_minutes_left (DraArticleView *self)
{
  gsize length = 0;
  double words;

  g_return_val_if_fail (DRA_IS_ARTICLE_VIEW (self), 0);

  if (self->article != NULL)
    dra_article_get_text (self->article, &length);
  if (length == 0 || dra_article_text_get_n_words (self->text) == 0)
    return 0;
  words = dra_article_text_get_n_words (self->text)
          * (1 - (double) dra_article_text_get_visible_offset (self->text) / length);
  return MAX (1, (guint) lround (words / DRA_WORDS_PER_MINUTE));
}

/**
 * dra_article_view_restore:
 * @offset: bytes of the article's text
 *
 * Puts this text at the top of the window, as soon as it is in the view.
 */
void
dra_article_view_restore (DraArticleView *self,
                          gsize           offset)
{
  g_return_if_fail (DRA_IS_ARTICLE_VIEW (self));

  if (self->article != NULL)
    dra_article_text_put_on_top (self->text, offset);
}

/**
 * dra_article_view_set_spoken:
 * @sentence: (nullable): bytes of the article's text
 *
 * Marks the sentence that is read aloud and scrolls so that it is in view; %NULL when none
 * is.
 */
void
dra_article_view_set_spoken (DraArticleView *self,
                             const DraRange *sentence)
{
  g_return_if_fail (DRA_IS_ARTICLE_VIEW (self));

  dra_article_text_set_spoken (self->text, sentence != NULL ? *sentence : (DraRange) { 0, 0 });
  if (sentence != NULL && self->article != NULL)
    dra_article_text_reveal (self->text, *sentence);
}
