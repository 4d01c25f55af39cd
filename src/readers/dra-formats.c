/* dra-formats.c: all readers that need a parser library.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-formats.h"

#ifdef DRA_HAVE_PDF
#include "readers/dra-pdf-reader.h"
#endif

/**
 * dra_formats_provide:
 *
 * Gives the registry the functions of all readers that were built.  Call it once, before
 * anything is read.
 */
void
dra_formats_provide (void)
{
  dra_formats_provide_most ();
#ifdef DRA_HAVE_PDF
  dra_reader_registry_provide ("pdf", dra_pdf_read);
#endif
}
