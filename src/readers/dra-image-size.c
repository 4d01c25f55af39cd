/* dra-image-size.c: width and height from the headers of PNG, JPEG, GIF, WebP, BMP and SVG.
 *
 * After the formats' specifications: PNG (ISO/IEC 15948) 11.2.2, JPEG (ITU T.81) B.2.2, Exif
 * 2.3 4.6.4 for the orientation, GIF89a 18, WebP (RFC 9649) 2.5 to 2.7, BMP as Windows has it, SVG 1.1 7.2 (width, height) and 7.7 (viewBox), lengths as in
 * CSS 2.1 4.3.2.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-image-size.h"

#include <string.h>

#define MAX_SIDE 1000000 /* pixels: larger ones are no images */

static guint
read_be16 (const guint8 *p)
{
  return (guint) p[0] << 8 | p[1];
}

static guint
read_le16 (const guint8 *p)
{
  return (guint) p[1] << 8 | p[0];
}

static guint32
read_be32 (const guint8 *p)
{
  return (guint32) p[0] << 24 | (guint32) p[1] << 16 | (guint32) p[2] << 8 | p[3];
}

static guint32
read_le32 (const guint8 *p)
{
  return (guint32) p[3] << 24 | (guint32) p[2] << 16 | (guint32) p[1] << 8 | p[0];
}

static guint32
read_le24 (const guint8 *p)
{
  return (guint32) p[2] << 16 | (guint32) p[1] << 8 | p[0];
}

/* Whether an Exif segment says that the image is stored on its side. */
static gboolean
is_on_its_side (const guint8 *exif,
                gsize         length)
{
  const guint8 *tiff = exif + 6;
  gboolean little;
  guint32 at;
  guint n;

  if (length < 6 + 8 || memcmp (exif, "Exif\0", 6) != 0)
    return FALSE;
  length -= 6;
  little = tiff[0] == 'I';
  at = little ? read_le32 (tiff + 4) : read_be32 (tiff + 4);
  if (length < 2 || at > length - 2)
    return FALSE;
  n = little ? read_le16 (tiff + at) : read_be16 (tiff + at);
  for (at += 2; n > 0 && length >= 12 && at <= length - 12; n--, at += 12)
    {
      guint tag = little ? read_le16 (tiff + at) : read_be16 (tiff + at);
      guint value = little ? read_le16 (tiff + at + 8) : read_be16 (tiff + at + 8);

      if (tag == 0x0112)
        return value >= 5 && value <= 8;
    }
  return FALSE;
}

static gboolean
get_jpeg_size (const guint8 *data,
               gsize         length,
               guint        *width,
               guint        *height)
{
  gboolean turned = FALSE;

  for (gsize at = 2; at + 4 <= length;)
    {
      guint marker = data[at + 1];
      guint size;

      if (data[at] != 0xff)
        return FALSE;
      if (marker == 0xff || marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8))
        {
          at += marker == 0xff ? 1 : 2;
          continue;
        }
      size = read_be16 (data + at + 2);
      if (size < 2 || marker == 0xd9 || marker == 0xda)
        return FALSE;
      if (marker == 0xe1 && at + 2 + size <= length)
        turned = turned || is_on_its_side (data + at + 4, size - 2);
      /* SOF0 to SOF15 without DHT, JPG and DAC. */
      if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc)
        {
          if (size < 7 || at + 9 > length)
            return FALSE;
          *(turned ? width : height) = read_be16 (data + at + 5);
          *(turned ? height : width) = read_be16 (data + at + 7);
          return TRUE;
        }
      at += 2 + size;
    }
  return FALSE;
}

static gboolean
get_webp_size (const guint8 *data,
               gsize         length,
               guint        *width,
               guint        *height)
{
  if (length < 30)
    return FALSE;
  if (memcmp (data + 12, "VP8X", 4) == 0)
    {
      *width = read_le24 (data + 24) + 1;
      *height = read_le24 (data + 27) + 1;
      return TRUE;
    }
  if (memcmp (data + 12, "VP8L", 4) == 0 && data[20] == 0x2f)
    {
      guint32 bits = read_le32 (data + 21);

      *width = (bits & 0x3fff) + 1;
      *height = (bits >> 14 & 0x3fff) + 1;
      return TRUE;
    }
  if (memcmp (data + 12, "VP8 ", 4) == 0 && memcmp (data + 23, "\x9d\x01\x2a", 3) == 0)
    {
      *width = read_le16 (data + 26) & 0x3fff;
      *height = read_le16 (data + 28) & 0x3fff;
      return TRUE;
    }
  return FALSE;
}

