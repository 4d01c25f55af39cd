/* dra-article-text-fill.c: the article's text goes into the buffer, slice by slice.
 *
 * A slice is inserted and given its tags before the next, at a priority just below
 * drawing and above GtkTextView's own laying out, which would starve it otherwise.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-article-text-private.h"

#include <glib/gi18n.h>

#include "article/dra-date.h"

#define FIRST_CHUNK (48 * 1024) /* bytes: more than any window shows */
#define CHUNK (64 * 1024)       /* bytes: about 2 ms */
#define FILL_PRIORITY (GDK_PRIORITY_REDRAW + 1)
#define COUNT_IN_THREAD (256 * 1024) /* bytes of text whose words take over a millisecond */

static void
apply_tag (DraArticleText *self,
           GtkTextTag     *tag,
           gsize           start,
           gsize           end)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  GtkTextIter from, to;

  if (tag == NULL || start >= end)
    return;
  gtk_text_buffer_get_iter_at_offset (buffer, &from,
                                      dra_text_layout_to_buffer (self->layout, start));
  gtk_text_buffer_get_iter_at_offset (buffer, &to,
                                      dra_text_layout_to_buffer (self->layout, end));
  gtk_text_buffer_apply_tag (buffer, tag, &from, &to);
}

static gboolean
is_rtl_script (gunichar c)
{
  switch (g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_ARABIC:
    case G_UNICODE_SCRIPT_HEBREW:
    case G_UNICODE_SCRIPT_SYRIAC:
    case G_UNICODE_SCRIPT_THAANA:
    case G_UNICODE_SCRIPT_NKO:
    case G_UNICODE_SCRIPT_MANDAIC:
    case G_UNICODE_SCRIPT_SAMARITAN:
      return TRUE;
    default:
      return FALSE;
    }
}

/* Whether its first letter is of a script that runs from right to left, which is how
 * GtkTextView decides too.  Asked only where the indent has a side. */
static gboolean
is_rtl (DraArticleText *self,
        const DraBlock *block)
{
  const char *text = dra_article_get_text (self->article, NULL);
  const char *end = text + MIN (block->range.end, block->range.start + 200);

  if (block->kind != DRA_BLOCK_LIST_ITEM && block->kind != DRA_BLOCK_QUOTATION)
    return FALSE;
  for (const char *p = text + block->range.start; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalpha (c))
        return is_rtl_script (c);
    }
  return FALSE;
}

/* Prose that was set in lines is verse; columns and code want letters of one width. */
static gboolean
wants_monospace (DraArticleText *self,
                 DraRange        range)
{
  const char *text = dra_article_get_text (self->article, NULL);

  for (gsize i = range.start; i < range.end; i++)
    {
      if (text[i] == '\t' || text[i] == '|' || text[i] == '{' || text[i] == '}')
        return TRUE;
      if (text[i] == ' ' && i > range.start && i + 1 < range.end && text[i + 1] == ' '
          && g_ascii_isgraph (text[i - 1]))
        return TRUE;
    }
  return FALSE;
}

/* The last line of a block kept as it is, of a list, and of the header have more space
 * below them than the lines before. */
static void
style_block_end (DraArticleText *self,
                 guint           index,
                 DraRange        part)
{
  const char *text = dra_article_get_text (self->article, NULL);
  const DraBlock *blocks;
  const DraBlock *block;
  guint n_blocks;
  gsize last;

  blocks = dra_article_get_blocks (self->article, &n_blocks);
  block = &blocks[index];
  if (part.end < block->range.end)
    return;
  last = block->range.end;
  if (self->n_header > 0 && index + 1 == self->n_header)
    apply_tag (self, dra_text_style_get_named (self->style, "header-last"),
               block->range.start, last);
  else if (block->kind == DRA_BLOCK_LIST_ITEM
           && (index + 1 == n_blocks || blocks[index + 1].kind != DRA_BLOCK_LIST_ITEM))
    apply_tag (self, dra_text_style_get_named (self->style, "block-end"), part.start, last);
  else if (block->kind == DRA_BLOCK_TABLE_ROW
           && (index + 1 == n_blocks || blocks[index + 1].kind != DRA_BLOCK_TABLE_ROW
               || g_strcmp0 (blocks[index + 1].label, "first") == 0))
    apply_tag (self, dra_text_style_get_named (self->style, "block-end"), part.start, last);
  else if (block->kind == DRA_BLOCK_PREFORMATTED)
    {
      gsize line = last;

      /* A line separator ends in 0xa8 and its first byte is 0xe2. */
      while (line > part.start
             && !(line >= 3 && memcmp (text + line - 3, "\xe2\x80\xa8", 3) == 0))
        line--;
      apply_tag (self, dra_text_style_get_named (self->style, "block-end"), line, last);
    }
}

