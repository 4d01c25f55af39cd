/* dra-train-extract.c: makes the trees that find the article in a page.
 *
 *   dra-train-extract --data DIR [--output dra-html-extract-model.c] [--folds 4]
 *
 * DIR holds pages (NAME.html.gz) with the text of their article (NAME.gold.txt).  With
 * --folds N the pages are parted into N by their names' hashes, and each part is scored by
 * trees made from the others: what is printed is F1 of runs of four words, page by page
 * averaged, for each corpus (the name up to "__").  --predictions writes what the reader makes
 * of each page by trees that have not seen it, as lines of JSON, for scripts that score such.
 * The same data gives the same table.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "readers/dra-html-blocks.h"
#include "readers/dra-html-page.h"
#include "readers/dra-html-parse.h"
#include "readers/train/dra-align.h"
#include "readers/train/dra-boost.h"

#define MIN_GOLD 15      /* words: less is no article */
#define MIN_PAGES 8      /* that a word of a class must be on */
#define WORD_SCALE 12.0  /* units of a word's weight for one of the log odds */
#define WORD_RIDGE 4.0
#define N_INNER 4        /* folds inside, for what the second stage sees of the first */

typedef struct
{
  char            *name;
  char            *corpus;
  char            *gold;
  GArray          *gold_tokens;
  guint            first; /* rows [first, end) */
  guint            end;
  guint            fold;
  guint            inner;
  DraHtmlSegments *segments;
  xmlDoc          *document;
  DraHtmlMetadata *metadata;
  GHashTable      *words; /* word -> WordCount of this page */
} Page;

typedef struct
{
  double with;    /* weight of blocks of the article below an element with the word */
  double without;
  guint  pages;
} WordCount;

static char *option_data;
static char *option_output;
static char *option_dump;
static int option_folds = 4;
static int option_trees = 120;
static int option_leaves = 24;
static double option_rate = 0.1;
static int option_trees2 = 60;
static int option_leaves2 = 10;
static double option_rate2 = 0.08;
static int option_seed = 1;
static double option_ridge = 20;
static double option_least = 10;
static char *option_skip;
static char *option_predictions;
static char *option_rare;
static double option_rare_weight = 1;
static gboolean option_gains;

static GOptionEntry entries[] = {
  { "data", 'd', 0, G_OPTION_ARG_FILENAME, &option_data, "Folder of pages", "DIR" },
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &option_output, "Table to write, made from all pages", "FILE" },
  { "dump", 0, 0, G_OPTION_ARG_FILENAME, &option_dump, "Folder for what was kept and lost of each page", "DIR" },
  { "folds", 'f', 0, G_OPTION_ARG_INT, &option_folds, "Parts to score by turns; 0 for none", "N" },
  { "trees", 0, 0, G_OPTION_ARG_INT, &option_trees, "Trees of each stage", "N" },
  { "leaves", 0, 0, G_OPTION_ARG_INT, &option_leaves, "Leaves of a tree", "N" },
  { "rate", 0, 0, G_OPTION_ARG_DOUBLE, &option_rate, "How much of each tree counts", "N" },
  { "trees2", 0, 0, G_OPTION_ARG_INT, &option_trees2, "Trees of the second stage", "N" },
  { "leaves2", 0, 0, G_OPTION_ARG_INT, &option_leaves2, "Leaves of its trees", "N" },
  { "rate2", 0, 0, G_OPTION_ARG_DOUBLE, &option_rate2, "How much of each of these counts", "N" },
  { "ridge", 0, 0, G_OPTION_ARG_DOUBLE, &option_ridge, "Keeps leaves small", "N" },
  { "least", 0, 0, G_OPTION_ARG_DOUBLE, &option_least, "Weight of a leaf", "N" },
  { "seed", 0, 0, G_OPTION_ARG_INT, &option_seed, "Seed", "N" },
  { "skip", 0, 0, G_OPTION_ARG_STRING, &option_skip, "Corpora to leave out, with commas", "NAMES" },
  { "predictions", 0, 0, G_OPTION_ARG_FILENAME, &option_predictions, "What is read of each page by trees that have not seen it", "FILE" },
  { "rare", 0, 0, G_OPTION_ARG_STRING, &option_rare, "A corpus of which there should be more", "NAME" },
  { "rare-weight", 0, 0, G_OPTION_ARG_DOUBLE, &option_rare_weight, "How much its pages count", "N" },
  { "gains", 0, 0, G_OPTION_ARG_NONE, &option_gains, "Say what each number brought", NULL },
  { NULL },
};

