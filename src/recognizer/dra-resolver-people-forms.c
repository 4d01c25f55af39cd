/* dra-resolver-people-forms.c: the ways in which people are named, and what each is found by.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/dra-resolver-people-private.h"

#include <string.h>

#define MIN_MISSPELT   6  /* letters of a family name that may be misspelt */
#define MAX_MISSPELT   24
#define MAX_CANDIDATES 64 /* people of one surname compared: a family saga stays linear */

static void
form_free (gpointer data)
{
  DraPersonForm *form = data;

  g_array_unref (form->mentions);
  g_free (form);
}

const char *
dra_people_folded (DraPeople *people,
                   guint32    word)
{
  return g_array_index (people->resolution->words, DraWordInfo, word).folded;
}

/* --- parsing --- */

static gboolean
looks_initial (DraResolution *self,
               guint          token,
               guint          n_tokens)
{
  const char *word = dra_resolution_word (self, token)->folded;
  gsize length = strlen (word);

  /* "J" and "J.K." in a name that is not all capitals anyway. */
  return length == 1 ||
         (length <= 3 && n_tokens > 1 && (self->shapes[token] & DRA_SHAPE_ALL_CAPS) &&
          memchr (self->text + self->tokens[token].range.start, '.',
                  dra_range_length (self->tokens[token].range)) != NULL);
}

static gboolean
is_quote_mark (DraResolution *self,
               guint          token)
{
  gunichar c = g_utf8_get_char (self->text + self->tokens[token].range.start);

  return c == '"' || c == '(' || c == ')' || c == 0x201C || c == 0x201D || c == 0x2018 || c == 0x2019;
}

static void
parse_form (DraResolution        *self,
            const DraWorkMention *mention,
            DraPersonForm        *form)
{
  gboolean quoted = FALSE;

  memset (form, 0, sizeof *form);
  form->suffix = -1;
  form->entity = -1;
  form->first = mention->first;

  for (guint t = mention->first; t < mention->first + mention->n_tokens; t++)
    {
      DraWordInfo *word = dra_resolution_word (self, t);

      if (!(self->shapes[t] & DRA_SHAPE_WORD))
        {
          if (is_quote_mark (self, t))
            quoted = !quoted;
          continue;
        }
      if (quoted && t + 1 < mention->first + mention->n_tokens)
        continue; /* William "Bill" Clinton */
      if (form->n_parts > 0 && (word->classes & DRA_WORD_CLASS_SUFFIX))
        {
          form->suffix = (gint) self->ids[t];
          continue;
        }
      if (form->n_parts < MAX_PARTS)
        {
          form->initial[form->n_parts] = looks_initial (self, t, mention->n_tokens);
          form->parts[form->n_parts++] = self->ids[t];
        }
    }
  if (form->n_parts == 0)
    form->parts[form->n_parts++] = self->ids[mention->first];
  if (mention->surname >= 0 && form->n_parts == 1)
    form->parts[form->n_parts++] = (guint32) mention->surname;
}

char *
dra_people_dup_part_key (DraPeople           *people,
                         const DraPersonForm *form,
                         guint                first,
                         guint                n)
{
  GString *key = g_string_new (NULL);

  for (guint i = first; i < first + n; i++)
    {
      if (i > first)
        g_string_append_c (key, ' ');
      g_string_append (key, dra_people_folded (people, form->parts[i]));
    }

  return g_string_free (key, FALSE);
}

/* Which family names the article gives both "Mr" and "Mrs": those are two people. */
static void
collect_couples (DraPeople *people,
                 GArray    *order)
{
  DraResolution *self = people->resolution;

  for (guint i = 0; i < order->len; i++)
    {
      DraWorkMention *m = dra_resolution_mention (self, g_array_index (order, guint, i));
      int gender;

      if (m->label != DRA_LABEL_PERSON || m->n_tokens > 1)
        continue;
      gender = dra_resolver_honorific_gender (self, m);
      if (gender != 0)
        g_hash_table_add (gender > 0 ? people->men : people->women, GUINT_TO_POINTER (self->ids[m->first] + 1));
    }
}

