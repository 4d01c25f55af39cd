/* dra-note-markup.h: what in a note's text is bold, a link, a list: the Markdown subset.
 *
 * Of CommonMark, one line at a time:
 *
 *   **strong**  __strong__  *emphasis*  _emphasis_  `code`  [text](address)  https://address
 *   - item      * item      + item      1. item     (two spaces before it: one level deeper)
 *   > quotation
 *   \* a mark that is none
 *
 * What does not close on its line is plain text, as is everything else: a note is never
 * refused or changed, it is only shown.  The text with its marks is what is stored.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  DRA_NOTE_MARKUP_STRONG,
  DRA_NOTE_MARKUP_EMPHASIS,
  DRA_NOTE_MARKUP_CODE,
  DRA_NOTE_MARKUP_LINK,
  DRA_NOTE_MARKUP_ITEM,   /* a line of a list, without its end */
  DRA_NOTE_MARKUP_QUOTE,  /* a line of a quotation, without its end */
  DRA_NOTE_MARKUP_MARKER, /* the marks themselves */
} DraNoteMarkupKind;

typedef struct
{
  DraNoteMarkupKind kind;
  guint level;         /* of an item: 0 and up */
  gsize start;         /* bytes of the note's text */
  gsize end;
  gsize target_start;  /* of a link: its address */
  gsize target_end;
} DraNoteMarkup;

/* (transfer full) (element-type DraNoteMarkup): by start, of equal starts the longer first;
 * they nest, but for markers they do not cross. */
GArray  *dra_note_markup_parse    (const char *body,
                                   gsize       length);
/* Whether an address may be opened: http, https and mailto. */
gboolean dra_note_markup_is_safe  (const char *address,
                                   gsize       length);
/* The text as it reads, without its marks; (transfer full). */
char    *dra_note_markup_to_plain (const char *body);

/* What goes through a note as it reads; begin and end are not called for markers. */
typedef struct
{
  void (*text)  (const char          *text,
                 gsize                length,
                 gpointer             data);
  void (*begin) (const char          *body,
                 const DraNoteMarkup *span,
                 gpointer             data);
  void (*end)   (const char          *body,
                 const DraNoteMarkup *span,
                 gpointer             data);
} DraNoteMarkupVisitor;

void     dra_note_markup_visit    (const char                 *body,
                                   const DraNoteMarkupVisitor *visitor,
                                   gpointer                    data);

G_END_DECLS
