/* dra-pages-items.c: what stands on the pages, and how each kind of it is set.
 *
 * dra-pages-article.c makes items of an article.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "writers/dra-pages-private.h"

#include <string.h>

#include "notes/dra-note-markup.h"
#include "writers/dra-plain-output.h"

/* Height of a note beside the text; what is longer stands in the list of notes. */
#define MAX_CARD 150.0

static const struct
{
  const char *family;
  double      size;   /* points */
  int         weight;
  gboolean    italic;
  double      before; /* space above, points */
  double      leading;
} styles[DRA_N_PAGES_STYLES] = {
#define SERIF "Noto Serif,DejaVu Serif,serif"
#define SANS "Cantarell,Noto Sans,DejaVu Sans,sans"
#define MONO "Noto Sans Mono,DejaVu Sans Mono,monospace"
  [DRA_PAGES_BODY] = { SERIF, 10, PANGO_WEIGHT_NORMAL, FALSE, 7, 1.12 },
  [DRA_PAGES_TITLE] = { SERIF, 20, PANGO_WEIGHT_BOLD, FALSE, 0, 1.0 },
  [DRA_PAGES_LEAD] = { SANS, 9, PANGO_WEIGHT_NORMAL, FALSE, 6, 1.1 },
  [DRA_PAGES_HEADING_1] = { SERIF, 13, PANGO_WEIGHT_BOLD, FALSE, 16, 1.0 },
  [DRA_PAGES_HEADING_2] = { SERIF, 11, PANGO_WEIGHT_BOLD, FALSE, 12, 1.0 },
  [DRA_PAGES_QUOTATION] = { SERIF, 10, PANGO_WEIGHT_NORMAL, FALSE, 7, 1.12 },
  [DRA_PAGES_ITEM] = { SERIF, 10, PANGO_WEIGHT_NORMAL, FALSE, 3, 1.12 },
  [DRA_PAGES_CODE] = { MONO, 8.5, PANGO_WEIGHT_NORMAL, FALSE, 8, 1.1 },
  [DRA_PAGES_CAPTION] = { SANS, 8.5, PANGO_WEIGHT_NORMAL, FALSE, 5, 1.1 },
  [DRA_PAGES_FOOTNOTE] = { SERIF, 8.5, PANGO_WEIGHT_NORMAL, FALSE, 4, 1.1 },
  [DRA_PAGES_RULE] = { SERIF, 10, PANGO_WEIGHT_NORMAL, FALSE, 12, 1.0 },
  [DRA_PAGES_CELL] = { SANS, 8.5, PANGO_WEIGHT_NORMAL, FALSE, 3, 1.1 },
  [DRA_PAGES_SECTION] = { SANS, 13, PANGO_WEIGHT_BOLD, FALSE, 26, 1.0 },
  [DRA_PAGES_LIST] = { SERIF, 9.5, PANGO_WEIGHT_NORMAL, FALSE, 6, 1.1 },
  [DRA_PAGES_SMALL] = { SANS, 8.5, PANGO_WEIGHT_BOLD, FALSE, 12, 1.0 },
  [DRA_PAGES_MARGIN] = { SANS, 7.5, PANGO_WEIGHT_NORMAL, FALSE, 0, 1.08 },
};

/**
 * dra_pages_item_new:
 * @style: how it is set
 *
 * Returns: (transfer full): an item with no text
 */
DraPagesItem *
dra_pages_item_new (DraPagesStyle style)
{
  DraPagesItem *item = g_new0 (DraPagesItem, 1);

  item->style = style;
  item->text = g_strdup ("");
  item->spans = g_array_new (FALSE, FALSE, sizeof (DraPagesSpan));

  return item;
}

/**
 * dra_pages_item_free:
 * @item: (nullable): an item
 */
