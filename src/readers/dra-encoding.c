/* dra-encoding.c: bytes of a text file in any encoding, as UTF-8.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-encoding.h"

#include <string.h>

#include "readers/dra-encoding-private.h"

#define SAMPLE 65536               /* bytes looked at to tell UTF-16 and binaries */

static const struct
{
  const char *name;
  guint8      length;
  guint8      bytes[4];
} marks[] = {
  { "UTF-8", 3, { 0xEF, 0xBB, 0xBF } },
  { "UTF-32LE", 4, { 0xFF, 0xFE, 0, 0 } },
  { "UTF-32BE", 4, { 0, 0, 0xFE, 0xFF } },
  { "UTF-16LE", 2, { 0xFF, 0xFE } },
  { "UTF-16BE", 2, { 0xFE, 0xFF } },
  { "GB18030", 4, { 0x84, 0x31, 0x95, 0x33 } },
};

static const char *
find_mark (const guint8 *data,
           gsize         length,
           gsize        *mark_length)
{
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (length >= marks[i].length && memcmp (data, marks[i].bytes, marks[i].length) == 0)
      {
        *mark_length = marks[i].length;
        return marks[i].name;
      }
  *mark_length = 0;

  return NULL;
}

/* Whether data reads as UTF-16 of that order: hardly a unit that is no character. */
static gboolean
reads_as_utf16 (const guint8 *data,
                gsize         length,
                gboolean      big)
{
  gsize n_wrong = 0;

  for (gsize i = 0; i + 2 <= length; i += 2)
    {
      guint32 c = dra_encoding_unit_at (data + i, 2, big);

      if (c >= 0xD800 && c < 0xDC00 && i + 4 <= length)
        {
          guint32 low = dra_encoding_unit_at (data + i + 2, 2, big);

          n_wrong += low < 0xDC00 || low >= 0xE000;
          i += 2;
        }
      else if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7F && c < 0xA0)
               || (c >= 0xD800 && c < 0xF900) || !g_unichar_isdefined (c))
        n_wrong++;
    }

  return n_wrong * 100 < length;
}

/* UTF-32 has a zero byte in every unit and nothing above U+10FFFF. */
static const char *
find_utf32 (const guint8 *data,
            gsize         length)
{
  gsize n_units = MIN (length, SAMPLE) / 4, n_big = 0, n_little = 0;

  if (n_units < 2 || memchr (data, 0, n_units * 4) == NULL)
    return NULL;
  for (gsize i = 0; i < n_units * 4; i += 4)
    {
      n_big += data[i] == 0 && data[i + 1] <= 0x10 && dra_encoding_unit_at (data + i, 4, TRUE) != 0;
      n_little += data[i + 3] == 0 && data[i + 2] <= 0x10 && dra_encoding_unit_at (data + i, 4, FALSE) != 0;
    }
  if (n_big == n_units)
    return "UTF-32BE";

  return n_little == n_units ? "UTF-32LE" : NULL;
}

/* Spaces, line ends and the punctuation of East Asia: what no text is without, and what
 * the bytes of no other encoding look like. */
static gsize
count_common_units (const guint8 *data,
                    gsize         length,
                    gboolean      big)
{
  gsize n = 0;

  for (gsize i = 0; i + 2 <= length; i += 2)
    {
      guint32 c = dra_encoding_unit_at (data + i, 2, big);

      n += c == ' ' || c == '\n' || c == '\r' || (c >= 0x3000 && c <= 0x3002) || c == 0xFF0C;
    }

  return n;
}

/* Taken by the byte, UTF-16 of other scripts than Latin is no UTF-8, or a quarter of it at
 * least is control characters (the upper bytes of Cyrillic, Greek, Arabic ...). */
static gboolean
reads_as_bytes (const guint8 *data,
                gsize         length)
{
  DraUtf8Scan scan;
  gsize n_control = 0;

  dra_encoding_scan_utf8 (data, length, &scan);
  if (scan.n_bad > 0)
    return FALSE;
  for (gsize i = 0; i < length;)
    {
      const guint64 ones = G_GUINT64_CONSTANT (0x0101010101010101);
      guint64 word;

      /* Eight bytes of which none can be below the blank, as most are. */
      if (length - i >= 8)
        {
          memcpy (&word, data + i, 8);
          if (((word - ones * 0x20) & ~word & (ones << 7)) == 0)
            {
              i += 8;
              continue;
            }
        }
      for (gsize end = MIN (i + 8, length); i < end; i++)
        n_control += data[i] < 0x20 && data[i] != '\n' && data[i] != '\r';
    }

  return n_control * 4 < length;
}

/* In UTF-16 every second byte of Latin text is zero, always on the same side.  Text of
 * another script makes no sense by the byte, and has spaces, line ends or stops. */
static const char *
find_utf16 (const guint8 *data,
            gsize         length)
{
  gsize n = MIN (length, SAMPLE) & ~(gsize) 1;
  gsize even = 0, odd = 0, n_big, n_little;
  gboolean big;

  if (n < 4)
    return NULL;
  /* Most files have no zero at all. */
  for (gsize i = memchr (data, 0, n) == NULL ? n : 0; i < n; i += 2)
    {
      even += data[i] == 0;
      odd += data[i + 1] == 0;
    }
  big = even > odd;
  if (MAX (even, odd) * 5 < n || MIN (even, odd) * 8 > MAX (even, odd))
    {
      if (reads_as_bytes (data, n))
        return NULL;
      n_big = count_common_units (data, n, TRUE);
      n_little = count_common_units (data, n, FALSE);
      big = n_big > n_little;
      if (MAX (n_big, n_little) * 400 < n
          || MIN (n_big, n_little) * 4 > MAX (n_big, n_little))
        return NULL;
    }
  if (!reads_as_utf16 (data, n, big))
    return NULL;

  return big ? "UTF-16BE" : "UTF-16LE";
}

