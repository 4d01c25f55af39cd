/* dra-html-walk.c: what the walk over a page writes where it is: text, images, links, styles.
 *
 * A block is begun by its first character, as what is around it says; pictures and rules
 * wait for the place where they may stand.  Addresses of links and pictures are completed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-html-walk-private.h"

#include <string.h>

#define MAX_TARGET 4096 /* bytes of a link's target */
#define RULE "* * *"

/**
 * dra_html_pending_image_clear:
 * @data: a #DraHtmlPendingImage
 *
 * Frees what is in it.
 */
void
dra_html_pending_image_clear (gpointer data)
{
  DraHtmlPendingImage *image = data;

  g_free (image->alternative);
  g_free (image->source);
}

static void
flush_images (DraHtmlWalk *walk)
{
  for (guint i = 0; i < walk->images->len; i++)
    {
      DraHtmlPendingImage *image = &g_array_index (walk->images, DraHtmlPendingImage, i);

      dra_article_builder_add_image (walk->builder, image->alternative);
      dra_article_builder_set_source (walk->builder, image->source);
      walk->written = TRUE;
    }
  g_array_set_size (walk->images, 0);
}

/**
 * dra_html_walk_end_block:
 * @walk: where the walk is
 *
 * Ends the block that was begun and writes the images that waited for that.  In a row of a
 * table nothing is ended.
 */
void
dra_html_walk_end_block (DraHtmlWalk *walk)
{
  if (walk->in_row)
    return;
  if (walk->in_block)
    dra_article_builder_end_block (walk->builder);
  walk->in_block = FALSE;
  walk->n_breaks = 0;
  flush_images (walk);
}

/**
 * dra_html_walk_flush_rule:
 * @walk: where the walk is
 *
 * Writes a rule that was seen, unless it would be the first thing.
 */
void
dra_html_walk_flush_rule (DraHtmlWalk *walk)
{
  if (walk->rule && walk->written)
    {
      dra_article_builder_begin_block (walk->builder, DRA_BLOCK_RULE, 0, NULL);
      dra_article_builder_add_text (walk->builder, RULE, -1);
      dra_article_builder_end_block (walk->builder);
    }
  walk->rule = FALSE;
}

static void
begin_block (DraHtmlWalk *walk)
{
  DraHtmlContext *context = &walk->context;
  DraBlockKind kind = context->kind;
  guint level = kind == DRA_BLOCK_HEADING ? context->level : 0;
  const char *label = NULL;

  dra_html_walk_flush_rule (walk);
  if (kind == DRA_BLOCK_PARAGRAPH && context->footnote != NULL)
    {
      kind = DRA_BLOCK_FOOTNOTE;
      label = context->footnote;
    }
  else if (kind == DRA_BLOCK_PARAGRAPH && context->in_item)
    {
      kind = DRA_BLOCK_LIST_ITEM;
      level = MAX (context->list_depth, 1);
      label = walk->label;
    }
  else if (kind == DRA_BLOCK_PARAGRAPH && context->quote_depth > 0)
    {
      kind = DRA_BLOCK_QUOTATION;
      level = context->quote_depth;
    }
  dra_article_builder_begin_block (walk->builder, kind, level, label);
  g_clear_pointer (&walk->label, g_free);
  walk->in_block = TRUE;
  walk->written = TRUE;
}

/* Two line breaks end a paragraph; one stays a line break. */
static void
flush_breaks (DraHtmlWalk *walk)
{
  if (walk->n_breaks > 1 && walk->context.kind == DRA_BLOCK_PARAGRAPH && walk->in_block)
    dra_html_walk_end_block (walk);
  else if (walk->n_breaks > 0 && walk->in_block)
    dra_article_builder_add_break (walk->builder);
  walk->n_breaks = 0;
}

static gboolean
is_blank_char (gunichar c)
{
  return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0x200B || c == 0x2060
         || c == 0xFEFF || c == 0xAD || c == 0x2028 || c == 0x2029 || c == 0x85;
}

static gboolean
is_blank (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (!is_blank_char (g_utf8_get_char (text)))
      return FALSE;

  return TRUE;
}

/* No-break spaces that only space things out become spaces; one between two words stays.
 * Marks of places where a word may be broken go. */
