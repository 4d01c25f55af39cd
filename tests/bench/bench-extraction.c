/* bench-extraction.c: how well the article is found in saved pages.
 *
 *   bench-extraction [--predictions FILE] [--page] [--read FILE] [--peer NAME=FILE]... [CORPUS]
 *
 * Reads every page of the corpus (open/html), writes what was made of each as one line of
 * JSON, and lets the corpus's own script score them against the texts that people made.
 * Without the corpus it says so and succeeds.  What other programs made of the pages, in files
 * of the same kind (the corpus has the scripts that write them), is scored beside it, and
 * where one of them is ahead is said.  --read scores what dra-train-extract --predictions
 * wrote: readings by models that have not seen the page, as these programs have not.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <json-glib/json-glib.h>
#include <string.h>

#include "dra-test.h"
#include "readers/dra-html-page.h"

static char *option_predictions;
static gboolean option_page;
static char *option_read;
static char **option_peers;

static GOptionEntry entries[] = {
  { "predictions", 'p', 0, G_OPTION_ARG_FILENAME, &option_predictions, "Where to keep what was read", "FILE" },
  { "page", 0, 0, G_OPTION_ARG_NONE, &option_page, "Whole pages, not articles", NULL },
  { "read", 0, 0, G_OPTION_ARG_FILENAME, &option_read, "Score these readings, and read nothing", "FILE" },
  { "peer", 0, 0, G_OPTION_ARG_STRING_ARRAY, &option_peers, "Score another program's readings, too", "NAME=FILE" },
  { NULL },
};

static GBytes *
read_gzip (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) raw = g_file_read (file, NULL, &error);
  g_autoptr (GZlibDecompressor) unzip = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();

  g_assert_no_error (error);
  stream = g_converter_input_stream_new (G_INPUT_STREAM (raw), G_CONVERTER (unzip));
  g_output_stream_splice (out, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, &error);
  g_assert_no_error (error);

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (out));
}

static void
add_member (JsonBuilder *json,
            const char  *name,
            const char  *value)
{
  if (value == NULL)
    return;
  json_builder_set_member_name (json, name);
  json_builder_add_string_value (json, value);
}

/* The text without images, whose alternative texts are not in it anyway, and without the
 * lines that are metadata. */
static char *
get_text (DraArticle *article)
{
  const char *text = dra_article_get_text (article, NULL);
  GString *out = g_string_new (NULL);
  guint n_blocks;
  const DraBlock *blocks = dra_article_get_blocks (article, &n_blocks);

  for (guint i = 0; i < n_blocks; i++)
    if (blocks[i].kind != DRA_BLOCK_IMAGE && blocks[i].kind != DRA_BLOCK_TITLE
        && blocks[i].kind != DRA_BLOCK_BYLINE && blocks[i].kind != DRA_BLOCK_DATE)
      {
        g_string_append_len (out, text + blocks[i].range.start,
                             (gssize) (blocks[i].range.end - blocks[i].range.start));
        g_string_append_c (out, '\n');
      }

  return g_string_free (out, FALSE);
}

static char *
predict (const char *path,
         const char *name)
{
  g_autoptr (GBytes) bytes = read_gzip (path);
  g_autoptr (JsonBuilder) json = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DraReading) reading = NULL;
  gint64 start = g_get_monotonic_time ();

  reading = (option_page ? dra_page_read : dra_html_read) (bytes, name, NULL, &error);
  json_builder_begin_object (json);
  add_member (json, "name", name);
  json_builder_set_member_name (json, "ms");
  json_builder_add_double_value (json, (double) (g_get_monotonic_time () - start) / 1000);
  if (reading == NULL)
    add_member (json, "error", error->message);
  else
    {
      g_autofree char *text = get_text (reading->article);

      add_member (json, "text", text);
      add_member (json, "title", dra_article_get_metadata (reading->article, DRA_METADATA_TITLE));
      add_member (json, "byline", dra_article_get_metadata (reading->article, DRA_METADATA_BYLINE));
      add_member (json, "date", dra_article_get_metadata (reading->article, DRA_METADATA_PUBLISHED));
      add_member (json, "extent", reading->extent == DRA_READING_MAIN ? "main" : "all");
    }
  json_builder_end_object (json);
  root = json_builder_get_root (json);

  return json_to_string (root, FALSE);
}

