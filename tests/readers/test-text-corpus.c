/* test-text-corpus.c: real articles, written as text in the ways people have it.
 *
 * The text of each article in the shared corpus is written down again: a line a paragraph,
 * with and without blank lines, or broken at a width with blank lines or indented first
 * lines between paragraphs; with its title, byline and date above it.  Reading that back
 * must give the same paragraphs, title, byline and date.  Prints how often it does.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <json-glib/json-glib.h>
#include <string.h>

#include "dra-test.h"
#include "dra-test-readers.h"

typedef struct
{
  char      *title;
  char      *byline; /* (nullable) */
  char      *date;   /* (nullable) */
  GPtrArray *paragraphs;
} Story;

static void
story_free (Story *story)
{
  g_free (story->title);
  g_free (story->byline);
  g_free (story->date);
  g_ptr_array_unref (story->paragraphs);
  g_free (story);
}

/* White space collapsed; NULL when nothing is left. */
static char *
collapse (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text != NULL ? text : "", " \t\r\n\v\f", -1);
  GString *line = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      {
        if (line->len > 0)
          g_string_append_c (line, ' ');
        g_string_append (line, words[i]);
      }

  return g_string_free (line, line->len == 0);
}

static char *
get_member (JsonObject *object,
            const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return collapse (json_node_get_string (node));
}

static gboolean
has_odd_breaks (const char *text)
{
  return strstr (text, "\342\200\250") != NULL || strstr (text, "\342\200\251") != NULL
         || strstr (text, "\302\205") != NULL;
}

static Story *
load_story (const char *folder,
            const char *name)
{
  static const char *const corpora[] = { "news424", "fundus", "wcxb", "trafeval", NULL };
  g_autofree char *meta_path = g_build_filename (folder, name, NULL);
  g_autofree char *stem = g_strndup (meta_path, strlen (meta_path) - strlen (".meta.json"));
  g_autofree char *gold_path = g_strconcat (stem, ".gold.txt", NULL);
  g_autofree char *gold = NULL;
  g_autofree char *corpus = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_auto (GStrv) lines = NULL;
  JsonObject *meta;
  Story *story;
  gsize length = 0;

  if (!g_file_get_contents (gold_path, &gold, NULL, NULL)
      || !json_parser_load_from_file (parser, meta_path, NULL)
      || !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    return NULL;
  meta = json_node_get_object (json_parser_get_root (parser));
  corpus = get_member (meta, "corpus");
  if (corpus == NULL || !g_strv_contains (corpora, corpus) || has_odd_breaks (gold))
    return NULL;

  story = g_new0 (Story, 1);
  story->title = get_member (meta, "title");
  story->byline = get_member (meta, "byline");
  story->date = get_member (meta, "date");
  story->paragraphs = g_ptr_array_new_with_free_func (g_free);
  lines = g_strsplit (gold, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *paragraph = collapse (lines[i]);

      if (paragraph == NULL)
        continue;
      if (g_strcmp0 (paragraph, story->title) == 0)
        {
          g_free (paragraph);
          continue;
        }
      length += strlen (paragraph);
      g_ptr_array_add (story->paragraphs, paragraph);
    }
  if (story->title == NULL || length < 600 || story->paragraphs->len < 4)
    g_clear_pointer (&story, story_free);

  return story;
}

/* Every article of the corpus, or every nth. */
static GPtrArray *
load_stories (guint step)
{
  g_autofree char *folder = dra_test_shared ("corpus/open/html");
  g_autoptr (GDir) dir = NULL;
  GPtrArray *stories;
  const char *name;
  guint n = 0;

  if (folder == NULL)
    return NULL;
  stories = g_ptr_array_new_with_free_func ((GDestroyNotify) story_free);
  dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".meta.json") && n++ % step == 0)
      {
        Story *story = load_story (folder, name);

        if (story != NULL)
          g_ptr_array_add (stories, story);
      }
  g_assert_cmpuint (stories->len, >, 50);

  return stories;
}

static guint
columns (const char *word)
{
  guint n = 0;

  for (const char *p = word; *p != '\0'; p = g_utf8_next_char (p))
    n += g_unichar_iszerowidth (g_utf8_get_char (p)) ? 0 : g_unichar_iswide (g_utf8_get_char (p)) ? 2 : 1;

  return n;
}

static void
append_wrapped (GString    *text,
                const char *paragraph,
                guint       width,
                guint       indent)
{
  g_auto (GStrv) words = g_strsplit (paragraph, " ", -1);
  guint column = indent;

  for (guint i = 0; i < indent; i++)
    g_string_append_c (text, ' ');
  for (guint i = 0; words[i] != NULL; i++)
    {
      guint n = columns (words[i]);

      if (i > 0 && width > 0 && column + 1 + n > width)
        {
          g_string_append_c (text, '\n');
          column = 0;
        }
      else if (i > 0)
        {
          g_string_append_c (text, ' ');
          column++;
        }
      g_string_append (text, words[i]);
      column += n;
    }
}

/* Letters and digits only: what is compared. */
static char *
bare (const char *label,
      const char *text,
      gsize       length)
{
  GString *letters = g_string_new (NULL);

  for (const char *p = label; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalnum (g_utf8_get_char (p)))
      g_string_append_unichar (letters, g_utf8_get_char (p));
  for (const char *p = text; p < text + length; p = g_utf8_next_char (p))
    if (g_unichar_isalnum (g_utf8_get_char (p)))
      g_string_append_unichar (letters, g_utf8_get_char (p));

  return g_string_free (letters, FALSE);
}

