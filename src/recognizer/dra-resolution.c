/* dra-resolution.c: the state of one document pass: words, mentions, entities.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/dra-model-private.h"
#include "recognizer/dra-resolver-private.h"

#include <string.h>

static DraShape
shape_of (const char *text,
          DraRange    range)
{
  DraShape shape = 0;
  guint n_upper = 0, n_lower = 0;
  const char *end = text + range.end;

  for (const char *p = text + range.start; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = (guchar) *p < 0x80 ? (gunichar) *p : g_utf8_get_char (p);

      if (!(c < 0x80 ? g_ascii_isalnum ((char) c) : g_unichar_isalnum (c)))
        continue;
      if (c < 0x80 ? g_ascii_isupper ((char) c) : g_unichar_isupper (c))
        {
          if (n_upper + n_lower == 0 && !(shape & DRA_SHAPE_WORD))
            shape |= DRA_SHAPE_CAPITAL;
          else if (n_lower > 0)
            shape |= DRA_SHAPE_MIXED;
          n_upper++;
        }
      else if (c < 0x80 ? g_ascii_islower ((char) c) : g_unichar_islower (c))
        {
          if (n_upper + n_lower == 0 && !(shape & DRA_SHAPE_WORD))
            shape |= DRA_SHAPE_LOWER;
          else if (n_upper > 1)
            shape |= DRA_SHAPE_MIXED;
          n_lower++;
        }
      shape |= DRA_SHAPE_WORD;
    }

  if (n_upper >= 2 && n_lower == 0)
    shape |= DRA_SHAPE_ALL_CAPS;

  return shape;
}

static guint32
intern_word (DraResolution *self,
             DraRange       range)
{
  g_autofree char *folded = dra_word_fold (self->text + range.start, dra_range_length (range));
  gpointer known = g_hash_table_lookup (self->word_ids, folded);
  DraWordInfo info = { 0 };

  if (known != NULL)
    return GPOINTER_TO_UINT (known) - 1;

  info.folded = g_string_chunk_insert (self->strings, folded);
  info.classes = dra_word_class_lookup (info.folded);
  if (self->model != NULL)
    info.flags = dra_model_lookup_word (self->model, self->text + range.start,
                                        dra_range_length (range));
  g_array_append_val (self->words, info);
  g_hash_table_insert (self->word_ids, (gpointer) info.folded, GUINT_TO_POINTER (self->words->len));

  return self->words->len - 1;
}

static void
read_tokens (DraResolution *self)
{
  for (guint s = 0; s < self->n_sentences; s++)
    {
      const DraSentence *sentence = &self->sentences[s];
      gboolean begun = FALSE;

      for (guint t = sentence->first; t < sentence->first + sentence->n_tokens; t++)
        {
          DraShape shape = shape_of (self->text, self->tokens[t].range);
          DraWordInfo *word;

          if (dra_resolution_is_stopped (self, t))
            return;
          self->ids[t] = intern_word (self, self->tokens[t].range);
          self->sentence_of[t] = s;
          word = dra_resolution_word (self, t);

          if (shape & DRA_SHAPE_LOWER)
            word->n_lower++;
          if ((shape & DRA_SHAPE_CAPITAL) && begun && !sentence->title_case)
            word->n_capital++;
          if ((shape & DRA_SHAPE_WORD) && !begun)
            {
              shape |= DRA_SHAPE_START;
              begun = TRUE;
            }
          if (sentence->title_case)
            shape |= DRA_SHAPE_HEADLINE;
          self->shapes[t] = (guint8) shape;
        }
    }
}

/* Spans come from outside (a tagger, a test): whatever does not fit is left out. */
static void
read_spans (DraResolution *self,
            GArray        *spans)
{
  for (guint i = 0; i < spans->len; i++)
    {
      const DraSpan *span = &g_array_index (spans, DraSpan, i);
      gboolean is_free = TRUE;
      float sum = 0;
      gint index;

      if (span->n_tokens == 0 || span->first >= self->n_tokens ||
          span->n_tokens > self->n_tokens - span->first || (guint) span->label >= DRA_N_LABELS)
        continue;
      for (guint t = 0; t < span->n_tokens && is_free; t++)
        is_free = self->owner[span->first + t] < 0;
      if (!is_free)
        continue;

      index = dra_resolution_add (self, span->first, span->n_tokens, span->label, span->confidence);
      for (guint l = 0; l < DRA_N_LABELS; l++)
        sum += span->scores[l];
      if (sum > 0)
        memcpy (dra_resolution_mention (self, (guint) index)->scores, span->scores,
                sizeof span->scores);
    }
}

