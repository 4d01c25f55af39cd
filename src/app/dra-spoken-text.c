/* dra-spoken-text.c: the sentences of an article as they are read aloud, one after another.
 *
 * Only the part of the text round the sentence is looked at, however long the article is:
 * one block, or a piece of a long one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-spoken-text.h"

#include <string.h>

#include "recognizer/dra-tokenizer.h"

#define PIECE (16 * 1024) /* bytes that are split into sentences in a few milliseconds */
#define REACH 2048

/* Where a piece may end: behind a full stop, where there is one in reach, else a word. */
static gsize
find_end (const char *text,
          DraRange    rest)
{
  const char *space;

  for (gsize i = rest.start + PIECE; i < MIN (rest.end, rest.start + PIECE + REACH); i++)
    if (text[i] == ' ' && strchr (".!?", text[i - 1]) != NULL)
      return i + 1;
  space = memchr (text + rest.start + PIECE, ' ', rest.end - rest.start - PIECE);
  return space != NULL ? (gsize) (space - text) + 1 : rest.end;
}

/* The piece of a block that has this offset. */
static DraRange
find_piece (const char *text,
            DraRange    block,
            gsize       offset)
{
  DraRange piece = { block.start, block.start };

  while (TRUE)
    {
      if (block.end - piece.start <= PIECE)
        return (DraRange) { piece.start, block.end };
      piece.end = find_end (text, (DraRange) { piece.start, block.end });
      if (offset < piece.end || piece.end == block.end)
        return piece;
      piece.start = piece.end;
    }
}

static gboolean
can_be_spoken (const char *text,
               DraRange    range)
{
  for (const char *p = text + range.start; p < text + range.end; p = g_utf8_next_char (p))
    if (g_unichar_isalnum (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

/* Returns: (element-type DraRange): the sentences of a piece */
static GArray *
split (DraArticle     *article,
       const DraBlock *block,
       DraRange        piece)
{
  GArray *sentences = g_array_new (FALSE, FALSE, sizeof (DraRange));
  const char *text = dra_article_get_text (article, NULL);
  g_autoptr (DraTokens) tokens = NULL;

  if (block->kind == DRA_BLOCK_IMAGE)
    {
      if (block->label != NULL && can_be_spoken (block->label, (DraRange) { 0, strlen (block->label) }))
        g_array_append_val (sentences, block->range);
      return sentences;
    }
  tokens = dra_tokens_new_for_text (text + piece.start, piece.end - piece.start);
  for (guint i = 0; i < tokens->sentences->len; i++)
    {
      const DraSentence *sentence = &g_array_index (tokens->sentences, DraSentence, i);
      DraRange range;

      if (sentence->n_tokens == 0)
        continue;
      range.start = piece.start + g_array_index (tokens->tokens, DraToken, sentence->first).range.start;
      range.end = piece.start
                  + g_array_index (tokens->tokens, DraToken,
                                   sentence->first + sentence->n_tokens - 1).range.end;
      if (can_be_spoken (text, range))
        g_array_append_val (sentences, range);
    }
  return sentences;
}

/* How many blocks begin before an offset. */
static guint
count_before (const DraBlock *blocks,
              guint           n_blocks,
              gsize           offset)
{
  guint low = 0, high = n_blocks;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (blocks[middle].range.start < offset)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/**
 * dra_spoken_text_next:
 * @article: an article
 * @offset: bytes of its text
 * @sentence: (out): the first sentence that ends after @offset
 *
 * Finds the sentence that stands at an offset, or the next one.  From the end of a sentence
 * this is the one after it.  A picture with an alternative text counts as one.
 *
 * Returns: whether there is one
 */
gboolean
dra_spoken_text_next (DraArticle *article,
                      gsize       offset,
                      DraRange   *sentence)
{
  const char *text = dra_article_get_text (article, NULL);
  guint n_blocks;
  const DraBlock *blocks = dra_article_get_blocks (article, &n_blocks);
  guint low = count_before (blocks, n_blocks, offset);

  if (low > 0 && blocks[low - 1].range.end > offset)
    low--;
  for (; low < n_blocks; low++)
    for (gsize from = MAX (offset, blocks[low].range.start); from < blocks[low].range.end;)
      {
        DraRange piece = find_piece (text, blocks[low].range, from);
        g_autoptr (GArray) sentences = split (article, &blocks[low], piece);

        for (guint i = 0; i < sentences->len; i++)
          {
            *sentence = g_array_index (sentences, DraRange, i);
            if (sentence->end > offset)
              return TRUE;
          }
        from = piece.end;
      }
  return FALSE;
}

/**
 * dra_spoken_text_previous:
 * @article: an article
 * @offset: bytes of its text
 * @sentence: (out): the last sentence that ends at @offset or before
 *
 * Finds the sentence before an offset; before the start of a sentence this is the one
 * before it.
 *
 * Returns: whether there is one
 */
gboolean
dra_spoken_text_previous (DraArticle *article,
                          gsize       offset,
                          DraRange   *sentence)
{
  const char *text = dra_article_get_text (article, NULL);
  guint n_blocks;
  const DraBlock *blocks = dra_article_get_blocks (article, &n_blocks);
  guint low = count_before (blocks, n_blocks, offset);

  while (low-- > 0)
    for (gsize before = MIN (offset, blocks[low].range.end); before > blocks[low].range.start;)
      {
        DraRange piece = find_piece (text, blocks[low].range, before - 1);
        g_autoptr (GArray) sentences = split (article, &blocks[low], piece);

        for (guint i = sentences->len; i-- > 0;)
          {
            *sentence = g_array_index (sentences, DraRange, i);
            if (sentence->end <= offset)
              return TRUE;
          }
        before = piece.start;
      }
  return FALSE;
}

/**
 * dra_spoken_text_dup:
 * @article: an article
 * @sentence: one of its sentences
 *
 * Returns: (transfer full): what is said for it: the alternative text of a picture, a comma
 *   between the cells of a table
 */
char *
dra_spoken_text_dup (DraArticle *article,
                     DraRange    sentence)
{
  const char *text = dra_article_get_text (article, NULL);
  int block = dra_article_find_block (article, sentence.start);
  GString *words = g_string_new (NULL);

  if (block >= 0)
    {
      guint n_blocks;
      const DraBlock *blocks = dra_article_get_blocks (article, &n_blocks);

      if (blocks[block].kind == DRA_BLOCK_IMAGE && blocks[block].label != NULL)
        {
          g_string_append (words, blocks[block].label);
          return g_string_free (words, FALSE);
        }
    }
  for (const char *p = text + sentence.start; p < text + sentence.end; p = g_utf8_next_char (p))
    switch (g_utf8_get_char (p))
      {
      case '\t':
        g_string_append (words, ", ");
        break;
      case 0x2028:
        g_string_append_c (words, ' ');
        break;
      case 0x00ad: /* soft hyphen */
      case 0xfffc:
        break;
      default:
        g_string_append_len (words, p, g_utf8_next_char (p) - p);
      }
  return g_string_free (words, FALSE);
}
