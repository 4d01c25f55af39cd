/* dra-quote.h: a passage with enough of its surroundings to find it again.
 *
 * The pieces of a W3C TextQuoteSelector.  The context is at least
 * DRA_QUOTE_CONTEXT code points on each side where the text has them, longer until
 * the whole is unique in the text, and never cuts a word (up to a bound).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "article/dra-range.h"

G_BEGIN_DECLS

#define DRA_QUOTE_CONTEXT 32 /* code points of context at least */

typedef struct
{
  char *exact;
  char *prefix;
  char *suffix;
} DraQuote;

DraQuote *dra_quote_new           (const char     *exact,
                                   const char     *prefix,
                                   const char     *suffix);
DraQuote *dra_quote_new_for_range (const char     *text,
                                   gsize           length,
                                   DraRange        range);
DraQuote *dra_quote_copy          (const DraQuote *quote);
void      dra_quote_free          (DraQuote       *quote);
gboolean  dra_quote_equal         (const DraQuote *a,
                                   const DraQuote *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraQuote, dra_quote_free)

G_END_DECLS
