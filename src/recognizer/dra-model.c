/* dra-model.c: opens a model file and checks it before anything relies on it.
 *
 * The file comes from the package or from whoever set $DRAMATIS_MODEL; either may be cut
 * off, overwritten or of another version, so each offset, size and table is checked, then
 * used in place.  The layout is in dra-model.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/dra-model-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "article/dra-error.h"
#include "recognizer/dra-features.h"
#include "recognizer/dra-tokenizer.h"

const DraModelSectionType dra_model_sections[DRA_MODEL_N_SECTIONS] = {
  [DRA_MODEL_ATTRIBUTION] = { "ATTR", 1 },
  [DRA_MODEL_PARAMETERS] = { "PARA", 4 },
  [DRA_MODEL_FEATURE_INDEX] = { "FIDX", 4 },
  [DRA_MODEL_FEATURE_KEYS] = { "FKEY", 2 },
  [DRA_MODEL_FEATURE_WEIGHTS] = { "FWEI", DRA_MODEL_N_TAGS },
  [DRA_MODEL_WORD_INDEX] = { "WIDX", 4 },
  [DRA_MODEL_WORD_KEYS] = { "WKEY", 2 },
  [DRA_MODEL_WORD_VALUES] = { "WVAL", 4 },
  [DRA_MODEL_PHRASE_INDEX] = { "PIDX", 4 },
  [DRA_MODEL_PHRASE_KEYS] = { "PKEY", 4 },
  [DRA_MODEL_PHRASE_VALUES] = { "PVAL", 1 },
  [DRA_MODEL_VECTOR_INDEX] = { "VIDX", 4 },
  [DRA_MODEL_VECTORS] = { "VECT", DRA_MODEL_DIMENSIONS },
  [DRA_MODEL_NET] = { "NETW", 4 },
};

/* The exponential of a larger one is no number of the decoder's any more; transitions that
 * are forbidden are far below zero. */
#define MAX_PARAMETER 50.0f

static guint32
read_u32 (const guint8 *p)
{
  guint32 value;

  memcpy (&value, p, sizeof value);
  return GUINT32_FROM_LE (value);
}

static guint64
read_u64 (const guint8 *p)
{
  guint64 value;

  memcpy (&value, p, sizeof value);
  return GUINT64_FROM_LE (value);
}

