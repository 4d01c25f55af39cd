/* dra-roles-phrase.c: noun phrases that can say who a person is.
 *
 * A phrase has a word of the class of roles as its head, and reaches left over modifiers,
 * demonyms and names of organizations and places.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/dra-roles-private.h"

#include <string.h>

/* "then-president", "ex-minister", "vice-chairman": the part after the hyphen decides. */
static DraWordClass
classes_after_hyphen (const char *folded)
{
  static const char *const fronts[] = { "then", "ex", "former", "vice", "co", "now", "deputy", "non", NULL };
  const char *hyphen = strchr (folded, '-');
  g_autofree char *front = NULL;

  if (hyphen == NULL)
    return 0;
  front = g_strndup (folded, (gsize) (hyphen - folded));

  return is_one_of (front, fronts) ? dra_word_class_lookup (hyphen + 1) : 0;
}

static gboolean
has_role_ending (const char *folded)
{
  static const char *const endings[] = { "ologist", "ician", "woman", "spokesperson", "keeper", "maker",
                                         "ographer", "ssman", "wright", "ipper", "-elect", "economist",
                                         "columnist", "ophile", "-general", NULL };

  for (guint i = 0; endings[i] != NULL; i++)
    if (g_str_has_suffix (folded, endings[i]))
      return TRUE;

  return FALSE;
}

/* "attorney general", "director general": no soldier. */
gboolean
dra_role_is_civil_general (DraResolution *self,
                           guint          token)
{
  static const char *const offices[] = { "attorney", "secretary", "director", "solicitor", "governor",
                                         "inspector", "surgeon", "auditor", "consul", "comptroller",
                                         "registrar", "advocate", NULL };

  return token > 0 && g_str_equal (folded_at (self, token), "general") &&
         is_one_of (folded_at (self, token - 1), offices);
}

gboolean
dra_role_is_head (DraResolution *self,
                  guint          token)
{
  DraWordClass classes = classes_at (self, token);
  const char *folded = folded_at (self, token);

  if (!(self->shapes[token] & DRA_SHAPE_WORD) || label_at (self, token) == DRA_LABEL_PERSON)
    return FALSE;
  /* "general", "major" and "private" are adjectives more often than ranks. */
  if ((classes & DRA_WORD_CLASS_WEAK_ROLE) && (classes & DRA_WORD_CLASS_MODIFIER) &&
      (classes & DRA_WORD_CLASS_TITLE) && !(self->shapes[token] & DRA_SHAPE_CAPITAL))
    return dra_role_is_civil_general (self, token);
  if (g_str_equal (folded, "lady"))
    return token > 0 && g_str_equal (folded_at (self, token - 1), "first");
  if ((classes | classes_after_hyphen (folded)) & DRA_WORD_CLASS_ROLE)
    return TRUE;

  return !(classes & DRA_WORD_CLASS_FUNCTION) && has_role_ending (folded);
}

gboolean
dra_role_is_plural_head (DraResolution *self,
                         guint          token)
{
  /* "the film stars NAME" */
  static const char *const verbs[] = { "stars", "hosts", "heads", "coaches", "models", "guards", "cooks", "anchors",
                                       "chairs", "partners", "judges", "nurses", "tackles", "props", "pilots",
                                       "captains", "rivals", "fathers", "mothers", "leads", "dates", NULL };
  const char *folded = folded_at (self, token);
  gsize length = strlen (folded);
  g_autofree char *singular = NULL;

  if (is_one_of (folded, verbs) && !(self->shapes[token] & DRA_SHAPE_CAPITAL))
    return FALSE;

  if (classes_at (self, token) & DRA_WORD_CLASS_PLURAL_ROLE)
    return TRUE;
  if (length < 5 || folded[length - 1] != 's' || folded[length - 2] == 's' || self->owner[token] >= 0 ||
      !(self->shapes[token] & DRA_SHAPE_LOWER))
    return FALSE;
  singular = g_strndup (folded, length - 1);

  return (dra_word_class_lookup (singular) & DRA_WORD_CLASS_ROLE) != 0 && dra_word_class_lookup (folded) == 0;
}

static gboolean
is_demonym (DraResolution *self,
            guint          token)
{
  const char *folded = folded_at (self, token);

  return (dra_resolution_word (self, token)->flags & DRA_WORD_DEMONYM) != 0 ||
         ((self->shapes[token] & DRA_SHAPE_CAPITAL) &&
          (g_str_has_suffix (folded, "ese") || g_str_has_suffix (folded, "ican") || g_str_has_suffix (folded, "ian") ||
           g_str_has_suffix (folded, "ish")));
}

