/* dra-rtf-reader.c: Rich Text Format.
 *
 * A stack of groups, each with a copy of how text is at the moment; groups are as many as
 * the file likes, up to a bound, for nothing here recurses.  Text that was deleted or is
 * hidden is left out.
 *
 * Follows Microsoft's Rich Text Format Specification 1.9.1.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-rtf-reader.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "article/dra-error.h"
#include "readers/dra-document-info.h"
#include "readers/dra-flow.h"
#include "readers/dra-rtf-private.h"

#define MAX_GROUPS 100000   /* open at a time; deeper ones are taken for part of the last */
#define MAX_INSIDE 32       /* footnotes, comments and text boxes in one another */
#define MAX_VALUE 4096      /* bytes of a property, a field, a marker */
#define MAX_COMMENT 100000  /* bytes */
#define LOOK 4096           /* tokens between looks at the cancellable */

typedef enum
{
  NORMAL,
  SKIP,
  FONTS,
  STYLES,
  INFO,       /* the group of properties, whose own text is none */
  VALUE,      /* text that is collected: what for is the group's word */
  PICTURE,
  SHAPE,      /* a drawing: text only in its boxes */
  FIELD,
  COMMENT,
} Destination;

/* What a group hands down to those in it. */
typedef struct
{
  Destination destination;
  int         what;       /* a Value, of VALUE */
  gboolean    inside;     /* something began with the group that ends with it */
  gboolean    fresh;      /* nothing has come in it yet */
  gboolean    star;       /* \* was the last */
  guint       styles;     /* bits of DraStyleKind */
  gboolean    hidden, deleted;
  int         font;
  guint8      uc;         /* bytes that stand for one character of \u */
  guint       link;       /* index in links, 0: none */
  guint       field;      /* index of the group with the field */
  int         style;      /* of the paragraph */
  int         outline;    /* -1: none */
  guint       list, level;
  gboolean    in_table;
} Group;

typedef enum
{
  V_NONE, V_TITLE, V_AUTHOR, V_INSTRUCTION, V_MARKER, V_ATN_AUTHOR, V_ATN_ID, V_ATN_REF, V_ATN_START, V_ATN_END,
  V_ATN_DATE, V_TIME, V_COMPANY,
} Value;

typedef struct
{
  gboolean begun;
  char    *label; /* (nullable): marker of the list item that comes */
  gboolean table_open, row_open, cell_waiting, heading;
  guint    n_columns;
  int      kind;  /* how the group that began it ends: a Destination, or -1 for footnotes, -2 for boxes */
} Inside;

typedef struct
{
  int          style_base;
  DraBlockKind kind;
  gboolean     has_kind;
  int          outline;
} Style;

typedef struct
{
  DraRtfLexer   lexer;
  DraRtfDecoder decoder;
  DraFlow      *flow;
  GArray       *groups;   /* of Group */
  guint         overflow;
  Inside        now;
  GArray       *inside;   /* of Inside */
  guint         skip;     /* characters that stand for one that was given by its number */
  gunichar      surrogate;
  GString      *text;     /* UTF-8 that is on its way */
  GString      *value;
  GPtrArray    *links;
  int           page;     /* of the whole file */
  int           default_font;
  GHashTable   *fonts;    /* number -> code page */
  int           font_number, font_page;
  GHashTable   *styles;   /* number -> Style */
  int           style_number;
  Style         style;
  GString      *style_name;

  guint         n_footnotes, n_comments;
  gboolean      in_note;
  GString      *comment;
  char         *atn_author, *atn_id, *atn_ref;
  gint64        atn_time;
  int           year, month, day;

  GByteArray   *picture;  /* (nullable) */
  const char   *picture_type;
  int           nibble;   /* -1: none */
  GPtrArray    *pictures; /* of GBytes */
  GPtrArray    *picture_types;
} Rtf;

static void
clear_inside (gpointer data)
{
  g_free (((Inside *) data)->label);
}

static Group *
top (Rtf *self)
{
  return &g_array_index (self->groups, Group, self->groups->len - 1);
}

/* --- Blocks -------------------------------------------------------------------------------- */

static const Style *
find_style (Rtf *self,
            int  number)
{
  Style *style = g_hash_table_lookup (self->styles, GINT_TO_POINTER (number));
  const Style *base = style;

  for (guint i = 0; style != NULL && i < 20; i++)
    {
      if (base->style_base < 0)
        break;
      base = g_hash_table_lookup (self->styles, GINT_TO_POINTER (base->style_base));
      if (base == NULL)
        break;
      if (!style->has_kind && base->has_kind)
        {
          style->has_kind = TRUE;
          style->kind = base->kind;
        }
      style->outline = style->outline >= 0 ? style->outline : base->outline;
    }
  if (style != NULL)
    style->style_base = -1;

  return style;
}

static void
ensure_row (Rtf *self)
{
  if (!self->now.table_open)
    dra_flow_begin_table (self->flow, self->now.n_columns);
  self->now.table_open = TRUE;
  if (!self->now.row_open)
    {
      dra_flow_begin_row (self->flow, self->now.heading);
      dra_flow_begin_cell (self->flow);
      self->now.row_open = TRUE;
      self->now.cell_waiting = FALSE;
      self->now.begun = FALSE;
    }
  else if (self->now.cell_waiting)
    {
      dra_flow_begin_cell (self->flow);
      self->now.cell_waiting = FALSE;
      self->now.begun = FALSE;
    }
}

static void
end_table (Rtf *self)
{
  if (self->now.table_open)
    dra_flow_end_table (self->flow);
  self->now.table_open = self->now.row_open = self->now.cell_waiting = FALSE;
}

