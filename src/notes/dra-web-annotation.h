/* dra-web-annotation.h: notes as W3C Web Annotation JSON-LD, out and in.
 *
 * The format, after the Web Annotation Data Model (W3C Recommendation, 23 February 2017;
 * section numbers are its own):
 *
 *   { "@context": ["http://www.w3.org/ns/anno.jsonld",
 *                  {"dramatis": "https://dramatis.github.io/ns#"}],
 *     "@graph": [ annotation... ] }
 *
 * An annotation (3.1) has "id" (urn:uuid:), "type", "motivation", "created" and "modified"
 * (UTC, microseconds), "dramatis:color", "body" (TextualBody of purpose "commenting" and
 * format text/markdown, and one of purpose "tagging" a tag; left out when there is none)
 * and "target": a SpecificResource (4) with "source", "dramatis:about" ("passage", "entity"
 * or "article"), for an entity "dramatis:entityKind" and "dramatis:entityName", "selector"
 * (an array of TextQuoteSelector (4.2.4) and TextPositionSelector (4.2.5), in code points)
 * and "state" (4.3): a "dramatis:TextState" with "dramatis:sha256" of the text they were
 * made in, "dramatis:textVersion", "dramatis:distinctPrefix" and "dramatis:distinctSuffix"
 * (dra_note_set_distinct()).  A note that the reader has put on another passage has
 * "dramatis:origin": "selector" and "state" as it was made with.
 *
 * Our own files come back without loss and are written again byte for byte.  Those of
 * others are read as far as they make sense: one annotation, arrays, "@graph", pages and
 * collections with "items"; targets and selectors single or in arrays; bodies as strings,
 * objects or arrays.  What does not name its passage in a way we understand comes in as a
 * lost note, not dropped.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "article/dra-article.h"
#include "notes/dra-note.h"

G_BEGIN_DECLS

#define DRA_WEB_ANNOTATION_W3C "http://www.w3.org/ns/anno.jsonld"
#define DRA_WEB_ANNOTATION_OWN "https://dramatis.github.io/ns#"
/* As JSON. */
#define DRA_WEB_ANNOTATION_CONTEXT                                                               \
  "[\"" DRA_WEB_ANNOTATION_W3C "\", {\"dramatis\": \"" DRA_WEB_ANNOTATION_OWN "\"}]"

/* notes: GPtrArray of DraNote.  Returns (transfer full) the root node. */
JsonNode  *dra_web_annotation_write (DraArticle   *article,
                                     GPtrArray    *notes);
char      *dra_web_annotation_write_string (DraArticle *article,
                                     GPtrArray    *notes);
char      *dra_web_annotation_write_one (DraNote *note,
                                     const char   *source);
/* Returns (transfer full): GPtrArray of DraNote; annotations that cannot be used at all
 * are counted in n_skipped (nullable).  Errors only when the root is not annotations. */
GPtrArray *dra_web_annotation_read  (JsonNode     *root,
                                     guint        *n_skipped,
                                     GError      **error);
GPtrArray *dra_web_annotation_read_string (const char *json,
                                     gssize        length,
                                     guint        *n_skipped,
                                     GError      **error);
/* For notes of files that give them none. */
char      *dra_web_annotation_make_uuid (const char *name);

G_END_DECLS
