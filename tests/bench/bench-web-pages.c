/* bench-web-pages.c: how long a web page takes to read, how that grows, and Readability.
 *
 * Pages of about 200 KB from the corpus, where it is; of Readability over linkedom, where
 * npm can get them or $DRAMATIS_PEERS has them, the time on the same pages in the same run.
 * Then one page ten times as long, and markup made to be slow, at two sizes: what is ten
 * times as long must not take more than twelve times as long.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "dra-test-page.h"
#include "dra-test.h"
#include "readers/dra-html-page.h"

#define MIN_PAGE (150 * 1000)
#define MAX_PAGE (250 * 1000)
#define MAX_PAGES 60
#define MAX_GROWTH 12.0

static double
get_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);

  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

/* The least of several rounds, in milliseconds. */
static double
measure (GBytes *page,
         guint   rounds)
{
  double least = G_MAXDOUBLE;

  for (guint i = 0; i < rounds; i++)
    {
      double start = get_ms ();
      g_autoptr (DraReading) reading = dra_html_read (page, "page.html", NULL, NULL);

      least = MIN (least, get_ms () - start);
    }

  return least;
}

static GBytes *
read_gzip (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) raw = g_file_read (file, NULL, NULL);
  g_autoptr (GZlibDecompressor) unzip = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr (GInputStream) stream = g_converter_input_stream_new (G_INPUT_STREAM (raw), G_CONVERTER (unzip));
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();

  g_output_stream_splice (out, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, NULL);

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (out));
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
load_pages (const char *folder)
{
  GPtrArray *pages = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".html.gz"))
      g_ptr_array_add (names, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len && pages->len < MAX_PAGES; i++)
    {
      g_autoptr (GBytes) page = read_gzip (names->pdata[i]);
      gsize size = g_bytes_get_size (page);

      if (size >= MIN_PAGE && size <= MAX_PAGE)
        g_ptr_array_add (pages, g_steal_pointer (&page));
    }

  return pages;
}

static gboolean
run (char  **argv,
     char  **output)
{
  int status;

  return g_spawn_sync (NULL, argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, output, NULL,
                       &status, NULL) && g_spawn_check_wait_status (status, NULL);
}

/* Milliseconds a page takes the peer, or -1 having said why. */
static double
measure_peer (GPtrArray *pages)
{
  char *folder = dra_test_mkdtemp ();
  g_autofree char *packages = g_strdup (g_getenv ("DRAMATIS_PEERS"));
  g_autofree char *html = g_build_filename (folder, "pages", NULL);
  g_autofree char *script = dra_test_source ("tests/bench/bench-web-peer.mjs");
  g_autofree char *output = NULL;
  double ms = -1;

  if (packages == NULL)
    {
      char *argv[] = { (char *) "npm", (char *) "install", (char *) "--silent", (char *) "--no-audit", (char *) "--no-fund",
                       (char *) "--prefix", folder, (char *) "@mozilla/readability@0.6.0", (char *) "linkedom@0.18", NULL };

      if (run (argv, NULL))
        packages = g_strdup (folder);
    }
  g_mkdir (html, 0700);
  for (guint i = 0; i < pages->len; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s/%03u.html", html, i);
      gsize length;
      const char *data = g_bytes_get_data (pages->pdata[i], &length);

      g_file_set_contents (name, data, (gssize) length, NULL);
    }
  if (packages != NULL)
    {
      char *argv[] = { (char *) "node", script, packages, html, NULL };

      if (run (argv, &output))
        ms = g_ascii_strtod (output, NULL);
    }
  if (ms < 0)
    printf ("Readability and linkedom are not to be had: no figures of them\n");
  dra_test_rmtree (folder);

  return ms;
}

static void
compare_with_peer (const char *corpus)
{
  g_autofree char *folder = g_build_filename (corpus, "open", "html", NULL);
  g_autoptr (GPtrArray) pages = load_pages (folder);
  double own = 0, peer;
  gsize size = 0;

  if (pages->len == 0)
    return;
  for (guint i = 0; i < pages->len; i++)
    {
      own += measure (pages->pdata[i], 3) / pages->len;
      size += g_bytes_get_size (pages->pdata[i]);
    }
  printf ("%u pages, %zu KB each: %.2f ms a page\n", pages->len, size / pages->len / 1000, own);
  fflush (stdout);
  peer = measure_peer (pages);
  if (peer >= 0)
    printf ("Readability over linkedom on the same: %.2f ms a page, %.1f times as much\n", peer, peer / own);
}