/* Equal names are one form; but "Mr Vane" and "Mrs Vane" are two where there are both. */
static char *
form_key (DraPeople            *people,
          const DraWorkMention *mention,
          const DraPersonForm  *form)
{
  g_autofree char *parts = dra_people_dup_part_key (people, form, 0, form->n_parts);
  gpointer word = GUINT_TO_POINTER (form->parts[0] + 1);
  int gender = 0;

  if (form->n_parts == 1 && g_hash_table_contains (people->men, word) &&
      g_hash_table_contains (people->women, word))
    gender = dra_resolver_honorific_gender (people->resolution, mention);

  return g_strconcat (parts, form->suffix >= 0 ? "|" : "",
                      form->suffix >= 0 ? dra_people_folded (people, (guint32) form->suffix) : "",
                      gender > 0 ? "|mr" : gender < 0 ? "|ms" : "", NULL);
}

static void
collect_forms (DraPeople *people)
{
  DraResolution *self = people->resolution;
  g_autoptr (GArray) order = dra_resolution_dup_order (self);

  collect_couples (people, order);
  for (guint i = 0; i < order->len && !dra_resolution_is_stopped (self, i); i++)
    {
      guint index = g_array_index (order, guint, i);
      DraWorkMention *m = dra_resolution_mention (self, index);
      g_autofree char *key = NULL;
      DraPersonForm parsed, *form;

      if (m->label != DRA_LABEL_PERSON)
        continue;
      parse_form (self, m, &parsed);
      key = form_key (people, m, &parsed);
      form = g_hash_table_lookup (people->forms, key);
      if (form == NULL)
        {
          form = g_memdup2 (&parsed, sizeof parsed);
          form->mentions = g_array_new (FALSE, FALSE, sizeof (guint));
          g_hash_table_insert (people->forms, g_steal_pointer (&key), form);
          g_ptr_array_add (people->ordered, form);
        }
      form->gender += dra_resolver_gender (self, m);
      g_array_append_val (form->mentions, index);
    }
}

/* --- looking up --- */

static void
add_candidate (GHashTable    *table,
               gpointer       key,
               DraPersonForm *form)
{
  GArray *list = g_hash_table_lookup (table, key);

  if (list == NULL)
    {
      list = g_array_new (FALSE, FALSE, sizeof (DraPersonForm *));
      g_hash_table_insert (table, key, list);
    }
  if (list->len < MAX_CANDIDATES)
    g_array_append_val (list, form);
}

/* Takes the key. */
static void
add_part (GHashTable    *table,
          char          *key,
          DraPersonForm *form)
{
  gboolean known = g_hash_table_contains (table, key);

  add_candidate (table, key, form);
  if (known)
    g_free (key);
}

/* "al-Assad" is also looked for as "Assad". */
gint
dra_people_without_article (DraPeople *people,
                            guint32    word)
{
  const char *text = dra_people_folded (people, word);

  if (g_str_has_prefix (text, "al-") || g_str_has_prefix (text, "el-") || g_str_has_prefix (text, "ul-"))
    {
      gpointer id = g_hash_table_lookup (people->resolution->word_ids, text + 3);

      return id != NULL ? (gint) GPOINTER_TO_UINT (id) - 1 : -1;
    }

  return -1;
}

/* "Kim Jong-un" and "Kim Jong Un"; "Orban Viktor" and "Viktor Orban". */
char *
dra_people_dup_squash_key (DraPeople           *people,
                           const DraPersonForm *form,
                           gboolean             reversed)
{
  GString *key = g_string_new (NULL);

  for (guint i = 0; i < form->n_parts; i++)
    for (const char *p = dra_people_folded (people, form->parts[reversed ? form->n_parts - 1 - i : i]); *p != '\0'; p++)
      if (*p != '-' && *p != '\'')
        g_string_append_c (key, *p);

  return g_string_free (key, FALSE);
}

/* The word without its letter at `skip`, or whole. */
static char *
dup_without (const char *word,
             gsize       skip)
{
  gsize length = strlen (word);
  char *key = g_malloc (length + 1);

  memcpy (key, word, skip);
  memcpy (key + skip, word + MIN (skip + 1, length), length + 1 - MIN (skip + 1, length));

  return key;
}

static gboolean
may_be_misspelt (const char *word)
{
  gsize length = strlen (word);

  return length >= MIN_MISSPELT && length <= MAX_MISSPELT;
}

