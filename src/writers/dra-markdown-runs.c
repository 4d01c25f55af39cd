/* dra-markdown-runs.c: the text in a block as Markdown: escapes, styles, links, references.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "writers/dra-markdown-private.h"

#include <string.h>

#define LINE_BREAK "\342\200\250" /* U+2028 */

/* Inline styles, outermost first: a delimiter where CommonMark takes it for one, else the
 * element. */
static const struct
{
  DraStyleKind kind;
  const char  *delimiter; /* (nullable) */
  const char  *element;
} styles[] = {
  { DRA_STYLE_STRONG, "**", "strong" },
  { DRA_STYLE_EMPHASIS, "*", "em" },
  { DRA_STYLE_UNDERLINE, NULL, "u" },
  { DRA_STYLE_STRIKETHROUGH, "~~", "s" },
  { DRA_STYLE_CODE, "`", "code" },
  { DRA_STYLE_SUPERSCRIPT, NULL, "sup" },
  { DRA_STYLE_SUBSCRIPT, NULL, "sub" },
};

enum
{
  LEVEL_CODE = DRA_MARKDOWN_LEVEL_STYLES + 4,
};

G_STATIC_ASSERT (DRA_MARKDOWN_LEVEL_STYLES + G_N_ELEMENTS (styles) == DRA_MARKDOWN_N_LEVELS);

static gboolean
is_entity (const char *p,
           const char *end)
{
  return p + 1 == end || p[1] == '#' || g_ascii_isalpha (p[1]);
}

/* Whether a character at the start of a line makes the line something else: a heading,
 * quotation, item of a list, rule, underline of a heading, table or directive. */
static gboolean
begins_block (char c)
{
  return strchr ("#>+-=:|", c) != NULL;
}

/* The full stop or parenthesis that would make a number at the start of a line an item;
 * @end for a number that what comes next may make one. */
static const char *
find_item_mark (const char *p,
                const char *end)
{
  const char *start = p;

  while (p < end && g_ascii_isdigit (*p))
    p++;

  return p > start && (p == end || *p == '.' || *p == ')') ? p : NULL;
}

/**
 * dra_markdown_append_escaped:
 * @out: where to
 * @text: UTF-8 of one line, without U+2028
 * @length: its length in bytes
 * @line_start: whether a line of the file begins with it
 * @in_cell: whether it stands in a table
 *
 * Appends text that any reader of Markdown shows as it is.
 */
void
dra_markdown_append_escaped (GString    *out,
                             const char *text,
                             gsize       length,
                             gboolean    line_start,
                             gboolean    in_cell)
{
  const char *end = text + length;
  const char *mark = line_start && !in_cell ? find_item_mark (text, end) : NULL;

  for (const char *p = text; p < end; p++)
    {
      if (p == text && mark == end)
        g_string_append_printf (out, "&#%d;", *p);
      else if (*p == '<')
        g_string_append (out, "&lt;");
      else if (*p == '\t')
        g_string_append (out, "&#9;");
      else if (*p == ' ' && p == text && line_start)
        g_string_append (out, "&#32;");
      else if (*p == '&')
        g_string_append (out, is_entity (p, end) ? "&amp;" : "&");
      else
        {
          if (strchr ("\\`*_[]{}$^~", *p) != NULL || (*p == '|' && in_cell)
              || (*p == '=' && p + 1 < end && p[1] == '=') || p == mark
              || (p == text && line_start && begins_block (*p)))
            g_string_append_c (out, '\\');
          g_string_append_c (out, *p);
        }
    }
}

/* "Look!" before a link is no image. */
static void
protect_exclamation (GString *out)
{
  if (out->len > 0 && out->str[out->len - 1] == '!'
      && (out->len < 2 || out->str[out->len - 2] != '\\'))
    g_string_insert_c (out, (gssize) out->len - 1, '\\');
}

/**
 * dra_markdown_protect_end: (skip)
 * @self: where to
 *
 * Makes spaces at the end of the block's text references: Markdown takes none there for text.
 */
