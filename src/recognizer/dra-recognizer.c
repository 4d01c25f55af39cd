/* dra-recognizer.c: tokens, tagger and resolver in a row.
 *
 * Holds nothing but the model, which is immutable once open, so one recognizer serves any
 * number of threads.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/dra-recognizer.h"

#include <string.h>

#include "recognizer/dra-model.h"
#include "recognizer/dra-resolver.h"
#include "recognizer/dra-tagger.h"
#include "recognizer/dra-tokenizer.h"

#define SURE         0.9f  /* confidence asked of a name where the model does not know the language */
#define SAMPLE_BYTES 65536 /* of text whose script is looked at */

struct _DraRecognizer
{
  GObject parent_instance;

  DraModel *model;
};

G_DEFINE_FINAL_TYPE (DraRecognizer, dra_recognizer, G_TYPE_OBJECT)

static void
dra_recognizer_finalize (GObject *object)
{
  DraRecognizer *self = DRA_RECOGNIZER (object);

  g_clear_pointer (&self->model, dra_model_unref);

  G_OBJECT_CLASS (dra_recognizer_parent_class)->finalize (object);
}

static void
dra_recognizer_class_init (DraRecognizerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dra_recognizer_finalize;
}

static void
dra_recognizer_init (G_GNUC_UNUSED DraRecognizer *self)
{
}

static char *
dup_default_path (void)
{
  const char *path = g_getenv ("DRAMATIS_MODEL");

  return path != NULL && *path != '\0' ? g_strdup (path)
                                       : g_build_filename (DRA_PKGDATADIR, "model", "english.model", NULL);
}

/**
 * dra_recognizer_new:
 * @model_path: (nullable): a model file; %NULL for that named by the environment variable
 *   DRAMATIS_MODEL or, without it, the installed one
 * @error: return location
 *
 * Opens the model.  Fails with %DRA_ERROR or %G_FILE_ERROR when it cannot be read or is not
 * a model this version can use.
 *
 * Returns: (transfer full) (nullable): a recognizer
 */
DraRecognizer *
dra_recognizer_new (const char *model_path,
                    GError    **error)
{
  g_autofree char *path = model_path != NULL ? g_strdup (model_path) : dup_default_path ();
  g_autoptr (DraModel) model = dra_model_open (path, error);
  DraRecognizer *self;

  if (model == NULL)
    return NULL;

  self = g_object_new (DRA_TYPE_RECOGNIZER, NULL);
  self->model = g_steal_pointer (&model);

  return self;
}

/* Whether the model can be trusted here: it knows English, in Latin letters. */
static gboolean
is_english (DraArticle *article)
{
  const char *language = dra_article_get_metadata (article, DRA_METADATA_LANGUAGE);
  gsize length, n_latin = 0, n_other = 0;
  const char *text = dra_article_get_text (article, &length);
  const char *end = text + MIN (length, SAMPLE_BYTES);

  if (language != NULL && *language != '\0' &&
      !(g_ascii_strncasecmp (language, "en", 2) == 0 && !g_ascii_isalpha (language[2])))
    return FALSE;

  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c < 0x80 ? g_ascii_isalpha ((char) c) : g_unichar_isalpha (c))
        {
          if (c < 0x250)
            n_latin++;
          else
            n_other++;
        }
    }

  return n_latin >= n_other;
}

static void
keep_sure (GArray *spans)
{
  guint n = 0;

  for (guint i = 0; i < spans->len; i++)
    {
      DraSpan span = g_array_index (spans, DraSpan, i);

      if (span.confidence >= SURE)
        g_array_index (spans, DraSpan, n++) = span;
    }
  g_array_set_size (spans, n);
}

/**
 * dra_recognizer_recognize:
 * @self: a recognizer
 * @article: an article
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Finds the people, organizations and places of an article.  Pure: the same article and
 * model give the same cast.  In an article that is not in English only names the model is
 * sure of are kept.  Takes time linear in the length of the text.  Fails with
 * %G_IO_ERROR_CANCELLED only.
 *
 * Returns: (transfer full) (nullable): the cast
 */
DraCast *
dra_recognizer_recognize (DraRecognizer *self,
                          DraArticle    *article,
                          GCancellable  *cancellable,
                          GError       **error)
{
  g_autoptr (DraTokens) tokens = NULL;
  g_autoptr (GArray) spans = NULL;

  g_return_val_if_fail (DRA_IS_RECOGNIZER (self), NULL);
  g_return_val_if_fail (DRA_IS_ARTICLE (article), NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  tokens = dra_tokens_new_for_article (article);
  spans = dra_tagger_tag (self->model, dra_article_get_text (article, NULL), tokens, cancellable, error);
  if (spans == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (!is_english (article))
    keep_sure (spans);

  return dra_resolver_resolve (article, tokens, spans, self->model);
}

static void
recognize_in_thread (GTask        *task,
                     gpointer      source,
                     gpointer      data,
                     GCancellable *cancellable)
{
  GError *error = NULL;
  DraCast *cast = dra_recognizer_recognize (source, data, cancellable, &error);

  if (cast != NULL)
    g_task_return_pointer (task, cast, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * dra_recognizer_recognize_async:
 * @self: a recognizer
 * @article: an article
 * @cancellable: (nullable): to give up
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Runs dra_recognizer_recognize() on a worker thread.  When it is cancelled the callback
 * comes at once, while the worker winds up.
 */
void
dra_recognizer_recognize_async (DraRecognizer      *self,
                                DraArticle         *article,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DRA_IS_RECOGNIZER (self));
  g_return_if_fail (DRA_IS_ARTICLE (article));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dra_recognizer_recognize_async);
  g_task_set_task_data (task, g_object_ref (article), g_object_unref);
  g_task_set_return_on_cancel (task, TRUE);
  if (g_task_return_error_if_cancelled (task))
    return; /* a task that starts cancelled leaks its error (GLib 2.74) */
  g_task_run_in_thread (task, recognize_in_thread);
}

/**
 * dra_recognizer_recognize_finish:
 * @self: a recognizer
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the cast
 */
DraCast *
dra_recognizer_recognize_finish (DraRecognizer *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
