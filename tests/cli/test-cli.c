/* test-cli.c: dramatis-cli as a person or a script runs it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dra-test.h"
#include "library/dra-library.h"
#include "writers/dra-writer.h"
#include "notes/dra-note.h"
#include "readers/dra-reader-registry.h"

#define ARTICLE                                                                           \
  "The Lamp on Skerry Point\n\nBy Maud Ferrant\n\n3 November 2025\n\n"                   \
  "Keeper Oona Halloran of the Board of Lights said on Monday that the lamp would go out. " \
  "Halloran, who is 61, has kept it since 1990. 𝔸 letter to the Board was not answered.\n\n" \
  "\"We were never asked,\" said Pascal Dure, the mayor of Skerry.\n"

typedef struct
{
  char *dir;
  char *data; /* XDG_DATA_HOME */
  char *article;
  char *copy;
} Fixture;

typedef struct
{
  int     code;
  GBytes *out;
  char   *err;
} Result;

static void
result_clear (Result *result)
{
  g_clear_pointer (&result->out, g_bytes_unref);
  g_clear_pointer (&result->err, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Result, result_clear)

/* Empty bytes have no data at all. */
static char *
dup_string (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return size > 0 ? g_strndup (data, size) : g_strdup ("");
}

static const char *
program (void)
{
  return g_getenv ("DRAMATIS_CLI");
}

static void
set_up (Fixture      *fixture,
        gconstpointer data G_GNUC_UNUSED)
{
  fixture->dir = dra_test_mkdtemp ();
  fixture->data = g_build_filename (fixture->dir, "data", NULL);
  fixture->article = g_build_filename (fixture->dir, "lamp.txt", NULL);
  fixture->copy = g_build_filename (fixture->dir, "copy.html", NULL);
  g_assert_true (g_file_set_contents (fixture->article, ARTICLE, -1, NULL));
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data G_GNUC_UNUSED)
{
  g_free (fixture->data);
  g_free (fixture->article);
  g_free (fixture->copy);
  dra_test_rmtree (fixture->dir);
}

/* Runs a program in the fixture's folder, with input on standard input. */
static Result
run_argv (Fixture           *fixture,
          const char        *input,
          const char *const *argv)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
    G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
    | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GBytes) in = g_bytes_new (input != NULL ? input : "",
                                       input != NULL ? strlen (input) : 0);
  g_autoptr (GBytes) err = NULL;
  g_autoptr (GError) error = NULL;
  Result result = { 0 };

  g_subprocess_launcher_set_cwd (launcher, fixture->dir);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", fixture->data, TRUE);
  process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);
  g_subprocess_communicate (process, in, NULL, &result.out, &err, &error);
  g_assert_no_error (error);
  result.code = g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process)
                                                     : -g_subprocess_get_term_sig (process);
  result.err = dup_string (err);

  return result;
}

static Result G_GNUC_NULL_TERMINATED
run (Fixture    *fixture,
     const char *input,
     ...)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  const char *argument;
  va_list args;

  g_ptr_array_add (argv, (gpointer) program ());
  va_start (args, input);
  while ((argument = va_arg (args, const char *)) != NULL)
    g_ptr_array_add (argv, (gpointer) argument);
  va_end (args);
  g_ptr_array_add (argv, NULL);

  return run_argv (fixture, input, (const char *const *) argv->pdata);
}

/* "$CLI" in command is the program. */
static Result
run_shell (Fixture    *fixture,
           const char *command)
{
  g_autofree char *script = g_strdup_printf ("CLI='%s'; %s", program (), command);
  const char *argv[] = { "sh", "-c", script, NULL };

  return run_argv (fixture, NULL, argv);
}

static char *
output (const Result *result)
{
  return dup_string (result->out);
}

static void
assert_done (const Result *result)
{
  g_assert_cmpstr (result->err, ==, "");
  g_assert_cmpint (result->code, ==, 0);
}

/* One line on standard error that names the program, and the exit code. */
static void
assert_one_sentence (const Result *result,
                     int           code,
                     const char   *part)
{
  g_assert_cmpint (result->code, ==, code);
  g_assert_true (g_str_has_prefix (result->err, "dramatis-cli: "));
  g_assert_true (strchr (result->err, '\n') == result->err + strlen (result->err) - 1);
  if (strstr (result->err, part) == NULL)
    g_error ("%s does not say %s", result->err, part);
}

static JsonNode *
parse_json (const char *json)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  json_parser_load_from_data (parser, json, -1, &error);
  g_assert_no_error (error);

  return json_parser_steal_root (parser);
}

/* Exactly these members, in this order. */
static void
assert_members (JsonObject *object,
                const char *names)
{
  g_autoptr (GList) members = json_object_get_members (object);
  g_autoptr (GString) joined = g_string_new (NULL);

  for (GList *l = members; l != NULL; l = l->next)
    g_string_append_printf (joined, "%s%s", l == members ? "" : " ", (const char *) l->data);
  g_assert_cmpstr (joined->str, ==, names);
}

static void
test_help (Fixture      *fixture,
           gconstpointer data G_GNUC_UNUSED)
{
  static const char *const commands[] = { "text", "entities", "quotes", "notes",
                                          "annotate" };
  g_auto (Result) help = run (fixture, NULL, "--help", NULL);
  g_auto (Result) version = run (fixture, NULL, "--version", NULL);
  g_autofree char *help_text = output (&help);
  g_autofree char *version_text = output (&version);

  assert_done (&help);
  assert_done (&version);
  g_assert_cmpstr (version_text, ==, "dramatis-cli " DRA_VERSION "\n");
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_auto (Result) result = run (fixture, NULL, commands[i], "--help", NULL);
      g_autofree char *text = output (&result);
      g_autofree char *usage = g_strdup_printf ("dramatis-cli %s [OPTION…] FILE", commands[i]);

      assert_done (&result);
      g_assert_nonnull (strstr (text, usage));
      g_assert_nonnull (strstr (text, "--as=TYPE"));
      g_assert_nonnull (strstr (help_text, commands[i]));
    }
}

