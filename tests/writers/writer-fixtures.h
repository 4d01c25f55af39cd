/* writer-fixtures.h: articles, casts and notes to write copies of.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "notes/dra-note.h"
#include "recognizer/dra-cast.h"

G_BEGIN_DECLS

/* All block and style kinds, metadata, links of every sort. */
DraArticle *fixture_news        (void);
/* What would break out of markup, JSON or a line, in every place that takes text. */
DraArticle *fixture_hostile     (void);
DraArticle *fixture_arabic      (void);
/* Two tables, a footnote with a link to it and one without. */
DraArticle *fixture_tables      (void);
/* "as lines": blank lines, tabs and trailing space kept. */
DraArticle *fixture_lines       (const char *text);
/* A person or organization for each name, mentioned wherever a form of it stands.
 * names: NULL-terminated "p:Full Name|Form|role=some role". */
DraCast    *fixture_cast        (DraArticle        *article,
                                 const char *const *names);
DraCast    *fixture_news_cast   (DraArticle *article);
/* Mentions, roles and confidences at random places. */
DraCast    *fixture_random_cast (DraArticle *article,
                                 GRand      *rand);
DraNote    *fixture_note        (DraArticle   *article,
                                 const char   *passage,
                                 DraNoteColor  color,
                                 const char   *body);
GPtrArray  *fixture_news_notes  (DraArticle *article);
/* Notes on passages, some over each other or over blocks, about the article and people. */
GPtrArray  *fixture_random_notes (DraArticle *article,
                                 DraCast     *cast,
                                 GRand       *rand,
                                 guint        n_notes);

/* Calls check for articles of the open corpus, each as the reader of its format gives it,
 * with a random cast and random notes; for texts also line by line, with neither.  One file
 * in some of each format, always the same ones; all with $DRAMATIS_TEST_ALL. */
typedef void (*FixtureCheck) (DraArticle *article,
                              DraCast    *cast,   /* (nullable) */
                              GPtrArray  *notes); /* (nullable) */
void        fixture_walk_corpus (FixtureCheck check,
                                 gboolean     lines);

void        assert_same_article (DraArticle *a,
                                 DraArticle *b);
void        assert_same_cast    (DraCast    *a,
                                 DraCast    *b);
/* By UUID: a copy lists notes in the order of the text. */
void        assert_same_notes   (GPtrArray  *a,
                                 GPtrArray  *b);

G_END_DECLS
