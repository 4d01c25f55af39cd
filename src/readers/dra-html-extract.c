/* dra-html-extract.c: the article in a page, without what is around it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-html-extract.h"

#include <stdlib.h>
#include <string.h>

#include "readers/dra-html-extract-private.h"

#define MIN_SEEN 1200       /* characters: a page with less may be one that hides itself */
#define MAX_BEFORE_TITLE 4  /* kept blocks among which the title may stand */
#define MAX_PLAIN_WORDS 3   /* elements of a plain page whose class or name means something */

struct _DraHtmlExtract
{
  DraHtmlSegments *segments;
  guint8          *kept;     /* of each block */
  guint32         *n_kept;   /* running sums, one more than blocks */
  gboolean         whole;
};

typedef struct
{
  float probability;
  guint block;
} Choice;

static int
compare_choices (gconstpointer a,
                 gconstpointer b)
{
  const Choice *first = a;
  const Choice *second = b;

  if (first->probability != second->probability)
    return first->probability < second->probability ? 1 : -1;

  return first->block < second->block ? -1 : first->block > second->block;
}

/* What stands over advertisements; one word is too little for the trees to be sure of. */
static const char labels[] =
  "advertisement advertisements anzeige werbung publicité publicidad publicidade pubblicità advertentie реклама reklama "
  "reklam annonse annons mainos oglas διαφήμιση iklan";

/* Of these labels, the ones in English also at the end of "Story continues below ...". */
#define N_ENGLISH 2
#define MAX_LABEL 6

static void
drop_labels (DraHtmlSegments *segments,
             guint8          *kept)
{
  g_autoptr (GArray) words = g_array_new (FALSE, FALSE, sizeof (guint32));

  dra_html_tokenize (labels, words);
  for (guint i = 0; i < segments->blocks->len; i++)
    {
      const DraHtmlBlock *block = dra_html_segments_block (segments, i);
      guint n = block->end_token - block->first_token;
      guint32 last;

      if (!kept[i] || n == 0 || n > MAX_LABEL)
        continue;
      last = g_array_index (segments->tokens, guint32, block->end_token - 1);
      for (guint k = 0; k < (n == 1 ? words->len : N_ENGLISH); k++)
        if (g_array_index (words, guint32, k) == last)
          kept[i] = 0;
    }
}

/**
 * dra_html_choose:
 * @segments: the blocks of a page
 * @probabilities: that each is of the article
 * @kept: (array): set to 1 for the blocks that make the best article, else 0
 *
 * Takes the most likely blocks, as many as give the best expected F1 over words: fewer than
 * half sure are enough where much is at stake (Lipton et al., "Optimal thresholding", 2014).
 * Labels of advertisements are never taken.
 */
void
dra_html_choose (DraHtmlSegments *segments,
                 const float     *probabilities,
                 guint8          *kept)
{
  guint n = segments->blocks->len;
  g_autofree Choice *choices = g_new (Choice, n);
  double expected = 0, right = 0, taken = 0, best = 0;
  guint n_best = 0;

  memset (kept, 0, n);
  for (guint i = 0; i < n; i++)
    {
      const DraHtmlBlock *block = dra_html_segments_block (segments, i);

      choices[i] = (Choice) { probabilities[i], i };
      expected += probabilities[i] * (block->end_token - block->first_token);
    }
  if (n > 0)
    qsort (choices, n, sizeof *choices, compare_choices);
  for (guint i = 0; i < n; i++)
    {
      const DraHtmlBlock *block = dra_html_segments_block (segments, choices[i].block);
      double score;

      right += choices[i].probability * (block->end_token - block->first_token);
      taken += block->end_token - block->first_token;
      score = taken + expected > 0 ? 2 * right / (taken + expected) : 0;
      if (score >= best)
        {
          best = score;
          n_best = i + 1;
        }
    }
  for (guint i = 0; i < n_best; i++)
    kept[choices[i].block] = 1;
  drop_labels (segments, kept);
}

/* Nodes remember their element or block by a number that tells the two apart: odd for
 * texts.  Only the tree that was cut has any. */
