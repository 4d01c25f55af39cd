/* dra-text-style.c: sizes, spacing, measure and tags of the article's text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-text-style.h"

#include <math.h>

/* EB Garamond has an optical size for text, named apart; the rest is what desktops have. */
#define SERIF "EB Garamond 12, EB Garamond, Source Serif 4, Source Serif Pro, Charter, " \
              "Noto Serif, Georgia, serif"

#define X_HEIGHT 6.35      /* points: height of small letters in body text */
#define TITLE_SCALE 1.95
#define TITLE_SCALE_NARROW 1.6
#define MAX_TITLE 400 /* bytes: longer ones are no headlines */
#define MAX_DEPTH 6

/* English prose with the usual mix of letters, to measure an average character. */
#define SAMPLE "The committee met on Thursday to hear what the two sides had agreed upon, and why."

struct _DraTextStyle
{
  GtkTextTagTable *table;
  GtkTextTag      *kinds[DRA_N_BLOCK_KINDS];
  GtkTextTag      *headings[MAX_DEPTH];
  GtkTextTag      *lists[2][MAX_DEPTH]; /* left to right, right to left */
  GtkTextTag      *quotations[2][MAX_DEPTH];
  GtkTextTag      *inlines[DRA_STYLE_SUBSCRIPT + 1];
  GtkCssProvider  *provider;
  GtkTextView     *styled; /* unowned: whose context has the provider */
  DraTextMetrics   metrics;
  char            *family;  /* names with commas between, as Pango has them */
  DraTypography    typography; /* its family is not used */
};

static GtkTextTag *
add_tag (DraTextStyle *self,
         const char   *name)
{
  g_autoptr (GtkTextTag) tag = gtk_text_tag_new (name);

  gtk_text_tag_table_add (self->table, tag);
  return tag; /* the table holds it */
}

/* Order of creation is order of precedence: blocks, their exceptions, inline styles. */
static void
create_tags (DraTextStyle *self)
{
  const char *const exceptions[] = { "mono", "table-head", "continues", "block-end",
                                     "header-last", "paragraph-first", "paragraph-last" };

  for (guint i = 0; i < G_N_ELEMENTS (self->kinds); i++)
    if (i != DRA_BLOCK_PARAGRAPH)
      self->kinds[i] = add_tag (self, dra_block_kind_to_string (i));
  for (guint i = 0; i < MAX_DEPTH; i++)
    {
      self->headings[i] = add_tag (self, NULL);
      for (guint j = 0; j < 2; j++)
        {
          self->lists[j][i] = add_tag (self, NULL);
          self->quotations[j][i] = add_tag (self, NULL);
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (exceptions); i++)
    add_tag (self, exceptions[i]);
  for (guint i = 0; i < G_N_ELEMENTS (self->inlines); i++)
    {
      g_autofree char *name = g_strconcat ("style-", dra_style_kind_to_string (i), NULL);

      self->inlines[i] = add_tag (self, name);
    }
}

/**
 * dra_text_style_new:
 *
 * Makes the tag table; dra_text_style_update() gives the tags their values.
 *
 * Returns: (transfer full): free with dra_text_style_free()
 */
DraTextStyle *
dra_text_style_new (void)
{
  DraTextStyle *self = g_new0 (DraTextStyle, 1);

  self->table = gtk_text_tag_table_new ();
  self->provider = gtk_css_provider_new ();
  self->family = g_strdup (SERIF);
  self->typography = (DraTypography) DRA_TYPOGRAPHY_INIT;
  create_tags (self);
  return self;
}

/**
 * dra_text_style_free:
 * @self: (transfer full): what dra_text_style_new() gave
 */
void
dra_text_style_free (DraTextStyle *self)
{
  g_clear_object (&self->table);
  g_clear_object (&self->provider);
  g_free (self->family);
  g_free (self);
}

/**
 * dra_text_style_get_table:
 *
 * Returns: (transfer none): the tag table for the article's buffers
 */
GtkTextTagTable *
dra_text_style_get_table (DraTextStyle *self)
{
  return self->table;
}

/**
 * dra_text_style_get_metrics:
 *
 * Returns: (transfer none): the present sizes, in pixels
 */
const DraTextMetrics *
dra_text_style_get_metrics (DraTextStyle *self)
{
  return &self->metrics;
}

/* Size in pixels at which this machine's serif has small letters of the wanted height, as
 * the CSS property font-size-adjust does.  Also fills in what depends on the face. */
static double
measure_face (DraTextStyle *self,
              GtkWidget    *widget,
              double        zoom,
              double        dpi)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, "x");
  g_autoptr (PangoFontDescription) font = pango_font_description_new ();
  PangoRectangle ink, logical;
  double ratio, size, line;

  pango_font_description_set_family (font, self->family);
  pango_font_description_set_absolute_size (font, 100 * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_get_extents (layout, &ink, &logical);
  ratio = CLAMP (ink.height / (100. * PANGO_SCALE), .34, .62);
  size = X_HEIGHT * zoom * dpi / 72 / ratio;

  line = logical.height / (100. * PANGO_SCALE);
  self->metrics.ascent = (double) pango_layout_get_baseline (layout) / logical.height;
  self->metrics.leading = MAX (0, (int) lround (size * (self->typography.line_height - line)));

  pango_layout_set_text (layout, SAMPLE, -1);
  pango_layout_get_extents (layout, NULL, &logical);
  self->metrics.measure = (int) lround (size / (100. * PANGO_SCALE) * logical.width
                                        / (sizeof SAMPLE - 1)
                                        * self->typography.measure);
  return size;
}

