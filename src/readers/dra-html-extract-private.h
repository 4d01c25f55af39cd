/* dra-html-extract-private.h: the parts that find the article in a page.
 *
 * dra-html-extract-segment.c cuts the page into blocks, -page.c looks at them together,
 * -features.c describes each of them by numbers, -trees.c gives each the probability that it
 * is of the article, and dra-html-extract.c decides.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "readers/dra-html-dom.h"
#include "readers/dra-html-metadata.h"

G_BEGIN_DECLS

#define DRA_HTML_NO_BLOCK G_MAXUINT32

/* What an element or one of its ancestors is. */
typedef enum
{
  DRA_HTML_IN_ARTICLE = 1 << 0,
  DRA_HTML_IN_MAIN = 1 << 1,
  DRA_HTML_IN_NAV = 1 << 2,
  DRA_HTML_IN_ASIDE = 1 << 3,
  DRA_HTML_IN_HEADER = 1 << 4,
  DRA_HTML_IN_FOOTER = 1 << 5,
  DRA_HTML_IN_FORM = 1 << 6,
  DRA_HTML_IN_LIST = 1 << 7,
  DRA_HTML_IN_TABLE = 1 << 8,
  DRA_HTML_IN_FIGURE = 1 << 9,
  DRA_HTML_IN_BODY_PROPERTY = 1 << 10, /* itemprop=articleBody and its kin */
  DRA_HTML_IN_COMMENT_TYPE = 1 << 11,  /* itemtype of a comment */
  DRA_HTML_IN_DIALOG = 1 << 12,
  DRA_HTML_IN_QUOTE = 1 << 13,
  DRA_HTML_IN_PRE = 1 << 14,
  DRA_HTML_IN_CAPTION = 1 << 15,
  DRA_HTML_IN_SECTION = 1 << 16,
  DRA_HTML_IN_HIDDEN = 1 << 17,
  DRA_HTML_IN_HEADING = 1 << 18,
} DraHtmlFlags;

typedef struct
{
  const xmlNode *node;
  guint32        parent;      /* index of the element around it */
  guint32        first_block; /* blocks [first_block, end_block) have text in it */
  guint32        end_block;
  guint32        end;         /* index behind the last element in it */
  guint32        flags;       /* its own and those of its ancestors */
  guint32        path;        /* hash of its name and class and those of two ancestors */
  guint16        depth;
  guint8         tag;
  gint8          words;       /* how its class and id speak for the article, see -trees.c */
  gint8          least_words; /* the least of its own and those of its ancestors */
  gint8          most_words;
  gint16         sum_words;
  guint16        n_controls;  /* buttons and fields in it */
  guint16        n_images;
  guint32        n_children;
} DraHtmlElement;

/* A run of text that stands in a line of its own. */
typedef struct
{
  guint32 element;     /* the nearest block element around it */
  guint32 inner;       /* the element of its first text */
  guint32 first_token; /* tokens [first_token, end_token) */
  guint32 end_token;
  guint32 n_chars;     /* characters that are not white space */
  guint32 n_link;      /* of these in links */
  guint32 n_bold;      /* of these in strong, b, em, i */
  guint16 n_links;
  guint16 n_stops;     /* marks that end a sentence, before a blank or the end */
  guint16 n_commas;
  guint16 n_digits;
  guint16 n_upper;     /* words that begin with a capital */
  guint16 n_marks;     /* | · » and the like, copyright signs */
  guint16 n_images;    /* just before it */
  gunichar first;      /* first and last character */
  gunichar last;
  gboolean br;         /* parted from the block before by line breaks */
} DraHtmlBlock;

typedef struct
{
  const xmlNode *node; /* of text */
  guint32        block;
} DraHtmlTextNode;

typedef struct
{
  GArray  *elements; /* of DraHtmlElement, in the order of the page */
  GArray  *blocks;   /* of DraHtmlBlock */
  GArray  *texts;    /* of DraHtmlTextNode */
  GArray  *tokens;   /* of guint32: hashes of words, in lower case */
  gboolean hidden;   /* what is marked as hidden is in it */
} DraHtmlSegments;

DraHtmlSegments *dra_html_segments_new  (const xmlNode    *root,
                                         gboolean          hidden);
void             dra_html_segments_free (DraHtmlSegments  *self);
void             dra_html_tokenize      (const char       *text,
                                         GArray           *tokens);

#define dra_html_segments_element(self, i) (&g_array_index ((self)->elements, DraHtmlElement, (i)))
#define dra_html_segments_block(self, i) (&g_array_index ((self)->blocks, DraHtmlBlock, (i)))

/* Numbers that describe a block. */
#define DRA_HTML_N_FEATURES 160

typedef struct
{
  guint   n_blocks;
  gint16 *values; /* n_blocks rows of DRA_HTML_N_FEATURES */
} DraHtmlFeatures;

DraHtmlFeatures *dra_html_features_new   (DraHtmlSegments       *segments,
                                          const DraHtmlMetadata *metadata);
void             dra_html_features_free  (DraHtmlFeatures       *self);
guint            dra_html_features_names (const char *const    **names);
/* The second stage looks at what the first says of the blocks around. */
void             dra_html_features_add_stage (DraHtmlFeatures   *self,
                                          DraHtmlSegments       *segments,
                                          const float           *probabilities);

/* One node of a regression tree: a leaf when feature is negative. */
typedef struct
{
  gint16 feature;
  gint16 threshold; /* below or at: left */
  gint16 left;      /* index in the tree of the next node; of a leaf, its value in 1/4096 */
  gint16 right;
} DraHtmlTreeNode;

typedef struct
{
  const DraHtmlTreeNode *nodes;
  const guint32         *roots; /* index of the first node of each tree */
  guint                  n_trees;
  float                  bias;
} DraHtmlForest;

typedef struct
{
  guint32 hash;
  gint32  weight;
} DraHtmlWord;

extern const DraHtmlForest dra_html_forests[2];
extern const DraHtmlWord dra_html_words[];
extern const guint dra_html_n_words;

float            dra_html_forest_score   (const DraHtmlForest   *forest,
                                          const gint16          *values);
void             dra_html_forest_score_rows (const DraHtmlForest *forest,
                                          const gint16          *rows,
                                          guint                  n,
                                          float                 *scores);
float            dra_html_logistic       (float                  score);
int              dra_html_word_weight    (guint32                hash);

/* Set by the training program only: other trees and words than those of the table. */
extern int     (*dra_html_word_hook)     (guint32                hash);
extern const DraHtmlForest *dra_html_forest_hook;

DraHtmlSegments *dra_html_cut            (const xmlNode         *root);
void             dra_html_choose         (DraHtmlSegments       *segments,
                                          const float           *probabilities,
                                          guint8                *kept);

typedef void   (*DraHtmlWordFunc)        (guint32                hash,
                                          gpointer               user_data);
void             dra_html_each_word      (const xmlNode         *node,
                                          DraHtmlWordFunc        func,
                                          gpointer               user_data);

G_END_DECLS
