/* dra-resolver-people.c: which mentions of people are one person.
 *
 * Works on distinct forms, not mentions.  Full names come first, the longest before the
 * rest, so that a shorter form finds the longer one it abbreviates; a form that fits two
 * people and gives no clue joins neither.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/dra-resolver-private.h"

#include <string.h>

#define MAX_PARTS      10 /* words of a name looked at */
#define MAX_CANDIDATES 64 /* people of one surname compared: a family saga stays linear */

/* One way a person is named in the article. */
typedef struct
{
  guint32  parts[MAX_PARTS]; /* word ids, without suffixes, nicknames and punctuation */
  gboolean initial[MAX_PARTS];
  guint    n_parts;
  gint     suffix;           /* word id of "Jr", or -1 */
  guint    first;            /* token of its first mention */
  GArray  *mentions;         /* of guint, in text order */
  gint     entity;
} Form;

typedef struct
{
  DraResolution *resolution;
  GHashTable    *forms;    /* key -> Form */
  GPtrArray     *ordered;  /* of Form */
  GHashTable    *by_last;  /* word id + 1 -> GArray of Form* */
  GHashTable    *by_first;
  GHashTable    *by_inner;
  GHashTable    *by_part;  /* "moreno cardenas" -> GArray of Form* */
} People;

static void
form_free (gpointer data)
{
  Form *form = data;

  g_array_unref (form->mentions);
  g_free (form);
}

static const char *
folded (People *people,
        guint32 word)
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
            Form                 *form)
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

static char *
part_key (People     *people,
          const Form *form,
          guint       first,
          guint       n)
{
  GString *key = g_string_new (NULL);

  for (guint i = first; i < first + n; i++)
    {
      if (i > first)
        g_string_append_c (key, ' ');
      g_string_append (key, folded (people, form->parts[i]));
    }

  return g_string_free (key, FALSE);
}

static void
collect_forms (People *people)
{
  DraResolution *self = people->resolution;
  g_autoptr (GArray) order = dra_resolution_dup_order (self);

  for (guint i = 0; i < order->len && !dra_resolution_is_stopped (self, i); i++)
    {
      guint index = g_array_index (order, guint, i);
      DraWorkMention *m = dra_resolution_mention (self, index);
      g_autofree char *parts = NULL, *key = NULL;
      Form parsed, *form;

      if (m->label != DRA_LABEL_PERSON)
        continue;
      parse_form (self, m, &parsed);
      parts = part_key (people, &parsed, 0, parsed.n_parts);
      key = g_strconcat (parts, parsed.suffix >= 0 ? "|" : "",
                         parsed.suffix >= 0 ? folded (people, (guint32) parsed.suffix) : "", NULL);
      form = g_hash_table_lookup (people->forms, key);
      if (form == NULL)
        {
          form = g_memdup2 (&parsed, sizeof parsed);
          form->mentions = g_array_new (FALSE, FALSE, sizeof (guint));
          g_hash_table_insert (people->forms, g_steal_pointer (&key), form);
          g_ptr_array_add (people->ordered, form);
        }
      g_array_append_val (form->mentions, index);
    }
}

/* --- looking up --- */

static void
add_candidate (GHashTable *table,
               gpointer    key,
               Form       *form)
{
  GArray *list = g_hash_table_lookup (table, key);

  if (list == NULL)
    {
      list = g_array_new (FALSE, FALSE, sizeof (Form *));
      g_hash_table_insert (table, key, list);
    }
  if (list->len < MAX_CANDIDATES)
    g_array_append_val (list, form);
}

/* Takes the key. */
static void
add_part (GHashTable *table,
          char       *key,
          Form       *form)
{
  gboolean known = g_hash_table_contains (table, key);

  add_candidate (table, key, form);
  if (known)
    g_free (key);
}

/* "al-Assad" is also looked for as "Assad". */
static gint
without_article (People *people,
                 guint32 word)
{
  const char *text = folded (people, word);

  if (g_str_has_prefix (text, "al-") || g_str_has_prefix (text, "el-") || g_str_has_prefix (text, "ul-"))
    {
      gpointer id = g_hash_table_lookup (people->resolution->word_ids, text + 3);

      return id != NULL ? (gint) GPOINTER_TO_UINT (id) - 1 : -1;
    }

  return -1;
}