static void
begin_block (Rtf *self)
{
  Group *group = top (self);
  const Style *style = find_style (self, group->style);
  DraBlockKind kind = style != NULL ? style->kind : DRA_BLOCK_PARAGRAPH;
  int outline = group->outline >= 0 ? group->outline : style != NULL ? style->outline : -1;
  guint level = kind == DRA_BLOCK_QUOTATION ? 1 : 0;

  self->now.begun = TRUE;
  if (self->in_note)
    {
      if (dra_flow_has_text (self->flow))
        dra_flow_add_break (self->flow);
      return;
    }
  if (kind != DRA_BLOCK_TITLE && outline >= 0 && outline < 9)
    {
      kind = DRA_BLOCK_HEADING;
      level = (guint) MIN (outline + 1, 6);
    }
  else if (kind == DRA_BLOCK_HEADING)
    kind = DRA_BLOCK_PARAGRAPH;
  else if (kind == DRA_BLOCK_PARAGRAPH && (self->now.label != NULL || group->list > 0))
    {
      kind = DRA_BLOCK_LIST_ITEM;
      level = MIN (group->level, 8) + 1;
    }
  dra_flow_begin_block (self->flow, kind, level,
                        kind == DRA_BLOCK_LIST_ITEM ? (self->now.label != NULL ? self->now.label : "•") : NULL);
  g_clear_pointer (&self->now.label, g_free);
}

static void
prepare_text (Rtf *self)
{
  if (top (self)->in_table)
    ensure_row (self);
  else if (self->now.table_open)
    end_table (self);
  if (!self->now.begun)
    begin_block (self);
}

/* Text of links is underlined because it is a link. */
static void
put_text (Rtf *self)
{
  Group *group = top (self);
  const char *link = g_ptr_array_index (self->links, group->link);
  guint styles = group->styles;

  if (self->text->len == 0)
    return;
  switch (group->destination)
    {
    case NORMAL:
      if (group->hidden || group->deleted)
        break;
      prepare_text (self);
      if (link != NULL)
        styles &= ~DRA_FLOW_STYLE (DRA_STYLE_UNDERLINE);
      dra_flow_add_text (self->flow, self->text->str, (gssize) self->text->len, styles, link);
      break;
    case COMMENT:
      if (self->comment != NULL && self->comment->len < MAX_COMMENT)
        g_string_append_len (self->comment, self->text->str, (gssize) self->text->len);
      break;
    case VALUE:
      if (self->value->len < MAX_VALUE)
        g_string_append_len (self->value, self->text->str, (gssize) self->text->len);
      break;
    case STYLES:
      if (self->style_name->len < MAX_VALUE)
        g_string_append_len (self->style_name, self->text->str, (gssize) self->text->len);
      break;
    case SKIP:
    case FONTS:
    case INFO:
    case PICTURE:
    case SHAPE:
    case FIELD:
    default:
      break;
    }
  g_string_truncate (self->text, 0);
}

static void
end_paragraph (Rtf *self)
{
  Group *group = top (self);

  if (group->destination == COMMENT && self->comment != NULL)
    g_string_append (self->comment, "\n\n");
  if (group->destination != NORMAL)
    return;
  if (!self->in_note)
    dra_flow_end_block (self->flow);
  self->now.begun = FALSE;
  g_clear_pointer (&self->now.label, g_free);
}

static void
add_break (Rtf *self)
{
  Group *group = top (self);

  if (group->destination == COMMENT && self->comment != NULL)
    g_string_append_c (self->comment, '\n');
  else if (group->destination == NORMAL && self->now.begun && !group->hidden)
    dra_flow_add_break (self->flow);
}

static void
end_cell (Rtf *self)
{
  if (top (self)->destination != NORMAL)
    return;
  ensure_row (self);
  self->now.cell_waiting = TRUE;
  self->now.begun = FALSE;
}

static void
end_row (Rtf *self)
{
  if (top (self)->destination != NORMAL || !self->now.row_open)
    return;
  dra_flow_end_row (self->flow);
  self->now.row_open = self->now.cell_waiting = self->now.begun = FALSE;
}

/* --- Characters ------------------------------------------------------------------------------- */

static int
get_page (Rtf *self)
{
  int page = GPOINTER_TO_INT (g_hash_table_lookup (self->fonts, GINT_TO_POINTER (top (self)->font)));

  return page != 0 ? page : self->page;
}

static void add_pict_hex (Rtf          *self,
                          const guint8 *data,
                          gsize         length);

static void
add_bytes (Rtf          *self,
           const guint8 *data,
           gsize         length)
{
  gsize skipped = MIN (self->skip, length);

  self->skip -= (guint) skipped;
  data += skipped;
  length -= skipped;
  if (length == 0)
    return;
  if (top (self)->destination == PICTURE)
    add_pict_hex (self, data, length);
  else if (top (self)->destination != SKIP)
    dra_rtf_decoder_add (&self->decoder, get_page (self), data, length, self->text);
}

/* A character that stands for itself, not for one given by number before. */
static void
add_utf8 (Rtf        *self,
          const char *text)
{
  if (self->skip > 0)
    {
      self->skip--;
      return;
    }
  dra_rtf_decoder_flush (&self->decoder, self->text);
  g_string_append (self->text, text);
}

