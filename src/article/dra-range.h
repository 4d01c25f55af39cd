/* dra-range.h: the half-open byte range that every stage speaks in.
 *
 * An article is one immutable UTF-8 string; blocks, styles, mentions, notes and
 * search hits are ranges [start, end) over it, in bytes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gsize start; /* bytes, on a character boundary */
  gsize end;   /* bytes, exclusive, on a character boundary */
} DraRange;

static inline gsize
dra_range_length (DraRange range)
{
  return range.end - range.start;
}

static inline gboolean
dra_range_contains (DraRange range,
                    gsize    offset)
{
  return offset >= range.start && offset < range.end;
}

static inline gboolean
dra_range_overlaps (DraRange a,
                    DraRange b)
{
  return a.start < b.end && b.start < a.end;
}

G_END_DECLS
