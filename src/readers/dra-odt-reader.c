/* dra-odt-reader.c: text documents in OpenDocument, packed or flat.
 *
 * A packed document is read part by part, a flat one has all of them in one; the same
 * functions take both.  Changes are shown as accepted: what was deleted stands apart from
 * the text.  Names with family and list styles are dra-odt-styles.c's.
 *
 * Follows OpenDocument 1.3 part 3 (OASIS).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-odt-reader.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "article/dra-error.h"
#include "readers/dra-document-info.h"
#include "readers/dra-flow.h"
#include "readers/dra-odt-private.h"
#include "readers/dra-package.h"

#define MAX_SAVED 32         /* text boxes, notes and comments in one another */
#define MAX_SPACES 200       /* that one element may stand for */
#define MAX_REPEATED 64      /* cells, rows: sheets repeat empty ones to their end */
#define MAX_COMMENT 100000   /* bytes */
#define MAX_VALUE 1000       /* bytes of a property */

static const DraXmlNamespace namespaces[] = {
  { "urn:oasis:names:tc:opendocument:xmlns:office:1.0", OFFICE },
  { "urn:oasis:names:tc:opendocument:xmlns:text:1.0", TEXT },
  { "urn:oasis:names:tc:opendocument:xmlns:style:1.0", STYLE },
  { "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0", FO },
  { "urn:oasis:names:tc:opendocument:xmlns:table:1.0", TABLE },
  { "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0", DRAW },
  { "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0", SVG },
  { "http://www.w3.org/1999/xlink", XLINK },
  { "http://purl.org/dc/elements/1.1/", DC },
  { "urn:oasis:names:tc:opendocument:xmlns:meta:1.0", META },
  { "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0", MANIFEST },
  { "http://openoffice.org/2000/office", OFFICE },
  { "http://openoffice.org/2000/text", TEXT },
  { "http://openoffice.org/2000/style", STYLE },
  { "http://openoffice.org/2000/table", TABLE },
  { "http://openoffice.org/2000/drawing", DRAW },
  { "http://www.w3.org/1999/XSL/Format", FO },
  { "http://openoffice.org/2000/meta", META },
  { NULL, 0 },
};

static const DraXmlToken tokens[] = {
  { TEXT, "a", T_A }, { OFFICE, "automatic-styles", T_AUTOMATIC }, { OFFICE, "annotation", T_ANNOTATION },
  { OFFICE, "annotation-end", T_ANNOTATION_END }, { OFFICE, "binary-data", T_BINARY },
  { OFFICE, "body", T_BODY }, { TABLE, "table-cell", T_CELL }, { TABLE, "table-column", T_COLUMN },
  { TABLE, "covered-table-cell", T_COVERED }, { META, "creation-date", T_CREATION_DATE },
  { DC, "creator", T_CREATOR }, { DC, "date", T_DATE }, { STYLE, "default-style", T_DEFAULT_STYLE },
  { SVG, "desc", T_DESC }, { MANIFEST, "encryption-data", T_ENCRYPTION },
  { MANIFEST, "file-entry", T_FILE_ENTRY }, { DRAW, "frame", T_FRAME }, { TEXT, "h", T_H },
  { TABLE, "table-header-rows", T_HEADER_ROWS }, { DRAW, "image", T_IMAGE },
  { META, "initial-creator", T_INITIAL_CREATOR }, { DC, "language", T_LANGUAGE },
  { TEXT, "list-level-style-bullet", T_LEVEL_BULLET }, { TEXT, "list-level-style-number", T_LEVEL_NUMBER },
  { TEXT, "line-break", T_LINE_BREAK }, { TEXT, "list", T_LIST }, { TEXT, "list-header", T_LIST_HEADER },
  { TEXT, "list-item", T_LIST_ITEM }, { TEXT, "list-style", T_LIST_STYLE }, { OFFICE, "meta", T_META },
  { TEXT, "note", T_NOTE }, { TEXT, "note-body", T_NOTE_BODY }, { TEXT, "note-citation", T_NOTE_CITATION },
  { TEXT, "p", T_P }, { TABLE, "table-row", T_ROW }, { TEXT, "s", T_S }, { TEXT, "section", T_SECTION },
  { TEXT, "span", T_SPAN }, { STYLE, "style", T_STYLE }, { TEXT, "tab", T_TAB }, { TEXT, "tab-stop", T_TAB },
  { TABLE, "table", T_TABLE }, { DRAW, "text-box", T_TEXT_BOX },
  { STYLE, "text-properties", T_TEXT_PROPERTIES }, { DC, "title", T_TITLE }, { SVG, "title", T_SVG_TITLE },
  /* What is not text. */
  { TEXT, "tracked-changes", T_SKIP }, { OFFICE, "forms", T_SKIP }, { TEXT, "ruby-text", T_SKIP },
  { TEXT, "sequence-decls", T_SKIP }, { TEXT, "variable-decls", T_SKIP }, { TEXT, "user-field-decls", T_SKIP },
  { OFFICE, "scripts", T_SKIP }, { OFFICE, "master-styles", T_SKIP }, { TEXT, "index-title-template", T_SKIP },
  { TEXT, "table-of-content-source", T_SKIP }, { TEXT, "illustration-index-source", T_SKIP },
  { TEXT, "bibliography-source", T_SKIP }, { TEXT, "alphabetical-index-source", T_SKIP },
  { TEXT, "notes-configuration", T_SKIP }, { TEXT, "hidden-paragraph", T_SKIP },
  { OFFICE, "event-listeners", T_SKIP }, { TABLE, "shapes", T_SKIP }, { 0, NULL, 0 },
};

