/* dra-html-page.h: web pages, saved or written by hand.
 *
 * "html" gives the article that is in a page, "page" everything that is seen of it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>
#include <libxml/tree.h>

#include "readers/dra-html-blocks.h"
#include "readers/dra-reading.h"

G_BEGIN_DECLS

DraReading *dra_html_read          (GBytes                      *bytes,
                                    const char                  *name,
                                    GCancellable                *cancellable,
                                    GError                     **error);
DraReading *dra_page_read          (GBytes                      *bytes,
                                    const char                  *name,
                                    GCancellable                *cancellable,
                                    GError                     **error);
/* For pages that come in something else, a web archive say. */
DraReading *dra_html_read_document (xmlDoc                      *document,
                                    const char                  *address,
                                    const DraHtmlBlocksOptions  *options,
                                    gboolean                     whole,
                                    GCancellable                *cancellable,
                                    GError                     **error);

G_END_DECLS
