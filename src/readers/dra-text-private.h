/* dra-text-private.h: what the parts of the plain text reader share.
 *
 * The head of the text is read line by line: title, byline and dates by dra-text-head.c,
 * header fields by dra-text-fields.c.  What follows is read in groups of lines between blank
 * lines by dra-text-body.c.  All write through dra-text-output.c.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "article/dra-article-builder.h"
#include "readers/dra-text-layout.h"

G_BEGIN_DECLS

#define DRA_TEXT_MAX_DEPTH 16 /* of nested list items */
#define DRA_TEXT_MAX_LOOK 4096 /* bytes: a longer line is a paragraph and nothing else */

typedef struct
{
  DraArticleBuilder *builder;
  DraTextLayout      layout;
  GHashTable        *words;     /* (nullable): see dra_text_output_find_hyphens() */
  guint              n_blocks;  /* written so far */
  gsize              n_bytes;   /* in the present block */
  DraBlockKind       kind;      /* of the present block */
  guint              level;

  gboolean           has_title;       /* as metadata */
  gboolean           has_title_block;
  char              *title;           /* (nullable): that title */
  gboolean           has_byline;
  gboolean           has_date;

  guint              list_indents[DRA_TEXT_MAX_DEPTH];
  guint              list_depth;
  guint              list_number; /* of the last numbered item */
} DraTextOutput;

/* dra-text-output.c */
void     dra_text_output_begin        (DraTextOutput     *self,
                                       DraBlockKind       kind,
                                       guint              level,
                                       const char        *label);
void     dra_text_output_add          (DraTextOutput     *self,
                                       const char        *start,
                                       const char        *end);
void     dra_text_output_join         (DraTextOutput     *self,
                                       const DraTextLine *lines,
                                       guint              n_lines);
void     dra_text_output_block        (DraTextOutput     *self,
                                       DraBlockKind       kind,
                                       guint              level,
                                       const char        *label,
                                       const DraTextLine *lines,
                                       guint              n_lines);
void     dra_text_output_preformatted (DraTextOutput     *self,
                                       const DraTextLine *lines,
                                       guint              n_lines);
void     dra_text_output_find_hyphens (DraTextOutput     *self,
                                       const char        *text,
                                       gsize              length);

void     dra_text_output_set_metadata (DraTextOutput     *self,
                                       DraMetadata        which,
                                       const char        *start,
                                       const char        *end);

/* dra-text-fields.c */
guint    dra_text_fields_read         (DraTextOutput     *self,
                                       const DraTextLine *lines,
                                       guint              n_lines,
                                       guint              i);

/* dra-text-byline.c */
gboolean dra_text_line_ends_in_stop   (const DraTextLine *line);
gboolean dra_text_line_is_byline      (const DraTextLine *line);
char    *dra_text_byline_clean        (const char        *text,
                                       gsize              length);
void     dra_text_byline_split        (const DraTextLine *line,
                                       char             **byline,
                                       char             **published);

/* dra-text-head.c */
const char *dra_text_head_read        (DraTextOutput     *self,
                                       const char        *text,
                                       gsize              length);
DraBlockKind dra_text_head_find_kind  (const char        *text,
                                       char             **byline,
                                       char             **published);
gboolean    dra_text_head_take_line   (DraTextOutput     *self,
                                       const DraTextLine *line);
gboolean    dra_text_head_take_title  (DraTextOutput     *self,
                                       const DraTextLine *line);

/* dra-text-body.c */
gboolean    dra_text_body_read        (DraTextOutput     *self,
                                       const char        *text,
                                       gsize              length,
                                       GCancellable      *cancellable,
                                       GError           **error);

G_END_DECLS
