/* dra-html-extract.h: the article in a page, without what is around it.
 *
 * The page is cut into blocks of text, each is described by numbers (its words and links,
 * the elements around it, how often its like occurs, its neighbours), and two layers of
 * learned trees say how likely it is of the article; what is most likely right as a whole
 * is kept.  The trees are made by dra-train-extract from pages whose article is known.
 * In the spirit of Boilerpipe (Kohlschütter et al. 2010), Web2Text (Vogels et al. 2018) and
 * Readability.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <libxml/tree.h>

#include "readers/dra-html-metadata.h"

G_BEGIN_DECLS

typedef struct _DraHtmlExtract DraHtmlExtract;

DraHtmlExtract *dra_html_extract_new      (xmlNode               *root,
                                           const DraHtmlMetadata *metadata);
void            dra_html_extract_free     (DraHtmlExtract        *self);
gboolean        dra_html_extract_is_whole (DraHtmlExtract        *self);
gboolean        dra_html_extract_shows_hidden (DraHtmlExtract    *self);
gboolean        dra_html_extract_filter   (const xmlNode         *node,
                                           gpointer               self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraHtmlExtract, dra_html_extract_free)

G_END_DECLS
