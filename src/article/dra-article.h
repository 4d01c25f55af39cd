/* dra-article.h: one immutable text with blocks, inline styles and metadata.
 *
 * Text rules (version DRA_ARTICLE_TEXT_VERSION): valid UTF-8; no NUL, no CR, no other
 * control character, no noncharacter; each block is one line, blocks separated by one
 * '\n'; white space inside a block is collapsed to single spaces except in preformatted
 * blocks, whose inner line breaks are U+2028 (also a hard line break in any block); the
 * cells of a table row are separated by one tab, an empty cell is nothing between two;
 * an image is U+FFFC with its alternative text as the block's label and its address as
 * the block's source.  A reference to a footnote is a link to "#fn:" and the label of the
 * footnote's block.  An article made by
 * "as lines" is the exception: its text is the input unchanged, so its blocks may be
 * separated by several '\n' and hold any white space.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib-object.h>

#include "article/dra-range.h"

G_BEGIN_DECLS

#define DRA_ARTICLE_TEXT_VERSION 1

/**
 * DraBlockKind:
 * @DRA_BLOCK_TITLE: the title as it stands in the text; level 0
 * @DRA_BLOCK_BYLINE: who wrote it, and lines of that sort
 * @DRA_BLOCK_DATE: a line that is only a date
 * @DRA_BLOCK_HEADING: level 1 to 6
 * @DRA_BLOCK_PARAGRAPH: running text
 * @DRA_BLOCK_LIST_ITEM: level is the depth from 1, label the marker ("•", "3.")
 * @DRA_BLOCK_QUOTATION: level is the depth from 1
 * @DRA_BLOCK_PREFORMATTED: verse, tables and code kept as they are
 * @DRA_BLOCK_RULE: a "* * *" line
 * @DRA_BLOCK_CAPTION: below an image or a table
 * @DRA_BLOCK_IMAGE: U+FFFC; label is the alternative text, source where the image is
 * @DRA_BLOCK_TABLE_ROW: cells separated by tabs; level 1 for a row of headings, else 0;
 *   the first row of each table has the label "first"
 * @DRA_BLOCK_FOOTNOTE: a footnote or endnote; label, of ASCII letters, digits and
 *   "-_." only, is what its references target
 */
typedef enum
{
  DRA_BLOCK_TITLE,
  DRA_BLOCK_BYLINE,
  DRA_BLOCK_DATE,
  DRA_BLOCK_HEADING,
  DRA_BLOCK_PARAGRAPH,
  DRA_BLOCK_LIST_ITEM,
  DRA_BLOCK_QUOTATION,
  DRA_BLOCK_PREFORMATTED,
  DRA_BLOCK_RULE,
  DRA_BLOCK_CAPTION,
  DRA_BLOCK_IMAGE,
  DRA_BLOCK_TABLE_ROW,
  DRA_BLOCK_FOOTNOTE,
} DraBlockKind;

#define DRA_N_BLOCK_KINDS (DRA_BLOCK_FOOTNOTE + 1)

typedef struct
{
  DraBlockKind kind;
  guint        level;
  DraRange     range; /* bytes, without the separating '\n' */
  const char  *label; /* (nullable): list marker, alternative text, name of a footnote */
  const char  *source; /* (nullable): address of an image, a key of the reading's images */
} DraBlock;

typedef enum
{
  DRA_STYLE_EMPHASIS,
  DRA_STYLE_STRONG,
  DRA_STYLE_CODE,
  DRA_STYLE_LINK,
  DRA_STYLE_UNDERLINE,
  DRA_STYLE_STRIKETHROUGH,
  DRA_STYLE_SUPERSCRIPT,
  DRA_STYLE_SUBSCRIPT,
} DraStyleKind;

typedef struct
{
  DraStyleKind kind;
  DraRange     range;  /* bytes */
  const char  *target; /* (nullable): address of a link */
} DraStyle;

typedef enum
{
  DRA_METADATA_TITLE,
  DRA_METADATA_BYLINE,
  DRA_METADATA_PUBLISHED,   /* ISO 8601 where it could be read, else as written */
  DRA_METADATA_SITE,
  DRA_METADATA_LANGUAGE,    /* BCP 47 */
  DRA_METADATA_SOURCE_URI,  /* where the bytes came from */
  DRA_METADATA_SOURCE_TYPE, /* content type of those bytes */
  DRA_METADATA_ORIGIN_URI,  /* the original article's address, when a copy names it */
  DRA_N_METADATA,
} DraMetadata;

#define DRA_TYPE_ARTICLE (dra_article_get_type ())
G_DECLARE_FINAL_TYPE (DraArticle, dra_article, DRA, ARTICLE, GObject)

const char     *dra_article_get_text           (DraArticle    *self,
                                                gsize         *length);
char           *dra_article_dup_range          (DraArticle    *self,
                                                DraRange       range);
const char     *dra_article_get_metadata       (DraArticle    *self,
                                                DraMetadata    which);
const char     *dra_article_get_title          (DraArticle    *self);
const char     *dra_article_get_hash           (DraArticle    *self);
guint           dra_article_count_words        (DraArticle    *self);

const DraBlock *dra_article_get_blocks         (DraArticle    *self,
                                                guint         *n_blocks);
gboolean        dra_article_has_block          (DraArticle    *self,
                                                DraBlockKind   kind);
int             dra_article_find_block         (DraArticle    *self,
                                                gsize          offset);
const DraStyle *dra_article_get_styles         (DraArticle    *self,
                                                guint         *n_styles);

gsize           dra_article_get_n_code_points  (DraArticle    *self);
gsize           dra_article_to_code_points     (DraArticle    *self,
                                                gsize          bytes);
gsize           dra_article_to_bytes           (DraArticle    *self,
                                                gsize          code_points);

const char     *dra_block_kind_to_string       (DraBlockKind   kind);
gboolean        dra_block_kind_from_string     (const char    *string,
                                                DraBlockKind  *kind);
const char     *dra_style_kind_to_string       (DraStyleKind   kind);
gboolean        dra_style_kind_from_string     (const char    *string,
                                                DraStyleKind  *kind);

G_END_DECLS
