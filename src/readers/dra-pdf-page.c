/* dra-pdf-page.c: the lines of a page of a PDF document.
 *
 * Poppler gives the characters of a page in reading order, column by column, with the
 * place and the font of each.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-pdf-private.h"

#include <string.h>

#define SAME_LINE 1.0 /* times the size: words closer than this are on one line */
#define SPACE .15     /* times the size: parts farther apart are two words */
#define MAX_LINKS 500 /* of a page: each is compared with all characters of it */

typedef struct
{
  PopplerRectangle rectangle; /* y downwards */
  const char      *uri;
} Link;

/* A page while its lines are made. */
typedef struct
{
  PopplerRectangle *places; /* one a character */
  guint             n_places;
  GList            *fonts; /* of PopplerTextAttributes, from the present one on */
  GArray           *links; /* of Link */
  guint             page;

  DraPdfLine       *line;
  double            weight[2]; /* characters, and those that are bold */
  double            size_sum;
} Page;

static void
run_clear (gpointer data)
{
  g_free (((DraPdfRun *) data)->uri);
}

/**
 * dra_pdf_line_free:
 * @line: a line
 *
 * Frees a line.
 */
void
dra_pdf_line_free (gpointer line)
{
  DraPdfLine *self = line;

  g_string_free (self->text, TRUE);
  g_array_unref (self->runs);
  g_free (self);
}

static DraPdfLine *
line_new (guint page)
{
  DraPdfLine *line = g_new0 (DraPdfLine, 1);

  line->text = g_string_new (NULL);
  line->runs = g_array_new (FALSE, FALSE, sizeof (DraPdfRun));
  g_array_set_clear_func (line->runs, run_clear);
  line->page = page;
  line->x0 = line->y0 = G_MAXDOUBLE;

  return line;
}

/**
 * dra_pdf_text_new:
 *
 * Returns: (transfer full): a text without lines
 */
DraPdfText *
dra_pdf_text_new (void)
{
  DraPdfText *self = g_new0 (DraPdfText, 1);

  self->lines = g_ptr_array_new_with_free_func (dra_pdf_line_free);
  self->page_height = g_array_new (FALSE, FALSE, sizeof (double));

  return self;
}

/**
 * dra_pdf_text_free:
 * @self: a text
 *
 * Frees the text and its lines.
 */
void
dra_pdf_text_free (DraPdfText *self)
{
  g_ptr_array_unref (self->lines);
  g_array_unref (self->page_height);
  g_free (self);
}

static const PopplerTextAttributes *
font_at (Page *page,
         guint index)
{
  while (page->fonts != NULL
         && ((PopplerTextAttributes *) page->fonts->data)->end_index < (int) index)
    page->fonts = page->fonts->next;

  return page->fonts != NULL ? page->fonts->data : NULL;
}

static gboolean
name_has (const PopplerTextAttributes *font,
          const char *const           *words)
{
  g_autofree char *lower = NULL;

  if (font == NULL || font->font_name == NULL)
    return FALSE;
  lower = g_ascii_strdown (font->font_name, -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (lower, words[i]) != NULL)
      return TRUE;

  return FALSE;
}

static const char *
link_at (Page                   *page,
         const PopplerRectangle *place)
{
  double x = (place->x1 + place->x2) / 2;
  double y = (place->y1 + place->y2) / 2;

  for (guint i = 0; i < page->links->len; i++)
    {
      const Link *link = &g_array_index (page->links, Link, i);

      if (x >= link->rectangle.x1 && x <= link->rectangle.x2
          && y >= link->rectangle.y1 && y <= link->rectangle.y2)
        return link->uri;
    }

  return NULL;
}

/**
 * dra_pdf_append_character:
 * @text: where to
 * @c: a character of a page
 *
 * Writes a character as the text of a line has it.  Ligatures are one character in the font
 * only; a reader who looks for "office" types six.
 */
