/* dra-format.c: what a file is that no reader of this version opens.
 *
 * By the signatures of the formats' own specifications; ZIP and OLE containers by the
 * names of what is in them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-format.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define HEAD 4096 /* bytes in which a format must show itself */

enum
{
  PDF, POSTSCRIPT, RTF, EPUB, DOCX, XLSX, PPTX, ODT, ODF, ZIP, OLE, DJVU, FB2, SVG, HTML, MAIL,
  MHTML, HTML_FRAGMENT, GZIP, BZIP2, XZ, ZSTD, SEVEN_ZIP, RAR, TAR, PNG, JPEG, GIF, WEBP, TIFF, BMP, HEIF, MP3,
  OGG, FLAC, WAV, MP4, MATROSKA, ELF, PE, MACH_O, JAVA, WASM, SQLITE, FONT, MOBI,
};

static const DraFormat formats[] = {
  [PDF] = { "application/pdf", N_ ("“%s” is a PDF document, which this version of Dramatis cannot open yet."), DRA_FORMAT_DOCUMENT, FALSE },
  [POSTSCRIPT] = { "application/postscript", N_ ("“%s” is a PostScript document, which Dramatis cannot open."), DRA_FORMAT_DOCUMENT, FALSE },
  [RTF] = { "application/rtf", N_ ("“%s” is an RTF document, which this version of Dramatis cannot open yet."), DRA_FORMAT_DOCUMENT, FALSE },
  [EPUB] = { "application/epub+zip", N_ ("“%s” is an EPUB book, which this version of Dramatis cannot open yet."), DRA_FORMAT_DOCUMENT, FALSE },
  [DOCX] = { "application/vnd.openxmlformats-officedocument.wordprocessingml.document", N_ ("“%s” is a Word document (DOCX), which this version of Dramatis cannot open yet."), DRA_FORMAT_DOCUMENT, FALSE },
  [XLSX] = { "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", N_ ("“%s” is an Excel spreadsheet, not an article."), DRA_FORMAT_OTHER, FALSE },
  [PPTX] = { "application/vnd.openxmlformats-officedocument.presentationml.presentation", N_ ("“%s” is a PowerPoint presentation, not an article."), DRA_FORMAT_OTHER, FALSE },
  [ODT] = { "application/vnd.oasis.opendocument.text", N_ ("“%s” is an OpenDocument text (ODT), which this version of Dramatis cannot open yet."), DRA_FORMAT_DOCUMENT, FALSE },
  [ODF] = { "application/vnd.oasis.opendocument", N_ ("“%s” is an OpenDocument file, but not a text."), DRA_FORMAT_OTHER, FALSE },
  [ZIP] = { "application/zip", N_ ("“%s” is a ZIP archive, not an article."), DRA_FORMAT_OTHER, FALSE },
  [OLE] = { "application/x-ole-storage", N_ ("“%s” is a document of an old version of Office, which Dramatis cannot open."), DRA_FORMAT_DOCUMENT, FALSE },
  [DJVU] = { "image/vnd.djvu", N_ ("“%s” is a DjVu document, which Dramatis cannot open."), DRA_FORMAT_DOCUMENT, FALSE },
  [FB2] = { "application/x-fictionbook+xml", N_ ("“%s” is an FB2 book, which this version of Dramatis cannot open yet."), DRA_FORMAT_DOCUMENT, FALSE },
  [SVG] = { "image/svg+xml", N_ ("“%s” is an SVG picture, not an article."), DRA_FORMAT_DOCUMENT, FALSE },
  [HTML] = { "text/html", N_ ("“%s” is a web page, and this version of Dramatis cannot open web pages yet."), DRA_FORMAT_DOCUMENT, FALSE },
  [HTML_FRAGMENT] = { "text/html", N_ ("“%s” is a web page, and this version of Dramatis cannot open web pages yet."), DRA_FORMAT_DOCUMENT, TRUE },
  [MAIL] = { "message/rfc822", N_ ("“%s” is an e-mail message, which this version of Dramatis cannot open yet."), DRA_FORMAT_DOCUMENT, FALSE },
  [MHTML] = { "multipart/related", N_ ("“%s” is a web archive (MHTML), which this version of Dramatis cannot open yet."), DRA_FORMAT_DOCUMENT, FALSE },
  [GZIP] = { "application/gzip", N_ ("“%s” is compressed with gzip; unpack it and open what is inside."), DRA_FORMAT_OTHER, FALSE },
  [BZIP2] = { "application/x-bzip2", N_ ("“%s” is compressed with bzip2; unpack it and open what is inside."), DRA_FORMAT_OTHER, FALSE },
  [XZ] = { "application/x-xz", N_ ("“%s” is compressed with xz; unpack it and open what is inside."), DRA_FORMAT_OTHER, FALSE },
  [ZSTD] = { "application/zstd", N_ ("“%s” is compressed with Zstandard; unpack it and open what is inside."), DRA_FORMAT_OTHER, FALSE },
  [SEVEN_ZIP] = { "application/x-7z-compressed", N_ ("“%s” is a 7-Zip archive, not an article."), DRA_FORMAT_OTHER, FALSE },
  [RAR] = { "application/vnd.rar", N_ ("“%s” is a RAR archive, not an article."), DRA_FORMAT_OTHER, FALSE },
  [TAR] = { "application/x-tar", N_ ("“%s” is a tar archive, not an article."), DRA_FORMAT_OTHER, FALSE },
  [PNG] = { "image/png", N_ ("“%s” is a PNG picture, not an article."), DRA_FORMAT_OTHER, FALSE },
  [JPEG] = { "image/jpeg", N_ ("“%s” is a JPEG picture, not an article."), DRA_FORMAT_OTHER, FALSE },
  [GIF] = { "image/gif", N_ ("“%s” is a GIF picture, not an article."), DRA_FORMAT_OTHER, FALSE },
  [WEBP] = { "image/webp", N_ ("“%s” is a WebP picture, not an article."), DRA_FORMAT_OTHER, FALSE },
  [TIFF] = { "image/tiff", N_ ("“%s” is a TIFF picture, not an article."), DRA_FORMAT_OTHER, FALSE },
  [BMP] = { "image/bmp", N_ ("“%s” is a BMP picture, not an article."), DRA_FORMAT_OTHER, FALSE },
  [HEIF] = { "image/heif", N_ ("“%s” is a HEIF or AVIF picture, not an article."), DRA_FORMAT_OTHER, FALSE },
  [MP3] = { "audio/mpeg", N_ ("“%s” is an MP3 recording, not an article."), DRA_FORMAT_OTHER, FALSE },
  [OGG] = { "application/ogg", N_ ("“%s” is an Ogg recording, not an article."), DRA_FORMAT_OTHER, FALSE },
  [FLAC] = { "audio/flac", N_ ("“%s” is a FLAC recording, not an article."), DRA_FORMAT_OTHER, FALSE },
  [WAV] = { "audio/vnd.wave", N_ ("“%s” is a WAV recording, not an article."), DRA_FORMAT_OTHER, FALSE },
  [MP4] = { "video/mp4", N_ ("“%s” is an MP4 recording, not an article."), DRA_FORMAT_OTHER, FALSE },
  [MATROSKA] = { "video/x-matroska", N_ ("“%s” is a Matroska or WebM recording, not an article."), DRA_FORMAT_OTHER, FALSE },
  [ELF] = { "application/x-executable", N_ ("“%s” is a program or a part of one (ELF), not an article."), DRA_FORMAT_OTHER, FALSE },
  [PE] = { "application/vnd.microsoft.portable-executable", N_ ("“%s” is a Windows program, not an article."), DRA_FORMAT_OTHER, FALSE },
  [MACH_O] = { "application/x-mach-binary", N_ ("“%s” is a macOS program, not an article."), DRA_FORMAT_OTHER, FALSE },
  [JAVA] = { "application/x-java", N_ ("“%s” is a Java program, not an article."), DRA_FORMAT_OTHER, FALSE },
  [WASM] = { "application/wasm", N_ ("“%s” is a WebAssembly program, not an article."), DRA_FORMAT_OTHER, FALSE },
  [SQLITE] = { "application/vnd.sqlite3", N_ ("“%s” is an SQLite database, not an article."), DRA_FORMAT_OTHER, FALSE },
  [FONT] = { "font/sfnt", N_ ("“%s” is a font, not an article."), DRA_FORMAT_OTHER, FALSE },
  [MOBI] = { "application/x-mobipocket-ebook", N_ ("“%s” is a Kindle book, which Dramatis cannot open."), DRA_FORMAT_DOCUMENT, FALSE },
};

