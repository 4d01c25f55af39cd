/* dra-features.c: a document made ready for features: its words, what it says of them, and
 * the runs and listed phrases of a sentence.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/dra-features-private.h"

#include <string.h>

#include "recognizer/dra-model-private.h"

static guint32
numbers_intern (DraFeatureNumbers *self,
                guint64  key,
                gboolean *is_new)
{
  guint32 slot;

  if (2 * (self->n + 1) > self->size)
    {
      DraFeatureNumbers old = *self;

      self->size = MAX (1024, old.size * 2);
      self->keys = g_new (guint64, self->size);
      self->values = g_new0 (guint32, self->size);
      for (guint32 i = 0; i < old.size; i++)
        if (old.values[i] != 0)
          {
            slot = old.keys[i] & (self->size - 1);
            while (self->values[slot] != 0)
              slot = (slot + 1) & (self->size - 1);
            self->keys[slot] = old.keys[i];
            self->values[slot] = old.values[i];
          }
      g_free (old.keys);
      g_free (old.values);
    }

  slot = key & (self->size - 1);
  while (self->values[slot] != 0 && self->keys[slot] != key)
    slot = (slot + 1) & (self->size - 1);
  *is_new = self->values[slot] == 0;
  if (*is_new)
    {
      self->keys[slot] = key;
      self->values[slot] = ++self->n;
    }
  return self->values[slot] - 1;
}

static inline const DraFeatureWord *
get_word (DraFeatures *self,
          guint32      id)
{
  return &g_array_index (self->words, DraFeatureWord, id);
}

static guint32
intern_word (DraFeatures *self,
             const char  *text,
             gsize        length)
{
  char plain[DRA_FEATURES_MAX_WORD];
  DraFeatureWord word = { 0 };
  gboolean is_new;
  guint32 id;

  length = dra_features_fold (text, length, FALSE, plain);
  id = numbers_intern (&self->word_numbers, dra_model_hash (plain, length), &is_new);
  if (is_new)
    {
      dra_feature_word_describe (&word, self->lexicon, plain, length);
      word.known_as = numbers_intern (&self->lower_numbers, word.lower, &is_new);
      if (is_new)
        g_array_set_size (self->documents, word.known_as + 1);
      g_array_append_val (self->words, word);
    }
  return id;
}

static gboolean
is_title_case (DraFeatures   *self,
               const guint32 *ids,
               guint          n)
{
  guint words = 0, capitals = 0;

  for (guint i = 0; i < n; i++)
    {
      const DraFeatureWord *word = get_word (self, ids[i]);

      words += word->letters & 1;
      capitals += (word->bits & DRA_FEATURE_CAPITAL) != 0;
    }
  return words > 4 && capitals * 10 > words * 7;
}

/* Notes what a run [a, b) of capitalised words says of its words. */
static void
note_run (DraFeatures   *self,
          const guint32 *ids,
          guint          a,
          guint          b)
{
  const DraFeatureWord *first = get_word (self, ids[a]);
  guint any = 0;
  gboolean titled = a > 0 && (get_word (self, ids[a - 1])->bits & DRA_WORD_TITLE) != 0;

  for (guint i = a; i < b; i++)
    any |= get_word (self, ids[i])->bits;

  for (guint i = a; i < b; i++)
    {
      const DraFeatureWord *word = get_word (self, ids[i]);
      guint16 *bits = &g_array_index (self->documents, guint16, word->known_as);

      if (b - a > 1)
        {
          if (i == b - 1 && b - a <= 4 && (first->bits & DRA_WORD_FIRST_NAME) != 0 &&
              (first->bits & DRA_WORD_ORGANIZATION) == 0)
            *bits |= DOC_SURNAME;
          if (i == a && (word->bits & DRA_WORD_FIRST_NAME) != 0)
            *bits |= DOC_FIRST_NAME;
          if ((any & DRA_WORD_ORGANIZATION) != 0)
            *bits |= DOC_ORGANIZATION;
          *bits |= i < b - 1 ? DOC_BEFORE : DOC_LAST;
        }
      if (titled && b - a <= 3)
        *bits |= DOC_TITLED;
    }
}

