/* dra-window.h: one article and all that is done with it.
 *
 * A window without a document offers to open one.  dra-window.c is the class and what it
 * shows when; -actions.c the actions of menus and keys; -notes.c the notes; -save.c the
 * annotated copy.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/dra-article-view.h"
#include "app/dra-document.h"

G_BEGIN_DECLS

#define DRA_TYPE_WINDOW (dra_window_get_type ())
G_DECLARE_FINAL_TYPE (DraWindow, dra_window, DRA, WINDOW, AdwApplicationWindow)

DraWindow      *dra_window_new          (GtkApplication *application,
                                         DraServices    *services);
void            dra_window_open         (DraWindow      *self,
                                         GFile          *file);
/* TRUE while the window has no article: a file opened from it is shown in it. */
gboolean        dra_window_is_free      (DraWindow      *self);
gboolean        dra_window_shows        (DraWindow      *self,
                                         GFile          *file);
/* TRUE when all that was to be shown is: text, names and notes, or a failure. */
gboolean        dra_window_is_settled   (DraWindow      *self);
void            dra_window_save_copy    (DraWindow      *self,
                                         GFile          *target);

/* Goes to a note of the article, as soon as it is there. */
void            dra_window_show_note    (DraWindow      *self,
                                         const char     *uuid);

DraDocument    *dra_window_get_document (DraWindow      *self);
DraArticleView *dra_window_get_view     (DraWindow      *self);
/* "empty", "loading", "failed" or "article" */
const char     *dra_window_get_page     (DraWindow      *self);

G_END_DECLS