static gboolean
get_bmp_size (const guint8 *data,
              gsize         length,
              guint        *width,
              guint        *height)
{
  gint32 w, h;

  if (length < 26)
    return FALSE;
  if (read_le32 (data + 14) == 12)
    {
      *width = read_le16 (data + 18);
      *height = read_le16 (data + 20);
      return TRUE;
    }
  w = (gint32) read_le32 (data + 18);
  h = (gint32) read_le32 (data + 22);
  if (w <= 0 || h == 0 || h == G_MININT32)
    return FALSE;
  *width = (guint) w;
  *height = (guint) ABS (h); /* negative: rows from the top */
  return TRUE;
}

/* --- SVG: what stands before the first element, and its attributes ---------------------- */

#define SVG_HEAD 65536 /* bytes that the beginning of a drawing may take */

typedef struct
{
  const char *p;
  const char *end;
} Head;

static gboolean
skip_to (Head       *head,
         const char *mark)
{
  const char *found = memmem (head->p, head->end - head->p, mark, strlen (mark));

  if (found == NULL)
    return FALSE;
  head->p = found + strlen (mark);
  return TRUE;
}

static gboolean
starts (const Head *head,
        const char *mark)
{
  gsize length = strlen (mark);

  return (gsize) (head->end - head->p) >= length && memcmp (head->p, mark, length) == 0;
}

static void
skip_spaces (Head *head)
{
  while (head->p < head->end && g_ascii_isspace (*head->p))
    head->p++;
}

static gboolean
is_name (char c)
{
  return g_ascii_isalnum (c) || c == '-' || c == '_' || c == '.' || c == ':' || (guint8) c >= 0x80;
}

/* Past a document type, with its declarations if it has some. */
static gboolean
skip_doctype (Head *head)
{
  while (head->p < head->end && *head->p != '>' && *head->p != '[')
    head->p++;
  if (head->p < head->end && *head->p == '[')
    return skip_to (head, "]") && skip_to (head, ">");
  return skip_to (head, ">");
}

/* To the attributes of the first element, if that is svg. */
static gboolean
enter_svg (Head *head)
{
  const char *name;

  if (starts (head, "\xef\xbb\xbf"))
    head->p += 3;
  for (skip_spaces (head); starts (head, "<?") || starts (head, "<!"); skip_spaces (head))
    if (!(starts (head, "<?")     ? skip_to (head, "?>")
          : starts (head, "<!--") ? skip_to (head, "-->")
                                  : skip_doctype (head)))
      return FALSE;
  if (!starts (head, "<"))
    return FALSE;
  for (name = ++head->p; head->p < head->end && is_name (*head->p); head->p++)
    if (*head->p == ':')
      name = head->p + 1;
  return head->p - name == 3 && memcmp (name, "svg", 3) == 0;
}

/* The next attribute, its value between the quotes. */
static gboolean
next_attribute (Head *head,
                Head *name,
                Head *value)
{
  char quote;

  skip_spaces (head);
  name->p = head->p;
  while (head->p < head->end && is_name (*head->p))
    head->p++;
  name->end = head->p;
  skip_spaces (head);
  if (name->p == name->end || !starts (head, "="))
    return FALSE;
  head->p++;
  skip_spaces (head);
  quote = head->p < head->end ? *head->p : '\0';
  if (quote != '"' && quote != '\'')
    return FALSE;
  value->p = ++head->p;
  while (head->p < head->end && *head->p != quote)
    head->p++;
  value->end = head->p;
  return head->p++ < head->end;
}

static gboolean
is_called (const Head *name,
           const char *word)
{
  return (gsize) (name->end - name->p) == strlen (word) && memcmp (name->p, word, strlen (word)) == 0;
}

/* A length in pixels, 0 when it is a share or none. */
static double
read_length (const Head *value)
{
  static const struct
  {
    const char *unit;
    double      pixels;
  } units[] = {
    { "", 1 }, { "px", 1 }, { "pt", 4. / 3 }, { "pc", 16 }, { "in", 96 }, { "cm", 96 / 2.54 },
    { "mm", 96 / 25.4 }, { "em", 16 }, { "ex", 8 },
  };
  g_autofree char *text = g_strndup (value->p, MIN (value->end - value->p, 64));
  char *unit;
  double number = g_ascii_strtod (text, &unit);

  g_strstrip (unit);
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_equal (unit, units[i].unit) && number > 0 && number < MAX_SIDE)
      return number * units[i].pixels;
  return 0;
}

