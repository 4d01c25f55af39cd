/* dra-html-blocks.c: the walk from a tree to the blocks of an article.
 *
 * One loop over the nodes with a stack of what elements have changed, which is undone where
 * they end.  A block begins with the first character that is seen, as what its ancestors
 * make of it: that is how text beside paragraphs, lists in quotations and paragraphs made
 * with two line breaks all come out right.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-html-blocks.h"

#include <libxml/HTMLparser.h>
#include <stdlib.h>
#include <string.h>

#include "readers/dra-html-blocks-private.h"

#define MAX_TARGET 4096 /* bytes of a link's target */
#define RULE "* * *"

/* What the next block is, unless an element inside says otherwise. */
typedef struct
{
  DraBlockKind kind;        /* paragraph, heading, preformatted, caption, table row */
  guint        level;       /* of a heading */
  guint        quote_depth;
  guint        list_depth;
  gboolean     in_item;
  const char  *footnote;    /* (nullable): its label */
} Context;

typedef struct
{
  gboolean ordered;
  gboolean reversed;
  char     style; /* '1', 'a', 'A', 'i', 'I' */
  gint64   number;
} List;

/* An element whose end undoes something. */
typedef struct
{
  const xmlNode *node;
  Context        context; /* as it was before */
  guint          styles;  /* bits of the DraStyleKinds it began */
  gboolean       block;
  gboolean       list;    /* began a list */
  gboolean       in_heading;
  const char    *after;   /* (nullable): text to write at its end */
} Frame;

typedef struct
{
  char *alternative;
  char *source;
} PendingImage;

typedef struct
{
  DraArticleBuilder          *builder;
  const DraHtmlBlocksOptions *options;
  gpointer                    filter_data;
  const xmlNode              *root;
  GUri                       *base;
  DraHtmlFootnotes           *footnotes;
  GArray                     *frames;  /* of Frame */
  GArray                     *lists;   /* of List */
  GArray                     *images;  /* of PendingImage: behind the present block */
  Context                     context;
  char                       *label;   /* (nullable): of the list item that begins */
  gboolean                    in_block;
  guint                       n_breaks; /* line breaks since the last character */
  gboolean                    line_break; /* in a preformatted block, before more text */
  gboolean                    rule;     /* a rule, when more follows */
  gboolean                    written;  /* anything at all */
  DraHtmlTable               *table;    /* (nullable): of data */
  const xmlNode              *table_node;
  gboolean                    first_row;
  gboolean                    in_row;
  guint                       n_cells;  /* cells to end before the next text */
  gboolean                    in_heading;
} Walk;

static void
pending_image_clear (gpointer data)
{
  PendingImage *image = data;

  g_free (image->alternative);
  g_free (image->source);
}

static void
flush_images (Walk *walk)
{
  for (guint i = 0; i < walk->images->len; i++)
    {
      PendingImage *image = &g_array_index (walk->images, PendingImage, i);

      dra_article_builder_add_image (walk->builder, image->alternative);
      dra_article_builder_set_source (walk->builder, image->source);
      walk->written = TRUE;
    }
  g_array_set_size (walk->images, 0);
}

static void
end_block (Walk *walk)
{
  if (walk->in_row)
    return;
  if (walk->in_block)
    dra_article_builder_end_block (walk->builder);
  walk->in_block = FALSE;
  walk->n_breaks = 0;
  flush_images (walk);
}

