/* dra-certain-names.c: names that are sure in a language the model was not trained on.
 *
 * Full names of people: a given name of the lexicon, then family names, in Latin letters,
 * each word capitalised and nowhere in the article a word in lower case, where nothing beside
 * them could change what they name: a further capitalised word ("Ana Torres Boulevard"), an
 * article, which people go without ("la Cruz Roja"), or quotation marks around them.
 * Organizations of several words that the lexicon has whole, and those whose acronym stands
 * behind them in brackets.  What the tagger says counts only for what the lexicon leaves
 * open: a given name that is a frequent word in English, too, or a name it is sure is none.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/dra-certain-names.h"

#include <string.h>

#include "recognizer/dra-model-private.h"
#include "recognizer/dra-resolver-words.h"

#define MAX_NAME 6        /* tokens */
#define MAX_LETTERS 8     /* of an acronym */
#define CONFIDENCE 0.9f
#define SURE_PLACE 0.9f   /* asked of the tagger */
#define SURE_PERSON 0.6f  /* likewise, of a name that begins with a frequent word */
#define SURE_OTHER 0.6f   /* likewise, of what it takes for no person */

typedef struct
{
  DraModel   *model;
  const char *text;
  DraTokens  *tokens;
  const DraSpan **tagged; /* of each token: what the tagger found there, or NULL */
  gboolean    nouns;      /* the language begins every noun with a capital */
  const char *const *articles; /* (nullable) */
  GHashTable *lower; /* hashes of words that stand in lower case somewhere, folded to 32 bits */
  GArray     *found; /* of DraSpan */
  guint       end;   /* of the last one: tokens */
} Finder;

typedef struct
{
  gboolean     word;    /* Latin letters only, with hyphens and apostrophes */
  gboolean     upper;   /* the first is a capital ... */
  gboolean     capital; /* ... and not all are */
  gboolean     initial; /* one capital, with or without a full stop */
  DraWordFlags flags;
} TokenKind;

static DraRange
range_of (Finder *self,
          guint   token)
{
  return g_array_index (self->tokens->tokens, DraToken, token).range;
}

static TokenKind
look_at (Finder *self,
         guint   token)
{
  TokenKind kind = { .word = TRUE };
  DraRange range = range_of (self, token);
  guint n_upper = 0, n_letters = 0;

  for (const char *p = self->text + range.start; p < self->text + range.end;
       p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalpha (c) &&
          (c < 0x250 || g_unichar_get_script (c) == G_UNICODE_SCRIPT_LATIN))
        {
          if (g_unichar_isupper (c))
            {
              if (n_letters == 0)
                kind.upper = TRUE;
              n_upper++;
            }
          n_letters++;
        }
      else if (!g_unichar_ismark (c) && c != '-' && c != '\'' && c != 0x2019 && c != '.')
        {
          kind.word = FALSE;
        }
    }
  kind.word = kind.word && n_letters > 0;
  kind.initial = kind.word && n_letters == 1 && n_upper == 1;
  kind.upper = kind.word && kind.upper;
  kind.capital = kind.upper && n_letters > 1 && n_upper < n_letters;
  if (kind.capital)
    kind.flags = dra_model_lookup_word (self->model, self->text + range.start,
                                        dra_range_length (range));

  return kind;
}

static gpointer
hash_lower (Finder *self,
            guint   token)
{
  DraRange range = range_of (self, token);
  g_autofree char *lower = g_utf8_strdown (self->text + range.start,
                                           (gssize) dra_range_length (range));

  return GUINT_TO_POINTER ((guint32) dra_model_hash (lower, strlen (lower)));
}

static void
collect_lower (Finder *self)
{
  self->lower = g_hash_table_new (NULL, NULL);
  for (guint t = 0; t < self->tokens->tokens->len; t++)
    {
      DraRange range = range_of (self, t);
      gunichar c = g_utf8_get_char (self->text + range.start);

      if (g_unichar_islower (c))
        g_hash_table_add (self->lower,
                          GUINT_TO_POINTER ((guint32) dra_model_hash (self->text + range.start,
                                                                      dra_range_length (range))));
    }
}

static gboolean
is_common (Finder *self,
           guint   token)
{
  return g_hash_table_contains (self->lower, hash_lower (self, token));
}

