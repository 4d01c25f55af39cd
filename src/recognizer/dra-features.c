/* dra-features.c: the feature extractor.
 *
 * The features are those found useful in the literature on named entities with linear
 * models (Ratinov and Roth 2009; Turian et al. 2010): words, shapes and affixes in a
 * window, name lists, word clusters, the run of capitalised words a token stands in, and
 * what the rest of the document tells of the word.  Each is a template number and one or
 * two values, hashed to 32 bits.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/dra-features.h"

#include <string.h>

#include "recognizer/dra-model-private.h"

/* Above DraWordFlags: what the word itself shows. */
#define BIT_UNKNOWN DRA_WORD_KNOWN /* same place, turned round: rarer, so more telling */
#define BIT_CAPITAL (1 << 7)
#define NAME_BITS                                                                             \
  (DRA_WORD_FIRST_NAME | DRA_WORD_SURNAME | DRA_WORD_DEMONYM | DRA_WORD_TITLE |               \
   DRA_WORD_ORGANIZATION | BIT_CAPITAL)

typedef enum
{
  ROLE_NONE,
  ROLE_OF,    /* of, for, de: may be followed by an article inside a name */
  ROLE_LINK,  /* other words inside names: &, van, and ... */
  ROLE_THE,
  ROLE_PLACE, /* in, from, near */
  ROLE_SAID,
  ROLE_OPEN,  /* ( */
  ROLE_CLOSE, /* ) */
  ROLE_QUOTE,
} Role;

/* What the document says of a word in lower case. */
enum
{
  DOC_LOWER = 1 << 0,       /* seen in lower case */
  DOC_INSIDE = 1 << 1,      /* seen capitalised inside a sentence */
  DOC_SURNAME = 1 << 2,     /* last word of a longer run that begins with a first name */
  DOC_FIRST_NAME = 1 << 3,  /* a first name that begins a longer run */
  DOC_ORGANIZATION = 1 << 4, /* in a run with an organization word */
  DOC_BEFORE = 1 << 5,      /* in a longer run, not last */
  DOC_LAST = 1 << 6,        /* last of a longer run */
  DOC_TITLED = 1 << 7,      /* in a run after a title */
  DOC_ACRONYM = 1 << 8,     /* (ABC) */
  DOC_PLACE = 1 << 9,       /* after in, from, near */
  DOC_SAID = 1 << 10,       /* before said and the like */
  DOC_THE = 1 << 11,        /* after the */
  DOC_N_BITS = 12,
};

/* A map of 64-bit hashes to consecutive numbers; open addressing, never more than half
 * full. */
typedef struct
{
  guint64 *keys;
  guint32 *values; /* number + 1; 0 is a free slot */
  guint32  size;   /* a power of two */
  guint32  n;
} Numbers;

struct _DraFeatures
{
  DraModel *lexicon;

  Numbers   word_numbers;
  Numbers   lower_numbers;
  GArray   *words;     /* of DraFeatureWord; 0 is the padding around a sentence */
  GArray   *documents; /* of guint16: DOC_ bits by known_as */
  GArray   *ids;       /* of guint32: all tokens of the document */
  GArray   *starts;    /* of guint32: first token of each sentence, and one behind the last */

  /* the sentence begun */
  guint     n;
  const guint32 *sentence; /* n word ids */
  const DraFeatureWord **at; /* n + 2 * window words; at[window] is the first */
  guint    *loose_start;  /* run of capitalised words with the links between them */
  guint    *loose_end;
  guint    *strict_start; /* run of nothing but capitalised words */
  guint    *strict_end;
  guint8   *listed;       /* phrase lists: begin and inside bits */
  guint8   *quoted;
  guint     capacity;
  guint     first_letter; /* first token that is a word */
  gboolean  title_case;
};

static inline guint32
hash (guint   template,
      guint64 a,
      guint64 b)
{
  guint64 h = (a + template * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15)) *
              G_GUINT64_CONSTANT (0xff51afd7ed558ccd);

  h ^= h >> 32;
  h = (h + b) * G_GUINT64_CONSTANT (0xc4ceb9fe1a85ec53);
  h ^= h >> 29;
  h *= G_GUINT64_CONSTANT (0x9E3779B185EBCA87);
  return h >> 32;
}

