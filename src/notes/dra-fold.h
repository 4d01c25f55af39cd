/* dra-fold.h: a text made ready for comparison, with an index of its trigrams.
 *
 * For comparison only: case, accents, kinds of quotation marks, dashes and white space are
 * evened out, soft hyphens and other invisible characters left out.  Positions are indices
 * of folded characters; dra_fold_to_bytes() leads back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "article/dra-range.h"

G_BEGIN_DECLS

typedef struct
{
  gunichar *chars;
  guint32  *bytes;     /* [i]: offset in the text of chars[i]; [n] is the text's length */
  guint32   n;

  guint32  *starts;    /* of the index, by hash; NULL until it is needed */
  guint32  *positions; /* of trigrams, grouped by hash */
} DraFold;

DraFold      *dra_fold_new      (const char     *text,
                                 gsize           length);
/* The folded text itself, trimmed: what two names are compared by. */
char         *dra_fold_string   (const char     *text);
void          dra_fold_free     (DraFold        *self);
guint32       dra_fold_find_byte (const DraFold *self,
                                 gsize           offset);
DraRange      dra_fold_to_bytes (const DraFold  *self,
                                 guint32         start,
                                 guint32         end);
void          dra_fold_index    (DraFold        *self);
const guint32 *dra_fold_trigram (const DraFold  *self,
                                 const gunichar *chars,
                                 guint32        *n_positions);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraFold, dra_fold_free)

G_END_DECLS
