/* dra-answer-write.c: what the worker answers, as bytes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "worker/dra-answer.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "article/dra-error.h"
#include "worker/dra-answer-private.h"

#define BUFFER 65536 /* bytes gathered before they are written */

static void
write_out (DraAnswerWriter *self,
           const guint8    *data,
           gsize            length)
{
  while (length > 0 && !self->failed)
    {
      gssize n = write (self->fd, data, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          self->failed = TRUE;
          return;
        }
      data += n;
      length -= n;
    }
}

void
dra_answer_flush (DraAnswerWriter *self)
{
  write_out (self, self->buffer->data, self->buffer->len);
  g_byte_array_set_size (self->buffer, 0);
}

void
dra_answer_put_bytes (DraAnswerWriter *self,
                      const void      *data,
                      gsize            length)
{
  self->written += length;
  if (length >= BUFFER)
    {
      dra_answer_flush (self);
      write_out (self, data, length);
      return;
    }
  if (length > 0)
    g_byte_array_append (self->buffer, data, length);
  if (self->buffer->len >= BUFFER)
    dra_answer_flush (self);
}

void
dra_answer_put_u32 (DraAnswerWriter *self,
                    guint32          value)
{
  value = GUINT32_TO_LE (value);
  dra_answer_put_bytes (self, &value, sizeof value);
}

void
dra_answer_put_u64 (DraAnswerWriter *self,
                    guint64          value)
{
  value = GUINT64_TO_LE (value);
  dra_answer_put_bytes (self, &value, sizeof value);
}

void
dra_answer_put_text (DraAnswerWriter *self,
                     const char      *text)
{
  gsize length = text != NULL ? strlen (text) : 0;

  if (length >= DRA_ANSWER_NONE)
    {
      self->failed = TRUE;
      return;
    }
  dra_answer_put_u32 (self, text != NULL ? (guint32) length : DRA_ANSWER_NONE);
  dra_answer_put_bytes (self, text, length);
}

void
dra_answer_put_range (DraAnswerWriter *self,
                      DraRange         range)
{
  dra_answer_put_u64 (self, range.start);
  dra_answer_put_u64 (self, range.end);
}

static void
put_confidence (DraAnswerWriter *self,
                float            confidence)
{
  guint32 bits;

  memcpy (&bits, &confidence, sizeof bits);
  dra_answer_put_u32 (self, bits);
}

static void
begin (DraAnswerWriter *self,
       int              fd,
       DraAnswerKind    kind)
{
  *self = (DraAnswerWriter){ .fd = fd, .buffer = g_byte_array_sized_new (BUFFER) };
  dra_answer_put_bytes (self, "DRAA", 4);
  dra_answer_put_u32 (self, DRA_ANSWER_VERSION);
  dra_answer_put_u32 (self, kind);
}

static gboolean
finish (DraAnswerWriter *self)
{
  dra_answer_put_u64 (self, self->written + 12);
  dra_answer_put_bytes (self, "DRAE", 4);
  dra_answer_flush (self);
  g_byte_array_unref (self->buffer);

  return !self->failed;
}

/**
 * dra_answer_write_error:
 * @fd: where to
 * @error: what went wrong
 *
 * Returns: whether all was written
 */
gboolean
dra_answer_write_error (int           fd,
                        const GError *error)
{
  DraAnswerWriter self;

  g_return_val_if_fail (error != NULL, FALSE);

  begin (&self, fd, DRA_ANSWER_ERROR);
  dra_answer_put_u32 (&self, error->domain == G_IO_ERROR ? 2 : 1);
  dra_answer_put_u32 (&self, error->domain == DRA_ERROR || error->domain == G_IO_ERROR
                               ? (guint32) error->code : DRA_ERROR_FAILED);
  dra_answer_put_text (&self, error->message);

  return finish (&self);
}

