/* dra-code.c: program code in an article, which names nobody.
 *
 * A preformatted block may be verse or a table just as well, so its lines decide: code has
 * signs that neither has.  "FutureTask.run(FutureTask.java:239)" is written like a name and
 * would be taken for one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/dra-code.h"

#include <string.h>

#include "recognizer/dra-tagger.h"

#define MIN_SHARE 3 /* one line in so many bears a sign of code */

static gboolean
is_word (char c)
{
  return g_ascii_isalnum (c) || c == '_';
}

static gboolean
begins_code (const char *line,
             gsize       length)
{
  static const char *const beginnings[] = { "//", "/*", "*/", "#!", "#include", "$ ", "> ", "</", "--" };

  for (gsize i = 0; i < G_N_ELEMENTS (beginnings); i++)
    if (length > strlen (beginnings[i]) && strncmp (line, beginnings[i], strlen (beginnings[i])) == 0)
      return TRUE;
  return FALSE;
}

/* A call, an identifier of two words, an assignment or an operator of two characters.  Tables
 * of results have "Roe(34)", and tables of people their addresses: neither is a sign. */
static gboolean
is_sign (const char *text,
         gsize       i,
         gsize       length)
{
  const char c = text[i];
  const char before = i > 0 ? text[i - 1] : ' ';
  const char after = i + 1 < length ? text[i + 1] : ' ';

  switch (c)
    {
    case '{':
    case '}':
    case '\\':
      return TRUE;
    case '(':
      return is_word (before) && (after == ')' || g_ascii_isalpha (after) || after == '"');
    case '_':
      return g_ascii_isalpha (before) && g_ascii_isalpha (after) && memchr (text, '@', length) == NULL;
    case '=':
      return i > 0;
    case ':':
      return after == ':';
    case '-':
      return after == '>' || (after == '-' && i + 2 < length && g_ascii_isalpha (text[i + 2]));
    case '/':
      return after == '>';
    default:
      return FALSE;
    }
}

static gboolean
is_code_line (const char *line,
              gsize       length)
{
  while (length > 0 && g_ascii_isspace (*line))
    line++, length--;
  if (begins_code (line, length))
    return TRUE;
  for (gsize i = 0; i < length; i++)
    if (is_sign (line, i, length))
      return TRUE;
  return FALSE;
}

/**
 * dra_code_is_block:
 * @article: an article
 * @block: one of its blocks
 *
 * Whether a block is program code: preformatted, with signs of code on a third of its lines.
 *
 * Returns: %TRUE for code, %FALSE for verse, tables and all else
 */
gboolean
dra_code_is_block (DraArticle     *article,
                   const DraBlock *block)
{
  const char *line, *end;
  guint n_lines = 0, n_code = 0;

  g_return_val_if_fail (DRA_IS_ARTICLE (article), FALSE);
  g_return_val_if_fail (block != NULL, FALSE);

  if (block->kind != DRA_BLOCK_PREFORMATTED)
    return FALSE;

  line = dra_article_get_text (article, NULL) + block->range.start;
  end = dra_article_get_text (article, NULL) + block->range.end;
  while (line < end)
    {
      const char *stop = memchr (line, '\n', (gsize) (end - line));

      stop = stop != NULL ? stop : end;
      n_lines += stop > line;
      n_code += is_code_line (line, (gsize) (stop - line));
      line = stop + 1;
    }

  return n_code > 0 && n_code * MIN_SHARE >= n_lines;
}

/**
 * dra_code_drop:
 * @article: an article
 * @tokens: its tokens
 * @spans: (element-type DraSpan): in the order of the text
 * @from: the first span to look at
 *
 * Removes the spans that lie in code inside a line.
 */
void
dra_code_drop (DraArticle      *article,
               const DraTokens *tokens,
               GArray          *spans,
               guint            from)
{
  const DraStyle *styles;
  guint n_styles, style = 0, kept = from;
  gsize code_end = 0; /* bytes: how far the code reaches that began before */

  g_return_if_fail (DRA_IS_ARTICLE (article));
  g_return_if_fail (tokens != NULL);
  g_return_if_fail (spans != NULL && from <= spans->len);

  styles = dra_article_get_styles (article, &n_styles);
  for (guint i = from; i < spans->len; i++)
    {
      const DraSpan span = g_array_index (spans, DraSpan, i);
      const DraToken *first = &g_array_index (tokens->tokens, DraToken, span.first);
      const DraToken *last = first + span.n_tokens - 1;

      for (; style < n_styles && styles[style].range.start <= first->range.start; style++)
        if (styles[style].kind == DRA_STYLE_CODE)
          code_end = MAX (code_end, styles[style].range.end);
      if (code_end < last->range.end)
        g_array_index (spans, DraSpan, kept++) = span;
    }
  g_array_set_size (spans, kept);
}
