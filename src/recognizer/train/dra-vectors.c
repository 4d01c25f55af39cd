/* dra-vectors.c: reads word vectors and turns them into their principal components.
 *
 * lexicon/glove-100d-150k.i8 is "GLV1", u32 words, u32 dimensions, an f32 scale for each
 * dimension, then an i8 for each word and dimension; the words are the lines of
 * glove-100d-150k.words.  The vectors are brought to length 1; each component to variance 1.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/train/dra-vectors.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

#define MOST_DIMENSIONS 300
#define D DRA_MODEL_DIMENSIONS

typedef struct
{
  guint   n;
  guint   dimensions;
  float  *values; /* n * dimensions */
} Table;

static guint32
read_u32 (const char *p)
{
  guint32 value;

  memcpy (&value, p, sizeof value);
  return GUINT32_FROM_LE (value);
}

static gboolean
read_table (const char *path,
            guint       n_words,
            Table      *table,
            GError    **error)
{
  g_autofree char *content = NULL;
  const char *scales, *bytes;
  gsize length;

  if (!g_file_get_contents (path, &content, &length, error))
    return FALSE;
  table->n = length >= 12 ? read_u32 (content + 4) : 0;
  table->dimensions = length >= 12 ? read_u32 (content + 8) : 0;
  if (length < 12 || memcmp (content, "GLV1", 4) != 0 || table->n > n_words ||
      table->dimensions < D || table->dimensions > MOST_DIMENSIONS ||
      length != 12 + 4 * (gsize) table->dimensions + (gsize) table->n * table->dimensions)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: not word vectors", path);
      return FALSE;
    }
  scales = content + 12;
  bytes = scales + 4 * table->dimensions;
  table->values = g_new (float, (gsize) table->n * table->dimensions);
  for (gsize i = 0; i < table->n; i++)
    {
      float *row = table->values + i * table->dimensions, size = 0;

      for (guint d = 0; d < table->dimensions; d++)
        {
          guint32 bits = read_u32 (scales + 4 * d);
          float scale;

          memcpy (&scale, &bits, sizeof scale);
          row[d] = scale * (signed char) bytes[i * table->dimensions + d];
          size += row[d] * row[d];
        }
      size = size > 0 ? 1 / sqrtf (size) : 0;
      for (guint d = 0; d < table->dimensions; d++)
        row[d] *= size;
    }
  return TRUE;
}

/* The eigenvectors of a symmetric matrix, by Jacobi's rotations: on return matrix is
 * diagonal and column i of vectors goes with its i-th value. */
static void
diagonalize (double *matrix,
             double *vectors,
             guint   n)
{
  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < n; k++)
      vectors[i * n + k] = i == k;
  for (guint sweep = 0; sweep < 30; sweep++)
    for (guint p = 0; p + 1 < n; p++)
      for (guint q = p + 1; q < n; q++)
        {
          double theta, t, c, s;

          if (fabs (matrix[p * n + q]) < 1e-15)
            continue;
          theta = (matrix[q * n + q] - matrix[p * n + p]) / (2 * matrix[p * n + q]);
          t = (theta >= 0 ? 1 : -1) / (fabs (theta) + sqrt (theta * theta + 1));
          c = 1 / sqrt (t * t + 1);
          s = t * c;
          for (guint k = 0; k < n; k++)
            {
              double a = matrix[k * n + p], b = matrix[k * n + q];

              matrix[k * n + p] = c * a - s * b;
              matrix[k * n + q] = s * a + c * b;
            }
          for (guint k = 0; k < n; k++)
            {
              double a = matrix[p * n + k], b = matrix[q * n + k];

              matrix[p * n + k] = c * a - s * b;
              matrix[q * n + k] = s * a + c * b;
              a = vectors[k * n + p];
              b = vectors[k * n + q];
              vectors[k * n + p] = c * a - s * b;
              vectors[k * n + q] = s * a + c * b;
            }
        }
}

static void
reduce (const Table *table,
        float      (*reduced)[D])
{
  guint n = table->dimensions;
  g_autofree double *mean = g_new0 (double, n);
  g_autofree double *covariance = g_new0 (double, n * n);
  g_autofree double *vectors = g_new (double, n * n);
  g_autofree guint *order = g_new (guint, n);

  for (gsize i = 0; i < table->n; i++)
    for (guint d = 0; d < n; d++)
      mean[d] += table->values[i * n + d] / table->n;
  for (gsize i = 0; i < table->n; i++)
    for (guint a = 0; a < n; a++)
      {
        double x = (table->values[i * n + a] - mean[a]) / table->n;

        for (guint b = 0; b < n; b++)
          covariance[a * n + b] += x * (table->values[i * n + b] - mean[b]);
      }
  diagonalize (covariance, vectors, n);

  for (guint i = 0; i < n; i++)
    {
      guint k = i;

      for (; k > 0 && covariance[i * n + i] > covariance[order[k - 1] * n + order[k - 1]]; k--)
        order[k] = order[k - 1];
      order[k] = i;
    }
  for (gsize i = 0; i < table->n; i++)
    for (guint k = 0; k < D; k++)
      {
        double sum = 0, variance = covariance[order[k] * n + order[k]];

        for (guint d = 0; d < n; d++)
          sum += (table->values[i * n + d] - mean[d]) * vectors[d * n + order[k]];
        reduced[i][k] = variance > 0 ? sum / sqrt (variance) : 0;
      }
}

/* dra_vectors_read: the vectors of lexicon/ in data, the most frequent words first. */
DraVectors *
dra_vectors_read (const char *data,
                  GError    **error)
{
  g_autofree char *words_path = g_build_filename (data, "lexicon/glove-100d-150k.words", NULL);
  g_autofree char *path = g_build_filename (data, "lexicon/glove-100d-150k.i8", NULL);
  g_autofree char *content = NULL;
  g_auto (GStrv) words = NULL;
  Table table;
  DraVectors *self;

  if (!g_file_get_contents (words_path, &content, NULL, error))
    return NULL;
  words = g_strsplit (content, "\n", -1);
  if (!read_table (path, g_strv_length (words), &table, error))
    return NULL;
  self = g_new0 (DraVectors, 1);
  self->n = table.n;
  self->words = g_steal_pointer (&words);
  self->vectors = g_malloc_n (table.n, sizeof *self->vectors);
  reduce (&table, self->vectors);
  g_free (table.values);
  return self;
}

void
dra_vectors_free (DraVectors *self)
{
  g_strfreev (self->words);
  g_free (self->vectors);
  g_free (self);
}

void
dra_vectors_quantize (const float *vector,
                      gint8       *bytes)
{
  for (guint d = 0; d < D; d++)
    bytes[d] = CLAMP (roundf (vector[d] * DRA_MODEL_UNIT), -127, 127);
}
