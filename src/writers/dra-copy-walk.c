/* dra-copy-walk.c: an article's text cut where anything begins or ends.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "writers/dra-copy-walk.h"

#include <string.h>

/* What can be part of an id and of a link to that. */
static gboolean
is_name (const char *name)
{
  if (name == NULL || *name == '\0')
    return FALSE;
  for (const char *p = name; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("-_.", *p) == NULL)
      return FALSE;

  return TRUE;
}

/**
 * dra_copy_walk_init:
 * @self: (out caller-allocates): a walk
 * @article: the article
 * @cast: (nullable): its people and organizations; %NULL where mentions do not matter
 * @notes: its notes; must stay as long as the walk
 *
 * Begins a walk through the text, from its first block to its last.
 */
void
dra_copy_walk_init (DraCopyWalk        *self,
                    DraArticle         *article,
                    DraCast            *cast,
                    const DraCopyNotes *notes)
{
  guint n_blocks;
  const DraBlock *blocks = dra_article_get_blocks (article, &n_blocks);

  *self = (DraCopyWalk){ .article = article, .cast = cast, .notes = notes, .next_number = 1 };
  self->text = dra_article_get_text (article, NULL);
  self->styles = dra_article_get_styles (article, &self->n_styles);
  if (cast != NULL)
    self->mentions = dra_cast_get_mentions (cast, &self->n_mentions);
  self->marks = g_array_new (FALSE, FALSE, sizeof (guint));
  self->footnotes = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < n_blocks; i++)
    if (blocks[i].kind == DRA_BLOCK_FOOTNOTE && is_name (blocks[i].label)
        && !g_hash_table_contains (self->footnotes, blocks[i].label))
      g_hash_table_insert (self->footnotes, (gpointer) blocks[i].label, (gpointer) &blocks[i]);
}

/**
 * dra_copy_walk_clear:
 * @self: a walk
 */
void
dra_copy_walk_clear (DraCopyWalk *self)
{
  g_clear_pointer (&self->marks, g_array_unref);
  g_clear_pointer (&self->footnotes, g_hash_table_unref);
}

/**
 * dra_copy_walk_is_footnote:
 * @self: a walk
 * @target: (nullable): the target of a link
 *
 * Returns: whether it leads to a footnote of this article
 */
gboolean
dra_copy_walk_is_footnote (DraCopyWalk *self,
                           const char  *target)
{
  return target != NULL && g_str_has_prefix (target, "#fn:")
         && g_hash_table_contains (self->footnotes, target + strlen ("#fn:"));
}

/**
 * dra_copy_walk_is_target:
 * @self: a walk
 * @block: a block of its article
 *
 * Returns: whether it is the footnote that links to its label lead to
 */
gboolean
dra_copy_walk_is_target (DraCopyWalk    *self,
                         const DraBlock *block)
{
  return block->kind == DRA_BLOCK_FOOTNOTE && block->label != NULL
         && g_hash_table_lookup (self->footnotes, block->label) == block;
}

/* Takes in the styles that start at pos, and lets go of the link that ends there. */
static void
advance_styles (DraCopyWalk *self,
                gsize        pos)
{
  if (self->link != 0 && self->styles[self->link - 1].range.end <= pos)
    self->link = 0;

  for (; self->next_style < self->n_styles
         && self->styles[self->next_style].range.start <= pos; self->next_style++)
    {
      const DraStyle *style = &self->styles[self->next_style];

      if (style->range.end <= pos)
        continue;
      if (style->kind != DRA_STYLE_LINK)
        self->style_end[style->kind] = MAX (self->style_end[style->kind], style->range.end);
      else if (self->link == 0
               && (dra_copy_is_web_address (style->target)
                   || dra_copy_walk_is_footnote (self, style->target)))
        self->link = self->next_style + 1;
    }
}

static DraRange
top_mark (DraCopyWalk *self)
{
  guint index = g_array_index (self->marks, guint, self->marks->len - 1);

  return dra_copy_notes_get (self->notes, index)->range;
}