static float
read_float (const guint8 *p)
{
  guint32 bits = read_u32 (p);
  float value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

/* Checksum of a whole file but for the eight bytes at offset 32, where it stands: four
 * lanes of multiply-and-rotate over 8-byte words, so that checking 8 MB takes some
 * milliseconds.  It finds damage; it is no signature. */
guint64
dra_model_checksum (const guint8 *data,
                    gsize         size)
{
  guint64 lanes[4] = { 1, 2, 3, 4 };
  guint64 tail = 0;
  gsize i = 0;

  g_assert (size >= DRA_MODEL_HEADER_SIZE);

  for (guint k = 0; k < 4; k++)
    lanes[k] = dra_model_mix (lanes[k] + read_u64 (data + 8 * k));
  for (i = DRA_MODEL_HEADER_SIZE; i + 32 <= size; i += 32)
    for (guint k = 0; k < 4; k++)
      {
        guint64 h = (lanes[k] ^ read_u64 (data + i + 8 * k)) *
                    G_GUINT64_CONSTANT (0x9E3779B185EBCA87);

        lanes[k] = (h << 31) | (h >> 33);
      }
  for (; i < size; i++)
    tail = (tail ^ data[i]) * G_GUINT64_CONSTANT (1099511628211);
  return dra_model_mix (lanes[0] + dra_model_mix (lanes[1] + dra_model_mix (lanes[2] +
                        dra_model_mix (lanes[3] + dra_model_mix (tail + size)))));
}

typedef struct
{
  const guint8 *data;
  gsize         count; /* items */
} Section;

/* Reads the section table: each section where it may be, and of the size its count says. */
static gboolean
find_sections (const guint8 *data,
               gsize         size,
               Section      *sections)
{
  gsize end = DRA_MODEL_HEADER_SIZE + DRA_MODEL_N_SECTIONS * 16;

  if (size < end)
    return FALSE;
  for (guint i = 0; i < DRA_MODEL_N_SECTIONS; i++)
    {
      const guint8 *entry = data + DRA_MODEL_HEADER_SIZE + i * 16;
      guint64 offset = read_u32 (entry + 4);
      guint64 length = read_u32 (entry + 8);
      guint64 count = read_u32 (entry + 12);

      if (memcmp (entry, dra_model_sections[i].name, 4) != 0 || offset % 8 != 0 ||
          offset < end || offset > size || length > size - offset ||
          count * dra_model_sections[i].item != length)
        return FALSE;
      sections[i].data = data + offset;
      sections[i].count = count;
    }
  return TRUE;
}

/* A table of buckets: ascending, from nothing to all keys. */
static gboolean
check_index (const Section *index,
             const Section *keys)
{
  guint32 last = 0;

  if (index->count != DRA_MODEL_N_BUCKETS + 1 || read_u32 (index->data) != 0)
    return FALSE;
  for (gsize i = 1; i < index->count; i++)
    {
      guint32 value = read_u32 (index->data + i * 4);

      if (value < last)
        return FALSE;
      last = value;
    }
  return last == keys->count;
}

/* The vectors: as many in each bucket as it has words that have one, and one a cluster. */
static gboolean
check_vectors (const Section *index,
               const Section *vectors,
               const Section *word_index,
               const Section *word_values)
{
  if (index->count != DRA_MODEL_N_BUCKETS + 1 || read_u32 (index->data) != 0 ||
      (guint64) read_u32 (index->data + DRA_MODEL_N_BUCKETS * 4) + DRA_MODEL_N_CLUSTERS !=
        vectors->count)
    return FALSE;
  for (gsize i = 0; i < DRA_MODEL_N_BUCKETS; i++)
    {
      guint32 end = read_u32 (word_index->data + (i + 1) * 4);
      guint32 row = read_u32 (index->data + i * 4);

      for (guint32 k = read_u32 (word_index->data + i * 4); k < end; k++)
        row += (word_values->data[(gsize) k * 4 + 2] & DRA_MODEL_HAS_VECTOR) != 0;
      if (row != read_u32 (index->data + (i + 1) * 4))
        return FALSE;
    }
  return TRUE;
}

static gboolean
load_net (DraModel      *self,
          const Section *section)
{
  float *weights = (float *) &self->net;

  if (section->count != DRA_NET_N_WEIGHTS)
    return FALSE;
  for (gsize i = 0; i < DRA_NET_N_WEIGHTS; i++)
    {
      weights[i] = read_float (section->data + i * 4);
      if (!isfinite (weights[i]) || fabsf (weights[i]) > 1e3f)
        return FALSE;
    }
  return TRUE;
}

static gboolean
load_parameters (DraModel      *self,
                 const Section *section)
{
  const guint8 *p = section->data;

  if (section->count != DRA_MODEL_N_PARAMETERS)
    return FALSE;
  for (guint i = 0; i < DRA_MODEL_N_PARAMETERS; i++)
    if (!isfinite (read_float (p + i * 4)) || read_float (p + i * 4) > MAX_PARAMETER ||
        read_float (p + i * 4) < -1e6f)
      return FALSE;

  self->scale = read_float (p);
  for (guint i = 0; i < DRA_MODEL_N_TAGS; i++)
    self->biases[i] = read_float (p + (1 + i) * 4);
  for (guint i = 0; i < DRA_MODEL_N_TAGS; i++)
    for (guint j = 0; j < DRA_MODEL_N_TAGS; j++)
      self->transitions[i][j] =
        read_float (p + (1 + DRA_MODEL_N_TAGS + i * DRA_MODEL_N_TAGS + j) * 4);
  return self->scale > 0;
}

static gboolean
load_sections (DraModel      *self,
               const Section *s)
{
  gsize length = s[DRA_MODEL_ATTRIBUTION].count;

  if (length == 0 || s[DRA_MODEL_ATTRIBUTION].data[length - 1] != '\0' ||
      !g_utf8_validate ((const char *) s[DRA_MODEL_ATTRIBUTION].data, length - 1, NULL))
    return FALSE;
  if (!check_index (&s[DRA_MODEL_FEATURE_INDEX], &s[DRA_MODEL_FEATURE_KEYS]) ||
      !check_index (&s[DRA_MODEL_WORD_INDEX], &s[DRA_MODEL_WORD_KEYS]) ||
      !check_index (&s[DRA_MODEL_PHRASE_INDEX], &s[DRA_MODEL_PHRASE_KEYS]) ||
      s[DRA_MODEL_FEATURE_WEIGHTS].count != s[DRA_MODEL_FEATURE_KEYS].count ||
      s[DRA_MODEL_WORD_VALUES].count != s[DRA_MODEL_WORD_KEYS].count ||
      s[DRA_MODEL_PHRASE_VALUES].count != s[DRA_MODEL_PHRASE_KEYS].count ||
      !check_vectors (&s[DRA_MODEL_VECTOR_INDEX], &s[DRA_MODEL_VECTORS],
                      &s[DRA_MODEL_WORD_INDEX], &s[DRA_MODEL_WORD_VALUES]))
    return FALSE;

  self->attribution = (const char *) s[DRA_MODEL_ATTRIBUTION].data;
  self->feature_index = (const guint32 *) s[DRA_MODEL_FEATURE_INDEX].data;
  self->feature_keys = (const guint16 *) s[DRA_MODEL_FEATURE_KEYS].data;
  self->feature_weights = (const gint8 *) s[DRA_MODEL_FEATURE_WEIGHTS].data;
  self->word_index = (const guint32 *) s[DRA_MODEL_WORD_INDEX].data;
  self->word_keys = (const guint16 *) s[DRA_MODEL_WORD_KEYS].data;
  self->word_values = (const guint16 *) s[DRA_MODEL_WORD_VALUES].data;
  self->phrase_index = (const guint32 *) s[DRA_MODEL_PHRASE_INDEX].data;
  self->phrase_keys = (const guint32 *) s[DRA_MODEL_PHRASE_KEYS].data;
  self->phrase_values = s[DRA_MODEL_PHRASE_VALUES].data;
  self->vector_index = (const guint32 *) s[DRA_MODEL_VECTOR_INDEX].data;
  self->vectors = (const gint8 *) s[DRA_MODEL_VECTORS].data;
  return load_parameters (self, &s[DRA_MODEL_PARAMETERS]) &&
         load_net (self, &s[DRA_MODEL_NET]);
}

/* Whether the header is one of ours, of this version, and the file whole. */
static gboolean
check_header (const guint8 *data,
              gsize         size,
              const char   *name,
              GError      **error)
{
  if (size < 8 || memcmp (data, DRA_MODEL_MAGIC, 8) != 0)
    {
      g_set_error (error, DRA_ERROR, DRA_ERROR_DAMAGED, _("“%s” is not a Dramatis model."), name);
      return FALSE;
    }
  if (size >= DRA_MODEL_HEADER_SIZE && read_u32 (data + 8) > DRA_MODEL_VERSION)
    {
      g_set_error (error, DRA_ERROR, DRA_ERROR_NEWER,
                   _("The model “%s” was made for a newer version of Dramatis."), name);
      return FALSE;
    }
  if (size < DRA_MODEL_HEADER_SIZE || read_u64 (data + 24) != size ||
      read_u64 (data + 32) != dra_model_checksum (data, size))
    {
      g_set_error (error, DRA_ERROR, DRA_ERROR_DAMAGED, _("The model “%s” is damaged."), name);
      return FALSE;
    }
  if (read_u32 (data + 8) != DRA_MODEL_VERSION ||
      read_u32 (data + 12) != DRA_TOKENIZER_VERSION ||
      read_u32 (data + 16) != DRA_FEATURES_VERSION)
    {
      g_set_error (error, DRA_ERROR, DRA_ERROR_UNSUPPORTED,
                   _("The model “%s” was made for another version of Dramatis."), name);
      return FALSE;
    }
  return TRUE;
}

/**
 * dra_model_new_for_bytes:
 * @bytes: the content of a model file, on an address that is a multiple of 8
 * @name: what to call it in errors
 * @error: return location for an error
 *
 * Checks a model in memory and makes it usable; the bytes are kept, not copied.
 *
 * Sets %DRA_ERROR_DAMAGED when it is no model or a damaged one, %DRA_ERROR_NEWER or
 * %DRA_ERROR_UNSUPPORTED when it is of another version.
 *
 * Returns: (transfer full): the model, or %NULL
 */
DraModel *
dra_model_new_for_bytes (GBytes     *bytes,
                         const char *name,
                         GError    **error)
{
  g_autoptr (DraModel) self = NULL;
  Section sections[DRA_MODEL_N_SECTIONS];
  const guint8 *data;
  gsize size;

  g_return_val_if_fail (bytes != NULL && name != NULL, NULL);

  data = g_bytes_get_data (bytes, &size);
  if (!check_header (data, size, name, error))
    return NULL;

  self = g_new0 (DraModel, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->bytes = g_bytes_ref (bytes);
  if ((gsize) data % 8 != 0 || read_u32 (data + 20) != DRA_MODEL_N_SECTIONS ||
      !find_sections (data, size, sections) || !load_sections (self, sections))
    {
      g_set_error (error, DRA_ERROR, DRA_ERROR_DAMAGED, _("The model “%s” is damaged."), name);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * dra_model_open:
 * @path: a model file
 * @error: return location for an error
 *
 * Maps a model file into memory and checks it.  The model is immutable and may be used by
 * several threads at once.
 *
 * Sets the errors of dra_model_new_for_bytes(), or %DRA_ERROR_FAILED when the file cannot
 * be read.
 *
 * Returns: (transfer full): the model, or %NULL
 */
DraModel *
dra_model_open (const char *path,
                GError    **error)
{
  g_autoptr (GMappedFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char *name = NULL;
  DraModel *model;
  GStatBuf status;

  g_return_val_if_fail (path != NULL, NULL);

  name = g_filename_display_name (path);
  /* opening a pipe would wait for whoever writes to it */
  if (g_stat (path, &status) == 0 && !S_ISREG (status.st_mode))
    {
      g_set_error (error, DRA_ERROR, DRA_ERROR_DAMAGED, _("“%s” is not a Dramatis model."), name);
      return NULL;
    }
  file = g_mapped_file_new (path, FALSE, &local);
  if (file == NULL)
    {
      if (g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        g_set_error (error, DRA_ERROR, DRA_ERROR_FAILED,
                     _("The model “%s”, by which people and organizations are found, is missing."),
                     name);
      else if (g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_ACCES) ||
               g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_PERM))
        g_set_error (error, DRA_ERROR, DRA_ERROR_FAILED, _("The model “%s” may not be read."), name);
      else
        g_set_error (error, DRA_ERROR, DRA_ERROR_FAILED, _("The model “%s” could not be read."), name);
      return NULL;
    }
  bytes = g_mapped_file_get_bytes (file);
  model = dra_model_new_for_bytes (bytes, name, error);
  if (model != NULL)
    model->is_mapped = TRUE;
  return model;
}

/**
 * dra_model_release_pages:
 * @self: a model
 *
 * Says that the model will not be used for a while: its pages leave the memory of this
 * process, and come back from the system's cache of the file when they are needed.
 */
void
dra_model_release_pages (DraModel *self)
{
  const gsize page = (gsize) sysconf (_SC_PAGESIZE);
  gsize size;
  guintptr start;

  g_return_if_fail (self != NULL);

  /* Of memory that is no file's the same call would throw the content away. */
  start = (guintptr) g_bytes_get_data (self->bytes, &size);
  if (self->is_mapped && start % page == 0)
    madvise ((gpointer) start, size, MADV_DONTNEED);
}

/**
 * dra_model_ref:
 * @self: a model
 *
 * Returns: (transfer full): @self
 */
DraModel *
dra_model_ref (DraModel *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * dra_model_unref:
 * @self: (transfer full): a model
 *
 * Unmaps the file when this was the last reference.
 */
void
dra_model_unref (DraModel *self)
{
  g_return_if_fail (self != NULL);

  if (g_atomic_ref_count_dec (&self->ref_count))
    {
      g_bytes_unref (self->bytes);
      g_free (self);
    }
}

/**
 * dra_model_get_attribution:
 * @self: a model
 *
 * Returns: (transfer none): what the model was made from, as plain text
 */
const char *
dra_model_get_attribution (DraModel *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->attribution;
}

/**
 * dra_model_lookup_word:
 * @self: a model
 * @word: UTF-8; need not end in a NUL
 * @length: its length in bytes
 *
 * Says what the lexicons know of a word.  The lexicons hold lower case: whether a word that
 * is also a name is written as one is for the caller to see.
 *
 * Returns: the flags of the word, 0 when it is in no lexicon
 */
DraWordFlags
dra_model_lookup_word (DraModel   *self,
                       const char *word,
                       gsize       length)
{
  char lower[DRA_FEATURES_MAX_WORD];
  const guint16 *values;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (word != NULL || length == 0, 0);

  length = dra_features_fold (word, length, TRUE, lower);
  values = dra_model_find_word (self, dra_model_hash (lower, length));
  return values != NULL ? GUINT16_FROM_LE (values[1]) & ~DRA_MODEL_HAS_VECTOR : 0;
}
