/* dra-odt-state.h: what the reader of OpenDocument knows while it goes through a document,
 * and what its parts call of one another.  dra-odt-text.c has paragraphs, lists and tables,
 * dra-odt-asides.c notes, comments, boxes and pictures.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "readers/dra-flow.h"
#include "readers/dra-odt-private.h"
#include "readers/dra-zip.h"

G_BEGIN_DECLS

typedef struct
{
  guint    styles;
  gboolean hidden;
  char    *link; /* (nullable) */
} DraOdtSpan;

typedef struct
{
  char    *style;    /* (nullable): of the list */
  gboolean item;     /* an item is open */
  gboolean labelled; /* and its marker was given to a paragraph */
  gboolean header;
  int      start;    /* number of the item that is open, -1: the next */
} DraOdtOpenList;

/* What is open around a text box, a note or a comment, and how far the stacks reach. */
typedef struct
{
  gboolean in_paragraph, begun;
  guint    n_spans, n_lists, floor;
  DraBlockKind kind;
  guint    level;
  char    *label; /* (nullable) */
  gboolean heading;
} DraOdtInside;

typedef struct
{
  DraZip       *zip;        /* (nullable): a flat document has none */
  DraFlow      *flow;
  DraOdtStyles *styles;
  gboolean      only_common; /* the part is styles.xml: its automatic ones are for page heads */
  gboolean      in_body, in_meta;
  guint         skip;
  DraOdtInside  now;
  GArray       *saved;      /* of DraOdtInside */
  guint         overflow;
  GArray       *spans;      /* of DraOdtSpan */
  GArray       *lists;      /* of DraOdtOpenList */
  DraFlowGrids *tables;

  guint         n_footnotes;
  gboolean      in_note, in_citation;
  GString      *comment;    /* (nullable) */
  GString      *value;      /* of the property that is open */
  int           field;
  char         *comment_id, *comment_author;
  gint64        comment_time;
  guint         n_comments;
  char         *creator, *date; /* (nullable): of who was last */

  char         *image;      /* (nullable): of the frame that is open */
  GString      *alternative;
  GPtrArray    *images;
  GByteArray   *binary;     /* (nullable) */
  gint          base64_state;
  guint         base64_save;
  GPtrArray    *binaries;   /* of GBytes: sources are "image1" and so on */
  gboolean      encrypted;
} DraOdt;

const DraOdtSpan *dra_odt_get_span         (DraOdt            *self);
void              dra_odt_begin_block      (DraOdt            *self);
void              dra_odt_add_text         (DraOdt            *self,
                                            const char        *text,
                                            gsize              length);
void              dra_odt_push_span        (DraOdt            *self,
                                            const DraOdtStyle *style,
                                            const char        *link);
void              dra_odt_start_paragraph  (DraOdt            *self,
                                            DraXmlStream      *stream,
                                            int                token);
void              dra_odt_end_paragraph    (DraOdt            *self);
void              dra_odt_add_spaces       (DraOdt            *self,
                                            DraXmlStream      *stream);
void              dra_odt_start_list       (DraOdt            *self,
                                            DraXmlStream      *stream);
void              dra_odt_set_item         (DraOdt            *self,
                                            DraXmlStream      *stream,
                                            gboolean           open,
                                            gboolean           header);
void              dra_odt_start_table_part (DraOdt            *self,
                                            DraXmlStream      *stream,
                                            int                token);
void              dra_odt_end_table_part   (DraOdt            *self,
                                            int                token);
void              dra_odt_save             (DraOdt            *self);
void              dra_odt_restore          (DraOdt            *self);
void              dra_odt_start_note_body  (DraOdt            *self);
void              dra_odt_end_note_body    (DraOdt            *self);
void              dra_odt_start_comment    (DraOdt            *self,
                                            DraXmlStream      *stream);
void              dra_odt_end_comment      (DraOdt            *self);
void              dra_odt_start_image      (DraOdt            *self,
                                            DraXmlStream      *stream);
void              dra_odt_end_frame        (DraOdt            *self);
void              dra_odt_start_binary     (DraOdt            *self);
void              dra_odt_end_binary       (DraOdt            *self);

G_END_DECLS