static void
add_unicode (Rtf *self,
             int  number)
{
  gunichar c = (gunichar) (number < 0 ? number + 65536 : number);

  self->skip = top (self)->uc;
  dra_rtf_decoder_flush (&self->decoder, self->text);
  if (c >= 0xD800 && c < 0xDC00)
    {
      self->surrogate = c;
      return;
    }
  if (c >= 0xDC00 && c < 0xE000 && self->surrogate != 0)
    c = 0x10000 + ((self->surrogate - 0xD800) << 10) + (c - 0xDC00);
  self->surrogate = 0;
  /* Symbol fonts lie in the private area. */
  if (c == 0xF0B7)
    c = 0x2022;
  if (c >= 0x20 && c < 0x110000 && g_unichar_validate (c) && !(c >= 0xE000 && c <= 0xF8FF))
    g_string_append_unichar (self->text, c);
}

/* --- Pictures ------------------------------------------------------------------------------------- */

static void
add_pict_hex (Rtf          *self,
              const guint8 *data,
              gsize         length)
{
  if (self->picture == NULL || self->picture_type == NULL)
    return;
  for (gsize i = 0; i < length; i++)
    {
      int digit = g_ascii_xdigit_value ((char) data[i]);

      if (digit < 0)
        continue;
      if (self->nibble < 0)
        self->nibble = digit;
      else
        {
          guint8 byte = (guint8) (self->nibble * 16 + digit);

          g_byte_array_append (self->picture, &byte, 1);
          self->nibble = -1;
        }
    }
}

static void
end_picture (Rtf *self)
{
  g_autofree char *source = NULL;
  Group *outer = top (self);

  if (self->picture == NULL)
    return;
  if (self->picture->len > 0 && outer->destination == NORMAL && !outer->hidden)
    {
      g_ptr_array_add (self->pictures, g_byte_array_free_to_bytes (g_steal_pointer (&self->picture)));
      g_ptr_array_add (self->picture_types, (gpointer) self->picture_type);
      source = g_strdup_printf ("image%u", self->pictures->len);
      if (outer->in_table)
        ensure_row (self);
      else if (self->now.table_open)
        end_table (self);
      dra_flow_add_image (self->flow, NULL, source);
      if (!dra_flow_has_text (self->flow))
        self->now.begun = FALSE;
    }
  g_clear_pointer (&self->picture, g_byte_array_unref);
}

/* --- Footnotes, comments, boxes ---------------------------------------------------------------------- */

/* Returns FALSE when there are too many in one another. */
static gboolean
go_inside (Rtf *self,
           int  kind)
{
  if (self->inside->len >= MAX_INSIDE)
    return FALSE;
  g_array_append_val (self->inside, self->now);
  memset (&self->now, 0, sizeof self->now);
  self->now.kind = kind;
  top (self)->inside = TRUE;
  top (self)->in_table = FALSE;
  top (self)->outline = -1;
  top (self)->list = 0;
  top (self)->link = 0;
  top (self)->styles = 0;

  return TRUE;
}

static void
start_footnote (Rtf *self)
{
  g_autofree char *label = g_strdup_printf ("%u", self->n_footnotes + 1);
  Group *group = top (self);

  if (self->in_note || self->comment != NULL || group->hidden || group->destination != NORMAL
      || self->inside->len >= MAX_INSIDE)
    {
      group->destination = SKIP;
      return;
    }
  self->n_footnotes++;
  prepare_text (self);
  dra_flow_add_reference (self->flow, label);
  dra_flow_begin_footnote (self->flow, label);
  go_inside (self, -1);
  self->in_note = TRUE;
}

static void
start_comment (Rtf *self)
{
  if (self->comment != NULL || !go_inside (self, COMMENT))
    {
      top (self)->destination = SKIP;
      return;
    }
  top (self)->destination = COMMENT;
  self->comment = g_string_new (NULL);
}

static void
end_comment (Rtf *self)
{
  g_autofree char *id = NULL;

  g_strstrip (self->comment->str);
  id = self->atn_ref != NULL ? g_strconcat ("r", self->atn_ref, NULL)
                             : g_strdup_printf ("#%u", self->n_comments++);
  if (*self->comment->str != '\0')
    {
      dra_flow_end_comment (self->flow, id);
      dra_flow_set_comment (self->flow, id, self->atn_author != NULL ? self->atn_author : self->atn_id,
                            self->atn_time, self->comment->str);
    }
  g_string_free (g_steal_pointer (&self->comment), TRUE);
  g_clear_pointer (&self->atn_author, g_free);
  g_clear_pointer (&self->atn_id, g_free);
  g_clear_pointer (&self->atn_ref, g_free);
  self->atn_time = 0;
}

static void
leave (Rtf *self)
{
  int kind = self->now.kind;

  end_table (self);
  if (kind == -1)
    {
      dra_flow_end_footnote (self->flow);
      self->in_note = FALSE;
    }
  else if (kind == -2)
    {
      dra_flow_end_block (self->flow);
      dra_flow_end_aside (self->flow);
    }
  g_free (self->now.label);
  self->now = g_array_index (self->inside, Inside, self->inside->len - 1);
  g_array_index (self->inside, Inside, self->inside->len - 1).label = NULL;
  g_array_set_size (self->inside, self->inside->len - 1);
  if (kind == COMMENT && self->comment != NULL)
    end_comment (self);
}

/* --- Values --------------------------------------------------------------------------------------------- */

