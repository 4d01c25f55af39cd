/* dra-shelf-load.c: notes read from their rows.
 *
 * Which notes belong to a text: those made, merged or once found in a text with its hash,
 * and those of every text that was opened from the same place.  So a file that was moved
 * is found by its hash and one that was edited by its place; when it has been both, by what
 * was found in it in between.  Notes on a person or organization belong to every text that
 * names them.
 *
 * A text that has no notes by these ways gets those of one with its title and most of its
 * words: the same article saved in another format, or downloaded once more.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "library/dra-shelf-private.h"

#include "notes/dra-fold.h"
#include "notes/dra-text-diff.h"

#define MIN_ALIKE 200  /* bytes: less text is no article that could be known by its words */
#define MAX_ALIKE (4 * 1024 * 1024) /* bytes of a text that is compared */
#define MAX_TITLES 8   /* texts with one title that are looked at */
#define ALIKE 0.6      /* of the shorter text; pages of one site share far less */
#define MAX_TEXT (64 * 1024 * 1024) /* bytes: no old text is worth more memory */

/* The ids of the notes of a text: ?1 its hash, ?2 and ?3 its places. */
#define NOTES_OF_TEXT                                                                            \
  "SELECT note_id FROM places WHERE article_id IN (SELECT id FROM articles WHERE hash = ?1"      \
  " UNION SELECT article_id FROM uris WHERE uri IN (?2, ?3))"

const char *const dra_shelf_target_names[] = {
  [DRA_NOTE_TARGET_PASSAGE] = "passage",
  [DRA_NOTE_TARGET_ENTITY] = "entity",
  [DRA_NOTE_TARGET_ARTICLE] = "article",
};

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

/* The selectors whose columns begin at column, which come in the same order in both tables. */
static void
set_selectors (DraNote      *note,
               DraStatement *statement,
               int           column)
{
  const char *exact = column_text (statement, column + 2);
  gsize start, end;

  if (column_size (statement, column, &start) && column_size (statement, column + 1, &end) &&
      start <= end)
    dra_note_set_position (note, start, end);
  if (exact != NULL)
    {
      DraQuote quote = {
        (char *) exact,
        (char *) column_text (statement, column + 3),
        (char *) column_text (statement, column + 4),
      };

      dra_note_set_quote (note, &quote);
    }
  dra_note_set_text_hash (note, column_text (statement, column + 5));
  dra_note_set_text_version (note, (guint) sqlite3_column_int64 (statement, column + 6));
  dra_note_set_distinct (note,
                         (guint) sqlite3_column_int64 (statement, column + 7),
                         (guint) sqlite3_column_int64 (statement, column + 8));
}

/* A note without its tags. */
static DraNote *
make_note (DraStatement *statement)
{
  const char *target_name = column_text (statement, DRA_SHELF_TARGET);
  DraNoteTarget target = DRA_NOTE_TARGET_PASSAGE;
  DraNoteColor color;
  DraNote *note;

  for (guint i = 0; i <= DRA_NOTE_TARGET_ARTICLE; i++)
    if (g_strcmp0 (target_name, dra_shelf_target_names[i]) == 0)
      target = i;

  note = dra_note_new_from_parts (column_text (statement, DRA_SHELF_UUID), target,
                                  sqlite3_column_int64 (statement, DRA_SHELF_CREATED),
                                  sqlite3_column_int64 (statement, DRA_SHELF_MODIFIED));
  if (dra_note_color_from_string (column_text (statement, DRA_SHELF_COLOR), &color))
    dra_note_set_color (note, color);
  dra_note_set_body (note, column_text (statement, DRA_SHELF_BODY));
  set_selectors (note, statement, DRA_SHELF_START);
  dra_note_set_entity (note,
                       column_text (statement, DRA_SHELF_ENTITY_KIND),
                       column_text (statement, DRA_SHELF_ENTITY_NAME));
  if (sqlite3_column_type (statement, DRA_SHELF_ORIGIN_NOTE) != SQLITE_NULL)
    {
      g_autoptr (DraNote) origin = dra_note_new_from_parts (NULL, DRA_NOTE_TARGET_PASSAGE, 0, 0);

      set_selectors (origin, statement, DRA_SHELF_ORIGIN_START);
      dra_note_set_origin (note, origin);
    }
  return note;
}