static void
note_sentence (DraFeatures   *self,
               const guint32 *ids,
               guint          n)
{
  if (is_title_case (self, ids, n))
    return;

  for (guint i = 0; i < n; i++)
    {
      const DraFeatureWord *word = get_word (self, ids[i]);
      const DraFeatureWord *before = i > 0 ? get_word (self, ids[i - 1]) : NULL;
      const DraFeatureWord *after = i + 1 < n ? get_word (self, ids[i + 1]) : NULL;
      guint16 *bits = &g_array_index (self->documents, guint16, word->known_as);

      if (word->case_class == 'a')
        *bits |= DOC_LOWER;
      if (!dra_feature_word_is_capital (word))
        continue;
      if (before != NULL)
        {
          if ((before->letters & 4) != 0)
            *bits |= DOC_INSIDE;
          if ((before->bits & DRA_WORD_TITLE) != 0)
            *bits |= DOC_TITLED;
          if (before->role == ROLE_OPEN && after != NULL && after->role == ROLE_CLOSE &&
              word->case_class == 'A')
            *bits |= DOC_ACRONYM;
          if (before->role == ROLE_PLACE)
            *bits |= DOC_PLACE;
          if (before->role == ROLE_THE)
            *bits |= DOC_THE;
        }
      if (after != NULL && after->role == ROLE_SAID)
        *bits |= DOC_SAID;
      if (before == NULL || (before->bits & DRA_FEATURE_CAPITAL) == 0)
        {
          guint end = i + 1;

          while (end < n && (get_word (self, ids[end])->bits & DRA_FEATURE_CAPITAL) != 0)
            end++;
          note_run (self, ids, i, end);
        }
    }
}

/* dra_features_new: an extractor for one document, which asks the model's lexicons. */
DraFeatures *
dra_features_new (DraModel *lexicon)
{
  DraFeatures *self = g_new0 (DraFeatures, 1);
  guint32 zero = 0;

  self->lexicon = dra_model_ref (lexicon);
  self->words = g_array_new (FALSE, FALSE, sizeof (DraFeatureWord));
  self->documents = g_array_new (FALSE, TRUE, sizeof (guint16));
  self->ids = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->starts = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_array_append_val (self->starts, zero);
  /* no token is a lone control character, so the padding is a word of its own: number 0 */
  intern_word (self, "\x01", 1);
  g_array_index (self->words, DraFeatureWord, 0).case_class = 'p';
  g_array_index (self->words, DraFeatureWord, 0).bits = 0;
  g_array_index (self->words, DraFeatureWord, 0).vector = -1;
  return self;
}

void
dra_features_free (DraFeatures *self)
{
  if (self == NULL)
    return;
  dra_model_unref (self->lexicon);
  g_free (self->word_numbers.keys);
  g_free (self->word_numbers.values);
  g_free (self->lower_numbers.keys);
  g_free (self->lower_numbers.values);
  g_array_unref (self->words);
  g_array_unref (self->documents);
  g_array_unref (self->ids);
  g_array_unref (self->starts);
  g_free (self->at);
  g_free (self->loose_start);
  g_free (self->loose_end);
  g_free (self->strict_start);
  g_free (self->strict_end);
  g_free (self->listed);
  g_free (self->quoted);
  g_free (self);
}

/* dra_features_add_sentence: adds the next sentence of the document; all are to be added
 * before the first is begun. */
void
dra_features_add_sentence (DraFeatures    *self,
                           const char     *text,
                           const DraToken *tokens,
                           guint           n_tokens)
{
  guint32 start = self->ids->len, end;

  for (guint i = 0; i < n_tokens; i++)
    {
      guint32 id = intern_word (self, text + tokens[i].range.start,
                                dra_range_length (tokens[i].range));

      g_array_append_val (self->ids, id);
    }
  end = self->ids->len;
  g_array_append_val (self->starts, end);
  note_sentence (self, (const guint32 *) self->ids->data + start, n_tokens);
}

