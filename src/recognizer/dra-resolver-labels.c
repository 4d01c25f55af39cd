/* dra-resolver-labels.c: which spans are names, and of what, as the whole article has it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/dra-resolver-private.h"

/* How much stronger a class must be to take over a string; several words seldom name two. */
#define UNITE_WORD   1.5f
#define UNITE_WORDS  1.0f
#define SURE_HEAD    0.7f /* a longer name this sure speaks for its first word alone */
#define HEAD_VOTE    0.5f
#define OTHER_WEIGHT 0.75f /* OTHER is what is left over: it counts for less than a class of its own */
#define SURE_PERSON    0.8f /* a full name this sure is no company whatever stands beside it */
#define SURE_PLACE     0.8f /* likewise */
#define HEADLINE_SHARE 0.5  /* of an article in capitals before they mean nothing */

/* --- headlines --- */

static void
count_named_words (DraResolution *self)
{
  for (guint i = 0; i < self->words->len; i++)
    g_array_index (self->words, DraWordInfo, i).n_named = 0;

  for (guint t = 0; t < self->n_tokens; t++)
    if (self->owner[t] >= 0 && !(self->shapes[t] & DRA_SHAPE_HEADLINE) &&
        dra_resolution_mention (self, (guint) self->owner[t])->label != DRA_LABEL_OTHER)
      dra_resolution_word (self, t)->n_named++;
}

static gboolean
is_telling (DraResolution *self,
            guint          token)
{
  return (self->shapes[token] & DRA_SHAPE_WORD) &&
         dra_range_length (self->tokens[token].range) > 3 &&
         !(dra_resolution_word (self, token)->classes & (DRA_WORD_CLASS_LINK | DRA_WORD_CLASS_FUNCTION));
}

static void
filter_headline_name (DraResolution *self,
                      guint          index)
{
  DraWorkMention *m = dra_resolution_mention (self, index);
  guint first = m->first, n = m->n_tokens;
  gboolean backed = FALSE, common = FALSE;

  for (guint t = first; t < first + n; t++)
    {
      DraWordInfo *word = dra_resolution_word (self, t);

      if (word->n_named > 0 && !(word->classes & DRA_WORD_CLASS_LINK))
        backed = TRUE;
      if (is_telling (self, t) && word->n_lower > 0)
        common = TRUE;
    }
  if (!backed)
    {
      if (common)
        dra_resolution_remove (self, index);
      return;
    }

  /* "Smith Urges": the ends go that the article uses as common words and in no name. */
  while (n > 1 && dra_resolution_word (self, first + n - 1)->n_named == 0 &&
         (dra_resolution_word (self, first + n - 1)->n_lower > 0 ||
          (dra_resolution_word (self, first + n - 1)->classes & DRA_WORD_CLASS_FUNCTION)))
    n--;
  while (n > 1 && dra_resolution_word (self, first)->n_named == 0 &&
         (dra_resolution_word (self, first)->n_lower > 0 ||
          (dra_resolution_word (self, first)->classes & DRA_WORD_CLASS_FUNCTION)))
    first++, n--;
  dra_resolution_resize (self, index, first, n);
}

/* Step 4.  In a sentence of capitals anything looks like a name: keep one only when the
 * running text names one of its words, or uses none of them in lower case. */
void
dra_resolver_filter_headlines (DraResolution *self)
{
  guint n_headline = 0;

  for (guint t = 0; t < self->n_tokens; t++)
    n_headline += (self->shapes[t] & DRA_SHAPE_HEADLINE) != 0;
  if (n_headline > HEADLINE_SHARE * self->n_tokens)
    return;

  count_named_words (self);
  for (guint i = 0; i < self->mentions->len; i++)
    {
      DraWorkMention *m = dra_resolution_mention (self, i);

      if (!m->removed && m->label != DRA_LABEL_OTHER && (self->shapes[m->first] & DRA_SHAPE_HEADLINE))
        filter_headline_name (self, i);
    }
}

/* --- one string, one class --- */

typedef struct
{
  float    scores[DRA_N_LABELS];
  gboolean is_person; /* surely: "Mr Habu", or somebody's family name */
  guint    n_mentions;
  gboolean is_company; /* by what stands beside one of its mentions */
  gboolean is_body;    /* the same, if it is no work or thing */
} Vote;

