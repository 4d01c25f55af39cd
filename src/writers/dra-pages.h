/* dra-pages.h: an article with its marks and notes set on pages, for PDF and for paper.
 *
 * Text by Pango, drawn with cairo.  Lengths are points (1/72 inch).  Nothing is shared with
 * other threads: pages may be made and drawn in any one thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <cairo.h>
#include <gio/gio.h>

#include "article/dra-article.h"
#include "recognizer/dra-cast.h"
#include "writers/dra-copy-images.h"

G_BEGIN_DECLS

/**
 * DraPagesOptions:
 * @width: of the paper
 * @height: of the paper
 * @marks: whether people and organizations are marked in the text
 * @notes: whether highlights and notes are shown, in the margin and as a list
 * @cast: whether people and organizations are listed
 * @images: (nullable): the pictures of the article, decoded; the pages keep them
 */
typedef struct
{
  double   width;
  double   height;
  gboolean marks;
  gboolean notes;
  gboolean cast;
  DraCopyImages *images;
} DraPagesOptions;

/* An entry of the outline. */
typedef struct
{
  const char *title;
  guint       page;  /* from 0 */
  double      y;
  guint       level; /* from 1 */
} DraPagesHeading;

typedef struct _DraPages DraPages;

void      dra_pages_options_init (DraPagesOptions *options);
DraPages *dra_pages_new          (DraArticle             *article,
                                  DraCast                *cast,
                                  GPtrArray              *notes,
                                  const DraPagesOptions  *options,
                                  GCancellable           *cancellable,
                                  GError                **error);
void      dra_pages_free         (DraPages        *self);
guint     dra_pages_get_n_pages  (DraPages        *self);
/* links: whether cr is a PDF's, which can have tags and links */
void      dra_pages_draw         (DraPages        *self,
                                  guint            page,
                                  cairo_t         *cr,
                                  gboolean         links);
const DraPagesHeading *dra_pages_get_headings (DraPages *self,
                                  guint           *n_headings);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraPages, dra_pages_free)

G_END_DECLS