static guint
count_right (const Story *story,
             DraArticle  *article)
{
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *text = dra_article_get_text (article, NULL);
  guint n_blocks, n = 0;
  const DraBlock *blocks = dra_article_get_blocks (article, &n_blocks);

  for (guint i = 0; i < n_blocks; i++)
    g_hash_table_add (found, bare (blocks[i].label, text + blocks[i].range.start, dra_range_length (blocks[i].range)));
  for (guint i = 0; i < story->paragraphs->len; i++)
    {
      const char *paragraph = g_ptr_array_index (story->paragraphs, i);
      g_autofree char *letters = bare (NULL, paragraph, strlen (paragraph));

      n += g_hash_table_contains (found, letters);
    }

  return n;
}

typedef struct
{
  const char *name;
  guint       width;
  const char *between;
  guint       indent;
  double      floor;
} Style;

static const Style styles[] = {
  { "lines", 0, "\n", 0, 0.98 },
  { "lines and blank lines", 0, "\n\n", 0, 0.99 },
  { "broken at 72", 72, "\n\n", 0, 0.98 },
  { "broken at 65", 65, "\n\n", 0, 0.98 },
  { "broken at 78, indented", 78, "\n", 5, 0.96 },
};

static void
test_paragraphs (void)
{
  g_autoptr (GPtrArray) stories = load_stories (6);

  if (stories == NULL)
    return;
  for (guint s = 0; s < G_N_ELEMENTS (styles); s++)
    {
      guint n = 0, n_right = 0;

      for (guint i = 0; i < stories->len; i++)
        {
          const Story *story = g_ptr_array_index (stories, i);
          g_autoptr (GString) text = g_string_new (NULL);
          g_autoptr (DraReading) reading = NULL;

          for (guint k = 0; k < story->paragraphs->len; k++)
            {
              append_wrapped (text, g_ptr_array_index (story->paragraphs, k), styles[s].width, styles[s].indent);
              g_string_append (text, styles[s].between);
            }
          reading = dra_test_read (text->str, text->len, "text");
          n += story->paragraphs->len;
          n_right += count_right (story, reading->article);
        }
      g_test_message ("%s: %.2f %% of %u paragraphs", styles[s].name, 100.0 * n_right / n, n);
      g_assert_cmpfloat ((double) n_right / n, >=, styles[s].floor);
    }
}

static void
test_heads (void)
{
  g_autoptr (GPtrArray) stories = load_stories (1);

  if (stories == NULL)
    return;
  for (guint s = 0; s < 3; s++)
    {
      guint n_titles = 0, n_bylines = 0, n_dates = 0, n_right_bylines = 0, n_right_dates = 0;

      for (guint i = 0; i < stories->len; i++)
        {
          const Story *story = g_ptr_array_index (stories, i);
          g_autoptr (GString) text = g_string_new (NULL);
          g_autoptr (DraReading) reading = NULL;
          const char *published;

          append_wrapped (text, story->title, styles[s].width, 0);
          if (s > 0 && story->byline != NULL)
            g_string_append_printf (text, "\nBy %s", story->byline);
          if (s > 0 && story->date != NULL)
            g_string_append_printf (text, "\n%s", story->date);
          for (guint k = 0; k < MIN (story->paragraphs->len, 12); k++)
            {
              g_string_append (text, styles[s].between);
              append_wrapped (text, g_ptr_array_index (story->paragraphs, k), styles[s].width, 0);
            }
          reading = dra_test_read (text->str, text->len, "text");
          n_titles += g_strcmp0 (dra_article_get_title (reading->article), story->title) == 0;
          if (g_strcmp0 (dra_article_get_title (reading->article), story->title) != 0)
            g_test_message ("%s: %s became %s", styles[s].name, story->title, dra_article_get_title (reading->article));
          n_bylines += story->byline != NULL;
          n_right_bylines += story->byline != NULL
                             && g_strcmp0 (dra_article_get_metadata (reading->article, DRA_METADATA_BYLINE), story->byline) == 0;
          published = dra_article_get_metadata (reading->article, DRA_METADATA_PUBLISHED);
          n_dates += story->date != NULL;
          n_right_dates += story->date != NULL && published != NULL && strncmp (published, story->date, 10) == 0;
        }
      g_test_message ("%s: title of %.1f %% of %u articles", styles[s].name, 100.0 * n_titles / stories->len, stories->len);
      g_assert_cmpfloat ((double) n_titles / stories->len, >=, 0.97);
      if (s == 0)
        continue;
      g_test_message ("byline of %.1f %% of %u, date of %.1f %% of %u", 100.0 * n_right_bylines / n_bylines, n_bylines,
                      100.0 * n_right_dates / n_dates, n_dates);
      g_assert_cmpfloat ((double) n_right_bylines / n_bylines, >=, 0.9);
      g_assert_cmpfloat ((double) n_right_dates / n_dates, >=, 0.95);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text-corpus/paragraphs", test_paragraphs);
  g_test_add_func ("/text-corpus/heads", test_heads);

  return g_test_run ();
}
