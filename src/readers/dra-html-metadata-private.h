/* dra-html-metadata-private.h: what a page holds that may be its title, byline or date.
 *
 * dra-html-metadata-collect.c walks the page once and lists the places; -json.c reads its
 * JSON-LD; -title.c, -byline.c and -date.c each choose among them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "readers/dra-html-metadata.h"

G_BEGIN_DECLS

/* Around a place; several may hold. */
typedef enum
{
  DRA_HTML_IN_MAIN = 1 << 0,     /* main, role=main */
  DRA_HTML_IN_ARTICLE = 1 << 1,  /* article, or microdata of one */
  DRA_HTML_IN_HEADER = 1 << 2,   /* header that is not an article's */
  DRA_HTML_IN_ASIDE = 1 << 3,    /* navigation, footers, side bars, related articles */
  DRA_HTML_IN_COMMENTS = 1 << 4,
  DRA_HTML_IN_LINK = 1 << 5,
  DRA_HTML_IN_BYLINE = 1 << 6,   /* of a class that says byline or author */
} DraHtmlSurroundings;

typedef enum
{
  DRA_HTML_PLACE_H1,
  DRA_HTML_PLACE_H2,
  DRA_HTML_PLACE_HEADLINE,      /* itemprop=headline, or a class that says so */
  DRA_HTML_PLACE_AUTHOR_PROP,   /* itemprop=author */
  DRA_HTML_PLACE_AUTHOR_REL,    /* rel=author */
  DRA_HTML_PLACE_AUTHOR_LINK,   /* a link to /author/NAME */
  DRA_HTML_PLACE_BYLINE_CLASS,
  DRA_HTML_PLACE_AUTHOR_CLASS,
  DRA_HTML_PLACE_BYLINE_TEXT,   /* "By NAME" */
  DRA_HTML_PLACE_DATE_PROP,     /* itemprop=datePublished */
  DRA_HTML_PLACE_TIME,          /* time[datetime] */
  DRA_HTML_PLACE_DATE_CLASS,
  DRA_HTML_PLACE_DATE_TEXT,     /* a short text that is a date */
} DraHtmlPlaceKind;

typedef struct
{
  DraHtmlPlaceKind kind;
  guint            around; /* DraHtmlSurroundings */
  guint            order;  /* number of the element in the page */
  guint            article; /* number of the article element around it, 0 for none */
  xmlNode         *node;
  char            *text;   /* lines are blocks or broken lines */
  char            *value;  /* (nullable): what an attribute gives: datetime, content, href */
  gboolean         modified; /* its class says that it is of the last change */
} DraHtmlPlace;

/* What one JSON-LD object that is an article says. */
typedef struct
{
  char      *headline;
  GPtrArray *authors;   /* of char *, as written */
  gboolean   author_is_publisher;
  char      *published;
  char      *modified;
  char      *publisher;
  char      *language;
  char      *url;
  char      *body;
  guint      rank;      /* how sure it is that it is this page's article */
} DraHtmlJsonArticle;

typedef struct
{
  xmlDoc     *doc;
  char       *uri;        /* (nullable) */
  GHashTable *meta;       /* name in small letters -> GPtrArray of char * */
  char       *head_title; /* (nullable): the title element */
  char       *language;
  char       *canonical;
  GPtrArray  *places;     /* of DraHtmlPlace, in the page's order */
  GPtrArray  *scripts;    /* of char *: JSON-LD */
  GHashTable *words;      /* class -> the words in it that are known; borrows the classes */
  GString    *line;       /* for a text that is looked at */
  guint       n_elements;
  guint       n_articles;

  GPtrArray          *articles; /* of DraHtmlJsonArticle */
  DraHtmlJsonArticle *article;  /* (nullable): the one that is the page's */
  char               *site;
  char               *host;     /* (nullable): without "www." */
  char               *folded_site;      /* (nullable), as by dra_html_fold() */
  char               *folded_publisher; /* (nullable) */
} DraHtmlFacts;

/* -collect.c */
void        dra_html_facts_collect (DraHtmlFacts *self);
const char *dra_html_facts_meta    (DraHtmlFacts *self,
                                    const char   *name);
char       *dra_html_get_lines      (xmlNode      *node,
                                    gsize         max);

/* -json.c */
void        dra_html_facts_read_json    (DraHtmlFacts       *self);
void        dra_html_json_article_free  (DraHtmlJsonArticle *self);
GString    *dra_html_json_clean         (const char         *text);

/* -title.c, -byline.c, -date.c */
void        dra_html_facts_choose_title  (DraHtmlFacts    *self,
                                          DraHtmlMetadata *metadata);
void        dra_html_facts_choose_byline (DraHtmlFacts    *self,
                                          DraHtmlMetadata *metadata);
void        dra_html_facts_choose_date   (DraHtmlFacts    *self,
                                          DraHtmlMetadata *metadata);

/* Letters and digits in small letters, words with single spaces between them. */
char       *dra_html_fold               (const char *text);
char       *dra_html_collapse           (const char *text);
/* Character references that a page wrote twice. */
char       *dra_html_decode             (const char *text);

G_END_DECLS
