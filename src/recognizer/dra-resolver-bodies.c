/* dra-resolver-bodies.c: names of organizations that their own words, or the words beside
 * them, give away.
 *
 * A tagger that has not seen "Institute for Bridge Studies" may miss it, or take it in part;
 * the head word says what it is.  Which words do so, and how surely, was counted in the marked
 * articles: "Ministry of ..." and the like are organizations nearly always.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/dra-roles-private.h"

#include <string.h>

#define CONFIDENCE 0.6f
#define SURE_OTHER 0.8f     /* what the tagger is so sure is something else stays so */
#define MAX_BODY 14         /* tokens */
#define MAX_LIST_ITEM 3     /* words between the commas of "Justice, Law and Human Rights" */

/* Heads before "of", "for" or "on". */
static const char *const first_heads[] = {
  "department", "university", "bank", "ministry", "center", "centers", "centre", "centres", "office",
  "association", "institute", "institutes", "bureau", "commission", "council", "committee", "federation", "society",
  "directorate", "academy", "college", "school", "faculty", "board", "confederation", "congregation", NULL,
};

/* Those of them that take a list: "Ministry of Forestry, Fisheries and Food". */
static const char *const list_heads[] = {
  "department", "ministry", "office", "bureau", "commission", "committee", "directorate", "institute", "center",
  "centre", "council", "division", "faculty", "school", "board", "agency", NULL,
};

/* Heads at the end of capitalised words, "Lisbon Council". */
static const char *const last_heads[] = {
  "university", "institute", "council", "commission", "ministry", "association", "federation", "foundation",
  "committee", "authority", "agency", "inc", "ltd", "corp", "plc", "llc", "gmbh", "productions", "bureau",
  "directorate", "confederation", "polytechnic", "conservancy", NULL,
};

/* The Associated Press' names of American states, behind a town: "Ellery, Wis." */
static const char *const states[] = {
  "ala", "ariz", "ark", "calif", "colo", "conn", "del", "fla", "ga", "ill", "ind", "kan", "ky", "md", "mass", "mich",
  "minn", "miss", "mo", "mont", "neb", "nev", "nh", "nj", "nm", "ny", "nc", "nd", "okla", "ore", "pa", "ri", "sc",
  "sd", "tenn", "tex", "vt", "va", "wash", "wva", "wis", "wyo", NULL,
};

static gboolean
is_word_at (DraResolution *self,
            guint          first,
            guint          token,
            const char    *word)
{
  return dra_resolution_same_sentence (self, first, token) && g_str_equal (folded_at (self, token), word);
}

/* Whether [first, end) can become one organization: nothing crosses its edges, no person and
 * no longer name is in it, and the tagger is not sure of something else. */
static gboolean
is_free (DraResolution *self,
         guint          first,
         guint          end)
{
  for (guint t = first; t < end; t++)
    if (self->owner[t] >= 0)
      {
        DraWorkMention *m = dra_resolution_mention (self, (guint) self->owner[t]);

        if (m->first < first || m->first + m->n_tokens > end || m->label == DRA_LABEL_PERSON)
          return FALSE;
        if (m->first == first && m->n_tokens == end - first &&
            (m->label == DRA_LABEL_ORGANIZATION || m->confidence >= SURE_OTHER))
          return FALSE;
        t = m->first + m->n_tokens - 1;
      }

  return TRUE;
}

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

        if (m->label == DRA_LABEL_ORGANIZATION)
          confidence = MAX (confidence, m->confidence);
        dra_resolution_remove (self, (guint) self->owner[t]);
      }
  dra_resolution_add (self, first, end - first, DRA_LABEL_ORGANIZATION, confidence);
}

/* --- lists --- */

/* Behind the capitalised words at the token that stand in no person's name and are no title;
 * the token itself when there are none. */
static guint
skip_item (DraResolution *self,
           guint          first,
           guint          token)
{
  guint t = token;

  while (t - token < MAX_LIST_ITEM && dra_resolution_is_capital (self, first, t) &&
         !(self->shapes[t] & DRA_SHAPE_ALL_CAPS) &&
         !(dra_resolution_word (self, t)->classes & (DRA_WORD_CLASS_TITLE | DRA_WORD_CLASS_ROLE)) &&
         !(self->owner[t] >= 0 && dra_resolution_mention (self, (guint) self->owner[t])->label == DRA_LABEL_PERSON))
    t++;

  return t;
}