static const char *
find_wide (const guint8 *data,
           gsize         length)
{
  const char *name = find_utf32 (data, length);

  return name != NULL ? name : find_utf16 (data, length);
}

/* ISO-2022 is plain ASCII with escape sequences, so that UTF-8 would claim it. */
static const char *
find_escapes (const guint8 *data,
              gsize         length)
{
  const guint8 *p = data;
  const guint8 *end = data + MIN (length, SAMPLE);

  while (end - p >= 4 && (p = memchr (p, 0x1B, end - p - 3)) != NULL)
    {
      if (memcmp (p + 1, "$B", 2) == 0 || memcmp (p + 1, "$@", 2) == 0)
        return "ISO-2022-JP-2";
      if (memcmp (p + 1, "$)C", 3) == 0)
        return "ISO-2022-KR";
      if (memcmp (p + 1, "$)A", 3) == 0 || memcmp (p + 1, "$)G", 3) == 0)
        return "ISO-2022-CN";
      p++;
    }

  return NULL;
}

/* Text of any legacy encoding has far more bytes that are not UTF-8 than sequences that
 * happen to be. */
static gboolean
is_mostly_utf8 (const DraUtf8Scan *scan)
{
  return scan->n_bad == 0 || scan->n_multi + scan->n_shaped >= 2 * scan->n_bad;
}

/* scan: of what is behind the mark; all zero where that was not looked at. */
static const char *
detect (const guint8 *data,
        gsize         length,
        gsize        *mark_length,
        DraUtf8Scan  *scan)
{
  const char *name = find_mark (data, length, mark_length);

  memset (scan, 0, sizeof *scan);
  if (name != NULL && strcmp (name, "UTF-8") == 0)
    dra_encoding_scan_utf8 (data + *mark_length, length - *mark_length, scan);
  if (name != NULL)
    return name;
  name = find_wide (data, length);
  if (name == NULL)
    name = find_escapes (data, length);
  if (name != NULL)
    return name;
  dra_encoding_scan_utf8 (data, length, scan);
  if (is_mostly_utf8 (scan))
    return "UTF-8";

  return dra_encoding_guess (data, length);
}

/**
 * dra_encoding_to_utf8:
 * @bytes: a text file
 * @encoding: (out) (optional): the encoding found, a static string
 * @n_replaced: (out) (optional): how many bytes or units had no meaning in it
 *
 * Finds the encoding of a text and turns it into UTF-8.  A byte order mark goes, NULs go,
 * what cannot be read becomes U+FFFD.  Text that is UTF-8 already is not copied.
 *
 * Returns: (transfer full): valid UTF-8 without NULs
 */
GBytes *
dra_encoding_to_utf8 (GBytes      *bytes,
                      const char **encoding,
                      gsize       *n_replaced)
{
  gsize length, skip, replaced = 0;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  const char *name;
  GString *text;

  if (length == 0)
    {
      name = "UTF-8";
      text = g_string_new (NULL);
    }
  else
    {
      DraUtf8Scan scan;

      name = detect (data, length, &skip, &scan);
      data += skip;
      length -= skip;
      if (strcmp (name, "UTF-8") == 0 && scan.n_zero + scan.n_shaped + scan.n_bad == 0)
        {
          if (encoding != NULL)
            *encoding = name;
          if (n_replaced != NULL)
            *n_replaced = 0;
          return g_bytes_new_from_bytes (bytes, skip, length);
        }
      text = dra_encoding_decode (data, length, name, &replaced);
      if (text == NULL)
        {
          name = "WINDOWS-1252";
          text = dra_encoding_decode (data, length, name, &replaced);
        }
    }

  if (encoding != NULL)
    *encoding = name;
  if (n_replaced != NULL)
    *n_replaced = replaced;

  return g_string_free_to_bytes (text);
}

/**
 * dra_encoding_is_binary:
 * @data: the whole file
 * @length: its length in bytes
 *
 * Tells data from text: more than one byte in ten of its first 64 KiB is a control
 * character that text does not use.  Zero bytes at the end (a disk's padding) do not
 * count, and UTF-16 and UTF-32 are looked at by the character.
 *
 * Returns: whether this is no text
 */
gboolean
dra_encoding_is_binary (const guint8 *data,
                        gsize         length)
{
  gsize skip, n, n_control = 0;
  const char *name;

  while (length > 0 && data[length - 1] == 0)
    length--;
  if (length == 0)
    return TRUE;
  name = find_mark (data, length, &skip);
  if (name != NULL && strncmp (name, "UTF-", 4) == 0 && name[4] != '8')
    return FALSE;
  n = MIN (length, SAMPLE);
  for (gsize i = 0; i < n; i++)
    n_control += data[i] < 0x20 && (data[i] < '\b' || data[i] > '\r') && data[i] != 0x1B;
  if (n_control * 10 <= n)
    return FALSE;

  return find_wide (data, length) == NULL;
}
