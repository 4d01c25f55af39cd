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
/* Whether a letter or digit of the input is lost, changed or moved: the labels of list
 * items count as text before theirs.  NULL when none is, else where; free with g_free. */
char       *dra_test_find_lost_letters (GBytes     *bytes,
                                        DraArticle *article);
/* F1 of the bags of lower-case words of two texts, as the corpus's scorer counts them. */
double      dra_test_word_f1       (const char *text,
                                    const char *gold);

G_END_DECLS
