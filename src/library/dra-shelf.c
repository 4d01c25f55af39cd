/* dra-shelf.c: articles and notes as rows.
 *
 * Which notes belong to a text: those made, merged or once found in a text with its hash,
 * and those of every text that was opened from the same place.  So a file that was moved
 * is found by its hash and one that was edited by its place; when it has been both, by what
 * was found in it in between.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "library/dra-shelf.h"

#include <string.h>

#include "library/dra-schema.h"

/* The ids of the notes of a text: ?1 its hash, ?2 and ?3 its places. */
#define NOTES_OF_TEXT                                                                            \
  "SELECT note_id FROM places WHERE article_id IN (SELECT id FROM articles WHERE hash = ?1"      \
  " UNION SELECT article_id FROM uris WHERE uri IN (?2, ?3))"

/* Columns of the query in dra_shelf_load_notes(). */
enum
{
  COLUMN_ID,
  COLUMN_UUID,
  COLUMN_TARGET,
  COLUMN_CREATED,
  COLUMN_MODIFIED,
  COLUMN_COLOR,
  COLUMN_BODY,
  COLUMN_START,
  COLUMN_END,
  COLUMN_EXACT,
  COLUMN_PREFIX,
  COLUMN_SUFFIX,
  COLUMN_HASH,
  COLUMN_TEXT_VERSION,
  COLUMN_DISTINCT_BEFORE,
  COLUMN_DISTINCT_AFTER,
  COLUMN_ENTITY_KIND,
  COLUMN_ENTITY_NAME,
  COLUMN_PLACED,
};

static const char *const target_names[] = {
  [DRA_NOTE_TARGET_PASSAGE] = "passage",
  [DRA_NOTE_TARGET_ENTITY] = "entity",
  [DRA_NOTE_TARGET_ARTICLE] = "article",
};

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

  dra_statement_bind_text (statement, COLUMN_UUID, dra_note_get_uuid (note));
  dra_statement_bind_text (statement, COLUMN_TARGET, target_names[dra_note_get_target (note)]);
  sqlite3_bind_int64 (statement, COLUMN_CREATED, dra_note_get_created (note));
  sqlite3_bind_int64 (statement, COLUMN_MODIFIED, dra_note_get_modified (note));
  dra_statement_bind_text (statement, COLUMN_COLOR, dra_note_color_to_string (dra_note_get_color (note)));
  dra_statement_bind_text (statement, COLUMN_BODY, dra_note_get_body (note));
  if (dra_note_get_position (note, &start, &end))
    {
      sqlite3_bind_int64 (statement, COLUMN_START, (gint64) start);
      sqlite3_bind_int64 (statement, COLUMN_END, (gint64) end);
    }
  if (quote != NULL)
    {
      dra_statement_bind_text (statement, COLUMN_EXACT, quote->exact);
      dra_statement_bind_text (statement, COLUMN_PREFIX, quote->prefix);
      dra_statement_bind_text (statement, COLUMN_SUFFIX, quote->suffix);
    }
  dra_statement_bind_text (statement, COLUMN_HASH, dra_note_get_text_hash (note));
  sqlite3_bind_int64 (statement, COLUMN_TEXT_VERSION, dra_note_get_text_version (note));
  dra_note_get_distinct (note, &before, &after);
  sqlite3_bind_int64 (statement, COLUMN_DISTINCT_BEFORE, before);
  sqlite3_bind_int64 (statement, COLUMN_DISTINCT_AFTER, after);
  dra_statement_bind_text (statement, COLUMN_ENTITY_KIND, dra_note_get_entity_kind (note));
  dra_statement_bind_text (statement, COLUMN_ENTITY_NAME, dra_note_get_entity_name (note));
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

