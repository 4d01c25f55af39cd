/* dra-html-copy.h: the parts of an annotated copy, before they are an article.
 *
 * dra-html-copy.c parses the markup, dra-copy-reader.c makes sense of the parts.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "article/dra-article.h"

G_BEGIN_DECLS

typedef struct
{
  DraBlockKind kind;
  guint        level;
  char        *label;      /* (nullable) */
  gsize        n_newlines; /* before it, in text */
  DraRange     range;      /* bytes of text */
} DraHtmlCopyBlock;

/* Where an inline style begins or ends. */
typedef struct
{
  gsize        offset; /* bytes of text */
  DraStyleKind kind;
  gboolean     begins;
  guint        begun;  /* index of the event where what ends here began */
  char        *target; /* (nullable) */
} DraHtmlCopyEvent;

typedef struct
{
  GString  *text;             /* blocks and the newlines between them */
  GArray   *blocks;           /* of DraHtmlCopyBlock */
  GArray   *events;           /* of DraHtmlCopyEvent, by offset */
  gsize     n_newlines_after; /* at the end of text */
  GString  *article_json;
  GString  *notes_json;
  gboolean  marked;           /* something in it says that it is a copy of ours */
} DraHtmlCopy;

DraHtmlCopy *dra_html_copy_parse (GBytes        *utf8,
                                  GCancellable  *cancellable,
                                  GError       **error);
void         dra_html_copy_free  (DraHtmlCopy   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraHtmlCopy, dra_html_copy_free)

G_END_DECLS
