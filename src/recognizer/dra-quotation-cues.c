/* dra-quotation-cues.c: the cue of a quotation, and with it who said it.
 *
 * For an outermost quotation the first of these that applies:
 *
 *   1. the words right before it:  Roe said: "...";  Roe: "..."
 *   2. the words right behind it:  "...," said Roe;  "...," Roe, the minister, told reporters
 *   3. the sentence before it:     Roe said the plan was "..."
 *   4. the end of its sentence:    "..." was what they got, Roe said
 *   5. what went before:           a further quotation of the same speaker
 *
 * and none of them rather than a wrong one.  A speaker that is found but not known ("a
 * neighbour said") also ends what went before.  Every look around is bounded.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "recognizer/dra-quotations-private.h"

#define REACH 80         /* tokens of a sentence that are looked at to either side */
#define MAX_BEHIND 25    /* tokens between a quotation and the verb behind it */
#define MAX_NAME_COLON 8 /* tokens of "Amy Lund (NEA):" */
#define MAX_TAIL 12      /* tokens behind the verb of a sentence's end */

typedef struct
{
  guint first; /* its tokens */
  guint end;
  guint begin; /* first token of the words before it in its sentence */
  guint stop;  /* behind the last token of the words after it in its sentence */
} Place;


/* The last character inside the quotation that ends before the token. */
static gunichar
inner_last (DraQuotationFinder *self,
            guint               end)
{
  DraRange range = g_array_index (self->quotations, DraQuotation,
                                  self->cues[end - 1].quote).range;
  const char *mark = g_utf8_prev_char (self->text + range.end);
  const char *last = mark > self->text + range.start ? g_utf8_prev_char (mark) : mark;

  if (g_unichar_isspace (g_utf8_get_char (last)) && last > self->text + range.start)
    last = g_utf8_prev_char (last);
  return g_utf8_get_char (last);
}

