/* test-slices.c: long articles: names in slices, the same in the end, and soon cancelled.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "article/dra-article-builder.h"
#include "long-text.h"
#include "recognizer/dra-recognizer.h"
#include "recognizer/dra-resolver.h"

#define BOOK_WORDS 250000
#define LATENCY_MS 500 /* generous: sanitizers, busy machines; the benchmark prints the figure */

typedef struct
{
  DraRecognizer *recognizer;
  DraArticle    *book;
} Fixture;

static Fixture fixture;

static DraRecognizer *
open_recognizer (void)
{
  g_autoptr (GError) error = NULL;
  DraRecognizer *recognizer = dra_recognizer_new (NULL, &error);

  g_assert_no_error (error);

  return recognizer;
}

/* All there is in a cast. */
static char *
describe (DraCast *cast)
{
  GString *out = g_string_new (NULL);
  guint n;
  const DraMention *mentions = dra_cast_get_mentions (cast, &n);

  for (guint e = 0; e < dra_cast_get_n_entities (cast); e++)
    {
      const DraEntity *entity = dra_cast_get_entity (cast, e);

      g_string_append_printf (out, "%s %d %s %s %zu-%zu %a", entity->id, entity->kind, entity->name,
                              entity->role, entity->role_range.start, entity->role_range.end,
                              (double) entity->confidence);
      for (guint f = 0; entity->forms[f] != NULL; f++)
        g_string_append_printf (out, "|%s", entity->forms[f]);
      for (guint i = 0; i < entity->n_mentions; i++)
        g_string_append_printf (out, " %u", entity->mentions[i]);
      g_string_append_c (out, '\n');
    }
  for (guint i = 0; i < n; i++)
    g_string_append_printf (out, "%zu-%zu %u %a\n", mentions[i].range.start, mentions[i].range.end,
                            mentions[i].entity, (double) mentions[i].confidence);

  return g_string_free (out, FALSE);
}

typedef struct
{
  GPtrArray *casts;
  double     done;
  guint      n_told;
  gboolean   finished;
} Told;

static void
told_clear (Told *told)
{
  g_clear_pointer (&told->casts, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Told, told_clear)

static void
progress_cb (DraCast *so_far,
             double   done,
             gpointer user_data)
{
  Told *told = user_data;

  g_assert_false (told->finished);
  g_assert_cmpfloat (done, >=, told->done);
  g_assert_cmpfloat (done, <, 1.0);
  told->done = done;
  told->n_told++;
  if (told->casts == NULL)
    told->casts = g_ptr_array_new_with_free_func (g_object_unref);
  if (so_far != NULL)
    g_ptr_array_add (told->casts, g_object_ref (so_far));
}

/* The end of the last mention. */
static gsize
reach (DraCast *cast)
{
  guint n;
  const DraMention *mentions = dra_cast_get_mentions (cast, &n);

  return n > 0 ? mentions[n - 1].range.end : 0;
}

static void
test_same (void)
{
  g_autoptr (DraCast) once = dra_recognizer_recognize (fixture.recognizer, fixture.book, NULL, NULL);
  g_auto (Told) told = { 0 };
  g_autoptr (DraCast) sliced = dra_recognizer_recognize_in_slices (fixture.recognizer, fixture.book,
                                                                   progress_cb, &told, NULL, NULL);
  g_autofree char *first = describe (once);
  g_autofree char *second = describe (sliced);
  gsize length, last = 0;

  g_assert_cmpstr (first, ==, second);
  g_assert_cmpuint (dra_cast_get_n_entities (once), >, 1000);

  /* Ever more of it, the first screens first. */
  dra_article_get_text (fixture.book, &length);
  g_assert_cmpuint (told.casts->len, >=, 3);
  for (guint i = 0; i < told.casts->len; i++)
    {
      gsize end = reach (told.casts->pdata[i]);

      g_assert_cmpuint (end, >, last);
      last = end;
    }
  g_assert_cmpuint (reach (told.casts->pdata[0]), <, 40000);
  g_assert_cmpuint (reach (once), >, last);
}

/* Tokenizing and tagging in steps is what the parts do by themselves. */
static void
test_parts (void)
{
  const char *path = g_getenv ("DRAMATIS_MODEL");
  g_autoptr (DraModel) model = dra_model_open (path, NULL);
  g_autoptr (DraTokens) tokens = dra_tokens_new_for_article (fixture.book);
  g_autoptr (GArray) spans = dra_tagger_tag (model, dra_article_get_text (fixture.book, NULL),
                                             tokens, NULL, NULL);
  g_autoptr (DraCast) by_parts = dra_resolver_resolve (fixture.book, tokens, spans, model);
  g_autoptr (DraCast) once = dra_recognizer_recognize (fixture.recognizer, fixture.book, NULL, NULL);
  g_autofree char *first = describe (by_parts);
  g_autofree char *second = describe (once);

  g_assert_cmpstr (first, ==, second);
}

static void
test_short (void)
{
  g_autoptr (DraArticle) article = long_text_new_book (1000);
  g_auto (Told) told = { 0 };
  g_autoptr (DraCast) cast = dra_recognizer_recognize_in_slices (fixture.recognizer, article,
                                                                 progress_cb, &told, NULL, NULL);

  g_assert_cmpuint (dra_cast_get_n_entities (cast), >, 5);
  g_assert_cmpuint (told.n_told, ==, 0);
}

static void
finished_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Told *told = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DraCast) cast = dra_recognizer_recognize_finish (DRA_RECOGNIZER (source), result,
                                                              &error);

  if (cast != NULL)
    g_ptr_array_add (told->casts, g_steal_pointer (&cast));
  else
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  told->finished = TRUE;
}

