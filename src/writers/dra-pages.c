/* dra-pages.c: lines put on pages.
 *
 * Lines are measured in one pass, and only what stands where is kept: a layout is made
 * again to draw it, so that memory does not grow with the glyphs of a book.  A paragraph
 * leaves no single line behind or takes one along, and a heading stays with what follows.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "writers/dra-pages.h"

#include <string.h>

#include "writers/dra-pages-private.h"

#define A4_WIDTH 595.28
#define A4_HEIGHT 841.89

#define MARGIN_TOP 62.0
#define MARGIN_BOTTOM 64.0
#define MARGIN_INNER 56.0
#define MARGIN_OUTER 42.0
#define MARGIN_NOTES 136.0
#define GUTTER 20.0
#define MAX_MEASURE 352.0 /* of the text: 66 characters or so */

#define CARD_GAP 7.0

/* Lines of the next paragraph that a heading wants below it, in points. */
#define KEEP 44.0

/* Characters that decide which way the pages go. */
#define DIRECTION_SAMPLE 4000

typedef struct
{
  DraPages     *self;
  DraPagesPage *page;
  guint         number;  /* of the page, from 1 */
  double        y;
} Setting;

static void
page_free (gpointer data)
{
  DraPagesPage *page = data;

  g_array_unref (page->pieces);
  g_array_unref (page->cards);
  g_free (page);
}

static void
begin_page (Setting *setting)
{
  DraPagesPage *page = g_new0 (DraPagesPage, 1);

  page->pieces = g_array_new (FALSE, FALSE, sizeof (DraPagesPiece));
  page->cards = g_array_new (FALSE, FALSE, sizeof (DraPagesCard));
  g_ptr_array_add (setting->self->pages, page);
  setting->page = page;
  setting->number = setting->self->pages->len;
  setting->y = setting->self->top;
}

static gboolean
is_empty (Setting *setting)
{
  return setting->page->pieces->len == 0;
}

/* Notes beside the text stand as high as their numbers, pushed apart, and in the page. */
static void
place_cards (Setting *setting)
{
  DraPages *self = setting->self;
  GArray *cards = setting->page->cards;
  double y = self->top;
  double end = self->bottom;

  for (guint i = 0; i < cards->len; i++)
    {
      DraPagesCard *card = &g_array_index (cards, DraPagesCard, i);

      card->y = MAX (card->y, y);
      y = card->y + card->height + CARD_GAP;
    }
  for (guint i = cards->len; i > 0; i--)
    {
      DraPagesCard *card = &g_array_index (cards, DraPagesCard, i - 1);

      if (card->y + card->height > end)
        card->y = end - card->height;
      end = card->y - CARD_GAP;
    }
  /* More than the margin has room for: the last ones stand only in the list. */
  for (y = self->top; cards->len > 0 && g_array_index (cards, DraPagesCard, 0).y < self->top;)
    {
      g_array_set_size (cards, cards->len - 1);
      for (guint i = 0; i < cards->len; i++)
        {
          DraPagesCard *card = &g_array_index (cards, DraPagesCard, i);

          if (i == 0)
            y = self->top;
          card->y = y;
          y += card->height + CARD_GAP;
        }
      if (cards->len == 0 || y - CARD_GAP <= self->bottom)
        break;
      g_array_index (cards, DraPagesCard, 0).y = self->top - 1;
    }
}

static void
end_page (Setting *setting)
{
  place_cards (setting);
  begin_page (setting);
}

static void
add_card (Setting *setting,
          guint    number,
          double   y)
{
  g_autoptr (PangoLayout) layout = NULL;
  DraPagesCard card = { number, y, 0 };

  setting->self->note_pages[number - 1] = setting->number;
  if (!setting->self->margin)
    return;
  layout = dra_pages_make_card (setting->self, number);
  card.height = dra_pages_measure (layout, NULL);
  g_array_append_val (setting->page->cards, card);
}

