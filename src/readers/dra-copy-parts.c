/* dra-copy-parts.c: the parts of an annotated copy, before they are an article.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-copy-parts.h"

#include <string.h>

/* Newlines that are only a number in the file: bounds what a small file can ask for. */
#define MAX_NEWLINES (16 * 1024 * 1024)

static void
clear_block (gpointer data)
{
  DraCopyBlock *block = data;

  g_free (block->label);
  g_free (block->source);
}

static void
clear_event (gpointer data)
{
  g_free (((DraCopyEvent *) data)->target);
}

/**
 * dra_copy_parts_new:
 *
 * Returns: (transfer full): parts with nothing in them
 */
DraCopyParts *
dra_copy_parts_new (void)
{
  DraCopyParts *self = g_new0 (DraCopyParts, 1);

  self->text = g_string_new (NULL);
  self->blocks = g_array_new (FALSE, FALSE, sizeof (DraCopyBlock));
  g_array_set_clear_func (self->blocks, clear_block);
  self->events = g_array_new (FALSE, FALSE, sizeof (DraCopyEvent));
  g_array_set_clear_func (self->events, clear_event);
  self->article_json = g_string_new (NULL);
  self->notes_json = g_string_new (NULL);

  return self;
}

/**
 * dra_copy_parts_free:
 * @self: (nullable): the parts of a copy
 */
void
dra_copy_parts_free (DraCopyParts *self)
{
  if (self == NULL)
    return;

  g_string_free (self->text, TRUE);
  g_array_unref (self->blocks);
  g_array_unref (self->events);
  g_string_free (self->article_json, TRUE);
  g_string_free (self->notes_json, TRUE);
  g_clear_pointer (&self->footnotes, g_ptr_array_unref);
  g_clear_pointer (&self->images, dra_html_images_free);
  g_free (self);
}

/* Newlines as asked for, as long as all of them together stay within bounds. */
static gsize
allow_newlines (DraCopyParts *self,
                gsize         wanted)
{
  if (wanted <= 1)
    return wanted;
  if (wanted > MAX_NEWLINES - self->n_extra)
    return 1;
  self->n_extra += wanted;

  return wanted;
}

static void
append_newlines (GString *text,
                 gsize    n)
{
  gsize length = text->len;

  g_string_set_size (text, length + n);
  memset (text->str + length, '\n', n);
}

/**
 * dra_copy_parts_begin_block:
 * @self: the parts
 * @kind: what the block is
 * @level: its level
 * @label: (nullable): its label
 * @n_newlines: how many newlines stand before it
 *
 * Begins a block: what is appended to the text is in it.
 */
void
dra_copy_parts_begin_block (DraCopyParts *self,
                            DraBlockKind  kind,
                            guint         level,
                            const char   *label,
                            gsize         n_newlines)
{
  DraCopyBlock block = {
    .kind = kind,
    .level = level,
    .label = g_strdup (label),
    .n_newlines = allow_newlines (self, n_newlines),
  };

  append_newlines (self->text, block.n_newlines);
  block.range.start = block.range.end = self->text->len;
  g_array_append_val (self->blocks, block);
}

/**
 * dra_copy_parts_end_block:
 * @self: parts with a block
 *
 * Ends the last block where the text ends now.
 */
void
dra_copy_parts_end_block (DraCopyParts *self)
{
  g_array_index (self->blocks, DraCopyBlock, self->blocks->len - 1).range.end = self->text->len;
}

/**
 * dra_copy_parts_begin_style:
 * @self: the parts
 * @kind: a style
 * @target: (nullable): of a link
 *
 * Begins a style where the text ends now.  One that begins where the same has just ended
 * goes on: marks cut styles into pieces.
 *
 * Returns: index of the event, to end it
 */
guint
dra_copy_parts_begin_style (DraCopyParts *self,
                            DraStyleKind  kind,
                            const char   *target)
{
  GArray *events = self->events;
  DraCopyEvent event = { self->text->len, kind, TRUE, 0, NULL };

  if (events->len > 0)
    {
      const DraCopyEvent *last = &g_array_index (events, DraCopyEvent, events->len - 1);
      const DraCopyEvent *begun = &g_array_index (events, DraCopyEvent, last->begun);

      if (!last->begins && last->offset == event.offset && last->kind == kind
          && g_strcmp0 (begun->target, target) == 0)
        {
          guint index = last->begun;

          g_array_set_size (events, events->len - 1);
          return index;
        }
    }
  event.target = g_strdup (target);
  g_array_append_val (events, event);

  return events->len - 1;
}

