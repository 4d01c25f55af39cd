/* dra-docx-reader.c: documents of Microsoft Word, in Office Open XML.
 *
 * The parts that say how things are (styles, lists) are read first, then the text in one
 * pass, then footnotes, comments and images that it refers to.  Tracked changes are shown
 * as accepted, hidden text is left out.
 *
 * Follows ECMA-376 parts 1 and 2 (WordprocessingML, Open Packaging Conventions).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-docx-reader.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "article/dra-error.h"
#include "readers/dra-docx-private.h"
#include "readers/dra-document-info.h"
#include "readers/dra-flow.h"

#define MAX_BOXES 32          /* text boxes in one another; deeper ones join the last */
#define MAX_FIELDS 64         /* fields in one another */
#define MAX_INSTRUCTION 4096  /* bytes */
#define MAX_COMMENT 100000    /* bytes */

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

typedef struct
{
  GString *instruction;
  char    *link;      /* (nullable) */
  gboolean in_result;
} Field;

typedef struct
{
  guint    n_columns;
  gboolean begun;
  gboolean heading;   /* the row that is open */
  gboolean row_begun;
  guint    span;      /* of the cell that is open */
} Table;

/* A paragraph and the run in it; a text box in a run has its own. */
typedef struct
{
  gboolean            open;
  gboolean            begun; /* its block was */
  const DraDocxStyle *style; /* (nullable) */
  int                 num_id, num_level, outline;
  gboolean            in_properties;
  gboolean            in_run, in_run_properties;
  DraDocxRun          run;
  char               *link;  /* (nullable): of a hyperlink element */
  guint               n_tables;
} Paragraph;

typedef struct
{
  DraZip           *zip;
  DraFlow          *flow;
  DraDocxStyles    *styles;
  DraDocxNumbering *numbering;
  GHashTable       *relations;  /* id -> target of the part that is being read */
  GPtrArray        *images;     /* names of entries */
  GHashTable       *footnotes;  /* "f12" or "e3" -> label */
  guint             n_footnotes;
  char              notes_prefix; /* of the part that is being read: 'f', 'e', 0 for others */

  Paragraph         now;
  GArray           *boxes;      /* of Paragraph: those around the text boxes that are open */
  guint             overflow;   /* text boxes that have none of their own */
  GArray           *tables;     /* of Table */
  GArray           *fields;     /* of Field */
  guint             n_fields_over;
  guint             skip;       /* depth in an element that is left out */
  gboolean          in_text;
  gboolean          in_instruction;
  gboolean          has_title;
  char             *alternative; /* (nullable): of the image that comes */

  GString          *comment;    /* (nullable): body of the one that is open */
  char             *comment_id, *comment_author;
  gint64            comment_time;
  gboolean          in_note;
} Docx;

static void
clear_field (gpointer data)
{
  Field *field = data;

  g_string_free (field->instruction, TRUE);
  g_free (field->link);
}

static void
clear_paragraph (gpointer data)
{
  g_free (((Paragraph *) data)->link);
}

/* --- Relationships ----------------------------------------------------------------- */

typedef struct
{
  GHashTable *targets; /* id -> target */
  GHashTable *types;   /* last part of the type -> target */
  const char *base;
} Relations;

static const DraXmlToken relation_tokens[] = { { PKG, "Relationship", 1 }, { 0, NULL, 0 } };

static void
ignore_end (DraXmlStream *stream G_GNUC_UNUSED,
            int           token G_GNUC_UNUSED,
            gpointer      user_data G_GNUC_UNUSED)
{
}