static GHashTable *all_words;  /* word -> WordCount of the pages in training */
static GHashTable *own_words;  /* of the page whose features are made, when in training */

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
parse_page (Page *page)
{
  g_autofree char *file = g_strconcat (page->name, ".html.gz", NULL);
  g_autofree char *path = g_build_filename (option_data, file, NULL);
  g_autoptr (GBytes) bytes = read_gzip (path);

  page->document = dra_html_parse (bytes, page->name, NULL, NULL);
  if (page->document == NULL)
    return;
  page->metadata = dra_html_metadata_find (page->document, NULL);
}

static void
cut_page (Page *page)
{
  g_clear_pointer (&page->segments, dra_html_segments_free);
  page->segments = dra_html_cut (xmlDocGetRootElement (page->document));
}

static int
word_weight (guint32 hash)
{
  const WordCount *all = g_hash_table_lookup (all_words, GUINT_TO_POINTER (hash));
  const WordCount *own = own_words != NULL ? g_hash_table_lookup (own_words, GUINT_TO_POINTER (hash)) : NULL;
  double with, without;

  if (all == NULL || all->pages < MIN_PAGES + (own != NULL))
    return 0;
  with = all->with - (own != NULL ? own->with : 0);
  without = all->without - (own != NULL ? own->without : 0);

  return (int) CLAMP (lround (WORD_SCALE * log ((with + WORD_RIDGE) / (without + WORD_RIDGE))), -60, 60);
}

/* Words of the elements around each block, once for each block. */
typedef struct
{
  Page   *page;
  double  with;
  double  without;
} Count;

static void
count_word (guint32  hash,
            gpointer data)
{
  Count *count = data;
  WordCount *word = g_hash_table_lookup (count->page->words, GUINT_TO_POINTER (hash));

  if (word == NULL)
    {
      word = g_new0 (WordCount, 1);
      g_hash_table_insert (count->page->words, GUINT_TO_POINTER (hash), word);
    }
  word->with = MAX (word->with, count->with);
  word->without = MAX (word->without, count->without);
}

/* Each element of a page speaks by the shares of what is in it. */
static void
count_words (Page        *page,
             const float *labels)
{
  DraHtmlSegments *segments = page->segments;
  guint n = segments->blocks->len;
  g_autofree double *with = g_new0 (double, n + 1);
  g_autofree double *all = g_new0 (double, n + 1);

  page->words = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  for (guint i = 0; i < n; i++)
    {
      const DraHtmlBlock *block = dra_html_segments_block (segments, i);
      double weight = sqrt (block->end_token - block->first_token);

      with[i + 1] = with[i] + weight * labels[i];
      all[i + 1] = all[i] + weight;
    }
  for (guint e = 0; e < segments->elements->len; e++)
    {
      const DraHtmlElement *element = dra_html_segments_element (segments, e);
      double in = with[element->end_block] - with[element->first_block];
      double sum = all[element->end_block] - all[element->first_block];
      Count count = { page, 0, 0 };

      if (sum <= 0)
        continue;
      count.with = in / sum;
      count.without = 1 - in / sum;
      dra_html_each_word (element->node, count_word, &count);
    }
}

static void
add_words (const Page *page)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, page->words);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const WordCount *own = value;
      WordCount *all = g_hash_table_lookup (all_words, key);

      if (all == NULL)
        {
          all = g_new0 (WordCount, 1);
          g_hash_table_insert (all_words, key, all);
        }
      all->with += own->with;
      all->without += own->without;
      all->pages++;
    }
}

static guint
hash_name (const char *name)
{
  guint hash = 5381;

  for (; *name != '\0'; name++)
    hash = hash * 33 + (guchar) *name;

  return hash ^ hash >> 7 ^ hash >> 15;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp ((*(Page *const *) a)->name, (*(Page *const *) b)->name);
}

