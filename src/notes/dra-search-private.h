/* dra-search-private.h: what dra-search.c and dra-search-similar.c share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "notes/dra-myers.h"
#include "notes/dra-search.h"

G_BEGIN_DECLS

#define DRA_SEARCH_MIN_AGREEMENT 8 /* less of the context does not make a place certain */

/* A note's quote, folded, with what measures text against it. */
typedef struct
{
  DraNote *note;
  const DraQuote *strings;
  DraFold *exact;
  DraFold *prefix;
  DraFold *suffix;
  DraMyers *exact_matcher;
  DraMyers *prefix_matcher; /* of the last CONTEXT characters, reversed */
  DraMyers *suffix_matcher;
  guint distinct_before;
  guint distinct_after;
  gboolean own;             /* made by us: what is distinct was measured */
  gboolean has_expected;
  guint32 expected;         /* folded characters */
  gint64 steps;             /* left */
} DraWanted;

guint32 dra_search_count_before (const DraFold   *fold,
                                 const DraFold   *prefix,
                                 guint32          start);
guint32 dra_search_count_after  (const DraFold   *fold,
                                 const DraFold   *suffix,
                                 guint32          end);
void    dra_search_weigh        (DraSearch       *self,
                                 DraWanted       *wanted,
                                 DraPlace        *place,
                                 guint            n_occurrences);
gboolean dra_search_is_known    (const DraPlaces *places,
                                 guint32          start,
                                 guint32          end);
void    dra_search_find_similar (DraSearch       *self,
                                 DraWanted       *wanted,
                                 DraPlaces       *places);

G_END_DECLS
