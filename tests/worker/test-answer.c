/* test-answer.c: answers of a worker that the file has taken over.
 *
 * Each byte of sound answers is changed, and each answer is cut at each place: what is
 * left must be refused with one sentence, or be a reading that keeps all rules.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "article/dra-error.h"
#include "dra-test.h"
#include "readers/dra-copy-reader.h"
#include "worker-fixture.h"
#include "worker/dra-answer.h"

#define NAME "copy.html"

/* With a cast, notes of all kinds, styles and images. */
static DraReading *
get_reading (void)
{
  g_autoptr (GBytes) copy = worker_load ("tests/fixtures/copies/version-1.html");
  g_autoptr (GBytes) image = g_bytes_new_static ("not really an image", 19);
  g_autoptr (GError) error = NULL;
  DraReading *reading = dra_copy_read (copy, NAME, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (dra_cast_get_n_entities (reading->cast), >, 0);
  g_assert_cmpuint (reading->notes->len, >, 0);
  g_assert_true (dra_reading_add_image (reading, "one.png", "image/png", image));
  g_assert_true (dra_reading_add_image (reading, "two", NULL, image));
  reading->extent = DRA_READING_MAIN;

  return reading;
}

/* Whether it was taken. */
static gboolean
check_answer (GBytes *answer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DraReading) reading = dra_answer_read_reading (answer, NAME, &error);
  g_autoptr (GBytes) again = NULL;

  if (reading == NULL)
    {
      g_assert_true (error->domain == DRA_ERROR || error->domain == G_IO_ERROR);
      g_assert_null (strpbrk (error->message, "\n\r\t"));
      return FALSE;
    }
  g_assert_no_error (error);
  worker_check_article (reading->article);
  again = worker_serialise (reading);
  g_assert_cmpuint (g_bytes_get_size (again), >, 0);

  return TRUE;
}

static void
test_round_trip (void)
{
  g_autoptr (DraReading) reading = get_reading ();
  g_autoptr (GBytes) answer = worker_serialise (reading);
  g_autoptr (GError) error = NULL;
  g_autoptr (DraReading) got = dra_answer_read_reading (answer, NAME, &error);
  g_autoptr (GBytes) again = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (got->copy, ==, reading->copy);
  g_assert_cmpint (got->extent, ==, DRA_READING_MAIN);
  g_assert_cmpuint (got->images->len, ==, 2);
  again = worker_serialise (got);
  g_assert_true (g_bytes_equal (answer, again));
}

/* Another answer with one byte, or several that are one number, changed. */
static GBytes *
change (GBytes  *answer,
        gsize    at,
        guint64  value,
        gsize    width)
{
  gsize length;
  gconstpointer data = g_bytes_get_data (answer, &length);
  guint8 *copy = g_memdup2 (data, length);

  value = GUINT64_TO_LE (value);
  memcpy (copy + at, &value, MIN (width, length - at));

  return g_bytes_new_take (copy, length);
}

static void
test_mutations (void)
{
  static const guint8 masks[] = { 0x01, 0x80, 0xFF };
  g_autoptr (DraReading) reading = get_reading ();
  g_autoptr (GBytes) answer = worker_serialise (reading);
  gsize length;
  const guint8 *data = g_bytes_get_data (answer, &length);
  guint n_taken = 0, n_refused = 0;

  for (gsize i = 0; i < length; i++)
    {
      g_autoptr (GBytes) changed = change (answer, i, data[i] ^ masks[i % G_N_ELEMENTS (masks)], 1);

      if (check_answer (changed))
        n_taken++;
      else
        n_refused++;
    }
  g_test_message ("%" G_GSIZE_FORMAT " bytes changed: %u refused, %u taken as another sound reading",
                  length, n_refused, n_taken);
  g_assert_cmpuint (n_refused, >, length / 4);
}

/* Numbers at their edges, wherever one may stand. */
static void
test_numbers (void)
{
  static const guint64 values[] = { 0, 0x7FFFFFFF, 0xFFFFFFFF, G_MAXINT64, G_MAXUINT64 };
  g_autoptr (DraReading) reading = get_reading ();
  g_autoptr (GBytes) answer = worker_serialise (reading);
  gsize length = g_bytes_get_size (answer);

  for (gsize i = 0; i + 8 < length; i += 3)
    {
      guint64 value = values[i % G_N_ELEMENTS (values)];
      g_autoptr (GBytes) changed = change (answer, i, value, i % 2 == 0 ? 4 : 8);

      check_answer (changed);
    }
}

static void
test_cut (void)
{
  g_autoptr (DraReading) reading = get_reading ();
  g_autoptr (GBytes) answer = worker_serialise (reading);
  gsize length = g_bytes_get_size (answer);

  for (gsize i = 0; i < length; i += i < 400 ? 1 : 7)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (answer, 0, i);

      g_assert_false (check_answer (cut));
    }
}