static void
mark_nodes (DraHtmlSegments *segments)
{
  for (guint i = 0; i < segments->elements->len; i++)
    ((xmlNode *) dra_html_segments_element (segments, i)->node)->_private = GSIZE_TO_POINTER (((gsize) i + 1) * 2);
  for (guint i = 0; i < segments->texts->len; i++)
    {
      const DraHtmlTextNode *text = &g_array_index (segments->texts, DraHtmlTextNode, i);

      ((xmlNode *) text->node)->_private = GSIZE_TO_POINTER ((gsize) text->block * 2 + 1);
    }
}

static guint32
count_chars (DraHtmlSegments *segments)
{
  guint32 n = 0;

  for (guint i = 0; i < segments->blocks->len; i++)
    n += dra_html_segments_block (segments, i)->n_chars;

  return n;
}

/**
 * dra_html_cut:
 * @root: the root element of a page
 *
 * Cuts a page into blocks: what is seen of it, or all of it when it hides itself until its
 * script has run.
 *
 * Returns: (transfer full): the blocks
 */
DraHtmlSegments *
dra_html_cut (const xmlNode *root)
{
  DraHtmlSegments *seen = dra_html_segments_new (root, FALSE);
  DraHtmlSegments *all;

  if (count_chars (seen) >= MIN_SEEN)
    return seen;
  all = dra_html_segments_new (root, TRUE);
  if (count_chars (all) < 3 * count_chars (seen))
    {
      dra_html_segments_free (all);
      return seen;
    }
  dra_html_segments_free (seen);

  return all;
}

/* What each block is worth, by both stages. */
static float *
find_probabilities (DraHtmlSegments       *segments,
                    const DraHtmlMetadata *metadata)
{
  const DraHtmlForest *forests = dra_html_forest_hook != NULL ? dra_html_forest_hook : dra_html_forests;
  DraHtmlFeatures *features = dra_html_features_new (segments, metadata);
  float *probabilities = g_new (float, features->n_blocks + 1);

  for (guint stage = 0; stage < G_N_ELEMENTS (dra_html_forests); stage++)
    {
      if (stage > 0)
        dra_html_features_add_stage (features, segments, probabilities);
      dra_html_forest_score_rows (&forests[stage], features->values, features->n_blocks, probabilities);
      for (guint i = 0; i < features->n_blocks; i++)
        probabilities[i] = dra_html_logistic (probabilities[i]);
    }
  dra_html_features_free (features);

  return probabilities;
}

/* Whether a block says what the title says, and no more. */
static gboolean
is_title (DraHtmlSegments    *segments,
          const DraHtmlBlock *block,
          GArray             *title)
{
  return title->len > 0 && block->end_token - block->first_token == title->len
         && memcmp (&g_array_index (segments->tokens, guint32, block->first_token), title->data,
                    title->len * sizeof (guint32)) == 0;
}

/* The title is told apart from the text: it is written above it. */
static void
drop_title (DraHtmlSegments       *segments,
            const DraHtmlMetadata *metadata,
            guint8                *kept)
{
  g_autoptr (GArray) title = NULL;

  if (metadata == NULL || metadata->title == NULL)
    return;
  for (guint i = 0; i < segments->elements->len && metadata->title_node != NULL; i++)
    {
      const DraHtmlElement *element = dra_html_segments_element (segments, i);

      if (element->node != metadata->title_node || element->tag < DRA_HTML_H1 || element->tag > DRA_HTML_H6)
        continue;
      memset (kept + element->first_block, 0, element->end_block - element->first_block);
      break;
    }
  title = g_array_new (FALSE, FALSE, sizeof (guint32));
  dra_html_tokenize (metadata->title, title);
  for (guint i = 0, seen = 0; i < segments->blocks->len && seen < MAX_BEFORE_TITLE; i++)
    {
      if (!kept[i])
        continue;
      seen++;
      if (is_title (segments, dra_html_segments_block (segments, i), title))
        kept[i] = 0;
    }
}

/* A page without any of what sites put around articles: a plain document, a fragment, an
 * old page, a list.  Nothing is to be cut from such a page. */
static gboolean
is_plain (DraHtmlSegments *segments)
{
  guint n_words = 0;

  for (guint i = 0; i < segments->elements->len; i++)
    {
      const DraHtmlElement *element = dra_html_segments_element (segments, i);

      n_words += element->words != 0 || element->tag == DRA_HTML_NAV || element->tag == DRA_HTML_ASIDE
                 || element->tag == DRA_HTML_FOOTER || element->tag == DRA_HTML_ARTICLE
                 || element->tag == DRA_HTML_MAIN;
    }

  return n_words <= MAX_PLAIN_WORDS;
}

