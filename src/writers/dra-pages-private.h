/* dra-pages-private.h: what the files of DraPages share.
 *
 * dra-pages-items.c makes items of the article, dra-pages-lists.c of the lists behind it,
 * dra-pages.c puts their lines on pages, dra-pages-draw.c draws a page.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <pango/pangocairo.h>

#include "writers/dra-copy-walk.h"
#include "writers/dra-pages.h"

G_BEGIN_DECLS

/* How an item is set. */
typedef enum
{
  DRA_PAGES_BODY,
  DRA_PAGES_TITLE,
  DRA_PAGES_LEAD,
  DRA_PAGES_HEADING_1,
  DRA_PAGES_HEADING_2,
  DRA_PAGES_QUOTATION,
  DRA_PAGES_ITEM,
  DRA_PAGES_CODE,
  DRA_PAGES_CAPTION,
  DRA_PAGES_FOOTNOTE,
  DRA_PAGES_RULE,
  DRA_PAGES_CELL,
  DRA_PAGES_SECTION,
  DRA_PAGES_LIST,
  DRA_PAGES_SMALL,
  DRA_PAGES_MARGIN,
  DRA_N_PAGES_STYLES,
} DraPagesStyle;

typedef enum
{
  DRA_PAGES_SPAN_PLAIN,
  DRA_PAGES_SPAN_STYLE,     /* value is a DraStyleKind */
  DRA_PAGES_SPAN_LINK,      /* value is the index of a style */
  DRA_PAGES_SPAN_MENTION,   /* value is the index of a mention */
  DRA_PAGES_SPAN_HIGHLIGHT, /* value is the index of a note */
  DRA_PAGES_SPAN_REFERENCE, /* value is the number of a note */
  DRA_PAGES_SPAN_NUMBER,    /* value is the number of a note, at the note itself */
  DRA_PAGES_SPAN_STRONG,
  DRA_PAGES_SPAN_ITALIC,
  DRA_PAGES_SPAN_SOFT,
} DraPagesSpanType;

typedef struct
{
  DraPagesSpanType type;
  guint            value;
  guint            start; /* bytes of the item's text */
  guint            end;
} DraPagesSpan;

/* A paragraph, part of a long one, or a row of a table. */
typedef struct
{
  DraPagesStyle style;
  char         *text;
  GArray       *spans;  /* of DraPagesSpan */
  char         *label;  /* (nullable): stands before its first line */
  GPtrArray    *cells;  /* (nullable): of DraPagesItem */
  cairo_surface_t *image; /* (nullable): a picture, without text */
  double        height;   /* of the picture */
  double        indent; /* at the side where lines begin */
  double        x;      /* of a cell, in its row */
  double        width;  /* that lines have */
  gboolean      continued; /* no space before it: part of a long paragraph */
  gboolean      rtl;
  guint         level;  /* in the outline, 0 for not there */
  guint         n_lines;
} DraPagesItem;

/* Lines of an item that stand on one page. */
typedef struct
{
  guint  item;
  guint  first; /* line */
  guint  end;
  double y;     /* of the top of the first */
} DraPagesPiece;

/* A note beside the text. */
typedef struct
{
  guint  number;
  double y;
  double height;
} DraPagesCard;

typedef struct
{
  GArray *pieces; /* of DraPagesPiece */
  GArray *cards;  /* of DraPagesCard */
} DraPagesPage;

struct _DraPages
{
  DraPagesOptions  options;
  DraArticle      *article;
  DraCast         *cast; /* (nullable) */
  GPtrArray       *note_list;
  DraCopyNotes     notes;
  PangoFontMap    *fonts;
  PangoContext    *context;
  GPtrArray       *items;    /* of DraPagesItem */
  GPtrArray       *pages;    /* of DraPagesPage */
  GArray          *headings; /* of DraPagesHeading */
  GHashTable      *entity_pages; /* index + 1 of an entity -> GArray of guint, pages from 1 */
  guint           *note_pages;   /* by number - 1: the page from 1, 0 for none */
  gboolean         rtl;
  gboolean         margin;   /* there are notes beside the text */
  double           text_x;
  double           text_width;
  double           margin_x;
  double           margin_width;
  double           top;
  double           bottom;
};

gboolean      dra_pages_is_right_to_left (gunichar        c);
DraPagesItem *dra_pages_item_new        (DraPagesStyle   style);
void          dra_pages_item_free       (DraPagesItem   *item);
void          dra_pages_item_append     (DraPagesItem   *item,
                                         DraPagesSpanType type,
                                         const char     *text);
void          dra_pages_item_append_note (DraPagesItem  *item,
                                         const char     *body);
void          dra_pages_add_span        (GArray         *spans,
                                         DraPagesSpanType type,
                                         guint           value,
                                         gsize           start,
                                         gsize           end);
gboolean      dra_pages_add_article     (DraPages       *self,
                                         GCancellable   *cancellable,
                                         GError        **error);
void          dra_pages_add_lists       (DraPages       *self);
PangoLayout  *dra_pages_make_layout     (DraPages       *self,
                                         const DraPagesItem *item);
PangoLayout  *dra_pages_make_card       (DraPages       *self,
                                         guint           number);
double        dra_pages_measure         (PangoLayout    *layout,
                                         GArray         *heights);
double        dra_pages_space_before    (const DraPagesItem *item);
double        dra_pages_space_after     (const DraPagesItem *item);
double        dra_pages_row_height      (DraPages       *self,
                                         const DraPagesItem *item);

G_END_DECLS
