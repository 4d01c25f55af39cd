/* dra-resolver-cues.c: what stands beside a name tells what kind of name it is.
 *
 * Closed patterns over the words next to a mention.  Each says how much it tells: a pattern
 * that people and works do not come in counts for any mention, one that works of art do not
 * come in counts only against OTHER.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/dra-roles-private.h"

#include <string.h>

/* The token before the mention, over "the"; -1 at the start of a sentence. */
static gint
token_before (DraResolution        *self,
              const DraWorkMention *mention)
{
  guint t = mention->first;

  if (t > 1 && g_str_equal (folded_at (self, t - 1), "the") &&
      dra_resolution_same_sentence (self, mention->first, t - 2))
    t--;

  return t > 0 && dra_resolution_same_sentence (self, mention->first, t - 1) ? (gint) t - 1 : -1;
}

/* The token after the mention and its possessive 's; -1 at the end of a sentence. */
static gint
token_after (DraResolution        *self,
             const DraWorkMention *mention,
             gboolean             *possessive)
{
  guint t = mention->first + mention->n_tokens;

  *possessive = t < self->n_tokens && dra_resolution_same_sentence (self, mention->first, t) &&
                dra_resolution_is_possessive (self, t);
  if (*possessive)
    t++;

  return t < self->n_tokens && dra_resolution_same_sentence (self, mention->first, t) ? (gint) t : -1;
}

/* "Acme CEO Amy Lund", "Acme executive director Amy Lund" */
static gboolean
is_before_officer (DraResolution *self,
                   guint          after)
{
  static const char *const offices[] = { "ceo", "cfo", "cto", "chairman", "chairwoman", "analyst", "president",
                                         "chief", "executive", "managing", "vice", "senior", NULL };

  if (!is_one_of (folded_at (self, after), offices))
    return FALSE;
  for (guint t = after + 1; t < self->n_tokens && t < after + 6 &&
                            dra_resolution_same_sentence (self, after, t); t++)
    {
      if (label_at (self, t) == DRA_LABEL_PERSON)
        return TRUE;
      if (!(classes_at (self, t) & (DRA_WORD_CLASS_ROLE | DRA_WORD_CLASS_MODIFIER)))
        return FALSE;
    }

  return FALSE;
}

/* "BuildBuddy", "MoveOn.org": spelt as no person is. */
static gboolean
is_spelt_as_company (DraResolution        *self,
                     const DraWorkMention *mention)
{
  static const char *const personal[] = { "mc", "mac", "o'", "d'", "de", "di", "le", "la", "van", "fitz", "al-", "el-", NULL };
  const char *folded = folded_at (self, mention->first);

  if (mention->n_tokens != 1)
    return FALSE;
  if (g_str_has_suffix (folded, ".com") || g_str_has_suffix (folded, ".org") || g_str_has_suffix (folded, ".net"))
    return TRUE;
  if (mention->label != DRA_LABEL_PERSON ||
      (dra_resolution_word (self, mention->first)->flags & DRA_WORD_FIRST_NAME) || !(self->shapes[mention->first] & DRA_SHAPE_MIXED) || !(self->shapes[mention->first] & DRA_SHAPE_CAPITAL) ||
      strchr (folded, '-') != NULL || strchr (folded, '\'') != NULL)
    return FALSE;
  for (guint i = 0; personal[i] != NULL; i++)
    if (g_str_has_prefix (folded, personal[i]))
      return FALSE;

  return TRUE;
}

/* "William McGinley of Patton Boggs": a person is of a firm, or of a place. */
static gboolean
is_of_by_person (DraResolution        *self,
                 const DraWorkMention *mention)
{
  guint t = mention->first;

  return t > 1 && dra_resolution_same_sentence (self, t, t - 2) &&
         (g_str_equal (folded_at (self, t - 1), "of") || g_str_equal (folded_at (self, t - 1), "at")) &&
         label_at (self, t - 2) == DRA_LABEL_PERSON;
}

/* "by the Ellery Courier in March": people stand without "the". */
static gboolean
is_after_the (DraResolution        *self,
              const DraWorkMention *mention)
{
  guint after = mention->first + mention->n_tokens;

  return mention->label == DRA_LABEL_PERSON && mention->n_tokens > 1 && mention->first > 0 &&
         dra_resolution_same_sentence (self, mention->first, mention->first - 1) &&
         g_str_equal (folded_at (self, mention->first - 1), "the") &&
         !(dra_resolution_same_sentence (self, mention->first, after) &&
           (self->shapes[after] & DRA_SHAPE_WORD) &&
           !(classes_at (self, after) & (DRA_WORD_CLASS_FUNCTION | DRA_WORD_CLASS_LINK)));
}

