/* dra-pdf-layout.c: paragraphs, headings and lists from the lines of a PDF document.
 *
 * Lines are joined unless something says that a paragraph begins: space above, an indent,
 * other type, a marker, or a last line that ended short.  What is set larger or bolder
 * than the running text is a heading, the largest on the first page the title.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-pdf-private.h"

#include <math.h>
#include <string.h>

#define SIZES 400           /* half points: larger type counts as that */
#define SAME_SIZE .08       /* of the size */
#define WIDE_LEADING 1.35   /* times what is usual */
#define SHORT_LINE .15      /* of the column's width */
#define HEADING_SIZE 1.15   /* times the running text */
#define FOOTNOTE_SIZE .93   /* times the running text */
#define HEADING_BYTES 250
#define BOLD_HEADING_BYTES 120

/* Lines below one another on one page: a column, or a part of one. */
typedef struct
{
  double left, right; /* points */
  gboolean hanging;   /* first lines stick out to the left */
} Chunk;

typedef struct
{
  DraPdfText *text;
  GArray     *chunks;        /* of Chunk */
  guint      *chunk_of;      /* by line */
  double      leading[SIZES]; /* usual, in points, by half points of size; 0 unknown */
  double      body;          /* size of the running text, points */
  gboolean    body_bold;
} Layout;

static guint
size_bucket (double size)
{
  return (guint) CLAMP (lround (size * 2), 1, SIZES - 1);
}

static DraPdfLine *
get_line (Layout *layout,
          guint   i)
{
  return g_ptr_array_index (layout->text->lines, i);
}

static void
find_body (Layout *layout)
{
  gsize weight[SIZES] = { 0 };
  gsize bold = 0;
  gsize all = 0;
  guint best = 0;

  for (guint i = 0; i < layout->text->lines->len; i++)
    {
      DraPdfLine *line = get_line (layout, i);

      weight[size_bucket (line->size)] += line->text->len;
      all += line->text->len;
      bold += line->bold ? line->text->len : 0;
    }
  for (guint i = 0; i < SIZES; i++)
    if (weight[i] > weight[best])
      best = i;
  layout->body = best / 2.0;
  layout->body_bold = bold * 2 > all;
}

static gboolean
same_size (double a,
           double b)
{
  return fabs (a - b) <= SAME_SIZE * MAX (a, b);
}

/* Below the other, in the same column. */
static gboolean
follows (const DraPdfLine *line,
         const DraPdfLine *before)
{
  double overlap = MIN (line->x1, before->x1) - MAX (line->x0, before->x0);
  double narrow = MIN (line->x1 - line->x0, before->x1 - before->x0);

  return line->page == before->page && line->y1 > before->y1 && overlap > .3 * narrow
         && line->y0 - before->y1 < 4 * MAX (line->size, before->size);
}

static void
finish_chunk (Layout *layout,
              Chunk  *chunk,
              guint   first,
              guint   end)
{
  guint n_left = 0;
  guint n_indented = 0;

  for (guint i = first; i < end; i++)
    {
      DraPdfLine *line = get_line (layout, i);

      if (line->x0 - chunk->left < .5 * line->size)
        n_left++;
      else if (line->x0 - chunk->left < 5 * line->size)
        n_indented++;
      layout->chunk_of[i] = layout->chunks->len;
    }
  chunk->hanging = n_left >= 2 && n_indented > n_left;
  g_array_append_val (layout->chunks, *chunk);
}

static void
find_chunks (Layout *layout)
{
  guint n = layout->text->lines->len;
  Chunk chunk = { 0 };
  guint first = 0;

  for (guint i = 0; i < n; i++)
    {
      DraPdfLine *line = get_line (layout, i);

      if (i > first && follows (line, get_line (layout, i - 1)))
        {
          chunk.left = MIN (chunk.left, line->x0);
          chunk.right = MAX (chunk.right, line->x1);
          continue;
        }
      if (i > first)
        finish_chunk (layout, &chunk, first, i);
      chunk = (Chunk){ line->x0, line->x1, FALSE };
      first = i;
    }
  if (n > first)
    finish_chunk (layout, &chunk, first, n);
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return x < y ? -1 : x > y;
}

