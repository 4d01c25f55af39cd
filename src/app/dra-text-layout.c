/* dra-text-layout.c: the article's text in a form that GtkTextView can carry.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-text-layout.h"

#include <string.h>

#define LINE_SEPARATOR "\xe2\x80\xa8" /* U+2028 */
#define LINE_SEPARATOR_LENGTH 3

struct _DraTextLayout
{
  DraArticle *article;
  DraHyphenator *hyphenator; /* (nullable) */
  const char *text;
  gsize       length;
  gsize       written;  /* bytes of the article whose soft hyphens are known */
  GArray     *breaks;   /* DraTextBreak, ascending */
  GArray     *inserted; /* gsize: code points before each character that is the buffer's only */
};

/* A character that must stay with the one before it: a mark, a joiner, what follows a
 * joiner, a variation selector or an emoji modifier. */
static gboolean
is_joined (const char *text,
           const char *start)
{
  gunichar c = g_utf8_get_char (text);
  gunichar before = text > start ? g_utf8_get_char (g_utf8_prev_char (text)) : 0;

  return g_unichar_ismark (c) || c == 0x200d || before == 0x200d
         || (c >= 0x1f3fb && c <= 0x1f3ff) || (c >= 0x1f1e6 && c <= 0x1f1ff);
}

static void
add_break (DraTextLayout *self,
           const char    *where,
           gboolean       inserted)
{
  DraTextBreak item = { .offset = where - self->text, .inserted = inserted };

  item.code_points = dra_article_to_code_points (self->article, item.offset);
  g_array_append_val (self->breaks, item);
  if (inserted && self->hyphenator == NULL)
    g_array_append_val (self->inserted, item.code_points);
}

/* Cuts one line of the text into pieces of at most DRA_TEXT_LAYOUT_MAX_LINE bytes, in
 * the second half of each at its last space. */
static void
break_line (DraTextLayout *self,
            const char    *line,
            const char    *end)
{
  while (end - line > DRA_TEXT_LAYOUT_MAX_LINE)
    {
      const char *limit = line + DRA_TEXT_LAYOUT_MAX_LINE;
      const char *half = line + DRA_TEXT_LAYOUT_MAX_LINE / 2;
      const char *cut = limit;

      while (cut > half && cut[-1] != ' ')
        cut--;
      if (cut > half)
        {
          add_break (self, cut, FALSE);
          line = cut;
          continue;
        }

      cut = limit;
      while ((*cut & 0xc0) == 0x80)
        cut--;
      while (cut > half && is_joined (cut, line))
        cut = g_utf8_prev_char (cut);
      if (cut <= half)
        {
          cut = limit;
          while ((*cut & 0xc0) == 0x80)
            cut--;
        }
      add_break (self, cut, TRUE);
      line = cut;
    }
}

/**
 * dra_text_layout_new:
 * @article: the article; a reference is taken
 * @hyphenator: (nullable): what divides its words
 *
 * Finds where the article's long paragraphs have to be cut.  Linear in the length of the
 * paragraphs longer than %DRA_TEXT_LAYOUT_MAX_LINE bytes and in the number of the others.
 *
 * Returns: (transfer full): free with dra_text_layout_free()
 */
DraTextLayout *
dra_text_layout_new (DraArticle    *article,
                     DraHyphenator *hyphenator)
{
  DraTextLayout *self;
  const DraBlock *blocks;
  guint n_blocks;

  g_return_val_if_fail (DRA_IS_ARTICLE (article), NULL);

  self = g_new0 (DraTextLayout, 1);
  self->article = g_object_ref (article);
  g_set_object (&self->hyphenator, hyphenator);
  self->text = dra_article_get_text (article, &self->length);
  self->breaks = g_array_new (FALSE, FALSE, sizeof (DraTextBreak));
  self->inserted = g_array_new (FALSE, FALSE, sizeof (gsize));

  blocks = dra_article_get_blocks (article, &n_blocks);
  for (guint i = 0; i < n_blocks; i++)
    {
      const char *line = self->text + blocks[i].range.start;
      const char *end = self->text + blocks[i].range.end;

      if (end - line <= DRA_TEXT_LAYOUT_MAX_LINE)
        continue;
      while (blocks[i].kind == DRA_BLOCK_PREFORMATTED && line < end)
        {
          const char *next = memmem (line, end - line, LINE_SEPARATOR,
                                     LINE_SEPARATOR_LENGTH);

          if (next == NULL)
            break;
          break_line (self, line, next);
          line = next + LINE_SEPARATOR_LENGTH;
        }
      break_line (self, line, end);
    }

  return self;
}

