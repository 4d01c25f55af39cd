/* dra-text-output.c: lines of a plain text written as blocks and metadata of an article.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-text-private.h"

#include <string.h>

#include "readers/dra-text-date.h"

/* A paragraph of more bytes is cut, best at a sentence's end: a text whose line ends were
 * lost would be one paragraph of megabytes, which nobody could read and which takes text
 * widgets minutes to lay out. */
#define CUT_AT_SENTENCE (12 * 1024)
#define CUT_AT_SPACE (16 * 1024)
#define CUT_ANYWHERE (20 * 1024)

#define MAX_HYPHENS 8192 /* words broken at a line's end that are looked up */
#define MAX_PART 40      /* bytes on either side of the hyphen */

void
dra_text_output_begin (DraTextOutput *self,
                       DraBlockKind   kind,
                       guint          level,
                       const char    *label)
{
  dra_article_builder_begin_block (self->builder, kind, level, label);
  self->kind = kind;
  self->level = level;
  self->n_bytes = 0;
  self->n_blocks++;
}

static gboolean
ends_sentence (const char *start,
               const char *p)
{
  guint n = 0;

  while (p > start && n++ < 3 && (p[-1] == '"' || p[-1] == '\'' || p[-1] == ')' || (p[-1] & 0x80) != 0))
    p--;

  return p > start && (p[-1] == '.' || p[-1] == '!' || p[-1] == '?');
}

/* Accents stay with their letter, and joined emoji together. */
static gboolean
may_cut_before (const char *start,
                const char *p)
{
  gunichar c = g_utf8_get_char (p);

  if (g_unichar_ismark (c) || c == 0x200D || (c >= 0x1F3FB && c <= 0x1F3FF))
    return FALSE;

  return p == start || g_utf8_get_char (g_utf8_prev_char (p)) != 0x200D;
}

/* Where to cut text of which used bytes are in the block already: past the limits, from
 * the gentlest cut to the one that cannot fail.  end when it need not be cut. */
static const char *
find_cut (const char *start,
          const char *end,
          gsize       used)
{
  const char *p = start;

  if (used + (gsize) (end - start) <= CUT_AT_SENTENCE)
    return end;
  if (used < CUT_AT_SENTENCE)
    p += CUT_AT_SENTENCE - used;
  for (; p < end; p++)
    {
      gsize n = used + (gsize) (p - start);

      if (*p == ' ')
        {
          if (ends_sentence (start, p) || n >= CUT_AT_SPACE)
            return p;
        }
      if (n >= CUT_ANYWHERE && (*p & 0xC0) != 0x80 && may_cut_before (start, p))
        return p;
    }
  return end;
}

void
dra_text_output_add (DraTextOutput *self,
                     const char    *start,
                     const char    *end)
{
  while (start < end)
    {
      const char *cut = find_cut (start, end, self->n_bytes);

      dra_article_builder_add_text (self->builder, start, cut - start);
      self->n_bytes += cut - start;
      start = cut;
      if (start < end)
        dra_text_output_begin (self, self->kind, self->level, NULL);
    }
}

static gboolean
is_joined_script (gunichar c)
{
  return (c >= 0x2E80 && c <= 0xA4CF && c != 0x3164) || (c >= 0xF900 && c <= 0xFAFF)
         || (c >= 0xFE30 && c <= 0xFE4F) || (c >= 0xFF00 && c <= 0xFFEF)
         || (c >= 0x20000 && c <= 0x3FFFF) || (c >= 0x0E00 && c <= 0x0EFF)
         || (c >= 0x1780 && c <= 0x17FF) || (c >= 0x1000 && c <= 0x109F);
}

/* The letters before p or behind it, as far as a word reaches. */
static const char *
word_start (const char *start,
            const char *p)
{
  const char *q = p;

  while (q > start && p - q < MAX_PART)
    {
      const char *previous = g_utf8_prev_char (q);

      if (!g_unichar_isalpha (g_utf8_get_char (previous)))
        break;
      q = previous;
    }

  return q;
}

