/* dra-flow.c: the text of an office document, as its reader meets it.
 *
 * A lane is a builder and the styles open in it.  The text of the document is one lane, all
 * footnotes together are another; a text box is a lane that lives until it is poured out
 * behind the paragraph it hangs in.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-flow-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "article/dra-error.h"
#include "readers/dra-document-info.h"

#define MAX_TITLE 300     /* bytes of a heading that may be the title */
#define MAX_TITLE_BLOCK 8 /* among how many first blocks it has to be */

static void lane_free (DraFlowLane *lane);

static void
clear_waiting (gpointer data)
{
  DraFlowWaiting *waiting = data;

  g_free (waiting->alternative);
  g_free (waiting->source);
  if (waiting->lane != NULL)
    lane_free (waiting->lane);
}

DraFlowLane *
dra_flow_lane_new (void)
{
  DraFlowLane *lane = g_new0 (DraFlowLane, 1);

  lane->builder = dra_article_builder_new ();
  lane->waiting = g_array_new (FALSE, FALSE, sizeof (DraFlowWaiting));
  g_array_set_clear_func (lane->waiting, clear_waiting);

  return lane;
}

/* Lanes wait in lanes no deeper than DRA_FLOW_MAX_LANES, so this may recurse. */
static void
lane_free (DraFlowLane *lane)
{
  dra_article_builder_free (lane->builder);
  g_array_unref (lane->waiting);
  g_clear_pointer (&lane->comments, g_ptr_array_unref);
  g_free (lane->link);
  g_free (lane);
}

static void
comment_free (gpointer data)
{
  DraFlowComment *comment = data;

  g_free (comment->author);
  g_free (comment->body);
  g_free (comment);
}

/**
 * dra_flow_new:
 *
 * Returns: (transfer full): an empty flow
 */
DraFlow *
dra_flow_new (void)
{
  DraFlow *self = g_new0 (DraFlow, 1);

  self->text = dra_flow_lane_new ();
  self->notes = dra_flow_lane_new ();
  self->lanes = g_ptr_array_new ();
  g_ptr_array_add (self->lanes, self->text);
  self->comments = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, comment_free);
  self->comment_ids = g_ptr_array_new_with_free_func (g_free);
  self->heading = g_string_new (NULL);

  return self;
}

/**
 * dra_flow_free:
 * @self: (nullable): a flow
 *
 * Frees the flow and what was not finished.
 */
void
dra_flow_free (DraFlow *self)
{
  if (self == NULL)
    return;

  dra_flow_end_asides (self);
  lane_free (self->text);
  lane_free (self->notes);
  g_ptr_array_unref (self->lanes);
  g_hash_table_unref (self->comments);
  g_ptr_array_unref (self->comment_ids);
  g_string_free (self->heading, TRUE);
  for (guint i = 0; i < DRA_N_METADATA; i++)
    g_free (self->metadata[i]);
  g_free (self);
}

/* The lane that takes what comes. */
DraFlowLane *
dra_flow_get_lane (DraFlow *self)
{
  return g_ptr_array_index (self->lanes, self->lanes->len - 1);
}

/* Makes what is open in the builder what the next run wants. */
void
dra_flow_set_styles (DraFlowLane *lane,
                     guint        styles,
                     const char  *link)
{
  guint differ = lane->styles ^ styles;

  if (g_strcmp0 (lane->link, link) != 0)
    {
      if (lane->link != NULL)
        dra_article_builder_end_style (lane->builder, DRA_STYLE_LINK);
      if (link != NULL)
        dra_article_builder_begin_style (lane->builder, DRA_STYLE_LINK, link);
      g_free (lane->link);
      lane->link = g_strdup (link);
    }
  for (guint kind = 0; differ != 0 && kind <= DRA_STYLE_SUBSCRIPT; kind++)
    {
      if ((differ & DRA_FLOW_STYLE (kind)) == 0)
        continue;
      if (styles & DRA_FLOW_STYLE (kind))
        dra_article_builder_begin_style (lane->builder, kind, NULL);
      else
        dra_article_builder_end_style (lane->builder, kind);
    }
  lane->styles = styles;
}

/* Adds the blocks of a lane to another that has no block open, and frees it. */
void
dra_flow_pour (DraFlow     *self,
               DraFlowLane *to,
               DraFlowLane *lane)
{
  g_autoptr (DraArticle) article = NULL;
  const DraBlock *blocks;
  const DraStyle *styles;
  const char *text;
  gsize offset = 0;
  guint n_blocks, n_styles;

  dra_article_builder_end_block (lane->builder);
  dra_flow_flush_waiting (self, lane);
  article = dra_article_builder_build (lane->builder);
  text = dra_article_get_text (article, NULL);
  blocks = dra_article_get_blocks (article, &n_blocks);
  styles = dra_article_get_styles (article, &n_styles);
  for (guint i = 0; i < n_blocks; i++)
    {
      gsize length = dra_range_length (blocks[i].range);

      dra_article_builder_add_exact (to->builder, blocks[i].kind, blocks[i].level, blocks[i].label,
                                     text + blocks[i].range.start, length, 0);
      dra_article_builder_set_source (to->builder, blocks[i].source);
      if (i == 0)
        offset = dra_article_builder_get_length (to->builder) - length;
    }
  for (guint i = 0; i < n_styles; i++)
    {
      DraRange range = { styles[i].range.start + offset, styles[i].range.end + offset };

      dra_article_builder_add_style (to->builder, styles[i].kind, range, styles[i].target);
    }
  dra_flow_move_comments (lane, to, offset);
  lane_free (lane);
}