/* What is wrong with the arguments is one sentence and exit code 2; nothing is printed. */
static void
test_usage (Fixture      *fixture,
            gconstpointer data G_GNUC_UNUSED)
{
  static const struct
  {
    const char *arguments;
    const char *part;
  } cases[] = {
    { "", "No command" },
    { "dance", "dance" },
    { "--dance", "--dance" },
    { "text", "No file" },
    { "text a b", "one file" },
    { "text --dance a", "--dance" },
    { "text --as music lamp.txt", "music" },
    { "entities", "No file" },
    { "entities --format xml lamp.txt", "xml" },
    { "entities --format brat lamp.txt lamp.txt", "one file" },
    { "notes --format xml lamp.txt", "xml" },
    { "annotate lamp.txt", "-o" },
    { "annotate lamp.txt -o copy.doc", ".html" },
    { "annotate lamp.txt -o copy -f doc", "doc" },
    { "annotate lamp.txt -o copy", "copy" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *command = g_strdup_printf ("\"$CLI\" %s", cases[i].arguments);
      g_auto (Result) result = run_shell (fixture, command);

      assert_one_sentence (&result, 2, cases[i].part);
      g_assert_cmpuint (g_bytes_get_size (result.out), ==, 0);
    }
}

static void
test_text (Fixture      *fixture,
           gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GFile) file = g_file_new_for_path (fixture->article);
  g_autoptr (DraReading) reading = dra_reader_registry_read (file, NULL, NULL, NULL);
  g_auto (Result) result = run (fixture, NULL, "text", "lamp.txt", NULL);
  g_auto (Result) piped = run (fixture, ARTICLE, "text", "-", NULL);
  gsize length;
  const char *text = dra_article_get_text (reading->article, &length);

  assert_done (&result);
  assert_done (&piped);
  g_assert_cmpmem (g_bytes_get_data (result.out, NULL), g_bytes_get_size (result.out), text,
                   length);
  g_assert_true (g_bytes_equal (result.out, piped.out));
}

static void
test_text_json (Fixture      *fixture,
                gconstpointer data G_GNUC_UNUSED)
{
  g_auto (Result) plain = run (fixture, NULL, "text", "lamp.txt", NULL);
  g_auto (Result) result = run (fixture, NULL, "text", "--json", "lamp.txt", NULL);
  g_autofree char *json = output (&result);
  g_autofree char *text = output (&plain);
  g_autoptr (JsonNode) root = parse_json (json);
  JsonObject *object = json_node_get_object (root);
  JsonArray *blocks;
  gint64 end = -1;

  assert_done (&result);
  assert_members (object, "title byline published site language text blocks");
  g_assert_cmpstr (json_object_get_string_member (object, "title"), ==,
                   "The Lamp on Skerry Point");
  g_assert_cmpstr (json_object_get_string_member (object, "published"), ==, "2025-11-03");
  g_assert_true (json_object_get_null_member (object, "site"));
  g_assert_cmpstr (json_object_get_string_member (object, "text"), ==, text);
  blocks = json_object_get_array_member (object, "blocks");
  g_assert_cmpuint (json_array_get_length (blocks), ==, 5);
  for (guint i = 0; i < json_array_get_length (blocks); i++)
    {
      JsonObject *block = json_array_get_object_element (blocks, i);

      assert_members (block, "kind level start end");
      g_assert_cmpint (json_object_get_int_member (block, "start"), ==, end + 1);
      end = json_object_get_int_member (block, "end");
    }
  g_assert_cmpint (end, ==, (gint64) strlen (text));
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (blocks, 0),
                                                  "kind"), ==, "title");
}

/* Offsets into the input: nothing is moved, also where a line ends in nothing. */
static void
test_lines (Fixture      *fixture,
            gconstpointer data G_GNUC_UNUSED)
{
  const char *input = "  By Oona Halloran\n\n\n\tTom  Dure   met  Ana Wu.\n\n";
  g_auto (Result) result = run (fixture, input, "text", "--as", "lines", "-", NULL);
  g_auto (Result) found = run (fixture, input, "entities", "--as", "lines", "--format", "json",
                               "-", NULL);
  g_autofree char *json = output (&found);
  g_autoptr (JsonNode) root = parse_json (json);
  JsonArray *entities;

  assert_done (&result);
  assert_done (&found);
  g_assert_cmpmem (g_bytes_get_data (result.out, NULL), g_bytes_get_size (result.out), input,
                   strlen (input));
  entities = json_object_get_array_member (
    json_array_get_object_element (
      json_object_get_array_member (json_node_get_object (root), "articles"), 0), "entities");
  for (guint i = 0; i < json_array_get_length (entities); i++)
    {
      JsonArray *mentions = json_object_get_array_member (
        json_array_get_object_element (entities, i), "mentions");

      for (guint j = 0; j < json_array_get_length (mentions); j++)
        {
          JsonObject *mention = json_array_get_object_element (mentions, j);
          const char *text = json_object_get_string_member (mention, "text");

          g_assert_cmpint (strncmp (input + json_object_get_int_member (mention, "start"), text,
                                    strlen (text)), ==, 0);
        }
    }
}

