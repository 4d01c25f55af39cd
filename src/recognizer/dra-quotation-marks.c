/* dra-quotation-marks.c: where quotations begin and end.
 *
 * Reads each block once with a small stack of open marks.  Which mark closes which is a
 * matter of style (English, German, French, Swedish, Japanese, straight), so every opening
 * mark brings its own list of closing ones.  Marks that can be both, and apostrophes, are
 * told apart by their neighbours.  A mark that is not closed in its block opened a
 * quotation only if the next block begins with the same mark again: a quotation of several
 * paragraphs, of which each opens and the last closes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "recognizer/dra-quotations-private.h"

#define MAX_OPEN 8            /* marks that are open at once */
#define POSSESSIVE_REACH 400  /* bytes looked ahead to tell "the dogs' tails" from an end */
#define MIN_SINGLE 2          /* characters between single marks: not rock 'n' roll */

typedef struct
{
  gunichar    open;
  gunichar    close[4]; /* 0-terminated */
  gboolean    single;
  gboolean    spaced;   /* a space may stand inside, next to the mark */
} Style;

static const Style styles[] = {
  { '"', { '"', 0x201D, 0 }, FALSE, FALSE },
  { 0x201C, { 0x201D, '"', 0 }, FALSE, FALSE },          /* “ ” */
  { 0x201E, { 0x201C, 0x201D, '"', 0 }, FALSE, FALSE },  /* „ “ */
  { 0x201D, { 0x201D, 0 }, FALSE, FALSE },               /* ” ” */
  { 0xAB, { 0xBB, 0 }, FALSE, TRUE },                    /* « » */
  { 0xBB, { 0xAB, 0xBB, 0 }, FALSE, FALSE },             /* » « */
  { '\'', { '\'', 0x2019, 0 }, TRUE, FALSE },
  { 0x2018, { 0x2019, '\'', 0 }, TRUE, FALSE },          /* ‘ ’ */
  { 0x201A, { 0x2018, 0x2019, 0 }, TRUE, FALSE },        /* ‚ ‘ */
  { 0x2039, { 0x203A, 0 }, TRUE, TRUE },                 /* ‹ › */
  { 0x203A, { 0x2039, 0 }, TRUE, FALSE },                /* › ‹ */
  { 0x300C, { 0x300D, 0 }, FALSE, TRUE },                /* 「 」 */
  { 0x300E, { 0x300F, 0 }, FALSE, TRUE },                /* 『 』 */
};

typedef struct
{
  const Style *style;
  gsize        start; /* bytes of the text */
} Open;

typedef struct
{
  const char *text;
  GArray     *found; /* of DraQuotation */
  Open        open[MAX_OPEN];
  guint       n_open;
} Scan;

/* What stands around a mark. */
typedef struct
{
  gunichar before; /* 0: the block begins */
  gunichar after;  /* 0: the block ends */
} Around;

static gboolean
is_space (gunichar c)
{
  return c == 0 || g_unichar_isspace (c);
}

static gboolean
is_bracket_or_dash (gunichar c)
{
  switch (g_unichar_type (c))
    {
    case G_UNICODE_OPEN_PUNCTUATION:
    case G_UNICODE_INITIAL_PUNCTUATION:
    case G_UNICODE_DASH_PUNCTUATION:
      return TRUE;
    default:
      return c == '/' || c == '"' || c == '\'';
    }
}

static const Style *
find_style (gunichar c)
{
  for (gsize i = 0; i < G_N_ELEMENTS (styles); i++)
    if (styles[i].open == c)
      return &styles[i];

  return NULL;
}

static gboolean
is_closing (gunichar c)
{
  return c == '"' || c == '\'' || c == 0x201C || c == 0x201D || c == 0x2018 || c == 0x2019 ||
         c == 0xBB || c == 0xAB || c == 0x203A || c == 0x2039 || c == 0x300D || c == 0x300F;
}

