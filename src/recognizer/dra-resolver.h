/* dra-resolver.h: tagged spans in, people and organizations out.
 *
 * The document pass: who is who.  The steps and their order are at the top of
 * dra-resolver.c; closed classes of words (titles, name particles, ...) are in
 * dra-resolver-words.c, what is open (first names, demonyms, ...) is asked of the model, or
 * not at all without one (tests).
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

/* NULL, with G_IO_ERROR_CANCELLED, when it was cancelled. */
DraCast *dra_resolver_resolve_cancellable (DraArticle   *article,
                                           DraTokens    *tokens,
                                           GArray       *spans,
                                           DraModel     *model,
                                           GCancellable *cancellable,
                                           GError      **error);

G_END_DECLS
