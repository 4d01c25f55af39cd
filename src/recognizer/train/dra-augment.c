/* dra-augment.c: mention replacement (Dai and Adel 2020), document by document.
 *
 * A name is replaced by another of its kind, taken from the marked documents themselves or
 * from the lists, and by the same one wherever it stands in the document; the short form of
 * a person follows the long one.  So the tagger learns to go by what stands around a name.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/train/dra-augment.h"

#include <string.h>

#include "recognizer/dra-model-private.h"
#include "recognizer/dra-tokenizer.h"
#include "recognizer/train/dra-corpus.h"

typedef enum
{
  POOL_PERSON,  /* of several words */
  POOL_FIRST_NAME,
  POOL_SURNAME,
  POOL_ORGANIZATION, /* of several words, in the documents */
  POOL_LISTED,       /* of several words, in the lists */
  POOL_WORD,         /* organizations of one word */
  POOL_ACRONYM,
  POOL_PLACE,
  N_POOLS,
} Pool;

typedef struct
{
  GPtrArray  *pools[N_POOLS]; /* of char * */
  GHashTable *replacements;   /* of the document: name to name */
  guint64     state;
  double      cased; /* share of the sentences that are put in other case */
} Augmenter;

static guint
random_below (Augmenter *self,
              guint      n)
{
  self->state += G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);
  return dra_model_mix (self->state) % n;
}

/* A name of a pool, or fallback when there is none. */
static const char *
pick (Augmenter  *self,
      Pool        pool,
      const char *fallback)
{
  GPtrArray *names = self->pools[pool];

  return names->len > 0 ? g_ptr_array_index (names, random_below (self, names->len)) : fallback;
}

static gboolean
is_acronym (const char *name)
{
  gsize n = 0;

  for (; g_ascii_isupper (name[n]); n++)
    ;
  return name[n] == '\0' && n >= 2 && n <= 6;
}

/* The tag of a token when it can have but one (O when it may be OTHER too), else -1. */
static int
known_tag (guint16 allowed)
{
  if ((allowed & 1) != 0)
    return (allowed & 0x7E) != 0 ? -1 : 0;
  return (allowed & (allowed - 1)) != 0 ? -1 : g_bit_nth_lsf (allowed, -1);
}

static guint
span_end (DraCorpusDocument *document,
          guint              i,
          guint              end)
{
  int tag = known_tag (g_array_index (document->allowed, guint16, i));
  guint stop = i + 1;

  while (stop < end && known_tag (g_array_index (document->allowed, guint16, stop)) == tag + 1)
    stop++;
  return stop;
}

/* The tokens of a span between single spaces. */
static char *
span_text (DraCorpusDocument *document,
           guint              first,
           guint              end)
{
  GString *name = g_string_new (NULL);

  for (guint i = first; i < end; i++)
    {
      DraRange range = g_array_index (document->tokens, DraToken, i).range;

      if (i > first)
        g_string_append_c (name, ' ');
      g_string_append_len (name, document->text + range.start, dra_range_length (range));
    }
  return g_string_free (name, FALSE);
}

static void
collect_names (Augmenter         *self,
               DraCorpusDocument *document)
{
  for (guint i = 0, end; i < document->tokens->len; i = end)
    {
      int tag = known_tag (g_array_index (document->allowed, guint16, i));
      g_autofree char *name = NULL;
      gboolean several;
      Pool pool;

      end = i + 1;
      if (tag != 1 && tag != 3 && tag != 5)
        continue;
      end = span_end (document, i, document->tokens->len);
      name = span_text (document, i, end);
      several = end - i > 1;
      if (end - i > DRA_MODEL_MAX_PHRASE || !g_unichar_isupper (g_utf8_get_char (name)))
        continue;
      if (tag == 1 && !several)
        continue;
      pool = tag == 1   ? POOL_PERSON
             : tag == 5 ? POOL_PLACE
             : several  ? POOL_ORGANIZATION
                        : is_acronym (name) ? POOL_ACRONYM : POOL_WORD;
      g_ptr_array_add (self->pools[pool], g_steal_pointer (&name));
    }
}

static gboolean
read_pool (Augmenter  *self,
           const char *data,
           const char *name,
           Pool        pool,
           GError    **error)
{
  g_autofree char *path = g_build_filename (data, name, NULL);
  g_autofree char *content = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &content, NULL, error))
    return FALSE;
  lines = g_strsplit (content, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      gboolean several = strchr (lines[i], ' ') != NULL;

      if (strlen (lines[i]) > 2 && strlen (lines[i]) < 60 && several == (pool == POOL_LISTED) &&
          strpbrk (lines[i], "[]()/;,") == NULL &&
          g_unichar_isupper (g_utf8_get_char (lines[i])))
        g_ptr_array_add (self->pools[pool], g_strdup (lines[i]));
    }
  return TRUE;
}