static void
check_article_json (JsonObject *article,
                    const char *text)
{
  JsonArray *entities;
  gint64 last_first = -1;

  assert_members (article, "file title length entities");
  g_assert_cmpint (json_object_get_int_member (article, "length"), ==, (gint64) strlen (text));
  entities = json_object_get_array_member (article, "entities");
  g_assert_cmpuint (json_array_get_length (entities), >, 0);
  for (guint i = 0; i < json_array_get_length (entities); i++)
    {
      JsonObject *entity = json_array_get_object_element (entities, i);
      JsonArray *mentions = json_object_get_array_member (entity, "mentions");
      const char *kind = json_object_get_string_member (entity, "kind");
      double confidence = json_object_get_double_member (entity, "confidence");
      gint64 last_end = -1;

      assert_members (entity, "id kind name role confidence mentions");
      g_assert_true (strcmp (kind, "person") == 0 || strcmp (kind, "organization") == 0
                     || strcmp (kind, "place") == 0);
      g_assert_true (confidence > 0 && confidence <= 1);
      g_assert_cmpuint (json_array_get_length (mentions), >, 0);
      for (guint j = 0; j < json_array_get_length (mentions); j++)
        {
          JsonObject *mention = json_array_get_object_element (mentions, j);
          gint64 start = json_object_get_int_member (mention, "start");
          gint64 end = json_object_get_int_member (mention, "end");
          const char *form = json_object_get_string_member (mention, "text");

          assert_members (mention, "start end text");
          g_assert_cmpint (start, >=, last_end);
          g_assert_cmpmem (text + start, (gsize) (end - start), form, strlen (form));
          last_end = end;
          if (j == 0)
            {
              g_assert_cmpint (start, >, last_first);
              last_first = start;
            }
        }
    }
}

static JsonObject *
find_entity (JsonObject *article,
             const char *name)
{
  JsonArray *entities = json_object_get_array_member (article, "entities");

  for (guint i = 0; i < json_array_get_length (entities); i++)
    {
      JsonObject *entity = json_array_get_object_element (entities, i);

      if (strcmp (json_object_get_string_member (entity, "name"), name) == 0)
        return entity;
    }

  return NULL;
}

static void
test_entities_json (Fixture      *fixture,
                    gconstpointer data G_GNUC_UNUSED)
{
  g_auto (Result) plain = run (fixture, NULL, "text", "lamp.txt", NULL);
  g_auto (Result) result = run (fixture, NULL, "entities", "--format=json", "lamp.txt", NULL);
  g_autofree char *text = output (&plain);
  g_autofree char *json = output (&result);
  g_autoptr (JsonNode) root = parse_json (json);
  JsonArray *articles;
  JsonObject *article;

  assert_done (&result);
  assert_members (json_node_get_object (root), "articles");
  articles = json_object_get_array_member (json_node_get_object (root), "articles");
  g_assert_cmpuint (json_array_get_length (articles), ==, 1);
  article = json_array_get_object_element (articles, 0);
  g_assert_cmpstr (json_object_get_string_member (article, "file"), ==, "lamp.txt");
  check_article_json (article, text);
  g_assert_nonnull (find_entity (article, "Oona Halloran"));
}

/* Offsets are bytes, the speaker one of the entities, the cue in the article's words. */
static void
test_quotes (Fixture      *fixture,
             gconstpointer data G_GNUC_UNUSED)
{
  g_auto (Result) plain = run (fixture, NULL, "text", "lamp.txt", NULL);
  g_auto (Result) shown = run (fixture, NULL, "quotes", "lamp.txt", NULL);
  g_auto (Result) result = run (fixture, NULL, "quotes", "-f", "json", "lamp.txt", "lamp.txt",
                                NULL);
  g_auto (Result) wrong = run (fixture, NULL, "quotes", "-f", "tei", "lamp.txt", NULL);
  g_autofree char *text = output (&plain);
  g_autofree char *play = output (&shown);
  g_autofree char *json = output (&result);
  g_autoptr (JsonNode) root = parse_json (json);
  JsonArray *articles = json_object_get_array_member (json_node_get_object (root), "articles");

  assert_done (&shown);
  g_assert_cmpstr (play, ==, "Pascal Dure\n  \"We were never asked,\"\n");
  assert_done (&result);
  g_assert_cmpuint (json_array_get_length (articles), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      JsonObject *article = json_array_get_object_element (articles, i);
      JsonArray *quotes = json_object_get_array_member (article, "quotes");
      JsonObject *quote, *cue;

      assert_members (article, "file title length quotes");
      g_assert_cmpuint (json_array_get_length (quotes), ==, 1);
      quote = json_array_get_object_element (quotes, 0);
      assert_members (quote, "start end text level speaker cue continued");
      g_assert_cmpstr (json_object_get_string_member (quote, "text"), ==,
                       "\"We were never asked,\"");
      g_assert_true (g_str_has_prefix (text + json_object_get_int_member (quote, "start"),
                                       "\"We were never asked,\" said"));
      g_assert_cmpstr (json_object_get_string_member (
                         json_object_get_object_member (quote, "speaker"), "name"), ==,
                       "Pascal Dure");
      cue = json_object_get_object_member (quote, "cue");
      g_assert_cmpstr (json_object_get_string_member (cue, "text"), ==, "said Pascal Dure");
      g_assert_true (g_str_has_prefix (text + json_object_get_int_member (cue, "start"),
                                       "said Pascal Dure, the mayor"));
    }
  g_assert_cmpint (wrong.code, ==, 2);
  g_assert_nonnull (strstr (wrong.err, "tei"));
}

