/* dra-code.h: which parts of an article are program code, where capitals are no names.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "article/dra-article.h"
#include "recognizer/dra-tokenizer.h"

G_BEGIN_DECLS

gboolean dra_code_is_block (DraArticle      *article,
                            const DraBlock  *block);
void     dra_code_drop     (DraArticle      *article,
                            const DraTokens *tokens,
                            GArray          *spans,
                            guint            from);

G_END_DECLS
