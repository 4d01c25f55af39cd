/* dra-copy-walk.h: an article's text cut where anything begins or ends.
 *
 * Ranges overlap as they like, elements of a format may not.  So a block is cut at every
 * boundary of a range into segments, and for a segment it is known what it is: at most one
 * highlight (the one that began last), one link, one mention and a set of styles.  A format
 * nests these in a fixed order.  Work is linear in the text and the number of ranges.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "recognizer/dra-cast.h"
#include "writers/dra-copy-notes.h"

G_BEGIN_DECLS

#define DRA_COPY_N_STYLES (DRA_STYLE_SUBSCRIPT + 1)

typedef struct
{
  gsize end;     /* bytes */
  guint mark;    /* index + 1 of the note whose highlight it is, 0 for none */
  guint link;    /* index + 1 of the style that is the link, 0 for none */
  guint mention; /* index + 1 of the mention, 0 for none */
  guint styles;  /* 1 << DraStyleKind for each, links apart */
} DraCopySegment;

typedef struct
{
  DraArticle         *article;
  DraCast            *cast;  /* (nullable) */
  const DraCopyNotes *notes;
  const char         *text;
  const DraStyle     *styles;
  guint               n_styles;
  const DraMention   *mentions;
  guint               n_mentions;
  gboolean            places; /* whether mentions of places count */

  /*< private >*/
  guint               next_style;
  gsize               style_end[DRA_COPY_N_STYLES]; /* active while after the position */
  guint               link; /* index + 1 of the active link */
  guint               next_mention; /* the first that does not end before the position */
  guint               next_note;    /* the first that does not start before it */
  GArray             *marks;        /* guint: indices of notes begun, the last one on top */
  guint               next_number;  /* of the next reference: they come by end */
  GHashTable         *footnotes;    /* label -> the footnote's block */
} DraCopyWalk;

void               dra_copy_walk_init        (DraCopyWalk        *self,
                                              DraArticle         *article,
                                              DraCast            *cast,
                                              const DraCopyNotes *notes);
void               dra_copy_walk_clear       (DraCopyWalk        *self);
void               dra_copy_walk_segment     (DraCopyWalk        *self,
                                              gsize               pos,
                                              gsize               end,
                                              DraCopySegment     *segment);
const DraCopyNote *dra_copy_walk_reference   (DraCopyWalk        *self,
                                              gsize               pos);
gboolean           dra_copy_walk_is_footnote (DraCopyWalk        *self,
                                              const char         *target);
gboolean           dra_copy_walk_is_target   (DraCopyWalk        *self,
                                              const DraBlock     *block);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DraCopyWalk, dra_copy_walk_clear)

G_END_DECLS