static void
test_entities_formats (Fixture      *fixture,
                       gconstpointer data G_GNUC_UNUSED)
{
  g_auto (Result) plain = run (fixture, NULL, "text", "lamp.txt", NULL);
  g_auto (Result) table = run (fixture, NULL, "entities", "lamp.txt", NULL);
  g_auto (Result) csv = run (fixture, NULL, "entities", "-f", "csv", "lamp.txt", NULL);
  g_auto (Result) brat = run (fixture, NULL, "entities", "-f", "brat", "lamp.txt", NULL);
  g_auto (Result) tei = run (fixture, NULL, "entities", "-f", "tei", "lamp.txt", NULL);
  g_auto (Result) corpus = run (fixture, NULL, "entities", "-f", "tei", "lamp.txt", "lamp.txt",
                                NULL);
  g_autofree char *text = output (&plain);
  g_autofree char *table_text = output (&table);
  g_autofree char *csv_text = output (&csv);
  g_autofree char *brat_text = output (&brat);
  g_auto (GStrv) rows = g_strsplit (csv_text, "\n", -1);
  g_auto (GStrv) lines = g_strsplit (brat_text, "\n", -1);
  const Result *documents[] = { &tei, &corpus };

  assert_done (&table);
  g_assert_true (g_str_has_prefix (table_text, "Mentions  Kind"));
  g_assert_nonnull (strstr (table_text, "person"));
  g_assert_nonnull (strstr (table_text, "Oona Halloran"));

  assert_done (&csv);
  g_assert_cmpstr (rows[0], ==, "file,id,kind,name,role,confidence,start,end,text");
  for (guint i = 1; rows[i][0] != '\0'; i++)
    g_assert_true (g_str_has_prefix (rows[i], "lamp.txt,"));

  /* brat counts characters: the text has one of four bytes. */
  assert_done (&brat);
  for (guint i = 0; lines[i][0] == 'T'; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i], "\t", 3);
      guint64 start, end;
      g_autofree char *form = NULL;

      g_assert_cmpint (sscanf (strchr (fields[1], ' '), " %" G_GUINT64_FORMAT " %"
                               G_GUINT64_FORMAT, &start, &end), ==, 2);
      form = g_utf8_substring (text, (glong) start, (glong) end);
      g_assert_cmpstr (form, ==, fields[2]);
    }
  g_assert_true (lines[0][0] == 'T');

  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      gsize size;
      const char *xml = g_bytes_get_data (documents[i]->out, &size);
      xmlDoc *doc = xmlReadMemory (xml, (int) size, NULL, NULL, XML_PARSE_NONET);

      assert_done (documents[i]);
      g_assert_nonnull (doc);
      g_assert_cmpstr ((const char *) xmlDocGetRootElement (doc)->name, ==,
                       i == 0 ? "TEI" : "teiCorpus");
      xmlFreeDoc (doc);
    }
}

/* In the order given, whatever takes longest; one that fails is named, the others done. */
static void
test_many (Fixture      *fixture,
           gconstpointer data G_GNUC_UNUSED)
{
  enum { N = 60 };
  g_autoptr (GPtrArray) argv = g_ptr_array_new_with_free_func (g_free);
  g_auto (Result) result = { 0 };
  g_autofree char *json = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonArray *articles;
  guint next = 0;

  g_ptr_array_add (argv, g_strdup (program ()));
  g_ptr_array_add (argv, g_strdup ("entities"));
  g_ptr_array_add (argv, g_strdup ("--format=json"));
  for (guint i = 0; i < N; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.txt", i);
      g_autofree char *path = g_build_filename (fixture->dir, name, NULL);
      g_autoptr (GString) text = g_string_new (NULL);

      for (guint j = 0; j < (i % 7 == 0 ? 200 : 1); j++)
        g_string_append (text, ARTICLE);
      if (i % 10 != 3)
        g_assert_true (g_file_set_contents (path, text->str, -1, NULL));
      g_ptr_array_add (argv, g_steal_pointer (&name));
    }
  g_ptr_array_add (argv, NULL);

  result = run_argv (fixture, NULL, (const char *const *) argv->pdata);
  g_assert_cmpint (result.code, ==, 1);
  json = output (&result);
  root = parse_json (json);
  articles = json_object_get_array_member (json_node_get_object (root), "articles");
  g_assert_cmpuint (json_array_get_length (articles), ==, N - 6);
  for (guint i = 0; i < json_array_get_length (articles); i++, next++)
    {
      g_autofree char *name = NULL;

      next += next % 10 == 3;
      name = g_strdup_printf ("%u.txt", next);
      g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (articles, i),
                                                      "file"), ==, name);
    }
  {
    g_auto (GStrv) errors = g_strsplit (result.err, "\n", -1);

    g_assert_cmpuint (g_strv_length (errors), ==, 7);
    for (guint i = 0; i < 6; i++)
      {
        g_autofree char *name = g_strdup_printf ("“%u.txt”", i * 10 + 3);

        g_assert_true (g_str_has_prefix (errors[i], "dramatis-cli: "));
        g_assert_nonnull (strstr (errors[i], name));
      }
  }
}