static void
add_entity_page (Setting *setting,
                 guint    mention)
{
  guint n_mentions;
  const DraMention *mentions = dra_cast_get_mentions (setting->self->cast, &n_mentions);
  gpointer key = GUINT_TO_POINTER (mentions[mention].entity + 1);
  GArray *pages = g_hash_table_lookup (setting->self->entity_pages, key);

  if (pages == NULL)
    {
      pages = g_array_new (FALSE, FALSE, sizeof (guint));
      g_hash_table_insert (setting->self->entity_pages, key, pages);
    }
  if (pages->len == 0 || g_array_index (pages, guint, pages->len - 1) != setting->number)
    g_array_append_val (pages, setting->number);
}

/* What stands between two bytes of an item at this height of the page. */
static void
note_spans (Setting            *setting,
            const DraPagesItem *item,
            guint               start,
            guint               end,
            double              y)
{
  for (guint i = 0; i < item->spans->len; i++)
    {
      const DraPagesSpan *span = &g_array_index (item->spans, DraPagesSpan, i);

      if (span->type == DRA_PAGES_SPAN_REFERENCE && span->start >= start && span->start < end)
        add_card (setting, span->value, y);
      else if (span->type == DRA_PAGES_SPAN_MENTION && span->start < end && span->end > start)
        add_entity_page (setting, span->value);
    }
}

static void
add_heading (Setting            *setting,
             const DraPagesItem *item)
{
  DraPagesHeading heading = { item->text, setting->number - 1, setting->y, item->level };

  g_array_append_val (setting->self->headings, heading);
}

static void
put_piece (Setting *setting,
           guint    item,
           guint    first,
           guint    end,
           double   height)
{
  DraPagesPiece piece = { item, first, end, setting->y };

  g_array_append_val (setting->page->pieces, piece);
  setting->y += height;
}

static double
find_space (Setting            *setting,
            const DraPagesItem *item)
{
  const DraPagesPiece *last = &g_array_index (setting->page->pieces, DraPagesPiece,
                                              setting->page->pieces->len - 1);
  const DraPagesItem *before = setting->self->items->pdata[last->item];
  double space = dra_pages_space_before (item);

  return item->continued || before->style == item->style
           ? space : MAX (space, dra_pages_space_after (before));
}

/* A row of a table, or a picture: what cannot go on over pages. */
static void
set_row (Setting *setting,
         guint    index)
{
  DraPages *self = setting->self;
  DraPagesItem *item = self->items->pdata[index];
  double height = item->image != NULL ? item->height : dra_pages_row_height (self, item);

  if (!is_empty (setting))
    {
      setting->y += find_space (setting, item);
      if (setting->y + height > self->bottom)
        end_page (setting);
    }
  for (guint i = 0; item->cells != NULL && i < item->cells->len; i++)
    note_spans (setting, item->cells->pdata[i], 0, G_MAXUINT, setting->y);
  put_piece (setting, index, 0, 1, height);
}

/* How many lines from first on have room, by the rules for single lines. */
static guint
count_fitting (Setting *setting,
               GArray  *heights,
               guint    first)
{
  guint left = heights->len - first;
  double y = setting->y;
  guint n = 0;

  while (n < left && y + g_array_index (heights, double, first + n) <= setting->self->bottom)
    y += g_array_index (heights, double, first + n++);
  if (n == left)
    return n;
  if (left - n == 1 && n >= 3)
    n--;
  if (first == 0 && n == 1 && heights->len >= 3 && !is_empty (setting))
    n = 0;
  if (n == 0 && is_empty (setting))
    n = 1;

  return n;
}