/* The end of "Justice, Law and Human Rights" that goes on behind the token, or the token. */
static guint
find_list_end (DraResolution *self,
               guint          first,
               guint          token)
{
  guint t = token;
  guint n_commas = 0;

  for (;;)
    {
      guint item = t, stop;

      if (!dra_resolution_same_sentence (self, first, item))
        return token;
      if (dra_resolution_is_char (self, item, ','))
        item++, n_commas++;
      if (n_commas > 0 && is_word_at (self, first, item, "and"))
        {
          stop = skip_item (self, first, item + 1);
          return stop > item + 1 ? stop : token;
        }
      if (item == t)
        return token;
      stop = skip_item (self, first, item);
      if (stop == item)
        return token;
      t = stop;
    }
}

/* --- heads --- */

/* The end of the capitalised words from the token on, over "and" and "of" between them. */
static guint
find_run_end (DraResolution *self,
              guint          first,
              guint          token,
              gboolean       lists)
{
  guint t = token;

  while (t - first < MAX_BODY && dra_resolution_is_capital (self, first, t))
    {
      t++;
      if (((lists && is_word_at (self, first, t, "and")) || is_word_at (self, first, t, "of")) &&
          dra_resolution_is_capital (self, first, t + 1) && !(self->shapes[t + 1] & DRA_SHAPE_ALL_CAPS) &&
          !g_strv_contains (first_heads, folded_at (self, t + 1)))
        t++;
    }

  return t;
}

/* "Ministry of Ferries", "Office for Lamps": the head and what follows. */
static void
find_behind_head (DraResolution *self,
                  guint          head)
{
  guint start = head, t = head + 1, end;
  gboolean lists = g_strv_contains (list_heads, folded_at (self, head));

  if (!is_word_at (self, head, t, "of") && !is_word_at (self, head, t, "for") && !is_word_at (self, head, t, "on"))
    return;
  t++;
  if (is_word_at (self, head, t, "the"))
    t++;
  if (!dra_resolution_is_capital (self, head, t))
    return;
  end = find_run_end (self, head, t, lists);
  if (lists)
    end = find_list_end (self, head, end);

  /* What was found there begins it: "[Royal Institute] for ..." */
  if (self->owner[head] >= 0)
    start = dra_resolution_mention (self, (guint) self->owner[head])->first;
  /* A name that begins in it and goes on. */
  if (self->owner[end - 1] >= 0)
    {
      DraWorkMention *m = dra_resolution_mention (self, (guint) self->owner[end - 1]);

      if (m->label == DRA_LABEL_ORGANIZATION && m->first == start && m->first + m->n_tokens >= end)
        return;
    }
  if (is_free (self, start, end))
    take (self, start, end);
}

/* "Lisbon Council", where the tagger saw nothing at all. */
static void
find_before_head (DraResolution *self,
                  guint          head)
{
  guint first = head, end = head + 1;

  while (first > 0 && head - first < MAX_BODY && dra_resolution_is_capital (self, head, first - 1) &&
         self->owner[first - 1] < 0 &&
         !(dra_resolution_word (self, first - 1)->classes &
           (DRA_WORD_CLASS_FUNCTION | DRA_WORD_CLASS_TITLE | DRA_WORD_CLASS_HONORIFIC | DRA_WORD_CLASS_CALENDAR)))
    first--;
  if (first == head || self->owner[head] >= 0 || (first > 0 && dra_resolution_same_sentence (self, head, first - 1) &&
                                                  self->owner[first - 1] >= 0 &&
                                                  (self->shapes[first - 1] & DRA_SHAPE_CAPITAL)))
    return;
  if (dra_resolution_same_sentence (self, head, end) && (self->shapes[end] & DRA_SHAPE_CAPITAL))
    return;
  for (guint t = first; t < head; t++)
    if (!(dra_resolution_word (self, t)->classes & (DRA_WORD_CLASS_GENERIC | DRA_WORD_CLASS_MODIFIER)))
      {
        take (self, first, end);
        return;
      }
}

/* "Amy Lund of Ellery Lamps": what somebody is of, when it is in no list of places. */
static void
find_behind_person (DraResolution *self,
                    guint          index)
{
  DraWorkMention *m = dra_resolution_mention (self, index);
  guint first = m->first + m->n_tokens, end;

  if (!is_word_at (self, m->first, first, "of"))
    return;
  first++;
  for (end = first; end - first < MAX_BODY && dra_resolution_is_capital (self, m->first, end); end++)
    if (self->owner[end] >= 0 || (dra_resolution_word (self, end)->flags & DRA_WORD_DEMONYM) ||
        (dra_resolution_word (self, end)->classes &
         (DRA_WORD_CLASS_TITLE | DRA_WORD_CLASS_HONORIFIC | DRA_WORD_CLASS_CALENDAR | DRA_WORD_CLASS_FUNCTION)))
      return;
  if (end - first > 1)
    take (self, first, end);
}