/**
 * dra_copy_parts_end_style:
 * @self: the parts
 * @event: where the style began
 *
 * Ends a style where the text ends now.
 */
void
dra_copy_parts_end_style (DraCopyParts *self,
                          guint         event)
{
  DraCopyEvent end = { .offset = self->text->len, .begun = event };

  end.kind = g_array_index (self->events, DraCopyEvent, event).kind;
  g_array_append_val (self->events, end);
}

/**
 * dra_copy_parts_end_text:
 * @self: the parts
 *
 * Ends the text with the newlines that stand after it.
 */
void
dra_copy_parts_end_text (DraCopyParts *self)
{
  self->n_newlines_after = allow_newlines (self, self->n_newlines_after);
  append_newlines (self->text, self->n_newlines_after);
}

static JsonNode *
get_element (JsonArray *row,
             guint      index,
             GType      type)
{
  JsonNode *node = index < json_array_get_length (row) ? json_array_get_element (row, index) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != type)
    return NULL;

  return node;
}

static gboolean
get_number (JsonArray *row,
            guint      index,
            gsize      max,
            gsize     *number)
{
  JsonNode *node = get_element (row, index, G_TYPE_INT64);

  if (node == NULL || json_node_get_int (node) < 0 || (guint64) json_node_get_int (node) > max)
    return FALSE;
  *number = (gsize) json_node_get_int (node);

  return TRUE;
}

/* (transfer full) (nullable) */
static char *
get_text (JsonArray *row,
          guint      index)
{
  JsonNode *node = get_element (row, index, G_TYPE_STRING);
  const char *text = node != NULL ? json_node_get_string (node) : NULL;

  return text != NULL && g_utf8_validate (text, -1, NULL) ? g_strdup (text) : NULL;
}

/* Puts the newlines before each block that it is to have; positions move along. */
static void
spread_text (DraCopyParts *self)
{
  GString *text = g_string_sized_new (self->text->len);
  guint next = 0;

  for (guint i = 0; i < self->blocks->len; i++)
    {
      DraCopyBlock *block = &g_array_index (self->blocks, DraCopyBlock, i);
      DraRange old = block->range;

      append_newlines (text, block->n_newlines);
      block->range.start = text->len;
      g_string_append_len (text, self->text->str + old.start, dra_range_length (old));
      block->range.end = text->len;
      for (; next < self->events->len; next++)
        {
          DraCopyEvent *event = &g_array_index (self->events, DraCopyEvent, next);

          if (event->offset > old.end)
            break;
          event->offset = MAX (event->offset, old.start) - old.start + block->range.start;
        }
    }
  append_newlines (text, self->n_newlines_after);
  g_string_free (self->text, TRUE);
  self->text = text;
}

/**
 * dra_copy_parts_apply_blocks:
 * @self: the parts of a copy whose format cannot say all of a block
 * @rows: what it does not say, see writers/dra-copy-data.h
 *
 * Makes the blocks what they were.
 */
void
dra_copy_parts_apply_blocks (DraCopyParts *self,
                             JsonArray    *rows)
{
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonNode *node = json_array_get_element (rows, i);
      JsonArray *row = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
      DraCopyBlock *block;
      gsize index, level, n_newlines;
      g_autofree char *kind_name = NULL;
      DraBlockKind kind;

      if (row == NULL || !get_number (row, 0, self->blocks->len, &index))
        continue;
      if (index == self->blocks->len)
        {
          if (get_number (row, 4, MAX_NEWLINES, &n_newlines))
            self->n_newlines_after = allow_newlines (self, n_newlines);
          continue;
        }
      block = &g_array_index (self->blocks, DraCopyBlock, index);
      kind_name = get_text (row, 1);
      if (kind_name != NULL && dra_block_kind_from_string (kind_name, &kind))
        block->kind = kind;
      if (get_number (row, 2, 1000, &level))
        block->level = (guint) level;
      g_free (block->label);
      block->label = get_text (row, 3);
      if (get_number (row, 4, MAX_NEWLINES, &n_newlines))
        block->n_newlines = allow_newlines (self, n_newlines);
      g_free (block->source);
      block->source = get_text (row, 5);
    }
  spread_text (self);
}