/* A line on a terminal, and it is gone in the end. */
static void
test_progress (Fixture      *fixture,
               gconstpointer data G_GNUC_UNUSED)
{
  int master = posix_openpt (O_RDWR | O_NOCTTY);
  const char *argv[] = { program (), "entities", fixture->article, fixture->article,
                         fixture->article, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autofree char *slave_name = NULL;
  char buffer[256];
  int slave;
  ssize_t n;

  if (master < 0 || grantpt (master) != 0 || unlockpt (master) != 0
      || (slave = open (ptsname (master), O_RDWR | O_NOCTTY)) < 0)
    {
      g_test_skip ("no pseudoterminal here");
      return;
    }
  g_spawn_async_with_fds (NULL, (char **) argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL,
                          NULL, -1, -1, slave, &error);
  g_assert_no_error (error);
  close (slave);
  while ((n = read (master, buffer, sizeof buffer)) > 0)
    g_string_append_len (seen, buffer, n);
  close (master);
  g_assert_nonnull (strstr (seen->str, "1 of 3 files"));
  g_assert_nonnull (strstr (seen->str, "2 of 3 files"));
  g_assert_true (g_str_has_suffix (seen->str, "\r\033[K"));
}

/* Documents are read by the worker beside the program; so is what others have made. */
static void
test_documents (Fixture      *fixture,
                gconstpointer data G_GNUC_UNUSED)
{
  static const char *const own[][2] = {
    { "ferry.fb2", "The Ferry\n" }, { "ferry.fodt", "One\n" }, { "ferry.rtf", "One\n" },
  };
  static const char *const formats[] = { "docx", "eml", "epub", "fb2", "mhtml", "odt", "pdf", "rtf" };
  g_autofree char *corpus = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    {
      g_autofree char *name = g_build_filename ("tests/fixtures/documents", own[i][0], NULL);
      g_autofree char *path = dra_test_source (name);
      g_auto (Result) result = run (fixture, NULL, "text", path, NULL);
      g_autofree char *out = dup_string (result.out);

      g_assert_cmpstr (result.err, ==, "");
      g_assert_cmpint (result.code, ==, 0);
      g_assert_true (g_str_has_prefix (out, own[i][1]));
    }

  corpus = dra_test_shared ("corpus/open");
  for (guint i = 0; corpus != NULL && i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *command = g_strdup_printf (
        "set -- '%s'/%s/*.%s; \"$CLI\" text \"$1\"", corpus, formats[i], formats[i]);
      g_auto (Result) result = run_shell (fixture, command);

      g_assert_cmpstr (result.err, ==, "");
      g_assert_cmpint (result.code, ==, 0);
      g_assert_cmpuint (g_bytes_get_size (result.out), >, 20);
    }
}

/* Every way a file can be bad is one sentence that names it. */
static void
test_bad_files (Fixture      *fixture,
                gconstpointer data G_GNUC_UNUSED)
{
  static const char *const commands[] = {
    "text %s", "text --json %s", "entities %s", "notes %s", "annotate %s -o copy.html",
  };
  static const char *const names[] = { "gone.txt", "empty.txt", "folder", "binary.png" };
  g_autofree char *empty = g_build_filename (fixture->dir, "empty.txt", NULL);
  g_autofree char *folder = g_build_filename (fixture->dir, "folder", NULL);
  g_autofree char *binary = g_build_filename (fixture->dir, "binary.png", NULL);

  g_assert_true (g_file_set_contents (empty, "", 0, NULL));
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (binary, "\211PNG\r\n\032\n\0\0\0\rIHDR\0\0\0\1", 20, NULL));

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    for (guint j = 0; j < G_N_ELEMENTS (names); j++)
      {
        g_auto (GStrv) parts = g_strsplit (commands[i], "%s", 2);
        g_autofree char *command = g_strconcat ("\"$CLI\" ", parts[0], names[j], parts[1], NULL);
        g_auto (Result) result = run_shell (fixture, command);

        assert_one_sentence (&result, 1, names[j]);
        g_assert_false (g_file_test (fixture->copy, G_FILE_TEST_EXISTS));
      }
}

/* What comes out of a hostile file or name is never a command to the terminal. */
static void
test_terminal (Fixture      *fixture,
               gconstpointer data G_GNUC_UNUSED)
{
  static const char *const commands[] = {
    "\"$CLI\" text *.txt", "\"$CLI\" entities *.txt lamp.txt", "\"$CLI\" text --json *.txt",
    "\"$CLI\" entities -f csv *.txt", "\"$CLI\" entities -f tei *.txt", "\"$CLI\" entities -f brat *.txt",
    "\"$CLI\" notes -f markdown *.txt", "\"$CLI\" notes -f csv *.txt", "\"$CLI\" text *.gone",
    "\"$CLI\" annotate *.txt -o - ", "\"$CLI\" text --as \"$(printf '\\033[2J')\" *.txt",
    "\"$CLI\" \"$(printf '\\033]0;x\\007')\"",
  };
  g_autofree char *name = g_build_filename (fixture->dir, "a\033[31m\342\200\256b.txt", NULL);
  g_autofree char *gone = g_build_filename (fixture->dir, "a\033[31m\342\200\256b.gone", NULL);

  g_assert_cmpint (g_unlink (fixture->article), ==, 0);
  g_assert_true (g_file_set_contents (
    name, "A \033[2Jtitle \033]0;owned\007\n\nOona \033[31mHalloran said \302\2332J hello to "
          "Pascal\010\010 Dure.\n", -1, NULL));
  g_assert_cmpint (symlink ("nowhere", gone), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_auto (Result) result = run_shell (fixture, commands[i]);
      g_autofree char *out = output (&result);

      g_assert_null (strpbrk (out, "\033\007\010\r"));
      g_assert_null (strpbrk (result.err, "\033\007\010\r"));
      g_assert_null (strstr (out, "\302\233"));
      g_assert_null (strstr (result.err, "\342\200\256"));
    }
}