void
dra_pages_item_free (DraPagesItem *item)
{
  if (item == NULL)
    return;
  g_free (item->text);
  g_free (item->label);
  g_array_unref (item->spans);
  g_clear_pointer (&item->cells, g_ptr_array_unref);
  g_clear_pointer (&item->image, cairo_surface_destroy);
  g_free (item);
}

/**
 * dra_pages_add_span:
 * @spans: (element-type DraPagesSpan): the spans of an item
 * @type: how the text is set
 * @value: see #DraPagesSpanType
 * @start: bytes of the item's text
 * @end: the same
 *
 * Adds a span.
 */
void
dra_pages_add_span (GArray           *spans,
                    DraPagesSpanType  type,
                    guint             value,
                    gsize             start,
                    gsize             end)
{
  DraPagesSpan span = { type, value, (guint) start, (guint) end };

  /* Segments of one range become one span again. */
  for (guint i = spans->len; i > 0 && i + 8 > spans->len; i--)
    {
      DraPagesSpan *last = &g_array_index (spans, DraPagesSpan, i - 1);

      if (last->type == type && last->value == value && last->end == span.start)
        {
          last->end = span.end;
          return;
        }
    }
  g_array_append_val (spans, span);
}

/**
 * dra_pages_item_append:
 * @item: an item
 * @type: how the text is set
 * @text: (nullable): text from anywhere
 *
 * Appends text that is safe to show: control characters are left out.
 */
void
dra_pages_item_append (DraPagesItem     *item,
                       DraPagesSpanType  type,
                       const char       *text)
{
  g_autofree char *clean = dra_plain_clean (text != NULL ? text : "", TRUE);
  gsize start = strlen (item->text);
  char *joined = g_strconcat (item->text, clean, NULL);

  g_free (item->text);
  item->text = joined;
  dra_pages_add_span (item->spans, type, 0, start, strlen (joined));
}

typedef struct
{
  DraPagesItem *item;
  GString      *text;
  GArray       *starts; /* gsize: where the open spans begin */
} NoteText;

static void
note_text_cb (const char *text,
              gsize       length,
              gpointer    data)
{
  NoteText *self = data;
  g_autofree char *part = g_strndup (text, length);
  g_autofree char *clean = dra_plain_clean (part, TRUE);

  g_string_append (self->text, clean);
}

static void
note_begin_cb (const char          *body G_GNUC_UNUSED,
               const DraNoteMarkup *span,
               gpointer             data)
{
  NoteText *self = data;

  if (span->kind == DRA_NOTE_MARKUP_ITEM)
    for (guint i = 0; i < span->level; i++)
      g_string_append (self->text, "\u2003");
  g_array_append_val (self->starts, self->text->len);
}

static void
note_end_cb (const char          *body G_GNUC_UNUSED,
             const DraNoteMarkup *span,
             gpointer             data)
{
  NoteText *self = data;
  gsize start = g_array_index (self->starts, gsize, self->starts->len - 1);
  int style = span->kind == DRA_NOTE_MARKUP_STRONG ? DRA_STYLE_STRONG
              : span->kind == DRA_NOTE_MARKUP_EMPHASIS || span->kind == DRA_NOTE_MARKUP_QUOTE ? DRA_STYLE_EMPHASIS
              : span->kind == DRA_NOTE_MARKUP_CODE ? DRA_STYLE_CODE
              : span->kind == DRA_NOTE_MARKUP_LINK ? DRA_STYLE_UNDERLINE
              : -1;

  g_array_set_size (self->starts, self->starts->len - 1);
  if (style >= 0)
    dra_pages_add_span (self->item->spans, DRA_PAGES_SPAN_STYLE, (guint) style, start, self->text->len);
}

/**
 * dra_pages_item_append_note:
 * @item: an item
 * @body: what a note says
 *
 * Appends it as it reads, without its marks.
 */
void
dra_pages_item_append_note (DraPagesItem *item,
                            const char   *body)
{
  static const DraNoteMarkupVisitor visitor = { note_text_cb, note_begin_cb, note_end_cb };
  g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  NoteText text = { item, g_string_new (item->text), starts };

  dra_note_markup_visit (body, &visitor, &text);
  g_free (item->text);
  item->text = g_string_free (text.text, FALSE);
}

