/* dra-formats.c: the readers that need a parser library, one row a format.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-formats.h"

#ifdef DRA_HAVE_ARCHIVE
#include "readers/dra-docx-reader.h"
#include "readers/dra-epub-reader.h"
#include "readers/dra-odt-reader.h"
#endif
#include "readers/dra-fb2-reader.h"
#include "readers/dra-feed-reader.h"
#include "readers/dra-html-page.h"
#include "readers/dra-jats-reader.h"
#ifdef DRA_HAVE_MAIL
#include "readers/dra-mail-reader.h"
#include "readers/dra-mhtml-reader.h"
#endif
#ifdef DRA_HAVE_MARKDOWN
#include "readers/dra-markdown-reader.h"
#endif
#include "readers/dra-newsml-reader.h"
#include "readers/dra-nitf-reader.h"
#ifdef DRA_HAVE_PDF
#include "readers/dra-pdf-reader.h"
#endif
#include "readers/dra-rtf-reader.h"
#include "readers/dra-tei-reader.h"

/* Rows are sorted as in the registry: { id, function }. */
static const struct
{
  const char *id;
  DraReadFunc read;
} functions[] = {
  { "html", dra_html_read },
  { "page", dra_page_read },
#ifdef DRA_HAVE_MAIL
  { "mhtml", dra_mhtml_read },
  { "mhtml-page", dra_mhtml_page_read },
  { "mail", dra_mail_read },
  { "mail-page", dra_mail_page_read },
#endif
#ifdef DRA_HAVE_MARKDOWN
  { "markdown", dra_markdown_read },
#endif
#ifdef DRA_HAVE_ARCHIVE
  { "epub", dra_epub_read },
#endif
  { "fb2", dra_fb2_read },
#ifdef DRA_HAVE_ARCHIVE
  { "docx", dra_docx_read },
  { "odt", dra_odt_read },
#endif
  { "rtf", dra_rtf_read },
#ifdef DRA_HAVE_PDF
  { "pdf", dra_pdf_read },
#endif
  { "jats", dra_jats_read },
  { "nitf", dra_nitf_read },
  { "newsml", dra_newsml_read },
  { "tei", dra_tei_read },
  { "feed", dra_feed_read },
  { NULL, NULL },
};

/**
 * dra_formats_provide:
 *
 * Gives the registry the functions of all readers that were built.  Call it once, before
 * anything is read.
 */
void
dra_formats_provide (void)
{
  for (guint i = 0; functions[i].id != NULL; i++)
    dra_reader_registry_provide (functions[i].id, functions[i].read);
}
