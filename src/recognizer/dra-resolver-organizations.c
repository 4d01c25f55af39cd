/* dra-resolver-organizations.c: which mentions of organizations, or of places, are one.
 *
 * Names are compared without "the", legal form and punctuation.  Then acronyms find the one
 * name they spell, and short forms the one longer name they begin or end.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/dra-resolver-private.h"

#include <string.h>

#define MAX_PARTS 16

typedef struct
{
  guint32  parts[MAX_PARTS]; /* word ids without article, legal form and punctuation */
  guint8   shapes[MAX_PARTS];
  guint    n_parts;
  guint    first;            /* token of its first mention */
  gint     alias_of;         /* mention, or -1 */
  GArray  *mentions;
  gint     entity;
} Form;

typedef struct
{
  DraResolution *resolution;
  GHashTable    *forms;      /* key -> Form */
  GPtrArray     *ordered;
  /* Each key -> entity + 1, or 0 when it leads to several. */
  GHashTable    *by_words;   /* words in order of the alphabet */
  GHashTable    *by_squash;  /* letters and digits alone */
  GHashTable    *by_letters; /* what the name may be abbreviated to */
  GHashTable    *by_weak_letters;
  GHashTable    *by_part;    /* what it begins or ends with */
} Organizations;

static void
form_free (gpointer data)
{
  Form *form = data;

  g_array_unref (form->mentions);
  g_free (form);
}

static const DraWordInfo *
word_info (Organizations *all,
           guint32        word)
{
  return &g_array_index (all->resolution->words, DraWordInfo, word);
}

static void
parse_form (DraResolution        *self,
            const DraWorkMention *mention,
            Form                 *form)
{
  guint end = mention->first + mention->n_tokens;

  memset (form, 0, sizeof *form);
  form->entity = -1;
  form->alias_of = mention->alias_of;
  form->first = mention->first;

  while (end > mention->first + 1 &&
         (!(self->shapes[end - 1] & DRA_SHAPE_WORD) ||
          (dra_resolution_word (self, end - 1)->classes & DRA_WORD_CLASS_LEGAL)))
    end--;
  for (guint t = mention->first; t < end && form->n_parts < MAX_PARTS; t++)
    {
      const char *folded = dra_resolution_word (self, t)->folded;

      if (!(self->shapes[t] & DRA_SHAPE_WORD) && !g_str_equal (folded, "&"))
        continue;
      if (form->n_parts == 0 && g_str_equal (folded, "the") && t + 1 < end)
        continue;
      form->shapes[form->n_parts] = self->shapes[t];
      form->parts[form->n_parts++] = self->ids[t];
    }
  if (form->n_parts == 0)
    form->parts[form->n_parts++] = self->ids[mention->first];
}

/* Spellings of one word in names. */
static const char *
plain_word (Organizations *all,
            const Form    *form,
            guint          i)
{
  static const char *const pairs[][2] = {
    { "&", "and" }, { "dept", "department" }, { "centre", "center" }, { "centers", "center" },
    { "defence", "defense" }, { "programme", "program" }, { "organisation", "organization" },
    { "labour", "labor" }, { "govt", "government" }, { "univ", "university" }, { "natl", "national" },
    { "intl", "international" }, { "assn", "association" }, { "elections", "election" },
    { "theatre", "theater" }, { "st", "saint" },
  };
  const char *folded = word_info (all, form->parts[i])->folded;

  if (form->n_parts > 1 && g_str_equal (folded, "us") && (form->shapes[i] & DRA_SHAPE_ALL_CAPS))
    return "united states";
  for (gsize k = 0; k < G_N_ELEMENTS (pairs); k++)
    if (g_str_equal (folded, pairs[k][0]))
      return pairs[k][1];

  return folded;
}

static char *
part_key (Organizations *all,
          const Form    *form,
          guint          first,
          guint          n)
{
  GString *key = g_string_new (NULL);

  for (guint i = first; i < first + n; i++)
    {
      if (i > first)
        g_string_append_c (key, ' ');
      g_string_append (key, plain_word (all, form, i));
    }

  return g_string_free (key, FALSE);
}