static gboolean
has_title (DraResolution        *self,
           const DraWorkMention *mention)
{
  return mention->first > 0 && dra_resolution_same_sentence (self, mention->first, mention->first - 1) &&
         (dra_resolution_word (self, mention->first - 1)->classes &
          (DRA_WORD_CLASS_HONORIFIC | DRA_WORD_CLASS_TITLE));
}

/* First words of longer names of organizations that mean nothing else: "Habo" of "Habo Bell
 * Works".  A set of word id + 1. */
static GHashTable *
dup_heads (DraResolution *self)
{
  const DraWordClass common = DRA_WORD_CLASS_GENERIC | DRA_WORD_CLASS_MODIFIER | DRA_WORD_CLASS_FUNCTION |
                              DRA_WORD_CLASS_TITLE | DRA_WORD_CLASS_ROLE | DRA_WORD_CLASS_BELIEF |
                              DRA_WORD_CLASS_PARTY | DRA_WORD_CLASS_CALENDAR | DRA_WORD_CLASS_BODY;
  const DraWordFlags names = DRA_WORD_FIRST_NAME | DRA_WORD_SURNAME | DRA_WORD_DEMONYM | DRA_WORD_FREQUENT;
  GHashTable *heads = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->mentions->len; i++)
    {
      DraWorkMention *m = dra_resolution_mention (self, i);
      DraWordInfo *word = dra_resolution_word (self, m->first);

      if (!m->removed && m->label == DRA_LABEL_ORGANIZATION && m->n_tokens > 1 && m->confidence >= SURE_HEAD &&
          !(word->flags & names) && !(word->classes & common) && !(self->shapes[m->first] & DRA_SHAPE_HEADLINE) &&
          !dra_resolution_is_listed_place (self, m->first, 1, 0))
        g_hash_table_add (heads, GUINT_TO_POINTER (self->ids[m->first] + 1));
    }

  return heads;
}

/* The vote that each mention has a part in; NULL for mentions that are gone.  A family name
 * has one vote more for its person, the first word of an organization half of one for it. */
static GPtrArray *
collect_votes (DraResolution *self,
               GHashTable    *votes)
{
  g_autoptr (GHashTable) surnames = dra_resolution_dup_surnames (self);
  g_autoptr (GHashTable) heads = dup_heads (self);
  GPtrArray *of_mention = g_ptr_array_new ();

  for (guint i = 0; i < self->mentions->len; i++)
    {
      DraWorkMention *m = dra_resolution_mention (self, i);
      g_autofree char *key = NULL;
      Vote *vote;

      if (m->removed)
        {
          g_ptr_array_add (of_mention, NULL);
          continue;
        }
      key = dra_resolution_dup_key (self, m->first, m->n_tokens);
      vote = g_hash_table_lookup (votes, key);
      if (vote == NULL)
        {
          vote = g_new0 (Vote, 1);
          if (m->n_tokens == 1 &&
              g_hash_table_contains (surnames, GUINT_TO_POINTER (self->ids[m->first] + 1)))
            {
              vote->scores[DRA_LABEL_PERSON] += 1;
              vote->is_person = TRUE;
            }
          else if (m->n_tokens == 1 && g_hash_table_contains (heads, GUINT_TO_POINTER (self->ids[m->first] + 1)))
            {
              vote->scores[DRA_LABEL_ORGANIZATION] += HEAD_VOTE;
            }
          g_hash_table_insert (votes, g_steal_pointer (&key), vote);
        }
      for (guint l = 0; l < DRA_N_LABELS; l++)
        vote->scores[l] += m->scores[l] * (l == DRA_LABEL_OTHER ? OTHER_WEIGHT : 1);
      vote->n_mentions++;
      vote->is_person |= has_title (self, m);
      g_ptr_array_add (of_mention, vote);
    }

  return of_mention;
}

/* "Russian", "Christian", "LGBT": of people or of things. */
static gboolean
is_adjective (DraResolution        *self,
              const DraWorkMention *mention)
{
  const DraWordInfo *word = dra_resolution_word (self, mention->first);

  return mention->n_tokens == 1 &&
         ((word->flags & DRA_WORD_DEMONYM) || (word->classes & (DRA_WORD_CLASS_BELIEF | DRA_WORD_CLASS_PARTY)) ||
          ((word->classes & DRA_WORD_CLASS_THING) && (self->shapes[mention->first] & DRA_SHAPE_ALL_CAPS)));
}

