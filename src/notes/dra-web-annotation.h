/* dra-web-annotation.h: notes as W3C Web Annotation JSON-LD, out and in.
 *
 * Follows the Web Annotation Data Model (W3C REC 2017): TextQuoteSelector and
 * TextPositionSelector (code points) in one selector array; the colour is a
 * "dramatis:color" beside the body of purpose "highlighting"/"commenting"; tags are bodies
 * of purpose "tagging".  The whole file is an AnnotationCollection-like array or object
 * with "@graph"; both are read.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "article/dra-article.h"
#include "notes/dra-note.h"

G_BEGIN_DECLS

/* notes: GPtrArray of DraNote.  Returns (transfer full) the root node. */
JsonNode  *dra_web_annotation_write (DraArticle   *article,
                                     GPtrArray    *notes);
char      *dra_web_annotation_write_string (DraArticle *article,
                                     GPtrArray    *notes);
/* Returns (transfer full): GPtrArray of DraNote; annotations that cannot be used at all
 * are counted in n_skipped (nullable).  Errors only when the root is not annotations. */
GPtrArray *dra_web_annotation_read  (JsonNode     *root,
                                     guint        *n_skipped,
                                     GError      **error);
GPtrArray *dra_web_annotation_read_string (const char *json,
                                     gssize        length,
                                     guint        *n_skipped,
                                     GError      **error);

G_END_DECLS