/* Whether a word may stand between the start of a role and its head. */
static gboolean
is_left_word (DraResolution *self,
              guint          token)
{
  DraWordClass classes = classes_at (self, token);
  DraShape shape = self->shapes[token];

  if (!(shape & DRA_SHAPE_WORD) || (classes & (DRA_WORD_CLASS_HONORIFIC | DRA_WORD_CLASS_CALENDAR)))
    return FALSE;
  if (label_at (self, token) == DRA_LABEL_ORGANIZATION || label_at (self, token) == DRA_LABEL_PLACE)
    return TRUE;
  if (label_at (self, token) == DRA_LABEL_PERSON)
    return FALSE;
  if ((classes & DRA_WORD_CLASS_FUNCTION) || g_str_equal (folded_at (self, token), "fellow"))
    return FALSE;
  if (g_str_equal (folded_at (self, token), "first"))
    return token + 1 < self->n_tokens && g_str_equal (folded_at (self, token + 1), "lady");
  if ((classes & (DRA_WORD_CLASS_MODIFIER | DRA_WORD_CLASS_ROLE)) || is_demonym (self, token))
    return TRUE;
  if (shape & DRA_SHAPE_CAPITAL)
    return !(shape & DRA_SHAPE_START) ||
           (dra_resolution_word (self, token)->n_capital > 0 &&
            dra_resolution_word (self, token)->n_lower == 0);

  return strchr (folded_at (self, token), '-') != NULL && (shape & DRA_SHAPE_LOWER);
}

/* "fire FBI Director": a small word before capitals is more often a verb than a modifier,
 * but for a few. */
static gboolean
may_precede (DraResolution *self,
             guint          token,
             guint          first)
{
  static const char *const always[] = { "former", "acting", "interim", "deputy", "vice", "senior", "junior",
                                        "assistant", "retired", "then", "ex", "chief", "associate", NULL };

  return !(self->shapes[token] & DRA_SHAPE_LOWER) || !(self->shapes[first] & DRA_SHAPE_CAPITAL) ||
         strchr (folded_at (self, token), '-') != NULL ||
         is_one_of (folded_at (self, token), always);
}

/* "Passion of the Christ director": what the capitals begin with is not in the phrase. */
static guint
skip_end_of_title (DraResolution *self,
                   guint          first,
                   guint          head)
{
  guint t = first, after = first;

  while (after < head && (self->shapes[after] & DRA_SHAPE_CAPITAL) && self->owner[after] < 0 &&
         !is_demonym (self, after) && !(classes_at (self, after) & (DRA_WORD_CLASS_MODIFIER | DRA_WORD_CLASS_ROLE)))
    after++;
  while (t > 0 && first - t < 2 && dra_resolution_same_sentence (self, first, t - 1) &&
         (classes_at (self, t - 1) & (DRA_WORD_CLASS_LINK | DRA_WORD_CLASS_FUNCTION)))
    t--;

  return after > first && t < first && t > 0 && dra_resolution_same_sentence (self, first, t - 1) &&
         (self->shapes[t - 1] & DRA_SHAPE_CAPITAL) && !(self->shapes[t - 1] & DRA_SHAPE_START) &&
         self->owner[t - 1] < 0 && (self->shapes[head] & DRA_SHAPE_LOWER) ? after : first;
}

/* The start of the noun phrase with this head. */
guint
dra_role_extend_left (DraResolution *self,
                      guint          head)
{
  static const char *const fronts[] = { "then", "ex", "former", "vice", "now", NULL };
  guint first = head;

  while (first > 0 && head - first < MAX_LEFT && dra_resolution_same_sentence (self, head, first - 1))
    {
      guint t = first - 1;

      if (is_left_word (self, t) && may_precede (self, t, first))
        {
          first = t;
          /* A name goes in whole: "Bureau of Alcohol, Tobacco and Firearms Director". */
          if (self->owner[t] >= 0)
            first = MAX (dra_resolution_mention (self, (guint) self->owner[t])->first,
                         head > MAX_PHRASE ? head - MAX_PHRASE : 0);
          continue;
        }
      /* "chief content officer" */
      if (t > 0 && first == head && dra_resolution_same_sentence (self, head, t - 1) &&
          g_str_equal (folded_at (self, head), "officer") && g_str_equal (folded_at (self, t - 1), "chief") &&
          (self->shapes[t] & DRA_SHAPE_WORD) && self->owner[t] < 0)
        {
          first = t - 1;
          continue;
        }
      /* "CEO and co-founder", "founder and former CEO" */
      if (t > 0 && dra_resolution_same_sentence (self, head, t - 1) &&
          (g_str_equal (folded_at (self, t), "and") || dra_resolution_is_char (self, t, '&')) &&
          dra_role_is_head (self, t - 1))
        {
          first = t - 1;
          head = t - 1;
          continue;
        }
      /* "Police and Crime Commissioner" */
      if (t > 0 && dra_resolution_same_sentence (self, head, t - 1) &&
          g_str_equal (folded_at (self, t), "and") && (self->shapes[first] & DRA_SHAPE_CAPITAL) &&
          (self->shapes[t - 1] & DRA_SHAPE_CAPITAL) && self->owner[t - 1] < 0 &&
          (classes_at (self, t - 1) & DRA_WORD_CLASS_MODIFIER))
        {
          first = t - 1;
          continue;
        }
      /* "then-President", split at the hyphen */
      if (t > 0 && dra_resolution_is_char (self, t, '-') && is_one_of (folded_at (self, t - 1), fronts))
        {
          first = t - 1;
          continue;
        }
      break;
    }

  return skip_end_of_title (self, first, head);
}