static const char *
word_end (const char *p,
          const char *end)
{
  const char *q = p;

  while (q < end && q - p < MAX_PART && g_unichar_isalpha (g_utf8_get_char (q)))
    q = g_utf8_next_char (q);

  return q;
}

/* A word that was broken at the end of a line: its two halves without the hyphen. */
static char *
broken_word (const DraTextLine *line,
             const DraTextLine *next)
{
  const char *left, *right;
  char *word;

  if (line->end - line->start < 3 || line->end[-1] != '-' || next->start == next->end)
    return NULL;
  left = word_start (line->start, line->end - 1);
  right = word_end (next->start, next->end);
  if (left == line->end - 1 || right == next->start
      || !g_unichar_islower (g_utf8_get_char (next->start)))
    return NULL;
  word = g_malloc (line->end - 1 - left + (right - next->start) + 1);
  memcpy (word, left, line->end - 1 - left);
  memcpy (word + (line->end - 1 - left), next->start, right - next->start);
  word[line->end - 1 - left + (right - next->start)] = '\0';

  return word;
}

/* Writes what stands between two joined lines; FALSE when the hyphen of the first goes. */
static gboolean
keeps_hyphen (DraTextOutput     *self,
              const DraTextLine *line,
              const DraTextLine *next)
{
  g_autofree char *word = self->words != NULL ? broken_word (line, next) : NULL;

  return word == NULL || !GPOINTER_TO_INT (g_hash_table_lookup (self->words, word));
}

static const char *
separator (const DraTextLine *line,
           const DraTextLine *next)
{
  gunichar last = g_utf8_get_char (g_utf8_prev_char (line->end));
  gunichar first = g_utf8_get_char (next->start);
  const char *before = g_utf8_prev_char (line->end);

  if (is_joined_script (last) && is_joined_script (first))
    return "";
  /* "long-" and "said--" belong to what follows; "he said -" does not. */
  if ((last == '-' || last == 0x2010 || last == 0x2014 || last == 0xAD || last == 0x2E17)
      && before > line->start && before[-1] != ' ' && g_unichar_isalnum (first))
    return "";

  return " ";
}

void
dra_text_output_join (DraTextOutput     *self,
                      const DraTextLine *lines,
                      guint              n_lines)
{
  for (guint i = 0; i < n_lines; i++)
    {
      const char *end = lines[i].end;
      const char *between;

      if (lines[i].start == lines[i].end)
        continue;
      if (i + 1 == n_lines || lines[i + 1].start == lines[i + 1].end)
        {
          dra_text_output_add (self, lines[i].start, end);
          continue;
        }
      between = separator (&lines[i], &lines[i + 1]);
      if (*between == '\0' && !keeps_hyphen (self, &lines[i], &lines[i + 1]))
        end--;
      dra_text_output_add (self, lines[i].start, end);
      dra_text_output_add (self, between, between + strlen (between));
    }
}

void
dra_text_output_block (DraTextOutput     *self,
                       DraBlockKind       kind,
                       guint              level,
                       const char        *label,
                       const DraTextLine *lines,
                       guint              n_lines)
{
  dra_text_output_begin (self, kind, level, label);
  dra_text_output_join (self, lines, n_lines);
  dra_article_builder_end_block (self->builder);
}

void
dra_text_output_preformatted (DraTextOutput     *self,
                              const DraTextLine *lines,
                              guint              n_lines)
{
  guint indent = G_MAXUINT;

  for (guint i = 0; i < n_lines; i++)
    if (!dra_text_line_is_blank (&lines[i]))
      indent = MIN (indent, lines[i].indent);

  dra_text_output_begin (self, DRA_BLOCK_PREFORMATTED, 0, NULL);
  for (guint i = 0; i < n_lines; i++)
    {
      if (self->n_bytes > CUT_AT_SENTENCE)
        dra_text_output_begin (self, DRA_BLOCK_PREFORMATTED, 0, NULL);
      else if (i > 0)
        dra_article_builder_add_break (self->builder);
      if (dra_text_line_is_blank (&lines[i]))
        continue;
      for (guint k = MIN (lines[i].indent - indent, 200); k > 0; k--)
        dra_article_builder_add_text (self->builder, " ", 1);
      dra_article_builder_add_text (self->builder, lines[i].start, lines[i].end - lines[i].start);
      self->n_bytes += lines[i].end - lines[i].start + 3;
    }
  dra_article_builder_end_block (self->builder);
}

