/* dra-resolver-people.c: which mentions of people are one person.
 *
 * Works on distinct forms, not mentions.  Full names come first, the longest before the
 * rest, so that a shorter form finds the longer one it abbreviates; a form that fits two
 * people and gives no clue joins neither.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/dra-resolver-people-private.h"

#include <string.h>

#define SURE_GENDER 2 /* what must be said for he or she before it counts */

/* The one person all candidates are, -1 when there is none, -2 when there are several. */
static gint
one_entity (DraPeople *people,
            GArray    *candidates)
{
  gint entity = -1;

  for (guint i = 0; candidates != NULL && i < candidates->len; i++)
    {
      DraPersonForm *form = g_array_index (candidates, DraPersonForm *, i);
      gint own = (gint) dra_resolution_find_entity (people->resolution, (guint) form->entity);

      if (entity >= 0 && entity != own)
        return -2;
      entity = own;
    }

  return entity;
}

static gboolean
same_part (DraPeople           *people,
           const DraPersonForm *a,
           guint                i,
           const DraPersonForm *b,
           guint                j)
{
  const char *x = dra_people_folded (people, a->parts[i]), *y = dra_people_folded (people, b->parts[j]);

  if (a->parts[i] == b->parts[j])
    return TRUE;
  if (a->initial[i] && b->initial[j] && i > 0)
    return FALSE; /* "W." and "H.W." are a son and his father */
  if (a->initial[i] || b->initial[j])
    return g_utf8_get_char (x) == g_utf8_get_char (y);

  return dra_word_same_given (x, y);
}

static gboolean
is_junior (DraPeople           *people,
           const DraPersonForm *form)
{
  return form->suffix >= 0 && g_str_has_prefix (dra_people_folded (people, (guint32) form->suffix), "j");
}

/* "Robert Vane" beside "Robert Vane Jr." is his father; beside "Robert S. Vane III" he is
 * that one, for nobody else is spoken of. */
static gboolean
may_share_suffix (DraPeople           *people,
                  const DraPersonForm *a,
                  const DraPersonForm *b)
{
  return a->suffix == b->suffix || (a->suffix < 0 && !is_junior (people, b)) ||
         (b->suffix < 0 && !is_junior (people, a));
}

static gboolean
may_share_gender (const DraPersonForm *a,
                  const DraPersonForm *b)
{
  return !(a->gender >= SURE_GENDER && b->gender <= -SURE_GENDER) &&
         !(b->gender >= SURE_GENDER && a->gender <= -SURE_GENDER);
}

/* Same family name; given names that may be one; middle names and suffixes that do not
 * speak against it. */
static gboolean
is_compatible (DraPeople           *people,
               const DraPersonForm *a,
               const DraPersonForm *b)
{
  guint a_inner = a->n_parts - 2, b_inner = b->n_parts - 2;

  if (a->parts[a->n_parts - 1] != b->parts[b->n_parts - 1] || !same_part (people, a, 0, b, 0))
    return FALSE;
  if (!may_share_suffix (people, a, b) || !may_share_gender (a, b))
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

  if (m == n && m - head - tail == 2 && a[head] == b[head + 1] && a[head + 1] == b[head])
    return TRUE; /* two swapped */

  return MAX (m, n) - head - tail == 1;
}

/* --- joining --- */

static void
give_entity (DraPeople     *people,
             DraPersonForm *form,
             guint          entity)
{
  form->entity = (gint) entity;
  dra_resolution_give_entity (people->resolution, form->mentions, entity);
}

static gint
find_squashed (DraPeople     *people,
               DraPersonForm *form)
{
  g_autofree char *key = dra_people_dup_squash_key (people, form, FALSE);
  GArray *list = g_hash_table_lookup (people->by_squash, key);
  gint found = one_entity (people, list);

  return found >= 0 && may_share_suffix (people, form, g_array_index (list, DraPersonForm *, 0)) ? found : -1;
}

static gint
find_full_name (DraPeople     *people,
                DraPersonForm *form)
{
  g_autofree char *key = dra_people_dup_part_key (people, form, 0, form->n_parts);
  GArray *list = g_hash_table_lookup (people->by_part, key);
  g_autoptr (GArray) fitting = g_array_new (FALSE, FALSE, sizeof (DraPersonForm *));
  gint found = one_entity (people, list);

  if (found >= 0 && form->suffix < 0 && may_share_suffix (people, form, g_array_index (list, DraPersonForm *, 0)))
    return found;
  found = find_squashed (people, form);
  if (found >= 0)
    return found;

  list = g_hash_table_lookup (people->by_last,
                              GUINT_TO_POINTER (form->parts[form->n_parts - 1] + 1));
  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      DraPersonForm *other = g_array_index (list, DraPersonForm *, i);

      if (other->n_parts > 1 && is_compatible (people, form, other))
        g_array_append_val (fitting, other);
    }
  found = one_entity (people, fitting);
  if (found != -1)
    return found;

  list = g_hash_table_lookup (people->by_first, GUINT_TO_POINTER (form->parts[0] + 1));
  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      DraPersonForm *other = g_array_index (list, DraPersonForm *, i);

      if (!form->initial[0] && form->suffix == other->suffix &&
          is_misspelt (dra_people_folded (people, form->parts[form->n_parts - 1]),
                       dra_people_folded (people, other->parts[other->n_parts - 1])))
        g_array_append_val (fitting, other);
    }

  return one_entity (people, fitting);
}