static void
set_spacing (GtkTextTag *tag,
             double      above,
             double      below)
{
  g_object_set (tag, "pixels-above-lines", (int) lround (MAX (above, 0)),
                "pixels-below-lines", (int) lround (MAX (below, 0)), NULL);
}

static void
update_blocks (DraTextStyle         *self,
               const DraMarkPalette *palette)
{
  static const double scales[MAX_DEPTH] = { 1.5, 1.25, 1.05, 1, 1, 1 };
  const DraTextMetrics *m = &self->metrics;
  GtkTextTag *title = self->kinds[DRA_BLOCK_TITLE];
  /* GTK takes fully transparent for "not set". */
  const GdkRGBA clear = { .alpha = 1.f / 255 };

  /* Only running text has two straight edges, and only paragraphs are indented. */
  for (guint i = 0; i < G_N_ELEMENTS (self->kinds); i++)
    if (self->kinds[i] != NULL)
      g_object_set (self->kinds[i], "indent", 0, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (self->kinds); i++)
    if (self->kinds[i] != NULL && i != DRA_BLOCK_FOOTNOTE)
      g_object_set (self->kinds[i], "justification", GTK_JUSTIFY_LEFT, NULL);
  for (guint i = 0; i < MAX_DEPTH; i++)
    g_object_set (self->headings[i], "justification", GTK_JUSTIFY_LEFT, "indent", 0, NULL);

  /* At this size the regular cut reads as a headline, and most serifs have no better. */
  g_object_set (title, "scale", TITLE_SCALE, "accumulative-margin", TRUE,
                "pixels-inside-wrap", (int) lround (m->leading * TITLE_SCALE * .35), NULL);
  set_spacing (title, 0, m->size * .55);

  g_object_set (self->kinds[DRA_BLOCK_BYLINE], "foreground-rgba", &palette->secondary, NULL);
  set_spacing (self->kinds[DRA_BLOCK_BYLINE], 0, m->leading * .8);
  g_object_set (self->kinds[DRA_BLOCK_DATE], "scale", .92, "foreground-rgba",
                &palette->secondary, NULL);
  set_spacing (self->kinds[DRA_BLOCK_DATE], 0, m->leading * .8);

  for (guint i = 0; i < MAX_DEPTH; i++)
    {
      g_object_set (self->headings[i], "scale", scales[i], "weight",
                    i < 2 ? PANGO_WEIGHT_NORMAL : PANGO_WEIGHT_BOLD, "style",
                    i == 1 || i >= 4 ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL,
                    "pixels-inside-wrap", (int) lround (m->leading * .6), NULL);
      set_spacing (self->headings[i], m->size * (i == 0 ? 1.5 : 1.1) - m->leading,
                   m->leading * .5 + m->size * .25);
    }

  for (guint i = 0; i < MAX_DEPTH; i++)
    for (guint rtl = 0; rtl < 2; rtl++)
      {
        const char *near = rtl ? "right-margin" : "left-margin";
        const char *far = rtl ? "left-margin" : "right-margin";

        g_object_set (self->lists[rtl][i], "accumulative-margin", TRUE, "indent", 0,
                      near, m->indent * ((int) i + 1), NULL);
        set_spacing (self->lists[rtl][i], 0, m->leading + m->size * .12);
        g_object_set (self->quotations[rtl][i], "accumulative-margin", TRUE, "indent", 0,
                      near, m->indent * ((int) i + 1), far, m->indent / 2, NULL);
        set_spacing (self->quotations[rtl][i], 0, m->paragraph);
      }

  g_object_set (self->kinds[DRA_BLOCK_PREFORMATTED], "accumulative-margin", TRUE,
                "left-margin", m->indent, "indent", -m->indent, NULL);
  set_spacing (self->kinds[DRA_BLOCK_PREFORMATTED], 0, m->leading);
  g_object_set (self->kinds[DRA_BLOCK_RULE], "foreground-rgba", &clear, NULL);
  set_spacing (self->kinds[DRA_BLOCK_RULE], m->size * .4, m->paragraph + m->size * .4);
  g_object_set (self->kinds[DRA_BLOCK_CAPTION], "scale", .88, "style", PANGO_STYLE_ITALIC,
                "foreground-rgba", &palette->secondary, NULL);
  set_spacing (self->kinds[DRA_BLOCK_CAPTION], 0, m->paragraph + m->size * .5);
  g_object_set (self->kinds[DRA_BLOCK_TABLE_ROW], "scale", DRA_TEXT_TABLE_SCALE, NULL);
  set_spacing (self->kinds[DRA_BLOCK_TABLE_ROW], 0, m->leading * 1.4 + m->size * .1);
  g_object_set (self->kinds[DRA_BLOCK_FOOTNOTE], "scale", .84, "accumulative-margin", TRUE,
                "left-margin", m->indent, NULL);
  set_spacing (self->kinds[DRA_BLOCK_FOOTNOTE], 0, m->leading + m->size * .12);
  g_object_set (self->kinds[DRA_BLOCK_IMAGE], "foreground-rgba", &clear, NULL);
  set_spacing (self->kinds[DRA_BLOCK_IMAGE], m->size * .6, m->paragraph + m->size * .6);
}

