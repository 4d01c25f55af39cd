/* dra-docx-events.c: what the elements of a DOCX text are, one call an element.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-docx-private.h"

#include <stdlib.h>
#include <string.h>

#include "readers/dra-document-info.h"

#define MAX_INSTRUCTION 4096 /* bytes of a field's */

enum
{
  BLIP = 1, BR, COMMENT, COMMENT_END, COMMENT_REF, COMMENT_START, CR, DOC_PR, ENDNOTE_REF,
  FLD_CHAR, FLD_SIMPLE, FOOTNOTE, FOOTNOTE_REF, GRID_COL, GRID_SPAN, HYPERLINK, IMAGE_DATA, INSTR_TEXT,
  NO_BREAK_HYPHEN, NUM_ID, NUM_LEVEL, OUTLINE, P, P_PR, P_STYLE, R_BOLD, R_ITALIC, R_UNDERLINE,
  R_STRIKE, R_VERTICAL, R_HIDDEN, R_STYLE, RUN, RUN_PR, SKIP, SYM, T, TAB, TBL, TBL_HEADER,
  TC, TR, TXBX, SHAPE,
};

static const DraXmlToken tokens[] = {
  { A, "blip", BLIP }, { W, "br", BR }, { W, "comment", COMMENT },
  { W, "commentRangeEnd", COMMENT_END }, { W, "commentReference", COMMENT_REF },
  { W, "commentRangeStart", COMMENT_START }, { W, "cr", CR }, { WP, "docPr", DOC_PR },
  { W, "endnoteReference", ENDNOTE_REF }, { W, "fldChar", FLD_CHAR }, { W, "fldSimple", FLD_SIMPLE },
  { W, "footnote", FOOTNOTE }, { W, "endnote", FOOTNOTE }, { W, "footnoteReference", FOOTNOTE_REF },
  { W, "gridCol", GRID_COL }, { W, "gridSpan", GRID_SPAN }, { W, "hyperlink", HYPERLINK },
  { V, "imagedata", IMAGE_DATA }, { W, "instrText", INSTR_TEXT },
  { W, "noBreakHyphen", NO_BREAK_HYPHEN }, { W, "numId", NUM_ID }, { W, "ilvl", NUM_LEVEL },
  { W, "outlineLvl", OUTLINE }, { W, "p", P }, { W, "pPr", P_PR }, { W, "pStyle", P_STYLE },
  { W, "b", R_BOLD }, { W, "i", R_ITALIC }, { W, "u", R_UNDERLINE }, { W, "strike", R_STRIKE },
  { W, "dstrike", R_STRIKE }, { W, "vertAlign", R_VERTICAL }, { W, "vanish", R_HIDDEN },
  { W, "rStyle", R_STYLE }, { W, "r", RUN }, { W, "rPr", RUN_PR }, { W, "sym", SYM }, { W, "t", T },
  { M, "t", T }, { W, "tab", TAB }, { W, "tbl", TBL }, { W, "tblHeader", TBL_HEADER }, { W, "tc", TC },
  { W, "tr", TR }, { W, "txbxContent", TXBX }, { V, "shape", SHAPE },
  /* What is not text, or not any longer. */
  { W, "del", SKIP }, { W, "moveFrom", SKIP }, { W, "delText", SKIP }, { W, "delInstrText", SKIP },
  { MC, "Fallback", SKIP }, { W, "rt", SKIP }, { W, "pPrChange", SKIP }, { W, "rPrChange", SKIP },
  { W, "tblPrChange", SKIP }, { W, "trPrChange", SKIP }, { W, "tcPrChange", SKIP },
  { W, "sectPr", SKIP }, { W, "sdtPr", SKIP }, { W, "numberingChange", SKIP }, { 0, NULL, 0 },
};

static void
apply_style (DraDocxRun         *run,
             const DraDocxStyle *style)
{
  const DraDocxRun *from = &style->run;

  run->bold = from->bold != 0 ? from->bold : run->bold;
  run->italic = from->italic != 0 ? from->italic : run->italic;
  run->underline = from->underline != 0 ? from->underline : run->underline;
  run->strike = from->strike != 0 ? from->strike : run->strike;
  run->hidden = from->hidden != 0 ? from->hidden : run->hidden;
  run->vertical = from->vertical != 0 ? from->vertical : run->vertical;
  run->code = from->code != 0 ? from->code : run->code;
}

