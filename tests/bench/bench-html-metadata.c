/* bench-html-metadata.c: what web pages say of themselves, for a scorer, and how fast.
 *
 * bench-html-metadata PAGE.html.gz...   one line of JSON a page: name, title, byline, date
 * bench-html-metadata                   a made page of several sizes: milliseconds and growth
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <libxml/HTMLparser.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "readers/dra-encoding.h"
#include "readers/dra-html-metadata.h"

static double
cpu_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec + now.tv_nsec / 1e9;
}

static xmlDoc *
parse (GBytes *bytes)
{
  g_autoptr (GBytes) utf8 = dra_encoding_to_utf8 (bytes, NULL, NULL);
  gsize length;
  const char *data = g_bytes_get_data (utf8, &length);

  return htmlReadMemory (data, (int) length, NULL, "UTF-8",
                         HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | (int) XML_PARSE_HUGE);
}

static GBytes *
load (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = G_INPUT_STREAM (g_file_read (file, NULL, &error));
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();

  if (stream == NULL)
    g_error ("%s", error->message);
  if (g_str_has_suffix (path, ".gz"))
    {
      g_autoptr (GConverter) converter = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
      GInputStream *plain = g_converter_input_stream_new (stream, converter);

      g_object_unref (stream);
      stream = plain;
    }
  if (g_output_stream_splice (out, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, &error) < 0)
    g_error ("%s", error->message);

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (out));
}

static void
add_member (JsonBuilder *builder,
            const char  *name,
            const char  *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
predict (const char *path)
{
  g_autoptr (GBytes) bytes = load (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (DraHtmlMetadata) metadata = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *line = NULL;
  xmlDoc *doc = parse (bytes);
  double start = cpu_seconds ();

  if (doc == NULL)
    return;
  metadata = dra_html_metadata_find (doc, NULL);
  if (g_str_has_suffix (name, ".html.gz"))
    name[strlen (name) - strlen (".html.gz")] = '\0';
  json_builder_begin_object (builder);
  add_member (builder, "name", name);
  add_member (builder, "title", metadata->title);
  add_member (builder, "byline", metadata->byline);
  add_member (builder, "date", metadata->published);
  add_member (builder, "site", metadata->site);
  add_member (builder, "language", metadata->language);
  add_member (builder, "origin", metadata->origin);
  json_builder_set_member_name (builder, "ms");
  json_builder_add_double_value (builder, (cpu_seconds () - start) * 1000);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  line = json_to_string (root, FALSE);
  puts (line);
  xmlFreeDoc (doc);
}

static double
measure (guint n)
{
  GString *page = g_string_new ("<html><head><title>Harbour council votes | The Quay</title>"
                                "<script type='application/ld+json'>[");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (DraHtmlMetadata) metadata = NULL;
  xmlDoc *doc;
  double start, seconds;

  for (guint i = 0; i < n / 10; i++)
    g_string_append_printf (page, "%s{\"@type\": \"NewsArticle\", \"headline\": \"Vote %u\", \"author\": \"Anna Berg\"}",
                            i > 0 ? "," : "", i);
  g_string_append (page, "]</script></head><body>");
  for (guint i = 0; i < n; i++)
    g_string_append_printf (page, "<div class='author-card date'><h1>Vote %u</h1><span class=byline>By Anna Berg</span> "
                                  "<time datetime='2024-03-%02u'>1 March</time><p>Some words of text here.</p></div>",
                            i, i % 28 + 1);
  bytes = g_string_free_to_bytes (page);
  doc = parse (bytes);
  start = cpu_seconds ();
  metadata = dra_html_metadata_find (doc, "https://quay.example/vote");
  seconds = cpu_seconds () - start;
  printf ("%8.1f KB page of many authors and dates: %8.1f ms\n", (double) g_bytes_get_size (bytes) / 1e3, seconds * 1e3);
  xmlFreeDoc (doc);

  return seconds;
}

int
main (int    argc,
      char **argv)
{
  double small, big;

  for (int i = 1; i < argc; i++)
    predict (argv[i]);
  if (argc > 1)
    return 0;
  measure (1000);
  small = measure (10000);
  big = measure (100000);
  printf ("ten times the page takes %.1f times as long\n", big / small);

  return big / small > 12;
}
