/* dra-pdf-places.c: where the characters of the article stand on the pages.
 *
 * Poppler tells the places of a page's characters; the pieces tell which of them went into
 * the article.  Both are walked side by side: what the article leaves out (blanks that
 * collapse, soft hyphens, control characters) is passed over.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-pdf-private.h"

#include <string.h>

static int
compare_pages (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  const DraPdfDocument *self = user_data;
  const DraPdfPiece *x = &g_array_index (self->pieces, DraPdfPiece, *(const guint *) a);
  const DraPdfPiece *y = &g_array_index (self->pieces, DraPdfPiece, *(const guint *) b);

  if (x->line->page != y->line->page)
    return x->line->page < y->line->page ? -1 : 1;

  return x->start < y->start ? -1 : x->start > y->start;
}

/**
 * dra_pdf_sort_pieces:
 * @self: a document with its pieces
 *
 * Returns: (transfer full) (element-type guint): indices of the pieces, by page, those of a
 *   page in the order of the article
 */
GArray *
dra_pdf_sort_pieces (DraPdfDocument *self)
{
  GArray *sorted = g_array_sized_new (FALSE, FALSE, sizeof (guint), self->pieces->len);

  for (guint i = 0; i < self->pieces->len; i++)
    g_array_append_val (sorted, i);
  g_array_sort_with_data (sorted, compare_pages, self);

  return sorted;
}

static guint
find_page (DraPdfDocument *self,
           GArray         *sorted,
           guint           page)
{
  guint low = 0;
  guint high = sorted->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      guint piece = g_array_index (sorted, guint, middle);

      if (g_array_index (self->pieces, DraPdfPiece, piece).line->page < page)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

/* The characters of a page, with the place of each. */
typedef struct
{
  gunichar         *characters;
  glong             n_characters;
  PopplerRectangle *rectangles;
} Page;

/* What separates words in the article. */
static gboolean
is_blank (gunichar c)
{
  return c == ' ' || c == '\n' || c == '\t' || c == 0x2028;
}

/* Passes over blanks of the article; returns its next character, 0 at the end. */
static gunichar
peek (const char  *text,
      gsize       *at,
      gsize        end)
{
  while (*at < end && is_blank (g_utf8_get_char (text + *at)))
    *at = g_utf8_next_char (text + *at) - text;

  return *at < end ? g_utf8_get_char (text + *at) : 0;
}

static void
add_piece (const DraPdfDocument *self,
           const DraPdfPiece    *piece,
           const Page           *page,
           GArray               *places)
{
  const DraPdfRun *run = &g_array_index (piece->line->runs, DraPdfRun, piece->run);
  const char *text = dra_article_get_text (self->article, NULL);
  g_autoptr (GString) written = g_string_new (NULL);
  gsize at = piece->start;
  gsize raw = run->start;

  for (guint i = run->index; i < page->n_characters && raw < piece->to; i++)
    {
      DraPdfPlace place = { .line = piece->line, .rectangle = page->rectangles[i] };
      gboolean found = FALSE;

      g_string_truncate (written, 0);
      dra_pdf_append_character (written, page->characters[i]);
      raw += written->len;
      if (raw <= piece->from || g_unichar_isspace (page->characters[i]))
        continue;
      /* A ligature is several characters. */
      for (const char *p = written->str; *p != '\0'; p = g_utf8_next_char (p))
        {
          if (peek (text, &at, piece->end) != g_utf8_get_char (p))
            continue;
          place.start = found ? place.start : at;
          at = g_utf8_next_char (text + at) - text;
          place.end = at;
          found = TRUE;
        }
      if (found)
        g_array_append_val (places, place);
    }
}

/**
 * dra_pdf_find_places:
 * @self: a document with its pieces
 * @sorted: what dra_pdf_sort_pieces() gave
 * @page: number of a page, from 0
 * @poppler_page: that page
 *
 * Linear in the length of the page, but for a search among all pieces.
 *
 * Returns: (transfer full) (element-type DraPdfPlace): the characters of the page that the
 *   article has, in its order; blanks have no place
 */
GArray *
dra_pdf_find_places (DraPdfDocument *self,
                     GArray         *sorted,
                     guint           page,
                     PopplerPage    *poppler_page)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (DraPdfPlace));
  g_autofree char *characters = poppler_page_get_text (poppler_page);
  g_autofree PopplerRectangle *rectangles = NULL;
  g_autofree gunichar *decoded = NULL;
  Page p = { 0 };
  guint n_rectangles = 0;

  if (characters == NULL || !g_utf8_validate (characters, -1, NULL)
      || !poppler_page_get_text_layout (poppler_page, &rectangles, &n_rectangles))
    return places;
  decoded = g_utf8_to_ucs4_fast (characters, -1, &p.n_characters);
  p.characters = decoded;
  p.n_characters = MIN (p.n_characters, (glong) n_rectangles);
  p.rectangles = rectangles;

  for (guint i = find_page (self, sorted, page); i < sorted->len; i++)
    {
      const DraPdfPiece *piece
        = &g_array_index (self->pieces, DraPdfPiece, g_array_index (sorted, guint, i));

      if (piece->line->page != page)
        break;
      add_piece (self, piece, &p, places);
    }

  return places;
}
