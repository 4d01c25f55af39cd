/* dra-pdf-marks.c: what is to be written into a PDF document.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-pdf-annotate.h"

static void
mark_free (gpointer data)
{
  DraPdfMark *mark = data;

  g_free (mark->json);
  g_free (mark);
}

/**
 * dra_pdf_marks_new:
 * @text_hash: hash of the article's text
 *
 * Returns: (transfer full): no marks
 */
DraPdfMarks *
dra_pdf_marks_new (const char *text_hash)
{
  DraPdfMarks *self = g_new0 (DraPdfMarks, 1);

  self->text_hash = g_strdup (text_hash);
  self->marks = g_ptr_array_new_with_free_func (mark_free);

  return self;
}

/**
 * dra_pdf_marks_add:
 * @self: marks
 * @range: bytes of the article's text
 * @json: the note as dra_web_annotation_write_one() writes it
 */
void
dra_pdf_marks_add (DraPdfMarks *self,
                   DraRange     range,
                   const char  *json)
{
  DraPdfMark *mark = g_new0 (DraPdfMark, 1);

  mark->range = range;
  mark->json = g_strdup (json);
  g_ptr_array_add (self->marks, mark);
}

/**
 * dra_pdf_marks_free:
 * @self: (nullable): marks
 */
void
dra_pdf_marks_free (DraPdfMarks *self)
{
  if (self == NULL)
    return;

  g_free (self->text_hash);
  g_ptr_array_unref (self->marks);
  g_free (self);
}