static void
put_article (DraAnswerWriter *self,
             DraArticle      *article)
{
  gsize length;
  const char *text = dra_article_get_text (article, &length);
  guint n_blocks, n_styles;
  const DraBlock *blocks = dra_article_get_blocks (article, &n_blocks);
  const DraStyle *styles = dra_article_get_styles (article, &n_styles);

  dra_answer_put_u32 (self, DRA_N_METADATA);
  for (guint i = 0; i < DRA_N_METADATA; i++)
    dra_answer_put_text (self, dra_article_get_metadata (article, i));
  dra_answer_put_u64 (self, length);
  dra_answer_put_bytes (self, text, length);

  dra_answer_put_u32 (self, n_blocks);
  for (guint i = 0; i < n_blocks; i++)
    {
      dra_answer_put_u32 (self, blocks[i].kind);
      dra_answer_put_u32 (self, blocks[i].level);
      dra_answer_put_range (self, blocks[i].range);
      dra_answer_put_text (self, blocks[i].label);
      dra_answer_put_text (self, blocks[i].source);
    }
  dra_answer_put_u32 (self, n_styles);
  for (guint i = 0; i < n_styles; i++)
    {
      dra_answer_put_u32 (self, styles[i].kind);
      dra_answer_put_range (self, styles[i].range);
      dra_answer_put_text (self, styles[i].target);
    }
}

static void
put_cast (DraAnswerWriter *self,
          DraCast         *cast)
{
  const DraMention *mentions;
  guint n_mentions;

  dra_answer_put_u32 (self, cast != NULL);
  if (cast == NULL)
    return;

  dra_answer_put_u32 (self, dra_cast_get_n_entities (cast));
  for (guint i = 0; i < dra_cast_get_n_entities (cast); i++)
    {
      const DraEntity *entity = dra_cast_get_entity (cast, i);

      dra_answer_put_u32 (self, entity->kind);
      put_confidence (self, entity->confidence);
      dra_answer_put_text (self, entity->name);
      dra_answer_put_range (self, entity->role_range);
    }
  mentions = dra_cast_get_mentions (cast, &n_mentions);
  dra_answer_put_u32 (self, n_mentions);
  for (guint i = 0; i < n_mentions; i++)
    {
      dra_answer_put_u32 (self, mentions[i].entity);
      dra_answer_put_range (self, mentions[i].range);
      put_confidence (self, mentions[i].confidence);
    }
}

static void
put_images (DraAnswerWriter *self,
            GPtrArray       *images)
{
  dra_answer_put_u32 (self, images->len);
  for (guint i = 0; i < images->len; i++)
    {
      const DraImage *image = g_ptr_array_index (images, i);
      gsize size;
      gconstpointer data = g_bytes_get_data (image->bytes, &size);

      dra_answer_put_text (self, image->source);
      dra_answer_put_text (self, image->type);
      dra_answer_put_u64 (self, size);
      dra_answer_put_bytes (self, data, size);
    }
}

/**
 * dra_answer_write_reading:
 * @fd: where to
 * @reading: what was read
 *
 * Returns: whether all was written
 */
gboolean
dra_answer_write_reading (int         fd,
                          DraReading *reading)
{
  DraAnswerWriter self;

  g_return_val_if_fail (reading != NULL, FALSE);

  begin (&self, fd, DRA_ANSWER_READING);
  dra_answer_put_u32 (&self, reading->copy);
  dra_answer_put_u32 (&self, reading->extent);
  put_article (&self, reading->article);
  put_cast (&self, reading->cast);
  dra_answer_put_u32 (&self, reading->notes->len);
  for (guint i = 0; i < reading->notes->len; i++)
    dra_answer_put_note (&self, g_ptr_array_index (reading->notes, i));
  put_images (&self, reading->images);

  return finish (&self);
}

/**
 * dra_answer_write_pixels:
 * @fd: where to
 * @pixels: a decoded image
 *
 * Returns: whether all was written
 */
gboolean
dra_answer_write_pixels (int              fd,
                         const DraPixels *pixels)
{
  const guint8 *rows;
  DraAnswerWriter self;

  g_return_val_if_fail (pixels != NULL, FALSE);

  rows = g_bytes_get_data (pixels->bytes, NULL);
  begin (&self, fd, DRA_ANSWER_PIXELS);
  dra_answer_put_u32 (&self, pixels->width);
  dra_answer_put_u32 (&self, pixels->height);
  for (guint i = 0; i < pixels->height; i++)
    dra_answer_put_bytes (&self, rows + i * pixels->stride, (gsize) pixels->width * 4);

  return finish (&self);
}

/**
 * dra_answer_write_file:
 * @fd: where to
 * @file: a file's content
 *
 * Returns: whether all was written
 */
gboolean
dra_answer_write_file (int     fd,
                       GBytes *file)
{
  DraAnswerWriter self;
  gsize size;
  gconstpointer data = g_bytes_get_data (file, &size);

  begin (&self, fd, DRA_ANSWER_FILE);
  dra_answer_put_u64 (&self, size);
  dra_answer_put_bytes (&self, data, size);

  return finish (&self);
}
