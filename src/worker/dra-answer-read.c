/* dra-answer-read.c: what the worker answered, each part checked.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "worker/dra-answer.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "article/dra-article-private.h"
#include "article/dra-error.h"
#include "worker/dra-answer-private.h"

#define HEAD 12 /* bytes before the content: "DRAA", version, kind */
#define TAIL 12 /* bytes behind it: length, "DRAE" */

#define MAX_SENTENCE 4096  /* bytes */
#define MAX_LEVEL 100000   /* of a block; readers stay far below */
#define MAX_SIDE 32768     /* pixels of an image */

static void
set_damaged (GError    **error,
             const char *name)
{
  g_set_error (error, DRA_ERROR, DRA_ERROR_DAMAGED,
               _("“%s” could not be opened: what reads it gave no sound answer."), name);
}

static gboolean
open_answer (DraAnswerCursor *self,
             GBytes          *answer,
             guint32         *kind)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (answer, &length);
  guint64 said;

  if (length < HEAD + TAIL || memcmp (data, "DRAA", 4) != 0
      || memcmp (data + length - 4, "DRAE", 4) != 0)
    return FALSE;
  memcpy (&said, data + length - TAIL, sizeof said);
  if (GUINT64_FROM_LE (said) != length)
    return FALSE;

  *self = (DraAnswerCursor){ .p = data + 4, .end = data + length - TAIL };
  if (dra_answer_get_u32 (self) != DRA_ANSWER_VERSION)
    return FALSE;
  *kind = dra_answer_get_u32 (self);

  return TRUE;
}

/* Whether all of it was read and none of it was wrong. */
static gboolean
is_done (const DraAnswerCursor *self)
{
  return !self->bad && self->p == self->end;
}

/* The worker's own sentence, when it is one. */
static void
take_error (DraAnswerCursor *self,
            const char      *name,
            GError         **error)
{
  guint32 domain = dra_answer_get_u32 (self);
  guint32 code = dra_answer_get_u32 (self);
  g_autofree char *sentence = dra_answer_get_line (self);
  gboolean known = (domain == 1 && code <= DRA_ERROR_REFUSED)
                   || (domain == 2 && code <= G_IO_ERROR_NO_SUCH_DEVICE && code != G_IO_ERROR_CANCELLED);

  if (!is_done (self) || !known || sentence == NULL || *sentence == '\0'
      || strlen (sentence) > MAX_SENTENCE)
    {
      set_damaged (error, name);
      return;
    }
  g_set_error_literal (error, domain == 1 ? DRA_ERROR : G_IO_ERROR, (int) code, sentence);
}

/* Opens an answer of that kind; sets the error of one that is another. */
static gboolean
expect (DraAnswerCursor *self,
        GBytes          *answer,
        DraAnswerKind    expected,
        const char      *name,
        GError         **error)
{
  guint32 kind;

  if (!open_answer (self, answer, &kind))
    {
      set_damaged (error, name);
      return FALSE;
    }
  if (kind == DRA_ANSWER_ERROR)
    {
      take_error (self, name, error);
      return FALSE;
    }
  if (kind != expected)
    {
      set_damaged (error, name);
      return FALSE;
    }

  return TRUE;
}

/* The parts of an article, until they are one. */
typedef struct
{
  char         *text;
  gsize         length;
  GArray       *blocks;
  GArray       *styles;
  GStringChunk *strings;
  char         *metadata[DRA_N_METADATA];
} Parts;

static void
clear_parts (Parts *self)
{
  g_free (self->text);
  g_clear_pointer (&self->blocks, g_array_unref);
  g_clear_pointer (&self->styles, g_array_unref);
  g_clear_pointer (&self->strings, g_string_chunk_free);
  for (guint i = 0; i < DRA_N_METADATA; i++)
    g_free (self->metadata[i]);
}

