/* dra-resolver-private.h: the working state that the steps of the document pass share.
 *
 * A DraResolution looks at an article as tokens with interned, folded words; mentions own
 * their tokens exclusively, so "is there a name here" is one array look-up and no step can
 * make two mentions overlap.  Every step is one function over the whole article, near
 * linear in its length, with hash tables for whatever asks "where else".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "recognizer/dra-resolver-words.h"
#include "recognizer/dra-resolver.h"

G_BEGIN_DECLS

typedef enum
{
  DRA_SHAPE_WORD     = 1 << 0, /* has a letter or digit */
  DRA_SHAPE_CAPITAL  = 1 << 1, /* its first letter is upper case */
  DRA_SHAPE_ALL_CAPS = 1 << 2, /* at least two letters, all upper case */
  DRA_SHAPE_LOWER    = 1 << 3, /* its first letter is lower case */
  DRA_SHAPE_START    = 1 << 4, /* first word of its sentence */
  DRA_SHAPE_HEADLINE = 1 << 5, /* in a Title Case or ALL CAPS sentence */
  DRA_SHAPE_MIXED    = 1 << 6, /* capitals after the first letter, but not only */
} DraShape;

typedef struct
{
  const char  *folded;
  DraWordClass classes;
  DraWordFlags flags;         /* of the model; 0 without one */
  guint        n_lower;       /* times in lower case, anywhere */
  guint        n_capital;     /* times capitalised inside a sentence of running text */
  guint        n_named;       /* times inside a name of the running text */
} DraWordInfo;

typedef struct
{
  guint    first; /* token */
  guint    n_tokens;
  DraLabel label;
  float    confidence;
  float    scores[DRA_N_LABELS];
  gint     entity;   /* index, or -1 */
  gint     surname;  /* word shared by a couple ("Bill and Hillary Clinton"), or -1 */
  gint     alias_of; /* the mention this acronym was defined for, or -1 */
  gboolean removed;
} DraWorkMention;

typedef struct
{
  DraEntityKind kind;
  gint          same_as;    /* another entity that this one was joined to, or -1 */
  guint         n_mentions;
  gint          name;       /* mention that gives the display name */
  float         confidence;
} DraWorkEntity;

typedef struct
{
  DraArticle        *article;
  const char        *text;
  gsize              length;
  DraModel          *model; /* (nullable) */

  const DraToken    *tokens;
  guint              n_tokens;
  const DraSentence *sentences;
  guint              n_sentences;

  guint32           *ids;         /* of each token: index into words */
  guint8            *shapes;      /* of each token: DraShape */
  guint32           *sentence_of; /* of each token */
  gint              *owner;       /* of each token: index into mentions, or -1 */

  GStringChunk      *strings;
  GHashTable        *word_ids;    /* folded -> id + 1 */
  GArray            *words;       /* of DraWordInfo */

  GArray            *mentions;    /* of DraWorkMention, in no order */
  GArray            *entities;    /* of DraWorkEntity */

  GCancellable      *cancellable; /* (nullable) (transfer none) */
  gboolean           stopped;     /* it was cancelled: what there is, is not complete */
} DraResolution;

/* dra-resolution.c */
DraResolution  *dra_resolution_new           (DraArticle     *article,
                                              DraTokens      *tokens,
                                              GArray         *spans,
                                              DraModel       *model,
                                              GCancellable   *cancellable);
void            dra_resolution_free          (DraResolution  *self);
gint            dra_resolution_add           (DraResolution  *self,
                                              guint           first,
                                              guint           n_tokens,
                                              DraLabel        label,
                                              float           confidence);
void            dra_resolution_remove        (DraResolution  *self,
                                              guint           index);
void            dra_resolution_resize        (DraResolution  *self,
                                              guint           index,
                                              guint           first,
                                              guint           n_tokens);
void            dra_resolution_relabel       (DraResolution  *self,
                                              guint           index,
                                              DraLabel        label);
char           *dra_resolution_dup_key       (DraResolution  *self,
                                              guint           first,
                                              guint           n_tokens);
GArray         *dra_resolution_dup_order     (DraResolution  *self);
guint           dra_resolution_add_entity    (DraResolution  *self,
                                              DraEntityKind   kind);
guint           dra_resolution_find_entity   (DraResolution  *self,
                                              guint           entity);
void            dra_resolution_give_entity   (DraResolution  *self,
                                              GArray         *mentions,
                                              guint           entity);
void            dra_resolution_join          (DraResolution  *self,
                                              guint           kept,
                                              guint           joined);

gboolean        dra_resolution_is_possessive     (DraResolution *self,
                                                  guint          token);