static void
flush_rule (Walk *walk)
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
begin_block (Walk *walk)
{
  Context *context = &walk->context;
  DraBlockKind kind = context->kind;
  guint level = kind == DRA_BLOCK_HEADING ? context->level : 0;
  const char *label = NULL;

  flush_rule (walk);
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
flush_breaks (Walk *walk)
{
  if (walk->n_breaks > 1 && walk->context.kind == DRA_BLOCK_PARAGRAPH && walk->in_block)
    end_block (walk);
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
add_text (Walk       *walk,
          const char *text)
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
flush_cells (Walk *walk)
{
  for (; walk->n_cells > 0; walk->n_cells--)
    dra_article_builder_next_cell (walk->builder);
}

static void
write_text (Walk       *walk,
            const char *text)
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

static void
write_image (Walk          *walk,
             const xmlNode *node)
{
  const char *alternative = dra_html_get_attribute (node, "alt");
  g_autofree char *address = NULL;
  g_autofree char *source = NULL;
  PendingImage image;

  if (is_sign (node, alternative))
    {
      write_text (walk, alternative);
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
    flush_rule (walk);
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
find_target (Walk          *walk,
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
begin_style (Walk         *walk,
             Frame        *frame,
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

static void
begin_styles (Walk          *walk,
              Frame         *frame,
              DraHtmlTag     tag)
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

static void
begin_list (Walk          *walk,
            const xmlNode *node,
            DraHtmlTag     tag)
{
  const char *type = dra_html_get_attribute (node, "type");
  const char *start = dra_html_get_attribute (node, "start");
  List list = { .ordered = tag == DRA_HTML_OL, .style = '1' };

  if (list.ordered)
    {
      list.reversed = dra_html_get_attribute (node, "reversed") != NULL;
      if (type != NULL && type[0] != '\0' && type[1] == '\0' && strchr ("1aAiI", *type) != NULL)
        list.style = *type;
      list.number = start != NULL ? CLAMP (g_ascii_strtoll (start, NULL, 10), -1000000, 1000000000) : 1;
      if (list.reversed && start == NULL)
        {
          list.number = 0;
          for (const xmlNode *item = node->children; item != NULL; item = item->next)
            list.number += dra_html_get_tag (item) == DRA_HTML_LI;
        }
    }
  g_array_append_val (walk->lists, list);
  walk->context.list_depth++;
  walk->context.in_item = FALSE;
}

static void
append_roman (GString *out,
              guint    number)
{
  static const struct { guint value; const char *sign; } signs[] = {
    { 1000, "m" }, { 900, "cm" }, { 500, "d" }, { 400, "cd" }, { 100, "c" }, { 90, "xc" },
    { 50, "l" }, { 40, "xl" }, { 10, "x" }, { 9, "ix" }, { 5, "v" }, { 4, "iv" }, { 1, "i" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    for (; number >= signs[i].value; number -= signs[i].value)
      g_string_append (out, signs[i].sign);
}

static void
append_letters (GString *out,
                guint    number)
{
  for (; number > 0; number = (number - 1) / 26)
    g_string_prepend_c (out, (char) ('a' + (number - 1) % 26));
}

/* The marker as a browser shows it. */
static char *
make_label (const List *list)
{
  GString *label = g_string_new (NULL);
  gint64 number = list->number;

  if ((list->style == 'a' || list->style == 'A') && number > 0 && number < 100000)
    append_letters (label, (guint) number);
  else if ((list->style == 'i' || list->style == 'I') && number > 0 && number < 4000)
    append_roman (label, (guint) number);
  else
    g_string_append_printf (label, "%" G_GINT64_FORMAT, number);
  if (list->style == 'A' || list->style == 'I')
    g_string_ascii_up (label);
  g_string_append_c (label, '.');

  return g_string_free (label, FALSE);
}

static void
begin_item (Walk          *walk,
            const xmlNode *node)
{
  List *list = walk->lists->len > 0 && walk->context.list_depth > 0
                 ? &g_array_index (walk->lists, List, walk->lists->len - 1) : NULL;
  const char *value = dra_html_get_attribute (node, "value");

  g_free (walk->label);
  walk->context.in_item = TRUE;
  if (list == NULL || !list->ordered)
    {
      walk->label = g_strdup ("•");
      return;
    }
  if (value != NULL && g_ascii_isdigit (*value))
    list->number = CLAMP (g_ascii_strtoll (value, NULL, 10), 0, 1000000000);
  walk->label = make_label (list);
  list->number += list->reversed ? -1 : 1;
}

static void
begin_heading (Walk       *walk,
               DraHtmlTag  tag)
{
  int level = (int) (tag - DRA_HTML_H1) + 1 + walk->options->heading_shift;

  walk->context.kind = DRA_BLOCK_HEADING;
  walk->context.level = (guint) CLAMP (level, 1, 6);
  walk->in_heading = TRUE;
}

static void
begin_table (Walk          *walk,
             const xmlNode *node)
{
  if (walk->table != NULL
      || !dra_html_table_is_data (node, walk->options->filter, walk->filter_data))
    return;
  walk->table = dra_html_table_new ();
  walk->table_node = node;
  walk->first_row = TRUE;
  walk->context.kind = DRA_BLOCK_TABLE_ROW;
  walk->context.in_item = FALSE;
  walk->context.footnote = NULL;
}

static void
begin_row (Walk          *walk,
           const xmlNode *node)
{
  flush_rule (walk);
  dra_html_table_begin_row (walk->table);
  dra_article_builder_begin_block (walk->builder, DRA_BLOCK_TABLE_ROW,
                                   dra_html_table_is_head (node), walk->first_row ? "first" : NULL);
  walk->in_block = TRUE;
  walk->in_row = TRUE;
  walk->n_cells = 0;
}

/* An element of a table of data.  Whether there is nothing more to it. */
static gboolean
begin_in_table (Walk          *walk,
                const xmlNode *node,
                DraHtmlTag     tag)
{
  switch (tag)
    {
    case DRA_HTML_TR:
      end_block (walk);
      begin_row (walk, node);
      return TRUE;
    case DRA_HTML_TD:
    case DRA_HTML_TH:
      if (walk->in_row)
        {
          walk->n_breaks = 0;
          walk->n_cells += dra_html_table_begin_cell (walk->table, node);
        }
      return TRUE;
    case DRA_HTML_CAPTION:
      end_block (walk);
      walk->context.kind = DRA_BLOCK_CAPTION;
      return TRUE;
    case DRA_HTML_TABLE:
    case DRA_HTML_THEAD:
    case DRA_HTML_TBODY:
    case DRA_HTML_TFOOT:
      return TRUE;
    default:
      if (walk->in_row && (dra_html_tag_is_block (tag) || tag == DRA_HTML_BR))
        {
          dra_article_builder_add_text (walk->builder, " ", 1);
          return TRUE;
        }
      return FALSE;
    }
}

static void
begin_block_element (Walk          *walk,
                     const xmlNode *node,
                     DraHtmlTag     tag)
{
  gpointer kind;

  if (walk->context.kind == DRA_BLOCK_PREFORMATTED)
    {
      walk->line_break = TRUE; /* a line of its own */
      return;
    }
  end_block (walk);
  switch (tag)
    {
    case DRA_HTML_H1:
    case DRA_HTML_H2:
    case DRA_HTML_H3:
    case DRA_HTML_H4:
    case DRA_HTML_H5:
    case DRA_HTML_H6:
      begin_heading (walk, tag);
      break;
    case DRA_HTML_BLOCKQUOTE:
      walk->context.quote_depth++;
      walk->context.in_item = FALSE;
      break;
    case DRA_HTML_PRE:
    case DRA_HTML_LISTING:
      walk->context.kind = DRA_BLOCK_PREFORMATTED;
      break;
    case DRA_HTML_FIGCAPTION:
      walk->context.kind = DRA_BLOCK_CAPTION;
      break;
    case DRA_HTML_OL:
    case DRA_HTML_UL:
    case DRA_HTML_MENU:
    case DRA_HTML_DIR:
      begin_list (walk, node, tag);
      break;
    case DRA_HTML_LI:
      begin_item (walk, node);
      break;
    case DRA_HTML_TABLE:
      begin_table (walk, node);
      break;
    case DRA_HTML_HR:
      walk->rule = TRUE;
      break;
    default:
      break;
    }
  if (walk->options->kinds != NULL
      && g_hash_table_lookup_extended (walk->options->kinds, node, NULL, &kind))
    walk->context.kind = GPOINTER_TO_INT (kind);
  if (dra_html_footnotes_get_label (walk->footnotes, node) != NULL)
    {
      walk->context.footnote = dra_html_footnotes_get_label (walk->footnotes, node);
      walk->context.in_item = FALSE;
    }
}

static void
begin_inline (Walk       *walk,
              Frame      *frame,
              DraHtmlTag  tag)
{
  switch (tag)
    {
    case DRA_HTML_BR:
      if (walk->context.kind == DRA_BLOCK_PREFORMATTED)
        dra_article_builder_add_text (walk->builder, "\n", 1);
      else if (walk->in_block)
        walk->n_breaks++;
      return;
    case DRA_HTML_IMG:
    case DRA_HTML_AMP_IMG:
      write_image (walk, frame->node);
      return;
    case DRA_HTML_RT:
      write_text (walk, "(");
      frame->after = ")";
      break;
    case DRA_HTML_Q:
      write_text (walk, "“");
      frame->after = "”";
      break;
    default:
      break;
    }
}

/* What is not text of the page: programs, players, controls. */
static gboolean
is_skipped (Walk          *walk,
            const xmlNode *node,
            DraHtmlTag     tag)
{
  switch (tag)
    {
    case DRA_HTML_AUDIO:
    case DRA_HTML_IFRAME:
    case DRA_HTML_VIDEO:
      return TRUE;
    case DRA_HTML_NOSCRIPT:
      return !walk->options->hidden;
    case DRA_HTML_BUTTON:
      return !walk->in_heading;
    case DRA_HTML_A:
      return dra_html_footnotes_is_return (walk->footnotes, node);
    default:
      return FALSE;
    }
}

/* Whether its children are to be walked. */
static gboolean
enter (Walk          *walk,
       const xmlNode *node)
{
  DraHtmlTag tag = dra_html_get_tag (node);
  Frame frame = { .node = node, .context = walk->context, .in_heading = walk->in_heading };
  guint n_lists = walk->lists->len;

  if (is_skipped (walk, node, tag))
    return FALSE;
  if (walk->table != NULL && begin_in_table (walk, node, tag))
    frame.block = tag == DRA_HTML_TR || tag == DRA_HTML_CAPTION;
  else if (dra_html_tag_is_block (tag))
    {
      frame.block = TRUE;
      begin_block_element (walk, node, tag);
    }
  else
    begin_inline (walk, &frame, tag);
  begin_styles (walk, &frame, tag);
  frame.list = walk->lists->len > n_lists;
  if (node->children == NULL && frame.styles == 0 && !frame.block && frame.after == NULL)
    return FALSE;
  g_array_append_val (walk->frames, frame);

  return TRUE;
}

static void
end_in_table (Walk          *walk,
              const xmlNode *node)
{
  if (walk->in_row && dra_html_get_tag (node) == DRA_HTML_TR)
    {
      walk->in_row = FALSE;
      walk->in_block = FALSE;
      walk->n_cells = 0;
      if (dra_article_builder_end_block (walk->builder))
        {
          walk->first_row = FALSE;
          walk->written = TRUE;
        }
    }
  if (node == walk->table_node)
    {
      g_clear_pointer (&walk->table, dra_html_table_free);
      walk->table_node = NULL;
    }
}

static void
leave (Walk          *walk,
       const xmlNode *node)
{
  Frame *frame;

  if (walk->frames->len == 0)
    return;
  frame = &g_array_index (walk->frames, Frame, walk->frames->len - 1);
  if (frame->node != node)
    return;

  if (frame->after != NULL)
    write_text (walk, frame->after);
  if (walk->table != NULL)
    end_in_table (walk, node);
  if (frame->block)
    {
      if (frame->context.kind != DRA_BLOCK_PREFORMATTED)
        end_block (walk);
      else
        walk->line_break = TRUE;
    }
  for (guint kind = 0; kind <= DRA_STYLE_SUBSCRIPT; kind++)
    if (frame->styles & 1u << kind)
      dra_article_builder_end_style (walk->builder, kind);
  if (frame->list)
    g_array_set_size (walk->lists, walk->lists->len - 1);
  walk->context = frame->context;
  walk->in_heading = frame->in_heading;
  if (frame->block && dra_html_get_tag (node) == DRA_HTML_LI)
    g_clear_pointer (&walk->label, g_free);
  g_array_set_size (walk->frames, walk->frames->len - 1);
}

static void
write_entity (Walk          *walk,
              const xmlNode *node)
{
  const htmlEntityDesc *entity = htmlEntityLookup (node->name);
  char text[7] = { 0 };

  if (entity == NULL)
    return;
  g_unichar_to_utf8 (entity->value, text);
  write_text (walk, text);
}

/* Whether the children of node are to be walked. */
static gboolean
visit (Walk          *walk,
       const xmlNode *node)
{
  const DraHtmlBlocksOptions *options = walk->options;

  if (options->filter != NULL && options->filter (node, walk->filter_data))
    return FALSE;
  switch (node->type)
    {
    case XML_TEXT_NODE:
    case XML_CDATA_SECTION_NODE:
      write_text (walk, (const char *) node->content);
      return FALSE;
    case XML_ENTITY_REF_NODE:
      write_entity (walk, node);
      return FALSE;
    case XML_ELEMENT_NODE:
      if (dra_html_tag_is_unseen (dra_html_get_tag (node))
          || (node != walk->root && !options->hidden && dra_html_is_hidden (node)))
        return FALSE;
      return enter (walk, node);
    default:
      return node->type == XML_HTML_DOCUMENT_NODE || node->type == XML_DOCUMENT_NODE;
    }
}

static gboolean
run (Walk          *walk,
     GCancellable  *cancellable,
     GError       **error)
{
  const xmlNode *node = walk->root;
  guint n = 0;

  for (;;)
    {
      if (visit (walk, node) && node->children != NULL)
        {
          node = node->children;
          continue;
        }
      if (++n % 4096 == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      leave (walk, node);
      while (node != walk->root && node->next == NULL)
        {
          node = node->parent;
          leave (walk, node);
        }
      if (node == walk->root)
        return TRUE;
      node = node->next;
    }
}

/**
 * dra_html_blocks_write:
 * @builder: where the blocks go
 * @root: an element, or a whole document
 * @options: (nullable): see #DraHtmlBlocksOptions
 * @cancellable: (nullable): a cancellable
 * @error: return location for %G_IO_ERROR_CANCELLED
 *
 * Writes what is seen of a part of a page.  Takes time in proportion to its size, and no
 * more of the stack for a deep page.
 *
 * Returns: whether all was written
 */
gboolean
dra_html_blocks_write (DraArticleBuilder          *builder,
                       const xmlNode              *root,
                       const DraHtmlBlocksOptions *options,
                       GCancellable               *cancellable,
                       GError                    **error)
{
  static const DraHtmlBlocksOptions defaults = { 0 };
  Walk walk = {
    .builder = builder,
    .options = options != NULL ? options : &defaults,
    .root = root,
    .context.kind = DRA_BLOCK_PARAGRAPH,
  };
  gboolean done;

  g_return_val_if_fail (builder != NULL, FALSE);
  g_return_val_if_fail (root != NULL, FALSE);

  walk.filter_data = walk.options->filter_data != NULL ? walk.options->filter_data
                                                        : walk.options->user_data;
  if (walk.options->base != NULL)
    walk.base = g_uri_parse (walk.options->base, G_URI_FLAGS_ENCODED | G_URI_FLAGS_PARSE_RELAXED, NULL);
  walk.footnotes = dra_html_footnotes_find (root, walk.options->footnote_prefix);
  walk.frames = g_array_new (FALSE, FALSE, sizeof (Frame));
  walk.lists = g_array_new (FALSE, FALSE, sizeof (List));
  walk.images = g_array_new (FALSE, FALSE, sizeof (PendingImage));
  g_array_set_clear_func (walk.images, pending_image_clear);

  done = run (&walk, cancellable, error);
  walk.in_row = FALSE;
  end_block (&walk);

  g_clear_pointer (&walk.table, dra_html_table_free);
  g_clear_pointer (&walk.base, g_uri_unref);
  dra_html_footnotes_free (walk.footnotes);
  g_array_unref (walk.frames);
  g_array_unref (walk.lists);
  g_array_unref (walk.images);
  g_free (walk.label);

  return done;
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
