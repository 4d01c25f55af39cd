/* dra-flow.c: the text of an office document, as its reader meets it.
 *
 * A lane is a builder and the styles open in it.  The text of the document is one lane, all
 * footnotes together are another; a text box is a lane that lives until it is poured out
 * behind the paragraph it hangs in.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-flow.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "article/dra-error.h"
#include "readers/dra-document-info.h"

#define MAX_LANES 32      /* text boxes and footnotes in one another; deeper ones join the last */
#define MAX_SEARCHED (512 * 1024 * 1024) /* bytes of text, times comments, searched to measure quotes */
#define MAX_TITLE 300     /* bytes of a heading that may be the title */
#define MAX_TITLE_BLOCK 8 /* among how many first blocks it has to be */

typedef struct _Lane Lane;

/* What waits for the end of the block it was met in: an image, or a lane. */
typedef struct
{
  char *alternative;
  char *source;
  Lane *lane; /* (nullable) */
} Waiting;

struct _Lane
{
  DraArticleBuilder *builder;
  GArray            *waiting;  /* of Waiting */
  guint              styles;   /* bits that are open */
  char              *link;     /* (nullable): open */
  gboolean           in_block;
  gboolean           has_text; /* in the block */
  guint              tables;   /* how many tables are open */
  guint              shown;    /* which of them makes rows, from 1; 0: none */
  gboolean           first_row;
  gboolean           in_row;
  gboolean           heading_row;
  guint              n_cells;
  GPtrArray         *comments; /* (nullable): of Comment, those that begin in it */
};

/* A comment, and where it begins and ends in the lane it is in. */
typedef struct
{
  char    *author;
  char    *body;
  gint64   created;
  Lane    *lane; /* (nullable) */
  gsize    start, end;
  gboolean ended;
} Comment;

struct _DraFlow
{
  Lane       *text;
  Lane       *notes;
  GPtrArray  *lanes;        /* the stack: the last one takes what comes */
  guint       overflow;     /* lanes begun beyond MAX_LANES */
  GHashTable *comments;     /* id -> Comment */
  GPtrArray  *comment_ids;  /* in the order they were met */
  char       *metadata[DRA_N_METADATA];

  GString    *heading;   /* text of the block that is open, when it may be the title */
  gboolean    collecting;
  gboolean    has_title; /* heading is from a block that is the title for sure */
  guint       n_blocks;  /* begun in the document's own lane */
};

static void lane_free (Lane *lane);

static void
clear_waiting (gpointer data)
{
  Waiting *waiting = data;

  g_free (waiting->alternative);
  g_free (waiting->source);
  if (waiting->lane != NULL)
    lane_free (waiting->lane);
}

static Lane *
lane_new (void)
{
  Lane *lane = g_new0 (Lane, 1);

  lane->builder = dra_article_builder_new ();
  lane->waiting = g_array_new (FALSE, FALSE, sizeof (Waiting));
  g_array_set_clear_func (lane->waiting, clear_waiting);

  return lane;
}

/* Lanes wait in lanes no deeper than MAX_LANES, so this may recurse. */
static void
lane_free (Lane *lane)
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
  Comment *comment = data;

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

  self->text = lane_new ();
  self->notes = lane_new ();
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

static Lane *
top (DraFlow *self)
{
  return g_ptr_array_index (self->lanes, self->lanes->len - 1);
}

/* Makes what is open in the builder what the next run wants. */
static void
set_styles (Lane       *lane,
            guint       styles,
            const char *link)
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

static void
add_comment (Lane    *lane,
             Comment *comment)
{
  if (lane->comments == NULL)
    lane->comments = g_ptr_array_new ();
  g_ptr_array_add (lane->comments, comment);
  comment->lane = lane;
}

/* Moves the comments of a lane that was poured out into another. */
static void
move_comments (Lane  *from,
               Lane  *to,
               gsize  offset)
{
  for (guint i = 0; from->comments != NULL && i < from->comments->len; i++)
    {
      Comment *comment = g_ptr_array_index (from->comments, i);

      comment->start += offset;
      comment->end += offset;
      add_comment (to, comment);
    }
}

static void flush_waiting (DraFlow *self,
                           Lane    *lane);

