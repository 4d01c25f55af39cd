/* dra-sniff.h: what a file is, by its content.
 *
 * Each function answers for one format: 0 (not mine) to 100 (certain).  Answers of several
 * functions are weighed by dra-reader-registry.c; a name decides only between equal ones.
 * No parser library is used and nothing is decoded, so that the window can ask.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DRA_SNIFF_HEAD 16384 /* bytes in which a text format must show itself */

/* Scores that several formats share. */
#define DRA_SNIFF_TEXT 10     /* what plain text has: a tie, which the name decides */
#define DRA_SNIFF_LIKELY 12   /* before plain text */
#define DRA_SNIFF_FORM 70     /* has the form's own words */
#define DRA_SNIFF_ROOT 90     /* begins as the format's specification says */

typedef enum
{
  DRA_ZIP_NONE,
  DRA_ZIP_OTHER,
  DRA_ZIP_EPUB,
  DRA_ZIP_DOCX,
  DRA_ZIP_ODT,
  DRA_ZIP_ODF, /* OpenDocument, but not a text */
  DRA_ZIP_FB2,
  DRA_ZIP_XLSX,
  DRA_ZIP_PPTX,
} DraZipKind;

typedef struct
{
  const guint8 *data;
  gsize         length;
  const char   *name;
  char         *head; /* its first DRA_SNIFF_HEAD bytes in lower case, one byte a character
                         in UTF-16 as well, NUL-terminated */
  gboolean      markdown_name;
  DraZipKind    zip;
} DraSniff;

void        dra_sniff_init     (DraSniff       *self,
                                const guint8   *data,
                                gsize           length,
                                const char     *name);
void        dra_sniff_clear    (DraSniff       *self);
gboolean    dra_sniff_has_suffix (const char   *name,
                                const char     *suffix);

int         dra_sniff_pdf      (const DraSniff *self);
int         dra_sniff_rtf      (const DraSniff *self);
int         dra_sniff_epub     (const DraSniff *self);
int         dra_sniff_docx     (const DraSniff *self);
int         dra_sniff_never    (const DraSniff *self); /* for those that are asked for by id */

int         dra_sniff_mail     (const DraSniff *self);
int         dra_sniff_mhtml    (const DraSniff *self);

int         dra_sniff_copy     (const DraSniff *self); /* annotated copies in HTML, our own */
int         dra_sniff_markdown_copy (const DraSniff *self);
int         dra_sniff_tei_copy (const DraSniff *self);
int         dra_sniff_html     (const DraSniff *self);
int         dra_sniff_odt      (const DraSniff *self);
int         dra_sniff_fb2      (const DraSniff *self);
int         dra_sniff_jats     (const DraSniff *self);
int         dra_sniff_nitf     (const DraSniff *self);
int         dra_sniff_newsml   (const DraSniff *self);
int         dra_sniff_tei      (const DraSniff *self);
int         dra_sniff_feed     (const DraSniff *self);
gboolean    dra_sniff_is_svg   (const DraSniff *self);

int         dra_sniff_markdown (const DraSniff *self);

/* Of a ZIP archive: what its entries' names make of it. */
DraZipKind  dra_sniff_zip      (const guint8   *data,
                                gsize           length);

G_END_DECLS
