/* dra-shelf.c: articles and notes written as rows; dra-shelf-load.c reads them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "library/dra-shelf-private.h"

#include "notes/dra-fold.h"

/* One integer from a statement that returns at most one row; *value stays when none. */
static gboolean
step_for_id (DraStore      *store,
             DraStatement  *statement,
             gint64        *value,
             GError       **error)
{
  int code = dra_store_step (store, statement, error);

  if (code == SQLITE_ROW)
    {
      *value = sqlite3_column_int64 (statement, 0);
      code = dra_store_step (store, statement, error);
    }
  return code == SQLITE_DONE;
}

static gboolean
add_uri (DraStore    *store,
         gint64       article_id,
         const char  *uri,
         gint64       now,
         GError     **error)
{
  g_autoptr (DraStatement) insert = NULL;

  if (uri == NULL || *uri == '\0')
    return TRUE;

  insert = dra_store_prepare (store,
    "INSERT INTO uris (uri, article_id, last_opened) VALUES (?1, ?2, ?3)"
    " ON CONFLICT (uri, article_id) DO UPDATE SET last_opened = excluded.last_opened", error);
  if (insert == NULL)
    return FALSE;

  dra_statement_bind_text (insert, 1, uri);
  sqlite3_bind_int64 (insert, 2, article_id);
  sqlite3_bind_int64 (insert, 3, now);
  return dra_store_step (store, insert, error) != 0;
}

/* Adds an article, or stamps a known one as opened now. */
gboolean
dra_shelf_add_article (DraStore    *store,
                       DraArticle  *article,
                       gint64      *article_id,
                       GError     **error)
{
  const char *title = dra_article_get_title (article);
  gint64 now = g_get_real_time ();
  gint64 id = 0;
  g_autoptr (DraStatement) insert = dra_store_prepare (store,
    "INSERT INTO articles (hash, text_version, title, first_opened, last_opened)"
    " VALUES (?1, ?2, ?3, ?4, ?4) ON CONFLICT (hash) DO UPDATE"
    " SET title = excluded.title, last_opened = excluded.last_opened RETURNING id", error);

  if (insert == NULL)
    return FALSE;

  dra_statement_bind_text (insert, 1, dra_article_get_hash (article));
  sqlite3_bind_int (insert, 2, DRA_ARTICLE_TEXT_VERSION);
  dra_statement_bind_text (insert, 3, title != NULL ? title : "");
  sqlite3_bind_int64 (insert, 4, now);
  if (!step_for_id (store, insert, &id, error))
    return FALSE;

  if (article_id != NULL)
    *article_id = id;
  return add_uri (store, id, dra_article_get_metadata (article, DRA_METADATA_SOURCE_URI), now, error) &&
         add_uri (store, id, dra_article_get_metadata (article, DRA_METADATA_ORIGIN_URI), now, error);
}

/* The article's id, adding it only when it is not known. */
static gboolean
need_article (DraStore    *store,
              DraArticle  *article,
              gint64      *id,
              GError     **error)
{
  g_autoptr (DraStatement) find = dra_store_prepare (store, "SELECT id FROM articles WHERE hash = ?1",
                                                     error);

  *id = 0;
  if (find == NULL)
    return FALSE;

  dra_statement_bind_text (find, 1, dra_article_get_hash (article));
  if (!step_for_id (store, find, id, error))
    return FALSE;

  return *id != 0 || dra_shelf_add_article (store, article, id, error);
}

static GBytes *
compress (const char *text,
          gsize       length)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 3);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, G_CONVERTER (compressor));

  if (!g_output_stream_write_all (stream, text, length, NULL, NULL, NULL) ||
      !g_output_stream_close (stream, NULL, NULL))
    return NULL;

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

/* Keeps the text that a note was made in: once it has changed, only the old one can tell
 * exactly what became of the passage.  It stays when its last note is deleted, as undo
 * may bring that back after the file has changed. */
