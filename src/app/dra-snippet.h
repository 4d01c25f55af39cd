/* dra-snippet.h: a passage with the words round it, on one line.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "article/dra-article.h"

G_BEGIN_DECLS

char *dra_snippet_dup_markup (DraArticle *article,
                              DraRange    range,
                              guint       before,
                              guint       after);
char *dra_snippet_dup_text   (DraArticle *article,
                              DraRange    range,
                              guint       before,
                              guint       after);
char *dra_snippet_dup_plain  (DraArticle *article,
                              DraRange    range);

G_END_DECLS