/* Two people fit a bare name.  News names its main person first and goes on with the family
 * name, and gives relatives their given names every time: so the bare name is whoever was
 * named first.  Two who come in together, as a couple does, leave no clue. */
static gint
choose_bearer (DraPeople *people,
               GArray    *candidates)
{
  DraResolution *self = people->resolution;
  DraPersonForm *first = NULL, *second = NULL;

  for (guint i = 0; i < candidates->len; i++)
    {
      DraPersonForm *form = g_array_index (candidates, DraPersonForm *, i);

      if (first == NULL || form->first < first->first)
        first = form;
    }
  for (guint i = 0; i < candidates->len; i++)
    {
      DraPersonForm *form = g_array_index (candidates, DraPersonForm *, i);

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

/* The people whose family name, given name or middle name it is, in this order; those that
 * a suffix or "Mrs" speaks against are left out. */
static void
add_candidates (DraPeople     *people,
                DraPersonForm *form,
                GArray        *fitting)
{
  gpointer key = GUINT_TO_POINTER (form->parts[0] + 1);
  gint bare = dra_people_without_article (people, form->parts[0]);
  GArray *list = g_hash_table_lookup (people->by_last, key);
  gboolean is_family = TRUE, with_suffix = FALSE;

  if (list == NULL && bare >= 0)
    list = g_hash_table_lookup (people->by_last, GUINT_TO_POINTER ((guint) bare + 1));
  if (list == NULL)
    {
      is_family = FALSE;
      list = g_hash_table_lookup (people->by_first, key);
    }
  if (list == NULL)
    list = g_hash_table_lookup (people->by_inner, key);

  for (guint i = 0; list != NULL && i < list->len && form->suffix >= 0; i++)
    with_suffix |= g_array_index (list, DraPersonForm *, i)->suffix == form->suffix;
  if (form->suffix >= 0 && !with_suffix && !is_family)
    return; /* "Donald Jr." is not the Donald without one */
  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      DraPersonForm *other = g_array_index (list, DraPersonForm *, i);

      if ((!with_suffix || other->suffix == form->suffix) && may_share_gender (form, other))
        g_array_append_val (fitting, other);
    }
}

/* A name that nobody's is, a letter off one that is somebody's. */
static gint
find_misspelt (DraPeople     *people,
               DraPersonForm *form)
{
  g_autoptr (GPtrArray) near = g_ptr_array_new ();
  gint entity = -1;

  if (g_array_index (people->resolution->words, DraWordInfo, form->parts[0]).flags & DRA_WORD_FIRST_NAME)
    return -1;
  dra_people_find_near (people, dra_people_folded (people, form->parts[0]), near);
  for (guint i = 0; i < near->len; i++)
    {
      DraPersonForm *other = g_ptr_array_index (near, i);
      gint own = (gint) dra_resolution_find_entity (people->resolution, (guint) other->entity);

      if ((entity >= 0 && own != entity) || !may_share_gender (form, other))
        return -1;
      entity = own;
    }

  return entity;
}

static void
place_single (DraPeople     *people,
              DraPersonForm *form)
{
  DraResolution *self = people->resolution;
  g_autoptr (GArray) fitting = g_array_new (FALSE, FALSE, sizeof (DraPersonForm *));
  gint found;

  add_candidates (people, form, fitting);
  found = one_entity (people, fitting);
  if (found == -2)
    found = choose_bearer (people, fitting);
  else if (found == -1)
    found = find_misspelt (people, form);
  give_entity (people, form, found >= 0 ? (guint) found
                                        : dra_resolution_add_entity (self, DRA_ENTITY_PERSON));
}

/* Step 13.  People: full names, then what is left of them. */
void
dra_resolver_group_people (DraResolution *self)
{
  g_autoptr (DraPeople) people = dra_people_new (self);

  for (guint i = 0; i < people->ordered->len && !dra_resolution_is_stopped (self, i); i++)
    {
      DraPersonForm *form = g_ptr_array_index (people->ordered, i);
      gint found;

      if (form->n_parts < 2)
        {
          place_single (people, form);
          continue;
        }
      found = find_full_name (people, form);
      give_entity (people, form, found >= 0 ? (guint) found
                                            : dra_resolution_add_entity (self, DRA_ENTITY_PERSON));
      dra_people_index (people, form);
    }
}
