/* dra-article-builder.c: how a reader makes a DraArticle.
 *
 * Text goes through one filter that knows the text rules; styles begin at the next
 * character that is really written, so that collapsed white space never ends up in one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "article/dra-article-builder.h"

#include <string.h>

#include "article/dra-article-private.h"

#define LINE_BREAK "\342\200\250" /* U+2028 */
#define IMAGE "\357\277\274"      /* U+FFFC */
#define TAB_WIDTH 8               /* columns, in preformatted blocks */

/* A style that is open; it may reach over several blocks and then becomes one each. */
typedef struct
{
  DraStyleKind kind;
  const char  *target;
  gboolean     started;
  gsize        start;
} OpenStyle;

struct _DraArticleBuilder
{
  GString      *text;
  GArray       *blocks;
  GArray       *styles;
  GStringChunk *strings;
  char         *metadata[DRA_N_METADATA];

  gboolean      in_block;
  DraBlock      block;
  GArray       *open_styles;
  gboolean      pending_space;
  guint         column; /* in the present line of a preformatted block */
};

/**
 * dra_article_builder_new:
 *
 * Returns: (transfer full): an empty builder
 */
DraArticleBuilder *
dra_article_builder_new (void)
{
  DraArticleBuilder *self = g_new0 (DraArticleBuilder, 1);

  self->text = g_string_new (NULL);
  self->blocks = g_array_new (FALSE, FALSE, sizeof (DraBlock));
  self->styles = g_array_new (FALSE, FALSE, sizeof (DraStyle));
  self->open_styles = g_array_new (FALSE, FALSE, sizeof (OpenStyle));
  self->strings = g_string_chunk_new (256);

  return self;
}

/**
 * dra_article_builder_free:
 * @self: (nullable): a builder
 *
 * Frees the builder and what was not built.
 */
void
dra_article_builder_free (DraArticleBuilder *self)
{
  if (self == NULL)
    return;

  if (self->text != NULL)
    g_string_free (self->text, TRUE);
  g_clear_pointer (&self->blocks, g_array_unref);
  g_clear_pointer (&self->styles, g_array_unref);
  g_clear_pointer (&self->open_styles, g_array_unref);
  g_clear_pointer (&self->strings, g_string_chunk_free);
  for (guint i = 0; i < DRA_N_METADATA; i++)
    g_free (self->metadata[i]);
  g_free (self);
}

/* White space that collapses.  A no-break space is a character, not white space. */
static gboolean
is_space (gunichar c)
{
  return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/* What the text rules do not allow, and soft hyphens, which would hide a word from find,
 * and the image character, which stands for images only. */
static gboolean
is_dropped (gunichar c)
{
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD || c == 0xFEFF || c == 0xFFFC
         || (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
}

static char *
clean_line (const char *value)
{
  g_autofree char *valid = g_utf8_make_valid (value, -1);
  GString *line = g_string_new (NULL);
  gboolean pending = FALSE;

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_space (c))
        pending = line->len > 0;
      else if (!is_dropped (c))
        {
          if (pending)
            g_string_append_c (line, ' ');
          pending = FALSE;
          g_string_append_unichar (line, c);
        }
    }

  return g_string_free (line, FALSE);
}

/**
 * dra_article_builder_set_metadata:
 * @self: a builder
 * @which: which of them
 * @value: (nullable): the value; white space is collapsed, an empty one is none
 */
void
dra_article_builder_set_metadata (DraArticleBuilder *self,
                                  DraMetadata        which,
                                  const char        *value)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (which < DRA_N_METADATA);

  g_clear_pointer (&self->metadata[which], g_free);
  if (value == NULL)
    return;
  self->metadata[which] = clean_line (value);
  if (*self->metadata[which] == '\0')
    g_clear_pointer (&self->metadata[which], g_free);
}

static const char *
keep_string (DraArticleBuilder *self,
             const char        *string)
{
  g_autofree char *line = NULL;

  if (string == NULL)
    return NULL;
  line = clean_line (string);

  return g_string_chunk_insert_const (self->strings, line);
}

/**
 * dra_article_builder_begin_block:
 * @self: a builder
 * @kind: what the block is
 * @level: level of a heading, depth of a list item or quotation, else 0
 * @label: (nullable): list marker or alternative text
 *
 * Begins a block, ending the one before.
 */