/* DTTM: minutes, hours, days, months, years since 1900, from the low bits up. */
static gint64
parse_dttm (const char *value)
{
  gint64 number = g_ascii_strtoll (value, NULL, 10);
  guint32 bits = (guint32) number;
  g_autoptr (GDateTime) time = g_date_time_new_utc (1900 + (int) ((bits >> 20) & 0x1FF), (int) ((bits >> 16) & 0xF),
                                                    (int) ((bits >> 11) & 0x1F), (int) ((bits >> 6) & 0x1F),
                                                    (int) (bits & 0x3F), 0);

  return time != NULL ? g_date_time_to_unix (time) * G_USEC_PER_SEC : 0;
}

static void
set_string (char       **field,
            const char  *value)
{
  g_free (*field);
  *field = *value != '\0' ? g_strdup (value) : NULL;
}

static void
end_instruction (Rtf   *self,
                 guint  field)
{
  g_autofree char *link = dra_document_info_find_hyperlink (self->value->str);

  if (link == NULL || field >= self->groups->len)
    return;
  g_ptr_array_add (self->links, g_steal_pointer (&link));
  g_array_index (self->groups, Group, field).link = self->links->len - 1;
}

static void
end_value (Rtf   *self,
           int    what,
           guint  field)
{
  g_autofree char *id = NULL;
  const char *value = g_strstrip (self->value->str);

  switch (what)
    {
    case V_TITLE:
      dra_flow_set_metadata (self->flow, DRA_METADATA_TITLE, value);
      break;
    case V_AUTHOR:
      dra_flow_set_metadata (self->flow, DRA_METADATA_BYLINE, value);
      break;
    case V_INSTRUCTION:
      end_instruction (self, field);
      break;
    case V_MARKER:
      set_string (&self->now.label, strcmp (value, "\357\277\275") == 0 ? "•" : value);
      break;
    case V_ATN_AUTHOR:
      set_string (&self->atn_author, value);
      break;
    case V_ATN_ID:
      set_string (&self->atn_id, value);
      break;
    case V_ATN_REF:
      set_string (&self->atn_ref, value);
      break;
    case V_ATN_DATE:
      self->atn_time = parse_dttm (value);
      break;
    case V_ATN_START:
    case V_ATN_END:
      id = g_strconcat ("r", value, NULL);
      if (what == V_ATN_START)
        dra_flow_begin_comment (self->flow, id);
      else
        dra_flow_end_comment (self->flow, id);
      break;
    case V_TIME:
      if (self->year > 0)
        {
          g_autofree char *date = g_strdup_printf ("%04d-%02d-%02d", self->year, MAX (self->month, 1), MAX (self->day, 1));

          dra_flow_set_metadata (self->flow, DRA_METADATA_PUBLISHED, date);
        }
      break;
    default:
      break;
    }
  g_string_truncate (self->value, 0);
}

static void
start_value (Rtf   *self,
             Value  what)
{
  put_text (self);
  top (self)->destination = VALUE;
  top (self)->what = what;
  g_string_truncate (self->value, 0);
}

/* The name of a style stands at the end of its group, before a ';'. */
static void
end_style (Rtf *self)
{
  Style *style;
  int outline = -1;
  char *end = strchr (self->style_name->str, ';');

  if (end != NULL)
    *end = '\0';
  if (self->style_number >= 0 && !g_hash_table_contains (self->styles, GINT_TO_POINTER (self->style_number)))
    {
      style = g_new0 (Style, 1);
      *style = self->style;
      style->kind = DRA_BLOCK_PARAGRAPH;
      style->has_kind = dra_document_info_find_kind (self->style_name->str, &style->kind, &outline);
      if (style->outline < 0)
        style->outline = outline;
      g_hash_table_insert (self->styles, GINT_TO_POINTER (self->style_number), style);
    }
  g_string_truncate (self->style_name, 0);
  self->style_number = -1;
  self->style = (Style){ -1, DRA_BLOCK_PARAGRAPH, FALSE, -1 };
}

/* --- Groups ------------------------------------------------------------------------------------------------ */

static void
open_group (Rtf *self)
{
  Group group;

  put_text (self);
  self->skip = 0;
  if (self->groups->len >= MAX_GROUPS)
    {
      self->overflow++;
      return;
    }
  group = *top (self);
  group.inside = FALSE;
  group.star = FALSE;
  group.fresh = TRUE;
  g_array_append_val (self->groups, group);
  if (group.destination == STYLES)
    {
      g_string_truncate (self->style_name, 0);
      self->style_number = 0;
      self->style = (Style){ -1, DRA_BLOCK_PARAGRAPH, FALSE, -1 };
    }
}

static void
close_group (Rtf *self)
{
  Group group;
  gboolean own_value;
  Group *outer;

  put_text (self);
  self->skip = 0;
  if (self->overflow > 0)
    {
      self->overflow--;
      return;
    }
  if (self->groups->len <= 1)
    return;
  group = *top (self);
  outer = &g_array_index (self->groups, Group, self->groups->len - 2);
  own_value = group.destination == VALUE && (outer->destination != VALUE || outer->what != group.what);
  g_array_set_size (self->groups, self->groups->len - 1);
  if (group.inside)
    leave (self);
  if (own_value)
    end_value (self, group.what, group.field);
  if (group.destination == STYLES && outer->destination == STYLES)
    end_style (self);
  if (group.destination == PICTURE && outer->destination != PICTURE)
    end_picture (self);
}

/* --- Control words -------------------------------------------------------------------------------------------- */

