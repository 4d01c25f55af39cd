/* dra-html-metadata.h: what a web page says of itself: title, byline, date, site.
 *
 * Everything is in the page's own words.  No page says these things in one place only, and
 * no place is always right: the answer is what most of the places agree on, each weighed by
 * how often it is right (dra-html-metadata.c).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <libxml/tree.h>

#include "article/dra-article-builder.h"

G_BEGIN_DECLS

typedef struct
{
  char *title;     /* (nullable): without the site's name */
  char *byline;    /* (nullable): names, joined by ", " */
  char *published; /* (nullable): ISO 8601, else as written */
  char *site;      /* (nullable) */
  char *language;  /* (nullable): BCP 47 */
  char *origin;    /* (nullable): absolute address of the page */
  char *body;      /* (nullable): the article's text as its JSON-LD has it, markup and all */
  char *summary;   /* (nullable): what its meta elements say it is about */

  /* Where in the page they stand (borrowed from the document), to leave out or to mark. */
  xmlNode *title_node;  /* (nullable): the heading that is the title */
  xmlNode *byline_node; /* (nullable) */
  xmlNode *date_node;   /* (nullable) */
} DraHtmlMetadata;

DraHtmlMetadata *dra_html_metadata_find  (xmlDoc                *doc,
                                          const char            *uri);
void             dra_html_metadata_free  (DraHtmlMetadata       *self);
void             dra_html_metadata_set   (const DraHtmlMetadata *self,
                                          DraArticleBuilder     *builder);
void             dra_html_metadata_apply (xmlDoc                *doc,
                                          const char            *uri,
                                          DraArticleBuilder     *builder);

/* A date anywhere in a text, or NULL.  month_first: whether 3/4/2024 is the fourth of March. */
char            *dra_html_date_find      (const char            *text,
                                          gboolean               month_first);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraHtmlMetadata, dra_html_metadata_free)

G_END_DECLS
