/* dra-html-private.h: what the files of the HTML writer share.
 *
 * dra-html-writer.c makes the page, dra-html-text.c the article's blocks with their marks,
 * dra-html-lists.c the cast and the notes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "article/dra-article.h"
#include "notes/dra-note.h"
#include "recognizer/dra-cast.h"
#include "writers/dra-copy-images.h"
#include "writers/dra-copy-notes.h"
#include "writers/dra-markup-output.h"

G_BEGIN_DECLS

typedef struct
{
  GString      *out;
  DraArticle   *article;
  const char   *text;
  gsize         length; /* bytes */
  DraCast      *cast;   /* (nullable) */
  DraCopyNotes  notes;
  GHashTable   *entity_notes; /* name -> GArray of guint, indices in notes */
  const char   *language;   /* (nullable): BCP 47 */
  gboolean      rtl;        /* the article as a whole */
  gboolean      mixed;      /* it has right-to-left characters */
  DraCopyImages *images;    /* (nullable) */
  GCancellable *cancellable;
} DraHtmlPage;

/* dra-html-writer.c */
void     dra_html_append_ui_language (DraHtmlPage      *page,
                                    GString           *out);

/* dra-html-text.c */
gboolean dra_html_append_blocks    (DraHtmlPage       *page,
                                    const char        *lead,
                                    GError           **error);

/* dra-html-lists.c */
void     dra_html_append_cast      (DraHtmlPage       *page);
void     dra_html_append_notes     (DraHtmlPage       *page);
const char *dra_html_note_class    (const DraCopyNote *note);

/* dra-html-note-body.c */
void     dra_html_append_note_body (GString           *out,
                                    const DraCopyNote *note,
                                    const char        *element);

G_END_DECLS
