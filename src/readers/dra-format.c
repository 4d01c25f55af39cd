/* dra-format.c: what a file is that no reader opens.
 *
 * By the signatures of the formats' own specifications; ZIP and OLE containers by the
 * names of what is in them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-format.h"

#include <glib/gi18n-lib.h>
#include <string.h>

enum
{
  POSTSCRIPT, XLSX, PPTX, ODF, ZIP, LOCKED, OLE, DJVU, SVG, BZIP2, XZ, ZSTD, SEVEN_ZIP, RAR, TAR, PNG, JPEG, GIF, WEBP, TIFF, BMP, HEIF, MP3,
  OGG, FLAC, WAV, MP4, MATROSKA, ELF, PE, MACH_O, JAVA, WASM, SQLITE, FONT, MOBI,
};

static const DraFormat formats[] = {
  [POSTSCRIPT] = { "application/postscript", N_ ("“%s” is a PostScript document, which Dramatis cannot open."), DRA_FORMAT_DOCUMENT },
  [XLSX] = { "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", N_ ("“%s” is an Excel spreadsheet, not an article."), DRA_FORMAT_OTHER },
  [PPTX] = { "application/vnd.openxmlformats-officedocument.presentationml.presentation", N_ ("“%s” is a PowerPoint presentation, not an article."), DRA_FORMAT_OTHER },
  [ODF] = { "application/vnd.oasis.opendocument", N_ ("“%s” is an OpenDocument file, but not a text."), DRA_FORMAT_OTHER },
  [ZIP] = { "application/zip", N_ ("“%s” is a ZIP archive, not an article."), DRA_FORMAT_OTHER },
  [LOCKED] = { "application/x-ole-storage", N_ ("“%s” is protected with a password, and Dramatis cannot open it."), DRA_FORMAT_DOCUMENT },
  [OLE] = { "application/x-ole-storage", N_ ("“%s” is a document of an old version of Office, which Dramatis cannot open."), DRA_FORMAT_DOCUMENT },
  [DJVU] = { "image/vnd.djvu", N_ ("“%s” is a DjVu document, which Dramatis cannot open."), DRA_FORMAT_DOCUMENT },
  [SVG] = { "image/svg+xml", N_ ("“%s” is an SVG picture, not an article."), DRA_FORMAT_DOCUMENT },
  [BZIP2] = { "application/x-bzip2", N_ ("“%s” is compressed with bzip2; unpack it and open what is inside."), DRA_FORMAT_OTHER },
  [XZ] = { "application/x-xz", N_ ("“%s” is compressed with xz; unpack it and open what is inside."), DRA_FORMAT_OTHER },
  [ZSTD] = { "application/zstd", N_ ("“%s” is compressed with Zstandard; unpack it and open what is inside."), DRA_FORMAT_OTHER },
  [SEVEN_ZIP] = { "application/x-7z-compressed", N_ ("“%s” is a 7-Zip archive, not an article."), DRA_FORMAT_OTHER },
  [RAR] = { "application/vnd.rar", N_ ("“%s” is a RAR archive, not an article."), DRA_FORMAT_OTHER },
  [TAR] = { "application/x-tar", N_ ("“%s” is a tar archive, not an article."), DRA_FORMAT_OTHER },
  [PNG] = { "image/png", N_ ("“%s” is a PNG picture, not an article."), DRA_FORMAT_OTHER },
  [JPEG] = { "image/jpeg", N_ ("“%s” is a JPEG picture, not an article."), DRA_FORMAT_OTHER },
  [GIF] = { "image/gif", N_ ("“%s” is a GIF picture, not an article."), DRA_FORMAT_OTHER },
  [WEBP] = { "image/webp", N_ ("“%s” is a WebP picture, not an article."), DRA_FORMAT_OTHER },
  [TIFF] = { "image/tiff", N_ ("“%s” is a TIFF picture, not an article."), DRA_FORMAT_OTHER },
  [BMP] = { "image/bmp", N_ ("“%s” is a BMP picture, not an article."), DRA_FORMAT_OTHER },
  [HEIF] = { "image/heif", N_ ("“%s” is a HEIF or AVIF picture, not an article."), DRA_FORMAT_OTHER },
  [MP3] = { "audio/mpeg", N_ ("“%s” is an MP3 recording, not an article."), DRA_FORMAT_OTHER },
  [OGG] = { "application/ogg", N_ ("“%s” is an Ogg recording, not an article."), DRA_FORMAT_OTHER },
  [FLAC] = { "audio/flac", N_ ("“%s” is a FLAC recording, not an article."), DRA_FORMAT_OTHER },
  [WAV] = { "audio/vnd.wave", N_ ("“%s” is a WAV recording, not an article."), DRA_FORMAT_OTHER },
  [MP4] = { "video/mp4", N_ ("“%s” is an MP4 recording, not an article."), DRA_FORMAT_OTHER },
  [MATROSKA] = { "video/x-matroska", N_ ("“%s” is a Matroska or WebM recording, not an article."), DRA_FORMAT_OTHER },
  [ELF] = { "application/x-executable", N_ ("“%s” is a program or a part of one (ELF), not an article."), DRA_FORMAT_OTHER },
  [PE] = { "application/vnd.microsoft.portable-executable", N_ ("“%s” is a Windows program, not an article."), DRA_FORMAT_OTHER },
  [MACH_O] = { "application/x-mach-binary", N_ ("“%s” is a macOS program, not an article."), DRA_FORMAT_OTHER },
  [JAVA] = { "application/x-java", N_ ("“%s” is a Java program, not an article."), DRA_FORMAT_OTHER },
  [WASM] = { "application/wasm", N_ ("“%s” is a WebAssembly program, not an article."), DRA_FORMAT_OTHER },
  [SQLITE] = { "application/vnd.sqlite3", N_ ("“%s” is an SQLite database, not an article."), DRA_FORMAT_OTHER },
  [FONT] = { "font/sfnt", N_ ("“%s” is a font, not an article."), DRA_FORMAT_OTHER },
  [MOBI] = { "application/x-mobipocket-ebook", N_ ("“%s” is a Kindle book, which Dramatis cannot open."), DRA_FORMAT_DOCUMENT },
};

static const struct
{
  gsize       offset;
  gsize       length;
  const char *bytes;
  int         format;
} signatures[] = {
  { 0, 4, "%!PS", POSTSCRIPT },
  { 0, 8, "AT&TFORM", DJVU },
  { 0, 3, "BZh", BZIP2 },
  { 0, 6, "\xFD" "7zXZ\0", XZ },
  { 0, 4, "\x28\xB5\x2F\xFD", ZSTD },
  { 0, 6, "7z\xBC\xAF\x27\x1C", SEVEN_ZIP },
  { 0, 7, "Rar!\x1A\x07\x00", RAR },
  { 0, 7, "Rar!\x1A\x07\x01", RAR },
  { 257, 5, "ustar", TAR },
  { 0, 8, "\x89PNG\r\n\x1A\n", PNG },
  { 0, 3, "\xFF\xD8\xFF", JPEG },
  { 0, 6, "GIF87a", GIF },
  { 0, 6, "GIF89a", GIF },
  { 8, 4, "WEBP", WEBP },
  { 0, 4, "II*\0", TIFF },
  { 0, 4, "MM\0*", TIFF },
  { 4, 8, "ftypheic", HEIF },
  { 4, 8, "ftypmif1", HEIF },
  { 4, 8, "ftypavif", HEIF },
  { 4, 4, "ftyp", MP4 },
  { 0, 4, "ID3\3", MP3 },
  { 0, 4, "ID3\4", MP3 },
  { 0, 5, "OggS\0", OGG },
  { 0, 5, "fLaC\0", FLAC },
  { 8, 4, "WAVE", WAV },
  { 0, 4, "\x1A\x45\xDF\xA3", MATROSKA },
  { 0, 4, "\x7F" "ELF", ELF },
  { 0, 4, "\xCF\xFA\xED\xFE", MACH_O },
  { 0, 4, "\xCA\xFE\xBA\xBE", JAVA },
  { 0, 5, "\0asm\1", WASM },
  { 0, 16, "SQLite format 3\0", SQLITE },
  { 0, 5, "\0\1\0\0\0", FONT },
  { 0, 4, "OTTO", FONT },
  { 0, 4, "wOFF", FONT },
  { 0, 4, "wOF2", FONT },
  { 60, 8, "BOOKMOBI", MOBI },
};

/* Office puts a document with a password into such a container, in a stream of this name. */
static gboolean
is_locked (const guint8 *data,
           gsize         length)
{
  static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";

  return memmem (data, length, name, sizeof name - 1) != NULL;
}