/* --- places, scores --- */

/* "Ellery, Wis." is a town. */
static void
settle_town (DraResolution *self,
             guint          index)
{
  DraWorkMention *m = dra_resolution_mention (self, index);
  guint comma = m->first + m->n_tokens;
  DraRange range;

  if (!dra_resolution_same_sentence (self, m->first, comma + 1) || !dra_resolution_is_char (self, comma, ','))
    return;
  range = self->tokens[comma + 1].range;
  if (self->text[range.end - 1] != '.' || !g_strv_contains (states, folded_at (self, comma + 1)))
    return;
  for (guint t = m->first; t < comma; t++)
    if (dra_resolution_word (self, t)->classes & DRA_WORD_CLASS_GENERIC)
      return;
  dra_resolution_relabel (self, index, DRA_LABEL_PLACE);
}

static gboolean
is_score (DraResolution *self,
          guint          first,
          guint          token)
{
  DraRange range;

  if (!dra_resolution_same_sentence (self, first, token))
    return FALSE;
  range = self->tokens[token].range;

  return dra_range_length (range) <= 3 && g_ascii_isdigit (self->text[range.start]) &&
         g_ascii_isdigit (self->text[range.end - 1]);
}

/* A team at the token and its score: where the score stands, or the token. */
static guint
find_score (DraResolution *self,
            guint          token)
{
  guint t = token;

  while (t - token < MAX_LIST_ITEM && dra_resolution_is_capital (self, token, t) && !is_score (self, token, t))
    t++;

  return t > token && is_score (self, token, t) ? t : token;
}

/* "Harbours 4, Lamps 2:": two teams.  Towns that stand for theirs remain places. */
static void
find_result (DraResolution *self,
             guint          first)
{
  guint score = find_score (self, first), second, other;

  if (score == first || !dra_resolution_same_sentence (self, first, score + 2) ||
      !dra_resolution_is_char (self, score + 1, ','))
    return;
  second = score + 2;
  other = find_score (self, second);
  if (other == second ||
      (dra_resolution_same_sentence (self, first, other + 1) && !dra_resolution_is_char (self, other + 1, ':') &&
       !dra_resolution_is_char (self, other + 1, '(') && !dra_resolution_is_char (self, other + 1, '.')))
    return;
  for (guint k = 0; k < 2; k++)
    {
      guint begin = k == 0 ? first : second, end = k == 0 ? score : other;
      gint owner = self->owner[begin];

      if (owner >= 0 && dra_resolution_mention (self, (guint) owner)->first == begin)
        {
          DraWorkMention *m = dra_resolution_mention (self, (guint) owner);

          if (m->label != DRA_LABEL_PLACE)
            dra_resolution_relabel (self, (guint) owner, DRA_LABEL_ORGANIZATION);
          if (m->n_tokens > end - begin)
            dra_resolution_resize (self, (guint) owner, begin, end - begin);
        }
      if (owner < 0 && is_free (self, begin, end))
        take (self, begin, end);
    }
}

/* Step 5.  Names of organizations by their head words, in full; results of matches; and towns
 * that the state behind them shows to be none. */
void
dra_resolver_find_bodies (DraResolution *self)
{
  for (guint s = 0; s < self->n_sentences && !dra_resolution_is_stopped (self, s); s++)
    find_result (self, self->sentences[s].first);
  for (guint t = 0; t < self->n_tokens && !dra_resolution_is_stopped (self, t); t++)
    {
      if (!(self->shapes[t] & DRA_SHAPE_CAPITAL) || (self->shapes[t] & DRA_SHAPE_HEADLINE))
        continue;
      if (g_strv_contains (first_heads, folded_at (self, t)))
        find_behind_head (self, t);
      if (g_strv_contains (last_heads, folded_at (self, t)))
        find_before_head (self, t);
    }
  for (guint i = 0; i < self->mentions->len; i++)
    {
      const DraWorkMention *m = dra_resolution_mention (self, i);

      if (m->removed)
        continue;
      if (m->label == DRA_LABEL_ORGANIZATION ||
          (m->label == DRA_LABEL_PERSON && (self->shapes[m->first + m->n_tokens - 1] & DRA_SHAPE_ALL_CAPS)))
        settle_town (self, i);
      if (m->label == DRA_LABEL_PERSON && !(self->shapes[m->first] & DRA_SHAPE_HEADLINE))
        find_behind_person (self, i);
    }
}
