/* dra-passage-list.h: passages of an article as a list whose items are made when asked for.
 *
 * A hundred thousand results of a search cost no more than their ranges.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "article/dra-article.h"

G_BEGIN_DECLS

#define DRA_TYPE_PASSAGE (dra_passage_get_type ())
G_DECLARE_FINAL_TYPE (DraPassage, dra_passage, DRA, PASSAGE, GObject)

DraRange    dra_passage_get_range  (DraPassage *self);
/* Pango markup, one line. */
const char *dra_passage_get_markup (DraPassage *self);
/* The same without markup. */
const char *dra_passage_get_text   (DraPassage *self);

#define DRA_TYPE_PASSAGE_LIST (dra_passage_list_get_type ())
G_DECLARE_FINAL_TYPE (DraPassageList, dra_passage_list, DRA, PASSAGE_LIST, GObject)

DraPassageList *dra_passage_list_new  (void);
void            dra_passage_list_set  (DraPassageList *self,
                                       DraArticle     *article,
                                       GArray         *ranges,
                                       guint           context);

G_END_DECLS