/* Output that cannot be written is a failure, a reader that has enough is not. */
static void
test_closed_output (Fixture      *fixture,
                    gconstpointer data G_GNUC_UNUSED)
{
  static const char *const commands[] = {
    "\"$CLI\" text lamp.txt", "\"$CLI\" entities lamp.txt", "\"$CLI\" notes lamp.txt",
    "\"$CLI\" --help", "\"$CLI\" entities --help", "\"$CLI\" annotate lamp.txt -o -",
  };
  g_auto (Result) piped = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *full = g_strconcat (commands[i], " >/dev/full", NULL);
      g_autofree char *closed = g_strconcat (commands[i], " >&-", NULL);
      g_autofree char *all_closed = g_strconcat (commands[i], " <&- >&- 2>&-", NULL);
      g_auto (Result) a = run_shell (fixture, full);
      g_auto (Result) b = run_shell (fixture, closed);
      g_auto (Result) c = run_shell (fixture, all_closed);
      g_autofree char *content = NULL;

      assert_one_sentence (&a, 1, "tandard output");
      assert_one_sentence (&b, 1, "tandard output");
      g_assert_cmpint (c.code, ==, 1);
      g_assert_true (g_file_get_contents (fixture->article, &content, NULL, NULL));
      g_assert_cmpstr (content, ==, ARTICLE);
    }

  piped = run_shell (fixture, "for i in 1 2 3 4 5 6 7 8 9 10 11 12; do cat lamp.txt lamp.txt "
                              ">>big; mv big lamp.txt; done; \"$CLI\" text lamp.txt | head -c 3");
  assert_done (&piped);
  g_assert_cmpuint (g_bytes_get_size (piped.out), ==, 3);
}

static void
add_library_notes (Fixture *fixture)
{
  static const char *const tags[] = { "check", "two words", NULL };
  g_autofree char *path = g_build_filename (fixture->data, "dramatis", "library.sqlite", NULL);
  g_autofree char *dir = g_path_get_dirname (path);
  g_autoptr (GFile) file = g_file_new_for_path (fixture->article);
  g_autoptr (GError) error = NULL;
  g_autoptr (DraReading) reading = dra_reader_registry_read (file, NULL, NULL, &error);
  g_autoptr (DraLibrary) library = NULL;
  const char *text = dra_article_get_text (reading->article, NULL);
  const char *const passages[] = { "Oona Halloran of the Board", "𝔸 letter", "never asked" };

  g_assert_cmpint (g_mkdir_with_parents (dir, 0700), ==, 0);
  library = dra_library_open (path, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (passages); i++)
    {
      const char *found = strstr (text, passages[i]);
      g_autoptr (DraNote) note = dra_note_new_for_passage (
        reading->article,
        (DraRange){ found - text, found - text + strlen (passages[i]) });

      dra_note_set_body (note, i == 2 ? "" : "A <b>note</b> & \"more\"\n\nof it. 𝔹");
      dra_note_set_color (note, (DraNoteColor) (i + 1));
      if (i == 1)
        dra_note_set_tags (note, tags);
      g_assert_true (dra_library_save_note (library, reading->article, note, &error));
      g_assert_no_error (error);
    }
  dra_library_flush (library);
}

static guint
count_notes (const Result *result)
{
  g_autofree char *json = output (result);
  g_autoptr (JsonNode) root = parse_json (json);

  return json_array_get_length (
    json_object_get_array_member (json_node_get_object (root), "@graph"));
}

static void
remove_library (Fixture *fixture)
{
  dra_test_rmtree (g_strdup (fixture->data));
  g_assert_false (g_file_test (fixture->data, G_FILE_TEST_EXISTS));
}

/* The copy alone gives the text and the notes, whoever has the library. */
static void
test_copy_stands_alone (Fixture      *fixture,
                        gconstpointer data G_GNUC_UNUSED)
{
  g_auto (Result) text = { 0 }, notes = { 0 }, annotate = { 0 }, entities = { 0 };
  g_auto (Result) copy_text = { 0 }, copy_notes = { 0 }, copy_entities = { 0 };
  g_auto (Result) second = { 0 }, gone = { 0 };
  g_autofree char *first_copy = NULL;
  g_autofree char *second_path = g_build_filename (fixture->dir, "second.html", NULL);
  g_autofree char *second_copy = NULL;

  add_library_notes (fixture);
  text = run (fixture, NULL, "text", "lamp.txt", NULL);
  notes = run (fixture, NULL, "notes", "lamp.txt", NULL);
  entities = run (fixture, NULL, "entities", "lamp.txt", NULL);
  annotate = run (fixture, NULL, "annotate", "lamp.txt", "-o", "copy.html", NULL);
  assert_done (&annotate);
  g_assert_cmpuint (g_bytes_get_size (annotate.out), ==, 0);
  g_assert_cmpuint (count_notes (&notes), ==, 3);

  remove_library (fixture);
  gone = run (fixture, NULL, "notes", "lamp.txt", NULL);
  g_assert_cmpuint (count_notes (&gone), ==, 0);
  g_assert_cmpint (g_unlink (fixture->article), ==, 0);

  copy_text = run (fixture, NULL, "text", "copy.html", NULL);
  copy_notes = run (fixture, NULL, "notes", "copy.html", NULL);
  copy_entities = run (fixture, NULL, "entities", "copy.html", NULL);
  assert_done (&copy_text);
  assert_done (&copy_notes);
  g_assert_true (g_bytes_equal (text.out, copy_text.out));
  g_assert_true (g_bytes_equal (notes.out, copy_notes.out));
  g_assert_true (g_bytes_equal (entities.out, copy_entities.out));

  second = run (fixture, NULL, "annotate", "copy.html", "-o", "second.html", NULL);
  assert_done (&second);
  g_assert_true (g_file_get_contents (fixture->copy, &first_copy, NULL, NULL));
  g_assert_true (g_file_get_contents (second_path, &second_copy, NULL, NULL));
  g_assert_cmpstr (first_copy, ==, second_copy);
  /* Reading made no library. */
  g_assert_false (g_file_test (fixture->data, G_FILE_TEST_EXISTS));
}