static void
add_text (DraHtmlWalk *walk,
          const char  *text)
{
  DraArticleBuilder *builder = walk->builder;
  const char *run = text;
  const char *p = text;

  while (*p != '\0')
    {
      const char *space = NULL;
      gsize length;

      if ((guchar) *p < 0x80)
        {
          p++;
          continue;
        }
      if (strncmp (p, "\302\240", 2) == 0)
        {
          gboolean single = p > text && !g_ascii_isspace (p[-1]) && (guchar) p[-1] != 0xA0
                            && p[2] != '\0' && !g_ascii_isspace (p[2])
                            && strncmp (p + 2, "\302\240", 2) != 0;

          length = 2;
          if (!single)
            space = " ";
        }
      else if (strncmp (p, "\342\200\213", 3) == 0 || strncmp (p, "\342\201\240", 3) == 0)
        {
          length = 3;
          space = "";
        }
      else
        length = g_utf8_next_char (p) - p;
      if (space != NULL)
        {
          if (p > run)
            dra_article_builder_add_text (builder, run, p - run);
          if (*space != '\0')
            dra_article_builder_add_text (builder, space, 1);
          run = p + length;
        }
      p += length;
    }
  if (p > run)
    dra_article_builder_add_text (builder, run, p - run);
}

static void
flush_cells (DraHtmlWalk *walk)
{
  for (; walk->n_cells > 0; walk->n_cells--)
    dra_article_builder_next_cell (walk->builder);
}

/**
 * dra_html_walk_write_text:
 * @walk: where the walk is
 * @text: text, as it is in the page
 *
 * Writes text; its first character that is seen begins a block.
 */
void
dra_html_walk_write_text (DraHtmlWalk *walk,
                          const char  *text)
{
  if (walk->context.kind == DRA_BLOCK_PREFORMATTED)
    {
      if (!walk->in_block)
        {
          if (is_blank (text))
            return;
          begin_block (walk);
        }
      else if (walk->line_break && *text != '\n')
        dra_article_builder_add_text (walk->builder, "\n", 1);
      walk->line_break = FALSE;
      dra_article_builder_add_text (walk->builder, text, -1);
      return;
    }
  if (is_blank (text))
    {
      if (walk->in_block && *text != '\0')
        dra_article_builder_add_text (walk->builder, " ", 1);
      return;
    }
  if (walk->table != NULL && !walk->in_row && walk->context.kind == DRA_BLOCK_TABLE_ROW)
    return; /* beside the cells */
  flush_breaks (walk);
  if (!walk->in_block)
    begin_block (walk);
  flush_cells (walk);
  add_text (walk, text);
}

static gboolean
is_pixel (const xmlNode *image)
{
  const char *width = dra_html_get_attribute (image, "width");
  const char *height = dra_html_get_attribute (image, "height");

  return (width != NULL && (strcmp (width, "1") == 0 || strcmp (width, "0") == 0))
         || (height != NULL && (strcmp (height, "1") == 0 || strcmp (height, "0") == 0));
}

/* A small image whose alternative text is a sign or two: a smiley. */
static gboolean
is_sign (const xmlNode *image,
         const char    *alternative)
{
  if (alternative == NULL || *alternative == '\0' || g_utf8_strlen (alternative, 32) > 8)
    return FALSE;
  for (const char *p = alternative; *p != '\0'; p = g_utf8_next_char (p))
    if (g_utf8_get_char (p) < 0x2000)
      {
        const char *class = dra_html_get_attribute (image, "class");

        return class != NULL && (strstr (class, "emoji") != NULL || strstr (class, "smiley") != NULL);
      }

  return TRUE;
}

/**
 * dra_html_walk_write_image:
 * @walk: where the walk is
 * @image: an image element
 *
 * Writes an image behind the present block, or its alternative text where it is a sign in
 * the text.  Dots and lines that only fill space are left out.
 */
void
dra_html_walk_write_image (DraHtmlWalk   *walk,
                           const xmlNode *node)
{
  const char *alternative = dra_html_get_attribute (node, "alt");
  g_autofree char *address = NULL;
  g_autofree char *source = NULL;
  DraHtmlPendingImage image;

  if (is_sign (node, alternative))
    {
      dra_html_walk_write_text (walk, alternative);
      return;
    }
  if (is_pixel (node) || walk->in_row)
    return;
  address = dra_html_blocks_find_image (node);
  if (address != NULL && walk->options->image != NULL)
    source = walk->options->image (address, walk->options->user_data);
  if (source == NULL && (alternative == NULL || is_blank (alternative)))
    return;

  image.alternative = g_strdup (alternative);
  image.source = g_steal_pointer (&source);
  if (walk->images->len == 0 && !walk->in_block)
    dra_html_walk_flush_rule (walk);
  g_array_append_val (walk->images, image);
  if (!walk->in_block)
    flush_images (walk);
}

