/* dra-mark-palette.c: the colours of marks, notes and hits.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-mark-palette.h"

#include <math.h>

typedef struct
{
  guint32 tint; /* 0xRRGGBB */
  float   alpha;
  guint32 line;
} Entry;

static const Entry light_notes[DRA_N_NOTE_COLORS] = {
  [DRA_NOTE_YELLOW] = { 0xf8e04a, .55f, 0x8f6a00 },
  [DRA_NOTE_GREEN] = { 0x8fe6a0, .55f, 0x217a3c },
  [DRA_NOTE_BLUE] = { 0x99c1f1, .55f, 0x1a5fb4 },
  [DRA_NOTE_PURPLE] = { 0xcf9fe6, .48f, 0x7a3a9a },
  [DRA_NOTE_PINK] = { 0xf9a3c0, .50f, 0xb0215c },
  [DRA_NOTE_ORANGE] = { 0xffb669, .55f, 0xa94b00 },
};

static const Entry dark_notes[DRA_N_NOTE_COLORS] = {
  [DRA_NOTE_YELLOW] = { 0xe5b80b, .30f, 0xf0d24c },
  [DRA_NOTE_GREEN] = { 0x2ec27e, .28f, 0x84dca0 },
  [DRA_NOTE_BLUE] = { 0x3584e4, .36f, 0x99c1f1 },
  [DRA_NOTE_PURPLE] = { 0xa054c4, .42f, 0xd6a8ec },
  [DRA_NOTE_PINK] = { 0xd6336c, .40f, 0xff9fbe },
  [DRA_NOTE_ORANGE] = { 0xe66100, .38f, 0xffb669 },
};

static const guint32 solid_notes[DRA_N_NOTE_COLORS] = {
  [DRA_NOTE_YELLOW] = 0xe5c100, [DRA_NOTE_GREEN] = 0x4fbf68,
  [DRA_NOTE_BLUE] = 0x62a0ea,   [DRA_NOTE_PURPLE] = 0xb07acc,
  [DRA_NOTE_PINK] = 0xee7aa3,   [DRA_NOTE_ORANGE] = 0xff9d3c,
};

static GdkRGBA
rgb (guint32 value,
     float   alpha)
{
  return (GdkRGBA) { ((value >> 16) & 0xff) / 255.f, ((value >> 8) & 0xff) / 255.f,
                     (value & 0xff) / 255.f, alpha };
}

static DraMarkColor
mark (guint32 tint,
      float   alpha,
      guint32 line)
{
  return (DraMarkColor) { .tint = rgb (tint, alpha), .line = rgb (line, 1) };
}

static void
init_light (DraMarkPalette *self)
{
  self->page = rgb (0xffffff, 1);
  self->text = rgb (0x2b2b2d, 1);
  self->secondary = rgb (0x66666b, 1);
  self->faint = rgb (0x000000, .18f);
  self->paper = self->page;
  self->link = rgb (0x1b5fb3, 1);
  self->selection = rgb (0x3584e4, .32f);
  self->selection_backdrop = rgb (0x808080, .24f);
  self->person = mark (0x1c71d8, .09f, 0x4a86cf);
  self->person_selected = mark (0x1c71d8, .24f, 0x1a5fb4);
  self->person_current = mark (0x1c71d8, .40f, 0x1a5fb4);
  self->organization = mark (0x2a9d6b, .11f, 0x35885f);
  self->organization_selected = mark (0x2a9d6b, .28f, 0x1b6e45);
  self->organization_current = mark (0x2a9d6b, .46f, 0x1b6e45);
  self->place = mark (0x8a6d3b, .11f, 0x8a6d3b);
  self->place_selected = mark (0x8a6d3b, .26f, 0x6b5226);
  self->place_current = mark (0x8a6d3b, .40f, 0x6b5226);
  self->hit = mark (0xffc233, .45f, 0x9a6700);
  self->hit_current = mark (0xff8a1f, .75f, 0x9a4700);
}

static void
init_dark (DraMarkPalette *self)
{
  self->page = rgb (0x1e1e1e, 1);
  self->text = rgb (0xe6e3de, 1);
  self->secondary = rgb (0xa8a5a0, 1);
  self->faint = rgb (0xffffff, .20f);
  self->paper = rgb (0xeceae6, 1);
  self->link = rgb (0x8ab8f2, 1);
  self->selection = rgb (0x3584e4, .50f);
  self->selection_backdrop = rgb (0xa0a0a0, .30f);
  self->person = mark (0x62a0ea, .17f, 0x6fa4e4);
  self->person_selected = mark (0x62a0ea, .36f, 0x99c1f1);
  self->person_current = mark (0x4a90e4, .58f, 0xb9d5f7);
  self->organization = mark (0x57c78f, .15f, 0x62b58a);
  self->organization_selected = mark (0x57c78f, .32f, 0x8fe0b4);
  self->organization_current = mark (0x3aa873, .55f, 0xb4efcf);
  self->place = mark (0xc8ad7f, .14f, 0xc0a678);
  self->place_selected = mark (0xc8ad7f, .28f, 0xe0c9a0);
  self->place_current = mark (0xa88850, .52f, 0xefddbd);
  self->hit = mark (0xe5a50a, .34f, 0xf3cb5c);
  self->hit_current = mark (0xe66a00, .62f, 0xffbe6f);
}

