/* dra-recognizer.c: tokens, tagger and resolver in a row.
 *
 * Holds nothing but the model, which is immutable once open, so one recognizer serves any
 * number of threads.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/dra-recognizer.h"

#include "recognizer/dra-certain-names.h"
#include "recognizer/dra-code.h"
#include "recognizer/dra-language.h"
#include "recognizer/dra-model.h"
#include "recognizer/dra-resolver.h"
#include "recognizer/dra-tagger.h"
#include "recognizer/dra-tokenizer.h"

#define LONG_BYTES   40000 /* from where on the first names are told before the others */
#define FIRST_TOKENS 3000  /* of the first screens */

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

/**
 * dra_recognizer_get_attribution:
 * @self: a recognizer
 *
 * Returns: (transfer none): what its model was trained on and under which licences, as plain
 *   text in lines
 */
const char *
dra_recognizer_get_attribution (DraRecognizer *self)
{
  g_return_val_if_fail (DRA_IS_RECOGNIZER (self), NULL);

  return dra_model_get_attribution (self->model);
}

/* One article on its way to a cast.  The text is taken in segments of some 100,000 tokens,
 * each tokenized and tagged in turn; the resolver always sees the whole of what there is. */
typedef struct
{
  DraModel    *model;
  DraArticle  *article;
  const char  *text;
  gsize        length;
  const char  *language; /* (nullable) */
  const DraBlock *blocks;
  guint        n_blocks;
  guint        next_block;    /* the first that is not tokenized yet */
  DraTokens   *tokens;
  guint        next_sentence; /* the first that is not tagged yet */
  GArray      *spans;
  guint        in_text;       /* spans up to here are in no code */
} Pass;

static void
pass_init (Pass       *self,
           DraModel   *model,
           DraArticle *article)
{
  *self = (Pass) { .model = model, .article = article };
  self->text = dra_article_get_text (article, &self->length);
  self->blocks = dra_article_get_blocks (article, &self->n_blocks);
  self->language = dra_language_detect (article);
  self->tokens = dra_tokens_new_empty ();
  self->spans = g_array_new (FALSE, FALSE, sizeof (DraSpan));
}

