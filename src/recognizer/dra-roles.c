/* dra-roles.c: the phrase of the article that says who a person, or what an organization, is.
 *
 * Patterns, the surest first, over the tokens around a person's mentions:
 *
 *   before     "Mexican opposition leader NAME", "Secretary of State NAME",
 *              "the bank's chief economist, NAME,", "players like NAME and NAME"
 *   after      "NAME, 54, chief executive of Acme," "NAME (captain)", "NAME, one of the judges,"
 *   copula     "NAME is the president of ..."; "NAME, who was a senator, ..."
 *   relative   "NAME, who heads the Free Party, ..."
 *   of         "NAME, for the Free Party, ..."
 *
 * A phrase is a noun phrase whose head is a word of the class of roles; it is extended to
 * the left over modifiers, demonyms and names of organizations and places, and to the right
 * over "of the Free Party" where that ends cleanly.  The first mention in running text that
 * has a phrase decides.  Where the grammar is not plain there is no role: none is better
 * than a wrong one.
 *
 * dra-roles-lists.c has the patterns for several people at once, dra-roles-bodies.c those
 * for organizations, dra-roles-phrase.c the noun phrases.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/dra-roles-private.h"

#include <string.h>

/* --- before the name --- */

static gboolean
is_dash (DraResolution *self,
         guint          token)
{
  gunichar c = g_utf8_get_char (self->text + self->tokens[token].range.start);

  return (c == '-' || c == 0x2013 || c == 0x2014) && !(self->shapes[token] & DRA_SHAPE_WORD);
}

/* "to coach NAME", "will host NAME": the head is a verb there. */
static gboolean
is_verb_here (DraResolution *self,
              guint          first)
{
  static const char *const before[] = { "to", "will", "would", "can", "could", "should", "must", "may",
                                        "might", "n't", "they", "we", "i", "you", "who", NULL };

  return first > 0 && dra_resolution_same_sentence (self, first, first - 1) &&
         !(self->shapes[first] & DRA_SHAPE_CAPITAL) && is_one_of (folded_at (self, first - 1), before);
}

/* Words in small letters that end a role before a name and cannot be verbs: "chief of staff
 * NAME", "director for water management NAME". */
static gboolean
is_noun (const char *folded)
{
  static const char *const words[] = { "staff", "state", "security", "affairs", "news", "finance", "rugby",
                                       "football", "cricket", "water", "health", "police", "justice",
                                       "marketing", "defense", "defence", NULL };
  static const char *const endings[] = { "ment", "tion", "tions", "ence", "ity", "ics", "ology", NULL };

  if (is_one_of (folded, words))
    return TRUE;
  for (guint i = 0; endings[i] != NULL; i++)
    if (g_str_has_suffix (folded, endings[i]))
      return TRUE;

  return FALSE;
}

/* "Secretary of State NAME": capitals and small words back to a head followed by "of". */
static gboolean
find_head_of (DraResolution *self,
              guint          end,
              DraRange      *range)
{
  /* "a friend of NAME" is somebody else. */
  if (classes_at (self, end - 1) & (DRA_WORD_CLASS_LINK | DRA_WORD_CLASS_FUNCTION))
    return FALSE;

  for (guint t = end; t > 0 && end - t < MAX_LEFT && dra_resolution_same_sentence (self, t - 1, end - 1); t--)
    {
      guint at = t - 1;
      const char *folded = folded_at (self, at);

      if (dra_role_is_head (self, at) && at + 2 < end &&
          (g_str_equal (folded_at (self, at + 1), "of") || g_str_equal (folded_at (self, at + 1), "for") ||
           g_str_equal (folded_at (self, at + 1), "to")))
        return dra_role_take (self, dra_role_extend_left (self, at), end, range);
      if (label_at (self, at) == DRA_LABEL_PERSON)
        return FALSE;
      if (!(self->shapes[at] & DRA_SHAPE_CAPITAL) && !g_str_equal (folded, "of") &&
          !g_str_equal (folded, "and") && !g_str_equal (folded, "the") && !g_str_equal (folded, "for") &&
          !g_str_equal (folded, "to") && !dra_resolution_is_char (self, at, '&') && !is_noun (folded))
        return FALSE;
    }

  return FALSE;
}

/* "its [youngest] member": back over small words no list knows. */
static guint
skip_adjectives (DraResolution *self,
                 guint          first)
{
  guint t = first;

  while (t > 0 && first - t < 3 && dra_resolution_same_sentence (self, first, t - 1) &&
         (self->shapes[t - 1] & DRA_SHAPE_LOWER) && self->owner[t - 1] < 0 &&
         !dra_resolution_is_possessive (self, t - 1) &&
         !(classes_at (self, t - 1) & (DRA_WORD_CLASS_FUNCTION | DRA_WORD_CLASS_LINK)))
    t--;

  return t;
}

