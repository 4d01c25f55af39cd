/* dra-article-view-search.c: finding in the text, and the ticks beside the scroll bar.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-article-view-private.h"

#include "app/dra-find.h"

#define SEARCH_AT_ONCE (64 * 1024) /* bytes that are searched in about a millisecond */

static void
notify_hits (DraArticleView *self)
{
  dra_article_view_notify (self, DRA_VIEW_PROP_N_HITS);
}

static void
set_current_hit (DraArticleView *self,
                 int             current)
{
  gboolean changed = self->current_hit != current;

  self->current_hit = current;
  dra_article_text_set_hits (self->text, self->hits, current);
  dra_article_view_update_ticks (self);
  if (current >= 0)
    dra_article_text_reveal (self->text, g_array_index (self->hits, DraRange, current));
  if (changed)
    g_object_notify_by_pspec (G_OBJECT (self),
                              dra_article_view_properties[DRA_VIEW_PROP_CURRENT_HIT]);
}

/* The first hit that begins at or after this byte, or the first of all. */
static int
find_hit_from (GArray *hits,
               gsize   offset)
{
  guint low = 0;
  guint high = hits->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (hits, DraRange, middle).start < offset)
        low = middle + 1;
      else
        high = middle;
    }
  if (hits->len == 0)
    return -1;
  return low < hits->len ? (int) low : 0;
}

static void
take_hits (DraArticleView *self,
           GArray         *hits)
{
  guint before = self->hits != NULL ? self->hits->len : 0;
  gsize from = dra_article_text_get_visible_offset (self->text);

  /* While a needle grows the walk stays where it is. */
  if (self->current_hit >= 0 && self->hits != NULL)
    from = g_array_index (self->hits, DraRange, self->current_hit).start;
  g_object_freeze_notify (G_OBJECT (self));
  g_clear_pointer (&self->hits, g_array_unref);
  self->hits = hits;
  set_current_hit (self, find_hit_from (hits, from));
  if (hits->len != before)
    notify_hits (self);
  g_object_thaw_notify (G_OBJECT (self));
  g_signal_emit (self, dra_article_view_signals[DRA_VIEW_FOUND], 0);
}

static void
found_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (DraArticleView) self = data;
  g_autoptr (GError) error = NULL;
  GArray *hits = dra_find_finish (DRA_ARTICLE (object), result, &error);

  if (hits == NULL)
    return;
  if (g_task_get_cancellable (G_TASK (result)) == self->searching)
    {
      g_clear_object (&self->searching);
      take_hits (self, hits);
    }
  else
    g_array_unref (hits);
}

/**
 * dra_article_view_search_clear:
 *
 * Ends a search that is under way and forgets the hits.
 */
void
dra_article_view_search_clear (DraArticleView *self)
{
  gboolean had = self->hits != NULL && self->hits->len > 0;

  g_cancellable_cancel (self->searching);
  g_clear_object (&self->searching);
  g_clear_pointer (&self->hits, g_array_unref);
  g_object_freeze_notify (G_OBJECT (self));
  set_current_hit (self, -1);
  if (had)
    notify_hits (self);
  g_object_thaw_notify (G_OBJECT (self));
  if (had)
    g_signal_emit (self, dra_article_view_signals[DRA_VIEW_FOUND], 0);
}

/**
 * dra_article_view_search_start:
 *
 * Looks for the search text: at once in a short article, else in a thread, which a newer
 * search cancels.
 */
void
dra_article_view_search_start (DraArticleView *self)
{
  const char *text;
  gsize length;

  g_cancellable_cancel (self->searching);
  g_clear_object (&self->searching);
  if (self->article == NULL || self->search_text == NULL || *self->search_text == '\0')
    {
      dra_article_view_search_clear (self);
      return;
    }
  text = dra_article_get_text (self->article, &length);
  if (length <= SEARCH_AT_ONCE)
    {
      take_hits (self, dra_find_full (text, length, self->search_text, self->search_flags, NULL));
      return;
    }
  self->searching = g_cancellable_new ();
  dra_find_async (self->article, self->search_text, self->search_flags, self->searching, found_cb,
                  g_object_ref (self));
}

