/* dra-quotation-referents.c: who a pronoun or a description means.
 *
 * "He" is the last speaker, unless somebody came in since then who goes by it; "the minister"
 * is the only one whose role has that head.  Looks only at a bounded number of words before.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "recognizer/dra-quotations-private.h"

#define REACH_TOKENS 300 /* how far back a pronoun looks ... */
#define REACH_BLOCKS 3   /* ... and over how many paragraphs */
#define SUBJECT_WORDS 4  /* a name this near to the start of a sentence is its subject */
#define AMBIGUOUS G_MAXINT

/* The candidates of one sentence. */
typedef struct
{
  gboolean any;
  int      entity;  /* the only one, or the subject; -1: several */
  guint    token;
  gboolean subject; /* it begins the sentence ... */
  gboolean speaks;  /* ... or says what the sentence says, which is surer */
} Candidates;

/* sure: only those that are known to go by the pronoun. */
static gboolean
fits (DraQuotationFinder *self,
      int                 entity,
      DraEntityKind       kind,
      int                 gender,
      gboolean            sure)
{
  return dra_cast_get_entity (self->cast, (guint) entity)->kind == kind &&
         (gender == 0 || self->genders[entity] * gender >= sure);
}

/* "Vane said": whether a verb of speech stands right behind the mention. */
static gboolean
is_before_saying (DraQuotationFinder *self,
                  guint               token)
{
  guint after = dra_cue_mention_end (self, token);

  return after < self->n_tokens && self->cues[after].sentence == self->cues[token].sentence &&
         self->cues[after].quote < 0 && self->cues[after].mention < 0 &&
         dra_cue_is (self, after, DRA_CUE_SAY | DRA_CUE_TELL);
}

/* "Vane's claim": he may be far away. */
static gboolean
is_owner (DraQuotationFinder *self,
          guint               token)
{
  guint after = dra_cue_mention_end (self, token);

  return after < self->n_tokens && self->cues[after].sentence == self->cues[token].sentence &&
         dra_cue_is_possessive (self, after);
}

/* The nearest sentence before the token that names someone who fits. */
static Candidates
find_candidates (DraQuotationFinder *self,
                 guint               token,
                 DraEntityKind       kind,
                 int                 gender,
                 gboolean            sure)
{
  guint block = dra_cue_block (self, token);
  guint sentence = self->cues[token].sentence;
  Candidates found = { .entity = -1 };

  for (guint t = token, n = 0; t > 0 && n < REACH_TOKENS; n++)
    {
      int mention = self->cues[--t].mention;
      gboolean subject;
      int entity;

      if (block - dra_cue_block (self, t) > REACH_BLOCKS)
        break;
      if (self->cues[t].sentence != sentence && found.any)
        break;
      sentence = self->cues[t].sentence;
      if (mention < 0 || self->cues[t].quote >= 0)
        continue;
      t = dra_cue_mention_start (self, t);
      entity = (int) self->mentions[mention].entity;
      if (!fits (self, entity, kind, gender, sure) || is_owner (self, t))
        continue;
      subject = t - dra_cue_sentence (self, t)->first <= SUBJECT_WORDS;
      /* Going backwards, so that the subject comes last and wins. */
      if (is_before_saying (self, t) && !found.speaks)
        found = (Candidates) { TRUE, entity, t, TRUE, TRUE };
      else if (found.speaks)
        continue;
      else if (!found.any || subject)
        found = (Candidates) { TRUE, entity, t, subject, FALSE };
      else if (entity != found.entity)
        found.entity = -1;
    }

  return found;
}

/* Whom the pronoun means among those who fit: the last speaker, unless somebody came in
 * since then. */
static int
choose (DraQuotationFinder *self,
        const Candidates   *found,
        int                 last,
        gsize              *since)
{
  gsize named = found->any ? dra_cue_token (self, found->token)->range.start : 0;

  *since = MAX (named, last >= 0 ? self->last_end : 0);
  if (last >= 0 && (!found->any || found->entity == last || named < self->last_end))
    return last;

  return found->any ? found->entity : -1;
}

