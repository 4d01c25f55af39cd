/* dra-roles-lists.c: one of several, and whom somebody is of.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/dra-roles-private.h"

#include <string.h>

#define MAX_LIST 60 /* tokens back over the names of a list */

/* What may stand between "players" and the first of them: nothing, or one of these. */
static guint
skip_list_opener (DraResolution *self,
                  guint          end)
{
  static const char *const openers[] = { "like", "namely", NULL };
  guint t = end;

  if (t > 0 && dra_resolution_is_char (self, t - 1, ':'))
    return t - 1;
  if (t > 1 && g_str_equal (folded_at (self, t - 1), "as") && g_str_equal (folded_at (self, t - 2), "such"))
    t -= 2;
  else if (t > 0 && is_one_of (folded_at (self, t - 1), openers))
    t--;
  if (t < end && t > 0 && dra_resolution_is_char (self, t - 1, ','))
    t--;

  return t;
}

/* "Senators NAME, NAME and NAME", "players like NAME": back over the names to the plural
 * head. */
gboolean
dra_role_find_plural (DraResolution *self,
                      guint          end,
                      DraRange      *range)
{
  guint n_names = 0;

  for (guint t = end; t > 0 && end - t < MAX_LIST && dra_resolution_same_sentence (self, t - 1, end); t--)
    {
      guint at = t - 1, opened = skip_list_opener (self, t);

      if (opened > 0 && opened < t && dra_resolution_same_sentence (self, opened - 1, end) &&
          dra_role_is_plural_head (self, opened - 1))
        return dra_role_take (self, dra_role_extend_left (self, opened - 1), opened, range);
      if (dra_role_is_plural_head (self, at))
        return n_names > 0 && dra_role_take (self, dra_role_extend_left (self, at), at + 1, range);
      if (label_at (self, at) == DRA_LABEL_PERSON)
        n_names++;
      else if (!dra_resolution_is_char (self, at, ',') && !g_str_equal (folded_at (self, at), "and"))
        return FALSE;
    }

  return FALSE;
}

/* "one of the cashiers", "another of her secretaries" */
gboolean
dra_role_find_one_of (DraResolution *self,
                      guint          start,
                      DraRange      *range)
{
  static const char *const nothing[] = { "members", "figures", "people", "men", "women", NULL };
  static const char *const ones[] = { "one", "another", NULL };
  guint t = start;

  if (t + 3 >= self->n_tokens || !dra_resolution_same_sentence (self, start, t + 3) ||
      !is_one_of (folded_at (self, t), ones) || !g_str_equal (folded_at (self, t + 1), "of"))
    return FALSE;
  for (t += 3; t < start + MAX_LEFT && dra_resolution_same_sentence (self, start, t); t++)
    {
      if (is_one_of (folded_at (self, t), nothing))
        return FALSE;
      if ((classes_at (self, t) & DRA_WORD_CLASS_PLURAL_ROLE) || dra_role_is_plural_head (self, t))
        return dra_role_take (self, start, t + 1, range);
      if (!(self->shapes[t] & DRA_SHAPE_WORD) || (classes_at (self, t) & DRA_WORD_CLASS_FUNCTION) ||
          label_at (self, t) == DRA_LABEL_PERSON)
        return FALSE;
    }

  return FALSE;
}

/* The organization that begins at `start`, over "the"; -1 when there is none. */
static gint
organization_at (DraResolution *self,
                 guint          start)
{
  guint t = start;

  if (t + 1 < self->n_tokens && g_str_equal (folded_at (self, t), "the"))
    t++;
  if (!dra_resolution_same_sentence (self, start, t) || label_at (self, t) != DRA_LABEL_ORGANIZATION ||
      dra_resolution_mention (self, (guint) self->owner[t])->first != t)
    return -1;

  return self->owner[t];
}

/* "NAME, from the Post,": whom somebody speaks for. */
gboolean
dra_role_find_affiliation (DraResolution        *self,
                           const DraWorkMention *mention,
                           DraRange             *range)
{
  static const char *const prepositions[] = { "of", "from", "for", NULL };
  guint t = mention->first + mention->n_tokens, end;
  gint organization;

  if (mention->n_tokens < 2 || t + 2 >= self->n_tokens ||
      !dra_resolution_same_sentence (self, mention->first, t + 2))
    return FALSE;
  if (!dra_resolution_is_char (self, t, ',') || !is_one_of (folded_at (self, t + 1), prepositions))
    return FALSE;
  organization = organization_at (self, t + 2);
  if (organization < 0)
    return FALSE;
  end = dra_resolution_mention (self, (guint) organization)->first +
        dra_resolution_mention (self, (guint) organization)->n_tokens;
  if (!dra_resolution_same_sentence (self, t, end) || !dra_resolution_is_char (self, end, ','))
    return FALSE;

  return dra_role_take (self, t + 1, end, range);
}