static gboolean
closes (const Style *style,
        gunichar     c)
{
  for (guint i = 0; style->close[i] != 0; i++)
    if (style->close[i] == c)
      return TRUE;

  return FALSE;
}

/* Whether a mark here looks like the beginning of something. */
static gboolean
can_open (const Style *style,
          Around       around)
{
  if (style->spaced)
    return around.after != 0;
  if (around.after == 0 || g_unichar_isspace (around.after))
    return FALSE;
  if (style->open == 0x201C || style->open == 0x201E || style->open == 0x201A)
    return TRUE;
  if (style->single && !g_unichar_isalnum (around.after) && !is_bracket_or_dash (around.after) &&
      around.after != 0x2026 && around.after != '.')
    return FALSE;

  return is_space (around.before) || is_bracket_or_dash (around.before);
}

/* Whether a mark here can be the end of something; an apostrophe inside a word cannot. */
static gboolean
can_close (const Style *style,
           Around       around)
{
  if (style->spaced)
    return TRUE;
  if (style->single)
    return !is_space (around.before) && !g_unichar_isalnum (around.after);
  if (g_unichar_isalnum (around.after) && g_unichar_isalnum (around.before))
    return FALSE;

  return TRUE;
}

/* "the dogs’ tails,’ he said": whether a surer end comes soon. */
static gboolean
is_possessive (const char *p,
               const char *end,
               gunichar    before,
               gunichar    mark)
{
  const char *stop = p + MIN (end - p, POSSESSIVE_REACH);
  gunichar last = 0;

  if ((before != 's' && before != 'S') || p >= end || *p != ' ')
    return FALSE;
  for (; p < stop; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == 0x2018)
        return FALSE;
      if (c == mark && last != 0 && strchr (".,?!", (int) (last < 0x80 ? last : 'x')) != NULL)
        {
          const char *next = g_utf8_next_char (p);

          return next >= end || !g_unichar_isalnum (g_utf8_get_char (next));
        }
      last = c;
    }

  return FALSE;
}

static void
emit (Scan       *self,
      const Open *open,
      gsize       end)
{
  DraQuotation quotation = { .range = { open->start, end }, .speaker = -1 };

  if (open->style->single &&
      g_utf8_strlen (self->text + open->start, (gssize) (end - open->start)) < MIN_SINGLE + 2)
    return;
  g_array_append_val (self->found, quotation);
}

/* Closes what the mark closes; what was opened inside and never closed is given up. */
static gboolean
try_close (Scan   *self,
           gunichar c,
           Around   around,
           gsize    start,
           gsize    end,
           gsize    block_end)
{
  for (guint i = self->n_open; i > 0; i--)
    {
      const Open *open = &self->open[i - 1];

      if (closes (open->style, c) && can_close (open->style, around) && start > open->start + 1 &&
          !(open->style->single &&
            is_possessive (self->text + end, self->text + block_end, around.before, c)))
        {
          emit (self, open, end);
          self->n_open = i - 1;
          return TRUE;
        }
      /* A single mark ends only what was opened last. */
      if (closes (&styles[6], c) || c == 0x2018)
        break;
    }

  return FALSE;
}

static void
push (Scan        *self,
      const Style *style,
      gsize        start)
{
  /* Straight marks say nothing of their side: one that clearly opens shows that the one
   * before was no quotation, or was never closed. */
  if (style->open == '"' || style->single)
    for (guint i = 0; i < self->n_open; i++)
      if (self->open[i].style == style)
        {
          self->n_open = i;
          break;
        }
  if (self->n_open == MAX_OPEN)
    {
      memmove (self->open, self->open + 1, sizeof (Open) * (MAX_OPEN - 1));
      self->n_open--;
    }
  self->open[self->n_open++] = (Open) { style, start };
}