typedef enum
{
  W_NONE,
  /* Destinations. */
  W_SKIP, W_FONTS, W_STYLES, W_INFO, W_TITLE, W_AUTHOR, W_TIME, W_FIELD, W_INSTRUCTION, W_MARKER, W_FOOTNOTE,
  W_COMMENT, W_ATN_AUTHOR, W_ATN_ID, W_ATN_REF, W_ATN_START, W_ATN_END, W_ATN_DATE, W_PICTURE, W_SHAPE, W_BOX,
  W_UNICODE_TEXT, W_TRANSPARENT,
  /* Paragraphs and tables. */
  W_PAR, W_LINE, W_PARD, W_STYLE, W_OUTLINE, W_LIST, W_LEVEL, W_IN_TABLE, W_TABLE_LEVEL, W_ROW_START, W_CELL_X,
  W_ROW_HEADING, W_CELL, W_ROW, W_NEST_CELL, W_BASED_ON,
  /* Characters. */
  W_PLAIN, W_BOLD, W_ITALIC, W_UNDERLINE, W_NO_UNDERLINE, W_STRIKE, W_SUPER, W_SUB, W_NO_SUPER, W_HIDDEN,
  W_DELETED, W_FONT, W_CHARSET, W_FONT_PAGE, W_UC, W_U, W_TEXT,
  /* The whole. */
  W_PAGE, W_MAC, W_PC, W_PCA, W_DEFAULT_FONT, W_LANGUAGE, W_YEAR, W_MONTH, W_DAY, W_PNG, W_JPEG, W_OTHER_PICTURE,
} Word;

static const struct
{
  const char *word;
  Word        id;
  const char *text; /* of W_TEXT */
} words[] = {
  { "b", W_BOLD, NULL }, { "i", W_ITALIC, NULL }, { "ul", W_UNDERLINE, NULL }, { "uld", W_UNDERLINE, NULL },
  { "uldb", W_UNDERLINE, NULL }, { "ulw", W_UNDERLINE, NULL }, { "ulnone", W_NO_UNDERLINE, NULL },
  { "strike", W_STRIKE, NULL }, { "striked", W_STRIKE, NULL }, { "super", W_SUPER, NULL }, { "sub", W_SUB, NULL },
  { "nosupersub", W_NO_SUPER, NULL }, { "v", W_HIDDEN, NULL }, { "deleted", W_DELETED, NULL },
  { "plain", W_PLAIN, NULL }, { "f", W_FONT, NULL }, { "fcharset", W_CHARSET, NULL }, { "cpg", W_FONT_PAGE, NULL },
  { "uc", W_UC, NULL }, { "u", W_U, NULL }, { "par", W_PAR, NULL }, { "sect", W_PAR, NULL }, { "page", W_NONE, NULL },
  { "line", W_LINE, NULL }, { "lbr", W_LINE, NULL }, { "pard", W_PARD, NULL }, { "s", W_STYLE, NULL },
  { "outlinelevel", W_OUTLINE, NULL }, { "ls", W_LIST, NULL }, { "ilvl", W_LEVEL, NULL },
  { "intbl", W_IN_TABLE, NULL }, { "itap", W_TABLE_LEVEL, NULL }, { "trowd", W_ROW_START, NULL },
  { "cellx", W_CELL_X, NULL }, { "trhdr", W_ROW_HEADING, NULL }, { "cell", W_CELL, NULL }, { "row", W_ROW, NULL },
  { "nestcell", W_NEST_CELL, NULL }, { "nestrow", W_NEST_CELL, NULL }, { "sbasedon", W_BASED_ON, NULL },
  { "tab", W_TEXT, " " }, { "emdash", W_TEXT, "—" }, { "endash", W_TEXT, "–" }, { "emspace", W_TEXT, " " },
  { "enspace", W_TEXT, " " }, { "qmspace", W_TEXT, " " }, { "bullet", W_TEXT, "•" }, { "lquote", W_TEXT, "‘" },
  { "rquote", W_TEXT, "’" }, { "ldblquote", W_TEXT, "“" }, { "rdblquote", W_TEXT, "”" },
  { "zwj", W_TEXT, "\342\200\215" }, { "zwnj", W_TEXT, "\342\200\214" }, { "rtlmark", W_TEXT, "\342\200\217" },
  { "ltrmark", W_TEXT, "\342\200\216" },
  { "ansicpg", W_PAGE, NULL }, { "mac", W_MAC, NULL }, { "pc", W_PC, NULL }, { "pca", W_PCA, NULL },
  { "deff", W_DEFAULT_FONT, NULL }, { "deflang", W_LANGUAGE, NULL }, { "yr", W_YEAR, NULL },
  { "mo", W_MONTH, NULL }, { "dy", W_DAY, NULL }, { "pngblip", W_PNG, NULL }, { "jpegblip", W_JPEG, NULL },
  { "emfblip", W_OTHER_PICTURE, NULL }, { "wmetafile", W_OTHER_PICTURE, NULL },
  { "fonttbl", W_FONTS, NULL }, { "stylesheet", W_STYLES, NULL }, { "info", W_INFO, NULL },
  { "title", W_TITLE, NULL }, { "author", W_AUTHOR, NULL }, { "creatim", W_TIME, NULL }, { "field", W_FIELD, NULL },
  { "fldinst", W_INSTRUCTION, NULL }, { "fldrslt", W_TRANSPARENT, NULL }, { "listtext", W_MARKER, NULL }, { "pntext", W_MARKER, NULL },
  { "footnote", W_FOOTNOTE, NULL }, { "annotation", W_COMMENT, NULL }, { "atnauthor", W_ATN_AUTHOR, NULL },
  { "atnid", W_ATN_ID, NULL }, { "atnref", W_ATN_REF, NULL }, { "atrfstart", W_ATN_START, NULL },
  { "atrfend", W_ATN_END, NULL }, { "atndate", W_ATN_DATE, NULL }, { "pict", W_PICTURE, NULL },
  { "shpinst", W_SHAPE, NULL }, { "do", W_SHAPE, NULL }, { "shptxt", W_BOX, NULL }, { "dptxbxtext", W_BOX, NULL },
  { "ud", W_UNICODE_TEXT, NULL }, { "upr", W_SKIP, NULL }, { "shppict", W_TRANSPARENT, NULL },
  { "colortbl", W_SKIP, NULL }, { "header", W_SKIP, NULL }, { "headerl", W_SKIP, NULL }, { "headerr", W_SKIP, NULL },
  { "headerf", W_SKIP, NULL }, { "footer", W_SKIP, NULL }, { "footerl", W_SKIP, NULL }, { "footerr", W_SKIP, NULL },
  { "footerf", W_SKIP, NULL }, { "ftnsep", W_SKIP, NULL }, { "ftnsepc", W_SKIP, NULL }, { "aftnsep", W_SKIP, NULL },
  { "nonshppict", W_SKIP, NULL }, { "shprslt", W_SKIP, NULL }, { "objdata", W_SKIP, NULL }, { "xe", W_SKIP, NULL },
  { "tc", W_SKIP, NULL }, { "tcn", W_SKIP, NULL }, { "rxe", W_SKIP, NULL }, { "txe", W_SKIP, NULL },
  { "listtable", W_SKIP, NULL }, { "listoverridetable", W_SKIP, NULL }, { "rsidtbl", W_SKIP, NULL },
  { "revtbl", W_SKIP, NULL }, { "filetbl", W_SKIP, NULL }, { "bkmkstart", W_SKIP, NULL }, { "bkmkend", W_SKIP, NULL },
  { "picprop", W_SKIP, NULL }, { "sp", W_SKIP, NULL }, { "themedata", W_SKIP, NULL }, { "nonesttables", W_SKIP, NULL },
};

