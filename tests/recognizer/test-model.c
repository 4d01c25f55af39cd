/* test-model.c: a model file opens, and any damaged, cut, foreign or newer one is refused.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "dra-test.h"

#include <glib/gstdio.h>
#include <string.h>

#include "article/dra-error.h"
#include "recognizer/dra-features.h"
#include "recognizer/dra-model-private.h"

static guint8 *content;
static gsize size;

static DraModel *
open_bytes (const guint8 *data,
            gsize         length,
            GError      **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);

  return dra_model_new_for_bytes (bytes, "test.model", error);
}

/* Opens data, which must be refused with one sentence that names the file. */
static void
assert_refused (const guint8 *data,
                gsize         length,
                int           code)
{
  g_autoptr (GError) error = NULL;
  DraModel *model = open_bytes (data, length, &error);

  g_assert_null (model);
  g_assert_error (error, DRA_ERROR, code);
  g_assert_nonnull (strstr (error->message, "test.model"));
  g_assert_null (strchr (error->message, '\n'));
}

static void
put_u32 (guint8 *p,
         guint32 value)
{
  value = GUINT32_TO_LE (value);
  memcpy (p, &value, sizeof value);
}

static guint32
get_u32 (const guint8 *p)
{
  guint32 value;

  memcpy (&value, p, sizeof value);
  return GUINT32_FROM_LE (value);
}

/* Makes the checksum right again, as an attacker would. */
static void
seal (guint8 *data,
      gsize   length)
{
  guint64 sum = GUINT64_TO_LE (dra_model_checksum (data, length));

  memcpy (data + 32, &sum, sizeof sum);
}

static guint8 *
section_entry (guint8         *data,
               DraModelSection section)
{
  return data + DRA_MODEL_HEADER_SIZE + section * 16;
}

static void
test_open (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DraModel) model = dra_model_open (g_getenv ("DRAMATIS_MODEL"), &error);

  g_assert_no_error (error);
  g_assert_nonnull (strstr (dra_model_get_attribution (model), "GUM"));
  g_assert_cmpuint (size, <=, 10 * 1000 * 1000);

  g_assert_true (dra_model_lookup_word (model, "Claudia", 7) & DRA_WORD_FIRST_NAME);
  g_assert_true (dra_model_lookup_word (model, "Smith", 5) & DRA_WORD_SURNAME);
  g_assert_true (dra_model_lookup_word (model, "Mexican", 7) & DRA_WORD_DEMONYM);
  g_assert_true (dra_model_lookup_word (model, "President", 9) & DRA_WORD_TITLE);
  g_assert_true (dra_model_lookup_word (model, "Mr.", 3) & DRA_WORD_TITLE);
  g_assert_true (dra_model_lookup_word (model, "Ministry", 8) & DRA_WORD_ORGANIZATION);
  g_assert_true (dra_model_lookup_word (model, "The", 3) & DRA_WORD_FREQUENT);
  g_assert_true (dra_model_lookup_word (model, "cartel", 6) & DRA_WORD_KNOWN);
  g_assert_cmpint (dra_model_lookup_word (model, "xqzzwv", 6), ==, 0);
  g_assert_cmpint (dra_model_lookup_word (model, "", 0), ==, 0);
  g_assert_cmpint (dra_model_lookup_word (model, "\xFF\xFE", 2), ==, 0);
}

static void
test_truncated (void)
{
  for (gsize length = 0; length < 400; length++)
    assert_refused (content, length, DRA_ERROR_DAMAGED);
  for (gsize k = 1; k < 64; k++)
    {
      assert_refused (content, size / 64 * k, DRA_ERROR_DAMAGED);
      assert_refused (content, size - k, DRA_ERROR_DAMAGED);
    }
}

