/* dra-html-extract-page.h: what the blocks of a page are together.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "readers/dra-html-extract-private.h"

G_BEGIN_DECLS

/* How often each of many hashes was counted: open addressing, never more than half full.
 * The slots are cleared as one, and hashes are spread already. */
typedef struct
{
  guint32 *keys;
  guint32 *counts; /* 0: the slot is free */
  guint32  mask;
} DraHtmlCounter;

static inline guint32
dra_html_counter_find (const DraHtmlCounter *self,
                       guint32               key)
{
  guint32 slot = (key ^ key >> 15) & self->mask;

  while (self->counts[slot] != 0 && self->keys[slot] != key)
    slot = (slot + 1) & self->mask;

  return slot;
}

static inline guint32
dra_html_counter_get (const DraHtmlCounter *self,
                      guint32               key)
{
  return self->counts == NULL ? 0 : self->counts[dra_html_counter_find (self, key)];
}

/* Returns how often it is there now. */
static inline guint32
dra_html_counter_add (DraHtmlCounter *self,
                      guint32         key)
{
  guint32 slot = dra_html_counter_find (self, key);

  self->keys[slot] = key;

  return ++self->counts[slot];
}

/* The blocks whose elements have the same path. */
typedef struct
{
  guint   count;
  guint32 tokens;
  guint32 chars;
  guint32 linked;
  guint32 n_prose;
} DraHtmlGroup;

/* What the page is to the blocks in it. */
typedef struct
{
  DraHtmlSegments       *segments;
  const DraHtmlMetadata *metadata;
  guint                  n_blocks;
  guint32               *chars;      /* running sums over blocks, n_blocks + 1 each */
  guint32               *linked;
  guint32               *prose;
  guint32               *direct;     /* of each element: prose of the blocks just in it */
  guint32               *alike;      /* of each element: how many siblings have its path */
  guint8                *is_prose;   /* of each block */
  GHashTable            *groups;     /* path -> DraHtmlGroup */
  DraHtmlCounter         copies;     /* hash of a block's tokens */
  DraHtmlCounter         seen;       /* such hashes so far */
  DraHtmlCounter         body;       /* triples of the JSON-LD text, or nothing */
  DraHtmlCounter         known;      /* tokens of the prose */
  DraHtmlCounter         title;      /* tokens of the title */
  guint                  n_title;
  guint32                title_hash;
  guint                  title_block;
  guint32                center;     /* deepest element that holds most of the prose */
  guint32                top;        /* element with the most prose just in it */
  guint32                top_path;
  guint32               *articles;   /* of each block: number of its article element */
  guint32               *article_chars;
  guint                  n_articles;
  guint32                most_article;
  guint32               *replies;    /* running sum over blocks: short ones with such a word */
} DraHtmlExtractPage;

static inline guint32
dra_html_sum_in (const guint32        *sums,
                 const DraHtmlElement *element)
{
  return sums[element->end_block] - sums[element->first_block];
}

static inline guint
dra_html_n_tokens (const DraHtmlBlock *block)
{
  return block->end_token - block->first_token;
}

guint   dra_html_count_triples      (const DraHtmlCounter  *set,
                                     const guint32         *tokens,
                                     guint                  n);
guint32 dra_html_hash_tokens        (DraHtmlSegments       *segments,
                                     const DraHtmlBlock    *block);
void    dra_html_extract_page_init  (DraHtmlExtractPage    *page,
                                     DraHtmlSegments       *segments,
                                     const DraHtmlMetadata *metadata);
void    dra_html_extract_page_clear (DraHtmlExtractPage    *page);

G_END_DECLS
