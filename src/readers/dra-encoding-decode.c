/* dra-encoding-decode.c: bytes of a named encoding as UTF-8.
 *
 * Every decoder goes on after what it cannot read and never gives a NUL.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-encoding-private.h"

#include <errno.h>
#include <string.h>

#define REPLACEMENT "\357\277\275" /* U+FFFD */

/* Bytes in the sequence that starts at p: well-formed by table 3-7 of the Unicode
 * Standard; 0 when it is not.  *shaped: a lead byte with all its trail bytes. */
static guint
sequence_length (const guint8 *p,
                 const guint8 *end,
                 gboolean     *shaped)
{
  guint8 lead = *p;
  guint n = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;

  *shaped = FALSE;
  if (lead < 0xC0 || lead > 0xF7 || (gsize) (end - p) < n)
    return 0;
  for (guint i = 1; i < n; i++)
    if ((p[i] & 0xC0) != 0x80)
      return 0;
  *shaped = TRUE;

  if (lead < 0xC2 || lead > 0xF4
      || (lead == 0xE0 && p[1] < 0xA0) || (lead == 0xED && p[1] > 0x9F)
      || (lead == 0xF0 && p[1] < 0x90) || (lead == 0xF4 && p[1] > 0x8F))
    return 0;

  return n;
}

/* First byte from p on that is zero or not ASCII. */
static const guint8 *
skip_ascii (const guint8 *p,
            const guint8 *end)
{
  const guint64 ones = G_GUINT64_CONSTANT (0x0101010101010101);

  /* Of a byte that is zero or not ASCII, itself or itself less one has the highest bit. */
  while (end - p >= 32)
    {
      guint64 words[4];

      memcpy (words, p, sizeof words);
      if (((words[0] | (words[0] - ones) | words[1] | (words[1] - ones)
            | words[2] | (words[2] - ones) | words[3] | (words[3] - ones)) & (ones << 7)) != 0)
        break;
      p += 32;
    }
  while (p < end && *p != 0 && *p < 0x80)
    p++;

  return p;
}

void
dra_encoding_scan_utf8 (const guint8 *data,
                        gsize         length,
                        DraUtf8Scan  *scan)
{
  const guint8 *p = data;
  const guint8 *end = data + length;

  memset (scan, 0, sizeof *scan);
  while ((p = skip_ascii (p, end)) < end)
    {
      gboolean shaped;
      guint n;

      if (*p == 0)
        {
          scan->n_zero++;
          p++;
          continue;
        }
      n = sequence_length (p, end, &shaped);
      if (n > 0)
        {
          scan->n_multi++;
          p += n;
        }
      else if (shaped)
        {
          scan->n_shaped++;
          p += *p >= 0xF0 ? 4 : *p >= 0xE0 ? 3 : 2;
        }
      else
        {
          scan->n_bad++;
          p++;
        }
    }
}

/* How many bytes at p make one U+FFFD: the longest prefix of a well-formed sequence, as
 * the Unicode Standard recommends (3.9, "substitution of maximal subparts"). */
static guint
maximal_subpart (const guint8 *p,
                 const guint8 *end)
{
  guint8 lead = *p;
  guint n = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  guint i;

  if (lead < 0xC2 || lead > 0xF4 || end - p < 2
      || (p[1] & 0xC0) != 0x80
      || (lead == 0xE0 && p[1] < 0xA0) || (lead == 0xED && p[1] > 0x9F)
      || (lead == 0xF0 && p[1] < 0x90) || (lead == 0xF4 && p[1] > 0x8F))
    return 1;
  for (i = 2; i < n && i < (gsize) (end - p) && (p[i] & 0xC0) == 0x80; i++)
    ;

  return i;
}

static GString *
repair_utf8 (const guint8 *data,
             gsize         length,
             gsize        *n_replaced)
{
  GString *text = g_string_sized_new (length + 16);
  const guint8 *p = data;
  const guint8 *end = data + length;

  while (p < end)
    {
      const guint8 *run = p;
      gboolean shaped;
      guint n = 1;

      while ((p = skip_ascii (p, end)) < end && *p != 0
             && (n = sequence_length (p, end, &shaped)) > 0)
        p += n;
      g_string_append_len (text, (const char *) run, p - run);
      if (p == end)
        break;
      if (*p == 0)
        p++;
      else
        {
          g_string_append (text, REPLACEMENT);
          p += maximal_subpart (p, end);
          (*n_replaced)++;
        }
    }

  return text;
}

