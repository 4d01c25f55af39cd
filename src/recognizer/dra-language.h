/* dra-language.h: which language an article is written in.
 *
 * The model knows English; for any other language the recognizer keeps only what is sure,
 * and the window says so.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "article/dra-article.h"

G_BEGIN_DECLS

const char *dra_language_detect     (DraArticle *article);
gboolean    dra_language_is_english (const char *language);
const char *dra_language_get_name   (const char *language);

G_END_DECLS
