/* dra-pdf-reader.h: the text of PDF documents, through poppler.
 *
 * Reading order of columns, paragraphs, headings, lists, links; not the look of a page.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "readers/dra-reading.h"

G_BEGIN_DECLS

DraReading *dra_pdf_read (GBytes        *bytes,
                          const char    *name,
                          GCancellable  *cancellable,
                          GError       **error);

G_END_DECLS