static GHashTable *
get_words (void)
{
  static gsize once = 0;
  static GHashTable *table;

  if (g_once_init_enter (&once))
    {
      table = g_hash_table_new (g_str_hash, g_str_equal);
      for (guint i = 0; i < G_N_ELEMENTS (words); i++)
        g_hash_table_insert (table, (gpointer) words[i].word, GUINT_TO_POINTER (i + 1));
      g_once_init_leave (&once, 1);
    }

  return table;
}

static void
set_style (Group        *group,
           DraStyleKind  kind,
           gboolean      on)
{
  if (on)
    group->styles |= DRA_FLOW_STYLE (kind);
  else
    group->styles &= ~DRA_FLOW_STYLE (kind);
}

static void
start_picture (Rtf *self)
{
  top (self)->destination = PICTURE;
  g_clear_pointer (&self->picture, g_byte_array_unref);
  self->picture = g_byte_array_new ();
  self->picture_type = NULL;
  self->nibble = -1;
}

static void
start_destination (Rtf  *self,
                   Word  word)
{
  Group *group = top (self);

  if (group->destination == SKIP && word != W_UNICODE_TEXT)
    return;
  switch (word)
    {
    case W_SKIP:         group->destination = SKIP; break;
    case W_FONTS:        group->destination = FONTS; break;
    case W_STYLES:       group->destination = STYLES; break;
    case W_INFO:         group->destination = INFO; break;
    case W_SHAPE:        group->destination = SHAPE; break;
    case W_UNICODE_TEXT: group->destination = NORMAL; break;
    case W_TITLE:        start_value (self, V_TITLE); break;
    case W_AUTHOR:       start_value (self, V_AUTHOR); break;
    case W_TIME:         start_value (self, V_TIME); break;
    case W_INSTRUCTION:  start_value (self, V_INSTRUCTION); break;
    case W_MARKER:       start_value (self, V_MARKER); break;
    case W_ATN_AUTHOR:   start_value (self, V_ATN_AUTHOR); break;
    case W_ATN_ID:       start_value (self, V_ATN_ID); break;
    case W_ATN_REF:      start_value (self, V_ATN_REF); break;
    case W_ATN_START:    start_value (self, V_ATN_START); break;
    case W_ATN_END:      start_value (self, V_ATN_END); break;
    case W_ATN_DATE:     start_value (self, V_ATN_DATE); break;
    case W_FIELD:        group->field = self->groups->len - 1; break;
    case W_FOOTNOTE:     start_footnote (self); break;
    case W_COMMENT:      start_comment (self); break;
    case W_PICTURE:      start_picture (self); break;
    case W_BOX:
      if (go_inside (self, -2))
        {
          top (self)->destination = NORMAL;
          dra_flow_begin_aside (self->flow);
        }
      break;
    default:
      break;
    }
}

