/* dra-odt-text.c: paragraphs, spans, lists and tables of an OpenDocument text, put into the
 * flow of its article.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-odt-state.h"

#include <stdlib.h>
#include <string.h>

#include "readers/dra-document-info.h"

#define MAX_SPACES 200      /* that one element may stand for */
#define MAX_REPEATED 64     /* cells, rows: sheets repeat empty ones to their end */
#define MAX_COMMENT 100000  /* bytes */

const DraOdtSpan *
dra_odt_get_span (DraOdt *self)
{
  static const DraOdtSpan none = { 0 };

  return self->spans->len > self->now.n_spans ? &g_array_index (self->spans, DraOdtSpan, self->spans->len - 1) : &none;
}

void
dra_odt_begin_block (DraOdt *self)
{
  self->now.begun = TRUE;
  if (self->in_note)
    {
      if (dra_flow_has_text (self->flow))
        dra_flow_add_break (self->flow);
      return;
    }
  dra_flow_begin_block (self->flow, self->now.kind, self->now.level, self->now.label);
}

void
dra_odt_add_text (DraOdt     *self,
                  const char *text,
                  gsize       length)
{
  const DraOdtSpan *span = dra_odt_get_span (self);

  if (self->comment != NULL)
    {
      if (self->now.in_paragraph && self->comment->len < MAX_COMMENT)
        g_string_append_len (self->comment, text, (gssize) length);
      return;
    }
  if (!self->now.in_paragraph || self->in_citation || span->hidden)
    return;
  if (!self->now.begun)
    dra_odt_begin_block (self);
  dra_flow_add_text (self->flow, text, (gssize) length, span->styles, span->link);
}

static void
set_bit (guint        *styles,
         gint8         value,
         DraStyleKind  kind)
{
  if (value == 2)
    *styles |= DRA_FLOW_STYLE (kind);
  else if (value == 1)
    *styles &= ~DRA_FLOW_STYLE (kind);
}

static void
apply_style (DraOdtSpan        *span,
             const DraOdtStyle *style,
             gboolean           whole)
{
  if (style == NULL)
    return;
  span->hidden = style->hidden == 2 || (span->hidden && style->hidden == 0);
  /* That a whole paragraph is bold is its look, not emphasis. */
  if (whole)
    return;
  set_bit (&span->styles, style->bold, DRA_STYLE_STRONG);
  set_bit (&span->styles, style->italic, DRA_STYLE_EMPHASIS);
  set_bit (&span->styles, style->underline, DRA_STYLE_UNDERLINE);
  set_bit (&span->styles, style->strike, DRA_STYLE_STRIKETHROUGH);
  set_bit (&span->styles, style->code, DRA_STYLE_CODE);
  if (style->vertical != 0)
    {
      set_bit (&span->styles, style->vertical == 2 ? 2 : 1, DRA_STYLE_SUPERSCRIPT);
      set_bit (&span->styles, style->vertical == 3 ? 2 : 1, DRA_STYLE_SUBSCRIPT);
    }
}

void
dra_odt_push_span (DraOdt            *self,
                   const DraOdtStyle *style,
                   const char        *link)
{
  DraOdtSpan span = *dra_odt_get_span (self);

  span.link = g_strdup (link != NULL ? link : span.link);
  if (link != NULL)
    span.styles &= ~DRA_FLOW_STYLE (DRA_STYLE_UNDERLINE);
  apply_style (&span, style, FALSE);
  g_array_append_val (self->spans, span);
}

/* The item the paragraph is the first of. */
static DraOdtOpenList *
find_item (DraOdt *self)
{
  DraOdtOpenList *list;

  if (self->lists->len <= self->now.n_lists)
    return NULL;
  list = &g_array_index (self->lists, DraOdtOpenList, self->lists->len - 1);

  return list->item && !list->labelled && !list->header ? list : NULL;
}

