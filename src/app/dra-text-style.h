/* dra-text-style.h: the typography of the article: sizes, spacing, measure and tags.
 *
 * Owns the tag table that the article's buffers share.  All lengths follow from the size of
 * the body text, and that from the height of its small letters, so that the page looks the
 * same in whatever serif the machine has.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "app/dra-mark-palette.h"
#include "app/dra-typography.h"
#include "article/dra-article.h"

G_BEGIN_DECLS

typedef struct _DraTextStyle DraTextStyle;

#define DRA_TEXT_TABLE_SCALE .9 /* of the letters in tables, times the size */

/* In pixels at the present zoom. */
typedef struct
{
  double size;      /* of the body text */
  double ascent;    /* share of a line's height above the base line, 0 to 1 */
  int    leading;   /* added between lines */
  int    paragraph; /* added between paragraphs, leading included */
  int    indent;    /* of lists and quotations, a level */
  int    measure;   /* width of the text column at its best */
  int    meta;      /* height of the line under the title with its space */
  int    top;
  int    bottom;
} DraTextMetrics;

DraTextStyle         *dra_text_style_new         (void);
void                  dra_text_style_free        (DraTextStyle         *self);
GtkTextTagTable      *dra_text_style_get_table   (DraTextStyle         *self);
const DraTextMetrics *dra_text_style_get_metrics (DraTextStyle         *self);
void                  dra_text_style_set_typography (DraTextStyle     *self,
                                                  const DraTypography *typography);
void                  dra_text_style_update      (DraTextStyle         *self,
                                                  GtkTextView          *view,
                                                  double                zoom,
                                                  const DraMarkPalette *palette);
void                  dra_text_style_set_title     (DraTextStyle         *self,
                                                  GtkTextView          *view,
                                                  const char           *title,
                                                  int                   column);
GtkTextTag           *dra_text_style_get_block   (DraTextStyle         *self,
                                                  const DraBlock       *block,
                                                  gboolean              rtl);
GtkTextTag           *dra_text_style_get_inline  (DraTextStyle         *self,
                                                  DraStyleKind          kind);
GtkTextTag           *dra_text_style_get_named   (DraTextStyle         *self,
                                                  const char           *name);

G_END_DECLS
