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
  DraTheme    theme;
} DraTypography;

#define DRA_TYPOGRAPHY_INIT                                                                  \
  { NULL, DRA_TYPOGRAPHY_MEASURE, DRA_TYPOGRAPHY_LINE_HEIGHT, FALSE, DRA_THEME_PLAIN }

G_END_DECLS