/**
 * dra_format_find:
 * @sniff: a view of the file
 *
 * Tells a format that no reader opens by its content.
 *
 * Returns: (transfer none) (nullable): the format, or %NULL when it is none of these
 */
const DraFormat *
dra_format_find (const DraSniff *sniff)
{
  static const int zips[] = {
    [DRA_ZIP_OTHER] = ZIP, [DRA_ZIP_ODF] = ODF, [DRA_ZIP_XLSX] = XLSX, [DRA_ZIP_PPTX] = PPTX,
  };
  const guint8 *data = sniff->data;
  gsize length = sniff->length;

  for (guint i = 0; i < G_N_ELEMENTS (signatures); i++)
    if (length >= signatures[i].offset + signatures[i].length
        && memcmp (data + signatures[i].offset, signatures[i].bytes, signatures[i].length) == 0)
      return &formats[signatures[i].format];
  if (length >= 8 && memcmp (data, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0)
    return &formats[is_locked (data, length) ? LOCKED : OLE];
  switch (sniff->zip)
    {
    case DRA_ZIP_OTHER:
    case DRA_ZIP_ODF:
    case DRA_ZIP_XLSX:
    case DRA_ZIP_PPTX:
      return &formats[zips[sniff->zip]];
    default:
      break;
    }
  if (length >= 64 && memcmp (data, "MZ", 2) == 0 && memchr (data, 0, 64) != NULL)
    return &formats[PE];
  if (length >= 14 && memcmp (data, "BM", 2) == 0 && memcmp (data + 6, "\0\0\0\0", 4) == 0)
    return &formats[BMP];
  if (dra_sniff_is_svg (sniff))
    return &formats[SVG];

  return NULL;
}