/* The colours of light, on paper: a little darker, to keep their contrast. */
static void
init_sepia (DraMarkPalette *self)
{
  init_light (self);
  self->page = self->paper = rgb (0xf5ecd9, 1);
  self->text = rgb (0x3f3226, 1);
  self->secondary = rgb (0x69583f, 1);
  self->faint = rgb (0x5b4636, .25f);
  self->link = rgb (0x1a5491, 1);
  self->selection = rgb (0xb5835a, .38f);
  self->selection_backdrop = rgb (0x8d7b66, .26f);
  self->person = mark (0x1c71d8, .10f, 0x3b74bb);
  self->organization = mark (0x2a9d6b, .14f, 0x2c7853);
  self->place = mark (0x8a6d3b, .14f, 0x7a5f33);
  self->hit = mark (0xffb21f, .50f, 0x8a5a00);
  self->hit_current = mark (0xff8a1f, .70f, 0x8f4100);
}

static void
strengthen (DraMarkColor  *color,
            const GdkRGBA *text)
{
  /* Half way to the colour of the text: the hue is still told, the edge is sharp. */
  color->line.red = (color->line.red + text->red) / 2;
  color->line.green = (color->line.green + text->green) / 2;
  color->line.blue = (color->line.blue + text->blue) / 2;
}

/**
 * dra_mark_palette_init_theme:
 * @self: (out caller-allocates): the palette
 * @theme: what the reader chose
 * @dark: for text that is light on dark; sepia is never dark
 * @high_contrast: whether the desktop asks for more contrast
 *
 * Fills in the colours.
 */
void
dra_mark_palette_init_theme (DraMarkPalette *self,
                             DraTheme        theme,
                             gboolean        dark,
                             gboolean        high_contrast)
{
  const Entry *notes;

  if (theme == DRA_THEME_SEPIA)
    dark = FALSE;
  if (theme == DRA_THEME_CONTRAST)
    high_contrast = TRUE;
  notes = dark ? dark_notes : light_notes;
  if (dark)
    init_dark (self);
  else if (theme == DRA_THEME_SEPIA)
    init_sepia (self);
  else
    init_light (self);
  for (guint i = 0; i < DRA_N_NOTE_COLORS; i++)
    {
      self->notes[i] = mark (notes[i].tint, notes[i].alpha, notes[i].line);
      self->solid[i] = rgb (solid_notes[i], 1);
    }

  if (!high_contrast)
    return;
  self->text = dark ? rgb (0xffffff, 1) : rgb (0x000000, 1);
  self->secondary = dark ? rgb (0xdddddd, 1) : rgb (0x333333, 1);
  self->faint.alpha = .55f;
  strengthen (&self->person, &self->text);
  strengthen (&self->person_selected, &self->text);
  strengthen (&self->person_current, &self->text);
  strengthen (&self->organization, &self->text);
  strengthen (&self->organization_selected, &self->text);
  strengthen (&self->organization_current, &self->text);
  strengthen (&self->place, &self->text);
  strengthen (&self->place_selected, &self->text);
  strengthen (&self->place_current, &self->text);
  strengthen (&self->hit, &self->text);
  strengthen (&self->hit_current, &self->text);
  for (guint i = 0; i < DRA_N_NOTE_COLORS; i++)
    strengthen (&self->notes[i], &self->text);
}

/**
 * dra_mark_palette_init:
 * @self: (out caller-allocates): the palette
 * @dark: for text that is light on dark
 * @high_contrast: whether the reader asked for more contrast
 *
 * Fills in the colours of the plain theme.
 */
void
dra_mark_palette_init (DraMarkPalette *self,
                       gboolean        dark,
                       gboolean        high_contrast)
{
  dra_mark_palette_init_theme (self, DRA_THEME_PLAIN, dark, high_contrast);
}

static double
linear (double channel)
{
  return channel <= .03928 ? channel / 12.92 : pow ((channel + .055) / 1.055, 2.4);
}

static GdkRGBA
blend (const GdkRGBA *over,
       const GdkRGBA *under)
{
  float a = over->alpha;

  return (GdkRGBA) { over->red * a + under->red * (1 - a),
                     over->green * a + under->green * (1 - a),
                     over->blue * a + under->blue * (1 - a), 1 };
}

static double
luminance (const GdkRGBA *color)
{
  return .2126 * linear (color->red) + .7152 * linear (color->green)
         + .0722 * linear (color->blue);
}

/**
 * dra_mark_palette_contrast:
 * @above: colour of the text or line
 * @tint: (nullable): translucent colour below it
 * @page: opaque colour below that
 *
 * The contrast ratio of WCAG 2.1, from 1 to 21.
 *
 * Returns: the ratio
 */
double
dra_mark_palette_contrast (const GdkRGBA *above,
                           const GdkRGBA *tint,
                           const GdkRGBA *page)
{
  GdkRGBA under = tint != NULL ? blend (tint, page) : *page;
  GdkRGBA over = blend (above, &under);
  double a = luminance (&over);
  double b = luminance (&under);

  return (MAX (a, b) + .05) / (MIN (a, b) + .05);
}
