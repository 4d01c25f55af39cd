/* dra-html-references.h: character references in the markup of a page.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _DraHtmlReferences DraHtmlReferences;

DraHtmlReferences *dra_html_references_new    (void);
void               dra_html_references_free   (DraHtmlReferences *self);
void               dra_html_references_decode (DraHtmlReferences *self,
                                               const char        *text,
                                               gsize              length,
                                               gboolean           keep_controls,
                                               GString           *out);
void               dra_html_references_clean  (const char        *text,
                                               gsize              length,
                                               GString           *out);

G_END_DECLS