void
dra_pdf_append_character (GString  *text,
                          gunichar  c)
{
  static const char *const ligatures[] = { "ff", "fi", "fl", "ffi", "ffl", "st", "st" };

  if (c >= 0xFB00 && c <= 0xFB06)
    g_string_append (text, ligatures[c - 0xFB00]);
  else
    g_string_append_unichar (text, c);
}

static void
add_character (Page     *page,
               gunichar  c,
               guint     index,
               gboolean  bold,
               gboolean  italic)
{
  const PopplerTextAttributes *font = font_at (page, index);
  const PopplerRectangle *place = index < page->n_places ? &page->places[index] : NULL;
  DraPdfLine *line = page->line;
  const char *uri = NULL;
  gsize start = line->text->len;
  DraPdfRun *run;

  dra_pdf_append_character (line->text, c);
  if (place != NULL && !g_unichar_isspace (c))
    {
      line->x0 = MIN (line->x0, place->x1);
      line->y0 = MIN (line->y0, place->y1);
      line->x1 = MAX (line->x1, place->x2);
      line->y1 = MAX (line->y1, place->y2);
      page->weight[0] += 1;
      page->weight[1] += bold ? 1 : 0;
      page->size_sum += font != NULL ? font->font_size : place->y2 - place->y1;
    }
  if (place != NULL)
    uri = link_at (page, place);

  run = line->runs->len > 0 ? &g_array_index (line->runs, DraPdfRun, line->runs->len - 1) : NULL;
  if (run != NULL && run->bold == bold && run->italic == italic && g_strcmp0 (run->uri, uri) == 0)
    run->end = line->text->len;
  else
    {
      DraPdfRun fresh = { start, line->text->len, index, bold, italic, g_strdup (uri) };

      g_array_append_val (line->runs, fresh);
    }
}

/* Raised numbers and what stands after them come as lines of their own. */
static gboolean
is_same_line (const DraPdfLine *line,
              const DraPdfLine *before)
{
  double overlap = MIN (line->y1, before->y1) - MAX (line->y0, before->y0);
  double height = MIN (line->y1 - line->y0, before->y1 - before->y0);
  double gap = line->x0 - before->x1;

  return line->page == before->page && overlap > .5 * height
         && gap > -.3 * before->size && gap < SAME_LINE * before->size;
}

static void
append_line (DraPdfLine *line,
             DraPdfLine *more)
{
  gboolean space = more->x0 - line->x1 > SPACE * line->size;
  gsize shift;

  if (space)
    {
      g_string_append_c (line->text, ' ');
      if (line->runs->len > 0)
        g_array_index (line->runs, DraPdfRun, line->runs->len - 1).end = line->text->len;
    }
  shift = line->text->len;
  g_string_append_len (line->text, more->text->str, more->text->len);
  for (guint i = 0; i < more->runs->len; i++)
    {
      DraPdfRun run = g_array_index (more->runs, DraPdfRun, i);

      run.start += shift;
      run.end += shift;
      run.uri = g_strdup (run.uri);
      g_array_append_val (line->runs, run);
    }
  line->bold = line->bold && more->bold;
  line->size = MAX (line->size, more->size);
  line->x1 = MAX (line->x1, more->x1);
  line->y0 = MIN (line->y0, more->y0);
  line->y1 = MAX (line->y1, more->y1);
}

static void
end_line (Page       *page,
          DraPdfText *text)
{
  DraPdfLine *line = g_steal_pointer (&page->line);
  DraPdfLine *before
    = text->lines->len > 0 ? g_ptr_array_index (text->lines, text->lines->len - 1) : NULL;

  if (page->weight[0] < 1)
    {
      dra_pdf_line_free (line);
      return;
    }
  line->size = page->size_sum / page->weight[0];
  line->bold = page->weight[1] >= .95 * page->weight[0];
  if (before != NULL && is_same_line (line, before))
    {
      append_line (before, line);
      dra_pdf_line_free (line);
    }
  else
    g_ptr_array_add (text->lines, line);
}