void
dra_article_builder_begin_block (DraArticleBuilder *self,
                                 DraBlockKind       kind,
                                 guint              level,
                                 const char        *label)
{
  g_return_if_fail (self != NULL);

  if (self->in_block)
    dra_article_builder_end_block (self);

  if (self->blocks->len > 0)
    g_string_append_c (self->text, '\n');
  self->in_block = TRUE;
  self->pending_space = FALSE;
  self->column = 0;
  self->block = (DraBlock){
    .kind = kind,
    .level = level,
    .range = { self->text->len, self->text->len },
    .label = keep_string (self, label),
  };
}

static void
start_open_styles (DraArticleBuilder *self)
{
  for (guint i = self->open_styles->len; i > 0; i--)
    {
      OpenStyle *open = &g_array_index (self->open_styles, OpenStyle, i - 1);

      if (open->started)
        break;
      open->started = TRUE;
      open->start = self->text->len;
    }
}

static void
put (DraArticleBuilder *self,
     const char        *text,
     gsize              length)
{
  if (self->pending_space)
    {
      g_string_append_c (self->text, ' ');
      self->pending_space = FALSE;
    }
  start_open_styles (self);
  g_string_append_len (self->text, text, length);
}

static gboolean
at_line_start (DraArticleBuilder *self)
{
  gsize length = self->text->len;

  return length == self->block.range.start
         || self->text->str[length - 1] == '\t'
         || (length - self->block.range.start >= 3
             && memcmp (self->text->str + length - 3, LINE_BREAK, 3) == 0);
}

static inline gboolean
is_plain (char c)
{
  return c > 0x20 && c < 0x7F;
}

static void
add_collapsed (DraArticleBuilder *self,
               const char        *text,
               const char        *end)
{
  const char *p = text;

  while (p < end)
    {
      const char *run = p;
      gunichar c;

      /* Words with single spaces between them go through as they are. */
      while (p < end
             && (is_plain (*p)
                 || (*p == ' ' && p > run && p + 1 < end && is_plain (p[1]))))
        p++;
      if (p > run)
        put (self, run, p - run);
      if (p == end)
        break;

      c = g_utf8_get_char (p);
      run = p;
      p = g_utf8_next_char (p);
      if (is_space (c))
        self->pending_space = !at_line_start (self);
      else if (!is_dropped (c))
        put (self, run, p - run);
    }
}

static void
add_preformatted (DraArticleBuilder *self,
                  const char        *text,
                  const char        *end)
{
  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\t')
        {
          do
            {
              put (self, " ", 1);
              self->column++;
            }
          while (self->column % TAB_WIDTH != 0);
        }
      else if (c == '\r' && p + 1 < end && p[1] == '\n')
        continue;
      else if (c != ' ' && is_space (c))
        {
          if (self->text->len > self->block.range.start)
            put (self, LINE_BREAK, strlen (LINE_BREAK));
          self->column = 0;
        }
      else if (!is_dropped (c))
        {
          put (self, p, g_utf8_next_char (p) - p);
          self->column++;
        }
    }
}

/**
 * dra_article_builder_add_text:
 * @self: a builder
 * @text: text of the present block; what is not UTF-8 becomes U+FFFD
 * @length: its length in bytes, or -1 when it is NUL-terminated
 *
 * Adds text to the block (a paragraph is begun when there is none).  White space is
 * collapsed over calls, except in preformatted blocks, where line ends become U+2028 and
 * tabs become spaces.  Control characters, noncharacters and soft hyphens are dropped.
 */
void
dra_article_builder_add_text (DraArticleBuilder *self,
                              const char        *text,
                              gssize             length)
{
  g_autofree char *valid = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (text != NULL);

  if (length < 0)
    length = (gssize) strlen (text);
  if (!self->in_block)
    dra_article_builder_begin_block (self, DRA_BLOCK_PARAGRAPH, 0, NULL);
  /* Embedded NULs make g_utf8_validate_len() fail and come out as U+FFFD; they are data
   * of no meaning, so they go first. */
  if (!g_utf8_validate_len (text, length, NULL))
    {
      g_autofree char *copy = g_memdup2 (text, length);
      gsize n = 0;

      for (gssize i = 0; i < length; i++)
        if (copy[i] != '\0')
          copy[n++] = copy[i];
      valid = g_utf8_make_valid (copy != NULL ? copy : "", n);
      text = valid;
      length = (gssize) strlen (valid);
    }

  if (self->block.kind == DRA_BLOCK_PREFORMATTED)
    add_preformatted (self, text, text + length);
  else
    add_collapsed (self, text, text + length);
}