static gboolean
is_particle (Finder *self,
             guint   token)
{
  DraRange range = range_of (self, token);
  g_autofree char *folded = dra_word_fold (self->text + range.start, dra_range_length (range));

  /* One letter is "and", and "das" is "the", in more languages than they belong to names. */
  return dra_range_length (range) > 1 && strcmp (folded, "das") != 0 &&
         (dra_word_class_lookup (folded) & DRA_WORD_CLASS_PARTICLE) != 0;
}

static void
add (Finder  *self,
     guint    sentence,
     guint    first,
     guint    end,
     DraLabel label)
{
  DraSpan span = { .first = first, .n_tokens = end - first, .sentence = sentence, .label = label,
                   .confidence = CONFIDENCE };

  if (first < self->end)
    return;
  span.scores[label] = CONFIDENCE;
  g_array_append_val (self->found, span);
  self->end = end;
}

/* Articles, also those that a preposition has swallowed, in languages that write of people
 * without one. */
static const struct
{
  const char *language;
  const char *words[20];
} articles[] = {
  { "es", { "el", "la", "los", "las", "un", "una", "al", "del" } },
  { "ca", { "el", "la", "els", "les", "un", "una", "al", "del" } },
  { "fr", { "le", "la", "les", "un", "une", "au", "aux", "du", "des" } },
  { "it", { "il", "lo", "la", "gli", "le", "un", "uno", "una", "al", "alla", "dal", "dalla", "del", "della",
            "nel", "nella", "sul", "sulla" } },
  { "pt", { "os", "as", "um", "uma", "à", "da", "na", "pela", "do", "no", "pelo", "ao" } },
  { "nl", { "het", "een" } },
};

static gboolean
is_article (Finder *self,
            guint   token)
{
  DraRange range = range_of (self, token);
  g_autofree char *lower = NULL;

  if (self->articles == NULL)
    return FALSE;
  lower = g_utf8_strdown (self->text + range.start, (gssize) dra_range_length (range));

  return g_strv_contains (self->articles, lower);
}

static gboolean
is_quotation_mark (Finder *self,
                   guint   token)
{
  gunichar c = g_utf8_get_char (self->text + range_of (self, token).start);

  return c == '"' || c == '\'' || (c >= 0x2018 && c <= 0x201F) || c == 0xAB || c == 0xBB ||
         c == 0x2039 || c == 0x203A;
}

/* Titles before a name are often tagged with it, which lowers the confidence of the span but
 * not that of its class. */
static gboolean
is_tagged_person (Finder *self,
                  guint   token)
{
  const DraSpan *span = self->tagged[token];

  return span != NULL && span->label == DRA_LABEL_PERSON && span->scores[DRA_LABEL_PERSON] >= SURE_PERSON;
}

static gboolean
is_tagged_otherwise (Finder *self,
                     guint   token)
{
  const DraSpan *span = self->tagged[token];

  return span != NULL && span->label != DRA_LABEL_PERSON && span->confidence >= SURE_OTHER;
}

/* Whether what stands before or around [first, end) may change what it names. */
static gboolean
is_doubtful (Finder *self,
             guint   begin, /* of the sentence */
             guint   first,
             guint   end,
             guint   sentence_end)
{
  if (first == begin)
    return FALSE;
  if (is_article (self, first - 1) ||
      (end < sentence_end && is_quotation_mark (self, first - 1) && is_quotation_mark (self, end)))
    return TRUE;

  /* "Luiz Inácio [Lula da Silva]" */
  return !self->nouns && first - 1 > begin && look_at (self, first - 1).capital &&
         self->text[range_of (self, first - 1).end - 1] != '.';
}

