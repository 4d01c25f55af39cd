/* dra-xml-news.h: what the readers of news in XML share: NITF, and HTML in XML.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "readers/dra-xml-tree.h"

G_BEGIN_DECLS

gboolean dra_xml_news_write_nitf  (DraArticleBuilder  *builder,
                                   const xmlNode      *nitf,
                                   gboolean            title,
                                   GCancellable       *cancellable,
                                   GError            **error);
gboolean dra_xml_news_write_html  (DraArticleBuilder  *builder,
                                   const char         *html,
                                   const char         *base,
                                   guint               shift,
                                   GCancellable       *cancellable,
                                   GError            **error);
gboolean dra_xml_news_write_plain (DraArticleBuilder  *builder,
                                   const char         *text);
void     dra_xml_news_write_block (DraArticleBuilder  *builder,
                                   DraBlockKind        kind,
                                   guint               level,
                                   const char         *text);
char    *dra_xml_news_date        (const char         *text);
char    *dra_xml_news_byline      (const char         *text);

G_END_DECLS
