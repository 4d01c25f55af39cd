/* dra-quotation-speakers.c: who the subject of a verb is.
 *
 * Looks only at a bounded number of words around the verb, and answers "nobody known"
 * wherever two people fit.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "recognizer/dra-quotations-private.h"

#define MAX_TITLE 6   /* words before a name that still belong to it */
#define MAX_PHRASE 18 /* words after a verb in which its subject is looked for */
#define MAX_VERBS 6   /* verbs of one subject: "said ..., adding ..., and told ..." */

static const DraCueSpeaker nothing = { FALSE, -1, { 0, 0 } };

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
             : dra_cue_nobody_at (self, head);

  return dra_cue_resolve_noun (self, head);
}

static DraCueSpeaker
resolve_name_before (DraQuotationFinder *self,
                     guint               begin,
                     guint               token)
{
  guint start = dra_cue_mention_start (self, token);
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
          guint after = dra_cue_mention_end (self, t);
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
            return dra_cue_resolve_pronoun (self, first);
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
          return dra_cue_entity_at (self, head, dra_cue_find_by_role (self, head));
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
            return dra_cue_resolve_pronoun (self, t - 1);
          /* "the president of the company" */
          return dra_cue_is (self, t - 1, DRA_CUE_WORD) ? dra_cue_resolve_noun (self, t - 1)
                                                        : dra_cue_nobody_at (self, head);
        }
      if (dra_cue_is (self, t, DRA_CUE_DETERMINER))
        {
          DraRange range = dra_cue_token (self, t)->range;
          gboolean the = range.end - range.start == 3;

          if (t > begin && dra_cue_is (self, t - 1, DRA_CUE_PREPOSITION))
            continue;
          return the ? dra_cue_resolve_noun (self, head) : dra_cue_nobody_at (self, head);
        }
      if (!dra_cue_is (self, t, DRA_CUE_WORD))
        break;
    }

  return dra_cue_nobody_at (self, head);
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
        return dra_cue_resolve_pronoun (self, t);
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
        return dra_cue_resolve_pronoun (self, t);
      if (dra_cue_is (self, t, DRA_CUE_WHO))
        {
          if (t > begin && dra_cue_is_char (self, t - 1, ','))
            t--;
          if (t > begin && self->cues[t - 1].mention >= 0)
            return mention_speaker (self, t - 1);
          return t > begin && dra_cue_is_char (self, t - 1, ',')
                   ? resolve_apposition (self, begin, t - 1)
                   : dra_cue_nobody_at (self, t);
        }
      if (dra_cue_is (self, t, DRA_CUE_NOBODY))
        return dra_cue_nobody_at (self, t);
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
    return dra_cue_resolve_pronoun (self, first);

  for (t = first; t < end && t < first + MAX_PHRASE && self->cues[t].quote < 0; t++)
    {
      guint32 flags = self->cues[t].flags;

      if (self->cues[t].mention >= 0)
        {
          DraEntityKind kind = dra_cue_kind (self, self->cues[t].mention);

          if (kind == DRA_ENTITY_PERSON && !preposition)
            {
              guint after = dra_cue_mention_end (self, t);

              /* "said Roe's lawyer" */
              if (after + 1 < end && dra_cue_is_possessive (self, after) &&
                  dra_cue_is (self, after + 1, DRA_CUE_LOWER))
                return dra_cue_nobody_at (self, t);
              return mention_speaker (self, t);
            }
          if (kind == DRA_ENTITY_PERSON)
            break;
          if (kind == DRA_ENTITY_ORGANIZATION && organization < 0)
            organization = (int) t;
          t = dra_cue_mention_end (self, t) - 1;
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
    return dra_cue_resolve_noun (self, (guint) head);

  return nothing;
}