static void
change_paragraph (Rtf  *self,
                  Word  word,
                  int   number)
{
  Group *group = top (self);

  switch (word)
    {
    case W_PARD:
      group->style = 0;
      group->outline = -1;
      group->list = group->level = 0;
      group->in_table = FALSE;
      break;
    case W_STYLE:
      group->style = number;
      if (group->destination == STYLES)
        self->style_number = number;
      break;
    case W_OUTLINE:
      group->outline = group->destination == STYLES ? -1 : CLAMP (number, 0, 9);
      if (group->destination == STYLES)
        self->style.outline = CLAMP (number, 0, 9);
      break;
    case W_BASED_ON:    self->style.style_base = number; break;
    case W_LIST:        group->list = (guint) MAX (number, 0); break;
    case W_LEVEL:       group->level = (guint) MAX (number, 0); break;
    case W_IN_TABLE:    group->in_table = TRUE; break;
    case W_TABLE_LEVEL: group->in_table = number > 0; break;
    case W_ROW_START:
      if (!self->now.row_open)
        self->now.heading = FALSE;
      if (!self->now.row_open)
        self->now.n_columns = 0;
      break;
    case W_CELL_X:
      if (!self->now.row_open && self->now.n_columns < G_MAXINT)
        self->now.n_columns++;
      break;
    case W_ROW_HEADING: self->now.heading = TRUE; break;
    case W_PAR:         end_paragraph (self); break;
    case W_LINE:        add_break (self); break;
    case W_CELL:        end_cell (self); break;
    case W_ROW:         end_row (self); break;
    case W_NEST_CELL:
      if (group->destination == NORMAL && self->now.row_open)
        {
          dra_flow_add_break (self->flow);
          self->now.begun = FALSE;
        }
      break;
    default:
      break;
    }
}

static void
change_character (Rtf  *self,
                  Word  word,
                  int   number,
                  gboolean has_number)
{
  Group *group = top (self);
  gboolean on = !has_number || number != 0;
  int page;

  switch (word)
    {
    case W_PLAIN:
      group->styles = 0;
      group->hidden = group->deleted = FALSE;
      group->font = self->default_font;
      break;
    case W_BOLD:         set_style (group, DRA_STYLE_STRONG, on); break;
    case W_ITALIC:       set_style (group, DRA_STYLE_EMPHASIS, on); break;
    case W_UNDERLINE:    set_style (group, DRA_STYLE_UNDERLINE, on); break;
    case W_NO_UNDERLINE: set_style (group, DRA_STYLE_UNDERLINE, FALSE); break;
    case W_STRIKE:       set_style (group, DRA_STYLE_STRIKETHROUGH, on); break;
    case W_SUPER:        set_style (group, DRA_STYLE_SUPERSCRIPT, on); break;
    case W_SUB:          set_style (group, DRA_STYLE_SUBSCRIPT, on); break;
    case W_NO_SUPER:
      set_style (group, DRA_STYLE_SUPERSCRIPT, FALSE);
      set_style (group, DRA_STYLE_SUBSCRIPT, FALSE);
      break;
    case W_HIDDEN:       group->hidden = on; break;
    case W_DELETED:      group->deleted = on; break;
    case W_FONT:
      group->font = number;
      if (group->destination == FONTS)
        self->font_number = number;
      break;
    case W_CHARSET:
    case W_FONT_PAGE:
      page = word == W_CHARSET ? dra_rtf_charset_to_page (number) : number;
      if (group->destination == FONTS && page != 0 && (word == W_CHARSET ? number != 0 : number > 0))
        g_hash_table_insert (self->fonts, GINT_TO_POINTER (self->font_number), GINT_TO_POINTER (page));
      break;
    case W_UC:           group->uc = (guint8) CLAMP (number, 0, 255); break;
    case W_U:            add_unicode (self, number); break;
    default:
      break;
    }
}

static void
change_document (Rtf  *self,
                 Word  word,
                 int   number)
{
  switch (word)
    {
    case W_PAGE: self->page = number > 0 ? number : self->page; break;
    case W_MAC:  self->page = 10000; break;
    case W_PC:   self->page = 437; break;
    case W_PCA:  self->page = 850; break;
    case W_DEFAULT_FONT:
      self->default_font = number;
      top (self)->font = number;
      break;
    case W_LANGUAGE:
      dra_flow_set_metadata (self->flow, DRA_METADATA_LANGUAGE,
                             dra_document_info_find_language ((guint) CLAMP (number, 0, 0xFFFF)));
      break;
    case W_YEAR:
    case W_MONTH:
    case W_DAY:
      if (top (self)->destination == VALUE && top (self)->what == V_TIME)
        *(word == W_YEAR ? &self->year : word == W_MONTH ? &self->month : &self->day) = CLAMP (number, 0, 9999);
      break;
    case W_PNG:           self->picture_type = "image/png"; break;
    case W_JPEG:          self->picture_type = "image/jpeg"; break;
    case W_OTHER_PICTURE: self->picture_type = NULL; break;
    default:
      break;
    }
}

static void
take_word (Rtf *self)
{
  guint i = GPOINTER_TO_UINT (g_hash_table_lookup (get_words (), self->lexer.word));
  Word word = i > 0 ? words[i - 1].id : W_NONE;
  Group *group = top (self);
  gboolean star = group->star;

  group->star = group->fresh = FALSE;
  if (word != W_U && self->skip > 0)
    {
      self->skip--;
      return;
    }
  if (word != W_U && word != W_TEXT)
    put_text (self);
  if (word == W_TEXT)
    add_utf8 (self, words[i - 1].text);
  else if (word == W_NONE)
    {
      /* A destination that is not known, which may be left out. */
      if (star)
        group->destination = SKIP;
    }
  else if (word <= W_TRANSPARENT)
    {
      start_destination (self, word);
      /* "\atrfstart 1" has its number as text, "\atrfstart1" has not. */
      if (self->lexer.has_number && top (self)->destination == VALUE)
        g_string_append_printf (self->value, "%d", self->lexer.number);
    }
  else if (word <= W_BASED_ON)
    change_paragraph (self, word, self->lexer.number);
  else if (word < W_TEXT)
    {
      change_character (self, word, self->lexer.number, self->lexer.has_number);
      if (star && group->destination == NORMAL)
        group->destination = SKIP;
    }
  else
    change_document (self, word, self->lexer.number);
}

