/* dra-resolver-couples.c: two names in one span, one person in two.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/dra-resolver-private.h"

#include <string.h>

static gboolean
is_and (DraResolution *self,
        guint          token)
{
  const char *folded = dra_resolution_word (self, token)->folded;

  return g_str_equal (folded, "and") || g_str_equal (folded, "&");
}

static gboolean
known_key (DraResolution *self,
           GHashTable    *keys,
           guint          first,
           guint          n)
{
  g_autofree char *key = dra_resolution_dup_key (self, first, n);

  return g_hash_table_contains (keys, key);
}

/* Leaves the mention its first tokens up to end, and makes those from start on another like it. */
static void
split (DraResolution *self,
       guint          index,
       guint          end,
       guint          start)
{
  DraWorkMention left = *dra_resolution_mention (self, index);
  guint right;

  dra_resolution_resize (self, index, left.first, end - left.first);
  right = (guint) dra_resolution_add (self, start, left.first + left.n_tokens - start, left.label, left.confidence);
  memcpy (dra_resolution_mention (self, right)->scores, left.scores, sizeof left.scores);
}

/* "Carol Lee Carol Lee", as a name and the caption after it come out of a page. */
static void
split_repeated (DraResolution *self,
                guint          index,
                GHashTable    *keys)
{
  const DraWorkMention *m = dra_resolution_mention (self, index);
  guint first = m->first, half = m->n_tokens / 2;

  if (m->n_tokens % 2 != 0 || (half < 2 && (m->label != DRA_LABEL_ORGANIZATION || !known_key (self, keys, first, half))))
    return;
  for (guint t = first; t < first + half; t++)
    if (self->ids[t] != self->ids[t + half])
      return;

  split (self, index, first + half, first + half);
}

/* Whether the head of the name is what organizations are called by, at the end or before "of",
 * or it is an acronym. */
static gboolean
is_whole_name (DraResolution *self,
               guint          first,
               guint          end)
{
  if (end - first == 1)
    return (self->shapes[first] & DRA_SHAPE_ALL_CAPS) != 0;
  for (guint t = first; t < end; t++)
    if ((dra_resolution_word (self, t)->classes & DRA_WORD_CLASS_GENERIC) &&
        !(dra_resolution_word (self, t)->classes & DRA_WORD_CLASS_LINK) &&
        (t + 1 == end || (dra_resolution_word (self, t + 1)->classes & DRA_WORD_CLASS_LINK)))
      return TRUE;

  return FALSE;
}

/* "University of Ellery's School of Lamps": the school and whose it is.  "People's Bank" and
 * "Ellery County Sheriff's Office" are one. */
static void
split_at_owner (DraResolution *self,
                guint          index,
                GHashTable    *bodies)
{
  const DraWorkMention *m = dra_resolution_mention (self, index);
  guint first = m->first, end = m->first + m->n_tokens;

  if (m->label != DRA_LABEL_ORGANIZATION)
    return;
  for (guint t = first + 1; t + 2 < end; t++)
    if (dra_resolution_is_possessive (self, t) && (self->shapes[t + 1] & DRA_SHAPE_CAPITAL) &&
        (known_key (self, bodies, first, t - first) || is_whole_name (self, first, t)) &&
        is_whole_name (self, t + 1, end))
      {
        split (self, index, t, t + 1);
        return;
      }
}

/* "Habo Plc. Acme Corp": two sentences that the full stop of a legal form did not part. */
static void
split_at_legal (DraResolution *self,
                guint          index)
{
  static const char *const forms[] = { "inc", "ltd", "llc", "plc", "corp", "pte", "gmbh", "co", NULL };
  const DraWorkMention *m = dra_resolution_mention (self, index);
  guint first = m->first, end = m->first + m->n_tokens;

  for (guint t = first + 1; m->label == DRA_LABEL_ORGANIZATION && t + 1 < end; t++)
    if (self->text[self->tokens[t].range.end - 1] == '.' && g_strv_contains (forms, dra_resolution_word (self, t)->folded) &&
        (self->shapes[t + 1] & DRA_SHAPE_CAPITAL) &&
        !(dra_resolution_word (self, t + 1)->classes & (DRA_WORD_CLASS_LEGAL | DRA_WORD_CLASS_GENERIC)))
      {
        split (self, index, t + 1, t + 1);
        return;
      }
}

