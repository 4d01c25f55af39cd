/* dra-tokenizer.h: sentences and tokens as ranges over an article's text.
 *
 * A block always ends a sentence.  Training and use share this code, so the model file
 * and the tokenizer must change together (DRA_TOKENIZER_VERSION is in the model file).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "article/dra-article.h"

G_BEGIN_DECLS

#define DRA_TOKENIZER_VERSION 2

typedef struct
{
  DraRange range; /* bytes */
} DraToken;

typedef struct
{
  guint    first;    /* index of its first token */
  guint    n_tokens;
  guint    block;    /* index of its block */
  gboolean headline; /* Title Case or ALL CAPS, or a title or heading block */
  gboolean title_case; /* Title Case or ALL CAPS by its letters alone */
} DraSentence;

typedef struct
{
  GArray *tokens;    /* of DraToken, in text order */
  GArray *sentences; /* of DraSentence, in text order */
} DraTokens;

DraTokens *dra_tokens_new_for_article (DraArticle *article);
DraTokens *dra_tokens_new_empty       (void);
void       dra_tokens_add_block       (DraTokens  *self,
                                       DraArticle *article,
                                       guint       block);
DraTokens *dra_tokens_new_for_text    (const char *text,
                                       gsize       length);
void       dra_tokens_free            (DraTokens  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraTokens, dra_tokens_free)

G_END_DECLS
