/* dra-pages-draw.c: a page drawn with cairo.
 *
 * For a PDF the text is tagged (headings, paragraphs, lists, tables) and links lead to the
 * web, from the number of a note to the note in the list, and back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "writers/dra-pages-private.h"

#include <string.h>

#define PERSON 0x1a, 0x5f, 0xb4
#define ORGANIZATION 0x25, 0x6b, 0x2a
#define INK 0x22, 0x21, 0x1f
#define SOFT 0x6a, 0x66, 0x5f
#define LINE 0xd5, 0xd0, 0xc6

/* As in the style sheet of the copies: the colour of a passage, and of its note's edge. */
static const guint8 colors[DRA_N_NOTE_COLORS][2][3] = {
  [DRA_NOTE_YELLOW] = { { 0xfd, 0xee, 0xa2 }, { 0xb3, 0x86, 0x00 } },
  [DRA_NOTE_GREEN] = { { 0xcd, 0xee, 0xc5 }, { 0x3a, 0x8a, 0x35 } },
  [DRA_NOTE_BLUE] = { { 0xcf, 0xe4, 0xfb }, { 0x2f, 0x76, 0xc4 } },
  [DRA_NOTE_PURPLE] = { { 0xe6, 0xd9, 0xfa }, { 0x82, 0x50, 0xc4 } },
  [DRA_NOTE_PINK] = { { 0xfc, 0xd9, 0xe5 }, { 0xc2, 0x43, 0x7a } },
  [DRA_NOTE_ORANGE] = { { 0xfe, 0xdf, 0xba }, { 0xc4, 0x6a, 0x10 } },
};

typedef struct
{
  DraPages *self;
  cairo_t  *cr;
  gboolean  links;
} Drawing;

static void
set_color (cairo_t *cr,
           guint8   red,
           guint8   green,
           guint8   blue)
{
  cairo_set_source_rgb (cr, red / 255.0, green / 255.0, blue / 255.0);
}

static void
set_note_color (Drawing           *drawing,
                const DraCopyNote *note,
                gboolean           edge)
{
  DraNoteColor color = dra_note_get_color (note->note);
  const guint8 *rgb = colors[color < DRA_N_NOTE_COLORS ? color : DRA_NOTE_YELLOW][edge];

  set_color (drawing->cr, rgb[0], rgb[1], rgb[2]);
}

static void
begin_tag (Drawing    *drawing,
           const char *tag)
{
  if (drawing->links)
    cairo_tag_begin (drawing->cr, tag, NULL);
}

static void
end_tag (Drawing    *drawing,
         const char *tag)
{
  if (drawing->links)
    cairo_tag_end (drawing->cr, tag);
}

