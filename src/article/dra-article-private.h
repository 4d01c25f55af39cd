/* dra-article-private.h: what the builder hands over to make an article.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "article/dra-article.h"

G_BEGIN_DECLS

/* text, blocks, styles, strings, metadata's strings: (transfer full) */
DraArticle *dra_article_new_take (char         *text,
                                  gsize         length,
                                  GArray       *blocks,
                                  GArray       *styles,
                                  GStringChunk *strings,
                                  char         *metadata[DRA_N_METADATA]);

/* Where the bytes came from, written once by who read them, before the article is shared.
 * uri, type: (nullable): a NULL leaves what is there. */
void        dra_article_set_source (DraArticle *self,
                                    const char *uri,
                                    const char *type);

G_END_DECLS