/* "the party leader," and "the agency's head of inspection," up to the comma. */
static gboolean
find_before_comma (DraResolution *self,
                   guint          end,
                   DraRange      *range)
{
  static const char *const openers[] = { "the", "a", "an", "its", "his", "her", "their", "'s", "'", "our",
                                         "my", "then", "whose", "another", "two", "three", "other", NULL };
  static const char *const links[] = { "of", "for", "the", "and", "in", "at", NULL };

  for (guint t = end; t > 0 && end - t < MAX_LEFT && dra_resolution_same_sentence (self, t - 1, end - 1); t--)
    {
      guint at = t - 1, first;

      if (dra_role_is_head (self, at) &&
          (t == end || is_one_of (folded_at (self, t), links)))
        {
          guint opener;

          first = dra_role_extend_left (self, at);
          opener = skip_adjectives (self, first);
          if (!(opener > 0 && dra_resolution_same_sentence (self, end - 1, opener - 1) &&
                is_one_of (folded_at (self, opener - 1), openers)) &&
              label_at (self, first) != DRA_LABEL_ORGANIZATION && label_at (self, first) != DRA_LABEL_PLACE)
            return FALSE;

          return dra_role_take (self, first, end, range);
        }
      if (dra_resolution_is_possessive (self, at))
        continue;
      if (!(self->shapes[at] & DRA_SHAPE_WORD) || label_at (self, at) == DRA_LABEL_PERSON ||
          ((classes_at (self, at) & DRA_WORD_CLASS_FUNCTION) && !is_one_of (folded_at (self, at), links)))
        return FALSE;
    }

  return FALSE;
}

/* "Police spokesman Sgt. NAME", "Chairman Senator NAME": the first of two says more. */
static guint
skip_ranks (DraResolution *self,
            guint          end)
{
  static const char *const members[] = { "senator", "sen", "rep", "representative", NULL };
  static const char *const services[] = { "admiral", "general", "gen", "marshal", "colonel", "col",
                                          "brigadier", "lt", "marshal", "sgt", "sergeant", NULL };
  static const char *const grades[] = { "rear", "vice", "master", "staff", "warrant", "air", NULL };
  guint t = end;

  while (t > 0 && dra_resolution_same_sentence (self, end - 1, t - 1) &&
         !dra_role_is_civil_general (self, t - 1) &&
         (((classes_at (self, t - 1) & DRA_WORD_CLASS_TITLE) &&
           ((classes_at (self, t - 1) & DRA_WORD_CLASS_WEAK_ROLE) ||
            is_one_of (folded_at (self, t - 1), members))) ||
          (t < end && is_one_of (folded_at (self, t - 1), grades) &&
           is_one_of (folded_at (self, t), services))))
    t--;
  if (t > 0 && t < end && dra_resolution_same_sentence (self, end - 1, t - 1) && dra_role_is_head (self, t - 1) &&
      (!(classes_at (self, t - 1) & (DRA_WORD_CLASS_WEAK_ROLE | DRA_WORD_CLASS_MODIFIER)) ||
       (g_str_equal (folded_at (self, t - 1), "chief") && is_one_of (folded_at (self, t), services))))
    return t;

  return end;
}

static gboolean
find_before (DraResolution        *self,
             const DraWorkMention *mention,
             DraRange             *range)
{
  guint end = mention->first, first;
  guint after = mention->first + mention->n_tokens;

  while (end > 0 && dra_resolution_same_sentence (self, mention->first, end - 1) &&
         (classes_at (self, end - 1) & DRA_WORD_CLASS_HONORIFIC))
    end--;
  end = skip_ranks (self, end);
  if (end == 0 || !dra_resolution_same_sentence (self, mention->first, end - 1))
    return FALSE;

  if (dra_role_is_head (self, end - 1) || dra_role_is_plural_head (self, end - 1))
    {
      first = dra_role_extend_left (self, end - 1);
      if (first == end - 1 && is_verb_here (self, first))
        return FALSE;
      return dra_role_take (self, first, end, range);
    }

  /* "the party leader, NAME," */
  if (end > 1 && (dra_resolution_is_char (self, end - 1, ',') || is_dash (self, end - 1)) &&
      dra_resolution_same_sentence (self, end, end - 2) &&
      (after >= self->n_tokens || !dra_resolution_same_sentence (self, end, after) ||
       !(self->shapes[after] & (DRA_SHAPE_WORD | DRA_SHAPE_CAPITAL)) ||
       ((self->shapes[after] & DRA_SHAPE_LOWER) && !g_str_equal (folded_at (self, after), "and"))) &&
      find_before_comma (self, end - 1, range))
    return TRUE;

  /* "Author: NAME" at the start of a line */
  if (end > 1 && dra_resolution_is_char (self, end - 1, ':') &&
      dra_resolution_same_sentence (self, end, end - 2) && dra_role_is_head (self, end - 2) &&
      !(classes_at (self, end - 2) & (DRA_WORD_CLASS_WEAK_ROLE | DRA_WORD_CLASS_PARTY)) &&
      (self->shapes[end - 2] & DRA_SHAPE_START))
    return dra_role_take (self, end - 2, end - 1, range);

  if (find_head_of (self, end, range))
    return TRUE;

  return dra_role_find_plural (self, end, range);
}

