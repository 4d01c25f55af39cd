/* dra-library-exchange.c: everything in one file, and back.
 *
 * The file is JSON, UTF-8:
 *
 *   { "@context": [...], "dramatis:library": 1,
 *     "dramatis:articles": [ { "hash", "textVersion", "title", "uris": [...], "notes": [uuid...],
 *                              "text": { "length", "zlib" } } ... ],
 *     "dramatis:corrections": [ correction... ],
 *     "@graph": [ annotation... ] }
 *
 * The annotations are those of dra-web-annotation.h, so that other programs can read them.
 * "text" is that of an article notes were made in: its length in bytes, and its bytes
 * compressed (zlib) in base64.  Corrections of names are as dra-correction-json.h says; files
 * of earlier versions have none.  What was deleted is not in the file, nor who is in which
 * article, which is made anew by opening the articles.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "library/dra-library.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "article/dra-error.h"
#include "library/dra-library-core.h"
#include "library/dra-shelf-names.h"
#include "library/dra-shelf.h"
#include "notes/dra-correction-json.h"
#include "notes/dra-json-get.h"
#include "notes/dra-web-annotation.h"

#define MAX_FILE (G_GUINT64_CONSTANT (1) << 30) /* bytes: what fits in memory several times over */
#define MAX_TEXT (G_GUINT64_CONSTANT (256) << 20) /* bytes of one article's text */

/* {{{ Out */

typedef struct
{
  GOutputStream *stream;
  GCancellable *cancellable;
} Export;

static gboolean
put (Export      *export,
     const char  *text,
     GError     **error)
{
  return g_output_stream_write_all (export->stream, text, strlen (text), NULL, export->cancellable,
                                    error);
}

static void
add_string (JsonBuilder *builder,
            const char  *name,
            const char  *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_strings (JsonBuilder *builder,
             const char  *name,
             GPtrArray   *values)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < values->len; i++)
    json_builder_add_string_value (builder, values->pdata[i]);
  json_builder_end_array (builder);
}

static char *
dup_article (const DraShelfArticle *article)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  add_string (builder, "hash", article->hash);
  json_builder_set_member_name (builder, "textVersion");
  json_builder_add_int_value (builder, article->text_version);
  add_string (builder, "title", article->title);
  add_strings (builder, "uris", article->uris);
  add_strings (builder, "notes", article->notes);
  if (article->text != NULL)
    {
      gsize size;
      const guchar *data = g_bytes_get_data (article->text, &size);
      g_autofree char *base64 = g_base64_encode (data, size);

      json_builder_set_member_name (builder, "text");
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "length");
      json_builder_add_int_value (builder, article->length);
      add_string (builder, "zlib", base64);
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

static gboolean
put_article (const DraShelfArticle *article,
             gboolean               first,
             gpointer               data,
             GError               **error)
{
  g_autofree char *json = dup_article (article);

  return put (data, first ? "\n" : ",\n", error) && put (data, json, error);
}

static gboolean
put_note (DraNote     *note,
          const char  *source,
          gboolean     first,
          gpointer     data,
          GError     **error)
{
  g_autofree char *json = dra_web_annotation_write_one (note, source);

  return put (data, first ? "\n" : ",\n", error) && put (data, json, error);
}