typedef struct
{
  guint    styles;
  gboolean hidden;
  char    *link; /* (nullable) */
} Span;

typedef struct
{
  char    *style;    /* (nullable): of the list */
  gboolean item;     /* an item is open */
  gboolean labelled; /* and its marker was given to a paragraph */
  gboolean header;
  int      start;    /* number of the item that is open, -1: the next */
} List;

/* What is open around a text box, a note or a comment, and how far the stacks reach. */
typedef struct
{
  gboolean in_paragraph, begun;
  guint    n_spans, n_lists, floor;
  DraBlockKind kind;
  guint    level;
  char    *label; /* (nullable) */
  gboolean heading;
} Inside;

typedef struct
{
  DraZip       *zip;        /* (nullable): a flat document has none */
  DraFlow      *flow;
  DraOdtStyles *styles;
  gboolean      only_common; /* the part is styles.xml: its automatic ones are for page heads */
  gboolean      in_body, in_meta;
  guint         skip;
  Inside        now;
  GArray       *saved;      /* of Inside */
  guint         overflow;
  GArray       *spans;      /* of Span */
  GArray       *lists;      /* of List */
  DraFlowGrids *tables;

  guint         n_footnotes;
  gboolean      in_note, in_citation;
  GString      *comment;    /* (nullable) */
  GString      *value;      /* of the property that is open */
  int           field;
  char         *comment_id, *comment_author;
  gint64        comment_time;
  guint         n_comments;
  char         *creator, *date; /* (nullable): of who was last */

  char         *image;      /* (nullable): of the frame that is open */
  GString      *alternative;
  GPtrArray    *images;
  GByteArray   *binary;     /* (nullable) */
  gint          base64_state;
  guint         base64_save;
  GPtrArray    *binaries;   /* of GBytes: sources are "image1" and so on */
  gboolean      encrypted;
} Odt;

static void
clear_span (gpointer data)
{
  g_free (((Span *) data)->link);
}

static void
clear_list (gpointer data)
{
  g_free (((List *) data)->style);
}

static void
clear_inside (gpointer data)
{
  g_free (((Inside *) data)->label);
}

/* --- Inside something else ------------------------------------------------------------ */

static void
save (Odt *self)
{
  if (self->saved->len >= MAX_SAVED)
    {
      self->overflow++;
      return;
    }
  g_array_append_val (self->saved, self->now);
  memset (&self->now, 0, sizeof self->now);
  self->now.n_spans = self->spans->len;
  self->now.n_lists = self->lists->len;
  self->now.floor = dra_flow_grids_enter (self->tables);
}

static void
restore (Odt *self)
{
  if (self->overflow > 0)
    {
      self->overflow--;
      return;
    }
  if (self->saved->len == 0)
    return;
  dra_flow_grids_leave (self->tables, self->now.floor);
  g_array_set_size (self->spans, self->now.n_spans);
  g_array_set_size (self->lists, self->now.n_lists);
  g_free (self->now.label);
  self->now = g_array_index (self->saved, Inside, self->saved->len - 1);
  g_array_index (self->saved, Inside, self->saved->len - 1).label = NULL;
  g_array_set_size (self->saved, self->saved->len - 1);
}