/* --- after the name --- */

static gboolean
is_determiner (DraResolution *self,
               guint          token)
{
  static const char *const words[] = { "the", "a", "an", "his", "her", "its", "their", "another", "our", "my", NULL };

  return is_one_of (folded_at (self, token), words);
}

/* "program administrator for": a noun no list knows right before a head. */
static gboolean
opens_phrase (DraResolution *self,
              guint          token)
{
  const char *folded = folded_at (self, token);

  if (!(self->shapes[token] & DRA_SHAPE_LOWER) || (classes_at (self, token) & DRA_WORD_CLASS_FUNCTION))
    return FALSE;
  if (classes_at (self, token) & DRA_WORD_CLASS_MODIFIER)
    return TRUE;

  return !g_str_has_suffix (folded, "ed") && !g_str_has_suffix (folded, "ing") &&
         !g_str_has_suffix (folded, "ly") && token + 1 < self->n_tokens &&
         dra_resolution_same_sentence (self, token, token + 1) && dra_role_is_head (self, token + 1);
}

/* "NAME, now the mayor," */
static gboolean
is_adverb (DraResolution *self,
           guint          token)
{
  static const char *const words[] = { "now", "then", "currently", "also", "usually", "himself", "herself", NULL };

  return is_one_of (folded_at (self, token), words);
}

static gboolean
find_after (DraResolution        *self,
            const DraWorkMention *mention,
            DraRange             *range)
{
  guint t = mention->first + mention->n_tokens;
  gboolean determined = FALSE;

  if (t + 1 >= self->n_tokens || !dra_resolution_same_sentence (self, mention->first, t + 1))
    return FALSE;
  if (!dra_resolution_is_char (self, t, ',') && !dra_resolution_is_char (self, t, '(') &&
      !(is_dash (self, t) && is_determiner (self, t + 1)))
    return FALSE;
  t++;

  /* ", 54, " and ", who is the" */
  if (g_ascii_isdigit (self->text[self->tokens[t].range.start]) && t + 2 < self->n_tokens &&
      dra_resolution_is_char (self, t + 1, ',') && dra_resolution_same_sentence (self, t, t + 2))
    t += 2;
  if (is_adverb (self, t) && t + 1 < self->n_tokens && dra_resolution_same_sentence (self, t, t + 1))
    t++;
  if (dra_role_find_one_of (self, t, range))
    return TRUE;
  while (t + 1 < self->n_tokens && dra_resolution_same_sentence (self, t, t + 1) && is_determiner (self, t))
    {
      determined = TRUE;
      t++;
    }
  /* "NAME, Vane's younger son" */
  if (label_at (self, t) == DRA_LABEL_PERSON)
    {
      const DraWorkMention *other = dra_resolution_mention (self, (guint) self->owner[t]);
      guint after = other->first + other->n_tokens;

      if (!dra_resolution_same_sentence (self, t, after) || !dra_resolution_is_possessive (self, after) ||
          !dra_resolution_same_sentence (self, t, after + 1))
        return FALSE;
      t = after + 1;
      determined = TRUE;
    }

  return dra_role_find_phrase (self, t, determined || opens_phrase (self, t), range);
}

/* --- "is the", "who heads" --- */