guint
dra_features_get_n_sentences (DraFeatures *self)
{
  return self->starts->len - 1;
}

guint
dra_features_get_n_words (DraFeatures *self)
{
  return self->words->len;
}

const DraFeatureWord *
dra_features_get_word (DraFeatures *self,
                       guint        id)
{
  return get_word (self, id);
}

/* Runs of capitalised words: strict, and loose, which goes on over "of", "for the", "&". */
static void
find_runs (DraFeatures *self)
{
  guint n = self->n;

  for (guint i = 0; i < n; i++)
    self->loose_end[i] = self->strict_end[i] = 0; /* in no run */

  for (guint i = 0; i < n;)
    {
      guint end, next;

      if (!dra_feature_word_is_capital (dra_features_at (self, i)))
        {
          i++;
          continue;
        }
      for (end = next = i + 1; next < n;)
        {
          guint8 role = dra_features_at (self, next)->role;
          const DraFeatureWord *then = dra_features_at (self, next + 1);

          if (dra_feature_word_is_capital (dra_features_at (self, next)))
            end = ++next;
          else if ((role == ROLE_OF || role == ROLE_LINK) && dra_feature_word_is_capital (then))
            next++;
          else if (role == ROLE_OF && then->role == ROLE_THE && next + 2 < n &&
                   dra_feature_word_is_capital (dra_features_at (self, next + 2)))
            next += 2;
          else
            break;
        }
      for (guint k = i; k < end; k++)
        {
          self->loose_start[k] = i;
          self->loose_end[k] = end;
        }
      i = end;
    }

  for (guint i = 0; i < n;)
    {
      guint end = i;

      while (end < n && dra_feature_word_is_capital (dra_features_at (self, end)))
        end++;
      for (guint k = i; k < end; k++)
        {
          self->strict_start[k] = i;
          self->strict_end[k] = end;
        }
      i = MAX (end, i + 1);
    }
}

/* Marks the longest listed phrases, each list from left to right. */
static void
find_phrases (DraFeatures *self)
{
  static const guint8 lists[] = { DRA_PHRASE_PLACE, DRA_PHRASE_ORGANIZATION, DRA_PHRASE_LISTED };
  guint free_from[G_N_ELEMENTS (lists)] = { 0 };
  guint n = self->n;

  memset (self->listed, 0, n);
  for (guint i = 0; i < n; i++)
    {
      guint longest[G_N_ELEMENTS (lists)] = { 0 };
      guint64 phrase = 0;
      char class = dra_features_at (self, i)->case_class;

      if (!dra_feature_word_is_capital (dra_features_at (self, i)) && class != '9' && class != 'm')
        continue;
      for (guint k = i; k < n && k < i + DRA_MODEL_MAX_PHRASE; k++)
        {
          guint flags;

          phrase = dra_model_extend_phrase (phrase, dra_features_at (self, k)->word);
          flags = dra_model_find_phrase (self->lexicon, phrase);
          for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
            if ((flags & lists[l]) != 0)
              longest[l] = k + 1 - i;
          if ((flags & DRA_PHRASE_PREFIX) == 0)
            break;
        }
      for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
        if (longest[l] > 0 && i >= free_from[l])
          {
            free_from[l] = i + longest[l];
            self->listed[i] |= 1 << (2 * l);
            for (guint k = i + 1; k < i + longest[l]; k++)
              self->listed[k] |= 2 << (2 * l);
          }
    }
}

static void
grow (DraFeatures *self,
      guint        n)
{
  if (n <= self->capacity)
    return;
  self->capacity = MAX (n, 2 * self->capacity);
  self->at = g_renew (const DraFeatureWord *, self->at,
                      self->capacity + 2 * DRA_FEATURES_WINDOW);
  self->loose_start = g_renew (guint, self->loose_start, self->capacity);
  self->loose_end = g_renew (guint, self->loose_end, self->capacity);
  self->strict_start = g_renew (guint, self->strict_start, self->capacity);
  self->strict_end = g_renew (guint, self->strict_end, self->capacity);
  self->listed = g_renew (guint8, self->listed, self->capacity);
  self->quoted = g_renew (guint8, self->quoted, self->capacity);
}

