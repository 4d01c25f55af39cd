/* dra-text-layout.h: how the lines of a plain text make its paragraphs.
 *
 * Whether lines were broken to fit a width (as mail programs and typewriters do) or each
 * is a paragraph is decided once for the file, from all its pairs of adjacent lines: in
 * wrapped text the first word of the next line would not have fitted, lines seldom end a
 * sentence, and most begin with a small letter.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "readers/dra-text-line.h"

G_BEGIN_DECLS

typedef struct
{
  guint    width;  /* columns at which lines are broken; 0 when they are not */
  guint    indent; /* columns before most lines */
  guint    first;  /* columns before a paragraph's first line, where these are more; else 0 */
  gboolean caps;   /* hardly a small letter anywhere */
} DraTextLayout;

void     dra_text_layout_find      (DraTextLayout       *layout,
                                    const char          *text,
                                    gsize                length);
void     dra_text_layout_of_lines  (DraTextLayout       *layout,
                                    const DraTextLine   *lines,
                                    guint                n_lines);
gboolean dra_text_layout_is_full   (const DraTextLayout *layout,
                                    const DraTextLine   *line,
                                    const DraTextLine   *next);

G_END_DECLS
