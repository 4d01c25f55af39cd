/* dra-copy-save.c: an annotated copy, with a worker where one is needed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "worker/dra-copy-save.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "notes/dra-web-annotation.h"
#include "readers/dra-load.h"
#include "readers/dra-reader-registry.h"
#include "worker/dra-answer.h"
#include "worker/dra-copy-pictures.h"
#include "worker/dra-worker-process.h"

typedef struct
{
  const DraWriter *writer;
  DraArticle      *article;
  DraCast         *cast;
  GPtrArray       *notes;
  char            *remark; /* (nullable) */
} SaveData;

/* The bytes of the article's file, when it is a PDF document. */
static GBytes *
load_pdf (DraArticle    *article,
          char         **name,
          GCancellable  *cancellable)
{
  const char *uri = dra_article_get_metadata (article, DRA_METADATA_SOURCE_URI);
  g_autoptr (GFile) file = uri != NULL ? g_file_new_for_uri (uri) : NULL;
  g_autoptr (GBytes) bytes = NULL;
  const DraReader *reader;

  if (file == NULL)
    return NULL;
  *name = dra_load_display_name (file);
  bytes = dra_load_file (file, cancellable, NULL);
  if (bytes == NULL || g_bytes_get_size (bytes) == 0 || dra_load_is_packed (bytes))
    return NULL;
  reader = dra_reader_registry_choose (bytes, *name, NULL, NULL);

  return reader != NULL && g_str_equal (reader->id, "pdf") ? g_steal_pointer (&bytes) : NULL;
}

static char *
entity_key (const char *kind,
            const char *name)
{
  return g_strdup_printf ("%s %s", kind != NULL ? kind : "", name != NULL ? name : "");
}

/* Where a note about somebody stands: at the first place that names them. */
static GHashTable *
find_first_mentions (DraCast *cast)
{
  GHashTable *first = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree gboolean *seen = NULL;
  const DraMention *mentions;
  guint n_mentions;

  if (cast == NULL)
    return first;
  seen = g_new0 (gboolean, dra_cast_get_n_entities (cast) + 1);
  mentions = dra_cast_get_mentions (cast, &n_mentions);
  for (guint i = 0; i < n_mentions; i++)
    {
      const DraEntity *entity = dra_cast_get_entity (cast, mentions[i].entity);

      if (!seen[mentions[i].entity])
        g_hash_table_insert (first, entity_key (dra_entity_kind_to_string (entity->kind), entity->name),
                             (gpointer) &mentions[i]);
      seen[mentions[i].entity] = TRUE;
    }

  return first;
}

static DraPdfMarks *
make_marks (DraArticle *article,
            DraCast    *cast,
            GPtrArray  *notes)
{
  DraPdfMarks *marks = dra_pdf_marks_new (dra_article_get_hash (article));
  g_autoptr (GHashTable) first = find_first_mentions (cast);
  g_autofree char *source = g_strconcat ("urn:sha256:", dra_article_get_hash (article), NULL);

  for (guint i = 0; notes != NULL && i < notes->len; i++)
    {
      DraNote *note = notes->pdata[i];
      g_autofree char *json = dra_web_annotation_write_one (note, source);
      DraRange range = { 0, 0 };

      if (dra_note_get_target (note) == DRA_NOTE_TARGET_ENTITY)
        {
          g_autofree char *key = entity_key (dra_note_get_entity_kind (note),
                                             dra_note_get_entity_name (note));
          const DraMention *mention = g_hash_table_lookup (first, key);

          if (mention != NULL)
            range = mention->range;
        }
      else if (dra_note_get_target (note) == DRA_NOTE_TARGET_PASSAGE)
        dra_note_get_anchor (note, &range, NULL);
      dra_pdf_marks_add (marks, range, json);
    }

  return marks;
}

static GBytes *
annotate (GBytes        *bytes,
          const char    *name,
          DraArticle    *article,
          DraCast       *cast,
          GPtrArray     *notes,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autoptr (DraPdfMarks) marks = make_marks (article, cast, notes);
  DraRequest request = {
    .kind = DRA_REQUEST_ANNOTATE, .name = (char *) name, .marks = marks, .content = bytes,
  };
  g_autoptr (GBytes) answer = dra_worker_run (&request, NULL, cancellable, error);

  return answer != NULL ? dra_answer_read_file (answer, name, error) : NULL;
}

/* Why the pages of the document are not those of its copy; NULL when it never had any. */
static char *
explain_new_pages (DraArticle   *article,
                   const char   *name,
                   const GError *cause)
{
  const char *type = dra_article_get_metadata (article, DRA_METADATA_SOURCE_TYPE);

  if (name == NULL || g_strcmp0 (type, "application/pdf") != 0)
    return NULL;
  if (cause == NULL)
    return g_strdup_printf (_("“%s” is gone or is another file now, so its text was set on new pages."), name);
  g_debug ("%s", cause->message);

  return g_strdup_printf (_("“%s” has changed or cannot take notes, so its text was set on new pages."), name);
}

/**
 * dra_copy_make:
 * @writer: a writer
 * @article: the article
 * @cast: (nullable): its people and organizations
 * @notes: (nullable) (element-type DraNote): its notes, anchored in @article
 * @remark: (out) (optional) (nullable) (transfer full): a sentence for the reader, when the
 *   copy is not what it could have been
 * @cancellable: (nullable): a cancellable, which ends a worker at once
 * @error: return location, see dra_writer_save()
 *
 * Makes a copy.  As PDF, the pages of a source that is a PDF document have the notes as
 * annotations; when that document is no longer there, has changed since it was read, or
 * cannot take them, the article is set on pages as that of any other format is, and @remark
 * says so.
 *
 * Returns: (transfer full): the bytes of the copy, or %NULL with @error set
 */