static gunichar
inner_first (DraQuotationFinder *self,
             const DraQuotation *quotation)
{
  const char *p = g_utf8_next_char (self->text + quotation->range.start);
  const char *end = self->text + quotation->range.end;

  while (p < end && !g_unichar_isalnum (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  return p < end ? g_utf8_get_char (p) : 0;
}

static gboolean
ends_sentence (gunichar c)
{
  return c == '.' || c == '?' || c == '!' || c == 0x2026;
}

/* Whether a sentence ends between the token and the next, outside quotations. */
static gboolean
is_boundary (DraQuotationFinder *self,
             guint               token)
{
  guint next = token + 1;

  if (next >= self->n_tokens || dra_cue_block (self, token) != dra_cue_block (self, next))
    return TRUE;
  if (self->cues[token].quote >= 0)
    return self->cues[next].quote != self->cues[token].quote &&
           ends_sentence (inner_last (self, next)) &&
           !dra_cue_is (self, next, DRA_CUE_LOWER) && dra_cue_is (self, next, DRA_CUE_WORD) &&
           self->cues[token].sentence != self->cues[next].sentence;

  return self->cues[token].sentence != self->cues[next].sentence;
}

static void
find_place (DraQuotationFinder *self,
            guint               first,
            guint               end,
            Place              *place)
{
  *place = (Place) { first, end, first, end };
  while (place->begin > 0 && first - place->begin < REACH && !is_boundary (self, place->begin - 1))
    place->begin--;
  while (place->stop < self->n_tokens && place->stop - end < REACH &&
         dra_cue_block (self, place->stop) == dra_cue_block (self, end - 1) &&
         (place->stop == end || !is_boundary (self, place->stop - 1)))
    place->stop++;
}

/* Where the words right behind the quotation end: at the next one or with the sentence. */
static guint
find_behind (DraQuotationFinder *self,
             const Place        *place)
{
  guint t = place->end;

  while (t < place->stop && self->cues[t].quote < 0)
    t++;
  return t;
}


static void
set_cue (DraQuotationFinder *self,
         DraQuotation       *quotation,
         DraCueSpeaker       speaker,
         guint               verb,
         gboolean            with_verb)
{
  quotation->speaker = speaker.speaker;
  quotation->cue = speaker.range;
  if (with_verb)
    {
      DraRange range = dra_cue_token (self, verb)->range;

      quotation->cue.start = MIN (quotation->cue.start, range.start);
      quotation->cue.end = MAX (quotation->cue.end, range.end);
    }
}

static gboolean
is_word_at (DraQuotationFinder *self,
            guint               token,
            const char         *word)
{
  DraRange range = dra_cue_token (self, token)->range;
  gsize length = strlen (word);

  return dra_range_length (range) == length &&
         g_ascii_strncasecmp (self->text + range.start, word, length) == 0;
}

static gboolean
is_verb (DraQuotationFinder *self,
         guint               token,
         guint32             flags)
{
  return dra_cue_is (self, token, flags) && self->cues[token].mention < 0 &&
         self->cues[token].quote < 0;
}

static gboolean
is_according_to (DraQuotationFinder *self,
                 guint               token,
                 guint               end)
{
  return token + 1 < end && is_word_at (self, token, "according") &&
         is_word_at (self, token + 1, "to");
}

/* "was called": the subject is not who called it. */
static gboolean
is_passive (DraQuotationFinder *self,
            guint               begin,
            guint               verb)
{
  static const char *const forms[] = { "was", "were", "is", "are", "be", "been", "being" };
  guint t = verb;

  while (t > begin && verb - t < 3 && dra_cue_is (self, t - 1, DRA_CUE_ADVERB) &&
         !dra_cue_is (self, t - 1, DRA_CUE_AUXILIARY))
    t--;
  for (guint i = 0; t > begin && i < G_N_ELEMENTS (forms); i++)
    if (is_word_at (self, t - 1, forms[i]))
      return !is_word_at (self, verb, "saying") && !is_word_at (self, verb, "telling");

  return FALSE;
}

/* Whether another clause begins between the verb and the quotation: ", but Vane's ...". */
static gboolean
is_other_clause (DraQuotationFinder *self,
                 guint               verb,
                 guint               first)
{
  for (guint t = verb + 1; t + 1 < first; t++)
    {
      if (self->cues[t].quote >= 0)
        continue;
      if (dra_cue_is_char (self, t, ';'))
        return TRUE;
      if (dra_cue_is_char (self, t, ',') && dra_cue_is (self, t + 1, DRA_CUE_AND) &&
          !is_word_at (self, t + 1, "or") && !is_word_at (self, t + 1, "then"))
        return TRUE;
    }

  return FALSE;
}

static gboolean
take_verb_before (DraQuotationFinder *self,
                  DraQuotation       *quotation,
                  guint               begin,
                  guint               verb,
                  guint               end)
{
  DraCueSpeaker speaker = { .speaker = -1 };

  if (is_passive (self, begin, verb))
    return FALSE;
  speaker = dra_cue_find_subject_before (self, begin, verb);
  if (!speaker.found && is_verb (self, verb, DRA_CUE_SAY))
    speaker = dra_cue_find_subject_after (self, verb + 1, end);
  if (!speaker.found)
    return FALSE;
  set_cue (self, quotation, speaker, verb, TRUE);
  return TRUE;
}

/* 3., and the verb of 1. */
static gboolean
find_cue_before (DraQuotationFinder *self,
                 DraQuotation       *quotation,
                 const Place        *place)
{
  for (guint t = place->first; t > place->begin; t--)
    {
      guint word = t - 1;

      if (self->cues[word].quote >= 0)
        continue;
      if (is_according_to (self, word, place->first))
        {
          DraCueSpeaker speaker = dra_cue_find_subject_after (self, word + 2, place->first);

          if (!speaker.found)
            return FALSE;
          set_cue (self, quotation, speaker, word, TRUE);
          return TRUE;
        }
      if (is_verb (self, word, DRA_CUE_SAY | DRA_CUE_TELL | DRA_CUE_CALL))
        {
          if (is_other_clause (self, word, place->first))
            return FALSE;
          return take_verb_before (self, quotation, place->begin, word, place->first);
        }
    }

  return FALSE;
}

/* "Amy Lund (NEA): ..." */
static gboolean
find_name_colon (DraQuotationFinder *self,
                 DraQuotation       *quotation,
                 const Place        *place)
{
  guint colon = place->first - 1;

  if (place->first == place->begin || !dra_cue_is_char (self, colon, ':') ||
      colon - place->begin > MAX_NAME_COLON)
    return FALSE;
  for (guint t = place->begin; t < colon; t++)
    if (self->cues[t].mention >= 0 &&
        dra_cue_kind (self, self->cues[t].mention) != DRA_ENTITY_PLACE)
      {
        int mention = self->cues[t].mention;
        DraCueSpeaker speaker = { TRUE, (int) self->mentions[mention].entity,
                                  self->mentions[mention].range };
        guint after = t;

        while (after < colon && self->cues[after].mention == mention)
          after++;
        if (after < colon && !dra_cue_is_char (self, after, '('))
          return FALSE;
        set_cue (self, quotation, speaker, 0, FALSE);
        return TRUE;
      }

  return FALSE;
}

/* Whether the words right before the quotation lead up to it: "Roe said:". */
static gboolean
is_led_up_to (DraQuotationFinder *self,
              const Place        *place)
{
  guint last = place->first - 1;

  if (place->first == place->begin)
    return FALSE;
  if (self->cues[last].quote >= 0)
    return FALSE;
  if (dra_cue_is_char (self, last, ':') || is_verb (self, last, DRA_CUE_SAY | DRA_CUE_TELL | DRA_CUE_CALL))
    return TRUE;
  /* "Roe said, ..." and "Roe told reporters, ..." */
  if (!dra_cue_is_char (self, last, ','))
    return FALSE;
  for (guint t = last; t > place->begin && last - t < 12; t--)
    {
      if (self->cues[t - 1].quote >= 0)
        return FALSE;
      if (is_verb (self, t - 1, DRA_CUE_SAY | DRA_CUE_TELL))
        return TRUE;
    }

  return FALSE;
}

/* 2. */
static gboolean
find_cue_behind (DraQuotationFinder *self,
                 DraQuotation       *quotation,
                 const Place        *place)
{
  guint end = find_behind (self, place);
  guint t = place->end;
  gunichar last = inner_last (self, place->end);
  guint verb;

  if (t < end && dra_cue_is_char (self, t, ','))
    t++;
  while (t < end && dra_cue_is (self, t, DRA_CUE_ADVERB) && self->cues[t].mention < 0 &&
         dra_cue_is (self, t, DRA_CUE_LOWER))
    t++;
  if (t >= end || (last == '.' && !dra_cue_is (self, t, DRA_CUE_LOWER)))
    return FALSE;

  if (is_according_to (self, t, end))
    {
      DraCueSpeaker speaker = dra_cue_find_subject_after (self, t + 2, end);

      if (speaker.found)
        set_cue (self, quotation, speaker, t, TRUE);
      return speaker.found;
    }
  if (is_verb (self, t, DRA_CUE_SAY) || is_word_at (self, t, "reports"))
    {
      DraCueSpeaker speaker = dra_cue_find_subject_after (self, t + 1, end);

      if (speaker.found)
        set_cue (self, quotation, speaker, t, TRUE);
      return speaker.found;
    }
  if (dra_cue_is (self, t, DRA_CUE_AND | DRA_CUE_PREPOSITION | DRA_CUE_WHO | DRA_CUE_AUXILIARY) ||
      !dra_cue_is (self, t, DRA_CUE_WORD))
    return FALSE;

  for (verb = t; verb < end && verb - t < MAX_BEHIND; verb++)
    {
      if (self->cues[verb].mention >= 0)
        continue;
      if (dra_cue_is (self, verb, DRA_CUE_SAY | DRA_CUE_TELL))
        {
          DraCueSpeaker speaker = dra_cue_find_subject_before (self, t, verb);

          if (!speaker.found)
            return FALSE;
          set_cue (self, quotation, speaker, verb, TRUE);
          return TRUE;
        }
    }

  return FALSE;
}

/* 4.: ", Roe said." and ", according to Roe." */
static gboolean
find_cue_at_end (DraQuotationFinder *self,
                 DraQuotation       *quotation,
                 const Place        *place)
{
  guint comma = 0;

  for (guint t = place->end; t < place->stop; t++)
    {
      if (self->cues[t].quote >= 0 || self->cues[t].mention >= 0)
        continue;
      if (dra_cue_is_char (self, t, ','))
        {
          comma = t;
          if (is_according_to (self, t + 1, place->stop))
            {
              DraCueSpeaker speaker = dra_cue_find_subject_after (self, t + 3, place->stop);

              if (speaker.found)
                set_cue (self, quotation, speaker, t + 1, TRUE);
              return speaker.found;
            }
          continue;
        }
      if (is_verb (self, t, DRA_CUE_SAY) && comma > 0 && place->stop - t <= MAX_TAIL)
        {
          DraCueSpeaker speaker;

          /* What the verb goes on to say is something else. */
          if (t + 1 < place->stop &&
              (is_word_at (self, t + 1, "that") || is_word_at (self, t + 1, "it") ||
               is_word_at (self, t + 1, "the") || is_word_at (self, t + 1, "he") ||
               is_word_at (self, t + 1, "she") || self->cues[t + 1].quote >= 0))
            return FALSE;
          if (dra_cue_is (self, comma + 1, DRA_CUE_AND | DRA_CUE_PREPOSITION | DRA_CUE_WHO))
            return FALSE;
          speaker = t == comma + 1 ? dra_cue_find_subject_after (self, t + 1, place->stop)
                                   : dra_cue_find_subject_before (self, comma + 1, t);
          if (!speaker.found)
            return FALSE;
          set_cue (self, quotation, speaker, t, TRUE);
          return TRUE;
        }
    }

  return FALSE;
}


/* Whether it is said in whole sentences, not a word or two picked out. */
static gboolean
is_whole (DraQuotationFinder *self,
          const DraQuotation *quotation,
          const Place        *place)
{
  gunichar first = inner_first (self, quotation);
  gunichar last = inner_last (self, place->end);

  return (g_unichar_isupper (first) || g_unichar_isdigit (first)) &&
         (ends_sentence (last) || last == ',' || last == 0x2014 || last == '-') &&
         place->end - place->first >= 5;
}

/* Who the sentence that ends before the token lets speak. */
static DraCueSpeaker
find_speaker_of_sentence (DraQuotationFinder *self,
                          guint               end)
{
  guint begin = end - 1, person = 0, verb = 0;
  int only = -1;
  gboolean found = FALSE;
  DraCueSpeaker speaker = { .speaker = -1 };

  while (begin > 0 && end - begin < REACH && !is_boundary (self, begin - 1))
    begin--;
  for (guint t = begin; t < end; t++)
    {
      int mention = self->cues[t].mention;

      if (self->cues[t].quote >= 0)
        continue;
      if (mention >= 0 && dra_cue_kind (self, mention) == DRA_ENTITY_PERSON)
        {
          if (only == -1)
            person = t;
          if (only >= 0 && only != (int) self->mentions[mention].entity)
            only = -2;
          else if (only == -1)
            only = (int) self->mentions[mention].entity;
        }
      else if (!found && is_verb (self, t, DRA_CUE_SAY | DRA_CUE_TELL) &&
               !is_passive (self, begin, t))
        {
          found = TRUE;
          verb = t;
        }
    }

  if (found)
    {
      speaker = dra_cue_find_subject_before (self, begin, verb);
      if (!speaker.found && is_verb (self, verb, DRA_CUE_SAY))
        speaker = dra_cue_find_subject_after (self, verb + 1, end);
      return speaker;
    }
  /* "Roe was furious." */
  if (only >= 0 && person - begin <= 4)
    speaker = (DraCueSpeaker) { TRUE, only, self->mentions[self->cues[person].mention].range };

  return speaker;
}

/* 5. */
static gboolean
find_continued (DraQuotationFinder *self,
                DraQuotation       *quotation,
                const Place        *place,
                const DraQuotation *previous,
                gboolean            dialogue)
{
  guint block = dra_cue_block (self, place->first);
  DraCueSpeaker speaker;

  if (place->begin != place->first || place->first == 0 || !is_whole (self, quotation, place))
    return FALSE;
  if (dra_cue_block (self, place->first - 1) != block &&
      (dialogue || block - dra_cue_block (self, place->first - 1) > 1))
    return FALSE;

  quotation->continued = TRUE;
  /* Right behind another quotation or its cue. */
  if (previous != NULL)
    {
      gsize from = MAX (previous->range.end, previous->cue.end);
      guint n_between = 0;

      for (guint t = place->first; t > 0 && n_between < REACH; t--)
        {
          if (dra_cue_token (self, t - 1)->range.start < from)
            {
              quotation->speaker = previous->speaker;
              quotation->cue = previous->cue;
              return TRUE;
            }
          /* The rest of the cue's sentence may name whom he told. */
          if (is_boundary (self, t - 1) && n_between++ > 0)
            break;
        }
    }
  speaker = find_speaker_of_sentence (self, place->first);
  if (!speaker.found)
    {
      quotation->continued = FALSE;
      return FALSE;
    }
  quotation->speaker = speaker.speaker;
  quotation->cue = speaker.range;
  return TRUE;
}


/* "He saw “The Long Road Home”": a title, not what he said. */
static gboolean
is_title (DraQuotationFinder *self,
          const Place        *place)
{
  guint n_capital = 0, n_words = 0, n_long_lower = 0;
  gunichar last = inner_last (self, place->end);

  for (guint t = place->first; t < place->end; t++)
    if (dra_cue_is (self, t, DRA_CUE_WORD))
      {
        gboolean lower = dra_cue_is (self, t, DRA_CUE_LOWER);

        n_words++;
        n_capital += !lower;
        n_long_lower += lower && dra_range_length (dra_cue_token (self, t)->range) > 4;
      }

  return n_long_lower == 0 && n_words > 1 && n_words <= 8 && n_capital * 2 >= n_words &&
         n_capital > 1 && last != '?' && last != '!';
}

/* A paragraph that ends in a colon leads up to the next. */
static gboolean
find_cue_in_block_before (DraQuotationFinder *self,
                          DraQuotation       *quotation,
                          const Place        *place)
{
  Place before = *place;

  if (place->first == 0 || place->begin != place->first ||
      dra_cue_block (self, place->first - 1) == dra_cue_block (self, place->first) ||
      !dra_cue_is_char (self, place->first - 1, ':'))
    return FALSE;
  before.begin = place->first - 1;
  while (before.begin > 0 && place->first - before.begin < REACH &&
         !is_boundary (self, before.begin - 1))
    before.begin--;

  return find_name_colon (self, quotation, &before) || find_cue_before (self, quotation, &before);
}

/* Says who said a quotation, whose tokens are [first, end), if that is plain; previous: the
 * one before it, or NULL; dialogue: whether speakers take turns by paragraphs. */
void
dra_cue_attribute (DraQuotationFinder *self,
                   DraQuotation       *quotation,
                   const DraQuotation *previous,
                   guint               first,
                   guint               end,
                   gboolean            dialogue)
{
  Place place;
  gboolean named;

  find_place (self, first, end, &place);
  named = is_title (self, &place);

  if ((is_led_up_to (self, &place) &&
       (find_name_colon (self, quotation, &place) ||
        (!named && find_cue_before (self, quotation, &place)))) ||
      find_cue_in_block_before (self, quotation, &place) ||
      find_cue_behind (self, quotation, &place) ||
      (!named && find_cue_before (self, quotation, &place)) ||
      (!named && find_cue_at_end (self, quotation, &place)) ||
      find_continued (self, quotation, &place, previous, dialogue))
    {
      self->last_speaker = quotation->speaker;
      self->last_block = dra_cue_block (self, end - 1);
      self->last_end = MAX (quotation->range.end, quotation->cue.end);
    }
}