static void
test_flipped (void)
{
  g_autofree guint8 *copy = g_memdup2 (content, size);
  g_autoptr (GRand) random = g_rand_new_with_seed (11);

  for (guint round = 0; round < 700; round++)
    {
      /* each byte of header and section table, then bytes anywhere */
      gsize at = round < 300 ? round : g_rand_int (random) % size;
      guint8 bit = 1 << g_rand_int_range (random, 0, 8);
      g_autoptr (GError) error = NULL;

      copy[at] ^= bit;
      g_assert_null (open_bytes (copy, size, &error));
      g_assert_nonnull (error);
      g_assert_true (error->domain == DRA_ERROR);
      copy[at] ^= bit;
    }
}

static void
test_versions (void)
{
  g_autofree guint8 *copy = g_memdup2 (content, size);

  put_u32 (copy + 8, DRA_MODEL_VERSION + 1);
  assert_refused (copy, size, DRA_ERROR_NEWER);
  put_u32 (copy + 8, 0);
  seal (copy, size);
  assert_refused (copy, size, DRA_ERROR_UNSUPPORTED);
  put_u32 (copy + 8, DRA_MODEL_VERSION);
  put_u32 (copy + 12, DRA_TOKENIZER_VERSION + 1);
  seal (copy, size);
  assert_refused (copy, size, DRA_ERROR_UNSUPPORTED);
  put_u32 (copy + 12, DRA_TOKENIZER_VERSION);
  put_u32 (copy + 16, DRA_FEATURES_VERSION + 1);
  seal (copy, size);
  assert_refused (copy, size, DRA_ERROR_UNSUPPORTED);
}

/* Files whose checksum is right but whose tables lie. */
static void
test_hostile (void)
{
  static const guint32 values[] = { 0, 1, 3, 7, 8, 0x7FFFFFFF, 0xFFFFFFF8, 0xFFFFFFFF };
  static const DraModelSection indices[] = {
    DRA_MODEL_FEATURE_INDEX, DRA_MODEL_WORD_INDEX, DRA_MODEL_PHRASE_INDEX,
    DRA_MODEL_VECTOR_INDEX,
  };
  g_autofree guint8 *copy = g_memdup2 (content, size);

  for (guint section = 0; section < DRA_MODEL_N_SECTIONS; section++)
    for (guint field = 0; field < 3; field++)
      for (guint k = 0; k < G_N_ELEMENTS (values); k++)
        {
          guint8 *p = section_entry (copy, section) + 4 + 4 * field;
          guint32 old = get_u32 (p);

          if (old == values[k])
            continue;
          put_u32 (p, values[k]);
          seal (copy, size);
          assert_refused (copy, size, DRA_ERROR_DAMAGED);
          put_u32 (p, old);
        }

  for (guint i = 0; i < G_N_ELEMENTS (indices); i++)
    {
      guint8 *table = copy + get_u32 (section_entry (copy, indices[i]) + 4);
      guint32 old = get_u32 (table + 4 * 1000);
      guint32 last = get_u32 (table + 4 * DRA_MODEL_N_BUCKETS);

      put_u32 (table + 4 * 1000, 0xFFFFFFF0);
      seal (copy, size);
      assert_refused (copy, size, DRA_ERROR_DAMAGED);
      put_u32 (table + 4 * 1000, old);
      put_u32 (table + 4 * DRA_MODEL_N_BUCKETS, last + 1);
      seal (copy, size);
      assert_refused (copy, size, DRA_ERROR_DAMAGED);
      put_u32 (table + 4 * DRA_MODEL_N_BUCKETS, last);
    }

  /* a word that says it has a vector, or has none, when the index says otherwise */
  copy[get_u32 (section_entry (copy, DRA_MODEL_WORD_VALUES) + 4) + 4 * 777 + 2] ^=
    DRA_MODEL_HAS_VECTOR;
  seal (copy, size);
  assert_refused (copy, size, DRA_ERROR_DAMAGED);
  copy[get_u32 (section_entry (copy, DRA_MODEL_WORD_VALUES) + 4) + 4 * 777 + 2] ^=
    DRA_MODEL_HAS_VECTOR;

  /* a transition that is too large to take the exponential of */
  {
    guint8 *transition = copy + get_u32 (section_entry (copy, DRA_MODEL_PARAMETERS) + 4) + 4 * 12;
    guint32 old = get_u32 (transition);

    put_u32 (transition, 0x447A0000); /* 1000 */
    seal (copy, size);
    assert_refused (copy, size, DRA_ERROR_DAMAGED);
    put_u32 (transition, old);
  }

  /* weights that are no numbers, or beyond all measure */
  for (guint k = 0; k < 2; k++)
    {
      guint8 *weight = copy + get_u32 (section_entry (copy, DRA_MODEL_NET) + 4) + 4 * 1234;
      guint32 old = get_u32 (weight);

      put_u32 (weight, k == 0 ? 0x7F800000 : 0x7149F2CA);
      seal (copy, size);
      assert_refused (copy, size, DRA_ERROR_DAMAGED);
      put_u32 (weight, old);
    }
  put_u32 (copy + get_u32 (section_entry (copy, DRA_MODEL_PARAMETERS) + 4) + 8, 0x7FC00000);
  seal (copy, size);
  assert_refused (copy, size, DRA_ERROR_DAMAGED);
}

