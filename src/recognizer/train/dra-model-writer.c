/* dra-model-writer.c: sorts tables into buckets and lays the sections out.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/train/dra-model-writer.h"

#include <string.h>

#include "recognizer/dra-features.h"
#include "recognizer/dra-tokenizer.h"

static void
append_u16 (GByteArray *bytes,
            guint16     value)
{
  value = GUINT16_TO_LE (value);
  g_byte_array_append (bytes, (const guint8 *) &value, sizeof value);
}

static void
append_u32 (GByteArray *bytes,
            guint32     value)
{
  value = GUINT32_TO_LE (value);
  g_byte_array_append (bytes, (const guint8 *) &value, sizeof value);
}

static void
append_float (GByteArray *bytes,
              float       value)
{
  guint32 bits;

  memcpy (&bits, &value, sizeof bits);
  append_u32 (bytes, bits);
}

static void
put_u32 (guint8 *p,
         guint32 value)
{
  value = GUINT32_TO_LE (value);
  memcpy (p, &value, sizeof value);
}

static void
put_u64 (guint8 *p,
         guint64 value)
{
  value = GUINT64_TO_LE (value);
  memcpy (p, &value, sizeof value);
}

static int
compare_features (gconstpointer a,
                  gconstpointer b)
{
  guint32 x = ((const DraModelFeature *) a)->hash, y = ((const DraModelFeature *) b)->hash;

  return x < y ? -1 : x > y;
}

static int
compare_words (gconstpointer a,
               gconstpointer b)
{
  guint32 x = ((const DraModelWord *) a)->hash, y = ((const DraModelWord *) b)->hash;

  return x < y ? -1 : x > y;
}

static int
compare_phrases (gconstpointer a,
                 gconstpointer b)
{
  guint64 x = ((const DraModelPhrase *) a)->hash, y = ((const DraModelPhrase *) b)->hash;

  return x < y ? -1 : x > y;
}

typedef struct
{
  GByteArray *bytes;
  guint       section;
} Layout;

static void
begin_section (Layout *layout)
{
  static const guint8 zeros[8] = { 0 };

  g_byte_array_append (layout->bytes, zeros, (8 - layout->bytes->len % 8) % 8);
  put_u32 (layout->bytes->data + DRA_MODEL_HEADER_SIZE + layout->section * 16 + 4,
           layout->bytes->len);
}

static void
end_section (Layout *layout)
{
  guint8 *entry = layout->bytes->data + DRA_MODEL_HEADER_SIZE + layout->section * 16;
  guint32 offset, length;

  memcpy (&offset, entry + 4, sizeof offset);
  length = layout->bytes->len - GUINT32_FROM_LE (offset);
  memcpy (entry, dra_model_sections[layout->section].name, 4);
  put_u32 (entry + 8, length);
  put_u32 (entry + 12, length / dra_model_sections[layout->section].item);
  layout->section++;
}

/* Where each bucket begins, for n items of which bucket_of (i) ascends. */
#define APPEND_INDEX(layout, n, bucket_of)                                                    \
  G_STMT_START                                                                                \
  {                                                                                           \
    guint at_ = 0;                                                                            \
                                                                                              \
    begin_section (layout);                                                                   \
    for (guint bucket = 0; bucket <= DRA_MODEL_N_BUCKETS; bucket++)                           \
      {                                                                                       \
        while (at_ < (n) && (bucket_of (at_)) < bucket)                                       \
          at_++;                                                                              \
        append_u32 ((layout)->bytes, at_);                                                    \
      }                                                                                       \
    end_section (layout);                                                                     \
  }                                                                                           \
  G_STMT_END

static void
write_features (Layout *layout,
                GArray *features)
{
#define FEATURE(i) (&g_array_index (features, DraModelFeature, (i)))
#define FEATURE_BUCKET(i) (FEATURE (i)->hash >> 16)
  g_array_sort (features, compare_features);
  APPEND_INDEX (layout, features->len, FEATURE_BUCKET);
  begin_section (layout);
  for (guint i = 0; i < features->len; i++)
    append_u16 (layout->bytes, FEATURE (i)->hash & 0xFFFF);
  end_section (layout);
  begin_section (layout);
  for (guint i = 0; i < features->len; i++)
    g_byte_array_append (layout->bytes, (const guint8 *) FEATURE (i)->weights, DRA_MODEL_N_TAGS);
  end_section (layout);
}