DraResolution *
dra_resolution_new (DraArticle   *article,
                    DraTokens    *tokens,
                    GArray       *spans,
                    DraModel     *model,
                    GCancellable *cancellable)
{
  DraResolution *self = g_new0 (DraResolution, 1);

  self->article = g_object_ref (article);
  self->text = dra_article_get_text (article, &self->length);
  self->model = model;
  self->cancellable = cancellable;
  self->tokens = (const DraToken *) (gpointer) tokens->tokens->data;
  self->n_tokens = tokens->tokens->len;
  self->sentences = (const DraSentence *) (gpointer) tokens->sentences->data;
  self->n_sentences = tokens->sentences->len;

  self->ids = g_new0 (guint32, self->n_tokens);
  self->shapes = g_new0 (guint8, self->n_tokens);
  self->sentence_of = g_new0 (guint32, self->n_tokens);
  self->owner = g_new (gint, self->n_tokens);
  for (guint t = 0; t < self->n_tokens; t++)
    self->owner[t] = -1;

  self->strings = g_string_chunk_new (4096);
  self->word_ids = g_hash_table_new (g_str_hash, g_str_equal);
  self->words = g_array_new (FALSE, FALSE, sizeof (DraWordInfo));
  self->mentions = g_array_new (FALSE, FALSE, sizeof (DraWorkMention));
  self->entities = g_array_new (FALSE, FALSE, sizeof (DraWorkEntity));

  read_tokens (self);
  if (!self->stopped)
    read_spans (self, spans);

  return self;
}

void
dra_resolution_free (DraResolution *self)
{
  g_clear_object (&self->article);
  g_free (self->ids);
  g_free (self->shapes);
  g_free (self->sentence_of);
  g_free (self->owner);
  g_hash_table_unref (self->word_ids);
  g_string_chunk_free (self->strings);
  g_array_unref (self->words);
  g_array_unref (self->mentions);
  g_array_unref (self->entities);
  g_free (self);
}

/* The tokens must be free. */
gint
dra_resolution_add (DraResolution *self,
                    guint          first,
                    guint          n_tokens,
                    DraLabel       label,
                    float          confidence)
{
  DraWorkMention mention = { .first = first, .n_tokens = n_tokens, .label = label,
                             .confidence = confidence, .entity = -1, .surname = -1,
                             .alias_of = -1 };
  gint index = (gint) self->mentions->len;

  g_assert (n_tokens > 0 && first + n_tokens <= self->n_tokens);
  mention.scores[label] = confidence;
  for (guint t = first; t < first + n_tokens; t++)
    {
      g_assert (self->owner[t] < 0);
      self->owner[t] = index;
    }
  g_array_append_val (self->mentions, mention);

  return index;
}

void
dra_resolution_remove (DraResolution *self,
                       guint          index)
{
  DraWorkMention *mention = dra_resolution_mention (self, index);

  g_assert (!mention->removed);
  for (guint t = mention->first; t < mention->first + mention->n_tokens; t++)
    self->owner[t] = -1;
  mention->removed = TRUE;
}

/* The tokens must be free or this mention's own. */
void
dra_resolution_resize (DraResolution *self,
                       guint          index,
                       guint          first,
                       guint          n_tokens)
{
  DraWorkMention *mention = dra_resolution_mention (self, index);

  g_assert (!mention->removed && n_tokens > 0 && first + n_tokens <= self->n_tokens);
  for (guint t = mention->first; t < mention->first + mention->n_tokens; t++)
    self->owner[t] = -1;
  for (guint t = first; t < first + n_tokens; t++)
    {
      g_assert (self->owner[t] < 0);
      self->owner[t] = (gint) index;
    }
  mention->first = first;
  mention->n_tokens = n_tokens;
}

/* Against what the tagger thought: its scores do not count any more. */
void
dra_resolution_relabel (DraResolution *self,
                        guint          index,
                        DraLabel       label)
{
  DraWorkMention *mention = dra_resolution_mention (self, index);

  mention->label = label;
  memset (mention->scores, 0, sizeof mention->scores);
  mention->scores[label] = mention->confidence;
}

/* The folded words of a stretch, one space apart: equal names have equal keys. */
char *
dra_resolution_dup_key (DraResolution *self,
                        guint          first,
                        guint          n_tokens)
{
  GString *key = g_string_new (NULL);

  for (guint t = first; t < first + n_tokens; t++)
    {
      if (t > first)
        g_string_append_c (key, ' ');
      g_string_append (key, dra_resolution_word (self, t)->folded);
    }

  return g_string_free (key, FALSE);
}

