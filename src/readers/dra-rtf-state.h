/* dra-rtf-state.h: what the reader of RTF knows while it goes through a file, and what its
 * parts call of one another.  dra-rtf-words.c understands control words, dra-rtf-groups.c
 * what begins and ends with a group, dra-rtf-text.c makes blocks of what is said.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "readers/dra-flow.h"
#include "readers/dra-rtf-private.h"

G_BEGIN_DECLS

#define DRA_RTF_MAX_INSIDE 32 /* footnotes, comments and text boxes in one another */

typedef enum
{
  DRA_RTF_TO_NORMAL,
  DRA_RTF_TO_SKIP,
  DRA_RTF_TO_FONTS,
  DRA_RTF_TO_STYLES,
  DRA_RTF_TO_INFO,    /* the group of properties, whose own text is none */
  DRA_RTF_TO_VALUE,   /* text that is collected: what for is the group's word */
  DRA_RTF_TO_PICTURE,
  DRA_RTF_TO_SHAPE,   /* a drawing: text only in its boxes */
  DRA_RTF_TO_FIELD,
  DRA_RTF_TO_COMMENT,
} DraRtfDestination;

/* What a group hands down to those in it. */
typedef struct
{
  DraRtfDestination destination;
  int               what;           /* a DraRtfValue, of DRA_RTF_TO_VALUE */
  gboolean          inside;         /* something began with the group that ends with it */
  gboolean          fresh;          /* nothing has come in it yet */
  gboolean          star;           /* \* was the last */
  guint             styles;         /* bits of DraStyleKind */
  gboolean          hidden, deleted;
  int               font;
  guint8            uc;             /* bytes that stand for one character of \u */
  guint             link;           /* index in links, 0: none */
  guint             field;          /* index of the group with the field */
  int               style;          /* of the paragraph */
  int               outline;        /* -1: none */
  guint             list, level;
  gboolean          in_table;
} DraRtfGroup;

/* What text that is collected is for. */
typedef enum
{
  DRA_RTF_V_NONE,
  DRA_RTF_V_TITLE,
  DRA_RTF_V_AUTHOR,
  DRA_RTF_V_INSTRUCTION,
  DRA_RTF_V_MARKER,
  DRA_RTF_V_ATN_AUTHOR,
  DRA_RTF_V_ATN_ID,
  DRA_RTF_V_ATN_REF,
  DRA_RTF_V_ATN_START,
  DRA_RTF_V_ATN_END,
  DRA_RTF_V_ATN_DATE,
  DRA_RTF_V_TIME,
  DRA_RTF_V_COMPANY,
} DraRtfValue;

/* What a footnote, a comment or a box interrupts. */
typedef struct
{
  gboolean begun;
  char    *label; /* (nullable): marker of the list item that comes */
  gboolean table_open, row_open, cell_waiting, heading;
  guint    n_columns;
  int      kind;  /* how the group that began it ends: a DraRtfDestination, or -1 for footnotes, -2 for boxes */
} DraRtfInside;

typedef struct
{
  int          style_base;
  DraBlockKind kind;
  gboolean     has_kind;
  int          outline;
} DraRtfStyle;

typedef struct
{
  DraRtfLexer   lexer;
  DraRtfDecoder decoder;
  DraFlow      *flow;
  GArray       *groups;         /* of DraRtfGroup */
  guint         overflow;
  DraRtfInside  now;
  GArray       *inside;         /* of DraRtfInside */
  guint         skip;           /* characters that stand for one that was given by its number */
  gunichar      surrogate;
  GString      *text;           /* UTF-8 that is on its way */
  GString      *value;
  GPtrArray    *links;
  int           page;           /* of the whole file */
  int           default_font;
  GHashTable   *fonts;          /* number -> code page */
  int           font_number, font_page;
  GHashTable   *styles;         /* number -> DraRtfStyle */
  int           style_number;
  DraRtfStyle   style;
  GString      *style_name;

  guint         n_footnotes, n_comments;
  gboolean      in_note;
  GString      *comment;
  char         *atn_author, *atn_id, *atn_ref;
  gint64        atn_time;
  int           year, month, day;

  GByteArray   *picture;        /* (nullable) */
  const char   *picture_type;
  int           nibble;         /* -1: none */
  GPtrArray    *pictures;       /* of GBytes */
  GPtrArray    *picture_types;
} DraRtf;

/* The group that is open. */
static inline DraRtfGroup *
dra_rtf_top (DraRtf *self)
{
  return &g_array_index (self->groups, DraRtfGroup, self->groups->len - 1);
}

void     dra_rtf_end_table      (DraRtf       *self);
void     dra_rtf_prepare_text   (DraRtf       *self);
void     dra_rtf_put_text       (DraRtf       *self);
void     dra_rtf_end_paragraph  (DraRtf       *self);
void     dra_rtf_add_break      (DraRtf       *self);
void     dra_rtf_end_cell       (DraRtf       *self);
void     dra_rtf_end_row        (DraRtf       *self);
void     dra_rtf_add_bytes      (DraRtf       *self,
                                 const guint8 *data,
                                 gsize         length);
void     dra_rtf_add_utf8       (DraRtf       *self,
                                 const char   *text);
void     dra_rtf_add_unicode    (DraRtf       *self,
                                 int           number);
void     dra_rtf_end_picture    (DraRtf       *self);
void     dra_rtf_start_picture  (DraRtf       *self);
gboolean dra_rtf_go_inside      (DraRtf       *self,
                                 int           kind);
void     dra_rtf_start_footnote (DraRtf       *self);
void     dra_rtf_start_comment  (DraRtf       *self);
void     dra_rtf_start_value    (DraRtf       *self,
                                 DraRtfValue   what);
void     dra_rtf_open_group     (DraRtf       *self);
void     dra_rtf_close_group    (DraRtf       *self);
void     dra_rtf_take_word      (DraRtf       *self);

G_END_DECLS
