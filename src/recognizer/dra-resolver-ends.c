/* dra-resolver-ends.c: words beside the name of an organization that belong to it.
 *
 * A tagger that goes by single words stops before brackets, numbers and small letters.  Which
 * of them belong to the name, and how often, was counted in the marked articles; what is left
 * outside there more often than not is left outside here.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/dra-roles-private.h"

#include <string.h>

#define CONFIDENCE 0.7f
#define MAX_NAME   12 /* tokens */

/* Makes [first, end) one organization, if no name crosses its edges and no person is in it. */
static void
take (DraResolution *self,
      guint          first,
      guint          end)
{
  float confidence = CONFIDENCE;

  for (guint t = first; t < end; t++)
    if (self->owner[t] >= 0)
      {
        DraWorkMention *m = dra_resolution_mention (self, (guint) self->owner[t]);

        if (m->first < first || m->first + m->n_tokens > end || m->label == DRA_LABEL_PERSON)
          return;
        if (m->label == DRA_LABEL_ORGANIZATION)
          confidence = MAX (confidence, m->confidence);
      }
  for (guint t = first; t < end; t++)
    if (self->owner[t] >= 0)
      dra_resolution_remove (self, (guint) self->owner[t]);
  dra_resolution_add (self, first, end - first, DRA_LABEL_ORGANIZATION, confidence);
}

/* "Free Party (V)", "Workers' Front (Marxist)": a wing of a party, which one letter names; two
 * letters are an acronym. */
static gboolean
is_wing (DraResolution *self,
         guint          first,
         guint          bracket)
{
  static const char *const wings[] = { "marxist", "leninist", "maoist", "secular", "united", NULL };
  DraRange range;

  if (!dra_resolution_same_sentence (self, first, bracket + 2) || !dra_resolution_is_char (self, bracket, '(') ||
      !dra_resolution_is_char (self, bracket + 2, ')'))
    return FALSE;
  range = self->tokens[bracket + 1].range;
  if (dra_range_length (range) == 1)
    return g_ascii_isupper (self->text[range.start]) != 0;

  return is_one_of (folded_at (self, bracket + 1), wings);
}

static void
add_wing (DraResolution *self,
          guint          index)
{
  DraWorkMention *m = dra_resolution_mention (self, index);
  guint bracket = m->first + m->n_tokens;

  if (!is_wing (self, m->first, bracket) ||
      (self->owner[bracket + 1] >= 0 &&
       dra_resolution_mention (self, (guint) self->owner[bracket + 1])->n_tokens > 1) ||
      self->owner[bracket] >= 0 || self->owner[bracket + 2] >= 0)
    return;
  if (self->owner[bracket + 1] >= 0)
    dra_resolution_remove (self, (guint) self->owner[bracket + 1]);
  dra_resolution_resize (self, index, m->first, m->n_tokens + 3);
}

/* "Labour party", "Progressive party" */
static void
find_party (DraResolution *self,
            guint          party)
{
  static const char *const kinds[] = { "national", "nationalist", "progressive", "green", "people's", "workers", NULL };
  guint first = party;

  if (party == 0 || !dra_resolution_is_capital (self, party, party - 1) || (self->shapes[party - 1] & DRA_SHAPE_HEADLINE) ||
      (!(classes_at (self, party - 1) & DRA_WORD_CLASS_PARTY) && !is_one_of (folded_at (self, party - 1), kinds)))
    return;
  first--;
  if (self->owner[first] >= 0)
    first = dra_resolution_mention (self, (guint) self->owner[first])->first;
  take (self, first, party + 1);
}

/* "Ellery County sheriff's office": of a county, not of a person ("Vane's office"). */
static void
find_office (DraResolution *self,
             guint          office)
{
  static const char *const officers[] = { "sheriff", "attorney", "coroner", "examiner", "prosecutor", "marshal", NULL };
  static const char *const grounds[] = { "county", "parish", "state", "city", "u.s", "us", "district", NULL };
  guint t = office, first;

  if (t < 3 || !dra_resolution_same_sentence (self, office, t - 3) || !dra_resolution_is_possessive (self, t - 1) ||
      !is_one_of (folded_at (self, t - 2), officers))
    return;
  t -= 2;
  if (is_one_of (folded_at (self, t - 1), (const char *const[]) { "district", "medical", "fire", "general", NULL }))
    t--;
  if (t == 0 || !dra_resolution_is_capital (self, office, t - 1) || !is_one_of (folded_at (self, t - 1), grounds))
    return;
  first = t - 1;
  while (first > 0 && office - first < MAX_NAME && dra_resolution_is_capital (self, office, first - 1) &&
         !(classes_at (self, first - 1) & (DRA_WORD_CLASS_FUNCTION | DRA_WORD_CLASS_TITLE | DRA_WORD_CLASS_CALENDAR)))
    first--;
  if (self->owner[first] >= 0 && label_at (self, first) != DRA_LABEL_PERSON)
    first = dra_resolution_mention (self, (guint) self->owner[first])->first;
  take (self, first, office + 1);
}

/* "Channel 4", "BBC Three" */
static void
find_channel (DraResolution *self,
              guint          number)
{
  static const char *const numbers[] = { "one", "two", "three", "four", "five", NULL };
  static const char *const networks[] = { "channel", "radio", "bbc", "itv", "sky", "rte", NULL };
  DraRange range = self->tokens[number].range;
  gboolean is_digit = dra_range_length (range) <= 2 && g_ascii_isdigit (self->text[range.start]);
  guint first = number - 1;
  const char *network;

  if (!dra_resolution_is_capital (self, number, first) || (self->shapes[number] & DRA_SHAPE_HEADLINE))
    return;
  network = folded_at (self, first);
  if (!is_one_of (network, networks) ||
      !(is_digit ? g_str_equal (network, "channel") || g_str_equal (network, "radio")
                 : (self->shapes[number] & DRA_SHAPE_CAPITAL) && is_one_of (folded_at (self, number), numbers)))
    return;
  /* "BBC Radio 4" */
  if (first > 0 && dra_resolution_is_capital (self, number, first - 1) && is_one_of (folded_at (self, first - 1), networks))
    first--;
  take (self, first, number + 1);
}

/* Step 6.  Names of organizations whose last words are in brackets, numbers or in small letters. */
void
dra_resolver_find_ends (DraResolution *self)
{
  for (guint i = 0; i < self->mentions->len; i++)
    if (!dra_resolution_mention (self, i)->removed &&
        dra_resolution_mention (self, i)->label == DRA_LABEL_ORGANIZATION)
      add_wing (self, i);

  for (guint t = 1; t < self->n_tokens && !dra_resolution_is_stopped (self, t); t++)
    {
      const char *folded = folded_at (self, t);

      if (g_str_equal (folded, "party") && (self->shapes[t] & DRA_SHAPE_LOWER))
        find_party (self, t);
      else if (g_str_equal (folded, "office") || g_str_equal (folded, "department"))
        find_office (self, t);
      else
        find_channel (self, t);
    }
}