static gboolean
read_pools (Augmenter  *self,
            const char *data,
            GError    **error)
{
  static const struct
  {
    const char *name;
    Pool pool;
  } files[] = {
    { "lexicon/firstnames.txt", POOL_FIRST_NAME },
    { "lexicon/surnames.txt", POOL_SURNAME },
    { "lists/companies-ror.txt", POOL_LISTED },
    { "lists/government-agencies-ror.txt", POOL_LISTED },
    { "lists/ngos-ror.txt", POOL_LISTED },
    { "lists/operators-nsi.txt", POOL_LISTED },
    { "lists/political-parties.txt", POOL_LISTED },
    { "lists/football-clubs.txt", POOL_LISTED },
    { "lists/universities.txt", POOL_LISTED },
    { "lists/brands-companies-nsi.txt", POOL_WORD },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    if (!read_pool (self, data, files[i].name, files[i].pool, error))
      return FALSE;
  return TRUE;
}

/* A person of one word: the same word of the long name it belongs to, if there was one. */
static char *
short_person (Augmenter  *self,
              const char *name)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, self->replacements);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const char *long_name = (const char *) key + 1, *other = value;
      gsize n = strlen (name), m = strlen (long_name);

      if (*(const char *) key != 'P' || m <= n || strchr (other, ' ') == NULL)
        continue;
      if (long_name[m - n - 1] == ' ' && strcmp (long_name + m - n, name) == 0)
        return g_strdup (strrchr (other, ' ') + 1);
      if (long_name[n] == ' ' && strncmp (long_name, name, n) == 0)
        return g_strndup (other, strchr (other, ' ') - other);
    }
  return g_strdup (pick (self, random_below (self, 4) > 0 ? POOL_SURNAME : POOL_FIRST_NAME, name));
}

static char *
other_name (Augmenter  *self,
            const char *name,
            int         tag)
{
  gboolean several = strchr (name, ' ') != NULL;
  gboolean keep = random_below (self, 100) >= (tag == 5 ? 25 : 80);

  if (tag == 1 && !several)
    return short_person (self, name);
  if (keep)
    return g_strdup (name);
  if (tag == 1)
    return random_below (self, 2) > 0
             ? g_strdup (pick (self, POOL_PERSON, name))
             : g_strconcat (pick (self, POOL_FIRST_NAME, "A."), " ",
                            pick (self, POOL_SURNAME, name), NULL);
  if (tag == 5)
    return g_strdup (pick (self, POOL_PLACE, name));
  if (several)
    return g_strdup (pick (self, random_below (self, 2) > 0 ? POOL_ORGANIZATION : POOL_LISTED,
                           name));
  return g_strdup (pick (self, is_acronym (name) ? POOL_ACRONYM : POOL_WORD, name));
}

static const char *
replace (Augmenter  *self,
         const char *name,
         int         tag)
{
  g_autofree char *key = g_strdup_printf ("%c%s", "PPOOLL"[tag - 1], name);
  char *other = g_hash_table_lookup (self->replacements, key);

  if (other == NULL)
    {
      other = other_name (self, name, tag);
      g_hash_table_insert (self->replacements, g_steal_pointer (&key), other);
    }
  return other;
}

static void
append_token (DraCorpusDocument *copy,
              GString           *text,
              const char        *token,
              gsize              length,
              guint16            allowed)
{
  DraToken range = { { text->len, text->len + length } };

  g_string_append_len (text, token, length);
  g_string_append_c (text, ' ');
  g_array_append_val (copy->tokens, range);
  g_array_append_val (copy->allowed, allowed);
}

static void
append_name (DraCorpusDocument *copy,
             GString           *text,
             const char        *name,
             int                tag)
{
  g_autoptr (DraTokens) tokens = dra_tokens_new_for_text (name, strlen (name));

  for (guint i = 0; i < tokens->tokens->len; i++)
    {
      DraRange range = g_array_index (tokens->tokens, DraToken, i).range;

      append_token (copy, text, name + range.start, dra_range_length (range),
                    1 << (i == 0 ? tag : tag + 1));
    }
}