/* A page and the picture in the folder beside it are one file in the end. */
static void
test_copy_has_pictures (Fixture      *fixture,
                        gconstpointer data G_GNUC_UNUSED)
{
  static const char png[] =
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg==";
  g_autofree char *page = g_build_filename (fixture->dir, "page.html", NULL);
  g_autofree char *folder = g_build_filename (fixture->dir, "page_files", NULL);
  g_autofree char *path = g_build_filename (folder, "quay.png", NULL);
  g_autofree char *html = g_strdup (
    "<title>The Quay</title><article><h1>The Quay</h1><p>Lena Ortiz stood on the quay and saw that "
    "the ice had come, as it comes every year in January, and that no ship would leave.</p>"
    "<figure><img src=\"page_files/quay.png\" alt=\"The quay\"><figcaption>The quay in January."
    "</figcaption></figure><p>She went home, and nobody asked her where she had been.</p></article>");
  g_autofree guchar *picture = NULL;
  g_autofree char *copy = NULL;
  g_auto (Result) annotate = { 0 }, text = { 0 }, copy_text = { 0 };
  gsize size;

  picture = g_base64_decode (png, &size);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, (char *) picture, (gssize) size, NULL));
  g_assert_true (g_file_set_contents (page, html, -1, NULL));
  text = run (fixture, NULL, "text", "page.html", NULL);
  annotate = run (fixture, NULL, "annotate", "page.html", "-o", "copy.html", NULL);
  assert_done (&annotate);
  g_assert_true (g_file_get_contents (fixture->copy, &copy, NULL, NULL));
  g_assert_nonnull (strstr (copy, png));
  g_assert_null (strstr (copy, "page_files"));
  g_assert_cmpint (g_unlink (path), ==, 0);
  copy_text = run (fixture, NULL, "text", "copy.html", NULL);
  g_assert_true (g_bytes_equal (text.out, copy_text.out));
}

/* Notes from a file: added, by UUID, the newer counts; the JSON-LD copy is such a file. */
static void
test_notes_file (Fixture      *fixture,
                 gconstpointer data G_GNUC_UNUSED)
{
  g_auto (Result) notes = { 0 }, jsonld = { 0 }, annotate = { 0 }, again = { 0 };
  g_auto (Result) csv = { 0 }, markdown = { 0 };
  g_autofree char *csv_text = NULL;
  g_autofree char *markdown_text = NULL;

  add_library_notes (fixture);
  notes = run (fixture, NULL, "notes", "lamp.txt", NULL);
  csv = run (fixture, NULL, "notes", "--format", "csv", "lamp.txt", NULL);
  markdown = run (fixture, NULL, "notes", "--format", "markdown", "lamp.txt", NULL);
  jsonld = run (fixture, NULL, "annotate", "lamp.txt", "-o", "notes.jsonld", NULL);
  assert_done (&jsonld);
  remove_library (fixture);

  annotate = run (fixture, NULL, "annotate", "lamp.txt", "--notes", "notes.jsonld", "-o",
                  "copy.html", NULL);
  assert_done (&annotate);
  again = run (fixture, NULL, "notes", "copy.html", NULL);
  g_assert_true (g_bytes_equal (notes.out, again.out));

  assert_done (&csv);
  csv_text = output (&csv);
  g_assert_true (g_str_has_prefix (csv_text, "id,created,modified,color,target,name,state,start,"
                                             "end,quote,body,tags\n"));
  g_assert_nonnull (strstr (csv_text, ",\"A <b>note</b> & \"\"more\"\"\n\nof it. 𝔹\","));
  g_assert_nonnull (strstr (csv_text, "check;two words"));
  assert_done (&markdown);
  markdown_text = output (&markdown);
  g_assert_true (g_str_has_prefix (markdown_text, "# The Lamp on Skerry Point\n"));
  g_assert_nonnull (strstr (markdown_text, "> Oona Halloran of the Board\n"));
}

/* Every format by the end of the name and by --format; those that come back do. */
static void
test_formats (Fixture      *fixture,
              gconstpointer data G_GNUC_UNUSED)
{
  guint n_writers;
  const DraWriter *const *writers = dra_writer_list (&n_writers);
  g_auto (Result) text = { 0 }, notes = { 0 };

  add_library_notes (fixture);
  text = run (fixture, NULL, "text", "lamp.txt", NULL);
  notes = run (fixture, NULL, "notes", "lamp.txt", NULL);
  for (guint i = 0; i < n_writers; i++)
    {
      g_autofree char *name = g_strconcat ("out", writers[i]->suffix, NULL);
      g_autofree char *path = g_build_filename (fixture->dir, name, NULL);
      g_autofree char *written = NULL;
      gsize size;
      g_auto (Result) by_name = run (fixture, NULL, "annotate", "lamp.txt", "-o", name, NULL);
      g_auto (Result) by_format = run (fixture, NULL, "annotate", "lamp.txt", "-o", "-", "-f",
                                       writers[i]->id, NULL);

      assert_done (&by_name);
      assert_done (&by_format);
      g_assert_true (g_file_get_contents (path, &written, &size, NULL));
      g_assert_cmpmem (written, size, g_bytes_get_data (by_format.out, NULL),
                       g_bytes_get_size (by_format.out));
    }
  remove_library (fixture);

  for (guint i = 0; i < n_writers; i++)
    {
      g_autofree char *name = g_strconcat ("out", writers[i]->suffix, NULL);
      g_auto (Result) copy_text = { 0 }, copy_notes = { 0 };

      if (!(writers[i]->returns & DRA_WRITER_TEXT))
        continue;
      copy_text = run (fixture, NULL, "text", name, NULL);
      copy_notes = run (fixture, NULL, "notes", name, NULL);
      g_assert_true (g_bytes_equal (text.out, copy_text.out));
      g_assert_true (g_bytes_equal (notes.out, copy_notes.out));
    }
}