static const struct
{
  gsize       offset;
  gsize       length;
  const char *bytes;
  int         format;
} signatures[] = {
  { 0, 5, "%PDF-", PDF },
  { 0, 4, "%!PS", POSTSCRIPT },
  { 0, 5, "{\\rtf", RTF },
  { 0, 8, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", OLE },
  { 0, 8, "AT&TFORM", DJVU },
  { 0, 2, "\x1F\x8B", GZIP },
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

static gboolean
contains (const guint8 *data,
          gsize         length,
          const char   *needle)
{
  return memmem (data, length, needle, strlen (needle)) != NULL;
}

/* The first entry of an EPUB or OpenDocument file is its type; Office's are recognised by
 * the folder of their main part. */
static int
find_zip (const guint8 *data,
          gsize         length)
{
  static const struct { const char *mark; int format; } first[] = {
    { "mimetypeapplication/epub+zip", EPUB },
    { "mimetypeapplication/vnd.oasis.opendocument.text", ODT },
    { "mimetypeapplication/vnd.oasis.opendocument", ODF },
  };
  gsize head = MIN (length, HEAD);

  for (guint i = 0; i < G_N_ELEMENTS (first); i++)
    if (contains (data, MIN (head, 256), first[i].mark))
      return first[i].format;
  if (contains (data, length, "word/document") || contains (data, head, "word/"))
    return DOCX;
  if (contains (data, length, "xl/workbook"))
    return XLSX;
  if (contains (data, length, "ppt/presentation"))
    return PPTX;
  if (contains (data, length, "META-INF/container.xml"))
    return EPUB;

  return ZIP;
}

static gboolean
has_tag (const char *head,
         const char *tag)
{
  const char *p = head;

  while ((p = strstr (p, tag)) != NULL)
    {
      char after = p[strlen (tag)];

      if (after == '\0' || after == '>' || after == '/' || g_ascii_isspace (after))
        return TRUE;
      p++;
    }

  return FALSE;
}

/* Behind white space, comments and processing instructions: where the first tag is. */
static const char *
skip_prolog (const char *p)
{
  for (;;)
    {
      const char *end;

      while (g_ascii_isspace (*p))
        p++;
      if (g_str_has_prefix (p, "<!--"))
        end = strstr (p + 4, "-->");
      else if (g_str_has_prefix (p, "<?"))
        end = strstr (p + 2, "?>");
      else
        return p;
      if (end == NULL)
        return p;
      p = end + (*end == '-' ? 3 : 2);
    }
}

/* Web pages as the WHATWG's MIME Sniffing tells them: by the first tag; and XML by its
 * root.  Text that only mentions tags is text. */
static int
find_markup (const char *head)
{
  static const char *const tags[] = {
    "<html", "<head", "<body", "<title", "<meta", "<link", "<script", "<style", "<base",
    "<table", "<div", "<p", "<br", "<h1", "<h2", "<a", "<font", "<iframe", "<center",
    "<article", "<main", "<section", "<img", "<form", "<frameset",
  };
  const char *p = skip_prolog (head);

  if (*p != '<')
    return -1;
  if (has_tag (p, "<fictionbook"))
    return FB2;
  if (g_str_has_prefix (p, "<!doctype html") || has_tag (p, "<html"))
    return HTML;
  if (g_str_has_prefix (p, "<svg") || g_str_has_prefix (p, "<!doctype svg"))
    return SVG;
  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    if (g_str_has_prefix (p, tags[i]) && has_tag (p, tags[i]))
      return HTML_FRAGMENT;

  return -1;
}

/* Mail and web archives: header fields from the first line on that only mail has. */
static int
find_mail (const char *head)
{
  gboolean mime;

  if (!g_ascii_isalpha (*head))
    return -1;
  mime = strstr (head, "\nmime-version:") != NULL || g_str_has_prefix (head, "mime-version:");
  if (mime && strstr (head, "\ncontent-type: multipart/related") != NULL
      && (g_str_has_prefix (head, "from:") || g_str_has_prefix (head, "mime-version:")
          || strstr (head, "\nsnapshot-content-location:") != NULL))
    return MHTML;
  if (mime && (g_str_has_prefix (head, "return-path:") || g_str_has_prefix (head, "received:")
               || g_str_has_prefix (head, "delivered-to:") || g_str_has_prefix (head, "mime-version:")
               || g_str_has_prefix (head, "message-id:") || strstr (head, "\nmessage-id:") != NULL))
    return MAIL;

  return -1;
}

/* The head in lower case, one byte a character, whatever the encoding. */
static char *
make_head (const guint8 *data,
           gsize         length)
{
  gsize n = MIN (length, HEAD);
  char *head = g_malloc (n + 1);
  gsize k = 0, i = 0;

  if (n >= 3 && memcmp (data, "\xEF\xBB\xBF", 3) == 0)
    i = 3;
  else if (n >= 2 && (memcmp (data, "\xFF\xFE", 2) == 0 || memcmp (data, "\xFE\xFF", 2) == 0))
    i = 2;
  for (; i < n; i++)
    if (data[i] != 0)
      head[k++] = g_ascii_tolower ((char) data[i]);
  head[k] = '\0';

  return head;
}

/**
 * dra_format_find:
 * @data: the whole file, or its head
 * @length: its length in bytes
 *
 * Recognises a format by its content.
 *
 * Returns: (transfer none) (nullable): the format, or %NULL when it is none of these
 */
const DraFormat *
dra_format_find (const guint8 *data,
                 gsize         length)
{
  g_autofree char *head = NULL;
  int found;

  for (guint i = 0; i < G_N_ELEMENTS (signatures); i++)
    if (length >= signatures[i].offset + signatures[i].length
        && memcmp (data + signatures[i].offset, signatures[i].bytes, signatures[i].length) == 0)
      return &formats[signatures[i].format];
  if (length >= 4 && memcmp (data, "PK\3\4", 4) == 0)
    return &formats[find_zip (data, length)];
  if (length >= 64 && memcmp (data, "MZ", 2) == 0 && memchr (data, 0, 64) != NULL)
    return &formats[PE];
  if (length >= 14 && memcmp (data, "BM", 2) == 0 && memcmp (data + 6, "\0\0\0\0", 4) == 0)
    return &formats[BMP];
  /* A PDF may begin with up to 1 KiB of something else. */
  if (contains (data, MIN (length, 1024), "%PDF-1.") && memchr (data, 0, length) != NULL)
    return &formats[PDF];

  head = make_head (data, length);
  found = find_markup (head);
  if (found < 0)
    found = find_mail (head);

  return found >= 0 ? &formats[found] : NULL;
}