static const char *
get_kept_line (DraAnswerCursor *self,
               Parts           *parts)
{
  g_autofree char *line = dra_answer_get_line (self);

  return line != NULL ? g_string_chunk_insert_const (parts->strings, line) : NULL;
}

static gboolean
is_allowed_text (const char *text,
                 gsize       length)
{
  const char *end = text + length;

  if (!g_utf8_validate_len (text, length, NULL))
    return FALSE;
  for (const char *p = text; p < end;)
    if ((guchar) *p < 0x80)
      {
        if ((*p < 0x20 && *p != '\n' && *p != '\t') || *p == 0x7F)
          return FALSE;
        p++;
      }
    else
      {
        if (!dra_answer_is_allowed (g_utf8_get_char (p)))
          return FALSE;
        p = g_utf8_next_char (p);
      }

  return TRUE;
}

static gboolean
are_newlines (const char *text,
              gsize       start,
              gsize       end)
{
  for (gsize i = start; i < end; i++)
    if (text[i] != '\n')
      return FALSE;

  return TRUE;
}

/* There is one, blocks stand in order, hold something, no newline, and nothing but newlines is between.
 * White space is not looked at: as lines it may be any. */
static void
get_blocks (DraAnswerCursor *self,
            Parts           *parts)
{
  guint32 n = dra_answer_get_count (self, 4 + 4 + 16 + 4 + 4);
  gsize previous = 0;

  for (guint32 i = 0; i < n; i++)
    {
      DraBlock block = { 0 };

      block.kind = dra_answer_get_below (self, DRA_N_BLOCK_KINDS);
      block.level = dra_answer_get_below (self, MAX_LEVEL + 1);
      block.range = dra_answer_get_range (self);
      block.label = get_kept_line (self, parts);
      block.source = get_kept_line (self, parts);
      if (self->bad || block.range.start == block.range.end
          || block.range.end > parts->length || block.range.start < previous + (i > 0)
          || !are_newlines (parts->text, previous, block.range.start)
          || memchr (parts->text + block.range.start, '\n', dra_range_length (block.range)) != NULL)
        {
          self->bad = TRUE;
          return;
        }
      previous = block.range.end;
      g_array_append_val (parts->blocks, block);
    }
  if (n == 0 || !are_newlines (parts->text, previous, parts->length))
    self->bad = TRUE;
}

/* Styles stand by start, then the longer first, each within one block. */
static void
get_styles (DraAnswerCursor *self,
            Parts           *parts)
{
  guint32 n = dra_answer_get_count (self, 4 + 16 + 4);
  DraRange previous = { 0, G_MAXSIZE };
  guint k = 0;

  for (guint32 i = 0; i < n; i++)
    {
      DraStyle style = { 0 };

      style.kind = dra_answer_get_below (self, DRA_STYLE_SUBSCRIPT + 1);
      style.range = dra_answer_get_range (self);
      style.target = get_kept_line (self, parts);
      while (k < parts->blocks->len
             && g_array_index (parts->blocks, DraBlock, k).range.end <= style.range.start)
        k++;
      if (self->bad || k == parts->blocks->len
          || style.range.start < g_array_index (parts->blocks, DraBlock, k).range.start
          || style.range.end > g_array_index (parts->blocks, DraBlock, k).range.end
          || style.range.start == style.range.end
          || !dra_answer_is_boundary (parts->text, parts->length, style.range.start)
          || !dra_answer_is_boundary (parts->text, parts->length, style.range.end)
          || style.range.start < previous.start
          || (style.range.start == previous.start && style.range.end > previous.end))
        {
          self->bad = TRUE;
          return;
        }
      previous = style.range;
      g_array_append_val (parts->styles, style);
    }
}

