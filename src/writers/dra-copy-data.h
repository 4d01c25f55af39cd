/* dra-copy-data.h: what a copy carries for Dramatis and other programs, as JSON-LD.
 *
 * Two objects, the same in every format that carries them; readers/dra-copy-reader.c reads
 * them back.  The first is a schema.org Article with "mentions", and under "dramatis:":
 *
 * - "textSha256" and "textVersion" of the text;
 * - "metadata": title, byline, published, site and language as they were;
 * - "styles": [kind, start, end, target]; of each mention [start, end, confidence], of a
 *   role [start, end].  Positions are code points of the text;
 * - "blocks", where the format cannot say all of a block: [index, kind, level, label,
 *   newlines before it, source], and with the number of blocks as index and no kind the
 *   newlines after the last; a member that is null is as the format says it.
 *
 * The second is the notes as W3C Web Annotations (notes/dra-web-annotation.h).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "recognizer/dra-cast.h"
#include "writers/dra-copy-notes.h"
#include "writers/dra-json-output.h"

G_BEGIN_DECLS

/* A block as a format says it, to compare with what it is. */
typedef struct
{
  DraBlockKind kind;
  guint        level;
  const char  *label;  /* (nullable) */
  const char  *source; /* (nullable) */
} DraCopyShape;

void dra_copy_data_append_article (GString            *out,
                                   DraArticle         *article,
                                   DraCast            *cast,
                                   const DraCopyShape *shapes,
                                   DraJsonOutput       output);
void dra_copy_data_append_notes   (GString            *out,
                                   DraArticle         *article,
                                   const DraCopyNotes *notes);

G_END_DECLS