/* UTF-16 and UTF-32: done here since converters stop at the first lone surrogate. */
static GString *
decode_wide (const guint8 *data,
             gsize         length,
             guint         size,
             gboolean      big,
             gsize        *n_replaced)
{
  GString *text = g_string_sized_new (length / size * 2 + 16);
  gsize i = 0;

  for (; i + size <= length; i += size)
    {
      guint32 c = dra_encoding_unit_at (data + i, size, big);

      if (size == 2 && c >= 0xD800 && c < 0xDC00 && i + 4 <= length)
        {
          guint32 low = dra_encoding_unit_at (data + i + 2, 2, big);

          if (low >= 0xDC00 && low < 0xE000)
            {
              c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
              i += 2;
            }
        }
      if (c == 0)
        continue;
      if (c < 0x80)
        g_string_append_c (text, (char) c);
      else if (c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
        {
          g_string_append (text, REPLACEMENT);
          (*n_replaced)++;
        }
      else
        g_string_append_unichar (text, c);
    }
  if (i < length)
    {
      g_string_append (text, REPLACEMENT);
      (*n_replaced)++;
    }

  return text;
}

/* Windows-1252, 0 where it has no character: by hand, so that the commonest legacy
 * encoding works wherever we run. */
static const guint16 windows_1252[32] = {
  0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
  0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
  0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
  0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
};

static GString *
decode_iconv (const guint8 *data,
              gsize         length,
              const char   *name,
              gsize        *n_replaced)
{
  GIConv converter = g_iconv_open ("UTF-8", name);
  GString *text;
  char *in = (char *) data;
  gsize in_left = length;

  if (converter == (GIConv) -1)
    return NULL;

  text = g_string_sized_new (length + length / 2 + 16);
  for (;;)
    {
      char buffer[8192];
      char *out = buffer;
      gsize out_left = sizeof buffer;
      gsize result = g_iconv (converter, in_left > 0 ? &in : NULL, &in_left, &out, &out_left);
      int code = result == (gsize) -1 ? errno : 0;

      g_string_append_len (text, buffer, out - buffer);
      if (code == E2BIG)
        continue;
      if (in_left == 0)
        {
          /* The pass with no input has flushed what the converter held back. */
          if (in == NULL)
            break;
          in = NULL;
          continue;
        }
      if (code == 0)
        continue;
      /* Part of a character, or none of this encoding. */
      g_string_append (text, REPLACEMENT);
      (*n_replaced)++;
      in++;
      in_left--;
      g_iconv (converter, NULL, NULL, NULL, NULL);
    }
  g_iconv_close (converter);

  return text;
}

/* The upper half of a one-byte encoding, each byte converted by itself: converters join
 * letters and accents (Windows-1255, -1258) into characters that are not even normal form
 * C.  FALSE when name has characters of several bytes. */
static gboolean
make_table (const char *name,
            gunichar    table[128])
{
  GIConv converter = g_iconv_open ("UTF-8", name);
  guint n_defined = 0;

  if (converter == (GIConv) -1)
    return FALSE;
  for (guint i = 0; i < 128; i++)
    {
      char byte = (char) (0x80 + i), buffer[16];
      char *in = &byte, *out = buffer;
      gsize in_left = 1, out_left = sizeof buffer;

      g_iconv (converter, NULL, NULL, NULL, NULL);
      /* Once for the byte, once for what the converter holds back. */
      if (g_iconv (converter, &in, &in_left, &out, &out_left) != (gsize) -1)
        g_iconv (converter, NULL, NULL, &out, &out_left);
      table[i] = g_utf8_get_char_validated (buffer, out - buffer);
      if (out == buffer || table[i] > 0x10FFFF || g_utf8_next_char (buffer) != out)
        table[i] = 0xFFFD;
      else
        n_defined++;
    }
  g_iconv_close (converter);

  /* Of encodings with two bytes a character most or all upper bytes mean nothing alone. */
  return n_defined > 64;
}

static GString *
decode_table (const guint8  *data,
              gsize          length,
              const gunichar table[128],
              gsize         *n_replaced)
{
  GString *text = g_string_sized_new (length + length / 4 + 16);
  const guint8 *p = data;
  const guint8 *end = data + length;

  while (p < end)
    {
      const guint8 *run = p;

      p = skip_ascii (p, end);
      g_string_append_len (text, (const char *) run, p - run);
      if (p == end)
        break;
      if (*p != 0)
        {
          gunichar c = table[*p - 0x80];

          *n_replaced += c == 0xFFFD;
          g_string_append_unichar (text, c);
        }
      p++;
    }

  return text;
}

static void
replace_characters (GString         *text,
                    const gunichar (*pairs)[2],
                    guint            n_pairs)
{
  GString *copy = g_string_sized_new (text->len);

  for (const char *p = text->str; p < text->str + text->len; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      for (guint i = 0; i < n_pairs; i++)
        if (c == pairs[i][0])
          c = pairs[i][1];
      if (c != 0)
        g_string_append_unichar (copy, c);
    }
  g_string_assign (text, "");
  g_string_append_len (text, copy->str, copy->len);
  g_string_free (copy, TRUE);
}

/* Whether Shift_JIS text uses characters that only Windows has. */
static gboolean
has_windows_kanji (const guint8 *data,
                   gsize         length)
{
  for (gsize i = 0; i + 1 < length; i++)
    {
      guint8 lead = data[i];

      if (lead == 0x87 || lead == 0xED || lead == 0xEE || (lead >= 0xFA && lead <= 0xFC))
        return TRUE;
      i += (lead >= 0x81 && lead <= 0x9F) || (lead >= 0xE0 && lead <= 0xFC);
    }

  return FALSE;
}

/* Converters of multi-byte encodings, and what they get wrong. */
static GString *
decode_multibyte (const guint8 *data,
                  gsize         length,
                  const char   *name,
                  gsize        *n_replaced)
{
  /* Windows' reading of some JIS symbols, and the standard's. */
  static const gunichar jis[][2] = {
    { 0xFF5E, 0x301C }, { 0x2225, 0x2016 }, { 0xFF0D, 0x2212 },
    { 0xFFE0, 0xA2 }, { 0xFFE1, 0xA3 }, { 0xFFE2, 0xAC },
  };
  static const gunichar won[][2] = { { 0x20A9, '\\' } };
  GString *text = decode_iconv (data, length, name, n_replaced);

  if (text == NULL)
    return NULL;
  if (strcmp (name, "CP932") == 0 && !has_windows_kanji (data, length))
    replace_characters (text, jis, G_N_ELEMENTS (jis));
  else if (strcmp (name, "JOHAB") == 0)
    replace_characters (text, won, G_N_ELEMENTS (won));
  else if (memchr (text->str, 0, text->len) != NULL)
    replace_characters (text, NULL, 0);

  return text;
}

GString *
dra_encoding_decode (const guint8 *data,
                     gsize         length,
                     const char   *name,
                     gsize        *n_replaced)
{
  gunichar table[128];

  if (strcmp (name, "UTF-8") == 0)
    return repair_utf8 (data, length, n_replaced);
  if (g_str_has_prefix (name, "UTF-16"))
    return decode_wide (data, length, 2, name[6] == 'B', n_replaced);
  if (g_str_has_prefix (name, "UTF-32"))
    return decode_wide (data, length, 4, name[6] == 'B', n_replaced);
  if (strcmp (name, "WINDOWS-1252") == 0)
    {
      for (guint i = 0; i < 128; i++)
        table[i] = i >= 32 ? 0x80 + i : windows_1252[i] != 0 ? windows_1252[i] : 0xFFFD;
      return decode_table (data, length, table, n_replaced);
    }
  if (make_table (name, table))
    return decode_table (data, length, table, n_replaced);

  return decode_multibyte (data, length, name, n_replaced);
}
