/* dra-quotations.c: the quotations of an article, each with who said it.
 *
 * Marks make quotations, the cue of each outermost one says who speaks (dra-quotation-cues.c),
 * in text order, for one may go on where another ended.  Every look around is bounded, so the
 * whole takes time linear in the length of the text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/dra-quotations-private.h"

#define TOKENS_A_CHECK 4096 /* between two looks at the cancellable */
#define DIALOGUE_BLOCKS 10  /* paragraphs that begin with a quotation, and ... */
#define DIALOGUE_SHARE 0.5  /* ... of all: a story, where speakers take turns */

struct _DraQuotations
{
  GObject  parent_instance;

  GArray  *quotations; /* of DraQuotation */
};

G_DEFINE_FINAL_TYPE (DraQuotations, dra_quotations, G_TYPE_OBJECT)

static void
dra_quotations_finalize (GObject *object)
{
  g_clear_pointer (&DRA_QUOTATIONS (object)->quotations, g_array_unref);

  G_OBJECT_CLASS (dra_quotations_parent_class)->finalize (object);
}

static void
dra_quotations_class_init (DraQuotationsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dra_quotations_finalize;
}

static void
dra_quotations_init (G_GNUC_UNUSED DraQuotations *self)
{
}

static void
read_mentions (DraQuotationFinder *self)
{
  guint mention = 0;

  for (guint t = 0; t < self->n_tokens; t++)
    {
      DraRange range = dra_cue_token (self, t)->range;

      while (mention < self->n_mentions && self->mentions[mention].range.end <= range.start)
        mention++;
      self->cues[t].mention = mention < self->n_mentions &&
                              self->mentions[mention].range.start < range.end ? (int) mention : -1;
    }
}

static void
read_quotations (DraQuotationFinder *self)
{
  guint quotation = 0;

  for (guint t = 0; t < self->n_tokens; t++)
    {
      DraRange range = dra_cue_token (self, t)->range;
      const DraQuotation *q = NULL;

      self->cues[t].quote = -1;
      for (; quotation < self->quotations->len; quotation++)
        {
          q = &g_array_index (self->quotations, DraQuotation, quotation);
          if (q->level == 0 && q->range.end > range.start)
            break;
        }
      if (quotation < self->quotations->len && q->range.start < range.end)
        self->cues[t].quote = (int) quotation;
    }
}

static gboolean
read_words (DraQuotationFinder *self,
            GCancellable       *cancellable,
            GError            **error)
{
  guint n_sentences = self->tokens->sentences->len;

  for (guint s = 0; s < n_sentences; s++)
    {
      const DraSentence *sentence = &g_array_index (self->tokens->sentences, DraSentence, s);

      for (guint t = sentence->first; t < sentence->first + sentence->n_tokens; t++)
        {
          DraRange range = dra_cue_token (self, t)->range;

          self->cues[t].sentence = s;
          self->cues[t].flags = dra_cue_word_lookup (self->text + range.start,
                                                     dra_range_length (range));
          if (t % TOKENS_A_CHECK == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
            return FALSE;
        }
    }

  return TRUE;
}

/* Whether the paragraphs are mostly speech: then the next one is the other's. */
static gboolean
is_dialogue (DraArticle *article,
             GArray     *quotations)
{
  guint n_blocks, n_speech = 0, n_paragraphs = 0, next = 0;
  const DraBlock *blocks = dra_article_get_blocks (article, &n_blocks);

  for (guint i = 0; i < n_blocks; i++)
    {
      while (next < quotations->len &&
             g_array_index (quotations, DraQuotation, next).range.start < blocks[i].range.start)
        next++;
      n_paragraphs += dra_range_length (blocks[i].range) > 0;
      n_speech += next < quotations->len &&
                  g_array_index (quotations, DraQuotation, next).range.start ==
                    blocks[i].range.start;
    }

  return n_speech >= DIALOGUE_BLOCKS && n_speech > n_paragraphs * DIALOGUE_SHARE;
}

static gboolean
attribute_all (DraQuotationFinder *self,
               GCancellable       *cancellable,
               GError            **error)
{
  gboolean dialogue = is_dialogue (self->article, self->quotations);
  const DraQuotation *previous = NULL;

  for (guint t = 0; t < self->n_tokens;)
    {
      int quote = self->cues[t].quote;
      guint first = t;

      if (t % TOKENS_A_CHECK == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      for (t++; t < self->n_tokens && self->cues[t].quote == quote;)
        t++;
      if (quote < 0)
        continue;
      dra_cue_attribute (self, &g_array_index (self->quotations, DraQuotation, quote), previous, first,
                         t, dialogue);
      previous = &g_array_index (self->quotations, DraQuotation, quote);
    }

  return TRUE;
}

/**
 * dra_quotations_find:
 * @article: an article
 * @cast: its cast
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Finds the quotations of an article and who of the cast said them, by English words of
 * speech; in other languages quotations are found without speakers.  Pure: the same article
 * and cast give the same quotations.  Takes time linear in the length of the text.  Fails
 * with %G_IO_ERROR_CANCELLED only.
 *
 * Returns: (transfer full) (nullable): the quotations in text order
 */
DraQuotations *
dra_quotations_find (DraArticle   *article,
                     DraCast      *cast,
                     GCancellable *cancellable,
                     GError      **error)
{
  DraQuotationFinder finder = { .article = article, .cast = cast, .last_speaker = -1 };
  DraQuotations *self = NULL;

  g_return_val_if_fail (DRA_IS_ARTICLE (article), NULL);
  g_return_val_if_fail (DRA_IS_CAST (cast), NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  finder.text = dra_article_get_text (article, NULL);
  finder.mentions = dra_cast_get_mentions (cast, &finder.n_mentions);
  finder.quotations = dra_quotation_marks_find (article);
  finder.tokens = dra_tokens_new_for_article (article);
  finder.n_tokens = finder.tokens->tokens->len;
  finder.cues = g_new0 (DraCueToken, MAX (finder.n_tokens, 1));
  read_mentions (&finder);
  read_quotations (&finder);
  if (read_words (&finder, cancellable, error))
    {
      dra_cue_learn_roles (&finder);
      dra_cue_learn_genders (&finder);
      if (attribute_all (&finder, cancellable, error))
        {
          self = g_object_new (DRA_TYPE_QUOTATIONS, NULL);
          self->quotations = g_array_ref (finder.quotations);
        }
    }

  g_array_unref (finder.quotations);
  dra_tokens_free (finder.tokens);
  g_free (finder.cues);
  g_free (finder.genders);
  g_clear_pointer (&finder.heads, g_hash_table_unref);

  return self;
}

/**
 * dra_quotations_get_n:
 * @self: quotations
 *
 * Returns: how many there are
 */
guint
dra_quotations_get_n (DraQuotations *self)
{
  g_return_val_if_fail (DRA_IS_QUOTATIONS (self), 0);

  return self->quotations->len;
}

/**
 * dra_quotations_get:
 * @self: quotations
 * @index: below dra_quotations_get_n()
 *
 * Returns: (transfer none): that quotation; they come by start
 */
const DraQuotation *
dra_quotations_get (DraQuotations *self,
                    guint          index)
{
  g_return_val_if_fail (DRA_IS_QUOTATIONS (self), NULL);
  g_return_val_if_fail (index < self->quotations->len, NULL);

  return &g_array_index (self->quotations, DraQuotation, index);
}
