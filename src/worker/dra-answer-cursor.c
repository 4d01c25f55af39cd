/* dra-answer-cursor.c: numbers and texts of an answer, each checked as it is read.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "worker/dra-answer-private.h"

const guint8 *
dra_answer_get_bytes (DraAnswerCursor *self,
                      guint64          length)
{
  const guint8 *p = self->p;

  if (self->bad || length > (guint64) (self->end - self->p))
    {
      self->bad = TRUE;
      return NULL;
    }
  self->p += length;

  return p;
}

guint32
dra_answer_get_u32 (DraAnswerCursor *self)
{
  const guint8 *p = dra_answer_get_bytes (self, 4);
  guint32 value = 0;

  if (p != NULL)
    memcpy (&value, p, sizeof value);

  return GUINT32_FROM_LE (value);
}

guint64
dra_answer_get_u64 (DraAnswerCursor *self)
{
  const guint8 *p = dra_answer_get_bytes (self, 8);
  guint64 value = 0;

  if (p != NULL)
    memcpy (&value, p, sizeof value);

  return GUINT64_FROM_LE (value);
}

guint32
dra_answer_get_below (DraAnswerCursor *self,
                      guint32          limit)
{
  guint32 value = dra_answer_get_u32 (self);

  if (value >= limit)
    {
      self->bad = TRUE;
      return 0;
    }

  return value;
}

guint32
dra_answer_get_count (DraAnswerCursor *self,
                      gsize            size)
{
  guint32 n = dra_answer_get_u32 (self);

  if (self->bad || n > (gsize) (self->end - self->p) / size)
    {
      self->bad = TRUE;
      return 0;
    }

  return n;
}

char *
dra_answer_get_text (DraAnswerCursor *self)
{
  guint32 length = dra_answer_get_u32 (self);
  const guint8 *p;

  if (self->bad || length == DRA_ANSWER_NONE)
    return NULL;
  p = dra_answer_get_bytes (self, length);
  if (p == NULL)
    return NULL;
  if (!g_utf8_validate_len ((const char *) p, length, NULL))
    {
      self->bad = TRUE;
      return NULL;
    }

  return g_strndup ((const char *) p, length);
}

/* What the text rules of dra-article.h allow in a line. */
gboolean
dra_answer_is_allowed (gunichar c)
{
  return c >= 0x20 && (c < 0x7F || c >= 0xA0) && (c < 0xFDD0 || c > 0xFDEF) && (c & 0xFFFE) != 0xFFFE;
}

char *
dra_answer_get_line (DraAnswerCursor *self)
{
  g_autofree char *line = dra_answer_get_text (self);

  for (const char *p = line; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    if (!dra_answer_is_allowed (g_utf8_get_char (p)))
      {
        self->bad = TRUE;
        return NULL;
      }

  return g_steal_pointer (&line);
}

DraRange
dra_answer_get_range (DraAnswerCursor *self)
{
  DraRange range;

  range.start = dra_answer_get_u64 (self);
  range.end = dra_answer_get_u64 (self);
  if (range.start > range.end)
    {
      self->bad = TRUE;
      return (DraRange){ 0, 0 };
    }

  return range;
}

gboolean
dra_answer_is_boundary (const char *text,
                        gsize       length,
                        gsize       offset)
{
  return offset <= length && ((guchar) text[offset] & 0xC0) != 0x80;
}
