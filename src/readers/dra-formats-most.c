/* dra-formats-most.c: the readers that need a parser library, one row a format.
 *
 * All but the one of PDF, whose library takes longer to load than all others together: a
 * worker for another format does without.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-formats.h"

#include "readers/dra-copy-reader.h"
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
#include "readers/dra-rtf-reader.h"
#include "readers/dra-tei-reader.h"

/* Rows are sorted as in the registry: { id, function }. */
static const struct
{
  const char *id;
  DraReadFunc read;
} functions[] = {
  { "copy", dra_copy_read },
  { "markdown-copy", dra_copy_read_markdown },
  { "tei-copy", dra_copy_read_tei },
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
  { "jats", dra_jats_read },
  { "nitf", dra_nitf_read },
  { "newsml", dra_newsml_read },
  { "tei", dra_tei_read },
  { "feed", dra_feed_read },
  { NULL, NULL },
};

/**
 * dra_formats_provide_most:
 *
 * Gives the registry the functions of all readers that were built, but not that of PDF.
 */
void
dra_formats_provide_most (void)
{
  for (guint i = 0; functions[i].id != NULL; i++)
    dra_reader_registry_provide (functions[i].id, functions[i].read);
}