static gboolean
put_corrections (Export    *export,
                 DraStore  *store,
                 GError   **error)
{
  g_autoptr (GPtrArray) corrections = g_ptr_array_new_with_free_func (g_object_unref);

  if (!dra_shelf_load_corrections (store, NULL, corrections, error))
    return FALSE;
  for (guint i = 0; i < corrections->len; i++)
    {
      g_autofree char *json = dra_correction_to_json (corrections->pdata[i]);

      if (!put (export, i == 0 ? "\n" : ",\n", error) || !put (export, json, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
export_func (DraStore  *store,
             gpointer   data,
             GError   **error)
{
  /* Begun anew when the library had to be replaced meanwhile. */
  Export *export = data;

  if (!g_seekable_truncate (G_SEEKABLE (export->stream), 0, NULL, error) ||
      !g_seekable_seek (G_SEEKABLE (export->stream), 0, G_SEEK_SET, NULL, error))
    return FALSE;

  return put (export, "{\"@context\": " DRA_WEB_ANNOTATION_CONTEXT ",\n\"dramatis:library\": 1,\n"
                      "\"dramatis:articles\": [", error) &&
         dra_shelf_each_article (store, put_article, export, error) &&
         put (export, "\n],\n\"dramatis:corrections\": [", error) &&
         put_corrections (export, store, error) &&
         put (export, "\n],\n\"@graph\": [", error) &&
         dra_shelf_each_note (store, put_note, export, error) &&
         put (export, "\n]}\n", error);
}

/**
 * dra_library_export:
 * @self: a library
 * @file: where to; replaced when it is there
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Writes all notes and corrections, and what is known of their articles, to one file.
 *
 * Returns: %FALSE when it could not be written; then what was there before still is
 */
gboolean
dra_library_export (DraLibrary    *self,
                    GFile         *file,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autoptr (GFileOutputStream) stream = NULL;
  Export export = { NULL, cancellable };

  g_return_val_if_fail (DRA_IS_LIBRARY (self), FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION,
                           cancellable, error);
  if (stream == NULL)
    return FALSE;

  export.stream = G_OUTPUT_STREAM (stream);
  if (!dra_library_transact (dra_library_get_core (self), dra_store_read, export_func, &export, error))
    {
      g_autoptr (GCancellable) cancelled = g_cancellable_new ();

      /* Closing a cancelled stream leaves the file that was there. */
      g_cancellable_cancel (cancelled);
      g_output_stream_close (G_OUTPUT_STREAM (stream), cancelled, NULL);
      return FALSE;
    }

  return g_output_stream_close (G_OUTPUT_STREAM (stream), cancellable, error);
}

/* }}} */
/* {{{ In */

typedef struct
{
  GPtrArray *articles;    /* of DraShelfArticle */
  GPtrArray *corrections; /* of DraCorrection */
  GPtrArray *notes;
} Import;

static void
read_strings (JsonObject *object,
              const char *name,
              GPtrArray  *values)
{
  JsonArray *array = dra_json_get_array (object, name);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (element) && json_node_get_value_type (element) == G_TYPE_STRING)
        g_ptr_array_add (values, g_strdup (json_node_get_string (element)));
    }
}

/* Whether compressed is a text of that length with that SHA-256: nothing else is kept as one. */
static gboolean
is_text (const guint8 *data,
         gsize         size,
         gint64        length,
         const char   *hash)
{
  g_autoptr (GZlibDecompressor) decompressor = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 buffer[16384];
  gint64 n = 0;

  for (;;)
    {
      gsize n_read = 0, n_written = 0;
      GConverterResult result = g_converter_convert (G_CONVERTER (decompressor), data, size, buffer,
                                                     sizeof buffer, G_CONVERTER_INPUT_AT_END,
                                                     &n_read, &n_written, NULL);

      if (result == G_CONVERTER_ERROR)
        return FALSE;
      g_checksum_update (checksum, buffer, (gssize) n_written);
      data += n_read;
      size -= n_read;
      n += (gint64) n_written;
      if (n > length)
        return FALSE;
      if (result == G_CONVERTER_FINISHED)
        return n == length && g_ascii_strcasecmp (g_checksum_get_string (checksum), hash) == 0;
    }
}

static void
read_text (JsonObject      *object,
           DraShelfArticle *article)
{
  JsonNode *node = json_object_get_member (object, "text");
  const char *base64;
  g_autofree guchar *data = NULL;
  gsize size = 0;
  gint64 length;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;

  base64 = dra_json_get_string (json_node_get_object (node), "zlib");
  length = dra_json_get_int (json_node_get_object (node), "length", 0);
  if (base64 == NULL || length < 0 || length > (gint64) MAX_TEXT)
    return;
  data = g_base64_decode (base64, &size);
  if (data == NULL || !is_text (data, size, length, article->hash))
    return;
  article->length = length;
  article->text = g_bytes_new_take (g_steal_pointer (&data), size);
}

static gboolean
is_hash (const char *hash)
{
  return hash != NULL && strlen (hash) == 64 && strspn (hash, "0123456789abcdef") == 64;
}

static void
read_articles (JsonObject *root,
               GPtrArray  *articles)
{
  JsonArray *array = dra_json_get_array (root, "dramatis:articles");

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (element) ? json_node_get_object (element) : NULL;
      DraShelfArticle *article;
      const char *title;

      if (object == NULL || !is_hash (dra_json_get_string (object, "hash")))
        continue;
      title = dra_json_get_string (object, "title");
      article = dra_shelf_article_new ();
      article->hash = g_strdup (dra_json_get_string (object, "hash"));
      article->title = g_strdup (title != NULL ? title : "");
      article->text_version = CLAMP (dra_json_get_int (object, "textVersion", 0), 0, G_MAXINT32);
      read_strings (object, "uris", article->uris);
      read_strings (object, "notes", article->notes);
      read_text (object, article);
      g_ptr_array_add (articles, article);
    }
}

static void
read_corrections (JsonObject *root,
                  GPtrArray  *corrections)
{
  JsonArray *array = dra_json_get_array (root, "dramatis:corrections");

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      DraCorrection *correction = dra_correction_from_json (json_array_get_element (array, i));

      if (correction != NULL)
        g_ptr_array_add (corrections, correction);
    }
}

