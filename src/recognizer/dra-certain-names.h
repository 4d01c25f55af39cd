/* dra-certain-names.h: names that are sure in a language the model was not trained on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "recognizer/dra-tagger.h"

G_BEGIN_DECLS

/* spans: what the tagger found; language: (nullable), of the text.  Returns (transfer full)
 * what of them, and besides them, is sure. */
GArray *dra_certain_names_find (DraModel   *model,
                                const char *text,
                                DraTokens  *tokens,
                                GArray     *spans,
                                const char *language);

G_END_DECLS