static char *
repeat (const char *head,
        const char *unit,
        guint       n)
{
  GString *text = g_string_new (head);

  for (guint i = 0; i < n; i++)
    g_string_append (text, unit);

  return g_string_free (text, FALSE);
}

typedef struct
{
  const char *name;
  const char *head;
  const char *unit;
  guint       n;
} Shape;

static const Shape shapes[] = {
  { "an article", HEAD TOP "<main class=content><article class='post article'><h1>Old mill</h1><div class='article-body'>", ARTICLE "<p class=x><a href='/y'>A link</a></p>", 200 },
  { "many articles", HEAD TOP, "<article class='post article'><h2 class=entry-title>Old mill</h2><time>5 March 2024</time>" ARTICLE SHARE "</article>" RELATED COMMENTS, 60 },
  { "nested elements", HEAD, "<div class=a>", 10000 },
  { "nested elements with text", HEAD, "<div class=a><b>word, and more words. ", 10000 },
  { "nested lists", HEAD, "<ul><li>item", 10000 },
  { "nested tables", HEAD, "<table><tr><td>cell", 5000 },
  { "attributes of one element", HEAD "<div ", "class=a id=b title=c data-d=e ", 25000 },
  { "attributes without end", HEAD "<div ", "a=\"b", 10000 },
  { "open tags", HEAD, "<p><a href=x><b><i><span>", 5000 },
  { "end tags", HEAD "<div><p>", "</a></b></p></span></ul>", 10000 },
  { "buttons", HEAD, "<button>x<a>y", 10000 },
  { "comments without end", HEAD, "<!-- x <!", 20000 },
  { "scripts without end", HEAD, "<script>\"x", 20000 },
  { "strings in scripts", HEAD "<p>Words.</p><script>var x=[", "\"1a:{\\\"a\\\":\\\"" PARAGRAPH_1 "\\\"}\",", 500 },
  { "references", HEAD "<p>", "&amp;&#x41;&bogus;&", 20000 },
  { "dates", HEAD, "<div class=date>5 March 2024</div>", 5000 },
  { "authors", HEAD, "<a rel=author class=byline href='/author/x'>By Tom Reed</a>", 5000 },
  { "headings", HEAD, "<h1>Old mill may get a new life</h1><h2>Another</h2>", 5000 },
  { "classes", HEAD, "<p class='a-b c-d eF gH i_j'>word</p>", 5000 },
  { "footnotes", HEAD, "<a href='#fn1' id=r1><sup>1</sup></a><li id=fn1>Note <a href='#r1'>b</a></li>", 3000 },
  { "metas", "<head>", "<meta name=author content='Tom Reed'><meta property='og:title' content=x>", 5000 },
  { "descriptions", "<head>", "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"x\",\"author\":{\"name\":\"y\"}}</script>", 2000 },
};

static gboolean
measure_growth (void)
{
  gboolean good = TRUE;

  printf ("%-28s %10s %10s %10s %8s\n", "made of", "KB", "ms", "ms at 10x", "growth");
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      double ms[2], growth;
      gsize size = 0;

      for (guint k = 0; k < 2; k++)
        {
          char *text = repeat (shapes[i].head, shapes[i].unit, shapes[i].n * (k == 0 ? 1 : 10));
          g_autoptr (GBytes) page = g_bytes_new_take (text, strlen (text));

          size = k == 0 ? g_bytes_get_size (page) : size;
          ms[k] = measure (page, k == 0 ? 5 : 2);
        }
      growth = ms[1] / MAX (ms[0], 0.05);
      /* What takes next to no time is not measured well. */
      if (growth > MAX_GROWTH && ms[1] > 20)
        good = FALSE;
      printf ("%-28s %10zu %10.2f %10.2f %7.1fx%s\n", shapes[i].name, size / 1000, ms[0], ms[1], growth,
              growth > MAX_GROWTH && ms[1] > 20 ? " too much" : "");
    }

  return good;
}

int
main (void)
{
  g_autofree char *corpus = dra_test_shared ("corpus");

  if (corpus != NULL)
    compare_with_peer (corpus);

  return measure_growth () ? EXIT_SUCCESS : EXIT_FAILURE;
}
