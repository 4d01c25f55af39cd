/* dra-html-parse.h: the bytes of a page as a tree.
 *
 * One pass over the bytes (dra-html-scrub.c) finds tags and text: what no reader of a page
 * sees (styles, drawings, comments, programs) goes, which is most of a page of today; and
 * what would cost more than linear time (elements nested without end, elements with
 * attributes without end) is bounded.  dra-html-tree.c makes the tree of what is left, of
 * libxml2's nodes; libxml2's own parser takes several times as long.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>
#include <libxml/tree.h>

G_BEGIN_DECLS

#define DRA_HTML_MAX_DEPTH 256      /* elements inside one another; deeper ones are dissolved */
#define DRA_HTML_MAX_ATTRIBUTES 64  /* of one element */

xmlDoc  *dra_html_parse (GBytes        *bytes,
                         const char    *name,
                         GCancellable  *cancellable,
                         GError       **error);
GBytes  *dra_html_to_utf8 (GBytes      *bytes);
xmlDoc  *dra_html_parse_utf8 (const char *text,
                              gsize       length);

void     dra_html_document_free (xmlDoc *document);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlDoc, dra_html_document_free)

G_END_DECLS