static void
page_free (gpointer data)
{
  Page *page = data;

  g_free (page->name);
  g_free (page->corpus);
  g_free (page->gold);
  g_clear_pointer (&page->gold_tokens, g_array_unref);
  g_clear_pointer (&page->segments, dra_html_segments_free);
  g_clear_pointer (&page->metadata, dra_html_metadata_free);
  g_clear_pointer (&page->document, dra_html_document_free);
  g_clear_pointer (&page->words, g_hash_table_unref);
  g_free (page);
}

static GPtrArray *
load_pages (void)
{
  GPtrArray *pages = g_ptr_array_new_with_free_func (page_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (option_data, 0, &error);
  g_auto (GStrv) skipped = g_strsplit (option_skip != NULL ? option_skip : "", ",", -1);
  const char *file;

  if (dir == NULL)
    g_error ("%s", error->message);
  while ((file = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = NULL;
      g_auto (GStrv) parts = NULL;
      g_autoptr (GArray) tokens = NULL;
      Page *page;
      char *gold;

      if (!g_str_has_suffix (file, ".gold.txt"))
        continue;
      parts = g_strsplit (file, "__", 2);
      if (g_strv_contains ((const char *const *) skipped, parts[0]))
        continue;
      path = g_build_filename (option_data, file, NULL);
      if (!g_file_get_contents (path, &gold, NULL, NULL))
        continue;
      tokens = g_array_new (FALSE, FALSE, sizeof (guint32));
      dra_html_tokenize (gold, tokens);
      if (tokens->len < MIN_GOLD)
        {
          g_free (gold);
          continue;
        }
      page = g_new0 (Page, 1);
      page->name = g_strndup (file, strlen (file) - strlen (".gold.txt"));
      page->corpus = g_strdup (parts[0]);
      page->gold = gold;
      page->gold_tokens = g_steal_pointer (&tokens);
      page->fold = hash_name (page->name) % MAX (option_folds, 1);
      page->inner = hash_name (page->name) / 64 % N_INNER;
      g_ptr_array_add (pages, page);
    }
  g_ptr_array_sort (pages, compare_names);
  for (guint i = pages->len; i > 0; i--)
    {
      parse_page (pages->pdata[i - 1]);
      if (((Page *) pages->pdata[i - 1])->document == NULL)
        g_ptr_array_remove_index (pages, i - 1);
    }

  return pages;
}

/* The matrix of all pages. */
typedef struct
{
  GPtrArray *pages;
  guint      n_rows;
  gint16    *values;
  float     *labels;
  float     *weights;
  guint     *groups;
  float     *scores; /* of the last prediction */
} Matrix;

static void
label_pages (Matrix *matrix)
{
  for (guint i = 0; i < matrix->pages->len; i++)
    {
      Page *page = matrix->pages->pdata[i];

      cut_page (page);
      page->first = matrix->n_rows;
      matrix->n_rows += page->segments->blocks->len;
      page->end = matrix->n_rows;
    }
  matrix->values = g_new0 (gint16, (gsize) matrix->n_rows * DRA_HTML_N_FEATURES);
  matrix->labels = g_new0 (float, matrix->n_rows);
  matrix->weights = g_new0 (float, matrix->n_rows);
  matrix->groups = g_new0 (guint, matrix->n_rows);
  matrix->scores = g_new0 (float, matrix->n_rows);
  for (guint i = 0; i < matrix->pages->len; i++)
    {
      Page *page = matrix->pages->pdata[i];
      double norm = 100.0 / MAX (page->gold_tokens->len, 150);

      if (g_strcmp0 (page->corpus, option_rare) == 0)
        norm *= option_rare_weight;

      dra_align_blocks (page->segments, page->gold, matrix->labels + page->first);
      count_words (page, matrix->labels + page->first);
      for (guint k = page->first; k < page->end; k++)
        {
          const DraHtmlBlock *block = dra_html_segments_block (page->segments, k - page->first);

          matrix->groups[k] = i;
          matrix->weights[k] = (float) (norm * (1 + MIN (block->end_token - block->first_token, 400)));
        }
    }
}

static void
make_features (Matrix *matrix,
               int     fold)
{
  all_words = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  dra_html_word_hook = word_weight;
  for (guint i = 0; i < matrix->pages->len; i++)
    if ((int) ((Page *) matrix->pages->pdata[i])->fold != fold)
      add_words (matrix->pages->pdata[i]);
  for (guint i = 0; i < matrix->pages->len; i++)
    {
      Page *page = matrix->pages->pdata[i];
      DraHtmlFeatures *features;

      own_words = (int) page->fold != fold ? page->words : NULL;
      cut_page (page);
      features = dra_html_features_new (page->segments, page->metadata);
      memcpy (matrix->values + (gsize) page->first * DRA_HTML_N_FEATURES, features->values,
              sizeof (gint16) * DRA_HTML_N_FEATURES * features->n_blocks);
      dra_html_features_free (features);
    }
}

static guint
n_base (void)
{
  const char *const *names;
  guint n = dra_html_features_names (&names);

  for (guint i = 0; i < n; i++)
    if (strcmp (names[i], "P_OWN") == 0)
      return i;
  g_assert_not_reached ();
}

static DraBoostModel *
train (Matrix *matrix,
       guint   n_features,
       int     fold,
       int     inner,
       double *gains)
{
  g_autofree guint8 *used = g_new0 (guint8, matrix->pages->len);
  DraBoostOptions options = {
    .n_trees = (guint) (n_features > n_base () ? option_trees2 : option_trees),
    .n_leaves = (guint) (n_features > n_base () ? option_leaves2 : option_leaves),
    .rate = n_features > n_base () ? option_rate2 : option_rate,
    .ridge = option_ridge, .least_weight = option_least, .columns = 0.4, .rows = 0.7, .seed = (guint) option_seed,
  };
  DraBoostData data = { .n_features = n_features };
  DraBoostModel *model;
  guint n = 0;
  gint16 *values;
  float *labels, *weights;
  guint *groups;

  for (guint i = 0; i < matrix->pages->len; i++)
    {
      const Page *page = matrix->pages->pdata[i];

      used[i] = (int) page->fold != fold && (int) page->inner != inner;
      if (used[i])
        n += page->end - page->first;
    }
  values = g_new (gint16, (gsize) n * DRA_HTML_N_FEATURES);
  labels = g_new (float, n);
  weights = g_new (float, n);
  groups = g_new (guint, n);
  for (guint i = 0; i < matrix->pages->len; i++)
    {
      const Page *page = matrix->pages->pdata[i];
      guint size = page->end - page->first;

      if (!used[i])
        continue;
      memcpy (values + (gsize) data.n_rows * DRA_HTML_N_FEATURES,
              matrix->values + (gsize) page->first * DRA_HTML_N_FEATURES,
              sizeof (gint16) * DRA_HTML_N_FEATURES * size);
      memcpy (labels + data.n_rows, matrix->labels + page->first, sizeof (float) * size);
      memcpy (weights + data.n_rows, matrix->weights + page->first, sizeof (float) * size);
      memcpy (groups + data.n_rows, matrix->groups + page->first, sizeof (guint) * size);
      data.n_rows += size;
    }
  data.values = values;
  data.labels = labels;
  data.weights = weights;
  data.groups = groups;
  model = dra_boost_train (&data, &options, gains);
  g_free (values);
  g_free (labels);
  g_free (weights);
  g_free (groups);

  return model;
}

static void
predict (Matrix              *matrix,
         const DraBoostModel *model,
         const Page          *page)
{
  for (guint k = page->first; k < page->end; k++)
    matrix->scores[k] = dra_html_logistic (dra_boost_score (model, matrix->values + (gsize) k * DRA_HTML_N_FEATURES));
}

static void
add_stage (Matrix *matrix,
           Page   *page)
{
  DraHtmlFeatures features = { page->end - page->first,
                               matrix->values + (gsize) page->first * DRA_HTML_N_FEATURES };

  dra_html_features_add_stage (&features, page->segments, matrix->scores + page->first);
}

/* Both stages without the pages of a fold; what the second sees of the first comes from
 * trees that were not made from the page. */
static void
train_both (Matrix         *matrix,
            int             fold,
            DraBoostModel **models,
            double         *gains)
{
  for (int inner = 0; inner < N_INNER; inner++)
    {
      DraBoostModel *model = train (matrix, n_base (), fold, inner, NULL);

      for (guint i = 0; i < matrix->pages->len; i++)
        {
          Page *page = matrix->pages->pdata[i];

          if ((int) page->inner == inner)
            predict (matrix, model, page);
        }
      dra_boost_free (model);
    }
  models[0] = train (matrix, n_base (), fold, -1, NULL);
  for (guint i = 0; i < matrix->pages->len; i++)
    {
      Page *page = matrix->pages->pdata[i];

      if ((int) page->fold == fold)
        predict (matrix, models[0], page);
      add_stage (matrix, page);
    }
  models[1] = train (matrix, dra_html_features_names (NULL), fold, -1, gains);
}

static double
score_page (Page         *page,
            const guint8 *kept)
{
  g_autoptr (GArray) tokens = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint i = 0; i < page->segments->blocks->len; i++)
    {
      const DraHtmlBlock *block = dra_html_segments_block (page->segments, i);

      if (kept[i])
        g_array_append_vals (tokens, &g_array_index (page->segments->tokens, guint32, block->first_token),
                             block->end_token - block->first_token);
    }

  return dra_align_score ((const guint32 *) (gpointer) tokens->data, tokens->len,
                          (const guint32 *) (gpointer) page->gold_tokens->data, page->gold_tokens->len);
}

/* What was kept wrongly (+) and lost (-), with its probability: for people to look at. */
static void
dump_page (Page         *page,
           const Matrix *matrix,
           const guint8 *kept,
           double        score,
           double        best)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *path = g_build_filename (option_dump, page->name, NULL);
  g_autofree GString **texts = g_new0 (GString *, page->segments->blocks->len + 1);

  g_string_append_printf (out, "%s F %.3f of %.3f\n", page->name, score, best);
  for (guint i = 0; i < page->segments->texts->len; i++)
    {
      const DraHtmlTextNode *text = &g_array_index (page->segments->texts, DraHtmlTextNode, i);

      if (texts[text->block] == NULL)
        texts[text->block] = g_string_new (NULL);
      g_string_append (texts[text->block], (const char *) text->node->content);
    }
  for (guint i = 0; i < page->segments->blocks->len; i++)
    {
      const DraHtmlBlock *block = dra_html_segments_block (page->segments, i);
      const DraHtmlElement *element = dra_html_segments_element (page->segments, block->element);
      const char *class = dra_html_get_attribute (element->node, "class");
      gboolean gold = matrix->labels[page->first + i] > 0;

      g_string_append_printf (out, "%c %.2f %c <%s %.30s> ", kept[i] != gold ? (kept[i] ? '+' : '-') : kept[i] ? '=' : ' ',
                              (double) matrix->scores[page->first + i], gold ? 'G' : '.', element->node->name,
                              class != NULL ? class : "");
      for (const char *p = texts[i]->str; *p != '\0'; p++)
        g_string_append_c (out, g_ascii_isspace (*p) ? ' ' : *p);
      g_string_append_c (out, '\n');
      g_string_free (texts[i], TRUE);
    }
  g_file_set_contents (path, out->str, (gssize) out->len, NULL);
}