static void
take_symbol (Rtf *self)
{
  switch (self->lexer.byte)
    {
    case '*':
      top (self)->star = top (self)->fresh;
      break;
    case '~':
      add_utf8 (self, "\302\240");
      break;
    case '_':
      add_utf8 (self, "\342\200\221");
      break;
    case '\n':
    case '\r':
      put_text (self);
      end_paragraph (self);
      break;
    case '\t':
      add_utf8 (self, " ");
      break;
    case '\\':
    case '{':
    case '}':
      add_bytes (self, &self->lexer.byte, 1);
      break;
    default: /* optional hyphens, index marks */
      if (self->skip > 0)
        self->skip--;
      break;
    }
}

static gboolean
read_tokens (Rtf           *self,
             GCancellable  *cancellable,
             GError       **error)
{
  for (guint n = 0;; n++)
    {
      if (n % LOOK == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      switch (dra_rtf_lexer_next (&self->lexer))
        {
        case DRA_RTF_END:
          put_text (self);
          while (self->groups->len > 1)
            close_group (self);
          return TRUE;
        case DRA_RTF_OPEN:
          open_group (self);
          break;
        case DRA_RTF_CLOSE:
          close_group (self);
          /* What stands behind the last group is not part of the document. */
          if (self->groups->len == 1 && self->overflow == 0)
            return TRUE;
          break;
        case DRA_RTF_WORD:
          take_word (self);
          break;
        case DRA_RTF_SYMBOL:
          take_symbol (self);
          break;
        case DRA_RTF_BYTE:
          add_bytes (self, &self->lexer.byte, 1);
          break;
        case DRA_RTF_TEXT:
          top (self)->star = top (self)->fresh = FALSE;
          add_bytes (self, self->lexer.data, self->lexer.length);
          break;
        case DRA_RTF_BINARY:
          if (self->skip > 0)
            self->skip--;
          else if (top (self)->destination == PICTURE && self->picture != NULL && self->picture_type != NULL)
            g_byte_array_append (self->picture, self->lexer.data, (guint) self->lexer.length);
          break;
        default:
          g_assert_not_reached ();
        }
    }
}

static void
rtf_init (Rtf          *self,
          const guint8 *data,
          gsize         length)
{
  Group root = { .uc = 1, .outline = -1, .destination = NORMAL };

  self->lexer.p = data;
  self->lexer.end = data + length;
  dra_rtf_decoder_init (&self->decoder);
  self->flow = dra_flow_new ();
  self->groups = g_array_new (FALSE, FALSE, sizeof (Group));
  g_array_append_val (self->groups, root);
  self->inside = g_array_new (FALSE, FALSE, sizeof (Inside));
  g_array_set_clear_func (self->inside, clear_inside);
  self->text = g_string_new (NULL);
  self->value = g_string_new (NULL);
  self->style_name = g_string_new (NULL);
  self->links = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->links, NULL);
  self->page = 1252;
  self->fonts = g_hash_table_new (NULL, NULL);
  self->styles = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->style_number = -1;
  self->pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->picture_types = g_ptr_array_new ();
  self->nibble = -1;
}

static void
rtf_clear (Rtf *self)
{
  dra_rtf_decoder_clear (&self->decoder);
  dra_flow_free (self->flow);
  g_array_unref (self->groups);
  g_array_unref (self->inside);
  g_free (self->now.label);
  g_string_free (self->text, TRUE);
  g_string_free (self->value, TRUE);
  g_string_free (self->style_name, TRUE);
  g_ptr_array_unref (self->links);
  g_hash_table_unref (self->fonts);
  g_hash_table_unref (self->styles);
  if (self->comment != NULL)
    g_string_free (self->comment, TRUE);
  g_free (self->atn_author);
  g_free (self->atn_id);
  g_free (self->atn_ref);
  g_clear_pointer (&self->picture, g_byte_array_unref);
  g_ptr_array_unref (self->pictures);
  g_ptr_array_unref (self->picture_types);
}

/**
 * dra_rtf_read:
 * @bytes: an RTF file
 * @name: its name, for messages
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Reads a document, its comments as notes.  Sets %DRA_ERROR_NOT_TEXT when it is no RTF,
 * %DRA_ERROR_EMPTY, %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): the reading, or %NULL with @error set
 */
DraReading *
dra_rtf_read (GBytes        *bytes,
              const char    *name,
              GCancellable  *cancellable,
              GError       **error)
{
  DraReading *reading = NULL;
  Rtf self = { 0 };
  gsize length, start = 0;
  const guint8 *data;

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  data = g_bytes_get_data (bytes, &length);
  if (length >= 3 && memcmp (data, "\357\273\277", 3) == 0)
    start = 3;
  while (start < length && g_ascii_isspace (data[start]))
    start++;
  if (length - start < 5 || memcmp (data + start, "{\\rtf", 5) != 0)
    {
      g_set_error (error, DRA_ERROR, DRA_ERROR_NOT_TEXT, _("“%s” is not an RTF document."), name);
      return NULL;
    }

  rtf_init (&self, data + start, length - start);
  if (read_tokens (&self, cancellable, error))
    reading = dra_flow_finish (self.flow, name, error);
  for (guint i = 0; reading != NULL && i < self.pictures->len; i++)
    {
      g_autofree char *source = g_strdup_printf ("image%u", i + 1);

      dra_reading_add_image (reading, source, g_ptr_array_index (self.picture_types, i),
                             g_ptr_array_index (self.pictures, i));
    }
  rtf_clear (&self);

  return reading;
}
