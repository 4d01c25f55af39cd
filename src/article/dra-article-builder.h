/* dra-article-builder.h: how a reader makes a DraArticle.
 *
 * The builder enforces the text rules of dra-article.h whatever it is given, so that a
 * reader only says where blocks and styles begin and end.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "article/dra-article.h"

G_BEGIN_DECLS

typedef struct _DraArticleBuilder DraArticleBuilder;

DraArticleBuilder *dra_article_builder_new          (void);
void               dra_article_builder_free         (DraArticleBuilder *self);

void               dra_article_builder_set_metadata (DraArticleBuilder *self,
                                                     DraMetadata        which,
                                                     const char        *value);

void               dra_article_builder_begin_block  (DraArticleBuilder *self,
                                                     DraBlockKind       kind,
                                                     guint              level,
                                                     const char        *label);
void               dra_article_builder_add_text     (DraArticleBuilder *self,
                                                     const char        *text,
                                                     gssize             length);
void               dra_article_builder_add_break    (DraArticleBuilder *self);
void               dra_article_builder_add_image    (DraArticleBuilder *self,
                                                     const char        *alternative);
void               dra_article_builder_set_source   (DraArticleBuilder *self,
                                                     const char        *source);
void               dra_article_builder_next_cell    (DraArticleBuilder *self);
void               dra_article_builder_begin_style  (DraArticleBuilder *self,
                                                     DraStyleKind       kind,
                                                     const char        *target);
void               dra_article_builder_end_style    (DraArticleBuilder *self,
                                                     DraStyleKind       kind);
gboolean           dra_article_builder_end_block    (DraArticleBuilder *self);

void               dra_article_builder_take_lines   (DraArticleBuilder *self,
                                                     char              *text,
                                                     gsize              length);
void               dra_article_builder_add_exact    (DraArticleBuilder *self,
                                                     DraBlockKind       kind,
                                                     guint              level,
                                                     const char        *label,
                                                     const char        *text,
                                                     gsize              length,
                                                     guint              n_newlines_before);
void               dra_article_builder_add_style    (DraArticleBuilder *self,
                                                     DraStyleKind       kind,
                                                     DraRange           range,
                                                     const char        *target);

gsize              dra_article_builder_get_length   (DraArticleBuilder *self);
DraArticle        *dra_article_builder_build        (DraArticleBuilder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraArticleBuilder, dra_article_builder_free)

G_END_DECLS