void
dra_odt_start_paragraph (DraOdt       *self,
                         DraXmlStream *stream,
                         int           token)
{
  const DraOdtStyle *style = dra_odt_styles_find (self->styles, "paragraph",
                                                  dra_xml_stream_get_attribute (stream, TEXT, "style-name"));
  const char *outline = dra_xml_stream_get_attribute (stream, TEXT, "outline-level");
  DraOdtOpenList *list = find_item (self);
  guint depth = self->lists->len - self->now.n_lists;
  int level = outline != NULL ? (int) CLAMP (strtol (outline, NULL, 10), 1, 6) - 1 : style != NULL ? style->outline : -1;
  DraOdtSpan span = { 0 };

  g_clear_pointer (&self->now.label, g_free);
  self->now.in_paragraph = TRUE;
  self->now.begun = FALSE;
  self->now.kind = style != NULL ? style->kind : DRA_BLOCK_PARAGRAPH;
  self->now.level = self->now.kind == DRA_BLOCK_QUOTATION ? 1 : 0;
  apply_style (&span, style, TRUE);
  g_array_append_val (self->spans, span);

  if (list != NULL)
    {
      list->labelled = TRUE;
      self->now.label = dra_odt_styles_next (self->styles, list->style, depth - 1, list->start);
    }
  if (self->now.kind == DRA_BLOCK_TITLE)
    return;
  if (token == T_H || level >= 0)
    {
      self->now.kind = DRA_BLOCK_HEADING;
      self->now.level = (guint) CLAMP (level + 1, 1, 6);
      g_clear_pointer (&self->now.label, g_free);
    }
  else if (self->now.kind == DRA_BLOCK_HEADING)
    self->now.kind = DRA_BLOCK_PARAGRAPH;
  else if (self->now.label != NULL)
    {
      self->now.kind = DRA_BLOCK_LIST_ITEM;
      self->now.level = depth;
    }
}

void
dra_odt_end_paragraph (DraOdt *self)
{
  if (!self->in_note && self->comment == NULL)
    dra_flow_end_block (self->flow);
  if (self->comment != NULL)
    g_string_append (self->comment, "\n\n");
  self->now.in_paragraph = self->now.begun = FALSE;
  g_clear_pointer (&self->now.label, g_free);
  g_array_set_size (self->spans, self->now.n_spans);
}

void
dra_odt_add_spaces (DraOdt       *self,
                    DraXmlStream *stream)
{
  const char *count = dra_xml_stream_get_attribute (stream, TEXT, "c");
  long n = count != NULL ? CLAMP (strtol (count, NULL, 10), 1, MAX_SPACES) : 1;

  for (long i = 0; i < n; i++)
    dra_odt_add_text (self, " ", 1);
}

/* --- Lists and tables --------------------------------------------------------------------- */

void
dra_odt_start_list (DraOdt       *self,
                    DraXmlStream *stream)
{
  const char *name = dra_xml_stream_get_attribute (stream, TEXT, "style-name");
  const char *go_on = dra_xml_stream_get_attribute (stream, TEXT, "continue-numbering");
  guint depth = self->lists->len - self->now.n_lists;
  DraOdtOpenList list = { .start = -1 };

  if (name == NULL && depth > 0)
    name = g_array_index (self->lists, DraOdtOpenList, self->lists->len - 1).style;
  list.style = g_strdup (name);
  if (g_strcmp0 (go_on, "true") != 0 && dra_xml_stream_get_attribute (stream, TEXT, "continue-list") == NULL)
    dra_odt_styles_restart (self->styles, name, depth);
  g_array_append_val (self->lists, list);
}

void
dra_odt_set_item (DraOdt       *self,
                  DraXmlStream *stream,
                  gboolean      open,
                  gboolean      header)
{
  DraOdtOpenList *list;
  const char *start;

  if (self->lists->len <= self->now.n_lists)
    return;
  list = &g_array_index (self->lists, DraOdtOpenList, self->lists->len - 1);
  list->item = open;
  list->labelled = FALSE;
  list->header = header;
  list->start = -1;
  start = open ? dra_xml_stream_get_attribute (stream, TEXT, "start-value") : NULL;
  if (start != NULL)
    list->start = (int) CLAMP (strtol (start, NULL, 10), 0, 1000000);
}

static guint
get_count (DraXmlStream *stream,
           const char   *name)
{
  const char *value = dra_xml_stream_get_attribute (stream, TABLE, name);

  return value != NULL ? (guint) CLAMP (strtol (value, NULL, 10), 1, MAX_REPEATED) : 1;
}

void
dra_odt_start_table_part (DraOdt       *self,
                          DraXmlStream *stream,
                          int           token)
{
  switch (token)
    {
    case T_TABLE:
      dra_flow_grids_begin_table (self->tables);
      break;
    case T_COLUMN:
      dra_flow_grids_add_columns (self->tables, get_count (stream, "number-columns-repeated"));
      break;
    case T_HEADER_ROWS:
      dra_flow_grids_set_heading (self->tables, TRUE);
      break;
    case T_ROW:
      dra_flow_grids_begin_row (self->tables);
      break;
    default:
      dra_flow_grids_begin_cells (self->tables, get_count (stream, "number-columns-repeated"));
      break;
    }
}

void
dra_odt_end_table_part (DraOdt *self,
                        int     token)
{
  if (token == T_HEADER_ROWS)
    dra_flow_grids_set_heading (self->tables, FALSE);
  else if (token == T_ROW)
    dra_flow_grids_end_row (self->tables);
  else if (token == T_TABLE)
    dra_flow_grids_end_table (self->tables);
}