static gboolean
keep_text (DraStore    *store,
           DraArticle  *article,
           gint64       article_id,
           GError     **error)
{
  g_autoptr (DraStatement) find = dra_store_prepare (store,
    "SELECT 1 FROM texts WHERE article_id = ?1", error);
  g_autoptr (DraStatement) insert = NULL;
  g_autoptr (GBytes) data = NULL;
  gint64 found = 0;
  const char *text;
  gsize length;

  if (find == NULL)
    return FALSE;
  sqlite3_bind_int64 (find, 1, article_id);
  if (!step_for_id (store, find, &found, error))
    return FALSE;
  if (found != 0)
    return TRUE;

  text = dra_article_get_text (article, &length);
  data = compress (text, length);
  insert = dra_store_prepare (store,
    "INSERT INTO texts (article_id, length, data) VALUES (?1, ?2, ?3)", error);
  if (insert == NULL || data == NULL)
    return insert != NULL;

  sqlite3_bind_int64 (insert, 1, article_id);
  sqlite3_bind_int64 (insert, 2, (gint64) length);
  sqlite3_bind_blob64 (insert, 3, g_bytes_get_data (data, NULL), g_bytes_get_size (data), SQLITE_STATIC);
  return dra_store_step (store, insert, error) != 0;
}

static void
bind_note (DraStatement *statement,
           DraNote      *note)
{
  const DraQuote *quote = dra_note_get_quote (note);
  gsize start, end;
  guint before, after;

  dra_statement_bind_text (statement, DRA_SHELF_UUID, dra_note_get_uuid (note));
  dra_statement_bind_text (statement, DRA_SHELF_TARGET, dra_shelf_target_names[dra_note_get_target (note)]);
  sqlite3_bind_int64 (statement, DRA_SHELF_CREATED, dra_note_get_created (note));
  sqlite3_bind_int64 (statement, DRA_SHELF_MODIFIED, dra_note_get_modified (note));
  dra_statement_bind_text (statement, DRA_SHELF_COLOR, dra_note_color_to_string (dra_note_get_color (note)));
  dra_statement_bind_text (statement, DRA_SHELF_BODY, dra_note_get_body (note));
  if (dra_note_get_position (note, &start, &end))
    {
      sqlite3_bind_int64 (statement, DRA_SHELF_START, (gint64) start);
      sqlite3_bind_int64 (statement, DRA_SHELF_END, (gint64) end);
    }
  if (quote != NULL)
    {
      dra_statement_bind_text (statement, DRA_SHELF_EXACT, quote->exact);
      dra_statement_bind_text (statement, DRA_SHELF_PREFIX, quote->prefix);
      dra_statement_bind_text (statement, DRA_SHELF_SUFFIX, quote->suffix);
    }
  dra_statement_bind_text (statement, DRA_SHELF_HASH, dra_note_get_text_hash (note));
  sqlite3_bind_int64 (statement, DRA_SHELF_TEXT_VERSION, dra_note_get_text_version (note));
  dra_note_get_distinct (note, &before, &after);
  sqlite3_bind_int64 (statement, DRA_SHELF_DISTINCT_BEFORE, before);
  sqlite3_bind_int64 (statement, DRA_SHELF_DISTINCT_AFTER, after);
  dra_statement_bind_text (statement, DRA_SHELF_ENTITY_KIND, dra_note_get_entity_kind (note));
  dra_statement_bind_text (statement, DRA_SHELF_ENTITY_NAME, dra_note_get_entity_name (note));
}

static gboolean
save_tags (DraStore    *store,
           gint64       note_id,
           DraNote     *note,
           GError     **error)
{
  const char *const *tags = dra_note_get_tags (note);
  g_autoptr (DraStatement) delete = dra_store_prepare (store, "DELETE FROM tags WHERE note_id = ?1", error);
  g_autoptr (DraStatement) insert = NULL;

  if (delete == NULL)
    return FALSE;
  sqlite3_bind_int64 (delete, 1, note_id);
  if (dra_store_step (store, delete, error) == 0)
    return FALSE;

  if (tags[0] == NULL)
    return TRUE;
  insert = dra_store_prepare (store, "INSERT INTO tags (note_id, ordinal, tag) VALUES (?1, ?2, ?3)", error);
  if (insert == NULL)
    return FALSE;
  for (int i = 0; tags[i] != NULL; i++)
    {
      dra_statement_reset (insert);
      sqlite3_bind_int64 (insert, 1, note_id);
      sqlite3_bind_int (insert, 2, i);
      dra_statement_bind_text (insert, 3, tags[i]);
      if (dra_store_step (store, insert, error) == 0)
        return FALSE;
    }

  return TRUE;
}