static void
update_exceptions (DraTextStyle *self)
{
  const DraTextMetrics *m = &self->metrics;

  g_object_set (dra_text_style_get_named (self, "mono"), "family", "monospace",
                "scale", .74, NULL);
  g_object_set (dra_text_style_get_named (self, "table-head"), "weight", PANGO_WEIGHT_BOLD,
                NULL);
  g_object_set (dra_text_style_get_named (self, "continues"), "pixels-below-lines",
                m->leading, NULL);
  g_object_set (dra_text_style_get_named (self, "block-end"), "pixels-below-lines",
                m->paragraph, NULL);
  g_object_set (dra_text_style_get_named (self, "header-last"), "pixels-below-lines",
                m->meta, NULL);
  /* What the text begins with, also after a heading, needs no sign that it is a paragraph. */
  g_object_set (dra_text_style_get_named (self, "paragraph-first"), "indent", 0, NULL);
  g_object_set (dra_text_style_get_named (self, "paragraph-last"), "pixels-below-lines",
                m->paragraph, NULL);
}

static void
update_inlines (DraTextStyle         *self,
                const DraMarkPalette *palette)
{
  GtkTextTag **tags = self->inlines;
  int rise = (int) lround (self->metrics.size * .33 * PANGO_SCALE);

  g_object_set (tags[DRA_STYLE_EMPHASIS], "style", PANGO_STYLE_ITALIC, NULL);
  g_object_set (tags[DRA_STYLE_STRONG], "weight", PANGO_WEIGHT_BOLD, NULL);
  g_object_set (tags[DRA_STYLE_CODE], "family", "monospace", "scale", .78, NULL);
  g_object_set (tags[DRA_STYLE_LINK], "foreground-rgba", &palette->link, "underline",
                PANGO_UNDERLINE_SINGLE, NULL);
  g_object_set (tags[DRA_STYLE_UNDERLINE], "underline", PANGO_UNDERLINE_SINGLE, NULL);
  g_object_set (tags[DRA_STYLE_STRIKETHROUGH], "strikethrough", TRUE, NULL);
  g_object_set (tags[DRA_STYLE_SUPERSCRIPT], "scale", .68, "rise", rise, NULL);
  g_object_set (tags[DRA_STYLE_SUBSCRIPT], "scale", .68, "rise", -rise / 2, NULL);
}