/* Whether [first, end) is spelt as only a person is, "P. N. Vane": whole names also stand in
 * those of institutes and museums. */
static gboolean
is_personal (DraResolution *self,
             guint          first,
             guint          end)
{
  const DraWordClass no_surname = DRA_WORD_CLASS_GENERIC | DRA_WORD_CLASS_LEGAL | DRA_WORD_CLASS_LINK;
  guint t = first;

  while (t < end && dra_range_length (self->tokens[t].range) == 2 && (self->shapes[t] & DRA_SHAPE_CAPITAL) &&
         self->text[self->tokens[t].range.end - 1] == '.')
    t++;

  return t > first && t + 1 == end && (self->shapes[t] & DRA_SHAPE_CAPITAL) &&
         !(dra_resolution_word (self, t)->classes & no_surname);
}

/* "Ellery High Court P. N. Vane": the court, and who is of it. */
static void
split_person (DraResolution *self,
              guint          index)
{
  const DraWorkMention *m = dra_resolution_mention (self, index);
  guint first = m->first, end = m->first + m->n_tokens;

  for (guint t = first + 2; m->label == DRA_LABEL_ORGANIZATION && t + 1 < end; t++)
    if ((dra_resolution_word (self, t - 1)->classes & DRA_WORD_CLASS_GENERIC) &&
        !(dra_resolution_word (self, t - 1)->classes & DRA_WORD_CLASS_LINK) && is_personal (self, t, end))
      {
        guint person = self->mentions->len;

        split (self, index, t, t);
        dra_resolution_relabel (self, person, DRA_LABEL_PERSON);
        return;
      }
}

/* "Sony Music and Universal Music", "PTI & UNI": two of a kind. */
static gboolean
are_alike (DraResolution *self,
           guint          first,
           guint          and,
           guint          end)
{
  if (and - first == 1 && end - and == 2)
    return (self->shapes[first] & self->shapes[end - 1] & DRA_SHAPE_ALL_CAPS) != 0 &&
           dra_range_length (self->tokens[first].range) > 2 &&
           dra_range_length (self->tokens[end - 1].range) > 2;

  return and - first > 1 && end - and > 2 && self->ids[and - 1] == self->ids[end - 1];
}

/* Two people in one span always come apart; two organizations only when each is named alone
 * somewhere, for "Procter and Gamble" is one. */
static void
split_at_and (DraResolution *self,
              guint          index,
              GHashTable    *keys)
{
  const DraWorkMention *m = dra_resolution_mention (self, index);
  guint first = m->first, end = m->first + m->n_tokens;

  for (guint t = first + 1; t + 1 < end; t++)
    {
      guint after = t + 1;

      if (!is_and (self, t))
        continue;
      if (m->label == DRA_LABEL_ORGANIZATION && !are_alike (self, first, t, end) &&
          !(known_key (self, keys, first, t - first) && known_key (self, keys, t + 1, end - t - 1)))
        continue;
      if (m->label == DRA_LABEL_PERSON && dra_resolution_is_char (self, t, '&'))
        continue;

      if (after + 1 < end && g_str_equal (dra_resolution_word (self, after)->folded, "the"))
        after++;
      split (self, index, t, after);
      return;
    }
}

/* Step 2.  Couples: one given name, "and", a full name: the first has the family name of the
 * second, unless it is a family name itself. */