static gboolean
save_in (DraStore    *store,
         DraArticle  *article,
         gint64       article_id,
         DraNote     *note,
         GError     **error)
{
  gint64 note_id = 0;
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
  if (!step_for_id (store, insert, &note_id, error) ||
      !save_tags (store, note_id, note, error) ||
      !place_note (store, note_id, article_id, error))
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

/* Deletes a note; not being there is no error. */
gboolean
dra_shelf_delete_note (DraStore    *store,
                       const char  *uuid,
                       GError     **error)
{
  g_autoptr (DraStatement) delete = dra_store_prepare (store, "DELETE FROM notes WHERE uuid = ?1", error);

  if (delete == NULL)
    return FALSE;

  dra_statement_bind_text (delete, 1, uuid);
  return dra_store_step (store, delete, error) != 0;
}

/* Adds the notes that are not there and replaces those that are older. */
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
      g_autoptr (DraStatement) find = dra_store_prepare (store,
        "SELECT id, modified FROM notes WHERE uuid = ?1", error);
      gint64 id = 0;
      gint64 modified = G_MININT64;
      int code;

      if (find == NULL)
        return FALSE;
      dra_statement_bind_text (find, 1, dra_note_get_uuid (note));
      code = dra_store_step (store, find, error);
      if (code == SQLITE_ROW)
        {
          id = sqlite3_column_int64 (find, 0);
          modified = sqlite3_column_int64 (find, 1);
        }
      if (code == 0)
        return FALSE;
      dra_statement_reset (find);

      if (id == 0 || dra_note_get_modified (note) > modified
            ? !save_in (store, article, article_id, note, error)
            : !place_note (store, id, article_id, error))
        return FALSE;
    }

  return TRUE;
}

static const char *
column_text (DraStatement *statement,
             int           column)
{
  return (const char *) sqlite3_column_text (statement, column);
}

static gboolean
column_size (DraStatement *statement,
             int           column,
             gsize        *value)
{
  gint64 integer = sqlite3_column_int64 (statement, column);

  if (sqlite3_column_type (statement, column) != SQLITE_INTEGER || integer < 0)
    return FALSE;

  *value = (gsize) integer;
  return TRUE;
}

static DraNote *
make_note (DraStatement *statement)
{
  const char *target_name = column_text (statement, COLUMN_TARGET);
  const char *exact = column_text (statement, COLUMN_EXACT);
  DraNoteTarget target = DRA_NOTE_TARGET_PASSAGE;
  DraNoteColor color;
  DraNote *note;
  gsize start, end;

  for (guint i = 0; i < G_N_ELEMENTS (target_names); i++)
    if (g_strcmp0 (target_name, target_names[i]) == 0)
      target = i;

  note = dra_note_new_from_parts (column_text (statement, COLUMN_UUID), target,
                                  sqlite3_column_int64 (statement, COLUMN_CREATED),
                                  sqlite3_column_int64 (statement, COLUMN_MODIFIED));
  if (dra_note_color_from_string (column_text (statement, COLUMN_COLOR), &color))
    dra_note_set_color (note, color);
  dra_note_set_body (note, column_text (statement, COLUMN_BODY));
  if (column_size (statement, COLUMN_START, &start) && column_size (statement, COLUMN_END, &end) &&
      start <= end)
    dra_note_set_position (note, start, end);
  if (exact != NULL)
    {
      DraQuote quote = {
        (char *) exact,
        (char *) column_text (statement, COLUMN_PREFIX),
        (char *) column_text (statement, COLUMN_SUFFIX),
      };

      dra_note_set_quote (note, &quote);
    }
  dra_note_set_text_hash (note, column_text (statement, COLUMN_HASH));
  dra_note_set_text_version (note, (guint) sqlite3_column_int64 (statement, COLUMN_TEXT_VERSION));
  dra_note_set_distinct (note,
                         (guint) sqlite3_column_int64 (statement, COLUMN_DISTINCT_BEFORE),
                         (guint) sqlite3_column_int64 (statement, COLUMN_DISTINCT_AFTER));
  dra_note_set_entity (note,
                       column_text (statement, COLUMN_ENTITY_KIND),
                       column_text (statement, COLUMN_ENTITY_NAME));
  return note;
}