/**
 * dra_article_view_next_hit:
 * @self: an article view
 * @direction: positive for the next hit, negative for the one before
 *
 * Moves on to another hit and shows it; after the last comes the first.
 */
void
dra_article_view_next_hit (DraArticleView *self,
                           int             direction)
{
  int n_hits;
  int next;

  g_return_if_fail (DRA_IS_ARTICLE_VIEW (self));

  n_hits = self->hits != NULL ? (int) self->hits->len : 0;
  if (n_hits == 0)
    return;
  next = self->current_hit + (direction < 0 ? -1 : 1);
  if (next < 0)
    next = n_hits - 1;
  set_current_hit (self, next % n_hits);
}

/**
 * dra_article_view_go_to_hit:
 * @self: an article view
 * @hit: index of what was found
 *
 * Makes a hit the current one and shows it.
 */
void
dra_article_view_go_to_hit (DraArticleView *self,
                            guint           hit)
{
  g_return_if_fail (DRA_IS_ARTICLE_VIEW (self));

  if (self->hits != NULL && hit < self->hits->len)
    set_current_hit (self, (int) hit);
}

/**
 * dra_article_view_get_hits:
 * @self: an article view
 *
 * Returns: (transfer none) (nullable) (element-type DraRange): what was found, in bytes of
 *   the text, ascending; never changed once it is here
 */
GArray *
dra_article_view_get_hits (DraArticleView *self)
{
  g_return_val_if_fail (DRA_IS_ARTICLE_VIEW (self), NULL);

  return self->hits;
}

/* The hits, or else the mentions of the selected entity. */
static GArray *
dup_places (DraArticleView *self,
            int            *current)
{
  const DraEntity *entity;
  const DraMention *mentions;
  GArray *ranges;
  guint n_mentions;

  *current = -1;
  if (self->hits != NULL && self->hits->len > 0)
    {
      *current = self->current_hit;
      return g_array_ref (self->hits);
    }
  if (self->cast == NULL || self->selected_entity < 0)
    return NULL;
  entity = dra_cast_get_entity (self->cast, self->selected_entity);
  mentions = dra_cast_get_mentions (self->cast, &n_mentions);
  ranges = g_array_sized_new (FALSE, FALSE, sizeof (DraRange), entity->n_mentions);
  for (guint i = 0; i < entity->n_mentions; i++)
    {
      if ((int) entity->mentions[i] == self->current_mention)
        *current = (int) i;
      g_array_append_val (ranges, mentions[entity->mentions[i]].range);
    }
  return ranges;
}

/**
 * dra_article_view_update_ticks:
 *
 * Shows beside the scroll bar where the hits are, or else the selected entity.
 */
void
dra_article_view_update_ticks (DraArticleView *self)
{
  const DraMarkPalette *palette = dra_article_text_get_palette (self->text);
  const GdkRGBA *color = &palette->hit.line;
  g_autoptr (GArray) places = NULL;
  int current;

  places = dup_places (self, &current);
  if (places != NULL && places != self->hits)
    color = dra_cast_get_entity (self->cast, self->selected_entity)->kind == DRA_ENTITY_PERSON
              ? &palette->person_selected.line
              : &palette->organization_selected.line;
  dra_tick_strip_set_ticks (self->strip, places, current, color);
}

/**
 * dra_article_view_tick_clicked:
 * @index: of a tick
 *
 * Goes to what the tick stands for, as the walk would.
 */
void
dra_article_view_tick_clicked (DraArticleView *self,
                               guint           index)
{
  const DraEntity *entity;

  if (self->hits != NULL && self->hits->len > 0)
    {
      if (index < self->hits->len)
        set_current_hit (self, (int) index);
      return;
    }
  if (self->cast == NULL || self->selected_entity < 0)
    return;
  entity = dra_cast_get_entity (self->cast, self->selected_entity);
  if (index < entity->n_mentions)
    g_signal_emit (self, dra_article_view_signals[DRA_VIEW_MENTION_CLICKED], 0,
                   entity->mentions[index]);
}
