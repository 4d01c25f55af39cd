/* library-fixture.h: what the test programs of the library share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "article/dra-article.h"
#include "library/dra-library.h"

/* An article whose lines are those of text, opened from uri (nullable). */
DraArticle *fixture_article      (const char *text,
                                  const char *uri);
/* The same with n paragraphs of made-up sentences, all different. */
DraArticle *fixture_long_article (guint       n_paragraphs,
                                  const char *uri);
/* A note on the first occurrence of words. */
DraNote    *fixture_note         (DraArticle *article,
                                  const char *words,
                                  const char *body);
DraLibrary *fixture_open         (const char *path);
GPtrArray  *fixture_load         (DraLibrary *library,
                                  DraArticle *article);
DraNote    *fixture_find         (GPtrArray  *notes,
                                  const char *uuid);