/* Cut, and then ended as an answer ends, with the length it then has. */
static void
test_cut_and_ended (void)
{
  g_autoptr (DraReading) reading = get_reading ();
  g_autoptr (GBytes) answer = worker_serialise (reading);
  gsize length;
  const guint8 *data = g_bytes_get_data (answer, &length);

  for (gsize i = 12; i < length - 12; i += i < 400 ? 1 : 7)
    {
      g_autoptr (GByteArray) array = g_byte_array_new ();
      guint64 said = GUINT64_TO_LE (i + 12);
      g_autoptr (GBytes) cut = NULL;

      g_byte_array_append (array, data, i);
      g_byte_array_append (array, (const guint8 *) &said, 8);
      g_byte_array_append (array, (const guint8 *) "DRAE", 4);
      cut = g_byte_array_free_to_bytes (g_steal_pointer (&array));
      g_assert_false (check_answer (cut));
    }
}

static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (DraReading) reading = get_reading ();
  g_autoptr (GBytes) answer = worker_serialise (reading);
  gsize length;
  const guint8 *data = g_bytes_get_data (answer, &length);

  for (guint i = 0; i < 3000; i++)
    {
      guint8 *copy = g_memdup2 (data, length);
      g_autoptr (GBytes) changed = NULL;

      for (int n = g_rand_int_range (rand, 1, 12); n > 0; n--)
        copy[g_rand_int_range (rand, 12, (gint32) length - 12)] = (guint8) g_rand_int (rand);
      changed = g_bytes_new_take (copy, length);
      check_answer (changed);
    }
}

static GBytes *
written (gboolean (*write) (int, gconstpointer),
         gconstpointer what)
{
  int fd = memfd_create ("answer", MFD_CLOEXEC);
  g_autoptr (GMappedFile) file = NULL;

  g_assert_true (write (fd, what));
  file = g_mapped_file_new_from_fd (fd, FALSE, NULL);
  close (fd);

  return g_mapped_file_get_bytes (file);
}

static gboolean
write_error (int           fd,
             gconstpointer error)
{
  return dra_answer_write_error (fd, error);
}

static gboolean
write_pixels (int           fd,
              gconstpointer pixels)
{
  return dra_answer_write_pixels (fd, pixels);
}

static void
test_errors (void)
{
  g_autoptr (GError) sent = g_error_new (DRA_ERROR, DRA_ERROR_EMPTY, "“%s” has no text.", NAME);
  g_autoptr (GError) two_lines = g_error_new (DRA_ERROR, DRA_ERROR_EMPTY, "“%s”.\nMore.", NAME);
  g_autoptr (GError) cancelled = g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Nobody did.");
  g_autoptr (GBytes) answer = written (write_error, sent);
  g_autoptr (GError) error = NULL;

  g_assert_null (dra_answer_read_reading (answer, NAME, &error));
  g_assert_error (error, DRA_ERROR, DRA_ERROR_EMPTY);
  g_assert_cmpstr (error->message, ==, sent->message);

  /* What would confuse whoever shows it is not believed. */
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GBytes) bad = written (write_error, i == 0 ? two_lines : cancelled);

      g_clear_error (&error);
      g_assert_null (dra_answer_read_reading (bad, NAME, &error));
      g_assert_error (error, DRA_ERROR, DRA_ERROR_DAMAGED);
      worker_check_sentence (error, NAME);
    }
}

static void
test_pixels (void)
{
  static const guint8 rows[] = { 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 9, 10, 11, 12, 13, 14, 15, 16, 0, 0 };
  g_autoptr (GBytes) bytes = g_bytes_new_static (rows, sizeof rows);
  g_autoptr (DraPixels) sent = dra_pixels_new (2, 2, 10, bytes);
  g_autoptr (GBytes) answer = written (write_pixels, sent);
  g_autoptr (GError) error = NULL;
  g_autoptr (DraPixels) got = dra_answer_read_pixels (answer, "x.png", &error);
  gsize length;
  const guint8 *data = g_bytes_get_data (answer, &length);

  g_assert_no_error (error);
  g_assert_cmpuint (got->width, ==, 2);
  g_assert_cmpuint (got->stride, ==, 8);
  g_assert_cmpmem (g_bytes_get_data (got->bytes, NULL), 8, rows, 8);
  g_assert_cmpmem ((const guint8 *) g_bytes_get_data (got->bytes, NULL) + 8, 8, rows + 10, 8);

  for (gsize i = 0; i < length; i++)
    for (guint bit = 0; bit < 8; bit++)
      {
        g_autoptr (GBytes) changed = change (answer, i, data[i] ^ (1u << bit), 1);
        g_autoptr (DraPixels) other = dra_answer_read_pixels (changed, "x.png", NULL);

        /* Only the colours may be others. */
        g_assert_true (other == NULL || (other->width == 2 && other->height == 2));
      }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/answer/round-trip", test_round_trip);
  g_test_add_func ("/answer/mutations", test_mutations);
  g_test_add_func ("/answer/numbers", test_numbers);
  g_test_add_func ("/answer/cut", test_cut);
  g_test_add_func ("/answer/cut-and-ended", test_cut_and_ended);
  g_test_add_func ("/answer/random", test_random);
  g_test_add_func ("/answer/errors", test_errors);
  g_test_add_func ("/answer/pixels", test_pixels);

  return g_test_run ();
}
