/* test-images.c: images of articles, decoded in a confined process.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "article/dra-error.h"
#include "dra-test.h"
#include "worker-fixture.h"
#include "worker/dra-worker-client.h"

/* A picture whose pixels are all different: red grows to the right, green downwards. */
static GdkPixbuf *
draw (int      width,
      int      height,
      gboolean alpha)
{
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, alpha, 8, width, height);
  guint8 *rows = gdk_pixbuf_get_pixels (pixbuf);
  int n = gdk_pixbuf_get_n_channels (pixbuf);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        guint8 *p = rows + y * gdk_pixbuf_get_rowstride (pixbuf) + x * n;

        p[0] = (guint8) (x * 255 / width);
        p[1] = (guint8) (y * 255 / height);
        p[2] = 100;
        if (alpha)
          p[3] = (guint8) (255 - p[0]);
      }

  return pixbuf;
}

static GBytes *
save (GdkPixbuf  *pixbuf,
      const char *type)
{
  g_autoptr (GError) error = NULL;
  char *data;
  gsize length;

  gdk_pixbuf_save_to_buffer (pixbuf, &data, &length, type, &error, NULL);
  g_assert_no_error (error);

  return g_bytes_new_take (data, length);
}

static GBytes *
make_image (int         width,
            int         height,
            const char *type)
{
  g_autoptr (GdkPixbuf) pixbuf = draw (width, height, FALSE);

  return save (pixbuf, type);
}

/* The pixels of an image without a loss are these very pixels. */
static void
test_exact (gconstpointer data)
{
  gboolean alpha = GPOINTER_TO_INT (data);
  g_autoptr (GdkPixbuf) pixbuf = draw (7, 5, alpha);
  g_autoptr (GBytes) bytes = save (pixbuf, "png");
  g_autoptr (GError) error = NULL;
  g_autoptr (DraPixels) pixels = dra_worker_decode_image (bytes, "image/png", 100, 100, NULL, &error);
  const guint8 *got, *drawn = gdk_pixbuf_read_pixels (pixbuf);

  g_assert_no_error (error);
  g_assert_cmpuint (pixels->width, ==, 7);
  g_assert_cmpuint (pixels->height, ==, 5);
  got = g_bytes_get_data (pixels->bytes, NULL);
  for (int y = 0; y < 5; y++)
    for (int x = 0; x < 7; x++)
      {
        const guint8 *p = drawn + y * gdk_pixbuf_get_rowstride (pixbuf) + x * (alpha ? 4 : 3);
        const guint8 *q = got + y * pixels->stride + x * 4;

        g_assert_cmpmem (p, 3, q, 3);
        g_assert_cmpint (q[3], ==, alpha ? p[3] : 255);
      }
}

static void
test_scaled (void)
{
  static const struct
  {
    int   width, height;
    guint max_width, max_height;
    guint expected_width, expected_height;
  } cases[] = {
    { 400, 100, 100, 100, 100, 25 }, { 100, 400, 100, 100, 25, 100 }, { 400, 100, 800, 800, 400, 100 },
    { 400, 1, 40, 40, 40, 1 },       { 50, 50, 1, 1, 1, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint k = 0; k < 2; k++)
      {
        g_autoptr (GBytes) bytes = make_image (cases[i].width, cases[i].height, k == 0 ? "png" : "jpeg");
        g_autoptr (GError) error = NULL;
        g_autoptr (DraPixels) pixels
          = dra_worker_decode_image (bytes, NULL, cases[i].max_width, cases[i].max_height, NULL, &error);

        g_assert_no_error (error);
        g_assert_cmpuint (pixels->width, ==, cases[i].expected_width);
        g_assert_cmpuint (pixels->height, ==, cases[i].expected_height);
      }
}

/* A camera that was held upright: EXIF orientation 6, a quarter turn. */
static void
test_upright (void)
{
  static const guint8 exif[] = {
    0xFF, 0xE1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8,
    0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0,
  };
  g_autoptr (GBytes) flat = make_image (40, 16, "jpeg");
  g_autoptr (GByteArray) turned = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DraPixels) pixels = NULL;
  gsize length;
  const guint8 *data = g_bytes_get_data (flat, &length);

  g_byte_array_append (turned, data, 2);
  g_byte_array_append (turned, exif, sizeof exif);
  g_byte_array_append (turned, data + 2, length - 2);
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&turned));
  pixels = dra_worker_decode_image (bytes, NULL, 100, 100, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (pixels->width, ==, 16);
  g_assert_cmpuint (pixels->height, ==, 40);
}

