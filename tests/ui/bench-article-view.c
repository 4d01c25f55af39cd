/* bench-article-view.c: how long the article view takes, and how long it blocks.
 *
 * Prints for texts of several sizes and shapes: CPU and wall time to the first frame and
 * to the whole text, the longest single turn of the main loop meanwhile, how long frames take
 * while paging through the marked text (19 of 20 are no longer than the first figure, all no
 * longer than the second), the same when jumping about in it, and a search.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "view-fixture.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define N_FRAMES 200

static double
now (void)
{
  return (double) g_get_monotonic_time () / 1000;
}

static double
cpu (void)
{
  return (double) clock () * 1000 / CLOCKS_PER_SEC;
}

/* One turn of the main loop; the longest so far is kept. */
static void
turn (double *longest)
{
  double start;

  while (!g_main_context_pending (NULL))
    g_usleep (200);
  start = cpu ();
  g_main_context_iteration (NULL, FALSE);
  *longest = MAX (*longest, cpu () - start);
}

static DraArticle *
make_article (gsize size,
              gsize paragraph)
{
  g_autoptr (GString) text = g_string_sized_new (size + 64);
  gsize line = 0;

  for (guint i = 0; text->len < size; i++)
    {
      gsize before = text->len;

      g_string_append_printf (text, "Lena Ortiz told the Board on day %u that nothing had "
                                    "changed since she came. ", i);
      line += text->len - before;
      if (line >= paragraph)
        {
          g_string_append_c (text, '\n');
          line = 0;
        }
    }
  return fixture_new_plain (text->str);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double difference = *(const double *) a - *(const double *) b;

  return difference < 0 ? -1 : difference > 0;
}

/* CPU time of frames: forward by `step` pixels, or to places all over the text when it is 0. */
static void
scroll (Fixture       *f,
        GtkAdjustment *adjustment,
        const char    *what,
        double         step)
{
  double frames[N_FRAMES];
  double value = 0, size;

  for (guint i = 0; i < N_FRAMES; i++)
    {
      double begin;

      size = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);
      value = step > 0 ? value + step : size * ((i * 37) % N_FRAMES) / N_FRAMES;
      gtk_adjustment_set_value (adjustment, value);
      begin = cpu ();
      gtk_test_widget_wait_for_draw (f->window);
      frames[i] = cpu () - begin;
    }
  qsort (frames, N_FRAMES, sizeof *frames, compare);
  g_print ("  %s %3.0f/%3.0f ms", what, frames[N_FRAMES * 19 / 20], frames[N_FRAMES - 1]);
}

static void
run (const char *name,
     gsize       size,
     gsize       paragraph)
{
  const char *const names[] = { "p:Lena Ortiz", "o:Board", NULL };
  g_autoptr (DraArticle) article = make_article (size, paragraph);
  g_autoptr (DraCast) cast = fixture_find_cast (article, names);
  DraArticleText *text;
  GtkAdjustment *adjustment;
  double start, start_cpu, longest = 0;
  guint n_hits = 0;
  Fixture f;

  fixture_open (&f, 1000, 800);
  fixture_settle (&f);
  text = DRA_ARTICLE_TEXT (dra_article_view_get_text_view (f.view));
  start = now ();
  start_cpu = cpu ();
  dra_article_view_set_article (f.view, article);
  longest = cpu () - start_cpu;
  dra_article_view_set_cast (f.view, cast);
  gtk_widget_queue_draw (f.window);
  gtk_test_widget_wait_for_draw (f.window);
  g_print ("%-22s first frame %5.0f ms (cpu %4.0f)", name, now () - start, cpu () - start_cpu);
  while (!dra_article_text_is_filled (text))
    turn (&longest);
  g_print ("  whole text %5.0f ms (cpu %5.0f)", now () - start, cpu () - start_cpu);
  for (double end = now () + 500; now () < end;)
    turn (&longest);
  g_print ("  longest turn %3.0f ms", longest);

  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (text));
  scroll (&f, adjustment, "page", 600);
  scroll (&f, adjustment, "jump", 0);
  longest = 0;
  start = now ();
  g_object_set (f.view, "search-text", "CHANGED since", NULL);
  while ((g_object_get (f.view, "n-hits", &n_hits, NULL), n_hits == 0))
    turn (&longest);
  g_print ("  find %4.0f ms (%u hits)\n", now () - start, n_hits);
  fixture_close (&f);
}

int
main (void)
{
  gtk_init ();
  adw_init ();
  run ("10 KB", 10 << 10, 400);
  run ("1 MB", 1 << 20, 400);
  run ("10 MB", 10 << 20, 400);
  run ("1 MB in one line", 1 << 20, G_MAXSIZE);
  run ("50 MB", 50 << 20, 400);
  return 0;
}