/* Notes come by start, and of those that start together the longest first, so that the
 * one on top of the stack is always the one to show. */
static void
advance_marks (DraCopyWalk *self,
               gsize        pos)
{
  while (self->next_note < self->notes->n_placed)
    {
      DraRange range = dra_copy_notes_get (self->notes, self->next_note)->range;

      if (range.start > pos)
        break;
      if (range.end > pos)
        g_array_append_val (self->marks, self->next_note);
      self->next_note++;
    }
  while (self->marks->len > 0 && top_mark (self).end <= pos)
    g_array_set_size (self->marks, self->marks->len - 1);
}

static void
find_mention (DraCopyWalk    *self,
              gsize           pos,
              DraCopySegment *segment)
{
  const DraMention *mention;

  while (self->next_mention < self->n_mentions
         && self->mentions[self->next_mention].range.end <= pos)
    self->next_mention++;
  if (self->next_mention == self->n_mentions)
    return;

  mention = &self->mentions[self->next_mention];
  if (mention->range.start > pos)
    segment->end = MIN (segment->end, mention->range.start);
  else
    {
      if (self->places
          || dra_cast_get_entity (self->cast, mention->entity)->kind != DRA_ENTITY_PLACE)
        segment->mention = self->next_mention + 1;
      segment->end = MIN (segment->end, mention->range.end);
    }
}

/**
 * dra_copy_walk_segment:
 * @self: a walk
 * @pos: bytes: where the segment starts; never goes back
 * @end: bytes: where it ends at the latest
 * @segment: (out): what it is and where it ends
 *
 * Describes the text at @pos.  A segment also ends where the reference to a note is due:
 * ask for references at @pos first.
 */
void
dra_copy_walk_segment (DraCopyWalk    *self,
                       gsize           pos,
                       gsize           end,
                       DraCopySegment *segment)
{
  *segment = (DraCopySegment){ .end = end };

  advance_styles (self, pos);
  for (guint i = 0; i < DRA_COPY_N_STYLES; i++)
    if (self->style_end[i] > pos)
      {
        segment->styles |= 1u << i;
        segment->end = MIN (segment->end, self->style_end[i]);
      }
  if (self->link != 0)
    {
      segment->link = self->link;
      segment->end = MIN (segment->end, self->styles[self->link - 1].range.end);
    }
  if (self->next_style < self->n_styles)
    segment->end = MIN (segment->end, self->styles[self->next_style].range.start);

  find_mention (self, pos, segment);

  advance_marks (self, pos);
  if (self->marks->len > 0)
    {
      segment->mark = g_array_index (self->marks, guint, self->marks->len - 1) + 1;
      segment->end = MIN (segment->end, top_mark (self).end);
    }
  if (self->next_note < self->notes->n_placed)
    segment->end = MIN (segment->end,
                        dra_copy_notes_get (self->notes, self->next_note)->range.start);

  if (self->next_number <= self->notes->numbered->len)
    {
      const DraCopyNote *note = dra_copy_notes_by_number (self->notes, self->next_number);

      if (dra_range_length (note->range) > 0 && note->range.end > pos)
        segment->end = MIN (segment->end, note->range.end);
    }
}

/**
 * dra_copy_walk_reference:
 * @self: a walk
 * @pos: bytes
 *
 * Returns: (transfer none) (nullable): the next note with a number whose passage ends at
 *   @pos or before it, each once
 */
const DraCopyNote *
dra_copy_walk_reference (DraCopyWalk *self,
                         gsize        pos)
{
  const DraCopyNote *note;

  if (self->next_number > self->notes->numbered->len)
    return NULL;
  note = dra_copy_notes_by_number (self->notes, self->next_number);
  if (dra_range_length (note->range) == 0 || note->range.end > pos)
    return NULL;
  self->next_number++;

  return note;
}
