/* bench-slices.c: how soon there are names, how soon it stops, and in how much memory.
 *
 * Prints for an article of 1,000 words the time from the call on the main loop to its names;
 * for books of 50,000 and 500,000 words the time to the first names, to all of them with and
 * without slices, how long cancelling takes at worst over many moments, the time to find the
 * quotations, and the memory used over the model file.  Wall time: it is what a reader waits.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "long-text.h"
#include "recognizer/dra-quotations.h"
#include "recognizer/dra-recognizer.h"

#define N_CANCELS 60

static double
milliseconds (gint64 since)
{
  return (g_get_monotonic_time () - since) / 1e3;
}

/* A value of /proc/self/status in MB. */
static double
status_value (const char *name)
{
  g_autofree char *content = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &content, NULL, NULL))
    return 0;
  line = strstr (content, name);

  return line != NULL ? atol (line + strlen (name) + 1) / 1e3 : 0;
}

typedef struct
{
  gint64   begun;
  double   first; /* milliseconds, 0: none yet */
  guint    n_casts;
  DraCast *cast;
} Watch;

static void
progress_cb (DraCast *so_far,
             G_GNUC_UNUSED double done,
             gpointer user_data)
{
  Watch *watch = user_data;

  if (so_far == NULL)
    return;
  watch->n_casts++;
  if (watch->first == 0)
    watch->first = milliseconds (watch->begun);
}

static void
finished_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Watch *watch = user_data;

  watch->cast = dra_recognizer_recognize_finish (DRA_RECOGNIZER (source), result, NULL);
}

static double
recognize (DraRecognizer *recognizer,
           DraArticle    *article,
           Watch         *watch)
{
  *watch = (Watch) { .begun = g_get_monotonic_time () };
  dra_recognizer_recognize_in_slices_async (recognizer, article, progress_cb, watch, NULL,
                                            finished_cb, watch);
  while (watch->cast == NULL)
    g_main_context_iteration (NULL, TRUE);

  return milliseconds (watch->begun);
}

typedef struct
{
  GCancellable *cancellable;
  gulong        delay;
  gint64        at;
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

static void
measure_cancelling (DraRecognizer *recognizer,
                    DraArticle    *article,
                    double         whole)
{
  double worst = 0, sum = 0;
  guint n = 0;

  for (guint i = 0; i < N_CANCELS; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      Cancelling cancelling = { cancellable, (gulong) (whole * 1e3 * i / N_CANCELS), 0 };
      GThread *thread = g_thread_new ("cancel", cancel_later, &cancelling);
      g_autoptr (DraCast) cast = dra_recognizer_recognize (recognizer, article, cancellable, NULL);
      gint64 end = g_get_monotonic_time ();

      g_thread_join (thread);
      if (cast == NULL)
        {
          worst = MAX (worst, (end - cancelling.at) / 1e3);
          sum += (end - cancelling.at) / 1e3;
          n++;
        }
    }
  printf ("  cancelled at %u moments: stopped after %.1f ms on average, %.1f ms at worst\n", n,
          sum / MAX (n, 1), worst);
}

static void
measure_article (DraRecognizer *recognizer)
{
  g_autoptr (DraArticle) article = long_text_new_book (1000);
  double worst = 0, best = G_MAXDOUBLE, first = 0;

  for (guint i = 0; i < 20; i++)
    {
      Watch watch;
      double took = recognize (recognizer, article, &watch);

      g_clear_object (&watch.cast);
      if (i == 0)
        first = took;
      worst = MAX (worst, took);
      best = MIN (best, took);
    }
  printf ("article of %u words: names after %.1f ms the first time, then %.1f to %.1f ms; "
          "%.1f MB of memory but for mapped files\n",
          dra_article_count_words (article), first, best, worst, status_value ("RssAnon:"));
}

static void
measure_book (DraRecognizer *recognizer,
              guint          n_words)
{
  g_autoptr (DraArticle) book = long_text_new_book (n_words);
  g_autoptr (DraQuotations) quotations = NULL;
  double before = status_value ("RssAnon:"), sliced, whole;
  gint64 begun;
  Watch watch;
  gsize length;

  dra_article_get_text (book, &length);
  sliced = recognize (recognizer, book, &watch);
  printf ("book of %u words, %.1f MB: first names after %.1f ms, then %u more times; all %u "
          "names after %.0f ms\n",
          dra_article_count_words (book), length / 1e6, watch.first, watch.n_casts - 1,
          dra_cast_get_n_entities (watch.cast), sliced);
  printf ("  at most %.1f MB of memory over what the book takes\n", status_value ("VmHWM:") -
          status_value ("RssFile:") - before);

  begun = g_get_monotonic_time ();
  g_object_unref (dra_recognizer_recognize (recognizer, book, NULL, NULL));
  whole = milliseconds (begun);
  printf ("  in one go: %.0f ms\n", whole);
  measure_cancelling (recognizer, book, whole);

  begun = g_get_monotonic_time ();
  quotations = dra_quotations_find (book, watch.cast, NULL, NULL);
  printf ("  %u quotations in %.0f ms\n", dra_quotations_get_n (quotations), milliseconds (begun));
  g_object_unref (watch.cast);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DraRecognizer) recognizer = dra_recognizer_new (argc > 1 ? argv[1] : NULL, &error);

  if (recognizer == NULL)
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  measure_article (recognizer);
  measure_book (recognizer, 50000);
  measure_book (recognizer, 500000);

  return 0;
}