static void
change_run (DraDocx    *self,
            int         token,
            const char *value)
{
  DraDocxRun *run = &self->now.run;
  const DraDocxStyle *style;
  gint8 on = dra_docx_is_on (value) ? 2 : 1;

  if (!self->now.in_run || !self->now.in_run_properties)
    return;
  switch (token)
    {
    case R_BOLD:      run->bold = on; break;
    case R_ITALIC:    run->italic = on; break;
    case R_UNDERLINE: run->underline = on; break;
    case R_STRIKE:    run->strike = on; break;
    case R_HIDDEN:    run->hidden = on; break;
    case R_VERTICAL:
      run->vertical = g_strcmp0 (value, "superscript") == 0 ? 2 : g_strcmp0 (value, "subscript") == 0 ? 3 : 1;
      break;
    case R_STYLE:
      style = dra_docx_styles_find (self->styles, value);
      if (style != NULL)
        apply_style (run, style);
      break;
    default:
      break;
    }
}

static int
number (const char *value)
{
  return value != NULL ? (int) CLAMP (strtol (value, NULL, 10), 0, 1000000000) : 0;
}

static void
start_properties (DraDocx    *self,
                  int         token,
                  const char *value)
{
  switch (token)
    {
    case P_STYLE:
      self->now.style = dra_docx_styles_find (self->styles, value);
      break;
    case NUM_ID:
      self->now.num_id = number (value);
      break;
    case NUM_LEVEL:
      self->now.num_level = MIN (number (value), 8);
      break;
    case OUTLINE:
      self->now.outline = MIN (number (value), 9);
      break;
    default:
      break;
    }
}

/* A character of a symbol font; what is in the private area has no meaning without it. */
static void
add_symbol (DraDocx    *self,
            const char *value)
{
  gunichar c = value != NULL ? (gunichar) strtoul (value, NULL, 16) : 0;
  char text[8];

  if (c == 0xF0B7)
    c = 0x2022;
  if (c >= 0x20 && g_unichar_validate (c) && !(c >= 0xE000 && c <= 0xF8FF))
    dra_docx_text_add (self, text, (gsize) g_unichar_to_utf8 (c, text));
}

static void
start_table_part (DraDocx      *self,
                  DraXmlStream *stream,
                  int           token)
{
  const char *value = dra_xml_stream_get_attribute (stream, W, "val");

  switch (token)
    {
    case TBL:
      dra_flow_grids_begin_table (self->tables);
      break;
    case GRID_COL:
      dra_flow_grids_add_columns (self->tables, 1);
      break;
    case TR:
      dra_flow_grids_set_heading (self->tables, FALSE);
      dra_flow_grids_begin_row (self->tables);
      break;
    case TBL_HEADER:
      dra_flow_grids_set_heading (self->tables, dra_docx_is_on (value));
      break;
    case TC:
      dra_flow_grids_begin_cells (self->tables, 1);
      break;
    case GRID_SPAN:
      dra_flow_grids_set_span (self->tables, (guint) CLAMP (number (value), 1, DRA_FLOW_MAX_CELLS));
      break;
    default:
      break;
    }
}

static void
start_inline (DraDocx      *self,
              DraXmlStream *stream,
              int           token)
{
  const char *value;

  switch (token)
    {
    case HYPERLINK:
      value = dra_xml_stream_get_attribute (stream, R, "id");
      g_free (self->now.link);
      self->now.link = dra_docx_text_make_link (value != NULL ? g_hash_table_lookup (self->relations, value) : NULL);
      break;
    case FLD_SIMPLE:
      g_free (self->now.link);
      value = dra_xml_stream_get_attribute (stream, W, "instr");
      self->now.link = value != NULL ? dra_document_info_find_hyperlink (value) : NULL;
      break;
    case FLD_CHAR:
      dra_docx_text_change_field (self, dra_xml_stream_get_attribute (stream, W, "fldCharType"));
      break;
    case INSTR_TEXT:
      self->in_instruction = TRUE;
      break;
    case T:
      self->in_text = TRUE;
      break;
    case TAB:
      if (self->now.in_run)
        dra_docx_text_add (self, " ", 1);
      break;
    case BR:
      value = dra_xml_stream_get_attribute (stream, W, "type");
      if (value != NULL && strcmp (value, "textWrapping") != 0)
        break;
      G_GNUC_FALLTHROUGH;
    case CR:
      dra_docx_text_add_break (self);
      break;
    case NO_BREAK_HYPHEN:
      dra_docx_text_add (self, "\342\200\221", 3);
      break;
    case SYM:
      add_symbol (self, dra_xml_stream_get_attribute (stream, W, "char"));
      break;
    default:
      break;
    }
}

