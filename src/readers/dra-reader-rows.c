/* dra-reader-rows.c: the formats that are read in the worker, one row each.
 *
 * The rows say how a format is told and what it is called; what reads it is provided by
 * dra-formats.c, in programs that link to the parser libraries.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-reader-rows.h"

#include <glib/gi18n-lib.h>

#define STRINGS(...) ((const char *const[]){ __VA_ARGS__, NULL })

/* The Debian packages that a build without these libraries misses. */
#ifdef DRA_HAVE_ARCHIVE
#define NEEDS_ARCHIVE NULL
#else
#define NEEDS_ARCHIVE "libarchive-dev"
#endif
#ifdef DRA_HAVE_MAIL
#define NEEDS_MAIL NULL
#else
#define NEEDS_MAIL "libgmime-3.0-dev"
#endif
#ifdef DRA_HAVE_PDF
#define NEEDS_PDF NULL
#else
#define NEEDS_PDF "libpoppler-glib-dev"
#endif
#ifdef DRA_HAVE_MARKDOWN
#define NEEDS_MARKDOWN NULL
#else
#define NEEDS_MARKDOWN "libcmark-gfm-dev"
#endif

const DraReader dra_reader_rows[] = {
  { .id = "copy", .what = N_ ("an annotated copy"),
    .types = STRINGS ("text/html", "application/xhtml+xml"),
    .suffixes = STRINGS (".html", ".htm", ".xhtml"),
    .sniff = dra_sniff_copy },
  { .id = "markdown-copy", .what = N_ ("an annotated copy"),
    .types = STRINGS ("text/markdown"),
    .suffixes = STRINGS (".md", ".markdown"),
    .sniff = dra_sniff_markdown_copy },
  { .id = "tei-copy", .what = N_ ("an annotated copy"),
    .types = STRINGS ("application/tei+xml", "application/xml", "text/xml"),
    .suffixes = STRINGS (".xml", ".tei"),
    .sniff = dra_sniff_tei_copy },
  { .id = "html", .what = N_ ("a web page"),
    .types = STRINGS ("text/html", "application/xhtml+xml"),
    .suffixes = STRINGS (".html", ".htm", ".xhtml", ".xht", ".shtml"),
    .sniff = dra_sniff_html, .page = "page" },
  { .id = "page", .what = N_ ("a web page"),
    .types = STRINGS ("text/html", "application/xhtml+xml"),
    .suffixes = STRINGS (".html", ".htm", ".xhtml", ".xht", ".shtml"),
    .sniff = dra_sniff_never },
  { .id = "mhtml", .what = N_ ("a web archive (MHTML)"),
    .types = STRINGS ("multipart/related", "application/x-mimearchive"),
    .suffixes = STRINGS (".mhtml", ".mht"),
    .sniff = dra_sniff_mhtml, .package = NEEDS_MAIL, .page = "mhtml-page" },
  { .id = "mhtml-page", .what = N_ ("a web archive (MHTML)"),
    .types = STRINGS ("multipart/related", "application/x-mimearchive"),
    .suffixes = STRINGS (".mhtml", ".mht"),
    .sniff = dra_sniff_never, .package = NEEDS_MAIL },
  { .id = "mail", .what = N_ ("an e-mail message"),
    .types = STRINGS ("message/rfc822", "application/mbox"),
    .suffixes = STRINGS (".eml", ".mbox"),
    .sniff = dra_sniff_mail, .package = NEEDS_MAIL, .page = "mail-page" },
  { .id = "mail-page", .what = N_ ("an e-mail message"),
    .types = STRINGS ("message/rfc822", "application/mbox"),
    .suffixes = STRINGS (".eml", ".mbox"),
    .sniff = dra_sniff_never, .package = NEEDS_MAIL },
  { .id = "markdown", .what = N_ ("a Markdown text"),
    .types = STRINGS ("text/markdown"),
    .suffixes = STRINGS (".md", ".markdown"),
    .sniff = dra_sniff_markdown, .package = NEEDS_MARKDOWN, .fallback = "text" },
  { .id = "epub", .what = N_ ("an EPUB book"),
    .types = STRINGS ("application/epub+zip"),
    .suffixes = STRINGS (".epub"),
    .sniff = dra_sniff_epub, .package = NEEDS_ARCHIVE },
  { .id = "fb2", .what = N_ ("an FB2 book"),
    .types = STRINGS ("application/x-fictionbook+xml", "application/x-zip-compressed-fb2"),
    .suffixes = STRINGS (".fb2", ".fb2.zip"),
    .sniff = dra_sniff_fb2 },
  { .id = "docx", .what = N_ ("a Word document (DOCX)"),
    .types = STRINGS ("application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    .suffixes = STRINGS (".docx", ".docm"),
    .sniff = dra_sniff_docx, .package = NEEDS_ARCHIVE },
  { .id = "odt", .what = N_ ("an OpenDocument text (ODT)"),
    .types = STRINGS ("application/vnd.oasis.opendocument.text",
                      "application/vnd.oasis.opendocument.text-flat-xml"),
    .suffixes = STRINGS (".odt", ".ott", ".fodt"),
    .sniff = dra_sniff_odt, .package = NEEDS_ARCHIVE },
  { .id = "rtf", .what = N_ ("an RTF document"),
    .types = STRINGS ("application/rtf", "text/rtf"),
    .suffixes = STRINGS (".rtf"),
    .sniff = dra_sniff_rtf },
  { .id = "pdf", .what = N_ ("a PDF document"),
    .types = STRINGS ("application/pdf"),
    .suffixes = STRINGS (".pdf"),
    .sniff = dra_sniff_pdf, .package = NEEDS_PDF },
  { .id = "jats", .what = N_ ("a JATS article"),
    .types = STRINGS ("application/jats+xml", "application/xml", "text/xml"),
    .suffixes = STRINGS (".xml", ".nxml"),
    .sniff = dra_sniff_jats },
  { .id = "nitf", .what = N_ ("a NITF article"),
    .types = STRINGS ("application/xml", "text/xml"),
    .suffixes = STRINGS (".xml", ".nitf"),
    .sniff = dra_sniff_nitf },
  { .id = "newsml", .what = N_ ("a NewsML article"),
    .types = STRINGS ("application/vnd.iptc.g2.newsitem+xml", "application/vnd.iptc.g2.newsmessage+xml",
                      "application/xml", "text/xml"),
    .suffixes = STRINGS (".xml"),
    .sniff = dra_sniff_newsml },
  { .id = "tei", .what = N_ ("a TEI document"),
    .types = STRINGS ("application/tei+xml", "application/xml", "text/xml"),
    .suffixes = STRINGS (".xml", ".tei"),
    .sniff = dra_sniff_tei },
  { .id = "feed", .what = N_ ("a news feed"),
    .types = STRINGS ("application/rss+xml", "application/atom+xml"),
    .suffixes = STRINGS (".rss", ".atom", ".xml"),
    .sniff = dra_sniff_feed },
};

G_STATIC_ASSERT (G_N_ELEMENTS (dra_reader_rows) == DRA_N_READER_ROWS);
