/* dra-flow-notes.c: what stands beside the text of a flow: footnotes, text boxes, comments.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-flow-private.h"

#include "readers/dra-document-info.h"

#define MAX_SEARCHED (512 * 1024 * 1024) /* bytes of text, times comments, searched to measure quotes */

static void
push_lane (DraFlow     *self,
           DraFlowLane *lane)
{
  g_ptr_array_add (self->lanes, lane);
}

static void
add_comment (DraFlowLane    *lane,
             DraFlowComment *comment)
{
  if (lane->comments == NULL)
    lane->comments = g_ptr_array_new ();
  g_ptr_array_add (lane->comments, comment);
  comment->lane = lane;
}

/* Moves the comments of a lane that was poured out into another. */
void
dra_flow_move_comments (DraFlowLane *from,
                        DraFlowLane *to,
                        gsize        offset)
{
  for (guint i = 0; from->comments != NULL && i < from->comments->len; i++)
    {
      DraFlowComment *comment = g_ptr_array_index (from->comments, i);

      comment->start += offset;
      comment->end += offset;
      add_comment (to, comment);
    }
}

/**
 * dra_flow_add_reference:
 * @self: a flow
 * @label: the label of a footnote
 *
 * Adds what refers to a footnote: its label in brackets, so that a name before it ends
 * where it ends.
 */
void
dra_flow_add_reference (DraFlow    *self,
                        const char *label)
{
  g_autofree char *text = NULL;
  g_autofree char *link = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (label != NULL);

  text = g_strdup_printf ("[%s]", label);
  link = g_strconcat ("#fn:", label, NULL);
  dra_flow_add_text (self, text, -1, DRA_FLOW_STYLE (DRA_STYLE_SUPERSCRIPT), link);
}

/**
 * dra_flow_begin_footnote:
 * @self: a flow
 * @label: what the references to it say
 *
 * Begins a footnote, which goes to the end of the article.
 */
void
dra_flow_begin_footnote (DraFlow    *self,
                         const char *label)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (label != NULL);

  if (g_ptr_array_find (self->lanes, self->notes, NULL) || self->lanes->len >= DRA_FLOW_MAX_LANES)
    {
      self->overflow++;
      return;
    }
  push_lane (self, self->notes);
  dra_flow_begin_block (self, DRA_BLOCK_FOOTNOTE, 0, label);
}

/**
 * dra_flow_end_footnote:
 * @self: a flow
 *
 * Ends the footnote.
 */
void
dra_flow_end_footnote (DraFlow *self)
{
  g_return_if_fail (self != NULL);

  if (self->overflow > 0)
    {
      self->overflow--;
      return;
    }
  if (dra_flow_get_lane (self) != self->notes)
    return;
  while (self->notes->tables > 0)
    dra_flow_end_table (self);
  dra_flow_end_block (self);
  g_ptr_array_set_size (self->lanes, (gint) self->lanes->len - 1);
}

/**
 * dra_flow_begin_aside:
 * @self: a flow
 *
 * Begins a text box or a frame: what is in it comes after the block that is open.
 */
void
dra_flow_begin_aside (DraFlow *self)
{
  g_return_if_fail (self != NULL);

  if (self->lanes->len >= DRA_FLOW_MAX_LANES)
    self->overflow++;
  else
    push_lane (self, dra_flow_lane_new ());
}

/**
 * dra_flow_end_aside:
 * @self: a flow
 *
 * Ends the text box.
 */
void
dra_flow_end_aside (DraFlow *self)
{
  DraFlowLane *lane, *outer;

  g_return_if_fail (self != NULL);

  if (self->overflow > 0)
    {
      self->overflow--;
      return;
    }
  lane = dra_flow_get_lane (self);
  if (lane == self->text || lane == self->notes)
    return;
  while (lane->tables > 0)
    dra_flow_end_table (self);
  dra_flow_end_block (self);
  g_ptr_array_set_size (self->lanes, (gint) self->lanes->len - 1);
  outer = dra_flow_get_lane (self);
  if (outer->in_row || outer->in_block)
    {
      DraFlowWaiting waiting = { NULL, NULL, lane };

      g_array_append_val (outer->waiting, waiting);
    }
  else
    dra_flow_pour (self, outer, lane);
}

