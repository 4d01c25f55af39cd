/* dra-copy-notes.h: the notes of a copy: in the order of the text, numbered, and in words.
 *
 * Every format that shows notes numbers the same ones in the same order, so that a number
 * means the same note in a page, a text and on paper.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "article/dra-article.h"
#include "notes/dra-note.h"

G_BEGIN_DECLS

/* One note as a copy shows it. */
typedef struct
{
  DraNote    *note;
  DraRange    range;  /* bytes; empty when it has no place in the text */
  guint       number; /* from 1; 0 for a highlight, which says nothing to number */
  gboolean    lost;
  gboolean    referenced; /* the list of people has its number */
} DraCopyNote;

typedef struct
{
  GArray *all;      /* of DraCopyNote: those in the text first, in text order */
  guint   n_placed; /* how many of them have a range */
  GArray *numbered; /* guint: indices in all, by number; placed ones first */
} DraCopyNotes;

void         dra_copy_notes_init      (DraCopyNotes       *self,
                                       DraArticle         *article,
                                       GPtrArray          *notes);
void         dra_copy_notes_clear     (DraCopyNotes       *self);
DraCopyNote *dra_copy_notes_get       (const DraCopyNotes *self,
                                       guint               index);
DraCopyNote *dra_copy_notes_by_number (const DraCopyNotes *self,
                                       guint               number);

char        *dra_copy_note_dup_about   (const DraCopyNote *note);
char        *dra_copy_note_dup_passage (const DraCopyNote *note,
                                        DraArticle        *article);
char        *dra_copy_note_dup_date    (const DraCopyNote *note,
                                        char             **iso);
const char  *dra_copy_format_date      (const char        *iso,
                                        char             **formatted);
char        *dra_copy_dup_origin       (DraArticle        *article);
gboolean     dra_copy_is_web_address   (const char        *address);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DraCopyNotes, dra_copy_notes_clear)

G_END_DECLS
