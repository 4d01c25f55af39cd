/* dra-html-extract-page.c: what the blocks of a page are together.
 *
 * Sums over them, how many are alike, where most of the prose is, which is the title, which
 * begin a discussion.  Each is got in one pass.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-html-extract-page.h"

/* Words over discussions and under each of their parts. */
static const char discussion_words[] =
  "comment comments reply replies responses discussion kommentar kommentare antworten commentaire commentaires "
  "répondre comentario comentarios comentários responder respuestas commenti rispondi reacties reageren komentarze "
  "odpowiedz комментарии ответить yorumlar yanıtla kommentarer svar";

/* For at most n different hashes. */
static void
counter_init (DraHtmlCounter *self,
              gsize           n)
{
  guint32 size = 16;

  while (size < 2 * n)
    size *= 2;
  self->keys = g_new (guint32, size);
  self->counts = g_new0 (guint32, size);
  self->mask = size - 1;
}

static void
counter_clear (DraHtmlCounter *self)
{
  g_free (self->keys);
  g_free (self->counts);
}

/**
 * dra_html_hash_tokens: (skip)
 * @segments: the blocks of a page
 * @block: one of them
 *
 * Returns: a hash of all tokens of the block
 */
guint32
dra_html_hash_tokens (DraHtmlSegments    *segments,
             const DraHtmlBlock *block)
{
  guint32 hash = 17;

  for (guint i = block->first_token; i < block->end_token; i++)
    hash = hash * 16777619u ^ g_array_index (segments->tokens, guint32, i);

  return hash;
}

static gboolean
is_prose (const DraHtmlBlock *block)
{
  return block->n_chars >= 70 && dra_html_n_tokens (block) >= 10 && block->n_link * 3 < block->n_chars
         && (block->n_stops > 0 || block->n_commas > 1);
}

static void
add_triples (DraHtmlCounter *set,
             const guint32  *tokens,
             guint           n)
{
  for (guint i = 0; i + 3 <= n; i++)
    dra_html_counter_add (set, tokens[i] * 31 + tokens[i + 1] * 17 + tokens[i + 2]);
}

/**
 * dra_html_count_triples: (skip)
 * @set: triples
 * @tokens: @n of them
 *
 * Returns: how many of the triples of these tokens are in the set
 */
guint
dra_html_count_triples (const DraHtmlCounter *set,
                        const guint32        *tokens,
                        guint                 n)
{
  guint found = 0;

  for (guint i = 0; i + 3 <= n; i++)
    found += dra_html_counter_get (set, tokens[i] * 31 + tokens[i + 1] * 17 + tokens[i + 2]) > 0;

  return found;
}

static void
sum_blocks (DraHtmlExtractPage *page)
{
  for (guint i = 0; i < page->n_blocks; i++)
    {
      const DraHtmlBlock *block = dra_html_segments_block (page->segments, i);
      guint32 path = dra_html_segments_element (page->segments, block->element)->path;
      DraHtmlGroup *group = g_hash_table_lookup (page->groups, GUINT_TO_POINTER (path));

      page->is_prose[i] = is_prose (block);
      page->chars[i + 1] = page->chars[i] + block->n_chars;
      page->linked[i + 1] = page->linked[i] + block->n_link;
      page->prose[i + 1] = page->prose[i] + (page->is_prose[i] ? block->n_chars : 0);
      if (group == NULL)
        {
          group = g_new0 (DraHtmlGroup, 1);
          g_hash_table_insert (page->groups, GUINT_TO_POINTER (path), group);
        }
      group->count++;
      group->tokens += dra_html_n_tokens (block);
      group->chars += block->n_chars;
      group->linked += block->n_link;
      group->n_prose += page->is_prose[i];
      if (dra_html_n_tokens (block) > 2)
        dra_html_counter_add (&page->copies, dra_html_hash_tokens (page->segments, block));
      if (page->is_prose[i])
        {
          const DraHtmlElement *element = dra_html_segments_element (page->segments, block->element);

          page->direct[element->parent] += block->n_chars;
          if (element->end_block - element->first_block > 1)
            page->direct[block->element] += block->n_chars; /* parted by line breaks */
          for (guint k = block->first_token; k < block->end_token; k++)
            dra_html_counter_add (&page->known, g_array_index (page->segments->tokens, guint32, k));
        }
    }
}

