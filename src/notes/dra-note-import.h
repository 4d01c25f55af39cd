/* dra-note-import.h: notes that other programs made, for an article of ours.
 *
 * Understood are W3C Web Annotations in JSON-LD (as collections, pages, graphs and sets:
 * Readium's ".annotation" files among them), what Hypothesis exports and what its API
 * answers.  What cannot be placed in the article comes in as a lost note, never dropped.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "article/dra-article.h"
#include "notes/dra-note.h"

G_BEGIN_DECLS

GPtrArray *dra_note_import (DraArticle  *article,
                            const char  *json,
                            gssize       length,
                            guint       *n_skipped,
                            GError     **error);

G_END_DECLS
