/* dra-typography.h: what the reader may choose of the text's looks.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "app/dra-mark-palette.h"

G_BEGIN_DECLS

#define DRA_TYPOGRAPHY_MEASURE 67      /* characters in a full line: 60 to 75 read best */
#define DRA_TYPOGRAPHY_LINE_HEIGHT 1.47 /* line to line, in sizes of the letters */

typedef struct
{
  const char *family;      /* (nullable): CSS list of families; NULL for our serif */
  guint       measure;     /* characters in a full line */
  double      line_height; /* line to line, in sizes of the letters */
  gboolean    justify;     /* both edges of the text are straight */
  gboolean    hyphenate;   /* words are divided at the ends of lines */
  gboolean    indent;      /* paragraphs begin with an indent, as in books, not after a space */
  gboolean    old_figures; /* figures rise and fall as small letters do */
  DraTheme    theme;
} DraTypography;

#define DRA_TYPOGRAPHY_INIT                                                                  \
  { .measure = DRA_TYPOGRAPHY_MEASURE, .line_height = DRA_TYPOGRAPHY_LINE_HEIGHT }

G_END_DECLS