static gboolean
load_tags (DraStore  *store,
           gint64     note_id,
           DraNote   *note,
           GError   **error)
{
  g_autoptr (DraStatement) select = dra_store_prepare (store,
    "SELECT tag FROM tags WHERE note_id = ?1 ORDER BY ordinal", error);
  g_autoptr (GPtrArray) tags = NULL;
  int code;

  if (select == NULL)
    return FALSE;

  sqlite3_bind_int64 (select, 1, note_id);
  while ((code = dra_store_step (store, select, error)) == SQLITE_ROW)
    {
      if (tags == NULL)
        tags = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (tags, g_strdup (column_text (select, 0)));
    }
  if (tags != NULL)
    {
      g_ptr_array_add (tags, NULL);
      dra_note_set_tags (note, (const char *const *) tags->pdata);
    }
  return code == SQLITE_DONE;
}

static gboolean
take_notes (DraStore      *store,
            DraStatement  *select,
            GPtrArray     *notes,
            GArray        *placed,
            GError       **error)
{
  int code;

  while ((code = dra_store_step (store, select, error)) == SQLITE_ROW)
    {
      gboolean here = sqlite3_column_int (select, DRA_SHELF_N_COLUMNS);
      DraNote *note = make_note (select);

      g_ptr_array_add (notes, note);
      if (placed != NULL)
        g_array_append_val (placed, here);
      if (!load_tags (store, sqlite3_column_int64 (select, DRA_SHELF_ID), note, error))
        return FALSE;
    }

  return code == SQLITE_DONE;
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
    DRA_SHELF_SELECT ", EXISTS (SELECT 1 FROM places JOIN articles ON articles.id = places.article_id"
    " WHERE places.note_id = notes.id AND articles.hash = ?1)" DRA_SHELF_FROM
    " WHERE notes.id IN (" NOTES_OF_TEXT ")", error);

  if (select == NULL)
    return FALSE;

  g_ptr_array_set_size (notes, 0);
  if (placed != NULL)
    g_array_set_size (placed, 0);
  dra_statement_bind_text (select, 1, dra_article_get_hash (article));
  dra_statement_bind_text (select, 2, dra_article_get_metadata (article, DRA_METADATA_SOURCE_URI));
  dra_statement_bind_text (select, 3, dra_article_get_metadata (article, DRA_METADATA_ORIGIN_URI));
  return take_notes (store, select, notes, placed, error);
}

/* Exactly length bytes and a NUL, or NULL. */
static char *
uncompress (const void *data,
            gsize       size,
            gsize       length)
{
  g_autoptr (GZlibDecompressor) decompressor = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
  g_autoptr (GInputStream) memory = g_memory_input_stream_new_from_data (data, (gssize) size, NULL);
  g_autoptr (GInputStream) stream = g_converter_input_stream_new (memory, G_CONVERTER (decompressor));
  g_autofree char *text = g_try_malloc (length + 1);
  gsize n;

  if (text == NULL || !g_input_stream_read_all (stream, text, length + 1, &n, NULL, NULL) || n != length)
    return NULL;
  text[length] = '\0';
  return g_steal_pointer (&text);
}

gboolean
dra_shelf_load_text (DraStore    *store,
                     const char  *hash,
                     char       **text,
                     gsize       *length,
                     GError     **error)
{
  g_autoptr (DraStatement) select = dra_store_prepare (store,
    "SELECT length, data FROM texts WHERE article_id = (SELECT id FROM articles WHERE hash = ?1)", error);
  int code;

  *text = NULL;
  *length = 0;
  if (select == NULL)
    return FALSE;

  dra_statement_bind_text (select, 1, hash);
  code = dra_store_step (store, select, error);
  if (code == SQLITE_ROW && column_size (select, 0, length) && *length <= MAX_TEXT)
    {
      const void *data = sqlite3_column_blob (select, 1);
      g_autofree char *sum = NULL;

      *text = uncompress (data, (gsize) sqlite3_column_bytes (select, 1), *length);
      sum = *text != NULL ? g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) *text, *length) : NULL;
      if (g_strcmp0 (sum, hash) != 0)
        g_clear_pointer (text, g_free);
    }
  return code != 0;
}

