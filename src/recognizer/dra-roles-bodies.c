/* dra-roles-bodies.c: the phrase of the article that says what an organization is.
 *
 *   after    "NAME, a Berlin-based think tank,"
 *   copula   "NAME is a Berlin-based think tank"
 *   before   "the Berlin-based think tank NAME"
 *
 * The head is a word of the class of bodies in small letters, with at least one word before
 * it: "company" alone says nothing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/dra-roles-private.h"

static gboolean
is_body_head (DraResolution *self,
              guint          token)
{
  return (classes_at (self, token) & DRA_WORD_CLASS_BODY) && (self->shapes[token] & DRA_SHAPE_LOWER);
}

/* What a phrase that says what an organization is may have before its head. */
static gboolean
may_modify_body (DraResolution *self,
                 guint          token)
{
  return (self->shapes[token] & DRA_SHAPE_WORD) && label_at (self, token) != DRA_LABEL_PERSON &&
         label_at (self, token) != DRA_LABEL_ORGANIZATION &&
         !(classes_at (self, token) & (DRA_WORD_CLASS_FUNCTION | DRA_WORD_CLASS_LINK));
}

/* Whether a noun phrase can end before the token. */
static gboolean
ends_phrase (DraResolution *self,
             guint          start,
             guint          token)
{
  if (!dra_resolution_same_sentence (self, start, token))
    return TRUE;
  if (dra_resolution_is_possessive (self, token))
    return FALSE;

  return !(self->shapes[token] & DRA_SHAPE_WORD) ||
         (classes_at (self, token) & (DRA_WORD_CLASS_FUNCTION | DRA_WORD_CLASS_LINK)) != 0 ||
         g_str_equal (folded_at (self, token), "based");
}

/* The phrase that begins at `start`, after its article. */
static gboolean
find_body_phrase (DraResolution *self,
                  guint          start,
                  DraRange      *range)
{
  guint head = 0;

  for (guint t = start; t - start < MAX_LEFT && dra_resolution_same_sentence (self, start, t); t++)
    {
      if (dra_resolution_is_char (self, t, '-'))
        continue;
      if (!may_modify_body (self, t))
        break;
      if (is_body_head (self, t))
        head = t;
    }
  if (head <= start || !ends_phrase (self, start, head + 1))
    return FALSE;

  return dra_role_take (self, start, head + 1, range);
}

static gboolean
is_article (DraResolution *self,
            guint          token)
{
  static const char *const articles[] = { "a", "an", "the", NULL };

  return is_one_of (folded_at (self, token), articles);
}

/* "NAME, a Berlin-based think tank," */
gboolean
dra_role_find_body_after (DraResolution        *self,
                          const DraWorkMention *mention,
                          DraRange             *range)
{
  guint comma = mention->first + mention->n_tokens;

  return comma + 2 < self->n_tokens && dra_resolution_same_sentence (self, mention->first, comma + 2) &&
         dra_resolution_is_char (self, comma, ',') && is_article (self, comma + 1) &&
         find_body_phrase (self, comma + 2, range);
}

/* "NAME is a Berlin-based think tank" */
static gboolean
find_body_copula (DraResolution        *self,
                  const DraWorkMention *mention,
                  DraRange             *range)
{
  guint verb = mention->first + mention->n_tokens;

  return verb + 2 < self->n_tokens && dra_resolution_same_sentence (self, mention->first, verb + 2) &&
         (g_str_equal (folded_at (self, verb), "is") || g_str_equal (folded_at (self, verb), "was")) &&
         is_article (self, verb + 1) && find_body_phrase (self, verb + 2, range);
}

/* "the Berlin-based think tank NAME" */
static gboolean
find_body_before (DraResolution        *self,
                  const DraWorkMention *mention,
                  DraRange             *range)
{
  guint head = mention->first, first;

  if (head < 2 || !dra_resolution_same_sentence (self, mention->first, head - 2) || !is_body_head (self, head - 1))
    return FALSE;
  first = --head;
  while (first > 0 && head - first < MAX_LEFT && dra_resolution_same_sentence (self, head, first - 1) &&
         (may_modify_body (self, first - 1) ||
          (first > 1 && dra_resolution_is_char (self, first - 1, '-'))))
    first--;
  /* What is not after an article may begin with a verb: "join think tank NAME". */
  if (first == head || first == 0 || !dra_resolution_same_sentence (self, head, first - 1) ||
      !is_article (self, first - 1))
    return FALSE;

  return dra_role_take (self, first, head + 1, range);
}

/* mentions: of one organization, in text order; range: set to the bytes of the phrase. */
gboolean
dra_roles_find_body (DraResolution *self,
                     const guint   *mentions,
                     guint          n_mentions,
                     DraRange      *range)
{
  for (guint i = 0; i < n_mentions; i++)
    {
      const DraWorkMention *mention = dra_resolution_mention (self, mentions[i]);

      if (!(self->shapes[mention->first] & DRA_SHAPE_HEADLINE) &&
          (dra_role_find_body_after (self, mention, range) || find_body_before (self, mention, range) ||
           find_body_copula (self, mention, range)))
        return TRUE;
    }

  return FALSE;
}