/* All of the reader, with the trees that are there now. */
static void
write_prediction (const Page *page,
                  GString    *lines)
{
  g_autofree char *file = g_strconcat (page->name, ".html.gz", NULL);
  g_autofree char *path = g_build_filename (option_data, file, NULL);
  g_autoptr (GBytes) bytes = read_gzip (path);
  g_autoptr (DraReading) reading = dra_html_read (bytes, page->name, NULL, NULL);
  g_autoptr (JsonBuilder) json = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *line = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (reading != NULL)
    {
      const char *all = dra_article_get_text (reading->article, NULL);
      guint n_blocks;
      const DraBlock *blocks = dra_article_get_blocks (reading->article, &n_blocks);

      for (guint i = 0; i < n_blocks; i++)
        if (blocks[i].kind != DRA_BLOCK_IMAGE && blocks[i].kind != DRA_BLOCK_TITLE)
          {
            g_string_append_len (text, all + blocks[i].range.start,
                                 (gssize) (blocks[i].range.end - blocks[i].range.start));
            g_string_append_c (text, '\n');
          }
    }
  json_builder_begin_object (json);
  json_builder_set_member_name (json, "name");
  json_builder_add_string_value (json, page->name);
  json_builder_set_member_name (json, reading != NULL ? "text" : "error");
  json_builder_add_string_value (json, reading != NULL ? text->str : "not read");
  json_builder_end_object (json);
  root = json_builder_get_root (json);
  line = json_to_string (root, FALSE);
  g_string_append_printf (lines, "%s\n", line);
}

