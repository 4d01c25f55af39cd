/* dra-html-private.h: what the files of the HTML writer share.
 *
 * dra-html-writer.c makes the page, dra-html-text.c the article's blocks with their marks,
 * dra-html-lists.c the cast and the notes, dra-html-data.c the JSON-LD blocks.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "article/dra-article.h"
#include "notes/dra-note.h"
#include "recognizer/dra-cast.h"

G_BEGIN_DECLS

/* One note as the page shows it. */
typedef struct
{
  DraNote    *note;
  DraRange    range;  /* bytes; empty when it has no place in the text */
  guint       number; /* from 1; 0 for a highlight, which says nothing to number */
  gboolean    lost;
  gboolean    referenced; /* the cast's table has its number */
} DraHtmlNote;

typedef struct
{
  GString      *out;
  DraArticle   *article;
  const char   *text;
  gsize         length; /* bytes */
  DraCast      *cast;   /* (nullable) */
  GArray       *notes;  /* of DraHtmlNote: those in the text first, in text order */
  guint         n_placed;   /* how many of them have a range */
  GArray       *numbered;   /* guint: indices in notes, by number; placed ones first */
  GHashTable   *entity_notes; /* name -> GArray of guint, indices in notes */
  const char   *language;   /* (nullable): BCP 47 */
  gboolean      rtl;        /* the article as a whole */
  gboolean      mixed;      /* it has right-to-left characters */
  GCancellable *cancellable;
} DraHtmlPage;

/* dra-html-writer.c */
void     dra_html_append_text      (GString           *out,
                                    const char        *text,
                                    gssize             length);
void     dra_html_append_attribute (GString           *out,
                                    const char        *name,
                                    const char        *value);
void     dra_html_append_lines     (GString           *out,
                                    const char        *text,
                                    const char        *element,
                                    const char        *attributes);
char    *dra_html_dup_origin       (DraArticle        *article);
gboolean dra_html_is_web_address   (const char        *address);
gboolean dra_html_is_name          (const char        *name);
const char *dra_html_format_date   (const char        *iso,
                                    char             **formatted);

void     dra_html_append_ui_language (DraHtmlPage      *page,
                                    GString           *out);

/* dra-html-text.c */
gboolean dra_html_append_blocks    (DraHtmlPage       *page,
                                    const char        *lead,
                                    GError           **error);

/* dra-html-lists.c */
void     dra_html_append_cast      (DraHtmlPage       *page);
void     dra_html_append_notes     (DraHtmlPage       *page);
void     dra_html_append_note_body (GString           *out,
                                    const DraHtmlNote *note,
                                    const char        *element);
const char *dra_html_note_class    (const DraHtmlNote *note);

/* dra-html-data.c */
void     dra_html_append_data      (DraHtmlPage       *page);

G_END_DECLS