static gboolean
is_outward (const char *target)
{
  return g_ascii_strncasecmp (target, "http://", 7) == 0
         || g_ascii_strncasecmp (target, "https://", 8) == 0
         || g_ascii_strncasecmp (target, "mailto:", 7) == 0;
}

static gboolean
has_scheme (const char *href)
{
  const char *p = href;

  while (g_ascii_isalnum (*p) || *p == '+' || *p == '-' || *p == '.')
    p++;

  return p > href && *p == ':';
}

static char *
find_target (DraHtmlWalk   *walk,
             const xmlNode *link)
{
  const char *href = dra_html_get_attribute (link, "href");
  const char *note = dra_html_footnotes_get_target (walk->footnotes, link);
  char *target = NULL;

  if (note != NULL)
    return g_strdup (note);
  if (href == NULL)
    return NULL;
  while (g_ascii_isspace (*href))
    href++;
  if (strlen (href) > MAX_TARGET)
    return NULL;
  if (is_outward (href))
    target = g_strdup (href);
  else if (walk->options->link != NULL)
    target = walk->options->link (href, walk->options->user_data);
  else if (walk->base != NULL && *href != '#' && *href != '\0' && !has_scheme (href))
    {
      g_autoptr (GUri) uri = g_uri_parse_relative (walk->base, href, G_URI_FLAGS_ENCODED
                                                                     | G_URI_FLAGS_PARSE_RELAXED, NULL);

      if (uri != NULL)
        target = g_uri_to_string (uri);
    }
  if (target != NULL && !is_outward (target) && !g_str_has_prefix (target, "#fn:"))
    g_clear_pointer (&target, g_free);
  if (target != NULL)
    g_strchomp (target);

  return target;
}

static int
get_style_kind (DraHtmlTag tag)
{
  switch (tag)
    {
    case DRA_HTML_EM:
    case DRA_HTML_I:
    case DRA_HTML_CITE:
    case DRA_HTML_DFN:
    case DRA_HTML_VAR:
      return DRA_STYLE_EMPHASIS;
    case DRA_HTML_STRONG:
    case DRA_HTML_B:
    case DRA_HTML_DT:
    case DRA_HTML_SUMMARY:
      return DRA_STYLE_STRONG;
    case DRA_HTML_CODE:
    case DRA_HTML_KBD:
    case DRA_HTML_SAMP:
    case DRA_HTML_TT:
      return DRA_STYLE_CODE;
    case DRA_HTML_U:
    case DRA_HTML_INS:
      return DRA_STYLE_UNDERLINE;
    case DRA_HTML_S:
    case DRA_HTML_STRIKE:
    case DRA_HTML_DEL:
      return DRA_STYLE_STRIKETHROUGH;
    case DRA_HTML_SUP:
      return DRA_STYLE_SUPERSCRIPT;
    case DRA_HTML_SUB:
      return DRA_STYLE_SUBSCRIPT;
    default:
      return -1;
    }
}

static void
begin_style (DraHtmlWalk  *walk,
             DraHtmlFrame *frame,
             DraStyleKind  kind,
             const char   *target)
{
  if (frame->styles & 1u << kind)
    return;
  /* All of a heading is bold, and all of a block of code is code. */
  if ((kind == DRA_STYLE_STRONG && walk->in_heading)
      || (kind == DRA_STYLE_CODE && walk->context.kind == DRA_BLOCK_PREFORMATTED))
    return;
  dra_article_builder_begin_style (walk->builder, kind, target);
  frame->styles |= 1u << kind;
}

/**
 * dra_html_walk_begin_styles:
 * @walk: where the walk is
 * @frame: the element
 * @tag: what it is
 *
 * Begins the styles that the element means, a link among them; they are put down in @frame.
 */
