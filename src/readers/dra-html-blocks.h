/* dra-html-blocks.h: a part of a page as blocks of an article.
 *
 * For everything that has HTML in it: pages, chapters of books, mails, raw HTML in
 * Markdown.  What a browser would show is written to a builder; styles, programs and what
 * is hidden are not.  Only links that lead to the web or to an address for mail are kept,
 * and images come from where the caller says, never from the network.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>
#include <libxml/tree.h>

#include "article/dra-article-builder.h"
#include "readers/dra-reading.h"

G_BEGIN_DECLS

/**
 * DraHtmlImageFunc:
 * @source: address of an image as it is in the page, a "data:" URI maybe
 * @user_data: what was given with the function
 *
 * Says where an image is.
 *
 * Returns: (transfer full) (nullable): a source for the image's block, a key of the
 *   reading's images or a relative path; %NULL when there is none, so that only its
 *   alternative text is shown
 */
typedef char *(*DraHtmlImageFunc)  (const char    *source,
                                    gpointer       user_data);

/**
 * DraHtmlLinkFunc:
 * @href: a link as it is in the page
 * @user_data: what was given with the function
 *
 * Returns: (transfer full) (nullable): the target of the link, "#fn:LABEL" for a footnote
 *   of another document say; %NULL when it leads nowhere
 */
typedef char *(*DraHtmlLinkFunc)   (const char    *href,
                                    gpointer       user_data);

/**
 * DraHtmlFilterFunc:
 * @node: an element or a text
 * @user_data: what was given with the function
 *
 * Returns: whether the node is left out, with all that is in it
 */
typedef gboolean (*DraHtmlFilterFunc) (const xmlNode *node,
                                       gpointer       user_data);

/**
 * DraHtmlBlocksOptions:
 * @base: (nullable): address that links are relative to; when %NULL, relative links are
 *   kept as text only.  A base element in the page is the caller's to look at:
 *   dra_html_blocks_find_base()
 * @image: (nullable): see #DraHtmlImageFunc; when %NULL only alternative texts are shown
 * @link: (nullable): asked for links that are neither to the web nor inside the page
 * @filter: (nullable): see #DraHtmlFilterFunc
 * @user_data: for all of these
 * @filter_data: (nullable): for @filter, in place of @user_data
 * @hidden: whether what is marked as hidden is shown, too
 * @footnote_prefix: (nullable): put before the labels of footnotes, which must differ
 *   between the documents that make one article
 * @heading_shift: added to the level of headings
 * @kinds: (nullable): #DraBlockKind of elements whose text is more than a heading or a
 *   paragraph: a title, a byline, a date
 *
 * All zero is a good choice.
 */
typedef struct
{
  const char        *base;
  DraHtmlImageFunc   image;
  DraHtmlLinkFunc    link;
  DraHtmlFilterFunc  filter;
  gpointer           user_data;
  gpointer           filter_data;
  gboolean           hidden;
  const char        *footnote_prefix;
  int                heading_shift;
  GHashTable        *kinds;
} DraHtmlBlocksOptions;

gboolean     dra_html_blocks_write      (DraArticleBuilder          *builder,
                                         const xmlNode              *root,
                                         const DraHtmlBlocksOptions *options,
                                         GCancellable               *cancellable,
                                         GError                    **error);
char        *dra_html_blocks_find_base  (xmlDoc                     *document,
                                         const char                 *address);
char        *dra_html_blocks_find_image (const xmlNode              *node);

/* Images that are in the page itself. */
typedef struct _DraHtmlImages DraHtmlImages;

DraHtmlImages *dra_html_images_new   (void);
void           dra_html_images_free  (DraHtmlImages *self);
char          *dra_html_images_take  (const char    *source,
                                      gpointer       self);
void           dra_html_images_give  (DraHtmlImages *self,
                                      DraReading    *reading);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraHtmlImages, dra_html_images_free)

G_END_DECLS
