/* test-image-size.c: sizes of images from their headers.
 *
 * The headers are written here by hand, after the specifications.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-image-size.h"

#include <string.h>

#define HEADER(bytes) { (const guint8 *) (bytes), sizeof (bytes) - 1 }

typedef struct
{
  const char *name;
  struct
  {
    const guint8 *data;
    gsize         length;
  } header;
  guint width;
  guint height;
} Case;

#define JPEG_APP0 "\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"
#define JPEG_SOF(marker) "\xff" marker "\0\x11\x08\1\x2c\2\x58\3\1\x22\0\2\x11\1\3\x11\1"
#define EXIF_BIG "\xff\xe1\0\x22" "Exif\0\0MM\0*\0\0\0\x08\0\1\1\x12\0\3\0\0\0\1\0\6\0\0\0\0\0\0"
#define EXIF_LITTLE "\xff\xe1\0\x22" "Exif\0\0II*\0\x08\0\0\0\1\0\x12\1\3\0\1\0\0\0\3\0\0\0\0\0\0\0"

static const Case cases[] = {
  { "png", HEADER ("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\2\x80\0\0\1\xe0\x08\2\0\0\0"), 640, 480 },
  { "jpeg", HEADER ("\xff\xd8" JPEG_APP0 JPEG_SOF ("\xc0")), 600, 300 },
  { "jpeg, progressive, filled", HEADER ("\xff\xd8" JPEG_APP0 "\xff" JPEG_SOF ("\xc2")), 600, 300 },
  { "jpeg, on its side", HEADER ("\xff\xd8" EXIF_BIG JPEG_SOF ("\xc0")), 300, 600 },
  { "jpeg, upside down", HEADER ("\xff\xd8" EXIF_LITTLE JPEG_SOF ("\xc0")), 600, 300 },
  { "jpeg, tables first", HEADER ("\xff\xd8\xff\xc4\0\4\1\1" JPEG_SOF ("\xc1")), 600, 300 },
  { "gif", HEADER ("GIF89a\x40\1\xf0\0\xf7\0\0"), 320, 240 },
  { "webp, extended",
    HEADER ("RIFF\x20\0\0\0WEBPVP8X\x0a\0\0\0\x10\0\0\0\x7f\2\0\xdf\1\0"), 640, 480 },
  { "webp, lossless",
    HEADER ("RIFF\x20\0\0\0WEBPVP8L\x0a\0\0\0\x2f\x7f\xc2\x77\0\0\0\0\0\0"), 640, 480 },
  { "webp, lossy",
    HEADER ("RIFF\x20\0\0\0WEBPVP8 \x0a\0\0\0\0\0\0\x9d\x01\x2a\x80\2\xe0\1"), 640, 480 },
  { "bmp", HEADER ("BM\0\0\0\0\0\0\0\0\0\0\0\0\x28\0\0\0\x10\0\0\0\xf0\xff\xff\xff\1\0"), 16, 16 },
  { "svg", HEADER ("<svg xmlns='http://www.w3.org/2000/svg' width='10' height=\"20px\"/>"), 10, 20 },
  { "svg in inches", HEADER ("<svg width='2in' height='1.5 in'>"), 192, 144 },
  { "svg by its box", HEADER ("<svg viewBox='0,0 300 150'>"), 300, 150 },
  { "svg, half by its box", HEADER ("<svg width='100%' height='50' viewBox='0 0 300 150'>"), 100, 50 },
  { "svg after much else",
    HEADER ("\xef\xbb\xbf<?xml version='1.0'?>\n<!-- <svg> --><!DOCTYPE svg [<!ENTITY a 'b'>]>\n"
            "<s:svg xmlns:s='http://www.w3.org/2000/svg' s:x='1' width='7' height='8'>"), 7, 8 },
  /* None, or not to be believed. */
  { "text", HEADER ("The lamp on the quay, on Sunday."), 0, 0 },
  { "svg without a size", HEADER ("<svg xmlns='http://www.w3.org/2000/svg' width='100%'/>"), 0, 0 },
  { "svg cut in an attribute", HEADER ("<svg width='10' height='1"), 0, 0 },
  { "svg of great width", HEADER ("<svg width='1e300' height='nan' viewBox='0 0 inf 1e9'/>"), 0, 0 },
  { "svg inside another", HEADER ("<html><svg width='9' height='9'/></html>"), 0, 0 },
  { "declaration without an end", HEADER ("<!ELEMENT svg <svg width='9' height='9'/"), 0, 0 },
  { "nothing", HEADER (""), 0, 0 },
  { "png of no width", HEADER ("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0\0\0\1\xe0\x08\2\0\0\0"), 0, 0 },
  { "png of great width",
    HEADER ("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xff\xff\xff\0\0\1\xe0\x08\2\0\0\0"), 0, 0 },
  { "jpeg without a frame", HEADER ("\xff\xd8" JPEG_APP0 "\xff\xd9"), 0, 0 },
  { "jpeg with a segment of no length", HEADER ("\xff\xd8\xff\xe0\0\0\0\0\0\0"), 0, 0 },
  { "jpeg that loses its way", HEADER ("\xff\xd8\xff\xe0\0\4\0\0zzzzzzzz"), 0, 0 },
  { "bmp of negative width",
    HEADER ("BM\0\0\0\0\0\0\0\0\0\0\0\0\x28\0\0\0\xf0\xff\xff\xff\x10\0\0\0\1\0"), 0, 0 },
};

static void
test_sizes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint width = 7, height = 7;
      gboolean known = dra_image_size (cases[i].header.data, cases[i].header.length, &width,
                                       &height);

      g_test_message ("%s", cases[i].name);
      g_assert_cmpuint (width, ==, cases[i].width);
      g_assert_cmpuint (height, ==, cases[i].height);
      g_assert_cmpint (known, ==, cases[i].width > 0);
    }
}

/* Cut anywhere and with any byte changed: no read outside (the sanitizers see it). */
static void
test_damage (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize length = 0; length <= cases[i].header.length; length++)
      {
        /* An allocation of its own has its end where the bytes end. */
        g_autofree guint8 *cut = g_memdup2 (cases[i].header.data, length);
        guint width, height;
        gboolean known = dra_image_size (cut, length, &width, &height);

        g_assert_true (known || (width == 0 && height == 0));
        for (gsize at = 0; at < length; at++)
          {
            guint8 before = cut[at];

            cut[at] ^= 0xff;
            dra_image_size (cut, length, &width, &height);
            g_assert_cmpuint (width, <=, 1000000);
            cut[at] = before;
          }
      }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/image-size/sizes", test_sizes);
  g_test_add_func ("/image-size/damage", test_damage);
  return g_test_run ();
}