static void
begin_line (Page *page)
{
  page->line = line_new (page->page);
  page->weight[0] = page->weight[1] = page->size_sum = 0;
}

static GArray *
find_links (GList  *mappings,
            double  height)
{
  GArray *links = g_array_new (FALSE, FALSE, sizeof (Link));

  for (GList *l = mappings; l != NULL && links->len < MAX_LINKS; l = l->next)
    {
      const PopplerLinkMapping *mapping = l->data;
      Link link = { .rectangle = mapping->area };

      if (mapping->action == NULL || mapping->action->type != POPPLER_ACTION_URI
          || mapping->action->uri.uri == NULL)
        continue;
      link.uri = mapping->action->uri.uri;
      /* Areas are in PDF coordinates, characters are not. */
      link.rectangle.y1 = height - mapping->area.y2;
      link.rectangle.y2 = height - mapping->area.y1;
      g_array_append_val (links, link);
    }

  return links;
}

/* Words of two columns that happen to stand at the same height. */
static gboolean
is_gap (Page     *page,
        gunichar  c,
        guint     index)
{
  const DraPdfLine *line = page->line;

  return index < page->n_places && !g_unichar_isspace (c) && line->text->len > 0
         && line->text->str[line->text->len - 1] != ' ' && page->weight[0] > 0
         && page->places[index].x1 - line->x1 > 1.2 * page->size_sum / page->weight[0];
}

static void
add_lines (Page       *page,
           DraPdfText *text,
           const char *characters)
{
  static const char *const bold_words[] = { "bold", "black", "heavy", "-bd", NULL };
  static const char *const italic_words[] = { "italic", "oblique", "-it", NULL };
  const PopplerTextAttributes *font = NULL;
  gboolean bold = FALSE;
  gboolean italic = FALSE;
  guint index = 0;

  begin_line (page);
  for (const char *p = characters; *p != '\0'; p = g_utf8_next_char (p), index++)
    {
      gunichar c = g_utf8_get_char (p);
      const PopplerTextAttributes *now = font_at (page, index);

      if (now != font)
        {
          font = now;
          bold = name_has (font, bold_words);
          italic = name_has (font, italic_words);
        }
      if (c == '\n' || c == '\f' || is_gap (page, c, index))
        {
          end_line (page, text);
          begin_line (page);
        }
      if (c != '\n' && c != '\f')
        add_character (page, c, index, bold, italic);
    }
  end_line (page, text);
}

/**
 * dra_pdf_text_add_page:
 * @self: a text
 * @page: (nullable): the next page of the document; %NULL when it is damaged
 *
 * Adds the lines of a page in reading order.
 */
void
dra_pdf_text_add_page (DraPdfText  *self,
                       PopplerPage *page)
{
  g_autofree char *characters = NULL;
  GList *mappings = NULL;
  GList *fonts = NULL;
  Page p = { .page = self->page_height->len };
  double width = 0, height = 0;

  if (page != NULL)
    poppler_page_get_size (page, &width, &height);
  g_array_append_val (self->page_height, height);
  if (page == NULL)
    return;
  self->marked = self->marked || dra_pdf_has_notes (page);
  characters = poppler_page_get_text (page);
  if (characters == NULL || *characters == '\0' || !g_utf8_validate (characters, -1, NULL))
    return;

  if (!poppler_page_get_text_layout (page, &p.places, &p.n_places))
    p.n_places = 0;
  fonts = poppler_page_get_text_attributes (page);
  p.fonts = fonts;
  mappings = poppler_page_get_link_mapping (page);
  p.links = find_links (mappings, height);
  add_lines (&p, self, characters);

  g_array_unref (p.links);
  g_free (p.places);
  poppler_page_free_link_mapping (mappings);
  poppler_page_free_text_attributes (fonts);
}