static void
set_paragraph (Setting *setting,
               guint    index)
{
  DraPages *self = setting->self;
  DraPagesItem *item = self->items->pdata[index];
  g_autoptr (PangoLayout) layout = dra_pages_make_layout (self, item);
  g_autoptr (GArray) heights = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (guint));
  double total = dra_pages_measure (layout, heights);
  gboolean keep = item->level > 0 || item->style == DRA_PAGES_SMALL;
  guint first = 0;

  for (guint i = 0; i < heights->len; i++)
    {
      guint start = (guint) pango_layout_get_line_readonly (layout, (int) i)->start_index;

      g_array_append_val (starts, start);
    }
  item->n_lines = heights->len;

  if (!is_empty (setting))
    {
      setting->y += find_space (setting, item);
      if (keep && setting->y + total + KEEP > self->bottom)
        end_page (setting);
    }

  while (first < heights->len)
    {
      guint n = count_fitting (setting, heights, first);
      double height = 0;

      if (n == 0)
        {
          end_page (setting);
          continue;
        }
      if (first == 0 && item->level > 0)
        add_heading (setting, item);
      for (guint i = first; i < first + n; i++)
        {
          note_spans (setting, item, g_array_index (starts, guint, i),
                      i + 1 < starts->len ? g_array_index (starts, guint, i + 1) : G_MAXUINT,
                      setting->y + height);
          height += g_array_index (heights, double, i);
        }
      put_piece (setting, index, first, first + n, height);
      first += n;
      if (first < heights->len)
        end_page (setting);
    }
}

static gboolean
set_items (Setting       *setting,
           guint          first,
           GCancellable  *cancellable,
           GError       **error)
{
  DraPages *self = setting->self;

  for (guint i = first; i < self->items->len; i++)
    {
      const DraPagesItem *item = self->items->pdata[i];

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (item->cells != NULL || item->image != NULL)
        set_row (setting, i);
      else
        set_paragraph (setting, i);
    }

  return TRUE;
}

/**
 * dra_pages_is_right_to_left:
 * @c: a letter
 *
 * Returns: whether its script is written from right to left
 */
gboolean
dra_pages_is_right_to_left (gunichar c)
{
  switch (g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_ARABIC:
    case G_UNICODE_SCRIPT_HEBREW:
    case G_UNICODE_SCRIPT_SYRIAC:
    case G_UNICODE_SCRIPT_THAANA:
    case G_UNICODE_SCRIPT_NKO:
      return TRUE;
    default:
      return FALSE;
    }
}

/* Which way most letters of the text's beginning go. */
static gboolean
goes_right_to_left (DraArticle *article)
{
  gsize length;
  const char *text = dra_article_get_text (article, &length);
  const char *end = text + length;
  int balance = 0;

  for (guint i = 0; i < DIRECTION_SAMPLE && text < end; i++, text = g_utf8_next_char (text))
    if (g_unichar_isalpha (g_utf8_get_char (text)))
      balance += dra_pages_is_right_to_left (g_utf8_get_char (text)) ? 1 : -1;

  return balance > 0;
}

/* Columns: the text, and beside it the notes, at the side where lines end. */
static void
choose_columns (DraPages *self)
{
  double room = self->options.width - MARGIN_INNER - MARGIN_OUTER;

  self->margin = self->options.notes && self->notes.numbered->len > 0
                 && dra_range_length (dra_copy_notes_by_number (&self->notes, 1)->range) > 0
                 && room > MARGIN_NOTES + GUTTER + 160;
  self->top = MARGIN_TOP;
  self->bottom = self->options.height - MARGIN_BOTTOM;
  self->margin_width = MARGIN_NOTES;
  if (self->margin)
    {
      self->text_width = MIN (room - MARGIN_NOTES - GUTTER, MAX_MEASURE);
      self->text_x = self->rtl ? self->options.width - MARGIN_INNER - self->text_width
                               : MARGIN_INNER;
      self->margin_x = self->rtl ? self->text_x - GUTTER - MARGIN_NOTES
                                 : self->text_x + self->text_width + GUTTER;
    }
  else
    {
      self->text_width = MIN (room, MAX_MEASURE + 24);
      self->text_x = (self->options.width - self->text_width) / 2;
    }
}

static void
make_context (DraPages *self)
{
  const char *language = dra_article_get_metadata (self->article, DRA_METADATA_LANGUAGE);
  cairo_font_options_t *options = cairo_font_options_create ();

  /* A font map of its own, since Pango's are for one thread; lengths as on paper. */
  self->fonts = pango_cairo_font_map_new ();
  pango_cairo_font_map_set_resolution (PANGO_CAIRO_FONT_MAP (self->fonts), 72);
  self->context = pango_font_map_create_context (self->fonts);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (self->context, options);
  pango_context_set_round_glyph_positions (self->context, FALSE);
  if (language != NULL && g_str_is_ascii (language))
    pango_context_set_language (self->context, pango_language_from_string (language));
  cairo_font_options_destroy (options);
}