/* Moves what was said for something else to an organization where one is spoken of. */
static void
count_cues (DraResolution *self,
            GPtrArray     *of_mention)
{
  for (guint i = 0; i < of_mention->len; i++)
    {
      DraWorkMention *m = dra_resolution_mention (self, i);
      Vote *vote = g_ptr_array_index (of_mention, i);

      if (vote == NULL || m->alias_of >= 0 || is_adjective (self, m) ||
          (m->label == DRA_LABEL_PLACE && m->confidence >= SURE_PLACE))
        continue;
      if (m->label == DRA_LABEL_PERSON &&
          (vote->is_person || (m->n_tokens > 1 && m->confidence >= SURE_PERSON)))
        continue;
      vote->is_company |= dra_resolver_has_company_cue (self, m);
      vote->is_body |= m->label == DRA_LABEL_OTHER && dra_resolver_has_body_cue (self, m);
    }
  for (guint i = 0; i < of_mention->len; i++)
    {
      Vote *vote = g_ptr_array_index (of_mention, i);
      DraLabel label = DRA_LABEL_ORGANIZATION;

      if (vote == NULL || !(vote->is_company || vote->is_body))
        continue;
      if (vote->is_company && !vote->is_person)
        {
          vote->scores[DRA_LABEL_ORGANIZATION] += vote->scores[DRA_LABEL_PERSON];
          vote->scores[DRA_LABEL_PERSON] = 0;
          if (vote->scores[DRA_LABEL_PLACE] < SURE_PLACE * vote->n_mentions)
            {
              vote->scores[DRA_LABEL_ORGANIZATION] += vote->scores[DRA_LABEL_PLACE];
              vote->scores[DRA_LABEL_PLACE] = 0;
            }
        }
      else if (vote->scores[DRA_LABEL_PERSON] > vote->scores[DRA_LABEL_ORGANIZATION])
        {
          label = DRA_LABEL_PERSON; /* people say things, too */
        }
      vote->scores[label] += vote->scores[DRA_LABEL_OTHER];
      vote->scores[DRA_LABEL_OTHER] = 0;
    }
}

/* "The Ellery Courier" is "Ellery Courier" as soon as it is an organization. */
static void
cut_article (DraResolution *self,
             guint          index)
{
  DraWorkMention *m = dra_resolution_mention (self, index);

  if (m->n_tokens > 1 && g_str_equal (dra_resolution_word (self, m->first)->folded, "the"))
    dra_resolution_resize (self, index, m->first + 1, m->n_tokens - 1);
}

/* Step 9.  Equal strings take the class their marginals favour together, when it is clearly
 * the stronger; otherwise each keeps its own ("Washington" may be a man and a city). */
void
dra_resolver_unite_labels (DraResolution *self)
{
  g_autoptr (GHashTable) votes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) of_mention = collect_votes (self, votes);

  count_cues (self, of_mention);
  for (guint i = 0; i < of_mention->len; i++)
    {
      DraWorkMention *m = dra_resolution_mention (self, i);
      Vote *vote = g_ptr_array_index (of_mention, i);
      guint best = 0;

      if (vote == NULL || m->alias_of >= 0)
        continue;
      for (guint l = 1; l < DRA_N_LABELS; l++)
        if (vote->scores[l] > vote->scores[best])
          best = l;
      if (best != (guint) m->label &&
          vote->scores[best] >= (m->n_tokens > 1 ? UNITE_WORDS : UNITE_WORD) * vote->scores[m->label])
        {
          m->label = (DraLabel) best;
          if (best == DRA_LABEL_ORGANIZATION)
            cut_article (self, i);
        }
    }
}

/* Step 12.  Titles of works, events, nationalities: found so that they are not taken for
 * people or organizations, and not part of the cast. */
void
dra_resolver_drop_non_names (DraResolution *self)
{
  for (guint i = 0; i < self->mentions->len; i++)
    if (!dra_resolution_mention (self, i)->removed &&
        dra_resolution_mention (self, i)->label == DRA_LABEL_OTHER)
      dra_resolution_remove (self, i);
}