/* Pixels, or one sentence. */
static void
check_any (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DraPixels) pixels = dra_worker_decode_image (bytes, "photo.any", 64, 64, NULL, &error);

  if (pixels == NULL)
    worker_check_sentence (error, "photo.any");
  else
    {
      g_assert_cmpuint (pixels->width, <=, 64);
      g_assert_cmpuint (pixels->height, <=, 64);
    }
}

static void
check_refused (const void *data,
               gsize       length,
               int         code)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (GError) error = NULL;

  g_assert_null (dra_worker_decode_image (bytes, "bad.png", 64, 64, NULL, &error));
  g_assert_error (error, DRA_ERROR, code);
  worker_check_sentence (error, "bad.png");
}

static void
test_no_image (void)
{
  static const char script[] = "#!/bin/sh\ntouch x\n";

  check_refused (script, sizeof script - 1, DRA_ERROR_UNSUPPORTED);
  check_refused ("x", 1, DRA_ERROR_UNSUPPORTED);
  check_refused ("\xff\xd8\xff", 3, DRA_ERROR_DAMAGED);
  check_refused ("GIF89a", 6, DRA_ERROR_DAMAGED);
}

static DraPixels *
draw_svg (const char *inside,
          guint       side)
{
  g_autofree char *text = g_strdup_printf ("<svg xmlns='http://www.w3.org/2000/svg' "
                                           "xmlns:xlink='http://www.w3.org/1999/xlink' "
                                           "width='40' height='20'>%s</svg>", inside);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  DraPixels *pixels = dra_worker_decode_image (bytes, "drawing.svg", side, side, NULL, &error);

  if (pixels == NULL)
    worker_check_sentence (error, "drawing.svg");
  return pixels;
}

/* How much of a drawing is not the paper. */
static guint
count_ink (const DraPixels *pixels)
{
  const guint8 *rows = g_bytes_get_data (pixels->bytes, NULL);
  guint n = 0;

  for (guint y = 0; y < pixels->height; y++)
    for (guint x = 0; x < pixels->width; x++)
      n += rows[y * pixels->stride + x * 4 + 3] > 128;
  return n;
}

static gboolean
can_draw (void)
{
  GSList *formats = gdk_pixbuf_get_formats ();
  gboolean found = FALSE;

  for (GSList *l = formats; l != NULL; l = l->next)
    {
      g_autofree char *name = gdk_pixbuf_format_get_name (l->data);

      found = found || g_str_equal (name, "svg");
    }
  g_slist_free (formats);
  if (!found)
    g_test_skip ("librsvg2-common is not installed");
  return found;
}

/* A drawing is as large as there is room. */
static void
test_svg (void)
{
  g_autoptr (DraPixels) flat = NULL;

  if (!can_draw ())
    return;
  flat = draw_svg ("<rect width='20' height='20' fill='#f00'/>", 80);
  g_assert_nonnull (flat);
  g_assert_cmpuint (flat->width, ==, 80);
  g_assert_cmpuint (flat->height, ==, 40);
  g_assert_cmpuint (count_ink (flat), ==, 40 * 40);
  g_assert_cmpmem (g_bytes_get_data (flat->bytes, NULL), 4, "\xff\0\0\xff", 4);

  /* Fonts are files: its words are shown instead. */
  g_assert_null (draw_svg ("<text y='15' font-size='16'>Berg</text>", 80));
}