/* Family names by every way to leave one letter out, and whole: two words that share one of
 * these are a letter apart, or have two neighbours swapped. */
static void
index_near (DraPeople     *people,
            DraPersonForm *form)
{
  const char *word = dra_people_folded (people, form->parts[form->n_parts - 1]);

  for (gsize i = 0; may_be_misspelt (word) && i <= strlen (word); i++)
    add_part (people->by_near, dup_without (word, i), form);
}

/* Appends the forms (DraPersonForm) whose family names may be the word misspelt, some of
 * them more than once. */
void
dra_people_find_near (DraPeople  *people,
                      const char *word,
                      GPtrArray  *found)
{
  for (gsize i = 0; may_be_misspelt (word) && i <= strlen (word); i++)
    {
      g_autofree char *key = dup_without (word, i);
      GArray *list = g_hash_table_lookup (people->by_near, key);

      for (guint k = 0; list != NULL && k < list->len; k++)
        g_ptr_array_add (found, g_array_index (list, DraPersonForm *, k));
    }
}

void
dra_people_index (DraPeople     *people,
                  DraPersonForm *form)
{
  guint n = form->n_parts;
  gint bare = dra_people_without_article (people, form->parts[n - 1]);

  add_candidate (people->by_last, GUINT_TO_POINTER (form->parts[n - 1] + 1), form);
  if (bare >= 0)
    add_candidate (people->by_last, GUINT_TO_POINTER ((guint) bare + 1), form);
  add_candidate (people->by_first, GUINT_TO_POINTER (form->parts[0] + 1), form);
  for (guint i = 1; i + 1 < n; i++)
    if (!form->initial[i])
      add_candidate (people->by_inner, GUINT_TO_POINTER (form->parts[i] + 1), form);

  add_part (people->by_squash, dra_people_dup_squash_key (people, form, FALSE), form);
  if (n == 2)
    add_part (people->by_squash, dra_people_dup_squash_key (people, form, TRUE), form);
  index_near (people, form);
  for (guint k = 2; k < n; k++)
    {
      add_part (people->by_part, dra_people_dup_part_key (people, form, n - k, k), form);
      add_part (people->by_part, dra_people_dup_part_key (people, form, 0, k), form);
    }
}

static void
free_array (gpointer array)
{
  g_array_unref (array);
}

static int
compare_forms (gconstpointer a,
               gconstpointer b)
{
  const DraPersonForm *x = *(DraPersonForm *const *) a, *y = *(DraPersonForm *const *) b;

  if (x->n_parts != y->n_parts)
    return x->n_parts > y->n_parts ? -1 : 1;
  if ((x->suffix >= 0) != (y->suffix >= 0))
    return x->suffix >= 0 ? -1 : 1;

  return x->first < y->first ? -1 : x->first > y->first;
}

/* Gathers all forms of an article in `ordered`, the longest first; none is indexed yet. */
DraPeople *
dra_people_new (DraResolution *resolution)
{
  DraPeople *self = g_new0 (DraPeople, 1);

  self->resolution = resolution;
  self->forms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, form_free);
  self->ordered = g_ptr_array_new ();
  self->by_last = g_hash_table_new_full (NULL, NULL, NULL, free_array);
  self->by_first = g_hash_table_new_full (NULL, NULL, NULL, free_array);
  self->by_inner = g_hash_table_new_full (NULL, NULL, NULL, free_array);
  self->by_part = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_array);
  self->by_squash = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_array);
  self->by_near = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_array);
  self->men = g_hash_table_new (NULL, NULL);
  self->women = g_hash_table_new (NULL, NULL);
  collect_forms (self);
  g_ptr_array_sort (self->ordered, compare_forms);

  return self;
}

void
dra_people_free (DraPeople *self)
{
  g_hash_table_unref (self->by_last);
  g_hash_table_unref (self->by_first);
  g_hash_table_unref (self->by_inner);
  g_hash_table_unref (self->by_part);
  g_hash_table_unref (self->by_squash);
  g_hash_table_unref (self->by_near);
  g_hash_table_unref (self->men);
  g_hash_table_unref (self->women);
  g_ptr_array_unref (self->ordered);
  g_hash_table_unref (self->forms);
  g_free (self);
}