/* Returns (transfer full): indices (guint) of the mentions that are left, in text order. */
GArray *
dra_resolution_dup_order (DraResolution *self)
{
  GArray *order = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint t = 0; t < self->n_tokens; t++)
    if (self->owner[t] >= 0 && dra_resolution_mention (self, (guint) self->owner[t])->first == t)
      {
        guint index = (guint) self->owner[t];

        g_array_append_val (order, index);
      }

  return order;
}

guint
dra_resolution_add_entity (DraResolution *self,
                           DraEntityKind  kind)
{
  DraWorkEntity entity = { .kind = kind, .same_as = -1, .name = -1 };

  g_array_append_val (self->entities, entity);

  return self->entities->len - 1;
}

/* Follows joins, halving the path (Tarjan and van Leeuwen). */
guint
dra_resolution_find_entity (DraResolution *self,
                            guint          entity)
{
  DraWorkEntity *e = dra_resolution_entity (self, entity);

  while (e->same_as >= 0)
    {
      DraWorkEntity *next = dra_resolution_entity (self, (guint) e->same_as);

      entity = (guint) e->same_as;
      if (next->same_as >= 0)
        e->same_as = next->same_as;
      e = next;
    }

  return entity;
}

/* mentions: indices (guint). */
void
dra_resolution_give_entity (DraResolution *self,
                            GArray        *mentions,
                            guint          entity)
{
  for (guint i = 0; i < mentions->len; i++)
    dra_resolution_mention (self, g_array_index (mentions, guint, i))->entity = (gint) entity;
}

void
dra_resolution_join (DraResolution *self,
                     guint          kept,
                     guint          joined)
{
  kept = dra_resolution_find_entity (self, kept);
  joined = dra_resolution_find_entity (self, joined);
  if (kept != joined)
    dra_resolution_entity (self, joined)->same_as = (gint) kept;
}

/* --- what several steps ask --- */

gboolean
dra_resolution_is_possessive (DraResolution *self,
                              guint          token)
{
  const char *folded = dra_resolution_word (self, token)->folded;

  return g_str_equal (folded, "'s") || g_str_equal (folded, "'");
}

/* "Prime Minister", "President": nothing but a title. */
gboolean
dra_resolution_is_title (DraResolution *self,
                         guint          first,
                         guint          n)
{
  const DraWordClass title = DRA_WORD_CLASS_HONORIFIC | DRA_WORD_CLASS_TITLE;

  for (guint t = first; t + 1 < first + n; t++)
    if (!(dra_resolution_word (self, t)->classes & (title | DRA_WORD_CLASS_MODIFIER)))
      return FALSE;

  return (dra_resolution_word (self, first + n - 1)->classes & title) != 0;
}

/* Ids of the last words of the longer names of people: those may stand alone. */
GHashTable *
dra_resolution_dup_surnames (DraResolution *self)
{
  GHashTable *surnames = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->mentions->len; i++)
    {
      DraWorkMention *m = dra_resolution_mention (self, i);

      if (!m->removed && m->label == DRA_LABEL_PERSON && m->n_tokens > 1)
        {
          guint last = m->first + m->n_tokens - 1;

          if ((dra_resolution_word (self, last)->classes & DRA_WORD_CLASS_SUFFIX) && m->n_tokens > 2)
            last--;
          if (dra_resolution_is_title (self, m->first, m->n_tokens))
            continue;
          g_hash_table_add (surnames, GUINT_TO_POINTER (self->ids[last] + 1));
        }
    }

  return surnames;
}

/* "STs", "NGOs" */
gboolean
dra_resolution_is_plural_acronym (DraResolution *self,
                                  guint          token)
{
  DraRange range = self->tokens[token].range;

  for (gsize i = range.start; i + 1 < range.end; i++)
    if (!g_ascii_isupper (self->text[i]))
      return FALSE;

  return dra_range_length (range) > 2 && self->text[range.end - 1] == 's';
}

/* Whether the model's lists have these words, but for some last bytes, as a place. */
gboolean
dra_resolution_is_listed_place (DraResolution *self,
                                guint          first,
                                guint          n,
                                guint          cut)
{
  guint64 phrase = 0;

  if (self->model == NULL || n > DRA_MODEL_MAX_PHRASE)
    return FALSE;
  for (guint t = first; t < first + n; t++)
    {
      DraRange range = self->tokens[t].range;
      gsize length = dra_range_length (range) - (t == first + n - 1 ? cut : 0);

      phrase = dra_model_extend_phrase (phrase, dra_model_hash (self->text + range.start, length));
    }

  return (dra_model_find_phrase (self->model, phrase) & DRA_PHRASE_PLACE) != 0;
}