/* How many siblings of an element look like it. */
static void
count_alike (DraHtmlExtractPage *page)
{
  guint n = page->segments->elements->len;
  DraHtmlCounter counts;

  counter_init (&counts, n);
  for (guint i = 1; i < n; i++)
    {
      const DraHtmlElement *element = dra_html_segments_element (page->segments, i);

      dra_html_counter_add (&counts, element->path * 31 + element->parent * 2654435761u);
    }
  for (guint i = 1; i < n; i++)
    {
      const DraHtmlElement *element = dra_html_segments_element (page->segments, i);

      page->alike[i] = dra_html_counter_get (&counts, element->path * 31 + element->parent * 2654435761u);
    }
  counter_clear (&counts);
}

static void
find_center (DraHtmlExtractPage *page)
{
  guint32 all = page->prose[page->n_blocks];
  guint n = page->segments->elements->len;
  guint32 most = 0;

  for (guint i = 0; i < n; i++)
    {
      const DraHtmlElement *element = dra_html_segments_element (page->segments, i);
      guint32 direct = page->direct[i];

      /* Elements come before what is in them, so the last such one is the deepest. */
      if (all > 0 && dra_html_sum_in (page->prose, element) * 2 > all)
        page->center = i;
      if (direct > most)
        {
          most = direct;
          page->top = i;
        }
    }
  most = 0;
  for (guint i = 0; i < page->n_blocks; i++)
    {
      const DraHtmlBlock *block = dra_html_segments_block (page->segments, i);
      const DraHtmlElement *element = dra_html_segments_element (page->segments, block->element);

      if (page->is_prose[i] && (element->parent == page->top || block->element == page->top)
          && block->n_chars > most)
        {
          most = block->n_chars;
          page->top_path = element->path;
        }
    }
}

static void
find_articles (DraHtmlExtractPage *page)
{
  GArray *elements = page->segments->elements;
  guint32 end = 0;

  for (guint i = 0; i < elements->len; i++)
    {
      const DraHtmlElement *element = dra_html_segments_element (page->segments, i);

      if (element->tag != DRA_HTML_ARTICLE || element->first_block < end)
        continue;
      end = element->end_block;
      page->n_articles++;
      for (guint b = element->first_block; b < MIN (end, page->n_blocks); b++)
        {
          page->articles[b] = page->n_articles;
          page->article_chars[b] = dra_html_sum_in (page->prose, element);
        }
      page->most_article = MAX (page->most_article, dra_html_sum_in (page->prose, element));
    }
}

static void
find_title (DraHtmlExtractPage *page)
{
  g_autoptr (GArray) tokens = g_array_new (FALSE, FALSE, sizeof (guint32));
  DraHtmlBlock whole = { 0 };
  DraHtmlSegments segments = { .tokens = tokens };
  guint best = 0;

  page->title_block = DRA_HTML_NO_BLOCK;
  if (page->metadata == NULL || page->metadata->title == NULL)
    return;
  dra_html_tokenize (page->metadata->title, tokens);
  whole.end_token = tokens->len;
  page->title_hash = dra_html_hash_tokens (&segments, &whole);
  counter_init (&page->title, tokens->len);
  for (guint i = 0; i < tokens->len; i++)
    dra_html_counter_add (&page->title, g_array_index (tokens, guint32, i));
  page->n_title = tokens->len;
  if (page->n_title == 0)
    return;

  /* The heading that is the title, else a block that is; of several, the biggest. */
  for (guint i = 0; i < page->n_blocks; i++)
    {
      const DraHtmlBlock *block = dra_html_segments_block (page->segments, i);
      const DraHtmlElement *element = dra_html_segments_element (page->segments, block->element);
      guint rank = element->tag >= DRA_HTML_H1 && element->tag <= DRA_HTML_H3
                     ? 4 - (element->tag - DRA_HTML_H1) : 1;

      if (page->metadata->title_node != NULL && element->node == page->metadata->title_node)
        rank += 4;
      if (rank > best && (dra_html_hash_tokens (page->segments, block) == page->title_hash || rank > 4))
        {
          best = rank;
          page->title_block = i;
        }
    }
}

