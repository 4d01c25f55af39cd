/* dra-html-encoding.c: bytes of a page as UTF-8.
 *
 * Byte order marks, UTF-16 and UTF-8 show in the bytes; what a page says of itself (XML
 * declaration, meta elements, anywhere in the file, since many stand after the first 1024
 * bytes) counts for the rest, unless hardly anything makes sense then; last comes the guess
 * of dra-encoding.h.  Labels and what they mean are those of the Encoding standard.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-html-parse.h"

#include <string.h>

#include "readers/dra-encoding-private.h"
#include "readers/dra-encoding.h"

#define MAX_LABEL 32                 /* bytes */
#define MAX_TAG 1024                 /* bytes of an element that declares it */
#define MAX_LOOK (4 * 1024 * 1024)   /* bytes that are looked through for a declaration */

static const struct
{
  const char *label;
  const char *name; /* of a converter */
} labels[] = {
  { "ascii", "WINDOWS-1252" },        { "big5", "BIG5-HKSCS" },
  { "big5-hkscs", "BIG5-HKSCS" },     { "cp1250", "WINDOWS-1250" },
  { "cp1251", "WINDOWS-1251" },       { "cp1252", "WINDOWS-1252" },
  { "cp866", "CP866" },               { "euc-jp", "EUC-JP" },
  { "euc-kr", "UHC" },                { "gb18030", "GB18030" },
  { "gb2312", "GB18030" },            { "gbk", "GB18030" },
  { "ibm866", "CP866" },              { "iso-8859-1", "WINDOWS-1252" },
  { "iso-8859-10", "ISO-8859-10" },   { "iso-8859-11", "CP874" },
  { "iso-8859-13", "ISO-8859-13" },   { "iso-8859-14", "ISO-8859-14" },
  { "iso-8859-15", "ISO-8859-15" },   { "iso-8859-16", "ISO-8859-16" },
  { "iso-8859-2", "ISO-8859-2" },     { "iso-8859-3", "ISO-8859-3" },
  { "iso-8859-4", "ISO-8859-4" },     { "iso-8859-5", "ISO-8859-5" },
  { "iso-8859-6", "ISO-8859-6" },     { "iso-8859-7", "ISO-8859-7" },
  { "iso-8859-8", "WINDOWS-1255" },   { "iso-8859-8-i", "WINDOWS-1255" },
  { "iso-8859-9", "WINDOWS-1254" },   { "koi8-r", "KOI8-R" },
  { "koi8-u", "KOI8-U" },             { "ks_c_5601-1987", "UHC" },
  { "latin1", "WINDOWS-1252" },       { "macintosh", "MACINTOSH" },
  { "shift-jis", "CP932" },           { "shift_jis", "CP932" },
  { "sjis", "CP932" },                { "tis-620", "CP874" },
  { "us-ascii", "WINDOWS-1252" },     { "windows-1250", "WINDOWS-1250" },
  { "windows-1251", "WINDOWS-1251" }, { "windows-1252", "WINDOWS-1252" },
  { "windows-1253", "WINDOWS-1253" }, { "windows-1254", "WINDOWS-1254" },
  { "windows-1255", "WINDOWS-1255" }, { "windows-1256", "WINDOWS-1256" },
  { "windows-1257", "WINDOWS-1257" }, { "windows-1258", "WINDOWS-1258" },
  { "windows-31j", "CP932" },         { "windows-874", "CP874" },
  { "x-euc-jp", "EUC-JP" },           { "x-gbk", "GB18030" },
  { "x-mac-cyrillic", "MAC-CYRILLIC" }, { "x-sjis", "CP932" },
};

static const char *
find_name (const char *label,
           gsize       length)
{
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (strlen (labels[i].label) == length
        && g_ascii_strncasecmp (labels[i].label, label, length) == 0)
      return labels[i].name;

  return NULL;
}

/* The value behind "charset" or "encoding": = and blanks, and quotes around it. */
static const char *
read_label (const char *p,
            const char *end)
{
  const char *start;

  while (p < end && (g_ascii_isspace (*p) || *p == '=' || *p == '"' || *p == '\''))
    p++;
  start = p;
  while (p < end && p - start < MAX_LABEL && (g_ascii_isalnum (*p) || *p == '-' || *p == '_'))
    p++;

  return find_name (start, p - start);
}

static const char *
read_declaration (const char *tag,
                  gsize       left,
                  const char *word)
{
  const char *close = memchr (tag, '>', left);
  const char *end = close != NULL ? close : tag + left;
  gsize length = strlen (word);

  for (const char *p = tag; (gsize) (end - p) > length; p++)
    if ((*p | 0x20) == word[0] && g_ascii_strncasecmp (p, word, length) == 0)
      return read_label (p + length, end);

  return NULL;
}

/* What the page says, or NULL: then it says nothing, or something unknown. */
static const char *
find_declared (const char *data,
               gsize       length)
{
  const char *p = data;
  const char *end = data + MIN (length, MAX_LOOK);

  while (p < end && (p = memchr (p, '<', end - p)) != NULL)
    {
      gsize left = MIN (end - p, MAX_TAG);
      const char *name = NULL;

      if (left > 5 && g_ascii_strncasecmp (p, "<meta", 5) == 0)
        name = read_declaration (p, left, "charset");
      else if (left > 5 && memcmp (p, "<?xml", 5) == 0)
        name = read_declaration (p, left, "encoding");
      if (name != NULL)
        return name;
      p++;
    }

  return NULL;
}

static gsize
count_upper (const guint8 *data,
             gsize         length)
{
  gsize n = 0;

  for (gsize i = 0; i < length; i++)
    n += data[i] >= 0x80;

  return n;
}

/**
 * dra_html_to_utf8:
 * @bytes: a page, as it is in the file
 *
 * Finds the encoding of a page and turns it into UTF-8.
 *
 * Returns: (transfer full): valid UTF-8 without NULs
 */
GBytes *
dra_html_to_utf8 (GBytes *bytes)
{
  gsize length, replaced = 0;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  const char *declared, *found;
  GBytes *guessed;
  DraUtf8Scan scan;
  GString *text;

  if (length == 0)
    return g_bytes_ref (bytes);
  guessed = dra_encoding_to_utf8 (bytes, &found, NULL);
  /* That is what the page is not asked about: bytes that need no guess. */
  if (g_str_has_prefix (found, "UTF-") || g_str_has_prefix (found, "ISO-2022"))
    return guessed;
  dra_encoding_scan_utf8 (data, length, &scan);
  declared = scan.n_bad > 0 && scan.n_zero == 0 ? find_declared ((const char *) data, length) : NULL;
  if (declared == NULL)
    return guessed;

  text = dra_encoding_decode (data, length, declared, &replaced);
  if (text == NULL || replaced * 20 > count_upper (data, length))
    {
      if (text != NULL)
        g_string_free (text, TRUE);
      return guessed;
    }
  g_bytes_unref (guessed);

  return g_string_free_to_bytes (text);
}