/**
 * dra_article_builder_next_cell:
 * @self: a builder whose present block is a table row
 *
 * Ends a cell of the row: what is added next belongs to the cell after it.
 */
void
dra_article_builder_next_cell (DraArticleBuilder *self)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->in_block && self->block.kind == DRA_BLOCK_TABLE_ROW);

  self->pending_space = FALSE;
  g_string_append_c (self->text, '\t');
}

/**
 * dra_article_builder_set_source:
 * @self: a builder
 * @source: (nullable): address of an image
 *
 * Says where the image is of the present block, or of the last one when none is open.
 */
void
dra_article_builder_set_source (DraArticleBuilder *self,
                                const char        *source)
{
  const char *kept;

  g_return_if_fail (self != NULL);

  kept = keep_string (self, source);
  if (self->in_block)
    self->block.source = kept;
  else if (self->blocks->len > 0)
    g_array_index (self->blocks, DraBlock, self->blocks->len - 1).source = kept;
}

/**
 * dra_article_builder_add_break:
 * @self: a builder
 *
 * Adds a hard line break, U+2028, inside the present block; in a table row, a space.
 */
void
dra_article_builder_add_break (DraArticleBuilder *self)
{
  g_return_if_fail (self != NULL);

  if (!self->in_block)
    return;
  if (self->block.kind == DRA_BLOCK_TABLE_ROW)
    {
      self->pending_space = !at_line_start (self);
      return;
    }
  self->pending_space = FALSE;
  self->column = 0;
  if (self->text->len > self->block.range.start)
    put (self, LINE_BREAK, strlen (LINE_BREAK));
}

/**
 * dra_article_builder_add_image:
 * @self: a builder
 * @alternative: (nullable): alternative text
 *
 * Adds an image: a block of its own, with @alternative as its label.
 */
void
dra_article_builder_add_image (DraArticleBuilder *self,
                               const char        *alternative)
{
  g_return_if_fail (self != NULL);

  dra_article_builder_begin_block (self, DRA_BLOCK_IMAGE, 0, alternative);
  put (self, IMAGE, strlen (IMAGE));
  dra_article_builder_end_block (self);
}

/**
 * dra_article_builder_begin_style:
 * @self: a builder
 * @kind: which style
 * @target: (nullable): address of a link
 *
 * Begins a style; it reaches to its dra_article_builder_end_style() over as many blocks
 * as it takes.
 */
void
dra_article_builder_begin_style (DraArticleBuilder *self,
                                 DraStyleKind       kind,
                                 const char        *target)
{
  OpenStyle open = { .kind = kind };

  g_return_if_fail (self != NULL);

  open.target = keep_string (self, target);
  g_array_append_val (self->open_styles, open);
}

static void
close_style (DraArticleBuilder *self,
             OpenStyle         *open)
{
  DraStyle style = { open->kind, { open->start, self->text->len }, open->target };

  if (open->started && style.range.end > style.range.start)
    g_array_append_val (self->styles, style);
  open->started = FALSE;
}

/**
 * dra_article_builder_end_style:
 * @self: a builder
 * @kind: which style
 *
 * Ends the style of that kind that was begun last; nothing happens when none is open.
 */
void
dra_article_builder_end_style (DraArticleBuilder *self,
                               DraStyleKind       kind)
{
  g_return_if_fail (self != NULL);

  for (guint i = self->open_styles->len; i > 0; i--)
    {
      OpenStyle *open = &g_array_index (self->open_styles, OpenStyle, i - 1);

      if (open->kind == kind)
        {
          close_style (self, open);
          g_array_remove_index (self->open_styles, i - 1);
          return;
        }
    }
}

