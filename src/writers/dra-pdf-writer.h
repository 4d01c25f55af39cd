/* dra-pdf-writer.h: a copy as PDF: set on pages, with notes in the margin.
 *
 * Text is text (fonts embedded, tagged); people and organizations are underlined, passages
 * coloured; behind the article stand the people and organizations with the pages they are
 * on, and the notes.  Outline and document information are those of the article.  Nothing
 * is read back.  When the environment has SOURCE_DATE_EPOCH, that is the time of creation.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "writers/dra-writer.h"

G_BEGIN_DECLS

extern const DraWriter dra_pdf_writer;

G_END_DECLS
