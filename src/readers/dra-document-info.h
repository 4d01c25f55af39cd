/* dra-document-info.h: what office documents say of themselves, and comments in them.
 *
 * Properties of documents are filled by programs more often than by people, so that only
 * what is plausible is believed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "article/dra-article.h"
#include "notes/dra-note.h"

G_BEGIN_DECLS

char       *dra_document_info_clean         (DraMetadata     which,
                                             const char     *value);
gint64      dra_document_info_parse_time    (const char     *iso);
const char *dra_document_info_find_language (guint           lcid);
DraNote    *dra_document_info_make_note     (DraArticle     *article,
                                             const DraRange *range,
                                             const char     *author,
                                             gint64          created,
                                             const char     *body,
                                             gboolean        measure);
gboolean    dra_document_info_find_kind     (const char     *name,
                                             DraBlockKind   *kind,
                                             int            *outline);
char       *dra_document_info_format_number (guint           number,
                                             const char     *format);
char       *dra_document_info_make_bullet   (const char     *text);
char       *dra_document_info_find_hyperlink (const char    *instruction);

G_END_DECLS
