/* dra-article-text-marks.c: what is drawn under the letters of the article.
 *
 * Works in the coordinates of the text buffer and only on what is in view: the first range
 * in view is found by binary search, then ranges are taken in order until they leave it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-article-text-private.h"

#include <math.h>

#define MAX_VISIBLE (64 * 1024) /* bytes: before lines have a height all text is "in view" */
#define OVERHANG 2              /* pixels a tint reaches beyond its letters on each side */
#define RADIUS 3.5f

/* --- rectangles ------------------------------------------------------------------- */

static void
add_rectangle (GArray      *rectangles,
               GdkRectangle place)
{
  GdkRectangle *last = NULL;

  if (place.width < 0)
    {
      place.x += place.width;
      place.width = -place.width;
    }
  if (rectangles->len > 0)
    last = &g_array_index (rectangles, GdkRectangle, rectangles->len - 1);
  if (last != NULL && last->y == place.y && place.x <= last->x + last->width + 1
      && place.x + place.width >= last->x - 1)
    gdk_rectangle_union (last, &place, last);
  else
    g_array_append_val (rectangles, place);
}

/* A run [start, end) on one display line.  Where it goes from left to right, first and
 * last letter are enough; else every letter is asked for, as parts may lie apart. */
static void
add_segment (DraArticleText    *self,
             const GtkTextIter *start,
             const GtkTextIter *end,
             GArray            *rectangles)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GtkTextIter last = *end;
  GdkRectangle from, to;

  do
    if (!gtk_text_iter_backward_char (&last))
      return;
  while (g_unichar_isspace (gtk_text_iter_get_char (&last))
         && gtk_text_iter_compare (&last, start) > 0);
  if (gtk_text_iter_compare (&last, start) < 0
      || g_unichar_isspace (gtk_text_iter_get_char (&last)))
    return;

  if (gtk_text_iter_get_char (start) == 0xfffc
      && dra_article_text_get_picture_place (
        self,
        (guint) dra_article_find_block (self->article, dra_article_text_get_offset (self, start)),
        &from))
    {
      add_rectangle (rectangles, from);
      return;
    }
  gtk_text_view_get_iter_location (view, start, &from);
  gtk_text_view_get_iter_location (view, &last, &to);
  if (from.y == to.y && from.width >= 0 && to.width >= 0 && to.x >= from.x)
    {
      from.width = to.x + to.width - from.x;
      add_rectangle (rectangles, from);
      return;
    }
  for (GtkTextIter iter = *start; gtk_text_iter_compare (&iter, &last) <= 0;)
    {
      gtk_text_view_get_iter_location (view, &iter, &from);
      add_rectangle (rectangles, from);
      if (!gtk_text_iter_forward_char (&iter))
        break;
    }
}

static void
add_range (DraArticleText *self,
           DraRange        range,
           GArray         *rectangles)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GtkTextIter start, end, next, last;
  GdkRectangle from, to;

  if (range.start >= range.end || !dra_article_text_get_iter (self, range.start, &start)
      || !dra_article_text_get_iter (self, range.end, &end))
    return;

  last = end;
  gtk_text_iter_backward_char (&last);
  gtk_text_view_get_iter_location (view, &start, &from);
  gtk_text_view_get_iter_location (view, &last, &to);
  if (from.y == to.y)
    {
      add_segment (self, &start, &end, rectangles);
      return;
    }
  while (gtk_text_iter_compare (&start, &end) < 0)
    {
      next = start;
      if (!gtk_text_view_forward_display_line (view, &next)
          || gtk_text_iter_compare (&next, &end) > 0
          || gtk_text_iter_compare (&next, &start) <= 0)
        next = end;
      add_segment (self, &start, &next, rectangles);
      start = next;
    }
}

/**
 * dra_article_text_get_rectangles:
 * @range: bytes of the article
 *
 * Where a passage stands, one rectangle or more for each line of it, in the coordinates of
 * the buffer.
 *
 * Returns: (transfer full) (element-type GdkRectangle): in text order
 */
GArray *
dra_article_text_get_rectangles (DraArticleText *self,
                                 DraRange        range)
{
  GArray *rectangles = g_array_new (FALSE, FALSE, sizeof (GdkRectangle));

  add_range (self, range, rectangles);
  return rectangles;
}

/* --- strokes ---------------------------------------------------------------------- */

/* sides: 0 where the letter next to it is of the same word. */
static graphene_rect_t
overhang (const GdkRectangle *place,
          int                 sides)
{
  return GRAPHENE_RECT_INIT (place->x - sides, place->y - OVERHANG, place->width + 2 * sides,
                             place->height + 2 * OVERHANG);
}