/* Adds the blocks of a lane to another that has no block open, and frees it. */
static void
pour (DraFlow *self,
      Lane    *to,
      Lane    *lane)
{
  g_autoptr (DraArticle) article = NULL;
  const DraBlock *blocks;
  const DraStyle *styles;
  const char *text;
  gsize offset = 0;
  guint n_blocks, n_styles;

  dra_article_builder_end_block (lane->builder);
  flush_waiting (self, lane);
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
  move_comments (lane, to, offset);
  lane_free (lane);
}

static void
put_image (Lane       *lane,
           const char *alternative,
           const char *source)
{
  dra_article_builder_add_image (lane->builder, alternative);
  dra_article_builder_set_source (lane->builder, source);
}

static void
flush_waiting (DraFlow *self,
               Lane    *lane)
{
  g_autoptr (GArray) waiting = NULL;

  if (lane->waiting->len == 0)
    return;
  waiting = g_steal_pointer (&lane->waiting);
  lane->waiting = g_array_new (FALSE, FALSE, sizeof (Waiting));
  g_array_set_clear_func (lane->waiting, clear_waiting);
  for (guint i = 0; i < waiting->len; i++)
    {
      Waiting *one = &g_array_index (waiting, Waiting, i);

      if (one->lane != NULL)
        pour (self, lane, g_steal_pointer (&one->lane));
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
  if (self->has_title || top (self) != self->text)
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
  Lane *lane;

  g_return_if_fail (self != NULL);

  lane = top (self);
  if (lane->in_row)
    {
      dra_article_builder_add_break (lane->builder);
      if (label != NULL && kind == DRA_BLOCK_LIST_ITEM)
        {
          set_styles (lane, 0, NULL);
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
  Lane *lane;

  g_return_if_fail (self != NULL);
  g_return_if_fail (text != NULL);

  lane = top (self);
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
  set_styles (lane, styles & ~DRA_FLOW_STYLE (DRA_STYLE_LINK), link);
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
  Lane *lane;

  g_return_if_fail (self != NULL);

  lane = top (self);
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
  Lane *lane;

  g_return_if_fail (self != NULL);

  lane = top (self);
  if (lane->in_row || (lane->in_block && lane->has_text))
    {
      Waiting waiting = { g_strdup (alternative), g_strdup (source), NULL };

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
  Lane *lane;

  g_return_if_fail (self != NULL);

  lane = top (self);
  if (lane->in_row || !lane->in_block)
    return;
  dra_article_builder_end_block (lane->builder);
  lane->in_block = FALSE;
  lane->has_text = FALSE;
  set_styles (lane, 0, NULL);
  flush_waiting (self, lane);
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

  return top (self)->has_text || top (self)->in_row;
}

/**
 * dra_flow_begin_table:
 * @self: a flow
 * @n_columns: how many columns it has, 0 when that is not known
 *
 * Begins a table.  One of a single column is a frame around text, which is then shown as
 * if it were none; a table in a cell is part of the text of the cell.
 */
void
dra_flow_begin_table (DraFlow *self,
                      guint    n_columns)
{
  Lane *lane;

  g_return_if_fail (self != NULL);

  lane = top (self);
  lane->tables++;
  if (lane->shown != 0)
    return;
  dra_flow_end_block (self);
  if (n_columns != 1)
    {
      lane->shown = lane->tables;
      lane->first_row = TRUE;
    }
}

/**
 * dra_flow_begin_row:
 * @self: a flow
 * @heading: whether the row has the headings of the columns
 *
 * Begins a row of the table.
 */
void
dra_flow_begin_row (DraFlow  *self,
                    gboolean  heading)
{
  Lane *lane;

  g_return_if_fail (self != NULL);

  lane = top (self);
  if (lane->shown == 0 || lane->shown != lane->tables)
    return;
  dra_flow_end_row (self);
  lane->heading_row = heading;
  lane->n_cells = 0;
}

/**
 * dra_flow_begin_cell:
 * @self: a flow
 *
 * Begins a cell of the row.
 */
void
dra_flow_begin_cell (DraFlow *self)
{
  Lane *lane;

  g_return_if_fail (self != NULL);

  lane = top (self);
  if (lane->shown == 0)
    {
      dra_flow_end_block (self);
      return;
    }
  if (lane->shown != lane->tables)
    {
      dra_article_builder_add_break (lane->builder);
      return;
    }
  if (!lane->in_row)
    {
      dra_article_builder_begin_block (lane->builder, DRA_BLOCK_TABLE_ROW, lane->heading_row ? 1 : 0,
                                       lane->first_row ? "first" : NULL);
      lane->in_row = TRUE;
    }
  else if (lane->n_cells < DRA_FLOW_MAX_CELLS)
    {
      set_styles (lane, 0, NULL);
      dra_article_builder_next_cell (lane->builder);
    }
  lane->n_cells++;
}

/**
 * dra_flow_end_row:
 * @self: a flow
 *
 * Ends the row.
 */
void
dra_flow_end_row (DraFlow *self)
{
  Lane *lane;

  g_return_if_fail (self != NULL);

  lane = top (self);
  if (!lane->in_row || lane->shown != lane->tables)
    return;
  if (dra_article_builder_end_block (lane->builder))
    lane->first_row = FALSE;
  lane->in_row = FALSE;
  lane->has_text = FALSE;
  set_styles (lane, 0, NULL);
  flush_waiting (self, lane);
}

/**
 * dra_flow_end_table:
 * @self: a flow
 *
 * Ends the table.
 */
void
dra_flow_end_table (DraFlow *self)
{
  Lane *lane;

  g_return_if_fail (self != NULL);

  lane = top (self);
  if (lane->tables == 0)
    return;
  if (lane->shown == lane->tables)
    {
      dra_flow_end_row (self);
      lane->shown = 0;
    }
  else if (lane->shown == 0)
    dra_flow_end_block (self);
  lane->tables--;
}

static void
push_lane (DraFlow *self,
           Lane    *lane)
{
  g_ptr_array_add (self->lanes, lane);
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

  if (g_ptr_array_find (self->lanes, self->notes, NULL) || self->lanes->len >= MAX_LANES)
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
  if (top (self) != self->notes)
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

  if (self->lanes->len >= MAX_LANES)
    self->overflow++;
  else
    push_lane (self, lane_new ());
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
  Lane *lane, *outer;

  g_return_if_fail (self != NULL);

  if (self->overflow > 0)
    {
      self->overflow--;
      return;
    }
  lane = top (self);
  if (lane == self->text || lane == self->notes)
    return;
  while (lane->tables > 0)
    dra_flow_end_table (self);
  dra_flow_end_block (self);
  g_ptr_array_set_size (self->lanes, (gint) self->lanes->len - 1);
  outer = top (self);
  if (outer->in_row || outer->in_block)
    {
      Waiting waiting = { NULL, NULL, lane };

      g_array_append_val (outer->waiting, waiting);
    }
  else
    pour (self, outer, lane);
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
    if (top (self) == self->notes)
      dra_flow_end_footnote (self);
    else
      dra_flow_end_aside (self);
}

static Comment *
get_comment (DraFlow    *self,
             const char *id)
{
  Comment *comment = g_hash_table_lookup (self->comments, id);

  if (comment == NULL)
    {
      char *key = g_strdup (id);

      comment = g_new0 (Comment, 1);
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
  Comment *comment;

  g_return_if_fail (self != NULL);
  g_return_if_fail (id != NULL);

  comment = get_comment (self, id);
  if (comment->lane != NULL)
    return;
  add_comment (top (self), comment);
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
  Comment *comment;

  g_return_if_fail (self != NULL);
  g_return_if_fail (id != NULL);

  comment = get_comment (self, id);
  if (comment->lane == NULL)
    dra_flow_begin_comment (self, id);
  if (comment->ended || comment->lane != top (self))
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
  Comment *comment;

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

static void
add_notes (DraFlow    *self,
           DraReading *reading)
{
  gsize length = 0;
  gboolean measure;

  dra_article_get_text (reading->article, &length);
  measure = length < MAX_SEARCHED / (1 + self->comment_ids->len);
  for (guint i = 0; i < self->comment_ids->len; i++)
    {
      Comment *comment = g_hash_table_lookup (self->comments, g_ptr_array_index (self->comment_ids, i));
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
  pour (self, self->text, self->notes);
  self->notes = lane_new ();
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
  add_notes (self, reading);

  return reading;
}
