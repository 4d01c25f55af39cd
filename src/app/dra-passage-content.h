/* dra-passage-content.h: a passage of an article on its way to another program.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gdk/gdk.h>

#include "article/dra-article.h"

G_BEGIN_DECLS

#define DRA_TYPE_PASSAGE_CONTENT (dra_passage_content_get_type ())
G_DECLARE_FINAL_TYPE (DraPassageContent, dra_passage_content, DRA, PASSAGE_CONTENT,
                      GdkContentProvider)

GdkContentProvider *dra_passage_content_new (DraArticle *article,
                                             DraRange    range);

G_END_DECLS
