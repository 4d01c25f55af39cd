/* dra-schema.h: the tables of the library and the steps that lead to them.
 *
 * The file is SQLite with pages of DRA_SCHEMA_PAGE_SIZE bytes.  Its "user_version" is the
 * number of steps done; "application_id" is DRA_SCHEMA_ID with the same number in its last
 * byte, so that a damaged header is not taken for a newer version.  Times are microseconds
 * since 1970, positions code points.
 *
 *   articles  id, hash (SHA-256 of the text, hexadecimal; unique), text_version, title,
 *             first_opened, last_opened
 *   uris      uri, article_id, last_opened: where a text was opened from; one place can have
 *             held several texts, one text can have been in several places
 *   texts     article_id, length (bytes), data (zlib): the text of articles that notes were
 *             made in, for finding their passages in a changed one
 *   notes     id, then the stored parts of a DraNote; uuid unique
 *   tags      note_id, ordinal, tag
 *   places    note_id, article_id: the texts a note was made, merged or found again in
 *
 * Every table keeps its rowid, and no two have rows of the same shape: dra-recover.c tells
 * them apart by that when nothing but single pages can be read.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

#define DRA_SCHEMA_PAGE_SIZE 4096
#define DRA_SCHEMA_ID 0x44726100 /* "Dra" and the version */

/* In the order of the table, after id. */
#define DRA_SCHEMA_NOTE_COLUMNS                                                                  \
  "uuid, target, created, modified, color, body, start_at, end_at, exact, prefix, suffix, "      \
  "hash, text_version, distinct_before, distinct_after, entity_kind, entity_name"
#define DRA_SCHEMA_N_NOTE_COLUMNS 18 /* with id */

/* NULL-terminated; each is the SQL of one step. */
extern const char *const dra_schema_steps[];

/* What went wrong with the library at path, as a sentence; code is SQLite's, extended. */
void     dra_schema_set_error (GError            **error,
                               const char         *path,
                               int                 code,
                               int                 system_errno,
                               const char         *message);
gboolean dra_schema_apply     (sqlite3            *db,
                               const char         *path,
                               const char *const  *steps,
                               GError            **error);
gboolean dra_schema_check     (sqlite3            *db,
                               const char *const  *steps);
char    *dra_schema_dated     (const char         *path,
                               const char         *what);

G_END_DECLS