/* dra_features_begin_sentence: makes a sentence the one that is asked about; returns the
 * number of its tokens. */
guint
dra_features_begin_sentence (DraFeatures *self,
                             guint        sentence)
{
  guint32 start = g_array_index (self->starts, guint32, sentence);
  gboolean quoted = FALSE;

  self->n = g_array_index (self->starts, guint32, sentence + 1) - start;
  self->sentence = (const guint32 *) self->ids->data + start;
  grow (self, MAX (self->n, 1));

  for (guint i = 0; i < DRA_FEATURES_WINDOW; i++)
    {
      self->at[i] = get_word (self, 0);
      self->at[DRA_FEATURES_WINDOW + self->n + i] = get_word (self, 0);
    }
  for (guint i = 0; i < self->n; i++)
    {
      const DraFeatureWord *word = get_word (self, self->sentence[i]);

      self->at[DRA_FEATURES_WINDOW + i] = word;
      if (word->role == ROLE_QUOTE)
        quoted = !quoted;
      self->quoted[i] = quoted;
    }

  self->title_case = is_title_case (self, self->sentence, self->n);
  self->first_letter = 0;
  while (self->first_letter < self->n &&
         (dra_features_at (self, self->first_letter)->letters & 2) == 0)
    self->first_letter++;
  find_runs (self);
  find_phrases (self);
  return self->n;
}

/* dra_features_get_word_id: the number of the word at a position of the sentence, which may
 * be up to the window outside of it. */
guint
dra_features_get_word_id (DraFeatures *self,
                          int          position)
{
  return position < 0 || position >= (int) self->n ? 0 : self->sentence[position];
}


/* dra_features_slots: the numbers of the DRA_NET_SLOTS words that the network sees of a
 * token, G_MAXUINT where there is none. */
void
dra_features_slots (DraFeatures *self,
                    guint        position,
                    guint       *ids)
{
  int i = position;
  gboolean in_run = self->loose_end[i] > 0;

  for (int d = -DRA_FEATURES_WINDOW; d <= DRA_FEATURES_WINDOW; d++)
    *ids++ = dra_features_get_word_id (self, i + d);
  if (in_run)
    {
      int first = self->loose_start[i], last = self->loose_end[i] - 1;

      *ids++ = dra_features_get_word_id (self, first);
      *ids++ = dra_features_get_word_id (self, last);
      *ids++ = dra_features_get_word_id (self, first - 1);
      *ids++ = dra_features_get_word_id (self, last + 1);
    }
  else
    for (guint k = 0; k < DRA_NET_SLOTS - DRA_FEATURES_N_OFFSETS; k++)
      *ids++ = G_MAXUINT;
}

/* dra_features_bits: what the network sees of a token's place: 12 bits of the document, 6 of
 * the phrase lists, 8 of the run, 3 of the sentence. */
guint32
dra_features_bits (DraFeatures *self,
                   guint        position)
{
  const DraFeatureWord *word = dra_features_at (self, position);
  guint32 bits = (guint32) (self->listed[position] & 63) << DOC_N_BITS;

  if (dra_feature_word_is_capital (word))
    bits |= g_array_index (self->documents, guint16, word->known_as);
  if (self->loose_end[position] > 0)
    {
      guint where = MIN (position - self->loose_start[position], 3);
      guint left = MIN (self->loose_end[position] - 1 - position, 3);

      bits |= (1u << where | 16u << left) << 18;
    }
  if (position == self->first_letter)
    bits |= 1u << 26;
  if (self->title_case)
    bits |= 1u << 27;
  if (self->quoted[position])
    bits |= 1u << 28;
  return bits;
}