static void
write_predictions (Matrix         *matrix,
                   DraBoostModel **models,
                   int             fold,
                   GString        *lines)
{
  DraHtmlForest forests[2];

  for (guint i = 0; i < 2; i++)
    forests[i] = (DraHtmlForest) { (const DraHtmlTreeNode *) (gpointer) models[i]->nodes->data,
                                   (const guint32 *) (gpointer) models[i]->roots->data, models[i]->roots->len,
                                   models[i]->bias };
  dra_html_forest_hook = forests;
  own_words = NULL;
  for (guint i = 0; i < matrix->pages->len; i++)
    {
      const Page *page = matrix->pages->pdata[i];

      if ((int) page->fold == fold)
        write_prediction (page, lines);
    }
  dra_html_forest_hook = NULL;
}

typedef struct
{
  double sum;
  double best;
  guint  n;
} Mean;

static void
report (GHashTable *means,
        const char *corpus,
        double      score,
        double      best)
{
  Mean *mean = g_hash_table_lookup (means, corpus);

  if (mean == NULL)
    {
      mean = g_new0 (Mean, 1);
      g_hash_table_insert (means, (gpointer) corpus, mean);
    }
  mean->sum += score;
  mean->best += best;
  mean->n++;
}

static void
evaluate (Matrix              *matrix,
          const DraBoostModel *model,
          int                  fold,
          GHashTable          *means)
{
  for (guint i = 0; i < matrix->pages->len; i++)
    {
      Page *page = matrix->pages->pdata[i];
      guint n = page->end - page->first;
      g_autofree guint8 *kept = g_new0 (guint8, n);
      double score, best;

      if ((int) page->fold != fold)
        continue;
      for (guint k = 0; k < n; k++)
        kept[k] = matrix->labels[page->first + k] > 0;
      best = score_page (page, kept);
      if (model != NULL)
        predict (matrix, model, page);
      dra_html_choose (page->segments, matrix->scores + page->first, kept);
      score = score_page (page, kept);
      report (means, page->corpus, score, best);
      if (strcmp (page->corpus, "wcxbother") != 0 && strcmp (page->corpus, "mozilla") != 0)
        report (means, "ARTICLES", score, best);
      if (option_dump != NULL && model != NULL)
        dump_page (page, matrix, kept, score, best);
    }
}