/* External targets are addresses; others are names of entries, from here on with a '/'. */
static void
relation_cb (DraXmlStream *stream,
             int           token,
             gpointer      user_data)
{
  Relations *self = user_data;
  const char *id, *type, *target, *mode, *slash;
  char *resolved;

  if (token == 0)
    return;
  id = dra_xml_stream_get_attribute (stream, 0, "Id");
  type = dra_xml_stream_get_attribute (stream, 0, "Type");
  target = dra_xml_stream_get_attribute (stream, 0, "Target");
  mode = dra_xml_stream_get_attribute (stream, 0, "TargetMode");
  if (id == NULL || type == NULL || target == NULL)
    return;
  if (g_strcmp0 (mode, "External") == 0)
    {
      g_hash_table_replace (self->targets, g_strdup (id), g_strdup (target));
      return;
    }
  resolved = dra_zip_resolve (self->base, target);
  if (resolved == NULL)
    return;
  slash = strrchr (type, '/');
  if (!g_hash_table_contains (self->types, slash != NULL ? slash + 1 : type))
    g_hash_table_insert (self->types, g_strdup (slash != NULL ? slash + 1 : type), g_strdup (resolved));
  g_hash_table_replace (self->targets, g_strdup (id), g_strconcat ("/", resolved, NULL));
  g_free (resolved);
}

