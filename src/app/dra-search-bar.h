/* dra-search-bar.h: find in text: an entry, "3 of 17", previous and next.
 *
 * Drives the search properties of a DraArticleView; the view does the finding.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/dra-article-view.h"

G_BEGIN_DECLS

#define DRA_TYPE_SEARCH_BAR (dra_search_bar_get_type ())
G_DECLARE_FINAL_TYPE (DraSearchBar, dra_search_bar, DRA, SEARCH_BAR, GtkWidget)

/* Property: search-mode (boolean): open or closed. */
void     dra_search_bar_set_view        (DraSearchBar   *self,
                                         DraArticleView *view);
gboolean dra_search_bar_get_search_mode (DraSearchBar   *self);
void     dra_search_bar_set_search_mode (DraSearchBar   *self,
                                         gboolean        search_mode);
/* Opens the bar with its text selected; text (nullable) replaces it. */
void     dra_search_bar_start           (DraSearchBar   *self,
                                         const char     *text);
void     dra_search_bar_step            (DraSearchBar   *self,
                                         int             direction);

G_END_DECLS