static gboolean
find_copula (DraResolution        *self,
             const DraWorkMention *mention,
             DraRange             *range)
{
  static const char *const copulas[] = { "is", "was", "became", "remains", "'s", NULL };
  guint t = mention->first + mention->n_tokens;

  if (t + 3 >= self->n_tokens || !dra_resolution_same_sentence (self, mention->first, t + 3))
    return FALSE;
  if (dra_resolution_is_char (self, t, ',') && g_str_equal (folded_at (self, t + 1), "who"))
    t += 2;
  if (!is_one_of (folded_at (self, t), copulas) ||
      (g_str_equal (folded_at (self, t), "'s") && !g_str_equal (folded_at (self, t - 1), "who")))
    return FALSE;
  t++;
  if (dra_role_find_one_of (self, t, range))
    return TRUE;
  if (!is_determiner (self, t))
    return dra_role_is_head (self, t) && dra_resolution_same_sentence (self, t, t + 1) &&
           g_str_equal (folded_at (self, t + 1), "of") && dra_role_find_phrase (self, t, FALSE, range);
  t++;

  return t < self->n_tokens && dra_resolution_same_sentence (self, mention->first, t) &&
         dra_role_find_phrase (self, t, TRUE, range);
}

static gboolean
find_relative (DraResolution        *self,
               const DraWorkMention *mention,
               DraRange             *range)
{
  static const char *const verbs[] = { "heads", "leads", "runs", "chairs", "directs", "founded", "owns",
                                       "manages", "edits", "coaches", "co-founded", "headed", "led",
                                       "chaired", NULL };
  guint t = mention->first + mention->n_tokens, verb;
  gint owner;

  if (t + 3 >= self->n_tokens || !dra_resolution_same_sentence (self, mention->first, t + 3) ||
      !dra_resolution_is_char (self, t, ',') || !g_str_equal (folded_at (self, t + 1), "who") ||
      !is_one_of (folded_at (self, t + 2), verbs))
    return FALSE;
  verb = t + 2;
  t += 3;
  if (is_determiner (self, t) && t + 1 < self->n_tokens && dra_resolution_same_sentence (self, verb, t + 1))
    t++;
  owner = self->owner[t];
  if (owner < 0 || dra_resolution_mention (self, (guint) owner)->label != DRA_LABEL_ORGANIZATION)
    return FALSE;

  return dra_role_take (self, verb, dra_resolution_mention (self, (guint) owner)->first +
                           dra_resolution_mention (self, (guint) owner)->n_tokens, range);
}

typedef gboolean (*Pattern) (DraResolution        *self,
                             const DraWorkMention *mention,
                             DraRange             *range);

static DraWordClass
last_word_classes (DraResolution *self,
                   DraRange       range)
{
  g_autofree char *folded = dra_word_fold (self->text + range.start, dra_range_length (range));
  const char *space = strrchr (folded, ' ');

  return dra_word_class_lookup (space != NULL ? space + 1 : folded);
}

/* "Sgt.", "member": another role beside it says more. */
static gboolean
is_weak (DraResolution *self,
         DraRange       range)
{
  DraWordClass classes = last_word_classes (self, range);

  return (classes & DRA_WORD_CLASS_WEAK_ROLE) &&
         ((classes & DRA_WORD_CLASS_TITLE) ||
          memchr (self->text + range.start, ' ', dra_range_length (range)) == NULL);
}

/* "Sgt." and "Democrat" are still better than nothing; "member" alone is not. */
static gboolean
says_something (DraResolution *self,
                DraRange       range)
{
  static const char *const nothing[] = { "member", "members", "man", "woman", "person", "victim", "victims",
                                         "friend", "figure", NULL };
  g_autofree char *folded = dra_word_fold (self->text + range.start, dra_range_length (range));

  return !is_one_of (folded, nothing);
}

/* mentions: of one person, in text order; range: set to the bytes of the phrase. */
gboolean
dra_roles_find (DraResolution *self,
                const guint   *mentions,
                guint          n_mentions,
                DraRange      *range)
{
  static const Pattern patterns[] = { find_before, find_after, find_copula, find_relative,
                                      dra_role_find_affiliation };
  /* In a line of capitals a phrase may be anything: those come last but for "of the Post". */
  static const struct { guint first, end; gboolean headline; } rounds[] = {
    { 0, 2, FALSE }, { 2, 4, FALSE }, { 0, 2, TRUE }, { 4, 5, FALSE },
  };
  DraRange weak = { 0 };

  for (guint r = 0; r < G_N_ELEMENTS (rounds); r++)
    for (guint i = 0; i < n_mentions; i++)
      {
        const DraWorkMention *mention = dra_resolution_mention (self, mentions[i]);

        if (((self->shapes[mention->first] & DRA_SHAPE_HEADLINE) != 0) != rounds[r].headline)
          continue;
        for (guint k = rounds[r].first; k < rounds[r].end; k++)
          {
            if (!patterns[k] (self, mention, range))
              continue;
            if (!is_weak (self, *range))
              return TRUE;
            if (dra_range_length (weak) == 0 && says_something (self, *range))
              weak = *range;
          }
      }

  *range = weak;

  return dra_range_length (weak) > 0;
}