/* Whether another role follows the "and", not more of the same one. */
static gboolean
is_first_of_two (DraResolution *self,
                 guint          and,
                 guint          end)
{
  for (guint t = and + 1; t < end; t++)
    if (dra_role_is_head (self, t))
      return TRUE;

  return FALSE;
}

/* "Vane's younger [daughter]", "[father] of Vane": a relative is somebody's, and says nothing
 * without whose.  Makes the phrase reach over the name; FALSE when there is none. */
static gboolean
add_relation (DraResolution *self,
              guint         *first,
              guint         *end)
{
  static const char *const relatives[] = {
    "father", "mother", "dad", "mom", "mum", "brother", "sister", "son", "daughter", "wife", "husband", "widow",
    "widower", "ex-wife", "ex-husband", "uncle", "aunt", "nephew", "niece", "cousin", "grandfather", "grandmother",
    "grandson", "granddaughter", "stepfather", "stepmother", "stepson", "stepdaughter", "son-in-law",
    "daughter-in-law", "brother-in-law", "sister-in-law", "father-in-law", "mother-in-law", "girlfriend",
    "boyfriend", "fiance", "fiancee", NULL,
  };
  guint head = *end - 1, t = *first;
  gint owner;

  if (!is_one_of (folded_at (self, head), relatives) ||
      ((self->shapes[head] & DRA_SHAPE_CAPITAL) && !(self->shapes[head] & DRA_SHAPE_START)))
    return TRUE;
  if (dra_resolution_same_sentence (self, head, head + 2) && g_str_equal (folded_at (self, head + 1), "of") &&
      self->owner[head + 2] >= 0)
    {
      const DraWorkMention *other = dra_resolution_mention (self, (guint) self->owner[head + 2]);

      *end = other->first + other->n_tokens;
      return TRUE;
    }
  for (guint k = *first; k < head; k++)
    if (dra_resolution_is_possessive (self, k))
      return TRUE;
  while (t > 0 && *first - t < 2 && dra_resolution_same_sentence (self, head, t - 1) &&
         (self->shapes[t - 1] & DRA_SHAPE_LOWER) && !dra_resolution_is_possessive (self, t - 1) &&
         !(classes_at (self, t - 1) & DRA_WORD_CLASS_FUNCTION))
    t--;
  if (t < 2 || !dra_resolution_same_sentence (self, head, t - 2) || !dra_resolution_is_possessive (self, t - 1))
    return FALSE;
  owner = self->owner[t - 2];
  *first = owner >= 0 ? dra_resolution_mention (self, (guint) owner)->first : t - 2;

  return TRUE;
}

gboolean
dra_role_take (DraResolution *self,
               guint          first,
               guint          end,
               DraRange      *range)
{
  static const char *const offices[] = { "sen", "rep", "senator", "representative", "gov", "governor",
                                         "congressman", "congresswoman", "mp", "chairman", "sens", "reps",
                                         "president", "president-elect", "senate", "house", "majority",
                                         "minority", "speaker", NULL };

  while (first < end && dra_resolution_is_possessive (self, first))
    first++;
  /* The shortest phrase: "Republican Sen." is "Sen." */
  while (first + 1 < end && (classes_at (self, first) & DRA_WORD_CLASS_PARTY) &&
         is_one_of (folded_at (self, first + 1), offices))
    first++;
  if (end <= first || end - first > MAX_PHRASE || !add_relation (self, &first, &end))
    return FALSE;
  if (end == first + 1 && g_str_equal (folded_at (self, first), "pm") &&
      dra_range_length (self->tokens[first].range) > 2)
    return FALSE; /* "p.m." */
  /* "CEO and co-founder": the first is enough. */
  for (guint t = first + 1; t + 1 < end; t++)
    if (g_str_equal (folded_at (self, t), "and") && dra_role_is_head (self, t - 1) && is_first_of_two (self, t, end))
      end = t;
  *range = dra_resolution_range (self, first, end - first);

  return TRUE;
}

/* Where "of the Free Party" ends that begins at `start`; `start` itself when it does not end
 * cleanly. */
