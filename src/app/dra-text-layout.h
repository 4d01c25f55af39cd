/* dra-text-layout.h: how an article's text becomes the text of a GtkTextBuffer.
 *
 * The buffer holds the article's characters one for one, so that selection, caret and
 * highlights need no table: a buffer offset is a code point offset.  Only two things
 * differ.  A line break inside a preformatted block (U+2028) is '\n' in the buffer, and a
 * paragraph too long for GtkTextView (its cost per line is quadratic above some 10 KB) is
 * cut into several buffer lines: at a space, which '\n' replaces, or where there is no
 * space by a '\n' of its own, which shifts offsets.  List markers, rules and the line under
 * the title are drawn, never inserted.
 *
 * With a hyphenator running text also has soft hyphens (U+00AD), which Pango shows only
 * where it divides a word.  They shift offsets too; where they are is known once their part
 * of the text was written.
 *
 * Does not use GTK and may be tested without a display.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/dra-hyphenator.h"
#include "article/dra-article.h"

G_BEGIN_DECLS

#define DRA_TEXT_LAYOUT_MAX_LINE 6144 /* bytes in one buffer line at most */

typedef struct _DraTextLayout DraTextLayout;

/* A place where a long paragraph goes on in the next buffer line. */
typedef struct
{
  gsize    offset;      /* bytes of the article: where the next line begins */
  gsize    code_points; /* the same in code points */
  gboolean inserted;    /* '\n' is an extra character before offset; else it took the
                           place of the space before offset */
} DraTextBreak;

DraTextLayout      *dra_text_layout_new         (DraArticle          *article,
                                                 DraHyphenator       *hyphenator);
void                dra_text_layout_free        (DraTextLayout       *self);
DraArticle         *dra_text_layout_get_article (const DraTextLayout *self);
gsize               dra_text_layout_get_length  (const DraTextLayout *self);
gsize               dra_text_layout_to_buffer   (const DraTextLayout *self,
                                                 gsize                bytes);
gsize               dra_text_layout_to_article  (const DraTextLayout *self,
                                                 gsize                offset);
const DraTextBreak *dra_text_layout_get_breaks  (const DraTextLayout *self,
                                                 guint               *n_breaks);
gsize               dra_text_layout_next_chunk  (const DraTextLayout *self,
                                                 gsize                start,
                                                 gsize                wanted);
void                dra_text_layout_append      (DraTextLayout       *self,
                                                 DraRange             range,
                                                 GString             *buffer_text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraTextLayout, dra_text_layout_free)

G_END_DECLS