static void
read_view_box (const Head *value,
               double     *width,
               double     *height)
{
  g_autofree char *text = g_strndup (value->p, MIN (value->end - value->p, 255));
  double numbers[4] = { 0 };
  char *p = text;

  for (guint i = 0; i < 4; i++)
    {
      while (*p == ',' || g_ascii_isspace (*p))
        p++;
      numbers[i] = g_ascii_strtod (p, &p);
    }
  *width = numbers[2] > 0 && numbers[2] < MAX_SIDE ? numbers[2] : 0;
  *height = numbers[3] > 0 && numbers[3] < MAX_SIDE ? numbers[3] : 0;
}

static gboolean
get_svg_size (const guint8 *data,
              gsize         length,
              guint        *width,
              guint        *height)
{
  Head head = { (const char *) data, (const char *) data + MIN (length, SVG_HEAD) };
  double w = 0, h = 0, box_width = 0, box_height = 0;
  Head name, value;

  if (!enter_svg (&head))
    return FALSE;
  while (next_attribute (&head, &name, &value))
    if (is_called (&name, "width"))
      w = read_length (&value);
    else if (is_called (&name, "height"))
      h = read_length (&value);
    else if (is_called (&name, "viewBox"))
      read_view_box (&value, &box_width, &box_height);
  if (box_width > 0 && box_height > 0)
    {
      if (w <= 0 && h <= 0)
        w = box_width;
      if (w <= 0)
        w = h * box_width / box_height;
      if (h <= 0)
        h = w * box_height / box_width;
    }
  if (w <= 0 || h <= 0 || w > MAX_SIDE || h > MAX_SIDE)
    return FALSE;
  *width = (guint) MAX (1, w + .5);
  *height = (guint) MAX (1, h + .5);
  return TRUE;
}

/**
 * dra_image_is_svg:
 * @data: a file, or its beginning
 * @length: bytes of it
 *
 * Returns: whether it is XML whose first element is svg
 */
gboolean
dra_image_is_svg (const guint8 *data,
                  gsize         length)
{
  Head head = { (const char *) data, (const char *) data + MIN (length, SVG_HEAD) };

  g_return_val_if_fail (data != NULL || length == 0, FALSE);

  return length > 0 && enter_svg (&head);
}

/**
 * dra_image_size:
 * @data: the image, or its beginning
 * @length: bytes of it
 * @width: (out): pixels, the image the right way up
 * @height: (out): pixels
 *
 * Reads the size of a PNG, JPEG, GIF, WebP, BMP or SVG image.  Nothing of the image itself is
 * looked at: one that has a size may still be damaged.
 *
 * Returns: FALSE when the bytes are none of these, too few, or tell no sensible size
 */
gboolean
dra_image_size (const guint8 *data,
                gsize         length,
                guint        *width,
                guint        *height)
{
  gboolean known = FALSE;

  g_return_val_if_fail (data != NULL || length == 0, FALSE);

  *width = *height = 0;
  if (length >= 24 && memcmp (data, "\x89PNG\r\n\x1a\n", 8) == 0
      && memcmp (data + 12, "IHDR", 4) == 0)
    {
      *width = read_be32 (data + 16);
      *height = read_be32 (data + 20);
      known = TRUE;
    }
  else if (length >= 3 && memcmp (data, "\xff\xd8\xff", 3) == 0)
    {
      known = get_jpeg_size (data, length, width, height);
    }
  else if (length >= 10 && memcmp (data, "GIF8", 4) == 0)
    {
      *width = read_le16 (data + 6);
      *height = read_le16 (data + 8);
      known = TRUE;
    }
  else if (length >= 12 && memcmp (data, "RIFF", 4) == 0 && memcmp (data + 8, "WEBP", 4) == 0)
    {
      known = get_webp_size (data, length, width, height);
    }
  else if (length >= 2 && memcmp (data, "BM", 2) == 0)
    {
      known = get_bmp_size (data, length, width, height);
    }
  else if (length > 0)
    {
      known = get_svg_size (data, length, width, height);
    }

  if (known && *width > 0 && *height > 0 && *width <= MAX_SIDE && *height <= MAX_SIDE)
    return TRUE;
  *width = *height = 0;
  return FALSE;
}