static void
mark_words (GHashTable *words,
            const char *text,
            gsize       length)
{
  const char *p = text;
  const char *end = text + length;
  char word[2 * MAX_PART + 8];

  while (p < end)
    {
      const char *start = p;
      gpointer marked;

      while (p < end && ((guchar) *p < 0x80 ? g_ascii_isalpha (*p)
                                            : g_unichar_isalpha (g_utf8_get_char (p))))
        p = g_utf8_next_char (p);
      if (p == start)
        {
          p = g_utf8_next_char (p);
          continue;
        }
      if ((gsize) (p - start) >= sizeof word)
        continue;
      memcpy (word, start, p - start);
      word[p - start] = '\0';
      if (g_hash_table_lookup_extended (words, word, NULL, &marked) && marked == NULL)
        g_hash_table_replace (words, g_strdup (word), GINT_TO_POINTER (1));
    }
}

/* Words broken with a hyphen at the end of a line are put together without it when the
 * text has the word unbroken elsewhere; "long-term" stays. */
void
dra_text_output_find_hyphens (DraTextOutput *self,
                              const char    *text,
                              gsize          length)
{
  const char *p = text;
  DraTextLine line, last = { 0 };

  g_assert (self->words == NULL);

  if (self->layout.width == 0)
    return;
  self->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  while (dra_text_line_next (&p, text + length, &line)
         && g_hash_table_size (self->words) < MAX_HYPHENS)
    {
      char *word = last.start != NULL ? broken_word (&last, &line) : NULL;

      if (word != NULL)
        g_hash_table_insert (self->words, word, GINT_TO_POINTER (0));
      last = line;
    }
  if (g_hash_table_size (self->words) > 0)
    mark_words (self->words, text, length);
  else
    g_clear_pointer (&self->words, g_hash_table_unref);
}

static gboolean
is_language (const char *value)
{
  gsize n = strspn (value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

  return value[n] == '\0' && n >= 2 && n <= 35 && (n <= 3 || value[2] == '-' || value[3] == '-');
}

/**
 * dra_text_output_set_metadata: (skip)
 * @self: where to
 * @which: what
 * @start: UTF-8
 * @end: behind it
 *
 * Sets metadata from a piece of text, unless it is known or is none.
 */
void
dra_text_output_set_metadata (DraTextOutput *self,
                              DraMetadata    which,
                              const char    *start,
                              const char    *end)
{
  g_autofree char *value = NULL;
  g_autofree char *date = NULL;

  while (end > start && (end[-1] == ' ' || end[-1] == '=' || end[-1] == '<' || end[-1] == '\t'))
    end--;
  if (start >= end)
    return;
  value = g_strndup (start, end - start);

  switch ((int) which)
    {
    case DRA_METADATA_TITLE:
      if (self->has_title)
        return;
      self->has_title = TRUE;
      self->title = g_strdup (value);
      break;
    case DRA_METADATA_BYLINE:
      if (self->has_byline)
        return;
      self->has_byline = TRUE;
      break;
    case DRA_METADATA_PUBLISHED:
      if (self->has_date)
        return;
      self->has_date = TRUE;
      date = dra_text_date_parse (value, strlen (value));
      break;
    case DRA_METADATA_LANGUAGE:
      if (!is_language (value))
        return;
      break;
    case DRA_METADATA_ORIGIN_URI:
      if (!g_str_has_prefix (value, "http://") && !g_str_has_prefix (value, "https://"))
        return;
      break;
    default:
      break;
    }
  dra_article_builder_set_metadata (self->builder, which, date != NULL ? date : value);
}