/* --- Text --------------------------------------------------------------------------------- */

static const Span *
get_span (Odt *self)
{
  static const Span none = { 0 };

  return self->spans->len > self->now.n_spans ? &g_array_index (self->spans, Span, self->spans->len - 1) : &none;
}

static void
begin_block (Odt *self)
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

static void
add_text (Odt        *self,
          const char *text,
          gsize       length)
{
  const Span *span = get_span (self);

  if (self->comment != NULL)
    {
      if (self->now.in_paragraph && self->comment->len < MAX_COMMENT)
        g_string_append_len (self->comment, text, (gssize) length);
      return;
    }
  if (!self->now.in_paragraph || self->in_citation || span->hidden)
    return;
  if (!self->now.begun)
    begin_block (self);
  dra_flow_add_text (self->flow, text, (gssize) length, span->styles, span->link);
}

static void
set_bit (guint       *styles,
         gint8        value,
         DraStyleKind kind)
{
  if (value == 2)
    *styles |= DRA_FLOW_STYLE (kind);
  else if (value == 1)
    *styles &= ~DRA_FLOW_STYLE (kind);
}

static void
apply_style (Span              *span,
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

static void
push_span (Odt               *self,
           const DraOdtStyle *style,
           const char        *link)
{
  Span span = *get_span (self);

  span.link = g_strdup (link != NULL ? link : span.link);
  if (link != NULL)
    span.styles &= ~DRA_FLOW_STYLE (DRA_STYLE_UNDERLINE);
  apply_style (&span, style, FALSE);
  g_array_append_val (self->spans, span);
}

/* The item the paragraph is the first of. */
static List *
find_item (Odt *self)
{
  List *list;

  if (self->lists->len <= self->now.n_lists)
    return NULL;
  list = &g_array_index (self->lists, List, self->lists->len - 1);

  return list->item && !list->labelled && !list->header ? list : NULL;
}

static void
start_paragraph (Odt          *self,
                 DraXmlStream *stream,
                 int           token)
{
  const DraOdtStyle *style = dra_odt_styles_find (self->styles, "paragraph",
                                                  dra_xml_stream_get_attribute (stream, TEXT, "style-name"));
  const char *outline = dra_xml_stream_get_attribute (stream, TEXT, "outline-level");
  List *list = find_item (self);
  guint depth = self->lists->len - self->now.n_lists;
  int level = outline != NULL ? (int) CLAMP (strtol (outline, NULL, 10), 1, 6) - 1 : style != NULL ? style->outline : -1;
  Span span = { 0 };

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

static void
end_paragraph (Odt *self)
{
  if (!self->in_note && self->comment == NULL)
    dra_flow_end_block (self->flow);
  if (self->comment != NULL)
    g_string_append (self->comment, "\n\n");
  self->now.in_paragraph = self->now.begun = FALSE;
  g_clear_pointer (&self->now.label, g_free);
  g_array_set_size (self->spans, self->now.n_spans);
}

static void
add_spaces (Odt          *self,
            DraXmlStream *stream)
{
  const char *count = dra_xml_stream_get_attribute (stream, TEXT, "c");
  long n = count != NULL ? CLAMP (strtol (count, NULL, 10), 1, MAX_SPACES) : 1;

  for (long i = 0; i < n; i++)
    add_text (self, " ", 1);
}

/* --- Lists and tables --------------------------------------------------------------------- */

static void
start_list (Odt          *self,
            DraXmlStream *stream)
{
  const char *name = dra_xml_stream_get_attribute (stream, TEXT, "style-name");
  const char *go_on = dra_xml_stream_get_attribute (stream, TEXT, "continue-numbering");
  guint depth = self->lists->len - self->now.n_lists;
  List list = { .start = -1 };

  if (name == NULL && depth > 0)
    name = g_array_index (self->lists, List, self->lists->len - 1).style;
  list.style = g_strdup (name);
  if (g_strcmp0 (go_on, "true") != 0 && dra_xml_stream_get_attribute (stream, TEXT, "continue-list") == NULL)
    dra_odt_styles_restart (self->styles, name, depth);
  g_array_append_val (self->lists, list);
}

static void
set_item (Odt          *self,
          DraXmlStream *stream,
          gboolean      open,
          gboolean      header)
{
  List *list;
  const char *start;

  if (self->lists->len <= self->now.n_lists)
    return;
  list = &g_array_index (self->lists, List, self->lists->len - 1);
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

static void
start_table_part (Odt          *self,
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

static void
end_table_part (Odt *self,
                int  token)
{
  if (token == T_HEADER_ROWS)
    dra_flow_grids_set_heading (self->tables, FALSE);
  else if (token == T_ROW)
    dra_flow_grids_end_row (self->tables);
  else if (token == T_TABLE)
    dra_flow_grids_end_table (self->tables);
}

/* --- Notes, comments, images ------------------------------------------------------------------ */

static void
start_note_body (Odt *self)
{
  g_autofree char *label = g_strdup_printf ("%u", self->n_footnotes + 1);

  if (!self->in_note && self->comment == NULL && !get_span (self)->hidden)
    {
      self->n_footnotes++;
      if (!self->now.begun && self->now.in_paragraph)
        begin_block (self);
      dra_flow_add_reference (self->flow, label);
      dra_flow_begin_footnote (self->flow, label);
      save (self);
      self->in_note = TRUE;
    }
  else
    self->skip = 1;
}

static void
end_note_body (Odt *self)
{
  if (!self->in_note)
    return;
  restore (self);
  dra_flow_end_footnote (self->flow);
  self->in_note = FALSE;
}

static void
start_comment (Odt          *self,
               DraXmlStream *stream)
{
  const char *name = dra_xml_stream_get_attribute (stream, OFFICE, "name");

  if (self->comment != NULL || self->saved->len >= MAX_SAVED)
    {
      self->skip = 1;
      return;
    }
  self->comment_id = name != NULL ? g_strconcat ("n", name, NULL) : g_strdup_printf ("#%u", self->n_comments++);
  dra_flow_begin_comment (self->flow, self->comment_id);
  self->comment = g_string_new (NULL);
  self->comment_time = 0;
  save (self);
}

static void
end_comment (Odt *self)
{
  if (self->comment == NULL)
    return;
  restore (self);
  g_strstrip (self->comment->str);
  if (*self->comment->str != '\0')
    dra_flow_set_comment (self->flow, self->comment_id, self->comment_author, self->comment_time,
                          self->comment->str);
  g_string_free (g_steal_pointer (&self->comment), TRUE);
  g_clear_pointer (&self->comment_id, g_free);
  g_clear_pointer (&self->comment_author, g_free);
}

static void
start_image (Odt          *self,
             DraXmlStream *stream)
{
  const char *href = dra_xml_stream_get_attribute (stream, XLINK, "href");
  g_autofree char *path = href != NULL && self->zip != NULL ? dra_zip_resolve ("content.xml", href) : NULL;
  const char *found = path != NULL ? dra_zip_find (self->zip, path) : NULL;

  /* A frame has its picture in several forms: the first counts. */
  if (found == NULL || self->image != NULL || self->comment != NULL)
    return;
  g_ptr_array_add (self->images, g_strdup (found));
  self->image = g_strdup (found);
}

static void
end_frame (Odt *self)
{
  if (self->image != NULL && !get_span (self)->hidden)
    {
      g_strstrip (self->alternative->str);
      dra_flow_add_image (self->flow, *self->alternative->str != '\0' ? self->alternative->str : NULL, self->image);
    }
  g_clear_pointer (&self->image, g_free);
  g_string_truncate (self->alternative, 0);
}

static void
end_binary (Odt *self)
{
  if (self->binary == NULL)
    return;
  g_ptr_array_add (self->binaries, g_byte_array_free_to_bytes (g_steal_pointer (&self->binary)));
  self->image = g_strdup_printf ("image%u", self->binaries->len);
}

static void
start_binary (Odt *self)
{
  if (self->image != NULL || self->binary != NULL || self->comment != NULL)
    return;
  self->binary = g_byte_array_new ();
  self->base64_state = 0;
  self->base64_save = 0;
}

/* --- Events -------------------------------------------------------------------------------------- */

static void
start_inline (Odt          *self,
              DraXmlStream *stream,
              int           token)
{
  const char *value;
  g_autofree char *id = NULL;

  switch (token)
    {
    case T_SPAN:
      push_span (self, dra_odt_styles_find (self->styles, "text",
                                            dra_xml_stream_get_attribute (stream, TEXT, "style-name")), NULL);
      break;
    case T_A:
      value = dra_xml_stream_get_attribute (stream, XLINK, "href");
      push_span (self, NULL, value != NULL && *value != '#' && strchr (value, ':') != NULL ? value : NULL);
      break;
    case T_S:
      add_spaces (self, stream);
      break;
    case T_TAB:
      add_text (self, " ", 1);
      break;
    case T_LINE_BREAK:
      if (self->comment != NULL)
        g_string_append_c (self->comment, '\n');
      else if (self->now.begun)
        dra_flow_add_break (self->flow);
      break;
    case T_NOTE_CITATION:
      self->in_citation = TRUE;
      break;
    case T_NOTE_BODY:
      start_note_body (self);
      break;
    case T_ANNOTATION:
      start_comment (self, stream);
      break;
    case T_ANNOTATION_END:
      value = dra_xml_stream_get_attribute (stream, OFFICE, "name");
      id = value != NULL ? g_strconcat ("n", value, NULL) : NULL;
      if (id != NULL && self->comment == NULL)
        dra_flow_end_comment (self->flow, id);
      break;
    case T_IMAGE:
      start_image (self, stream);
      break;
    case T_BINARY:
      start_binary (self);
      break;
    case T_FRAME:
      g_clear_pointer (&self->image, g_free);
      g_string_truncate (self->alternative, 0);
      break;
    case T_TEXT_BOX:
      dra_flow_begin_aside (self->flow);
      save (self);
      break;
    default:
      break;
    }
}

static void
start_body (Odt          *self,
            DraXmlStream *stream,
            int           token)
{
  switch (token)
    {
    case T_P:
    case T_H:
      if (self->now.in_paragraph)
        end_paragraph (self);
      start_paragraph (self, stream, token);
      break;
    case T_LIST:
      start_list (self, stream);
      break;
    case T_LIST_ITEM:
    case T_LIST_HEADER:
      set_item (self, stream, TRUE, token == T_LIST_HEADER);
      break;
    case T_TABLE:
    case T_COLUMN:
    case T_HEADER_ROWS:
    case T_ROW:
    case T_CELL:
    case T_COVERED:
      start_table_part (self, stream, token);
      break;
    case T_SECTION:
      if (g_strcmp0 (dra_xml_stream_get_attribute (stream, TEXT, "display"), "none") == 0)
        self->skip = 1;
      break;
    default:
      start_inline (self, stream, token);
      break;
    }
}

/* Properties of the document or of a comment. */
static gboolean
is_field (int token)
{
  return token == T_TITLE || token == T_CREATOR || token == T_DATE || token == T_CREATION_DATE
         || token == T_INITIAL_CREATOR || token == T_LANGUAGE || token == T_DESC || token == T_SVG_TITLE;
}

static void
start_cb (DraXmlStream *stream,
          int           token,
          gpointer      user_data)
{
  Odt *self = user_data;

  if (self->skip > 0 || token == T_SKIP || (token == T_AUTOMATIC && self->only_common))
    {
      self->skip++;
      return;
    }
  if (token == 0)
    return;
  if (token == T_META)
    self->in_meta = TRUE;
  if (token == T_BODY)
    self->in_body = TRUE;
  if (is_field (token))
    {
      self->field = token;
      g_string_truncate (self->value, 0);
      return;
    }
  if (token == T_ENCRYPTION)
    self->encrypted = TRUE;
  else if (!self->in_body)
    dra_odt_styles_start (self->styles, stream, token);
  else
    start_body (self, stream, token);
}

static void
end_field (Odt *self,
           int  token)
{
  const char *value = g_strstrip (self->value->str);

  self->field = 0;
  if (token == T_DESC || token == T_SVG_TITLE)
    {
      if (self->alternative->len == 0 || token == T_DESC)
        g_string_assign (self->alternative, value);
    }
  else if (self->comment != NULL && token == T_CREATOR)
    {
      g_free (self->comment_author);
      self->comment_author = g_strdup (value);
    }
  else if (self->comment != NULL && token == T_DATE)
    self->comment_time = dra_document_info_parse_time (value);
  else if (!self->in_meta)
    return;
  else if (token == T_TITLE)
    dra_flow_set_metadata (self->flow, DRA_METADATA_TITLE, value);
  else if (token == T_INITIAL_CREATOR)
    dra_flow_set_metadata (self->flow, DRA_METADATA_BYLINE, value);
  else if (token == T_CREATION_DATE)
    dra_flow_set_metadata (self->flow, DRA_METADATA_PUBLISHED, value);
  else if (token == T_LANGUAGE)
    dra_flow_set_metadata (self->flow, DRA_METADATA_LANGUAGE, value);
  else if (token == T_CREATOR && self->creator == NULL)
    self->creator = g_strdup (value);
  else if (token == T_DATE && self->date == NULL)
    self->date = g_strdup (value);
}

static void
end_body (Odt *self,
          int  token)
{
  switch (token)
    {
    case T_P:
    case T_H:
      if (self->now.in_paragraph)
        end_paragraph (self);
      break;
    case T_SPAN:
    case T_A:
      if (self->spans->len > self->now.n_spans)
        g_array_set_size (self->spans, self->spans->len - 1);
      break;
    case T_LIST:
      if (self->lists->len > self->now.n_lists)
        g_array_set_size (self->lists, self->lists->len - 1);
      break;
    case T_LIST_ITEM:
    case T_LIST_HEADER:
      set_item (self, NULL, FALSE, FALSE);
      break;
    case T_HEADER_ROWS:
    case T_ROW:
    case T_TABLE:
      end_table_part (self, token);
      break;
    case T_NOTE_CITATION:
      self->in_citation = FALSE;
      break;
    case T_NOTE_BODY:
      end_note_body (self);
      break;
    case T_ANNOTATION:
      end_comment (self);
      break;
    case T_BINARY:
      end_binary (self);
      break;
    case T_FRAME:
      end_frame (self);
      break;
    case T_TEXT_BOX:
      dra_flow_end_block (self->flow);
      restore (self);
      dra_flow_end_aside (self->flow);
      break;
    default:
      break;
    }
}

static void
end_cb (DraXmlStream *stream G_GNUC_UNUSED,
        int           token,
        gpointer      user_data)
{
  Odt *self = user_data;

  if (self->skip > 0)
    {
      self->skip--;
      return;
    }
  if (token == T_META)
    self->in_meta = FALSE;
  if (token == T_BODY)
    self->in_body = FALSE;
  if (token != 0 && token == self->field)
    end_field (self, token);
  else if (!self->in_body)
    dra_odt_styles_end (self->styles, token);
  else
    end_body (self, token);
}

static void
text_cb (DraXmlStream *stream G_GNUC_UNUSED,
         const char   *text,
         gsize         length,
         gpointer      user_data)
{
  Odt *self = user_data;

  if (self->skip > 0)
    return;
  if (self->field != 0)
    {
      if (self->value->len < MAX_VALUE)
        g_string_append_len (self->value, text, (gssize) length);
    }
  else if (self->binary != NULL)
    {
      guint before = self->binary->len;
      gsize n;

      g_byte_array_set_size (self->binary, before + (guint) length / 4 * 3 + 6);
      n = g_base64_decode_step (text, length, self->binary->data + before, &self->base64_state, &self->base64_save);
      g_byte_array_set_size (self->binary, before + (guint) n);
    }
  else if (self->in_body)
    add_text (self, text, length);
}

/* --- The whole -------------------------------------------------------------------------------------- */

static const DraXmlVocabulary vocabulary = { namespaces, tokens, start_cb, end_cb, text_cb };

static gboolean
read_parts (Odt     *self,
            GError **error)
{
  static const char *const parts[] = { "META-INF/manifest.xml", "meta.xml", "styles.xml", "content.xml" };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      self->only_common = i == 2;
      if (i < 3 && dra_zip_find (self->zip, parts[i]) == NULL)
        continue;
      if (self->encrypted)
        {
          g_set_error (error, DRA_ERROR, DRA_ERROR_UNSUPPORTED,
                       _("“%s” is protected by a password; open it in the program that made it and save it without one."),
                       dra_zip_get_name (self->zip));
          return FALSE;
        }
      self->skip = 0;
      if (!dra_package_parse (self->zip, parts[i], &vocabulary, self, error))
        return FALSE;
    }

  return TRUE;
}

static void
odt_init (Odt *self)
{
  self->flow = dra_flow_new ();
  self->styles = dra_odt_styles_new ();
  self->saved = g_array_new (FALSE, FALSE, sizeof (Inside));
  g_array_set_clear_func (self->saved, clear_inside);
  self->spans = g_array_new (FALSE, FALSE, sizeof (Span));
  g_array_set_clear_func (self->spans, clear_span);
  self->lists = g_array_new (FALSE, FALSE, sizeof (List));
  g_array_set_clear_func (self->lists, clear_list);
  self->tables = dra_flow_grids_new (self->flow);
  self->value = g_string_new (NULL);
  self->alternative = g_string_new (NULL);
  self->images = g_ptr_array_new_with_free_func (g_free);
  self->binaries = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
}

static void
odt_clear (Odt *self)
{
  dra_flow_free (self->flow);
  dra_odt_styles_free (self->styles);
  g_array_unref (self->saved);
  g_array_unref (self->spans);
  g_array_unref (self->lists);
  dra_flow_grids_free (self->tables);
  g_string_free (self->value, TRUE);
  g_string_free (self->alternative, TRUE);
  g_ptr_array_unref (self->images);
  g_ptr_array_unref (self->binaries);
  g_clear_pointer (&self->binary, g_byte_array_unref);
  if (self->comment != NULL)
    g_string_free (self->comment, TRUE);
  g_free (self->comment_id);
  g_free (self->comment_author);
  g_free (self->creator);
  g_free (self->date);
  g_free (self->image);
  g_free (self->now.label);
}

static DraReading *
finish (Odt         *self,
        const char  *name,
        gsize        size,
        GError     **error)
{
  g_autoptr (DraReading) reading = NULL;
  g_autofree char *language = NULL;

  if (self->styles->language != NULL)
    language = g_strdup_printf ("%s%s%s", self->styles->language, self->styles->country != NULL
                                && g_strcmp0 (self->styles->country, "none") != 0 ? "-" : "",
                                self->styles->country != NULL && g_strcmp0 (self->styles->country, "none") != 0
                                ? self->styles->country : "");
  dra_flow_set_metadata (self->flow, DRA_METADATA_LANGUAGE, language);
  dra_flow_set_metadata (self->flow, DRA_METADATA_BYLINE, self->creator);
  dra_flow_set_metadata (self->flow, DRA_METADATA_PUBLISHED, self->date);
  reading = dra_flow_finish (self->flow, name, error);
  if (reading == NULL)
    return NULL;
  if (self->zip != NULL && !dra_package_add_images (self->zip, self->images, reading, size, error))
    return NULL;
  for (guint i = 0; i < self->binaries->len; i++)
    {
      g_autofree char *source = g_strdup_printf ("image%u", i + 1);

      dra_reading_add_image (reading, source, NULL, g_ptr_array_index (self->binaries, i));
    }

  return g_steal_pointer (&reading);
}

/**
 * dra_odt_read:
 * @bytes: an ODT file, or a flat one (FODT)
 * @name: its name, for messages
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Reads a document, its comments as notes.  Sets %DRA_ERROR_UNSUPPORTED (encrypted),
 * %DRA_ERROR_DAMAGED, %DRA_ERROR_TOO_LARGE, %DRA_ERROR_EMPTY, %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): the reading, or %NULL with @error set
 */
DraReading *
dra_odt_read (GBytes        *bytes,
              const char    *name,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr (DraZip) zip = NULL;
  DraReading *reading = NULL;
  Odt self = { 0 };
  gsize size;
  const guint8 *data;
  gboolean done;

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  data = g_bytes_get_data (bytes, &size);
  odt_init (&self);
  /* A flat document begins with a tag, whatever may stand before it. */
  if (size > 0 && memchr (data, '<', MIN (size, 16)) != NULL)
    done = dra_xml_parse (&vocabulary, bytes, name, &self, cancellable, error);
  else
    {
      self.zip = zip = dra_zip_new (bytes, name, cancellable, error);
      done = zip != NULL && read_parts (&self, error);
    }
  if (done)
    reading = finish (&self, name, size, error);
  odt_clear (&self);

  return reading;
}