static void
print_means (const char *title,
             GHashTable *means)
{
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (means), (GCompareFunc) strcmp);

  g_print ("%s\n", title);
  for (GList *l = keys; l != NULL; l = l->next)
    {
      const Mean *mean = g_hash_table_lookup (means, l->data);

      g_print ("  %-12s %4u pages  F %.4f  (with every block right %.4f)\n", (const char *) l->data, mean->n,
               mean->sum / mean->n, mean->best / mean->n);
    }
}

static void
print_gains (const double *gains)
{
  const char *const *names;
  guint n = dra_html_features_names (&names);
  g_autofree double *left = g_memdup2 (gains, n * sizeof *gains);

  for (guint k = 0; k < n; k++)
    {
      guint best = 0;

      for (guint i = 1; i < n; i++)
        if (left[i] > left[best])
          best = i;
      g_print ("%s%s %.0f", k > 0 ? ", " : "gains: ", names[best], left[best]);
      left[best] = -1;
    }
  g_print ("\n");
}

static void
cross_validate (Matrix *matrix)
{
  g_autoptr (GHashTable) first = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr (GHashTable) second = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr (GString) lines = g_string_new (NULL);
  double gains[DRA_HTML_N_FEATURES] = { 0 };

  for (int fold = 0; fold < option_folds; fold++)
    {
      DraBoostModel *models[2];

      make_features (matrix, fold);
      train_both (matrix, fold, models, gains);
      evaluate (matrix, NULL, fold, first);
      evaluate (matrix, models[1], fold, second);
      if (option_predictions != NULL)
        write_predictions (matrix, models, fold, lines);
      dra_boost_free (models[0]);
      dra_boost_free (models[1]);
    }
  if (option_predictions != NULL)
    g_file_set_contents (option_predictions, lines->str, (gssize) lines->len, NULL);
  print_means ("first stage", first);
  print_means ("both stages", second);
  if (option_gains)
    print_gains (gains);
}

