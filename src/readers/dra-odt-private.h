/* dra-odt-private.h: styles and lists of an OpenDocument text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "article/dra-article.h"
#include "readers/dra-xml-stream.h"

G_BEGIN_DECLS

/* Namespaces. */
enum { OFFICE = 1, TEXT, STYLE, FO, TABLE, DRAW, SVG, XLINK, DC, META, MANIFEST };

/* Tokens, of all parts: a flat document has them in one. */
enum
{
  T_A = 1, T_AUTOMATIC, T_ANNOTATION, T_ANNOTATION_END, T_BINARY, T_BODY, T_CELL, T_COLUMN, T_COVERED, T_CREATION_DATE,
  T_CREATOR, T_DATE, T_DEFAULT_STYLE, T_DESC, T_ENCRYPTION, T_FILE_ENTRY, T_FRAME, T_H, T_HEADER_ROWS,
  T_IMAGE, T_INITIAL_CREATOR, T_LANGUAGE, T_LEVEL_BULLET, T_LEVEL_NUMBER, T_LINE_BREAK, T_LIST,
  T_LIST_HEADER, T_LIST_ITEM, T_LIST_STYLE, T_META, T_NOTE, T_NOTE_BODY, T_NOTE_CITATION, T_P, T_ROW, T_S,
  T_SECTION, T_SKIP, T_SPAN, T_STYLE, T_TAB, T_TABLE, T_TEXT_BOX, T_TEXT_PROPERTIES, T_TITLE, T_SVG_TITLE,
};

#define DRA_ODT_N_LEVELS 10

typedef struct
{
  char        *parent;      /* (nullable): name */
  DraBlockKind kind;
  gboolean     has_kind;
  int          outline;     /* from 0; -1 not said */
  gint8        bold, italic, underline, strike, hidden, code; /* 0 not said, 1 off, 2 on */
  gint8        vertical;    /* 0 not said, 1 none, 2 above, 3 below */
  gboolean     resolved;
} DraOdtStyle;

typedef struct
{
  struct
  {
    gboolean known;
    char    *bullet;        /* (nullable): of a list without numbers */
    char    *format, *prefix, *suffix; /* (nullable) */
    guint    start;
    guint    shown;         /* levels that the marker has */
  } levels[DRA_ODT_N_LEVELS];
  guint counters[DRA_ODT_N_LEVELS];
} DraOdtList;

typedef struct
{
  GHashTable  *styles;   /* "family name" -> DraOdtStyle */
  GHashTable  *lists;    /* name -> DraOdtList */
  char        *language, *country; /* (nullable) */

  DraOdtStyle *style;    /* the one that is open */
  DraOdtList  *list;
  gboolean     in_default;
} DraOdtStyles;

DraOdtStyles      *dra_odt_styles_new   (void);
void               dra_odt_styles_free  (DraOdtStyles *self);
gboolean           dra_odt_styles_start (DraOdtStyles *self,
                                         DraXmlStream *stream,
                                         int           token);
void               dra_odt_styles_end   (DraOdtStyles *self,
                                         int           token);
const DraOdtStyle *dra_odt_styles_find  (DraOdtStyles *self,
                                         const char   *family,
                                         const char   *name);
char              *dra_odt_styles_next  (DraOdtStyles *self,
                                         const char   *list,
                                         guint         level,
                                         int           start);
void               dra_odt_styles_restart (DraOdtStyles *self,
                                           const char   *list,
                                           guint         level);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraOdtStyles, dra_odt_styles_free)

G_END_DECLS