static void
put_image (DraFlowLane *lane,
           const char  *alternative,
           const char  *source)
{
  dra_article_builder_add_image (lane->builder, alternative);
  dra_article_builder_set_source (lane->builder, source);
}

/* Writes what waited for the end of the block. */
void
dra_flow_flush_waiting (DraFlow     *self,
                        DraFlowLane *lane)
{
  g_autoptr (GArray) waiting = NULL;

  if (lane->waiting->len == 0)
    return;
  waiting = g_steal_pointer (&lane->waiting);
  lane->waiting = g_array_new (FALSE, FALSE, sizeof (DraFlowWaiting));
  g_array_set_clear_func (lane->waiting, clear_waiting);
  for (guint i = 0; i < waiting->len; i++)
    {
      DraFlowWaiting *one = &g_array_index (waiting, DraFlowWaiting, i);

      if (one->lane != NULL)
        dra_flow_pour (self, lane, g_steal_pointer (&one->lane));
      else
        put_image (lane, one->alternative, one->source);
    }
}

/* Follows the text of a block that may be the document's title: one that says so, or else
 * the first heading among the first blocks. */
static void
look_for_title (DraFlow      *self,
                DraBlockKind  kind,
                guint         level)
{
  self->collecting = FALSE;
  if (self->has_title || dra_flow_get_lane (self) != self->text)
    return;
  self->n_blocks++;
  if (kind == DRA_BLOCK_TITLE)
    {
      g_string_truncate (self->heading, 0);
      self->collecting = self->has_title = TRUE;
    }
  else if (kind == DRA_BLOCK_HEADING && level <= 2 && self->n_blocks <= MAX_TITLE_BLOCK
           && self->heading->len == 0)
    self->collecting = TRUE;
}

/**
 * dra_flow_begin_block:
 * @self: a flow
 * @kind: what the block is
 * @level: level of a heading, depth of a list item or quotation, else 0
 * @label: (nullable): list marker
 *
 * Begins a block, ending the one before.  In a table it only parts what comes from what
 * there is in the cell.
 */
void
dra_flow_begin_block (DraFlow      *self,
                      DraBlockKind  kind,
                      guint         level,
                      const char   *label)
{
  DraFlowLane *lane;

  g_return_if_fail (self != NULL);

  lane = dra_flow_get_lane (self);
  if (lane->in_row)
    {
      dra_article_builder_add_break (lane->builder);
      if (label != NULL && kind == DRA_BLOCK_LIST_ITEM)
        {
          dra_flow_set_styles (lane, 0, NULL);
          dra_article_builder_add_text (lane->builder, label, -1);
          dra_article_builder_add_text (lane->builder, " ", 1);
        }
      return;
    }
  dra_flow_end_block (self);
  /* There is one title; what else says so is a heading. */
  if (kind == DRA_BLOCK_TITLE && (self->has_title || lane != self->text))
    {
      kind = DRA_BLOCK_HEADING;
      level = 1;
    }
  look_for_title (self, kind, level);
  dra_article_builder_begin_block (lane->builder, kind, level, label);
  lane->in_block = TRUE;
  lane->has_text = FALSE;
}

/**
 * dra_flow_add_text:
 * @self: a flow
 * @text: text
 * @length: its length in bytes, or -1
 * @styles: bits of all styles it has
 * @link: (nullable): the address it links to
 *
 * Adds a run to the block that is open, or to a new paragraph.
 */
void
dra_flow_add_text (DraFlow    *self,
                   const char *text,
                   gssize      length,
                   guint       styles,
                   const char *link)
{
  DraFlowLane *lane;

  g_return_if_fail (self != NULL);
  g_return_if_fail (text != NULL);

  lane = dra_flow_get_lane (self);
  if (length < 0)
    length = (gssize) strlen (text);
  if (length == 0)
    return;
  if (!lane->in_row && !lane->in_block)
    {
      gboolean blank = TRUE;

      for (gssize i = 0; i < length && blank; i++)
        blank = g_ascii_isspace (text[i]);
      if (blank)
        return;
      dra_flow_begin_block (self, DRA_BLOCK_PARAGRAPH, 0, NULL);
    }
  dra_flow_set_styles (lane, styles & ~DRA_FLOW_STYLE (DRA_STYLE_LINK), link);
  dra_article_builder_add_text (lane->builder, text, length);
  lane->has_text = TRUE;
  if (self->collecting && lane == self->text && self->heading->len < MAX_TITLE)
    g_string_append_len (self->heading, text, length);
}