/* Where running text begins and ends: after a heading it has no indent, before a list or a
 * picture it has the space that otherwise parts paragraphs. */
static void
style_paragraph (DraArticleText *self,
                 const DraBlock *blocks,
                 guint           n_blocks,
                 guint           index,
                 DraRange        part)
{
  gboolean begins = index == 0 || blocks[index - 1].kind != DRA_BLOCK_PARAGRAPH;
  gboolean ends = index + 1 == n_blocks || blocks[index + 1].kind != DRA_BLOCK_PARAGRAPH;

  if (begins && part.start == blocks[index].range.start)
    apply_tag (self, dra_text_style_get_named (self->style, "paragraph-first"), part.start,
               part.end);
  if (ends && part.end == blocks[index].range.end)
    apply_tag (self, dra_text_style_get_named (self->style, "paragraph-last"), part.start,
               part.end);
}

static void
style_blocks (DraArticleText *self,
              DraRange        range)
{
  const DraBlock *blocks;
  GtkTextTag *run_tag = NULL;
  DraRange run = { 0, 0 };
  guint n_blocks;
  guint low = 0, high;

  blocks = dra_article_get_blocks (self->article, &n_blocks);
  for (high = n_blocks; low < high;)
    {
      guint middle = low + (high - low) / 2;

      if (blocks[middle].range.end <= range.start)
        low = middle + 1;
      else
        high = middle;
    }
  for (guint i = low; i < n_blocks && blocks[i].range.start < range.end; i++)
    {
      DraRange part = { MAX (blocks[i].range.start, range.start),
                        MIN (blocks[i].range.end, range.end) };
      GtkTextTag *tag = dra_text_style_get_block (self->style, &blocks[i],
                                                  is_rtl (self, &blocks[i]));

      /* Neighbours of a kind take one tag together: a long list is one call. */
      if (tag != run_tag)
        {
          apply_tag (self, run_tag, run.start, run.end);
          run_tag = tag;
          run.start = part.start;
        }
      run.end = part.end;
    }
  apply_tag (self, run_tag, run.start, run.end);

  for (guint i = low; i < n_blocks && blocks[i].range.start < range.end; i++)
    {
      DraRange part = { MAX (blocks[i].range.start, range.start),
                        MIN (blocks[i].range.end, range.end) };

      if (blocks[i].kind == DRA_BLOCK_PARAGRAPH)
        style_paragraph (self, blocks, n_blocks, i, part);
      if (blocks[i].kind == DRA_BLOCK_PREFORMATTED && wants_monospace (self, part))
        apply_tag (self, dra_text_style_get_named (self->style, "mono"), part.start, part.end);
      if (blocks[i].kind == DRA_BLOCK_IMAGE)
        apply_tag (self, dra_article_text_get_picture_tag (self, i), part.start, part.end);
      if (blocks[i].kind == DRA_BLOCK_TABLE_ROW)
        {
          apply_tag (self, dra_article_text_get_table_tag (self, i), part.start, part.end);
          if (blocks[i].level > 0)
            apply_tag (self, dra_text_style_get_named (self->style, "table-head"), part.start,
                       part.end);
        }
      style_block_end (self, i, part);
    }
}

/* The rest of a paragraph that was cut does not begin as a paragraph does: its first letter
 * says so. */
static void
style_continued (DraArticleText *self,
                 gsize           offset)
{
  const char *text = dra_article_get_text (self->article, NULL);

  apply_tag (self, dra_text_style_get_named (self->style, "paragraph-first"), offset,
             g_utf8_next_char (text + offset) - text);
}