/* The end of a full name that begins here, or first; seen: behind what was looked at. */
static guint
match_person (Finder *self,
              guint   begin,
              guint   first,
              guint   end,
              guint  *seen)
{
  TokenKind kind = look_at (self, first);
  guint t = first + 1, last = first;
  gboolean surname = FALSE;

  *seen = first + 1;
  if (!kind.capital || !(kind.flags & DRA_WORD_FIRST_NAME) || is_common (self, first) ||
      ((kind.flags & DRA_WORD_FREQUENT) && !is_tagged_person (self, first)))
    return first;
  for (; t < end && t < first + MAX_NAME; t++)
    {
      kind = look_at (self, t);
      if (kind.initial)
        continue;
      if (kind.capital)
        {
          if (!(kind.flags & (DRA_WORD_SURNAME | DRA_WORD_FIRST_NAME)) ||
              (kind.flags & (DRA_WORD_ORGANIZATION | DRA_WORD_DEMONYM)) || is_common (self, t) ||
              ((kind.flags & DRA_WORD_FREQUENT) && !is_tagged_person (self, t)))
            break;
          surname |= (kind.flags & DRA_WORD_SURNAME) != 0;
          last = t;
          continue;
        }
      if (!kind.word || !is_particle (self, t) || t + 1 == end || !look_at (self, t + 1).capital)
        break;
    }
  if (!surname)
    return first;
  *seen = last + 1;
  if (is_doubtful (self, begin, first, last + 1, end))
    return first;
  for (t = first; t <= last; t++)
    if (is_tagged_otherwise (self, t))
      return first;

  return last + 1;
}

/* Whether a capitalised word follows, so that a name may go on. */
static gboolean
goes_on (Finder *self,
         guint   token,
         guint   end)
{
  return token < end && look_at (self, token).upper;
}

/* The end of the longest organization of the lexicon that begins here, or first. */
static guint
match_organization (Finder *self,
                    guint   first,
                    guint   end)
{
  guint64 phrase = 0;
  guint found = first;

  if (!look_at (self, first).capital || is_common (self, first))
    return first;
  for (guint t = first; t < end && t < first + DRA_MODEL_MAX_PHRASE; t++)
    {
      DraRange range = range_of (self, t);
      guint flags;

      phrase = dra_model_extend_phrase (phrase, dra_model_hash (self->text + range.start,
                                                                dra_range_length (range)));
      flags = dra_model_find_phrase (self->model, phrase);
      if ((flags & DRA_PHRASE_ORGANIZATION) && !(flags & DRA_PHRASE_PLACE) && t > first &&
          look_at (self, t).capital)
        found = t + 1;
      if (!(flags & DRA_PHRASE_PREFIX))
        break;
    }

  return found;
}

/* "Long Name (ABC)" with ABC at the token behind the bracket: where the name begins, or the
 * token itself. */
static guint
match_defined (Finder *self,
               guint   begin,
               guint   token,
               guint   end)
{
  DraRange range = range_of (self, token);
  gsize length = dra_range_length (range);
  gsize left = length;
  guint t = token - 1;

  if (token < begin + 3 || token + 1 >= end || length < 2 || length > MAX_LETTERS ||
      self->text[range_of (self, token - 1).start] != '(' ||
      self->text[range_of (self, token + 1).start] != ')')
    return token;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isupper (self->text[range.start + i]))
      return token;

  /* From the last letter to the first; small words between may be left out. */
  while (t > begin && left > 0 && token - t < 2 * MAX_LETTERS)
    {
      TokenKind kind = look_at (self, --t);
      char letter = self->text[range_of (self, t).start];

      if (!kind.word)
        return token;
      if (g_ascii_toupper (letter) == self->text[range.start + left - 1] &&
          (kind.capital || g_ascii_islower (letter)))
        left--;
      else if (kind.capital)
        return token;
    }

  return left == 0 && look_at (self, t).capital && token - 1 - t >= 2 ? t : token;
}

static void
find_in_sentence (Finder *self,
                  guint   sentence)
{
  const DraSentence *s = &g_array_index (self->tokens->sentences, DraSentence, sentence);
  guint end = s->first + s->n_tokens;

  for (guint t = s->first; t < end;)
    {
      guint stop = match_organization (self, t, end);
      DraLabel label = DRA_LABEL_ORGANIZATION;
      guint seen = stop;

      if (stop == t)
        {
          stop = match_person (self, s->first, t, end, &seen);
          label = DRA_LABEL_PERSON;
        }
      if (stop > t && !goes_on (self, stop, end))
        add (self, sentence, t, stop, label);
      t = seen;
    }
}