/* Each name in quotes, as names may hold anything. */
static char *
dup_css_families (const char *family)
{
  g_auto (GStrv) names = g_strsplit (family, ",", -1);
  GString *css = g_string_new (NULL);

  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *name = g_strstrip (names[i]);

      if (*name == '\0')
        continue;
      if (css->len > 0)
        g_string_append (css, ", ");
      /* The generic ones are keywords. */
      if (g_str_equal (name, "serif") || g_str_equal (name, "sans-serif")
          || g_str_equal (name, "monospace"))
        {
          g_string_append (css, name);
          continue;
        }
      g_string_append_c (css, '"');
      for (const char *p = name; *p != '\0'; p++)
        if (*p != '"' && *p != '\\' && !g_ascii_iscntrl (*p))
          g_string_append_c (css, *p);
      g_string_append_c (css, '"');
    }
  if (css->len == 0)
    g_string_append (css, "serif");
  return g_string_free (css, FALSE);
}

static void
load_css (DraTextStyle  *self,
          GtkTextView   *view,
          double         points,
          const GdkRGBA *color)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (view));
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *css = NULL;
  g_autofree char *text = gdk_rgba_to_string (color);
  g_autofree char *families = dup_css_families (self->family);

  g_ascii_formatd (number, sizeof number, "%.2f", points);
  /* Not in tags as well: GTK loses a string at each line for which both name features. */
  css = g_strdup_printf ("textview { font-family: %s; font-size: %spt; color: %s; "
                         "font-feature-settings: \"%s\"; }", families, number, text,
                         self->typography.old_figures ? "onum" : "lnum");
  gtk_css_provider_load_from_data (self->provider, css, -1);
  if (self->styled == view)
    return;
  gtk_style_context_add_provider (context, GTK_STYLE_PROVIDER (self->provider),
                                  GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  self->styled = view;
}

/**
 * dra_text_style_set_typography:
 * @typography: what the reader chose
 *
 * Takes effect with the next dra_text_style_update().
 */
void
dra_text_style_set_typography (DraTextStyle        *self,
                               const DraTypography *typography)
{
  g_free (self->family);
  self->family = g_strdup (typography->family != NULL && *typography->family != '\0'
                             ? typography->family
                             : SERIF);
  self->typography = *typography;
  self->typography.family = NULL;
}

/**
 * dra_text_style_update:
 * @view: the text view that shows the article
 * @zoom: 1.0 is the normal size
 * @palette: the colours
 *
 * Gives fonts, spacing and colours the values for this zoom.  GTK lays out anew what is in
 * view, and the rest when idle.
 */
void
dra_text_style_update (DraTextStyle         *self,
                       GtkTextView          *view,
                       double                zoom,
                       const DraMarkPalette *palette)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (view));
  DraTextMetrics *m = &self->metrics;
  double dpi = pango_cairo_context_get_resolution (context);

  if (dpi <= 0)
    dpi = 96;
  m->size = measure_face (self, GTK_WIDGET (view), zoom, dpi);
  m->paragraph = m->leading + (int) lround (m->size * .58);
  m->indent = (int) lround (m->size * 1.7);
  m->meta = (int) lround (m->size * 2.75);
  m->top = (int) lround (m->size * 2.3);
  m->bottom = (int) lround (m->size * 5);

  load_css (self, view, m->size * 72 / dpi, &palette->text);
  gtk_text_view_set_justification (view, self->typography.justify ? GTK_JUSTIFY_FILL
                                                                  : GTK_JUSTIFY_LEFT);
  gtk_text_view_set_pixels_inside_wrap (view, m->leading);
  gtk_text_view_set_indent (view, self->typography.indent ? m->indent : 0);
  gtk_text_view_set_pixels_below_lines (view, self->typography.indent ? m->leading
                                                                      : m->paragraph);
  update_blocks (self, palette);
  update_exceptions (self);
  update_inlines (self, palette);
}