static void
style_breaks (DraArticleText *self,
              DraRange        range)
{
  GtkTextTag *tag = dra_text_style_get_named (self->style, "continues");
  const DraTextBreak *breaks;
  guint n_breaks;
  guint low = 0, high;

  breaks = dra_text_layout_get_breaks (self->layout, &n_breaks);
  for (high = n_breaks; low < high;)
    {
      guint middle = low + (high - low) / 2;

      if (breaks[middle].offset <= range.start)
        low = middle + 1;
      else
        high = middle;
    }
  if (low > 0 && breaks[low - 1].offset == range.start)
    style_continued (self, range.start);
  for (; low < n_breaks && breaks[low].offset <= range.end; low++)
    {
      gsize start = low > 0 ? breaks[low - 1].offset : 0;

      if (breaks[low].offset < range.end)
        style_continued (self, breaks[low].offset);

      /* The line that ends at this break: spacing is taken from a line's first letter. */
      apply_tag (self, tag, MAX (start, range.start), breaks[low].offset);
    }
}

static void
style_inlines (DraArticleText *self,
               DraRange        range)
{
  g_autoptr (GArray) open = g_steal_pointer (&self->open_styles);
  const DraStyle *styles;
  guint n_styles;
  guint low = 0, high;

  self->open_styles = g_array_new (FALSE, FALSE, sizeof (guint));
  styles = dra_article_get_styles (self->article, &n_styles);
  for (high = n_styles; low < high;)
    {
      guint middle = low + (high - low) / 2;

      if (styles[middle].range.start < range.start)
        low = middle + 1;
      else
        high = middle;
    }
  for (; low < n_styles && styles[low].range.start < range.end; low++)
    g_array_append_val (open, low);
  for (guint i = 0; i < open->len; i++)
    {
      guint index = g_array_index (open, guint, i);
      const DraStyle *style = &styles[index];

      apply_tag (self, dra_text_style_get_inline (self->style, style->kind),
                 MAX (style->range.start, range.start), MIN (style->range.end, range.end));
      if (style->range.end > range.end)
        g_array_append_val (self->open_styles, index);
    }
}

/* Inserts the next slice; FALSE when that was the last. */
static gboolean
append_chunk (DraArticleText *self,
              gsize           wanted)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  DraRange range = { self->filled, 0 };
  GtkTextIter end;
  gsize length;

  dra_article_get_text (self->article, &length);
  range.end = dra_text_layout_next_chunk (self->layout, range.start, wanted);
  g_string_set_size (self->chunk, 0);
  dra_text_layout_append (self->layout, range, self->chunk);
  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_insert (buffer, &end, self->chunk->str, (int) self->chunk->len);
  self->filled = range.end;

  style_blocks (self, range);
  style_breaks (self, range);
  style_inlines (self, range);
  return self->filled < length;
}

static gboolean
fill_cb (gpointer data)
{
  DraArticleText *self = data;

  if (append_chunk (self, CHUNK))
    {
      dra_article_text_reveal_pending (self);
      return G_SOURCE_CONTINUE;
    }
  self->fill_id = 0;
  dra_article_text_fill_done (self);
  return G_SOURCE_REMOVE;
}

/**
 * dra_article_text_fill_stop:
 *
 * Ends a filling that is under way; nothing is signalled.
 */
void
dra_article_text_fill_stop (DraArticleText *self)
{
  g_clear_handle_id (&self->fill_id, g_source_remove);
  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
}

/* A footnote is drawn with the mark that its reference has. */
static void
find_footnotes (DraArticleText *self)
{
  const DraStyle *styles;
  guint n_styles;

  g_hash_table_remove_all (self->footnotes);
  if (self->article == NULL)
    return;
  styles = dra_article_get_styles (self->article, &n_styles);
  for (guint i = 0; i < n_styles; i++)
    if (styles[i].kind == DRA_STYLE_LINK && styles[i].target != NULL
        && g_str_has_prefix (styles[i].target, "#fn:") && dra_range_length (styles[i].range) < 16
        && !g_hash_table_contains (self->footnotes, styles[i].target + strlen ("#fn:")))
      g_hash_table_insert (self->footnotes, g_strdup (styles[i].target + strlen ("#fn:")),
                           dra_article_dup_range (self->article, styles[i].range));
}

/**
 * dra_article_text_fill_start:
 *
 * Puts the first slice of the article into a new buffer now and the others when idle.  The
 * caller calls dra_article_text_fill_done() when all fitted into the first.
 */
