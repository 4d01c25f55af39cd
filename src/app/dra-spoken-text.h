/* dra-spoken-text.h: the sentences of an article as they are read aloud, one after another.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "article/dra-article.h"

G_BEGIN_DECLS

gboolean dra_spoken_text_next     (DraArticle *article,
                                   gsize       offset,
                                   DraRange   *sentence);
gboolean dra_spoken_text_previous (DraArticle *article,
                                   gsize       offset,
                                   DraRange   *sentence);
char    *dra_spoken_text_dup      (DraArticle *article,
                                   DraRange    sentence);

G_END_DECLS