/* "25 comments", "Reply": short lines with a word of discussions. */
static void
find_replies (DraHtmlExtractPage *page)
{
  g_autoptr (GArray) words = g_array_new (FALSE, FALSE, sizeof (guint32));
  DraHtmlCounter set;

  dra_html_tokenize (discussion_words, words);
  counter_init (&set, words->len);
  for (guint i = 0; i < words->len; i++)
    dra_html_counter_add (&set, g_array_index (words, guint32, i));
  for (guint i = 0; i < page->n_blocks; i++)
    {
      const DraHtmlBlock *block = dra_html_segments_block (page->segments, i);
      gboolean found = FALSE;

      for (guint k = block->first_token; dra_html_n_tokens (block) <= 6 && k < block->end_token && !found; k++)
        found = dra_html_counter_get (&set, g_array_index (page->segments->tokens, guint32, k)) > 0;
      page->replies[i + 1] = page->replies[i] + found;
    }
  counter_clear (&set);
}

static void
find_body (DraHtmlExtractPage *page)
{
  g_autoptr (GArray) tokens = NULL;

  if (page->metadata == NULL || page->metadata->body == NULL)
    return;
  tokens = g_array_new (FALSE, FALSE, sizeof (guint32));
  dra_html_tokenize (page->metadata->body, tokens);
  if (tokens->len < 50)
    return;
  counter_init (&page->body, tokens->len);
  add_triples (&page->body, (const guint32 *) (gpointer) tokens->data, tokens->len);
}

/**
 * dra_html_extract_page_init: (skip)
 * @page: (out caller-allocates): all zeros; to be cleared with dra_html_extract_page_clear()
 * @segments: the blocks of a page, one at least; must live as long
 * @metadata: (nullable): what is known of the page; must live as long
 *
 * Looks at all blocks of a page.
 */
void
dra_html_extract_page_init (DraHtmlExtractPage    *page,
                            DraHtmlSegments       *segments,
                            const DraHtmlMetadata *metadata)
{
  guint n = segments->blocks->len;
  guint n_elements = segments->elements->len;

  page->segments = segments;
  page->metadata = metadata;
  page->n_blocks = n;
  page->chars = g_new0 (guint32, n + 1);
  page->linked = g_new0 (guint32, n + 1);
  page->prose = g_new0 (guint32, n + 1);
  page->is_prose = g_new0 (guint8, n);
  page->articles = g_new0 (guint32, n);
  page->article_chars = g_new0 (guint32, n);
  page->replies = g_new0 (guint32, n + 1);
  page->direct = g_new0 (guint32, n_elements);
  page->alike = g_new0 (guint32, n_elements);
  page->groups = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  counter_init (&page->copies, n);
  counter_init (&page->seen, n);
  counter_init (&page->known, segments->tokens->len);
  sum_blocks (page);
  count_alike (page);
  find_center (page);
  find_articles (page);
  find_title (page);
  find_body (page);
  find_replies (page);
}

/**
 * dra_html_extract_page_clear: (skip)
 * @page: what was looked at
 *
 * Frees what belongs to it.
 */
void
dra_html_extract_page_clear (DraHtmlExtractPage *page)
{
  g_free (page->chars);
  g_free (page->linked);
  g_free (page->prose);
  g_free (page->is_prose);
  g_free (page->articles);
  g_free (page->article_chars);
  g_free (page->replies);
  g_free (page->direct);
  g_free (page->alike);
  g_hash_table_unref (page->groups);
  counter_clear (&page->copies);
  counter_clear (&page->seen);
  counter_clear (&page->known);
  counter_clear (&page->title);
  counter_clear (&page->body);
}
