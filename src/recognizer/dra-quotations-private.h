/* dra-quotations-private.h: what the parts of the quotation finder share.
 *
 *   dra-quotation-marks.c     where quotations begin and end
 *   dra-quotation-words.c     words of speech, pronouns, and who goes by "he" or "she"
 *   dra-quotation-referents.c who a pronoun or a description means
 *   dra-quotation-speakers.c  who the subject of a verb is
 *   dra-quotation-cues.c      the cue of a quotation: the words that say whose it is
 *   dra-quotations.c          all of them, and the result
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "recognizer/dra-quotations.h"
#include "recognizer/dra-resolver-words.h"
#include "recognizer/dra-tokenizer.h"

G_BEGIN_DECLS

/* What a word can be in the words around a quotation. */
typedef enum
{
  DRA_CUE_SAY        = 1 << 0,  /* "said": its subject said what is quoted */
  DRA_CUE_TELL       = 1 << 1,  /* "told": whom, not who, stands behind it */
  DRA_CUE_CALL       = 1 << 2,  /* "called (it)": only before the quotation */
  DRA_CUE_AUXILIARY  = 1 << 3,
  DRA_CUE_ADVERB     = 1 << 4,
  DRA_CUE_HE         = 1 << 5,
  DRA_CUE_SHE        = 1 << 6,
  DRA_CUE_IT         = 1 << 7,
  DRA_CUE_NOBODY     = 1 << 8,  /* "I", "they", "many": says, but is nobody of the cast */
  DRA_CUE_WHO        = 1 << 9,
  DRA_CUE_DETERMINER = 1 << 10,
  DRA_CUE_PREPOSITION = 1 << 11,
  DRA_CUE_AND        = 1 << 12,
  DRA_CUE_VOICE      = 1 << 13, /* "spokesman": speaks for the organization beside it */
  DRA_CUE_ORGANIZATION = 1 << 14, /* "the company": some organization named before */
  DRA_CUE_HIS        = 1 << 15, /* "his": shows who goes by "he" */
  DRA_CUE_HER        = 1 << 16,
  DRA_CUE_MALE       = 1 << 17, /* a title or given name of men */
  DRA_CUE_FEMALE     = 1 << 18,
  DRA_CUE_LOWER      = 1 << 19, /* begins in lower case */
  DRA_CUE_WORD       = 1 << 20,
  DRA_CUE_BREAK      = 1 << 21, /* a clause ends: ; : ( ) dash */
} DraCueWord;

typedef struct
{
  int      mention; /* index in the cast, or -1 */
  int      quote;   /* index of the outermost quotation it stands in, or -1 */
  guint32  flags;   /* DraCueWord */
  guint32  sentence;
} DraCueToken;

/* Who speaks, as found beside a verb. */
typedef struct
{
  gboolean found;   /* there is a subject at all */
  int      speaker; /* entity, or -1: nobody known */
  DraRange range;   /* bytes of the words that name the speaker */
} DraCueSpeaker;

typedef struct
{
  DraArticle       *article;
  const char       *text;
  DraCast          *cast;
  const DraMention *mentions;
  guint             n_mentions;

  DraTokens        *tokens;
  guint             n_tokens;
  DraCueToken      *cues;       /* of each token */

  GArray           *quotations; /* of DraQuotation, by start */

  gint8            *genders;    /* of each entity: > 0 "he", < 0 "she", 0 unknown */
  GHashTable       *heads;      /* word of a role -> entity + 1, or 0: of several */

  int               last_speaker; /* of the quotation before, or -1 */
  guint             last_block;   /* where that was */
  gsize             last_end;     /* bytes: where its quotation and cue end */
} DraQuotationFinder;

/* dra-quotation-marks.c */
GArray       *dra_quotation_marks_find      (DraArticle         *article);

/* dra-quotation-words.c */
guint32       dra_cue_word_lookup           (const char         *word,
                                             gsize               length);
void          dra_cue_learn_genders         (DraQuotationFinder *self);

/* dra-quotation-referents.c */
void          dra_cue_learn_roles           (DraQuotationFinder *self);
int           dra_cue_find_by_role          (DraQuotationFinder *self,
                                             guint               token);
DraCueSpeaker dra_cue_resolve_noun          (DraQuotationFinder *self,
                                             guint               token);
DraCueSpeaker dra_cue_resolve_pronoun       (DraQuotationFinder *self,
                                             guint               token);

/* dra-quotation-speakers.c */
DraCueSpeaker dra_cue_find_subject_before   (DraQuotationFinder *self,
                                             guint               begin,
                                             guint               verb);
DraCueSpeaker dra_cue_find_subject_after    (DraQuotationFinder *self,
                                             guint               first,
                                             guint               end);

/* dra-quotation-cues.c */
void          dra_cue_attribute             (DraQuotationFinder *self,
                                             DraQuotation       *quotation,
                                             const DraQuotation *previous,
                                             guint               first,
                                             guint               end,
                                             gboolean            dialogue);

static inline const DraToken *
dra_cue_token (DraQuotationFinder *self,
               guint               token)
{
  return &g_array_index (self->tokens->tokens, DraToken, token);
}

static inline const DraSentence *
dra_cue_sentence (DraQuotationFinder *self,
                  guint               token)
{
  return &g_array_index (self->tokens->sentences, DraSentence, self->cues[token].sentence);
}

static inline guint
dra_cue_block (DraQuotationFinder *self,
               guint               token)
{
  return dra_cue_sentence (self, token)->block;
}

static inline gboolean
dra_cue_is (DraQuotationFinder *self,
            guint               token,
            guint32             flags)
{
  return (self->cues[token].flags & flags) != 0;
}

/* Whether the token is this one character. */
static inline gboolean
dra_cue_is_char (DraQuotationFinder *self,
                 guint               token,
                 char                c)
{
  DraRange range = dra_cue_token (self, token)->range;

  return range.end == range.start + 1 && self->text[range.start] == c;
}

static inline DraEntityKind
dra_cue_kind (DraQuotationFinder *self,
              int                 mention)
{
  return dra_cast_get_entity (self->cast, self->mentions[mention].entity)->kind;
}

static inline guint
dra_cue_mention_start (DraQuotationFinder *self,
                       guint               token)
{
  while (token > 0 && self->cues[token - 1].mention == self->cues[token].mention)
    token--;
  return token;
}

static inline guint
dra_cue_mention_end (DraQuotationFinder *self,
                     guint               token)
{
  int mention = self->cues[token].mention;

  while (token < self->n_tokens && self->cues[token].mention == mention)
    token++;
  return token;
}

static inline gboolean
dra_cue_is_possessive (DraQuotationFinder *self,
                       guint               token)
{
  DraRange range = dra_cue_token (self, token)->range;
  gunichar c = g_utf8_get_char (self->text + range.start);

  return (c == '\'' || c == 0x2019) && dra_range_length (range) > 1 &&
         self->text[range.end - 1] == 's';
}

static inline DraCueSpeaker
dra_cue_nobody_at (DraQuotationFinder *self,
                   guint               token)
{
  return (DraCueSpeaker) { TRUE, -1, dra_cue_token (self, token)->range };
}

static inline DraCueSpeaker
dra_cue_entity_at (DraQuotationFinder *self,
                   guint               token,
                   int                 entity)
{
  return (DraCueSpeaker) { TRUE, entity, dra_cue_token (self, token)->range };
}

G_END_DECLS