static DraArticle *
get_article (DraAnswerCursor *self)
{
  Parts parts = {
    .blocks = g_array_new (FALSE, FALSE, sizeof (DraBlock)),
    .styles = g_array_new (FALSE, FALSE, sizeof (DraStyle)),
    .strings = g_string_chunk_new (256),
  };
  DraArticle *article = NULL;
  const guint8 *text;
  guint64 length;

  if (dra_answer_get_u32 (self) != DRA_N_METADATA)
    self->bad = TRUE;
  for (guint i = 0; i < DRA_N_METADATA; i++)
    parts.metadata[i] = dra_answer_get_line (self);
  length = dra_answer_get_u64 (self);
  text = dra_answer_get_bytes (self, length);
  if (text != NULL && is_allowed_text ((const char *) text, length))
    {
      parts.text = g_strndup ((const char *) text, length);
      parts.length = length;
      get_blocks (self, &parts);
      get_styles (self, &parts);
    }
  else
    self->bad = TRUE;

  if (!self->bad)
    article = dra_article_new_take (g_steal_pointer (&parts.text), parts.length,
                                    g_steal_pointer (&parts.blocks),
                                    g_steal_pointer (&parts.styles),
                                    g_steal_pointer (&parts.strings), parts.metadata);
  clear_parts (&parts);

  return article;
}

static float
get_confidence (DraAnswerCursor *self)
{
  guint32 bits = dra_answer_get_u32 (self);
  float confidence;

  memcpy (&confidence, &bits, sizeof confidence);
  if (!isfinite (confidence) || confidence < 0 || confidence > 1)
    {
      self->bad = TRUE;
      return 0;
    }

  return confidence;
}

static DraCast *
get_cast (DraAnswerCursor *self,
          DraArticle      *article)
{
  g_autoptr (DraCastBuilder) builder = NULL;
  guint32 n_entities, n_mentions;

  if (dra_answer_get_below (self, 2) == 0)
    return NULL;

  builder = dra_cast_builder_new (article);
  n_entities = dra_answer_get_count (self, 4 + 4 + 4 + 16);
  for (guint32 i = 0; i < n_entities && !self->bad; i++)
    {
      guint32 kind = dra_answer_get_below (self, DRA_ENTITY_PLACE + 1);
      float confidence = get_confidence (self);
      g_autofree char *name = dra_answer_get_text (self);
      guint entity = dra_cast_builder_add_entity (builder, kind, name, confidence);

      dra_cast_builder_set_role (builder, entity, dra_answer_get_range (self));
    }
  n_mentions = dra_answer_get_count (self, 4 + 16 + 4);
  for (guint32 i = 0; i < n_mentions && !self->bad; i++)
    {
      guint32 entity = dra_answer_get_below (self, n_entities);
      DraRange range = dra_answer_get_range (self);
      float confidence = get_confidence (self);

      if (!self->bad && !dra_cast_builder_add_mention (builder, entity, range, confidence))
        self->bad = TRUE;
    }

  return self->bad ? NULL : dra_cast_builder_build (builder);
}

static void
get_notes (DraAnswerCursor *self,
           DraReading      *reading)
{
  gsize length;
  const char *text = dra_article_get_text (reading->article, &length);
  guint32 n = dra_answer_get_count (self, 64);

  for (guint32 i = 0; i < n && !self->bad; i++)
    {
      DraNote *note = dra_answer_get_note (self, text, length);

      if (note != NULL)
        g_ptr_array_add (reading->notes, note);
    }
}

static void
get_images (DraAnswerCursor *self,
            DraReading      *reading)
{
  guint32 n = dra_answer_get_count (self, 4 + 4 + 8);

  for (guint32 i = 0; i < n && !self->bad; i++)
    {
      g_autofree char *source = dra_answer_get_line (self);
      g_autofree char *type = dra_answer_get_line (self);
      guint64 size = dra_answer_get_u64 (self);
      const guint8 *data = dra_answer_get_bytes (self, size);
      g_autoptr (GBytes) bytes = NULL;

      if (data == NULL || source == NULL)
        {
          self->bad = TRUE;
          return;
        }
      bytes = g_bytes_new (data, size);
      if (!dra_reading_add_image (reading, source, type, bytes))
        self->bad = TRUE;
    }
}

