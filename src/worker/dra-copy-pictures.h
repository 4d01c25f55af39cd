/* dra-copy-pictures.h: finds the pictures that go into a copy of an article.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "article/dra-article.h"
#include "writers/dra-copy-images.h"

G_BEGIN_DECLS

/* pixels: for pages, decoded; else for a web page, as browsers show them. */
DraCopyImages *dra_copy_load_images (DraArticle   *article,
                                     gboolean      pixels,
                                     GCancellable *cancellable);

G_END_DECLS
