/* dra-peek.h: "Who is this?": a card about someone, from the article and the reader's notes.
 *
 * Shown under the pointer as a tooltip and by key in a popover.  Nothing in it is from
 * outside the article and the notes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "article/dra-article.h"
#include "recognizer/dra-cast.h"

G_BEGIN_DECLS

/* What the card says; made without a widget, so that it can be tested. */
typedef struct
{
  DraEntityKind kind;
  char         *name;
  char         *role;       /* (nullable) */
  char         *introduced; /* Pango markup: the words round the first mention */
  char         *forms;      /* (nullable): other names used in the article */
  char         *count;      /* "3 mentions" */
  char         *with;       /* (nullable): who is named beside them */
  char         *notes;      /* (nullable): the reader's notes on passages that name them */
} DraPeek;

DraPeek   *dra_peek_new         (DraArticle *article,
                                 DraCast    *cast,
                                 GPtrArray  *notes,
                                 guint       entity);
void       dra_peek_free        (DraPeek    *self);
GtkWidget *dra_peek_create_card (DraPeek    *self);
/* Words of the article, in letters like its own. */
void       dra_peek_set_passage (GtkLabel   *label);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraPeek, dra_peek_free)

G_END_DECLS
