/* dra-shelf-private.h: what dra-shelf.c and dra-shelf-load.c share: the columns of a note.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "library/dra-schema.h"
#include "library/dra-shelf.h"

G_BEGIN_DECLS

/* The beginning of every query for notes; joins may follow. */
#define DRA_SHELF_SELECT                                                                         \
  "SELECT notes.id, " DRA_SCHEMA_NOTE_COLUMNS ", " DRA_SCHEMA_ORIGIN_COLUMNS ", origins.note_id "
#define DRA_SHELF_FROM " FROM notes LEFT JOIN origins ON origins.note_id = notes.id "
/* Goes between the two: the article of a note that was opened last. */
#define DRA_SHELF_FOUND_IN                                                                       \
  ", (SELECT article_id FROM places JOIN articles ON articles.id = article_id"                   \
  " WHERE note_id = notes.id ORDER BY last_opened DESC LIMIT 1) AS found_in"

/* Columns of DRA_SHELF_SELECT. */
enum
{
  DRA_SHELF_ID,
  DRA_SHELF_UUID,
  DRA_SHELF_TARGET,
  DRA_SHELF_CREATED,
  DRA_SHELF_MODIFIED,
  DRA_SHELF_COLOR,
  DRA_SHELF_BODY,
  DRA_SHELF_START,
  DRA_SHELF_END,
  DRA_SHELF_EXACT,
  DRA_SHELF_PREFIX,
  DRA_SHELF_SUFFIX,
  DRA_SHELF_HASH,
  DRA_SHELF_TEXT_VERSION,
  DRA_SHELF_DISTINCT_BEFORE,
  DRA_SHELF_DISTINCT_AFTER,
  DRA_SHELF_ENTITY_KIND,
  DRA_SHELF_ENTITY_NAME,
  DRA_SHELF_ORIGIN_START,
  DRA_SHELF_ORIGIN_END,
  DRA_SHELF_ORIGIN_EXACT,
  DRA_SHELF_ORIGIN_PREFIX,
  DRA_SHELF_ORIGIN_SUFFIX,
  DRA_SHELF_ORIGIN_HASH,
  DRA_SHELF_ORIGIN_TEXT_VERSION,
  DRA_SHELF_ORIGIN_DISTINCT_BEFORE,
  DRA_SHELF_ORIGIN_DISTINCT_AFTER,
  DRA_SHELF_ORIGIN_NOTE, /* NULL: it has no origin */
  DRA_SHELF_N_COLUMNS,
};

extern const char *const dra_shelf_target_names[];

/* dra-shelf.c */
/* Adds a note, or replaces an older one; one that was deleted is there again. */
gboolean      dra_shelf_import_note (DraStore      *store,
                                     DraNote       *note,
                                     GError       **error);
gboolean      dra_shelf_place_uuid  (DraStore      *store,
                                     const char    *uuid,
                                     gint64         article_id,
                                     GError       **error);

/* dra-shelf-load.c */
/* (transfer full) The note and article of a row of SELECT FOUND_IN FROM. */
DraFoundNote *dra_shelf_take_found  (DraStore      *store,
                                     DraStatement  *statement,
                                     GHashTable    *articles,
                                     GError       **error);
GHashTable   *dra_shelf_new_articles (void);

G_END_DECLS