/* Nothing outside the drawing is opened, and what would take for ever or all memory ends. */
static void
test_svg_hostile (void)
{
  g_autoptr (GString) uses = g_string_new ("<g id='a0'><rect width='1' height='1'/></g>");
  g_autoptr (GString) patterns = g_string_new ("<rect id='r' width='9' height='9' fill='url(#p0)'/>");
  g_autoptr (DraPixels) outside = NULL;
  g_autoptr (DraPixels) many = NULL;
  g_autoptr (DraPixels) patterned = NULL;
  g_autoptr (DraPixels) filtered = NULL;
  g_autoptr (DraPixels) deep = NULL;
  g_autoptr (GString) nested = g_string_new (NULL);
  gint64 start = g_get_monotonic_time ();

  if (!can_draw ())
    return;
  outside = draw_svg ("<image xlink:href='file:///etc/passwd' width='9' height='9'/>"
                      "<image href='http://127.0.0.1:9/x.png' width='9' height='9'/>"
                      "<style>@import url('file:///etc/passwd');</style>", 40);
  if (outside != NULL)
    g_assert_cmpuint (count_ink (outside), ==, 0);

  for (guint i = 1; i < 40; i++)
    {
      g_string_append_printf (uses, "<g id='a%u'>", i);
      for (guint k = 0; k < 10; k++)
        g_string_append_printf (uses, "<use xlink:href='#a%u'/>", i - 1);
      g_string_append (uses, "</g>");
      g_string_append_printf (patterns, "<pattern id='p%u' width='.1' height='.1'>"
                              "<rect width='999' height='999' fill='url(#p%u)'/></pattern>", i - 1, i);
    }
  for (guint i = 0; i < 20000; i++)
    g_string_append (nested, "<g>");
  many = draw_svg (uses->str, 40);
  patterned = draw_svg (patterns->str, 40);
  deep = draw_svg (nested->str, 40);
  filtered = draw_svg ("<filter id='f'><feGaussianBlur stdDeviation='3'/></filter>"
                       "<rect width='9' height='9' filter='url(#f)'/>", 40);
  g_assert_null (many);
  g_test_message ("%s %s %s %s, %.1f s", many != NULL ? "drawn" : "refused",
                  patterned != NULL ? "drawn" : "refused", deep != NULL ? "drawn" : "refused",
                  filtered != NULL ? "drawn" : "refused",
                  (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
}

/* A header that promises 2.5 thousand million pixels, and one with as many as are allowed in
 * a few kilobytes. */
static void
test_bombs (void)
{
  static const guint8 header[] = {
    0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R',
    0, 0, 0xC3, 0x50, 0, 0, 0xC3, 0x50, 8, 2, 0, 0, 0, 0x39, 0xB1, 0xB5, 0x5A,
  };
  static const guint8 bitmap[] = {
    'B', 'M', 0, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0x7F,
    0xFF, 0xFF, 0xFF, 0x7F, 1, 0, 24, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  };
  g_autoptr (GBytes) small = g_bytes_new_static (bitmap, sizeof bitmap);
  g_autoptr (GdkPixbuf) large = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 8000, 8000);
  g_autoptr (GBytes) packed = NULL;

  {
    g_autoptr (GBytes) bytes = g_bytes_new_static (header, sizeof header);
    g_autoptr (GError) error = NULL;

    g_assert_null (dra_worker_decode_image (bytes, "bad.png", 64, 64, NULL, &error));
    worker_check_sentence (error, "bad.png");
    g_test_message ("%s", error->message);
  }
  check_any (small);

  gdk_pixbuf_fill (large, 0x336699FF);
  packed = save (large, "png");
  g_test_message ("64 million pixels in %" G_GSIZE_FORMAT " bytes", g_bytes_get_size (packed));
  check_any (packed);
}

static void
test_damaged (gconstpointer data)
{
  g_autoptr (GBytes) bytes = make_image (60, 40, data);
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  gsize length;
  const guint8 *whole = g_bytes_get_data (bytes, &length);

  for (guint i = 0; i < 24; i++)
    {
      guint8 *copy = g_memdup2 (whole, length);
      g_autoptr (GBytes) changed = NULL;

      for (guint k = 0; k < 1 + i / 4; k++)
        copy[g_rand_int_range (rand, 4, (gint32) length)] = (guint8) g_rand_int (rand);
      changed = g_bytes_new_take (copy, i % 3 == 0 ? length * (i + 1) / 25 : length);
      check_any (changed);
    }
}

typedef struct
{
  GMainLoop    *loop;
  GAsyncResult *result;
  guint         n;
} Wait;

static void
done_cb (GObject      *source G_GNUC_UNUSED,
         GAsyncResult *result,
         gpointer      user_data)
{
  Wait *wait = user_data;

  g_set_object (&wait->result, result);
  if (--wait->n == 0)
    g_main_loop_quit (wait->loop);
}

static DraPixels *
load (GFile           *article,
      const DraImage  *image,
      const char      *source,
      GError         **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Wait wait = { loop, NULL, 1 };
  DraPixels *pixels;

  dra_worker_load_image_async (article, image, source, 64, 64, NULL, done_cb, &wait);
  g_main_loop_run (loop);
  pixels = dra_worker_decode_image_finish (wait.result, error);
  g_object_unref (wait.result);

  return pixels;
}

static void
write_file (const char *folder,
            const char *name,
            GBytes     *bytes)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  g_assert_true (g_file_set_contents (path, data, (gssize) length, NULL));
}

