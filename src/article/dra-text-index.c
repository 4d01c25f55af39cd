/* dra-text-index.c: bytes to code points and back, by checkpoints.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "article/dra-text-index.h"

struct _DraTextIndex
{
  const char *text;
  gsize       length;      /* bytes */
  gsize       n_code_points;
  guint32    *checkpoints; /* [k]: code points that start before byte k * STEP */
  gsize       n_checkpoints;
};

static inline gboolean
starts_character (char byte)
{
  return ((guchar) byte & 0xC0) != 0x80;
}

static gsize
count_starts (const char *text,
              gsize       from,
              gsize       to)
{
  gsize n = 0;

  for (gsize i = from; i < to; i++)
    n += starts_character (text[i]);

  return n;
}

/**
 * dra_text_index_new:
 * @text: valid UTF-8, which must outlive the index
 * @length: length of @text in bytes, below 4 GiB
 *
 * Counts the code points of @text once, keeping a checkpoint every
 * DRA_TEXT_INDEX_STEP bytes.
 *
 * Returns: (transfer full): a new index
 */
DraTextIndex *
dra_text_index_new (const char *text,
                    gsize       length)
{
  DraTextIndex *self;
  gsize n = 0;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (length < G_MAXUINT32, NULL);

  self = g_new0 (DraTextIndex, 1);
  self->text = text;
  self->length = length;
  self->n_checkpoints = length / DRA_TEXT_INDEX_STEP + 1;
  self->checkpoints = g_new (guint32, self->n_checkpoints);

  for (gsize k = 0; k < self->n_checkpoints; k++)
    {
      gsize from = k * DRA_TEXT_INDEX_STEP;

      self->checkpoints[k] = (guint32) n;
      n += count_starts (text, from, MIN (from + DRA_TEXT_INDEX_STEP, length));
    }
  self->n_code_points = n;

  return self;
}

/**
 * dra_text_index_free:
 * @self: (nullable): an index
 *
 * Frees the index, not the text.
 */
void
dra_text_index_free (DraTextIndex *self)
{
  if (self == NULL)
    return;

  g_free (self->checkpoints);
  g_free (self);
}

/**
 * dra_text_index_get_n_code_points:
 * @self: an index
 *
 * Returns: the length of the text in code points
 */
gsize
dra_text_index_get_n_code_points (const DraTextIndex *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_code_points;
}

/**
 * dra_text_index_to_code_points:
 * @self: an index
 * @bytes: byte offset; past the end counts as the end
 *
 * Returns: how many code points start before @bytes
 */
gsize
dra_text_index_to_code_points (const DraTextIndex *self,
                               gsize               bytes)
{
  gsize k;

  g_return_val_if_fail (self != NULL, 0);

  bytes = MIN (bytes, self->length);
  k = bytes / DRA_TEXT_INDEX_STEP;

  return self->checkpoints[k] + count_starts (self->text, k * DRA_TEXT_INDEX_STEP, bytes);
}

/**
 * dra_text_index_to_bytes:
 * @self: an index
 * @code_points: code point offset; past the end counts as the end
 *
 * Returns: the byte offset at which that code point starts
 */
gsize
dra_text_index_to_bytes (const DraTextIndex *self,
                         gsize               code_points)
{
  gsize low = 0, high, i, n;

  g_return_val_if_fail (self != NULL, 0);

  if (code_points >= self->n_code_points)
    return self->length;

  high = self->n_checkpoints;
  while (high - low > 1)
    {
      gsize middle = low + (high - low) / 2;

      if (self->checkpoints[middle] <= code_points)
        low = middle;
      else
        high = middle;
    }

  i = low * DRA_TEXT_INDEX_STEP;
  for (n = self->checkpoints[low];; i++)
    {
      if (!starts_character (self->text[i]))
        continue;
      if (n == code_points)
        return i;
      n++;
    }
}