/**
 * dra_pages_space_before:
 * @item: an item
 *
 * Returns: points between it and what is above it on the page
 */
double
dra_pages_space_before (const DraPagesItem *item)
{
  return item->continued ? 0 : styles[item->style].before;
}

/**
 * dra_pages_space_after:
 * @item: an item
 *
 * Returns: points between it and what is below it, when that wants less
 */
double
dra_pages_space_after (const DraPagesItem *item)
{
  switch (item->style)
    {
    case DRA_PAGES_TITLE:
      return 8;
    case DRA_PAGES_LEAD:
      return item->continued ? 0 : 10;
    case DRA_PAGES_CAPTION:
    case DRA_PAGES_CODE:
    case DRA_PAGES_CELL:
      return 9;
    case DRA_PAGES_RULE:
      return 12;
    default:
      return 0;
    }
}

static PangoAttribute *
make_attribute (const DraPagesItem *item,
                const DraPagesSpan *span,
                PangoAttrList      *list)
{
  switch (span->type)
    {
    case DRA_PAGES_SPAN_STRONG:
      return pango_attr_weight_new (PANGO_WEIGHT_BOLD);

    case DRA_PAGES_SPAN_ITALIC:
      return pango_attr_style_new (PANGO_STYLE_ITALIC);

    case DRA_PAGES_SPAN_SOFT:
      return pango_attr_foreground_new (0x5f5f, 0x5b5b, 0x5454);

    case DRA_PAGES_SPAN_NUMBER:
      {
        PangoAttribute *weight = pango_attr_weight_new (PANGO_WEIGHT_BOLD);

        weight->start_index = span->start;
        weight->end_index = span->end;
        pango_attr_list_insert (list, weight);
        return pango_attr_foreground_new (0x1a1a, 0x5f5f, 0xb4b4);
      }

    case DRA_PAGES_SPAN_REFERENCE:
      {
        PangoAttribute *attributes[] = {
          pango_attr_rise_new ((int) (styles[item->style].size * 0.36 * PANGO_SCALE)),
          pango_attr_scale_new (0.66),
          pango_attr_weight_new (PANGO_WEIGHT_BOLD),
        };

        for (guint i = 0; i < G_N_ELEMENTS (attributes); i++)
          {
            attributes[i]->start_index = span->start;
            attributes[i]->end_index = span->end;
            pango_attr_list_insert (list, attributes[i]);
          }
        return pango_attr_foreground_new (0x1a1a, 0x5f5f, 0xb4b4);
      }

    case DRA_PAGES_SPAN_STYLE:
      switch ((DraStyleKind) span->value)
        {
        case DRA_STYLE_EMPHASIS:
          return pango_attr_style_new (PANGO_STYLE_ITALIC);
        case DRA_STYLE_STRONG:
          return pango_attr_weight_new (PANGO_WEIGHT_BOLD);
        case DRA_STYLE_CODE:
          return pango_attr_family_new (MONO);
        case DRA_STYLE_UNDERLINE:
          return pango_attr_underline_new (PANGO_UNDERLINE_SINGLE);
        case DRA_STYLE_STRIKETHROUGH:
          return pango_attr_strikethrough_new (TRUE);
        case DRA_STYLE_SUPERSCRIPT:
          return pango_attr_font_scale_new (PANGO_FONT_SCALE_SUPERSCRIPT);
        case DRA_STYLE_SUBSCRIPT:
          return pango_attr_font_scale_new (PANGO_FONT_SCALE_SUBSCRIPT);
        case DRA_STYLE_LINK:
        default:
          return NULL;
        }

    case DRA_PAGES_SPAN_PLAIN:
    case DRA_PAGES_SPAN_LINK:
    case DRA_PAGES_SPAN_MENTION:
    case DRA_PAGES_SPAN_HIGHLIGHT:
    default:
      return NULL;
    }
}

