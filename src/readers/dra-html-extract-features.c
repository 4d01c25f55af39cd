/* dra-html-extract-features.c: each block of a page as a row of numbers.
 *
 * What is said of it: its own text, its place, the elements around it, the containers it is
 * in and what else these hold, its neighbours, and how it stands to the element that holds
 * most of the page's prose (dra-html-extract-page.c).  All are small integers, so that the
 * same page gives the same article on every machine.  Everything is got from running sums in
 * one pass.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-html-extract-page.h"

#include <math.h>

#define N_LEVELS 4  /* containers that are looked at */
#define MAX_UP 12   /* ancestors that are looked at */
#define FAR 99      /* of distances in blocks */

#define FLAGS(F)                                                                               \
  F (ARTICLE) F (MAIN) F (NAV) F (ASIDE) F (HEADER) F (FOOTER) F (FORM) F (LIST) F (TABLE)     \
  F (FIGURE) F (BODY_PROPERTY) F (COMMENT_TYPE) F (DIALOG) F (QUOTE) F (PRE) F (CAPTION)       \
  F (SECTION) F (HIDDEN) F (HEADING)

#define LEVEL_FEATURES(F, N)                                                                   \
  F (LEVEL##N##_BLOCKS) F (LEVEL##N##_CHARS) F (LEVEL##N##_LINKED) F (LEVEL##N##_PROSE)        \
  F (LEVEL##N##_SHARE) F (LEVEL##N##_CONTROLS) F (LEVEL##N##_WORDS)

#define NEIGHBOUR_FEATURES(F, N)                                                               \
  F (N##_CHARS) F (N##_LINKED) F (N##_STOPS) F (N##_HEADING) F (N##_SAME_PATH) F (N##_LAST)

#define FEATURES(F)                                                                            \
  F (CHARS) F (TOKENS) F (LINKED) F (LINKS) F (BOLD) F (STOPS) F (STOP_RATE) F (COMMA_RATE)    \
  F (DIGITS) F (UPPER) F (MARKS) F (LAST) F (FIRST) F (WORD_LENGTH) F (IS_P) F (HEADING_LEVEL) \
  F (IS_LI) F (IS_ROW) F (IS_DIV) F (IS_INLINE) F (BR) F (IMAGES) F (DEPTH)                    \
  F (WORDS_INNER) F (WORDS_OWN) F (WORDS_LEAST) F (WORDS_MOST) F (WORDS_SUM) F (WORDS_NEAR)    \
  LEVEL_FEATURES (F, 1) LEVEL_FEATURES (F, 2) LEVEL_FEATURES (F, 3) LEVEL_FEATURES (F, 4)      \
  F (IN_CENTER) F (CENTER_UP) F (CENTER_SHARE) F (CENTER_PLACE) F (TOP_UP) F (TOP_DOWN)        \
  F (TOP_SHARE) F (TOP_PATH) F (GROUP_COUNT) F (GROUP_WORDS) F (GROUP_LINKED) F (GROUP_PROSE)  \
  F (REPEAT_COUNT) F (REPEAT_CHARS) F (REPEAT_LINKED)                                          \
  F (PLACE) F (PROSE_BEFORE) F (PROSE_AFTER) F (PROSE_BACK) F (PROSE_AHEAD) F (SINCE_TITLE)    \
  F (TITLE_MATCH) F (IS_TITLE) F (IS_BYLINE) F (IS_DATE) F (BODY_MATCH) F (COPIES) F (COPY)    \
  F (KNOWN_WORDS) F (ARTICLE_NUMBER) F (ARTICLE_SHARE)                                         \
  NEIGHBOUR_FEATURES (F, PREVIOUS) NEIGHBOUR_FEATURES (F, BEFORE)                              \
  NEIGHBOUR_FEATURES (F, NEXT) NEIGHBOUR_FEATURES (F, AFTER)                                   \
  F (WINDOW) F (PAGE_BLOCKS) F (PAGE_PROSE) F (PAGE_LINKED) F (PAGE_ARTICLES)           \
  F (REPLIES_SINCE) F (REPLIES_NEAR) F (REPLIES_AHEAD)

/* What the first stage says of the blocks around: in percent. */
#define STAGE_FEATURES(F)                                                                      \
  F (P_OWN) F (P_1) F (P_2) F (P_3) F (N_1) F (N_2) F (N_3) F (P_WINDOW) F (P_GROUP)           \
  F (P_LEVEL1) F (P_LEVEL2) F (P_LEVEL3) F (P_LEVEL4) F (MASS_BEFORE) F (MASS_AFTER)           \
  F (MASS_BACK) F (MASS_AHEAD) F (MASS_PAGE)

#define ENUM(NAME) F_##NAME,
#define FLAG_ENUM(NAME) F_IN_##NAME,
#define NAME(NAME) #NAME,
#define FLAG_NAME(NAME) "IN_" #NAME,

enum
{
  FEATURES (ENUM)
  FLAGS (FLAG_ENUM)
  N_BASE,
  STAGE_START = N_BASE - 1,
  STAGE_FEATURES (ENUM)
  N_ALL,
};

static const char *const feature_names[] = { FEATURES (NAME) FLAGS (FLAG_NAME) STAGE_FEATURES (NAME) };

G_STATIC_ASSERT (N_ALL <= DRA_HTML_N_FEATURES);

#define N_SCALED 1024

static gint16 scaled[N_SCALED];

static inline gint16
scale_any (guint32 value)
{
  return (gint16) (16 * log2f (1.0f + (float) value));
}

static void
fill_scaled (void)
{
  static gsize once = 0;

  if (!g_once_init_enter (&once))
    return;
  for (guint32 i = 0; i < N_SCALED; i++)
    scaled[i] = scale_any (i);
  g_once_init_leave (&once, 1);
}

static inline gint16
scale (guint32 value)
{
  return value < N_SCALED ? scaled[value] : scale_any (value);
}

static inline gint16
percent (guint32 part,
         guint32 whole)
{
  return whole == 0 ? 0 : (gint16) ((guint64) part * 100 / whole);
}

static int
kind_of_char (gunichar c)
{
  if (c == '.' || c == '!' || c == '?' || c == 0x3002 || c == 0x2026)
    return 3;
  if (c == '"' || c == '\'' || c == 0x201C || c == 0x201D || c == 0x2019 || c == 0x2018
      || c == 0xAB || c == 0xBB || c == 0x201E)
    return 4;
  if (c == ':')
    return 5;
  if (c < 0x80 ? g_ascii_isdigit ((char) c) : FALSE)
    return 2;
  if (g_unichar_islower (c))
    return 1;
  if (g_unichar_isalpha (c))
    return 0;

  return 6;
}

static int
heading_level (const DraHtmlElement *element)
{
  if (element->tag >= DRA_HTML_H1 && element->tag <= DRA_HTML_H6)
    return (int) (element->tag - DRA_HTML_H1) + 1;

  return (element->flags & DRA_HTML_IN_HEADING) != 0 ? 7 : 0;
}

static void
put_own (DraHtmlExtractPage *page,
         const DraHtmlBlock *block,
         gint16             *v)
{
  const DraHtmlElement *element = dra_html_segments_element (page->segments, block->element);
  const DraHtmlElement *inner = dra_html_segments_element (page->segments, block->inner);
  guint n = MAX (dra_html_n_tokens (block), 1);

  v[F_CHARS] = scale (block->n_chars);
  v[F_TOKENS] = scale (dra_html_n_tokens (block));
  v[F_LINKED] = percent (block->n_link, block->n_chars);
  v[F_LINKS] = scale (block->n_links);
  v[F_BOLD] = percent (block->n_bold, block->n_chars);
  v[F_STOPS] = scale (block->n_stops);
  v[F_STOP_RATE] = (gint16) MIN (block->n_stops * 400 / n, 400);
  v[F_COMMA_RATE] = (gint16) MIN (block->n_commas * 400 / n, 400);
  v[F_DIGITS] = percent (block->n_digits, block->n_chars);
  v[F_UPPER] = (gint16) MIN (block->n_upper * 100 / n, 100);
  v[F_MARKS] = (gint16) MIN (block->n_marks, 20);
  v[F_LAST] = (gint16) kind_of_char (block->last);
  v[F_FIRST] = (gint16) kind_of_char (block->first);
  v[F_WORD_LENGTH] = (gint16) MIN (block->n_chars * 10 / n, 300);
  v[F_IS_P] = element->tag == DRA_HTML_P;
  v[F_HEADING_LEVEL] = (gint16) heading_level (element);
  v[F_IS_LI] = element->tag == DRA_HTML_LI;
  v[F_IS_ROW] = element->tag == DRA_HTML_TR || element->tag == DRA_HTML_TD || element->tag == DRA_HTML_TH;
  v[F_IS_DIV] = element->tag == DRA_HTML_DIV;
  v[F_IS_INLINE] = (gint16) (inner->tag == DRA_HTML_A ? 1 : inner->tag == DRA_HTML_STRONG || inner->tag == DRA_HTML_B ? 2
                             : inner->tag == DRA_HTML_EM || inner->tag == DRA_HTML_I ? 3 : inner->tag == DRA_HTML_SPAN ? 4
                             : inner->tag == DRA_HTML_TIME ? 5 : inner->tag == DRA_HTML_LABEL ? 6 : inner->tag == DRA_HTML_OTHER ? 7 : 0);
  v[F_BR] = (gint16) block->br;
  v[F_IMAGES] = (gint16) MIN (block->n_images, 20);
  v[F_DEPTH] = (gint16) element->depth;
  v[F_WORDS_INNER] = inner->words;
  v[F_WORDS_OWN] = element->words;
  v[F_WORDS_LEAST] = inner->least_words;
  v[F_WORDS_MOST] = inner->most_words;
  v[F_WORDS_SUM] = inner->sum_words;
}

#define PUT_FLAG(NAME) v[F_IN_##NAME] = (flags & DRA_HTML_IN_##NAME) != 0;

static void
put_flags (DraHtmlExtractPage *page,
           const DraHtmlBlock *block,
           gint16             *v)
{
  guint32 flags = dra_html_segments_element (page->segments, block->inner)->flags;

  FLAGS (PUT_FLAG)
}

/* The containers around a block, each with more blocks in it than the one before. */
static void
put_levels (DraHtmlExtractPage *page,
            const DraHtmlBlock *block,
            gint16             *v)
{
  static const int starts[N_LEVELS] = { F_LEVEL1_BLOCKS, F_LEVEL2_BLOCKS, F_LEVEL3_BLOCKS, F_LEVEL4_BLOCKS };
  guint32 e = block->element;
  guint32 size = 1;
  int near = 0;

  for (guint level = 0; level < N_LEVELS; level++)
    {
      const DraHtmlElement *element = dra_html_segments_element (page->segments, e);
      gint16 *out = v + starts[level];
      guint32 chars;
      int words = 0;

      while (e > 0 && element->end_block - element->first_block <= size)
        {
          e = element->parent;
          element = dra_html_segments_element (page->segments, e);
          words += element->words;
        }
      size = element->end_block - element->first_block;
      chars = dra_html_sum_in (page->chars, element);
      near += words;
      *out++ = scale (size);
      *out++ = scale (chars);
      *out++ = percent (dra_html_sum_in (page->linked, element), chars);
      *out++ = percent (dra_html_sum_in (page->prose, element), chars);
      *out++ = percent (dra_html_sum_in (page->prose, element), page->prose[page->n_blocks]);
      *out++ = (gint16) MIN (element->n_controls, 50);
      *out++ = (gint16) CLAMP (words, -200, 200);
      if (level == 1)
        v[F_WORDS_NEAR] = (gint16) CLAMP (near + v[F_WORDS_OWN], -300, 300);
    }
}

/* How many steps it is up from a to the element that holds both. */
static void
measure_way (DraHtmlExtractPage *page,
             guint32             a,
             guint32             b,
             guint              *up_a,
             guint              *up_b)
{
  guint up[2] = { 0, 0 };

  while (a != b)
    {
      const DraHtmlElement *first = dra_html_segments_element (page->segments, a);
      const DraHtmlElement *second = dra_html_segments_element (page->segments, b);

      if (first->depth >= second->depth)
        {
          a = first->parent;
          up[0]++;
        }
      else
        {
          b = second->parent;
          up[1]++;
        }
    }
  *up_a = up[0];
  *up_b = up[1];
}

static void
put_center (DraHtmlExtractPage *page,
            guint               index,
            const DraHtmlBlock *block,
            gint16             *v)
{
  const DraHtmlElement *center = dra_html_segments_element (page->segments, page->center);
  const DraHtmlElement *top = dra_html_segments_element (page->segments, page->top);
  const DraHtmlElement *element = dra_html_segments_element (page->segments, block->element);
  guint up, down;

  v[F_IN_CENTER] = index >= center->first_block && index < center->end_block;
  v[F_CENTER_PLACE] = (gint16) (index < center->first_block ? 0 : index < center->end_block ? 1 : 2);
  measure_way (page, page->center, block->element, &up, &down);
  v[F_CENTER_UP] = (gint16) MIN (up, 50);
  v[F_CENTER_SHARE] = percent (dra_html_sum_in (page->prose, center), page->prose[page->n_blocks]);
  measure_way (page, page->top, block->element, &up, &down);
  v[F_TOP_UP] = (gint16) MIN (up, 50);
  v[F_TOP_DOWN] = (gint16) MIN (down, 50);
  v[F_TOP_SHARE] = percent (dra_html_sum_in (page->prose, top), page->prose[page->n_blocks]);
  v[F_TOP_PATH] = element->path == page->top_path;
}

static void
put_groups (DraHtmlExtractPage *page,
            const DraHtmlBlock *block,
            gint16             *v)
{
  const DraHtmlElement *element = dra_html_segments_element (page->segments, block->element);
  const DraHtmlGroup *group = g_hash_table_lookup (page->groups, GUINT_TO_POINTER (element->path));
  guint32 e = block->element;
  guint32 most = 0;

  v[F_GROUP_COUNT] = scale (group->count);
  v[F_GROUP_WORDS] = scale (group->tokens / group->count);
  v[F_GROUP_LINKED] = percent (group->linked, group->chars);
  v[F_GROUP_PROSE] = percent (group->n_prose, group->count);

  for (guint i = 0; i < MAX_UP && e > 0; i++, e = element->parent)
    {
      guint32 size;

      element = dra_html_segments_element (page->segments, e);
      size = element->end_block - element->first_block;
      if (size > 1 && page->alike[e] > MAX (most, 1))
        {
          most = page->alike[e];
          v[F_REPEAT_COUNT] = scale (most);
          v[F_REPEAT_CHARS] = scale (dra_html_sum_in (page->chars, element));
          v[F_REPEAT_LINKED] = percent (dra_html_sum_in (page->linked, element), dra_html_sum_in (page->chars, element));
        }
    }
}

static gboolean
is_inside (const xmlNode *node,
           const xmlNode *around)
{
  for (guint i = 0; i < 8 && node != NULL && around != NULL; i++, node = node->parent)
    if (node == around)
      return TRUE;

  return FALSE;
}

static void
put_matches (DraHtmlExtractPage *page,
             guint               index,
             const DraHtmlBlock *block,
             gint16             *v)
{
  const guint32 *tokens = (const guint32 *) (gpointer) page->segments->tokens->data + block->first_token;
  const xmlNode *inner = dra_html_segments_element (page->segments, block->inner)->node;
  guint n = dra_html_n_tokens (block);
  guint in_title = 0, known = 0;
  guint32 hash = dra_html_hash_tokens (page->segments, block);

  for (guint i = 0; i < n; i++)
    {
      in_title += dra_html_counter_get (&page->title, tokens[i]) > 0;
      known += dra_html_counter_get (&page->known, tokens[i]) > page->is_prose[index];
    }
  v[F_TITLE_MATCH] = percent (in_title, n);
  v[F_KNOWN_WORDS] = percent (known, n);
  v[F_IS_TITLE] = page->title_block == index
                  || (n > 0 && page->n_title == n && hash == page->title_hash);
  v[F_SINCE_TITLE] = (gint16) (page->title_block == DRA_HTML_NO_BLOCK ? -FAR - 1
                               : CLAMP ((int) index - (int) page->title_block, -FAR, FAR));
  if (page->metadata != NULL)
    {
      v[F_IS_BYLINE] = is_inside (inner, page->metadata->byline_node);
      v[F_IS_DATE] = is_inside (inner, page->metadata->date_node);
    }
  v[F_BODY_MATCH] = (gint16) (page->body.counts == NULL ? -1 : n < 3 ? -2
                              : percent (dra_html_count_triples (&page->body, tokens, n), n - 2));
  v[F_COPIES] = (gint16) MIN (dra_html_counter_get (&page->copies, hash), 20);
  v[F_COPY] = v[F_COPIES] > 1 && dra_html_counter_add (&page->seen, hash) > 1;
  v[F_ARTICLE_NUMBER] = (gint16) MIN (page->articles[index], 50);
  v[F_ARTICLE_SHARE] = page->most_article > 0 ? percent (page->article_chars[index], page->most_article) : -1;
}

static void
put_neighbour (DraHtmlExtractPage *page,
               const DraHtmlBlock *block,
               int                 index,
               gint16             *out)
{
  const DraHtmlBlock *other;
  const DraHtmlElement *element;

  if (index < 0 || index >= (int) page->n_blocks)
    {
      *out = -1;
      return;
    }
  other = dra_html_segments_block (page->segments, index);
  element = dra_html_segments_element (page->segments, other->element);
  *out++ = scale (other->n_chars);
  *out++ = percent (other->n_link, other->n_chars);
  *out++ = scale (other->n_stops);
  *out++ = (gint16) heading_level (element);
  *out++ = element->path == dra_html_segments_element (page->segments, block->element)->path;
  *out = (gint16) kind_of_char (other->last);
}

static void
put_places (DraHtmlExtractPage *page,
            guint               index,
            const DraHtmlBlock *block,
            gint16             *v)
{
  guint32 prose = page->prose[page->n_blocks];
  int from = MAX ((int) index - 3, 0);
  int to = MIN ((int) index + 4, (int) page->n_blocks);
  int i = (int) index;

  v[F_PLACE] = (gint16) (index * 100 / page->n_blocks);
  v[F_PROSE_BEFORE] = percent (page->prose[index], prose);
  v[F_PROSE_AFTER] = percent (prose - page->prose[index + 1], prose);
  v[F_WINDOW] = scale (page->prose[to] - page->prose[from]);
  put_neighbour (page, block, i - 1, v + F_PREVIOUS_CHARS);
  put_neighbour (page, block, i - 2, v + F_BEFORE_CHARS);
  put_neighbour (page, block, i + 1, v + F_NEXT_CHARS);
  put_neighbour (page, block, i + 2, v + F_AFTER_CHARS);
  v[F_REPLIES_SINCE] = scale (page->replies[index + 1]);
  v[F_REPLIES_NEAR] = (gint16) (page->replies[MIN (i + 7, (int) page->n_blocks)] - page->replies[MAX (i - 6, 0)]);
  v[F_REPLIES_AHEAD] = scale (page->replies[page->n_blocks] - page->replies[index + 1]);
  v[F_PAGE_BLOCKS] = scale (page->n_blocks);
  v[F_PAGE_PROSE] = scale (prose);
  v[F_PAGE_LINKED] = percent (page->linked[page->n_blocks], page->chars[page->n_blocks]);
  v[F_PAGE_ARTICLES] = (gint16) MIN (page->n_articles, 50);
}

/* How many blocks it is to the next prose, back and ahead. */
static void
put_distances (DraHtmlExtractPage *page,
               DraHtmlFeatures    *self)
{
  int distance = FAR;

  for (guint i = 0; i < page->n_blocks; i++)
    {
      self->values[i * DRA_HTML_N_FEATURES + F_PROSE_BACK] = (gint16) distance;
      distance = page->is_prose[i] ? 0 : MIN (distance + 1, FAR);
    }
  distance = FAR;
  for (guint i = page->n_blocks; i > 0; i--)
    {
      self->values[(i - 1) * DRA_HTML_N_FEATURES + F_PROSE_AHEAD] = (gint16) distance;
      distance = page->is_prose[i - 1] ? 0 : MIN (distance + 1, FAR);
    }
}

/**
 * dra_html_features_new:
 * @segments: the blocks of a page
 * @metadata: (nullable): what is known of the page
 *
 * Returns: (transfer full): the numbers of the first stage for each block
 */
DraHtmlFeatures *
dra_html_features_new (DraHtmlSegments       *segments,
                       const DraHtmlMetadata *metadata)
{
  DraHtmlFeatures *self = g_new0 (DraHtmlFeatures, 1);
  DraHtmlExtractPage page = { 0 };

  fill_scaled ();
  self->n_blocks = segments->blocks->len;
  self->values = g_new0 (gint16, (gsize) self->n_blocks * DRA_HTML_N_FEATURES);
  if (self->n_blocks == 0)
    return self;
  dra_html_extract_page_init (&page, segments, metadata);
  for (guint i = 0; i < self->n_blocks; i++)
    {
      const DraHtmlBlock *block = dra_html_segments_block (segments, i);
      gint16 *v = self->values + (gsize) i * DRA_HTML_N_FEATURES;

      put_own (&page, block, v);
      put_flags (&page, block, v);
      put_levels (&page, block, v);
      put_center (&page, i, block, v);
      put_groups (&page, block, v);
      put_matches (&page, i, block, v);
      put_places (&page, i, block, v);
    }
  put_distances (&page, self);
  dra_html_extract_page_clear (&page);

  return self;
}

/**
 * dra_html_features_free:
 * @self: (nullable): features
 */
void
dra_html_features_free (DraHtmlFeatures *self)
{
  if (self == NULL)
    return;
  g_free (self->values);
  g_free (self);
}

/**
 * dra_html_features_names:
 * @names: (out) (optional): name of each, for the training program
 *
 * Returns: how many there are
 */
guint
dra_html_features_names (const char *const **names)
{
  if (names != NULL)
    *names = feature_names;

  return N_ALL;
}

/* Sums of the first stage: expected characters of the article. */
typedef struct
{
  float *mass;
  float *chars;
} Mass;

static gint16
mass_share (const Mass *sums,
            guint       from,
            guint       to)
{
  float chars = sums->chars[to] - sums->chars[from];

  return chars > 0 ? (gint16) (100 * (sums->mass[to] - sums->mass[from]) / chars) : 0;
}

static void
put_mass_levels (DraHtmlSegments *segments,
                 guint            index,
                 const Mass      *sums,
                 gint16          *v)
{
  const DraHtmlBlock *block = dra_html_segments_block (segments, index);
  guint32 e = block->element;
  guint32 size = 1;

  for (guint level = 0; level < N_LEVELS; level++)
    {
      const DraHtmlElement *element = dra_html_segments_element (segments, e);

      while (e > 0 && element->end_block - element->first_block <= size)
        {
          e = element->parent;
          element = dra_html_segments_element (segments, e);
        }
      size = element->end_block - element->first_block;
      v[F_P_LEVEL1 + level] = mass_share (sums, element->first_block, element->end_block);
    }
}

/* In percent, or -1 beyond the ends of the page. */
static gint16
probability_at (const float *probabilities,
                guint        n,
                int          index)
{
  return index < 0 || index >= (int) n ? -1 : (gint16) (100 * probabilities[index]);
}

/**
 * dra_html_features_add_stage:
 * @self: features of the first stage
 * @segments: the blocks
 * @probabilities: what the first stage made of them
 *
 * Adds the numbers of the second stage.
 */
void
dra_html_features_add_stage (DraHtmlFeatures *self,
                             DraHtmlSegments *segments,
                             const float     *probabilities)
{
  guint n = self->n_blocks;
  Mass sums = { g_new0 (float, n + 1), g_new0 (float, n + 1) };
  g_autofree float *group_mass = NULL;
  g_autoptr (GHashTable) groups = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  int distance = FAR;

  for (guint i = 0; i < n; i++)
    {
      const DraHtmlBlock *block = dra_html_segments_block (segments, i);
      gpointer path = GUINT_TO_POINTER (dra_html_segments_element (segments, block->element)->path);
      float *group = g_hash_table_lookup (groups, path);
      float chars = (float) MIN (block->n_chars, 5000);

      sums.chars[i + 1] = sums.chars[i] + chars;
      sums.mass[i + 1] = sums.mass[i] + chars * probabilities[i];
      if (group == NULL)
        {
          group = g_new0 (float, 2);
          g_hash_table_insert (groups, path, group);
        }
      group[0] += chars * probabilities[i];
      group[1] += chars;
    }
  for (guint i = 0; i < n; i++)
    {
      gint16 *v = self->values + (gsize) i * DRA_HTML_N_FEATURES;
      const DraHtmlBlock *block = dra_html_segments_block (segments, i);
      gpointer path = GUINT_TO_POINTER (dra_html_segments_element (segments, block->element)->path);
      const float *group = g_hash_table_lookup (groups, path);
      float all = MAX (sums.mass[n], 1);

      v[F_P_OWN] = probability_at (probabilities, n, (int) i);
      for (int k = 1; k <= 3; k++)
        {
          v[F_P_1 + k - 1] = probability_at (probabilities, n, (int) i - k);
          v[F_N_1 + k - 1] = probability_at (probabilities, n, (int) i + k);
        }
      v[F_P_WINDOW] = mass_share (&sums, i > 4 ? i - 4 : 0, MIN (i + 5, n));
      v[F_P_GROUP] = group[1] > 0 ? (gint16) (100 * group[0] / group[1]) : 0;
      put_mass_levels (segments, i, &sums, v);
      v[F_MASS_BEFORE] = (gint16) (100 * sums.mass[i] / all);
      v[F_MASS_AFTER] = (gint16) (100 * (sums.mass[n] - sums.mass[i + 1]) / all);
      v[F_MASS_PAGE] = scale ((guint32) sums.mass[n]);
      v[F_MASS_BACK] = (gint16) distance;
      distance = probabilities[i] > 0.5f ? 0 : MIN (distance + 1, FAR);
    }
  distance = FAR;
  for (guint i = n; i > 0; i--)
    {
      self->values[(i - 1) * DRA_HTML_N_FEATURES + F_MASS_AHEAD] = (gint16) distance;
      distance = probabilities[i - 1] > 0.5f ? 0 : MIN (distance + 1, FAR);
    }
  g_free (sums.mass);
  g_free (sums.chars);
}