static gsize
trimmed_end (DraArticleBuilder *self)
{
  const char *text = self->text->str;
  gsize start = self->block.range.start;
  gsize end = self->text->len;

  for (;;)
    {
      if (end > start && (text[end - 1] == ' ' || text[end - 1] == '\t'))
        end--;
      else if (end - start >= 3 && memcmp (text + end - 3, LINE_BREAK, 3) == 0)
        end -= 3;
      else
        return end;
    }
}

/**
 * dra_article_builder_end_block:
 * @self: a builder
 *
 * Ends the present block.  Trailing white space, line breaks and empty cells are cut; a
 * block without text is dropped.
 *
 * Returns: whether the block was kept
 */
gboolean
dra_article_builder_end_block (DraArticleBuilder *self)
{
  gsize end;

  g_return_val_if_fail (self != NULL, FALSE);

  if (!self->in_block)
    return FALSE;

  self->in_block = FALSE;
  self->pending_space = FALSE;
  end = trimmed_end (self);
  g_string_truncate (self->text, end);
  for (guint i = 0; i < self->open_styles->len; i++)
    close_style (self, &g_array_index (self->open_styles, OpenStyle, i));
  for (guint i = self->styles->len; i > 0; i--)
    {
      DraStyle *style = &g_array_index (self->styles, DraStyle, i - 1);

      if (style->range.end <= self->block.range.start)
        break;
      style->range.end = MIN (style->range.end, end);
    }

  if (end == self->block.range.start)
    {
      if (self->blocks->len > 0)
        g_string_truncate (self->text, end - 1);
      return FALSE;
    }

  self->block.range.end = end;
  g_array_append_val (self->blocks, self->block);

  return TRUE;
}