/**
 * dra_answer_read_reading:
 * @answer: what the worker answered
 * @name: name of the file, for messages
 * @error: return location
 *
 * Checks an answer and makes a reading of it.  Sets the error that the answer tells of, or
 * %DRA_ERROR_DAMAGED.  Linear in the length of the answer.
 *
 * Returns: (transfer full): the reading, or %NULL with @error set
 */
DraReading *
dra_answer_read_reading (GBytes      *answer,
                         const char  *name,
                         GError     **error)
{
  g_autoptr (DraReading) reading = NULL;
  DraAnswerCursor cursor;
  DraArticle *article;
  guint32 copy, extent;

  g_return_val_if_fail (answer != NULL && name != NULL, NULL);

  if (!expect (&cursor, answer, DRA_ANSWER_READING, name, error))
    return NULL;
  copy = dra_answer_get_below (&cursor, 2);
  extent = dra_answer_get_below (&cursor, DRA_READING_PAGE + 1);
  article = get_article (&cursor);
  if (article != NULL)
    {
      DraCast *cast = get_cast (&cursor, article);

      reading = dra_reading_new (article, cast, NULL);
      reading->copy = copy;
      reading->extent = extent;
      get_notes (&cursor, reading);
      get_images (&cursor, reading);
    }
  if (!is_done (&cursor))
    {
      set_damaged (error, name);
      return NULL;
    }

  return g_steal_pointer (&reading);
}

/**
 * dra_answer_read_pixels:
 * @answer: what the worker answered
 * @name: what to call the image in a message
 * @error: return location
 *
 * Checks an answer and makes an image of it; sets what dra_answer_read_reading() sets.
 *
 * Returns: (transfer full): the image, or %NULL with @error set
 */
DraPixels *
dra_answer_read_pixels (GBytes      *answer,
                        const char  *name,
                        GError     **error)
{
  g_autoptr (GBytes) bytes = NULL;
  DraAnswerCursor cursor;
  guint32 width, height;
  guint64 size;
  const guint8 *rows;

  g_return_val_if_fail (answer != NULL && name != NULL, NULL);

  if (!expect (&cursor, answer, DRA_ANSWER_PIXELS, name, error))
    return NULL;
  width = dra_answer_get_below (&cursor, MAX_SIDE + 1);
  height = dra_answer_get_below (&cursor, MAX_SIDE + 1);
  size = (guint64) width * 4 * height;
  rows = dra_answer_get_bytes (&cursor, size);
  if (!is_done (&cursor) || size == 0)
    {
      set_damaged (error, name);
      return NULL;
    }
  bytes = g_bytes_new (rows, size);

  return dra_pixels_new (width, height, (gsize) width * 4, bytes);
}

/**
 * dra_answer_read_file:
 * @answer: what the worker answered
 * @name: name of the file, for messages
 * @error: return location
 *
 * Takes a file out of an answer; sets what dra_answer_read_reading() sets.  What is in the
 * file is not looked at.
 *
 * Returns: (transfer full): the content, or %NULL with @error set
 */
GBytes *
dra_answer_read_file (GBytes      *answer,
                      const char  *name,
                      GError     **error)
{
  DraAnswerCursor cursor;
  const guint8 *start = g_bytes_get_data (answer, NULL);
  const guint8 *data;
  guint64 size;

  if (!expect (&cursor, answer, DRA_ANSWER_FILE, name, error))
    return NULL;
  size = dra_answer_get_u64 (&cursor);
  data = dra_answer_get_bytes (&cursor, size);
  if (!is_done (&cursor) || size == 0)
    {
      set_damaged (error, name);
      return NULL;
    }

  return g_bytes_new_from_bytes (answer, data - start, size);
}