static void
write_words (Layout *layout,
             GArray *words)
{
#define WORD(i) (&g_array_index (words, DraModelWord, (i)))
#define WORD_BUCKET(i) (WORD (i)->hash >> 16)
  g_array_sort (words, compare_words);
  APPEND_INDEX (layout, words->len, WORD_BUCKET);
  begin_section (layout);
  for (guint i = 0; i < words->len; i++)
    append_u16 (layout->bytes, WORD (i)->hash & 0xFFFF);
  end_section (layout);
  begin_section (layout);
  for (guint i = 0; i < words->len; i++)
    {
      append_u16 (layout->bytes, WORD (i)->cluster);
      append_u16 (layout->bytes, WORD (i)->flags);
    }
  end_section (layout);
}

static void
write_vectors (Layout          *layout,
               DraModelContent *content)
{
  GArray *words = content->words; /* sorted by now */
  guint at = 0, n = 0;

  begin_section (layout);
  for (guint bucket = 0; bucket <= DRA_MODEL_N_BUCKETS; bucket++)
    {
      while (at < words->len && WORD_BUCKET (at) < bucket)
        n += (WORD (at++)->flags & DRA_MODEL_HAS_VECTOR) != 0;
      append_u32 (layout->bytes, n);
    }
  end_section (layout);
  begin_section (layout);
  for (guint i = 0; i < words->len; i++)
    if ((WORD (i)->flags & DRA_MODEL_HAS_VECTOR) != 0)
      g_byte_array_append (layout->bytes, (const guint8 *) WORD (i)->vector,
                           sizeof (DraModelVector));
  g_assert (content->cluster_vectors->len == DRA_MODEL_N_CLUSTERS);
  g_byte_array_append (layout->bytes, (const guint8 *) content->cluster_vectors->data,
                       DRA_MODEL_N_CLUSTERS * sizeof (DraModelVector));
  end_section (layout);
  begin_section (layout);
  for (gsize i = 0; i < DRA_NET_N_WEIGHTS; i++)
    append_float (layout->bytes, ((const float *) &content->net)[i]);
  end_section (layout);
}

static void
write_phrases (Layout *layout,
               GArray *phrases)
{
#define PHRASE(i) (&g_array_index (phrases, DraModelPhrase, (i)))
#define PHRASE_BUCKET(i) (PHRASE (i)->hash >> 32)
  g_array_sort (phrases, compare_phrases);
  APPEND_INDEX (layout, phrases->len, PHRASE_BUCKET);
  begin_section (layout);
  for (guint i = 0; i < phrases->len; i++)
    append_u32 (layout->bytes, PHRASE (i)->hash & 0xFFFFFFFF);
  end_section (layout);
  begin_section (layout);
  for (guint i = 0; i < phrases->len; i++)
    g_byte_array_append (layout->bytes, &PHRASE (i)->flags, 1);
  end_section (layout);
}

/* dra_model_write: the bytes of a model; sorts the tables of content. */
GBytes *
dra_model_write (DraModelContent *content)
{
  GByteArray *bytes = g_byte_array_new ();
  Layout layout = { bytes, 0 };

  g_byte_array_set_size (bytes, DRA_MODEL_HEADER_SIZE + DRA_MODEL_N_SECTIONS * 16);
  memset (bytes->data, 0, bytes->len);

  begin_section (&layout);
  g_byte_array_append (bytes, (const guint8 *) content->attribution,
                       strlen (content->attribution) + 1);
  end_section (&layout);
  begin_section (&layout);
  for (guint i = 0; i < DRA_MODEL_N_PARAMETERS; i++)
    append_float (bytes, content->parameters[i]);
  end_section (&layout);
  write_features (&layout, content->features);
  write_words (&layout, content->words);
  write_phrases (&layout, content->phrases);
  write_vectors (&layout, content);
  g_assert (layout.section == DRA_MODEL_N_SECTIONS);

  memcpy (bytes->data, DRA_MODEL_MAGIC, 8);
  put_u32 (bytes->data + 8, DRA_MODEL_VERSION);
  put_u32 (bytes->data + 12, DRA_TOKENIZER_VERSION);
  put_u32 (bytes->data + 16, DRA_FEATURES_VERSION);
  put_u32 (bytes->data + 20, DRA_MODEL_N_SECTIONS);
  put_u64 (bytes->data + 24, bytes->len);
  put_u64 (bytes->data + 32, dra_model_checksum (bytes->data, bytes->len));
  return g_byte_array_free_to_bytes (bytes);
}