static gboolean
place_note (DraStore    *store,
            gint64       note_id,
            gint64       article_id,
            GError     **error)
{
  g_autoptr (DraStatement) insert = dra_store_prepare (store,
    "INSERT OR IGNORE INTO places (note_id, article_id) VALUES (?1, ?2)", error);

  if (insert == NULL)
    return FALSE;

  sqlite3_bind_int64 (insert, 1, note_id);
  sqlite3_bind_int64 (insert, 2, article_id);
  return dra_store_step (store, insert, error) != 0;
}

/* Runs a statement whose only parameter is a note's id. */
static gboolean
run_for_note (DraStore    *store,
              const char  *sql,
              gint64       note_id,
              GError     **error)
{
  g_autoptr (DraStatement) statement = dra_store_prepare (store, sql, error);

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, note_id);
  return dra_store_step (store, statement, error) != 0;
}

/* Whom the note is about, so that it is found from every article that names them. */
static gboolean
save_subject (DraStore    *store,
              gint64       note_id,
              DraNote     *note,
              GError     **error)
{
  const char *kind = dra_note_get_entity_kind (note);
  const char *name = dra_note_get_entity_name (note);
  g_autofree char *folded = NULL;
  g_autoptr (DraStatement) insert = NULL;

  if (!run_for_note (store, "DELETE FROM subjects WHERE note_id = ?1", note_id, error))
    return FALSE;
  if (dra_note_get_target (note) != DRA_NOTE_TARGET_ENTITY || kind == NULL || name == NULL)
    return TRUE;

  folded = dra_fold_string (name);
  insert = dra_store_prepare (store, "INSERT INTO subjects (note_id, kind, name) VALUES (?1, ?2, ?3)",
                              error);
  if (insert == NULL)
    return FALSE;
  sqlite3_bind_int64 (insert, 1, note_id);
  dra_statement_bind_text (insert, 2, kind);
  dra_statement_bind_text (insert, 3, folded);
  return dra_store_step (store, insert, error) != 0;
}

static gboolean
save_origin (DraStore    *store,
             gint64       note_id,
             DraNote     *note,
             GError     **error)
{
  DraNote *origin = dra_note_get_origin (note);
  const DraQuote *quote;
  g_autoptr (DraStatement) insert = NULL;
  guint before, after;
  gsize start, end;

  if (!run_for_note (store, "DELETE FROM origins WHERE note_id = ?1", note_id, error))
    return FALSE;
  if (origin == NULL)
    return TRUE;

  insert = dra_store_prepare (store, "INSERT INTO origins (note_id, " DRA_SCHEMA_ORIGIN_COLUMNS ")"
                              " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)", error);
  if (insert == NULL)
    return FALSE;
  quote = dra_note_get_quote (origin);
  sqlite3_bind_int64 (insert, 1, note_id);
  if (dra_note_get_position (origin, &start, &end))
    {
      sqlite3_bind_int64 (insert, 2, (gint64) start);
      sqlite3_bind_int64 (insert, 3, (gint64) end);
    }
  if (quote != NULL)
    {
      dra_statement_bind_text (insert, 4, quote->exact);
      dra_statement_bind_text (insert, 5, quote->prefix);
      dra_statement_bind_text (insert, 6, quote->suffix);
    }
  dra_statement_bind_text (insert, 7, dra_note_get_text_hash (origin));
  sqlite3_bind_int64 (insert, 8, dra_note_get_text_version (origin));
  dra_note_get_distinct (origin, &before, &after);
  sqlite3_bind_int64 (insert, 9, before);
  sqlite3_bind_int64 (insert, 10, after);
  return dra_store_step (store, insert, error) != 0;
}

static gboolean
bury (DraStore    *store,
      const char  *uuid,
      GError     **error)
{
  g_autoptr (DraStatement) insert = dra_store_prepare (store,
    "INSERT INTO tombstones (uuid, deleted) VALUES (?1, ?2)"
    " ON CONFLICT (uuid) DO UPDATE SET deleted = excluded.deleted", error);

  if (insert == NULL)
    return FALSE;

  dra_statement_bind_text (insert, 1, uuid);
  sqlite3_bind_int64 (insert, 2, g_get_real_time ());
  return dra_store_step (store, insert, error) != 0;
}

