/* dra-pdf-running.c: takes away what stands on every page of a PDF document.
 *
 * Running heads and page numbers are at the top or the bottom, and the same on several
 * pages but for their numbers.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-pdf-private.h"

#include <string.h>

#define EDGE .13     /* share of a page's height in which running lines are */
#define N_EDGE 3     /* lines of an edge that may be running */
#define SAME_PLACE 8 /* points */

/* A line at an edge of its page. */
typedef struct
{
  DraPdfLine *line;
  char       *shape;  /* its text, numbers replaced */
  long        number; /* when it is little more than a number, else -1 */
  double      y;      /* points from the edge */
} Edge;

static void
edge_clear (gpointer data)
{
  g_free (((Edge *) data)->shape);
}

/* "Page 12 of 40", "- 12 -", "12": a page number and at most two words. */
static long
page_number (const char *text)
{
  const char *digits = NULL;
  guint n_letters = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c < 128 && g_ascii_isdigit (c))
        digits = digits != NULL ? digits : p;
      else if (g_unichar_isalpha (c))
        n_letters++;
    }
  if (digits == NULL || n_letters > 8 || strlen (text) > 40)
    return -1;

  return (long) MIN (g_ascii_strtoull (digits, NULL, 10), 1000000);
}

static char *
make_shape (const char *text)
{
  GString *shape = g_string_new (NULL);
  gboolean in_number = FALSE;

  for (const char *p = text; *p != '\0'; p++)
    {
      if (g_ascii_isdigit (*p))
        {
          if (!in_number)
            g_string_append_c (shape, '#');
          in_number = TRUE;
        }
      else
        {
          if (*p != ' ')
            g_string_append_c (shape, *p);
          in_number = FALSE;
        }
    }

  return g_string_free (shape, FALSE);
}

static int
compare_y (gconstpointer a,
           gconstpointer b)
{
  const Edge *x = a;
  const Edge *y = b;

  return x->y < y->y ? -1 : x->y > y->y;
}

/* The outermost lines of one edge of one page are added to all. */
static void
add_edge (DraPdfText *text,
          GArray     *all,
          guint       first,
          guint       end,
          gboolean    top)
{
  g_autoptr (GArray) near = g_array_new (FALSE, FALSE, sizeof (Edge));

  for (guint i = first; i < end; i++)
    {
      DraPdfLine *line = g_ptr_array_index (text->lines, i);
      double height = g_array_index (text->page_height, double, line->page);
      Edge edge = { line, NULL, -1, top ? line->y0 : height - line->y1 };

      if (edge.y < height * EDGE)
        g_array_append_val (near, edge);
    }
  g_array_sort (near, compare_y);
  for (guint i = 0; i < MIN (near->len, N_EDGE); i++)
    {
      Edge edge = g_array_index (near, Edge, i);

      edge.shape = make_shape (edge.line->text->str);
      edge.number = page_number (edge.line->text->str);
      g_array_append_val (all, edge);
    }
}

static int
most_frequent (GHashTable *counts,
               guint      *n)
{
  GHashTableIter iter;
  gpointer key, value;
  int best = 0;

  *n = 0;
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (GPOINTER_TO_UINT (value) > *n
        || (GPOINTER_TO_UINT (value) == *n && GPOINTER_TO_INT (key) < best))
      {
        *n = GPOINTER_TO_UINT (value);
        best = GPOINTER_TO_INT (key);
      }

  return best;
}

static void
count (GHashTable *counts,
       int         key)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, GINT_TO_POINTER (key)));

  g_hash_table_insert (counts, GINT_TO_POINTER (key), GUINT_TO_POINTER (n + 1));
}

static int
place_of (const Edge *edge)
{
  return (int) CLAMP (edge->y / SAME_PLACE, -10000, 10000);
}

static int
lead_of (const Edge *edge)
{
  return (int) (edge->number - (long) edge->line->page);
}

