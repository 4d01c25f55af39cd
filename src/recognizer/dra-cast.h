/* dra-cast.h: the people, organizations and places of one article.
 *
 * Immutable: mentions sorted by start, never overlapping, each of one entity; entities
 * in the order of their first mention.  Places are found so that they are not taken for
 * organizations; the window lists them only when asked to.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "article/dra-article.h"

G_BEGIN_DECLS

typedef enum
{
  DRA_ENTITY_PERSON,
  DRA_ENTITY_ORGANIZATION,
  DRA_ENTITY_PLACE,
} DraEntityKind;

/* Below this confidence a name or a mention is shown as unsure. */
#define DRA_ENTITY_UNSURE .6f

typedef struct
{
  DraRange range;      /* bytes of the article's text */
  guint    entity;     /* index of its entity */
  float    confidence; /* 0 to 1: that this span and kind are right */
} DraMention;

typedef struct
{
  const char        *id;         /* unique in the cast: "p1", "o3", "l2" */
  DraEntityKind      kind;
  const char        *name;       /* the fullest form in the article */
  const char        *role;       /* (nullable): phrase of the article that says who it is */
  DraRange           role_range; /* bytes; empty when there is no role */
  float              confidence; /* 0 to 1 */
  const guint       *mentions;   /* indices of its mentions, in text order */
  guint              n_mentions; /* at least 1 */
  const char *const *forms;      /* NULL-terminated distinct strings it is named by,
                                    the name first when it is one of them */
} DraEntity;

#define DRA_TYPE_CAST (dra_cast_get_type ())
G_DECLARE_FINAL_TYPE (DraCast, dra_cast, DRA, CAST, GObject)

guint             dra_cast_get_n_entities   (DraCast       *self);
const DraEntity  *dra_cast_get_entity       (DraCast       *self,
                                             guint          index);
/* Bytes of the text it was made of. */
gsize             dra_cast_get_text_length  (DraCast       *self);
const DraMention *dra_cast_get_mentions     (DraCast       *self,
                                             guint         *n_mentions);
int               dra_cast_find_mention     (DraCast       *self,
                                             gsize          offset);
int               dra_cast_find_entity      (DraCast       *self,
                                             const char    *id);
const char       *dra_entity_kind_to_string (DraEntityKind  kind);
gboolean          dra_entity_kind_from_string (const char  *string,
                                             DraEntityKind *kind);

typedef struct _DraCastBuilder DraCastBuilder;

DraCastBuilder *dra_cast_builder_new         (DraArticle     *article);
void            dra_cast_builder_free        (DraCastBuilder *self);
guint           dra_cast_builder_add_entity  (DraCastBuilder *self,
                                              DraEntityKind   kind,
                                              const char     *name,
                                              float           confidence);
void            dra_cast_builder_set_role    (DraCastBuilder *self,
                                              guint           entity,
                                              DraRange        role_range);
gboolean        dra_cast_builder_add_mention (DraCastBuilder *self,
                                              guint           entity,
                                              DraRange        range,
                                              float           confidence);
DraCast        *dra_cast_builder_build       (DraCastBuilder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraCastBuilder, dra_cast_builder_free)

G_END_DECLS