/* Replaces, byte for byte, what even an article of lines may not hold. */
static void
clean_in_place (char *text,
                gsize length)
{
  char *p = text;
  char *end = text + length;

  while (p < end)
    {
      const char *bad;
      char *valid_end;

      if (g_utf8_validate_len (p, end - p, &bad))
        bad = end;
      valid_end = (char *) bad;
      while (p < valid_end)
        {
          gunichar c = g_utf8_get_char (p);
          char *next = g_utf8_next_char (p);

          if (c != '\t' && c != '\n'
              && (c < 0x20 || (c >= 0x7F && c < 0xA0)
                  || (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE))
            memset (p, ' ', next - p);
          p = next;
        }
      if (p < end)
        {
          *p = *p == '\0' ? ' ' : '?';
          p++;
        }
    }
}

static void
add_block_range (DraArticleBuilder *self,
                 gsize              start,
                 gsize              end)
{
  DraBlock block = { DRA_BLOCK_PARAGRAPH, 0, { start, end }, NULL };

  g_array_append_val (self->blocks, block);
}

/**
 * dra_article_builder_take_lines:
 * @self: a builder that holds no text yet
 * @text: (transfer full): the whole text
 * @length: its length in bytes
 *
 * Makes every line that is not empty a paragraph, leaving the text as it is, so that
 * offsets are offsets into the input.  Each byte that the rules forbid (control
 * characters, bytes that are not UTF-8) becomes a space or '?'.
 */
void
dra_article_builder_take_lines (DraArticleBuilder *self,
                                char              *text,
                                gsize              length)
{
  const char *p, *end;

  g_return_if_fail (self != NULL);
  g_return_if_fail (self->text->len == 0 && !self->in_block);

  clean_in_place (text, length);
  g_string_append_len (self->text, text, length);
  g_free (text);

  p = self->text->str;
  end = p + length;
  while (p < end)
    {
      const char *newline = memchr (p, '\n', end - p);
      const char *line_end = newline != NULL ? newline : end;

      if (line_end > p)
        add_block_range (self, p - self->text->str, line_end - self->text->str);
      p = line_end + 1;
    }
}

/**
 * dra_article_builder_add_exact:
 * @self: a builder
 * @kind: what the block is
 * @level: its level
 * @label: (nullable): its label
 * @text: the block's text as it was in the article this is a copy of
 * @length: its length in bytes; 0 adds the newlines alone
 * @n_newlines_before: how many newlines go before it
 *
 * Adds a block whose white space is kept: for reading back our own copies.  The text
 * rules hold here too: what they forbid is replaced.
 */
void
dra_article_builder_add_exact (DraArticleBuilder *self,
                               DraBlockKind       kind,
                               guint              level,
                               const char        *label,
                               const char        *text,
                               gsize              length,
                               guint              n_newlines_before)
{
  gsize start;

  g_return_if_fail (self != NULL);
  g_return_if_fail (text != NULL || length == 0);

  if (self->in_block)
    dra_article_builder_end_block (self);
  if (self->blocks->len > 0 && length > 0 && n_newlines_before == 0)
    n_newlines_before = 1;
  for (guint i = 0; i < n_newlines_before; i++)
    g_string_append_c (self->text, '\n');
  if (length == 0)
    return;

  start = self->text->len;
  g_string_append_len (self->text, text, length);
  clean_in_place (self->text->str + start, length);
  for (char *p = self->text->str + start; p < self->text->str + start + length; p++)
    if (*p == '\n')
      *p = ' ';
  add_block_range (self, start, start + length);
  g_array_index (self->blocks, DraBlock, self->blocks->len - 1).kind = kind;
  g_array_index (self->blocks, DraBlock, self->blocks->len - 1).level = level;
  g_array_index (self->blocks, DraBlock, self->blocks->len - 1).label
    = keep_string (self, label);
}

static gboolean
is_boundary (DraArticleBuilder *self,
             gsize              offset)
{
  return offset <= self->text->len
         && ((guchar) self->text->str[offset] & 0xC0) != 0x80;
}

/**
 * dra_article_builder_add_style:
 * @self: a builder
 * @kind: which style
 * @range: bytes of the text built so far
 * @target: (nullable): address of a link
 *
 * Adds a finished style; one that does not fit the text is left out.
 */
void
dra_article_builder_add_style (DraArticleBuilder *self,
                               DraStyleKind       kind,
                               DraRange           range,
                               const char        *target)
{
  DraStyle style = { kind, range, NULL };

  g_return_if_fail (self != NULL);

  if (range.start >= range.end || range.end > self->text->len
      || !is_boundary (self, range.start) || !is_boundary (self, range.end)
      || memchr (self->text->str + range.start, '\n', dra_range_length (range)) != NULL)
    return;
  style.target = keep_string (self, target);
  g_array_append_val (self->styles, style);
}

/**
 * dra_article_builder_get_length:
 * @self: a builder
 *
 * Returns: length in bytes of the text so far
 */
gsize
dra_article_builder_get_length (DraArticleBuilder *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->text->len;
}

static int
compare_styles (gconstpointer a,
                gconstpointer b)
{
  const DraStyle *x = a;
  const DraStyle *y = b;

  if (x->range.start != y->range.start)
    return x->range.start < y->range.start ? -1 : 1;
  if (x->range.end != y->range.end)
    return x->range.end > y->range.end ? -1 : 1;

  return (int) x->kind - (int) y->kind;
}

static void
drop_empty_styles (GArray *styles)
{
  guint n = 0;

  for (guint i = 0; i < styles->len; i++)
    {
      DraStyle *style = &g_array_index (styles, DraStyle, i);

      if (style->range.end > style->range.start)
        g_array_index (styles, DraStyle, n++) = *style;
    }
  g_array_set_size (styles, n);
}

/**
 * dra_article_builder_build:
 * @self: a builder
 *
 * Ends what is open and makes the article.  The builder can then only be freed.
 *
 * Returns: (transfer full): the article, which may have no text at all
 */
DraArticle *
dra_article_builder_build (DraArticleBuilder *self)
{
  gsize length;
  char *text;

  g_return_val_if_fail (self != NULL && self->text != NULL, NULL);

  dra_article_builder_end_block (self);
  drop_empty_styles (self->styles);
  g_array_sort (self->styles, compare_styles);
  length = self->text->len;
  text = g_string_free (g_steal_pointer (&self->text), FALSE);
  text = g_realloc (text, length + 1);

  return dra_article_new_take (text, length,
                               g_steal_pointer (&self->blocks),
                               g_steal_pointer (&self->styles),
                               g_steal_pointer (&self->strings),
                               self->metadata);
}
