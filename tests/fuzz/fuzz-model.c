/* fuzz-model.c: model files that were tampered with.
 *
 * A model is a megabyte of tables at least, and a checksum keeps damage out; so the input is
 * no file but a list of changes to a small model made here.  The checksum and the size are
 * made right again, unless the first byte says otherwise.  What then opens must tag a text:
 * every table is asked, and nothing is read outside of it.
 *
 * The first byte: 1 leaves the checksum wrong, 2 cuts the file off where the next four bytes
 * say, 4 takes the input itself for the file.  Then come changes, 6 bytes or more each: where
 * (u32, little endian; the header and the section table when its highest bit is set), how
 * many bytes (1 to 16), the bytes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>
#include <string.h>

#include "article/dra-error.h"
#include "recognizer/dra-tagger.h"
#include "recognizer/train/dra-model-writer.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

static const char text[] =
  "OPPOSITION LEADER MEETS ACME\n"
  "Maria Delgado of Acme Inc. said (the BBC reported) that St. John’s, near Lake Victoria, was "
  "closed. “No,” Mr. Peter O’Neill told the U.S.-based Northern Union.\n";

/* A model in which the words of the text and some phrases have entries. */
static GBytes *
make_model (void)
{
  DraModelContent content = { .attribution = "Nobody", .parameters = { 0.05f } };
  g_auto (GStrv) words = g_strsplit_set (text, " \n.,“”()", -1);
  GBytes *bytes;

  content.features = g_array_new (FALSE, FALSE, sizeof (DraModelFeature));
  content.words = g_array_new (FALSE, FALSE, sizeof (DraModelWord));
  content.phrases = g_array_new (FALSE, FALSE, sizeof (DraModelPhrase));
  content.cluster_vectors = g_array_new (FALSE, TRUE, sizeof (DraModelVector));
  g_array_set_size (content.cluster_vectors, DRA_MODEL_N_CLUSTERS);
  for (guint i = 0; i < 4000; i++)
    {
      DraModelFeature feature = { (guint32) dra_model_mix (i), { 0 } };

      for (guint k = 0; k < DRA_MODEL_N_TAGS; k++)
        feature.weights[k] = (gint8) (i * (k + 3));
      g_array_append_val (content.features, feature);
    }
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *lower = g_utf8_strdown (words[i], -1);
      DraModelWord word = { (guint32) dra_model_hash (lower, strlen (lower)), 1 + i % 4096,
                            i % 2 == 0 ? DRA_MODEL_HAS_VECTOR | DRA_WORD_FIRST_NAME : 0x7F,
                            { 1, 2, 3 } };
      DraModelPhrase phrase = { dra_model_extend_phrase (0, dra_model_hash (words[i],
                                                                            strlen (words[i]))) &
                                  G_GUINT64_CONSTANT (0xFFFFFFFFFFFF), 0xF };

      if (*lower == '\0')
        continue;
      g_array_append_val (content.words, word);
      g_array_append_val (content.phrases, phrase);
    }
  for (gsize i = 0; i < DRA_NET_N_WEIGHTS; i++)
    ((float *) &content.net)[i] = (float) (dra_model_mix (i) % 200) / 1000 - 0.1f;
  bytes = dra_model_write (&content);
  g_array_unref (content.features);
  g_array_unref (content.words);
  g_array_unref (content.phrases);
  g_array_unref (content.cluster_vectors);
  return bytes;
}

static guint32
read_u32 (const guint8 *p)
{
  guint32 value;

  memcpy (&value, p, sizeof value);
  return GUINT32_FROM_LE (value);
}

/* Does what the input says to file; returns its new size. */
static gsize
apply (const guint8 *data,
       gsize         size,
       guint8       *file,
       gsize         length)
{
  gsize header = DRA_MODEL_HEADER_SIZE + DRA_MODEL_N_SECTIONS * 16;
  gsize whole = length, i = 1;

  if ((data[0] & 2) != 0 && size >= 5)
    {
      length = read_u32 (data + 1) % (length + 1);
      i = 5;
    }
  while (i + 6 <= size)
    {
      guint32 where = read_u32 (data + i);
      gsize n = MIN (1 + data[i + 4] % 16u, size - i - 5);
      gsize at = where >> 31 != 0 ? where % header : where % whole;

      if (at < length)
        memcpy (file + at, data + i + 5, MIN (n, length - at));
      i += 5 + n;
    }
  if ((data[0] & 1) == 0 && length >= DRA_MODEL_HEADER_SIZE)
    {
      guint64 value = GUINT64_TO_LE ((guint64) length);

      memcpy (file + 24, &value, sizeof value);
      value = GUINT64_TO_LE (dra_model_checksum (file, length));
      memcpy (file + 32, &value, sizeof value);
    }
  return length;
}