static void
test_bad_notes_file (Fixture      *fixture,
                     gconstpointer data G_GNUC_UNUSED)
{
  static const char *const contents[] = { "", "{", "[1, 2", "\"x\"", "7", "{}" };
  g_autofree char *path = g_build_filename (fixture->dir, "n.jsonld", NULL);
  g_auto (Result) gone = run (fixture, NULL, "annotate", "lamp.txt", "--notes", "n.jsonld", "-o",
                              "copy.html", NULL);

  assert_one_sentence (&gone, 1, "n.jsonld");
  for (guint i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      g_auto (Result) result = { 0 };

      g_assert_true (g_file_set_contents (path, contents[i], -1, NULL));
      result = run (fixture, NULL, "annotate", "lamp.txt", "--notes", "n.jsonld", "-o",
                    "copy.html", NULL);
      assert_one_sentence (&result, 1, "n.jsonld");
      g_assert_false (g_file_test (fixture->copy, G_FILE_TEST_EXISTS));
    }
}

/* The article is never replaced, and a copy that cannot be written is a failure. */
static void
test_refusals (Fixture      *fixture,
               gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *content = NULL;
  g_auto (Result) itself = run_shell (fixture, "ln -s lamp.txt lamp.html; "
                                               "\"$CLI\" annotate lamp.txt -o lamp.html");
  g_auto (Result) nowhere = run (fixture, NULL, "annotate", "lamp.txt", "-o", "no/copy.html",
                                 NULL);
  g_auto (Result) to_pipe = run (fixture, NULL, "annotate", "lamp.txt", "-o", "-", NULL);
  g_autofree char *page = output (&to_pipe);

  assert_one_sentence (&itself, 1, "lamp.html");
  assert_one_sentence (&nowhere, 1, "copy.html");
  g_assert_true (g_file_get_contents (fixture->article, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, ARTICLE);
  assert_done (&to_pipe);
  g_assert_true (g_str_has_prefix (page, "<!DOCTYPE html>"));
}

static void
test_damaged_library (Fixture      *fixture,
                      gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *dir = g_build_filename (fixture->data, "dramatis", NULL);
  g_autofree char *path = g_build_filename (dir, "library.sqlite", NULL);
  g_auto (Result) result = { 0 };

  g_assert_cmpint (g_mkdir_with_parents (dir, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "This is no database, but a text about one.", -1, NULL));
  result = run (fixture, NULL, "notes", "lamp.txt", NULL);
  /* Set aside, said once, and the notes that are left are printed. */
  g_assert_cmpint (result.code, ==, 0);
  assert_one_sentence (&result, 0, "");
  g_assert_cmpuint (count_notes (&result), ==, 0);
}

/* The article the project began from. */
static void
test_cartels (Fixture      *fixture,
              gconstpointer data G_GNUC_UNUSED)
{
  static const char *const people[] = { "Alejandro Moreno Cardenas", "Ciro Gomez",
                                        "Claudia Sheinbaum", "Nicolás Maduro", "Trump" };
  g_autofree char *path = dra_test_shared ("corpus/seed/cartels.txt");
  g_auto (Result) result = { 0 };
  g_autofree char *json = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonObject *article;

  if (path == NULL)
    return;
  if (!g_path_is_absolute (path))
    {
      char *absolute = g_canonicalize_filename (path, NULL);

      g_free (path);
      path = absolute;
    }
  result = run (fixture, NULL, "entities", "--format", "json", path, NULL);
  assert_done (&result);
  json = output (&result);
  root = parse_json (json);
  article = json_array_get_object_element (
    json_object_get_array_member (json_node_get_object (root), "articles"), 0);
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      JsonObject *entity = find_entity (article, people[i]);

      g_assert_nonnull (entity);
      g_assert_cmpstr (json_object_get_string_member (entity, "kind"), ==, "person");
    }
}

#define ADD(name, function) \
  g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  /* Files of one moment, so that two can be compared. */
  g_setenv ("SOURCE_DATE_EPOCH", "1700000000", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_assert_nonnull (program ());

  ADD ("/cli/help", test_help);
  ADD ("/cli/usage", test_usage);
  ADD ("/cli/text", test_text);
  ADD ("/cli/text-json", test_text_json);
  ADD ("/cli/lines", test_lines);
  ADD ("/cli/entities-json", test_entities_json);
  ADD ("/cli/entities-formats", test_entities_formats);
  ADD ("/cli/quotes", test_quotes);
  ADD ("/cli/many", test_many);
  ADD ("/cli/progress", test_progress);
  ADD ("/cli/documents", test_documents);
  ADD ("/cli/bad-files", test_bad_files);
  ADD ("/cli/terminal", test_terminal);
  ADD ("/cli/closed-output", test_closed_output);
  ADD ("/cli/copy-stands-alone", test_copy_stands_alone);
  ADD ("/cli/copy-has-pictures", test_copy_has_pictures);
  ADD ("/cli/notes-file", test_notes_file);
  ADD ("/cli/formats", test_formats);
  ADD ("/cli/bad-notes-file", test_bad_notes_file);
  ADD ("/cli/refusals", test_refusals);
  ADD ("/cli/damaged-library", test_damaged_library);
  ADD ("/cli/cartels", test_cartels);

  return g_test_run ();
}