void
dra_resolver_split_couples (DraResolution *self)
{
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) bodies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) surnames = NULL;
  guint n_mentions = self->mentions->len;

  for (guint i = 0; i < n_mentions; i++)
    {
      DraWorkMention *m = dra_resolution_mention (self, i);

      if (!m->removed && m->label != DRA_LABEL_OTHER)
        g_hash_table_add (keys, dra_resolution_dup_key (self, m->first, m->n_tokens));
      if (!m->removed && m->label == DRA_LABEL_ORGANIZATION)
        g_hash_table_add (bodies, dra_resolution_dup_key (self, m->first, m->n_tokens));
    }
  for (guint i = 0; i < n_mentions; i++)
    {
      DraWorkMention *m = dra_resolution_mention (self, i);

      if (!m->removed && m->n_tokens > 1 &&
          (m->label == DRA_LABEL_PERSON || m->label == DRA_LABEL_ORGANIZATION))
        {
          split_repeated (self, i, keys);
          split_at_owner (self, i, bodies);
          split_at_legal (self, i);
          split_person (self, i);
          split_at_and (self, i, keys);
        }
    }

  surnames = dra_resolution_dup_surnames (self);
  for (guint i = 0; i < self->mentions->len; i++)
    {
      DraWorkMention *m = dra_resolution_mention (self, i), *next;
      guint after = m->first + m->n_tokens, last;
      g_autofree char *full = NULL;
      DraWordInfo *word;

      if (m->removed || m->label != DRA_LABEL_PERSON || m->n_tokens != 1 ||
          after + 1 >= self->n_tokens || !is_and (self, after) || self->owner[after + 1] < 0)
        continue;
      next = dra_resolution_mention (self, (guint) self->owner[after + 1]);
      if (next->label != DRA_LABEL_PERSON || next->n_tokens < 2)
        continue;

      word = dra_resolution_word (self, m->first);
      last = next->first + next->n_tokens - 1;
      full = g_strconcat (word->folded, " ", dra_resolution_word (self, last)->folded, NULL);
      if (g_hash_table_contains (keys, full) ||
          ((word->flags & DRA_WORD_FIRST_NAME) &&
           !g_hash_table_contains (surnames, GUINT_TO_POINTER (self->ids[m->first] + 1))))
        m->surname = (gint) self->ids[last];
    }
}

/* --- William "Bill" Clinton --- */

static gboolean
is_quote (DraResolution *self,
          guint          token)
{
  gunichar c = g_utf8_get_char (self->text + self->tokens[token].range.start);

  return (c == '"' || c == '\'' || c == '`' || (c >= 0x2018 && c <= 0x201F)) &&
         !(self->shapes[token] & DRA_SHAPE_WORD);
}

/* A capitalised word that is a person's or nobody's yet. */
static gboolean
may_be_personal (DraResolution *self,
                 guint          token)
{
  gint owner = self->owner[token];

  return (self->shapes[token] & DRA_SHAPE_CAPITAL) &&
         (owner < 0 || dra_resolution_mention (self, (guint) owner)->label != DRA_LABEL_PLACE);
}

/* The end of the name that begins with the person whose last token is before the opening
 * quote: past the closing quote and the family name; 0 when it is none. */
static guint
find_nickname_end (DraResolution *self,
                   guint          quote)
{
  for (guint t = quote + 1; t + 1 < self->n_tokens && t < quote + 5 &&
                            dra_resolution_same_sentence (self, quote, t + 1); t++)
    {
      if (is_quote (self, t))
        return t > quote + 1 && may_be_personal (self, t + 1) &&
               !(dra_resolution_word (self, t + 1)->classes & DRA_WORD_CLASS_FUNCTION) ? t + 2 : 0;
      if (!may_be_personal (self, t) && !g_str_equal (dra_resolution_word (self, t)->folded, "the"))
        return 0;
    }

  return 0;
}

/* Step 3.  A nickname in quotes between given and family name is part of one name. */
void
dra_resolver_join_nicknames (DraResolution *self)
{
  for (guint quote = 1; quote + 3 < self->n_tokens; quote++)
    {
      gint owner = self->owner[quote - 1];
      DraWorkMention *m;
      guint first, end;
      float confidence;

      if (!is_quote (self, quote) || owner < 0)
        continue;
      m = dra_resolution_mention (self, (guint) owner);
      if (m->label != DRA_LABEL_PERSON || m->first + m->n_tokens != quote)
        continue;
      first = m->first;
      confidence = m->confidence;
      end = find_nickname_end (self, quote);
      if (end == 0 ||
          (end < self->n_tokens && self->owner[end] >= 0 && self->owner[end] == self->owner[end - 1] &&
           dra_resolution_mention (self, (guint) self->owner[end])->label != DRA_LABEL_PERSON))
        continue;
      while (end < self->n_tokens && self->owner[end] >= 0 && self->owner[end] == self->owner[end - 1])
        end++;

      for (guint t = first; t < end; t++)
        if (self->owner[t] >= 0)
          dra_resolution_remove (self, (guint) self->owner[t]);
      dra_resolution_add (self, first, end - first, DRA_LABEL_PERSON, confidence);
      quote = end - 1;
    }
}
