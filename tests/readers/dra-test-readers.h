/* dra-test-readers.h: what the tests of the readers share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "readers/dra-reader-registry.h"

G_BEGIN_DECLS

/* Reads bytes that must give an article. */
DraReading *dra_test_read          (const char *data,
                                    gssize      length,
                                    const char *as);
/* The article as lines of text: "@title ..." for metadata, then "kind level [label] text"
 * with U+2028 shown as "¶".  Free with g_free. */
char       *dra_test_dump          (DraArticle *article);
/* Fails unless the article keeps every rule of dra-article.h. */
void        dra_test_check_article (DraArticle *article);
/* Letters and digits, in order, with their count of each kept: for comparing. */
GString    *dra_test_letters       (const char *text,
                                    gsize       length);
/* The same of an article: labels of list items stand before their text. */
GString    *dra_test_article_letters (DraArticle *article);

G_END_DECLS