/**
 * dra_flow_end_asides:
 * @self: a flow
 *
 * Ends all text boxes and footnotes that a damaged document left open.
 */
void
dra_flow_end_asides (DraFlow *self)
{
  g_return_if_fail (self != NULL);

  self->overflow = 0;
  while (self->lanes->len > 1)
    if (dra_flow_get_lane (self) == self->notes)
      dra_flow_end_footnote (self);
    else
      dra_flow_end_aside (self);
}

static DraFlowComment *
get_comment (DraFlow    *self,
             const char *id)
{
  DraFlowComment *comment = g_hash_table_lookup (self->comments, id);

  if (comment == NULL)
    {
      char *key = g_strdup (id);

      comment = g_new0 (DraFlowComment, 1);
      g_ptr_array_add (self->comment_ids, key);
      g_hash_table_insert (self->comments, key, comment);
    }

  return comment;
}

/**
 * dra_flow_begin_comment:
 * @self: a flow
 * @id: what the document calls the comment
 *
 * Says that a comment's passage begins here.
 */
void
dra_flow_begin_comment (DraFlow    *self,
                        const char *id)
{
  DraFlowComment *comment;

  g_return_if_fail (self != NULL);
  g_return_if_fail (id != NULL);

  comment = get_comment (self, id);
  if (comment->lane != NULL)
    return;
  add_comment (dra_flow_get_lane (self), comment);
  comment->start = comment->end = dra_article_builder_get_length (comment->lane->builder);
}

/**
 * dra_flow_end_comment:
 * @self: a flow
 * @id: what the document calls the comment
 *
 * Says that a comment's passage ends here.  One that never began is about the word before.
 */
void
dra_flow_end_comment (DraFlow    *self,
                      const char *id)
{
  DraFlowComment *comment;

  g_return_if_fail (self != NULL);
  g_return_if_fail (id != NULL);

  comment = get_comment (self, id);
  if (comment->lane == NULL)
    dra_flow_begin_comment (self, id);
  if (comment->ended || comment->lane != dra_flow_get_lane (self))
    return;
  comment->end = dra_article_builder_get_length (comment->lane->builder);
  comment->ended = TRUE;
}

/**
 * dra_flow_set_comment:
 * @self: a flow
 * @id: what the document calls the comment
 * @author: (nullable): who wrote it
 * @created: microseconds since 1970, 0 when not known
 * @body: its text
 *
 * Says what the comment is.  Without a passage it is about the whole article.
 */
void
dra_flow_set_comment (DraFlow    *self,
                      const char *id,
                      const char *author,
                      gint64      created,
                      const char *body)
{
  DraFlowComment *comment;

  g_return_if_fail (self != NULL);
  g_return_if_fail (id != NULL);
  g_return_if_fail (body != NULL);

  comment = get_comment (self, id);
  if (comment->body != NULL)
    return;
  comment->author = g_strdup (author);
  comment->created = created;
  comment->body = g_strdup (body);
}

/* Makes notes of the comments of a finished article. */
void
dra_flow_add_notes (DraFlow    *self,
                    DraReading *reading)
{
  gsize length = 0;
  gboolean measure;

  dra_article_get_text (reading->article, &length);
  measure = length < MAX_SEARCHED / (1 + self->comment_ids->len);
  for (guint i = 0; i < self->comment_ids->len; i++)
    {
      DraFlowComment *comment = g_hash_table_lookup (self->comments, g_ptr_array_index (self->comment_ids, i));
      DraRange range = { comment->start, comment->ended ? comment->end : comment->start };
      DraNote *note;

      if (comment->body == NULL)
        continue;
      note = dra_document_info_make_note (reading->article, comment->lane != NULL ? &range : NULL,
                                          comment->author, comment->created, comment->body,
                                          measure);
      g_ptr_array_add (reading->notes, note);
    }
}