/**
 * dra_pages_options_init:
 * @options: (out caller-allocates): options
 *
 * A4, with everything.
 */
void
dra_pages_options_init (DraPagesOptions *options)
{
  *options = (DraPagesOptions){ A4_WIDTH, A4_HEIGHT, TRUE, TRUE, TRUE, NULL };
}

/**
 * dra_pages_new:
 * @article: an article
 * @cast: (nullable): its people and organizations
 * @notes: (nullable) (element-type DraNote): its notes, anchored in @article
 * @options: what is shown, and on what paper
 * @cancellable: (nullable): a cancellable
 * @error: return location for %G_IO_ERROR_CANCELLED
 *
 * Sets an article on pages, in time and memory linear in its length.
 *
 * Returns: (transfer full): the pages, at least one
 */
DraPages *
dra_pages_new (DraArticle             *article,
               DraCast                *cast,
               GPtrArray              *notes,
               const DraPagesOptions  *options,
               GCancellable           *cancellable,
               GError                **error)
{
  g_autoptr (DraPages) self = g_new0 (DraPages, 1);
  Setting setting = { .self = self };
  guint n_article;

  g_return_val_if_fail (DRA_IS_ARTICLE (article), NULL);
  g_return_val_if_fail (options != NULL && options->width > 0 && options->height > 0, NULL);

  self->options = *options;
  if (self->options.images != NULL)
    g_hash_table_ref (self->options.images);
  self->article = g_object_ref (article);
  self->cast = cast != NULL ? g_object_ref (cast) : NULL;
  self->note_list = notes != NULL ? g_ptr_array_ref (notes) : NULL;
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) dra_pages_item_free);
  self->pages = g_ptr_array_new_with_free_func (page_free);
  self->headings = g_array_new (FALSE, FALSE, sizeof (DraPagesHeading));
  self->entity_pages = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);
  self->rtl = goes_right_to_left (article);
  dra_copy_notes_init (&self->notes, article, notes);
  self->note_pages = g_new0 (guint, self->notes.numbered->len + 1);
  make_context (self);
  choose_columns (self);

  begin_page (&setting);
  if (!dra_pages_add_article (self, cancellable, error)
      || !set_items (&setting, 0, cancellable, error))
    return NULL;
  n_article = self->items->len;
  dra_pages_add_lists (self);
  if (!set_items (&setting, n_article, cancellable, error))
    return NULL;
  place_cards (&setting);

  return g_steal_pointer (&self);
}

/**
 * dra_pages_free:
 * @self: (nullable): pages
 */
void
dra_pages_free (DraPages *self)
{
  if (self == NULL)
    return;
  dra_copy_notes_clear (&self->notes);
  g_clear_pointer (&self->note_list, g_ptr_array_unref);
  g_clear_object (&self->cast);
  g_clear_object (&self->article);
  g_clear_object (&self->context);
  g_clear_object (&self->fonts);
  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->pages);
  g_array_unref (self->headings);
  g_hash_table_unref (self->entity_pages);
  g_free (self->note_pages);
  g_clear_pointer (&self->options.images, g_hash_table_unref);
  g_free (self);
}

/**
 * dra_pages_get_n_pages:
 * @self: pages
 *
 * Returns: how many there are, at least one
 */
guint
dra_pages_get_n_pages (DraPages *self)
{
  return self->pages->len;
}

/**
 * dra_pages_get_headings:
 * @self: pages
 * @n_headings: (out): how many
 *
 * Returns: (array length=n_headings) (transfer none): the outline, in order
 */
const DraPagesHeading *
dra_pages_get_headings (DraPages *self,
                        guint    *n_headings)
{
  *n_headings = self->headings->len;

  return (const DraPagesHeading *) (void *) self->headings->data;
}