static void
make_link (const char *folder,
           const char *name,
           const char *target)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_cmpint (symlink (target, path), ==, 0);
}

/* Beside the article and below its folder, and nowhere else. */
static void
test_beside (void)
{
  static const char *const good[] = {
    "pic.png", "./pic.png", "below/pic.png", "below/./pic.png", "pic%2Epng", "a%20b.png",
    "pic.png?size=2#x", "inner",
  };
  static const char *const bad[] = {
    "../secret.png", "below/../../secret.png", "%2e%2e/secret.png", "..%2fsecret.png", "/etc/passwd",
    "//example.org/x.png", "http://example.org/x.png", "https://example.org/x.png",
    "file:///etc/passwd", "FILE:pic.png", "javascript:1", "cid:1", "data:image/png;base64,AA",
    "outer", "outer-folder/secret.png", "pipe", "below", "gone.png", "", "..", ".", "\\\\x\\y.png",
  };
  char *root = dra_test_mkdtemp ();
  g_autofree char *folder = g_build_filename (root, "articles", NULL);
  g_autofree char *below = g_build_filename (folder, "below", NULL);
  g_autofree char *pipe = g_build_filename (folder, "pipe", NULL);
  g_autofree char *path = g_build_filename (folder, "article.html", NULL);
  g_autoptr (GFile) article = g_file_new_for_path (path);
  g_autoptr (GBytes) image = make_image (20, 10, "png");

  g_assert_cmpint (g_mkdir_with_parents (below, 0700), ==, 0);
  write_file (root, "secret.png", image);
  write_file (folder, "pic.png", image);
  write_file (folder, "a b.png", image);
  write_file (below, "pic.png", image);
  make_link (folder, "inner", "below/pic.png");
  make_link (folder, "outer", "../secret.png");
  make_link (folder, "outer-folder", "..");
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (DraPixels) pixels = load (article, NULL, good[i], &error);

      g_assert_no_error (error);
      g_assert_cmpuint (pixels->width, ==, 20);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (DraPixels) pixels = load (article, NULL, bad[i], &error);

      if (pixels != NULL)
        g_error ("%s was loaded", bad[i]);
      g_assert_nonnull (error);
      g_assert_null (strstr (error->message, "secret.png beside"));
    }
  {
    g_autoptr (GError) error = NULL;

    g_assert_null (load (NULL, NULL, "pic.png", &error));
    g_assert_error (error, DRA_ERROR, DRA_ERROR_REFUSED);
  }
  dra_test_rmtree (root);
}

/* What a file carries: by "data:" in a page, by "cid:" in a mail. */
static void
check_carried (const char *content,
               const char *name)
{
  g_autoptr (GBytes) bytes = g_bytes_new (content, strlen (content));
  g_autoptr (GError) error = NULL;
  g_autoptr (DraReading) reading = dra_worker_read_bytes (bytes, name, NULL, NULL, &error);
  const DraBlock *blocks;
  guint n_blocks, n_images = 0;

  g_assert_no_error (error);
  blocks = dra_article_get_blocks (reading->article, &n_blocks);
  for (guint i = 0; i < n_blocks; i++)
    if (blocks[i].source != NULL)
      {
        const DraImage *image = dra_reading_find_image (reading, blocks[i].source);
        g_autoptr (DraPixels) pixels = NULL;

        g_assert_nonnull (image);
        pixels = load (NULL, image, blocks[i].source, &error);
        g_assert_no_error (error);
        g_assert_cmpuint (pixels->width, ==, 60);
        n_images++;
      }
  g_assert_cmpuint (n_images, ==, 1);
}

