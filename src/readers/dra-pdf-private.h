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
#include "notes/dra-note.h"

G_BEGIN_DECLS

/* A stretch of a line that looks alike. */
typedef struct
{
  gsize    start, end; /* bytes of the line's text */
  guint    index;      /* of its first character in the text of the page; the others follow */
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
  gboolean   marked;      /* some page has highlights or notes */
} DraPdfText;

/* A stretch of a line that became a stretch of the article. */
typedef struct
{
  gsize             start, end; /* bytes of the article's text, blanks around it included */
  const DraPdfLine *line;
  gsize             from, to;   /* bytes of the line's text, within the run */
  guint             run;
} DraPdfPiece;

/* A document that was read. */
typedef struct
{
  PopplerDocument *document;
  DraPdfText      *text;
  GArray          *pieces;  /* of DraPdfPiece in the order of the article; empty unless wanted */
  DraArticle      *article;
} DraPdfDocument;

/* Where a character of the article stands on its page; y grows downwards. */
typedef struct
{
  gsize             start, end; /* bytes of the article's text */
  const DraPdfLine *line;
  PopplerRectangle  rectangle;
} DraPdfPlace;

gboolean    dra_pdf_document_open  (DraPdfDocument *self,
                                    GBytes         *bytes,
                                    const char     *name,
                                    gboolean        wants_pieces,
                                    GCancellable   *cancellable,
                                    GError        **error);
void        dra_pdf_document_clear (DraPdfDocument *self);

/* Of DraPdfPiece: indices of pieces by page, and the places of one page. */
GArray     *dra_pdf_sort_pieces    (DraPdfDocument *self);
GArray     *dra_pdf_find_places    (DraPdfDocument *self,
                                    GArray         *sorted,
                                    guint           page,
                                    PopplerPage    *poppler_page);

/* What people mark passages with and what notes are; links, forms and drawings are not. */
gboolean    dra_pdf_is_note        (PopplerAnnot *annot);
gboolean    dra_pdf_has_notes      (PopplerPage  *page);
/* The second or a later part of a passage of ours. */
gboolean    dra_pdf_is_part        (PopplerAnnot *annot);
/* A note for each, anchored. */
GPtrArray  *dra_pdf_read_notes     (DraPdfDocument *self);
/* The note that annot is, with the places of its page; (nullable), NULL for what belongs to
 * another annotation. */
DraNote    *dra_pdf_read_note      (DraPdfDocument               *self,
                                    const PopplerAnnotMapping    *mapping,
                                    PopplerPage                  *page,
                                    GArray                       *places);
/* What the annotation says: the note's body, with its quote when it has no place. */
char       *dra_pdf_note_contents  (DraNote *note);
void        dra_pdf_color_of       (DraNoteColor  color,
                                    PopplerColor *result);

DraPdfText *dra_pdf_text_new       (void);
void        dra_pdf_text_free      (DraPdfText  *self);
void        dra_pdf_text_add_page  (DraPdfText  *self,
                                    PopplerPage *page);

/* How the reader writes one character of the page. */
void        dra_pdf_append_character (GString  *text,
                                      gunichar  c);
void        dra_pdf_line_free      (gpointer     line);
void        dra_pdf_drop_running   (DraPdfText  *text);
GPtrArray  *dra_pdf_find_blocks    (DraPdfText  *text);
gboolean    dra_pdf_ends_hyphen    (const char  *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraPdfText, dra_pdf_text_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DraPdfDocument, dra_pdf_document_clear)

G_END_DECLS