void
dra_markdown_protect_end (DraMarkdown *self)
{
  gsize n = 0;

  while (self->out->len > self->start && self->out->str[self->out->len - 1] == ' ')
    {
      g_string_truncate (self->out, self->out->len - 1);
      n++;
    }
  for (gsize i = 0; i < n; i++)
    g_string_append (self->out, "&#32;");
}

static void
close_levels (DraMarkdown *self,
              guint        first)
{
  for (guint level = DRA_MARKDOWN_N_LEVELS; level > first; level--)
    {
      guint i = level - 1;
      guint id = self->open[i];

      if (id == 0)
        continue;
      self->open[i] = 0;
      if (i == DRA_MARKDOWN_LEVEL_MARK)
        g_string_append (self->out, "</mark>");
      else if (i == DRA_MARKDOWN_LEVEL_LINK)
        {
          /* Nothing that ends the address: what is allowed in one is known. */
          g_autofree char *target
            = g_uri_escape_string (self->walk->styles[id - 1].target, ":/?#[]@!$&'()*+,;=%", FALSE);

          g_string_append_printf (self->out, "](<%s>)", target);
        }
      else if (self->delimited[i])
        g_string_append (self->out, styles[i - DRA_MARKDOWN_LEVEL_STYLES].delimiter);
      else
        g_string_append_printf (self->out, "</%s>", styles[i - DRA_MARKDOWN_LEVEL_STYLES].element);
    }
}

/* Whether what stands around the range of a style makes a delimiter safe: a blank or the
 * line's edge before it, letters or digits at its own edges, and no letter after it.  Code
 * has nothing in it that would end it. */
static gboolean
takes_delimiter (DraMarkdown *self,
                 guint        level,
                 gsize        pos,
                 gsize        end,
                 guint        wanted[DRA_MARKDOWN_N_LEVELS])
{
  const char *text = self->walk->text;
  const char *before = g_utf8_find_prev_char (text + self->block->range.start, text + pos);
  const char *last = g_utf8_find_prev_char (text + pos, text + end);
  const char *code;

  if (styles[level - DRA_MARKDOWN_LEVEL_STYLES].delimiter == NULL
      || (self->out->len > 0 && self->out->str[self->out->len - 1] != '\n'
          && self->out->str[self->out->len - 1] != ' ' && !self->line_start))
    return FALSE;
  /* The only level that begins here, and none before it is open. */
  for (guint i = DRA_MARKDOWN_LEVEL_STYLES; i < DRA_MARKDOWN_N_LEVELS; i++)
    if (i != level && wanted[i] != 0)
      return FALSE;
  if (before != NULL && *before != ' ' && *before != '\t'
      && memcmp (before, LINE_BREAK, strlen (LINE_BREAK)) != 0)
    return FALSE;
  if (last == NULL || !g_unichar_isalnum (g_utf8_get_char (text + pos))
      || !g_unichar_isalnum (g_utf8_get_char (last)))
    return FALSE;
  if (end < self->block->range.end && g_unichar_isalnum (g_utf8_get_char (text + end)))
    return FALSE;
  if (styles[level - DRA_MARKDOWN_LEVEL_STYLES].kind != DRA_STYLE_CODE)
    return TRUE;
  for (code = text + pos; code < text + end; code++)
    if (*code == '`' || *code == '|' || *code == '\t' || *code == '\\')
      return FALSE;

  return memmem (text + pos, end - pos, LINE_BREAK, strlen (LINE_BREAK)) == NULL;
}

static void
open_level (DraMarkdown *self,
            guint        level,
            gsize        pos,
            gsize        end,
            guint        wanted[DRA_MARKDOWN_N_LEVELS])
{
  self->open[level] = wanted[level];
  self->delimited[level] = FALSE;
  if (level == DRA_MARKDOWN_LEVEL_MARK)
    g_string_append (self->out, "<mark>");
  else if (level == DRA_MARKDOWN_LEVEL_LINK)
    {
      protect_exclamation (self->out);
      g_string_append_c (self->out, '[');
    }
  else if (takes_delimiter (self, level, pos, end, wanted))
    {
      self->delimited[level] = TRUE;
      g_string_append (self->out, styles[level - DRA_MARKDOWN_LEVEL_STYLES].delimiter);
    }
  else
    g_string_append_printf (self->out, "<%s>", styles[level - DRA_MARKDOWN_LEVEL_STYLES].element);
}