/* The article that is the same as this in another form; 0 for none. */
static gboolean
find_alike (DraStore    *store,
            DraArticle  *article,
            gint64      *id,
            GError     **error)
{
  g_autoptr (DraStatement) select = dra_store_prepare (store,
    /* Articles first, which are small rows; the latest of many with one title. */
    "SELECT articles.id, articles.hash FROM articles CROSS JOIN texts ON articles.id = texts.article_id"
    " WHERE articles.title = ?1 AND articles.hash <> ?2 AND texts.length BETWEEN ?3 AND ?4"
    " ORDER BY articles.id DESC LIMIT ?5", error);
  gsize length;
  const char *text = dra_article_get_text (article, &length);
  double most = ALIKE;
  int code;

  *id = 0;
  if (select == NULL)
    return FALSE;
  dra_statement_bind_text (select, 1, dra_article_get_title (article));
  dra_statement_bind_text (select, 2, dra_article_get_hash (article));
  sqlite3_bind_int64 (select, 3, MIN_ALIKE);
  sqlite3_bind_int64 (select, 4, MAX_ALIKE);
  sqlite3_bind_int (select, 5, MAX_TITLES);
  while ((code = dra_store_step (store, select, error)) == SQLITE_ROW)
    {
      g_autofree char *other = NULL;
      gsize other_length;

      if (!dra_shelf_load_text (store, column_text (select, 1), &other, &other_length, error))
        return FALSE;
      if (other != NULL && g_utf8_validate (other, (gssize) other_length, NULL))
        {
          g_autoptr (DraTextDiff) diff = dra_text_diff_new (other, other_length, text, length);

          if (dra_text_diff_get_share (diff) >= most)
            {
              most = dra_text_diff_get_share (diff);
              *id = sqlite3_column_int64 (select, 0);
            }
        }
    }
  return code == SQLITE_DONE;
}

gboolean
dra_shelf_load_alike (DraStore    *store,
                      DraArticle  *article,
                      GPtrArray   *notes,
                      GError     **error)
{
  const char *title = dra_article_get_title (article);
  g_autoptr (DraStatement) select = NULL;
  gsize length;
  gint64 id;

  dra_article_get_text (article, &length);
  if (title == NULL || *title == '\0' || length < MIN_ALIKE || length > MAX_ALIKE)
    return TRUE;
  if (!find_alike (store, article, &id, error))
    return FALSE;
  if (id == 0)
    return TRUE;

  select = dra_store_prepare (store,
    DRA_SHELF_SELECT ", 0" DRA_SHELF_FROM
    " WHERE notes.id IN (SELECT note_id FROM places WHERE article_id = ?1)", error);
  if (select == NULL)
    return FALSE;
  sqlite3_bind_int64 (select, 1, id);
  return take_notes (store, select, notes, NULL, error);
}

/* Adds the notes about a person or organization, of whatever article. */
gboolean
dra_shelf_load_entity_notes (DraStore    *store,
                             const char  *kind,
                             const char  *name,
                             GPtrArray   *notes,
                             GError     **error)
{
  g_autofree char *folded = dra_fold_string (name);
  g_autoptr (DraStatement) select = dra_store_prepare (store,
    DRA_SHELF_SELECT DRA_SHELF_FROM
    " WHERE notes.id IN (SELECT note_id FROM subjects WHERE name = ?1 AND kind = ?2)", error);
  int code;

  if (select == NULL)
    return FALSE;

  dra_statement_bind_text (select, 1, folded);
  dra_statement_bind_text (select, 2, kind);
  while ((code = dra_store_step (store, select, error)) == SQLITE_ROW)
    {
      DraNote *note = make_note (select);

      g_ptr_array_add (notes, note);
      if (!load_tags (store, sqlite3_column_int64 (select, DRA_SHELF_ID), note, error))
        return FALSE;
    }

  return code == SQLITE_DONE;
}

/* Whether there is any note on a person or organization at all. */
gboolean
dra_shelf_has_subjects (DraStore  *store,
                        gboolean  *any,
                        GError   **error)
{
  g_autoptr (DraStatement) select = dra_store_prepare (store, "SELECT 1 FROM subjects LIMIT 1", error);
  int code;

  *any = FALSE;
  if (select == NULL)
    return FALSE;

  code = dra_store_step (store, select, error);
  *any = code == SQLITE_ROW;
  return code != 0;
}

/* Every word of what was typed, as the beginning of a word: "mor car" finds "Moreno
 * Cárdenas".  NULL when there is no word in it. */
static char *
make_match (const char *text)
{
  g_autoptr (GString) match = g_string_new (NULL);
  const char *p = text;

  while (*p != '\0')
    {
      const char *start;

      while (*p != '\0' && !g_unichar_isalnum (g_utf8_get_char (p)))
        p = g_utf8_next_char (p);
      start = p;
      while (*p != '\0' && (g_unichar_isalnum (g_utf8_get_char (p)) ||
                            g_unichar_ismark (g_utf8_get_char (p))))
        p = g_utf8_next_char (p);
      if (p > start)
        g_string_append_printf (match, "%s\"%.*s\" *", match->len > 0 ? " " : "", (int) (p - start), start);
    }

  return match->len > 0 ? g_string_free (g_steal_pointer (&match), FALSE) : NULL;
}