static void
test_files (void)
{
  char *folder = dra_test_mkdtemp ();
  g_autofree char *path = g_build_filename (folder, "test.model", NULL);
  g_autofree char *absent = g_build_filename (folder, "absent.model", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (dra_model_open (absent, &error));
  g_assert_error (error, DRA_ERROR, DRA_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "absent.model"));
  g_assert_nonnull (strstr (error->message, "is missing."));
  g_assert_null (strstr (error->message, "Failed"));
  g_clear_error (&error);

  g_assert_null (dra_model_open (folder, &error));
  g_assert_error (error, DRA_ERROR, DRA_ERROR_DAMAGED);
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  g_assert_null (dra_model_open (path, &error));
  g_assert_error (error, DRA_ERROR, DRA_ERROR_DAMAGED);
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (path, "An article, not a model. Longer than a header.", -1,
                                      NULL));
  g_assert_null (dra_model_open (path, &error));
  g_assert_error (error, DRA_ERROR, DRA_ERROR_DAMAGED);
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (path, (const char *) content, size / 2, NULL));
  g_assert_null (dra_model_open (path, &error));
  g_assert_error (error, DRA_ERROR, DRA_ERROR_DAMAGED);
  dra_test_rmtree (folder);
}

/* A model whose pages were given back is the same, and one in memory is not touched. */
static void
test_release (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DraModel) model = NULL;
  g_autoptr (DraModel) copy = NULL;
  g_autoptr (GBytes) bytes = NULL;
  char *all;
  gsize length;

  g_assert_true (g_file_get_contents (g_getenv ("DRAMATIS_MODEL"), &all, &length, &error));
  bytes = g_bytes_new_take (all, length);
  model = dra_model_open (g_getenv ("DRAMATIS_MODEL"), &error);
  copy = dra_model_new_for_bytes (bytes, "copy", &error);
  g_assert_no_error (error);

  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (dra_model_lookup_word (model, "ortiz", 5) & DRA_WORD_KNOWN);
      g_assert_true (dra_model_lookup_word (copy, "ortiz", 5) & DRA_WORD_KNOWN);
      g_assert_cmpstr (dra_model_get_attribution (model), ==, dra_model_get_attribution (copy));
      dra_model_release_pages (model);
      dra_model_release_pages (copy);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *data = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);

  if (!g_file_get_contents (g_getenv ("DRAMATIS_MODEL"), &data, &size, NULL))
    g_error ("$DRAMATIS_MODEL is not there");
  content = (guint8 *) data;

  g_test_add_func ("/model/open", test_open);
  g_test_add_func ("/model/truncated", test_truncated);
  g_test_add_func ("/model/flipped", test_flipped);
  g_test_add_func ("/model/versions", test_versions);
  g_test_add_func ("/model/hostile", test_hostile);
  g_test_add_func ("/model/files", test_files);
  g_test_add_func ("/model/release", test_release);

  result = g_test_run ();
  content = NULL;
  return result;
}