static gboolean
unbury (DraStore    *store,
        const char  *uuid,
        GError     **error)
{
  g_autoptr (DraStatement) delete = dra_store_prepare (store,
    "DELETE FROM tombstones WHERE uuid = ?1", error);

  if (delete == NULL)
    return FALSE;

  dra_statement_bind_text (delete, 1, uuid);
  return dra_store_step (store, delete, error) != 0;
}

static gboolean
save_row (DraStore    *store,
          DraNote     *note,
          gint64      *note_id,
          GError     **error)
{
  g_autoptr (DraStatement) insert = dra_store_prepare (store,
    "INSERT INTO notes (" DRA_SCHEMA_NOTE_COLUMNS ") VALUES"
    " (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)"
    " ON CONFLICT (uuid) DO UPDATE SET target = excluded.target, created = excluded.created,"
    " modified = excluded.modified, color = excluded.color, body = excluded.body,"
    " start_at = excluded.start_at, end_at = excluded.end_at, exact = excluded.exact,"
    " prefix = excluded.prefix, suffix = excluded.suffix, hash = excluded.hash,"
    " text_version = excluded.text_version, distinct_before = excluded.distinct_before,"
    " distinct_after = excluded.distinct_after, entity_kind = excluded.entity_kind,"
    " entity_name = excluded.entity_name RETURNING id", error);

  if (insert == NULL)
    return FALSE;
  bind_note (insert, note);
  if (!step_for_id (store, insert, note_id, error) ||
      !save_tags (store, *note_id, note, error) ||
      !save_subject (store, *note_id, note, error) ||
      !save_origin (store, *note_id, note, error) ||
      !run_for_note (store, "DELETE FROM search WHERE rowid = ?1", *note_id, error) ||
      !run_for_note (store, DRA_SCHEMA_SEARCH_ROW " WHERE id = ?1", *note_id, error))
    return FALSE;

  return unbury (store, dra_note_get_uuid (note), error);
}

static gboolean
save_in (DraStore    *store,
         DraArticle  *article,
         gint64       article_id,
         DraNote     *note,
         GError     **error)
{
  gint64 note_id = 0;

  if (!save_row (store, note, &note_id, error) || !place_note (store, note_id, article_id, error))
    return FALSE;

  if (g_strcmp0 (dra_note_get_text_hash (note), dra_article_get_hash (article)) == 0)
    return keep_text (store, article, article_id, error);
  return TRUE;
}

/* Adds or replaces a note by UUID. */
gboolean
dra_shelf_save_note (DraStore    *store,
                     DraArticle  *article,
                     DraNote     *note,
                     GError     **error)
{
  gint64 article_id;

  return need_article (store, article, &article_id, error) &&
         save_in (store, article, article_id, note, error);
}

/* The words of what was deleted stay in the index until its parts are merged: here as many
 * pages as cost no more than a few milliseconds, which is all there are in most libraries.
 * The savepoint has FTS5 write the deletion down first. */
static gboolean
purge_index (DraStore  *store,
             GError   **error)
{
  static const char *const steps[] = {
    "SAVEPOINT purge",
    "INSERT INTO search (search, rank) VALUES ('merge', -500)",
    "RELEASE purge",
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (DraStatement) step = dra_store_prepare (store, steps[i], error);

      if (step == NULL || dra_store_step (store, step, error) == 0)
        return FALSE;
    }

  return TRUE;
}

/* Deletes a note for good; not being there is no error. */
gboolean
dra_shelf_delete_note (DraStore    *store,
                       const char  *uuid,
                       GError     **error)
{
  g_autoptr (DraStatement) unlist = dra_store_prepare (store,
    "DELETE FROM search WHERE rowid = (SELECT id FROM notes WHERE uuid = ?1)", error);
  g_autoptr (DraStatement) delete = NULL;

  if (unlist == NULL)
    return FALSE;
  dra_statement_bind_text (unlist, 1, uuid);
  if (dra_store_step (store, unlist, error) == 0)
    return FALSE;

  delete = dra_store_prepare (store, "DELETE FROM notes WHERE uuid = ?1", error);
  if (delete == NULL)
    return FALSE;
  dra_statement_bind_text (delete, 1, uuid);
  if (dra_store_step (store, delete, error) == 0 || !bury (store, uuid, error))
    return FALSE;

  return purge_index (store, error);
}