static void
bind_text_of (DraStatement *statement,
              DraArticle   *article)
{
  dra_statement_bind_text (statement, 1, dra_article_get_hash (article));
  dra_statement_bind_text (statement, 2, dra_article_get_metadata (article, DRA_METADATA_SOURCE_URI));
  dra_statement_bind_text (statement, 3, dra_article_get_metadata (article, DRA_METADATA_ORIGIN_URI));
}

/* Sets the tags of every note in by_id (row id -> note). */
static gboolean
load_tags (DraStore    *store,
           DraArticle  *article,
           GHashTable  *by_id,
           GError     **error)
{
  g_autoptr (DraStatement) select = dra_store_prepare (store,
    "SELECT note_id, tag FROM tags WHERE note_id IN (" NOTES_OF_TEXT ") ORDER BY note_id, ordinal", error);
  g_autoptr (GPtrArray) tags = g_ptr_array_new_with_free_func (g_free);
  gint64 current = 0;
  int code;

  if (select == NULL)
    return FALSE;

  bind_text_of (select, article);
  do
    {
      gint64 id = 0;

      code = dra_store_step (store, select, error);
      if (code == 0)
        return FALSE;
      if (code == SQLITE_ROW)
        id = sqlite3_column_int64 (select, 0);
      if (id != current && tags->len > 0)
        {
          DraNote *note = g_hash_table_lookup (by_id, &current);

          g_ptr_array_add (tags, NULL);
          if (note != NULL)
            dra_note_set_tags (note, (const char *const *) tags->pdata);
          g_ptr_array_set_size (tags, 0);
        }
      current = id;
      if (code == SQLITE_ROW && column_text (select, 1) != NULL)
        g_ptr_array_add (tags, g_strdup (column_text (select, 1)));
    }
  while (code == SQLITE_ROW);

  return TRUE;
}

/* Adds the notes of a text to notes, in no order. */
gboolean
dra_shelf_load_notes (DraStore    *store,
                      DraArticle  *article,
                      GPtrArray   *notes,
                      GArray      *placed,
                      GError     **error)
{
  g_autoptr (DraStatement) select = dra_store_prepare (store,
    "SELECT id, " DRA_SCHEMA_NOTE_COLUMNS ", EXISTS (SELECT 1 FROM places JOIN articles"
    " ON articles.id = places.article_id WHERE places.note_id = notes.id AND articles.hash = ?1)"
    " FROM notes WHERE id IN (" NOTES_OF_TEXT ")", error);
  g_autoptr (GHashTable) by_id = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  int code;

  if (select == NULL)
    return FALSE;

  g_ptr_array_set_size (notes, 0);
  if (placed != NULL)
    g_array_set_size (placed, 0);
  bind_text_of (select, article);
  while ((code = dra_store_step (store, select, error)) == SQLITE_ROW)
    {
      gint64 id = sqlite3_column_int64 (select, COLUMN_ID);
      gboolean here = sqlite3_column_int (select, COLUMN_PLACED);
      DraNote *note = make_note (select);

      g_ptr_array_add (notes, note);
      g_hash_table_insert (by_id, g_memdup2 (&id, sizeof id), note);
      if (placed != NULL)
        g_array_append_val (placed, here);
    }

  return code == SQLITE_DONE && load_tags (store, article, by_id, error);
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
    {
      g_autoptr (DraStatement) insert = dra_store_prepare (store,
        "INSERT OR IGNORE INTO places (note_id, article_id) SELECT id, ?2 FROM notes WHERE uuid = ?1",
        error);

      if (insert == NULL)
        return FALSE;
      dra_statement_bind_text (insert, 1, uuids[i]);
      sqlite3_bind_int64 (insert, 2, article_id);
      if (dra_store_step (store, insert, error) == 0)
        return FALSE;
    }

  return TRUE;
}
