/* dra-search.h: the places in a text where a quoted passage may be, each weighed.
 *
 * For dra-anchor.c, which decides between them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "article/dra-article.h"
#include "notes/dra-fold.h"
#include "notes/dra-note.h"

G_BEGIN_DECLS

#define DRA_SEARCH_MAX_PLACES 32
#define DRA_SEARCH_MIN_APPROXIMATE 12 /* folded characters: shorter quotes match anywhere */

/* A text that passages are looked for in; the costly parts are made when first needed. */
typedef struct
{
  DraArticle *article;
  const char *text;
  gsize       length;
  DraFold    *fold;
  guint32    *bins;   /* for counting trigrams by diagonal, all zero between searches */
  gsize       n_bins;
} DraSearch;

typedef struct
{
  guint32  start;     /* folded characters */
  guint32  end;
  DraRange range;     /* the same in bytes of the text */
  double   quote;     /* 0 to 1: how alike passage and quote are; 1: the same when folded */
  double   prefix;    /* the same of the context; 0.5 when there is none to compare */
  double   suffix;
  gboolean same;      /* the passage is the quote, byte for byte */
  gboolean whole_before; /* all of the context agrees, byte for byte */
  gboolean whole_after;
  guint32  before;    /* code points next to the passage that agree, byte for byte */
  guint32  after;
  double   score;     /* 0 to 1 */
  gboolean sure;
} DraPlace;

typedef struct
{
  DraPlace places[DRA_SEARCH_MAX_PLACES];
  guint    n_places;      /* the best of them first */
  guint    n_occurrences; /* of the quote itself */
  gboolean cut_short;     /* there were more than could be looked at */
  gboolean gone;          /* its surroundings are there and nothing is between them */
  guint    quote_length;  /* folded characters */
} DraPlaces;

void dra_search_init  (DraSearch  *self,
                       DraArticle *article);
void dra_search_clear (DraSearch  *self);
void dra_search_find  (DraSearch  *self,
                       DraNote    *note,
                       DraPlaces  *places);

G_END_DECLS