void
dra_html_walk_begin_styles (DraHtmlWalk  *walk,
                            DraHtmlFrame *frame,
                            DraHtmlTag    tag)
{
  const char *css = dra_html_get_attribute (frame->node, "style");
  int kind = get_style_kind (tag);

  if (kind == DRA_STYLE_STRONG && css != NULL && strstr (css, "font-weight:normal") != NULL)
    kind = -1;
  if (kind == DRA_STYLE_CODE && dra_html_get_tag (frame->node->parent) == DRA_HTML_PRE)
    kind = -1;
  if (kind >= 0)
    begin_style (walk, frame, (DraStyleKind) kind, NULL);
  if (tag == DRA_HTML_A)
    {
      g_autofree char *target = find_target (walk, frame->node);

      if (target != NULL)
        begin_style (walk, frame, DRA_STYLE_LINK, target);
    }
  if (tag == DRA_HTML_SPAN && css != NULL)
    {
      const char *weight = strstr (css, "font-weight:");

      if (strstr (css, "font-style:italic") != NULL || strstr (css, "font-style: italic") != NULL)
        begin_style (walk, frame, DRA_STYLE_EMPHASIS, NULL);
      if (weight != NULL)
        {
          weight += strlen ("font-weight:");
          weight += strspn (weight, " ");
          if (g_str_has_prefix (weight, "bold") || (*weight >= '6' && *weight <= '9'))
            begin_style (walk, frame, DRA_STYLE_STRONG, NULL);
        }
    }
}

/**
 * dra_html_blocks_find_base:
 * @document: a page
 * @address: (nullable): where it is from
 *
 * Returns: (transfer full) (nullable): the address that its links are relative to: its base
 *   element, relative to @address, or that
 */
char *
dra_html_blocks_find_base (xmlDoc     *document,
                           const char *address)
{
  const xmlNode *root = xmlDocGetRootElement (document);

  for (const xmlNode *node = root; node != NULL; node = dra_html_next (node, root, TRUE))
    {
      const char *href;

      if (dra_html_get_tag (node) == DRA_HTML_P)
        break; /* it has to be in the head */
      if (dra_html_get_tag (node) != DRA_HTML_BASE)
        continue;
      href = dra_html_get_attribute (node, "href");
      if (href == NULL)
        continue;
      if (is_outward (href))
        return g_strdup (href);
      if (address != NULL)
        return g_uri_resolve_relative (address, href, G_URI_FLAGS_ENCODED | G_URI_FLAGS_PARSE_RELAXED, NULL);
    }

  return g_strdup (address);
}

/* The last of the candidates, which mostly is the largest. */
static char *
take_srcset (const char *srcset)
{
  g_auto (GStrv) candidates = NULL;
  guint n;

  if (srcset == NULL || g_ascii_strncasecmp (srcset, "data:", 5) == 0)
    return NULL;
  candidates = g_strsplit (srcset, ", ", 64);
  n = g_strv_length (candidates);
  for (guint i = n; i > 0; i--)
    {
      char *address = g_strstrip (candidates[i - 1]);

      address[strcspn (address, " \t\n\r")] = '\0';
      if (*address != '\0')
        return g_strdup (address);
    }

  return NULL;
}

/**
 * dra_html_blocks_find_image:
 * @node: an image element
 *
 * Finds the address of an image, also of one that a script is to load later.
 *
 * Returns: (transfer full) (nullable): the address as it is in the page
 */
char *
dra_html_blocks_find_image (const xmlNode *node)
{
  static const char *const lazy[] = { "data-src", "data-original", "data-lazy-src", "data-lazy",
                                      "data-hi-res-src", "data-image", "data-url", NULL };
  const char *src = dra_html_get_attribute (node, "src");
  const char *srcset = dra_html_get_attribute (node, "srcset");
  gboolean stand_in = src == NULL || is_blank (src)
                      || (g_ascii_strncasecmp (src, "data:", 5) == 0 && strlen (src) < 400);

  if (!stand_in)
    return g_strdup (src);
  for (guint i = 0; lazy[i] != NULL; i++)
    {
      const char *value = dra_html_get_attribute (node, lazy[i]);

      if (value != NULL && !is_blank (value))
        return g_strdup (value);
    }
  if (srcset == NULL)
    srcset = dra_html_get_attribute (node, "data-srcset");
  if (srcset != NULL && !is_blank (srcset))
    return take_srcset (srcset);
  if (dra_html_get_tag (node->parent) == DRA_HTML_PICTURE)
    for (const xmlNode *source = node->parent->children; source != NULL; source = source->next)
      if (dra_html_get_tag (source) == DRA_HTML_SOURCE)
        {
          char *address = take_srcset (dra_html_get_attribute (source, "srcset"));

          if (address != NULL)
            return address;
        }

  return src != NULL && !is_blank (src) ? g_strdup (src) : NULL;
}