static guint32
numbers_intern (Numbers *self,
                guint64  key,
                gboolean *is_new)
{
  guint32 slot;

  if (2 * (self->n + 1) > self->size)
    {
      Numbers old = *self;

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

/* The plain form of a quote or apostrophe, in features only. */
static inline gunichar
plain_character (gunichar c)
{
  if (c < 0x80)
    return c;
  switch (c)
    {
    case 0x2018: case 0x2019: case 0x201B: case 0x2032:
      return '\'';
    case 0x201C: case 0x201D: case 0x201E: case 0xAB: case 0xBB:
      return '"';
    case 0x2010: case 0x2011:
      return '-';
    default:
      return c;
    }
}

/* Writes word with plain quotes, and in lower case when asked to, into folded, which has
 * room for DRA_FEATURES_MAX_WORD bytes; what does not fit is left out.  Returns the bytes
 * written. */
gsize
dra_features_fold (const char *word,
                   gsize       length,
                   gboolean    lower,
                   char       *folded)
{
  const char *p = word, *end = word + length;
  gsize n = 0;

  /* the quotes of the Penn Treebank */
  if (length == 2 && (memcmp (word, "``", 2) == 0 || memcmp (word, "''", 2) == 0))
    {
      folded[0] = '"';
      return 1;
    }
  while (p < end && n + 6 < DRA_FEATURES_MAX_WORD)
    {
      if ((guchar) *p < 0x80)
        {
          folded[n++] = lower ? g_ascii_tolower (*p) : *p;
          p++;
        }
      else
        {
          gunichar c = g_utf8_get_char_validated (p, end - p);

          if (c == (gunichar) -1 || c == (gunichar) -2)
            {
              p++;
              continue;
            }
          p = g_utf8_next_char (p);
          if (c == 0xAD) /* a soft hyphen is no part of the word */
            continue;
          c = plain_character (c);
          n += g_unichar_to_utf8 (lower ? g_unichar_tolower (c) : c, folded + n);
        }
    }
  return n;
}

typedef struct
{
  guint letters, uppers, lowers, digits, characters;
  gboolean first_upper, later_upper, after_hyphen, dotted;
} Counts;

/* Shape (Xxx, XX, dd-d; a run of one kind is at most two long) and what it is made of. */
static gsize
describe (const char *word,
          gsize       length,
          char       *shape,
          Counts     *counts)
{
  const char *p = word;
  gunichar before = 0;
  char last = 0;
  guint run = 0;
  gsize n = 0;

  memset (counts, 0, sizeof *counts);
  for (; p < word + length; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      char kind;

      if (g_unichar_isupper (c) || g_unichar_istitle (c))
        {
          kind = 'X';
          counts->uppers++;
          if (counts->characters == 0)
            counts->first_upper = TRUE;
          else if (!counts->later_upper)
            {
              counts->later_upper = TRUE;
              counts->after_hyphen = before == '-';
            }
        }
      else if (g_unichar_islower (c))
        {
          kind = 'x';
          counts->lowers++;
        }
      else if (g_unichar_isdigit (c))
        {
          kind = 'd';
          counts->digits++;
        }
      else if (g_unichar_isalpha (c))
        {
          kind = 'u';
          counts->letters++;
        }
      else
        {
          kind = c < 0x80 ? (char) c : '?';
          counts->dotted |= c == '.';
        }
      counts->characters++;
      before = c;
      run = kind == last ? run + 1 : 1;
      last = kind;
      if (run <= 2 && n < 32)
        shape[n++] = kind;
    }
  counts->letters += counts->uppers + counts->lowers;
  return n;
}

static char
case_class (const Counts *c)
{
  if (c->letters == 0)
    return c->digits > 0 ? '9' : '.';
  if (c->uppers > 0 && c->uppers == c->letters)
    {
      if (c->characters == 1)
        return 'S';
      if (c->characters == 2 && c->dotted)
        return 'I';
      return c->dotted ? 'D' : 'A';
    }
  if (c->first_upper)
    return !c->later_upper ? 'C' : c->after_hyphen ? 'H' : 'M';
  if (c->uppers > 0)
    return 'm';
  if (c->lowers == 0)
    return 'u'; /* a script without case */
  return c->digits > 0 ? 'e' : 'a';
}

static guint8
role_of (const char *lower,
         gsize       length)
{
  static const struct
  {
    const char *words;
    Role role;
  } rows[] = {
    { " of for de ", ROLE_OF },
    { " & van von bin del - al- la and ", ROLE_LINK },
    { " the ", ROLE_THE },
    { " in from near ", ROLE_PLACE },
    { " said says told added ", ROLE_SAID },
    { " ( ", ROLE_OPEN },
    { " ) ", ROLE_CLOSE },
    { " \" ", ROLE_QUOTE },
  };
  char needle[8];

  if (length == 0 || length > sizeof needle - 3)
    return ROLE_NONE;
  needle[0] = ' ';
  memcpy (needle + 1, lower, length);
  needle[length + 1] = ' ';
  needle[length + 2] = '\0';
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (strstr (rows[i].words, needle) != NULL)
      return rows[i].role;
  return ROLE_NONE;
}

/* The lexicon's word, or without its dots, or what stands behind its last hyphen. */
static const guint16 *
find_word (DraModel   *lexicon,
           const char *lower,
           gsize       length,
           guint64     lower_hash)
{
  const guint16 *values = dra_model_find_word (lexicon, lower_hash);
  char undotted[DRA_FEATURES_MAX_WORD];
  const char *hyphen;
  gsize n = 0;

  if (values != NULL)
    return values;
  if (memchr (lower, '.', length) != NULL)
    {
      for (gsize i = 0; i < length; i++)
        if (lower[i] != '.')
          undotted[n++] = lower[i];
      values = dra_model_find_word (lexicon, dra_model_hash (undotted, n));
      if (values != NULL)
        return values;
    }
  hyphen = memrchr (lower, '-', length);
  if (hyphen != NULL && hyphen + 1 < lower + length)
    values = dra_model_find_word (lexicon,
                                  dra_model_hash (hyphen + 1, lower + length - hyphen - 1));
  return values;
}

static void
describe_affixes (DraFeatureWord *word,
                  const char     *plain,
                  gsize           plain_length,
                  const char     *lower,
                  gsize           lower_length)
{
  const char *p = plain, *q = lower + lower_length;

  for (guint k = 0; k < 4 && p < plain + plain_length; k++)
    {
      p = g_utf8_next_char (p);
      word->prefix[k] = dra_model_hash (plain, p - plain) | 1;
    }
  for (guint k = 0; k < 4 && q > lower; k++)
    {
      q = g_utf8_prev_char (q);
      word->suffix[k] = dra_model_hash (q, lower + lower_length - q) | 1;
    }
}

static void
describe_word (DraFeatures    *self,
               const char     *plain,
               gsize           plain_length,
               DraFeatureWord *word)
{
  char lower[DRA_FEATURES_MAX_WORD], shape[32];
  gsize lower_length = dra_features_fold (plain, plain_length, TRUE, lower);
  const guint16 *values;
  gunichar first, last;
  guint flags = 0;
  gboolean is_new;
  Counts counts;

  word->lower = dra_model_hash (lower, lower_length);
  word->shape = dra_model_hash (shape, describe (plain, plain_length, shape, &counts));
  word->case_class = case_class (&counts);
  describe_affixes (word, plain, plain_length, lower, lower_length);

  values = find_word (self->lexicon, lower, lower_length, word->lower);
  if (values != NULL)
    {
      word->cluster = MIN (GUINT16_FROM_LE (values[0]), 4096);
      flags = GUINT16_FROM_LE (values[1]);
    }
  if (!counts.first_upper)
    flags &= ~(DRA_WORD_FIRST_NAME | DRA_WORD_SURNAME | DRA_WORD_DEMONYM);
  word->bits = (flags ^ DRA_WORD_KNOWN) & 0x7F; /* now the bit says unknown */
  if (counts.first_upper)
    word->bits |= BIT_CAPITAL;
  word->role = role_of (lower, lower_length);

  if (lower_length > 0)
    {
      first = g_utf8_get_char (lower);
      last = g_utf8_get_char (g_utf8_prev_char (lower + lower_length));
      word->letters = (g_unichar_isalpha (first) ? 1 : 0) | (g_unichar_isalnum (first) ? 2 : 0) |
                      (g_unichar_isalnum (last) ? 4 : 0);
    }

  word->known_as = numbers_intern (&self->lower_numbers, word->lower, &is_new);
  if (is_new)
    {
      guint16 nothing = 0;

      g_array_append_val (self->documents, nothing);
    }
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
  word.word = dra_model_hash (plain, length);
  id = numbers_intern (&self->word_numbers, word.word, &is_new);
  if (is_new)
    {
      describe_word (self, plain, length, &word);
      g_array_append_val (self->words, word);
    }
  return id;
}

static inline const DraFeatureWord *
get_word (DraFeatures *self,
          guint32      id)
{
  return &g_array_index (self->words, DraFeatureWord, id);
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
      capitals += (word->bits & BIT_CAPITAL) != 0;
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
      if ((word->bits & BIT_CAPITAL) == 0)
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
      if (before == NULL || (before->bits & BIT_CAPITAL) == 0)
        {
          guint end = i + 1;

          while (end < n && (get_word (self, ids[end])->bits & BIT_CAPITAL) != 0)
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
  self->documents = g_array_new (FALSE, FALSE, sizeof (guint16));
  self->ids = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->starts = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_array_append_val (self->starts, zero);
  /* no token is a lone control character, so the padding is a word of its own: number 0 */
  intern_word (self, "\x01", 1);
  g_array_index (self->words, DraFeatureWord, 0).case_class = 'p';
  g_array_index (self->words, DraFeatureWord, 0).bits = 0;
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

static inline gboolean
is_capital (const DraFeatureWord *word)
{
  return (word->bits & BIT_CAPITAL) != 0;
}

/* at[i] for i from -2 to n + 1. */
static inline const DraFeatureWord *
at (DraFeatures *self,
    int          i)
{
  return self->at[i + DRA_FEATURES_WINDOW];
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

      if (!is_capital (at (self, i)))
        {
          i++;
          continue;
        }
      for (end = next = i + 1; next < n;)
        {
          guint8 role = at (self, next)->role;

          if (is_capital (at (self, next)))
            end = ++next;
          else if ((role == ROLE_OF || role == ROLE_LINK) && is_capital (at (self, next + 1)))
            next++;
          else if (role == ROLE_OF && at (self, next + 1)->role == ROLE_THE && next + 2 < n &&
                   is_capital (at (self, next + 2)))
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

      while (end < n && is_capital (at (self, end)))
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

      if (!is_capital (at (self, i)) && at (self, i)->case_class != '9' &&
          at (self, i)->case_class != 'm')
        continue;
      for (guint k = i; k < n && k < i + DRA_MODEL_MAX_PHRASE; k++)
        {
          guint flags;

          phrase = dra_model_extend_phrase (phrase, at (self, k)->word);
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
  while (self->first_letter < self->n && (at (self, self->first_letter)->letters & 2) == 0)
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

/* Clusters of 64, 256, 1024 and 4096; 0 for a word in none. */
static inline guint
cluster (const DraFeatureWord *word,
         guint                 level)
{
  return word->cluster == 0 ? 0 : 1 + ((word->cluster - 1) >> (2 * (3 - level)));
}

/* dra_features_unary: the features that a word is to a token offset words before (negative)
 * or after it; features has room for DRA_FEATURES_MAX_UNARY.  Returns their number. */
guint
dra_features_unary (const DraFeatureWord *word,
                    int                   offset,
                    guint32              *features)
{
  guint t = 1 + 32 * (offset + DRA_FEATURES_WINDOW), n = 0;

  features[n++] = hash (t++, word->lower, 0);
  features[n++] = hash (t++, cluster (word, 2), 0);
  features[n++] = hash (t++, cluster (word, 0), 0);
  features[n++] = hash (t++, word->bits, 0);
  if (ABS (offset) > 1)
    return n;

  features[n++] = hash (t++, word->shape, 0);
  features[n++] = hash (t++, cluster (word, 1), 0);
  features[n++] = hash (t++, cluster (word, 3), 0);
  if (offset != 0)
    {
      features[n++] = hash (t++, word->suffix[2] != 0 ? word->suffix[2] : word->lower, 0);
      return n;
    }

  features[n++] = hash (t++, 0, 0);
  features[n++] = hash (t++, word->word, 0);
  features[n++] = hash (t++, word->case_class, 0);
  features[n++] = hash (t++, cluster (word, 2), word->case_class);
  for (guint k = 0; k < 4; k++)
    {
      if (word->prefix[k] != 0)
        features[n++] = hash (t + k, word->prefix[k], 0);
      if (word->suffix[k] != 0)
        features[n++] = hash (t + 4 + k, word->suffix[k], 0);
    }
  return n;
}

/* The first template number that unary features do not use. */
#define CONTEXT_TEMPLATES (1 + 32 * DRA_FEATURES_N_OFFSETS)

static guint
run_features (DraFeatures *self,
              int          i,
              guint        t,
              guint32     *features)
{
  int a = self->loose_start[i], b = self->loose_end[i];
  int sa = self->strict_start[i], sb = self->strict_end[i];
  const DraFeatureWord *first = at (self, a), *last = at (self, b - 1);
  const DraFeatureWord *before = at (self, a - 1), *after = at (self, b);
  guint length = MIN (b - a, 5), where = MIN (i - a, 5), left = MIN (b - 1 - i, 5);
  guint position = i == b - 1 ? 2 : i == a ? 1 : 0;
  guint64 whole = 0;
  guint any = 0, n = 0;

  for (int k = a; k < b; k++)
    any |= at (self, k)->bits & (DRA_WORD_FIRST_NAME | DRA_WORD_DEMONYM | DRA_WORD_ORGANIZATION);

  features[n++] = hash (t++, last->lower, position);
  features[n++] = hash (t++, first->lower, position);
  features[n++] = hash (t++, where, left);
  features[n++] = hash (t++, cluster (last, 2), i == b - 1);
  features[n++] = hash (t++, cluster (first, 2), i == a);
  features[n++] = hash (t++, before->lower, 0);
  features[n++] = hash (t++, after->lower, 0);
  features[n++] = hash (t++, cluster (before, 1), length);
  features[n++] = hash (t++, cluster (after, 1), length);
  features[n++] = hash (t++, any * 64 + length * 8 +
                               ((first->bits & DRA_WORD_FIRST_NAME) != 0 ? 4 : 0) +
                               ((last->bits & DRA_WORD_SURNAME) != 0 ? 2 : 0), 0);
  features[n++] = hash (t++, (first->bits & NAME_BITS) * 256 + (last->bits & NAME_BITS),
                        length * 16 + where);
  features[n++] = hash (t++, before->lower, after->lower);

  if (sb > 0)
    {
      for (int k = sa; k < sb && k < sa + 6; k++)
        whole = dra_model_mix (whole + at (self, k)->lower);
      features[n++] = hash (t, whole, MIN (i - sa, 3) * 4 + MIN (sb - 1 - i, 3));
      features[n++] = hash (t + 1, at (self, sb - 1)->lower,
                            MIN (i - sa, 2) * 4 + MIN (sb - 1 - i, 2));
      features[n++] = hash (t + 2, cluster (at (self, sb - 1), 1) * 512 +
                                     cluster (at (self, sa), 1),
                            MIN (i - sa, 2) * 4 + MIN (sb - 1 - i, 2));
    }
  return n;
}

static guint
document_features (DraFeatures *self,
                   int          i,
                   guint        t,
                   guint32     *features)
{
  const DraFeatureWord *word = at (self, i);
  guint bits = g_array_index (self->documents, guint16, word->known_as);
  guint n = 0;

  features[n++] = hash (t++, bits, 0);
  for (guint k = 0; k < DOC_N_BITS; k++)
    if ((bits >> k & 1) != 0)
      features[n++] = hash (t, k, 0);
  t++;
  features[n++] = hash (t++, bits & 0xFD, word->case_class);
  features[n++] = hash (t++, bits & 0x7F, ((guint) i == self->first_letter ? 512 : 0) +
                                            (word->bits & 0x7F));
  if (self->strict_end[i] > 0)
    {
      guint a = self->strict_start[i], b = self->strict_end[i];
      guint last = g_array_index (self->documents, guint16, at (self, b - 1)->known_as);
      guint first = g_array_index (self->documents, guint16, at (self, a)->known_as);

      if (b - a > 1)
        {
          features[n++] = hash (t, last, i - a == 0);
          features[n++] = hash (t + 1, first, b - 1 - i == 0);
        }
    }
  return n;
}

/* dra_features_context: the features of a token of the sentence that are not unary;
 * features has room for DRA_FEATURES_MAX_CONTEXT.  Returns their number. */
guint
dra_features_context (DraFeatures *self,
                      guint        position,
                      guint32     *features)
{
  int i = position;
  const DraFeatureWord *b2 = at (self, i - 2), *b1 = at (self, i - 1), *w = at (self, i);
  const DraFeatureWord *a1 = at (self, i + 1), *a2 = at (self, i + 2);
  guint t = CONTEXT_TEMPLATES, n = 0;
  gboolean begins = position == self->first_letter;
  guint64 cases = (guint64) b1->case_class << 16 | (guint64) w->case_class << 8 | a1->case_class;
  guint64 outer = (guint64) b2->case_class << 8 | a2->case_class;
  guint listed = self->listed[i];

  features[n++] = hash (t++, b1->lower, w->lower);
  features[n++] = hash (t++, w->lower, a1->lower);
  features[n++] = hash (t++, b1->lower, a1->lower);
  features[n++] = hash (t++, b2->lower, b1->lower);
  features[n++] = hash (t++, a1->lower, a2->lower);

  features[n++] = hash (t++, cases, outer);
  features[n++] = hash (t++, cases, 0);
  features[n++] = hash (t++, cases, begins ? 1 : self->title_case ? 2 : 3);
  features[n++] = hash (t++, w->lower, cases);
  features[n++] = hash (t++, begins * 2 + self->title_case, 0);
  features[n++] = hash (t++, begins * 2 + self->title_case, w->case_class);
  features[n++] = hash (t++, MIN (self->n, 9) * 2 + self->quoted[i], w->case_class);

  features[n++] = hash (t++, cluster (b1, 1), cluster (w, 1));
  features[n++] = hash (t++, cluster (a1, 1), cluster (w, 1));
  features[n++] = hash (t++, cluster (b1, 1), cluster (a1, 1));
  features[n++] = hash (t++, cluster (b1, 2), w->case_class);
  features[n++] = hash (t++, cluster (a1, 2), w->case_class);
  features[n++] = hash (t++, cluster (b1, 0) * 128 + cluster (a1, 0), w->case_class);

  features[n++] = hash (t++, b1->bits & ~0x60, w->bits & ~0x60);
  features[n++] = hash (t++, a1->bits & ~0x60, w->bits & ~0x60);
  features[n++] = hash (t++, (b1->bits & ~0x60) * 256 + (a1->bits & ~0x60), w->bits & ~0x60);

  if (listed != 0)
    {
      features[n++] = hash (t, listed, 0);
      features[n++] = hash (t + 1, listed, w->bits);
      features[n++] = hash (t + 2, listed, w->lower);
    }
  features[n++] = hash (t + 3, listed, i > 0 ? self->listed[i - 1] : 0);
  features[n++] = hash (t + 4, listed, position + 1 < self->n ? self->listed[i + 1] : 0);
  t += 5;

  if (self->loose_end[i] > 0)
    n += run_features (self, i, t, features + n);
  t += 16;
  if (is_capital (w))
    n += document_features (self, i, t, features + n);

  g_assert (n <= DRA_FEATURES_MAX_CONTEXT);
  return n;
}
