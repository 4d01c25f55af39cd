/* marked-article.h: an article whose people and organizations were marked by hand.
 *
 * NAME.txt is the text, read as lines; NAME.cast.json has people and organizations with
 * their forms and roles, "spans" [start, end, kind, index] in code points, and in "either"
 * the names that may be seen one way or the other.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "recognizer/dra-cast.h"
#include "recognizer/dra-tagger.h"
#include "recognizer/dra-tokenizer.h"

G_BEGIN_DECLS

typedef struct
{
  DraEntityKind kind;
  char         *name;
  char         *role;
  GArray       *spans; /* of DraRange, bytes */
} MarkedEntity;

typedef struct
{
  DraArticle *article;
  GPtrArray  *gold;    /* of MarkedEntity that count */
  GArray     *ignored; /* of DraRange */
  GArray     *marked;  /* of DraSpan over its tokens: people, organizations and places */
  DraTokens  *tokens;
} MarkedArticle;

MarkedArticle *marked_article_read (const char    *folder,
                                    const char    *name,
                                    GError       **error);
void           marked_article_free (MarkedArticle *marked);
void           marked_entity_free  (gpointer       entity);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MarkedArticle, marked_article_free)

G_END_DECLS