/* "the trust, Habu," "the group Habu" */
static gboolean
is_after_body (DraResolution        *self,
               const DraWorkMention *mention)
{
  guint t = mention->first;
  gboolean comma = FALSE;

  if (t > 1 && dra_resolution_is_char (self, t - 1, ','))
    {
      guint after = t + mention->n_tokens;

      if (after >= self->n_tokens || !dra_resolution_is_char (self, after, ','))
        return FALSE;
      comma = TRUE;
      t--;
    }
  if (t == 0 || !dra_resolution_same_sentence (self, mention->first, t - 1) ||
      !(self->shapes[t - 1] & DRA_SHAPE_LOWER))
    return FALSE;

  return (classes_at (self, t - 1) & (comma ? DRA_WORD_CLASS_BODY : DRA_WORD_CLASS_COMPANY)) != 0;
}

/* "retail giant Home Ellery", "Home Ellery shares": of places much less is telling. */
static gboolean
is_company_place (DraResolution        *self,
                  const DraWorkMention *mention)
{
  guint before = mention->first, after = mention->first + mention->n_tokens;

  if (before > 0 && dra_resolution_same_sentence (self, before, before - 1) &&
      (self->shapes[before - 1] & DRA_SHAPE_LOWER) &&
      (classes_at (self, before - 1) & DRA_WORD_CLASS_COMPANY))
    return TRUE;

  return dra_resolution_same_sentence (self, mention->first, after) &&
         (self->shapes[after] & DRA_SHAPE_LOWER) &&
         (classes_at (self, after) & DRA_WORD_CLASS_OF_COMPANY);
}

/* "Habu, a bell maker," is somebody where "Habu, a bell company," is none. */
static gboolean
is_said_to_be_body (DraResolution        *self,
                    const DraWorkMention *mention)
{
  guint t = mention->first + mention->n_tokens;
  DraRange range;

  if (!dra_role_find_body_after (self, mention, &range))
    return FALSE;
  while (t + 1 < self->n_tokens && self->tokens[t].range.end < range.end)
    t++;

  return mention->label != DRA_LABEL_PERSON || !dra_role_is_head (self, t);
}

/* "startup Habu", "Habu's chairman", "Acme <ACM.N>", "Habu shares", "Habu, a bell maker",
 * "Habu, which": nothing of the kind is said of a person. */
gboolean
dra_resolver_has_company_cue (DraResolution        *self,
                              const DraWorkMention *mention)
{
  gboolean possessive;
  gint after = token_after (self, mention, &possessive);

  if (mention->label == DRA_LABEL_PLACE)
    return is_company_place (self, mention);
  if (is_after_body (self, mention) || is_of_by_person (self, mention) || is_spelt_as_company (self, mention) ||
      is_after_the (self, mention) ||
      is_said_to_be_body (self, mention))
    return TRUE;
  if (after < 0)
    return FALSE;
  if ((guint) after + 1 < self->n_tokens &&
      ((dra_resolution_is_char (self, (guint) after, '<') && (self->shapes[after + 1] & DRA_SHAPE_ALL_CAPS)) ||
       (dra_resolution_is_char (self, (guint) after, ',') &&
        g_str_equal (folded_at (self, (guint) after + 1), "which"))))
    return TRUE;
  if ((classes_at (self, (guint) after) & DRA_WORD_CLASS_OF_COMPANY) &&
      !(self->shapes[after] & DRA_SHAPE_CAPITAL))
    return TRUE;

  return !possessive && is_before_officer (self, (guint) after);
}

/* "analyst at Habu", "told Habu", "according to Habu", "Habu magazine", "Habu reported":
 * of a name that is nobody's, that it is no work or thing. */
gboolean
dra_resolver_has_body_cue (DraResolution        *self,
                           const DraWorkMention *mention)
{
  static const char *const tellers[] = { "told", "tells", NULL };
  static const char *const verbs[] = { "said", "says", "reported", "reports", "announced", "claimed", "argued",
                                       "confirmed", "denied", "declined", "warned", "noted", "added", NULL };
  static const char *const kinds[] = { "magazine", "newspaper", "website", "blog", "spokesman", "spokeswoman",
                                       "spokesperson", "executives", "officials", "employees", "ltd",
                                       "correspondent", "reporter", "columnist", "board", NULL };
  static const char *const prepositions[] = { "at", "for", "from", NULL };
  gboolean possessive;
  gint before = token_before (self, mention);
  gint after = token_after (self, mention, &possessive);

  /* The article has it as a common word as well. */
  if (mention->n_tokens == 1 && dra_resolution_word (self, mention->first)->n_lower > 0)
    return FALSE;
  if (before >= 0 && is_one_of (folded_at (self, (guint) before), tellers))
    return TRUE;
  if (before > 0 && dra_resolution_same_sentence (self, mention->first, (guint) before - 1))
    {
      const char *last = folded_at (self, (guint) before);

      if (g_str_equal (last, "to") && g_str_equal (folded_at (self, (guint) before - 1), "according"))
        return TRUE;
      if (is_one_of (last, prepositions) && dra_role_is_head (self, (guint) before - 1))
        return TRUE;
    }

  return after >= 0 && (is_one_of (folded_at (self, (guint) after), kinds) ||
                        (!possessive && is_one_of (folded_at (self, (guint) after), verbs)));
}
