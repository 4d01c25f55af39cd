/* dra-window-walk.c: who is selected, and the walk from mention to mention.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-window-private.h"

static int
position_in_entity (const DraEntity *entity,
                    int              mention)
{
  guint low = 0, high = entity->n_mentions;

  while (low < high) /* its mentions are in text order */
    {
      guint middle = low + (high - low) / 2;

      if ((int) entity->mentions[middle] < mention)
        low = middle + 1;
      else
        high = middle;
    }

  return low < entity->n_mentions && (int) entity->mentions[low] == mention ? (int) low : -1;
}

static int
current_mention (DraWindow *self)
{
  int mention = -1;

  g_object_get (self->view, "current-mention", &mention, NULL);
  return mention;
}

/**
 * dra_window_update_walk_bar:
 * @self: the window
 *
 * Shows below the text who is selected and where the walk stands.
 */
void
dra_window_update_walk_bar (DraWindow *self)
{
  DraCast *cast = dra_article_view_get_cast (self->view);
  int index = dra_article_view_get_selected_entity (self->view);
  const DraEntity *entity = NULL;

  if (cast != NULL && index >= 0)
    entity = dra_cast_get_entity (cast, index);
  dra_walk_bar_show (self->walk_bar, entity,
                     entity != NULL ? position_in_entity (entity, current_mention (self)) : -1);
}

/**
 * dra_window_select_entity:
 * @self: the window
 * @entity: index in the cast, or -1 for nobody
 * @mention: the mention to stand on, or -1 for the first one from where the reader is
 *
 * Selects someone in the pane and in the text and goes to a mention.
 */
void
dra_window_select_entity (DraWindow *self,
                          int        entity,
                          int        mention)
{
  DraCast *cast = dra_article_view_get_cast (self->view);
  const DraMention *mentions;
  guint n_mentions;

  if (cast == NULL)
    return;

  mentions = dra_cast_get_mentions (cast, &n_mentions);
  if (entity >= 0 && mention < 0)
    {
      const DraEntity *chosen = dra_cast_get_entity (cast, entity);
      gsize from = dra_article_view_get_visible_offset (self->view);

      mention = chosen->mentions[0];
      for (guint i = 0; i < chosen->n_mentions; i++)
        if (mentions[chosen->mentions[i]].range.start >= from)
          {
            mention = chosen->mentions[i];
            break;
          }
    }

  self->reviewing = FALSE;
  self->selecting = TRUE;
  dra_article_view_set_selected_entity (self->view, entity);
  dra_article_view_set_current_mention (self->view, entity >= 0 ? mention : -1);
  dra_cast_pane_set_selected_entity (self->cast_pane, entity);
  self->selecting = FALSE;

  if (entity >= 0)
    {
      dra_article_view_scroll_to (self->view, mentions[mention].range);
      if (adw_flap_get_folded (self->flap))
        adw_flap_set_reveal_flap (self->flap, FALSE);
    }
  dra_window_update_walk_bar (self);
  dra_window_update_actions (self);
}

/* From nobody: the next or previous mention of anyone, seen from where the reader is. */
static int
nearest_mention (DraWindow *self,
                 int        direction)
{
  gsize from = dra_article_view_get_visible_offset (self->view);
  const DraMention *mentions;
  guint n_mentions;
  guint low = 0, high;
  DraCast *cast = dra_article_view_get_cast (self->view);

  mentions = dra_cast_get_mentions (cast, &n_mentions);
  for (high = n_mentions; low < high;)
    {
      guint middle = low + (high - low) / 2;

      if (mentions[middle].range.start < from)
        low = middle + 1;
      else
        high = middle;
    }

  for (int i = direction > 0 ? (int) low : (int) low - 1; i >= 0 && i < (int) n_mentions;
       i += direction)
    if (dra_cast_get_entity (cast, mentions[i].entity)->kind != DRA_ENTITY_PLACE)
      return i;

  return -1;
}

/**
 * dra_window_walk:
 * @self: the window
 * @direction: 1 to the next mention, -1 to the previous
 *
 * Goes to another mention of the selected name, round the end of the article; with nobody
 * selected, to the nearest mention of anyone.
 */
void
dra_window_walk (DraWindow *self,
                 int        direction)
{
  DraCast *cast = dra_article_view_get_cast (self->view);
  int index = dra_article_view_get_selected_entity (self->view);
  const DraEntity *entity;
  int position;

  if (cast == NULL)
    return;

  if (index < 0)
    {
      int mention = nearest_mention (self, direction);
      guint n_mentions;

      if (mention >= 0)
        dra_window_select_entity (
          self, dra_cast_get_mentions (cast, &n_mentions)[mention].entity, mention);
      return;
    }

  entity = dra_cast_get_entity (cast, index);
  position = position_in_entity (entity, current_mention (self));
  if (position < 0)
    {
      dra_window_select_entity (self, index, -1);
      return;
    }
  position = (position + direction + (int) entity->n_mentions) % (int) entity->n_mentions;
  dra_window_select_entity (self, index, entity->mentions[position]);
}