typedef enum
{
  CASE_AS_IS,
  CASE_UPPER,
  CASE_TITLE,
  CASE_LOWER,
} Case;

/* Puts text in other case, bytes and all but kept where they are: a letter whose other case
 * is longer or shorter stays. */
static void
change_case (char *text,
             gsize start,
             gsize end,
             Case  to)
{
  gboolean first = TRUE;

  for (char *p = text + start; p < text + end;)
    {
      gunichar c = g_utf8_get_char (p);
      gboolean upper = to == CASE_UPPER || (to == CASE_TITLE && first);
      gunichar other = to == CASE_TITLE && !first ? c
                       : upper                    ? g_unichar_toupper (c)
                                                  : g_unichar_tolower (c);
      char *next = g_utf8_next_char (p);

      if (g_unichar_to_utf8 (other, NULL) == next - p)
        g_unichar_to_utf8 (other, p);
      first = FALSE;
      p = next;
    }
}

/* As headlines, lead-ins and hasty messages have it; small words of a title stay small. */
static void
change_sentence (Augmenter         *self,
                 DraCorpusDocument *copy,
                 GString           *text,
                 guint              first)
{
  Case to = CASE_UPPER + random_below (self, 3);

  for (guint i = first; i < copy->tokens->len; i++)
    {
      DraRange range = g_array_index (copy->tokens, DraToken, i).range;

      if (to != CASE_TITLE || dra_range_length (range) > 3 || i == first)
        change_case (text->str, range.start, range.end, to);
    }
}

static DraCorpusDocument *
copy_document (Augmenter         *self,
               DraCorpusDocument *document)
{
  DraCorpusDocument *copy = g_new0 (DraCorpusDocument, 1);
  GString *text = g_string_new (NULL);
  guint zero = 0;

  copy->tokens = g_array_new (FALSE, FALSE, sizeof (DraToken));
  copy->starts = g_array_new (FALSE, FALSE, sizeof (guint));
  copy->allowed = g_array_new (FALSE, FALSE, sizeof (guint16));
  g_array_append_val (copy->starts, zero);
  g_hash_table_remove_all (self->replacements);

  for (guint s = 0; s + 1 < document->starts->len; s++)
    {
      guint end = g_array_index (document->starts, guint, s + 1), stop;

      for (guint i = g_array_index (document->starts, guint, s); i < end; i = stop)
        {
          guint16 allowed = g_array_index (document->allowed, guint16, i);
          int tag = known_tag (allowed);

          stop = i + 1;
          if (tag == 1 || tag == 3 || tag == 5)
            {
              g_autofree char *name = NULL;

              stop = span_end (document, i, end);
              name = span_text (document, i, stop);
              append_name (copy, text, replace (self, name, tag), tag);
            }
          else
            {
              DraRange range = g_array_index (document->tokens, DraToken, i).range;

              append_token (copy, text, document->text + range.start, dra_range_length (range),
                            allowed);
            }
        }
      if (random_below (self, 1000) < 1000 * self->cased)
        change_sentence (self, copy, text,
                         g_array_index (copy->starts, guint, copy->starts->len - 1));
      g_array_append_val (copy->starts, copy->tokens->len);
    }
  copy->text = g_string_free (text, FALSE);
  return copy;
}

/* dra_augment: appends a copy of each document that is of no source of its own and not held
 * out; a copy weighs weight times what the document does. */
gboolean
dra_augment (GPtrArray  *documents,
             const char *data,
             float       weight,
             double      cased,
             guint64     seed,
             GError    **error)
{
  Augmenter self = { .state = seed, .cased = cased };
  guint n = documents->len;
  gboolean ok;

  for (guint i = 0; i < N_POOLS; i++)
    self.pools[i] = g_ptr_array_new_with_free_func (g_free);
  self.replacements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  ok = read_pools (&self, data, error);
  for (guint i = 0; ok && i < n; i++)
    {
      DraCorpusDocument *document = g_ptr_array_index (documents, i);

      if (document->source == 0 && !document->held_out)
        collect_names (&self, document);
    }
  for (guint i = 0; ok && i < n; i++)
    {
      DraCorpusDocument *document = g_ptr_array_index (documents, i), *copy;

      if (document->source != 0 || document->held_out)
        continue;
      copy = copy_document (&self, document);
      copy->weight = document->weight * weight;
      g_ptr_array_add (documents, copy);
    }

  for (guint i = 0; i < N_POOLS; i++)
    g_ptr_array_unref (self.pools[i]);
  g_hash_table_unref (self.replacements);
  return ok;
}