static void
index_form (People *people,
            Form   *form)
{
  guint n = form->n_parts;
  gint bare = without_article (people, form->parts[n - 1]);

  add_candidate (people->by_last, GUINT_TO_POINTER (form->parts[n - 1] + 1), form);
  if (bare >= 0)
    add_candidate (people->by_last, GUINT_TO_POINTER ((guint) bare + 1), form);
  add_candidate (people->by_first, GUINT_TO_POINTER (form->parts[0] + 1), form);
  for (guint i = 1; i + 1 < n; i++)
    if (!form->initial[i])
      add_candidate (people->by_inner, GUINT_TO_POINTER (form->parts[i] + 1), form);

  for (guint k = 2; k < n; k++)
    {
      add_part (people->by_part, part_key (people, form, n - k, k), form);
      add_part (people->by_part, part_key (people, form, 0, k), form);
    }
}

/* The one person all candidates are, -1 when there is none, -2 when there are several. */
static gint
one_entity (People *people,
            GArray *candidates)
{
  gint entity = -1;

  for (guint i = 0; candidates != NULL && i < candidates->len; i++)
    {
      Form *form = g_array_index (candidates, Form *, i);
      gint own = (gint) dra_resolution_find_entity (people->resolution, (guint) form->entity);

      if (entity >= 0 && entity != own)
        return -2;
      entity = own;
    }

  return entity;
}

static gboolean
same_part (People     *people,
           const Form *a,
           guint       i,
           const Form *b,
           guint       j)
{
  const char *x = folded (people, a->parts[i]), *y = folded (people, b->parts[j]);

  if (a->parts[i] == b->parts[j])
    return TRUE;
  if (a->initial[i] && b->initial[j] && i > 0)
    return FALSE; /* "W." and "H.W." are a son and his father */
  if (a->initial[i] || b->initial[j])
    return g_utf8_get_char (x) == g_utf8_get_char (y);

  return dra_word_same_given (x, y);
}

/* Same family name; given names that may be one; middle names and suffixes that do not
 * speak against it. */
static gboolean
is_compatible (People     *people,
               const Form *a,
               const Form *b)
{
  guint a_inner = a->n_parts - 2, b_inner = b->n_parts - 2;

  if (a->parts[a->n_parts - 1] != b->parts[b->n_parts - 1] || !same_part (people, a, 0, b, 0))
    return FALSE;
  if (a->suffix >= 0 && b->suffix >= 0 && a->suffix != b->suffix)
    return FALSE;
  if (a_inner == 0 || b_inner == 0)
    return TRUE;
  if (a_inner != b_inner)
    return FALSE;
  for (guint i = 0; i < a_inner; i++)
    if (!same_part (people, a, i + 1, b, i + 1))
      return FALSE;

  return TRUE;
}

/* One letter more, less or other in a long word: a misspelling. */
static gboolean
is_misspelt (const char *a,
             const char *b)
{
  gsize m = strlen (a), n = strlen (b), head = 0, tail = 0, shorter;

  if (MIN (m, n) < 5 || MAX (m, n) - MIN (m, n) > 1)
    return FALSE;
  shorter = MIN (m, n);
  while (head < shorter && a[head] == b[head])
    head++;
  while (tail < shorter - head && a[m - 1 - tail] == b[n - 1 - tail])
    tail++;

  return MAX (m, n) - head - tail == 1;
}

/* --- joining --- */

static void
give_entity (People *people,
             Form   *form,
             guint   entity)
{
  form->entity = (gint) entity;
  for (guint i = 0; i < form->mentions->len; i++)
    dra_resolution_mention (people->resolution, g_array_index (form->mentions, guint, i))->entity =
      (gint) entity;
}

static gint
find_full_name (People *people,
                Form   *form)
{
  g_autofree char *key = part_key (people, form, 0, form->n_parts);
  GArray *list = g_hash_table_lookup (people->by_part, key);
  g_autoptr (GArray) fitting = g_array_new (FALSE, FALSE, sizeof (Form *));
  gint found = one_entity (people, list);

  if (found >= 0 && form->suffix < 0)
    return found;

  list = g_hash_table_lookup (people->by_last,
                              GUINT_TO_POINTER (form->parts[form->n_parts - 1] + 1));
  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      Form *other = g_array_index (list, Form *, i);

      if (other->n_parts > 1 && is_compatible (people, form, other))
        g_array_append_val (fitting, other);
    }
  found = one_entity (people, fitting);
  if (found != -1)
    return found;

  list = g_hash_table_lookup (people->by_first, GUINT_TO_POINTER (form->parts[0] + 1));
  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      Form *other = g_array_index (list, Form *, i);

      if (!form->initial[0] && form->suffix == other->suffix &&
          is_misspelt (folded (people, form->parts[form->n_parts - 1]),
                       folded (people, other->parts[other->n_parts - 1])))
        g_array_append_val (fitting, other);
    }

  return one_entity (people, fitting);
}

