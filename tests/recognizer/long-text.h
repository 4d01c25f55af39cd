/* long-text.h: made-up articles and books of any length, for tests and benchmarks.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "article/dra-article.h"

G_BEGIN_DECLS

/* A book of at least so many words: people come in over its chapters, some come back. */
DraArticle *long_text_new_book (guint n_words);

G_END_DECLS