static int
compare_strings (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GString *
predict_all (const char *folder)
{
  GString *lines = g_string_new (NULL);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  const char *file;

  g_assert_no_error (error);
  while ((file = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (file, ".html.gz"))
      g_ptr_array_add (files, g_strdup (file));
  g_ptr_array_sort (files, compare_strings);
  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, files->pdata[i], NULL);
      g_autofree char *name = g_strndup (files->pdata[i], strlen (files->pdata[i]) - strlen (".html.gz"));
      g_autofree char *line = predict (path, name);

      g_string_append (lines, line);
      g_string_append_c (lines, '\n');
    }

  return lines;
}

/* The columns of the scoring script that are compared, and what they are. */
static const struct
{
  guint       column;
  const char *name;
} measures[] = { { 5, "body" }, { 9, "title" }, { 10, "byline" }, { 11, "date" } };

#define OWN "dramatis"

static GPtrArray *
split_table (const char *table)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_auto (GStrv) lines = g_strsplit (table, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (GStrvBuilder) cells = g_strv_builder_new ();
      g_auto (GStrv) parts = g_strsplit (lines[i], " ", -1);
      char **row;

      for (guint k = 0; parts[k] != NULL; k++)
        if (*parts[k] != '\0')
          g_strv_builder_add (cells, parts[k]);
      row = g_strv_builder_end (cells);
      if (g_strv_length (row) > 11)
        g_ptr_array_add (rows, row);
      else
        g_strfreev (row);
    }

  return rows;
}

/* Says for each corpus and measure which of the others is better than we are. */
static void
name_those_ahead (const char *table)
{
  g_autoptr (GPtrArray) rows = split_table (table);
  guint n = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      char **own = rows->pdata[i];

      for (guint k = 0; k < rows->len && strcmp (own[0], OWN) == 0; k++)
        {
          char **peer = rows->pdata[k];

          if (strcmp (peer[0], OWN) == 0 || strcmp (peer[1], own[1]) != 0)
            continue;
          for (guint m = 0; m < G_N_ELEMENTS (measures); m++)
            {
              const char *a = own[measures[m].column];
              const char *b = peer[measures[m].column];

              if (g_ascii_strtod (b, NULL) > g_ascii_strtod (a, NULL))
                {
                  g_print ("ahead: %s on %s, %s: %s to %s\n", peer[0], own[1], measures[m].name, b, a);
                  n++;
                }
            }
        }
    }
  if (n == 0)
    g_print ("no other program is ahead anywhere\n");
}

static int
score (const char *corpus,
       const char *predictions)
{
  g_autofree char *script = g_build_filename (corpus, "score_extraction.py", NULL);
  g_autoptr (GPtrArray) argv = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autofree char *table = NULL;
  const char *python = g_getenv ("PYTHON");
  int status = 0;

  g_ptr_array_add (argv, g_strdup (python != NULL ? python : "python3"));
  g_ptr_array_add (argv, g_strdup (script));
  g_ptr_array_add (argv, g_strdup (corpus));
  g_ptr_array_add (argv, g_strdup ("--half"));
  g_ptr_array_add (argv, g_strdup ("open"));
  g_ptr_array_add (argv, g_strconcat (OWN "=", predictions, NULL));
  for (guint i = 0; option_peers != NULL && option_peers[i] != NULL; i++)
    g_ptr_array_add (argv, g_strdup (option_peers[i]));
  g_ptr_array_add (argv, NULL);
  if (!g_spawn_sync (NULL, (char **) argv->pdata, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_CHILD_INHERITS_STDIN,
                     NULL, NULL, &table, NULL, &status, &error))
    {
      g_print ("# the scoring script does not run: %s\n", error->message);
      return 1;
    }
  g_print ("%s", table);
  if (option_peers != NULL)
    name_those_ahead (table);

  return g_spawn_check_wait_status (status, NULL) ? 0 : 1;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("[CORPUS]");
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) lines = NULL;
  g_autofree char *corpus = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  char *scratch = NULL;
  int result;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  corpus = argc > 1 ? g_strdup (argv[1]) : dra_test_shared ("corpus");
  if (corpus == NULL)
    return 0;
  if (option_read != NULL)
    return score (corpus, option_read);
  folder = g_build_filename (corpus, "open", "html", NULL);
  lines = predict_all (folder);
  if (option_predictions != NULL)
    path = g_strdup (option_predictions);
  else
    {
      scratch = dra_test_mkdtemp ();
      path = g_build_filename (scratch, "predictions.jsonl", NULL);
    }
  g_file_set_contents (path, lines->str, (gssize) lines->len, &error);
  result = error == NULL ? score (corpus, path) : 1;
  if (scratch != NULL)
    dra_test_rmtree (scratch);
  g_assert_no_error (error);

  return result;
}
