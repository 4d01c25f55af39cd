/* test-copy-pictures.c: the pictures of an article in its copies.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <cairo.h>
#include <string.h>

#include "dra-test.h"
#include "readers/dra-formats.h"
#include "worker-fixture.h"
#include "worker/dra-copy-save.h"
#include "worker/dra-worker-client.h"

static cairo_status_t
write_bytes (void                *closure,
             const unsigned char *data,
             unsigned int         length)
{
  g_byte_array_append (closure, data, length);

  return CAIRO_STATUS_SUCCESS;
}

/* A picture of two colours, so that it is more than a dot. */
static GBytes *
draw_picture (double red)
{
  GByteArray *out = g_byte_array_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 60, 40);
  cairo_t *cr = cairo_create (surface);

  for (guint i = 0; i < 20; i++)
    {
      cairo_set_source_rgb (cr, red, i / 20.0, 1 - i / 20.0);
      cairo_rectangle (cr, i * 3, i % 7, 3, 33);
      cairo_fill (cr);
    }
  cairo_surface_write_to_png_stream (surface, write_bytes, out);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);

  return g_byte_array_free_to_bytes (out);
}

typedef struct
{
  char       *folder;
  GFile      *file;
  GBytes     *inside;
  GBytes     *beside;
  DraReading *reading;
} Fixture;

static void
write_file (Fixture    *fixture,
            const char *name,
            const char *data,
            gsize       size)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, data, (gssize) size, NULL));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *encoded = NULL;
  g_autofree char *page = NULL;
  g_autofree char *path = NULL;
  gsize size;
  const char *bytes;

  fixture->folder = dra_test_mkdtemp ();
  fixture->inside = draw_picture (0);
  fixture->beside = draw_picture (1);
  bytes = g_bytes_get_data (fixture->beside, &size);
  write_file (fixture, "quay.png", bytes, size);
  bytes = g_bytes_get_data (fixture->inside, &size);
  encoded = g_base64_encode ((const guchar *) bytes, size);
  page = g_strdup_printf (
    "<!DOCTYPE html><html><head><meta charset='utf-8'><title>The old quay</title></head><body>"
    "<article><h1>The old quay</h1>"
    "<p>The keeper of the lighthouse wrote a letter to the council in the spring, and nobody on "
    "the council knew what to answer her.</p>"
    "<figure><img src='data:image/png;base64,%s' alt='A \"lamp\" &lt;lit&gt; --&gt;'>"
    "<figcaption>The lamp, as it was then.</figcaption></figure>"
    "<p>Her letter was put into a drawer, where it stayed for eleven years, until the office "
    "moved and everything in it was looked at again.</p>"
    "<p><img src='quay.png' alt='The quay'></p>"
    "<p><img src='https://example.org/far.png' alt='Far away'></p>"
    "<table><tr><th>Year</th><th>Letters</th></tr><tr><td>1911</td><td>4</td></tr></table>"
    "<p>It was answered by the clerk himself, at last, on two pages and by hand.</p>"
    "</article></body></html>", encoded);
  write_file (fixture, "quay.html", page, strlen (page));
  path = g_build_filename (fixture->folder, "quay.html", NULL);
  fixture->file = g_file_new_for_path (path);
  fixture->reading = dra_worker_read (fixture->file, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data G_GNUC_UNUSED)
{
  g_clear_pointer (&fixture->reading, dra_reading_free);
  g_bytes_unref (fixture->inside);
  g_bytes_unref (fixture->beside);
  g_object_unref (fixture->file);
  dra_test_rmtree (fixture->folder);
}

static guint
count (const char *text,
       const char *part)
{
  guint n = 0;

  for (const char *p = strstr (text, part); p != NULL; p = strstr (p + 1, part))
    n++;

  return n;
}

