/* dra-sniff-zip.c: what a ZIP archive is, by the names of its entries.
 *
 * EPUB and OpenDocument begin with an entry "mimetype" that is stored as it is (OCF 3.3,
 * section 4.3; ODF 1.3, part 2, section 3.3).  Where that is missing, and for Office Open
 * XML, the names in the central directory tell; in an archive cut short, the names in the
 * entries' own headers.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-sniff.h"

#include <string.h>

#define LOCAL_HEADER 30
#define CENTRAL_HEADER 46
#define END_RECORD 22
#define MAX_COMMENT 65535
#define MAX_ENTRIES 20000 /* looked at */

static guint
get16 (const guint8 *p)
{
  return p[0] | (guint) p[1] << 8;
}

static guint32
get32 (const guint8 *p)
{
  return get16 (p) | (guint32) get16 (p + 2) << 16;
}

static const struct
{
  const char *type;
  DraZipKind  kind;
} types[] = {
  { "application/epub+zip", DRA_ZIP_EPUB },
  { "application/vnd.oasis.opendocument.text", DRA_ZIP_ODT },
  { "application/vnd.oasis.opendocument", DRA_ZIP_ODF },
};

static DraZipKind
find_type (const guint8 *data,
           gsize         length)
{
  gsize at;

  if (length < LOCAL_HEADER + 8 || get16 (data + 26) != 8
      || memcmp (data + LOCAL_HEADER, "mimetype", 8) != 0)
    return DRA_ZIP_NONE;
  at = LOCAL_HEADER + 8 + get16 (data + 28);
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      gsize n = strlen (types[i].type);

      if (at + n <= length && memcmp (data + at, types[i].type, n) == 0)
        return types[i].kind;
    }

  return DRA_ZIP_NONE;
}

static gboolean
is_prefix (const char   *prefix,
           const guint8 *name,
           gsize         length)
{
  gsize n = strlen (prefix);

  return length >= n && g_ascii_strncasecmp ((const char *) name, prefix, n) == 0;
}

static gboolean
is_suffix (const char   *suffix,
           const guint8 *name,
           gsize         length)
{
  gsize n = strlen (suffix);

  return length >= n && g_ascii_strncasecmp ((const char *) name + length - n, suffix, n) == 0;
}

/* What one entry says the archive is. */
static DraZipKind
judge_name (const guint8 *name,
            gsize         length)
{
  if (is_prefix ("word/document", name, length))
    return DRA_ZIP_DOCX;
  if (is_prefix ("META-INF/container.xml", name, length) || is_suffix (".opf", name, length))
    return DRA_ZIP_EPUB;
  if (is_prefix ("xl/workbook", name, length))
    return DRA_ZIP_XLSX;
  if (is_prefix ("ppt/presentation", name, length))
    return DRA_ZIP_PPTX;
  if (length == 11 && is_prefix ("content.xml", name, length))
    return DRA_ZIP_ODT;
  if (is_suffix (".fb2", name, length))
    return DRA_ZIP_FB2;

  return DRA_ZIP_OTHER;
}

/* Where the central directory begins, or 0.  What stands before the archive itself (a
 * program that unpacks it) moves all offsets by as much. */
static gsize
find_directory (const guint8 *data,
                gsize         length)
{
  gsize lowest, size;

  if (length < END_RECORD)
    return 0;
  lowest = length > END_RECORD + MAX_COMMENT ? length - END_RECORD - MAX_COMMENT : 0;
  for (gsize at = length - END_RECORD + 1; at-- > lowest;)
    if (memcmp (data + at, "PK\5\6", 4) == 0)
      {
        size = get32 (data + at + 12);
        return size <= at ? at - size : 0;
      }

  return 0;
}

static DraZipKind
judge_directory (const guint8 *data,
                 gsize         length,
                 gsize         at)
{
  DraZipKind kind = DRA_ZIP_OTHER;

  for (guint i = 0; i < MAX_ENTRIES && kind == DRA_ZIP_OTHER; i++)
    {
      gsize n;

      if (at + CENTRAL_HEADER > length || memcmp (data + at, "PK\1\2", 4) != 0)
        break;
      n = get16 (data + at + 28);
      if (n > length - at - CENTRAL_HEADER)
        break;
      kind = judge_name (data + at + CENTRAL_HEADER, n);
      at += CENTRAL_HEADER + n + get16 (data + at + 30) + get16 (data + at + 32);
    }

  return kind;
}

static DraZipKind
judge_entries (const guint8 *data,
               gsize         length)
{
  DraZipKind kind = DRA_ZIP_OTHER;
  const guint8 *p = data;

  for (guint i = 0; i < MAX_ENTRIES && kind == DRA_ZIP_OTHER; i++)
    {
      gsize left, n;

      p = memmem (p, length - (p - data), "PK\3\4", 4);
      if (p == NULL)
        break;
      left = length - (p - data);
      if (left < LOCAL_HEADER)
        break;
      n = get16 (p + 26);
      if (n <= left - LOCAL_HEADER)
        kind = judge_name (p + LOCAL_HEADER, n);
      p += 4;
    }

  return kind;
}

/**
 * dra_sniff_zip:
 * @data: the content of a file
 * @length: its length in bytes
 *
 * Returns: what it is when it is a ZIP archive
 */
DraZipKind
dra_sniff_zip (const guint8 *data,
               gsize         length)
{
  DraZipKind kind;
  gsize directory;

  if (length < 4 || memcmp (data, "PK", 2) != 0
      || (memcmp (data + 2, "\3\4", 2) != 0 && memcmp (data + 2, "\5\6", 2) != 0))
    return DRA_ZIP_NONE;

  kind = find_type (data, length);
  if (kind != DRA_ZIP_NONE)
    return kind;
  directory = find_directory (data, length);
  kind = directory > 0 ? judge_directory (data, length, directory) : DRA_ZIP_OTHER;

  return kind != DRA_ZIP_OTHER ? kind : judge_entries (data, length);
}