/* A rectangle of the page that leads somewhere. */
static void
add_link (Drawing    *drawing,
          double      x,
          double      y,
          double      width,
          double      height,
          const char *where)
{
  char numbers[4][G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *attributes = NULL;

  if (!drawing->links)
    return;
  g_ascii_formatd (numbers[0], sizeof numbers[0], "%.2f", x);
  g_ascii_formatd (numbers[1], sizeof numbers[1], "%.2f", y);
  g_ascii_formatd (numbers[2], sizeof numbers[2], "%.2f", width);
  g_ascii_formatd (numbers[3], sizeof numbers[3], "%.2f", height);
  attributes = g_strdup_printf ("rect=[%s %s %s %s] %s", numbers[0], numbers[1], numbers[2],
                                numbers[3], where);
  cairo_tag_begin (drawing->cr, CAIRO_TAG_LINK, attributes);
  cairo_tag_end (drawing->cr, CAIRO_TAG_LINK);
}

static void
add_destination (Drawing *drawing,
                 double   x,
                 double   y,
                 const char *kind,
                 guint    number)
{
  char numbers[2][G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *attributes = NULL;

  if (!drawing->links)
    return;
  g_ascii_formatd (numbers[0], sizeof numbers[0], "%.2f", x);
  g_ascii_formatd (numbers[1], sizeof numbers[1], "%.2f", MAX (y - 20, 0));
  attributes = g_strdup_printf ("name='%s-%u' x=%s y=%s", kind, number, numbers[0], numbers[1]);
  cairo_tag_begin (drawing->cr, CAIRO_TAG_DEST, attributes);
  cairo_tag_end (drawing->cr, CAIRO_TAG_DEST);
}

/* The address of a link inside of quotation marks: nothing that ends them, ASCII only. */
static char *
make_address (const char *target)
{
  g_autofree char *escaped = g_uri_escape_string (target, ":/?#[]@!$&()*+,;=%", FALSE);

  return g_strdup_printf ("uri='%s'", escaped);
}

static void
draw_mention (Drawing *drawing,
              double   x0,
              double   x1,
              double   baseline,
              guint    index)
{
  DraPages *self = drawing->self;
  guint n_mentions;
  const DraMention *mentions = dra_cast_get_mentions (self->cast, &n_mentions);
  gboolean person
    = dra_cast_get_entity (self->cast, mentions[index].entity)->kind == DRA_ENTITY_PERSON;
  static const double dashes[] = { 1.6, 1.4 };

  cairo_save (drawing->cr);
  if (person)
    set_color (drawing->cr, PERSON);
  else
    {
      /* Told apart in black and white too. */
      set_color (drawing->cr, ORGANIZATION);
      cairo_set_dash (drawing->cr, dashes, 2, 0);
    }
  cairo_set_line_width (drawing->cr, 0.7);
  cairo_move_to (drawing->cr, x0, baseline + 2.2);
  cairo_line_to (drawing->cr, x1, baseline + 2.2);
  cairo_stroke (drawing->cr);
  cairo_restore (drawing->cr);
}

static void
draw_span (Drawing            *drawing,
           const DraPagesSpan *span,
           double              x0,
           double              x1,
           double              baseline,
           double              size)
{
  DraPages *self = drawing->self;
  double y = baseline - size * 0.86;
  double height = size * 1.16;

  switch (span->type)
    {
    case DRA_PAGES_SPAN_HIGHLIGHT:
      set_note_color (drawing, dra_copy_notes_get (&self->notes, span->value), FALSE);
      cairo_rectangle (drawing->cr, x0, y, x1 - x0, height);
      cairo_fill (drawing->cr);
      break;

    case DRA_PAGES_SPAN_MENTION:
      draw_mention (drawing, x0, x1, baseline, span->value);
      break;

    case DRA_PAGES_SPAN_LINK:
      {
        guint n_styles;
        const char *target = dra_article_get_styles (self->article, &n_styles)[span->value].target;

        cairo_save (drawing->cr);
        set_color (drawing->cr, SOFT);
        cairo_set_line_width (drawing->cr, 0.35);
        cairo_move_to (drawing->cr, x0, baseline + 1.5);
        cairo_line_to (drawing->cr, x1, baseline + 1.5);
        cairo_stroke (drawing->cr);
        cairo_restore (drawing->cr);
        if (dra_copy_is_web_address (target))
          {
            g_autofree char *address = make_address (target);

            add_link (drawing, x0, y, x1 - x0, height, address);
          }
        break;
      }

    case DRA_PAGES_SPAN_REFERENCE:
      {
        g_autofree char *where = g_strdup_printf ("dest='note-%u'", span->value);

        add_destination (drawing, x0, y, "passage", span->value);
        add_link (drawing, x0, y, x1 - x0, height, where);
        break;
      }

    case DRA_PAGES_SPAN_PLAIN:
    case DRA_PAGES_SPAN_NUMBER:
    case DRA_PAGES_SPAN_STYLE:
    case DRA_PAGES_SPAN_STRONG:
    case DRA_PAGES_SPAN_ITALIC:
    case DRA_PAGES_SPAN_SOFT:
    default:
      break;
    }
}

/* What lies below or above the letters of a line; before is what they cover. */
static void
draw_spans (Drawing            *drawing,
            const DraPagesItem *item,
            PangoLayoutLine    *line,
            double              x,
            double              baseline,
            double              size,
            gboolean            before)
{
  int start = line->start_index;
  int end = start + line->length;

  for (guint i = 0; i < item->spans->len; i++)
    {
      const DraPagesSpan *span = &g_array_index (item->spans, DraPagesSpan, i);
      int *ranges = NULL;
      int n_ranges = 0;

      if ((span->type == DRA_PAGES_SPAN_HIGHLIGHT) != before || (int) span->start >= end
          || (int) span->end <= start || span->type == DRA_PAGES_SPAN_STYLE
          || span->type == DRA_PAGES_SPAN_PLAIN)
        continue;
      pango_layout_line_get_x_ranges (line, MAX ((int) span->start, start),
                                      MIN ((int) span->end, end), &ranges, &n_ranges);
      for (int j = 0; j < n_ranges; j++)
        draw_span (drawing, span, x + ranges[2 * j] / (double) PANGO_SCALE,
                   x + ranges[2 * j + 1] / (double) PANGO_SCALE, baseline, size);
      g_free (ranges);
    }
}

/* The label of an item, at the side where its lines begin, level with the first. */
static void
draw_label (Drawing            *drawing,
            const DraPagesItem *item,
            PangoLayout        *layout,
            double              x,
            double              baseline)
{
  g_autoptr (PangoLayout) label = pango_layout_copy (layout);
  PangoRectangle extents;
  double width;

  pango_layout_set_attributes (label, NULL);
  pango_layout_set_width (label, -1);
  pango_layout_set_text (label, item->label, -1);
  pango_layout_set_single_paragraph_mode (label, TRUE);
  pango_layout_get_extents (label, NULL, &extents);
  width = extents.width / (double) PANGO_SCALE;
  set_color (drawing->cr, SOFT);
  cairo_move_to (drawing->cr, item->rtl ? x + item->width + 6 : x - width - 6, baseline);
  pango_cairo_show_layout_line (drawing->cr, pango_layout_get_line_readonly (label, 0));
}

static double
font_size (PangoLayout *layout)
{
  return pango_font_description_get_size (pango_layout_get_font_description (layout))
         / (double) PANGO_SCALE;
}

/* Lines first to end of an item's layout from y on. */
static void
draw_lines (Drawing            *drawing,
            const DraPagesItem *item,
            double              x,
            double              y,
            guint               first,
            guint               end)
{
  g_autoptr (PangoLayout) layout = dra_pages_make_layout (drawing->self, item);
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  double size = font_size (layout);
  double first_baseline = pango_layout_get_baseline (layout) / (double) PANGO_SCALE;
  double shift = 0;
  guint index = 0;

  do
    {
      PangoLayoutLine *line = pango_layout_iter_get_line_readonly (iter);
      PangoRectangle extents;
      double baseline, line_x;

      if (index < first)
        continue;
      if (index >= end)
        break;
      pango_layout_iter_get_line_extents (iter, NULL, &extents);
      baseline = pango_layout_iter_get_baseline (iter) / (double) PANGO_SCALE;
      if (index == first)
        shift = y + first_baseline - baseline;
      baseline += shift;
      line_x = x + extents.x / (double) PANGO_SCALE;
      /* x of ranges is that of the line, which begins at the layout's left edge. */
      draw_spans (drawing, item, line, x, baseline, size, TRUE);
      if (index == 0 && item->label != NULL)
        draw_label (drawing, item, layout, x, baseline);
      set_color (drawing->cr, INK);
      cairo_move_to (drawing->cr, line_x, baseline);
      pango_cairo_show_layout_line (drawing->cr, line);
      draw_spans (drawing, item, line, x, baseline, size, FALSE);
    }
  while (++index, pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
}

static void
draw_row (Drawing             *drawing,
          const DraPagesItem  *item,
          const DraPagesPiece *piece)
{
  DraPages *self = drawing->self;
  double height = dra_pages_row_height (self, item);

  begin_tag (drawing, "TR");
  for (guint i = 0; i < item->cells->len; i++)
    {
      const DraPagesItem *cell = item->cells->pdata[i];
      double x = self->rtl ? self->text_x + self->text_width - cell->x - cell->width
                           : self->text_x + cell->x;

      begin_tag (drawing, "TD");
      draw_lines (drawing, cell, x, piece->y, 0, G_MAXUINT);
      end_tag (drawing, "TD");
    }
  end_tag (drawing, "TR");
  set_color (drawing->cr, LINE);
  cairo_set_line_width (drawing->cr, 0.5);
  cairo_move_to (drawing->cr, self->text_x, piece->y + height);
  cairo_line_to (drawing->cr, self->text_x + self->text_width, piece->y + height);
  cairo_stroke (drawing->cr);
}

static void
draw_picture (Drawing             *drawing,
              const DraPagesItem  *item,
              const DraPagesPiece *piece)
{
  DraPages *self = drawing->self;
  cairo_t *cr = drawing->cr;
  double scale = item->width / cairo_image_surface_get_width (item->image);

  begin_tag (drawing, "Figure");
  cairo_save (cr);
  cairo_translate (cr, item->rtl ? self->text_x + self->text_width - item->width : self->text_x,
                   piece->y);
  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, item->image, 0, 0);
  cairo_paint (cr);
  cairo_restore (cr);
  end_tag (drawing, "Figure");
}

/* The number of the note that an item of the list is, 0 for none. */
static guint
find_number (const DraPagesItem *item)
{
  for (guint i = 0; i < item->spans->len; i++)
    {
      const DraPagesSpan *span = &g_array_index (item->spans, DraPagesSpan, i);

      if (span->type == DRA_PAGES_SPAN_NUMBER && span->value > 0)
        return span->value;
    }

  return 0;
}

static const char *
choose_tag (const DraPagesItem *item)
{
  switch (item->style)
    {
    case DRA_PAGES_TITLE:
      return "H1";
    case DRA_PAGES_HEADING_1:
    case DRA_PAGES_SECTION:
      return "H2";
    case DRA_PAGES_HEADING_2:
    case DRA_PAGES_SMALL:
      return "H3";
    case DRA_PAGES_QUOTATION:
      return "BlockQuote";
    case DRA_PAGES_CAPTION:
      return "Caption";
    case DRA_PAGES_FOOTNOTE:
      return "Note";
    default:
      return "P";
    }
}

static void
draw_piece (Drawing             *drawing,
            const DraPagesPiece *piece)
{
  DraPages *self = drawing->self;
  const DraPagesItem *item = self->items->pdata[piece->item];
  double x = self->text_x + (item->rtl ? 0 : item->indent);
  guint number;

  if (item->cells != NULL)
    {
      draw_row (drawing, item, piece);
      return;
    }
  if (item->image != NULL)
    {
      draw_picture (drawing, item, piece);
      return;
    }
  number = piece->first == 0 ? find_number (item) : 0;
  if (number > 0)
    {
      const DraCopyNote *note = dra_copy_notes_by_number (&self->notes, number);

      add_destination (drawing, x, piece->y, "note", number);
      if (self->note_pages[number - 1] > 0)
        {
          g_autofree char *where = g_strdup_printf ("dest='passage-%u'", number);

          add_link (drawing, self->text_x, piece->y, 20, 12, where);
        }
      set_note_color (drawing, note, TRUE);
      cairo_rectangle (drawing->cr, item->rtl ? x + item->width + 1 : x - 4, piece->y + 2, 1.5, 10);
      cairo_fill (drawing->cr);
    }
  begin_tag (drawing, choose_tag (item));
  draw_lines (drawing, item, x, piece->y, piece->first, piece->end);
  end_tag (drawing, choose_tag (item));
}

static void
draw_quotation_bars (Drawing      *drawing,
                     DraPagesPage *page)
{
  DraPages *self = drawing->self;

  set_color (drawing->cr, LINE);
  for (guint i = 0; i < page->pieces->len; i++)
    {
      const DraPagesPiece *piece = &g_array_index (page->pieces, DraPagesPiece, i);
      const DraPagesItem *item = self->items->pdata[piece->item];
      double end = self->bottom;
      double x;

      if (item->style != DRA_PAGES_QUOTATION)
        continue;
      if (i + 1 < page->pieces->len)
        {
          const DraPagesPiece *next = &g_array_index (page->pieces, DraPagesPiece, i + 1);
          const DraPagesItem *after = self->items->pdata[next->item];

          end = next->y - (after->style == DRA_PAGES_QUOTATION ? 0 : dra_pages_space_before (after));
        }
      x = item->rtl ? self->text_x + item->width + 6 : self->text_x + item->indent - 8;
      cairo_rectangle (drawing->cr, x, piece->y, 1.5, MAX (end - piece->y, 0));
      cairo_fill (drawing->cr);
    }
}

static void
draw_card (Drawing            *drawing,
           const DraPagesCard *card)
{
  DraPages *self = drawing->self;
  g_autoptr (PangoLayout) layout = dra_pages_make_card (self, card->number);
  const DraCopyNote *note = dra_copy_notes_by_number (&self->notes, card->number);

  set_note_color (drawing, note, TRUE);
  cairo_rectangle (drawing->cr, self->rtl ? self->margin_x + self->margin_width - 1.6 : self->margin_x,
                   card->y + 1, 1.6, card->height - 1);
  cairo_fill (drawing->cr);
  begin_tag (drawing, "Note");
  set_color (drawing->cr, INK);
  cairo_move_to (drawing->cr, self->margin_x + (self->rtl ? 0 : 8), card->y);
  pango_cairo_show_layout (drawing->cr, layout);
  end_tag (drawing, "Note");
}

/* The number of the page below, the title above all pages but the first. */
static void
draw_edges (Drawing *drawing,
            guint    page)
{
  DraPages *self = drawing->self;
  const char *title = dra_article_get_title (self->article);
  g_autofree char *number = g_strdup_printf ("%u", page + 1);
  DraPagesItem *item = dra_pages_item_new (DRA_PAGES_MARGIN);
  g_autoptr (PangoLayout) layout = NULL;

  item->width = self->text_width;
  dra_pages_item_append (item, DRA_PAGES_SPAN_SOFT, number);
  layout = dra_pages_make_layout (self, item);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  cairo_move_to (drawing->cr, self->text_x, self->options.height - 42);
  pango_cairo_show_layout (drawing->cr, layout);
  dra_pages_item_free (item);

  if (page == 0 || title == NULL)
    return;
  item = dra_pages_item_new (DRA_PAGES_MARGIN);
  item->width = self->text_width;
  dra_pages_item_append (item, DRA_PAGES_SPAN_SOFT, title);
  g_object_unref (layout);
  layout = dra_pages_make_layout (self, item);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_height (layout, -1);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  cairo_move_to (drawing->cr, self->text_x, 36);
  pango_cairo_show_layout (drawing->cr, layout);
  dra_pages_item_free (item);
}

/**
 * dra_pages_draw:
 * @self: pages
 * @page: which, from 0
 * @cr: where to, in points, with the page's top left at the origin
 * @links: whether @cr is a PDF's, which can have tags and links
 *
 * Draws a page.
 */
void
dra_pages_draw (DraPages *self,
                guint     page,
                cairo_t  *cr,
                gboolean  links)
{
  Drawing drawing = { self, cr, links };
  DraPagesPage *content;

  g_return_if_fail (self != NULL);
  g_return_if_fail (page < self->pages->len);

  content = self->pages->pdata[page];
  draw_quotation_bars (&drawing, content);
  for (guint i = 0; i < content->pieces->len; i++)
    draw_piece (&drawing, &g_array_index (content->pieces, DraPagesPiece, i));
  for (guint i = 0; i < content->cards->len; i++)
    draw_card (&drawing, &g_array_index (content->cards, DraPagesCard, i));
  draw_edges (&drawing, page);
}