/**
 * dra_text_layout_free:
 * @self: (transfer full): what dra_text_layout_new() gave
 */
void
dra_text_layout_free (DraTextLayout *self)
{
  g_clear_object (&self->article);
  g_clear_object (&self->hyphenator);
  g_array_unref (self->breaks);
  g_array_unref (self->inserted);
  g_free (self);
}

/**
 * dra_text_layout_get_article:
 *
 * Returns: (transfer none): the article laid out
 */
DraArticle *
dra_text_layout_get_article (const DraTextLayout *self)
{
  return self->article;
}

/**
 * dra_text_layout_get_length:
 *
 * Returns: characters the full buffer has; with a hyphenator, once all of it was written
 */
gsize
dra_text_layout_get_length (const DraTextLayout *self)
{
  return dra_article_get_n_code_points (self->article) + self->inserted->len;
}

/* How many inserted characters stand at or before this position, in code points. */
static guint
count_inserted (const DraTextLayout *self,
                gsize                code_points)
{
  guint low = 0;
  guint high = self->inserted->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->inserted, gsize, middle) <= code_points)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/**
 * dra_text_layout_to_buffer:
 * @bytes: an offset in bytes of the article's text
 *
 * Returns: the offset, in characters of the buffer, of the same place
 */
gsize
dra_text_layout_to_buffer (const DraTextLayout *self,
                           gsize                bytes)
{
  gsize code_points = dra_article_to_code_points (self->article, MIN (bytes, self->length));

  return code_points + count_inserted (self, code_points);
}

/**
 * dra_text_layout_to_article:
 * @offset: an offset in characters of the buffer
 *
 * Returns: the offset, in bytes of the article's text, of the same place
 */
gsize
dra_text_layout_to_article (const DraTextLayout *self,
                            gsize                offset)
{
  guint low = 0;
  guint high = self->inserted->len;

  /* The i-th inserted character stands at buffer offset inserted[i] + i. */
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->inserted, gsize, middle) + middle < offset)
        low = middle + 1;
      else
        high = middle;
    }
  offset = MIN (offset - low, dra_article_get_n_code_points (self->article));
  return dra_article_to_bytes (self->article, offset);
}

/**
 * dra_text_layout_get_breaks:
 * @n_breaks: (out): how many there are
 *
 * Returns: (transfer none): where paragraphs were cut, ascending
 */
const DraTextBreak *
dra_text_layout_get_breaks (const DraTextLayout *self,
                            guint               *n_breaks)
{
  *n_breaks = self->breaks->len;
  return (const DraTextBreak *) self->breaks->data;
}

/* Index of the first break at or after this byte. */
static guint
find_break (const DraTextLayout *self,
            gsize                offset)
{
  guint low = 0;
  guint high = self->breaks->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->breaks, DraTextBreak, middle).offset < offset)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/**
 * dra_text_layout_next_chunk:
 * @start: where the last chunk ended, in bytes of the article
 * @wanted: how many bytes the chunk should have
 *
 * Chunks end between buffer lines, so that no line is laid out twice.
 *
 * Returns: where the chunk that begins at @start ends, in bytes of the article
 */
gsize
dra_text_layout_next_chunk (const DraTextLayout *self,
                            gsize                start,
                            gsize                wanted)
{
  const char *newline;
  gsize end;
  guint next;

  if (self->length - start <= wanted)
    return self->length;

  end = start + wanted;
  while ((self->text[end] & 0xc0) == 0x80)
    end++;
  newline = memchr (self->text + end, '\n', self->length - end);
  end = newline != NULL ? (gsize) (newline + 1 - self->text) : self->length;
  next = find_break (self, start + wanted);
  if (next < self->breaks->len)
    end = MIN (end, g_array_index (self->breaks, DraTextBreak, next).offset);
  return end;
}

