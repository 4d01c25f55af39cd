/* dra-resolver.h: tagged spans in, people and organizations out.
 *
 * The document pass: who is who.  The steps and their order are at the top of
 * dra-resolver.c; lexicon questions (is this a title, a first name, ...) are put to the
 * model, or answered by the small lists in dra-words.h when there is no model (tests).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "recognizer/dra-cast.h"
#include "recognizer/dra-tagger.h"

G_BEGIN_DECLS

/* spans: GArray of DraSpan in text order; model: (nullable). */
DraCast *dra_resolver_resolve (DraArticle *article,
                               DraTokens  *tokens,
                               GArray     *spans,
                               DraModel   *model);

G_END_DECLS
