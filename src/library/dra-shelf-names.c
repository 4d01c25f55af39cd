/* dra-shelf-names.c: the reader's corrections, and who is in which article, as rows.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "library/dra-shelf-names.h"

#include "library/dra-shelf.h"
#include "notes/dra-fold.h"

static const char *
column_text (DraStatement *statement,
             int           column)
{
  return (const char *) sqlite3_column_text (statement, column);
}

/* {{{ Corrections */

gboolean
dra_shelf_save_correction (DraStore       *store,
                           DraCorrection  *correction,
                           GError        **error)
{
  const DraCorrectionParts *parts = dra_correction_get_parts (correction);
  g_autoptr (DraStatement) insert = dra_store_prepare (store,
    "INSERT OR REPLACE INTO corrections (uuid, created, action, kind, name, to_kind, to_name,"
    " hash, start_at, split_at, everywhere) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    error);

  if (insert == NULL)
    return FALSE;

  dra_statement_bind_text (insert, 1, parts->uuid);
  sqlite3_bind_int64 (insert, 2, parts->created);
  dra_statement_bind_text (insert, 3, dra_correction_action_to_string (parts->action));
  dra_statement_bind_text (insert, 4, dra_entity_kind_to_string (parts->kind));
  dra_statement_bind_text (insert, 5, parts->name);
  dra_statement_bind_text (insert, 6, dra_entity_kind_to_string (parts->to_kind));
  if (parts->to_name != NULL)
    dra_statement_bind_text (insert, 7, parts->to_name);
  dra_statement_bind_text (insert, 8, parts->hash != NULL ? parts->hash : "");
  sqlite3_bind_int64 (insert, 9, parts->start);
  sqlite3_bind_int64 (insert, 10, parts->split_at);
  sqlite3_bind_int (insert, 11, parts->everywhere);
  return dra_store_step (store, insert, error) != 0;
}

/* Not being there is no error. */
gboolean
dra_shelf_delete_correction (DraStore    *store,
                             const char  *uuid,
                             GError     **error)
{
  g_autoptr (DraStatement) delete = dra_store_prepare (store,
    "DELETE FROM corrections WHERE uuid = ?1", error);

  if (delete == NULL)
    return FALSE;

  dra_statement_bind_text (delete, 1, uuid);
  return dra_store_step (store, delete, error) != 0;
}

/* NULL for a row that makes no sense. */
static DraCorrection *
make_correction (DraStatement *row)
{
  DraCorrectionParts parts = {
    .uuid = column_text (row, 0),
    .created = sqlite3_column_int64 (row, 1),
    .name = column_text (row, 4),
    .to_name = column_text (row, 6),
    .hash = column_text (row, 7),
    .start = sqlite3_column_int64 (row, 8),
    .split_at = sqlite3_column_int64 (row, 9),
    .everywhere = sqlite3_column_int (row, 10) != 0,
  };

  if (!dra_correction_action_from_string (column_text (row, 2), &parts.action)
      || !dra_entity_kind_from_string (column_text (row, 3), &parts.kind)
      || !dra_entity_kind_from_string (column_text (row, 5), &parts.to_kind))
    return NULL;
  return dra_correction_new (&parts);
}

#define SELECT_CORRECTIONS                                                                       \
  "SELECT uuid, created, action, kind, name, to_kind, to_name, hash, start_at, split_at,"        \
  " everywhere FROM corrections "

gboolean
dra_shelf_load_corrections (DraStore    *store,
                            DraArticle  *article,
                            GPtrArray   *corrections,
                            GError     **error)
{
  g_autoptr (DraStatement) select = article == NULL
    ? dra_store_prepare (store, SELECT_CORRECTIONS "ORDER BY created, rowid", error)
    : dra_store_prepare (store, SELECT_CORRECTIONS
        "WHERE everywhere OR hash = ?1 OR hash IN (SELECT hash FROM articles JOIN uris"
        " ON uris.article_id = articles.id WHERE uri IN (?2, ?3)) ORDER BY created, rowid", error);
  int code;

  if (select == NULL)
    return FALSE;

  if (article != NULL)
    {
      const char *source = dra_article_get_metadata (article, DRA_METADATA_SOURCE_URI);
      const char *origin = dra_article_get_metadata (article, DRA_METADATA_ORIGIN_URI);

      dra_statement_bind_text (select, 1, dra_article_get_hash (article));
      dra_statement_bind_text (select, 2, source != NULL ? source : "");
      dra_statement_bind_text (select, 3, origin != NULL ? origin : "");
    }
  while ((code = dra_store_step (store, select, error)) == SQLITE_ROW)
    {
      DraCorrection *correction = make_correction (select);

      if (correction != NULL)
        g_ptr_array_add (corrections, correction);
    }

  return code == SQLITE_DONE;
}

/* }}} */
/* {{{ Appearances */

static gboolean
find_article (DraStore    *store,
              DraArticle  *article,
              gint64      *id,
              GError     **error)
{
  g_autoptr (DraStatement) find = dra_store_prepare (store,
    "SELECT id FROM articles WHERE hash = ?1", error);
  int code;

  *id = 0;
  if (find == NULL)
    return FALSE;

  dra_statement_bind_text (find, 1, dra_article_get_hash (article));
  code = dra_store_step (store, find, error);
  if (code == SQLITE_ROW)
    *id = sqlite3_column_int64 (find, 0);
  return code != 0;
}

/* What was in the text, and in the texts that were in its place before. */
static gboolean
forget_article (DraStore  *store,
                gint64     article_id,
                GError   **error)
{
  g_autoptr (DraStatement) delete = dra_store_prepare (store,
    "DELETE FROM appearances WHERE article_id = ?1 OR article_id IN"
    " (SELECT then_there.article_id FROM uris AS there JOIN uris AS then_there"
    " ON then_there.uri = there.uri WHERE there.article_id = ?1)", error);

  if (delete == NULL)
    return FALSE;

  sqlite3_bind_int64 (delete, 1, article_id);
  return dra_store_step (store, delete, error) != 0;
}

gboolean
dra_shelf_index_names (DraStore    *store,
                       DraArticle  *article,
                       DraCast     *cast,
                       GError     **error)
{
  g_autoptr (DraStatement) insert = NULL;
  gint64 article_id;

  if (!find_article (store, article, &article_id, error)
      || (article_id == 0 && !dra_shelf_add_article (store, article, &article_id, error))
      || !forget_article (store, article_id, error))
    return FALSE;

  insert = dra_store_prepare (store,
    "INSERT INTO appearances (article_id, kind, name, folded, mentions)"
    " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (article_id, kind, folded)"
    " DO UPDATE SET mentions = mentions + excluded.mentions", error);
  if (insert == NULL)
    return FALSE;
  for (guint i = 0; i < dra_cast_get_n_entities (cast); i++)
    {
      const DraEntity *entity = dra_cast_get_entity (cast, i);
      g_autofree char *folded = dra_fold_string (entity->name);

      dra_statement_reset (insert);
      sqlite3_bind_int64 (insert, 1, article_id);
      dra_statement_bind_text (insert, 2, dra_entity_kind_to_string (entity->kind));
      dra_statement_bind_text (insert, 3, entity->name);
      dra_statement_bind_text (insert, 4, folded);
      sqlite3_bind_int64 (insert, 5, entity->n_mentions);
      if (dra_store_step (store, insert, error) == 0)
        return FALSE;
    }

  return TRUE;
}

gboolean
dra_shelf_wipe_names (DraStore  *store,
                      GError   **error)
{
  g_autoptr (DraStatement) delete = dra_store_prepare (store, "DELETE FROM appearances", error);

  return delete != NULL && dra_store_step (store, delete, error) != 0;
}

#define LAST_URI                                                                                 \
  "(SELECT uri FROM uris WHERE article_id = articles.id ORDER BY last_opened DESC LIMIT 1)"
#define HAS_NAMES "EXISTS (SELECT 1 FROM appearances WHERE article_id = articles.id)"

/* Columns: kind, name, number of articles, mentions, title, uri, hash, last_opened. */
static DraStatement *
prepare_question (DraStore          *store,
                  DraNamesQuestion   question,
                  GError           **error)
{
  switch (question)
    {
    case DRA_NAMES_PEOPLE:
      return dra_store_prepare (store,
        "SELECT kind, name, count (*) AS n, sum (mentions) AS m, NULL, NULL, NULL, 0"
        " FROM appearances WHERE kind <> 'place' AND dra_has_words (folded, ?1)"
        " GROUP BY folded, kind ORDER BY n DESC, m DESC, folded LIMIT ?3", error);
    case DRA_NAMES_ARTICLES:
      return dra_store_prepare (store,
        "SELECT NULL, NULL, 0, 0, title, " LAST_URI ", hash, last_opened FROM articles"
        " WHERE " HAS_NAMES " AND dra_has_words (dra_fold (title), ?1)"
        " ORDER BY last_opened DESC LIMIT ?3", error);
    case DRA_NAMES_APPEARANCES:
      return dra_store_prepare (store,
        "SELECT kind, name, 1, mentions, title, " LAST_URI ", hash, last_opened"
        " FROM appearances JOIN articles ON articles.id = article_id"
        " WHERE folded = ?1 AND kind = ?2 ORDER BY last_opened DESC LIMIT ?3", error);
    case DRA_NAMES_INDEXED:
    default:
      return dra_store_prepare (store,
        "SELECT NULL, NULL, 0, 0, title, " LAST_URI ", hash, last_opened FROM articles"
        " WHERE " HAS_NAMES " AND ?1 IS NOT NULL ORDER BY last_opened DESC LIMIT ?3", error);
    }
}

gboolean
dra_shelf_ask_names (DraStore          *store,
                     DraNamesQuestion   question,
                     DraEntityKind      kind,
                     const char        *text,
                     guint              limit,
                     GPtrArray         *found,
                     GError           **error)
{
  g_autofree char *folded = dra_fold_string (text);
  g_autoptr (DraStatement) select = prepare_question (store, question, error);
  int code;

  if (select == NULL)
    return FALSE;

  dra_statement_bind_text (select, 1, g_strstrip (folded));
  if (question == DRA_NAMES_APPEARANCES)
    dra_statement_bind_text (select, 2, dra_entity_kind_to_string (kind));
  sqlite3_bind_int64 (select, 3, limit);
  while ((code = dra_store_step (store, select, error)) == SQLITE_ROW)
    {
      DraFoundName *one = g_new0 (DraFoundName, 1);

      dra_entity_kind_from_string (column_text (select, 0), &one->kind);
      one->name = g_strdup (column_text (select, 1));
      one->n_articles = (guint) sqlite3_column_int64 (select, 2);
      one->n_mentions = (guint) sqlite3_column_int64 (select, 3);
      one->title = g_strdup (column_text (select, 4));
      one->uri = g_strdup (column_text (select, 5));
      one->hash = g_strdup (column_text (select, 6));
      one->last_opened = sqlite3_column_int64 (select, 7);
      g_ptr_array_add (found, one);
    }

  return code == SQLITE_DONE;
}

/* }}} */
