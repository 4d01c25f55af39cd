/* dra-text-line.h: one line of a plain text, and what can be said of it alone.
 *
 * Widths are in columns as a terminal counts them: East Asian wide characters are two,
 * combining marks none, a tab reaches to the next multiple of eight.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *start;  /* first character that is not white space */
  const char *end;    /* behind the last that is not white space */
  guint       indent; /* columns before start */
  guint       width;  /* columns from start to end */
  guint       first;  /* columns of the first word */
} DraTextLine;

/**
 * DraTextMarker:
 * @length: bytes of the marker, with the white space behind it; 0 when there is none
 * @columns: the same in columns
 * @number: its number (a letter's place in the alphabet), or 0 for a bullet
 * @label: the marker as it is shown
 */
typedef struct
{
  guint length;
  guint columns;
  guint number;
  char  label[12];
} DraTextMarker;

gboolean    dra_text_line_next        (const char        **p,
                                       const char         *end,
                                       DraTextLine        *line);
void        dra_text_line_measure     (DraTextLine        *line);
gboolean    dra_text_line_is_blank    (const DraTextLine  *line);
gboolean    dra_text_line_is_rule     (const DraTextLine  *line);
gboolean    dra_text_line_is_underline (const DraTextLine *line,
                                       const DraTextLine  *heading);
gboolean    dra_text_line_is_caps     (const DraTextLine  *line);
gboolean    dra_text_line_is_table    (const DraTextLine  *line);
gboolean    dra_text_line_is_final    (const DraTextLine  *line);
int         dra_text_line_first_case  (const DraTextLine  *line);
guint       dra_text_line_get_quotes  (const DraTextLine  *line,
                                       const char        **content);
gboolean    dra_text_line_get_marker  (const DraTextLine  *line,
                                       DraTextMarker      *marker);
guint       dra_text_line_get_hashes  (const DraTextLine  *line,
                                       const char        **content);
gunichar    dra_text_line_last_char   (const DraTextLine  *line);

G_END_DECLS