/* Two lines alike may be chance; two numbers that count with the pages are not. */
static void
mark_members (GArray     *all,
              GArray     *members,
              guint       n_pages,
              GHashTable *running)
{
  g_autoptr (GHashTable) places = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) leads = g_hash_table_new (NULL, NULL);
  guint n_same_place, n_counting;
  int place, lead;

  for (guint i = 0; i < members->len; i++)
    {
      const Edge *edge = &g_array_index (all, Edge, g_array_index (members, guint, i));

      count (places, place_of (edge));
      if (edge->number >= 0)
        count (leads, lead_of (edge));
    }
  place = most_frequent (places, &n_same_place);
  lead = most_frequent (leads, &n_counting);

  for (guint i = 0; i < members->len; i++)
    {
      const Edge *edge = &g_array_index (all, Edge, g_array_index (members, guint, i));

      if ((n_same_place >= 3 && n_same_place * 4 >= n_pages
           && ABS (place_of (edge) - place) <= 1)
          || (n_counting >= 2 && n_counting * 3 >= n_pages
              && edge->number >= 0 && lead_of (edge) == lead))
        g_hash_table_add (running, edge->line);
    }
}

static void
mark_running (GArray     *all,
              guint       n_pages,
              GHashTable *running)
{
  g_autoptr (GHashTable) groups
    = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_array_unref);
  GHashTableIter iter;
  gpointer value;

  for (guint i = 0; i < all->len; i++)
    {
      const Edge *edge = &g_array_index (all, Edge, i);
      GArray *members = g_hash_table_lookup (groups, edge->shape);

      if (members == NULL)
        {
          members = g_array_new (FALSE, FALSE, sizeof (guint));
          g_hash_table_insert (groups, edge->shape, members);
        }
      g_array_append_val (members, i);
    }

  g_hash_table_iter_init (&iter, groups);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    mark_members (all, value, n_pages, running);
}

static void
drop_lines (DraPdfText *text,
            GHashTable *dropped)
{
  g_autoptr (GPtrArray) all = g_steal_pointer (&text->lines);

  text->lines = g_ptr_array_new_full (all->len, dra_pdf_line_free);
  g_ptr_array_set_free_func (all, NULL);
  for (guint i = 0; i < all->len; i++)
    {
      DraPdfLine *line = g_ptr_array_index (all, i);

      if (g_hash_table_contains (dropped, line))
        dra_pdf_line_free (line);
      else
        g_ptr_array_add (text->lines, line);
    }
}

/**
 * dra_pdf_drop_running:
 * @text: the text of all pages
 *
 * Drops running heads, running feet and page numbers.  A line goes when lines of the same
 * shape (numbers apart) stand at the same height of at least three pages and a quarter of
 * all, or when it is a number that counts with the pages; but never most of the text.
 */
void
dra_pdf_drop_running (DraPdfText *text)
{
  g_autoptr (GHashTable) running = g_hash_table_new (NULL, NULL);
  guint n_pages = text->page_height->len;
  gsize n_bytes = 0;
  gsize n_running = 0;

  for (guint top = 0; top < 2; top++)
    {
      g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (Edge));

      g_array_set_clear_func (all, edge_clear);
      for (guint first = 0, end; first < text->lines->len; first = end)
        {
          guint page = ((DraPdfLine *) g_ptr_array_index (text->lines, first))->page;

          for (end = first + 1; end < text->lines->len; end++)
            if (((DraPdfLine *) g_ptr_array_index (text->lines, end))->page != page)
              break;
          add_edge (text, all, first, end, top == 0);
        }
      mark_running (all, n_pages, running);
    }

  for (guint i = 0; i < text->lines->len; i++)
    {
      DraPdfLine *line = g_ptr_array_index (text->lines, i);

      n_bytes += line->text->len;
      n_running += g_hash_table_contains (running, line) ? line->text->len : 0;
    }
  /* Not where there would be next to nothing left. */
  if (n_running * 10 < n_bytes * 7)
    drop_lines (text, running);
}
