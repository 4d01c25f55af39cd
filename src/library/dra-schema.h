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
 *   tombstones  uuid, deleted: notes the reader has deleted, so that an older copy of the
 *             article does not bring them back; written in the transaction that deletes the
 *             note, taken away in the one that saves it again
 *   subjects  note_id, kind, name: whom a note is about, the name folded (dra-fold.h), so that
 *             it is found from every article that names them
 *   origins   note_id, then the selectors a note was made with, when the reader has put it
 *             on another passage since
 *   corrections  uuid, created, action, kind, name, to_kind, to_name, hash (of the text it was
 *             made in), start_at, split_at (-1: none), everywhere: a DraCorrection
 *   appearances  article_id, kind, name, folded, mentions: which articles name whom, kept only
 *             when the reader has switched that on; can be made anew by opening the articles
 *   search    FTS5 over the notes, its rowid their id; can be made anew from them
 *
 * Every table but "search" keeps its rowid, and no two have rows of the same shape: dra-recover.c tells
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

#define DRA_SCHEMA_ORIGIN_COLUMNS                                                                \
  "from_start, from_end, from_exact, from_prefix, from_suffix, from_hash, from_text_version, "   \
  "from_distinct_before, from_distinct_after"

/* A row of "search" for every note, and for the one with the id ?1. */
#define DRA_SCHEMA_SEARCH_ROW                                                                    \
  "INSERT INTO search (rowid, body, quote, about, tags) SELECT id, body, ifnull (exact, ''), "   \
  "ifnull (entity_name, ''), ifnull ((SELECT group_concat (tag, ' ') FROM tags "                 \
  "WHERE note_id = notes.id), '') FROM notes"
#define DRA_SCHEMA_FILL_SEARCH DRA_SCHEMA_SEARCH_ROW ";"

/* NULL-terminated; each is the SQL of one step. */
extern const char *const dra_schema_steps[];

/* What went wrong with the library at path, as a sentence; code is SQLite's, extended. */
void     dra_schema_set_error (GError            **error,
                               const char         *path,
                               int                 code,
                               int                 system_errno,
                               const char         *message);
void     dra_schema_add_functions (sqlite3     *db);
gboolean dra_schema_apply     (sqlite3            *db,
                               const char         *path,
                               const char *const  *steps,
                               GError            **error);
const char *dra_schema_get_page_check (sqlite3 *db);
gboolean dra_schema_check     (sqlite3            *db,
                               const char *const  *steps);
gboolean dra_schema_copy      (sqlite3            *db,
                               const char         *name,
                               GError            **error);
char    *dra_schema_dated     (const char         *path,
                               const char         *what);

G_END_DECLS