/* Long names with their acronyms take precedence: they are found first, in their own list. */
static GArray *
find_defined (Finder *self)
{
  GArray *defined = g_array_new (FALSE, FALSE, sizeof (DraSpan));
  guint last_end = 0;

  for (guint i = 0; i < self->tokens->sentences->len; i++)
    {
      const DraSentence *s = &g_array_index (self->tokens->sentences, DraSentence, i);

      for (guint t = s->first + 1; t + 1 < s->first + s->n_tokens; t++)
        {
          guint first = self->text[range_of (self, t - 1).start] == '('
                          ? match_defined (self, s->first, t, s->first + s->n_tokens)
                          : t;
          DraSpan span = { .sentence = i, .label = DRA_LABEL_ORGANIZATION,
                           .confidence = CONFIDENCE };

          if (first == t || first < last_end)
            continue;
          span.scores[DRA_LABEL_ORGANIZATION] = CONFIDENCE;
          span.first = first;
          span.n_tokens = t - 1 - first;
          g_array_append_val (defined, span);
          span.first = t;
          span.n_tokens = 1;
          g_array_append_val (defined, span);
          last_end = t + 1;
        }
    }

  return defined;
}

static gint
compare_spans (gconstpointer a,
               gconstpointer b)
{
  const DraSpan *x = a, *y = b;

  return x->first < y->first ? -1 : x->first > y->first;
}

/* Appends those of others that touch none of spans; both are sorted. */
static void
merge (GArray *spans,
       GArray *others)
{
  guint n = spans->len, i = 0;

  for (guint j = 0; j < others->len; j++)
    {
      const DraSpan *other = &g_array_index (others, DraSpan, j);

      while (i < n && g_array_index (spans, DraSpan, i).first +
                        g_array_index (spans, DraSpan, i).n_tokens <= other->first)
        i++;
      if (i == n || g_array_index (spans, DraSpan, i).first >= other->first + other->n_tokens)
        g_array_append_vals (spans, other, 1);
    }
  g_array_sort (spans, compare_spans);
}

/**
 * dra_certain_names_find:
 * @model: a model, for its lexicons
 * @text: the text
 * @tokens: its sentences and tokens
 * @spans: (element-type DraSpan): what the tagger found, in text order
 * @language: (nullable): the language of the text, as dra_language_detect() tells it
 *
 * Finds what is surely a name in a text that is not in English.  Takes time linear in the
 * number of tokens but for sorting what is found.
 *
 * Returns: (transfer full) (element-type DraSpan): in text order
 */
GArray *
dra_certain_names_find (DraModel   *model,
                        const char *text,
                        DraTokens  *tokens,
                        GArray     *spans,
                        const char *language)
{
  Finder self = { .model = model, .text = text, .tokens = tokens };
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (DraSpan));
  GArray *result;

  g_return_val_if_fail (model != NULL && text != NULL && tokens != NULL && spans != NULL, NULL);

  self.found = g_array_new (FALSE, FALSE, sizeof (DraSpan));
  self.nouns = g_strcmp0 (language, "de") == 0 || g_strcmp0 (language, "lb") == 0;
  for (gsize i = 0; i < G_N_ELEMENTS (articles); i++)
    if (g_strcmp0 (articles[i].language, language) == 0)
      self.articles = articles[i].words;
  self.tagged = g_new0 (const DraSpan *, MAX (tokens->tokens->len, 1));
  for (guint i = 0; i < spans->len; i++)
    {
      const DraSpan *span = &g_array_index (spans, DraSpan, i);

      for (guint t = span->first; t < span->first + span->n_tokens; t++)
        self.tagged[t] = span;
    }
  collect_lower (&self);
  for (guint i = 0; i < tokens->sentences->len; i++)
    find_in_sentence (&self, i);
  for (guint i = 0; i < spans->len; i++)
    {
      DraSpan span = g_array_index (spans, DraSpan, i);

      if (span.label == DRA_LABEL_PLACE && span.confidence >= SURE_PLACE)
        g_array_append_val (places, span);
    }

  result = find_defined (&self);
  merge (result, self.found);
  merge (result, places);
  g_array_unref (self.found);
  g_hash_table_unref (self.lower);
  g_free (self.tagged);

  return result;
}