static gboolean
import_func (DraStore  *store,
             gpointer   data,
             GError   **error)
{
  Import *import = data;

  if (!dra_shelf_import (store, import->articles, import->notes, error))
    return FALSE;
  for (guint i = 0; i < import->corrections->len; i++)
    if (!dra_shelf_save_correction (store, import->corrections->pdata[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
read_file (GFile         *file,
           Import        *import,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GFileInfo) info = NULL;
  g_autofree char *name = g_file_get_parse_name (file);
  g_autofree char *content = NULL;
  JsonNode *root;
  gsize length;

  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, cancellable,
                            error);
  if (info == NULL)
    return FALSE;
  if ((guint64) g_file_info_get_size (info) > MAX_FILE)
    {
      g_set_error (error, DRA_ERROR, DRA_ERROR_TOO_LARGE, _("“%s” is too large for a file of notes."), name);
      return FALSE;
    }
  if (!g_file_load_contents (file, cancellable, &content, &length, NULL, error))
    return FALSE;

  root = json_parser_load_from_data (parser, content, (gssize) length, NULL) ? json_parser_get_root (parser)
                                                                               : NULL;
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root) ||
      json_object_get_member (json_node_get_object (root), "dramatis:library") == NULL)
    {
      g_set_error (error, DRA_ERROR, DRA_ERROR_DAMAGED,
                   _("“%s” is not a file of notes that Dramatis has exported."), name);
      return FALSE;
    }

  read_articles (json_node_get_object (root), import->articles);
  read_corrections (json_node_get_object (root), import->corrections);
  import->notes = dra_web_annotation_read (root, NULL, error);
  return import->notes != NULL;
}

/**
 * dra_library_import:
 * @self: a library
 * @file: a file that dra_library_export() has written
 * @n_notes: (out) (optional): how many notes are in it
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Takes in everything a file holds, all or nothing: notes that are not in the library, those
 * deleted here among them, those that are newer in the file, and corrections.
 *
 * Returns: %FALSE with %DRA_ERROR_DAMAGED when it is no such file, or when the library could
 *   not be written; then it is as it was
 */
gboolean
dra_library_import (DraLibrary    *self,
                    GFile         *file,
                    guint         *n_notes,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autoptr (GPtrArray) articles = g_ptr_array_new_with_free_func ((GDestroyNotify) dra_shelf_article_free);
  g_autoptr (GPtrArray) corrections = g_ptr_array_new_with_free_func (g_object_unref);
  Import import = { articles, corrections, NULL };
  gboolean ok;

  g_return_val_if_fail (DRA_IS_LIBRARY (self), FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  if (!read_file (file, &import, cancellable, error))
    return FALSE;

  ok = dra_library_transact (dra_library_get_core (self), dra_store_write, import_func, &import, error);
  if (n_notes != NULL)
    *n_notes = import.notes->len;
  g_ptr_array_unref (import.notes);
  return ok;
}

/* }}} */
/* {{{ In a thread */

static void
export_thread (GTask        *task,
               gpointer      source_object,
               gpointer      task_data,
               GCancellable *cancellable)
{
  GError *error = NULL;

  if (dra_library_export (source_object, task_data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
import_thread (GTask        *task,
               gpointer      source_object,
               gpointer      task_data,
               GCancellable *cancellable)
{
  GError *error = NULL;
  guint n_notes = 0;

  if (dra_library_import (source_object, task_data, &n_notes, cancellable, &error))
    g_task_return_int (task, n_notes);
  else
    g_task_return_error (task, error);
}

/**
 * dra_library_export_async:
 * @self: a library
 * @file: where to
 * @cancellable: (nullable): a cancellable
 * @callback: called when the file is on disk or nothing was changed
 * @user_data: for @callback
 *
 * As dra_library_export(), in a thread.
 */
void
dra_library_export_async (DraLibrary          *self,
                          GFile               *file,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DRA_IS_LIBRARY (self));
  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dra_library_export_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, export_thread);
}

/**
 * dra_library_export_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: whether everything is in the file
 */
gboolean
dra_library_export_finish (DraLibrary    *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * dra_library_import_async:
 * @self: a library
 * @file: a file that was exported
 * @cancellable: (nullable): a cancellable
 * @callback: called when all of it is in the library or nothing is
 * @user_data: for @callback
 *
 * As dra_library_import(), in a thread.
 */
void
dra_library_import_async (DraLibrary          *self,
                          GFile               *file,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DRA_IS_LIBRARY (self));
  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dra_library_import_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, import_thread);
}

/**
 * dra_library_import_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: how many notes the file holds, -1 on error
 */
int
dra_library_import_finish (DraLibrary    *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  return (int) g_task_propagate_int (G_TASK (result), error);
}

/* }}} */