#define PARAGRAPH                                                                             \
  "<p>The ferry to the island was late again on Tuesday, and nobody at the harbour, which "  \
  "is run by the Board of Lights, could say when the next one would leave the town.</p>"

static void
test_carried (void)
{
  g_autoptr (GBytes) image = make_image (60, 40, "png");
  g_autofree char *base64 = g_base64_encode (g_bytes_get_data (image, NULL), g_bytes_get_size (image));
  g_autofree char *page = g_strdup_printf (
    "<!DOCTYPE html><html><head><title>The ferry</title></head><body><article><h1>The ferry</h1>"
    PARAGRAPH PARAGRAPH "<figure><img src=\"data:image/png;base64,%s\" width=600 height=400 "
    "alt=\"The harbour\"></figure>" PARAGRAPH PARAGRAPH "</article></body></html>", base64);
  g_autofree char *mail = g_strdup_printf (
    "From: Maud Ferrant <maud@example.org>\nTo: x@example.org\nSubject: The ferry\n"
    "Date: Mon, 3 Nov 2025 10:00:00 +0000\nMIME-Version: 1.0\n"
    "Content-Type: multipart/related; boundary=cut\n\n--cut\nContent-Type: text/html\n\n"
    "<html><body>" PARAGRAPH "<p><img src=\"cid:one@x\" alt=\"The harbour\"></p></body></html>\n"
    "--cut\nContent-Type: image/png\nContent-ID: <one@x>\nContent-Transfer-Encoding: base64\n\n"
    "%s\n--cut--\n", base64);

  check_carried (page, "ferry.html");
  check_carried (mail, "ferry.eml");
}

/* More than are decoded at a time; each is answered once, the cancelled ones too. */
static void
test_many (void)
{
  g_autoptr (GBytes) bytes = make_image (300, 200, "png");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  Wait wait = { loop, NULL, 24 };
  Wait cancelled = { loop, NULL, 24 };

  for (guint i = 0; i < 24; i++)
    dra_worker_decode_image_async (bytes, "image/png", 64, 64, NULL, done_cb, &wait);
  g_main_loop_run (loop);
  {
    g_autoptr (DraPixels) pixels = dra_worker_decode_image_finish (wait.result, &error);

    g_assert_no_error (error);
    g_assert_cmpuint (pixels->width, ==, 64);
  }
  g_clear_object (&wait.result);

  for (guint i = 0; i < 24; i++)
    dra_worker_decode_image_async (bytes, "image/png", 64, 64, cancellable, done_cb, &cancelled);
  g_cancellable_cancel (cancellable);
  g_main_loop_run (loop);
  g_assert_null (dra_worker_decode_image_finish (cancelled.result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&cancelled.result);
}

int
main (int    argc,
      char **argv)
{
  static const char *const types[] = { "png", "jpeg", "bmp", "tiff" };

  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/images/exact/opaque", GINT_TO_POINTER (FALSE), test_exact);
  g_test_add_data_func ("/images/exact/alpha", GINT_TO_POINTER (TRUE), test_exact);
  g_test_add_func ("/images/scaled", test_scaled);
  g_test_add_func ("/images/upright", test_upright);
  g_test_add_func ("/images/no-image", test_no_image);
  g_test_add_func ("/images/svg", test_svg);
  g_test_add_func ("/images/svg-hostile", test_svg_hostile);
  g_test_add_func ("/images/bombs", test_bombs);
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *path = g_strconcat ("/images/damaged/", types[i], NULL);

      g_test_add_data_func (path, types[i], test_damaged);
    }
  g_test_add_func ("/images/beside", test_beside);
  g_test_add_func ("/images/carried", test_carried);
  g_test_add_func ("/images/many", test_many);

  return g_test_run ();
}