static void
append_preformatted (GString    *out,
                     const char *text,
                     gsize       length)
{
  const char *end = text + length;
  const char *next;

  while ((next = memmem (text, end - text, LINE_SEPARATOR, LINE_SEPARATOR_LENGTH)) != NULL)
    {
      g_string_append_len (out, text, next - text);
      g_string_append_c (out, '\n');
      text = next + LINE_SEPARATOR_LENGTH;
    }
  g_string_append_len (out, text, end - text);
}

/* Lines of these are set one below the other until they are full. */
static gboolean
is_running (DraBlockKind kind)
{
  return kind == DRA_BLOCK_PARAGRAPH || kind == DRA_BLOCK_LIST_ITEM
         || kind == DRA_BLOCK_QUOTATION || kind == DRA_BLOCK_FOOTNOTE;
}

/* Appends a range that lies in one block, or between them as if it were an image. */
static void
append_plain (DraTextLayout *self,
              DraRange       range,
              DraBlockKind   kind,
              GString       *out)
{
  if (range.start >= range.end)
    return;
  if (kind == DRA_BLOCK_PREFORMATTED)
    append_preformatted (out, self->text + range.start, dra_range_length (range));
  else if (self->hyphenator != NULL && is_running (kind))
    dra_hyphenator_append (self->hyphenator, self->text + range.start, dra_range_length (range),
                           out, self->inserted,
                           dra_article_to_code_points (self->article, range.start));
  else
    g_string_append_len (out, self->text + range.start, dra_range_length (range));
}

static void
append_in_block (DraTextLayout *self,
                 DraRange       range,
                 DraBlockKind   kind,
                 GString       *out)
{
  /* A break at the very start belongs to the chunk before. */
  for (guint i = find_break (self, range.start + 1); i < self->breaks->len; i++)
    {
      const DraTextBreak *item = &g_array_index (self->breaks, DraTextBreak, i);
      gsize end = item->inserted ? item->offset : item->offset - 1;

      if (item->offset > range.end)
        break;
      append_plain (self, (DraRange) { range.start, end }, kind, out);
      g_string_append_c (out, '\n');
      if (item->inserted && self->hyphenator != NULL)
        g_array_append_val (self->inserted, item->code_points);
      range.start = item->offset;
    }
  append_plain (self, range, kind, out);
}

/* Index of the first block that ends at or after this byte. */
static guint
find_block (const DraBlock *blocks,
            guint           n_blocks,
            gsize           offset)
{
  guint low = 0;
  guint high = n_blocks;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (blocks[middle].range.end < offset)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/**
 * dra_text_layout_append:
 * @range: bytes of the article, both ends from dra_text_layout_next_chunk()
 * @buffer_text: what the buffer shows for it is appended here
 *
 * Writes the buffer's text for a part of the article.  With a hyphenator each part is written
 * once and in order.
 */
void
dra_text_layout_append (DraTextLayout *self,
                        DraRange       range,
                        GString       *buffer_text)
{
  const DraBlock *blocks;
  guint n_blocks;

  g_return_if_fail (range.start <= range.end && range.end <= self->length);
  g_return_if_fail (self->hyphenator == NULL || range.start == self->written);

  self->written = range.end;

  blocks = dra_article_get_blocks (self->article, &n_blocks);
  for (guint i = find_block (blocks, n_blocks, range.start);
       i < n_blocks && blocks[i].range.start < range.end; i++)
    {
      DraRange part = { MAX (blocks[i].range.start, range.start),
                        MIN (blocks[i].range.end, range.end) };

      if (part.start > part.end)
        continue;
      append_plain (self, (DraRange) { range.start, part.start }, DRA_BLOCK_IMAGE, buffer_text);
      append_in_block (self, part, blocks[i].kind, buffer_text);
      range.start = part.end;
    }
  append_plain (self, range, DRA_BLOCK_IMAGE, buffer_text);
}