static int
resolve (DraQuotationFinder *self,
         guint               token,
         DraEntityKind       kind,
         int                 gender)
{
  Candidates all = find_candidates (self, token, kind, gender, FALSE);
  Candidates sure;
  int last = self->last_speaker;
  int choice;
  gsize since;

  if (last >= 0 && (!fits (self, last, kind, gender, FALSE) ||
                    dra_cue_block (self, token) - self->last_block > REACH_BLOCKS))
    last = -1;
  if (gender == 0)
    return choose (self, &all, last, &since);

  sure = find_candidates (self, token, kind, gender, TRUE);
  if (!sure.any && (last < 0 || !fits (self, last, kind, gender, TRUE)))
    return choose (self, &all, last, &since);

  choice = choose (self, &sure, last >= 0 && fits (self, last, kind, gender, TRUE) ? last : -1,
                   &since);
  /* A subject that came in since then, of whom it is not known, makes it doubtful. */
  if (all.any && all.subject && all.entity != choice &&
      dra_cue_token (self, all.token)->range.start > since)
    return -1;

  return choice;
}

/*
 * dra_cue_learn_roles:
 * @self: a finder
 *
 * Notes the head word of every role, for "the minister said".
 */
void
dra_cue_learn_roles (DraQuotationFinder *self)
{
  self->heads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint e = 0; e < dra_cast_get_n_entities (self->cast); e++)
    {
      const char *role = dra_cast_get_entity (self->cast, e)->role;
      g_auto (GStrv) words = role != NULL ? g_strsplit (role, " ", 16) : NULL;
      g_autofree char *head = NULL;
      gpointer known;

      for (guint i = 0; words != NULL && words[i] != NULL; i++)
        {
          if (dra_cue_word_lookup (words[i], strlen (words[i])) & DRA_CUE_PREPOSITION)
            break;
          g_free (head);
          head = dra_word_fold (words[i], strlen (words[i]));
        }
      if (head == NULL || *head == '\0')
        continue;
      known = g_hash_table_lookup (self->heads, head);
      g_hash_table_replace (self->heads, g_steal_pointer (&head),
                            known != NULL ? GINT_TO_POINTER (AMBIGUOUS) : GINT_TO_POINTER (e + 1));
    }
}

/* The only entity whose role has the token for its head, or -1. */
int
dra_cue_find_by_role (DraQuotationFinder *self,
                      guint               token)
{
  DraRange range = dra_cue_token (self, token)->range;
  g_autofree char *folded = dra_word_fold (self->text + range.start, dra_range_length (range));
  int known = GPOINTER_TO_INT (g_hash_table_lookup (self->heads, folded));

  return known == AMBIGUOUS ? -1 : known - 1;
}

/* Who the noun says it is: "the minister", "the company". */
DraCueSpeaker
dra_cue_resolve_noun (DraQuotationFinder *self,
                      guint               token)
{
  int entity = dra_cue_find_by_role (self, token);

  if (entity < 0 && dra_cue_is (self, token, DRA_CUE_ORGANIZATION))
    entity = resolve (self, token, DRA_ENTITY_ORGANIZATION, 0);

  return dra_cue_entity_at (self, token, entity);
}

/* Whom a pronoun of DRA_CUE_HE, _SHE or _IT means; others mean nobody known. */
DraCueSpeaker
dra_cue_resolve_pronoun (DraQuotationFinder *self,
                         guint               token)
{
  guint32 flags = self->cues[token].flags;

  if (flags & DRA_CUE_HE)
    return dra_cue_entity_at (self, token, resolve (self, token, DRA_ENTITY_PERSON, 1));
  if (flags & DRA_CUE_SHE)
    return dra_cue_entity_at (self, token, resolve (self, token, DRA_ENTITY_PERSON, -1));
  if (flags & DRA_CUE_IT)
    return dra_cue_entity_at (self, token, resolve (self, token, DRA_ENTITY_ORGANIZATION, 0));
  return dra_cue_nobody_at (self, token);
}