/* The least width in which the layout has no more lines than in this one. */
static int
balance (PangoLayout *layout,
         int          width)
{
  int low = width / 2;
  int high = width;
  int n_lines;

  pango_layout_set_width (layout, width * PANGO_SCALE);
  n_lines = pango_layout_get_line_count (layout);
  if (n_lines < 2 || n_lines > 8)
    return width;
  while (high - low > 4)
    {
      int middle = low + (high - low) / 2;

      pango_layout_set_width (layout, middle * PANGO_SCALE);
      if (pango_layout_get_line_count (layout) > n_lines)
        low = middle;
      else
        high = middle;
    }
  return high;
}

/**
 * dra_text_style_set_title:
 * @title: (nullable): the title as it stands in the text
 * @column: width of the text column in pixels
 *
 * Fits the title into the column: smaller where that is narrow, and in lines of about one
 * length, so that no single word is left for the last.
 */
void
dra_text_style_set_title (DraTextStyle *self,
                          GtkTextView  *view,
                          const char   *title,
                          int           column)
{
  GtkTextTag *tag = self->kinds[DRA_BLOCK_TITLE];
  double scale = column < self->metrics.measure * .72 ? TITLE_SCALE_NARROW : TITLE_SCALE;
  g_autoptr (PangoLayout) layout = NULL;
  g_autoptr (PangoAttrList) attributes = NULL;
  double old_scale;
  int old_margin, margin;

  if (title == NULL || strlen (title) > MAX_TITLE)
    margin = 0;
  else
    {
      layout = gtk_widget_create_pango_layout (GTK_WIDGET (view), title);
      attributes = pango_attr_list_new ();
      pango_attr_list_insert (attributes, pango_attr_scale_new (scale));
      pango_layout_set_attributes (layout, attributes);
      margin = column - balance (layout, column);
      if (margin > 0)
        margin = MAX (0, margin - 4);
    }
  /* Setting a tag has the text laid out anew. */
  g_object_get (tag, "scale", &old_scale, "right-margin", &old_margin, NULL);
  if (old_scale != scale || old_margin != margin)
    g_object_set (tag, "scale", scale, "right-margin", margin, NULL);
}

/**
 * dra_text_style_get_block:
 * @block: a block of the article
 * @rtl: whether it is written from right to left
 *
 * Returns: (transfer none) (nullable): the tag for all of it; paragraphs need none
 */
GtkTextTag *
dra_text_style_get_block (DraTextStyle   *self,
                          const DraBlock *block,
                          gboolean        rtl)
{
  guint depth = CLAMP (block->level, 1, MAX_DEPTH) - 1;

  switch (block->kind)
    {
    case DRA_BLOCK_HEADING:
      return self->headings[depth];
    case DRA_BLOCK_LIST_ITEM:
      return self->lists[rtl ? 1 : 0][depth];
    case DRA_BLOCK_QUOTATION:
      return self->quotations[rtl ? 1 : 0][depth];
    case DRA_BLOCK_TITLE:
    case DRA_BLOCK_BYLINE:
    case DRA_BLOCK_DATE:
    case DRA_BLOCK_PARAGRAPH:
    case DRA_BLOCK_PREFORMATTED:
    case DRA_BLOCK_RULE:
    case DRA_BLOCK_CAPTION:
    case DRA_BLOCK_IMAGE:
    case DRA_BLOCK_TABLE_ROW:
    case DRA_BLOCK_FOOTNOTE:
    default:
      return self->kinds[block->kind];
    }
}

/**
 * dra_text_style_get_inline:
 *
 * Returns: (transfer none): the tag for an inline style
 */
GtkTextTag *
dra_text_style_get_inline (DraTextStyle *self,
                           DraStyleKind  kind)
{
  return self->inlines[kind];
}

/**
 * dra_text_style_get_named:
 * @name: "mono", "table-head", "continues", "block-end", "header-last", "paragraph-first" or
 *   "paragraph-last"
 *
 * Returns: (transfer none): the tag for an exception to what a block's tag says
 */
GtkTextTag *
dra_text_style_get_named (DraTextStyle *self,
                          const char   *name)
{
  return gtk_text_tag_table_lookup (self->table, name);
}