/**
 * dra_html_extract_new:
 * @root: the root element of a page
 * @metadata: (nullable): what is known of the page
 *
 * Finds the article.  The nodes of the page are marked, so one page has one extract at a
 * time.  Takes time in proportion to the size of the page.
 *
 * Returns: (transfer full): what is the article
 */
DraHtmlExtract *
dra_html_extract_new (xmlNode               *root,
                      const DraHtmlMetadata *metadata)
{
  DraHtmlExtract *self = g_new0 (DraHtmlExtract, 1);
  g_autofree float *probabilities = NULL;
  guint n;

  g_return_val_if_fail (root != NULL, NULL);

  self->segments = dra_html_cut (root);
  n = self->segments->blocks->len;
  self->kept = g_new0 (guint8, n + 1);
  self->n_kept = g_new0 (guint32, n + 1);
  self->whole = is_plain (self->segments);
  if (!self->whole)
    {
      probabilities = find_probabilities (self->segments, metadata);
      dra_html_choose (self->segments, probabilities, self->kept);
      drop_title (self->segments, metadata, self->kept);
    }
  for (guint i = 0; i < n; i++)
    self->n_kept[i + 1] = self->n_kept[i] + self->kept[i];
  self->whole = self->whole || self->n_kept[n] == 0 || self->n_kept[n] == n;
  mark_nodes (self->segments);

  return self;
}

/**
 * dra_html_extract_free:
 * @self: (nullable): an extract
 */
void
dra_html_extract_free (DraHtmlExtract *self)
{
  if (self == NULL)
    return;
  dra_html_segments_free (self->segments);
  g_free (self->kept);
  g_free (self->n_kept);
  g_free (self);
}

/**
 * dra_html_extract_is_whole:
 * @self: an extract
 *
 * Returns: whether nothing is to be left out of the page
 */
gboolean
dra_html_extract_is_whole (DraHtmlExtract *self)
{
  return self->whole;
}

/**
 * dra_html_extract_shows_hidden:
 * @self: an extract
 *
 * Returns: whether what is marked as hidden is the page
 */
gboolean
dra_html_extract_shows_hidden (DraHtmlExtract *self)
{
  return self->segments->hidden;
}

/* Images and the like stand with the text before or after them. */
static gboolean
is_beside_kept (DraHtmlExtract       *self,
                const DraHtmlElement *element)
{
  guint n = self->segments->blocks->len;
  const DraHtmlBlock *block;
  const DraHtmlElement *around;
  guint before, next;
  guint32 index;

  for (;;)
    {
      around = dra_html_segments_element (self->segments, element->parent);
      if ((around->flags & DRA_HTML_IN_FIGURE) == 0 || around == element)
        break;
      element = around;
    }
  before = element->first_block;
  next = element->end_block;
  if (next < n && self->kept[next])
    return TRUE;
  if (before == 0 || !self->kept[before - 1])
    return FALSE;
  /* Behind the end of the article: only in the same container. */
  block = dra_html_segments_block (self->segments, before - 1);
  index = dra_html_segments_element (self->segments, block->element)->parent;
  around = dra_html_segments_element (self->segments, index);

  return element->parent >= index && element->parent < around->end;
}

/**
 * dra_html_extract_filter:
 * @node: a node of the page
 * @self: a #DraHtmlExtract
 *
 * A #DraHtmlFilterFunc.
 *
 * Returns: whether the node is around the article
 */
gboolean
dra_html_extract_filter (const xmlNode *node,
                         gpointer       self)
{
  DraHtmlExtract *extract = self;
  gsize mark = GPOINTER_TO_SIZE (node->_private);
  const DraHtmlElement *element;

  if (mark == 0 || extract->whole)
    return FALSE;
  if (mark % 2 == 1)
    return !extract->kept[mark / 2];
  element = dra_html_segments_element (extract->segments, mark / 2 - 1);
  if (extract->n_kept[element->end_block] > extract->n_kept[element->first_block])
    return FALSE;
  /* A picture stays also where its caption goes. */
  if (element->first_block < element->end_block
      && (element->n_images == 0 || (element->flags & DRA_HTML_IN_FIGURE) == 0))
    return TRUE;

  return !is_beside_kept (extract, element);
}