static void
open_and_tag (const guint8 *file,
              gsize         length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (file, length); /* at its exact length */
  g_autoptr (GError) error = NULL;
  g_autoptr (DraModel) model = dra_model_new_for_bytes (bytes, "fuzz.model", &error);
  g_autoptr (DraTokens) tokens = NULL;
  g_autoptr (GArray) spans = NULL;

  if (model == NULL)
    {
      g_assert_nonnull (error);
      g_assert_true (error->domain == DRA_ERROR);
      g_assert_nonnull (strstr (error->message, "fuzz.model"));
      return;
    }
  g_assert_true (g_utf8_validate (dra_model_get_attribution (model), -1, NULL));
  tokens = dra_tokens_new_for_text (text, strlen (text));
  spans = dra_tagger_tag (model, text, tokens, NULL, NULL);
  for (guint i = 0; i < spans->len; i++)
    {
      const DraSpan *span = &g_array_index (spans, DraSpan, i);

      g_assert_cmpuint (span->first + span->n_tokens, <=, tokens->tokens->len);
      g_assert_true (span->confidence >= 0 && span->confidence <= 1);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  static GBytes *model;
  g_autofree guint8 *file = NULL;
  gsize length;

  if (model == NULL)
    model = make_model ();
  if (size == 0)
    return 0;
  if ((data[0] & 4) != 0)
    {
      open_and_tag (data + 1, size - 1);
      return 0;
    }
  file = g_memdup2 (g_bytes_get_data (model, &length), g_bytes_get_size (model));
  length = apply (data, size, file, length);
  open_and_tag (file, length);
  return 0;
}

#ifndef DRA_WITH_LIBFUZZER
/* Inputs that once did harm, or show each kind: the model as it is, cut off, a section that
 * reaches over the end, a table that goes down, a number of words with vectors that is too
 * large, a weight that is no number, a foreign file, a transition whose exponential is none. */
static const struct
{
  const char *bytes;
  gsize size;
} inputs[] = {
  { "\x00", 1 },
  { "\x02\xE7\x03\x00\x00", 5 },
  { "\x02\x2C\x01\x00\x00", 5 },
  { "\x01\x40\x00\x00\x00\x00\xFF", 7 },
  { "\x00\x30\x00\x00\x80\x03\xFF\xFF\xFF\x7F", 10 },
  { "\x00\x34\x00\x00\x80\x03\xFF\xFF\xFF\xFF", 10 },
  { "\x00\x00\x10\x00\x00\x03\xFF\xFF\xFF\xFF", 10 },
  { "\x00\x00\x00\x08\x00\x0F\xC0\xC0\xC0\xC0\xC0\xC0\xC0\xC0\xC0\xC0\xC0\xC0\xC0\xC0\xC0\xC0", 22 },
  { "\x20\x6F\x01\x00\x00\x44\x44\x44\x44\x44\x44\x44\x44\x44\x44\xF0\x76\x26\xF0", 19 },
  { "\x04" "An article, and no model at all, but longer than the header of one.", 68 },
};

int
main (int    argc,
      char **argv)
{
  for (gsize i = 0; i < G_N_ELEMENTS (inputs); i++)
    LLVMFuzzerTestOneInput ((const guint8 *) inputs[i].bytes, inputs[i].size);
  for (guint64 i = 0; i < 400; i++) /* as many made at random, always the same */
    {
      guint8 input[40] = { 0 };

      for (gsize k = 1; k < sizeof input; k++)
        input[k] = (guint8) dra_model_mix (i * 64 + k);
      input[4] |= i % 2 == 0 ? 0x80 : 0;
      LLVMFuzzerTestOneInput (input, 7 + i % 32);
    }
  for (int i = 1; i < argc; i++)
    {
      g_autofree char *data = NULL;
      gsize length;

      if (!g_file_get_contents (argv[i], &data, &length, NULL))
        return 1;
      LLVMFuzzerTestOneInput ((const guint8 *) data, length);
    }
  return 0;
}
#endif
