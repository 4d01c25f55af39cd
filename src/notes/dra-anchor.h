/* dra-anchor.h: finding a note's passage in a text, changed or not.
 *
 * In order: same text hash, then position; a diff from the old text when it is known;
 * exact quotes ranked by context; approximate quote with bounded errors.  A candidate
 * must pass a floor and beat the next best by a margin, else it is unsure or lost.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "article/dra-article.h"
#include "notes/dra-note.h"

G_BEGIN_DECLS

/* Sets the anchor of every note in notes (GPtrArray of DraNote) for this article. */
void dra_anchor_notes (DraArticle *article,
                       GPtrArray  *notes);

/* The text with that hash, NULL when it is not known; (transfer full). */
typedef char *(*DraAnchorTextFunc) (const char *hash,
                                    gsize      *length,
                                    gpointer    user_data);

/* The same, where the texts that notes were made in may still be known. */
void dra_anchor_notes_from (DraArticle        *article,
                            GPtrArray         *notes,
                            DraAnchorTextFunc  get_text,
                            gpointer           user_data);

DraAnchorState dra_anchor_note (DraArticle *article,
                                DraNote    *note);

/* What dra_note_set_distinct() keeps, measured in the text a note is made in. */
void dra_anchor_measure_context (const char *text,
                                 gsize       length,
                                 DraRange    range,
                                 guint      *before,
                                 guint      *after);

G_END_DECLS
