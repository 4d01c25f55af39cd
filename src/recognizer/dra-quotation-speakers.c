/* dra-quotation-speakers.c: who a name, a pronoun or a description beside a verb is.
 *
 * Looks only at a bounded number of words around the verb, and answers "nobody known"
 * wherever two people fit.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "recognizer/dra-quotations-private.h"

#define MAX_TITLE 6      /* words before a name that still belong to it */
#define MAX_PHRASE 18    /* words after a verb in which its subject is looked for */
#define MAX_VERBS 6      /* verbs of one subject: "said ..., adding ..., and told ..." */
#define REACH_TOKENS 300 /* how far back a pronoun looks ... */
#define REACH_BLOCKS 3   /* ... and over how many paragraphs */
#define SUBJECT_WORDS 4  /* a name this near to the start of a sentence is its subject */
#define AMBIGUOUS G_MAXINT

static const DraCueSpeaker nothing = { FALSE, -1, { 0, 0 } };

static guint
mention_start (DraQuotationFinder *self,
               guint               token)
{
  while (token > 0 && self->cues[token - 1].mention == self->cues[token].mention)
    token--;
  return token;
}

static guint
mention_end (DraQuotationFinder *self,
             guint               token)
{
  int mention = self->cues[token].mention;

  while (token < self->n_tokens && self->cues[token].mention == mention)
    token++;
  return token;
}

static gboolean
is_possessive (DraQuotationFinder *self,
               guint               token)
{
  DraRange range = dra_cue_token (self, token)->range;
  gunichar c = g_utf8_get_char (self->text + range.start);

  return (c == '\'' || c == 0x2019) && dra_range_length (range) > 1 &&
         self->text[range.end - 1] == 's';
}

static DraCueSpeaker
nobody_at (DraQuotationFinder *self,
           guint               token)
{
  return (DraCueSpeaker) { TRUE, -1, dra_cue_token (self, token)->range };
}

static DraCueSpeaker
entity_at (DraQuotationFinder *self,
           guint               token,
           int                 entity)
{
  return (DraCueSpeaker) { TRUE, entity, dra_cue_token (self, token)->range };
}

static DraCueSpeaker
mention_speaker (DraQuotationFinder *self,
                 guint               token)
{
  int mention = self->cues[token].mention;

  return (DraCueSpeaker) {
    TRUE,
    dra_cue_kind (self, mention) == DRA_ENTITY_PLACE ? -1 : (int) self->mentions[mention].entity,
    self->mentions[mention].range,
  };
}

/* {{{ Pronouns and descriptions */

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
  guint after = mention_end (self, token);

  return after < self->n_tokens && self->cues[after].sentence == self->cues[token].sentence &&
         self->cues[after].quote < 0 && self->cues[after].mention < 0 &&
         dra_cue_is (self, after, DRA_CUE_SAY | DRA_CUE_TELL);
}

