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

#include "readers/dra-html-walk-private.h"

static void
begin_list (DraHtmlWalk   *walk,
            const xmlNode *node,
            DraHtmlTag     tag)
{
  const char *type = dra_html_get_attribute (node, "type");
  const char *start = dra_html_get_attribute (node, "start");
  DraHtmlList list = { .ordered = tag == DRA_HTML_OL, .style = '1' };

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
make_label (const DraHtmlList *list)
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
begin_item (DraHtmlWalk   *walk,
            const xmlNode *node)
{
  DraHtmlList *list = walk->lists->len > 0 && walk->context.list_depth > 0
                        ? &g_array_index (walk->lists, DraHtmlList, walk->lists->len - 1) : NULL;
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
begin_heading (DraHtmlWalk *walk,
               DraHtmlTag   tag)
{
  int level = (int) (tag - DRA_HTML_H1) + 1 + walk->options->heading_shift;

  walk->context.kind = DRA_BLOCK_HEADING;
  walk->context.level = (guint) CLAMP (level, 1, 6);
  walk->in_heading = TRUE;
}

static void
begin_table (DraHtmlWalk   *walk,
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
begin_row (DraHtmlWalk   *walk,
           const xmlNode *node)
{
  dra_html_walk_flush_rule (walk);
  dra_html_table_begin_row (walk->table);
  dra_article_builder_begin_block (walk->builder, DRA_BLOCK_TABLE_ROW,
                                   dra_html_table_is_head (node), walk->first_row ? "first" : NULL);
  walk->in_block = TRUE;
  walk->in_row = TRUE;
  walk->n_cells = 0;
}

/* An element of a table of data.  Whether there is nothing more to it. */
static gboolean
begin_in_table (DraHtmlWalk   *walk,
                const xmlNode *node,
                DraHtmlTag     tag)
{
  switch (tag)
    {
    case DRA_HTML_TR:
      dra_html_walk_end_block (walk);
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
      dra_html_walk_end_block (walk);
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
begin_block_element (DraHtmlWalk   *walk,
                     const xmlNode *node,
                     DraHtmlTag     tag)
{
  gpointer kind;

  if (walk->context.kind == DRA_BLOCK_PREFORMATTED)
    {
      walk->line_break = TRUE; /* a line of its own */
      return;
    }
  dra_html_walk_end_block (walk);
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
begin_inline (DraHtmlWalk  *walk,
              DraHtmlFrame *frame,
              DraHtmlTag    tag)
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
      dra_html_walk_write_image (walk, frame->node);
      return;
    case DRA_HTML_RT:
      dra_html_walk_write_text (walk, "(");
      frame->after = ")";
      break;
    case DRA_HTML_Q:
      dra_html_walk_write_text (walk, "“");
      frame->after = "”";
      break;
    default:
      break;
    }
}

/* What is not text of the page: programs, players, controls. */
static gboolean
is_skipped (DraHtmlWalk   *walk,
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
enter (DraHtmlWalk   *walk,
       const xmlNode *node)
{
  DraHtmlTag tag = dra_html_get_tag (node);
  DraHtmlFrame frame = { .node = node, .context = walk->context, .in_heading = walk->in_heading };
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
  dra_html_walk_begin_styles (walk, &frame, tag);
  frame.list = walk->lists->len > n_lists;
  if (node->children == NULL && frame.styles == 0 && !frame.block && frame.after == NULL)
    return FALSE;
  g_array_append_val (walk->frames, frame);

  return TRUE;
}

static void
end_in_table (DraHtmlWalk   *walk,
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
leave (DraHtmlWalk   *walk,
       const xmlNode *node)
{
  DraHtmlFrame *frame;

  if (walk->frames->len == 0)
    return;
  frame = &g_array_index (walk->frames, DraHtmlFrame, walk->frames->len - 1);
  if (frame->node != node)
    return;

  if (frame->after != NULL)
    dra_html_walk_write_text (walk, frame->after);
  if (walk->table != NULL)
    end_in_table (walk, node);
  if (frame->block)
    {
      if (frame->context.kind != DRA_BLOCK_PREFORMATTED)
        dra_html_walk_end_block (walk);
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
write_entity (DraHtmlWalk   *walk,
              const xmlNode *node)
{
  const htmlEntityDesc *entity = htmlEntityLookup (node->name);
  char text[7] = { 0 };

  if (entity == NULL)
    return;
  g_unichar_to_utf8 (entity->value, text);
  dra_html_walk_write_text (walk, text);
}

/* Whether the children of node are to be walked. */
static gboolean
visit (DraHtmlWalk   *walk,
       const xmlNode *node)
{
  const DraHtmlBlocksOptions *options = walk->options;

  if (options->filter != NULL && options->filter (node, walk->filter_data))
    return FALSE;
  switch (node->type)
    {
    case XML_TEXT_NODE:
    case XML_CDATA_SECTION_NODE:
      dra_html_walk_write_text (walk, (const char *) node->content);
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
run (DraHtmlWalk   *walk,
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
dra_html_blocks_write (DraArticleBuilder           *builder,
                       const xmlNode               *root,
                       const DraHtmlBlocksOptions  *options,
                       GCancellable                *cancellable,
                       GError                     **error)
{
  static const DraHtmlBlocksOptions defaults = { 0 };
  DraHtmlWalk walk = {
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
  walk.frames = g_array_new (FALSE, FALSE, sizeof (DraHtmlFrame));
  walk.lists = g_array_new (FALSE, FALSE, sizeof (DraHtmlList));
  walk.images = g_array_new (FALSE, FALSE, sizeof (DraHtmlPendingImage));
  g_array_set_clear_func (walk.images, dra_html_pending_image_clear);

  done = run (&walk, cancellable, error);
  walk.in_row = FALSE;
  dra_html_walk_end_block (&walk);

  g_clear_pointer (&walk.table, dra_html_table_free);
  g_clear_pointer (&walk.base, g_uri_unref);
  dra_html_footnotes_free (walk.footnotes);
  g_array_unref (walk.frames);
  g_array_unref (walk.lists);
  g_array_unref (walk.images);
  g_free (walk.label);

  return done;
}