/**
 * dra_flow_add_break:
 * @self: a flow
 *
 * Adds a line break inside the block.
 */
void
dra_flow_add_break (DraFlow *self)
{
  DraFlowLane *lane;

  g_return_if_fail (self != NULL);

  lane = dra_flow_get_lane (self);
  if (lane->in_row || lane->in_block)
    dra_article_builder_add_break (lane->builder);
  if (self->collecting && lane == self->text)
    g_string_append_c (self->heading, ' ');
}

/**
 * dra_flow_add_image:
 * @self: a flow
 * @alternative: (nullable): alternative text
 * @source: (nullable): where the image is
 *
 * Adds an image, which comes after the block that is open.
 */
void
dra_flow_add_image (DraFlow    *self,
                    const char *alternative,
                    const char *source)
{
  DraFlowLane *lane;

  g_return_if_fail (self != NULL);

  lane = dra_flow_get_lane (self);
  if (lane->in_row || (lane->in_block && lane->has_text))
    {
      DraFlowWaiting waiting = { g_strdup (alternative), g_strdup (source), NULL };

      g_array_append_val (lane->waiting, waiting);
      return;
    }
  put_image (lane, alternative, source);
  lane->in_block = FALSE;
}

/**
 * dra_flow_end_block:
 * @self: a flow
 *
 * Ends the block; nothing happens in a table or when none is open.
 */
void
dra_flow_end_block (DraFlow *self)
{
  DraFlowLane *lane;

  g_return_if_fail (self != NULL);

  lane = dra_flow_get_lane (self);
  if (lane->in_row || !lane->in_block)
    return;
  dra_article_builder_end_block (lane->builder);
  lane->in_block = FALSE;
  lane->has_text = FALSE;
  dra_flow_set_styles (lane, 0, NULL);
  dra_flow_flush_waiting (self, lane);
}

/**
 * dra_flow_has_text:
 * @self: a flow
 *
 * Returns: whether the block that is open has got text, or a row is open
 */
gboolean
dra_flow_has_text (DraFlow *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return dra_flow_get_lane (self)->has_text || dra_flow_get_lane (self)->in_row;
}

/**
 * dra_flow_set_metadata:
 * @self: a flow
 * @which: which of them
 * @value: (nullable): what the document says of itself
 *
 * Sets metadata, also after the text; the first value that is not empty counts.  A title
 * that a program made up is none.
 */
void
dra_flow_set_metadata (DraFlow     *self,
                       DraMetadata  which,
                       const char  *value)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (which < DRA_N_METADATA);

  if (self->metadata[which] == NULL)
    self->metadata[which] = dra_document_info_clean (which, value);
}

/**
 * dra_flow_get_length:
 * @self: a flow
 *
 * Returns: bytes of text so far, text boxes that wait not counted
 */
gsize
dra_flow_get_length (DraFlow *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return dra_article_builder_get_length (self->text->builder)
         + dra_article_builder_get_length (self->notes->builder);
}

/**
 * dra_flow_finish:
 * @self: a flow; it can then only be freed
 * @name: the file's name, for messages
 * @error: return location
 *
 * Makes the article, with the footnotes at its end, and the notes.  Sets %DRA_ERROR_EMPTY.
 *
 * Returns: (transfer full): the reading, or %NULL with @error set
 */
DraReading *
dra_flow_finish (DraFlow     *self,
                 const char  *name,
                 GError     **error)
{
  g_autoptr (DraArticle) article = NULL;
  DraReading *reading;
  gsize length;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  dra_flow_end_asides (self);
  while (self->text->tables > 0)
    dra_flow_end_table (self);
  dra_flow_end_block (self);
  dra_flow_pour (self, self->text, self->notes);
  self->notes = dra_flow_lane_new ();
  for (guint i = 0; i < DRA_N_METADATA; i++)
    dra_article_builder_set_metadata (self->text->builder, i, self->metadata[i]);
  if (self->heading->len <= MAX_TITLE
      && (self->has_title || self->metadata[DRA_METADATA_TITLE] == NULL) && self->heading->len > 0)
    dra_article_builder_set_metadata (self->text->builder, DRA_METADATA_TITLE, self->heading->str);
  article = dra_article_builder_build (self->text->builder);
  dra_article_get_text (article, &length);
  if (length == 0)
    {
      g_set_error (error, DRA_ERROR, DRA_ERROR_EMPTY, _("“%s” has no text."), name);
      return NULL;
    }

  reading = dra_reading_new (g_steal_pointer (&article), NULL, NULL);
  dra_flow_add_notes (self, reading);

  return reading;
}