static void
pass_clear (Pass *self)
{
  g_clear_pointer (&self->tokens, dra_tokens_free);
  g_clear_pointer (&self->spans, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pass, pass_clear)

/* The end of the next segment, tokenizing as far as that takes.  A segment depends only on
 * the tokens before it, not on how often this is called. */
static gboolean
find_segment (Pass         *self,
              guint         max_tokens,
              guint        *end,
              GCancellable *cancellable,
              GError      **error)
{
  guint n_tokens = 0;

  for (*end = self->next_sentence; n_tokens < max_tokens; (*end)++)
    {
      while (*end == self->tokens->sentences->len && self->next_block < self->n_blocks)
        {
          if (g_cancellable_set_error_if_cancelled (cancellable, error))
            return FALSE;
          if (!dra_code_is_block (self->article, &self->blocks[self->next_block]))
            dra_tokens_add_block (self->tokens, self->article, self->next_block);
          self->next_block++;
        }
      if (*end == self->tokens->sentences->len)
        break;
      n_tokens += g_array_index (self->tokens->sentences, DraSentence, *end).n_tokens;
    }

  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

/* The same without roles, whose patterns are English. */
static DraCast *
drop_roles (DraArticle *article,
            DraCast    *cast)
{
  g_autoptr (DraCastBuilder) builder = dra_cast_builder_new (article);
  guint n;
  const DraMention *mentions = dra_cast_get_mentions (cast, &n);

  for (guint e = 0; e < dra_cast_get_n_entities (cast); e++)
    {
      const DraEntity *entity = dra_cast_get_entity (cast, e);

      dra_cast_builder_add_entity (builder, entity->kind, entity->name, entity->confidence);
    }
  for (guint i = 0; i < n; i++)
    dra_cast_builder_add_mention (builder, mentions[i].entity, mentions[i].range,
                                  mentions[i].confidence);

  return dra_cast_builder_build (builder);
}

static DraCast *
pass_resolve (Pass         *self,
              GCancellable *cancellable,
              GError      **error)
{
  g_autoptr (GArray) sure = NULL;
  g_autoptr (DraCast) cast = NULL;

  dra_code_drop (self->article, self->tokens, self->spans, self->in_text);
  self->in_text = self->spans->len;
  if (dra_language_is_english (self->language))
    return dra_resolver_resolve_cancellable (self->article, self->tokens, self->spans, self->model,
                                             cancellable, error);

  sure = dra_certain_names_find (self->model, self->text, self->tokens, self->spans, self->language);
  cast = dra_resolver_resolve_cancellable (self->article, self->tokens, sure, self->model,
                                           cancellable, error);

  return cast != NULL ? drop_roles (self->article, cast) : NULL;
}

static gboolean
pass_is_done (Pass *self)
{
  return self->next_block == self->n_blocks && self->next_sentence == self->tokens->sentences->len;
}

/* Bytes of the text that are tagged. */
static gsize
pass_get_done (Pass *self)
{
  const DraSentence *sentence;

  if (self->next_sentence == 0)
    return 0;
  sentence = &g_array_index (self->tokens->sentences, DraSentence, self->next_sentence - 1);

  return g_array_index (self->tokens->tokens, DraToken,
                        sentence->first + sentence->n_tokens - 1).range.end;
}

/* What the first screens name, told before anything else is looked at.  Tagged by
 * themselves, and once more with the rest, so that the result does not depend on it. */
static gboolean
tell_first (Pass                 *self,
            DraRecognizerProgress progress,
            gpointer              user_data,
            GCancellable         *cancellable,
            GError              **error)
{
  g_autoptr (DraCast) cast = NULL;
  guint end;

  if (self->length < LONG_BYTES)
    return TRUE;
  if (!find_segment (self, FIRST_TOKENS, &end, cancellable, error) ||
      !dra_tagger_tag_segment (self->model, self->text, self->tokens, 0, end, self->spans,
                               cancellable, error))
    return FALSE;
  cast = pass_resolve (self, cancellable, error);
  if (cast == NULL)
    return FALSE;
  progress (cast, 0, user_data);
  g_array_set_size (self->spans, 0);
  self->in_text = 0;

  return TRUE;
}

static DraCast *
recognize (DraRecognizer        *self,
           DraArticle           *article,
           DraRecognizerProgress progress,
           gpointer              user_data,
           GCancellable         *cancellable,
           GError              **error)
{
  g_auto (Pass) pass = { 0 };
  guint next_told = 1, n_segments = 0;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  pass_init (&pass, self->model, article);
  if (progress != NULL && !tell_first (&pass, progress, user_data, cancellable, error))
    return NULL;

  for (;;)
    {
      guint end;

      if (!find_segment (&pass, DRA_TAGGER_SEGMENT_TOKENS, &end, cancellable, error) ||
          !dra_tagger_tag_segment (self->model, pass.text, pass.tokens, pass.next_sentence, end,
                                   pass.spans, cancellable, error))
        return NULL;
      pass.next_sentence = end;
      n_segments++;
      if (pass_is_done (&pass))
        break;

      /* Each time twice as much as the last, so that all resolving together is linear. */
      if (progress != NULL && n_segments == next_told)
        {
          g_autoptr (DraCast) cast = pass_resolve (&pass, cancellable, error);

          if (cast == NULL)
            return NULL;
          progress (cast, (double) pass_get_done (&pass) / pass.length, user_data);
          next_told *= 2;
        }
      else if (progress != NULL)
        {
          progress (NULL, (double) pass_get_done (&pass) / pass.length, user_data);
        }
    }

  return pass_resolve (&pass, cancellable, error);
}

/**
 * dra_recognizer_recognize:
 * @self: a recognizer
 * @article: an article
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Finds the people, organizations and places of an article.  Pure: the same article and
 * model give the same cast.  In an article that is not in English, as dra_language_detect()
 * tells, only what is sure is marked: full names of the lexicons, and defined acronyms.
 * Takes time linear in the length of the text.  Fails with %G_IO_ERROR_CANCELLED only.
 *
 * Returns: (transfer full) (nullable): the cast
 */
DraCast *
dra_recognizer_recognize (DraRecognizer *self,
                          DraArticle    *article,
                          GCancellable  *cancellable,
                          GError       **error)
{
  g_return_val_if_fail (DRA_IS_RECOGNIZER (self), NULL);
  g_return_val_if_fail (DRA_IS_ARTICLE (article), NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);

  return recognize (self, article, NULL, NULL, cancellable, error);
}

/**
 * dra_recognizer_recognize_in_slices:
 * @self: a recognizer
 * @article: an article
 * @progress: (scope call): told what is known so far
 * @user_data: for @progress
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Like dra_recognizer_recognize(), with the same result; of a long article @progress is told
 * the names of the first pages at once and those of ever larger parts later.  A short one
 * is done in one go.  Costs at most twice the time of the document pass more.
 *
 * Returns: (transfer full) (nullable): the cast
 */
DraCast *
dra_recognizer_recognize_in_slices (DraRecognizer        *self,
                                    DraArticle           *article,
                                    DraRecognizerProgress progress,
                                    gpointer              user_data,
                                    GCancellable         *cancellable,
                                    GError              **error)
{
  g_return_val_if_fail (DRA_IS_RECOGNIZER (self), NULL);
  g_return_val_if_fail (DRA_IS_ARTICLE (article), NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);

  return recognize (self, article, progress, user_data, cancellable, error);
}

/* {{{ Asynchronous */

typedef struct
{
  DraArticle           *article;
  DraRecognizerProgress progress; /* (nullable): called in the task's main context */
  gpointer              progress_data;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->article);
  g_free (job);
}

/* One piece of news on its way to the main context. */
typedef struct
{
  GTask   *task;
  DraCast *cast; /* (nullable) */
  double   done;
} News;

static void
news_free (gpointer data)
{
  News *news = data;

  g_object_unref (news->task);
  g_clear_object (&news->cast);
  g_free (news);
}

static gboolean
tell_news (gpointer data)
{
  News *news = data;
  Job *job = g_task_get_task_data (news->task);

  /* Nothing is told after the callback or the cancelling. */
  if (!g_task_get_completed (news->task) &&
      !g_cancellable_is_cancelled (g_task_get_cancellable (news->task)))
    job->progress (news->cast, news->done, job->progress_data);

  return G_SOURCE_REMOVE;
}

/* Called in the worker. */
static void
send_news (DraCast *cast,
           double   done,
           gpointer user_data)
{
  GTask *task = user_data;
  News *news = g_new0 (News, 1);
  g_autoptr (GSource) source = g_idle_source_new ();

  news->task = g_object_ref (task);
  news->cast = cast != NULL ? g_object_ref (cast) : NULL;
  news->done = done;
  g_source_set_priority (source, g_task_get_priority (task));
  g_source_set_callback (source, tell_news, news, news_free);
  g_source_set_static_name (source, "[dramatis] names so far");
  g_source_attach (source, g_task_get_context (task));
}

static void
recognize_in_thread (GTask        *task,
                     gpointer      source,
                     gpointer      data,
                     GCancellable *cancellable)
{
  DraRecognizer *self = source;
  Job *job = data;
  GError *error = NULL;
  DraCast *cast = recognize (self, job->article, job->progress != NULL ? send_news : NULL, task,
                             cancellable, &error);

  /* A window shows one article for long. */
  dra_model_release_pages (self->model);
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
  dra_recognizer_recognize_in_slices_async (self, article, NULL, NULL, cancellable, callback,
                                            user_data);
}

/**
 * dra_recognizer_recognize_in_slices_async:
 * @self: a recognizer
 * @article: an article
 * @progress: (nullable): told what is known so far, in the thread-default main context of
 *   the caller, until @callback is called or @cancellable is cancelled
 * @progress_data: for @progress; must live until then
 * @cancellable: (nullable): to give up
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Runs dra_recognizer_recognize_in_slices() on a worker thread.  When it is cancelled the
 * callback comes at once, while the worker winds up.
 */
void
dra_recognizer_recognize_in_slices_async (DraRecognizer        *self,
                                          DraArticle           *article,
                                          DraRecognizerProgress progress,
                                          gpointer              progress_data,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  g_return_if_fail (DRA_IS_RECOGNIZER (self));
  g_return_if_fail (DRA_IS_ARTICLE (article));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  job = g_new0 (Job, 1);
  job->article = g_object_ref (article);
  job->progress = progress;
  job->progress_data = progress_data;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dra_recognizer_recognize_in_slices_async);
  g_task_set_task_data (task, job, job_free);
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

/* }}} */