static void
fill (GtkSnapshot        *snapshot,
      const GdkRectangle *place,
      const GdkRGBA      *color,
      int                 sides)
{
  graphene_rect_t bounds = overhang (place, sides);
  GskRoundedRect shape;

  gsk_rounded_rect_init_from_rect (&shape, &bounds, RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  gtk_snapshot_append_color (snapshot, color, &bounds);
  gtk_snapshot_pop (snapshot);
}

static void
frame (GtkSnapshot        *snapshot,
       const GdkRectangle *place,
       const GdkRGBA      *color,
       float               width,
       int                 sides)
{
  graphene_rect_t bounds = overhang (place, sides);
  GskRoundedRect shape;

  gsk_rounded_rect_init_from_rect (&shape, &bounds, RADIUS);
  gtk_snapshot_append_border (snapshot, &shape, (float[4]) { width, width, width, width },
                              (GdkRGBA[4]) { *color, *color, *color, *color });
}

/* A line below the letters: solid, or in dashes of dash pixels. */
static void
underline (DraArticleText     *self,
           GtkSnapshot        *snapshot,
           const GdkRectangle *place,
           const GdkRGBA      *color,
           float               thickness,
           float               dash)
{
  const DraTextMetrics *metrics = dra_text_style_get_metrics (self->style);
  float drop = (float) (place->height * (1 - metrics->ascent) * .42);
  float y = roundf ((float) (place->y + place->height * metrics->ascent) + drop);
  float gap = dash * .62f;
  float end = place->x + place->width;

  if (dash <= 0)
    {
      gtk_snapshot_append_color (snapshot, color,
                                 &GRAPHENE_RECT_INIT (place->x, y, place->width, thickness));
      return;
    }
  for (float x = place->x; x < end; x += dash + gap)
    gtk_snapshot_append_color (snapshot, color,
                               &GRAPHENE_RECT_INIT (x, y, MIN (dash, end - x), thickness));
}

/* --- what is in view -------------------------------------------------------------- */

/* The beginning of the character that holds this byte. */
static gsize
align (DraArticleText *self,
       gsize           offset)
{
  return dra_article_to_bytes (self->article,
                               dra_article_to_code_points (self->article, offset));
}

/**
 * dra_article_text_get_visible_range:
 *
 * Returns: bytes of the article: what is in view, and a little more
 */
DraRange
dra_article_text_get_visible_range (DraArticleText *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GdkRectangle visible;
  GtkTextIter start, end;
  DraRange range;

  gtk_text_view_get_visible_rect (view, &visible);
  gtk_text_view_get_iter_at_location (view, &start, 0, visible.y);
  gtk_text_view_get_iter_at_location (view, &end, visible.width,
                                      visible.y + visible.height);
  range.start = dra_article_text_get_offset (self, &start);
  gtk_text_iter_forward_char (&end);
  range.end = dra_article_text_get_offset (self, &end);
  /* Text from right to left: the corners are the other ends of their lines. */
  range.start = align (self, range.start - MIN (range.start, 512));
  range.end = align (self, MIN (MIN (range.end + 512, self->filled),
                                range.start + MAX_VISIBLE));
  return range;
}

/**
 * dra_article_text_first_mention:
 *
 * Returns: index of the first mention that ends after @offset
 */
guint
dra_article_text_first_mention (DraArticleText *self,
                                gsize           offset)
{
  guint n_mentions;
  const DraMention *mentions = dra_cast_get_mentions (self->cast, &n_mentions);
  guint low = 0;
  guint high = n_mentions;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (mentions[middle].range.end <= offset)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/**
 * dra_article_text_first_note:
 *
 * Returns: index of the first note such that it or one before it ends after @offset
 */
guint
dra_article_text_first_note (DraArticleText *self,
                             gsize           offset)
{
  guint low = 0;
  guint high = self->notes->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->notes, DraNoteSpan, middle).reach <= offset)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/**
 * dra_article_text_shows_mention:
 * @mention: index in the cast
 *
 * Returns: whether mentions of its kind are marked
 */
gboolean
dra_article_text_shows_mention (DraArticleText *self,
                                guint           mention)
{
  guint n_mentions;
  const DraMention *mentions = dra_cast_get_mentions (self->cast, &n_mentions);
  const DraEntity *entity = dra_cast_get_entity (self->cast, mentions[mention].entity);

  if ((int) mentions[mention].entity == self->selected_entity)
    return self->levels[entity->kind] != DRA_MARKS_OFF;
  return self->levels[entity->kind] >= DRA_MARKS_UNDERLINE;
}

/* --- layers ----------------------------------------------------------------------- */

static void
draw_notes (DraArticleText *self,
            GtkSnapshot    *snapshot,
            DraRange        visible,
            GArray         *places)
{
  float thickness = MAX (1.5f, (float) dra_text_style_get_metrics (self->style)->size / 13);

  for (guint i = dra_article_text_first_note (self, visible.start); i < self->notes->len; i++)
    {
      DraNoteSpan *span = &g_array_index (self->notes, DraNoteSpan, i);
      const DraMarkColor *color = &self->palette.notes[dra_note_get_color (span->note)];
      DraRange part = { MAX (span->range.start, visible.start),
                        MIN (span->range.end, visible.end) };

      if (span->range.start >= visible.end)
        break;
      g_array_set_size (places, 0);
      add_range (self, part, places);
      for (guint j = 0; j < places->len; j++)
        {
          GdkRectangle *place = &g_array_index (places, GdkRectangle, j);

          fill (snapshot, place, &color->tint, OVERHANG);
          /* A passage somebody wrote about has a line, a bare highlight has none. */
          if (*dra_note_get_body (span->note) != '\0')
            gtk_snapshot_append_color (snapshot, &color->line,
                                       &GRAPHENE_RECT_INIT (place->x - OVERHANG,
                                                            place->y + place->height + 1,
                                                            place->width + 2 * OVERHANG,
                                                            thickness));
        }
    }
}

/* As it is, selected, and where the walk stands. */
static const DraMarkColor *
kind_colors (const DraMarkPalette *palette,
             DraEntityKind         kind)
{
  G_STATIC_ASSERT (G_STRUCT_OFFSET (DraMarkPalette, person_current)
                   == G_STRUCT_OFFSET (DraMarkPalette, person) + 2 * sizeof (DraMarkColor));
  G_STATIC_ASSERT (G_STRUCT_OFFSET (DraMarkPalette, organization_current)
                   == G_STRUCT_OFFSET (DraMarkPalette, organization) + 2 * sizeof (DraMarkColor));
  G_STATIC_ASSERT (G_STRUCT_OFFSET (DraMarkPalette, place_current)
                   == G_STRUCT_OFFSET (DraMarkPalette, place) + 2 * sizeof (DraMarkColor));

  switch (kind)
    {
    case DRA_ENTITY_PERSON:
      return &palette->person;
    case DRA_ENTITY_ORGANIZATION:
      return &palette->organization;
    case DRA_ENTITY_PLACE:
    default:
      return &palette->place;
    }
}

/* People have a line, organizations long dashes, places short ones; whoever is unsure has
 * dots, farther apart the longer the dashes would be. */
static float
kind_dash (DraEntityKind kind,
           gboolean      unsure)
{
  static const float sure[] = { 0, 4, 2.2f };
  static const float dots[] = { 1.1f, 1.5f, 1.3f };

  return unsure ? dots[kind] : sure[kind];
}

static void
draw_mention (DraArticleText     *self,
              GtkSnapshot        *snapshot,
              const GdkRectangle *place,
              guint               index,
              const DraMention   *mention)
{
  const DraMarkPalette *palette = &self->palette;
  const DraEntity *entity = dra_cast_get_entity (self->cast, mention->entity);
  const DraMarkColor *colors = kind_colors (palette, entity->kind);
  gboolean unsure = mention->confidence < DRA_ENTITY_UNSURE;
  float unit = MAX (1.f, (float) dra_text_style_get_metrics (self->style)->size / 21);
  float dash = kind_dash (entity->kind, unsure) * unit;
  const DraMarkColor *color = &colors[0];
  GdkRGBA line = color->line;

  if (self->selected_entity < 0)
    {
      if (!unsure && self->levels[entity->kind] == DRA_MARKS_TINT)
        fill (snapshot, place, &color->tint, OVERHANG);
      underline (self, snapshot, place, &line, unit, dash);
      return;
    }
  if ((int) mention->entity != self->selected_entity)
    {
      line.alpha = .38f;
      underline (self, snapshot, place, &line, unit, dash);
      return;
    }
  if ((int) index == self->current_mention)
    {
      color = &colors[2];
      fill (snapshot, place, &color->tint, OVERHANG);
      frame (snapshot, place, &color->line, 1.5f * unit, OVERHANG);
      return;
    }
  color = &colors[1];
  fill (snapshot, place, &color->tint, OVERHANG);
  underline (self, snapshot, place, &color->line, 2 * unit, dash * 1.2f);
}

static void
draw_mentions (DraArticleText *self,
               GtkSnapshot    *snapshot,
               DraRange        visible,
               GArray         *places)
{
  const DraMention *mentions;
  guint n_mentions;

  if (self->cast == NULL)
    return;
  mentions = dra_cast_get_mentions (self->cast, &n_mentions);
  for (guint i = dra_article_text_first_mention (self, visible.start);
       i < n_mentions && mentions[i].range.start < visible.end; i++)
    {
      if (!dra_article_text_shows_mention (self, i))
        continue;
      g_array_set_size (places, 0);
      add_range (self, mentions[i].range, places);
      for (guint j = 0; j < places->len; j++)
        draw_mention (self, snapshot, &g_array_index (places, GdkRectangle, j), i,
                      &mentions[i]);
    }
}

static void
draw_hits (DraArticleText *self,
           GtkSnapshot    *snapshot,
           DraRange        visible,
           GArray         *places)
{
  const DraRange *hits;
  guint low = 0, high;

  if (self->hits == NULL)
    return;
  hits = (const DraRange *) (void *) self->hits->data;
  for (high = self->hits->len; low < high;)
    {
      guint middle = low + (high - low) / 2;

      if (hits[middle].end <= visible.start)
        low = middle + 1;
      else
        high = middle;
    }
  for (; low < self->hits->len && hits[low].start < visible.end; low++)
    {
      gboolean current = (int) low == self->current_hit;
      const DraMarkColor *color = current ? &self->palette.hit_current : &self->palette.hit;

      g_array_set_size (places, 0);
      add_range (self, hits[low], places);
      for (guint j = 0; j < places->len; j++)
        {
          GdkRectangle *place = &g_array_index (places, GdkRectangle, j);

          fill (snapshot, place, &color->tint, 0);
          frame (snapshot, place, &color->line, current ? 2 : 1, 0);
        }
    }
}

/* In the colour of the letters, which stands out on any page, and below all other marks. */
static void
draw_spoken (DraArticleText *self,
             GtkSnapshot    *snapshot,
             DraRange        visible,
             GArray         *places)
{
  DraRange range = { MAX (self->spoken.start, visible.start), MIN (self->spoken.end, visible.end) };
  int half = dra_text_style_get_metrics (self->style)->leading / 2;
  GdkRGBA tint = self->palette.text, edge = self->palette.text;

  if (range.start >= range.end)
    return;
  tint.alpha = .09f;
  edge.alpha = .55f;
  g_array_set_size (places, 0);
  add_range (self, range, places);
  for (guint i = 0; i < places->len; i++)
    {
      GdkRectangle place = g_array_index (places, GdkRectangle, i);

      place.y -= half;
      place.height += 2 * half;
      gtk_snapshot_append_color (snapshot, &tint,
                                 &GRAPHENE_RECT_INIT (place.x - OVERHANG, place.y,
                                                      place.width + 2 * OVERHANG, place.height));
      gtk_snapshot_append_color (snapshot, &edge,
                                 &GRAPHENE_RECT_INIT (place.x - OVERHANG, place.y + place.height - 1,
                                                      place.width + 2 * OVERHANG, 1));
    }
}

/* GtkTextView's own would reach through the space below a paragraph. */
static void
draw_selection (DraArticleText *self,
                GtkSnapshot    *snapshot,
                DraRange        visible,
                GArray         *places)
{
  gboolean backdrop
    = gtk_widget_get_state_flags (GTK_WIDGET (self)) & GTK_STATE_FLAG_BACKDROP;
  int half = dra_text_style_get_metrics (self->style)->leading / 2;
  DraRange range;

  if (!dra_article_text_get_selection (self, &range))
    return;
  range.start = MAX (range.start, visible.start);
  range.end = MIN (range.end, visible.end);
  g_array_set_size (places, 0);
  add_range (self, range, places);
  for (guint i = 0; i < places->len; i++)
    {
      GdkRectangle *place = &g_array_index (places, GdkRectangle, i);

      gtk_snapshot_append_color (
        snapshot, backdrop ? &self->palette.selection_backdrop : &self->palette.selection,
        &GRAPHENE_RECT_INIT (place->x, place->y - half, place->width,
                             place->height + 2 * half));
    }
}

/**
 * dra_article_text_snapshot_marks:
 *
 * Draws everything that lies under the text in view.
 */
void
dra_article_text_snapshot_marks (DraArticleText *self,
                                 GtkSnapshot    *snapshot)
{
  g_autoptr (GArray) places = NULL;
  DraRange visible;

  if (self->article == NULL)
    return;
  places = g_array_new (FALSE, FALSE, sizeof (GdkRectangle));
  visible = dra_article_text_get_visible_range (self);
  dra_article_text_snapshot_blocks (self, snapshot, visible);
  draw_spoken (self, snapshot, visible, places);
  draw_notes (self, snapshot, visible, places);
  draw_mentions (self, snapshot, visible, places);
  draw_hits (self, snapshot, visible, places);
  draw_selection (self, snapshot, visible, places);
}