static GBytes *
make_copy (DraReading *reading,
           const char *format)
{
  g_autoptr (GError) error = NULL;
  GBytes *copy = dra_copy_make (dra_writer_find (format), reading->article, NULL, NULL, NULL, NULL, &error);

  g_assert_no_error (error);

  return copy;
}

/* A web page has them, described and captioned, and so has its reading. */
static void
test_html (Fixture       *fixture,
           gconstpointer  data G_GNUC_UNUSED)
{
  g_autoptr (GBytes) copy = make_copy (fixture->reading, "html");
  g_autoptr (GBytes) second = NULL;
  g_autoptr (DraReading) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_get_parent (fixture->file);
  gsize size;
  const char *bytes = g_bytes_get_data (copy, &size);
  g_autofree char *text = g_strndup (bytes, size);

  g_assert_cmpuint (count (text, "<img data-aside=\"\""), ==, 2);
  g_assert_cmpuint (count (text, "src=\""), ==, 2);
  g_assert_cmpuint (count (text, "src=\"data:image/png;base64,"), ==, 2);
  g_assert_cmpuint (count (text, "width=\"60\" height=\"40\""), ==, 2);
  g_assert_cmpuint (count (text, "example.org"), ==, 0);
  g_assert_cmpuint (count (text, "alt=\"A &quot;lamp&quot; &lt;lit&gt; --&gt;\""), ==, 1);
  g_assert_cmpuint (count (text, "<figcaption"), ==, 1);
  g_assert_cmpuint (count (text, "</figcaption>\n</figure>"), ==, 1);
  g_assert_cmpuint (count (text, "<table class=\"rows\">"), ==, 1);

  write_file (fixture, "copy.html", bytes, size);
  g_object_unref (file);
  {
    g_autofree char *path = g_build_filename (fixture->folder, "copy.html", NULL);

    file = g_file_new_for_path (path);
  }
  again = dra_worker_read (file, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (again->copy);
  g_assert_cmpstr (dra_article_get_hash (again->article), ==,
                   dra_article_get_hash (fixture->reading->article));
  g_assert_cmpuint (again->images->len, ==, 2);
  g_assert_true (g_bytes_equal (((DraImage *) again->images->pdata[0])->bytes, fixture->inside));
  g_assert_true (g_bytes_equal (((DraImage *) again->images->pdata[1])->bytes, fixture->beside));

  /* A copy of the copy has them still. */
  second = make_copy (again, "html");
  bytes = g_bytes_get_data (second, &size);
  g_free (text);
  text = g_strndup (bytes, size);
  g_assert_cmpuint (count (text, "src=\"data:image/png;base64,"), ==, 2);
}

/* What is set on pages has them as pictures. */
static void
test_pages (Fixture       *fixture,
            gconstpointer  data G_GNUC_UNUSED)
{
  g_autoptr (GBytes) copy = make_copy (fixture->reading, "pdf");
  g_autoptr (DraReading) reading = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;
  const char *bytes = g_bytes_get_data (copy, &size);
  guint n = 0;

  for (const char *p = bytes; (p = memmem (p, bytes + size - p, "/Subtype /Image", 15)) != NULL; p++)
    n++;
  g_assert_cmpuint (n, >=, 2);
  reading = dra_worker_read_bytes (copy, "copy.pdf", NULL, NULL, &error);
  g_assert_no_error (error);
  /* The one that is not here has its description. */
  g_assert_nonnull (strstr (dra_article_get_text (reading->article, NULL), "Far away"));
  g_assert_nonnull (strstr (dra_article_get_text (reading->article, NULL), "The lamp, as it was then."));
  g_assert_null (strstr (dra_article_get_text (reading->article, NULL), "[Image: The quay]"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dra_formats_provide ();

  g_test_add ("/copy-pictures/html", Fixture, NULL, set_up, test_html, tear_down);
  g_test_add ("/copy-pictures/pages", Fixture, NULL, set_up, test_pages, tear_down);

  return g_test_run ();
}