static GHashTable *
new_strings (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/* Reads what the part refers to; one without relations refers to nothing. */
static gboolean
read_relations (DraZip      *zip,
                const char  *part,
                GHashTable  *targets,
                GHashTable  *types,
                GError     **error)
{
  static const DraXmlVocabulary vocabulary = {
    dra_docx_namespaces, relation_tokens, relation_cb, ignore_end, NULL,
  };
  const char *slash = strrchr (part, '/');
  g_autofree char *path = NULL;
  Relations relations = { targets, types, part };

  if (slash != NULL)
    path = g_strdup_printf ("%.*s/_rels/%s.rels", (int) (slash - part), part, slash + 1);
  else
    path = g_strdup_printf ("_rels/%s.rels", part);
  if (dra_zip_find (zip, path) == NULL)
    return TRUE;

  return dra_package_parse (zip, path, &vocabulary, &relations, error);
}

/* --- Paragraphs and runs ------------------------------------------------------------- */

static gboolean
in_cell (Docx *self)
{
  return self->tables->len > self->now.n_tables;
}

static void
begin_paragraph (Docx *self)
{
  self->now.open = TRUE;
  self->now.begun = FALSE;
  self->now.style = NULL;
  self->now.num_id = self->now.num_level = self->now.outline = -1;
  self->now.in_run = self->now.in_properties = FALSE;
}

/* The list the paragraph is an item of, 0 when it is none. */
static int
get_list (Docx *self,
          int  *level)
{
  const DraDocxStyle *style = self->now.style;
  int num_id = self->now.num_id >= 0 ? self->now.num_id : style != NULL ? style->num_id : 0;

  *level = self->now.num_level >= 0 ? self->now.num_level : style != NULL && style->level >= 0 ? style->level : 0;

  return MAX (num_id, 0);
}

static void
begin_block (Docx *self)
{
  const DraDocxStyle *style = self->now.style;
  DraBlockKind kind = style != NULL ? style->kind : DRA_BLOCK_PARAGRAPH;
  int outline = self->now.outline >= 0 ? self->now.outline : style != NULL ? style->outline : -1;
  int list_level;
  int num_id = get_list (self, &list_level);
  g_autofree char *label = NULL;
  guint level = 0;

  self->now.begun = TRUE;
  if (outline >= 0 && outline < 9 && kind != DRA_BLOCK_TITLE)
    kind = DRA_BLOCK_HEADING;
  else if (kind == DRA_BLOCK_HEADING)
    kind = DRA_BLOCK_PARAGRAPH;
  if (num_id > 0)
    label = dra_docx_numbering_next (self->numbering, num_id, list_level);
  if (kind == DRA_BLOCK_TITLE)
    {
      if (self->has_title || self->in_note)
        kind = DRA_BLOCK_HEADING;
      outline = 0;
      self->has_title = TRUE;
    }
  if (self->in_note)
    {
      if (dra_flow_has_text (self->flow))
        dra_flow_add_break (self->flow);
      return;
    }
  if (kind == DRA_BLOCK_HEADING)
    level = (guint) MIN (outline + 1, 6);
  else if (kind == DRA_BLOCK_QUOTATION)
    level = 1;
  else if (num_id > 0 && kind == DRA_BLOCK_PARAGRAPH && label != NULL)
    {
      kind = DRA_BLOCK_LIST_ITEM;
      level = (guint) list_level + 1;
    }
  dra_flow_begin_block (self->flow, kind, level, kind == DRA_BLOCK_LIST_ITEM ? label : NULL);
}

static void
end_paragraph (Docx *self)
{
  int level;
  int num_id = get_list (self, &level);

  /* An item without text counts. */
  if (!self->now.begun && num_id > 0)
    g_free (dra_docx_numbering_next (self->numbering, num_id, level));
  if (!self->in_note)
    dra_flow_end_block (self->flow);
  self->now.open = self->now.begun = FALSE;
  /* A field's result may go on in the next paragraph, what it is made of does not. */
  while (self->fields->len > 0 && !g_array_index (self->fields, Field, self->fields->len - 1).in_result)
    g_array_set_size (self->fields, self->fields->len - 1);
  if (self->comment != NULL)
    g_string_append (self->comment, "\n\n");
}

static gboolean
is_hidden (Docx *self)
{
  if (self->now.run.hidden == 2)
    return TRUE;
  for (guint i = self->fields->len; i > 0; i--)
    if (!g_array_index (self->fields, Field, i - 1).in_result)
      return TRUE;

  return FALSE;
}

static const char *
get_link (Docx *self)
{
  if (self->now.link != NULL)
    return self->now.link;
  for (guint i = self->fields->len; i > 0; i--)
    if (g_array_index (self->fields, Field, i - 1).link != NULL)
      return g_array_index (self->fields, Field, i - 1).link;

  return NULL;
}

static guint
get_styles (Docx *self)
{
  const DraDocxRun *run = &self->now.run;
  gboolean heading = self->now.style != NULL && self->now.style->kind == DRA_BLOCK_HEADING;

  return (run->bold == 2 && !heading ? DRA_FLOW_STYLE (DRA_STYLE_STRONG) : 0)
         | (run->italic == 2 ? DRA_FLOW_STYLE (DRA_STYLE_EMPHASIS) : 0)
         | (run->underline == 2 && get_link (self) == NULL ? DRA_FLOW_STYLE (DRA_STYLE_UNDERLINE) : 0)
         | (run->strike == 2 ? DRA_FLOW_STYLE (DRA_STYLE_STRIKETHROUGH) : 0)
         | (run->code != 0 ? DRA_FLOW_STYLE (DRA_STYLE_CODE) : 0)
         | (run->vertical == 2 ? DRA_FLOW_STYLE (DRA_STYLE_SUPERSCRIPT) : 0)
         | (run->vertical == 3 ? DRA_FLOW_STYLE (DRA_STYLE_SUBSCRIPT) : 0);
}

static void
add_text (Docx       *self,
          const char *text,
          gsize       length)
{
  if (self->comment != NULL)
    {
      if (self->comment->len < MAX_COMMENT)
        g_string_append_len (self->comment, text, (gssize) length);
      return;
    }
  if (is_hidden (self) || (self->notes_prefix != 0 && !self->in_note))
    return;
  if (!self->now.begun)
    begin_block (self);
  dra_flow_add_text (self->flow, text, (gssize) length, get_styles (self), get_link (self));
}

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
change_run (Docx       *self,
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

static void
start_run (Docx *self)
{
  self->now.in_run = TRUE;
  self->now.in_run_properties = FALSE;
  memset (&self->now.run, 0, sizeof self->now.run);
  if (self->now.style != NULL)
    self->now.run.hidden = self->now.style->run.hidden;
}

/* Only addresses of the web and of mail are links; places in the document are none. */
static char *
make_link (const char *target)
{
  return target != NULL && *target != '/' && *target != '#' ? g_strdup (target) : NULL;
}

/* --- Fields ---------------------------------------------------------------------------- */

static void
change_field (Docx       *self,
              const char *type)
{
  Field *last = self->fields->len > 0 ? &g_array_index (self->fields, Field, self->fields->len - 1) : NULL;
  Field field = { 0 };

  if (type == NULL)
    return;
  if (strcmp (type, "begin") == 0)
    {
      if (self->fields->len >= MAX_FIELDS)
        {
          self->n_fields_over++;
          return;
        }
      field.instruction = g_string_new (NULL);
      g_array_append_val (self->fields, field);
    }
  else if (self->n_fields_over > 0)
    self->n_fields_over -= strcmp (type, "end") == 0;
  else if (strcmp (type, "separate") == 0 && last != NULL)
    {
      last->in_result = TRUE;
      g_free (last->link);
      last->link = dra_document_info_find_hyperlink (last->instruction->str);
    }
  else if (strcmp (type, "end") == 0 && last != NULL)
    g_array_set_size (self->fields, self->fields->len - 1);
}

/* --- Tables, text boxes, images, notes ------------------------------------------------- */

static Table *
get_table (Docx *self)
{
  return in_cell (self) ? &g_array_index (self->tables, Table, self->tables->len - 1) : NULL;
}

static void
start_cell (Docx *self)
{
  Table *table = get_table (self);

  if (table == NULL)
    return;
  if (!table->begun)
    dra_flow_begin_table (self->flow, table->n_columns);
  table->begun = TRUE;
  if (!table->row_begun)
    dra_flow_begin_row (self->flow, table->heading);
  table->row_begun = TRUE;
  table->span = 1;
  dra_flow_begin_cell (self->flow);
}

static void
end_table (Docx *self)
{
  Table *table = get_table (self);

  if (table == NULL)
    return;
  if (table->begun)
    dra_flow_end_table (self->flow);
  g_array_set_size (self->tables, self->tables->len - 1);
}

static void
start_box (Docx *self)
{
  if (self->boxes->len >= MAX_BOXES)
    {
      self->overflow++;
      return;
    }
  g_array_append_val (self->boxes, self->now);
  memset (&self->now, 0, sizeof self->now);
  self->now.n_tables = self->tables->len;
  dra_flow_begin_aside (self->flow);
}

static void
end_box (Docx *self)
{
  if (self->overflow > 0)
    {
      self->overflow--;
      return;
    }
  if (self->boxes->len == 0)
    return;
  while (in_cell (self))
    end_table (self);
  dra_flow_end_block (self->flow);
  dra_flow_end_aside (self->flow);
  g_free (self->now.link);
  self->now = g_array_index (self->boxes, Paragraph, self->boxes->len - 1);
  g_array_index (self->boxes, Paragraph, self->boxes->len - 1).link = NULL;
  g_array_set_size (self->boxes, self->boxes->len - 1);
}

static void
add_image (Docx       *self,
           const char *id)
{
  const char *target = id != NULL ? g_hash_table_lookup (self->relations, id) : NULL;
  const char *path = target != NULL && *target == '/' ? dra_zip_find (self->zip, target) : NULL;

  if (path == NULL || self->comment != NULL || (self->notes_prefix != 0 && !self->in_note))
    return;
  g_ptr_array_add (self->images, g_strdup (path));
  dra_flow_add_image (self->flow, self->alternative, path);
  g_clear_pointer (&self->alternative, g_free);
}

static void
set_alternative (Docx         *self,
                 DraXmlStream *stream,
                 const char   *description,
                 const char   *title)
{
  const char *text = dra_xml_stream_get_attribute (stream, 0, description);

  if (text == NULL || *text == '\0')
    text = dra_xml_stream_get_attribute (stream, 0, title);
  g_free (self->alternative);
  self->alternative = g_strdup (text);
}

static void
add_reference (Docx       *self,
               char        prefix,
               const char *id)
{
  g_autofree char *key = NULL;
  char *label;

  if (id == NULL || self->in_note || self->comment != NULL || is_hidden (self))
    return;
  key = g_strdup_printf ("%c%s", prefix, id);
  label = g_hash_table_lookup (self->footnotes, key);
  if (label == NULL)
    {
      label = g_strdup_printf ("%u", ++self->n_footnotes);
      g_hash_table_insert (self->footnotes, g_steal_pointer (&key), label);
    }
  if (!self->now.begun)
    begin_block (self);
  dra_flow_add_reference (self->flow, label);
}

static void
start_footnote (Docx       *self,
                const char *id)
{
  g_autofree char *key = g_strdup_printf ("%c%s", self->notes_prefix, id != NULL ? id : "");
  const char *label = g_hash_table_lookup (self->footnotes, key);

  if (label == NULL || self->in_note)
    return;
  dra_flow_begin_footnote (self->flow, label);
  self->in_note = TRUE;
}

static void
start_comment (Docx         *self,
               DraXmlStream *stream)
{
  const char *author = dra_xml_stream_get_attribute (stream, W, "author");

  if (self->comment != NULL)
    return;
  if (author == NULL || *author == '\0')
    author = dra_xml_stream_get_attribute (stream, W, "initials");
  self->comment = g_string_new (NULL);
  self->comment_id = g_strdup (dra_xml_stream_get_attribute (stream, W, "id"));
  self->comment_author = g_strdup (author);
  self->comment_time = dra_document_info_parse_time (dra_xml_stream_get_attribute (stream, W, "date"));
}

static void
end_comment (Docx *self)
{
  if (self->comment == NULL)
    return;
  g_strstrip (self->comment->str);
  if (self->comment_id != NULL && *self->comment->str != '\0')
    dra_flow_set_comment (self->flow, self->comment_id, self->comment_author, self->comment_time,
                          self->comment->str);
  g_string_free (g_steal_pointer (&self->comment), TRUE);
  g_clear_pointer (&self->comment_id, g_free);
  g_clear_pointer (&self->comment_author, g_free);
}

/* --- Events ------------------------------------------------------------------------------ */

static int
number (const char *value)
{
  return value != NULL ? (int) CLAMP (strtol (value, NULL, 10), 0, 1000000000) : 0;
}

static void
start_properties (Docx       *self,
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
add_symbol (Docx       *self,
            const char *value)
{
  gunichar c = value != NULL ? (gunichar) strtoul (value, NULL, 16) : 0;
  char text[8];

  if (c == 0xF0B7)
    c = 0x2022;
  if (c >= 0x20 && g_unichar_validate (c) && !(c >= 0xE000 && c <= 0xF8FF))
    add_text (self, text, (gsize) g_unichar_to_utf8 (c, text));
}

static void
start_table_part (Docx         *self,
                  DraXmlStream *stream,
                  int           token)
{
  Table *table = get_table (self);
  Table fresh = { 0 };

  switch (token)
    {
    case TBL:
      g_array_append_val (self->tables, fresh);
      break;
    case GRID_COL:
      if (table != NULL && !table->begun)
        table->n_columns++;
      break;
    case TR:
      if (table != NULL)
        table->heading = table->row_begun = FALSE;
      break;
    case TBL_HEADER:
      if (table != NULL)
        table->heading = dra_docx_is_on (dra_xml_stream_get_attribute (stream, W, "val"));
      break;
    case TC:
      start_cell (self);
      break;
    case GRID_SPAN:
      if (table != NULL)
        table->span = (guint) CLAMP (number (dra_xml_stream_get_attribute (stream, W, "val")), 1, DRA_FLOW_MAX_CELLS);
      break;
    default:
      break;
    }
}

static void
start_inline (Docx         *self,
              DraXmlStream *stream,
              int           token)
{
  const char *value;

  switch (token)
    {
    case HYPERLINK:
      value = dra_xml_stream_get_attribute (stream, R, "id");
      g_free (self->now.link);
      self->now.link = make_link (value != NULL ? g_hash_table_lookup (self->relations, value) : NULL);
      break;
    case FLD_SIMPLE:
      g_free (self->now.link);
      value = dra_xml_stream_get_attribute (stream, W, "instr");
      self->now.link = value != NULL ? dra_document_info_find_hyperlink (value) : NULL;
      break;
    case FLD_CHAR:
      change_field (self, dra_xml_stream_get_attribute (stream, W, "fldCharType"));
      break;
    case INSTR_TEXT:
      self->in_instruction = TRUE;
      break;
    case T:
      self->in_text = TRUE;
      break;
    case TAB:
      if (self->now.in_run)
        add_text (self, " ", 1);
      break;
    case BR:
      value = dra_xml_stream_get_attribute (stream, W, "type");
      if (value != NULL && strcmp (value, "textWrapping") != 0)
        break;
      G_GNUC_FALLTHROUGH;
    case CR:
      if (self->comment != NULL)
        g_string_append_c (self->comment, '\n');
      else if (self->now.begun && !is_hidden (self))
        dra_flow_add_break (self->flow);
      break;
    case NO_BREAK_HYPHEN:
      add_text (self, "\342\200\221", 3);
      break;
    case SYM:
      add_symbol (self, dra_xml_stream_get_attribute (stream, W, "char"));
      break;
    default:
      break;
    }
}

static void
start_mark (Docx         *self,
            DraXmlStream *stream,
            int           token)
{
  const char *id = dra_xml_stream_get_attribute (stream, W, "id");

  switch (token)
    {
    case FOOTNOTE_REF:
      add_reference (self, 'f', id);
      break;
    case ENDNOTE_REF:
      add_reference (self, 'e', id);
      break;
    case FOOTNOTE:
      start_footnote (self, id);
      break;
    case COMMENT:
      start_comment (self, stream);
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
      set_alternative (self, stream, "descr", "title");
      break;
    case SHAPE:
      set_alternative (self, stream, "alt", "title");
      break;
    case BLIP:
      add_image (self, dra_xml_stream_get_attribute (stream, R, "embed"));
      break;
    case IMAGE_DATA:
      add_image (self, dra_xml_stream_get_attribute (stream, R, "id"));
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
  Docx *self = user_data;

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
      begin_paragraph (self);
      break;
    case P_PR:
      self->now.in_properties = TRUE;
      break;
    case RUN:
      start_run (self);
      break;
    case RUN_PR:
      self->now.in_run_properties = TRUE;
      break;
    case TXBX:
      start_box (self);
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
        int           token,
        gpointer      user_data)
{
  Docx *self = user_data;
  Table *table;

  if (self->skip > 0)
    {
      self->skip--;
      return;
    }
  switch (token)
    {
    case P:
      end_paragraph (self);
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
      end_box (self);
      break;
    case TC:
      table = get_table (self);
      for (guint i = 1; table != NULL && i < table->span; i++)
        dra_flow_begin_cell (self->flow);
      break;
    case TR:
      dra_flow_end_row (self->flow);
      break;
    case TBL:
      end_table (self);
      break;
    case FOOTNOTE:
      if (self->in_note)
        dra_flow_end_footnote (self->flow);
      self->in_note = FALSE;
      break;
    case COMMENT:
      end_comment (self);
      break;
    default:
      break;
    }
}

static void
text_cb (DraXmlStream *stream G_GNUC_UNUSED,
         const char   *text,
         gsize         length,
         gpointer      user_data)
{
  Docx *self = user_data;
  Field *field;

  if (self->skip > 0)
    return;
  if (self->in_instruction && self->fields->len > 0)
    {
      field = &g_array_index (self->fields, Field, self->fields->len - 1);
      if (!field->in_result && field->instruction->len < MAX_INSTRUCTION)
        g_string_append_len (field->instruction, text, (gssize) length);
    }
  else if (self->in_text)
    add_text (self, text, length);
}

/* --- Properties ---------------------------------------------------------------------------- */

typedef struct
{
  DraFlow *flow;
  GString *value;
} Properties;

static const DraXmlToken property_tokens[] = {
  { DRA_XML_ANY_NAMESPACE, "title", DRA_METADATA_TITLE + 1 },
  { DRA_XML_ANY_NAMESPACE, "creator", DRA_METADATA_BYLINE + 1 },
  { DRA_XML_ANY_NAMESPACE, "created", DRA_METADATA_PUBLISHED + 1 },
  { DRA_XML_ANY_NAMESPACE, "language", DRA_METADATA_LANGUAGE + 1 }, { 0, NULL, 0 },
};

static void
start_property (DraXmlStream *stream G_GNUC_UNUSED,
                int           token G_GNUC_UNUSED,
                gpointer      user_data)
{
  g_string_truncate (((Properties *) user_data)->value, 0);
}

static void
end_property (DraXmlStream *stream G_GNUC_UNUSED,
              int           token,
              gpointer      user_data)
{
  Properties *self = user_data;

  if (token > 0)
    dra_flow_set_metadata (self->flow, (DraMetadata) (token - 1), self->value->str);
  g_string_truncate (self->value, 0);
}

static void
property_text (DraXmlStream *stream G_GNUC_UNUSED,
               const char   *text,
               gsize         length,
               gpointer      user_data)
{
  Properties *self = user_data;

  if (self->value->len < 1000)
    g_string_append_len (self->value, text, (gssize) length);
}

static gboolean
read_properties (Docx        *self,
                 const char  *path,
                 GError     **error)
{
  static const DraXmlVocabulary vocabulary = {
    NULL, property_tokens, start_property, end_property, property_text,
  };
  Properties properties = { self->flow, g_string_new (NULL) };
  gboolean done = dra_package_parse (self->zip, path, &vocabulary, &properties, error);

  g_string_free (properties.value, TRUE);

  return done;
}

/* --- The whole ------------------------------------------------------------------------------- */

static gboolean
read_part (Docx        *self,
           const char  *path,
           GError     **error)
{
  static const DraXmlVocabulary vocabulary = { dra_docx_namespaces, tokens, start_cb, end_cb, text_cb };
  g_autoptr (GHashTable) types = new_strings ();

  g_hash_table_remove_all (self->relations);
  if (!read_relations (self->zip, path, self->relations, types, error))
    return FALSE;

  return dra_package_parse (self->zip, path, &vocabulary, self, error);
}

/* A part that the main one refers to, by its kind. */
static const char *
find_part (Docx       *self,
           GHashTable *types,
           const char *type)
{
  const char *path = g_hash_table_lookup (types, type);

  return path != NULL ? dra_zip_find (self->zip, path) : NULL;
}

static gboolean
read_notes (Docx        *self,
            GHashTable  *types,
            GError     **error)
{
  static const struct { const char *type; char prefix; } parts[] = {
    { "footnotes", 'f' }, { "endnotes", 'e' }, { "comments", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      const char *path = find_part (self, types, parts[i].type);

      self->notes_prefix = parts[i].prefix;
      if (path != NULL && !read_part (self, path, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_document (Docx    *self,
               GError **error)
{
  g_autoptr (GHashTable) targets = new_strings ();
  g_autoptr (GHashTable) root = new_strings ();
  g_autoptr (GHashTable) types = new_strings ();
  const char *path, *part;

  if (!read_relations (self->zip, "", targets, root, error))
    return FALSE;
  path = find_part (self, root, "officeDocument");
  if (path == NULL)
    path = "word/document.xml";
  if (dra_zip_find (self->zip, path) == NULL)
    {
      g_set_error (error, DRA_ERROR, DRA_ERROR_DAMAGED,
                   _("“%s” is damaged: “%s” is missing in it."), dra_zip_get_name (self->zip), path);
      return FALSE;
    }
  part = find_part (self, root, "core-properties");
  if (part != NULL && !read_properties (self, part, error))
    return FALSE;

  if (!read_relations (self->zip, path, targets, types, error))
    return FALSE;
  part = find_part (self, types, "styles");
  if (part != NULL && !dra_docx_styles_parse (self->styles, self->zip, part, error))
    return FALSE;
  part = find_part (self, types, "numbering");
  if (part != NULL && !dra_docx_numbering_parse (self->numbering, self->zip, part, error))
    return FALSE;
  dra_flow_set_metadata (self->flow, DRA_METADATA_LANGUAGE, self->styles->language);

  return read_part (self, path, error) && read_notes (self, types, error);
}

/* Encrypted documents, and those of old versions, are OLE compound files. */
static gboolean
is_compound (GBytes      *bytes,
             const char  *name,
             GError     **error)
{
  static const guint8 magic[] = { 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1 };
  static const char encrypted[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  if (length < sizeof magic || memcmp (data, magic, sizeof magic) != 0)
    return FALSE;
  if (memmem (data, length, encrypted, sizeof encrypted) != NULL)
    g_set_error (error, DRA_ERROR, DRA_ERROR_UNSUPPORTED,
                 _("“%s” is protected by a password; open it in the program that made it and save it without one."),
                 name);
  else
    g_set_error (error, DRA_ERROR, DRA_ERROR_UNSUPPORTED,
                 _("“%s” is a document of an old version of Word; save it as DOCX, ODT or RTF to open it here."),
                 name);

  return TRUE;
}

static void
docx_clear (Docx *self)
{
  dra_flow_free (self->flow);
  dra_docx_styles_free (self->styles);
  dra_docx_numbering_free (self->numbering);
  g_hash_table_unref (self->relations);
  g_hash_table_unref (self->footnotes);
  g_ptr_array_unref (self->images);
  g_array_unref (self->boxes);
  g_array_unref (self->tables);
  g_array_unref (self->fields);
  if (self->comment != NULL)
    g_string_free (self->comment, TRUE);
  g_free (self->comment_id);
  g_free (self->comment_author);
  g_free (self->alternative);
  g_free (self->now.link);
}

/**
 * dra_docx_read:
 * @bytes: a DOCX file
 * @name: its name, for messages
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Reads a document, its comments as notes.  Sets %DRA_ERROR_UNSUPPORTED (encrypted, or of
 * an old version), %DRA_ERROR_DAMAGED, %DRA_ERROR_TOO_LARGE, %DRA_ERROR_EMPTY,
 * %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): the reading, or %NULL with @error set
 */
DraReading *
dra_docx_read (GBytes        *bytes,
               const char    *name,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr (DraZip) zip = NULL;
  g_autoptr (DraReading) reading = NULL;
  Docx self = { 0 };

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  if (is_compound (bytes, name, error))
    return NULL;
  zip = dra_zip_new (bytes, name, cancellable, error);
  if (zip == NULL)
    return NULL;

  self.zip = zip;
  self.flow = dra_flow_new ();
  self.styles = dra_docx_styles_new ();
  self.numbering = dra_docx_numbering_new ();
  self.relations = new_strings ();
  self.footnotes = new_strings ();
  self.images = g_ptr_array_new_with_free_func (g_free);
  self.boxes = g_array_new (FALSE, FALSE, sizeof (Paragraph));
  g_array_set_clear_func (self.boxes, clear_paragraph);
  self.tables = g_array_new (FALSE, FALSE, sizeof (Table));
  self.fields = g_array_new (FALSE, FALSE, sizeof (Field));
  g_array_set_clear_func (self.fields, clear_field);

  if (read_document (&self, error))
    reading = dra_flow_finish (self.flow, name, error);
  if (reading != NULL
      && !dra_package_add_images (zip, self.images, reading, g_bytes_get_size (bytes), error))
    g_clear_pointer (&reading, dra_reading_free);
  docx_clear (&self);

  return g_steal_pointer (&reading);
}
