/* dra-pdf-annotate.h: notes written into a PDF document as annotations.
 *
 * The pages stay as they are; what is added stands after the last byte of the document, as
 * an incremental update (ISO 32000-1, 7.5.6).  A passage is a Highlight annotation
 * (12.5.6.10) with a quadrilateral for each of its lines, one annotation a page; a note on
 * the article, on a person or organization, or on a passage that is no longer there, is a
 * Text annotation (12.5.6.4).  Contents is what the note says, NM (12.5.2) the note as one
 * line of JSON (dra-web-annotation.h), or "urn:uuid:...#N" for the Nth part of a passage
 * that goes on over pages.  No annotation says who made it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "article/dra-range.h"

G_BEGIN_DECLS

typedef struct
{
  DraRange range; /* bytes of the article's text: the passage, or where a note is put; may be
                     empty */
  char    *json;  /* the note as dra_web_annotation_write_one() writes it */
} DraPdfMark;

typedef struct
{
  char      *text_hash; /* of the article as it was read from the document */
  GPtrArray *marks;     /* of DraPdfMark */
} DraPdfMarks;

DraPdfMarks *dra_pdf_marks_new  (const char  *text_hash);
void         dra_pdf_marks_add  (DraPdfMarks *self,
                                 DraRange     range,
                                 const char  *json);
void         dra_pdf_marks_free (DraPdfMarks *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraPdfMarks, dra_pdf_marks_free)

GBytes      *dra_pdf_annotate   (GBytes            *bytes,
                                 const char        *name,
                                 const DraPdfMarks *marks,
                                 int                fd,
                                 GError           **error);

G_END_DECLS