/* The usual leading is the median: most lines are not the first of a paragraph. */
static void
find_leading (Layout *layout)
{
  GArray *steps[SIZES] = { NULL };

  for (guint i = 1; i < layout->text->lines->len; i++)
    {
      DraPdfLine *line = get_line (layout, i);
      DraPdfLine *before = get_line (layout, i - 1);
      double step = line->y1 - before->y1;
      guint bucket = size_bucket (line->size);

      if (layout->chunk_of[i] != layout->chunk_of[i - 1] || !same_size (line->size, before->size))
        continue;
      if (steps[bucket] == NULL)
        steps[bucket] = g_array_new (FALSE, FALSE, sizeof (double));
      g_array_append_val (steps[bucket], step);
    }
  for (guint i = 0; i < SIZES; i++)
    if (steps[i] != NULL)
      {
        g_array_sort (steps[i], compare_doubles);
        layout->leading[i] = g_array_index (steps[i], double, steps[i]->len / 2);
        g_array_unref (steps[i]);
      }
}

/* Bytes of a list marker and the space after it, or 0. */
static gsize
marker_length (const char *text,
               gboolean   *numbered)
{
  static const char *const bullets = "•‣▪■◦●○–—·*➢✓";
  const char *p = text;
  gunichar c = g_utf8_get_char (p);

  *numbered = FALSE;
  if (g_utf8_strchr (bullets, -1, c) != NULL)
    {
      p = g_utf8_next_char (p);
      return *p == ' ' && p[1] != '\0' ? (gsize) (p + 1 - text) : 0;
    }
  if (*p == '(')
    p++;
  if (g_ascii_isdigit (*p))
    for (guint n = 0; g_ascii_isdigit (*p) && n < 3; n++)
      p++;
  else if (g_ascii_islower (*p))
    p++;
  else
    return 0;
  if ((*p != '.' && *p != ')') || p[1] != ' ' || p[2] == '\0')
    return 0;
  if (*text != '(' && *p == '.' && !g_ascii_isdigit (*text))
    return 0;
  *numbered = TRUE;

  return p + 2 - text;
}

/* "2.1 Methods": the number of a section. */
static gboolean
is_section (const char *text)
{
  const char *p = text;

  while (g_ascii_isdigit (*p) || (*p == '.' && p > text))
    p++;

  return p > text && p - text < 10 && *p == ' ' && g_unichar_isupper (g_utf8_get_char (p + 1));
}

static gboolean
ends_sentence (const char *text)
{
  const char *p = text + strlen (text);

  while (p > text)
    {
      gunichar c;

      p = g_utf8_prev_char (p);
      c = g_utf8_get_char (p);
      if (g_unichar_isspace (c) || c == '"' || c == '\'' || c == ')' || c == ']'
          || c == 0x2019 || c == 0x201D || c == 0xBB || g_unichar_isdigit (c))
        continue;

      return c == '.' || c == '?' || c == '!' || c == ':' || c == 0x2026 || c == 0x3002
             || c == 0xFF01 || c == 0xFF1F;
    }

  return TRUE;
}

static gboolean
begins_lower (const char *text)
{
  return g_unichar_islower (g_utf8_get_char (text));
}

/**
 * dra_pdf_ends_hyphen:
 * @text: the text of a line
 *
 * Returns: whether its last word may go on in the next line
 */
gboolean
dra_pdf_ends_hyphen (const char *text)
{
  gsize length = strlen (text);

  return (length > 1 && text[length - 1] == '-' && text[length - 2] != '-')
         || g_str_has_suffix (text, "\302\255") || g_str_has_suffix (text, "\342\200\220");
}

/* Where a paragraph goes on in the next column or on the next page. */
static gboolean
goes_on (Layout           *layout,
         guint             i,
         const DraPdfLine *before,
         guint             before_index)
{
  const DraPdfLine *line = get_line (layout, i);
  const Chunk *chunk = &g_array_index (layout->chunks, Chunk, layout->chunk_of[i]);
  const Chunk *last = &g_array_index (layout->chunks, Chunk, layout->chunk_of[before_index]);
  gboolean numbered;

  if (!same_size (line->size, before->size) || line->bold != before->bold
      || marker_length (line->text->str, &numbered) > 0)
    return FALSE;
  if (dra_pdf_ends_hyphen (before->text->str) && begins_lower (line->text->str))
    return TRUE;
  if (ends_sentence (before->text->str))
    return FALSE;
  if (begins_lower (line->text->str))
    return TRUE;

  return before->x1 > last->right - SHORT_LINE * (last->right - last->left)
         && last->right - last->left > 10 * line->size
         && line->x0 - chunk->left < .9 * line->size;
}

