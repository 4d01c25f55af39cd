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
/* Reads bytes with one reader; they must give an article. */
DraReading *dra_test_read_with     (DraReadFunc  read,
                                    GBytes      *bytes);
DraReading *dra_test_read_text     (DraReadFunc  read,
                                    const char  *text);

/* A file and the article it must become, see dra_test_dump(). */
typedef struct
{
  const char *name;
  DraReadFunc read;
  const char *text;
  const char *dump;
} DraTestCase;

/* Adds a test of each case: "/prefix/name". */
void        dra_test_add_cases     (const char        *prefix,
                                    const DraTestCase *cases,
                                    guint              n_cases);

/* CPU seconds of this process so far. */
double      dra_test_cpu_seconds   (void);
/* Fails unless ten times as many parts between head and tail take at most twelve times as
 * long, and a bit for the clock. */
void        dra_test_check_linear  (DraReadFunc  read,
                                    const char  *head,
                                    const char  *part,
                                    const char  *tail,
                                    guint        n);

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