static void
append_run (DraMarkdown *self,
            const char  *text,
            gsize        length)
{
  gboolean in_cell = self->block->kind == DRA_BLOCK_TABLE_ROW;
  const char *end = text + length;

  while (text < end)
    {
      const char *line = memmem (text, end - text, LINE_BREAK, strlen (LINE_BREAK));
      const char *stop = line != NULL ? line : end;

      if (stop > text)
        {
          if (self->open[LEVEL_CODE] != 0 && self->delimited[LEVEL_CODE])
            g_string_append_len (self->out, text, stop - text);
          else
            dra_markdown_append_escaped (self->out, text, stop - text, self->line_start, in_cell);
          self->line_start = FALSE;
        }
      if (line == NULL)
        break;
      /* A backslash that ends a block breaks nothing. */
      if (in_cell || line + strlen (LINE_BREAK) == self->walk->text + self->block->range.end)
        g_string_append (self->out, "<br>");
      else
        {
          dra_markdown_protect_end (self);
          g_string_append_printf (self->out, "\\\n%s", self->indent);
          self->start = self->out->len;
          self->line_start = TRUE;
        }
      text = line + strlen (LINE_BREAK);
    }
}

/**
 * dra_markdown_append_references: (skip)
 * @self: where to
 * @pos: bytes of the article's text
 * @close: whether to close what is open before the first
 *
 * Appends the references to notes that end at @pos or before it, each once.
 */
void
dra_markdown_append_references (DraMarkdown *self,
                                gsize        pos,
                                gboolean     close)
{
  const DraCopyNote *note;

  while ((note = dra_copy_walk_reference (self->walk, pos)) != NULL)
    {
      if (close)
        close_levels (self, 0);
      protect_exclamation (self->out);
      g_string_append_printf (self->out, "[^%u]", note->number);
      self->line_start = FALSE;
    }
}

/**
 * dra_markdown_append_inlines: (skip)
 * @self: where to
 * @range: bytes of the article's text, within self->block
 * @next_start: where what comes next begins; notes that end before it are referred to here
 *
 * Appends text with its styles, links and marks.
 */
void
dra_markdown_append_inlines (DraMarkdown *self,
                             DraRange     range,
                             gsize        next_start)
{
  gsize pos = range.start;

  self->start = self->out->len;

  while (pos < range.end)
    {
      DraCopySegment segment;
      guint wanted[DRA_MARKDOWN_N_LEVELS] = { 0 };
      guint level = 0;

      dra_markdown_append_references (self, pos, TRUE);
      dra_copy_walk_segment (self->walk, pos, range.end, &segment);
      wanted[DRA_MARKDOWN_LEVEL_MARK] = segment.mark;
      wanted[DRA_MARKDOWN_LEVEL_LINK] = segment.link;
      for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
        wanted[DRA_MARKDOWN_LEVEL_STYLES + i] = (segment.styles >> styles[i].kind) & 1;

      /* A delimiter is only for the segment it was meant for. */
      while (level < DRA_MARKDOWN_N_LEVELS && self->open[level] == wanted[level]
             && !(self->open[level] != 0 && self->delimited[level]))
        level++;
      close_levels (self, level);
      for (; level < DRA_MARKDOWN_N_LEVELS; level++)
        if (wanted[level] != 0)
          open_level (self, level, pos, segment.end, wanted);
      append_run (self, self->walk->text + pos, segment.end - pos);
      pos = segment.end;
    }
  close_levels (self, 0);
  dra_markdown_append_references (self, next_start, FALSE);
  dra_markdown_protect_end (self);
}
