/* dra-quotation.h: a passage as it is quoted elsewhere, with its source.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "article/dra-article.h"

G_BEGIN_DECLS

char *dra_quotation_new           (DraArticle *article,
                                   const char *passage,
                                   const char *comment);
char *dra_quotation_new_for_range (DraArticle *article,
                                   DraRange    range);

G_END_DECLS
