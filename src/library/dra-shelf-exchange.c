/* dra-shelf-exchange.c: all rows of articles and notes, one after another, and back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "library/dra-shelf-private.h"

DraShelfArticle *
dra_shelf_article_new (void)
{
  DraShelfArticle *self = g_new0 (DraShelfArticle, 1);

  self->uris = g_ptr_array_new_with_free_func (g_free);
  self->notes = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
dra_shelf_article_free (DraShelfArticle *self)
{
  if (self == NULL)
    return;

  g_free (self->hash);
  g_free (self->title);
  g_ptr_array_unref (self->uris);
  g_ptr_array_unref (self->notes);
  g_clear_pointer (&self->text, g_bytes_unref);
  g_free (self);
}

/* {{{ Out */

/* The only column of every row of a statement whose only parameter is an id. */
static gboolean
load_strings (DraStore    *store,
              const char  *sql,
              gint64       id,
              GPtrArray   *strings,
              GError     **error)
{
  g_autoptr (DraStatement) select = dra_store_prepare (store, sql, error);
  int code;

  if (select == NULL)
    return FALSE;

  sqlite3_bind_int64 (select, 1, id);
  while ((code = dra_store_step (store, select, error)) == SQLITE_ROW)
    g_ptr_array_add (strings, g_strdup ((const char *) sqlite3_column_text (select, 0)));
  return code == SQLITE_DONE;
}

static gboolean
load_text (DraStore         *store,
           gint64            id,
           DraShelfArticle  *article,
           GError          **error)
{
  g_autoptr (DraStatement) select = dra_store_prepare (store,
    "SELECT length, data FROM texts WHERE article_id = ?1", error);
  int code;

  if (select == NULL)
    return FALSE;

  sqlite3_bind_int64 (select, 1, id);
  code = dra_store_step (store, select, error);
  if (code == SQLITE_ROW)
    {
      article->length = sqlite3_column_int64 (select, 0);
      article->text = g_bytes_new (sqlite3_column_blob (select, 1),
                                   (gsize) sqlite3_column_bytes (select, 1));
    }
  return code != 0;
}

/* Calls func for every article, with its places, its notes and the text that is kept of it. */
gboolean
dra_shelf_each_article (DraStore             *store,
                        DraShelfArticleFunc   func,
                        gpointer              data,
                        GError              **error)
{
  g_autoptr (DraStatement) select = dra_store_prepare (store,
    "SELECT id, hash, text_version, title FROM articles ORDER BY id", error);
  gboolean first = TRUE;
  int code;

  if (select == NULL)
    return FALSE;

  while ((code = dra_store_step (store, select, error)) == SQLITE_ROW)
    {
      DraShelfArticle *article = dra_shelf_article_new ();
      gint64 id = sqlite3_column_int64 (select, 0);
      gboolean ok;

      article->hash = g_strdup ((const char *) sqlite3_column_text (select, 1));
      article->text_version = sqlite3_column_int64 (select, 2);
      article->title = g_strdup ((const char *) sqlite3_column_text (select, 3));
      ok = load_strings (store, "SELECT uri FROM uris WHERE article_id = ?1 ORDER BY last_opened", id,
                         article->uris, error) &&
           load_strings (store, "SELECT uuid FROM places JOIN notes ON notes.id = note_id"
                                " WHERE article_id = ?1 ORDER BY notes.id", id, article->notes, error) &&
           load_text (store, id, article, error) && func (article, first, data, error);
      dra_shelf_article_free (article);
      if (!ok)
        return FALSE;
      first = FALSE;
    }

  return code == SQLITE_DONE;
}