/* "Vane's claim": he may be far away. */
static gboolean
is_owner (DraQuotationFinder *self,
          guint               token)
{
  guint after = mention_end (self, token);

  return after < self->n_tokens && self->cues[after].sentence == self->cues[token].sentence &&
         is_possessive (self, after);
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
      t = mention_start (self, t);
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
resolve_pronoun (DraQuotationFinder *self,
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

static int
find_by_role (DraQuotationFinder *self,
              guint               token)
{
  DraRange range = dra_cue_token (self, token)->range;
  g_autofree char *folded = dra_word_fold (self->text + range.start, dra_range_length (range));
  int known = GPOINTER_TO_INT (g_hash_table_lookup (self->heads, folded));

  return known == AMBIGUOUS ? -1 : known - 1;
}

/* Who the noun says it is: "the minister", "the company". */
static DraCueSpeaker
resolve_noun (DraQuotationFinder *self,
              guint               token)
{
  int entity = find_by_role (self, token);

  if (entity < 0 && dra_cue_is (self, token, DRA_CUE_ORGANIZATION))
    entity = resolve_pronoun (self, token, DRA_ENTITY_ORGANIZATION, 0);

  return entity_at (self, token, entity);
}

static DraCueSpeaker
resolve_pronoun_at (DraQuotationFinder *self,
                    guint               token)
{
  guint32 flags = self->cues[token].flags;

  if (flags & DRA_CUE_HE)
    return entity_at (self, token, resolve_pronoun (self, token, DRA_ENTITY_PERSON, 1));
  if (flags & DRA_CUE_SHE)
    return entity_at (self, token, resolve_pronoun (self, token, DRA_ENTITY_PERSON, -1));
  if (flags & DRA_CUE_IT)
    return entity_at (self, token, resolve_pronoun (self, token, DRA_ENTITY_ORGANIZATION, 0));
  return nobody_at (self, token);
}

/* }}} */
/* {{{ Before a verb */

/* Where the words before a name that belong to it begin: "the Mexican minister Amy Lund". */
static guint
skip_titles (DraQuotationFinder *self,
             guint               begin,
             guint               token)
{
  for (guint n = 0; token > begin && n < MAX_TITLE; n++, token--)
    {
      guint32 flags = self->cues[token - 1].flags;

      if (!(flags & DRA_CUE_WORD) || self->cues[token - 1].quote >= 0 ||
          (flags & (DRA_CUE_PREPOSITION | DRA_CUE_AND | DRA_CUE_WHO | DRA_CUE_SAY | DRA_CUE_TELL |
                    DRA_CUE_AUXILIARY | DRA_CUE_HE | DRA_CUE_SHE | DRA_CUE_IT | DRA_CUE_NOBODY)))
        break;
      if (flags & DRA_CUE_DETERMINER)
        return token - 1;
    }

  return token;
}

/* "[Roe] of Acme", "[a spokesman] for Acme", "[the head] of Acme". */
static DraCueSpeaker
resolve_complement (DraQuotationFinder *self,
                    guint               begin,
                    guint               preposition,
                    guint               name)
{
  guint head;

  if (preposition == begin)
    return nothing;
  head = preposition - 1;
  if (self->cues[head].mention >= 0)
    return mention_speaker (self, head);
  if (!dra_cue_is (self, head, DRA_CUE_WORD))
    return nothing;
  if (dra_cue_is (self, head, DRA_CUE_VOICE))
    return dra_cue_kind (self, self->cues[name].mention) == DRA_ENTITY_ORGANIZATION
             ? mention_speaker (self, name)
             : nobody_at (self, head);

  return resolve_noun (self, head);
}

static DraCueSpeaker
resolve_name_before (DraQuotationFinder *self,
                     guint               begin,
                     guint               token)
{
  guint start = mention_start (self, token);
  guint first = start < begin ? begin : skip_titles (self, begin, start);

  if (first > begin && dra_cue_is (self, first - 1, DRA_CUE_PREPOSITION))
    {
      DraCueSpeaker speaker = resolve_complement (self, begin, first - 1, token);

      if (speaker.found)
        return speaker;
    }

  return mention_speaker (self, token);
}

/* Whether [first, end) is a name with at most a title before it and no verb behind. */
static gboolean
begins_with_name (DraQuotationFinder *self,
                  guint               first,
                  guint               end,
                  guint              *name)
{
  guint n = 0;

  for (guint t = first; t < end; t++)
    {
      if (self->cues[t].quote >= 0 || dra_cue_is (self, t, DRA_CUE_SAY | DRA_CUE_TELL))
        return FALSE;
      if (self->cues[t].mention >= 0)
        {
          guint after = mention_end (self, t);
          gboolean person = dra_cue_kind (self, self->cues[t].mention) == DRA_ENTITY_PERSON;

          /* "Acme's president Amy Lund" */
          if (!person && after < end && !dra_cue_is (self, after, DRA_CUE_PREPOSITION))
            {
              t = after - 1;
              continue;
            }
          /* "a Lund lieutenant" is somebody else. */
          if (after < end && dra_cue_is (self, after, DRA_CUE_LOWER) &&
              !dra_cue_is (self, after, DRA_CUE_PREPOSITION | DRA_CUE_WHO | DRA_CUE_ADVERB))
            return FALSE;
          *name = t;
          for (t = after; t < end; t++)
            if (self->cues[t].quote >= 0 || dra_cue_is (self, t, DRA_CUE_SAY | DRA_CUE_TELL))
              return FALSE;
          return TRUE;
        }
      if (++n > MAX_TITLE || !dra_cue_is (self, t, DRA_CUE_WORD) ||
          dra_cue_is (self, t, DRA_CUE_PREPOSITION | DRA_CUE_WHO | DRA_CUE_AUXILIARY | DRA_CUE_HE |
                      DRA_CUE_SHE))
        return FALSE;
    }

  return FALSE;
}

/* "Amy Lund, the minister, who heads Acme, [said]": back over the commas. */
static DraCueSpeaker
resolve_apposition (DraQuotationFinder *self,
                    guint               begin,
                    guint               comma)
{
  guint end = comma;
  DraCueSpeaker organization = nothing;

  while (end > begin)
    {
      guint first = end, name;

      while (first > begin && !dra_cue_is_char (self, first - 1, ','))
        first--;
      while (first < end && dra_cue_is (self, first, DRA_CUE_AND))
        first++;
      if (begins_with_name (self, first, end, &name))
        {
          DraCueSpeaker speaker = mention_speaker (self, name);

          if (dra_cue_kind (self, self->cues[name].mention) == DRA_ENTITY_PERSON)
            return speaker;
          if (!organization.found && speaker.speaker >= 0)
            organization = speaker;
        }
      if (first == begin)
        {
          if (!organization.found && dra_cue_is (self, first, DRA_CUE_HE | DRA_CUE_SHE))
            return resolve_pronoun_at (self, first);
          break;
        }
      end = first - 1;
    }

  return organization;
}

/* "the minister", "an Acme spokesman", "Roe in a statement" before a verb. */
static DraCueSpeaker
resolve_phrase_before (DraQuotationFinder *self,
                       guint               begin,
                       guint               head)
{
  gboolean voice = dra_cue_is (self, head, DRA_CUE_VOICE);

  for (guint t = head, n = 0; t > begin && n < MAX_TITLE + 2; n++)
    {
      t--;
      if (self->cues[t].quote >= 0)
        break;
      if (self->cues[t].mention >= 0)
        {
          if (voice && dra_cue_kind (self, self->cues[t].mention) == DRA_ENTITY_ORGANIZATION)
            return mention_speaker (self, t);
          return entity_at (self, head, find_by_role (self, head));
        }
      if (dra_cue_is (self, t, DRA_CUE_PREPOSITION))
        {
          DraRange range = dra_cue_token (self, t)->range;
          gboolean of = range.end - range.start == 2 && memcmp (self->text + range.start, "of", 2) == 0;

          if (t == begin)
            break;
          /* "Roe in a statement" */
          if (!of && self->cues[t - 1].mention >= 0)
            return resolve_name_before (self, begin, t - 1);
          if (!of && dra_cue_is (self, t - 1, DRA_CUE_HE | DRA_CUE_SHE | DRA_CUE_IT))
            return resolve_pronoun_at (self, t - 1);
          /* "the president of the company" */
          return dra_cue_is (self, t - 1, DRA_CUE_WORD) ? resolve_noun (self, t - 1)
                                                        : nobody_at (self, head);
        }
      if (dra_cue_is (self, t, DRA_CUE_DETERMINER))
        {
          DraRange range = dra_cue_token (self, t)->range;
          gboolean the = range.end - range.start == 3;

          if (t > begin && dra_cue_is (self, t - 1, DRA_CUE_PREPOSITION))
            continue;
          return the ? resolve_noun (self, head) : nobody_at (self, head);
        }
      if (!dra_cue_is (self, t, DRA_CUE_WORD))
        break;
    }

  return nobody_at (self, head);
}

static gboolean
find_verb_before (DraQuotationFinder *self,
                  guint               begin,
                  guint               token,
                  guint              *verb)
{
  for (guint t = token; t > begin; t--)
    if (self->cues[t - 1].quote < 0 && self->cues[t - 1].mention < 0 &&
        dra_cue_is (self, t - 1, DRA_CUE_SAY | DRA_CUE_TELL | DRA_CUE_CALL))
      {
        *verb = t - 1;
        return TRUE;
      }

  return FALSE;
}

/* The subject that a sentence begins with, for its second verb. */
static DraCueSpeaker
resolve_sentence_start (DraQuotationFinder *self,
                        guint               begin,
                        guint               end)
{
  guint n = 0;

  for (guint t = begin; t < end && n < MAX_TITLE; t++, n++)
    {
      if (self->cues[t].quote >= 0)
        break;
      if (self->cues[t].mention >= 0)
        return mention_speaker (self, t);
      if (dra_cue_is (self, t, DRA_CUE_HE | DRA_CUE_SHE))
        return resolve_pronoun_at (self, t);
      if (dra_cue_is (self, t, DRA_CUE_PREPOSITION) || !dra_cue_is (self, t, DRA_CUE_WORD))
        break;
    }

  return nothing;
}

/*
 * dra_cue_find_subject_before:
 * @self: a finder
 * @begin: first token of the sentence
 * @verb: the verb
 *
 * Finds who does what the verb says, among the words before it.
 *
 * Returns: the subject
 */
DraCueSpeaker
dra_cue_find_subject_before (DraQuotationFinder *self,
                             guint               begin,
                             guint               verb)
{
  guint later = verb;

  for (guint n = 0; n < MAX_VERBS; n++)
    {
      guint t = verb;

      while (t > begin && self->cues[t - 1].mention < 0 && self->cues[t - 1].quote < 0 &&
             dra_cue_is (self, t - 1, DRA_CUE_ADVERB | DRA_CUE_AUXILIARY))
        t--;
      if (t == begin || self->cues[t - 1].quote >= 0)
        return n > 0 ? dra_cue_find_subject_after (self, verb + 1, later) : nothing;
      t--;

      if (self->cues[t].mention >= 0)
        return resolve_name_before (self, begin, t);
      if (dra_cue_is (self, t, DRA_CUE_HE | DRA_CUE_SHE | DRA_CUE_IT))
        return resolve_pronoun_at (self, t);
      if (dra_cue_is (self, t, DRA_CUE_WHO))
        {
          if (t > begin && dra_cue_is_char (self, t - 1, ','))
            t--;
          if (t > begin && self->cues[t - 1].mention >= 0)
            return mention_speaker (self, t - 1);
          return t > begin && dra_cue_is_char (self, t - 1, ',')
                   ? resolve_apposition (self, begin, t - 1)
                   : nobody_at (self, t);
        }
      if (dra_cue_is (self, t, DRA_CUE_NOBODY))
        return nobody_at (self, t);
      if (dra_cue_is_char (self, t, ','))
        {
          DraCueSpeaker speaker = resolve_apposition (self, begin, t);

          if (speaker.found)
            return speaker;
        }
      else if (dra_cue_is (self, t, DRA_CUE_WORD) &&
               !dra_cue_is (self, t, DRA_CUE_AND | DRA_CUE_PREPOSITION | DRA_CUE_SAY | DRA_CUE_TELL))
        {
          return resolve_phrase_before (self, begin, t);
        }

      /* A second verb: "Roe said so and added", "said Roe, adding". */
      later = verb;
      if (!find_verb_before (self, begin, t + 1, &verb))
        return resolve_sentence_start (self, begin, t);
    }

  return nothing;
}

/* }}} */
/* {{{ After a verb */

/* "said the group's president, [Amy Lund]": whether a person follows the comma at once. */
static gboolean
is_name_behind (DraQuotationFinder *self,
                guint               token,
                guint               end,
                guint              *name)
{
  for (guint t = token, n = 0; t < end && n < 4; t++, n++)
    {
      if (self->cues[t].quote >= 0)
        return FALSE;
      if (self->cues[t].mention >= 0)
        {
          *name = t;
          return dra_cue_kind (self, self->cues[t].mention) == DRA_ENTITY_PERSON;
        }
      if (!dra_cue_is (self, t, DRA_CUE_WORD) ||
          dra_cue_is (self, t, DRA_CUE_PREPOSITION | DRA_CUE_WHO | DRA_CUE_SAY | DRA_CUE_AND))
        return FALSE;
    }

  return FALSE;
}

/*
 * dra_cue_find_subject_after:
 * @self: a finder
 * @first: the token after the verb, or after "according to"
 * @end: where to stop
 *
 * Finds who does what the verb says, among the words after it: "said Amy Lund", "said the
 * group's president, Amy Lund", "said a spokesman for Acme".
 *
 * Returns: the subject
 */
DraCueSpeaker
dra_cue_find_subject_after (DraQuotationFinder *self,
                            guint               first,
                            guint               end)
{
  int organization = -1; /* token */
  int head = -1;         /* token: the noun before the first preposition */
  gboolean preposition = FALSE, voice = FALSE;
  guint t, name;

  while (first < end && self->cues[first].mention < 0 && self->cues[first].quote < 0 &&
         dra_cue_is (self, first, DRA_CUE_ADVERB))
    first++;
  if (first < end && self->cues[first].quote < 0 && self->cues[first].mention < 0 &&
      dra_cue_is (self, first, DRA_CUE_HE | DRA_CUE_SHE | DRA_CUE_IT | DRA_CUE_NOBODY))
    return resolve_pronoun_at (self, first);

  for (t = first; t < end && t < first + MAX_PHRASE && self->cues[t].quote < 0; t++)
    {
      guint32 flags = self->cues[t].flags;

      if (self->cues[t].mention >= 0)
        {
          DraEntityKind kind = dra_cue_kind (self, self->cues[t].mention);

          if (kind == DRA_ENTITY_PERSON && !preposition)
            {
              guint after = mention_end (self, t);

              /* "said Roe's lawyer" */
              if (after + 1 < end && is_possessive (self, after) &&
                  dra_cue_is (self, after + 1, DRA_CUE_LOWER))
                return nobody_at (self, t);
              return mention_speaker (self, t);
            }
          if (kind == DRA_ENTITY_PERSON)
            break;
          if (kind == DRA_ENTITY_ORGANIZATION && organization < 0)
            organization = (int) t;
          t = mention_end (self, t) - 1;
          continue;
        }
      if (dra_cue_is_char (self, t, ','))
        {
          if (head >= 0 && is_name_behind (self, t + 1, end, &name))
            return mention_speaker (self, name);
          break;
        }
      if (flags & (DRA_CUE_BREAK | DRA_CUE_SAY | DRA_CUE_TELL | DRA_CUE_AUXILIARY | DRA_CUE_WHO |
                   DRA_CUE_AND))
        break;
      if (flags & DRA_CUE_PREPOSITION)
        {
          if (t == first)
            return nothing;
          preposition = TRUE;
        }
      else if ((flags & DRA_CUE_WORD) && !(flags & DRA_CUE_DETERMINER) && !preposition)
        {
          head = (int) t;
          voice = (flags & DRA_CUE_VOICE) != 0;
        }
      else if (!(flags & DRA_CUE_WORD) && dra_range_length (dra_cue_token (self, t)->range) == 1)
        {
          break;
        }
    }

  if (organization >= 0 && (head < 0 || voice))
    return mention_speaker (self, (guint) organization);
  if (head >= 0)
    return resolve_noun (self, (guint) head);

  return nothing;
}

/* }}} */