void
dra_article_text_fill_start (DraArticleText *self)
{
  g_autoptr (GtkTextBuffer) buffer = NULL;
  const DraBlock *blocks;
  GtkTextIter start;
  guint n_blocks;

  buffer = gtk_text_buffer_new (dra_text_style_get_table (self->style));
  gtk_text_buffer_set_enable_undo (buffer, FALSE);
  dra_article_text_clear_tables (self);
  find_footnotes (self);
  self->filled = 0;
  self->n_header = 0;
  g_array_set_size (self->open_styles, 0);
  dra_article_text_release_selection (self);
  gtk_text_view_set_buffer (GTK_TEXT_VIEW (self), buffer);
  dra_article_text_take_selection (self);
  if (self->article == NULL)
    return;

  blocks = dra_article_get_blocks (self->article, &n_blocks);
  while (self->n_header < n_blocks && blocks[self->n_header].kind <= DRA_BLOCK_DATE)
    self->n_header++;
  if (append_chunk (self, FIRST_CHUNK))
    self->fill_id = g_idle_add_full (FILL_PRIORITY, fill_cb, self, NULL);
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_place_cursor (buffer, &start);
}

static gboolean
header_has (DraArticleText *self,
            DraBlockKind    kind)
{
  guint n_blocks;
  const DraBlock *blocks = dra_article_get_blocks (self->article, &n_blocks);

  for (guint i = 0; i < self->n_header; i++)
    if (blocks[i].kind == kind)
      return TRUE;
  return FALSE;
}

static void
add_part (GString    *line,
          const char *part)
{
  if (part == NULL || *part == '\0')
    return;
  if (line->len > 0)
    g_string_append (line, " · ");
  g_string_append (line, part);
}

static void
set_meta (DraArticleText *self,
          guint           n_words)
{
  const char *byline = dra_article_get_metadata (self->article, DRA_METADATA_BYLINE);
  const char *published = dra_article_get_metadata (self->article, DRA_METADATA_PUBLISHED);
  guint minutes = MAX (1, (n_words + DRA_WORDS_PER_MINUTE / 2) / DRA_WORDS_PER_MINUTE);
  GString *line = g_string_new (NULL);
  g_autofree char *date = NULL;
  g_autofree char *time = NULL;
  g_autofree char *words = NULL;

  self->n_words = n_words;
  if (!header_has (self, DRA_BLOCK_BYLINE))
    add_part (line, byline);
  if (!header_has (self, DRA_BLOCK_DATE) && published != NULL)
    {
      date = dra_date_dup_words (published);
      add_part (line, date != NULL ? date : published);
    }
  if (n_words > 0)
    {
      /* Translators: how long it takes to read the article, in minutes */
      time = g_strdup_printf (ngettext ("%u min", "%u min", minutes), minutes);
      words = g_strdup_printf (ngettext ("%'u word", "%'u words", n_words), n_words);
      add_part (line, time);
      add_part (line, words);
    }
  g_free (self->meta);
  self->meta = g_string_free (line, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  self->meta, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
count_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      article,
                 GCancellable *cancellable)
{
  g_task_return_int (task, dra_article_count_words (article));
}

static void
counted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      data)
{
  DraArticleText *self = DRA_ARTICLE_TEXT (object);
  g_autoptr (GError) error = NULL;
  gssize n_words = g_task_propagate_int (G_TASK (result), &error);

  if (error == NULL && g_task_get_task_data (G_TASK (result)) == self->article)
    set_meta (self, (guint) n_words);
}

/**
 * dra_article_text_update_meta:
 *
 * Makes the line under the title anew; the words of a long text are counted in a thread.
 */
void
dra_article_text_update_meta (DraArticleText *self)
{
  g_autoptr (GTask) task = NULL;
  gsize length;

  g_clear_pointer (&self->meta, g_free);
  if (self->article == NULL)
    return;
  dra_article_get_text (self->article, &length);
  if (length <= COUNT_IN_THREAD)
    {
      set_meta (self, dra_article_count_words (self->article));
      return;
    }
  set_meta (self, 0);
  self->counting = g_cancellable_new ();
  task = g_task_new (self, self->counting, counted_cb, NULL);
  g_task_set_source_tag (task, dra_article_text_update_meta);
  g_task_set_task_data (task, g_object_ref (self->article), g_object_unref);
  g_task_run_in_thread (task, count_in_thread);
}