static int
compare_hashes (gconstpointer a,
                gconstpointer b)
{
  guint32 first = GPOINTER_TO_UINT (a);
  guint32 second = GPOINTER_TO_UINT (b);

  return first < second ? -1 : first > second;
}

static void
write_forest (GString             *out,
              const DraBoostModel *model,
              guint                stage)
{
  g_string_append_printf (out, "static const DraHtmlTreeNode nodes_%u[] = {", stage);
  for (guint i = 0; i < model->nodes->len; i++)
    {
      const DraHtmlTreeNode *node = &g_array_index (model->nodes, DraHtmlTreeNode, i);

      g_string_append_printf (out, "%s{%d,%d,%d,%d},", i % 5 == 0 ? "\n  " : " ", node->feature,
                              node->threshold, node->left, node->right);
    }
  g_string_append_printf (out, "\n};\n\nstatic const guint32 roots_%u[] = {", stage);
  for (guint i = 0; i < model->roots->len; i++)
    g_string_append_printf (out, "%s%u,", i % 12 == 0 ? "\n  " : " ", g_array_index (model->roots, guint32, i));
  g_string_append (out, "\n};\n\n");
}

static void
write_words (GString *out)
{
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (all_words), compare_hashes);
  guint n = 0;

  own_words = NULL;
  g_string_append (out, "const DraHtmlWord dra_html_words[] = {");
  for (GList *l = keys; l != NULL; l = l->next)
    {
      int weight = word_weight (GPOINTER_TO_UINT (l->data));

      if (weight != 0)
        g_string_append_printf (out, "%s{0x%08x,%d},", n++ % 4 == 0 ? "\n  " : " ", GPOINTER_TO_UINT (l->data), weight);
    }
  g_string_append (out, "\n};\n\nconst guint dra_html_n_words = G_N_ELEMENTS (dra_html_words);\n");
}

static void
write_model (Matrix *matrix)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  DraBoostModel *models[2];

  make_features (matrix, -1);
  train_both (matrix, -1, models, NULL);
  g_string_append_printf (out,
    "/* dra-html-extract-model.c: trees and weights of words, made by dra-train-extract.\n"
    " *\n"
    " * Made from %u pages; a table of numbers, not to be edited.\n"
    " *\n"
    " * SPDX-License-Identifier: GPL-3.0-or-later\n"
    " */\n"
    "#include \"readers/dra-html-extract-private.h\"\n\n", matrix->pages->len);
  for (guint stage = 0; stage < 2; stage++)
    write_forest (out, models[stage], stage);
  g_string_append (out, "const DraHtmlForest dra_html_forests[2] = {\n");
  for (guint stage = 0; stage < 2; stage++)
    g_string_append_printf (out, "  { nodes_%u, roots_%u, G_N_ELEMENTS (roots_%u), %.6ff },\n", stage, stage, stage,
                            (double) models[stage]->bias);
  g_string_append (out, "};\n\n");
  write_words (out);
  g_file_set_contents (option_output, out->str, (gssize) out->len, &error);
  g_assert_no_error (error);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  Matrix matrix = { 0 };

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || option_data == NULL)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "--data is missing");
      return 2;
    }
  matrix.pages = load_pages ();
  label_pages (&matrix);
  g_print ("%u pages, %u blocks\n", matrix.pages->len, matrix.n_rows);
  if (option_folds > 0)
    cross_validate (&matrix);
  if (option_output != NULL)
    write_model (&matrix);

  return 0;
}