gboolean        dra_resolution_is_title          (DraResolution *self,
                                                  guint          first,
                                                  guint          n);
gboolean        dra_resolution_is_plural_acronym (DraResolution *self,
                                                  guint          token);
gboolean        dra_resolution_is_listed_place   (DraResolution *self,
                                                  guint          first,
                                                  guint          n,
                                                  guint          cut);
GHashTable     *dra_resolution_dup_surnames      (DraResolution *self);

/* For loops over the whole article, with their counter: whether to leave them. */
static inline gboolean
dra_resolution_is_stopped (DraResolution *self,
                           guint          i)
{
  if (i % 1024 == 0 && !self->stopped)
    self->stopped = g_cancellable_is_cancelled (self->cancellable);

  return self->stopped;
}

static inline DraWorkMention *
dra_resolution_mention (DraResolution *self,
                        guint          index)
{
  return &g_array_index (self->mentions, DraWorkMention, index);
}

static inline DraWorkEntity *
dra_resolution_entity (DraResolution *self,
                       guint          index)
{
  return &g_array_index (self->entities, DraWorkEntity, index);
}

static inline DraWordInfo *
dra_resolution_word (DraResolution *self,
                     guint          token)
{
  return &g_array_index (self->words, DraWordInfo, self->ids[token]);
}

static inline DraRange
dra_resolution_range (DraResolution *self,
                      guint          first,
                      guint          n_tokens)
{
  return (DraRange) { self->tokens[first].range.start,
                      self->tokens[first + n_tokens - 1].range.end };
}

/* Whether the token is this one character. */
static inline gboolean
dra_resolution_is_char (DraResolution *self,
                        guint          token,
                        char           c)
{
  DraRange range = self->tokens[token].range;

  return range.end == range.start + 1 && self->text[range.start] == c;
}

static inline gboolean
dra_resolution_same_sentence (DraResolution *self,
                              guint          token,
                              guint          other)
{
  return token < self->n_tokens && other < self->n_tokens &&
         self->sentence_of[token] == self->sentence_of[other];
}

/* Whether a token is a word with a capital, in the sentence of another. */
static inline gboolean
dra_resolution_is_capital (DraResolution *self,
                           guint          other,
                           guint          token)
{
  return dra_resolution_same_sentence (self, other, token) &&
         (self->shapes[token] & DRA_SHAPE_CAPITAL) && (self->shapes[token] & DRA_SHAPE_WORD);
}

/* dra-resolver-trim.c */
void dra_resolver_trim_names       (DraResolution *self);

/* dra-resolver-couples.c */
void dra_resolver_split_couples    (DraResolution *self);
void dra_resolver_join_nicknames   (DraResolution *self);

/* dra-resolver-labels.c */
void dra_resolver_filter_headlines (DraResolution *self);
void dra_resolver_unite_labels     (DraResolution *self);
void dra_resolver_drop_non_names   (DraResolution *self);

/* dra-resolver-bodies.c */
void dra_resolver_find_bodies      (DraResolution *self);

/* dra-resolver-ends.c */
void dra_resolver_find_ends        (DraResolution *self);

/* dra-resolver-cues.c */
gboolean dra_resolver_has_company_cue (DraResolution        *self,
                                       const DraWorkMention *mention);
gboolean dra_resolver_has_body_cue    (DraResolution        *self,
                                       const DraWorkMention *mention);

/* dra-resolver-acronyms.c */
void dra_resolver_settle_acronyms  (DraResolution *self);
void dra_resolver_join_acronyms    (DraResolution *self);

/* dra-resolver-spread.c: known names in the rest of the text */
void dra_resolver_fix_boundaries   (DraResolution *self);
void dra_resolver_spread_names     (DraResolution *self);

/* dra-resolver-gender.c */
int  dra_resolver_honorific_gender (DraResolution        *self,
                                    const DraWorkMention *mention);
int  dra_resolver_gender           (DraResolution        *self,
                                    const DraWorkMention *mention);

/* dra-resolver-people.c, dra-resolver-organizations.c: mentions to entities */
void dra_resolver_group_people        (DraResolution *self);
void dra_resolver_group_organizations (DraResolution *self);
void dra_resolver_group_places        (DraResolution *self);

/* dra-roles.c */
gboolean dra_roles_find      (DraResolution *self,
                              const guint   *mentions,
                              guint          n_mentions,
                              DraRange      *range);
gboolean dra_roles_find_body (DraResolution *self,
                              const guint   *mentions,
                              guint          n_mentions,
                              DraRange      *range);

G_END_DECLS
