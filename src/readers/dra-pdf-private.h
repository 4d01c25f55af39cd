/* dra-pdf-private.h: lines of a PDF document, between its pages and the article.
 *
 * A PDF document knows characters and places only.  dra-pdf-page.c makes lines of them,
 * dra-pdf-layout.c takes running heads away and makes blocks of the rest, and
 * dra-pdf-reader.c gives those to the builder.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <poppler.h>

#include "article/dra-article-builder.h"

G_BEGIN_DECLS

/* A stretch of a line that looks alike. */
typedef struct
{
  gsize    start, end; /* bytes of the line's text */
  gboolean bold;
  gboolean italic;
  char    *uri; /* (nullable): where a click on it leads */
} DraPdfRun;

/* Lengths are in points, y grows downwards from the top of the page. */
typedef struct
{
  GString *text;
  GArray  *runs; /* of DraPdfRun */
  double   x0, y0, x1, y1;
  double   size; /* of the type most of it is set in */
  gboolean bold; /* all of it */
  guint    page; /* from 0 */
} DraPdfLine;

typedef enum
{
  DRA_PDF_PARAGRAPH,
  DRA_PDF_HEADING,
  DRA_PDF_TITLE,
  DRA_PDF_ITEM,
  DRA_PDF_CAPTION,
  DRA_PDF_FOOTNOTE,
} DraPdfRole;

/* Lines that belong together. */
typedef struct
{
  GPtrArray *lines; /* of DraPdfLine, not owned */
  DraPdfRole role;
  guint      level;  /* of a heading, from 1 */
  gsize      marker; /* bytes at the start of the first line that are the item's marker */
} DraPdfBlock;

/* What is known of all pages together. */
typedef struct
{
  GPtrArray *lines;       /* of DraPdfLine, in reading order */
  GArray    *page_height; /* of double: points */
} DraPdfText;

DraPdfText *dra_pdf_text_new       (void);
void        dra_pdf_text_free      (DraPdfText  *self);
void        dra_pdf_text_add_page  (DraPdfText  *self,
                                    PopplerPage *page);

void        dra_pdf_line_free      (gpointer     line);
void        dra_pdf_drop_running   (DraPdfText  *text);
GPtrArray  *dra_pdf_find_blocks    (DraPdfText  *text);
gboolean    dra_pdf_ends_hyphen    (const char  *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraPdfText, dra_pdf_text_free)

G_END_DECLS