static guint
extend_right (DraResolution *self,
              guint          start)
{
  static const char *const links[] = { "of", "at", NULL };
  guint t = start, end;
  gint owner;

  if (start >= self->n_tokens || !is_one_of (folded_at (self, start), links))
    return start;
  t++;
  while (t < self->n_tokens && dra_resolution_same_sentence (self, start, t) && t - start < 8 &&
         (g_str_equal (folded_at (self, t), "the") || is_demonym (self, t) ||
          (classes_at (self, t) & DRA_WORD_CLASS_MODIFIER)) &&
         self->owner[t] < 0)
    t++;
  if (t >= self->n_tokens || !dra_resolution_same_sentence (self, start, t))
    return start;
  owner = self->owner[t];
  if (owner < 0)
    return start;

  if (dra_resolution_mention (self, (guint) owner)->label == DRA_LABEL_PERSON)
    return start;

  end = dra_resolution_mention (self, (guint) owner)->first +
        dra_resolution_mention (self, (guint) owner)->n_tokens;
  if (end < self->n_tokens && dra_resolution_same_sentence (self, start, end) &&
      ((self->shapes[end] & DRA_SHAPE_CAPITAL) || dra_resolution_is_possessive (self, end) ||
       dra_resolution_is_char (self, end, '-') || dra_resolution_is_char (self, end, '&') ||
       self->owner[end] >= 0 || self->tokens[end].range.start == self->tokens[end - 1].range.end) &&
      !dra_resolution_is_char (self, end, ',') && !dra_resolution_is_char (self, end, '.') &&
      !dra_resolution_is_char (self, end, ';') && !dra_resolution_is_char (self, end, ')'))
    return start;

  return end;
}

/* "a former minister wrote": not a noun that goes on with the phrase. */
static gboolean
is_verb (DraResolution *self,
         guint          token)
{
  static const char *const verbs[] = { "said", "says", "told", "wrote", "won", "died", "went", "came", "took", "made",
                                       "left", "began", "gave", "found", "led", "ran", "spoke", "saw", "knew",
                                       "thought", "got", NULL };

  return (self->shapes[token] & DRA_SHAPE_LOWER) && is_one_of (folded_at (self, token), verbs);
}

/* A noun phrase with a role as its head that begins at `start` and ends where a noun phrase
 * can end. */
gboolean
dra_role_find_phrase (DraResolution *self,
                      guint          start,
                      gboolean       determined,
                      DraRange      *range)
{
  guint head = G_MAXUINT, first = start;

  for (guint t = start; t < self->n_tokens && t - start <= MAX_LEFT &&
                        dra_resolution_same_sentence (self, start, t); t++)
    {
      gboolean fits = is_left_word (self, t) || dra_role_is_head (self, t) || (t > start && dra_resolution_is_possessive (self, t)) ||
                      (t > start && g_str_equal (folded_at (self, t), "and") && head == t - 1 &&
                       t + 1 < self->n_tokens && dra_role_is_head (self, t + 1));

      if (!fits && t > start && label_at (self, t) == DRA_LABEL_PERSON && t + 1 < self->n_tokens &&
          dra_resolution_same_sentence (self, t, t + 1) && (self->shapes[t + 1] & DRA_SHAPE_LOWER) &&
          (dra_role_is_head (self, t + 1) || (classes_at (self, t + 1) & DRA_WORD_CLASS_MODIFIER)))
        fits = TRUE; /* "a former Vane campaign adviser" */
      if (!fits && determined && !(self->shapes[t] & DRA_SHAPE_CAPITAL) && (self->shapes[t] & DRA_SHAPE_WORD) &&
          !(classes_at (self, t) & DRA_WORD_CLASS_FUNCTION) && label_at (self, t) != DRA_LABEL_PERSON)
        {
          /* An adjective, or a noun no list knows: the shorter phrase after it is as right. */
          fits = TRUE;
          if (head == G_MAXUINT)
            first = t + 1;
        }
      if (!fits)
        break;
      if (dra_role_is_head (self, t) || dra_role_is_plural_head (self, t))
        head = t;
    }

  if (head == G_MAXUINT)
    return FALSE;
  if (head + 1 < self->n_tokens && dra_resolution_same_sentence (self, start, head + 1))
    {
      guint next = head + 1;

      if ((self->shapes[next] & DRA_SHAPE_WORD) &&
          !(classes_at (self, next) & (DRA_WORD_CLASS_FUNCTION | DRA_WORD_CLASS_LINK)) &&
          !is_verb (self, next))
        return FALSE;
      if (dra_resolution_is_possessive (self, next) || label_at (self, next) == DRA_LABEL_PERSON)
        return FALSE;
    }

  return first <= head && dra_role_take (self, first, extend_right (self, head + 1), range);
}
