/* dra-copy-parts.h: the parts of an annotated copy, before they are an article.
 *
 * dra-html-copy.c, dra-markdown-copy.c and dra-tei-copy.c take a file of their format
 * apart; dra-copy-reader.c makes sense of the parts.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "article/dra-article.h"
#include "readers/dra-html-blocks.h"

G_BEGIN_DECLS

typedef struct
{
  DraBlockKind kind;
  guint        level;
  char        *label;      /* (nullable) */
  char        *source;     /* (nullable) */
  gsize        n_newlines; /* before it, in text */
  DraRange     range;      /* bytes of text */
} DraCopyBlock;

/* Where an inline style begins or ends. */
typedef struct
{
  gsize        offset; /* bytes of text */
  DraStyleKind kind;
  gboolean     begins;
  guint        begun;  /* index of the event where what ends here began */
  char        *target; /* (nullable) */
} DraCopyEvent;

typedef struct
{
  GString    *text;             /* blocks and the newlines between them */
  GArray     *blocks;           /* of DraCopyBlock */
  GArray     *events;           /* of DraCopyEvent, by offset */
  gsize       n_newlines_after; /* at the end of text */
  GString    *article_json;
  GString    *notes_json;
  GPtrArray  *footnotes;        /* (nullable): of char *: what the text says of each
                                   numbered note, where that may have been edited */
  DraHtmlImages *images;        /* (nullable): pictures that the copy carries */
  gboolean    marked;           /* something in it says that it is a copy of ours */

  /*< private >*/
  gsize       n_extra; /* newlines so far beyond one a block */
} DraCopyParts;

DraCopyParts *dra_copy_parts_new            (void);
void          dra_copy_parts_free           (DraCopyParts *self);
void          dra_copy_parts_begin_block    (DraCopyParts *self,
                                             DraBlockKind  kind,
                                             guint         level,
                                             const char   *label,
                                             gsize         n_newlines);
void          dra_copy_parts_end_block      (DraCopyParts *self);
guint         dra_copy_parts_begin_style    (DraCopyParts *self,
                                             DraStyleKind  kind,
                                             const char   *target);
void          dra_copy_parts_end_style      (DraCopyParts *self,
                                             guint         event);
void          dra_copy_parts_end_text       (DraCopyParts *self);
void          dra_copy_parts_apply_blocks   (DraCopyParts *self,
                                             JsonArray    *rows);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraCopyParts, dra_copy_parts_free)

G_END_DECLS