static gint
compare_forms (gconstpointer a,
               gconstpointer b)
{
  const Form *x = *(Form *const *) a, *y = *(Form *const *) b;

  if (x->n_parts != y->n_parts)
    return x->n_parts > y->n_parts ? -1 : 1;
  if ((x->suffix >= 0) != (y->suffix >= 0))
    return x->suffix >= 0 ? -1 : 1;

  return x->first < y->first ? -1 : x->first > y->first;
}

/* Two people fit a bare name.  News names its main person first and goes on with the family
 * name, and gives relatives their given names every time: so the bare name is whoever was
 * named first.  Two who come in together, as a couple does, leave no clue. */
static gint
choose_bearer (People *people,
               GArray *candidates)
{
  DraResolution *self = people->resolution;
  Form *first = NULL, *second = NULL;

  for (guint i = 0; i < candidates->len; i++)
    {
      Form *form = g_array_index (candidates, Form *, i);

      if (first == NULL || form->first < first->first)
        first = form;
    }
  for (guint i = 0; i < candidates->len; i++)
    {
      Form *form = g_array_index (candidates, Form *, i);

      if (dra_resolution_find_entity (self, (guint) form->entity) !=
            dra_resolution_find_entity (self, (guint) first->entity) &&
          (second == NULL || form->first < second->first))
        second = form;
    }
  if (second != NULL && dra_resolution_same_sentence (self, first->first, second->first) &&
      first->mentions->len == second->mentions->len)
    return -1;

  return (gint) dra_resolution_find_entity (self, (guint) first->entity);
}

static GArray *
single_candidates (People *people,
                   Form   *form,
                   GArray *with_suffix)
{
  gpointer key = GUINT_TO_POINTER (form->parts[0] + 1);
  gint bare = without_article (people, form->parts[0]);
  GArray *list = g_hash_table_lookup (people->by_last, key);

  if (list == NULL && bare >= 0)
    list = g_hash_table_lookup (people->by_last, GUINT_TO_POINTER ((guint) bare + 1));
  if (list == NULL)
    list = g_hash_table_lookup (people->by_first, key);
  if (list == NULL)
    list = g_hash_table_lookup (people->by_inner, key);
  if (list == NULL || form->suffix < 0)
    return list;

  for (guint i = 0; i < list->len; i++)
    if (g_array_index (list, Form *, i)->suffix == form->suffix)
      g_array_append_val (with_suffix, g_array_index (list, Form *, i));

  return with_suffix->len > 0 ? with_suffix : list;
}

static void
place_single (People *people,
              Form   *form)
{
  DraResolution *self = people->resolution;
  g_autoptr (GArray) with_suffix = g_array_new (FALSE, FALSE, sizeof (Form *));
  GArray *list = single_candidates (people, form, with_suffix);
  gint found = one_entity (people, list);

  if (found == -2)
    found = choose_bearer (people, list);
  give_entity (people, form, found >= 0 ? (guint) found
                                        : dra_resolution_add_entity (self, DRA_ENTITY_PERSON));
}

static void
free_array (gpointer array)
{
  g_array_unref (array);
}

/* Step 11.  People: full names, then what is left of them. */
void
dra_resolver_group_people (DraResolution *self)
{
  People people = { .resolution = self };

  people.forms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, form_free);
  people.ordered = g_ptr_array_new ();
  people.by_last = g_hash_table_new_full (NULL, NULL, NULL, free_array);
  people.by_first = g_hash_table_new_full (NULL, NULL, NULL, free_array);
  people.by_inner = g_hash_table_new_full (NULL, NULL, NULL, free_array);
  people.by_part = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_array);

  collect_forms (&people);
  g_ptr_array_sort (people.ordered, compare_forms);

  for (guint i = 0; i < people.ordered->len && !dra_resolution_is_stopped (self, i); i++)
    {
      Form *form = g_ptr_array_index (people.ordered, i);
      gint found;

      if (form->n_parts < 2)
        {
          place_single (&people, form);
          continue;
        }
      found = find_full_name (&people, form);
      give_entity (&people, form, found >= 0 ? (guint) found
                                             : dra_resolution_add_entity (self, DRA_ENTITY_PERSON));
      index_form (&people, form);
    }

  g_hash_table_unref (people.by_last);
  g_hash_table_unref (people.by_first);
  g_hash_table_unref (people.by_inner);
  g_hash_table_unref (people.by_part);
  g_ptr_array_unref (people.ordered);
  g_hash_table_unref (people.forms);
}