/* "Barb Wire", "BarbWire" and "BarbWire.com" are spelled alike. */
static char *
squash_key (Organizations *all,
            const Form    *form)
{
  static const char *const domains[] = { ".com", ".org", ".net", ".co.uk" };
  g_autofree char *key = part_key (all, form, 0, form->n_parts);
  GString *out = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (domains); i++)
    if (g_str_has_suffix (key, domains[i]))
      {
        key[strlen (key) - strlen (domains[i])] = '\0';
        break;
      }
  for (const char *p = key; *p != '\0'; p++)
    if (g_ascii_isalnum (*p) || (guchar) *p >= 0x80)
      g_string_append_c (out, *p);

  return g_string_free (out, FALSE);
}

static int
compare_strings (const void *a,
                 const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* "Department of Justice" and "Justice Department" have the same words. */
static char *
words_key (Organizations *all,
           const Form    *form)
{
  const char *words[MAX_PARTS + 1];
  guint n = 0;

  for (guint i = 0; i < form->n_parts; i++)
    if (!(word_info (all, form->parts[i])->classes & DRA_WORD_CLASS_LINK))
      words[n++] = plain_word (all, form, i);
  qsort (words, n, sizeof *words, compare_strings);
  words[n] = NULL;

  return n >= 2 ? g_strjoinv (" ", (char **) words) : NULL;
}

/* The letters a name may be abbreviated to: of its words but the small ones, of all; with
 * short words in capitals whole ("U.S. Postal Service": "USPS"). */
static char *
letters_of (Organizations *all,
            const Form    *form,
            guint          first,
            gboolean       with_links,
            gboolean       whole_capitals)
{
  GString *letters = g_string_new (NULL);

  for (guint i = first; i < form->n_parts; i++)
    {
      const DraWordInfo *word = word_info (all, form->parts[i]);

      if (!with_links && (word->classes & DRA_WORD_CLASS_LINK))
        continue;
      if (whole_capitals && (form->shapes[i] & DRA_SHAPE_ALL_CAPS) && strlen (word->folded) <= 3)
        {
          g_string_append (letters, word->folded);
          continue;
        }
      if (g_ascii_isalnum (word->folded[0]))
        g_string_append_c (letters, word->folded[0]);
      for (const char *p = strchr (word->folded, '-'); p != NULL && p[1] != '\0'; p = strchr (p + 1, '-'))
        if (g_ascii_isalnum (p[1]))
          g_string_append_c (letters, p[1]);
    }

  return g_string_free (letters, FALSE);
}

/* All capitals of the name as it stands: "SportsBusiness Journal Ltd" is "SBJL". */
static char *
capitals_of (Organizations *all,
             const Form    *form)
{
  DraWorkMention *m = dra_resolution_mention (all->resolution, g_array_index (form->mentions, guint, 0));
  DraRange range = dra_resolution_range (all->resolution, m->first, m->n_tokens);
  GString *letters = g_string_new (NULL);

  for (gsize i = range.start; i < range.end; i++)
    if (g_ascii_isupper (all->resolution->text[i]))
      g_string_append_c (letters, g_ascii_tolower (all->resolution->text[i]));

  return g_string_free (letters, FALSE);
}

static void
collect_forms (Organizations *all,
               DraLabel       label)
{
  DraResolution *self = all->resolution;
  g_autoptr (GArray) order = dra_resolution_dup_order (self);

  for (guint i = 0; i < order->len && !dra_resolution_is_stopped (self, i); i++)
    {
      guint index = g_array_index (order, guint, i);
      DraWorkMention *m = dra_resolution_mention (self, index);
      g_autofree char *key = NULL;
      Form parsed, *form;

      if (m->label != label)
        continue;
      parse_form (self, m, &parsed);
      key = part_key (all, &parsed, 0, parsed.n_parts);
      form = g_hash_table_lookup (all->forms, key);
      if (form == NULL)
        {
          form = g_memdup2 (&parsed, sizeof parsed);
          form->mentions = g_array_new (FALSE, FALSE, sizeof (guint));
          g_hash_table_insert (all->forms, g_steal_pointer (&key), form);
          g_ptr_array_add (all->ordered, form);
        }
      if (form->alias_of < 0)
        form->alias_of = parsed.alias_of;
      g_array_append_val (form->mentions, index);
    }
}

/* Keys that lead to one entity; a key that leads to two leads nowhere.  Takes the key. */
static void
point_key (Organizations *all,
           GHashTable    *table,
           char          *key,
           gint           entity)
{
  gpointer known;

  if (key == NULL)
    return;
  if (g_hash_table_lookup_extended (table, key, NULL, &known))
    {
      if (known != NULL &&
          dra_resolution_find_entity (all->resolution, GPOINTER_TO_UINT (known) - 1) !=
            dra_resolution_find_entity (all->resolution, (guint) entity))
        known = NULL;
      g_hash_table_insert (table, key, known);
    }
  else
    {
      g_hash_table_insert (table, key, GUINT_TO_POINTER ((guint) entity + 1));
    }
}

static gint
follow_key (Organizations *all,
            GHashTable    *table,
            const char    *key)
{
  gpointer known = key != NULL ? g_hash_table_lookup (table, key) : NULL;

  return known == NULL ? -1
                       : (gint) dra_resolution_find_entity (all->resolution,
                                                            GPOINTER_TO_UINT (known) - 1);
}

static void
index_letters (Organizations *all,
               Form          *form)
{
  char *letters = letters_of (all, form, 0, FALSE, FALSE);
  gsize n = strlen (letters);

  if (n > 3)
    point_key (all, all->by_weak_letters, g_strndup (letters, n - 1), form->entity);
  point_key (all, all->by_letters, letters, form->entity);
  point_key (all, all->by_letters, letters_of (all, form, 0, TRUE, FALSE), form->entity);
  point_key (all, all->by_letters, letters_of (all, form, 0, FALSE, TRUE), form->entity);
  point_key (all, all->by_letters, capitals_of (all, form), form->entity);
  if (n > 2) /* "U.S. Drug Enforcement Administration", "Department of Veterans Affairs" */
    point_key (all, all->by_weak_letters, letters_of (all, form, 1, FALSE, FALSE), form->entity);
}

/* Whether the name goes on after its first k words with a part of the organization: then the
 * shorter is another. */
static gboolean
is_part_after (Organizations *all,
               const Form    *form,
               guint          k)
{
  for (guint i = k; i < form->n_parts; i++)
    if (word_info (all, form->parts[i])->classes & DRA_WORD_CLASS_SUBUNIT)
      return TRUE;

  return FALSE;
}

/* "Bank of Ellery" is not "Royal Bank of Ellery": what begins with its kind and place is whole,
 * but for "House of Representatives" after the country. */
static gboolean
is_whole_from (Organizations *all,
               const Form    *form,
               guint          k)
{
  static const char *const houses[] = { "house", "senate", "chamber", "department", NULL };
  const DraWordInfo *head = word_info (all, form->parts[k]);

  return k + 2 < form->n_parts && (head->classes & DRA_WORD_CLASS_GENERIC) && !(head->classes & DRA_WORD_CLASS_LINK) &&
         (word_info (all, form->parts[k + 1])->classes & DRA_WORD_CLASS_LINK) && !g_strv_contains (houses, head->folded);
}

static void
index_form (Organizations *all,
            Form          *form)
{
  guint n = form->n_parts;

  point_key (all, all->by_words, words_key (all, form), form->entity);
  point_key (all, all->by_squash, squash_key (all, form), form->entity);
  for (guint k = 1; k < n; k++)
    {
      if (!is_whole_from (all, form, n - k))
        point_key (all, all->by_part, part_key (all, form, n - k, k), form->entity);
      if (!is_part_after (all, form, k))
        point_key (all, all->by_part, part_key (all, form, 0, k), form->entity);
    }
  if (n >= 2)
    index_letters (all, form);
}

static gboolean
is_acronym_form (Organizations *all,
                 const Form    *form)
{
  const char *folded = word_info (all, form->parts[0])->folded;
  guint n_upper = 0;
  DraRange range = all->resolution->tokens[form->first].range;

  for (gsize i = range.start; i < range.end; i++)
    n_upper += g_ascii_isupper (all->resolution->text[i]) != 0;

  return form->n_parts == 1 && n_upper >= 2 && n_upper * 2 >= strlen (folded) && strlen (folded) <= 8;
}

static gint
find_organization (Organizations *all,
                   Form          *form)
{
  g_autofree char *key = part_key (all, form, 0, form->n_parts);
  g_autofree char *words = words_key (all, form);
  g_autofree char *squash = squash_key (all, form);
  gint found;

  found = follow_key (all, all->by_words, words);
  if (found < 0)
    found = follow_key (all, all->by_squash, squash);
  if (found < 0 && is_acronym_form (all, form))
    found = follow_key (all, all->by_letters, squash);
  if (found < 0 && is_acronym_form (all, form) && strlen (squash) > 1)
    found = follow_key (all, all->by_weak_letters, squash);
  if (found < 0)
    found = follow_key (all, all->by_part, key);

  return found;
}

/* "U.S." is the United States; short forms of places are other places. */
static gint
find_place (Organizations *all,
            Form          *form)
{
  g_autofree char *squash = squash_key (all, form);

  return is_acronym_form (all, form) ? follow_key (all, all->by_letters, squash) : -1;
}

static gint
compare_forms (gconstpointer a,
               gconstpointer b)
{
  const Form *x = *(Form *const *) a, *y = *(Form *const *) b;

  if (x->n_parts != y->n_parts)
    return x->n_parts > y->n_parts ? -1 : 1;

  return x->first < y->first ? -1 : x->first > y->first;
}

static void
give_entity (Organizations *all,
             Form          *form,
             guint          entity)
{
  form->entity = (gint) entity;
  dra_resolution_give_entity (all->resolution, form->mentions, entity);
}

/* An acronym defined in brackets is the organization it was defined for, whatever else. */
static void
join_defined (Organizations *all)
{
  for (guint i = 0; i < all->ordered->len; i++)
    {
      Form *form = g_ptr_array_index (all->ordered, i);
      DraWorkMention *defined;

      if (form->alias_of < 0)
        continue;
      defined = dra_resolution_mention (all->resolution, (guint) form->alias_of);
      if (!defined->removed && defined->entity >= 0 && defined->label == DRA_LABEL_ORGANIZATION)
        dra_resolution_join (all->resolution, (guint) defined->entity, (guint) form->entity);
    }
}

static void
group (DraResolution *self,
       DraLabel       label,
       DraEntityKind  kind)
{
  Organizations all = { .resolution = self };

  all.forms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, form_free);
  all.ordered = g_ptr_array_new ();
  all.by_words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  all.by_squash = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  all.by_weak_letters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  all.by_letters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  all.by_part = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  collect_forms (&all, label);
  g_ptr_array_sort (all.ordered, compare_forms);
  for (guint i = 0; i < all.ordered->len && !dra_resolution_is_stopped (self, i); i++)
    {
      Form *form = g_ptr_array_index (all.ordered, i);
      gint found = -1;

      if (form->alias_of < 0)
        found = kind == DRA_ENTITY_ORGANIZATION ? find_organization (&all, form)
                                                : find_place (&all, form);
      give_entity (&all, form, found >= 0 ? (guint) found : dra_resolution_add_entity (self, kind));
      index_form (&all, form);
    }
  join_defined (&all);

  g_hash_table_unref (all.by_words);
  g_hash_table_unref (all.by_squash);
  g_hash_table_unref (all.by_weak_letters);
  g_hash_table_unref (all.by_letters);
  g_hash_table_unref (all.by_part);
  g_ptr_array_unref (all.ordered);
  g_hash_table_unref (all.forms);
}

/* Step 14.  Organizations: defined acronyms, equal words, letters, unique short forms. */
void
dra_resolver_group_organizations (DraResolution *self)
{
  group (self, DRA_LABEL_ORGANIZATION, DRA_ENTITY_ORGANIZATION);
}

/* Step 15.  Places: equal names, and acronyms. */
void
dra_resolver_group_places (DraResolution *self)
{
  group (self, DRA_LABEL_PLACE, DRA_ENTITY_PLACE);
}