/**
 * dra_pages_make_layout:
 * @self: pages
 * @item: an item, not a row
 *
 * Returns: (transfer full): its text in lines of its width
 */
PangoLayout *
dra_pages_make_layout (DraPages           *self,
                       const DraPagesItem *item)
{
  PangoLayout *layout = pango_layout_new (self->context);
  g_autoptr (PangoFontDescription) font = pango_font_description_new ();
  g_autoptr (PangoAttrList) list = pango_attr_list_new ();

  pango_font_description_set_family_static (font, styles[item->style].family);
  pango_font_description_set_absolute_size (font, styles[item->style].size * PANGO_SCALE);
  pango_font_description_set_weight (font, (PangoWeight) styles[item->style].weight);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_line_spacing (layout, (float) styles[item->style].leading);
  pango_layout_set_width (layout, (int) (item->width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  if (item->style == DRA_PAGES_RULE)
    pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  for (guint i = 0; i < item->spans->len; i++)
    {
      const DraPagesSpan *span = &g_array_index (item->spans, DraPagesSpan, i);
      PangoAttribute *attribute = make_attribute (item, span, list);

      if (attribute == NULL)
        continue;
      attribute->start_index = span->start;
      attribute->end_index = span->end;
      pango_attr_list_insert (list, attribute);
    }
  pango_layout_set_attributes (layout, list);
  pango_layout_set_text (layout, item->text, -1);

  return layout;
}

/**
 * dra_pages_measure:
 * @layout: text in lines
 * @heights: (nullable): of double: filled with the points from each line to the next
 *
 * Lines are as far from one another as their baselines; Pango's own extents of a line do
 * not have the leading in them.
 *
 * Returns: points that all of them need
 */
double
dra_pages_measure (PangoLayout *layout,
                   GArray      *heights)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  double total = 0, last = 0, height;
  PangoRectangle extents;
  gboolean first = TRUE;

  do
    {
      double baseline = pango_layout_iter_get_baseline (iter) / (double) PANGO_SCALE;

      height = baseline - last;
      last = baseline;
      pango_layout_iter_get_line_extents (iter, NULL, &extents);
      if (!first)
        {
          total += height;
          if (heights != NULL)
            g_array_append_val (heights, height);
        }
      first = FALSE;
    }
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
  height = extents.height / (double) PANGO_SCALE * pango_layout_get_line_spacing (layout);
  if (heights != NULL)
    g_array_append_val (heights, height);

  return total + height;
}

/**
 * dra_pages_make_card:
 * @self: pages
 * @number: of a note
 *
 * Returns: (transfer full): the note as it stands beside the text
 */
PangoLayout *
dra_pages_make_card (DraPages *self,
                     guint     number)
{
  const DraCopyNote *note = dra_copy_notes_by_number (&self->notes, number);
  const char *const *tags = dra_note_get_tags (note->note);
  DraPagesItem *item = dra_pages_item_new (DRA_PAGES_MARGIN);
  g_autofree char *label = g_strdup_printf ("%u  ", number);
  PangoLayout *layout;

  item->width = self->margin_width - 8;
  dra_pages_item_append (item, DRA_PAGES_SPAN_NUMBER, label);
  dra_pages_item_append_note (item, dra_note_get_body (note->note));
  if (tags[0] != NULL)
    {
      g_autofree char *joined = g_strjoinv (", ", (char **) tags);
      g_autofree char *line = g_strconcat (*dra_note_get_body (note->note) != '\0' ? "\n" : "",
                                           joined, NULL);

      dra_pages_item_append (item, DRA_PAGES_SPAN_SOFT, line);
    }
  layout = dra_pages_make_layout (self, item);
  pango_layout_set_height (layout, (int) (MAX_CARD * PANGO_SCALE));
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  dra_pages_item_free (item);

  return layout;
}
