/* dra-resolver-spread.c: the names an article is known to use, looked for in all of it.
 *
 * A tagger decides sentence by sentence; a name it was sure of in one it may miss, or cut
 * short, in another.  Known names of several words are kept in a trie over word ids and
 * matched longest first in one pass over the tokens.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/dra-resolver-private.h"

#define MAX_PHRASE        12   /* words of a name that is looked for elsewhere */
#define MIN_KNOWN         0.5f /* confidence that a name must have somewhere to be looked for */
#define MIN_WEIGHT 0.8f /* sum of confidences that a single word must have where it was found */
#define SURE_WEIGHT 1.5f /* the same of a word that many organizations share */
#define SPREAD_CONFIDENCE 0.6f /* of what the confidence was where it was found */

typedef struct
{
  gboolean is_end;
  DraLabel label;
  float    weight; /* sum of the confidences of its mentions */
  float    best;   /* the highest of them */
  guint    first;  /* token where it was first seen: its pattern of capitals */
} TrieState;

typedef struct
{
  GHashTable *edges;  /* guint64* (state << 32 | word id) -> next state */
  GArray     *states; /* of TrieState; 0 is the root */
} Trie;

/* Mixes all bits: many names end in the same word. */
static guint
edge_hash (gconstpointer key)
{
  guint64 bits = *(const guint64 *) key;

  bits = (bits ^ (bits >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);

  return (guint) (bits >> 32);
}

static Trie *
trie_new (void)
{
  Trie *trie = g_new0 (Trie, 1);
  TrieState root = { 0 };

  trie->edges = g_hash_table_new_full (edge_hash, g_int64_equal, g_free, NULL);
  trie->states = g_array_new (FALSE, FALSE, sizeof (TrieState));
  g_array_append_val (trie->states, root);

  return trie;
}

static void
trie_free (Trie *trie)
{
  g_hash_table_unref (trie->edges);
  g_array_unref (trie->states);
  g_free (trie);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Trie, trie_free)

static guint32
trie_step (Trie    *trie,
           guint32  state,
           guint32  word,
           gboolean add)
{
  guint64 key = ((guint64) state << 32) | word;
  gpointer next = g_hash_table_lookup (trie->edges, &key);
  TrieState fresh = { 0 };

  if (next != NULL || !add)
    return GPOINTER_TO_UINT (next);

  g_array_append_val (trie->states, fresh);
  g_hash_table_insert (trie->edges, g_memdup2 (&key, sizeof key),
                       GUINT_TO_POINTER (trie->states->len - 1));

  return trie->states->len - 1;
}

static Trie *
build_trie (DraResolution *self)
{
  Trie *trie = trie_new ();

  for (guint i = 0; i < self->mentions->len; i++)
    {
      DraWorkMention *m = dra_resolution_mention (self, i);
      TrieState *end;
      guint32 state = 0;

      if (m->removed || m->n_tokens < 2 || m->n_tokens > MAX_PHRASE || m->label == DRA_LABEL_OTHER)
        continue;
      for (guint t = m->first; t < m->first + m->n_tokens; t++)
        state = trie_step (trie, state, self->ids[t], TRUE);
      end = &g_array_index (trie->states, TrieState, state);
      if (!end->is_end || m->confidence > end->best)
        {
          end->label = m->label;
          end->best = m->confidence;
        }
      if (!end->is_end)
        end->first = m->first;
      end->is_end = TRUE;
      end->weight += m->confidence;
    }

  return trie;
}

/* The same capitals as where the name was seen, or more. */
static gboolean
same_capitals (DraResolution *self,
               guint          at,
               guint          seen,
               guint          n)
{
  for (guint i = 0; i < n; i++)
    if ((self->shapes[seen + i] & DRA_SHAPE_CAPITAL) && !(self->shapes[at + i] & DRA_SHAPE_CAPITAL))
      return FALSE;

  return TRUE;
}

/* A capitalised word outside any name right beside: the name may be a part of a longer one. */
static gboolean
has_capital_neighbour (DraResolution *self,
                       guint          first,
                       guint          n)
{
  guint after = first + n;

  if (self->shapes[first] & DRA_SHAPE_HEADLINE)
    return FALSE;
  if (dra_resolution_same_sentence (self, first, after) && self->owner[after] < 0 &&
      (self->shapes[after] & DRA_SHAPE_CAPITAL))
    return TRUE;
  if (first > 0 && dra_resolution_same_sentence (self, first, first - 1) && self->owner[first - 1] < 0 &&
      (self->shapes[first - 1] & DRA_SHAPE_CAPITAL) && !(self->shapes[first - 1] & DRA_SHAPE_START) &&
      !(dra_resolution_word (self, first - 1)->classes &
        (DRA_WORD_CLASS_TITLE | DRA_WORD_CLASS_HONORIFIC | DRA_WORD_CLASS_ROLE | DRA_WORD_CLASS_MODIFIER)) &&
      !(dra_resolution_word (self, first - 1)->flags & (DRA_WORD_DEMONYM | DRA_WORD_TITLE)))
    return TRUE;

  return FALSE;
}

/* Longest known name that begins here; 0 when none does. */
static guint
match_at (DraResolution  *self,
          Trie           *trie,
          guint           at,
          TrieState     **found)
{
  guint32 state = 0;
  guint longest = 0;

  for (guint n = 1; n <= MAX_PHRASE && dra_resolution_same_sentence (self, at, at + n - 1); n++)
    {
      TrieState *here;

      state = trie_step (trie, state, self->ids[at + n - 1], FALSE);
      if (state == 0)
        break;
      here = &g_array_index (trie->states, TrieState, state);
      if (here->is_end && here->best >= MIN_KNOWN && same_capitals (self, at, here->first, n))
        {
          longest = n;
          *found = here;
        }
    }

  return longest;
}

/* Whether the mentions in [first, first + n) can give way to one over all of it: none
 * crosses the edges, none is as long, and together they are weaker. */
static gboolean
can_replace (DraResolution   *self,
             guint            first,
             guint            n,
             const TrieState *found)
{
  for (guint t = first; t < first + n; t++)
    if (self->owner[t] >= 0)
      {
        DraWorkMention *m = dra_resolution_mention (self, (guint) self->owner[t]);

        if (m->first < first || m->first + m->n_tokens > first + n || m->n_tokens == n)
          return FALSE;
        if (m->confidence > found->weight || m->label == DRA_LABEL_OTHER)
          return FALSE;
      }

  return TRUE;
}

/* Step 10.  A known longer name takes over what was found of it ("[Goldman] Sachs"), and is
 * found where nothing was. */
void
dra_resolver_fix_boundaries (DraResolution *self)
{
  g_autoptr (Trie) trie = build_trie (self);

  for (guint t = 0; t < self->n_tokens && !dra_resolution_is_stopped (self, t); t++)
    {
      TrieState *found = NULL;
      guint n = match_at (self, trie, t, &found);
      gboolean is_free = TRUE;

      if (n == 0)
        continue;
      for (guint k = t; k < t + n; k++)
        is_free &= self->owner[k] < 0;

      if (is_free)
        {
          if (has_capital_neighbour (self, t, n))
            continue;
        }
      else if (!can_replace (self, t, n, found))
        {
          continue;
        }
      for (guint k = t; k < t + n; k++)
        if (self->owner[k] >= 0)
          dra_resolution_remove (self, (guint) self->owner[k]);
      dra_resolution_add (self, t, n, found->label, found->best * SPREAD_CONFIDENCE);
      t += n - 1;
    }
}

/* --- single words --- */

typedef struct
{
  float    weight[DRA_N_LABELS];
  float    best;
  gboolean is_surname;
} Single;

static Single *
need_single (GHashTable *singles,
             guint32     word)
{
  Single *single = g_hash_table_lookup (singles, GUINT_TO_POINTER (word + 1));

  if (single == NULL)
    {
      single = g_new0 (Single, 1);
      g_hash_table_insert (singles, GUINT_TO_POINTER (word + 1), single);
    }

  return single;
}

static GHashTable *
collect_singles (DraResolution *self)
{
  GHashTable *singles = g_hash_table_new_full (NULL, NULL, NULL, g_free);

  for (guint i = 0; i < self->mentions->len; i++)
    {
      DraWorkMention *m = dra_resolution_mention (self, i);
      Single *single;

      if (m->removed)
        continue;
      if (m->n_tokens == 1)
        {
          single = need_single (singles, self->ids[m->first]);
          single->weight[m->label] += m->confidence;
          single->best = MAX (single->best, m->confidence);
        }
      else if (m->label == DRA_LABEL_PERSON)
        {
          guint last = m->first + m->n_tokens - 1;

          if ((dra_resolution_word (self, last)->classes & DRA_WORD_CLASS_SUFFIX) && m->n_tokens > 2)
            last--;
          single = need_single (singles, self->ids[last]);
          single->weight[DRA_LABEL_PERSON] += m->confidence;
          single->best = MAX (single->best, m->confidence);
          single->is_surname = TRUE;
        }
    }

  return singles;
}

/* Whether a capitalised word can only be a name here. */
static gboolean
is_safe_single (DraResolution *self,
                guint          token,
                const Single  *single)
{
  DraWordInfo *word = dra_resolution_word (self, token);
  DraWordClass never = DRA_WORD_CLASS_HONORIFIC | DRA_WORD_CLASS_TITLE | DRA_WORD_CLASS_FUNCTION |
                       DRA_WORD_CLASS_CALENDAR | DRA_WORD_CLASS_ROLE;

  /* "Congress" is a name where it is one all along. */
  if (single->weight[DRA_LABEL_ORGANIZATION] < SURE_WEIGHT)
    never |= DRA_WORD_CLASS_GENERIC;

  if (dra_range_length (self->tokens[token].range) < ((self->shapes[token] & DRA_SHAPE_ALL_CAPS) ? 2 : 3) ||
      !(self->shapes[token] & DRA_SHAPE_CAPITAL) || word->n_lower > 0 ||
      (word->classes & never) || (word->flags & DRA_WORD_DEMONYM))
    return FALSE;
  if ((self->shapes[token] & (DRA_SHAPE_START | DRA_SHAPE_HEADLINE)) &&
      (word->flags & DRA_WORD_FREQUENT) && !(self->shapes[token] & DRA_SHAPE_ALL_CAPS))
    return FALSE;

  return !has_capital_neighbour (self, token, 1);
}

/* Step 11.  Single words that are surely names where they were found: family names of people
 * named in full, and words tagged alone twice or more or written in capitals. */
void
dra_resolver_spread_names (DraResolution *self)
{
  g_autoptr (GHashTable) singles = collect_singles (self);

  for (guint t = 0; t < self->n_tokens && !dra_resolution_is_stopped (self, t); t++)
    {
      Single *single;
      guint best = 0;
      float other = 0;

      if (self->owner[t] >= 0 || !(self->shapes[t] & DRA_SHAPE_CAPITAL))
        continue;
      single = g_hash_table_lookup (singles, GUINT_TO_POINTER (self->ids[t] + 1));
      if (single == NULL || !is_safe_single (self, t, single))
        continue;
      for (guint l = 1; l < DRA_N_LABELS; l++)
        if (single->weight[l] > single->weight[best])
          best = l;
      for (guint l = 0; l < DRA_N_LABELS; l++)
        if (l != best)
          other += single->weight[l];

      if (best == DRA_LABEL_OTHER || single->weight[best] < 2 * other || single->best < MIN_KNOWN)
        continue;
      if (single->weight[best] < MIN_WEIGHT && !(best == DRA_LABEL_PERSON && single->is_surname) &&
          !(self->shapes[t] & DRA_SHAPE_ALL_CAPS))
        continue;
      dra_resolution_add (self, t, 1, (DraLabel) best, single->best * SPREAD_CONFIDENCE);
    }
}