/* In the main context, in order, nothing after the end. */
static void
test_async (void)
{
  g_auto (Told) told = { 0 };
  gsize last = 0;

  dra_recognizer_recognize_in_slices_async (fixture.recognizer, fixture.book, progress_cb, &told,
                                            NULL, finished_cb, &told);
  while (!told.finished)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (told.casts->len, >=, 4);
  for (guint i = 0; i < told.casts->len; i++)
    {
      g_assert_cmpuint (reach (told.casts->pdata[i]), >, last);
      last = reach (told.casts->pdata[i]);
    }
}

static void
cancelling_progress_cb (G_GNUC_UNUSED DraCast *so_far,
                        G_GNUC_UNUSED double done,
                        gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
test_async_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (Told) told = { 0 };

  /* Whoever is told and cancels is not told again. */
  dra_recognizer_recognize_in_slices_async (fixture.recognizer, fixture.book,
                                            cancelling_progress_cb, cancellable, cancellable,
                                            finished_cb, &told);
  while (!told.finished)
    g_main_context_iteration (NULL, TRUE);
  g_usleep (100000);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (told.casts);
}

typedef struct
{
  GCancellable *cancellable;
  gulong        delay; /* microseconds */
  gint64        at;    /* when it was cancelled */
} Cancelling;

static gpointer
cancel_later (gpointer data)
{
  Cancelling *cancelling = data;

  g_usleep (cancelling->delay);
  cancelling->at = g_get_monotonic_time ();
  g_cancellable_cancel (cancelling->cancellable);

  return NULL;
}

/* At any moment of the work: tokens, tags, document pass. */
static void
test_latency (void)
{
  gint64 begun = g_get_monotonic_time (), whole, worst = 0;
  g_autoptr (DraCast) once = dra_recognizer_recognize (fixture.recognizer, fixture.book, NULL, NULL);

  whole = g_get_monotonic_time () - begun;
  for (guint i = 0; i < 12; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;
      Cancelling cancelling = { cancellable, (gulong) (whole * i / 12), 0 };
      GThread *thread = g_thread_new ("cancel", cancel_later, &cancelling);
      g_autoptr (DraCast) cast = dra_recognizer_recognize (fixture.recognizer, fixture.book,
                                                           cancellable, &error);
      gint64 end = g_get_monotonic_time ();

      g_thread_join (thread);
      if (cast != NULL)
        continue; /* it was quicker this time */
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      worst = MAX (worst, end - cancelling.at);
    }
  g_test_message ("cancelled after %.1f ms at worst", worst / 1e3);
  g_assert_cmpint (worst, <, LATENCY_MS * 1000);
}

/* Text that never ends a sentence or a paragraph. */
static void
test_no_ends (void)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  g_autoptr (DraArticle) article = NULL;
  GString *text = g_string_new (NULL);
  gsize length;
  g_auto (Told) told = { 0 };
  g_autoptr (DraCast) once = NULL;
  g_autoptr (DraCast) sliced = NULL;
  g_autofree char *first = NULL, *second = NULL;

  while (text->len < 300000)
    g_string_append (text, "and then Anna Whitcombe of the Survey Office came ");
  length = text->len;
  dra_article_builder_take_lines (builder, g_string_free (text, FALSE), length);
  article = dra_article_builder_build (builder);
  once = dra_recognizer_recognize (fixture.recognizer, article, NULL, NULL);
  sliced = dra_recognizer_recognize_in_slices (fixture.recognizer, article, progress_cb, &told,
                                               NULL, NULL);
  first = describe (once);
  second = describe (sliced);
  g_assert_cmpstr (first, ==, second);
  g_assert_cmpuint (told.n_told, >, 0);
}

int
main (int    argc,
      char **argv)
{
  int code;

  g_test_init (&argc, &argv, NULL);
  fixture.recognizer = open_recognizer ();
  fixture.book = long_text_new_book (BOOK_WORDS);

  g_test_add_func ("/slices/same", test_same);
  g_test_add_func ("/slices/parts", test_parts);
  g_test_add_func ("/slices/short", test_short);
  g_test_add_func ("/slices/async", test_async);
  g_test_add_func ("/slices/async-cancelled", test_async_cancelled);
  g_test_add_func ("/slices/latency", test_latency);
  g_test_add_func ("/slices/no-ends", test_no_ends);

  code = g_test_run ();
  g_clear_object (&fixture.book);
  g_clear_object (&fixture.recognizer);

  return code;
}