static void
start_mark (DraDocx      *self,
            DraXmlStream *stream,
            int           token)
{
  const char *id = dra_xml_stream_get_attribute (stream, W, "id");

  switch (token)
    {
    case FOOTNOTE_REF:
      dra_docx_text_add_reference (self, 'f', id);
      break;
    case ENDNOTE_REF:
      dra_docx_text_add_reference (self, 'e', id);
      break;
    case FOOTNOTE:
      dra_docx_text_begin_footnote (self, id);
      break;
    case COMMENT:
      dra_docx_text_begin_comment (self, stream);
      break;
    case COMMENT_START:
      if (id != NULL && self->comment == NULL)
        dra_flow_begin_comment (self->flow, id);
      break;
    case COMMENT_END:
    case COMMENT_REF:
      if (id != NULL && self->comment == NULL)
        dra_flow_end_comment (self->flow, id);
      break;
    case DOC_PR:
      dra_docx_text_set_alternative (self, stream, "descr", "title");
      break;
    case SHAPE:
      dra_docx_text_set_alternative (self, stream, "alt", "title");
      break;
    case BLIP:
      dra_docx_text_add_image (self, dra_xml_stream_get_attribute (stream, R, "embed"));
      break;
    case IMAGE_DATA:
      dra_docx_text_add_image (self, dra_xml_stream_get_attribute (stream, R, "id"));
      break;
    default:
      break;
    }
}

static void
start_cb (DraXmlStream *stream,
          int           token,
          gpointer      user_data)
{
  DraDocx *self = user_data;

  if (self->skip > 0 || token == SKIP)
    {
      self->skip++;
      return;
    }
  switch (token)
    {
    case 0:
      break;
    case P:
      dra_docx_text_begin_paragraph (self);
      break;
    case P_PR:
      self->now.in_properties = TRUE;
      break;
    case RUN:
      dra_docx_text_begin_run (self);
      break;
    case RUN_PR:
      self->now.in_run_properties = TRUE;
      break;
    case TXBX:
      dra_docx_text_begin_box (self);
      break;
    case P_STYLE:
    case NUM_ID:
    case NUM_LEVEL:
    case OUTLINE:
      if (self->now.in_properties)
        start_properties (self, token, dra_xml_stream_get_attribute (stream, W, "val"));
      break;
    case R_BOLD:
    case R_ITALIC:
    case R_UNDERLINE:
    case R_STRIKE:
    case R_VERTICAL:
    case R_HIDDEN:
    case R_STYLE:
      change_run (self, token, dra_xml_stream_get_attribute (stream, W, "val"));
      break;
    case TBL:
    case GRID_COL:
    case GRID_SPAN:
    case TR:
    case TBL_HEADER:
    case TC:
      start_table_part (self, stream, token);
      break;
    case FOOTNOTE_REF:
    case ENDNOTE_REF:
    case FOOTNOTE:
    case COMMENT:
    case COMMENT_START:
    case COMMENT_END:
    case COMMENT_REF:
    case DOC_PR:
    case SHAPE:
    case BLIP:
    case IMAGE_DATA:
      start_mark (self, stream, token);
      break;
    default:
      start_inline (self, stream, token);
      break;
    }
}

static void
end_cb (DraXmlStream *stream G_GNUC_UNUSED,
        int                  token,
        gpointer             user_data)
{
  DraDocx *self = user_data;

  if (self->skip > 0)
    {
      self->skip--;
      return;
    }
  switch (token)
    {
    case P:
      dra_docx_text_end_paragraph (self);
      break;
    case P_PR:
      self->now.in_properties = FALSE;
      break;
    case RUN:
      self->now.in_run = FALSE;
      memset (&self->now.run, 0, sizeof self->now.run);
      break;
    case RUN_PR:
      self->now.in_run_properties = FALSE;
      break;
    case T:
      self->in_text = FALSE;
      break;
    case INSTR_TEXT:
      self->in_instruction = FALSE;
      break;
    case HYPERLINK:
    case FLD_SIMPLE:
      g_clear_pointer (&self->now.link, g_free);
      break;
    case TXBX:
      dra_docx_text_end_box (self);
      break;
    case TC:
      dra_flow_grids_end_cell (self->tables);
      break;
    case TR:
      dra_flow_grids_end_row (self->tables);
      break;
    case TBL:
      dra_flow_grids_end_table (self->tables);
      break;
    case FOOTNOTE:
      if (self->in_note)
        dra_flow_end_footnote (self->flow);
      self->in_note = FALSE;
      break;
    case COMMENT:
      dra_docx_text_end_comment (self);
      break;
    default:
      break;
    }
}

static void
text_cb (DraXmlStream *stream  G_GNUC_UNUSED,
         const char           *text,
         gsize                 length,
         gpointer              user_data)
{
  DraDocx *self = user_data;
  DraDocxField *field;

  if (self->skip > 0)
    return;
  if (self->in_instruction && self->fields->len > 0)
    {
      field = &g_array_index (self->fields, DraDocxField, self->fields->len - 1);
      if (!field->in_result && field->instruction->len < MAX_INSTRUCTION)
        g_string_append_len (field->instruction, text, (gssize) length);
    }
  else if (self->in_text)
    dra_docx_text_add (self, text, length);
}

const DraXmlVocabulary dra_docx_text_vocabulary = {
  dra_docx_namespaces, tokens, start_cb, end_cb, text_cb,
};