static gboolean
begins_paragraph (Layout *layout,
                  guint   i)
{
  const DraPdfLine *line = get_line (layout, i);
  const DraPdfLine *before = get_line (layout, i - 1);
  const Chunk *chunk = &g_array_index (layout->chunks, Chunk, layout->chunk_of[i]);
  double usual = MAX (layout->leading[size_bucket (line->size)], 1.05 * line->size);
  double width = chunk->right - chunk->left;
  gboolean indented = line->x0 - chunk->left >= .9 * line->size;
  gboolean before_indented = before->x0 - chunk->left >= .9 * before->size;
  gboolean numbered;

  if (line->bold && is_section (line->text->str))
    return TRUE;
  if (layout->chunk_of[i] != layout->chunk_of[i - 1])
    return !goes_on (layout, i, before, i - 1);
  if (!same_size (line->size, before->size) || line->bold != before->bold)
    return !dra_pdf_ends_hyphen (before->text->str);
  if (line->y1 - before->y1 > WIDE_LEADING * usual)
    return TRUE;
  if (marker_length (line->text->str, &numbered) > 0
      && (!numbered || ends_sentence (before->text->str)))
    return TRUE;
  if (chunk->hanging)
    return !indented && before_indented && ends_sentence (before->text->str);
  if (indented && !before_indented && line->x0 - chunk->left < .4 * width)
    return TRUE;

  return before->x1 < chunk->right - SHORT_LINE * width && ends_sentence (before->text->str);
}

static DraPdfBlock *
add_block (GPtrArray  *blocks,
           DraPdfLine *line)
{
  DraPdfBlock *block = g_new0 (DraPdfBlock, 1);

  block->lines = g_ptr_array_new ();
  g_ptr_array_add (block->lines, line);
  g_ptr_array_add (blocks, block);

  return block;
}

static void
block_free (gpointer data)
{
  g_ptr_array_unref (((DraPdfBlock *) data)->lines);
  g_free (data);
}

static gboolean
is_footnote (Layout           *layout,
             const DraPdfLine *line)
{
  double height = g_array_index (layout->text->page_height, double, line->page);
  gunichar c = g_utf8_get_char (line->text->str);
  gboolean marked = g_unichar_isdigit (c) || g_utf8_strchr ("*†‡§¶∗", -1, c) != NULL;

  return line->size < FOOTNOTE_SIZE * layout->body
         && line->y0 > (marked ? .5 : .8) * height;
}

/* Footnotes stand in the middle of a paragraph that goes on overleaf, and come after it. */
static GPtrArray *
collect (Layout *layout)
{
  GPtrArray *blocks = g_ptr_array_new_with_free_func (block_free);
  g_autoptr (GPtrArray) notes = g_ptr_array_new ();
  DraPdfBlock *block = NULL;
  DraPdfBlock *note = NULL;
  guint last = 0;

  for (guint i = 0; i < layout->text->lines->len; i++)
    {
      DraPdfLine *line = get_line (layout, i);

      if (note != NULL && same_size (line->size, get_line (layout, i - 1)->size)
          && !begins_paragraph (layout, i))
        {
          g_ptr_array_add (note->lines, line);
          continue;
        }
      if (is_footnote (layout, line))
        {
          note = add_block (notes, line);
          note->role = DRA_PDF_FOOTNOTE;
          continue;
        }
      note = NULL;
      if (block != NULL
          && !(last + 1 == i ? begins_paragraph (layout, i)
                             : !goes_on (layout, i, get_line (layout, last), last)))
        g_ptr_array_add (block->lines, line);
      else
        {
          g_ptr_array_extend_and_steal (blocks, g_steal_pointer (&notes));
          notes = g_ptr_array_new ();
          block = add_block (blocks, line);
        }
      last = i;
    }
  g_ptr_array_extend_and_steal (blocks, g_steal_pointer (&notes));

  return blocks;
}

static gsize
block_bytes (const DraPdfBlock *block)
{
  gsize n = 0;

  for (guint i = 0; i < block->lines->len; i++)
    n += ((DraPdfLine *) g_ptr_array_index (block->lines, i))->text->len;

  return n;
}

static gboolean
has_letter (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalpha (g_utf8_get_char (p)))
      return TRUE;

  return FALSE;
}