/* Reads the block from p on. */
static void
scan_block (Scan    *self,
            DraRange range,
            gsize    from)
{
  const char *end = self->text + range.end;
  gunichar before = 0;

  for (const char *p = self->text + from; p < end;)
    {
      const char *next = g_utf8_next_char (p);
      gunichar c = g_utf8_get_char (p);

      if ((guchar) *p >= 0x80 || c == '"' || c == '\'')
        {
          Around around = { before, next < end ? g_utf8_get_char (next) : 0 };
          gsize start = (gsize) (p - self->text), stop = (gsize) (next - self->text);
          const Style *style = find_style (c);
          gboolean opens = style != NULL && can_open (style, around);

          /* Except straight ones, a mark that can end what is open does not open. */
          if (opens && c != '"' && c != '\'' && self->n_open > 0 &&
              closes (self->open[self->n_open - 1].style, c))
            opens = FALSE;
          if (opens)
            push (self, style, start);
          else if (is_closing (c))
            try_close (self, c, around, start, stop, range.end);
        }
      before = c;
      p = next;
    }
}

/* Whether a block that begins at this place goes on with a quotation left open. */
static gboolean
goes_on (const char *text,
         DraRange    range,
         const Open *open,
         gsize      *from)
{
  gunichar c;

  if (dra_range_length (range) == 0)
    return FALSE;
  c = g_utf8_get_char (text + range.start);
  /* French repeats either mark. */
  if (c != open->style->open && !(open->style->open == 0xAB && c == 0xBB))
    return FALSE;
  *from = (gsize) (g_utf8_next_char (text + range.start) - text);

  return *from < range.end;
}

static int
compare_quotations (gconstpointer a,
                    gconstpointer b)
{
  const DraQuotation *x = a, *y = b;

  if (x->range.start != y->range.start)
    return x->range.start < y->range.start ? -1 : 1;
  return x->range.end > y->range.end ? -1 : x->range.end < y->range.end;
}

static void
set_levels (GArray *found)
{
  gsize ends[MAX_OPEN + 1];
  guint n = 0;

  for (guint i = 0; i < found->len; i++)
    {
      DraQuotation *quotation = &g_array_index (found, DraQuotation, i);

      while (n > 0 && ends[n - 1] <= quotation->range.start)
        n--;
      quotation->level = n;
      if (n < G_N_ELEMENTS (ends))
        ends[n++] = quotation->range.end;
    }
}

/* The mark left open that the next paragraph may take up again: the outermost. */
static gboolean
find_left_open (Scan *self,
                Open *left)
{
  for (guint i = 0; i < self->n_open; i++)
    if (self->open[i].style->open != '\'')
      {
        *left = self->open[i];
        return TRUE;
      }

  return FALSE;
}

/*
 * dra_quotation_marks_find:
 * @article: an article
 *
 * Finds what stands between quotation marks.  Preformatted blocks are left out.
 *
 * Returns: (transfer full) (element-type DraQuotation): by start, without speakers
 */
GArray *
dra_quotation_marks_find (DraArticle *article)
{
  Scan self = { .text = dra_article_get_text (article, NULL) };
  guint n_blocks;
  const DraBlock *blocks = dra_article_get_blocks (article, &n_blocks);
  gboolean waiting = FALSE;
  Open left = { 0 };

  self.found = g_array_new (FALSE, FALSE, sizeof (DraQuotation));
  for (guint i = 0; i < n_blocks; i++)
    {
      gsize from = blocks[i].range.start;

      if (blocks[i].kind == DRA_BLOCK_IMAGE || blocks[i].kind == DRA_BLOCK_CAPTION)
        continue; /* a picture between two paragraphs */
      self.n_open = 0;
      if (blocks[i].kind != DRA_BLOCK_PREFORMATTED && blocks[i].kind != DRA_BLOCK_RULE)
        {
          if (waiting && goes_on (self.text, blocks[i].range, &left, &from))
            self.open[self.n_open++] = left;
          scan_block (&self, blocks[i].range, from);
        }
      waiting = find_left_open (&self, &left);
    }
  g_array_sort (self.found, compare_quotations);
  set_levels (self.found);

  return self.found;
}
