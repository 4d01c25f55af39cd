/* dra-snippet.c: cuts the words round a passage out of its paragraph.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-snippet.h"

#include <string.h>

#define OBJECT "\xef\xbf\xbc"         /* U+FFFC, an image */
#define LINE_SEPARATOR "\xe2\x80\xa8" /* U+2028 */
#define ELLIPSIS "\xe2\x80\xa6"

/* Goes back at most n bytes from p, to the beginning of a word where there is one. */
static const char *
go_back (const char *from,
         const char *p,
         guint       n)
{
  const char *limit = p - from > n ? p - n : from;
  const char *space;

  if (limit == from)
    return from;
  while (limit < p && (*limit & 0xc0) == 0x80)
    limit++;
  /* The space may stand right before. */
  space = memchr (limit - 1, ' ', p - limit + 1);
  return space != NULL ? space + 1 : limit;
}

static const char *
go_on (const char *p,
       const char *end,
       guint       n)
{
  const char *limit = end - p > n ? p + n : end;
  const char *space;

  if (limit == end)
    return end;
  while (limit > p && (*limit & 0xc0) == 0x80)
    limit--;
  for (space = limit; space > p && *space != ' '; space--)
    ;
  return space > p ? space : limit;
}

static void
append (GString    *out,
        const char *from,
        const char *end,
        gboolean    markup)
{
  g_autofree char *escaped = NULL;

  if (markup)
    {
      escaped = g_markup_escape_text (from, end - from);
      g_string_append (out, escaped);
    }
  else
    {
      g_string_append_len (out, from, end - from);
    }
}

static char *
dup_snippet (DraArticle *article,
             DraRange    range,
             guint       before,
             guint       after,
             gboolean    markup)
{
  gsize length;
  const char *text = dra_article_get_text (article, &length);
  guint n_blocks;
  const DraBlock *blocks = dra_article_get_blocks (article, &n_blocks);
  int block = dra_article_find_block (article, range.start);
  const char *block_start, *block_end, *from, *to, *last;
  GString *out = g_string_new (NULL);

  g_assert (range.start <= range.end && range.end <= length);

  block_start = text + (block >= 0 ? blocks[block].range.start : range.start);
  block_end = text + (block >= 0 ? blocks[block].range.end : range.end);
  last = MIN (text + range.end, block_end);
  from = go_back (block_start, text + range.start, before);
  to = go_on (last, block_end, after);

  if (before > 0 && from > block_start)
    g_string_append (out, ELLIPSIS);
  append (out, from, text + range.start, markup);
  if (markup)
    g_string_append (out, "<b>");
  append (out, text + range.start, last, markup);
  if (markup)
    g_string_append (out, "</b>");
  append (out, last, to, markup);
  if (after > 0 && to < block_end)
    g_string_append (out, ELLIPSIS);

  g_string_replace (out, LINE_SEPARATOR, " ", 0);
  g_string_replace (out, OBJECT, "", 0);
  g_strdelimit (out->str, "\t\n", ' ');
  return g_string_free (out, FALSE);
}

/**
 * dra_snippet_dup_markup:
 * @article: the article
 * @range: the passage, in bytes of the text; what lies beyond its first block is left out
 * @before: how many bytes may stand before it
 * @after: how many bytes may stand after it
 *
 * Cuts a passage out with whole words of the same block on both sides, for a list or a
 * tooltip.
 *
 * Returns: (transfer full): Pango markup on one line, the passage bold
 */
char *
dra_snippet_dup_markup (DraArticle *article,
                        DraRange    range,
                        guint       before,
                        guint       after)
{
  g_return_val_if_fail (DRA_IS_ARTICLE (article), NULL);

  return dup_snippet (article, range, before, after, TRUE);
}

/**
 * dra_snippet_dup_text:
 * @article: the article
 * @range: the passage, in bytes of the text
 * @before: how many bytes may stand before it
 * @after: how many bytes may stand after it
 *
 * As dra_snippet_dup_markup().
 *
 * Returns: (transfer full): plain text on one line
 */
char *
dra_snippet_dup_text (DraArticle *article,
                      DraRange    range,
                      guint       before,
                      guint       after)
{
  g_return_val_if_fail (DRA_IS_ARTICLE (article), NULL);

  return dup_snippet (article, range, before, after, FALSE);
}

/**
 * dra_snippet_dup_plain:
 * @article: the article
 * @range: a passage of any length, in bytes of the text
 *
 * The passage as other programs can use it: line breaks are line feeds, pictures are their
 * alternative texts, or nothing.
 *
 * Returns: (transfer full): plain text
 */
char *
dra_snippet_dup_plain (DraArticle *article,
                       DraRange    range)
{
  g_autofree char *text = NULL;
  GString *out = g_string_new (NULL);
  const DraBlock *blocks;
  guint n_blocks;

  g_return_val_if_fail (DRA_IS_ARTICLE (article), NULL);

  text = dra_article_dup_range (article, range);
  blocks = dra_article_get_blocks (article, &n_blocks);
  for (const char *p = text; *p != '\0';)
    {
      const char *object = strstr (p, OBJECT);
      int block;

      g_string_append_len (out, p, object != NULL ? object - p : (gssize) strlen (p));
      if (object == NULL)
        break;
      block = dra_article_find_block (article, range.start + (object - text));
      if (block >= 0 && blocks[block].kind == DRA_BLOCK_IMAGE && blocks[block].label != NULL)
        g_string_append (out, blocks[block].label);
      p = object + strlen (OBJECT);
    }
  g_string_replace (out, LINE_SEPARATOR, "\n", 0);
  return g_string_free (out, FALSE);
}