static gboolean
is_caption (const char *text)
{
  static const char *const words[] = { "Figure ", "Fig. ", "Table ", "FIGURE ", "TABLE " };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_has_prefix (text, words[i]) && g_ascii_isdigit (text[strlen (words[i])]))
      {
        const char *p = text + strlen (words[i]);

        while (g_ascii_isdigit (*p))
          p++;

        return *p == ':' || *p == '.';
      }

  return FALSE;
}

static gboolean
is_heading (Layout            *layout,
            const DraPdfBlock *block)
{
  const DraPdfLine *line = g_ptr_array_index (block->lines, 0);
  gsize length = block_bytes (block);

  if (!has_letter (line->text->str))
    return FALSE;
  if (line->size >= HEADING_SIZE * layout->body)
    return length <= HEADING_BYTES;
  if (line->bold && !layout->body_bold && line->size > .95 * layout->body)
    return length <= BOLD_HEADING_BYTES && block->lines->len <= 2
           && !g_str_has_suffix (line->text->str, ".");

  return FALSE;
}

/* A title of several lines may have a mark for a footnote in between. */
static void
join_title (GPtrArray   *blocks,
            DraPdfBlock *title)
{
  double size = ((DraPdfLine *) g_ptr_array_index (title->lines, 0))->size;
  guint at;

  if (!g_ptr_array_find (blocks, title, &at))
    return;
  for (guint i = at + 1; i < MIN (blocks->len, at + 4); i++)
    {
      DraPdfBlock *block = g_ptr_array_index (blocks, i);
      const DraPdfLine *line = g_ptr_array_index (block->lines, 0);

      if (block->role == DRA_PDF_HEADING && same_size (line->size, size))
        {
          g_ptr_array_extend (title->lines, block->lines, NULL, NULL);
          g_ptr_array_remove_index (blocks, i--);
        }
      else if (block_bytes (block) > 4)
        return;
    }
}

static void
give_roles (Layout    *layout,
            GPtrArray *blocks)
{
  guint8 level[SIZES] = { 0 };
  guint n_levels = 0;
  DraPdfBlock *title = NULL;

  for (guint i = 0; i < blocks->len; i++)
    {
      DraPdfBlock *block = g_ptr_array_index (blocks, i);
      const DraPdfLine *line = g_ptr_array_index (block->lines, 0);
      gboolean numbered;

      if (block->role == DRA_PDF_FOOTNOTE)
        continue;
      if (is_caption (line->text->str))
        block->role = DRA_PDF_CAPTION;
      else if (is_heading (layout, block))
        {
          block->role = DRA_PDF_HEADING;
          level[size_bucket (line->size)] = 1;
          if (line->page == 0 && line->size >= HEADING_SIZE * layout->body
              && (title == NULL
                  || line->size > ((DraPdfLine *) g_ptr_array_index (title->lines, 0))->size))
            title = block;
        }
      else
        {
          block->marker = marker_length (line->text->str, &numbered);
          if (block->marker > 0)
            block->role = DRA_PDF_ITEM;
        }
    }
  if (title != NULL)
    {
      join_title (blocks, title);
      title->role = DRA_PDF_TITLE;
      level[size_bucket (((DraPdfLine *) g_ptr_array_index (title->lines, 0))->size)] = 0;
    }

  for (guint i = SIZES; i > 0; i--)
    if (level[i - 1] != 0)
      level[i - 1] = (guint8) MIN (++n_levels, 6);
  for (guint i = 0; i < blocks->len; i++)
    {
      DraPdfBlock *block = g_ptr_array_index (blocks, i);
      const DraPdfLine *line = g_ptr_array_index (block->lines, 0);

      if (block->role == DRA_PDF_HEADING)
        block->level = MAX (level[size_bucket (line->size)], 1);
    }
}

/**
 * dra_pdf_find_blocks:
 * @text: the text of all pages, without running heads
 *
 * Returns: (transfer full) (element-type DraPdfBlock): paragraphs, headings and so on in
 *   reading order; their lines are those of @text
 */
GPtrArray *
dra_pdf_find_blocks (DraPdfText *text)
{
  Layout layout = { .text = text };
  GPtrArray *blocks;

  layout.chunks = g_array_new (FALSE, FALSE, sizeof (Chunk));
  layout.chunk_of = g_new0 (guint, text->lines->len + 1);
  find_body (&layout);
  find_chunks (&layout);
  find_leading (&layout);
  blocks = collect (&layout);
  give_roles (&layout, blocks);
  g_array_unref (layout.chunks);
  g_free (layout.chunk_of);

  return blocks;
}