GBytes *
dra_copy_make (const DraWriter  *writer,
               DraArticle       *article,
               DraCast          *cast,
               GPtrArray        *notes,
               char            **remark,
               GCancellable     *cancellable,
               GError          **error)
{
  g_autofree char *made_anew = NULL;
  GBytes *made;

  g_return_val_if_fail (writer != NULL, NULL);
  g_return_val_if_fail (DRA_IS_ARTICLE (article), NULL);

  if (remark != NULL)
    *remark = NULL;
  if (g_str_equal (writer->id, "pdf"))
    {
      g_autofree char *name = NULL;
      g_autoptr (GBytes) source = load_pdf (article, &name, cancellable);
      g_autoptr (GError) cause = NULL;
      GBytes *copy = source != NULL
        ? annotate (source, name, article, cast, notes, cancellable, &cause) : NULL;

      if (copy != NULL)
        return copy;
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      made_anew = explain_new_pages (article, name, cause);
    }
  if (writer->write_illustrated != NULL)
    {
      g_autoptr (GHashTable) images = dra_copy_load_images (article, writer->pixels, cancellable);

      made = writer->write_illustrated (article, cast, notes, images, cancellable, error);
    }
  else
    {
      made = writer->write (article, cast, notes, cancellable, error);
    }
  if (made != NULL && remark != NULL)
    *remark = g_steal_pointer (&made_anew);

  return made;
}

/**
 * dra_copy_save:
 * @writer: a writer
 * @article: the article
 * @cast: (nullable): its people and organizations
 * @notes: (nullable) (element-type DraNote): its notes, anchored in @article
 * @target: the file to make or replace
 * @remark: (out) (optional) (nullable) (transfer full): see dra_copy_make()
 * @cancellable: (nullable): a cancellable
 * @error: return location, see dra_writer_save()
 *
 * Writes the copy that dra_copy_make() makes, whole or not at all.
 *
 * Returns: whether it was saved
 */
gboolean
dra_copy_save (const DraWriter  *writer,
               DraArticle       *article,
               DraCast          *cast,
               GPtrArray        *notes,
               GFile            *target,
               char            **remark,
               GCancellable     *cancellable,
               GError          **error)
{
  g_autofree char *said = NULL;
  g_autoptr (GBytes) bytes = dra_copy_make (writer, article, cast, notes, &said, cancellable, error);
  gboolean saved = bytes != NULL && dra_writer_save_bytes (article, bytes, target, cancellable, error);

  if (remark != NULL)
    *remark = saved ? g_steal_pointer (&said) : NULL;

  return saved;
}

static void
save_data_free (gpointer data)
{
  SaveData *save = data;

  g_object_unref (save->article);
  g_clear_object (&save->cast);
  g_ptr_array_unref (save->notes);
  g_free (save->remark);
  g_free (save);
}

static void
save_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  SaveData *save = data;
  GError *error = NULL;

  if (dra_copy_save (save->writer, save->article, save->cast, save->notes, source, &save->remark,
                     cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * dra_copy_save_async:
 * @writer: a writer
 * @article: the article
 * @cast: (nullable): its people and organizations
 * @notes: (nullable) (element-type DraNote): its notes; copied, so they may change
 * @target: the file to make or replace
 * @cancellable: (nullable): a cancellable
 * @callback: called in the caller's main context when done
 * @user_data: for @callback
 *
 * Writes an annotated copy in another thread; see dra_copy_save().
 */
void
dra_copy_save_async (const DraWriter     *writer,
                     DraArticle          *article,
                     DraCast             *cast,
                     GPtrArray           *notes,
                     GFile               *target,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  SaveData *save;

  g_return_if_fail (writer != NULL);
  g_return_if_fail (DRA_IS_ARTICLE (article));
  g_return_if_fail (G_IS_FILE (target));

  save = g_new0 (SaveData, 1);
  save->writer = writer;
  save->article = g_object_ref (article);
  save->cast = cast != NULL ? g_object_ref (cast) : NULL;
  save->notes = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; notes != NULL && i < notes->len; i++)
    {
      DraNote *note = g_ptr_array_index (notes, i);
      DraNote *copy = dra_note_copy (note);
      DraRange range;
      const char *reason;
      DraAnchorState state = dra_note_get_anchor (note, &range, &reason);

      dra_note_set_anchor (copy, state, range, reason);
      g_ptr_array_add (save->notes, copy);
    }

  task = g_task_new (target, cancellable, callback, user_data);
  g_task_set_source_tag (task, dra_copy_save_async);
  g_task_set_task_data (task, save, save_data_free);
  g_task_run_in_thread (task, save_in_thread);
}

/**
 * dra_copy_save_finish:
 * @target: the file
 * @result: the result
 * @remark: (out) (optional) (nullable) (transfer full): see dra_copy_make()
 * @error: return location for an error
 *
 * Returns: whether the copy was saved
 */
gboolean
dra_copy_save_finish (GFile         *target,
                      GAsyncResult  *result,
                      char         **remark,
                      GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, target), FALSE);

  if (remark != NULL)
    {
      SaveData *save = g_task_get_task_data (G_TASK (result));

      *remark = g_steal_pointer (&save->remark);
    }

  return g_task_propagate_boolean (G_TASK (result), error);
}