static DraFoundNote *
load_article (DraStore  *store,
              gint64     article_id,
              GError   **error)
{
  g_autoptr (DraStatement) select = dra_store_prepare (store,
    "SELECT title, hash, (SELECT uri FROM uris WHERE article_id = articles.id"
    " ORDER BY last_opened DESC LIMIT 1) FROM articles WHERE id = ?1", error);
  g_autoptr (DraFoundNote) found = g_new0 (DraFoundNote, 1);
  int code;

  if (select == NULL)
    return NULL;

  sqlite3_bind_int64 (select, 1, article_id);
  code = dra_store_step (store, select, error);
  if (code == SQLITE_ROW)
    {
      found->title = g_strdup (column_text (select, 0));
      found->hash = g_strdup (column_text (select, 1));
      found->uri = g_strdup (column_text (select, 2));
    }
  return code != 0 ? g_steal_pointer (&found) : NULL;
}

/* articles: those of the rows before, a DraFoundNote without a note by id. */
DraFoundNote *
dra_shelf_take_found (DraStore      *store,
                      DraStatement  *statement,
                      GHashTable    *articles,
                      GError       **error)
{
  const gint64 article_id = sqlite3_column_int64 (statement, DRA_SHELF_N_COLUMNS);
  DraFoundNote *article = g_hash_table_lookup (articles, &article_id);
  g_autoptr (DraFoundNote) found = g_new0 (DraFoundNote, 1);

  if (article == NULL)
    {
      article = load_article (store, article_id, error);
      if (article == NULL)
        return NULL;
      g_hash_table_insert (articles, g_memdup2 (&article_id, sizeof article_id), article);
    }
  found->title = g_strdup (article->title);
  found->hash = g_strdup (article->hash);
  found->uri = g_strdup (article->uri);
  found->note = make_note (statement);
  if (!load_tags (store, sqlite3_column_int64 (statement, DRA_SHELF_ID), found->note, error))
    return NULL;

  return g_steal_pointer (&found);
}

GHashTable *
dra_shelf_new_articles (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                (GDestroyNotify) dra_found_note_free);
}

/* Adds the DraFoundNotes that have the words of text (all notes when there are none), the
 * newest first and no more than limit. */
gboolean
dra_shelf_find_notes (DraStore    *store,
                      const char  *text,
                      guint        limit,
                      GPtrArray   *found,
                      GError     **error)
{
  g_autofree char *match = make_match (text);
  g_autoptr (GHashTable) articles = dra_shelf_new_articles ();
  g_autoptr (DraStatement) select = match != NULL
    ? dra_store_prepare (store, DRA_SHELF_SELECT DRA_SHELF_FOUND_IN DRA_SHELF_FROM
        " WHERE notes.id IN (SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rowid DESC LIMIT ?2)"
        " ORDER BY notes.id DESC", error)
    : dra_store_prepare (store, DRA_SHELF_SELECT DRA_SHELF_FOUND_IN DRA_SHELF_FROM
        " ORDER BY notes.id DESC LIMIT ?2", error);
  int code;

  if (select == NULL)
    return FALSE;

  if (match != NULL)
    dra_statement_bind_text (select, 1, match);
  sqlite3_bind_int64 (select, 2, limit);
  while ((code = dra_store_step (store, select, error)) == SQLITE_ROW)
    {
      DraFoundNote *one = dra_shelf_take_found (store, select, articles, error);

      if (one == NULL)
        return FALSE;
      g_ptr_array_add (found, one);
    }

  return code == SQLITE_DONE;
}

/* Adds every tag, the most used first. */
gboolean
dra_shelf_list_tags (DraStore   *store,
                     GPtrArray  *tags,
                     GError    **error)
{
  g_autoptr (DraStatement) select = dra_store_prepare (store,
    "SELECT tag FROM tags GROUP BY tag ORDER BY count (*) DESC, tag", error);
  int code;

  if (select == NULL)
    return FALSE;

  while ((code = dra_store_step (store, select, error)) == SQLITE_ROW)
    g_ptr_array_add (tags, g_strdup (column_text (select, 0)));

  return code == SQLITE_DONE;
}