/* When the reader deleted this note, 0 for never. */
static gboolean
find_tombstone (DraStore    *store,
                const char  *uuid,
                gint64      *deleted,
                GError     **error)
{
  g_autoptr (DraStatement) find = dra_store_prepare (store,
    "SELECT deleted FROM tombstones WHERE uuid = ?1", error);

  *deleted = 0;
  if (find == NULL)
    return FALSE;

  dra_statement_bind_text (find, 1, uuid);
  return step_for_id (store, find, deleted, error);
}

static gboolean
find_note (DraStore    *store,
           const char  *uuid,
           gint64      *id,
           gint64      *modified,
           GError     **error)
{
  g_autoptr (DraStatement) find = dra_store_prepare (store,
    "SELECT id, modified FROM notes WHERE uuid = ?1", error);
  int code;

  *id = 0;
  if (find == NULL)
    return FALSE;

  dra_statement_bind_text (find, 1, uuid);
  code = dra_store_step (store, find, error);
  if (code == SQLITE_ROW)
    {
      *id = sqlite3_column_int64 (find, 0);
      *modified = sqlite3_column_int64 (find, 1);
    }
  return code != 0;
}

/* Adds the notes that are not there and replaces those that are older.  One that was
 * deleted here comes back only when it was changed after that. */
gboolean
dra_shelf_merge_notes (DraStore    *store,
                       DraArticle  *article,
                       GPtrArray   *notes,
                       GError     **error)
{
  gint64 article_id;

  if (!need_article (store, article, &article_id, error))
    return FALSE;

  for (guint i = 0; i < notes->len; i++)
    {
      DraNote *note = g_ptr_array_index (notes, i);
      gint64 modified = G_MININT64;
      gint64 id, deleted;

      if (!find_note (store, dra_note_get_uuid (note), &id, &modified, error) ||
          !find_tombstone (store, dra_note_get_uuid (note), &deleted, error))
        return FALSE;
      if (id == 0 && deleted != 0 && deleted >= dra_note_get_modified (note))
        continue;

      if (id == 0 || dra_note_get_modified (note) > modified
            ? !save_in (store, article, article_id, note, error)
            : !place_note (store, id, article_id, error))
        return FALSE;
    }

  return TRUE;
}

/* Takes those out of notes that the reader has deleted since they were last changed. */
gboolean
dra_shelf_drop_deleted (DraStore   *store,
                        GPtrArray  *notes,
                        GError    **error)
{
  for (guint i = notes->len; i > 0; i--)
    {
      DraNote *note = g_ptr_array_index (notes, i - 1);
      gint64 deleted;

      if (!find_tombstone (store, dra_note_get_uuid (note), &deleted, error))
        return FALSE;
      if (deleted != 0 && deleted >= dra_note_get_modified (note))
        g_ptr_array_remove_index (notes, i - 1);
    }

  return TRUE;
}

gboolean
dra_shelf_import_note (DraStore  *store,
                       DraNote   *note,
                       GError   **error)
{
  gint64 modified = G_MININT64;
  gint64 id;

  if (!find_note (store, dra_note_get_uuid (note), &id, &modified, error))
    return FALSE;

  return (id != 0 && dra_note_get_modified (note) <= modified) || save_row (store, note, &id, error);
}

gboolean
dra_shelf_place_uuid (DraStore    *store,
                      const char  *uuid,
                      gint64       article_id,
                      GError     **error)
{
  g_autoptr (DraStatement) insert = dra_store_prepare (store,
    "INSERT OR IGNORE INTO places (note_id, article_id) SELECT id, ?2 FROM notes WHERE uuid = ?1",
    error);

  if (insert == NULL)
    return FALSE;

  dra_statement_bind_text (insert, 1, uuid);
  sqlite3_bind_int64 (insert, 2, article_id);
  return dra_store_step (store, insert, error) != 0;
}

gboolean
dra_shelf_place_notes (DraStore           *store,
                       DraArticle         *article,
                       const char *const  *uuids,
                       GError            **error)
{
  gint64 article_id;

  if (!need_article (store, article, &article_id, error))
    return FALSE;

  for (guint i = 0; uuids[i] != NULL; i++)
    if (!dra_shelf_place_uuid (store, uuids[i], article_id, error))
      return FALSE;

  return TRUE;
}