/* Calls func for every note, with the IRI of the article it is in. */
gboolean
dra_shelf_each_note (DraStore          *store,
                     DraShelfNoteFunc   func,
                     gpointer           data,
                     GError           **error)
{
  g_autoptr (DraStatement) select = dra_store_prepare (store,
    DRA_SHELF_SELECT DRA_SHELF_FOUND_IN DRA_SHELF_FROM " ORDER BY notes.id", error);
  g_autoptr (GHashTable) articles = dra_shelf_new_articles ();
  gboolean first = TRUE;
  int code;

  if (select == NULL)
    return FALSE;

  while ((code = dra_store_step (store, select, error)) == SQLITE_ROW)
    {
      g_autoptr (DraFoundNote) found = dra_shelf_take_found (store, select, articles, error);
      g_autofree char *source = NULL;

      if (found == NULL)
        return FALSE;
      if (found->uri != NULL && g_uri_is_valid (found->uri, G_URI_FLAGS_NONE, NULL))
        source = g_strdup (found->uri);
      else
        source = g_strconcat ("urn:sha256:", found->hash != NULL ? found->hash : "", NULL);
      if (!func (found->note, source, first, data, error))
        return FALSE;
      first = FALSE;
    }

  return code == SQLITE_DONE;
}

/* }}} */
/* {{{ In */

/* An article that is known stays as it is; the places it had elsewhere come after those here. */
static gboolean
import_article (DraStore               *store,
                const DraShelfArticle  *article,
                gint64                 *id,
                GError                **error)
{
  g_autoptr (DraStatement) insert = dra_store_prepare (store,
    "INSERT OR IGNORE INTO articles (hash, text_version, title, first_opened, last_opened)"
    " VALUES (?1, ?2, ?3, 0, 0)", error);
  g_autoptr (DraStatement) find = NULL;
  g_autoptr (DraStatement) place = NULL;
  g_autoptr (DraStatement) text = NULL;

  if (insert == NULL)
    return FALSE;
  dra_statement_bind_text (insert, 1, article->hash);
  sqlite3_bind_int64 (insert, 2, article->text_version);
  dra_statement_bind_text (insert, 3, article->title);
  if (dra_store_step (store, insert, error) == 0)
    return FALSE;

  find = dra_store_prepare (store, "SELECT id FROM articles WHERE hash = ?1", error);
  if (find == NULL)
    return FALSE;
  dra_statement_bind_text (find, 1, article->hash);
  if (dra_store_step (store, find, error) != SQLITE_ROW)
    return FALSE;
  *id = sqlite3_column_int64 (find, 0);

  place = dra_store_prepare (store,
    "INSERT OR IGNORE INTO uris (uri, article_id, last_opened) VALUES (?1, ?2, 0)", error);
  if (place == NULL)
    return FALSE;
  for (guint i = 0; i < article->uris->len; i++)
    {
      dra_statement_reset (place);
      dra_statement_bind_text (place, 1, article->uris->pdata[i]);
      sqlite3_bind_int64 (place, 2, *id);
      if (dra_store_step (store, place, error) == 0)
        return FALSE;
    }

  if (article->text == NULL)
    return TRUE;
  text = dra_store_prepare (store,
    "INSERT OR IGNORE INTO texts (article_id, length, data) VALUES (?1, ?2, ?3)", error);
  if (text == NULL)
    return FALSE;
  sqlite3_bind_int64 (text, 1, *id);
  sqlite3_bind_int64 (text, 2, article->length);
  sqlite3_bind_blob64 (text, 3, g_bytes_get_data (article->text, NULL), g_bytes_get_size (article->text),
                       SQLITE_STATIC);
  return dra_store_step (store, text, error) != 0;
}

/* Takes in articles and notes that were exported. */
gboolean
dra_shelf_import (DraStore   *store,
                  GPtrArray  *articles,
                  GPtrArray  *notes,
                  GError    **error)
{
  for (guint i = 0; i < notes->len; i++)
    if (!dra_shelf_import_note (store, notes->pdata[i], error))
      return FALSE;

  for (guint i = 0; i < articles->len; i++)
    {
      DraShelfArticle *article = articles->pdata[i];
      gint64 id = 0;

      if (!import_article (store, article, &id, error))
        return FALSE;
      for (guint k = 0; k < article->notes->len; k++)
        if (!dra_shelf_place_uuid (store, article->notes->pdata[k], id, error))
          return FALSE;
    }

  return TRUE;
}

/* }}} */
